//! The demonstration city 云岭市: everything in it is invented, and came in through the same doors as everything else – the wizard's
//! import, grants approved by a second administrator, every act through the gate, two years of them with the clock put day by day.
mod channel;
mod city;
mod filed;
mod half_year;
mod leading;
mod linkage;
mod listing;
mod lives;
mod papers;
mod reviews;
mod stage;
mod tales;

use ledger::Alg;
use std::path::Path;

use crate::db::Place;
use crate::edge::Clock;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::{inbox, matters, people};

const ACCOUNTS: &str = "demo-accounts.txt";
/// Stands in the folder while the city is being built: a build cut off is begun anew, never opened half done.
const BUILDING: &str = "demo-building";

/// Accounts of a demonstration: `(log-in, password, who)`; nothing in any other house.
///
/// # Errors
/// A fault of the disk.
pub fn accounts(house: &House) -> Result<Vec<(String, String, String)>> {
    let text = match std::fs::read_to_string(house.folder.join(ACCOUNTS)) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(vec![]),
        text => text?,
    };
    let read = |l: &str| {
        let mut parts = l.split('\t').map(ToOwned::to_owned);
        Some((parts.next()?, parts.next()?, parts.next()?))
    };
    Ok(text.lines().filter_map(read).collect())
}

/// Fills an empty place with the demonstration city; leaves any other place alone. Says whether it did.
///
/// # Errors
/// What the house refuses.
pub fn ensure(place: &Place) -> Result<bool> {
    let folder = place.folder();
    std::fs::create_dir_all(folder)?;
    let building = folder.join(BUILDING);
    if building.exists() {
        begin_anew(place, folder)?;
    } else if folder.join("xiezhi.db").exists() {
        return Ok(false);
    }
    let today = Clock::default().now();
    let clock = Clock::set_to(crate::edge::morning_of(city::START));
    let house = House::open(place, clock.clone(), Alg::Sm3)?;
    if !house.db.read_here(people::accounts)?.is_empty() {
        return Ok(false);
    }
    std::fs::write(&building, "")?;
    let town = city::build(&house, &clock)?;
    let standards = crate::standards::load(&house, None)?;
    crate::standards::bring_into_force(&house, standards)?;
    let receipts = lives::live(&house, &clock, &town, today)?;
    papers::issue(stage::Stage { house: &house, clock: &clock, town: &town })?;
    clock.put(today.ms);
    leading::register(&house, &town)?;
    inbox::tick(&house)?;
    matters::flush(&house)?;
    city::checkpoint(&house)?;
    std::fs::write(folder.join(ACCOUNTS), town.list(&receipts))?;
    std::fs::remove_file(building)?;
    Ok(true)
}
fn begin_anew(place: &Place, folder: &Path) -> Result<()> {
    if matches!(place, Place::Server(..)) {
        return Err(Failure::Bad(1, "上次没有建完演示城市。请换一个空的数据库和数据目录。".into()));
    }
    for name in ["xiezhi.db", "xiezhi.db-wal", "xiezhi.db-shm", "anchors.txt", "vault.key", "signer.key"] {
        match std::fs::remove_file(folder.join(name)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
    }
    match std::fs::remove_dir_all(folder.join("files")) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e.into()),
        _ => Ok(()),
    }
}
