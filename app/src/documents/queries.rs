//! SQL of papers.
use domain::procedures::official_paper::NUMBERED;

use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

/// How many numbers of this series the year has: numbers are facts, rebuilt by `verify`, and none is ever taken back.
///
/// # Errors
/// A fault of the engine.
pub fn given_in(tx: &Tx, series: &str, year: i16) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM fact WHERE measure = $1 AND category = $2 AND on_day >= $3 AND on_day < $4 AND until_seq = $5";
    let (from, to) = (format!("{year:04}-01-01"), format!("{:04}-01-01", year + 1));
    Ok(tx.one(sql, params![NUMBERED, series, from, to, i64::MAX])?.map_or(0, |r| r.int(0)))
}
/// Row keys of matters that have been given a number, newest first.
///
/// # Errors
/// A fault of the engine.
pub fn numbered(tx: &Tx, from: &str, to: &str, limit: i64) -> Result<Vec<Row>> {
    let sql = "SELECT id FROM fact WHERE measure = $1 AND on_day >= $2 AND on_day < $3 AND until_seq = $4 ORDER BY on_day DESC, since_seq DESC LIMIT $5";
    tx.rows(sql, params![NUMBERED, from, to, i64::MAX, limit])
}
/// Numbers of the newest matters of a kind.
///
/// # Errors
/// A fault of the engine.
pub fn newest(tx: &Tx, kind: &str, limit: i64) -> Result<Vec<String>> {
    let rows = tx.rows("SELECT number FROM idx WHERE kind = $1 ORDER BY id DESC LIMIT $2", params![kind, limit])?;
    Ok(rows.into_iter().map(|mut r| r.take(0)).collect())
}
/// 公文 drawn from this matter, newest first.
///
/// # Errors
/// A fault of the engine.
pub fn drawn_from(tx: &Tx, id: i64) -> Result<Vec<i64>> {
    let rows = tx.rows("SELECT a FROM link WHERE b = $1 AND link = 'about' ORDER BY a DESC LIMIT 200", params![id])?;
    Ok(rows.into_iter().map(|r| r.int(0)).collect())
}
