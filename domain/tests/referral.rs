//! 移送 (B8): out and back, and the source that stands still meanwhile.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Kin, Person, REFERRAL_UNDER_WAY, Standing};
use given::*;
use serde_json::json;

fn receiver() -> Person {
    who("discipline", "R13", "JW")
}
fn another() -> Person {
    who("elsewhere", "R13", "GA1")
}
fn material() -> serde_json::Value {
    json!({"facts": "经办人收受礼金。", "package": ["f1"], "digest": "d1"})
}
fn up_to(last: &str) -> Given {
    let mut g = given("referral");
    let line = [
        ("open", handler(), json!({"source": "XS-2026-0001", "to_org": "JW", "receiver": "纪委监委"})),
        ("prepare", handler(), material()),
        ("approve", lead(), json!({})),
        ("sign", receiver(), json!({})),
        ("accept", receiver(), json!({})),
    ];
    for (action, who, form) in line {
        g.takes(&who, action, form);
        if action == last {
            break;
        }
    }
    g
}
#[test]
fn what_is_prepared_is_approved_by_another_person_and_nobody_sees_it_before() {
    let mut g = up_to("prepare");
    assert!(g.reads(&receiver()).is_empty() && g.buttons(&receiver()).is_empty(), "nothing before the approval");
    assert_eq!(g.refuses(&handler(), "approve", json!({})), "not_yours");
    assert_eq!(g.refuses(&also(&handler(), &lead()), "approve", json!({})), "same_hands");
    assert_eq!(g.refuses(&deputy("handler", &lead()), "approve", json!({})), "same_hands");
    g.takes(&secretary(), "send_back_draft", json!({"reason": "证据不全"}));
    g.takes(&second(), "prepare", json!({"package": ["f2"], "digest": "d2"}));
    assert_eq!(g.refuses(&also(&second(), &lead()), "approve", json!({})), "same_hands");
    // Whoever opened it does not approve it either.
    let mut own = given("referral");
    own.takes(&lead(), "open", json!({"source": "XS-2026-0001", "to_org": "JW"}));
    own.takes(&handler(), "prepare", material());
    assert_eq!(own.refuses(&lead(), "approve", json!({})), "same_hands");
    let acted = g.takes(&lead(), "approve", json!({"digest": "别的"}));
    assert_eq!(acted.entry.act["approve"]["digest"], "d2", "the ledger holds what was approved, whoever says otherwise");
}
#[test]
fn the_receiver_reads_what_is_his_and_nothing_of_the_preparation() {
    let g = up_to("accept");
    let mut read: Vec<_> = g.reads(&receiver()).into_iter().map(|r| r.0).collect();
    read.sort_unstable();
    assert_eq!(read, ["digest", "receiver", "secrecy", "sent_on", "signed_on", "to_org"]);
    for (action, fields) in g.timeline(&receiver()) {
        assert!(["approve", "sign", "accept"].contains(&action.as_str()), "{action}");
        assert!(fields.iter().all(|f| *f == "digest"), "{fields:?}");
    }
    for stranger in [another(), who("unit", "R9", "JW"), unit(), who("procurator", "R11", "JC1")] {
        assert!(g.matter().mine(&g.at(&stranger)).is_empty(), "{stranger:?}");
    }
    assert_eq!(g.matter().mine(&g.at(&who("p", "R11", "JW"))), [Standing::Recipient]);
}
#[test]
fn it_is_signed_supplemented_accepted_and_answered() {
    let mut g = up_to("sign");
    g.takes(&receiver(), "return_for_supplement", json!({"said": "缺谈话笔录"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Supplementing", vec![REFERRAL_UNDER_WAY]));
    g.takes(&handler(), "supplement", json!({"facts": "补充。", "package": ["f9"], "digest": "d9"}));
    assert_eq!(g.refuses(&also(&handler(), &lead()), "approve", json!({})), "same_hands");
    g.takes(&lead(), "send_back_supplement", json!({}));
    g.takes(&handler(), "supplement", json!({"package": ["f9"], "digest": "d9"}));
    assert_eq!(g.takes(&lead(), "approve", json!({})).entry.act["approve"]["digest"], "d9");
    g.takes(&receiver(), "sign", json!({}));
    g.takes(&receiver(), "accept", json!({}));
    assert_eq!(g.refuses(&another(), "progress", json!({})), "not_yours");
    g.later(20);
    g.takes(&receiver(), "progress", json!({"progress": "已立案"}));
    assert_eq!(g.clock("feedback").began, g.today, "each report starts the time to the next");
    g.takes(&receiver(), "result", json!({"result": "已办结"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Ended", vec!["closed"]));
    assert_eq!(g.counted().iter().map(|c| c.0).collect::<Vec<_>>(), ["移送", "移送办结"]);
    assert!(g.matter().due().is_none(), "nobody owes anything any more");
}
#[test]
fn it_ends_by_refusal_by_withdrawal_before_signing_or_by_a_result_on_paper() {
    let mut refused = up_to("sign");
    assert_eq!(refused.refuses(&lead(), "withdraw", json!({})), "not_now");
    assert_eq!(refused.wrong(&receiver(), "refuse", json!({})), ["said"]);
    refused.takes(&receiver(), "refuse", json!({"said": "不属本机关管辖"}));
    assert_eq!((refused.phase().as_str(), refused.matter().marks()), ("Refused", vec!["closed"]));
    let mut withdrawn = up_to("approve");
    assert_eq!(withdrawn.refuses(&handler(), "withdraw", json!({})), "not_yours");
    withdrawn.takes(&lead(), "withdraw", json!({"reason": "接收机关有误"}));
    assert!(withdrawn.matter().mine(&withdrawn.at(&receiver())).is_empty(), "it was never his");
    // Once signed, a supplement sent anew cannot be withdrawn.
    let mut again = up_to("sign");
    again.takes(&receiver(), "return_for_supplement", json!({}));
    again.takes(&handler(), "supplement", material());
    again.takes(&lead(), "approve", json!({}));
    assert_eq!(again.refuses(&lead(), "withdraw", json!({})), "signed");
    let mut paper = up_to("approve");
    assert_eq!(paper.wrong(&handler(), "record_result", json!({"result": "已办结"})), ["document"]);
    paper.takes(&handler(), "record_result", json!({"result": "已办结"}));
    assert_eq!(paper.phase(), "Ended");
}
#[test]
fn what_stays_legible_has_a_reason() {
    let g = up_to("open");
    let full = |more: serde_json::Value| {
        let mut form = json!({"facts": "事实", "evidence": "笔录", "package": ["f"], "digest": "d"});
        form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        form
    };
    assert_eq!(g.wrong(&handler(), "prepare", full(json!({"keep": ["案号"]}))), ["keep_why"]);
    assert!(g.when(&handler(), "prepare", full(json!({"keep": ["案号"], "keep_why": "接收机关须据案号调卷"}))).is_ok());
    assert!(g.when(&handler(), "prepare", full(json!({}))).is_ok());
    assert_eq!(g.wrong(&handler(), "prepare", full(json!({"facts": "应当改判有罪。"}))), ["facts"]);
}
#[test]
fn what_comes_in_becomes_a_clue_or_goes_back() {
    let mut g = given("referral");
    assert_eq!(g.refuses(&handler(), "receive", json!({"from_org": "JC1", "received_on": "2026-03-03"})), "bad_form");
    g.takes(&handler(), "receive", json!({"from_org": "JC1"}));
    assert!(g.matter().mine(&g.at(&who("p", "R11", "JC1"))).is_empty() && g.matter().marks().is_empty());
    let acted = g.takes(&handler(), "take_up", json!({"clue": "XS-2026-0007"}));
    assert_eq!(acted.entry.links, [("clue".to_owned(), "XS-2026-0007".to_owned())]);
    g.takes(&handler(), "tell_result", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks(), g.counted().len()), ("Ended", vec!["closed"], 0));
    let mut back = given("referral");
    back.takes(&handler(), "receive", json!({"from_org": "JC1"}));
    assert_eq!(back.wrong(&handler(), "send_back", json!({})), ["reason"]);
    back.takes(&handler(), "send_back", json!({"reason": "不属职权"}));
    assert_eq!(back.phase(), "SentBack");
}
#[test]
fn the_source_stands_still_while_it_is_under_way_but_for_what_law_does_not_let_stand_still() {
    let mut clue = given("clue");
    clue.takes(&handler(), "register", json!({"is_closed": true}));
    let referral = |marks: &[&str]| {
        vec![Kin { number: "YS-2026-0001".into(), link: "source".into(), marks: marks.iter().map(|m| (*m).to_owned()).collect() }]
    };
    clue.kin = referral(&[REFERRAL_UNDER_WAY]);
    for (person, action) in [(handler(), "assess"), (handler(), "amend_record"), (lead(), "pass_discipline")] {
        assert_eq!(clue.refuses(&person, action, json!({})), "frozen", "{action}");
    }
    assert_eq!(clue.refuses(&unit(), "assess", json!({})), "not_yours", "to a stranger not even that is told");
    assert!(clue.when(&handler(), "tell", json!({})).is_ok(), "T2 runs on");
    assert!(clue.when(&house(), "void", json!({})).is_err_and(|r| r.code != "frozen"), "the house goes on");
    // Another link, or another mark, holds nothing up; nor does a referral its own source's mark.
    clue.kin[0].link = "clue".into();
    assert!(clue.when(&handler(), "assess", json!({})).is_ok());
    clue.kin = referral(&["closed"]);
    assert!(clue.when(&handler(), "assess", json!({})).is_ok());
    let mut g = up_to("sign");
    g.kin = referral(&[REFERRAL_UNDER_WAY]);
    g.takes(&receiver(), "accept", json!({}));
}
#[test]
fn a_running_referral_carries_the_mark_from_approval_to_its_end() {
    for (last, under) in [("open", false), ("prepare", false), ("approve", true), ("sign", true), ("accept", true)] {
        assert_eq!(up_to(last).matter().marks().contains(&REFERRAL_UNDER_WAY), under, "{last}");
    }
}
