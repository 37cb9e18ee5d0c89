//! Recomputes a chain from its stored bytes and says where it first fails. Streaming: memory grows with the number of streams only.

use serde::Serialize;
use std::collections::HashMap;

use crate::{Alg, Anchor, Checkpoint, Event, Hash, Tree, VerifyingKey};

/// What is wrong, at which position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Position of the entry, or size of the checkpoint or anchor.
    pub seq: u64,
    /// What.
    pub kind: FaultKind,
}
/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is explained by its label
pub enum FaultKind {
    Undecodable,
    Hash,
    Ledger,
    Sequence,
    Prev,
    StreamVersion,
    Time,
    CheckpointText,
    CheckpointRoot,
    CheckpointSize,
    Signature,
    AnchorRoot,
    AnchorAhead,
    AnchorLedger,
    Column,
    Vault,
    Table,
}
impl FaultKind {
    /// 中文.
    pub fn label(self) -> &'static str {
        match self {
            Self::Undecodable => "内容无法解读",
            Self::Hash => "内容与指纹不符",
            Self::Ledger => "不属于本台账",
            Self::Sequence => "序号不连续",
            Self::Prev => "与上一条不相接",
            Self::StreamVersion => "本件的次序不连续",
            Self::Time => "时间倒退",
            Self::CheckpointText => "检查点无法解读",
            Self::CheckpointRoot => "与检查点不符",
            Self::CheckpointSize => "检查点的条数不对",
            Self::Signature => "检查点签名不符",
            Self::AnchorRoot => "与链外存证不符",
            Self::AnchorAhead => "比链外存证短：被恢复或截短",
            Self::AnchorLedger => "链外存证属于另一台账",
            Self::Column => "登记列与内容不符",
            Self::Vault => "保密仓或附件与承诺值不符",
            Self::Table => "读表与重算结果不符",
        }
    }
}
/// The outcome in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everything agrees.
    Ok,
    /// Something was changed.
    Tampered,
    /// Shorter than somebody outside remembers: restored or truncated.
    Incomplete,
}
/// The outcome.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// In one word.
    pub verdict: Verdict,
    /// Number of entries read.
    pub entries: u64,
    /// Hash of the last entry, hex.
    pub head: String,
    /// Checkpoints and anchors that agreed.
    pub checkpoints: usize,
    /// Likewise.
    pub anchors: usize,
    /// The first fault, by position.
    pub fault: Option<Fault>,
}
impl Report {
    /// 0 ok, 2 tampered, 3 incomplete; 1 is for usage.
    pub fn exit_code(&self) -> u8 {
        match self.verdict {
            Verdict::Ok => 0,
            Verdict::Tampered => 2,
            Verdict::Incomplete => 3,
        }
    }
}

/// A chain being read. Sizes at which a root will be asked for must be known beforehand.
pub struct Chain {
    alg: Option<Alg>,
    ledger_id: [u8; 16],
    seq: u64,
    prev: Hash,
    time_ms: i64,
    streams: HashMap<String, u32>,
    tree: Option<Tree>,
    wanted: std::collections::BTreeMap<u64, Option<Hash>>,
    key: Option<VerifyingKey>,
    fault: Option<Fault>,
    /// One bad entry drags others after it; only the first is told.
    checkpoints: Vec<(u64, Checkpoint, String)>,
    anchors: Vec<Anchor>,
}
impl Chain {
    /// `checkpoints`: their texts in order; `anchors`: what somebody outside holds.
    pub fn new(checkpoints: &[String], anchors: Vec<Anchor>) -> Self {
        let mut fault = None;
        let mut read = vec![];
        for text in checkpoints {
            match Checkpoint::parse(text) {
                Ok(c) => read.push((c.size, c, text.clone())),
                Err(_) => fault = fault.or(Some(Fault { seq: 0, kind: FaultKind::CheckpointText })),
            }
        }
        let sizes = read.iter().map(|(s, ..)| *s).chain(anchors.iter().map(|a| a.size));
        let wanted = sizes.map(|s| (s, None)).collect();
        Self {
            alg: None,
            ledger_id: [0; 16],
            seq: 0,
            prev: [0; 32],
            time_ms: i64::MIN,
            streams: HashMap::new(),
            tree: None,
            wanted,
            key: None,
            fault,
            checkpoints: read,
            anchors,
        }
    }
    /// Whether a fault has been found already; reading on finds no earlier one.
    pub fn failed(&self) -> bool {
        self.fault.is_some()
    }
    /// Notes a fault found by somebody who knows more (the database's columns, the vault).
    pub fn fail(&mut self, seq: u64, kind: FaultKind) {
        if self.fault.as_ref().is_none_or(|f| seq < f.seq) {
            self.fault = Some(Fault { seq, kind });
        }
    }
    /// Reads the next entry: its stored bytes and its stored hash. Returns the event while the chain holds.
    pub fn push(&mut self, bytes: &[u8], stored: &[u8]) -> Option<Event> {
        if self.fault.is_some() {
            return None;
        }
        let expected = self.seq + 1;
        match self.check(expected, bytes, stored) {
            Ok((event, h)) => {
                (self.seq, self.prev, self.time_ms) = (event.seq, h, event.time_ms);
                if let Some(tree) = &mut self.tree {
                    tree.push(h);
                    if let Some(slot) = self.wanted.get_mut(&self.seq) {
                        *slot = Some(tree.root());
                    }
                }
                Some(event)
            }
            Err(kind) => {
                self.fail(expected, kind);
                None
            }
        }
    }
    fn check(&mut self, expected: u64, bytes: &[u8], stored: &[u8]) -> Result<(Event, Hash), FaultKind> {
        let event = Event::decode(bytes).map_err(|_| FaultKind::Undecodable)?;
        if self.alg.is_none() {
            (self.alg, self.ledger_id, self.tree) = (Some(event.alg), event.ledger_id, Some(Tree::new(event.alg)));
            let genesis: serde_json::Value = serde_json::from_slice(&event.payload).unwrap_or_default();
            self.key = genesis.get("key").and_then(|k| k.as_str()).and_then(VerifyingKey::from_text);
        }
        let h = event.alg.hash(&[bytes]);
        let at = self.streams.get(&event.stream).copied().unwrap_or(0);
        let rules = [
            (h != *stored, FaultKind::Hash),
            (Some(event.alg) != self.alg || event.ledger_id != self.ledger_id, FaultKind::Ledger),
            (event.seq != expected, FaultKind::Sequence),
            (event.prev != self.prev, FaultKind::Prev),
            (event.time_ms < self.time_ms, FaultKind::Time),
            (event.stream_ver != at.saturating_add(1), FaultKind::StreamVersion),
        ];
        if let Some((_, kind)) = rules.into_iter().find(|(bad, _)| *bad) {
            return Err(kind);
        }
        match self.streams.get_mut(&event.stream) {
            Some(slot) => *slot = event.stream_ver,
            None => drop(self.streams.insert(event.stream.clone(), event.stream_ver)),
        }
        Ok((event, h))
    }
    /// Compares checkpoints and anchors, and reports.
    pub fn finish(mut self) -> Report {
        let (mut checkpoints, mut last) = (0, 0);
        for (size, c, text) in std::mem::take(&mut self.checkpoints) {
            let signed = self.key.as_ref().is_some_and(|key| Checkpoint::signed_by(&text, key));
            let ours = c.ledger_id == self.ledger_id && Some(c.alg) == self.alg;
            match (size > last || (size == 0 && last == 0), self.root_at(size)) {
                _ if !ours => self.fail(size, FaultKind::Ledger),
                (false, _) => self.fail(size, FaultKind::CheckpointSize),
                (_, Some(root)) if root != c.root => self.fail(size, FaultKind::CheckpointRoot),
                _ if !signed => self.fail(size, FaultKind::Signature),
                (_, Some(_)) => checkpoints += 1,
                (_, None) if self.fault.is_none() => self.fail(size, FaultKind::CheckpointSize),
                (_, None) => {}
            }
            last = size;
        }
        let (mut anchors, mut ahead) = (0, None);
        for a in std::mem::take(&mut self.anchors) {
            match self.root_at(a.size) {
                _ if a.ledger_id != self.ledger_id => self.fail(a.size, FaultKind::AnchorLedger),
                Some(root) if root != a.root => self.fail(a.size, FaultKind::AnchorRoot),
                Some(_) => anchors += 1,
                None if a.size > self.seq => ahead = ahead.max(Some(a.size)),
                None => {}
            }
        }
        let verdict = match (&self.fault, ahead) {
            (Some(_), _) => Verdict::Tampered,
            (None, Some(_)) => Verdict::Incomplete,
            (None, None) => Verdict::Ok,
        };
        let fault = self.fault.clone().or(ahead.map(|seq| Fault { seq, kind: FaultKind::AnchorAhead }));
        Report { verdict, entries: self.seq, head: crate::hex(&self.prev), checkpoints, anchors, fault }
    }
    fn root_at(&self, size: u64) -> Option<Hash> {
        if size == 0 { self.alg.map(|alg| Tree::new(alg).root()) } else { self.wanted.get(&size).copied().flatten() }
    }
}
