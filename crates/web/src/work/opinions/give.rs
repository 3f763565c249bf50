//! Giving the opinion, and recording to whom the person has it sent.

use axum::extract::Path;
use axum::response::Response;
use desk::opinion::{self, Given, SendTo};
use domain::code::OrgKind;
use domain::ids::OpinionId;
use domain::opinion::Verdict;

use super::deeds::{again, back, form_page, read, said};
use super::{id, texts};
use crate::form::{Filled, Form};
use crate::page::html;
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::Key;
use crate::words;
use crate::work::deed::deed;
use crate::work::form_page::{Ask, FormPage, How, safe_text, seen};
use crate::work::{Work, WorkForm};

const VERDICTS: [(&str, Verdict); 3] = [
    ("aannemelijk", Verdict::Aannemelijk),
    ("niet_aannemelijk", Verdict::NietAannemelijk),
    ("onvoldoende_informatie", Verdict::OnvoldoendeInformatie),
];

fn page(work: &Work, id: OpinionId, version: i64, f: Filled) -> Result<FormPage, Problem> {
    let title = Key::new("opinion-give-title");
    let button = Key::new("opinion-give");
    let mut page = form_page(work, id, version, f, title, "give", button)?;
    let t = page.t.clone();
    page.know = vec![
        t.say("opinion-give-know").into_owned(),
        t.say("opinion-give-told").into_owned(),
    ];
    let verdicts = VERDICTS
        .map(|(code, verdict)| Choice::new(code, t.key(texts::verdict(verdict))))
        .to_vec();
    page.asks = vec![
        Ask::new(How::Radios, "verdict", t.say("opinion-verdict")).of(verdicts),
        Ask::new(How::Text, "reasons", t.say("opinion-reasons"))
            .hint(t.say("opinion-reasons-hint")),
        Ask::new(How::Day, "valid_until", t.say("opinion-valid-until"))
            .hint(t.say("opinion-valid-until-hint"))
            .optional(),
    ];
    Ok(page)
}

/// Asks for the opinion.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let view = read(&work, id).await?;
    html(&page(&work, id, view.version, Filled::blank())?)
}

/// Gives it.
pub async fn give(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let read = |form: &mut Form| {
        let seen = seen(form);
        let verdict = form.one_of("verdict", &VERDICTS).required();
        let reasons = safe_text(form, "reasons", 20_000).required();
        let valid_until = form.date("valid_until").optional();
        let given = Given {
            verdict: verdict?,
            reasons: reasons?,
            valid_until: valid_until?,
        };
        Ok((seen?, given))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, given)| opinion::give(desk, &work.actor, now, id, seen, given);
    match deed(body, said(&[]), read, act).await? {
        Ok(()) => Ok(back(id, "given")),
        Err(f) => again(&page(&work, id, 0, f)?),
    }
}

fn send_page(work: &Work, id: OpinionId, version: i64, f: Filled) -> Result<FormPage, Problem> {
    let title = Key::new("opinion-send-title");
    let button = Key::new("opinion-send");
    let mut page = form_page(work, id, version, f, title, "send", button)?;
    let t = page.t.clone();
    let kinds = &work.app.desk.vocabulary.organisation_kinds;
    page.know = vec![
        t.say("opinion-send-know").into_owned(),
        t.say("opinion-send-binds").into_owned(),
    ];
    page.asks = vec![
        Ask::new(How::Select, "kind", t.say("opinion-send-to")).of(words::sorted_choices(
            kinds,
            work.today(),
            work.lang,
        )),
        Ask::new(How::Text, "wish", t.say("opinion-wish")).hint(t.say("opinion-wish-hint")),
    ];
    Ok(page)
}

/// Asks to whom.
pub async fn show_send(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let view = read(&work, id).await?;
    html(&send_page(&work, id, view.version, Filled::blank())?)
}

/// Records to whom.
pub async fn send(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let read = |form: &mut Form| {
        let seen = seen(form);
        let kind = form
            .parsed("kind", |code| OrgKind::new(code).ok())
            .required();
        let wish = safe_text(form, "wish", 2_000).required();
        let to = SendTo {
            kind: kind?,
            org: None,
            wish: wish?,
        };
        Ok((seen?, to))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, to)| opinion::send(desk, &work.actor, now, id, seen, to);
    match deed(body, said(&["kind"]), read, act).await? {
        Ok(()) => Ok(back(id, "sent")),
        Err(f) => again(&send_page(&work, id, 0, f)?),
    }
}
