//! 半年分析研判 (M3.1, B10): the counts of a draft, filled in before the gate, and counted again (复算) from the ledger position the report
//! names. What may be counted is `domain`'s to say; here are only the rows.
mod queries;

use domain::calendar::Half;
use domain::engine::{AnyMatter, Entry, Form, Refusal};
use domain::procedures::half_year_report::figures::{self, By, Case, Difference, Figure, Period, Stood};
use domain::procedures::half_year_report::{Counts, HalfYearReport, Method, RECEIVER};
use domain::procedures::review::Review;
use domain::procedures::review_batch::ReviewBatch;
use domain::registers::codes::SAMPLING;
use domain::registers::parameters::FEW;
use ledger::Alg;
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{self, Ask, Desk, Loaded, Where};
use crate::registers::Registers;
use crate::standards;

/// The remedy whose period is waited for, as the register names it, and what a house without it waits.
const REMEDY: (&str, i64) = ("T15a", 30);

/// Before the gate: whether there is a report already, the counts nobody types, whether what is cited is there, who may be sent it.
///
/// # Errors
/// What stands in the way, in words.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    let text = |form: &Form, name: &str| form.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
    match ask.action {
        "open" => {
            form.remove("cut");
            form.remove("standing");
            let (Where::Open { owner, .. }, Some(year)) = (&ask.place, form.get("year").and_then(Json::as_i64)) else { return Ok(()) };
            let name = HalfYearReport::named(year, &text(form, "half"));
            if let Some(number) = queries::standing(desk.tx, owner, &name)? {
                form.insert("standing".into(), json!(number));
            }
            Ok(())
        }
        "draft" => {
            let Some(Json::Object(counted)) = counts(desk, loaded)?.map(|c| json!(c)) else { return Ok(()) };
            // No review counted: no row, and a table without rows is none.
            form.remove("methods");
            form.extend(counted.into_iter().filter(|(_, v)| v.as_array().is_none_or(|rows| !rows.is_empty())));
            Ok(())
        }
        "analyse" => cited(desk, ask, form),
        "send" => {
            let to = text(form, "to_org");
            // What does not exist is the gate's to say.
            let fits = desk.registers.org(&to).is_none_or(|o| o.kind == RECEIVER);
            if fits { Ok(()) } else { Err(Failure::Refused(Refusal::at("to_org", "半年报告只发组织部门。"))) }
        }
        _ => Ok(()),
    }
}
/// What is cited exists, as far as this person may know.
fn cited(desk: &Desk, ask: &Ask, form: &Form) -> Result<()> {
    for row in form.get("grounds").and_then(Json::as_array).into_iter().flatten() {
        let number = row.get("matter_no").and_then(Json::as_str).unwrap_or("");
        if !number.is_empty() && desk.known(ask.who, number)?.is_none() {
            return Err(Failure::Refused(Refusal::at("grounds", format!("没有“{number}”。"))));
        }
    }
    Ok(())
}
fn counts(desk: &Desk, loaded: &Loaded) -> Result<Option<Counts>> {
    let Some(report) = loaded.of::<HalfYearReport>().map(|m| &m.state) else { return Ok(None) };
    let limit = desk.registers.limits.get(REMEDY.0).and_then(|l| l.length).map_or(REMEDY.1, i64::from);
    let Some(period) = report.period().map(|p| Period { remedy: limit, ..p }) else { return Ok(None) };
    let as_of = desk.head.seq().cast_signed();
    let cases = cases(desk.tx, loaded.matter.owner(), &period, as_of)?;
    let figures = figures_of(&cases, &period, desk.head.alg(), &desk.registers);
    let methods = methods(desk.tx, desk.house, &cases, &period)?;
    let few = i64::try_from(desk.registers.count(FEW)).unwrap_or(i64::MAX);
    Ok(Some(Counts { figures, methods, as_of, few, remedy: limit }))
}
fn figures_of(cases: &[Case], period: &Period, alg: Alg, registers: &Registers) -> Vec<Figure> {
    let mut all = figures::figures(cases, period, alg);
    for f in all.iter_mut().filter(|f| figures::line_of(&f.query).is_some_and(|l| l.by == By::Unit)) {
        f.label = registers.org_name(&f.key).to_owned();
    }
    all
}
/// The matters of this owner whose facts stood at a position, as the report reads them.
fn cases(tx: &Tx, owner: &str, period: &Period, as_of: i64) -> Result<Vec<Case>> {
    let measures: Vec<&str> = figures::measures().collect();
    let mut all: BTreeMap<String, Case> = BTreeMap::new();
    for mut row in queries::stood(tx, owner, as_of, &measures)? {
        // A day that no longer reads was never counted: the difference shows it.
        let Ok(on) = row.text(5).parse() else { continue };
        let number = row.take(0);
        let fact = Stood { measure: row.take(1), org: row.take(2), category: row.take(3), value: row.int(4), on };
        let case = all.entry(number.clone()).or_insert_with(|| Case { number, ..Case::default() });
        case.facts.push(fact);
    }
    let mut all: Vec<Case> = all.into_values().filter(|c| !period.countable(c).is_empty()).collect();
    for case in all.iter_mut().filter(|c| c.facts.iter().any(|f| f.measure == "整改销号")) {
        case.in_time = in_time(tx, &case.number, as_of)?;
    }
    Ok(all)
}
/// Whether the work of a rectification was accepted within its limit, as its entries up to a position tell.
fn in_time(tx: &Tx, number: &str, as_of: i64) -> Result<bool> {
    let kind = domain::procedures::kind("rectification").ok_or(Failure::NotFound)?;
    let mut matter: Box<dyn AnyMatter> = (kind.blank)("");
    for kept in crate::ledger::stream(tx, number)?.into_iter().take_while(|k| k.seq.cast_signed() <= as_of) {
        matter.follow_entry(&serde_json::from_slice::<Entry>(&kept.event.payload)?)?;
    }
    let clock = matter.clocks().get("rectify");
    Ok(clock.is_some_and(|c| c.stopped.is_some_and(|on| on <= c.due)))
}
/// By which standards the reviews counted were made, how they were sampled, and of how many (E: 报告必附). No number of a matter.
fn methods(tx: &Tx, house: &House, cases: &[Case], period: &Period) -> Result<Vec<Method>> {
    let mut all: BTreeMap<(String, String), (Method, u64)> = BTreeMap::new();
    for case in cases.iter().filter(|c| period.countable(c).iter().any(|f| f.measure == "评查定论")) {
        let kind = case.facts.iter().find(|f| f.measure == "评查得分").map(|f| f.category.clone()).unwrap_or_default();
        let Some(review) = matters::load_as::<Review>(tx, &case.number)? else { continue };
        let standard = review.state.pinned().0.to_owned();
        let batch = queries::batch_of(tx, &case.number)?.unwrap_or_default();
        let place = (format!("{batch} {kind}"), standard.clone());
        if !all.contains_key(&place) {
            all.insert(place.clone(), (method(tx, house, kind, &standard, &batch)?, 0));
        }
        if let Some((_, n)) = all.get_mut(&place) {
            *n += 1;
        }
    }
    let mut all: Vec<Method> = all.into_values().map(|(m, n)| Method { counted: n.to_string(), ..m }).collect();
    all.sort_unstable();
    Ok(all)
}
fn method(tx: &Tx, house: &House, kind: String, standard: &str, batch: &str) -> Result<Method> {
    let edition = standards::edition(tx, house, standard)?.map(|(e, _)| format!("{}（{}）", e.name, e.edition));
    let standard = edition.filter(|e| !e.is_empty()).unwrap_or_else(|| "未载明".into());
    let plain = Method { kind, standard, ..Method::default() };
    let Some(batch) = matters::load_as::<ReviewBatch>(tx, batch)? else { return Ok(plain) };
    let (universe, sample) = batch.state.drawn();
    let sampling = SAMPLING.label_of(&batch.state.plan().sampling).to_owned();
    Ok(Method { sampling, universe: universe.to_string(), sample: sample.to_string(), ..plain })
}

/// 复算: what a count of today, at the position the report names, makes of its figures.
#[derive(Debug, Serialize)]
pub struct Recomputed {
    /// 编号.
    pub number: String,
    /// Position on the ledger.
    pub as_of: i64,
    /// How many figures were counted again.
    pub figures: usize,
    /// Where the count differs from what the ledger holds.
    pub differences: Vec<Difference>,
    /// Where what the page shows is not what the ledger holds.
    pub altered: Vec<Difference>,
}
impl Recomputed {
    /// Nothing differs.
    pub fn equal(&self) -> bool {
        self.differences.is_empty() && self.altered.is_empty()
    }
}
/// The counts of a report as the ledger holds them, its matter and its period.
struct Recorded {
    loaded: Loaded,
    counts: Counts,
    period: Period,
}
fn recorded(tx: &Tx, number: &str) -> Result<Recorded> {
    let loaded = matters::load(tx, number)?.ok_or(Failure::NotFound)?;
    if loaded.of::<HalfYearReport>().is_none() {
        return Err(Failure::NotFound);
    }
    let (mut counts, mut half) = (None, None);
    for kept in crate::ledger::stream(tx, number)? {
        let entry: Entry = serde_json::from_slice(&kept.event.payload)?;
        match entry.action() {
            Some(("draft", form)) => counts = Some(serde_json::from_value::<Counts>(form.clone())?),
            Some(("open", form)) => {
                let text = form.get("half").and_then(Json::as_str).unwrap_or("");
                half = form.get("year").and_then(Json::as_i64).and_then(|year| Half::named(year, text));
            }
            _ => {}
        }
    }
    let unread = || Failure::Refused(Refusal::new("not_drafted", "报告还没有取数"));
    let (counts, (from, to)) = (counts.ok_or_else(unread)?, half.ok_or_else(unread)?.days());
    let period = Period { from, to, remedy: counts.remedy };
    Ok(Recorded { loaded, counts, period })
}
fn alg_of(counts: &Counts) -> Alg {
    let name = counts.figures.first().and_then(|f| f.digest.split(':').next()).unwrap_or("");
    Alg::from_name(name).unwrap_or(Alg::Sm3)
}
/// Counts a report again.
///
/// # Errors
/// `NotFound` where there is no such report; the refusal where it has not been drafted.
pub fn recompute(tx: &Tx, house: &House, number: &str) -> Result<Recomputed> {
    let Recorded { loaded, counts, period } = recorded(tx, number)?;
    let cases = cases(tx, loaded.matter.owner(), &period, counts.as_of)?;
    let fresh = figures_of(&cases, &period, alg_of(&counts), &*house.registers(tx)?);
    let shown = loaded.of::<HalfYearReport>().map(|m| m.state.counts().figures.clone()).unwrap_or_default();
    Ok(Recomputed {
        number: number.to_owned(),
        as_of: counts.as_of,
        figures: counts.figures.len(),
        differences: figures::differences(&counts.figures, &fresh),
        altered: figures::differences(&counts.figures, &shown),
    })
}
/// Row keys of the matters behind one figure of a report, as they stood.
///
/// # Errors
/// As `recompute`.
pub fn behind(tx: &Tx, number: &str, query: &str, key: &str) -> Result<Vec<i64>> {
    let Recorded { loaded, counts, period } = recorded(tx, number)?;
    let cases = cases(tx, loaded.matter.owner(), &period, counts.as_of)?;
    queries::ids(tx, loaded.matter.owner(), &figures::behind(&cases, &period, query, key))
}
