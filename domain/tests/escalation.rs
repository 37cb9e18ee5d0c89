//! 报请执法监督 (B6, M2.6): accepted by the table only, the unit heard or silent first, letters that ask for reasons, the order of pressure,
//! feedback to the procuratorate.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Kin, Person};
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

const SILENT: &[&str] = &["due_passed", "unanswered", "reminded", "reminder_passed", "no_reasons", "re_examined"];
const ASKS: &str = "请依法回复并说明理由。";

fn request(conduct: &str) -> Json {
    json!({"procuratorial_opinion": "JY-2026-0001", "conduct": conduct, "account": "催告后仍未回复。", "org": COURT, "proc_org": PROCURACY, "paper": ["f1"], "service": ["f2"], "reminder": ["f3"]})
}
fn marked(g: &mut Given, marks: &[&str]) {
    let marks = marks.iter().map(|m| (*m).to_owned()).collect();
    g.kin = vec![Kin { number: "JY-2026-0001".into(), link: "procuratorial_opinion".into(), marks }];
}
fn requested(conduct: &str, marks: &[&str]) -> Given {
    let mut g = given("escalation");
    g.takes(&procurator(), "request", request(conduct));
    marked(&mut g, marks);
    g
}
fn time() -> Person {
    Person::time(ZFW)
}
/// Accepted on Monday, 2 March 2026, heard, studied, before the lead.
fn proposed() -> Given {
    let mut g = requested("不回复", SILENT);
    g.takes(&handler(), "accept", json!({}));
    g.takes(&unit(), "explain", json!({"explanation": "经办人调离，未及时回复。"}));
    g.takes(&handler(), "study", json!({"means": "督促函", "opinion": "未回复没有正当理由。"}));
    g
}

#[test]
fn a_procuratorate_asks_for_itself_only_and_with_an_opinion_that_is_there() {
    let g = given("escalation");
    assert_eq!(g.when(&who("elsewhere", "R11", "JC2"), "request", request("不回复")).err().unwrap().code, "not_yours");
    assert_eq!(g.when(&handler(), "request", request("不回复")).err().unwrap().code, "not_yours");
    let bare = json!({"procuratorial_opinion": "没有", "conduct": "不回复", "account": "x"});
    assert_eq!(g.wrong(&procurator(), "request", bare), ["procuratorial_opinion"]);
    let g = requested("不回复", SILENT);
    for who in [unit(), other_unit(), who("elsewhere", "R11", "JC2"), expert(1), who("zzb", "R12", "ZZB")] {
        assert_eq!((g.reads(&who), g.buttons(&who)), (vec![], vec![]), "{}", who.id);
    }
}
#[test]
fn it_is_accepted_by_the_table_alone() {
    let cases: &[(&str, &[&str], &str)] = &[
        ("不回复", &["due_passed", "reminded", "reminder_passed", "no_reasons", "re_examined"], "not_borne_out"),
        ("不回复", &["unanswered", "reminded", "reminder_passed", "no_reasons", "re_examined"], "term_running"),
        ("不回复", &["due_passed", "unanswered", "re_examined"], "not_reminded"),
        ("不回复", &["due_passed", "unanswered", "reminded", "reasons_given", "re_examined"], "reminder_running"),
        ("不回复", &["due_passed", "unanswered", "reminded", "reminder_passed", "no_reasons"], "own_ways_open"),
        ("不回复", &["due_passed", "unanswered", "reminded", "reminder_passed", "re_examined"], "incomplete"),
        ("不采纳", SILENT, "not_borne_out"),
        ("不纠正", SILENT, "not_borne_out"),
        ("不配合调查核实", SILENT, "not_borne_out"),
    ];
    for (conduct, marks, code) in cases {
        assert_eq!(requested(conduct, marks).refuses(&handler(), "accept", json!({})), *code, "{conduct} {marks:?}");
    }
    for (conduct, mark) in
        [("不回复", "unanswered"), ("不采纳", "declined"), ("不纠正", "uncorrected"), ("不配合调查核实", "uncooperative")]
    {
        let marks = [mark, "due_passed", "reminded", "reminder_passed", "reasons_given", "re_examined"];
        let mut g = requested(conduct, &marks);
        assert_eq!(g.refuses(&lead(), "refuse", json!({})), "not_refusable", "what is admissible is not turned away");
        assert_eq!(g.refuses(&handler(), "ask_to_complete", json!({})), "nothing_missing");
        let acted = g.takes(&handler(), "accept", json!({}));
        let told = &acted.requests[0];
        assert_eq!((told.kind, told.action, told.link), ("procuratorial_opinion", "escalate", Some("procuratorial_opinion")), "{conduct}");
    }
    // Nor does one that was withdrawn or settled meanwhile.
    let over = [SILENT, &["closed"]].concat();
    assert_eq!(requested("不回复", &over).refuses(&handler(), "accept", json!({})), "not_borne_out");
    // A second opinion linked by whatever way lends nothing.
    let mut g = requested("不回复", &["due_passed", "unanswered"]);
    g.kin.push(Kin {
        number: "JY-2026-0002".into(),
        link: "procuratorial_opinion".into(),
        marks: SILENT.iter().map(|m| (*m).to_owned()).collect(),
    });
    assert_eq!(g.refuses(&handler(), "accept", json!({})), "not_reminded");
}
#[test]
fn what_is_missing_is_named_by_the_table_completed_or_turned_away() {
    let mut g = given("escalation");
    let mut form = request("不回复");
    form.as_object_mut().unwrap().remove("reminder");
    g.takes(&procurator(), "request", form);
    marked(&mut g, SILENT);
    assert_eq!(g.refuses(&lead(), "refuse", json!({})), "not_refusable", "first it is asked for");
    g.takes(&handler(), "ask_to_complete", json!({"note": "请补齐。"}));
    assert!(g.reads(&procurator()).contains(&("lacks", json!("催告凭证"))));
    let mut late = Given { entries: g.entries.clone(), kin: g.kin.clone(), ..given("escalation") };
    assert_eq!(late.due("supplement"), date(2026, 3, 16));
    late.on(3, 17).takes(&time(), "lapse_supplement", json!({}));
    late.takes(&lead(), "refuse", json!({"reason": "逾期没有补正。"}));
    assert_eq!((late.phase().as_str(), late.reads(&unit())), ("Refused", vec![]), "the unit never hears of it");
    g.takes(&procurator(), "supplement", json!({"reminder": ["f4"]}));
    g.takes(&handler(), "accept", json!({}));
    assert_eq!(g.phase(), "Hearing");
    let mut g = requested("不回复", &["unanswered"]);
    assert_eq!(g.refuses(&handler(), "refuse", json!({})), "not_yours");
    g.takes(&lead(), "refuse", json!({"reason": "回复期限尚未届满。"}));
    assert!(g.timeline(&procurator()).iter().any(|(a, f)| a == "refuse" && f.contains(&"reason")));
}
#[test]
fn the_unit_is_heard_within_ten_working_days_or_has_been_silent() {
    let mut g = requested("不回复", SILENT);
    g.takes(&handler(), "accept", json!({}));
    assert_eq!((g.due("explain"), g.buttons(&unit())), (date(2026, 3, 16), vec!["explain"]));
    for action in ["study", "letter", "conference", "interview", "circulate", "refer", "report_party", "find_justified"] {
        assert_eq!(g.when(&lead(), action, json!({})).err().unwrap().code, "not_now", "{action}");
    }
    assert_eq!(g.on(3, 16).refuses(&time(), "lapse_explanation", json!({})), "too_early");
    let mut silent = Given { entries: g.entries.clone(), kin: g.kin.clone(), ..given("escalation") };
    silent.on(3, 17).takes(&time(), "lapse_explanation", json!({}));
    assert!(silent.phase() == "Studying" && silent.reads(&handler()).contains(&("silent", json!(true))));
    g.takes(&unit(), "explain", json!({"explanation": "认为应当采纳的意见不成立。"}));
    assert_eq!(g.phase(), "Studying", "and its words are its own");
    assert!(!g.reads(&procurator()).iter().any(|(f, _)| *f == "explanation"));
}
#[test]
fn the_letters_ask_to_answer_and_give_reasons_and_never_to_adopt() {
    let g = proposed();
    for text in [
        "应当采纳检察建议。",
        "请予以采纳。",
        "必须纠正。",
        "请限期纠正上述问题。",
        "请按检察意见办理。",
        "对建议予以采纳。",
        "应当立案。",
        "请落实检察建议。",
    ] {
        let refused = g.when(&lead(), "letter", json!({"letter": text})).err().unwrap_or_else(|| panic!("{text} was taken"));
        assert!(refused.fields[0].0 == "letter" && refused.fields[0].1.contains("请依法回复并说明理由"), "{text}: {refused:?}");
    }
    for text in [
        ASKS,
        "请在收到本函之日起十五个工作日内依法回复并说明理由。",
        "检察建议是否采纳，请依法回复并说明理由。",
        "请说明未采纳的理由。",
        "请就纠正违法通知书所提事项依法回复，说明理由。",
        "你院对检察建议逾期未回复，也未说明理由。请依法回复并说明理由。",
    ] {
        let taken = g.when(&lead(), "letter", json!({"letter": text}));
        assert!(taken.is_ok(), "{text}: {:?}", taken.err());
    }
    // Every text that goes to a unit is such a letter.
    for action in ["letter", "conference", "interview", "circulate", "send_back", "find_justified"] {
        let fields = g.kind.step(action).unwrap().fields;
        assert!(fields.iter().any(|f| f.name == "letter" && f.letter && f.guarded), "{action}");
    }
}
#[test]
fn pressure_grows_one_step_at_a_time_and_only_where_it_went_unanswered() {
    let mut g = proposed();
    let sat = json!({"held_on": "2026-03-02", "letter": ASKS});
    for (action, who) in [("conference", lead()), ("interview", lead()), ("circulate", secretary()), ("report_party", secretary())] {
        let form = if matches!(action, "conference" | "interview") { sat.clone() } else { json!({}) };
        assert_eq!(g.refuses(&who, action, form), "out_of_turn", "{action}");
    }
    let two = also(&handler(), &lead());
    assert_eq!(g.refuses(&two, "letter", json!({"letter": ASKS})), "same_hands", "not whoever studied it");
    assert_eq!(g.refuses(&lead(), "circulate", json!({})), "not_yours");
    let mut now = g.today;
    for (action, who, next) in [
        ("letter", lead(), Some("conference")),
        ("conference", lead(), Some("interview")),
        ("interview", secretary(), Some("circulate")),
        ("circulate", secretary(), None),
    ] {
        g.today = now;
        let form = if matches!(action, "conference" | "interview") { sat.clone() } else { json!({"letter": ASKS}) };
        g.takes(&who, action, form);
        assert_eq!(g.phase(), "Answering", "{action}");
        now = g.due("answer").tomorrow().unwrap();
        g.today = now;
        g.takes(&time(), "lapse_answer", json!({}));
        assert_eq!(g.phase(), "Proposed");
        if let Some(next) = next {
            let form = if next == "circulate" { json!({"letter": ASKS}) } else { sat.clone() };
            assert!(g.when(&secretary(), next, form).is_ok(), "{next} after {action}");
        }
    }
    g.takes(&secretary(), "report_party", json!({"gist": "四次督促均未答复。"}));
    assert_eq!(g.phase(), "Settled");
    // With a reason, the secretary allows a stronger means at once; once.
    let mut g = proposed();
    assert_eq!(g.refuses(&lead(), "leap", json!({})), "not_yours");
    g.takes(&secretary(), "leap", json!({"reason": "多次不回复，影响面大。"}));
    g.takes(&lead(), "interview", json!({"held_on": "2026-03-02", "letter": ASKS}));
    g.takes(&unit(), "answer", json!({"reply": "已研究。"}));
    assert_eq!(g.phase(), "Answered");
}
#[test]
fn the_answer_is_checked_and_the_procuratorate_told() {
    let mut g = proposed();
    assert_eq!(g.refuses(&unit(), "answer", json!({})), "not_asked");
    g.takes(&lead(), "letter", json!({"letter": ASKS}));
    assert_eq!(g.due("answer"), date(2026, 3, 23));
    g.takes(&unit(), "answer", json!({"reply": "正在办理。"}));
    assert_eq!(g.wrong(&handler(), "send_back", json!({"letter": "应当采纳。"})), ["letter"]);
    g.takes(&handler(), "send_back", json!({"letter": "没有说明理由。请依法回复并说明理由。"}));
    g.takes(&unit(), "answer", json!({"reply": "已回复检察机关，理由附后。"}));
    g.takes(&handler(), "accept_answer", json!({"opinion": "已回复并说明理由。"}));
    assert_eq!(g.refuses(&procurator(), "inform", json!({})), "not_yours");
    g.takes(&handler(), "inform", json!({"informed_on": "2026-03-02", "feedback": "被监督单位已依法回复。"}));
    assert_eq!(g.phase(), "Archived");
    assert!(g.reads(&procurator()).iter().any(|(f, _)| *f == "feedback"));
    assert!(!g.reads(&unit()).iter().any(|(f, _)| ["feedback", "opinion", "paper"].contains(f)));
    assert_eq!(g.counted(), [("报请执法监督", "2026-03-02".to_owned()), ("报请办结", "2026-03-02".to_owned())]);
}
#[test]
fn reasons_that_hold_and_what_belongs_elsewhere_end_in_feedback() {
    for action in ["find_justified", "refer"] {
        let mut g = proposed();
        let form =
            if action == "refer" { json!({"receiver": "派驻纪检组"}) } else { json!({"letter": "被监督单位的理由成立。"}) };
        assert_eq!(g.refuses(&handler(), action, form.clone()), "not_yours", "{action}");
        g.takes(&lead(), action, form);
        assert_eq!(g.phase(), "Settled", "{action}");
        g.takes(&handler(), "inform", json!({"feedback": "理由成立。"}));
    }
    let mut g = proposed();
    g.takes(&lead(), "return_study", json!({"reason": "再核实。"}));
    assert_eq!(g.phase(), "Studying");
    g.takes(&procurator(), "withdraw", json!({"account": "单位已回复。"}));
    assert_eq!(g.phase(), "Withdrawn");
}
