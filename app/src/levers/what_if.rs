//! What the last closed half-year would have been with another value. The house's own functions reckon it, with another `Registers`; only
//! matters this person finds are counted, and of one kind no more than `LOOKED_AT` of the newest.
use domain::calendar::Half;
use domain::engine::{Length, Person, holders, in_role};
use domain::procedures::clue::Clue;
use domain::procedures::rectification::Rectification;
use domain::procedures::review::Review;
use domain::procedures::review::scoring::tenths;
use domain::registers::levers;
use domain::registers::parameters as p;
use std::collections::BTreeMap;

use super::queries::Sight;
use crate::db::Tx;
use crate::edge;
use crate::enforcement;
use crate::failure::Result;
use crate::matters::{self, Barred, Loaded};
use crate::problems;
use crate::registers::Registers;

/// So many matters of one kind are read.
pub const LOOKED_AT: i64 = 2_000;

/// One number as it was, and as it would have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    pub what: String,
    pub now: String,
    pub then: String,
}
/// What came of trying a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The value cannot be one.
    Wrong(String),
    /// Nothing that could be reckoned, and why.
    Words(String),
    /// Numbers side by side.
    Shifts(Half, Vec<Shift>),
}
/// What one person may reckon with.
struct Bench<'a> {
    tx: &'a Tx<'a>,
    who: &'a Person,
    registers: &'a Registers,
    half: Half,
    keys: Vec<String>,
    barred: Barred,
}
impl Bench<'_> {
    fn days(&self) -> (String, String) {
        (self.half.first().to_string(), self.half.last().to_string())
    }
    fn read(&self, ids: impl FnOnce(&Sight) -> Result<Vec<i64>>) -> Result<Vec<Loaded>> {
        let (from, to) = self.days();
        let sight = Sight { keys: &self.keys, barred: &self.barred, from: &from, to: &to, limit: LOOKED_AT };
        let mut all = vec![];
        for id in ids(&sight)? {
            all.extend(matters::load_by_id(self.tx, id)?);
        }
        Ok(all)
    }
    fn by_fact(&self, kind: &str, measure: &str) -> Result<Vec<Loaded>> {
        self.read(|s| s.by_fact(self.tx, kind, measure))
    }
    /// The registers with this one number changed.
    fn with(&self, name: &str, value: i64) -> Registers {
        let mut other = self.registers.clone();
        other.parameters.insert(name.to_owned(), value);
        other
    }
}
fn shift(what: &str, now: usize, then: usize) -> Shift {
    Shift { what: what.into(), now: now.to_string(), then: then.to_string() }
}
/// Tries a value of a lever on the last closed half-year.
///
/// # Errors
/// A fault of the engine.
pub fn what_if(tx: &Tx, who: &Person, registers: &Registers, key: &str, value: &str) -> Result<Outcome> {
    let half = Half::of(registers.today).before();
    let bench = Bench { tx, who, registers, half, keys: holders(who), barred: matters::barred(who, registers) };
    match key.split_once('.') {
        Some(("limit", code)) => limit(&bench, code, value),
        Some(("grade", rest)) => grade(&bench, rest, value),
        Some(("parameter", name)) => match value.trim().parse::<i64>().ok().filter(|n| (1..=1_000).contains(n)) {
            Some(n) => parameter(&bench, name, n),
            None => Ok(Outcome::Wrong("应为 1 至 1000 的整数。".into())),
        },
        _ => Ok(Outcome::Words("这一项不能试算。".into())),
    }
}
fn parameter(b: &Bench, name: &str, value: i64) -> Result<Outcome> {
    let now = p::value(&b.registers.parameters, name);
    let many = |n: i64| usize::try_from(n).unwrap_or(0);
    let shifts = match name {
        p::SPREAD => spread(b, now, value)?,
        p::COMMON_COUNT | p::COMMON_UNITS => vec![common(b, name, value)?],
        p::FEW => few(b, value)?,
        p::RETURNS => {
            let all = b.by_fact("rectification", "整改退回")?;
            let spent = |most: i64| all.iter().filter(|l| returned(l) >= many(most)).count();
            vec![shift("退回次数已用完的整改件", spent(now), spent(value))]
        }
        p::ASSESSORS => {
            let all = b.by_fact("clue", "研判")?;
            // What an old ledger calls assessed was assessed by people it does not name.
            let counted: Vec<usize> = all.iter().filter_map(|l| l.of::<Clue>()).map(|m| m.state.assessors()).filter(|n| *n > 0).collect();
            let short = |least: i64| counted.iter().filter(|n| **n < many(least)).count();
            vec![shift("研判人数不够、不能提出分流的线索", short(now), short(value))]
        }
        p::RESAMPLE_MIN | p::RESAMPLE_LEVEL => resampled(b, name, value)?,
        p::CHECKS_A_YEAR | p::REPEAT_DAYS | p::FINES_GROWTH => return alerts(b, name, value),
        _ => return Ok(Outcome::Words(silent(name).into())),
    };
    Ok(Outcome::Shifts(b.half, shifts))
}
/// Why nothing is reckoned of a parameter.
fn silent(name: &str) -> &'static str {
    match name {
        p::PANEL | p::WORKLOAD | p::OBSERVER_GROUP | p::OBSERVER_TASKS => {
            "它管的是以后怎么抽人。已经抽过的不能重抽，所以没有可以重算的数。"
        }
        p::URGES => "它管的是什么时候通报。催到几次由经办人决定，改了以后不知道他会催几次，所以没有可以重算的数。",
        p::SECONDMENT_MONTHS | p::COOLING_TERMS => "它管的是以后的任期和回避。已经定下的任期不变，所以没有可以重算的数。",
        p::LIST_VOTERS => "它管的是以后的集体审定。已经审定的不重投，所以没有可以重算的数。",
        p::PACKET_DAYS => "它管的是以后送出的授权包。已经送出的期限写在包里，所以没有可以重算的数。",
        p::WARNING_EVENTS => "它管的是以后的预警。已经形成的预警不变，所以没有可以重算的数。",
        p::SAME_CALL_DAYS | p::EXCHANGE_DAY => "它只管页面上看几天、几号前交换，不改变任何件的结果。",
        _ if name.starts_with("observer") => "它管的是以后聘谁、聘多久。已经聘的不变，所以没有可以重算的数。",
        _ => "它不改变上一个半年已经办结的任何件，所以没有可以重算的数。",
    }
}
fn returned(l: &Loaded) -> usize {
    l.of::<Rectification>().map_or(0, |m| m.state.times_sent_back())
}
fn spread(b: &Bench, now: i64, value: i64) -> Result<Vec<Shift>> {
    let all = b.by_fact("review", "评查定论")?;
    let scored: Vec<&Review> = all.iter().filter_map(|l| Some(&l.of::<Review>()?.state)).filter(|r| r.scored()).collect();
    let must = |spread: i64| scored.iter().filter(|r| r.must_deliberate(spread)).count();
    Ok(vec![shift("定论的评查件", scored.len(), scored.len()), shift("其中必须合议的", must(now), must(value))])
}
fn common(b: &Bench, name: &str, value: i64) -> Result<Shift> {
    let (from, to) = b.days();
    let enough = |registers: &Registers| -> Result<usize> {
        Ok(problems::candidates(b.tx, registers, b.who, (&from, &to))?.iter().filter(|c| c.enough).count())
    };
    Ok(shift("够得上共性问题的问题码", enough(b.registers)?, enough(&b.with(name, value))?))
}
fn few(b: &Bench, value: i64) -> Result<Vec<Shift>> {
    let (from, to) = b.days();
    let told = |registers: &Registers| -> Result<(usize, usize)> {
        let all = problems::candidates(b.tx, registers, b.who, (&from, &to))?;
        let cells = || all.iter().flat_map(|c| &c.units);
        let units: std::collections::BTreeSet<&str> = cells().filter(|u| u.rate.is_some()).map(|u| u.org.as_str()).collect();
        Ok((cells().filter(|u| u.rate.is_some()).count(), units.len()))
    };
    let (now, then) = (told(b.registers)?, told(&b.with(p::FEW, value))?);
    Ok(vec![shift("能算比率的单位", now.1, then.1), shift("能算比率的“问题码×单位”", now.0, then.0)])
}
fn resampled(b: &Bench, name: &str, value: i64) -> Result<Vec<Shift>> {
    let from_ms = edge::morning_of(b.half.first());
    let all = b.read(|s| s.alive(b.tx, "rectification", from_ms))?;
    let compared: Vec<_> = all.iter().filter_map(|l| l.of::<Rectification>()?.state.compared()).collect();
    let (least, level) = (p::value(&b.registers.parameters, p::RESAMPLE_MIN), p::value(&b.registers.parameters, p::RESAMPLE_LEVEL));
    let (other_least, other_level) = if name == p::RESAMPLE_MIN { (value, level) } else { (least, value) };
    let count = |least: i64, level: i64| {
        let mut all: BTreeMap<&str, usize> = BTreeMap::new();
        compared.iter().for_each(|c| *all.entry(c.judged(least, level).0).or_default() += 1);
        all
    };
    let (now, then) = (count(least, level), count(other_least, other_level));
    let of = |all: &BTreeMap<&str, usize>, what: &str| all.get(what).copied().unwrap_or(0);
    let each = ["明显下降", "没有明显变化", "明显上升", "样本不足"];
    Ok(each.into_iter().map(|what| shift(&format!("再抽检验：{what}"), of(&now, what), of(&then, what))).collect())
}
/// Alerts are the judicial administration's: whoever reads none of its records is told no number of them.
fn alerts(b: &Bench, name: &str, value: i64) -> Result<Outcome> {
    if !enforcement::READERS.iter().any(|r| in_role(b.who, r)) {
        return Ok(Outcome::Words("涉企检查处罚记录由司法局看，你看不到，所以没有可以重算的数。司法局的人可以在这里试算。".into()));
    }
    let (from, to) = (b.half.first(), b.half.last());
    let back = |d: jiff::civil::Date| d.saturating_sub(jiff::Span::new().years(1));
    let now = enforcement::decided(b.tx, b.registers, b.who, (from, to), "")?;
    let before = enforcement::decided(b.tx, b.registers, b.who, (back(from), back(to)), "")?;
    let what = match name {
        p::CHECKS_A_YEAR => "检查过频",
        p::REPEAT_DAYS => "重复执法",
        _ => "罚没收入增长",
    };
    let count = |registers: &Registers| enforcement::alerts(&now, &before, registers).iter().filter(|a| a.what == what).count();
    Ok(Outcome::Shifts(b.half, vec![shift(&format!("预警：{what}"), count(b.registers), count(&b.with(name, value)))]))
}
/// Grades of the reviews concluded under one standard, had this grade begun elsewhere.
fn grade(b: &Bench, rest: &str, value: &str) -> Result<Outcome> {
    let Some((number, name)) = rest.split_once('.') else { return Ok(Outcome::Words("这一项不能试算。".into())) };
    let Some(from) = tenths(value) else { return Ok(Outcome::Wrong("应为 0 至 100 的数，最多一位小数。".into())) };
    let all = b.by_fact("review", "评查定论")?;
    let (mut now, mut then): (BTreeMap<String, usize>, BTreeMap<String, usize>) = Default::default();
    let mut order: Vec<String> = vec![];
    for review in all.iter().filter_map(|l| Some(&l.of::<Review>()?.state)).filter(|r| r.pinned().0 == number) {
        let mut scale = review.pinned().1.clone();
        order.extend(scale.0.iter().map(|g| g.0.clone()).filter(|g| !order.contains(g)).collect::<Vec<_>>());
        *now.entry(review.grade_by(&scale).unwrap_or_default()).or_default() += 1;
        scale.0.iter_mut().filter(|g| g.0 == name).for_each(|g| g.1 = from);
        if !scale.0.is_sorted_by(|a, b| a.1 >= b.1) {
            return Ok(Outcome::Wrong("等次的分数线要从高到低，不能越过相邻的等次。".into()));
        }
        *then.entry(review.grade_by(&scale).unwrap_or_default()).or_default() += 1;
    }
    if order.is_empty() {
        return Ok(Outcome::Words("上一个半年没有按这份标准定论的评查件。".into()));
    }
    let of = |all: &BTreeMap<String, usize>, g: &str| all.get(g).copied().unwrap_or(0);
    Ok(Outcome::Shifts(b.half, order.iter().map(|g| shift(&format!("等次：{g}"), of(&now, g), of(&then, g))).collect()))
}
/// Runs that began in the half-year, reckoned again with another length.
fn limit(b: &Bench, code: &str, value: &str) -> Result<Outcome> {
    let Some(other) = levers::tried(value) else {
        return Ok(Outcome::Wrong("应写作“15 working_days”“60 calendar_days”“3 months”，数在 1 至 1000 之间。".into()));
    };
    let uses = |c: &domain::engine::Clock| c.length.limits().contains(&code) || c.extends.is_some_and(|(_, name)| name == code);
    let kinds: Vec<_> = domain::procedures::all().iter().filter(|k| k.clocks.iter().any(uses)).collect();
    if kinds.is_empty() {
        return Ok(Outcome::Words("没有流程按这个期限计时，所以没有可以重算的数。".into()));
    }
    let from_ms = edge::morning_of(b.half.first());
    let (mut runs, mut late, mut later, mut moved) = (0, 0, 0, 0);
    for kind in kinds {
        for loaded in b.read(|s| s.alive(b.tx, kind.name, from_ms))? {
            for clock in kind.clocks.iter().filter(|c| uses(c)) {
                let Some(run) = loaded.matter.clocks().get(clock.name).filter(|r| Half::of(r.began) == b.half) else { continue };
                let floor = if let Length::Limit(_, floor) = clock.length { floor } else { None };
                let Some(then) = run.under(code, other, floor, &b.registers.calendar) else { continue };
                runs += 1;
                moved += usize::from(then.due != run.due);
                // What only opens a window is nobody's duty and never late.
                late += usize::from(!clock.opens && run.late(b.registers.today));
                later += usize::from(!clock.opens && then.late(b.registers.today));
            }
        }
    }
    let shifts = vec![shift("这半年起算的期限", runs, runs), shift("其中末日会变的", 0, moved), shift("其中逾期的", late, later)];
    Ok(Outcome::Shifts(b.half, shifts))
}
