//! How far reviewers agree (issue 3, item 8; `case-review.md` B3 step 5, E3): percent agreement, weighted κ,
//! Krippendorff's α with a bootstrap interval, severity against peers, items of low agreement, and the rule that makes
//! a panel deliberate. Floats occur only here and in `sampling::size`. No coefficient decides anything: the panel rule
//! compares exact points and grades.
//!
//! Every coefficient is an [`Answer`]: a value, or why there is none, in words. Sources: K. Krippendorff, *Content
//! Analysis*, 3rd ed. 2013, ch. 12 (α, its limits .800 and .667); J. Cohen, *Psychological Bulletin* 70 (1968) (weighted
//! κ); R. J. Light, *Psychological Bulletin* 76 (1971) (mean of pairs). Checked against published libraries:
//! `domain/tests/fixtures/agreement.json`.
mod alpha;
mod batch;
mod chance;
mod fairness;
mod kappa;
mod panel;
mod proportion;
mod seeded;
mod severity;

pub use alpha::{Alpha, Bootstrap, Interval, Level, alpha};
pub use batch::{Batch, ItemAgreement, Seat, Settings, Sitting, batch};
pub use chance::{hypergeometric, lower, quantile, sum_of, upper};
pub use fairness::{
    Bounds, Compared, Fair, Held, Hit, INNER, LEAST_EVENTS, OUTER, Place, Prior, Tally, Unit, Verdict, calls_for_a_look, fair,
};
pub use kappa::{Kappas, PairKappa, Weights, kappa, kappas};
pub use panel::{Panel, PanelRule, Trigger, panel};
pub use proportion::{Group, Rate, compare, fisher, rate, wilson};
pub use seeded::Seeded;
pub use severity::{Leaning, Severity, severity};

use serde::{Deserialize, Serialize};

/// Ratings of units (dossiers, or items of one dossier) by raters. A missing rating is none; a rating that is no
/// finite number counts as missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ratings {
    /// Rater keys (匿名号), in the order of every row.
    pub raters: Vec<String>,
    /// `(unit key, one value per rater)`, in time order where drift is asked.
    pub units: Vec<(String, Vec<Option<f64>>)>,
}
impl Ratings {
    /// From loose ratings `(unit, rater, value)`; units and raters in order of first appearance, a repeated rating of
    /// the same unit by the same rater replaces the earlier one.
    pub fn gather<'a>(loose: impl IntoIterator<Item = (&'a str, &'a str, f64)>) -> Self {
        let mut out = Self::default();
        for (unit, rater, value) in loose {
            let column = out.raters.iter().position(|r| r == rater).unwrap_or_else(|| {
                out.raters.push(rater.to_owned());
                out.raters.len() - 1
            });
            if !out.units.iter().any(|(u, _)| u == unit) {
                out.units.push((unit.to_owned(), vec![]));
            }
            if let Some((_, row)) = out.units.iter_mut().find(|(u, _)| u == unit) {
                if row.len() <= column {
                    row.resize(column + 1, None);
                }
                if let Some(cell) = row.get_mut(column) {
                    *cell = Some(value);
                }
            }
        }
        out
    }
    /// The present values of every unit with at least two.
    fn pairable(&self) -> Vec<Vec<f64>> {
        let row = |(_, values): &(String, Vec<Option<f64>>)| values.iter().flatten().copied().filter(|v| v.is_finite()).collect();
        self.units.iter().map(row).filter(|values: &Vec<f64>| values.len() >= 2).collect()
    }
    /// The values of one rater, one per unit.
    fn of(&self, rater: usize) -> impl Iterator<Item = Option<f64>> + '_ {
        self.units.iter().map(move |(_, values)| values.get(rater).copied().flatten().filter(|v| v.is_finite()))
    }
}

/// A coefficient, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The value.
    Value(f64),
    /// None.
    Undefined(Why),
}
impl Answer {
    /// The value, if there is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Value(v) => Some(v),
            Self::Undefined(_) => None,
        }
    }
    /// “0.812”, or the reason in words.
    pub fn words(self) -> String {
        match self {
            Self::Value(v) => format!("{v:.3}"),
            Self::Undefined(why) => why.words(),
        }
    }
}

/// Why a coefficient has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No unit was rated by two raters.
    NoPairs,
    /// Everybody gave the same value throughout: full agreement, but chance agreement is full as well.
    NoVariation,
    /// Fewer units than the figure needs.
    FewUnits {
        /// There.
        there: usize,
        /// Needed.
        needed: usize,
    },
    /// More than a tenth of the resamples had no variation.
    Unstable {
        /// Resamples without a value.
        without: usize,
        /// Resamples in all.
        of: usize,
    },
    /// No interval was asked for.
    NotAsked,
}
impl Why {
    /// In Chinese.
    pub fn words(self) -> String {
        match self {
            Self::NoPairs => "没有两人以上共同评分的件，无从比较".into(),
            Self::NoVariation => "各人给出的值全部相同（一致率 100%），没有变化可供比较，系数无定义".into(),
            Self::FewUnits { there, needed } => format!("共同评分的只有 {there} 件，少于 {needed} 件，不作估计"),
            Self::Unstable { without, of } => format!("{of} 次重抽中有 {without} 次没有变化，区间不稳定，不作估计"),
            Self::NotAsked => "未要求估计区间".into(),
        }
    }
}

/// Share of agreeing pairs among all pairs of ratings of the same unit, 0 to 1. Two values agree if they differ by at
/// most `tolerance` (in the values' own unit; 0 asks for equality).
pub fn percent(ratings: &Ratings, tolerance: f64) -> Answer {
    let (mut agree, mut pairs) = (0_u32, 0_u32);
    for values in ratings.pairable() {
        for (i, a) in values.iter().enumerate() {
            for b in values.iter().skip(i + 1) {
                pairs = pairs.saturating_add(1);
                agree = agree.saturating_add(u32::from((a - b).abs() <= tolerance + 1e-12));
            }
        }
    }
    if pairs == 0 { Answer::Undefined(Why::NoPairs) } else { Answer::Value(f64::from(agree) / f64::from(pairs)) }
}

/// The number of things, for a quotient.
fn count(n: usize) -> f64 {
    // No list of ratings comes near 2³².
    u32::try_from(n).map_or(f64::MAX, f64::from)
}
/// The mean; none of nothing.
fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() { None } else { Some(values.iter().sum::<f64>() / count(values.len())) }
}
