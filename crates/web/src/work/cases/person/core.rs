//! Who the person is.

use desk::case::{Core, PersonChange};
use domain::age::Age;
use domain::code::{CountryCode, LanguageCode};
use domain::person::{KnownAs, NAME_MAX, PossibleVictim, Residence};

use super::several;
use crate::form::{Form, Read};
use crate::texts::Key;
use crate::words;
use crate::work::Work;
use crate::work::cases::arrive::{SEXES, age, age_choices};
use crate::work::cases::sheet::{Ask, Values, text};
use crate::work::cases::texts;

/// Fields at which the desk can find a fault.
pub(super) const FIELDS: &[&str] = &["name", "alias", "nationalities", "languages"];

const NATIONALITIES: [&str; 3] = ["nationalities", "nationality2", "nationality3"];
const LANGUAGES: [&str; 4] = ["languages", "language2", "language3", "language4"];

pub(super) fn asks(work: &Work) -> Vec<Ask> {
    let t = work.say();
    let (words_of, today, lang) = (&work.app.desk.vocabulary, work.today(), work.lang);
    let countries = words::sorted_choices(&words_of.countries, today, lang);
    let languages = words::sorted_choices(&words_of.languages, today, lang);
    let mut asks = vec![
        Ask::line("name", t.say("cases-name"))
            .hint(t.say("cases-name-hint"))
            .maybe(),
        Ask::line("alias", t.say("cases-alias")).maybe(),
        Ask::heading(t.say("cases-age")),
        Ask::remark(t.say("cases-doubt-is-minor")),
        Ask::radios("age", t.say("cases-age-known"), age_choices(work)),
        Ask::day("born", t.say("cases-born")).maybe(),
        Ask::number("low", t.say("cases-age-low")).maybe(),
        Ask::number("high", t.say("cases-age-high")).maybe(),
        Ask::heading(t.say("cases-core-rest")),
        Ask::radios(
            "sex",
            t.say("cases-sex"),
            words::choices(&words_of.sexes, today, lang),
        ),
        Ask::pick("origin", t.say("cases-origin"), countries.clone()).maybe(),
    ];
    for (index, name) in NATIONALITIES.into_iter().enumerate() {
        let label = t.say_n("cases-nationality-n", index + 1);
        asks.push(Ask::pick(name, label, countries.clone()).maybe());
    }
    for (index, name) in LANGUAGES.into_iter().enumerate() {
        let label = t.say_n("cases-language-n", index + 1);
        asks.push(Ask::pick(name, label, languages.clone()).maybe());
    }
    asks.push(Ask::radios(
        "interpreter",
        t.say("cases-interpreter"),
        texts::answers(&t),
    ));
    asks.push(Ask::pick(
        "residence",
        t.say("cases-residence"),
        words::choices(&words_of.residence_statuses, today, lang),
    ));
    asks
}

pub(super) fn values(values: Values, person: &PossibleVictim) -> Values {
    let mut values = values
        .text("name", person.known_as.name.as_ref())
        .text("alias", person.known_as.alias.as_ref())
        .with("sex", words::code_of(&person.sex))
        .maybe("origin", person.origin.as_ref())
        .with("interpreter", words::code_of(&person.interpreter))
        .with("residence", words::code_of(&person.residence));
    values = match person.age {
        Age::Certain { born } => values.with("age", "certain").with("born", born),
        Age::Estimated { low, high, .. } => values
            .with("age", "estimated")
            .with("low", low)
            .with("high", high),
        Age::Unknown => values.with("age", "unknown"),
    };
    for (name, country) in NATIONALITIES.iter().zip(&person.nationalities) {
        values = values.with(name, country);
    }
    for (name, language) in LANGUAGES.iter().zip(&person.languages) {
        values = values.with(name, language);
    }
    values
}

pub(super) fn read(form: &mut Form, work: &Work, known: &Age) -> Read<PersonChange> {
    let name = text(form, "name", NAME_MAX).optional();
    let alias = text(form, "alias", NAME_MAX).optional();
    let age = age(form, work.today());
    let sex = form.one_of("sex", SEXES).required();
    let origin = form
        .parsed("origin", |c| CountryCode::new(c).ok())
        .optional();
    let nationalities = several(form, &NATIONALITIES, |c| CountryCode::new(c).ok());
    let languages = several(form, &LANGUAGES, |c| LanguageCode::new(c).ok());
    let interpreter = form.one_of("interpreter", texts::ANSWERS).required();
    let residence = form
        .parsed("residence", words::of_code::<Residence>)
        .else_say(Key::new("form-error-choice"))
        .required();
    Ok(PersonChange::Core(Box::new(Core {
        known_as: KnownAs {
            name: name?,
            alias: alias?,
        },
        age: unchanged(age?, known),
        sex: sex?,
        nationalities: nationalities?,
        origin: origin?,
        languages: languages?,
        interpreter: interpreter?,
        residence: residence?,
    })))
}

/// An estimate that was not changed keeps the day on which it was judged.
fn unchanged(typed: Age, known: &Age) -> Age {
    match (typed, known) {
        (
            Age::Estimated { low, high, .. },
            Age::Estimated {
                low: known_low,
                high: known_high,
                ..
            },
        ) if (low, high) == (*known_low, *known_high) => *known,
        _ => typed,
    }
}
