//! 案件评查 (B3.4–5): who reads what before and after the sheets are locked; totals; deliberation; dissents; earlier conclusions.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
mod reviewed;
use domain::engine::Person;
use domain::procedures::review::scoring::{Deduction, Scale, mean, points, tenths, total};
use given::*;
use reviewed::*;
use serde_json::json;

fn names(g: &Given, who: &Person) -> Vec<&'static str> {
    g.reads(who).into_iter().map(|r| r.0).collect()
}
fn opinion() -> serde_json::Value {
    json!({"score": "80", "accountable": false, "problems": ["X1"], "minutes": ["f1"]})
}

#[test]
fn until_the_last_sheet_is_in_a_sheet_is_read_by_its_author_alone() {
    let mut g = scoring();
    g.takes(&expert(1), "submit", lost("20"));
    assert!(names(&g, &expert(1)).contains(&"sheet") && g.reads(&expert(1)).contains(&("total", json!("80"))));
    for other in [expert(2), expert(3), handler(), lead(), secretary(), chair(), unit()] {
        let read = names(&g, &other);
        assert!(!read.iter().any(|f| ["sheet", "sheet_open", "total", "my_opinion", "my_opinion_open", "scores"].contains(f)), "{read:?}");
        let told: Vec<_> = g.timeline(&other).into_iter().filter(|t| t.0 == "submit").flat_map(|t| t.1).collect();
        assert!(told.is_empty(), "{} reads {told:?} in the timeline", other.id);
    }
    for n in [2, 3] {
        g.takes(&expert(n), "submit", lost("20"));
    }
    for room in [expert(2), lead(), chair()] {
        assert!(names(&g, &room).contains(&"sheet_open"), "{}", room.id);
    }
    assert!(!names(&g, &handler()).iter().any(|f| ["sheet_open", "scores"].contains(f)), "R1 sees no score before the deliberation");
    assert!(!names(&g, &secretary()).contains(&"sheet_open"));
}
#[test]
fn a_sheet_handed_in_is_never_handed_in_again_and_nobody_leaves_with_it() {
    let mut g = scoring();
    g.takes(&expert(1), "submit", lost("20"));
    assert_eq!(g.refuses(&expert(1), "submit", lost("4")), "locked");
    assert_eq!(g.refuses(&expert(1), "recuse", json!({})), "not_seated");
    g.takes(&house(), "replace", json!({"expert": "e2"}));
    assert_eq!(g.refuses(&expert(2), "submit", lost("4")), "not_yours");
}
#[test]
fn experts_know_neither_unit_nor_case_before_they_lock_and_the_unit_never_knows_them() {
    let g = scoring();
    let (index, blind) = (g.matter().index(), g.reads(&expert(1)));
    assert!(index.blind && !index.title.contains("org") && !index.title.contains("1202"), "{}", index.title);
    let shown = format!("{blind:?}{:?}", g.timeline(&expert(1)));
    assert!(!shown.contains(COURT) && !shown.contains("1202") && !shown.contains("AJ-"), "{shown}");
    let unit_reads = format!("{:?}", g.reads(&unit()));
    assert!(!["e1", "e2", "e3"].iter().any(|e| unit_reads.contains(e)), "{unit_reads}");
    let g = submitted(["4", "4", "4"]);
    assert!(g.reads(&expert(1)).contains(&("org_open", json!(COURT))));
}
#[test]
fn points_come_off_item_by_item_in_tenths_and_no_item_below_nothing() {
    for (text, value) in [
        ("100", Some(1_000)),
        ("0.5", Some(5)),
        ("84.5", Some(845)),
        ("100.1", None),
        ("84.55", None),
        ("-1", None),
        ("", None),
        ("1.", None),
    ] {
        assert_eq!(tenths(text), value, "{text}");
    }
    assert_eq!((points(845), points(800), points(5)), ("84.5".into(), "80".into(), "0.5".into()));
    let d = |item: &str, full: &str, points: &str| Deduction {
        item: item.into(),
        full: full.into(),
        points: points.into(),
        ..Deduction::default()
    };
    assert_eq!(total(&[]), Some(1_000));
    assert_eq!(total(&[d("a", "6", "4"), d("a", "6", "4"), d("b", "3", "0.5")]), Some(935));
    assert_eq!(total(&[d("a", "六", "4")]), None);
    assert_eq!((mean(&[900, 901, 901]), mean(&[850, 851]), mean(&[])), (901, 851, 0));
    assert_eq!(scoring().refuses(&expert(1), "submit", row("多", "X1", "一般")), "bad_form");
    assert_eq!(
        scoring().refuses(&expert(1), "submit", {
            let mut r = lost("4");
            r["sheet"][0]["page"] = json!("");
            r
        }),
        "bad_form",
        "no deduction without a page"
    );
}
#[test]
fn grades_by_the_edition_a_deduction_on_the_merits_and_a_veto() {
    let s = Scale::default();
    for (score, grade) in
        [(1_000, "优质"), (950, "优质"), (949, "合格"), (850, "合格"), (849, "瑕疵"), (700, "瑕疵"), (699, "不合格"), (0, "不合格")]
    {
        assert_eq!(s.name(s.rank(score, false, false)), grade, "{score}");
    }
    assert_eq!(
        (s.name(s.rank(990, true, false)), s.name(s.rank(860, true, false)), s.name(s.rank(990, false, true))),
        ("合格", "合格", "不合格")
    );
    let bad = json!([{"grade": "优秀", "from": "90"}, {"grade": "合格", "from": "95"}]);
    assert_eq!(given("review").refuses(&house(), "open", opening(json!({"grades": bad}))), "bad_form");
    let two = json!([{"grade": "合格", "from": "60"}, {"grade": "不合格", "from": "0"}]);
    let mut g = opened(json!({"grades": two}));
    g.takes(&house(), "draw_panel", panel(&[1, 2, 3]));
}
#[test]
fn apart_by_more_than_the_parameter_a_veto_or_different_grades_must_be_deliberated() {
    for (sheets, must) in [
        (["4", "4", "4"], false),
        (["16", "16", "29"], false),
        (["4", "12", "4"], true),
        (["31", "46", "31"], false),
        (["31", "46.5", "31"], true),
    ] {
        let g = submitted(sheets);
        let say = json!({"accountable": false});
        if must {
            assert_eq!(g.refuses(&chair(), "adopt_mean", say), "must_deliberate", "{sheets:?}");
        } else {
            assert!(g.when(&chair(), "adopt_mean", say).is_ok(), "{sheets:?}");
        }
    }
    let mut g = submitted(["31", "31", "46.5"]);
    g.parameters.insert("spread".into(), 16);
    assert!(g.when(&chair(), "adopt_mean", json!({"accountable": false})).is_ok());
    let mut g = scoring();
    g.takes(&expert(1), "submit", row("40", "Z1", "否决"));
    for n in [2, 3] {
        g.takes(&expert(n), "submit", lost("40"));
    }
    assert_eq!(g.refuses(&chair(), "adopt_mean", json!({"accountable": false})), "must_deliberate");
    assert_eq!(g.refuses(&chair(), "deliberate", opinion()), "bad_form", "a word on every veto");
    g.takes(&chair(), "deliberate", with(opinion(), json!({"veto_stands": true, "score": "60"})));
}
#[test]
fn the_deliberated_score_leaves_the_individual_ones_and_every_dissent_as_they_are() {
    let mut g = submitted(["4", "20", "4"]);
    assert_eq!(g.refuses(&chair(), "deliberate", with(opinion(), json!({"score": "八十"}))), "bad_form");
    for person in [handler(), lead(), expert(1)] {
        assert_eq!(g.refuses(&person, "deliberate", opinion()), "not_yours");
    }
    g.takes(&chair(), "deliberate", opinion());
    let before = g.reads(&chair()).into_iter().filter(|r| r.0 == "scores" || r.0 == "sheet_open").collect::<Vec<_>>();
    assert!(g.reads(&handler()).iter().any(|r| r.0 == "scores"), "after the deliberation");
    g.takes(&expert(2), "dissent", json!({"dissent": "超期不止一处"}));
    assert!(g.reads(&chair()).contains(&("dissent", json!("超期不止一处"))) && !names(&g, &handler()).contains(&"dissent"));
    g.takes(&lead(), "return_opinion", json!({"reason": "再议"}));
    g.takes(&chair(), "deliberate", with(opinion(), json!({"score": "85"})));
    let after = g.reads(&chair()).into_iter().filter(|r| r.0 == "scores" || r.0 == "sheet_open").collect::<Vec<_>>();
    assert_eq!(before, after);
    assert!(g.reads(&chair()).contains(&("dissent", json!("超期不止一处"))));
    let judge = also(&lead(), &chair());
    let mut own = submitted(["4", "4", "4"]);
    own.takes(&judge, "adopt_mean", json!({"accountable": false}));
    assert_eq!(own.refuses(&judge, "feed", json!({})), "same_hands");
    let member = also(&expert(1), &chair());
    assert_eq!(submitted(["4", "4", "4"]).refuses(&member, "adopt_mean", json!({})), "same_hands", "the chair scores for nobody");
}
#[test]
fn whoever_differs_from_an_earlier_conclusion_says_why() {
    for (action, form) in [("adopt_mean", json!({"accountable": false})), ("deliberate", opinion())] {
        let mut g = submitted(["20", "20", "20"]);
        g.linked("dossier", &["reviewable", "prior"]);
        let refusal = g.when(&chair(), action, form.clone()).err().unwrap();
        assert_eq!(refusal.fields[0].0, "differs");
        g.takes(&chair(), action, with(form, json!({"differs": "检察机关评查时未见送达回证"})));
        assert!(names(&g, &lead()).contains(&"differs") && !names(&g, &unit()).contains(&"differs"));
    }
}
#[test]
fn a_struck_sheet_goes_back_to_scoring_by_another_with_a_term_of_its_own() {
    let mut g = submitted(["4", "4", "4"]);
    g.on(3, 16).takes(&house(), "strike", json!({"expert": "e2", "conflict": "e2|matter"}));
    assert_eq!((g.phase().as_str(), g.clock("scoring").live()), ("Scoring", true));
    g.takes(&house(), "draw_more", again(&[4], "CQ-2"));
    assert_eq!(g.refuses(&expert(4), "submit", lost("4")), "locked", "not before his promise");
    g.takes(&expert(4), "promise_late", json!({}));
    g.takes(&expert(4), "submit", lost("4"));
    assert_eq!(g.phase(), "Deliberating");
}
#[test]
fn a_conflict_takes_an_expert_out_at_once() {
    let mut g = scoring();
    g.recused = true;
    assert_eq!((g.buttons(&expert(1)), g.reads(&expert(1))), (vec![], vec![]));
    assert!(!g.reads(&unit()).is_empty(), "its own cause");
}
