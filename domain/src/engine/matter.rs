//! The one gate through which a matter changes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

use super::clocks::{Running, moved, turn};
use super::field::{Field, Form, Section, Shape};
use super::paper::fingerprint;
use super::table::{Procedure, Request, Step, To};
use super::words::{At, OFFICE, REFERRAL_UNDER_WAY, Refusal, Stamp, Standing, brings, refusals::*, standings};

/// A matter as it stands. All but `state` belongs to the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Matter<S: Procedure> {
    /// Number of entries so far.
    pub version: u32,
    /// Code of the organisation whose office handles it.
    pub owner: String,
    /// Where it stands; `None` before the opening.
    pub phase: Option<S::Phase>,
    /// Its clocks by name.
    pub clocks: BTreeMap<String, Running>,
    /// Who took which step.
    pub hands: BTreeMap<String, Vec<String>>,
    /// The procedure's own facts.
    pub state: S,
}

/// The payload of a ledger event: enough to replay without any table. `act` is the event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// `{action: contents}`.
    pub act: Json,
    /// Who, how and when.
    pub stamp: Stamp,
    /// The phase reached: frozen, so that a later table cannot rewrite the past.
    pub phase: Json,
    /// The clocks set, likewise frozen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<(String, Running)>,
    /// The owning organisation, in the opening entry only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Its number, given by the house at the opening.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// `(link, number of the other matter)` made by this act.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<(String, String)>,
    /// Ledger position of the entry that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<u64>,
    /// Fingerprint of the table that allowed it; the table's text is itself on the ledger.
    pub table: String,
}
impl Entry {
    /// The action and its contents.
    pub fn action(&self) -> Option<(&str, &Json)> {
        self.act.as_object()?.iter().next().map(|(a, c)| (a.as_str(), c))
    }
}
/// The engine's own act: a new holiday notice moved running clocks.
pub(super) const RERECKON: &str = "rereckon";

/// A row this person could take in this phase, and why not yet.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Identifier.
    pub action: &'static str,
    /// 中文.
    pub label: &'static str,
    /// The sentence on the greyed button.
    pub blocked: Option<Refusal>,
}

impl<S: Procedure> Matter<S> {
    /// Nothing yet, owned by this organisation.
    pub fn blank(owner: &str) -> Self {
        Self { version: 0, owner: owner.to_owned(), phase: None, clocks: BTreeMap::new(), hands: BTreeMap::new(), state: S::default() }
    }

    /// The only gate. `form` holds typed values, vault references standing for personal texts. Returns the new matter,
    /// the payload of its entry, and the reactions it causes.
    ///
    /// # Errors
    /// The refusal to show, word for word; nothing has changed.
    pub fn act(&self, action: &str, form: Form, at: &At) -> Result<(Self, Entry, Vec<Request>), Refusal> {
        let row = S::STEPS.iter().find(|row| row.action == action && self.stands_in(row)).ok_or(NOT_NOW)?;
        // Nobody stands toward a matter that does not exist: an opening is judged by the matter it would make.
        let opening = self.phase.is_none();
        let (standing, of) = if opening { (Standing::House, None) } else { self.gate(row, &self.state, at)? };
        let act: S::Act = read(&self.state, row, form, at.today)?;
        let act = self.state.decide(act, at)?;
        let mut stamp = Stamp { by: at.who.id.clone(), standing, of, on: at.today, at_ms: at.now_ms };
        let mut state = self.state.clone();
        state.evolve(&act, &stamp);
        if opening {
            (stamp.standing, stamp.of) = self.gate(row, &state, at)?;
        }
        let phase = match &row.to {
            To::Go(phase) => Some(*phase),
            To::Once(phase, rule) if (rule.holds)(&state, at) => Some(*phase),
            To::Once(..) | To::Stay => self.phase,
        };
        let requests = state.follow(&act);
        let (act, phase_json) = (json(&act), json(&phase));
        if phase.is_none() || requests.iter().any(|r| !row.then.contains(&(r.kind, r.action))) {
            return Err(UNANNOUNCED);
        }
        // A joint step turns the clocks with the act that completes it: until then somebody still owes his own.
        let waits = matches!(row.to, To::Once(..)) && phase == self.phase;
        let clocks = if waits { vec![] } else { turn(S::CLOCKS, &self.clocks, action, act.get(action).unwrap_or(&Json::Null), at)? };
        let owner = if opening { self.owner.clone() } else { String::new() };
        let links = linked(row, act.get(action).unwrap_or(&Json::Null));
        let entry =
            Entry { act, stamp, phase: phase_json, clocks, owner, number: String::new(), links, cause: None, table: fingerprint::<S>() };
        let mut next = Self { state, phase, ..self.clone() };
        next.note(action, &entry);
        Ok((next, entry, requests))
    }

    /// Every row that this person could ever take in this phase, with the reason why not yet. Same gate as `act`.
    pub fn offered(&self, at: &At) -> Vec<Offer> {
        let rows = S::STEPS.iter().filter(|row| self.stands_in(row) && !at.who.is_house());
        rows.filter_map(|row| match self.gate(row, &self.state, at) {
            Err(r) if r == NOT_YOURS && !(self.phase.is_none() && brings(row.by, at)) => None,
            gate => Some(Offer { action: row.action, label: row.label, blocked: gate.err().filter(|r| *r != NOT_YOURS) }),
        })
        .collect()
    }

    /// The entry a new holiday notice makes here, if it moves any running clock (M0.2).
    pub fn rereckon(&self, at: &At) -> Option<(Self, Entry)> {
        let clocks = moved(&self.clocks, at.calendar);
        if clocks.is_empty() {
            return None;
        }
        let stamp = Stamp { by: at.who.id.clone(), standing: Standing::House, of: None, on: at.today, at_ms: at.now_ms };
        let entry = Entry {
            act: Json::Object(Map::from_iter([(RERECKON.to_owned(), Json::Object(Map::new()))])),
            stamp,
            phase: json(&self.phase),
            clocks,
            owner: String::new(),
            number: String::new(),
            links: vec![],
            cause: None,
            table: fingerprint::<S>(),
        };
        let mut next = self.clone();
        next.note(RERECKON, &entry);
        Some((next, entry))
    }

    /// Whether the row leads out of the present phase.
    pub(super) fn stands_in(&self, row: &Step<S>) -> bool {
        self.phase.map_or(row.from.is_empty(), |phase| row.from.contains(&phase))
    }

    /// Row → standing → frozen → four eyes → window → rules, in this order.
    fn gate(&self, row: &Step<S>, as_seen: &S, at: &At) -> Result<(Standing, Option<String>), Refusal> {
        let mine = standings(&as_seen.parties(), &self.owner, at);
        let standing = row.by.iter().find_map(|by| mine.iter().find(|(s, _)| s == by)).cloned().ok_or(NOT_YOURS)?;
        if at.frozen() && !row.even_frozen && !S::MARKS.contains(&REFERRAL_UNDER_WAY) {
            return Err(if OFFICE.contains(&standing.0) { FROZEN } else { STILL });
        }
        let mut whose = std::iter::once(&at.who.id).chain(standing.1.iter());
        let did = |who: &String| row.other_than.iter().any(|a| self.hands.get(*a).is_some_and(|h| h.contains(who)));
        if whose.any(did) {
            return Err(SAME_HANDS);
        }
        row.window.check(&self.clocks, at.today)?;
        row.rules.iter().find(|rule| !(rule.holds)(as_seen, at)).map_or(Ok(standing), |rule| Err(Refusal::new(rule.code, rule.reason)))
    }

    pub(super) fn note(&mut self, action: &str, entry: &Entry) {
        self.version += 1;
        self.clocks.extend(entry.clocks.iter().cloned());
        if action != RERECKON {
            let hands = self.hands.entry(action.into()).or_default();
            for who in std::iter::once(&entry.stamp.by).chain(&entry.stamp.of) {
                if !hands.contains(who) {
                    hands.push(who.clone());
                }
            }
        }
    }

    /// Takes up one more recorded entry. Consults no table: history means what it meant.
    ///
    /// # Errors
    /// When the entry is not of a shape this procedure ever wrote.
    pub fn follow_entry(&mut self, entry: &Entry) -> Result<(), serde_json::Error> {
        let action = entry.action().map(|(a, _)| a.to_owned()).unwrap_or_default();
        if action != RERECKON {
            let act: S::Act = S::Act::deserialize(&entry.act)?;
            self.state.evolve(&act, &entry.stamp);
        }
        self.phase = Deserialize::deserialize(&entry.phase)?;
        if !entry.owner.is_empty() {
            self.owner.clone_from(&entry.owner);
        }
        self.note(&action, entry);
        Ok(())
    }

    /// Standings of this person toward the matter.
    pub fn mine(&self, at: &At) -> Vec<Standing> {
        standings(&self.state.parties(), &self.owner, at).into_iter().map(|(s, _)| s).collect()
    }

    /// What this viewer may see: every value belongs to a field, every field names its audience.
    pub fn view(&self, at: &At) -> Vec<Section> {
        let mine = self.mine(at);
        let Some(phase) = self.phase.filter(|_| !mine.is_empty()) else { return vec![] };
        let mut sections = self.state.page(phase);
        for section in &mut sections {
            let own = |whose: &Option<String>| whose.as_ref() == Some(&at.who.id);
            section.rows.retain(|r| !r.field.is_sealed() && (r.field.seen_by(&mine) || r.field.own && own(&r.whose)));
        }
        sections.retain(|section| !section.rows.is_empty());
        sections
    }

    /// What of one entry this viewer reads in the timeline: the actor, the row's label, the contents; or nothing.
    pub fn timeline<'e>(&self, entry: &'e Entry, mine: &[Standing], me: &str) -> Option<Told<'e>> {
        let (action, contents) = entry.action()?;
        let office = OFFICE.iter().any(|s| mine.contains(s));
        let own = entry.stamp.by == me;
        if action == RERECKON {
            return (office || !mine.is_empty())
                .then(|| Told { actor: None, label: "放假安排发布，期限重新计算", fields: vec![] });
        }
        let row = S::STEPS.iter().find(|row| row.action == action)?;
        let seen = office || own || mine.iter().any(|s| row.by.contains(s) || row.seen.contains(s));
        let read = |f: &&Field| !f.is_sealed() && (f.seen_by(mine) || f.own && own);
        let filled = |f: &'static Field| contents.get(f.name).filter(|v| !v.is_null()).map(|v| (f, v));
        seen.then(|| Told {
            actor: (office || own).then_some(entry.stamp.by.as_str()),
            label: row.label,
            fields: row.fields.iter().filter(read).filter_map(filled).collect(),
        })
    }
}
/// One line of the timeline as one viewer reads it.
#[derive(Debug)]
pub struct Told<'e> {
    /// Pseudonymous key of the actor, where the viewer may know it; otherwise the standing speaks.
    pub actor: Option<&'e str>,
    /// 中文 of the step.
    pub label: &'static str,
    /// What was filled in, as far as the viewer reads it.
    pub fields: Vec<(&'static Field, &'e Json)>,
}

/// What names other matters is also a link to each, from the matter that says so: named like the kind it points to, or like the field
/// where it may point to any. A link without a name is the one from cause to consequence.
fn linked<S: Procedure>(row: &Step<S>, contents: &Json) -> Vec<(String, String)> {
    let links = |f: &'static Field| {
        let link = match f.shape {
            Shape::Matter(kind) if !kind.is_empty() => kind,
            _ => f.name,
        };
        let numbers = contents.get(f.name).map(|v| f.matters(v)).unwrap_or_default();
        numbers.into_iter().map(move |number| (link.to_owned(), number.to_owned()))
    };
    row.fields.iter().flat_map(links).collect()
}

/// Reads a form: only declared fields, all required ones, each of its shape. The result is the procedure's own type.
fn read<S: Procedure>(state: &S, row: &Step<S>, mut given: Form, today: Date) -> Result<S::Act, Refusal> {
    // What only the house fills in is complete once everything else is right.
    let mut wrong: Vec<(String, String)> = vec![];
    let mut incomplete = vec![];
    for name in given.keys().filter(|name| !row.fields.iter().any(|f| f.name == name.as_str())) {
        wrong.push((name.clone(), "此项不在本步骤的表单中。".into()));
    }
    for f in row.fields {
        match given.get(f.name).filter(|v| !v.is_null() && v.as_str() != Some("")) {
            None if f.required => if f.computed { &mut incomplete } else { &mut wrong }.push((f.name.into(), "必填。".into())),
            None => {
                given.remove(f.name);
            }
            Some(v) if v.as_str().is_some_and(|s| f.vault.is_some() && super::words::is_vault_ref(s).is_some()) => {}
            Some(v) => {
                let say = f.wrong(v).or_else(|| f.to_come(v, today)).or_else(|| not_offered(state, f, v));
                wrong.extend(say.map(|say| (f.name.into(), say)));
            }
        }
    }
    if wrong.is_empty() {
        wrong = incomplete;
    }
    if !wrong.is_empty() {
        return Err(Refusal { fields: wrong, ..BAD_FORM });
    }
    let tagged = Map::from_iter([(row.action.to_owned(), Json::Object(given))]);
    serde_json::from_value(Json::Object(tagged)).map_err(|_| BAD_FORM)
}

fn not_offered<S: Procedure>(state: &S, f: &Field, v: &Json) -> Option<String> {
    let chosen = !matches!(f.shape, Shape::Choice) || state.choices(f.name).iter().any(|c| *v == c.0);
    (!chosen).then(|| "请从列表中选择。".into())
}

/// A value as JSON; types here always have one.
pub(super) fn json<T: Serialize>(value: &T) -> Json {
    serde_json::to_value(value).unwrap_or(Json::Null)
}
