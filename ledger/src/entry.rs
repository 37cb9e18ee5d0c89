//! The exact bytes of an entry. What is hashed is what is stored; nothing is ever serialised again.

use crate::{Alg, Hash};

const MAGIC: &[u8] = b"XIEZHI-EVT\x01";
/// No part of an entry is longer than this.
const LONGEST: usize = 16 << 20;

/// One event, decoded. *Event* here is what the house calls an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Hash function of the ledger.
    pub alg: Alg,
    /// Random name of the ledger.
    pub ledger_id: [u8; 16],
    /// 1, 2, 3 ….
    pub seq: u64,
    /// Hash of the entry before; 32 zero bytes before the first.
    pub prev: Hash,
    /// Milliseconds since 1970 UTC; never decreasing.
    pub time_ms: i64,
    /// Kind and version of the payload's shape: `clue@1`.
    pub kind: String,
    /// Number of a matter, or register and key.
    pub stream: String,
    /// 1, 2, 3 … within the stream.
    pub stream_ver: u32,
    /// Pseudonymous key of the actor.
    pub actor: String,
    /// The standing he used.
    pub role: String,
    /// Code of the organisation he acted for.
    pub org: String,
    /// Key of the request; zero where there was none.
    pub idem_key: [u8; 16],
    /// Compact JSON; integers and strings only.
    pub payload: Vec<u8>,
    /// `(reference, commitment)` of texts kept in the vault, sorted.
    pub vault_refs: Vec<(String, Hash)>,
}
/// Bytes that are no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadEntry;

impl Event {
    /// The bytes of `trust.md` 4.1, big-endian, `lp(x) = u32 length ‖ x`.
    pub fn encode(&self) -> Vec<u8> {
        let mut refs = self.vault_refs.clone();
        refs.sort();
        let mut out = Vec::with_capacity(256 + self.payload.len() + refs.len() * 64);
        out.extend_from_slice(MAGIC);
        out.push(self.alg as u8);
        out.extend_from_slice(&self.ledger_id);
        out.extend_from_slice(&self.seq.to_be_bytes());
        out.extend_from_slice(&self.prev);
        out.extend_from_slice(&self.time_ms.to_be_bytes());
        lp(&mut out, self.kind.as_bytes());
        lp(&mut out, self.stream.as_bytes());
        out.extend_from_slice(&self.stream_ver.to_be_bytes());
        for part in [&self.actor, &self.role, &self.org] {
            lp(&mut out, part.as_bytes());
        }
        out.extend_from_slice(&self.idem_key);
        lp(&mut out, &self.payload);
        let mut list = vec![];
        for (reference, commitment) in &refs {
            lp(&mut list, reference.as_bytes());
            list.extend_from_slice(commitment);
        }
        lp(&mut out, &list);
        out
    }
    /// Reads what `encode` wrote, and nothing else.
    ///
    /// # Errors
    /// Any other bytes: shorter, longer, out of order.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadEntry> {
        let mut r = Cursor(bytes);
        if r.take(MAGIC.len())? != MAGIC {
            return Err(BadEntry);
        }
        let alg = Alg::from_byte(r.array::<1>()?[0]).ok_or(BadEntry)?;
        let event = Self {
            alg,
            ledger_id: r.array()?,
            seq: u64::from_be_bytes(r.array()?),
            prev: r.array()?,
            time_ms: i64::from_be_bytes(r.array()?),
            kind: r.text()?,
            stream: r.text()?,
            stream_ver: u32::from_be_bytes(r.array()?),
            actor: r.text()?,
            role: r.text()?,
            org: r.text()?,
            idem_key: r.array()?,
            payload: r.lp()?.to_vec(),
            vault_refs: refs(r.lp()?)?,
        };
        if r.0.is_empty() { Ok(event) } else { Err(BadEntry) }
    }
}
fn refs(bytes: &[u8]) -> Result<Vec<(String, Hash)>, BadEntry> {
    let mut r = Cursor(bytes);
    let mut all: Vec<(String, Hash)> = vec![];
    while !r.0.is_empty() {
        let next = (r.text()?, r.array()?);
        if all.last().is_some_and(|last| *last > next) {
            return Err(BadEntry);
        }
        all.push(next);
    }
    Ok(all)
}
fn lp(out: &mut Vec<u8>, part: &[u8]) {
    let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(part);
}
struct Cursor<'a>(&'a [u8]);
impl<'a> Cursor<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], BadEntry> {
        let (head, rest) = self.0.split_at_checked(n).ok_or(BadEntry)?;
        self.0 = rest;
        Ok(head)
    }
    fn array<const N: usize>(&mut self) -> Result<[u8; N], BadEntry> {
        self.take(N)?.try_into().map_err(|_| BadEntry)
    }
    fn lp(&mut self) -> Result<&'a [u8], BadEntry> {
        let n = usize::try_from(u32::from_be_bytes(self.array()?)).map_err(|_| BadEntry)?;
        if n > LONGEST { Err(BadEntry) } else { self.take(n) }
    }
    fn text(&mut self) -> Result<String, BadEntry> {
        std::str::from_utf8(self.lp()?).map(Into::into).map_err(|_| BadEntry)
    }
}
/// The commitment to a text kept in the vault: HMAC(salt, text). Destroying salt and ciphertext destroys the text; the
/// entry still verifies.
pub fn commitment(alg: Alg, salt: &[u8; 32], text: &[u8]) -> Hash {
    alg.hmac(salt, text)
}
