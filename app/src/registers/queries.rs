//! SQL of the registers.
use std::collections::BTreeSet;

use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

pub fn stamp(tx: &Tx) -> Result<i64> {
    Ok(tx.one("SELECT value FROM counter WHERE name = 'registers'", &[])?.map_or(0, |r| r.int(0)))
}
pub fn bump(tx: &Tx) -> Result<()> {
    let sql = "INSERT INTO counter (name, value) VALUES ('registers', 1) ON CONFLICT (name) DO UPDATE SET value = counter.value + 1";
    tx.exec(sql, &[]).map(drop)
}
/// As a house built before this row was shipped has it.
#[cfg(test)]
pub fn forget(tx: &Tx, key: &str) -> Result<()> {
    tx.exec("DELETE FROM register_version WHERE key = $1", params![key]).map(drop)
}
pub fn keys(tx: &Tx, register: &str) -> Result<BTreeSet<String>> {
    let rows = tx.rows("SELECT DISTINCT key FROM register_version WHERE register = $1", params![register])?;
    Ok(rows.into_iter().map(|mut r| r.take(0)).collect())
}
pub fn next_version(tx: &Tx, register: &str, key: &str) -> Result<u32> {
    let row = tx.one("SELECT COUNT(*) FROM register_version WHERE register = $1 AND key = $2", params![register, key])?;
    Ok(row.and_then(|r| u32::try_from(r.int(0)).ok()).unwrap_or(0) + 1)
}
pub fn put_version(tx: &Tx, register: &str, key: &str, seq: u64, from: &str, body: Option<String>, batch: &str) -> Result<()> {
    let sql = "INSERT INTO register_version (register, key, seq, from_day, body, batch) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.exec(sql, params![register, key, seq, from, body, batch]).map(drop)
}
pub fn versions(tx: &Tx, register: &str, day: &str) -> Result<Vec<Row>> {
    tx.rows(
        "SELECT key, body FROM register_version WHERE register = $1 AND from_day <= $2 ORDER BY key, from_day, seq",
        params![register, day],
    )
}
pub fn history(tx: &Tx, register: &str, key: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT seq, from_day, body FROM register_version WHERE register = $1 AND key = $2 ORDER BY seq DESC", params![register, key])
}
/// Rows of a batch, latest first, each with whether something came after it.
pub fn batch(tx: &Tx, batch: &str) -> Result<Vec<Row>> {
    let sql = "SELECT v.register, v.key, v.seq, v.from_day, CASE WHEN EXISTS (SELECT 1 FROM register_version w WHERE w.register = v.register AND w.key = v.key \
               AND w.seq > v.seq) THEN 1 ELSE 0 END FROM register_version v WHERE v.batch = $1 ORDER BY v.seq DESC";
    tx.rows(sql, params![batch])
}
/// Newest version of every row of the registers that are projected: `(register, key, body)`, in the order they were written.
pub fn projected(tx: &Tx) -> Result<Vec<Row>> {
    let sql = "SELECT register, key, body FROM register_version WHERE register IN ('organisation', 'officer', 'conflict', 'holding') ORDER BY seq";
    tx.rows(sql, &[])
}
pub fn officers(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT key, name, org, post, badge, status, blind FROM officer", &[])
}
pub fn holdings(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT person, role, org, of_person, from_day, until_day FROM holding", &[])
}
/// An organisation that moves takes those under it along.
pub fn move_under(tx: &Tx, old: &str, new: &str) -> Result<()> {
    let sql = "UPDATE org SET path = $2 || substr(path, length($1) + 1) WHERE substr(path, 1, length($1)) = $1";
    tx.exec(sql, params![old, new]).map(drop)
}
pub fn put_org(tx: &Tx, o: &super::Org) -> Result<()> {
    tx.exec("DELETE FROM org WHERE code = $1", params![&o.code])?;
    let sql = "INSERT INTO org (code, name, short, parent, level, kind, region, status, former, path, regime) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let all = params![&o.code, &o.name, &o.short, &o.parent, &o.level, &o.kind, &o.region, &o.status, &o.former, &o.path, &o.regime];
    tx.exec(sql, all).map(drop)
}
pub fn drop_org(tx: &Tx, code: &str) -> Result<()> {
    tx.exec("DELETE FROM org WHERE code = $1", params![code]).map(drop)
}
pub fn orgs(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT code, name, short, parent, level, kind, region, status, former, path, regime FROM org ORDER BY code", &[])
}
pub fn put_officer(tx: &Tx, key: &str, row: [&str; 6]) -> Result<()> {
    tx.exec("DELETE FROM officer WHERE key = $1", params![key])?;
    let [name, org, post, badge, status, blind] = row;
    let sql = "INSERT INTO officer (key, name, org, post, badge, status, blind) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.exec(sql, params![key, name, org, post, badge, status, blind]).map(drop)
}
pub fn drop_officer(tx: &Tx, key: &str) -> Result<()> {
    tx.exec("DELETE FROM officer WHERE key = $1", params![key]).map(drop)
}
pub fn put_conflict(tx: &Tx, person: &str, kind: &str, target: &str, why: &str) -> Result<()> {
    tx.exec("DELETE FROM conflict WHERE person = $1 AND kind = $2 AND target = $3", params![person, kind, target])?;
    tx.exec("INSERT INTO conflict (person, kind, target, why) VALUES ($1, $2, $3, $4)", params![person, kind, target, why]).map(drop)
}
pub fn drop_conflict(tx: &Tx, person: &str, kind: &str, target: &str) -> Result<()> {
    tx.exec("DELETE FROM conflict WHERE person = $1 AND kind = $2 AND target = $3", params![person, kind, target]).map(drop)
}
pub fn conflicts(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT person, kind, target, why FROM conflict ORDER BY person, kind, target", &[])
}
pub fn put_holding(tx: &Tx, row: [&str; 6]) -> Result<()> {
    let [person, role, org, of, from, until] = row;
    tx.exec("DELETE FROM holding WHERE person = $1 AND role = $2 AND org = $3 AND of_person = $4", params![person, role, org, of])?;
    let sql = "INSERT INTO holding (person, role, org, of_person, from_day, until_day) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.exec(sql, params![person, role, org, of, from, until]).map(drop)
}
pub fn drop_holding(tx: &Tx, person: &str, role: &str, org: &str, of: &str) -> Result<()> {
    tx.exec("DELETE FROM holding WHERE person = $1 AND role = $2 AND org = $3 AND of_person = $4", params![person, role, org, of]).map(drop)
}
/// `(key, name, org, post, badge, status)`, by organisation.
pub fn officer_rows(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT key, name, org, post, badge, status FROM officer ORDER BY org, key LIMIT 2000", &[])
}
/// `(name, org)` of one officer.
pub fn officer(tx: &Tx, key: &str) -> Result<Option<(String, String)>> {
    let row = tx.one("SELECT name, org FROM officer WHERE key = $1", params![key])?;
    Ok(row.map(|mut r| (r.take(0), r.take(1))))
}
/// `(person, role, org, from, until)` given to others by this person.
pub fn delegated_by(tx: &Tx, person: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT person, role, org, from_day, until_day FROM holding WHERE of_person = $1 ORDER BY from_day DESC", params![person])
}
pub fn org_path(tx: &Tx, code: &str) -> Result<Option<String>> {
    Ok(tx.one("SELECT path FROM org WHERE code = $1", params![code])?.map(|mut r| r.take(0)))
}
