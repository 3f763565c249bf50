//! Simple pictures as SVG: bars, lines and a map of tiles, told apart by pattern and shape as well as by colour, with a title and a description in them.
//!
//! No script, no style attribute (a strict content policy forbids it), nothing from outside. The same picture goes into the page and the PDF.

mod bar;
mod line;
mod map;

pub(crate) use map::is_whole;

use map::rows_are_units;

use crate::model::{Figure, PictureKind};
use crate::phrases::Lang;
use std::fmt::Write as _;

/// The most columns a picture can keep apart.
pub(crate) const MAX_SERIES: usize = 4;

/// Width of every picture in its own units.
const WIDTH: f64 = 640.0;
const INK: &str = "#1b1b1b";
const SOFT: &str = "#595959";
const GRID: &str = "#c9ced6";
/// Each has at least 3:1 contrast with white paper.
const COLOURS: [&str; MAX_SERIES] = ["#1d4670", "#8a5a00", "#2f7d6b", "#6b3f7a"];

/// Draws a figure for a page of somebody else; `id` is the name of the picture there and made by the page, never by people.
///
/// Check first that the figure can be drawn so: see [`drawable`].
#[must_use]
pub fn drawing(figure: &Figure, kind: PictureKind, id: &str, alt: &str, lang: Lang) -> String {
    draw(figure, kind, id, &crate::clean(alt), lang)
}

/// True when a figure has what a picture of this kind needs.
#[must_use]
pub fn drawable(figure: &Figure, kind: PictureKind) -> bool {
    let drawn = figure.rows.iter().filter(|row| !row.total);
    let rows = drawn.count();
    let enough = match kind {
        PictureKind::Bar => rows >= 1,
        PictureKind::Line => rows >= 2,
        PictureKind::Map => rows_are_units(figure),
    };
    enough && figure.largest() > 0 && (1..=MAX_SERIES).contains(&figure.columns.len())
}

/// Draws a figure; `id` is the name of the picture in the document and made by us.
pub(crate) fn draw(figure: &Figure, kind: PictureKind, id: &str, alt: &str, lang: Lang) -> String {
    let mut canvas = Canvas {
        body: String::new(),
        id: id.to_owned(),
        lang,
    };
    let height = match kind {
        PictureKind::Bar => bar::draw(figure, &mut canvas),
        PictureKind::Line => line::draw(figure, &mut canvas),
        PictureKind::Map => map::draw(figure, &mut canvas),
    };
    let (title, alt) = (escape(&crate::clean(&figure.title)), escape(alt));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture\" role=\"img\" \
         aria-labelledby=\"{id}-titel {id}-tekst\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"Libertinus Serif\" font-size=\"14\" fill=\"{INK}\">\
         <title id=\"{id}-titel\">{title}</title><desc id=\"{id}-tekst\">{alt}</desc>{}</svg>",
        canvas.body
    )
}

/// Escapes text for an element or a quoted attribute of SVG and HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

struct Canvas {
    body: String,
    id: String,
    lang: Lang,
}

/// Where a text hangs on its point.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl Canvas {
    fn raw(&mut self, element: &str) {
        self.body.push_str(element);
    }

    fn text(&mut self, x: f64, y: f64, anchor: Anchor, colour: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escape(text);
        // Writing to a String can't fail.
        let _ = write!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{text}</text>"
        );
    }

    /// A text with a white edge, readable across lines.
    fn value(&mut self, x: f64, y: f64, text: &str) {
        self.raw("<g stroke=\"#ffffff\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\">");
        self.text(x, y, Anchor::Middle, INK, text);
        self.raw("</g>");
    }

    fn stroke(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, dash: &str) {
        let dash = if dash.is_empty() {
            String::new()
        } else {
            format!(" stroke-dasharray=\"{dash}\"")
        };
        let _ = write!(
            self.body,
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"{colour}\" fill=\"none\"{dash}/>",
            from.0, from.1, to.0, to.1
        );
    }

    /// Names of the series with a sample of each; returns the height it took.
    fn legend(
        &mut self,
        figure: &Figure,
        mut sample: impl FnMut(&mut Self, usize, f64, f64),
    ) -> f64 {
        if figure.columns.len() < 2 {
            return 0.0;
        }
        let (mut x, mut y) = (0.0, 16.0);
        for (series, name) in figure.columns.iter().take(MAX_SERIES).enumerate() {
            let name = shorten(&crate::clean(name), 36);
            let width = 44.0 + text_width(&name) + 18.0;
            if x + width > WIDTH && x > 0.0 {
                (x, y) = (0.0, y + 22.0);
            }
            sample(self, series, x, y - 5.0);
            self.text(x + 38.0, y, Anchor::Start, INK, &name);
            x += width;
        }
        y + 14.0
    }
}

/// The colour of a series.
fn colour(series: usize) -> &'static str {
    COLOURS.get(series).copied().unwrap_or(INK)
}

/// A guess that is wide enough for the fonts used.
fn text_width(text: &str) -> f64 {
    text.chars().count() as f64 * 7.0
}

/// At most `most` characters, with an ellipsis when cut; the table below has the whole text.
fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut = text
        .chars()
        .take(most.saturating_sub(1))
        .collect::<String>();
    format!("{}…", cut.trim_end())
}

/// Up to two lines of at most `most` characters.
fn two_lines(text: &str, most: usize) -> Vec<String> {
    if text.chars().count() <= most {
        return vec![text.to_owned()];
    }
    let mut first = String::new();
    let mut rest = Vec::new();
    for word in text.split(' ') {
        let fits = first.chars().count() + 1 + word.chars().count() <= most;
        if rest.is_empty() && (fits || first.is_empty()) {
            if !first.is_empty() {
                first.push(' ');
            }
            first.push_str(word);
        } else {
            rest.push(word);
        }
    }
    let lines = [shorten(&first, most), shorten(&rest.join(" "), most)];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// Round marks on an axis from zero to at least `largest`.
fn ticks(largest: u64) -> Vec<u64> {
    let rough = largest.div_ceil(4).max(1);
    let mut power = 1_u64;
    while power.saturating_mul(10) <= rough {
        power = power.saturating_mul(10);
    }
    let step = [1, 2, 5, 10]
        .into_iter()
        .map(|n: u64| n.saturating_mul(power))
        .find(|step| *step >= rough);
    let step = step.unwrap_or(rough);
    let count = largest.div_ceil(step).max(1);
    (0..=count).map(|n| n.saturating_mul(step)).collect()
}

#[cfg(test)]
mod tests {
    use super::{shorten, ticks, two_lines};

    #[test]
    fn ticks_are_round_and_reach_the_top() {
        assert_eq!(ticks(1044), [0, 500, 1000, 1500]);
        assert_eq!(ticks(408), [0, 200, 400, 600]);
        assert_eq!(ticks(3), [0, 1, 2, 3]);
        assert_eq!(ticks(0), [0, 1]);
        assert!(ticks(u64::MAX).len() <= 6);
    }

    #[test]
    fn labels_are_cut_with_a_mark() {
        assert_eq!(shorten("kort", 10), "kort");
        assert_eq!(
            two_lines("een heel lang label over opvang", 18),
            ["een heel lang", "label over opvang"]
        );
        assert_eq!(two_lines(&"x".repeat(50), 10), ["xxxxxxxxx…"]);
    }
}
