//! A house of any size, built through the gate like everything else.
use app::edge::Clock;
use app::house::House;
use app::matters::{Ask, Desk, Where};
use app::registers::{Amendment, amend};
use app::{db::Place, people};
use domain::engine::{Form, Person, RoleHeld};
use ledger::Alg;
use serde_json::{Value as Json, json};
use std::path::Path;

/// The office.
pub const OFFICE: &str = "ROOT";
/// The word searched for.
pub const WORD: &str = "超期";
const START_MS: i64 = 1_772_500_000_000;
const UNITS: usize = 40;
const PASSWORD: &str = "Bench-only-2026";
const CODES: [&str; 8] = ["X1", "C3", "C4", "S3", "Q5", "W2", "F1", "M1"];
/// One in twelve speaks of `WORD`.
const GISTS: [&str; 12] = [
    "案件办理超期，没有书面说明理由",
    "告知书没有写明听证权利，当事人多次询问",
    "送达回证缺失，无法证明按期送达",
    "同类案件量罚相差较大，文书没有说明理由",
    "涉案财物没有及时返还，保管清单不符",
    "文书对主要争点没有回应，错漏较多",
    "窗口互相推诿，群众三次来访没有结果",
    "应当封存的记录没有封存",
    "辩护人阅卷申请没有答复",
    "查封财产明显多于标的",
    "终本之前没有穷尽查控措施",
    "收到检察建议后没有书面回复",
];

/// What the load needs to know of the house.
pub struct Built {
    pub cookie: String,
    pub numbers: Vec<String>,
    /// Numbers whose text holds `WORD`, newest first.
    pub truth: Vec<String>,
    /// `WORD` as this reader asks the index for it.
    pub question: String,
}
/// Opens the house with a clock that stands.
pub fn open(dir: &Path) -> House {
    House::open(&Place::Folder(dir.to_owned()), Clock::set_to(START_MS), Alg::Sm3).unwrap()
}
/// Somebody with one role.
pub fn person(id: &str, role: &str, org: &str) -> Person {
    Person { id: id.into(), org: org.into(), roles: vec![RoleHeld { role: role.into(), org: org.into(), of: None }], system: None }
}
fn unit(n: usize) -> String {
    format!("U{n:03}")
}
/// A house with organisations and nothing else.
pub fn found(dir: &Path) -> House {
    let house = open(dir);
    let inner = house.clone();
    house
        .db
        .write_here(move |tx| {
            let mut desk = Desk::open(tx, &inner)?;
            let mut org = |code: &str, name: &str, parent: &str, kind: &str| {
                let body = json!({"name": name, "short": "", "parent": parent, "level": if parent.is_empty() { "市级" } else { "县级" }, "kind": kind, "region": "361200", "status": "有效", "former": ""});
                let from = jiff::civil::date(2018, 1, 1);
                amend(&mut desk, Amendment { register: "organisation", key: code, from, body: Some(body), personal: &[], batch: "", by: ("bench", "bench") })
            };
            org(OFFICE, "云岭市委政法委", "", "党委政法委")?;
            for n in 0..UNITS {
                org(&unit(n), &format!("云岭市第{n}县人民法院"), OFFICE, "审判机关")?;
            }
            desk.close()
        })
        .unwrap();
    house
}
/// An account that has taken its one-time link; returns its id.
pub fn account(house: &House, login: &'static str, role: &'static str) -> (String, Vec<u8>) {
    let inner = house.clone();
    let (id, token) = house
        .db
        .write_here(move |tx| {
            let mut desk = Desk::open(tx, &inner)?;
            let id = people::create(&mut desk, login, "量测员", OFFICE, ("bench", "bench"))?;
            let key = format!("{id}|{role}|{OFFICE}|");
            let from = desk.now.today;
            let body = Some(json!({"from": from.to_string(), "until": ""}));
            amend(&mut desk, Amendment { register: "holding", key: &key, from, body, personal: &[], batch: "", by: ("bench", "bench") })?;
            let token = people::invite(&mut desk, &id, ("bench", "bench"))?;
            desk.close()?;
            Ok((id, token))
        })
        .unwrap();
    let now = house.clock.now().ms;
    let (_, secret) = house.db.read_here(|tx| people::open_invitation(tx, &token, now)).unwrap().unwrap();
    people::take_invitation(house, &token, PASSWORD, &code(&secret, now)).unwrap();
    (id, secret)
}
fn code(secret: &[u8], now_ms: i64) -> String {
    let totp =
        totp_rs::Builder::new().with_algorithm(totp_rs::Algorithm::SHA1).with_skew(1).with_secret(secret.to_vec()).build_noncompliant();
    totp.generate(now_ms as u64 / 1_000).to_string()
}
pub fn log_in(house: &House, login: &str, secret: &[u8]) -> String {
    house.clock.put(START_MS + 120_000);
    let code = code(secret, house.clock.now().ms);
    let attempt = people::Attempt { login: login.into(), password: PASSWORD.into(), code, device: "bench".into() };
    let people::Login::In(token) = people::log_in(house, attempt).unwrap() else { panic!("not let in") };
    token
}
/// Builds the house; returns what the load needs and the number of entries.
pub fn build(dir: &Path, size: usize) -> (Built, u64) {
    let house = found(dir);
    let (id, secret) = account(&house, "bench-reader", "R1");
    let cookie = log_in(&house, "bench-reader", &secret);
    let (mut numbers, mut truth) = (vec![], vec![]);
    for from in (0..size).step_by(400) {
        let inner = house.clone();
        let made = house
            .db
            .write_here(move |tx| {
                let mut desk = Desk::open(tx, &inner)?;
                let made = (from..size.min(from + 400)).map(|n| life(&mut desk, n)).collect::<Result<Vec<_>, _>>()?;
                desk.close()?;
                Ok(made)
            })
            .unwrap();
        truth.extend(made.iter().enumerate().filter(|(i, _)| speaks(from + i)).map(|(_, n)| n.clone()));
        numbers.extend(made);
    }
    truth.reverse();
    let me = person(&id, "R1", OFFICE);
    let holders = domain::engine::holders(&me);
    let question = house.db.read_here(|tx| app::search::bare(tx, &house.keys, WORD, &holders)).unwrap();
    let entries = house.db.read_here(app::ledger::identity).unwrap().2;
    (Built { cookie, numbers, truth, question }, entries)
}
/// Whether matter `n` speaks of `WORD`: in its text, or in the label of its code.
fn speaks(n: usize) -> bool {
    n.is_multiple_of(12) || n.is_multiple_of(8)
}
fn form(values: Json) -> Form {
    values.as_object().cloned().unwrap()
}
/// Five entries of one matter: three clues to two rectifications.
fn life(desk: &mut Desk, n: usize) -> app::failure::Result<String> {
    let (handler, second, lead) = (person("jingban", "R1", OFFICE), person("jingban2", "R1", OFFICE), person("fuzeren", "R2", OFFICE));
    let (org, gist, code) = (unit(n % UNITS), GISTS[n % 12], CODES[n % 8]);
    let liaison = person("lianluo", "R9", &org);
    let day = desk.now.today.to_string();
    let mut act = |who: &Person, place: Where, action: &str, values: Json| {
        desk.act(Ask { who, place, action, form: form(values), version: None, key: None })
    };
    let open = |kind: &str| Where::Open { kind: kind.into(), owner: OFFICE.into(), links: vec![] };
    if n % 5 < 3 {
        let said = json!({"source": "来信", "received": day, "org": org, "case_no": format!("（2025）赣1202刑初{n}号"), "case_type": "01", "stage": "已终结", "is_closed": true,
            "problem": [code], "summary": format!("反映第{n}号案{gist}，请求依法处理并书面告知。"), "reporter": format!("演示例{n}"), "reporter_phone": "15400012345"});
        let number = act(&handler, open("clue"), "register", said)?.number;
        let on = || Where::On(number.clone());
        act(&handler, on(), "assess", json!({}))?;
        act(&handler, on(), "opine", json!({"route": "转评查", "opinion": "反映具体，有案可查。"}))?;
        act(&second, on(), "opine", json!({"route": "转评查", "opinion": "同意。"}))?;
        act(&handler, on(), "propose", json!({"route": "转评查", "reason": "两名研判人员意见一致。"}))?;
        return Ok(number);
    }
    let number = act(
        &handler,
        open("rectification"),
        "open",
        json!({"org": org, "problems": [code], "severity": "一般", "gist": format!("第{n}号案{gist}。")}),
    )?
    .number;
    let on = || Where::On(number.clone());
    act(&lead, on(), "demand", json!({"what": "逐件核查，限期纠正，建立台账。"}))?;
    act(&liaison, on(), "sign", json!({}))?;
    act(&liaison, on(), "plan", json!({"plan": "由分管领导牵头，两个月内完成。"}))?;
    act(&handler, on(), "confirm_plan", json!({}))?;
    Ok(number)
}
/// The first page of hits is exactly what the generator says it is.
pub fn check_search(port: u16, cookie: &str, built: &Built) {
    let (status, page) = super::client::get(port, &format!("/search?q={}", super::client::encode(WORD)), cookie);
    assert_eq!(status, 200);
    let mut shown: Vec<&str> = page.split("/matter/").skip(1).filter_map(|p| p.split(['"', '?', '/']).next()).collect();
    shown.dedup();
    // Titles come first, each of those the newest: every hit is one of those that hold the word.
    assert!(shown.len() >= 20 && shown.iter().all(|n| built.truth.iter().any(|t| t == n)), "wrong hits: {shown:?}");
}
/// An API token of the reader, good for acts.
pub fn token(dir: &Path) -> String {
    let house = open(dir);
    house.clock.put(START_MS + 300_000);
    let account = house.db.read_here(|tx| people::by_login(tx, "bench-reader")).unwrap().unwrap();
    people::issue(&house, &account.id, "量测", &["act".to_owned(), "read".to_owned()]).unwrap()
}
/// Rectifications somebody may urge.
pub fn busy(dir: &Path, count: usize) -> Vec<String> {
    let house = open(dir);
    let who = person("jingban", "R1", OFFICE);
    let f = app::matters::Filter { kind: "rectification".into(), phase: "Rectifying".into(), limit: count, ..Default::default() };
    house
        .db
        .read_here(|tx| app::matters::list(tx, &house, &who, &f, house.clock.now()))
        .unwrap()
        .items
        .into_iter()
        .map(|i| i.number)
        .collect()
}
/// A clue ledger of so many rows, as XLSX.
pub fn ledger(rows: usize) -> Vec<u8> {
    let head = [
        "线索编号",
        "线索来源",
        "收到日期",
        "涉案单位",
        "案号",
        "案件类型",
        "是否办结",
        "诉求要点",
        "反映人姓名",
        "联系电话",
        "问题码",
        "初筛结论",
        "是否研判",
        "处置去向",
    ];
    let row = |n: usize| {
        let text = |t: &str| t.to_owned();
        vec![
            format!("大台账-{n:06}"),
            text("来信"),
            format!("2024-{:02}-{:02}", n % 12 + 1, n % 28 + 1),
            format!("云岭市第{}县人民法院", n % UNITS),
            format!("（2024）赣1202民初{n}号"),
            text("02"),
            text("是"),
            format!("反映第{n}号案{}，请求依法处理并书面告知。", GISTS[n % 12]),
            format!("演示例{n}"),
            text("15400012345"),
            text(CODES[n % 8]),
            text("研判中"),
            text("是"),
            text(if n.is_multiple_of(2) { "转评查" } else { "存查" }),
        ]
    };
    app::table::xlsx(&head, &(0..rows).map(row).collect::<Vec<_>>()).unwrap()
}
