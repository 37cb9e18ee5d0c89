//! The house's own look: once for every office and half year, as soon as it has ended. Looking every day would find something some day; one
//! look keeps the nominal rate. The look is an entry of its own, with the digest of the rows it was taken over, whether it found anything
//! or not.
use domain::agreement::{Compared, Fair, Held, calls_for_a_look, fair};
use domain::calendar::Half;
use domain::engine::Person;
use domain::procedures::early_warning::{Computed, Stratum};
use domain::registers::parameters::{self, FEW, WARNING_EVENTS};
use serde_json::json;
use std::collections::BTreeSet;

use super::{PROBLEMS, RECTIFIED, Reviewed, hits, queries, reviewed, units};
use crate::db::Tx;
use crate::edge::hex;
use crate::failure::Result;
use crate::house::House;
use crate::matters::{Ask, Barred, Desk, Where};
use crate::people;

/// Takes the look that is due, if one is. Costs one query where none is.
///
/// # Errors
/// A fault of the engine.
pub fn watch(house: &House) -> Result<()> {
    let half = Half::of(house.clock.now().today).before();
    for owner in house.db.read_here(|tx| due(tx, house, half))? {
        let inner = house.clone();
        house.db.write_here(move |tx| look(tx, &inner, half, &owner))?;
    }
    Ok(())
}
fn stream(owner: &str, half: Half) -> String {
    format!("fairness/{owner}/{}", half.key())
}
/// Offices that have reviews of this half year, somebody to read a warning, and no look yet.
fn due(tx: &Tx, house: &House, half: Half) -> Result<Vec<String>> {
    let (from, to) = half.days();
    let mut all = vec![];
    for owner in queries::owners(tx, (&from.to_string(), &to.to_string()))? {
        if crate::ledger::stream(tx, &stream(&owner, half))?.is_empty() && has_office(tx, house, &owner)? {
            all.push(owner);
        }
    }
    Ok(all)
}
fn has_office(tx: &Tx, house: &House, owner: &str) -> Result<bool> {
    Ok(people::everybody(tx, house.clock.now().today)?.iter().any(|(_, role, org)| role == "R1" && org == owner))
}
fn look(tx: &Tx, house: &House, half: Half, owner: &str) -> Result<()> {
    let mut desk = Desk::open(tx, house)?;
    // Another node was quicker.
    if !crate::ledger::stream(tx, &stream(owner, half))?.is_empty() {
        return Ok(());
    }
    let rows = reviewed(tx, half, &[owner], &Barred::default())?;
    let (few, least) = (desk.registers.count(FEW), parameters::value(&desk.registers.parameters, WARNING_EVENTS));
    let mut told = vec![];
    for measure in [RECTIFIED, PROBLEMS] {
        let all = fair(units(&rows, measure), few);
        let mut raised = 0;
        for (unit, held) in all.units.iter().filter_map(|u| Some((u, u.held.as_ref()?))) {
            if calls_for_a_look(held.verdict, &hits(&rows, &unit.unit.org, measure), least) {
                let said = computed(&desk, &rows, (half, measure), &all, (unit, held));
                raise(&mut desk, owner, &said)?;
                raised += 1;
            }
        }
        told.push(
            json!({"measure": measure, "reviewed": all.all.reviewed, "hits": all.all.hits, "compared": all.compared, "raised": raised}),
        );
    }
    let payload = json!({"half": half.key(), "measures": told, "digest": digest(&desk, rows.iter())});
    desk.tell(&stream(owner, half), "fairness@1", &payload, ("house", "House"), owner)?;
    desk.close()
}
/// What a warning says of the comparison.
fn computed(desk: &Desk, rows: &[Reviewed], (half, measure): (Half, &str), all: &Fair, (unit, held): (&Compared, &Held)) -> Computed {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mine = || rows.iter().filter(|r| r.org == unit.unit.org && r.hit(measure));
    let cases: BTreeSet<&str> = mine().map(|r| r.dossier.as_str()).collect();
    let reviewers: BTreeSet<&str> = mine().flat_map(|r| &r.by).map(String::as_str).collect();
    let stratum = |(key, tally): (&String, &domain::agreement::Tally)| {
        let city = all.strata.get(key).copied().unwrap_or_default();
        Stratum {
            case_type: key.clone(),
            reviewed: tally.reviewed.to_string(),
            hits: tally.hits.to_string(),
            city: domain::agreement::rate(city.hits, city.reviewed, 1).map(|r| r.per_100).unwrap_or_default(),
        }
    };
    Computed {
        org: unit.unit.org.clone(),
        measure: measure.to_owned(),
        year: i64::from(half.year()),
        half: half.code().to_owned(),
        reviewed: number(unit.all.reviewed),
        observed: number(unit.all.hits),
        expected: held.expected_words(),
        limit: held.inner.1.map_or(0, number),
        compared: number(all.compared),
        cases: number(cases.len()),
        reviewers: number(reviewers.len()),
        strata: unit.unit.strata.iter().map(stratum).collect(),
        digest: digest(desk, mine()),
    }
}
fn raise(desk: &mut Desk, owner: &str, said: &Computed) -> Result<()> {
    let form = serde_json::to_value(said)?.as_object().cloned().unwrap_or_default();
    let house = Person::house(owner);
    let place = Where::Open { kind: "early_warning".into(), owner: owner.to_owned(), links: vec![] };
    desk.act(Ask { who: &house, place, action: "raise", form, version: None, key: None }).map(drop)
}
/// Of the rows, so that a look can be taken again and be known to be the same.
fn digest<'a>(desk: &Desk, rows: impl Iterator<Item = &'a Reviewed>) -> String {
    let line = |r: &Reviewed| format!("{}|{}|{}|{}|{}\n", r.number, r.org, r.case_type, r.hit(RECTIFIED), r.hit(PROBLEMS));
    hex(&desk.head.alg().hash(&[rows.map(line).collect::<String>().as_bytes()]))
}
