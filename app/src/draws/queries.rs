//! SQL of draws.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

/// `(number, body)` of every matter of this kind in this phase.
pub fn bodies(tx: &Tx, kind: &str, phase: &str) -> Result<Vec<Row>> {
    tx.rows(
        "SELECT i.number, m.body FROM idx i JOIN matter m ON m.id = i.id WHERE i.kind = $1 AND i.phase = $2 ORDER BY i.id",
        params![kind, phase],
    )
}
/// Dossiers that ended in this span: `(number, org, case type, tags, marks)`. Sealed ones count nowhere and are not among them.
pub fn ended_between(tx: &Tx, owner: &str, from: &str, to: &str, mut each: impl FnMut(Row)) -> Result<()> {
    let sql = "SELECT i.number, i.org, f.category, i.codes, i.marks FROM fact f JOIN idx i ON i.id = f.id \
               WHERE f.measure = '办结案件' AND f.on_day >= $1 AND f.on_day <= $2 AND f.until_seq = $3 AND i.owner = $4";
    tx.each(sql, params![from, to, i64::MAX, owner], |row| {
        each(row);
        Ok(true)
    })
}
/// Numbers of the linked matters of this kind in this phase.
pub fn linked(tx: &Tx, number: &str, kind: &str, phase: &str) -> Result<Vec<String>> {
    let sql = "SELECT j.number FROM idx i JOIN link l ON l.a = i.id JOIN idx j ON j.id = l.b WHERE i.number = $1 AND j.kind = $2 AND j.phase = $3 \
               UNION SELECT j.number FROM idx i JOIN link l ON l.b = i.id JOIN idx j ON j.id = l.a WHERE i.number = $1 AND j.kind = $2 AND j.phase = $3 \
               ORDER BY 1";
    Ok(tx.rows(sql, params![number, kind, phase])?.into_iter().map(|mut r| r.take(0)).collect())
}
/// In how many open matters of this kind each of these holders has a seat: `(holder, count)`.
pub fn tasks(tx: &Tx, kind: &str) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT p.holder, COUNT(*) FROM party p JOIN idx i ON i.id = p.id WHERE p.kind = $1 AND p.standing IN ('Expert', 'ReExaminer', 'Observer') \
               AND i.closed = 0 GROUP BY p.holder";
    Ok(tx.rows(sql, params![kind])?.into_iter().map(|mut r| (r.take(0), r.int(1))).collect())
}
