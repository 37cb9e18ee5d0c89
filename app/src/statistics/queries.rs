//! SQL of the numbers.
use crate::db::{Row, Tx, Value};
use crate::failure::Result;
use crate::matters::{self, Barred};
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
/// Every rating of appeals against this organisation before a day: bare numbers, for whoever may know of none of them.
pub fn scores(tx: &Tx, org: &str, before: &str) -> Result<Vec<i64>> {
    let sql = "SELECT value FROM fact WHERE measure = '企业评价' AND org = $1 AND on_day < $2 AND until_seq = $3";
    Ok(tx.rows(sql, params![org, before, i64::MAX])?.iter().map(|r| r.int(0)).collect())
}
/// `(id, body)` of the rectifications whose work was accepted.
pub fn accepted(tx: &Tx) -> Result<Vec<(i64, String)>> {
    let sql = "SELECT m.id, m.body FROM fact f JOIN matter m ON m.id = f.id WHERE f.measure = '整改验收' AND f.until_seq = $1";
    Ok(tx.rows(sql, params![i64::MAX])?.into_iter().map(|mut r| (r.int(0), r.take(1))).collect())
}
/// One unit as one person may see it.
pub struct Eyes<'a> {
    pub org: &'a str,
    pub keys: &'a [String],
    pub barred: &'a Barred,
}
impl Eyes<'_> {
    /// `what` of the unit's matters in sight, and the rest of the sentence; `$1` is the unit, further values are bound by `more`.
    fn rows(&self, tx: &Tx, what: &str, more: impl FnOnce(&mut dyn FnMut(Value) -> String) -> String) -> Result<Vec<Row>> {
        let mut params: Vec<Value> = vec![self.org.into()];
        let mut bind = |v: Value| {
            params.push(v);
            format!("${}", params.len())
        };
        let sight = matters::in_sight(self.keys, self.barred, &mut bind);
        let rest = more(&mut bind);
        tx.rows(&format!("{what} WHERE i.org = $1 AND {sight}{rest}"), &params)
    }
    /// `(kind, phase, how many)`.
    pub fn counts(&self, tx: &Tx) -> Result<Vec<Row>> {
        self.rows(tx, "SELECT i.kind, i.phase, COUNT(*) FROM idx i", |_| " GROUP BY i.kind, i.phase ORDER BY i.kind, i.phase".into())
    }
    /// Open matters due by a day, the first due first; at most so many.
    pub fn due_by(&self, tx: &Tx, day: &str, limit: i64) -> Result<Vec<Row>> {
        self.rows(tx, "SELECT i.id, i.due FROM idx i", |bind| {
            let (day, limit) = (bind(day.into()), bind(limit.into()));
            format!(" AND i.closed = 0 AND i.due <> '' AND i.due <= {day} ORDER BY i.due, i.id LIMIT {limit}")
        })
    }
    /// `(kind, codes, how many)` of what names problems.
    pub fn problems(&self, tx: &Tx) -> Result<Vec<Row>> {
        self.rows(tx, "SELECT i.kind, i.codes, COUNT(*) FROM idx i", |_| {
            " AND i.codes <> '' AND i.phase <> 'Voided' AND i.kind IN ('clue', 'review', 'rectification') GROUP BY i.kind, i.codes".into()
        })
    }
    /// `(category, how many)` of the standing facts of a measure.
    pub fn measured(&self, tx: &Tx, measure: &str) -> Result<Vec<Row>> {
        self.rows(tx, "SELECT f.category, COUNT(*) FROM idx i JOIN fact f ON f.id = i.id", |bind| {
            let (measure, forever) = (bind(measure.into()), bind(i64::MAX.into()));
            format!(" AND f.org = $1 AND f.measure = {measure} AND f.until_seq = {forever} GROUP BY f.category ORDER BY f.category")
        })
    }
    /// Ids of its matters of a kind, or of any, the one changed last first.
    pub fn newest(&self, tx: &Tx, kind: &str, limit: i64) -> Result<Vec<i64>> {
        let rows = self.rows(tx, "SELECT i.id FROM idx i", |bind| {
            let kind = if kind.is_empty() { String::new() } else { format!(" AND i.kind = {}", bind(kind.into())) };
            format!("{kind} ORDER BY i.changed_ms DESC, i.id DESC LIMIT {}", bind(limit.into()))
        })?;
        Ok(rows.iter().map(|r| r.int(0)).collect())
    }
}

/// Adds to a row of the tally; a row of nothing goes. Key: measure, span, owner, unit, category.
pub fn add(tx: &Tx, [measure, span, owner, org, category]: [&str; 5], value: i64, n: i64) -> Result<()> {
    let sql = "INSERT INTO tally (measure, span, owner, org, category, value, n) VALUES ($1, $2, $3, $4, $5, $6, $7) \
               ON CONFLICT (measure, span, owner, org, category) DO UPDATE SET value = tally.value + excluded.value, n = tally.n + excluded.n";
    tx.exec(sql, params![measure, span, owner, org, category, value, n])?;
    if n < 0 {
        let sql = "DELETE FROM tally WHERE measure = $1 AND span = $2 AND owner = $3 AND org = $4 AND category = $5 AND n = 0";
        tx.exec(sql, params![measure, span, owner, org, category])?;
    }
    Ok(())
}
/// Every row of the tally.
pub fn each(tx: &Tx, f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    tx.each("SELECT measure, span, owner, org, category, value, n FROM tally", &[], f)
}
pub fn clear(tx: &Tx) -> Result<()> {
    tx.exec("DELETE FROM tally", &[]).map(drop)
}
/// `(measure, owner, org, category, day, value)` of every standing fact.
pub fn each_standing(tx: &Tx, f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    let sql =
        "SELECT f.measure, i.owner, f.org, f.category, f.on_day, f.value FROM fact f JOIN idx i ON i.id = f.id WHERE f.until_seq = $1";
    tx.each(sql, params![i64::MAX], f)
}
/// The matter up to which facts were written anew, while there are more: set by a migration.
pub fn facts_after(tx: &Tx) -> Result<Option<i64>> {
    Ok(tx.one("SELECT value FROM counter WHERE name = 'facts_after'", &[])?.map(|r| r.int(0)))
}
pub fn went_to(tx: &Tx, id: i64) -> Result<()> {
    tx.exec("UPDATE counter SET value = $1 WHERE name = 'facts_after'", params![id]).map(drop)
}
pub fn all_done(tx: &Tx) -> Result<()> {
    tx.exec("DELETE FROM counter WHERE name = 'facts_after'", &[]).map(drop)
}
pub fn ids_after(tx: &Tx, id: i64, limit: i64) -> Result<Vec<i64>> {
    Ok(tx.rows("SELECT id FROM matter WHERE id > $1 ORDER BY id LIMIT $2", params![id, limit])?.iter().map(|r| r.int(0)).collect())
}
