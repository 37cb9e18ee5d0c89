//! What happened in the city: lives of matters as scripts of steps, lived day by day. What would lie after today has not happened yet,
//! and so matters stand in every phase.
use jiff::civil::{Date, date};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

use super::city::{self, OFFICE, Town, UNITS, form, press};
use super::stage::Stage;
use super::{linkage, reviews};
use crate::edge::{Clock, Now, morning_of};
use crate::failure::Result;
use crate::house::House;
use crate::matters::{self, Ask, Filter, Item, Where};
use crate::{files, inbox};

/// `(problem code, severity, what was found, what is asked, how it was put right)`.
const FINDINGS: &[[&str; 5]] = &[
    [
        "X1",
        "一般",
        "一审案件超过审限三十二日，未报批延长。",
        "核查全部未结案件审限，逐件补办报批，建立到期预警。",
        "清理未结案件 46 件，补办报批 3 件，预警已上线。",
    ],
    ["C4", "一般", "文书送达回证缺失，无法证明按期送达。", "补齐回证，规范电子送达确认。", "补齐回证 11 份，修订送达操作规程。"],
    ["C3", "一般", "处罚前告知书未写明听证权利。", "统一告知书样式，全员培训一次。", "启用新版告知书，培训 62 人次。"],
    [
        "S3",
        "重大",
        "同类案件量罚相差较大，文书没有说明理由。",
        "对照裁量基准复核近一年同类案件，补充说理要求。",
        "复核 27 件，制发说理指引一份。",
    ],
    ["X3", "重大", "终本前未穷尽查控措施，未约谈申请人。", "逐件复查终本案件，符合条件的恢复执行。", "复查 118 件，恢复执行 9 件。"],
    ["Q5", "重大", "案件办结后涉案财物超期未返还。", "清点保管室，限期返还，落实专人管理。", "返还财物 14 件（笔），建立台账。"],
    ["Q3", "重大", "查封财产价值明显超过标的额。", "逐案评估，超标的部分依法解封。", "解封房产 2 处、账户 5 个。"],
    ["C6", "一般", "辩护人阅卷申请未在规定时间答复。", "设阅卷专窗，三日内答复并登记。", "专窗已启用，积压申请全部答复。"],
    ["W2", "轻微", "裁判文书对主要争点没有回应。", "组织文书评议，纳入季度抽查。", "评议文书 30 份，季度抽查已安排。"],
    ["F1", "一般", "群众三次来访，窗口互相推诿。", "落实首问负责，公示办理时限。", "首问登记制度已公示，回访满意。"],
    ["M1", "重大", "应当封存的记录未封存，系统可直接查询。", "全面排查，立即封存，收回查询权限。", "封存记录 23 条，收回权限 41 个。"],
    ["J1", "一般", "收到检察建议两个月未书面回复。", "补充书面回复，指定专人跟踪。", "已书面回复，明确由法制部门归口。"],
];
const SOURCES: &[&str] = &["来信", "来访", "来电", "网上", "转送", "交办", "督办", "舆情", "检察", "人大政协", "工商联"];
const HANDLERS: [&str; 2] = ["jingban1", "jingban2"];

/// Who takes a step.
#[derive(Clone, Copy)]
enum By {
    /// One of the two handlers.
    Handler(usize),
    Lead,
    /// The liaison of the unit.
    Unit,
    Login(&'static str),
}
/// One step of a life: so many calendar days after the one before.
struct Step {
    after: i32,
    by: By,
    action: &'static str,
    form: Json,
    /// The field that takes a piece of evidence.
    evidence: Option<&'static str>,
}
/// The life of one matter.
struct Life {
    kind: &'static str,
    /// The number of a matter that exists already; otherwise the first step opens one.
    number: Option<String>,
    begins: Date,
    org: String,
    /// Numbers of matters it follows from.
    links: Vec<String>,
    steps: Vec<Step>,
}
impl Life {
    fn new(kind: &'static str, begins: Date, org: &str) -> Self {
        Self { kind, number: None, begins, org: org.into(), links: vec![], steps: vec![] }
    }
    fn then(&mut self, after: i32, by: By, action: &'static str, form: Json) -> &mut Self {
        self.steps.push(Step { after, by, action, form, evidence: None });
        self
    }
    fn with_evidence(&mut self, field: &'static str) {
        if let Some(last) = self.steps.last_mut() {
            last.evidence = Some(field);
        }
    }
}
fn finding(n: usize) -> &'static [&'static str; 5] {
    FINDINGS.get(n % FINDINGS.len()).unwrap_or(&["X1", "一般", "", "", ""])
}
fn later(day: Date, days: i32) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}
/// Day `n` of `count` spread evenly over a period.
fn spread(n: usize, count: usize, from: Date, to: Date) -> Date {
    let whole = i64::from(days(from, to)) * i64::try_from(n).unwrap_or(0) / i64::try_from(count).unwrap_or(1).max(1);
    later(from, i32::try_from(whole).unwrap_or(0))
}
/// A life cut after this step, and begun so that the step was taken a few days ago.
fn up_to(build: impl Fn(Date) -> Life, action: &str, today: Date) -> Life {
    let cut = |mut life: Life| {
        let last = life.steps.iter().position(|s| s.action == action).map_or(life.steps.len(), |i| i + 1);
        life.steps.truncate(last);
        life
    };
    // Each step may slip over a weekend.
    let took: i32 = cut(build(today)).steps.iter().map(|s| s.after + 1).sum();
    cut(build(later(today, -took - 5)))
}
fn days(from: Date, to: Date) -> i32 {
    from.until(to).map(|s| s.get_days()).unwrap_or(0)
}

/// Lives them all, up to this instant.
///
/// # Errors
/// What the house refuses: the script is then wrong.
pub(super) fn live(house: &House, clock: &Clock, town: &Town, until: Now) -> Result<Vec<city::Receipt>> {
    let (waiting, old): (Vec<Item>, Vec<Item>) =
        old_clues(house)?.into_iter().partition(|i| matches!(i.phase.as_str(), "Registered" | "Assessing"));
    let old = old.into_iter().filter(|i| matches!(i.phase.as_str(), "Routed" | "Closed") && !i.codes.is_empty());
    let (imported, others): (Vec<Item>, Vec<Item>) = old.partition(|i| UNITS.contains(&i.org.as_str()));
    let today = until.today;
    let mut all = rectifications(today, &imported);
    all.extend(prompts(today));
    all.extend(records(today));
    all.extend(clues(today, &imported));
    all.extend(orders(today));
    all.extend(others.iter().filter(|i| i.phase == "Routed").enumerate().map(|(n, i)| settled(n, i)));
    all.extend(waiting.iter().enumerate().map(|(n, i)| passed_on(n, i)));
    // `(day, life, step)` of everything that has happened by now, on working days only.
    let registers = house.db.read_here(|tx| house.registers(tx))?;
    let mut due: BTreeMap<(Date, usize, usize), ()> = BTreeMap::new();
    for (n, life) in all.iter().enumerate() {
        let mut day = life.begins;
        for (s, step) in life.steps.iter().enumerate() {
            day = later(day, step.after);
            while !registers.calendar.works(day) {
                day = later(day, 1);
            }
            if day >= today {
                break;
            }
            due.insert((day, n, s), ());
        }
    }
    let mut numbers: BTreeMap<usize, String> = all.iter().enumerate().filter_map(|(n, l)| Some((n, l.number.clone()?))).collect();
    let (mut at, mut minutes, mut looked) = (city::START, 0i64, city::START);
    let stage = Stage { house, clock, town };
    let mut scenes = reviews::Scenes::new(stage, &registers.calendar, today);
    let mut linkage = linkage::Script::new(stage, &registers.calendar, today);
    // Day by day, whichever comes first.
    let mut until = |day: Date| -> Result<()> {
        while let Some(next) = [scenes.next(), linkage.next()].into_iter().flatten().min().filter(|next| *next < day) {
            scenes.up_to(later(next, 1))?;
            linkage.up_to(later(next, 1))?;
        }
        Ok(())
    };
    for (day, n, s) in due.into_keys() {
        until(day)?;
        let (Some(life), Some(step)) = (all.get(n), all.get(n).and_then(|l| l.steps.get(s))) else { continue };
        minutes = if day == at { minutes + 7 } else { 10 };
        at = day;
        clock.put(morning_of(day) + minutes * 60_000);
        if days(looked, day) >= 7 {
            looked = day;
            inbox::tick(house)?;
        }
        let number = take(house, town, life, step, day, numbers.get(&n))?;
        numbers.entry(n).or_insert(number);
    }
    until(today)?;
    clock.put(morning_of(later(today, -1)) + 5 * 3_600_000);
    answered(house, town, at)?;
    taken_back(house, clock, town, at)?;
    linkage.receipts()
}
fn take(house: &House, town: &Town, life: &Life, step: &Step, day: Date, number: Option<&String>) -> Result<String> {
    let login = match step.by {
        By::Handler(n) => HANDLERS.get(n % 2).copied().unwrap_or("jingban1"),
        By::Lead => "fuzeren",
        By::Unit => town.liaison(&life.org).unwrap_or("zhongyuan"),
        By::Login(login) => login,
    };
    let who = house.db.read_here(|tx| town.person(tx, login, day))?;
    let mut said = form(step.form.clone());
    if let Some(field) = step.evidence {
        let text = format!("{}（演示材料，内容虚构）\n单位：{}\n日期：{day}\n", step.action, life.org);
        let id = files::take_in(house, &who.id, &format!("佐证材料-{day}.txt"), text.as_bytes())?;
        said.insert(field.into(), json!([id]));
    }
    let place = match number {
        Some(number) => Where::On(number.clone()),
        None => Where::Open { kind: life.kind.into(), owner: OFFICE.into(), links: life.links.clone() },
    };
    let (action, what) = (step.action, format!("{} {}", life.kind, step.action));
    let done = press(house, move |desk| desk.act(Ask { who: &who, place, action, form: said, version: None, key: None }));
    done.map(|d| d.number).map_err(|e| crate::failure::Failure::Fault(format!("演示：{what}，{day}：{e}")))
}
/// Clues of the old ledger.
fn old_clues(house: &House) -> Result<Vec<Item>> {
    let who = domain::engine::Person {
        roles: vec![domain::engine::RoleHeld { role: "R1".into(), org: OFFICE.into(), of: None }],
        ..Default::default()
    };
    let filter = Filter { kind: "clue".into(), limit: 1_000, ..Default::default() };
    Ok(house.db.read_here(|tx| matters::list(tx, house, &who, &filter, house.clock.now()))?.items)
}
/// A clue the old ledger left waiting, looked at in the first weeks.
fn passed_on(n: usize, clue: &Item) -> Life {
    let mut life = Life::new("clue", spread(n, 40, date(2025, 1, 7), date(2025, 1, 17)), &clue.org);
    life.number = Some(clue.number.clone());
    life.then(0, By::Handler(n), "pass_on", json!({"receiver": "市信访局", "reason": "旧台账遗留，核对后不属政法机关职权，依规定转办。"}));
    life
}
/// A clue of the old ledger brought to its end.
fn settled(n: usize, clue: &Item) -> Life {
    let mut life = Life::new("clue", spread(n, 50, date(2025, 1, 13), date(2025, 7, 31)), &clue.org);
    life.number = Some(clue.number.clone());
    life.then(0, By::Handler(n), "tell", json!({"told_on": life.begins.to_string(), "how": "电话"}));
    life.then(6, By::Handler(n), "close", json!({"result": "已按去向办理，结果已告知反映人。"}));
    life
}
fn rectifications(today: Date, imported: &[Item]) -> Vec<Life> {
    let mut all: Vec<Life> = (0..96).map(|n| rectification(n, spread(n, 96, date(2025, 1, 14), later(today, -30)), imported)).collect();
    let open = ["open", "demand", "sign", "plan", "return_plan", "confirm_plan", "report", "send_back", "accept_partly", "accept"];
    let turns = [(0, [98, 107, 110, 116, 105, 118, 115, 117, 118, 121]), (1, [109, 122, 128, 131, 112, 134, 136, 122, 107, 139])];
    for (n, action) in open.into_iter().enumerate() {
        for (k, turn) in turns {
            let turn = turn.get(n).copied().unwrap_or(100);
            all.push(up_to(|begins| rectification(turn, begins, imported), action, later(today, -k)));
        }
    }
    all
}
#[allow(clippy::too_many_lines)] // one life told from beginning to end, with its turns
fn rectification(n: usize, begins: Date, imported: &[Item]) -> Life {
    let source = imported.get(n).filter(|_| n < imported.len());
    let org = source.map_or(UNITS.get(n % UNITS.len()).copied().unwrap_or(OFFICE), |i| i.org.as_str());
    let f = source.and_then(|i| FINDINGS.iter().find(|f| i.codes.iter().any(|c| c == f[0]))).unwrap_or(finding(n * 5 + 1));
    let [code, severity, gist, ask, done] = *f;
    let mut life = Life::new("rectification", begins, org);
    life.links = source.map(|i| i.number.clone()).into_iter().collect();
    let (handler, other) = (By::Handler(n), By::Handler(n + 1));
    let from = if source.is_some() { "线索" } else { "评查" };
    life.then(0, handler, "open", json!({"org": org, "problems": [code], "severity": severity, "gist": gist, "source": from}));
    life.then(1 + i32::from(n.is_multiple_of(3)), By::Lead, "demand", json!({"what": ask}));
    if n % 29 == 11 {
        life.then(9, handler, "urge", json!({"letter": "请尽快签收并报送整改方案。"}));
    }
    life.then(2, By::Unit, "sign", json!({}));
    life.then(9, By::Unit, "plan", json!({"plan": format!("一、由分管领导牵头；二、{ask}；三、每月自查一次，结果报执法监督室。")}));
    if n.is_multiple_of(7) {
        life.then(3, handler, "return_plan", json!({"reason": "没有写明责任人和完成日期。请补充。"}));
        life.then(5, By::Unit, "plan", json!({"plan": format!("责任人：分管领导；完成日期：两个月内；措施：{ask}")}));
    }
    life.then(3, handler, "confirm_plan", json!({}));
    if n % 9 == 4 {
        life.then(12, By::Lead, "pause", json!({"reason": "等待上级法院对同类问题的答复。"}));
        life.then(15, handler, "resume", json!({}));
    }
    if n % 8 == 5 {
        life.then(20, By::Lead, "extend", json!({"reason": "涉及案卷较多，核查需要时间。"}));
    }
    if n % 13 == 6 {
        life.then(5, By::Lead, "accountability", json!({"facts": "主办人员两次未按要求报送，延误整改。"}));
    }
    life.then(26 + i32::try_from(n % 17).unwrap_or(0), By::Unit, "report", json!({"result": done}));
    life.with_evidence("evidence");
    if n % 5 == 2 {
        life.then(4, handler, "send_back", json!({"reason": "佐证只有说明，没有清单。请补充逐件清单。"}));
        life.then(9, By::Unit, "report", json!({"result": format!("{done}逐件清单附后。")}));
        life.with_evidence("evidence");
    }
    if n % 11 == 8 {
        life.then(4, handler, "accept_partly", json!({"done": "存量问题已纠正。", "remaining": "长效制度尚未印发。"}));
        life.then(20, By::Unit, "report", json!({"result": "制度已印发并组织学习。"}));
        life.with_evidence("evidence");
    }
    life.then(4, handler, "accept", json!({"opinion": "措施具体，佐证齐全，同意验收。"}));
    if n % 19 == 3 {
        life.then(98, other, "relapse", json!({"finding": "抽查新办案件，同类问题又出现三件。"}));
        life.then(2, By::Lead, "demand", json!({"what": format!("反弹重开：{ask}并说明反弹原因。")}));
        life.then(2, By::Unit, "sign", json!({}));
        life.then(8, By::Unit, "plan", json!({"plan": "主要领导包案，逐案过筛，每周报送。"}));
        life.then(3, handler, "confirm_plan", json!({}));
        life.then(30, By::Unit, "report", json!({"result": done}));
        life.with_evidence("evidence");
        life.then(4, By::Lead, "accept_grave", json!({"opinion": "分管领导验收，同意。"}));
    }
    life.then(97 + i32::try_from(n % 23).unwrap_or(0), other, "hold", json!({"finding": "抽查新办案件二十件，未见同类问题。"}));
    // Where accountability was suggested, closure waits for the competent body's answer.
    if n % 13 != 6 {
        life.then(3, By::Lead, "close", json!({}));
    }
    life
}
fn prompts(today: Date) -> Vec<Life> {
    let first = date(2025, 2, 11);
    let items = ["是否受理", "超期", "未告知", "未送达"];
    let one = |n: usize, begins: Date| {
        let org = UNITS.get(n * 5 % UNITS.len()).copied().unwrap_or(OFFICE);
        let asked: Vec<&str> = items.iter().enumerate().filter(|(i, _)| (n + i).is_multiple_of(3)).map(|(_, x)| *x).collect();
        let asked = if asked.is_empty() { vec!["超期"] } else { asked };
        let by = later(begins, 18);
        let mut life = Life::new("prompt", begins, org);
        let case_no = format!("（{}）赣1202演{}号", begins.year(), 100 + n * 7);
        life.then(0, By::Handler(n), "open", json!({"org": org, "case_no": case_no, "items": asked, "reply_by": by.to_string()}));
        life.then(1, By::Lead, "send", json!({"reply_by": by.to_string()}));
        life.then(2, By::Unit, "sign", json!({}));
        if n % 6 == 1 {
            life.then(16, By::Handler(n), "urge", json!({}));
        }
        let answer = ["已依法办理", "正在办理", "已依法办理", "不属本单位"].get(n % 4).copied().unwrap_or("已依法办理");
        life.then(8, By::Unit, "answer", json!({"answer": answer, "answered_on": begins.to_string()}));
        life.with_evidence("files");
        if n % 10 == 3 {
            life.then(2, By::Handler(n), "send_back", json!({}));
            life.then(5, By::Unit, "answer", json!({"answer": "已依法办理", "answered_on": begins.to_string()}));
        }
        life.then(3, By::Handler(n), "close", json!({}));
        life
    };
    let open = ["open", "send", "sign", "urge", "answer", "answer", "send_back", "sign"];
    let lately = open.into_iter().zip([51, 50, 49, 49, 48, 46, 43, 47]).map(|(action, n)| up_to(|begins| one(n, begins), action, today));
    (0..46).map(|n| one(n, spread(n, 46, first, later(today, -40)))).chain(lately).collect()
}
fn records(today: Date) -> Vec<Life> {
    let first = date(2025, 1, 20);
    let kinds = ["过问", "调卷", "查询", "来函", "批示"];
    let one = |n: usize, begins: Date| {
        let org = UNITS.get(n * 7 % UNITS.len()).copied().unwrap_or(OFFICE);
        let kind = kinds.get(n % kinds.len()).copied().unwrap_or("过问");
        let mut life = Life::new("inquiry_record", begins, org);
        let content =
            ["询问案件是否立案。", "调阅已办结案卷一册。", "查询办理进度。", "来函了解程序情况。", "转来群众反映材料，请依法办理。"]
                .get(n % 5)
                .copied()
                .unwrap_or("");
        life.then(
            0,
            By::Handler(n),
            "record",
            json!({"kind": kind, "on": begins.to_string(), "org": org, "case_no": format!("（{}）赣1202演{}号", begins.year(), 300 + n), "asked_by": format!("某机关干部 演示{n:02}"), "content": content, "ground": "工作需要"}),
        );
        if n % 12 == 5 {
            life.then(6, By::Unit, "dispute", json!({"difference": "日期应为前一日。"}));
            life.then(3, By::Handler(n), "settle", json!({"result": "核对来电登记，日期无误，已向单位说明。"}));
        } else {
            life.then(7, By::Unit, "confirm", json!({}));
        }
        life
    };
    let open = [(59, "record"), (58, "record"), (57, "record"), (53, "dispute"), (41, "dispute")];
    let lately = open.into_iter().map(|(n, action)| up_to(|begins| one(n, begins), action, today));
    (0..52).map(|n| one(n, spread(n, 52, first, later(today, -14)))).chain(lately).collect()
}
/// Clues that came in since: the older ones passed on or merged, the newer ones on their way. Those assessed to the end are all in the
/// old ledger, so that the funnel reads as the office reported it.
fn clues(today: Date, imported: &[Item]) -> Vec<Life> {
    let mut all = vec![];
    let register = |n: usize, day: Date, org: &str, pending: bool| {
        let [code, _, gist, ..] = *finding(n);
        let case_type = ["01", "02", "04", "05"].get(n % 4);
        json!({
            "source": SOURCES.get(n % SOURCES.len()), "received": day.to_string(), "org": org, "case_no": format!("（{}）赣1202演{}号", day.year(), 600 + n * 3),
            "case_type": case_type, "stage": if pending { "一审" } else { "已终结" }, "is_closed": !pending, "problem": [code],
            "summary": format!("反映{gist}请求依法处理并书面告知。"), "reporter": format!("演示例{n}"), "reporter_phone": format!("154000{n:05}"), "keep_secret": n.is_multiple_of(2),
        })
    };
    let first = date(2025, 1, 22);
    for n in 0..32usize {
        let day = spread(n, 32, first, later(today, -50));
        let org = UNITS.get(n * 3 % UNITS.len()).copied().unwrap_or(OFFICE);
        let mut life = Life::new("clue", day, org);
        life.then(0, By::Handler(n), "register", register(n, day, org, false));
        if n % 4 == 3 {
            life.then(4, By::Lead, "pass_discipline", json!({"receiver": "市纪委监委", "gist": "反映工作人员作风问题，要点另附。"}));
        } else if let Some(into) = imported.get(n).filter(|_| n % 4 == 1) {
            life.then(3, By::Handler(n), "merge", json!({"clue": into.number, "reason": "同一单位同一事项，并案办理。"}));
        } else {
            life.then(2, By::Handler(n), "tell", json!({"told_on": day.to_string(), "how": "书面"}));
            life.then(5, By::Handler(n), "pass_on", json!({"receiver": "市信访局", "reason": "不属政法机关职权，依规定转办。"}));
        }
        all.push(life);
    }
    for n in 32..66usize {
        let age = i32::try_from(66 - n).unwrap_or(0);
        let day = later(today, -age - 3);
        let org = UNITS.get(n * 7 % UNITS.len()).copied().unwrap_or(OFFICE);
        let pending = n % 5 == 2;
        let mut life = Life::new("clue", day, org);
        life.then(0, By::Handler(n), "register", register(n, day, org, pending));
        if n % 6 != 4 {
            life.then(3, By::Handler(n), "assess", json!({}));
            let route = if pending { "程序性督办" } else { "转评查" };
            life.then(4, By::Handler(n), "opine", json!({"route": route, "opinion": "反映具体，有案可查，属本室职责。"}));
            if n % 6 != 5 {
                // What concerns the procuratorate that sent him is out of his sight.
                let another = if org == "361200JC" { By::Handler(n + 1) } else { By::Login("zhudian") };
                life.then(2, another, "opine", json!({"route": route, "opinion": "同意。程序问题较明显。"}));
                life.then(6, By::Handler(n + 1), "propose", json!({"route": route, "reason": "两名研判人员意见一致。"}));
            }
        }
        all.push(life);
    }
    all
}
/// Change orders, an accountability answered, an old ledger of five rows taken back: what an office also does.
fn orders(today: Date) -> Vec<Life> {
    let order = |begins: Date, register: &str, key: &str, value: &str, approve: bool| {
        let mut life = Life::new("amendment", begins, "");
        let said =
            json!({"register": register, "key": key, "value": value, "from": later(begins, 5).to_string(), "reason": "按本机构文件调整。"});
        life.then(0, By::Handler(0), "propose", said);
        if approve {
            life.then(2, By::Lead, "approve", json!({}));
        } else {
            life.then(2, By::Lead, "refuse", json!({"reason": "理由不充分，维持原值。"}));
        }
        life
    };
    vec![
        order(date(2025, 3, 4), "limit", "T21d", "7 working_days 云政法〔2025〕3号（虚构）", true),
        order(date(2025, 9, 9), "limit", "T21d", "5 working_days 云政法〔2025〕19号（虚构）", true),
        order(date(2026, 2, 3), "parameter", "returns", "3", false),
        order(later(today, -3), "limit", "T21a", "20 working_days 云政法〔2026〕31号（虚构）", true),
    ]
}
/// Responsibility looked into: suggested ones are referred, the older half of them answered by the competent body.
fn answered(house: &House, town: &Town, day: Date) -> Result<()> {
    let lead = house.db.read_here(|tx| town.person(tx, "fuzeren", day))?;
    let filter = Filter { kind: "accountability".into(), limit: 100, ..Default::default() };
    let all = house.db.read_here(|tx| matters::list(tx, house, &lead, &filter, house.clock.now()))?.items;
    for (n, item) in all.iter().enumerate().skip(1) {
        let mut life = Life::new("accountability", day, OFFICE);
        life.then(0, By::Lead, "refer", json!({"to": "市纪委监委派驻机构"}));
        if n * 2 > all.len() {
            life.then(0, By::Handler(n), "answer", json!({"result": "有权机关答复：已对主办人员作批评教育（照录，演示）。"}));
            life.with_evidence("document");
        }
        for step in &life.steps {
            take(house, town, &life, step, day, Some(&item.number))?;
        }
    }
    // What waited for those answers can be closed now; what still waits refuses.
    let on = |phase: &str, due: &str, limit| Filter {
        kind: "rectification".into(),
        phase: phase.into(),
        due: due.into(),
        limit,
        ..Default::default()
    };
    // One is not checked again: such cases are no longer tried there.
    let waived = json!({"reason": "该类案件已不由本单位办理，无从再抽。"});
    for (filter, action, form) in
        [(on("LookingBack", "over", 100), "close", json!({})), (on("Resampling", "", 1), "waive_resample", waived)]
    {
        for item in house.db.read_here(|tx| matters::list(tx, house, &lead, &filter, house.clock.now()))?.items {
            let mut life = Life::new("rectification", day, &item.org);
            life.then(0, By::Lead, action, form.clone());
            for step in &life.steps {
                let _ = take(house, town, &life, step, day, Some(&item.number));
            }
        }
    }
    Ok(())
}
/// A small ledger imported by mistake and taken back whole.
fn taken_back(house: &House, clock: &Clock, town: &Town, day: Date) -> Result<()> {
    clock.put(morning_of(day) + 6 * 3_600_000);
    let rows = "线索编号,线索来源,收到日期,涉案单位,诉求要点\n演-1,来信,2024-11-05,云岭市司法局,重复报送的演示行一\n演-2,来访,2024-11-06,云岭市公安局,重复报送的演示行二\n演-3,网上,2024-11-07,云岭市中级人民法院,重复报送的演示行三\n";
    let who = house.db.read_here(|tx| town.person(tx, "jingban2", day))?;
    let plan = house.db.read_here(|tx| crate::import::plan(tx, house, &who, "clue", rows.as_bytes(), None))?;
    let taken = crate::import::take(house, &who, "误传的台账.csv", plan, None, None, &mut |_, _| {})?;
    clock.put(morning_of(day) + 6 * 3_600_000 + 600_000);
    crate::import::undo(house, &who, &taken.batch)
}
