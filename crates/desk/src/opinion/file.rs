//! The panel's own record of a request (K4): the request, the steps with their reasons, and by which disclosure it came.

use domain::By;
use domain::SafeText;
use domain::ids::{DisclosureId, OpinionId, OrgId, UserId};
use domain::need::Because;
use domain::opinion::{Opinion, OpinionState};
use domain::vocabulary::calendar::end_of_day;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vault::{Clear, ClearData, Draft, Kind, Opened, Store, Stored, Term};

use super::refused;
use crate::Desk;
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::need::{Held, Lead, may_work, opens};

/// A request as the panel keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpinionFile {
    /// The request and what came of it.
    pub opinion: Opinion,
    /// The disclosure by which it was asked: every word back names it.
    pub thread: DisclosureId,
    /// The panel's organisation.
    pub panel: OrgId,
    /// The secretary who leads it: whoever took it up, or took it over since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secretary: Option<Lead>,
    /// Every step with its reason, oldest first.
    pub steps: Vec<Step>,
}

/// One step of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The state it led to, or what was done within a state.
    pub what: String,
    /// Who and when.
    pub by: By,
    /// Why, where a reason was asked.
    pub why: Option<Why>,
}

/// A reason, with whom it may be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Why {
    /// The words.
    pub text: SafeText,
    /// The person hears it too.
    pub for_person: bool,
}

/// What the list shows: nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionSummary {
    /// The day of the request.
    pub asked_on: Date,
    /// How many items the panel may see.
    pub released: usize,
    /// The request meets an obstacle of the rule in force when it came.
    pub obstacle: bool,
    /// The secretary who leads it, as colleagues know her.
    #[serde(default)]
    pub secretary: Option<String>,
}

impl Stored for OpinionFile {
    const KIND: Kind = Kind {
        name: "opinion",
        store: Store::K4,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Assignee, Clear::Due],
        terms: &["thread", "member"],
    };
}

impl OpinionFile {
    /// The record. `obstacle` is what the rule said when the request came.
    fn draft(&self, obstacle: bool, fields: &[&str]) -> Result<Draft> {
        let opinion = &self.opinion;
        let clear = ClearData {
            state: opinion.state_name().to_owned(),
            org: Some(self.panel.to_string()),
            assignee: self.led_by().map(|lead| lead.to_string()),
            due: self.valid_until(),
            ..ClearData::default()
        };
        let summary = OpinionSummary {
            asked_on: domain::time::dutch_date(opinion.requested.at),
            released: opinion.visible_to_panel().len(),
            obstacle,
            secretary: self.secretary.as_ref().map(|lead| lead.name.clone()),
        };
        let mut terms = vec![Term::new("thread", self.thread.to_string())];
        let members = self.members().iter();
        terms.extend(members.map(|m| Term::new("member", m.user.to_string())));
        Ok(Draft::new(opinion.id.to_string(), self, clear)?
            .with_terms(terms)?
            .with_summary(&summary)?
            .changing(fields))
    }

    /// The record as the rule in force shows it.
    pub(crate) fn redraft(&self, desk: &Desk, fields: &[&str]) -> Result<Draft> {
        self.draft(had_obstacle(desk, self), fields)
    }

    /// The secretary who leads it. In a file from before that was written down, whoever admitted it or not, and composed the panel.
    pub(crate) fn led_by(&self) -> Option<UserId> {
        let prepared = |step: &&Step| {
            let what = step.what.as_str();
            matches!(what, "admitted" | "not_admitted" | "in_panel")
        };
        let last = self.steps.iter().rev().find(prepared);
        let written = self.secretary.as_ref().map(|lead| lead.user);
        written.or(last.map(|step| step.by.user))
    }

    /// The panel, once there is one.
    pub fn members(&self) -> &[domain::opinion::Member] {
        match self.opinion.state() {
            OpinionState::InPanel { members, .. } => members,
            OpinionState::Outcome { opinion } => &opinion.members,
            OpinionState::Requested
            | OpinionState::Admitted { .. }
            | OpinionState::NotAdmitted { .. }
            | OpinionState::Withdrawn { .. } => &[],
        }
    }

    /// The last moment at which the opinion may be relied on, if it ends.
    pub(super) fn valid_until(&self) -> Option<Timestamp> {
        match self.opinion.state() {
            OpinionState::Outcome { opinion } => opinion.valid_until.map(end_of_day),
            _ => None,
        }
    }

    /// When it was over: the last step, or the last moment at which the opinion may be relied on when that is later.
    pub(crate) fn over_at(&self) -> Timestamp {
        let last = self
            .steps
            .last()
            .map_or(self.opinion.requested.at, |s| s.by.at);
        self.valid_until().map_or(last, |until| until.max(last))
    }

    /// The same file with a changed opinion and the step that changed it.
    pub(super) fn stepped(
        &self,
        opinion: std::result::Result<Opinion, domain::opinion::OpinionError>,
        what: &str,
        by: By,
        why: Option<Why>,
    ) -> Result<OpinionFile> {
        let mut file = OpinionFile {
            opinion: opinion.map_err(refused)?,
            ..self.clone()
        };
        file.steps.push(Step {
            what: what.to_owned(),
            by,
            why,
        });
        Ok(file)
    }
}

/// Whether the file met an obstacle when it came, as its record remembers.
fn had_obstacle(desk: &Desk, file: &OpinionFile) -> bool {
    let asked = domain::time::dutch_date(file.opinion.requested.at);
    let rule = &desk.settings.admission;
    !domain::opinion::obstacles(rule, &file.opinion.ground, asked).is_empty()
}

/// A file that this actor may look at, and why: as the secretary who leads it, as somebody of its panel, on duty. One of another panel's
/// organisation is not found.
pub(super) async fn opened(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: OpinionId,
) -> Result<(Opened<OpinionFile>, Because)> {
    let found = desk
        .vault
        .load::<OpinionFile>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("opinion"))?;
    let because = opens(desk, actor, now, &Held::of_opinion(&found)).await?;
    Ok((found, because))
}

/// A file on which this actor may work.
pub(super) async fn own(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: OpinionId,
) -> Result<Opened<OpinionFile>> {
    let (found, because) = opened(desk, actor, now, id).await?;
    may_work(because)?;
    Ok(found)
}

/// A file for the secretary's own steps. Whoever takes up what nobody leads yet leads it from now on.
pub(super) async fn prepared(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: OpinionId,
) -> Result<Opened<OpinionFile>> {
    let mut found = own(desk, actor, now, id).await?;
    if found.body.led_by().is_none() {
        found.body.secretary = Some(Lead::of(actor.person()?));
    }
    Ok(found)
}

/// The seen version must be the present one, before anything is worked out from it.
pub(super) fn fresh(found: &Opened<OpinionFile>, seen: i64) -> Result<()> {
    if found.version == seen {
        Ok(())
    } else {
        Err(DeskError::Conflict)
    }
}
