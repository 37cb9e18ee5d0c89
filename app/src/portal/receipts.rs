//! 受理号 and 回执密码: what a reporter holds, and the only thing that opens his mailbox. His private key lies wrapped under the code;
//! whether a code is right is told by nothing but that the key comes out.
use domain::engine::Form;
use domain::identifiers::receipt::{receipt_code, receipt_number, strong_code};

use super::queries;
use crate::db::Tx;
use crate::edge::random;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{self, Desk};
use crate::vault::{self, Cost, Private, Suite};

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
    /// Public half of the reporter's key, for the matter.
    pub public: String,
    wrapped: Vec<u8>,
}
impl Fresh {
    /// A new key, wrapped under a new code, for a number nobody has. Runs Argon2: hold a `Slot`.
    ///
    /// # Errors
    /// When there is no randomness to be had, or the engine fails.
    pub fn new(house: &House, strong: bool) -> Result<Self> {
        let (number, suite, (public, private)) =
            house.db.read_here(|tx| Ok((number(tx)?, Suite::of(crate::ledger::identity(tx)?.1), vault::reporter_keys(tx)?)))?;
        let code = code(strong)?;
        let wrapped = vault::wrap(&house.keys, suite, Cost::Receipt, &code, &private)?;
        Ok(Self { receipt: Receipt { number, code }, public, wrapped })
    }
    /// Keeps it with the matter, in the transaction that opens the matter; remembers the form it came with.
    ///
    /// # Errors
    /// `Stale` where the form was sent before; a fault of the engine.
    pub fn keep(&self, desk: &Desk, matter: &str, form: &str) -> Result<()> {
        queries::put_receipt(desk.tx, &self.receipt.number, matter, &self.wrapped)?;
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
/// Which organisation handles what this receipt stands for.
///
/// # Errors
/// A fault of the engine.
pub fn received_by(tx: &Tx, number: &str) -> Result<String> {
    let loaded = queries::receipt(tx, number)?.map(|r| matters::load(tx, r.text(0))).transpose()?.flatten();
    Ok(loaded.map_or_else(String::new, |l| l.matter.owner().to_owned()))
}
/// A receipt that was shown with the right code.
pub struct Held {
    /// Number of the matter.
    pub matter: String,
    /// Public half of the key, as the matter keeps it.
    pub public: String,
    /// The reporter's private key.
    pub private: Private,
}
/// Opens a receipt; nothing for an unknown number and for a wrong code alike, after the same work. Runs Argon2: hold a `Slot`.
///
/// # Errors
/// A fault of the engine.
pub fn open(house: &House, number: &str, code: &str) -> Result<Option<Held>> {
    let row = house.db.read_here(|tx| queries::receipt(tx, number))?;
    let nobody = [0; 128];
    let private = vault::unwrap(&house.keys, Cost::Receipt, code, row.as_ref().map_or(&nobody, |r| r.bytes(1)))?;
    let (Some(row), Some(private)) = (row, private) else { return Ok(None) };
    let Some(public) = private.public().map(|p| p.text()) else { return Ok(None) };
    // Whoever writes into the database could lay his own receipt to another's matter: the matter knows whose key it was opened with.
    let known =
        house.db.read_here(|tx| matters::load(tx, row.text(0))?.map_or(Ok(String::new()), |l| matters::receipt_key(&l, &Form::new())))?;
    Ok((known == public).then(|| Held { matter: row.text(0).to_owned(), public, private }))
}
