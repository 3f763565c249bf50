//! What a report tells, as facts for a page: the same at the desk and at a service that received it.

use domain::age::AgeInYears;
use domain::report::{PersonDescribed, ReportContent};
use domain::vocabulary::Code;
use jiff::civil::Date;

use crate::app::App;
use crate::texts::{Arg, Key, Say};
use crate::work::form_page::code_of;
use crate::work::reports::words;
use crate::work::vocabulary::{label, labels};

/// A fact: what it is and what it says.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
}

impl Fact {
    /// A fact.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Fact {
        Fact {
            label: label.into(),
            value: value.into(),
        }
    }
}

/// Somebody or something that a report names.
#[derive(Clone, Debug)]
pub struct Named {
    /// In which role, or what kind of thing.
    pub kind: String,
    /// What is said of it.
    pub text: String,
}

/// What a report tells.
#[derive(Clone, Debug)]
pub struct Told {
    /// The story, or empty.
    pub story: String,
    /// Language of the story, for its markup.
    pub language: String,
    /// The facts that were given; what was not said is left out.
    pub facts: Vec<Fact>,
    /// Indicators that were ticked.
    pub indicators: Vec<String>,
    /// People that are described.
    pub people: Vec<Named>,
    /// Things that are named.
    pub things: Vec<Named>,
}

/// Puts a report's content into words.
pub fn told(app: &App, say: &Say, content: &ReportContent, today: Date) -> Told {
    let list = &app.desk.vocabulary;
    let said = |key: Key| say.key(key).into_owned();
    let mut facts = vec![
        Fact::new(
            said(Key::new("reports-fact-acute")),
            said(words::answer(content.acute)),
        ),
        Fact::new(
            said(Key::new("reports-fact-forms")),
            or_dash(labels(&list.forms, &content.forms, say).join(", ")),
        ),
    ];
    let mut add = |key: Key, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            facts.push(Fact::new(said(key), value));
        }
    };
    let municipality = content.municipality.as_ref();
    add(
        Key::new("reports-fact-municipality"),
        municipality.map(|code| label(&list.municipalities, code, say)),
    );
    let place = content.place.as_ref().map(|p| p.as_str().to_owned());
    add(Key::new("reports-fact-place"), place);
    let border = content
        .at_border
        .then(|| said(words::answer(domain::Answer::Yes)));
    add(Key::new("reports-fact-border"), border);
    add(Key::new("reports-fact-period"), period(say, content));
    add(
        Key::new("reports-fact-minors"),
        Some(said(words::minors(content.minors))),
    );
    add(
        Key::new("reports-fact-parent"),
        Some(said(words::answer(content.parent_suspected))),
    );
    add(
        Key::new("reports-fact-help"),
        Some(said(words::help(content.help))),
    );
    add(
        Key::new("reports-fact-police"),
        Some(said(words::police(content.police))),
    );
    add(
        Key::new("reports-fact-language"),
        Some(label(&list.languages, &content.language, say)),
    );
    add(
        Key::new("reports-fact-interpreter"),
        Some(said(words::answer(content.interpreter))),
    );
    add(
        Key::new("reports-fact-channel"),
        Code::new(code_of(&content.channel))
            .ok()
            .map(|code| label(&list.channels, &code, say)),
    );
    add(
        Key::new("reports-fact-reporter"),
        Code::new(code_of(&content.reporter_kind))
            .ok()
            .map(|code| label(&list.reporter_kinds, &code, say)),
    );
    Told {
        story: content
            .story
            .as_ref()
            .map(|s| s.as_str().to_owned())
            .unwrap_or_default(),
        language: content.language.to_string(),
        facts,
        indicators: labels(&list.indicators, &content.indicators, say),
        people: content
            .persons
            .iter()
            .map(|p| person(app, say, p, today))
            .collect(),
        things: content
            .objects
            .iter()
            .map(|object| Named {
                kind: said(words::object(object.kind())),
                text: object.typed().as_str().to_owned(),
            })
            .collect(),
    }
}

fn or_dash(text: String) -> String {
    if text.is_empty() {
        "–".to_owned()
    } else {
        text
    }
}

fn period(say: &Say, content: &ReportContent) -> Option<String> {
    let period = &content.period;
    let day = |day: Option<Date>| day.map_or_else(|| "…".to_owned(), |d| say.date(d));
    let mut out = match (period.from, period.until) {
        (None, None) => String::new(),
        (from, until) => format!("{} – {}", day(from), day(until)),
    };
    if period.ongoing.is_yes() {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(&say.say("reports-fact-ongoing"));
    }
    (!out.is_empty()).then_some(out)
}

fn person(app: &App, say: &Say, person: &PersonDescribed, today: Date) -> Named {
    let list = &app.desk.vocabulary;
    let sex = Code::new(code_of(&person.sex)).ok();
    let parts: Vec<String> = [
        person.known_as.as_ref().map(|n| n.as_str().to_owned()),
        Some(age(say, person.age.in_years_on(today))),
        sex.map(|code| label(&list.sexes, &code, say)),
        person.description.as_ref().map(|d| d.as_str().to_owned()),
        Some(say.key(words::certainty(person.certainty)).into_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    Named {
        kind: say.key(words::role(person.role)).into_owned(),
        text: parts.join(" · "),
    }
}

/// An age in years, in words.
pub fn age(say: &Say, age: AgeInYears) -> String {
    match age {
        AgeInYears::Exactly { age } => say.say_n("reports-age-exactly", i64::from(age)),
        AgeInYears::Between { low, high } => say.say_args(
            "reports-age-between",
            &[
                ("low", Arg::Number(i64::from(low))),
                ("high", Arg::Number(i64::from(high))),
            ],
        ),
        AgeInYears::Unknown => say.say("reports-age-unknown").into_owned(),
    }
}
