//! 案件评查 (B3.6, F4): feedback, service, objection, re-examination by others, no aggravation.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
mod reviewed;
use domain::engine::Person;
use given::*;
use jiff::civil::date;
use reviewed::*;
use serde_json::json;

fn grounds() -> serde_json::Value {
    json!({"grounds": [{"item": "期限", "ground": "有延长审批", "evidence": "卷二第 7 页"}]})
}
fn officer() -> Person {
    who("officer", "R10", COURT)
}
/// Objected to, and re-examined so by e4, e5, e6.
fn re_examined(points: &str, findings: [(&str, &str); 3]) -> Given {
    let mut g = served(points, false);
    g.takes(&unit(), "object", grounds());
    g.takes(&house(), "draw_re_examiners", again(&[4, 5, 6], "CQ-2"));
    for (n, (points, finding)) in (4..).zip(findings) {
        g.takes(&expert(n), "promise_late", json!({}));
        g.takes(&expert(n), "re_examine", opinion_of(points, finding));
    }
    g
}
fn score(g: &Given) -> String {
    g.reads(&lead()).into_iter().find(|r| r.0 == "result_score").unwrap().1.as_str().unwrap().to_owned()
}

#[test]
fn the_unit_reads_the_opinion_once_it_is_fed_back_and_the_officer_comes_in_with_it() {
    let mut g = submitted(["20"; 3]);
    g.takes(&chair(), "adopt_mean", json!({"problems": ["X1"], "accountable": false}));
    assert!(!g.reads(&unit()).iter().any(|r| ["opinion", "draft_opinion", "grade", "result_score"].contains(&r.0)));
    assert_eq!(g.refuses(&handler(), "feed", json!({})), "not_yours");
    g.takes(&lead(), "feed", json!({"officer": "officer"}));
    for person in [unit(), officer()] {
        let read: Vec<_> = g.reads(&person).into_iter().map(|r| r.0).collect();
        assert!(read.contains(&"opinion") && read.contains(&"grade") && !read.contains(&"scores"), "{read:?}");
        assert!(!read.iter().any(|f| ["accountable", "differs", "panel", "seats", "dissent"].contains(f)), "{read:?}");
    }
}
#[test]
fn seven_working_days_to_object_from_the_day_of_service_and_never_fewer_than_three() {
    let mut g = submitted(["20"; 3]);
    g.takes(&chair(), "adopt_mean", json!({"accountable": false}));
    g.takes(&lead(), "feed", json!({}));
    assert_eq!(g.refuses(&unit(), "serve", json!({"served_on": "2026-03-08"})), "bad_form", "not before it was fed back");
    assert_eq!(g.refuses(&unit(), "serve", json!({"served_on": "2026-03-10"})), "bad_form");
    assert_eq!(g.refuses(&handler(), "serve", json!({"served_on": "2026-03-09"})), "bad_form", "the office needs a receipt");
    let mut short = given("review");
    short.entries.clone_from(&g.entries);
    short.on(3, 9);
    if let Some(t19) = short.limits.0.get_mut("T19") {
        t19.length = Some(1);
    }
    short.takes(&unit(), "serve", json!({"served_on": "2026-03-09"}));
    assert_eq!(short.due("objection"), date(2026, 3, 12));
    g.on(3, 11).takes(&handler(), "serve", json!({"served_on": "2026-03-10", "receipt": ["f1"]}));
    assert_eq!(g.due("objection"), date(2026, 3, 19));
    g.on(3, 19);
    assert_eq!(g.refuses(&Person::time(ZFW), "lapse_objection", json!({})), "too_early");
    assert!(g.when(&unit(), "object", grounds()).is_ok());
    g.on(3, 20);
    assert_eq!(g.refuses(&unit(), "object", grounds()), "too_late");
    assert_eq!(g.matter().lapsed(g.today), ["lapse_objection"]);
    g.takes(&Person::time(ZFW), "lapse_objection", json!({}));
    assert_eq!(g.phase(), "Settling");
}
#[test]
fn the_unit_may_say_it_has_none_unless_the_officer_may_still_object() {
    let mut g = submitted(["20"; 3]);
    g.takes(&chair(), "adopt_mean", json!({"accountable": false}));
    g.takes(&lead(), "feed", json!({"officer": "officer"}));
    g.takes(&unit(), "serve", json!({"served_on": "2026-03-09"}));
    assert_eq!(g.refuses(&unit(), "waive", json!({})), "officer_may_object");
    assert_eq!(g.wrong(&officer(), "object", json!({})), ["grounds"], "item by item");
    g.takes(&officer(), "object", grounds());
    assert_eq!(g.refuses(&officer(), "object_too", grounds()), "objected");
    g.takes(&unit(), "object_too", grounds());
    assert_eq!(g.reads(&unit()).iter().find(|r| r.0 == "grounds").unwrap().1.as_array().unwrap().len(), 2);
    g.on(3, 19);
    let third = who("third", "R9", COURT);
    assert_eq!(g.refuses(&third, "object_too", grounds()), "too_late");
    assert_eq!(settling("20", false).phase(), "Settling");
}
#[test]
fn boundary_5_re_examiners_are_three_or_more_who_never_sat_here() {
    let mut g = served("20", false);
    g.takes(&unit(), "object", grounds());
    assert_eq!(g.due("re_examination"), date(2026, 3, 30));
    for (people, draw) in [(&[1, 4, 5][..], "CQ-2"), (&[4, 5], "CQ-2"), (&[4], "CQ-2"), (&[4, 5, 6], "CQ-1")] {
        assert_eq!(g.refuses(&house(), "draw_re_examiners", again(people, draw)), "bad_form", "{people:?} {draw}");
    }
    g.takes(&house(), "draw_re_examiners", again(&[4, 5, 6], "CQ-2"));
    assert_eq!(g.refuses(&expert(4), "re_examine", opinion_of("4", "变更")), "locked", "not before his promise");
    assert_eq!(g.refuses(&expert(1), "recuse", json!({})), "not_seated", "the panel has done its part");
    let shown = format!("{:?}{:?}", g.reads(&expert(4)), g.timeline(&expert(4)));
    assert!(!shown.contains(COURT) && !shown.contains("sheet_open"), "{shown}");
}
#[test]
fn re_examiners_are_blind_to_one_another_until_all_are_in() {
    let mut g = served("20", false);
    g.takes(&unit(), "object", grounds());
    g.takes(&house(), "draw_re_examiners", again(&[4, 5, 6], "CQ-2"));
    g.takes(&expert(4), "promise_late", json!({}));
    g.takes(&expert(4), "re_examine", opinion_of("4", "变更"));
    let reads = |g: &Given, who: &Person| g.reads(who).into_iter().map(|r| r.0).collect::<Vec<_>>();
    assert!(reads(&g, &expert(4)).contains(&"second_sheet"));
    for other in [expert(5), lead(), chair(), handler(), unit()] {
        assert!(!reads(&g, &other).iter().any(|f| f.starts_with("second") || f.starts_with("re_examination")), "{}", other.id);
    }
    g.takes(&expert(5), "recuse", json!({}));
    assert_eq!(g.refuses(&lead(), "alter", json!({})), "not_now");
    g.takes(&house(), "draw_more", again(&[7], "CQ-3"));
    for n in [6, 7] {
        g.takes(&expert(n), "promise_late", json!({}));
        g.takes(&expert(n), "re_examine", opinion_of("4", "变更"));
    }
    assert_eq!(g.phase(), "Deciding");
    assert!(reads(&g, &lead()).contains(&"second_open"));
}
#[test]
fn the_re_examiners_make_the_decision_and_the_score_the_lead_only_signs() {
    let all = ["uphold", "alter", "annul"];
    let codes = ["not_upheld", "not_altered", "not_annulled"];
    let cases = [
        ([("20", "维持"), ("20", "维持"), ("4", "变更")], 0, "80"),
        ([("10", "变更"), ("10", "变更"), ("4", "维持")], 1, "92"),
        ([("4", "维持"), ("4", "变更"), ("4", "撤销")], 1, "96"),
        ([("0.5", "撤销"), ("0.5", "撤销"), ("20", "维持")], 2, "93"),
    ];
    for (findings, own, after) in cases {
        let mut g = re_examined("20", findings);
        for n in (0..3).filter(|n| *n != own) {
            assert_eq!(g.refuses(&lead(), all[n], json!({})), codes[n], "{findings:?}");
        }
        assert_eq!(g.wrong(&lead(), all[own], json!({})), ["answer"], "and nothing else: no score is typed");
        g.takes(&lead(), all[own], json!({}));
        assert_eq!((g.phase().as_str(), score(&g).as_str()), ("Settling", after), "{findings:?}");
        assert_eq!(g.clock("re_examination").stopped, Some(g.today));
        assert_eq!(g.counted().iter().any(|c| c.0 == "复核改变"), own != 0);
    }
}
#[test]
fn boundary_7_nothing_gets_worse_because_somebody_objected() {
    // Worse sheets, even a veto: the score stays, and so does the grade.
    let mut g = served("20", false);
    g.takes(&unit(), "object", grounds());
    g.takes(&house(), "draw_re_examiners", again(&[4, 5, 6], "CQ-2"));
    for n in 4..7 {
        g.takes(&expert(n), "promise_late", json!({}));
        let mut form = opinion_of("60", "变更");
        form["second_sheet"] = row("60", "S1", "否决")["sheet"].clone();
        g.takes(&expert(n), "re_examine", form);
    }
    g.takes(&lead(), "alter", json!({}));
    assert_eq!(score(&g), "80");
    assert!(g.reads(&unit()).contains(&("grade", json!("瑕疵"))));
    g.takes(&lead(), "settle", json!({}));
    // Nor when it is deliberated again after a referral.
    g.takes(&lead(), "refer", json!({}));
    g.takes(&lead(), "take_up_again", json!({}));
    let say = |score: &str| json!({"score": score, "accountable": false, "minutes": ["f1"], "problems": ["S1"]});
    assert_eq!(g.refuses(&chair(), "deliberate", say("79.9")), "bad_form");
    assert!(g.when(&chair(), "adopt_mean", json!({"accountable": false})).is_ok());
    g.takes(&chair(), "deliberate", say("96"));
    g.takes(&lead(), "feed", json!({}));
    let today = g.today.to_string();
    g.takes(&unit(), "serve", json!({"served_on": today}));
    assert!(g.reads(&unit()).contains(&("grade", json!("优质"))), "a fault on the merits nobody had seen before does not count");
    g.takes(&unit(), "object", grounds());
    assert_eq!(g.refuses(&house(), "draw_re_examiners", again(&[4, 5, 7], "CQ-3")), "bad_form", "others again");
}
#[test]
fn an_annulled_opinion_leaves_no_problems_and_no_accountability() {
    let g = {
        let mut g = re_examined("20", [("0.5", "撤销"), ("0.5", "撤销"), ("0.5", "撤销")]);
        g.takes(&lead(), "annul", json!({}));
        g
    };
    assert!(!g.reads(&unit()).iter().any(|r| r.0 == "problems"));
    assert!(g.reads(&unit()).contains(&("outcome", json!("撤销"))));
    assert!(g.when(&lead(), "settle", json!({})).is_ok());
}
