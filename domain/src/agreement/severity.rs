//! Severity of a rater against his peers (评查员偏差, `case-review.md` C, E3), shown to himself.

use super::{Ratings, count, mean};
use serde::{Deserialize, Serialize};

/// Which way a rater leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaning {
    /// Lower scores than the peers'.
    Severe,
    /// Higher scores.
    Lenient,
    /// Within the setting.
    Level,
    /// Too few common units to say.
    Unknown,
}

/// One rater against the mean of the others on the same units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Severity {
    /// Rater key.
    pub rater: String,
    /// Units rated together with others.
    pub units: usize,
    /// Mean of (own − mean of peers), in the values' unit; negative: severe. Zero with no unit.
    pub mean: f64,
    /// Standard deviation of these differences (n − 1); zero below two units.
    pub spread: f64,
    /// Mean of the later half less that of the earlier half, in the order of the units; none below four units. The
    /// middle one of an odd number belongs to the later half.
    pub drift: Option<f64>,
    /// Which way.
    pub leaning: Leaning,
}
impl Severity {
    /// For the rater: “12 件共同评分中，比同组平均低 3.2 分（偏严）；后半段比前半段低 1.0 分”.
    pub fn words(&self) -> String {
        let side = |d: f64| if d < 0.0 { "低" } else { "高" };
        let name = match self.leaning {
            Leaning::Severe => "（偏严）",
            Leaning::Lenient => "（偏宽）",
            Leaning::Level => "（在正常范围）",
            Leaning::Unknown => return format!("共同评分只有 {} 件，暂不评价宽严", self.units),
        };
        let drift = self.drift.filter(|d| d.abs() >= 0.05);
        let drift = drift.map(|d| format!("；后半段比前半段{} {:.1} 分", side(d), d.abs())).unwrap_or_default();
        format!("{} 件共同评分中，比同组平均{} {:.1} 分{name}{drift}", self.units, side(self.mean), self.mean.abs())
    }
}

/// Every rater's severity. `threshold` in the values' unit and `least` units decide the leaning.
pub fn severity(ratings: &Ratings, threshold: f64, least: usize) -> Vec<Severity> {
    let of = |(i, rater): (usize, &String)| {
        let mut differences = vec![];
        for (_, values) in &ratings.units {
            let own = values.get(i).copied().flatten().filter(|v| v.is_finite());
            let others = values.iter().enumerate().filter(|(j, _)| *j != i).filter_map(|(_, v)| v.filter(|v| v.is_finite()));
            if let (Some(own), Some(peers)) = (own, mean(&others.collect::<Vec<_>>())) {
                differences.push(own - peers);
            }
        }
        let units = differences.len();
        let middle = mean(&differences).unwrap_or_default();
        let squares: f64 = differences.iter().map(|d| (d - middle).powi(2)).sum();
        let spread = if units < 2 { 0.0 } else { (squares / (count(units) - 1.0)).sqrt() };
        let (early, late) = differences.split_at(units / 2);
        let drift = if units < 4 { None } else { mean(late).zip(mean(early)).map(|(l, e)| l - e) };
        let leaning = if units < least.max(1) {
            Leaning::Unknown
        } else if middle <= -threshold {
            Leaning::Severe
        } else if middle >= threshold {
            Leaning::Lenient
        } else {
            Leaning::Level
        };
        Severity { rater: rater.clone(), units, mean: middle, spread, drift, leaning }
    };
    ratings.raters.iter().enumerate().map(of).collect()
}
