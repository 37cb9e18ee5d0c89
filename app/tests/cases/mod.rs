//! Dossiers, standards and reviews as far along as a test of their walls needs them.
#![allow(dead_code)]
pub mod compared;

use super::house::{COURT, OFFICE, Page, Town, Visitor};
use app::matters::{Ask, Desk, Where};
use app::registers::{Amendment, amend};
use domain::engine::Person;
use serde_json::{Value as Json, json};

pub const COURT_NAME: &str = "云岭市中级人民法院";
pub const CASE: &str = "（2024）赣1202刑初15号";
/// Who judges, with their names.
pub const PANEL: [(&str, &str); 3] = [("expert", "王例衡"), ("inspector", "吴测明"), ("party-org", "褚虚白")];

/// Gives somebody a role in the office, as an appointment or a grant would.
pub fn hold(town: &Town, login: &str, role: &str) {
    let (house, key) = (town.house.clone(), format!("{}|{role}|{OFFICE}|", town.ids[login]));
    let done = town.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &house)?;
        let (from, body) = (desk.now.today, Some(json!({"from": "2026-01-01", "until": ""})));
        let by = ("console", "console");
        amend(&mut desk, Amendment { register: "holding", key: &key, from, body, personal: &[], batch: "", by })?;
        desk.close()
    });
    done.unwrap();
}
/// A step of the house, as a draw or a batch would cause it.
pub fn by_house(town: &Town, place: Where, action: &'static str, form: Json) -> String {
    by_person(town, Person::house(OFFICE), place, action, form)
}
pub fn by_person(town: &Town, who: Person, place: Where, action: &'static str, form: Json) -> String {
    let house = town.house.clone();
    let done = town.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &house)?;
        let form = form.as_object().cloned().unwrap();
        let done = desk.act(Ask { who: &who, place: place.clone(), action, form, version: None, key: None })?;
        desk.close()?;
        Ok(done.number)
    });
    done.unwrap()
}
pub fn person(town: &Town, login: &str) -> Person {
    let today = town.house.clock.now().today;
    town.house.db.read_here(|tx| app::people::person(tx, &town.ids[login], today)).unwrap().unwrap()
}
pub fn opens(kind: &str, links: &[&str]) -> Where {
    Where::Open { kind: kind.into(), owner: OFFICE.into(), links: links.iter().map(|l| (*l).to_owned()).collect() }
}
pub fn on(number: &str) -> Where {
    Where::On(number.to_owned())
}
pub fn dossier(town: &Town, case_no: &str) -> String {
    town.open(
        "handler",
        "dossier",
        "register_effective",
        &[
            ("case_no", case_no),
            ("case_type", "01"),
            ("cause", "盗窃"),
            ("org", COURT),
            ("handler", "甲承办"),
            ("agents", "乙代理"),
            ("closed_on", "2025-11-20"),
            ("effective_on", "2025-12-20"),
            ("result", "判处被告人丙某某有期徒刑。"),
            ("parties", "丙某某"),
            ("classified", "no"),
        ],
    )
}
pub fn standard(town: &Town) -> String {
    let items = json!([{"item": "期限", "full": "100"}]);
    let form = json!({"name": "刑事案件评查标准", "standard_kind": "基础表", "edition": "2026 年第 1 版", "items": items});
    let bz = by_person(town, person(town, "handler"), opens("standard", &[]), "draft", form);
    town.act("handler", &bz, "propose", &[]);
    town.act("lead", &bz, "approve", &[("from", &town.today(0)), ("doc_no", "云政法〔2026〕1号")]);
    town.act("handler", &bz, "bring_into_force", &[]);
    bz
}
pub fn candidate(town: &Town, login: &str) -> Json {
    json!({"person": town.ids[login], "category": "法官", "fits": "是"})
}
pub fn panel(town: &Town) -> Json {
    let chosen: Vec<Json> = PANEL.iter().map(|(login, _)| candidate(town, login)).collect();
    json!({"draw": "CQ-1", "proof": "ab12", "chosen": chosen, "alternates": [candidate(town, "posted"), candidate(town, "officer")]})
}
/// A review on this dossier whose panel is drawn.
pub fn drawn(town: &Town, aj: &str) -> String {
    let bz = standard(town);
    let form = json!({
        "dossier": aj, "org": COURT, "case_no": CASE, "case_type": "01", "closed_on": "2025-11-20", "effective_on": "2025-12-20",
        "sealed": false, "standard": bz, "kind": "常态",
    });
    let pc = by_house(town, opens("review", &[]), "open", form);
    by_house(town, on(&pc), "draw_panel", panel(town));
    pc
}
pub fn promise(town: &Town, pc: &str, login: &'static str, action: &str) {
    town.act(login, pc, action, &[("no_conflict", "yes"), ("secrecy", "yes")]);
}
/// Likewise, with the dossier at hand.
pub fn scoring(town: &Town, aj: &str) -> String {
    let pc = drawn(town, aj);
    PANEL.iter().for_each(|(login, _)| promise(town, &pc, login, "promise"));
    town.act("handler", &pc, "request_dossier", &[("letter_no", "调〔2026〕1号"), ("reason", "案件评查。"), ("due", &town.today(10))]);
    town.act("handler", &pc, "receive", &[("received_on", &town.today(0)), ("volumes", "2")]);
    pc
}
pub fn submit(town: &Town, pc: &str, login: &'static str) {
    town.act(login, pc, "submit", &[("my_opinion", "没有发现问题。")]);
}
pub fn conflict(town: &Town, login: &str, kind: &str, target: &str) -> Page {
    let form = town.by("handler").get("/conflicts");
    town.by("handler").answer(
        &form,
        "/conflicts",
        &[("person", &town.ids[login]), ("kind", kind), ("target", target), ("why", "近亲属在该单位任职")],
    )
}
/// A token of this person, as another program would hold it.
pub fn api(town: &Town, login: &'static str) -> Visitor {
    let form = town.by(login).get("/tokens");
    let text = town.by(login).answer(&form, "/tokens", &[("name", "对接"), ("scope", "read"), ("scope", "act")]).text();
    let token =
        text.split("xz_").nth(1).map(|t| format!("xz_{}", t.chars().take_while(char::is_ascii_alphanumeric).collect::<String>())).unwrap();
    Visitor { bearer: token, ..Visitor::stranger(town.port) }
}
/// What an answer says, spreadsheets unpacked, lists to choose from left out: those are the same for everybody.
pub fn said(page: &Page) -> String {
    if page.body.starts_with(b"PK") {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&page.body)).unwrap();
        let mut all = String::new();
        (0..zip.len()).for_each(|i| drop(std::io::Read::read_to_string(&mut zip.by_index(i).unwrap(), &mut all)));
        return all;
    }
    let text = page.text();
    let mut parts = text.split("<select");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |all, part| all + part.split_once("</select>").map_or("", |(_, rest)| rest))
}
