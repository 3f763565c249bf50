//! What spreadsheets do besides holding values.

use exchange::plan::{ActionRow, read_actions};
use exchange::{Codes, FileError, Import, Limits};
use jiff::civil::date;

use crate::hostile::with_part;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

pub fn read(bytes: &[u8]) -> Result<Import<ActionRow>, FileError> {
    read_within(bytes, &Limits::default())
}

pub fn read_within(bytes: &[u8], limits: &Limits) -> Result<Import<ActionRow>, FileError> {
    let codes = Codes {
        organisations: Codes::set(["VWS"]),
        lines: Codes::set(["1"]),
        ..Codes::common()
    };
    read_actions("plan.xlsx", bytes, &codes, date(2026, 11, 21), limits)
}

pub fn header(sheet: &mut Worksheet, row: u32) {
    for (column, name) in (0..).zip([
        "id",
        "line",
        "title",
        "holder",
        "status",
        "start",
        "budget_eur",
    ]) {
        sheet.write_string(row, column, name).unwrap();
    }
}

pub fn action(sheet: &mut Worksheet, row: u32) {
    for (column, text) in (0..).zip(["1.a", "1", "Titel", "VWS", "loopt"]) {
        sheet.write_string(row, column, text).unwrap();
    }
}

#[test]
fn dates_numbers_and_formulas_are_read_as_values() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    // A title above the header, as people make it.
    sheet.write_string(0, 0, "Acties 2026").unwrap();
    header(sheet, 2);
    action(sheet, 3);
    sheet.write_number(3, 1, 1).unwrap();
    let day = Format::new().set_num_format("dd-mm-yyyy");
    sheet
        .write_with_format(3, 5, ExcelDateTime::from_ymd(2026, 3, 9).unwrap(), &day)
        .unwrap();
    sheet
        .write_formula(3, 6, Formula::new("=100000*2").set_result("200000"))
        .unwrap();
    let import = read(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(import.refused, []);
    let action = &import.accepted[0];
    assert_eq!(action.line, 4);
    assert_eq!(action.value.start, Some(date(2026, 3, 9)));
    assert_eq!(action.value.budget_eur, Some(200_000));
}

#[test]
fn a_formula_without_a_stored_value_and_an_error_are_refused() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    header(sheet, 0);
    action(sheet, 1);
    sheet
        .write_formula(1, 2, Formula::new("=A9").set_result("77"))
        .unwrap();
    action(sheet, 2);
    sheet.write_string(2, 0, "1.b").unwrap();
    sheet
        .write_formula(2, 6, Formula::new("=1/0").set_result("#DIV/0!"))
        .unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let unstored = with_part(&bytes, "xl/worksheets/sheet1.xml", |xml| {
        xml.replace("<v>77</v>", "")
    });
    let import = read(&unstored).unwrap();
    let found: Vec<_> = import
        .refused
        .iter()
        .map(|r| (r.line, r.column.as_str(), r.field.as_str()))
        .collect();
    assert_eq!(found, [(2, "C", "title"), (3, "G", "budget_eur")]);
    assert_eq!(import.refused[0].value, "a formula without a stored value");
}

#[test]
fn hidden_sheets_and_merged_cells_are_reported() {
    let mut workbook = Workbook::new();
    let hidden = workbook.add_worksheet().set_name("geheim").unwrap();
    header(hidden, 0);
    action(hidden, 1);
    hidden.set_hidden(true);
    let sheet = workbook.add_worksheet().set_name("acties").unwrap();
    header(sheet, 0);
    action(sheet, 1);
    sheet
        .merge_range(1, 2, 2, 2, "Samen", &Format::new())
        .unwrap();
    sheet.set_active(true);
    workbook
        .add_worksheet()
        .set_name("uitleg")
        .unwrap()
        .write_string(0, 0, "Lees dit")
        .unwrap();
    let import = read(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(import.accepted.len(), 1);
    let notes: Vec<_> = import.notes.iter().map(|note| note.text.as_str()).collect();
    assert!(
        notes.contains(&"hidden sheet `geheim` was not read"),
        "{notes:?}"
    );
    assert!(notes.contains(&"sheet `uitleg` was not read"), "{notes:?}");
    assert!(
        notes.contains(&"cells C2:C3 are merged; only the first holds the value"),
        "{notes:?}"
    );
}
