//! 公平比较 (issue 6, 5; `case-review.md` E): units side by side without a league table. A unit is held against what the whole city's
//! rates lead one to expect of *its* mix of cases (indirect standardisation), with limits that chance alone passes rarely – over all units
//! together, not each for itself. Units of fewer than `few` dossiers are compared with nothing. No person, no rank, no score.
//!
//! Methods by their names. *Expected and ratio*: indirect standardisation, N. E. Breslow and N. E. Day, *Statistical Methods in Cancer
//! Research* II, 1987, 2.3. *Limits*: the exact conditional distribution under “units differ in nothing but their mix” – within each
//! stratum the hits of a unit are hypergeometric, their sum over strata is the exact Mantel–Haenszel statistic (Gart 1970). Nothing is
//! estimated in it, so the nominal rate is kept whatever the sizes. *Many units*: Bonferroni – each tail is divided by the number of
//! units compared, which holds however the units depend on each other. *Picture*: funnel plot, D. J. Spiegelhalter, *Statistics in
//! Medicine* 24 (2005). *Shrunk rate*: empirical Bayes, beta-binomial by moments, J. C. Kleinman, *Journal of the American Statistical
//! Association* 68 (1973).
use std::collections::{BTreeMap, BTreeSet};

use super::chance::{hypergeometric, lower, quantile, sum_of, upper};
use super::{Rate, count, rate};

/// Each side outside the inner limits, over all units together: 95 %.
pub const INNER: f64 = 0.025;
/// Each side outside the outer limits: 99.8 %.
pub const OUTER: f64 = 0.001;
/// However the parameter is set, fewer cases than this never call for a look: one event alone is none.
pub const LEAST_EVENTS: i64 = 2;

/// So many reviewed, and so many of them counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// 已定论的评查件.
    pub reviewed: usize,
    /// Of these, what is counted; never more.
    pub hits: usize,
}
impl Tally {
    /// One more.
    pub const fn add(&mut self, hit: bool) {
        self.reviewed += 1;
        self.hits += if hit { 1 } else { 0 };
    }
    fn with(self, other: Self) -> Self {
        Self { reviewed: self.reviewed + other.reviewed, hits: self.hits + other.hits }
    }
    fn share(self) -> f64 {
        if self.reviewed == 0 { 0.0 } else { count(self.hits) / count(self.reviewed) }
    }
}
/// What was counted in one unit, by stratum (案件类型).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Code of the organisation.
    pub org: String,
    /// By stratum.
    pub strata: BTreeMap<String, Tally>,
}
impl Unit {
    /// All strata together.
    pub fn all(&self) -> Tally {
        self.strata.values().fold(Tally::default(), |sum, t| sum.with(*t))
    }
}
/// Where a unit lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Above the outer limit.
    VeryHigh,
    /// Above the inner limit.
    High,
    /// Within both.
    Within,
    /// Below the inner limit: good news.
    Low,
    /// Below the outer limit.
    VeryLow,
}
impl Verdict {
    /// In Chinese.
    pub const fn words(self) -> &'static str {
        match self {
            Self::VeryHigh => "高于 99.8% 界限",
            Self::High => "高于 95% 界限",
            Self::Within => "在界限内",
            Self::Low => "低于 95% 界限（正面情况）",
            Self::VeryLow => "低于 99.8% 界限（正面情况）",
        }
    }
    /// Worse than chance explains.
    pub const fn is_high(self) -> bool {
        matches!(self, Self::VeryHigh | Self::High)
    }
}
/// Numbers of hits at which a unit lies outside: at or below the first, at or above the second.
pub type Bounds = (Option<usize>, Option<usize>);
/// A unit held against the city.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Hits the city's rates lead one to expect of its mix.
    pub expected: f64,
    /// Observed over expected, in thousandths; nothing where none is expected.
    pub ratio: Option<u64>,
    /// The city's rate times the ratio, per thousand: what the picture shows.
    pub adjusted: u64,
    /// Within these lie 95 % …
    pub inner: Bounds,
    /// … and 99.8 %, over all units together.
    pub outer: Bounds,
    /// Where it lies.
    pub verdict: Verdict,
}
impl Held {
    /// “6.4”.
    pub fn expected_words(&self) -> String {
        format!("{:.1}", self.expected)
    }
}
/// One unit of the comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// What was counted.
    pub unit: Unit,
    /// All strata together.
    pub all: Tally,
    /// Per hundred reviewed, with Wilson's interval; nothing of too few.
    pub rate: Option<Rate>,
    /// Pulled towards the city's rate, the more so the fewer it rests on; nothing of too few.
    pub shrunk: Option<String>,
    /// Nothing of too few: 样本不足.
    pub held: Option<Held>,
}
/// What is known of rates before looking at one unit: a beta distribution, by its mean and the number of dossiers it is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Mean.
    pub mean: f64,
    /// α + β; none where the units differ no more than chance alone makes them differ.
    pub weight: Option<f64>,
}
impl Prior {
    /// By moments (Kleinman 1973, weights n): S = Σ n(p − m)², ρ = (S/(m(1 − m)) − (k − 1)) / (N − Σn²/N − (k − 1)), α + β = 1/ρ − 1.
    fn of(all: &[Tally]) -> Option<Self> {
        let there: Vec<Tally> = all.iter().copied().filter(|t| t.reviewed > 0).collect();
        let (sum, k) = (there.iter().fold(Tally::default(), |s, t| s.with(*t)), count(there.len()));
        let (n, mean) = (count(sum.reviewed), sum.share());
        if there.len() < 2 {
            return None;
        }
        let spread: f64 = there.iter().map(|t| count(t.reviewed) * (t.share() - mean).powi(2)).sum();
        let squares: f64 = there.iter().map(|t| count(t.reviewed).powi(2)).sum();
        let (chance, room) = (mean * (1.0 - mean), n - squares / n - (k - 1.0));
        let alike = if chance > 0.0 && room > 0.0 { (spread / chance - (k - 1.0)) / room } else { 0.0 };
        Some(Self { mean, weight: (alike > 0.0).then(|| (1.0 / alike.min(1.0) - 1.0).max(0.0)) })
    }
    /// (x + (α + β)m) / (n + α + β).
    fn shrink(self, t: Tally) -> f64 {
        self.weight.map_or(self.mean, |w| (count(t.hits) + w * self.mean) / (count(t.reviewed) + w))
    }
}
/// The whole comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Fair {
    /// The city.
    pub all: Tally,
    /// Its strata: what every unit is held against.
    pub strata: BTreeMap<String, Tally>,
    /// By code of the organisation, never by rate.
    pub units: Vec<Compared>,
    /// How many are held against the city: the tails are divided by it.
    pub compared: usize,
    /// What the shrunk rates are pulled towards.
    pub prior: Option<Prior>,
}
/// Holds every unit against the city; of fewer than `few` dossiers none.
pub fn fair(mut units: Vec<Unit>, few: usize) -> Fair {
    units.sort_by(|a, b| a.org.cmp(&b.org));
    let mut strata: BTreeMap<String, Tally> = BTreeMap::new();
    for (key, tally) in units.iter().flat_map(|u| &u.strata) {
        let sum = strata.entry(key.clone()).or_default();
        *sum = sum.with(*tally);
    }
    let all = strata.values().fold(Tally::default(), |sum, t| sum.with(*t));
    let tallies: Vec<Tally> = units.iter().map(Unit::all).collect();
    let compared = tallies.iter().filter(|t| enough(**t, few)).count();
    let prior = Prior::of(&tallies);
    let one = |(unit, tally): (Unit, Tally)| {
        let there = enough(tally, few);
        Compared {
            rate: rate(tally.hits, tally.reviewed, few),
            shrunk: prior.filter(|_| there).map(|p| format!("{:.1}", p.shrink(tally) * 100.0)),
            held: there.then(|| held(&unit, tally, &strata, all, compared)),
            unit,
            all: tally,
        }
    };
    let units = units.into_iter().zip(tallies).map(one).collect();
    Fair { all, strata, units, compared, prior }
}
/// Nobody is compared by nothing, whatever the parameter says.
fn enough(t: Tally, few: usize) -> bool {
    t.reviewed >= few.max(1)
}
fn held(unit: &Unit, own: Tally, city: &BTreeMap<String, Tally>, all: Tally, compared: usize) -> Held {
    let (mut expected, mut chances) = (0.0, vec![1.0]);
    for (key, tally) in &unit.strata {
        let stratum = city.get(key).copied().unwrap_or_default();
        expected += count(tally.reviewed) * stratum.share();
        chances = sum_of(&chances, &hypergeometric(stratum.reviewed, stratum.hits, tally.reviewed));
    }
    let family = count(compared.max(1));
    let bounds = |tail: f64| (lower(&chances, tail / family), upper(&chances, tail / family));
    let (inner, outer) = (bounds(INNER), bounds(OUTER));
    let (over, under) = (|b: Bounds| b.1.is_some_and(|n| own.hits >= n), |b: Bounds| b.0.is_some_and(|n| own.hits <= n));
    let verdict = match () {
        () if over(outer) => Verdict::VeryHigh,
        () if over(inner) => Verdict::High,
        () if under(outer) => Verdict::VeryLow,
        () if under(inner) => Verdict::Low,
        () => Verdict::Within,
    };
    let ratio = (expected > 0.0).then(|| count(own.hits) / expected);
    Held {
        expected,
        ratio: ratio.map(thousandths),
        adjusted: thousandths((all.share() * ratio.unwrap_or(0.0)).min(1.0)),
        inner,
        outer,
        verdict,
    }
}
/// In thousandths, rounded.
fn thousandths(share: f64) -> u64 {
    format!("{:.0}", share.max(0.0) * 1_000.0).parse().unwrap_or(0)
}

/// One place of the funnel, in thousandths: outer low, inner low, inner high, outer high.
pub type Place = (usize, [u64; 4]);
impl Fair {
    /// The funnel at these numbers of dossiers: interpolated binomial limits around the city's rate, divided among the units like the
    /// limits of the units themselves. It is drawn for the city's mix; whether a unit lies outside its own limits say.
    pub fn funnel(&self, at: impl IntoIterator<Item = usize>) -> Vec<Place> {
        let (share, family) = (self.all.share(), count(self.compared.max(1)));
        let tails = [OUTER / family, INNER / family, 1.0 - INNER / family, 1.0 - OUTER / family];
        at.into_iter().map(|n| (n, tails.map(|below| thousandths(quantile(n, share, below))))).collect()
    }
}

/// A counted dossier: which case it is, and who reviewed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    /// The case: reviewed twice, it is still one.
    pub case: String,
    /// Everybody on its panel.
    pub by: Vec<String>,
}
/// 预警的条件: beyond the upper limit, and so many different cases (parameter `warning_events`, never fewer than two), and found by more
/// than one source – no single reviewer sat on all of them. What one event, or one pair of eyes, makes by itself is no pattern.
pub fn calls_for_a_look(verdict: Verdict, hits: &[Hit], least: i64) -> bool {
    let cases: BTreeSet<&str> = hits.iter().map(|h| h.case.as_str()).collect();
    let enough = i64::try_from(cases.len()).is_ok_and(|n| n >= least.max(LEAST_EVENTS));
    verdict.is_high() && enough && of_several(hits)
}
/// Whether no single reviewer stands behind all of them. Who is not known is no second source.
fn of_several(hits: &[Hit]) -> bool {
    let known: Vec<&Hit> = hits.iter().filter(|h| !h.by.is_empty()).collect();
    let first = known.first().map(|h| h.by.as_slice()).unwrap_or_default();
    !first.is_empty() && !first.iter().any(|who| known.iter().all(|h| h.by.contains(who)))
}
