//! SQL of the numbers.
use crate::db::{Row, Tx, Value};
use crate::failure::Result;
use crate::matters::Barred;
use crate::params;

/// The sum of a measure's standing facts.
pub fn sum(tx: &Tx, measure: &str) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM fact WHERE measure = $1 AND until_seq = $2";
    Ok(tx.one(sql, params![measure, i64::MAX])?.map_or(0, |r| r.int(0)))
}
/// Likewise, of those matters a person may not know of.
pub fn barred_sum(tx: &Tx, measure: &str, barred: &Barred) -> Result<i64> {
    let mut params: Vec<Value> = vec![measure.into(), i64::MAX.into()];
    let cond = barred.covers(&mut |v| {
        params.push(v);
        format!("${}", params.len())
    });
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(f.value), 0) AS BIGINT) FROM idx i JOIN fact f ON f.id = i.id WHERE f.measure = $1 AND f.until_seq = $2 AND ({cond})"
    );
    Ok(tx.one(&sql, &params)?.map_or(0, |r| r.int(0)))
}
/// The matters those facts belong to, newest first.
pub fn behind(tx: &Tx, measure: &str) -> Result<Vec<Row>> {
    let sql = "SELECT DISTINCT id FROM fact WHERE measure = $1 AND until_seq = $2 ORDER BY id DESC LIMIT 2000";
    tx.rows(sql, params![measure, i64::MAX])
}
/// `(id, org, codes)` of the matters with a standing fact of this measure, without those a person may not know of.
pub fn standing(tx: &Tx, measure: &str, barred: &Barred) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![measure.into(), i64::MAX.into()];
    let cut = barred.cut(&mut params);
    let sql = format!(
        "SELECT DISTINCT i.id, i.org, i.codes FROM fact f JOIN idx i ON i.id = f.id WHERE f.measure = $1 AND f.until_seq = $2{cut} ORDER BY i.id"
    );
    tx.rows(&sql, &params)
}
/// `(id, body)` of the rectifications whose work was accepted.
pub fn accepted(tx: &Tx) -> Result<Vec<(i64, String)>> {
    let sql = "SELECT m.id, m.body FROM fact f JOIN matter m ON m.id = f.id WHERE f.measure = '整改验收' AND f.until_seq = $1";
    Ok(tx.rows(sql, params![i64::MAX])?.into_iter().map(|mut r| (r.int(0), r.take(1))).collect())
}
