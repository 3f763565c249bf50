//! What came in, in the desk's own types; every code must be one that counts on that day.

use desk::report::{NewContact, NewReport};
use desk::{DeskError, Result};
use domain::age::Age;
use domain::code::{FormCode, IndicatorCode, LanguageCode, MunicipalityCode};
use domain::objects::{ObjectKind, ObjectSeen};
use domain::person::Sex;
use domain::report::{
    Certainty, Channel, DescribedRole, HelpWish, MinorsInvolved, Period, PersonDescribed,
    PoliceWish, ReportContent, ReporterKind,
};
use domain::vocabulary::Vocabulary;
use domain::{Answer, SafeText};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use world::Story;
use world::story::{self, Described, Minors, Object};

/// Longest text taken from a story, in characters.
const LONG: usize = 20_000;

/// The field's words on a day.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) on: Date,
}

/// A text that must say something.
pub(super) fn text(field: &'static str, raw: &str) -> Result<SafeText> {
    SafeText::new(field, raw, LONG).map_err(|e| DeskError::field(field, "text", e))
}

/// A text that may be missing.
pub(super) fn maybe(field: &'static str, raw: Option<&str>) -> Result<Option<SafeText>> {
    raw.map_or(Ok(None), |raw| {
        SafeText::optional(field, raw, LONG).map_err(|e| DeskError::field(field, "text", e))
    })
}

/// A code that is a word of a Rust type, such as a channel.
pub(super) fn word<T: DeserializeOwned>(field: &'static str, code: &str) -> Result<T> {
    serde_json::from_value(code.into()).map_err(|e| DeskError::field(field, "unknown", e))
}

/// A code of the story that the vocabulary has to know.
fn known<T, E: std::fmt::Display>(
    field: &'static str,
    code: std::result::Result<T, E>,
) -> Result<T> {
    code.map_err(|e| DeskError::field(field, "unknown", e))
}

impl Words<'_> {
    pub(super) fn form(&self, code: &str) -> Result<FormCode> {
        let form = known("forms", FormCode::new(code.to_owned()))?;
        known("forms", self.vocabulary.form(&form, self.on))?;
        Ok(form)
    }

    pub(super) fn language(&self, code: &str) -> Result<LanguageCode> {
        let language = known("language", LanguageCode::new(code.to_owned()))?;
        known(
            "language",
            self.vocabulary.languages.get(&language, self.on),
        )?;
        Ok(language)
    }

    pub(super) fn municipality(&self, code: &str) -> Result<MunicipalityCode> {
        let place = known("municipality", MunicipalityCode::new(code.to_owned()))?;
        known(
            "municipality",
            self.vocabulary.municipality(&place, self.on),
        )?;
        Ok(place)
    }

    pub(super) fn indicator(&self, code: &str) -> Result<IndicatorCode> {
        let indicator = known("indicators", IndicatorCode::new(code.to_owned()))?;
        known("indicators", self.vocabulary.indicator(&indicator, self.on))?;
        Ok(indicator)
    }

    pub(super) fn country(&self, code: &str) -> Result<domain::code::CountryCode> {
        let country = known("origin", domain::code::CountryCode::new(code.to_owned()))?;
        known("origin", self.vocabulary.countries.get(&country, self.on))?;
        Ok(country)
    }
}

/// The report of a story as it comes in.
pub(super) fn report(story: &Story, words: Words<'_>) -> Result<NewReport> {
    let told = &story.report;
    let channel: Channel = word("channel", &told.channel)?;
    let reporter_kind: ReporterKind = word("reporter_kind", &told.reporter_kind)?;
    let mut content = ReportContent::empty(channel, reporter_kind, words.language(&told.language)?);
    content.interpreter = yes(told.interpreter);
    content.acute = answer(told.acute);
    content.story = Some(text("story", &narrative(story))?);
    content.forms = forms(story, words)?;
    content.indicators = each(&told.indicators, |code| words.indicator(code))?;
    let place = &told.place;
    content.municipality = place
        .municipality
        .as_deref()
        .map(|code| words.municipality(code))
        .transpose()?;
    content.place = maybe("place", place.hint.as_deref())?;
    content.at_border = sends_to(story, "KMAR");
    content.period = Period {
        from: told.period.from,
        until: told.period.until.filter(|_| !told.period.ongoing),
        ongoing: yes(told.period.ongoing),
    };
    content.persons = each(&told.persons, |person| described(person, words.on))?;
    content.objects = told.objects.iter().filter_map(object).collect();
    content.minors = match told.minors {
        Minors::Yes => MinorsInvolved::Yes,
        Minors::Suspected => MinorsInvolved::Suspected,
        Minors::No => MinorsInvolved::No,
    };
    content.parent_suspected = match &story.case {
        Some(case) if case.victim.parent_suspected => Answer::Yes,
        _ => Answer::Unknown,
    };
    content.help = help(story, reporter_kind);
    content.police = police(story);
    Ok(NewReport {
        content,
        contact: contact(story)?,
    })
}

fn each<T, U>(all: &[T], make: impl Fn(&T) -> Result<U>) -> Result<Vec<U>> {
    all.iter().map(make).collect()
}

/// The reporter's words, with the things named that have no field of their own.
fn narrative(story: &Story) -> String {
    let mut words = story.report.narrative.clone();
    let named = story
        .report
        .objects
        .iter()
        .filter(|thing| object_kind(&thing.kind).is_none())
        .map(|thing| format!("{}: {}", thing.kind, thing.value));
    let named: Vec<String> = named.collect();
    if !named.is_empty() {
        words.push_str("\n\n");
        words.push_str(&named.join("\n"));
    }
    words
}

/// The main form first; the sub-form stands for it where one is known.
fn forms(story: &Story, words: Words<'_>) -> Result<Vec<FormCode>> {
    let mut forms = each(&story.report.forms, |code| words.form(code))?;
    if let Some(sector) = &story.report.sector
        && let Ok(sub) = words.form(sector)
    {
        match forms.first_mut() {
            Some(first) if first.head() == sub.head() => *first = sub,
            _ => forms.insert(0, sub),
        }
    }
    Ok(forms)
}

pub(super) fn yes(yes: bool) -> Answer {
    if yes { Answer::Yes } else { Answer::No }
}

pub(super) fn answer(answer: story::Answer) -> Answer {
    match answer {
        story::Answer::Yes => Answer::Yes,
        story::Answer::No => Answer::No,
        story::Answer::Unknown => Answer::Unknown,
    }
}

pub(super) fn sex(sex: story::Sex) -> Sex {
    match sex {
        story::Sex::F => Sex::Female,
        story::Sex::M => Sex::Male,
        story::Sex::X => Sex::Other,
    }
}

/// An age as known on a day; certain years without a date of birth are a birthday at random in that year.
pub(super) fn age(age: story::Age, born: Option<Date>, on: Date) -> Age {
    match (age, born) {
        (_, Some(born)) if born <= on => Age::Certain { born },
        (story::Age::Certain { years }, _) => Age::Certain {
            born: on
                .saturating_sub(i64::from(years).years())
                .saturating_sub((17 + i64::from(years) * 29 % 300).days()),
        },
        (story::Age::Estimated { low, high }, _) => Age::Estimated {
            low,
            high,
            as_of: on,
        },
        (story::Age::Unknown, _) => Age::Unknown,
    }
}

fn described(person: &Described, on: Date) -> Result<PersonDescribed> {
    let role: DescribedRole = word("persons.role", &person.role)?;
    let certainty = match person.certainty.as_ref() {
        "certain" => Certainty::Seen,
        "likely" => Certainty::Heard,
        _ => Certainty::Suspected,
    };
    let names = [&person.given_name, &person.family_name];
    let mut known_as: Vec<String> = names.into_iter().flatten().cloned().collect();
    if let Some(nickname) = &person.nickname {
        known_as.push(match known_as.is_empty() {
            true => nickname.clone(),
            false => format!("({nickname})"),
        });
    }
    let mut description = Vec::new();
    description.extend(person.origin.as_ref().map(|o| format!("land: {o}")));
    description.extend(person.phone.as_ref().map(|p| format!("telefoon: {p}")));
    Ok(PersonDescribed {
        role,
        certainty,
        known_as: maybe("known_as", Some(&known_as.join(" ")))?,
        age: age(person.age, person.birth_date, on),
        sex: sex(person.sex),
        description: maybe("description", Some(&description.join(", ")))?,
    })
}

fn object_kind(code: &str) -> Option<ObjectKind> {
    Some(match code {
        "phone" => ObjectKind::Phone,
        "plate" => ObjectKind::Plate,
        "account" => ObjectKind::Account,
        "kvk" => ObjectKind::Kvk,
        "email" => ObjectKind::Email,
        _ => return None,
    })
}

fn object(thing: &Object) -> Option<ObjectSeen> {
    ObjectSeen::new(object_kind(&thing.kind)?, &thing.value).ok()
}

/// Does the story send the report to an organisation of this kind?
pub(super) fn sends_to(story: &Story, kind: &str) -> bool {
    story.desk.routes.iter().any(|route| route.kind == kind)
}

/// Does the story send the report to an investigating service?
pub(super) fn sends_to_service(story: &Story) -> bool {
    story
        .desk
        .routes
        .iter()
        .any(|route| route.compartment == "K5")
}

fn help(story: &Story, reporter: ReporterKind) -> HelpWish {
    match &story.case {
        Some(case) if case.ground == "help_wanted" => match reporter {
            ReporterKind::VictimSelf => HelpWish::ForSelf,
            _ => HelpWish::VictimAgrees,
        },
        Some(_) => HelpWish::VictimNotAsked,
        None => HelpWish::NotAsked,
    }
}

/// Help without police: a person who wants help and of whom nothing goes to a service.
fn police(story: &Story) -> PoliceWish {
    let wants_help = story
        .case
        .as_ref()
        .is_some_and(|case| case.ground == "help_wanted");
    match (sends_to_service(story), wants_help) {
        (false, true) => PoliceWish::HelpWithoutPolice,
        (true, true) => PoliceWish::Agrees,
        _ => PoliceWish::NotAsked,
    }
}

fn contact(story: &Story) -> Result<Option<NewContact>> {
    let told = &story.report;
    let (reporter, safe) = (told.reporter.as_ref(), told.safe_contact.as_ref());
    if reporter.is_none() && safe.is_none() {
        return Ok(None);
    }
    let reach = reporter.and_then(|r| r.phone.as_deref().or(r.email.as_deref()));
    Ok(Some(NewContact {
        name: maybe("name", reporter.map(|r| r.name.as_str()))?,
        organisation: None,
        channel: maybe("channel", reach.or(safe.map(|s| s.channel.as_ref())))?,
        safe_times: maybe("safe_times", safe.and_then(|s| s.window.as_deref()))?,
        code_word: maybe("code_word", safe.and_then(|s| s.code_word.as_deref()))?,
        never_call: safe.is_some_and(|s| s.never_call),
    }))
}
