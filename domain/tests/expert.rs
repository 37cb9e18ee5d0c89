//! 评查专家 (B14a, F1): nomination to appointment, declarations, the pool, dismissal after a hearing, the end of a term.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Person, vault_ref};
use domain::procedures::expert::Expert;
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

fn nominated(category: &str) -> Given {
    let mut g = given("expert");
    g.takes(&handler(), "nominate", json!({"category": category, "name": vault_ref("n"), "org": COURT}));
    g
}
fn published(category: &str) -> Given {
    let mut g = nominated(category);
    g.takes(&lead(), "vet", json!({}));
    g.takes(&handler(), "publish", json!({}));
    g
}
const TERM: [&str; 2] = ["2026-03-10", "2029-03-09"];
fn serving(category: &str) -> Given {
    let mut g = published(category);
    let action = if category == "律师" { "appoint_lawyer" } else { "appoint" };
    g.on(3, 10).takes(&lead(), action, json!({"account": "e1", "from": TERM[0], "until": TERM[1]}));
    g
}
/// Why he is not in the pool; nothing when he is.
fn pool(g: &Given) -> Option<&'static str> {
    let body: Json = serde_json::from_str(&g.matter().body()).unwrap();
    let state: Expert = serde_json::from_value(body["state"].clone()).unwrap();
    state.may_be_drawn(g.matter().clocks(), g.today).err().map(|r| r.code)
}

#[test]
fn all_four_conditions_or_none() {
    let mut g = nominated("法官");
    for condition in ["political", "professional", "clean_record", "no_interest"] {
        let refusal = g.when(&lead(), "vet", json!({condition: false})).err().unwrap();
        assert_eq!(refusal.fields[0].0, condition);
    }
    assert_eq!(g.refuses(&handler(), "vet", json!({})), "not_yours");
    g.takes(&lead(), "reject", json!({}));
    assert_eq!((g.phase().as_str(), g.buttons(&lead())), ("Rejected", vec![]));
    let mut own = given("expert");
    let both = also(&handler(), &lead());
    own.takes(&both, "nominate", json!({"category": "法官"}));
    assert_eq!(own.refuses(&both, "vet", json!({})), "same_hands");
}
#[test]
fn nobody_is_appointed_before_the_publicity_ends() {
    let mut g = published("法官");
    assert_eq!(g.due("publicity"), date(2026, 3, 9));
    g.takes(&handler(), "note_objection", json!({}));
    g.on(3, 9);
    assert_eq!(g.refuses(&lead(), "appoint", json!({"until": TERM[1]})), "too_early");
    g.on(3, 10);
    assert_eq!(g.refuses(&lead(), "appoint_lawyer", json!({"until": TERM[1]})), "not_a_lawyer");
    assert_eq!(g.refuses(&lead(), "appoint", json!({"from": "2026-03-10", "until": "2026-03-10"})), "bad_form");
    assert_eq!(published("律师").on(3, 10).refuses(&lead(), "appoint", json!({"until": TERM[1]})), "a_lawyer");
    g.takes(&lead(), "appoint", json!({"account": "e1", "from": TERM[0], "until": TERM[1]}));
    assert_eq!((g.phase().as_str(), pool(&g), g.matter().marks()), ("Serving", None, vec!["serving"]));
}
#[test]
fn before_his_appointment_he_learns_nothing_and_afterwards_only_of_himself() {
    assert_eq!(published("法官").reads(&expert(1)), vec![]);
    let g = serving("法官");
    let read: Vec<_> = g.reads(&expert(1)).into_iter().map(|r| r.0).collect();
    assert!(read.contains(&"name") && !read.contains(&"opinion"), "{read:?}");
    assert_eq!((g.reads(&expert(2)), g.reads(&unit())), (vec![], vec![]));
    assert!(!g.matter().index().title.contains('n'), "no name in a title");
}
#[test]
fn a_lawyer_declares_his_clients_every_quarter_or_leaves_the_pool() {
    let mut g = serving("律师");
    assert_eq!((pool(&g), g.due("declaration")), (Some("undeclared"), date(2026, 6, 10)));
    assert_eq!(g.refuses(&handler(), "declare", json!({})), "not_yours");
    assert_eq!(g.refuses(&expert(1), "declare", json!({"no_clients": false})), "bad_form");
    let client = json!([{"client": "某公司", "org": "", "matter": "顾问"}]);
    assert_eq!(g.refuses(&expert(1), "declare", json!({"no_clients": true, "clients": client})), "bad_form");
    g.takes(&expert(1), "declare", json!({"no_clients": false, "clients": client}));
    assert_eq!(pool(&g), None);
    g.on(6, 11);
    assert_eq!(pool(&g), Some("undeclared"));
    g.takes(&expert(1), "declare", json!({"no_clients": true}));
    assert_eq!((pool(&g), g.due("declaration")), (None, date(2026, 9, 11)));
    assert_eq!(serving("法官").refuses(&expert(1), "declare", json!({})), "not_a_lawyer");
}
#[test]
fn a_relation_names_a_unit_a_person_or_a_case() {
    let mut g = serving("法官");
    assert_eq!(g.refuses(&expert(1), "relate", json!({"relation": "近亲属"})), "bad_form");
    for more in [json!({"related_org": COURT}), json!({"relative": vault_ref("r")}), json!({"case_no": "（2024）赣1202刑初15号"})] {
        let mut form = json!({"relation": "曾办"});
        form.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        g.takes(&expert(1), "relate", form);
    }
    assert_eq!(g.reads(&handler()).iter().filter(|r| r.0 == "relation").count(), 3);
}
#[test]
fn suspended_he_is_not_drawn_and_restored_he_is() {
    let mut g = serving("法官");
    assert_eq!(g.refuses(&handler(), "suspend", json!({})), "not_yours");
    g.takes(&lead(), "suspend", json!({}));
    assert_eq!(pool(&g), Some("not_serving"));
    g.takes(&lead(), "restore", json!({}));
    assert_eq!(pool(&g), None);
}
#[test]
fn he_is_dismissed_only_after_he_was_told_could_speak_and_was_answered() {
    let mut g = serving("法官");
    assert_eq!(g.refuses(&lead(), "dismiss", json!({})), "not_now");
    let proposer = also(&handler(), &lead());
    g.takes(&proposer, "propose_dismissal", json!({"dismissal": "泄密"}));
    assert_eq!((pool(&g), g.due("hearing")), (Some("not_serving"), date(2026, 3, 17)));
    assert!(g.timeline(&expert(1)).iter().any(|t| t.0 == "propose_dismissal" && t.1.contains(&"facts")), "he reads why");
    assert_eq!(g.refuses(&lead(), "answer_case", json!({})), "nothing_stated");
    g.takes(&expert(1), "state_case", json!({}));
    assert_eq!(g.refuses(&lead(), "dismiss", json!({})), "too_early");
    g.on(3, 18);
    assert_eq!(g.refuses(&expert(1), "state_case", json!({})), "too_late");
    assert_eq!(g.refuses(&lead(), "dismiss", json!({})), "unanswered");
    assert_eq!(g.refuses(&lead(), "keep", json!({})), "unanswered");
    g.takes(&handler(), "answer_case", json!({}));
    assert_eq!(g.refuses(&proposer, "dismiss", json!({})), "same_hands");
    let mut kept = given("expert");
    kept.entries.clone_from(&g.entries);
    kept.on(3, 18).takes(&lead(), "keep", json!({}));
    assert_eq!((kept.phase().as_str(), pool(&kept)), ("Serving", None));
    g.takes(&lead(), "dismiss", json!({}));
    assert_eq!((g.phase().as_str(), g.clock("term").live()), ("Dismissed", false));
    assert!(g.counted().iter().any(|c| c.0 == "专家解聘"));
}
#[test]
fn the_term_ends_by_itself_and_may_be_prolonged() {
    let time = Person::time(ZFW);
    let mut g = serving("法官");
    assert_eq!(g.refuses(&lead(), "renew", json!({"until": TERM[1]})), "bad_form");
    g.takes(&lead(), "renew", json!({"until": "2029-06-30"}));
    g.today = date(2029, 6, 30);
    assert_eq!((g.refuses(&time, "expire", json!({})), pool(&g)), ("too_early", None));
    g.later(1);
    assert_eq!((pool(&g), g.matter().lapsed(g.today)), (Some("term_over"), vec!["expire"]), "the day itself ends it");
    g.takes(&time, "expire", json!({}));
    assert_eq!(g.phase(), "Expired");
    let mut g = serving("法官");
    g.takes(&expert(1), "resign", json!({}));
    assert_eq!((g.phase().as_str(), g.clock("term").live()), ("Left", false));
}
#[test]
fn two_absences_in_a_row_are_counted_as_such() {
    let mut g = serving("法官");
    let absences = |g: &Given| {
        let body: Json = serde_json::from_str(&g.matter().body()).unwrap();
        serde_json::from_value::<Expert>(body["state"].clone()).unwrap().absences()
    };
    for (result, count) in [("无故缺席", 1), ("称职", 0), ("无故缺席", 1), ("无故缺席", 2)] {
        g.takes(&handler(), "assess", json!({"assessment": result}));
        assert_eq!(absences(&g), count);
    }
}
#[test]
fn an_old_roll_enters_by_the_house_waits_for_an_account_and_is_taken_back_while_untouched() {
    let mut g = given("expert");
    let row = json!({"name": vault_ref("n"), "category": "高校学者", "until": "2027-06-30"});
    assert_eq!(g.refuses(&handler(), "enter_serving", row.clone()), "not_yours");
    g.takes(&house(), "enter_serving", row.clone());
    assert_eq!((g.phase().as_str(), pool(&g)), ("Serving", Some("no_account")));
    g.takes(&lead(), "bind_account", json!({"account": "e1"}));
    assert_eq!((pool(&g), g.refuses(&lead(), "bind_account", json!({}))), (None, "account_bound"));
    assert_eq!(g.refuses(&house(), "void", json!({})), "built_on");
    let mut g = given("expert");
    g.takes(&house(), "enter_serving", row);
    g.takes(&house(), "void", json!({}));
    assert_eq!((g.phase().as_str(), g.counted()), ("Voided", vec![]));
}
