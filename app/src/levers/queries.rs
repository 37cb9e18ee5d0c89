//! SQL of 参数总览 and its what-if.
use crate::db::{Tx, Value};
use crate::failure::Result;
use crate::matters::{self, Barred};
use crate::params;

/// Numbers of the standards in force.
pub fn standards(tx: &Tx) -> Result<Vec<String>> {
    let sql = "SELECT number FROM idx WHERE kind = 'standard' AND phase = 'Effective' ORDER BY number";
    Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| r.take(0)).collect())
}
/// How many versions each row of a register has, and from when the newest that has begun holds: `(key, versions, from day)`.
pub fn versions(tx: &Tx, register: &str, today: &str) -> Result<Vec<(String, u64, String)>> {
    let sql = "SELECT key, COUNT(*), COALESCE(MAX(CASE WHEN from_day <= $2 THEN from_day END), '') FROM register_version \
               WHERE register = $1 GROUP BY key";
    Ok(tx.rows(sql, params![register, today])?.into_iter().map(|mut r| (r.take(0), r.count(1), r.take(2))).collect())
}
/// What one reader may know of a half-year.
pub struct Sight<'a> {
    pub keys: &'a [String],
    pub barred: &'a Barred,
    pub from: &'a str,
    pub to: &'a str,
    pub limit: i64,
}
impl Sight<'_> {
    /// Matters of a kind with a standing fact of this measure in these days, the newest first.
    pub fn by_fact(&self, tx: &Tx, kind: &str, measure: &str) -> Result<Vec<i64>> {
        let mut params: Vec<Value> =
            vec![kind.into(), measure.into(), i64::MAX.into(), self.from.into(), self.to.into(), self.limit.into()];
        let sight = self.cond(&mut params);
        let sql = format!(
            "SELECT DISTINCT i.id FROM fact f JOIN idx i ON i.id = f.id WHERE i.kind = $1 AND f.measure = $2 AND f.until_seq = $3 \
             AND f.on_day >= $4 AND f.on_day <= $5 AND {sight} ORDER BY i.id DESC LIMIT $6"
        );
        Ok(tx.rows(&sql, &params)?.iter().map(|r| r.int(0)).collect())
    }
    /// Matters of a kind that were open in these days: begun before they ended, and touched since they began or still open.
    pub fn alive(&self, tx: &Tx, kind: &str, from_ms: i64) -> Result<Vec<i64>> {
        let mut params: Vec<Value> = vec![kind.into(), self.to.into(), from_ms.into(), self.limit.into()];
        let sight = self.cond(&mut params);
        let sql = format!(
            "SELECT i.id FROM idx i WHERE i.kind = $1 AND i.opened_on <= $2 AND (i.closed = 0 OR i.changed_ms >= $3) AND {sight} \
             ORDER BY i.id DESC LIMIT $4"
        );
        Ok(tx.rows(&sql, &params)?.iter().map(|r| r.int(0)).collect())
    }
    fn cond(&self, params: &mut Vec<Value>) -> String {
        matters::in_sight(self.keys, self.barred, &mut |v| {
            params.push(v);
            format!("${}", params.len())
        })
    }
}
