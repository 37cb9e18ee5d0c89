//! The page of one matter: stage, actions, deadlines, links, attachments, timeline.

use super::pages::{self, Action, ChainLink, MatterPage, WhiteBox, html};
use super::present;
use super::visit::{Reply, Visit};
use crate::failure::{Failure, Result};
use crate::matters::{self};
use crate::{edge, files, people};
use domain::procedures::{dossier::Dossier, referral::Referral, review::Review};

/// `GET /matter/{number}`.
pub fn detail(v: &Visit) -> Result<Reply> {
    let seen = matters::see(v.tx, v.house, v.who, v.part("number"), v.now)?;
    let kind = domain::procedures::kind(&seen.item.kind).ok_or(Failure::NotFound)?;
    let list = format!("/matters/{}", kind.name);
    let mut sections = vec![];
    for s in &seen.sections {
        let rows: Result<Vec<_>> = s.rows.iter().map(|r| Ok((r.field.label.to_owned(), present::told(v, r.field, &r.value)?))).collect();
        sections.push((s.label.to_owned(), rows?));
    }
    let number = &seen.item.number;
    sections.extend(beside(v, &seen)?);
    sections.extend(super::embedded::section(v, &seen)?);
    let main = foremost(kind, &seen);
    let actions = seen.offers.iter().enumerate().map(|(n, o)| Action {
        label: o.label.to_owned(),
        href: if o.action == "open_identity" { format!("/matter/{number}/identity") } else { format!("/matter/{number}/do/{}", o.action) },
        blocked: o.blocked.as_ref().map(|b| b.reason.to_owned()),
        main: Some(n) == main,
    });
    let branches = kind.phases.iter().filter(|p| !p.main).map(|p| p.label.to_owned()).collect();
    let mut chain: Vec<ChainLink> = vec![];
    for run in seen.links.chunk_by(|a, b| a.item.is_none() && b.item.is_none()) {
        chain.extend(run.first().map(|l| link(l, run.len())));
    }

    let row = present::list_row(&seen.item, "", v);
    let tags = seen.item.codes.iter().take(4).map(|c| (domain::registers::codes::PROBLEM.label_of(c).to_owned(), "")).collect();
    let page = MatterPage {
        cites: crate::rules::library(v.tx, v.house)?,
        frame: present::frame(v, &format!("{} {number}", kind.label), &[("工作台", "/"), (kind.label, &list), (number, "")])?,
        number: number.clone(),
        kind: kind.label.into(),
        tags,
        title: seen.item.title.clone(),
        stage: row.stage,
        ball: row.ball,
        due: row.due,
        track: present::track(&seen.loaded),
        branches,
        actions: actions.collect(),
        tools: [tools(v, &seen)?, super::archives::tools(v, &seen)]
            .concat()
            .into_iter()
            .chain(super::original::link(v, &seen)?)
            .chain(super::papers::tools(&seen))
            .collect(),
        onward: super::onward::links(v, &seen)?,
        standing: seen.mine.iter().map(|s| s.label()).collect::<Vec<_>>().join("、"),
        deadlines: seen.deadlines.iter().map(|d| white_box(d, v)).collect(),
        chain,
        sections,
        files: attachments(v, &seen)?,
        sealed: sealed(&seen, number),
        timeline: seen.lines.iter().map(present::moment).collect(),
        viewers: if seen.office() { viewers(v, &seen)? } else { vec![] },
    };
    Ok(Reply::Html(html(&page)))
}
/// One link of the chain; of those out of sight only how many there are in a row.
fn link(l: &matters::Link, run: usize) -> ChainLink {
    let Some(i) = &l.item else {
        return ChainLink {
            kind: "封存".into(), title: format!("另有 {run} 件，你无权查看"), hidden: true, ..Default::default()
        };
    };
    ChainLink {
        kind: domain::procedures::kind(&i.kind).map_or("", |k| k.label).to_owned(),
        number: i.number.clone(),
        title: i.title.clone(),
        stage: present::stage(&i.kind, &i.phase, i.closed),
        here: l.depth == 0,
        hidden: false,
    }
}
/// Pages about this matter that change nothing.
fn tools(v: &Visit, seen: &matters::Seen) -> Result<Vec<(String, String)>> {
    let number = &seen.item.number;
    let to = |label: &str, href: String| (label.to_owned(), href);
    let value = |name: &str| seen.sections.iter().flat_map(|s| &s.rows).find(|r| r.field.name == name).and_then(|r| r.value.as_str());
    Ok(match seen.item.kind.as_str() {
        "draw" => vec![to("在浏览器里重放抽取", "/draw/replay".into())],
        "referral" => {
            let referral = seen.loaded.of::<Referral>().map(|m| &m.state);
            let there = referral.is_some_and(|r| if seen.office() { r.prepared() } else { r.received() }.is_some());
            there.then(|| to("查看移送包", format!("/referral/{number}/package"))).into_iter().collect()
        }
        "packet" => vec![to("授权包内容和查看", format!("/packet/{number}"))],
        "review" => of_review(v, seen)?,
        "joint_conference" => super::conference::address(seen).map(|href| to("半年通报", href)).into_iter().collect(),
        "half_year_report" => super::half_year::tools(seen),
        "observation" => super::observing::tools(v, seen),
        "early_warning" => super::fair::tools(seen),
        "negative_list_entry" => super::concerning::tools(v, seen)?,
        "joint_rule" => {
            let library = crate::rules::library(v.tx, v.house)?;
            let issued = library.versions.iter().find(|x| x.held.source == *number);
            issued.map(|x| to("制度库中的文本", crate::rules::address(&x.held, ""))).into_iter().collect()
        }
        "review_batch" if seen.office() => {
            vec![to("一致性", format!("/matter/{number}/agreement")), to("样本量", "/sample-size".into())]
        }
        "standard" => {
            let exports = ["xlsx", "json"].map(|f| to(&format!("导出 {}", f.to_uppercase()), format!("/standards/{number}/export/{f}")));
            let exports = exports.into_iter().filter(|_| value("digest").is_some());
            exports.chain(value("replaces").map(|old| to("与被替代版对照", format!("/standards/{number}/diff/{old}")))).collect()
        }
        _ => vec![],
    })
}
/// The reading room and one's own locked sheets.
fn of_review(v: &Visit, seen: &matters::Seen) -> Result<Vec<(String, String)>> {
    let number = &seen.item.number;
    let Some(review) = seen.loaded.of::<Review>().map(|m| &m.state) else { return Ok(vec![]) };
    let mut all = vec![];
    if review.may_read_dossier(&v.who.id) {
        all.push(("阅卷室".into(), format!("/reading/{number}")));
    }
    for (second, label, action) in [(false, "我的评分表（已锁定）", "submit"), (true, "我的复核评分表（已锁定）", "re_examine")]
    {
        if review.seat(&v.who.id, second).is_some_and(|s| s.sheet.is_some()) {
            all.push((label.into(), format!("/matter/{number}/do/{action}")));
        }
    }
    Ok(all)
}
/// A section: its label and `(label, value)` of its rows.
pub(super) type Section = (String, Vec<(String, pages::Told)>);
/// Earlier conclusions on the dossier beside the review's own, for the office (case-review.md B3; issue 3, item 10).
fn beside(v: &Visit, seen: &matters::Seen) -> Result<Option<Section>> {
    let Some(review) = seen.loaded.of::<Review>().filter(|_| seen.office()) else { return Ok(None) };
    let Some(loaded) = matters::load(v.tx, review.state.about().0)? else { return Ok(None) };
    // Whoever stands in no relation to the dossier itself reads nothing of it here.
    if !matters::knows(v.tx, &loaded, v.who, v.now, &v.registers)? {
        return Ok(None);
    }
    let Some(dossier) = loaded.of::<Dossier>() else { return Ok(None) };
    let source = |by: &str| domain::registers::codes::PRIOR.label_of(by).to_owned();
    let plain = |label: String, text: String| (label, pages::Told::Text(text));
    let mut rows: Vec<_> =
        dossier.state.priors().map(|(by, said, on, no)| plain(format!("{}（{on}，{no}）", source(by)), said.to_owned())).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let own = |name: &str| seen.sections.iter().flat_map(|s| &s.rows).find(|r| r.field.name == name);
    for name in ["grade", "score", "differs"] {
        if let Some(r) = own(name) {
            rows.push(plain(format!("本次：{}", r.field.label), present::words(v, r.field, &r.value)?));
        }
    }
    Ok(Some(("与既有结论对照".to_owned(), rows)))
}
/// The offer that leads furthest along the main track from here; where none does, the first that is open.
fn foremost(kind: &domain::engine::Kind, seen: &matters::Seen) -> Option<usize> {
    let place = |name: &str| kind.phases.iter().position(|p| p.main && p.name == name);
    let now = place(&seen.item.phase);
    let ahead = |action: &str| kind.step(action)?.to.as_deref().and_then(place).filter(|to| now.is_none_or(|now| *to > now));
    let open = || seen.offers.iter().enumerate().filter(|(_, o)| o.blocked.is_none());
    let best = open().filter_map(|(n, o)| Some((ahead(o.action)?, n))).max_by_key(|(to, n)| (*to, std::cmp::Reverse(*n)));
    best.map(|(_, n)| n).or_else(|| open().find(|(_, o)| !matches!(o.action, "amend_record" | "urge" | "pause")).map(|(n, _)| n))
}
fn white_box(d: &matters::Deadline, v: &Visit) -> WhiteBox {
    let mut due = present::due(&d.due.to_string(), d.paused.is_some(), d.provisional, &v.registers, v.now.today).unwrap_or_default();
    if let Some(stopped) = d.stopped {
        (due.tone, due.words) = if stopped > d.due { ("", "逾期办结".into()) } else { ("done", "按期".into()) };
    } else if d.opens {
        (due.tone, due.words) = ("", if v.now.today > d.due { "已到".into() } else { "未到".into() });
    }
    let steps =
        d.why.iter().map(|l| (l.what.clone(), l.detail.clone(), l.day.map(|x| present::day(x, v.now.today)).unwrap_or_default())).collect();
    let length =
        d.why.iter().find(|l| l.what == "加期限").map(|l| l.detail.split('，').next().unwrap_or("").to_owned()).unwrap_or_default();
    let grid = if d.working_days && d.paused.is_none() { grid(d, v) } else { vec![] };
    WhiteBox { label: d.label.into(), due, words: length, steps, grid }
}
fn grid(d: &matters::Deadline, v: &Visit) -> Vec<Vec<(String, String, &'static str)>> {
    use domain::calendar::DayKind;
    let length = v.registers.calendar.working_days_between(d.began, d.due);
    let weeks = v.registers.calendar.grid(d.began, u32::try_from(length).unwrap_or(0), domain::calendar::Unit::WorkingDays);
    let cell = |c: &domain::calendar::Cell| {
        let n = c.ordinal.map(|n| n.to_string()).unwrap_or_default();
        let (mark, class) = match &c.kind {
            _ if c.day == d.began => ("起".into(), "st"),
            _ if c.day == d.due => (format!("{n}止"), "end"),
            DayKind::Holiday(_) => ("假".into(), "off"),
            DayKind::Weekend => ("休".into(), "off"),
            DayKind::Makeup if c.ordinal.is_some() => (format!("{n}班"), "w mk"),
            DayKind::Working | DayKind::Makeup if c.ordinal.is_some() => (n, "w"),
            DayKind::Working | DayKind::Makeup => ("·".into(), ""),
        };
        (format!("{}/{}", c.day.month(), c.day.day()), mark, class)
    };
    weeks.iter().map(|w| w.iter().map(cell).collect()).collect()
}
fn attachments(v: &Visit, seen: &matters::Seen) -> Result<Vec<(String, String, String)>> {
    let mut all = vec![];
    for (f, field) in files::of_matter(v.tx, v.house, seen.loaded.id)? {
        if may_read_file(seen, &field) {
            let sub = format!("{} · {} · {}", present::size(f.size), edge::minute_of(f.at_ms), f.digest.get(..8).unwrap_or(""));
            all.push((shown_name(seen, &f), format!("/file/{}", f.id), sub));
        }
    }
    Ok(all)
}
/// Whoever judges blind reads no file name: people write units and officers into them.
fn shown_name(seen: &matters::Seen, f: &files::File) -> String {
    if !seen.item.blind {
        return f.name.clone();
    }
    let end = f.name.rsplit_once('.').map_or("", |(_, end)| end);
    let end =
        if (1..=5).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphanumeric()) { format!(".{end}") } else { String::new() };
    format!("附件{}{end}", f.digest.get(..8).unwrap_or(""))
}
/// An attachment is read by the audience of the field it was given under.
fn may_read_file(seen: &matters::Seen, field: &str) -> bool {
    let kind = domain::procedures::kind(seen.loaded.matter.kind());
    kind.is_some_and(|k| k.fields().iter().any(|f| f.name == field && !f.is_sealed() && f.seen_by(&seen.mine)))
}
fn sealed(seen: &matters::Seen, number: &str) -> Option<(Vec<String>, Option<String>)> {
    if !seen.office() || seen.item.kind != "clue" {
        return None;
    }
    let lines = vec![
        "反映人身份与原始材料单独加密。被反映单位看不到，本页也看不到。".into(),
        "查阅须选法定事由，由另一人批准，每次留痕，一次一查。".into(),
    ];
    let ask = seen.offers.iter().find(|o| o.action == "ask_identity" && o.blocked.is_none());
    Some((lines, ask.map(|_| format!("/matter/{number}/do/ask_identity"))))
}
fn viewers(v: &Visit, seen: &matters::Seen) -> Result<Vec<(String, String)>> {
    let since = v.now.today.saturating_sub(jiff::Span::new().days(30)).to_string();
    let all = matters::viewers(v.tx, seen.loaded.id, &since)?;
    let judge = |p: &str| {
        let party =
            |q: &domain::engine::Party| matches!(&q.1, domain::engine::Holder::Person(id) if id == p) && matters::JUDGES.contains(&q.0);
        !seen.reads_judges() && seen.loaded.matter.parties().iter().any(party)
    };
    let name = |p: &str| if judge(p) { Ok("评查专家".to_owned()) } else { people::name(v.tx, p) };
    all.into_iter().map(|(p, n, _)| Ok((name(&p)?, format!("{n} 次")))).collect()
}
/// `GET /file/{id}`: always an attachment, never inline.
pub fn file(v: &Visit) -> Result<Reply> {
    let (file, matter, field) = files::get(v.tx, v.house, v.part("id"))?.ok_or(Failure::NotFound)?;
    let loaded = matters::load_by_id(v.tx, matter)?.ok_or(Failure::NotFound)?;
    let seen = matters::see(v.tx, v.house, v.who, &loaded.number, v.now)?;
    if !may_read_file(&seen, &field) {
        return Err(Failure::NotFound);
    }
    let name = shown_name(&seen, &file);
    Ok(Reply::Download(files::bytes(v.house, &file.digest)?, "application/octet-stream", name))
}
