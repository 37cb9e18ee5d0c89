//! 底册: what is only true or not on a day – limits, parameters, holiday notices, organisations, officers, holdings, conflicts.
//! Versioned rows on the ledger; the tables pages join are projections of them.
mod projections;
mod queries;

pub(crate) use queries::{conflicts as conflict_rows, delegated_by, officer, officer_rows};

use domain::calendar::Calendar;
use domain::engine::Parameters;
use domain::registers::limits::{Limit, Limits, defaults};
use jiff::civil::Date;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::ledger::Draft;
use crate::matters::Desk;
use crate::vault;

/// Every register, by the name its entries carry.
pub const NAMES: [&str; 9] = ["limit", "parameter", "notice", "organisation", "officer", "holding", "conflict", "rule", "official"];
/// 机构.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Org {
    pub code: String,
    pub name: String,
    pub short: String,
    pub parent: String,
    pub level: String,
    pub kind: String,
    pub region: String,
    pub status: String,
    pub former: String,
    /// 管理体制: a code of `REGIME`; 属地 where the register says nothing.
    pub regime: String,
    /// Codes from the top, each followed by `/`.
    pub path: String,
}
/// 利益冲突: why this person may not touch what concerns the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// `org`, `matter`, or `firm`: the keyed digest of an enterprise, at which an observer is not drawn.
    pub kind: String,
    pub target: String,
    pub why: String,
}
/// 领导干部 (B10): an officer registered as one of the leading officials of a unit. Whoever is not, has no 活情况.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    /// Key of his row in the register of officers.
    pub key: String,
    pub unit: String,
    pub post: String,
    /// First day of his term.
    pub since: Date,
    /// Key of his account; empty where he has none.
    pub account: String,
}
impl Official {
    fn read((key, body): (String, Json)) -> Option<Self> {
        let text = |name: &str| body.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
        Some(Self { since: text("since").parse().ok()?, unit: text("unit"), post: text("post"), account: text("account"), key })
    }
}
/// The registers as they hold today.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    /// Changes with every amendment.
    pub stamp: i64,
    pub today: Date,
    pub calendar: Calendar,
    pub limits: Limits,
    pub parameters: Parameters,
    orgs: BTreeMap<String, Org>,
    conflicts: BTreeMap<String, Vec<Conflict>>,
    officials: BTreeMap<String, Official>,
}
impl Registers {
    /// An editable number that counts something (`parameters`).
    pub fn count(&self, name: &str) -> usize {
        usize::try_from(domain::registers::parameters::value(&self.parameters, name)).unwrap_or(0)
    }
    /// Reads them all.
    ///
    /// # Errors
    /// A fault of the engine, or a row that no longer reads.
    pub fn load(tx: &Tx, stamp: i64, today: Date) -> Result<Self> {
        let mut limits: BTreeMap<String, Limit> = BTreeMap::new();
        for (key, body) in as_of(tx, "limit", today)? {
            limits.insert(key, serde_json::from_value(body)?);
        }
        let mut calendar = Calendar::built_in().clone();
        for (year, body) in as_of(tx, "notice", today)? {
            let text = body.get("text").and_then(Json::as_str).unwrap_or("");
            calendar = calendar.with_notice(text).map_err(|e| Failure::Fault(format!("{year} 年放假安排：{e}")))?;
        }
        let number = |(key, body): (String, Json)| (key, body.get("value").and_then(Json::as_i64).unwrap_or(0));
        let parameters = as_of(tx, "parameter", today)?.into_iter().map(number).collect();
        let orgs = projections::orgs(tx)?.into_iter().map(|o| (o.code.clone(), o)).collect();
        let mut conflicts: BTreeMap<String, Vec<Conflict>> = BTreeMap::new();
        for (person, conflict) in projections::conflicts(tx)? {
            conflicts.entry(person).or_default().push(conflict);
        }
        let officials = as_of(tx, "official", today)?.into_iter().filter_map(Official::read).map(|o| (o.key.clone(), o)).collect();
        Ok(Self { stamp, today, calendar, limits: Limits(limits), parameters, orgs, conflicts, officials })
    }
    /// Nothing but a calendar: what the command line reckons with where there is no house.
    pub fn of_calendar(calendar: Calendar) -> Self {
        Self { calendar, ..Self::default() }
    }
    /// The organisation of this code.
    pub fn org(&self, code: &str) -> Option<&Org> {
        self.orgs.get(code)
    }
    /// Its name; the code where it is unknown.
    pub fn org_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.orgs.get(code).map_or(code, |o| o.name.as_str())
    }
    /// Every organisation, by code.
    pub fn orgs(&self) -> impl Iterator<Item = &Org> {
        self.orgs.values()
    }
    /// Whether the first organisation is the second, or lies under it.
    pub fn under(&self, org: &str, top: &str) -> bool {
        org == top || self.orgs.get(org).is_some_and(|o| o.path.split('/').any(|c| c == top))
    }
    /// The leading official of this officer's key; nothing of any other officer.
    pub fn official(&self, key: &str) -> Option<&Official> {
        self.officials.get(key)
    }
    /// Every leading official, by key.
    pub fn officials(&self) -> impl Iterator<Item = &Official> {
        self.officials.values()
    }
    /// Registered conflicts of a person.
    pub fn conflicts_of(&self, person: &str) -> &[Conflict] {
        self.conflicts.get(person).map_or(&[], Vec::as_slice)
    }
}
/// Changes whenever a register does.
///
/// # Errors
/// A fault of the engine.
pub fn stamp(tx: &Tx) -> Result<i64> {
    queries::stamp(tx)
}

/// Where a projection of a register differs from what its newest versions say, for verification.
///
/// # Errors
/// A fault of the engine.
pub fn differ(tx: &Tx, house: &House) -> Result<Option<String>> {
    projections::differ(tx, house)
}
/// One amendment of one row.
pub struct Amendment<'a> {
    /// Name of the register.
    pub register: &'a str,
    /// Key of the row.
    pub key: &'a str,
    /// From which day it holds.
    pub from: Date,
    /// The row; `None` ends it.
    pub body: Option<Json>,
    /// Members of the body whose texts go to the vault.
    pub personal: &'a [&'a str],
    /// Import batch it came with, or empty.
    pub batch: &'a str,
    /// Pseudonymous key of the person, and the right he used.
    pub by: (&'a str, &'a str),
}
/// Writes one version of one row, its entry and its projection.
///
/// # Errors
/// A fault of the engine.
pub fn amend(desk: &mut Desk, a: Amendment) -> Result<u64> {
    let plain = a.body.clone();
    let mut body = a.body;
    let mut items = vec![];
    for name in a.personal {
        let Some(slot) = body.as_mut().and_then(|b| b.get_mut(*name)) else { continue };
        let Some(text) = slot.as_str().filter(|t| !t.is_empty()) else { continue };
        let item = vault::seal(&desk.house.keys, desk.head.alg(), "personal", text)?;
        *slot = domain::engine::vault_ref(&item.reference).into();
        items.push(item);
    }
    let stream = format!("{}/{}", a.register, a.key);
    let version = queries::next_version(desk.tx, a.register, a.key)?;
    let payload = json!({"amend": {"from": a.from.to_string(), "body": body, "batch": a.batch}});
    let draft = Draft {
        kind: format!("{}@1", a.register),
        stream: &stream,
        stream_ver: version,
        actor: a.by.0,
        role: a.by.1,
        org: "",
        idem_key: [0; 16],
        payload: serde_json::to_vec(&payload)?,
        vault_refs: items.iter().map(|i| (i.reference.clone(), i.commitment)).collect(),
    };
    let now = desk.now;
    let seq = desk.head.append(desk.tx, draft, now.ms)?;
    for item in items {
        vault::store(desk.tx, &item)?;
    }
    let text = body.as_ref().map(Json::to_string);
    queries::put_version(desk.tx, a.register, a.key, seq, &a.from.to_string(), text, a.batch)?;
    projections::put(desk, a.register, a.key, plain.as_ref())?;
    queries::bump(desk.tx)?;
    // Here and nowhere else: no way of writing the register forgets the seats.
    if let ("conflict", true, Some(person)) = (a.register, body.is_some(), a.key.split('|').next()) {
        crate::conflicts::recheck(desk, person)?;
    }
    Ok(seq)
}
/// Reads the registers again after amendments in the same write.
///
/// # Errors
/// A fault of the engine.
pub fn refresh(desk: &mut Desk) -> Result<()> {
    desk.registers = std::sync::Arc::new(Registers::load(desk.tx, stamp(desk.tx)?, desk.now.today)?);
    Ok(())
}
/// Every row of a register as it holds on a day.
///
/// # Errors
/// A fault of the engine.
pub fn as_of(tx: &Tx, register: &str, day: Date) -> Result<Vec<(String, Json)>> {
    let mut all: BTreeMap<String, Option<Json>> = BTreeMap::new();
    // Ordered by day and knowledge: the last one that has begun wins.
    for mut row in queries::versions(tx, register, &day.to_string())? {
        let body = if row.is_null(1) { None } else { Some(serde_json::from_str(row.text(1))?) };
        all.insert(row.take(0), body);
    }
    Ok(all.into_iter().filter_map(|(k, b)| Some((k, b?))).collect())
}
/// What every row of a register says now, whatever day it is to hold from.
///
/// # Errors
/// A fault of the engine.
pub fn newest(tx: &Tx, register: &str) -> Result<Vec<(String, Json)>> {
    as_of(tx, register, Date::MAX)
}
/// Versions of one row, newest first: `(seq, from day, body)`.
///
/// # Errors
/// A fault of the engine.
pub fn history(tx: &Tx, register: &str, key: &str) -> Result<Vec<(u64, String, Option<Json>)>> {
    let rows = queries::history(tx, register, key)?;
    rows.into_iter()
        .map(|mut r| Ok((r.count(0), r.take(1), if r.is_null(2) { None } else { Some(serde_json::from_str(r.text(2))?) })))
        .collect()
}
/// Takes back a whole batch of amendments, as long as nothing came after them.
///
/// # Errors
/// A refusal that counts the rows that were built on; a fault of the engine.
pub fn undo(desk: &mut Desk, batch: &str, by: (&str, &str)) -> Result<usize> {
    let rows = queries::batch(desk.tx, batch)?;
    let built = rows.iter().filter(|r| r.yes(4)).count();
    if built > 0 {
        return Err(Failure::Bad(409, format!("其中 {built} 行已有后续变更，不能整批撤销。")));
    }
    for row in &rows {
        let before = history(desk.tx, row.text(0), row.text(1))?.into_iter().nth(1).and_then(|(_, _, body)| body);
        let today = desk.now.today;
        let (register, key) = (row.text(0), row.text(1));
        let personal = PERSONAL.iter().find(|(r, _)| *r == register).map_or(&[][..], |(_, p)| p);
        let before = before.map(|b| opened(desk, b)).transpose()?;
        amend(desk, Amendment { register, key, from: today, body: before, personal, batch: "", by })?;
    }
    refresh(desk)?;
    Ok(rows.len())
}
/// Members of register rows that are about natural persons.
pub const PERSONAL: &[(&str, &[&str])] = &[("officer", &["name", "idno", "birth", "phone", "kin", "remark"]), ("conflict", &["why"])];

/// A row with its texts out of the vault.
///
/// # Errors
/// A fault of the engine.
pub fn opened(desk: &Desk, body: Json) -> Result<Json> {
    open_body(desk.tx, desk.house, body)
}
/// Likewise, outside a write.
///
/// # Errors
/// A fault of the engine.
pub fn open_body(tx: &Tx, house: &House, mut body: Json) -> Result<Json> {
    if let Some(members) = body.as_object_mut() {
        for value in members.values_mut() {
            if let Some(reference) = value.as_str().and_then(domain::engine::is_vault_ref) {
                *value = vault::open(tx, &house.keys, reference)?.unwrap_or_default().into();
            }
        }
    }
    Ok(body)
}

/// What is shipped and not held yet – all of it in a new house, the newcomers of a release in a running one – goes on the ledger like
/// everything else. What the office has set itself stays as it set it.
///
/// # Errors
/// A fault of the engine.
pub fn ensure(tx: &Tx, house: &House) -> Result<()> {
    if shipped(tx)?.is_empty() {
        return Ok(());
    }
    let mut desk = Desk::open(tx, house)?;
    let start = Date::constant(2018, 1, 1);
    // Again, now that the head is ours: another node may have been quicker.
    for (register, key, body) in shipped(tx)? {
        amend(
            &mut desk,
            Amendment { register, key: &key, from: start, body: Some(body), personal: &[], batch: "", by: ("house", "House") },
        )?;
    }
    desk.close()
}
/// Shipped rows of which the registers hold no version: `(register, key, row)`.
fn shipped(tx: &Tx) -> Result<Vec<(&'static str, String, Json)>> {
    let (limits, parameters) = (queries::keys(tx, "limit")?, queries::keys(tx, "parameter")?);
    let mut all = vec![];
    for limit in defaults().into_iter().filter(|l| !limits.contains(&l.code)) {
        all.push(("limit", limit.code.clone(), serde_json::to_value(&limit)?));
    }
    let rows = domain::registers::parameters::DEFAULTS.iter().filter(|row| !parameters.contains(row.0));
    all.extend(rows.map(|(key, label, value)| ("parameter", (*key).to_owned(), json!({"label": label, "value": value}))));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_house_lacks_what_a_release_brings_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("xz_registers_{}", std::process::id()));
        let place = crate::db::Place::Folder(folder.clone());
        let house = House::open(&place, crate::edge::Clock::set_to(1_772_413_200_000), ledger::Alg::Sm3).expect("a house");
        let lacks = || house.db.read_here(shipped).expect("rows").into_iter().map(|(r, k, _)| format!("{r} {k}")).collect::<Vec<_>>();
        assert_eq!(lacks(), Vec::<String>::new(), "a new house holds all");
        house.db.write_here(|tx| queries::forget(tx, "N150").and_then(|()| queries::forget(tx, "warning_events"))).expect("an older house");
        assert_eq!(lacks(), ["limit N150", "parameter warning_events"]);
        drop(house);
        let _ = std::fs::remove_dir_all(folder);
    }
}
