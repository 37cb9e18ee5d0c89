//! 取数口径 (B10, E, F7): which facts a report may count, the lines it counts them under, and what of it may be told. Pure, so that the same
//! facts make the same figures again (复算).
//!
//! Nothing unfinished and nothing whose time to appeal still runs can be counted: a matter enters with the fact of its conclusion, on the day
//! from which nothing more can be said against it, and brings its other facts with it. No fact names a person.
use jiff::{ToSpan as _, civil::Date};
use ledger::{Alg, hex};
use serde::{Deserialize, Serialize};
use serde_json::json as j;
use std::collections::BTreeMap;

use crate::agreement::rate;
use crate::registers::codes::{CHECK_THEME, PROBLEM};
use crate::small_cells;

/// A fact that ends a matter, and why nothing can be said against it any more.
#[derive(Debug)]
pub struct Ends {
    /// The measure.
    pub measure: &'static str,
    /// The limit (期限参数) that must have run since its day; `None` where the procedure itself has let every remedy run out before.
    pub remedy: Option<&'static str>,
    /// One reason.
    pub why: &'static str,
}
const fn ends(measure: &'static str, why: &'static str) -> Ends {
    Ends { measure, remedy: None, why }
}
/// 可以计入的事实: whatever a report counts hangs on one of these.
pub const ENDS: &[Ends] = &[
    ends("评查定论", "异议期已过或复核已决定，审定后才有定论；定论撤销的随即不计"),
    ends("整改销号", "验收、回头看之后才销号；反弹重开的随即不计"),
    ends("专项检查", "检查清单逐项查完，作出结论后才有；流程不设异议"),
    ends("督察归档", "反馈、整改、回头看之后才归档"),
    ends("报请办结", "已听取被监督单位说明，处理结果已反馈检察机关"),
    ends("移送办结", "接收机关已反馈办理结果"),
    ends("共性问题销号", "整改、建议均已答复后才销号"),
    ends("督察建议采纳", "督察组已经答复"),
    ends("督察建议不采纳", "督察组已经答复并说明理由"),
    ends("观摩意见回应", "单位已经作出正式回应"),
    Ends { measure: "查究反馈", remedy: Some("T15a"), why: "有权机关已反馈，人事处理申请复核的期限也已届满" },
];
/// Counted only of a matter that the other fact has ended: `(measure, what ends it)`.
pub const BESIDE: &[(&str, &str)] = &[
    ("评查得分", "评查定论"),
    ("复核改变", "评查定论"),
    ("检查问题", "专项检查"),
    ("整改退回", "整改销号"),
    ("整改反弹", "整改销号"),
    ("整改检验", "整改销号"),
];
/// Days added to a remedy's period: for its end to roll forward over the longest holiday, and for service.
const ROLL: i64 = 15;

/// Every measure a report looks at.
pub fn measures() -> impl Iterator<Item = &'static str> {
    ENDS.iter().map(|e| e.measure).chain(BESIDE.iter().map(|b| b.0))
}
/// A counted fact as it stood at the report's position on the ledger.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stood {
    pub measure: String,
    pub org: String,
    pub category: String,
    pub value: i64,
    pub on: Date,
}
/// A matter with what stood of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// 编号; it goes into digests and to the office, never to a recipient.
    pub number: String,
    /// Its facts of `measures`.
    pub facts: Vec<Stood>,
    /// Of rectifications: the work was accepted within its limit.
    pub in_time: bool,
}
impl Case {
    fn has(&self, measure: &str) -> Option<&Stood> {
        self.facts.iter().find(|f| f.measure == measure)
    }
}
/// What a report is about, and how long a remedy takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day, the cut.
    pub to: Date,
    /// The period of `T15a` in days, as the register held it.
    pub remedy: i64,
}
impl Period {
    /// Whether this fact ends its matter, beyond remedy, within the period.
    fn ended(&self, fact: &Stood) -> bool {
        let Some(end) = ENDS.iter().find(|e| e.measure == fact.measure) else { return false };
        let wait = end.remedy.map_or(0, |_| self.remedy.max(0) + ROLL);
        fact.on.checked_add(wait.days()).is_ok_and(|day| (self.from..=self.to).contains(&day))
    }
    /// What may be counted of this matter.
    pub fn countable<'c>(&self, case: &'c Case) -> Vec<&'c Stood> {
        let beside =
            |f: &Stood| BESIDE.iter().any(|(m, end)| *m == f.measure && case.facts.iter().any(|e| e.measure == *end && self.ended(e)));
        case.facts.iter().filter(|f| self.ended(f) || beside(f)).collect()
    }
}

/// 正面、负面、中性.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// To somebody's credit.
    Good,
    /// Not to his credit.
    Bad,
    /// Neither.
    Plain,
}
impl Tone {
    /// 中文.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Good => "正面",
            Self::Bad => "负面",
            Self::Plain => "中性",
        }
    }
}
/// What divides a line into a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Nothing: one figure of all.
    All,
    /// The unit.
    Unit,
    /// The code of the fact.
    Code,
}
/// A line of the report: one query.
pub struct Line {
    /// 查询编号.
    pub id: &'static str,
    /// 类别.
    pub group: &'static str,
    /// What it is called; also its definition.
    pub label: &'static str,
    /// To whose credit.
    pub tone: Tone,
    /// The facts whose values add up.
    pub measure: &'static str,
    /// Which of them.
    pub picks: fn(&Case, &Stood) -> bool,
    /// Divided by.
    pub by: By,
}
const fn line(
    id: &'static str,
    group: &'static str,
    label: &'static str,
    tone: Tone,
    measure: &'static str,
    picks: fn(&Case, &Stood) -> bool,
) -> Line {
    Line { id, group, label, tone, measure, picks, by: By::All }
}
const fn table(id: &'static str, group: &'static str, label: &'static str, measure: &'static str, by: By) -> Line {
    Line { id, group, label, tone: Tone::Plain, measure, picks: any, by }
}
fn any(_: &Case, _: &Stood) -> bool {
    true
}
fn of_kind(case: &Case, kind: &str) -> bool {
    case.has("评查得分").is_some_and(|f| f.category == kind)
}
fn clean(case: &Case, _: &Stood) -> bool {
    case.has("检查问题").is_none_or(|f| f.value == 0)
}
fn at_once(case: &Case, _: &Stood) -> bool {
    case.has("整改退回").is_none() && case.has("整改反弹").is_none()
}
use Tone::{Bad, Good, Plain};
/// What a report counts (B10, E), each under its query id.
#[rustfmt::skip]
pub const LINES: &[Line] = &[
    line("BN-01", "常态评查", "常态评查定论（件）",           Plain, "评查定论",       |c, _| of_kind(c, "常态")),
    line("BN-02", "常态评查", "交叉评查定论（件）",           Plain, "评查定论",       |c, _| of_kind(c, "交叉")),
    line("BN-03", "常态评查", "重点评查定论（件）",           Plain, "评查定论",       |c, _| of_kind(c, "重点")),
    line("BN-04", "专项评查", "专项评查定论（件）",           Plain, "评查定论",       |c, _| of_kind(c, "专项")),
    line("BN-05", "专项评查", "整改后复查定论（件）",         Plain, "评查定论",       |c, _| of_kind(c, "复查")),
    line("BN-06", "督察巡查", "嵌入督察的评查定论（件）",     Plain, "评查定论",       |c, _| of_kind(c, "嵌入")),
    line("BN-07", "常态评查", "定论前经复核改变（件）",       Plain, "复核改变",       any),
    line("BN-08", "执法检查", "作出检查结论（次）",           Plain, "专项检查",       any),
    line("BN-09", "执法检查", "检查没有发现问题（次）",       Good,  "专项检查",       clean),
    line("BN-10", "执法检查", "检查发现不符合项（项）",       Bad,   "检查问题",       any),
    line("BN-11", "督察巡查", "督察巡查归档（次）",           Plain, "督察归档",       any),
    line("BN-12", "整改",     "整改销号（件）",               Plain, "整改销号",       any),
    line("BN-13", "整改",     "按期完成整改（件）",           Good,  "整改销号",       |c, _| c.in_time),
    line("BN-14", "整改",     "逾期完成整改（件）",           Bad,   "整改销号",       |c, _| !c.in_time),
    line("BN-15", "整改",     "一次验收通过且未反弹（件）",   Good,  "整改销号",       at_once),
    line("BN-16", "整改",     "整改退回（次）",               Bad,   "整改退回",       any),
    line("BN-17", "整改",     "整改反弹（次）",               Bad,   "整改反弹",       any),
    line("BN-18", "整改",     "按期整改且经再抽检验有效（件）", Good, "整改检验",      |c, _| c.in_time),
    line("BN-19", "检察提请", "报请执法监督办结（件）",       Plain, "报请办结",       any),
    line("BN-20", "责任查究", "有权机关反馈且已过复核申请期（件）", Bad, "查究反馈",    any),
    line("BN-21", "采纳建议", "督察巡查对象建议采纳（条）",   Plain, "督察建议采纳",   any),
    line("BN-22", "采纳建议", "督察巡查对象建议不采纳（条）", Plain, "督察建议不采纳", any),
    line("BN-23", "采纳建议", "观摩意见采纳、部分采纳（件）", Good,  "观摩意见回应",   |_, f| f.category != "不采纳"),
    line("BN-24", "采纳建议", "观摩意见不采纳（件）",         Bad,   "观摩意见回应",   |_, f| f.category == "不采纳"),
    line("BN-25", "问题线索", "移送线索办结（件）",           Plain, "移送办结",       any),
    line("BN-26", "问题线索", "共性问题销号（个）",           Plain, "共性问题销号",   any),
    table("BN-31", "评查等次",   "评查定论分等次（件）",       "评查定论", By::Code),
    table("BN-32", "评查分单位", "评查定论分单位（件）",       "评查定论", By::Unit),
    table("BN-33", "整改问题",   "整改销号分问题类别（件）",   "整改销号", By::Code),
    table("BN-34", "整改分单位", "整改销号分单位（件）",       "整改销号", By::Unit),
    table("BN-35", "检查主题",   "检查结论分主题（次）",       "专项检查", By::Code),
    table("BN-36", "报请情形",   "报请办结分情形（件）",       "报请办结", By::Code),
];
/// What a code of this line is called.
pub fn named(line: &Line, key: &str) -> String {
    match (line.measure, key) {
        (_, "-") => "未注明".to_owned(),
        ("整改销号", code) if line.by == By::Code => PROBLEM.label_of(code).to_owned(),
        ("专项检查", code) if line.by == By::Code => CHECK_THEME.label_of(code).to_owned(),
        (_, code) => code.to_owned(),
    }
}
/// The line of this query.
pub fn line_of(id: &str) -> Option<&'static Line> {
    LINES.iter().find(|l| l.id == id)
}

/// 一个数字: its query, its value, how many facts it adds up, and the digest of these.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figure {
    pub query: String,
    pub group: String,
    pub label: String,
    pub tone: String,
    /// Of a divided line: the code or the unit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
    pub value: String,
    pub rows: String,
    pub digest: String,
}
impl Figure {
    /// The query, with the code or unit that it is divided by.
    pub fn name(&self) -> String {
        if self.key.is_empty() { self.query.clone() } else { format!("{}/{}", self.query, self.key) }
    }
    /// The value as a number.
    pub fn count(&self) -> u64 {
        self.value.parse().unwrap_or(0)
    }
    fn divided(&self) -> bool {
        line_of(&self.query).is_some_and(|l| l.by != By::All)
    }
}
/// One figure's facts, each with its matter.
struct Picked<'c> {
    line: &'static Line,
    /// Of a divided line: the code or the unit.
    key: String,
    rows: Vec<(&'c Case, &'c Stood)>,
}
/// The facts behind every figure: by line, in the order of `LINES`; of a divided line by code or unit.
fn picked<'c>(cases: &'c [Case], period: &Period) -> Vec<Picked<'c>> {
    let countable: Vec<(&Case, &Stood)> = cases.iter().flat_map(|c| period.countable(c).into_iter().map(move |f| (c, f))).collect();
    let mut all = vec![];
    for line in LINES {
        let mut parts: BTreeMap<String, Vec<(&Case, &Stood)>> = BTreeMap::new();
        if line.by == By::All {
            parts.insert(String::new(), vec![]);
        }
        for (c, f) in countable.iter().filter(|(c, f)| f.measure == line.measure && (line.picks)(c, f)) {
            // A key is never empty in a divided line: it would look like a figure of all.
            let key = match (line.by, f.org.as_str(), f.category.as_str()) {
                (By::All, ..) => "",
                (By::Unit, "", _) | (By::Code, _, "") => "-",
                (By::Unit, org, _) => org,
                (By::Code, _, code) => code,
            };
            parts.entry(key.to_owned()).or_default().push((c, f));
        }
        all.extend(parts.into_iter().map(|(key, rows)| Picked { line, key, rows }));
    }
    all
}
/// Every figure of a report: the same cases make the same figures, to the digest.
pub fn figures(cases: &[Case], period: &Period, alg: Alg) -> Vec<Figure> {
    let figure = |Picked { line, key, rows }: Picked| {
        let said = |(c, f): &(&Case, &Stood)| j!([c.number, f.measure, f.org, f.category, f.value, f.on, c.in_time]).to_string();
        let mut lines: Vec<String> = rows.iter().map(said).collect();
        lines.sort_unstable();
        Figure {
            query: line.id.into(),
            group: line.group.into(),
            label: if line.by == By::All { line.label.into() } else { named(line, &key) },
            tone: line.tone.label().into(),
            value: rows.iter().map(|(_, f)| f.value).sum::<i64>().to_string(),
            rows: rows.len().to_string(),
            digest: format!("{}:{}", alg.name(), hex(&alg.hash(&[lines.join("\n").as_bytes()]))),
            key,
        }
    };
    picked(cases, period).into_iter().map(figure).collect()
}
/// Numbers of the matters behind one figure.
pub fn behind(cases: &[Case], period: &Period, query: &str, key: &str) -> Vec<String> {
    let of = picked(cases, period).into_iter().filter(|p| p.line.id == query && p.key == key);
    let mut all: Vec<String> = of.flat_map(|p| p.rows.into_iter().map(|(c, _)| c.number.clone())).collect();
    all.sort_unstable();
    all.dedup();
    all
}
/// 差异: a figure that is no longer what the report says.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub query: String,
    pub label: String,
    pub was: String,
    pub is: String,
    pub digest_was: String,
    pub digest_is: String,
}
/// Every figure in which two counts of one report differ, in the order of the report; what one of them lacks is nought.
pub fn differences(was: &[Figure], is: &[Figure]) -> Vec<Difference> {
    let names: Vec<String> = was.iter().chain(is).map(Figure::name).collect();
    let first = |n: &usize| names.iter().position(|x| Some(x) == names.get(*n)) == Some(*n);
    let told = |name: &String| {
        let of = |all: &[Figure]| all.iter().find(|f| f.name() == *name).cloned().unwrap_or_default();
        let (old, new) = (of(was), of(is));
        let value = |f: &Figure| if f.value.is_empty() { "0".to_owned() } else { f.value.clone() };
        let label = if old.label.is_empty() { new.label.clone() } else { old.label.clone() };
        let same = old.value == new.value && old.rows == new.rows && old.digest == new.digest;
        (!same).then(|| Difference {
            query: name.clone(),
            label,
            was: value(&old),
            is: value(&new),
            digest_was: old.digest,
            digest_is: new.digest,
        })
    };
    (0..names.len()).filter(first).filter_map(|n| told(names.get(n)?)).collect()
}
/// Said where a count is left out: which of them is small and which only covers for it is not told.
pub fn left_out(few: i64) -> String {
    format!("少于 {few}，或不列")
}
/// The digest of a few rows would be found by trying numbers of matters: outside it is not told.
fn untried(f: &Figure, few: u64) -> Figure {
    let rows: u64 = f.rows.parse().unwrap_or(0);
    if (1..few).contains(&rows) { Figure { digest: String::new(), ..f.clone() } } else { f.clone() }
}
/// 比率: what it is called, the query of what counts, and those that add up to all.
pub const RATES: &[(&str, &str, &[&str])] = &[
    ("整改按期率", "BN-13", &["BN-12"]),
    ("整改一次通过率", "BN-15", &["BN-12"]),
    ("检查未发现问题的比例", "BN-09", &["BN-08"]),
    ("督察建议采纳率", "BN-21", &["BN-21", "BN-22"]),
    ("观摩意见采纳率", "BN-23", &["BN-23", "BN-24"]),
];
/// `(what, so many of so many, rate in a hundred with its 95 % interval)`; no rate of fewer than `few`, and no line of none.
pub fn rates(figures: &[Figure], few: i64) -> Vec<(&'static str, String, String)> {
    let of = |query: &str| figures.iter().find(|f| f.query == query && f.key.is_empty()).map_or(0, Figure::count);
    let many = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let told = |(label, hits, all): &(&'static str, &str, &[&str])| {
        let (hits, all) = (of(hits), all.iter().map(|q| of(q)).sum::<u64>());
        let words = rate(many(hits), many(all), usize::try_from(few).unwrap_or(usize::MAX)).map(|r| r.words());
        (all > 0).then(|| (*label, format!("{hits}/{all}"), words.unwrap_or_else(|| format!("少于 {few} 件，不算比率"))))
    };
    RATES.iter().filter_map(told).collect()
}
/// Figures as they may be told outside: of a divided line nothing below `few`, nor what would give it away; of a line whose sum could not be
/// told, nothing. A figure that is left out brings no digest either.
pub fn told(figures: &[Figure], few: i64) -> Vec<Figure> {
    let small = u64::try_from(few).unwrap_or(0);
    let mut all: Vec<Figure> = figures.iter().filter(|f| !f.divided()).map(|f| untried(f, small)).collect();
    for line in LINES.iter().filter(|l| l.by != By::All) {
        let parts: Vec<&Figure> = figures.iter().filter(|f| f.query == line.id).collect();
        let table = small_cells::shown(&[parts.iter().map(|f| f.count()).collect()], small);
        if table.all.is_none() {
            continue;
        }
        let cells = table.cells.into_iter().flatten();
        all.extend(parts.into_iter().zip(cells).map(|(f, cell)| match cell {
            Some(_) => untried(f, small),
            None => Figure { value: left_out(few), rows: String::new(), digest: String::new(), ..f.clone() },
        }));
    }
    all
}
