//! What is known, as label and value: the parts of the dossier.

use desk::case::{Done, Dossier};
use domain::SafeText;
use domain::age::{Age, AgeInYears, MinorBecause, Minority};
use domain::answer::Answer;
use domain::case::Exploited;
use domain::person::{AvoidArea, ContactRules, Family, Residence};
use domain::report::{MinorsInvolved, ReportContent};
use domain::time::Approx;

use super::texts;
use crate::page::ui::Deadline;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::Work;

/// A label and its value.
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What is known.
    pub value: String,
}

/// A part of the dossier.
pub struct Section {
    /// For links within the page.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// What is known.
    pub facts: Vec<Fact>,
    /// Labels of what is not, in one line: a page full of "unknown" hides what somebody must see at night.
    pub unknown: String,
    /// Where it can be changed, or empty.
    pub edit: String,
}

pub(crate) struct Words<'a> {
    pub work: &'a Work,
    pub t: &'a Say,
}

impl Words<'_> {
    pub fn fact(&self, label: Key, value: impl Into<String>) -> Fact {
        let value = value.into();
        Fact {
            label: self.t.key(label).into_owned(),
            value: if value.is_empty() {
                self.t.say("cases-unknown").into_owned()
            } else {
                value
            },
        }
    }

    pub fn text(&self, label: Key, text: Option<&SafeText>) -> Fact {
        self.fact(label, text.map_or("", SafeText::as_str))
    }

    pub fn key(&self, label: Key, value: Key) -> Fact {
        self.fact(label, self.t.key(value))
    }

    pub fn country(&self, code: &str) -> String {
        let list = &self.work.app.desk.vocabulary.countries;
        words::label(list, code, self.work.today(), self.t.lang())
    }

    pub fn language(&self, code: &str) -> String {
        let list = &self.work.app.desk.vocabulary.languages;
        words::label(list, code, self.work.today(), self.t.lang())
    }

    pub fn form(&self, code: &str) -> String {
        let list = &self.work.app.desk.vocabulary.forms;
        words::label(list, code, self.work.today(), self.t.lang())
    }

    pub fn place(&self, code: &str) -> String {
        let list = &self.work.app.desk.vocabulary.municipalities;
        words::label(list, code, self.work.today(), self.t.lang())
    }

    pub fn region(&self, code: &str) -> String {
        let list = &self.work.app.desk.vocabulary.regions;
        words::label(list, code, self.work.today(), self.t.lang())
    }

    pub fn org_kind(&self, code: &str) -> String {
        let list = &self.work.app.desk.vocabulary.organisation_kinds;
        words::label(list, code, self.work.today(), self.t.lang())
    }

    pub fn residence(&self, residence: Residence) -> String {
        let list = &self.work.app.desk.vocabulary.residence_statuses;
        let code = words::code_of(&residence);
        words::label(list, &code, self.work.today(), self.t.lang())
    }

    pub fn sex(&self, code: &str) -> String {
        let list = &self.work.app.desk.vocabulary.sexes;
        words::label(list, code, self.work.today(), self.t.lang())
    }

    /// An age with how sure it is.
    pub fn age(&self, age: &Age) -> String {
        let t = self.t;
        let years = self.years(age.in_years_on(self.work.today()));
        match age {
            Age::Certain { born } => format!(
                "{years} ({}, {})",
                t.say("cases-age-is-certain"),
                t.date(*born)
            ),
            Age::Estimated { as_of, .. } => format!(
                "{years} ({}, {})",
                t.say("cases-age-is-estimated"),
                t.date(*as_of)
            ),
            Age::Unknown => years,
        }
    }

    /// Years as they may leave the compartment.
    pub fn years(&self, age: AgeInYears) -> String {
        let t = self.t;
        match age {
            AgeInYears::Exactly { age } => t.say_n("cases-years", i64::from(age)),
            AgeInYears::Between { low, high } => t.say_args(
                "cases-years-between",
                &[
                    ("low", i64::from(low).into()),
                    ("high", i64::from(high).into()),
                ],
            ),
            AgeInYears::Unknown => t.say("cases-unknown").into_owned(),
        }
    }

    fn approx(&self, when: Option<Approx>) -> String {
        let t = self.t;
        match when {
            None => String::new(),
            Some(when) if when.earliest == when.latest => t.date(when.earliest),
            Some(when) => t.say_args(
                "cases-between-days",
                &[
                    ("from", t.date(when.earliest).into()),
                    ("until", t.date(when.latest).into()),
                ],
            ),
        }
    }
}

/// What is said of minority, when the person counts as a minor. A reporter who said "18 or older" has not established it.
pub(super) fn minor_because(dossier: &Dossier) -> Option<Key> {
    let told = dossier.file.told.as_ref().map(|told| told.content.minors);
    match dossier.minority {
        Minority::Minor {
            because: MinorBecause::AgeUnknown,
        } if told == Some(MinorsInvolved::No) => Some(Key::new("cases-minor-told-adult")),
        Minority::Minor { because } => Some(texts::minor(because)),
        Minority::Adult => None,
    }
}

/// Whether the person counts as a minor by doubt alone: somebody should establish the age.
pub(super) fn is_minor_by_doubt(dossier: &Dossier) -> bool {
    matches!(
        dossier.minority,
        Minority::Minor { because } if because != MinorBecause::Born
    )
}

/// The parts about the person, each with its own form.
pub(super) fn person(w: &Words<'_>, dossier: &Dossier, base: &str, open: bool) -> Vec<Section> {
    let parts = [
        ("core", Key::new("cases-core"), core(w, dossier)),
        ("safety", Key::new("cases-safety"), safety(w, dossier)),
        (
            "family",
            Key::new("cases-family"),
            family(w, &dossier.person.family),
        ),
        (
            "exploitation",
            Key::new("cases-exploitation"),
            exploitation(w, dossier),
        ),
        ("needs", Key::new("cases-needs"), needs(w, dossier)),
    ];
    parts
        .into_iter()
        .map(|(id, title, facts)| Section {
            id,
            title: w.t.key(title).into_owned(),
            unknown: labels_of_unknown(w, &facts),
            facts: known(w, facts),
            edit: if open {
                format!("{base}/person/{id}")
            } else {
                String::new()
            },
        })
        .collect()
}

fn is_unknown(w: &Words<'_>, fact: &Fact) -> bool {
    fact.value == w.t.say("cases-unknown")
}

fn known(w: &Words<'_>, facts: Vec<Fact>) -> Vec<Fact> {
    facts.into_iter().filter(|f| !is_unknown(w, f)).collect()
}

fn labels_of_unknown(w: &Words<'_>, facts: &[Fact]) -> String {
    let unknown = facts.iter().filter(|fact| is_unknown(w, fact));
    let labels: Vec<&str> = unknown
        .map(|fact| fact.label.trim_end_matches('?'))
        .collect();
    labels.join(" · ")
}

fn core(w: &Words<'_>, dossier: &Dossier) -> Vec<Fact> {
    let person = &dossier.person;
    let nationalities: Vec<String> = person
        .nationalities
        .iter()
        .map(|c| w.country(c.as_str()))
        .collect();
    let languages: Vec<String> = person
        .languages
        .iter()
        .map(|l| w.language(l.as_str()))
        .collect();
    let residence = w.residence(person.residence);
    let origin = person.origin.as_ref().map(|c| w.country(c.as_str()));
    let mut facts = vec![
        w.text(Key::new("cases-name"), person.known_as.name.as_ref()),
        w.text(Key::new("cases-alias"), person.known_as.alias.as_ref()),
        w.fact(Key::new("cases-age"), w.age(&person.age)),
    ];
    if let Some(because) = minor_because(dossier) {
        facts.push(w.key(Key::new("cases-minor"), because));
    }
    facts.extend([
        w.key(Key::new("cases-parents"), texts::parents(dossier.parents)),
        w.fact(Key::new("cases-sex"), w.sex(&words::code_of(&person.sex))),
        w.fact(Key::new("cases-origin"), origin.unwrap_or_default()),
        w.fact(Key::new("cases-nationalities"), nationalities.join(", ")),
        w.fact(Key::new("cases-languages"), languages.join(", ")),
        w.key(
            Key::new("cases-interpreter"),
            texts::answer(person.interpreter),
        ),
        w.fact(Key::new("cases-residence"), residence),
    ]);
    facts
}

fn safety(w: &Words<'_>, dossier: &Dossier) -> Vec<Fact> {
    let safety = &dossier.person.safety;
    let mut facts = contact(w, &safety.contact);
    facts.extend(watched(w, safety.phone_safe, safety.device_watched));
    facts.push(must_not_know(w, &safety.must_not_know));
    facts.push(avoid(w, &safety.avoid));
    facts.push(w.key(Key::new("cases-police"), texts::police(dossier.file.police)));
    facts
}

/// How to reach the person.
pub(crate) fn contact(w: &Words<'_>, contact: &ContactRules) -> Vec<Fact> {
    let never = match contact.never_call {
        true => Key::new("cases-yes"),
        false => Key::new("cases-no"),
    };
    vec![
        w.key(Key::new("cases-never-call"), never),
        w.text(
            Key::new("cases-safe-channel"),
            contact.safe_channel.as_ref(),
        ),
        w.text(Key::new("cases-safe-times"), contact.safe_times.as_ref()),
        w.text(Key::new("cases-code-word"), contact.code_word.as_ref()),
        w.text(
            Key::new("cases-who-may-answer"),
            contact.who_may_answer.as_ref(),
        ),
    ]
}

/// Whether her devices are safe.
pub(crate) fn watched(w: &Words<'_>, phone_safe: Answer, device_watched: Answer) -> Vec<Fact> {
    vec![
        w.key(Key::new("cases-phone-safe"), texts::answer(phone_safe)),
        w.key(
            Key::new("cases-device-watched"),
            texts::answer(device_watched),
        ),
    ]
}

/// Who must not know.
pub(crate) fn must_not_know(w: &Words<'_>, others: &[SafeText]) -> Fact {
    let others: Vec<&str> = others.iter().map(SafeText::as_str).collect();
    w.fact(Key::new("cases-must-not-know"), others.join("\n"))
}

/// Areas to avoid.
pub(crate) fn avoid(w: &Words<'_>, areas: &[AvoidArea]) -> Fact {
    let areas: Vec<String> = areas
        .iter()
        .map(|area| {
            let place = w.place(area.municipality.as_str());
            format!("{place}, {} km: {}", area.radius_km, area.why.as_str())
        })
        .collect();
    w.fact(Key::new("cases-avoid"), areas.join("\n"))
}

/// Children, pregnancy, authority.
pub(crate) fn family(w: &Words<'_>, family: &Family) -> Vec<Fact> {
    let children: Vec<String> = family
        .children
        .iter()
        .map(|child| {
            let with = if child.with_person {
                w.t.say("cases-child-with")
            } else {
                w.t.say("cases-child-elsewhere")
            };
            let years = w.years(child.age.in_years_on(w.work.today()));
            let sex = w.sex(&words::code_of(&child.sex));
            format!("{years}, {sex}, {with}")
        })
        .collect();
    vec![
        w.key(
            Key::new("cases-authority"),
            texts::authority(family.authority),
        ),
        w.key(Key::new("cases-pregnant"), texts::answer(family.pregnant)),
        w.fact(Key::new("cases-children"), children.join("\n")),
    ]
}

fn exploitation(w: &Words<'_>, dossier: &Dossier) -> Vec<Fact> {
    let told = &dossier.person.exploitation;
    let forms: Vec<String> = told.forms.iter().map(|f| w.form(f.as_str())).collect();
    let places: Vec<String> = told
        .municipalities
        .iter()
        .map(|m| w.place(m.as_str()))
        .collect();
    let at_start = dossier.person.age.at_start(told.started);
    let mut facts = vec![
        w.fact(Key::new("cases-forms"), forms.join("\n")),
        w.fact(Key::new("cases-started"), w.approx(told.started)),
        w.fact(Key::new("cases-ended"), w.approx(told.ended)),
        w.key(Key::new("cases-ongoing"), texts::answer(told.ongoing)),
        w.fact(Key::new("cases-age-at-start"), w.years(at_start)),
        w.fact(Key::new("cases-where"), places.join(", ")),
        w.key(
            Key::new("cases-exploited-before"),
            texts::answer(dossier.file.case.exploited_before()),
        ),
    ];
    if let Exploited::SinceClosing(answer) = dossier.file.case.exploited() {
        let label = Key::new("cases-exploited-again");
        facts.push(w.key(label, texts::answer(answer)));
    }
    facts
}

fn needs(w: &Words<'_>, dossier: &Dossier) -> Vec<Fact> {
    let needs: Vec<&str> = dossier.person.needs.iter().map(SafeText::as_str).collect();
    let mut facts = vec![w.fact(Key::new("cases-own-words"), needs.join("\n\n"))];
    // What she says about the rest of the file stands where whoever reads it sees it (AVG 16).
    for (on, statement) in &dossier.own_statements {
        let said = format!("{}: {}", w.t.date(*on), statement.as_str());
        facts.push(w.fact(Key::new("cases-own-statement"), said));
    }
    facts
}

/// The report as it was routed: what was told, never by whom.
pub(super) fn told(w: &Words<'_>, content: &ReportContent) -> Vec<Fact> {
    let forms: Vec<String> = content.forms.iter().map(|f| w.form(f.as_str())).collect();
    let place = content
        .municipality
        .as_ref()
        .map(|m| w.place(m.as_str()))
        .unwrap_or_default();
    vec![
        w.text(Key::new("cases-story"), content.story.as_ref()),
        w.fact(Key::new("cases-forms"), forms.join(", ")),
        w.fact(Key::new("cases-where"), place),
        w.fact(
            Key::new("cases-language"),
            w.language(content.language.as_str()),
        ),
        w.key(Key::new("cases-acute"), texts::answer(content.acute)),
        w.key(
            Key::new("cases-told-minors"),
            crate::work::reports::words::minors(content.minors),
        ),
    ]
}

/// What other parts of the chain told: reflection, opinion, placement, registration.
pub(super) fn status(w: &Words<'_>, dossier: &Dossier) -> Vec<Fact> {
    let file = &dossier.file;
    let t = w.t;
    let reflection = match file.reflection.last() {
        None => t.say("cases-reflection-none").into_owned(),
        Some(news) => {
            let state = t.key(texts::reflection(&news.status.state)).into_owned();
            match news.status.no_removal_until {
                Some(until) => format!(
                    "{state}\n{}",
                    t.say_with("cases-no-removal-until", "date", t.date(until))
                ),
                None => state,
            }
        }
    };
    let opinion = match file.opinions.last() {
        None => t.say("cases-opinion-none").into_owned(),
        Some(news) => {
            let state = t.key(texts::opinion(&news.status.state)).into_owned();
            match news.verdict() {
                Some(verdict) => format!("{state}: {}", t.key(texts::verdict(verdict))),
                None => state,
            }
        }
    };
    let placement = match &file.placement {
        None => t.say("cases-placement-none").into_owned(),
        Some(fact) => format!(
            "{} ({})",
            t.key(texts::placement(&fact.state)),
            t.date_of(fact.since)
        ),
    };
    vec![
        w.fact(Key::new("cases-reflection"), reflection),
        w.fact(Key::new("cases-opinion"), opinion),
        w.fact(Key::new("cases-placement"), placement),
        w.fact(
            Key::new("cases-registration"),
            registered(t, &file.registered),
        ),
    ]
}

/// Whether the person counts in the national figures.
pub(super) fn registered(t: &Say, done: &Done) -> String {
    match done {
        Done::Nothing => t.say("cases-registered-not").into_owned(),
        Done::Counted { on, .. } => t.say_with("cases-registered-count", "date", t.date(*on)),
        Done::Registered { on, .. } => t.say_with("cases-registered-yes", "date", t.date(*on)),
        Done::Withdrawn { on, .. } => t.say_with("cases-registered-withdrawn", "date", t.date(*on)),
    }
}

/// A day with how far it is.
pub(crate) fn deadline(work: &Work, day: Option<jiff::civil::Date>) -> Option<Deadline> {
    day.map(|day| Deadline::new(day, work.today()))
}
