//! SQL of the archive.
use crate::db::{self, Row, Tx, Value};
use crate::failure::Result;
use crate::matters::Barred;
use crate::params;

/// Whether an office of these holders handles the matter `i` (idx), as a condition; a registered conflict takes it out of sight.
fn handled(holders: &[String], barred: &Barred, params: &mut Vec<Value>) -> String {
    let keys = db::list(params, holders);
    let cut = barred.sql(&mut |v| {
        params.push(v);
        format!("${}", params.len())
    });
    format!(
        "EXISTS (SELECT 1 FROM party p WHERE p.id = i.id AND p.holder IN ({keys}) AND p.standing IN ('Handler', 'Lead', 'Intake'){cut})"
    )
}
/// Closed matters without a package: `(number, kind, title, org, changed_ms)`, those closed longest ago first.
pub fn ready(tx: &Tx, holders: &[String], barred: &Barred, limit: i64) -> Result<Vec<Row>> {
    let mut params = vec![];
    let handled = handled(holders, barred, &mut params);
    let limit = db::list(&mut params, [limit]);
    let sql = format!(
        "SELECT i.number, i.kind, i.title, i.org, i.changed_ms FROM idx i WHERE i.closed = 1 AND {handled} \
         AND NOT EXISTS (SELECT 1 FROM archived a WHERE a.number = i.number AND a.imported = 0) ORDER BY i.changed_ms, i.id LIMIT {limit}"
    );
    tx.rows(&sql, &params)
}
/// Packages made here: `(n, number, kind, title, org, retention, digest, by_person, on_day)`.
pub fn made(tx: &Tx, holders: &[String], barred: &Barred, limit: i64) -> Result<Vec<Row>> {
    let mut params = vec![];
    let handled = handled(holders, barred, &mut params);
    let limit = db::list(&mut params, [limit]);
    let sql = format!(
        "SELECT a.n, a.number, a.kind, a.title, a.org, a.retention, a.digest, a.by_person, a.on_day FROM archived a \
         JOIN idx i ON i.number = a.number WHERE a.imported = 0 AND {handled} ORDER BY a.n DESC LIMIT {limit}"
    );
    tx.rows(&sql, &params)
}
/// Packages taken in: likewise, and who may see them.
pub fn imported(tx: &Tx) -> Result<Vec<Row>> {
    let sql = "SELECT n, number, kind, title, org, retention, digest, by_person, on_day, holders, ledger FROM archived WHERE imported = 1 ORDER BY n DESC";
    tx.rows(sql, &[])
}
pub struct Entry<'a> {
    pub ledger: &'a str,
    pub number: &'a str,
    pub kind: &'a str,
    pub title: &'a str,
    pub org: &'a str,
    pub holders: &'a str,
    pub retention: &'a str,
    pub digest: &'a str,
    pub by: &'a str,
    pub on: &'a str,
    pub imported: bool,
}
pub fn put(tx: &Tx, e: &Entry) -> Result<()> {
    let sql = "INSERT INTO archived (ledger, number, kind, title, org, holders, retention, digest, by_person, on_day, imported) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (digest, imported) DO NOTHING";
    tx.exec(sql, params![e.ledger, e.number, e.kind, e.title, e.org, e.holders, e.retention, e.digest, e.by, e.on, e.imported]).map(drop)
}
pub fn known(tx: &Tx, digest: &str) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM archived WHERE digest = $1 AND imported = 1", params![digest])?.is_some())
}
