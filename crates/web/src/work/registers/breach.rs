//! Breaches: the list with its clock, one breach, and whom it concerned.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::registers::{self, Concerned, Search};
use domain::breach::{Breach, BreachState, Notice};
use domain::ids::BreachId;
use jiff::civil::Date;

use super::{STORES, crumbs, short};
use crate::form::Filled;
use crate::page::ui::{Choice, Crumb, Deadline};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::form_page::{Ask, How};
use crate::work::sheets::{Block, Cell, SheetPage, Small};
use crate::work::{Work, stores};

pub(super) const DONE: &[(&str, Key)] = &[
    ("made", Key::new("breaches-done-made")),
    ("decided", Key::new("breaches-done-decided")),
    ("closed", Key::new("breaches-done-closed")),
];

pub(super) fn id_of(text: &str) -> Result<BreachId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

pub(super) fn breach_crumbs(t: &Say) -> Vec<Crumb> {
    let mut all = crumbs(t);
    all.push(Crumb::new(t.say("registers-breaches"), "/work/breaches"));
    all
}

fn state(code: &str) -> Key {
    match code {
        "decided" => Key::new("breaches-state-decided"),
        "closed" => Key::new("breaches-state-closed"),
        _ => Key::new("breaches-state-open"),
    }
}

/// The breaches, what is due first.
pub(super) async fn list(work: Work) -> Result<Response, Problem> {
    let (found, _) = registers::breaches(&work.app.desk, &work.actor)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let rows = found
        .iter()
        .map(|row| {
            let due = row.due.map_or_else(String::new, |due| {
                let days = Deadline::new(domain::time::dutch_date(due), work.today());
                format!("{} ({})", t.moment(due), days.text(&t))
            });
            let notified = match row.notified {
                None => String::new(),
                Some(true) => t.say("breaches-notified").into_owned(),
                Some(false) => t.say("breaches-not-needed").into_owned(),
            };
            vec![
                Cell::link(short(&row.id), format!("/work/breaches/{}", row.id)),
                Cell::new(t.moment(row.known)),
                Cell::new(t.key(state(&row.state))),
                Cell::new(due),
                Cell::new(notified),
                Cell::new(t.number(row.matters)),
            ]
        })
        .collect();
    let columns = vec![
        t.say("breaches-breach").into_owned(),
        t.say("breaches-known").into_owned(),
        t.say("requests-state").into_owned(),
        t.say("breaches-due").into_owned(),
        t.say("breaches-authority").into_owned(),
        t.say("breaches-matters").into_owned(),
    ];
    let block =
        Block::new(t.say("registers-breaches")).table(columns, rows, t.say("breaches-empty"));
    html(
        &SheetPage::new(&work, t.say("registers-breaches"), DONE)?
            .under(crumbs(&t))
            .lead(t.say("breaches-lead"))
            .link(t.say("breaches-search"), "/work/breaches/search")
            .link(t.say("breaches-new"), "/work/breaches/new")
            .block(block),
    )
}

/// What was asked, if anything was; `Err`: the fields that are wrong.
fn asked(work: &Work) -> Option<Result<Search, &'static str>> {
    let names = ["store", "account", "record", "from", "until"];
    if names.iter().all(|name| work.query(name).is_empty()) {
        return None;
    }
    let some = |name: &str| {
        let text = work.query(name).trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let store = ::desk::kept::Store::from_name(work.query("store"));
    let Some(store) = store.filter(|store| STORES.contains(store)) else {
        return Some(Err("store"));
    };
    let (Ok(from), Ok(until)) = (
        work.query("from").parse::<Date>(),
        work.query("until").parse::<Date>(),
    ) else {
        return Some(Err("from"));
    };
    Some(Ok(Search {
        store,
        account: some("account"),
        record: some("record"),
        from,
        until,
    }))
}

pub(super) fn search_asks(work: &Work, t: &Say) -> Vec<Ask> {
    let of = STORES
        .into_iter()
        .map(|store| {
            Choice::new(
                store.name(),
                stores::name(&work.app, store, work.today(), t),
            )
        })
        .collect();
    vec![
        Ask::new(How::Select, "store", t.say("journal-store"))
            .of(of)
            .optional(),
        Ask::new(How::Line, "account", t.say("breaches-account"))
            .hint(t.say("journal-actor-hint"))
            .optional(),
        Ask::new(How::Line, "record", t.say("oversight-record"))
            .hint(t.say("oversight-record-hint"))
            .optional(),
        Ask::new(How::Day, "from", t.say("journal-from")).optional(),
        Ask::new(How::Day, "until", t.say("journal-until")).optional(),
    ]
}

/// Whom it concerned.
pub(super) async fn search(work: Work) -> Result<Response, Problem> {
    let t = work.say();
    let mut filled = Filled::with(&[
        ("store", work.query("store")),
        ("account", work.query("account")),
        ("record", work.query("record")),
        ("from", work.query("from")),
        ("until", work.query("until")),
    ]);
    let mut found = None;
    match asked(&work) {
        None => {}
        Some(Err(field)) => {
            filled = filled.refused(field, Key::new("form-error-required"));
        }
        Some(Ok(ask)) => {
            match registers::search(&work.app.desk, &work.actor, work.now, &ask).await {
                Ok(concerned) => found = Some(concerned),
                Err(desk::DeskError::Invalid(_)) => {
                    filled = filled.refused("account", Key::new("breaches-search-missing"));
                }
                Err(error) => return Err(refuse(error)),
            }
        }
    }
    let wrong = filled.is_wrong();
    let form = Small {
        method: "get",
        action: "/work/breaches/search".to_owned(),
        hidden: Vec::new(),
        asks: search_asks(&work, &t),
        button: t.say("oversight-show").into_owned(),
        kind: "primary-action",
    };
    let mut page = SheetPage::new(&work, t.say("breaches-search"), &[])?
        .under(breach_crumbs(&t))
        .lead(t.say("breaches-search-lead"))
        .form(form, filled);
    if let Some(concerned) = found {
        page = page.block(concerned_block(&work, &t, &concerned));
    }
    match wrong {
        true => html_as(StatusCode::UNPROCESSABLE_ENTITY, &page),
        false => html(&page),
    }
}

fn concerned_block(work: &Work, t: &Say, found: &Concerned) -> Block {
    let join = |all: &std::collections::BTreeSet<String>| {
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        all.join(", ")
    };
    let store = work.query("store");
    let rows = found
        .matters
        .iter()
        .map(|matter| {
            vec![
                Cell::link(
                    short(&matter.record),
                    format!("/work/journal?store={store}&record={}", matter.record),
                ),
                Cell::new(join(&matter.kinds)),
                Cell::new(join(&matter.fields)),
                Cell::new(t.number(matter.entries)),
                Cell::new(t.moment(matter.span.0)),
                Cell::new(t.moment(matter.span.1)),
            ]
        })
        .collect();
    let columns = vec![
        t.say("breaches-matter").into_owned(),
        t.say("breaches-kinds").into_owned(),
        t.say("breaches-fields").into_owned(),
        t.say("oversight-entries").into_owned(),
        t.say("oversight-first").into_owned(),
        t.say("oversight-last").into_owned(),
    ];
    let block = Block::new(t.say_n("breaches-concerned", found.total))
        .fact(t.say("oversight-entries"), t.number(found.entries))
        .fact(t.say("breaches-fields"), join(&found.fields))
        .table(columns, rows, t.say("breaches-nobody"));
    match found.cut_off {
        true => block.line(t.say("oversight-cut-off")),
        false => block,
    }
}

/// One breach.
pub(super) async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let view = registers::read_breach(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let title = t.say_with("breaches-title", "reference", short(id.to_string()));
    let mut page = SheetPage::new(&work, title, DONE)?
        .under(breach_crumbs(&t))
        .block(facts(&t, &view.breach));
    match view.breach.state() {
        BreachState::Open => {
            page = page.link(
                t.say("breaches-decide"),
                format!("/work/breaches/{id}/decide"),
            );
        }
        BreachState::Decided { .. } => {
            page = page.link(
                t.say("breaches-close"),
                format!("/work/breaches/{id}/close"),
            );
        }
        BreachState::Closed { .. } => {}
    }
    html(&page)
}

fn facts(t: &Say, breach: &Breach) -> Block {
    let mut block = Block::default()
        .line(breach.what.as_str())
        .fact(t.say("breaches-known"), t.moment(breach.known))
        .fact(t.say("breaches-due"), t.moment(breach.due))
        .fact(t.say("requests-state"), t.key(state(breach.state_name())));
    let scope = &breach.scope;
    if !scope.store.is_empty() {
        block = block
            .fact(t.say("journal-store"), scope.store.to_uppercase())
            .fact(t.say("breaches-matters"), t.number(scope.matters))
            .fact(t.say("breaches-fields"), scope.fields.join(", "));
    }
    if let Some(notice) = breach.notice() {
        let (said, why) = match notice {
            Notice::Notified { by, late } => {
                let said = format!("{}: {}", t.say("breaches-notified"), t.moment(by.at));
                (said, late.as_ref())
            }
            Notice::NotNeeded { reason, .. } => {
                (t.say("breaches-not-needed").into_owned(), Some(reason))
            }
        };
        block = block.fact(t.say("breaches-authority"), said);
        if let Some(why) = why {
            block = block.fact(t.say("breaches-why"), why.as_str());
        }
    }
    if let BreachState::Closed { ending, .. } = breach.state() {
        let told = match ending.people_told {
            true => t.say("breaches-people-told"),
            false => t.say("breaches-people-not-told"),
        };
        block = block
            .fact(
                t.say("breaches-people"),
                format!("{told}: {}", ending.people_why.as_str()),
            )
            .fact(t.say("breaches-measures"), ending.measures.as_str());
    }
    block
}
