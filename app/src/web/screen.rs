//! 大屏: counts of the year on a wall, fetched again every minute. No case, no person, no unit; a small count that rests on reports is not
//! told to whoever passes by.
use askama::Template;
use domain::registers::codes::PROBLEM;
use domain::registers::parameters::FEW;
use std::collections::BTreeSet;

use super::pages::html;
use super::visit::{Reply, Visit};
use crate::edge;
use crate::failure::Result;
use crate::statistics::{self, Eyes, FLOW, Period, Sums, measure};

/// Seconds until it is fetched again.
const AGAIN: u32 = 60;
/// Problem codes on the wall.
const SHOWN: usize = 5;

/// A stage of the funnel.
struct Stage {
    label: &'static str,
    words: String,
    x: i64,
    y: i64,
    height: i64,
    /// Path data of the band to the next one, and whether it only hints: what follows need not have come from there.
    band: String,
    dashed: bool,
}
/// A bar with its name and number.
struct Bar {
    label: String,
    words: String,
    at: i64,
    length: i64,
}
#[derive(Template)]
#[template(path = "screen.html")]
struct ScreenPage {
    /// It stands still where the reader asks so.
    live: bool,
    time: String,
    office: String,
    year: String,
    /// Open, overdue, within three working days, paused.
    open: [i64; 4],
    sources_title: &'static str,
    sources: Vec<Bar>,
    stages: Vec<Stage>,
    stages_words: String,
    months: Vec<Bar>,
    /// What, this year, last year.
    lines: Vec<(&'static str, String, String)>,
    /// In time per hundred, sent back, relapsed.
    rectified: Option<[String; 3]>,
    /// Problem, how many, over how many units.
    problems: Vec<(String, i64, usize)>,
    seq: u64,
    head: String,
    mark: String,
}
/// What is counted on the wall.
struct Wall<'a> {
    sums: &'a Sums,
    few: i64,
}
impl Wall<'_> {
    /// A number; of what rests on reports nothing below `few`.
    fn told(&self, name: &str, n: i64) -> String {
        let reported = measure(name).is_some_and(|m| m.reported);
        if reported && (1..self.few).contains(&n) { format!("少于 {}", self.few) } else { n.to_string() }
    }
    /// For a length: what is not told is not drawn either.
    fn drawn(&self, name: &str, n: i64) -> i64 {
        if self.told(name, n) == n.to_string() { n } else { 0 }
    }
    fn stages(&self) -> Vec<Stage> {
        let all: Vec<i64> = statistics::FUNNEL.iter().map(|m| self.drawn(m, self.sums.all(m)[0].0)).collect();
        let most = all.iter().copied().max().unwrap_or(0).max(1);
        let height = |n: i64| (n * 280 / most).max(8);
        let place = |k: usize| 40 + i64::try_from(k).unwrap_or(0) * 182;
        let stage = |(k, label): (usize, &&'static str)| {
            let (x, h) = (place(k), height(all.get(k).copied().unwrap_or(0)));
            let next = all.get(k + 1).map(|n| height(*n));
            let band =
                |n: i64| format!("M{} {}L{} {}V{}L{} {}Z", x + 92, 240 - h / 2, x + 182, 240 - n / 2, 240 + n / 2, x + 92, 240 + h / 2);
            Stage {
                label,
                words: self.told(label, self.sums.all(label)[0].0),
                x,
                y: 240 - h / 2,
                height: h,
                band: next.map(band).unwrap_or_default(),
                dashed: k > 1,
            }
        };
        statistics::FUNNEL.iter().enumerate().map(stage).collect()
    }
    fn by_category(&self, name: &str) -> Vec<Bar> {
        let mut all: Vec<(String, i64)> = vec![];
        for p in self.sums.parts(name) {
            match all.iter_mut().find(|(c, _)| *c == p.category) {
                Some((_, n)) => *n += p.sums[0].0,
                None => all.push((p.category.clone(), p.sums[0].0)),
            }
        }
        all.retain(|(_, n)| *n > 0);
        // The most frequent first, by what is told: an order among untold ones would tell.
        all.sort_by_key(|(c, n)| (-self.drawn(name, *n), c.clone()));
        all.truncate(7);
        let most = all.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
        let bar = |(k, (code, n)): (usize, &(String, i64))| Bar {
            label: statistics::named(name, code),
            words: self.told(name, *n),
            at: i64::try_from(k).unwrap_or(0) * 36,
            length: self.drawn(name, *n) * 170 / most,
        };
        all.iter().enumerate().map(bar).collect()
    }
    fn problems(&self) -> Vec<(String, i64, usize)> {
        let mut all: Vec<(String, i64, usize)> = vec![];
        for (code, label) in PROBLEM.rows {
            let of = self.sums.parts("整改下达").iter().filter(|p| p.category == *code && p.sums[0].0 > 0);
            let units: BTreeSet<&str> = of.clone().map(|p| p.org.as_str()).collect();
            all.push(((*label).to_owned(), of.map(|p| p.sums[0].0).sum(), units.len()));
        }
        all.retain(|(_, n, _)| *n >= self.few);
        all.sort_by_key(|(label, n, _)| (-n, label.clone()));
        all.truncate(SHOWN);
        all
    }
}
/// `GET /screen`.
pub fn page(v: &Visit) -> Result<Reply> {
    let period = Period::year_of(v.now.today);
    let eyes = Eyes::of(v.tx, v.house, v.who, None)?;
    let sums = Sums::of(v.tx, &eyes, period)?;
    let few = v.registers.count(FEW);
    let wall = Wall { sums: &sums, few: i64::try_from(few).unwrap_or(i64::MAX) };
    let (_, _, seq) = crate::ledger::identity(v.tx)?;
    let head = crate::ledger::newest(v.tx, crate::ledger::CHAIN_MAIN, 1)?;
    let (title, name) = if eyes.told(&["线索来源"]) {
        ("线索来源", "线索来源")
    } else if eyes.told(&["企业诉求"]) {
        ("诉求来源", "企业诉求")
    } else {
        ("监督文书", "监督文书")
    };
    let held: BTreeSet<&str> = eyes.desks.iter().flat_map(|(_, owners)| owners.iter().map(String::as_str)).collect();
    let stages = if eyes.told(&["线索"]) { wall.stages() } else { vec![] };
    let mut page = ScreenPage {
        live: v.query.get("still") != "1",
        time: edge::minute_of(v.now.ms),
        office: held.iter().map(|o| v.registers.org_name(o)).collect::<Vec<_>>().join("、"),
        year: period.words(),
        open: statistics::open_now(v.tx, v.house, &eyes, v.now.today)?,
        sources_title: title,
        sources: wall.by_category(name),
        stages_words: stages.iter().map(|s| format!("{} {}", s.label, s.words)).collect::<Vec<_>>().join("，"),
        stages,
        months: months(v, &eyes)?,
        lines: lines(&eyes, &wall),
        rectified: rectified(&eyes, &wall, few),
        problems: wall.problems(),
        seq,
        head: head.first().map(|k| edge::hex(&k.h).chars().take(12).collect()).unwrap_or_default(),
        mark: String::new(),
    };
    let said = format!("{seq}|{}|{:?}|{:?}|{:?}", page.stages_words, page.open, page.lines, page.problems);
    page.mark = edge::hex(&ledger::Alg::Sm3.hash(&[said.as_bytes()])).chars().take(12).collect();
    let live = page.live;
    let html = html(&page);
    Ok(if live { Reply::Live(html, AGAIN) } else { Reply::Html(html) })
}
/// What was finished in each of the last twelve months.
fn months(v: &Visit, eyes: &Eyes) -> Result<Vec<Bar>> {
    let done: Vec<&str> = FLOW.iter().flat_map(|(_, _, done)| done.iter().copied()).collect();
    let spans = statistics::twelve(statistics::number(v.now.today));
    let sums = statistics::spans(v.tx, eyes, &done, &spans)?;
    let of = |span: &String| sums.iter().filter(|((_, s), _)| s == span).map(|(_, n)| *n).sum::<i64>();
    let most = spans.iter().map(of).max().unwrap_or(0).max(1);
    let bar = |(k, span): (usize, &String)| Bar {
        label: format!("{}月", span.get(5..).unwrap_or("").trim_start_matches('0')),
        words: of(span).to_string(),
        at: 20 + i64::try_from(k).unwrap_or(0) * 72,
        length: of(span) * 116 / most,
    };
    Ok(spans.iter().enumerate().map(bar).collect())
}
fn lines(eyes: &Eyes, wall: &Wall) -> Vec<(&'static str, String, String)> {
    const SAID: [&str; 10] =
        ["评查定论", "整改下达", "整改销号", "报请办结", "督察归档", "诉求办结", "随队观摩", "执法监督立项", "执法监督办结", "监督文书"];
    let line = |name: &'static str| {
        let sums = wall.sums.all(name);
        (name, wall.told(name, sums[0].0), wall.told(name, sums[2].0))
    };
    SAID.into_iter().filter(|m| eyes.told(&[m])).map(line).take(6).collect()
}
fn rectified(eyes: &Eyes, wall: &Wall, few: usize) -> Option<[String; 3]> {
    eyes.told(&["按期验收", "整改验收"]).then(|| {
        let n = |m: &str| usize::try_from(wall.sums.all(m)[0].0).unwrap_or(0);
        let rate = domain::agreement::rate(n("按期验收"), n("整改验收"), few);
        [
            rate.map_or_else(|| "—".into(), |r| format!("{}%", r.rank.saturating_add(500) / 1_000)),
            n("整改退回").to_string(),
            n("整改反弹").to_string(),
        ]
    })
}
