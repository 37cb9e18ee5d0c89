//! SQL of inspections.
use super::Part;
use crate::db::Tx;
use crate::failure::Result;
use crate::params;

/// Batches and checks that name the inspection, and rectifications it opened.
pub fn parts(tx: &Tx, inspection: i64) -> Result<Vec<(i64, Part)>> {
    let sql = "SELECT i.id, i.kind, i.number, i.phase, i.closed FROM link l JOIN idx i ON i.id = l.a WHERE l.b = $1 AND l.link = 'inspection' \
               AND i.kind IN ('review_batch', 'special_check') \
               UNION SELECT i.id, i.kind, i.number, i.phase, i.closed FROM link l JOIN idx i ON i.id = l.b WHERE l.a = $1 AND i.kind = 'rectification' \
               ORDER BY 1";
    let rows = tx.rows(sql, params![inspection])?.into_iter();
    let part =
        |mut r: crate::db::Row| (r.int(0), Part { kind: r.take(1), number: r.take(2), phase: r.take(3), closed: r.yes(4), counts: vec![] });
    Ok(rows.map(part).collect())
}
/// What is counted of this unit in a check itself, and in the reviews of a batch.
pub fn counts(tx: &Tx, id: i64, org: &str) -> Result<Vec<(String, String, i64)>> {
    let sql = "SELECT f.measure, f.category, CAST(SUM(f.value) AS BIGINT) FROM fact f WHERE f.org = $2 AND f.until_seq = $3 \
               AND (f.measure = '检查问题' AND f.id = $1 OR f.measure IN ('评查立件', '评查定论') \
               AND f.id IN (SELECT l.b FROM link l JOIN idx i ON i.id = l.b WHERE l.a = $1 AND i.kind = 'review')) \
               GROUP BY f.measure, f.category ORDER BY 1 DESC, 2";
    Ok(tx.rows(sql, params![id, org, i64::MAX])?.into_iter().map(|mut r| (r.take(0), r.take(1), r.int(2))).collect())
}
