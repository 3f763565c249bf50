//! The register as a list: by line, with filters and how many each would leave.

use std::collections::BTreeMap;

use domain::action::{Action, Line, MoneyKind, Status};
use domain::code::FormCode;
use domain::ids::{ActionId, OrgId};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::Opened;

use super::{StoredAction, expected_since, is_own, register};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// Which actions are shown; nothing: all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// On this line.
    pub line: Option<Line>,
    /// In this status.
    pub status: Option<Status>,
    /// Held by this organisation.
    pub holder: Option<OrgId>,
    /// Aimed at this form, or at all forms.
    pub form: Option<FormCode>,
    /// About which the holder has told nothing for too long.
    pub overdue: bool,
}

/// One action of the list.
#[derive(Debug, Clone)]
pub struct ListedAction {
    /// Its identity.
    pub id: ActionId,
    /// Its line.
    pub line: Line,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// How it stands.
    pub status: Status,
    /// Who answers for it.
    pub holder: OrgId,
    /// Forms it aims at; empty: all.
    pub forms: Vec<FormCode>,
    /// Planned last day.
    pub end: Option<Date>,
    /// When something was last told of it.
    pub last_told: Option<Date>,
    /// Nothing was told for too long, and nothing was sent either.
    pub overdue: bool,
    /// On which day something was sent that was not accepted yet.
    pub sent: Option<Date>,
    /// A proposal of the holder waits for an answer.
    pub proposed: bool,
    /// Milestones whose day is past and that were not reached.
    pub late_milestones: usize,
    /// Euros spent and budgeted, when more is spent than budgeted.
    pub overspent: Option<(u64, u64)>,
}

/// The actions of one line.
#[derive(Debug, Clone)]
pub struct Group {
    /// The line.
    pub line: Line,
    /// Its actions that pass the filter.
    pub actions: Vec<ListedAction>,
}

/// How many actions each value of a filter would leave, with the other filters in force.
#[derive(Debug, Clone, Default)]
pub struct Facets {
    /// By line number.
    pub lines: BTreeMap<u8, i64>,
    /// By status.
    pub statuses: BTreeMap<Status, i64>,
    /// By holder.
    pub holders: BTreeMap<OrgId, i64>,
    /// By main form.
    pub forms: BTreeMap<String, i64>,
    /// With any form.
    pub all_forms: i64,
    /// Overdue.
    pub overdue: i64,
    /// Overdue or not.
    pub all_told: i64,
}

/// The register as this actor sees it.
#[derive(Debug, Clone)]
pub struct Register {
    /// All six lines, in order.
    pub groups: Vec<Group>,
    /// How many pass the filter.
    pub shown: usize,
    /// How many there are.
    pub all: usize,
    /// For the filters.
    pub facets: Facets,
    /// The day since which something should have been told.
    pub since: Date,
}

/// The register, by line.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    filter: &ListFilter,
) -> Result<Register> {
    let permit = permit(actor, UseCase::ListActions)?;
    let since = expected_since(desk, now);
    let sent = super::sent(desk).await?;
    let mut actions = Vec::new();
    for one in register(desk).await? {
        if is_own(&permit, &one.body.0)? {
            let sent = sent.get(&one.body.0.id).copied();
            actions.push(listed(&one, since, dutch_date(now), sent));
        }
    }
    let passes: Vec<&ListedAction> = actions.iter().filter(|a| filter.passes(a)).collect();
    let group = |line: Line| Group {
        line,
        actions: passes
            .iter()
            .filter(|a| a.line == line)
            .map(|a| (*a).clone())
            .collect(),
    };
    Ok(Register {
        groups: Line::ALL.map(group).into(),
        shown: passes.len(),
        all: actions.len(),
        facets: facets(&actions, filter),
        since,
    })
}

/// The actions about which nothing was told for too long, for reminders and for `samen plan check`.
pub async fn overdue(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Vec<ListedAction>> {
    let filter = ListFilter {
        overdue: true,
        ..ListFilter::default()
    };
    let register = list(desk, actor, now, &filter).await?;
    Ok(register
        .groups
        .into_iter()
        .flat_map(|g| g.actions)
        .collect())
}

fn listed(
    found: &Opened<StoredAction>,
    since: Date,
    today: Date,
    sent: Option<Date>,
) -> ListedAction {
    let action: &Action = &found.body.0;
    let plan = &action.plan;
    ListedAction {
        id: action.id,
        line: plan.line,
        number: plan.number.clone(),
        title: plan.title.as_str().to_owned(),
        status: action.status(),
        holder: plan.holder,
        forms: plan.forms.clone(),
        end: plan.end,
        last_told: action.last_told(),
        overdue: action.is_overdue(since) && sent.is_none_or(|day| day < since),
        sent,
        proposed: action.proposal().is_some(),
        late_milestones: match action.status().is_final() {
            true => 0,
            false => plan
                .details
                .milestones
                .iter()
                .filter(|m| m.is_late(today))
                .count(),
        },
        overspent: plan
            .details
            .euros(MoneyKind::Spent)
            .zip(plan.budget())
            .filter(|(spent, budget)| spent > budget),
    }
}

impl ListFilter {
    fn passes(&self, action: &ListedAction) -> bool {
        self.line.is_none_or(|line| line == action.line)
            && self.status.is_none_or(|status| status == action.status)
            && self.holder.is_none_or(|holder| holder == action.holder)
            && self.form.as_ref().is_none_or(|form| aims_at(action, form))
            && (!self.overdue || action.overdue)
    }
}

fn aims_at(action: &ListedAction, form: &FormCode) -> bool {
    action.forms.is_empty()
        || action
            .forms
            .iter()
            .any(|f| f == form || f.level_1() == *form)
}

fn facets(actions: &[ListedAction], filter: &ListFilter) -> Facets {
    let mut facets = Facets::default();
    let but_line = ListFilter {
        line: None,
        ..filter.clone()
    };
    let but_status = ListFilter {
        status: None,
        ..filter.clone()
    };
    let but_holder = ListFilter {
        holder: None,
        ..filter.clone()
    };
    let but_form = ListFilter {
        form: None,
        ..filter.clone()
    };
    let but_overdue = ListFilter {
        overdue: false,
        ..filter.clone()
    };
    for action in actions {
        if but_line.passes(action) {
            *facets.lines.entry(action.line.number()).or_default() += 1;
        }
        if but_status.passes(action) {
            *facets.statuses.entry(action.status).or_default() += 1;
        }
        if but_holder.passes(action) {
            *facets.holders.entry(action.holder).or_default() += 1;
        }
        if but_form.passes(action) {
            facets.all_forms += 1;
            let heads: std::collections::BTreeSet<&str> =
                action.forms.iter().map(FormCode::head).collect();
            for head in heads {
                *facets.forms.entry(head.to_owned()).or_default() += 1;
            }
            if action.forms.is_empty() {
                *facets.forms.entry(String::new()).or_default() += 1;
            }
        }
        if but_overdue.passes(action) {
            facets.all_told += 1;
            facets.overdue += i64::from(action.overdue);
        }
    }
    facets
}
