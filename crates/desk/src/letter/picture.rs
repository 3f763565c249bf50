//! The picture of a figure: which kind fits its table, and what can be seen in it, in words made from the numbers themselves.

use letter::model::{Figure, Picture, PictureKind};
use letter::{Lang, drawable};

/// More bars than this are no picture any more; the table says it better.
const MOST_BARS: usize = 20;

/// The figure with the picture that fits it, or without any when none does.
pub(crate) fn with_picture(figure: Figure) -> Figure {
    let kind = kind(&figure);
    let picture = kind.and_then(|kind| {
        Some(Picture {
            kind,
            description: describe(&figure, kind, Lang::Nl)?,
        })
    });
    Figure { picture, ..figure }
}

/// The kind of picture that fits: a map for police units, a line for a course in time, bars for anything else.
pub(crate) fn kind(figure: &Figure) -> Option<PictureKind> {
    let rows = figure.rows.iter().filter(|row| !row.total).count();
    let first = figure.row_label.as_str();
    let in_time = matches!(first, "Jaar" | "Maand" | "Periode" | "Halfjaar");
    let kinds = [
        (figure.columns.len() == 1, PictureKind::Map),
        (in_time, PictureKind::Line),
        (!in_time && rows <= MOST_BARS, PictureKind::Bar),
    ];
    let mut fitting = kinds.into_iter().filter(|(fits, _)| *fits);
    fitting
        .find(|(_, kind)| drawable(figure, *kind))
        .map(|(_, kind)| kind)
}

/// What can be seen, from the numbers that are shown; none when no number is.
pub(crate) fn describe(figure: &Figure, kind: PictureKind, lang: Lang) -> Option<String> {
    let shown: Vec<(&str, u64)> = figure
        .rows
        .iter()
        .filter(|row| !row.total)
        .filter_map(|row| Some((row.label.as_str(), row.cells.first()?.value()?)))
        .collect();
    let (first, last) = (shown.first()?, shown.last()?);
    let most = shown.iter().max_by_key(|(_, number)| *number)?;
    let least = shown.iter().min_by_key(|(_, number)| *number)?;
    let what = figure.columns.first().map_or("", String::as_str);
    let say = |(label, number): &(&str, u64)| format!("{} ({label})", lang.number(*number));
    Some(match (kind, lang) {
        (PictureKind::Line, Lang::Nl) => format!(
            "Lijn van {}: van {} naar {}. Hoogste punt: {}. Laagste punt: {}.",
            what,
            say(first),
            say(last),
            say(most),
            say(least)
        ),
        (PictureKind::Line, Lang::En) => format!(
            "Line of {}: from {} to {}. Highest point: {}. Lowest point: {}.",
            what,
            say(first),
            say(last),
            say(most),
            say(least)
        ),
        (_, Lang::Nl) => format!(
            "Grootste getal bij {}: {}. Kleinste getal dat er staat: {}.",
            what,
            say(most),
            say(least)
        ),
        (_, Lang::En) => format!(
            "Largest number for {}: {}. Smallest number shown: {}.",
            what,
            say(most),
            say(least)
        ),
    })
}
