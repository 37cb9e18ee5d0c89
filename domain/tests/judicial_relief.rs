//! 司法救助转办 (B9, T17): only with consent, audited by the body that handles the case, decided by another, and no number that does not belong.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::vault_ref;
use domain::procedures::{all, kind};
use domain::redaction::needless;
use given::*;
use jiff::civil::date;
use serde_json::json;

fn found() -> Given {
    let mut g = given("judicial_relief");
    let said =
        json!({"clue": "XS-2026-0001", "name": vault_ref("n"), "contact": vault_ref("c"), "situation": vault_ref("s"), "ground": "被害人"});
    g.takes(&handler(), "discover", said);
    g
}
fn told() -> Given {
    let mut g = found();
    g.takes(&handler(), "tell_right", json!({"told_on": "2026-03-02"}));
    g
}
fn passed_on() -> Given {
    let mut g = told();
    g.takes(&handler(), "consent", json!({}));
    g.takes(&handler(), "pass_on", json!({"org": COURT}));
    g
}
fn audited() -> Given {
    let mut g = passed_on();
    g.takes(&unit(), "audit", json!({"finding": vault_ref("o")}));
    g
}

#[test]
fn nothing_is_passed_on_without_his_consent() {
    let mut g = told();
    assert_eq!(g.refuses(&handler(), "pass_on", json!({})), "not_now");
    assert_eq!(g.refuses(&handler(), "consent", json!({"explained": false})), "bad_form");
    assert_eq!(g.wrong(&handler(), "consent", json!({"explained": true})), ["proof"]);
    let mut no = told();
    no.takes(&handler(), "decline", json!({"reason": vault_ref("r")}));
    assert_eq!((no.phase().as_str(), no.buttons(&handler())), ("Declined", vec![]));
    g.takes(&handler(), "consent", json!({}));
    assert_eq!(g.phase(), "Consented");
    use domain::procedures::judicial_relief::{JudicialRelief, Phase};
    for action in ["tell_right", "consent"] {
        assert!(domain::engine::unavoidable::<JudicialRelief>(&[action], Phase::PassedOn));
    }
    assert!(domain::engine::unavoidable::<JudicialRelief>(&["decide_relief"], Phase::Paid));
    assert!(domain::engine::unavoidable::<JudicialRelief>(&["audit"], Phase::Approved));
}
#[test]
fn the_body_learns_of_him_when_his_case_is_passed_on_and_never_of_the_source() {
    let g = told();
    assert_eq!((g.reads(&unit()), g.buttons(&unit())), (vec![], vec![]));
    let g = passed_on();
    let read: Vec<_> = g.reads(&unit()).into_iter().map(|r| r.0).collect();
    for field in ["name", "contact", "situation", "ground"] {
        assert!(read.contains(&field), "{field}");
    }
    for field in ["clue", "review", "told_on", "how"] {
        assert!(!read.contains(&field), "{field}");
    }
    assert_eq!(g.timeline(&unit()).iter().map(|t| t.0.as_str()).collect::<Vec<_>>(), ["pass_on"]);
    assert_eq!((g.reads(&other_unit()), g.reads(&seconded())), (vec![], vec![]));
    let index = g.matter().index();
    assert!(index.gist.is_empty() && !index.title.contains('n'), "nobody's name in a list");
}
#[test]
fn that_body_audits_and_somebody_else_decides_within_ten_and_ten_and_two_working_days() {
    let mut g = passed_on();
    assert_eq!(g.due("audit"), date(2026, 3, 16));
    assert_eq!(g.refuses(&lead(), "audit", json!({})), "not_yours");
    assert_eq!(g.refuses(&other_unit(), "audit", json!({})), "not_yours");
    g.takes(&unit(), "audit", json!({}));
    assert_eq!(g.due("decide"), date(2026, 3, 16));
    assert_eq!(g.refuses(&also(&handler(), &lead()), "decide_relief", json!({})), "same_hands");
    assert_eq!(g.refuses(&handler(), "decide_relief", json!({})), "not_yours");
    assert_eq!(g.refuses(&lead(), "decide_relief", json!({"amount": 0})), "bad_form");
    assert!(g.when(&secretary(), "decide_relief", json!({"amount": 1})).is_ok());
    g.takes(&lead(), "decide_relief", json!({"amount": 2_000_000}));
    assert_eq!(g.due("notify"), date(2026, 3, 4));
}
#[test]
fn he_is_told_paid_and_visited() {
    let mut g = audited();
    g.takes(&lead(), "decide_relief", json!({"amount": 2_000_000}));
    assert_eq!(g.refuses(&handler(), "pay", json!({})), "not_now");
    assert_eq!(g.refuses(&handler(), "notify", json!({"notified_on": "2026-03-03"})), "bad_form", "tomorrow");
    assert_eq!(g.refuses(&handler(), "notify", json!({"notified_on": "2026-03-01"})), "bad_form", "before he was told his right");
    g.takes(&handler(), "notify", json!({"notified_on": "2026-03-02"}));
    g.takes(&handler(), "pay", json!({"paid_on": "2026-03-02"}));
    assert_eq!(g.refuses(&handler(), "revisit", json!({"visited_on": "2026-03-01"})), "bad_form");
    g.takes(&handler(), "revisit", json!({"visited_on": "2026-03-02"}));
    assert_eq!((g.phase().as_str(), g.buttons(&handler())), ("Closed", vec![]));
    assert_eq!(g.counted(), ["司法救助", "司法救助发放", "救助金额"].map(|m| (m, "2026-03-02".to_owned())));
    assert!(!g.reads(&unit()).iter().any(|r| r.0 == "visit"));
}
#[test]
fn a_refusal_has_its_reason_and_is_told_too() {
    let mut g = audited();
    assert_eq!(g.wrong(&lead(), "refuse_relief", json!({})), ["decision"]);
    g.takes(&secretary(), "refuse_relief", json!({}));
    assert_eq!((g.phase().as_str(), g.due("notify")), ("Rejected", date(2026, 3, 4)));
    g.takes(&handler(), "notify_refusal", json!({"notified_on": "2026-03-02"}));
    assert_eq!(g.phase(), "Closed");
}
#[test]
fn no_text_of_it_holds_a_bank_card_or_a_document_number() {
    for text in [
        "卡号6222021234567890123",
        "6222 0212 3456 7890 123",
        "6222-0212-3456-7890",
        "６２２２０２１２３４５６７８９０",
        "身份证361202199001010011",
        "身份证36120219900101001X",
        "130102199001011234",
        "护照E12345678，",
    ] {
        assert!(needless(text), "{text}");
    }
    for text in [
        "电话13800138000",
        "+86 138 0013 8000",
        "13800138000、13900139000",
        "138 0013 8000 139 0013 9000",
        "0791-88123456",
        "（2025）赣1202刑初15号",
        "XS-2026-0001",
        "2026-03-02至2026-04-05，共需12,000元",
        "云政法救〔2026〕12号",
        "",
    ] {
        assert!(!needless(text), "{text}");
    }
    let texts = kind("judicial_relief")
        .unwrap()
        .fields()
        .into_iter()
        .filter(|f| matches!(f.shape, domain::engine::Shape::Short | domain::engine::Shape::Long));
    for f in texts {
        let said = f.wrong(&json!("转到6222021234567890123"));
        assert!(said.is_some_and(|s| s.contains("银行卡号")), "{}", f.name);
        assert_eq!(f.wrong(&json!("电话13800138000")), None, "{}", f.name);
    }
    let g = told();
    let refused = g.when(&handler(), "decline", json!({"reason": "卡6222021234567890123"})).err().unwrap();
    assert_eq!(refused.fields[0].0, "reason");
    assert!(
        all().iter().filter(|k| k.name != "judicial_relief").all(|k| k.fields().iter().all(|f| !f.frugal)),
        "elsewhere nothing changes"
    );
}
