//! 案件评查 (B3): from the opening to the conclusion. The draw, blindness, deliberation, objection and re-examination are in
//! `review_blind.rs` and `review_objection.rs`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
mod reviewed;
use domain::procedures::kind;
use given::*;
use jiff::civil::date;
use reviewed::*;
use serde_json::json;

#[test]
fn boundary_2_no_case_in_hand_and_none_not_yet_in_effect_is_opened_or_drawn_for() {
    let g = given("review");
    for more in [json!({"closed_on": "2026-03-03"}), json!({"effective_on": "2026-03-03"})] {
        assert_eq!(g.refuses(&house(), "open", opening(more)), "bad_form");
    }
    for person in [handler(), lead(), secretary()] {
        assert_eq!(g.refuses(&person, "open", opening(json!({}))), "not_yours");
    }
    let mut g = opened(json!({}));
    g.linked("dossier", &[]);
    assert_eq!(g.refuses(&house(), "draw_panel", panel(&[1, 2, 3])), "not_reviewable", "taken up again since it was sampled");
    g.kin.clear();
    assert_eq!(g.refuses(&house(), "draw_panel", panel(&[1, 2, 3])), "not_reviewable");
}
#[test]
fn a_panel_is_odd_three_or_more_one_of_the_profession_and_nobody_types_it() {
    let mut g = opened(json!({}));
    for people in [&[1, 2][..], &[1, 2, 3, 4], &[1, 2, 2]] {
        assert_eq!(g.refuses(&house(), "draw_panel", panel(people)), "bad_form", "{people:?}");
    }
    let mut strangers = panel(&[1, 2, 3]);
    strangers["chosen"].as_array_mut().unwrap().iter_mut().for_each(|c| c["fits"] = json!("否"));
    assert_eq!(g.refuses(&house(), "draw_panel", strangers), "bad_form");
    assert_eq!(g.refuses(&lead(), "draw_panel", panel(&[1, 2, 3])), "not_yours");
    g.parameters.insert("panel".into(), 5);
    assert_eq!(g.refuses(&house(), "draw_panel", panel(&[1, 2, 3])), "bad_form");
    g.takes(&house(), "draw_panel", panel(&[1, 2, 3, 4, 5]));
    // Whatever the parameter says, never fewer than three.
    let mut g = opened(json!({}));
    g.parameters.insert("panel".into(), 1);
    assert_eq!(g.refuses(&house(), "draw_panel", panel(&[1])), "bad_form");
}
#[test]
fn everybody_promises_for_this_case_before_the_dossier_is_called_for() {
    let mut g = drawn();
    assert_eq!(g.refuses(&expert(1), "promise", json!({"no_conflict": false, "secrecy": true})), "bad_form");
    assert_eq!(g.refuses(&expert(1), "promise", json!({"no_conflict": true, "secrecy": false})), "bad_form");
    g.takes(&expert(1), "promise", json!({}));
    assert_eq!(g.refuses(&expert(1), "promise", json!({})), "promised");
    g.takes(&expert(2), "promise", json!({}));
    assert_eq!(g.phase(), "Promising");
    g.takes(&expert(3), "promise", json!({}));
    assert_eq!(g.phase(), "Fetching");
}
#[test]
fn whoever_leaves_is_followed_by_the_next_alternate_and_an_empty_seat_is_drawn_for() {
    let mut g = opened(json!({}));
    let mut form = panel(&[1, 2, 3]);
    form["alternates"] = json!([{"person": "e4", "fits": "否"}]);
    g.takes(&house(), "draw_panel", form);
    g.takes(&expert(1), "recuse", json!({}));
    assert_eq!((g.buttons(&expert(1)), g.buttons(&expert(4))), (vec![], vec!["promise", "recuse"]));
    assert_eq!(g.refuses(&house(), "draw_more", panel(&[5])), "no_vacancy");
    g.takes(&expert(4), "recuse", json!({}));
    for n in [2, 3] {
        g.takes(&expert(n), "promise", json!({}));
    }
    assert_eq!(g.phase(), "Promising", "an empty seat promises nothing");
    assert_eq!(g.refuses(&house(), "draw_more", panel(&[1])), "bad_form", "whoever sat is not drawn again");
    g.takes(&house(), "draw_more", again(&[5], "CQ-2"));
    g.takes(&expert(5), "promise", json!({}));
    assert_eq!(g.phase(), "Fetching");
    assert_eq!(g.refuses(&house(), "replace", json!({"expert": "e9"})), "bad_form");
    for person in [handler(), lead(), secretary(), chair()] {
        assert_eq!(g.refuses(&person, "replace", json!({"expert": "e5"})), "not_yours", "only a registered conflict unseats");
    }
    g.takes(&house(), "replace", json!({"expert": "e5", "conflict": "e5|matter"}));
    assert_eq!(g.refuses(&handler(), "request_dossier", json!({"due": "2026-03-20"})), "promise_missing");
}
#[test]
fn a_dossier_is_called_for_by_a_letter_that_makes_an_inquiry_record_by_itself() {
    let mut g = promised();
    assert_eq!(g.wrong(&handler(), "request_dossier", json!({})), ["letter_no", "reason", "due"]);
    assert_eq!(g.refuses(&handler(), "request_dossier", json!({"due": "2026-03-02"})), "bad_form");
    assert_eq!((g.buttons(&unit()), g.reads(&unit())), (vec![], vec![]), "before the letter the unit knows nothing");
    let acted = g.takes(&handler(), "request_dossier", json!({"due": "2026-03-12", "letter_no": "调〔2026〕1号"}));
    let request = &acted.requests[0];
    assert_eq!((request.kind, request.action, &request.form["kind"]), ("inquiry_record", "record", &json!("调卷")));
    assert!(!g.reads(&unit()).is_empty() && g.reads(&other_unit()).is_empty());
    g.on(3, 12);
    assert_eq!(g.refuses(&handler(), "urge", json!({})), "too_early");
    g.on(3, 13);
    assert_eq!(g.refuses(&lead(), "circulate", json!({})), "urge_first");
    g.takes(&handler(), "urge", json!({}));
    assert_eq!(g.refuses(&lead(), "circulate", json!({})), "urge_first");
    g.takes(&handler(), "urge", json!({}));
    assert_eq!(g.refuses(&handler(), "urge", json!({})), "urged_enough");
    g.takes(&lead(), "circulate", json!({}));
    let seen: Vec<_> = g.timeline(&unit()).into_iter().map(|t| t.0).collect();
    assert_eq!(seen, ["request_dossier", "urge", "urge", "circulate"]);
    assert_eq!(g.refuses(&handler(), "receive", json!({"received_on": "2026-03-14"})), "bad_form");
    g.takes(&handler(), "receive", json!({"received_on": "2026-03-13"}));
    assert_eq!(g.phase(), "Scoring");
}
#[test]
fn boundary_6_a_sealed_dossier_is_called_for_only_on_a_lawful_ground() {
    for (said, marks) in [(true, &["reviewable"][..]), (false, &["reviewable", "sealed"])] {
        let mut g = opened(json!({"sealed": said}));
        g.takes(&house(), "draw_panel", panel(&[1, 2, 3]));
        (1..=3).for_each(|n| drop(g.takes(&expert(n), "promise", json!({}))));
        g.linked("dossier", marks);
        assert_eq!(g.refuses(&handler(), "request_dossier", json!({"due": "2026-03-20"})), "bad_form");
        g.takes(&handler(), "request_dossier", json!({"due": "2026-03-20", "seal_ground": "办案"}));
    }
}
#[test]
fn ten_working_days_for_the_sheets_that_end_when_the_last_is_in() {
    let mut g = scoring();
    assert_eq!(g.due("scoring"), date(2026, 3, 23));
    g.takes(&expert(1), "submit", lost("4"));
    g.takes(&expert(2), "submit", lost("4"));
    assert!(g.clock("scoring").live(), "one still owes his");
    g.on(3, 20).takes(&expert(3), "submit", lost("4"));
    assert_eq!((g.phase().as_str(), g.clock("scoring").stopped), ("Deliberating", Some(date(2026, 3, 20))));
}
#[test]
fn the_worst_grade_and_accountability_go_to_the_secretary_and_the_rest_to_the_lead() {
    for (points, accountable, grave) in [("40", false, true), ("4", true, true), ("20", false, false), ("0.5", false, false)] {
        let mut g = settling(points, accountable);
        if grave {
            assert_eq!(g.refuses(&lead(), "settle", json!({})), "grave");
            g.takes(&secretary(), "settle_grave", json!({}));
        } else {
            assert_eq!(g.refuses(&secretary(), "settle_grave", json!({})), "mild");
            g.takes(&lead(), "settle", json!({}));
        }
    }
}
#[test]
fn each_grade_has_its_consequence_and_no_other() {
    let all = ["conclude_praise", "conclude_plain", "conclude_rectify"];
    for (points, own, grade) in [("4", 0, "优质"), ("12", 1, "合格"), ("20", 2, "瑕疵"), ("40", 2, "不合格")] {
        let mut g = settled(points, false);
        for (n, action) in all.iter().enumerate().filter(|(n, _)| *n != own) {
            assert_eq!(g.refuses(&handler(), action, json!({})), ["not_fine", "not_plain", "not_faulty"][n], "{grade}");
        }
        let acted = g.takes(&handler(), all[own], json!({}));
        let kinds: Vec<_> = acted.requests.iter().map(|r| (r.kind, r.action, r.link)).collect();
        let note = ("dossier", "note_review", Some("dossier"));
        let rectify = ("rectification", "open", None);
        assert_eq!(kinds, if own == 2 { vec![note, rectify] } else { vec![note] });
        assert_eq!((g.phase().as_str(), g.matter().marks()), ("Concluded", vec!["closed", "concluded"]));
        assert!(g.matter().facts().iter().any(|f| f.measure == "评查定论" && f.category == grade));
        assert!(acted.requests[0].form["prior"].as_str().unwrap().contains(grade));
    }
}
#[test]
fn what_an_expert_may_see_ends_with_the_task() {
    let mut g = settled("12", false);
    assert!(!g.reads(&expert(1)).is_empty());
    g.takes(&handler(), "conclude_plain", json!({}));
    assert_eq!((g.reads(&expert(1)), g.buttons(&expert(1))), (vec![], vec![]));
    assert!(!g.matter().index().blind);
}
#[test]
fn boundary_1_a_conclusion_is_taken_away_only_by_citing_a_competent_bodys_document() {
    let mut g = settled("40", true);
    assert_eq!(g.wrong(&handler(), "cite", json!({})), ["body", "doc_no", "document"]);
    g.takes(&handler(), "cite", json!({"body": "某中级法院", "doc_no": "（2026）赣09刑再1号"}));
    g.takes(&lead(), "accountability", json!({}));
    g.takes(&handler(), "conclude_rectify", json!({}));
    assert_eq!(g.refuses(&handler(), "record_reply", json!({})), "nothing_suggested");
    g.takes(&lead(), "suggest_review", json!({"receiver": "某中级法院"}));
    assert_eq!(g.wrong(&handler(), "record_reply", json!({"result": "已立案审查"})), ["document"]);
    g.takes(&handler(), "record_reply", json!({}));
    assert_eq!(g.refuses(&lead(), "revoke", json!({})), "not_yours");
    assert_eq!(g.wrong(&secretary(), "revoke", json!({"body": "x", "doc_no": "y"})), ["document"]);
    let acted = g.takes(&secretary(), "revoke", json!({}));
    assert_eq!((acted.requests[0].action, g.matter().marks()), ("note_review", vec!["closed", "revoked"]));
    assert!(!g.counted().iter().any(|c| c.0 == "评查定论"), "what was revoked counts nowhere");
    assert_eq!(g.refuses(&secretary(), "revoke", json!({})), "revoked");
    for f in kind("review").unwrap().fields() {
        assert!(!f.label.contains("错案"), "{}", f.name);
    }
}
#[test]
fn accountability_is_suggested_only_where_the_opinion_saw_it() {
    let mut g = settled("20", false);
    assert_eq!(g.refuses(&lead(), "accountability", json!({})), "not_accountable");
    let mut g2 = settled("20", true);
    assert_eq!(g2.takes(&lead(), "accountability", json!({})).requests[0].kind, "accountability");
    g.takes(&lead(), "suggest_review", json!({}));
}
#[test]
fn a_referral_freezes_the_review_until_the_receiver_answers() {
    let mut g = settled("40", false);
    let acted = g.takes(&lead(), "refer", json!({"to_org": "JW"}));
    assert_eq!((acted.requests[0].kind, acted.requests[0].form["to_org"].as_str()), ("referral", Some("JW")));
    g.linked("referral", &[]);
    assert_eq!(g.refuses(&lead(), "take_up_again", json!({})), "referral_open");
    g.linked("source", &["referral_under_way"]);
    assert_eq!(g.refuses(&lead(), "take_up_again", json!({})), "frozen");
    g.linked("referral", &["closed"]);
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Frozen", vec!["frozen"]));
    for (person, action) in [(handler(), "conclude_rectify"), (lead(), "settle"), (chair(), "deliberate")] {
        assert_eq!(g.refuses(&person, action, json!({})), "not_now", "{action}");
    }
    assert_eq!(g.wrong(&lead(), "take_up_again", json!({"result": "不予立案"})), ["document"]);
    g.takes(&lead(), "take_up_again", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Deliberating", vec![]));
}
#[test]
fn a_review_is_stopped_with_a_reason_before_it_was_fed_back_and_never_after() {
    let mut g = scoring();
    assert_eq!(g.wrong(&lead(), "stop", json!({})), ["reason"]);
    assert_eq!(settling("20", false).refuses(&lead(), "stop", json!({})), "not_now");
    g.takes(&lead(), "stop", json!({"reason": "再审立案"}));
    assert_eq!((g.phase().as_str(), g.matter().marks(), g.clock("scoring").live()), ("Stopped", vec!["closed"], false));
}
#[test]
fn what_a_comparison_of_units_reads_is_there_only_while_the_conclusion_stands() {
    use domain::engine::Matter;
    use domain::procedures::review::Review;
    let state = |g: &Given| serde_json::from_str::<Matter<Review>>(&g.matter().body()).unwrap().state;
    let mut g = settled("20", false);
    assert_eq!(state(&g).outcome(), None, "settled is not concluded");
    g.takes(&handler(), "conclude_rectify", json!({"problems": ["X1"], "severity": "一般", "gist": "超期。"}));
    let review = state(&g);
    let told = review.outcome().unwrap();
    assert_eq!((told.case_type, told.rectified, told.problems), ("01", true, true));
    assert_eq!(review.reviewers().collect::<Vec<_>>(), ["e1", "e2", "e3"]);
    g.takes(&secretary(), "revoke", json!({"body": "某法院", "doc_no": "（2026）再1号", "document": ["F1"]}));
    assert_eq!(state(&g).outcome(), None, "a revoked conclusion is counted nowhere");
    // Concluded without anything to put right.
    let mut g = settled("8", false);
    g.takes(&handler(), "conclude_plain", json!({}));
    assert!(!state(&g).outcome().unwrap().rectified);
}
