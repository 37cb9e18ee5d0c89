//! 整改 (B5): demand, plan, report, acceptance, look-back, relapse, closure, and its clocks.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::Spell;
use given::*;
use jiff::civil::date;
use serde_json::json;

/// The main line up to and including this step.
fn up_to(last: &str) -> Given {
    let mut g = given("rectification");
    g.on(5, 6);
    go_on(&mut g, "open", last);
    g
}
fn go_on(g: &mut Given, first: &str, last: &str) {
    let line = [
        ("open", handler()),
        ("demand", lead()),
        ("sign", unit()),
        ("plan", unit()),
        ("confirm_plan", handler()),
        ("report", unit()),
        ("accept", handler()),
    ];
    for (action, who) in line.iter().skip_while(|s| s.0 != first) {
        if *action == "confirm_plan" {
            g.on(5, 15);
        }
        g.takes(who, action, if *action == "open" { json!({"org": COURT}) } else { json!({}) });
        if *action == last {
            return;
        }
    }
}

#[test]
fn the_unit_learns_of_it_when_the_demand_is_signed_and_another_unit_never() {
    let mut g = up_to("open");
    assert_eq!((g.reads(&unit()), g.buttons(&unit())), (vec![], vec![]));
    assert_eq!(g.refuses(&handler(), "demand", json!({})), "not_yours");
    g.takes(&lead(), "demand", json!({"what": "逐件补正"}));
    assert_eq!(g.buttons(&unit()), ["sign"]);
    let read: Vec<_> = g.reads(&unit()).into_iter().map(|r| r.0).collect();
    assert!(read.contains(&"what") && !read.contains(&"gist"), "the office's own words stay in the office: {read:?}");
    assert_eq!((g.reads(&other_unit()), g.buttons(&other_unit())), (vec![], vec![]));
    assert_eq!(g.timeline(&unit()), [("demand".to_owned(), vec!["what", "files"])]);
}
#[test]
fn the_plan_is_due_fifteen_working_days_after_the_signature() {
    let mut g = given("rectification");
    g.on(4, 21);
    go_on(&mut g, "open", "sign");
    assert_eq!(g.due("plan"), date(2026, 5, 14));
    g.takes(&unit(), "plan", json!({}));
    assert_eq!(g.clock("plan").stopped, Some(g.today));
}
#[test]
fn a_plan_is_returned_with_a_reason_or_confirmed() {
    let mut g = up_to("plan");
    assert_eq!(g.wrong(&handler(), "return_plan", json!({})), ["reason"]);
    g.takes(&handler(), "return_plan", json!({"reason": "没有时间表"}));
    assert_eq!(g.phase(), "Planning");
    g.takes(&unit(), "plan", json!({}));
    g.takes(&handler(), "confirm_plan", json!({}));
    assert_eq!(g.phase(), "Rectifying");
}
#[test]
fn a_report_needs_evidence() {
    let g = up_to("confirm_plan");
    assert_eq!(g.wrong(&unit(), "report", json!({"result": "已改"})), ["evidence"]);
    assert_eq!(g.wrong(&unit(), "report", json!({"result": "已改", "evidence": []})), ["evidence"]);
}
#[test]
fn it_is_sent_back_as_often_as_the_parameter_says_and_then_only_accepted_partly() {
    for returns in [0, 2, 3] {
        let mut g = up_to("report");
        g.parameters.insert("returns".into(), returns);
        for _ in 0..returns {
            g.takes(&handler(), "send_back", json!({}));
            g.takes(&unit(), "report", json!({}));
        }
        assert_eq!(g.refuses(&handler(), "send_back", json!({})), "returned_enough");
        g.takes(&handler(), "accept_partly", json!({"remaining": "长效制度"}));
        assert_eq!(g.phase(), "Continuing");
        assert!(g.reads(&unit()).contains(&("remaining", json!("长效制度"))));
        g.takes(&unit(), "report", json!({}));
        g.takes(&handler(), "accept", json!({}));
        assert!(!g.reads(&unit()).iter().any(|r| r.0 == "remaining"), "accepted, nothing remains");
    }
}
#[test]
fn the_clock_of_the_work_stands_still_while_the_examiner_has_it() {
    let mut g = up_to("confirm_plan");
    assert_eq!(g.due("rectify"), date(2026, 7, 14));
    g.on(6, 10).takes(&unit(), "report", json!({}));
    assert_eq!((g.clock("rectify").paused, g.due("acceptance")), (Some(date(2026, 6, 10)), date(2026, 6, 17)));
    g.on(6, 16).takes(&handler(), "send_back", json!({}));
    assert_eq!((g.clock("rectify").paused, g.due("rectify")), (None, date(2026, 7, 20)));
    assert_eq!(g.clock("acceptance").stopped, Some(date(2026, 6, 16)));
}
#[test]
fn work_reported_in_time_is_in_time_however_long_the_examiner_takes() {
    let mut g = up_to("confirm_plan");
    g.on(7, 10).takes(&unit(), "report", json!({}));
    g.on(7, 30).takes(&handler(), "accept", json!({}));
    let clock = g.clock("rectify");
    assert!(clock.stopped.unwrap() <= clock.due && clock.paused.is_none(), "{clock:?}");
    assert!(clock.why(&g.calendar).iter().any(|l| l.what == "实际办结" && l.detail == "按期"));

    let mut g = up_to("confirm_plan");
    g.on(7, 15).takes(&unit(), "report", json!({}));
    g.on(7, 30).takes(&handler(), "accept", json!({}));
    let clock = g.clock("rectify");
    assert!(clock.stopped.unwrap() > clock.due, "a day late is late: {clock:?}");
}
#[test]
fn pause_resume_and_the_one_extension_shift_the_due_day_and_are_explained() {
    let mut g = up_to("confirm_plan");
    assert_eq!(g.refuses(&handler(), "pause", json!({})), "not_yours");
    assert_eq!(g.refuses(&handler(), "resume", json!({})), "not_paused");
    g.on(6, 10).takes(&lead(), "pause", json!({}));
    assert_eq!(g.refuses(&lead(), "pause", json!({})), "paused");
    assert!(!g.clock("rectify").over(date(2027, 1, 1)), "a paused clock never runs out");
    g.on(6, 16).takes(&handler(), "resume", json!({}));
    assert_eq!(g.due("rectify"), date(2026, 7, 20));
    g.takes(&lead(), "extend", json!({}));
    assert_eq!(g.due("rectify"), date(2026, 8, 19));
    assert_eq!(g.refuses(&lead(), "extend", json!({})), "extended");
    let words: Vec<String> = g.clock("rectify").why(&g.calendar).into_iter().map(|l| format!("{}：{}", l.what, l.detail)).collect();
    assert_eq!(
        words[..5],
        [
            "起算日：次日起算",
            "加期限：60 日（自然日），参数 T21b（本机构设定，非法定）",
            "暂停：停计 6 日（自然日），顺延",
            "延长：30 日（自然日），参数 T21c（本机构设定，非法定）",
            "末日检查：末日为工作日或文书所定，不顺延",
        ]
    );
}
#[test]
fn a_report_sent_back_runs_again_though_the_lead_had_paused_it() {
    let mut g = up_to("confirm_plan");
    g.on(6, 10).takes(&lead(), "pause", json!({}));
    g.on(6, 12).takes(&unit(), "report", json!({}));
    g.on(6, 16).takes(&handler(), "send_back", json!({}));
    assert_eq!((g.clock("rectify").paused, g.due("rectify")), (None, date(2026, 7, 20)));
    g.takes(&lead(), "pause", json!({}));
}
#[test]
fn the_rework_ends_within_the_work_and_stands_still_with_it() {
    let mut g = up_to("report");
    g.on(5, 18).takes(&handler(), "send_back", json!({}));
    assert_eq!(g.due("rework"), date(2026, 6, 2), "fifteen days, well inside");
    g.on(5, 20).takes(&lead(), "pause", json!({}));
    g.on(5, 25).takes(&handler(), "resume", json!({}));
    assert_eq!(g.due("rework"), date(2026, 6, 8), "five days later is a Sunday");
    g.on(7, 10).takes(&unit(), "report", json!({}));
    g.takes(&handler(), "send_back", json!({}));
    let (inner, outer) = (g.clock("rework"), g.clock("rectify"));
    assert_eq!(inner.due, outer.due);
    assert!(inner.spans.iter().any(|s| s.spell == Spell::Cap), "the cap that binds is told");
}
#[test]
fn the_look_back_opens_three_months_after_acceptance_and_is_due_after_six() {
    let mut g = up_to("report");
    g.on(7, 20).takes(&handler(), "accept", json!({}));
    assert_eq!((g.due("settle_in"), g.due("look_back")), (date(2026, 10, 20), date(2027, 1, 20)));
    for action in ["hold", "relapse"] {
        g.on(10, 20);
        assert_eq!(g.refuses(&second(), action, json!({})), "too_early");
        g.on(10, 21);
        assert!(g.when(&second(), action, json!({})).is_ok());
        assert_eq!(g.refuses(&handler(), action, json!({})), "same_hands", "whoever accepted does not look back");
    }
    g.takes(&second(), "hold", json!({}));
    assert_eq!(g.clock("look_back").stopped, Some(g.today));
}
#[test]
fn a_relapse_weighs_more_and_moves_acceptance_to_the_lead() {
    let mut g = up_to("accept");
    assert_eq!(g.reads(&handler()).iter().find(|r| r.0 == "weight"), None);
    g.on(11, 2).takes(&second(), "relapse", json!({}));
    assert_eq!(g.phase(), "Drafted");
    assert!(g.reads(&handler()).contains(&("weight", json!(1))));
    assert!(!g.counted().iter().any(|c| c.0 == "整改验收"), "an acceptance that did not last counts nowhere");
    g.takes(&lead(), "demand", json!({}));
    for (action, who) in [("sign", unit()), ("plan", unit()), ("confirm_plan", handler())] {
        g.takes(&who, action, json!({}));
    }
    // Everything starts afresh: the returns, the extension, the clock.
    g.takes(&lead(), "extend", json!({}));
    g.takes(&unit(), "report", json!({}));
    g.takes(&handler(), "send_back", json!({}));
    g.takes(&unit(), "report", json!({}));
    assert_eq!(g.refuses(&handler(), "accept", json!({})), "grave");
    assert_eq!(g.refuses(&handler(), "accept_grave", json!({})), "not_yours");
    let both = also(&lead(), &second());
    g.takes(&both, "accept_grave", json!({}));
    g.later(120);
    assert_eq!(g.refuses(&both, "hold", json!({})), "same_hands", "nor does the lead who accepted");
    g.takes(&second(), "hold", json!({}));
}
#[test]
fn what_never_relapsed_is_accepted_by_the_handler() {
    let g = up_to("report");
    assert_eq!(g.refuses(&lead(), "accept_grave", json!({})), "light");
    assert!(g.when(&handler(), "accept", json!({})).is_ok());
}
#[test]
fn pressure_rises_one_step_at_a_time() {
    let mut g = up_to("demand");
    assert_eq!(g.refuses(&lead(), "interview", json!({})), "not_urged");
    assert_eq!(g.refuses(&secretary(), "circulate", json!({})), "not_interviewed");
    g.takes(&handler(), "urge", json!({}));
    assert_eq!(g.refuses(&secretary(), "circulate", json!({})), "not_interviewed");
    g.takes(&lead(), "interview", json!({}));
    g.takes(&secretary(), "circulate", json!({}));
    let steps: Vec<String> = g.timeline(&unit()).into_iter().map(|t| t.0).collect();
    assert_eq!(steps, ["demand", "urge", "circulate"], "the suggestion to talk is not the unit's to read");
}
#[test]
fn it_is_closed_after_a_look_back_that_held_and_an_answer_on_accountability() {
    let mut g = up_to("confirm_plan");
    let asked = g.takes(&lead(), "accountability", json!({"facts": "谁没有送达"}));
    assert_eq!((asked.requests[0].kind, asked.requests[0].form["org"].as_str()), ("accountability", Some(COURT)));
    assert!(!g.timeline(&unit()).iter().any(|t| t.0 == "accountability"), "the unit reads nothing of it");
    g.takes(&unit(), "report", json!({}));
    g.takes(&handler(), "accept", json!({}));
    g.on(11, 2);
    assert_eq!(g.refuses(&lead(), "close", json!({})), "not_looked_back");
    g.takes(&second(), "hold", json!({}));
    g.linked("accountability", &[]);
    assert_eq!(g.refuses(&lead(), "close", json!({})), "accountability_open");
    assert_eq!(g.refuses(&handler(), "close", json!({})), "not_yours");
    g.linked("accountability", &["answered"]);
    assert!(g.matter().marks().is_empty());
    g.takes(&lead(), "close", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Closed", vec!["closed"]));
    assert_eq!(g.counted().into_iter().map(|c| c.0).collect::<Vec<_>>(), ["整改下达", "整改验收", "整改销号", "整改严重度", "按期验收"]);
    assert!(g.buttons(&lead()).is_empty() && g.buttons(&unit()).is_empty());
}
#[test]
fn without_any_accountability_it_is_closed_after_the_look_back() {
    let mut g = up_to("accept");
    g.on(11, 2).takes(&second(), "hold", json!({}));
    g.takes(&lead(), "close", json!({}));
}
#[test]
fn a_deputy_is_bound_by_what_the_other_did() {
    let mut g = up_to("accept");
    g.on(11, 2);
    assert_eq!(g.refuses(&deputy("deputy", &handler()), "hold", json!({})), "same_hands");
    let acted = g.takes(&deputy("deputy", &second()), "hold", json!({}));
    assert_eq!((acted.entry.stamp.by.as_str(), acted.entry.stamp.of.as_deref()), ("deputy", Some("second")));
}
#[test]
fn a_new_notice_moves_the_running_deadline_by_an_entry_and_no_stopped_one() {
    const NOTICE: &str =
        "2027|元旦|01-01..01-03|\n2027|春节|02-05..02-11|01-31、02-14\n2027|劳动节|05-01..05-05|\n2027|国庆节|10-01..10-07|";
    let mut g = up_to("report");
    g.on(8, 11).takes(&handler(), "accept", json!({}));
    let before = g.clock("look_back");
    assert_eq!((before.due, before.provisional), (date(2027, 2, 11), true));
    let entry = g.notice(NOTICE).unwrap();
    assert_eq!(entry.clocks.iter().map(|c| c.0.as_str()).collect::<Vec<_>>(), ["look_back"]);
    let after = g.clock("look_back");
    assert_eq!((after.due, after.provisional), (date(2027, 2, 12), false));
    assert_eq!(g.phase(), "LookingBack");
    assert!(g.notice(NOTICE).is_none(), "the same notice again moves nothing");
}

/// Closed, T28 run out, time has moved it on; a batch that checks it is done.
fn to_resample() -> Given {
    let mut g = up_to("accept");
    g.on(11, 2).takes(&second(), "hold", json!({}));
    g.takes(&lead(), "close", json!({}));
    assert_eq!(g.due("resample"), date(2027, 2, 1), "ninety days, no working day among the last two");
    g.today = date(2027, 2, 1);
    assert!(g.matter().lapsed(g.today).is_empty(), "the last day is still in time");
    g.later(1);
    assert_eq!(g.matter().lapsed(g.today), ["due_resample"]);
    assert_eq!(g.refuses(&handler(), "due_resample", json!({})), "not_yours");
    g.takes(&domain::engine::Person::time(ZFW), "due_resample", json!({}));
    assert_eq!((g.phase().as_str(), g.due("compare")), ("Resampling", g.calendar.due(g.today, 60, domain::calendar::Unit::WorkingDays).0));
    g
}
fn counts(before: (i64, i64), after: (i64, i64)) -> serde_json::Value {
    json!({"before_n": before.1, "before_bad": before.0, "after_n": after.1, "after_bad": after.0})
}
#[test]
fn the_effect_is_proved_by_a_re_sample_another_person_judges() {
    let mut g = to_resample();
    assert_eq!(g.refuses(&handler(), "compare", counts((8, 10), (1, 10))), "batch_open", "no batch yet");
    g.linked("rectification", &[]);
    assert_eq!(g.refuses(&handler(), "compare", counts((8, 10), (1, 10))), "batch_open");
    g.linked("rectification", &["closed"]);
    assert_eq!(g.refuses(&lead(), "prove", json!({})), "no_effect", "nothing compared yet");
    let outcome = |g: &Given| g.reads(&lead()).into_iter().find(|r| r.0 == "outcome").map(|r| r.1);
    for (before, after, said, proves) in [
        ((8, 10), (1, 10), "明显下降", true),
        ((1, 10), (8, 10), "明显上升", false),
        ((3, 5), (3, 5), "没有明显变化", false),
        ((1, 5), (0, 5), "没有明显变化", true),
        ((4, 5), (0, 4), "样本不足", false),
        ((9, 5), (0, 5), "明显下降", true),
    ] {
        g.takes(&handler(), "compare", counts(before, after));
        assert_eq!(outcome(&g), Some(json!(said)));
        assert_eq!(g.when(&lead(), "prove", json!({})).is_ok(), proves, "{said}");
    }
    assert_eq!(g.refuses(&also(&handler(), &lead()), "prove", json!({})), "same_hands");
    g.takes(&lead(), "prove", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Proved", vec!["closed", "proved"]));
    assert!(g.counted().iter().any(|c| c.0 == "整改检验"));
}
#[test]
fn a_house_counts_with_its_own_least_number() {
    let mut g = to_resample();
    g.linked("rectification", &["closed"]);
    g.parameters.insert("resample_min".into(), 3);
    g.takes(&handler(), "compare", counts((3, 3), (0, 3)));
    g.takes(&lead(), "prove", json!({}));
}
#[test]
fn it_relapses_out_of_the_re_sample_or_ends_unproved_with_a_reason() {
    let mut g = to_resample();
    g.linked("rectification", &["closed"]);
    g.takes(&handler(), "compare", counts((1, 10), (8, 10)));
    let waived = g.when(&lead(), "waive_resample", json!({"reason": "该类案件已不办理。"})).unwrap().0;
    assert_eq!((waived.phase().unwrap().name.as_str(), waived.marks()), ("Waived", vec!["closed"]));
    assert_eq!(g.wrong(&lead(), "waive_resample", json!({})), ["reason"]);
    g.takes(&second(), "relapse", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Drafted", vec![]));
    assert!(g.reads(&lead()).contains(&("weight", json!(1))) && !g.reads(&lead()).iter().any(|r| r.0 == "outcome"));
    let counted = g.counted();
    assert!(counted.iter().any(|c| c.0 == "整改反弹") && !counted.iter().any(|c| c.0 == "整改销号"));
}
#[test]
fn every_kind_of_supervision_follows_how_far_it_is_and_reads_nothing_written() {
    let mut g = up_to("open");
    let inspectors = [who("inspector", "R4", ZFW), who("patrol", "R5", ZFW)];
    assert!(inspectors.iter().all(|i| g.reads(i).is_empty()), "nothing before the demand");
    go_on(&mut g, "demand", "accept");
    for i in &inspectors {
        let read: Vec<_> = g.reads(i).into_iter().map(|r| r.0).collect();
        assert_eq!(read, ["org", "problems", "severity", "demanded_on", "accepted_on"]);
        assert!(g.timeline(i).is_empty() && g.buttons(i).is_empty());
    }
    assert!(g.reads(&who("x", "R4", POLICE)).is_empty(), "nor those of another place");
}
#[test]
fn what_was_sent_back_twice_on_one_day_counts_twice() {
    let mut g = up_to("report");
    for _ in 0..2 {
        g.takes(&handler(), "send_back", json!({}));
        g.takes(&unit(), "report", json!({}));
    }
    let sent: Vec<i64> = g.matter().facts().into_iter().filter(|f| f.measure == "整改退回").map(|f| f.value).collect();
    assert_eq!(sent, [2]);
}
