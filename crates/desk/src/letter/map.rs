//! From what the programme keeps to what the letter says: the one place where `domain` meets `letter::model`.

use std::collections::BTreeMap;

use domain::action::{Action, Line, Status};
use domain::code::FormCode;
use domain::edition::{
    Commitment, CommitmentKind, Cycle, Edition, Erratum, Highlight, LetterRef, Signatory, annex,
    overdue,
};
use domain::figure::{Counted, Figure};
use domain::ids::ActionId;
use domain::text::SafeText;
use domain::time::dutch_date;
use domain::vocabulary::{ActionLineCode, Lang, Vocabulary};
use jiff::civil::Date;
use letter::model;

use super::dated;
use super::note::paragraphs;
use crate::directory::Directory;
use crate::figures::{StoredFigure, counts_people};

/// What a letter is made of.
pub(super) struct Parts<'a> {
    pub edition: &'a Edition,
    pub register: &'a [Action],
    pub figures: &'a [StoredFigure],
    /// On which day something was sent about an action that was not accepted yet.
    pub sent: &'a BTreeMap<ActionId, Date>,
    pub directory: &'a Directory,
    pub vocabulary: &'a Vocabulary,
    pub made_up: bool,
    /// The day on which the register is read.
    pub as_of: Date,
}

/// The letter of an edition as things stand.
pub(super) fn letter_of(parts: &Parts<'_>) -> model::Letter {
    let Parts { edition, .. } = *parts;
    let content = edition.content();
    model::Letter {
        edition: edition.name.to_string(),
        made_up: parts.made_up,
        cycle: cycle(edition.cycle),
        head: head(edition),
        opening: content.opening.as_ref().map_or_else(Vec::new, paragraphs),
        programme: content.programme.as_ref().map_or_else(Vec::new, paragraphs),
        previous: content.previous.as_ref().and_then(previous),
        co_signatories: content.co_signatories.iter().map(signatory).collect(),
        reading_guide: content
            .reading_guide
            .as_ref()
            .map_or_else(Vec::new, paragraphs),
        lines: Line::ALL.into_iter().map(|l| line(parts, l)).collect(),
        subjects: content.other_subjects.iter().map(subject).collect(),
        commitments: content.commitments.iter().map(commitment).collect(),
        figures: parts
            .figures
            .iter()
            .map(|f| figure(f, parts.vocabulary))
            .collect(),
        annex: annex_of(parts),
        other_annexes: Vec::new(),
        errata: edition.errata().iter().map(erratum).collect(),
    }
}

fn cycle(cycle: Cycle) -> model::Cycle {
    match cycle {
        Cycle::Quarterly => model::Cycle::EveryMonths(3),
        Cycle::HalfYearly => model::Cycle::HalfYearly,
        Cycle::Yearly => model::Cycle::Yearly,
    }
}

/// The dossier in which all letters about the subject stand (Kamerstuk 28 638).
const DOSSIER: &str = "28 638";

fn head(edition: &Edition) -> model::Head {
    let content = edition.content();
    let own = |text: &Option<SafeText>, usual: &str| {
        text.as_ref()
            .map_or_else(|| usual.to_owned(), |t| t.as_str().to_owned())
    };
    let nobody = || model::Signatory {
        office: String::new(),
        name: None,
    };
    model::Head {
        dossier: DOSSIER.to_owned(),
        dossier_title: "Mensenhandel".to_owned(),
        number: None,
        subject: own(
            &content.subject,
            "Voortgang actieplan Samen tegen mensenhandel",
        ),
        signatory: content.signatory.as_ref().map_or_else(nobody, signatory),
        addressee: "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal".to_owned(),
        place: own(&content.place, "Den Haag"),
        date: dated(edition),
    }
}

/// The letter names an office without its article; editors often write it with one.
fn signatory(who: &Signatory) -> model::Signatory {
    let office = who.office.as_str();
    let bare = ["De ", "de ", "Het ", "het "]
        .iter()
        .find_map(|article| office.strip_prefix(article));
    let name = who.name.as_str();
    model::Signatory {
        office: bare.unwrap_or(office).to_owned(),
        name: (name != NO_NAME).then(|| name.to_owned()),
    }
}

/// What stands where an office signs without a name.
pub(super) const NO_NAME: &str = "–";

fn previous(letter: &LetterRef) -> Option<model::PreviousLetter> {
    Some(model::PreviousLetter {
        date: letter.date?,
        reference: reference(letter),
    })
}

fn reference(letter: &LetterRef) -> model::Reference {
    model::Reference {
        as_written: letter.as_written.as_str().to_owned(),
        resolved: letter.resolved.as_deref().and_then(kamerstuk),
    }
}

/// `28638-249` is number 249 of dossier 28 638.
pub(super) fn kamerstuk(resolved: &str) -> Option<model::Kamerstuk> {
    let (dossier, number) = resolved.trim().split_once('-')?;
    let dossier: String = dossier.split_whitespace().collect();
    let digits = dossier.bytes().all(|b| b.is_ascii_digit());
    let (thousands, rest) = dossier.split_at_checked(dossier.len().checked_sub(3)?)?;
    (digits && !thousands.is_empty()).then_some(())?;
    Some(model::Kamerstuk {
        dossier: format!("{thousands} {rest}"),
        number: number.trim().parse().ok()?,
    })
}

fn line(parts: &Parts<'_>, line: Line) -> model::Line {
    let number = line.number();
    let known = ActionLineCode::new(number.to_string())
        .ok()
        .and_then(|code| parts.vocabulary.action_lines.newest(&code));
    let highlights = parts.edition.highlights(line);
    model::Line {
        number,
        heading: known.map_or_else(|| line.title().nl, |l| l.label(Lang::Nl).to_owned()),
        goal: known.map_or_else(String::new, |l| {
            l.facts.goal.in_language(Lang::Nl).to_owned()
        }),
        highlights: highlights.flat_map(highlight).collect(),
    }
}

fn highlight(highlight: &Highlight) -> Vec<model::Paragraph> {
    paragraphs(&highlight.text)
}

/// The first line is the heading.
fn subject(text: &SafeText) -> model::Subject {
    let (heading, rest) = text
        .as_str()
        .split_once('\n')
        .unwrap_or((text.as_str(), ""));
    let rest = SafeText::optional("subject", rest, domain::text::LONGEST)
        .ok()
        .flatten();
    model::Subject {
        heading: heading.trim().to_owned(),
        paragraphs: rest.as_ref().map_or_else(Vec::new, paragraphs),
    }
}

fn commitment(commitment: &Commitment) -> model::Commitment {
    model::Commitment {
        kind: match commitment.kind {
            CommitmentKind::Motie => model::CommitmentKind::Motie,
            CommitmentKind::Toezegging => model::CommitmentKind::Toezegging,
        },
        text: commitment.text.as_str().to_owned(),
        reference: reference(&commitment.reference),
        closed_by: commitment.closed_by.as_str().to_owned(),
    }
}

/// A correction as the next rendering tells it.
pub(super) fn erratum(erratum: &Erratum) -> model::Erratum {
    model::Erratum {
        date: dutch_date(erratum.by.at),
        place: erratum.place.as_str().to_owned(),
        was: erratum.wrong.as_str().to_owned(),
        becomes: erratum.right.as_str().to_owned(),
        reason: erratum.reason.as_str().to_owned(),
    }
}

fn annex_of(parts: &Parts<'_>) -> model::Annex {
    let late = overdue(parts.register, &parts.edition.period);
    model::Annex {
        as_of: parts.as_of,
        actions: annex(parts.register)
            .iter()
            .map(|a| action(a, parts))
            .collect(),
        // The text speaks of the state above: only what stands above.
        overdue: late
            .into_iter()
            .filter(|a| a.status().in_annex())
            .map(|a| model::Overdue {
                number: a.plan.number.clone(),
                title: a.plan.title.as_str().to_owned(),
                last_update: a.last_told(),
                sent: parts
                    .sent
                    .get(&a.id)
                    .copied()
                    .filter(|day| *day >= parts.edition.period.from),
            })
            .collect(),
    }
}

fn action(action: &Action, parts: &Parts<'_>) -> model::Action {
    let plan = &action.plan;
    let name = |org| parts.directory.name(org).to_owned();
    let status_date = action
        .history()
        .iter()
        .rev()
        .take_while(|change| change.status == action.status())
        .last()
        .map_or(parts.as_of, |change| dutch_date(change.since()));
    model::Action {
        line: plan.line.number(),
        number: plan.number.clone(),
        title: plan.title.as_str().to_owned(),
        holder: name(plan.holder),
        involved: plan.involved.iter().map(|org| name(*org)).collect(),
        forms: forms(&plan.forms, parts.vocabulary),
        status: status(action.status()),
        status_date,
        intended_result: plan
            .intended_result
            .as_ref()
            .map_or_else(String::new, |t| t.as_str().to_owned()),
        end: plan.end,
    }
}

fn status(status: Status) -> model::Status {
    match status {
        Status::NietGestart => model::Status::NietGestart,
        Status::Loopt => model::Status::Loopt,
        Status::Vertraagd => model::Status::Vertraagd,
        Status::Afgerond => model::Status::Afgerond,
        Status::Vervallen => model::Status::Vervallen,
        Status::StructureelGeborgd => model::Status::StructureelGeborgd,
    }
}

fn forms(forms: &[FormCode], vocabulary: &Vocabulary) -> Vec<String> {
    if forms.is_empty() {
        return vec!["alle vormen".to_owned()];
    }
    forms
        .iter()
        .map(|code| form(code.as_str(), vocabulary))
        .collect()
}

/// A form's name, as it stands in the middle of a sentence; the code itself when the vocabulary has none.
fn form(code: &str, vocabulary: &Vocabulary) -> String {
    let known = FormCode::new(code)
        .ok()
        .and_then(|code| vocabulary.forms.newest(&code));
    let Some(known) = known else {
        return code.to_owned();
    };
    let mut letters = known.label(Lang::Nl).chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// A figure as a table: the last dimension makes the columns, the others the rows. One dimension: one column, the unit.
pub(super) fn figure(stored: &StoredFigure, vocabulary: &Vocabulary) -> model::Figure {
    let figure = &stored.figure;
    let table = Grid::of(stored);
    let word = |dimension: usize, label: &str| {
        let name = figure.dimensions.get(dimension).map_or("", String::as_str);
        words(name, label, vocabulary)
    };
    let last = table.split;
    let columns = table.columns.iter().map(|label| match label {
        Some(label) => word(last, label),
        None => figure.unit.clone(),
    });
    let rows = table.rows.iter().map(|labels| {
        let named: Vec<String> = labels
            .iter()
            .enumerate()
            .map(|(at, label)| word(at, label))
            .collect();
        let cells = table
            .columns
            .iter()
            .map(|column| table.cell(labels, column.as_deref()));
        model::Row {
            total: !labels.is_empty() && labels.iter().any(|l| is_total(l)),
            ..model::Row::new(named.join(", "), cells.collect())
        }
    });
    let whole = model::Figure {
        id: figure.id.to_string(),
        title: figure.title.nl.clone(),
        definition: figure.definition.nl.clone(),
        unit: unit(figure),
        source: format!(
            "{}, {}",
            figure.source.name.as_str(),
            figure.source.reference.as_str()
        ),
        reference_date: Some(figure.reference_date),
        row_label: row_label(figure, last),
        columns: columns.collect(),
        rows: rows.collect(),
        picture: None,
    };
    super::picture::with_picture(whole)
}

fn row_label(figure: &Figure, split: usize) -> String {
    let names: Vec<String> = figure
        .dimensions
        .iter()
        .take(split)
        .map(|name| dimension(name).to_owned())
        .collect();
    if names.is_empty() {
        "Onderwerp".to_owned()
    } else {
        names.join(", ")
    }
}

/// Names of dimensions that engines and files write as codes.
fn dimension(name: &str) -> &str {
    match name {
        "form" | "forms" => "Vorm",
        "sex" => "Geslacht",
        "age" | "age_band" => "Leeftijd",
        "region" => "Regio",
        "municipality" => "Gemeente",
        "year" => "Jaar",
        "month" => "Maand",
        "origin" => "Herkomst",
        "reporter" => "Melder",
        other => other,
    }
}

/// The unit that the letter's own check works with; the two counts that never mix keep their names.
fn unit(figure: &Figure) -> model::Unit {
    match figure.counted {
        Counted::Aanmeldingen => model::Unit::Aanmeldingen,
        Counted::Slachtoffers => model::Unit::Slachtoffers,
        counted if counts_people(counted) => model::Unit::Persons(figure.unit.clone()),
        _ => model::Unit::Other(figure.unit.clone()),
    }
}

fn words(dimension: &str, label: &str, vocabulary: &Vocabulary) -> String {
    use domain::vocabulary as v;
    let found = |entry: Option<String>| entry.unwrap_or_else(|| label.to_owned());
    match dimension {
        "form" | "forms" => found(
            v::FormCode::new(label)
                .ok()
                .and_then(|c| vocabulary.forms.newest(&c))
                .map(|e| e.label(Lang::Nl).to_owned()),
        ),
        "sex" => found(
            v::SexCode::new(label)
                .ok()
                .and_then(|c| vocabulary.sexes.newest(&c))
                .map(|e| e.label(Lang::Nl).to_owned()),
        ),
        "region" => found(
            v::RegionCode::new(label)
                .ok()
                .and_then(|c| vocabulary.regions.newest(&c))
                .map(|e| e.label(Lang::Nl).to_owned()),
        ),
        "municipality" => found(
            v::MunicipalityCode::new(label)
                .ok()
                .and_then(|c| vocabulary.municipalities.newest(&c))
                .map(|e| e.label(Lang::Nl).to_owned()),
        ),
        _ => label.to_owned(),
    }
}

/// A total, as tables write it.
fn is_total(label: &str) -> bool {
    ["totaal", "total"].contains(&label.to_lowercase().as_str())
}

/// Whether the labels of the first dimension are read in the order of their signs: times and ages.
fn in_order(dimensions: &[String]) -> bool {
    let first = dimensions.first().map(|name| dimension(name));
    matches!(first, Some("Jaar" | "Maand" | "Leeftijd"))
}

/// The labels of a figure spread over rows and columns.
struct Grid<'a> {
    stored: &'a StoredFigure,
    /// The dimension that makes the columns; all before it make the rows.
    split: usize,
    rows: Vec<Vec<String>>,
    columns: Vec<Option<String>>,
}

impl<'a> Grid<'a> {
    fn of(stored: &'a StoredFigure) -> Self {
        let dimensions = stored.figure.dimensions.len();
        let split = if dimensions < 2 {
            dimensions
        } else {
            dimensions - 1
        };
        let mut grid = Self {
            stored,
            split,
            rows: Vec::new(),
            columns: Vec::new(),
        };
        let shown = stored.figure.cells.iter().map(|cell| &cell.labels);
        for labels in shown.chain(&stored.hidden) {
            let row: Vec<String> = labels.iter().take(split).cloned().collect();
            let column = labels.get(split).cloned();
            if !grid.rows.contains(&row) {
                grid.rows.push(row);
            }
            if !grid.columns.contains(&column) {
                grid.columns.push(column);
            }
        }
        if split == 1 && in_order(&stored.figure.dimensions) {
            grid.rows.sort();
        }
        // Hidden cells come last in the list; a table reads from its parts to its total.
        grid.rows.sort_by_key(|row| row.iter().any(|l| is_total(l)));
        grid.columns
            .sort_by_key(|c| c.as_deref().is_some_and(is_total));
        grid
    }

    fn cell(&self, row: &[String], column: Option<&str>) -> model::Cell {
        let is_here = |labels: &[String]| {
            labels.get(..row.len()) == Some(row)
                && labels.get(row.len()).map(String::as_str) == column
        };
        let shown = &self.stored.figure.cells;
        match shown.iter().find(|cell| is_here(&cell.labels)) {
            Some(cell) => model::Cell::Value(cell.value),
            None if self.stored.hidden.iter().any(|labels| is_here(labels)) => {
                model::Cell::Suppressed
            }
            None => model::Cell::Text("–".to_owned()),
        }
    }
}
