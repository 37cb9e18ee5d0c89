//! A sheet becomes judged rows: 干净、归一、提示、重复、拒绝; what is no data is skipped and said.
use jiff::civil::Date;
use serde_json::{Value as Json, json};
use std::collections::{HashMap, HashSet};

use crate::book::{Book, Cell, Sheet};
use crate::cells;
use crate::header::Mapping;
use crate::layouts::{Kind, Layout};
use crate::rules;
use crate::units::Units;
use crate::values::Values;

/// 判定.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Taken in.
    Good,
    /// Taken in, with something to look at.
    Noted,
    /// The same as an earlier row: taken in only when chosen.
    Duplicate,
    /// The same as something the house holds already: taken in only when chosen.
    Known,
    /// Not taken in.
    Rejected,
}
/// Something to say about a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Heading of the column.
    pub column: String,
    /// `R01` and the like.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
    /// The row is rejected for it.
    pub fatal: bool,
}
/// One row of data.
#[derive(Clone, Debug)]
pub struct RowRead {
    /// Row number in the sheet, from 1.
    pub row: u32,
    /// What is done with it.
    pub verdict: Verdict,
    /// Canonical values by field.
    pub values: Values,
    /// What is to be said.
    pub problems: Vec<Problem>,
    /// The earlier row it repeats.
    pub duplicate_of: Option<u32>,
    /// Numbers of what the house holds that it seems to be.
    pub known: Vec<String>,
}
/// A sheet, judged.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Name of the sheet.
    pub sheet: String,
    /// Rows of data in order.
    pub rows: Vec<RowRead>,
    /// `(row, why it is no data)`.
    pub skipped: Vec<(u32, &'static str)>,
    /// Rows that repeat one another, the one kept first.
    pub duplicate_groups: Vec<Vec<u32>>,
}
impl Table {
    /// Number of rows with this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.rows.iter().filter(|r| r.verdict == verdict).count()
    }
    /// Rows that may be taken in.
    pub fn valid(&self) -> impl Iterator<Item = &RowRead> {
        self.rows.iter().filter(|r| matches!(r.verdict, Verdict::Good | Verdict::Noted))
    }
}
/// What whoever takes the row in would refuse of it: `(field, what is wrong)`.
pub type Check<'a> = &'a dyn Fn(&Values) -> Vec<(&'static str, String)>;
/// Reads and judges the sheet of a mapping. `today`: no day may lie after it, nor after the day the ledger itself says it was made.
/// Rows of the book are let go as they are judged: a large ledger is not held twice.
pub fn read(book: &mut Book, layout: &Layout, mapping: &Mapping, units: &Units, today: Date, check: Check) -> Table {
    let Some(sheet) = book.sheets.get_mut(mapping.sheet) else { return Table::default() };
    let limit = made_on(sheet, mapping).unwrap_or(today).min(today);
    let mut table = Table { sheet: sheet.name.clone(), ..Table::default() };
    let columns: Vec<_> = mapping
        .columns
        .iter()
        .enumerate()
        .filter_map(|(i, (label, f))| Some((i, label, layout.columns.iter().find(|c| Some(c.field) == *f)?)))
        .collect();
    let mut ended = false;
    for row in mapping.data..=sheet.last() {
        if sheet.continues(row) {
            continue;
        }
        if let Some(why) = structural(sheet, row, mapping, &mut ended) {
            table.skipped.push((row, why));
            continue;
        }
        let (mut values, mut problems) =
            (Values::with_capacity(columns.len()), ragged(sheet, row, mapping).into_iter().collect::<Vec<_>>());
        for (i, label, column) in &columns {
            let read = cells::read(column, sheet.cell(row, *i), units, layout.not_yet);
            let say =
                |(code, message): (&'static str, String)| Problem { column: (*label).clone(), code, message, fatal: code.starts_with('R') };
            let told = read.notes.iter().any(|(code, _)| code.starts_with('R'));
            problems.extend(read.notes.into_iter().map(say));
            if column.required && read.value.is_null() && !told {
                problems
                    .push(Problem { column: (*label).clone(), code: "R09", message: "必填，现在是空的。".into(), fatal: true });
            }
            if let Some(message) = too_late(column.kind, &read.value, limit) {
                problems.push(Problem { column: (*label).clone(), code: "R10", message, fatal: true });
            }
            values.set(column.field, read.value);
        }
        sheet.let_go(row);
        rules::together(layout, &mut values, &mut problems);
        if !problems.iter().any(|p| p.fatal) {
            let label = |f: &str| columns.iter().find(|(_, _, c)| c.field == f).map_or_else(|| f.to_owned(), |(_, l, _)| (*l).clone());
            let wrong = check(&values).into_iter();
            problems.extend(wrong.map(|(f, message)| Problem { column: label(f), code: "R17", message, fatal: true }));
        }
        let verdict = if problems.iter().any(|p| p.fatal) {
            Verdict::Rejected
        } else if problems.is_empty() {
            Verdict::Good
        } else {
            Verdict::Noted
        };
        table.rows.push(RowRead { row, verdict, values, problems, duplicate_of: None, known: vec![] });
    }
    duplicates(layout, &mut table);
    if layout.kind == "organisation" {
        parents(&mut table);
    }
    table
}
/// W12, R18: a line of a text file has as many cells as its heading. Empty cells more or less change nothing; full ones more mean that
/// a comma inside a text has pushed all that follows into the wrong columns.
fn ragged(sheet: &Sheet, row: u32, mapping: &Mapping) -> Option<Problem> {
    let (own, width) = (sheet.cells(row), sheet.cells(mapping.heading).len());
    if !sheet.delimited || own.len() == width {
        return None;
    }
    let say = |code: &'static str, message: String| Problem { column: "整行".into(), code, message, fatal: code.starts_with('R') };
    Some(match own.get(width..) {
        None => say("W12", format!("比表头少 {} 列，缺的按空处理，请核对。", width - own.len())),
        Some(more) if more.iter().all(|c| matches!(c, Cell::Empty) || matches!(c, Cell::Text(t) if t.trim().is_empty())) => {
            say("W12", format!("比表头多 {} 个空列，已略去，请核对。", more.len()))
        }
        Some(more) => {
            say("R18", format!("比表头多 {} 列，可能是文字里的分隔符没有加引号，后面各列已错位。请给这段文字加上引号。", more.len()))
        }
    })
}
/// R10: nothing happens after the day the ledger was made; what may lie ahead does not lie beyond a working life.
fn too_late(kind: Kind, value: &Json, limit: Date) -> Option<String> {
    let years = match kind {
        Kind::Date | Kind::Moment => 0,
        Kind::Ahead => 50,
        _ => return None,
    };
    let day = value.as_str()?.get(..10)?.parse::<Date>().ok()?;
    let far = if years == 0 { "" } else { "五十年以上" };
    (day > limit.saturating_add(jiff::Span::new().years(years))).then(|| format!("{day} 晚于填报日 {limit}{far}，请核对。"))
}
/// 填报日期 above the heading.
fn made_on(sheet: &Sheet, mapping: &Mapping) -> Option<Date> {
    let above = sheet.first..mapping.heading;
    let text = above.flat_map(|r| (0..60).map(move |c| (r, c))).find_map(|(r, c)| match sheet.cell(r, c) {
        Cell::Text(t) => t.split_once("填报日期").map(|(_, rest)| rest.trim_start_matches([':', '：', ' ']).to_owned()),
        _ => None,
    })?;
    let numbers: Vec<i16> = text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).filter_map(|p| p.parse().ok()).collect();
    let [y, m, d] = numbers.get(..3)?.try_into().ok()?;
    Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
}
fn structural(sheet: &Sheet, row: u32, mapping: &Mapping, ended: &mut bool) -> Option<&'static str> {
    let cells: Vec<&Cell> = (0..mapping.columns.len()).map(|c| sheet.cell(row, c)).collect();
    let text = |c: &Cell| if let Cell::Text(t) = c { t.trim().to_owned() } else { String::new() };
    let empty = |c: &&Cell| matches!(c, Cell::Empty) || matches!(c, Cell::Text(t) if t.trim().is_empty());
    let full = cells.iter().filter(|c| !empty(c)).count();
    let first = cells.iter().find(|c| !empty(c)).map(|c| text(c)).unwrap_or_default();
    // Headings of sums are often spaced out: 总  计.
    let first: String = first.chars().filter(|c| !c.is_whitespace()).collect();
    let start = |words: &[&str]| words.iter().any(|w| first.starts_with(w));
    if full == 0 {
        return Some("空行");
    }
    if *ended || (full <= 6 && start(&["填报人", "审核人", "导出人", "单位负责人", "注:", "注：", "备注:", "备注：", "说明:", "说明："]))
    {
        *ended = true;
        return Some("表尾");
    }
    if start(&["合计", "小计", "总计"]) {
        return Some("小计");
    }
    let same = |(c, (label, field)): (&&Cell, &(String, Option<&'static str>))| {
        let t = text(c);
        field.is_some() && !t.is_empty() && label.rsplit(" / ").next() == Some(t.as_str())
    };
    let repeated = cells.iter().zip(&mapping.columns).filter(|(c, m)| same((c, m))).count();
    (repeated >= 3 && repeated * 2 >= full).then_some("重复表头")
}
fn duplicates(layout: &Layout, table: &mut Table) {
    let mut groups: Vec<Vec<u32>> = vec![];
    let mut place: HashMap<u32, usize> = HashMap::new();
    for keys in layout.same {
        let mut first: HashMap<String, u32> = HashMap::new();
        for row in table.rows.iter_mut().filter(|r| r.verdict != Verdict::Rejected) {
            let parts: Option<Vec<&str>> = keys.iter().map(|k| row.values.get(k).and_then(Json::as_str)).collect();
            let Some(parts) = parts else { continue };
            let key = parts.join("\u{1}");
            let Some(kept) = first.get(&key).copied() else {
                first.insert(key, row.row);
                continue;
            };
            if row.duplicate_of.is_some() {
                continue;
            }
            (row.verdict, row.duplicate_of) = (Verdict::Duplicate, Some(kept));
            let group = *place.entry(kept).or_insert_with(|| {
                groups.push(vec![kept]);
                groups.len() - 1
            });
            if let Some(g) = groups.get_mut(group) {
                g.push(row.row);
            }
        }
    }
    groups.iter_mut().for_each(|g| g.sort_unstable());
    groups.sort();
    table.duplicate_groups = groups;
}
/// R15: the organisation above must exist, and nobody may stand above himself.
fn parents(table: &mut Table) {
    let above: HashMap<String, String> = table
        .rows
        .iter()
        .filter_map(|r| Some((r.values.get("code")?.as_str()?.to_owned(), r.values.get("parent")?.as_str().unwrap_or("").to_owned())))
        .collect();
    for row in table.rows.iter_mut().filter(|r| matches!(r.verdict, Verdict::Good | Verdict::Noted)) {
        let Some(code) = row.values.get("code").and_then(Json::as_str) else { continue };
        let (mut at, mut seen) = (code.to_owned(), HashSet::new());
        let wrong = loop {
            let Some(next) = above.get(&at) else { break Some("上级机构编码不存在。请先登记上级机构。") };
            if next.is_empty() {
                break None;
            }
            if !seen.insert(at.clone()) {
                break Some("上级机构互为上下级，成了环。请改正上级机构编码。");
            }
            at.clone_from(next);
        };
        if let Some(say) = wrong {
            row.verdict = Verdict::Rejected;
            row.problems.push(Problem { column: "上级机构编码".into(), code: "R15", message: say.into(), fatal: true });
        }
    }
}
/// What the command line prints.
pub fn summary_json(table: &Table) -> Json {
    let errors: Vec<Json> = table
        .rows
        .iter()
        .flat_map(|r| r.problems.iter().filter(|p| p.fatal).map(move |p| json!({"row": r.row, "column": p.column, "message": p.message})))
        .collect();
    let known: Vec<Json> = table.rows.iter().filter(|r| !r.known.is_empty()).map(|r| json!({"row": r.row, "numbers": r.known})).collect();
    json!({
        "rows": table.rows.len(), "valid": table.valid().count(), "rejected": table.count(Verdict::Rejected), "duplicates": table.count(Verdict::Duplicate) + table.count(Verdict::Known),
        "errors": errors, "duplicate_groups": table.duplicate_groups, "known": known,
    })
}
