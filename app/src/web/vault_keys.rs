//! 保密仓密钥: which keys there are, who holds a part and who lacks one; two custodians give theirs out anew. No secret stands here.
use super::pages::{Cell, TablePage, html};
use super::present;
use super::visit::{Post, Reply, Visit, encode};
use crate::failure::{Failure, Result};
use crate::matters::Desk;
use crate::{people, vault};

/// Who may look: the intake, the custodians, the administrator of secrets.
pub const READERS: &[&str] = &["R14", "R16", "SEC"];

/// `GET /vault`.
pub fn page(v: &Visit) -> Result<Reply> {
    let security = domain::engine::in_role(v.who, "SEC");
    let mine = |role: &str, org: &str| v.who.roles.iter().any(|r| r.role == role && r.org == org);
    let all: Vec<_> = vault::all(v.tx)?.into_iter().filter(|k| security || mine(&k.role, &k.org)).collect();
    let (mut rows, mut notes) = (vec![], vec![]);
    for (n, key) in all.iter().enumerate() {
        let newest = n == 0 || all.get(n - 1).is_none_or(|k| (&k.org, &k.role) != (&key.org, &key.role));
        let held = vault::held_by(v.tx, key)?;
        let (holders, _) = vault::holders(v.tx, v.now.today, &key.org, &key.role)?;
        let lacking: Vec<String> = holders.difference(&held).map(|p| people::name(v.tx, p)).collect::<Result<_>>()?;
        let escrowed = vault::escrowed(v.tx, key)?;
        let split = vault::custody(&key.role) == Some(vault::Custody::Split);
        let renew = if newest && split && mine("R16", &key.org) && held.contains(&v.who.id) {
            Cell::Button("/vault/rewrap".into(), "同意换发".into(), vec![("org".into(), key.org.clone())])
        } else {
            Cell::Text(String::new())
        };
        let agreed = if newest && split { vault::waiting(v.tx, &key.org)? } else { vec![] };
        if !agreed.is_empty() {
            let names = agreed.iter().map(|p| people::name(v.tx, p)).collect::<Result<Vec<_>>>()?;
            notes.push(format!("{}已同意换发，待另一名身份保管人同意。", names.join("、")));
        }
        rows.push(vec![
            Cell::Text(format!("{} {}", key.role, people::role_label(&key.role))),
            Cell::Text(v.registers.org_name(&key.org).to_owned()),
            Cell::Text(format!("第 {} 代{}", key.generation, if newest { "" } else { "（只读旧件）" })),
            Cell::Text(format!("{} 人{}", held.len(), if split { "，两人合开" } else { "" })),
            Cell::Text(if lacking.is_empty() { "无".into() } else { lacking.join("、") }),
            if escrowed { Cell::Tag("已托管".into(), "done") } else { Cell::Tag("未托管".into(), "late") },
            renew,
        ]);
    }
    let page = TablePage {
        frame: present::frame(v, "保密仓密钥", &[("工作台", "/"), ("保密仓密钥", "")])?,
        heading: "保密仓密钥".into(),
        explain: "原文用受理组的密钥打开，反映人身份须两名身份保管人合开。密钥在持有人登录时建立、补发；有人离任即换新一代。".into(),
        notes,
        columns: vec!["角色", "机构", "密钥", "持有", "尚缺", "托管", "操作"],
        rows,
        empty: "还没有密钥".into(),
        hint: "受理员登录一次，即建立受理组密钥；两名身份保管人各登录一次，即建立身份密钥。".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// `POST /vault/rewrap`.
pub fn rewrap(p: &Post) -> Result<Reply> {
    let org = p.form.get("org").to_owned();
    if !p.who.roles.iter().any(|r| r.role == "R16" && r.org == org) {
        return Err(Failure::NotFound);
    }
    let own = p.session.as_ref().and_then(|s| s.own.clone()).ok_or_else(|| Failure::Forbidden("须身份保管人本人登录办理。".into()))?;
    let (house, by) = (p.house.clone(), p.who.id.clone());
    let done = p.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &house)?;
        let done = vault::rewrap(&mut desk, &by, &own, &org)?;
        desk.close()?;
        Ok(done)
    })?;
    let said = if done { "已换发给现任身份保管人。" } else { "已同意，待另一名身份保管人同意。" };
    Ok(Reply::Go(format!("/vault?done={}", encode(said))))
}
