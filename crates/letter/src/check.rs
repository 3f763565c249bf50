//! What a letter may not hold. Every fault names its place.

use crate::model::{Action, Annex, Cell, Figure, Letter, PictureKind, Row, Status, UnitKind};
use crate::phrases::Lang;
use crate::places::{Place, each_text};
use crate::svg::{MAX_SERIES, drawable};
use std::collections::BTreeSet;

/// Numbers of people below this are never printed, 0 aside.
pub const SMALL_CELL: u64 = 10;

/// Something that must be mended before the letter can be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A required text is empty.
    #[error("{0}: is empty")]
    Empty(Place),
    /// The letter has no action lines.
    #[error("{0}: there are no action lines")]
    NoLines(Place),
    /// Two things have the same number or id.
    #[error("{0}: occurs twice")]
    Twice(Place),
    /// The word `tweejaarlijks` normally means every two years; the promise is twice a year.
    #[error("{0}: says `tweejaarlijks`, which means every two years; write `twee keer per jaar`")]
    Ambiguous(Place),
    /// Annex 1 takes running, late and finished actions only.
    #[error("{place}: status `{}` does not belong in annex 1; only loopt, vertraagd and afgerond do", .status.code())]
    NotReported {
        /// The action.
        place: Place,
        /// The status it has.
        status: Status,
    },
    /// An action belongs to a line that the letter does not have.
    #[error("{place}: there is no action line {line}")]
    UnknownLine {
        /// The action.
        place: Place,
        /// The line it names.
        line: u8,
    },
    /// A figure without its source.
    #[error("{0}: a figure needs its source")]
    NoSource(Place),
    /// A figure without the day at which it was true.
    #[error("{0}: a figure needs its reference date")]
    NoDate(Place),
    /// Reports and victims in one series.
    #[error("{0}: aanmeldingen and slachtoffers may not stand in one series")]
    MixedCounts(Place),
    /// A row counts another thing than its figure.
    #[error("{0}: counts something else than its figure")]
    OtherUnit(Place),
    /// A row has too few or too many cells.
    #[error("{place}: has {cells} cells where the figure has {columns} columns")]
    Ragged {
        /// The row.
        place: Place,
        /// Cells in the row.
        cells: usize,
        /// Columns in the figure.
        columns: usize,
    },
    /// A number of people under ten, that should have been suppressed.
    #[error("{0}: a number of people under ten must be suppressed")]
    SmallCell(Place),
    /// One single suppressed cell beside a printed total: the number can be computed.
    #[error("{0}: the one suppressed cell can be computed from the total")]
    Recoverable(Place),
    /// A picture that can't be drawn from its table.
    #[error(
        "{0}: a picture needs at least two rows (a map: names of police units) and at most {MAX_SERIES} columns with numbers"
    )]
    NoPicture(Place),
}

/// All faults of a letter, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the letter has {} faults; the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
pub struct Faults(pub Vec<Fault>);

impl Fault {
    /// Where it is.
    #[must_use]
    pub fn place(&self) -> &Place {
        match self {
            Self::Empty(place)
            | Self::NoLines(place)
            | Self::Twice(place)
            | Self::Ambiguous(place)
            | Self::NotReported { place, .. }
            | Self::UnknownLine { place, .. }
            | Self::NoSource(place)
            | Self::NoDate(place)
            | Self::MixedCounts(place)
            | Self::OtherUnit(place)
            | Self::Ragged { place, .. }
            | Self::SmallCell(place)
            | Self::Recoverable(place)
            | Self::NoPicture(place) => place,
        }
    }

    /// What is wrong and what to do, for the editor.
    #[must_use]
    pub fn explain(&self, lang: Lang) -> &'static str {
        let (nl, en) = match self {
            Self::Empty(_) => (
                "Dit veld is leeg. Vul het in.",
                "This field is empty. Fill it in.",
            ),
            Self::NoLines(_) => (
                "De brief heeft geen actielijnen. Kies het plan waarover de brief gaat.",
                "The letter has no action lines. Choose the plan it is about.",
            ),
            Self::Twice(_) => (
                "Dit nummer komt twee keer voor. Haal er een weg of geef een ander nummer.",
                "This number occurs twice. Remove one or give it another number.",
            ),
            Self::Ambiguous(_) => (
                "Het woord dat hier staat betekent: eens in de twee jaar. Schrijf: twee keer per jaar.",
                "The word used here means once every two years. Write: twice a year.",
            ),
            Self::NotReported { .. } => (
                "In bijlage 1 staan alleen acties die lopen, vertraagd zijn of afgerond zijn. Haal deze actie weg.",
                "Annex 1 holds only actions that run, are late or are finished. Remove this action.",
            ),
            Self::UnknownLine { .. } => (
                "Deze actie hoort bij een actielijn die niet in de brief staat.",
                "This action belongs to an action line that the letter does not have.",
            ),
            Self::NoSource(_) => (
                "Geef de bron van dit cijfer.",
                "Give the source of this figure.",
            ),
            Self::NoDate(_) => (
                "Geef de datum waarop dit cijfer klopte.",
                "Give the date at which this figure was true.",
            ),
            Self::MixedCounts(_) => (
                "Aanmeldingen en slachtoffers zijn twee verschillende tellingen. Maak er twee cijfers van.",
                "Reports and victims are two different counts. Make two figures of them.",
            ),
            Self::OtherUnit(_) => (
                "Deze rij telt iets anders dan de rest van het cijfer. Maak er een eigen cijfer van.",
                "This row counts something else than its figure. Make it a figure of its own.",
            ),
            Self::Ragged { .. } => (
                "Deze rij heeft meer of minder vakken dan er kolommen zijn.",
                "This row has more or fewer cells than there are columns.",
            ),
            Self::SmallCell(_) => (
                "Dit getal over mensen is kleiner dan tien. Scherm het af.",
                "This number of people is under ten. Suppress it.",
            ),
            Self::Recoverable(_) => (
                "Met het totaal is dit afgeschermde getal uit te rekenen. Scherm nog een getal af.",
                "The suppressed number can be computed from the total. Suppress one more.",
            ),
            Self::NoPicture(_) => (
                "Dit cijfer is zo niet te tekenen. Haal de tekening weg of pas de tabel aan.",
                "This figure can't be drawn like this. Remove the picture or change the table.",
            ),
        };
        match lang {
            Lang::Nl => nl,
            Lang::En => en,
        }
    }
}

/// Checks a letter before it is frozen or sent.
///
/// # Errors
/// All faults found, each with its place.
pub fn check(letter: &Letter) -> Result<(), Faults> {
    let mut faults = Vec::new();
    required(letter, &mut faults);
    each_text(letter, |place, text| {
        if is_ambiguous(text) {
            faults.push(Fault::Ambiguous(place));
        }
    });
    lines(letter, &mut faults);
    let mut ids = BTreeSet::new();
    for figure in &letter.figures {
        if !ids.insert(&figure.id) {
            faults.push(Fault::Twice(Place::figure(figure, "id")));
        }
        check_figure(figure, &mut faults);
    }
    check_annex(letter, &letter.annex, &mut faults);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Faults(faults))
    }
}

/// Also when the word was broken by a hyphen or a character that can't be seen.
fn is_ambiguous(text: &str) -> bool {
    let hidden = [
        '-', '\u{ad}', '\u{2010}', '\u{2011}', '\u{200c}', '\u{200d}',
    ];
    let plain: String = crate::clean(text)
        .chars()
        .filter(|c| !hidden.contains(c))
        .collect();
    plain.to_lowercase().contains("tweejaarlijks")
}

fn required(letter: &Letter, faults: &mut Vec<Fault>) {
    let head = &letter.head;
    let fields = [
        ("edition", &letter.edition),
        ("head/dossier", &head.dossier),
        ("head/dossier_title", &head.dossier_title),
        ("head/subject", &head.subject),
        ("head/signatory/office", &head.signatory.office),
        ("head/addressee", &head.addressee),
        ("head/place", &head.place),
    ];
    for (path, text) in fields {
        if crate::clean(text).is_empty() {
            faults.push(Fault::Empty(Place::new(path)));
        }
    }
    if letter.opening.is_empty() {
        faults.push(Fault::Empty(Place::new("opening")));
    }
}

fn lines(letter: &Letter, faults: &mut Vec<Fault>) {
    if letter.lines.is_empty() {
        faults.push(Fault::NoLines(Place::new("lines")));
    }
    let mut seen = BTreeSet::new();
    for line in &letter.lines {
        if !seen.insert(line.number) {
            faults.push(Fault::Twice(Place::new(format!("lines/{}", line.number))));
        }
        if crate::clean(&line.heading).is_empty() {
            faults.push(Fault::Empty(Place::new(format!(
                "lines/{}/heading",
                line.number
            ))));
        }
    }
}

fn check_figure(figure: &Figure, faults: &mut Vec<Fault>) {
    for (field, text) in [
        ("title", &figure.title),
        ("definition", &figure.definition),
        ("row_label", &figure.row_label),
    ] {
        if crate::clean(text).is_empty() {
            faults.push(Fault::Empty(Place::figure(figure, field)));
        }
    }
    if crate::clean(&figure.source).is_empty() {
        faults.push(Fault::NoSource(Place::figure(figure, "source")));
    }
    if figure.reference_date.is_none() {
        faults.push(Fault::NoDate(Place::figure(figure, "reference_date")));
    }
    mixed_names(figure, faults);
    for row in &figure.rows {
        check_row(figure, row, faults);
    }
    recoverable(figure, faults);
    if let Some(picture) = &figure.picture {
        check_picture(figure, picture.kind, faults);
        if crate::clean(&picture.description).is_empty() {
            faults.push(Fault::Empty(Place::figure(figure, "picture/description")));
        }
    }
}

/// A title, column or row that names only the other count is a mixture too, whatever the unit says. When the unit names neither count, the
/// first column or row that does decides.
fn mixed_names(figure: &Figure, faults: &mut Vec<Fault>) {
    if contradicts(figure.unit.kind(), &figure.title) {
        faults.push(Fault::MixedCounts(Place::figure(figure, "title")));
    }
    let columns = (1..)
        .zip(&figure.columns)
        .map(|(n, name)| (Place::figure(figure, &format!("columns/{n}")), name));
    let rows = figure
        .rows
        .iter()
        .map(|row| (Place::row(figure, &row.label, "label"), &row.label));
    let mut counted = figure.unit.kind();
    for (place, name) in columns.chain(rows) {
        if contradicts(counted, name) {
            faults.push(Fault::MixedCounts(place));
        }
        if counted == UnitKind::Neither {
            counted = UnitKind::named_in(name);
        }
    }
}

fn contradicts(kind: UnitKind, text: &str) -> bool {
    matches!(
        (kind, UnitKind::named_in(text)),
        (UnitKind::Reports, UnitKind::Victims) | (UnitKind::Victims, UnitKind::Reports)
    )
}

fn check_row(figure: &Figure, row: &Row, faults: &mut Vec<Fault>) {
    if let Some(unit) = row.unit.as_ref().filter(|unit| **unit != figure.unit) {
        let place = Place::row(figure, &row.label, "unit");
        let both = [unit.kind(), figure.unit.kind()];
        let mixed = both.contains(&UnitKind::Reports) && both.contains(&UnitKind::Victims);
        faults.push(if mixed {
            Fault::MixedCounts(place)
        } else {
            Fault::OtherUnit(place)
        });
    }
    if row.cells.len() != figure.columns.len() {
        let place = Place::row(figure, &row.label, "cells");
        faults.push(Fault::Ragged {
            place,
            cells: row.cells.len(),
            columns: figure.columns.len(),
        });
    }
    for (n, cell) in (1..).zip(&row.cells) {
        let small = cell
            .value()
            .is_some_and(|number| (1..SMALL_CELL).contains(&number));
        if small && figure.unit.counts_people() {
            faults.push(Fault::SmallCell(Place::row(
                figure,
                &row.label,
                &format!("cells/{n}"),
            )));
        }
    }
}

/// The coarse end of the matter: the engine `figures` chooses secondary suppressions; a letter made by hand is stopped here.
fn recoverable(figure: &Figure, faults: &mut Vec<Fault>) {
    for column in 0..figure.columns.len() {
        let cell = |row: &Row| row.cells.get(column).cloned();
        let mut totals = figure.rows.iter().filter(|row| row.total);
        if !totals.any(|row| cell(row).is_some_and(|cell| cell.value().is_some())) {
            continue;
        }
        let mut hidden = figure
            .rows
            .iter()
            .filter(|row| !row.total && cell(row) == Some(Cell::Suppressed));
        if let (Some(row), None) = (hidden.next(), hidden.next()) {
            faults.push(Fault::Recoverable(Place::row(
                figure,
                &row.label,
                &format!("cells/{}", column + 1),
            )));
        }
    }
}

fn check_picture(figure: &Figure, kind: PictureKind, faults: &mut Vec<Fault>) {
    if !drawable(figure, kind) {
        faults.push(Fault::NoPicture(Place::figure(figure, "picture")));
    }
}

fn check_annex(letter: &Letter, annex: &Annex, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for action in &annex.actions {
        if !seen.insert(&action.number) {
            faults.push(Fault::Twice(Place::action(&action.number, "number")));
        }
        check_action(letter, action, faults);
    }
}

fn check_action(letter: &Letter, action: &Action, faults: &mut Vec<Fault>) {
    if !action.status.is_reported() {
        let place = Place::action(&action.number, "status");
        faults.push(Fault::NotReported {
            place,
            status: action.status,
        });
    }
    if !letter.lines.iter().any(|line| line.number == action.line) {
        faults.push(Fault::UnknownLine {
            place: Place::action(&action.number, "line"),
            line: action.line,
        });
    }
    for (field, text) in [
        ("number", &action.number),
        ("title", &action.title),
        ("holder", &action.holder),
    ] {
        if crate::clean(text).is_empty() {
            faults.push(Fault::Empty(Place::action(&action.number, field)));
        }
    }
}
