//! An enforcement task that observers go along with, as far along as a test needs it: the request, the pool, the draw, the site.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
use super::{CHAMBER, MARKET, Town, batch};
use app::matters::{Ask, Desk, Where};
use domain::engine::Person;
use domain::registers::codes::OBSERVATION_ITEM;
use ledger::Alg;
use serde_json::{Value as Json, json};

pub const CODE: &str = "91361222MA81YF05XX";
pub const FIRM: &str = "云岭例鲜冷链有限公司";
/// Who may be drawn; the two behind are tied, one to the unit, one to the enterprise.
pub const POOL: [&str; 5] = ["observer1", "observer2", "observer3", "observer4", "sent"];
pub const TIED: [&str; 2] = ["observer5", "bar"];

/// Everybody of the pool, serving at the joint office.
pub fn pool(town: &Town) {
    for login in POOL.iter().chain(&TIED) {
        let form = json!({
            "name": login, "idno": "361202198702066016", "source": "律师", "unit": format!("{login}律师事务所"), "specialties": ["市场监管"],
            "account": town.ids[login], "from": "2026-01-01", "until": "2027-12-31",
        });
        let house = town.house.clone();
        let done = town.house.db.write_here(move |tx| {
            let mut desk = Desk::open(tx, &house)?;
            let place = Where::Open { kind: "observer".into(), owner: CHAMBER.into(), links: vec![] };
            let who = Person::house(CHAMBER);
            let form = form.as_object().cloned().unwrap();
            let done = desk.act(Ask { who: &who, place, action: "enter_serving", form, version: None, key: None })?;
            desk.close()?;
            Ok(done.number)
        });
        let jd = done.unwrap();
        match *login {
            "observer5" => drop(town.act("intake", &jd, "declare", &[("relation", "亲属"), ("related_org", MARKET)])),
            "bar" => drop(town.act("intake", &jd, "declare", &[("relation", "代理"), ("enterprise", FIRM), ("uscc", CODE)])),
            _ => {}
        }
    }
}
/// A request whose task the unit has confirmed, approved; for a day a week ahead.
pub fn request(town: &Town) -> String {
    town.with_keys();
    let when = town.today(7);
    let gs = town.open(
        "intake",
        "observation_request",
        "register",
        &[
            ("org", MARKET),
            ("act_type", "行政检查"),
            ("item", "对本公司冷库的食品安全检查"),
            ("when", &when),
            ("place", "城东冷链园三号库"),
            ("reason", "上次检查没有亮证。"),
            ("tie", "no"),
            ("disclose", "no"),
            ("enterprise", FIRM),
            ("uscc", CODE),
        ],
    );
    town.act("intake", &gs, "ask_confirm", &[("about", "请确认有无对冷链经营者的食品安全检查任务。")]);
    let task = [
        ("task_no", "检2026-7"),
        ("task_state", "有码"),
        ("basis", "年度检查计划"),
        ("officers", "马测市 36120001\n丁样安 36120002"),
        ("inspected", FIRM),
        ("inspected_uscc", CODE),
    ];
    town.act("market", &gs, "confirm_task", &task);
    town.act("intake", &gs, "approve", &[]);
    gs
}
fn state(town: &Town, number: &str) -> Json {
    let loaded = town.house.db.read_here(|tx| app::matters::load(tx, number)).unwrap().unwrap();
    serde_json::from_str::<Json>(&loaded.matter.body()).unwrap()["state"].clone()
}
/// The log-ins of those who sit, in the order of their tickets.
pub fn group(town: &Town, gm: &str) -> Vec<&'static str> {
    let mut seats = state(town, gm)["seats"].as_array().unwrap().clone();
    seats.sort_by_key(|s| s["rank"].as_u64());
    let login = |s: &Json| POOL.iter().chain(&TIED).find(|l| town.ids[**l] == s["who"].as_str().unwrap()).copied();
    seats.iter().filter_map(login).collect()
}
/// Announces, seals, freezes, reveals and draws observers; the number of the draw.
pub fn draw(town: &Town, gm: &str) -> String {
    let (w1, w2) = (town.ids["second"].clone(), town.ids["procurator"].clone());
    let (t0, t1, t2) = (batch::at(town, 60), batch::at(town, 120), batch::at(town, 180));
    let values = [
        ("what", "抽监督员"),
        ("observation", gm),
        ("purpose", "随队观摩派员"),
        ("witness1", w1.as_str()),
        ("witness2", w2.as_str()),
        ("t0", &t0),
        ("t1", &t1),
        ("t2", &t2),
    ];
    let cq = town.open("intake", "draw", "announce", &values);
    let plan = state(town, &cq)["plan"].clone();
    let (code, parties) = (plan["code"].as_str().unwrap(), plan["parties"].as_array().unwrap());
    for (n, login) in ["second", "procurator"].into_iter().enumerate() {
        let party = parties.iter().find(|p| p["person"] == town.ids[login].as_str()).unwrap()["code"].as_str().unwrap();
        let secret = [u8::try_from(n).unwrap() + 7; 16];
        let sealed = ledger::hex(&ledger::draw::seal(Alg::Sm3, code, party, &secret));
        town.act(login, &cq, "seal", &[("commitment", &sealed)]);
    }
    town.act("intake", &cq, "freeze", &[]);
    town.pass(75);
    for (n, login) in ["second", "procurator"].into_iter().enumerate() {
        town.act(login, &cq, "reveal", &[("secret", &ledger::hex(&[u8::try_from(n).unwrap() + 7; 16]))]);
    }
    town.pass(120);
    town.act("intake", &cq, "draw", &[]);
    cq
}
pub const PROMISE: &[(&str, &str)] = &[("secrecy", "yes"), ("integrity", "yes"), ("no_interest", "yes")];
/// Observers on the spot, in the order of their tickets: number of the observation, the group.
pub fn on_site(town: &Town) -> (String, Vec<&'static str>) {
    pool(town);
    let gs = request(town);
    let gm = town.open("intake", "observation", "assign", &[("observation_request", &gs), ("specialties", "市场监管")]);
    draw(town, &gm);
    let all = group(town, &gm);
    all.iter().for_each(|login| drop(town.act(login, &gm, "promise", PROMISE)));
    notify(town, &gm);
    town.day(7);
    town.act(all[0], &gm, "begin", &[("arrived_on", &town.today(0)), ("arrived", "09:10")]);
    (gm, all)
}
pub fn notify(town: &Town, gm: &str) {
    let (today, justice) = (town.today(0), town.ids["justice"].clone());
    let notice = [
        ("notice_no", "派〔2026〕1号"),
        ("notified_on", today.as_str()),
        ("serve_way", "电子送达"),
        ("enterprise_way", "凭回执查询"),
        ("justice", &justice),
    ];
    town.act("intake", gm, "notify", &notice);
}
/// The form of a whole sheet; these items are amiss.
pub fn sheet(wrong: &[&str]) -> Vec<(String, String)> {
    let mut all = vec![];
    for (code, _) in OBSERVATION_ITEM.rows {
        let bad = wrong.contains(code);
        all.push((format!("base.{code}"), "0".to_owned()));
        all.push((format!("result.{code}"), if bad { "不符合" } else { "符合" }.to_owned()));
        if bad {
            all.push((format!("note.{code}"), "经企业询问才说明依据。".to_owned()));
            all.push((format!("at.{code}"), "09:25".to_owned()));
        }
    }
    all
}
/// Hands in a whole sheet by the form.
pub fn hand_in(town: &Town, login: &'static str, gm: &str, wrong: &[&str]) {
    let path = format!("/observe/{gm}");
    let mut values = sheet(wrong);
    values.push(("op".into(), "hand".into()));
    let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let page = town.by(login).submit(&path, &path, &values);
    assert_eq!(page.status, 303, "{login}: {}", page.text());
}
