//! 活情况 of units and of leading officials: positive facts beside negative ones, each number open to its matters.
use askama::Template;
use domain::agreement::{Rate, rate};
use domain::calendar::Half;
use domain::registers::parameters::FEW;

use super::pages::{Cell, Frame, html};
use super::registers::{done, page as table};
use super::visit::{Reply, Visit, encode};
use super::{present, workbench};
use crate::alive::{self, About, Eyes, LOOKED_AT, Line, Side};
use crate::edge;
use crate::failure::{Failure, Result};
use crate::registers::{self, Official};
use crate::statistics;

/// `(label, (number, address) of each half-year, share)`.
type Told = (String, Vec<(String, String)>, String);
/// One side of a part.
struct SideTable {
    heading: &'static str,
    rows: Vec<Told>,
    empty: &'static str,
}
/// Two tables side by side.
struct Part {
    heading: String,
    note: String,
    sides: Vec<SideTable>,
}
#[derive(Template)]
#[template(path = "alive.html")]
struct AlivePage {
    frame: Frame,
    heading: String,
    explain: String,
    links: Vec<(String, String)>,
    facts: Vec<(&'static str, String)>,
    halves: Vec<String>,
    parts: Vec<Part>,
    notes: Vec<String>,
}
/// `GET /alive`: units and leading officials, by code; nothing that could order them otherwise.
pub fn list(v: &Visit) -> Result<Reply> {
    let mut rows = vec![];
    for org in v.registers.orgs().filter(|o| o.level != "内设" && alive::may_open_unit(v.who, &v.registers, &o.code)) {
        let to = format!("/alive/unit/{}", encode(&org.code));
        rows.push(vec![
            Cell::Code(org.code.clone()),
            Cell::Link(org.name.clone(), to),
            Cell::Text("单位".into()),
            Cell::Text(String::new()),
        ]);
        for official in v.registers.officials().filter(|o| o.unit == org.code && alive::may_open(v.who, &v.registers, o)) {
            let to = format!("/alive/official/{}", encode(&official.key));
            rows.push(vec![
                Cell::Code(official.key.clone()),
                Cell::Link(name(v, official)?, to),
                Cell::Text(official.post.clone()),
                Cell::Text(official.since.to_string()),
            ]);
        }
    }
    let mut p = table(
        v,
        "班子活情况",
        "按编码列出单位和登记在册的领导干部。不打分，不排名。每次查看领导干部都留查阅记录。",
        vec!["编码", "名称", "职务", "任职日"],
        rows,
    )?;
    p.notes.push("只有列入领导干部名录的人才有活情况。名录由变更单维护：一人提出、另一人批准。".into());
    if domain::engine::in_role(v.who, "R1") {
        p.links.push(("登记领导干部".into(), "/matters/amendment/new/propose?register=official".into()));
    }
    done(p)
}
/// `GET /alive/unit/{code}`.
pub fn unit(v: &Visit) -> Result<Reply> {
    let code = opened_unit(v)?;
    let name = v.registers.org_name(code);
    let eyes = Eyes::of(v.who, &v.registers, v.now.today, false);
    let base = format!("/alive/unit/{}", encode(code));
    let mut part = part(v, &eyes, About::Unit(code), &base, "本单位")?;
    rated(v, &eyes, code, &mut part)?;
    let page = AlivePage {
        frame: present::frame(v, &format!("{name}活情况"), &[("工作台", "/"), ("班子活情况", "/alive"), (name, "")])?,
        heading: format!("{name}活情况"),
        explain: explain(v),
        links: super::unit::address(v, code).map(|to| ("单位画像".to_owned(), to)).into_iter().collect(),
        facts: vec![],
        halves: headings(v),
        parts: vec![part],
        notes: notes(false),
    };
    Ok(Reply::Html(html(&page)))
}
/// `GET /alive/official/{key}`.
pub fn official(v: &Visit) -> Result<Reply> {
    let official = opened(v)?;
    alive::noted(v.house, v.who, official, v.now);
    let own = alive::own(v.who, official);
    let eyes = Eyes::of(v.who, &v.registers, v.now.today, own);
    let base = format!("/alive/official/{}", encode(&official.key));
    let (name, unit) = (name(v, official)?, v.registers.org_name(&official.unit).to_owned());
    let mut mine = part(v, &eyes, About::Own(official), &format!("{base}/own"), "本人承办")?;
    mine.note = match official.account.as_str() {
        "" => "没有登记账号，认不出哪些事项由本人承办，因此不列。".into(),
        _ => "只列本人作为承办干警的事项：已定论，异议、复核已经结束。".into(),
    };
    let mut led = part(v, &eyes, About::Term(official), &format!("{base}/term"), "任期内单位的职责")?;
    led.note = format!(
        "只列 {} 任职以后立件、并已办结的整改、答复检察意见、答复督办、会议任务：这些由单位负责，所以计入任期。案件评查等次和责任查究说的是别人办的案、做的事，不计入。",
        official.since
    );
    let looks = alive::looks(v.tx, official, v.now.today.saturating_sub(jiff::Span::new().days(90)))?;
    let crumbs: Vec<(&str, &str)> = if own {
        vec![("工作台", "/"), ("本人活情况", "")]
    } else {
        vec![("工作台", "/"), ("班子活情况", "/alive"), (&name, "")]
    };
    let page = AlivePage {
        frame: present::frame(v, &format!("{name}活情况"), &crumbs)?,
        heading: format!("{name}活情况"),
        explain: explain(v),
        links: vec![],
        facts: vec![
            ("单位", unit),
            ("职务", official.post.clone()),
            ("任职日", official.since.to_string()),
            ("近 90 日查看", format!("{} 人，{} 次", looks.1, looks.0)),
        ],
        halves: headings(v),
        parts: vec![mine, led],
        notes: notes(true),
    };
    Ok(Reply::Html(html(&page)))
}
/// `GET /alive/unit/{code}/behind?what=…&half=…`.
pub fn behind_unit(v: &Visit) -> Result<Reply> {
    let code = opened_unit(v)?;
    let to = format!("/alive/unit/{}", encode(code));
    let eyes = Eyes::of(v.who, &v.registers, v.now.today, false);
    behind(v, &eyes, About::Unit(code), (v.registers.org_name(code), &to))
}
/// `GET /alive/official/{key}/{part}/behind?what=…&half=…`.
pub fn behind_official(v: &Visit) -> Result<Reply> {
    let official = opened(v)?;
    let about = match v.part("part") {
        "own" => About::Own(official),
        "term" => About::Term(official),
        _ => return Err(Failure::NotFound),
    };
    alive::noted(v.house, v.who, official, v.now);
    let eyes = Eyes::of(v.who, &v.registers, v.now.today, alive::own(v.who, official));
    behind(v, &eyes, about, ("活情况", &format!("/alive/official/{}", encode(&official.key))))
}
fn behind(v: &Visit, eyes: &Eyes, about: About, from: (&str, &str)) -> Result<Reply> {
    let half = match v.query.get("half") {
        "" => None,
        code => Some(alive::read(code).ok_or(Failure::NotFound)?),
    };
    let (label, ids) = alive::behind(v.tx, eyes, about, v.query.get("what"), half)?.ok_or(Failure::NotFound)?;
    workbench::told(v, &label, from, statistics::told_of(v.tx, v.house, v.who, ids.into_iter())?)
}
fn opened_unit<'a>(v: &'a Visit) -> Result<&'a str> {
    let code = v.part("code");
    if alive::may_open_unit(v.who, &v.registers, code) { Ok(code) } else { Err(Failure::NotFound) }
}
fn opened<'a>(v: &'a Visit) -> Result<&'a Official> {
    v.registers.official(v.part("key")).filter(|o| alive::may_open(v.who, &v.registers, o)).ok_or(Failure::NotFound)
}
fn name(v: &Visit, official: &Official) -> Result<String> {
    Ok(registers::officer(v.tx, &official.key)?.map_or_else(|| official.key.clone(), |(name, _)| name))
}
fn explain(v: &Visit) -> String {
    format!("只列已经办结、过了救济期的事项，截至 {}。正面、负面并列，不打分，不排名；数字点开是明细。", edge::minute_of(v.now.ms))
}
fn headings(v: &Visit) -> Vec<String> {
    // “2026 下”: the columns are narrow.
    let short = |h: Half| format!("{} {}", h.year(), h.code().trim_end_matches("半年"));
    alive::halves(v.now.today).into_iter().map(short).collect()
}
fn part(v: &Visit, eyes: &Eyes, about: About, base: &str, heading: &str) -> Result<Part> {
    let (lines, few) = (alive::lines(v.tx, eyes, about)?, v.registers.count(FEW));
    let side = |side: Side| lines.iter().filter(|l| l.side == side && l.total() > 0).map(|l| told(v, l, base, few)).collect();
    let sides = vec![
        SideTable { heading: "正面事实", rows: side(Side::Good), empty: "没有可列的正面事实" },
        SideTable { heading: "负面事实", rows: side(Side::Bad), empty: "没有可列的负面事实" },
    ];
    Ok(Part { heading: heading.into(), note: String::new(), sides })
}
fn told(v: &Visit, line: &Line, base: &str, few: usize) -> Told {
    let cell = |(half, ids): (Half, &Vec<i64>)| match ids.len() {
        0 => ("0".to_owned(), String::new()),
        n => (n.to_string(), format!("{base}/behind?what={}&half={}", line.code, alive::code(half))),
    };
    let cells = alive::halves(v.now.today).into_iter().zip(&line.halves).map(cell).collect();
    (line.label.to_owned(), cells, if line.shared { share(line, few) } else { String::new() })
}
/// “2/7 件，每百件 28.6（8.2–64.1）”; of too few no rate.
fn share(line: &Line, few: usize) -> String {
    let said = rate(line.total(), line.all, few).as_ref().map(Rate::words);
    let rate = said.map_or_else(|| format!("少于 {few} 件，不作比较"), |r| format!("每百件 {r}"));
    format!("{}/{} 件{}，{rate}", line.total(), line.all, line.of)
}
/// What enterprises rated stands among the good where it is told at all: it is what it is, and the reader judges.
fn rated(v: &Visit, eyes: &Eyes, code: &str, part: &mut Part) -> Result<()> {
    let all = alive::rated(v.tx, eyes, code)?;
    if all.iter().all(Option::is_none) {
        return Ok(());
    }
    let cell = |r: &Option<(usize, i64)>| match r {
        Some((n, mean)) => (format!("{}.{} 分（{n} 条）", mean / 10, mean % 10), String::new()),
        None => ("不显示".to_owned(), String::new()),
    };
    let few = v.registers.count(FEW);
    let note = format!("平均分，满分 5 分；只计已结束的半年，少于 {few} 条不显示");
    let row = ("企业评价".to_owned(), all.iter().map(cell).collect(), note);
    if let Some(good) = part.sides.first_mut() {
        good.rows.push(row);
    }
    Ok(())
}
fn notes(person: bool) -> Vec<String> {
    let mut all = vec![
        "移送有权机关、还没有办结的事项不列。撤销的评查定论不列。责任查究有了结果，过了申请复核的时间才列；结果以有权机关文书为准。"
            .to_owned(),
        format!("“上”“下”是上半年、下半年，最后一列截至今日。每一类最多逐件看 {LOOKED_AT} 件。括号内是 95% 区间；件数少的不算比率。"),
        "这些是供研判的事实，不是考核结果，也不作为处理依据。".to_owned(),
    ];
    if person {
        all.push("负面清单只列已经生效、过了申请复核的时间或者复核维持的。".into());
        all.push("本人可以看这一页。组织部门看不到这一页，只收授权包。".into());
    }
    all
}
