//! Import (M1.1): a dry run that changes nothing, then all or chosen rows in one transaction, then – while nothing was built on it –
//! the whole batch taken back. Rows enter through the same gate as everything else, as history.
mod history;
pub(crate) mod known;
mod queries;
mod report;
mod staging;
mod take;

pub use report::{counts, error_sheet};
pub use staging::{Staged, advance, begin, discard, end, expire, get, list, map, progress, put};
pub use take::{Outcome, take, undo};

use domain::engine::Person;
use ledger::Alg;
use serde_json::json;
use sheets::{Book, Caps, Layout, Mapping, Refused, Table, Unit, Units, Verdict};
use std::path::Path;

use crate::db::Tx;
use crate::edge::hex;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::registers::Registers;

const OFFICE: &[&str] = &["R1", "R2"];
const DESK: &[&str] = &["R14"];
const JUSTICE: &[&str] = &["R17", "R18"];
/// `(ledger, 中文, roles that bring it in)`: what belongs to one office is neither read nor taken in by another.
pub const LEDGERS: &[(&str, &str, &[&str])] = &[
    ("clue", "线索台账", OFFICE),
    ("dossier", "案件台账", OFFICE),
    ("expert", "专家名册", OFFICE),
    ("procuratorial_opinion", "检察监督意见台账", OFFICE),
    ("organisation", "机构表", OFFICE),
    ("officer", "干警信息", OFFICE),
    ("hotline_call", "热线记录", DESK),
    ("observer", "监督员名册", DESK),
    (domain::procedures::import::ORDERS, "12345工单", DESK),
    ("enforcement_record", "涉企检查处罚台账", JUSTICE),
];
/// The office this person brings such a ledger in for.
fn office(who: &Person, kind: &str) -> Result<String> {
    let roles = LEDGERS.iter().find(|l| l.0 == kind).map_or(&[][..], |l| l.2);
    let held = who.roles.iter().find(|r| roles.contains(&r.role.as_str()));
    held.map(|r| r.org.clone()).ok_or_else(|| Failure::Forbidden("缺少权限：导入台账。".into()))
}
/// A file looked at: nothing has changed.
pub struct Plan {
    pub layout: &'static Layout,
    pub mapping: Mapping,
    pub table: Table,
    pub digest: String,
    /// A few cells of each column, for the mapping page.
    pub samples: Vec<String>,
    /// Columns it must have and has not. Nothing of it is then read, and nothing can be taken in.
    pub missing: Vec<&'static str>,
    /// Size of the ledger when the house was looked at.
    seen: u64,
}
impl Plan {
    /// Refuses the file as a whole when a column that must be there is not.
    ///
    /// # Errors
    /// `Bad(422)`, naming the columns.
    pub fn whole(&self) -> Result<()> {
        if self.missing.is_empty() {
            return Ok(());
        }
        Err(Failure::Bad(422, format!("缺少必填列：{}。整份不能导入，请补上这些列，或在“列的对应关系”中指明。", self.missing.join("、"))))
    }
}
/// What a matter registered already looks like beside a row: organisation, gist, day.
pub struct Brief {
    pub number: String,
    pub org: String,
    pub gist: String,
    pub opened_on: String,
}
/// A matter the dry run named.
///
/// # Errors
/// A fault of the engine.
pub fn brief(tx: &Tx, registers: &Registers, number: &str) -> Result<Brief> {
    let mut row = queries::brief(tx, number)?.unwrap_or_default();
    let org = registers.org_name(row.text(0)).to_owned();
    // A name that is kept in the vault is not opened for a comparison.
    let gist = if domain::engine::is_vault_ref(row.text(1)).is_some() { String::new() } else { row.take(1).chars().take(60).collect() };
    Ok(Brief { number: number.to_owned(), org, gist, opened_on: row.take(2) })
}
/// Looks at a waiting file again.
///
/// # Errors
/// `Bad(409)` when the file is gone.
pub fn plan_of(tx: &Tx, house: &House, who: &Person, s: &Staged) -> Result<Plan> {
    staging::plan(tx, house, who, s)
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
/// 法院代字 of the courts in the register: a case number of another court is refused.
fn court_words(tx: &Tx, house: &House) -> Result<Vec<String>> {
    let all = crate::registers::as_of(tx, "organisation", house.clock.now().today)?;
    let text = |body: &serde_json::Value, f: &str| body.get(f).and_then(|v| v.as_str()).unwrap_or("").to_owned();
    Ok(all.iter().filter(|(_, b)| text(b, "kind") == "审判机关").map(|(_, b)| text(b, "doc_ab")).filter(|w| !w.is_empty()).collect())
}
/// Dry run of a file. `fields`: what the person said each column holds, in place of the proposal.
///
/// # Errors
/// `Bad(422)` with the sentence why the file is not taken.
pub fn plan(tx: &Tx, house: &House, who: &Person, kind: &str, bytes: &[u8], fields: Option<&[String]>) -> Result<Plan> {
    let refused = |r: Refused| Failure::Bad(r.status(), r.reason);
    let layout = sheets::layouts::layout(kind).ok_or_else(|| {
        let known: Vec<&str> = LEDGERS.iter().map(|l| l.0).collect();
        Failure::Bad(422, format!("不能导入“{kind}”。可导入：{}。", known.join("、")))
    })?;
    office(who, kind)?;
    let mut book = Book::open(bytes, &Caps::default()).map_err(refused)?;
    let none = || Failure::Bad(422, format!("没有找到{}的表头。请检查是否选错了台账种类。", layout.label));
    let mut mapping = sheets::best_sheet(&book, layout).ok_or_else(none)?;
    let remembered = queries::mapping(tx, kind, &headings(&mapping))?.map(|m| serde_json::from_str(&m)).transpose()?;
    if let Some(fields) = fields.map(<[String]>::to_vec).or(remembered) {
        for (slot, field) in mapping.columns.iter_mut().zip(fields) {
            slot.1 = layout.columns.iter().find(|c| c.field == field).map(|c| c.field);
        }
    }
    let cell = |c: usize| {
        book.sheets.get(mapping.sheet).map_or_else(String::new, |s| {
            (mapping.data..mapping.data + 3).map(|r| words(s.cell(r, c))).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("；")
        })
    };
    let samples = (0..mapping.columns.len()).map(cell).collect();
    let missing = mapping.missing(layout);
    let mut table = Table::default();
    if missing.is_empty() {
        let registers = house.registers(tx)?;
        let codes = take::codes(&registers);
        let check = |values: &sheets::Values| take::wrong(kind, values, &codes);
        table = sheets::read(
            &mut book,
            layout,
            &mapping,
            &units(&registers).with_courts(court_words(tx, house)?),
            house.clock.now().today,
            &check,
        );
        drop(book);
        if history::opens(kind).is_some() {
            known::Looker::new(layout.kind, who, &registers, &codes, &house.keys).mark(tx, &mut table)?;
        }
    }
    let seen = crate::ledger::size(tx)?;
    Ok(Plan { layout, table, digest: hex(&Alg::Sha256.hash(&[bytes])), samples, mapping, missing, seen })
}
fn words(cell: &sheets::Cell) -> String {
    match cell {
        sheets::Cell::Text(t) => t.chars().filter(|c| !c.is_control()).take(24).collect(),
        sheets::Cell::Number(n) | sheets::Cell::Day(n) => format!("{n}"),
        sheets::Cell::Bool(b) => b.to_string(),
        sheets::Cell::Empty | sheets::Cell::Formula | sheets::Cell::Error(_) => String::new(),
    }
}
/// A mapping is remembered by the headings it was made for.
fn headings(mapping: &Mapping) -> String {
    let all: Vec<&str> = mapping.columns.iter().map(|(l, _)| l.as_str()).collect();
    hex(&Alg::Sha256.hash(&[all.join("\n").as_bytes()])[..12])
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
    let who = take::console(house, kind)?;
    let looked = house.db.read_here(|tx| plan(tx, house, &who, kind, &bytes, None));
    drop(bytes);
    let plan = match looked.and_then(|p| p.whole().map(|()| p)) {
        Ok(plan) => plan,
        Err(failure) => return refused(failure),
    };
    let rejected = plan.table.count(Verdict::Rejected);
    let mut said = vec![];
    if json {
        said.push(sheets::summary_json(&plan.table).to_string());
    } else {
        let counts: Vec<String> = counts(&plan.table).iter().map(|(what, n)| format!("{what} {n}")).collect();
        said.push(format!("{}。{}", counts.join("，"), if dry_run { "只检查，未入库。" } else { "已入库。" }));
        for r in plan.table.rows.iter().filter(|r| r.verdict == Verdict::Rejected) {
            said.extend(r.problems.iter().filter(|p| p.fatal).map(|p| format!("第 {} 行 {}：{}", r.row, p.column, p.message)));
        }
    }
    if !dry_run && let Err(failure) = take(house, &who, &name, plan, None, None, &mut |_, _| {}) {
        return refused(failure);
    }
    said.iter().for_each(|line| println!("{line}"));
    Ok(if rejected > 0 { 3 } else { 0 })
}
