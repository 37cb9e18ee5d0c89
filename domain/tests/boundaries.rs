//! The hard boundaries of the mission that hold in the rules themselves, each by its number. 3 and 9 are checked in `app/tests/access.rs`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
use domain::calendar::Calendar;
use domain::engine::*;
use domain::procedures::{all, kind};
use domain::registers::limits::{Limits, defaults};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

const OFFICE_ORG: &str = "ZFW";

fn who(id: &str, role: &str, org: &str) -> Person {
    Person { id: id.into(), org: org.into(), roles: vec![RoleHeld { role: role.into(), org: org.into(), of: None }], system: None }
}
/// Circumstances that stay the same through a test.
struct World {
    limits: Limits,
    parameters: Parameters,
    kin: Vec<Kin>,
}
impl World {
    fn new() -> Self {
        let limits = Limits(defaults().into_iter().map(|l| (l.code.clone(), l)).collect());
        Self { limits, parameters: BTreeMap::new(), kin: vec![] }
    }
    fn at<'a>(&'a self, who: &'a Person, recused: bool) -> At<'a> {
        let today = jiff::civil::date(2026, 3, 2);
        At {
            now_ms: 0,
            today,
            who,
            recused,
            kin: &self.kin,
            limits: &self.limits,
            parameters: &self.parameters,
            calendar: Calendar::built_in(),
        }
    }
}
fn form(values: Json) -> Form {
    values.as_object().cloned().unwrap()
}
fn clue(world: &World, pending: bool) -> Box<dyn AnyMatter> {
    let mut m = (kind("clue").unwrap().blank)(OFFICE_ORG);
    let said = json!({"source": "来信", "received": "2026-02-27", "org": "FY1", "is_closed": !pending, "problem": ["X1"], "summary": vault_ref("s1"), "reporter": vault_ref("r1"), "reporter_phone": vault_ref("r2")});
    m.act("register", form(said), &world.at(&who("h", "R1", OFFICE_ORG), false)).unwrap();
    m
}
#[test]
fn boundary_1_no_table_can_pronounce_a_sanction_a_conviction_or_an_altered_judgment() {
    let forbidden = ["处分", "定罪", "改判", "错案", "判决", "量刑建议"];
    for k in all() {
        let labels = k.steps.iter().map(|s| s.label).chain(k.fields().into_iter().map(|f| f.label)).chain(k.phases.iter().map(|p| p.label));
        for label in labels {
            assert!(!forbidden.iter().any(|w| label.contains(w)), "{}: {label}", k.name);
        }
        let offered = k.fields().into_iter().filter_map(|f| match f.shape {
            Shape::Code(table) | Shape::Codes(table) => Some(table.rows),
            _ => None,
        });
        for (_, label) in offered.flatten() {
            assert!(!forbidden.iter().any(|w| label.contains(w)), "{}: {label}", k.name);
        }
        let names = k.steps.iter().map(|s| s.action).chain(k.fields().into_iter().map(|f| f.name));
        for name in names {
            let verdicts = ["sanction", "punish", "discipline_", "convict", "guilt", "verdict", "overturn", "wrongful", "sentence"];
            assert!(!verdicts.iter().any(|w| name.contains(w)), "{}: {name}", k.name);
        }
    }
    // Whether somebody is to blame is another body's to say: its answer cannot be entered without its document.
    let answer = kind("accountability").unwrap().step("answer").unwrap();
    assert!(answer.fields.iter().any(|f| f.name == "document" && f.required && matches!(f.shape, Shape::Files)));
    let world = World::new();
    let mut m = (kind("accountability").unwrap().blank)(OFFICE_ORG);
    m.act("open", form(json!({"org": "FY1", "facts": vault_ref("f")})), &world.at(&Person::house(OFFICE_ORG), false)).unwrap();
    m.act("refer", form(json!({"to": "派驻纪检组"})), &world.at(&who("l", "R2", OFFICE_ORG), false)).unwrap();
    let bare = m.act("answer", form(json!({"result": vault_ref("x")})), &world.at(&who("h", "R1", OFFICE_ORG), false)).unwrap_err();
    assert_eq!((bare.code, bare.fields[0].0.as_str()), ("bad_form", "document"));
}
#[test]
fn boundary_2_a_pending_case_meets_only_fixed_procedural_options() {
    let world = World::new();
    let (handler, lead) = (who("h", "R1", OFFICE_ORG), who("l", "R2", OFFICE_ORG));
    let mut m = clue(&world, true);
    m.act("assess", form(json!({})), &world.at(&handler, false)).unwrap();
    for action in ["opine", "propose"] {
        let other = who("h2", "R1", OFFICE_ORG);
        if action == "propose" {
            for (who, route) in [(&handler, "程序性督办"), (&other, "程序性督办")] {
                m.act("opine", form(json!({"route": route, "opinion": vault_ref("o")})), &world.at(who, false)).unwrap();
            }
        }
        let text = if action == "opine" {
            json!({"route": "转评查", "opinion": vault_ref("o")})
        } else {
            json!({"route": "转评查", "reason": "想评查"})
        };
        let refused = m.act(action, form(text), &world.at(&handler, false)).unwrap_err();
        assert_eq!(refused.fields[0].0, "route", "{action}");
    }
    m.act("propose", form(json!({"route": "程序性督办", "reason": "一致"})), &world.at(&handler, false)).unwrap();
    let acted = m.act("approve", form(json!({"items": ["超期"], "reply_by": "2026-03-20"})), &world.at(&lead, false)).unwrap();
    assert_eq!(acted.requests[0].kind, "prompt");
    // Even approved, it is never put right on the merits.
    let refused =
        m.act("rectify", form(json!({"problems": ["S1"], "severity": "一般", "gist": "x"})), &world.at(&lead, false)).unwrap_err();
    assert_eq!(refused.code, "case_pending");
    // The prompt itself holds no field in which anything on the merits could be written.
    for f in kind("prompt").unwrap().fields() {
        let text = matches!(f.shape, Shape::Short | Shape::Long | Shape::Rows(_));
        assert!(!text || f.name == "case_no", "{}", f.name);
    }
    let mut prompt = (kind("prompt").unwrap().blank)(OFFICE_ORG);
    let said = json!({"org": "FY1", "case_no": "（2026）赣1202刑初1号", "items": ["应当改判"], "reply_by": "2026-03-20"});
    assert_eq!(prompt.act("open", form(said), &world.at(&handler, false)).unwrap_err().fields[0].0, "items");
}
#[test]
fn boundary_4_the_source_of_a_clue_reaches_nobody_but_the_office_and_not_even_its_pages() {
    let world = World::new();
    let m = clue(&world, false);
    for Party(standing, _) in m.parties() {
        assert!(OFFICE.contains(&standing), "{standing:?} is a party of a clue");
    }
    let sealed: Vec<&str> = kind("clue").unwrap().fields().into_iter().filter(|f| f.is_sealed()).map(|f| f.name).collect();
    assert_eq!(sealed, ["reporter", "reporter_id", "reporter_phone"]);
    let leaks = |text: &str| text.contains("r1") || text.contains("r2");
    for role in ["R1", "R2", "R3", "R7", "R9"] {
        let person = who("x", role, OFFICE_ORG);
        let view = m.view(&world.at(&person, false));
        assert!(!leaks(&format!("{:?}", view.iter().flat_map(|s| &s.rows).map(|r| &r.value).collect::<Vec<_>>())), "{role}");
    }
    let unit = who("u", "R9", "FY1");
    assert!(m.view(&world.at(&unit, false)).is_empty() && m.offered(&world.at(&unit, false)).is_empty());
    let index = m.index();
    assert!(!leaks(&index.title) && !leaks(&index.gist) && !leaks(&format!("{:?}", m.facts())));
    // What travels on is written anew: no reaction carries a reporter's field, but within the office that took it in.
    let same_office = ["clue", "hotline_call", "enterprise_appeal"];
    for k in all() {
        let taken = k.steps.iter().filter(|s| s.by.contains(&Standing::House) && !same_office.contains(&k.name));
        assert!(taken.flat_map(|s| s.fields).all(|f| !f.is_sealed()), "{}", k.name);
    }
}
#[test]
fn boundary_4_a_referral_shows_its_receiver_no_source_no_preparation_and_nothing_sealed() {
    let referral = kind("referral").unwrap();
    let read: Vec<&str> = referral.fields().into_iter().filter(|f| f.seen.contains(&Standing::Recipient)).map(|f| f.name).collect();
    for hidden in ["source", "ground", "facts", "evidence", "texts", "names", "keep", "keep_why", "package", "reason", "gist", "clue"] {
        assert!(!read.contains(&hidden), "{hidden}");
    }
    // He is nobody of any matter a referral may come from.
    for k in all().iter().filter(|k| k.name != "referral") {
        let recipient = k.steps.iter().flat_map(|s| s.by).any(|s| *s == Standing::Recipient);
        // The recipient of an appeal is the unit that handles it; where one may be sent on is decided against the accused (below).
        // A packet is the source of no referral: the house refuses it.
        assert!(!recipient || matches!(k.name, "review" | "enterprise_appeal" | "packet"), "{}", k.name);
    }
}
#[test]
fn boundary_4_an_identity_opens_once_on_another_persons_approval() {
    let world = World::new();
    let (handler, other, lead) = (who("h", "R1", OFFICE_ORG), who("h2", "R1", OFFICE_ORG), who("l", "R2", OFFICE_ORG));
    let both = Person { roles: [handler.roles.clone(), lead.roles.clone()].concat(), ..handler.clone() };
    let mut m = clue(&world, false);
    let code = |m: &mut Box<dyn AnyMatter>, action: &str, who: &Person| {
        m.act(action, form(json!({})), &world.at(who, false)).map(drop).map_err(|r| r.code)
    };
    assert_eq!(code(&mut m, "open_identity", &handler), Err("not_approved"));
    m.act("ask_identity", form(json!({"ground": "核实回访", "reason": "核实"})), &world.at(&handler, false)).unwrap();
    assert_eq!(code(&mut m, "approve_identity", &both), Err("own_request"), "nobody approves what he asked for");
    assert_eq!(code(&mut m, "approve_identity", &lead), Ok(()));
    assert_eq!(code(&mut m, "open_identity", &other), Err("not_approved"), "the approval is the asker's alone");
    assert_eq!(code(&mut m, "open_identity", &handler), Ok(()));
    assert_eq!(code(&mut m, "open_identity", &handler), Err("not_approved"), "once");
}
#[test]
fn boundary_5_a_conflict_of_interest_takes_every_standing_but_ones_own_cause() {
    let world = World::new();
    let handler = who("h", "R1", OFFICE_ORG);
    let mut m = clue(&world, false);
    assert!(!m.offered(&world.at(&handler, false)).is_empty());
    assert!(
        m.mine(&world.at(&handler, true)).is_empty()
            && m.offered(&world.at(&handler, true)).is_empty()
            && m.view(&world.at(&handler, true)).is_empty()
    );
    assert_eq!(m.act("assess", form(json!({})), &world.at(&handler, true)).unwrap_err().code, "not_yours");
    // The unit concerned still follows its own matter.
    let (lead, unit) = (who("l", "R2", OFFICE_ORG), who("u", "R9", "FY1"));
    let mut zg = (kind("rectification").unwrap().blank)(OFFICE_ORG);
    zg.act("open", form(json!({"org": "FY1", "problems": ["X1"], "severity": "一般", "gist": "x"})), &world.at(&handler, false)).unwrap();
    zg.act("demand", form(json!({"what": "x"})), &world.at(&lead, false)).unwrap();
    assert_eq!(zg.mine(&world.at(&unit, true)), [Standing::Respondent]);
    zg.act("sign", form(json!({})), &world.at(&unit, true)).unwrap();
}
#[test]
fn boundary_8_no_observer_starts_an_inspection_and_none_goes_where_no_task_is() {
    let request = kind("observation_request").unwrap();
    let theirs = request.steps.iter().find(|s| s.by.contains(&Standing::Observer));
    assert!(theirs.is_none(), "an observer takes {theirs:?}");
    let mut world = World::new();
    let intake = who("i", "R14", OFFICE_ORG);
    let mut m = (request.blank)(OFFICE_ORG);
    let said = json!({"org": "SCJ", "act_type": "行政检查", "item": vault_ref("a"), "when": "2026-03-20", "place": vault_ref("b"), "task_no": vault_ref("t"),
        "reason": vault_ref("c"), "tie": false, "disclose": false, "enterprise": vault_ref("d")});
    m.act("register", form(said), &world.at(&intake, false)).unwrap();
    // The enterprise's own word that there is a task is not enough: its unit states it.
    assert_eq!(m.act("approve", form(json!({})), &world.at(&intake, false)).unwrap_err().code, "no_task");
    world.kin.clear();
    m.act("ask_confirm", form(json!({"about": vault_ref("e")})), &world.at(&intake, false)).unwrap();
    let unit = who("u", "R9", "SCJ");
    let stated = |state: &str| json!({"task_no": "检2026-7", "task_state": state, "basis": vault_ref("f"), "officers": vault_ref("g"), "inspected": vault_ref("h")});
    let unheard = m.act("confirm_task", form(stated("拟开展")), &world.at(&unit, false)).unwrap_err();
    assert_eq!(unheard.fields[0].0, "task_state", "a task must be approved, on record, or have its code");
    m.act("confirm_task", form(stated("有码")), &world.at(&unit, false)).unwrap();
    m.act("approve", form(json!({})), &world.at(&intake, false)).unwrap();
}

/// An appeal against the market supervision office, its gist passed by two, ready to be sent.
fn cleared(world: &World) -> Box<dyn AnyMatter> {
    let (one, two) = (who("i1", "R14", CHAMBER), who("i2", "R14", CHAMBER));
    let mut m = (kind("enterprise_appeal").unwrap().blank)(CHAMBER);
    let said = json!({"mode": "保密", "reporter_name": vault_ref("n1"), "reporter_phone": vault_ref("n2"), "enterprise": vault_ref("n3"), "org": "SCJ",
        "act_type": "行政检查", "problems": ["1"], "facts": vault_ref("n4"), "litigation": "没有", "source": "来访"});
    m.act("register", form(said), &world.at(&one, false)).unwrap();
    let screened =
        json!({"litigation": "没有", "remedy": "不涉及", "chief_named": false, "note": vault_ref("s"), "accused_more": [{"org": "CGJ"}]});
    for (action, values, by) in [
        ("screen", screened, &one),
        ("accept", json!({}), &one),
        ("redact", json!({"gist": vault_ref("g")}), &one),
        ("pass_gist", json!({"known_to": vault_ref("k")}), &two),
    ] {
        m.act(action, form(values), &world.at(by, false)).unwrap();
    }
    m
}
const CHAMBER: &str = "GSL";
fn sent_to(m: &dyn AnyMatter, world: &World, action: &str, to: &str, barred: &str) -> Result<Box<dyn AnyMatter>, Refusal> {
    let mut m = m.copy();
    let values = json!({"receiver": to, "litigation": "没有", "receiver_barred": barred});
    m.act(action, form(values), &world.at(&who("i1", "R14", CHAMBER), false)).map(|_| m)
}
#[test]
fn boundary_4_an_appeal_goes_to_nobody_it_is_about_and_the_accused_never_learns_of_it() {
    let world = World::new();
    let m = cleared(&world);
    for action in ["transfer", "forward"] {
        for barred in ["本身", "下属", "上级", "被反映人"] {
            assert_eq!(sent_to(m.as_ref(), &world, action, "X", barred).err().unwrap().fields[0].0, "receiver", "{action} {barred}");
        }
        // Nobody's word is needed for the accused units themselves.
        for accused in ["SCJ", "CGJ"] {
            assert_eq!(sent_to(m.as_ref(), &world, action, accused, "无").err().unwrap().fields[0].0, "receiver", "{action} {accused}");
        }
        // Where the house has not looked at the tree, nothing is sent.
        let unlooked = json!({"receiver": "X", "litigation": "没有"});
        assert!(m.copy().act(action, form(unlooked), &world.at(&who("i1", "R14", CHAMBER), false)).is_err());
    }
    let sent = sent_to(m.as_ref(), &world, "forward", "X", "无").unwrap();
    for accused in ["SCJ", "CGJ", "SCJ1"] {
        let unit = who("u", "R9", accused);
        for m in [&m, &sent] {
            assert!(
                m.view(&world.at(&unit, false)).is_empty()
                    && m.offered(&world.at(&unit, false)).is_empty()
                    && m.mine(&world.at(&unit, false)).is_empty()
            );
        }
    }
    let receiver = who("x", "R9", "X");
    assert!(m.mine(&world.at(&receiver, false)).is_empty(), "before it was forwarded it does not exist for him");
    let read: Vec<&str> = sent.view(&world.at(&receiver, false)).iter().flat_map(|s| &s.rows).map(|r| r.field.name).collect();
    assert_eq!(read, ["org", "act_type", "problems", "gist_out", "receiver"]);
    for role in ["R14", "R15", "R16"] {
        let view = sent.view(&world.at(&who("x", role, CHAMBER), false));
        let values = format!("{:?}", view.iter().flat_map(|s| &s.rows).map(|r| &r.value).collect::<Vec<_>>());
        assert!(
            !["n1", "n2", "n3", "n4"].iter().any(|r| values.contains(&vault_ref(r)) || values.contains(&format!("v:{r}"))),
            "{role}: {values}"
        );
    }
    assert!(!sent.index().title.contains("n3") && sent.index().gist.is_empty());
}
#[test]
fn boundary_8_the_office_of_the_conference_only_receives_passes_on_and_tells() {
    let appeal = kind("enterprise_appeal").unwrap();
    // No paper of supervision can be made here; what is asked of the judicial administration is asked by transferring the matter.
    for s in &appeal.steps {
        assert!(!["督办", "意见书", "决定书", "立项"].iter().any(|w| s.label.contains(w)), "{}", s.label);
    }
    // Nobody of the political and legal committee stands toward it.
    let world = World::new();
    let m = cleared(&world);
    for role in ["R1", "R2", "R3"] {
        for org in [CHAMBER, OFFICE_ORG] {
            assert!(m.mine(&world.at(&who("x", role, org), false)).is_empty(), "{role}@{org}");
        }
    }
    // Nobody types who supervises: the house knows the judicial administration of the place.
    let receiver = appeal.step("transfer").unwrap().fields.iter().find(|f| f.name == "receiver").unwrap();
    assert!(receiver.computed && sent_to(m.as_ref(), &world, "transfer", "SFJ", "无").is_ok());
}
#[test]
fn boundary_7_nobody_is_listed_untold_unheard_or_worse_off_for_it_and_the_unit_learns_nothing() {
    use domain::procedures::negative_list_entry::{NegativeListEntry, Phase};
    for step in ["issue_notice", "serve_notice", "lapse_statement", "decide_list"] {
        assert!(unavoidable::<NegativeListEntry>(&[step], Phase::Open), "{step}");
    }
    let list = kind("negative_list_entry").unwrap();
    // No step makes a term longer: the only steps that name months propose, decide within what was noticed, or shorten.
    let months: Vec<&str> = list.steps.iter().filter(|s| s.fields.iter().any(|f| f.name == "months")).map(|s| s.action).collect();
    assert_eq!(months, ["propose_list", "decide_list", "shorten_on_review", "appeal_shortened"]);
    // What he may do no referral holds up.
    for action in ["state", "apply_recusal", "apply_review", "appeal", "appeal_directly", "serve_notice", "serve_decision"] {
        let row = NegativeListEntry::STEPS.iter().find(|s| s.action == action).unwrap();
        assert!(row.even_frozen && row.by.contains(&Standing::Officer), "{action}");
    }
    for f in list.fields() {
        assert!(!f.seen.contains(&Standing::Respondent), "{} is the unit's to read", f.name);
    }
    let notice = NegativeListEntry::CLOCKS.iter().find(|c| c.name == "statement").unwrap();
    let floor = domain::registers::limits::STATEMENT;
    assert!(matches!(notice.length, Length::Limit("T23a", Some(f)) if f == floor) && notice.pauses.is_empty() && notice.extends.is_none());
}
