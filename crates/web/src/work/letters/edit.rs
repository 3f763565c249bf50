//! The head, the texts, and the motions and promises of a letter.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::letter::{self, Edit, EditionView, HeadInput, TextsInput};
use domain::SafeText;
use domain::edition::{Commitment, CommitmentKind, EditionContent, LetterRef};
use domain::ids::EditionId;

use super::page::crumbs;
use super::{address, id, texts as words};
use crate::form::{Filled, Form, Typed};
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::form_page::{Ask, FormPage, How, refused, refused_page, safe_text, seen};
use crate::work::{Work, WorkForm};

pub(super) async fn read(work: &Work, id: EditionId) -> Result<EditionView, Problem> {
    Ok(letter::read(&work.app.desk, &work.actor, work.now, id).await?)
}

/// The common part of a page that changes an edition.
pub(super) fn form_page(
    work: &Work,
    view: &EditionView,
    f: Filled,
    title: Key,
    deed: &str,
) -> Result<FormPage, Problem> {
    let t = work.say();
    let id = view.edition.id;
    let mut above = crumbs(&t);
    above.push(Crumb::new(view.edition.name.to_string(), address(id)));
    let seen = match f.value("seen") {
        "" => view.version.to_string(),
        typed => typed.to_owned(),
    };
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: above,
        title: t.key(title).into_owned(),
        know: Vec::new(),
        action: format!("{}/{deed}", address(id)),
        hidden: vec![("seen", seen)],
        asks: Vec::new(),
        button: t.say("letter-save").into_owned(),
        cancel: address(id),
        t,
    })
}

pub(super) fn back(id: EditionId, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", address(id))).into_response()
}

pub(super) fn again(page: &FormPage) -> Result<Response, Problem> {
    html_as(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// Makes one change; what the desk refuses comes back as the form with its faults.
pub(super) async fn change(
    work: &Work,
    id: EditionId,
    seen: i64,
    edit: Edit,
    typed: Typed,
    fields: &[&'static str],
) -> Result<Result<Response, Filled>, Problem> {
    match letter::edit(&work.app.desk, &work.actor, work.now, id, seen, edit).await {
        Ok(()) => Ok(Ok(back(id, "saved"))),
        Err(error) => refused(typed, error, fields, words::refusal).map(Err),
    }
}

fn head_page(work: &Work, view: &EditionView, f: Filled) -> Result<FormPage, Problem> {
    let mut page = form_page(work, view, f, Key::new("letter-head"), "head")?;
    let t = page.t.clone();
    page.asks = vec![
        Ask::heading(t.say("letter-signing")),
        Ask::new(How::Line, "office", t.say("letter-office")).hint(t.say("letter-office-hint")),
        Ask::new(How::Line, "name", t.say("letter-signed-by")).optional(),
        Ask::new(How::Text, "co_signatories", t.say("letter-co-signatories"))
            .hint(t.say("letter-co-signatories-hint"))
            .optional(),
        Ask::heading(t.say("letter-about")),
        Ask::new(How::Line, "subject", t.say("letter-subject"))
            .hint(t.say("letter-subject-hint"))
            .optional(),
        Ask::new(How::Line, "place", t.say("letter-place"))
            .hint(t.say("letter-place-hint"))
            .optional(),
        Ask::new(How::Day, "dated", t.say("letter-dated"))
            .hint(t.say("letter-dated-hint"))
            .optional(),
        Ask::heading(t.say("letter-previous-heading")).hint(t.say("letter-previous-know")),
        Ask::new(How::Line, "previous", t.say("letter-previous"))
            .hint(t.say("letter-previous-hint"))
            .optional(),
        Ask::new(
            How::Short,
            "previous_resolved",
            t.say("letter-previous-resolved"),
        )
        .hint(t.say("letter-previous-resolved-hint"))
        .optional(),
        Ask::new(How::Day, "previous_date", t.say("letter-previous-date")).optional(),
    ];
    Ok(page)
}

fn text(text: &Option<SafeText>) -> String {
    text.as_ref()
        .map_or_else(String::new, |t| t.as_str().to_owned())
}

fn filled_head(content: &EditionContent) -> Filled {
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |d| d.to_string());
    let signatory = content.signatory.as_ref();
    let offices: Vec<&str> = content
        .co_signatories
        .iter()
        .map(|s| s.office.as_str())
        .collect();
    let previous = content.previous.as_ref();
    let pairs = [
        (
            "office",
            signatory.map_or_else(String::new, |s| s.office.as_str().to_owned()),
        ),
        (
            "name",
            signatory.map_or_else(String::new, |s| s.name.as_str().to_owned()),
        ),
        ("co_signatories", offices.join("\n")),
        ("subject", text(&content.subject)),
        ("place", text(&content.place)),
        ("dated", day(content.dated)),
        (
            "previous",
            previous.map_or_else(String::new, |p| p.as_written.as_str().to_owned()),
        ),
        (
            "previous_resolved",
            previous
                .and_then(|p| p.resolved.clone())
                .unwrap_or_default(),
        ),
        ("previous_date", day(previous.and_then(|p| p.date))),
    ];
    let mut typed = Typed::default();
    for (name, value) in pairs {
        typed.add(name, &value);
    }
    Filled::new(typed, Vec::new())
}

/// Asks for the head.
pub async fn show_head(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let view = read(&work, id(&path)?).await?;
    let filled = filled_head(view.edition.content());
    html(&head_page(&work, &view, filled)?)
}

fn read_head(form: &mut Form) -> crate::form::Read<HeadInput> {
    let office = safe_text(form, "office", 200).optional();
    let name = safe_text(form, "name", 200).optional();
    let together = each_line(form, "co_signatories");
    let subject = safe_text(form, "subject", 300).optional();
    let place = safe_text(form, "place", 100).optional();
    let dated = form.date("dated").optional();
    let previous = safe_text(form, "previous", 300).optional();
    let resolved = form.line("previous_resolved").max(20).optional();
    let previous_date = form.date("previous_date").optional();
    Ok(HeadInput {
        subject: subject?,
        place: place?,
        dated: dated?,
        office: office?,
        name: name?,
        co_signatories: together?,
        previous: previous?,
        previous_resolved: resolved?,
        previous_date: previous_date?,
    })
}

fn each_line(form: &mut Form, name: &'static str) -> crate::form::Read<Vec<SafeText>> {
    let read = form
        .parsed(name, |text| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines
                .map(|line| SafeText::new("line", line, 300).ok())
                .collect::<Option<Vec<_>>>()
        })
        .max(5_000)
        .else_say(Key::new("form-error-text"))
        .optional()?;
    Ok(read.unwrap_or_default())
}

/// Keeps the head.
pub async fn head(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&path)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let input = read_head(&mut form);
    let filled = match form.finish(|| Ok((seen?, input?))) {
        Err(filled) => filled,
        Ok((seen, input)) => {
            let edit = Edit::Head(Box::new(input));
            let fields = ["previous", "previous_resolved", "previous_date"];
            match change(&work, id, seen, edit, typed, &fields).await? {
                Ok(done) => return Ok(done),
                Err(filled) => filled,
            }
        }
    };
    let view = read(&work, id).await?;
    again(&head_page(&work, &view, filled)?)
}

/// Subjects besides the lines that one form takes.
const SUBJECTS: [&str; 4] = ["subject1", "subject2", "subject3", "subject4"];

fn texts_page(work: &Work, view: &EditionView, f: Filled) -> Result<FormPage, Problem> {
    let mut page = form_page(work, view, f, Key::new("letter-texts"), "texts")?;
    let t = page.t.clone();
    page.know = vec![
        t.say("letter-texts-know").into_owned(),
        t.say("letter-footnotes-know").into_owned(),
        t.say("letter-nobody").into_owned(),
    ];
    page.asks = vec![
        Ask::new(How::Text, "opening", t.say("letter-opening")).hint(t.say("letter-opening-hint")),
        Ask::new(How::Text, "programme", t.say("letter-programme"))
            .hint(t.say("letter-programme-hint"))
            .optional(),
        Ask::new(How::Text, "reading_guide", t.say("letter-reading-guide"))
            .hint(t.say("letter-reading-guide-hint"))
            .optional(),
        Ask::heading(t.say("letter-subjects")).hint(t.say("letter-subjects-hint")),
    ];
    let subjects = (1_usize..).zip(SUBJECTS);
    let asks = subjects
        .map(|(n, name)| Ask::new(How::Text, name, t.say_n("letter-subject-n", n)).optional());
    page.asks.extend(asks);
    Ok(page)
}

/// Asks for the texts.
pub async fn show_texts(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let view = read(&work, id(&path)?).await?;
    let content = view.edition.content();
    let mut typed = Typed::default();
    typed.add("opening", &text(&content.opening));
    typed.add("programme", &text(&content.programme));
    typed.add("reading_guide", &text(&content.reading_guide));
    for (name, subject) in SUBJECTS.into_iter().zip(&content.other_subjects) {
        typed.add(name, subject.as_str());
    }
    html(&texts_page(&work, &view, Filled::new(typed, Vec::new()))?)
}

/// Keeps the texts.
pub async fn texts(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&path)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let opening = safe_text(&mut form, "opening", 10_000).required();
    let programme = safe_text(&mut form, "programme", 10_000).optional();
    let reading_guide = safe_text(&mut form, "reading_guide", 10_000).optional();
    let subjects = SUBJECTS.map(|name| safe_text(&mut form, name, 10_000).optional());
    let input = form.finish(|| {
        let subjects: crate::form::Read<Vec<Option<SafeText>>> = subjects.into_iter().collect();
        let input = TextsInput {
            opening: Some(opening?),
            programme: programme?,
            reading_guide: reading_guide?,
            other_subjects: subjects?.into_iter().flatten().collect(),
        };
        Ok((seen?, input))
    });
    let filled = match input {
        Err(filled) => filled,
        Ok((seen, input)) => {
            let edit = Edit::Texts(Box::new(input));
            match change(&work, id, seen, edit, typed, &[]).await? {
                Ok(done) => return Ok(done),
                Err(filled) => filled,
            }
        }
    };
    let view = read(&work, id).await?;
    again(&texts_page(&work, &view, filled)?)
}

const KINDS: [(&str, CommitmentKind); 2] = [
    ("motie", CommitmentKind::Motie),
    ("toezegging", CommitmentKind::Toezegging),
];

fn commitment_page(work: &Work, view: &EditionView, f: Filled) -> Result<FormPage, Problem> {
    let mut page = form_page(work, view, f, Key::new("letter-commitment"), "commitment")?;
    let t = page.t.clone();
    let kinds = vec![
        Choice::new("motie", t.say("letter-motie")),
        Choice::new("toezegging", t.say("letter-toezegging")),
    ];
    page.know = vec![t.say("letter-commitment-know").into_owned()];
    page.asks = vec![
        Ask::new(How::Radios, "kind", t.say("letter-kind")).of(kinds),
        Ask::new(How::Text, "asked", t.say("letter-asked")),
        Ask::new(How::Line, "reference", t.say("letter-reference"))
            .hint(t.say("letter-previous-hint")),
        Ask::new(How::Short, "resolved", t.say("letter-previous-resolved"))
            .hint(t.say("letter-previous-resolved-hint"))
            .optional(),
        Ask::new(How::Line, "closed_by", t.say("letter-closed-by"))
            .hint(t.say("letter-closed-by-hint")),
    ];
    Ok(page)
}

/// Asks which motion or promise is closed.
pub async fn show_commitment(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let view = read(&work, id(&path)?).await?;
    html(&commitment_page(&work, &view, Filled::blank())?)
}

/// Adds it.
pub async fn commitment(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&path)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let kind = form.one_of("kind", &KINDS).required();
    let asked = safe_text(&mut form, "asked", 1_000).required();
    let reference = safe_text(&mut form, "reference", 300).required();
    let resolved = form.line("resolved").max(20).optional();
    let closed_by = safe_text(&mut form, "closed_by", 500).required();
    let input = form.finish(|| {
        let commitment = Commitment {
            kind: kind?,
            text: asked?,
            reference: LetterRef {
                as_written: reference?,
                resolved: resolved?,
                date: None,
            },
            closed_by: closed_by?,
        };
        Ok((seen?, commitment))
    });
    let filled = match input {
        Err(filled) => filled,
        Ok((seen, input)) => {
            let edit = Edit::Commit(Box::new(input));
            match change(&work, id, seen, edit, typed, &["resolved"]).await? {
                Ok(done) => return Ok(done),
                Err(filled) => filled,
            }
        }
    };
    let view = read(&work, id).await?;
    again(&commitment_page(&work, &view, filled)?)
}

/// Takes a motion or promise out.
pub async fn uncommit(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&path)?;
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let at = form.whole("at").within(0, 1_000);
    let input = form.finish(|| Ok((seen?, at?)));
    let (seen, at) = input.map_err(|_| Problem::bad_request())?;
    let at = usize::try_from(at).map_err(|_| Problem::bad_request())?;
    letter::edit(
        &work.app.desk,
        &work.actor,
        work.now,
        id,
        seen,
        Edit::Uncommit { at },
    )
    .await
    .map_err(|error| refused_page(error, words::refusal))?;
    Ok(back(id, "saved"))
}
