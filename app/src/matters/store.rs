//! What one act leaves behind besides its entry: state row, index row, parties, facts, search text. All of it can be rebuilt
//! from the ledger, and `verify` does.
use domain::engine::{AnyMatter, OFFICE, Party, Standing};
use domain::registers::codes::RECTIFICATION_SOURCE;
use std::collections::BTreeSet;

use super::act::Desk;
use super::at::Loaded;
use super::queries;
use super::texts::{Texts, text_of};
use crate::db::Tx;
use crate::failure::Result;
use crate::house::{House, Keys};
use crate::registers::{Org, Registers};
use crate::{search, statistics};

/// Writes the rows of a matter whose latest entry is `seq`.
pub(super) fn put(desk: &Desk, loaded: &Loaded, before: Option<&dyn AnyMatter>, seq: u64, fresh: &Texts) -> Result<()> {
    let m = loaded.matter.as_ref();
    queries::put_matter(desk.tx, loaded.id, m.kind(), &loaded.number, m.version(), &m.body(), before.is_none())?;
    let docs = docs(m, &loaded.number, &desk.registers, &mut |r| match fresh.get(r) {
        Some(text) => Ok(text.clone()),
        None => Ok(crate::vault::open(desk.tx, &desk.house.keys, r)?.unwrap_or_default()),
    })?;
    let mark = docs.mark(&desk.house.keys);
    let known = if before.is_some() { queries::tokens_mark(desk.tx, loaded.id)? } else { None };
    let now = queries::dated(desk.now, loaded.id);
    queries::put_idx(desk.tx, loaded.id, &index_row(m, &loaded.number), &mark, now, before.is_none())?;
    if known.as_deref() != Some(&mark) {
        search::put(desk.tx, &desk.house.keys, loaded.id, &docs, known.is_some())?;
    }
    let old: BTreeSet<_> = before.map(parties_of).unwrap_or_default();
    let new = parties_of(m);
    for (holder, standing, mine, due) in old.difference(&new) {
        let _ = (mine, due);
        if !new.iter().any(|p| p.0 == *holder && p.1 == *standing) {
            queries::drop_party(desk.tx, holder, m.kind(), loaded.id, standing)?;
        }
    }
    for (holder, standing, mine, due) in new.difference(&old) {
        queries::put_party(desk.tx, holder, m.kind(), loaded.id, standing, *mine, due)?;
    }
    let standing = |m: &dyn AnyMatter| m.facts().into_iter().collect();
    statistics::put(desk.tx, loaded.id, m.owner(), (&before.map(standing).unwrap_or_default(), &standing(m)), seq)
}
/// Builds the search texts of matters anew that have none, so many at once; says whether there may be more. Their list rows follow the
/// tables of this build.
///
/// # Errors
/// A fault of the engine, or a body that no longer reads.
pub fn reindex(tx: &Tx, house: &House) -> Result<bool> {
    // Two nodes that start together take turns.
    crate::ledger::Head::take(tx)?;
    let registers = house.registers(tx)?;
    let ids = queries::unsearched(tx, 500)?;
    for id in &ids {
        let Some(loaded) = super::load_by_id(tx, *id)? else { continue };
        let m = loaded.matter.as_ref();
        let docs = docs(m, &loaded.number, &registers, &mut |r| {
            Ok(crate::vault::open(tx, &house.keys, r)?.filter(|t| t != crate::vault::SHREDDED).unwrap_or_default())
        })?;
        search::put(tx, &house.keys, *id, &docs, true)?;
        let row = index_row(m, &loaded.number);
        queries::searched(tx, *id, &row.title, &row.gist, &docs.mark(&house.keys))?;
    }
    Ok(!ids.is_empty())
}
/// Mark of the index row, besides those the procedure publishes: `Index::blind`.
pub const BLIND: &str = "blind";
/// Columns of the index row, as text, in the order of `queries::put_idx`.
pub struct IndexRow {
    pub kind: &'static str,
    pub number: String,
    pub title: String,
    pub gist: String,
    pub phase: String,
    pub ball: String,
    pub org: String,
    pub owner: String,
    pub codes: String,
    pub marks: String,
    pub due: String,
    pub due_label: &'static str,
    pub provisional: bool,
    pub paused: bool,
    pub closed: bool,
}
/// The index row of a matter.
pub fn index_row(m: &dyn AnyMatter, number: &str) -> IndexRow {
    let (index, phase, due) = (m.index(), m.phase(), m.due());
    let ball = phase.and_then(|p| p.ball);
    IndexRow {
        kind: m.kind(),
        number: number.to_owned(),
        title: index.title,
        gist: index.gist,
        phase: phase.map(|p| p.name.clone()).unwrap_or_default(),
        ball: ball.map(|b| format!("{b:?}")).unwrap_or_default(),
        org: index.org,
        owner: m.owner().to_owned(),
        codes: index.codes.join(" "),
        marks: m.marks().into_iter().chain(index.blind.then_some(BLIND)).collect::<Vec<_>>().join(" "),
        due: due.filter(|(_, r)| r.paused.is_none()).map(|(_, r)| r.due.to_string()).unwrap_or_default(),
        due_label: due.map_or("", |(label, _)| label),
        provisional: due.is_some_and(|(_, r)| r.provisional),
        paused: due.is_some_and(|(_, r)| r.paused.is_some()),
        closed: ball.is_none(),
    }
}
/// `(holder, standing, expected to move, due day)`.
pub type PartyRow = (String, String, bool, String);
/// Who finds the matter, and who is expected to move.
pub fn parties_of(m: &dyn AnyMatter) -> BTreeSet<PartyRow> {
    let ball = m.phase().and_then(|p| p.ball);
    let due = m.due().filter(|(_, r)| r.paused.is_none()).map(|(_, r)| r.due.to_string());
    // Without a deadline it stands last in the inbox.
    let due = due.unwrap_or_else(|| "9999".to_owned());
    let seat = |Party(standing, holder): Party| {
        let mine = ball == Some(standing);
        (holder.key(m.owner()), format!("{standing:?}"), mine, if mine { due.clone() } else { String::new() })
    };
    m.parties().into_iter().filter(|p| !vacant(p)).map(seat).collect()
}
fn vacant(p: &Party) -> bool {
    let key = p.1.key("");
    key == "p:" || key.starts_with("r:") && key.ends_with('@') && !matches!(p.1, domain::engine::Holder::Role(_))
}

/// One text for the search index, with the holders who may find it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc {
    /// Number, title and unit.
    pub title: String,
    pub text: String,
    /// By which a search is narrowed (`search::facet`).
    pub facets: Vec<String>,
    pub holders: Vec<String>,
}
/// Texts of one matter for the search index, each with the holders who may find it by them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// What the office may read, and who that is.
    pub office: Doc,
    /// What every other party may read, and who they are.
    pub others: Doc,
    /// What those may read who stand apart, and who they are: those who judge it blind, elsewhere those who only follow its progress.
    pub apart: Doc,
}
impl Docs {
    /// By which a change of the texts, or of the way they are written, is seen. Keyed: a bare digest would let anybody confirm what he
    /// guesses.
    fn mark(&self, keys: &Keys) -> String {
        let docs = [&self.office, &self.others, &self.apart];
        let parts = docs.iter().flat_map(|d| [d.title.clone(), d.text.clone(), d.facets.join(","), d.holders.join(",")]);
        let all: Vec<String> = std::iter::once(search::WRITING.to_owned()).chain(parts).collect();
        crate::edge::hex(&ledger::Alg::Sha256.hmac(&keys.compartment("search"), all.join("\n").as_bytes())[..8])
    }
}
/// Standings that are not told whose case they judge while `Index::blind`.
pub const JUDGES: &[Standing] = &[Standing::Expert, Standing::ReExaminer];

/// Builds the search texts. Sealed fields never enter; `resolve` opens personal texts.
pub fn docs(m: &dyn AnyMatter, number: &str, registers: &Registers, resolve: &mut dyn FnMut(&str) -> Result<String>) -> Result<Docs> {
    let index = m.index();
    let apart = |s: &Standing| if index.blind { JUDGES.contains(s) } else { *s == Standing::Inspector };
    let standings: Vec<Standing> = m.parties().iter().map(|p| p.0).collect();
    let others: Vec<Standing> = standings.iter().filter(|s| !OFFICE.contains(s) && !apart(s)).copied().collect();
    let aside: Vec<Standing> = standings.iter().filter(|s| apart(s)).copied().collect();
    let mut docs = headed(m, number, registers);
    // Nor does the number of another matter: who finds this one need not know of that one.
    let told = |r: &&domain::engine::Row| !r.field.is_sealed() && r.field.matters(&r.value).is_empty();
    for row in m.page().iter().flat_map(|s| &s.rows).filter(told) {
        let all_read = |who: &[Standing]| !who.is_empty() && who.iter().all(|s| row.field.seen.contains(s));
        let (office, rest, aside) = (row.field.seen_by(OFFICE), all_read(&others), all_read(&aside));
        if office || rest || aside {
            let text = text_of(row.field, &row.value, registers, resolve)?;
            let told = registers.org(&index.org).filter(|_| aside && index.blind).map_or_else(|| text.clone(), |o| unnamed(&text, o));
            let into = [(office, &mut docs.office, &text), (rest, &mut docs.others, &text), (aside, &mut docs.apart, &told)];
            for (_, doc, text) in into.into_iter().filter(|(reads, ..)| *reads) {
                doc.text.push('\n');
                doc.text.push_str(text);
            }
        }
    }
    for Party(standing, holder) in m.parties().into_iter().filter(|p| !vacant(p)) {
        let list = match standing {
            s if OFFICE.contains(&s) => &mut docs.office.holders,
            s if apart(&s) => &mut docs.apart.holders,
            _ => &mut docs.others.holders,
        };
        let key = holder.key(m.owner());
        if !list.contains(&key) {
            list.push(key);
        }
    }
    let office = docs.office.holders.clone();
    docs.others.holders.retain(|h| !office.contains(h));
    let told = docs.others.holders.clone();
    docs.apart.holders.retain(|h| !office.contains(h) && !told.contains(h));
    [&mut docs.office, &mut docs.others, &mut docs.apart].into_iter().for_each(|d| d.holders.sort_unstable());
    Ok(docs)
}
/// Titles, codes and facets: what a search finds before any field is read.
fn headed(m: &dyn AnyMatter, number: &str, registers: &Registers) -> Docs {
    let index = m.index();
    let codes: Vec<&str> = index.codes.iter().map(String::as_str).collect();
    let closed = if m.phase().and_then(|p| p.ball).is_none() { "closed" } else { "open" };
    let year = number.split('-').nth(1).unwrap_or("");
    let doc = |named: bool, codes: &[&str]| {
        let (unit, name) = if named { (index.org.as_str(), registers.org_name(&index.org)) } else { ("", "") };
        let all = [("kind", m.kind()), ("org", unit), ("open", closed), ("year", year)];
        let all = all.into_iter().chain(codes.iter().map(|c| ("code", *c))).filter(|(_, value)| !value.is_empty());
        Doc {
            facets: all.map(|(name, value)| search::facet(name, value)).collect(),
            title: format!("{number} {} {name}", index.title.replace("{org}", name)),
            text: codes.join(" "),
            holders: vec![],
        }
    };
    // Where it came from is found by nobody who may not learn it.
    let whence = super::list::from_where(m.kind());
    let told: Vec<&str> = codes.iter().copied().filter(|c| !whence || !RECTIFICATION_SOURCE.has(c)).collect();
    Docs { office: doc(true, &codes), others: doc(true, &told), apart: doc(!index.blind, &codes) }
}
/// A text without the name of the unit.
pub fn unnamed(text: &str, unit: &Org) -> String {
    let names = [&unit.name, &unit.former, &unit.short];
    names.into_iter().filter(|n| n.chars().count() > 1).fold(text.to_owned(), |text, name| text.replace(name.as_str(), super::SOME_UNIT))
}
