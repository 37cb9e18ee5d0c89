//! What an act does beyond its own matter, where a procedure's last step amends a register or the vault: a grant takes effect,
//! a change order enters its register, a lawful erasure destroys texts. In the transaction of the act.
use domain::engine::Entry;

use crate::failure::Result;
use crate::matters::{Desk, Done, Loaded};

/// After one step was recorded.
///
/// # Errors
/// What the register or the vault refuses; the act is then undone.
pub fn after(_desk: &mut Desk, _loaded: &Loaded, _entry: &Entry, _done: &Done) -> Result<()> {
    Ok(())
}
