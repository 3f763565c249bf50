//! The map of tiles: every police unit once, with the very number of the table below it, and a hidden number that looks and reads hidden.

use std::collections::BTreeMap;

use letter::model::{Cell, Figure, Letter, Picture, PictureKind, Row};
use letter::{Lang, Styling, drawable, html};
use proptest::prelude::*;

use crate::support;

const UNITS: [&str; 10] = [
    "Noord-Nederland",
    "Oost-Nederland",
    "Midden-Nederland",
    "Noord-Holland",
    "Amsterdam",
    "Den Haag",
    "Rotterdam",
    "Zeeland-West-Brabant",
    "Oost-Brabant",
    "Limburg",
];

fn figure(cells: &[(&str, Cell)]) -> Figure {
    let rows = cells.iter();
    let mut rows: Vec<Row> = rows
        .map(|(label, cell)| Row::new(*label, vec![cell.clone()]))
        .collect();
    let mut total = Row::new("Totaal", vec![Cell::Value(4_321)]);
    total.total = true;
    rows.push(total);
    Figure {
        id: "per-eenheid".into(),
        title: "Aanmeldingen <per> eenheid".into(),
        row_label: "Politie-eenheid".into(),
        columns: vec!["2025".into()],
        rows,
        picture: Some(Picture {
            kind: PictureKind::Map,
            description: "Grootste getal bij 2025: 1.204 (Den Haag).".into(),
        }),
        ..support::letter().figures[0].clone()
    }
}

fn letter_of(cells: &[(&str, Cell)]) -> Letter {
    Letter {
        figures: vec![figure(cells)],
        ..support::letter()
    }
}

/// A square of the map.
#[derive(Debug, PartialEq, Eq)]
struct Tile {
    words: String,
    fill: String,
    dashed: bool,
}

struct Seen {
    svg: String,
    tiles: BTreeMap<String, Tile>,
    table: BTreeMap<String, String>,
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text
        .split_once(from)
        .unwrap_or_else(|| unreachable!("{from} in {text}"));
    rest.split_once(to).map_or(rest, |(inside, _)| inside)
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// Map and table as a page shows them.
fn seen(letter: &Letter, lang: Lang) -> Seen {
    let page = html(letter, lang, &Styling::Plain);
    let svg = between(&page, "<svg ", "</svg>").to_owned();
    let after = page.split_once("</svg>").unwrap().1;
    let body = between(between(after, "<table", "</table>"), "<tbody", "</tbody>");
    let mut table = BTreeMap::new();
    for row in body.split("<tr").skip(1) {
        let label = plain(&format!("<{}", between(row, "<th", "</th>")));
        let number = plain(&format!("<{}", between(row, "<td", "</td>")));
        assert_eq!(table.insert(label.clone(), number), None, "{label} twice");
    }
    let mut tiles = BTreeMap::new();
    for square in svg.split("<rect ").skip(1) {
        let (rect, rest) = square.split_once("/>").unwrap();
        let texts: Vec<String> = rest
            .split("<text ")
            .skip(1)
            .map(|text| plain(&format!("<{text}")))
            .collect();
        let [name, words] = texts.as_slice() else {
            unreachable!("a square has a name and a number: {texts:?}");
        };
        let tile = Tile {
            words: words.clone(),
            fill: between(rect, "fill=\"", "\"").to_owned(),
            dashed: rect.contains("stroke-dasharray"),
        };
        assert_eq!(tiles.insert(name.clone(), tile), None, "{name} twice");
    }
    Seen { svg, tiles, table }
}

fn some_hidden() -> Vec<(&'static str, Cell)> {
    UNITS
        .into_iter()
        .zip([
            Cell::Value(10),
            Cell::Value(250),
            Cell::Value(302),
            Cell::Suppressed,
            Cell::Value(611),
            Cell::Value(1_204),
            Cell::Value(988),
            Cell::Suppressed,
            Cell::Text("niet bekend".into()),
        ])
        .collect()
}

#[test]
fn a_reader_who_sees_no_picture_hears_its_title_what_is_in_it_and_what_is_not() {
    for (lang, gaps) in [(Lang::Nl, "streepjesrand"), (Lang::En, "dashed edge")] {
        let Seen { svg, .. } = seen(&letter_of(&some_hidden()), lang);
        assert!(svg.contains("role=\"img\""));
        let ids: Vec<&str> = between(&svg, "aria-labelledby=\"", "\"")
            .split(' ')
            .collect();
        let title = format!("<title id=\"{}\">", ids[0]);
        let desc = format!("<desc id=\"{}\">", ids[1]);
        assert_eq!(
            between(&svg, &title, "</title>"),
            "Aanmeldingen &lt;per&gt; eenheid"
        );
        let described = between(&svg, &desc, "</desc>");
        assert!(described.starts_with("Grootste getal bij 2025: 1.204 (Den Haag)."));
        assert!(described.contains(gaps), "{described}");
        assert_eq!(
            svg.matches("<title").count() + svg.matches("<desc").count(),
            2
        );
    }
    let whole: Vec<(&str, Cell)> = UNITS.map(|name| (name, Cell::Value(40))).to_vec();
    let Seen { svg, .. } = seen(&letter_of(&whole), Lang::Nl);
    assert!(!svg.contains("streepjesrand"), "nothing is missing here");
}

#[test]
fn a_hidden_number_looks_and_reads_hidden_and_is_nowhere_in_the_picture() {
    let Seen { tiles, table, .. } = seen(&letter_of(&some_hidden()), Lang::Nl);
    for name in ["Noord-Holland", "Zeeland-West-Brabant"] {
        assert_eq!(tiles[name].words, "afgeschermd");
        assert_eq!(table[name], "afgeschermd");
    }
    assert_eq!(tiles["Oost-Brabant"].words, "niet bekend");
    assert_eq!(tiles["Limburg"].words, "–", "a unit without a row");
    assert!(!table.contains_key("Limburg"));
    for (name, tile) in &tiles {
        let is_number = tile.words.chars().all(|c| c.is_ascii_digit() || c == '.');
        assert_eq!(tile.dashed, !is_number, "{name}");
        assert_eq!(tile.fill == "#ffffff", !is_number, "{name}");
    }
    assert_eq!(
        tiles["Noord-Nederland"].fill, "#eef3f8",
        "the smallest number is still shaded: it is not a hidden one"
    );
}

#[test]
fn a_map_is_drawn_of_police_units_only() {
    let mut rows = some_hidden();
    assert!(drawable(&figure(&rows), PictureKind::Map));
    // A number that would stand in no square.
    rows.push(("Onbekend", Cell::Value(70)));
    assert!(!drawable(&figure(&rows), PictureKind::Map));
    rows.pop();
    rows.push(("Den Haag", Cell::Value(12)));
    assert!(!drawable(&figure(&rows), PictureKind::Map), "a unit twice");
    // Three municipalities that bear the name of a unit.
    let towns = ["Amsterdam", "Den Haag", "Rotterdam"].map(|name| (name, Cell::Value(61)));
    assert!(drawable(&figure(&towns), PictureKind::Map));
    let of_towns = Figure {
        row_label: "Gemeente".into(),
        ..figure(&towns)
    };
    assert!(!drawable(&of_towns, PictureKind::Map));
    assert!(drawable(&of_towns, PictureKind::Bar));
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        4 => (10_u64..20_000).prop_map(Cell::Value),
        1 => Just(Cell::Suppressed),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn map_and_table_tell_the_same_of_every_unit_once(
        cells in prop::collection::vec(cell(), 10),
        order in Just((0..10).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let rows: Vec<(&str, Cell)> = order.iter().map(|n| (UNITS[*n], cells[*n].clone())).collect();
        for lang in [Lang::Nl, Lang::En] {
            let Seen { tiles, table, .. } = seen(&letter_of(&rows), lang);
            prop_assert_eq!(tiles.len(), 10);
            for (name, tile) in &tiles {
                prop_assert_eq!(&tile.words, &table[name], "{}", name);
            }
            prop_assert_eq!(table.len(), 11, "the units and their total");
        }
    }
}
