//! 流程的表: phases, steps and rules as a lawyer reads them, and the few functions a table cannot say.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt::Debug;

use super::clocks::{Clock, Running, Window};
use super::field::{Field, Section};
use super::words::{At, Fact, Index, Party, Refusal, Stamp, Standing};

/// One kind of matter. The constants are what a lawyer reads; the functions are what tables cannot say.
pub trait Procedure: Clone + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Glossary identifier, also in addresses and on the ledger.
    const KIND: &'static str;
    /// 中文.
    const LABEL: &'static str;
    /// Letters before its numbers: "XS" in XS-2026-0043.
    const PREFIX: &'static str;
    /// Plain enum, no data.
    type Phase: Copy + Eq + Debug + Serialize + DeserializeOwned + Send + Sync + 'static;
    /// A step taken, with its contents. Asked for, it is a wish; recorded, it is the event. One variant per action, fields named like the form's.
    type Act: Clone + Serialize + DeserializeOwned;
    /// 阶段.
    const PHASES: &'static [PhaseRow<Self::Phase>];
    /// 步骤表.
    const STEPS: &'static [Step<Self>];
    /// 期限表; outer clocks above inner ones.
    const CLOCKS: &'static [Clock] = &[];
    /// Marks it may publish for others to rely on.
    const MARKS: &'static [&'static str] = &[];
    /// `(link, mark)` pairs of other kinds that its rules look up; the shared test refuses unknown ones.
    const LOOKS: &'static [(&'static str, &'static str)] = &[];
    /// Acts no row offers any more, still read from old entries.
    const RETIRED: &'static [&'static str] = &[];
    /// Its entries go to the confidential chain, dated by the day, so that nothing beside them tells when somebody came (trust.md 4.3).
    const CONFIDENTIAL: bool = false;

    /// Judges the *contents* of the form and completes what only the house may fill in.
    ///
    /// # Errors
    /// The refusal to show, with the fields it concerns.
    fn decide(&self, act: Self::Act, _at: &At) -> Result<Self::Act, Refusal> {
        Ok(act)
    }
    /// Takes up what happened. Total, never refuses, never touches the phase.
    fn evolve(&mut self, act: &Self::Act, stamp: &Stamp);
    /// Who stands how toward this matter. Nobody else can learn that it exists.
    fn parties(&self) -> Vec<Party>;
    /// What other matters may rely on, out of `MARKS`.
    fn marks(&self) -> Vec<&'static str> {
        vec![]
    }
    /// Acts this one causes on other matters; each must be announced in the row's `then`.
    fn follow(&self, _act: &Self::Act) -> Vec<Request> {
        vec![]
    }
    /// What a `Choice` field offers now: (value, label).
    fn choices(&self, _field: &str) -> Vec<(String, String)> {
        vec![]
    }
    /// 匿名号 of a person who acts here without his name, for readers who may know the number.
    fn code_of(&self, _who: &str, _mine: &[Standing]) -> Option<String> {
        None
    }
    /// What lists and search know of it.
    fn index(&self) -> Index;
    /// What is worth reading, each value under its field.
    fn page(&self, phase: Self::Phase) -> Vec<Section>;
    /// What statistics add up.
    fn facts(&self) -> Vec<Fact> {
        vec![]
    }
    /// What statistics add up that only its clocks tell: whether something was in time.
    fn clocked(&self, _clocks: &BTreeMap<String, Running>) -> Vec<Fact> {
        vec![]
    }
}

/// 阶段: `main` phases form the stage track in this order; `ball` is who is expected to move.
#[derive(Debug)]
pub struct PhaseRow<P> {
    /// The phase.
    pub phase: P,
    /// 中文.
    pub label: &'static str,
    /// On the main line.
    pub main: bool,
    /// Who holds the ball; nobody when it has ended.
    pub ball: Option<Standing>,
}
/// One row of `PHASES`.
pub const fn phase<P: Copy>(phase: P, label: &'static str, main: bool, ball: Option<Standing>) -> PhaseRow<P> {
    PhaseRow { phase, label, main, ball }
}

/// 条件: a named sentence and a pure predicate over this matter and its circumstances, checked before any form is shown.
#[derive(Debug)]
pub struct Rule<S> {
    /// Stable identifier of the refusal.
    pub code: &'static str,
    /// What is said where it does not hold.
    pub reason: &'static str,
    /// Whether it holds.
    pub holds: fn(&S, &At) -> bool,
}
/// A named rule.
pub const fn rule<S>(code: &'static str, reason: &'static str, holds: fn(&S, &At) -> bool) -> Rule<S> {
    Rule { code, reason, holds }
}

/// 去向.
#[derive(Debug)]
pub enum To<S: Procedure> {
    /// The phase stays.
    Stay,
    /// The phase becomes this one.
    Go(S::Phase),
    /// The joint step: everyone's act stays, the one that makes the rule true moves the phase and turns the clocks.
    Once(S::Phase, &'static Rule<S>),
}

/// One row of the table.
#[derive(Debug)]
pub struct Step<S: Procedure> {
    /// Identifier, an imperative.
    pub action: &'static str,
    /// 中文.
    pub label: &'static str,
    /// Phases it leads out of. Empty: the step opens a matter.
    pub from: &'static [S::Phase],
    /// Where it leads.
    pub to: To<S>,
    /// Who may take it.
    pub by: &'static [Standing],
    /// Article, or 【设】.
    pub basis: &'static str,
    /// What is filled in.
    pub fields: &'static [Field],
    /// When.
    pub window: Window,
    /// Four eyes: nobody who took one of these steps in this matter may take this one.
    pub other_than: &'static [&'static str],
    /// All must hold; the first that fails is the refusal, word for word.
    pub rules: &'static [Rule<S>],
    /// Who, besides those who may act and the office, finds the entry in the timeline.
    pub seen: &'static [Standing],
    /// `(kind, action)` that this step may cause on linked or new matters. Depth is one.
    pub then: &'static [(&'static str, &'static str)],
    /// Cannot be undone by a later step: the page asks once more.
    pub grave: bool,
    /// A duty or a right that no referral holds up.
    pub even_frozen: bool,
}
/// One row of `STEPS`.
pub const fn step<S: Procedure>(
    action: &'static str,
    label: &'static str,
    from: &'static [S::Phase],
    to: To<S>,
    by: &'static [Standing],
    basis: &'static str,
    fields: &'static [Field],
) -> Step<S> {
    Step {
        action,
        label,
        from,
        to,
        by,
        basis,
        fields,
        window: Window::Any,
        other_than: &[],
        rules: &[],
        seen: &[],
        then: &[],
        grave: false,
        even_frozen: false,
    }
}
#[rustfmt::skip]
impl<S: Procedure> Step<S> {
    /// Only once this clock has run out.
    pub const fn after(mut self, clock: &'static str) -> Self { self.window = Window::After(clock); self }
    /// Only until this clock has run out.
    pub const fn within(mut self, clock: &'static str) -> Self { self.window = Window::Within(clock); self }
    /// Not by whoever did one of these here.
    pub const fn other_than(mut self, actions: &'static [&'static str]) -> Self { self.other_than = actions; self }
    /// Under these rules.
    pub const fn rules(mut self, rules: &'static [Rule<S>]) -> Self { self.rules = rules; self }
    /// Its entry is also read by these.
    pub const fn seen(mut self, seen: &'static [Standing]) -> Self { self.seen = seen; self }
    /// It may cause these.
    pub const fn then(mut self, then: &'static [(&'static str, &'static str)]) -> Self { self.then = then; self }
    /// It cannot be taken back.
    pub const fn grave(mut self) -> Self { self.grave = true; self }
    /// It does not stand still while the matter is with a competent body.
    pub const fn even_frozen(mut self) -> Self { self.even_frozen = true; self }
}

/// A reaction on another matter.
#[derive(Clone, Debug)]
pub struct Request {
    /// Kind of the other matter.
    pub kind: &'static str,
    /// Its row, one of the house.
    pub action: &'static str,
    /// Its form.
    pub form: Json,
    /// `None` opens a new matter linked to this one; `Some(link)` acts on the matters linked so.
    pub link: Option<&'static str>,
}
impl Request {
    /// A new matter of this kind, by its row `open`.
    pub const fn open(kind: &'static str, form: Json) -> Self {
        Self { kind, action: "open", form, link: None }
    }
}
