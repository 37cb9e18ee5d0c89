//! 归档 (issue 7, 6): a closed matter as one file that is read without this house – entries with their proofs, timeline, attachments, papers,
//! metadata, and a report of four natures (`checks`). Texts about persons go in under a passphrase or not at all; the reporter's words and who
//! he is never do. A package from elsewhere is taken in beside the ledger, never into it (docs/decisions/2026-11-28-archive.md).
mod checks;
mod collect;
mod container;
mod forms;
mod meta;
mod names;
mod queries;
mod sealed;
mod taken;

pub use checks::{Check, Report, checks};
pub use container::{Members, read, write};
pub use meta::{Line, Meta};
pub use sealed::{SHORTEST, Secrets};
pub use taken::{Imported, again, imported, package_of, take};

use domain::engine::{Person, Standing, holders};
use ledger::Alg;
use serde_json::json;

use crate::db::Tx;
use crate::edge::{hex, minute_of};
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{self, Desk, Seen};

/// Who makes packages and reads the list of them: those who handle matters and those who lead there.
pub const READERS: &[&str] = &["R1", "R2", "R14", "R15", "R17", "R18"];

/// Who handles a matter and leads there; where reports are taken in, that is the intake. Queries name the same.
pub const KEEPERS: &[Standing] = &[Standing::Handler, Standing::Lead, Standing::Intake];

/// What is sealed in a package, for whoever has the passphrase.
#[must_use]
pub fn unsealed(members: &Members, passphrase: &str) -> Option<Secrets> {
    sealed::open(members.get(names::SEALED)?, passphrase)
}

/// What somebody wants put into a package.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    pub number: String,
    /// Of the code table 保管期限.
    pub retention: String,
    /// Of the code table 密级.
    pub secrecy: String,
    /// Under which texts about persons go in; empty: they stay out.
    pub passphrase: String,
}
/// A package.
pub struct Made {
    pub name: String,
    pub bytes: Vec<u8>,
    pub digest: String,
    pub report: Report,
}
/// The matter as this person may pack it.
///
/// # Errors
/// `NotFound` where he is not of its office; a sentence where it is still open.
pub fn packable(tx: &Tx, house: &House, who: &Person, number: &str) -> Result<Seen> {
    let seen = matters::see(tx, house, who, number, house.clock.now())?;
    if !KEEPERS.iter().any(|s| seen.mine.contains(s)) {
        return Err(Failure::NotFound);
    }
    if !seen.item.closed {
        return Err(Failure::Bad(409, "本件还没有办结，办结后才能归档。".into()));
    }
    Ok(seen)
}
/// Makes a package: a checkpoint over everything so far, the members, the report; an entry says who made which file.
///
/// # Errors
/// What stands in the way, in words.
pub fn make(house: &House, who: &Person, wish: &Wish) -> Result<Made> {
    let short = wish.passphrase.chars().count() < SHORTEST;
    if !wish.passphrase.is_empty() && short {
        return Err(Failure::Bad(422, format!("口令至少 {SHORTEST} 个字符。")));
    }
    house.db.read_here(|tx| packable(tx, house, who, &wish.number).map(drop))?;
    let inner = house.clone();
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        desk.checkpoint();
        desk.close()
    })?;
    let (mut members, version) = house.db.read_here(|tx| {
        let seen = packable(tx, house, who, &wish.number)?;
        house.reads.note(&who.id, seen.loaded.id, "归档", house.clock.now());
        Ok((collect::members(tx, house, (who, &seen), wish)?, seen.loaded.matter.version()))
    })?;
    let manifest = checks::manifest_of(&members).into_bytes();
    let meta: Meta = serde_json::from_slice(members.get(names::META).map_or(&[], Vec::as_slice))?;
    members.insert(names::SIGNED.into(), house.keys.signer().note(&checks::note_of(&meta, &manifest)).into_bytes());
    members.insert(names::MANIFEST.into(), manifest);
    let report = Report::of(&members, &minute_of(house.clock.now().ms));
    if !wish.passphrase.is_empty()
        && let Some(wrong) = checks(&members, Some(&wish.passphrase)).into_iter().find(|c| c.result == "不通过")
    {
        return Err(Failure::Fault(format!("归档包没有通过检测：{} {}", wrong.name, wrong.detail)));
    }
    members.extend(report.members()?);
    let bytes = write(&members).ok_or_else(|| Failure::Bad(413, "归档包超过 4 GB，请先分件。".into()))?;
    let digest = hex(&Alg::Sha256.hash(&[&bytes]));
    noted(house, who, wish, (&digest, members.len(), version))?;
    Ok(Made { name: format!("归档-{}.zip", wish.number), bytes, digest, report })
}
/// The entry and the row of a package; undone where the matter has moved meanwhile.
fn noted(house: &House, who: &Person, wish: &Wish, (digest, count, version): (&str, usize, u32)) -> Result<()> {
    let (inner, who, wish, digest) = (house.clone(), who.clone(), wish.clone(), digest.to_owned());
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let loaded = matters::load(tx, &wish.number)?.filter(|l| l.matter.version() == version).ok_or(Failure::Stale)?;
        let m = loaded.matter.as_ref();
        let kind = domain::procedures::kind(m.kind()).ok_or(Failure::NotFound)?;
        let (index, holders) = (m.index(), office_of(m).join(" "));
        let title = index.title.replace("{org}", desk.registers.org_name(&index.org));
        // On the main chain a confidential matter has no number: it is told by a mark only this house can make again.
        let told = if kind.confidential { inner.keys.blind(&format!("archive|{}", wish.number)) } else { wish.number.clone() };
        let said =
            json!({"matter": told, "digest": digest, "members": count, "retention": wish.retention, "sealed": !wish.passphrase.is_empty()});
        desk.tell(&format!("archive/{told}"), "archive@1", &said, (&who.id, "Handler"), m.owner())?;
        let ledger = crate::ledger::identity(tx)?.0;
        let entry = queries::Entry {
            ledger: &ledger,
            number: &wish.number,
            kind: m.kind(),
            title: &title,
            org: &index.org,
            holders: &holders,
            retention: &wish.retention,
            digest: &digest,
            by: &who.id,
            on: &desk.now.today.to_string(),
            imported: false,
        };
        queries::put(tx, &entry)?;
        desk.close()
    })
}
/// Holder keys of the office that handles a matter.
fn office_of(m: &dyn domain::engine::AnyMatter) -> Vec<String> {
    let mut all: Vec<String> = m.parties().into_iter().filter(|p| KEEPERS.contains(&p.0)).map(|p| p.1.key(m.owner())).collect();
    all.sort();
    all.dedup();
    all
}

/// A closed matter without a package.
pub struct Ready {
    pub number: String,
    pub kind: String,
    pub title: String,
    pub org: String,
    pub closed_ms: i64,
}
/// A package made here.
pub struct Row {
    pub number: String,
    pub kind: String,
    pub title: String,
    pub retention: String,
    pub digest: String,
    pub by: String,
    pub on: String,
}
/// Closed matters of this person's office that have no package yet, those closed longest ago first.
///
/// # Errors
/// A fault of the engine.
pub fn ready(tx: &Tx, house: &House, who: &Person, limit: i64) -> Result<Vec<Ready>> {
    let registers = house.registers(tx)?;
    let rows = queries::ready(tx, &holders(who), &matters::barred(who, &registers), limit)?;
    let read = |mut r: crate::db::Row| {
        let title = r.text(2).replace("{org}", registers.org_name(r.text(3)));
        Ready { number: r.take(0), kind: r.take(1), title, org: r.take(3), closed_ms: r.int(4) }
    };
    Ok(rows.into_iter().map(read).collect())
}
/// Packages of matters this person's office handles, newest first.
///
/// # Errors
/// A fault of the engine.
pub fn made(tx: &Tx, house: &House, who: &Person, limit: i64) -> Result<Vec<Row>> {
    let registers = house.registers(tx)?;
    let rows = queries::made(tx, &holders(who), &matters::barred(who, &registers), limit)?;
    let read = |mut r: crate::db::Row| Row {
        number: r.take(1),
        kind: r.take(2),
        title: r.take(3),
        retention: r.take(5),
        digest: r.take(6),
        by: r.take(7),
        on: r.take(8),
    };
    Ok(rows.into_iter().map(read).collect())
}
/// Checks a file alone: its form, the four natures, and whether the report in it is what its members give.
///
/// # Errors
/// What is wrong with the file itself, in words.
pub fn check(file: &[u8], passphrase: Option<&str>) -> std::result::Result<(Members, Vec<Check>), String> {
    let members = read(file)?;
    let mut all = checks(&members, passphrase);
    let same = checks::reported(&members);
    all.push(Check {
        nature: "完整性".into(),
        name: "检测报告".into(),
        what: "包内的检测报告与现在重新检测的结果相同".into(),
        result: if same { "通过" } else { "不通过" }.into(),
        detail: if same { "相同" } else { "不同" }.into(),
        fails: "报告被改动，或当时没有通过".into(),
    });
    Ok((members, all))
}
