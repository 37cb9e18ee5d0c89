//! What a question finds, best first. The index says what holds the words and who may see it; which hit stands first is reckoned here, so
//! that both engines answer alike: an exact number, then the words together in the title, then each in the title, then all in one
//! clause of the text, then anywhere in it; the newer first among equals.
//!
//! Tolerance: of each of these the newest `MOST` matters are looked at; of hits in a text alone the newest `READ` are read for words in one
//! clause, those beyond are ordered by age alone. What a “phrase” finds was read, the newest `READ_QUOTED` of it.
use domain::engine::{Person, holders};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::letters::plain;
use super::marks::{around, marked};
use super::queries::Expr;
use super::{Asking, Narrow, Query, Term};
use crate::db::Tx;
use crate::edge::Now;
use crate::failure::Result;
use crate::house::House;
use crate::matters::{self, Item};
use crate::registers::Registers;

/// So many matters are ranked and counted.
pub const MOST: usize = 500;
const READ: usize = 40;
const READ_QUOTED: usize = 60;
/// Texts shown of one hit, and their length.
const SNIPPETS: usize = 2;
const GLIMPSE: usize = 80;
/// Values shown of one facet.
const VALUES: usize = 12;

/// Where the words were found; the later the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Anywhere in the text.
    Text,
    /// All in one clause of the text.
    Clause,
    /// Each in the title, or its sound.
    Words,
    /// Together in the title.
    Title,
    /// It is, or names, the number.
    Number,
}
/// Place in a list of hits: of a matter that the reader was shown. No row key: how many others there are is told to nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    tier: u8,
    day: String,
    number: String,
}
impl Cursor {
    /// As it stands in an address.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let tier = parts.next()?.parse().ok()?;
        Some(Self { tier, day: parts.next()?.to_owned(), number: parts.next()?.to_owned() })
    }
    fn of((tier, item): &(Tier, Item)) -> Self {
        Self { tier: *tier as u8, day: item.opened_on.clone(), number: item.number.clone() }
    }
    /// Its place among these; where it has gone, of what follows.
    fn among(&self, all: &[(Tier, Item)]) -> usize {
        let is = |(_, item): &(Tier, Item)| item.number == self.number;
        let gone = || all.partition_point(|(tier, i)| (*tier as u8, i.opened_on.as_str()) > (self.tier, &self.day));
        all.iter().position(is).unwrap_or_else(gone)
    }
}
impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.tier, self.day, self.number)
    }
}
/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub query: Query,
    pub narrow: Narrow,
    /// A page after this place, or before it when `back`.
    pub from: Option<Cursor>,
    pub back: bool,
    pub limit: usize,
}
/// A matter found.
#[derive(Debug)]
pub struct Hit {
    pub item: Item,
    pub tier: Tier,
    /// `(field, text with its hits)` of what this reader may read.
    pub snippets: Vec<(&'static str, Vec<(bool, String)>)>,
}
/// How many of the matters found have this value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    pub value: String,
    pub count: usize,
}
/// A page of what was found.
#[derive(Debug, Default)]
pub struct Found {
    pub hits: Vec<Hit>,
    /// By name, as the address has it.
    pub facets: Vec<(&'static str, Vec<Facet>)>,
    /// So many matters were ranked; there are `more`.
    pub count: usize,
    pub more: bool,
    pub next: Option<Cursor>,
    pub prev: Option<Cursor>,
}

/// Somebody asking.
pub(super) struct Seeker<'a> {
    pub tx: &'a Tx<'a>,
    pub house: &'a House,
    pub who: &'a Person,
    pub registers: Arc<Registers>,
    pub now: Now,
    barred: matters::Barred,
    holders: Vec<String>,
}
impl<'a> Seeker<'a> {
    pub fn new(tx: &'a Tx<'a>, house: &'a House, who: &'a Person, now: Now) -> Result<Self> {
        let registers = house.registers(tx)?;
        Ok(Self { tx, house, who, barred: matters::barred(who, &registers), holders: holders(who), registers, now })
    }
    pub fn asking<'q>(&self, query: &'q Query, narrow: &Narrow) -> Result<Asking<'q>> {
        Asking::of(self.tx, &self.house.keys, query, narrow, &self.holders)
    }
    /// The newest of those that this person finds, and whether there are more. What a conflict takes out of his sight is not counted in.
    pub fn gather(&self, asking: &Asking, expr: &Expr, most: usize) -> Result<(Vec<Item>, bool)> {
        let (mut all, mut from) = (vec![], i64::MAX);
        while all.len() <= most {
            let ids = asking.ids(self.tx, expr, from, most + 1)?;
            all.extend(matters::sighted(self.tx, &self.registers, self.who, &self.barred, &ids)?);
            match ids.last() {
                Some(last) if ids.len() > most => from = *last,
                _ => break,
            }
        }
        all.sort_unstable_by_key(|i| std::cmp::Reverse(i.id));
        let more = all.len() > most;
        all.truncate(most);
        Ok((all, more))
    }
    /// What the title of a matter says to this reader.
    fn title(&self, item: &Item) -> String {
        format!("{}\n{}\n{}", plain(&item.number), plain(&item.title), plain(self.registers.org_name(&item.org)))
    }
    fn candidates(&self, asking: &Asking) -> Result<(Vec<(Tier, Item)>, bool)> {
        let phrase = asking.query.phrase();
        let mut all: BTreeMap<i64, (Tier, Item)> = BTreeMap::new();
        let mut more = false;
        let mut take = |(items, rest): (Vec<Item>, bool), tier: &dyn Fn(&Item) -> Tier| {
            more |= rest;
            items.into_iter().for_each(|i| {
                all.entry(i.id).or_insert_with(|| (tier(&i), i));
            });
        };
        if let Some(numbered) = asking.numbered() {
            take(self.gather(asking, &numbered, MOST)?, &|_| Tier::Number);
        }
        let titled = self.gather(asking, &asking.titled(), MOST)?;
        take(titled, &|i| if self.title(i).contains(&phrase) { Tier::Title } else { Tier::Words });
        take(self.gather(asking, &asking.anywhere(), MOST)?, &|_| Tier::Text);
        Ok((all.into_values().collect(), more))
    }
}
/// Texts that were read on the way to an answer.
struct Read<'a> {
    by: &'a Seeker<'a>,
    texts: HashMap<i64, Vec<(&'static str, String)>>,
}
impl Read<'_> {
    fn of(&mut self, item: &Item) -> Result<&[(&'static str, String)]> {
        if !self.texts.contains_key(&item.id) {
            let by = self.by;
            let texts = matters::read_by(by.tx, by.house, by.who, item, by.now, &by.registers)?;
            self.texts.insert(item.id, texts);
        }
        Ok(self.texts.get(&item.id).map_or(&[], Vec::as_slice))
    }
    /// Whether each of these phrases stands somewhere in it.
    fn says(&mut self, item: &Item, phrases: &[String]) -> Result<bool> {
        let title = self.by.title(item);
        let texts: Vec<String> = self.of(item)?.iter().map(|(_, text)| plain(text)).collect();
        Ok(phrases.iter().all(|p| title.contains(p) || texts.iter().any(|t| t.contains(p))))
    }
    /// Whether all the words stand in one clause of it.
    fn together(&mut self, item: &Item, words: &[String]) -> Result<bool> {
        let ends = |c: char| matches!(c, '，' | '。' | '；' | '？' | '！' | '\n' | ';' | '?' | '!');
        let mut clauses = self.of(item)?.iter().flat_map(|(_, text)| text.split(ends)).map(plain);
        Ok(clauses.any(|clause| words.iter().all(|w| clause.contains(w))))
    }
    /// Where the words stand together that the index knows only in pieces. What a phrase does not hold is no hit.
    fn weigh(&mut self, query: &Query, mut all: Vec<(Tier, Item)>, more: &mut bool) -> Result<Vec<(Tier, Item)>> {
        if let [one] = query.wanted.as_slice()
            && one.exact()
        {
            return Ok(all);
        }
        let words: Vec<String> = query.wanted.iter().map(Term::plain).collect();
        let phrases: Vec<String> = query.wanted.iter().filter(|t| t.quoted && !t.exact()).map(Term::plain).collect();
        order(&mut all);
        let (mut left, mut kept) = (if phrases.is_empty() { READ } else { READ_QUOTED }, vec![]);
        for (tier, item) in all {
            let title = self.by.title(&item);
            let sure = tier > Tier::Text && phrases.iter().all(|p| title.contains(p));
            if sure || left == 0 && phrases.is_empty() {
                kept.push((tier, item));
                continue;
            }
            if left == 0 {
                *more = true;
                break;
            }
            left -= 1;
            let together = self.together(&item, &words)?;
            if phrases.is_empty() || self.says(&item, &phrases)? {
                kept.push((if together { tier.max(Tier::Clause) } else { tier }, item));
            }
        }
        Ok(kept)
    }
    fn hit(&mut self, tier: Tier, item: Item, query: &Query) -> Result<Hit> {
        let mut all: Vec<_> =
            self.of(&item)?.iter().filter_map(|(label, text)| around(text, query, GLIMPSE).map(|(n, parts)| (n, *label, parts))).collect();
        all.sort_by_key(|(n, ..)| std::cmp::Reverse(*n));
        let snippets = all.into_iter().take(SNIPPETS).map(|(_, label, parts)| (label, parts)).collect();
        let row = matters::item_of(self.by.tx, item.id)?;
        let item = row.map(|row| Item::read(self.by.tx, self.by.house, &self.by.registers, self.by.who, row)).transpose()?.unwrap_or(item);
        Ok(Hit { item, tier, snippets })
    }
}
fn order(all: &mut [(Tier, Item)]) {
    all.sort_by(|(a, x), (b, y)| (b, &y.opened_on, y.id).cmp(&(a, &x.opened_on, x.id)));
}
/// Matters that this person finds by the question, best first, and of how many kinds, units, years they are.
///
/// # Errors
/// A fault of the engine.
pub fn seek(tx: &Tx, house: &House, who: &Person, asked: &Asked, now: Now) -> Result<Found> {
    let seeker = Seeker::new(tx, house, who, now)?;
    if asked.query.is_empty() {
        return Ok(Found::default());
    }
    let asking = seeker.asking(&asked.query, &asked.narrow)?;
    let (all, mut more) = seeker.candidates(&asking)?;
    let mut read = Read { by: &seeker, texts: HashMap::new() };
    let mut all = read.weigh(&asked.query, all, &mut more)?;
    order(&mut all);
    let (count, facets) = (all.len(), facets(&all));
    let (first, last) = match &asked.from {
        Some(c) if asked.back => (c.among(&all).saturating_sub(asked.limit), c.among(&all)),
        Some(c) => {
            let at = c.among(&all);
            let first = at + usize::from(all.get(at).is_some_and(|(_, item)| item.number == c.number));
            (first, first + asked.limit)
        }
        None => (0, asked.limit),
    };
    let last = last.min(count);
    let next = if last < count && last > 0 { all.get(last - 1).map(Cursor::of) } else { None };
    let prev = if first > 0 { all.get(first).map(Cursor::of) } else { None };
    let page: Vec<_> = all.into_iter().take(last).skip(first).collect();
    let hits = page.into_iter().map(|(tier, item)| read.hit(tier, item, &asked.query)).collect::<Result<_>>()?;
    Ok(Found { hits, facets, count, more, next, prev })
}
fn facets(all: &[(Tier, Item)]) -> Vec<(&'static str, Vec<Facet>)> {
    let mut counts: [(&'static str, BTreeMap<&str, usize>); 5] = ["kind", "org", "open", "year", "code"].map(|n| (n, BTreeMap::new()));
    for (_, i) in all {
        let codes: Vec<&str> = i.codes.iter().map(String::as_str).collect();
        let values = [
            vec![&*i.kind],
            vec![&*i.org],
            vec![if i.closed { "closed" } else { "open" }],
            vec![i.number.split('-').nth(1).unwrap_or("")],
            codes,
        ];
        for ((_, counts), values) in counts.iter_mut().zip(values) {
            values.into_iter().filter(|v| !v.is_empty()).for_each(|v| *counts.entry(v).or_default() += 1);
        }
    }
    let listed = |(name, counts): (&'static str, BTreeMap<&str, usize>)| {
        let mut all: Vec<Facet> = counts.into_iter().map(|(value, count)| Facet { value: value.to_owned(), count }).collect();
        // The newest year first, of everything else the most frequent.
        if name == "year" {
            all.reverse()
        } else {
            all.sort_by_key(|f| std::cmp::Reverse(f.count))
        }
        all.truncate(VALUES);
        (name, all)
    };
    counts.into_iter().map(listed).filter(|(_, all)| !all.is_empty()).collect()
}
impl Hit {
    /// The title with its hits.
    pub fn title(&self, query: &Query) -> Vec<(bool, String)> {
        marked(&self.item.title, query)
    }
}
