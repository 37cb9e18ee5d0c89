//! Lists of any kind: index rows joined to the holders who may see them. A page costs the same at any number of matters.
use domain::engine::{Offer, Person, holders};
use domain::registers::codes::RECTIFICATION_SOURCE;

use super::queries::{self, Barred, Page};
use crate::db::{Row, Tx};
use crate::edge::Now;
use crate::failure::Result;
use crate::house::House;
use crate::registers::{Conflict, Registers};
use crate::{search, vault};

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kind of matter; empty for all.
    pub kind: String,
    /// Words.
    pub q: String,
    pub phase: String,
    pub org: String,
    pub code: String,
    /// `over`, `today`, `soon`, `paused`, `tent`.
    pub due: String,
    /// `open`, `closed`.
    pub open: String,
    /// Only where this person is expected to move.
    pub mine: bool,
    /// Keyset: ids below this, or above it when `back`.
    pub from: i64,
    pub back: bool,
    pub limit: usize,
}
/// A row of a list, as this person may read it.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: i64,
    pub kind: String,
    pub number: String,
    /// `{org}` already replaced.
    pub title: String,
    /// For the office only; empty for others.
    pub gist: String,
    pub phase: String,
    pub ball: String,
    pub org: String,
    pub codes: Vec<String>,
    /// ISO day or empty.
    pub due: String,
    pub due_label: String,
    pub provisional: bool,
    pub paused: bool,
    pub closed: bool,
    pub opened_on: String,
    /// This person judges it blind: neither unit nor handling officer is told him.
    pub blind: bool,
}
/// What stands for the unit while it is not told.
pub const SOME_UNIT: &str = "某单位";
impl Item {
    /// Reads a row of `queries::item!`. `office`: this person reads gists of matters of these owners.
    pub(crate) fn read(tx: &Tx, house: &House, registers: &Registers, who: &Person, r: Row) -> Result<Self> {
        let gist = if office_of(who, r.text(8)) { resolve(tx, house, r.text(4))? } else { String::new() };
        Ok(Self { gist, ..Self::bare(tx, registers, who, r)? })
    }
    /// Likewise, without its gist: nothing is opened.
    fn bare(tx: &Tx, registers: &Registers, who: &Person, mut r: Row) -> Result<Self> {
        let blind = blind(tx, who, &r)?;
        let org = if blind { String::new() } else { r.take(7) };
        let title = r.take(3);
        let name = if blind { SOME_UNIT } else { registers.org_name(&org) };
        let title = if title.contains("{org}") { title.replace("{org}", name) } else { title };
        let whence = !from_where(r.text(1)) || who.roles.iter().any(|r| TOLD_WHENCE.contains(&r.role.as_str()));
        Ok(Self {
            id: r.int(0),
            kind: r.take(1),
            number: r.take(2),
            title,
            gist: String::new(),
            phase: r.take(5),
            ball: r.take(6),
            codes: r.text(9).split(' ').filter(|c| !c.is_empty() && (whence || !RECTIFICATION_SOURCE.has(c))).map(Into::into).collect(),
            due: r.take(10),
            due_label: r.take(11),
            provisional: r.yes(12),
            paused: r.yes(13),
            closed: r.yes(14),
            opened_on: r.take(15),
            org,
            blind,
        })
    }
}
/// Whether this person reads the row blind: it is marked so, and he stands toward it as one who judges it, in no other way.
fn blind(tx: &Tx, who: &Person, r: &Row) -> Result<bool> {
    let marked = r.text(16).split(' ').any(|m| m == super::store::BLIND);
    Ok(marked && !queries::sees_unit(tx, r.int(0), &holders(who))?)
}
/// The office of an organisation: whoever prepares, leads and decides there.
fn office_of(who: &Person, owner: &str) -> bool {
    who.roles.iter().any(|r| r.org == owner && matches!(r.role.as_str(), "R1" | "R2" | "R3" | "R7" | "R14" | "R15" | "R17" | "R18"))
}
/// Whether the codes of this kind tell where a matter came from, which the unit must not learn (boundary 4).
pub(super) fn from_where(kind: &str) -> bool {
    kind == "rectification"
}
/// Roles that may learn it: the office, and those who follow progress (M1.5).
const TOLD_WHENCE: &[&str] = &["R1", "R2", "R3", "R4", "R5", "R7"];
/// Whether this holder is one of them.
fn told_whence(holder: &str) -> bool {
    let role = holder.strip_prefix("r:").and_then(|h| h.split_once('@'));
    role.is_some_and(|(role, _)| TOLD_WHENCE.contains(&role))
}
fn resolve(tx: &Tx, house: &House, gist: &str) -> Result<String> {
    match domain::engine::is_vault_ref(gist) {
        Some(reference) => Ok(vault::open(tx, &house.keys, reference)?.unwrap_or_default()),
        None => Ok(gist.to_owned()),
    }
}

/// A page of a list.
#[derive(Debug, Default)]
pub struct Listing {
    pub items: Vec<Item>,
    /// There are more below, above.
    pub more: bool,
    pub before: bool,
}
/// What his registered conflicts (boundary 5) and his seats among those who judge blind take out of this person's sight.
pub fn barred(who: &Person, registers: &Registers) -> Barred {
    let all = barred_by(registers.conflicts_of(&who.id), registers);
    let judge = if domain::engine::in_role(who, "R6") { holders(who) } else { vec![] };
    let accused = if APPEALS.iter().any(|r| domain::engine::in_role(who, r)) { over(who, registers) } else { vec![] };
    Barred { judge, accused, ..all }
}
/// Roles that may stand toward an appeal.
const APPEALS: &[&str] = &["R9", "R14", "R15", "R16"];
/// The organisations this person belongs to, and every one above them: an appeal against one of these is not for his eyes, whatever was
/// sent to him before and however the tree has changed since (boundary 4).
fn over(who: &Person, registers: &Registers) -> Vec<String> {
    let own = std::iter::once(who.org.as_str()).chain(who.roles.iter().map(|r| r.org.as_str()));
    let above = |code: &str| registers.org(code).map_or_else(|| code.to_owned(), |o| o.path.clone());
    let mut all: Vec<String> = own.flat_map(|code| above(code).split('/').map(ToOwned::to_owned).collect::<Vec<_>>()).collect();
    all.retain(|code| !code.is_empty());
    all.sort();
    all.dedup();
    all
}
/// What these conflicts bar.
pub fn barred_by(conflicts: &[Conflict], registers: &Registers) -> Barred {
    let mut all = Barred::default();
    for c in conflicts {
        if c.kind == "matter" {
            all.numbers.push(c.target.clone());
        } else if c.kind == "org" {
            all.orgs.extend(registers.orgs().filter(|o| registers.under(&o.code, &c.target)).map(|o| o.code.clone()));
        }
    }
    all
}
/// One page, newest first.
///
/// # Errors
/// A fault of the engine.
pub fn list(tx: &Tx, house: &House, who: &Person, f: &Filter, now: Now) -> Result<Listing> {
    let registers = house.registers(tx)?;
    let limit = f.limit.clamp(1, 1_000);
    let rows =
        if f.q.trim().is_empty() { by_index(tx, &registers, who, f, now, limit)? } else { by_words(tx, house, &registers, who, f, limit)? };
    let full = rows.len() > limit;
    let mut items = vec![];
    for row in rows.into_iter().take(limit) {
        items.push(Item::read(tx, house, &registers, who, row)?);
    }
    if f.back {
        items.reverse();
    }
    let (more, before) = if f.back { (true, full) } else { (full, f.from != 0) };
    Ok(Listing { items, more, before })
}
fn by_index(tx: &Tx, registers: &Registers, who: &Person, f: &Filter, now: Now, limit: usize) -> Result<Vec<Row>> {
    let soon = registers.calendar.due(now.today, 3, domain::calendar::Unit::WorkingDays).0.to_string();
    let today = now.today.to_string();
    let mut rows: Vec<Row> = vec![];
    let barred = barred(who, registers);
    for holder in holders(who).into_iter().filter(|h| !RECTIFICATION_SOURCE.has(&f.code) || told_whence(h)) {
        let page = Page {
            holder: &holder,
            barred: &barred,
            wide: holder.starts_with("r:R1@") || holder.starts_with("r:R2@") || holder.starts_with("r:R3@"),
            kind: &f.kind,
            phase: &f.phase,
            org: &f.org,
            code: &f.code,
            due: &f.due,
            today: &today,
            soon: &soon,
            open: &f.open,
            mine: f.mine,
            from: if f.from == 0 && !f.back { i64::MAX } else { f.from },
            back: f.back,
            limit: i64::try_from(limit).unwrap_or(1_000) + 1,
        };
        rows.extend(queries::page(tx, &page)?);
    }
    // One person may hold several standings toward the same matter.
    rows.sort_by_key(|r| if f.back { r.int(0) } else { -r.int(0) });
    rows.dedup_by_key(|r| r.int(0));
    rows.truncate(limit + 1);
    Ok(rows)
}
/// Words lead; the other filters are looked at row by row, over as many hits as a page needs.
fn by_words(tx: &Tx, house: &House, registers: &Registers, who: &Person, f: &Filter, limit: usize) -> Result<Vec<Row>> {
    let now = house.clock.now();
    let soon = registers.calendar.due(now.today, 3, domain::calendar::Unit::WorkingDays).0.to_string();
    let today = now.today.to_string();
    let (keys, barred) = (holders(who), barred(who, registers));
    let mut rows = vec![];
    if RECTIFICATION_SOURCE.has(&f.code) && !keys.iter().any(|h| told_whence(h)) {
        return Ok(rows);
    }
    let mut from = if f.from == 0 { i64::MAX } else { f.from };
    let query = search::Query::of(&f.q);
    let narrow =
        search::Narrow { kind: f.kind.clone(), org: f.org.clone(), code: f.code.clone(), open: f.open.clone(), ..Default::default() };
    loop {
        let hits = search::hits(tx, &house.keys, (&query, &narrow), &keys, from, if f.back { 0 } else { 100.max(limit + 1) })?;
        let Some(last) = hits.last().copied() else { break };
        let full = hits.len() > limit;
        for id in hits {
            if !barred.is_empty() && !queries::holds(tx, id, &keys, &barred)? {
                continue;
            }
            let Some(row) = queries::item_of(tx, id)? else { continue };
            if fits(f, &row, &today, &soon) && (f.org.is_empty() || !blind(tx, who, &row)?) {
                rows.push(row);
            }
        }
        if rows.len() > limit || !full {
            break;
        }
        from = last;
    }
    rows.truncate(limit + 1);
    Ok(rows)
}
fn fits(f: &Filter, r: &Row, today: &str, soon: &str) -> bool {
    let (due, open) = (r.text(10), !r.yes(14));
    let day = match f.due.as_str() {
        "over" => open && !due.is_empty() && due < today,
        "today" => open && due == today,
        "soon" => open && due >= today && due <= soon,
        "paused" => r.yes(13),
        "tent" => open && r.yes(12),
        _ => true,
    };
    let state = match f.open.as_str() {
        "open" => open,
        "closed" => !open,
        _ => true,
    };
    let is = |want: &str, have: &str| want.is_empty() || want == have;
    let code = f.code.is_empty() || r.text(9).split(' ').any(|c| c == f.code);
    day && state && code && is(&f.kind, r.text(1)) && is(&f.phase, r.text(5)) && is(&f.org, r.text(7))
}
/// Those of these matters that this person finds, without their gists.
///
/// # Errors
/// A fault of the engine.
pub fn sighted(tx: &Tx, registers: &Registers, who: &Person, barred: &Barred, ids: &[i64]) -> Result<Vec<Item>> {
    let rows = queries::sighted(tx, ids, &holders(who), barred)?;
    rows.into_iter().map(|row| Item::bare(tx, registers, who, row)).collect()
}
/// Rows by which this person may open a matter of this kind, for each office he may open it for.
///
/// # Errors
/// A fault of the engine.
pub fn offers_opening(tx: &Tx, house: &House, who: &Person, kind: &str, now: Now) -> Result<Vec<(String, Offer)>> {
    let registers = house.registers(tx)?;
    let Some(kind) = domain::procedures::kind(kind) else { return Ok(vec![]) };
    let mut owners: Vec<String> = vec![];
    for held in &who.roles {
        // A procuratorate has no office of its own here: what it brings goes to the one above it.
        match held.role.as_str() {
            // Nor has the organisation department.
            "R11" | "R12" => owners.extend(crate::brought::office(tx, &registers, &held.org, now.today)?),
            // Nor has a unit that invites observers.
            "R9" if kind.name == "observation_request" => owners.extend(crate::brought::desks(tx, now.today)?),
            _ => owners.push(held.org.clone()),
        }
    }
    owners.sort_unstable();
    owners.dedup();
    let mut all = vec![];
    for owner in owners {
        let at = super::Circumstances::of_opening(tx, &[], "", who, now, &registers)?;
        all.extend(kind.openings(&owner, &at.at(who)).into_iter().map(|o| (owner.clone(), o)));
    }
    Ok(all)
}
