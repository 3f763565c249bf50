//! Where a report goes and why: the rules propose, a person decides, each receiver gets a disclosure of its own.

use std::collections::BTreeSet;

use domain::ids::{AttachmentId, DisclosureId, OrgId, ReportId};
use domain::report::{ReportContent, RouteAnswer, RouteDecision};
use domain::restriction::Act;
use domain::routing::{RouteFacts, RouteProposal, RouteTo, Routing};
use domain::time::dutch_date;
use domain::{Compartment, SafeText};
use jiff::Timestamp;
use vault::{Change, Store};

use super::{load, redraft, refused};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::{Disclosure, Payload, RoutedReport};
use crate::error::{DeskError, Result};
use crate::restriction;

/// One receiver that the desk chose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The rule that proposed it; `None` when the desk chose by itself, with a reason.
    pub rule: Option<String>,
    /// The receiving organisation.
    pub org: OrgId,
    /// Why, when no rule proposed it or a conflict of duties was weighed.
    pub because: Option<SafeText>,
}

/// What the desk decided.
#[derive(Debug, Clone)]
pub struct RouteInput {
    /// The receivers.
    pub choices: Vec<Choice>,
    /// A minor is in serious danger, as the desk judges.
    pub minor_in_serious_danger: bool,
    /// The files of the report that go along. The others stay at the desk, and a receiver does not see that they exist.
    pub attachments: Vec<AttachmentId>,
}

/// What the rules propose for a report, with the organisation each proposal would reach.
pub async fn suggest(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ReportId,
    minor_in_serious_danger: bool,
) -> Result<(Routing, Vec<Option<OrgId>>)> {
    permit(actor, UseCase::RouteReport)?;
    let found = load(desk, id).await?;
    Ok(evaluate(desk, &found.body.0, now, minor_in_serious_danger))
}

pub(super) fn evaluate(
    desk: &Desk,
    report: &domain::report::Report,
    now: Timestamp,
    minor_in_serious_danger: bool,
) -> (Routing, Vec<Option<OrgId>>) {
    let regions = desk.regions_of(report.content.municipality.as_ref(), now);
    let facts = RouteFacts::of(report, regions, minor_in_serious_danger, dutch_date(now));
    let routing = domain::routing::route(&desk.routing, &facts);
    let receivers = routing
        .proposals
        .iter()
        .map(|p| receiver(desk, p))
        .collect();
    (routing, receivers)
}

fn receiver(desk: &Desk, proposal: &RouteProposal) -> Option<OrgId> {
    let directory = desk.directory();
    match &proposal.to {
        RouteTo::Region { kind, region } => directory.for_region(kind, Some(region)),
        RouteTo::National { kind } | RouteTo::NationalDesk { kind } => {
            directory.for_region(kind, None)
        }
    }
}

/// Sends the report to the chosen receivers. Each choice must be one that the rules propose, or carry the desk's own reason.
pub async fn route(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ReportId,
    seen: i64,
    input: RouteInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::RouteReport)?;
    let found = load(desk, id).await?;
    let (report, all) = ([id.to_string()], BTreeSet::new());
    restriction::check(desk, Store::K1, &report, Act::Disclose, &all, now).await?;
    let (routing, _) = evaluate(desk, &found.body.0, now, input.minor_in_serious_danger);
    let content = sent_along(&found.body.0.content, &input.attachments)?;
    let mut decisions = Vec::with_capacity(input.choices.len());
    let mut disclosures = Vec::with_capacity(input.choices.len());
    for choice in &input.choices {
        let proposal = proposal_of(&routing, choice)?;
        let decision = decide(desk, actor, now, choice, proposal, &content)?;
        disclosures.push(disclosure(
            desk,
            &permit,
            now,
            &found.body.0,
            &content,
            &decision,
            proposal,
        )?);
        decisions.push(decision);
    }
    let report = found.body.0.clone().route(decisions).map_err(refused)?;
    let mut change = Change::new(permit.context(now)).update(
        redraft(desk, &found, &report, found.clear.due, &["decisions"]).await?,
        seen,
    );
    for disclosure in &disclosures {
        change = disclosure.send(change)?;
    }
    desk.vault.apply(Store::K1, change).await?;
    Ok(())
}

/// What was told, with only the files that were chosen.
fn sent_along(content: &ReportContent, chosen: &[AttachmentId]) -> Result<ReportContent> {
    let known = |id: &AttachmentId| content.attachments.iter().any(|file| file.id == *id);
    if !chosen.iter().all(known) {
        return Err(DeskError::NotFound { what: "file" });
    }
    let mut content = content.clone();
    content.attachments.retain(|file| chosen.contains(&file.id));
    Ok(content)
}

/// The proposal behind a choice. What the rules withhold (a receiver whom the person refused) can't be chosen by a reason alone.
fn proposal_of<'a>(routing: &'a Routing, choice: &Choice) -> Result<Option<&'a RouteProposal>> {
    let Some(rule) = &choice.rule else {
        return match choice.because {
            Some(_) => Ok(None),
            None => Err(DeskError::field(
                "because",
                "required",
                "a receiver that no rule proposes needs a reason",
            )),
        };
    };
    let proposal = routing.proposals.iter().find(|p| &p.rule == rule);
    match proposal {
        None => Err(DeskError::rule(
            "route-not-proposed",
            format!("rule {rule} does not propose this receiver now"),
        )),
        Some(p) if p.needs_conflict_of_duties && choice.because.is_none() => Err(DeskError::field(
            "because",
            "required",
            "passing this on against the person's wish needs the weighing on record",
        )),
        Some(p) if p.needs_consent && choice.because.is_none() => Err(DeskError::field(
            "because",
            "required",
            "the person must agree first: record how and when she did",
        )),
        some => Ok(some),
    }
}

fn decide(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    choice: &Choice,
    proposal: Option<&RouteProposal>,
    content: &ReportContent,
) -> Result<RouteDecision> {
    let directory = desk.directory();
    let org = directory.get(choice.org).ok_or(DeskError::NotFound {
        what: "organisation",
    })?;
    if let Some(proposal) = proposal
        && proposal.to.kind() != &org.kind
    {
        return Err(DeskError::rule(
            "route-not-proposed",
            format!("rule {} does not send to {}", proposal.rule, org.kind),
        ));
    }
    let compartment = match proposal {
        Some(proposal) => proposal.compartment,
        None if org.kind.is_investigating_service() => {
            // Only a rule can send to an investigating service: the person's refusal lives in the rules.
            return Err(DeskError::rule(
                "route-not-proposed",
                "only a rule can send a report to an investigating service",
            ));
        }
        None => Compartment::K3,
    };
    Ok(RouteDecision {
        disclosure: DisclosureId::new(desk.vault.new_id(now)),
        compartment,
        org_kind: org.kind.clone(),
        org: choice.org,
        rule: choice.rule.clone(),
        because: choice.because.clone(),
        by: actor.by(now)?,
        answer: RouteAnswer::Awaited,
        outcome: None,
        files: content.attachments.len(),
    })
}

fn disclosure(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    report: &domain::report::Report,
    content: &ReportContent,
    decision: &RouteDecision,
    proposal: Option<&RouteProposal>,
) -> Result<Disclosure> {
    let to = match decision.compartment {
        Compartment::K5 => Store::K5,
        _ => Store::K3,
    };
    let parents_excluded = report.content.parent_suspected.is_yes();
    Ok(Disclosure {
        id: decision.disclosure,
        from: Store::K1,
        to,
        org: Some(decision.org),
        by: Some(decision.by),
        at: now,
        purpose: if to == Store::K5 {
            "investigation"
        } else {
            "care"
        }
        .to_owned(),
        ground: proposal.map_or_else(|| permit.rule.ground.to_owned(), |p| p.ground.clone()),
        consent: None,
        thread: None,
        subject: Some(report.id.to_string()),
        payload: Payload::RoutedReport(Box::new(RoutedReport {
            content: content.clone(),
            received_at: report.received_at,
            rule: decision.rule.clone(),
            answer_due: desk.deadline("first_answer", now)?,
            parents_excluded,
        })),
    })
}
