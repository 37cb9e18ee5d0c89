//! 保密仓: texts about natural persons, encrypted; the ledger holds a salted commitment (trust.md 4.1, 4.3).
//! Erasure destroys salt and ciphertext; the ledger still verifies. What 反映人 fields hold lies in the compartment `identity`,
//! which no page, list, search, export or API ever opens by itself.
mod queries;

use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce, aead::Aead as _, aead::Payload};
use ledger::{Alg, Hash, commitment};

use crate::db::Tx;
use crate::edge::{random, random_hex};
use crate::failure::{Failure, Result};
use crate::house::Keys;

/// What replay and pages read in place of a text destroyed by lawful order.
pub const SHREDDED: &str = "〔已依法销毁〕";
/// XChaCha20-Poly1305. The byte stands before every ciphertext's row, so that suites can change.
const STANDARD: i64 = 1;

/// A text on its way into the vault.
pub struct Item {
    /// Random; what stands in the entry.
    pub reference: String,
    /// HMAC(salt, text): stands in the entry's bytes.
    pub commitment: Hash,
    compartment: &'static str,
    salt: [u8; 32],
    sealed: Vec<u8>,
}
/// Seals a text; nothing is stored yet.
///
/// # Errors
/// When there is no randomness to be had.
pub fn seal(keys: &Keys, alg: Alg, compartment: &'static str, text: &str) -> Result<Item> {
    let (reference, salt) = (random_hex::<12>()?, random::<32>()?);
    let sealed = seal_bytes(keys, compartment, &reference, text.as_bytes())?;
    Ok(Item { commitment: commitment(alg, &salt, text.as_bytes()), reference, compartment, salt, sealed })
}
/// Encrypts what is no part of the record and lies outside the vault's table (a file that waits to be imported). `about` must be said
/// again to open it: a ciphertext put elsewhere does not open.
///
/// # Errors
/// When there is no randomness to be had.
pub fn seal_bytes(keys: &Keys, compartment: &str, about: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let nonce = random::<24>()?;
    let aad = format!("{about}|{compartment}|1");
    let payload = Payload { msg: bytes, aad: aad.as_bytes() };
    let body = cipher(keys, compartment).encrypt(&XNonce::from(nonce), payload).map_err(|_| Failure::Fault("加密失败".into()))?;
    Ok([&nonce[..], &body].concat())
}
/// Opens what `seal_bytes` made.
///
/// # Errors
/// When it was tampered with, or is about something else.
pub fn open_bytes(keys: &Keys, compartment: &str, about: &str, sealed: &[u8]) -> Result<Vec<u8>> {
    let broken = || Failure::Fault(format!("保密仓内容损坏：{about}"));
    let (nonce, body) = sealed.split_at_checked(24).ok_or_else(broken)?;
    let nonce: [u8; 24] = nonce.try_into().map_err(|_| broken())?;
    let aad = format!("{about}|{compartment}|1");
    cipher(keys, compartment).decrypt(&XNonce::from(nonce), Payload { msg: body, aad: aad.as_bytes() }).map_err(|_| broken())
}
/// Stores a sealed text, in the transaction of the act that names it.
///
/// # Errors
/// A fault of the engine.
pub fn store(tx: &Tx, item: Item) -> Result<()> {
    queries::put(tx, &item.reference, item.compartment, STANDARD, item.salt, item.sealed, item.commitment)
}
/// Opens a text of the compartment `personal`; `None` for any other compartment.
///
/// # Errors
/// A fault of the engine, or a ciphertext that was tampered with.
pub fn open(tx: &Tx, keys: &Keys, reference: &str) -> Result<Option<String>> {
    open_in(tx, keys, reference, "personal")
}
/// Opens a sealed identity. Only the act `open_identity` may lead here.
///
/// # Errors
/// As `open`.
pub fn open_identity(tx: &Tx, keys: &Keys, reference: &str) -> Result<Option<String>> {
    open_in(tx, keys, reference, "identity")
}
/// A reporter's key pair: `(public, private)`. The public half goes on the ledger, the private one is wrapped under his code.
///
/// # Errors
/// When there is no randomness to be had.
pub fn reporter_keys(_keys: &Keys) -> Result<(String, Vec<u8>)> {
    let secret = x25519_dalek::StaticSecret::from(random::<32>()?);
    let public = x25519_dalek::PublicKey::from(&secret);
    Ok((crate::edge::hex(public.as_bytes()), secret.to_bytes().to_vec()))
}
/// Opens a text of the compartment `original` with the reporter's private key.
///
/// # Errors
/// As `open`.
pub fn open_with(tx: &Tx, keys: &Keys, _secret: &[u8], reference: &str) -> Result<Option<String>> {
    open_in(tx, keys, reference, "original")
}
fn open_in(tx: &Tx, keys: &Keys, reference: &str, compartment: &str) -> Result<Option<String>> {
    let Some(row) = queries::get(tx, reference)?.filter(|r| r.text(0) == compartment) else { return Ok(None) };
    if row.int(3) != 0 {
        return Ok(Some(SHREDDED.into()));
    }
    decrypt(keys, reference, compartment, row.bytes(2)).map(Some)
}
fn decrypt(keys: &Keys, reference: &str, compartment: &str, sealed: &[u8]) -> Result<String> {
    String::from_utf8(open_bytes(keys, compartment, reference, sealed)?).map_err(|_| Failure::Fault(format!("保密仓内容损坏：{reference}")))
}
fn cipher(keys: &Keys, compartment: &str) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&keys.compartment(compartment).into())
}
/// Destroys salt and ciphertext. The caller writes the entry `vault.shredded`.
///
/// # Errors
/// A fault of the engine.
pub fn shred(tx: &Tx, reference: &str, now_ms: i64) -> Result<bool> {
    queries::shred(tx, reference, now_ms)
}
/// What verification finds of one reference: is it there, is it what the entry committed to, was it destroyed?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// There, and equal to its commitment.
    Sound,
    /// There, but not what was committed to.
    Altered,
    /// Destroyed.
    Shredded,
    /// Gone without a trace.
    Missing,
}
/// Checks one reference against the commitment in its entry.
///
/// # Errors
/// A fault of the engine.
pub fn check(tx: &Tx, keys: &Keys, alg: Alg, reference: &str, committed: Hash) -> Result<Found> {
    let Some(row) = queries::get(tx, reference)? else { return Ok(Found::Missing) };
    if row.int(3) != 0 {
        return Ok(Found::Shredded);
    }
    let text = decrypt(keys, reference, row.text(0), row.bytes(2));
    let salt: Option<[u8; 32]> = row.bytes(1).try_into().ok();
    let same = text.ok().zip(salt).is_some_and(|(text, salt)| commitment(alg, &salt, text.as_bytes()) == committed);
    Ok(if same { Found::Sound } else { Found::Altered })
}
