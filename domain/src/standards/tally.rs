//! Adding up a scoring: 倒扣, 单项扣完为止不倒欠, 同一瑕疵不重复扣, 扣分须写卷页码 (`case-review.md` D).

use super::score::{names_pages, place};
use super::{Answer, Card, Deduction, Fault, Measure, Points, Said, Scale, Scoring, Sheet, VetoMark};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A scoring added up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Sheet code.
    pub sheet: String,
    /// Sheet version.
    pub version: String,
    /// Every item in the sheet's order.
    pub items: Vec<ItemScore>,
    /// What is left of 100.
    pub total: Points,
    /// Name of the grade.
    pub grade: String,
    /// Its place in the scale, 0 the best.
    pub rank: usize,
    /// Codes of the vetoes found.
    pub vetoes: Vec<String>,
    /// Nothing deducted from a substantive item.
    pub clean: bool,
    /// Why this scoring alone makes deliberation mandatory; empty: it does not.
    pub reasons: Vec<Reason>,
    /// What the reader should know, in Chinese: capped items, rows written down without deduction, equal pages.
    pub notes: Vec<String>,
}
impl Score {
    /// Whether this scoring alone makes deliberation mandatory.
    pub fn needs_deliberation(&self) -> bool {
        !self.reasons.is_empty()
    }
}

/// What became of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemScore {
    /// Item code.
    pub code: String,
    /// Item name.
    pub name: String,
    /// What it was worth.
    pub full: Points,
    /// The sum of its rows, before the cap.
    pub asked: Points,
    /// What was deducted, at most `full`.
    pub deducted: Points,
    /// What is left.
    pub left: Points,
}

/// Why one scoring makes deliberation mandatory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A veto was found; its text.
    Veto(String),
    /// A card failed and its effect is 升复核; the card's name and the questions answered 否.
    Card(String, Vec<String>),
}
impl Reason {
    /// In Chinese.
    pub fn words(&self) -> String {
        match self {
            Self::Veto(text) => format!("触发否决项：{text}"),
            Self::Card(name, questions) => format!("{name}附卡有 {} 项答“否”，升为复核：{}", questions.len(), questions.join("；")),
        }
    }
}

/// More rows than this are refused: nobody reads them, and comparing each with each stays quick.
const MOST_ROWS: usize = 500;

/// Checks and adds up one scoring. The card, where the review has one, must be answered in full.
///
/// # Errors
/// Every [`Fault`] at its place (`deductions.0.pages`, `vetoes.1.document`, `answers.LG.3`, `sheet`).
pub fn score(sheet: &Sheet, card: Option<&Card>, scale: &Scale, scoring: &Scoring) -> Result<Score, Vec<Fault>> {
    if scoring.deductions.len() > MOST_ROWS {
        return Err(vec![Fault::new("deductions", format!("扣分不能超过 {MOST_ROWS} 行，请合并"))]);
    }
    let mut desk = Desk { sheet, scoring, faults: vec![], notes: vec![], asked: BTreeMap::new(), reasons: vec![] };
    desk.deductions();
    desk.joints();
    desk.repeats();
    desk.vetoes();
    if let Some(card) = card {
        desk.card(card);
    } else if !scoring.answers.is_empty() {
        desk.fault("answers", "本件不适用附卡，请删去附卡的回答");
    }
    desk.finish(scale)
}

/// The lower of two grades on the same scale (叠加表: 最终等次取基础表与本表较低者). A tie keeps the first.
pub fn lower<'a>(base: &'a Score, overlay: &'a Score) -> &'a Score {
    if overlay.rank > base.rank { overlay } else { base }
}

struct Desk<'a> {
    sheet: &'a Sheet,
    scoring: &'a Scoring,
    faults: Vec<Fault>,
    notes: Vec<String>,
    asked: BTreeMap<&'a str, Points>,
    reasons: Vec<Reason>,
}

/// A deduction with the measure it names; none for a tier.
fn measure<'a>(sheet: &'a Sheet, d: &Deduction) -> Option<&'a Measure> {
    sheet.item(&d.item)?.measures.iter().find(|m| m.code == d.by)
}

impl<'a> Desk<'a> {
    fn fault(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.faults.push(Fault::new(place, message));
    }

    fn deductions(&mut self) {
        for (i, d) in self.scoring.deductions.iter().enumerate() {
            let at = |field: &str| format!("deductions.{i}.{field}");
            let Some(item) = self.sheet.item(&d.item) else {
                self.fault(at("item"), format!("本表没有条目“{}”", d.item));
                continue;
            };
            let tier = self.sheet.tiers.iter().find(|t| t.code == d.by);
            let (min, max, each) = match (measure(self.sheet, d), tier) {
                (Some(m), _) => (m.min, m.max, m.each),
                (None, Some(t)) => (t.min.unwrap_or(item.points), t.max.unwrap_or(item.points), true),
                (None, None) => {
                    self.fault(at("by"), format!("条目“{}”没有扣分事由“{}”，请从所列事由或者扣分档中选择", item.name, d.by));
                    continue;
                }
            };
            if d.points < min || d.points > max {
                let range = if min == max { format!("{min} 分") } else { format!("{min} 至 {max} 分") };
                self.fault(at("points"), format!("这一事由每处应扣 {range}"));
            }
            if d.places == 0 || d.places > 999 {
                self.fault(at("places"), "处数应为 1 至 999");
            } else if d.places > 1 && !each {
                self.fault(at("places"), "这一事由不按处计算，处数应为 1");
            }
            self.pages(at("pages"), &d.pages);
            if tier.is_some() && measure(self.sheet, d).is_none() && d.remark.trim().is_empty() {
                self.fault(at("remark"), "按扣分档扣分的，请写明是什么问题");
            }
            if d.unclear {
                if d.remark.trim().is_empty() {
                    self.fault(at("remark"), "法律规定不明确的，请写明不明确之处");
                }
                self.notes.push(format!("“{}”一处因法律规定不明确，只记录、不扣分（{}）", item.name, d.pages.trim()));
            } else {
                let sum = self.asked.entry(item.code.as_str()).or_default();
                *sum = [*sum, d.points.times(d.places)].into_iter().sum();
            }
        }
    }

    fn pages(&mut self, at: String, pages: &str) {
        if !names_pages(pages) {
            self.fault(at, "请写卷页码，如“卷一 P31”；遍及全卷的写“全卷”");
        }
    }

    /// Measures split over several items make exactly their sum, if any is used.
    fn joints(&mut self) {
        for joint in &self.sheet.joints {
            let of = |d: &&Deduction| !d.unclear && measure(self.sheet, d).is_some_and(|m| m.joint.as_deref() == Some(&joint.code));
            let used: Vec<Points> = self.scoring.deductions.iter().filter(of).map(|d| d.points.times(d.places)).collect();
            let sum: Points = used.iter().copied().sum();
            if !used.is_empty() && sum != joint.total {
                self.fault("deductions", format!("{}：合计应扣 {} 分，现为 {sum} 分", joint.text, joint.total));
            }
        }
    }

    /// 同一瑕疵不重复扣.
    fn repeats(&mut self) {
        let joint = |d: &Deduction| measure(self.sheet, d).and_then(|m| m.joint.as_deref());
        let mut found = vec![];
        for (i, d) in self.scoring.deductions.iter().enumerate() {
            for (j, before) in self.scoring.deductions.iter().enumerate().take(i) {
                if d.unclear || before.unclear || (joint(d).is_some() && joint(d) == joint(before) && d.item != before.item) {
                    continue;
                }
                let same_ground = d.item == before.item && d.by == before.by;
                let same_pages = place(&d.pages) == place(&before.pages) && !place(&d.pages).is_empty();
                let same_words = place(&d.remark) == place(&before.remark);
                let once = measure(self.sheet, d).is_some_and(|m| !m.each);
                let row = j + 1;
                if same_ground && once {
                    found.push((i, true, format!("与第 {row} 行是同一事由，这一事由只扣一次；请并为一行，写明全部卷页码")));
                } else if same_pages && same_words && (same_ground || !d.remark.trim().is_empty()) {
                    found.push((i, true, format!("与第 {row} 行卷页码、说明相同；同一瑕疵不重复扣")));
                } else if same_pages && same_ground && measure(self.sheet, d).is_some() {
                    found.push((i, true, format!("与第 {row} 行事由、卷页码相同；同一瑕疵不重复扣")));
                } else if same_pages {
                    found.push((i, false, format!("第 {row} 行与第 {} 行卷页码相同，请确认不是同一瑕疵", i + 1)));
                }
            }
        }
        for (i, wrong, words) in found {
            if wrong {
                self.fault(format!("deductions.{i}.pages"), words);
            } else {
                self.notes.push(words);
            }
        }
    }

    fn vetoes(&mut self) {
        let mut seen: Vec<&str> = vec![];
        for (i, mark) in self.scoring.vetoes.iter().enumerate() {
            let at = |field: &str| format!("vetoes.{i}.{field}");
            let VetoMark { veto, pages, remark, document } = mark;
            let Some(row) = self.sheet.vetoes.iter().find(|v| v.code == *veto) else {
                self.fault(at("veto"), format!("本表没有否决项“{veto}”"));
                continue;
            };
            if seen.contains(&veto.as_str()) {
                self.fault(at("veto"), "这一否决项已经勾选");
                continue;
            }
            seen.push(veto);
            self.pages(at("pages"), pages);
            if remark.trim().is_empty() {
                self.fault(at("remark"), "请写明否决项的事实");
            }
            if row.document && document.trim().is_empty() {
                self.fault(at("document"), "这一否决项须有有权机关的法律文书，请写明文书名称和文号");
            }
            self.reasons.push(Reason::Veto(row.text.clone()));
        }
    }

    fn card(&mut self, card: &'a Card) {
        for code in self.scoring.answers.keys().filter(|c| !card.questions.iter().any(|q| q.code == **c)) {
            self.faults.push(Fault::new(format!("answers.{code}"), format!("{}附卡没有第“{code}”项", card.name)));
        }
        let mut failed: Vec<(&str, &Answer)> = vec![];
        for q in &card.questions {
            let at = format!("answers.{}", q.code);
            match self.scoring.answers.get(&q.code) {
                None => self.fault(at, format!("{}附卡“{}”尚未回答", card.name, q.text)),
                Some(a) if a.said == Said::NotApplicable && !q.optional => self.fault(at, "这一项只能答“是”或者“否”"),
                Some(a) if a.said == Said::No => {
                    self.pages(at.clone(), &a.pages);
                    if a.remark.trim().is_empty() {
                        self.fault(at, "答“否”的，请写明理由");
                    }
                    failed.push((&q.text, a));
                }
                Some(_) => {}
            }
        }
        if failed.is_empty() {
            return;
        }
        for (i, d) in self.scoring.deductions.iter().enumerate() {
            let same = |(_, a): &(&str, &Answer)| place(&a.pages) == place(&d.pages);
            if !d.unclear && card.effect.overlaps.contains(&d.by) && failed.iter().any(same) {
                self.fault(format!("deductions.{i}.pages"), format!("{}附卡已就同一卷页扣分；同一瑕疵不重复扣", card.name));
            }
        }
        let sum = self.asked.entry(card.effect.item.as_str()).or_default();
        *sum = [*sum, card.effect.points].into_iter().sum();
        self.notes.push(format!("{}附卡有 {} 项答“否”，扣 {} 分", card.name, failed.len(), card.effect.points));
        if card.effect.re_examine {
            self.reasons.push(Reason::Card(card.name.clone(), failed.iter().map(|(text, _)| (*text).to_owned()).collect()));
        }
    }

    fn finish(mut self, scale: &Scale) -> Result<Score, Vec<Fault>> {
        let mut items = vec![];
        for item in &self.sheet.items {
            let asked = self.asked.get(item.code.as_str()).copied().unwrap_or_default();
            let deducted = asked.min(item.points);
            if asked > item.points {
                self.notes.push(format!("“{}”各行合计 {asked} 分，本项 {} 分扣完为止", item.name, item.points));
            }
            let left = item.points.less(deducted);
            items.push(ItemScore { code: item.code.clone(), name: item.name.clone(), full: item.points, asked, deducted, left });
        }
        let total: Points = items.iter().map(|i| i.left).sum();
        let touched = |i: &&super::Item| i.substantive && self.asked.get(i.code.as_str()).is_some_and(|p| *p > Points::ZERO);
        let clean = !self.sheet.items.iter().any(|i| touched(&i));
        let vetoes: Vec<String> = self.scoring.vetoes.iter().map(|v| v.veto.clone()).collect();
        let Some((rank, grade)) = scale.grade(total, clean, !vetoes.is_empty()) else {
            self.fault("sheet", "等次方案没有等次");
            return Err(self.faults);
        };
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        Ok(Score {
            sheet: self.sheet.code.clone(),
            version: self.sheet.version.clone(),
            items,
            total,
            grade: grade.name.clone(),
            rank,
            vetoes,
            clean,
            reasons: self.reasons,
            notes: self.notes,
        })
    }
}
