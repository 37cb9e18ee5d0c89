//! The workbench and the funnel: what waits, what runs out, what the numbers stand for.

use jiff::civil::Date;

use super::pages::{self, FunnelCell, ListPage, Todo, TodoGroup, Workbench, html};
use super::present;
use super::visit::{Reply, Visit, encode};
use crate::charts::bars::{Bars, bars};
use crate::charts::lines::{Lines, lines};
use crate::failure::{Failure, Result};
use crate::matters::{self, Item};
use crate::{edge, inbox, statistics};

/// What is opened from the workbench, the most frequent first, and its name where the step alone does not tell; the first seven that
/// this person may open are there.
const OPENED: [(&str, &str); 9] = [
    ("clue", ""),
    ("inquiry_record", ""),
    ("procuratorial_opinion", ""),
    ("escalation", ""),
    ("referral", ""),
    ("annual_plan", ""),
    ("inspection", "拟订督察方案"),
    ("special_check", ""),
    ("secondment", "建议选派驻点"),
];
/// `(label, address)` of what this person may open.
fn quick(v: &Visit) -> Result<Vec<(String, String)>> {
    let mut quick = vec![];
    for (kind, name) in OPENED {
        for (owner, offer) in matters::offers_opening(v.tx, v.house, v.who, kind, v.now)?.into_iter().take(1) {
            let label = if name.is_empty() { offer.label } else { name };
            quick.push((label.to_owned(), format!("/matters/{kind}/new/{}?owner={}", offer.action, encode(&owner))));
        }
    }
    quick.truncate(7);
    Ok(quick)
}
/// Monday, what came in, what was finished.
pub type Week = (String, i64, i64);
/// The pictures of the workbench.
#[derive(Default)]
pub struct Pictures {
    /// To-dos by urgency.
    pub ahead: Bars,
    /// What came in and what was finished, week by week, for whoever keeps a desk; and the same as a table.
    pub weeks: Option<(Lines, Vec<Week>)>,
}
/// `GET /`.
pub fn workbench(v: &Visit) -> Result<Reply> {
    let items = inbox::waiting(v.tx, v.house, v.who, 60)?;
    let mut groups = [("已逾期", "red"), ("今日到期", "red"), ("3 个工作日内", "amber"), ("其他", "")].map(|(label, tone)| TodoGroup {
        label,
        tone,
        items: vec![],
    });
    for i in &items {
        let todo = todo(i, v);
        let place = match todo.due.as_ref().map_or("", |d| d.tone) {
            "over" => 0,
            "today" => 1,
            "soon" => 2,
            _ => 3,
        };
        if let Some(g) = groups.get_mut(place) {
            g.items.push(todo);
        }
    }
    let groups: Vec<TodoGroup> = groups.into_iter().filter(|g| !g.items.is_empty()).collect();
    let office = super::routes::OFFICE.iter().any(|r| domain::engine::in_role(v.who, r));
    let funnel = if office { funnel_cells(v)? } else { vec![] };
    let quick = quick(v)?;
    let mut notices = vec![];
    let unread = crate::notices::Asked { unread: true, ..Default::default() };
    for n in crate::notices::list(v.tx, v.house, v.who, &unread, 8)? {
        let to = if n.href.is_empty() { "/notices".to_owned() } else { n.href };
        notices.push((n.told.text, to, n.day));
    }
    let listing = matters::list(v.tx, v.house, v.who, &matters::Filter { limit: 6, ..Default::default() }, v.now)?;
    let mut recent = vec![];
    for i in listing.items {
        if let Some(k) = crate::ledger::stream(v.tx, &i.number)?.pop() {
            recent.push(pages::Moment {
                actor: i.number.clone(),
                what: i.title.clone(),
                time: edge::minute_of(k.event.time_ms),
                seq: k.seq,
                mark: present::mark(&edge::hex(&k.h)),
                ..Default::default()
            });
        }
    }
    let sent = matters::list(
        v.tx,
        v.house,
        v.who,
        &matters::Filter { kind: "rectification".into(), open: "open".into(), limit: 30, ..Default::default() },
        v.now,
    )?;
    let sent = sent
        .items
        .iter()
        .filter(|i| i.ball == "Respondent" && office)
        .take(8)
        .map(|i| Todo { sub: v.registers.org_name(&i.org).to_owned(), ..todo(i, v) })
        .collect();
    let weekday = ["日", "一", "二", "三", "四", "五", "六"]
        .get(usize::from(v.now.today.weekday().to_sunday_zero_offset().unsigned_abs()))
        .copied()
        .unwrap_or("");
    let today = v.now.today;
    let day = format!(
        "{}年{}月{}日 星期{weekday} · {}",
        today.year(),
        today.month(),
        today.day(),
        if v.registers.calendar.works(today) { "工作日" } else { "休息日" }
    );
    let snapshot = format!("快照 {}，台账第 {} 条", edge::minute_of(v.now.ms), crate::ledger::identity(v.tx)?.2);
    let frame = present::frame(v, "工作台", &[])?;
    let page = Workbench {
        cites: crate::rules::library(v.tx, v.house)?,
        more: usize::try_from(frame.waiting).is_ok_and(|all| all > items.len()),
        frame,
        day,
        funnel,
        shown: items.len(),
        groups,
        sent,
        quick,
        notices,
        saved: super::seeking::saved(v)?,
        recent,
        snapshot,
        pictures: Pictures { ahead: ahead(v)?, weeks: weeks(v)? },
    };
    Ok(Reply::Html(html(&page)))
}
/// To-dos by how soon they are due: overdue, week by week, later, without a day.
fn ahead(v: &Visit) -> Result<Bars> {
    const LABELS: [&str; 7] = ["已逾期", "7 日内", "第 2 周", "第 3 周", "第 4 周", "4 周以后", "没有期限"];
    let mut counts = [0u64; 7];
    for day in inbox::days(v.tx, v.house, v.who)? {
        let left = day.parse::<Date>().ok().and_then(|d| v.now.today.until(d).ok()).map(|s| s.get_days());
        let place = match left {
            None => 6,
            Some(n) if n < 0 => 0,
            Some(n) => usize::try_from(1 + n / 7).unwrap_or(5).min(5),
        };
        if let Some(n) = counts.get_mut(place) {
            *n += 1;
        }
    }
    let rows: Vec<(String, Option<u64>, String)> =
        LABELS.iter().zip(counts).map(|(l, n)| ((*l).to_owned(), Some(n), n.to_string())).collect();
    Ok(bars("待办按期限", &rows))
}
/// The last twelve weeks at his desks: what came in, what was finished; nothing for whoever keeps none.
fn weeks(v: &Visit) -> Result<Option<(Lines, Vec<Week>)>> {
    let eyes = statistics::Eyes::of(v.tx, v.house, v.who, None)?;
    if eyes.desks.is_empty() {
        return Ok(None);
    }
    let days: Vec<Date> = (0..12).rev().map(|n| v.now.today.saturating_sub(jiff::Span::new().weeks(n))).collect();
    let spans: Vec<String> = days.iter().map(|d| statistics::week(*d)).collect();
    let flow = |done: bool| statistics::FLOW.iter().flat_map(move |(_, i, o)| if done { o.iter() } else { i.iter() });
    let sum = |done: bool| -> Result<Vec<i64>> {
        let names: Vec<&str> = flow(done).copied().collect();
        let sums = statistics::spans(v.tx, &eyes, &names, &spans)?;
        Ok(spans.iter().map(|s| sums.iter().filter(|((_, span), _)| span == s).map(|(_, n)| *n).sum()).collect())
    };
    let (came, done) = (sum(false)?, sum(true)?);
    let labels: Vec<String> = spans.iter().map(|s| s.get(6..).unwrap_or("").to_owned()).collect();
    let drawn = |all: &[i64]| all.iter().map(|n| u64::try_from(*n).unwrap_or(0)).collect();
    let chart = lines("近 12 周", &labels, &[("进来".into(), drawn(&came)), ("办结".into(), drawn(&done))]);
    Ok(Some((chart, labels.into_iter().zip(came.into_iter().zip(done)).map(|(l, (a, b))| (l, a, b)).collect())))
}
fn todo(i: &Item, v: &Visit) -> Todo {
    let label = domain::procedures::kind(&i.kind).map_or("", |k| k.label);
    let sub = format!("{} · {label} · {}", i.number, present::stage(&i.kind, &i.phase, i.closed).label);
    Todo {
        due: present::due(&i.due, i.paused, i.provisional, &v.registers, v.now.today),
        href: format!("/matter/{}", i.number),
        title: i.title.clone(),
        sub,
    }
}
fn funnel_cells(v: &Visit) -> Result<Vec<FunnelCell>> {
    let f = statistics::funnel_for(v.tx, v.house, v.who)?;
    Ok(f.into_iter().map(|(label, number, note)| FunnelCell { label, number, note, href: format!("/funnel/{}", encode(label)) }).collect())
}
/// `GET /funnel/{measure}`: the matters behind one number.
pub fn funnel(v: &Visit) -> Result<Reply> {
    let measure = v.part("measure");
    // How many there are of what one may not see is told to nobody outside, of no measure.
    if crate::packets::outsider(v.who) {
        return Err(Failure::NotFound);
    }
    let (seen, hidden) = statistics::behind(v.tx, v.house, v.who, measure)?;
    // The numbers of the funnel stand on every workbench. Of any other measure whoever may see none of it learns no sum either: not even a
    // count tells that somebody is to be listed (trust.md 4.4).
    let open = statistics::FUNNEL.contains(&measure) || statistics::ACCOUNTED.contains(&measure);
    told(v, measure, ("", ""), (seen, if open { hidden } else { 0 }))
}
/// The matters behind a number: those this reader may see, and how many he may not.
pub fn told(v: &Visit, what: &str, from: (&str, &str), (seen, hidden): (Vec<Item>, usize)) -> Result<Reply> {
    let heading = format!("{what}：{} 件", seen.len() + hidden);
    let rows = seen.iter().map(|i| present::list_row(i, "", v)).collect();
    let words = if hidden > 0 { format!("另有 {hidden} 件你无权查看") } else { "已全部列出".into() };
    let crumbs: Vec<(&str, &str)> = [("工作台", "/"), from, (what, "")].into_iter().filter(|c| !c.0.is_empty()).collect();
    let frame = present::frame(v, &heading, &crumbs)?;
    let page = ListPage {
        frame,
        heading,
        explain: "数字由计数事实相加得出，逐件列在下面。".into(),
        rows,
        kinds: true,
        words,
        action: v.here.to_owned(),
        empty: "没有事项".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
