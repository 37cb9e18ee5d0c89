//! 过问记录 (boundary 3): recorded as it was, checked by the unit that handles the case, never deleted.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::procedures::kind;
use given::*;
use serde_json::json;

fn recorded() -> Given {
    let mut g = given("inquiry_record");
    g.takes(&handler(), "record", json!({"kind": "调卷", "on": "2026-02-27", "org": COURT, "content": "调阅正卷"}));
    g
}

#[test]
fn everybody_inside_who_asks_about_a_case_can_record_it_and_nobody_outside() {
    for role in ["R1", "R4", "R5", "R7", "R8"] {
        assert!(given("inquiry_record").when(&who("x", role, ZFW), "record", json!({"org": COURT})).is_ok(), "{role}");
    }
    for person in [unit(), who("x", "R6", ZFW), who("x", "R1", POLICE)] {
        assert_eq!(given("inquiry_record").refuses(&person, "record", json!({"org": COURT})), "not_yours");
    }
}
#[test]
fn whoever_records_what_he_asked_reads_his_own_record_and_no_other() {
    let mine = who("x", "R4", ZFW);
    let mut g = given("inquiry_record");
    g.takes(
        &mine,
        "record",
        json!({"kind": "查询", "on": "2026-02-27", "org": COURT, "case_no": "（2025）赣1202刑初15号", "content": "问办到哪一步"}),
    );
    assert!(g.reads(&mine).contains(&("content", json!("问办到哪一步"))));
    for other in [who("y", "R4", ZFW), who("y", "R5", ZFW), who("y", "R8", ZFW)] {
        assert_eq!((g.reads(&other), g.buttons(&other)), (vec![], vec![]));
    }
    assert!(!g.matter().index().title.contains("赣1202"), "nor does its title tell the case");
}
#[test]
fn it_says_who_asked_when_what_and_why() {
    let g = given("inquiry_record");
    assert_eq!(g.wrong(&handler(), "record", json!({})), ["kind", "on", "org", "asked_by", "content", "ground"]);
    assert_eq!(g.refuses(&handler(), "record", json!({"org": COURT, "on": "2026-03-03"})), "bad_form");
    assert!(g.when(&handler(), "record", json!({"org": COURT, "on": "2026-03-02"})).is_ok());
}
#[test]
fn the_handling_unit_reads_and_checks_it_and_another_unit_does_not() {
    let mut g = recorded();
    assert!(g.reads(&unit()).contains(&("content", json!("调阅正卷"))));
    assert_eq!((g.reads(&other_unit()), g.buttons(&other_unit())), (vec![], vec![]));
    assert_eq!(g.refuses(&handler(), "confirm", json!({})), "not_yours");
    g.takes(&unit(), "confirm", json!({}));
    assert_eq!((g.phase().as_str(), g.buttons(&unit()), g.buttons(&handler())), ("Checked", vec![], vec![]));
}
#[test]
fn a_difference_is_put_right_by_a_correction_and_checked_again_or_settled_in_words() {
    let mut g = recorded();
    assert_eq!(g.wrong(&unit(), "dispute", json!({})), ["difference"]);
    g.takes(&unit(), "dispute", json!({"difference": "当日没有调卷"}));
    assert_eq!(g.refuses(&unit(), "confirm", json!({})), "not_now");
    assert_eq!(g.wrong(&handler(), "settle", json!({})), ["result"]);
    assert_eq!(g.wrong(&handler(), "amend_record", json!({"content": "调阅副卷"})), ["reason"]);
    g.takes(&handler(), "amend_record", json!({"content": "调阅副卷"}));
    assert_eq!(g.phase(), "Recorded");
    g.takes(&unit(), "dispute", json!({}));
    g.takes(&handler(), "settle", json!({"result": "双方查对登记簿，以登记簿为准"}));
    assert_eq!(g.phase(), "Checked");
}
#[test]
fn a_correction_leaves_the_old_words_in_the_timeline() {
    let mut g = recorded();
    g.takes(&handler(), "amend_record", json!({"content": "调阅副卷"}));
    assert!(g.reads(&unit()).contains(&("content", json!("调阅副卷"))));
    assert!(g.entries[0].contains("调阅正卷"));
    assert_eq!(g.timeline(&unit()).len(), 2, "the unit reads both");
}
#[test]
fn no_step_takes_a_record_away() {
    let record = kind("inquiry_record").unwrap();
    assert_eq!(record.phases.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["Recorded", "Differs", "Checked"]);
    assert_eq!(recorded().counted(), [("过问记录", "2026-02-27".to_owned())]);
}
