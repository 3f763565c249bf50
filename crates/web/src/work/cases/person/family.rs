//! Family: children, pregnancy, and who has authority over a minor.

use desk::case::PersonChange;
use domain::age::{Age, AgeInYears};
use domain::person::{Child, Family, Sex};
use jiff::civil::Date;

use crate::form::{Form, Read};
use crate::page::ui::Choice;
use crate::words;
use crate::work::Work;
use crate::work::cases::arrive::SEXES;
use crate::work::cases::sheet::{Ask, Values};
use crate::work::cases::texts;

const CHILDREN: [(&str, &str, &str); 8] = [
    ("child_age", "child_sex", "child_here"),
    ("child2_age", "child2_sex", "child2_here"),
    ("child3_age", "child3_sex", "child3_here"),
    ("child4_age", "child4_sex", "child4_here"),
    ("child5_age", "child5_sex", "child5_here"),
    ("child6_age", "child6_sex", "child6_here"),
    ("child7_age", "child7_sex", "child7_here"),
    ("child8_age", "child8_sex", "child8_here"),
];

pub(super) fn asks(work: &Work) -> Vec<Ask> {
    let t = work.say();
    let sexes = words::choices(&work.app.desk.vocabulary.sexes, work.today(), work.lang);
    let authorities = texts::AUTHORITIES
        .iter()
        .map(|(code, who)| Choice::new(*code, t.key(texts::authority(*who))))
        .collect();
    let mut asks = vec![
        Ask::radios("authority", t.say("cases-authority"), authorities)
            .hint(t.say("cases-authority-hint")),
        Ask::radios("pregnant", t.say("cases-pregnant"), texts::answers(&t)),
        Ask::heading(t.say("cases-children")),
        Ask::remark(t.say("cases-children-hint")),
    ];
    for (index, (age, sex, here)) in CHILDREN.into_iter().enumerate() {
        let n = index + 1;
        asks.push(Ask::number(age, t.say_n("cases-child-age", n)).maybe());
        asks.push(Ask::pick(sex, t.say_n("cases-child-sex", n), sexes.clone()).maybe());
        asks.push(Ask::flag(here, t.say_n("cases-child-here", n)));
    }
    asks
}

pub(super) fn values(values: Values, family: &Family, today: Date) -> Values {
    let mut values = values
        .with("authority", words::code_of(&family.authority))
        .with("pregnant", words::code_of(&family.pregnant));
    for ((age, sex, here), child) in CHILDREN.iter().zip(&family.children) {
        values = values
            .maybe(age, years(child, today))
            .with(sex, words::code_of(&child.sex))
            .ticked(here, child.with_person);
    }
    values
}

/// The youngest that a child may be today: doubt means younger.
fn years(child: &Child, today: Date) -> Option<u8> {
    match child.age.in_years_on(today) {
        AgeInYears::Exactly { age } => Some(age),
        AgeInYears::Between { low, .. } => Some(low),
        AgeInYears::Unknown => None,
    }
}

pub(super) fn read(form: &mut Form, today: Date, known: &Family) -> Read<PersonChange> {
    let authority = form.one_of("authority", texts::AUTHORITIES).required();
    let pregnant = form.one_of("pregnant", texts::ANSWERS).required();
    let mut children = Vec::new();
    let mut noted = None;
    for (index, names) in CHILDREN.into_iter().enumerate() {
        match child(form, names, today, known.children.get(index)) {
            Ok(child) => children.extend(child),
            Err(error) => noted = Some(error),
        }
    }
    if let Some(error) = noted {
        return Err(error);
    }
    Ok(PersonChange::Family(Family {
        children,
        pregnant: pregnant?,
        authority: authority?,
    }))
}

/// A child: with an age or a sex there is one. An age that was not changed keeps what was known more exactly.
fn child(
    form: &mut Form,
    (age, sex, here): (&'static str, &'static str, &'static str),
    today: Date,
    known: Option<&Child>,
) -> Read<Option<Child>> {
    let typed = form.whole(age).maybe_within(0, 60)?;
    let sex = form.one_of(sex, SEXES).optional()?;
    let with_person = form.flag(here).read()?;
    if typed.is_none() && sex.is_none() {
        return Ok(None);
    }
    let typed = typed.and_then(|n| u8::try_from(n).ok());
    let age = match (known, typed) {
        (Some(known), typed) if years(known, today) == typed => known.age,
        (_, Some(n)) => Age::Estimated {
            low: n,
            high: n,
            as_of: today,
        },
        (_, None) => Age::Unknown,
    };
    Ok(Some(Child {
        age,
        sex: sex.unwrap_or(Sex::Unknown),
        with_person,
    }))
}
