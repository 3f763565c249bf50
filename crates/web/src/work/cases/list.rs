//! The work list: by phase, mine or all, late or all; nothing about a person.

use ::desk::kept::{Cursor, Filter, ListRow, Order};
use askama::Template;
use axum::response::Response;
use desk::case::{Came, CaseSummary};
use domain::case::Phase;
use domain::need::MatterKind;
use domain::time::dutch_date;

use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{self, Deadline, FilterOption};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::Work;

#[derive(Template)]
#[template(path = "work/cases/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    filters: Vec<ui::Filter>,
    switches: Vec<Switch>,
    rows: Vec<Row>,
    next: String,
    /// How many notices wait for the reader, in words; empty: none.
    notices: String,
}

struct Row {
    reference: String,
    href: String,
    state: String,
    tone: &'static str,
    came: String,
    coordinator: String,
    tasks: usize,
    due: Option<Deadline>,
    changed: String,
}

/// The states of the list, in the order of the work; closed and sent back last.
fn states() -> Vec<&'static str> {
    let mut states = vec!["waiting"];
    states.extend(Phase::ALL.map(Phase::code));
    states.push("sent_back");
    states
}

/// Open work: what is shown when nothing was chosen.
fn open_states() -> Vec<String> {
    let done = [Phase::Gesloten.code(), "sent_back"];
    let open = states().into_iter().filter(|s| !done.contains(s));
    open.map(ToOwned::to_owned).collect()
}

/// Shows the list.
pub(super) async fn show(work: Work) -> Result<Response, Problem> {
    let chosen = Chosen::of(&work);
    let filter = chosen.filter(&work)?;
    let after = Cursor::decode(work.query("next"));
    let (page, counts) = desk::case::list(
        &work.app.desk,
        &work.actor,
        &filter,
        Order::Due,
        after.as_ref(),
    )
    .await?;
    let t = work.say();
    let count = |state: &str| {
        let found = counts.iter().find(|(name, _)| name == state);
        found.map_or(0, |(_, n)| *n)
    };
    let next = page.next.as_ref().map(Cursor::encode);
    html(&ListPage {
        frame: work.frame_after(super::dossier::DONE)?,
        filters: filters(&work, &t, &chosen, &count),
        switches: switches(&t, &chosen),
        rows: page.rows.iter().map(|row| shown(&work, &t, row)).collect(),
        notices: match desk::need::notices_waiting(&work.app.desk, &work.actor, MatterKind::Case)
            .await?
        {
            0 => String::new(),
            n => t.say_n("need-notices-waiting", n),
        },
        next: next.map_or_else(String::new, |next| chosen.href(&format!("next={next}"))),
        t,
    })
}

/// What was chosen in the filters: codes only.
struct Chosen {
    state: String,
    mine: bool,
    late: bool,
}

impl Chosen {
    fn of(work: &Work) -> Chosen {
        let state = work.query("state");
        Chosen {
            state: match states().contains(&state) || state == "all" {
                true => state.to_owned(),
                false => String::new(),
            },
            mine: work.query("whose") == "mine",
            late: work.query("due") == "late",
        }
    }

    fn filter(&self, work: &Work) -> Result<Filter, Problem> {
        let today = work.today();
        let start = today
            .to_zoned(domain::time::amsterdam())
            .map_err(|_| Problem::internal())?;
        Ok(Filter {
            states: match self.state.as_str() {
                "" => open_states(),
                "all" => Vec::new(),
                state => vec![state.to_owned()],
            },
            assignee: match self.mine {
                true => Some(work.person()?.user.to_string()),
                false => None,
            },
            due_before: self.late.then(|| start.timestamp()),
            ..Filter::default()
        })
    }

    fn href(&self, more: &str) -> String {
        self.with(&self.state, self.mine, self.late, more)
    }

    fn with(&self, state: &str, mine: bool, late: bool, more: &str) -> String {
        let mut parts = Vec::new();
        if !state.is_empty() {
            parts.push(format!("state={state}"));
        }
        if mine {
            parts.push("whose=mine".to_owned());
        }
        if late {
            parts.push("due=late".to_owned());
        }
        if !more.is_empty() {
            parts.push(more.to_owned());
        }
        match parts.is_empty() {
            true => "/work/cases".to_owned(),
            false => format!("/work/cases?{}", parts.join("&")),
        }
    }
}

fn filters(work: &Work, t: &Say, chosen: &Chosen, count: &dyn Fn(&str) -> i64) -> Vec<ui::Filter> {
    let option = |label: String, state: &str, n: i64| FilterOption {
        label,
        href: chosen.with(state, chosen.mine, chosen.late, ""),
        count: n,
        current: chosen.state == state,
    };
    let open = open_states().iter().map(|s| count(s)).sum();
    let all = states().iter().map(|s| count(s)).sum();
    let mut by_state = vec![option(t.say("cases-filter-open").into_owned(), "", open)];
    for state in states() {
        let n = count(state);
        if n > 0 || chosen.state == state {
            by_state.push(option(state_name(work, t, state), state, n));
        }
    }
    by_state.push(option(t.say("cases-filter-all").into_owned(), "all", all));
    vec![ui::Filter {
        label: t.say("cases-filter-state").into_owned(),
        options: by_state,
    }]
}

/// The switches beside the states: mine or everybody's, late or all. They have no counts of their own.
fn switches(t: &Say, chosen: &Chosen) -> Vec<Switch> {
    vec![
        Switch {
            label: t.say("cases-filter-mine").into_owned(),
            href: chosen.with(&chosen.state, !chosen.mine, chosen.late, ""),
            on: chosen.mine,
        },
        Switch {
            label: t.say("cases-filter-late").into_owned(),
            href: chosen.with(&chosen.state, chosen.mine, !chosen.late, ""),
            on: chosen.late,
        },
    ]
}

struct Switch {
    label: String,
    href: String,
    on: bool,
}

/// The name of a state of the list.
pub(super) fn state_name(work: &Work, t: &Say, state: &str) -> String {
    match state {
        "waiting" => t.say("cases-state-waiting").into_owned(),
        "sent_back" => t.say("cases-state-sent-back").into_owned(),
        phase => {
            let list = &work.app.desk.vocabulary.case_phases;
            words::label(list, phase, work.today(), t.lang())
        }
    }
}

fn shown(work: &Work, t: &Say, row: &ListRow) -> Row {
    let summary: Option<CaseSummary> = serde_json::from_value(row.summary.clone()).ok();
    let came = match summary.as_ref().map(|s| s.came) {
        Some(Came::Report) => Key::new("cases-came-report"),
        Some(Came::Handover) => Key::new("cases-came-handover"),
        Some(Came::Own) | None => Key::new("cases-came-own"),
    };
    let state = row.clear.state.as_str();
    Row {
        reference: crate::words::reference(&row.id),
        href: format!("/work/cases/{}", row.id),
        state: state_name(work, t, state),
        tone: match state {
            "waiting" => "warning",
            "gesloten" | "sent_back" => "neutral",
            _ => "info",
        },
        came: t.key(came).into_owned(),
        coordinator: summary
            .as_ref()
            .and_then(|s| s.coordinator.clone())
            .unwrap_or_default(),
        tasks: summary.map_or(0, |s| s.open_tasks),
        due: row
            .clear
            .due
            .map(|due| Deadline::new(dutch_date(due), work.today())),
        changed: t.date_of(row.updated),
    }
}
