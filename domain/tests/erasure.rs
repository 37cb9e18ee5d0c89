//! 依法销毁: on a legal order, asked by one, approved by another.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use given::*;
use serde_json::json;

#[test]
fn an_erasure_names_the_matter_the_ground_and_brings_the_order() {
    let g = given("erasure");
    assert_eq!(g.wrong(&handler(), "propose", json!({})), ["target", "what", "ground", "order"]);
    assert_eq!(
        g.refuses(&handler(), "propose", json!({"order": []})),
        "bad_form",
        "without the competent body's document nothing is destroyed"
    );
    assert_eq!(g.refuses(&lead(), "propose", json!({})), "not_yours");
    let mut g = given("erasure");
    let acted = g.takes(&handler(), "propose", json!({"target": "XS-2026-0043"}));
    assert_eq!(acted.entry.links, [("target".to_owned(), "XS-2026-0043".to_owned())]);
}
#[test]
fn nobody_destroys_alone() {
    let mut g = given("erasure");
    let both = also(&handler(), &lead());
    g.takes(&both, "propose", json!({}));
    assert_eq!(g.refuses(&both, "approve", json!({})), "same_hands");
    assert_eq!(g.refuses(&second(), "approve", json!({})), "not_yours");
    g.takes(&lead(), "approve", json!({}));
    assert_eq!((g.phase().as_str(), g.buttons(&lead())), ("Destroyed", vec![]));
}
#[test]
fn a_refusal_has_its_reason_and_nothing_is_destroyed_after_it() {
    let mut g = given("erasure");
    g.takes(&handler(), "propose", json!({}));
    assert_eq!(g.wrong(&lead(), "refuse", json!({})), ["reason"]);
    g.takes(&lead(), "refuse", json!({}));
    assert_eq!(g.phase(), "Refused");
    assert_eq!(g.refuses(&lead(), "approve", json!({})), "not_now");
}
