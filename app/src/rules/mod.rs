//! 制度库 (M2.5): rules by title, versions and articles; which version is in force; where a citation leads. What a version is stands in
//! the register `rule` on the ledger, its text in a table whose digest is part of the register's row.
mod find;
mod import;
mod queries;

pub use find::{Hit, Index, plain, shown};
pub use import::{Outcome, Taken, folder};

use domain::rules::{Article, Life, Names, State, Text, key, states};
use jiff::civil::Date;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use crate::db::Tx;
use crate::edge::hex;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::Desk;
use crate::registers::{self, Amendment};

const REGISTER: &str = "rule";
/// Kind of what the bodies of the city issue together: those come from their matter and from nowhere else.
pub const JOINT: &str = "联合文件";

/// A version as the table holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Name without the country; with `version` its address.
    pub rule: String,
    /// Its date, ISO 8601.
    pub version: String,
    pub title: String,
    pub kind: String,
    /// Lines on its revisions.
    pub notes: String,
    pub effective_on: String,
    /// The text itself says when it begins.
    pub stated: bool,
    /// Empty while it is not repealed.
    pub repealed_on: String,
    /// Number of the matter it was issued by, or empty.
    pub source: String,
    pub articles: u64,
    /// Of title, notes and every piece of the text.
    pub digest: String,
}
impl Held {
    fn key(&self) -> String {
        format!("{}|{}", self.rule, self.version)
    }
    fn body(&self) -> Json {
        json!({
            "title": self.title, "kind": self.kind, "version": self.version, "effective_on": self.effective_on, "stated": self.stated,
            "repealed_on": self.repealed_on, "source": self.source, "articles": self.articles, "digest": self.digest,
        })
    }
    fn life(&self) -> Option<Life> {
        let repealed = if self.repealed_on.is_empty() { None } else { Some(self.repealed_on.parse().ok()?) };
        Some(Life { version: self.version.parse().ok()?, effective: self.effective_on.parse().ok()?, repealed })
    }
}
/// A piece of a text: an article, or (number 0) what stands outside all articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    pub number: u32,
    pub of: u32,
    pub anchor: String,
    pub label: String,
    /// Headings above it, one a line.
    pub chapter: String,
    pub text: String,
}
impl From<&Article> for Piece {
    fn from(a: &Article) -> Self {
        Self {
            number: a.number,
            of: a.of,
            anchor: a.anchor.clone(),
            label: a.label.clone(),
            chapter: a.chapter.join("\n"),
            text: a.text.clone(),
        }
    }
}
fn digest(h: &Held, pieces: &[Piece]) -> String {
    let mut all = vec![h.title.as_str(), &h.notes];
    let numbers: Vec<String> = pieces.iter().map(|p| format!("{}-{}", p.number, p.of)).collect();
    for (p, number) in pieces.iter().zip(&numbers) {
        all.extend([number.as_str(), &p.anchor, &p.label, &p.chapter, &p.text]);
    }
    // No control character survives reading: the separator cannot be imitated.
    hex(&ledger::Alg::Sm3.hash(&[all.join("\u{1f}").as_bytes()]))
}

/// A version with how it stands today.
#[derive(Clone, Debug)]
pub struct Version {
    pub held: Held,
    pub state: State,
}
/// The library as it stands today: what pages ask without reading a text.
#[derive(Debug, Default)]
pub struct Library {
    stamp: i64,
    today: Date,
    /// By rule, newest version first.
    pub versions: Vec<Version>,
    names: Names,
    /// Of the versions in force: where each article stands.
    anchors: HashMap<String, HashMap<(u32, u32), String>>,
    index: OnceLock<Index>,
}
impl Library {
    fn load(tx: &Tx, stamp: i64, today: Date) -> Result<Self> {
        let mut by_rule: BTreeMap<String, Vec<Held>> = BTreeMap::new();
        for h in queries::versions(tx)? {
            by_rule.entry(h.rule.clone()).or_default().push(h);
        }
        let mut versions = vec![];
        for (rule, mut all) in by_rule {
            all.sort_by(|a, b| b.version.cmp(&a.version));
            let lives: Option<Vec<Life>> = all.iter().map(Held::life).collect();
            let lives = lives.ok_or_else(|| Failure::Fault(format!("制度库“{rule}”的日期读不出")))?;
            versions.extend(all.into_iter().zip(states(&lives, today)).map(|(held, state)| Version { held, state }));
        }
        let names = Names::of(versions.iter().map(|v| v.held.rule.as_str()));
        let mut library = Self { stamp, today, versions, names, ..Self::default() };
        for mut r in queries::anchors(tx)? {
            let article = (u32::try_from(r.int(2)).unwrap_or(0), u32::try_from(r.int(3)).unwrap_or(0));
            if library.in_force(r.text(0)).is_some_and(|v| v.held.version == r.text(1)) {
                let anchor = r.take(4);
                // Of a number that comes again the first is meant.
                library.anchors.entry(r.take(0)).or_default().entry(article).or_insert(anchor);
            }
        }
        Ok(library)
    }
    /// The version of this rule that is in force.
    pub fn in_force(&self, rule: &str) -> Option<&Version> {
        self.of(rule).iter().find(|v| v.state == State::InForce)
    }
    /// Every version of this rule, newest first.
    pub fn of(&self, rule: &str) -> &[Version] {
        let from = self.versions.partition_point(|v| v.held.rule.as_str() < rule);
        let to = self.versions.partition_point(|v| v.held.rule.as_str() <= rule);
        self.versions.get(from..to).unwrap_or(&[])
    }
    /// Where an article of the version in force stands.
    pub fn address(&self, rule: &str, article: (u32, u32)) -> Option<String> {
        let anchor = self.anchors.get(rule)?.get(&article)?;
        Some(address(&self.in_force(rule)?.held, anchor))
    }
    /// Where “刑诉法56条” as a whole leads.
    pub fn jump(&self, q: &str) -> Option<String> {
        let (rule, article) = self.names.jump(q)?;
        self.address(rule, article)
    }
    /// The text cut at its citations: `(part, address)`; no address where it is plain text.
    pub fn cut(&self, text: &str) -> Vec<(String, String)> {
        if self.versions.is_empty() {
            return vec![(text.to_owned(), String::new())];
        }
        let (mut parts, mut from) = (vec![], 0);
        let mut push = |range: std::ops::Range<usize>, to: String| {
            if let Some(part) = text.get(range).filter(|p| !p.is_empty()) {
                parts.push((part.to_owned(), to));
            }
        };
        for c in self.names.citations(text) {
            let Some(to) = self.address(&c.rule, c.article) else { continue };
            push(from..c.at.start, String::new());
            push(c.at.clone(), to);
            from = c.at.end;
        }
        push(from..text.len(), String::new());
        parts
    }
    /// What search looks in; read on first use.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn index(&self, tx: &Tx) -> Result<&Index> {
        if let Some(index) = self.index.get() {
            return Ok(index);
        }
        let mut all: HashMap<String, Vec<Piece>> = HashMap::new();
        queries::each_piece(tx, |rule, version, p| all.entry(format!("{rule}|{version}")).or_default().push(p))?;
        let texts = self.versions.iter().map(|v| all.remove(&v.held.key()).unwrap_or_default()).collect();
        Ok(self.index.get_or_init(|| Index::new(texts)))
    }
}
/// Address of a version, or of one article of it.
pub fn address(h: &Held, anchor: &str) -> String {
    let hash = if anchor.is_empty() { "" } else { "#" };
    format!("/rules/{}/{}{hash}{anchor}", h.rule, h.version)
}
/// The library as of this transaction; read again only when it or the day has changed.
///
/// # Errors
/// A fault of the engine.
pub fn library(tx: &Tx, house: &House) -> Result<Arc<Library>> {
    let (stamp, today) = (queries::stamp(tx)?, house.clock.now().today);
    if let Some(known) = house.rules.read().ok().filter(|l| l.stamp == stamp && l.today == today) {
        return Ok(known.clone());
    }
    let fresh = Arc::new(Library::load(tx, stamp, today)?);
    if let Ok(mut slot) = house.rules.write() {
        *slot = fresh.clone();
    }
    Ok(fresh)
}
/// The text of a version, piece by piece.
///
/// # Errors
/// A fault of the engine.
pub fn pieces(tx: &Tx, held: &Held) -> Result<Vec<Piece>> {
    queries::pieces(tx, &held.rule, &held.version)
}

/// Takes a version in, on the ledger; what stood under its name and date is replaced. Says whether anything changed.
///
/// # Errors
/// `Bad` where the name belongs to something else; a fault of the engine.
pub fn take_in(desk: &mut Desk, text: &Text, source: &str, by: (&str, &str)) -> Result<bool> {
    let pieces: Vec<Piece> = text.articles.iter().map(Piece::from).collect();
    let mut held = Held {
        rule: key(&text.title),
        version: text.version.to_string(),
        title: text.title.clone(),
        kind: text.kind.to_owned(),
        notes: text.notes.join("\n"),
        effective_on: text.effective.unwrap_or(text.version).to_string(),
        stated: text.effective.is_some(),
        repealed_on: String::new(),
        source: source.to_owned(),
        articles: pieces.iter().filter(|p| p.number > 0).count() as u64,
        digest: String::new(),
    };
    held.digest = digest(&held, &pieces);
    let of_rule: Vec<Held> = queries::versions(desk.tx)?.into_iter().filter(|h| h.rule == held.rule).collect();
    if of_rule.iter().any(|h| (h.kind == JOINT || held.kind == JOINT) && h.source != held.source) {
        return Err(Failure::Bad(409, format!("制度库里已有同名的“{}”，请改名称。", held.title)));
    }
    if let Some(known) = of_rule.iter().find(|h| h.version == held.version) {
        if known.digest == held.digest {
            return Ok(false);
        }
        held.repealed_on.clone_from(&known.repealed_on);
    }
    queries::drop_pieces(desk.tx, &held.rule, &held.version)?;
    for (n, p) in pieces.iter().enumerate() {
        queries::put_piece(desk.tx, &held.rule, &held.version, n, p)?;
    }
    put(desk, &held, by)?;
    Ok(true)
}
/// Ends every version of a rule that came from this matter.
///
/// # Errors
/// A fault of the engine.
pub fn repeal(desk: &mut Desk, source: &str, on: Date, by: (&str, &str)) -> Result<()> {
    let of_matter: Vec<Held> = queries::versions(desk.tx)?.into_iter().filter(|h| h.source == source).collect();
    of_matter.into_iter().try_for_each(|h| put(desk, &Held { repealed_on: on.to_string(), ..h }, by))
}
fn put(desk: &mut Desk, held: &Held, by: (&str, &str)) -> Result<()> {
    let (key, from) = (held.key(), desk.now.today);
    registers::amend(desk, Amendment { register: REGISTER, key: &key, from, body: Some(held.body()), personal: &[], batch: "", by })?;
    queries::put_rule(desk.tx, held)?;
    queries::bump(desk.tx)
}
/// Where the library differs from what its register says, for verification.
///
/// # Errors
/// A fault of the engine.
pub fn differ(tx: &Tx) -> Result<Option<String>> {
    let mut should: BTreeMap<String, Json> = registers::newest(tx, REGISTER)?.into_iter().collect();
    let mut texts: HashMap<String, Vec<Piece>> = HashMap::new();
    queries::each_piece(tx, |rule, version, p| texts.entry(format!("{rule}|{version}")).or_default().push(p))?;
    for h in queries::versions(tx)? {
        let pieces = texts.remove(&h.key()).unwrap_or_default();
        if should.remove(&h.key()) != Some(h.body()) {
            return Ok(Some(format!("制度库 {}：与台账不符", h.key())));
        }
        if digest(&h, &pieces) != h.digest {
            return Ok(Some(format!("制度库 {}：条文与台账上的指纹不符", h.key())));
        }
    }
    let missing = should.into_keys().next().map(|k| format!("制度库 {k}：读表缺少此版本"));
    Ok(missing.or_else(|| texts.into_keys().next().map(|k| format!("制度库 {k}：有条文而没有版本"))))
}
