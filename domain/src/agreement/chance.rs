//! Exact distributions of counts, and where their tails begin. No normal approximation anywhere: with few dossiers it is wrong just where it
//! matters.
//!
//! Sources: R. A. Fisher, *Journal of the Royal Statistical Society* 98 (1935) (the hypergeometric distribution of a table with given
//! margins); J. J. Gart, *Biometrika* 57 (1970) (its sum over strata); D. J. Spiegelhalter, *Statistics in Medicine* 24 (2005), appendix
//! A.1.1 (interpolated binomial limits of a funnel plot). Checked against SciPy: `domain/tests/fairness.rs`.
use super::count;

/// Logarithms of 0! to n!.
pub(super) fn ln_factorials(n: usize) -> Vec<f64> {
    let sums = (1..=n).scan(0.0, |sum, k| {
        *sum += count(k).ln();
        Some(*sum)
    });
    std::iter::once(0.0).chain(sums).collect()
}
/// ln of n over k; nothing that can be chosen is −∞.
fn ln_choose(ln: &[f64], n: usize, k: usize) -> f64 {
    let factorial = |n: usize| ln.get(n).copied().unwrap_or(f64::INFINITY);
    if k > n { f64::NEG_INFINITY } else { factorial(n) - factorial(k) - factorial(n - k) }
}
/// How likely 0, 1, … `drawn` bad ones are among `drawn`, where `bad` of `all` are: the hypergeometric distribution. Empty where more are
/// drawn, or bad, than there are.
pub fn hypergeometric(all: usize, bad: usize, drawn: usize) -> Vec<f64> {
    if bad > all || drawn > all {
        return vec![];
    }
    let ln = ln_factorials(all);
    let whole = ln_choose(&ln, all, drawn);
    (0..=drawn).map(|k| (ln_choose(&ln, bad, k) + ln_choose(&ln, all - bad, drawn - k) - whole).exp()).collect()
}
/// The distribution of the sum of two independent counts.
pub fn sum_of(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; (a.len() + b.len()).saturating_sub(1)];
    for (i, p) in a.iter().enumerate().filter(|(_, p)| **p > 0.0) {
        for (place, q) in sum.iter_mut().skip(i).zip(b) {
            *place += p * q;
        }
    }
    sum
}
/// The fewest that chance reaches at most so rarely; nothing where the whole cannot be that much.
pub fn upper(chances: &[f64], tail: f64) -> Option<usize> {
    let mut sum = 0.0;
    for (k, p) in chances.iter().enumerate().rev() {
        sum += p;
        if sum > tail {
            return Some(k + 1).filter(|k| *k < chances.len());
        }
    }
    None
}
/// The most that chance stays below or at so rarely; nothing where even none at all is not rare enough.
pub fn lower(chances: &[f64], tail: f64) -> Option<usize> {
    let mut sum = 0.0;
    for (k, p) in chances.iter().enumerate() {
        sum += p;
        if sum > tail {
            return k.checked_sub(1);
        }
    }
    None
}
/// The binomial distribution, of a share that is neither none nor all.
fn binomial(n: usize, share: f64) -> Vec<f64> {
    let ln = ln_factorials(n);
    (0..=n).map(|k| (ln_choose(&ln, n, k) + count(k) * share.ln() + count(n - k) * (1.0 - share).ln()).exp()).collect()
}
/// The share of `n` below which chance stays with probability `below`, interpolated between whole numbers so that a curve is smooth.
pub fn quantile(n: usize, share: f64, below: f64) -> f64 {
    if n == 0 || share <= 0.0 || share >= 1.0 {
        return share.clamp(0.0, 1.0);
    }
    let mut sum = 0.0;
    for (k, p) in binomial(n, share).into_iter().enumerate() {
        sum += p;
        if sum > below {
            let part = if p > 0.0 { (sum - below) / p } else { 0.0 };
            return ((count(k) - part) / count(n)).clamp(0.0, 1.0);
        }
    }
    1.0
}
