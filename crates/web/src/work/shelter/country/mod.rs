//! The country's view for the placing officer: how long it takes, what is refused, who is without a place each night, what is to be expected;
//! and on a page of its own, because it takes seconds, what would help.

mod help;
mod picture;
mod working;

pub use help::{make as make_help, show as show_help};
pub use working::Working;

use askama::Template;
use axum::response::Response;
use desk::placement::outlook::{self, CountryView, Nights, NoForecast, Outlook, Refusals, Waits};
use domain::vocabulary::{Facts, List};
use jiff::ToSpan;

use self::picture::Picture;
use super::{refused, words};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;

/// How many nights back the picture and its table go.
const BACK: usize = 28;

struct WaitRow {
    what: String,
    half: String,
    nine: String,
    happened: i64,
    open: i64,
}

struct RefusalRow {
    kind: String,
    reason: String,
    by_shelter: i64,
    by_client: i64,
}

struct AheadRow {
    day: String,
    low: u32,
    median: u32,
    high: u32,
}

/// What is to be expected of a kind and group, after one, two and four weeks.
struct SegmentRow {
    segment: String,
    weeks: Vec<String>,
}

struct Shared {
    caption: String,
    column: String,
    nights: String,
    rows: Vec<(String, i64)>,
}

#[derive(Template)]
#[template(path = "work/shelter/country.html")]
struct CountryPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    rests: Vec<(String, String)>,
    waits: Vec<WaitRow>,
    refusals: Vec<RefusalRow>,
    expired: i64,
    tonight: i64,
    picture: Option<Picture>,
    past: Vec<(String, u32)>,
    untold: i64,
    shares: Vec<Shared>,
    ahead: Vec<AheadRow>,
    segments: Vec<SegmentRow>,
    no_forecast: String,
}

/// Shows it.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let view = outlook::country_view(&work.app.desk, &work.actor, work.now)
        .await
        .map_err(refused)?;
    let t = work.say();
    let (ahead, segments, no_forecast) = expected(&work, &view.nights);
    html(&CountryPage {
        frame: work.frame()?,
        crumbs: vec![Crumb::new(t.say("nav-shelter"), "/work/shelter")],
        rests: rests(&t, &view),
        waits: vec![
            wait(&t, "country-to-offer", view.to_offer),
            wait(&t, "country-to-acceptance", view.to_acceptance),
            wait(&t, "country-to-arrival", view.to_arrival),
        ],
        refusals: view
            .refusals
            .iter()
            .map(|one| refusal(&work, one))
            .collect(),
        expired: count(view.expired),
        tonight: view.nights.people.last().map_or(0, |n| i64::from(*n)),
        picture: picture::of(&t, &view.nights, BACK),
        past: past(&t, &view.nights),
        untold: count(view.nights.untold),
        shares: shares(&work, &view.nights),
        ahead,
        segments,
        no_forecast,
        t,
    })
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn rests(t: &Say, view: &CountryView) -> Vec<(String, String)> {
    let rests = &view.rests;
    let fact = |key: &str, value: String| (t.say(key).into_owned(), value);
    let since = rests.since.map_or_else(
        || t.say("country-nobody-yet").into_owned(),
        |since| t.date_of(since),
    );
    vec![
        fact("country-made", t.moment(rests.made)),
        fact("country-since", since),
        fact("country-requests", t.number(count(rests.requests))),
        fact("country-moving-on", t.number(count(rests.moving_on))),
        fact("country-placements", t.number(count(rests.placements))),
    ]
}

fn wait(t: &Say, key: &str, waits: Waits) -> WaitRow {
    let said = |minutes: Option<i64>, none: &str| {
        minutes.map_or_else(|| t.say(none).into_owned(), |n| duration(t, n))
    };
    WaitRow {
        what: t.say(key).into_owned(),
        half: said(waits.median, "country-not-half"),
        nine: said(waits.ninety, "country-not-nine"),
        happened: count(waits.happened),
        open: count(waits.open),
    }
}

/// Minutes in the unit in which people think of them.
fn duration(t: &Say, minutes: i64) -> String {
    match minutes {
        ..120 => t.say_n("country-minutes", minutes),
        120..2_880 => t.say_n("country-hours", (minutes + 30) / 60),
        _ => t.say_n("country-days", (minutes + 720) / 1_440),
    }
}

/// The words of a code that was once recorded; `none` for an empty one.
fn coded<F: Facts>(work: &Work, list: &List<F>, code: &str, none: &str) -> String {
    match code {
        "" => work.say().say(none).into_owned(),
        code => words::word(work, list, code),
    }
}

fn kind(work: &Work, code: &str) -> String {
    let kinds = &work.app.desk.vocabulary.shelter_types;
    coded(work, kinds, code, "country-no-kind")
}

fn region(work: &Work, code: Option<&str>) -> String {
    let regions = &work.app.desk.vocabulary.regions;
    coded(work, regions, code.unwrap_or_default(), "country-no-region")
}

fn group(t: &Say, code: &str) -> String {
    let key = match code {
        "women" => Key::new("country-group-women"),
        "men" => Key::new("country-group-men"),
        "families" => Key::new("country-group-families"),
        "minors" => Key::new("country-group-minors"),
        _ => Key::new("country-group-other"),
    };
    t.key(key).into_owned()
}

fn refusal(work: &Work, one: &Refusals) -> RefusalRow {
    RefusalRow {
        kind: kind(work, &one.kind),
        reason: words::refusal(work, &one.reason),
        by_shelter: count(one.by_shelter),
        by_client: count(one.by_client),
    }
}

/// The nights of the picture in words, the last one first.
fn past(t: &Say, nights: &Nights) -> Vec<(String, u32)> {
    (nights.dates.iter().zip(&nights.people))
        .rev()
        .take(BACK)
        .map(|(date, people)| (t.date(*date), *people))
        .collect()
}

fn shares(work: &Work, nights: &Nights) -> Vec<Shared> {
    let t = work.say();
    let table = |caption: &str, column: &str, rows: Vec<(String, u32)>| {
        let mut rows: Vec<(String, i64)> = (rows.into_iter())
            .map(|(word, n)| (word, i64::from(n)))
            .collect();
        rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Shared {
            caption: t.say(caption).into_owned(),
            column: t.say(column).into_owned(),
            nights: t.say("country-col-nights").into_owned(),
            rows,
        }
    };
    let by_kind = nights
        .by_kind
        .iter()
        .map(|(code, n)| (kind(work, code), *n));
    let by_region = (nights.by_region.iter()).map(|(code, n)| (region(work, code.as_deref()), *n));
    let by_group = nights
        .by_group
        .iter()
        .map(|(code, n)| (group(&t, code), *n));
    let mut out = vec![
        table("country-by-kind", "country-col-kind", by_kind.collect()),
        table("country-by-group", "country-col-group", by_group.collect()),
        table(
            "country-by-region",
            "country-col-region",
            by_region.collect(),
        ),
    ];
    out.retain(|one| !one.rows.is_empty());
    out
}

fn expected(work: &Work, nights: &Nights) -> (Vec<AheadRow>, Vec<SegmentRow>, String) {
    let t = work.say();
    let found = match &nights.expected {
        Ok(found) => found,
        Err(why) => return (Vec::new(), Vec::new(), no_forecast(&t, why)),
    };
    let everybody = found.iter().find(|one| one.segment.is_empty());
    let rows = everybody.map_or_else(Vec::new, |all| ahead(&t, nights, all));
    let each = found.iter().filter(|one| !one.segment.is_empty());
    let segments = each.map(|one| segment(work, one)).collect();
    (rows, segments, String::new())
}

fn no_forecast(t: &Say, why: &NoForecast) -> String {
    match why {
        NoForecast::TooShort { counted, needed } => t.say_args(
            "country-too-few",
            &[
                ("counted", count(*counted).into()),
                ("needed", count(*needed).into()),
            ],
        ),
        NoForecast::Nobody | NoForecast::Unequal => t.say("country-nobody").into_owned(),
    }
}

fn ahead(t: &Say, nights: &Nights, all: &Outlook) -> Vec<AheadRow> {
    let Some(last) = nights.dates.last() else {
        return Vec::new();
    };
    (1_i64..)
        .zip(&all.nights)
        .map(|(n, night)| {
            let (low, high) = night.band();
            let day = last.checked_add(n.days()).unwrap_or(*last);
            AheadRow {
                day: t.date(day),
                low,
                median: night.median(),
                high,
            }
        })
        .collect()
}

fn segment(work: &Work, one: &Outlook) -> SegmentRow {
    let t = work.say();
    let (kind, group) = one.segment.split_once('/').unwrap_or((&one.segment, ""));
    let weeks = [7, 14, 28].iter().filter_map(|n| one.nights.get(n - 1));
    SegmentRow {
        segment: format!("{}, {}", self::kind(work, kind), self::group(&t, group)),
        weeks: weeks
            .map(|night| {
                let (low, high) = night.band();
                t.say_args(
                    "country-band",
                    &[
                        ("median", i64::from(night.median()).into()),
                        ("low", i64::from(low).into()),
                        ("high", i64::from(high).into()),
                    ],
                )
            })
            .collect(),
    }
}
