//! 存证 of a paper (trust.md 4.1): the line at its foot and the square beside it, from the first checkpoint over its entry.
use domain::papers::Proof;
use domain::procedures::official_paper::OfficialPaper;
pub use ledger::Square;

use super::official;
use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::ledger::CHAIN_MAIN;
use crate::matters::Loaded;

/// Said until a checkpoint covers the entry.
const AWAITED: &str = "存证 待下一检查点";
/// Said of papers whose entry is on the confidential chain: its place among the others would tell when somebody came.
const BY_DAY: &str = "存证 按日入链，不印位置";

/// The proof of a record: where its entry stands. No entry commits to its bytes; it can be written again from the ledger.
///
/// # Errors
/// A fault of the engine.
pub fn of_entry(tx: &Tx, loaded: &Loaded, seq: u64) -> Result<Proof> {
    if super::confidential(loaded) {
        return Ok(Proof { line: BY_DAY.into(), square: String::new() });
    }
    proof(tx, seq, None)
}
/// The proof of a 公文: the entry of its signature, and the salted commitment to its sheet. Nothing before it is signed.
///
/// # Errors
/// A fault of the engine, or a sheet that was tampered with.
pub fn of_paper(tx: &Tx, house: &House, loaded: &Loaded) -> Result<Proof> {
    let paper = loaded.of::<OfficialPaper>().map(|m| &m.state).ok_or(Failure::NotFound)?;
    let Some(laid) = paper.signed().map(|s| s.laid()) else { return Ok(Proof::default()) };
    let (_, salt, hash) = official::read(tx, house, &loaded.number, &laid)?;
    let seq = signed_at(tx, &loaded.number)?.ok_or(Failure::NotFound)?;
    proof(tx, seq, Some((salt, hash)))
}
/// Ledger position of the signature.
fn signed_at(tx: &Tx, number: &str) -> Result<Option<u64>> {
    for kept in crate::ledger::stream(tx, number)? {
        let entry: domain::engine::Entry = serde_json::from_slice(&kept.event.payload)?;
        if entry.action().is_some_and(|(a, _)| a == "sign") {
            return Ok(Some(kept.seq));
        }
    }
    Ok(None)
}
fn proof(tx: &Tx, seq: u64, paper: Option<([u8; 32], ledger::Hash)>) -> Result<Proof> {
    let Some((size, text)) = crate::ledger::covering(tx, CHAIN_MAIN, seq)? else {
        return Ok(Proof { line: AWAITED.into(), square: String::new() });
    };
    let point = ledger::Checkpoint::parse(&text).map_err(|_| Failure::Fault("检查点损坏".into()))?;
    let square = Square { alg: point.alg, ledger_id: point.ledger_id, size, root: point.root, seq, paper };
    Ok(Proof { line: square.line(), square: square.text() })
}
