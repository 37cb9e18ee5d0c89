//! 联合出台文件 (M2.5, B13): from a common problem to a paper of several bodies – drafted, consulted on, looked through for legality,
//! countersigned by each, issued on trial, filed, evaluated, revised or repealed. It rules for the future: never on a case, never back.
//!
//! The app drives: what is issued goes into the rule library as a version of this title; a repeal ends it there. Names of
//! organisations in `recipients` reach `consult` as codes.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use crate::engine::*;
use crate::{redaction, rules, wording};

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Proposed,
    Drafting,
    Drafted,
    Consulting,
    Opined,
    Reviewing,
    Countersigning,
    Countersigned,
    Issued,
    Trial,
    Evaluated,
    Confirmed,
    Repealed,
    Dropped,
}
/// 一稿.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub no: String,
    pub on: String,
    pub text: String,
}
/// A body asked for its opinion; whether it countersigns too.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub org: String,
    pub countersigns: String,
}
/// What a body said, or that it signed.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    pub org: String,
    pub on: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub opinion: String,
}
/// Whether an opinion was taken up, and why.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub org: String,
    pub taken: String,
    pub reason: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Open {
        title: String,
        why: String,
    },
    Propose {
        title: String,
        #[serde(default)]
        common_problem: Option<String>,
        why: String,
    },
    ApproveProject {},
    Drop {
        reason: String,
    },
    Draft {
        text: String,
    },
    Consult {
        recipients: Vec<Asked>,
        reply_by: Date,
    },
    Opine {
        view: String,
        #[serde(default)]
        org: String,
    },
    CloseConsult {},
    AdoptOpinions {
        #[serde(default)]
        taken: Vec<Taken>,
        #[serde(default)]
        revised: Option<String>,
    },
    ReviewLegality {
        opinion: String,
    },
    ReturnLegality {
        opinion: String,
    },
    Countersign {
        #[serde(default)]
        org: String,
    },
    RefuseCountersign {
        view: String,
        #[serde(default)]
        org: String,
    },
    Issue {
        doc_no: String,
        effective_on: Date,
        trial_until: Date,
    },
    FileRecord {
        filed_with: String,
        filed_on: Date,
    },
    Evaluate {
        result: String,
        report: String,
    },
    Amend {
        reason: String,
    },
    Confirm {},
    Repeal {
        reason: String,
        repealed_on: Date,
    },
}
/// What lasts of a joint rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JointRule {
    title: String,
    common_problem: Option<String>,
    why: String,
    reason: String,
    drafts: Vec<Draft>,
    recipients: Vec<Asked>,
    opinions: Vec<Said>,
    taken: Vec<Taken>,
    legality: String,
    signed: Vec<Said>,
    doc_no: String,
    issued: Option<Date>,
    effective: Option<Date>,
    trial_until: Option<Date>,
    filed: String,
    result: String,
    report: String,
    confirmed: Option<Date>,
    repealed: Option<Date>,
}
/// What the library needs of a paper that was issued.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper<'a> {
    pub title: &'a str,
    pub text: &'a str,
    pub doc_no: &'a str,
    pub issued: Date,
    pub effective: Date,
    pub repealed: Option<Date>,
}
impl JointRule {
    /// The paper as it was issued last; nothing before that.
    pub fn paper(&self) -> Option<Paper<'_>> {
        Some(Paper {
            title: &self.title,
            text: self.drafts.last().map_or("", |d| d.text.as_str()),
            doc_no: &self.doc_no,
            issued: self.issued?,
            effective: self.effective?,
            repealed: self.repealed,
        })
    }
    /// Of these bodies the one this person speaks for, which is still to say something.
    fn speaks<'s>(&'s self, at: &At, said: &[Said], signing: bool) -> Option<&'s str> {
        let of = |a: &&Asked| at.who.roles.iter().any(|r| r.org == a.org && tables::SPEAK.contains(&r.role.as_str()));
        let open = |a: &&Asked| (!signing || a.countersigns == "是") && !said.iter().any(|s| s.org == a.org);
        self.recipients.iter().filter(of).find(open).map(|a| a.org.as_str())
    }
    fn all(&self, said: &[Said], signing: bool) -> bool {
        self.recipients.iter().filter(|a| !signing || a.countersigns == "是").all(|a| said.iter().any(|s| s.org == a.org))
    }
    fn add_draft(&mut self, text: String, on: Date) {
        let no = format!("第{}稿", rules::chinese(u32::try_from(self.drafts.len()).unwrap_or(0) + 1));
        self.drafts.push(Draft { no, on: on.to_string(), text });
        // What was said of another text was not said of this one.
        self.signed.clear();
        self.legality.clear();
    }
}
/// A text of articles that rules on no case. What it says of all cases to come (“应当认定为……”) is its business; what it says of one is
/// judged as any opinion of ours is.
fn sound_text(field: &str, text: &str) -> Result<(), Refusal> {
    let lines: Vec<&str> = text.lines().collect();
    rules::Text::body(&lines).map_err(|say| Refusal::at(field, say))?;
    let of_a_case = |l: &&&str| ["本案", "该案", "此案", "上述案件", "前述案件", "某案"].iter().any(|w| l.contains(w));
    let directs = lines.iter().filter(of_a_case).map(|l| wording::words(&wording::check(l))).find(|say| !say.is_empty());
    if let Some(say) = directs {
        return Err(Refusal::at(field, format!("文件不得对个案作裁决。{say}")));
    }
    no_case(field, text)
}
fn no_case(field: &str, text: &str) -> Result<(), Refusal> {
    match redaction::case_number(text) {
        Some(no) => Err(Refusal::at(field, format!("“{no}”是案号。文件不得对个案作裁决，请删去。"))),
        None => Ok(()),
    }
}

impl Procedure for JointRule {
    const KIND: &'static str = "joint_rule";
    const LABEL: &'static str = "联合出台文件";
    const PREFIX: &'static str = "LW";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        Ok(match act {
            Act::Propose { ref title, .. } | Act::Open { ref title, .. } => {
                no_case("title", title)?;
                act
            }
            Act::Draft { text } => {
                sound_text("text", &text)?;
                Act::Draft { text }
            }
            Act::Consult { recipients, reply_by } => {
                if reply_by <= at.today {
                    return Err(Refusal::at("reply_by", "答复期限应晚于今日。"));
                }
                let twice = |(i, a): (usize, &Asked)| recipients.iter().skip(i + 1).any(|b| b.org == a.org);
                if recipients.iter().enumerate().any(twice) {
                    return Err(Refusal::at("recipients", "同一单位只列一行。"));
                }
                if !recipients.iter().any(|a| a.countersigns == "是") {
                    return Err(Refusal::at("recipients", "联合出台文件至少有一个会签单位。"));
                }
                Act::Consult { recipients, reply_by }
            }
            Act::Opine { view, .. } => Act::Opine { view, org: self.speaks(at, &self.opinions, false).unwrap_or("").into() },
            Act::Countersign { .. } => Act::Countersign { org: self.speaks(at, &self.signed, true).unwrap_or("").into() },
            Act::RefuseCountersign { view, .. } => {
                Act::RefuseCountersign { view, org: self.speaks(at, &self.signed, true).unwrap_or("").into() }
            }
            Act::AdoptOpinions { taken, revised } => {
                let once = |o: &Said| taken.iter().filter(|t| t.org == o.org).count() == 1;
                if taken.len() != self.opinions.len() || !self.opinions.iter().all(once) {
                    return Err(Refusal::at("taken", "每个单位的意见各答一行：是否采纳，理由。"));
                }
                if let Some(text) = &revised {
                    sound_text("revised", text)?;
                }
                Act::AdoptOpinions { taken, revised }
            }
            Act::Issue { doc_no, effective_on, trial_until } => {
                if effective_on < at.today {
                    return Err(Refusal::at("effective_on", "施行日期不能早于印发日：文件不溯及既往。"));
                }
                if trial_until <= effective_on {
                    return Err(Refusal::at("trial_until", "试行截止日应晚于施行日期。"));
                }
                Act::Issue { doc_no, effective_on, trial_until }
            }
            Act::Repeal { repealed_on, .. } if repealed_on < at.today => {
                return Err(Refusal::at("repealed_on", "废止日期不能早于今日：废止前按文件办的不受影响。"));
            }
            other => other,
        })
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        let on = stamp.on.to_string();
        match act.clone() {
            Act::Open { title, why } => (self.title, self.why) = (title, why),
            Act::Propose { title, common_problem, why } => (self.title, self.common_problem, self.why) = (title, common_problem, why),
            Act::Draft { text } => self.add_draft(text, stamp.on),
            Act::Consult { recipients, .. } => {
                self.recipients = recipients;
                self.opinions.clear();
                self.taken.clear();
            }
            Act::Opine { view, org } => self.opinions.push(Said { org, on, opinion: view }),
            Act::AdoptOpinions { taken, revised } => {
                self.taken = taken;
                if let Some(text) = revised {
                    self.add_draft(text, stamp.on);
                }
            }
            Act::ReviewLegality { opinion } | Act::ReturnLegality { opinion } => self.legality = opinion,
            Act::Countersign { org } => self.signed.push(Said { org, on, opinion: String::new() }),
            Act::RefuseCountersign { view, .. } => {
                self.reason = view;
                self.signed.clear();
            }
            Act::Issue { doc_no, effective_on, trial_until } => {
                (self.doc_no, self.issued, self.effective) = (doc_no, Some(stamp.on), Some(effective_on));
                (self.trial_until, self.confirmed) = (Some(trial_until), None);
                self.filed.clear();
                self.result.clear();
                self.report.clear();
            }
            Act::FileRecord { filed_with, filed_on } => self.filed = format!("{filed_on} {filed_with}"),
            Act::Evaluate { result, report } => (self.result, self.report) = (result, report),
            Act::Confirm {} => self.confirmed = Some(stamp.on),
            Act::Repeal { reason, repealed_on } => (self.reason, self.repealed) = (reason, Some(repealed_on)),
            Act::Amend { reason } | Act::Drop { reason } => self.reason = reason,
            Act::ApproveProject {} | Act::CloseConsult {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        for asked in &self.recipients {
            all.extend(tables::SPEAK.map(|r| role_in(Standing::Cosigner, r, &asked.org)));
        }
        all
    }
    fn index(&self) -> Index {
        Index { gist: self.why.clone(), ..index(self.title.clone(), "", &[]) }
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        use tables::*;
        let (last, earlier) = self.drafts.split_last().map_or((None, &[][..]), |(l, e)| (Some(l), e));
        let project = vec![
            TITLE.row(self.title.as_str()),
            COMMON_PROBLEM.row(j!(self.common_problem)),
            WHY.row(self.why.as_str()),
            REASON.row(self.reason.as_str()),
        ];
        let text =
            vec![NO.row(last.map_or("", |d| d.no.as_str())), TEXT.row(last.map_or("", |d| d.text.as_str())), DRAFTS.row(j!(earlier))];
        let asked = vec![
            RECIPIENTS.row(j!(self.recipients)),
            OPINIONS.row(j!(self.opinions)),
            TAKEN.row(j!(self.taken)),
            LEGALITY.row(self.legality.as_str()),
            SIGNED.row(j!(self.signed)),
        ];
        let force = vec![
            DOC_NO.row(self.doc_no.as_str()),
            ISSUED.row(j!(self.issued)),
            EFFECTIVE_ON.row(j!(self.effective)),
            TRIAL_UNTIL.row(j!(self.trial_until)),
            FILED.row(self.filed.as_str()),
            RESULT.row(self.result.as_str()),
            REPORT.row(self.report.as_str()),
            CONFIRMED.row(j!(self.confirmed)),
            REPEALED_ON.row(j!(self.repealed)),
        ];
        vec![section("立项", project), section("文本", text), section("征求意见、审查和会签", asked), section("施行", force)]
    }
    fn facts(&self) -> Vec<Fact> {
        facts("", "", [("联合出台文件印发", self.issued)])
    }
}
