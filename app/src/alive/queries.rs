//! SQL of 活情况.
use crate::db::{Row, Tx, Value};
use crate::failure::Result;
use crate::matters::{self, Barred};
use crate::params;

/// What is asked for: standing facts of one measure in matters of one kind, by day.
pub struct Asked<'a> {
    pub kind: &'a str,
    pub measure: &'a str,
    /// Matters of this unit, or …
    pub org: &'a str,
    /// … in which this holder is a party as the officer; one of the two is empty.
    pub officer: &'a str,
    pub from: &'a str,
    pub to: &'a str,
    /// What the reader may see; nothing where bare numbers are told to the person they are about.
    pub sight: Option<(&'a [String], &'a Barred)>,
    pub limit: i64,
}
/// What is with a competent body stands still: it is not concluded, whatever was said before.
const UNDER_WAY: &str = " AND NOT EXISTS (SELECT 1 FROM link l JOIN idx r ON r.id = l.a WHERE l.b = i.id AND l.link = 'source' \
                         AND ' ' || r.marks || ' ' LIKE '% referral_under_way %')";
/// `(id, day of the fact, day it was opened)`.
pub fn concluded(tx: &Tx, a: &Asked) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![a.kind.into(), a.measure.into(), i64::MAX.into(), a.from.into(), a.to.into(), a.limit.into()];
    let mut bind = |v: Value| {
        params.push(v);
        format!("${}", params.len())
    };
    let mut sql = String::from(
        "SELECT DISTINCT i.id, f.on_day, i.opened_on FROM fact f JOIN idx i ON i.id = f.id WHERE i.kind = $1 AND f.measure = $2 \
         AND f.until_seq = $3 AND f.on_day >= $4 AND f.on_day <= $5",
    );
    if a.officer.is_empty() {
        let org = bind(a.org.into());
        sql.push_str(&format!(" AND f.org = {org} AND i.org = {org}"));
    } else {
        let holder = bind(a.officer.into());
        sql.push_str(&format!(" AND EXISTS (SELECT 1 FROM party o WHERE o.id = i.id AND o.holder = {holder} AND o.standing = 'Officer')"));
    }
    if let Some((keys, barred)) = a.sight {
        sql.push_str(" AND ");
        sql.push_str(&matters::in_sight(keys, barred, &mut bind));
    }
    sql.push_str(UNDER_WAY);
    sql.push_str(" ORDER BY f.on_day, i.id LIMIT $6");
    tx.rows(&sql, &params)
}
/// Matters of a kind carrying a mark in which this holder is a party as the officer: `(id, the day it counts by)`.
pub fn marked(tx: &Tx, kind: &str, mark: &str, officer: &str, sight: Option<(&[String], &Barred)>) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![kind.into(), format!("% {mark} %").into(), officer.into(), i64::MAX.into()];
    let mut sql = String::from(
        "SELECT i.id, COALESCE((SELECT MAX(f.on_day) FROM fact f WHERE f.id = i.id AND f.until_seq = $4), i.opened_on) FROM idx i \
         WHERE i.kind = $1 AND ' ' || i.marks || ' ' LIKE $2 \
         AND EXISTS (SELECT 1 FROM party o WHERE o.id = i.id AND o.holder = $3 AND o.standing = 'Officer')",
    );
    if let Some((keys, barred)) = sight {
        sql.push_str(" AND ");
        sql.push_str(&matters::in_sight(keys, barred, &mut |v| {
            params.push(v);
            format!("${}", params.len())
        }));
    }
    sql.push_str(" ORDER BY i.id LIMIT 200");
    tx.rows(&sql, &params)
}
/// Ratings of appeals against a unit in these days: bare numbers.
pub fn scores(tx: &Tx, org: &str, from: &str, to: &str) -> Result<Vec<i64>> {
    let sql = "SELECT value FROM fact WHERE measure = '企业评价' AND org = $1 AND on_day >= $2 AND on_day <= $3 AND until_seq = $4";
    Ok(tx.rows(sql, params![org, from, to, i64::MAX])?.iter().map(|r| r.int(0)).collect())
}
/// How often, and by how many, these looks were taken since a day.
pub fn looks(tx: &Tx, what: &str, since: &str) -> Result<(i64, i64)> {
    let sql = "SELECT COUNT(*), COUNT(DISTINCT person) FROM read_record WHERE what = $1 AND day >= $2";
    Ok(tx.one(sql, params![what, since])?.map_or((0, 0), |r| (r.int(0), r.int(1))))
}
