//! 制度库: the list of rules, search over their articles, and one version with its articles at addresses of their own.
use askama::Template;
use domain::registers::codes;
use domain::rules::State;

use super::pages::{Frame, Marked, Options, html};
use super::present;
use super::visit::{Reply, Visit, encode};
use crate::failure::{Failure, Result};
use crate::rules::{self, Held, Library, Piece, Version, address, shown};

/// So many articles are listed.
const MOST: usize = 50;
/// So many letters of an article are shown in a list.
const GLIMPSE: usize = 120;

/// A version in the list.
pub struct RuleRow {
    pub title: String,
    pub href: String,
    pub kind: String,
    pub version: String,
    pub begins: String,
    pub state: (&'static str, &'static str),
    pub articles: u64,
}
/// An article found.
pub struct HitRow {
    pub citation: String,
    pub href: String,
    pub chapter: String,
    pub state: Option<(&'static str, &'static str)>,
    pub snippet: Marked,
}
#[derive(Template)]
#[template(path = "rules.html")]
struct RulesPage {
    frame: Frame,
    q: String,
    kinds: Options,
    all: bool,
    rules: Vec<RuleRow>,
    hits: Vec<HitRow>,
    words: String,
}
/// An article on its page; a heading stands before the first below it.
pub struct Part {
    /// `(anchor, heading)`.
    pub heads: Vec<(String, String)>,
    pub anchor: String,
    pub label: String,
    pub citation: String,
    pub paragraphs: Vec<Marked>,
}
#[derive(Template)]
#[template(path = "rule.html")]
struct RulePage {
    frame: Frame,
    title: String,
    state: (&'static str, &'static str),
    facts: Vec<(&'static str, String)>,
    /// `(words, address, this one)`.
    versions: Vec<(String, String, bool)>,
    parts: Vec<Part>,
}

fn tone(state: State) -> (&'static str, &'static str) {
    let tone = match state {
        State::InForce => "green",
        State::Coming => "ink",
        State::Amended => "amber",
        State::Repealed => "red",
    };
    (state.label(), tone)
}
fn begins(h: &Held) -> String {
    if h.stated { h.effective_on.clone() } else { "文中未写明，以版本日期计".into() }
}
fn citation(h: &Held, p: &Piece) -> String {
    format!("《{}》{}", h.rule, p.label)
}
fn row(v: &Version) -> RuleRow {
    let h = &v.held;
    RuleRow {
        title: h.title.clone(),
        href: address(h, ""),
        kind: codes::RULE_KIND.label_of(&h.kind).to_owned(),
        version: h.version.clone(),
        begins: begins(h),
        state: tone(v.state),
        articles: h.articles,
    }
}
/// `GET /rules?q=…&kind=…&all=1`.
pub fn list(v: &Visit) -> Result<Reply> {
    let library = rules::library(v.tx, v.house)?;
    let (q, kind, all) = (v.query.get("q").trim(), v.query.get("kind"), v.query.get("all") == "1");
    if let Some(to) = library.jump(q) {
        return Ok(Reply::Go(to));
    }
    let shows = |s: State| all || s == State::InForce || q.is_empty() && s == State::Coming;
    let keep = |v: &Version| shows(v.state) && (kind.is_empty() || v.held.kind == kind);
    let named = |v: &&Version| q.is_empty() || rules::plain(&v.held.title).contains(&rules::plain(q));
    let rules: Vec<RuleRow> = library.versions.iter().filter(|v| keep(v)).filter(named).map(row).collect();
    let (hits, words) = if q.is_empty() { (vec![], format!("共 {} 部", rules.len())) } else { found(v, &library, q, &keep, all)? };
    let kinds = codes::RULE_KIND.rows.iter().map(|(c, l)| ((*c).to_owned(), (*l).to_owned(), *c == kind)).collect();
    let frame = present::frame(v, "制度库", &[("工作台", "/"), ("制度库", "")])?;
    Ok(Reply::Html(html(&RulesPage { frame, q: q.to_owned(), kinds, all, rules, hits, words })))
}
fn found(v: &Visit, library: &Library, q: &str, keep: &dyn Fn(&Version) -> bool, all: bool) -> Result<(Vec<HitRow>, String)> {
    let (hits, total) = library.index(v.tx)?.find(library, q, keep, MOST);
    let rows = hits.iter().map(|h| HitRow {
        citation: citation(&h.version.held, h.piece),
        href: {
            let to = address(&h.version.held, &h.piece.anchor);
            to.split_once('#').map_or(to.clone(), |(page, anchor)| format!("{page}?q={}#{anchor}", encode(q)))
        },
        chapter: h.piece.chapter.replace('\n', " › "),
        state: all.then(|| tone(h.version.state)),
        snippet: shown(&h.piece.text, q, Some(GLIMPSE)),
    });
    let words = match total {
        0 => "没有找到".to_owned(),
        n if n > MOST => format!("命中 {n} 条，列出最相关的 {MOST} 条"),
        n => format!("命中 {n} 条"),
    };
    Ok((rows.collect(), words))
}
/// `GET /rules/{rule}/{version}`.
pub fn text(v: &Visit) -> Result<Reply> {
    let library = rules::library(v.tx, v.house)?;
    let all = library.of(v.part("rule"));
    let this = all.iter().find(|x| x.held.version == v.part("version")).ok_or(Failure::NotFound)?;
    let (h, q) = (&this.held, v.query.get("q"));
    let mut facts = vec![("种类", codes::RULE_KIND.label_of(&h.kind).to_owned()), ("版本", h.version.clone()), ("施行日期", begins(h))];
    if !h.repealed_on.is_empty() {
        facts.push(("废止日期", h.repealed_on.clone()));
    }
    facts.push(("条文", format!("{} 条", h.articles)));
    if !h.notes.is_empty() {
        facts.push(("沿革", h.notes.replace('\n', "；")));
    }
    let versions =
        all.iter().map(|x| (format!("{} {}", x.held.version, x.state.label()), address(&x.held, ""), x.held.version == h.version));
    let page = RulePage {
        frame: present::frame(v, &h.title, &[("工作台", "/"), ("制度库", "/rules"), (&h.title, "")])?,
        title: h.title.clone(),
        state: tone(this.state),
        facts,
        versions: versions.collect(),
        parts: parts(h, &rules::pieces(v.tx, h)?, q),
    };
    Ok(Reply::Html(html(&page)))
}
fn parts(h: &Held, pieces: &[Piece], q: &str) -> Vec<Part> {
    let (mut above, mut heads): (Vec<String>, usize) = (vec![], 0);
    let part = |p: &Piece| {
        let chapter: Vec<&str> = p.chapter.lines().collect();
        let same = chapter.iter().zip(&above).take_while(|(a, b)| *a == b).count();
        let new = chapter.iter().skip(same).map(|c| {
            heads += 1;
            (format!("c{heads}"), (*c).to_owned())
        });
        let part = Part {
            heads: new.collect(),
            anchor: p.anchor.clone(),
            label: p.label.clone(),
            citation: if p.number > 0 { citation(h, p) } else { String::new() },
            paragraphs: p.text.lines().map(|l| if q.is_empty() { vec![(false, l.to_owned())] } else { shown(l, q, None) }).collect(),
        };
        above = chapter.into_iter().map(ToOwned::to_owned).collect();
        part
    };
    pieces.iter().map(part).collect()
}
