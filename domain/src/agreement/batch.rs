//! A whole batch: agreement per item, on totals and grades, severity per rater, and the calibration list.

use super::{Alpha, Answer, Bootstrap, Kappas, Level, Panel, PanelRule, Ratings, Severity, Weights, Why};
use super::{alpha, kappas, panel, percent, severity};
use crate::standards::{ItemScore, Points, Score};
use serde::{Deserialize, Serialize};

/// One rater's submitted scores of one dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Rater key (匿名号).
    pub rater: String,
    /// On the base sheet.
    pub score: Score,
    /// On the overlay, where there is one.
    pub overlay: Option<Score>,
}
impl Seat {
    /// The score whose grade counts: the lower one.
    pub fn last(&self) -> &Score {
        self.overlay.as_ref().map_or(&self.score, |overlay| crate::standards::lower(&self.score, overlay))
    }
}

/// One panel on one dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    /// Dossier key.
    pub dossier: String,
    /// Who scored.
    pub seats: Vec<Seat>,
}

/// Editable settings; all our own (本机构设定，非法定).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// When a panel must deliberate.
    pub panel: PanelRule,
    /// An item whose α lies below this is of low agreement, in thousandths. 667 is the limit under which Krippendorff
    /// draws no conclusion, 800 the one above which he relies on the data.
    pub alpha: u32,
    /// An item without α for want of units is of low agreement below this share of equal pairs, in thousandths.
    pub percent: u32,
    /// A leaning from so many points on.
    pub leaning: Points,
    /// Fewest common units for an interval, a pair's κ or a leaning.
    pub least: usize,
    /// Bootstrap resamples.
    pub resamples: usize,
    /// Confidence of intervals in thousandths.
    pub level: u32,
}
impl Default for Settings {
    fn default() -> Self {
        let panel = PanelRule::default();
        Self { panel, alpha: 667, percent: 800, leaning: Points::whole(5), least: 5, resamples: 1000, level: 950 }
    }
}

/// Agreement on one item over the dossiers of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemAgreement {
    /// Item code.
    pub code: String,
    /// Item name.
    pub name: String,
    /// Share of pairs that left the same points.
    pub percent: Answer,
    /// α (interval) of the points left.
    pub alpha: Alpha,
    /// Linear κ of 未扣, 扣部分, 扣完.
    pub kappa: Answer,
    /// Why it stands on the calibration list, in words; none: it does not.
    pub low: Option<String>,
}

/// Agreement of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// Every panel.
    pub panels: Vec<Panel>,
    /// Every item of every sheet used, in the order of first appearance.
    pub items: Vec<ItemAgreement>,
    /// α (interval) of the totals of base sheets.
    pub total: Alpha,
    /// Share of pairs that gave the same final grade.
    pub grade_percent: Answer,
    /// α (ordinal) of final grades.
    pub grade: Alpha,
    /// Quadratic κ of final grades, by pair and mean.
    pub grade_kappa: Kappas,
    /// Severity of every rater on totals of base sheets, in points.
    pub severity: Vec<Severity>,
}
impl Batch {
    /// 校准清单: items of low agreement.
    pub fn calibration(&self) -> impl Iterator<Item = &ItemAgreement> {
        self.items.iter().filter(|i| i.low.is_some())
    }
}

/// Measures a batch. `seed` makes the bootstrap intervals reproducible; without it there are none. Sittings in the order
/// of time, which is what drift is measured along.
pub fn batch(sittings: &[Sitting], settings: &Settings, seed: Option<&[u8; 32]>) -> Batch {
    let seats = || sittings.iter().flat_map(|s| s.seats.iter().map(move |seat| (s.dossier.as_str(), seat)));
    let totals = Ratings::gather(seats().map(|(d, s)| (d, s.rater.as_str(), s.score.total.as_f64())));
    let grades = Ratings::gather(seats().map(|(d, s)| (d, s.rater.as_str(), super::count(s.last().rank))));
    let most = seats().map(|(_, s)| s.last().rank).max().unwrap_or_default();
    let ranks: Vec<f64> = (0..=most).map(super::count).collect();
    let mut known: Vec<&ItemScore> = vec![];
    for item in seats().flat_map(|(_, seat)| scores(seat)).flat_map(|s| &s.items) {
        if !known.iter().any(|k| k.code == item.code) {
            known.push(item);
        }
    }
    let item = |known: &&ItemScore| {
        let found = |seat: &'_ Seat| scores(seat).flat_map(|s| &s.items).find(|i| i.code == known.code).cloned();
        let of: Vec<(&str, &str, ItemScore)> = seats().filter_map(|(d, s)| Some((d, s.rater.as_str(), found(s)?))).collect();
        let left = Ratings::gather(of.iter().map(|(d, r, i)| (*d, *r, i.left.as_f64())));
        let class = Ratings::gather(of.iter().map(|(d, r, i)| (*d, *r, class(i))));
        let share = percent(&left, 0.0);
        let alpha = alpha(&left, Level::Interval, bootstrap(settings, seed, &known.code));
        let kappa = kappas(&class, &[0.0, 1.0, 2.0], Weights::Linear, settings.least).mean;
        let low = low(share, &alpha, settings);
        ItemAgreement { code: known.code.clone(), name: known.name.clone(), percent: share, alpha, kappa, low }
    };
    Batch {
        panels: sittings.iter().map(|s| panel(s, &settings.panel)).collect(),
        items: known.iter().map(item).collect(),
        total: alpha(&totals, Level::Interval, bootstrap(settings, seed, "total")),
        grade_percent: percent(&grades, 0.0),
        grade: alpha(&grades, Level::Ordinal, bootstrap(settings, seed, "grade")),
        grade_kappa: kappas(&grades, &ranks, Weights::Quadratic, settings.least),
        severity: severity(&totals, settings.leaning.as_f64(), settings.least),
    }
}

fn bootstrap<'a>(settings: &Settings, seed: Option<&'a [u8; 32]>, label: &'a str) -> Option<Bootstrap<'a>> {
    seed.map(|seed| Bootstrap { seed, label, resamples: settings.resamples, level: settings.level, least: settings.least })
}

fn scores(seat: &Seat) -> impl Iterator<Item = &Score> {
    std::iter::once(&seat.score).chain(&seat.overlay)
}

/// 未扣 0, 扣部分 1, 扣完 2.
fn class(item: &ItemScore) -> f64 {
    if item.deducted == Points::ZERO {
        0.0
    } else if item.left == Points::ZERO {
        2.0
    } else {
        1.0
    }
}

/// Whether an item belongs on the calibration list: by α with enough units, otherwise by the share of equal pairs.
fn low(share: Answer, alpha: &Alpha, settings: &Settings) -> Option<String> {
    let limit = f64::from(settings.alpha) / 1000.0;
    let least = f64::from(settings.percent) / 1000.0;
    match (alpha.value, share) {
        (Answer::Value(a), _) if alpha.units >= settings.least => (a < limit).then(|| format!("一致性系数 α 为 {a:.3}，低于 {limit:.3}")),
        (Answer::Undefined(Why::NoVariation), _) => None,
        (_, Answer::Value(p)) => (p < least).then(|| format!("{} 件中一致率 {:.0}%，低于 {:.0}%", alpha.units, p * 100.0, least * 100.0)),
        _ => None,
    }
}

/// The items of one dossier as units: the share of each item's points that each rater left.
pub(super) fn ratings_of_items(sitting: &Sitting) -> Ratings {
    let rows = sitting.seats.iter().flat_map(|seat| scores(seat).flat_map(|s| &s.items).map(move |i| (seat.rater.as_str(), i)));
    let share = |i: &ItemScore| if i.full == Points::ZERO { 1.0 } else { i.left.as_f64() / i.full.as_f64() };
    Ratings::gather(rows.map(|(rater, i)| (i.code.as_str(), rater, share(i))))
}
