//! SQL of what a person keeps for himself.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

pub fn draft(tx: &Tx, person: &str, place: &str, action: &str) -> Result<Option<Row>> {
    tx.one("SELECT form, saved_ms FROM draft WHERE person = $1 AND place = $2 AND action = $3", params![person, place, action])
}
pub fn put_draft(tx: &Tx, person: &str, place: &str, action: &str, form: &str, now: i64) -> Result<()> {
    let sql = "INSERT INTO draft (person, place, action, form, saved_ms) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (person, place, action) DO UPDATE SET form = excluded.form, saved_ms = excluded.saved_ms";
    tx.exec(sql, params![person, place, action, form, now]).map(drop)
}
pub fn drop_draft(tx: &Tx, person: &str, place: &str, action: &str) -> Result<()> {
    tx.exec("DELETE FROM draft WHERE person = $1 AND place = $2 AND action = $3", params![person, place, action]).map(drop)
}
pub fn views(tx: &Tx, person: &str, kind: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT n, name, query FROM saved_view WHERE person = $1 AND kind = $2 ORDER BY n LIMIT 12", params![person, kind])
}
pub fn put_view(tx: &Tx, person: &str, kind: &str, name: &str, query: &str) -> Result<()> {
    tx.exec("INSERT INTO saved_view (person, kind, name, query) VALUES ($1, $2, $3, $4)", params![person, kind, name, query]).map(drop)
}
pub fn drop_view(tx: &Tx, person: &str, n: i64) -> Result<()> {
    tx.exec("DELETE FROM saved_view WHERE person = $1 AND n = $2", params![person, n]).map(drop)
}
