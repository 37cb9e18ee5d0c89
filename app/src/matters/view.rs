//! One matter as one person may see it: sections, timeline, clocks, links up and down the loop.
use domain::calendar::Line as Step;
use domain::engine::{At, Field, Offer, Person, Section, Shape, Standing, holders};
use serde_json::Value as Json;
use std::sync::Arc;

use super::at::{Circumstances, Loaded, load};
use super::list::Item;
use super::queries;
use super::store::{JUDGES, unnamed};
use super::texts::{text_of, with_names};
use crate::db::Tx;
use crate::edge::{Now, hex};
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::registers::{Org, Registers};
use crate::vault;

/// One line of the timeline.
#[derive(Debug, Clone)]
pub struct Line {
    /// Ledger position and fingerprint.
    pub seq: u64,
    pub fingerprint: String,
    pub at_ms: i64,
    /// Name of the actor, or the standing where the viewer may not know it.
    pub actor: String,
    pub standing: Standing,
    pub label: &'static str,
    /// `(label, text)`.
    pub fields: Vec<(&'static str, String)>,
    /// By time or the house.
    pub system: bool,
}
/// A clock with its reckoning.
#[derive(Debug, Clone)]
pub struct Deadline {
    pub label: &'static str,
    pub began: jiff::civil::Date,
    pub due: jiff::civil::Date,
    pub provisional: bool,
    pub paused: Option<jiff::civil::Date>,
    pub stopped: Option<jiff::civil::Date>,
    pub opens: bool,
    pub working_days: bool,
    pub why: Vec<Step>,
}
/// A matter of the loop, upstream or downstream of this one. `None`: it exists, but this person may not see it.
#[derive(Debug, Clone)]
pub struct Link {
    pub depth: i32,
    pub item: Option<Item>,
}
/// What one person sees of one matter.
pub struct Seen {
    pub item: Item,
    pub loaded: Loaded,
    pub mine: Vec<Standing>,
    pub offers: Vec<Offer>,
    pub sections: Vec<Section>,
    pub lines: Vec<Line>,
    pub deadlines: Vec<Deadline>,
    pub links: Vec<Link>,
}
impl Seen {
    /// Whether this person belongs to the office that handles the matter.
    pub fn office(&self) -> bool {
        domain::engine::OFFICE.iter().any(|s| self.mine.contains(s))
    }
    /// Whether this reader may be told who judges it.
    pub fn reads_judges(&self) -> bool {
        reads_judges(self.loaded.matter.kind(), &self.mine)
    }
}

/// The matter of this number, its circumstances, how this person stands toward it, and its row as he reads it.
fn found(
    tx: &Tx,
    house: &House,
    who: &Person,
    number: &str,
    now: Now,
    registers: &Arc<Registers>,
) -> Result<(Loaded, Circumstances, Vec<Standing>, Item)> {
    let loaded = load(tx, number)?.ok_or(Failure::NotFound)?;
    let circumstances = Circumstances::of(tx, &loaded, who, now, registers)?;
    let mine = loaded.matter.mine(&circumstances.at(who));
    if mine.is_empty() {
        return Err(Failure::NotFound);
    }
    let row = queries::item_of(tx, loaded.id)?.ok_or(Failure::NotFound)?;
    let item = Item::read(tx, house, registers, who, row)?;
    Ok((loaded, circumstances, mine, item))
}
/// The matter of this number as this person may see it; noted in the read records.
///
/// # Errors
/// `NotFound` where this person stands in no relation to it: existence itself is not told.
pub fn see(tx: &Tx, house: &House, who: &Person, number: &str, now: Now) -> Result<Seen> {
    let registers = house.registers(tx)?;
    let (loaded, circumstances, mine, item) = found(tx, house, who, number, now, &registers)?;
    let at = circumstances.at(who);
    let glance = Glance { tx, house, who, registers: &registers, barred: super::list::barred(who, &registers) };
    let mut sections = loaded.matter.view(&at);
    let unit = if item.blind { registers.org(&loaded.matter.index().org) } else { None };
    if let Some(unit) = unit {
        sections.iter_mut().flat_map(|s| &mut s.rows).for_each(|r| unname(&mut r.value, unit));
    }
    for section in sections.iter_mut().filter(|_| !glance.barred.is_empty()) {
        let rows = std::mem::take(&mut section.rows);
        for mut row in rows {
            if glance.permits(row.field, &mut row.value)? {
                section.rows.push(row);
            }
        }
    }
    sections.retain(|s| !s.rows.is_empty());
    let mut lines = glance.timeline(&loaded, &mine, item.blind)?;
    if let Some(unit) = unit {
        lines.iter_mut().flat_map(|l| &mut l.fields).for_each(|(_, text)| *text = unnamed(text, unit));
    }
    let deadlines = deadlines(&loaded, &at);
    let links = glance.links(loaded.id, (4, 40), &item, &mine)?.into_iter().map(|(_, l)| l).collect();
    let offers = loaded.matter.offered(&at);
    house.reads.note(&who.id, loaded.id, "查看", now);
    Ok(Seen { item, mine, offers, sections, lines, deadlines, links, loaded })
}
/// The texts of a matter as its page tells them to this person, `(label, text)`: nothing sealed, no number of another matter, no file.
/// Nothing at all where he stands in no relation to it.
///
/// # Errors
/// A fault of the engine.
pub fn read_by(
    tx: &Tx,
    house: &House,
    who: &Person,
    item: &Item,
    now: Now,
    registers: &Arc<Registers>,
) -> Result<Vec<(&'static str, String)>> {
    let Some(loaded) = super::at::load_by_id(tx, item.id)? else { return Ok(vec![]) };
    let circumstances = Circumstances::of(tx, &loaded, who, now, registers)?;
    let at = circumstances.at(who);
    if loaded.matter.mine(&at).is_empty() {
        return Ok(vec![]);
    }
    let unit = if item.blind { registers.org(&loaded.matter.index().org) } else { None };
    let mut all = vec![];
    for row in loaded.matter.view(&at).into_iter().flat_map(|s| s.rows) {
        let told = !row.field.is_sealed() && !matches!(row.field.shape, Shape::Files) && row.field.matters(&row.value).is_empty();
        if told {
            let text = text_of(row.field, &row.value, registers, &mut |r| Ok(vault::open(tx, &house.keys, r)?.unwrap_or_default()))?;
            all.push((row.field.label, unit.map_or_else(|| text.clone(), |u| unnamed(&text, u))));
        }
    }
    Ok(all)
}
/// Whether this reader of `item` is told of the linked one. That there is another he may not see, only the office is told: a box that
/// comes up would warn a unit of a referral, or tell it of a clue (boundary 4); how many letters or papers there are, of a unit that is
/// not named. The group of an inspection reads results of a batch: what its cases led to is no part of them.
fn told(link: &Link, item: &Item, mine: &[Standing]) -> bool {
    let results = item.kind == "review_batch" && mine.iter().all(|s| *s == Standing::Inspector);
    match &link.item {
        Some(other) => !results || link.depth == 0 || other.kind == "inspection",
        None => domain::engine::OFFICE.iter().any(|s| mine.contains(s)) && item.kind != "inspection",
    }
}
/// Takes the unit's name out of every text of a value. Its code stays where a field says so by itself.
fn unname(value: &mut Json, unit: &Org) {
    match value {
        Json::String(text) => *text = unnamed(text, unit),
        Json::Array(all) => all.iter_mut().for_each(|v| unname(v, unit)),
        Json::Object(all) => all.values_mut().for_each(|v| unname(v, unit)),
        _ => {}
    }
}
/// Whether the names of those who judge stand in the record for this reader, as the audience of the procedure's own field says.
fn reads_judges(kind: &str, mine: &[Standing]) -> bool {
    kind != "review" || domain::procedures::kind(kind).is_some_and(|k| k.fields().iter().any(|f| f.name == "chosen" && f.seen_by(mine)))
}
fn deadlines(loaded: &Loaded, at: &At) -> Vec<Deadline> {
    let kind = domain::procedures::kind(loaded.matter.kind());
    let rows = kind.map_or(&[][..], |k| k.clocks);
    let one = |c: &domain::engine::Clock| {
        let r = loaded.matter.clocks().get(c.name)?;
        Some(Deadline {
            label: c.label,
            began: r.began,
            due: r.due,
            provisional: r.provisional,
            paused: r.paused,
            stopped: r.stopped,
            opens: c.opens,
            working_days: r.spans.first().is_some_and(|s| s.unit == domain::calendar::Unit::WorkingDays),
            why: r.why(at.calendar),
        })
    };
    rows.iter().filter_map(one).collect()
}
/// Who looks, and what every part of his view asks.
struct Glance<'a> {
    tx: &'a Tx<'a>,
    house: &'a House,
    who: &'a Person,
    registers: &'a Registers,
    barred: queries::Barred,
}
impl Glance<'_> {
    /// Takes out of a value what names a matter this reader must not know of; `false` where the value is nothing else.
    fn permits(&self, field: &Field, value: &mut Json) -> Result<bool> {
        if self.barred.is_empty() || field.matters(value).is_empty() {
            return self.permits_units(field, value);
        }
        match value {
            Json::Array(rows) => {
                let mut kept = vec![];
                for row in std::mem::take(rows) {
                    let one = Json::Array(vec![row]);
                    let known = field.matters(&one).iter().map(|n| self.knows(n)).collect::<Result<Vec<bool>>>()?;
                    if let (Json::Array(mut one), true) = (one, known.iter().all(|k| *k)) {
                        kept.append(&mut one);
                    }
                }
                *rows = kept;
                Ok(!rows.is_empty())
            }
            _ => field.matters(value).iter().try_fold(true, |all, n| Ok(all && self.knows(n)?)),
        }
    }
    fn knows(&self, number: &str) -> Result<bool> {
        queries::id_of(self.tx, number)?.map_or(Ok(true), |id| Ok(!queries::covers(self.tx, id, &self.barred)?))
    }
    /// Likewise, what was counted in a unit out of sight.
    fn permits_units(&self, field: &Field, value: &mut Json) -> Result<bool> {
        if let (Shape::Rows(columns), Json::Array(rows)) = (field.shape, value)
            && columns.iter().any(|c| c.name == "per_100")
        {
            rows.retain(|row| row.get("org").and_then(Json::as_str).is_none_or(|org| !self.barred.orgs.iter().any(|o| o == org)));
        }
        Ok(true)
    }
    fn timeline(&self, loaded: &Loaded, mine: &[Standing], blind: bool) -> Result<Vec<Line>> {
        let Self { tx, house, who, .. } = *self;
        let named = reads_judges(loaded.matter.kind(), mine);
        let mut lines = vec![];
        for kept in crate::ledger::stream(tx, &loaded.number)? {
            let Ok(entry) = serde_json::from_slice::<domain::engine::Entry>(&kept.event.payload) else { continue };
            let Some(told) = loaded.matter.timeline(&entry, mine, &who.id) else { continue };
            let mut fields = vec![];
            for (field, value) in told.fields {
                let mut value = std::borrow::Cow::Borrowed(value);
                if !self.barred.is_empty() && !self.permits(field, value.to_mut())? {
                    continue;
                }
                let value = value.as_ref();
                let mut open = |r: &str| Ok(vault::open(tx, &house.keys, r)?.unwrap_or_default());
                let text = if matches!(field.shape, Shape::Files) {
                    if blind { format!("{} 份", file_ids(value).len()) } else { crate::files::names(tx, house, value)? }
                } else {
                    text_of(field, with_names(tx, field, value)?.as_ref(), self.registers, &mut open)?
                };
                fields.push((field.label, text));
            }
            let judge = JUDGES.contains(&entry.stamp.standing) && entry.stamp.by != who.id;
            let actor = match told.actor {
                Some(id) if !judge || named => crate::people::name(tx, id)?,
                // Those who read how the seats stand read them by their anonymous numbers.
                _ if judge => loaded.matter.code_of(&entry.stamp.by, mine).unwrap_or_else(|| entry.stamp.standing.label().to_owned()),
                _ => entry.stamp.standing.label().to_owned(),
            };
            lines.push(Line {
                seq: kept.seq,
                fingerprint: hex(&kept.h),
                at_ms: kept.event.time_ms,
                actor,
                standing: entry.stamp.standing,
                label: told.label,
                fields,
                system: matches!(entry.stamp.standing, Standing::House | Standing::Time),
            });
        }
        lines.reverse();
        Ok(lines)
    }
    /// The loop around a matter, upstream to downstream: those `reach` links away, not more than about `most`.
    fn links(&self, start: i64, (reach, most): (i32, usize), of: &Item, mine: &[Standing]) -> Result<Vec<(i64, Link)>> {
        let Self { tx, house, who, registers, ref barred } = *self;
        let (mut seen, mut edge) = (vec![(start, 0i32)], vec![(start, 0i32)]);
        while let Some((id, depth)) = edge.pop() {
            if depth.abs() >= reach || seen.len() > most {
                continue;
            }
            for (next, down) in queries::neighbours(tx, id)? {
                // Away from the start only: siblings of an upstream matter are another loop's.
                let step = if down { 1 } else { -1 };
                if (depth == 0 || depth.signum() == step) && !seen.iter().any(|(s, _)| *s == next) {
                    seen.push((next, depth + step));
                    edge.push((next, depth + step));
                }
            }
        }
        seen.sort_by_key(|(id, depth)| (*depth, *id));
        let keys = holders(who);
        let mut all = vec![];
        for (id, depth) in seen {
            let visible = queries::holds(tx, id, &keys, barred)?;
            // What a conflict takes out of sight is not even counted.
            if !visible && !barred.is_empty() && queries::covers(tx, id, barred)? {
                continue;
            }
            let row = if visible { queries::item_of(tx, id)? } else { None };
            let item = row.map(|row| Item::read(tx, house, registers, who, row)).transpose()?;
            let link = Link { depth, item };
            all.extend(told(&link, of, mine).then_some((id, link)));
        }
        Ok(all)
    }
}
/// The closed loop around one matter, to be drawn (M0.1).
pub struct Loop {
    /// Its matters, upstream first.
    pub links: Vec<Link>,
    /// `(from, to)`: places in `links`, cause to consequence.
    pub edges: Vec<(usize, usize)>,
}
/// How far the picture of a loop reaches, and how many matters it shows.
const PICTURE: (i32, usize) = (10, 60);
/// The loop around this matter as this person may see it.
///
/// # Errors
/// `NotFound` where he may not see the matter itself.
pub fn loop_of(tx: &Tx, house: &House, who: &Person, number: &str, now: Now) -> Result<Loop> {
    let registers = house.registers(tx)?;
    let (loaded, _, mine, item) = found(tx, house, who, number, now, &registers)?;
    house.reads.note(&who.id, loaded.id, "查看", now);
    let glance = Glance { tx, house, who, registers: &registers, barred: super::list::barred(who, &registers) };
    let around = glance.links(loaded.id, PICTURE, &item, &mine)?;
    let mut edges = vec![];
    for (from, (id, _)) in around.iter().enumerate() {
        for (next, _) in queries::neighbours(tx, *id)?.into_iter().filter(|(_, down)| *down) {
            edges.extend(around.iter().position(|(other, _)| *other == next).map(|to| (from, to)));
        }
    }
    edges.sort_unstable();
    edges.dedup();
    Ok(Loop { links: around.into_iter().map(|(_, l)| l).collect(), edges })
}
/// Reads the JSON of a file field as ids.
pub(crate) fn file_ids(value: &Json) -> Vec<&str> {
    value.as_array().map(|a| a.iter().filter_map(Json::as_str).collect()).unwrap_or_default()
}
