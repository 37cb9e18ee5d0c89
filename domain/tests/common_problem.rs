//! 共性问题 (B2): thresholds, suggestions and their answers, what an inspector reads, and that one repaired case closes nothing.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Kin, Person};
use given::*;
use serde_json::{Value as Json, json};

fn political() -> Person {
    who("inspector", "R4", ZFW)
}
fn patrol() -> Person {
    who("patrol", "R5", ZFW)
}
fn unit_of(org: &str) -> Json {
    json!({"org": org, "count": "2", "dossiers": "40", "per_100": "5.0", "low": "1.4", "high": "16.5"})
}
/// What the house counted: so many matters in these units.
fn found(total: i64, orgs: &[&str]) -> Json {
    let units: Vec<Json> = orgs.iter().map(|o| unit_of(o)).collect();
    let matters = json!([{"matter_no": "XS-2026-0001", "org": COURT}, {"matter_no": "PC-2026-0001", "org": POLICE}]);
    json!({"problem": "X1", "from": "2025-03-01", "to": "2026-02-28", "total": total, "units": units, "matters": matters})
}
fn confirmed() -> Given {
    let mut g = given("common_problem");
    g.takes(&handler(), "confirm", found(3, &[COURT, POLICE]));
    g
}
fn suggest(g: &mut Given, target: &str, kind: &str) {
    g.takes(&lead(), "suggest", json!({"target": target, "inspection_kind": kind, "reasons": "X1 三件，两个单位。"}));
}

#[test]
fn it_is_confirmed_from_three_matters_or_two_units_and_never_below() {
    let g = given("common_problem");
    assert_eq!(g.refuses(&handler(), "confirm", found(2, &[COURT])), "bad_form");
    assert!(g.when(&handler(), "confirm", found(3, &[COURT])).is_ok(), "three in one unit");
    assert!(g.when(&handler(), "confirm", found(2, &[COURT, POLICE])).is_ok(), "two units");
    let mut strict = given("common_problem");
    strict.parameters.extend([("common_count".to_owned(), 5), ("common_units".to_owned(), 4)]);
    assert_eq!(strict.refuses(&handler(), "confirm", found(4, &[COURT, POLICE])), "bad_form");
    assert_eq!(
        strict.wrong(&handler(), "confirm", json!({"problem": "X1", "from": "2026-01-01", "to": "2025-01-01", "analysis": "文"})),
        ["to"]
    );
    assert_eq!(g.refuses(&lead(), "confirm", found(3, &[COURT])), "not_yours");
}
#[test]
fn every_matter_behind_it_is_a_link() {
    let mut g = given("common_problem");
    let entry = g.takes(&handler(), "confirm", found(3, &[COURT, POLICE])).entry;
    let link = |n: &str| ("matters".to_owned(), n.to_owned());
    assert_eq!(entry.links, [link("XS-2026-0001"), link("PC-2026-0001")]);
}
#[test]
fn an_inspector_comes_in_with_his_suggestion_and_reads_codes_and_counts_only() {
    let mut g = confirmed();
    assert!(g.reads(&political()).is_empty() && g.buttons(&political()).is_empty());
    suggest(&mut g, COURT, "政治督察");
    assert!(g.reads(&patrol()).is_empty(), "the other kind of inspection is not asked");
    let read: Vec<_> = g.reads(&political()).into_iter().map(|r| r.0).collect();
    assert_eq!(read, ["problem", "from", "to", "total", "units", "suggestions"]);
    let told = g.timeline(&political());
    assert_eq!(told, [("suggest".to_owned(), vec!["target", "inspection_kind", "reasons"])]);
    assert!(g.reads(&unit()).is_empty(), "no unit is ever a party");
}
#[test]
fn case_material_does_not_travel_with_a_suggestion() {
    let g = confirmed();
    let with = |reasons: &str| json!({"target": COURT, "inspection_kind": "政治督察", "reasons": reasons});
    for reasons in ["见 XS-2026-0001", "（2025）赣1202刑初15号超期", "(2025)赣1202刑初15号超期"] {
        assert_eq!(g.wrong(&lead(), "suggest", with(reasons)), ["reasons"], "{reasons}");
    }
    assert!(g.when(&lead(), "suggest", with("X1 超期 2025 年三件（两个单位），每百件 5.0；依云政法〔2026〕1号。")).is_ok());
    assert_eq!(
        g.wrong(&lead(), "suggest", json!({"target": "JC1", "inspection_kind": "政治督察", "reasons": "文"})),
        ["target"],
        "one of its units"
    );
}
#[test]
fn each_suggestion_is_answered_by_those_it_was_made_to_and_the_last_answer_moves_on() {
    let mut g = confirmed();
    suggest(&mut g, COURT, "政治督察");
    suggest(&mut g, POLICE, "纪律作风督查巡查");
    let same = json!({"target": COURT, "inspection_kind": "政治督察", "reasons": "文"});
    assert_eq!(g.wrong(&lead(), "suggest", same), ["target"], "not twice");
    assert_eq!(g.refuses(&lead(), "close", json!({})), "not_now");
    assert_eq!(g.wrong(&patrol(), "adopt", json!({"suggestion": "1", "note": "列入方案。"})), ["suggestion"], "not his to answer");
    assert_eq!(g.wrong(&political(), "decline", json!({"suggestion": "1"})), ["reason"]);
    g.takes(&political(), "decline", json!({"suggestion": "1", "reason": "本年已督察过。"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Suggested", vec![]));
    assert_eq!(g.wrong(&political(), "adopt", json!({"suggestion": "1", "note": "列入方案。"})), ["suggestion"], "answered once");
    g.takes(&patrol(), "adopt", json!({"suggestion": "2", "note": "列入方案。"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Answered", vec!["adopted"]));
    let counted: Vec<_> = g.counted().into_iter().map(|c| c.0).collect();
    assert_eq!(counted, ["共性问题", "督察建议", "督察建议不采纳", "督察建议", "督察建议采纳"]);
    // Declined, it may be suggested again.
    suggest(&mut g, COURT, "政治督察");
}
#[test]
fn each_unit_gets_one_rectification_and_only_proved_ones_close_it() {
    let mut g = confirmed();
    let kin = |marks: &[&str]| Kin {
        number: "ZG-1".into(),
        link: "rectification".into(),
        marks: marks.iter().map(|m| (*m).to_owned()).collect(),
    };
    assert_eq!(g.refuses(&lead(), "close", json!({})), "unit_without");
    let rectify = |org: &str| json!({"unit": org, "severity": "一般", "gist": "超期。"});
    let asked = g.takes(&lead(), "rectify", rectify(COURT));
    let form = &asked.requests[0].form;
    assert_eq!((form["org"].as_str(), form["source"].as_str(), form["problems"][0].as_str()), (Some(COURT), Some("共性"), Some("X1")));
    assert_eq!(g.wrong(&lead(), "rectify", rectify(COURT)), ["unit"]);
    g.kin = vec![kin(&["closed", "proved"])];
    assert_eq!(g.refuses(&lead(), "close", json!({})), "unit_without", "one repaired case closes nothing");
    assert_eq!(g.refuses(&lead(), "drop", json!({})), "rectifying");
    g.takes(&lead(), "rectify", rectify(POLICE));
    assert_eq!(g.refuses(&lead(), "rectify", rectify(POLICE)), "all_rectified");
    g.kin = vec![kin(&["closed", "proved"]), kin(&[])];
    assert_eq!(g.refuses(&lead(), "close", json!({})), "rectification_open");
    g.kin = vec![kin(&["closed", "proved"]), kin(&["closed"])];
    assert_eq!(g.refuses(&lead(), "close", json!({})), "not_proved", "waived is not proved");
    // A rectification it was counted from says nothing of its own.
    g.kin = vec![kin(&["closed", "proved"]), Kin { link: "matters".into(), ..kin(&[]) }];
    g.takes(&lead(), "close", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Closed", vec![]));
}
#[test]
fn a_mistaken_confirmation_is_dropped_before_any_suggestion_and_counts_nowhere() {
    let mut g = confirmed();
    g.takes(&lead(), "drop", json!({"reason": "同一件登记了两次。"}));
    assert!(g.counted().is_empty() && g.buttons(&lead()).is_empty());
    let mut g = confirmed();
    suggest(&mut g, COURT, "政治督察");
    assert_eq!(g.refuses(&lead(), "drop", json!({})), "not_now");
}
