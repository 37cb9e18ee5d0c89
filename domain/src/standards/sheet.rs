//! What a standard consists of. Only data; [`super::check_sheet`] says what may stand.

use super::Points;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whether a sheet stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 基础表: chosen by the dossier's case type.
    Base,
    /// 叠加表: added by a tag; the final grade is the lower one ([`super::lower`]).
    Overlay,
}
impl Kind {
    /// 中文.
    pub fn label(self) -> &'static str {
        match self {
            Self::Base => "基础表",
            Self::Overlay => "叠加表",
        }
    }
}

/// One version of one sheet (评查表). Versions are never edited; a change is a new version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Such as `D1`; the same in every version.
    pub code: String,
    /// Such as 刑事.
    pub name: String,
    /// Such as `2026.1`.
    pub version: String,
    /// First day on which new reviews are pinned to it.
    pub effective: Date,
    /// Base or overlay.
    pub kind: Kind,
    /// Codes of `registers::codes::CASE_TYPE` it applies to.
    pub case_types: Vec<String>,
    /// Tags it needs (涉企); empty for a base sheet.
    pub tags: Vec<String>,
    /// Where it comes from, shown as written.
    pub basis: String,
    /// Items; their points sum to 100.
    pub items: Vec<Item>,
    /// 扣分档 for what no measure of the item names.
    pub tiers: Vec<Tier>,
    /// Measures of several items that together make a fixed sum.
    pub joints: Vec<Joint>,
    /// 否决项.
    pub vetoes: Vec<Veto>,
    /// Rules of scoring in words, shown above the sheet.
    pub notes: Vec<String>,
}

/// 条目.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Such as `D1.3`.
    pub code: String,
    /// Such as 取证.
    pub name: String,
    /// What it is worth; no deduction goes below zero (单项扣完为止).
    pub points: Points,
    /// 实体项: the best grade needs all of these untouched.
    pub substantive: bool,
    /// What may be deducted for.
    pub measures: Vec<Measure>,
}

/// One ground of deduction (扣分要点).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Such as `D1.3.2`.
    pub code: String,
    /// The ground in words.
    pub text: String,
    /// The least deducted for one occurrence.
    pub min: Points,
    /// The most deducted for one occurrence; equal to `min` where the sheet leaves no choice.
    pub max: Points,
    /// 每处: may occur several times; otherwise once per scoring.
    pub each: bool,
    /// 严重度, a code of `registers::codes::SEVERITY`.
    pub severity: String,
    /// 问题码 proposed for statistics, a code of `registers::codes::PROBLEM`; none where the catalogue has none.
    pub problem: Option<String>,
    /// The [`Joint`] it belongs to.
    pub joint: Option<String>,
}

/// 扣分档: 轻微 1, 一般 2–3, 重大满扣.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Such as 一般.
    pub code: String,
    /// In words.
    pub text: String,
    /// The least; none: the whole item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Points>,
    /// The most; none: the whole item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Points>,
    /// 严重度.
    pub severity: String,
}

/// 合扣: one flaw whose deduction is split over items, such as 虚假诉讼疑点未查扣 10（从事实、法律项分扣）.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joint {
    /// Such as `D2.J1`.
    pub code: String,
    /// In words.
    pub text: String,
    /// What the measures of the group make together, if any is used.
    pub total: Points,
}

/// 否决项: makes the grade the lowest and deliberation mandatory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Veto {
    /// Such as `D1.V2`.
    pub code: String,
    /// In words.
    pub text: String,
    /// Stands only on a document of a competent body (经有权机关确认), which must be cited: the platform itself never
    /// pronounces a wrongful case (boundary 1).
    pub document: bool,
}

/// 附卡: questions answered 是, 否 or 不涉及; one 否 has the effect, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Such as `LG`.
    pub code: String,
    /// Such as 立功.
    pub name: String,
    /// Version.
    pub version: String,
    /// First day on which new reviews are pinned to it.
    pub effective: Date,
    /// Sheets it goes with.
    pub sheets: Vec<String>,
    /// Tags it needs.
    pub tags: Vec<String>,
    /// Where it comes from.
    pub basis: String,
    /// The questions.
    pub questions: Vec<Question>,
    /// What one 否 does.
    pub effect: Effect,
    /// Rules in words.
    pub notes: Vec<String>,
}

/// One question of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Such as `LG.3`.
    pub code: String,
    /// In words.
    pub text: String,
    /// 不涉及 is an answer.
    pub optional: bool,
}

/// The effect of a failed card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// The item deducted from.
    pub item: String,
    /// How much, once however many questions fail.
    pub points: Points,
    /// 升复核: deliberation is mandatory and the review goes to re-examination.
    pub re_examine: bool,
    /// Measures that name the same flaw: on the same pages they are not deducted a second time.
    pub overlaps: Vec<String>,
}

/// 等次方案: names and thresholds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Such as `G1`.
    pub code: String,
    /// In words.
    pub name: String,
    /// Version.
    pub version: String,
    /// First day on which new reviews are pinned to it.
    pub effective: Date,
    /// Where names and thresholds come from.
    pub basis: String,
    /// Best first; the last begins at zero and is what a veto gives.
    pub grades: Vec<Grade>,
}

/// 等次.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Such as 瑕疵.
    pub name: String,
    /// The least total for it.
    pub from: Points,
    /// Only with nothing deducted from substantive items (零扣实体项); otherwise the next one.
    pub clean: bool,
}

impl Sheet {
    /// The item of this code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|i| i.code == code)
    }
    /// `D1 刑事 2026.1`.
    pub fn title(&self) -> String {
        format!("{} {} {}", self.code, self.name, self.version)
    }
    /// From JSON.
    ///
    /// # Errors
    /// A Chinese sentence with the line where reading stopped. What it means is checked by [`super::check_sheet`].
    pub fn from_json(text: &str) -> Result<Self, String> {
        read(text)
    }
    /// As JSON, the form of the shipped files; reading it back gives the same sheet.
    pub fn to_json(&self) -> String {
        write(self)
    }
}
impl Card {
    /// From JSON.
    ///
    /// # Errors
    /// As [`Sheet::from_json`].
    pub fn from_json(text: &str) -> Result<Self, String> {
        read(text)
    }
    /// As JSON.
    pub fn to_json(&self) -> String {
        write(self)
    }
}
impl Scale {
    /// Place of the grade in the scale, 0 the best.
    pub fn rank(&self, grade: &str) -> Option<usize> {
        self.grades.iter().position(|g| g.name == grade)
    }
    /// The grade of a total with its rank. `clean`: nothing deducted from substantive items; `veto`: some veto stands.
    /// An empty scale, which [`super::check_scale`] refuses, has none.
    pub fn grade(&self, total: Points, clean: bool, veto: bool) -> Option<(usize, &Grade)> {
        let last = self.grades.iter().enumerate().next_back();
        if veto {
            return last;
        }
        self.grades.iter().enumerate().find(|(_, g)| total >= g.from && (clean || !g.clean)).or(last)
    }
    /// The scales of a JSON list.
    ///
    /// # Errors
    /// As [`Sheet::from_json`].
    pub fn list_from_json(text: &str) -> Result<Vec<Self>, String> {
        read(text)
    }
}

pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| format!("第 {} 行第 {} 列读不通：{e}", e.line(), e.column()))
}
pub(super) fn write<T: Serialize>(it: &T) -> String {
    // These types have string keys only and cannot fail to serialise.
    serde_json::to_string_pretty(it).map(|text| text + "\n").unwrap_or_default()
}
