//! Opening a file: its kind by its first bytes, never by its name.
use calamine::{Data, Reader as _, SheetVisible};
use std::io::Cursor;

use crate::safe;

/// A clear Chinese sentence: why the file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);
impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
/// Limits on what is read.
#[derive(Clone, Copy, Debug)]
pub struct Caps {
    /// Bytes after inflating, really counted.
    pub inflated: u64,
    /// Parts of the archive.
    pub entries: usize,
    /// Inflated to packed, for parts over a megabyte.
    pub ratio: u64,
    /// Cells of a sheet.
    pub cells: usize,
    /// Sheets.
    pub sheets: usize,
    /// Bytes of a text file.
    pub text: usize,
}
impl Default for Caps {
    fn default() -> Self {
        Self { inflated: 256 << 20, entries: 1_000, ratio: 100, cells: 4_000_000, sheets: 50, text: 64 << 20 }
    }
}
/// A raw cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// As typed.
    Text(String),
    /// A plain number.
    Number(f64),
    /// A number shown as a date: days since 1899-12-30.
    Day(f64),
    /// True or false.
    Bool(bool),
    /// `#REF!` and the like.
    Error(String),
}
/// One sheet; the first row is row `first` (from 1).
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Hidden sheets hold code lists, seldom data.
    pub hidden: bool,
    /// Number of the first row kept.
    pub first: u32,
    /// Rows from there.
    pub rows: Vec<Vec<Cell>>,
    /// Merged ranges: (first row, first column, last row, last column), rows from 1, columns from 0.
    pub merged: Vec<(u32, u32, u32, u32)>,
}
impl Sheet {
    /// The cell at a row (from 1) and column (from 0).
    pub fn cell(&self, row: u32, column: usize) -> &Cell {
        const NONE: &Cell = &Cell::Empty;
        let i = row.checked_sub(self.first).and_then(|i| usize::try_from(i).ok());
        i.and_then(|i| self.rows.get(i)).and_then(|r| r.get(column)).unwrap_or(NONE)
    }
    /// Number of the last row.
    pub fn last(&self) -> u32 {
        self.first + u32::try_from(self.rows.len()).unwrap_or(0).saturating_sub(1)
    }
    /// A vertical merge shows its value in its first row only: the others take it from there.
    fn fill(&mut self) {
        for (r1, c1, r2, c2) in self.merged.clone() {
            if r2 <= r1 || c2 != c1 {
                continue;
            }
            let column = usize::try_from(c1).unwrap_or(0);
            let value = self.cell(r1, column).clone();
            for row in r1 + 1..=r2.min(self.last()) {
                let i = row.checked_sub(self.first).and_then(|i| usize::try_from(i).ok());
                if let Some(slot) = i.and_then(|i| self.rows.get_mut(i)).and_then(|r| r.get_mut(column)).filter(|c| **c == Cell::Empty) {
                    *slot = value.clone();
                }
            }
        }
    }
}
/// A file, read.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
}
impl Book {
    /// Reads a file of any accepted kind.
    ///
    /// # Errors
    /// A sentence that says why it is not taken.
    pub fn open(bytes: &[u8], caps: &Caps) -> Result<Self, Refused> {
        let head = bytes.get(..8).unwrap_or(bytes);
        if bytes.is_empty() {
            return Err(Refused("文件是空的。".into()));
        }
        if head.starts_with(b"PK\x03\x04") {
            safe::zip(bytes, caps)?;
            return xlsx(bytes, caps);
        }
        if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            return xls(bytes, caps);
        }
        if head.starts_with(b"%PDF") || head.starts_with(b"\x89PNG") || head.starts_with(b"\xff\xd8\xff") {
            return Err(Refused("这不是表格文件。请上传 xlsx、xls、csv 或 tsv。".into()));
        }
        text(bytes, caps)
    }
}
fn xlsx(bytes: &[u8], caps: &Caps) -> Result<Book, Refused> {
    let broken = |_| Refused("表格打不开：文件已损坏或加了密码。请去掉密码、另存一份再试。".into());
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let metadata = book.sheets_metadata().to_vec();
    if metadata.len() > caps.sheets {
        return Err(Refused(format!("工作表多于 {} 张，不能导入。", caps.sheets)));
    }
    let mut sheets = vec![];
    for m in metadata {
        let mut rows: Vec<(u32, Vec<Cell>)> = vec![];
        let mut cells = 0usize;
        {
            let Ok(mut reader) = book.worksheet_cells_reader(&m.name) else { continue };
            while let Some(cell) = reader.next_cell().map_err(broken)? {
                let (r, c) = cell.get_position();
                cells += 1;
                let c = usize::try_from(c).unwrap_or(usize::MAX);
                if cells > caps.cells || c > 4_096 {
                    return Err(Refused("表格过大：请按年份或单位拆成几个文件再导入。".into()));
                }
                let value = data(Data::from(cell.get_value().clone()));
                if value == Cell::Empty {
                    continue;
                }
                if rows.last().is_none_or(|(last, _)| *last != r) {
                    rows.push((r, vec![]));
                }
                if let Some((_, row)) = rows.last_mut() {
                    if row.len() <= c {
                        row.resize(c + 1, Cell::Empty);
                    }
                    if let Some(slot) = row.get_mut(c) {
                        *slot = value;
                    }
                }
            }
        }
        let merged = book
            .merge_cells_by_sheet_name(&m.name)
            .unwrap_or_default()
            .iter()
            .map(|d| (d.start.0 + 1, d.start.1, d.end.0 + 1, d.end.1))
            .collect();
        sheets.push(sheet(&m.name, m.visible != SheetVisible::Visible, rows, merged)?);
    }
    Ok(Book { sheets })
}
/// Puts rows at their numbers; a gap of a million empty rows is an odd sheet, not memory.
fn sheet(name: &str, hidden: bool, rows: Vec<(u32, Vec<Cell>)>, merged: Vec<(u32, u32, u32, u32)>) -> Result<Sheet, Refused> {
    let mut all: Vec<Vec<Cell>> = vec![];
    for (r, row) in rows {
        let r = usize::try_from(r).unwrap_or(usize::MAX);
        if r > all.len() + 10_000 {
            return Err(Refused(format!("工作表“{name}”中间空行过多，请删去空行再导入。")));
        }
        all.resize(r, vec![]);
        all.push(row);
    }
    let width = all.iter().map(Vec::len).max().unwrap_or(0).min(512);
    if merged.iter().any(|m| m.0 != m.2) {
        all.iter_mut().for_each(|r| r.resize(width.max(r.len()), Cell::Empty));
    }
    let mut sheet = Sheet { name: name.into(), hidden, first: 1, rows: all, merged };
    sheet.fill();
    Ok(sheet)
}
fn data(value: Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(s) if s.is_empty() => Cell::Empty,
        Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => Cell::Text(s),
        Data::Int(n) => Cell::Number(n as f64),
        Data::Float(n) => Cell::Number(n),
        Data::Bool(b) => Cell::Bool(b),
        Data::DateTime(d) => Cell::Day(d.as_f64()),
        Data::Error(e) => Cell::Error(e.to_string()),
    }
}
fn xls(bytes: &[u8], caps: &Caps) -> Result<Book, Refused> {
    if bytes.windows(32).any(|w| w == b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0") {
        return Err(Refused("文件加了密码。请去掉密码再试。".into()));
    }
    let broken = || Refused("表格打不开：不是 Excel 97–2003 工作簿，或已损坏。请另存为 xlsx 再试。".into());
    let opened = std::panic::catch_unwind(|| calamine::Xls::new(Cursor::new(bytes)).ok());
    let mut book: calamine::Xls<_> = opened.ok().flatten().ok_or_else(broken)?;
    let mut sheets = vec![];
    for m in book.sheets_metadata().to_vec().into_iter().take(caps.sheets) {
        let Ok(range) = book.worksheet_range(&m.name) else { continue };
        let start = range.start().map_or(0, |s| s.0);
        let left = range.start().map_or(0, |s| usize::try_from(s.1).unwrap_or(0));
        if range.get_size().0.saturating_mul(range.get_size().1) > caps.cells {
            return Err(Refused("表格过大：请拆成几个文件再导入。".into()));
        }
        let pad = |row: &[Data]| std::iter::repeat_n(Cell::Empty, left).chain(row.iter().map(|d| data(d.clone()))).collect::<Vec<_>>();
        let rows = (start..).zip(range.rows().map(pad)).collect();
        let merged = book
            .merge_cells_by_sheet_name(&m.name)
            .unwrap_or_default()
            .iter()
            .map(|d| (d.start.0 + 1, d.start.1, d.end.0 + 1, d.end.1))
            .collect();
        sheets.push(sheet(&m.name, m.visible != SheetVisible::Visible, rows, merged)?);
    }
    if sheets.is_empty() { Err(broken()) } else { Ok(Book { sheets }) }
}
fn text(bytes: &[u8], caps: &Caps) -> Result<Book, Refused> {
    if bytes.len() > caps.text {
        return Err(Refused("文本文件超过 64 MB，请拆成几个文件再导入。".into()));
    }
    let decoded = decode(bytes)?;
    let start = decoded.trim_start().get(..9).unwrap_or("").to_ascii_lowercase();
    if start.starts_with("<html") || start.starts_with("<!doctype") || start.starts_with("<?xml") {
        return Err(Refused("这是网页文件，只是改了后缀。请在表格软件里另存为 xlsx 再试。".into()));
    }
    let line = decoded.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    let delimiter =
        [b'\t', b',', b';', b'|'].into_iter().max_by_key(|d| (line.bytes().filter(|b| b == d).count(), *d == b',')).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(decoded.as_bytes());
    let (mut rows, mut cells) = (vec![], 0usize);
    for (n, record) in reader.records().enumerate() {
        let record = record.map_err(|e| {
            Refused(format!("第 {} 行读不下去：引号不成对或编码不对。{}", n + 1, if e.is_io_error() { "" } else { "请检查后再试。" }))
        })?;
        cells += record.len();
        if cells > caps.cells {
            return Err(Refused("表格过大：请拆成几个文件再导入。".into()));
        }
        // Blank lines carry no record: the position tells the true line.
        let at = record.position().map_or(n as u64, |p| p.line().saturating_sub(1));
        let row = record.iter().map(|s| if s.is_empty() { Cell::Empty } else { Cell::Text(s.to_owned()) }).collect();
        rows.push((u32::try_from(at).unwrap_or(u32::MAX - 1), row));
    }
    rows.dedup_by_key(|(at, _)| *at);
    Ok(Book { sheets: vec![sheet("文本", false, rows, vec![])?] })
}
fn decode(bytes: &[u8]) -> Result<String, Refused> {
    let sixteen = |encoding: &'static encoding_rs::Encoding| encoding.decode(bytes).0.into_owned();
    if bytes.starts_with(b"\xff\xfe") {
        return Ok(sixteen(encoding_rs::UTF_16LE));
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Ok(sixteen(encoding_rs::UTF_16BE));
    }
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(plain) {
        return if text.contains('\0') { wide(bytes) } else { Ok(text.to_owned()) };
    }
    if bytes.iter().take(400).filter(|b| **b == 0).count() > 20 {
        return wide(bytes);
    }
    let (text, _, bad) = encoding_rs::GB18030.decode(bytes);
    if bad || text.chars().take(4_000).any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Refused("认不出文件的文字编码。请另存为 UTF-8 的 csv 或 xlsx 再试。".into()));
    }
    Ok(text.into_owned())
}
/// UTF-16 without a mark: commas and line ends show on which side the zeros stand.
fn wide(bytes: &[u8]) -> Result<String, Refused> {
    let zeros = |start: usize| bytes.iter().skip(start).step_by(2).take(4_000).filter(|b| **b == 0).count();
    let encoding = if zeros(1) >= zeros(0) { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
    let (text, _, bad) = encoding.decode(bytes);
    if bad || text.contains('\0') || bytes.len() % 2 == 1 {
        Err(Refused("认不出文件的文字编码，或不是表格。".into()))
    } else {
        Ok(text.into_owned())
    }
}
