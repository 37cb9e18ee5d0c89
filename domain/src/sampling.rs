//! Sample sizes and their division over strata (抽案, `case-review.md` B3 step 2; M2.2, M2.3). Only arithmetic: which
//! dossiers are chosen is the draw's business.
//!
//! Sources. Size for a proportion, worst case p = 0.5, with finite population correction: W. G. Cochran, *Sampling
//! Techniques*, 3rd ed. 1977, 4.4 and (4.2): n₀ = z²·p(1−p)/e², n = n₀ / (1 + (n₀ − 1)/N). Proportional allocation:
//! the same, 5.9; integers by the largest remainder (Hamilton's method, M. L. Balinski and H. P. Young, *Fair
//! Representation*, 1982). Sampling in these terms is our own setting (本机构设定，非法定): no article prescribes it.

use serde::{Deserialize, Serialize};

/// How sure one wants to be (置信水平).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confidence {
    /// 90 %.
    #[serde(rename = "90")]
    Ninety,
    /// 95 %.
    #[serde(rename = "95")]
    NinetyFive,
    /// 99 %.
    #[serde(rename = "99")]
    NinetyNine,
}
impl Confidence {
    /// From its per cent, as a form says it.
    pub fn from_percent(percent: u32) -> Option<Self> {
        match percent {
            90 => Some(Self::Ninety),
            95 => Some(Self::NinetyFive),
            99 => Some(Self::NinetyNine),
            _ => None,
        }
    }
    /// Per cent.
    pub fn percent(self) -> u32 {
        match self {
            Self::Ninety => 90,
            Self::NinetyFive => 95,
            Self::NinetyNine => 99,
        }
    }
    /// The two-sided quantile of the standard normal distribution.
    pub fn z(self) -> f64 {
        match self {
            Self::Ninety => 1.644_853_626_951_472_2,
            Self::NinetyFive => 1.959_963_984_540_054,
            Self::NinetyNine => 2.575_829_303_548_900_4,
        }
    }
}

/// Why no number can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadSample {
    /// Nothing to draw from.
    Empty,
    /// A margin outside 1 to 500 thousandths.
    Margin,
    /// More wanted than there are.
    TooMany {
        /// Wanted.
        wanted: u64,
        /// There.
        there: u64,
    },
    /// The minimum of every stratum together is more than the sample.
    Minimum {
        /// What the minimum needs.
        needs: u64,
        /// The sample.
        wanted: u64,
    },
    /// Numbers beyond any universe of dossiers.
    TooLarge,
}
impl BadSample {
    /// The sentence for the form.
    pub fn words(self) -> String {
        match self {
            Self::Empty => "候选案卷为零，无从抽取".into(),
            Self::Margin => "误差限应在 0.1 至 50 个百分点之间".into(),
            Self::TooMany { wanted, there } => format!("要抽 {wanted} 件，候选只有 {there} 件"),
            Self::Minimum { needs, wanted } => {
                format!("各层最少件数合计 {needs} 件，超过样本量 {wanted} 件；请减少每层最少件数或者增加样本量")
            }
            Self::TooLarge => "案卷数量超出可计算的范围".into(),
        }
    }
}

/// A universe larger than this is a slip of the pen; below it every product fits.
const LARGEST: u64 = 1_000_000_000_000;

/// How many of `population` dossiers to draw, so that an estimated share (such as that of flawed dossiers) lies within
/// ± `margin` of the true one with the wanted confidence. `margin` counts thousandths: 50 is five percentage points.
///
/// # Errors
/// [`BadSample::Empty`], [`BadSample::Margin`], [`BadSample::TooLarge`].
pub fn size(population: u64, margin: u32, confidence: Confidence) -> Result<u64, BadSample> {
    if population == 0 {
        return Err(BadSample::Empty);
    }
    if population > LARGEST {
        return Err(BadSample::TooLarge);
    }
    if !(1..=500).contains(&margin) {
        return Err(BadSample::Margin);
    }
    let e = f64::from(margin) / 1000.0;
    let first = confidence.z().powi(2) * 0.25 / (e * e);
    #[allow(clippy::cast_precision_loss)] // below 10¹² every integer is exact
    let corrected = first / (1.0 + (first - 1.0) / population as f64);
    // The billionth keeps a whole number whole where the division left a trace above it.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at least one, at most z²·0.25·10⁶
    let whole = (corrected - 1e-9).ceil() as u64;
    Ok(whole.clamp(1, population))
}

/// The working of [`size`] in words, for the plan and the report.
///
/// # Errors
/// Those of [`size`].
pub fn size_words(population: u64, margin: u32, confidence: Confidence) -> Result<String, BadSample> {
    let n = size(population, margin, confidence)?;
    let percent = confidence.percent();
    Ok(format!(
        "候选 {population} 件，误差限 ±{}.{} 个百分点，置信水平 {percent}%，按最不利比例 50% 并作有限总体修正，应抽 {n} 件",
        margin / 10,
        margin % 10
    ))
}

/// One stratum (层): a unit, a case type, or a pair of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratum {
    /// Its key, such as `FY1/01`; ties are broken by it.
    pub key: String,
    /// How many dossiers it holds.
    pub size: u64,
}

/// What one stratum gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The stratum's key.
    pub key: String,
    /// Its size.
    pub size: u64,
    /// How many are drawn from it.
    pub take: u64,
    /// How many the rule asked for and the stratum does not hold.
    pub short: u64,
}

/// Divides a sample of `wanted` over strata in proportion to their sizes, none below `minimum` (or its whole size, if
/// smaller). Strata that the minimum lifts leave the reckoning; the rest is divided anew in proportion, so the sum is
/// always `wanted`. Equal remainders go to the larger stratum, then to the smaller key; the order given does not count.
///
/// # Errors
/// [`BadSample::Empty`], [`BadSample::TooMany`], [`BadSample::Minimum`], [`BadSample::TooLarge`].
pub fn proportional(strata: &[Stratum], wanted: u64, minimum: u64) -> Result<Vec<Share>, BadSample> {
    let there = total(strata)?;
    if wanted > there {
        return Err(BadSample::TooMany { wanted, there });
    }
    let floor = |s: &Stratum| minimum.min(s.size);
    let needs: u64 = strata.iter().map(floor).sum();
    if needs > wanted {
        return Err(BadSample::Minimum { needs, wanted });
    }
    let mut lifted = vec![false; strata.len()];
    let takes = loop {
        let open: Vec<&Stratum> = strata.iter().zip(&lifted).filter(|(_, up)| !**up).map(|(s, _)| s).collect();
        let fixed: u64 = strata.iter().zip(&lifted).filter(|(_, up)| **up).map(|(s, _)| floor(s)).sum();
        let mut parts = largest_remainder(&open, wanted - fixed).into_iter();
        let takes: Vec<u64> =
            strata.iter().zip(&lifted).map(|(s, up)| if *up { floor(s) } else { parts.next().unwrap_or_default() }).collect();
        let mut again = false;
        for ((s, take), up) in strata.iter().zip(&takes).zip(&mut lifted) {
            if !*up && *take < floor(s) {
                *up = true;
                again = true;
            }
        }
        if !again {
            break takes;
        }
    };
    let share = |(s, take): (&Stratum, u64)| Share { key: s.key.clone(), size: s.size, take, short: 0 };
    Ok(strata.iter().zip(takes).map(share).collect())
}

/// The same number from every stratum; a stratum that holds fewer gives all and says how many are short.
///
/// # Errors
/// [`BadSample::Empty`], [`BadSample::TooLarge`].
pub fn fixed(strata: &[Stratum], each: u64) -> Result<Vec<Share>, BadSample> {
    total(strata)?;
    let share = |s: &Stratum| {
        let take = each.min(s.size);
        Share { key: s.key.clone(), size: s.size, take, short: each - take }
    };
    Ok(strata.iter().map(share).collect())
}

fn total(strata: &[Stratum]) -> Result<u64, BadSample> {
    let sum = strata.iter().try_fold(0_u64, |sum, s| sum.checked_add(s.size)).filter(|sum| *sum <= LARGEST).ok_or(BadSample::TooLarge)?;
    if sum == 0 { Err(BadSample::Empty) } else { Ok(sum) }
}

/// Hamilton: everybody the whole part of his quota, the rest one by one by the largest remainder. `wanted` ≤ the sum of sizes.
fn largest_remainder(strata: &[&Stratum], wanted: u64) -> Vec<u64> {
    let whole = u128::from(strata.iter().map(|s| s.size).sum::<u64>().max(1));
    let product = |s: &Stratum| u128::from(wanted) * u128::from(s.size);
    let mut takes: Vec<u64> = strata.iter().map(|s| u64::try_from(product(s) / whole).unwrap_or(s.size)).collect();
    let left = wanted.saturating_sub(takes.iter().sum());
    let mut order: Vec<usize> = (0..strata.len()).collect();
    order.sort_by_key(|i| strata.get(*i).map(|s| (std::cmp::Reverse(product(s) % whole), std::cmp::Reverse(s.size), s.key.clone())));
    for i in order.into_iter().take(usize::try_from(left).unwrap_or_default()) {
        if let Some(take) = takes.get_mut(i) {
            *take += 1;
        }
    }
    takes
}
