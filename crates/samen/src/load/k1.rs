//! The signal desk (K1): reports come in, are triaged, passed on, answered and closed.

use desk::report::{self, AcuteInput, Choice, LinkInput, RouteInput, StoredReport};
use desk::{Actor, DeskError, Result};
use domain::Compartment;
use domain::ids::ReportId;
use domain::report::{Channel, Finding, Outcome};
use jiff::Timestamp;
use vault::Opened;
use world::Story;
use world::story::Route;

use super::engine::Life;
use super::stage::Stage;
use super::steps::handed_over;
use super::tally::Went;
use super::telling::{self, Words, answer, text};

/// How often the desk looks again when the first report was changed meanwhile.
const LINK_TRIES: usize = 10;

fn desk_worker(stage: &Stage, story: &Story, now: Timestamp) -> Result<Actor> {
    stage.cast.actor(&story.desk.by, now)
}

async fn load(stage: &Stage, id: ReportId) -> Result<Opened<StoredReport>> {
    Ok(stage
        .desk
        .vault
        .load::<StoredReport>(&id.to_string())
        .await?)
}

/// The report comes in: through the public page, or taken down by the desk.
pub(super) async fn receive(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let story = &life.story;
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on: domain::time::dutch_date(now),
    };
    let new = telling::report(story, words)?;
    let public = new.content.channel == Channel::Web;
    let receipt = match public {
        true => report::submit(&stage.desk, now, None, new).await?,
        false => {
            let actor = desk_worker(stage, story, now)?;
            report::enter(&stage.desk, &actor, now, new).await?
        }
    };
    life.known.report = Some(receipt.id);
    stage.remember(&story.id, receipt.id);
    if let Some(scenario) = story.scenario {
        let name = format!("{scenario:?} {} ({})", scenario.name(), story.id);
        stage.keep_code(name, receipt.code.grouped());
    }
    Ok(Went::Done)
}

/// The first question; the desk reads the report for it.
pub(super) async fn acute(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.report else {
        return Ok(Went::LeftOut);
    };
    let told = &life.story.desk;
    let actor = desk_worker(stage, &life.story, now)?;
    let seen = report::read(&stage.desk, &actor, now, id).await?;
    let (because, call) = match told.acute {
        world::story::Answer::Yes => (
            "De melder beschrijft gevaar op dit moment.",
            Some(call(told.acute_action.as_deref())?),
        ),
        world::story::Answer::No => ("Geen gevaar op dit moment, gevraagd en gelezen.", None),
        world::story::Answer::Unknown => ("Uit de melding niet op te maken.", None),
    };
    let input = AcuteInput {
        answer: answer(told.acute),
        because: text("because", because)?,
        call,
    };
    report::answer_acute(&stage.desk, &actor, now, id, seen.version, input).await?;
    Ok(Went::Done)
}

fn call(action: Option<&str>) -> Result<(domain::SafeText, domain::SafeText)> {
    let (to, result) = match action {
        Some("112_gebeld") => ("112", "Een eenheid is onderweg."),
        Some("veilig_thuis_gebeld") => ("Veilig Thuis", "Neemt direct contact op."),
        _ => ("Meldkamer politie", "De politie is gewaarschuwd."),
    };
    Ok((text("call", to)?, text("call", result)?))
}

pub(super) async fn accept(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.report else {
        return Ok(Went::LeftOut);
    };
    let actor = desk_worker(stage, &life.story, now)?;
    let seen = load(stage, id).await?.version;
    report::accept(&stage.desk, &actor, now, id, seen).await?;
    Ok(Went::Done)
}

/// Passes the report on as the story tells: by a rule's proposal where one proposes the receiver, else with the desk's
/// own reason.
pub(super) async fn route(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.report else {
        return Ok(Went::LeftOut);
    };
    let desk = &stage.desk;
    let story = &life.story;
    let actor = desk_worker(stage, story, now)?;
    let found = load(stage, id).await?;
    let content = &found.body.0.content;
    let serious = story.desk.acute == world::story::Answer::Yes && content.minors.is_possible();
    let (routing, _) = report::suggest(desk, &actor, now, id, serious).await?;
    let mut choices: Vec<Choice> = Vec::new();
    for told in wanted(story) {
        let org = stage.cast.org(&told.organisation)?;
        let proposal = routing
            .proposals
            .iter()
            .filter(|p| !choices.iter().any(|c| c.rule.as_ref() == Some(&p.rule)))
            .find(|p| p.to.kind().is(&told.kind) && compartment(told) == p.compartment);
        let (rule, because) = match proposal {
            Some(p) if p.needs_conflict_of_duties => (
                Some(p.rule.clone()),
                Some("Het gevaar weegt hier zwaarder dan de wens; met een collega afgewogen."),
            ),
            Some(p) if p.needs_consent => (
                Some(p.rule.clone()),
                Some("De persoon stemt in, gevraagd via de melder."),
            ),
            Some(p) => (Some(p.rule.clone()), None),
            None => (None, Some("Deze organisatie kan nu het beste helpen.")),
        };
        if choices.iter().any(|c| c.org == org) {
            continue;
        }
        choices.push(Choice {
            rule,
            org,
            because: because.map(|b| text("because", b)).transpose()?,
        });
    }
    let input = RouteInput {
        attachments: Vec::new(),
        choices,
        minor_in_serious_danger: serious,
    };
    report::route(desk, &actor, now, id, found.version, input).await?;
    let routed = load(stage, id).await?;
    let decisions = routed.body.0.decisions().iter();
    life.known.sent = decisions
        .map(|d| (d.disclosure, d.compartment, d.org))
        .collect();
    Ok(Went::Sent)
}

/// A person whom the service hands over to care is not sent there by the desk as well.
fn wanted(story: &Story) -> impl Iterator<Item = &Route> {
    let handed = handed_over(story);
    let routes = story.desk.routes.iter();
    routes.filter(move |route| !(handed && route.compartment == "K3" && route.kind == "ZCO"))
}

fn compartment(route: &Route) -> Compartment {
    match route.compartment.as_ref() {
        "K5" => Compartment::K5,
        _ => Compartment::K3,
    }
}

/// The desk writes to the reporter.
pub(super) async fn reply(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.report else {
        return Ok(Went::LeftOut);
    };
    let actor = desk_worker(stage, &life.story, now)?;
    let words = match life.story.report.language.as_ref() {
        "en" => {
            "Thank you for your report. We have looked at it and passed it on where that helps."
        }
        "ro" => "Vă mulțumim pentru sesizare. Am citit-o și am transmis-o mai departe unde ajută.",
        _ => "Dank u voor uw melding. Wij hebben er goed naar gekeken en doen ermee wat kan.",
    };
    report::message_reporter(&stage.desk, &actor, now, id, text("text", words)?).await?;
    Ok(Went::Done)
}

pub(super) async fn close(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.report else {
        return Ok(Went::LeftOut);
    };
    let told = &life.story.desk;
    let outcome = match told.outcome.as_ref() {
        "opgepakt" => Outcome::TakenUp,
        "onvoldoende_aanknopingspunten" => Outcome::NotEnoughLeads,
        "doorgezet" => Outcome::PassedOn,
        "geen_mensenhandel" => Outcome::NotTrafficking,
        "hulp_gestart" => Outcome::HelpStarted,
        "dubbel" => {
            let first = life.story.duplicate_of.as_deref();
            let of = first
                .and_then(|story| stage.report_of(story))
                .ok_or_else(|| {
                    DeskError::field("outcome", "unknown", "the first report is not known here")
                })?;
            Outcome::Duplicate { of }
        }
        other => {
            return Err(DeskError::field(
                "outcome",
                "unknown",
                format!("there is no outcome `{other}`"),
            ));
        }
    };
    let actor = desk_worker(stage, &life.story, now)?;
    link(stage, &life.story, &actor, now, id).await?;
    let found = load(stage, id).await?;
    let reason = text("reason", &told.outcome_reason)?;
    report::close(&stage.desk, &actor, now, id, found.version, outcome, reason).await?;
    Ok(Went::Done)
}

/// Before closing, the desk looks at the first report about the same person and finds that they belong together, where the program shows
/// that both name the same thing. A first report that is still worked on is left alone: stories are played side by side.
async fn link(
    stage: &Stage,
    story: &Story,
    actor: &Actor,
    now: Timestamp,
    id: ReportId,
) -> Result<()> {
    let first = story.duplicate_of.as_deref();
    let Some(first) = first.and_then(|first| stage.report_of(first)) else {
        return Ok(());
    };
    for _ in 0..LINK_TRIES {
        let seen = report::read(&stage.desk, actor, now, id).await?;
        let hit = seen.links.iter().find(|linked| linked.other == first);
        let closed = |linked: &&report::Linked| {
            let known = linked.known.as_ref();
            known.is_some_and(|known| known.state == "closed")
        };
        let hit = hit.filter(|linked| linked.judged.is_none() && !linked.shared.is_empty());
        if hit.filter(closed).is_none() {
            return Ok(());
        }
        let input = LinkInput {
            other: first,
            finding: Finding::Together,
            because: text(
                "because",
                "Hetzelfde nummer of kenteken en dezelfde werkwijze; geen toeval.",
            )?,
        };
        match report::judge(&stage.desk, actor, now, id, seen.version, input).await {
            // Another report about the same person was linked to the first at the same moment.
            Err(DeskError::Conflict) => {}
            done => return done,
        }
    }
    Ok(())
}
