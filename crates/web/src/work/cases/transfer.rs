//! Handing a case over to another coordinating organisation: the offer, the list of offers with where each stands, and the answers.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::case::{self, NewTransfer, TransferView};
use domain::ids::{OrgId, TransferId};
use domain::need::REASON_MAX;
use domain::transfer::TransferState;

use super::{back, case_crumbs, case_id, read, reference, texts};
use crate::form::{Filled, Form};
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::deed::{Said, deed, pressed};
use crate::work::form_page::{
    Ask, FormPage, How, looked, refused_page, safe_text, seen as seen_of,
};
use crate::work::sheets::{Block, SheetPage, Small};
use crate::work::{Work, WorkForm};

const PATH: &str = "/work/transfers";
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const DONE: &[(&str, Key)] = &[
    ("refused", Key::new("transfer-done-refused")),
    ("taken-back", Key::new("transfer-done-taken-back")),
];

const SAID: Said = Said {
    fields: &["to", "why", "reason"],
    words,
};

fn words(key: &str) -> Option<Key> {
    Some(match key {
        "unknown" => Key::new("transfer-rule-unknown"),
        "looks_like_address" => Key::new("cases-looks-like-address"),
        "transfer-own" => Key::new("transfer-rule-unknown"),
        "transfer-over" => Key::new("transfer-rule-over"),
        "transfer-organisation" => Key::new("transfer-rule-organisation"),
        "transfer-offered" => Key::new("transfer-rule-offered"),
        "transfer-no-consent" => Key::new("transfer-rule-no-consent"),
        "transfer-not-allowed" => Key::new("transfer-rule-not-allowed"),
        other => return texts::rule(other),
    })
}

/// Asks to which organisation, and why.
pub(super) async fn ask(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    offer_page(&work, &id, Filled::blank(), StatusCode::OK).await
}

async fn offer_page(
    work: &Work,
    id: &str,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (id, dossier) = read(work, id).await?;
    let t = work.say();
    let receivers = case::transfer_receivers(&work.app.desk, &work.actor)?;
    let choices = receivers
        .into_iter()
        .map(|(org, name)| Choice::new(org.to_string(), name))
        .collect();
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: case_crumbs(&t, id),
        title: t.say("transfer-offer").into_owned(),
        know: vec![
            t.say("transfer-lead").into_owned(),
            t.say("transfer-until").into_owned(),
        ],
        action: format!("/work/cases/{id}/transfer"),
        hidden: vec![("seen", dossier.version.to_string())],
        asks: vec![
            Ask::new(How::Select, "to", t.say("transfer-to")).of(choices),
            Ask::new(How::Text, "why", t.say("transfer-why")).hint(t.say("transfer-why-hint")),
        ],
        button: t.say("transfer-offer-button").into_owned(),
        cancel: format!("/work/cases/{id}"),
        t,
    };
    html_as(status, &page.guarded())
}

/// Offers the case.
pub(super) async fn offer(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let case = case_id(&id)?;
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let to = form
            .parsed("to", |text| text.parse::<OrgId>().ok())
            .required();
        let why = safe_text(form, "why", REASON_MAX).required();
        let looked = looked(form);
        let new = NewTransfer {
            to: to?,
            why: why?,
            looked: looked?,
        };
        Ok((seen?, new))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, new)| case::offer_transfer(desk, &work.actor, now, case, seen, new);
    match deed(body, SAID, read, act).await? {
        Ok(_) => Ok(back(case, "transfer-offered")),
        Err(f) => offer_page(&work, &id, f, WRONG).await,
    }
}

/// What came and what was sent, with where each stands.
pub(super) async fn list(work: Work) -> Result<Response, Problem> {
    let t = work.say();
    let all = case::transfers(&work.app.desk, &work.actor, work.now).await?;
    let mut page =
        SheetPage::new(&work, t.say("transfer-list"), DONE)?.lead(t.say("transfer-list-lead"));
    if all.is_empty() {
        page = page.block(Block::new("").line(t.say("transfer-list-empty")));
    }
    for view in &all {
        page = page.block(block(&work, &t, view));
        if let Some(form) = forms(&t, view) {
            page = page.form(form, Filled::blank());
        }
        if view.came && matches!(view.transfer.state(), TransferState::Offered) {
            let href = format!("{PATH}/{}/refuse", view.transfer.id);
            let label = t.say_with("transfer-refuse-link", "reference", short(view));
            page = page.link(label, href);
        }
    }
    html(&page)
}

fn short(view: &TransferView) -> String {
    reference(view.transfer.case)
}

fn block(work: &Work, t: &Say, view: &TransferView) -> Block {
    let transfer = &view.transfer;
    let directory = work.app.desk.directory();
    let name = |org| directory.name(org).to_owned();
    let (state, reason) = match transfer.state() {
        TransferState::Offered => (Key::new("transfer-state-offered"), ""),
        TransferState::Accepted { .. } => (Key::new("transfer-state-accepted"), ""),
        TransferState::Refused { reason, .. } => {
            (Key::new("transfer-state-refused"), reason.as_str())
        }
        TransferState::TakenBack { .. } => (Key::new("transfer-state-taken-back"), ""),
    };
    let block = Block::new(t.say_with("cases-case", "reference", short(view)))
        .fact(t.say("transfer-from"), name(transfer.offered.org))
        .fact(t.say("transfer-to"), name(transfer.to))
        .fact(t.say("transfer-since"), t.moment(transfer.offered.at))
        .fact(t.say("transfer-why"), transfer.why.as_str())
        .fact(t.say("transfer-state"), t.key(state));
    match reason {
        "" => block,
        reason => block.fact(t.say("transfer-reason"), reason),
    }
}

/// The button of whoever may do something with an open offer.
fn forms(t: &Say, view: &TransferView) -> Option<Small> {
    if !matches!(view.transfer.state(), TransferState::Offered) {
        return None;
    }
    let (path, button, kind) = match view.came {
        true => ("accept", "transfer-accept-button", "primary-action"),
        false => ("take-back", "transfer-take-back-button", "secondary-action"),
    };
    let button = match button {
        "transfer-accept-button" => t.say_with("transfer-accept-button", "reference", short(view)),
        _ => t.say_with("transfer-take-back-button", "reference", short(view)),
    };
    Some(Small {
        method: "post",
        action: format!("{PATH}/{}/{path}", view.transfer.id),
        hidden: vec![("seen", view.version.to_string())],
        asks: Vec::new(),
        button,
        kind,
    })
}

fn id_of(text: &str) -> Result<TransferId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Accepts: the case is one's own organisation's from now on.
pub(super) async fn accept(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, seen) = (id_of(&id)?, pressed(body)?);
    let case = case::accept_transfer(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(|error| refused_page(error, words))?;
    Ok(back(case, "transfer-accepted"))
}

/// Takes an offer back.
pub(super) async fn take_back(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, seen) = (id_of(&id)?, pressed(body)?);
    case::take_back_transfer(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(|error| refused_page(error, words))?;
    Ok(Redirect::to(&format!("{PATH}?done=taken-back")).into_response())
}

/// Asks why not.
pub(super) async fn ask_refusal(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    refusal_page(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

async fn refusal_page(
    work: &Work,
    id: TransferId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let all = case::transfers(&work.app.desk, &work.actor, work.now).await?;
    let found = all.iter().find(|view| view.transfer.id == id && view.came);
    let found = found.ok_or_else(Problem::not_found)?;
    let t = work.say();
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: vec![Crumb::new(t.say("transfer-list"), PATH)],
        title: t.say_with("transfer-refuse-link", "reference", short(found)),
        know: vec![t.say("transfer-refuse-lead").into_owned()],
        action: format!("{PATH}/{id}/refuse"),
        hidden: vec![("seen", found.version.to_string())],
        asks: vec![
            Ask::new(How::Text, "reason", t.say("transfer-reason"))
                .hint(t.say("transfer-why-hint")),
        ],
        button: t.say("transfer-refuse-button").into_owned(),
        cancel: PATH.to_owned(),
        t,
    };
    html_as(status, &page.guarded())
}

/// Refuses, with the reason.
pub(super) async fn refuse(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let reason = safe_text(form, "reason", REASON_MAX).required();
        let looked = looked(form);
        Ok((seen?, reason?, looked?))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, reason, looked)| {
        case::refuse_transfer(desk, &work.actor, now, id, seen, reason, looked)
    };
    match deed(body, SAID, read, act).await? {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?done=refused")).into_response()),
        Err(f) => refusal_page(&work, id, f, WRONG).await,
    }
}
