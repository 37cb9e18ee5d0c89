//! Packages from elsewhere: checked, laid down as they are in `archive/` of the data folder, told on the ledger, listed beside the house's own
//! matters and never mixed with them. From there they go out again member by member as they came; only the report is new.
use domain::engine::{Person, holders};
use ledger::Alg;
use serde_json::json;
use std::path::PathBuf;

use super::checks::{rebuilt, reported};
use super::container::{Members, read, write};
use super::meta::Meta;
use super::{Check, Made, Report, check, names, office_of, queries};
use crate::db::Tx;
use crate::edge::{hex, minute_of};
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{self, Desk};

/// A package taken in.
pub struct Imported {
    pub n: i64,
    pub number: String,
    pub kind: String,
    pub title: String,
    pub org: String,
    pub retention: String,
    pub digest: String,
    pub on: String,
    pub ledger: String,
    holders: String,
}
fn file_of(house: &House, digest: &str) -> PathBuf {
    house.folder.join("archive").join(format!("{digest}.zip"))
}
/// Takes a package in: every check must pass, and the report in it must be what its members give.
///
/// # Errors
/// The first thing that is wrong with it, in words.
pub fn take(house: &House, file: &[u8], by: &str) -> Result<(Meta, Vec<Check>)> {
    let bad = |say: String| Failure::Bad(422, say);
    let (members, checks) = check(file, None).map_err(bad)?;
    if let Some(wrong) = checks.iter().find(|c| c.result == "不通过") {
        return Err(bad(format!("没有通过检测：{}，{}。", wrong.name, wrong.detail)));
    }
    let meta: Meta = serde_json::from_slice(members.get(names::META).map_or(&[], Vec::as_slice))?;
    let (digest, holders) = (hex(&Alg::Sha256.hash(&[file])), restored(&members, &meta).map_err(bad)?.join(" "));
    if house.db.read_here(|tx| queries::known(tx, &digest))? {
        return Err(bad("这个归档包已经导入。".into()));
    }
    let path = file_of(house, &digest);
    std::fs::create_dir_all(house.folder.join("archive"))?;
    // The file before the row: what a crash leaves over is a file nobody asks for.
    let part = path.with_extension("part");
    std::fs::write(&part, file)?;
    std::fs::rename(part, &path)?;
    let (inner, told, by) = (house.clone(), meta.clone(), by.to_owned());
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let said = json!({"ledger": told.origin.ledger, "digest": digest, "entries": told.entries, "retention": told.retention});
        desk.tell(&format!("archive/imported/{digest}"), "archive.imported@1", &said, (&by, "console"), &told.owner)?;
        let row = queries::Entry {
            ledger: &told.origin.ledger,
            number: &told.number,
            kind: &told.kind,
            title: &told.title,
            org: &told.org,
            holders: &holders,
            retention: &told.retention,
            digest: &digest,
            by: &by,
            on: &desk.now.today.to_string(),
            imported: true,
        };
        queries::put(tx, &row)?;
        desk.close()
    })?;
    Ok((meta, checks))
}
/// The matter is made again from the entries alone; who handles it follows from its own rules.
fn restored(members: &Members, meta: &Meta) -> std::result::Result<Vec<String>, String> {
    let entries = members.iter().filter(|(n, _)| n.starts_with(names::ENTRIES) && n.ends_with(".bin"));
    let payloads = entries.filter_map(|(_, bytes)| Some(ledger::Event::decode(bytes).ok()?.payload));
    let matter = rebuilt(&meta.kind, payloads)?;
    Ok(office_of(matter.as_ref()))
}
/// Packages taken in that this person may see: those his office would handle, were they its own. What a conflict of his names is not there.
///
/// # Errors
/// A fault of the engine.
pub fn imported(tx: &Tx, house: &House, who: &Person) -> Result<Vec<Imported>> {
    let (keys, barred) = (holders(who), matters::barred(who, &*house.registers(tx)?));
    let read = |mut r: crate::db::Row| Imported {
        n: r.int(0),
        number: r.take(1),
        kind: r.take(2),
        title: r.take(3),
        org: r.take(4),
        retention: r.take(5),
        digest: r.take(6),
        on: r.take(8),
        holders: r.take(9),
        ledger: r.take(10),
    };
    let mut all: Vec<Imported> = queries::imported(tx)?.into_iter().map(read).collect();
    let accused = |i: &Imported| i.kind == "enterprise_appeal" && barred.accused.contains(&i.org);
    all.retain(|i| i.holders.split(' ').any(|h| keys.iter().any(|k| k == h)));
    all.retain(|i| !barred.orgs.contains(&i.org) && !barred.numbers.contains(&i.number) && !accused(i));
    Ok(all)
}
/// Members of a package taken in, as they lie.
///
/// # Errors
/// When the file no longer is what was taken in.
pub fn package_of(house: &House, digest: &str) -> Result<(Members, Vec<u8>)> {
    let file = std::fs::read(file_of(house, digest))?;
    if hex(&Alg::Sha256.hash(&[&file])) != digest {
        return Err(Failure::Fault(format!("归档包 {digest} 与登记的指纹不符")));
    }
    Ok((read(&file).map_err(Failure::Fault)?, file))
}
/// Sends a package taken in out again: the same members, and a report of today.
///
/// # Errors
/// `NotFound` where there is none of this number; a fault where it was touched.
pub fn again(house: &House, number: &str) -> Result<Made> {
    let rows = house.db.read_here(queries::imported)?;
    let digest = rows.iter().find(|r| r.text(1) == number).map(|r| r.text(6).to_owned()).ok_or(Failure::NotFound)?;
    let (mut members, _) = package_of(house, &digest)?;
    if !reported(&members) {
        return Err(Failure::Fault("归档包里的检测报告与内容不符".into()));
    }
    let report = Report::of(&members, &minute_of(house.clock.now().ms));
    members.extend(report.members()?);
    let bytes = write(&members).ok_or_else(|| Failure::Fault("归档包过大".into()))?;
    let digest = hex(&Alg::Sha256.hash(&[&bytes]));
    Ok(Made { name: format!("归档-{number}.zip"), bytes, digest, report })
}
