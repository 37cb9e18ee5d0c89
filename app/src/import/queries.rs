//! SQL of imports: staged files, remembered mappings, what a row may be the same as, batches.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

pub fn mapping(tx: &Tx, kind: &str, headings: &str) -> Result<Option<String>> {
    let sql = "SELECT form FROM draft WHERE person = '*' AND place = $1 AND action = $2";
    Ok(tx.one(sql, params![format!("mapping/{kind}"), headings])?.map(|mut r| r.take(0)))
}
pub fn put_mapping(tx: &Tx, kind: &str, headings: &str, fields: &str, now_ms: i64) -> Result<()> {
    let sql = "INSERT INTO draft (person, place, action, form, saved_ms) VALUES ('*', $1, $2, $3, $4) \
               ON CONFLICT (person, place, action) DO UPDATE SET form = excluded.form, saved_ms = excluded.saved_ms";
    tx.exec(sql, params![format!("mapping/{kind}"), headings, fields, now_ms]).map(drop)
}

/// `what`: person, kind, name of the file, its digest.
pub fn put_staged(tx: &Tx, what: [&str; 4], sealed: Vec<u8>, total: usize, now_ms: i64) -> Result<i64> {
    let [person, kind, name, digest] = what;
    let sql = "INSERT INTO staging (person, kind, name, digest, body, mapping, progress, total, state, outcome, batch, at_ms) \
               VALUES ($1, $2, $3, $4, $5, '', 0, $6, 'checked', '', '', $7) RETURNING n";
    Ok(tx.one(sql, params![person, kind, name, digest, sealed, total, now_ms])?.map_or(0, |r| r.int(0)))
}
/// `(n, kind, name, state, batch, at_ms, whether the file is still there)`, newest first.
pub fn staged_of(tx: &Tx, person: &str) -> Result<Vec<Row>> {
    let sql = "SELECT n, kind, name, state, batch, at_ms, length(body) FROM staging WHERE person = $1 ORDER BY n DESC LIMIT 50";
    tx.rows(sql, params![person])
}
pub fn staged(tx: &Tx, n: i64, person: &str) -> Result<Option<Row>> {
    let sql = "SELECT kind, name, digest, mapping, state, outcome, batch, at_ms, report FROM staging WHERE n = $1 AND person = $2";
    tx.one(sql, params![n, person])
}
pub fn staged_body(tx: &Tx, n: i64) -> Result<Vec<u8>> {
    Ok(tx.one("SELECT body FROM staging WHERE n = $1", params![n])?.map_or_else(Vec::new, |r| r.bytes(0).to_vec()))
}
pub fn staged_state(tx: &Tx, n: i64) -> Result<Option<String>> {
    Ok(tx.one("SELECT state FROM staging WHERE n = $1", params![n])?.map(|mut r| r.take(0)))
}
pub fn set_mapping(tx: &Tx, n: i64, fields: &str) -> Result<bool> {
    Ok(tx.exec("UPDATE staging SET mapping = $2 WHERE n = $1 AND state = 'checked'", params![n, fields])? > 0)
}
/// A batch that a crash left half-way was rolled back, so it may begin again.
pub fn begin(tx: &Tx, n: i64) -> Result<bool> {
    let sql = "UPDATE staging SET state = 'taking', outcome = '' WHERE n = $1 AND state IN ('checked', 'taking')";
    Ok(tx.exec(sql, params![n])? > 0)
}
pub fn give_up(tx: &Tx, n: i64, outcome: &str) -> Result<()> {
    tx.exec("UPDATE staging SET state = 'checked', outcome = $2 WHERE n = $1 AND state = 'taking'", params![n, outcome]).map(drop)
}
/// The batch is in; the file goes with the same commit.
pub fn settle(tx: &Tx, n: i64, batch: &str, outcome: &str, report: &str) -> Result<bool> {
    let sql = "UPDATE staging SET state = 'taken', batch = $2, outcome = $3, report = $4, body = $5 WHERE n = $1 AND state = 'taking'";
    Ok(tx.exec(sql, params![n, batch, outcome, report, Vec::new()])? > 0)
}
pub fn discard(tx: &Tx, n: i64) -> Result<bool> {
    let sql = "UPDATE staging SET state = 'dropped', outcome = '', body = $2 WHERE n = $1 AND state = 'checked'";
    Ok(tx.exec(sql, params![n, Vec::new()])? > 0)
}
pub fn set_undone(tx: &Tx, batch: &str) -> Result<()> {
    tx.exec("UPDATE staging SET state = 'undone', outcome = '' WHERE batch = $1 AND state = 'taken'", params![batch]).map(drop)
}
/// Files that came before this are let go, whatever became of them.
pub fn expire(tx: &Tx, before_ms: i64) -> Result<u64> {
    tx.exec("UPDATE staging SET body = $2 WHERE at_ms <= $1 AND length(body) > 0", params![before_ms, Vec::new()])
}

pub fn put_match_key(tx: &Tx, kind: &str, key: &str, id: i64) -> Result<()> {
    tx.exec("INSERT INTO match_key (kind, key, id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", params![kind, key, id]).map(drop)
}
pub fn drop_match_key(tx: &Tx, kind: &str, key: &str, id: i64) -> Result<()> {
    tx.exec("DELETE FROM match_key WHERE kind = $1 AND key = $2 AND id = $3", params![kind, key, id]).map(drop)
}
pub fn any_match_key(tx: &Tx, kind: &str) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM match_key WHERE kind = $1 LIMIT 1", params![kind])?.is_some())
}
pub fn matched(tx: &Tx, kind: &str, key: &str) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM match_key WHERE kind = $1 AND key = $2 ORDER BY id LIMIT 20";
    Ok(tx.rows(sql, params![kind, key])?.iter().map(|r| r.int(0)).collect())
}
pub fn number(tx: &Tx, id: i64) -> Result<Option<String>> {
    Ok(tx.one("SELECT number FROM idx WHERE id = $1", params![id])?.map(|mut r| r.take(0)))
}
/// `(org, gist, opened on)`.
pub fn brief(tx: &Tx, number: &str) -> Result<Option<Row>> {
    tx.one("SELECT org, gist, opened_on FROM idx WHERE number = $1", params![number])
}

pub fn taken_before(tx: &Tx, digest: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM idx i JOIN matter m ON m.id = i.id WHERE i.kind = 'import' AND i.phase = 'Taken' AND m.body LIKE $1 LIMIT 1";
    Ok(tx.one(sql, params![format!("%{digest}%")])?.is_some())
}
/// Matters of a batch that are no longer as they came, or that another matter names.
pub fn moved_on(tx: &Tx, batch: i64, kind: &str) -> Result<Vec<String>> {
    let sql = "SELECT m.number FROM link l JOIN matter m ON m.id = l.b WHERE l.a = $1 AND m.kind = $2 \
               AND (m.version > 1 OR EXISTS (SELECT 1 FROM link n WHERE n.b = m.id AND n.link <> '')) ORDER BY m.id";
    Ok(tx.rows(sql, params![batch, kind])?.into_iter().map(|mut r| r.take(0)).collect())
}
/// The organisation the console imports for: where the most holders of this role sit, or the topmost there is.
pub fn console_org(tx: &Tx, role: &str) -> Result<Option<String>> {
    let row = tx.one("SELECT org FROM holding WHERE role = $1 GROUP BY org ORDER BY COUNT(*) DESC, org LIMIT 1", params![role])?;
    let row = row.or(tx.one("SELECT code FROM org ORDER BY path LIMIT 1", &[])?);
    Ok(row.map(|mut r| r.take(0)))
}
pub fn officer_key(tx: &Tx, blind: &str) -> Result<Option<String>> {
    Ok(tx.one("SELECT key FROM officer WHERE blind = $1", params![blind])?.map(|mut r| r.take(0)))
}
/// Whether another matter names this one as what it is about or comes from.
pub fn named(tx: &Tx, number: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM link l JOIN idx i ON i.id = l.b WHERE i.number = $1 AND l.link <> '' LIMIT 1";
    Ok(tx.one(sql, params![number])?.is_some())
}
