//! The confidential chain in the main one: after midnight its head of the days gone by is signed and entered there, once for all of a day.
//! Whoever reads the main chain learns that nothing was taken out, and of no entry when it came.
use super::genesis::house;
use super::{CHAIN_CONFIDENTIAL, Head, SPAN, anchors, queries, stream};
use crate::db::Tx;
use crate::edge::{Now, day_of, day_start, hex};
use crate::failure::{Failure, Result};
use crate::house::Keys;

/// Stream of those entries.
pub const DAILY: &str = "chain/confidential";

/// Enters the head of days gone by, if there is one that is not entered yet. Costs two look-ups where there is not.
///
/// # Errors
/// A fault of the engine, or a leaf that no longer reads as it was written.
pub fn daily(tx: &Tx, keys: &Keys, now: Now) -> Result<()> {
    let today = day_start(now.ms);
    let Some(seen) = queries::head_seen(tx, CHAIN_CONFIDENTIAL)? else { return Ok(()) };
    let past = |seq: u64| Ok::<_, Failure>(time_of(tx, seq)?.is_some_and(|ms| ms < today));
    if seen.count(2) == seen.count(5) || !past(seen.count(5) + 1)? {
        return Ok(());
    }
    let mut main = Head::take(tx)?;
    let mut head = Head::confidential(tx)?;
    let mut size = head.seq;
    while size > head.checkpointed && !past(size)? {
        size -= 1;
    }
    // Another node was quicker.
    if size == head.checkpointed {
        return Ok(());
    }
    let day = day_of(time_of(tx, size)?.unwrap_or(today));
    let root = anchors::checkpoint(tx, &mut head, size, keys)?;
    let version = u32::try_from(stream(tx, DAILY)?.len()).unwrap_or(0) + 1;
    let words = serde_json::json!({"day": day, "ledger": hex(&head.ledger_id), "entries": size, "root": hex(&root)});
    main.append(tx, house("chain@1", DAILY, version, words.to_string()), now.ms)?;
    main.put(tx, keys, false)
}
fn time_of(tx: &Tx, seq: u64) -> Result<Option<i64>> {
    let kept = super::at(tx, (CHAIN_CONFIDENTIAL * SPAN).unsigned_abs() + seq)?;
    Ok(kept.map(|k| k.event.time_ms))
}
