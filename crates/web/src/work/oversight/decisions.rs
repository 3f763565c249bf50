//! Decisions of the law of sharing: a list in one compartment, and one of them taken again by the law of then.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::decisions::{self, Again, Asked, DecisionRow, DecisionView};
use desk::kept::{Counts, Cursor, Store};
use domain::vocabulary::{Facts, List, Vocabulary};

use super::{crumbs, is_code, short};
use crate::form::Filled;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Choice, Crumb, Filter, FilterOption, Tone};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::may_share::answer::View;
use crate::work::{Work, stores};

const PATH: &str = "/work/oversight/decisions";

/// Where somebody can ask.
const STORES: [Store; 7] = [
    Store::K1,
    Store::K2,
    Store::K3,
    Store::K4,
    Store::K5,
    Store::K7,
    Store::System,
];

const VERDICTS: [&str; 4] = ["yes", "no", "unclear", "failed"];

struct Line {
    href: String,
    at: jiff::Timestamp,
    route: String,
    verdict: String,
    tone: &'static str,
    version: String,
}

#[derive(Template)]
#[template(path = "work/oversight/decisions.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    f: Filled,
    stores: Vec<Choice>,
    filters: Vec<Filter>,
    lines: Vec<Line>,
    next: String,
}

#[derive(Template)]
#[template(path = "work/oversight/decision.html")]
struct OnePage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    reference: String,
    again: String,
    again_why: String,
    again_tone: &'static str,
    at: jiff::Timestamp,
    store: String,
    from: String,
    to: String,
    purpose: String,
    day: String,
    age: String,
    circumstances: String,
    asked: String,
    consents: usize,
    verdict: String,
    tone: &'static str,
    goes: String,
    grounds: String,
    version: String,
    v: Option<View>,
}

fn store_of(name: &str) -> Option<Store> {
    Store::from_name(name).filter(|store| STORES.contains(store))
}

/// Shows the list; without a compartment that of care.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let store = store_of(work.query("store")).unwrap_or(Store::K3);
    let verdict = VERDICTS
        .into_iter()
        .find(|code| *code == work.query("verdict"));
    let asked = Asked {
        store,
        verdict: verdict.map(str::to_owned),
        after: Cursor::decode(work.query("after")),
    };
    let listed = decisions::decisions(&work.app.desk, &work.actor, work.now, &asked);
    let listed = listed.await.map_err(refuse)?;
    let t = work.say();
    let next = listed.next.map(|cursor| {
        let verdict = verdict.unwrap_or_default();
        let (store, after) = (store.name(), cursor.encode());
        format!("{PATH}?store={store}&verdict={verdict}&after={after}")
    });
    html(&ListPage {
        frame: work.frame()?,
        crumbs: crumbs(&work),
        f: Filled::with(&[("store", store.name())]),
        stores: STORES
            .into_iter()
            .map(|store| {
                Choice::new(
                    store.name(),
                    stores::name(&work.app, store, work.today(), &t),
                )
            })
            .collect(),
        filters: vec![by_verdict(&t, store, verdict, &listed.counts)],
        lines: listed
            .rows
            .iter()
            .map(|row| line(&work, &t, store, row))
            .collect(),
        next: next.unwrap_or_default(),
        t,
    })
}

fn by_verdict(t: &Say, store: Store, current: Option<&str>, counts: &Counts) -> Filter {
    let count = |verdict: Option<&str>| {
        let of = counts.iter();
        let of = of.filter(|(state, _)| verdict.is_none_or(|wanted| wanted == state));
        of.map(|(_, n)| n).sum()
    };
    let option = |verdict: Option<&'static str>| FilterOption {
        label: match verdict {
            None => t.say("oversight-state-all").into_owned(),
            Some(code) => t.key(said(code)).into_owned(),
        },
        href: match verdict {
            None => format!("{PATH}?store={}", store.name()),
            Some(code) => format!("{PATH}?store={}&verdict={code}", store.name()),
        },
        count: count(verdict),
        current: verdict == current,
    };
    let all = std::iter::once(None).chain(VERDICTS.into_iter().map(Some));
    Filter {
        label: t.say("decisions-verdict").into_owned(),
        options: all.map(option).collect(),
    }
}

fn said(verdict: &str) -> Key {
    match verdict {
        "yes" => Key::new("decisions-yes"),
        "no" => Key::new("decisions-no"),
        "unclear" => Key::new("decisions-unclear"),
        _ => Key::new("decisions-failed"),
    }
}

fn tone(verdict: &str) -> &'static str {
    match verdict {
        "yes" => Tone::Ok.class(),
        "failed" => Tone::Error.class(),
        "unclear" => Tone::Warning.class(),
        _ => Tone::Info.class(),
    }
}

fn line(work: &Work, t: &Say, store: Store, row: &DecisionRow) -> Line {
    let words = &work.app.desk.vocabulary;
    // Codes of organisations can hold a hyphen; the purpose never does.
    let (who, purpose) = row.route.rsplit_once('-').unwrap_or((&row.route, ""));
    Line {
        href: format!("{PATH}/{}/{}", store.name(), row.id),
        at: row.at,
        route: format!("{who}: {}", label(work, &words.purposes, purpose)),
        verdict: t.key(said(&row.verdict)).into_owned(),
        tone: tone(&row.verdict),
        version: row.version.clone(),
    }
}

fn label<F: Facts>(work: &Work, list: &List<F>, code: &str) -> String {
    words::label(list, code, work.today(), work.lang)
}

/// Shows one decision and takes it again.
pub async fn one(
    work: Work,
    Path((store, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let store = store_of(&store).ok_or_else(Problem::not_found)?;
    if !is_code(&id) {
        return Err(Problem::not_found());
    }
    let view = decisions::read_decision(&work.app.desk, &work.actor, work.now, store, &id);
    let view = view.await.map_err(refuse)?;
    html(&page(&work, store, &id, &view)?)
}

fn page(work: &Work, store: Store, id: &str, view: &DecisionView) -> Result<OnePage, Problem> {
    let t = work.say();
    let words: &Vocabulary = &work.app.desk.vocabulary;
    let (put, then) = (&view.put, &view.then);
    let data =
        |codes: &[String]| join(codes.iter().map(|c| label(work, &words.data_categories, c)));
    let circumstances = put.circumstances.iter();
    let circumstances = circumstances.map(|c| label(work, &words.circumstances, c));
    let (again, again_why, again_tone) = outcome(&view.again);
    let mut crumbs = crumbs(work);
    crumbs.push(Crumb::new(t.say("decisions-title"), PATH));
    Ok(OnePage {
        frame: work.frame()?,
        crumbs,
        reference: short(id),
        again: t.key(again).into_owned(),
        again_why: t.key(again_why).into_owned(),
        again_tone,
        at: view.at,
        store: stores::name(&work.app, store, work.today(), &t),
        from: label(work, &words.organisation_kinds, &put.from),
        to: label(work, &words.organisation_kinds, &put.to),
        purpose: label(work, &words.purposes, &put.purpose),
        day: put
            .day
            .parse()
            .map_or_else(|_| put.day.clone(), |day| t.date(day)),
        age: age(&t, put),
        circumstances: join(circumstances),
        asked: data(&put.data),
        consents: put.consents,
        verdict: t.key(said(&then.verdict)).into_owned(),
        tone: tone(&then.verdict),
        goes: data(&then.data),
        grounds: join(then.grounds.iter().cloned()),
        version: then.version.clone(),
        v: view
            .answer
            .as_ref()
            .map(|answer| View::of(answer, work, &t)),
        t,
    })
}

fn age(t: &Say, put: &decisions::Put) -> String {
    let known = put.age.map(|age| t.say_n("decisions-years", age));
    let mut out = known.unwrap_or_else(|| t.say("decisions-age-unknown").into_owned());
    if put.age.is_some() && !put.age_certain {
        out = format!("{out}, {}", t.say("decisions-age-uncertain"));
    }
    if put.parent_suspected {
        out = format!("{out}; {}", t.say("decisions-parent-suspected"));
    }
    out
}

fn join(items: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = items.collect();
    match all.is_empty() {
        true => "–".to_owned(),
        false => all.join(", "),
    }
}

fn outcome(again: &Again) -> (Key, Key, &'static str) {
    match again {
        Again::Same => (
            Key::new("decisions-same"),
            Key::new("decisions-same-why"),
            "ok",
        ),
        Again::Different => (
            Key::new("decisions-different"),
            Key::new("decisions-different-why"),
            "error",
        ),
        Again::NotPossible(why) => {
            let why = match *why {
                "no_law" => Key::new("decisions-no-law"),
                "unreadable" => Key::new("decisions-unreadable"),
                "failed" => Key::new("decisions-failed-then"),
                _ => Key::new("decisions-engine-failed"),
            };
            (Key::new("decisions-not-possible"), why, "warning")
        }
    }
}
