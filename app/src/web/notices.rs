//! 提醒 and how they reach a person; what could not be delivered, for the system administrator.
use askama::Template;
use domain::notices::Event;

use super::pages::{Cell, Frame, Options, html};
use super::present;
use super::registers::{done, page as table};
use super::visit::{Post, Reply, Visit, encode};
use crate::edge;
use crate::failure::{Failure, Result};
use crate::notices::{self, Asked, CHANNELS, DIGESTS, Settings};

/// Rows on one page.
const PAGE: usize = 50;

struct Line {
    n: i64,
    text: String,
    /// Number of the matter and its address, where it is about one.
    matter: (String, String),
    day: String,
    time: String,
    seen: bool,
}
#[derive(Template)]
#[template(path = "notices.html")]
struct NoticesPage {
    frame: Frame,
    /// `(label, address, current)`.
    tabs: Vec<(String, String, bool)>,
    whats: Options,
    unread: bool,
    lines: Vec<Line>,
    next: Option<String>,
    words: String,
}
/// `GET /notices`.
pub fn page(v: &Visit) -> Result<Reply> {
    let asked = Asked {
        what: v.query.get("what").to_owned(),
        unread: v.query.get("show") != "all",
        before: v.query.get("before").parse().unwrap_or(0),
    };
    let mut all = notices::list(v.tx, v.house, v.who, &asked, i64::try_from(PAGE).unwrap_or(50) + 1)?;
    let more = all.len() > PAGE;
    all.truncate(PAGE);
    let address = |show: &str, before: i64| {
        let before = if before > 0 { format!("&before={before}") } else { String::new() };
        format!("/notices?show={show}&what={}{before}", encode(&asked.what))
    };
    let show = if asked.unread { "unread" } else { "all" };
    let next = all.last().filter(|_| more).map(|n| address(show, n.n));
    let lines = all.into_iter().map(|n| Line {
        n: n.n,
        text: n.told.text,
        matter: (n.href.trim_start_matches("/matter/").to_owned(), n.href),
        day: n.day,
        time: edge::minute_of(n.at_ms),
        seen: n.seen,
    });
    let lines: Vec<Line> = lines.collect();
    let page = NoticesPage {
        frame: present::frame(v, "提醒", &[("工作台", "/"), ("提醒", "")])?,
        tabs: vec![("未读".into(), address("unread", 0), asked.unread), ("全部".into(), address("all", 0), !asked.unread)],
        whats: Event::ALL.iter().map(|e| (e.name().into(), e.label().into(), e.name() == asked.what)).collect(),
        unread: asked.unread,
        words: format!("本页 {} 条", lines.len()),
        lines,
        next,
    };
    Ok(Reply::Html(html(&page)))
}
/// `POST /notices/read`: those ticked, or all.
pub fn read(p: &Post) -> Result<Reply> {
    let which: Vec<i64> = p.form.all("n").filter_map(|n| n.parse().ok()).collect();
    if which.is_empty() && p.form.get("op") != "all" {
        return Ok(Reply::Go("/notices".into()));
    }
    let which = if p.form.get("op") == "all" { vec![] } else { which };
    let (house, who) = (p.house.clone(), p.who.clone());
    let n = p.house.db.write_here(move |tx| notices::read(tx, &house, &who, &which))?;
    Ok(Reply::Go(format!("/notices?done={}", encode(&format!("已标为已读 {n} 条")))))
}

struct Channel {
    name: &'static str,
    label: &'static str,
    address_label: &'static str,
    to: String,
    verified: bool,
    waiting: bool,
    /// The house has such a gateway.
    there: bool,
}
struct EventRow {
    label: &'static str,
    /// `(value, label, chosen)` for each channel.
    boxes: Options,
}
#[derive(Template)]
#[template(path = "notice_settings.html")]
struct SettingsPage {
    frame: Frame,
    channels: Vec<Channel>,
    events: Vec<EventRow>,
    digests: Options,
    hour: i8,
    /// From and to, empty where he is never left alone.
    quiet: (String, String),
    undelivered: i64,
}
/// `GET /notices/settings`.
pub fn settings(v: &Visit) -> Result<Reply> {
    let chosen = notices::settings(v.tx, v.house, &v.who.id)?;
    let gateways = notices::Gateways::find(&v.house.folder).map(|g| g.channels()).unwrap_or_default();
    let channel = |&(name, label, address_label): &(&'static str, &'static str, &'static str)| {
        let a = chosen.addresses.get(name).cloned().unwrap_or_default();
        Channel { name, label, address_label, to: a.to, verified: a.verified, waiting: !a.code.is_empty(), there: gateways.contains(&name) }
    };
    let row = |e: &Event| EventRow {
        label: e.label(),
        boxes: CHANNELS.iter().map(|c| (format!("{}|{}", c.0, e.name()), c.1.to_owned(), chosen.wants(c.0, e.name()))).collect(),
    };
    let page = SettingsPage {
        frame: present::frame(v, "提醒设置", &[("工作台", "/"), ("提醒", "/notices"), ("设置", "")])?,
        channels: CHANNELS.iter().map(channel).collect(),
        events: Event::ALL.iter().map(row).collect(),
        digests: DIGESTS.iter().map(|d| (d.0.into(), d.1.into(), chosen.digest == d.0)).collect(),
        hour: chosen.hour,
        quiet: chosen.quiet.map(|(a, b)| (a.to_string(), b.to_string())).unwrap_or_default(),
        undelivered: notices::dead_of(v.tx, &v.who.id)?,
    };
    Ok(Reply::Html(html(&page)))
}
fn back(words: &str) -> Reply {
    Reply::Go(format!("/notices/settings?done={}", encode(words)))
}
/// `POST /notices/settings`.
pub fn keep(p: &Post) -> Result<Reply> {
    let hour = |name: &str| -> Result<Option<i8>> {
        let text = p.form.get(name).trim();
        let wrong = |_| Failure::Bad(422, "时刻应为 0 至 23 的整数。".into());
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(wrong) }
    };
    let quiet = match (hour("quiet_from")?, hour("quiet_to")?) {
        (Some(from), Some(to)) => Some((from, to)),
        (None, None) => None,
        _ => return Err(Failure::Bad(422, "免打扰时段要填起止两个时刻。".into())),
    };
    let chosen = Settings {
        on: p.form.all("on").map(ToOwned::to_owned).collect(),
        quiet,
        digest: p.form.get("digest").to_owned(),
        hour: hour("hour")?.unwrap_or(8),
        ..Default::default()
    };
    let (house, id) = (p.house.clone(), p.who.id.clone());
    p.house.db.write_here(move |tx| notices::keep(tx, &house, &id, chosen))?;
    Ok(back("已保存设置"))
}
/// `POST /notices/address`: a code goes to the address.
pub fn address(p: &Post) -> Result<Reply> {
    let (house, id) = (p.house.clone(), p.who.id.clone());
    let (channel, to) = (p.form.get("channel").to_owned(), p.form.get("to").to_owned());
    let ends = to.trim().is_empty();
    p.house.db.write_here(move |tx| notices::ask_code(tx, &house, &id, &channel, &to))?;
    Ok(back(if ends { "已停用这条通道" } else { "已发出验证码，请在 30 分钟内填回" }))
}
/// `POST /notices/verify`.
pub fn verify(p: &Post) -> Result<Reply> {
    let (house, id) = (p.house.clone(), p.who.id.clone());
    let (channel, code) = (p.form.get("channel").to_owned(), p.form.get("code").to_owned());
    // What was tried is kept, right or wrong.
    let right = p.house.db.write_here(move |tx| notices::confirm(tx, &house, &id, &channel, &code))?;
    if right {
        Ok(back("地址已验证"))
    } else {
        Err(Failure::Bad(422, "验证码不对或已过期。请核对，或重新发一次。".into()))
    }
}

/// `GET /deliveries`: counts, and what was given up; no contents, no persons.
pub fn deliveries(v: &Visit) -> Result<Reply> {
    let label = |channel: &str| CHANNELS.iter().find(|c| c.0 == channel).map_or_else(|| channel.to_owned(), |c| c.1.to_owned());
    let state = |s: &str| match s {
        "waiting" => "待发",
        "held" | "folded" => "待汇总、已汇总",
        "sent" => "已发出",
        "dropped" => "不再需要",
        _ => "没有送到",
    };
    let rows = notices::dead(v.tx)?.into_iter().map(|d| {
        vec![
            Cell::Code(d.event.chars().take(8).collect()),
            Cell::Text(label(&d.channel)),
            Cell::Text(d.day),
            Cell::Number(d.tries.to_string()),
            Cell::Tag(d.trouble, "amber"),
            Cell::Button(
                "/deliveries/retry".into(),
                format!("再投 {}", d.event.chars().take(8).collect::<String>()),
                vec![("event".into(), d.event)],
            ),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let mut p = table(
        v,
        "投递",
        "离开本系统的提醒：电子邮件和政务消息。这里列没有送到的，不列内容和收件人。",
        vec!["事件", "通道", "日期", "次数", "原因", "操作"],
        rows,
    )?;
    let counts = notices::states(v.tx)?.into_iter().map(|(channel, s, n)| format!("{}：{} {n} 条", label(&channel), state(&s)));
    p.notes.extend(counts);
    p.empty = "没有送不到的提醒".into();
    p.hint = "通道在数据目录的 gateways.json 里设置；没有这个文件就什么也不发。".into();
    done(p)
}
/// `POST /deliveries/retry`.
pub fn retry(p: &Post) -> Result<Reply> {
    let (event, now) = (p.form.get("event").to_owned(), p.now);
    if p.house.db.write_here(move |tx| notices::retry(tx, &event, now))? {
        Ok(Reply::Go(format!("/deliveries?done={}", encode("已重新排队"))))
    } else {
        Err(Failure::NotFound)
    }
}
