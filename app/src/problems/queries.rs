//! SQL of common problems and of the re-sample check.
use crate::db::{Row, Tx, Value};
use crate::failure::Result;
use crate::matters::Barred;
use crate::params;

/// What may show a problem in these days: `(id, number, kind, org, codes)`. Clues that were
/// neither merged nor voided, concluded reviews, demands from inspections, checks and the procuratorate.
pub fn counted(tx: &Tx, (from, to): (&str, &str), offices: &[&str], barred: &Barred) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![from.into(), to.into(), i64::MAX.into()];
    let cut = barred.within(offices, &mut params);
    let sql = format!(
        "SELECT DISTINCT i.id, i.number, i.kind, i.org, i.codes FROM fact f JOIN idx i ON i.id = f.id \
         WHERE f.on_day >= $1 AND f.on_day <= $2 AND f.until_seq = $3 AND i.org <> '' AND \
         (f.measure = '线索' AND i.phase NOT IN ('Merged', 'Voided') OR f.measure = '评查定论' OR f.measure = '整改下达' AND \
         (' ' || i.codes || ' ' LIKE '% 督察 %' OR ' ' || i.codes || ' ' LIKE '% 检查 %' OR ' ' || i.codes || ' ' LIKE '% 检察 %')){cut} \
         ORDER BY i.id"
    );
    tx.rows(&sql, &params)
}
/// What clues led to: `(clue, what it opened, or the reviews of a batch that goes back to it)`.
pub fn led(tx: &Tx) -> Result<Vec<(i64, i64)>> {
    let sql = "SELECT l.a, l.b FROM link l JOIN idx i ON i.id = l.a WHERE i.kind = 'clue' AND l.link = '' \
               UNION SELECT x.b, y.b FROM link x JOIN link y ON y.a = x.a AND y.link = '' WHERE x.link = 'clue'";
    Ok(tx.rows(sql, &[])?.iter().map(|r| (r.int(0), r.int(1))).collect())
}
/// Dossiers that ended in these days, by unit.
pub fn dossiers(tx: &Tx, (from, to): (&str, &str), offices: &[&str], barred: &Barred) -> Result<Vec<(String, i64)>> {
    let mut params: Vec<Value> = vec![from.into(), to.into(), i64::MAX.into()];
    let cut = barred.within(offices, &mut params);
    let sql = format!(
        "SELECT i.org, COUNT(*) FROM fact f JOIN idx i ON i.id = f.id \
         WHERE f.measure = '办结案件' AND f.on_day >= $1 AND f.on_day <= $2 AND f.until_seq = $3 AND i.org <> ''{cut} GROUP BY i.org"
    );
    Ok(tx.rows(&sql, &params)?.into_iter().map(|mut r| (r.take(0), r.int(1))).collect())
}
/// Codes of the unit's reviews concluded in these days.
pub fn concluded(tx: &Tx, org: &str, from: &str, to: &str) -> Result<Vec<String>> {
    let sql = "SELECT i.codes FROM fact f JOIN idx i ON i.id = f.id WHERE f.measure = '评查定论' AND f.until_seq = $1 AND i.org = $2 \
               AND f.on_day >= $3 AND f.on_day <= $4";
    Ok(tx.rows(sql, params![i64::MAX, org, from, to])?.into_iter().map(|mut r| r.take(0)).collect())
}
/// Codes of the unit's concluded reviews that batches checking this rectification opened after this day.
pub fn checked(tx: &Tx, rectification: i64, org: &str, after: &str) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT r.id, r.codes FROM link b JOIN idx p ON p.id = b.a AND p.kind = 'review_batch' \
               JOIN link l ON l.a = p.id JOIN idx r ON r.id = l.b AND r.kind = 'review' AND r.org = $2 \
               JOIN fact f ON f.id = r.id AND f.measure = '评查定论' AND f.until_seq = $3 \
               JOIN fact o ON o.id = r.id AND o.measure = '评查立件' AND o.until_seq = $3 AND o.on_day > $4 \
               WHERE b.b = $1 AND b.link = 'rectification'";
    Ok(tx.rows(sql, params![rectification, org, i64::MAX, after])?.into_iter().map(|mut r| r.take(1)).collect())
}
