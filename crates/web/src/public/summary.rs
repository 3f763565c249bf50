//! The answers in words, for the page on which they are checked.

use super::answers::{ABOUTS, AGES, Answers, DANGERS, Options, REACHES, SITUATIONS, WISHES, label};
use super::desk::{About, Ages, Where};
use super::flow::Step;
use super::places::Places;
use crate::texts::{Key, Say};

/// One question with its answer and the page that changes it.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) step: &'static str,
}

pub(super) fn rows(t: &Say, answers: &Answers, places: &Places) -> Vec<Row> {
    let nothing = || t.say("report-check-nothing").into_owned();
    let row = |key: Key, step: Step, value: Option<String>| Row {
        label: t.key(key).into_owned(),
        value: value.unwrap_or_else(nothing),
        step: step.code(),
    };
    let mut rows = vec![
        row(
            Key::new("report-check-danger"),
            Step::Danger,
            said(t, DANGERS, answers.danger),
        ),
        row(
            Key::new("report-check-story"),
            Step::Story,
            answers.story.clone(),
        ),
        row(
            Key::new("report-check-about"),
            Step::About,
            said(t, ABOUTS, answers.about),
        ),
        row(Key::new("report-check-age"), Step::Age, age(t, answers)),
        row(
            Key::new("report-check-place"),
            Step::Place,
            place(t, answers, places),
        ),
        row(
            Key::new("report-check-situations"),
            Step::Situations,
            situations(t, answers),
        ),
        row(
            Key::new("report-check-wish"),
            Step::Wish,
            said(t, WISHES, answers.wish),
        ),
    ];
    if Step::Reach.applies(answers) {
        rows.push(row(
            Key::new("report-check-reach"),
            Step::Reach,
            said(t, REACHES, answers.reach),
        ));
    }
    if Step::Rules.applies(answers) {
        rows.push(row(
            Key::new("report-check-rules"),
            Step::Rules,
            Some(rules(t, answers)),
        ));
    }
    rows
}

fn said<T: Copy + PartialEq>(t: &Say, options: Options<T>, value: Option<T>) -> Option<String> {
    let key = label(options, value?)?;
    Some(t.key(key).into_owned())
}

fn age(t: &Say, answers: &Answers) -> Option<String> {
    match (answers.about, answers.ages) {
        (Some(About::Me), Some(Ages::Unknown)) => Some(t.say("report-age-not-said").into_owned()),
        (_, ages) => said(t, AGES, ages),
    }
}

fn place(t: &Say, answers: &Answers, places: &Places) -> Option<String> {
    Some(match answers.place.as_ref()? {
        Where::Municipality { code } => places.by_code(code)?.name.clone(),
        Where::Words(words) => words.clone(),
        Where::Unknown => t.say("report-place-unknown").into_owned(),
    })
}

fn situations(t: &Say, answers: &Answers) -> Option<String> {
    let lines: Vec<String> = answers
        .situations
        .iter()
        .filter_map(|situation| said(t, SITUATIONS, Some(*situation)))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn rules(t: &Say, answers: &Answers) -> String {
    let mut lines = Vec::new();
    lines.extend(answers.at.clone());
    lines.extend(answers.when.clone());
    if answers.never_call {
        lines.push(t.say("report-never-call").into_owned());
    }
    if let Some(word) = &answers.code_word {
        lines.push(t.say_with("report-check-code-word", "word", word));
    }
    lines.extend(answers.others.clone());
    lines.join("\n")
}
