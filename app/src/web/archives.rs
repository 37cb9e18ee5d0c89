//! 归档: what is ready, what was made, what was taken in; the form that makes a package.
use domain::registers::codes::{RETENTION, SECRECY};

use super::pages::{Cell, FormPage, Input, html};
use super::present;
use super::registers::{done, field, page as table};
use super::visit::{Post, Reply, Visit};
use crate::archive::{self, SHORTEST, Wish};
use crate::edge;
use crate::failure::{Failure, Result};
use crate::matters::Seen;
use crate::people;

fn label(kind: &str) -> String {
    domain::procedures::kind(kind).map_or(kind, |k| k.label).to_owned()
}
/// `GET /archives`.
pub fn list(v: &Visit) -> Result<Reply> {
    let mut rows = vec![];
    let within = v.registers.limits.get("N171").and_then(|l| l.length).unwrap_or(60);
    for r in archive::ready(v.tx, v.house, v.who, 100)? {
        let days = (v.now.today - edge::day_of(r.closed_ms)).get_days();
        let tone = if i64::from(days) > i64::from(within) { "amber" } else { "" };
        rows.push(vec![
            Cell::Link(r.number.clone(), format!("/matter/{}", r.number)),
            Cell::Text(r.title),
            Cell::Text(label(&r.kind)),
            Cell::Tag("待归档".into(), tone),
            Cell::Text(format!("办结 {days} 天")),
            Cell::Link(format!("归档 {}", r.number), format!("/matter/{}/archive", r.number)),
        ]);
    }
    let waiting = rows.len();
    for r in archive::made(v.tx, v.house, v.who, 100)? {
        rows.push(vec![
            Cell::Link(r.number.clone(), format!("/matter/{}", r.number)),
            Cell::Text(r.title),
            Cell::Text(label(&r.kind)),
            Cell::Tag("已归档".into(), "green"),
            Cell::Text(format!(
                "{} · {} · {} · 指纹 {}",
                r.on,
                people::name(v.tx, &r.by)?,
                RETENTION.label_of(&r.retention),
                present::mark(&r.digest)
            )),
            Cell::Link(format!("再归档 {}", r.number), format!("/matter/{}/archive", r.number)),
        ]);
    }
    for r in archive::imported(v.tx, v.house, v.who)? {
        rows.push(vec![
            Cell::Code(r.number.clone()),
            Cell::Text(r.title),
            Cell::Text(label(&r.kind)),
            Cell::Tag("已导入，只读".into(), ""),
            Cell::Text(format!("{} · {} · 指纹 {}", r.on, RETENTION.label_of(&r.retention), present::mark(&r.digest))),
            Cell::Link(format!("查看 {}", r.number), format!("/archives/{}", r.n)),
        ]);
    }
    let words = "办结的事项成一个归档包：条目、证明、办理经过、附件、文书、元数据和四性检测报告。";
    let mut p = table(v, "归档", words, vec!["编号", "题名", "种类", "状态", "情况", "操作"], rows)?;
    p.notes.push(format!("待归档 {waiting} 件，最多列 100 件。办结后 {within} 日内归档（N171，本机构设定，非法定）。"));
    p.empty = "没有办结待归档的事项".into();
    p.hint = "事项办结后会出现在这里。".into();
    done(p)
}
/// `GET /archives/{n}`: a package taken in, checked while it is read.
pub fn one(v: &Visit) -> Result<Reply> {
    let found = archive::imported(v.tx, v.house, v.who)?.into_iter().find(|i| i.n.to_string() == v.part("n")).ok_or(Failure::NotFound)?;
    v.house.reads.note(&v.who.id, 0, format!("归档包 {}", found.digest.get(..16).unwrap_or("")), v.now);
    let (members, file) = archive::package_of(v.house, &found.digest)?;
    let (_, checks) = archive::check(&file, None).map_err(Failure::Fault)?;
    let mut rows = vec![];
    let read = |name: &str| members.get(name).map_or(&[][..], Vec::as_slice);
    let meta: archive::Meta = serde_json::from_slice(read("metadata.json"))?;
    for (_, label, value) in meta.fields() {
        rows.push(vec![Cell::Head("元数据".into()), Cell::Text(label.into()), Cell::Text(value.to_owned())]);
    }
    let lines: Vec<archive::Line> = serde_json::from_slice(read("timeline.json"))?;
    for l in lines {
        let fields: Vec<String> = l.fields.iter().map(|(f, t)| format!("{f}：{t}")).collect();
        let what = format!("{}（{}）{}", l.label, l.standing, fields.iter().map(|f| format!(" {f}")).collect::<String>());
        rows.push(vec![Cell::Head("办理经过".into()), Cell::Text(format!("{} {}", l.no, l.on)), Cell::Text(what)]);
    }
    for c in checks {
        let result = format!("{}。{}", c.result, c.detail);
        rows.push(vec![Cell::Head(c.nature), Cell::Text(format!("{}：{}", c.name, c.what)), Cell::Text(result)]);
    }
    let words = format!("{}。来自台账 {}，只读，与本机构的事项分开存放。", found.title, found.ledger.get(..8).unwrap_or(""));
    let mut p = table(v, &format!("归档包 {}", found.number), &words, vec!["部分", "项目", "内容"], rows)?;
    p.frame = present::frame(v, &format!("归档包 {}", found.number), &[("工作台", "/"), ("归档", "/archives"), (&found.number, "")])?;
    done(p)
}
/// The way from the page of a matter to its package.
pub fn tools(v: &Visit, seen: &Seen) -> Vec<(String, String)> {
    let mine = archive::KEEPERS.iter().any(|s| seen.mine.contains(s));
    let role = archive::READERS.iter().any(|r| domain::engine::in_role(v.who, r));
    let way = (seen.item.closed && mine && role).then(|| ("归档".to_owned(), format!("/matter/{}/archive", seen.item.number)));
    way.into_iter().collect()
}
fn choices(table: &'static domain::registers::codes::CodeTable, chosen: &str) -> Input {
    Input::One(table.rows.iter().map(|(c, l)| ((*c).to_owned(), (*l).to_owned(), *c == chosen)).collect())
}
/// `GET /matter/{number}/archive`.
pub fn form(v: &Visit) -> Result<Reply> {
    let number = v.part("number").to_owned();
    archive::packable(v.tx, v.house, v.who, &number)?;
    let mut secret = field("passphrase", "封存口令", Input::Secret);
    secret.required = false;
    secret.hint = format!("至少 {SHORTEST} 个字符。填了，个人信息用它封入；不填，个人信息不入包。口令不留存，忘了谁也打不开。");
    let mut again = field("again", "再填一次口令", Input::Secret);
    again.required = false;
    let mut kept = field("retention", "保管期限", choices(&RETENTION, "30年"));
    kept.hint = "本机构设定，非法定。".into();
    let page = FormPage {
        frame: present::frame(v, &format!("归档 {number}"), &[("工作台", "/"), (&number, &format!("/matter/{number}")), ("归档", "")])?,
        heading: format!("归档 {number}"),
        explain: "生成一个归档包并下载。谁在何时归档、包的指纹，都记入台账。".into(),
        action: format!("/matter/{number}/archive"),
        fields: vec![kept, field("secrecy", "密级", choices(&SECRECY, "内部")), secret, again],
        submit: "生成归档包".into(),
        cancel: format!("/matter/{number}"),
        key_name: "key",
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// `POST /matter/{number}/archive`: the package, as a download.
pub fn make(p: &Post) -> Result<Reply> {
    let text = |name: &str| p.form.get(name).to_owned();
    let wish = Wish {
        number: p.part("number").to_owned(),
        retention: text("retention"),
        secrecy: text("secrecy"),
        passphrase: text("passphrase"),
    };
    if wish.passphrase != p.form.get("again") {
        return Err(Failure::Bad(422, "两次填的口令不同。请重新填写。".into()));
    }
    let made = archive::make(&p.house, &p.who, &wish)?;
    Ok(Reply::Download(made.bytes, "application/zip", made.name))
}
