//! Finds the heading, also one of two levels, and proposes which column is which field.
use crate::book::{Book, Cell, Sheet};
use crate::layouts::Layout;

/// Which sheet, which rows the heading takes, and the field of each column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Index of the sheet in the book.
    pub sheet: usize,
    /// First row of data, from 1.
    pub data: u32,
    /// Last row of the heading.
    pub heading: u32,
    /// What each column is headed, and the field it holds, if any.
    pub columns: Vec<(String, Option<&'static str>)>,
}
impl Mapping {
    /// How many fields were found.
    pub fn found(&self) -> usize {
        self.columns.iter().filter(|(_, f)| f.is_some()).count()
    }
    /// Columns a ledger of this layout must have and this one has not, by their usual heading.
    pub fn missing(&self, layout: &Layout) -> Vec<&'static str> {
        let has = |field: &str| self.columns.iter().any(|(_, f)| *f == Some(field));
        let required = layout.columns.iter().filter(|c| c.required && !has(c.field));
        required.map(|c| c.labels.first().copied().unwrap_or(c.field)).collect()
    }
    /// Headed columns that hold nothing we know: the missing ones may be among them.
    pub fn unassigned(&self) -> usize {
        self.columns.iter().filter(|(label, f)| f.is_none() && !label.trim().is_empty()).count()
    }
}
/// A heading without spaces and punctuation.
fn plain(text: &str) -> String {
    text.chars().map(crate::cells::half).filter(|c| c.is_alphanumeric()).collect()
}
fn text(cell: &Cell) -> &str {
    if let Cell::Text(t) = cell { t } else { "" }
}
/// The proposal for one sheet; `None` where no heading of this layout is found.
pub fn propose(sheet: &Sheet, index: usize, layout: &Layout) -> Option<Mapping> {
    let width = sheet.rows.iter().take(20).map(Vec::len).max().unwrap_or(0).min(200);
    let mut best: Option<Mapping> = None;
    for row in sheet.first..=sheet.last().min(sheet.first + 19) {
        for two in [false, true] {
            let labels = labels(sheet, row, two, width);
            let heading = if two { row + 1 } else { row };
            let mapping = Mapping { sheet: index, data: heading + 1, heading, columns: assign(&labels, layout) };
            if mapping.found() > best.as_ref().map_or(0, Mapping::found) {
                best = Some(mapping);
            }
        }
    }
    let required = layout.columns.iter().filter(|c| c.required).count();
    best.filter(|m| m.found() >= required.clamp(2, 3))
}
/// `(group, label)` of each column.
fn labels(sheet: &Sheet, row: u32, two: bool, width: usize) -> Vec<(String, String)> {
    let mut group = String::new();
    (0..width)
        .map(|c| {
            let upper = text(sheet.cell(row, c)).trim();
            if !two {
                return (String::new(), upper.to_owned());
            }
            let lower = text(sheet.cell(row + 1, c)).trim();
            if !upper.is_empty() {
                group = upper.to_owned();
            }
            // A heading merged over both rows was filled downwards: it is its own label.
            if lower.is_empty() || lower == upper && !grouped(sheet, row, c) {
                (String::new(), upper.to_owned())
            } else {
                (group.clone(), lower.to_owned())
            }
        })
        .collect()
}
fn grouped(sheet: &Sheet, row: u32, c: usize) -> bool {
    let c = u32::try_from(c).unwrap_or(u32::MAX);
    sheet.merged.iter().any(|(r1, c1, r2, c2)| *r1 <= row && row <= *r2 && *c1 <= c && c <= *c2 && c2 > c1)
}
fn assign(labels: &[(String, String)], layout: &Layout) -> Vec<(String, Option<&'static str>)> {
    let mut taken: Vec<&'static str> = vec![];
    let mut all: Vec<(String, Option<&'static str>)> =
        labels.iter().map(|(g, l)| (if g.is_empty() { l.clone() } else { format!("{g} / {l}") }, None)).collect();
    // Whole headings first, bare labels after: 起 belongs to 驻点 only when nothing says so better.
    for pass in 0..2 {
        for (slot, (group, label)) in all.iter_mut().zip(labels).filter(|(s, _)| s.1.is_none()) {
            let (whole, bare) = (plain(&format!("{group}{label}")), plain(label));
            let hit = layout.columns.iter().filter(|c| !taken.contains(&c.field)).find(|c| {
                c.labels.iter().map(|l| plain(l)).any(|l| !l.is_empty() && (l == whole || (pass == 1 || group.is_empty()) && l == bare))
            });
            if let Some(column) = hit {
                slot.1 = Some(column.field);
                taken.push(column.field);
            }
        }
    }
    all
}
/// The sheet of the book that fits the layout best.
pub fn best_sheet(book: &Book, layout: &Layout) -> Option<Mapping> {
    let all = book.sheets.iter().enumerate().filter_map(|(i, s)| propose(s, i, layout));
    all.max_by_key(|m| (m.found(), usize::MAX - m.sheet))
}
