//! Whether seats can be filled under all rules at once, and if not, which rule is in the way.
use serde::Serialize;
use std::collections::HashSet;

use super::choose::Field;
use super::{Candidate, Spec};

/// What the seats still ask for.
#[derive(Clone)]
pub(super) struct Need {
    pub left: usize,
    /// `(still to be had, still possible)` for each row.
    rows: Vec<(usize, usize)>,
    units: HashSet<u32>,
    profession: bool,
}
impl Need {
    pub fn of(field: &Field) -> Self {
        Self {
            left: field.size as usize,
            rows: field.rows.iter().map(|r| (r.least as usize, r.most as usize)).collect(),
            units: HashSet::new(),
            profession: field.profession.is_some(),
        }
    }
    /// Whether the category has room and the unit no seat.
    pub fn admits(&self, seat: &(usize, u32, bool)) -> bool {
        self.left > 0 && self.rows.get(seat.0).is_some_and(|r| r.1 > 0) && !self.units.contains(&seat.1)
    }
    pub fn with(&self, seat: &(usize, u32, bool)) -> Self {
        let mut next = self.clone();
        next.take(seat);
        next
    }
    pub fn take(&mut self, seat: &(usize, u32, bool)) {
        self.left -= 1;
        if let Some(row) = self.rows.get_mut(seat.0) {
            *row = (row.0.saturating_sub(1), row.1.saturating_sub(1));
        }
        self.units.insert(seat.1);
        self.profession &= !seat.2;
    }
    /// Whether the rest of the seats can be filled: some member of the profession first if one is still asked for, then every category
    /// its least, then as many as are left, no unit twice. Filling the least first loses nothing: a matching of some categories' seats
    /// can always be extended to a largest one without giving those seats up.
    pub fn completable(&self, seats: &Seats) -> bool {
        let least: usize = self.rows.iter().map(|r| r.0).sum();
        if least > self.left {
            return false;
        }
        if self.profession {
            return seats.of_profession.iter().any(|s| self.admits(s) && self.with(s).completable(seats));
        }
        let firm = self.rows.iter().enumerate().flat_map(|(n, r)| std::iter::repeat_n(n, r.0));
        let loose = self.rows.iter().enumerate().flat_map(|(n, r)| std::iter::repeat_n(n, r.1.min(self.left).saturating_sub(r.0)));
        let mut held: Vec<(u32, usize)> = vec![];
        if !firm.into_iter().all(|row| seats.place(row, &self.units, &mut held, &mut HashSet::new())) {
            return false;
        }
        for row in loose {
            if held.len() >= self.left {
                break;
            }
            seats.place(row, &self.units, &mut held, &mut HashSet::new());
        }
        held.len() >= self.left
    }
}
/// The units that each category can still be seated from. No more of a category than there are seats: with so many, one is always free.
pub(super) struct Seats {
    units: Vec<Vec<u32>>,
    of_profession: Vec<(usize, u32, bool)>,
}
impl Seats {
    pub fn among(field: &Field, rest: &[u32], need: &Need) -> Self {
        let most = field.size as usize;
        let mut units: Vec<Vec<u32>> = vec![vec![]; field.rows.len()];
        let mut fitting: Vec<Vec<u32>> = vec![vec![]; field.rows.len()];
        for i in rest {
            let Some(seat) = field.seat(*i) else { continue };
            if !need.admits(&seat) {
                continue;
            }
            let lists = [units.get_mut(seat.0), fitting.get_mut(seat.0).filter(|_| seat.2)];
            for list in lists.into_iter().flatten().filter(|l| l.len() < most) {
                if !list.contains(&seat.1) {
                    list.push(seat.1);
                }
            }
        }
        let of_profession = fitting.into_iter().enumerate().flat_map(|(row, all)| all.into_iter().map(move |u| (row, u, true)));
        Self { of_profession: of_profession.collect(), units }
    }
    /// Kuhn's augmenting path: a unit for one more seat of `row`, moving others to other units where that helps.
    fn place(&self, row: usize, taken: &HashSet<u32>, held: &mut Vec<(u32, usize)>, seen: &mut HashSet<u32>) -> bool {
        for unit in self.units.get(row).into_iter().flatten().copied() {
            if taken.contains(&unit) || !seen.insert(unit) {
                continue;
            }
            let Some(at) = held.iter().position(|h| h.0 == unit) else {
                held.push((unit, row));
                return true;
            };
            let Some(other) = held.get(at).map(|h| h.1) else { continue };
            if self.place(other, taken, held, seen) {
                if let Some(slot) = held.get_mut(at) {
                    slot.1 = row;
                }
                return true;
            }
        }
        false
    }
}

/// The rule that is in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Fewer candidates than seats.
    Pool,
    /// A category or stratum (its code) has fewer than its least.
    Category(String),
    /// The categories' upper limits leave seats empty.
    Room,
    /// Nobody who can be seated has the profession (its code).
    Profession(String),
    /// No two of one unit.
    Unit,
    /// Several together, none alone.
    Together,
}
/// Why the seats cannot be filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Infeasible {
    /// Number of the draw.
    pub draw: String,
    /// What is in the way.
    pub rule: Rule,
    /// Seats asked for by that rule.
    pub need: u32,
    /// Candidates there are for it.
    pub have: u32,
    /// Candidates for it that are excluded by recusal.
    pub excluded: u32,
}
impl Infeasible {
    /// The sentence for the user; `name` gives the label of a category, stratum or profession code.
    pub fn sentence(&self, name: impl Fn(&str) -> String) -> String {
        let Self { need, have, excluded, .. } = self;
        let out = if *excluded > 0 { format!("，另有 {excluded} 个因回避被排除") } else { String::new() };
        match &self.rule {
            Rule::Pool => format!("需要 {need} 个，可抽的只有 {have} 个{out}。请扩充候选名单，或减少数量。"),
            Rule::Category(c) => format!("“{}”至少需要 {need} 个，可抽的只有 {have} 个{out}。请补充这一类，或改名额。", name(c)),
            Rule::Room => format!("各类名额上限合起来只坐得下 {have} 个，需要 {need} 个{out}。请放宽上限，或补充人选。"),
            Rule::Profession(p) => format!("至少 1 人须专业匹配“{}”，有名额的人选里没有这样的人{out}。请补充该专业的专家。", name(p)),
            Rule::Unit => "挡住的是“同一单位至多一人”：不限单位就能组成。请补充其他单位的人选。".into(),
            Rule::Together => {
                "每条规则单独都能满足，合在一起不能：各类名额、同一单位至多一人、专业匹配互相牵制。请补充人选，或放宽其中一条。".into()
            }
        }
    }
}
impl std::fmt::Display for Infeasible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}：{}", self.draw, self.sentence(str::to_owned))
    }
}
impl std::error::Error for Infeasible {}

/// Whether a draw can be filled from these candidates without those excluded: ask before the announcement, and again when
/// relations change. The spec is taken to be sound ([`Spec::check`]).
///
/// # Errors
/// The rule that is in the way.
pub fn feasible(spec: &Spec, candidates: &[Candidate], excluded: &[&str]) -> Result<(), Infeasible> {
    let all: Vec<_> = candidates.iter().map(Candidate::view).collect();
    Field::new(spec, &all, &excluded.iter().copied().collect()).possible()
}
impl Field {
    pub(super) fn possible(&self) -> Result<(), Infeasible> {
        let blocked = |rule, need, have: usize, listed: usize| {
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            Err(Infeasible { draw: self.draw.clone(), rule, need, have: count(have), excluded: count(listed.saturating_sub(have)) })
        };
        let eligible: usize = self.rows.iter().map(|r| r.eligible as usize).sum();
        let listed: usize = self.rows.iter().map(|r| r.listed as usize).sum();
        if let Some(row) = self.rows.iter().find(|r| self.named && r.eligible < r.least) {
            return blocked(Rule::Category(row.stratum.clone()), row.least, row.eligible as usize, row.listed as usize);
        }
        if eligible < self.size as usize {
            return blocked(Rule::Pool, self.size, eligible, listed);
        }
        let room: usize = self.rows.iter().map(|r| r.eligible.min(r.most) as usize).sum();
        if room < self.size as usize {
            return blocked(Rule::Room, self.size, room, room);
        }
        if !self.panel || self.fillable() {
            return Ok(());
        }
        let everyone = || (0u32..).take(self.open.len());
        if let Some(code) = &self.profession {
            let fitting = everyone().filter_map(|i| self.seat(i)).filter(|s| s.2).count();
            if fitting == 0 {
                let seated = |n: &usize| self.row.get(*n).is_some_and(|r| *r != super::choose::NOBODY);
                let known = self.fits.iter().enumerate().filter(|(n, f)| **f && seated(n)).count();
                return blocked(Rule::Profession(code.clone()), 1, 0, known);
            }
        }
        let apart = || Self { unit: everyone().collect(), ..self.clone() };
        if self.one_per_unit && apart().fillable() {
            return blocked(Rule::Unit, self.size, eligible, listed);
        }
        blocked(Rule::Together, self.size, eligible, listed)
    }
    fn fillable(&self) -> bool {
        let (need, all) = (Need::of(self), (0u32..).take(self.open.len()).collect::<Vec<_>>());
        need.completable(&Seats::among(self, &all, &need))
    }
}
