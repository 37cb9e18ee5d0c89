//! Data in the words of the pages: frames, deadlines, stages, who holds the ball (ui.md §12).
use domain::engine::{Field, Person, Standing};
use jiff::civil::Date;
use serde_json::Value as Json;

use super::pages::{self, Ball, Due, ErrorPage, Frame, ListRow, Marked, Moment, NavEntry, NavGroup, Stage, html};
use super::visit::Visit;
use crate::edge;
use crate::failure::Result;
use crate::hotline::DESK;
use crate::matters::{self, Item, Line, cell_of, text_of, with_names};
use crate::registers::Registers;
use crate::{inbox, people, search, vault};

/// Entries of the side bar: `(group, label, address, roles that see it)`, a group in one piece.
const NAV: &[(&str, &str, &str, &[&str])] = &[
    ("受理研判", "线索", "/matters/clue", &["R1", "R2", "R3", "R7"]),
    ("受理研判", "程序性督办", "/matters/prompt", &["R1", "R2", "R3", "R9"]),
    ("受理研判", "导入台账", "/imports", &["R1", "R2", "R14", "R17", "R18"]),
    ("案件评查", "评查批次", "/matters/review_batch", &["R1", "R2", "R3", "R4", "R5", "R8", "R17", "R18"]),
    ("案件评查", "评查件", "/matters/review", &["R1", "R2", "R3", "R6", "R8", "R9", "R10", "R17", "R18"]),
    ("案件评查", "抽取", "/matters/draw", &["R1", "R2", "R3", "R11", "R17", "R18"]),
    ("案件评查", "案卷", "/matters/dossier", &["R1", "R2", "R3", "R17", "R18"]),
    ("案件评查", "专家", "/matters/expert", &["R1", "R2", "R3", "R6"]),
    ("案件评查", "评查标准", "/matters/standard", &["R1", "R2", "R3", "R6", "R8", "R17", "R18"]),
    ("督察巡查", "年度计划", "/matters/annual_plan", &["R1", "R2", "R3", "R4", "R5"]),
    ("督察巡查", "督察巡查", "/matters/inspection", &["R1", "R2", "R3", "R4", "R5", "R9"]),
    ("督察巡查", "底稿", "/matters/working_paper", &["R2", "R4", "R5"]),
    ("督察巡查", "专项检查", "/matters/special_check", &["R1", "R2", "R3", "R4", "R5", "R9"]),
    ("整改闭环", "整改件", "/matters/rectification", &["R1", "R2", "R3", "R4", "R5", "R9", "R17", "R18"]),
    ("整改闭环", "整改总览", "/rectifications", &["R1", "R2", "R3", "R4", "R5"]),
    ("整改闭环", "责任查究", "/matters/accountability", &["R1", "R2", "R3"]),
    ("整改闭环", "共性问题", "/matters/common_problem", &["R1", "R2", "R3", "R4", "R5"]),
    ("整改闭环", "共性问题候选", "/problems", &["R1", "R2", "R3", "R7"]),
    ("检察衔接", "检察监督意见", "/matters/procuratorial_opinion", &["R1", "R2", "R3", "R9", "R11"]),
    ("检察衔接", "报请执法监督", "/matters/escalation", &["R1", "R2", "R3", "R9", "R11"]),
    ("检察衔接", "检察驻点", "/matters/secondment", &["R1", "R2", "R3", "R7", "R11"]),
    ("涉企维权", "热线坐席", "/desk", DESK),
    ("涉企维权", "热线来电", "/matters/hotline_call", DESK),
    ("涉企维权", "企业诉求", "/matters/enterprise_appeal", &["R9", "R14", "R15", "R16"]),
    ("涉企维权", "随队观摩", "/matters/observation", &["R9", "R14", "R15", "R17", "R18", "R19"]),
    ("涉企维权", "抽取监督员", "/matters/draw", DESK),
    ("涉企维权", "12345互推", "/exchange", DESK),
    ("涉企维权", "观摩申请", "/matters/observation_request", &["R9", "R14", "R15"]),
    ("涉企维权", "监督员", "/matters/observer", &["R14", "R15", "R19"]),
    ("涉企执法监督", "行政执法监督", "/matters/administrative_supervision", &["R9", "R14", "R15", "R17", "R18", "R20"]),
    ("涉企执法监督", "检查处罚记录", "/matters/enforcement_record", &["R17", "R18"]),
    ("涉企执法监督", "涉企执法预警", "/enforcement", crate::enforcement::COUNTERS),
    ("移送救助", "移送", "/matters/referral", &["R1", "R2", "R3", "R11", "R13"]),
    ("移送救助", "司法救助", "/matters/judicial_relief", &["R1", "R2", "R3", "R9"]),
    ("涉企监督", "联席会议", "/matters/joint_conference", &["R1", "R2", "R3", "R14", "R15", "R17", "R18", "R20"]),
    ("涉企监督", "会议任务", "/matters/conference_task", &["R1", "R2", "R3", "R9", "R14", "R15", "R17", "R18", "R20"]),
    ("综合评价", "授权包", "/matters/packet", &["R1", "R2", "R3", "R11", "R12", "R13"]),
    ("综合评价", "授权包使用台账", "/packets/uses", crate::packets::USES),
    ("综合评价", "定向监督", "/matters/directed_supervision", &["R1", "R2", "R3", "R12"]),
    ("综合评价", "班子活情况", "/alive", crate::alive::READERS),
    ("综合评价", "参数总览", "/levers", crate::levers::READERS),
    ("综合评价", "半年分析研判", "/matters/half_year_report", &["R1", "R2", "R3"]),
    ("综合评价", "公平比较", "/fair", crate::fairness::READERS),
    ("综合评价", "预警", "/matters/early_warning", &["R1", "R2", "R3"]),
    ("综合评价", "负面清单", "/matters/negative_list_entry", &["R1", "R2", "R3", "R7", "AUD"]),
    ("综合评价", "与我有关", "/mine", &["R10"]),
    ("公文", "公文", "/matters/official_paper", super::papers::REGISTER),
    ("公文", "发文登记簿", "/papers", super::papers::REGISTER),
    ("综合评价", "统计", "/statistics", crate::statistics::READERS),
    ("综合评价", "大屏", "/screen", crate::statistics::READERS),
    ("制度", "制度库", "/rules", &[]),
    ("制度", "联合出台文件", "/matters/joint_rule", &["R1", "R2", "R3", "R9", "R11"]),
    ("监督留痕", "过问记录", "/matters/inquiry_record", &["R1", "R2", "R3", "R4", "R5", "R7", "R8", "R9"]),
    ("监督留痕", "查阅记录", "/reads", &["R2", "R3", "AUD"]),
    ("监督留痕", "保密仓密钥", "/vault", super::vault_keys::READERS),
    ("监督留痕", "归档", "/archives", crate::archive::READERS),
    ("监督留痕", "存证核验", "/ledger", &[]),
    ("底册", "机构", "/organisations", &[]),
    ("底册", "干警", "/officers", &["R1", "R2", "R3"]),
    ("底册", "期限参数", "/limits", &[]),
    ("底册", "放假安排", "/calendar", &[]),
    ("底册", "代码表", "/codes", &[]),
    ("底册", "利益冲突", "/conflicts", &["R1", "R2", "R3"]),
    ("底册", "变更单", "/matters/amendment", &["R1", "R2", "R3"]),
    ("底册", "导入批次", "/matters/import", &["R1", "R2", "R3", "R14", "R15", "R17", "R18"]),
    ("底册", "依法销毁", "/matters/erasure", &["R1", "R2", "R3"]),
    ("三员", "账号", "/accounts", &["SYS", "SEC", "AUD"]),
    ("三员", "投递", "/deliveries", &["SYS"]),
    ("三员", "授权单", "/matters/grant", &["SYS", "SEC", "AUD"]),
    ("三员", "审计日志", "/audit", &["AUD"]),
    ("帮助", "使用手册", "/help", &[]),
];
/// Groups and labels of what this role is led to.
pub fn entries_of(role: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    NAV.iter().filter(move |(.., roles)| roles.is_empty() || roles.contains(&role)).map(|(group, label, ..)| (*group, *label))
}

/// Whether the side bar leads this person to the list of this kind: there may be something for him.
pub fn leads_to(who: &Person, kind: &str) -> bool {
    let to = |href: &str| href.strip_prefix("/matters/") == Some(kind);
    NAV.iter().any(|(_, _, href, roles)| to(href) && (roles.is_empty() || roles.iter().any(|r| domain::engine::in_role(who, r))))
}
/// The group that is looked up now and then, and folded away meanwhile.
const FOLDED: &str = "底册";

/// The frame around a page.
///
/// # Errors
/// A fault of the engine.
pub fn frame(v: &Visit, title: &str, crumbs: &[(&str, &str)]) -> Result<Frame> {
    let waiting = inbox::count(v.tx, v.house, v.who)?;
    let mut nav: Vec<NavGroup> = vec![NavGroup {
        label: "",
        folded: false,
        entries: vec![
            NavEntry { label: "工作台".into(), href: "/".into(), count: waiting, current: v.here == "/" },
            NavEntry { label: "期限日历".into(), href: "/deadlines".into(), count: 0, current: v.here == "/deadlines" },
        ],
    }];
    for (group, label, href, _) in
        NAV.iter().filter(|(.., roles)| roles.is_empty() || roles.iter().any(|r| domain::engine::in_role(v.who, r)))
    {
        let entry = NavEntry {
            label: (*label).into(),
            href: (*href).into(),
            count: 0,
            current: v.here.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        };
        match nav.last_mut().filter(|g| g.label == *group) {
            Some(g) => g.entries.push(entry),
            None => nav.push(NavGroup { label: group, entries: vec![entry], folded: *group == FOLDED }),
        }
    }
    if let Some(official) = crate::alive::mine(v.who, &v.registers) {
        own_page(&mut nav, v.here, &official.key);
    }
    nav.iter_mut().for_each(|g| g.folded &= g.entries.iter().all(|e| !e.current));
    let name = people::name(v.tx, &v.who.id)?;
    let first = v.who.roles.first().map(|r| people::role_label(&r.role)).unwrap_or("无角色");
    let of = |r: &domain::engine::RoleHeld| r.of.as_ref().map(|_| "（代理）").unwrap_or("");
    let identities = v
        .who
        .roles
        .iter()
        .map(|r| format!("{} {} · {}{}", r.role, people::role_label(&r.role), v.registers.org_name(&r.org), of(r)))
        .collect();
    let crumbs = crumbs.iter().map(|(l, h)| ((*l).to_owned(), (*h).to_owned())).collect();
    let printed = format!("獬豸 · {title} · 打印人 {name} · {} · 本页打印已留痕", edge::minute_of(v.now.ms));
    let flash = Some(v.query.get("done")).filter(|d| !d.is_empty()).map(|d| (d.chars().take(60).collect(), String::new()));
    let csrf = v.session.map(|s| s.csrf.clone()).unwrap_or_default();
    Ok(Frame {
        title: title.into(),
        crumbs,
        nav,
        who: format!("{name} · {first}"),
        identities,
        waiting,
        unread: crate::notices::unread(v.tx, v.house, v.who, v.now)?,
        q: v.query.get("q").into(),
        flash,
        csrf,
        printed,
    })
}
/// A leading official finds the page about himself.
fn own_page(nav: &mut Vec<NavGroup>, here: &str, key: &str) {
    let href = format!("/alive/official/{key}");
    let entry = NavEntry { label: "本人活情况".into(), current: here == href, href, count: 0 };
    match nav.iter_mut().find(|g| g.label == "综合评价") {
        Some(group) => group.entries.push(entry),
        None => nav.push(NavGroup { label: "综合评价", entries: vec![entry], folded: false }),
    }
}
/// 6月16日, or 2027年1月20日 outside this year.
pub fn day(date: Date, today: Date) -> String {
    if date.year() == today.year() {
        format!("{}月{}日", date.month(), date.day())
    } else {
        format!("{}年{}月{}日", date.year(), date.month(), date.day())
    }
}
/// Remaining time first, date second.
pub fn due(iso: &str, paused: bool, tentative: bool, registers: &Registers, today: Date) -> Option<Due> {
    if paused {
        return Some(Due { tone: "pause", words: "已暂停".into(), ..Due::default() });
    }
    let date: Date = iso.parse().ok()?;
    let left = registers.calendar.working_days_between(today, date);
    let (tone, words) = match () {
        () if date < today => ("over", format!("逾期 {} 个工作日", (-left).max(1))),
        () if date == today => ("today", "今日到期".to_owned()),
        () if left <= 3 => ("soon", format!("剩 {left} 个工作日")),
        () => ("", format!("剩 {left} 个工作日")),
    };
    Some(Due { tone, words, day: day(date, today), iso: iso.to_owned(), tentative })
}
/// Stage of an item: shape and label.
pub fn stage(kind: &str, phase: &str, closed: bool) -> Stage {
    let row = domain::procedures::kind(kind).and_then(|k| k.phase(phase));
    let shape = match row {
        _ if closed => "done",
        Some(p) if !p.main => "back",
        Some(p) if p.label.starts_with('待') => "wait",
        _ => "",
    };
    Stage { shape, label: row.map_or(phase, |p| p.label).to_owned() }
}
/// Who holds the ball, as this person reads it.
pub fn ball(item: &Item, who: &Person, registers: &Registers) -> Option<Ball> {
    let standing = Standing::ALL.iter().find(|s| format!("{s:?}") == item.ball)?;
    let theirs: &[&str] = match standing {
        Standing::Respondent if !item.blind => &["R9"],
        Standing::Recipient => &["R13", "R11", "R12"],
        _ => &[],
    };
    if !theirs.is_empty() {
        let me = who.roles.iter().any(|r| theirs.contains(&r.role.as_str()) && r.org == item.org);
        return Some(Ball { me, words: if me { "我".into() } else { registers.org_name(&item.org).to_owned() } });
    }
    // Each office and each group finds its own matters only.
    let roles: &[&str] = match standing {
        Standing::Handler => &["R1", "R17"],
        Standing::Lead => &["R2", "R15", "R18"],
        Standing::Secretary => &["R3"],
        Standing::SecurityAdmin => &["SEC"],
        Standing::SystemAdmin => &["SYS"],
        Standing::Intake => &["R14"],
        Standing::Observer => &["R19"],
        Standing::Government => &["R20"],
        Standing::Inspector => &["R4", "R5"],
        // Whoever asked; the matter stands under the unit it is about.
        Standing::Requester => &["R12"],
        _ => &[],
    };
    let me = roles.iter().any(|role| domain::engine::in_role(who, role));
    Some(Ball { me, words: if me { "我".into() } else { standing.label().to_owned() } })
}
/// A row of a list.
pub fn list_row(item: &Item, q: &str, v: &Visit) -> ListRow {
    let marked =
        |text: &str| -> Marked { if q.is_empty() { vec![(false, text.to_owned())] } else { search::marked(text, &search::Query::of(q)) } };
    let gist: String = item.gist.chars().take(60).collect();
    ListRow {
        number: item.number.clone(),
        kind: domain::procedures::kind(&item.kind).map_or("", |k| k.label).to_owned(),
        title: marked(&item.title),
        gist: if gist.is_empty() { vec![] } else { marked(&gist) },
        unit: v.registers.org_name(&item.org).to_owned(),
        codes: item.codes.iter().take(4).cloned().collect(),
        stage: stage(&item.kind, &item.phase, item.closed),
        ball: ball(item, v.who, &v.registers),
        due: if item.closed { None } else { due(&item.due, item.paused, item.provisional, &v.registers, v.now.today) },
    }
}
/// Address of another matter for whoever finds it; nothing otherwise.
///
/// # Errors
/// A fault of the engine.
pub fn way(v: &Visit, number: &str) -> Result<String> {
    let barred = matters::barred(v.who, &v.registers);
    let found = match matters::id_of(v.tx, number)? {
        Some(id) => matters::holds(v.tx, id, &domain::engine::holders(v.who), &barred)?,
        None => false,
    };
    Ok(if found { format!("/matter/{number}") } else { String::new() })
}
/// A value as its page shows it: rows as a table, a unit or another matter as the way to its page, everything else as a text.
///
/// # Errors
/// A fault of the engine.
pub fn told(v: &Visit, field: &Field, value: &Json) -> Result<pages::Told> {
    let (domain::engine::Shape::Rows(columns), Json::Array(rows)) = (field.shape, value) else {
        let text = words(v, field, value)?;
        if matches!(field.shape, domain::engine::Shape::Matter(_)) {
            let to = way(v, &text)?;
            return Ok(if to.is_empty() { pages::Told::Text(text) } else { pages::Told::Link(text, to) });
        }
        let unit = value.as_str().filter(|_| matches!(field.shape, domain::engine::Shape::Org));
        let page = unit.and_then(|code| super::unit::address(v, code));
        return Ok(page.map_or(pages::Told::Text(text.clone()), |to| pages::Told::Link(text, to)));
    };
    let cell = |row: &Json, c: &domain::engine::Column| -> Result<(String, String)> {
        let text = row.get(c.name).and_then(Json::as_str).unwrap_or("");
        let to = if c.names_matters() { way(v, text)? } else { String::new() };
        Ok((if c.name == "person" { people::name(v.tx, text)? } else { cell_of(c, text, &v.registers) }, to))
    };
    let rows = rows.iter().map(|r| columns.iter().map(|c| cell(r, c)).collect()).collect::<Result<Vec<Vec<_>>>>()?;
    Ok(pages::Told::Table(columns.iter().map(|c| c.label).collect(), rows))
}
/// A value in words, out of the vault where it lies there.
///
/// # Errors
/// A fault of the engine.
pub fn words(v: &Visit, field: &Field, value: &Json) -> Result<String> {
    match field.shape {
        domain::engine::Shape::Files => crate::files::names(v.tx, v.house, value),
        _ => text_of(field, with_names(v.tx, field, value)?.as_ref(), &v.registers, &mut |r| {
            Ok(vault::open(v.tx, &v.house.keys, r)?.unwrap_or_default())
        }),
    }
}
/// How large a file is, in words.
pub fn size(bytes: i64) -> String {
    if bytes > 1 << 20 { format!("{} MB", bytes >> 20) } else { format!("{} KB", (bytes >> 10).max(1)) }
}
/// The first and last four digits of a fingerprint.
pub fn mark(fingerprint: &str) -> String {
    let end = fingerprint.len().saturating_sub(4);
    format!("{}…{}", fingerprint.get(..4).unwrap_or(""), fingerprint.get(end..).unwrap_or(""))
}
/// A line of the timeline.
pub fn moment(line: &Line) -> Moment {
    Moment {
        actor: if line.system { line.standing.label().to_owned() } else { line.actor.clone() },
        what: line.label.to_owned(),
        fields: line.fields.iter().filter(|(_, t)| !t.is_empty()).map(|(l, t)| ((*l).to_owned(), t.chars().take(400).collect())).collect(),
        time: edge::minute_of(line.at_ms),
        seq: line.seq,
        mark: mark(&line.fingerprint),
        system: line.system,
        red: line.label.contains("退回") || line.label.contains("反弹"),
    }
}
impl Moment {
    /// Where it stands on the ledger, as people read it.
    pub fn place(&self) -> String {
        crate::ledger::label(self.seq)
    }
}
/// A failure as a page.
pub fn failure_page(status: u16, words: &str, reference: Option<String>) -> String {
    let heading = match status {
        403 => "缺少权限",
        404 => "没有找到",
        409 => "现在不能这样办",
        413 => "内容过大",
        422 => "有内容需要改正",
        429 | 503 => "请稍后再试",
        500 => "系统故障",
        _ => "没有办成",
    };
    let words = if status == 403 { format!("{words}本次访问已记录。") } else { words.to_owned() };
    html(&ErrorPage { status, heading: heading.into(), words, reference })
}
/// Phases passed, in words, for the stage track.
pub fn track(loaded: &crate::matters::Loaded) -> Vec<(String, String, &'static str)> {
    let Some(kind) = domain::procedures::kind(loaded.matter.kind()) else { return vec![] };
    let now = loaded.matter.phase().map(|p| p.name.as_str()).unwrap_or("");
    let at = kind.phases.iter().position(|p| p.name == now).unwrap_or(0);
    let main = kind.phases.iter().enumerate().filter(|(_, p)| p.main || p.name == now);
    main.map(|(i, p)| {
        let state = if i == at {
            "now"
        } else if i < at {
            "done"
        } else {
            ""
        };
        (p.label.to_owned(), p.ball.map(|b| b.label()).unwrap_or("").to_owned(), state)
    })
    .collect()
}
