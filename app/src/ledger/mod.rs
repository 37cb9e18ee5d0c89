//! 台账 (M0.3, trust.md 4.1): append in the transaction of the act, checkpoints, anchors, verification against the database.
//! Confidential intake has a chain of its own, dated by the day; the main chain holds its head of each day (trust.md 4.3).
mod anchors;
mod daily;
mod genesis;
mod queries;
mod verify;

pub use anchors::publish;
pub use daily::{DAILY, daily};
pub use genesis::{CHAIN_CONFIDENTIAL, CHAIN_MAIN, ensure};
pub use verify::{Outcome, verify};

use ledger::{Alg, Event, Hash};

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::house::Keys;

/// Ledger positions of one chain: `pos = chain * SPAN + seq`. On the main chain a position is its number.
const SPAN: i64 = 1 << 48;

/// A position as people read it: `12`, or `密12` of the confidential chain.
pub fn label(pos: u64) -> String {
    let (chain, seq) = (pos / SPAN.unsigned_abs(), pos % SPAN.unsigned_abs());
    if chain == 0 { seq.to_string() } else { format!("密{seq}") }
}

/// A chain's head, taken: writers queue behind whoever holds it.
pub struct Head {
    chain: i64,
    ledger_id: [u8; 16],
    alg: Alg,
    seq: u64,
    h: Hash,
    time_ms: i64,
    checkpointed: u64,
}
/// What is to be appended, before it has a place.
pub struct Draft<'a> {
    /// `clue@1`.
    pub kind: String,
    /// Number of the matter, or register and key.
    pub stream: &'a str,
    /// 1, 2, 3 … within the stream.
    pub stream_ver: u32,
    /// Pseudonymous key of the person.
    pub actor: &'a str,
    /// Standing or office he used.
    pub role: &'a str,
    /// Code of the organisation he acted for.
    pub org: &'a str,
    /// Of the request.
    pub idem_key: [u8; 16],
    /// Compact JSON, written once.
    pub payload: Vec<u8>,
    /// Texts kept in the vault, with their salted commitments.
    pub vault_refs: Vec<(String, Hash)>,
}
impl Head {
    /// Takes the head of the main chain. First thing in every write.
    ///
    /// # Errors
    /// When the ledger has no genesis yet, or the engine fails.
    pub fn take(tx: &Tx) -> Result<Self> {
        Self::take_chain(tx, CHAIN_MAIN)
    }
    /// Takes the head of the confidential chain. Always after the main one, so that no two writers wait for each other.
    ///
    /// # Errors
    /// As `take`.
    pub fn confidential(tx: &Tx) -> Result<Self> {
        Self::take_chain(tx, CHAIN_CONFIDENTIAL)
    }
    fn take_chain(tx: &Tx, chain: i64) -> Result<Self> {
        let row = queries::head(tx, chain)?.ok_or_else(|| Failure::Fault("台账尚未建立".into()))?;
        let fault = || Failure::Fault("台账首行损坏".into());
        Ok(Self {
            chain,
            ledger_id: id_bytes(row.text(0)).ok_or_else(fault)?,
            alg: u8::try_from(row.int(1)).ok().and_then(Alg::from_byte).ok_or_else(fault)?,
            seq: row.count(2),
            h: row.bytes(3).try_into().map_err(|_| fault())?,
            time_ms: row.int(4),
            checkpointed: row.count(5),
        })
    }
    /// The hash function this chain chose at genesis.
    pub fn alg(&self) -> Alg {
        self.alg
    }
    /// Number of entries so far.
    pub fn seq(&self) -> u64 {
        self.seq
    }
    /// Root of the tree over every entry so far: what is fixed by now can be proved against it.
    ///
    /// # Errors
    /// A fault of the engine, or a leaf that no longer reads as it was written.
    pub fn root(&self, tx: &Tx) -> Result<Hash> {
        Ok(anchors::tree(tx, self, self.seq)?.root())
    }
    /// Appends one entry; returns its position. Time never runs backwards on the ledger; on the confidential chain it goes by days.
    ///
    /// # Errors
    /// When the stream version is taken (two acts raced), or the engine fails.
    pub fn append(&mut self, tx: &Tx, draft: Draft, now_ms: i64) -> Result<u64> {
        let now_ms = if self.chain == CHAIN_CONFIDENTIAL { crate::edge::day_start(now_ms) } else { now_ms };
        let event = Event {
            alg: self.alg,
            ledger_id: self.ledger_id,
            seq: self.seq + 1,
            prev: self.h,
            time_ms: now_ms.max(self.time_ms),
            kind: draft.kind,
            stream: draft.stream.to_owned(),
            stream_ver: draft.stream_ver,
            actor: draft.actor.to_owned(),
            role: draft.role.to_owned(),
            org: draft.org.to_owned(),
            idem_key: draft.idem_key,
            payload: draft.payload,
            vault_refs: draft.vault_refs,
        };
        let bytes = event.encode();
        let h = self.alg.hash(&[&bytes]);
        let pos = self.chain * SPAN + event.seq.cast_signed();
        queries::append(tx, pos, self.chain, &event, &bytes, h)?;
        (self.seq, self.h, self.time_ms) = (event.seq, h, event.time_ms);
        Ok(pos.unsigned_abs())
    }
    /// Puts the head back, with a checkpoint when one is due: every thousand entries, or when asked. The confidential chain has one a day
    /// and no other, for the time of a checkpoint would date what it covers.
    ///
    /// # Errors
    /// A fault of the engine, or a leaf that no longer reads as it was written.
    pub fn put(mut self, tx: &Tx, keys: &Keys, checkpoint: bool) -> Result<()> {
        queries::put_head(tx, self.chain, self.seq, self.h, self.time_ms)?;
        let due = (checkpoint && self.seq > self.checkpointed) || self.seq - self.checkpointed >= 1_000;
        if due && self.chain == CHAIN_MAIN {
            let size = self.seq;
            anchors::checkpoint(tx, &mut self, size, keys)?;
        }
        Ok(())
    }
}
fn id_bytes(hex: &str) -> Option<[u8; 16]> {
    crate::edge::unhex(hex)?.try_into().ok()
}

/// Entries of one stream, in order, whichever chain it is on: `verify` refuses a stream on both.
///
/// # Errors
/// A fault of the engine, or bytes that do not decode.
pub fn stream(tx: &Tx, stream: &str) -> Result<Vec<Kept>> {
    queries::stream(tx, stream)?.into_iter().map(|row| Kept::of(&row)).collect()
}
/// An entry as the timeline needs it.
pub struct Kept {
    /// Ledger position.
    pub seq: u64,
    /// Its hash.
    pub h: Vec<u8>,
    /// The event.
    pub event: Event,
}
impl Kept {
    fn of(row: &crate::db::Row) -> Result<Self> {
        let pos = row.int(0).unsigned_abs();
        let event = Event::decode(row.bytes(1)).map_err(|e| Failure::Fault(format!("台账第 {} 条损坏：{e:?}", label(pos))))?;
        Ok(Self { seq: pos, h: row.bytes(2).to_vec(), event })
    }
}
/// The newest entries of a chain.
///
/// # Errors
/// As `stream`.
pub fn newest(tx: &Tx, chain: i64, count: i64) -> Result<Vec<Kept>> {
    queries::newest(tx, chain, count)?.iter().map(Kept::of).collect()
}
/// The entry at a position.
///
/// # Errors
/// As `stream`.
pub fn at(tx: &Tx, pos: u64) -> Result<Option<Kept>> {
    queries::at(tx, pos.cast_signed())?.map(|row| Kept::of(&row)).transpose()
}
/// Newest checkpoint: `(size, text)`.
///
/// # Errors
/// A fault of the engine.
pub fn newest_checkpoint(tx: &Tx) -> Result<Option<(u64, String)>> {
    Ok(queries::newest_checkpoint(tx, CHAIN_MAIN)?.map(|r| (r.count(0), r.text(1).to_owned())))
}
/// Everything of one chain, in order, for export and verification: `(bytes, h, stream, stream_ver)`.
///
/// # Errors
/// A fault of the engine, or what `f` fails with.
pub fn each(tx: &Tx, chain: i64, f: impl FnMut(crate::db::Row) -> Result<bool>) -> Result<()> {
    queries::each(tx, chain * SPAN, (chain + 1) * SPAN, f)
}
/// How many entries there are on all chains: what has changed since is not told by one of them alone.
///
/// # Errors
/// A fault of the engine.
pub fn size(tx: &Tx) -> Result<u64> {
    queries::size(tx)
}
/// Ledger id (hex), algorithm and size of the main chain.
///
/// # Errors
/// A fault of the engine, or a ledger without genesis.
pub fn identity(tx: &Tx) -> Result<(String, Alg, u64)> {
    identity_of(tx, CHAIN_MAIN)
}
/// Likewise, of any chain.
///
/// # Errors
/// As `identity`.
pub fn identity_of(tx: &Tx, chain: i64) -> Result<(String, Alg, u64)> {
    let row = queries::head_seen(tx, chain)?.ok_or_else(|| Failure::Fault("台账尚未建立".into()))?;
    let alg = u8::try_from(row.int(1)).ok().and_then(Alg::from_byte).unwrap_or(Alg::Sm3);
    Ok((row.text(0).to_owned(), alg, row.count(2)))
}
/// The first checkpoint of a chain that covers this position – positions begin at one, and one over n entries covers the first n –: over how
/// many it is, and its text.
///
/// # Errors
/// A fault of the engine.
pub fn covering(tx: &Tx, chain: i64, seq: u64) -> Result<Option<(u64, String)>> {
    let first = queries::checkpoints(tx, chain)?.into_iter().find(|r| r.count(0) >= seq);
    Ok(first.map(|mut r| (r.count(0), r.take(2))))
}
/// Every checkpoint of a chain, oldest first: `(size, root, text)`.
///
/// # Errors
/// A fault of the engine.
pub fn checkpoints(tx: &Tx, chain: i64) -> Result<Vec<crate::db::Row>> {
    queries::checkpoints(tx, chain)
}
