//! Counting, and what cannot be counted.

use figures::{Dimension, Protection, Published, Table, TableError, protect};

use crate::exhaustive::{about, table};

fn dimensions() -> Vec<Dimension> {
    vec![
        Dimension::new("form", ["SU", "AU"]),
        Dimension::new("age", ["minor", "adult"]),
    ]
}

#[test]
fn totals_add_up() {
    let published = protect(&table(&[2, 2], &[11, 12, 13, 14]), Protection::default());
    let shown = |categories: &[Option<&str>]| published.cell(categories);
    assert_eq!(shown(&[None, None]), Some(Published::Shown(50)));
    assert_eq!(shown(&[Some("c0"), None]), Some(Published::Shown(23)));
    assert_eq!(shown(&[None, Some("c1")]), Some(Published::Shown(26)));
    assert_eq!(shown(&[Some("c9"), None]), None);
    assert_eq!(published.records(), Some(50));
    assert_eq!(published.about().source, "Invented country, seed 1");
}

#[test]
fn every_error_says_what_to_do() {
    let none: [[&str; 2]; 0] = [];
    let message = |result: Result<Table, TableError>| result.unwrap_err().to_string();
    assert_eq!(
        message(Table::count(about(), vec![], none)),
        "a table has 1 to 4 dimensions, not 0"
    );
    let unknown = Table::count(about(), dimensions(), [["SU", "minor"], ["XX", "adult"]]);
    assert_eq!(
        message(unknown),
        "record 2: `XX` is no category of `form`; add the category, or one for unknown"
    );
    assert_eq!(
        message(Table::count(about(), dimensions(), [["SU"]])),
        "record 1 has 1 values, expected 2"
    );
    let twice = vec![Dimension::new("form", ["SU", "SU"])];
    assert_eq!(
        message(Table::count(about(), twice, none)),
        "category `SU` appears twice in dimension `form`"
    );
    let empty = vec![Dimension::new("form", Vec::<String>::new())];
    assert_eq!(
        message(Table::count(about(), empty, none)),
        "dimension `form` has no categories"
    );
    let wide = (0..4)
        .map(|k| Dimension::new(format!("d{k}"), (0..30).map(|c| c.to_string())))
        .collect();
    assert_eq!(
        message(Table::count(about(), wide, none)),
        TableError::TooLarge.to_string()
    );
    let counted = table(&[2, 2], &[1, 0, 0, 0]);
    let error = counted.clone().impossible(&[("d0", "c0"), ("d1", "c0")]);
    assert_eq!(
        message(error),
        "1 records are in a combination declared impossible: d0 = c0, d1 = c0"
    );
    assert_eq!(
        message(counted.impossible(&[("d7", "c0")])),
        "`d7` = `c0` is not part of this table"
    );
}

#[test]
fn published_rows_are_written_with_their_status() {
    let published = protect(&table(&[2], &[3, 90]), Protection::default());
    let rows = serde_json::to_value(published.rows().collect::<Vec<_>>()).unwrap();
    assert_eq!(
        rows[0],
        serde_json::json!({"categories": ["c0"], "count": null, "status": "hidden"})
    );
    assert_eq!(rows[2]["count"], 93);
}
