//! Registers for the auditor and the data protection officer: disclosures, processing, facts for a DPIA, retention, breaches, yearly
//! figures. Never content.

mod breach;
mod deeds;
mod disclosures;
mod processing;
mod retention;
mod year;

use ::desk::kept::Store;
use axum::response::Response;
use desk::UseCase as U;

use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::Say;
use crate::words::reference as short;
use crate::work::sheets::{SheetPage, Tab};
use crate::work::{Work, stores};

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .get("/work/registers", U::ReadRegisters, home)
        .get(
            "/work/registers/disclosures",
            U::ReadDisclosures,
            disclosures::show,
        )
        .get(
            "/work/registers/processing",
            U::ReadRegisters,
            processing::show,
        )
        .get(
            "/work/registers/processing.json",
            U::ReadRegisters,
            processing::json,
        )
        .get("/work/registers/dpia", U::ReadRegisters, processing::dpia)
        .get(
            "/work/registers/dpia.json",
            U::ReadRegisters,
            processing::dpia_json,
        )
        .get(
            "/work/registers/retention",
            U::ReadRetention,
            retention::show,
        )
        .get("/work/registers/year", U::ReadRegisters, year::show);
    routes
        .get("/work/breaches", U::KeepBreaches, breach::list)
        .get("/work/breaches/search", U::SearchBreach, breach::search)
        .get("/work/breaches/new", U::KeepBreaches, deeds::ask_new)
        .post("/work/breaches/new", U::KeepBreaches, deeds::make)
        .get("/work/breaches/{id}", U::KeepBreaches, breach::show)
        .get(
            "/work/breaches/{id}/decide",
            U::KeepBreaches,
            deeds::ask_decide,
        )
        .post("/work/breaches/{id}/decide", U::KeepBreaches, deeds::decide)
        .get(
            "/work/breaches/{id}/close",
            U::KeepBreaches,
            deeds::ask_close,
        )
        .post("/work/breaches/{id}/close", U::KeepBreaches, deeds::close)
}

/// The compartments, with the shelter addresses: one at a time.
const STORES: [Store; 8] = [
    Store::K1,
    Store::K2,
    Store::K3,
    Store::K4,
    Store::K5,
    Store::K6,
    Store::K7,
    Store::Addresses,
];

async fn home(work: Work) -> Result<Response, Problem> {
    let t = work.say();
    html(
        &SheetPage::new(&work, t.say("nav-registers"), &[])?
            .lead(t.say("registers-lead"))
            .link(
                t.say("registers-disclosures"),
                "/work/registers/disclosures",
            )
            .link(t.say("registers-processing"), "/work/registers/processing")
            .link(t.say("registers-dpia"), "/work/registers/dpia")
            .link(t.say("registers-retention"), "/work/registers/retention")
            .link(t.say("registers-breaches"), "/work/breaches")
            .link(t.say("registers-year"), "/work/registers/year")
            .link(t.say("decisions-title"), "/work/oversight/decisions"),
    )
}

fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(t.say("nav-registers"), "/work/registers")]
}

/// The store of the address, K3 without one.
fn asked_store(work: &Work) -> Store {
    let named = Store::from_name(work.query("store"));
    named
        .filter(|store| STORES.contains(store))
        .unwrap_or(Store::K3)
}

/// The compartments, one at a time.
fn store_tabs(work: &Work, t: &Say, path: &str, chosen: Store) -> Vec<Tab> {
    let tab = |store: Store| Tab {
        label: stores::name(&work.app, store, work.today(), t),
        href: format!("{path}?store={store}"),
        current: store == chosen,
    };
    STORES.into_iter().map(tab).collect()
}

/// A purpose in words: one of sharing, or one of the program's own work.
fn purpose(work: &Work, code: &str) -> String {
    let list = &work.app.desk.vocabulary;
    let own = list
        .own_purposes
        .all()
        .iter()
        .any(|own| own.code.as_str() == code);
    match own {
        true => crate::words::label(&list.own_purposes, code, work.today(), work.lang),
        false => crate::words::label(&list.purposes, code, work.today(), work.lang),
    }
}
