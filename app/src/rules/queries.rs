//! SQL of the rule library.
use super::{Held, Piece};
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

pub fn stamp(tx: &Tx) -> Result<i64> {
    Ok(tx.one("SELECT value FROM counter WHERE name = 'rules'", &[])?.map_or(0, |r| r.int(0)))
}
pub fn bump(tx: &Tx) -> Result<()> {
    let sql = "INSERT INTO counter (name, value) VALUES ('rules', 1) ON CONFLICT (name) DO UPDATE SET value = counter.value + 1";
    tx.exec(sql, &[]).map(drop)
}
/// Puts a version in place of what was there under its name.
pub fn put_rule(tx: &Tx, h: &Held) -> Result<()> {
    tx.exec("DELETE FROM rule_version WHERE rule = $1 AND version = $2", params![&h.rule, &h.version])?;
    let sql = "INSERT INTO rule_version (rule, version, title, kind, notes, effective_on, stated, repealed_on, source, articles, digest) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let row = params![
        &h.rule,
        &h.version,
        &h.title,
        &h.kind,
        &h.notes,
        &h.effective_on,
        h.stated,
        &h.repealed_on,
        &h.source,
        h.articles,
        &h.digest
    ];
    tx.exec(sql, row).map(drop)
}
pub fn drop_pieces(tx: &Tx, rule: &str, version: &str) -> Result<()> {
    tx.exec("DELETE FROM rule_article WHERE rule = $1 AND version = $2", params![rule, version]).map(drop)
}
pub fn put_piece(tx: &Tx, rule: &str, version: &str, n: usize, p: &Piece) -> Result<()> {
    let sql = "INSERT INTO rule_article (rule, version, n, number, inserted, anchor, label, chapter, text) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    tx.exec(sql, params![rule, version, n, p.number, p.of, &p.anchor, &p.label, &p.chapter, &p.text]).map(drop)
}
fn held(mut r: Row) -> Held {
    Held {
        stated: r.yes(6),
        articles: r.count(9),
        rule: r.take(0),
        version: r.take(1),
        title: r.take(2),
        kind: r.take(3),
        notes: r.take(4),
        effective_on: r.take(5),
        repealed_on: r.take(7),
        source: r.take(8),
        digest: r.take(10),
    }
}
pub fn versions(tx: &Tx) -> Result<Vec<Held>> {
    let sql = "SELECT rule, version, title, kind, notes, effective_on, stated, repealed_on, source, articles, digest FROM rule_version";
    Ok(tx.rows(sql, &[])?.into_iter().map(held).collect())
}
fn piece(r: &mut Row, from: usize) -> Piece {
    let small = |n: i64| u32::try_from(n).unwrap_or(0);
    Piece {
        number: small(r.int(from)),
        of: small(r.int(from + 1)),
        anchor: r.take(from + 2),
        label: r.take(from + 3),
        chapter: r.take(from + 4),
        text: r.take(from + 5),
    }
}
pub fn pieces(tx: &Tx, rule: &str, version: &str) -> Result<Vec<Piece>> {
    let sql = "SELECT number, inserted, anchor, label, chapter, text FROM rule_article WHERE rule = $1 AND version = $2 ORDER BY n";
    Ok(tx.rows(sql, params![rule, version])?.iter_mut().map(|r| piece(r, 0)).collect())
}
/// Every piece of every version: `(rule, version, piece)`, version by version.
pub fn each_piece(tx: &Tx, mut f: impl FnMut(&str, &str, Piece)) -> Result<()> {
    let sql = "SELECT rule, version, number, inserted, anchor, label, chapter, text FROM rule_article ORDER BY rule, version, n";
    tx.each(sql, &[], |mut r| {
        let p = piece(&mut r, 2);
        f(r.text(0), r.text(1), p);
        Ok(true)
    })
}
/// `(rule, version, number, 之几, anchor)` of every article.
pub fn anchors(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT rule, version, number, inserted, anchor FROM rule_article WHERE number > 0 ORDER BY rule, version, n", &[])
}
