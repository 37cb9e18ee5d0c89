//! Who may go along with an enforcement task (enterprise.md B3): observers serving at the office that owns it, of a field and a region asked
//! for, with a seat free, and tied neither to the unit nor to an enterprise concerned (boundary 5). Every exclusion has a reason in words.
use domain::engine::Matter;
use domain::procedures::observation::{LEAST, Observation};
use domain::procedures::observer::Observer;
use domain::registers::parameters::{self, OBSERVER_GROUP, OBSERVER_TASKS};
use ledger::draw::{Candidate, Excluded};
use serde_json::{Value as Json, json};
use std::collections::{HashMap, HashSet};

use super::{pools, queries};
use crate::failure::{Failure, Result};
use crate::matters::{self, Desk};

/// How many are drawn: the empty seats of a group that has one, else what was announced or the parameter says, two at the least.
pub(super) fn size(desk: &Desk, number: &str, seats: Option<i64>) -> Result<u32> {
    let observation: Observation = pools::state(desk.tx, number)?;
    let asked = || seats.unwrap_or(0).max(parameters::value(&desk.registers.parameters, OBSERVER_GROUP));
    let size = match observation.vacancies() {
        0 => usize::try_from(asked()).unwrap_or(LEAST).max(LEAST),
        empty => empty,
    };
    Ok(u32::try_from(size).unwrap_or(3))
}
/// The step that takes up the result.
pub(super) fn step(desk: &Desk, number: &str) -> Result<&'static str> {
    let observation: Observation = pools::state(desk.tx, number)?;
    Ok(if observation.vacancies() > 0 { "draw_more" } else { "draw_observers" })
}
/// Accounts and numbers of those drawn.
pub(super) fn seated(desk: &Desk, ids: &[String]) -> Result<Json> {
    let one = |id: &String| {
        let observer: Observer = pools::state(desk.tx, id)?;
        Ok(json!({"person": observer.account(), "observer": id}))
    };
    Ok(json!(ids.iter().map(one).collect::<Result<Vec<_>>>()?))
}
/// The list for one task, and those left out of it.
pub(super) fn pool(desk: &Desk, number: &str) -> Result<(Vec<Candidate>, Vec<Excluded>)> {
    let task = matters::load(desk.tx, number)?.ok_or(Failure::NotFound)?;
    let observation = task.of::<Observation>().map(|m| &m.state).ok_or(Failure::NotFound)?;
    let load: HashMap<String, i64> = queries::tasks(desk.tx, "observation")?.into_iter().collect();
    let (mut list, mut out) = (vec![], vec![]);
    for mut row in queries::bodies(desk.tx, "observer", "Serving")? {
        let stored: Matter<Observer> = serde_json::from_str(row.text(1))?;
        if stored.owner != task.matter.owner() {
            continue;
        }
        let (id, observer) = (row.take(0), stored.state);
        let tasks = load.get(&format!("p:{}", observer.account())).copied().unwrap_or(0);
        match bars(desk, task.id, observation, &observer, tasks)? {
            Some(reason) => out.push(Excluded { id, reason: reason.to_owned() }),
            None => list.push(Candidate { id, stratum: "监督员".into(), org: observer.workplace().0.unwrap_or("").to_owned() }),
        }
    }
    Ok((list, out))
}
/// Why this observer may not go along; `None` when he may.
fn bars(desk: &Desk, id: i64, observation: &Observation, observer: &Observer, tasks: i64) -> Result<Option<&'static str>> {
    if let Err(no) = observer.may_be_drawn(desk.now.today) {
        return Ok(Some(no.reason));
    }
    let (about, account) = (observation.about(), observer.account());
    let at = |org: &str| !org.is_empty() && (desk.registers.under(&about.org, org) || desk.registers.under(org, &about.org));
    let parts =
        |text: Option<&str>| -> HashSet<String> { text.unwrap_or("").split(' ').filter(|f| !f.is_empty()).map(Into::into).collect() };
    let (org, firm) = observer.workplace();
    let mut firms = parts(firm);
    observer.ties().iter().for_each(|t| firms.extend(parts(t.firm.as_deref())));
    let regions = observer.regions();
    let asked = about.region.as_deref().unwrap_or("").trim();
    let all = [
        (observation.barred().iter().any(|w| w == account), "抽到过本件"),
        (matters::conflicted(desk.tx, id, account, &desk.registers)?, "登记的利益冲突"),
        (org.is_some_and(at), "本单位"),
        (observer.ties().iter().any(|t| t.related_org.as_deref().is_some_and(at)), "申报的利害关系单位"),
        (!firms.is_disjoint(&parts(about.firms.as_deref())), "与企业有利害关系"),
        (!about.specialties.is_empty() && !about.specialties.iter().any(|s| observer.specialties().contains(s)), "监督领域不符"),
        (!asked.is_empty() && !regions.is_empty() && !regions.contains(&asked), "区域不符"),
        (tasks >= parameters::value(&desk.registers.parameters, OBSERVER_TASKS), "在派任务已满"),
    ];
    Ok(all.into_iter().find(|(bars, _)| *bars).map(|(_, why)| why))
}
