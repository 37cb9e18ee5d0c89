//! Shares of two groups: an interval around a rate (共性问题, B2), and whether a defect became rarer (再抽检验, T28).
//!
//! Sources: E. B. Wilson, *Journal of the American Statistical Association* 22 (1927) (interval); R. A. Fisher, *Statistical
//! Methods for Research Workers*, 5th ed. 1934, 21.02 (exact test). Checked against SciPy: `domain/tests/proportion.rs`.
use super::chance::ln_factorials;
use super::count;
use crate::sampling::Confidence;

/// 每百件: a rate and its 95 % interval, with one decimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The rate itself.
    pub per_100: String,
    /// Lower and upper end of Wilson's interval; nothing where more were counted than there are.
    pub interval: Option<(String, String)>,
    /// Thousandths of the rate, to rank by.
    pub rank: u64,
}
impl Rate {
    /// “15.0（5.2–36.0）”.
    pub fn words(&self) -> String {
        let Some((low, high)) = &self.interval else { return self.per_100.clone() };
        format!("{}（{low}–{high}）", self.per_100)
    }
}
/// How often among so many dossiers; none of fewer than `few` (parameter `few`).
pub fn rate(hits: usize, of: usize, few: usize) -> Option<Rate> {
    if of < few {
        return None;
    }
    let words = |share: f64| format!("{:.1}", share * 100.0);
    let rank = u64::try_from(hits).ok()?.saturating_mul(100_000).checked_div(u64::try_from(of).ok()?)?;
    let interval = wilson(hits, of).map(|(low, high)| (words(low), words(high)));
    Some(Rate { per_100: words(count(hits) / count(of)), interval, rank })
}
/// Wilson's 95 % interval for a share; none of nothing, and none where more were counted than there are.
pub fn wilson(hits: usize, of: usize) -> Option<(f64, f64)> {
    if of == 0 || hits > of {
        return None;
    }
    let (n, p, z) = (count(of), count(hits) / count(of), Confidence::NinetyFive.z());
    let (shrink, half) = (1.0 + z * z / n, z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt());
    let middle = p + z * z / (2.0 * n);
    Some((((middle - half) / shrink).max(0.0), ((middle + half) / shrink).min(1.0)))
}

/// So many, and how many of them bear the defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// All.
    pub all: usize,
    /// With the defect, at most all.
    pub bad: usize,
}
/// Fisher's exact test, one-sided: how likely chance alone makes the second group at most (`fewer`) or at least as bad as it is.
pub fn fisher(before: Group, after: Group, fewer: bool) -> f64 {
    let (all, bad) = (before.all.saturating_add(after.all), before.bad.saturating_add(after.bad));
    let ln = ln_factorials(all);
    let factorial = |n: usize| ln.get(n).copied().unwrap_or(f64::INFINITY);
    let choose = |n: usize, k: usize| factorial(n) - factorial(k) - factorial(n.saturating_sub(k));
    let probability = |k: usize| (choose(after.all, k) + choose(before.all, bad.saturating_sub(k)) - choose(all, bad)).exp();
    let (least, most) = (bad.saturating_sub(before.all), bad.min(after.all));
    let tail = if fewer { least..=after.bad.min(most) } else { after.bad.max(least)..=most };
    tail.map(probability).sum::<f64>().min(1.0)
}
/// What a comparison says: a code of `RESAMPLE`, and the reckoning in words.
pub fn compare(before: Group, after: Group, least: usize, level: u32) -> (&'static str, String) {
    if before.all < least || after.all < least {
        return ("样本不足", format!("整改前、后各须至少 {least} 件，不作检验"));
    }
    let (fewer, more) = (fisher(before, after, true), fisher(before, after, false));
    let level = f64::from(level) / 100.0;
    let (verdict, p) = match () {
        () if fewer <= level => ("明显下降", fewer),
        () if more <= level => ("明显上升", more),
        () => ("没有明显变化", fewer.min(more)),
    };
    (verdict, format!("单侧费希尔精确检验 p = {p:.3}，检验水平 {level:.2}"))
}
