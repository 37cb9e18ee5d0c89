//! Who leads: an officer in the register, put on the list of leading officials by two persons.
#![allow(dead_code, clippy::unwrap_used)]
use super::{Page, Town};
use app::registers::{Amendment, PERSONAL, amend};
use serde_json::json;

/// An officer in the register, whose name is that of an account.
pub fn registered(town: &Town, key: &'static str, name: &'static str, unit: &'static str) {
    let inner = town.house.clone();
    let made = town.house.db.write_here(move |tx| {
        let mut desk = app::matters::Desk::open(tx, &inner)?;
        let from = jiff::civil::date(2018, 1, 1);
        let idno = format!("36120119800101{key}");
        let body = json!({"name": name, "unit": unit, "post": "副局长", "badge": "000001", "status": "在岗", "idno": idno});
        let personal = PERSONAL.iter().find(|(r, _)| *r == "officer").unwrap().1;
        amend(&mut desk, Amendment { register: "officer", key, from, body: Some(body), personal, batch: "", by: ("console", "console") })?;
        desk.close()
    });
    made.unwrap();
}
pub fn proposed(town: &Town, key: &str, value: &str) -> Page {
    let said = [("register", "official"), ("key", key), ("value", value), ("from", &town.today(0)), ("reason", "组织部门来函。")];
    town.by("handler").open("amendment", "propose", &said)
}
pub fn ordered(town: &Town, key: &str, value: &str) {
    let page = proposed(town, key, value);
    assert_eq!(page.status, 303, "{}", page.text());
    town.act("lead", &page.number(), "approve", &[]);
}
/// The officer of the police is one of its leading officials since the first of March.
pub fn leading(town: &Town) {
    registered(town, "G1", "钱构勤", super::POLICE);
    ordered(town, "G1", "GA1 2026-03-01 officer 副局长");
}
