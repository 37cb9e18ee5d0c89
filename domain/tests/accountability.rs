//! 责任查究 (B5, boundary 1): suggested here, decided elsewhere, and only the answer comes back with its document.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use given::*;
use serde_json::json;

fn suggested() -> Given {
    let mut g = given("accountability");
    g.takes(&house(), "open", json!({"org": COURT, "facts": "谁没有送达"}));
    g
}

#[test]
fn it_arises_from_a_rectification_alone() {
    let g = given("accountability");
    for person in [handler(), lead(), secretary()] {
        assert_eq!(g.refuses(&person, "open", json!({})), "not_yours");
    }
}
#[test]
fn the_unit_concerned_never_learns_of_it() {
    let g = suggested();
    assert_eq!((g.buttons(&unit()), g.reads(&unit()), g.timeline(&unit())), (vec![], vec![], vec![]));
}
#[test]
fn the_lead_refers_it_and_the_answer_is_entered_only_with_the_competent_bodys_document() {
    let mut g = suggested();
    assert_eq!(g.refuses(&handler(), "answer", json!({})), "not_now");
    assert_eq!(g.refuses(&handler(), "refer", json!({})), "not_yours");
    assert_eq!(g.wrong(&lead(), "refer", json!({})), ["to"]);
    g.takes(&lead(), "refer", json!({"to": "派驻纪检组"}));
    assert_eq!(g.wrong(&handler(), "answer", json!({"result": "批评教育"})), ["document"]);
    assert_eq!(g.wrong(&handler(), "answer", json!({"result": "批评教育", "document": []})), ["document"]);
    assert!(g.matter().marks().is_empty(), "referred is not answered");
    g.takes(&handler(), "answer", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Answered", vec!["answered"]));
}
#[test]
fn a_suggestion_is_withdrawn_before_it_is_referred_and_then_holds_nothing_up() {
    let mut g = suggested();
    let mut referred = suggested();
    referred.takes(&lead(), "refer", json!({}));
    assert_eq!(referred.refuses(&lead(), "withdraw", json!({})), "not_now");
    assert_eq!(g.wrong(&lead(), "withdraw", json!({})), ["reason"]);
    g.takes(&lead(), "withdraw", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Withdrawn", vec!["answered"]));
}
