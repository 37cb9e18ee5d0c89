//! One panel on one dossier: how far apart, and whether it must deliberate (B3 step 5【设】: 离散度 >15 分、任一否决项、
//! 等次不一致).

use super::batch::{Sitting, ratings_of_items};
use super::{Alpha, Answer, Level, alpha, percent};
use crate::standards::{Points, Reason, Score};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// When deliberation is mandatory; our own setting (本机构设定，非法定), editable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelRule {
    /// More than this between the highest and the lowest total (离散度 is the range, 极差) on either sheet.
    pub dispersion: Points,
    /// Any veto.
    pub veto: bool,
    /// Different grades.
    pub grades: bool,
    /// A failed card whose effect is 升复核.
    pub card: bool,
}
impl Default for PanelRule {
    fn default() -> Self {
        Self { dispersion: Points::whole(15), veto: true, grades: true, card: true }
    }
}

/// Why a panel must deliberate. No rater is named, so the words may be shown to all of the panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// Totals too far apart.
    Dispersion {
        /// Sheet code.
        sheet: String,
        /// Lowest total.
        lowest: Points,
        /// Highest total.
        highest: Points,
        /// The setting.
        limit: Points,
    },
    /// A veto, found by so many.
    Veto {
        /// Its text.
        text: String,
        /// How many found it.
        by: usize,
    },
    /// A failed card, found by so many.
    Card {
        /// The card's name.
        name: String,
        /// How many answered 否 somewhere.
        by: usize,
    },
    /// Grades with how many gave each.
    Grades(Vec<(String, usize)>),
}
impl Trigger {
    /// In Chinese.
    pub fn words(&self) -> String {
        match self {
            Self::Dispersion { sheet, lowest, highest, limit } => {
                let range = highest.less(*lowest);
                format!("{sheet} 表最高 {highest} 分、最低 {lowest} 分，离散度 {range} 分，超过 {limit} 分")
            }
            Self::Veto { text, by } => format!("{by} 人触发否决项：{text}"),
            Self::Card { name, by } => format!("{by} 人在{name}附卡答“否”，升为复核"),
            Self::Grades(all) => {
                let all: Vec<String> = all.iter().map(|(g, n)| format!("{g} {n} 人")).collect();
                format!("等次不一致：{}", all.join("、"))
            }
        }
    }
}

/// A panel's agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// Dossier key.
    pub dossier: String,
    /// How many scored.
    pub seats: usize,
    /// Highest less lowest total of the base sheet; zero below two seats.
    pub dispersion: Points,
    /// Mean total of the base sheet.
    pub mean: Option<Points>,
    /// Share of pairs that left the same points on an item, over the items.
    pub percent: Answer,
    /// α (interval) over items, values being the share of each item's points that was left.
    pub alpha: Alpha,
    /// Why it must deliberate; empty: it need not.
    pub triggers: Vec<Trigger>,
}
impl Panel {
    /// Whether deliberation is mandatory.
    pub fn must_deliberate(&self) -> bool {
        !self.triggers.is_empty()
    }
}

/// Measures one panel and applies the rule. Scores are those submitted; drafts do not belong here.
pub fn panel(sitting: &Sitting, rule: &PanelRule) -> Panel {
    let base: Vec<&Score> = sitting.seats.iter().map(|s| &s.score).collect();
    let overlay: Vec<&Score> = sitting.seats.iter().filter_map(|s| s.overlay.as_ref()).collect();
    let mut triggers: Vec<Trigger> = [&base, &overlay].into_iter().filter_map(|scores| too_far(scores, rule.dispersion)).collect();
    let (mut vetoes, mut cards) = (BTreeMap::new(), BTreeMap::new());
    for reason in base.iter().chain(&overlay).flat_map(|s| &s.reasons) {
        match reason {
            Reason::Veto(text) => *vetoes.entry(text.clone()).or_insert(0) += 1,
            Reason::Card(name, _) => *cards.entry(name.clone()).or_insert(0) += 1,
        }
    }
    if rule.veto {
        triggers.extend(vetoes.into_iter().map(|(text, by)| Trigger::Veto { text, by }));
    }
    if rule.card {
        triggers.extend(cards.into_iter().map(|(name, by)| Trigger::Card { name, by }));
    }
    let mut grades: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for last in sitting.seats.iter().map(super::Seat::last) {
        *grades.entry((last.rank, &last.grade)).or_default() += 1;
    }
    if rule.grades && grades.len() > 1 {
        triggers.push(Trigger::Grades(grades.into_iter().map(|((_, name), n)| (name.to_owned(), n)).collect()));
    }
    let items = ratings_of_items(sitting);
    let totals: Vec<Points> = base.iter().map(|s| s.total).collect();
    Panel {
        dossier: sitting.dossier.clone(),
        seats: sitting.seats.len(),
        dispersion: range(&totals),
        mean: Points::mean(&totals),
        percent: percent(&items, 0.0),
        alpha: alpha(&items, Level::Interval, None),
        triggers,
    }
}

fn range(totals: &[Points]) -> Points {
    totals.iter().max().zip(totals.iter().min()).map_or(Points::ZERO, |(high, low)| high.less(*low))
}
fn too_far(scores: &[&Score], limit: Points) -> Option<Trigger> {
    let highest = scores.iter().map(|s| s.total).max()?;
    let lowest = scores.iter().map(|s| s.total).min()?;
    let sheet = scores.first()?.sheet.clone();
    (highest.less(lowest) > limit).then_some(Trigger::Dispersion { sheet, lowest, highest, limit })
}
