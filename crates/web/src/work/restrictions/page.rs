//! One restriction: what it is about, which grounds were written down, and the forms to write one down, to end it, or to keep it after all.

use ::desk::kept::Store;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::restriction::{self, AnnounceInput, ExceptInput, RestrictionView};
use domain::code::DataCode;
use domain::request::WORDS_MAX;
use domain::restriction::{Act, Despite, Law};
use domain::time::dutch_date;

use super::texts;
use crate::form::{Filled, Form, FormBody, Read};
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Arg, Key, Say};
use crate::words::{label, reference};
use crate::work::deed::{Said, deed};
use crate::work::form_page::{Ask, FormPage, How, looked, refused_page, safe_text, seen};
use crate::work::sheets::{Block, SheetPage, Small};
use crate::work::{Work, WorkForm, requests};

/// What was just done.
const DONE: &[(&str, Key)] = &[
    ("excepted", Key::new("restriction-done-excepted")),
    ("ends", Key::new("restriction-done-ends")),
    ("kept", Key::new("restriction-done-kept")),
];

const FIELDS: &[&str] = &["act", "despite", "reason", "data", "last"];

const ACTS: [(&str, Act); 3] = [
    ("disclose", Act::Disclose),
    ("change", Act::Change),
    ("erase", Act::Erase),
];

const DESPITE: [(&str, Despite); 6] = [
    ("consent", Despite::Consent),
    ("claim", Despite::Claim),
    ("another", Despite::Another),
    ("public_interest", Despite::PublicInterest),
    ("kept_for", Despite::KeptFor),
    ("danger", Despite::Danger),
];

macro_rules! of_store {
    ($($store:ident $show:ident $step:ident;)+) => {$(
        pub(super) async fn $show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
            show(&work, Store::$store, &id).await
        }

        pub(super) async fn $step(
            work: Work,
            Path(id): Path<String>,
            WorkForm(body): WorkForm,
        ) -> Result<Response, Problem> {
            step(&work, Store::$store, &id, body).await
        }
    )+};
}

of_store! {
    K1 show_k1 step_k1;
    K2 show_k2 step_k2;
    K3 show_k3 step_k3;
    K4 show_k4 step_k4;
    K5 show_k5 step_k5;
}

fn base(store: Store, id: &str) -> String {
    format!("/work/restrictions/{store}/{id}")
}

async fn read(work: &Work, store: Store, id: &str) -> Result<RestrictionView, Problem> {
    restriction::read(&work.app.desk, &work.actor, work.now, store, id)
        .await
        .map_err(refuse)
}

/// The page, or the form that is asked for.
async fn show(work: &Work, store: Store, id: &str) -> Result<Response, Problem> {
    match work.query("do") {
        "except" => except_page(work, store, id, Filled::blank(), StatusCode::OK).await,
        "end" => end_page(work, store, id, Filled::blank(), StatusCode::OK).await,
        _ => whole(work, store, id).await,
    }
}

fn title(t: &Say, id: &str) -> String {
    t.say_with("restriction-title", "reference", reference(id))
}

async fn whole(work: &Work, store: Store, id: &str) -> Result<Response, Problem> {
    let view = read(work, store, id).await?;
    let t = work.say();
    let base = base(store, id);
    let mut page = SheetPage::new(work, title(&t, id), DONE)?
        .lead(t.say("restriction-lead"))
        .block(facts(work, &t, &view));
    let above = view.above.as_deref();
    if let Some(file) = super::file_of(store, &view.about_kind, &view.about, above) {
        page = page.link(t.say("restriction-file"), file);
    }
    let holds = view.restriction.holds_on(work.today());
    if holds {
        page = page.link(t.say("restriction-except"), format!("{base}?do=except"));
    }
    match view.restriction.ending() {
        None => page = page.link(t.say("restriction-end"), format!("{base}?do=end")),
        Some(_) if holds => {
            let keep = Small {
                method: "post",
                action: base,
                hidden: vec![
                    ("seen", view.version.to_string()),
                    ("do", "keep".to_owned()),
                ],
                asks: Vec::new(),
                button: t.say("restriction-keep").into_owned(),
                kind: "secondary-action",
            };
            page = page.form(keep, Filled::blank());
        }
        Some(_) => {}
    }
    let mut block = Block::new(t.say("restriction-exceptions"));
    for one in view.restriction.exceptions() {
        let what = match one.data.is_empty() {
            true => t.say("restriction-all").into_owned(),
            false => requests::data(work, &t, &one.data),
        };
        let values = [
            ("date", Arg::Text(t.date_of(one.by.at))),
            ("act", Arg::Text(t.key(texts::act(one.act)).into_owned())),
            ("what", Arg::Text(what)),
            (
                "ground",
                Arg::Text(t.key(texts::despite(one.despite)).into_owned()),
            ),
            ("reason", Arg::Text(one.reason.as_str().to_owned())),
            ("until", Arg::Text(t.date(one.until))),
        ];
        block = block.line(t.say_args("restriction-exception", &values));
    }
    if view.restriction.exceptions().is_empty() {
        block = block.line(t.say("restriction-exceptions-none"));
    }
    html(&page.block(block))
}

fn facts(work: &Work, t: &Say, view: &RestrictionView) -> Block {
    let restriction = &view.restriction;
    let what = match restriction.data.is_empty() {
        true => t.say("restriction-everything").into_owned(),
        false => requests::data(work, t, &restriction.data),
    };
    let since = dutch_date(restriction.by.at);
    let mut block = Block::default()
        .fact(t.say("restriction-what"), what)
        .fact(
            t.say("restriction-why"),
            t.key(texts::ground(restriction.ground)),
        )
        .fact(t.say("restriction-article"), restriction.article())
        .fact(t.say("restriction-since"), t.date(since));
    if let Some(ending) = restriction.ending() {
        block = block
            .fact(t.say("restriction-last"), t.date(ending.last))
            .fact(t.say("restriction-last-why"), ending.reason.as_str());
    }
    block
}

/// A page with one form of this restriction.
#[allow(
    clippy::too_many_arguments,
    reason = "where, which, what is filled in, and what the form says"
)]
fn form_page(
    work: &Work,
    store: Store,
    id: &str,
    view: &RestrictionView,
    f: Filled,
    deed: &'static str,
    said: (Key, Vec<String>, Vec<Ask>),
) -> Result<FormPage, Problem> {
    let t = work.say();
    let seen = match f.value("seen") {
        "" => view.version.to_string(),
        typed => typed.to_owned(),
    };
    let (title_key, know, asks) = said;
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: vec![Crumb::new(title(&t, id), base(store, id))],
        title: t.key(title_key).into_owned(),
        know,
        action: base(store, id),
        hidden: vec![("seen", seen), ("do", deed.to_owned())],
        asks,
        button: t.say("restriction-button").into_owned(),
        cancel: base(store, id),
        t,
    }
    .guarded())
}

async fn except_page(
    work: &Work,
    store: Store,
    id: &str,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let view = read(work, store, id).await?;
    let t = work.say();
    let law = Law::of(view.restriction.of);
    let acts = ACTS
        .iter()
        .map(|(code, act)| Choice::new(*code, t.key(texts::act(*act))));
    let grounds = DESPITE.iter().filter_map(|(code, despite)| {
        let article = despite.article(law)?;
        let words = t.key(texts::despite(*despite));
        Some(Choice::new(*code, format!("{words} ({article})")))
    });
    let mut asks = vec![
        Ask::new(How::Radios, "act", t.say("restriction-act")).of(acts.collect()),
        Ask::new(How::Radios, "despite", t.say("restriction-despite")).of(grounds.collect()),
        Ask::new(How::Text, "reason", t.say("restriction-reason"))
            .hint(t.say("restriction-reason-hint")),
    ];
    if !view.restriction.data.is_empty() {
        let list = &work.app.desk.vocabulary.data_categories;
        let codes = view.restriction.data.iter();
        let data = codes
            .map(|c| Choice::new(c.as_str(), label(list, c.as_str(), work.today(), t.lang())))
            .collect();
        let ask = Ask::new(How::Checks, "data", t.say("restriction-data")).of(data);
        asks.push(ask.hint(t.say("restriction-data-hint")).optional());
    }
    let know = vec![
        t.say("restriction-except-lead").into_owned(),
        t.say_with(
            "restriction-except-until",
            "date",
            t.date(view.exception_until),
        ),
    ];
    let said = (Key::new("restriction-except"), know, asks);
    html_as(
        status,
        &form_page(work, store, id, &view, f, "except", said)?,
    )
}

async fn end_page(
    work: &Work,
    store: Store,
    id: &str,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let view = read(work, store, id).await?;
    let t = work.say();
    let from = t.date(view.may_end_from);
    let asks = vec![
        Ask::new(How::Day, "last", t.say("restriction-last")).hint(t.say_with(
            "restriction-last-hint",
            "date",
            from.as_str(),
        )),
        Ask::new(How::Text, "reason", t.say("restriction-end-why"))
            .hint(t.say("requests-she-reads")),
    ];
    let know = vec![t.say_with("restriction-end-lead", "date", from)];
    let said = (Key::new("restriction-end"), know, asks);
    html_as(status, &form_page(work, store, id, &view, f, "end", said)?)
}

fn said() -> Said {
    Said {
        fields: FIELDS,
        words: texts::words,
    }
}

fn except_of(form: &mut Form) -> Read<(i64, ExceptInput)> {
    let options: Vec<(&str, &'static str)> = requests::CATEGORIES
        .iter()
        .map(|code| (*code, *code))
        .collect();
    let seen = seen(form);
    let act = form.one_of("act", &ACTS).required();
    let despite = form.one_of("despite", &DESPITE).required();
    let reason = safe_text(form, "reason", WORDS_MAX).required();
    let data = form.many_of("data", &options).any();
    let looked = looked(form);
    form.raw("do");
    let input = ExceptInput {
        act: act?,
        despite: despite?,
        reason: reason?,
        data: data?.into_iter().map(DataCode::literal).collect(),
        looked: looked?,
    };
    Ok((seen?, input))
}

fn end_of(form: &mut Form) -> Read<(i64, AnnounceInput)> {
    let seen = seen(form);
    let last = form.date("last").required();
    let reason = safe_text(form, "reason", WORDS_MAX).required();
    let looked = looked(form);
    form.raw("do");
    let input = AnnounceInput {
        last: last?,
        reason: reason?,
        looked: looked?,
    };
    Ok((seen?, input))
}

async fn step(work: &Work, store: Store, id: &str, body: FormBody) -> Result<Response, Problem> {
    const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let to = |done: &str| Redirect::to(&format!("{}?done={done}", base(store, id))).into_response();
    match body.0.first("do") {
        "except" => {
            let act = |(seen, input)| restriction::except(desk, actor, now, store, id, seen, input);
            match deed(body, said(), except_of, act).await? {
                Ok(()) => Ok(to("excepted")),
                Err(f) => except_page(work, store, id, f, WRONG).await,
            }
        }
        "end" => {
            let act =
                |(seen, input)| restriction::announce(desk, actor, now, store, id, seen, input);
            match deed(body, said(), end_of, act).await? {
                Ok(()) => Ok(to("ends")),
                Err(f) => end_page(work, store, id, f, WRONG).await,
            }
        }
        "keep" => {
            let mut form = Form::new(body);
            let seen = seen(&mut form);
            form.raw("do");
            let seen = form.finish(|| seen).map_err(|_| Problem::bad_request())?;
            restriction::keep(desk, actor, now, store, id, seen)
                .await
                .map_err(|error| refused_page(error, texts::words))?;
            Ok(to("kept"))
        }
        _ => Err(Problem::bad_request()),
    }
}
