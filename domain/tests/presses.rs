//! Random presses by random persons on every procedure: what is offered can be done, what is refused changes nothing, the
//! entries alone make the matter, and no matter ever leaves its diagram.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]
mod given;
use domain::engine::*;
use domain::procedures::all;
use given::*;
use proptest::{prelude::*, strategy::ValueTree as _};
use serde_json::{Map, json};

/// Everybody who could try something, most of all those who should not.
fn everybody() -> Vec<Person> {
    let (handler, lead) = (handler(), lead());
    let mut all = vec![
        second(),
        lead.clone(),
        secretary(),
        seconded(),
        unit(),
        other_unit(),
        deputy("deputy", &lead),
        also(&handler, &lead),
        who("sys", "SYS", ZFW),
        who("sec", "SEC", ZFW),
        who("aud", "AUD", ZFW),
        who("elsewhere", "R2", POLICE),
        Person { id: "nobody".into(), ..Person::default() },
        who("chair", "R8", ZFW),
        inspector(),
        colleague(),
        patrol(),
        // Whoever brings something before the office; forms name one organisation only.
        who("procurator", "R11", COURT),
        // Whoever a form names as a person.
        who("文", "R10", COURT),
        handler,
        house(),
        Person::time(ZFW),
        Person::reporter(ZFW),
    ];
    // The enterprise channel: whoever takes in, leads, keeps, supervises, observes, decides.
    all.extend(["R14", "R15", "R16", "R17", "R18", "R19", "R20"].map(|r| who(&format!("channel-{r}"), r, ZFW)));
    all.extend(["R14", "R16", "R17"].map(|r| who(&format!("second-{r}"), r, ZFW)));
    // Forms name one organisation only: a member of the conference, and the government to which a decision is proposed.
    all.extend([who("member", "R17", COURT), who("mayor", "R20", COURT)]);
    all
}
/// Nine experts, where the table knows of experts at all; somebody who receives, where it knows of receivers.
fn experts(kind: &Kind) -> Vec<Person> {
    let knows =
        |s: &StepInfo| s.by.iter().any(|b| matches!(b, Standing::Expert | Standing::ReExaminer | Standing::Witness | Standing::Observer));
    let receives = kind.steps.iter().any(|s| s.by.contains(&Standing::Recipient));
    let receiver = receives.then(|| who("receiver", "R13", COURT));
    let experts = if kind.steps.iter().any(knows) { 9 } else { 0 };
    let asks = kind.steps.iter().any(|s| s.by.contains(&Standing::Requester));
    let requester = asks.then(|| who("organiser", "R12", COURT));
    let desk = if kind.steps.iter().any(|s| s.by.contains(&Standing::Intake)) { desk() } else { vec![] };
    // Whoever reviews a decision had no hand in it.
    let reviewed = kind.steps.iter().any(|s| s.action == "apply_review");
    let others = if reviewed { vec![who("lead2", "R2", ZFW), who("secretary2", "R3", ZFW), who("secretary3", "R3", ZFW)] } else { vec![] };
    (1..=experts).map(expert).chain(receiver).chain(requester).chain(desk).chain(others).collect()
}
/// The desk of the joint conference's office, the keepers of identities, and whoever holds a receipt.
fn desk() -> Vec<Person> {
    let roles = [("intake", "R14"), ("intake2", "R14"), ("convener", "R15"), ("keeper", "R16"), ("keeper2", "R16"), ("keeper3", "R16")];
    roles.into_iter().map(|(id, role)| who(id, role, ZFW)).chain([Person::reporter(ZFW)]).collect()
}
/// One press, as dice.
#[derive(Clone, Debug)]
struct Press {
    person: prop::sample::Index,
    step: prop::sample::Index,
    form: u32,
    guided: bool,
    garbage: u8,
    days: i32,
    recused: bool,
    /// Whether the linked matters publish what the rules look up.
    marked: Option<bool>,
}
fn a_press() -> impl Strategy<Value = Press> {
    let dice = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u32>(), 0..12_u8, 0..45_i32);
    (dice, prop::bool::weighted(0.75), prop::bool::weighted(0.1), prop::option::of(any::<bool>())).prop_map(
        |((person, step, form, garbage, days), guided, recused, marked)| Press {
            person,
            step,
            form,
            guided,
            garbage,
            days,
            recused,
            marked,
        },
    )
}

/// A form that fits its fields: any code, days that have been or are to come, optional fields given or not.
fn form(matter: &dyn AnyMatter, step: &StepInfo, press: &Press, today: jiff::civil::Date) -> Form {
    let die = |n: usize, sides: usize| press.form.rotate_left(n as u32 * 5) as usize % sides;
    let value = |n: usize, f: &Field| match f.shape {
        Shape::Date if f.name == "until" && matter.kind() == "packet" => {
            json!(today.saturating_add(jiff::Span::new().days(40)).to_string())
        }
        // A term has to last until somebody has come.
        Shape::Date if f.name == "until" => json!(today.saturating_add(jiff::Span::new().days(150)).to_string()),
        // A trial that begins today or later ends later still.
        Shape::Date if f.name == "trial_until" => json!(today.saturating_add(jiff::Span::new().days(300)).to_string()),
        // What a paper names is to come; what has been done has been.
        Shape::Date if matches!(f.name, "report_by" | "public_until") => {
            json!(today.saturating_add(jiff::Span::new().days(30)).to_string())
        }
        Shape::Date if f.name == "asked_until" => json!(today.saturating_add(jiff::Span::new().days(60)).to_string()),
        Shape::Date if f.past && matter.kind() == "negative_list_entry" => json!(today.to_string()),
        Shape::Date if f.past && matter.kind() == "observation" => {
            json!(today.saturating_add(jiff::Span::new().days([0, 0, -10][die(n, 3)])).to_string())
        }
        Shape::YesNo if matches!(f.name, "secrecy" | "integrity" | "no_interest") => json!(true),
        Shape::Date => json!(today.saturating_add(jiff::Span::new().days([0, 10, -10][die(n, 3)])).to_string()),
        // Nothing is sent to whom it is about.
        Shape::Org if f.name == "receiver" => json!(POLICE),
        Shape::Org => json!(COURT),
        Shape::Code(t) => json!(t.rows[die(n, t.rows.len())].0),
        Shape::Codes(t) => json!([t.rows[die(n, t.rows.len())].0]),
        // Few would be vetted by chance.
        Shape::YesNo if matches!(f.name, "penalised" | "expelled" | "dishonest" | "official") => json!(false),
        // Nor would anybody get past the four cases in which nobody is listed.
        Shape::YesNo if matches!(f.name, "only_general" | "dispute" | "new_evidence" | "interfered") => json!(die(n, 8) == 0),
        Shape::YesNo => json!(die(n, 3) > 0),
        // Numbers with their check digits.
        Shape::Short if f.check.is_some() => json!(match f.name {
            "idno" => "361202198702066016",
            "phone" => "15400098765",
            _ => "91361222MA81YF05XX",
        }),
        Shape::Long if f.check.is_some() => json!("马测市 36120001\n丁样安 36120002"),
        Shape::Number if f.name == "year" => json!(today.year()),
        Shape::Number if f.name == "opposed" => json!(die(n, 2)),
        // A warning rests on several cases and several reviewers.
        Shape::Number if matches!(f.name, "reviewed" | "observed" | "cases" | "reviewers") => json!(3),
        // What the matter offers; who could be taken off a seat stays there, or no review ever ends.
        Shape::Choice if f.name != "expert" => {
            let offered = matter.choices(f.name);
            offered.get(die(n, offered.len().max(1))).map_or_else(|| sample(&f.shape), |c| json!(c.0))
        }
        // A draw lives by moments: far enough ahead for two seals and a list, a beacon that speaks where parties stay silent.
        Shape::Short if matches!(f.name, "t0" | "t1" | "t2") => {
            let ahead = today.saturating_add(jiff::Span::new().days(300));
            json!(format!("{ahead} 1{}:00", &f.name[1..]))
        }
        Shape::Short if f.name == "beacon" => json!("pl5-26300"),
        Shape::Short if f.name == "value" => json!("pl5-26300:1,2,3,4,5"),
        Shape::Short if f.name == "value_at" => json!(format!("{today} 00:00")),
        Shape::Short if matches!(f.name, "arrived" | "left" | "said_at") => json!("09:25"),
        Shape::Short if f.name == "to_role" => json!("R13"),
        Shape::Short if f.name == "commitment" => json!("ab".repeat(32)),
        // A paper is written in articles.
        Shape::Long if matches!(f.name, "text" | "revised") => json!("第一条 文"),
        Shape::Short if f.name == "draw" => json!(format!("抽{}", press.form)),
        // A re-sample that may prove something.
        Shape::Number if f.name.ends_with("_n") => json!(10),
        Shape::Number if f.name == "after_bad" => json!(die(n, 2)),
        Shape::Short if f.name == "score" => json!(["96", "84.5", "60"][die(n, 3)]),
        // Cells by the names tables use everywhere: days that have been, points, people who are there.
        Shape::Rows(columns) => {
            let cell = |row: usize, c: &Column| match c.name {
                "person" => json!(format!("e{}", row + 1 + die(n, 3) * 3)),
                "org" => json!(COURT),
                "closed_on" | "effective_on" => json!("2026-01-05"),
                "due" => json!("2027-12-31"),
                "matter_no" if matter.kind() == "packet" => json!("文"),
                "told_on" => json!(today.to_string()),
                "at" => json!("09:25"),
                "item" if c.codes.is_some() => json!(c.codes.map_or("", |t| t.rows[row].0)),
                "full" | "from" => json!("100"),
                // What is not to one's credit rests on matters that nothing links here.
                "bad" => json!(""),
                "points" => json!(["0.5", "8", "20", "40"][die(row, 4)]),
                _ => json!(
                    c.codes.map_or_else(|| format!("文{row}"), |t| t.rows[if row == 0 { 0 } else { die(row, t.rows.len()) }].0.into())
                ),
            };
            // Panels and common problems are of several.
            let whole = columns.iter().find(|c| c.name == "item").and_then(|c| c.codes);
            let rows = if let Some(items) = whole {
                items.rows.len()
            } else if columns.iter().any(|c| matches!(c.name, "person" | "per_100" | "supervisor" | "post")) {
                3
            } else {
                1
            };
            json!((0..rows).map(|r| columns.iter().map(|c| (c.name.to_owned(), cell(r, c))).collect::<Form>()).collect::<Vec<_>>())
        }
        _ => sample(&f.shape),
    };
    let never = |f: &Field| matches!(f.name, "grounds" | "officials_bad" | "standing");
    let given =
        |n: usize, f: &Field| f.required || !never(f) && (matches!(f.name, "beacon" | "value" | "value_at" | "batch") || die(n + 3, 4) > 0);
    let all = step.fields.iter().enumerate().filter(|(n, f)| given(*n, f));
    all.map(|(n, f)| (f.name.to_owned(), value(n, f))).collect()
}
/// The same form, spoilt.
fn spoilt(mut form: Form, garbage: u8) -> Form {
    let first = form.keys().next().cloned().unwrap_or_default();
    match garbage {
        1 => drop(form.insert("unknown".into(), json!("x"))),
        2 => drop(form.insert(first, json!({"nested": [1, null]}))),
        3 => drop(form.remove(&first)),
        4 => drop(form.insert(first, json!(""))),
        5 => drop(form.insert(first, json!("长".repeat(20_001)))),
        6 => form = Map::new(),
        _ => {}
    }
    form
}

/// Any button as likely as another, whoever has it; mostly a way on before a way out.
fn ways(kind: &'static Kind, open: &[(usize, &'static str)], press: &Press) -> Vec<&'static str> {
    let all: Vec<&'static str> = kind.steps.iter().map(|s| s.action).filter(|a| open.iter().any(|o| o.1 == *a)).collect();
    let on: Vec<&'static str> = all.iter().copied().filter(|a| goes_on(kind, a)).collect();
    // Long lines need somebody who moves them along: three times in four, a step that leads to another phase.
    let moves: Vec<&'static str> = on.iter().copied().filter(|a| kind.step(a).is_some_and(|s| s.to.is_some())).collect();
    match press.form % 8 {
        1 if !on.is_empty() => on,
        0 | 1 => all,
        _ if !moves.is_empty() => moves,
        // Nor does everybody leave his seat.
        _ if on.len() > 1 => on.into_iter().filter(|a| *a != "recuse").collect(),
        _ if !on.is_empty() => on,
        _ => all,
    }
}
/// What one run of presses reached: to prove that the guided ones get somewhere.
fn run(kind: &'static Kind, presses: &[Press]) -> Result<Vec<String>, TestCaseError> {
    let mut g = given(kind.name);
    let mut replica = (kind.blank)(ZFW);
    let mut matter = (kind.blank)(ZFW);
    let mut visited = vec![];
    let people = [everybody(), experts(kind)].concat();
    let diagram = (kind.diagram)();
    let outline = (kind.outline)();
    for press in presses {
        g.later(press.days);
        g.recused = press.recused;
        g.kin = press.marked.map_or_else(Vec::new, |marked| kin(kind, outline.looks, marked));
        // What has ended is left to the wild presses for a while; then another one begins.
        if matter.phase().is_some_and(|p| p.ball.is_none()) && press.person.index(3) == 0 {
            prop_assert_eq!(g.matter().body(), matter.body(), "from the first entry on");
            (matter, replica) = ((kind.blank)(ZFW), (kind.blank)(ZFW));
            g.entries.clear();
        }
        // Guided: somebody presses a button he has, or the house does what it may. Otherwise anybody anything.
        let buttons = |n: usize| -> Vec<&'static str> {
            if people[n].system.is_none() {
                return matter.offered(&g.at(&people[n])).into_iter().filter(|o| o.blocked.is_none()).map(|o| o.action).collect();
            }
            let own = people[n].system;
            let may = |s: &&StepInfo| matter.stands(s.action) && own.is_some_and(|o| s.by.contains(&o));
            let tried = |s: &&StepInfo| may(s) && matter.copy().act(s.action, form(&*matter, s, press, g.today), &g.at(&people[n])).is_ok();
            kind.steps.iter().filter(tried).map(|s| s.action).collect()
        };
        let all = if press.guided { 0..people.len() } else { 0..0 };
        let open: Vec<(usize, &'static str)> = all.flat_map(|n| buttons(n).into_iter().map(move |a| (n, a))).collect();
        let guided = press.guided && !open.is_empty();
        let (person, action) = if guided {
            let ways = ways(kind, &open, press);
            let action = ways[press.step.index(ways.len())];
            let who: Vec<usize> = open.iter().filter(|o| o.1 == action).map(|o| o.0).collect();
            (who[press.person.index(who.len())], action)
        } else {
            (press.person.index(people.len()), kind.steps[press.step.index(kind.steps.len())].action)
        };
        let (who, step) = (&people[person], kind.step(action).unwrap());
        let fits = form(&*matter, step, press, g.today);
        prop_assert!(step.fields.iter().all(|f| fits.get(f.name).is_none_or(|v| f.wrong(v).is_none())), "the sample does not fit {action}");
        let given_form = if guided { fits } else { spoilt(fits, press.garbage) };
        let offer = matter.offered(&g.at(who)).into_iter().find(|o| o.action == action);
        let mine = matter.mine(&g.at(who));
        let (before, from) = (matter.body(), matter.phase().map(|p| p.name.clone()));
        match matter.act(action, given_form, &g.at(who)) {
            Err(refusal) => {
                prop_assert_eq!(matter.body(), before, "a refused {} changed something", action);
                prop_assert_ne!(refusal.code, "unannounced", "{}", action);
                prop_assert!(!refusal.reason.is_empty());
                if guided {
                    // The form fits its fields, so only the judgement of its contents can have refused it.
                    // A unit brings a matter for itself; the form names one unit only.
                    let brought = from.is_none() && step.by.contains(&Standing::Respondent);
                    prop_assert!(
                        refusal.code == "bad_form" || brought && refusal.code == "not_yours",
                        "{} {} was offered to {}: {}",
                        kind.name,
                        action,
                        &who.id,
                        refusal.code
                    );
                    prop_assert!(refusal.fields.iter().all(|f| step.fields.iter().any(|x| x.name == f.0)), "{refusal:?}");
                }
                if let Some(blocked) = offer.and_then(|o| o.blocked) {
                    prop_assert_eq!(refusal, blocked, "{}: the button said otherwise", action);
                }
            }
            Ok(acted) => {
                prop_assert!(who.system.is_some() || offer.is_some_and(|o| o.blocked.is_none()), "{} was not offered", action);
                prop_assert!(step.by.contains(&acted.entry.stamp.standing));
                prop_assert!(from.is_none() || mine.contains(&acted.entry.stamp.standing), "a standing he does not have");
                // What is stored is what is replayed, byte for byte.
                let bytes = serde_json::to_string(&acted.entry).unwrap();
                replica.follow_entry(&serde_json::from_str(&bytes).unwrap()).unwrap();
                prop_assert_eq!(replica.body(), matter.body(), "replaying {} makes another matter", action);
                prop_assert_eq!((kind.load)(&matter.body()).unwrap().body(), matter.body());
                g.entries.push(bytes);
                prop_assert_eq!(matter.version() as usize, g.entries.len());
                let now = matter.phase().unwrap().name.clone();
                went(&diagram, step, from.as_deref(), &now)?;
                prop_assert!(acted.requests.iter().all(|r| step.then.contains(&(r.kind, r.action))));
                g.opens(&acted);
                visited.push(now);
            }
        }
        learns_only_his_own(matter.as_ref(), &people[press.person.index(people.len())], &g)?;
    }
    prop_assert_eq!(g.matter().body(), matter.body(), "from the first entry on");
    Ok(visited)
}
/// The phase went where the row says, and the diagram has the arrow.
fn went(diagram: &str, step: &StepInfo, from: Option<&str>, now: &str) -> Result<(), TestCaseError> {
    match &step.to {
        None => prop_assert_eq!(Some(now), from),
        // A joint step waits for the others.
        Some(_) if step.once && Some(now) == from => {}
        Some(to) => {
            prop_assert_eq!(now, to);
            let arrow = format!("{} --> {now}: {}", from.unwrap_or("[*]"), step.label);
            prop_assert!(diagram.contains(&arrow), "no arrow {}", arrow);
        }
    }
    Ok(())
}
/// One linked matter of each kind, with every mark that is looked up there; but a request goes on while its opinion is open.
fn kin(kind: &Kind, looks: &[(&str, &str)], marked: bool) -> Vec<Kin> {
    let links: std::collections::BTreeSet<&str> = looks.iter().map(|l| l.0).collect();
    let leads = |mark: &str| marked && (kind.name, mark) != ("escalation", "closed");
    let marks = |link: &str| looks.iter().filter(|l| l.0 == link && leads(l.1)).map(|l| l.1.to_owned()).collect();
    links.into_iter().map(|link| Kin { number: "文".into(), link: link.into(), marks: marks(link) }).collect()
}
/// The step does not end the matter, or ends it where its main line does.
fn goes_on(kind: &Kind, action: &str) -> bool {
    let to = kind.step(action).and_then(|s| s.to.as_deref()).and_then(|p| kind.phase(p));
    // Two refusals in a row are rarer than the dice allow.
    let refuses = kind.name == "observation_request" && matches!(action, "refuse" | "uphold");
    // Whoever may always hear him once more, or take him off the list, would always do so.
    let leaves = kind.name == "negative_list_entry"
        && matches!(action, "state_late" | "decide_against" | "remove_early" | "remove_revoked" | "remove_on_review" | "exonerate");
    refuses
        || !leaves && to.is_some_and(|p| p.ball.is_some() || p.main)
        || kind.step(action).is_some_and(|s| s.to.is_none() && !s.fields.is_empty())
}
/// Whoever has no standing sees no value and no button; nobody sees a sealed one.
fn learns_only_his_own(matter: &dyn AnyMatter, who: &Person, g: &Given) -> Result<(), TestCaseError> {
    let at = g.at(who);
    let view = matter.view(&at);
    if matter.phase().is_some() && matter.mine(&at).is_empty() {
        prop_assert!(view.is_empty() && matter.offered(&at).is_empty(), "{} is nobody here", who.id);
    }
    prop_assert!(view.iter().flat_map(|s| &s.rows).all(|r| !r.field.is_sealed()));
    Ok(())
}

/// Bounded so that all kinds together take seconds in the dev profile.
const CASES: u32 = 24;
fn presses(n: usize) -> impl Strategy<Value = Vec<Press>> {
    prop::collection::vec(a_press(), n)
}
proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_press_breaks_a_matter(presses in presses(60)) {
        for kind in all() {
            run(kind, &presses)?;
        }
    }
}
#[test]
fn the_guided_presses_reach_every_phase_that_people_can_reach() {
    // The same dice every time; a changed table may need a few more throws.
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut missing: Vec<(&str, String)> = all().iter().flat_map(|k| k.phases.iter().map(|p| (k.name, p.name.clone()))).collect();
    for _ in 0..500 {
        let presses = presses(200).new_tree(&mut runner).unwrap().current();
        for kind in all().iter().filter(|k| missing.iter().any(|m| m.0 == k.name)).collect::<Vec<_>>() {
            // A long table has a long line.
            let reached = run(kind, &presses[..(kind.steps.len() * 4).clamp(60, 200)]).unwrap();
            missing.retain(|(k, phase)| *k != kind.name || !reached.contains(phase));
        }
    }
    assert!(missing.is_empty(), "never reached: {missing:?}");
}
