//! One request, as care sees it: what is asked, what is owed, and the answer as it opens, the same for care as for her.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::request::{self, RequestView};
use domain::request::{Asked, IdentityBy, RequestState};

use super::{DONE, crumbs, id_of, short, state, words};
use crate::form::{Filled, Form};
use crate::page::html;
use crate::page::ui::Choice;
use crate::person::own;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::form_page::{Ask, How, refused_page, seen};
use crate::work::sheets::{Block, SheetPage, Small};
use crate::work::{Work, WorkForm};

const HOW: [(&str, IdentityBy); 3] = [
    ("in_person", IdentityBy::InPerson),
    ("own_code", IdentityBy::OwnCode),
    ("document", IdentityBy::Document),
];

fn how(how: IdentityBy) -> Key {
    match how {
        IdentityBy::InPerson => Key::new("requests-how-in-person"),
        IdentityBy::OwnCode => Key::new("requests-how-own-code"),
        IdentityBy::Document => Key::new("requests-how-document"),
    }
}

/// Shows a request.
pub(super) async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let view = request::read(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let title = t.say_with("requests-title", "reference", short(id.to_string()));
    let mut page = SheetPage::new(&work, title, DONE)?
        .under(crumbs(&t))
        .block(facts(&t, &view));
    let base = format!("/work/requests/{id}");
    match view.request.state() {
        RequestState::Received => {
            page = page.lead(t.say("requests-settle-lead"));
            page = page.form(settle_form(&t, &base, view.version), Filled::blank());
            page = page.link(t.say("requests-turn-away"), format!("{base}/turn-away"));
        }
        RequestState::Settled { .. } => {
            page = page
                .link(t.say("requests-answer"), format!("{base}/answer"))
                .link(t.say("requests-extend"), format!("{base}/extend"));
        }
        RequestState::Extended { .. } => {
            page = page.link(t.say("requests-answer"), format!("{base}/answer"));
        }
        RequestState::Granted { .. } => {
            page = page
                .lead(t.say("requests-carry-lead"))
                .link(t.say("requests-carry"), format!("{base}/carry-out"));
        }
        _ => {}
    }
    if let Some(answer) = view.request.own_answer() {
        let mut block = Block::new(t.say("requests-own-answer"));
        for line in own::answer(&work.app, &t, work.today(), view.request.right, answer) {
            block = block.line(line);
        }
        page = page.block(block);
    }
    if view.request.is_settled() {
        page = page
            .block(Block::new(t.say("requests-sections")).line(t.say("requests-sections-lead")));
        for section in view.request.sections(work.now) {
            let shown = own::section(&work.app, &t, work.today(), view.request.right, &section);
            let mut block = Block::new(shown.title);
            for line in shown.lines {
                block = block.line(line);
            }
            page = page.block(block);
        }
    }
    html(&page)
}

fn settle_form(t: &Say, base: &str, version: i64) -> Small {
    let choices = IdentityBy::ALL
        .into_iter()
        .map(|one| Choice::new(one.code(), t.key(how(one))))
        .collect();
    Small {
        method: "post",
        action: format!("{base}/settle"),
        hidden: vec![("seen", version.to_string())],
        asks: vec![Ask::new(How::Radios, "how", t.say("requests-how")).of(choices)],
        button: t.say("requests-settle").into_owned(),
        kind: "primary-action",
    }
}

fn facts(t: &Say, view: &RequestView) -> Block {
    let request = &view.request;
    let asked = match request.asked {
        Asked::Herself => Key::new("requests-herself"),
        Asked::Aloud { .. } => Key::new("requests-aloud"),
    };
    let case = request.case.to_string();
    let mut block = Block::default()
        .fact(t.say("requests-right"), t.key(own::right(request.right)))
        .fact(t.say("requests-asked"), t.key(asked))
        .fact(t.say("requests-received"), t.date_of(request.received))
        .fact(t.say("requests-case"), short(&case))
        .fact(t.say("requests-state"), t.key(state(request.state_name())));
    if let Some(due) = request.owed() {
        block = block.fact(t.say("requests-due"), t.date_of(due));
    }
    block = block.fact(t.say("requests-release"), t.date_of(request.terms.release));
    if let Some(said) = &request.words {
        block = block.fact(t.say("requests-words"), said.as_str());
    }
    match request.state() {
        RequestState::Settled { how: by, .. }
        | RequestState::Extended { how: by, .. }
        | RequestState::Answered { how: by, .. }
        | RequestState::Granted { how: by, .. }
        | RequestState::CarriedOut { how: by, .. } => {
            block = block.fact(t.say("requests-how"), t.key(how(*by)));
        }
        RequestState::NotSettled { reason, .. } => {
            block = block.fact(t.say("requests-reason"), reason.as_str());
        }
        _ => {}
    }
    if let RequestState::Granted { owner, .. } = request.state() {
        let owner = match owner {
            Some(owner) => owner.name.clone(),
            None => t.say("requests-owner-none").into_owned(),
        };
        block = block.fact(t.say("requests-owner"), owner);
    }
    if let Some(extension) = request.extension() {
        block = block.fact(t.say("requests-extend-why"), extension.reason.as_str());
    }
    block
}

/// It is she.
pub(super) async fn settle(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let how = form.one_of("how", &HOW).required();
    let (seen, how) = form
        .finish(|| Ok((seen?, how?)))
        .map_err(|_| Problem::unprocessable().because(Key::new("requests-how-missing")))?;
    request::settle(&work.app.desk, &work.actor, work.now, id, seen, how)
        .await
        .map_err(|error| refused_page(error, words))?;
    Ok(Redirect::to(&format!("/work/requests/{id}?done=settled")).into_response())
}
