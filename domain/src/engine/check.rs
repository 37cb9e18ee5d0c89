//! What makes a set of tables sound. Run over the whole register of procedures by one test; a new procedure writes none of this.

use serde_json::{Map, Value as Json, json as j};

use super::clocks::{Clock, Length, Window};
use super::field::{Field, Shape};
use super::matter::json;
use super::table::{Procedure, Step, To};
use super::words::Standing;
use crate::registers::codes::CodeTable;

/// `(kind, action)` of reactions.
pub type Targets = &'static [(&'static str, &'static str)];
/// What other procedures need to know of this one's table.
#[derive(Debug)]
pub struct Outline {
    /// Glossary identifier.
    pub kind: &'static str,
    /// `(action, taken by the house, announced reactions)`.
    pub rows: Vec<(&'static str, bool, Targets)>,
    /// Marks it publishes.
    pub marks: &'static [&'static str],
    /// `(link, mark)` it looks up.
    pub looks: &'static [(&'static str, &'static str)],
    /// Faults of this table alone, in sentences.
    pub faults: Vec<String>,
}

/// Checks one table.
pub fn outline<S: Procedure>() -> Outline {
    let mut faults = vec![];
    steps::<S>(&mut faults);
    clocks::<S>(&mut faults);
    phases::<S>(&mut faults);
    let rows = S::STEPS.iter().map(|r| (r.action, r.by.contains(&Standing::House), r.then)).collect();
    let faults = faults.into_iter().map(|f| format!("{}: {f}", S::KIND)).collect();
    Outline { kind: S::KIND, rows, marks: S::MARKS, looks: S::LOOKS, faults }
}

fn say(faults: &mut Vec<String>, bad: bool, what: impl FnOnce() -> String) {
    if bad {
        faults.push(what());
    }
}

fn steps<S: Procedure>(faults: &mut Vec<String>) {
    let actions: Vec<_> = S::STEPS.iter().map(|r| r.action).collect();
    let clocks: Vec<_> = S::CLOCKS.iter().map(|c| c.name).collect();
    for (i, row) in S::STEPS.iter().enumerate() {
        let name = row.action;
        say(faults, actions.iter().skip(i + 1).any(|a| *a == name), || format!("{name} twice: one action, one row"));
        say(faults, row.by.is_empty() || row.basis.is_empty(), || format!("{name}: nobody, or no basis"));
        say(faults, row.other_than.iter().any(|a| !actions.contains(a)), || format!("{name}: other_than names no action"));
        let blind = |f: &Field| {
            !f.own
                && !f.computed
                && !f.is_sealed()
                && !row.by.iter().all(|b| matches!(b, Standing::House | Standing::Time))
                && !f.seen.iter().any(|s| row.by.contains(s))
        };
        say(faults, row.fields.iter().any(blind), || format!("{name}: a field that whoever fills it in may not read"));
        let fits =
            |f: &Field| matches!(f.shape, Shape::Short | Shape::Long) || f.vault == Some("original") && matches!(f.shape, Shape::Files);
        say(faults, row.fields.iter().any(|f| f.vault.is_some() && !fits(f)), || {
            format!("{name}: only texts and his own files can lie in the vault")
        });
        let window = match row.window {
            Window::Any => None,
            Window::Within(c) | Window::After(c) => Some(c),
        };
        say(faults, window.is_some_and(|c| !clocks.contains(&c)), || format!("{name}: no such clock"));
        let timeless = row.by.contains(&Standing::Time) && !matches!(row.window, Window::After(_));
        say(faults, timeless, || format!("{name}: time acts only after a clock"));
        // The declared fields alone must make the act; what decide completes must therefore have a default.
        let form: Map<String, Json> = row.fields.iter().map(|f| (f.name.to_owned(), sample(&f.shape))).collect();
        let act = serde_json::from_value::<S::Act>(j!({ name: form.clone() }));
        let lacks = |a: &S::Act| form.keys().find(|k| json(a).get(name).and_then(|c| c.get(k.as_str())).is_none()).cloned();
        let lost = act.as_ref().map_or_else(|e| Some(e.to_string()), lacks);
        say(faults, lost.is_some(), || format!("{name}: fields and act differ: {}", lost.unwrap_or_default()));
    }
    // serde itself lists the variants: none may lack a row unless it is retired.
    let variants = serde_json::from_value::<S::Act>(j!({"": {}})).err().map(|e| e.to_string()).unwrap_or_default();
    for v in variants.split('`').skip(3).step_by(2) {
        say(faults, !actions.contains(&v) && !S::RETIRED.contains(&v), || format!("act {v} has no row"));
    }
}

fn clocks<S: Procedure>(faults: &mut Vec<String>) {
    let actions: Vec<_> = S::STEPS.iter().map(|r| r.action).collect();
    let names: Vec<_> = S::CLOCKS.iter().map(|c| c.name).collect();
    let limits = crate::registers::limits::defaults();
    for (i, c) in S::CLOCKS.iter().enumerate() {
        let Clock { name, .. } = c;
        say(faults, c.inside.is_some_and(|o| !names.iter().take(i).any(|x| *x == o)), || {
            format!("clock {name}: its outer clock must stand above it")
        });
        let fields = |a: &str| S::STEPS.iter().find(|r| r.action == a).map_or(&[][..], |r| r.fields);
        let chosen_by = |f: &str| {
            let of = |a: &str| fields(a).iter().find(|x| x.name == f).map(|x| (x.required, x.shape));
            c.starts.iter().map(|a| of(a)).collect::<Vec<_>>()
        };
        if let Length::ByCode { code, limits, .. } = c.length {
            // Each code once, in the order of the table, in every step that starts it.
            let fits = |t: &CodeTable| t.rows.iter().map(|r| r.0).eq(limits.iter().map(|l| l.0));
            let whole = |of: &Option<(bool, Shape)>| matches!(of, Some((true, Shape::Code(t))) if fits(t));
            say(faults, !chosen_by(code).iter().all(whole), || {
                format!("clock {name}: a starting step lacks its code field, or the limits are not those of its table")
            });
        }
        let lacks = |f: &str| c.starts.iter().any(|a| !fields(a).iter().any(|x| x.name == f && matches!(x.shape, Shape::Date)));
        say(faults, [c.counted, c.length.field()].into_iter().flatten().any(lacks), || {
            format!("clock {name}: a starting step lacks its date field")
        });
        let unknown = |l: &str| !limits.iter().any(|x| x.code == l);
        say(faults, c.length.limits().into_iter().chain(c.extends.map(|e| e.1)).any(unknown), || {
            format!("clock {name}: its limit has no row in the register")
        });
        let then = c.then.into_iter().chain(c.extends.map(|e| e.0));
        let named = [c.starts, c.stops, c.pauses, c.resumes].concat();
        say(faults, named.into_iter().chain(then).any(|a| !actions.contains(&a)), || format!("clock {name}: unknown action"));
        let times = |a: &str| S::STEPS.iter().any(|r| r.action == a && r.by.contains(&Standing::Time));
        say(faults, c.then.is_some_and(|a| !times(a)), || format!("clock {name}: its step is not time's"));
        say(faults, c.then.is_some() && c.opens, || format!("clock {name}: time looks for what is owed, and this only opens"));
        let asleep = |a: &str| {
            let from = S::STEPS.iter().filter(|r| r.action == a).flat_map(|r| r.from);
            from.into_iter().any(|p| S::PHASES.iter().any(|row| row.phase == *p && row.ball.is_none()))
        };
        say(faults, c.then.is_some_and(asleep), || format!("clock {name}: time does not look at what is closed"));
    }
}

fn phases<S: Procedure>(faults: &mut Vec<String>) {
    for p in S::PHASES {
        let entered = S::STEPS.iter().any(|r| matches!(r.to, To::Go(x) | To::Once(x, _) if x == p.phase));
        let left = S::STEPS.iter().any(|r| r.from.contains(&p.phase) && !matches!(r.to, To::Stay));
        say(faults, !entered, || format!("{} is never entered", p.label));
        say(faults, p.ball.is_some() && !left, || format!("{} is never left, yet someone holds the ball", p.label));
    }
}

/// Across procedures: every announced reaction exists, is the house's to take, and announces nothing further; every mark
/// looked up is one that the other kind publishes.
pub fn reactions(all: &[Outline]) -> Vec<String> {
    let kind = |name: &str| all.iter().find(|o| o.kind == name);
    let sound =
        |(k, action): &(&str, &str)| kind(k).and_then(|o| o.rows.iter().find(|r| r.0 == *action)).is_some_and(|r| r.1 && r.2.is_empty());
    let announced = all.iter().flat_map(|o| o.rows.iter().flat_map(|r| r.2));
    let cascades = announced.filter(|t| !sound(t)).map(|t| format!("{t:?} is missing, not the house's, or cascades"));
    let known = |(link, mark): &(&str, &str)| kind(link).is_some_and(|o| o.marks.contains(mark));
    let unknown = all.iter().flat_map(|o| o.looks).filter(|l| !known(l)).map(|l| format!("{l:?} is looked up, but never published"));
    cascades.chain(unknown).collect()
}

/// True when `goal` cannot be reached from any opening without passing one of `actions`: proof by the table alone.
pub fn unavoidable<S: Procedure>(actions: &[&str], goal: S::Phase) -> bool {
    let edge = |r: &&Step<S>| !actions.contains(&r.action);
    let to = |r: &Step<S>| match r.to {
        To::Stay => None,
        To::Go(p) | To::Once(p, _) => Some(p),
    };
    let mut seen: Vec<S::Phase> = S::STEPS.iter().filter(edge).filter(|r| r.from.is_empty()).filter_map(to).collect();
    let mut i = 0;
    while let Some(p) = seen.get(i).copied() {
        let next: Vec<_> = S::STEPS.iter().filter(edge).filter(|r| r.from.contains(&p)).filter_map(to).collect();
        for p in next {
            if !seen.contains(&p) {
                seen.push(p);
            }
        }
        i += 1;
    }
    !seen.contains(&goal)
}

/// A value that fits the shape, for tests.
pub fn sample(shape: &Shape) -> Json {
    match shape {
        Shape::Short | Shape::Long | Shape::Choice | Shape::Person | Shape::Org | Shape::Matter(_) => j!("文"),
        Shape::Date => j!("2026-06-01"),
        Shape::Number | Shape::Money => j!(1),
        Shape::YesNo => j!(true),
        Shape::Code(t) => j!(t.rows.first().map_or("", |r| r.0)),
        Shape::Codes(t) => j!([t.rows.first().map_or("", |r| r.0)]),
        Shape::Rows(columns) => {
            let cell = |c: &super::field::Column| (c.name.to_owned(), j!(c.codes.and_then(|t| t.rows.first()).map_or("文", |r| r.0)));
            j!([columns.iter().map(cell).collect::<Map<String, Json>>()])
        }
        Shape::Files => j!(["f1"]),
    }
}
