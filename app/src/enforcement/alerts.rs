//! What the records show: too often, without a plan, the same thing twice, more money than the year before.
use domain::registers::parameters::{CHECKS_A_YEAR, FINES_GROWTH, REPEAT_DAYS};
use std::collections::BTreeMap;

use super::Told;
use crate::registers::Registers;

const CHECK: &str = "行政检查";
const PENALTY: &str = "行政处罚";
/// A penalty is decided within ninety days (《行政处罚法》 60).
const PENALTY_DAYS: i32 = 90;

/// One alert and the rows behind it.
#[derive(Clone, Debug, Default)]
pub struct Alert {
    pub what: &'static str,
    pub org: String,
    /// Where it concerns one enterprise: the vault's reference of its name.
    pub firm: String,
    pub ids: Vec<i64>,
    /// Numbers in the order of `ids`.
    pub first: String,
    pub words: String,
    /// What units are ranked by: tenths of a per cent; nothing where it is not ranked.
    pub rank: Option<i64>,
    /// How many rows it was reckoned from: few are not ranked.
    pub of: usize,
}
/// A figure of a unit: its name, which rows it looks at, which of them it counts.
type Share = (&'static str, fn(&Told) -> bool, fn(&Told) -> bool);
const SHARES: [Share; 5] = [
    ("检查无计划备案号", is_check, |t| t.said.plan_no.is_none()),
    ("检查无检查码", is_check, |t| t.said.check_code.is_none()),
    ("一人执法", |_| true, |t| t.said.co_officer.is_none()),
    ("处罚未经法制审核", is_penalty, |t| t.said.legal_review != Some(true)),
    ("处罚超过九十日", is_penalty, slow),
];
fn is_check(t: &Told) -> bool {
    t.said.act_type == CHECK
}
fn is_penalty(t: &Told) -> bool {
    t.said.act_type == PENALTY
}
fn slow(t: &Told) -> bool {
    t.said.filed_on.zip(t.said.decided_on).is_some_and(|(from, to)| (to - from).get_days() > PENALTY_DAYS)
}
fn alert(what: &'static str, rows: &[&Told], firm: bool, words: String) -> Alert {
    let first = rows.first();
    Alert {
        what,
        org: first.map(|t| t.said.org.clone()).unwrap_or_default(),
        firm: first.filter(|_| firm).map(|t| t.said.firm_name.clone()).unwrap_or_default(),
        ids: rows.iter().map(|t| t.id).collect(),
        first: first.map(|t| t.number.clone()).unwrap_or_default(),
        words,
        rank: None,
        of: rows.len(),
    }
}
fn grouped<K: Ord>(rows: impl Iterator<Item = K>) -> BTreeMap<K, Vec<usize>> {
    let mut all: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    rows.enumerate().for_each(|(n, key)| all.entry(key).or_default().push(n));
    all
}
/// Every alert of the period; `before`: the same days a year earlier.
pub fn alerts(now: &[Told], before: &[Told], registers: &Registers) -> Vec<Alert> {
    let number = |name: &str| domain::registers::parameters::value(&registers.parameters, name);
    let mut all = vec![];
    fines(&mut all, now, before, number(FINES_GROWTH));
    let checks: Vec<&Told> = now.iter().filter(|t| is_check(t)).collect();
    let most = usize::try_from(number(CHECKS_A_YEAR)).unwrap_or(0);
    let year = |t: &Told| t.said.decided_on.map_or(0, |d| d.year());
    for ((.., year), group) in grouped(checks.iter().map(|t| (t.said.org.as_str(), t.said.firm.as_str(), year(t)))) {
        let rows: Vec<&Told> = group.iter().filter_map(|n| checks.get(*n).copied()).collect();
        if rows.len() > most {
            all.push(alert("检查过频", &rows, true, format!("{year} 年检查同一企业 {} 次，上限 {most} 次", rows.len())));
        }
    }
    repeats(&mut all, now, number(REPEAT_DAYS));
    for (what, of, counts) in SHARES {
        let rows: Vec<&Told> = now.iter().filter(|t| of(t)).collect();
        for group in grouped(rows.iter().map(|t| t.said.org.as_str())).into_values() {
            let mine: Vec<&Told> = group.iter().filter_map(|n| rows.get(*n).copied()).collect();
            let hit: Vec<&Told> = mine.iter().copied().filter(|t| counts(t)).collect();
            if hit.is_empty() {
                continue;
            }
            let share = hit.len() * 1_000 / mine.len().max(1);
            let words = format!("{} 件中 {} 件，{}.{}%", mine.len(), hit.len(), share / 10, share % 10);
            all.push(Alert { rank: i64::try_from(share).ok(), of: mine.len(), ..alert(what, &hit, false, words) });
        }
    }
    all
}
/// 罚没收入同比.
fn fines(all: &mut Vec<Alert>, now: &[Told], before: &[Told], growth: i64) {
    let sum = |rows: &[Told], org: &str| rows.iter().filter(|t| t.said.org == org).map(|t| t.said.taken()).sum::<i64>();
    for group in grouped(now.iter().map(|t| t.said.org.as_str())).into_values() {
        let rows: Vec<&Told> = group.iter().filter_map(|n| now.get(*n)).filter(|t| t.said.taken() > 0).collect();
        let Some(org) = rows.first().map(|t| t.said.org.as_str()) else { continue };
        let (this, last) = (sum(now, org), sum(before, org));
        let Some(permille) = (this - last).saturating_mul(1_000).checked_div(last) else { continue };
        if permille >= growth * 10 {
            let words = format!(
                "本期 {}，上年同期 {}，增长 {}.{}%",
                crate::matters::money(this),
                crate::matters::money(last),
                permille / 10,
                permille % 10
            );
            all.push(Alert { rank: Some(permille), ..alert("罚没收入增长", &rows, false, words) });
        }
    }
}
/// The same matter of the same enterprise again within so many days.
fn repeats(all: &mut Vec<Alert>, now: &[Told], days: i64) {
    let key = |t: &Told| {
        let cause: String = t.said.cause.chars().filter(|c| !c.is_whitespace()).collect();
        (t.said.org.clone(), t.said.firm.clone(), t.said.act_type.clone(), cause)
    };
    for group in grouped(now.iter().map(key)).into_values() {
        let mut rows: Vec<&Told> = group.iter().filter_map(|n| now.get(*n)).collect();
        rows.sort_by_key(|t| t.said.decided_on);
        let near = |a: &Told, b: &Told| {
            let gap = a.said.decided_on.zip(b.said.decided_on).map(|(a, b)| i64::from((b - a).get_days()));
            gap.is_some_and(|gap| gap <= days)
        };
        let close = |n: usize| {
            let (here, before, after) = (rows.get(n), n.checked_sub(1).and_then(|p| rows.get(p)), rows.get(n + 1));
            here.is_some_and(|t| before.is_some_and(|p| near(p, t)) || after.is_some_and(|a| near(t, a)))
        };
        let hit: Vec<&Told> = rows.iter().enumerate().filter(|(n, _)| close(*n)).map(|(_, t)| *t).collect();
        if !hit.is_empty() {
            all.push(alert("重复执法", &hit, true, format!("{days} 日内同一事由 {} 次", hit.len())));
        }
    }
}
