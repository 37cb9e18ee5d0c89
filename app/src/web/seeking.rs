//! One box over matters, papers, rules and people: what is found, how it narrows, what else may be meant, and searches one keeps.
use askama::Template;
use domain::rules::State;
use serde_json::{Value as Json, json};

use super::api;
use super::pages::{Frame, ListRow, Marked, html};
use super::present;
use super::visit::{Post, Reply, Values, Visit, encode};
use crate::failure::{Failure, Result};
use crate::own;
use crate::rules::{self, address, shown};
use crate::search::{self, Asked, Cursor, Facet, Found, Narrow, Query, To, Way};

/// Kind of a saved view that is a search; no procedure is called so.
pub const SAVED: &str = "search";
/// Hits on one page; articles and letters of an article beside them.
const PAGE: usize = 20;
const ARTICLES: usize = 5;
const GLIMPSE: usize = 100;
/// Characters of a name.
const NAME: usize = 20;

/// A matter found.
pub struct HitView {
    pub row: ListRow,
    pub opened: String,
    pub snippets: Vec<(&'static str, Marked)>,
}
/// One value of a facet: a link that narrows, or, where it is chosen, one that widens again.
pub struct Choice {
    pub label: String,
    pub count: String,
    pub href: String,
    pub chosen: bool,
}
/// An article found.
pub struct ArticleView {
    pub citation: String,
    pub href: String,
    pub snippet: Marked,
}
#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    q: String,
    /// What narrows, kept by the form.
    narrow: Vec<(&'static str, String)>,
    hits: Vec<HitView>,
    words: String,
    prev: Option<String>,
    next: Option<String>,
    facets: Vec<(&'static str, Vec<Choice>)>,
    ways: Vec<Link>,
    suggestions: Vec<Link>,
    articles: Vec<ArticleView>,
    all_articles: usize,
    rules: String,
    people: Vec<Link>,
    saved: Vec<(i64, String, String)>,
    /// The search as it is kept.
    query: String,
}
/// What leads on: `(label, note, address)`.
type Link = (String, String, String);
fn link(label: String, note: String, to: &To) -> Link {
    let to = match to {
        To::Words(words) => format!("/search?q={}", encode(words)),
        To::Matter(number) => format!("/matter/{number}"),
        To::Page(address) => address.clone(),
        To::Officers(name) => format!("/officers?q={}", encode(name)),
    };
    (label, note, to)
}
fn ways(all: Vec<Way>) -> Vec<Link> {
    all.into_iter().map(|w| link(w.label, w.note, &w.to)).collect()
}
/// The question of an address.
fn asked(v: &Visit, limit: usize) -> Asked {
    let text = |name: &str| v.query.get(name).to_owned();
    let narrow = Narrow { kind: text("kind"), org: text("org"), open: text("open"), year: text("year"), code: text("code") };
    let (before, after) = (Cursor::read(v.query.get("before")), Cursor::read(v.query.get("after")));
    Asked { query: Query::of(v.query.get("q")), narrow, back: before.is_some(), from: before.or(after), limit }
}
/// The address of this question with one thing that narrows set otherwise.
fn to(q: &str, narrow: &Narrow, name: &str, value: &str) -> String {
    let with = narrow.each().into_iter().map(|(n, v)| (n, if n == name { value } else { v })).filter(|(_, v)| !v.is_empty());
    with.fold(format!("/search?q={}", encode(q)), |to, (n, v)| format!("{to}&{n}={}", encode(v)))
}
/// `GET /search`.
pub fn page(v: &Visit) -> Result<Reply> {
    let (asked, q) = (asked(v, PAGE), v.query.get("q").trim());
    let found = search::seek(v.tx, v.house, v.who, &asked, v.now)?;
    note_empty(v, &found);
    let nothing = !asked.query.is_empty() && found.count == 0;
    let others = if nothing { search::like_it(v.tx, v.house, v.who, (&asked.query, &asked.narrow), v.now)? } else { vec![] };
    let people = search::people(v.tx, v.who, &v.registers, &asked.query, super::routes::OFFICE)?;
    let here = to(q, &asked.narrow, "", "");
    let (articles, all_articles) = articles(v, q)?;
    let views = own::views(v.tx, v.house, &v.who.id, SAVED)?;
    let heading = if q.is_empty() { "检索".to_owned() } else { format!("检索：{q}") };
    let page = SearchPage {
        frame: present::frame(v, &heading, &[("工作台", "/"), ("检索", "")])?,
        narrow: asked.narrow.each().into_iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| (n, v.to_owned())).collect(),
        words: words(&found),
        prev: found.prev.as_ref().map(|c| format!("{here}&before={c}")),
        next: found.next.as_ref().map(|c| format!("{here}&after={c}")),
        facets: facets(v, q, &asked.narrow, &found),
        ways: ways(others),
        suggestions: ways(search::suggest(v.tx, v.house, v.who, q, v.now)?),
        articles,
        all_articles,
        rules: format!("/rules?q={}", encode(q)),
        people: people.into_iter().map(|p| link(p.name, p.what, &p.to)).collect(),
        saved: views.into_iter().map(|w| (w.n, w.name, format!("/search?{}", w.query))).collect(),
        query: here.trim_start_matches("/search?").to_owned(),
        hits: found.hits.into_iter().map(|h| hit(v, &asked.query, h)).collect(),
        q: q.to_owned(),
    };
    Ok(Reply::Html(html(&page)))
}
fn note_empty(v: &Visit, found: &Found) {
    let asked = !v.query.get("q").trim().is_empty();
    crate::packets::note_empty(v.house, v.who, "检索无结果", found.hits.len() + usize::from(!asked), v.now);
}
fn words(found: &Found) -> String {
    match (found.count, found.more) {
        (0, _) => "没有命中".to_owned(),
        (n, false) => format!("命中 {n} 件，最相关的在前"),
        (_, true) => format!("命中超过 {} 件，只排列和统计较新的。再加一个词，或用右边的条件缩小", search::MOST),
    }
}
fn hit(v: &Visit, query: &Query, h: search::Hit) -> HitView {
    let mut row = present::list_row(&h.item, "", v);
    row.title = h.title(query);
    row.gist = if h.snippets.is_empty() { row.gist } else { vec![] };
    HitView { row, opened: h.item.opened_on, snippets: h.snippets }
}
fn label(v: &Visit, name: &str, value: &str) -> String {
    match (name, value) {
        ("kind", kind) => domain::procedures::kind(kind).map_or_else(|| kind.to_owned(), |k| k.label.to_owned()),
        ("org", code) => v.registers.org_name(code).to_owned(),
        ("open", "open") => "未办结".to_owned(),
        ("open", _) => "已办结".to_owned(),
        ("year", year) => format!("{year} 年"),
        (_, code) => {
            let tables = [&domain::registers::codes::PROBLEM, &domain::registers::codes::RECTIFICATION_SOURCE];
            tables.into_iter().find(|t| t.has(code)).map_or_else(|| code.to_owned(), |t| t.label_of(code).to_owned())
        }
    }
}
/// Names of what narrows.
const FACETS: [(&str, &str); 5] = [("kind", "种类"), ("org", "单位"), ("open", "办结"), ("year", "立件年份"), ("code", "问题码")];
fn facets(v: &Visit, q: &str, narrow: &Narrow, found: &Found) -> Vec<(&'static str, Vec<Choice>)> {
    let mut all = vec![];
    for ((name, title), (_, chosen)) in FACETS.into_iter().zip(narrow.each()) {
        let counted = found.facets.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, all)| all);
        let choice = |f: &Facet| Choice {
            label: label(v, name, &f.value),
            count: format!("{} 件", f.count),
            href: to(q, narrow, name, if f.value == chosen { "" } else { &f.value }),
            chosen: f.value == chosen,
        };
        let mut choices: Vec<Choice> = counted.iter().map(choice).collect();
        if !chosen.is_empty() && choices.iter().all(|c| !c.chosen) {
            choices.push(Choice { label: label(v, name, chosen), count: "0 件".into(), href: to(q, narrow, name, ""), chosen: true });
        }
        if !choices.is_empty() {
            all.push((title, choices));
        }
    }
    all
}
fn articles(v: &Visit, q: &str) -> Result<(Vec<ArticleView>, usize)> {
    if q.is_empty() {
        return Ok((vec![], 0));
    }
    let library = rules::library(v.tx, v.house)?;
    let (hits, all) = library.index(v.tx)?.find(&library, q, &|r| r.state == State::InForce, ARTICLES);
    let view = |h: &rules::Hit| {
        let to = address(&h.version.held, &h.piece.anchor);
        ArticleView {
            citation: format!("《{}》{}", h.version.held.rule, h.piece.label),
            href: to.split_once('#').map_or(to.clone(), |(page, anchor)| format!("{page}?q={}#{anchor}", encode(q))),
            snippet: shown(&h.piece.text, q, Some(GLIMPSE)),
        }
    };
    Ok((hits.iter().map(view).collect(), all))
}
/// `GET /search/suggest?q=…`: what the page suggests, for a box that asks while somebody types.
pub fn suggest(v: &Visit) -> Result<Reply> {
    let all = ways(search::suggest(v.tx, v.house, v.who, v.query.get("q"), v.now)?);
    let all: Vec<Json> = all.iter().map(|(label, note, to)| json!({"label": label, "note": note, "href": to})).collect();
    Ok(Reply::Json(200, json!({"suggestions": all})))
}
/// `POST /search/saved`.
pub fn save(p: &Post) -> Result<Reply> {
    let name = p.form.get("name").trim().to_owned();
    // Written anew from what it means: what else stood in it is not kept.
    let kept = Values::read(p.form.get("query"));
    let pair = |n: &str| Some((n.to_owned(), encode(kept.get(n)))).filter(|(_, v)| !v.is_empty());
    let pairs = ["q", "kind", "org", "open", "year", "code"].into_iter().filter_map(pair);
    let query = pairs.map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("&");
    if name.is_empty() || name.chars().count() > NAME || query.is_empty() || query.len() > 1_500 {
        return Err(Failure::Bad(422, format!("先检索，再给它起个名称，最多 {NAME} 字。")));
    }
    let to = format!("/search?{query}");
    own::save_view(&p.house, p.who.id.clone(), SAVED.into(), name, query)?;
    Ok(Reply::Go(to))
}
/// `POST /search/saved/drop`.
pub fn drop_saved(p: &Post) -> Result<Reply> {
    let n = p.form.get("n").parse().map_err(|_| Failure::NotFound)?;
    own::drop_view(&p.house, p.who.id.clone(), n)?;
    Ok(Reply::Go("/search".into()))
}
/// `(name, address)` of the searches one keeps, for the workbench.
pub(super) fn saved(v: &Visit) -> Result<Vec<(String, String)>> {
    Ok(own::views(v.tx, v.house, &v.who.id, SAVED)?.into_iter().map(|w| (w.name, format!("/search?{}", w.query))).collect())
}
/// `GET /api/v1/search?q=…`.
pub fn answer(v: &Visit) -> Result<Reply> {
    let asked = asked(v, v.query.get("limit").parse().unwrap_or(50).clamp(1, 100));
    let found = search::seek(v.tx, v.house, v.who, &asked, v.now)?;
    note_empty(v, &found);
    let text = |parts: &[(bool, String)]| parts.iter().map(|(_, part)| part.as_str()).collect::<String>();
    let hit = |h: &search::Hit| match h.snippets.first() {
        Some((_, parts)) => json!({"kind": h.item.kind, "number": h.item.number, "title": h.item.title, "snippet": text(parts)}),
        None => api::hit(&h.item),
    };
    let facet = |(name, all): &(&'static str, Vec<Facet>)| {
        let all = all.iter().map(|f| json!({"value": f.value, "label": label(v, name, &f.value), "count": f.count}));
        ((*name).to_owned(), Json::Array(all.collect()))
    };
    Ok(Reply::Json(
        200,
        json!({
            "hits": found.hits.iter().map(hit).collect::<Vec<_>>(), "count": found.count, "more": found.more,
            "facets": found.facets.iter().map(facet).collect::<serde_json::Map<_, _>>(), "next": found.next.map(|c| c.to_string()),
        }),
    ))
}
