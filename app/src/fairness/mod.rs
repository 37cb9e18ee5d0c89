//! 公平比较和预警 (issue 6, 5; `case-review.md` E): what a comparison of units counts, and the look the house takes by itself when a half
//! year has ended. Units only, never a person; every number opens to its matters.
mod queries;
mod watch;

pub use watch::watch;

use domain::agreement::{Hit, Unit};
use domain::calendar::Half;
use domain::engine::{Form, Matter, Person, Refusal};
use domain::procedures::early_warning::EarlyWarning;
use domain::procedures::review::Review;
use serde_json::Value as Json;
use std::collections::BTreeMap;

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::matters::{self, Ask, Barred, Desk, Loaded};
use crate::problems;
use crate::registers::Registers;

/// Who reads the comparison.
pub const READERS: &[&str] = &["R1", "R2", "R3", "R4", "R5"];
/// 转整改率, 登记问题率: codes of `FAIR_MEASURE`.
pub const RECTIFIED: &str = "整改";
pub const PROBLEMS: &str = "问题";

/// A concluded review, as far as units are compared by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    pub id: i64,
    pub number: String,
    pub org: String,
    /// The stratum.
    pub case_type: String,
    /// The case.
    pub dossier: String,
    /// Everybody whose sheet it rests on.
    pub by: Vec<String>,
    rectified: bool,
    problems: bool,
}
impl Reviewed {
    /// Whether it counts under this measure.
    pub fn hit(&self, measure: &str) -> bool {
        if measure == PROBLEMS { self.problems } else { self.rectified }
    }
}
/// The reviews concluded in a half year, of these offices, without what is barred.
fn reviewed(tx: &Tx, half: Half, offices: &[&str], barred: &Barred) -> Result<Vec<Reviewed>> {
    let (from, to) = half.days();
    let mut all = vec![];
    for mut r in queries::concluded(tx, (&from.to_string(), &to.to_string()), offices, barred)? {
        let review = serde_json::from_str::<Matter<Review>>(r.text(3))?.state;
        let Some(told) = review.outcome() else { continue };
        all.push(Reviewed {
            id: r.int(0),
            case_type: told.case_type.to_owned(),
            dossier: told.dossier.to_owned(),
            rectified: told.rectified,
            problems: told.problems,
            by: review.reviewers().map(ToOwned::to_owned).collect(),
            number: r.take(1),
            org: r.take(2),
        });
    }
    Ok(all)
}
/// What this person may count: reviews of his own offices, and how many dossiers ended in each unit meanwhile.
///
/// # Errors
/// A fault of the engine.
pub fn seen_by(tx: &Tx, registers: &Registers, who: &Person, half: Half) -> Result<(Vec<Reviewed>, BTreeMap<String, usize>)> {
    let barred = matters::barred(who, registers);
    let offices = offices(who);
    let (from, to) = half.days();
    let ended = problems::dossiers(tx, (&from.to_string(), &to.to_string()), &offices, &barred)?;
    Ok((reviewed(tx, half, &offices, &barred)?, ended))
}
/// The newest half year from one to another in which this person may count anything.
///
/// # Errors
/// A fault of the engine.
pub fn newest(tx: &Tx, registers: &Registers, who: &Person, from: Half, to: Half) -> Result<Option<Half>> {
    let (from, to) = (from.first().to_string(), to.last().to_string());
    let day = queries::newest(tx, (&from, &to), &offices(who), &matters::barred(who, registers))?;
    Ok(day.and_then(|day| day.parse().ok()).map(Half::of))
}
fn offices(who: &Person) -> Vec<&str> {
    who.roles.iter().filter(|r| READERS.contains(&r.role.as_str())).map(|r| r.org.as_str()).collect()
}
/// The counts by unit and case type.
pub fn units(all: &[Reviewed], measure: &str) -> Vec<Unit> {
    let mut units: BTreeMap<&str, Unit> = BTreeMap::new();
    for r in all {
        let unit = units.entry(&r.org).or_insert_with(|| Unit { org: r.org.clone(), strata: BTreeMap::new() });
        unit.strata.entry(r.case_type.clone()).or_default().add(r.hit(measure));
    }
    units.into_values().collect()
}
/// What of a unit is counted under this measure.
fn hits(all: &[Reviewed], org: &str, measure: &str) -> Vec<Hit> {
    let mine = all.iter().filter(|r| r.org == org && r.hit(measure));
    mine.map(|r| Hit { case: r.dossier.clone(), by: r.by.clone() }).collect()
}
/// Before the gate: a unit is warned of once for a measure and a half year; what was done because of it exists.
///
/// # Errors
/// What stands in the way, in words.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &Form) -> Result<()> {
    let text = |name: &str| form.get(name).and_then(Json::as_str).unwrap_or("");
    match ask.action {
        "raise" => {
            let (org, year) = (text("org"), form.get("year").and_then(Json::as_i64).unwrap_or(0));
            for body in queries::warnings(desk.tx, loaded.matter.owner(), org)? {
                let there = serde_json::from_str::<Matter<EarlyWarning>>(&body)?.state;
                let c = there.computed();
                if c.measure == text("measure") && c.year == year && c.half == text("half") {
                    return Err(Failure::Refused(Refusal::at("half", "这个半年已就该单位形成过同一预警。")));
                }
            }
            Ok(())
        }
        "act_on" => taken(desk, ask.who, text("means"), text("followed").trim()),
        _ => Ok(()),
    }
}
/// What was opened because of a warning must be there, of the kind it is said to be, and known to whoever says so.
fn taken(desk: &Desk, who: &Person, means: &str, number: &str) -> Result<()> {
    let kinds = match means {
        "批次" => &["review_batch"][..],
        "检查" => &["special_check"],
        _ => &["common_problem", "inspection"],
    };
    let there = desk.known(who, number)?.filter(|l| kinds.contains(&l.matter.kind()));
    if number.is_empty() || there.is_some() {
        return Ok(());
    }
    let names: Vec<&str> = kinds.iter().filter_map(|k| Some(domain::procedures::kind(k)?.label)).collect();
    Err(Failure::Refused(Refusal::at("followed", format!("没有这个编号的{}。", names.join("或")))))
}
