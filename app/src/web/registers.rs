//! Pages of the registers: organisations, officers, limits, calendar, codes, conflicts, delegations; plain tables with small forms.
use serde_json::{Value as Json, json};

use super::pages::{Cell, FieldView, Input, SmallForm, TablePage, html};
use super::present;
use super::visit::{Post, Reply, Visit, encode};
use crate::failure::{Failure, Result};
use crate::matters::Desk;
use crate::people;
use crate::registers::{self, Amendment};

pub(super) fn page(v: &Visit, heading: &str, explain: &str, columns: Vec<&'static str>, rows: Vec<Vec<Cell>>) -> Result<TablePage> {
    Ok(TablePage {
        frame: present::frame(v, heading, &[("工作台", "/"), (heading, "")])?,
        heading: heading.into(),
        explain: explain.into(),
        columns,
        rows,
        empty: "没有记录".into(),
        ..Default::default()
    })
}
pub(super) fn done(p: TablePage) -> Result<Reply> {
    Ok(Reply::Html(html(&p)))
}
pub(super) fn field(name: &str, label: &str, input: Input) -> FieldView {
    FieldView { name: name.into(), label: label.into(), required: true, input, ..Default::default() }
}
pub(super) fn orgs(v: &Visit) -> Input {
    Input::One(v.registers.orgs().filter(|o| o.level != "内设").map(|o| (o.code.clone(), o.name.clone(), false)).collect())
}
fn persons(v: &Visit) -> Result<Input> {
    let all = people::accounts(v.tx)?;
    Ok(Input::Pick(String::new(), all.into_iter().map(|a| (a.id, format!("{} · {}", a.name, v.registers.org_name(&a.org)))).collect()))
}
/// `GET /organisations`.
pub fn organisations(v: &Visit) -> Result<Reply> {
    let mut all: Vec<_> = v.registers.orgs().collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    let row = |o: &&registers::Org| {
        let depth = o.path.matches('/').count().saturating_sub(1);
        let name = format!("{}{}", "　".repeat(depth), o.name);
        vec![
            super::unit::address(v, &o.code).map_or(Cell::Text(name.clone()), |to| Cell::Link(name, to)),
            Cell::Code(o.code.clone()),
            Cell::Text(o.short.clone()),
            Cell::Tag(o.kind.clone(), ""),
            Cell::Text(o.level.clone()),
            Cell::Text(o.regime.clone()),
            Cell::Text(o.status.clone()),
        ]
    };
    let rows = all.iter().map(row).collect();
    done(page(
        v,
        "机构",
        "省、市、县、派出机构一棵树。由导入台账维护，每次变更留痕。",
        vec!["名称", "编码", "简称", "类别", "层级", "管理体制", "状态"],
        rows,
    )?)
}
/// `GET /officers`.
pub fn officers(v: &Visit) -> Result<Reply> {
    let mut rows = registers::officer_rows(v.tx)?;
    rows.retain(|r| r.text(1).contains(v.query.get("q")));
    let proposes = domain::engine::in_role(v.who, "R1");
    let row = |mut r: crate::db::Row| {
        let key = r.take(0);
        let to = format!("/matters/amendment/new/propose?register=official&key={}", encode(&key));
        let leads = match v.registers.official(&key) {
            Some(_) => Cell::Text("在名录上".into()),
            None if proposes => Cell::Link("登记领导干部".into(), to),
            None => Cell::Text(String::new()),
        };
        vec![
            Cell::Text(r.take(1)),
            Cell::Text(v.registers.org_name(r.text(2)).to_owned()),
            Cell::Text(r.take(3)),
            Cell::Code(r.take(4)),
            Cell::Text(r.take(5)),
            Cell::Code(key),
            leads,
        ]
    };
    let rows = rows.into_iter().map(row).collect();
    done(page(
        v,
        "干警",
        "只用于登记、回避和送达。身份证号和电话在保密仓，不在此列出。",
        vec!["姓名", "单位", "职务", "警号", "状态", "编号", "领导干部名录"],
        rows,
    )?)
}
/// `GET /limits`.
pub fn limits(v: &Visit) -> Result<Reply> {
    let mut rows = vec![];
    for l in v.registers.limits.0.values() {
        let length = l.length.map_or_else(|| "以文书所定日期为准".into(), |n| l.unit.words(n));
        let history = registers::history(v.tx, "limit", &l.code)?;
        let from = history.first().map(|(_, from, _)| from.clone()).unwrap_or_default();
        rows.push(vec![
            Cell::Code(l.code.clone()),
            Cell::Text(l.label.clone()),
            Cell::Text(length),
            Cell::Text(l.basis.clone()),
            Cell::Tag(if l.law { "法定" } else { "本机构设定" }.into(), ""),
            Cell::Text(from),
            Cell::Number(history.len().to_string()),
        ]);
    }
    for (name, value) in &v.registers.parameters {
        let label = domain::registers::parameters::DEFAULTS.iter().find(|(k, ..)| k == name).map_or(name.as_str(), |(_, l, _)| *l);
        rows.push(vec![
            Cell::Code(name.clone()),
            Cell::Text(label.into()),
            Cell::Text(value.to_string()),
            Cell::Text(domain::registers::limits::OWN.into()),
            Cell::Tag("本机构设定".into(), ""),
            Cell::Text(String::new()),
            Cell::Number("".into()),
        ]);
    }
    let mut p = page(
        v,
        "期限参数",
        "改动须经变更单：一人提出、另一人批准。只影响此后起算的期限。",
        vec!["编码", "事项", "期限", "依据", "性质", "生效日", "版本数"],
        rows,
    )?;
    if domain::engine::in_role(v.who, "R1") {
        p.links.push(("提出变更".into(), "/matters/amendment/new/propose".into()));
    }
    done(p)
}
/// `GET /calendar`.
pub fn calendar(v: &Visit) -> Result<Reply> {
    let rows = v.registers.calendar.notices().map(|n| vec![Cell::Number(n.year.to_string()), Cell::Area(n.words().join("\n"))]).collect();
    let mut p =
        page(v, "放假安排", "按国务院办公厅年度通知。未发布的年份，期限标“暂定”，发布后自动重算并留痕。", vec!["年份", "安排"], rows)?;
    let next = v.now.today.year() + 1;
    if !v.registers.calendar.published(next) {
        p.notes.push(format!("{next} 年放假安排尚未录入，涉及该年的期限为暂定。"));
    }
    if domain::engine::in_role(v.who, "R1") {
        p.links.push(("录入新一年的安排".into(), "/matters/amendment/new/propose".into()));
    }
    done(p)
}
/// `GET /codes`.
pub fn codes(v: &Visit) -> Result<Reply> {
    let rows = domain::registers::codes::ALL
        .iter()
        .map(|t| {
            vec![
                Cell::Text(t.label.into()),
                Cell::Code(t.name.into()),
                Cell::Text(t.rows.iter().map(|(_, l)| *l).collect::<Vec<_>>().join("、")),
            ]
        })
        .collect();
    done(page(v, "代码表", "存编码，显示名称。编码含义不改，新含义用新编码。", vec!["名称", "标识", "取值"], rows)?)
}
/// `GET /conflicts`.
pub fn conflicts(v: &Visit) -> Result<Reply> {
    let mut rows = vec![];
    for mut r in registers::conflict_rows(v.tx)? {
        let (person, kind, target) = (r.take(0), r.take(1), r.take(2));
        // What an observer declared of an enterprise stands on his own record.
        if kind == "firm" {
            continue;
        }
        // A matter one may not see is not named here either.
        if kind == "matter" && !may_name(v, &target)? {
            continue;
        }
        let shown = if kind == "org" { v.registers.org_name(&target).to_owned() } else { target.clone() };
        let key = format!("{person}|{kind}|{target}");
        rows.push(vec![
            Cell::Text(people::name(v.tx, &person)?),
            Cell::Text(shown),
            Cell::Text(r.take(3)),
            Cell::Button("/conflicts/end".into(), "终止".into(), vec![("key".into(), key)]),
        ]);
    }
    let mut p = page(
        v,
        "利益冲突",
        "登记后，本人对所涉单位及其下级、所涉事项的一切身份立即失效。",
        vec!["人员", "单位或事项", "关系", "操作"],
        rows,
    )?;
    let kind = Input::One(vec![("org".into(), "单位".into(), true), ("matter".into(), "事项".into(), false)]);
    let fields = vec![
        field("person", "人员", persons(v)?),
        field("kind", "所涉", kind),
        field(
            "target",
            "单位编码或事项编号",
            Input::Pick(
                String::new(),
                v.registers.orgs().filter(|o| o.level != "内设").map(|o| (o.code.clone(), o.name.clone())).collect(),
            ),
        ),
        field("why", "关系", Input::Line(String::new())),
    ];
    p.form = Some(SmallForm {
        heading: "登记利益冲突".into(),
        action: "/conflicts".into(),
        fields,
        submit: "登记利益冲突".into(),
        ..Default::default()
    });
    done(p)
}
/// Whether this person finds the matter of this number.
fn may_name(v: &Visit, number: &str) -> Result<bool> {
    let Some(loaded) = crate::matters::load(v.tx, number)? else { return Ok(false) };
    let at = crate::matters::Circumstances::of(v.tx, &loaded, v.who, v.now, &v.registers)?;
    Ok(!loaded.matter.mine(&at.at(v.who)).is_empty())
}
fn amend(p: &Post, register: &'static str, key: String, body: Option<Json>, role: &'static str) -> Result<()> {
    let (house, by) = (p.house.clone(), p.who.id.clone());
    p.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &house)?;
        let personal = registers::PERSONAL.iter().find(|(r, _)| *r == register).map_or(&[][..], |(_, m)| m);
        let from = desk.now.today;
        registers::amend(&mut desk, Amendment { register, key: &key, from, body, personal, batch: "", by: (&by, role) })?;
        desk.close()
    })
}
/// `POST /conflicts`.
pub fn add_conflict(p: &Post) -> Result<Reply> {
    let (person, kind, target, why) = (p.form.get("person"), p.form.get("kind"), p.form.get("target"), p.form.get("why"));
    let known = p.visit(|v| {
        Ok(people::exists(v.tx, person)?
            && match kind {
                "org" => v.registers.org(target).is_some(),
                "matter" => may_name(v, target)?,
                _ => false,
            })
    })?;
    if !known || why.trim().is_empty() {
        return Err(Failure::Bad(422, "请选择人员、单位或事项，并写明关系。".into()));
    }
    amend(p, "conflict", format!("{person}|{kind}|{target}"), Some(json!({"why": why.trim()})), "office")?;
    Ok(Reply::Go(format!("/conflicts?done={}", encode("已登记利益冲突"))))
}
/// `POST /conflicts/end`.
pub fn end_conflict(p: &Post) -> Result<Reply> {
    let key = p.form.get("key").to_owned();
    if key.split('|').next() == Some(&p.who.id) {
        return Err(Failure::Forbidden("不能终止自己的利益冲突登记。".into()));
    }
    amend(p, "conflict", key, None, "office")?;
    Ok(Reply::Go("/conflicts".into()))
}
/// `GET /delegations`.
pub fn delegations(v: &Visit) -> Result<Reply> {
    let mut rows = vec![];
    for mut r in registers::delegated_by(v.tx, &v.who.id)? {
        let key = format!("{}|{}|{}|{}", r.text(0), r.text(1), r.text(2), v.who.id);
        rows.push(vec![
            Cell::Text(people::name(v.tx, r.text(0))?),
            Cell::Text(people::role_label(r.text(1)).to_owned()),
            Cell::Text(r.take(3)),
            Cell::Text(r.take(4)),
            Cell::Button("/delegations/end".into(), "终止".into(), vec![("key".into(), key)]),
        ]);
    }
    let mut p =
        page(v, "代理", "你不在时由谁代办。代理人办的事记双方姓名，四眼规则同样适用。", vec!["代理人", "角色", "自", "至", "操作"], rows)?;
    let roles = v
        .who
        .roles
        .iter()
        .filter(|r| r.of.is_none())
        .map(|r| (format!("{}|{}", r.role, r.org), people::role_label(&r.role).to_owned(), false))
        .collect();
    let fields = vec![
        field("person", "代理人", persons(v)?),
        field("role", "代理哪个角色", Input::One(roles)),
        field("from", "自", Input::Date(String::new())),
        field("until", "至", Input::Date(String::new())),
    ];
    p.form =
        Some(SmallForm {
            heading: "设代理".into(), action: "/delegations".into(), fields, submit: "设代理".into(), ..Default::default()
        });
    done(p)
}
/// `POST /delegations`.
pub fn delegate(p: &Post) -> Result<Reply> {
    let bad = |say: &str| Failure::Bad(422, say.into());
    let (person, role) = (p.form.get("person"), p.form.get("role"));
    let (role, org) = role.split_once('|').ok_or_else(|| bad("请选择角色。"))?;
    let day = |n: &str| p.form.get(n).parse::<jiff::civil::Date>().map_err(|_| bad("请填起止日期。"));
    let (from, until) = (day("from")?, day("until")?);
    let mine = p.who.roles.iter().any(|r| r.role == role && r.org == org && r.of.is_none());
    let other = p
        .visit(|v| people::person(v.tx, person, p.now.today))?
        .filter(|o| o.id != p.who.id)
        .ok_or_else(|| bad("请选择另一位有效账号。"))?;
    if role == "R7" {
        return Err(bad("检察驻点的身份只属本人，不能交给他人代理。"));
    }
    let admin = people::ADMINS.contains(&role) || other.roles.iter().any(|r| people::ADMINS.contains(&r.role.as_str()));
    if !mine || until < from || until < p.now.today || admin || other.org != p.who.org {
        return Err(bad("只能把自己的业务角色交给本机构的人，止日不早于今日；三员不能代理或被代理。"));
    }
    let key = format!("{person}|{role}|{org}|{}", p.who.id);
    amend(p, "holding", key, Some(json!({"from": from.to_string(), "until": until.to_string()})), "self")?;
    Ok(Reply::Go(format!("/delegations?done={}", encode("已设代理"))))
}
/// `POST /delegations/end`.
pub fn end_delegation(p: &Post) -> Result<Reply> {
    let key = p.form.get("key").to_owned();
    if !key.ends_with(&format!("|{}", p.who.id)) {
        return Err(Failure::NotFound);
    }
    amend(p, "holding", key, None, "self")?;
    Ok(Reply::Go("/delegations".into()))
}
