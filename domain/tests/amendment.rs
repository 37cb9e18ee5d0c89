//! 变更单: limits, parameters and notices change when one proposes and another approves.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use given::*;
use serde_json::json;

fn proposed() -> Given {
    let mut g = given("amendment");
    g.takes(
        &handler(),
        "propose",
        json!({"register": "limit", "key": "T21b", "value": "45 calendar_days 本机构设定，非法定", "from": "2026-04-01"}),
    );
    g
}

#[test]
fn a_change_says_which_row_what_value_from_when_and_why() {
    let g = given("amendment");
    assert_eq!(g.wrong(&handler(), "propose", json!({})), ["register", "key", "value", "from", "reason"]);
    assert_eq!(g.refuses(&handler(), "propose", json!({"register": "organisation"})), "bad_form", "other registers need no change order");
    assert_eq!(g.refuses(&lead(), "propose", json!({})), "not_yours");
    for register in ["limit", "parameter", "notice"] {
        assert!(g.when(&handler(), "propose", json!({"register": register})).is_ok());
    }
}
#[test]
fn nobody_approves_what_he_proposed_nor_his_deputy() {
    let mut g = given("amendment");
    let both = also(&handler(), &lead());
    g.takes(&both, "propose", json!({}));
    assert_eq!(g.refuses(&both, "approve", json!({})), "same_hands");
    let deputy = deputy("deputy", &both);
    assert_eq!(g.refuses(&deputy, "approve", json!({})), "same_hands");
    g.takes(&lead(), "approve", json!({}));
    assert_eq!((g.phase().as_str(), g.buttons(&lead())), ("Approved", vec![]));
}
#[test]
fn a_refusal_has_its_reason_and_ends_it() {
    let mut g = proposed();
    assert_eq!(g.refuses(&handler(), "refuse", json!({})), "not_yours");
    assert_eq!(g.wrong(&lead(), "refuse", json!({})), ["reason"]);
    g.takes(&lead(), "refuse", json!({"reason": "没有必要"}));
    assert_eq!((g.phase().as_str(), g.buttons(&lead())), ("Refused", vec![]));
}
#[test]
fn the_value_is_what_was_typed_and_only_the_office_reads_it() {
    let g = proposed();
    assert!(g.reads(&lead()).contains(&("value", json!("45 calendar_days 本机构设定，非法定"))));
    assert_eq!((g.reads(&unit()), g.buttons(&unit())), (vec![], vec![]));
}
