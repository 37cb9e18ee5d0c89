//! 保密仓 (trust.md 4.1, 4.3): texts and files that are encrypted; the ledger holds commitments. Lawful erasure destroys salt,
//! ciphertext and keys; the ledger still verifies.
//!
//! | compartment | what | opens by |
//! |---|---|---|
//! | `personal`, `identity` | about persons; 反映人 of clues | the house's key, which lies outside the database: `open`, `open_identity` |
//! | `original` | a reporter's own words and files | the key of a 受理员 (R14) of the owner, or the reporter's: `open_for`, `open_with` |
//! | `reporter` | who the reporter is | the shares of two 身份保管人 (R16) of the owner, or the reporter's key |
//!
//! Each text of the last two has a random key of its own (DEK), sealed to its recipients in `vault_dek`; the house cannot open them.
//! `Desk::act` seals what `Field::vault` names. Where the form or the matter's state carries `receipt_key`, the reporter is a recipient.
//! A reference handed on by a reaction keeps its seals. For other slices:
//! - `ready(tx, org)`: whether a report can be taken (its refusal in words otherwise) – the portal asks before it shows the form;
//! - `reporter_keys(tx)` → public text for `receipt_key` and the private half, `wrap`/`unwrap` it under the receipt's code (`Cost::Receipt`);
//! - `sealed_of(tx, &loaded, "original")` lists what is sealed, `open_with(tx, &private, reference)` opens it for the receipt;
//! - `open_for(tx, person, &private, reference)` for a holder whose session carries his key (`Session::own`);
//! - `share(desk, person, &private, reference, org, role)` seals a text's key to another body's role by a lawful referral;
//! - `files::take_in_for` and `files::open_sealed` for files.
//!
//! A private half (`Private`) lives in memory for one request and is never printed.
mod custody;
mod escrow;
mod keys;
mod queries;
mod roles;
mod room;
mod suites;

use ledger::{Alg, Hash, commitment};
use serde_json::{Value as Json, json};

pub use custody::{after, identity_of, rewrap, waiting};
pub use escrow::{escrow, recover};
pub use keys::{Cost, Own, arrive, for_session, of_session, unlock, unwrap, wrap};
pub use roles::{Custody, RoleKey, TOGETHER, all, custody, escrowed, held_by, holders};
pub use room::{Kept, Sealed, may_read, note_reading, sealed_of};
pub use suites::{Private, Public, Suite, decrypt, encrypt, open_from, padded, seal_to};

use crate::db::Tx;
use crate::edge::{random, random_hex};
use crate::failure::{Failure, Result};
use crate::house::Keys;
use crate::matters::Desk;

/// What replay and pages read in place of a text destroyed by lawful order.
pub const SHREDDED: &str = "〔已依法销毁〕";
/// Name of the reporter among the recipients of a text.
pub const REPORTER: &str = "reporter";
/// Compartments that open by keys of persons, and the role whose key each is sealed to.
const ROLE_OF: &[(&str, &str, &str)] = &[
    ("original", "R14", "受理组的密钥尚未建立，不能收下原文。请受理员先登录一次。"),
    ("reporter", "R16", "身份保管人的密钥尚未建立，不能收下反映人身份。请至少两名身份保管人各登录一次。"),
];
fn by_key(compartment: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    ROLE_OF.iter().find(|(c, ..)| *c == compartment)
}
/// Names of the compartments that open by keys of persons only.
pub const BY_KEY: &[&str] = &["original", "reporter"];
/// Whether texts of this compartment open by keys of persons only.
pub fn is_by_key(compartment: &str) -> bool {
    by_key(compartment).is_some()
}

/// A text on its way into the vault.
pub struct Item {
    /// Random; what stands in the entry.
    pub reference: String,
    /// HMAC(salt, text): stands in the entry's bytes.
    pub commitment: Hash,
    compartment: &'static str,
    alg: i64,
    /// Beside the ciphertext; of what opens by keys of persons inside it: who has the database alone must not be able to try out names.
    salt: Option<[u8; 32]>,
    sealed: Vec<u8>,
    deks: Vec<(String, Vec<u8>)>,
    digest: Option<Hash>,
}
/// Ends the reference under which an entry commits to the ciphertext, so that tampering shows without any key.
const OF_CIPHERTEXT: char = '#';
impl Item {
    /// What the entry commits to.
    pub fn commitments(&self) -> Vec<(String, Hash)> {
        let ciphertext = self.digest.map(|d| (format!("{}{OF_CIPHERTEXT}", self.reference), d));
        std::iter::once((self.reference.clone(), self.commitment)).chain(ciphertext).collect()
    }
}
/// Seals a text under the house's key; nothing is stored yet.
///
/// # Errors
/// When there is no randomness to be had.
pub fn seal(keys: &Keys, alg: Alg, compartment: &'static str, text: &str) -> Result<Item> {
    let (reference, salt) = (random_hex::<12>()?, random::<32>()?);
    let sealed = seal_bytes(keys, compartment, &reference, text.as_bytes())?;
    let commitment = commitment(alg, &salt, text.as_bytes());
    Ok(Item { commitment, reference, compartment, alg: 1, salt: Some(salt), sealed, deks: vec![], digest: None })
}
/// To whom a text is sealed.
pub struct Recipients {
    suite: Suite,
    to: Vec<(String, Public)>,
}
/// The recipients of a compartment of this organisation's matters: its role's newest key, and the reporter where he left one.
///
/// # Errors
/// A refusal in words where the role has no key yet, or the reporter's is none.
pub fn recipients(
    tx: &Tx,
    alg: Alg,
    compartment: &str,
    owner: &str,
    receipt_key: &str,
) -> Result<std::result::Result<Recipients, &'static str>> {
    let Some((_, role, none)) = by_key(compartment) else { return Err(Failure::Fault(format!("没有密钥仓 {compartment}"))) };
    let Some(key) = roles::keys_of(tx, owner, role)?.into_iter().next() else { return Ok(Err(none)) };
    let mut to = vec![(key.id, key.public)];
    if !receipt_key.is_empty() {
        let Some(public) = Public::read(receipt_key) else { return Ok(Err("查询码的公钥不对，请重新提交。")) };
        to.push((REPORTER.to_owned(), public));
    }
    Ok(Ok(Recipients { suite: Suite::of(alg), to }))
}
/// Whether this organisation can take a report: both roles have their keys.
///
/// # Errors
/// The refusal, in words.
pub fn ready(tx: &Tx, owner: &str) -> Result<()> {
    for (_, role, none) in ROLE_OF {
        if roles::keys_of(tx, owner, role)?.is_empty() {
            return Err(Failure::Bad(503, (*none).into()));
        }
    }
    Ok(())
}
fn dek_about(reference: &str, recipient: &str) -> String {
    format!("dek|{reference}|{recipient}")
}
fn text_about(reference: &str, compartment: &str) -> String {
    format!("{reference}|{compartment}|1")
}
/// Ciphertext of bytes under a key of their own, and that key sealed to each recipient.
type Blob = (Vec<u8>, Vec<(String, Vec<u8>)>);
/// Seals bytes to these recipients: padded, under a random key of their own.
///
/// # Errors
/// When there is no randomness to be had.
pub fn seal_blob(recipients: &Recipients, compartment: &str, reference: &str, bytes: &[u8]) -> Result<Blob> {
    let dek = random::<32>()?;
    let sealed = encrypt(recipients.suite, &dek, &text_about(reference, compartment), &suites::pad(bytes))?;
    let seals = recipients.to.iter().map(|(name, public)| Ok((name.clone(), seal_to(public, &dek_about(reference, name), &dek)?)));
    Ok((sealed, seals.collect::<Result<_>>()?))
}
/// Seals a text to these recipients; nothing is stored yet.
///
/// # Errors
/// When there is no randomness to be had.
pub fn seal_for(recipients: &Recipients, alg: Alg, compartment: &'static str, text: &str) -> Result<Item> {
    let (reference, salt) = (random_hex::<12>()?, random::<32>()?);
    let (sealed, deks) = seal_blob(recipients, compartment, &reference, &[&salt, text.as_bytes()].concat())?;
    let digest = Some(alg.hash(&[&sealed]));
    let alg_byte = i64::from(recipients.suite as u8);
    let commitment = commitment(alg, &salt, text.as_bytes());
    Ok(Item { commitment, reference, compartment, alg: alg_byte, salt: None, sealed, deks, digest })
}
/// Encrypts what is no part of the record and lies outside the vault's table (a file that waits to be imported). `about` must be said
/// again to open it: a ciphertext put elsewhere does not open.
///
/// # Errors
/// When there is no randomness to be had.
pub fn seal_bytes(keys: &Keys, compartment: &str, about: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    use chacha20poly1305::aead::{Aead as _, Payload};
    let nonce = random::<24>()?;
    let aad = text_about(about, compartment);
    let payload = Payload { msg: bytes, aad: aad.as_bytes() };
    let body = cipher(keys, compartment).encrypt(&nonce.into(), payload).map_err(|_| Failure::Fault("加密失败".into()))?;
    Ok([&nonce[..], &body].concat())
}
/// Opens what `seal_bytes` made.
///
/// # Errors
/// When it was tampered with, or is about something else.
pub fn open_bytes(keys: &Keys, compartment: &str, about: &str, sealed: &[u8]) -> Result<Vec<u8>> {
    use chacha20poly1305::aead::{Aead as _, Payload};
    let (nonce, body) = sealed.split_at_checked(24).ok_or_else(|| broken(about))?;
    let nonce: [u8; 24] = nonce.try_into().map_err(|_| broken(about))?;
    let aad = text_about(about, compartment);
    cipher(keys, compartment).decrypt(&nonce.into(), Payload { msg: body, aad: aad.as_bytes() }).map_err(|_| broken(about))
}
fn broken(about: &str) -> Failure {
    Failure::Fault(format!("保密仓内容损坏：{about}"))
}
fn cipher(keys: &Keys, compartment: &str) -> chacha20poly1305::XChaCha20Poly1305 {
    use chacha20poly1305::KeyInit as _;
    chacha20poly1305::XChaCha20Poly1305::new(&keys.compartment(compartment).into())
}
/// Stores a sealed text, in the transaction of the act that names it.
///
/// # Errors
/// A fault of the engine.
pub fn store(tx: &Tx, item: &Item) -> Result<()> {
    queries::put(tx, item)?;
    store_seals(tx, &item.reference, &item.deks)
}
/// Stores the seals of what lies elsewhere (a file).
///
/// # Errors
/// A fault of the engine.
pub fn store_seals(tx: &Tx, reference: &str, seals: &[(String, Vec<u8>)]) -> Result<()> {
    seals.iter().try_for_each(|(recipient, sealed)| queries::put_dek(tx, reference, recipient, sealed))
}
/// Opens a text of the compartment `personal`; `None` for any other compartment.
///
/// # Errors
/// A fault of the engine, or a ciphertext that was tampered with.
pub fn open(tx: &Tx, keys: &Keys, reference: &str) -> Result<Option<String>> {
    open_in(tx, keys, reference, "personal")
}
/// The salt of a text's commitment: with it whoever wrote the text proves what it said. For its author alone; none where it was destroyed.
///
/// # Errors
/// A fault of the engine.
pub fn salt_of(tx: &Tx, reference: &str) -> Result<Option<[u8; 32]>> {
    Ok(queries::get(tx, reference)?.filter(|r| r.int(3) == 0).and_then(|r| r.bytes(1).try_into().ok()))
}
/// Opens a sealed identity of a clue. Only the act `open_identity` may lead here.
///
/// # Errors
/// As `open`.
pub fn open_identity(tx: &Tx, keys: &Keys, reference: &str) -> Result<Option<String>> {
    open_in(tx, keys, reference, "identity")
}
fn open_in(tx: &Tx, keys: &Keys, reference: &str, compartment: &str) -> Result<Option<String>> {
    let Some(row) = queries::get(tx, reference)?.filter(|r| r.text(0) == compartment) else { return Ok(None) };
    if row.int(3) != 0 {
        return Ok(Some(SHREDDED.into()));
    }
    decrypt_text(keys, reference, compartment, row.bytes(2)).map(Some)
}
fn decrypt_text(keys: &Keys, reference: &str, compartment: &str, sealed: &[u8]) -> Result<String> {
    String::from_utf8(open_bytes(keys, compartment, reference, sealed)?).map_err(|_| broken(reference))
}
/// The key of one text or file, for whoever has this private half.
///
/// # Errors
/// A fault of the engine.
pub fn dek_with(tx: &Tx, private: &Private, reference: &str) -> Result<Option<[u8; 32]>> {
    let all = queries::deks(tx, reference)?;
    Ok(all.iter().find_map(|r| open_from(private, &dek_about(reference, r.text(0)), r.bytes(1))?.try_into().ok()))
}
/// The key of one text or file, for a holder of a role it is sealed to.
///
/// # Errors
/// A fault of the engine.
pub fn dek_for(tx: &Tx, person: &str, own: &Private, reference: &str) -> Result<Option<[u8; 32]>> {
    for row in queries::deks(tx, reference)? {
        let Some(key) = roles::by_id(tx, row.text(0))? else { continue };
        if let Some(private) = roles::opened(tx, &key, person, own)? {
            return dek_with(tx, &private, reference);
        }
    }
    Ok(None)
}
/// Opens what `seal_blob` sealed.
pub fn open_blob(dek: &[u8; 32], compartment: &str, reference: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    suites::unpad(&decrypt(dek, &text_about(reference, compartment), sealed)?)
}
/// Opens a text by the private half it was sealed to; `None` where it was sealed to others.
///
/// # Errors
/// A fault of the engine, or a ciphertext that was tampered with.
pub fn open_with(tx: &Tx, private: &Private, reference: &str) -> Result<Option<String>> {
    by_dek(tx, reference, dek_with(tx, private, reference)?)
}
/// Opens a text for a holder of the role it was sealed to, by his own key.
///
/// # Errors
/// As `open_with`.
pub fn open_for(tx: &Tx, person: &str, own: &Private, reference: &str) -> Result<Option<String>> {
    by_dek(tx, reference, dek_for(tx, person, own, reference)?)
}
fn by_dek(tx: &Tx, reference: &str, dek: Option<[u8; 32]>) -> Result<Option<String>> {
    let Some(row) = queries::get(tx, reference)? else { return Ok(None) };
    if row.int(3) != 0 {
        return Ok(Some(SHREDDED.into()));
    }
    let Some(dek) = dek else { return Ok(None) };
    let plain = open_blob(&dek, row.text(0), reference, row.bytes(2)).ok_or_else(|| broken(reference))?;
    let (salt, text) = plain.split_first_chunk::<32>().ok_or_else(|| broken(reference))?;
    // Whoever opens it checks it against what the entry commits to, in the ledger's own hash.
    let (_, alg, _) = crate::ledger::identity(tx)?;
    if queries::commitment_of(&row) != Some(commitment(alg, salt, text)) {
        return Err(broken(reference));
    }
    String::from_utf8(text.to_vec()).map(Some).map_err(|_| broken(reference))
}
/// A fresh key pair for a reporter: the public half as text, and the private half for his receipt.
///
/// # Errors
/// When there is no randomness to be had.
pub fn reporter_keys(tx: &Tx) -> Result<(String, Private)> {
    let private = Private::new(Suite::of(crate::ledger::identity(tx)?.1))?;
    let public = private.public().ok_or_else(|| Failure::Fault("加密失败".into()))?;
    Ok((public.text(), private))
}
/// Seals a text's key to a role of another body as well, by a lawful referral; the caller's own key opens it first.
///
/// # Errors
/// `NotFound` where he cannot open it; a refusal in words where that role has no key yet.
pub fn share(desk: &mut Desk, person: &str, own: &Private, reference: &str, org: &str, role: &str) -> Result<()> {
    let dek = dek_for(desk.tx, person, own, reference)?.ok_or(Failure::NotFound)?;
    let none = || Failure::Bad(409, "接收机关还没有密钥。请其经办人先登录一次。".into());
    let key = roles::keys_of(desk.tx, org, role)?.into_iter().next().ok_or_else(none)?;
    queries::put_dek(desk.tx, reference, &key.id, &seal_to(&key.public, &dek_about(reference, &key.id), &dek)?)?;
    note(desk, &format!("vault/{org}/{role}"), "shared", &json!({"ref": reference, "key": key.id}), (person, "self"))
}
/// Destroys salt, ciphertext and keys. The caller writes the entry `vault.shredded`.
///
/// # Errors
/// A fault of the engine.
pub fn shred(tx: &Tx, reference: &str, now_ms: i64) -> Result<bool> {
    queries::shred(tx, reference, now_ms)
}
/// Destroys the keys of what lies elsewhere (a file).
///
/// # Errors
/// A fault of the engine.
pub fn shred_seals(tx: &Tx, reference: &str) -> Result<()> {
    queries::drop_deks(tx, reference)
}
/// Whether anybody could still open it.
///
/// # Errors
/// A fault of the engine.
pub fn has_seals(tx: &Tx, reference: &str) -> Result<bool> {
    Ok(!queries::deks(tx, reference)?.is_empty())
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
/// Checks one reference against the commitment in its entry. What opens by keys of persons cannot be opened here: its row must hold the
/// commitment of the entry, its ciphertext the digest that the same entry holds beside it, and somebody must be able to open it.
///
/// # Errors
/// A fault of the engine.
pub fn check(tx: &Tx, keys: &Keys, alg: Alg, reference: &str, committed: Hash) -> Result<Found> {
    let of_ciphertext = reference.strip_suffix(OF_CIPHERTEXT);
    let Some(row) = queries::get(tx, of_ciphertext.unwrap_or(reference))? else { return Ok(Found::Missing) };
    let same = match of_ciphertext {
        // Told once, by the reference itself.
        Some(_) if row.int(3) != 0 => return Ok(Found::Sound),
        _ if row.int(3) != 0 => return Ok(Found::Shredded),
        Some(reference) => alg.hash(&[row.bytes(2)]) == committed && has_seals(tx, reference)?,
        None if is_by_key(row.text(0)) => row.bytes(4) == committed,
        None => {
            let text = decrypt_text(keys, reference, row.text(0), row.bytes(2));
            let salt: Option<[u8; 32]> = row.bytes(1).try_into().ok();
            text.ok().zip(salt).is_some_and(|(text, salt)| commitment(alg, &salt, text.as_bytes()) == committed)
        }
    };
    Ok(if same { Found::Sound } else { Found::Altered })
}
/// An entry about keys: which, whose, never a secret.
pub(crate) fn note(desk: &mut Desk, stream: &str, what: &str, about: &Json, by: (&str, &str)) -> Result<()> {
    desk.tell(stream, "vault.key@1", &json!({ what: about }), by, "")
}
