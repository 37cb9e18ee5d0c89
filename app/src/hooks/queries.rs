//! SQL of what an act does beyond its own matter.
use crate::db::Tx;
use crate::failure::Result;
use crate::params;

/// Observers of this office who have been appointed and whose term has not ended.
pub(super) fn observers(tx: &Tx, owner: &str) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM idx WHERE kind = 'observer' AND owner = $1 AND phase IN ('Serving', 'Suspended', 'Hearing')";
    Ok(tx.one(sql, params![owner])?.map_or(0, |r| r.int(0)))
}
