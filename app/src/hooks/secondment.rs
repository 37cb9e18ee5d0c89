//! A secondment is the role R7 for its term and not one day longer (B7, M2.1). While it lasts he is barred from what concerns his own
//! procuratorate; after it, until the cooling-off has ended, from what he took part in here.
use domain::engine::Refusal;
use domain::procedures::secondment::Secondment;
use serde_json::json;

use super::may_hold;
use crate::failure::{Failure, Result};
use crate::matters::{self, Desk, Loaded};
use crate::registers::{self, Amendment};
use crate::{conflicts, people};

const ROLE: &str = "R7";
/// How the reasons of rows begin that follow from a secondment: no other row begins so.
const OWN: &str = "检察驻点：选派单位";

fn took_part(number: &str) -> String {
    format!("检察驻点 {number}：离岗后回避本人参评事项")
}
pub(super) fn after(desk: &mut Desk, loaded: &Loaded, action: &str, by: (&str, &str)) -> Result<()> {
    let Some(s) = loaded.of::<Secondment>().map(|m| &m.state) else { return Ok(()) };
    let (person, sender) = s.who();
    match action {
        "propose" => {
            may_hold(desk, person, ROLE, "person")?;
            let org = people::accounts(desk.tx)?.into_iter().find(|a| a.id == person).map(|a| a.org).unwrap_or_default();
            if desk.registers.under(&org, sender) { Ok(()) } else { wrong("person", "只能选派该检察院的人员。") }
        }
        "arrive" => {
            may_hold(desk, person, ROLE, "promise")?;
            // One row of the register for both: the end of one term would end the other.
            if people::everybody(desk.tx, desk.now.today)?
                .iter()
                .any(|(p, r, org)| p == person && r == ROLE && org == loaded.matter.owner())
            {
                return wrong("promise", "此人已在本机构驻点，请先办理原驻点的离岗。");
            }
            hold(desk, loaded, s, true, by)?;
            conflicts::register(desk, person, ("org", sender), OWN, by)
        }
        "extend" | "extend_same_post" => hold(desk, loaded, s, true, by),
        "leave" | "recall" | "lapse" => {
            hold(desk, loaded, s, false, by)?;
            conflicts::withdraw(desk, person, ("org", sender), OWN, by)?;
            let why = took_part(&loaded.number);
            let acted = matters::acted_in(desk.tx, person, ROLE, loaded.matter.owner())?;
            acted.iter().try_for_each(|number| conflicts::register(desk, person, ("matter", number), &why, by))
        }
        "cool_off" => {
            let barred: Vec<String> =
                desk.registers.conflicts_of(person).iter().filter(|c| c.kind == "matter").map(|c| c.target.clone()).collect();
            let why = took_part(&loaded.number);
            barred.iter().try_for_each(|number| conflicts::withdraw(desk, person, ("matter", number), &why, by))
        }
        _ => Ok(()),
    }
}
fn wrong(field: &str, say: &str) -> Result<()> {
    Err(Failure::Refused(Refusal::at(field, say)))
}
/// At the office that owns the matter, until the last day of the term or no longer.
fn hold(desk: &mut Desk, loaded: &Loaded, s: &Secondment, in_force: bool, by: (&str, &str)) -> Result<()> {
    let key = format!("{}|{ROLE}|{}|", s.who().0, loaded.matter.owner());
    let from = desk.now.today;
    let until = s.term().map(|d| d.to_string()).unwrap_or_default();
    let body = in_force.then(|| json!({"from": from.to_string(), "until": until}));
    registers::amend(desk, Amendment { register: "holding", key: &key, from, body, personal: &[], batch: "", by }).map(drop)
}
