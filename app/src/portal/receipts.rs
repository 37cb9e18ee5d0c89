//! 受理号 and 回执密码: what a reporter holds, and the only thing that opens his mailbox. His private key lies wrapped under the code;
//! whether a code is right is told by nothing but that the key comes out.
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce, aead::Aead as _, aead::Payload};
use domain::identifiers::receipt::{receipt_code, receipt_number, strong_code};

use super::queries;
use crate::db::{Db, Tx};
use crate::edge::random;
use crate::failure::{Failure, Result};
use crate::matters::Desk;

/// trust.md 4.3: 64 MiB, three passes, one lane.
const COST: (u32, u32, u32) = (64 << 10, 3, 1);

/// What is shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub number: String,
    pub code: String,
}
/// Number, code and wrapped key, before there is a matter to go with them.
pub struct Fresh {
    /// What is shown.
    pub receipt: Receipt,
    salt: [u8; 16],
    wrapped: Vec<u8>,
}
impl Fresh {
    /// Wraps a private key under a new code, for a number nobody has. Runs Argon2: hold a `Slot`.
    ///
    /// # Errors
    /// When there is no randomness to be had, or the engine fails.
    pub fn new(db: &Db, secret: &[u8], strong: bool) -> Result<Self> {
        let (number, code) = (db.read_here(number)?, code(strong)?);
        let (salt, nonce) = (random::<16>()?, random::<24>()?);
        let sealed = cipher(&code, &salt)?.encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: number.as_bytes() });
        let sealed = sealed.map_err(|_| Failure::Fault("加密失败".into()))?;
        Ok(Self { receipt: Receipt { number, code }, salt, wrapped: [&nonce[..], &sealed].concat() })
    }
    /// Keeps it with the matter, in the transaction that opens the matter; remembers the form it came with.
    ///
    /// # Errors
    /// `Stale` where the form was sent before; a fault of the engine.
    pub fn keep(&self, desk: &Desk, matter: &str, form: &str) -> Result<()> {
        queries::put_receipt(desk.tx, &self.receipt.number, matter, &self.salt, &self.wrapped)?;
        sent(desk, form, &self.receipt.number)
    }
}
/// Remembers a form as sent.
///
/// # Errors
/// `Stale` where it was sent before.
pub fn sent(desk: &Desk, form: &str, receipt: &str) -> Result<()> {
    if queries::put_form(desk.tx, form, receipt, &desk.now.today.to_string())? { Ok(()) } else { Err(Failure::Stale) }
}
/// The receipt a form was given when it was sent before.
///
/// # Errors
/// A fault of the engine.
pub fn find(tx: &Tx, form: &str) -> Result<Option<String>> {
    queries::form(tx, form)
}
fn number(tx: &Tx) -> Result<String> {
    loop {
        let nine = u64::from_be_bytes(random::<8>()?) % 1_000_000_000;
        let number = u32::try_from(nine).ok().and_then(receipt_number).ok_or_else(|| Failure::Fault("受理号".into()))?;
        if queries::receipt(tx, &number)?.is_none() {
            return Ok(number);
        }
    }
}
fn code(strong: bool) -> Result<String> {
    loop {
        let chance = random::<32>()?;
        if let Some(code) = if strong { strong_code(&chance) } else { receipt_code(&chance) } {
            return Ok(code);
        }
    }
}
fn cipher(code: &str, salt: &[u8]) -> Result<XChaCha20Poly1305> {
    let fault = |e: argon2::Error| Failure::Fault(e.to_string());
    let params = Params::new(COST.0, COST.1, COST.2, Some(32)).map_err(fault)?;
    let mut key = [0u8; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(code.as_bytes(), salt, &mut key).map_err(fault)?;
    Ok(XChaCha20Poly1305::new(&key.into()))
}
/// A receipt that was shown with the right code.
#[derive(Clone, Debug)]
pub struct Held {
    /// Number of the matter.
    pub matter: String,
    /// The reporter's private key.
    pub secret: Vec<u8>,
}
/// Opens a receipt; nothing for an unknown number and for a wrong code alike, after the same work. Runs Argon2: hold a `Slot`.
///
/// # Errors
/// A fault of the engine.
pub fn open(db: &Db, number: &str, code: &str) -> Result<Option<Held>> {
    let row = db.read_here(|tx| queries::receipt(tx, number))?;
    // Of an unknown number as many bytes are tried as of a known one.
    let (matter, salt, wrapped) = match &row {
        Some(r) => (r.text(0).to_owned(), r.bytes(1).to_vec(), r.bytes(2).to_vec()),
        None => (String::new(), vec![0; 16], vec![0; 24 + 32 + 16]),
    };
    let (nonce, body) = wrapped.split_at_checked(24).ok_or_else(|| Failure::Fault("回执损坏".into()))?;
    let nonce: [u8; 24] = nonce.try_into().map_err(|_| Failure::Fault("回执损坏".into()))?;
    let secret = cipher(code, &salt)?.decrypt(&XNonce::from(nonce), Payload { msg: body, aad: number.as_bytes() }).ok();
    Ok(secret.filter(|_| row.is_some()).map(|secret| Held { matter, secret }))
}
