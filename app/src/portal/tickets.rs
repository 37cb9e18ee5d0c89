//! The one-time token of a form, and its proof of work. A ticket is signed and kept nowhere: a page that is only read costs the house
//! nothing. It is good for one sending (`sent_form`) and for half a day.
use ledger::Alg;

use crate::edge::{Now, hex, random_hex};
use crate::failure::Result;
use crate::house::Keys;

/// How long a form may lie open.
const LIFE: i64 = 12 * 3_600_000;

/// A form somebody was given.
#[derive(Clone, Debug)]
pub struct Ticket {
    text: String,
    issued_ms: i64,
    /// Leading zero bits its proof of work was asked for.
    pub bits: u32,
}
impl Ticket {
    /// A fresh one.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub fn new(keys: &Keys, now: Now, bits: u32) -> Result<Self> {
        let body = format!("{:x}.{}.{bits}", now.ms, random_hex::<16>()?);
        Ok(Self { text: format!("{body}.{}", sign(keys, &body)), issued_ms: now.ms, bits })
    }
    /// The one a form brings back; nothing where it is not ours or has run out.
    pub fn read(keys: &Keys, now: Now, text: &str) -> Option<Self> {
        let (body, mark) = text.rsplit_once('.')?;
        // Compared as digests: how far two texts agree shows in no time.
        let digest = |t: &str| Alg::Sha256.hash(&[t.as_bytes()]);
        if text.len() > 200 || digest(mark) != digest(&sign(keys, body)) {
            return None;
        }
        let mut parts = body.split('.');
        let (issued_ms, _, bits) = (i64::from_str_radix(parts.next()?, 16).ok()?, parts.next()?, parts.next()?.parse().ok()?);
        (now.ms - issued_ms < LIFE).then(|| Self { text: text.to_owned(), issued_ms, bits })
    }
    /// What stands in the form.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// How old it is, milliseconds.
    pub fn age(&self, now: Now) -> i64 {
        now.ms - self.issued_ms
    }
    /// Under which it is remembered as sent. Nobody finds the form from it.
    pub fn key(&self) -> String {
        hex(&Alg::Sha256.hash(&[b"form|", self.text.as_bytes()]))
    }
    /// Whether the work is worth so many bits: SHA-256 of ticket and answer begins with them.
    pub fn worked(&self, work: &str, bits: u32) -> bool {
        bits == 0 || work.len() <= 20 && zeros(&Alg::Sha256.hash(&[self.text.as_bytes(), b".", work.as_bytes()])) >= bits
    }
}
fn sign(keys: &Keys, body: &str) -> String {
    let mark = Alg::Sha256.hmac(&keys.compartment("portal"), body.as_bytes());
    hex(mark.get(..16).unwrap_or(&mark))
}
fn zeros(hash: &[u8]) -> u32 {
    let whole = hash.iter().take_while(|b| **b == 0).count();
    let rest = hash.get(whole).map_or(0, |b| b.leading_zeros());
    u32::try_from(whole).unwrap_or(0) * 8 + rest
}
