//! One request: what is asked, who may place and who pays, the rooms that fit and why the others don't, what came of it.

mod apart;
mod avoid;
mod facts;
mod hold;
mod less;
mod offers;
mod payer;
mod placements;
mod withdraw;

pub use apart::{apart, keep_apart};
pub use avoid::{avoid, avoid_more};
pub use hold::{hold, relax};
pub use less::{ask_less, less};
pub use payer::{choose_payer, payer};
pub use placements::{events, kept};
pub use withdraw::{follow_up, withdraw, withdraw_form};

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::access::permit;
use desk::placement::{self, Dossier};
use desk::{Role, UseCase};
use domain::ids::ShelterRequestId;
use facts::{RouteView, asked_as, decisions, facts, payer_facts, routes, uncertain};
use offers::{Offer, offers};
use placements::{PlacementCard, card};

use crate::form::Filled;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Arg, Key, Say};
use crate::work::Work;
use crate::work::shelter::nearest::{Nearest, nearest};
use crate::work::shelter::{id, refused, words};

#[derive(Template)]
#[template(path = "work/shelter/request.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    reference: String,
    version: i64,
    state: String,
    tone: &'static str,
    urgency: String,
    urgency_tone: &'static str,
    position: Option<i64>,
    nothing: String,
    facts: Vec<(String, String)>,
    routes: Vec<RouteView>,
    payer: Vec<(String, String)>,
    payer_open: bool,
    asked_as: Option<String>,
    uncertain: Vec<String>,
    officer: bool,
    searched: bool,
    fit: i64,
    rooms: i64,
    offers: Vec<Offer>,
    first_failed: Vec<(String, i64)>,
    one_away: Vec<(String, i64)>,
    nearest: Vec<Nearest>,
    decisions: Vec<(String, String)>,
    may_ask_less: bool,
    may_keep_apart: bool,
    may_avoid_more: bool,
    rules: String,
    placements: Vec<PlacementCard>,
    may_withdraw: bool,
    may_follow_up: bool,
    fresh: bool,
}

/// The request.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let dossier = placement::read(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    html(&page(&work, id, dossier, Filled::blank())?)
}

fn page(work: &Work, id: ShelterRequestId, d: Dossier, f: Filled) -> Result<Page, Problem> {
    let t = work.say();
    let stored = &d.stored;
    let request = &stored.request;
    let (state, tone) = words::request_state(request.state_name());
    let officer = work.person()?.roles.contains(&Role::PlacementOfficer);
    let running = matches!(request.state_name(), "open" | "offered");
    let (offers, why) = match &d.found {
        Some(found) => (offers(work, found), Some(&found.why_not)),
        None => (Vec::new(), None),
    };
    let counted = |counts: &std::collections::BTreeMap<String, u32>| {
        let mut out: Vec<(String, i64)> = counts
            .iter()
            .map(|(rule, n)| (t.key(words::rule(rule)).into_owned(), i64::from(*n)))
            .collect();
        out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        out
    };
    let nothing = stored
        .shortage
        .as_ref()
        .filter(|mark| mark.resolved.is_none() && request.state_name() == "open");
    Ok(Page {
        frame: work.frame_after(&[
            ("asked", Key::new("shelter-done-asked")),
            ("held", Key::new("shelter-done-held")),
            ("payer", Key::new("shelter-done-payer")),
            ("answered", Key::new("shelter-done-answered")),
            ("back", Key::new("shelter-done-back")),
            ("less", Key::new("shelter-done-less")),
            ("apart", Key::new("shelter-done-apart")),
            ("avoid", Key::new("shelter-done-avoid")),
            ("kept", Key::new("shelter-done-kept")),
        ])?,
        f,
        crumbs: vec![Crumb::new(t.say("nav-shelter"), "/work/shelter")],
        id: id.to_string(),
        reference: words::reference(id),
        version: d.version,
        state: t.key(state).into_owned(),
        tone: tone.class(),
        urgency: t.key(words::urgency(request.needs.urgency)).into_owned(),
        urgency_tone: words::urgency_tone(request.needs.urgency),
        position: d.position.and_then(|n| i64::try_from(n).ok()),
        nothing: nothing.map_or_else(String::new, |mark| {
            t.say_args(
                "shelter-nothing-since",
                &[
                    ("since", Arg::Text(t.moment(mark.since))),
                    ("reason", Arg::Text(words::refusal(work, &mark.reason))),
                ],
            )
        }),
        facts: facts(work, stored),
        routes: routes(work, stored),
        payer: payer_facts(work, stored),
        payer_open: stored.payer.is_none(),
        asked_as: d.stored.asked_as.map(|right| asked_as(work, right)),
        uncertain: stored
            .placing
            .uncertain
            .iter()
            .map(|one| t.key(uncertain(*one)).into_owned())
            .collect(),
        officer,
        searched: d.found.is_some(),
        fit: why.map_or(0, |w| i64::from(w.fit)),
        rooms: why.map_or(0, |w| i64::from(w.rooms)),
        offers,
        first_failed: why.map(|w| counted(&w.first_failed)).unwrap_or_default(),
        one_away: why.map(|w| counted(&w.one_away)).unwrap_or_default(),
        nearest: d
            .found
            .as_ref()
            .map(|found| nearest(&t, &found.nearest))
            .unwrap_or_default(),
        decisions: decisions(work, stored),
        may_ask_less: request.state_name() == "open"
            && permit(&work.actor, UseCase::RelaxRequest).is_ok()
            && less::anything(stored),
        may_avoid_more: running && permit(&work.actor, UseCase::AvoidMore).is_ok(),
        may_keep_apart: running && permit(&work.actor, UseCase::KeepApart).is_ok(),
        rules: d
            .found
            .as_ref()
            .map(|found| found.rules.clone())
            .unwrap_or_default(),
        placements: d
            .placements
            .iter()
            .rev()
            .map(|p| card(work, p))
            .collect::<Result<_, _>>()?,
        may_withdraw: running,
        may_follow_up: request.state_name() == "fulfilled",
        fresh: desk::sign_in::require_fresh(&work.actor, work.now).is_ok(),
        t,
    })
}

/// A region, or "elsewhere in the country".
fn place(work: &Work, region: Option<&str>) -> String {
    match region {
        Some(code) => words::word(work, &work.app.desk.vocabulary.regions, code),
        None => work.say().say("shelter-elsewhere").into_owned(),
    }
}
