//! The register of the plan's actions (K7): kept by the programme office, told by the holders.
//!
//! Beside it: motions and promises, the rounds of updates, what the programme aims at. It holds nothing about a person. A holder sees and tells the own organisation's actions; another's answer "not found".

mod coverage;
mod effect;
mod evidence;
mod fault;
mod import;
mod keep;
mod list;
mod pledge;
mod read;
mod reminder;
mod round;
mod rows;
mod update;
mod version;

pub use coverage::{Choice, Coverage, Effect, Named, choose, coverage};
pub use effect::{Did, Number};
pub use evidence::{
    Evidence, EvidenceRow, evidence, open_evidence, open_evidence_by_link, receive_evidence,
    receive_evidence_by_link, tell_by_link_with, tell_round_with,
};
pub use fault::RowFault;
pub use import::{ImportReport, ImportSource, RowOutcome, RowReport, import, import_from};
pub use keep::{change, create};
pub use list::{Facets, Group, ListFilter, ListedAction, Register, list, overdue};
pub use pledge::{PledgeStep, StoredPledge, new_pledge, pledges, read_pledge, step_pledge};
pub use read::{ActionView, read};
pub(crate) use reminder::sent;
pub use reminder::{Waiting, arm, clock, waiting};
pub use round::{
    PrivateLink, Review, RoundRow, RoundView, StoredRound, StoredUpdate, TellInput, ToldOutcome,
    UpdateRow, UpdateView, make_link, open_round, read_by_link, read_round, read_update, remind,
    review, rounds, take_links_back, tell_by_link, tell_round, warnings,
};
pub use rows::{FieldChange, ImportRow, export};
pub use update::{Tell, confirm, decline, tell};
pub use version::{Version, VersionRow, version, versions};

use std::sync::Arc;

use domain::action::{Action, ActionError};
use domain::edition::{Cycle, EditionName};
use domain::ids::ActionId;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vault::{Clear, ClearData, Draft, Kind, Opened, Store, Stored, Term};

use crate::Desk;
use crate::access::{Permit, Role};
use crate::error::{DeskError, Result};

/// An action as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredAction(pub Action);

/// What a list shows of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionSummary {
    /// Its number in the plan.
    pub number: String,
    /// Its title.
    pub title: String,
}

impl Stored for StoredAction {
    const KIND: Kind = Kind {
        name: "action",
        store: Store::K7,
        schema: 1,
        clear: &[Clear::State, Clear::Org],
        terms: &["number"],
    };
}

pub(crate) fn draft(action: &Action, fields: &[&str]) -> Result<Draft> {
    let clear = ClearData {
        state: action.status().code().to_owned(),
        org: Some(action.plan.holder.to_string()),
        ..ClearData::default()
    };
    let number = normal(&action.plan.number);
    let summary = ActionSummary {
        number: action.plan.number.clone(),
        title: action.plan.title.as_str().to_owned(),
    };
    Ok(
        Draft::new(action.id.to_string(), &StoredAction(action.clone()), clear)?
            .with_terms(vec![Term::new("number", number)])?
            .with_summary(&summary)?
            .changing(fields),
    )
}

/// A number as it is compared: `3.B ` is `3.b`.
pub(crate) fn normal(number: &str) -> String {
    number.trim().to_lowercase()
}

/// Every action of the register, in the order of the plan. The register is small and asked for on every page of the programme, with
/// years of history in each record, so the desk keeps it in memory and asks the store only what was written since.
pub(crate) async fn register(desk: &Desk) -> Result<Vec<Arc<Opened<StoredAction>>>> {
    let seen = desk.register().look(&desk.vault).await?;
    let mut all: Vec<Arc<Opened<StoredAction>>> = seen.records.values().cloned().collect();
    all.sort_by_cached_key(|a| {
        let plan = &a.body.0.plan;
        (plan.line, domain::edition::number_key(&plan.number))
    });
    Ok(all)
}

/// An action that this actor may see: every one for the programme office, the own ones for a holder.
pub(crate) async fn own(
    desk: &Desk,
    permit: &Permit,
    id: ActionId,
) -> Result<Opened<StoredAction>> {
    let found = desk
        .vault
        .load::<StoredAction>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("action"))?;
    if is_own(permit, &found.body.0)? {
        Ok(found)
    } else {
        Err(DeskError::NotFound { what: "action" })
    }
}

pub(crate) fn is_own(permit: &Permit, action: &Action) -> Result<bool> {
    Ok(permit.role == Role::ProgrammeOffice || action.plan.holder == permit.actor.person()?.org)
}

/// The cycle of the letter, as the host set it.
pub fn cycle(desk: &Desk) -> Cycle {
    match desk.settings.letter_cycle_months {
        3 => Cycle::Quarterly,
        12 => Cycle::Yearly,
        _ => Cycle::HalfYearly,
    }
}

/// The day since which every running action should have been told about: the first day of the last period that is over,
/// whose letter is due now.
pub fn expected_since(desk: &Desk, now: Timestamp) -> Date {
    let today = dutch_date(now);
    let cycle = cycle(desk);
    let last = EditionName::of(today, cycle).previous(cycle);
    last.period(cycle).map_or(today, |period| period.from)
}

/// A rule's refusal about an action, under a key of its own so that the page can say it in the reader's language.
pub(crate) fn refused(error: ActionError) -> DeskError {
    let field = |field: &str, key: &str| DeskError::field(field, key, &error);
    match &error {
        ActionError::NoNumber => field("number", "plan-no-number"),
        ActionError::OtherLine { .. } => field("number", "plan-other-line"),
        ActionError::NoSuchGoal(_) => field("goals", "plan-no-such-goal"),
        ActionError::HolderInvolved => field("involved", "plan-holder-involved"),
        ActionError::EndsBeforeStart { .. } => field("end", "plan-ends-before-start"),
        ActionError::MoneyTwice { .. } => field("money", "plan-money-twice"),
        ActionError::BudgetNotTheSum { .. } => field("budget", "plan-budget-not-the-sum"),
        ActionError::NoReason { .. } => field("why", "plan-no-reason"),
        ActionError::NoSuchMove { .. } => DeskError::rule("plan-no-such-move", error),
        ActionError::NoProposal => DeskError::rule("plan-no-proposal", error),
    }
}
