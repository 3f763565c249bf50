//! Protected figures of the registrations, for the programme.
//!
//! Every report counts once: a registration with what is known, a count without identity as "unknown". Each table
//! therefore counts the same reports, and all have the same total. Only periods that are over are counted, so that no
//! figure changes because one more person came. What was told before counts as known (`figures::ledger`): the year beside its
//! first half, and a period that is counted again beside its first count.

use ::figures::ledger::{self, Cell as Weighed, Span, TableRelease, Withheld as Why};
use ::figures::period::Length;
use ::figures::{About, Dimension, Table};
use domain::Bilingual;
use domain::SafeText;
use domain::figure::{Cell, Counted, Figure, Source};
use domain::ids::{DisclosureId, FigureId};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::questions::{Question, Row, questions, rows};
use super::releases::{Ledger, Release};
use super::rows::total;
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::{Beside, Disclosure, Payload, ProtectedFigures, Standing};
use crate::error::{DeskError, Result};

/// Cells below this are hidden.
pub const THRESHOLD: u64 = 10;

/// A table that was not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Which.
    pub title: Bilingual,
    /// Why.
    pub why: Why,
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
    /// Why nothing at all was published, when nothing was.
    pub nothing: Option<Why>,
    /// The day on which these figures were published before: they stand, and nothing was counted again.
    pub before: Option<Date>,
}

/// Whether a period that was published may be counted again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// What was published stands.
    No,
    /// As a revision: a number is told again only where it changed by at least the threshold.
    Revise,
}

/// Makes the protected tables of a year and sends them to the programme: form by sex, age band, reporter, month.
///
/// # Errors
/// [`DeskError::Rule`] `figures-period` when nothing of the year is over; [`DeskError::Conflict`] when somebody published at the same time.
pub async fn figures(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    year: i16,
    again: Again,
) -> Result<Made> {
    let permit = permit(actor, UseCase::PublishFigures)?;
    let (first, last) = period(desk, dutch_date(now), year)?;
    let span = Span { first, last };
    let mut made = Made {
        period: (first, last),
        sent: Vec::new(),
        withheld: Vec::new(),
        nothing: None,
        before: None,
    };
    let mut ledger = Ledger::of(desk, year).await?;
    if again == Again::No
        && let Some((_, before)) = ledger.over(span)
    {
        made.before = Some(before.day());
        return Ok(made);
    }
    let past = ledger.past();
    let rows = rows(desk, first, last).await?;
    let questions = questions(desk, span, &past);
    let offered = questions
        .iter()
        .map(|question| Ok(question.offered(table(question, &rows, last)?)))
        .collect::<Result<Vec<_>>>()?;
    let change = Change::new(permit.context(now));
    let mut release = Release {
        by: permit.actor.by(now)?,
        withheld: None,
        tables: Vec::new(),
        told: ledger::Told {
            span,
            tables: Vec::new(),
        },
    };
    // The total is told beside the numbers of records behind the indicators too.
    let weighed = ledger::release(span, &offered, &past, THRESHOLD)
        .and_then(|weighed| Ok((weighed, total(&ledger, span, counts(&rows))?)));
    let change = match weighed {
        Err(why) => {
            made.nothing = Some(why);
            release.withheld = Some(why);
            change
        }
        Ok((weighed, behind)) => {
            let telling = Telling {
                now,
                records: weighed.records,
                standing: standing(&ledger, span),
                last,
            };
            let all: Vec<(&Question, &TableRelease)> =
                questions.iter().zip(&weighed.tables).collect();
            let change = telling.send_all(desk, &permit, change, &all, &mut made)?;
            let why = |table: &TableRelease| table.cells.as_ref().err().copied();
            let tables = all
                .iter()
                .map(|(question, table)| (question.key.to_owned(), why(table)));
            release.tables = tables.collect();
            release.told = weighed.told;
            ledger.year.rows.push(behind);
            change
        }
    };
    let change = ledger.keep(change, release)?;
    desk.vault.apply(Store::K2, change).await?;
    Ok(made)
}

/// How many are of known age, have an identity, are there at all.
fn counts(rows: &[Row]) -> [u64; 3] {
    let of = |has: fn(&Row) -> bool| rows.iter().filter(|row| has(row)).count() as u64;
    [
        of(|row| row.is_adult.is_some()),
        of(|row| row.has_identity),
        of(|_| true),
    ]
}

/// Beside which earlier releases a new one was weighed, and the number of its revision.
fn standing(ledger: &Ledger, span: Span) -> Standing {
    let told = ledger.year.releases.iter().filter(|one| one.was_told());
    Standing {
        kept: Vec::new(),
        beside: told
            .map(|one| Beside {
                from: one.told.span.first,
                until: one.told.span.last,
                on: one.day(),
            })
            .collect(),
        revision: u16::try_from(ledger.over(span).map_or(0, |(n, _)| n)).unwrap_or(u16::MAX),
    }
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

fn table(question: &Question, rows: &[Row], last: Date) -> Result<Table> {
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
    Table::count(about, dimensions, records).map_err(|e| DeskError::rule("figures-table", e))
}

/// What all tables of a release have in common.
struct Telling {
    now: Timestamp,
    records: u64,
    standing: Standing,
    last: Date,
}

impl Telling {
    fn send_all(
        &self,
        desk: &Desk,
        permit: &Permit,
        mut change: Change,
        tables: &[(&Question, &TableRelease)],
        made: &mut Made,
    ) -> Result<Change> {
        for (question, table) in tables {
            match &table.cells {
                Ok(cells) => {
                    let protected = self.protected(desk, question, cells)?;
                    change = send(desk, permit, self.now, &protected)?.send(change)?;
                    made.sent.push(protected.figure);
                }
                Err(why) => made.withheld.push(Withheld {
                    title: question.title.clone(),
                    why: *why,
                }),
            }
        }
        Ok(change)
    }

    /// The figure of a weighed table.
    fn protected(
        &self,
        desk: &Desk,
        question: &Question,
        cells: &[(Vec<Option<String>>, Weighed)],
    ) -> Result<ProtectedFigures> {
        let (mut shown, mut hidden, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        for (codes, cell) in cells {
            let labels = question.labels(codes);
            let value = match cell {
                Weighed::Hidden => {
                    hidden.push(labels);
                    continue;
                }
                Weighed::Shown(value) => *value,
                Weighed::Kept(value) => {
                    kept.push(labels.clone());
                    *value
                }
                Weighed::Impossible => 0,
            };
            shown.push(Cell { labels, value });
        }
        Ok(ProtectedFigures {
            figure: self.figure(desk, question, shown)?,
            hidden,
            told: Standing {
                kept,
                ..self.standing.clone()
            },
        })
    }

    fn figure(&self, desk: &Desk, question: &Question, cells: Vec<Cell>) -> Result<Figure> {
        let text = |words: &str| {
            SafeText::new("source", words, 500).map_err(|e| DeskError::Setup(e.to_string()))
        };
        let figure = Figure {
            id: FigureId::new(desk.vault.new_id(self.now)),
            title: title(question, &self.standing, self.last),
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
            reference_date: self.last,
            row_count: Some(self.records),
            dimensions: question
                .dimensions
                .iter()
                .map(|d| d.name.to_owned())
                .collect(),
            cells,
            measure: None,
        };
        figure
            .check()
            .map_err(|e| DeskError::Setup(format!("figure: {e}")))?;
        Ok(figure)
    }
}

const UNIT: &str = "aanmeldingen";
const SOURCE: &str = "Registratie van mogelijke slachtoffers (CoMensha)";
const DEFINITION_NL: &str = "Aanmeldingen van mogelijke slachtoffers bij de landelijke registratie, in perioden die voorbij zijn. Een aanmelding is geen persoon: wie twee keer is aangemeld, telt twee keer. Wie geen toestemming gaf, telt mee zonder kenmerken. Kleine getallen zijn weggelaten, en andere getallen waarmee een klein getal te berekenen is, ook naast eerdere cijfers over hetzelfde jaar. Een getal dat sinds een eerdere telling weinig veranderde, staat er zoals het toen was.";
const DEFINITION_EN: &str = "Reports of possible victims to the national registration, in periods that are over. A report is not a person: who was reported twice counts twice. Who gave no consent counts without characteristics. Small numbers are left out, and so are other numbers from which a small number could be computed, also beside earlier figures of the same year. A number that changed little since an earlier count stands as it was then.";

/// A part of a year and a revision say so in the title: two tables of one name would be taken for one.
fn title(question: &Question, told: &Standing, last: Date) -> Bilingual {
    let (mut nl, mut en) = (question.title.nl.clone(), question.title.en.clone());
    if last.month() < 12 {
        let months = last.month();
        nl.push_str(&format!(" (tot en met maand {months})"));
        en.push_str(&format!(" (up to month {months})"));
    }
    if told.revision > 0 {
        nl.push_str(&format!(", herziening {}", told.revision));
        en.push_str(&format!(", revision {}", told.revision));
    }
    Bilingual::new(nl, en)
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
