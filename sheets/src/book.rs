//! Opening a file: its kind by its first bytes, never by its name.
use calamine::{Data, Reader as _, SheetVisible};
use std::io::Cursor;

use crate::{safe, text, xls};

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// A clear Chinese sentence.
    pub reason: String,
    /// It is more than we read; otherwise it is not what we read.
    pub large: bool,
}
impl Refused {
    /// It is not what we read.
    pub fn because(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), large: false }
    }
    /// It is more than we read.
    pub fn too_large(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), large: true }
    }
    /// As HTTP says it.
    pub fn status(&self) -> u16 {
        if self.large { 413 } else { 422 }
    }
}
impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
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
    /// A formula whose result the file does not hold.
    Formula,
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
    /// Of a text file: each line says how many cells it has.
    pub delimited: bool,
    /// Of a text file: lines from and to that only go on with a cell begun above, in order.
    pub continued: Vec<(u32, u32)>,
}
impl Sheet {
    /// Whether a row only goes on with a cell begun above.
    pub(crate) fn continues(&self, row: u32) -> bool {
        let after = self.continued.partition_point(|(from, _)| *from <= row);
        self.continued.get(..after).and_then(<[_]>::last).is_some_and(|(_, to)| row <= *to)
    }
    /// The cells of a row as far as they reach.
    pub(crate) fn cells(&self, row: u32) -> &[Cell] {
        let i = row.checked_sub(self.first).and_then(|i| usize::try_from(i).ok());
        i.and_then(|i| self.rows.get(i)).map_or(&[], Vec::as_slice)
    }
    /// The cell at a row (from 1) and column (from 0).
    pub fn cell(&self, row: u32, column: usize) -> &Cell {
        const NONE: &Cell = &Cell::Empty;
        self.cells(row).get(column).unwrap_or(NONE)
    }
    /// Number of the last row.
    pub fn last(&self) -> u32 {
        self.first + u32::try_from(self.rows.len()).unwrap_or(0).saturating_sub(1)
    }
    /// Forgets what a row held.
    pub(crate) fn let_go(&mut self, row: u32) {
        let i = row.checked_sub(self.first).and_then(|i| usize::try_from(i).ok());
        if let Some(cells) = i.and_then(|i| self.rows.get_mut(i)) {
            *cells = vec![];
        }
    }
    /// A vertical merge shows its value in its first row only: the others take it from there. Says how many cells that laid out anew.
    fn fill(&mut self) -> usize {
        let mut added = 0usize;
        for (r1, c1, r2, c2) in std::mem::take(&mut self.merged) {
            // Only those around the heading are asked for again.
            if r1 <= self.first + 25 {
                self.merged.push((r1, c1, r2, c2));
            }
            let column = usize::try_from(c1).unwrap_or(usize::MAX);
            let value = self.cell(r1, column).clone();
            if r2 <= r1 || c2 != c1 || value == Cell::Empty {
                continue;
            }
            for row in r1 + 1..=r2.min(self.last()) {
                added += 1;
                if added > WIDEST {
                    return added;
                }
                let i = row.checked_sub(self.first).and_then(|i| usize::try_from(i).ok());
                let cells = i.and_then(|i| self.rows.get_mut(i));
                if let Some(cells) = cells.filter(|r| r.get(column).is_none_or(|c| *c == Cell::Empty)) {
                    added += place(cells, column, value.clone());
                }
            }
        }
        added
    }
}
/// Cells that merges may lay out anew.
const WIDEST: usize = 2_000_000;
/// The last row a spreadsheet has.
const LAST: usize = 1_048_576;

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
            return Err(Refused::because("文件是空的。"));
        }
        if head.starts_with(b"PK\x03\x04") {
            let formulas = safe::zip(bytes, caps)?;
            // The reader is not ours: should it trip over a hostile file, that is the file's fault and told as such.
            let read = std::panic::catch_unwind(|| xlsx(bytes, caps, formulas));
            return read.unwrap_or_else(|_| Err(Refused::because("表格打不开：文件已损坏。请在表格软件里另存一份再试。")));
        }
        if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            return xls::read(bytes, caps);
        }
        if OTHERS.iter().any(|m| head.starts_with(m)) {
            return Err(Refused::because("这不是表格文件，只是改了后缀。请上传 xlsx、xls、csv 或 tsv。"));
        }
        text::read(bytes, caps)
    }
}
/// How files begin that are no tables: PDF, PNG, JPEG, GIF, RAR, 7z, gzip, programs, other archives.
const OTHERS: &[&[u8]] =
    &[b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF", b"MZ\x90", b"PK", b"BM\x36"];

fn xlsx(bytes: &[u8], caps: &Caps, formulas: bool) -> Result<Book, Refused> {
    let broken = |_| Refused::because("表格打不开：文件已损坏或加了密码。请去掉密码、另存一份再试。");
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let metadata = book.sheets_metadata().to_vec();
    if metadata.len() > caps.sheets {
        return Err(too_many(caps));
    }
    let (mut sheets, mut cells) = (vec![], 0usize);
    for m in metadata {
        let mut rows: Vec<(u32, Vec<Cell>)> = vec![];
        {
            let Ok(mut reader) = book.worksheet_cells_reader(&m.name) else { continue };
            while let Some(cell) = reader.next_cell().map_err(broken)? {
                let (r, c) = cell.get_position();
                cells += 1;
                let c = usize::try_from(c).unwrap_or(usize::MAX);
                if cells > caps.cells || c > 4_096 {
                    return Err(too_large());
                }
                let value = data(Data::from(cell.get_value().clone()));
                if value == Cell::Empty {
                    continue;
                }
                if rows.last().is_none_or(|(last, _)| *last != r) {
                    rows.push((r, vec![]));
                }
                if let Some((_, row)) = rows.last_mut() {
                    // What counts is what is laid out: a cell far to the right takes a whole row with it.
                    cells += place(row, c, value);
                }
            }
        }
        if formulas {
            let Ok(mut reader) = book.worksheet_cells_reader(&m.name) else { continue };
            while let Some(cell) = reader.next_formula().map_err(broken)? {
                let (r, c) = cell.get_position();
                let found = rows.binary_search_by_key(&r, |(n, _)| *n).ok().and_then(|i| rows.get_mut(i));
                if let Some((_, row)) = found.filter(|_| !cell.get_value().is_empty()) {
                    let c = usize::try_from(c).unwrap_or(usize::MAX);
                    if cells > caps.cells {
                        return Err(too_large());
                    }
                    if c <= 4_096 && row.get(c).is_none_or(|old| *old == Cell::Empty) {
                        cells += place(row, c, Cell::Formula);
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
/// Puts a cell into a row; says by how many cells the row has grown.
fn place(row: &mut Vec<Cell>, c: usize, value: Cell) -> usize {
    let grown = (c + 1).saturating_sub(row.len());
    if grown > 0 {
        row.resize(c + 1, Cell::Empty);
    }
    if let Some(slot) = row.get_mut(c) {
        *slot = value;
    }
    grown
}
pub(crate) fn too_large() -> Refused {
    Refused::too_large("表格过大：请按年份或单位拆成几个文件再导入。")
}
pub(crate) fn too_many(caps: &Caps) -> Refused {
    Refused::too_large(format!("工作表多于 {} 张，不能导入。请只留要导入的工作表。", caps.sheets))
}
/// Puts rows at their numbers; a gap of a million empty rows is an odd sheet, not memory.
pub(crate) fn sheet(name: &str, hidden: bool, rows: Vec<(u32, Vec<Cell>)>, merged: Vec<(u32, u32, u32, u32)>) -> Result<Sheet, Refused> {
    let mut all: Vec<Vec<Cell>> = vec![];
    for (r, row) in rows {
        let r = usize::try_from(r).unwrap_or(usize::MAX);
        if r >= LAST {
            return Err(too_large());
        }
        if r < all.len() {
            return Err(Refused::because(format!("工作表“{name}”的行号错乱，文件已损坏。请在表格软件里另存一份再试。")));
        }
        if r > all.len() + 10_000 {
            return Err(Refused::too_large(format!("工作表“{name}”中间空行过多，请删去空行再导入。")));
        }
        all.resize(r, vec![]);
        all.push(row);
    }
    let mut sheet = Sheet { name: name.into(), hidden, first: 1, rows: all, merged, ..Sheet::default() };
    if sheet.fill() > WIDEST { Err(too_large()) } else { Ok(sheet) }
}
pub(crate) fn data(value: Data) -> Cell {
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
