//! 授权包: its page, the reading of it, and 使用台账. GET tells how it stands and never what is in it; to read is a POST, which is an act.
use domain::engine::{OFFICE, Standing, in_role};
use domain::procedures::packet::{Edition, Look, Packet};
use domain::registers::codes::PACKET_KIND;

use super::api::take_shown;
use super::pages::{Cell, TablePage, html};
use super::present;
use super::visit::{Post, Reply, Visit, encode};
use crate::failure::{Failure, Result};
use crate::matters::{self, Loaded, Where};
use crate::{edge, packets, people};

/// Whether a form of this matter's step is the reading of a packet, which has a page of its own.
fn reads(v: &Visit) -> Result<bool> {
    Ok(v.part("action") == "look" && matters::load(v.tx, v.part("number"))?.is_some_and(|l| l.matter.kind() == "packet"))
}
/// The form of `look` is the packet's page.
///
/// # Errors
/// `NotFound` for whoever stands in no relation to it.
pub fn form(v: &Visit) -> Result<Option<Reply>> {
    if !reads(v)? {
        return Ok(None);
    }
    // Whoever does not know of it must not learn that it is there.
    packets::state(v.tx, v.house, v.who, v.part("number"), v.now)?;
    Ok(Some(Reply::Go(format!("/packet/{}", v.part("number")))))
}
/// `look` sent by the form of any matter is the reading itself: nobody gets a receipt of what he was not shown.
///
/// # Errors
/// What the reading fails with.
pub fn act(p: &Post) -> Result<Option<Reply>> {
    if p.visit(reads)? { read(p).map(Some) } else { Ok(None) }
}
fn packet(loaded: &Loaded) -> Result<&Packet> {
    loaded.of::<Packet>().map(|m| &m.state).ok_or(Failure::NotFound)
}
/// `GET /packet/{number}`.
pub fn page(v: &Visit) -> Result<Reply> {
    let number = v.part("number");
    let (loaded, mine, access) = packets::state(v.tx, v.house, v.who, number, v.now)?;
    let packet = packet(&loaded)?;
    let office = OFFICE.iter().any(|s| mine.contains(s));
    v.house.reads.note(&v.who.id, loaded.id, "打开授权包", v.now);
    let o = packet.opening();
    let kind = PACKET_KIND.label_of(&o.kind);
    let mut rows = vec![];
    for (n, e) in packet.sent().iter().enumerate().rev() {
        let newest = n + 1 == packet.sent().len();
        rows.push(edition(
            number,
            n + 1,
            e,
            newest && access.readable,
            packet.looks().iter().filter(|l| l.edition == as_number(n + 1)).count(),
            newest,
        ));
    }
    let there = packet.prepared().is_some() && packet.sent().last().map(|e| &e.laid) != packet.prepared();
    if office && there {
        let button = Cell::Button(format!("/packet/{number}/preview"), "核对内容".into(), vec![]);
        let next = format!("第 {} 版", packet.sent().len() + 1);
        rows.insert(0, vec![Cell::Text(next), "".into(), "".into(), Cell::Tag("待批准".into(), "amber"), "".into(), button]);
    }
    let mut links = vec![("回到本件".to_owned(), format!("/matter/{number}"))];
    links.extend(office.then(|| ("使用台账".to_owned(), format!("/packets/uses?number={}", encode(number)))));
    let page = TablePage {
        frame: present::frame(
            v,
            &format!("授权包 {number}"),
            &[("工作台", "/"), ("授权包", "/matters/packet"), (number, &format!("/matter/{number}")), ("查看", "")],
        )?,
        heading: format!("授权包 {number}"),
        explain: format!("{kind} · 送{} · 用途：{}", v.registers.org_name(&o.to_org), o.purpose),
        notes: vec![access.words, "只供所列用途，不得转给他人。打开内容即留回执：何人、何时、看到的原文。".into()],
        columns: vec!["版本", "送出日期", "看到何日为止", "状况", "查看次数", "办理"],
        rows,
        links,
        empty: "还没有可看的版本".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
fn as_number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}
fn edition(number: &str, n: usize, e: &Edition, readable: bool, looks: usize, newest: bool) -> Vec<Cell> {
    let day = |d: Option<jiff::civil::Date>| Cell::Text(d.map(|d| d.to_string()).unwrap_or_default());
    let name = if e.correction { format!("第 {n} 版（更正函）") } else { format!("第 {n} 版") };
    let standing = match (readable, newest) {
        (true, _) => Cell::Tag("可查看".into(), "green"),
        (false, true) => Cell::Tag("不能查看".into(), ""),
        (false, false) => Cell::Tag("已有新版本".into(), ""),
    };
    let label = if e.correction { "查看更正函" } else { "查看" };
    let way =
        if readable { Cell::Button(format!("/packet/{number}"), label.into(), vec![("edition".into(), n.to_string())]) } else { "".into() };
    vec![Cell::Text(name), day(e.sent_on), day(e.laid.until), standing, Cell::Number(looks.to_string()), way]
}
/// `POST /packet/{number}`: the act, then what it showed – the very bytes of its receipt.
pub fn read(p: &Post) -> Result<Reply> {
    let number = p.part("number").to_owned();
    let newest = p.visit(|v| {
        let (loaded, ..) = packets::state(v.tx, v.house, v.who, &number, v.now)?;
        Ok(packet(&loaded)?.newest().map_or(0, |(n, _)| n))
    })?;
    // A tab left open asks for what it showed; what is newer he is to see first that it is there.
    if p.form.has("edition") && p.form.get("edition") != newest.to_string() {
        return Err(Failure::Bad(409, "已有新版本。请回到授权包，查看新版本。".into()));
    }
    let (_, shown) = take_shown(p, Where::On(number), "look", domain::engine::Form::new(), None, None)?;
    let (_, html) = shown.into_iter().next().ok_or_else(|| Failure::Fault("查看没有留下回执".into()))?;
    Ok(Reply::Html(html))
}
/// Of the office: what of this packet he may be shown.
fn of_office(v: &Visit, standings: &[Standing]) -> Result<Loaded> {
    let (loaded, mine, _) = packets::state(v.tx, v.house, v.who, v.part("number"), v.now)?;
    standings.iter().any(|s| mine.contains(s)).then_some(loaded).ok_or(Failure::NotFound)
}
/// `POST /packet/{number}/preview`: what will go out, for the office to check before it approves.
pub fn preview(p: &Post) -> Result<Reply> {
    p.visit(|v| {
        let loaded = of_office(v, OFFICE)?;
        let laid = packet(&loaded)?.prepared().ok_or(Failure::NotFound)?;
        let text = packets::read(v.tx, v.house, &loaded.number, laid)?;
        v.house.reads.note(&v.who.id, loaded.id, "核对授权包", v.now);
        let number = loaded.number.as_str();
        let page = TablePage {
            frame: present::frame(v, "核对授权包", &[("工作台", "/"), (number, &format!("/matter/{number}")), ("核对授权包", "")])?,
            heading: "核对授权包".into(),
            explain: format!("{number} · 批准后接收机关看到的就是以下文字。核对已留痕。"),
            columns: vec!["内容", "指纹"],
            rows: vec![vec![Cell::Area(text), Cell::Code(laid.digest.clone())]],
            links: vec![("回到授权包".into(), format!("/packet/{number}"))],
            ..Default::default()
        };
        Ok(Reply::Html(html(&page)))
    })
}
/// `POST /packet/{number}/receipt`: the bytes of one look, for those who answer for the office.
pub fn receipt(p: &Post) -> Result<Reply> {
    p.visit(|v| {
        let loaded = of_office(v, &[Standing::Lead, Standing::Secretary])?;
        let at: usize = p.form.get("look").parse().map_err(|_| Failure::NotFound)?;
        let look = packet(&loaded)?.looks().get(at).ok_or(Failure::NotFound)?;
        let shown = packets::receipt(v.tx, v.house, &loaded.number, look)?;
        v.house.reads.note(&v.who.id, loaded.id, "查看授权包回执", v.now);
        Ok(Reply::Html(shown))
    })
}
/// `GET /packets/uses`: 使用台账. The auditor reads counts.
pub fn uses(v: &Visit) -> Result<Reply> {
    let office = super::routes::OFFICE.iter().any(|r| in_role(v.who, r));
    let (columns, rows, explain) = if office {
        let columns = vec!["授权包", "接收机关", "版本", "查看人", "时间", "回执指纹", "回告", "原文"];
        (columns, looks(v)?, "谁在何时看了哪一版。回执存有当时看到的原文。")
    } else {
        let mut rows = vec![];
        for mut r in packets::looked(v.tx)? {
            let org = v.registers.org_name(r.text(1)).to_owned();
            rows.push(vec![Cell::Text(r.take(0)), Cell::Text(org), Cell::Number(r.int(2).to_string())]);
        }
        (vec!["月份", "接收机关", "查看次数"], rows, "只列次数，不列编号和人员。")
    };
    let page = TablePage {
        frame: present::frame(v, "授权包使用台账", &[("工作台", "/"), ("授权包使用台账", "")])?,
        heading: "授权包使用台账".into(),
        explain: explain.into(),
        columns,
        rows,
        empty: "还没有人查看过授权包".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
fn looks(v: &Visit) -> Result<Vec<Vec<Cell>>> {
    let only = v.query.get("number");
    let (mut rows, mut from) = (vec![], 0);
    loop {
        let filter = matters::Filter { kind: "packet".into(), limit: 100, from, ..Default::default() };
        let listing = matters::list(v.tx, v.house, v.who, &filter, v.now)?;
        for item in listing.items.iter().filter(|i| only.is_empty() || i.number == only) {
            let loaded = matters::load(v.tx, &item.number)?.ok_or(Failure::NotFound)?;
            let packet = packet(&loaded)?;
            for (n, look) in packet.looks().iter().enumerate().rev() {
                rows.push(look_row(v, &loaded, packet, (n, look))?);
            }
        }
        match listing.items.last().filter(|_| listing.more && rows.len() < 1_000) {
            Some(last) => from = last.id,
            None => break,
        }
    }
    Ok(rows)
}
fn look_row(v: &Visit, loaded: &Loaded, packet: &Packet, (n, look): (usize, &Look)) -> Result<Vec<Cell>> {
    let number = &loaded.number;
    let (replies, uses) = packet.answers();
    let answered = match (replies.len(), uses.len()) {
        (0, 0) => "没有".to_owned(),
        (r, u) => format!("建议 {r} 次，用后回告 {u} 次"),
    };
    let may = ["R2", "R3"].iter().any(|role| v.who.roles.iter().any(|r| r.role == *role && r.org == loaded.matter.owner()));
    let way = if may {
        Cell::Button(format!("/packet/{number}/receipt"), "看原文".into(), vec![("look".into(), n.to_string())])
    } else {
        "".into()
    };
    Ok(vec![
        Cell::Link(number.clone(), format!("/packet/{number}")),
        Cell::Text(v.registers.org_name(packet.to_org()).to_owned()),
        Cell::Text(format!("第 {} 版", look.edition)),
        Cell::Text(people::name(v.tx, &look.by)?),
        Cell::Text(edge::minute_of(look.at_ms)),
        Cell::Code(present::mark(&look.receipt_digest)),
        Cell::Text(answered),
        way,
    ])
}
