//! 台账 (M0.3, trust.md 4.1): append in the transaction of the act, checkpoints, anchors, verification against the database.
mod anchors;
mod genesis;
mod queries;
mod verify;

pub use anchors::publish;
pub use genesis::{CHAIN_MAIN, ensure};
pub use verify::{Outcome, verify};

use ledger::{Alg, Event, Hash};

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::house::Keys;

/// Ledger positions of one chain: `pos = chain * SPAN + seq`.
const SPAN: i64 = 1 << 48;

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
        Ok(anchors::tree(tx, self)?.root())
    }
    /// Appends one entry; returns its position. Time never runs backwards on the ledger.
    ///
    /// # Errors
    /// When the stream version is taken (two acts raced), or the engine fails.
    pub fn append(&mut self, tx: &Tx, draft: Draft, now_ms: i64) -> Result<u64> {
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
        queries::append(tx, self.chain * SPAN + event.seq.cast_signed(), self.chain, &event, &bytes, h)?;
        (self.seq, self.h, self.time_ms) = (event.seq, h, event.time_ms);
        Ok(event.seq)
    }
    /// Puts the head back, with a checkpoint when one is due: every thousand entries, or when asked.
    ///
    /// # Errors
    /// A fault of the engine, or a leaf that no longer reads as it was written.
    pub fn put(mut self, tx: &Tx, keys: &Keys, checkpoint: bool) -> Result<()> {
        queries::put_head(tx, self.chain, self.seq, self.h, self.time_ms)?;
        if (checkpoint && self.seq > self.checkpointed) || self.seq - self.checkpointed >= 1_000 {
            anchors::checkpoint(tx, &mut self, keys)?;
        }
        Ok(())
    }
}
fn id_bytes(hex: &str) -> Option<[u8; 16]> {
    crate::edge::unhex(hex)?.try_into().ok()
}

/// Entries of one stream, in order: `(seq, time_ms, hash, payload)`.
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
        let event = Event::decode(row.bytes(1)).map_err(|e| Failure::Fault(format!("台账第 {} 条损坏：{e:?}", row.int(0) % SPAN)))?;
        Ok(Self { seq: event.seq, h: row.bytes(2).to_vec(), event })
    }
}
/// The newest entries of the main chain.
///
/// # Errors
/// As `stream`.
pub fn newest(tx: &Tx, count: i64) -> Result<Vec<Kept>> {
    queries::newest(tx, count)?.iter().map(Kept::of).collect()
}
/// One entry of the main chain.
///
/// # Errors
/// As `stream`.
pub fn at(tx: &Tx, seq: u64) -> Result<Option<Kept>> {
    queries::at(tx, CHAIN_MAIN * SPAN + seq.cast_signed())?.map(|row| Kept::of(&row)).transpose()
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
/// Ledger id (hex), algorithm and size of a chain.
///
/// # Errors
/// A fault of the engine, or a ledger without genesis.
pub fn identity(tx: &Tx) -> Result<(String, Alg, u64)> {
    let row = queries::head_seen(tx, CHAIN_MAIN)?.ok_or_else(|| Failure::Fault("台账尚未建立".into()))?;
    let alg = u8::try_from(row.int(1)).ok().and_then(Alg::from_byte).unwrap_or(Alg::Sm3);
    Ok((row.text(0).to_owned(), alg, row.count(2)))
}
/// Every checkpoint of the main chain, oldest first: `(size, root, text)`.
///
/// # Errors
/// A fault of the engine.
pub fn checkpoints(tx: &Tx) -> Result<Vec<crate::db::Row>> {
    queries::checkpoints(tx, CHAIN_MAIN)
}
