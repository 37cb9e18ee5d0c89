//! Model check of 负面清单 (M3.3: 没有任何路径能跳过“告知”而生效). Twice: over the graph of the table with time as a move of its own, where a
//! row added or loosened must break the proof; and over the states the engine itself reaches when everybody presses everything.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{AnyMatter, Form, Person, Procedure as _, To, Window, sample, unavoidable, vault_ref};
use domain::procedures::negative_list_entry::{NegativeListEntry, Phase};
use given::*;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A row of the table without its types.
#[derive(Clone, Debug)]
struct Row {
    action: &'static str,
    from: Vec<String>,
    to: Option<String>,
    once: bool,
    window: Window,
}
fn table() -> Vec<Row> {
    let name = |p: &Phase| format!("{p:?}");
    let row = |s: &'static domain::engine::Step<NegativeListEntry>| {
        let (to, once) = match &s.to {
            To::Stay => (None, false),
            To::Go(p) => (Some(name(p)), false),
            To::Once(p, _) => (Some(name(p)), true),
        };
        Row { action: s.action, from: s.from.iter().map(name).collect(), to, once, window: s.window }
    };
    NegativeListEntry::STEPS.iter().map(row).collect()
}
/// Clocks that gate a step, and what starts them.
fn gates(rows: &[Row]) -> BTreeMap<&'static str, &'static [&'static str]> {
    let gated: BTreeSet<&str> = rows
        .iter()
        .filter_map(|r| match r.window {
            Window::Any => None,
            Window::After(c) | Window::Within(c) => Some(c),
        })
        .collect();
    NegativeListEntry::CLOCKS.iter().filter(|c| gated.contains(c.name)).map(|c| (c.name, c.starts)).collect()
}
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    phase: Option<String>,
    /// Running; over.
    clocks: BTreeMap<&'static str, bool>,
    /// What has been done on the way here, of what must be.
    done: BTreeSet<&'static str>,
}
const NOTICE: &str = "告知送达";
const HEARD: &str = "申辩期届满";
const VOTED: &str = "集体审定";
const REMEDY: &str = "复核期届满或复核、申诉维持";
fn moves(rows: &[Row], gates: &BTreeMap<&'static str, &'static [&'static str]>, at: &State) -> Vec<(String, State)> {
    let mut all = vec![];
    for (clock, _) in at.clocks.iter().filter(|(_, over)| !**over) {
        let mut next = at.clone();
        next.clocks.insert(clock, true);
        match *clock {
            "statement" if next.done.contains(NOTICE) => drop(next.done.insert(HEARD)),
            "review" => drop(next.done.insert(REMEDY)),
            _ => {}
        }
        all.push((format!("（{clock} 届满）"), next));
    }
    for r in rows {
        let stands = at.phase.as_ref().map_or(r.from.is_empty(), |p| r.from.contains(p));
        let open = match r.window {
            Window::Any => true,
            Window::After(c) => at.clocks.get(c) == Some(&true),
            Window::Within(c) => at.clocks.get(c) == Some(&false),
        };
        if !stands || !open {
            continue;
        }
        let mut next = at.clone();
        next.clocks.extend(gates.iter().filter(|(_, starts)| starts.contains(&r.action)).map(|(c, _)| (*c, false)));
        match r.action {
            "serve_notice" => drop(next.done.insert(NOTICE)),
            "decide_list" => drop(next.done.insert(VOTED)),
            "uphold" | "shorten_on_review" | "appeal_upheld" | "appeal_shortened" => drop(next.done.insert(REMEDY)),
            _ => {}
        }
        if r.once {
            all.push((r.action.to_owned(), next.clone()));
        }
        if r.to.is_some() {
            next.phase.clone_from(&r.to);
        }
        all.push((r.action.to_owned(), next));
    }
    all
}
/// What must have been before this phase.
fn owed(phase: &str) -> &'static [&'static str] {
    match phase {
        "Open" => &[NOTICE, HEARD, VOTED, REMEDY],
        "Decided" | "Reviewable" | "UnderReview" | "ReviewDecided" | "Appealed" => &[NOTICE, HEARD, VOTED],
        _ => &[],
    }
}
/// Every state that can be reached; or the first way to one that something was skipped for.
fn check(rows: &[Row]) -> Result<(usize, usize), String> {
    let gates = gates(rows);
    let start = State { phase: None, clocks: BTreeMap::new(), done: BTreeSet::new() };
    let mut seen: BTreeMap<State, String> = BTreeMap::from([(start.clone(), String::new())]);
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        let way = seen[&at].clone();
        if let Some(missing) = owed(at.phase.as_deref().unwrap_or("")).iter().find(|m| !at.done.contains(**m)) {
            return Err(format!("{missing} is skipped on the way to {:?}: {way}", at.phase));
        }
        for (by, next) in moves(rows, &gates, &at) {
            if !seen.contains_key(&next) {
                seen.insert(next.clone(), format!("{way} → {by}"));
                queue.push_back(next);
            }
        }
    }
    let phases: BTreeSet<&String> = seen.keys().filter_map(|s| s.phase.as_ref()).collect();
    Ok((seen.len(), phases.len()))
}
#[test]
fn no_way_through_the_table_takes_effect_without_notice_the_whole_time_to_answer_a_vote_and_the_time_for_review() {
    let (states, phases) = check(&table()).unwrap();
    assert!(states > 100 && phases == NegativeListEntry::PHASES.len(), "{states} states, {phases} phases");
}
#[test]
fn a_row_that_skips_any_of_it_breaks_the_proof() {
    let with = |action: &'static str, from: &str, to: &str, window: Window| {
        let mut rows = table();
        rows.push(Row { action, from: vec![from.into()], to: Some(to.into()), once: false, window });
        check(&rows)
    };
    for (from, to) in [
        ("Nominated", "Open"),
        ("Proposed", "Decided"),
        ("Noticed", "Decided"),
        ("Stating", "Decided"),
        ("Deciding", "Reviewable"),
        ("Decided", "Open"),
        ("Reviewable", "Open"),
        ("UnderReview", "Open"),
        ("Reviewable", "ReviewDecided"),
        ("Excluded", "Open"),
    ] {
        assert!(with("shortcut", from, to, Window::Any).is_err(), "{from} → {to}");
    }
    // A window of the wrong clock is no window.
    assert!(with("shortcut", "Reviewable", "Open", Window::After("statement")).is_err());
    let but = |change: &dyn Fn(&mut Row)| {
        let mut rows = table();
        rows.iter_mut().for_each(change);
        check(&rows)
    };
    assert!(
        but(&|r| if r.action == "lapse_review" {
            r.window = Window::Any
        })
        .is_err()
    );
    // The time to answer is guarded twice: at its end and at the vote.
    assert!(
        but(&|r| if r.action == "lapse_statement" {
            r.window = Window::Any
        })
        .is_ok()
    );
    let unguarded = |r: &mut Row| {
        if matches!(r.action, "lapse_statement" | "submit_unstated" | "decide_list") {
            r.window = Window::Any;
        }
    };
    assert!(but(&unguarded).is_err());
    // Led past the notice, nobody can vote: the time to answer never began.
    assert!(
        but(&|r| if r.action == "propose_list" {
            r.to = Some("Deciding".into())
        })
        .is_ok()
    );
    let past = |r: &mut Row| {
        unguarded(r);
        if r.action == "propose_list" {
            r.to = Some("Deciding".into());
        }
    };
    assert!(but(&past).is_err());
}
#[test]
fn each_promise_is_unavoidable_by_the_table_alone() {
    for goal in [Phase::Decided, Phase::Reviewable, Phase::Open, Phase::Appealed, Phase::UnderReview] {
        for action in ["nominate", "attribute", "propose_list", "issue_notice", "serve_notice", "lapse_statement", "decide_list"] {
            assert!(unavoidable::<NegativeListEntry>(&[action], goal), "{action} {goal:?}");
        }
        assert!(unavoidable::<NegativeListEntry>(&["submit_unstated", "countersign"], goal), "{goal:?}");
    }
    assert!(unavoidable::<NegativeListEntry>(&["serve_decision"], Phase::Open));
    assert!(unavoidable::<NegativeListEntry>(&["lapse_review", "serve_review", "appeal_upheld", "appeal_shortened"], Phase::Open));
    assert!(unavoidable::<NegativeListEntry>(&["confirm_corrected"], Phase::Ended));
}

/// A state the engine reached: the matter, the day, and what led there.
struct Reached {
    matter: Box<dyn AnyMatter>,
    day: i32,
    way: Vec<(&'static str, i32)>,
}
fn person(role: &str, id: &str, org: &str) -> Person {
    who(id, role, org)
}
fn everybody() -> Vec<Person> {
    vec![
        handler(),
        second(),
        lead(),
        secretary(),
        person("R3", "secretary2", ZFW),
        seconded(),
        person("R10", "p1", POLICE),
        Person::time(ZFW),
        house(),
    ]
}
/// Forms of every kind of answer for an action: each alternative is tried.
fn forms(matter: &dyn AnyMatter, action: &str, today: &str) -> Vec<Form> {
    let step = domain::procedures::kind("negative_list_entry").unwrap().step(action).unwrap();
    let base: Form = step.fields.iter().filter(|f| f.required).map(|f| (f.name.to_owned(), sample(&f.shape))).collect();
    let with = |more: Json| {
        let mut form = base.clone();
        form.extend(more.as_object().cloned().unwrap());
        form
    };
    let votes = |all: [&str; 3]| {
        let people = ["lead", "m3", "m4"];
        let row = |(p, v): (&str, &str)| json!({"person": p, "vote": v, "why": "理由"});
        json!(people.into_iter().zip(all).map(row).collect::<Vec<_>>())
    };
    let checks = |spared: bool| json!({"only_general": spared, "dispute": false, "new_evidence": false, "interfered": false, "attribution": vault_ref("a")});
    let texts: serde_json::Map<String, Json> =
        step.fields.iter().filter(|f| f.required && f.vault.is_some()).map(|f| (f.name.to_owned(), json!(vault_ref("t")))).collect();
    let all = match action {
        "nominate" => vec![
            json!({"officer": "p1", "category": "重大瑕疵", "org": POLICE, "concluded_on": "2026-02-20", "grave": true, "named": "p1"}),
            json!({"officer": "p1", "category": "重大瑕疵", "org": POLICE}),
        ],
        "attribute" => vec![checks(false), checks(true)],
        "propose_list" => vec![json!({"months": 2}), json!({"months": 99})],
        "serve_notice" | "serve_decision" | "serve_review" => {
            vec![
                json!({"served_on": today, "receipt": ["f"]}),
                json!({"served_on": "2026-01-05", "receipt": ["f"]}),
                json!({"served_on": today}),
            ]
        }
        "state" | "state_on_paper" | "state_late" => vec![json!({"points": 1, "received_on": today})],
        "answer" => matter.choices("point").into_iter().map(|(n, _)| json!({"point": n, "adopted": "不采纳"})).collect(),
        "answer_recusal" => matter.choices("recusal").into_iter().map(|(n, _)| json!({"recusal": n, "granted": false})).collect(),
        "decide_list" => vec![
            json!({"votes": votes(["赞成", "赞成", "反对"]), "months": 2}),
            json!({"votes": votes(["赞成", "反对", "反对"]), "months": 2}),
            json!({"votes": votes(["赞成", "赞成", "赞成"]), "months": 3}),
        ],
        "decide_against" => vec![json!({"votes": votes(["赞成", "反对", "反对"])})],
        "shorten_on_review" | "appeal_shortened" => vec![json!({"months": 1}), json!({"months": 9})],
        "apply_review" | "appeal" | "appeal_directly" => vec![json!({"files": ["f"]})],
        "confirm_corrected" => vec![json!({"told": [{"org": "ZZB", "told_on": today, "doc_no": "1号"}]})],
        "provide" => vec![json!({"to_org": "ZZB", "purpose": "参考。"})],
        _ => vec![json!({})],
    };
    let fits = |mut form: Form| {
        for f in step.fields.iter().filter(|f| f.past && f.required && !matches!(f.name, "served_on" | "received_on")) {
            form.insert(f.name.into(), json!(today));
        }
        form.retain(|name, _| step.fields.iter().any(|f| f.name == name));
        form
    };
    let whole = |more: Json| {
        let mut form = with(more);
        form.extend(texts.clone());
        fits(form)
    };
    all.into_iter().map(whole).collect()
}
/// Clocks that gate a step.
const GATES: [&str; 4] = ["statement", "review", "appeal", "term"];
/// Steps that change nothing about who may go where; their own rules have tests of their own.
const ASIDE: &[&str] =
    &["apply_recusal", "answer_recusal", "waive_statement", "provide", "attach_acknowledgement", "state_on_paper", "prolong_appeal"];
/// What tells two states apart for the rules: phase, marks, clocks, and how far hearing and remedies are.
fn key(r: &Reached, today: jiff::civil::Date) -> String {
    let clocks = r.matter.clocks();
    let clock = |n: &&str| clocks.get(*n).map(|c| (c.live(), c.over(today)));
    let clocks: Vec<_> = GATES.iter().map(clock).collect();
    let body: Json = serde_json::from_str(&r.matter.body()).unwrap();
    let state = &body["state"];
    let n = |name: &str, most: usize| state[name].as_array().map_or(0, Vec::len).min(most);
    let spared = state["judged"].to_string().contains("true");
    let counts = [n("findings", 1), n("judged", 2), n("stated", 1), n("answers", 1), n("relief", 1)];
    format!("{:?}{:?}{clocks:?}{counts:?}{spared}", r.matter.phase().map(|p| &p.name), r.matter.marks())
}
/// What may not be: told outside before its time, or decided before he was heard.
fn sound(r: &Reached, g: &Given) {
    let did = |a: &str| r.way.iter().find(|w| w.0 == a).map(|w| w.1);
    let told = r.matter.marks().contains(&"providable");
    let phase = r.matter.phase().map_or("", |p| p.name.as_str());
    if told || !owed(phase).is_empty() {
        let (served, decided) = (did("serve_notice").unwrap(), did("decide_list").unwrap());
        assert!(did("lapse_statement").is_some() && decided - served >= 14, "{:?}", r.way);
    }
    if told {
        assert_eq!(phase, "Open", "{:?}", r.way);
        let over = ["lapse_review", "uphold", "shorten_on_review", "appeal_upheld", "appeal_shortened"];
        assert!(did("serve_decision").is_some() && over.iter().any(|a| did(a).is_some()), "{:?}", r.way);
        if let (Some(served), Some(lapsed)) = (did("serve_decision"), did("lapse_review")) {
            assert!(lapsed - served > 30, "{:?}", r.way);
        }
    }
    for who in [unit(), person("R12", "zzb", "ZZB"), person("R9", "liaison", POLICE)] {
        assert!(r.matter.mine(&g.at(&who)).is_empty());
    }
    let him = person("R10", "p1", POLICE);
    assert_eq!(r.matter.mine(&g.at(&him)).is_empty(), did("issue_notice").is_none(), "a party from the notice on: {:?}", r.way);
}
#[test]
fn whatever_everybody_presses_the_engine_reaches_no_state_that_skips_a_right() {
    let mut g = given("negative_list_entry");
    let (start, kind, people) = (g.today, g.kind, everybody());
    let mut seen = BTreeSet::new();
    let mut queue = VecDeque::from([Reached { matter: (kind.blank)(ZFW), day: 0, way: vec![] }]);
    let mut phases = BTreeSet::new();
    while let Some(r) = queue.pop_front() {
        g.today = start.saturating_add(jiff::Span::new().days(r.day));
        g.linked("review", &["concluded"]);
        sound(&r, &g);
        phases.extend(r.matter.phase().map(|p| p.name.clone()));
        let mut next = vec![];
        // Time goes on by just less than the time to answer, and by more than a month.
        if r.day < 170 && r.matter.phase().is_some() {
            next.extend([13, 35].map(|days| Reached { matter: r.matter.copy(), day: r.day + days, way: r.way.clone() }));
        }
        let today = g.today.to_string();
        let told = |s: &&domain::engine::StepInfo| !ASIDE.contains(&s.action);
        for step in
            kind.steps.iter().filter(told).filter(|s| if r.matter.phase().is_some() { r.matter.stands(s.action) } else { s.opens() })
        {
            for form in forms(r.matter.as_ref(), step.action, &today) {
                for who in &people {
                    let mut matter = r.matter.copy();
                    if matter.act(step.action, form.clone(), &g.at(who)).is_ok() {
                        let way = [r.way.clone(), vec![(step.action, r.day)]].concat();
                        next.push(Reached { matter, day: r.day, way });
                    }
                }
            }
        }
        for n in next {
            let today = start.saturating_add(jiff::Span::new().days(n.day));
            if seen.insert(key(&n, today)) {
                queue.push_back(n);
            }
        }
        assert!(seen.len() < 20_000, "the graph does not close");
    }
    assert_eq!(phases.len(), NegativeListEntry::PHASES.len(), "reached only {phases:?}");
    assert!(seen.len() > 100, "{}", seen.len());
}
