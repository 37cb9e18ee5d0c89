//! Accounts, the audit log, the ledger and its entries.

use super::pages::{Cell, Input, SmallForm};
use super::registers::{done, field, orgs, page};
use super::visit::{Post, Reply, Visit, encode};
use crate::failure::{Failure, Result};
use crate::ledger::{CHAIN_CONFIDENTIAL, CHAIN_MAIN};
use crate::matters::Desk;
use crate::{edge, people};

/// `GET /accounts`.
pub fn accounts(v: &Visit) -> Result<Reply> {
    let sys = domain::engine::in_role(v.who, "SYS");
    let held = people::everybody(v.tx, v.now.today)?;
    let rows = people::accounts(v.tx)?.into_iter().map(|a| {
        let roles = held
            .iter()
            .filter(|(p, ..)| *p == a.id)
            .map(|(_, r, o)| format!("{r}@{}", v.registers.org_name(o)))
            .collect::<Vec<_>>()
            .join("、");
        let state = match a.state.as_str() {
            "active" => "有效",
            "invited" => "待启用",
            _ => "停用",
        };
        let act = if sys {
            Cell::Button("/accounts/invite".into(), "发一次性链接".into(), vec![("person".into(), a.id.clone())])
        } else {
            Cell::Text(String::new())
        };
        vec![
            Cell::Code(a.id),
            Cell::Text(a.login),
            Cell::Text(a.name),
            Cell::Text(v.registers.org_name(&a.org).to_owned()),
            Cell::Text(roles),
            Cell::Tag(state.into(), ""),
            act,
        ]
    });
    let rows = rows.collect();
    let mut p = page(
        v,
        "账号",
        "管理员不能设置也看不到密码。角色由授权单给出：系统管理员提出，安全保密管理员批准。",
        vec!["编号", "账号", "姓名", "机构", "角色", "状态", "操作"],
        rows,
    )?;
    if sys {
        let fields = vec![
            field("login", "账号", Input::Line(String::new())),
            field("name", "姓名", Input::Line(String::new())),
            field("org", "机构", orgs(v)),
        ];
        p.form = Some(SmallForm {
            heading: "新建账号".into(),
            action: "/accounts".into(),
            fields,
            submit: "新建账号".into(),
            ..Default::default()
        });
        p.links
            .push(("提出授权".into(), format!("/matters/grant/new/propose?owner={}", encode(v.who.roles.first().map_or("", |r| &r.org)))));
    }
    done(p)
}
fn link_page(p: &Post, token: &str) -> Result<Reply> {
    let origin = p.headers.get("host").and_then(|h| h.to_str().ok()).unwrap_or("本机");
    let scheme = if p.secure { "https" } else { "http" };
    p.visit(|v| {
        let mut page = page(
            v,
            "一次性链接",
            "当面交给本人。24 小时内有效，只能用一次。",
            vec!["链接"],
            vec![vec![Cell::Code(format!("{scheme}://{origin}/invitation/{token}"))]],
        )?;
        page.links.push(("回账号".into(), "/accounts".into()));
        done(page)
    })
}
/// `POST /accounts`.
pub fn new_account(p: &Post) -> Result<Reply> {
    let (house, by) = (p.house.clone(), p.who.id.clone());
    let text = |n: &str| p.form.get(n).trim().to_owned();
    let (login, name, org) = (text("login"), text("name"), text("org"));
    let token = p.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &house)?;
        if desk.registers.org(&org).is_none() {
            return Err(Failure::Bad(422, "请选择机构。".into()));
        }
        let id = people::create(&mut desk, &login, &name, &org, (&by, "SYS"))?;
        let token = people::invite(&mut desk, &id, (&by, "SYS"))?;
        desk.close()?;
        Ok(token)
    })?;
    link_page(p, &token)
}
/// `POST /accounts/invite`.
pub fn invite(p: &Post) -> Result<Reply> {
    let (house, by, id) = (p.house.clone(), p.who.id.clone(), p.form.get("person").to_owned());
    let token = p.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &house)?;
        if !people::exists(tx, &id)? {
            return Err(Failure::NotFound);
        }
        let token = people::invite(&mut desk, &id, (&by, "SYS"))?;
        desk.close()?;
        Ok(token)
    })?;
    link_page(p, &token)
}
/// `GET /audit`: pseudonymous actors, days, kinds; no contents.
pub fn audit(v: &Visit) -> Result<Reply> {
    let (chain, other) = match v.query.get("chain") {
        "confidential" => (CHAIN_CONFIDENTIAL, ("主链", "/audit")),
        _ => (CHAIN_MAIN, ("保密链（只记到日）", "/audit?chain=confidential")),
    };
    let rows = crate::ledger::newest(v.tx, chain, 200)?.into_iter().map(|k| {
        vec![
            Cell::Link(crate::ledger::label(k.seq), format!("/entry/{}", k.seq)),
            Cell::Text(edge::day_of(k.event.time_ms).to_string()),
            Cell::Code(k.event.kind),
            Cell::Code(k.event.actor),
            Cell::Text(k.event.role),
        ]
    });
    let rows = rows.collect();
    let explain = "最近 200 条。只列编号和种类，不列内容；审计员只读。";
    let mut p = page(v, "审计日志", explain, vec!["序号", "日期", "种类", "操作者编号", "身份"], rows)?;
    p.links.push((other.0.into(), other.1.into()));
    done(p)
}
/// `GET /ledger`.
pub fn ledger(v: &Visit) -> Result<Reply> {
    let (id, alg, size) = crate::ledger::identity(v.tx)?;
    let mut rows = vec![
        vec![Cell::Text("台账编号".into()), Cell::Code(id)],
        vec![Cell::Text("指纹算法".into()), Cell::Code(alg.name().into())],
        vec![Cell::Text("条数".into()), Cell::Number(size.to_string())],
        vec![Cell::Text("命令行核验".into()), Cell::Code("xiezhi verify --data 目录 --anchor anchors.txt".into())],
    ];
    if let Some((at, text)) = crate::ledger::newest_checkpoint(v.tx)? {
        rows.push(vec![Cell::Text(format!("最新检查点（{at} 条）")), Cell::Area(text)]);
    }
    let mut p =
        page(v, "存证核验", "每一步都在台账里，任何人改动历史都能被发现。链外存证请另存一份，交外单位保管。", vec!["项目", "内容"], rows)?;
    p.links.push(("下载链外存证".into(), "/ledger/anchors.txt".into()));
    done(p)
}
/// `GET /ledger/anchors.txt`.
pub fn anchors(v: &Visit) -> Result<Reply> {
    let text = std::fs::read(v.house.folder.join("anchors.txt")).unwrap_or_default();
    Ok(Reply::Download(text, "text/plain; charset=utf-8", "anchors.txt".into()))
}
/// `GET /entry/{seq}`: the fingerprint of one entry, for whoever may see its matter.
pub fn entry(v: &Visit) -> Result<Reply> {
    let seq: u64 = v.part("seq").parse().map_err(|_| Failure::NotFound)?;
    let kept = crate::ledger::at(v.tx, seq)?.ok_or(Failure::NotFound)?;
    let stream = kept.event.stream.clone();
    let auditor = domain::engine::in_role(v.who, "AUD");
    if domain::procedures::kind(kept.event.kind.split('@').next().unwrap_or("")).is_some() {
        if !auditor {
            crate::matters::see(v.tx, v.house, v.who, &stream, v.now)?;
        }
    } else if !auditor {
        return Err(Failure::NotFound);
    }
    let row = |l: &str, c: Cell| vec![Cell::Text(l.into()), c];
    let rows = vec![
        row("序号", Cell::Number(crate::ledger::label(kept.seq))),
        row("时间", Cell::Text(if auditor { edge::day_of(kept.event.time_ms).to_string() } else { edge::minute_of(kept.event.time_ms) })),
        row("种类", Cell::Code(kept.event.kind.clone())),
        row("本条指纹", Cell::Code(edge::hex(&kept.h))),
        row("上一条指纹", Cell::Code(edge::hex(&kept.event.prev))),
        row("保密仓承诺值", Cell::Number(kept.event.vault_refs.len().to_string())),
        row("事项", if auditor { Cell::Text("不列".into()) } else { Cell::Link(stream.clone(), format!("/matter/{stream}")) }),
    ];
    done(page(
        v,
        &format!("留痕条目 {}", crate::ledger::label(seq)),
        "指纹由原样字节算出，可用命令行独立核验。",
        vec!["项目", "内容"],
        rows,
    )?)
}
/// `GET /reads`: who looked at what, counted by person and day, without numbers or titles of matters.
pub fn reads(v: &Visit) -> Result<Reply> {
    let since = v.now.today.saturating_sub(jiff::Span::new().days(7)).to_string();
    let mut rows = vec![];
    for r in crate::matters::reads_by_day(v.tx, &since)? {
        let who = if domain::engine::in_role(v.who, "AUD") { r.text(1).to_owned() } else { people::name(v.tx, r.text(1))? };
        let what = if r.text(3).is_empty() { Cell::Text("查阅".into()) } else { Cell::Tag(format!("被拒：{}", r.text(3)), "amber") };
        rows.push(vec![Cell::Text(r.text(0).into()), Cell::Text(who), what, Cell::Number(r.int(2).to_string())]);
    }
    let words = "近 7 日每人每日打开事项页的次数，和外部机关被拒的次数，不列编号和标题。每日摘要已入台账。";
    done(page(v, "查阅记录", words, vec!["日期", "人员", "种类", "次数"], rows)?)
}
