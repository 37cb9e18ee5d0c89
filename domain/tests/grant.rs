//! 授权单 (三员分立, T9): one administrator proposes, the other approves, the third reads.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::procedures::all;
use given::*;
use serde_json::json;

fn system() -> domain::engine::Person {
    who("sys", "SYS", ZFW)
}
fn security() -> domain::engine::Person {
    who("sec", "SEC", ZFW)
}
fn auditor() -> domain::engine::Person {
    who("aud", "AUD", ZFW)
}
fn proposed() -> Given {
    let mut g = given("grant");
    g.takes(&system(), "propose", json!({"person": "p1", "role": "R1", "org": ZFW}));
    g
}

#[test]
fn the_system_administrator_proposes_and_the_security_administrator_approves() {
    let mut g = given("grant");
    assert_eq!(g.refuses(&security(), "propose", json!({})), "not_yours");
    assert_eq!(g.wrong(&system(), "propose", json!({})), ["person", "role", "org", "from", "reason"]);
    g = proposed();
    assert_eq!(g.refuses(&system(), "approve", json!({})), "not_yours");
    g.takes(&security(), "approve", json!({}));
    assert_eq!(g.phase(), "InForce");
}
#[test]
fn nobody_approves_what_he_proposed_even_with_both_roles() {
    let mut g = given("grant");
    let both = also(&system(), &security());
    g.takes(&both, "propose", json!({}));
    assert_eq!(g.refuses(&both, "approve", json!({})), "same_hands");
    assert_eq!(g.refuses(&deputy("d", &both), "approve", json!({})), "same_hands");
    assert!(g.when(&security(), "approve", json!({})).is_ok());
}
#[test]
fn nobody_approves_a_grant_to_himself() {
    let mut g = given("grant");
    g.takes(&system(), "propose", json!({"person": security().id, "role": "R1", "org": ZFW}));
    assert_eq!(g.refuses(&security(), "approve", json!({})), "own_grant");
    assert!(g.when(&who("sec2", "SEC", ZFW), "approve", json!({})).is_ok());
}
#[test]
fn a_grant_does_not_end_before_it_begins() {
    let g = given("grant");
    assert_eq!(g.refuses(&system(), "propose", json!({"from": "2026-03-02", "until": "2026-03-01"})), "bad_form");
    assert!(g.when(&system(), "propose", json!({"from": "2026-03-02", "until": "2026-03-02"})).is_ok());
    assert!(g.when(&system(), "propose", json!({"from": "2026-03-02"})).is_ok(), "without an end it lasts");
}
#[test]
fn a_grant_is_refused_or_withdrawn_with_a_reason() {
    let mut g = proposed();
    assert_eq!(g.wrong(&security(), "refuse", json!({})), ["reason"]);
    assert_eq!(g.refuses(&security(), "withdraw", json!({})), "not_now");
    assert!(g.when(&security(), "refuse", json!({})).is_ok());
    g.takes(&security(), "approve", json!({}));
    assert_eq!(g.wrong(&security(), "withdraw", json!({})), ["reason"]);
    g.takes(&security(), "withdraw", json!({}));
    assert_eq!((g.phase().as_str(), g.buttons(&security())), ("Withdrawn", vec![]));
}
#[test]
fn the_auditor_reads_everything_of_it_and_acts_nowhere() {
    let mut g = proposed();
    g.takes(&security(), "approve", json!({}));
    assert!(g.buttons(&auditor()).is_empty());
    assert_eq!(g.reads(&auditor()), g.reads(&security()));
    assert_eq!(g.timeline(&auditor()).len(), 2);
}
#[test]
fn no_administrator_has_a_right_in_any_business_matter_and_no_business_role_in_a_grant() {
    for k in all().iter().filter(|k| k.name != "grant") {
        let g = given(k.name);
        for person in [system(), security(), auditor()] {
            assert!(k.openings(ZFW, &g.at(&person)).is_empty(), "{}", k.name);
        }
    }
    let g = proposed();
    for person in [handler(), lead(), secretary(), unit()] {
        assert_eq!((g.buttons(&person), g.reads(&person)), (vec![], vec![]));
    }
}
