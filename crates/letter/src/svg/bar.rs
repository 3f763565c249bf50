//! Lying bars: room for long Dutch labels.

use super::{
    Anchor, Canvas, GRID, INK, MAX_SERIES, SOFT, WIDTH, colour, escape, shorten, two_lines,
};
use crate::model::{Cell, Figure, Row};
use std::fmt::Write as _;

const LABELS: f64 = 190.0;
const VALUES: f64 = 90.0;
const BAR: f64 = 17.0;
const BETWEEN: f64 = 13.0;

/// Draws and returns the height.
pub(super) fn draw(figure: &Figure, canvas: &mut Canvas) -> f64 {
    patterns(figure, canvas);
    let top = canvas.legend(figure, |canvas, series, x, y| {
        bar(canvas, series, (x, y - 7.0), (30.0, 14.0))
    });
    let largest = figure.largest().max(1) as f64;
    let mut y = top + 6.0;
    for row in figure.rows.iter().filter(|row| !row.total) {
        y = group(figure, row, y, largest, canvas);
    }
    canvas.stroke((LABELS, top), (LABELS, y - BETWEEN + 6.0), SOFT, "");
    y - BETWEEN + 8.0
}

fn group(figure: &Figure, row: &Row, y: f64, largest: f64, canvas: &mut Canvas) -> f64 {
    let series = figure.columns.len().clamp(1, MAX_SERIES);
    let lines = two_lines(&crate::clean(&row.label), 26);
    let height = (series as f64 * (BAR + 2.0)).max(lines.len() as f64 * 17.0);
    if row.break_before.is_some() {
        canvas.stroke(
            (0.0, y - BETWEEN / 2.0),
            (WIDTH, y - BETWEEN / 2.0),
            GRID,
            "4 3",
        );
    }
    let first = y + height / 2.0 - (lines.len() as f64 - 1.0) * 8.5 + 5.0;
    for (n, line) in lines.iter().enumerate() {
        canvas.text(
            LABELS - 10.0,
            first + n as f64 * 17.0,
            Anchor::End,
            INK,
            line,
        );
    }
    let bars = y + (height - series as f64 * (BAR + 2.0)) / 2.0;
    for (n, cell) in row.cells.iter().take(series).enumerate() {
        cell_bar(cell, n, bars + n as f64 * (BAR + 2.0), largest, canvas);
    }
    y + height + BETWEEN
}

fn cell_bar(cell: &Cell, series: usize, y: f64, largest: f64, canvas: &mut Canvas) {
    let base = y + BAR - 4.0;
    match cell {
        Cell::Value(number) => {
            let width = *number as f64 / largest * (WIDTH - LABELS - VALUES);
            bar(canvas, series, (LABELS, y), (width, BAR));
            let words = canvas.lang.number(*number);
            canvas.text(LABELS + width + 7.0, base, Anchor::Start, INK, &words);
        }
        Cell::Suppressed => {
            let words = canvas.lang.phrases().suppressed;
            canvas.text(LABELS + 7.0, base, Anchor::Start, SOFT, words);
        }
        Cell::Text(words) => {
            canvas.text(
                LABELS + 7.0,
                base,
                Anchor::Start,
                SOFT,
                &shorten(&crate::clean(words), 40),
            );
        }
    }
}

/// A bar keeps its dark outline, so that it stands out whatever its pattern.
fn bar(canvas: &mut Canvas, series: usize, at: (f64, f64), size: (f64, f64)) {
    let stroke = colour(series);
    let fill = if series == 0 {
        stroke.to_owned()
    } else {
        format!("url(#{}-p{series})", canvas.id)
    };
    let _ = write!(
        canvas.body,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{fill}\" stroke=\"{stroke}\"/>",
        at.0, at.1, size.0, size.1
    );
}

/// Stripes, dots and blank for the second to fourth series.
fn patterns(figure: &Figure, canvas: &mut Canvas) {
    let marks = [
        "",
        "<path d=\"M0 8L8 0\" stroke=\"COLOUR\" stroke-width=\"2\"/>",
        "<circle cx=\"4\" cy=\"4\" r=\"1.6\" fill=\"COLOUR\"/>",
        "",
    ];
    for series in 1..figure.columns.len().min(MAX_SERIES) {
        let mark = marks
            .get(series)
            .copied()
            .unwrap_or_default()
            .replace("COLOUR", colour(series));
        let id = escape(&canvas.id);
        canvas.raw(&format!(
            "<pattern id=\"{id}-p{series}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"8\" height=\"8\" fill=\"#ffffff\"/>{mark}</pattern>"
        ));
    }
}
