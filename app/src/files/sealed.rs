//! Files that open by keys of persons only (trust.md 4.3, FILES): content, name and type are encrypted before they touch the disk; the
//! row beside them tells a padded size and the day.
use ledger::Alg;

use super::{Laid, acceptable, new_id, path, plain_name, queries, write_whole};
use crate::db::Tx;
use crate::edge::{hex, morning_of, random};
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::vault;

/// `file.sealed` of one destroyed by lawful order.
pub(super) const GONE: i64 = 2;
const COMPARTMENT: &str = "original";

/// Takes in a reporter's own file for a matter of this organisation: encrypted to its intake, and to the reporter where `receipt_key` is
/// his public key. It belongs to nobody until an act claims it.
///
/// # Errors
/// A refusal in words: too large, empty, of a kind not accepted, or no key to seal it to.
pub fn take_in_for(house: &House, person: &str, owner: &str, receipt_key: &str, name: &str, bytes: &[u8]) -> Result<String> {
    let mime = acceptable(name, bytes)?;
    let recipients = house.db.read_here(|tx| {
        let (_, alg, _) = crate::ledger::identity(tx)?;
        vault::recipients(tx, alg, COMPARTMENT, owner, receipt_key)
    })?;
    let recipients = recipients.map_err(|say| Failure::Bad(503, say.into()))?;
    let (id, name) = (new_id()?, plain_name(name));
    let plain = [format!("{name}\n{mime}\n").as_bytes(), bytes].concat();
    let (sealed, seals) = vault::seal_blob(&recipients, COMPARTMENT, &id, &plain)?;
    let digest = hex(&Alg::Sha256.hash(&[&sealed]));
    let path = path(house, &digest);
    write_whole(&path, &sealed)?;
    // Nobody learns from the disk when a report came in.
    std::fs::File::options().write(true).open(&path)?.set_modified(std::time::UNIX_EPOCH)?;
    let at_ms = morning_of(house.clock.now().today);
    let (mime, salt) = ("application/octet-stream", random::<32>()?);
    let laid = Laid { id: id.clone(), name: String::new(), mime, size: sealed.len(), digest, salt, at_ms, seals };
    let person = person.to_owned();
    house.db.write_here(move |tx| laid.put(tx, &person))?;
    Ok(id)
}
/// Name, type and bytes of a sealed file, by its key (`vault::dek_for`, `vault::dek_with`).
///
/// # Errors
/// When it is no sealed file, or the disk no longer holds what was taken in.
pub fn open_sealed(tx: &Tx, house: &House, id: &str, dek: &[u8; 32]) -> Result<(String, String, Vec<u8>)> {
    let row = queries::get(tx, id)?.filter(|r| r.int(9) == 1).ok_or(Failure::NotFound)?;
    let broken = || Failure::Fault(format!("封存附件损坏：{id}"));
    let plain = vault::open_blob(dek, COMPARTMENT, id, &super::bytes(house, row.text(3))?).ok_or_else(broken)?;
    let mut parts = plain.splitn(3, |b| *b == b'\n');
    let mut next = || parts.next().ok_or_else(broken);
    let (name, mime, bytes) = (next()?, next()?, next()?);
    Ok((String::from_utf8_lossy(name).into_owned(), String::from_utf8_lossy(mime).into_owned(), bytes.to_vec()))
}
/// Destroys a sealed file: nothing opens it from here on. Says whether there was one; any other file is left alone.
///
/// # Errors
/// A fault of the engine.
pub fn shred(tx: &Tx, id: &str) -> Result<bool> {
    let gone = queries::shred(tx, id, GONE)?;
    if gone {
        vault::shred_seals(tx, id)?;
    }
    Ok(gone)
}
/// Takes what was destroyed off the disk, once the order is durable.
///
/// # Errors
/// A fault of the engine or the disk.
pub fn sweep(house: &House) -> Result<()> {
    for mut row in house.db.read_here(|tx| queries::shredded(tx, GONE))? {
        match std::fs::remove_file(path(house, row.text(1))) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
        let id = row.take(0);
        house.db.write_here(move |tx| queries::forget_digest(tx, &id))?;
    }
    Ok(())
}
