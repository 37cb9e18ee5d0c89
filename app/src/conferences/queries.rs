//! SQL of the joint conference.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

/// `(number, org, due)` of this office's tasks that should have been done before a day, the oldest first.
pub fn overdue_tasks(tx: &Tx, owner: &str, today: &str) -> Result<Vec<Row>> {
    let sql = "SELECT number, org, due FROM idx WHERE kind = 'conference_task' AND owner = $1 AND closed = 0 AND due <> '' AND due < $2 \
               ORDER BY due, id";
    tx.rows(sql, params![owner, today])
}
/// How many matters of a kind should have moved before a day.
pub fn overdue(tx: &Tx, kind: &str, today: &str) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM idx WHERE kind = $1 AND closed = 0 AND paused = 0 AND due <> '' AND due < $2";
    Ok(tx.one(sql, params![kind, today])?.map_or(0, |r| r.int(0)))
}
/// Open common problems: `(problem code, how many)`.
pub fn common_problems(tx: &Tx) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT codes, COUNT(*) FROM idx WHERE kind = 'common_problem' AND closed = 0 GROUP BY codes ORDER BY codes";
    Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| (r.take(0), r.int(1))).collect())
}
/// The sum of the standing facts of a measure in these days; `category` empty: of all.
pub fn counted(tx: &Tx, measure: &str, category: &str, from: &str, to: &str) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM fact WHERE measure = $1 AND until_seq = $2 AND on_day >= $3 AND on_day <= $4 \
               AND ($5 = '' OR category = $5)";
    Ok(tx.one(sql, params![measure, i64::MAX, from, to, category])?.map_or(0, |r| r.int(0)))
}
/// The same, divided: `(org, category, sum)`.
pub fn divided(tx: &Tx, measure: &str, from: &str, to: &str) -> Result<Vec<Row>> {
    let sql = "SELECT org, category, CAST(SUM(value) AS BIGINT) FROM fact WHERE measure = $1 AND until_seq = $2 AND on_day >= $3 AND on_day <= $4 \
               GROUP BY org, category ORDER BY org, category";
    tx.rows(sql, params![measure, i64::MAX, from, to])
}
/// Numbers of all conferences.
pub fn conferences(tx: &Tx) -> Result<Vec<String>> {
    Ok(tx
        .rows("SELECT number FROM idx WHERE kind = 'joint_conference' ORDER BY id DESC", &[])?
        .into_iter()
        .map(|mut r| r.take(0))
        .collect())
}
