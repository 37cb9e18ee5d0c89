//! 报请执法监督 (B6, M2.6): a procuratorate brings an opinion that was not heeded before the committee. Whether it may be accepted is a
//! truth table over marks of the opinion (`grounds`). The unit is heard, or its time to speak has run out, before anything is written to
//! it; letters ask to answer and to give reasons, never to adopt.
pub mod grounds;
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use super::procuratorial_opinion as opinion;
use crate::engine::*;
use grounds::{Conduct, Grounds, Judged, Reasons, judge};

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Requested,
    Completing,
    Hearing,
    Studying,
    Proposed,
    Answering,
    Answered,
    Settled,
    Archived,
    Refused,
    Withdrawn,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Request {
        procuratorial_opinion: String,
        conduct: String,
        account: String,
        #[serde(default)]
        org: String,
        #[serde(default)]
        proc_org: String,
        #[serde(default)]
        paper: Vec<String>,
        #[serde(default)]
        service: Vec<String>,
        #[serde(default)]
        reminder: Vec<String>,
    },
    AskToComplete {
        note: String,
        #[serde(default)]
        lacks: String,
    },
    Supplement {
        #[serde(default)]
        paper: Vec<String>,
        #[serde(default)]
        service: Vec<String>,
        #[serde(default)]
        reminder: Vec<String>,
    },
    LapseSupplement {},
    Accept {},
    Refuse {
        reason: String,
    },
    Withdraw {
        account: String,
    },
    Explain {
        explanation: String,
        #[serde(default)]
        files: Vec<String>,
    },
    LapseExplanation {},
    Study {
        means: String,
        opinion: String,
    },
    ReturnStudy {
        reason: String,
    },
    Leap {
        reason: String,
    },
    FindJustified {
        letter: String,
    },
    Letter {
        letter: String,
    },
    Conference {
        held_on: Date,
        participants: String,
        minutes: Vec<String>,
        letter: String,
    },
    Interview {
        held_on: Date,
        participants: String,
        minutes: Vec<String>,
        letter: String,
    },
    Circulate {
        letter: String,
    },
    Refer {
        receiver: String,
        gist: String,
    },
    ReportParty {
        gist: String,
    },
    Answer {
        reply: String,
        #[serde(default)]
        files: Vec<String>,
    },
    LapseAnswer {},
    SendBack {
        letter: String,
    },
    AcceptAnswer {
        opinion: String,
    },
    Inform {
        informed_on: Date,
        feedback: String,
    },
}
/// The papers of the request, each asked for by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Papers {
    paper: Vec<String>,
    service: Vec<String>,
    reminder: Vec<String>,
}
/// What lasts of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Escalation {
    opinion: String,
    org: String,
    proc_org: String,
    conduct: String,
    account: String,
    papers: Papers,
    lacks: String,
    reason: String,
    accepted: bool,
    explanation: String,
    silent: bool,
    study: String,
    means: String,
    /// What was used, in order: 督促函 …
    used: Vec<String>,
    /// The strongest means that went unanswered, by its place in `MEANS`.
    unanswered: usize,
    /// The secretary has allowed a stronger means at once.
    leap: bool,
    letter: String,
    held_on: Option<Date>,
    participants: String,
    minutes: Vec<String>,
    receiver: String,
    gist: String,
    reply: String,
    verdict: String,
    feedback: String,
    requested: Option<Date>,
    informed: Option<Date>,
}
/// Means that press, the milder first (B6). 移送 is no pressure: whoever finds what belongs elsewhere hands it on.
const MEANS: &[&str] = &["督促函", "联席会议", "约谈", "通报", "报党委"];

impl Escalation {
    /// The facts, as the opinion's marks and the papers at hand tell them; none without a known conduct.
    fn grounds(&self, at: &At) -> Option<Grounds> {
        // By its number: another opinion linked here lends nothing.
        let says = |mark: &str| at.carries(Some(&self.opinion), mark);
        let conduct = Conduct::of(&self.conduct)?;
        // What was withdrawn or settled meanwhile bears out nothing.
        let open = !says(super::CLOSED);
        let borne_out = open
            && match conduct {
                Conduct::Uncooperative => says(opinion::UNCOOPERATIVE),
                Conduct::Declined => says(opinion::DECLINED),
                Conduct::Uncorrected => says(opinion::UNCORRECTED),
                Conduct::Unanswered => says(opinion::UNANSWERED),
            };
        let reasons = match () {
            () if says(opinion::REASONS_GIVEN) => Reasons::Given,
            () if says(opinion::NO_REASONS) => Reasons::NoneAfterReminder,
            () => Reasons::NotSaid,
        };
        Some(Grounds {
            conduct,
            borne_out,
            term_over: says(opinion::DUE_PASSED),
            reminded: says(opinion::REMINDED),
            reminder_over: says(opinion::REMINDER_PASSED),
            reasons,
            own_done: says(opinion::RE_EXAMINED),
            paper: !self.papers.paper.is_empty(),
            service: !self.papers.service.is_empty(),
            reminder: !self.papers.reminder.is_empty(),
        })
    }
    fn judged(&self, at: &At) -> Judged {
        self.grounds(at).map_or(Judged::Refused(grounds::NOT_BORNE_OUT), |g| judge(&g))
    }
    /// Whether this means is in its turn: a milder one went unanswered, or the secretary has said why not.
    fn in_turn(&self, means: &str) -> bool {
        self.leap || MEANS.iter().position(|m| *m == means).is_some_and(|place| place <= self.unanswered)
    }
    /// Whether the unit's reasons were found good.
    pub fn found_justified(&self) -> bool {
        self.used.iter().any(|u| u == "理由成立")
    }
    fn used(&mut self, means: &str, letter: String) {
        self.used.push(means.to_owned());
        (self.letter, self.leap) = (letter, false);
    }
    fn sat(&mut self, held_on: Date, participants: String, minutes: Vec<String>) {
        (self.held_on, self.participants, self.minutes) = (Some(held_on), participants, minutes);
    }
    fn take(&mut self, paper: Vec<String>, service: Vec<String>, reminder: Vec<String>) {
        self.papers.paper.extend(paper);
        self.papers.service.extend(service);
        self.papers.reminder.extend(reminder);
    }
}

impl Procedure for Escalation {
    const KIND: &'static str = "escalation";
    const LABEL: &'static str = "报请执法监督";
    const PREFIX: &'static str = "BQ";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const LOOKS: &'static [(&'static str, &'static str)] = &[
        ("procuratorial_opinion", opinion::DUE_PASSED),
        ("procuratorial_opinion", opinion::UNANSWERED),
        ("procuratorial_opinion", opinion::DECLINED),
        ("procuratorial_opinion", opinion::UNCORRECTED),
        ("procuratorial_opinion", opinion::UNCOOPERATIVE),
        ("procuratorial_opinion", opinion::REMINDED),
        ("procuratorial_opinion", opinion::REMINDER_PASSED),
        ("procuratorial_opinion", opinion::REASONS_GIVEN),
        ("procuratorial_opinion", opinion::NO_REASONS),
        ("procuratorial_opinion", opinion::RE_EXAMINED),
        ("procuratorial_opinion", super::CLOSED),
    ];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match act {
            Act::Request { ref org, ref proc_org, .. } if org.is_empty() || proc_org.is_empty() => {
                Err(Refusal::at("procuratorial_opinion", "没有这件检察监督意见。请填登记编号，如 JY-2026-0003。"))
            }
            // What is missing is read off the table, not typed.
            Act::AskToComplete { note, .. } => {
                let lacks = if let Judged::Complete(all) = self.judged(at) { all.join("、") } else { String::new() };
                Ok(Act::AskToComplete { note, lacks })
            }
            act => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Request { procuratorial_opinion, conduct, account, org, proc_org, paper, service, reminder } => {
                (self.opinion, self.conduct, self.account) = (procuratorial_opinion, conduct, account);
                (self.org, self.proc_org, self.requested) = (org, proc_org, Some(stamp.on));
                self.take(paper, service, reminder);
            }
            Act::AskToComplete { note, lacks } => (self.reason, self.lacks) = (note, lacks),
            Act::Supplement { paper, service, reminder } => self.take(paper, service, reminder),
            Act::Accept {} => self.accepted = true,
            Act::Refuse { reason } | Act::ReturnStudy { reason } | Act::Withdraw { account: reason } => self.reason = reason,
            Act::Explain { explanation, .. } => self.explanation = explanation,
            Act::LapseExplanation {} => self.silent = true,
            Act::Study { means, opinion } => (self.means, self.study) = (means, opinion),
            Act::Leap { reason } => (self.reason, self.leap) = (reason, true),
            Act::FindJustified { letter } => self.used("理由成立", letter),
            Act::Letter { letter } => self.used("督促函", letter),
            Act::Conference { held_on, participants, minutes, letter } => {
                self.used("联席会议", letter);
                self.sat(held_on, participants, minutes);
            }
            Act::Interview { held_on, participants, minutes, letter } => {
                self.used("约谈", letter);
                self.sat(held_on, participants, minutes);
            }
            Act::Circulate { letter } => self.used("通报", letter),
            Act::Refer { receiver, gist } => {
                self.used.push("移送".into());
                (self.receiver, self.gist) = (receiver, gist);
            }
            Act::ReportParty { gist } => {
                self.used.push("报党委".into());
                self.gist = gist;
            }
            Act::Answer { reply, .. } => self.reply = reply,
            Act::LapseAnswer {} => {
                let last = self.used.last().and_then(|u| MEANS.iter().position(|m| m == u));
                self.unanswered = self.unanswered.max(last.map_or(0, |place| place + 1));
            }
            Act::SendBack { letter } => self.letter = letter,
            Act::AcceptAnswer { opinion } => self.verdict = opinion,
            Act::Inform { informed_on, feedback } => (self.informed, self.feedback) = (Some(informed_on), feedback),
            Act::LapseSupplement {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        all.push(role_in(Standing::Procurator, "R11", &self.proc_org));
        // Before acceptance there is nothing the unit has to answer.
        if self.accepted {
            all.push(role_in(Standing::Respondent, "R9", &self.org));
        }
        all
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        match act {
            Act::Accept {} => {
                vec![Request { kind: "procuratorial_opinion", action: "escalate", form: j!({}), link: Some("procuratorial_opinion") }]
            }
            _ => vec![],
        }
    }
    fn index(&self) -> Index {
        Index { gist: self.account.clone(), ..index(format!("{{org}}：报请执法监督（{}）", self.conduct), &self.org, &[]) }
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        facts(&self.org, &self.conduct, [("报请执法监督", self.requested), ("报请办结", self.informed)])
    }
}
