//! The list of the own service: what is due first, with what is owed and the reflection periods.

use ::desk::kept::{Cursor, Filter, ListRow, Order};
use askama::Template;
use axum::response::Response;
use desk::intake::{IntakeSummary, ReflectionMarker, list, running_periods};
use desk::need::notices_waiting;
use domain::Answer;
use domain::code::RegionCode;
use domain::need::MatterKind;
use domain::report::MinorsInvolved;
use domain::time::dutch_date;

use super::{reference, words};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{self, Deadline, FilterOption};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;
use crate::work::vocabulary::{label, labels};

#[derive(Template)]
#[template(path = "work/intakes/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    /// How many notices wait for the reader, in words; empty: none.
    notices: String,
    filters: Vec<ui::Filter>,
    /// The list of running periods is shown in place of the intakes.
    periods: Option<Vec<Period>>,
    rows: Vec<Row>,
    next: Option<String>,
}

/// A running period: whose it is stands in the file.
struct Period {
    href: String,
    reference: String,
    until: Deadline,
}

/// One line: nothing about a person.
struct Row {
    href: String,
    reference: String,
    state: String,
    tone: &'static str,
    marks: Vec<(String, &'static str)>,
    forms: String,
    lead: String,
    region: String,
    due: Option<Deadline>,
}

/// What the list shows when nothing is chosen.
const OPEN: [&str; 3] = ["received", "assessing", "assessed"];
const RUNNING: &str = "running";
/// What a redirect to the list can tell.
const DONE: &[(&str, Key)] = &[("glass-ended", Key::new("need-done-glass-ended"))];

/// Shows the list.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let desk = &work.app.desk;
    let states = words::STATES.iter().map(|(state, _)| *state);
    let state = states
        .chain(["all", RUNNING])
        .find(|state| *state == work.query("state"));
    let filter = Filter {
        states: match state {
            Some("all") => Vec::new(),
            Some(state) => vec![state.to_owned()],
            None => OPEN.map(str::to_owned).to_vec(),
        },
        ..Filter::default()
    };
    let after = Cursor::decode(work.query("next"));
    let (page, counts) = list(desk, &work.actor, &filter, Order::Due, after.as_ref()).await?;
    let running = running_periods(desk, &work.actor).await?;
    let waiting = notices_waiting(desk, &work.actor, MatterKind::Intake).await?;
    let many = i64::try_from(running.len()).unwrap_or(i64::MAX);
    let next = page.next.as_ref().map(|cursor| {
        let state = state.map(|s| format!("state={s}&")).unwrap_or_default();
        format!("/work/intakes?{state}next={}", cursor.encode())
    });
    html(&ListPage {
        notices: match waiting {
            0 => String::new(),
            n => work.say().say_n("need-notices-waiting", n),
        },
        t: work.say(),
        frame: work.frame_after(DONE)?,
        filters: vec![state_filter(&work, &counts, state, many)],
        periods: (state == Some(RUNNING)).then(|| {
            running
                .iter()
                .filter_map(|row| period(&work, row))
                .collect()
        }),
        rows: page.rows.iter().map(|row| line(&work, row)).collect(),
        next,
    })
}

fn state_filter(
    work: &Work,
    counted: &[(String, i64)],
    current: Option<&str>,
    running: i64,
) -> ui::Filter {
    let say = work.say();
    let of = |state: &str| {
        let found = counted.iter().find(|(name, _)| name == state);
        found.map_or(0, |(_, count)| *count)
    };
    let option = |key: Key, state: Option<&str>, count: i64| FilterOption {
        label: say.key(key).into_owned(),
        href: state.map_or_else(
            || "/work/intakes".to_owned(),
            |state| format!("/work/intakes?state={state}"),
        ),
        count,
        current: current == state,
    };
    let open = OPEN.iter().map(|state| of(state)).sum();
    let mut options = vec![option(Key::new("intakes-filter-open"), None, open)];
    for (state, key) in words::STATES {
        options.push(option(key, Some(state), of(state)));
    }
    let all = counted.iter().map(|(_, count)| count).sum();
    options.push(option(Key::new("intakes-filter-all"), Some("all"), all));
    options.push(option(
        Key::new("intakes-filter-running"),
        Some(RUNNING),
        running,
    ));
    ui::Filter {
        label: say.say("intakes-filter-state").into_owned(),
        options,
    }
}

fn period(work: &Work, row: &ListRow) -> Option<Period> {
    let parent = row.clear.parent.as_ref()?;
    let last = dutch_date(row.clear.due?);
    Some(Period {
        href: format!("/work/intakes/{parent}"),
        reference: reference(parent),
        until: Deadline::new(last, work.today()),
    })
}

fn line(work: &Work, row: &ListRow) -> Row {
    let say = work.say();
    let list = &work.app.desk.vocabulary;
    let summary = serde_json::from_value::<IntakeSummary>(row.summary.clone()).ok();
    let region = row
        .clear
        .region
        .clone()
        .and_then(|r| RegionCode::new(r).ok());
    let forms = summary
        .as_ref()
        .map(|s| labels(&list.forms, &s.forms, &say).join(", "))
        .filter(|text| !text.is_empty());
    Row {
        href: format!("/work/intakes/{}", row.id),
        reference: reference(&row.id),
        state: say.key(words::state(&row.clear.state)).into_owned(),
        tone: words::tone(&row.clear.state).class(),
        lead: summary
            .as_ref()
            .and_then(|s| s.lead.clone())
            .unwrap_or_else(|| "–".to_owned()),
        marks: summary.map(|s| marks(&say, &s)).unwrap_or_default(),
        forms: forms.unwrap_or_else(|| "–".to_owned()),
        region: region.map_or_else(|| "–".to_owned(), |r| label(&list.regions, &r, &say)),
        due: row
            .clear
            .due
            .map(|due| Deadline::new(dutch_date(due), work.today())),
    }
}

fn marks(say: &Say, summary: &IntakeSummary) -> Vec<(String, &'static str)> {
    let mut out = Vec::new();
    let mut add = |holds: bool, text: String, tone| {
        if holds {
            out.push((text, tone));
        }
    };
    let minor = matches!(
        summary.minors,
        MinorsInvolved::Yes | MinorsInvolved::Suspected
    );
    add(
        summary.acute == Answer::Yes,
        say.say("reports-mark-acute").into_owned(),
        "error",
    );
    add(minor, say.say("reports-mark-minor").into_owned(), "warning");
    add(
        !summary.from_desk,
        say.say("intakes-mark-own").into_owned(),
        "neutral",
    );
    add(
        summary.unregistered > 0,
        say.say_n("intakes-mark-unregistered", summary.unregistered),
        "warning",
    );
    add(
        summary.owed > 0,
        say.say_n("intakes-mark-owed", summary.owed),
        "info",
    );
    for reflection in &summary.reflections {
        out.push(reflection_mark(say, reflection));
    }
    out
}

fn reflection_mark(say: &Say, mark: &ReflectionMarker) -> (String, &'static str) {
    match (mark.until, mark.reminder) {
        (Some(_), Some(reminder)) => (say.key(words::reminder(reminder)).into_owned(), "error"),
        (Some(until), None) => (
            say.say_with("intakes-mark-no-removal", "date", say.date(until)),
            "ok",
        ),
        (None, _) if mark.to_decide => (say.say("intakes-mark-to-decide").into_owned(), "warning"),
        (None, _) => {
            let key = words::reflection_state(&mark.state);
            (say.key(key).into_owned(), "neutral")
        }
    }
}
