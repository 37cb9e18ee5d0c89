//! Checkpoints and what carries them out of the house (trust.md 4.1).
use ledger::{Checkpoint, Hash, Tree, anchor_line};
use std::io::Write as _;
use std::path::Path;

use super::{CHAIN_CONFIDENTIAL, CHAIN_MAIN, Head, SPAN, queries};
use crate::db::Tx;
use crate::edge::hex;
use crate::failure::{Failure, Result};
use crate::house::Keys;

/// The tree over the first `size` entries. Re-reads every new leaf from disk and hashes it again: a flipped bit must never be signed.
pub(super) fn tree(tx: &Tx, head: &Head, size: u64) -> Result<Tree> {
    let mut tree = Tree::from_bytes(head.alg, &queries::tree(tx, head.chain)?).ok_or_else(|| Failure::Fault("检查点的树损坏".into()))?;
    let from = head.chain * SPAN + head.checkpointed.cast_signed() + 1;
    let to = head.chain * SPAN + size.cast_signed() + 1;
    let alg = head.alg;
    queries::each(tx, from, to, |row| {
        let h = alg.hash(&[row.bytes(1)]);
        if h != row.bytes(2) {
            return Err(Failure::Fault(format!("台账第 {} 条与写入时不同，拒绝签署检查点", row.int(0) % SPAN)));
        }
        tree.push(h);
        Ok(true)
    })?;
    if tree.size() != size {
        return Err(Failure::Fault("台账条数与检查点不符，拒绝签署".into()));
    }
    Ok(tree)
}
/// Signs the first `size` entries; returns their root.
pub(super) fn checkpoint(tx: &Tx, head: &mut Head, size: u64, keys: &Keys) -> Result<Hash> {
    let (tree, alg) = (tree(tx, head, size)?, head.alg);
    let root = tree.root();
    let text = Checkpoint { ledger_id: head.ledger_id, alg, size, root }.signed(keys.signer());
    queries::put_checkpoint(tx, head.chain, size, root, &text, &tree.to_bytes(), head.time_ms)?;
    head.checkpointed = size;
    Ok(root)
}

/// Writes checkpoints that `anchors.txt` does not hold yet, and those of the confidential chain to a file of its own: whoever is given the
/// one need not be given the other, as the main chain holds the heads of both. After the commit, never before: an anchor must not promise
/// what a crash then takes away.
///
/// # Errors
/// A fault of the engine or of the disk.
pub fn publish(tx: &Tx, folder: &Path) -> Result<()> {
    publish_chain(tx, CHAIN_MAIN, &folder.join("anchors.txt"))?;
    publish_chain(tx, CHAIN_CONFIDENTIAL, &folder.join("anchors-confidential.txt"))
}
fn publish_chain(tx: &Tx, chain: i64, file: &Path) -> Result<()> {
    let known = std::fs::read_to_string(file).unwrap_or_default();
    let newest: u64 = known.lines().filter_map(|l| l.split_whitespace().nth(1)?.parse().ok()).max().unwrap_or(0);
    let (id, alg, _) = super::identity_of(tx, chain)?;
    let id: [u8; 16] = super::id_bytes(&id).ok_or_else(|| Failure::Fault("台账编号损坏".into()))?;
    let mut lines = String::new();
    for row in queries::checkpoints(tx, chain)?.iter().filter(|r| r.count(0) > newest) {
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
