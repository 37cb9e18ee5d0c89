//! 行政执法监督 (enterprise.md B5, B6; 《行政执法监督条例》 20–33, 42): from a lead to filing, investigation, a paper, correction and its
//! check. Only the judicial administration opens it and signs 提醒函, 督办函, 意见书; a 决定书 is the government's, on its proposal.
//! Nothing here knows who reported: a lead from the enterprise channel comes as its gist, and the unit sees neither.
//!
//! The app fills in the unit's management regime and who passed the lead on; nobody types either.
mod acts;
mod page;
mod tables;

pub use acts::{Act, Draft, Lead, Measure, Paper, Supervisor};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::*;
use crate::registers::codes::ENFORCEMENT_ACT;

/// Mark: filed (立项).
pub const FILED: &str = "filed";
/// Mark: not filed, or led to 复议、诉讼.
pub const NOT_FILED: &str = "not_filed";
/// Mark: what was found has been dealt with.
pub const CONCLUDED: &str = "concluded";
/// Mark: it went up the ladder.
pub const ESCALATED: &str = "escalated";
/// A unit under its own local government (管理体制).
pub const LOCAL: &str = "属地";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Received,
    Proposed,
    Investigating,
    Suspended,
    Examining,
    Disposing,
    Drafted,
    Deciding,
    Issued,
    Served,
    Correcting,
    Overdue,
    Reported,
    Told,
    Settled,
    Closed,
    NotFiled,
    Guided,
}
/// What lasts of a supervision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AdministrativeSupervision {
    lead: Lead,
    filing: String,
    supervision_kind: String,
    superior_doc: String,
    reason: String,
    filed: Option<Date>,
    not_filed: Option<Date>,
    guidance: String,
    measures: Vec<Measure>,
    natures: Vec<String>,
    grave: bool,
    finding: String,
    draft: Draft,
    /// Code of the paper in hand.
    paper: String,
    papers: Vec<Paper>,
    /// The rung reached, and the one before it: 提醒函 1, 督办函 and 意见书 2, 挂牌督办 3, 提级监督 4, 决定书 5.
    rung: u8,
    below: u8,
    /// The last paper was not heeded in time, or not as it asked.
    unheeded: bool,
    climbed: Option<Date>,
    government: String,
    ground: String,
    contents: Vec<String>,
    proposal: String,
    declined: bool,
    superior: String,
    told_on: Option<Date>,
    told: String,
    superior_reply: String,
    asked_until: Option<Date>,
    extended: bool,
    result: String,
    opinion: String,
    objection: String,
    /// An objection waits for its answer.
    objecting: bool,
    answer: String,
    circulated: Vec<(String, Date)>,
    suggested: Vec<String>,
    referred: Option<Date>,
    settled: Option<Date>,
    outcome: String,
    closed: Option<Date>,
}
impl AdministrativeSupervision {
    /// Code of the unit.
    pub fn unit(&self) -> &str {
        &self.lead.org
    }
    /// Whether the unit's own superior, not the local government, has it in hand (42).
    fn vertical(&self) -> bool {
        !matches!(self.lead.regime.as_str(), "" | LOCAL)
    }
    fn found(&self, nature: &str) -> bool {
        self.natures.iter().any(|n| n == nature)
    }
    fn current(&self) -> Option<&Paper> {
        self.papers.last()
    }
    fn drafts(&mut self, paper: &str, draft: Draft) {
        (self.paper, self.draft) = (paper.to_owned(), draft);
    }
    fn signs(&mut self, doc_no: String, on: Date) {
        let paper = Paper {
            paper: self.paper.clone(),
            doc_no,
            letter: self.draft.letter.clone(),
            issued_on: Some(on),
            report_by: self.draft.report_by,
            ..Paper::default()
        };
        (self.below, self.rung) = (self.rung, rung(&self.paper));
        (self.unheeded, self.extended, self.asked_until, self.objecting) = (false, false, None, false);
        self.papers.push(paper);
    }
    fn last(&mut self, change: impl FnOnce(&mut Paper)) {
        if let Some(paper) = self.papers.last_mut() {
            change(paper);
        }
    }
}
/// How far up the ladder a paper stands (B6, 【默】).
fn rung(paper: &str) -> u8 {
    match paper {
        tables::REMINDER => 1,
        tables::PROMPTING | tables::OPINION => 2,
        tables::LISTING => 3,
        tables::RAISE => 4,
        _ => 5,
    }
}
/// 监督人员不少于两人, each with his own certificate.
fn two(people: &[Supervisor]) -> Result<(), Refusal> {
    let twice = |n: usize, p: &Supervisor| people.iter().skip(n + 1).any(|q| q.certificate.trim() == p.certificate.trim());
    if people.len() < 2 || people.iter().enumerate().any(|(n, p)| twice(n, p)) {
        return Err(Refusal::at("people", "监督人员不少于 2 人，各填本人的监督证号。"));
    }
    Ok(())
}
fn ahead(field: &str, day: Option<Date>, today: Date) -> Result<(), Refusal> {
    if day.is_some_and(|d| d <= today) { Err(Refusal::at(field, "应晚于今日。")) } else { Ok(()) }
}
/// Whether the dispute is already before a court or a reviewing body (33).
fn undisputed(litigation: &str) -> Result<(), Refusal> {
    let say = "争议已进入行政复议、行政诉讼程序的，不重复监督（条例第33条）。请引导当事人在原程序中提出。";
    if matches!(litigation, "" | "没有") { Ok(()) } else { Err(Refusal::at("litigation", say)) }
}

impl Procedure for AdministrativeSupervision {
    const KIND: &'static str = "administrative_supervision";
    const LABEL: &'static str = "行政执法监督";
    const PREFIX: &'static str = "JX";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[FILED, NOT_FILED, CONCLUDED, super::CLOSED, ESCALATED];

    fn decide(&self, mut act: Act, at: &At) -> Result<Act, Refusal> {
        match &mut act {
            Act::Open(lead) => undisputed(lead.litigation.as_deref().unwrap_or(""))?,
            Act::ProposeFiling { filing, supervision_kind, superior_doc, litigation, .. } => {
                let (above, key) = (supervision_kind == tables::FROM_ABOVE, supervision_kind == "重点");
                if filing != tables::NOT_TO_FILE {
                    undisputed(litigation)?;
                }
                match superior_doc {
                    None if above => {
                        return Err(Refusal::at("superior_doc", "市级不自行开展专项监督。承接上级专项的，填上级文件（条例第21条）。"));
                    }
                    Some(_) if !above => return Err(Refusal::at("superior_doc", "只有承接上级专项的填写。")),
                    _ => {}
                }
                if filing == "重点" && !above && !key || key && filing != "重点" && filing != tables::NOT_TO_FILE {
                    return Err(Refusal::at("filing", "重点监督按“重点”立项，其他监督不按“重点”立项。"));
                }
            }
            Act::Measure(m) | Act::CorrectOnSpot(m) => two(&m.people)?,
            Act::Conclude { natures, grave, .. } if natures.iter().any(|n| n == tables::NOTHING) && (natures.len() > 1 || *grave) => {
                return Err(Refusal::at("natures", "未发现问题的，不能同时认定其他情形。"));
            }
            Act::DraftReminder(d)
            | Act::DraftPromptingLetter(d)
            | Act::DraftCorrectionOpinion(d)
            | Act::DraftListing(d)
            | Act::DraftRaise(d) => {
                ahead("report_by", d.report_by, at.today)?;
                ahead("public_until", d.public_until, at.today)?;
            }
            Act::ProposeDecision { decision_ground, .. } => match (decision_ground.as_str(), self.grave, self.unheeded) {
                (tables::GRAVE_GROUND, false, _) => return Err(Refusal::at("decision_ground", "查明的情形没有认定涉及重大问题。")),
                (tables::GRAVE_GROUND, ..) | (_, _, true) => {}
                _ => return Err(Refusal::at("decision_ground", "单位还没有不按文书要求办理的情形。")),
            },
            Act::Decide { report_by, .. } | Act::SendBack { report_by, .. } | Act::Vary { report_by, .. } => {
                ahead("report_by", Some(*report_by), at.today)?;
            }
            Act::AskExtension { asked_until, .. } if self.current().and_then(|p| p.report_by) >= Some(*asked_until) => {
                return Err(Refusal::at("asked_until", "应晚于文书所定期限。"));
            }
            Act::Extend { report_by } if self.current().and_then(|p| p.report_by) >= Some(*report_by) => {
                return Err(Refusal::at("report_by", "应晚于原定期限。"));
            }
            Act::Serve { served_on, report_by, .. } => {
                let paper = self.current();
                if paper.and_then(|p| p.issued_on).is_some_and(|day| *served_on < day) {
                    return Err(Refusal::at("served_on", "送达日期不能早于签发日期。"));
                }
                *report_by = paper.and_then(|p| p.report_by);
                if report_by.is_some_and(|day| day <= *served_on) {
                    return Err(Refusal::at("served_on", "送达时文书所定期限已过，请退回重新拟制。"));
                }
            }
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        let on = stamp.on;
        match act.clone() {
            Act::Receive(lead) | Act::Open(lead) => self.lead = lead,
            Act::ProposeFiling { filing, supervision_kind, superior_doc, reason, litigation } => {
                (self.filing, self.supervision_kind, self.reason) = (filing, supervision_kind, reason);
                (self.superior_doc, self.lead.litigation) = (superior_doc.unwrap_or_default(), Some(litigation));
            }
            Act::File { regime } => {
                self.filed = Some(on);
                if !regime.is_empty() {
                    self.lead.regime = regime;
                }
            }
            Act::NotFile { reason } => (self.reason, self.not_filed) = (reason, Some(on)),
            Act::Guide { guidance, .. } => (self.guidance, self.not_filed) = (guidance, Some(on)),
            Act::Measure(m) => self.measures.push(m),
            Act::RaiseFiling { .. } => self.filing = "重点".into(),
            Act::Conclude { natures, grave, finding, .. } => (self.natures, self.grave, self.finding) = (natures, grave, finding),
            Act::CorrectOnSpot(m) => {
                self.measures.push(m);
                self.settled = Some(on);
            }
            Act::DraftReminder(d) => self.drafts(tables::REMINDER, d),
            Act::DraftPromptingLetter(d) => self.drafts(tables::PROMPTING, d),
            Act::DraftCorrectionOpinion(d) => self.drafts(tables::OPINION, d),
            Act::DraftListing(d) => self.drafts(tables::LISTING, d),
            Act::DraftRaise(d) => self.drafts(tables::RAISE, d),
            Act::Issue { doc_no } => self.signs(doc_no, on),
            Act::ProposeDecision { government, decision_ground, contents, proposal } => {
                (self.government, self.ground, self.contents, self.proposal) = (government, decision_ground, contents, proposal);
            }
            Act::Decide { doc_no, contents, decision, report_by } => {
                self.contents = contents;
                self.drafts(tables::DECISION, Draft { letter: decision, report_by: Some(report_by), ..Draft::default() });
                self.signs(doc_no, on);
            }
            Act::Decline { reason } => (self.reason, self.declined) = (reason, true),
            Act::TellSuperior { superior, told_on, letter, .. } => {
                (self.superior, self.told_on, self.told) = (superior, Some(told_on), letter);
            }
            Act::NoteSuperior { reply, .. } => (self.superior_reply, self.settled) = (reply, Some(on)),
            Act::Serve { served_on, .. } => self.last(|p| p.served_on = Some(served_on)),
            Act::AskExtension { asked_until, .. } => self.asked_until = Some(asked_until),
            Act::Extend { report_by } => {
                (self.extended, self.asked_until) = (true, None);
                self.last(|p| p.report_by = Some(report_by));
            }
            Act::Report { result, .. } => {
                self.result = result;
                self.last(|p| p.reported_on = p.reported_on.or(Some(on)));
            }
            Act::LapseReport {} => self.last(|p| p.overdue = true),
            Act::Clear { opinion } => (self.opinion, self.settled) = (opinion, Some(on)),
            Act::SendBack { report_by, .. } => self.last(|p| p.report_by = Some(report_by)),
            Act::Escalate { .. } => (self.unheeded, self.climbed) = (true, self.climbed.or(Some(on))),
            Act::Object { grounds, .. } => (self.objection, self.objecting, self.answer) = (grounds, true, String::new()),
            Act::Uphold { answer } => (self.answer, self.objecting) = (answer, false),
            Act::Vary { answer, letter, report_by } => {
                (self.answer, self.objecting) = (answer, false);
                self.last(|p| (p.letter, p.report_by) = (letter, Some(report_by)));
            }
            Act::Revoke { answer } => {
                (self.answer, self.objecting, self.rung, self.unheeded) = (answer, false, self.below, self.below > 0);
                self.last(|p| p.revoked = true);
            }
            Act::Circulate { publicity, .. } => self.circulated.push((publicity, on)),
            Act::SuggestAboutStaff { suggestion, .. } => self.suggested = suggestion,
            Act::Refer { referred_on, .. } => self.referred = Some(referred_on),
            Act::Settle { reason } => (self.reason, self.settled) = (reason, Some(on)),
            Act::ReturnSettlement { .. } => self.settled = None,
            Act::Close { outcome } => (self.outcome, self.closed) = (outcome, Some(on)),
            Act::ReturnFiling { reason }
            | Act::ReturnDraft { reason }
            | Act::WithdrawProposal { reason }
            | Act::ReturnInvestigation { reason } => {
                self.reason = reason;
            }
            Act::Suspend { .. } | Act::Resume {} | Act::ApproveFinding {} | Act::Sign {} => {}
        }
        // A paper taken back before it reached the unit leaves no trace on the ladder.
        if matches!(act, Act::ReturnDraft { .. }) && self.current().is_some_and(|p| p.served_on.is_none()) {
            self.papers.pop();
            (self.rung, self.unheeded) = (self.below, self.below > 0);
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::judicial();
        // Whoever passed it on follows how far it is, and tells the enterprise.
        all.extend(["R14", "R15"].map(|code| role_in(Standing::Intake, code, &self.lead.sender)));
        if !self.government.is_empty() {
            all.push(role_in(Standing::Government, "R20", &self.government));
        }
        // The unit learns of it by service, not from us; a visit unannounced stays one.
        if self.papers.iter().any(|p| p.served_on.is_some()) {
            all.push(role_in(Standing::Respondent, "R9", &self.lead.org));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([
            (FILED, self.filed.is_some()),
            (NOT_FILED, self.not_filed.is_some()),
            (CONCLUDED, self.settled.is_some()),
            (super::CLOSED, self.closed.is_some()),
            (ESCALATED, self.climbed.is_some()),
        ])
    }
    fn index(&self) -> Index {
        let title = format!("{{org}}：{}监督", ENFORCEMENT_ACT.label_of(&self.lead.act_type));
        let codes: Vec<String> = [&self.lead.act_type, &self.filing].into_iter().filter(|c| !c.is_empty()).cloned().collect();
        index(title, &self.lead.org, &codes)
    }
    fn page(&self, phase: Phase) -> Vec<Section> {
        page::page(self, phase)
    }
    fn facts(&self) -> Vec<Fact> {
        let org = &self.lead.org;
        let mut all = facts(org, &self.lead.act_type, [("执法监督立项", self.filed), ("执法监督办结", self.closed)]);
        for p in self.papers.iter().filter(|p| !p.revoked) {
            let days = [
                ("监督文书", p.served_on),
                ("按期报送纠正", p.reported_on.filter(|_| !p.overdue)),
                ("逾期未报纠正", p.report_by.filter(|_| p.overdue)),
            ];
            all.extend(facts(org, &p.paper, days));
        }
        all
    }
}
