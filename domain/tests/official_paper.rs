//! 公文 (M0.4): reviewed and signed by others than whoever wrote it, numbered at the signature, seen by its unit once it is served.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Person, Standing, unavoidable};
use domain::papers;
use domain::procedures::official_paper::{NUMBERED, OfficialPaper, Phase, VOIDED};
use given::*;
use serde_json::{Value as Json, json};

/// Of the kinds that are numbered: one written for the unit, and one that is not.
fn code_for(unit: bool) -> &'static str {
    let fits = |p: &&papers::Paper| p.series.is_some() && (p.reader == Standing::Respondent) == unit;
    papers::PAPERS.iter().find(fits).unwrap().code
}
fn draft(unit: bool) -> Json {
    json!({"about": "ZG-2026-0001", "paper": code_for(unit), "to_org": COURT, "office": "R1", "organ": ZFW})
}
fn laid(n: u8) -> Json {
    json!({"sheet": [format!("f{n}")], "commitment": format!("c{n}")})
}
fn signature() -> Json {
    json!({"doc_number": "云政法督〔2026〕1号", "series": "云政法督", "sheet": ["f2"], "commitment": "c2"})
}
fn line(unit: bool) -> Vec<(&'static str, Person, Json)> {
    vec![
        ("draft", handler(), draft(unit)),
        ("submit", handler(), laid(1)),
        ("review", second(), json!({})),
        ("sign", lead(), signature()),
        (if unit { "serve" } else { "send_out" }, handler(), json!({"served_on": "2026-03-02", "way": "电子送达"})),
    ]
}
fn up_to(last: &str, for_unit: bool) -> Given {
    let mut g = given("official_paper");
    for (action, who, form) in line(for_unit) {
        g.takes(&who, action, form);
        if action == last {
            break;
        }
    }
    g
}

#[test]
fn nothing_is_signed_unreviewed_and_nothing_is_served_unsigned() {
    assert!(unavoidable::<OfficialPaper>(&["submit"], Phase::Signed) && unavoidable::<OfficialPaper>(&["review"], Phase::Signed));
    for goal in [Phase::Served, Phase::Sent, Phase::Acknowledged, Phase::Voided] {
        assert!(unavoidable::<OfficialPaper>(&["sign"], goal), "{goal:?}");
    }
    assert!(unavoidable::<OfficialPaper>(&["serve", "send_out"], Phase::Acknowledged));
}
#[test]
fn whoever_wrote_it_neither_reviews_nor_signs_it() {
    let g = up_to("submit", true);
    assert_eq!(g.refuses(&handler(), "review", json!({})), "same_hands");
    assert_eq!(g.refuses(&also(&handler(), &lead()), "review", json!({})), "same_hands");
    assert!(g.when(&second(), "review", json!({})).is_ok() && g.when(&lead(), "review", json!({})).is_ok());
    let g = up_to("review", true);
    assert_eq!(g.refuses(&also(&handler(), &lead()), "sign", signature()), "same_hands");
    assert_eq!(g.refuses(&second(), "sign", signature()), "not_yours", "a handler signs nothing");
    assert!(g.when(&lead(), "sign", signature()).is_ok() && g.when(&secretary(), "sign", signature()).is_ok());
}
#[test]
fn what_is_sent_back_is_written_and_reviewed_again() {
    let mut g = up_to("review", true);
    g.takes(&lead(), "send_back", json!({"reason": "期限没有写明。"}));
    assert_eq!(g.phase(), "Drafting");
    assert_eq!(g.refuses(&lead(), "sign", signature()), "not_now");
    g.takes(&handler(), "revise", json!({"to_org": COURT, "body": "请在十日内报送。"}));
    g.takes(&handler(), "submit", laid(3));
    assert_eq!(g.phase(), "Reviewing");
}
#[test]
fn the_unit_learns_of_its_paper_when_it_is_served_and_no_other_unit_ever() {
    let g = up_to("sign", true);
    assert!(g.matter().mine(&g.at(&unit())).is_empty() && g.reads(&unit()).is_empty());
    let mut g = up_to("serve", true);
    assert_eq!(g.matter().mine(&g.at(&unit())), vec![Standing::Respondent]);
    assert!(g.matter().mine(&g.at(&other_unit())).is_empty() && g.matter().mine(&g.at(&who("gov", "R20", COURT))).is_empty());
    let read: Vec<&str> = g.reads(&unit()).into_iter().map(|r| r.0).collect();
    assert!(read.contains(&"doc_number") && !read.contains(&"about") && !read.contains(&"sheet"), "{read:?}");
    assert_eq!(g.timeline(&unit()).into_iter().map(|t| t.0).collect::<Vec<_>>(), vec!["serve"], "not who wrote and reviewed it");
    assert_eq!(g.refuses(&other_unit(), "acknowledge", json!({})), "not_yours");
    g.takes(&unit(), "acknowledge", json!({}));
    assert_eq!(g.phase(), "Acknowledged");
}
#[test]
fn what_is_not_written_for_the_unit_it_does_not_learn_of_and_a_receipt_is_entered() {
    let g = up_to("sign", false);
    assert_eq!(g.refuses(&handler(), "serve", json!({"served_on": "2026-03-02", "way": "邮寄"})), "not_in_house");
    let mut g = up_to("send_out", false);
    assert!(g.matter().mine(&g.at(&unit())).is_empty());
    assert_eq!(g.wrong(&handler(), "record_receipt", json!({"received_on": "2026-03-02"})), vec!["receipt"]);
    g.takes(&handler(), "record_receipt", json!({"received_on": "2026-03-02", "receipt": ["f9"]}));
    assert_eq!(g.phase(), "Acknowledged");
    let g = up_to("sign", true);
    assert_eq!(g.refuses(&handler(), "send_out", json!({"served_on": "2026-03-02", "way": "邮寄"})), "in_house");
}
#[test]
fn a_number_stays_when_its_paper_becomes_void() {
    let mut g = up_to("serve", true);
    let counted = |g: &Given, measure: &str| g.matter().facts().into_iter().filter(|f| f.measure == measure).count();
    assert_eq!((counted(&g, NUMBERED), counted(&g, VOIDED)), (1, 0));
    assert_eq!(g.refuses(&handler(), "void", json!({"void_reason": "文号用错。"})), "not_yours");
    g.takes(&lead(), "void", json!({"void_reason": "主送写错。"}));
    assert_eq!((counted(&g, NUMBERED), counted(&g, VOIDED)), (1, 1), "kept, and counted as void");
    assert!(g.reads(&unit()).iter().any(|r| r.0 == "voided_on"), "whoever has it learns that it is void");
    let mut g = up_to("submit", true);
    g.takes(&handler(), "drop", json!({"reason": "不再发文。"}));
    assert_eq!(counted(&g, NUMBERED), 0, "what was never signed has no number to keep");
}
#[test]
fn days_run_forward_and_each_step_has_its_time() {
    let mut g = up_to("sign", true);
    assert_eq!(g.wrong(&handler(), "serve", json!({"served_on": "2026-03-01", "way": "邮寄"})), vec!["served_on"], "before it was signed");
    assert_eq!(g.wrong(&handler(), "serve", json!({"served_on": "2026-03-03", "way": "邮寄"})), vec!["served_on"], "to come");
    assert_eq!(g.due("serve").to_string(), "2026-03-05");
    g.takes(&handler(), "serve", json!({"served_on": "2026-03-02", "way": "邮寄"}));
    assert_eq!(g.due("receive").to_string(), "2026-03-09");
    assert_eq!(g.wrong(&handler(), "record_receipt", json!({"received_on": "2026-03-01", "receipt": ["f"]})), vec!["received_on"]);
}
#[test]
fn each_office_has_its_own_papers() {
    let judicial = who("judicial", "R17", ZFW);
    let mut g = given("official_paper");
    g.takes(&judicial, "draft", json!({"about": "JX-2026-0001", "paper": code_for(true), "office": "R17", "organ": ZFW}));
    assert!(g.matter().mine(&g.at(&handler())).is_empty() && g.matter().mine(&g.at(&secretary())).is_empty());
    assert_eq!(g.matter().mine(&g.at(&who("l", "R18", ZFW))), vec![Standing::Lead]);
    assert!(given("official_paper").when(&lead(), "draft", draft(true)).is_err(), "whoever signs does not draft");
}
#[test]
fn a_text_that_directs_an_outcome_is_refused() {
    let mut form = draft(true);
    form["body"] = json!("应当改判。");
    assert_eq!(given("official_paper").when(&handler(), "draft", form).err().unwrap().fields[0].0, "body");
}
