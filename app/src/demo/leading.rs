//! 领导干部名录 of the city: proposed by one, approved by another; of one of them the account is known, so that he reads his own page.
use serde_json::json;

use super::city::{OFFICE, START, Town, UNITS, form, press};
use crate::failure::Result;
use crate::house::House;
use crate::matters::{Ask, Desk, Where};
use crate::registers::{self, Amendment};

/// An officer whose account the city has: key, name, unit, post, log-in.
const KNOWN: (&str, &str, &str, &str, &str) = ("Gganjing", "钱构勤", "361200GA", "副局长", "ganjing");

/// One leading official each of the first units, and the one who has an account.
pub fn register(house: &House, town: &Town) -> Result<()> {
    let inner = house.clone();
    let (key, name, unit, post, login) = KNOWN;
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let body = Some(json!({"name": name, "unit": unit, "post": post, "status": "在岗"}));
        let by = ("console", "console");
        registers::amend(&mut desk, Amendment { register: "officer", key, from: START, body, personal: &["name"], batch: "", by })?;
        desk.close()
    })?;
    order(house, town, key, &format!("{unit} {START} {login} {post}"))?;
    let mut rows = house.db.read_here(registers::officer_rows)?;
    rows.sort_by(|a, b| a.text(1).cmp(b.text(1)));
    for unit in UNITS.iter().take(4) {
        let leads = |r: &&crate::db::Row| r.text(2) == *unit && r.text(3).ends_with('长') && r.text(0) != key;
        let Some(found) = rows.iter().find(leads) else { continue };
        order(house, town, found.text(0), &format!("{unit} {START} 无 {}", found.text(3)))?;
    }
    Ok(())
}
fn order(house: &House, town: &Town, key: &str, value: &str) -> Result<()> {
    let today = house.clock.now().today;
    let (by, other) = house.db.read_here(|tx| Ok((town.person(tx, "jingban1", today)?, town.person(tx, "fuzeren", today)?)))?;
    let said = form(json!({"register": "official", "key": key, "value": value, "from": today.to_string(), "reason": "组织部门来函。"}));
    let place = Where::Open { kind: "amendment".into(), owner: OFFICE.into(), links: vec![] };
    let done = press(house, move |d| d.act(Ask { who: &by, place, action: "propose", form: said, version: None, key: None }))?;
    let place = Where::On(done.number);
    press(house, move |d| d.act(Ask { who: &other, place, action: "approve", form: Default::default(), version: None, key: None }))?;
    Ok(())
}
