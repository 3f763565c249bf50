//! Protected figures of the registrations, for the programme.
//!
//! Every report counts once: a registration with what is known, a count without identity as "unknown". Each table
//! therefore counts the same reports, and all have the same total. Only periods that are over are counted, so that no
//! figure changes because one more person came. A table whose total itself must be hidden is withheld whole: another
//! table would give its total away.

use ::figures::period::{Length, label};
use ::figures::{About, Dimension, Protected, Protection, Status, Table, protect};
use domain::Bilingual;
use domain::SafeText;
use domain::age::AgeInYears;
use domain::figure::{Cell, Counted, Figure, Source};
use domain::ids::{DisclosureId, FigureId};
use domain::person::Sex;
use domain::time::dutch_date;
use domain::vocabulary::Lang;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use vault::{Change, Store};

use super::{COUNTED, REGISTERED, StoredCount, StoredRegistration};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::{Disclosure, Payload, ProtectedFigures};
use crate::error::{DeskError, Result};

/// Cells below this are hidden.
pub const THRESHOLD: u64 = 10;

pub use domain::figure::TOTAL;

/// A table that was not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Which.
    pub title: Bilingual,
    /// Why.
    pub why: Bilingual,
}

/// What came of making the figures of a year.
#[derive(Debug, Clone)]
pub struct Made {
    /// First day and last day that were counted.
    pub period: (Date, Date),
    /// Figures that went to the programme.
    pub sent: Vec<Figure>,
    /// Tables that did not.
    pub withheld: Vec<Withheld>,
}

/// One report, as the tables count it.
struct Row {
    form: String,
    sex: String,
    age: &'static str,
    reporter: String,
    day: Date,
}

/// Makes the protected tables of a year and sends them to the programme: form by sex, age band, reporter, month.
pub async fn figures(desk: &Desk, actor: &Actor, now: Timestamp, year: i16) -> Result<Made> {
    let permit = permit(actor, UseCase::PublishFigures)?;
    let (first, last) = period(desk, dutch_date(now), year)?;
    let rows = rows(desk, first, last).await?;
    let mut made = Made {
        period: (first, last),
        sent: Vec::new(),
        withheld: Vec::new(),
    };
    let mut change = Change::new(permit.context(now));
    for question in questions(desk, first, last) {
        let title = question.title.clone();
        match publish(desk, now, question, &rows, last)? {
            Some(protected) => {
                change = send(desk, &permit, now, &protected)?.send(change)?;
                made.sent.push(protected.figure);
            }
            None => made.withheld.push(Withheld {
                title,
                why: Bilingual::new(
                    "Het totaal is te klein, of zou een klein getal verraden.",
                    "The total is too small, or would give a small number away.",
                ),
            }),
        }
    }
    if !change.is_empty() {
        desk.vault.apply(Store::K2, change).await?;
    }
    Ok(made)
}

/// The part of the year that is over, in whole reporting cycles.
fn period(desk: &Desk, today: Date, year: i16) -> Result<(Date, Date)> {
    let length = match desk.settings.letter_cycle_months {
        12 => Length::Year,
        6 => Length::HalfYear,
        3 => Length::Quarter,
        _ => Length::Month,
    };
    let first = Date::new(year, 1, 1).map_err(|e| DeskError::field("year", "year", e))?;
    ::figures::period::count_closed([], length, first, today)
        .into_iter()
        .rfind(|p| p.last.year() == year)
        .map(|p| (first, p.last))
        .ok_or_else(|| {
            DeskError::rule(
                "figures-period",
                format!("no reporting period of {year} is over yet: figures of a running period change with every person"),
            )
        })
}

async fn rows(desk: &Desk, first: Date, last: Date) -> Result<Vec<Row>> {
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

const BANDS: [&str; 7] = [
    "0-11", "12-17", "18-22", "23-29", "30-44", "45+", "onbekend",
];

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
struct Question {
    title: Bilingual,
    dimensions: Vec<Asked>,
}

struct Asked {
    name: &'static str,
    /// Code and label, in order.
    categories: Vec<(String, String)>,
    /// Where a value goes that is no category of the day, such as a form that the law named later.
    other: &'static str,
    of: fn(&Row) -> String,
}

impl Asked {
    fn value(&self, row: &Row) -> String {
        let value = (self.of)(row);
        match self.categories.iter().any(|(code, _)| *code == value) {
            true => value,
            false => self.other.to_owned(),
        }
    }
}

fn questions(desk: &Desk, first: Date, last: Date) -> Vec<Question> {
    let title = |nl: &str, en: &str| {
        let years = first.year();
        Bilingual::new(format!("{nl}, {years}"), format!("{en}, {years}"))
    };
    vec![
        Question {
            title: title(
                "Aanmeldingen naar vorm en geslacht",
                "Reports by form and sex",
            ),
            dimensions: vec![forms(desk, last), sexes(desk, last)],
        },
        Question {
            title: title("Aanmeldingen naar leeftijd", "Reports by age"),
            dimensions: vec![Asked {
                name: "Leeftijd",
                categories: BANDS.iter().map(|b| same(b)).collect(),
                other: BANDS[6],
                of: |row| row.age.to_owned(),
            }],
        },
        Question {
            title: title(
                "Aanmeldingen naar soort melder",
                "Reports by kind of reporter",
            ),
            dimensions: vec![reporters(desk, last)],
        },
        Question {
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

fn publish(
    desk: &Desk,
    now: Timestamp,
    question: Question,
    rows: &[Row],
    last: Date,
) -> Result<Option<ProtectedFigures>> {
    let about = About {
        title: question.title.nl.clone(),
        definition: DEFINITION_NL.to_owned(),
        unit: UNIT.to_owned(),
        source: SOURCE.to_owned(),
        reference_date: last,
    };
    let dimensions = question
        .dimensions
        .iter()
        .map(|d| Dimension::new(d.name, d.categories.iter().map(|(code, _)| code.clone())))
        .collect();
    let records = rows.iter().map(|row| {
        let values = question.dimensions.iter().map(|d| d.value(row));
        values.collect::<Vec<String>>()
    });
    let table = Table::count(about, dimensions, records)
        .map_err(|e| DeskError::rule("figures-table", e))?;
    let protection = Protection {
        threshold: THRESHOLD,
        ..Protection::default()
    };
    let protected = protect(&table, protection);
    let Some(total) = protected.records() else {
        return Ok(None);
    };
    let figure = figure(desk, now, &question, &protected, total, last)?;
    let hidden = protected
        .rows()
        .filter(|row| row.status == Status::Hidden)
        .map(|row| labels(&question, &row.categories))
        .collect();
    Ok(Some(ProtectedFigures { figure, hidden }))
}

const UNIT: &str = "aanmeldingen";
const SOURCE: &str = "Registratie van mogelijke slachtoffers (CoMensha)";
const DEFINITION_NL: &str = "Aanmeldingen van mogelijke slachtoffers bij de landelijke registratie, in perioden die voorbij zijn. Een aanmelding is geen persoon: wie twee keer is aangemeld, telt twee keer. Wie geen toestemming gaf, telt mee zonder kenmerken. Kleine getallen zijn weggelaten, en andere getallen waarmee een klein getal te berekenen is.";
const DEFINITION_EN: &str = "Reports of possible victims to the national registration, in periods that are over. A report is not a person: who was reported twice counts twice. Who gave no consent counts without characteristics. Small numbers are left out, and so are other numbers from which a small number could be computed.";

fn figure(
    desk: &Desk,
    now: Timestamp,
    question: &Question,
    protected: &Protected,
    total: u64,
    last: Date,
) -> Result<Figure> {
    let text = |words: &str| {
        SafeText::new("source", words, 500).map_err(|e| DeskError::Setup(e.to_string()))
    };
    let cells = protected.rows().filter_map(|row| {
        Some(Cell {
            labels: labels(question, &row.categories),
            value: row.count?,
        })
    });
    let figure = Figure {
        id: FigureId::new(desk.vault.new_id(now)),
        title: question.title.clone(),
        counted: Counted::Aanmeldingen,
        definition: Bilingual::new(DEFINITION_NL, DEFINITION_EN),
        unit: UNIT.to_owned(),
        source: Source {
            name: text(SOURCE)?,
            reference: text(
                "registration.figures: registraties en anonieme tellingen, drempel 10",
            )?,
            made_up: desk.settings.made_up,
        },
        reference_date: last,
        row_count: total,
        dimensions: question
            .dimensions
            .iter()
            .map(|d| d.name.to_owned())
            .collect(),
        cells: cells.collect(),
        measure: None,
    };
    figure
        .check()
        .map_err(|e| DeskError::Setup(format!("figure: {e}")))?;
    Ok(figure)
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

fn send(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    protected: &ProtectedFigures,
) -> Result<Disclosure> {
    Ok(Disclosure {
        id: DisclosureId::new(desk.vault.new_id(now)),
        from: Store::K2,
        to: Store::K7,
        org: None,
        by: Some(permit.actor.by(now)?),
        at: now,
        purpose: permit.rule.purpose.to_owned(),
        ground: permit.rule.ground.to_owned(),
        consent: None,
        thread: None,
        subject: None,
        payload: Payload::Figures(Box::new(protected.clone())),
    })
}
