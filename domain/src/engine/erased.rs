//! A procedure with its types taken off: what the register of procedures holds and the app works with.

use serde_json::Value as Json;
use std::any::Any;
use std::collections::BTreeMap;

use super::check::{Outline, outline};
use super::clocks::{Clock, Running};
use super::field::{Field, Form, Section};
use super::matter::{Entry, Matter, Offer, Told};
use super::paper::{diagram, lawyer_table};
use super::table::{Procedure, Request, Step, To};
use super::words::{At, Fact, Index, Party, Refusal, Standing};

/// What an act did.
#[derive(Debug)]
pub struct Acted {
    /// The payload to append.
    pub entry: Entry,
    /// The reactions it causes.
    pub requests: Vec<Request>,
}

/// A matter of any kind. As `dyn Any` it gives its type back.
#[allow(missing_docs)] // each forwards to the method of the same name on `Matter` or `Procedure`
pub trait AnyMatter: Any + Send + Sync {
    fn kind(&self) -> &'static str;
    fn act(&mut self, action: &str, form: Form, at: &At) -> Result<Acted, Refusal>;
    fn rereckon(&mut self, at: &At) -> Option<Entry>;
    fn follow_entry(&mut self, entry: &Entry) -> Result<(), serde_json::Error>;
    fn offered(&self, at: &At) -> Vec<Offer>;
    fn view(&self, at: &At) -> Vec<Section>;
    fn page(&self) -> Vec<Section>;
    fn timeline<'e>(&self, entry: &'e Entry, mine: &[Standing], me: &str) -> Option<Told<'e>>;
    fn mine(&self, at: &At) -> Vec<Standing>;
    fn index(&self) -> Index;
    fn parties(&self) -> Vec<Party>;
    fn marks(&self) -> Vec<&'static str>;
    fn facts(&self) -> Vec<Fact>;
    fn choices(&self, field: &str) -> Vec<(String, String)>;
    fn code_of(&self, who: &str, mine: &[Standing]) -> Option<String>;
    fn version(&self) -> u32;
    fn owner(&self) -> &str;
    fn phase(&self) -> Option<&'static PhaseInfo>;
    fn clocks(&self) -> &BTreeMap<String, Running>;
    fn hands(&self) -> &BTreeMap<String, Vec<String>>;
    /// Whether this row leads out of the present phase.
    fn stands(&self, action: &str) -> bool;
    /// Steps of time that a clock has made due on this day.
    fn lapsed(&self, today: jiff::civil::Date) -> Vec<&'static str>;
    /// The clock that will run out first of those somebody owes something by.
    fn due(&self) -> Option<(&'static str, &Running)>;
    /// Everything, as stored.
    fn body(&self) -> String;
    fn copy(&self) -> Box<dyn AnyMatter>;
}

impl<S: Procedure> AnyMatter for Matter<S> {
    fn kind(&self) -> &'static str {
        S::KIND
    }
    fn act(&mut self, action: &str, form: Form, at: &At) -> Result<Acted, Refusal> {
        let (next, entry, requests) = Self::act(self, action, form, at)?;
        *self = next;
        Ok(Acted { entry, requests })
    }
    fn rereckon(&mut self, at: &At) -> Option<Entry> {
        let (next, entry) = Self::rereckon(self, at)?;
        *self = next;
        Some(entry)
    }
    fn follow_entry(&mut self, entry: &Entry) -> Result<(), serde_json::Error> {
        Self::follow_entry(self, entry)
    }
    fn offered(&self, at: &At) -> Vec<Offer> {
        Self::offered(self, at)
    }
    fn view(&self, at: &At) -> Vec<Section> {
        Self::view(self, at)
    }
    fn page(&self) -> Vec<Section> {
        self.phase.map(|p| self.state.page(p)).unwrap_or_default()
    }
    fn timeline<'e>(&self, entry: &'e Entry, mine: &[Standing], me: &str) -> Option<Told<'e>> {
        Self::timeline(self, entry, mine, me)
    }
    fn mine(&self, at: &At) -> Vec<Standing> {
        Self::mine(self, at)
    }
    fn index(&self) -> Index {
        self.state.index()
    }
    fn parties(&self) -> Vec<Party> {
        self.state.parties()
    }
    fn marks(&self) -> Vec<&'static str> {
        self.state.marks()
    }
    fn facts(&self) -> Vec<Fact> {
        [self.state.facts(), self.state.clocked(&self.clocks)].concat()
    }
    fn choices(&self, field: &str) -> Vec<(String, String)> {
        self.state.choices(field)
    }
    fn code_of(&self, who: &str, mine: &[Standing]) -> Option<String> {
        self.state.code_of(who, mine)
    }
    fn version(&self) -> u32 {
        self.version
    }
    fn owner(&self) -> &str {
        &self.owner
    }
    fn phase(&self) -> Option<&'static PhaseInfo> {
        let now = self.phase?;
        let n = S::PHASES.iter().position(|r| r.phase == now)?;
        crate::procedures::kind(S::KIND)?.phases.get(n)
    }
    fn clocks(&self) -> &BTreeMap<String, Running> {
        &self.clocks
    }
    fn hands(&self) -> &BTreeMap<String, Vec<String>> {
        &self.hands
    }
    fn stands(&self, action: &str) -> bool {
        S::STEPS.iter().any(|r| r.action == action && self.stands_in(r))
    }
    fn lapsed(&self, today: jiff::civil::Date) -> Vec<&'static str> {
        let over = |c: &&Clock| self.clocks.get(c.name).is_some_and(|r| r.live() && r.over(today));
        S::CLOCKS.iter().filter(over).filter_map(|c| c.then).filter(|a| self.stands(a)).collect()
    }
    fn due(&self) -> Option<(&'static str, &Running)> {
        let owed = S::CLOCKS.iter().filter(|c| !c.opens).filter_map(|c| Some((c.label, self.clocks.get(c.name)?)));
        owed.filter(|(_, r)| r.live()).min_by_key(|(_, r)| (r.paused.is_some(), r.due))
    }
    fn body(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
    fn copy(&self) -> Box<dyn AnyMatter> {
        Box::new(self.clone())
    }
}

/// A phase without its type.
#[derive(Debug)]
pub struct PhaseInfo {
    /// Identifier, as stored and in addresses.
    pub name: String,
    /// 中文.
    pub label: &'static str,
    /// On the main line.
    pub main: bool,
    /// Who is expected to move.
    pub ball: Option<Standing>,
}
/// A row without its type: what a form, the API and the papers need.
#[derive(Debug)]
pub struct StepInfo {
    /// Identifier.
    pub action: &'static str,
    /// 中文.
    pub label: &'static str,
    /// Phases it leads out of, by name.
    pub from: Vec<String>,
    /// Where it leads, by name; `None` when the phase stays.
    pub to: Option<String>,
    /// Moves the phase only when a joint rule holds.
    pub once: bool,
    /// Who.
    pub by: &'static [Standing],
    /// Article, or 【设】.
    pub basis: &'static str,
    /// The form.
    pub fields: &'static [Field],
    /// What it may cause.
    pub then: &'static [(&'static str, &'static str)],
    /// Asks once more.
    pub grave: bool,
}
impl StepInfo {
    /// Opens a matter.
    pub fn opens(&self) -> bool {
        self.from.is_empty()
    }
    /// Taken by a person, not by time or the house.
    pub fn by_people(&self) -> bool {
        self.by.iter().any(|s| !matches!(s, Standing::Time | Standing::House))
    }
}
/// A matter as the database keeps it.
#[derive(Clone, Copy, Debug)]
pub struct StoredMatter<'a> {
    /// Glossary identifier.
    pub kind: &'a str,
    /// What `AnyMatter::body` wrote.
    pub body: &'a str,
}

/// One kind of matter, without its types.
pub struct Kind {
    /// Glossary identifier.
    pub name: &'static str,
    /// 中文.
    pub label: &'static str,
    /// Letters before its numbers.
    pub prefix: &'static str,
    /// Its phases.
    pub phases: Vec<PhaseInfo>,
    /// Its steps.
    pub steps: Vec<StepInfo>,
    /// Its clocks.
    pub clocks: &'static [Clock],
    /// Written to the confidential chain, dated by the day.
    pub confidential: bool,
    /// Nothing yet, owned by this organisation.
    pub blank: fn(&str) -> Box<dyn AnyMatter>,
    /// Reads what `AnyMatter::body` wrote.
    pub load: fn(&str) -> Result<Box<dyn AnyMatter>, serde_json::Error>,
    /// For the shared test.
    pub outline: fn() -> Outline,
    /// 步骤表, for lawyers.
    pub table: fn() -> String,
    /// State diagram, Mermaid.
    pub diagram: fn() -> String,
}
impl Kind {
    /// Takes the types off.
    pub fn of<S: Procedure>() -> Self {
        let name = |p: &S::Phase| format!("{p:?}");
        let phases = S::PHASES.iter().map(|r| PhaseInfo { name: name(&r.phase), label: r.label, main: r.main, ball: r.ball });
        let info = |r: &'static Step<S>| StepInfo {
            action: r.action,
            label: r.label,
            from: r.from.iter().map(name).collect(),
            to: match &r.to {
                To::Stay => None,
                To::Go(p) | To::Once(p, _) => Some(name(p)),
            },
            once: matches!(r.to, To::Once(..)),
            by: r.by,
            basis: r.basis,
            fields: r.fields,
            then: r.then,
            grave: r.grave,
        };
        Self {
            name: S::KIND,
            label: S::LABEL,
            prefix: S::PREFIX,
            phases: phases.collect(),
            steps: S::STEPS.iter().map(info).collect(),
            clocks: S::CLOCKS,
            confidential: S::CONFIDENTIAL,
            blank: |owner| Box::new(Matter::<S>::blank(owner)),
            load: |body| Ok(Box::new(serde_json::from_str::<Matter<S>>(body)?)),
            outline: outline::<S>,
            table: lawyer_table::<S>,
            diagram: diagram::<S>,
        }
    }
    /// The row of this action.
    pub fn step(&self, action: &str) -> Option<&StepInfo> {
        self.steps.iter().find(|s| s.action == action)
    }
    /// The phase of this name.
    pub fn phase(&self, name: &str) -> Option<&PhaseInfo> {
        self.phases.iter().find(|p| p.name == name)
    }
    /// Rows by which this person may open such a matter, owned by his organisation or one he holds a role in.
    pub fn openings(&self, owner: &str, at: &At) -> Vec<Offer> {
        (self.blank)(owner).offered(at)
    }
    /// Every field of this kind, once.
    pub fn fields(&self) -> Vec<&'static Field> {
        let mut all: Vec<&'static Field> = vec![];
        for f in self.steps.iter().flat_map(|s| s.fields) {
            if !all.iter().any(|known| known.name == f.name) {
                all.push(f);
            }
        }
        all
    }
}
/// A form from JSON, for callers that have one already.
impl From<&Entry> for Json {
    fn from(entry: &Entry) -> Self {
        super::matter::json(entry)
    }
}
