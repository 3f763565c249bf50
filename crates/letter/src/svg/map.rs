//! A map of tiles: each police unit one square, laid out as the units lie in the country. All squares have the same size, so that a large
//! empty unit doesn't look more important than a small crowded one; each says its name and number in words, so that no colour has to be read.

use super::{Anchor, Canvas, INK, SOFT, escape, two_lines};
use crate::model::{Cell, Figure, Row};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The ten regional units of the police, with column and row. They exist since 1 January 2013 (Regeling aanwijzing gebieden regionale eenheden).
const TILES: [(&str, u8, u8); 10] = [
    ("Noord-Holland", 1, 0),
    ("Noord-Nederland", 3, 0),
    ("Den Haag", 0, 1),
    ("Amsterdam", 1, 1),
    ("Midden-Nederland", 2, 1),
    ("Oost-Nederland", 3, 1),
    ("Rotterdam", 0, 2),
    ("Zeeland-West-Brabant", 1, 2),
    ("Oost-Brabant", 2, 2),
    ("Limburg", 3, 2),
];

/// From few to many, each told apart from its neighbours by lightness; with the ink that is readable on it.
const SHADES: [(&str, &str); 4] = [
    ("#eef3f8", INK),
    ("#c3d5e6", INK),
    ("#7fa3c4", INK),
    ("#1d4670", "#ffffff"),
];

/// Four fit in the width of a picture.
const SIDE_X: f64 = 158.0;
const SIDE_Y: f64 = 96.0;

/// True when every row but the totals is a unit, each once. One row of something else would be a number that the map leaves out, and rows
/// of municipalities would be drawn as the units that bear the same name.
pub(super) fn rows_are_units(figure: &Figure) -> bool {
    let drawn: Vec<String> = rows(figure).map(|row| crate::clean(&row.label)).collect();
    let units = drawn
        .iter()
        .all(|label| TILES.iter().any(|(name, ..)| name == label));
    let once = drawn.iter().collect::<BTreeSet<_>>().len() == drawn.len();
    let municipalities = crate::clean(&figure.row_label)
        .to_lowercase()
        .contains("gemeente");
    !drawn.is_empty() && units && once && !municipalities
}

/// True when every square of the map has a number.
pub(crate) fn is_whole(figure: &Figure) -> bool {
    TILES.iter().all(|(name, ..)| {
        let cell = row(figure, name).and_then(|row| row.cells.first());
        cell.and_then(Cell::value).is_some()
    })
}

fn rows(figure: &Figure) -> impl Iterator<Item = &Row> {
    figure.rows.iter().filter(|row| !row.total)
}

fn row<'a>(figure: &'a Figure, name: &str) -> Option<&'a Row> {
    rows(figure).find(|row| crate::clean(&row.label) == name)
}

/// Draws the first column and returns the height.
pub(super) fn draw(figure: &Figure, canvas: &mut Canvas) -> f64 {
    let values = TILES.iter().filter_map(|(name, ..)| row(figure, name));
    let largest = values
        .filter_map(|row| row.cells.first().and_then(Cell::value))
        .max()
        .unwrap_or(0)
        .max(1);
    for (name, column, line) in TILES {
        let at = (
            f64::from(column) * (SIDE_X + 2.0) + 1.0,
            f64::from(line) * (SIDE_Y + 2.0) + 1.0,
        );
        let cell = row(figure, name).and_then(|row| row.cells.first());
        tile(name, cell, at, largest, canvas);
    }
    3.0 * (SIDE_Y + 2.0) + 2.0
}

fn tile(name: &str, cell: Option<&Cell>, at: (f64, f64), largest: u64, canvas: &mut Canvas) {
    let (fill, ink, words) = match cell {
        Some(Cell::Value(number)) => {
            let (fill, ink) = shade(*number, largest);
            (fill, ink, canvas.lang.number(*number))
        }
        Some(Cell::Suppressed) => ("#ffffff", SOFT, canvas.lang.phrases().suppressed.to_owned()),
        Some(Cell::Text(words)) => ("#ffffff", SOFT, crate::clean(words)),
        None => ("#ffffff", SOFT, "–".to_owned()),
    };
    let dash = if fill == "#ffffff" {
        " stroke-dasharray=\"5 4\""
    } else {
        ""
    };
    // Writing to a String can't fail.
    let _ = write!(
        canvas.body,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{SIDE_X}\" height=\"{SIDE_Y}\" fill=\"{}\" stroke=\"{SOFT}\"{dash}/>",
        at.0,
        at.1,
        escape(fill)
    );
    let middle = at.0 + SIDE_X / 2.0;
    let lines = two_lines(name, 20);
    for (n, line) in lines.iter().enumerate() {
        canvas.text(
            middle,
            at.1 + 28.0 + n as f64 * 17.0,
            Anchor::Middle,
            ink,
            line,
        );
    }
    canvas.text(middle, at.1 + SIDE_Y - 18.0, Anchor::Middle, ink, &words);
}

/// The shade of the quarter in which a number lies.
fn shade(number: u64, largest: u64) -> (&'static str, &'static str) {
    let quarter = (number.saturating_mul(4) / largest).min(3);
    let at = usize::try_from(quarter).unwrap_or(0);
    SHADES.get(at).copied().unwrap_or(("#ffffff", INK))
}
