//! SQL of notices.
use crate::db::{self, Row, Tx, Value};
use crate::failure::Result;
use crate::matters::Barred;
use crate::params;

pub fn put(tx: &Tx, holder: &str, id: i64, what: &str, day: &str, now: i64) -> Result<()> {
    let sql = "INSERT INTO notice (holder, id, what, day, at_ms) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    tx.exec(sql, params![holder, id, what, day, now]).map(drop)
}
/// Whose notices are asked for, and which of them.
pub struct Look<'a> {
    pub person: &'a str,
    pub holders: &'a [String],
    pub barred: &'a Barred,
    /// Name of the event; empty for all.
    pub what: &'a str,
    pub unread: bool,
    pub since_ms: i64,
    /// Keyset: those before this one.
    pub before: i64,
    pub limit: i64,
}
/// Conditions over `n` (notice) and `s` (notice_seen): a notice outlives the standing it was written for, and is then nobody's.
fn within(look: &Look, params: &mut Vec<Value>) -> String {
    let holders = db::list(params, look.holders);
    let cut = look.barred.sql(&mut |v| {
        params.push(v);
        format!("${}", params.len())
    });
    let person = db::list(params, [look.person]);
    let (since, before) = (db::list(params, [look.since_ms]), db::list(params, [look.before]));
    let mut sql = format!(
        " FROM notice n LEFT JOIN notice_seen s ON s.person = {person} AND s.n = n.n WHERE n.holder IN ({holders}) AND n.at_ms >= {since} AND n.n < {before} \
         AND (n.id = 0 OR EXISTS (SELECT 1 FROM party p JOIN idx i ON i.id = p.id WHERE p.id = n.id AND p.holder IN ({holders}){cut}))"
    );
    if look.unread {
        sql.push_str(" AND s.n IS NULL");
    }
    if !look.what.is_empty() {
        let what = db::list(params, [look.what]);
        sql.push_str(&format!(" AND n.what = {what}"));
    }
    sql
}
/// `(n, id, what, day, at_ms, seen)`, newest first.
pub fn list(tx: &Tx, look: &Look) -> Result<Vec<Row>> {
    let mut params = vec![];
    let from = within(look, &mut params);
    let limit = db::list(&mut params, [look.limit]);
    let sql = format!("SELECT n.n, n.id, n.what, n.day, n.at_ms, COALESCE(s.n, 0){from} ORDER BY n.n DESC LIMIT {limit}");
    tx.rows(&sql, &params)
}
/// How many there are, counted up to the limit: nobody needs more.
pub fn count(tx: &Tx, look: &Look) -> Result<u32> {
    let mut params = vec![];
    let from = within(look, &mut params);
    let limit = db::list(&mut params, [look.limit]);
    let row = tx.one(&format!("SELECT COUNT(*) FROM (SELECT 1{from} LIMIT {limit}) w"), &params)?;
    Ok(row.map_or(0, |r| u32::try_from(r.int(0)).unwrap_or(0)))
}
pub fn seen(tx: &Tx, person: &str, n: i64) -> Result<()> {
    tx.exec("INSERT INTO notice_seen (person, n) VALUES ($1, $2) ON CONFLICT DO NOTHING", params![person, n]).map(drop)
}
/// What is older than anybody asks for.
pub fn sweep(tx: &Tx, before_ms: i64, day: &str) -> Result<()> {
    // They stand in order: where the oldest is kept, all are.
    if tx.one("SELECT at_ms FROM notice ORDER BY n LIMIT 1", &[])?.is_none_or(|r| r.int(0) >= before_ms) {
        return Ok(());
    }
    tx.exec("DELETE FROM notice_seen WHERE n IN (SELECT n FROM notice WHERE at_ms < $1)", params![before_ms])?;
    tx.exec("DELETE FROM notice WHERE at_ms < $1", params![before_ms])?;
    tx.exec("DELETE FROM delivery WHERE day < $1", params![day]).map(drop)
}
/// Those whose ball it is.
pub fn ball_holders(tx: &Tx, id: i64) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT holder FROM party WHERE id = $1 AND mine = 1 ORDER BY holder";
    Ok(tx.rows(sql, params![id])?.into_iter().map(|mut r| r.take(0)).collect())
}
/// Open matters of confidential intake that changed within these instants.
pub fn changed(tx: &Tx, above: i64, from_ms: i64, to_ms: i64) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM idx WHERE id > $1 AND closed = 0 AND changed_ms >= $2 AND changed_ms < $3 ORDER BY id";
    Ok(tx.rows(sql, params![above, from_ms, to_ms])?.iter().map(|r| r.int(0)).collect())
}

pub fn settings(tx: &Tx, person: &str) -> Result<Option<String>> {
    Ok(tx.one("SELECT body FROM notice_settings WHERE person = $1", params![person])?.map(|mut r| r.take(0)))
}
pub fn all_settings(tx: &Tx) -> Result<Vec<(String, String)>> {
    Ok(tx.rows("SELECT person, body FROM notice_settings ORDER BY person", &[])?.into_iter().map(|mut r| (r.take(0), r.take(1))).collect())
}
pub fn put_settings(tx: &Tx, person: &str, body: &str) -> Result<()> {
    let sql = "INSERT INTO notice_settings (person, body) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET body = excluded.body";
    tx.exec(sql, params![person, body]).map(drop)
}

/// Notices nobody has handed on yet, oldest first: `(n, holder, what)`.
pub fn unsent(tx: &Tx, limit: i64) -> Result<Vec<Row>> {
    tx.rows("SELECT n, holder, what FROM notice WHERE sent = 0 ORDER BY n LIMIT $1", params![limit])
}
pub fn sent(tx: &Tx, n: i64) -> Result<()> {
    tx.exec("UPDATE notice SET sent = 1 WHERE n = $1", params![n]).map(drop)
}
pub fn notice(tx: &Tx, n: i64) -> Result<Option<Row>> {
    tx.one("SELECT id, what FROM notice WHERE n = $1", params![n])
}
/// A message to be sent, or held for a digest.
pub struct Post<'a> {
    pub event: &'a str,
    pub person: &'a str,
    pub channel: &'a str,
    pub what: &'a str,
    pub notice: i64,
    pub state: &'a str,
    pub due_ms: i64,
    pub day: &'a str,
}
pub fn put_delivery(tx: &Tx, p: &Post) -> Result<()> {
    let sql = "INSERT INTO delivery (event, person, channel, what, notice, state, fold, due_ms, leased_ms, tries, trouble, day) \
               VALUES ($1, $2, $3, $4, $5, $6, '', $7, 0, 0, '', $8) ON CONFLICT DO NOTHING";
    tx.exec(sql, params![p.event, p.person, p.channel, p.what, p.notice, p.state, p.due_ms, p.day]).map(drop)
}
/// Whether anything is held for a digest.
pub fn holds_any(tx: &Tx) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM delivery WHERE state = 'held' LIMIT 1", &[])?.is_some())
}
/// Puts what was held for this person before the digest's hour into the digest; how many there were.
pub fn fold(tx: &Tx, (person, channel): (&str, &str), before_ms: i64, into: &str) -> Result<u64> {
    let sql = "UPDATE delivery SET state = 'folded', fold = $4 WHERE state = 'held' AND person = $1 AND channel = $2 AND due_ms < $3";
    tx.exec(sql, params![person, channel, before_ms, into])
}
/// Notices of a digest: `(id, what)` of each.
pub fn folded(tx: &Tx, digest: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT n.id, n.what FROM delivery d JOIN notice n ON n.n = d.notice WHERE d.fold = $1 ORDER BY n.n", params![digest])
}
/// Takes one message that is due for a while: nobody else sends it meanwhile.
pub fn claim(tx: &Tx, channels: &[&str], now: i64, until: i64) -> Result<Option<Row>> {
    let mut params: Vec<Value> = vec![now.into(), until.into()];
    let channels = db::list(&mut params, channels.iter().copied());
    // The second look at the conditions is for a server where another node has just taken it.
    let sql = format!(
        "UPDATE delivery SET leased_ms = $2, tries = tries + 1 WHERE state = 'waiting' AND leased_ms <= $1 AND event = (SELECT event FROM delivery \
         WHERE state = 'waiting' AND channel IN ({channels}) AND due_ms <= $1 AND leased_ms <= $1 ORDER BY due_ms, event LIMIT 1) \
         RETURNING event, person, channel, what, notice, tries"
    );
    tx.one(&sql, &params)
}
pub fn settle(tx: &Tx, event: &str, state: &str, due_ms: i64, trouble: &str) -> Result<()> {
    let sql = "UPDATE delivery SET state = $2, due_ms = $3, leased_ms = 0, trouble = $4 WHERE event = $1 AND state = 'waiting'";
    tx.exec(sql, params![event, state, due_ms, trouble]).map(drop)
}
/// How many of each state: `(channel, state, count)`.
pub fn states(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT channel, state, COUNT(*) FROM delivery GROUP BY channel, state ORDER BY channel, state", &[])
}
/// Those given up: `(event, channel, tries, trouble, day)`.
pub fn dead(tx: &Tx, limit: i64) -> Result<Vec<Row>> {
    let sql = "SELECT event, channel, tries, trouble, day FROM delivery WHERE state = 'dead' ORDER BY day DESC, event LIMIT $1";
    tx.rows(sql, params![limit])
}
pub fn dead_of(tx: &Tx, person: &str) -> Result<i64> {
    Ok(tx.one("SELECT COUNT(*) FROM delivery WHERE person = $1 AND state = 'dead'", params![person])?.map_or(0, |r| r.int(0)))
}
pub fn again(tx: &Tx, event: &str, now: i64) -> Result<bool> {
    let sql = "UPDATE delivery SET state = 'waiting', tries = 0, due_ms = $2, leased_ms = 0 WHERE event = $1 AND state = 'dead'";
    Ok(tx.exec(sql, params![event, now])? > 0)
}
/// Delegations that end on this day: `(person, of)`.
pub fn delegations_ending(tx: &Tx, day: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT person, of_person FROM holding WHERE of_person <> '' AND until_day = $1 AND from_day <= $1", params![day])
}
