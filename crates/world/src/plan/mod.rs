//! The action plan of the made-up country: six real lines, actions of which most are reconstructed, letters, and scenario S10.
//!
//! Statuses, dates and budgets are made up. Titles of lines and the letters of the past are as published (dossier Kamerstuk 28 638).

mod register;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calibration::Basis;
use crate::dice::{Aspect, Dice};
use crate::story::Code;
use register::{ACTIONS, LETTERS, LINES, Row};

/// The plan's register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Always true: statuses, dates and most actions are made up.
    pub made_up: bool,
    /// The six lines.
    pub lines: Vec<Line>,
    /// The 24 actions of the demonstration.
    pub actions: Vec<Action>,
    /// Letters to the Chamber so far, oldest first.
    pub letters: Vec<Document>,
    /// Who signs, first the signatory, then those on whose behalf too.
    pub signatories: Vec<Signatory>,
    /// The edition of scenario S10.
    pub letter: LetterScenario,
}

/// An action line (Kamerstuk 28638-251).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// 1 to 6.
    pub number: u8,
    /// Title.
    pub title: String,
    /// Goal.
    pub goal: String,
}

/// An action of the register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// Such as `3.b`.
    pub id: String,
    /// Line, 1 to 6.
    pub line: u8,
    /// Title.
    pub title: String,
    /// What is done.
    pub description: String,
    /// Intended goal.
    pub goal: String,
    /// Holding organisation's kind.
    pub holder: Code,
    /// Organisation kinds involved.
    pub involved: Vec<Code>,
    /// Exploitation forms; all of them when the whole field is meant.
    pub forms: Vec<Code>,
    /// `minor`, `adult` or both.
    pub ages: Vec<Code>,
    /// Result so far, made up.
    pub result: String,
    /// First day, made up.
    pub start: Date,
    /// Planned last day, made up.
    pub end: Date,
    /// `niet_gestart`, `loopt`, `vertraagd`, `afgerond`, `vervallen` or `structureel_geborgd`; made up.
    pub status: Code,
    /// Day of the last update, made up.
    pub status_date: Date,
    /// Euros, made up.
    pub budget_eur: u32,
    /// What is measured.
    pub indicators: Vec<String>,
    /// References.
    pub links: Vec<String>,
    /// Strategic goals, 1 to 3, as the line serves them.
    pub goals: Vec<u8>,
    /// The standing policy it is tied to, made up.
    pub policy: String,
    /// Police units in which it works; none: the whole country. Made up.
    pub regions: Vec<Code>,
    /// Milestones, a line each; made up.
    pub milestones: Vec<String>,
    /// What it is to do to a defined indicator, a line each; made up.
    pub measures: Vec<String>,
    /// Budget and spending per year, a line each; the budgets add up to `budget_eur`. Made up.
    pub money: Vec<String>,
    /// `V` when subject or problem is found in a published source, `R` when reconstructed.
    pub verified: Code,
    /// Earlier statuses with their days, oldest first; made up.
    pub history: Vec<StatusChange>,
}

/// A change of status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusChange {
    /// Day.
    pub day: Date,
    /// Status from that day.
    pub status: Code,
    /// Staff member who set it.
    pub by: Code,
}

/// A published document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Date.
    pub date: Date,
    /// What it is.
    pub title: String,
    /// Kamerstuk number, where known.
    pub reference: Option<String>,
    /// The number by which another document cites it wrongly.
    pub cited_as: Option<String>,
}

/// Somebody who signs, by office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// Office.
    pub office: String,
    /// Ministry's kind code.
    pub kind: Code,
    /// Signs; the others are named in "mede namens".
    pub signs: bool,
}

/// Scenario S10: a half-yearly letter with a mistake in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterScenario {
    /// Edition, such as `2026-1`.
    pub edition: String,
    /// Date of the letter: 1 July.
    pub date: Date,
    /// Actions whose holders did not report in time.
    pub overdue: Vec<String>,
    /// The letter before, by reference.
    pub previous: String,
    /// The mistake that an erratum must put right.
    pub mistake: String,
    /// A table by municipality that holds cells under ten.
    pub table: Vec<Cell>,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Municipality, CBS code.
    pub municipality: Code,
    /// Form.
    pub form: Code,
    /// Reports.
    pub count: u32,
}

/// The five actions without an update in S10.
const OVERDUE: [&str; 5] = ["1.c", "2.d", "3.d", "4.d", "6.b"];

/// The plan of a world that starts on this day.
pub(crate) fn plan(seed: u64, start: Date) -> Plan {
    let letter = letter(start);
    let mut dice = Dice::new(seed, Aspect::Static, 4);
    let actions = ACTIONS
        .iter()
        .map(|row| action(row, letter.date, &mut dice))
        .collect();
    let document = |&(date, title, reference, cited_as): &register::LetterRow| Document {
        date,
        title: title.to_owned(),
        reference: (!reference.is_empty()).then(|| format!("28638-{reference}")),
        cited_as: cited_as.map(|number| format!("28638-{number}")),
    };
    Plan {
        made_up: true,
        lines: LINES
            .iter()
            .map(|&(number, title, goal)| Line {
                number,
                title: title.to_owned(),
                goal: goal.to_owned(),
            })
            .collect(),
        actions,
        letters: LETTERS.iter().map(document).collect(),
        signatories: signatories(),
        letter,
    }
}

fn letter(start: Date) -> LetterScenario {
    let first = Date::new(start.year(), 7, 1).unwrap_or(start);
    // The letter looks back on at least four months of the world.
    let date = if first < start.saturating_add(120.days()) {
        first.saturating_add(1.years())
    } else {
        first
    };
    let cell = |(municipality, form, count): (&'static str, &'static str, u32)| Cell {
        municipality: municipality.into(),
        form: form.into(),
        count,
    };
    LetterScenario {
        edition: format!("{}-1", date.year()),
        date,
        overdue: OVERDUE.map(str::to_owned).to_vec(),
        previous: "28638-259".to_owned(),
        mistake: "De tekst bij actielijn 3 noemt 20 bijgewerkte acties; het zijn er 19 van 24."
            .to_owned(),
        table: [
            ("GM0363", "SU", 61),
            ("GM0363", "AU", 24),
            ("GM0518", "SU", 38),
            ("GM0518", "AU", 44),
            ("GM1783", "SU", 3),
            ("GM1783", "AU", 29),
            ("GM0599", "SU", 35),
            ("GM0599", "AU", 27),
        ]
        .map(cell)
        .to_vec(),
    }
}

fn signatories() -> Vec<Signatory> {
    let office = |office: &str, kind: &'static str, signs: bool| Signatory {
        office: office.to_owned(),
        kind: kind.into(),
        signs,
    };
    vec![
        office("De Minister van Justitie en Veiligheid", "JENV", true),
        office(
            "de Staatssecretaris van Volksgezondheid, Welzijn en Sport",
            "VWS",
            false,
        ),
        office(
            "de Minister van Sociale Zaken en Werkgelegenheid",
            "SZW",
            false,
        ),
        office("de Minister van Buitenlandse Zaken", "BZ", false),
        office("de Minister van Asiel en Migratie", "AenM", false),
    ]
}

fn action(row: &Row, letter: Date, dice: &mut Dice) -> Action {
    let overdue = OVERDUE.contains(&row.id);
    // Holders report in the two months before the letter; those overdue last did so for the edition before.
    let days = if overdue {
        dice.between(205, 330)
    } else {
        dice.between(5, 58)
    };
    let status_date = letter.saturating_sub(i64::from(days).days());
    let start = letter.saturating_sub(i64::from(dice.between(400, 900)).days());
    let end = if row.status == "afgerond" {
        status_date
    } else {
        letter.saturating_add(i64::from(dice.between(60, 700)).days())
    };
    let started = StatusChange {
        day: start,
        status: if row.status == "niet_gestart" {
            "niet_gestart"
        } else {
            "loopt"
        }
        .into(),
        by: row.account().into(),
    };
    let last = StatusChange {
        day: status_date,
        status: row.status.into(),
        by: row.account().into(),
    };
    let (marked, basis) = match row.basis {
        Basis::Sourced | Basis::Derived => ("Onderwerp geverifieerd; uitwerking bedacht", "V"),
        Basis::Reconstructed => ("Reconstructie voor de demonstratie", "R"),
    };
    let budget_eur = 25_000 * dice.between(1, 12) as u32;
    let done = row.status == "afgerond";
    let split = |list: &'static str| list.split_whitespace().map(Code::from).collect::<Vec<_>>();
    Action {
        id: row.id.to_owned(),
        line: row.line,
        title: row.title.to_owned(),
        description: format!("{marked}: {}", row.description),
        goal: row.goal.to_owned(),
        holder: row.holder.into(),
        involved: split(row.involved),
        forms: if row.forms == "AL" {
            split("SU AU CU BE OR DM GH IA DI")
        } else {
            split(row.forms)
        },
        ages: if row.line == 6 {
            split("minor")
        } else {
            split("minor adult")
        },
        result: if row.status == "niet_gestart" {
            String::new()
        } else {
            row.result.to_owned()
        },
        start,
        end,
        status: row.status.into(),
        status_date,
        budget_eur,
        goals: goals(row.line),
        policy: policy(row.line).to_owned(),
        regions: split(regions(row.id)),
        milestones: milestones(start, end, done.then_some(status_date)),
        measures: measure(row.line),
        money: money(start, letter, budget_eur),
        indicators: vec![row.measure.to_owned()],
        links: vec!["Kamerstuk 28638-251".to_owned()],
        verified: basis.into(),
        history: if row.status == "loopt" {
            vec![started]
        } else {
            vec![started, last]
        },
    }
}

/// The strategic goals that a line serves: prevent (1), signal and care (2), hinder offenders (3).
fn goals(line: u8) -> Vec<u8> {
    match line {
        1 => vec![1],
        2 => vec![1, 2],
        4 => vec![2, 3],
        5 => vec![2, 3],
        _ => vec![2],
    }
}

fn policy(line: u8) -> &'static str {
    match line {
        1 => "Voorlichting in het onderwijs en op het werk",
        2 => "Meldpunten van politie, Arbeidsinspectie en CoMensha",
        3 => "Opvang en zorg volgens de Wmo 2015",
        4 => "Ketenaanpak van gemeenten en RIEC's",
        5 => "Registratie bij CoMensha",
        _ => "Jeugdwet en Veilig Thuis",
    }
}

/// Pilots work in some units only.
fn regions(id: &str) -> &'static str {
    match id {
        "1.c" => "RE05 RE06 RE07",
        "3.d" => "RE01 RE02 RE03 RE04 RE05 RE06 RE07 RE08",
        "4.b" => "RE06 RE08 RE09",
        "6.a" => "RE05 RE07",
        _ => "",
    }
}

fn measure(line: u8) -> Vec<String> {
    match line {
        1 => vec!["comensha_reports omhoog".to_owned()],
        2 => vec!["police_reports omhoog".to_owned()],
        3 => vec!["time_to_place omlaag".to_owned()],
        4 => vec!["prosecution_suspects omhoog".to_owned()],
        5 => vec!["shares_followed_up omhoog".to_owned()],
        _ => vec!["minor_victims_by_year omhoog".to_owned()],
    }
}

fn milestones(start: Date, end: Date, done: Option<Date>) -> Vec<String> {
    let middle = start.saturating_add(240.days());
    let mut lines = vec![format!(
        "{middle} Plan van aanpak vastgesteld (bedacht) | bereikt {middle}"
    )];
    if end > middle {
        let reached = done.map_or_else(String::new, |day| format!(" | bereikt {day}"));
        lines.push(format!("{end} Resultaat overgedragen (bedacht){reached}"));
    }
    lines
}

/// The budget over the years that the action has run, the first ones rounded; of the years that are over, most is spent.
fn money(start: Date, letter: Date, budget: u32) -> Vec<String> {
    let (first, last) = (start.year(), letter.year().max(start.year()));
    let years = (first..=last).count().max(1) as u32;
    let each = budget / years;
    let mut lines = Vec::new();
    for year in first..=last {
        let euros = if year == last {
            budget - each * (years - 1)
        } else {
            each
        };
        lines.push(format!("{year} begroot {euros} | Bedachte begroting"));
        if year < last {
            lines.push(format!(
                "{year} besteed {} | Bedacht jaarverslag",
                euros / 10 * 9
            ));
        }
    }
    lines
}
