//! 共性问题的候选, and how far rectifications of every source are. Every number opens to its rows; fewer than five are not ranked.
use domain::agreement::Rate;
use domain::engine::in_role;
use domain::registers::codes::{PROBLEM, RECTIFICATION_SOURCE};
use domain::registers::parameters::FEW;
use jiff::ToSpan as _;
use std::collections::BTreeSet;

use super::pages::{Cell, Input, SmallForm, TablePage, html};
use super::registers::field;
use super::visit::{Reply, Visit, encode};
use super::{present, workbench};
use crate::failure::Result;
use crate::problems::{self, Candidate};
use crate::statistics::{self, ACCOUNTED, RECTIFIED, Rectified};

/// The days asked for, by default the last twelve months.
fn period(v: &Visit) -> (String, String) {
    let read = |name: &str| v.query.get(name).parse::<jiff::civil::Date>().ok();
    let to = read("to").unwrap_or(v.now.today);
    let from = read("from").unwrap_or_else(|| to.saturating_sub(12.months()));
    (from.to_string(), to.to_string())
}
/// `GET /problems`.
pub fn candidates(v: &Visit) -> Result<Reply> {
    let (from, to) = period(v);
    let all = problems::candidates(v.tx, &v.registers, v.who, (&from, &to))?;
    let page = TablePage {
        frame: present::frame(v, "共性问题候选", &[("工作台", "/"), ("共性问题", "/matters/common_problem"), ("候选", "")])?,
        heading: "共性问题候选".into(),
        explain: format!(
            "{from} 至 {to}。按问题码和单位计数；括号内为 95% 区间；同期办结不足 {} 件的单位不排名次。",
            v.registers.count(FEW)
        ),
        notes: vec!["计入：未并案、未作废的线索，已定论的评查件，来自督察、检查、检察的整改件。同一件事只计一次。".into()],
        columns: vec!["问题码", "单位", "件数", "同期办结", "每百件", "名次", "办理"],
        rows: all.iter().flat_map(|c| rows(v, c, &from, &to)).collect(),
        empty: "期间内没有登记问题码的件".into(),
        hint: "可换一段期间，或先在线索、评查件上登记问题码。".into(),
        form: Some(SmallForm {
            heading: "换一段期间".into(),
            action: "/problems".into(),
            fields: vec![field("from", "自", Input::Date(from)), field("to", "至", Input::Date(to))],
            submit: "计数".into(),
            get: true,
            ..Default::default()
        }),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// One problem: all units together, then each.
fn rows(v: &Visit, c: &Candidate, from: &str, to: &str) -> Vec<Vec<Cell>> {
    let words = PROBLEM.label_of(&c.problem);
    let days = format!("problem={}&from={from}&to={to}", encode(&c.problem));
    let count = |n: usize, org: &str| Cell::Link(n.to_string(), format!("/problems/behind?{days}&org={}", encode(org)));
    let none = || Cell::Text(String::new());
    let act = match (c.enough, in_role(v.who, "R1")) {
        (true, true) => Cell::Link("确认共性问题".into(), format!("/matters/common_problem/new/confirm?{days}")),
        (true, false) => Cell::Text("可以确认".into()),
        _ => Cell::Text("件数、单位数不足".into()),
    };
    let units = format!("合计 {} 个单位", c.units.len());
    let mut all = vec![vec![Cell::Head(words.into()), Cell::Head(units), count(c.total(), ""), none(), none(), none(), act]];
    let ranks: Vec<_> = c.units.iter().filter_map(|u| u.rate.as_ref().map(|r| r.rank)).collect();
    for unit in &c.units {
        let rate = unit.rate.as_ref();
        let rank = Cell::Number(rank(rate.map(|r| r.rank), &ranks));
        let told = rate.map(Rate::words);
        all.push(vec![
            Cell::Text(words.into()),
            Cell::Text(v.registers.org_name(&unit.org).into()),
            count(unit.matters.len(), &unit.org),
            Cell::Number(unit.dossiers.to_string()),
            Cell::Number(told.unwrap_or_default()),
            rank,
            none(),
        ]);
    }
    all
}
/// `GET /problems/behind?problem=…&org=…&from=…&to=…`: the matters behind one count.
pub fn behind(v: &Visit) -> Result<Reply> {
    let ((from, to), problem, org) = (period(v), v.query.get("problem"), v.query.get("org"));
    let all = problems::candidates(v.tx, &v.registers, v.who, (&from, &to))?;
    let units = all.iter().filter(|c| c.problem == problem).flat_map(|c| &c.units).filter(|u| org.is_empty() || u.org == org);
    let told = statistics::told_of(v.tx, v.house, v.who, units.flat_map(|u| u.matters.iter().map(|m| m.id)))?;
    let unit = if org.is_empty() { "全部单位" } else { v.registers.org_name(org) };
    workbench::told(v, &format!("{} {unit}", PROBLEM.label_of(problem)), ("共性问题候选", "/problems"), told)
}
/// `GET /rectifications`.
pub fn rectifications(v: &Visit) -> Result<Reply> {
    let (all, few) = (statistics::rectified(v.tx, v.house, v.who)?, v.registers.count(FEW));
    let sources = RECTIFICATION_SOURCE.rows.iter().map(|(code, label)| (*code, *label));
    let mut rows: Vec<Vec<Cell>> = sources
        .chain([("", "未载明")])
        .filter(|(code, _)| all.iter().any(|r| r.source == *code))
        .map(|(code, label)| row(&all, "来源", label, ("source", code), String::new()))
        .collect();
    let mut units: Vec<(&str, Option<usize>)> = vec![];
    for org in all.iter().map(|r| r.org.as_str()).collect::<BTreeSet<_>>() {
        units.push((org, share(&all, few, &|r| r.org == org)));
    }
    units.sort_by_key(|(org, share)| (std::cmp::Reverse(*share), *org));
    let shares: Vec<usize> = units.iter().filter_map(|(_, share)| *share).collect();
    for (org, share) in &units {
        rows.push(row(&all, "单位", v.registers.org_name(org), ("org", org), rank(*share, &shares)));
    }
    let mut links = vec![];
    for measure in ACCOUNTED {
        let n = statistics::sum_for(v.tx, v.house, v.who, measure)?;
        links.push((format!("{measure} {n}"), format!("/funnel/{}", encode(measure))));
    }
    let page = TablePage {
        frame: present::frame(v, "整改总览", &[("工作台", "/"), ("整改件", "/matters/rectification"), ("整改总览", "")])?,
        heading: "整改总览".into(),
        explain: format!("各类监督的整改在一张清单上。验收不足 {few} 件的单位不排名次。"),
        notes: vec!["按期率：验收的件中，整改在期限内完成的比例。退回、反弹按件计。".into()],
        columns: vec!["分类", "名称", "下达", "验收", "退回", "反弹", "销号", "已检验", "按期率", "名次"],
        rows,
        links,
        empty: "还没有下达的整改件".into(),
        hint: "整改通知下达后在此计数。".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
fn row(all: &[Rectified], what: &str, name: &str, (by, value): (&str, &str), rank: String) -> Vec<Cell> {
    let mine = |r: &&Rectified| if by == "org" { r.org == value } else { r.source == value };
    let mut cells = vec![Cell::Tag(what.into(), ""), Cell::Text(name.into())];
    for measure in RECTIFIED {
        let n = all.iter().filter(mine).filter(|r| r.measure == measure).count();
        let href = format!("/rectifications/behind?measure={}&{by}={}", encode(measure), encode(value));
        cells.push(if n == 0 { Cell::Number("0".into()) } else { Cell::Link(n.to_string(), href) });
    }
    let accepted: Vec<&Rectified> = all.iter().filter(mine).filter(|r| r.measure == "整改验收").collect();
    let timely = accepted.iter().filter(|r| r.in_time).count();
    let share = (timely * 1_000).checked_div(accepted.len()).map(|s| format!("{}.{}%（{timely}/{}）", s / 10, s % 10, accepted.len()));
    cells.extend([Cell::Number(share.unwrap_or_default()), Cell::Number(rank)]);
    cells
}
/// Equals share a place; too few have none.
fn rank<T: PartialOrd>(mine: Option<T>, all: &[T]) -> String {
    mine.map_or_else(|| "不排名".into(), |mine| (all.iter().filter(|other| **other > mine).count() + 1).to_string())
}
/// Thousandths accepted in time, where enough were accepted.
fn share(all: &[Rectified], few: usize, mine: &dyn Fn(&Rectified) -> bool) -> Option<usize> {
    let accepted = || all.iter().filter(|r| mine(r) && r.measure == "整改验收");
    let n = accepted().count();
    (accepted().filter(|r| r.in_time).count() * 1_000).checked_div(n).filter(|_| n >= few)
}
/// `GET /rectifications/behind?measure=…&org=…` (or `&source=…`): the matters behind one number.
pub fn rectified(v: &Visit) -> Result<Reply> {
    let measure = v.query.get("measure");
    let all = statistics::rectified(v.tx, v.house, v.who)?;
    let fits = |name: &str, value: &str| !v.query.has(name) || v.query.get(name) == value;
    let ids = all.iter().filter(|r| r.measure == measure && fits("org", &r.org) && fits("source", &r.source)).map(|r| r.id);
    let told = statistics::told_of(v.tx, v.house, v.who, ids)?;
    let of =
        if v.query.has("org") { v.registers.org_name(v.query.get("org")) } else { RECTIFICATION_SOURCE.label_of(v.query.get("source")) };
    workbench::told(v, &format!("{measure} {of}"), ("整改总览", "/rectifications"), told)
}
