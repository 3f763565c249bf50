//! The four questions that the yearly figures answer, and the rows they count.

use ::figures::Table;
use ::figures::ledger::{self, Offered, Span, Told};
use ::figures::period::{Length, label};
use domain::Bilingual;
use domain::age::AgeInYears;
use domain::figure::TOTAL;
use domain::person::Sex;
use domain::vocabulary::Lang;
use jiff::civil::{Date, date};

use super::{COUNTED, REGISTERED, StoredCount, StoredRegistration};
use crate::Desk;
use crate::error::Result;

/// One report, as the tables count it.
pub(super) struct Row {
    form: String,
    sex: String,
    age: &'static str,
    reporter: String,
    day: Date,
    /// Whether there is a registration, and not only a count.
    pub(super) has_identity: bool,
    /// Whether eighteen or over, as far as it is known.
    pub(super) is_adult: Option<bool>,
}

pub(super) async fn rows(desk: &Desk, first: Date, last: Date) -> Result<Vec<Row>> {
    let inside = |day: Date| first <= day && day <= last;
    let registered = desk
        .vault
        .load_all::<StoredRegistration>(&[REGISTERED])
        .await?;
    let mut rows: Vec<Row> = registered
        .into_iter()
        .map(|found| found.body.registration)
        .filter(|r| inside(r.registered))
        .map(|r| Row {
            form: r.data.form.level_1().to_string(),
            sex: sex_code(r.data.sex).to_owned(),
            age: band(r.data.age),
            reporter: r.data.reporter.to_string(),
            day: r.registered,
            has_identity: true,
            is_adult: is_adult(r.data.age),
        })
        .collect();
    let counted = desk.vault.load_all::<StoredCount>(&[COUNTED]).await?;
    // A count that comes late still belongs to the month of its detection.
    let months = counted.into_iter().map(|found| found.body.count);
    rows.extend(
        months
            .map(|count| Row {
                form: count.form.to_string(),
                sex: sex_code(Sex::Unknown).to_owned(),
                age: band(AgeInYears::Unknown),
                reporter: count.reporter.to_string(),
                day: date(count.month.year, count.month.month, 1),
                has_identity: false,
                is_adult: None,
            })
            .filter(|row| inside(row.day)),
    );
    Ok(rows)
}

fn sex_code(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "F",
        Sex::Male => "M",
        Sex::Other => "X",
        Sex::Unknown => "U",
    }
}

/// An estimate that spans eighteen is left out rather than guessed.
pub(crate) fn is_adult(age: AgeInYears) -> Option<bool> {
    match age {
        AgeInYears::Exactly { age } => Some(age >= 18),
        AgeInYears::Between { high, .. } if high < 18 => Some(false),
        AgeInYears::Between { low, .. } if low >= 18 => Some(true),
        AgeInYears::Between { .. } | AgeInYears::Unknown => None,
    }
}

const BANDS: [&str; 7] = [
    "0-11", "12-17", "18-22", "23-29", "30-44", "45+", "onbekend",
];

const BANDS_OF_MINORS: [&str; 2] = [BANDS[0], BANDS[1]];

/// The band of an age; an estimate that spans bands is unknown rather than guessed.
fn band(age: AgeInYears) -> &'static str {
    let of = |years: u8| match years {
        ..=11 => BANDS[0],
        12..=17 => BANDS[1],
        18..=22 => BANDS[2],
        23..=29 => BANDS[3],
        30..=44 => BANDS[4],
        45.. => BANDS[5],
    };
    match age {
        AgeInYears::Exactly { age } => of(age),
        AgeInYears::Between { low, high } if of(low) == of(high) => of(low),
        AgeInYears::Between { .. } | AgeInYears::Unknown => BANDS[6],
    }
}

/// A table to be made: its dimensions, what each row says there, and how the codes read.
pub(super) struct Question {
    /// Its name in the release ledger, the same in every release.
    pub(super) key: &'static str,
    pub(super) title: Bilingual,
    pub(super) dimensions: Vec<Asked>,
    /// Whether its categories are months.
    by_month: bool,
    /// Categories whose sum another figure tells.
    elsewhere: &'static [&'static str],
}

pub(super) struct Asked {
    pub(super) name: &'static str,
    /// Code and label, in order.
    pub(super) categories: Vec<(String, String)>,
    /// Where a value goes that is no category of the day, such as a form that the law named later.
    other: &'static str,
    of: fn(&Row) -> String,
}

impl Asked {
    pub(super) fn value(&self, row: &Row) -> String {
        let value = (self.of)(row);
        match self.categories.iter().any(|(code, _)| *code == value) {
            true => value,
            false => self.other.to_owned(),
        }
    }
}

impl Question {
    /// Adds the categories that earlier releases had and that are no code of today any more.
    fn with_those_of(mut self, past: &[Told]) -> Self {
        for (column, asked) in self.dimensions.iter_mut().enumerate() {
            for code in ledger::categories(past, self.key, column) {
                if !asked.categories.iter().any(|(known, _)| known == code) {
                    asked.categories.push(same(code));
                }
            }
        }
        self
    }

    /// The counted table as the release ledger weighs it.
    pub(super) fn offered(&self, table: Table) -> Offered {
        let month = |(code, _): &(String, String)| {
            let first: Date = format!("{code}-01").parse().ok()?;
            let last = first.last_of_month();
            Some(Span { first, last })
        };
        let periods = self.dimensions.first().filter(|_| self.by_month);
        let names = self.elsewhere.iter().map(|name| (*name).to_owned());
        Offered {
            question: self.key.to_owned(),
            table,
            periods: periods.map(|asked| (0, asked.categories.iter().filter_map(month).collect())),
            elsewhere: match self.elsewhere {
                [] => Vec::new(),
                _ => vec![(0, names.collect())],
            },
        }
    }

    /// The labels of a cell.
    pub(super) fn labels(&self, codes: &[Option<String>]) -> Vec<String> {
        labels(self, codes)
    }
}

/// The questions over a period; `past` is what was told of that year before.
pub(super) fn questions(desk: &Desk, span: Span, past: &[Told]) -> Vec<Question> {
    let all = asked(desk, span.first, span.last).into_iter();
    all.map(|question| question.with_those_of(past)).collect()
}

fn asked(desk: &Desk, first: Date, last: Date) -> Vec<Question> {
    let title = |nl: &str, en: &str| {
        let years = first.year();
        Bilingual::new(format!("{nl}, {years}"), format!("{en}, {years}"))
    };
    vec![
        Question {
            key: "form_sex",
            by_month: false,
            elsewhere: &[],
            title: title(
                "Aanmeldingen naar vorm en geslacht",
                "Reports by form and sex",
            ),
            dimensions: vec![forms(desk, last), sexes(desk, last)],
        },
        Question {
            key: "age",
            by_month: false,
            // The indicator of minors in sight tells them together, of each half-year.
            elsewhere: &BANDS_OF_MINORS,
            title: title("Aanmeldingen naar leeftijd", "Reports by age"),
            dimensions: vec![Asked {
                name: "Leeftijd",
                categories: BANDS.iter().map(|b| same(b)).collect(),
                other: BANDS[6],
                of: |row| row.age.to_owned(),
            }],
        },
        Question {
            key: "reporter",
            by_month: false,
            elsewhere: &[],
            title: title(
                "Aanmeldingen naar soort melder",
                "Reports by kind of reporter",
            ),
            dimensions: vec![reporters(desk, last)],
        },
        Question {
            key: "month",
            by_month: true,
            elsewhere: &[],
            title: title("Aanmeldingen per maand", "Reports by month"),
            dimensions: vec![Asked {
                name: "Maand",
                categories: months(first, last),
                other: "",
                of: |row| label(row.day, Length::Month),
            }],
        },
    ]
}

fn same(code: &str) -> (String, String) {
    (code.to_owned(), code.to_owned())
}

fn forms(desk: &Desk, on: Date) -> Asked {
    // Neighbouring offences are never counted as trafficking.
    let level_1 = desk
        .vocabulary
        .forms
        .valid_on(on)
        .filter(|f| f.facts.counts_as_trafficking && f.code.level_1() == f.code);
    Asked {
        name: "Vorm",
        categories: level_1
            .map(|f| (f.code.to_string(), f.label(Lang::Nl).to_owned()))
            .collect(),
        other: "ON",
        of: |row| row.form.clone(),
    }
}

fn sexes(desk: &Desk, on: Date) -> Asked {
    Asked {
        name: "Geslacht",
        categories: desk
            .vocabulary
            .sexes
            .valid_on(on)
            .map(|s| (s.code.to_string(), s.label(Lang::Nl).to_owned()))
            .collect(),
        other: "U",
        of: |row| row.sex.clone(),
    }
}

/// The reporters that the national registration names apart; all others together.
const REPORTERS: [&str; 5] = ["POL", "KMAR", "NLA", "ZCO", "FW"];
const OTHERS: &str = "overige";

fn reporters(desk: &Desk, on: Date) -> Asked {
    let kinds = &desk.vocabulary.organisation_kinds;
    let mut categories: Vec<(String, String)> = REPORTERS
        .iter()
        .map(|code| {
            let known = kinds.resolve(code, on);
            let label = known.map_or(*code, |k| k.label(Lang::Nl));
            ((*code).to_owned(), label.to_owned())
        })
        .collect();
    categories.push((OTHERS.to_owned(), "Overige melders".to_owned()));
    Asked {
        name: "Melder",
        categories,
        other: OTHERS,
        of: |row| row.reporter.clone(),
    }
}

fn months(first: Date, last: Date) -> Vec<(String, String)> {
    (first.month()..=last.month())
        .filter_map(|month| Date::new(first.year(), month, 1).ok())
        .map(|day| same(&label(day, Length::Month)))
        .collect()
}

fn labels(question: &Question, codes: &[Option<String>]) -> Vec<String> {
    let asked = question.dimensions.iter().zip(codes);
    asked
        .map(|(dimension, code)| match code {
            None => TOTAL.to_owned(),
            Some(code) => dimension
                .categories
                .iter()
                .find(|(known, _)| known == code)
                .map_or_else(|| code.clone(), |(_, label)| label.clone()),
        })
        .collect()
}
