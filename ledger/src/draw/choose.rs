//! Who gets a seat, given the order of tickets; and who comes next when a seat falls empty.
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::matching::{Need, Seats};
use super::pool::Line;
use super::{Infeasible, Kind, Spec};

/// The stratum of dossiers that are reviewed in any case (重点必查): all of it is chosen, on top of the sample's size.
pub const MUST: &str = "must";
pub(super) const NOBODY: u32 = u32::MAX;

/// Seats of one category or stratum. Everyone in it has the same chance: seats ÷ eligible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quota {
    /// Category (panel) or stratum (sample); empty for the whole list of a simple sample.
    pub stratum: String,
    /// Fewest seats.
    pub least: u32,
    /// Most seats.
    pub most: u32,
    /// On the frozen list.
    pub listed: u32,
    /// Listed and not excluded.
    pub eligible: u32,
}
/// Seats per stratum in proportion to sizes, by the largest remainder: `⌊size·n/N⌋` each, what is left to the largest `size·n mod N`,
/// equal ones in byte order of the stratum. `strata`: `(stratum, number of eligible dossiers)`; `size` at most their sum.
pub fn apportion(size: u32, strata: &[(String, u32)]) -> Vec<(String, u32)> {
    let total: u64 = strata.iter().map(|s| u64::from(s.1)).sum();
    let share = |n: u32| u64::from(size) * u64::from(n);
    let mut out: Vec<(String, u32, u64)> = strata
        .iter()
        .map(|(s, n)| {
            (s.clone(), u32::try_from(share(*n).checked_div(total).unwrap_or(0)).unwrap_or(0), share(*n).checked_rem(total).unwrap_or(0))
        })
        .collect();
    let given: u64 = out.iter().map(|s| u64::from(s.1)).sum();
    let rest = usize::try_from(u64::from(size).saturating_sub(given)).unwrap_or(0);
    out.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    out.iter_mut().filter(|s| s.2 > 0).take(rest).for_each(|s| s.1 += 1);
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out.into_iter().map(|(s, n, _)| (s, n)).collect()
}

impl Spec {
    /// The category or stratum whose seats a candidate may have.
    fn class<'a>(&self, c: &Line<'a>) -> &'a str {
        match self.kind {
            Kind::Panel => c.category(),
            _ if c.stratum == MUST => MUST,
            Kind::Simple => "",
            Kind::Proportional | Kind::Fixed => c.stratum,
        }
    }
}
/// A draw's candidates with everything that matters for seats worked out.
#[derive(Clone)]
pub(super) struct Field {
    pub draw: String,
    pub panel: bool,
    /// Whether the seats of each category were announced, not worked out.
    pub named: bool,
    /// Seats in all, those of `must` included.
    pub size: u32,
    /// Whether one member must have the profession.
    pub profession: Option<String>,
    pub rows: Vec<Quota>,
    /// Row of each candidate, `NOBODY` for one whose category has no seat.
    pub row: Vec<u32>,
    /// Unit of each candidate; one of its own where units do not matter.
    pub unit: Vec<u32>,
    pub one_per_unit: bool,
    pub fits: Vec<bool>,
    pub open: Vec<bool>,
}
impl Field {
    /// `excluded`: ids that get no seat.
    pub fn new<'a>(spec: &Spec, candidates: &[Line<'a>], excluded: &HashSet<&str>) -> Self {
        let panel = spec.kind == Kind::Panel;
        let class = |c: &Line<'a>| spec.class(c);
        let open: Vec<bool> = candidates.iter().map(|c| !excluded.contains(c.id)).collect();
        let mut sizes: HashMap<&str, (u32, u32)> = HashMap::new();
        for (c, open) in candidates.iter().zip(&open) {
            let slot = sizes.entry(class(c)).or_default();
            *slot = (slot.0 + 1, slot.1 + u32::from(*open));
        }
        let must = if panel { 0 } else { sizes.get(MUST).map_or(0, |s| s.1) };
        let mut seats: BTreeMap<String, (u32, u32)> = match spec.kind {
            Kind::Panel if spec.quotas.is_empty() => sizes.keys().map(|k| ((*k).to_owned(), (0, spec.size))).collect(),
            Kind::Panel | Kind::Fixed => spec.quotas.iter().map(|q| (q.0.clone(), (q.1, q.2))).collect(),
            Kind::Simple => BTreeMap::from([(String::new(), (spec.size, spec.size))]),
            Kind::Proportional => {
                let strata: Vec<(String, u32)> = sizes.iter().filter(|(k, _)| **k != MUST).map(|(k, s)| ((*k).to_owned(), s.1)).collect();
                apportion(spec.size, &strata).into_iter().map(|(k, n)| (k, (n, n))).collect()
            }
        };
        if must > 0 {
            seats.insert(MUST.into(), (must, must));
        }
        let rows: Vec<Quota> = seats
            .into_iter()
            .map(|(stratum, (least, most))| {
                let (listed, eligible) = sizes.get(stratum.as_str()).copied().unwrap_or_default();
                Quota { stratum, least, most, listed, eligible }
            })
            .collect();
        let places: HashMap<&str, u32> = rows.iter().zip(0..).filter(|(r, _)| r.most > 0).map(|(r, n)| (r.stratum.as_str(), n)).collect();
        let row = candidates.iter().map(|c| places.get(class(c)).copied().unwrap_or(NOBODY)).collect();
        let mut units: HashMap<&str, u32> = HashMap::new();
        let mut own = 0u32..;
        let mut fresh = || own.next().unwrap_or(NOBODY);
        let unit = candidates.iter().map(|c| match c.org {
            org if spec.one_per_unit && !org.is_empty() => *units.entry(org).or_insert_with(&mut fresh),
            _ => fresh(),
        });
        Self {
            draw: spec.id.clone(),
            panel,
            named: !spec.quotas.is_empty(),
            size: spec.size + must,
            unit: unit.collect(),
            fits: candidates.iter().map(|c| spec.profession.is_empty() || c.has_profession(&spec.profession)).collect(),
            profession: (!spec.profession.is_empty()).then(|| spec.profession.clone()),
            one_per_unit: spec.one_per_unit,
            rows,
            row,
            open,
        }
    }
    /// Row, unit, profession of a candidate who may have a seat.
    pub fn seat(&self, i: u32) -> Option<(usize, u32, bool)> {
        let at = i as usize;
        let (row, unit) = (*self.row.get(at)?, *self.unit.get(at)?);
        let open = *self.open.get(at)? && row != NOBODY;
        open.then_some((row as usize, unit, *self.fits.get(at)?))
    }
    /// The seats of a draw: walking up the tickets, a candidate is seated unless the seats could then no longer be filled by the rules
    /// from those after him. Without rules that cross this is: the lowest tickets of each stratum.
    ///
    /// # Errors
    /// No way to fill the seats at all.
    pub fn choose(&self, order: &[u32]) -> Result<Vec<u32>, Infeasible> {
        self.possible()?;
        let mut need = Need::of(self);
        let mut chosen = Vec::with_capacity(self.size as usize);
        let mut refused: HashSet<(usize, u32, bool)> = HashSet::new();
        for (n, i) in order.iter().enumerate() {
            if need.left == 0 {
                break;
            }
            let Some(seat) = self.seat(*i) else { continue };
            if refused.contains(&seat) || !need.admits(&seat) {
                continue;
            }
            // A sample has fixed seats in each stratum and no rule that crosses them: whoever is admitted may sit.
            if self.panel {
                let after = need.with(&seat);
                let rest = order.get(n + 1..).unwrap_or(&[]);
                if !after.completable(&Seats::among(self, rest, &after)) {
                    refused.insert(seat);
                    continue;
                }
            }
            need.take(&seat);
            chosen.push(*i);
        }
        Ok(chosen)
    }
    /// Who takes the seat of `out`: the next in the order of tickets who is neither seated nor gone and keeps the rules – his category
    /// has room, his unit has no seat, and if the category of `out` would fall below its least, or nobody would have the profession,
    /// he makes it good. The others keep their seats. `None`: nobody is left.
    pub fn next(&self, order: &[u32], seated: &[u32], out: u32, gone: &HashSet<u32>) -> Option<u32> {
        let stay: Vec<_> = seated.iter().filter(|s| **s != out).filter_map(|s| self.seat(*s)).collect();
        let (lost, _, _) = self.seat(out)?;
        let count = |row: usize| stay.iter().filter(|s| s.0 == row).count();
        let short = self.rows.get(lost).is_some_and(|r| count(lost) < r.least as usize);
        let wanting = self.profession.is_some() && !stay.iter().any(|s| s.2) && self.seat(out).is_some_and(|s| s.2);
        let held: HashSet<u32> = seated.iter().copied().collect();
        let full: Vec<bool> = self.rows.iter().enumerate().map(|(n, r)| count(n) >= r.most as usize).collect();
        let units: HashSet<u32> = stay.iter().map(|s| s.1).collect();
        order.iter().copied().find(|i| {
            let Some((row, unit, fits)) = self.seat(*i) else { return false };
            let free = !held.contains(i) && !gone.contains(i);
            let room = full.get(row) == Some(&false) && !units.contains(&unit);
            free && room && (!short || row == lost) && (!wanting || fits)
        })
    }
}
