//! What the secretary and the panel do: admit or not, compose, give the opinion, record to whom the person sends it.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::code::OrgKind;
use domain::ids::{OpinionId, OrgId, UserId};
use domain::opinion::{Member, SentTo, Verdict};
use domain::restriction::Act;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Opened, Store, Timer};

use super::file::{OpinionFile, Why, fresh, own, prepared};
use super::read::candidates_of;
use super::{VALIDITY, seat, status};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::case::guard;
use crate::error::{DeskError, Result};
use crate::restriction;

/// Admission: with a reason when the rule stands in the way.
#[derive(Debug, Clone)]
pub struct Admission {
    /// Why in spite of an obstacle.
    pub exception: Option<SafeText>,
}

/// A refusal to admit, which the person hears with its reason.
#[derive(Debug, Clone)]
pub struct NotAdmitted {
    /// Why.
    pub why: SafeText,
}

/// A member as the secretary chose.
#[derive(Debug, Clone)]
pub struct MemberChoice {
    /// Who.
    pub user: UserId,
    /// In which expertise.
    pub expertise: SafeText,
}

/// The opinion as the panel gives it.
#[derive(Debug, Clone)]
pub struct Given {
    /// What the panel finds.
    pub verdict: Verdict,
    /// Why.
    pub reasons: SafeText,
    /// Last day on which it may be relied on.
    pub valid_until: Option<Date>,
}

/// To whom the person sends the opinion.
#[derive(Debug, Clone)]
pub struct SendTo {
    /// Kind of organisation.
    pub kind: OrgKind,
    /// Which one, where it is known here.
    pub org: Option<OrgId>,
    /// The person's words or signature for it.
    pub wish: SafeText,
}

/// What a step leaves to do besides the record itself.
struct After {
    /// The step's use case, under which the word goes to care.
    case: UseCase,
    /// The reason that the person hears.
    reason: Option<SafeText>,
    /// Whether care hears of it.
    told: bool,
}

/// Admits a request. `seen` is the version on which the decision is based.
pub async fn admit(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: OpinionId,
    seen: i64,
    input: Admission,
) -> Result<()> {
    let permit = permit(actor, UseCase::PrepareOpinion)?;
    let by = actor.by(now)?;
    let found = prepared(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let why = input.exception.clone().map(|text| Why {
        text,
        for_person: false,
    });
    let opinion = found
        .body
        .opinion
        .clone()
        .admit(&desk.settings.admission, input.exception, by);
    let file = found.body.stepped(opinion, "admitted", by, why)?;
    save(desk, &permit, now, &found, file, told(&permit)).await
}

/// Does not admit a request; the person hears why.
pub async fn not_admit(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: OpinionId,
    seen: i64,
    input: NotAdmitted,
) -> Result<()> {
    let permit = permit(actor, UseCase::PrepareOpinion)?;
    let by = actor.by(now)?;
    let found = prepared(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let opinion = found.body.opinion.clone().not_admit(input.why.clone(), by);
    let why = Why {
        text: input.why.clone(),
        for_person: true,
    };
    let file = found.body.stepped(opinion, "not_admitted", by, Some(why))?;
    let after = After {
        reason: Some(input.why),
        ..told(&permit)
    };
    save(desk, &permit, now, &found, file, after).await
}

/// Puts a request before a panel of at least three. Every member must be a panel member of this organisation.
pub async fn compose(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: OpinionId,
    seen: i64,
    members: Vec<MemberChoice>,
) -> Result<()> {
    let permit = permit(actor, UseCase::PrepareOpinion)?;
    let by = actor.by(now)?;
    let found = prepared(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let known = candidates_of(desk, found.body.panel).await?;
    if members
        .iter()
        .any(|m| !known.iter().any(|k| k.user == m.user))
    {
        return Err(DeskError::rule(
            "opinion-no-member",
            "only panel members of this organisation can be on the panel",
        ));
    }
    let members = members
        .into_iter()
        .map(|m| Member {
            user: m.user,
            expertise: m.expertise,
        })
        .collect();
    let opinion = found.body.opinion.clone().compose(members, by);
    let file = found.body.stepped(opinion, "in_panel", by, None)?;
    save(desk, &permit, now, &found, file, told(&permit)).await
}

/// Records a conflict of interest: a member her own, the secretary anybody's of the panel's organisation. From that moment the request is
/// closed to her, whatever her function; a panel that became too small is completed first.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, seen, whom and why"
)]
pub async fn recuse(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: OpinionId,
    seen: i64,
    user: UserId,
    why: SafeText,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::RecuseFromOpinion)?;
    guard(&[("why", Some(&why))], looked)?;
    let by = actor.by(now)?;
    let found = own(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let leads = found.body.led_by() == Some(by.user);
    if user != by.user && !leads {
        return Err(DeskError::rule(
            "opinion-recuse-own",
            "record your own conflict of interest; that of somebody else the secretary records",
        ));
    }
    let opinion = found.body.opinion.clone().recuse(user, why.clone(), by);
    let why = Why {
        text: why,
        for_person: false,
    };
    let file = found.body.stepped(opinion, "recused", by, Some(why))?;
    let after = After {
        told: false,
        ..told(&permit)
    };
    save(desk, &permit, now, &found, file, after).await
}

/// Gives the opinion with its reasons. A member does it for the own panel only.
pub async fn give(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: OpinionId,
    seen: i64,
    input: Given,
) -> Result<()> {
    let permit = permit(actor, UseCase::GiveOpinion)?;
    let by = actor.by(now)?;
    let found = own(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    may_go(desk, id, now).await?;
    let opinion =
        found
            .body
            .opinion
            .clone()
            .give(input.verdict, input.reasons, input.valid_until, by);
    let file = found.body.stepped(opinion, "outcome", by, None)?;
    save(desk, &permit, now, &found, file, told(&permit)).await
}

/// What is restricted goes nowhere, unless a ground for it was written down.
async fn may_go(desk: &Desk, id: OpinionId, now: Timestamp) -> Result<()> {
    let (record, all) = ([id.to_string()], BTreeSet::new());
    restriction::check(desk, Store::K4, &record, Act::Disclose, &all, now).await
}

/// Records that the person took the request back, as the person told the panel itself.
pub async fn withdraw(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: OpinionId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::PrepareOpinion)?;
    let by = actor.by(now)?;
    let found = prepared(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let opinion = found.body.opinion.clone().withdraw(by);
    let file = found.body.stepped(opinion, "ingetrokken", by, None)?;
    save(desk, &permit, now, &found, file, told(&permit)).await
}

/// Records to whom the person has the opinion sent. Nobody gets it without the person's own wish.
pub async fn send(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: OpinionId,
    seen: i64,
    input: SendTo,
) -> Result<()> {
    let permit = permit(actor, UseCase::SendOpinion)?;
    let by = actor.by(now)?;
    desk.check_org_kind(&input.kind, now)?;
    let found = prepared(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    may_go(desk, id, now).await?;
    let why = Why {
        text: input.wish.clone(),
        for_person: true,
    };
    let to = SentTo {
        org: input.org,
        kind: input.kind,
        wish: input.wish,
        by,
    };
    let opinion = found.body.opinion.clone().send(to);
    let file = found.body.stepped(opinion, "sent", by, Some(why))?;
    let after = After {
        told: false,
        ..told(&permit)
    };
    save(desk, &permit, now, &found, file, after).await
}

fn told(permit: &Permit) -> After {
    After {
        case: permit.rule.case,
        reason: None,
        told: true,
    }
}

/// One change: the record, the seats, the clock of its validity, and the word to care.
async fn save(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    found: &Opened<OpinionFile>,
    file: OpinionFile,
    after: After,
) -> Result<()> {
    let id = file.opinion.id.to_string();
    let mut change =
        Change::new(permit.context(now)).update(file.redraft(desk, &["state"])?, found.version);
    let ends = file
        .valid_until()
        .filter(|_| found.body.valid_until().is_none());
    if let Some(due) = ends {
        change = change.timer(Timer {
            id: format!("{VALIDITY}/{id}"),
            due,
            kind: VALIDITY.to_owned(),
            record: id,
        });
    }
    if after.told {
        let by = permit.actor.by(now)?;
        let word = status::word(desk, &file, after.case, Some(by), now, after.reason);
        change = word.send(change)?;
    }
    let change = seat::follow(desk, change, now, &found.body, &file).await?;
    desk.vault.apply(Store::K4, change).await?;
    Ok(())
}
