//! 抽取 (M2.2, trust.md 4.2): announced, sealed, frozen, revealed, drawn – each before the next can be known. The house fills in what
//! must not be typed by hand (lists, fingerprints, results); people press the steps and answer for them.
//!
//! The app drives: it completes every `computed` field before the gate, and carries the result of `draw` to the batch or the reviews.
mod tables;

use serde::{Deserialize, Serialize};

use crate::engine::{Standing::*, *};
use crate::registers::codes::DRAW_WHAT;
use ledger::Alg;

/// 抽监督员: drawn by the office of the joint conference, for a task they go along with (`enterprise.md` B3).
pub const OBSERVERS: &str = "抽监督员";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Announced,
    Frozen,
    Drawn,
    Voided,
}
/// 抽取公告.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    pub what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// For whom observers are drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observation: Option<String>,
    pub purpose: String,
    pub witness1: String,
    pub witness2: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness3: Option<String>,
    pub t0: String,
    pub t1: String,
    pub t2: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beacon: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seats: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_per_unit: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Computed from here on.
    pub code: String,
    pub alg: String,
    pub parties: Vec<Seated>,
    pub announcement: Vec<String>,
    pub digest: String,
    /// Numbers drawn for, in the order of the draws.
    pub targets: Vec<Target>,
}
/// What one draw is for.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub target: String,
}
/// A party that contributes a secret.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seated {
    pub code: String,
    pub body: String,
    pub person: String,
}
/// One frozen list.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct List {
    pub draw: String,
    pub target: String,
    pub root: String,
    pub size: String,
    pub excluded: String,
}
/// One result.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    pub draw: String,
    pub target: String,
    pub seed: String,
    pub proof: String,
    pub chosen: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Announce(Box<Plan>),
    Seal {
        commitment: String,
    },
    Freeze {
        lists: Vec<List>,
        pools: Vec<String>,
        checkpoint: String,
    },
    Reveal {
        secret: String,
    },
    Draw {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value_at: Option<String>,
        results: Vec<Outcome>,
        proofs: Vec<String>,
    },
    Void {
        reason: String,
    },
}
/// What a party has handed in.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sealed {
    pub person: String,
    pub commitment: String,
    pub committed_at: i64,
    pub secret: String,
    pub revealed_at: i64,
}
/// What lasts of a draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draw {
    /// What was announced.
    pub plan: Plan,
    /// When, milliseconds since 1970 UTC.
    pub announced_at: i64,
    /// In the order of the parties.
    pub seals: Vec<Sealed>,
    /// When the lists were frozen.
    pub frozen_at: i64,
    /// Root of the ledger's tree then, hex.
    pub checkpoint: String,
    /// The frozen lists.
    pub lists: Vec<List>,
    /// Files of the lists.
    pub pools: Vec<String>,
    /// The public result and when it came out.
    pub value: String,
    /// When.
    pub value_at: i64,
    /// What was drawn.
    pub results: Vec<Outcome>,
    /// Proof files.
    pub proofs: Vec<String>,
    /// Why there will be no result.
    pub void: String,
}
/// A moment as people write it, `2026-12-01 10:00`, in Beijing time; milliseconds since 1970 UTC.
pub fn moment(text: &str) -> Option<i64> {
    let civil = jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M", text.trim()).ok()?;
    jiff::tz::offset(8).to_timestamp(civil).ok().map(jiff::Timestamp::as_millisecond)
}
impl Draw {
    fn times(&self) -> [i64; 3] {
        [&self.plan.t0, &self.plan.t1, &self.plan.t2].map(|t| moment(t).unwrap_or(0))
    }
    fn seal_of(&self, who: &str) -> Option<&Sealed> {
        self.seals.iter().find(|s| s.person == who)
    }
    /// Every party has opened its seal.
    fn all_revealed(&self) -> bool {
        self.seals.len() == self.plan.parties.len() && self.seals.iter().all(|s| !s.secret.is_empty())
    }
    /// Whether it can be drawn at this instant, so far as no result is needed to know.
    pub fn ready(&self, now_ms: i64) -> bool {
        now_ms >= self.times()[2] && self.told()
    }
    /// A public beacon is named, or every party has opened its seal.
    fn told(&self) -> bool {
        self.plan.beacon.is_some() || self.all_revealed()
    }
    /// When the public result came out, milliseconds since 1970 UTC; 0 where none is named.
    ///
    /// # Errors
    /// What is wrong with the result or its time, at its field.
    pub fn came(&self, value: &str, value_at: &str, now_ms: i64) -> Result<i64, Refusal> {
        let name = self.plan.beacon.as_deref().unwrap_or("");
        ledger::draw::beacon_value(name, value).map_err(|r| Refusal::at("value", r.to_string()))?;
        let came = moment(value_at).filter(|ms| *ms > self.times()[1] && *ms <= now_ms);
        match came {
            _ if name.is_empty() => Ok(0),
            Some(ms) => Ok(ms),
            None => Err(Refusal::at("value_at", "写开出的时间，如 2026-12-01 21:15，须在 T1 之后、现在之前。")),
        }
    }
    /// Bodies that have sealed.
    fn bodies(&self) -> usize {
        let sealed = self.plan.parties.iter().filter(|p| self.seal_of(&p.person).is_some());
        sealed.map(|p| p.body.as_str()).collect::<std::collections::BTreeSet<_>>().len()
    }
}
/// A party opens what it sealed, or the draw does without it.
fn opens(plan: &Plan, sealed: &Sealed, secret: &str) -> bool {
    let party = plan.parties.iter().find(|p| p.person == sealed.person).map_or("", |p| p.code.as_str());
    let bytes = ledger::unhex::<16>(secret);
    let alg = Alg::from_name(&plan.alg);
    alg.zip(bytes).is_some_and(|(alg, secret)| ledger::hex(&ledger::draw::seal(alg, &plan.code, party, &secret)) == sealed.commitment)
}

impl Procedure for Draw {
    const KIND: &'static str = "draw";
    const LABEL: &'static str = "抽取";
    const PREFIX: &'static str = "CQ";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Announce(p) if p.what == OBSERVERS && !in_role(at.who, "R14") => Err(Refusal::at("what", "监督员由联席办抽取。")),
            Act::Announce(p) if p.what != OBSERVERS && !["R1", "R17"].iter().any(|r| in_role(at.who, r)) => {
                Err(Refusal::at("what", "联席办只抽取监督员。"))
            }
            Act::Announce(p) => p.judge(at.now_ms).map(|_| act),
            Act::Seal { commitment } if ledger::unhex::<32>(commitment).is_none() => {
                Err(Refusal::at("commitment", "应为 64 位小写十六进制。用“生成封口”页或 xiezhi draw seal 生成。"))
            }
            Act::Reveal { secret } => match self.seal_of(&at.who.id) {
                Some(sealed) if opens(&self.plan, sealed, secret.trim()) => Ok(act),
                _ => Err(Refusal::at("secret", "与封口不符。请核对当时记下的 32 位十六进制。")),
            },
            Act::Draw { value, value_at, .. } => {
                self.came(value.as_deref().unwrap_or(""), value_at.as_deref().unwrap_or(""), at.now_ms).map(|_| act)
            }
            Act::Freeze { .. } | Act::Void { .. } | Act::Seal { .. } => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Announce(plan) => (self.plan, self.announced_at) = (*plan, stamp.at_ms),
            Act::Seal { commitment } => {
                self.seals.push(Sealed { person: stamp.by.clone(), commitment, committed_at: stamp.at_ms, ..Sealed::default() });
            }
            Act::Freeze { lists, pools, checkpoint } => {
                (self.lists, self.pools, self.checkpoint, self.frozen_at) = (lists, pools, checkpoint, stamp.at_ms);
            }
            Act::Reveal { secret } => {
                if let Some(s) = self.seals.iter_mut().find(|s| s.person == stamp.by) {
                    (s.secret, s.revealed_at) = (secret.trim().to_owned(), stamp.at_ms);
                }
            }
            Act::Draw { value, value_at, results, proofs } => {
                (self.results, self.proofs) = (results, proofs);
                (self.value, self.value_at) = (value.unwrap_or_default(), value_at.as_deref().and_then(moment).unwrap_or(0));
            }
            Act::Void { reason } => self.void = reason,
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = match self.plan.what.as_str() {
            OBSERVERS => super::intake(),
            // Not announced yet: which of the offices it is for, the form will say.
            "" => [super::reviewers(), super::intake()].concat(),
            _ => super::reviewers(),
        };
        all.extend(self.plan.parties.iter().map(|p| person(Witness, &p.person)));
        all
    }
    fn index(&self) -> Index {
        index(format!("{}：{}", DRAW_WHAT.label_of(&self.plan.what), self.plan.purpose), "", &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
}
impl Plan {
    /// Whether it can be announced at this instant; T0, T1 and T2, milliseconds since 1970 UTC (trust.md 4.2).
    ///
    /// # Errors
    /// What is wrong, at its field.
    pub fn judge(&self, now_ms: i64) -> Result<[i64; 3], Refusal> {
        let times = [("t0", &self.t0), ("t1", &self.t1), ("t2", &self.t2)];
        let wrong: Vec<_> = times.iter().filter(|(_, t)| moment(t).is_none()).collect();
        if !wrong.is_empty() {
            let fields = wrong.iter().map(|(n, _)| ((*n).to_owned(), "写作 2026-12-01 10:00。".to_owned())).collect();
            return Err(Refusal { fields, ..refusals::BAD_FORM });
        }
        let [t0, t1, t2] = times.map(|(_, t)| moment(t).unwrap_or(0));
        for (early, field, say) in
            [(t0 <= now_ms, "t0", "T0 应晚于现在。"), (t1 <= t0, "t1", "T1 应晚于 T0。"), (t2 <= t1, "t2", "T2 应晚于 T1。")]
        {
            if early {
                return Err(Refusal::at(field, say));
            }
        }
        if let Some(name) = &self.beacon {
            ledger::draw::beacon_name(name).map_err(|r| Refusal::at("beacon", r.to_string()))?;
        }
        match (self.what.as_str(), &self.batch, &self.review) {
            ("抽案", None, _) => return Err(Refusal::at("batch", "请填为哪一件抽取。")),
            ("补抽专家" | "抽复核专家", _, None) => return Err(Refusal::at("review", "请填为哪一件抽取。")),
            (OBSERVERS, ..) if self.observation.is_none() => return Err(Refusal::at("observation", "请填为哪一件抽取。")),
            ("抽专家", None, None) => return Err(Refusal::at("batch", "请填批次，或单独一件评查。")),
            _ => {}
        }
        if self.previous.is_some() && self.reason.is_none() {
            return Err(Refusal::at("reason", "重新抽取须写明理由。"));
        }
        let bodies: std::collections::BTreeSet<&str> = self.parties.iter().map(|x| x.body.as_str()).collect();
        let persons: std::collections::BTreeSet<&str> = self.parties.iter().map(|x| x.person.as_str()).collect();
        if bodies.len() < 2 || persons.len() < self.parties.len() {
            return Err(Refusal::at("witness2", "封口人至少两名，来自不同单位，不能是同一人。"));
        }
        Ok([t0, t1, t2])
    }
}
