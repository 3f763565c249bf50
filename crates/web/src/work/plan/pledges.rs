//! Motions and promises of the Tweede Kamer: the list, one of them, and keeping it. A number is shown as it was written and as it was found;
//! where the two differ, the page says so.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::plan::{self, ListFilter, ListedAction, PledgeStep};
use desk::{UseCase, access};
use domain::edition::{CommitmentKind, LetterRef};
use domain::ids::{ActionId, PledgeId};
use domain::pledge::{Asked, PLEDGE_MAX, Pledge, WHO_MAX, difference, is_kamerstuk};

use crate::form::{Filled, Form, Read, Typed};
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::form_page::{Ask, FormPage, How, refused, safe_text, seen};
use crate::work::sheets::{Block, Cell, SheetPage};
use crate::work::{Work, WorkForm};

const KINDS: [(&str, CommitmentKind); 2] = [
    ("motie", CommitmentKind::Motie),
    ("toezegging", CommitmentKind::Toezegging),
];
const FIELDS: [&str; 3] = ["resolved", "actions", "why"];
const DONE: &[(&str, Key)] = &[
    ("made", Key::new("pledges-done-made")),
    ("changed", Key::new("pledges-done-changed")),
    ("closed", Key::new("pledges-done-closed")),
    ("reopened", Key::new("pledges-done-reopened")),
];

fn kind(kind: CommitmentKind) -> Key {
    match kind {
        CommitmentKind::Motie => Key::new("letter-motie"),
        CommitmentKind::Toezegging => Key::new("letter-toezegging"),
    }
}

fn words(key: &str) -> Option<Key> {
    Some(match key {
        "pledge-not-a-kamerstuk" => Key::new("pledges-not-a-kamerstuk"),
        "pledge-action-twice" => Key::new("pledges-action-twice"),
        "pledge-no-such-action" => Key::new("pledges-no-such-action"),
        "pledge-closed" => Key::new("pledges-is-closed"),
        "pledge-open" => Key::new("pledges-is-open"),
        _ => return None,
    })
}

fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(t.say("nav-pledges"), "/work/pledges")]
}

fn id(text: &str) -> Result<PledgeId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

fn address(id: PledgeId) -> String {
    format!("/work/pledges/{id}")
}

/// A reference in words: as written, as found, and the difference.
fn reference(t: &Say, reference: &LetterRef) -> String {
    let mut said = reference.as_written.as_str().to_owned();
    if let Some(found) = &reference.resolved {
        said = format!("{said} ({found})");
    }
    match difference(reference) {
        Some(found) => {
            let values = [
                ("written", found.written.into()),
                ("found", found.found.into()),
            ];
            format!("{said}. {}", t.say_args("pledges-difference", &values))
        }
        None => said,
    }
}

async fn register(work: &Work) -> Result<Vec<ListedAction>, Problem> {
    let all = plan::list(
        &work.app.desk,
        &work.actor,
        work.now,
        &ListFilter::default(),
    )
    .await?;
    Ok(all
        .groups
        .into_iter()
        .flat_map(|group| group.actions)
        .collect())
}

/// The list: open ones first.
pub async fn list(work: Work) -> Result<Response, Problem> {
    let all = plan::pledges(&work.app.desk, &work.actor).await?;
    let register = register(&work).await?;
    let t = work.say();
    let numbers = |pledge: &Pledge| {
        let named = register
            .iter()
            .filter(|a| pledge.asked.actions.contains(&a.id));
        named
            .map(|a| a.number.clone())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let row = |pledge: &Pledge| {
        let state = if pledge.is_open() {
            "pledges-open"
        } else {
            "pledges-closed"
        };
        vec![
            Cell::link(
                pledge.asked.reference.as_written.as_str(),
                address(pledge.id),
            ),
            Cell::new(t.key(kind(pledge.asked.kind))),
            Cell::new(t.date(pledge.asked.on)),
            Cell::new(pledge.asked.text.as_str()),
            Cell::new(numbers(pledge)),
            Cell::new(t.say(state)),
        ]
    };
    let columns = [
        "letter-reference",
        "letter-kind",
        "pledges-on",
        "letter-asked",
        "pledges-actions",
        "letter-state",
    ];
    let columns = columns.map(|key| t.say(key).into_owned()).to_vec();
    let open = all.iter().filter(|pledge| pledge.is_open()).count();
    let block = Block::new(t.say("nav-pledges"))
        .line(t.say_n(
            "pledges-count-open",
            i64::try_from(open).unwrap_or(i64::MAX),
        ))
        .table(
            columns,
            all.iter().map(row).collect(),
            t.say("pledges-empty"),
        );
    let mut page = SheetPage::new(&work, t.say("nav-pledges"), DONE)?.lead(t.say("pledges-lead"));
    if access::permit(&work.actor, UseCase::KeepPledges).is_ok() {
        page = page.link(t.say("pledges-new"), "/work/pledges/new");
    }
    html(&page.block(block))
}

/// One of them.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let (pledge, _) = plan::read_pledge(&work.app.desk, &work.actor, work.now, id).await?;
    let register = register(&work).await?;
    let t = work.say();
    let asked = &pledge.asked;
    let title = format!(
        "{}: {}",
        t.key(kind(asked.kind)),
        asked.reference.as_written.as_str()
    );
    let facts = Block::new("")
        .fact(t.say("letter-reference"), reference(&t, &asked.reference))
        .fact(t.say("pledges-who"), asked.who.as_str())
        .fact(t.say("pledges-on"), t.date(asked.on))
        .fact(t.say("letter-asked"), asked.text.as_str());
    let rows = register
        .iter()
        .filter(|a| asked.actions.contains(&a.id))
        .map(|a| {
            vec![
                Cell::link(a.number.clone(), format!("/work/plan/{}", a.id)),
                Cell::new(a.title.clone()),
                Cell::new(t.key(super::texts::status(a.status))),
            ]
        });
    let columns = ["plan-number", "plan-title", "plan-status"].map(|k| t.say(k).into_owned());
    let actions = Block::new(t.say("pledges-actions")).table(
        columns.to_vec(),
        rows.collect(),
        t.say("pledges-no-action"),
    );
    let mut page = SheetPage::new(&work, title, DONE)?
        .under(crumbs(&t))
        .block(facts);
    page = match pledge.closed() {
        Some(closing) => page.block(closed(&t, closing)),
        None => page.block(Block::new(t.say("pledges-open")).line(t.say("pledges-open-text"))),
    };
    for again in pledge.reopened() {
        let block = closed(&t, &again.closing)
            .fact(t.say("pledges-reopened-on"), t.moment(again.by.at))
            .fact(t.say("pledges-reopened-why"), again.why.as_str());
        page = page.block(Block {
            title: t.say("pledges-reopened").into_owned(),
            ..block
        });
    }
    if access::permit(&work.actor, UseCase::KeepPledges).is_ok() {
        page = page.link(t.say("pledges-edit"), format!("{}/edit", address(id)));
        page = match pledge.is_open() {
            true => page.link(t.say("pledges-close"), format!("{}/close", address(id))),
            false => page.link(t.say("pledges-reopen"), format!("{}/reopen", address(id))),
        };
    }
    html(&page.block(actions))
}

fn closed(t: &Say, closing: &domain::pledge::Closing) -> Block {
    let by = closing
        .by_letter
        .as_ref()
        .map_or_else(String::new, |letter| reference(t, letter));
    Block::new(t.say("pledges-closed"))
        .fact(t.say("letter-closed-by"), by)
        .fact(t.say("pledges-why"), closing.why.as_str())
        .fact(t.say("pledges-closed-on"), t.moment(closing.by.at))
}

fn asks(t: &Say, register: &[ListedAction]) -> Vec<Ask> {
    let kinds = KINDS
        .map(|(code, of)| Choice::new(code, t.key(kind(of))))
        .to_vec();
    let actions = register
        .iter()
        .map(|a| Choice::new(a.id.to_string(), format!("{} {}", a.number, a.title)))
        .collect();
    let mut asks = vec![Ask::new(How::Radios, "kind", t.say("letter-kind")).of(kinds)];
    asks.extend(reference_asks(t, false));
    asks.extend([
        Ask::new(How::Line, "who", t.say("pledges-who")).hint(t.say("pledges-who-hint")),
        Ask::new(How::Day, "on", t.say("pledges-on")),
        Ask::new(How::Text, "text", t.say("letter-asked")),
        Ask::new(How::Checks, "actions", t.say("pledges-actions"))
            .of(actions)
            .optional(),
    ]);
    asks
}

fn reference_asks(t: &Say, optional: bool) -> Vec<Ask> {
    let written = Ask::new(How::Line, "reference", t.say("letter-previous"))
        .hint(t.say("pledges-written-hint"));
    vec![
        if optional {
            written.optional()
        } else {
            written
        },
        Ask::new(How::Short, "resolved", t.say("letter-previous-resolved"))
            .hint(t.say("letter-previous-resolved-hint"))
            .optional(),
    ]
}

fn read_reference(form: &mut Form) -> Read<Option<LetterRef>> {
    let written = safe_text(form, "reference", 500).optional();
    let resolved = form
        .parsed("resolved", |text| {
            is_kamerstuk(text.trim()).then(|| text.trim().to_owned())
        })
        .max(30)
        .else_say(Key::new("pledges-not-a-kamerstuk"))
        .optional();
    let (written, resolved) = (written?, resolved?);
    Ok(written.map(|as_written| LetterRef {
        as_written,
        resolved,
        date: None,
    }))
}

fn read(form: &mut Form, register: &[ListedAction]) -> Read<Asked> {
    let kind = form.one_of("kind", &KINDS).required();
    let written = safe_text(form, "reference", 500).required();
    let reference = read_reference(form);
    let who = safe_text(form, "who", WHO_MAX).required();
    let on = form.date("on").required();
    let text = safe_text(form, "text", PLEDGE_MAX).required();
    let ids: Vec<(String, ActionId)> = register.iter().map(|a| (a.id.to_string(), a.id)).collect();
    let ids: Vec<(&str, ActionId)> = ids.iter().map(|(text, id)| (text.as_str(), *id)).collect();
    let actions = form.many_of("actions", &ids).any();
    Ok(Asked {
        kind: kind?,
        reference: LetterRef {
            as_written: written?,
            resolved: reference?.and_then(|r| r.resolved),
            date: None,
        },
        who: who?,
        on: on?,
        text: text?,
        actions: actions?,
    })
}

fn filled(asked: &Asked) -> Filled {
    let mut typed = Typed::default();
    let kind = KINDS
        .iter()
        .find(|(_, kind)| *kind == asked.kind)
        .map_or("", |(code, _)| code);
    for (name, value) in [
        ("kind", kind),
        ("reference", asked.reference.as_written.as_str()),
        (
            "resolved",
            asked.reference.resolved.as_deref().unwrap_or_default(),
        ),
        ("who", asked.who.as_str()),
        ("on", &asked.on.to_string()),
        ("text", asked.text.as_str()),
    ] {
        typed.add(name, value);
    }
    for action in &asked.actions {
        typed.add("actions", &action.to_string());
    }
    Filled::new(typed, Vec::new())
}

/// What differs between the forms of this subject.
struct Kind {
    title: Key,
    know: Key,
    button: Key,
    action: String,
    cancel: String,
    hidden: Vec<(&'static str, String)>,
}

fn page(work: &Work, kind: Kind, asks: Vec<Ask>, f: Filled) -> Result<FormPage, Problem> {
    let t = work.say();
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t),
        title: t.key(kind.title).into_owned(),
        know: vec![t.key(kind.know).into_owned()],
        action: kind.action,
        hidden: kind.hidden,
        asks,
        button: t.key(kind.button).into_owned(),
        cancel: kind.cancel,
        t,
    })
}

fn new_kind() -> Kind {
    Kind {
        title: Key::new("pledges-new"),
        know: Key::new("pledges-new-know"),
        button: Key::new("plan-new-button"),
        action: "/work/pledges/new".to_owned(),
        cancel: "/work/pledges".to_owned(),
        hidden: Vec::new(),
    }
}

fn kind_of(id: PledgeId, what: &str, version: String) -> Kind {
    let (title, know, button) = match what {
        "close" => ("pledges-close", "pledges-close-know", "pledges-close"),
        "reopen" => ("pledges-reopen", "pledges-reopen-know", "pledges-reopen"),
        _ => ("pledges-edit", "pledges-new-know", "plan-edit-button"),
    };
    Kind {
        title: Key::new(title),
        know: Key::new(know),
        button: Key::new(button),
        action: format!("{}/{what}", address(id)),
        cancel: address(id),
        hidden: vec![("seen", version)],
    }
}

fn wrong(page: &FormPage) -> Result<Response, Problem> {
    html_as(StatusCode::UNPROCESSABLE_ENTITY, page)
}

fn done(id: PledgeId, what: &str) -> Response {
    Redirect::to(&format!("{}?done={what}", address(id))).into_response()
}

/// Asks for a new one.
pub async fn show_new(work: Work) -> Result<Response, Problem> {
    let asks = asks(&work.say(), &register(&work).await?);
    html(&page(&work, new_kind(), asks, Filled::blank())?)
}

/// Makes it.
pub async fn make(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let register = register(&work).await?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let input = read(&mut form, &register);
    let f = match form.finish(|| input) {
        Err(filled) => filled,
        Ok(asked) => match plan::new_pledge(&work.app.desk, &work.actor, work.now, asked).await {
            Ok(id) => return Ok(done(id, "made")),
            Err(error) => refused(typed, error, &FIELDS, words)?,
        },
    };
    wrong(&page(&work, new_kind(), asks(&work.say(), &register), f)?)
}

/// Asks for changes.
pub async fn show_edit(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let (pledge, version) = plan::read_pledge(&work.app.desk, &work.actor, work.now, id).await?;
    let asks = asks(&work.say(), &register(&work).await?);
    html(&page(
        &work,
        kind_of(id, "edit", version.to_string()),
        asks,
        filled(&pledge.asked),
    )?)
}

/// Changes it.
pub async fn edit(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let register = register(&work).await?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let (version, input) = (seen(&mut form), read(&mut form, &register));
    let f = match form.finish(|| Ok((version?, input?))) {
        Err(filled) => filled,
        Ok((seen, asked)) => {
            let step = PledgeStep::Change(asked);
            match plan::step_pledge(&work.app.desk, &work.actor, work.now, id, seen, step).await {
                Ok(()) => return Ok(done(id, "changed")),
                Err(error) => refused(typed.clone(), error, &FIELDS, words)?,
            }
        }
    };
    let kind = kind_of(id, "edit", typed.first("seen").to_owned());
    wrong(&page(&work, kind, asks(&work.say(), &register), f)?)
}

fn close_asks(t: &Say) -> Vec<Ask> {
    let mut asks = reference_asks(t, true);
    asks.push(Ask::new(How::Text, "why", t.say("pledges-why")).hint(t.say("pledges-why-hint")));
    asks
}

/// Asks what closes it.
pub async fn show_close(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let (_, version) = plan::read_pledge(&work.app.desk, &work.actor, work.now, id).await?;
    let kind = kind_of(id, "close", version.to_string());
    html(&page(
        &work,
        kind,
        close_asks(&work.say()),
        Filled::blank(),
    )?)
}

/// Closes it.
pub async fn close(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let (version, letter) = (seen(&mut form), read_reference(&mut form));
    let why = safe_text(&mut form, "why", PLEDGE_MAX).required();
    let f = match form.finish(|| Ok((version?, letter?, why?))) {
        Err(filled) => filled,
        Ok((seen, by_letter, why)) => {
            let step = PledgeStep::Close { by_letter, why };
            match plan::step_pledge(&work.app.desk, &work.actor, work.now, id, seen, step).await {
                Ok(()) => return Ok(done(id, "closed")),
                Err(error) => refused(typed.clone(), error, &FIELDS, words)?,
            }
        }
    };
    let kind = kind_of(id, "close", typed.first("seen").to_owned());
    wrong(&page(&work, kind, close_asks(&work.say()), f)?)
}

fn reopen_asks(t: &Say) -> Vec<Ask> {
    vec![Ask::new(How::Text, "why", t.say("pledges-reopened-why"))]
}

/// Asks why it is open again.
pub async fn show_reopen(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let (_, version) = plan::read_pledge(&work.app.desk, &work.actor, work.now, id).await?;
    let kind = kind_of(id, "reopen", version.to_string());
    html(&page(
        &work,
        kind,
        reopen_asks(&work.say()),
        Filled::blank(),
    )?)
}

/// Opens it again.
pub async fn reopen(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let version = seen(&mut form);
    let why = safe_text(&mut form, "why", PLEDGE_MAX).required();
    let f = match form.finish(|| Ok((version?, why?))) {
        Err(filled) => filled,
        Ok((seen, why)) => {
            let step = PledgeStep::Reopen { why };
            match plan::step_pledge(&work.app.desk, &work.actor, work.now, id, seen, step).await {
                Ok(()) => return Ok(done(id, "reopened")),
                Err(error) => refused(typed.clone(), error, &FIELDS, words)?,
            }
        }
    };
    let kind = kind_of(id, "reopen", typed.first("seen").to_owned());
    wrong(&page(&work, kind, reopen_asks(&work.say()), f)?)
}
