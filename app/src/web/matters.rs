//! Pages of matters of every kind: workbench, list, detail, forms, search. All follow from the tables.
use domain::engine::{Field, Form, Refusal, Shape};
use serde_json::Value as Json;

use super::api::{filter, take};
use super::forms;
use super::pages::{
    self, Action, ChainLink, FieldView, FormPage, FunnelCell, Input, ListPage, MatterPage, Select, Todo, TodoGroup, WhiteBox, Workbench,
    html,
};
use super::present;
use super::visit::{Post, Reply, Values, Visit, encode};
use crate::failure::{Failure, Result};
use crate::matters::{self, Item, Where};
use crate::{edge, files, inbox, params, people, statistics};

/// `GET /`.
pub fn workbench(v: &Visit) -> Result<Reply> {
    let items = inbox::waiting(v.tx, v.house, v.who, 60)?;
    let mut groups = [("已逾期", "red"), ("今日到期", "red"), ("3 个工作日内", "amber"), ("其他", "")].map(|(label, tone)| TodoGroup {
        label,
        tone,
        items: vec![],
    });
    for i in &items {
        let todo = todo(i, v);
        let place = match todo.due.as_ref().map_or("", |d| d.tone) {
            "over" => 0,
            "today" => 1,
            "soon" => 2,
            _ => 3,
        };
        if let Some(g) = groups.get_mut(place) {
            g.items.push(todo);
        }
    }
    let groups: Vec<TodoGroup> = groups.into_iter().filter(|g| !g.items.is_empty()).collect();
    let office = super::routes::OFFICE.iter().any(|r| domain::engine::in_role(v.who, r));
    let funnel = if office { funnel_cells(v)? } else { vec![] };
    let mut quick = vec![];
    for kind in ["clue", "inquiry_record"] {
        for (owner, offer) in matters::offers_opening(v.tx, v.house, v.who, kind, v.now)?.into_iter().take(1) {
            quick.push((offer.label.to_owned(), format!("/matters/{kind}/new/{}?owner={}", offer.action, encode(&owner))));
        }
    }
    let mut notices = vec![];
    for (id, what, day) in inbox::notices(v.tx, v.house, v.who, 8)? {
        if let Some(row) = matters::load_by_id(v.tx, id)? {
            notices.push((format!("{} {what}", row.number), format!("/matter/{}", row.number), day));
        }
    }
    let listing = matters::list(v.tx, v.house, v.who, &matters::Filter { limit: 6, ..Default::default() }, v.now)?;
    let mut recent = vec![];
    for i in listing.items {
        if let Some(k) = crate::ledger::stream(v.tx, &i.number)?.pop() {
            recent.push(pages::Moment {
                actor: i.number.clone(),
                what: i.title.clone(),
                time: edge::minute_of(k.event.time_ms),
                seq: k.seq,
                mark: present::mark(&edge::hex(&k.h)),
                ..Default::default()
            });
        }
    }
    let sent = matters::list(
        v.tx,
        v.house,
        v.who,
        &matters::Filter { kind: "rectification".into(), open: "open".into(), limit: 30, ..Default::default() },
        v.now,
    )?;
    let sent = sent
        .items
        .iter()
        .filter(|i| i.ball == "Respondent" && office)
        .take(8)
        .map(|i| Todo { sub: v.registers.org_name(&i.org).to_owned(), ..todo(i, v) })
        .collect();
    let weekday = ["日", "一", "二", "三", "四", "五", "六"]
        .get(usize::from(v.now.today.weekday().to_sunday_zero_offset().unsigned_abs()))
        .copied()
        .unwrap_or("");
    let today = v.now.today;
    let day = format!(
        "{}年{}月{}日 星期{weekday} · {}",
        today.year(),
        today.month(),
        today.day(),
        if v.registers.calendar.works(today) { "工作日" } else { "休息日" }
    );
    let snapshot = format!("快照 {}，台账第 {} 条", edge::minute_of(v.now.ms), crate::ledger::identity(v.tx)?.2);
    let page = Workbench {
        frame: present::frame(v, "工作台", &[])?,
        day,
        funnel,
        total: items.len(),
        groups,
        sent,
        quick,
        notices,
        recent,
        snapshot,
    };
    Ok(Reply::Html(html(&page)))
}
fn todo(i: &Item, v: &Visit) -> Todo {
    let label = domain::procedures::kind(&i.kind).map_or("", |k| k.label);
    let sub = format!("{} · {label} · {}", i.number, present::stage(&i.kind, &i.phase, i.closed).label);
    Todo {
        due: present::due(&i.due, i.paused, i.provisional, &v.registers, v.now.today),
        href: format!("/matter/{}", i.number),
        title: i.title.clone(),
        sub,
    }
}
fn funnel_cells(v: &Visit) -> Result<Vec<FunnelCell>> {
    let f = statistics::funnel(v.tx)?;
    Ok(f.into_iter().map(|(label, number, note)| FunnelCell { label, number, note, href: format!("/funnel/{}", encode(label)) }).collect())
}
/// `GET /funnel/{measure}`: the matters behind one number.
pub fn funnel(v: &Visit) -> Result<Reply> {
    let measure = v.part("measure").to_owned();
    let (seen, hidden) = statistics::behind(v.tx, v.house, v.who, &measure)?;
    let heading = format!("{measure}：{} 件", seen.len() + hidden);
    let rows = seen.iter().map(|i| present::list_row(i, "", v)).collect();
    let words = if hidden > 0 { format!("另有 {hidden} 件你无权查看") } else { "已全部列出".into() };
    let frame = present::frame(v, &heading, &[("工作台", "/"), (&measure, "")])?;
    let page = ListPage {
        frame,
        heading,
        explain: "数字由计数事实相加得出，逐件列在下面。".into(),
        rows,
        kinds: true,
        words,
        action: v.here.to_owned(),
        empty: "没有事项".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
fn kind_of(v: &Visit) -> Result<&'static domain::engine::Kind> {
    domain::procedures::kind(v.part("kind")).ok_or(Failure::NotFound)
}
/// `GET /matters/{kind}`.
pub fn list(v: &Visit) -> Result<Reply> {
    let kind = kind_of(v)?;
    let f = filter(v, kind.name);
    let listing = matters::list(v.tx, v.house, v.who, &f, v.now)?;
    let base = format!("/matters/{}", kind.name);
    let mut query = String::new();
    for (n, value) in v.query.0.iter().filter(|(n, value)| !matches!(n.as_str(), "before" | "after" | "done") && !value.is_empty()) {
        query += &format!("&{}={}", encode(n), encode(value));
    }
    let next = listing.items.last().filter(|_| listing.more).map(|i| format!("{base}?after={}{query}", i.id));
    let prev = listing.items.first().filter(|_| listing.before && f.q.is_empty()).map(|i| format!("{base}?before={}{query}", i.id));
    let openings = matters::offers_opening(v.tx, v.house, v.who, kind.name, v.now)?;
    let openings: Vec<_> =
        openings.into_iter().map(|(owner, o)| (o.label.to_owned(), format!("{base}/new/{}?owner={}", o.action, encode(&owner)))).collect();
    let tabs = tabs(v, &base, &query)?;
    let quarter = super::inquiries::quarter_of(v.now.today);
    let more =
        if kind.name == "inquiry_record" { vec![(format!("导出本季 {quarter}"), format!("/inquiries/{quarter}"))] } else { vec![] };
    let bulk = match kind.name {
        "rectification" | "prompt" if domain::engine::in_role(v.who, "R1") => vec![("urge".to_owned(), "催办".to_owned())],
        "clue" if domain::engine::in_role(v.who, "R1") => vec![("assess".to_owned(), "提交研判".to_owned())],
        _ => vec![],
    };
    let rows: Vec<_> = listing.items.iter().map(|i| present::list_row(i, &f.q, v)).collect();
    let words = if rows.is_empty() {
        "没有命中".to_owned()
    } else {
        format!("本页 {} 件{}", rows.len(), if listing.more { "，后面还有" } else { "，已到末尾" })
    };
    let page = ListPage {
        frame: present::frame(v, kind.label, &[("工作台", "/"), (kind.label, "")])?,
        heading: kind.label.into(),
        explain: "点编号看全部经过。筛选条件都在地址里，可以收藏。".into(),
        tabs,
        filters: selects(v, kind),
        q: f.q.clone(),
        action: base.clone(),
        rows,
        kinds: false,
        bulk,
        bulk_action: format!("{base}/bulk"),
        key: edge::random_hex::<8>()?,
        prev,
        next,
        words,
        export: Some(format!("{base}/export?{}", query.trim_start_matches('&'))),
        openings: more.into_iter().chain(openings).collect(),
        views: Some(format!("{base}/views")),
        query: query.trim_start_matches('&').to_owned(),
        empty: format!("没有符合条件的{}", kind.label),
    };
    Ok(Reply::Html(html(&page)))
}
fn tabs(v: &Visit, base: &str, query: &str) -> Result<Vec<(String, String, bool)>> {
    let here = query.trim_start_matches('&');
    let fixed = [
        ("全部", ""),
        ("球在我手里", "mine=1"),
        ("已逾期", "due=over"),
        ("3 个工作日内", "due=soon"),
        ("未办结", "open=open"),
        ("已办结", "open=closed"),
    ];
    let mut all: Vec<(String, String, bool)> = fixed.iter().map(|(l, q)| ((*l).to_owned(), format!("{base}?{q}"), here == *q)).collect();
    let kind = v.part("kind");
    let rows =
        v.tx.rows("SELECT name, query FROM saved_view WHERE person = $1 AND kind = $2 ORDER BY n LIMIT 12", params![&v.who.id, kind])?;
    all.extend(rows.into_iter().map(|mut r| (r.take(0), format!("{base}?{}", r.text(1)), r.text(1) == here)));
    Ok(all)
}
fn selects(v: &Visit, kind: &domain::engine::Kind) -> Vec<Select> {
    let chosen = |name: &str, value: &str| v.query.get(name) == value;
    let all = |name: &str, label: &str| (String::new(), label.to_owned(), chosen(name, ""));
    let mut phase = vec![all("phase", "全部阶段")];
    phase.extend(kind.phases.iter().map(|p| (p.name.clone(), p.label.to_owned(), chosen("phase", &p.name))));
    let mut org = vec![all("org", "全部单位")];
    org.extend(v.registers.orgs().filter(|o| o.level != "内设").map(|o| (o.code.clone(), o.name.clone(), chosen("org", &o.code))));
    let mut code = vec![all("code", "全部问题码")];
    code.extend(domain::registers::codes::PROBLEM.rows.iter().map(|(c, l)| ((*c).to_owned(), (*l).to_owned(), chosen("code", c))));
    let mut due = vec![all("due", "全部期限")];
    due.extend(
        [("over", "已逾期"), ("today", "今日到期"), ("soon", "3 个工作日内"), ("paused", "暂停"), ("tent", "暂定")]
            .map(|(c, l)| (c.to_owned(), l.to_owned(), chosen("due", c))),
    );
    let select = |name, label, options| Select { name, label, options };
    vec![select("org", "单位", org), select("phase", "阶段", phase), select("code", "问题码", code), select("due", "期限状态", due)]
}
/// `GET /matters/{kind}/export`: the list as XLSX, as this person sees it.
pub fn export(v: &Visit) -> Result<Reply> {
    let kind = kind_of(v)?;
    let mut f = filter(v, kind.name);
    f.limit = 1_000;
    let mut rows: Vec<Vec<String>> = vec![];
    loop {
        let listing = matters::list(v.tx, v.house, v.who, &f, v.now)?;
        for i in &listing.items {
            let r = present::list_row(i, "", v);
            let due = r.due.map(|d| d.iso).unwrap_or_default();
            rows.push(vec![
                i.number.clone(),
                i.title.clone(),
                r.unit,
                i.codes.join("、"),
                r.stage.label,
                r.ball.map(|b| b.words).unwrap_or_default(),
                due,
                i.opened_on.clone(),
            ]);
        }
        match listing.items.last().filter(|_| listing.more && rows.len() < 100_000) {
            Some(last) => f.from = last.id,
            None => break,
        }
    }
    let bytes = crate::table::xlsx(&["编号", "事项", "单位", "问题码", "阶段", "球在谁手里", "到期日", "立件日"], &rows)?;
    Ok(Reply::Download(bytes, crate::table::XLSX, format!("{}-{}.xlsx", kind.label, v.now.today)))
}
/// `POST /matters/{kind}/views`.
pub fn save_view(p: &Post) -> Result<Reply> {
    let (person, kind, name, query) =
        (p.who.id.clone(), p.part("kind").to_owned(), p.form.get("name").trim().to_owned(), p.form.get("query").to_owned());
    if name.is_empty() || name.chars().count() > 20 || query.len() > 500 {
        return Err(Failure::Bad(422, "请填视图名称，最多 20 字。".into()));
    }
    let to = format!("/matters/{kind}?{query}");
    p.house.db.write_here(move |tx| {
        tx.exec("INSERT INTO saved_view (person, kind, name, query) VALUES ($1, $2, $3, $4)", params![person, kind, name, query])
    })?;
    Ok(Reply::Go(to))
}
/// `POST /matters/{kind}/bulk`: acts that are safe in bulk, each through its own gate; those refused are told.
pub fn bulk(p: &Post) -> Result<Reply> {
    let action = p.form.get("action");
    if !matches!(action, "urge" | "assess") {
        return Err(Failure::Bad(422, "此项不能批量办理。".into()));
    }
    let (mut done, mut refused) = (0, vec![]);
    for number in p.form.all("sel").take(100) {
        let needs_letter = p.visit(|v| Ok(matters::load(v.tx, number)?.is_some_and(|l| l.matter.kind() == "rectification")))?;
        let mut form = Form::new();
        if needs_letter && action == "urge" {
            form.insert("letter".into(), "请按期报送，逾期将按规定升级。".into());
        }
        match take(p, Where::On(number.to_owned()), action, form, None, Some(format!("{}{number}", p.form.get("key")))) {
            Ok(_) => done += 1,
            Err(Failure::Fault(f)) => return Err(Failure::Fault(f)),
            Err(_) => refused.push(number.to_owned()),
        }
    }
    let words = if refused.is_empty() {
        format!("已办 {done} 件，已留痕。")
    } else {
        format!("已办 {done} 件；{} 现在不能办。", refused.join("、"))
    };
    Ok(Reply::Go(format!("/matters/{}?done={}", p.part("kind"), encode(&words))))
}
/// `GET /matter/{number}`.
pub fn detail(v: &Visit) -> Result<Reply> {
    let seen = matters::see(v.tx, v.house, v.who, v.part("number"), v.now)?;
    let kind = domain::procedures::kind(&seen.item.kind).ok_or(Failure::NotFound)?;
    let list = format!("/matters/{}", kind.name);
    let mut sections = vec![];
    for s in &seen.sections {
        let rows: Result<Vec<_>> = s.rows.iter().map(|r| Ok((r.field.label.to_owned(), present::words(v, r.field, &r.value)?))).collect();
        sections.push((s.label.to_owned(), rows?));
    }
    let number = &seen.item.number;
    let main = seen.offers.iter().position(|o| o.blocked.is_none() && !matches!(o.action, "amend_record" | "urge" | "pause" | "merge"));
    let actions = seen.offers.iter().enumerate().map(|(n, o)| Action {
        label: o.label.to_owned(),
        href: if o.action == "open_identity" { format!("/matter/{number}/identity") } else { format!("/matter/{number}/do/{}", o.action) },
        blocked: o.blocked.as_ref().map(|b| b.reason.to_owned()),
        main: Some(n) == main,
    });
    let branches = kind.phases.iter().filter(|p| !p.main).map(|p| p.label.to_owned()).collect();
    let chain = seen.links.iter().map(|l| match &l.item {
        Some(i) => ChainLink {
            kind: domain::procedures::kind(&i.kind).map_or("", |k| k.label).to_owned(),
            number: i.number.clone(),
            title: i.title.clone(),
            stage: present::stage(&i.kind, &i.phase, i.closed),
            here: l.depth == 0,
            hidden: false,
        },
        None => ChainLink { kind: "封存".into(), hidden: true, ..Default::default() },
    });
    let row = present::list_row(&seen.item, "", v);
    let tags = seen.item.codes.iter().take(4).map(|c| (domain::registers::codes::PROBLEM.label_of(c).to_owned(), "")).collect();
    let page = MatterPage {
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
        standing: seen.mine.iter().map(|s| s.label()).collect::<Vec<_>>().join("、"),
        deadlines: seen.deadlines.iter().map(|d| white_box(d, v)).collect(),
        chain: chain.collect(),
        sections,
        files: attachments(v, &seen)?,
        sealed: sealed(&seen, number),
        timeline: seen.lines.iter().map(present::moment).collect(),
        viewers: if seen.office() { viewers(v, seen.loaded.id)? } else { vec![] },
    };
    Ok(Reply::Html(html(&page)))
}
fn white_box(d: &matters::Deadline, v: &Visit) -> WhiteBox {
    let mut due = present::due(&d.due.to_string(), d.paused.is_some(), d.provisional, &v.registers, v.now.today).unwrap_or_default();
    if let Some(stopped) = d.stopped {
        (due.tone, due.words) = ("done", if stopped > d.due { "逾期办结".into() } else { "按期".into() });
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
    for (f, field) in files::of_matter(v.tx, seen.loaded.id)? {
        if may_read_file(seen, &field) {
            let size = if f.size > 1 << 20 { format!("{} MB", f.size >> 20) } else { format!("{} KB", (f.size >> 10).max(1)) };
            let sub = format!("{size} · {} · {}", edge::minute_of(f.at_ms), f.digest.get(..8).unwrap_or(""));
            all.push((f.name, format!("/file/{}", f.id), sub));
        }
    }
    Ok(all)
}
/// An attachment is read by the audience of the field it was given under.
fn may_read_file(seen: &matters::Seen, field: &str) -> bool {
    let kind = domain::procedures::kind(seen.loaded.matter.kind());
    kind.is_some_and(|k| k.fields().iter().any(|f| f.name == field && f.seen_by(&seen.mine)))
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
fn viewers(v: &Visit, id: i64) -> Result<Vec<(String, String)>> {
    let since = v.now.today.saturating_sub(jiff::Span::new().days(30)).to_string();
    let all = matters::viewers(v.tx, id, &since)?;
    all.into_iter().map(|(p, n, _)| Ok((people::name(v.tx, &p)?, format!("{n} 次")))).collect()
}
/// `GET /matter/{number}/identity`: the confirmation page before a sealed identity is opened.
pub fn identity(v: &Visit) -> Result<Reply> {
    let seen = matters::see(v.tx, v.house, v.who, v.part("number"), v.now)?;
    let offer = seen.offers.iter().find(|o| o.action == "open_identity").ok_or(Failure::NotFound)?;
    if let Some(r) = &offer.blocked {
        return Err(Failure::Refused(r.clone()));
    }
    let number = &seen.item.number;
    let page = FormPage {
        frame: present::frame(v, "查阅反映人身份", &[("工作台", "/"), (number, &format!("/matter/{number}")), ("查阅反映人身份", "")])?,
        heading: "查阅反映人身份？".into(),
        explain: "批准只管一次。查阅先留痕，后显示。".into(),
        action: format!("/matter/{number}/do/open_identity"),
        version: seen.loaded.matter.version().to_string(),
        key: edge::random_hex::<8>()?,
        submit: "查阅，我只用于所选事由".into(),
        cancel: format!("/matter/{number}"),
        grave: Some("不得向被反映人、被反映单位透露。".into()),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}

/// `GET /matter/{number}/do/{action}`.
pub fn form(v: &Visit) -> Result<Reply> {
    let (page, _) = act_form(v, v.part("number"), v.part("action"), None)?;
    Ok(Reply::Html(html(&page)))
}
fn act_form(v: &Visit, number: &str, action: &str, given: Option<(&Values, &[(String, String)])>) -> Result<(FormPage, &'static [Field])> {
    let seen = matters::see(v.tx, v.house, v.who, number, v.now)?;
    let kind = domain::procedures::kind(&seen.item.kind).ok_or(Failure::NotFound)?;
    let offer = seen.offers.iter().find(|o| o.action == action).ok_or(Failure::NotFound)?;
    if let Some(r) = offer.blocked.as_ref().filter(|_| given.is_none()) {
        return Err(Failure::Refused(r.clone()));
    }
    let row = kind.step(action).ok_or(Failure::NotFound)?;
    let draft = draft(v, number, action)?.filter(|_| given.is_none());
    let values = given.map(|(g, _)| g.clone()).or_else(|| draft.as_ref().map(|(text, _)| Values::read(text))).unwrap_or_default();
    let choices = |f: &str| seen.loaded.matter.choices(f);
    let fields = field_views(v, row.fields, &values, given.map_or(&[], |(_, f)| f), &choices)?;
    let page = FormPage {
        frame: present::frame(
            v,
            row.label,
            &[("工作台", "/"), (kind.label, &format!("/matters/{}", kind.name)), (number, &format!("/matter/{number}")), (row.label, "")],
        )?,
        heading: row.label.into(),
        explain: format!("{number} {} · 依据：{}", seen.item.title, row.basis),
        action: format!("/matter/{number}/do/{action}"),
        fields,
        version: if values.get("version").is_empty() { seen.loaded.matter.version().to_string() } else { values.get("version").to_owned() },
        key: if values.get("key").is_empty() { edge::random_hex::<8>()? } else { values.get("key").to_owned() },
        submit: row.label.into(),
        cancel: format!("/matter/{number}"),
        grave: row.grave.then(|| format!("“{}”办理后不能撤回，会记入时间线和台账。", row.label)),
        draft: draft.map(|(_, saved)| format!("已恢复 {} 暂存的内容。", edge::minute_of(saved))),
        draft_url: format!("/draft/{number}/{action}"),
        multipart: row.fields.iter().any(|f| matches!(f.shape, Shape::Files)),
        ..Default::default()
    };
    Ok((page, row.fields))
}
fn draft(v: &Visit, place: &str, action: &str) -> Result<Option<(String, i64)>> {
    let row =
        v.tx.one("SELECT form, saved_ms FROM draft WHERE person = $1 AND place = $2 AND action = $3", params![&v.who.id, place, action])?;
    Ok(row.map(|mut r| (r.take(0), r.int(1))))
}
/// `GET /matters/{kind}/new/{action}`.
pub fn opening_form(v: &Visit) -> Result<Reply> {
    let (page, _) = new_form(v, v.part("kind"), v.part("action"), v.query.get("owner"), None)?;
    Ok(Reply::Html(html(&page)))
}
fn new_form(
    v: &Visit,
    kind: &str,
    action: &str,
    owner: &str,
    given: Option<(&Values, &[(String, String)])>,
) -> Result<(FormPage, &'static [Field])> {
    let kind = domain::procedures::kind(kind).ok_or(Failure::NotFound)?;
    let offers = matters::offers_opening(v.tx, v.house, v.who, kind.name, v.now)?;
    let (owner, _) =
        offers.iter().find(|(o, offer)| offer.action == action && (owner.is_empty() || o == owner)).ok_or(Failure::NotFound)?;
    let row = kind.step(action).ok_or(Failure::NotFound)?;
    let draft = draft(v, kind.name, action)?.filter(|_| given.is_none());
    let values = given.map(|(g, _)| g.clone()).or_else(|| draft.as_ref().map(|(text, _)| Values::read(text))).unwrap_or_default();
    let page = FormPage {
        frame: present::frame(v, row.label, &[("工作台", "/"), (kind.label, &format!("/matters/{}", kind.name)), (row.label, "")])?,
        heading: row.label.into(),
        explain: format!("依据：{}", row.basis),
        action: format!("/matters/{}/new/{action}", kind.name),
        fields: field_views(v, row.fields, &values, given.map_or(&[], |(_, f)| f), &|_| vec![])?,
        key: if values.get("key").is_empty() { edge::random_hex::<8>()? } else { values.get("key").to_owned() },
        submit: row.label.into(),
        cancel: format!("/matters/{}", kind.name),
        draft: draft.map(|(_, saved)| format!("已恢复 {} 暂存的内容。", edge::minute_of(saved))),
        draft_url: format!("/draft/{}/{action}", kind.name),
        multipart: row.fields.iter().any(|f| matches!(f.shape, Shape::Files)),
        hidden: vec![("owner".into(), owner.clone())],
        ..Default::default()
    };
    Ok((page, row.fields))
}
fn field_views(
    v: &Visit,
    fields: &'static [Field],
    values: &Values,
    added: &[(String, String)],
    choices: &dyn Fn(&str) -> Vec<(String, String)>,
) -> Result<Vec<FieldView>> {
    let mut all = vec![];
    for f in fields {
        let text = values.get(f.name).to_owned();
        let table = |t: &domain::registers::codes::CodeTable| {
            t.rows.iter().map(|(c, l)| ((*c).to_owned(), (*l).to_owned(), values.all(f.name).any(|x| x == *c))).collect::<Vec<_>>()
        };
        let input = match f.shape {
            Shape::Short | Shape::Number | Shape::Money | Shape::Matter(_) => Input::Line(text),
            Shape::Long => Input::Text(text),
            Shape::Date => Input::Date(text),
            Shape::YesNo => Input::YesNo(match text.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            }),
            Shape::Code(t) => Input::One(table(t)),
            Shape::Codes(t) => Input::Many(table(t)),
            Shape::Choice => Input::One(choices(f.name).into_iter().map(|(c, l)| (c.clone(), l, c == text)).collect()),
            Shape::Org => Input::One(
                v.registers.orgs().filter(|o| o.level != "内设").map(|o| (o.code.clone(), o.name.clone(), o.code == text)).collect(),
            ),
            Shape::Person => {
                let people = people::accounts(v.tx)?;
                Input::Pick(text, people.into_iter().map(|a| (a.id, format!("{} · {}", a.name, v.registers.org_name(&a.org)))).collect())
            }
            Shape::Rows(columns) => {
                let names = columns.iter().map(|c| (c.name.to_owned(), c.label.to_owned())).collect();
                let cells =
                    |n: usize| columns.iter().map(|c| values.get(&format!("{}.{n}.{}", f.name, c.name)).to_owned()).collect::<Vec<_>>();
                let filled = (0..200).take_while(|n| cells(*n).iter().any(|c| !c.is_empty())).count();
                Input::Rows(names, (0..filled + 2).map(cells).collect())
            }
            Shape::Files => {
                let mut have: Vec<(String, String)> =
                    added.iter().filter(|(field, _)| field == f.name).map(|(_, id)| (id.clone(), String::new())).collect();
                have.extend(values.all(f.name).filter(|x| !x.is_empty()).map(|id| (id.to_owned(), String::new())));
                for h in &mut have {
                    h.1 = files::get(v.tx, &h.0)?.map(|(file, ..)| file.name).unwrap_or_default();
                }
                Input::Files(have)
            }
        };
        all.push(FieldView { name: f.name.into(), label: f.label.into(), hint: f.hint.into(), required: f.required, error: None, input });
    }
    Ok(all)
}
fn take_files(p: &Post) -> Result<Vec<(String, String)>> {
    p.uploads.iter().map(|u| Ok((u.field.clone(), files::take_in(&p.house, &p.who.id, &u.name, &u.bytes)?))).collect()
}
/// The form again, with what was wrong at its place and nothing lost; or the failure itself where it is another one.
fn again(failure: Failure, again: impl FnOnce() -> Result<(FormPage, &'static [Field])>, conflict: Vec<String>) -> Result<Reply> {
    let (status, refusal) = match failure {
        Failure::Refused(r) if !r.fields.is_empty() => (422, r),
        Failure::Stale => (409, Refusal::new("stale", "")),
        other => return Err(other),
    };
    let (mut page, fields) = again()?;
    for (name, say) in &refusal.fields {
        let label = fields.iter().find(|f| f.name == name).map_or(name.as_str(), |f| f.label);
        page.errors.push((name.clone(), label.to_owned(), say.clone()));
        if let Some(f) = page.fields.iter_mut().find(|f| f.name == *name) {
            f.error = Some(say.clone());
        }
    }
    page.conflict = conflict;
    Ok(Reply::Page(status, html(&page)))
}
fn drop_draft(p: &Post, place: &str, action: &str) -> Result<()> {
    let (person, place, action) = (p.who.id.clone(), place.to_owned(), action.to_owned());
    p.house
        .db
        .write_here(move |tx| tx.exec("DELETE FROM draft WHERE person = $1 AND place = $2 AND action = $3", params![person, place, action]))
        .map(drop)
}
/// `POST /matter/{number}/do/{action}`.
pub fn act(p: &Post) -> Result<Reply> {
    let (number, action) = (p.part("number").to_owned(), p.part("action").to_owned());
    let kind = p
        .visit(|v| Ok(matters::load(v.tx, &number)?.map(|l| l.matter.kind())))?
        .and_then(domain::procedures::kind)
        .ok_or(Failure::NotFound)?;
    let row = kind.step(&action).filter(|r| r.by_people()).ok_or(Failure::NotFound)?;
    let added = take_files(p)?;
    if !p.form.get("more").is_empty() {
        let (page, _) = p.visit(|v| act_form(v, &number, &action, Some((&p.form, &added))))?;
        return Ok(Reply::Html(html(&page)));
    }
    let version = p.form.get("version").parse().ok();
    let key = Some(p.form.get("key").to_owned()).filter(|k| !k.is_empty());
    let done = forms::read(row.fields, &p.form, &added).and_then(|form| take(p, Where::On(number.clone()), &action, form, version, key));
    match done {
        Ok(done) => {
            drop_draft(p, &number, &action)?;
            if action == "open_identity" {
                return p.visit(|v| show_identity(v, &done.number));
            }
            Ok(Reply::Go(format!("/matter/{}?done={}", done.number, encode(&format!("已{}，已留痕。", row.label)))))
        }
        Err(failure) => {
            let meanwhile =
                if matches!(failure, Failure::Stale) { p.visit(|v| meanwhile(v, &number, version.unwrap_or(0)))? } else { vec![] };
            let mut values = p.form.clone();
            // The next try starts from what has happened meanwhile.
            values.0.retain(|(n, _)| !matches!(n.as_str(), "version" | "key") || meanwhile.is_empty());
            again(failure, || p.visit(|v| act_form(v, &number, &action, Some((&values, &added)))), meanwhile)
        }
    }
}
/// Who did what since the form was made.
fn meanwhile(v: &Visit, number: &str, since: u32) -> Result<Vec<String>> {
    let seen = matters::see(v.tx, v.house, v.who, number, v.now)?;
    let newer = usize::try_from(seen.loaded.matter.version().saturating_sub(since)).unwrap_or(0);
    Ok(seen.lines.iter().take(newer).map(|l| format!("{} {}：{}", edge::minute_of(l.at_ms), l.actor, l.label)).collect())
}
/// The sealed identity, shown once, after its own entry is durable.
fn show_identity(v: &Visit, number: &str) -> Result<Reply> {
    let loaded = matters::load(v.tx, number)?.ok_or(Failure::NotFound)?;
    let body: Json = serde_json::from_str(&loaded.matter.body())?;
    let said = body.pointer("/state/said").cloned().unwrap_or_default();
    let mut rows = vec![];
    for (name, label) in [("reporter", "反映人姓名"), ("reporter_id", "身份证号"), ("reporter_phone", "联系电话")] {
        if let Some(reference) = said.get(name).and_then(Json::as_str).and_then(domain::engine::is_vault_ref) {
            rows.push(vec![
                pages::Cell::Text(label.into()),
                pages::Cell::Text(crate::vault::open_identity(v.tx, &v.house.keys, reference)?.unwrap_or_default()),
            ]);
        }
    }
    v.house.reads.note(&v.who.id, loaded.id, "查阅身份", v.now);
    let page = pages::TablePage {
        frame: present::frame(v, "反映人身份", &[("工作台", "/"), (number, &format!("/matter/{number}")), ("反映人身份", "")])?,
        heading: "反映人身份".into(),
        explain: "只显示这一次。离开本页后须重新申请。".into(),
        columns: vec!["项目", "内容"],
        rows,
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// `POST /matters/{kind}/new/{action}`.
pub fn open(p: &Post) -> Result<Reply> {
    let (kind, action, owner) = (p.part("kind").to_owned(), p.part("action").to_owned(), p.form.get("owner").to_owned());
    let row =
        domain::procedures::kind(&kind).and_then(|k| k.step(&action)).filter(|r| r.opens() && r.by_people()).ok_or(Failure::NotFound)?;
    let added = take_files(p)?;
    let key = Some(p.form.get("key").to_owned()).filter(|k| !k.is_empty());
    let place = Where::Open { kind: kind.clone(), owner: owner.clone(), links: vec![] };
    match forms::read(row.fields, &p.form, &added).and_then(|form| take(p, place, &action, form, None, key)) {
        Ok(done) => {
            drop_draft(p, &kind, &action)?;
            Ok(Reply::Go(format!("/matter/{}?done={}", done.number, encode(&format!("已{}，已留痕。", row.label)))))
        }
        Err(failure) => again(failure, || p.visit(|v| new_form(v, &kind, &action, &owner, Some((&p.form, &added)))), vec![]),
    }
}
/// `POST /draft/{place}/{action}`: kept for the writer alone, never on the ledger.
pub fn save_draft(p: &Post) -> Result<Reply> {
    let kept = p.form.0.iter().filter(|(n, _)| !matches!(n.as_str(), "csrf" | "key" | "version"));
    let text: String = kept.map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect::<Vec<_>>().join("&");
    if text.len() > 200_000 {
        return Err(Failure::Bad(413, "草稿过长。".into()));
    }
    let (person, place, action, now) = (p.who.id.clone(), p.part("place").to_owned(), p.part("action").to_owned(), p.now.ms);
    let back = if domain::procedures::kind(&place).is_some() {
        format!("/matters/{place}/new/{action}")
    } else {
        format!("/matter/{place}/do/{action}")
    };
    p.house.db.write_here(move |tx| {
        let sql = "INSERT INTO draft (person, place, action, form, saved_ms) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (person, place, action) DO UPDATE SET form = excluded.form, saved_ms = excluded.saved_ms";
        tx.exec(sql, params![person, place, action, text, now])
    })?;
    if p.headers.contains_key("x-draft") { Ok(Reply::Json(200, serde_json::json!({"saved": true}))) } else { Ok(Reply::Go(back)) }
}
/// `GET /file/{id}`: always an attachment, never inline.
pub fn file(v: &Visit) -> Result<Reply> {
    let (file, matter, field) = files::get(v.tx, v.part("id"))?.ok_or(Failure::NotFound)?;
    let loaded = matters::load_by_id(v.tx, matter)?.ok_or(Failure::NotFound)?;
    let seen = matters::see(v.tx, v.house, v.who, &loaded.number, v.now)?;
    if !may_read_file(&seen, &field) {
        return Err(Failure::NotFound);
    }
    Ok(Reply::Download(files::bytes(v.house, &file.digest)?, "application/octet-stream", file.name))
}
/// `GET /search`.
pub fn search(v: &Visit) -> Result<Reply> {
    let f = matters::Filter { kind: v.query.get("kind").to_owned(), ..filter(v, "") };
    let f = matters::Filter { q: v.query.get("q").to_owned(), ..f };
    let listing = if f.q.trim().is_empty() { Default::default() } else { matters::list(v.tx, v.house, v.who, &f, v.now)? };
    let base = format!("/search?q={}", encode(&f.q));
    let mut tabs = vec![("全部".to_owned(), base.clone(), f.kind.is_empty())];
    tabs.extend(domain::procedures::all().iter().map(|k| (k.label.to_owned(), format!("{base}&kind={}", k.name), f.kind == k.name)));
    let next = listing.items.last().filter(|_| listing.more).map(|i| format!("{base}&kind={}&after={}", f.kind, i.id));
    let rows: Vec<_> = listing.items.iter().map(|i| present::list_row(i, &f.q, v)).collect();
    let page = ListPage {
        frame: present::frame(v, "检索", &[("工作台", "/"), ("检索", "")])?,
        heading: format!("检索：{}", f.q),
        explain: "只列出你有权看的事项，新的在前。".into(),
        tabs,
        q: f.q.clone(),
        action: "/search".into(),
        words: if rows.is_empty() { "没有命中".into() } else { format!("本页 {} 件", rows.len()) },
        rows,
        kinds: true,
        next,
        empty: "没有命中。换个词，或只用两个字试试。".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
