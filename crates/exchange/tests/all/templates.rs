//! IOM's own templates, filled in.

use std::path::PathBuf;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;

/// The two header rows of a template, or nothing when the shared data are not here.
pub fn header(file: &str) -> Option<[Vec<String>; 2]> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/htcds")
        .join(file);
    if !path.exists() {
        eprintln!("skipped: {} is not here", path.display());
        return None;
    }
    let mut workbook: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let sheet = workbook.sheet_names()[0].clone();
    let range = workbook.worksheet_range(&sheet).unwrap();
    let width = range.end().unwrap().1;
    let range = &range;
    let row = |n: u32| {
        (0..=width).map(move |column| match range.get_value((n, column)) {
            Some(Data::String(text)) => text.clone(),
            _ => String::new(),
        })
    };
    Some([row(0).collect(), row(1).collect()])
}

pub const TEMPLATES: [&str; 2] = [
    "HTCDS Excel Spreadsheet v2.0.xlsx",
    "HTCDS Excel Spreadsheet single select with validation v2.0.xlsx",
];

/// Rows under the template's header as a spreadsheet, numbered in the first column as the template does.
pub fn xlsx(header: &[Vec<String>; 2], rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (n, row) in header.iter().chain(rows).enumerate() {
        for (column, text) in row.iter().enumerate() {
            sheet.write_string(n as u32, column as u16, text).unwrap();
        }
        if n >= 2 {
            sheet.write_number(n as u32, 0, (n - 1) as f64).unwrap();
        }
    }
    // The template numbers rows far beyond the filled ones.
    for n in rows.len() + 2..40 {
        sheet.write_number(n as u32, 0, (n - 1) as f64).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

pub fn csv(header: &[Vec<String>; 2], rows: &[Vec<String>], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .from_writer(vec![]);
    for row in header.iter().chain(rows) {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// A row with values by the label people see, or by the name where there is no such label.
pub fn row(header: &[Vec<String>; 2], values: &[(&str, &str)]) -> Vec<String> {
    let mut row = vec![String::new(); header[0].len()];
    for (heading, value) in values {
        let by_name = header[0].iter().position(|name| name == heading);
        let column = by_name.or_else(|| header[1].iter().position(|label| label == heading));
        row[column.unwrap_or_else(|| panic!("no column {heading}"))] = (*value).to_owned();
    }
    row
}
