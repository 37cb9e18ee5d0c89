//! 单位画像: one unit on one page, in plain tables.
use askama::Template;
use domain::agreement::Rate;
use domain::registers::codes::PROBLEM;

use super::pages::{Frame, html};
use super::present;
use super::visit::{Reply, Visit, encode};
use crate::edge;
use crate::failure::{Failure, Result};
use crate::statistics::unit::{self, Portrait};

/// A table of the page; cells are `(text, address or nothing)`.
struct Part {
    heading: &'static str,
    note: String,
    columns: Vec<&'static str>,
    rows: Vec<Vec<(String, String)>>,
    empty: &'static str,
}
impl Part {
    /// Columns that begin with a digit all the way down: they stand to the right.
    fn numbers(&self) -> Vec<bool> {
        let number = |t: &str| t.starts_with(|c: char| c.is_ascii_digit()) && !t.contains('-') || t.starts_with("少于");
        (0..self.columns.len()).map(|n| self.rows.iter().all(|r| r.get(n).is_some_and(|c| number(&c.0)))).collect()
    }
}
#[derive(Template)]
#[template(path = "unit.html")]
struct UnitPage {
    frame: Frame,
    name: String,
    explain: String,
    parts: Vec<Part>,
    /// `(name, address)` of the organisations right under it.
    under: Vec<(String, String)>,
}
/// Said where there is too little to compare.
fn too_few(p: &Portrait) -> String {
    format!("少于 {} 件，不作比较", p.few)
}

fn plain(text: impl ToString) -> (String, String) {
    (text.to_string(), String::new())
}
/// Tenths of a per cent in words.
fn tenths(n: u64) -> String {
    format!("{}.{}", n / 10, n % 10)
}
/// Address of the unit's page for those who may open it.
pub fn address(v: &Visit, code: &str) -> Option<String> {
    unit::may_open(v.who, &v.registers, code).then(|| format!("/unit/{}", encode(code)))
}
/// `GET /unit/{code}`.
pub fn page(v: &Visit) -> Result<Reply> {
    let code = v.part("code");
    let org = v.registers.org(code).filter(|o| unit::may_open(v.who, &v.registers, &o.code)).ok_or(Failure::NotFound)?;
    let p = unit::portrait(v.tx, v.house, v.who, code, v.now)?;
    let under = v.registers.orgs().filter(|o| o.parent == code && o.level != "内设");
    let page = UnitPage {
        frame: present::frame(v, &org.name, &[("工作台", "/"), ("机构", "/organisations"), (&org.name, "")])?,
        name: org.name.clone(),
        explain: format!("只列你有权看的，截至 {}。不列任何人的姓名；数字点开是明细，不用于排名。", edge::minute_of(v.now.ms)),
        parts: [due(&p, v), problems(&p), rectified(&p, code), grades(&p), counts(&p, code), events(&p)]
            .into_iter()
            .chain(rated(&p))
            .collect(),
        under: under.filter_map(|o| Some((o.name.clone(), address(v, &o.code)?))).collect(),
    };
    Ok(Reply::Html(html(&page)))
}
fn counts(p: &Portrait, code: &str) -> Part {
    let row = |(kind, phase, n): &(String, String, u64)| {
        let info = domain::procedures::kind(kind)?;
        let list = format!("/matters/{kind}?org={}&phase={phase}", encode(code));
        let label = info.phase(phase).map_or(phase.as_str(), |p| p.label);
        Some(vec![plain(info.label), plain(label), (n.to_string(), list)])
    };
    Part {
        heading: "各类事项",
        note: format!("共 {} 件", p.counts.iter().map(|c| c.2).sum::<u64>()),
        columns: vec!["类别", "阶段", "件数"],
        rows: p.counts.iter().filter_map(row).collect(),
        empty: "没有你有权看的事项",
    }
}
fn due(p: &Portrait, v: &Visit) -> Part {
    let row = |i: &crate::matters::Item| {
        let words = present::due(&i.due, i.paused, i.provisional, &v.registers, v.now.today).map(|d| format!("{}（{}）", d.words, d.day));
        vec![(i.number.clone(), format!("/matter/{}", i.number)), plain(&i.title), plain(&i.due_label), plain(words.unwrap_or_default())]
    };
    Part {
        heading: "逾期和临期",
        note: format!("逾期 {} 件，3 个工作日内到期 {} 件", p.over, p.soon),
        columns: vec!["编号", "事项", "期限", "还剩"],
        rows: p.due.iter().map(row).collect(),
        empty: "没有逾期和临期的事项",
    }
}
fn problems(p: &Portrait) -> Part {
    let row = |(code, x): (&String, &crate::statistics::unit::Problem)| {
        let rate = x.rate.as_ref().map_or_else(|| too_few(p), Rate::words);
        vec![plain(PROBLEM.label_of(code)), plain(x.clues), plain(x.reviews), plain(x.rectifications), plain(rate)]
    };
    Part {
        heading: "问题码",
        note: format!("办结案件 {} 件；每百件为评查认定的件数，括号内为 95% 区间", p.cases),
        columns: vec!["问题", "线索", "评查", "整改", "每百件办结案件"],
        rows: p.problems.iter().map(row).collect(),
        empty: "没有登记问题码",
    }
}
fn grades(p: &Portrait) -> Part {
    let all: u64 = p.grades.iter().map(|g| g.1).sum();
    let share = |n: u64| if all < p.few as u64 { too_few(p) } else { format!("{}%", tenths(n * 1_000 / all)) };
    Part {
        heading: "评查等次",
        note: format!("已定论 {all} 件"),
        columns: vec!["等次", "件数", "占比"],
        rows: p.grades.iter().map(|(grade, n)| vec![plain(grade), plain(n), plain(share(*n))]).collect(),
        empty: "还没有定论的评查件",
    }
}
fn rectified(p: &Portrait, code: &str) -> Part {
    let r = &p.rectified;
    let rows = [("按期验收", r.on_time), ("逾期验收", r.late), ("曾被退回", r.returned), ("曾经反弹", r.relapsed)];
    let all = vec![plain("全部"), (r.all.to_string(), format!("/matters/rectification?org={}", encode(code)))];
    let rows = rows.into_iter().map(|(label, n)| vec![plain(label), plain(n)]);
    Part {
        heading: "整改",
        note: String::new(),
        columns: vec!["情况", "件数"],
        rows: if r.all == 0 { vec![] } else { std::iter::once(all).chain(rows).collect() },
        empty: "没有整改件",
    }
}
/// Not even that there is too little to show.
fn rated(p: &Portrait) -> Option<Part> {
    let part = |(n, mean): (usize, i64)| Part {
        heading: "企业评价",
        note: format!("{n} 条，只计已结束的季度；少于 {} 条不显示", p.few),
        columns: vec!["评价", "平均分（满分 5 分）"],
        rows: vec![vec![plain("办理结果"), plain(format!("{}.{} 分", mean / 10, mean % 10))]],
        empty: "",
    };
    p.rated.map(part)
}
fn events(p: &Portrait) -> Part {
    let row = |e: &crate::statistics::unit::Event| {
        let to = format!("/matter/{}", e.number);
        vec![plain(edge::minute_of(e.at_ms)), plain(e.kind), (e.number.clone(), to), plain(e.label), plain(e.standing)]
    };
    Part {
        heading: "最近办理",
        note: "最近 20 次".into(),
        columns: vec!["时间", "类别", "编号", "办理", "身份"],
        rows: p.events.iter().map(row).collect(),
        empty: "还没有办理记录",
    }
}
