//! 半年分析研判 (M3.1, B10): what may be counted, who does what, what goes out.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
mod reviewed;
use domain::engine::{Kin, Shape, Standing, unavoidable};
use domain::procedures::half_year_report::figures::{
    BESIDE, By, Case, ENDS, Figure, LINES, Period, Stood, behind, differences, figures, measures, rates, told,
};
use domain::procedures::half_year_report::{HalfYearReport, Phase};
use domain::procedures::{PROVIDABLE, all, kind};
use given::*;
use jiff::civil::date;
use ledger::Alg;
use reviewed::*;
use serde_json::{Value as Json, json};

fn second_lead() -> domain::engine::Person {
    who("lead2", "R2", ZFW)
}
/// Half a year in which everything of these tests lies.
fn half() -> Period {
    Period { from: date(2026, 1, 1), to: date(2026, 6, 30), remedy: 30 }
}
fn case_of(number: &str, g: &Given) -> Case {
    let stood = |f: domain::engine::Fact| Stood { measure: f.measure.into(), org: f.org, category: f.category, value: f.value, on: f.on };
    Case { number: number.into(), facts: g.matter().facts().into_iter().map(stood).collect(), in_time: false }
}
fn counted(g: &Given) -> Vec<String> {
    half().countable(&case_of("X-1", g)).into_iter().map(|f| f.measure.clone()).collect()
}
fn fact(measure: &str, org: &str, category: &str, value: i64, day: &str) -> Stood {
    Stood { measure: measure.into(), org: org.into(), category: category.into(), value, on: day.parse().unwrap() }
}
fn review_case(n: u32, org: &str, grade: &str, kind: &str) -> Case {
    let facts = vec![fact("评查定论", org, grade, 1, "2026-03-10"), fact("评查得分", org, kind, 900, "2026-03-10")];
    Case { number: format!("PC-2026-{n:04}"), facts, in_time: false }
}
fn value_of(all: &[Figure], name: &str) -> String {
    all.iter().find(|f| f.name() == name).unwrap_or_else(|| panic!("no {name}")).value.clone()
}

// What may be counted.

#[test]
fn every_measure_counted_is_one_that_some_procedure_states_and_every_line_rests_on_one() {
    let named: Vec<&str> = measures().collect();
    for line in LINES {
        assert!(named.contains(&line.measure), "{} counts {}", line.id, line.measure);
    }
    for (measure, end) in BESIDE {
        assert!(ENDS.iter().any(|e| e.measure == *end) && !ENDS.iter().any(|e| e.measure == *measure), "{measure}");
    }
    let mut ids: Vec<&str> = LINES.iter().map(|l| l.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), LINES.len(), "one query, one id");
    assert!(ENDS.iter().all(|e| !e.why.is_empty()));
}
#[test]
fn a_review_counts_once_it_is_concluded_and_not_while_anybody_may_still_object() {
    for g in [scoring(), submitted(["4"; 3]), served("4", false), settling("4", false), settled("4", false)] {
        assert!(counted(&g).is_empty(), "{}: {:?}", g.phase(), counted(&g));
    }
    let mut objected = served("4", false);
    objected.takes(&unit(), "object", json!({"grounds": [{"item": "期限", "ground": "已批准延长", "evidence": "卷一 12 页"}]}));
    assert!(counted(&objected).is_empty());
    let mut g = settled("4", false);
    g.takes(&handler(), "conclude_praise", json!({}));
    assert_eq!(counted(&g), ["评查定论", "评查得分"]);
    g.takes(&secretary(), "revoke", json!({"body": "市中级人民法院", "doc_no": "（2026）赣09刑再1号"}));
    assert!(counted(&g).is_empty(), "what was taken away counts nowhere");
}
#[test]
fn a_rectification_counts_with_all_its_returns_once_it_is_closed_and_not_before() {
    let mut g = given("rectification");
    g.takes(&handler(), "open", json!({"org": COURT, "problems": ["X1"], "severity": "一般", "gist": "超期。"}));
    g.takes(&lead(), "demand", json!({"what": "请核查。"}));
    g.takes(&unit(), "sign", json!({}));
    g.takes(&unit(), "plan", json!({}));
    g.takes(&handler(), "confirm_plan", json!({}));
    g.takes(&unit(), "report", json!({}));
    g.takes(&handler(), "send_back", json!({}));
    assert!(counted(&g).is_empty(), "a return of unfinished work is told nobody");
    g.takes(&unit(), "report", json!({}));
    g.takes(&handler(), "accept", json!({}));
    assert!(counted(&g).is_empty(), "accepted, but not looked back on");
    g.on(6, 10).takes(&second(), "hold", json!({}));
    g.takes(&lead(), "close", json!({}));
    let mut all = counted(&g);
    all.sort_unstable();
    assert_eq!(all, ["整改退回", "整改销号"], "demand and acceptance are counted by no line");
    let later = Period { from: date(2026, 7, 1), to: date(2026, 12, 31), ..half() };
    assert!(later.countable(&case_of("ZG-1", &g)).is_empty(), "and in one half year only");
}
#[test]
fn an_answer_on_accountability_counts_in_the_half_year_in_which_the_time_to_ask_for_review_has_run_out() {
    let answered = |day: &str| Case { number: "ZJ-1".into(), facts: vec![fact("查究反馈", COURT, "", 1, day)], in_time: false };
    let next = Period { from: date(2026, 7, 1), to: date(2026, 12, 31), ..half() };
    let counts = |p: &Period, day: &str| !p.countable(&answered(day)).is_empty();
    assert!(counts(&half(), "2026-05-16") && !counts(&next, "2026-05-16"));
    assert!(!counts(&half(), "2026-05-17"), "thirty days and the room to roll forward reach into July");
    assert!(counts(&next, "2026-05-17") && counts(&next, "2026-06-30"));
    // Facts of the way there are no measure of a report.
    let open = Case { number: "ZJ-2".into(), facts: vec![fact("查究移交", COURT, "", 1, "2026-02-01")], in_time: false };
    assert!(half().countable(&open).is_empty());
}
#[test]
fn what_has_only_begun_is_counted_by_no_line_of_any_procedure() {
    for begun in [
        "线索",
        "研判",
        "评查",
        "评查立件",
        "评查异议",
        "整改下达",
        "整改验收",
        "查究建议",
        "查究移交",
        "移送",
        "报请执法监督",
        "检察意见",
        "督察进驻",
        "督察反馈",
    ] {
        assert!(!measures().any(|m| m == begun), "{begun}");
    }
}

// Figures.

#[test]
fn the_same_cases_make_the_same_figures_whatever_their_order_and_one_changed_row_changes_no_other() {
    let mut cases: Vec<Case> = (0..6).map(|n| review_case(n, COURT, "合格", "常态")).collect();
    cases.push(review_case(7, POLICE, "优质", "专项"));
    let was = figures(&cases, &half(), Alg::Sm3);
    assert_eq!((value_of(&was, "BN-01"), value_of(&was, "BN-04"), value_of(&was, "BN-31/合格")), ("6".into(), "1".into(), "6".into()));
    let mut turned = cases.clone();
    turned.reverse();
    assert!(differences(&was, &figures(&turned, &half(), Alg::Sm3)).is_empty());
    // One grade is another now: the total keeps its value and not its rows.
    cases[0].facts[0].category = "瑕疵".into();
    let is = figures(&cases, &half(), Alg::Sm3);
    let names: Vec<(String, String, String)> = differences(&was, &is).into_iter().map(|d| (d.query, d.was, d.is)).collect();
    let expected = [("BN-01", "6", "6"), ("BN-31/合格", "6", "5"), ("BN-32/FY1", "6", "6"), ("BN-31/瑕疵", "0", "1")];
    assert_eq!(names, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
}
#[test]
fn nothing_below_the_limit_is_told_of_a_unit_nor_what_would_give_it_away_and_no_digest_of_it() {
    let mut cases: Vec<Case> = (0..9).map(|n| review_case(n, COURT, "合格", "常态")).collect();
    cases.extend((10..12).map(|n| review_case(n, POLICE, "合格", "常态")));
    cases.extend((20..27).map(|n| review_case(n, "JC1", "合格", "常态")));
    let all = figures(&cases, &half(), Alg::Sm3);
    let out = told(&all, 5);
    let unit = |org: &str| out.iter().find(|f| f.name() == format!("BN-32/{org}")).unwrap().clone();
    assert_eq!(unit(POLICE).value, "少于 5，或不列");
    let hidden: Vec<Figure> = [COURT, POLICE, "JC1"].map(unit).into_iter().filter(|f| f.value.starts_with("少于")).collect();
    assert_eq!(hidden.len(), 2, "another covers for the small one");
    assert!(hidden.iter().all(|f| f.digest.is_empty() && f.rows.is_empty()));
    assert_eq!(value_of(&out, "BN-31/合格"), "18");
    // Of a few rows the digest would be found by trying numbers.
    let digest = |all: &[Figure], query: &str| all.iter().find(|f| f.name() == query).unwrap().digest.clone();
    assert!(!digest(&out, "BN-01").is_empty() && digest(&told(&figures(&cases[..4], &half(), Alg::Sm3), 5), "BN-01").is_empty());
    // A line whose very sum is small is not divided at all.
    let few = told(&figures(&cases[9..11], &half(), Alg::Sm3), 5);
    assert!(few.iter().all(|f| LINES.iter().any(|l| l.id == f.query && l.by == By::All)));
}
#[test]
fn what_is_to_ones_credit_is_counted_beside_what_is_not() {
    let closed = |n: u32, more: Vec<Stood>, in_time: bool| Case {
        number: format!("ZG-{n}"),
        facts: [vec![fact("整改销号", COURT, "X1", 1, "2026-05-01")], more].concat(),
        in_time,
    };
    let cases = [
        closed(1, vec![fact("整改检验", COURT, "X1", 1, "2026-08-09")], true),
        closed(2, vec![fact("整改退回", COURT, "X1", 2, "2025-12-09")], false),
        Case {
            number: "ZX-1".into(),
            facts: vec![fact("专项检查", COURT, "其他", 1, "2026-05-01"), fact("检查问题", COURT, "其他", 0, "2026-05-01")],
            in_time: false,
        },
    ];
    let all = figures(&cases, &half(), Alg::Sm3);
    let of = |names: &[&str]| names.iter().map(|n| value_of(&all, n)).collect::<Vec<_>>();
    assert_eq!(of(&["BN-12", "BN-13", "BN-14", "BN-15", "BN-16", "BN-18"]), ["2", "1", "1", "1", "2", "1"]);
    assert_eq!(of(&["BN-08", "BN-09", "BN-10"]), ["1", "1", "0"]);
    let tones = |tone| LINES.iter().filter(|l| l.tone.label() == tone).count();
    assert!(tones("正面") >= 4 && tones("负面") >= 4);
    let said: Vec<(&str, String, String)> = rates(&all, 5);
    assert_eq!(said[0], ("整改按期率", "1/2".into(), "少于 5 件，不算比率".into()));
    assert!(said.iter().all(|r| !r.0.contains("采纳率")), "none of none");
    let many: Vec<Case> = (0..8).map(|n| closed(10 + n, vec![], n > 1)).collect();
    assert_eq!(rates(&figures(&many, &half(), Alg::Sm3), 5)[0].2, "75.0（40.9–92.9）");
    assert_eq!(behind(&cases, &half(), "BN-16", ""), ["ZG-2"]);
    assert_eq!(behind(&cases, &half(), "BN-34", COURT), ["ZG-1", "ZG-2"]);
}
#[test]
fn no_figure_is_of_a_person() {
    let k = kind("half_year_report").unwrap();
    let columns = k.fields().into_iter().filter_map(|f| match f.shape {
        Shape::Rows(columns) => Some(columns),
        _ => None,
    });
    assert!(columns.flatten().all(|c| c.name != "person"));
    assert!(LINES.iter().all(|l| matches!(l.by, By::All | By::Unit | By::Code)));
    assert!(k.fields().iter().all(|f| !matches!(f.shape, Shape::Person)));
}

// The procedure.

fn drafted_counts() -> Json {
    let figures = figures(&[review_case(1, COURT, "合格", "常态")], &half(), Alg::Sm3);
    json!({"figures": figures, "as_of": 120, "few": 5, "remedy": 30})
}
fn opened_report() -> Given {
    let mut g = given("half_year_report");
    g.on(7, 6).takes(&handler(), "open", json!({"year": 2026, "half": "上半年"}));
    g
}
fn checked() -> Given {
    let mut g = opened_report();
    g.takes(&handler(), "draft", drafted_counts());
    g.takes(&second(), "check", json!({}));
    g
}
fn analysis(bad: &str) -> Json {
    let mut team = json!({"org": COURT, "good": "整改全部按期完成。"});
    if !bad.is_empty() {
        team["bad"] = json!(bad);
    }
    json!({"summary": "总体平稳。", "teams": [team], "leads": "移送线索均已办结。", "suggestions": "建议作为综合评价的参考。"})
}
fn analysed(form: Json) -> Given {
    let mut g = checked();
    g.takes(&handler(), "analyse", form);
    g
}
fn meeting() -> Json {
    json!({"held_on": "2026-07-06", "present": [{"post": "分管领导"}, {"post": "室主任"}], "minutes": "同意报审。"})
}
fn signed() -> Given {
    let mut g = analysed(analysis(""));
    g.takes(&lead(), "deliberate", meeting());
    g.takes(&secretary(), "sign", json!({}));
    g
}
fn sent() -> Given {
    let mut g = signed();
    let acted = g.takes(&handler(), "send", json!({"to_org": "ZZB", "letter_no": "云政法函〔2026〕9号"}));
    let packet = &acted.requests[0];
    assert_eq!((packet.kind, packet.action, packet.form["kind"].as_str()), ("packet", "open_for", Some("半年报告")));
    assert_eq!(packet.form["to_org"], "ZZB");
    g
}
#[test]
fn a_report_is_opened_once_the_cut_has_passed_and_only_one_stands() {
    let mut g = given("half_year_report");
    g.on(6, 30);
    assert_eq!(g.wrong(&handler(), "open", json!({"year": 2026, "half": "上半年"})), ["half"]);
    assert_eq!(g.refuses(&lead(), "open", json!({"year": 2025, "half": "下半年"})), "not_yours");
    g.on(7, 6);
    assert_eq!(g.wrong(&handler(), "open", json!({"year": 2026, "half": "上半年", "standing": "BN-2026-0001"})), ["half"]);
    g.takes(&handler(), "open", json!({"year": 2026, "half": "上半年"}));
    assert_eq!((g.clock("report").began, g.due("report").to_string().as_str()), (date(2026, 6, 30), "2026-07-30"), "T24 runs from the cut");
}
#[test]
fn another_checks_another_deliberates_another_signs() {
    let both = also(&handler(), &also(&lead(), &secretary()));
    let mut g = opened_report();
    g.takes(&both, "draft", drafted_counts());
    assert_eq!(g.refuses(&both, "check", json!({})), "same_hands");
    g.takes(&second(), "check", json!({}));
    g.takes(&both, "analyse", analysis(""));
    assert_eq!(g.refuses(&both, "deliberate", meeting()), "same_hands");
    g.takes(&lead(), "deliberate", meeting());
    assert_eq!(g.refuses(&both, "sign", json!({})), "same_hands");
    assert_eq!(g.refuses(&also(&lead(), &secretary()), "sign", json!({})), "same_hands");
    g.takes(&secretary(), "sign", json!({}));
    for steps in [&["draft"][..], &["check"], &["analyse"], &["deliberate"], &["sign"]] {
        assert!(unavoidable::<HalfYearReport>(steps, Phase::Sent), "{steps:?}");
    }
    assert!(unavoidable::<HalfYearReport>(&["check"], Phase::Signed));
}
#[test]
fn a_new_count_is_checked_and_analysed_anew_and_none_comes_after_the_deliberation() {
    let mut g = analysed(analysis(""));
    g.takes(&handler(), "draft", drafted_counts());
    assert_eq!(g.phase(), "Drafted");
    assert_eq!(g.refuses(&lead(), "deliberate", meeting()), "not_now");
    g.takes(&second(), "check", json!({}));
    g.takes(&handler(), "analyse", analysis(""));
    g.takes(&lead(), "deliberate", meeting());
    assert_eq!(g.refuses(&handler(), "draft", drafted_counts()), "not_now");
    g.takes(&secretary(), "return_draft", json!({"reason": "补写工作建议。"}));
    assert_eq!(g.phase(), "Checked");
    assert_eq!(g.wrong(&handler(), "draft", json!({"figures": [], "as_of": 1, "few": 5, "remedy": 30})), ["figures"]);
}
#[test]
fn what_is_not_to_ones_credit_is_written_beside_what_is_and_rests_on_matters_that_have_ended() {
    let g = checked();
    let mut none = analysis("");
    none["teams"] = json!([{"org": COURT, "bad": "超期较多。"}]);
    assert_eq!(g.wrong(&handler(), "analyse", none), ["teams"], "nothing to its credit was written");
    let mut persons = analysis("");
    persons["officials_bad"] = json!("分管负责同志督促不力。");
    assert_eq!(g.wrong(&handler(), "analyse", persons.clone()), ["officials_good"]);
    persons["officials_good"] = json!("牵头建成复核制度。");
    let mut unsupported = analysed(persons);
    assert_eq!(unsupported.refuses(&lead(), "deliberate", meeting()), "ground_missing");
    let with_ground = |number: &str| with(analysis("超期三件。"), json!({"grounds": [{"matter_no": number}]}));
    assert_eq!(g.wrong(&handler(), "analyse", with_ground("XS-2026-0001")), ["grounds"], "a clue is no ground");
    let mut g = analysed(with_ground("PC-2026-0001"));
    assert_eq!(g.refuses(&lead(), "deliberate", meeting()), "ground_open", "nothing is known of it");
    let kin =
        |marks: &[&str]| Kin { number: "PC-2026-0001".into(), link: "grounds".into(), marks: marks.iter().map(|m| (*m).into()).collect() };
    g.kin = vec![kin(&["closed"])];
    assert_eq!(g.refuses(&lead(), "deliberate", meeting()), "ground_open", "stopped without a conclusion");
    g.kin = vec![kin(&["closed", "concluded"])];
    g.takes(&lead(), "deliberate", meeting());
    g.kin = vec![kin(&["closed", "revoked"])];
    assert_eq!(g.refuses(&secretary(), "sign", json!({})), "ground_open", "its conclusion was taken away meanwhile");
    unsupported.takes(&handler(), "analyse", analysis(""));
    unsupported.takes(&lead(), "deliberate", meeting());
}
#[test]
fn no_name_enters_what_is_written_of_units_and_a_meeting_of_one_is_none() {
    let g = checked();
    assert_eq!(g.wrong(&handler(), "analyse", analysis("被告人王小明一案超期。")), ["teams"]);
    let twice = with(analysis(""), json!({"teams": [{"org": COURT, "good": "甲"}, {"org": COURT, "good": "乙"}]}));
    assert_eq!(g.wrong(&handler(), "analyse", twice), ["teams"]);
    let g = analysed(analysis(""));
    let alone = json!({"held_on": "2026-07-06", "present": [{"post": "分管领导"}], "minutes": "同意。"});
    assert_eq!(g.wrong(&lead(), "deliberate", alone), ["present"]);
}
#[test]
fn it_is_closed_when_the_packet_was_signed_for_and_answered_or_an_answer_came_on_paper() {
    let mut g = sent();
    let close = json!({"summary": "建议已研究。"});
    assert_eq!(g.refuses(&handler(), "close", close.clone()), "not_answered");
    g.linked("packet", &["packet_received"]);
    assert_eq!(g.refuses(&handler(), "close", close.clone()), "not_answered");
    g.linked("packet", &["packet_received", "packet_replied"]);
    g.takes(&handler(), "record_use", json!({"used_on": "2026-07-06", "used_for": "年度考核参考"}));
    g.takes(&handler(), "close", close.clone());
    g.takes(&handler(), "record_use", json!({"used_on": "2026-07-06", "used_for": "班子调研参考"}));
    assert_eq!(g.reads(&lead()).iter().find(|r| r.0 == "uses").unwrap().1.as_array().unwrap().len(), 2);
    g.takes(&lead(), "archive", json!({}));
    let mut paper = sent();
    assert_eq!(paper.wrong(&handler(), "record_suggestions", json!({"received_on": "2026-07-01", "suggested": "略"})), ["received_on"]);
    paper.takes(&handler(), "record_suggestions", json!({"received_on": "2026-07-06", "suggested": "建议加强轮岗。"}));
    paper.takes(&handler(), "close", close);
}
#[test]
fn before_it_is_signed_nothing_of_it_may_be_provided_and_what_is_withdrawn_is_taken_back() {
    let outside = |g: &Given| -> Vec<&str> {
        let rows = g.matter().page().into_iter().flat_map(|s| s.rows);
        rows.map(|r| r.field).filter(|f| f.seen.contains(&Standing::Recipient)).map(|f| f.name).collect()
    };
    let g = analysed(analysis(""));
    assert!(!g.matter().marks().contains(&PROVIDABLE) && !outside(&g).contains(&"told"));
    let mut g = sent();
    assert_eq!(g.matter().marks(), [PROVIDABLE]);
    let goes_out = ["period", "signed_on", "as_of", "few", "remedy", "told", "summary", "teams", "leads", "suggestions"];
    assert_eq!(outside(&g), goes_out, "neither exact cells nor minutes, numbers of matters or who checked");
    for f in all().iter().find(|k| k.name == "half_year_report").unwrap().fields() {
        let points = matches!(f.shape, Shape::Matter(_) | Shape::Files)
            || matches!(f.shape, Shape::Rows(c) if c.iter().any(|c| c.name == "matter_no"));
        assert!(!points || !f.seen.contains(&Standing::Recipient), "{}", f.name);
    }
    let acted = g.takes(&secretary(), "withdraw", json!({"reason": "有一件定论已经撤销。"}));
    assert_eq!((acted.requests[0].kind, acted.requests[0].action, acted.requests[0].link), ("packet", "source_withdrawn", Some("packet")));
    assert_eq!(g.matter().marks(), ["closed"]);
    let mut unsent = signed();
    assert!(unsent.takes(&secretary(), "withdraw", json!({"reason": "数字有误。"})).requests.is_empty());
    let mut dropped = checked();
    dropped.takes(&second_lead(), "abandon", json!({"reason": "并入年度报告。"}));
}
#[test]
fn nobody_outside_the_office_stands_toward_a_report() {
    let g = sent();
    for stranger in [unit(), procurator(), who("party-org", "R12", "ZZB"), inspector(), expert(1)] {
        assert!(g.matter().mine(&g.at(&stranger)).is_empty(), "{stranger:?}");
    }
}
