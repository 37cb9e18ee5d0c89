//! SQL of the inbox.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

/// Open matters due by this day: `(id, ball, owner, due)`.
pub fn due_by(tx: &Tx, day: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT id, ball, owner, due FROM idx WHERE closed = 0 AND due <> '' AND due <= $1 ORDER BY due, id", params![day])
}
