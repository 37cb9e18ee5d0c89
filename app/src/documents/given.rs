//! What the house knows when a paper is written: the matter as it stood right after the step that makes the paper, replayed from its
//! entries, in words, and of it what the paper's reader reads and whoever prints it reads too.
use domain::engine::{AnyMatter, Entry, Field, Person, Row, Shape, Standing};
use domain::papers::{Given, Paper, Table, lengths};
use jiff::civil::Date;
use serde_json::Value as Json;

use super::Asked;
use crate::db::Tx;
use crate::edge::Now;
use crate::failure::{Failure, Result};
use crate::matters::{self, JUDGES, Loaded, cell_of, text_of, unnamed, with_names};
use crate::{files, vault};

/// Who prints.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub who: &'a Person,
    /// How he stands toward the matter.
    pub mine: &'a [Standing],
    /// He reads the files of the house themselves: what the paper's reader reads, he does.
    pub whole: bool,
    pub now: Now,
}
impl Reader<'_> {
    /// Of papers that its readers make each for himself, this person prints his own; the office any.
    fn author(&self) -> Option<&str> {
        let office = self.whole || super::OFFICE.iter().any(|s| self.mine.contains(s));
        (!office).then_some(self.who.id.as_str())
    }
}
/// A matter right after one of its entries.
pub struct Stood {
    pub matter: Box<dyn AnyMatter>,
    pub entry: Entry,
    /// Ledger position of that entry.
    pub seq: u64,
    pub on: Date,
}
/// The matter as the newest entry of the paper's steps left it; none where there is no such entry for this person.
///
/// # Errors
/// A fault of the engine, or an entry that no longer reads.
pub fn stood(tx: &Tx, loaded: &Loaded, paper: &Paper, reader: &Reader) -> Result<Option<Stood>> {
    // Who took which step the matter itself knows: most matters have few of their papers.
    if !paper.steps.iter().any(|s| loaded.matter.hands().contains_key(*s)) {
        return Ok(None);
    }
    let mut entries = vec![];
    for kept in crate::ledger::stream(tx, &loaded.number)? {
        entries.push((kept.seq, serde_json::from_slice::<Entry>(&kept.event.payload)?));
    }
    let kind = domain::procedures::kind(loaded.matter.kind()).ok_or(Failure::NotFound)?;
    let each = |a: &str| kind.step(a).is_some_and(|s| s.by.contains(&paper.reader));
    let own = |e: &Entry, a: &str| reader.author().is_none_or(|who| e.stamp.by == who || !each(a));
    let makes = |e: &Entry| e.action().is_some_and(|(a, said)| paper.steps.contains(&a) && paper.applies(said) && own(e, a));
    let Some(last) = entries.iter().rposition(|(_, e)| makes(e)) else { return Ok(None) };
    let mut matter = (kind.blank)(loaded.matter.owner());
    entries.truncate(last + 1);
    for (_, entry) in &entries {
        matter.follow_entry(entry)?;
    }
    Ok(entries.pop().map(|(seq, entry)| Stood { matter, on: entry.stamp.on, entry, seq }))
}
/// Everything the paper may say.
///
/// # Errors
/// A fault of the engine, or a vault that does not open.
pub fn given(asked: &Asked, loaded: &Loaded, stood: &Stood, paper: &Paper) -> Result<Given> {
    let kind = domain::procedures::kind(loaded.matter.kind()).ok_or(Failure::NotFound)?;
    let words = Words { asked, paper, unit: unit(asked, stood, paper), author: &stood.entry.stamp.by };
    let mut given = Given {
        organ: asked.registers.org_name(loaded.matter.owner()).to_owned(),
        number: loaded.number.clone(),
        on: Some(stood.on),
        ..Given::default()
    };
    let (action, contents) = stood.entry.action().unwrap_or(("", &Json::Null));
    for f in kind.step(action).map_or(&[][..], |s| s.fields) {
        if let Some(value) = contents.get(f.name).filter(|_| words.read(f, Some(words.author))) {
            words.take(&mut given, f, value, false)?;
        }
    }
    for section in stood.matter.page() {
        let mut pairs = vec![];
        for Row { field, value, .. } in section.rows.iter().filter(|r| words.read(r.field, r.whose.as_deref())) {
            let own = contents.get(field.name).is_some();
            if !own {
                words.take(&mut given, field, value, true)?;
            }
            let text = words.text(field, value)?;
            pairs.extend((!text.is_empty()).then(|| (field.label.to_owned(), text)));
        }
        if !pairs.is_empty() {
            given.sections.push((section.label.to_owned(), pairs));
        }
    }
    given.values.insert("matter".into(), loaded.number.clone());
    given.values.extend(lengths(asked.registers.limits.0.values()));
    Ok(given)
}
/// The unit that those who judge blind are not told.
fn unit<'a>(asked: &Asked<'a>, stood: &Stood, paper: &Paper) -> Option<&'a crate::registers::Org> {
    let index = stood.matter.index();
    let judge = JUDGES.contains(&paper.reader) || asked.reader.mine.iter().all(|s| JUDGES.contains(s));
    if index.blind && judge { asked.registers.org(&index.org) } else { None }
}
struct Words<'a, 'b> {
    asked: &'b Asked<'a>,
    paper: &'b Paper,
    /// Who took the step that makes the paper.
    author: &'b str,
    unit: Option<&'a crate::registers::Org>,
}
impl Words<'_, '_> {
    /// The paper's reader reads it, and so does whoever prints.
    fn read(&self, f: &Field, whose: Option<&str>) -> bool {
        let Reader { who, mine, whole, .. } = self.asked.reader;
        let own = f.own && whose == Some(self.author);
        let told = own || f.seen.contains(&self.paper.reader);
        !f.is_sealed() && told && (whole || f.seen_by(mine) || own && self.author == who.id)
    }
    fn take(&self, given: &mut Given, f: &Field, value: &Json, more: bool) -> Result<()> {
        let text = self.text(f, value)?;
        if text.is_empty() {
            return Ok(());
        }
        given.labels.insert(f.name.to_owned(), f.label.to_owned());
        match given.values.get_mut(f.name).filter(|_| more) {
            Some(said) => {
                said.push('\n');
                said.push_str(&text);
            }
            None => drop(given.values.insert(f.name.to_owned(), text)),
        }
        if let Some(table) = self.table(f, value)? {
            given.tables.insert(f.name.to_owned(), table);
        }
        Ok(())
    }
    /// Rows that name a matter whoever prints may not know are left out; a reader outside the office is told no number at all.
    fn known(&self, f: &Field, value: &Json) -> Result<Json> {
        let office = super::OFFICE.contains(&self.paper.reader);
        if f.matters(value).is_empty() {
            return Ok(value.clone());
        }
        Ok(match value {
            Json::Array(rows) => {
                let mut kept = vec![];
                for row in rows {
                    let one = Json::Array(vec![row.clone()]);
                    if office && self.all_known(&f.matters(&one))? {
                        kept.push(row.clone());
                    } else if !office {
                        kept.push(without_numbers(f, row));
                    }
                }
                Json::Array(kept)
            }
            _ if office && self.all_known(&f.matters(value))? => value.clone(),
            _ => Json::Null,
        })
    }
    fn all_known(&self, numbers: &[&str]) -> Result<bool> {
        let Asked { tx, house, reader, .. } = *self.asked;
        if reader.whole {
            return Ok(true);
        }
        let registers = house.registers(tx)?;
        for number in numbers {
            if let Some(found) = matters::load(tx, number)?
                && !matters::knows(tx, &found, reader.who, reader.now, &registers)?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }
    fn text(&self, f: &Field, value: &Json) -> Result<String> {
        let Asked { tx, house, registers, .. } = *self.asked;
        let value = self.known(f, value)?;
        let text = match (f.shape, &value) {
            (Shape::Files, _) => files::names(tx, house, &value)?,
            (Shape::Rows(_), Json::Array(rows)) if rows.is_empty() => String::new(),
            _ => {
                let mut open = |r: &str| Ok(vault::open(tx, &house.keys, r)?.unwrap_or_default());
                let named = with_names(tx, f, &value)?;
                let text = text_of(f, named.as_ref(), registers, &mut open)?;
                if matches!(f.shape, Shape::Date) { day(&text) } else { text }
            }
        };
        Ok(self.unit.map_or_else(|| text.clone(), |u| unnamed(&text, u)))
    }
    fn table(&self, f: &Field, value: &Json) -> Result<Option<Table>> {
        let Shape::Rows(columns) = f.shape else { return Ok(None) };
        let Asked { tx, registers, .. } = *self.asked;
        let value = self.known(f, value)?;
        let named = with_names(tx, f, &value)?;
        let shown: Vec<_> = columns.iter().filter(|c| super::OFFICE.contains(&self.paper.reader) || !c.names_matters()).collect();
        let cell = |row: &Json, c: &domain::engine::Column| {
            let text = cell_of(c, row.get(c.name).and_then(Json::as_str).unwrap_or(""), registers);
            self.unit.map_or_else(|| text.clone(), |u| unnamed(&text, u))
        };
        let rows = named.as_array().into_iter().flatten().map(|row| shown.iter().map(|c| cell(row, c)).collect()).collect();
        Ok(Some((shown.iter().map(|c| c.label.to_owned()).collect(), rows)))
    }
}
fn without_numbers(f: &Field, row: &Json) -> Json {
    let mut row = row.clone();
    if let (Shape::Rows(columns), Some(cells)) = (f.shape, row.as_object_mut()) {
        columns.iter().filter(|c| c.names_matters()).for_each(|c| drop(cells.remove(c.name)));
    }
    row
}
/// A day as papers write it: 2026年6月16日.
pub fn day(text: &str) -> String {
    text.parse::<Date>().map_or_else(|_| text.to_owned(), |d| format!("{}年{}月{}日", d.year(), d.month(), d.day()))
}
/// What stands where no matter has the paper: every field by its own name.
pub fn sample(registers: &crate::registers::Registers, paper: &Paper) -> Given {
    let mut given =
        Given { organ: "（样张）发文机关".into(), number: "样张".into(), on: Some(registers.today), ..Given::default() };
    let kind = domain::procedures::kind(paper.kind);
    for f in kind.map(|k| k.fields()).unwrap_or_default().into_iter().filter(|f| !f.is_sealed() && f.seen.contains(&paper.reader)) {
        given.values.insert(f.name.to_owned(), format!("（{}）", f.label));
        given.labels.insert(f.name.to_owned(), f.label.to_owned());
        if let Shape::Rows(columns) = f.shape {
            let head: Vec<String> = columns.iter().map(|c| c.label.to_owned()).collect();
            given.tables.insert(f.name.to_owned(), (head.clone(), vec![head.iter().map(|_| "样".to_owned()).collect()]));
        }
    }
    given
}
