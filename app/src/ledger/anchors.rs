//! Checkpoints and what carries them out of the house (trust.md 4.1).
use ledger::{Checkpoint, Tree, anchor_line};
use std::io::Write as _;
use std::path::Path;

use super::{CHAIN_MAIN, Head, SPAN, queries};
use crate::db::Tx;
use crate::edge::hex;
use crate::failure::{Failure, Result};
use crate::house::Keys;

/// The tree over every entry so far. Re-reads every new leaf from disk and hashes it again: a flipped bit must never be signed.
pub(super) fn tree(tx: &Tx, head: &Head) -> Result<Tree> {
    let mut tree = Tree::from_bytes(head.alg, &queries::tree(tx, head.chain)?).ok_or_else(|| Failure::Fault("检查点的树损坏".into()))?;
    let from = head.chain * SPAN + head.checkpointed.cast_signed() + 1;
    let to = head.chain * SPAN + head.seq.cast_signed() + 1;
    let alg = head.alg;
    queries::each(tx, from, to, |row| {
        let h = alg.hash(&[row.bytes(1)]);
        if h != row.bytes(2) {
            return Err(Failure::Fault(format!("台账第 {} 条与写入时不同，拒绝签署检查点", row.int(0) % SPAN)));
        }
        tree.push(h);
        Ok(true)
    })?;
    if tree.size() != head.seq {
        return Err(Failure::Fault("台账条数与检查点不符，拒绝签署".into()));
    }
    Ok(tree)
}
pub(super) fn checkpoint(tx: &Tx, head: &mut Head, keys: &Keys) -> Result<()> {
    let (tree, alg) = (tree(tx, head)?, head.alg);
    let root = tree.root();
    let text = Checkpoint { ledger_id: head.ledger_id, alg, size: head.seq, root }.signed(keys.signer());
    queries::put_checkpoint(tx, head.chain, head.seq, root, &text, &tree.to_bytes(), head.time_ms)?;
    head.checkpointed = head.seq;
    Ok(())
}

/// Writes checkpoints that `anchors.txt` does not hold yet. After the commit, never before: an anchor must not promise what
/// a crash then takes away.
///
/// # Errors
/// A fault of the engine or of the disk.
pub fn publish(tx: &Tx, folder: &Path) -> Result<()> {
    let file = folder.join("anchors.txt");
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    let newest: u64 = known.lines().filter_map(|l| l.split_whitespace().nth(1)?.parse().ok()).max().unwrap_or(0);
    let (id, alg, _) = super::identity(tx)?;
    let id: [u8; 16] = super::id_bytes(&id).ok_or_else(|| Failure::Fault("台账编号损坏".into()))?;
    let mut lines = String::new();
    for row in queries::checkpoints(tx, CHAIN_MAIN)?.iter().filter(|r| r.count(0) > newest) {
        let root = row.bytes(1).try_into().map_err(|_| Failure::Fault(format!("检查点根损坏 {}", hex(row.bytes(1)))))?;
        lines += &anchor_line(&Checkpoint { ledger_id: id, alg, size: row.count(0), root }, row.int(3));
        lines.push('\n');
    }
    if lines.is_empty() {
        return Ok(());
    }
    let mut out = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
    out.write_all(lines.as_bytes())?;
    out.sync_all()?;
    Ok(())
}
