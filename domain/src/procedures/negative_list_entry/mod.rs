//! 负面清单 (M3.3, B12, boundary 7, `trust.md` 4.4): failings of the officer who handled a case, kept for a time as a reference for looking
//! after him. Not a penalty. Candidates come from concluded reviews alone; two attribute apart, on a competent body's finding or his own
//! word; he is told, heard for the whole time, answered point by point, never worse off for it; others vote; it is told outside only when
//! no remedy can take it away any more, and is gone when its time is over or its ground is.
//!
//! The app fills in what a nomination says of its review, counts the points of a statement before it is sealed, and takes
//! `exclude_revoked` or `remove_revoked` the moment the review is revoked.
mod acts;
mod fields;
mod page;
mod state;
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use super::{CLOSED, PROVIDABLE, packet, review};
use crate::engine::*;
use crate::registers::codes;
pub use acts::*;
pub use fields::attitude;
pub use page::NOT_A_PENALTY;
pub use state::{CITED, GRAVE, NegativeListEntry};

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Nominated,
    Attributed,
    Proposed,
    Noticed,
    Stating,
    Answering,
    Countersigning,
    Deciding,
    Decided,
    Reviewable,
    UnderReview,
    ReviewDecided,
    Open,
    Appealed,
    Removed,
    Exonerated,
    Ended,
    Reopened,
    Excluded,
}
/// Boundary 7: nothing he says or asks for makes it longer.
const NOT_WORSE: &str = "不得因陈述、申辩、复核、申诉加重，只能维持、缩短或者排除。";

impl Procedure for NegativeListEntry {
    const KIND: &'static str = "negative_list_entry";
    const LABEL: &'static str = "负面清单";
    const PREFIX: &'static str = "FM";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[CLOSED, PROVIDABLE];
    const LOOKS: &'static [(&'static str, &'static str)] = &[("review", review::CONCLUDED), ("packet", packet::RECEIVED)];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Nominate(n) => nomination(n)?,
            Act::ProposeList { months } => drop(self.term(*months, at.today, at)?),
            Act::ServeNotice(s) | Act::ServeDecision(s) | Act::ServeReview(s) => self.served(s, at)?,
            Act::ApplyReview(a) | Act::AppealDirectly(a) | Act::Appeal(a) if at.who.id != self.said.officer && a.files.is_empty() => {
                return Err(Refusal::at("files", "代为登记的，附本人书面材料。"));
            }
            Act::StateOnPaper(s) | Act::StateLate(s) if s.received_on.is_some_and(|on| Some(on) < self.noticed) => {
                return Err(Refusal::at("received_on", "收到日期不能早于告知书签发。"));
            }
            Act::AnswerRecusal { recusal, granted, recused, .. } => self.recusal_sound(recusal, *granted, recused.as_deref())?,
            Act::DecideAgainst { votes, .. } if self.carried(votes, at)? => {
                return Err(Refusal::at("votes", "过半数赞成列入，与不列入的决定不符。"));
            }
            Act::ConfirmCorrected { told } => self.corrected(told, at)?,
            _ => {}
        }
        self.completed(act, at)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        self.take_up(act.clone(), stamp);
    }
    fn parties(&self) -> Vec<Party> {
        let him = || person(Standing::Officer, &self.said.officer);
        // What has ended is found by nobody but him and the auditor.
        if self.ended {
            return vec![him(), role(Standing::Auditor, "AUD")];
        }
        let mut all = super::office();
        if !self.both_judged() && self.excluded.is_none() {
            all.push(role(Standing::Procurator, "R7"));
        }
        if self.noticed.is_some() {
            all.push(him());
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(CLOSED, self.ended || self.excluded.is_some()), (PROVIDABLE, self.open)])
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        let withdrawn =
            |reason: &str| vec![Request { kind: "packet", action: "source_withdrawn", form: j!({"reason": reason}), link: Some("packet") }];
        match act {
            Act::Provide { to_org, purpose, use_basis } => vec![Request {
                kind: "packet",
                action: "open_for",
                form: j!({"kind": "负面清单", "to_org": to_org, "purpose": purpose, "basis": use_basis}),
                link: None,
            }],
            Act::Expire {} => withdrawn("期限已满，事项移出。"),
            Act::RemoveEarly { .. } | Act::RemoveRevoked {} => withdrawn("事项已提前移出，停止使用。"),
            Act::RemoveOnReview(_) | Act::AppealReversed(_) => withdrawn("经复核、申诉，事项已移出，停止使用。"),
            Act::Exonerate { .. } => withdrawn("事项属于错误列入，已纠正并恢复名誉，停止使用。"),
            _ => vec![],
        }
    }
    fn choices(&self, field: &str) -> Vec<(String, String)> {
        match field {
            "point" => (1..=self.points()).map(|n| (n.to_string(), format!("第 {n} 条申辩意见"))).collect(),
            "recusal" => {
                let open = self.recusals.iter().enumerate().filter(|(_, r)| r.granted.is_none());
                open.map(|(n, _)| ((n + 1).to_string(), format!("第 {} 项回避申请", n + 1))).collect()
            }
            _ => vec![],
        }
    }
    fn index(&self) -> Index {
        index(format!("{{org}}干警：{}", codes::LIST_CATEGORY.label_of(&self.said.category)), &self.said.org, &[])
    }
    fn page(&self, phase: Phase) -> Vec<Section> {
        page::page(self, phase)
    }
    /// Counts only (E8), for the office: nobody outside may learn from a sum what no query returns.
    fn facts(&self) -> Vec<Fact> {
        let adopted = self.answers.iter().any(|a| a.adopted != "不采纳").then_some(self.decided.or(self.excluded)).flatten();
        let stated = self.stated.first().and_then(|s| s.on);
        facts(
            &self.said.org,
            &self.said.category,
            [
                ("负面清单拟列", self.proposed),
                ("负面清单申辩", stated),
                ("负面清单采纳申辩", adopted),
                ("负面清单列入", self.decided),
                ("负面清单移出", self.removed),
            ],
        )
    }
}
/// What a candidate must come from (B12): a conclusion that stands, grave as the secretary settled it or quoted from a competent body.
fn nomination(n: &Nomination) -> Result<(), Refusal> {
    if n.concluded_on.is_none() {
        return Err(Refusal::at("review", "只能从已定论、未撤销的评查件提名。"));
    }
    let named = n.named.as_deref().is_some_and(|named| named == n.officer);
    if !named && n.officer_ground.is_none() {
        return Err(Refusal::at("officer_ground", "不是评查件所列承办人的，写明承办依据。"));
    }
    let cited = n.cited_body.is_some() && n.cited_no.is_some() && !n.cited.is_empty();
    match n.category.as_str() {
        CITED if !cited => Err(Refusal::at("cited_body", "平台不作认定。须照引有权机关文书：机关、文号、文书都要有。")),
        GRAVE if n.grave != Some(true) => Err(Refusal::at("category", "评查定论没有经书记会议审定为重大瑕疵，一般瑕疵不列入。")),
        _ => Ok(()),
    }
}
impl NegativeListEntry {
    /// He signs himself, or there is a proof of service; never before it was issued.
    fn served(&self, s: &Service, at: &At) -> Result<(), Refusal> {
        if at.who.id != self.said.officer && s.receipt.is_empty() {
            return Err(Refusal::at("receipt", "代为登记送达，须附送达回证。"));
        }
        let issued = self.decided.or(self.noticed);
        if s.served_on < issued {
            return Err(Refusal::at("served_on", "送达日期不能早于签发、审定日期。"));
        }
        Ok(())
    }
    fn recusal_sound(&self, which: &str, granted: bool, recused: Option<&str>) -> Result<(), Refusal> {
        let n = which.parse::<usize>().unwrap_or(0);
        match (granted, recused) {
            (true, None) => Err(Refusal::at("recused", "准许的，选准许回避的人。")),
            (false, Some(_)) => Err(Refusal::at("recused", "不准许的不填。")),
            _ if n == 0 || n > self.recusals.len() => Err(Refusal::at("recusal", "没有这一项。")),
            _ => Ok(()),
        }
    }
    /// Every body it was told to has its correction.
    fn corrected(&self, told: &[Told], at: &At) -> Result<(), Refusal> {
        let missing = self.provided.iter().find(|(org, ..)| !told.iter().chain(&self.told).any(|t| t.org == *org));
        if missing.is_some() || told.is_empty() && at.any("packet", packet::RECEIVED) {
            return Err(Refusal::at("told", "对外提供过的单位，逐一登记更正。"));
        }
        let day = |t: &Told| t.told_on.trim().parse::<Date>().is_ok_and(|d| d <= at.today);
        match told.iter().position(|t| !day(t)) {
            Some(n) => Err(Refusal::at("told", format!("第 {} 行：日期应写作 2026-06-16，不晚于今日。", n + 1))),
            None => Ok(()),
        }
    }
    /// No longer than noticed, no longer than decided; the last day follows from the months.
    fn completed(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        let shorter = |f: Finding| -> Result<Finding, Refusal> {
            let months = f.months.unwrap_or(0);
            if months >= self.decided_months() {
                return Err(Refusal::at("months", NOT_WORSE));
            }
            let until = self.term(months, self.decided.unwrap_or(at.today), at)?;
            if until < at.today {
                return Err(Refusal::at("months", "缩短后期限已满，请办理移出。"));
            }
            Ok(Finding { until: Some(until), ..f })
        };
        Ok(match act {
            Act::DecideList(d) => {
                if d.months > self.months {
                    return Err(Refusal::at("months", NOT_WORSE));
                }
                if !self.carried(&d.votes, at)? {
                    return Err(Refusal::at("votes", "赞成没有过半数，不能列入。"));
                }
                let until = Some(self.term(d.months, at.today, at)?);
                Act::DecideList(Decision { until, ..d })
            }
            Act::ShortenOnReview(f) => Act::ShortenOnReview(shorter(f)?),
            Act::AppealShortened(f) => Act::AppealShortened(shorter(f)?),
            other => other,
        })
    }
}
