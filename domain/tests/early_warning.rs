//! 预警 (E): raised by the house out of several cases only, looked into, cleared with a reason by another person, known to the office alone.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::unavoidable;
use domain::procedures::early_warning::{EarlyWarning, Phase};
use given::*;
use serde_json::{Value as Json, json};

fn computed() -> Json {
    json!({
        "org": COURT, "measure": "整改", "year": 2025, "half": "下半年", "reviewed": 20, "observed": 9, "expected": "4.5", "limit": 9,
        "compared": 4, "cases": 9, "reviewers": 5, "digest": "ab12",
        "strata": [{"case_type": "01", "reviewed": "20", "hits": "9", "city": "22.5"}],
    })
}
fn with(name: &str, value: Json) -> Json {
    let mut all = computed();
    all[name] = value;
    all
}
fn raised() -> Given {
    let mut g = given("early_warning");
    g.takes(&house(), "raise", computed());
    g
}
fn examined() -> Given {
    let mut g = raised();
    g.takes(&handler(), "examine", json!({"note": "逐件看了九件，均有送达记录缺失。"}));
    g
}
fn proposed() -> Given {
    let mut g = examined();
    g.takes(&handler(), "propose_clear", json!({"ground": "侧重", "explanation": "本批只抽了改判案件。"}));
    g
}

#[test]
fn one_event_alone_raises_nothing_however_the_parameter_is_set() {
    let mut g = given("early_warning");
    for (name, value) in [("cases", json!(2)), ("reviewers", json!(1)), ("limit", json!(10)), ("observed", json!(21)), ("cases", json!(10))]
    {
        assert!(g.when(&house(), "raise", with(name, value.clone())).is_err(), "{name} {value}");
    }
    assert!(g.when(&house(), "raise", with("cases", json!(3))).is_ok());
    g.parameters.insert("warning_events".into(), 1);
    assert_eq!(g.wrong(&house(), "raise", with("cases", json!(1))), ["cases"], "never below two");
    assert!(g.when(&house(), "raise", with("cases", json!(2))).is_ok());
    g.parameters.insert("warning_events".into(), 6);
    assert_eq!(g.wrong(&house(), "raise", with("cases", json!(5))), ["cases"]);
}
#[test]
fn nobody_raises_one_by_hand() {
    let g = given("early_warning");
    for who in [handler(), lead(), secretary(), inspector(), unit()] {
        assert_eq!(g.refuses(&who, "raise", computed()), "not_yours", "{}", who.id);
    }
}
#[test]
fn it_is_the_offices_alone_and_counted_nowhere() {
    let mut g = proposed();
    for who in [
        unit(),
        other_unit(),
        who("officer", "R10", COURT),
        inspector(),
        patrol(),
        procurator(),
        chair(),
        expert(1),
        who("org", "R12", "ZZB"),
    ] {
        assert!(g.reads(&who).is_empty() && g.buttons(&who).is_empty() && g.timeline(&who).is_empty(), "{}", who.id);
    }
    assert!(!g.reads(&secretary()).is_empty());
    g.takes(&lead(), "clear", json!({}));
    assert!(g.counted().is_empty(), "what is counted, anybody may ask for");
    assert!(g.entries.iter().all(|e| !e.contains("\"links\"")), "and no matter of the unit leads to it");
}
#[test]
fn the_page_says_that_it_is_no_finding() {
    let read = raised().reads(&handler());
    assert!(read.contains(&("notice", json!("预警只提示关注，不是结论。"))), "{read:?}");
    assert!(read.iter().any(|r| r.0 == "expected" && r.1 == "4.5") && read.iter().any(|r| r.0 == "limit" && r.1 == 9));
}
#[test]
fn clearing_needs_a_look_a_reason_and_a_second_person() {
    let mut g = raised();
    assert_eq!(g.refuses(&handler(), "propose_clear", json!({})), "not_now", "first somebody looks");
    g = examined();
    assert_eq!(g.wrong(&handler(), "propose_clear", json!({"ground": "", "explanation": "无"})), ["ground"]);
    assert_eq!(g.wrong(&handler(), "propose_clear", json!({"ground": "侧重", "explanation": ""})), ["explanation"]);
    assert_eq!(
        g.wrong(&handler(), "propose_clear", json!({"ground": "侧重", "explanation": "该案应当改判。"})),
        ["explanation"],
        "guarded"
    );
    g = proposed();
    assert_eq!(g.refuses(&handler(), "clear", json!({})), "not_yours");
    // Whoever holds both roles, or stands in for the lead, is still the same person.
    assert_eq!(g.refuses(&also(&handler(), &lead()), "clear", json!({})), "same_hands");
    let deputy = given::deputy("handler", &lead());
    assert_eq!(g.refuses(&deputy, "clear", json!({})), "same_hands");
    g.takes(&lead(), "clear", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Cleared", vec!["closed"]));
    for goal in [["examine"], ["propose_clear"], ["clear"]] {
        assert!(unavoidable::<EarlyWarning>(&goal, Phase::Cleared), "{goal:?}");
    }
}
#[test]
fn a_clearing_that_does_not_convince_goes_back_with_a_reason() {
    let mut g = proposed();
    assert_eq!(g.wrong(&lead(), "return_clear", json!({"reason": ""})), ["reason"]);
    g.takes(&lead(), "return_clear", json!({"reason": "没有说明抽样办法。"}));
    assert_eq!(g.phase(), "Examined");
    g.takes(&second(), "propose_clear", json!({"ground": "侧重", "explanation": "抽样清单已附批次。"}));
    assert_eq!(g.refuses(&also(&second(), &lead()), "clear", json!({})), "same_hands");
    assert_eq!(g.refuses(&also(&handler(), &lead()), "clear", json!({})), "same_hands", "he looked into it");
}
#[test]
fn what_is_done_because_of_it_is_noted_once_and_ends_it() {
    let mut g = examined();
    let batch = json!({"means": "批次", "followed": "PB-2026-0003"});
    g.takes(&handler(), "act_on", batch.clone());
    assert_eq!(g.wrong(&handler(), "act_on", batch), ["followed"]);
    g.takes(&handler(), "act_on", json!({"means": "检查", "followed": "ZX-2026-0001"}));
    assert_eq!(g.refuses(&handler(), "close", json!({})), "not_yours");
    g.takes(&lead(), "close", json!({"summary": "复查后已转整改。"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Closed", vec!["closed"]));
    assert!(unavoidable::<EarlyWarning>(&["act_on"], Phase::Closed));
    // What was opened does not turn out to be needed.
    let mut g = examined();
    g.takes(&handler(), "act_on", json!({"means": "批次", "followed": "PB-2026-0003"}));
    g.takes(&handler(), "propose_clear", json!({"ground": "无异常", "explanation": "复查未见同类问题。"}));
    g.takes(&lead(), "clear", json!({}));
}
#[test]
fn each_step_has_its_time() {
    let mut g = raised();
    assert_eq!(g.due("examine").to_string(), "2026-03-16", "ten working days");
    g.takes(&handler(), "examine", json!({}));
    assert_eq!(g.due("handle").to_string(), "2026-03-16");
    g.takes(&handler(), "propose_clear", json!({"ground": "差错"}));
    assert_eq!(g.due("clear").to_string(), "2026-03-09");
    assert!(!g.clock("handle").live());
}
