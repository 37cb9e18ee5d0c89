//! 参数总览: every weight, threshold, limit and ratio of the house with its reason, owner, basis and history; and what the last half-year
//! would have been with another value. Reads and reckons; never writes.
mod queries;
mod what_if;

pub use what_if::{LOOKED_AT, Outcome, Shift, what_if};

use domain::procedures::review::scoring::{Scale, points};
use domain::procedures::standard::Standard;
use domain::registers::levers::{self, BY_CODE, BY_EDITION, BY_LAW, BY_ORDER, FIXED, Why};
use domain::registers::limits::OWN;
use domain::registers::parameters::DEFAULTS;
use serde_json::Value as Json;
use std::collections::BTreeMap;

use crate::db::Tx;
use crate::failure::Result;
use crate::matters;
use crate::registers::{self, Registers};

/// Who reads the page: the office, the judicial administration whose alerts depend on it, those who configure and audit.
pub const READERS: &[&str] = &["R1", "R2", "R3", "R17", "R18", "SYS", "AUD"];
/// Who may reckon what would have been: whoever sees matters; an administrator sees none.
pub const TRIERS: &[&str] = &["R1", "R2", "R3", "R17", "R18"];

/// One lever.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lever {
    /// Address part, where it has a page of its own.
    pub key: Option<String>,
    pub code: String,
    pub label: String,
    pub value: String,
    pub floor: &'static str,
    pub reason: String,
    pub effect: String,
    pub owner: &'static str,
    pub basis: String,
    pub law: bool,
    pub from: String,
    pub versions: u64,
    /// Number of the standard it stands in.
    pub standard: Option<String>,
}
/// Levers of one sort.
pub struct Group {
    pub label: String,
    pub note: String,
    pub levers: Vec<Lever>,
}
/// One version of a row: ledger position, day, what it says, who wrote it.
pub struct Version {
    pub seq: u64,
    pub from: String,
    pub value: String,
    pub by: String,
}
fn explained(mut lever: Lever, why: Option<Why>) -> Lever {
    if let Some(why) = why {
        (lever.reason, lever.effect) = (why.reason.into(), why.effect.into());
    }
    lever
}
type Known = BTreeMap<String, (u64, String)>;
fn known(tx: &Tx, register: &str, registers: &Registers) -> Result<Known> {
    let all = queries::versions(tx, register, &registers.today.to_string())?;
    Ok(all.into_iter().map(|(key, n, from)| (key, (n, from))).collect())
}
/// Every lever, in groups.
///
/// # Errors
/// A fault of the engine.
pub fn all(tx: &Tx, registers: &Registers) -> Result<Vec<Group>> {
    let group = |label: &str, note: &str, levers| Group { label: label.into(), note: note.into(), levers };
    let mut groups = vec![
        group("门槛、比例和人数", "都是本机构设定，非法定。", parameters(registers, &known(tx, "parameter", registers)?)),
        group("期限", "法定的不能用变更单改；其余是本机构设定，非法定。", limits(registers, &known(tx, "limit", registers)?)),
        group("写在程序里的", "改动要换程序版本。", fixed()),
    ];
    for number in queries::standards(tx)? {
        groups.extend(standard(tx, &number)?);
    }
    Ok(groups)
}
fn parameters(registers: &Registers, known: &Known) -> Vec<Lever> {
    let row = |(name, label, _): &(&'static str, &'static str, i64)| {
        let (versions, from) = known.get(*name).cloned().unwrap_or_default();
        let lever = Lever {
            key: Some(format!("parameter.{name}")),
            code: (*name).into(),
            label: (*label).into(),
            value: domain::registers::parameters::value(&registers.parameters, name).to_string(),
            floor: levers::floor(name).unwrap_or(""),
            owner: BY_ORDER,
            basis: OWN.into(),
            from,
            versions,
            ..Lever::default()
        };
        explained(lever, levers::parameter(name))
    };
    DEFAULTS.iter().map(row).collect()
}
fn limits(registers: &Registers, known: &Known) -> Vec<Lever> {
    let row = |l: &domain::registers::limits::Limit| {
        let (versions, from) = known.get(&l.code).cloned().unwrap_or_default();
        let lever = Lever {
            key: Some(format!("limit.{}", l.code)),
            code: l.code.clone(),
            label: l.label.clone(),
            value: l.length.map_or_else(|| "以文书所定日期为准".into(), |n| l.unit.words(n)),
            floor: levers::floor(&l.code).unwrap_or(""),
            owner: if l.law { BY_LAW } else { BY_ORDER },
            basis: l.basis.clone(),
            law: l.law,
            from,
            versions,
            ..Lever::default()
        };
        explained(lever, levers::limit(&l.code))
    };
    registers.limits.0.values().map(row).collect()
}
fn fixed() -> Vec<Lever> {
    let there = |key: &str| DEFAULTS.iter().any(|d| d.0 == key) || domain::registers::limits::defaults().iter().any(|l| l.code == key);
    let floors = levers::FLOORS.iter().filter(|row| there(row.0)).map(|(key, _, words, why)| {
        let label = DEFAULTS.iter().find(|d| d.0 == *key).map_or_else(
            || domain::registers::limits::Limits::defaults().get(key).map_or_else(|| (*key).to_owned(), |l| l.label.clone()),
            |d| d.1.to_owned(),
        );
        ((*key).to_owned(), format!("下限：{label}"), *words, *why, OWN, false)
    });
    let rest = FIXED.iter().map(|(label, value, why, basis, law)| (String::new(), (*label).to_owned(), *value, *why, *basis, *law));
    let row = |(code, label, value, why, basis, law): (String, String, &str, &str, &str, bool)| Lever {
        code,
        label,
        value: value.into(),
        reason: why.into(),
        owner: BY_CODE,
        basis: basis.into(),
        law,
        ..Lever::default()
    };
    floors.chain(rest).map(row).collect()
}
/// Items, grades and vetoes of one standard in force.
fn standard(tx: &Tx, number: &str) -> Result<Option<Group>> {
    let Some(standard) = matters::load_as::<Standard>(tx, number)? else { return Ok(None) };
    let said = standard.state.edition();
    let from = standard.state.from().map(|d| d.to_string()).unwrap_or_default();
    let lever = |label: String, value: String, why: Why| {
        let basis = said.basis.clone().filter(|b| !b.is_empty()).unwrap_or_else(|| OWN.into());
        let lever = Lever { label, value, owner: BY_EDITION, basis, from: from.clone(), standard: Some(number.into()), ..Lever::default() };
        explained(lever, Some(why))
    };
    let item = |i: &domain::procedures::standard::Item| {
        let tiers = if i.tiers.is_empty() { String::new() } else { format!("扣分：{}", i.tiers) };
        let value = if i.full.is_empty() { "是、否".to_owned() } else { format!("{} 分", i.full) };
        let mut one = lever(i.item.clone(), value, levers::ITEM);
        if !tiers.is_empty() {
            one.effect = format!("{}{tiers}。", one.effect);
        }
        one
    };
    // A card gives no points and therefore no grade.
    let scored = said.items.iter().any(|i| !i.full.is_empty());
    let scale = Scale::of(&said.grades).0.into_iter().filter(|_| scored);
    let grade = |(name, from): (String, i64)| {
        let one = lever(format!("等次：{name}"), format!("{} 分以上", points(from)), levers::GRADE);
        Lever { key: Some(format!("grade.{number}.{name}")), ..one }
    };
    let veto = |v: &domain::procedures::standard::Veto| lever(format!("否决项：{}", v.veto), "不合格".into(), levers::VETO);
    let all = said.items.iter().map(item).chain(scale.map(grade)).chain(said.vetoes.iter().map(veto)).collect();
    let note = said.replaces.as_ref().map_or_else(String::new, |old| format!("替代 {old}。"));
    Ok(Some(Group { label: format!("评查标准：{} {}", said.name, said.edition), note, levers: all }))
}
/// The lever of this key.
///
/// # Errors
/// A fault of the engine.
pub fn one(tx: &Tx, registers: &Registers, key: &str) -> Result<Option<Lever>> {
    let found = |groups: Vec<Group>| groups.into_iter().flat_map(|g| g.levers).find(|l| l.key.as_deref() == Some(key));
    Ok(found(all(tx, registers)?))
}
/// Every version of a limit or parameter, newest first.
///
/// # Errors
/// A fault of the engine.
pub fn history(tx: &Tx, lever: &Lever) -> Result<Vec<Version>> {
    let Some((register, _)) = lever.key.as_deref().and_then(|k| k.split_once('.')).filter(|(r, _)| *r != "grade") else {
        return Ok(vec![]);
    };
    let version = |(seq, from, body): (u64, String, Option<Json>)| -> Result<Version> {
        let by = crate::ledger::at(tx, seq)?.map(|kept| kept.event.actor).unwrap_or_default();
        Ok(Version { seq, from, value: body.map_or_else(|| "终止".into(), |b| said(&b)), by })
    };
    registers::history(tx, register, &lever.code)?.into_iter().map(version).collect()
}
fn said(body: &Json) -> String {
    if let Some(value) = body.get("value").and_then(Json::as_i64) {
        return value.to_string();
    }
    let limit = serde_json::from_value::<domain::registers::limits::Limit>(body.clone()).ok();
    let words = limit.map(|l| (l.length.map_or_else(|| "以文书所定日期为准".into(), |n| l.unit.words(n)), l.basis));
    words.map_or_else(String::new, |(length, basis)| format!("{length}（{basis}）"))
}
