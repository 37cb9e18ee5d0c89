//! 线索 (B1): registration, collective assessment, routing, identity, history.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Acted, vault_ref};
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

fn registered(said: Json) -> Given {
    let mut g = given("clue");
    let mut form = json!({"org": COURT, "is_closed": true, "problem": ["X1"]});
    form.as_object_mut().unwrap().extend(said.as_object().cloned().unwrap());
    g.takes(&handler(), "register", form);
    g
}
fn assessing(said: Json) -> Given {
    let mut g = registered(said);
    g.takes(&handler(), "assess", json!({}));
    g
}
/// Two opinions and a proposal for this route.
fn proposed(said: Json, route: &str) -> Given {
    let mut g = assessing(said);
    propose(&mut g, route);
    g
}
fn propose(g: &mut Given, route: &str) {
    g.takes(&handler(), "opine", json!({"route": route}));
    g.takes(&second(), "opine", json!({"route": route}));
    g.takes(&handler(), "propose", json!({"route": route}));
}
fn routed(said: Json, route: &str) -> Given {
    let mut g = proposed(said, route);
    g.takes(&lead(), "approve", json!({}));
    g
}
/// An act's opening of another matter.
fn opens(acted: &Acted) -> (&'static str, &'static str, &Json) {
    (acted.requests[0].kind, acted.requests[0].action, &acted.requests[0].form)
}

/// What is counted of a clue, but by its source.
fn funnel(g: &Given) -> Vec<(&'static str, String)> {
    g.counted().into_iter().filter(|c| c.0 != "线索来源").collect()
}
#[test]
fn a_registration_says_where_from_when_whom_what_and_whether_the_case_is_closed() {
    let g = given("clue");
    assert_eq!(g.wrong(&handler(), "register", json!({})), ["source", "received", "org", "is_closed", "summary"]);
    assert_eq!(g.wrong(&handler(), "register", json!({"source": "传闻"}))[0], "source");
    assert_eq!(g.refuses(&lead(), "register", json!({})), "not_yours");
    assert_eq!(g.refuses(&who("x", "R1", "OTHER"), "register", json!({})), "not_yours");
    assert!(g.when(&seconded(), "register", json!({})).is_ok());
}
#[test]
fn what_is_received_is_not_received_tomorrow() {
    let g = given("clue");
    assert_eq!(g.refuses(&handler(), "register", json!({"received": "2026-03-03"})), "bad_form");
    assert!(g.when(&handler(), "register", json!({"received": "2026-03-02"})).is_ok());
    let g = registered(json!({}));
    assert_eq!(g.refuses(&handler(), "amend_record", json!({"received": "2026-03-03"})), "bad_form");
}
#[test]
fn the_reporter_is_told_within_fifteen_days_of_the_day_it_was_received() {
    let mut g = registered(json!({"received": "2026-02-27"}));
    assert_eq!(g.due("tell"), date(2026, 3, 16), "the fourteenth of March is a Saturday");
    assert_eq!(g.refuses(&handler(), "tell", json!({"told_on": "2026-03-03"})), "bad_form");
    g.takes(&handler(), "tell", json!({"told_on": "2026-03-02"}));
    assert_eq!(g.clock("tell").stopped, Some(g.today));
    for (by, action) in [(handler(), "merge"), (handler(), "pass_on"), (lead(), "pass_discipline")] {
        let mut g = registered(json!({}));
        g.takes(&by, action, json!({}));
        assert_eq!(g.clock("tell").stopped, Some(g.today), "{action}");
    }
}
#[test]
fn a_corrected_registration_keeps_what_it_does_not_mention() {
    let mut g = registered(json!({"case_no": "（2024）赣1202刑初15号"}));
    g.takes(&handler(), "amend_record", json!({"problem": ["C4"]}));
    let read = g.reads(&handler());
    assert!(read.contains(&("problem", json!(["C4"]))) && read.contains(&("case_no", json!("（2024）赣1202刑初15号"))));
}
#[test]
fn an_assessment_needs_the_opinions_of_two_persons() {
    let mut g = assessing(json!({}));
    assert_eq!(g.refuses(&handler(), "propose", json!({})), "too_few_opinions");
    g.takes(&handler(), "opine", json!({}));
    assert_eq!(g.refuses(&handler(), "opine", json!({})), "opined");
    assert_eq!(g.refuses(&handler(), "propose", json!({})), "too_few_opinions");
    assert_eq!(g.refuses(&secretary(), "opine", json!({})), "not_yours");
    g.takes(&seconded(), "opine", json!({}));
    assert!(g.when(&handler(), "propose", json!({})).is_ok());
    g.parameters.insert("assessors".into(), 3);
    assert_eq!(g.refuses(&handler(), "propose", json!({})), "too_few_opinions");
    g.takes(&lead(), "opine", json!({}));
    assert!(g.when(&handler(), "propose", json!({})).is_ok());
}
#[test]
fn whoever_judged_or_proposed_does_not_approve() {
    let mut g = assessing(json!({}));
    let both = also(&lead(), &handler());
    g.takes(&both, "opine", json!({}));
    g.takes(&second(), "opine", json!({}));
    g.takes(&second(), "propose", json!({"route": "存查"}));
    assert_eq!(g.refuses(&lead(), "approve", json!({})), "same_hands");
    assert_eq!(g.refuses(&also(&who("second", "R2", ZFW), &second()), "approve", json!({})), "same_hands");
    assert_eq!(g.refuses(&second(), "approve", json!({})), "not_yours");
    g.takes(&who("lead2", "R2", ZFW), "approve", json!({}));
    assert_eq!(g.phase(), "Routed");
}
#[test]
fn a_proposal_sent_back_is_judged_anew_and_is_no_finished_assessment() {
    let mut g = proposed(json!({"received": "2026-02-27"}), "转评查");
    let received = ("线索", "2026-02-27".to_owned());
    assert_eq!(funnel(&g), vec![received.clone()], "proposed is not assessed");
    assert_eq!(g.wrong(&lead(), "return_proposal", json!({})), ["reason"]);
    g.takes(&lead(), "return_proposal", json!({"reason": "缺卷"}));
    assert_eq!((g.phase().as_str(), funnel(&g)), ("Assessing", vec![received.clone()]));
    assert_eq!(g.refuses(&handler(), "propose", json!({})), "too_few_opinions");
    g.later(1);
    propose(&mut g, "转评查");
    g.later(1).takes(&lead(), "approve", json!({}));
    let on = "2026-03-04".to_owned();
    assert_eq!(funnel(&g), [received, ("研判", on.clone()), ("评查", on)]);
}
#[test]
fn a_case_not_known_to_be_closed_goes_to_no_review() {
    for (said, word) in [(json!({"is_closed": false}), "尚未办结"), (Json::Null, "没有写明")] {
        let mut g = given("clue");
        if said.is_null() {
            g.takes(&house(), "enter_registered", json!({"org": COURT}));
            g.takes(&handler(), "assess", json!({}));
        } else {
            g = assessing(said);
        }
        let refusal = g.when(&handler(), "opine", json!({"route": "转评查"})).err().unwrap();
        assert!(refusal.fields[0].0 == "route" && refusal.fields[0].1.contains(word), "{refusal:?}");
        g.takes(&handler(), "opine", json!({"route": "存查"}));
        g.takes(&second(), "opine", json!({"route": "存查"}));
        assert_eq!(g.refuses(&handler(), "propose", json!({"route": "转评查"})), "bad_form");
        g.takes(&handler(), "amend_record", json!({"is_closed": true}));
        assert!(g.when(&handler(), "propose", json!({"route": "转评查"})).is_ok());
    }
}
#[test]
fn a_case_found_to_be_pending_after_the_proposal_is_not_approved_into_review() {
    let mut g = proposed(json!({}), "转评查");
    g.takes(&handler(), "amend_record", json!({"is_closed": false}));
    assert_eq!(g.refuses(&lead(), "approve", json!({})), "pending_review");
    g.takes(&lead(), "return_proposal", json!({}));
    propose(&mut g, "程序性督办");
    g.takes(&lead(), "approve", json!({"items": ["超期"], "reply_by": "2026-03-20"}));
}
#[test]
fn a_prompt_is_opened_only_with_fixed_items_and_a_day_to_reply_by() {
    let mut g = proposed(json!({"is_closed": false, "case_no": "（2026）赣1202刑初1号"}), "程序性督办");
    let on_time = json!({"items": ["超期"], "reply_by": "2026-03-20"});
    for (form, fields) in [
        (json!({}), vec!["items", "reply_by"]),
        (json!({"items": ["超期"]}), vec!["items", "reply_by"]),
        (json!({"reply_by": "2026-03-20"}), vec!["items", "reply_by"]),
        (json!({"items": ["应当改判"], "reply_by": "2026-03-20"}), vec!["items"]),
        (json!({"items": ["超期"], "reply_by": "2026-03-02"}), vec!["reply_by"]),
        (json!({"items": ["超期"], "reply_by": "2026-03-20", "opinion": "应当改判"}), vec!["opinion"]),
    ] {
        assert_eq!(g.wrong(&lead(), "approve", form), fields);
    }
    let acted = g.takes(&lead(), "approve", on_time);
    let form = json!({"org": COURT, "case_no": "（2026）赣1202刑初1号", "items": ["超期"], "reply_by": "2026-03-20"});
    assert_eq!(opens(&acted), ("prompt", "open", &form));
    // A clue need not know the case number; the prompt says so.
    let mut g = proposed(json!({}), "程序性督办");
    let acted = g.takes(&lead(), "approve", json!({"items": ["未送达"], "reply_by": "2026-03-20"}));
    assert_eq!(opens(&acted).2["case_no"], "未载明");
}
#[test]
fn any_other_route_opens_nothing_whatever_was_typed() {
    let mut g = proposed(json!({}), "存查");
    let acted = g.takes(&lead(), "approve", json!({"items": ["超期"], "reply_by": "2026-03-20"}));
    assert!(acted.requests.is_empty());
}
#[test]
fn only_a_case_known_to_be_closed_is_put_right() {
    let mut g = routed(json!({}), "转评查");
    assert_eq!(g.refuses(&handler(), "rectify", json!({})), "not_yours");
    let acted = g.takes(&lead(), "rectify", json!({"problems": ["X1"], "severity": "一般", "gist": "超期"}));
    assert_eq!(
        opens(&acted),
        ("rectification", "open", &json!({"org": COURT, "problems": ["X1"], "severity": "一般", "gist": "超期", "source": "线索"}))
    );
    assert!(funnel(&g).iter().any(|c| c.0 == "督促纠错纠偏"));
    g.takes(&handler(), "amend_record", json!({"is_closed": false}));
    assert_eq!(g.refuses(&lead(), "rectify", json!({})), "case_pending");
    let mut g = given("clue");
    g.takes(&house(), "enter_routed", json!({"org": COURT}));
    assert_eq!(g.refuses(&lead(), "rectify", json!({})), "case_unclear");
    g.takes(&handler(), "amend_record", json!({"is_closed": true}));
    assert!(g.when(&lead(), "rectify", json!({})).is_ok());
}
#[test]
fn it_is_closed_only_when_everything_it_caused_is() {
    let mut g = routed(json!({}), "存查");
    for link in ["prompt", "rectification"] {
        g.linked(link, &[]);
        assert_eq!(g.refuses(&handler(), "close", json!({})), "downstream_open", "{link}");
        g.linked(link, &["closed"]);
        assert!(g.when(&handler(), "close", json!({})).is_ok(), "{link}");
    }
    g.takes(&handler(), "close", json!({"result": "存查"}));
    assert_eq!(g.phase(), "Closed");
}
#[test]
fn a_merged_clue_points_to_the_other_and_nothing_more_is_done_here() {
    let mut g = registered(json!({}));
    let acted = g.takes(&handler(), "merge", json!({"clue": "XS-2026-0043", "reason": "同一事"}));
    assert_eq!(acted.entry.links, [("clue".to_owned(), "XS-2026-0043".to_owned())]);
    assert_eq!((g.phase().as_str(), g.buttons(&handler()), g.buttons(&lead())), ("Merged", vec![], vec![]));
    assert_eq!(proposed(json!({}), "存查").refuses(&handler(), "merge", json!({})), "not_now");
}
#[test]
fn what_is_not_ours_is_passed_on_and_an_accusation_by_the_lead_with_a_gist_written_anew() {
    let mut g = registered(json!({}));
    assert_eq!(g.refuses(&handler(), "pass_discipline", json!({})), "not_yours");
    assert_eq!(g.wrong(&lead(), "pass_discipline", json!({"receiver": "派驻纪检组"})), ["gist"]);
    g.takes(&lead(), "pass_discipline", json!({}));
    assert_eq!(g.phase(), "PassedOn");
    let mut g = registered(json!({}));
    assert_eq!(g.wrong(&handler(), "pass_on", json!({})), ["receiver", "reason"]);
    g.takes(&handler(), "pass_on", json!({}));
    assert_eq!((g.phase().as_str(), g.buttons(&handler())), ("PassedOn", vec![]));
}
#[test]
fn an_identity_is_asked_for_approved_by_another_and_opened_once_by_the_asker() {
    let nobody = registered(json!({}));
    assert_eq!(nobody.refuses(&handler(), "ask_identity", json!({})), "no_identity");
    let mut g = registered(json!({"reporter": vault_ref("r1"), "reporter_phone": vault_ref("r2")}));
    let asker = also(&handler(), &lead());
    assert_eq!(g.refuses(&lead(), "approve_identity", json!({})), "not_asked");
    assert_eq!(g.refuses(&lead(), "refuse_identity", json!({})), "not_asked");
    assert_eq!(g.wrong(&asker, "ask_identity", json!({})), ["ground", "reason"]);
    g.takes(&asker, "ask_identity", json!({}));
    assert_eq!(g.refuses(&second(), "ask_identity", json!({})), "already_asked");
    assert_eq!(g.refuses(&asker, "open_identity", json!({})), "not_approved");
    assert_eq!(g.refuses(&asker, "approve_identity", json!({})), "own_request");
    g.takes(&lead(), "approve_identity", json!({}));
    assert_eq!(g.refuses(&lead(), "approve_identity", json!({})), "not_asked", "once approved, nothing waits");
    assert_eq!(g.refuses(&second(), "open_identity", json!({})), "not_approved");
    g.takes(&asker, "open_identity", json!({}));
    assert_eq!(g.refuses(&asker, "open_identity", json!({})), "not_approved");
    assert!(g.reads(&second()).contains(&("opened", json!(1))), "that it was opened is no secret in the office");
    g.takes(&second(), "ask_identity", json!({}));
    g.takes(&lead(), "refuse_identity", json!({}));
    assert_eq!(g.refuses(&second(), "open_identity", json!({})), "not_approved");
    assert!(g.when(&handler(), "ask_identity", json!({})).is_ok(), "a refusal bars nobody");
}
#[test]
fn an_approval_never_used_is_taken_back_so_that_another_may_ask() {
    let mut g = registered(json!({"reporter": vault_ref("r1")}));
    g.takes(&handler(), "ask_identity", json!({}));
    g.takes(&lead(), "approve_identity", json!({}));
    assert_eq!(g.refuses(&second(), "ask_identity", json!({})), "already_asked");
    g.takes(&lead(), "refuse_identity", json!({"reason": "申请人已调离"}));
    assert_eq!(g.refuses(&handler(), "open_identity", json!({})), "not_approved");
    g.takes(&second(), "ask_identity", json!({}));
}
#[test]
fn an_old_ledger_enters_as_history_by_the_house_alone_and_no_live_step_does_it() {
    for (action, phase) in [
        ("enter_registered", "Registered"),
        ("enter_assessing", "Assessing"),
        ("enter_routed", "Routed"),
        ("enter_closed", "Closed"),
        ("enter_passed_on", "PassedOn"),
    ] {
        let mut g = given("clue");
        assert_eq!(g.refuses(&handler(), action, json!({})), "not_yours");
        g.takes(&house(), action, json!({"org": COURT, "old_no": "2024-07", "handler": "原承办人"}));
        assert_eq!((g.phase().as_str(), g.matter().version()), (phase, 1), "one entry, no steps invented");
        assert!(g.reads(&handler()).contains(&("old_no", json!("2024-07"))));
        let waits = matches!(action, "enter_registered" | "enter_assessing");
        assert_eq!(
            g.matter().clocks().len(),
            usize::from(waits),
            "what was done before runs no clock; what waits here does, from this day"
        );
    }
}
#[test]
fn the_funnel_counts_what_the_old_ledger_says_on_its_days() {
    let mut g = given("clue");
    let said = json!({"org": COURT, "received": "2024-01-10", "assessed": true, "assessed_on": "2024-02-01", "to_review": true, "review_on": "2024-04-01", "corrected": true, "corrected_on": "2024-06-01"});
    g.takes(&house(), "enter_closed", said);
    let day = |m: &'static str, d: &str| (m, d.to_owned());
    assert_eq!(
        funnel(&g),
        [day("线索", "2024-01-10"), day("研判", "2024-02-01"), day("评查", "2024-04-01"), day("督促纠错纠偏", "2024-06-01")]
    );
    let mut g = given("clue");
    g.takes(
        &house(),
        "enter_closed",
        json!({"org": COURT, "received": "2024-01-10", "assessed": false, "to_review": false, "corrected": false}),
    );
    assert_eq!(funnel(&g), [day("线索", "2024-01-10")]);
}
#[test]
fn an_import_is_taken_back_while_nothing_was_built_on_it_and_then_counts_nowhere() {
    let mut g = given("clue");
    g.takes(&house(), "enter_routed", json!({"org": COURT, "assessed": true}));
    assert_eq!(g.refuses(&handler(), "void", json!({})), "not_yours");
    let mut touched = given("clue");
    touched.takes(&house(), "enter_routed", json!({"org": COURT}));
    touched.takes(&handler(), "amend_record", json!({"problem": ["X1"]}));
    assert_eq!(touched.refuses(&house(), "void", json!({})), "built_on");
    g.takes(&house(), "void", json!({}));
    assert_eq!((g.phase().as_str(), funnel(&g)), ("Voided", vec![]));
    assert_eq!(registered(json!({})).refuses(&house(), "void", json!({})), "built_on", "what was registered here is not voided");
}
