//! Why a row of a file of actions is refused, why a whole file is, and what was assumed in one that was read: in the reader's language.

use desk::plan::RowFault;
use domain::action::LineError;
use domain::text::TextError;
use exchange::{Damage, Encodings, Expected, FileError, Found, Large, Note, Noted};

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

/// Why the whole file cannot be read, and what to do.
pub(super) fn of_whole(t: &Say, error: &FileError) -> String {
    match error {
        FileError::Empty => t.say("plan-fault-empty").into_owned(),
        FileError::TooLarge { what, limit } => too_large(t, *what, *limit),
        FileError::UnknownFormat { found } => {
            let is = t.say(match found {
                Found::OldSpreadsheet => "plan-fault-old-sheet",
                Found::Pdf => "plan-fault-pdf",
                Found::Nul => "plan-fault-no-text",
            });
            format!("{is} {}", t.say("plan-fault-save-as"))
        }
        FileError::Damaged { reason } => match reason {
            Damage::Order(row) => t.say_with("plan-fault-order", "row", row.to_string()),
            Damage::Claims => t.say("plan-fault-claims").into_owned(),
            // What the reader of spreadsheets says of it is in English and about the inside of the file: the command tells it.
            Damage::NotUnderstood | Damage::Reader(_) => t.say("plan-fault-damaged").into_owned(),
        },
        FileError::Encoding { line, expected } => {
            let rest = t.say(match expected {
                Encodings::Utf8 => "plan-fault-utf8",
                Encodings::Utf16 => "plan-fault-utf16",
                Encodings::Utf8Or1252 => "plan-fault-utf8-or-1252",
            });
            t.say_args(
                "plan-fault-encoding",
                &[
                    ("line", line.to_string().into()),
                    ("rest", rest.into_owned().into()),
                ],
            )
        }
        FileError::NoHeader { searched, expected } => t.say_args(
            "plan-fault-no-header",
            &[
                ("rows", searched.to_string().into()),
                ("columns", expected.clone().into()),
            ],
        ),
        FileError::DuplicateColumn {
            field,
            first,
            second,
        } => t.say_args(
            "plan-fault-twice",
            &[
                ("column", field.clone().into()),
                ("first", first.clone().into()),
                ("second", second.clone().into()),
            ],
        ),
        FileError::MissingColumns { fields } => {
            t.say_with("plan-fault-missing", "columns", fields.join(", "))
        }
        // Nothing is written when a file is read.
        FileError::Write(_) => t.say("plan-fault-damaged").into_owned(),
    }
}

fn too_large(t: &Say, what: Large, limit: u64) -> String {
    let most = t.number(i64::try_from(limit).unwrap_or(i64::MAX));
    match what {
        Large::File => t.say_with("plan-fault-large-file", "most", most),
        Large::Unpacked => t.say_with("plan-fault-large-unpacked", "most", most),
        Large::Text => t.say_with("plan-fault-large-text", "most", most),
        Large::Parts => t.say_with("plan-fault-large-parts", "most", most),
        Large::Rows => t.say_with("plan-fault-large-rows", "most", most),
        Large::Columns => t.say_with("plan-fault-large-columns", "most", most),
        Large::Cell(line) => t.say_args(
            "plan-fault-large-cell",
            &[("line", line.to_string().into()), ("most", most.into())],
        ),
    }
}

/// What was assumed or left out.
pub(super) fn of_note(t: &Say, note: &Note) -> String {
    let words = match &note.noted {
        Noted::Utf16 => t.say("plan-note-utf16").into_owned(),
        Noted::Windows1252 => t.say("plan-note-1252").into_owned(),
        Noted::HiddenSheet(name) => t.say_with("plan-note-hidden-sheet", "sheet", name.clone()),
        Noted::OtherSheet(name) => t.say_with("plan-note-sheet", "sheet", name.clone()),
        // Where they are is said already.
        Noted::Merged { from, to } => {
            return t.say_args(
                "plan-note-merged",
                &[("from", from.clone().into()), ("to", to.clone().into())],
            );
        }
        Noted::MoreMerged(n) => t.say_n("plan-note-more-merged", *n),
        Noted::UnknownColumn { column, .. } => {
            t.say_with("plan-note-column", "column", column.clone())
        }
        Noted::Absent(columns) => t.say_with("plan-note-absent", "columns", columns.join(", ")),
        Noted::Words(words) => words.clone(),
    };
    match note.line {
        Some(line) => t.say_args(
            "plan-note-line",
            &[("line", line.to_string().into()), ("note", words.into())],
        ),
        None => words,
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::vocabulary::Vocabulary;
    use exchange::plan::read_actions;
    use exchange::{Damage, Encodings, FileError, Found, Large, Limits, Note, Noted};
    use jiff::civil::date;

    use super::{of_note, of_whole};
    use crate::texts::{Lang, Say, Texts};
    use crate::work::plan::file::codes;

    fn every_fault() -> Vec<FileError> {
        let large = [
            (Large::File, 20_000_000),
            (Large::Unpacked, 200_000_000),
            (Large::Text, 200_000_000),
            (Large::Parts, 1_000),
            (Large::Rows, 100_000),
            (Large::Columns, 200),
            (Large::Cell(12), 32_767),
        ];
        let found = [Found::OldSpreadsheet, Found::Pdf, Found::Nul];
        let damage = [
            Damage::NotUnderstood,
            Damage::Order(7),
            Damage::Claims,
            Damage::Reader("invalid Zip archive".to_owned()),
        ];
        let encodings = [Encodings::Utf8, Encodings::Utf16, Encodings::Utf8Or1252];
        let mut all = vec![FileError::Empty];
        all.extend(large.map(|(what, limit)| FileError::TooLarge { what, limit }));
        all.extend(found.map(|found| FileError::UnknownFormat { found }));
        all.extend(damage.map(|reason| FileError::Damaged { reason }));
        all.extend(encodings.map(|expected| FileError::Encoding { line: 31, expected }));
        all.push(FileError::NoHeader {
            searched: 20,
            expected: "id, line, title".to_owned(),
        });
        all.push(FileError::DuplicateColumn {
            field: "holder".to_owned(),
            first: "D".to_owned(),
            second: "F".to_owned(),
        });
        all.push(FileError::MissingColumns {
            fields: vec!["holder".to_owned(), "status".to_owned()],
        });
        all
    }

    fn every_note() -> Vec<Note> {
        vec![
            Note::new(None, Noted::Utf16),
            Note::new(None, Noted::Windows1252),
            Note::new(None, Noted::HiddenSheet("geheim".to_owned())),
            Note::new(None, Noted::OtherSheet("uitleg".to_owned())),
            Note::new(
                Some(2),
                Noted::Merged {
                    from: "C2".to_owned(),
                    to: "C3".to_owned(),
                },
            ),
            Note::new(None, Noted::MoreMerged(1)),
            Note::new(None, Noted::MoreMerged(1_200)),
            Note::new(
                Some(1),
                Noted::UnknownColumn {
                    column: "6".to_owned(),
                    of: "ACTIONS",
                },
            ),
            Note::new(
                Some(1),
                Noted::Absent(vec!["description".to_owned(), "goal".to_owned()]),
            ),
        ]
    }

    fn said(lang: Lang) -> String {
        let t = Say::new(Arc::new(Texts::new().unwrap()), lang);
        let faults = every_fault();
        let faults = faults.iter().map(|fault| of_whole(&t, fault));
        let notes = every_note();
        let notes = notes.iter().map(|note| of_note(&t, note));
        faults.chain(notes).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_in_dutch() {
        let words = said(Lang::DUTCH);
        assert!(!words.contains("invalid Zip"), "no English in it");
        insta::assert_snapshot!(words);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_in_english() {
        insta::assert_snapshot!(said(Lang::ENGLISH));
    }

    /// Everything that a file of actions brings about has words of its own: none falls back to the English of the command.
    #[test]
    fn a_file_of_actions_brings_about_typed_notes_only() {
        let words = Vocabulary::builtin().unwrap();
        let today = date(2026, 11, 23);
        let file = b"id;line;title;holder;status;kleur\n1.a;1;Caf\xe9;VWS;loopt;rood\n";
        let read = read_actions("x", file, &codes(words, today), today, &Limits::default());
        let notes = read.unwrap().notes;
        assert_eq!(notes.len(), 3, "{notes:?}");
        for note in notes {
            assert!(!matches!(note.noted, Noted::Words(_)), "{note:?}");
            assert_eq!(note.text, note.noted.to_string());
        }
    }
}
