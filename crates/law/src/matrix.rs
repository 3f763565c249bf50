//! The sharing matrix as a table for people, from the same files as the policies.

use std::fmt::Write as _;

use domain::Bilingual;
use domain::vocabulary::Lang;
use jiff::civil::Date;
use serde::Serialize;

use crate::answer::words;
use crate::law::Law;
use crate::model::{Act, Effect, Grade, Policies};
use crate::words::within;

/// One act as a row of the table, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixRow {
    /// Row of the sharing matrix; none for a rule of this project.
    pub row: Option<u8>,
    /// Id of the act.
    pub act: String,
    /// What it is, in a sentence.
    pub title: String,
    /// `yes`, `unclear` or `never`.
    pub answer: &'static str,
    /// Who shares.
    pub from: Vec<String>,
    /// With whom.
    pub to: Vec<String>,
    /// For what.
    pub purposes: Vec<String>,
    /// What may go.
    pub data: Vec<String>,
    /// The same as codes, groups resolved: for programs.
    pub codes: MatrixCodes,
    /// What stays, with the reason.
    pub stays: Vec<String>,
    /// What must be so.
    pub only_if: Vec<String>,
    /// Which consent.
    pub consent: String,
    /// What to do.
    pub conditions: Vec<String>,
    /// On which ground.
    pub grounds: Vec<String>,
    /// How certain.
    pub certainty: Grade,
    /// Who decides, for grade C.
    pub who_decides: String,
    /// First day.
    pub valid_from: Option<Date>,
    /// First day on which it no longer counts.
    pub valid_until: Option<Date>,
    /// What it rests on.
    pub source: String,
}

/// The codes behind a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixCodes {
    /// Kinds of organisation that share.
    pub from: Vec<String>,
    /// Kinds of organisation that receive.
    pub to: Vec<String>,
    /// Purposes.
    pub purposes: Vec<String>,
    /// Categories of data that may go (or, where `answer` is `never`, that never go).
    pub data: Vec<String>,
    /// Circumstances that must be so.
    pub circumstances: Vec<String>,
}

impl Law {
    /// The table of a day, or of all days, in the order of the rows.
    #[must_use]
    pub fn matrix(&self, on: Option<Date>, lang: Lang) -> Vec<MatrixRow> {
        let mut acts: Vec<&Act> = self
            .policies
            .acts
            .iter()
            .filter(|act| on.is_none_or(|day| act.validity.includes(day)))
            .collect();
        acts.sort_by_key(|act| (act.row.unwrap_or(u8::MAX), act.key()));
        acts.into_iter()
            .map(|act| row(&self.policies, act, lang))
            .collect()
    }
}

fn row(policies: &Policies, act: &Act, lang: Lang) -> MatrixRow {
    let say = |text: &Bilingual| words(text, lang).to_owned();
    let all = |texts: Vec<Bilingual>| texts.iter().map(say).collect::<Vec<String>>();
    let codes = &policies.codes;
    let named = |names: &[String]| {
        names
            .iter()
            .map(|name| organisation(policies, name, lang))
            .collect()
    };
    let everything = |everything: bool, texts: Vec<String>| {
        if everything {
            vec!["*".to_owned()]
        } else {
            texts
        }
    };
    let stays = act.excluded.iter().map(|excluded| {
        let data = policies.line(&codes.data.labels(excluded.data));
        format!("{}: {}", say(&data), say(&excluded.why))
    });
    MatrixRow {
        row: act.row,
        act: act.id.clone(),
        title: say(&act.title),
        answer: match (act.effect, act.grade) {
            (Effect::Forbid, _) => "never",
            (Effect::Permit, Grade::C) => "unclear",
            (Effect::Permit, _) => "yes",
        },
        from: named(&act.from_named),
        to: named(&act.to_named),
        purposes: everything(
            act.purposes == codes.purposes.all(),
            all(codes.purposes.labels(act.purposes)),
        ),
        data: everything(
            act.data == codes.data.all(),
            all(codes.data.labels(act.data)),
        ),
        codes: MatrixCodes {
            from: codes.orgs.codes(act.from),
            to: codes.orgs.codes(act.to),
            purposes: codes.purposes.codes(act.purposes),
            data: codes.data.codes(act.data),
            circumstances: codes.circumstances.codes(act.circumstances),
        },
        stays: stays.collect(),
        only_if: only_if(policies, act, lang),
        consent: consent(policies, act, lang),
        conditions: act
            .conditions
            .iter()
            .filter_map(|code| policies.conditions.get(code))
            .map(|condition| say(&condition.words))
            .collect(),
        grounds: act
            .grounds
            .iter()
            .map(|ground| {
                format!(
                    "{}, {}",
                    say(&policies.law_name(&ground.law)),
                    ground.article
                )
            })
            .collect(),
        certainty: act.grade,
        who_decides: act.who_decides.as_ref().map(say).unwrap_or_default(),
        valid_from: act.validity.from,
        valid_until: act.validity.until,
        source: act.source.clone(),
    }
}

fn organisation(policies: &Policies, name: &str, lang: Lang) -> String {
    let label = match name.strip_prefix('@') {
        Some(group) => policies.groups.get(group).map(|group| group.label.clone()),
        None => policies
            .codes
            .orgs
            .find(name)
            .map(|place| policies.codes.orgs.label(place)),
    };
    label.map_or_else(|| name.to_owned(), |label| words(&label, lang).to_owned())
}

fn only_if(policies: &Policies, act: &Act, lang: Lang) -> Vec<String> {
    let mut out: Vec<String> = policies
        .codes
        .circumstances
        .labels(act.circumstances)
        .iter()
        .map(|label| words(label, lang).to_owned())
        .collect();
    let bands: Vec<Bilingual> = act
        .ages
        .iter()
        .filter_map(|band| policies.bands.get(usize::from(band)))
        .map(|band| band.label.clone())
        .collect();
    if bands.len() < policies.bands.len() {
        out.push(words(&policies.any_of(&bands), lang).to_owned());
    }
    out
}

fn consent(policies: &Policies, act: &Act, lang: Lang) -> String {
    let Some(need) = &act.consent else {
        return String::new();
    };
    let label = policies
        .rules
        .get(need.rule)
        .map(|rule| within(&rule.label));
    let label = label
        .map(|label| words(&label, lang).to_owned())
        .unwrap_or_default();
    let written = match (need.written, lang) {
        (true, Lang::Nl) => "schriftelijk: ",
        (true, Lang::En) => "in writing: ",
        (false, _) => "",
    };
    format!("{written}{label}")
}

/// Column names of the table.
fn columns(lang: Lang) -> [&'static str; 14] {
    match lang {
        Lang::Nl => [
            "rij",
            "antwoord",
            "wat",
            "van",
            "naar",
            "doel",
            "mag mee",
            "blijft",
            "alleen als",
            "toestemming",
            "let op",
            "grond",
            "zekerheid",
            "geldt",
        ],
        Lang::En => [
            "row",
            "answer",
            "what",
            "from",
            "to",
            "purpose",
            "may go",
            "stays",
            "only if",
            "consent",
            "mind",
            "ground",
            "certainty",
            "counts",
        ],
    }
}

fn cells(row: &MatrixRow, lang: Lang, between: &str) -> [String; 14] {
    let answer = match (row.answer, lang) {
        ("yes", Lang::Nl) => "ja",
        ("unclear", Lang::Nl) => "onduidelijk",
        ("never", Lang::Nl) => "nooit",
        (other, _) => other,
    };
    let certainty = if row.who_decides.is_empty() {
        row.certainty.letter().to_owned()
    } else {
        format!("{}. {}", row.certainty.letter(), row.who_decides)
    };
    let days = match (row.valid_from, row.valid_until, lang) {
        (None, None, Lang::Nl) => "altijd".to_owned(),
        (None, None, Lang::En) => "always".to_owned(),
        (from, until, Lang::Nl) => span(from, until, ["vanaf", "tot"]),
        (from, until, Lang::En) => span(from, until, ["from", "until"]),
    };
    [
        row.row.map(|row| row.to_string()).unwrap_or_default(),
        answer.to_owned(),
        row.title.clone(),
        row.from.join(", "),
        row.to.join(", "),
        row.purposes.join(between),
        row.data.join(", "),
        row.stays.join(between),
        row.only_if.join(between),
        row.consent.clone(),
        row.conditions.join(between),
        row.grounds.join(between),
        certainty,
        days,
    ]
}

fn span(from: Option<Date>, until: Option<Date>, words: [&str; 2]) -> String {
    let [first, last] = words;
    let from = from.map(|day| format!("{first} {day}"));
    let until = until.map(|day| format!("{last} {day}"));
    from.into_iter().chain(until).collect::<Vec<_>>().join(" ")
}

impl MatrixRow {
    /// The rows as plain text: one block an act.
    #[must_use]
    pub fn text(rows: &[MatrixRow], lang: Lang) -> String {
        let mut out = String::new();
        for row in rows {
            for (name, cell) in columns(lang).iter().zip(cells(row, lang, "; ")) {
                if !cell.is_empty() {
                    let _ = writeln!(out, "{name:>12}  {cell}");
                }
            }
            out.push('\n');
        }
        out
    }

    /// The rows as a table in Markdown.
    #[must_use]
    pub fn markdown(rows: &[MatrixRow], lang: Lang) -> String {
        let line = |cells: &[String]| {
            let clean = cells
                .iter()
                .map(|cell| cell.replace('|', "\\|").replace('\n', " "));
            format!("| {} |\n", clean.collect::<Vec<_>>().join(" | "))
        };
        let mut out = line(&columns(lang).map(str::to_owned));
        out.push_str(&"|---".repeat(14));
        out.push_str("|\n");
        for row in rows {
            out.push_str(&line(&cells(row, lang, "<br>")));
        }
        out
    }

    /// The rows as CSV with a header.
    #[must_use]
    pub fn csv(rows: &[MatrixRow], lang: Lang) -> String {
        let line = |cells: &[String]| {
            let quoted = cells
                .iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            format!("{}\r\n", quoted.collect::<Vec<_>>().join(","))
        };
        let mut out = line(&columns(lang).map(str::to_owned));
        for row in rows {
            out.push_str(&line(&cells(row, lang, "; ")));
        }
        out
    }
}
