//! The form, and reading it into a question.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use desk::DeskError;
use desk::may_share;
use domain::vocabulary::{Code, Facts, List};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{PATH, answer};
use crate::form::{Filled, Form, FormBody, Read, Typed};
use crate::page::frame::WorkFrame;
use crate::page::ui::Choice;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::words::{choices, sorted_choices};
use crate::work::{Work, WorkForm};

/// Oldest age that the form takes.
const OLDEST: i64 = 120;

/// Fields that come back when the question is changed.
pub(super) const FIELDS: [&str; 14] = [
    "from",
    "to",
    "purpose",
    "data",
    "age",
    "sure",
    "suspected",
    "so",
    "consent",
    "giver",
    "written",
    "given",
    "until",
    "day",
];

#[derive(Template)]
#[template(path = "work/may_share/ask.html")]
struct AskPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    action: &'static str,
    organisations: Vec<Choice>,
    purposes: Vec<Choice>,
    /// Categories, those of the figures first, in groups that a person reads at a glance.
    groups: Vec<Group>,
    sure: Vec<Choice>,
    circumstances: Vec<Choice>,
    consent: Vec<Choice>,
    givers: Vec<Choice>,
    trial: String,
}

/// Some categories under one heading.
struct Group {
    label: String,
    choices: Vec<Choice>,
}

/// Shows the form; the asker's own kind of organisation is filled in.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let own = work.person()?.org_kind.to_string();
    let today = work.today().to_string();
    let filled = Filled::with(&[("from", &own), ("day", &today), ("consent", "no")]);
    html(&page(&work, filled)?)
}

/// Answers, or shows the form again: with what is wrong, or because the asker wants to change the question.
pub async fn take(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let again = body.0.first("edit") == "yes";
    let typed = body.0.clone();
    if again {
        return html(&page(&work, Filled::new(typed, Vec::new()))?);
    }
    let question = match read(&work, body) {
        Ok(question) => question,
        Err(filled) => return wrong(&work, filled),
    };
    let json = question.to_string();
    match may_share::read(&work.app.desk, json.as_bytes()) {
        Ok(question) => answer::show(&work, &question, &typed).await,
        Err(DeskError::Invalid(faults)) => {
            let filled = faults
                .iter()
                .fold(Filled::new(typed, Vec::new()), |filled, fault| {
                    filled.refused(field_of(&fault.field), said(&fault.field))
                });
            wrong(&work, filled)
        }
        Err(other) => Err(other.into()),
    }
}

fn wrong(work: &Work, filled: Filled) -> Result<Response, Problem> {
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page(work, filled)?)
}

/// The form's field for a member of the question.
fn field_of(member: &str) -> &'static str {
    let is = |name: &str| member == name || member.starts_with(&format!("{name}["));
    match member {
        "date" => "day",
        "from" => "from",
        "to" => "to",
        "purpose" => "purpose",
        "subject.age" => "age",
        _ if is("data") => "data",
        _ if is("circumstances") => "so",
        _ if member.ends_with(".given") => "given",
        _ if member.ends_with(".until") => "until",
        _ if member.starts_with("consent") => "giver",
        _ => "",
    }
}

fn said(member: &str) -> Key {
    match field_of(member) {
        "day" => Key::new("form-error-date"),
        "given" => Key::new("sharing-error-given"),
        "until" => Key::new("sharing-error-until"),
        _ => Key::new("form-error-choice"),
    }
}

/// The question as the law reads it. One consent a giver, each for exactly this purpose, this receiver and these data: that is
/// what the form asks.
fn read(work: &Work, body: FormBody) -> Result<Value, Filled> {
    let words = &work.app.desk.vocabulary;
    let today = work.today();
    let mut form = Form::new(body);
    form.raw("edit");
    let day = form.date("day").optional();
    let on = match &day {
        Ok(Some(day)) => *day,
        _ => today,
    };
    let from = one(
        &mut form,
        "from",
        &words.organisation_kinds,
        on,
        Key::new("sharing-error-from"),
    );
    let to = one(
        &mut form,
        "to",
        &words.organisation_kinds,
        on,
        Key::new("sharing-error-to"),
    );
    let purpose = one(
        &mut form,
        "purpose",
        &words.purposes,
        on,
        Key::new("sharing-error-purpose"),
    );
    let data = several(&mut form, "data", &words.data_categories, on);
    if data.as_ref().is_ok_and(Vec::is_empty) {
        form.note("data", Key::new("sharing-error-data"));
    }
    let age = form.whole("age").maybe_within(0, OLDEST);
    let sure = form
        .one_of("sure", &[("yes", true), ("no", false)])
        .optional();
    let suspected = form.flag("suspected").read();
    let so = several(&mut form, "so", &words.circumstances, on);
    let consent = consent(&mut form, words, on);
    form.finish(|| {
        let (to, purpose, data) = (to?, purpose?, data?);
        let consents: Vec<Value> = consent?
            .map(|consent| consent.items(&to, &purpose, &data))
            .unwrap_or_default();
        Ok(json!({
            "date": on, "from": from?, "to": to, "purpose": purpose, "data": data,
            "subject": {
                "kind": "possible_victim", "age": age?, "age_certain": sure?.unwrap_or(false), "parent_suspected": suspected?,
            },
            "circumstances": so?, "consent": consents,
        }))
    })
}

struct Consent {
    givers: Vec<String>,
    written: bool,
    given: Date,
    until: Option<Date>,
}

impl Consent {
    fn items(&self, to: &str, purpose: &str, data: &[String]) -> Vec<Value> {
        let item = |giver: &String| {
            json!({
                "giver": giver, "written": self.written, "purpose": purpose, "recipients": [to], "data": data,
                "given": self.given, "until": self.until, "withdrawn": null,
            })
        };
        self.givers.iter().map(item).collect()
    }
}

fn consent(
    form: &mut Form,
    words: &domain::vocabulary::Vocabulary,
    on: Date,
) -> Read<Option<Consent>> {
    let there = form
        .one_of("consent", &[("no", false), ("yes", true)])
        .optional();
    let givers = several(form, "giver", &words.consent_givers, on);
    let written = form.flag("written").read();
    let given = form.date("given").optional();
    let until = form.date("until").optional();
    if there? != Some(true) {
        return Ok(None);
    }
    let givers = givers?;
    if givers.is_empty() {
        return Err(form.note("giver", Key::new("sharing-error-giver")));
    }
    Ok(Some(Consent {
        givers,
        written: written?,
        given: given?.unwrap_or(on),
        until: until?,
    }))
}

fn one<F: Facts>(
    form: &mut Form,
    name: &'static str,
    list: &List<F>,
    on: Date,
    missing: Key,
) -> Read<String> {
    form.parsed(name, |text| known(list, text, on))
        .or_say(missing)
        .required()
}

fn several<F: Facts>(
    form: &mut Form,
    name: &'static str,
    list: &List<F>,
    on: Date,
) -> Read<Vec<String>> {
    let codes: Vec<String> = list
        .valid_on(on)
        .map(|entry| entry.code.to_string())
        .collect();
    let options: Vec<(&str, usize)> = codes
        .iter()
        .enumerate()
        .map(|(place, code)| (code.as_str(), place))
        .collect();
    let places = form.many_of(name, &options).any()?;
    Ok(places
        .into_iter()
        .filter_map(|place| codes.get(place).cloned())
        .collect())
}

fn known<F: Facts>(list: &List<F>, text: &str, on: Date) -> Option<String> {
    let code = Code::new(text).ok()?;
    list.contains(&code, on).then(|| code.to_string())
}

fn page(work: &Work, filled: Filled) -> Result<AskPage, Problem> {
    let t = work.say();
    let words = &work.app.desk.vocabulary;
    let (today, lang) = (work.today(), work.lang);
    // A parent's suspicion is asked with the person, not among the circumstances.
    let mut circumstances = choices(&words.circumstances, today, lang);
    circumstances.retain(|choice| choice.value != "parent_suspected");
    let yes_no =
        |yes: Key, no: Key| vec![Choice::new("yes", t.key(yes)), Choice::new("no", t.key(no))];
    Ok(AskPage {
        frame: work.frame()?,
        f: filled.labelled(labels(&t)),
        action: PATH,
        organisations: sorted_choices(&words.organisation_kinds, today, lang),
        purposes: choices(&words.purposes, today, lang),
        groups: groups(work, &t),
        sure: yes_no(Key::new("sharing-sure-yes"), Key::new("sharing-sure-no")),
        circumstances,
        consent: yes_no(
            Key::new("sharing-consent-yes"),
            Key::new("sharing-consent-no"),
        ),
        givers: choices(&words.consent_givers, today, lang),
        trial: answer::trial_note(work)?,
        t,
    })
}

/// Figures first, then the person, then everything that may be special.
fn groups(work: &Work, t: &Say) -> Vec<Group> {
    let words = &work.app.desk.vocabulary;
    let all = choices(&words.data_categories, work.today(), work.lang);
    let facts = |code: &str| {
        let entries = words.data_categories.valid_on(work.today());
        let mut found = entries.filter(|entry| entry.code.as_str() == code);
        found
            .next()
            .map(|entry| (entry.facts.statistical, entry.facts.special))
    };
    let of = |statistical: bool, special: bool| {
        let mine = all
            .iter()
            .filter(|choice| facts(&choice.value) == Some((statistical, special)));
        mine.cloned().collect()
    };
    [
        (Key::new("sharing-group-figures"), of(true, false)),
        (Key::new("sharing-group-person"), of(false, false)),
        (Key::new("sharing-group-special"), of(false, true)),
    ]
    .into_iter()
    .map(|(label, choices)| Group {
        label: t.key(label).into_owned(),
        choices,
    })
    .collect()
}

fn labels(t: &Say) -> Vec<(&'static str, String)> {
    [
        ("from", t.say("sharing-from")),
        ("to", t.say("sharing-to")),
        ("purpose", t.say("sharing-purpose")),
        ("data", t.say("sharing-data")),
        ("age", t.say("sharing-age")),
        ("giver", t.say("sharing-giver")),
        ("given", t.say("sharing-given")),
        ("until", t.say("sharing-until")),
        ("day", t.say("sharing-day")),
    ]
    .into_iter()
    .map(|(name, label)| (name, label.into_owned()))
    .collect()
}

/// What was typed, for the button that brings the question back.
pub(super) fn carried(typed: &Typed) -> Vec<(&'static str, String)> {
    FIELDS
        .iter()
        .flat_map(|name| typed.all(name).iter().map(|value| (*name, value.clone())))
        .collect()
}
