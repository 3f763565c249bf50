//! What would help: ten more places of a kind, or a rule that did not hold.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::http::header::REFRESH;
use axum::response::{IntoResponse, Redirect, Response};
use desk::UseCase;
use desk::access::permit;
use desk::placement::outlook::{Helps, RuleCost, TenMore, room_kind, what_would_help};

use super::working::Stage;
use super::{count, kind};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::Say;
use crate::work::shelter::{refused, words};
use crate::work::{Work, WorkForm};

/// How long a page waits for the end before it tells how far it is: who looks again needs not press twice for the last moment.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// The way to a page that stays as it is.
const STILL: &str = "/work/shelter/country/help?again=no";
const LOOK: Duration = Duration::from_millis(50);

struct MoreRow {
    kind: String,
    room: String,
    gained: i64,
    share: i64,
    left: i64,
    proven: bool,
}

struct RuleRow {
    rule: String,
    people: i64,
    requests: i64,
    share: i64,
    gained: String,
}

struct Found {
    rests: Vec<(String, String)>,
    none_left: bool,
    more: Vec<MoreRow>,
    /// Kinds for which ten more places change nothing.
    idle: i64,
    rules: Vec<RuleRow>,
    unproven: bool,
}

#[derive(Template)]
#[template(path = "work/shelter/help.html")]
struct HelpPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    busy: bool,
    /// The page asks again by itself.
    by_itself: bool,
    still: &'static str,
    progress: String,
    made: i64,
    of: i64,
    failed: bool,
    found: Option<Found>,
}

/// Shows how far it is, or what came out.
pub async fn show(work: Work) -> Result<Response, Problem> {
    permit(&work.actor, UseCase::CountryView).map_err(refused)?;
    let stage = when_done(&work).await;
    let t = work.say();
    let (made, of) = match &stage {
        Stage::Busy { made, of } => (count(*made), count(*of)),
        _ => (0, 0),
    };
    let busy = matches!(stage, Stage::Busy { .. });
    let again = stage.looks_again(work.query("again"));
    let page = html(&HelpPage {
        frame: work.frame()?,
        crumbs: vec![
            Crumb::new(t.say("nav-shelter"), "/work/shelter"),
            Crumb::new(t.say("country-title"), "/work/shelter/country"),
        ],
        busy,
        by_itself: again.is_some(),
        still: STILL,
        progress: match of {
            0 => t.say("country-help-begun").into_owned(),
            of => t.say_args(
                "country-help-progress",
                &[("made", made.into()), ("of", of.into())],
            ),
        },
        made,
        of,
        failed: matches!(stage, Stage::Failed),
        found: match &stage {
            Stage::Done(helps) => Some(found(&work, helps)),
            _ => None,
        },
        t,
    })?;
    Ok(match again {
        Some(seconds) => ([(REFRESH, seconds)], page).into_response(),
        None => page,
    })
}

async fn when_done(work: &Work) -> Stage {
    let working = &work.app.helps;
    let mut waited = Duration::ZERO;
    while waited < PATIENCE && matches!(working.stage(), Stage::Busy { .. }) {
        tokio::time::sleep(LOOK).await;
        waited += LOOK;
    }
    working.stage()
}

/// Begins to work it out, unless that runs already.
pub async fn make(work: Work, WorkForm(_): WorkForm) -> Result<Response, Problem> {
    permit(&work.actor, UseCase::CountryView).map_err(refused)?;
    if let Some(begun) = work.app.helps.begin() {
        let (app, actor, now) = (Arc::clone(&work.app), work.actor.clone(), work.now);
        tokio::spawn(async move {
            let told = Arc::new(begun.told());
            match what_would_help(&app.desk, &actor, now, told).await {
                Ok(helps) => begun.done(helps),
                // Nobody waits for a page any more; what went wrong stands in the log.
                Err(error) => drop(refused(error)),
            }
        });
    }
    Ok(Redirect::to("/work/shelter/country/help").into_response())
}

fn found(work: &Work, helps: &Helps) -> Found {
    let t = work.say();
    let now = helps.found.now;
    let fact = |key: &str, value: String| (t.say(key).into_owned(), value);
    let most_people = helps.found.rules.iter().map(|one| one.one_away_people);
    let most = count(most_people.max().unwrap_or(0));
    let best = (helps.found.more.iter().map(|one| one.gained))
        .max()
        .unwrap_or(0);
    Found {
        rests: vec![
            fact("country-made", t.moment(helps.made)),
            fact("country-help-requests", t.number(count(helps.requests))),
            fact("country-help-rooms", t.number(count(helps.rooms))),
            fact("country-help-left", t.number(count(now.people))),
            fact("country-help-rules", helps.rules.to_owned()),
        ],
        none_left: now.people == 0,
        idle: count(
            helps
                .found
                .more
                .iter()
                .filter(|one| one.gained == 0)
                .count(),
        ),
        more: (helps.found.more.iter())
            .filter(|one| one.gained != 0)
            .map(|one| more(work, one, best))
            .collect(),
        rules: (helps.found.rules.iter())
            .filter(|one| one.one_away_people > 0 || one.gained != 0)
            .map(|one| rule(&t, one, most))
            .collect(),
        unproven: !now.optimal,
    }
}

/// In percent of the most, for a bar.
fn share(n: i64, most: i64) -> i64 {
    n.max(0).saturating_mul(100) / most.max(1)
}

fn more(work: &Work, one: &TenMore, best: i64) -> MoreRow {
    MoreRow {
        kind: kind(work, &one.kind),
        room: work
            .say()
            .key(words::room_kind(room_kind(one.room)))
            .into_owned(),
        gained: one.gained,
        share: share(one.gained, best),
        left: count(one.left.people),
        proven: one.left.optimal,
    }
}

fn rule(t: &Say, one: &RuleCost, most: i64) -> RuleRow {
    RuleRow {
        rule: t.key(words::rule(one.rule.code())).into_owned(),
        people: count(one.one_away_people),
        requests: count(one.one_away),
        share: share(count(one.one_away_people), most),
        gained: match one.left {
            Some(_) => t.number(one.gained),
            None => t.say("country-help-no-rule").into_owned(),
        },
    }
}
