//! The register of processing and the facts for a DPIA: pages, and the same as JSON to keep.

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use desk::registers::{self, CompartmentFacts};
use serde::Serialize;

use super::{crumbs, purpose};
use crate::page::html;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::Say;
use crate::words::{self, label, language};
use crate::work::sheets::{Block, Cell, SheetPage};
use crate::work::{Work, stores};

async fn made(work: &Work) -> Result<registers::Register, Problem> {
    let lang = language(work.lang);
    registers::register(&work.app.desk, &work.actor, work.now, lang)
        .await
        .map_err(refuse)
}

/// The register.
pub(super) async fn show(work: Work) -> Result<Response, Problem> {
    let register = made(&work).await?;
    let t = work.say();
    let own = register
        .activities
        .iter()
        .map(|one| {
            vec![
                Cell::new(&one.name),
                Cell::new(one.store.clone().unwrap_or_default()),
                Cell::new(format!("{}; {}", one.purpose_label, one.ground)),
                Cell::new(data(&work, &one.data_categories)),
                Cell::new(one.recipients.join(", ")),
                Cell::new(one.retention.join(", ")),
            ]
        })
        .collect();
    let sharing = register
        .sharing
        .iter()
        .map(|one| {
            vec![
                Cell::new(one.descriptions.join(" ")),
                Cell::new(one.senders.join(", ")),
                Cell::new(one.grounds.join("; ")),
                Cell::new(data(&work, &one.data_categories)),
                Cell::new(one.recipients.join(", ")),
                Cell::new(String::new()),
            ]
        })
        .collect();
    let columns = |first: &str, second: &str| {
        vec![
            first.to_owned(),
            second.to_owned(),
            t.say("registers-why").into_owned(),
            t.say("registers-data").into_owned(),
            t.say("registers-recipients").into_owned(),
            t.say("registers-term").into_owned(),
        ]
    };
    let own = Block::new(t.say("registers-own-acts")).table(
        columns(&t.say("registers-activity"), &t.say("journal-store")),
        own,
        "",
    );
    let sharing = Block::new(t.say("registers-sharing")).table(
        columns(&t.say("registers-activity"), &t.say("registers-senders")),
        sharing,
        "",
    );
    html(
        &SheetPage::new(&work, t.say("registers-processing"), &[])?
            .under(crumbs(&t))
            .lead(t.say("registers-processing-lead"))
            .lead(t.say_with("registers-of-day", "date", t.date(register.on)))
            .link(t.say("registers-json"), "/work/registers/processing.json")
            .block(own)
            .block(sharing),
    )
}

fn data(work: &Work, codes: &[String]) -> String {
    let list = &work.app.desk.vocabulary.data_categories;
    let all: Vec<String> = codes
        .iter()
        .map(|code| label(list, code, work.today(), work.lang))
        .collect();
    all.join(", ")
}

/// The register as JSON.
pub(super) async fn json(work: Work) -> Result<Response, Problem> {
    let register = made(&work).await?;
    download(&register, "attachment; filename=\"register.json\"")
}

fn download(value: &impl Serialize, name: &'static str) -> Result<Response, Problem> {
    let body = serde_json::to_vec_pretty(value).map_err(|_| Problem::internal())?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (CONTENT_DISPOSITION, HeaderValue::from_static(name)),
    ];
    Ok((headers, body).into_response())
}

async fn facts(work: &Work) -> Result<registers::Facts, Problem> {
    registers::facts(&work.app.desk, &work.actor, work.now)
        .await
        .map_err(refuse)
}

/// The facts for a DPIA.
pub(super) async fn dpia(work: Work) -> Result<Response, Problem> {
    let facts = facts(&work).await?;
    let t = work.say();
    let clocks = &work.app.desk.vocabulary.clocks;
    let undecided: Vec<String> = facts
        .undecided
        .iter()
        .map(|code| label(clocks, code, work.today(), work.lang))
        .collect();
    let whole = Block::default()
        .fact(t.say("registers-taken"), t.moment(facts.at))
        .fact(t.say("registers-law"), &facts.law)
        .fact(t.say("registers-key"), &facts.signing_key)
        .fact(t.say("registers-undecided"), undecided.join("; "));
    let mut page = SheetPage::new(&work, t.say("registers-dpia"), &[])?
        .under(crumbs(&t))
        .lead(t.say("registers-dpia-lead"))
        .link(t.say("registers-json"), "/work/registers/dpia.json")
        .block(whole);
    for store in &facts.stores {
        page = page.block(compartment(&work, &t, store));
    }
    html(&page)
}

fn compartment(work: &Work, t: &Say, facts: &CompartmentFacts) -> Block {
    let list = &work.app.desk.vocabulary;
    let today = work.today();
    let name = match ::desk::kept::Store::from_name(&facts.store) {
        Some(store) => stores::name(&work.app, store, today, t),
        None => facts.store.clone(),
    };
    let roles: Vec<String> = facts
        .roles
        .iter()
        .map(|(role, n)| {
            let name = match *role {
                "anyone" => t.say("journal-anyone").into_owned(),
                code => words::role(&work.app, code, today, work.lang),
            };
            format!("{name} ({})", t.number(*n))
        })
        .collect();
    let purposes: Vec<String> = facts.purposes.iter().map(|p| purpose(work, p)).collect();
    let grounds: Vec<&str> = facts.grounds.iter().copied().collect();
    let held: Vec<String> = facts.data.iter().cloned().collect();
    let special: Vec<String> = facts.special.iter().cloned().collect();
    let recipients: Vec<String> = facts.recipients.iter().cloned().collect();
    let terms: Vec<String> = facts
        .terms
        .iter()
        .map(|code| label(&list.clocks, code, today, work.lang))
        .collect();
    Block::new(name)
        .fact(t.say("registers-purposes"), purposes.join("; "))
        .fact(t.say("registers-grounds"), grounds.join("; "))
        .fact(t.say("registers-roles"), roles.join(", "))
        .fact(t.say("registers-by-itself"), t.number(facts.by_itself))
        .fact(t.say("registers-data"), data(work, &held))
        .fact(t.say("registers-special"), data(work, &special))
        .fact(t.say("registers-recipients"), recipients.join(", "))
        .fact(t.say("registers-term"), terms.join("; "))
        .fact(t.say("registers-entries"), t.number(facts.entries))
}

/// The facts as JSON.
pub(super) async fn dpia_json(work: Work) -> Result<Response, Problem> {
    let facts = facts(&work).await?;
    download(&facts, "attachment; filename=\"dpia.json\"")
}
