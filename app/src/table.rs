//! Tables as XLSX: every cell a plain string, and none that begins like a formula, so that nothing in it can run, not even after somebody
//! saves it as CSV (trust.md T14).
use rust_xlsxwriter::{Format, Workbook};

use crate::failure::{Failure, Result};

/// Media type.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A text that no spreadsheet program takes for a formula: a mark before it where it begins like one. Our importer takes the mark off.
pub fn harmless(text: &str) -> std::borrow::Cow<'_, str> {
    const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'];
    if text.starts_with(SIGNS) { format!("'{text}").into() } else { text.into() }
}
/// A workbook of one sheet with a bold head.
///
/// # Errors
/// More rows than a sheet holds.
pub fn xlsx(head: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let fault = |e: rust_xlsxwriter::XlsxError| Failure::Fault(e.to_string());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (c, label) in (0u16..).zip(head) {
        sheet.write_string_with_format(0, c, *label, &bold).map_err(fault)?;
    }
    for (r, row) in (1u32..).zip(rows) {
        for (c, text) in (0u16..).zip(row) {
            let text: String = harmless(text).chars().take(32_000).collect();
            sheet.write_string(r, c, text).map_err(fault)?;
        }
    }
    sheet.set_freeze_panes(1, 0).map_err(fault)?;
    book.save_to_buffer().map_err(fault)
}
/// Media type.
pub const CSV: &str = "text/csv; charset=utf-8";
/// The same as a file of comma-separated values, with the mark by which spreadsheet programs know UTF-8.
pub fn csv(head: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |text: &str| format!("\"{}\"", harmless(text).replace('"', "\"\""));
    let line = |cells: &mut dyn Iterator<Item = String>| cells.collect::<Vec<_>>().join(",") + "\r\n";
    let mut text = String::from('\u{feff}');
    text += &line(&mut head.iter().map(|c| cell(c)));
    for row in rows {
        text += &line(&mut row.iter().map(|c| cell(c)));
    }
    text.into_bytes()
}
