//! Krippendorff's α: α = 1 − Dₒ/Dₑ over all pairs of ratings of the same unit, any number of raters, missing ratings.

use super::{Answer, Ratings, Seeded, Why, count};
use serde::{Deserialize, Serialize};

/// What the values mean, and so how far two of them lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Names: equal or not.
    Nominal,
    /// An order (等次): how many ratings lie between.
    Ordinal,
    /// A measure (分): the square of the difference.
    Interval,
}

/// How to estimate the interval.
#[derive(Clone, Copy, Debug)]
pub struct Bootstrap<'a> {
    /// Where chance comes from; the same seed gives the same interval.
    pub seed: &'a [u8; 32],
    /// Names the stream, such as an item code.
    pub label: &'a str,
    /// Resamples, at least 100.
    pub resamples: usize,
    /// Confidence in thousandths: 950 is 95 %.
    pub level: u32,
    /// Fewer pairable units than this give no interval.
    pub least: usize,
}

/// A percentile interval, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// The interval.
    Between {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
        /// Resamples left out because they had no variation.
        without: usize,
    },
    /// None.
    Undefined(Why),
}
impl Interval {
    /// “0.61 至 0.93”, or the reason.
    pub fn words(self) -> String {
        match self {
            Self::Between { low, high, .. } => format!("{low:.2} 至 {high:.2}"),
            Self::Undefined(why) => why.words(),
        }
    }
}

/// α with what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alpha {
    /// At most 1; 0 is what chance gives; below 0, more disagreement than chance.
    pub value: Answer,
    /// Its interval.
    pub interval: Interval,
    /// Units with at least two ratings.
    pub units: usize,
    /// Ratings of these units.
    pub ratings: usize,
}

/// One unit: how often which value (by its place among the values) was given.
struct Unit {
    counts: Vec<(usize, f64)>,
    ratings: f64,
}

/// α of the ratings; with `bootstrap`, its percentile interval from resampling units with replacement. Resamples without
/// variation have no α and are left out; if they are more than a tenth there is no interval.
pub fn alpha(ratings: &Ratings, level: Level, bootstrap: Option<Bootstrap>) -> Alpha {
    let rows = ratings.pairable();
    let mut domain: Vec<f64> = rows.iter().flatten().copied().collect();
    let all = domain.len();
    domain.sort_by(f64::total_cmp);
    domain.dedup_by(|a, b| *a == *b);
    let units: Vec<Unit> = rows.iter().map(|values| unit(values, &domain)).collect();
    let value = if units.is_empty() {
        Answer::Undefined(Why::NoPairs)
    } else {
        coefficient(&units.iter().collect::<Vec<_>>(), &domain, level).map_or(Answer::Undefined(Why::NoVariation), Answer::Value)
    };
    let interval = match (value, bootstrap) {
        (Answer::Undefined(why), _) => Interval::Undefined(why),
        (_, None) => Interval::Undefined(Why::NotAsked),
        (_, Some(b)) => resampled(&units, &domain, level, b),
    };
    Alpha { value, interval, units: units.len(), ratings: all }
}

fn unit(values: &[f64], domain: &[f64]) -> Unit {
    let often = |d: &f64| count(values.iter().filter(|v| *v == d).count());
    let counts = domain.iter().map(often).enumerate().filter(|(_, n)| *n > 0.0).collect();
    Unit { counts, ratings: count(values.len()) }
}

/// None without variation.
fn coefficient(units: &[&Unit], domain: &[f64], level: Level) -> Option<f64> {
    let mut totals = vec![0.0_f64; domain.len()];
    for (v, n) in units.iter().flat_map(|u| &u.counts) {
        if let Some(total) = totals.get_mut(*v) {
            *total += n;
        }
    }
    // Where each value lies on a line, so that the distance is the squared difference: an ordinal value lies in the
    // middle of its ranks, which is Krippendorff's ordinal metric exactly.
    let mut before = 0.0;
    let middle = |n: &f64| {
        before += n;
        before - n / 2.0
    };
    let places: Vec<f64> = if level == Level::Ordinal { totals.iter().map(middle).collect() } else { domain.to_vec() };
    let distance = |a: f64, b: f64| if level == Level::Nominal { f64::from(u8::from(a != b)) } else { (a - b).powi(2) };
    let mut observed = 0.0;
    for u in units {
        let mut within = 0.0;
        for (v, n) in &u.counts {
            for (w, m) in &u.counts {
                if let (Some(a), Some(b), true) = (places.get(*v), places.get(*w), v != w) {
                    within += n * m * distance(*a, *b);
                }
            }
        }
        observed += within / (u.ratings - 1.0);
    }
    let all: f64 = totals.iter().sum();
    let mut expected = 0.0;
    for (a, n) in places.iter().zip(&totals) {
        for (b, m) in places.iter().zip(&totals) {
            expected += n * m * distance(*a, *b);
        }
    }
    if expected > 0.0 { Some(1.0 - observed * (all - 1.0) / expected) } else { None }
}

fn resampled(units: &[Unit], domain: &[f64], level: Level, b: Bootstrap) -> Interval {
    if units.len() < b.least.max(2) {
        return Interval::Undefined(Why::FewUnits { there: units.len(), needed: b.least.max(2) });
    }
    let mut chance = Seeded::new(b.seed, b.label);
    let n = u64::try_from(units.len()).unwrap_or(u64::MAX);
    let of = b.resamples.max(100);
    let mut found = Vec::with_capacity(of);
    for _ in 0..of {
        let pick = |_: usize| usize::try_from(chance.below(n)).ok().and_then(|i| units.get(i));
        let sample: Vec<&Unit> = (0..units.len()).filter_map(pick).collect();
        found.extend(coefficient(&sample, domain, level));
    }
    let without = of - found.len();
    if without * 10 > of {
        return Interval::Undefined(Why::Unstable { without, of });
    }
    found.sort_by(f64::total_cmp);
    let tail = (1.0 - f64::from(b.level.min(1000)) / 1000.0) / 2.0;
    match (quantile(&found, tail), quantile(&found, 1.0 - tail)) {
        (Some(low), Some(high)) => Interval::Between { low, high, without },
        _ => Interval::Undefined(Why::NoPairs),
    }
}

/// The quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996, the default of NumPy and R).
fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let place = q.clamp(0.0, 1.0) * count(sorted.len().checked_sub(1)?);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and the length
    let below = place.floor() as usize;
    let low = *sorted.get(below)?;
    let high = *sorted.get(below + 1).unwrap_or(&low);
    Some(low + (high - low) * (place - place.floor()))
}
