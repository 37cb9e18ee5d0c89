//! SQL of the vault.
use ledger::Hash;

use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

pub fn put(tx: &Tx, reference: &str, compartment: &str, alg: i64, salt: [u8; 32], sealed: Vec<u8>, commitment: Hash) -> Result<()> {
    let sql = "INSERT INTO vault (ref, compartment, alg, salt, sealed, commitment) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.exec(sql, params![reference, compartment, alg, salt, sealed, commitment]).map(drop)
}
pub fn get(tx: &Tx, reference: &str) -> Result<Option<Row>> {
    tx.one("SELECT compartment, salt, sealed, shredded_ms FROM vault WHERE ref = $1", params![reference])
}
pub fn shred(tx: &Tx, reference: &str, now_ms: i64) -> Result<bool> {
    let sql = "UPDATE vault SET salt = NULL, sealed = NULL, shredded_ms = $2 WHERE ref = $1 AND shredded_ms = 0";
    Ok(tx.exec(sql, params![reference, now_ms])? > 0)
}
