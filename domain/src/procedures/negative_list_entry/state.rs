//! What lasts of an entry, and what follows from it.
use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};

use super::acts::*;
use crate::calendar::Unit;
use crate::engine::*;
use crate::registers::parameters;

/// The category that quotes a competent body's document (boundary 1).
pub const CITED: &str = "引用文书";
/// The category of a grave defect that the secretary settled.
pub const GRAVE: &str = "重大瑕疵";

/// One of his statements, and the numbers of its points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Stated {
    /// Vault reference.
    pub(super) text: String,
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) on: Option<Date>,
    pub(super) on_paper: bool,
    pub(super) agent: String,
}
/// The answer to a point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Answered {
    pub(super) point: i64,
    pub(super) adopted: String,
    /// Vault reference.
    pub(super) text: String,
}
/// A request that somebody keep out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Recusal {
    /// Vault references.
    pub(super) whom: String,
    pub(super) why: String,
    pub(super) granted: Option<bool>,
    pub(super) answer: String,
}
/// A separate judgement, and how its author stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Judged {
    pub(super) by: String,
    pub(super) standing: Standing,
    pub(super) said: Attribution,
}
/// What a later body said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Relief {
    /// 复核, 申诉, 纠正.
    pub(super) way: String,
    /// Vault references.
    pub(super) grounds: String,
    pub(super) answer: String,
    pub(super) doc_no: String,
    pub(super) body: String,
    pub(super) outcome: String,
}
/// What lasts of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NegativeListEntry {
    pub(super) said: Nomination,
    /// `(body, number)` of the findings attached.
    pub(super) findings: Vec<(String, String)>,
    pub(super) acknowledged: Option<Date>,
    pub(super) judged: Vec<Judged>,
    pub(super) months: i64,
    pub(super) proposed: Option<Date>,
    /// Whoever prepared, judged or answered: none of them decides.
    pub(super) prepared: Vec<String>,
    pub(super) noticed: Option<Date>,
    pub(super) notice_no: String,
    pub(super) basis: String,
    pub(super) served: Option<Service>,
    pub(super) stated: Vec<Stated>,
    pub(super) waived: bool,
    pub(super) answers: Vec<Answered>,
    pub(super) recusals: Vec<Recusal>,
    pub(super) recused: Vec<String>,
    pub(super) returned: String,
    pub(super) votes: Vec<Vote>,
    pub(super) decision: Option<Decision>,
    /// Why it was not listed.
    pub(super) against: String,
    pub(super) decided: Option<Date>,
    pub(super) decision_served: Option<Service>,
    pub(super) relief: Vec<Relief>,
    /// Open for what it is for: no remedy runs that could still take it away.
    pub(super) open: bool,
    /// `(body, purpose, day)`.
    pub(super) provided: Vec<(String, String, Option<Date>)>,
    pub(super) excluded: Option<Date>,
    pub(super) exclusion: String,
    pub(super) removed: Option<Date>,
    pub(super) removal: String,
    pub(super) reason: String,
    pub(super) letter: String,
    pub(super) told: Vec<Told>,
    /// Nothing is left but the record.
    pub(super) ended: bool,
}
impl NegativeListEntry {
    /// The officer it is about, and his unit.
    pub fn about(&self) -> (&str, &str) {
        (&self.said.officer, &self.said.org)
    }
    /// The review it comes from.
    pub fn review(&self) -> &str {
        &self.said.review
    }
    /// Number of his points so far.
    pub(super) fn points(&self) -> i64 {
        self.stated.last().map_or(0, |s| s.last)
    }
    pub(super) fn all_answered(&self) -> bool {
        (1..=self.points()).all(|n| self.answers.iter().any(|a| a.point == n))
    }
    pub(super) fn both_judged(&self) -> bool {
        [Standing::Handler, Standing::Procurator].iter().all(|s| self.judged.iter().any(|j| j.standing == *s))
    }
    /// One of the four cases of B12 in which nobody is listed, as either of the two sees it.
    pub(super) fn spared(&self) -> bool {
        self.judged.iter().any(|j| j.said.only_general || j.said.dispute || j.said.new_evidence || j.said.interfered)
    }
    /// Neither the house's own setting nor a change of it lengthens what was proposed: the ceiling of the category, from this day.
    pub(super) fn ceiling(&self, at: &At) -> Result<Date, Refusal> {
        let code = if self.said.category == CITED { "T23c" } else { "T23b" };
        let limit = at.limits.get(code).ok_or(refusals::NO_LIMIT)?;
        let n = limit.length.ok_or(refusals::NO_LIMIT)?;
        Ok(match limit.unit {
            Unit::Months => at.today.saturating_add(i64::from(n).months()),
            Unit::CalendarDays => at.today.saturating_add(i64::from(n).days()),
            Unit::WorkingDays => at.calendar.due(at.today, n, Unit::WorkingDays).0,
        })
    }
    /// Last day of so many months from the decision.
    pub(super) fn term(&self, months: i64, from: Date, at: &At) -> Result<Date, Refusal> {
        if !(1..=120).contains(&months) {
            return Err(Refusal::at("months", "应为 1 以上的整月数。"));
        }
        let until = from.saturating_add(months.months());
        if self.decided.is_none() && until > self.ceiling(at)? {
            return Err(Refusal::at("months", "超过该类别的期限上限（参数 T23）。"));
        }
        Ok(until)
    }
    /// Months the decision came to, as shortened since.
    pub(super) fn decided_months(&self) -> i64 {
        self.decision.as_ref().map_or(0, |d| d.months)
    }
    /// A vote of enough members, none of whom prepared it: whether a majority of all is for it.
    pub(super) fn carried(&self, votes: &[Vote], at: &At) -> Result<bool, Refusal> {
        let wrong = |say: String| Err(Refusal::at("votes", say));
        let least = usize::try_from(at.parameter(parameters::LIST_VOTERS).max(3)).unwrap_or(3);
        if votes.len() < least {
            return wrong(format!("参加表决的不少于 {least} 人。"));
        }
        for (n, v) in votes.iter().enumerate() {
            let line = n + 1;
            if votes.iter().take(n).any(|w| w.person == v.person) {
                return wrong(format!("第 {line} 行：同一人只能表决一次。"));
            }
            if self.prepared.contains(&v.person) {
                return wrong(format!("第 {line} 行：提名、归因、拟列、答复过本件的人不能表决。"));
            }
            if self.recused.contains(&v.person) || v.person == self.said.officer {
                return wrong(format!("第 {line} 行：此人应当回避。"));
            }
            if v.vote == "反对" && v.why.trim().is_empty() {
                return wrong(format!("第 {line} 行：反对的，写明理由。"));
            }
        }
        Ok(votes.iter().filter(|v| v.vote == "赞成").count() * 2 > votes.len())
    }
    /// Not sooner decided on by those who decided before.
    pub(super) fn voted(&self, who: &str) -> bool {
        self.votes.iter().any(|v| v.person == who)
    }
    fn close_off(&mut self, removal: &str, on: Date) {
        (self.open, self.removal) = (false, removal.to_owned());
        self.removed = self.removed.or(Some(on));
    }
    fn hear(&mut self, s: Statement, on: Date, on_paper: bool) {
        let first = self.points() + 1;
        let on = s.received_on.unwrap_or(on);
        let agent = s.agent.unwrap_or_default();
        self.stated.push(Stated { text: s.statement, first, last: first + s.points.max(1) - 1, on: Some(on), on_paper, agent });
    }
    fn ask(&mut self, way: &str, a: Application) {
        self.open = false;
        self.relief.push(Relief { way: way.to_owned(), grounds: a.grounds, ..Relief::default() });
    }
    fn found(&mut self, outcome: &str, f: Finding) {
        if let (Some(d), Some(months)) = (&mut self.decision, f.months) {
            (d.months, d.until) = (months, f.until);
        }
        if let Some(r) = self.relief.last_mut() {
            (r.answer, r.doc_no, r.body, r.outcome) = (f.answer, f.doc_no, f.body.unwrap_or_default(), outcome.to_owned());
        }
    }
    fn prepare(&mut self, stamp: &Stamp) {
        for who in std::iter::once(&stamp.by).chain(&stamp.of) {
            if !self.prepared.contains(who) {
                self.prepared.push(who.clone());
            }
        }
    }
    pub(super) fn take_up(&mut self, act: Act, stamp: &Stamp) {
        let on = stamp.on;
        if matches!(
            act,
            Act::Nominate(_)
                | Act::Attribute(_)
                | Act::ProposeList { .. }
                | Act::Answer { .. }
                | Act::SubmitAnswers {}
                | Act::Countersign {}
        ) {
            self.prepare(stamp);
        }
        match act {
            Act::Nominate(n) => self.said = n,
            Act::AttachFinding { body, doc_no, .. } => self.findings.push((body, doc_no)),
            Act::AttachAcknowledgement { acknowledged_on, .. } => self.acknowledged = Some(acknowledged_on),
            Act::Attribute(said) => self.judged.push(Judged { by: stamp.by.clone(), standing: stamp.standing, said }),
            Act::ProposeList { months } => (self.months, self.proposed) = (months, Some(on)),
            Act::Exclude { exclusion, reason } => (self.exclusion, self.reason, self.excluded) = (exclusion, reason, Some(on)),
            Act::ExcludeRevoked {} => (self.exclusion, self.excluded) = ("定论撤销".into(), Some(on)),
            Act::IssueNotice { doc_no, basis } => (self.notice_no, self.basis, self.noticed) = (doc_no, basis, Some(on)),
            Act::ServeNotice(s) => self.served = Some(s),
            Act::ServeDecision(s) => self.decision_served = Some(s),
            Act::State(s) => self.hear(s, on, false),
            Act::StateOnPaper(s) | Act::StateLate(s) => self.hear(s, on, true),
            Act::WaiveStatement {} => self.waived = true,
            Act::ApplyRecusal { recusal_whom, recusal_why } => {
                self.recusals.push(Recusal { whom: recusal_whom, why: recusal_why, ..Recusal::default() });
            }
            Act::AnswerRecusal { recusal, granted, recused, recusal_answer } => {
                let n = recusal.parse::<usize>().unwrap_or(0);
                if let Some(r) = n.checked_sub(1).and_then(|n| self.recusals.get_mut(n)) {
                    (r.granted, r.answer) = (Some(granted), recusal_answer);
                }
                self.recused.extend(recused);
            }
            Act::Answer { point, adopted, answer } => {
                let point = point.parse().unwrap_or(0);
                self.answers.retain(|a| a.point != point);
                self.answers.push(Answered { point, adopted, text: answer });
                self.answers.sort_by_key(|a| a.point);
            }
            Act::ReturnAnswers { reason } => self.returned = reason,
            Act::DecideAgainst { votes, decision, .. } => {
                (self.votes, self.against, self.excluded) = (votes, decision, Some(on));
                self.exclusion = "采纳申辩".into();
            }
            Act::DecideList(d) => {
                self.votes.clone_from(&d.votes);
                (self.decision, self.decided) = (Some(d), Some(on));
            }
            other => self.take_after(other, on),
        }
    }
    /// What happens after the decision.
    fn take_after(&mut self, act: Act, on: Date) {
        match act {
            Act::ApplyReview(a) => self.ask("复核", a),
            Act::AppealDirectly(a) | Act::Appeal(a) => self.ask("申诉", a),
            Act::AskCorrection(a) => {
                self.ended = false;
                self.ask("纠正", a);
            }
            Act::Uphold(f) => self.found("维持", f),
            Act::ShortenOnReview(f) => self.found("缩短期限", f),
            Act::RemoveOnReview(f) => {
                self.found("移出", f);
                self.close_off("复核移出", on);
            }
            Act::ServeReview(_) | Act::LapseReview {} => self.open = true,
            Act::AppealUpheld(f) => {
                self.found("维持", f);
                self.open = true;
            }
            Act::AppealShortened(f) => {
                self.found("缩短期限", f);
                self.open = true;
            }
            Act::AppealReversed(f) => {
                self.found("移出", f);
                self.close_off("申诉移出", on);
            }
            Act::Provide { to_org, purpose, .. } => self.provided.push((to_org, purpose, Some(on))),
            Act::Expire {} => self.close_off("期满移出", on),
            Act::RemoveEarly { removal, reason, .. } => {
                self.reason = reason;
                self.close_off(&removal, on);
            }
            Act::RemoveRevoked {} => self.close_off("定论撤销", on),
            Act::Exonerate { letter, .. } => {
                self.letter = letter;
                self.close_off("错误列入，恢复名誉", on);
                self.relief.iter_mut().filter(|r| r.way == "纠正" && r.outcome.is_empty()).for_each(|r| r.outcome = "纠正".into());
            }
            Act::ConfirmCorrected { told } => {
                self.told.extend(told);
                self.ended = true;
            }
            Act::RefuseCorrection { answer, doc_no } => {
                self.found("不予纠正", Finding { answer, doc_no, ..Finding::default() });
                self.ended = true;
            }
            _ => {}
        }
    }
}
