//! The parts of requests that one compartment answers: its list, and one part with its form.

use ::desk::kept::{Cursor, Store};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::request::{self, PartSummary, PartView};
use domain::request::{PART_STATES, PartState, Right};
use domain::restriction::Law;

use super::carry;
use super::deeds::answer_asks;
use super::list::filter;
use super::{short, state};
use crate::form::Filled;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::person::own;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::form_page::{Ask, FormPage, How};
use crate::work::sheets::{Block, Cell, SheetPage};
use crate::work::{Work, restrictions, stores};

/// What was just done.
const DONE: &[(&str, Key)] = &[
    ("answered", Key::new("requests-done-part")),
    ("carried-out", Key::new("requests-done-carried-out")),
];

macro_rules! of_store {
    ($($store:ident $list:ident $show:ident;)+) => {$(
        pub(super) async fn $list(work: Work) -> Result<Response, Problem> {
            list(work, Store::$store).await
        }

        pub(super) async fn $show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
            show(&work, Store::$store, &id, Filled::blank(), StatusCode::OK).await
        }
    )+};
}

of_store! {
    K1 list_k1 show_k1;
    K2 list_k2 show_k2;
    K3 list_k3 show_k3;
    K4 list_k4 show_k4;
    K5 list_k5 show_k5;
}

pub(super) fn base(store: Store) -> String {
    format!("/work/own-data/{store}")
}

async fn list(work: Work, store: Store) -> Result<Response, Problem> {
    let asked = work.query("state");
    let chosen = PART_STATES.iter().copied().find(|state| *state == asked);
    let after = Cursor::decode(work.query("next"));
    let states = chosen.map(str::to_owned).into_iter().collect();
    let (desk, actor) = (&work.app.desk, &work.actor);
    let (page, counts) = request::list_parts(desk, actor, store, states, after.as_ref())
        .await
        .map_err(refuse)?;
    let t = work.say();
    let base = base(store);
    let mut rows = Vec::new();
    for row in &page.rows {
        let summary: PartSummary =
            serde_json::from_value(row.summary.clone()).map_err(|_| Problem::internal())?;
        let due = row.clear.due.map_or_else(String::new, |due| t.date_of(due));
        rows.push(vec![
            Cell::link(short(&row.id), format!("{base}/{}", row.id)),
            Cell::new(t.key(own::right(summary.right))),
            Cell::new(t.date_of(summary.received)),
            Cell::new(t.key(state(&row.clear.state))),
            Cell::new(due),
            Cell::new(summary.owner.unwrap_or_default()),
        ]);
    }
    let columns = vec![
        t.say("requests-request").into_owned(),
        t.say("requests-right").into_owned(),
        t.say("requests-received").into_owned(),
        t.say("requests-state").into_owned(),
        t.say("requests-due").into_owned(),
        t.say("requests-owner").into_owned(),
    ];
    let next = page.next.map(|next| {
        let state = chosen.unwrap_or_default();
        format!("{base}?state={state}&next={}", next.encode())
    });
    let mut block = Block::default().table(columns, rows, t.say("requests-parts-empty"));
    block.caption = t.say("nav-own-data").into_owned();
    html(
        &SheetPage::new(&work, t.say("nav-own-data"), DONE)?
            .lead(stores::name(&work.app, store, work.today(), &t))
            .lead(t.say("requests-parts-lead"))
            .filter(filter(&t, &counts, chosen, PART_STATES, &base))
            .block(block)
            .next(next),
    )
}

/// Categories that a compartment can hold of a person.
pub(super) fn held(store: Store) -> &'static [&'static str] {
    match store {
        Store::K1 => &["form", "region", "observations", "contact"],
        Store::K2 => &["age", "sex", "origin", "region", "form", "sector"],
        Store::K4 => &["observations", "statement", "opinion"],
        Store::K5 => &[
            "identity",
            "age",
            "sex",
            "origin",
            "form",
            "observations",
            "safety",
            "status",
        ],
        _ => &domain::share::Portion::HELD,
    }
}

pub(super) async fn show(
    work: &Work,
    store: Store,
    id: &str,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let view = request::read_part(&work.app.desk, &work.actor, work.now, store, id)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let mut crumbs = vec![Crumb::new(t.say("nav-own-data"), base(store))];
    let above = view.above.as_deref();
    if let Some(file) = restrictions::file_of(store, &view.about_kind, &view.about, above) {
        crumbs.push(Crumb::new(t.say("restriction-file"), file));
    }
    let title = t.say_with("requests-part-title", "reference", short(id));
    if let PartState::Granted { .. } = view.part.state() {
        return carry_out(work, store, id, f, status, crumbs).await;
    }
    if view.part.state() != &PartState::Open {
        let page = SheetPage::new(work, title, DONE)?
            .under(crumbs)
            .block(ended(work, &t, &view));
        return html(&page);
    }
    let seen = match f.value("seen") {
        "" => view.version.to_string(),
        typed => typed.to_owned(),
    };
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs,
        title,
        know: know(&t, &view),
        action: format!("{}/{id}", base(store)),
        hidden: vec![("seen", seen)],
        asks: asks(work, &t, store, view.part.right),
        button: t.say("requests-part-button").into_owned(),
        cancel: base(store),
        t,
    };
    html_as(status, &page.guarded())
}

/// What was granted waits to be carried out.
async fn carry_out(
    work: &Work,
    store: Store,
    id: &str,
    f: Filled,
    status: StatusCode,
    crumbs: Vec<Crumb>,
) -> Result<Response, Problem> {
    let view = request::carry_view_part(&work.app.desk, &work.actor, work.now, store, id)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let part = &view.part;
    let mut know = vec![
        carry::asked_for(&t, part.right),
        t.say_with("requests-carry-due", "date", t.date_of(part.due)),
    ];
    if let Some(owner) = part.owner() {
        know.push(t.say_with("requests-carry-owner", "name", owner.name.as_str()));
    }
    if let Some(words) = &part.words {
        know.push(t.say_with("requests-said", "words", words.as_str()));
    }
    know.push(match &view.about {
        Some(about) => t.say_with("requests-part-about", "record", short(about)),
        None => t.say("requests-carry-gone").into_owned(),
    });
    if !view.data.is_empty() {
        let data = carry::data(work, &t, &view.data);
        know.push(t.say_with("my-answer-data", "data", data));
    }
    if let Some(whole) = &view.whole {
        know.extend(carry::what_goes(work, &t, whole));
    } else if let Some(some) = &view.some {
        know.push(match some.filled.is_empty() {
            true => t.say("requests-carry-empty").into_owned(),
            false => {
                let filled = carry::data(work, &t, &some.filled);
                t.say_with("requests-carry-takes-out", "data", filled)
            }
        });
        if some.copies > 0 {
            know.push(t.say_n("requests-carry-copies", some.copies));
        }
    } else if view.changed {
        know.push(t.say("requests-carry-was-changed").into_owned());
    }
    know.extend(carry::held(&t, &view.holds));
    let whole = view.whole.as_ref().is_some_and(|whole| !whole.others_too);
    let by_samen = whole || view.some.is_some();
    let ways = carry::ways(part.right, by_samen, !by_samen, !view.holds.is_empty());
    let seen = match f.value("seen") {
        "" => view.version.to_string(),
        typed => typed.to_owned(),
    };
    let mark = match (view.whole, view.some) {
        (Some(whole), _) => whole.mark,
        (None, Some(some)) => some.mark,
        (None, None) => String::new(),
    };
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs,
        title: t.say("requests-carry").into_owned(),
        know,
        action: format!("{}/{id}", base(store)),
        hidden: vec![("seen", seen), ("mark", mark)],
        asks: carry::asks(&t, &ways),
        button: t.say("requests-carry-button").into_owned(),
        cancel: base(store),
        t,
    };
    html_as(status, &page.guarded())
}

fn know(t: &Say, view: &PartView) -> Vec<String> {
    let part = &view.part;
    let mut out = vec![
        carry::asked_for(t, part.right),
        t.say_with("requests-part-due", "date", t.date_of(part.due)),
        t.say_with("requests-part-about", "record", short(&view.about)),
    ];
    if let Some(words) = &part.words {
        out.push(t.say_with("requests-said", "words", words.as_str()));
    }
    out.push(t.say("requests-part-lead").into_owned());
    out
}

fn asks(work: &Work, t: &Say, store: Store, right: Right) -> Vec<Ask> {
    let mut ways = vec![
        Choice::new("answer", t.say("requests-way-answer")),
        Choice::new("nothing", t.say("requests-way-nothing")),
    ];
    if store == Store::K5 {
        let silent = Choice::new("withhold", t.say("requests-way-withhold"));
        ways.push(silent.hint(t.say("requests-way-withhold-hint")));
    }
    let mut asks = vec![Ask::new(How::Radios, "way", t.say("requests-way")).of(ways)];
    let law = match store {
        Store::K5 => Law::Wpg,
        _ => Law::Avg,
    };
    let answer = answer_asks(work, t, held(store), right, law);
    asks.extend(answer.into_iter().map(Ask::optional));
    asks
}

fn ended(work: &Work, t: &Say, view: &PartView) -> Block {
    let part = &view.part;
    let mut block = Block::default()
        .fact(t.say("requests-right"), t.key(own::right(part.right)))
        .fact(t.say("requests-received"), t.date_of(part.received))
        .fact(t.say("requests-state"), t.key(state(part.state_name())));
    match part.state() {
        PartState::Answered { answer, .. }
        | PartState::Granted { answer, .. }
        | PartState::CarriedOut { answer, .. } => {
            for line in own::answer(&work.app, t, work.today(), part.right, answer) {
                block = block.line(line);
            }
        }
        PartState::Withheld { refusal, .. } => {
            block = block
                .fact(t.say("requests-reason"), refusal.reason.as_str())
                .fact(t.say("requests-ground"), refusal.ground.as_str());
        }
        PartState::Open | PartState::Nothing { .. } => {}
    }
    block
}
