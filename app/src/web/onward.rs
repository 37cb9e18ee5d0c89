//! What is opened next from the page of a matter, with what is known already filled in. The row says from where and when; whether this
//! person may, the opening itself says.
use super::visit::{Visit, encode};
use crate::failure::Result;
use crate::matters::{self, Seen};
use domain::procedures::{common_problem, procuratorial_opinion as opinion};

/// One way on.
#[derive(Debug)]
pub struct Onward {
    /// Kind it starts from.
    pub from: &'static str,
    /// Phases in which it makes sense.
    pub phases: &'static [&'static str],
    /// Mark the matter carries.
    pub with: Option<&'static str>,
    /// Mark it does not carry.
    pub without: Option<&'static str>,
    /// 中文 of the button.
    pub label: &'static str,
    /// `(kind, action)` of the opening.
    pub opens: (&'static str, &'static str),
    /// `(field, value)`; `{number}` and `{org}` are those of the matter.
    pub fill: &'static [(&'static str, &'static str)],
}
const fn on(
    from: &'static str,
    phases: &'static [&'static str],
    label: &'static str,
    opens: (&'static str, &'static str),
    fill: &'static [(&'static str, &'static str)],
) -> Onward {
    Onward { from, phases, with: None, without: None, label, opens, fill }
}
impl Onward {
    const fn with(mut self, mark: &'static str) -> Self {
        self.with = Some(mark);
        self
    }
    const fn without(mut self, mark: &'static str) -> Self {
        self.without = Some(mark);
        self
    }
}
const REFERRAL: (&str, &str) = ("referral", "open");
const RELIEF: (&str, &str) = ("judicial_relief", "discover");
const SOURCE: &[(&str, &str)] = &[("source", "{number}")];
/// Where its papers are read, and its own steps do not lead to a referral.
const READ: &[&str] = &["Scoring", "Fed", "Objectable", "Objected", "ReExamining", "Deciding"];

/// Every way on.
#[rustfmt::skip]
pub const ONWARD: &[Onward] = &[
    on("clue", &["Registered", "Assessing", "Proposed", "Routed", "Closed"], "移送有权机关", REFERRAL, SOURCE),
    on("clue", &["Registered", "Assessing", "Proposed", "Routed", "Closed"], "登记司法救助对象", RELIEF, &[("clue", "{number}")]),
    on("review", READ, "移送有权机关", REFERRAL, SOURCE),
    on("review", &["Settled", "Concluded"], "登记司法救助对象", RELIEF, &[("review", "{number}")]),
    on("rectification", &["Rectifying", "Reported", "Continuing", "LookingBack", "Closed", "Resampling"], "移送有权机关", REFERRAL, SOURCE),
    on("rectification", &["Resampling"], "立复查批次", ("review_batch", "plan"), &[("kind", "复查"), ("rectification", "{number}"), ("unit", "{org}")]),
    on("special_check", &["Checking", "Concluded"], "移送有权机关", REFERRAL, SOURCE),
    on("escalation", &["Studying", "Proposed", "Answering", "Answered", "Settled"], "移送有权机关", REFERRAL, SOURCE),
    on("procuratorial_opinion", &["Unheeded", "Reminded", "Adopted", "Corrected"], "报请执法监督", ("escalation", "request"), &[("procuratorial_opinion", "{number}")])
        .without(opinion::ESCALATED),
    on("inspection", &["UnderWay", "Reported", "Deliberated", "Rectifying"], "移送有权机关", REFERRAL, SOURCE),
    on("inspection", &["UnderWay"], "立嵌入评查批次", ("review_batch", "plan"), &[("kind", "嵌入"), ("inspection", "{number}"), ("unit", "{org}")]),
    on("inspection", &["UnderWay"], "拟订专项检查", ("special_check", "plan"), &[("inspection", "{number}"), ("org", "{org}")]),
    on("enterprise_appeal", &["Disciplined"], "移送有权机关", REFERRAL, SOURCE),
    on("common_problem", &["Suggested", "Answered"], "拟订督察巡查方案", ("inspection", "propose"), &[("common_problem", "{number}")])
        .with(common_problem::ADOPTED),
    on("common_problem", &["Confirmed", "Suggested", "Answered", "Closed"], "立联合出台文件", ("joint_rule", "propose"), &[("common_problem", "{number}")]),
];

/// `(label, address)` of what this person may open from here.
///
/// # Errors
/// A fault of the engine.
pub fn links(v: &Visit, seen: &Seen) -> Result<Vec<(String, String)>> {
    let (item, matter) = (&seen.item, &seen.loaded.matter);
    let marks = matter.marks();
    let fits = |o: &&Onward| {
        o.from == item.kind
            && o.phases.contains(&item.phase.as_str())
            && o.with.is_none_or(|m| marks.contains(&m))
            && o.without.is_none_or(|m| !marks.contains(&m))
    };
    let mut all = vec![];
    for o in ONWARD.iter().filter(fits) {
        let (kind, action) = o.opens;
        let offers = matters::offers_opening(v.tx, v.house, v.who, kind, v.now)?;
        if !offers.iter().any(|(owner, offer)| owner == matter.owner() && offer.action == action && offer.blocked.is_none()) {
            continue;
        }
        let mut href = format!("/matters/{kind}/new/{action}?owner={}", encode(matter.owner()));
        for (field, value) in o.fill {
            let value = match *value {
                "{number}" => &item.number,
                "{org}" => &item.org,
                fixed => fixed,
            };
            href += &format!("&{field}={}", encode(value));
        }
        all.push((o.label.to_owned(), href));
    }
    Ok(all)
}
