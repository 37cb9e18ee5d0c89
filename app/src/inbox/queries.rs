//! SQL of the inbox.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

/// Open matters due by this day: `(id, ball, owner, due)`.
pub fn due_by(tx: &Tx, day: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT id, ball, owner, due FROM idx WHERE closed = 0 AND due <> '' AND due <= $1 ORDER BY due, id", params![day])
}
/// Those whose ball it is.
pub fn ball_holders(tx: &Tx, id: i64) -> Result<Vec<String>> {
    Ok(tx.rows("SELECT holder FROM party WHERE id = $1 AND mine = 1", params![id])?.into_iter().map(|mut r| r.take(0)).collect())
}
pub fn put_notice(tx: &Tx, holder: &str, id: i64, what: &str, day: &str, now: i64) -> Result<()> {
    let sql = "INSERT INTO notice (holder, id, what, day, at_ms) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    tx.exec(sql, params![holder, id, what, day, now]).map(drop)
}
pub fn notices(tx: &Tx, holder: &str, limit: i64) -> Result<Vec<Row>> {
    tx.rows("SELECT n, id, what, day FROM notice WHERE holder = $1 ORDER BY n DESC LIMIT $2", params![holder, limit])
}
