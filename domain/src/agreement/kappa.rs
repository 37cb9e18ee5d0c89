//! Cohen's κ for two raters, unweighted or weighted, and over all pairs of a panel.

use super::{Answer, Ratings, Why, count, mean};
use serde::{Deserialize, Serialize};

/// How much a disagreement weighs, by how many categories lie between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weights {
    /// Every disagreement alike.
    None,
    /// By the distance.
    Linear,
    /// By its square.
    Quadratic,
}

/// κ of one pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairKappa {
    /// First rater.
    pub a: String,
    /// Second rater.
    pub b: String,
    /// Units both rated.
    pub units: usize,
    /// κ.
    pub value: Answer,
}

/// κ of all pairs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kappas {
    /// Every pair with enough common units, or why it has no value.
    pub pairs: Vec<PairKappa>,
    /// The mean of the pairs that have a value (Light's κ).
    pub mean: Answer,
}

/// κ of two raters over the units both rated, 1 for full agreement, 0 for chance. `categories` in their order are what
/// could have been said; left empty, what was said, in order of value (as scikit-learn does). A value outside the
/// categories counts as missing.
pub fn kappa(pairs: &[(f64, f64)], categories: &[f64], weights: Weights) -> Answer {
    let mut domain: Vec<f64> = categories.to_vec();
    if domain.is_empty() {
        domain = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
        domain.sort_by(f64::total_cmp);
        domain.dedup_by(|a, b| *a == *b);
    }
    let place = |v: f64| domain.iter().position(|d| *d == v);
    let pairs: Vec<(usize, usize)> = pairs.iter().filter_map(|(a, b)| Some((place(*a)?, place(*b)?))).collect();
    if pairs.is_empty() {
        return Answer::Undefined(Why::NoPairs);
    }
    let weight = |i: usize, j: usize| match weights {
        Weights::None => f64::from(u8::from(i != j)),
        Weights::Linear => count(i.abs_diff(j)),
        Weights::Quadratic => count(i.abs_diff(j)).powi(2),
    };
    let observed: f64 = pairs.iter().map(|(i, j)| weight(*i, *j)).sum();
    let mut expected = 0.0;
    for i in 0..domain.len() {
        let first = count(pairs.iter().filter(|(a, _)| *a == i).count());
        for j in 0..domain.len() {
            let second = count(pairs.iter().filter(|(_, b)| *b == j).count());
            expected += first * second * weight(i, j);
        }
    }
    if expected > 0.0 { Answer::Value(1.0 - observed * count(pairs.len()) / expected) } else { Answer::Undefined(Why::NoVariation) }
}

/// κ of every pair of raters and its mean. A pair with fewer than `least` common units has no value.
pub fn kappas(ratings: &Ratings, categories: &[f64], weights: Weights, least: usize) -> Kappas {
    let mut pairs = vec![];
    for (i, a) in ratings.raters.iter().enumerate() {
        for (j, b) in ratings.raters.iter().enumerate().skip(i + 1) {
            let both: Vec<(f64, f64)> = ratings.of(i).zip(ratings.of(j)).filter_map(|(x, y)| Some((x?, y?))).collect();
            let units = both.len();
            let value = match units {
                0 => Answer::Undefined(Why::NoPairs),
                there if there < least => Answer::Undefined(Why::FewUnits { there, needed: least }),
                _ => kappa(&both, categories, weights),
            };
            pairs.push(PairKappa { a: a.clone(), b: b.clone(), units, value });
        }
    }
    let values: Vec<f64> = pairs.iter().filter_map(|p| p.value.value()).collect();
    let first = pairs.iter().find_map(|p| match p.value {
        Answer::Undefined(why) if why != Why::NoPairs => Some(why),
        _ => None,
    });
    let mean = mean(&values).map_or(Answer::Undefined(first.unwrap_or(Why::NoPairs)), Answer::Value);
    Kappas { pairs, mean }
}
