//! SQL of the numbers.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

/// The sum of a measure's standing facts.
pub fn sum(tx: &Tx, measure: &str) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM fact WHERE measure = $1 AND until_seq = $2";
    Ok(tx.one(sql, params![measure, i64::MAX])?.map_or(0, |r| r.int(0)))
}
/// `(id, value)` of a measure's standing facts.
pub fn values(tx: &Tx, measure: &str) -> Result<Vec<(i64, i64)>> {
    let rows = tx.rows("SELECT id, value FROM fact WHERE measure = $1 AND until_seq = $2", params![measure, i64::MAX])?;
    Ok(rows.iter().map(|r| (r.int(0), r.int(1))).collect())
}
/// The matters those facts belong to, newest first.
pub fn behind(tx: &Tx, measure: &str) -> Result<Vec<Row>> {
    let sql = "SELECT DISTINCT id FROM fact WHERE measure = $1 AND until_seq = $2 ORDER BY id DESC LIMIT 2000";
    tx.rows(sql, params![measure, i64::MAX])
}
