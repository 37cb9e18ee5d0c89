//! SQL of the vault.
use ledger::Hash;

use super::Item;
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

pub fn put(tx: &Tx, item: &Item) -> Result<()> {
    let sql = "INSERT INTO vault (ref, compartment, alg, salt, sealed, commitment) VALUES ($1, $2, $3, $4, $5, $6)";
    let salt = item.salt.map(|s| s.to_vec());
    tx.exec(sql, params![&item.reference, item.compartment, item.alg, salt, item.sealed.clone(), item.commitment]).map(drop)
}
/// Compartment, salt, ciphertext, when destroyed, commitment.
pub fn get(tx: &Tx, reference: &str) -> Result<Option<Row>> {
    tx.one("SELECT compartment, salt, sealed, shredded_ms, commitment FROM vault WHERE ref = $1", params![reference])
}
pub fn shred(tx: &Tx, reference: &str, now_ms: i64) -> Result<bool> {
    drop_deks(tx, reference)?;
    let sql = "UPDATE vault SET salt = NULL, sealed = NULL, shredded_ms = $2 WHERE ref = $1 AND shredded_ms = 0";
    Ok(tx.exec(sql, params![reference, now_ms])? > 0)
}
pub fn put_dek(tx: &Tx, reference: &str, recipient: &str, sealed: &[u8]) -> Result<()> {
    let sql = "INSERT INTO vault_dek (ref, recipient, sealed) VALUES ($1, $2, $3) \
               ON CONFLICT (ref, recipient) DO UPDATE SET sealed = excluded.sealed";
    tx.exec(sql, params![reference, recipient, sealed]).map(drop)
}
/// Recipient and sealed key.
pub fn deks(tx: &Tx, reference: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT recipient, sealed FROM vault_dek WHERE ref = $1 ORDER BY recipient", params![reference])
}
pub fn drop_deks(tx: &Tx, reference: &str) -> Result<()> {
    tx.exec("DELETE FROM vault_dek WHERE ref = $1", params![reference]).map(drop)
}

/// Public half and wrapped private half.
pub fn person_key(tx: &Tx, person: &str) -> Result<Option<Row>> {
    tx.one("SELECT public, wrapped FROM person_key WHERE person = $1", params![person])
}
pub fn put_person_key(tx: &Tx, person: &str, public: &str, wrapped: &[u8], now_ms: i64) -> Result<()> {
    let sql = "INSERT INTO person_key (person, public, wrapped, at_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (person) \
               DO UPDATE SET public = excluded.public, wrapped = excluded.wrapped, at_ms = excluded.at_ms";
    tx.exec(sql, params![person, public, wrapped, now_ms]).map(drop)
}
pub fn put_role_key(tx: &Tx, id: &str, org: &str, role: &str, generation: i64, public: &str, now_ms: i64) -> Result<()> {
    let sql = "INSERT INTO role_key (id, org, role, generation, public, at_ms) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.exec(sql, params![id, org, role, generation, public, now_ms]).map(drop)
}
/// Keys of one role of one organisation, the newest first.
pub fn role_keys(tx: &Tx, org: &str, role: &str) -> Result<Vec<Row>> {
    tx.rows(
        "SELECT id, org, role, generation, public FROM role_key WHERE org = $1 AND role = $2 ORDER BY generation DESC",
        params![org, role],
    )
}
pub fn role_key(tx: &Tx, id: &str) -> Result<Option<Row>> {
    tx.one("SELECT id, org, role, generation, public FROM role_key WHERE id = $1", params![id])
}
pub fn all_role_keys(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows("SELECT id, org, role, generation, public FROM role_key ORDER BY org, role, generation DESC", &[])
}
pub fn put_share(tx: &Tx, key: &str, holder: &str, public: &str, sealed: &[u8]) -> Result<()> {
    let sql = "INSERT INTO role_share (key, holder, public, sealed) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (key, holder) DO UPDATE SET public = excluded.public, sealed = excluded.sealed";
    tx.exec(sql, params![key, holder, public, sealed]).map(drop)
}
/// Holder, the public key it is sealed to, sealed half or share.
pub fn shares(tx: &Tx, key: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT holder, public, sealed FROM role_share WHERE key = $1 ORDER BY holder", params![key])
}
pub fn drop_share(tx: &Tx, key: &str, holder: &str) -> Result<()> {
    tx.exec("DELETE FROM role_share WHERE key = $1 AND holder = $2", params![key, holder]).map(drop)
}
pub fn drop_shares_of(tx: &Tx, holder: &str) -> Result<()> {
    tx.exec("DELETE FROM role_share WHERE holder = $1", params![holder])?;
    tx.exec("DELETE FROM share_release WHERE giver = $1 OR taker = $1", params![holder]).map(drop)
}
pub fn put_release(tx: &Tx, target: &str, key: &str, giver: &str, taker: &str, sealed: &[u8], now_ms: i64) -> Result<()> {
    let sql = "INSERT INTO share_release (target, key, giver, taker, sealed, at_ms) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (target, key, giver, taker) DO UPDATE SET sealed = excluded.sealed, at_ms = excluded.at_ms";
    tx.exec(sql, params![target, key, giver, taker, sealed, now_ms]).map(drop)
}
/// Giver and sealed share, as far as this person may take them.
pub fn releases(tx: &Tx, target: &str, key: &str, taker: &str) -> Result<Vec<Row>> {
    let sql = "SELECT giver, sealed FROM share_release WHERE target = $1 AND key = $2 AND taker = $3 ORDER BY giver";
    tx.rows(sql, params![target, key, taker])
}
/// Who has given a share for this purpose.
pub fn givers(tx: &Tx, target: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT DISTINCT giver FROM share_release WHERE target = $1 ORDER BY giver", params![target])
}
pub fn drop_releases(tx: &Tx, target: &str) -> Result<()> {
    tx.exec("DELETE FROM share_release WHERE target = $1", params![target]).map(drop)
}
/// What was given of a key for any purpose: worth nothing once the key is split anew.
pub fn drop_releases_of(tx: &Tx, key: &str) -> Result<()> {
    tx.exec("DELETE FROM share_release WHERE key = $1", params![key]).map(drop)
}
pub fn drop_old_releases(tx: &Tx, before_ms: i64) -> Result<()> {
    tx.exec("DELETE FROM share_release WHERE at_ms < $1", params![before_ms]).map(drop)
}
/// Public half of the house's recovery key.
pub fn escrow(tx: &Tx) -> Result<Option<String>> {
    let row = tx.one("SELECT value FROM secret WHERE name = 'escrow'", &[])?;
    Ok(row.map(|r| String::from_utf8_lossy(r.bytes(0)).into_owned()))
}
pub fn put_escrow(tx: &Tx, public: &str) -> Result<()> {
    let sql = "INSERT INTO secret (name, value) VALUES ('escrow', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.exec(sql, params![public.as_bytes()]).map(drop)
}
pub fn commitment_of(row: &Row) -> Option<Hash> {
    row.bytes(4).try_into().ok()
}
