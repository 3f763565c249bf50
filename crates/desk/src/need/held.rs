//! A matter as the rule of need to know sees it: whose it is, who leads it, where it stands; and how somebody comes to lead it.

use domain::arrival::ArrivalState;
use domain::ids::{IntakeId, OrgId, UserId};
use domain::intake::IntakeState;
use domain::need::{Matter, MatterId, MatterKind, Standing};
use domain::opinion::OpinionState;
use domain::share::ReceivedState;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Draft, Opened};

use super::kind::what;
use crate::Desk;
use crate::actor::Person;
use crate::case::{self, CaseFile, refused, was_taken_on};
use crate::error::{DeskError, Result};
use crate::intake::{IntakeFile, Whole};
use crate::opinion::OpinionFile;
use crate::share::StoredReceived;

/// Who leads a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// Who.
    pub user: UserId,
    /// As colleagues know her.
    pub name: String,
}

impl Lead {
    pub(crate) fn of(person: &Person) -> Lead {
        Lead {
            user: person.user,
            name: person.name.clone(),
        }
    }
}

/// A matter with its record.
pub(crate) struct Held {
    pub(crate) id: MatterId,
    pub(crate) owner: OrgId,
    pub(crate) lead: Option<UserId>,
    pub(crate) lead_name: Option<String>,
    pub(crate) standing: Standing,
    pub(crate) state: &'static str,
    pub(crate) version: i64,
    /// Who may open it because its own record names her: the members of a panel.
    pub(crate) appointed: Vec<UserId>,
    /// Who has a conflict of interest.
    barred: Vec<UserId>,
    body: Body,
}

enum Body {
    Case(Box<Opened<CaseFile>>),
    Intake(Box<Whole>),
    Opinion(Box<OpinionFile>),
    Share(Box<StoredReceived>),
}

impl Held {
    pub(crate) fn of_case(found: &Opened<CaseFile>) -> Held {
        let file = &found.body;
        Held {
            id: file.case.id.into(),
            owner: file.case.owner,
            lead: file.case.coordinator,
            lead_name: file.coordinator_name.clone(),
            standing: match file.arrival.as_ref().map(|arrival| arrival.state()) {
                Some(ArrivalState::Waiting) => Standing::Waits,
                Some(ArrivalState::SentBack { by, .. }) => Standing::SentBack { by: by.user },
                Some(ArrivalState::Accepted { .. }) | None => Standing::TakenOn,
            },
            state: file.state(),
            version: found.version,
            appointed: Vec::new(),
            barred: Vec::new(),
            body: Body::Case(Box::new(found.clone())),
        }
    }

    pub(crate) fn of_intake(whole: Whole) -> Held {
        let file = &whole.file.body;
        let lead = file.led_by();
        Held {
            id: file.intake.id.into(),
            owner: file.org,
            lead,
            lead_name: file.lead.as_ref().map(|lead| lead.name.clone()),
            standing: intake_standing(file, lead),
            state: file.intake.state_name(),
            version: whole.file.version,
            appointed: Vec::new(),
            barred: Vec::new(),
            body: Body::Intake(Box::new(whole)),
        }
    }

    pub(crate) fn of_opinion(found: &Opened<OpinionFile>) -> Held {
        let file = &found.body;
        let lead = file.led_by();
        let state = file.opinion.state();
        Held {
            id: file.opinion.id.into(),
            owner: file.panel,
            lead,
            lead_name: file.secretary.as_ref().map(|lead| lead.name.clone()),
            standing: match (state, lead) {
                (OpinionState::Requested, None) => Standing::WaitsForDuty { somebody: true },
                _ => Standing::TakenOn,
            },
            state: file.opinion.state_name(),
            version: found.version,
            appointed: file.members().iter().map(|member| member.user).collect(),
            barred: file.opinion.recused().iter().map(|one| one.user).collect(),
            body: Body::Opinion(Box::new(file.clone())),
        }
    }

    pub(crate) fn of_share(found: &Opened<StoredReceived>) -> Result<Held> {
        let stored = &found.body;
        let record = stored
            .record
            .parse()
            .map_err(|_| DeskError::Setup("a share whose record has no identity".to_owned()))?;
        let (lead, lead_name) = stored.led_by();
        Ok(Held {
            id: stored.side.matter(record),
            owner: stored.received.to,
            lead,
            lead_name,
            standing: match stored.received.state() {
                // A preview without a person, or what ended before anything came.
                ReceivedState::Offered | ReceivedState::Gone { .. } => Standing::Waits,
                ReceivedState::Refused { by, .. } => Standing::SentBack { by: by.user },
                ReceivedState::Accepted { .. }
                | ReceivedState::Held { .. }
                | ReceivedState::Ended { .. }
                | ReceivedState::Confirmed { .. } => Standing::TakenOn,
            },
            state: stored.received.state_name(),
            version: found.version,
            appointed: Vec::new(),
            barred: Vec::new(),
            body: Body::Share(Box::new(stored.clone())),
        })
    }

    /// What the rule must know. `team` holds who of interest is on its team.
    pub(crate) fn matter<'a>(&'a self, standing: Standing, team: &'a [UserId]) -> Matter<'a> {
        Matter {
            owner: self.owner,
            lead: self.lead,
            standing,
            team,
            barred: &self.barred,
        }
    }

    /// Whether somebody has a conflict of interest.
    pub(crate) fn is_barred(&self, user: UserId) -> bool {
        self.barred.contains(&user)
    }

    /// Whether somebody can come to lead it: it is here, and nothing of it was sent back.
    pub(crate) fn can_be_led(&self) -> Result<()> {
        match &self.body {
            Body::Case(found) => was_taken_on((**found).clone()).map(|_| ()),
            Body::Intake(whole) => match whole.file.body.intake.state() {
                IntakeState::SentBack { .. } => whole.not_sent_back(),
                _ => Ok(()),
            },
            Body::Opinion(_) => Ok(()),
            Body::Share(_) => match self.standing {
                Standing::TakenOn => Ok(()),
                _ => Err(DeskError::rule(
                    "share-not-accepted",
                    "accept the share first, or refuse it with a reason",
                )),
            },
        }
    }

    /// Its record with this person as lead.
    pub(crate) fn led(self, desk: &Desk, now: Timestamp, me: &Person) -> Result<Draft> {
        match self.body {
            Body::Case(found) => {
                let mut file = found.body;
                file.case = file.case.assign(me.user, me.org).map_err(refused)?;
                file.coordinator_name = Some(me.name.clone());
                file.draft(&["coordinator"])
            }
            Body::Intake(mut whole) => {
                whole.file.body.lead = Some(Lead::of(me));
                whole.draft(desk, now, &["lead"])
            }
            Body::Opinion(mut file) => {
                file.secretary = Some(Lead::of(me));
                file.redraft(desk, &["lead"])
            }
            Body::Share(mut stored) => {
                stored.lead = Some(Lead::of(me));
                stored.draft(&["lead"])
            }
        }
    }

    /// Its record as it is, written again: of two who change something around it at once, the second sees it.
    pub(crate) fn again(&self, desk: &Desk, now: Timestamp, fields: &[&str]) -> Result<Draft> {
        match &self.body {
            Body::Case(found) => found.body.draft(fields),
            Body::Intake(whole) => whole.draft(desk, now, fields),
            Body::Opinion(file) => file.redraft(desk, fields),
            Body::Share(stored) => stored.draft(fields),
        }
    }
}

fn intake_standing(file: &IntakeFile, lead: Option<UserId>) -> Standing {
    match (file.intake.state(), lead) {
        (IntakeState::SentBack { by, .. }, _) => Standing::SentBack { by: by.user },
        (IntakeState::Received, None) => Standing::WaitsForDuty { somebody: true },
        _ => Standing::TakenOn,
    }
}

/// A matter, whoever it belongs to.
pub(crate) async fn find(desk: &Desk, id: MatterId) -> Result<Held> {
    let record = id.record().to_string();
    let named = |error| DeskError::from(error).what(what(id.kind));
    match id.kind {
        MatterKind::Case => Ok(Held::of_case(&case::load(desk, id.record().into()).await?)),
        MatterKind::Intake => Ok(Held::of_intake(
            Whole::load(desk, IntakeId::new(id.record())).await?,
        )),
        MatterKind::Opinion => {
            let found = desk.vault.load::<OpinionFile>(&record).await;
            Ok(Held::of_opinion(&found.map_err(named)?))
        }
        MatterKind::Share | MatterKind::ServiceShare => {
            let at = super::kind::store(id.kind);
            let found = desk.vault.load_in::<StoredReceived>(at, &record).await;
            Held::of_share(&found.map_err(named)?)
        }
    }
}
