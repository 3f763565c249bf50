//! The list of reports: danger first, then what is due first.

use ::desk::kept::{Cursor, Filter, ListRow, Order, RegionCounts};
use askama::Template;
use axum::response::Response;
use desk::report::{ReportSummary, acute_waiting, counts, list};
use domain::Answer;
use domain::code::RegionCode;
use domain::report::MinorsInvolved;
use domain::time::dutch_date;
use domain::vocabulary::RegionKind;

use super::{reference, words};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{self, Deadline, FilterOption};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;
use crate::work::vocabulary::{label, labels};

#[derive(Template)]
#[template(path = "work/reports/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    acute: Vec<Row>,
    filters: Vec<ui::Filter>,
    rows: Vec<Row>,
    next: Option<String>,
}

/// One line: nothing about a person.
struct Row {
    href: String,
    reference: String,
    state: String,
    tone: &'static str,
    forms: String,
    region: String,
    marks: Vec<(String, &'static str)>,
    due: Option<Deadline>,
    received: String,
}

/// What the list shows when nothing is chosen: everything that is not closed.
const OPEN: [&str; 4] = ["received", "in_triage", "accepted", "routed"];

/// Shows the list.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let desk = &work.app.desk;
    let state = known_state(work.query("state"));
    let region = known_region(&work);
    let regions: Vec<String> = region.iter().map(ToString::to_string).collect();
    let filter = Filter {
        states: match state {
            Some("all") => Vec::new(),
            Some(state) => vec![state.to_owned()],
            None => OPEN.map(str::to_owned).to_vec(),
        },
        regions,
        ..Filter::default()
    };
    let after = Cursor::decode(work.query("next"));
    let page = list(desk, &work.actor, &filter, Order::Due, after.as_ref()).await?;
    let counted = counts(desk, &work.actor).await?;
    let acute = match after {
        None => acute_waiting(desk, &work.actor).await?,
        Some(_) => Vec::new(),
    };
    let address = |state: Option<&str>, region: Option<&RegionCode>| {
        let mut out = "/work/reports".to_owned();
        let parts = [("state", state), ("region", region.map(|r| r.as_str()))];
        let mut sign = '?';
        for (name, value) in parts.into_iter().filter_map(|(n, v)| v.map(|v| (n, v))) {
            out.push_str(&format!("{sign}{name}={value}"));
            sign = '&';
        }
        out
    };
    let states = state_filter(&work, &counted, &filter, state, |s| {
        address(s, region.as_ref())
    });
    let by_region = region_filter(&work, &counted, &filter, region.as_ref(), |r| {
        address(state, r)
    });
    let next = page.next.as_ref().map(|cursor| {
        let here = address(state, region.as_ref());
        let sign = if here.contains('?') { '&' } else { '?' };
        format!("{here}{sign}next={}", cursor.encode())
    });
    html(&ListPage {
        t: work.say(),
        frame: work.frame()?,
        acute: acute.iter().map(|row| line(&work, row)).collect(),
        filters: vec![states, by_region],
        rows: page.rows.iter().map(|row| line(&work, row)).collect(),
        next,
    })
}

fn known_state(asked: &str) -> Option<&'static str> {
    let states = words::STATES.iter().map(|(state, _)| *state);
    states.chain(["all"]).find(|state| *state == asked)
}

fn known_region(work: &Work) -> Option<RegionCode> {
    let code = RegionCode::new(work.query("region")).ok()?;
    let found = work.app.desk.vocabulary.region(&code, work.today()).ok()?;
    Some(found.code.clone())
}

/// How many there are of these states and regions; empty means any.
fn sum(counted: &RegionCounts, states: &[String], regions: &[String]) -> i64 {
    let any = |wanted: &[String], value: Option<&String>| {
        wanted.is_empty() || value.is_some_and(|value| wanted.contains(value))
    };
    counted
        .iter()
        .filter(|(state, region, _)| any(states, Some(state)) && any(regions, region.as_ref()))
        .map(|(_, _, count)| count)
        .sum()
}

fn state_filter(
    work: &Work,
    counted: &RegionCounts,
    filter: &Filter,
    current: Option<&str>,
    address: impl Fn(Option<&str>) -> String,
) -> ui::Filter {
    let say = work.say();
    let option = |key: Key, state: Option<&str>, states: &[&str]| FilterOption {
        label: say.key(key).into_owned(),
        href: address(state),
        count: {
            let states: Vec<String> = states.iter().map(ToString::to_string).collect();
            sum(counted, &states, &filter.regions)
        },
        current: current == state,
    };
    let mut options = vec![option(Key::new("reports-filter-open"), None, &OPEN)];
    for (state, key) in words::STATES {
        options.push(option(key, Some(state), &[state]));
    }
    options.push(option(Key::new("reports-filter-all"), Some("all"), &[]));
    ui::Filter {
        label: say.say("reports-filter-state").into_owned(),
        options,
    }
}

/// How many of the chosen states lie in each police unit.
fn region_filter(
    work: &Work,
    counted: &RegionCounts,
    filter: &Filter,
    current: Option<&RegionCode>,
    address: impl Fn(Option<&RegionCode>) -> String,
) -> ui::Filter {
    let say = work.say();
    let list = &work.app.desk.vocabulary;
    let option = |label: String, region: Option<&RegionCode>| {
        let regions: Vec<String> = region.iter().map(ToString::to_string).collect();
        FilterOption {
            label,
            href: address(region),
            count: sum(counted, &filter.states, &regions),
            current: current == region,
        }
    };
    let everywhere = option(say.say("reports-filter-all").into_owned(), None);
    let regions = list.regions_of(RegionKind::PoliceUnit, work.today());
    let each = regions
        .into_iter()
        .map(|region| option(label(&list.regions, &region.code, &say), Some(&region.code)));
    ui::Filter {
        label: say.say("reports-filter-region").into_owned(),
        options: std::iter::once(everywhere).chain(each).collect(),
    }
}

fn line(work: &Work, row: &ListRow) -> Row {
    let say = work.say();
    let list = &work.app.desk.vocabulary;
    let summary = serde_json::from_value::<ReportSummary>(row.summary.clone()).ok();
    let region = row
        .clear
        .region
        .as_ref()
        .and_then(|r| RegionCode::new(r.clone()).ok());
    Row {
        href: format!("/work/reports/{}", row.id),
        reference: reference(&row.id),
        state: say.key(words::state(&row.clear.state)).into_owned(),
        tone: words::tone(&row.clear.state).class(),
        forms: summary
            .as_ref()
            .map(|s| labels(&list.forms, &s.forms, &say).join(", "))
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| "–".to_owned()),
        region: region.map_or_else(|| "–".to_owned(), |r| label(&list.regions, &r, &say)),
        marks: summary.map(|s| marks(&say, &s)).unwrap_or_default(),
        due: match row.clear.state.as_str() {
            "closed" => None,
            _ => row
                .clear
                .due
                .map(|due| Deadline::new(dutch_date(due), work.today())),
        },
        received: say.date_of(row.created),
    }
}

fn marks(say: &Say, summary: &ReportSummary) -> Vec<(String, &'static str)> {
    let known = |key: Key, tone: &'static str| (say.key(key).into_owned(), tone);
    let minors = matches!(
        summary.minors,
        MinorsInvolved::Yes | MinorsInvolved::Suspected
    );
    let all = [
        (
            summary.acute == Answer::Yes,
            known(Key::new("reports-mark-acute"), "error"),
        ),
        (minors, known(Key::new("reports-mark-minor"), "warning")),
        (
            summary.awaits_desk,
            known(Key::new("reports-mark-message"), "info"),
        ),
        (
            summary.sent_back > 0,
            known(Key::new("reports-mark-sent-back"), "warning"),
        ),
        (
            summary.outcomes > 0,
            known(Key::new("reports-mark-outcome"), "ok"),
        ),
    ];
    all.into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, mark)| mark)
        .collect()
}
