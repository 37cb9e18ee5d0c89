//! 年度计划 (B4): whom to inspect in a year, each unit once, approved by another.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

fn target(org: &str) -> Json {
    json!({"org": org, "scope": "2025 年以来执法司法工作", "quarter": "一"})
}
fn plan(kind: &str, targets: &[Json]) -> Json {
    json!({"year": 2026, "kind": kind, "targets": targets})
}

#[test]
fn a_plan_is_drawn_up_by_its_group_and_approved_by_another() {
    let g = given("annual_plan");
    assert_eq!(g.when(&patrol(), "draft", plan("政治督察", &[target(COURT)])).err().unwrap().fields[0].0, "kind");
    let mut g = given("annual_plan");
    g.takes(&inspector(), "draft", plan("政治督察", &[target(COURT), target(POLICE)]));
    assert_eq!((g.due("approve"), g.buttons(&patrol())), (date(2026, 3, 16), vec![]), "the other group reads nothing of it");
    assert_eq!(g.refuses(&lead(), "approve", json!({})), "not_yours");
    assert_eq!(g.refuses(&also(&inspector(), &secretary()), "approve", json!({})), "same_hands");
    g.takes(&secretary(), "return_plan", json!({}));
    g.takes(&handler(), "revise", plan("政治督察", &[target(COURT)]));
    g.takes(&secretary(), "approve", json!({}));
    assert_eq!(g.matter().marks(), ["active"]);
    assert_eq!(g.refuses(&handler(), "close", json!({"summary": "建议从轻处理"})), "bad_form");
    g.takes(&inspector(), "close", json!({"summary": "督察一家，已反馈。"}));
    assert_eq!((g.phase().as_str(), g.matter().marks().len()), ("Closed", 0));
}
#[test]
fn a_unit_stands_in_a_plan_once_and_the_year_is_this_or_the_next() {
    let g = given("annual_plan");
    let twice = g.when(&handler(), "draft", plan("政治督察", &[target(COURT), target(POLICE), target(COURT)])).err().unwrap();
    assert!(twice.fields[0].0 == "targets" && twice.fields[0].1.starts_with("第 3 行"), "{twice:?}");
    for (year, fits) in [(2025, false), (2026, true), (2027, true), (2028, false)] {
        let mut form = plan("政治督察", &[target(COURT)]);
        form["year"] = json!(year);
        assert_eq!(g.when(&handler(), "draft", form).is_ok(), fits, "{year}");
    }
}
