//! 涉企执法预警 (enterprise.md D3): a period and a unit, one line for each alert, each number opening to its records.
use domain::engine::in_role;
use domain::registers::codes::ENFORCEMENT_ACT;
use domain::registers::parameters::FEW;
use jiff::{ToSpan as _, civil::Date};

use super::pages::{Cell, Input, SmallForm, TablePage, html};
use super::registers::{field, orgs};
use super::visit::{Reply, Visit, encode};
use super::{present, workbench};
use crate::enforcement::{self, Alert, READERS, Told};
use crate::failure::{Failure, Result};
use crate::{matters, statistics, table, vault};

const HEAD: [&str; 6] = ["预警", "执法单位", "企业", "件数", "说明", "名次"];

/// The days asked for; where none are, the newest year with records, so that the page begins with what there is.
fn period(v: &Visit) -> Result<(Date, Date)> {
    let read = |name: &str| v.query.get(name).parse::<Date>().ok();
    let end = |newest: Date| Date::new(newest.year(), 12, 31).unwrap_or(newest).min(v.now.today);
    let to = match read("to") {
        Some(to) => to,
        None => enforcement::newest(v.tx, v.now.today)?.map_or(v.now.today, end),
    };
    Ok((read("from").unwrap_or_else(|| Date::new(to.year(), 1, 1).unwrap_or(to)), to))
}
fn reads(v: &Visit) -> bool {
    READERS.iter().any(|r| in_role(v.who, r))
}
fn looked(v: &Visit) -> Result<(Vec<Told>, Vec<Alert>)> {
    let ((from, to), org) = (period(v)?, v.query.get("org"));
    let now = enforcement::decided(v.tx, &v.registers, v.who, (from, to), org)?;
    let before = (from.saturating_sub(1.year()), to.saturating_sub(1.year()));
    let before = enforcement::decided(v.tx, &v.registers, v.who, before, org)?;
    let alerts = enforcement::alerts(&now, &before, &v.registers);
    Ok((now, alerts))
}
/// Which enterprise, for whoever reads the records; the others are told that it is one.
fn firm(v: &Visit, a: &Alert) -> Result<String> {
    if a.firm.is_empty() {
        return Ok(String::new());
    }
    if !reads(v) {
        return Ok("一家企业".into());
    }
    match domain::engine::is_vault_ref(&a.firm) {
        Some(reference) => Ok(vault::open(v.tx, &v.house.keys, reference)?.unwrap_or_default()),
        None => Ok(a.firm.clone()),
    }
}
/// A place among the units of the same figure; few rows have none.
fn rank(a: &Alert, all: &[Alert], few: usize) -> String {
    let Some(mine) = a.rank else { return String::new() };
    if a.of < few {
        return "不排名".into();
    }
    let higher = all.iter().filter(|o| o.what == a.what && o.of >= few && o.rank.is_some_and(|r| r > mine)).count();
    (higher + 1).to_string()
}
/// `GET /enforcement`.
pub fn page(v: &Visit) -> Result<Reply> {
    let ((from, to), (now, all)) = (period(v)?, looked(v)?);
    let (few, query) = (v.registers.count(FEW), format!("org={}&from={from}&to={to}", encode(v.query.get("org"))));
    let mut rows = vec![];
    for a in &all {
        let n = a.ids.len().to_string();
        let href = format!("/enforcement/behind?{query}&what={}&of={}", encode(a.what), encode(&a.first));
        rows.push(vec![
            Cell::Tag(a.what.into(), if a.what == "罚没收入增长" { "warn" } else { "" }),
            Cell::Text(v.registers.org_name(&a.org).to_owned()),
            Cell::Text(firm(v, a)?),
            if reads(v) { Cell::Link(n, href) } else { Cell::Number(n) },
            Cell::Text(a.words.clone()),
            Cell::Number(rank(a, &all, few)),
        ]);
    }
    let page = TablePage {
        frame: present::frame(v, "涉企执法预警", &[("工作台", "/"), ("涉企执法预警", "")])?,
        heading: "涉企执法预警".into(),
        explain: format!("{from} 至 {to} 决定的记录。预警只提示核对，不是认定。"),
        notes: vec![totals(&now), format!("少于 {few} 件的不排名次。罚没收入与上年同期比；次数、天数、增幅由参数设定，非法定。")],
        columns: HEAD.to_vec(),
        rows,
        links: vec![("导出 XLSX".into(), format!("/enforcement/export?{query}"))],
        form: Some(form(v, from, to)),
        empty: "这段期间没有预警".into(),
        hint: "导入涉企检查处罚台账后，由系统按记录计算。".into(),
    };
    Ok(Reply::Html(html(&page)))
}
fn totals(now: &[Told]) -> String {
    let of = |code: &str| now.iter().filter(|t| t.said.act_type == code).count();
    let acts: Vec<String> = ENFORCEMENT_ACT
        .rows
        .iter()
        .map(|(code, label)| (label, of(code)))
        .filter(|(_, n)| *n > 0)
        .map(|(l, n)| format!("{l} {n} 件"))
        .collect();
    let firms: std::collections::BTreeSet<&str> = now.iter().map(|t| t.said.firm.as_str()).collect();
    let sum = |part: fn(&Told) -> Option<i64>| matters::money(now.iter().filter_map(part).sum());
    let money = format!("罚款 {}，没收 {}", sum(|t| t.said.fine), sum(|t| t.said.confiscated));
    let acts = if acts.is_empty() { String::new() } else { format!("{}。", acts.join("，")) };
    format!("共 {} 件，企业 {} 家。{acts}{money}。", now.len(), firms.len())
}
fn form(v: &Visit, from: Date, to: Date) -> SmallForm {
    let mut units = match orgs(v) {
        Input::One(all) => all,
        _ => vec![],
    };
    units.iter_mut().for_each(|o| o.2 = o.0 == v.query.get("org"));
    let unit = super::pages::FieldView { required: false, ..field("org", "执法单位", Input::One(units)) };
    SmallForm {
        heading: "换单位或期间".into(),
        action: "/enforcement".into(),
        fields: vec![unit, field("from", "自", Input::Date(from.to_string())), field("to", "至", Input::Date(to.to_string()))],
        submit: "计算".into(),
        get: true,
        ..Default::default()
    }
}
/// `GET /enforcement/behind?what=…&of=…`: the records behind one number, for whoever reads records.
pub fn behind(v: &Visit) -> Result<Reply> {
    let (what, of) = (v.query.get("what"), v.query.get("of"));
    let (_, all) = looked(v)?;
    let a = all.into_iter().find(|a| a.what == what && a.first == of).ok_or(Failure::NotFound)?;
    let told = statistics::told_of(v.tx, v.house, v.who, a.ids.into_iter())?;
    workbench::told(v, &format!("{what} {}", v.registers.org_name(&a.org)), ("涉企执法预警", "/enforcement"), told)
}
/// `GET /enforcement/export`.
pub fn export(v: &Visit) -> Result<Reply> {
    let ((from, to), (_, all), few) = (period(v)?, looked(v)?, v.registers.count(FEW));
    let mut rows = vec![];
    for a in &all {
        let unit = v.registers.org_name(&a.org).to_owned();
        rows.push(vec![a.what.to_owned(), unit, firm(v, a)?, a.ids.len().to_string(), a.words.clone(), rank(a, &all, few)]);
    }
    Ok(Reply::Download(table::xlsx(&HEAD, &rows)?, table::XLSX, format!("涉企执法预警-{from}-{to}.xlsx")))
}
