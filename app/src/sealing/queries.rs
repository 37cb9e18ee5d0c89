//! SQL of sealing what an earlier build left in the clear.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

/// Set by the migration, taken away when everything is done.
pub fn to_do(tx: &Tx) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM counter WHERE name = 'to_seal'", &[])?.is_some())
}
pub fn done(tx: &Tx) -> Result<()> {
    tx.exec("DELETE FROM counter WHERE name = 'to_seal'", &[]).map(drop)
}
/// Drafts of forms; what belongs to nobody is how columns were mapped.
pub fn drafts(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT person, place, action, form FROM draft WHERE person <> '*'", &[])
}
pub fn put_draft(tx: &Tx, [person, place, action]: [&str; 3], form: &str) -> Result<()> {
    let sql = "UPDATE draft SET form = $4 WHERE person = $1 AND place = $2 AND action = $3";
    tx.exec(sql, params![person, place, action, form]).map(drop)
}
pub fn views(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT n, person, kind, name, query FROM saved_view", &[])
}
pub fn put_view(tx: &Tx, n: i64, name: &str, query: &str) -> Result<()> {
    tx.exec("UPDATE saved_view SET name = $2, query = $3 WHERE n = $1", params![n, name, query]).map(drop)
}
pub fn files(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT id, name FROM file", &[])
}
pub fn put_file(tx: &Tx, id: &str, name: &str) -> Result<()> {
    tx.exec("UPDATE file SET name = $2 WHERE id = $1", params![id, name]).map(drop)
}
pub fn staged(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT n, name, digest FROM staging", &[])
}
pub fn put_staged(tx: &Tx, n: i64, name: &str) -> Result<()> {
    tx.exec("UPDATE staging SET name = $2 WHERE n = $1", params![n, name]).map(drop)
}
pub fn match_keys(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT kind, key, id FROM match_key", &[])
}
pub fn put_match_key(tx: &Tx, (kind, old, id): (&str, &str, i64), key: &str) -> Result<()> {
    tx.exec("DELETE FROM match_key WHERE kind = $1 AND key = $2 AND id = $3", params![kind, old, id])?;
    tx.exec("INSERT INTO match_key (kind, key, id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", params![kind, key, id]).map(drop)
}
