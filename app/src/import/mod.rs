//! Import (M1.1): a dry run that changes nothing, then all or chosen rows in one transaction, then – while nothing was built on it –
//! the whole batch taken back. Rows enter through the same gate as everything else, as history.
mod take;

pub use take::{Outcome, take, undo};

use ledger::Alg;
use serde_json::json;
use sheets::{Book, Caps, Layout, Mapping, Refused, Table, Unit, Units, Verdict};
use std::path::Path;

use crate::db::Tx;
use crate::edge::hex;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::params;
use crate::registers::Registers;

/// A file looked at: nothing has changed.
pub struct Plan {
    pub layout: &'static Layout,
    pub mapping: Mapping,
    pub table: Table,
    pub digest: String,
    /// A few cells of each column, for the mapping page.
    pub samples: Vec<String>,
}
/// Names of organisations as this house knows them.
pub fn units(registers: &Registers) -> Units {
    let unit = |o: &crate::registers::Org| Unit {
        code: o.code.clone(),
        name: o.name.clone(),
        short: o.short.clone(),
        former: o.former.clone(),
        inner: o.level == "内设",
    };
    Units::new(&registers.orgs().map(unit).collect::<Vec<_>>())
}
/// Dry run of a file. `fields`: what the person said each column holds, in place of the proposal.
///
/// # Errors
/// `Bad(422)` with the sentence why the file is not taken.
pub fn plan(tx: &Tx, house: &House, kind: &str, bytes: &[u8], fields: Option<&[String]>) -> Result<Plan> {
    let refused = |r: Refused| Failure::Bad(422, r.0);
    let layout = sheets::layouts::layout(kind)
        .ok_or_else(|| Failure::Bad(422, format!("不能导入“{kind}”。可导入：clue、organisation、officer。")))?;
    let book = Book::open(bytes, &Caps::default()).map_err(refused)?;
    let none = || Failure::Bad(422, format!("没有找到{}的表头。请检查是否选错了台账种类。", layout.label));
    let mut mapping = sheets::best_sheet(&book, layout).ok_or_else(none)?;
    let remembered = remembered(tx, kind, &mapping)?;
    if let Some(fields) = fields.map(<[String]>::to_vec).or(remembered) {
        for (slot, field) in mapping.columns.iter_mut().zip(fields) {
            slot.1 = layout.columns.iter().find(|c| c.field == field).map(|c| c.field);
        }
    }
    let registers = house.registers(tx)?;
    let table = sheets::read(&book, layout, &mapping, &units(&registers), house.clock.now().today);
    let cell = |c: usize| {
        book.sheets.get(mapping.sheet).map_or_else(String::new, |s| {
            (mapping.data..mapping.data + 3).map(|r| words(s.cell(r, c))).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("；")
        })
    };
    let samples = (0..mapping.columns.len()).map(cell).collect();
    Ok(Plan { layout, table, digest: hex(&Alg::Sha256.hash(&[bytes])), samples, mapping })
}
fn words(cell: &sheets::Cell) -> String {
    match cell {
        sheets::Cell::Text(t) => t.chars().take(24).collect(),
        sheets::Cell::Number(n) | sheets::Cell::Day(n) => format!("{n}"),
        sheets::Cell::Bool(b) => b.to_string(),
        sheets::Cell::Empty | sheets::Cell::Error(_) => String::new(),
    }
}
/// A mapping is remembered by the headings it was made for.
fn headings(mapping: &Mapping) -> String {
    let all: Vec<&str> = mapping.columns.iter().map(|(l, _)| l.as_str()).collect();
    hex(&Alg::Sha256.hash(&[all.join("\n").as_bytes()])[..12])
}
fn remembered(tx: &Tx, kind: &str, mapping: &Mapping) -> Result<Option<Vec<String>>> {
    let sql = "SELECT form FROM draft WHERE person = '*' AND place = $1 AND action = $2";
    let row = tx.one(sql, params![format!("mapping/{kind}"), headings(mapping)])?;
    Ok(row.map(|r| serde_json::from_str(r.text(0))).transpose()?)
}
/// Remembers what the person said each column holds.
///
/// # Errors
/// A fault of the engine.
pub fn remember(tx: &Tx, kind: &str, mapping: &Mapping, fields: &[String], now_ms: i64) -> Result<()> {
    let sql = "INSERT INTO draft (person, place, action, form, saved_ms) VALUES ('*', $1, $2, $3, $4) ON CONFLICT (person, place, action) DO UPDATE SET form = excluded.form";
    tx.exec(sql, params![format!("mapping/{kind}"), headings(mapping), serde_json::to_string(fields)?, now_ms]).map(drop)
}
/// Rows with something wrong, as a sheet to correct: number, column, what is wrong, then the values as read.
///
/// # Errors
/// More rows than a sheet holds.
pub fn error_sheet(plan: &Plan) -> Result<Vec<u8>> {
    let mut head = vec!["行号", "判定", "问题和改法"];
    head.extend(plan.layout.columns.iter().map(|c| c.labels.first().copied().unwrap_or(c.field)));
    let mut rows = vec![];
    for r in plan.table.rows.iter().filter(|r| r.verdict != Verdict::Good) {
        let verdict = match r.verdict {
            Verdict::Rejected => "拒绝",
            Verdict::Duplicate => "重复",
            Verdict::Noted | Verdict::Good => "提示",
        };
        let mut said: Vec<String> = r.problems.iter().map(|p| format!("{}：{}", p.column, p.message)).collect();
        said.extend(r.duplicate_of.map(|n| format!("与第 {n} 行重复")));
        let mut row = vec![r.row.to_string(), verdict.to_owned(), said.join("；")];
        row.extend(plan.layout.columns.iter().map(|c| match r.values.get(c.field) {
            Some(serde_json::Value::String(s)) => s.clone(),
            Some(serde_json::Value::Bool(b)) => if *b { "是" } else { "否" }.into(),
            Some(serde_json::Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        }));
        rows.push(row);
    }
    crate::table::xlsx(&head, &rows)
}
/// `xiezhi import`.
pub(crate) fn command(house: &House, kind: &str, file: &Path, dry_run: bool, json: bool) -> Result<u8> {
    let bytes = std::fs::read(file).map_err(|e| Failure::Bad(1, format!("读不了文件：{e}")))?;
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let refused = |failure: Failure| match failure {
        Failure::Bad(_, why) if json => {
            println!("{}", json!({ "refused": why }));
            Ok(1)
        }
        Failure::Bad(_, why) => Err(Failure::Bad(1, why)),
        other => Err(other),
    };
    let plan = match house.db.read_here(|tx| plan(tx, house, kind, &bytes, None)) {
        Ok(plan) => plan,
        Err(failure) => return refused(failure),
    };
    if !dry_run {
        let who = take::console(house)?;
        if let Err(failure) = take(house, &who, &name, &plan, None, &mut |_, _| {}) {
            return refused(failure);
        }
    }
    let rejected = plan.table.count(Verdict::Rejected);
    if json {
        println!("{}", sheets::summary_json(&plan.table));
    } else {
        println!(
            "数据行 {}，有效 {}，拒绝 {rejected}，重复 {}。{}",
            plan.table.rows.len(),
            plan.table.valid().count(),
            plan.table.count(Verdict::Duplicate),
            if dry_run { "只检查，未入库。" } else { "已入库。" }
        );
        for r in plan.table.rows.iter().filter(|r| r.verdict == Verdict::Rejected) {
            r.problems.iter().filter(|p| p.fatal).for_each(|p| println!("第 {} 行 {}：{}", r.row, p.column, p.message));
        }
    }
    Ok(if rejected > 0 { 3 } else { 0 })
}
