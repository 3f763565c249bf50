//! What was granted is carried out: what goes, what keeps it, and how it was done. The same form for care and for every other compartment.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::request::{self, Scope, WayInput};
use domain::SafeText;
use domain::code::DataCode;
use domain::request::{DataRequest, Right, WORDS_MAX};
use domain::vocabulary::ClockCode;

use super::{crumbs, id_of, short, words};
use crate::form::{Filled, Form, Read};
use crate::page::html_as;
use crate::page::ui::{Choice, Crumb};
use crate::person::own;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Arg, Key, Say};
use crate::words::label;
use crate::work::deed::{Said, deed};
use crate::work::form_page::{Ask, FormPage, How, looked, safe_text, seen};
use crate::work::{Work, WorkForm};

/// A way to carry it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    Erase,
    Changed,
    Note,
    Elsewhere,
    Keep,
}

const CHOSEN: [(&str, Chosen); 5] = [
    ("erase", Chosen::Erase),
    ("changed", Chosen::Changed),
    ("note", Chosen::Note),
    ("elsewhere", Chosen::Elsewhere),
    ("keep", Chosen::Keep),
];

/// The fields of the form at which the desk can find a fault.
pub(super) const FIELDS: &[&str] = &["how", "words", "reason", "ground"];

/// What can be done with what was granted.
pub(super) fn ways(right: Right, by_samen: bool, in_record: bool, held: bool) -> Vec<Chosen> {
    let mut ways = Vec::new();
    if by_samen && !held {
        ways.push(Chosen::Erase);
    }
    if in_record {
        ways.push(Chosen::Changed);
    }
    if right == Right::Correction {
        ways.push(Chosen::Note);
    }
    if in_record {
        ways.push(Chosen::Elsewhere);
    }
    if right == Right::Erasure && held {
        ways.push(Chosen::Keep);
    }
    ways
}

fn way_key(way: Chosen) -> Key {
    match way {
        Chosen::Erase => Key::new("requests-carry-erase"),
        Chosen::Changed => Key::new("requests-carry-changed"),
        Chosen::Note => Key::new("requests-carry-note"),
        Chosen::Elsewhere => Key::new("requests-carry-elsewhere"),
        Chosen::Keep => Key::new("requests-carry-keep"),
    }
}

fn code_of(way: Chosen) -> &'static str {
    let found = CHOSEN.iter().find(|(_, one)| *one == way);
    found.map_or("", |(code, _)| code)
}

/// The questions.
pub(super) fn asks(t: &Say, ways: &[Chosen]) -> Vec<Ask> {
    let choices = ways
        .iter()
        .map(|way| Choice::new(code_of(*way), t.key(way_key(*way))))
        .collect();
    let mut asks = vec![Ask::new(How::Radios, "how", t.say("requests-carry-how")).of(choices)];
    if ways.contains(&Chosen::Note) {
        let ask = Ask::new(How::Text, "words", t.say("requests-carry-statement"));
        asks.push(ask.hint(t.say("requests-carry-statement-hint")).optional());
    }
    if ways
        .iter()
        .any(|way| !matches!(way, Chosen::Erase | Chosen::Changed))
    {
        let ask = Ask::new(How::Text, "reason", t.say("requests-carry-reason"));
        asks.push(ask.hint(t.say("requests-she-reads")).optional());
    }
    if ways.contains(&Chosen::Keep) {
        let ask = Ask::new(How::Line, "ground", t.say("requests-ground"));
        asks.push(ask.hint(t.say("requests-carry-ground-hint")).optional());
    }
    asks
}

fn needed(form: &mut Form, field: &'static str, value: Option<SafeText>) -> Read<SafeText> {
    match value {
        Some(text) => Ok(text),
        None => Err(form.note(field, Key::new("form-error-required"))),
    }
}

/// Reads the form with the version that was seen.
pub(super) fn input(form: &mut Form) -> Read<(i64, WayInput, bool)> {
    let seen = seen(form);
    let how = form.one_of("how", &CHOSEN).required();
    let mark = form.raw("mark").to_owned();
    let said = safe_text(form, "words", WORDS_MAX).optional();
    let reason = safe_text(form, "reason", WORDS_MAX).optional();
    let ground = safe_text(form, "ground", 200).optional();
    let looked = looked(form);
    let (said, reason, ground) = (said?, reason?, ground?);
    let input = match how? {
        Chosen::Erase => WayInput::Erase { mark },
        Chosen::Changed => WayInput::Changed,
        Chosen::Note => {
            let statement = needed(form, "words", said);
            let reason = needed(form, "reason", reason);
            WayInput::Note {
                statement: statement?,
                reason: reason?,
            }
        }
        Chosen::Elsewhere => WayInput::Elsewhere {
            place: needed(form, "reason", reason)?,
        },
        Chosen::Keep => {
            let reason = needed(form, "reason", reason);
            let ground = needed(form, "ground", ground);
            WayInput::Keep {
                reason: reason?,
                ground: ground?,
            }
        }
    };
    Ok((seen?, input, looked?))
}

/// Kinds of record in the words of the people who work with them.
fn kind_key(kind: &str) -> Key {
    match kind {
        "case" | "intake" | "report" | "registration" | "opinion" | "opinion_request" => {
            Key::new("requests-goes-file")
        }
        "person" | "intake_person" => Key::new("requests-goes-person"),
        "consent" | "intake_consent" => Key::new("requests-goes-consent"),
        "attachment" => Key::new("requests-goes-attachment"),
        "share" | "share_content" => Key::new("requests-goes-share"),
        "disclosure" => Key::new("requests-goes-sent"),
        "mailbox" | "contact" => Key::new("requests-goes-contact"),
        "shelter_request" | "placement" => Key::new("requests-goes-shelter"),
        "data_request" | "request_part" | "restriction" => Key::new("requests-goes-request"),
        _ => Key::new("requests-goes-other"),
    }
}

/// What goes, by category, and what stays and why.
pub(super) fn what_goes(work: &Work, t: &Say, scope: &Scope) -> Vec<String> {
    let mut goes: BTreeMap<String, usize> = BTreeMap::new();
    for (kind, count) in &scope.kinds {
        *goes.entry(t.key(kind_key(kind)).into_owned()).or_default() += count;
    }
    let goes: Vec<String> = goes
        .into_iter()
        .map(|(what, count)| format!("{what} ({count})"))
        .collect();
    let mut lines = vec![t.say_with("requests-carry-goes", "what", goes.join(", "))];
    if scope.others_too {
        lines.push(t.say("requests-rule-others-too").into_owned());
    }
    if !scope.left.is_empty() {
        lines.push(t.say("requests-carry-left").into_owned());
    }
    lines.extend(scope.term.and_then(|code| term(work, t, code)));
    lines
}

/// The law or choice that would have kept it.
fn term(work: &Work, t: &Say, code: &str) -> Option<String> {
    let vocabulary = &work.app.desk.vocabulary;
    let clock = ClockCode::new(code).ok()?;
    let source = vocabulary
        .clock(&clock, work.today())
        .ok()?
        .source
        .to_string();
    let term = label(&vocabulary.clocks, code, work.today(), t.lang());
    let values = [("term", Arg::Text(term)), ("source", Arg::Text(source))];
    Some(t.say_args("requests-carry-term", &values))
}

/// Why somebody needs it longer.
pub(super) fn held(t: &Say, holds: &[SafeText]) -> Vec<String> {
    let holds = holds.iter();
    holds
        .map(|hold| t.say_with("requests-carry-hold", "reason", hold.as_str()))
        .collect()
}

/// Categories in words.
pub(in crate::work) fn data(work: &Work, t: &Say, data: &BTreeSet<DataCode>) -> String {
    let list = &work.app.desk.vocabulary.data_categories;
    let names: Vec<String> = data
        .iter()
        .map(|code| label(list, code.as_str(), work.today(), t.lang()))
        .collect();
    names.join(", ")
}

/// What she asked, as she chose it.
pub(super) fn asked_for(t: &Say, right: Right) -> String {
    let asked = t.key(own::right(right)).into_owned();
    t.say_with("requests-asked-for", "right", asked)
}

/// The ways to the request and to the case in which it is carried out.
fn around(t: &Say, request: &DataRequest) -> Vec<Crumb> {
    let (id, case) = (request.id.to_string(), request.case.to_string());
    let title = t.say_with("requests-title", "reference", short(&id));
    let file = t.say_with("cases-case", "reference", short(&case));
    let mut out = crumbs(t);
    out.push(Crumb::new(file, format!("/work/cases/{case}")));
    out.push(Crumb::new(title, format!("/work/requests/{id}")));
    out
}

async fn page(work: &Work, id: &str, f: Filled, status: StatusCode) -> Result<Response, Problem> {
    let view = request::carry_view(&work.app.desk, &work.actor, work.now, id_of(id)?)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let right = view.request.right;
    let mut know = vec![
        asked_for(&t, right),
        t.say_with(
            "requests-carry-due",
            "date",
            t.date_of(view.request.terms.due),
        ),
    ];
    if let Some(words) = &view.request.words {
        know.push(t.say_with("requests-said", "words", words.as_str()));
    }
    if !view.data.is_empty() {
        know.push(t.say_with("my-answer-data", "data", data(work, &t, &view.data)));
    }
    if let Some(whole) = &view.whole {
        know.extend(what_goes(work, &t, whole));
        know.push(t.say("requests-carry-stays-request").into_owned());
    }
    if right == Right::Correction {
        know.push(t.say("requests-carry-where").into_owned());
        if !view.data.is_empty() {
            let done = data(work, &t, &view.changed);
            let done = if done.is_empty() {
                "–".to_owned()
            } else {
                done
            };
            know.push(t.say_with("requests-carry-seen", "data", done));
        }
    }
    if view.shares > 0 {
        know.push(t.say_n("requests-carry-shares", view.shares));
    }
    know.extend(held(&t, &view.holds));
    let erases = right == Right::Erasure;
    let ways = ways(right, erases, !erases, !view.holds.is_empty());
    let shown = match f.value("seen") {
        "" => view.version.to_string(),
        typed => typed.to_owned(),
    };
    let mark = view.whole.map(|whole| whole.mark).unwrap_or_default();
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: around(&t, &view.request),
        title: t.say("requests-carry").into_owned(),
        know,
        action: format!("/work/requests/{id}/carry-out"),
        hidden: vec![("seen", shown), ("mark", mark)],
        asks: asks(&t, &ways),
        button: t.say("requests-carry-button").into_owned(),
        cancel: format!("/work/requests/{id}"),
        t,
    };
    html_as(status, &page.guarded())
}

/// Shows what would be done.
pub(super) async fn ask(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    page(&work, &id, Filled::blank(), StatusCode::OK).await
}

/// Carries it out for care.
pub(super) async fn carry_out(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let request = id_of(&id)?;
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let said = Said {
        fields: FIELDS,
        words,
    };
    let act =
        |(seen, how, looked)| request::carry_out(desk, actor, now, request, seen, how, looked);
    match deed(body, said, input, act).await? {
        Ok(()) => {
            Ok(Redirect::to(&format!("/work/requests/{id}?done=carried-out")).into_response())
        }
        Err(f) => page(&work, &id, f, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}
