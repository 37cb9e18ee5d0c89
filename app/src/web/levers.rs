//! 参数总览: every lever with its reason, and what the last half-year would have been with another value.
use askama::Template;
use domain::engine::in_role;

use super::pages::{FieldView, Frame, Input, html};
use super::present;
use super::visit::{Reply, Visit, encode};
use crate::failure::{Failure, Result};
use crate::levers::{self, Group, LOOKED_AT, Lever, Outcome};
use crate::people;

#[derive(Template)]
#[template(path = "levers.html")]
struct LeversPage {
    frame: Frame,
    explain: String,
    links: Vec<(String, String)>,
    groups: Vec<Group>,
}
#[derive(Template)]
#[template(path = "lever.html")]
struct LeverPage {
    frame: Frame,
    lever: Lever,
    links: Vec<(String, String)>,
    facts: Vec<(&'static str, String)>,
    tries: bool,
    here: String,
    value: FieldView,
    outcome: Option<Outcome>,
    bounds: String,
    history: Vec<VersionRow>,
    no_history: &'static str,
}
/// `(position, its address or nothing, from, value, who)`.
type VersionRow = (String, String, String, String, String);
/// `GET /levers`.
pub fn list(v: &Visit) -> Result<Reply> {
    let page = LeversPage {
        frame: present::frame(v, "参数总览", &[("工作台", "/"), ("参数总览", "")])?,
        explain: "平台上每一个分值、门槛、期限和比例都在这里：为什么设，谁能改，依据什么，从哪天起。点名称看历史、试算。".into(),
        links: vec![("期限参数".into(), "/limits".into())],
        groups: levers::all(v.tx, &v.registers)?,
    };
    Ok(Reply::Html(html(&page)))
}
/// `GET /levers/of/{key}?value=…`.
pub fn one(v: &Visit) -> Result<Reply> {
    let key = v.part("key");
    let lever = levers::one(v.tx, &v.registers, key)?.ok_or(Failure::NotFound)?;
    let tries = levers::TRIERS.iter().any(|r| in_role(v.who, r));
    let value = v.query.get("value").trim().to_owned();
    let outcome = (tries && !value.is_empty()).then(|| levers::what_if(v.tx, v.who, &v.registers, key, &value)).transpose()?;
    let page = LeverPage {
        frame: present::frame(v, &lever.label, &[("工作台", "/"), ("参数总览", "/levers"), (&lever.label, "")])?,
        links: ways(v, &lever)?,
        facts: facts(&lever),
        tries,
        here: format!("/levers/of/{}", encode(key)),
        value: FieldView {
            name: "value".into(),
            label: "换成".into(),
            hint: hint(key).into(),
            required: true,
            error: None,
            input: Input::Line(value),
        },
        outcome,
        bounds: format!("只算你有权看的，截至今日；每一类只看最近 {LOOKED_AT} 件。"),
        history: history(v, &lever)?,
        no_history: if key.starts_with("grade.") { "历史见评查标准各版本。" } else { "没有记录" },
        lever,
    };
    Ok(Reply::Html(html(&page)))
}
fn hint(key: &str) -> &'static str {
    match key.split_once('.') {
        Some(("limit", _)) => "如 15 working_days（工作日）、60 calendar_days（自然日）、3 months（月）。",
        Some(("grade", _)) => "0 至 100 的数，最多一位小数。",
        _ => "1 至 1000 的整数。",
    }
}
fn facts(l: &Lever) -> Vec<(&'static str, String)> {
    let nature = if l.law { "法定" } else { "本机构设定，非法定" };
    let all = [
        ("现值", l.value.clone()),
        ("下限", l.floor.to_owned()),
        ("性质", nature.to_owned()),
        ("依据", l.basis.clone()),
        ("生效日", l.from.clone()),
        ("谁能改", l.owner.to_owned()),
        ("调了会怎样", l.effect.clone()),
    ];
    all.into_iter().filter(|(_, t)| !t.is_empty()).collect()
}
/// To a change order that has the row filled in; to the standard, for whoever finds it.
fn ways(v: &Visit, l: &Lever) -> Result<Vec<(String, String)>> {
    let mut all = vec![];
    let register = l.key.as_deref().and_then(|k| k.split_once('.')).map(|(r, _)| r);
    if let (Some(register @ ("limit" | "parameter")), false, true) = (register, l.law, in_role(v.who, "R1")) {
        all.push(("提出变更".into(), format!("/matters/amendment/new/propose?register={register}&key={}", encode(&l.code))));
    }
    if let Some(number) = &l.standard {
        let to = present::way(v, number)?;
        all.extend((!to.is_empty()).then(|| ("看评查标准".to_owned(), to)));
    }
    Ok(all)
}
fn history(v: &Visit, lever: &Lever) -> Result<Vec<VersionRow>> {
    let auditor = in_role(v.who, "AUD");
    let row = |x: levers::Version| {
        let to = if auditor { format!("/entry/{}", x.seq) } else { String::new() };
        Ok((crate::ledger::label(x.seq), to, x.from, x.value, people::name(v.tx, &x.by)?))
    };
    levers::history(v.tx, lever)?.into_iter().map(row).collect()
}
