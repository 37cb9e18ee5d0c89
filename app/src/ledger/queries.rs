//! SQL of the ledger.
use ledger::{Event, Hash};

use crate::db::{Dialect, Row, Tx};
use crate::failure::Result;
use crate::params;

const HEAD: &str = "SELECT ledger_id, alg, seq, h, time_ms, checkpointed FROM chain WHERE chain = $1";
const HEAD_LOCKED: &str = "SELECT ledger_id, alg, seq, h, time_ms, checkpointed FROM chain WHERE chain = $1 FOR UPDATE";

pub fn head(tx: &Tx, chain: i64) -> Result<Option<Row>> {
    // SQLite has locked the whole database by BEGIN IMMEDIATE already.
    tx.one(if tx.dialect() == Dialect::Sqlite { HEAD } else { HEAD_LOCKED }, params![chain])
}
pub fn head_seen(tx: &Tx, chain: i64) -> Result<Option<Row>> {
    tx.one(HEAD, params![chain])
}
pub fn put_head(tx: &Tx, chain: i64, seq: u64, h: Hash, time_ms: i64) -> Result<()> {
    tx.exec("UPDATE chain SET seq = $2, h = $3, time_ms = $4 WHERE chain = $1", params![chain, seq, h, time_ms]).map(drop)
}
pub fn new_chain(tx: &Tx, chain: i64, name: &str, ledger_id: &str, alg: u8, tree: &[u8]) -> Result<()> {
    let sql =
        "INSERT INTO chain (chain, name, ledger_id, alg, seq, h, time_ms, tree, checkpointed) VALUES ($1, $2, $3, $4, 0, $5, 0, $6, 0)";
    tx.exec(sql, params![chain, name, ledger_id, i64::from(alg), [0u8; 32], tree]).map(drop)
}
pub fn append(tx: &Tx, pos: i64, chain: i64, event: &Event, bytes: &[u8], h: Hash) -> Result<()> {
    let sql = "INSERT INTO entry (pos, chain, stream, stream_ver, bytes, h) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.exec(sql, params![pos, chain, &event.stream, event.stream_ver, bytes, h]).map(drop)
}
pub fn stream(tx: &Tx, stream: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT pos, bytes, h FROM entry WHERE stream = $1 ORDER BY stream_ver", params![stream])
}
pub fn newest(tx: &Tx, chain: i64, count: i64) -> Result<Vec<Row>> {
    let sql = "SELECT pos, bytes, h FROM entry WHERE pos >= $1 AND pos < $2 ORDER BY pos DESC LIMIT $3";
    tx.rows(sql, params![chain * super::SPAN, (chain + 1) * super::SPAN, count])
}
pub fn size(tx: &Tx) -> Result<u64> {
    Ok(tx.one("SELECT CAST(SUM(seq) AS BIGINT) FROM chain", &[])?.map_or(0, |r| r.count(0)))
}
pub fn at(tx: &Tx, pos: i64) -> Result<Option<Row>> {
    tx.one("SELECT pos, bytes, h FROM entry WHERE pos = $1", params![pos])
}
pub fn each(tx: &Tx, from: i64, to: i64, f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    let sql = "SELECT pos, bytes, h, stream, stream_ver FROM entry WHERE pos >= $1 AND pos < $2 ORDER BY pos";
    // A server would hold the whole answer in memory: ask it in pages.
    if tx.dialect() == Dialect::Sqlite {
        return tx.each(sql, params![from, to], f);
    }
    let (mut f, mut next) = (f, from);
    loop {
        let page = tx.rows(
            "SELECT pos, bytes, h, stream, stream_ver FROM entry WHERE pos >= $1 AND pos < $2 ORDER BY pos LIMIT 20000",
            params![next, to],
        )?;
        let Some(last) = page.last().map(|r| r.int(0)) else { return Ok(()) };
        next = last + 1;
        for row in page {
            if !f(row)? {
                return Ok(());
            }
        }
    }
}
pub fn tree(tx: &Tx, chain: i64) -> Result<Vec<u8>> {
    Ok(tx.one("SELECT tree FROM chain WHERE chain = $1", params![chain])?.map(|r| r.bytes(0).to_vec()).unwrap_or_default())
}
pub fn put_checkpoint(tx: &Tx, chain: i64, size: u64, root: Hash, text: &str, tree: &[u8], at_ms: i64) -> Result<()> {
    tx.exec("UPDATE chain SET tree = $2, checkpointed = $3 WHERE chain = $1", params![chain, tree, size])?;
    let sql = "INSERT INTO checkpoint (chain, size, root, text, at_ms) VALUES ($1, $2, $3, $4, $5)";
    tx.exec(sql, params![chain, size, root, text, at_ms]).map(drop)
}
pub fn newest_checkpoint(tx: &Tx, chain: i64) -> Result<Option<Row>> {
    tx.one("SELECT size, text FROM checkpoint WHERE chain = $1 ORDER BY size DESC LIMIT 1", params![chain])
}
pub fn checkpoints(tx: &Tx, chain: i64) -> Result<Vec<Row>> {
    tx.rows("SELECT size, root, text, at_ms FROM checkpoint WHERE chain = $1 ORDER BY size", params![chain])
}
pub fn accounts(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT id, org FROM account", &[])
}

/// Every matter's state: `(id, kind, number, version, body)`.
pub fn each_matter(tx: &Tx, f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    tx.each("SELECT id, kind, number, version, body FROM matter ORDER BY id", &[], f)
}
pub fn each_index(tx: &Tx, f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    let sql = "SELECT id, number, kind, title, gist, phase, ball, org, owner, codes, marks, due, due_label, provisional, paused, closed FROM idx ORDER BY id";
    tx.each(sql, &[], f)
}
pub fn each_party(tx: &Tx, f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    tx.each("SELECT id, holder, standing, mine, due, kind FROM party ORDER BY id", &[], f)
}
pub fn each_fact(tx: &Tx, f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    tx.each("SELECT id, measure, org, category, value, on_day, since_seq, until_seq FROM fact", &[], f)
}
pub fn each_link(tx: &Tx, f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    tx.each("SELECT a, b, link FROM link", &[], f)
}
/// Register versions, each with the entry it names.
pub fn each_version(tx: &Tx, f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    let sql = "SELECT v.register, v.key, v.seq, v.from_day, v.body, e.bytes FROM register_version v LEFT JOIN entry e ON e.pos = v.seq ORDER BY v.seq";
    tx.each(sql, &[], f)
}
/// The daily digests of read records.
pub fn read_digests(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT pos, bytes FROM entry WHERE stream >= 'reads/' AND stream < 'reads0' ORDER BY pos", &[])
}
