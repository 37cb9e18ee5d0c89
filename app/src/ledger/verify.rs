//! Verification against the database (trust.md 4.1): every hash from the stored bytes, columns, checkpoints, anchors, vault and
//! attachments – then state, index rows, parties and facts rebuilt in memory from the entries and compared with the tables people read.
use domain::engine::{AnyMatter, Entry};
use ledger::{Alg, Anchor, Chain, Event, Fault, FaultKind, Report, Verdict};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{CHAIN_CONFIDENTIAL, CHAIN_MAIN, DAILY, SPAN, queries};
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::house::House;
use crate::matters::{index_row, parties_of};
use crate::statistics::Life;
use crate::{files, statistics, vault};

/// What verification found.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// Main chain, checkpoints, anchors. The verdict is that of the house; a fault of the confidential chain stands here by its position.
    #[serde(flatten)]
    pub report: Report,
    /// The confidential chain by itself.
    pub confidential: Report,
    /// Texts lawfully destroyed.
    pub shredded: u64,
    /// Where a table people read differs from what the ledger says: table, number, what.
    pub differs: Option<String>,
}

/// A matter being rebuilt.
struct Rebuilt {
    matter: Box<dyn AnyMatter>,
    facts: Life,
    links: Vec<(String, String)>,
}
impl Rebuilt {
    fn follow(&mut self, entry: &Entry, seq: u64) -> Result<()> {
        self.facts.follow(self.matter.as_mut(), entry, seq)?;
        self.links.extend(entry.links.iter().cloned());
        Ok(())
    }
}

/// What the entries of both chains say, as far as they were read.
#[derive(Default)]
struct Read {
    rebuilt: Rebuild,
    registers: BTreeMap<(String, String), u32>,
    accounts: BTreeMap<String, String>,
    /// Heads of the confidential chain as the main one holds them.
    heads: Vec<Anchor>,
    shredded: u64,
}
/// Verifies the whole house. Reads one consistent view; writes nothing.
///
/// # Errors
/// A fault of the engine; what is wrong with the data is in the outcome.
pub fn verify(tx: &Tx, house: &House, anchors: Vec<Anchor>) -> Result<Outcome> {
    let other = queries::head_seen(tx, CHAIN_CONFIDENTIAL)?.and_then(|r| super::id_bytes(r.text(0)));
    let (theirs, ours): (Vec<Anchor>, Vec<Anchor>) = anchors.into_iter().partition(|a| Some(a.ledger_id) == other);
    let mut read = Read::default();
    let (mut main, size) = read.chain(tx, house, CHAIN_MAIN, ours)?;
    let (heads, known) = (std::mem::take(&mut read.heads), theirs.len());
    let told = heads.iter().map(|h| h.size).max().unwrap_or(0);
    let (mut confidential, length) = read.chain(tx, house, CHAIN_CONFIDENTIAL, [theirs, heads].concat())?;
    if length < told {
        // The house itself remembers more: this was cut, not restored.
        confidential.fail(length + 1, FaultKind::AnchorAhead);
    }
    let mut differs = None;
    if !main.failed() && !confidential.failed() {
        differs = head_differs(tx, CHAIN_MAIN, size)?.or(tables_differ(tx, &read.rebuilt)?).or(registers_differ(tx, &read.registers)?);
        differs = differs.or(reads_differ(tx)?);
        if differs.is_none() {
            differs = crate::registers::differ(tx, house)?
                .or(crate::rules::differ(tx)?)
                .or(accounts_differ(tx, &read.accounts)?)
                .map(|what| (0, what));
        }
        if let Some((seq, _)) = &differs {
            main.fail(*seq, FaultKind::Table);
        }
        if let Some((seq, what)) = head_differs(tx, CHAIN_CONFIDENTIAL, length)?.filter(|_| differs.is_none()) {
            confidential.fail(seq, FaultKind::Table);
            differs = Some((seq, what));
        }
    }
    let mut confidential = confidential.finish();
    confidential.anchors = confidential.anchors.min(known);
    Ok(Outcome {
        report: worst(main.finish(), &confidential),
        confidential,
        shredded: read.shredded,
        differs: differs.map(|(_, what)| what),
    })
}
/// The house is as sound as the worse of its chains.
fn worst(main: Report, other: &Report) -> Report {
    if main.verdict == Verdict::Tampered || other.verdict == Verdict::Ok {
        return main;
    }
    let place = |f: &Fault| Fault { seq: (CHAIN_CONFIDENTIAL * SPAN).unsigned_abs() + f.seq, kind: f.kind };
    if main.verdict == Verdict::Incomplete && other.verdict == Verdict::Incomplete {
        return main;
    }
    Report { verdict: other.verdict, fault: other.fault.as_ref().map(place), ..main }
}
impl Read {
    /// Reads one chain whole; also says how many entries it has.
    fn chain(&mut self, tx: &Tx, house: &House, number: i64, anchors: Vec<Anchor>) -> Result<(Chain, u64)> {
        let texts: Vec<String> = queries::checkpoints(tx, number)?.into_iter().map(|mut r| r.take(2)).collect();
        let (mut chain, mut size) = (Chain::new(&texts, anchors), 0);
        queries::each(tx, number * SPAN, (number + 1) * SPAN, |row| {
            let seq = (row.int(0) % SPAN).unsigned_abs();
            let Some(event) = chain.push(row.bytes(1), row.bytes(2)) else { return Ok(false) };
            size = event.seq;
            if row.text(3) != event.stream || row.int(4) != i64::from(event.stream_ver) || seq != event.seq {
                chain.fail(seq, FaultKind::Column);
            }
            for (reference, committed) in &event.vault_refs {
                match look(tx, house, event.alg, reference, *committed)? {
                    vault::Found::Sound => {}
                    vault::Found::Shredded => self.shredded += 1,
                    vault::Found::Altered | vault::Found::Missing => chain.fail(seq, FaultKind::Vault),
                }
            }
            match self.take_up(&event, number, row.int(0).unsigned_abs()) {
                Ok(true) => {}
                Ok(false) => chain.fail(seq, FaultKind::Ledger),
                Err(_) => chain.fail(seq, FaultKind::Undecodable),
            }
            Ok(!chain.failed())
        })?;
        Ok((chain, size))
    }
    /// Takes up what an entry says; `false` where its kind belongs to another chain.
    fn take_up(&mut self, event: &Event, chain: i64, pos: u64) -> Result<bool> {
        let kind = event.kind.split('@').next().unwrap_or("");
        if let Some(org) = created(event).filter(|_| chain == CHAIN_MAIN) {
            self.accounts.insert(event.stream.trim_start_matches("account/").to_owned(), org);
        }
        if let Some(kind) = domain::procedures::kind(kind) {
            let entry: Entry = serde_json::from_slice(&event.payload)?;
            let fresh = || Rebuilt { matter: (kind.blank)(""), facts: Life::default(), links: vec![] };
            self.rebuilt.entry(event.stream.clone()).or_insert_with(fresh).follow(&entry, pos)?;
            return Ok(kind.confidential == (chain == CHAIN_CONFIDENTIAL));
        }
        if chain == CHAIN_CONFIDENTIAL {
            // Registers, accounts and heads are read from the main chain only.
            return Ok(true);
        }
        if let Some((register, key)) = event.stream.split_once('/').filter(|(r, _)| *r == kind && crate::registers::NAMES.contains(r)) {
            self.registers.insert((register.to_owned(), key.to_owned()), event.stream_ver);
        } else if event.stream == DAILY {
            self.heads.push(head_of(&event.payload).ok_or_else(|| crate::failure::Failure::Fault("日首行损坏".into()))?);
        }
        Ok(true)
    }
}
fn head_of(payload: &[u8]) -> Option<Anchor> {
    let told: serde_json::Value = serde_json::from_slice(payload).ok()?;
    let text = |name: &str| told.get(name)?.as_str();
    Some(Anchor { ledger_id: ledger::unhex(text("ledger")?)?, size: told.get("entries")?.as_u64()?, root: ledger::unhex(text("root")?)? })
}
fn look(tx: &Tx, house: &House, alg: Alg, reference: &str, committed: ledger::Hash) -> Result<vault::Found> {
    if reference.starts_with('F') {
        return files::check(tx, house, alg, reference, committed);
    }
    vault::check(tx, &house.keys, alg, reference, committed)
}
type Differs = Option<(u64, String)>;

fn head_differs(tx: &Tx, chain: i64, size: u64) -> Result<Differs> {
    let head = queries::head_seen(tx, chain)?.map_or(0, |r| r.count(2));
    Ok((head != size).then(|| (size.min(head) + 1, format!("台账首行记 {head} 条，实有 {size} 条"))))
}
fn tables_differ(tx: &Tx, rebuilt: &HashMap<String, Rebuilt>) -> Result<Differs> {
    let mut ids: HashMap<String, i64> = HashMap::new();
    let mut wrong: Differs = None;
    let (mut rows, mut say) = (0usize, |number: &str, what: &str| wrong = Some((0, format!("{number}：{what}与台账不符"))));
    queries::each_matter(tx, |row| {
        rows += 1;
        ids.insert(row.text(2).to_owned(), row.int(0));
        let sound = rebuilt.get(row.text(2)).is_some_and(|r| {
            r.matter.kind() == row.text(1) && i64::from(r.matter.version()) == row.int(3) && r.matter.body() == row.text(4)
        });
        if !sound {
            say(row.text(2), "办理状态");
        }
        Ok(sound)
    })?;
    if wrong.is_none() && rows != rebuilt.len() {
        wrong = Some((0, format!("台账记 {} 件，读表有 {rows} 件", rebuilt.len())));
    }
    for check in [index_differs, parties_differ, facts_differ, tally_differs, links_differ] {
        if wrong.is_none() {
            wrong = check(tx, rebuilt, &ids)?.map(|what| (0, what));
        }
    }
    Ok(wrong)
}
type Rebuild = HashMap<String, Rebuilt>;
type Ids = HashMap<String, i64>;

fn index_differs(tx: &Tx, rebuilt: &Rebuild, ids: &Ids) -> Result<Option<String>> {
    let (mut wrong, mut rows) = (None, 0);
    queries::each_index(tx, |row| {
        rows += 1;
        let same = rebuilt.get(row.text(1)).is_some_and(|r| ids.get(row.text(1)) == Some(&row.int(0)) && index_same(r, &row));
        if !same {
            wrong = Some(format!("{}：索引行与台账不符", row.text(1)));
        }
        Ok(same)
    })?;
    Ok(wrong.or((rows != ids.len()).then(|| format!("索引行 {rows} 行，应为 {} 行", ids.len()))))
}
fn index_same(r: &Rebuilt, row: &Row) -> bool {
    let x = index_row(r.matter.as_ref(), row.text(1));
    let texts = [x.kind, &x.title, &x.gist, &x.phase, &x.ball, &x.org, &x.owner, &x.codes, &x.marks, &x.due, x.due_label];
    let flags = [x.provisional, x.paused, x.closed];
    texts.iter().enumerate().all(|(i, t)| row.text(i + 2) == *t) && flags.iter().enumerate().all(|(i, f)| row.yes(i + 13) == *f)
}
fn parties_differ(tx: &Tx, rebuilt: &Rebuild, ids: &Ids) -> Result<Option<String>> {
    let numbers: HashMap<i64, &String> = ids.iter().map(|(n, id)| (*id, n)).collect();
    let (mut wrong, mut rows, mut expected) = (None, 0usize, HashMap::new());
    queries::each_party(tx, |row| {
        rows += 1;
        let number = numbers.get(&row.int(0)).copied();
        let known = number.and_then(|n| rebuilt.get(n)).is_some_and(|r| {
            let all = expected.entry(row.int(0)).or_insert_with(|| parties_of(r.matter.as_ref()));
            let one = (row.text(1).to_owned(), row.text(2).to_owned(), row.yes(3), row.text(4).to_owned());
            r.matter.kind() == row.text(5) && all.remove(&one)
        });
        if !known {
            wrong = Some(format!("{}：当事人行与台账不符", number.map_or("?", String::as_str)));
        }
        if expected.len() > 64 {
            // Rows come by matter: what has been looked at whole is empty by now.
            expected.retain(|id, left| *id == row.int(0) || !left.is_empty());
        }
        Ok(known)
    })?;
    let should: usize = rebuilt.values().map(|r| parties_of(r.matter.as_ref()).len()).sum();
    Ok(wrong.or((rows != should).then(|| format!("当事人行 {rows} 行，应为 {should} 行"))))
}
fn facts_differ(tx: &Tx, rebuilt: &Rebuild, ids: &Ids) -> Result<Option<String>> {
    let mut should: HashMap<String, i64> = HashMap::new();
    let line = |id: i64, m: &str, o: &str, c: &str, v: i64, d: &str, s: i64, u: i64| format!("{id}|{m}|{o}|{c}|{v}|{d}|{s}|{u}");
    for (number, r) in rebuilt {
        let id = ids.get(number).copied().unwrap_or(0);
        for (f, since, until) in &r.facts.0 {
            *should
                .entry(line(id, f.measure, &f.org, &f.category, f.value, &f.on.to_string(), since.cast_signed(), *until))
                .or_default() += 1;
        }
    }
    let mut wrong = None;
    queries::each_fact(tx, |r| {
        let key = line(r.int(0), r.text(1), r.text(2), r.text(3), r.int(4), r.text(5), r.int(6), r.int(7));
        let left = should.get_mut(&key).filter(|n| **n > 0);
        match left {
            Some(n) => *n -= 1,
            None => wrong = Some(format!("第 {} 件：计数事实与台账不符", r.int(0))),
        }
        Ok(wrong.is_none())
    })?;
    Ok(wrong.or_else(|| should.iter().find(|(_, n)| **n > 0).map(|(k, _)| format!("缺少计数事实 {k}"))))
}
fn tally_differs(tx: &Tx, rebuilt: &Rebuild, _: &Ids) -> Result<Option<String>> {
    let mut should = statistics::Tally::default();
    for r in rebuilt.values() {
        r.facts.standing().for_each(|f| should.count(r.matter.owner(), f));
    }
    should.differs(tx)
}
fn links_differ(tx: &Tx, rebuilt: &Rebuild, ids: &Ids) -> Result<Option<String>> {
    let mut should: BTreeSet<(i64, i64, String)> = BTreeSet::new();
    let id = |n: &String| ids.get(n).copied().unwrap_or(0);
    for (number, r) in rebuilt {
        // An unnamed link was made at the opening and points from the cause to this matter.
        should.extend(r.links.iter().map(|(name, other)| {
            if name.is_empty() { (id(other), id(number), String::new()) } else { (id(number), id(other), name.clone()) }
        }));
    }
    let mut wrong = None;
    queries::each_link(tx, |mut r| {
        if !should.remove(&(r.int(0), r.int(1), r.take(2))) {
            wrong = Some(format!("关联 {} 至 {} 与台账不符", r.int(0), r.int(1)));
        }
        Ok(wrong.is_none())
    })?;
    Ok(wrong.or_else(|| should.first().map(|(a, b, _)| format!("缺少关联 {a} 至 {b}"))))
}
fn registers_differ(tx: &Tx, registers: &BTreeMap<(String, String), u32>) -> Result<Differs> {
    let mut rows: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut wrong = None;
    queries::each_version(tx, |mut row| {
        let (seq, sound) = (row.count(2), version_same(&row));
        *rows.entry((row.take(0), row.take(1))).or_default() += 1;
        if !sound {
            wrong = Some((seq, "底册版本与台账不符".to_owned()));
        }
        Ok(sound)
    })?;
    let missing = registers
        .iter()
        .find(|(key, n)| rows.get(*key) != Some(*n))
        .map(|(key, _)| (0, format!("底册 {}/{} 的版本数与台账不符", key.0, key.1)));
    Ok(wrong.or(missing))
}
fn version_same(row: &Row) -> bool {
    let Ok(event) = Event::decode(row.bytes(5)) else { return false };
    let Ok(payload) = serde_json::from_slice::<serde_json::Value>(&event.payload) else { return false };
    let stored = if row.is_null(4) { serde_json::Value::Null } else { serde_json::from_str(row.text(4)).unwrap_or_default() };
    let amend = payload.get("amend");
    let same = |name: &str| amend.and_then(|a| a.get(name)).cloned().unwrap_or_default();
    event.stream == format!("{}/{}", row.text(0), row.text(1)) && same("body") == stored && same("from") == row.text(3)
}
/// The organisation an account was made for, where this entry made one.
fn created(event: &Event) -> Option<String> {
    let payload: serde_json::Value = (event.kind == "account@1").then(|| serde_json::from_slice(&event.payload).ok())??;
    Some(payload.pointer("/created/org")?.as_str()?.to_owned())
}
fn accounts_differ(tx: &Tx, should: &BTreeMap<String, String>) -> Result<Option<String>> {
    let rows = queries::accounts(tx)?;
    let wrong = rows.iter().find(|r| should.get(r.text(0)).map(String::as_str) != Some(r.text(1)));
    let wrong = wrong.map(|r| format!("账号 {}：与台账不符", r.text(0)));
    Ok(wrong.or((rows.len() != should.len()).then(|| format!("账号 {} 个，台账记 {} 个", rows.len(), should.len()))))
}
/// The digest of each past day's read records must still be the one on the ledger.
fn reads_differ(tx: &Tx) -> Result<Differs> {
    for row in queries::read_digests(tx)? {
        let Ok(event) = Event::decode(row.bytes(1)) else { continue };
        let told: serde_json::Value = serde_json::from_slice(&event.payload)?;
        let day = told.get("day").and_then(|d| d.as_str()).unwrap_or("");
        let (count, digest) = crate::matters::digest_of(tx, event.alg, day)?;
        if told.get("digest").and_then(|d| d.as_str()) != Some(&digest) {
            return Ok(Some((event.seq, format!("{day} 的查阅记录与台账摘要不符（现有 {count} 条）"))));
        }
    }
    Ok(None)
}
