//! 案件评查 (M2.2, M2.3, B3): one dossier. Experts drawn, commitments, the dossier called for, blind sheets, deliberation, feedback,
//! objection, re-examination by others, conclusion. Individual scores are immutable; what an objection brings is never worse than
//! what was objected to (boundary 7). The platform pronounces nothing: it cites a competent body's document (boundary 1).
//!
//! The app drives, as the house: `draw_panel`, `draw_re_examiners`, `draw_more` with what a `draw` gave (number, digest of the proof
//! file, the chosen and the alternates, in ticket order); `replace` and `strike` when a conflict of a seated expert is registered –
//! nobody is struck otherwise. Lists, search and API leave the organisation out while `Index::blind`. The reading room asks
//! `Review::may_read_dossier`. `request_dossier` makes a 过问记录 by itself (boundary 3).
mod acts;
pub mod counting;
mod page;
pub mod scoring;
pub mod sheet;
mod state;
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use super::dossier;
use super::standard::sound_grades;
use crate::engine::*;
use crate::registers::{codes, parameters};
pub use acts::{Act, Ground, Opening};
use counting::{CardAnswer, Counted, Graded, Pin};
use scoring::{Deduction, Scale, tenths};
pub use state::{Drawn, Outcome, Review, Seat, Sheet};

/// Mark: a conclusion stands.
pub const CONCLUDED: &str = "concluded";
/// Mark: a competent body's document took the conclusion away.
pub const REVOKED: &str = "revoked";
/// Mark: referred; nothing moves until the receiver answers.
pub const FROZEN: &str = "frozen";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Drawing,
    Promising,
    Fetching,
    Requested,
    Scoring,
    Deliberating,
    Drafted,
    Fed,
    Objectable,
    Objected,
    ReExamining,
    Deciding,
    Settling,
    Settled,
    Concluded,
    Frozen,
    Stopped,
}
impl Procedure for Review {
    const KIND: &'static str = "review";
    const LABEL: &'static str = "案件评查";
    const PREFIX: &'static str = "PC";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[super::CLOSED, CONCLUDED, REVOKED, FROZEN];
    const LOOKS: &'static [(&'static str, &'static str)] =
        &[("dossier", dossier::REVIEWABLE), ("dossier", dossier::PRIOR), ("dossier", dossier::SEALED), ("referral", super::CLOSED)];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        let says_why = |differs: &Option<String>| match differs {
            None if at.any("dossier", dossier::PRIOR) => {
                Err(Refusal::at("differs", "本案已有评查结论，请写明不一致的理由；一致的写“与既有结论一致”。"))
            }
            _ => Ok(()),
        };
        match &act {
            // Boundary 2, once more at the opening itself.
            Act::Open(o) => {
                dossier::may_enter_review(o.closed_on, o.effective_on, at.today)
                    .map_err(|r| Refusal::at("dossier", format!("{}。", r.reason)))?;
                sound_grades(&o.grades)?;
            }
            Act::DrawPanel(d) => {
                self.fair(d, at.parameter(parameters::PANEL).max(3))?;
                if !d.chosen.iter().any(|c| c.fits == "是") {
                    return Err(Refusal::at("chosen", "至少一名专家的专业应与案件类型相符。"));
                }
            }
            Act::DrawReExaminers(d) => self.fair(d, at.parameter(parameters::PANEL).max(3))?,
            Act::DrawMore(d) => self.fresh(d)?,
            Act::Promise { no_conflict, secrecy } | Act::PromiseLate { no_conflict, secrecy } => {
                if !no_conflict {
                    return Err(Refusal::at("no_conflict", "有回避情形的，请办理“回避退出”。"));
                }
                if !secrecy {
                    return Err(Refusal::at("secrecy", "不作保密承诺的，不能评查。"));
                }
            }
            Act::Replace { expert, .. } | Act::Strike { expert, .. } if self.active_seat(expert).is_none() => {
                return Err(Refusal::at("expert", "此人不在席位上。"));
            }
            Act::RequestDossier { due, .. } if *due <= at.today => return Err(Refusal::at("due", "送卷期限应晚于今日。")),
            Act::RequestDossier { seal_ground: None, .. } if self.sealed || at.any("dossier", dossier::SEALED) => {
                return Err(Refusal::at("seal_ground", "封存案卷须填查阅事由。"));
            }
            Act::AdoptMean { differs, .. } => says_why(differs)?,
            Act::Deliberate { score, veto_stands, differs, .. } => {
                self.deliberable(score, *veto_stands)?;
                says_why(differs)?;
            }
            Act::Serve { served_on, receipt } => {
                if self.fed.is_some_and(|fed| *served_on < fed) {
                    return Err(Refusal::at("served_on", "送达日期不能早于批准反馈日期。"));
                }
                if receipt.is_empty() && !at.who.roles.iter().any(|r| r.role == "R9" && r.org == self.org) {
                    return Err(Refusal::at("receipt", "代为登记送达，须附送达回证。"));
                }
            }
            _ => {}
        }
        self.completed(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        self.take_up(act, stamp);
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::reviewers();
        all.push(role(Standing::Chair, "R8"));
        // Before the dossier is called for there is nothing the unit should know of; the officer comes in with the feedback.
        if self.requested.is_some() {
            all.push(role_in(Standing::Respondent, "R9", &self.org));
        }
        if self.fed.is_some() {
            all.push(person(Standing::Officer, &self.officer));
        }
        // What an expert may see ends with the task (F2).
        if self.ended().is_none() {
            all.extend(self.panel.iter().map(|s| person(Standing::Expert, &s.who)));
            all.extend(self.second.iter().map(|s| person(Standing::ReExaminer, &s.who)));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([
            (super::CLOSED, self.ended().is_some()),
            (CONCLUDED, self.concluded.is_some() && !self.revoked),
            (REVOKED, self.revoked),
            (FROZEN, self.frozen),
        ])
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        let note = |said: String, on: Option<Date>| Request {
            kind: "dossier",
            action: "note_review",
            form: j!({"prior": said, "prior_on": on, "doc_no": self.settled_no}),
            link: Some("dossier"),
        };
        let concluded = || note(format!("{}，{} 分", self.grade(), scoring::points(self.score())), self.concluded);
        match act {
            Act::RequestDossier { letter_no, reason, .. } => {
                let mut form = j!({
                    "kind": "调卷", "on": self.requested, "org": self.org, "asked_by": format!("执法监督室，调卷函 {letter_no}"),
                    "content": reason, "ground": "案件评查",
                });
                if let (Some(form), false) = (form.as_object_mut(), self.case_no.is_empty()) {
                    form.insert("case_no".into(), j!(self.case_no));
                }
                vec![Request { kind: "inquiry_record", action: "record", form, link: None }]
            }
            Act::ConcludePraise { .. } | Act::ConcludePlain {} => vec![concluded()],
            Act::ConcludeRectify { problems, severity, gist } => {
                vec![concluded(), super::rectify(&self.org, problems, severity, gist, "评查")]
            }
            Act::Accountability { facts } => {
                vec![Request::open("accountability", j!({"org": self.org, "facts": facts}))]
            }
            // The referral of its own matter takes it up from here: package, approval, receiver (B8).
            Act::Refer { receiver, to_org, secrecy, facts, .. } | Act::PassClue { receiver, to_org, secrecy, facts, .. } => {
                let form = j!({"receiver": receiver, "to_org": to_org, "secrecy": secrecy, "ground": facts});
                vec![Request { kind: "referral", action: "open_for", form, link: None }]
            }
            Act::Revoke { body, doc_no, .. } => {
                vec![note(format!("评查定论已撤销（{body} {doc_no}）"), self.revoked_on)]
            }
            _ => vec![],
        }
    }
    fn choices(&self, field: &str) -> Vec<(String, String)> {
        let seats = self.active().iter().filter(|s| field == "expert" && !s.who.is_empty());
        seats.map(|s| (s.who.clone(), s.code.clone())).collect()
    }
    fn code_of(&self, who: &str, mine: &[Standing]) -> Option<String> {
        let seat = self.panel.iter().chain(&self.second).find(|s| !who.is_empty() && s.who == who);
        seat.filter(|_| tables::SEATS.seen_by(mine)).map(|s| s.code.clone())
    }
    fn index(&self) -> Index {
        // Read by experts too: neither unit nor case number.
        let title = format!("{}：{}案件", codes::REVIEW_KIND.label_of(&self.kind), codes::CASE_TYPE.label_of(&self.case_type));
        let problems = if self.concluded.is_some() { self.problems().to_vec() } else { vec![] };
        Index { blind: self.ended().is_none() && self.unlocked(), ..index(title, &self.org, &problems) }
    }
    fn page(&self, phase: Phase) -> Vec<Section> {
        page::page(self, phase)
    }
    fn facts(&self) -> Vec<Fact> {
        let one = |measure, on: Option<Date>, category: &str, value| on.map(|on| Fact { value, ..fact(measure, &self.org, category, on) });
        let stands = self.concluded.filter(|_| !self.revoked);
        let changed = self.decided.filter(|_| self.outcome != "维持");
        [
            one("评查立件", self.opened, &self.kind, 1),
            one("评查定论", stands, self.grade(), 1),
            one("评查得分", stands, &self.kind, self.score()),
            one("评查异议", self.objected, &self.kind, 1),
            one("复核改变", changed, &self.outcome, 1),
            one("评查案件类型", stands, &self.case_type, 1),
            one("定论有异议", stands.filter(|_| self.objected.is_some()), &self.kind, 1),
            one("定论经改变", stands.filter(|_| changed.is_some()), &self.kind, 1),
            one("多人评分", stands.filter(|_| self.agreed().is_some()), &self.kind, 1),
            one("等次一致", stands.filter(|_| self.agreed() == Some(true)), &self.kind, 1),
            one("否决命中", stands.filter(|_| self.draft.veto), &self.kind, 1),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
impl Review {
    /// What only the house may fill in: totals.
    fn completed(&self, act: Act) -> Result<Act, Refusal> {
        let count =
            |field, sheet: &[Deduction], graded: &[Graded]| counting::total(!self.pins.is_empty(), scoring::total(sheet), graded, field);
        Ok(match act {
            Act::Submit { sheet, my_opinion, card, counted, graded, .. } => {
                Act::Submit { total: count("sheet", &sheet, &graded)?, sheet, my_opinion, card, counted, graded }
            }
            Act::ReExamine { second_sheet, re_examination_finding, my_opinion, card, counted, graded, .. } => {
                let total = count("second_sheet", &second_sheet, &graded)?;
                Act::ReExamine { total, second_sheet, re_examination_finding, my_opinion, card, counted, graded }
            }
            Act::AdoptMean { problems, opinion, accountable, differs, .. } => {
                Act::AdoptMean { total: self.mean(), problems, opinion, accountable, differs }
            }
            Act::Alter { answer, .. } => Act::Alter { total: self.re_examined(), answer },
            Act::Annul { answer, .. } => Act::Annul { total: self.re_examined(), answer },
            other => other,
        })
    }
    /// A deliberated score: a number, with a word on every veto, and no worse for the unit because it objected.
    fn deliberable(&self, score: &str, veto_stands: Option<bool>) -> Result<(), Refusal> {
        let Some(score) = tenths(score) else {
            return Err(Refusal::at("score", "应为 0 至 100 的数，最多一位小数，如 84.5。"));
        };
        if self.vetoed() && veto_stands.is_none() {
            return Err(Refusal::at("veto_stands", "有专家认为触发否决项，请写明合议是否认定。"));
        }
        match &self.floor {
            Some(floor) if score < floor.score => {
                Err(Refusal::at("score", format!("不得因异议加重，不能低于 {} 分。", scoring::points(floor.score))))
            }
            Some(floor) if veto_stands == Some(true) && !floor.veto => Err(Refusal::at("veto_stands", "不得因异议加重。")),
            _ => Ok(()),
        }
    }
}
impl Review {
    /// What a draw has to know: number of the dossier, organisation, case type, case number.
    pub fn about(&self) -> (&str, &str, &str, &str) {
        (&self.dossier, &self.org, &self.case_type, &self.case_no)
    }
    /// What the page of a sheet has to know: number of the standard it is pinned to, scale of grades.
    pub fn pinned(&self) -> (&str, &Scale) {
        (&self.standard, &self.scale)
    }
    /// 等次 of one sheet.
    pub fn grade_of(&self, sheet: &Sheet) -> &str {
        self.scale.name(self.rank_of(sheet))
    }
    /// What a nomination for the negative list has to know (B12): the day of the conclusion where one stands, whether a grave defect was
    /// settled by the secretary (B3.9), the officer who was heard.
    pub fn for_list(&self) -> (Option<Date>, bool, &str) {
        (self.concluded.filter(|_| !self.revoked), self.worst() || self.draft.accountable, &self.officer)
    }
    /// Whether the case is sealed.
    pub fn sealed(&self) -> bool {
        self.sealed
    }
    /// This person's seat, on the panel or among the re-examiners.
    pub fn seat(&self, who: &str, second: bool) -> Option<&Seat> {
        let seats = if second { &self.second } else { &self.panel };
        seats.iter().find(|s| !who.is_empty() && s.who == who)
    }
}
