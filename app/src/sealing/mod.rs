//! Texts that are no part of the record and yet may hold a person's words – drafts, saved searches, names of files –, sealed with the house
//! key where they lie. Once after an upgrade: what an earlier build left in the clear.
mod queries;

use crate::db::Tx;
use crate::edge::{hex, unhex};
use crate::failure::{Failure, Result};
use crate::house::{House, Keys};
use crate::vault;

/// Stands before what is sealed; forms and names cannot hold it.
const MARK: &str = "\u{1}s:";

/// The text as it is stored. `about` must be said again to open it.
///
/// # Errors
/// When there is no randomness to be had.
pub fn seal(keys: &Keys, about: &str, text: &str) -> Result<String> {
    Ok(format!("{MARK}{}", hex(&vault::seal_bytes(keys, "own", about, text.as_bytes())?)))
}
/// The text again; one without the mark as it stands.
///
/// # Errors
/// When it was tampered with, or is about something else.
pub fn open(keys: &Keys, about: &str, stored: &str) -> Result<String> {
    let Some(sealed) = stored.strip_prefix(MARK) else { return Ok(stored.to_owned()) };
    let broken = || Failure::Fault("封存的文字损坏".into());
    let bytes = vault::open_bytes(keys, "own", about, &unhex(sealed).ok_or_else(broken)?)?;
    String::from_utf8(bytes).map_err(|_| broken())
}

/// Seals what an earlier build wrote in the clear and writes the search index anew, piece by piece: a start that is cut short goes on at the
/// next. Costs one look-up where nothing is to be done.
///
/// # Errors
/// A fault of the engine, or a matter that no longer reads.
pub fn catch_up(house: &House) -> Result<()> {
    if !house.db.read_here(queries::to_do)? {
        return Ok(());
    }
    loop {
        let inner = house.clone();
        if !house.db.write_here(move |tx| crate::matters::reindex(tx, &inner))? {
            break;
        }
    }
    let inner = house.clone();
    house.db.write_here(move |tx| {
        // Two nodes that start together take turns.
        crate::ledger::Head::take(tx)?;
        texts(tx, &inner.keys)?;
        queries::done(tx)
    })?;
    // Of what was overwritten nothing stays behind in the log either.
    house.db.settle()
}
fn texts(tx: &Tx, keys: &Keys) -> Result<()> {
    let clear = |t: &str| !t.starts_with(MARK);
    for r in queries::drafts(tx)?.iter().filter(|r| clear(r.text(3))) {
        let [person, place, action] = [r.text(0), r.text(1), r.text(2)];
        queries::put_draft(tx, [person, place, action], &seal(keys, &crate::own::about(person, place, action), r.text(3))?)?;
    }
    for r in queries::views(tx)?.iter().filter(|r| clear(r.text(4))) {
        let about = crate::own::about(r.text(1), r.text(2), "view");
        queries::put_view(tx, r.int(0), &seal(keys, &about, r.text(3))?, &seal(keys, &about, r.text(4))?)?;
    }
    for r in queries::files(tx)?.iter().filter(|r| clear(r.text(1))) {
        queries::put_file(tx, r.text(0), &seal(keys, r.text(0), r.text(1))?)?;
    }
    for r in queries::staged(tx)?.iter().filter(|r| clear(r.text(1))) {
        queries::put_staged(tx, r.int(0), &seal(keys, r.text(2), r.text(1))?)?;
    }
    // A digest holds no bar; the keys of earlier builds did.
    for r in queries::match_keys(tx)?.iter().filter(|r| r.text(1).contains('|')) {
        queries::put_match_key(tx, (r.text(0), r.text(1), r.int(2)), &crate::import::known::of_before(keys, r.text(1)))?;
    }
    Ok(())
}
