//! 评查批次 (B3.1–2): plan, approval, frozen universe, sample, one review per dossier, closure.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::Kin;
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

fn planned() -> Given {
    let mut g = given("review_batch");
    let form = json!({"kind": "专项", "name": "涉企案件专项评查", "from": "2025-01-01", "to": "2025-12-31", "standard": "BZ-2026-0001", "sampling": "随机", "size": 2});
    g.takes(&handler(), "plan", form);
    g
}
fn frozen() -> Given {
    let mut g = planned();
    g.linked("standard", &["effective"]);
    g.takes(&lead(), "approve", json!({"finish_by": "2026-06-30"}));
    g.takes(&house(), "freeze", json!({"universe": 120, "excluded": 9, "root": "5a1c"}));
    g
}
fn chosen(number: &str, more: Json) -> Json {
    let mut row = json!({"dossier": number, "org": COURT, "case_no": "", "case_type": "01", "closed_on": "2025-06-01", "effective_on": "2025-06-20", "sealed": "否", "must": "否"});
    row.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    row
}
fn sample(rows: &[Json], draw: &str) -> Json {
    json!({"draw": draw, "proof": "ab12", "dossiers": rows})
}
fn running() -> Given {
    let mut g = frozen();
    let rows = [chosen("AJ-1", json!({"case_no": "（2025）赣1202刑初15号"})), chosen("AJ-2", json!({"sealed": "是"}))];
    g.takes(&house(), "take_sample", sample(&rows, "CQ-1"));
    g.takes(&handler(), "open_reviews", json!({}));
    g
}

#[test]
fn a_plan_is_approved_by_another_with_a_standard_in_force_and_a_day_to_finish_by() {
    let mut g = planned();
    assert_eq!(g.refuses(&lead(), "approve", json!({"finish_by": "2026-06-30"})), "standard_not_in_force");
    g.linked("standard", &[]);
    assert_eq!(g.refuses(&lead(), "approve", json!({"finish_by": "2026-06-30"})), "standard_not_in_force");
    g.linked("standard", &["effective"]);
    assert_eq!(g.refuses(&lead(), "approve", json!({"finish_by": "2026-03-02"})), "bad_form");
    assert_eq!(g.refuses(&handler(), "approve", json!({"finish_by": "2026-06-30"})), "not_yours");
    assert_eq!(g.wrong(&lead(), "return_plan", json!({})), ["remark"]);
    g.takes(&lead(), "return_plan", json!({}));
    let both = also(&handler(), &lead());
    assert_eq!(g.refuses(&both, "revise", json!({"sampling": "随机", "size": 0})), "bad_form");
    assert_eq!(g.refuses(&both, "revise", json!({"from": "2025-12-31", "to": "2025-01-01"})), "bad_form");
    g.takes(&both, "revise", json!({"sampling": "全部", "size": 0, "standard": "BZ-2026-0001"}));
    assert_eq!(g.refuses(&both, "approve", json!({"finish_by": "2026-06-30"})), "same_hands");
    g.takes(&lead(), "approve", json!({"finish_by": "2026-06-30"}));
    assert_eq!(g.due("finish"), date(2026, 6, 30));
}
#[test]
fn nobody_types_a_universe_or_a_sample() {
    let mut g = planned();
    g.linked("standard", &["effective"]);
    g.takes(&lead(), "approve", json!({"finish_by": "2026-06-30"}));
    assert_eq!(g.refuses(&handler(), "freeze", json!({})), "not_yours");
    assert_eq!(g.refuses(&house(), "freeze", json!({"universe": 0})), "bad_form");
    let g = frozen();
    assert_eq!(g.refuses(&lead(), "take_sample", sample(&[chosen("AJ-1", json!({}))], "CQ-1")), "not_yours");
    assert!(g.reads(&chair()).contains(&("root", json!("5a1c"))));
    assert_eq!((g.reads(&unit()), g.reads(&expert(1))), (vec![], vec![]));
}
#[test]
fn boundary_2_no_case_in_hand_and_none_not_in_effect_enters_the_sample() {
    let g = frozen();
    for more in [json!({"closed_on": "2026-03-03"}), json!({"effective_on": "2026-03-03"}), json!({"closed_on": "无"})] {
        let refusal = g.when(&house(), "take_sample", sample(&[chosen("AJ-1", json!({})), chosen("AJ-2", more)], "CQ-1")).err().unwrap();
        assert!(refusal.fields[0].0 == "dossiers" && refusal.fields[0].1.starts_with("AJ-2"), "{refusal:?}");
    }
    assert_eq!(g.refuses(&house(), "take_sample", sample(&[chosen("AJ-1", json!({})), chosen("AJ-1", json!({}))], "CQ-1")), "bad_form");
}
#[test]
fn a_second_draw_has_a_reason_and_a_number_of_its_own() {
    let mut g = frozen();
    g.takes(&house(), "take_sample", sample(&[chosen("AJ-1", json!({}))], "CQ-1"));
    assert_eq!(g.wrong(&lead(), "draw_again", json!({})), ["remark"]);
    g.takes(&lead(), "draw_again", json!({"remark": "候选清单漏列一院"}));
    assert_eq!(g.refuses(&house(), "take_sample", sample(&[chosen("AJ-2", json!({}))], "CQ-1")), "bad_form");
    let mut thawed = given("review_batch");
    thawed.entries.clone_from(&g.entries);
    thawed.takes(&lead(), "thaw", json!({}));
    assert_eq!(thawed.phase(), "Approved");
    g.takes(&house(), "take_sample", sample(&[chosen("AJ-2", json!({}))], "CQ-2"));
    assert!(g.reads(&handler()).contains(&("round", json!(2))), "第 2 次");
}
#[test]
fn every_dossier_of_the_sample_opens_one_review_pinned_to_the_standard() {
    let mut g = frozen();
    let rows = [chosen("AJ-1", json!({"case_no": "（2025）赣1202刑初15号"})), chosen("AJ-2", json!({"sealed": "是"}))];
    g.takes(&house(), "take_sample", sample(&rows, "CQ-1"));
    let acted = g.takes(&handler(), "open_reviews", json!({}));
    assert!(acted.requests.iter().all(|r| (r.kind, r.action) == ("review", "open")) && acted.requests.len() == 2);
    let form = &acted.requests[1].form;
    assert_eq!((&form["standard"], &form["sealed"], form.get("case_no")), (&json!("BZ-2026-0001"), &json!(true), None));
    assert_eq!(acted.requests[0].form["kind"], "专项");
}
#[test]
fn it_is_closed_when_as_many_reviews_as_dossiers_are_closed() {
    let mut g = running();
    let review = |n: u8, marks: &[&str]| Kin {
        number: format!("PC-{n}"),
        link: "review".into(),
        marks: marks.iter().map(|m| (*m).to_owned()).collect(),
    };
    g.kin = vec![review(1, &["closed"])];
    assert_eq!(g.refuses(&handler(), "close", json!({})), "reviews_missing");
    g.kin = vec![review(1, &["closed"]), review(2, &[])];
    assert_eq!(g.refuses(&handler(), "close", json!({})), "reviews_open");
    g.kin = vec![review(1, &["closed", "concluded"]), review(2, &["closed"])];
    assert_eq!(g.refuses(&lead(), "abandon", json!({})), "not_now");
    g.takes(&handler(), "close", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks(), g.clock("finish").live()), ("Closed", vec!["closed"], false));
}
#[test]
fn a_clue_named_as_the_source_was_routed_to_review() {
    let mut g = planned();
    let kin =
        |link: &str, marks: &[&str]| Kin { number: "N".into(), link: link.into(), marks: marks.iter().map(|m| (*m).into()).collect() };
    g.kin = vec![kin("standard", &["effective"]), kin("clue", &[])];
    assert_eq!(g.refuses(&lead(), "approve", json!({"finish_by": "2026-06-30"})), "clue_not_routed");
    g.kin = vec![kin("standard", &["effective"]), kin("clue", &["to_review"])];
    g.takes(&lead(), "approve", json!({"finish_by": "2026-06-30"}));
}
#[test]
fn a_rectification_is_checked_by_a_batch_of_its_kind_once_it_is_closed() {
    let plan = |kind: &str| json!({"kind": kind, "from": "2025-01-01", "to": "2025-12-31", "sampling": "全部", "rectification": "ZG-2026-0001", "unit": COURT});
    let mut g = given("review_batch");
    assert_eq!(g.refuses(&handler(), "plan", plan("常态")), "bad_form");
    let entry = g.takes(&handler(), "plan", plan("复查")).entry;
    assert!(entry.links.contains(&("rectification".to_owned(), "ZG-2026-0001".to_owned())));
    let kin =
        |link: &str, marks: &[&str]| Kin { number: link.into(), link: link.into(), marks: marks.iter().map(|m| (*m).to_owned()).collect() };
    g.kin = vec![kin("standard", &["effective"]), kin("rectification", &[])];
    assert_eq!(g.refuses(&lead(), "approve", json!({"finish_by": "2026-06-30"})), "rectification_open");
    g.kin = vec![kin("standard", &["effective"]), kin("rectification", &["closed"])];
    g.takes(&lead(), "approve", json!({"finish_by": "2026-06-30"}));
}
