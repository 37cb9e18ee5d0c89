//! SQL of packets.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

/// `(month, organisation, how often)` of the looks at packets: counts, for whoever may know no more.
///
/// # Errors
/// A fault of the engine.
pub fn looked(tx: &Tx) -> Result<Vec<Row>> {
    let sql = "SELECT SUBSTR(on_day, 1, 7) AS month, org, CAST(SUM(value) AS BIGINT) FROM fact WHERE measure = $1 AND until_seq = $2 \
               GROUP BY SUBSTR(on_day, 1, 7), org ORDER BY 1 DESC, 2 LIMIT 500";
    tx.rows(sql, params![domain::procedures::packet::LOOKED, i64::MAX])
}
