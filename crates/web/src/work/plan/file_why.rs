//! Why a row of a file of actions is refused, in the reader's language.

use desk::plan::RowFault;
use domain::action::LineError;
use domain::text::TextError;
use exchange::Expected;

use super::texts;
use crate::texts::Say;

/// What the reader of the file expected.
pub(super) fn of_file(t: &Say, expected: &Expected) -> String {
    match expected {
        Expected::Required => t.say("plan-why-required").into_owned(),
        // The spreadsheet's own word, such as #REF!, is a name.
        Expected::NotBad(_) => t.say("plan-why-not-bad").into_owned(),
        Expected::Day => t.say("plan-why-day").into_owned(),
        Expected::DayUpTo(day) => t.say_with("plan-why-day-up-to", "day", t.date(*day)),
        Expected::EndAfterStart => t.say("plan-why-end").into_owned(),
        Expected::OwnId(line) => t.say_with("plan-why-own-id", "line", line.to_string()),
        Expected::OneOf { codes, more } => {
            let rest = if *more { ", …" } else { "" };
            t.say_with(
                "plan-why-one-of",
                "codes",
                format!("{}{rest}", codes.join(", ")),
            )
        }
        Expected::NoCode => t.say("plan-why-no-code").into_owned(),
        Expected::For { item, expected } => t.say_args(
            "plan-why-for",
            &[
                ("item", item.clone().into()),
                ("why", of_file(t, expected).into()),
            ],
        ),
        Expected::Once(item) => t.say_with("plan-why-once", "item", item.clone()),
        Expected::Euros => t.say("plan-why-euros").into_owned(),
        Expected::Sum { sum, unreadable } => {
            let sum = t.number(i64::try_from(*sum).unwrap_or(i64::MAX));
            match unreadable {
                true => t.say_with("plan-why-sum-unreadable", "sum", sum),
                false => t.say_with("plan-why-sum", "sum", sum),
            }
        }
        Expected::OneHolder => t.say("plan-why-one-holder").into_owned(),
        Expected::WebAddresses => t.say("plan-why-addresses").into_owned(),
        Expected::ClosedQuote(line) => t.say_with("plan-why-quote", "line", line.to_string()),
        Expected::WholeCharacter => t.say("plan-why-cut-off").into_owned(),
        Expected::Fields { width, found, .. } => t.say_args(
            "plan-why-fields",
            &[
                ("width", width.to_string().into()),
                ("found", found.to_string().into()),
            ],
        ),
        Expected::Words(words) => words.clone(),
    }
}

/// What the register refused.
pub(super) fn of_row(t: &Say, fault: &RowFault) -> String {
    match fault {
        RowFault::OwnId => t.say("plan-why-own-number").into_owned(),
        RowFault::Finished { from, to } => t.say_args(
            "plan-why-finished",
            &[
                ("from", t.key(texts::status(*from)).into_owned().into()),
                ("to", t.key(texts::status(*to)).into_owned().into()),
            ],
        ),
        RowFault::NotNewer(Some(last)) => t.say_with("plan-why-not-newer", "day", t.date(*last)),
        RowFault::NotNewer(None) => t.say("plan-why-not-newer-at-all").into_owned(),
        RowFault::DayUpTo(day) => t.say_with("plan-why-day-up-to", "day", t.date(*day)),
        RowFault::NoTitle => t.say("plan-why-required").into_owned(),
        RowFault::Organisation(code) => t.say_with("plan-why-organisation", "item", code.clone()),
        RowFault::Status => {
            let codes = "niet_gestart, loopt, vertraagd, afgerond, vervallen, structureel_geborgd";
            t.say_with("plan-why-one-of", "codes", codes)
        }
        RowFault::Line => t.say("plan-why-line").into_owned(),
        RowFault::Form(code) => t.say_with("plan-why-form", "item", code.clone()),
        RowFault::Age => t.say_with(
            "plan-why-one-of",
            "codes",
            "minor, adult, young_adult, adult_23",
        ),
        RowFault::Region => t.say("plan-why-region").into_owned(),
        RowFault::Text(TextError::Empty { .. }) => t.say("plan-why-required").into_owned(),
        RowFault::Text(TextError::TooLong { length, max, .. }) => t.say_args(
            "plan-why-long",
            &[
                ("length", length.to_string().into()),
                ("max", max.to_string().into()),
            ],
        ),
        RowFault::Text(TextError::Control { at, .. }) => {
            t.say_with("plan-why-control", "at", at.to_string())
        }
        RowFault::Detail(LineError::Milestone) => t.say("plan-why-milestone").into_owned(),
        RowFault::Detail(LineError::Measure) => t.say("plan-why-measure").into_owned(),
        RowFault::Detail(LineError::Money) => t.say("plan-why-money").into_owned(),
        RowFault::Rule { key, .. } => match texts::refusal(key) {
            Some(key) => t.key(key).into_owned(),
            None => t.say("plan-why-other").into_owned(),
        },
    }
}
