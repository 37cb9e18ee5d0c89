//! 案卷 (M1.3, B3.2, C 案件, F3): a judicial or administrative case as far as review needs it. Whether it is concluded and in
//! effect decides whether it may be reviewed at all (boundary 2: review looks back). Under a seal the names of the parties are
//! not held here, only what they are called instead (boundary 6); classified cases are not held at all (F2).
//!
//! The app drives: the import opens by `enter_pending`, `enter_concluded`, `enter_effective`; `name_person` and `drop_person`
//! write the register of conflicts for the person named; `seal` destroys the vault texts `Dossier::names` points to.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::*;
use crate::registers::codes::CASE_TYPE;

/// Mark: concluded, in effect, not taken up again.
pub const REVIEWABLE: &str = "reviewable";
/// Mark: an earlier conclusion on this dossier is registered; whoever differs must say why.
pub const PRIOR: &str = "prior";
/// Mark: its record is sealed.
pub const SEALED: &str = "sealed";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Pending,
    Concluded,
    Effective,
    Voided,
}
macro_rules! record {
    ($($f:ident: $t:ty),* $(,)?) => {
        /// What is registered of a case (`case-review.md` C); all of it may be corrected later.
        #[allow(missing_docs)]
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Record { $(#[serde(skip_serializing_if = "Option::is_none")] pub $f: Option<$t>),* }
        impl Record {
            fn take(&mut self, new: Record) { $(if new.$f.is_some() { self.$f = new.$f; })* }
        }
    };
}
record!(
    old_no: String,
    case_no: String,
    case_type: String,
    cause: String,
    track: String,
    stage: String,
    org: String,
    department: String,
    handler: String,
    bench: String,
    agents: String,
    former: String,
    filed_on: Date,
    closed_on: Date,
    effective_on: Date,
    parties: String,
    alias: String,
    tags: Vec<String>,
    seals: Vec<String>,
    classified: bool,
    seized: String,
    result: String,
    aftermath: String,
    remark: String,
    files: Vec<String>,
);
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Register(Record),
    RegisterEffective(Record),
    AmendRecord(Record),
    Conclude { closed_on: Date, result: String },
    TakeEffect { effective_on: Date },
    Reopen { aftermath: String, doc_no: String },
    NamePerson { capacity: String, person: String },
    DropPerson { named: String, reason: String },
    Seal { seals: Vec<String>, alias: String, ground: String },
    Unseal { ground: String, document: Vec<String> },
    RecordConclusion { prior_by: String, prior: String, prior_on: Date, doc_no: String },
    NoteReview { prior: String, prior_on: Date, doc_no: String },
    EnterPending(Record),
    EnterConcluded(Record),
    EnterEffective(Record),
    Void {},
}
/// An earlier conclusion on the same dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Prior {
    by: String,
    said: String,
    on: Date,
    doc_no: String,
}
/// What lasts of a dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dossier {
    said: Record,
    /// `(capacity, person)`: accounts of the house that had to do with the case.
    named: Vec<(String, String)>,
    priors: Vec<Prior>,
    /// Vault references of texts that may name the parties, taken out of sight by `seal`.
    unsaid: Vec<String>,
    touched: bool,
    voided: bool,
}

/// The hard boundary of review (mission.md, boundary 2; F5①): a case that is not concluded, or whose document is not in effect, meets
/// no review. Asked when the universe is frozen, when the sample is taken, and when a review opens.
///
/// # Errors
/// The sentence to show, word for word.
pub fn may_enter_review(closed_on: Option<Date>, effective_on: Option<Date>, today: Date) -> Result<(), Refusal> {
    if closed_on.is_none_or(|d| d > today) {
        return Err(Refusal::new("not_concluded", "案件尚未办结，不能进入评查"));
    }
    if effective_on.is_none_or(|d| d > today) {
        return Err(Refusal::new("not_effective", "文书尚未生效，不能进入评查"));
    }
    Ok(())
}

impl Dossier {
    fn org(&self) -> &str {
        self.said.org.as_deref().unwrap_or("")
    }
    fn sealed(&self) -> bool {
        self.said.seals.as_ref().is_some_and(|s| !s.is_empty())
    }
    /// Tags, by which overlays and cards apply.
    pub fn tags(&self) -> &[String] {
        self.said.tags.as_deref().unwrap_or_default()
    }
    /// Earlier conclusions, oldest first: `(by whom, what, when, document)`.
    pub fn priors(&self) -> impl Iterator<Item = (&str, &str, Date, &str)> {
        self.priors.iter().map(|p| (p.by.as_str(), p.said.as_str(), p.on, p.doc_no.as_str()))
    }
    /// Accounts of the house that had to do with the case: none of them may review it.
    pub fn people(&self) -> &[(String, String)] {
        &self.named
    }
    /// Names as registered, for comparing with the experts' before a draw: handler, bench, agents, former handlers.
    pub fn names_in_the_case(&self) -> Vec<&str> {
        let s = &self.said;
        [&s.handler, &s.bench, &s.agents, &s.former].into_iter().filter_map(|n| n.as_deref()).collect()
    }
    /// Vault references of texts that may name the parties: what the house has to destroy once the dossier is sealed.
    pub fn names(&self) -> Vec<&str> {
        self.unsaid.iter().filter_map(|r| is_vault_ref(r)).collect()
    }
    /// Whether it may be reviewed on this day.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn may_enter_review(&self, today: Date) -> Result<(), Refusal> {
        may_enter_review(self.said.closed_on, self.said.effective_on, today)
    }
    fn judge(&self, new: &Record) -> Result<(), Refusal> {
        let s = &self.said;
        let (filed, closed) = (new.filed_on.or(s.filed_on), new.closed_on.or(s.closed_on));
        let sealed = self.sealed() || new.seals.as_ref().is_some_and(|s| !s.is_empty());
        let wrong = |field: &str, say: &str| Err(Refusal::at(field, say));
        if new.classified == Some(true) {
            return wrong("classified", "涉密案件不得录入本系统，请按保密规定另行办理。");
        }
        if sealed && new.parties.is_some() {
            return wrong("parties", "封存案件不登记当事人姓名，请只填代称。");
        }
        if sealed && new.alias.is_none() && s.alias.is_none() {
            return wrong("alias", "封存案件须填当事人代称。");
        }
        if new.closed_on.is_some() && filed.is_some_and(|f| new.closed_on.is_some_and(|c| c < f)) {
            return wrong("closed_on", "结案日期不能早于立案日期。");
        }
        effect(new.effective_on, closed)
    }
}
/// A case takes effect once it is closed.
fn effect(effective: Option<Date>, closed: Option<Date>) -> Result<(), Refusal> {
    match (effective, closed) {
        (Some(e), Some(c)) if e < c => Err(Refusal::at("effective_on", "生效日期不能早于结案日期。")),
        _ => Ok(()),
    }
}

impl Procedure for Dossier {
    const KIND: &'static str = "dossier";
    const LABEL: &'static str = "案卷";
    const PREFIX: &'static str = "AJ";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const MARKS: &'static [&'static str] = &[REVIEWABLE, PRIOR, SEALED];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        if let Act::Register(r) | Act::RegisterEffective(r) = &act
            && !super::of_his_office(r.case_type.as_slice(), at)
        {
            return Err(Refusal::at("case_type", super::OTHER_OFFICE));
        }
        match &act {
            Act::Register(r)
            | Act::RegisterEffective(r)
            | Act::AmendRecord(r)
            | Act::EnterPending(r)
            | Act::EnterConcluded(r)
            | Act::EnterEffective(r) => self.judge(r)?,
            Act::Conclude { closed_on, .. } => self.judge(&Record { closed_on: Some(*closed_on), ..Record::default() })?,
            Act::TakeEffect { effective_on } => effect(Some(*effective_on), self.said.closed_on)?,
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, _: &Stamp) {
        self.touched = !matches!(act, Act::EnterPending(_) | Act::EnterConcluded(_) | Act::EnterEffective(_));
        match act.clone() {
            Act::Register(r) | Act::RegisterEffective(r) | Act::AmendRecord(r) => self.said.take(r),
            Act::EnterPending(r) | Act::EnterConcluded(r) | Act::EnterEffective(r) => self.said = r,
            Act::Conclude { closed_on, result } => (self.said.closed_on, self.said.result) = (Some(closed_on), Some(result)),
            Act::TakeEffect { effective_on } => self.said.effective_on = Some(effective_on),
            Act::Reopen { aftermath, .. } => {
                (self.said.closed_on, self.said.effective_on, self.said.aftermath) = (None, None, Some(aftermath));
            }
            Act::NamePerson { capacity, person } => self.named.push((capacity, person)),
            Act::DropPerson { named, .. } => self.named.retain(|(_, p)| *p != named),
            Act::Seal { seals, alias, .. } => {
                (self.said.seals, self.said.alias) = (Some(seals), Some(alias));
                let r = &mut self.said;
                let named = [r.parties.take(), r.result.take(), r.remark.take(), r.agents.take()];
                self.unsaid.extend(named.into_iter().flatten());
            }
            Act::Unseal { .. } => self.said.seals = None,
            Act::RecordConclusion { prior_by, prior, prior_on, doc_no } => {
                self.priors.push(Prior { by: prior_by, said: prior, on: prior_on, doc_no });
            }
            Act::NoteReview { prior, prior_on, doc_no } => {
                self.priors.push(Prior { by: "本平台".into(), said: prior, on: prior_on, doc_no });
            }
            Act::Void {} => self.voided = true,
        }
    }
    fn parties(&self) -> Vec<Party> {
        super::reviewers()
    }
    fn marks(&self) -> Vec<&'static str> {
        let reviewable = self.said.closed_on.is_some() && self.said.effective_on.is_some() && !self.voided;
        let all = [(REVIEWABLE, reviewable), (PRIOR, !self.priors.is_empty()), (SEALED, self.sealed())];
        marks(all)
    }
    fn choices(&self, field: &str) -> Vec<(String, String)> {
        let named = self.named.iter().filter(|_| field == "named");
        named.map(|(capacity, person)| (person.clone(), format!("{capacity} {person}"))).collect()
    }
    fn index(&self) -> Index {
        // A sealed record is found by nobody's search: neither number nor cause stands in the index (I5).
        if self.sealed() {
            return index("{org}封存案件".into(), self.org(), &[]);
        }
        let kind = CASE_TYPE.label_of(self.said.case_type.as_deref().unwrap_or(""));
        let title = format!("{{org}}{kind}案件 {}", self.said.case_no.as_deref().unwrap_or(""));
        let gist = self.said.cause.clone().unwrap_or_default();
        Index { gist, ..index(title, self.org(), self.said.tags.as_deref().unwrap_or(&[])) }
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        if self.voided || self.sealed() {
            return vec![];
        }
        let kind = self.said.case_type.as_deref().unwrap_or("");
        self.said.closed_on.map(|on| fact("办结案件", self.org(), kind, on)).into_iter().collect()
    }
}
/// What a sample says of a dossier.
#[allow(missing_docs)]
#[derive(Clone, Debug)]
pub struct Told<'a> {
    pub org: &'a str,
    pub case_no: &'a str,
    pub case_type: &'a str,
    pub closed_on: Option<Date>,
    pub effective_on: Option<Date>,
    pub sealed: bool,
}
impl Dossier {
    /// What a sample says of it; a sealed one's number stays out.
    pub fn told(&self) -> Told<'_> {
        let s = &self.said;
        Told {
            org: self.org(),
            case_no: s.case_no.as_deref().filter(|_| !self.sealed()).unwrap_or(""),
            case_type: s.case_type.as_deref().unwrap_or(""),
            closed_on: s.closed_on,
            effective_on: s.effective_on,
            sealed: self.sealed(),
        }
    }
}
