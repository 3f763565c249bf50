//! A line through time. A number that is not printed is a gap, never a guess.

use super::{
    Anchor, Canvas, GRID, INK, MAX_SERIES, SOFT, WIDTH, colour, shorten, text_width, ticks,
};
use crate::model::{Figure, Row};
use std::fmt::Write as _;

const LEFT: f64 = 58.0;
const RIGHT: f64 = 24.0;
const PLOT: f64 = 220.0;
const DASHES: [&str; MAX_SERIES] = ["", "7 4", "2 3", "9 3 2 3"];

struct Axes {
    top: f64,
    step: f64,
    largest: f64,
}

impl Axes {
    fn x(&self, n: usize) -> f64 {
        LEFT + self.step * (n as f64 + 0.5)
    }

    fn y(&self, value: u64) -> f64 {
        self.top + PLOT * (1.0 - value as f64 / self.largest)
    }
}

/// Draws and returns the height.
pub(super) fn draw(figure: &Figure, canvas: &mut Canvas) -> f64 {
    let rows = figure
        .rows
        .iter()
        .filter(|row| !row.total)
        .collect::<Vec<_>>();
    let top = 14.0
        + canvas.legend(figure, |canvas, series, x, y| {
            curve(canvas, series, &[(x, y), (x + 30.0, y)]);
            marker(canvas, series, (x + 15.0, y));
        });
    let marks = ticks(figure.largest());
    let largest = marks.last().copied().unwrap_or(1).max(1) as f64;
    let axes = Axes {
        top,
        step: (WIDTH - LEFT - RIGHT) / rows.len().max(1) as f64,
        largest,
    };
    grid(&axes, &marks, canvas);
    labels(&axes, &rows, canvas);
    for series in 0..figure.columns.len().min(MAX_SERIES) {
        draw_series(&axes, &rows, series, canvas);
    }
    if figure.columns.len() == 1 && rows.len() <= 12 {
        values(&axes, &rows, canvas);
    }
    top + PLOT + 30.0
}

fn grid(axes: &Axes, marks: &[u64], canvas: &mut Canvas) {
    for mark in marks {
        let y = axes.y(*mark);
        let colour = if *mark == 0 { SOFT } else { GRID };
        canvas.stroke((LEFT, y), (WIDTH - RIGHT, y), colour, "");
        let words = canvas.lang.number(*mark);
        canvas.text(LEFT - 8.0, y + 5.0, Anchor::End, SOFT, &words);
    }
}

/// As many labels as fit, always the first; all are in the table.
fn labels(axes: &Axes, rows: &[&Row], canvas: &mut Canvas) {
    let names = rows
        .iter()
        .map(|row| shorten(&crate::clean(&row.label), 16))
        .collect::<Vec<_>>();
    let widest = names
        .iter()
        .map(|name| text_width(name))
        .fold(1.0, f64::max)
        + 10.0;
    let each = ((widest / axes.step).ceil() as usize).max(1);
    for (n, name) in names.iter().enumerate() {
        if n % each == 0 {
            canvas.text(axes.x(n), axes.top + PLOT + 21.0, Anchor::Middle, INK, name);
        }
        if rows.get(n).is_some_and(|row| row.break_before.is_some()) {
            let x = axes.x(n) - axes.step / 2.0;
            canvas.stroke((x, axes.top - 8.0), (x, axes.top + PLOT), SOFT, "4 3");
        }
    }
}

/// The line stops at a gap and at a break in the series.
fn draw_series(axes: &Axes, rows: &[&Row], series: usize, canvas: &mut Canvas) {
    let mut piece = Vec::new();
    let mut points = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let value = row.cells.get(series).and_then(crate::model::Cell::value);
        if value.is_none() || row.break_before.is_some() {
            curve(canvas, series, &std::mem::take(&mut piece));
        }
        if let Some(value) = value {
            piece.push((axes.x(n), axes.y(value)));
            points.push((axes.x(n), axes.y(value)));
        }
    }
    curve(canvas, series, &piece);
    for point in points {
        marker(canvas, series, point);
    }
}

/// Each value above its point, aside where a steep line passes, below in a valley.
fn values(axes: &Axes, rows: &[&Row], canvas: &mut Canvas) {
    const STEEP: f64 = 12.0;
    let height = |n: usize| {
        let value = rows.get(n)?.cells.first()?.value()?;
        Some((value, axes.y(value)))
    };
    for n in 0..rows.len() {
        let Some((value, y)) = height(n) else {
            continue;
        };
        let falls = n
            .checked_sub(1)
            .and_then(height)
            .is_some_and(|(_, before)| before < y - STEEP);
        let rises = height(n + 1).is_some_and(|(_, after)| after < y - STEEP);
        let (aside, up) = match (falls, rises) {
            (true, true) => (0.0, -20.0),
            (true, false) => (16.0, 10.0),
            (false, true) => (-16.0, 10.0),
            (false, false) => (0.0, 10.0),
        };
        let words = canvas.lang.number(value);
        canvas.value(axes.x(n) + aside, y - up, &words);
    }
}

fn curve(canvas: &mut Canvas, series: usize, points: &[(f64, f64)]) {
    if points.len() < 2 {
        return;
    }
    let colour = colour(series);
    let dash = DASHES.get(series).copied().unwrap_or_default();
    let dash = if dash.is_empty() {
        String::new()
    } else {
        format!(" stroke-dasharray=\"{dash}\"")
    };
    let mut path = String::new();
    for (n, (x, y)) in points.iter().enumerate() {
        let _ = write!(path, "{}{x:.1} {y:.1}", if n == 0 { 'M' } else { 'L' });
    }
    canvas.raw(&format!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>"
    ));
}

/// Circle, square, triangle, diamond.
fn marker(canvas: &mut Canvas, series: usize, (x, y): (f64, f64)) {
    let colour = colour(series);
    let shape = match series {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>"),
        1 => format!(
            "<path d=\"M{:.1} {:.1}h8v8h-8z\" fill=\"{colour}\"/>",
            x - 4.0,
            y - 4.0
        ),
        2 => format!(
            "<path d=\"M{x:.1} {:.1}l5 9h-10z\" fill=\"{colour}\"/>",
            y - 5.0
        ),
        _ => format!(
            "<path d=\"M{x:.1} {:.1}l5 5l-5 5l-5 -5z\" fill=\"#ffffff\" stroke=\"{colour}\"/>",
            y - 5.0
        ),
    };
    canvas.raw(&shape);
}
