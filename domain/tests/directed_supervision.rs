//! 定向监督 (M3.2, B11): asked for a post or a field, never for a pending case; approved, carried out, answered by a packet, its use told.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Kin, Person, Standing, unavoidable};
use domain::procedures::PROVIDABLE;
use domain::procedures::directed_supervision::{DirectedSupervision, NO_CASE, Phase, aims_at_a_case};
use domain::procedures::packet::REPLIED;
use domain::procedures::special_check::CHECKED;
use given::*;
use serde_json::{Value as Json, json};

fn organiser() -> Person {
    who("organiser", "R12", "ZZB")
}
fn wanted() -> Json {
    json!({"target": "岗位", "post": "基层法院执行局局长岗位", "org": COURT, "purpose": "了解执行岗位履职情况", "from": "2025-01-01", "to": "2025-12-31", "basis": "干部监督工作安排"})
}
fn kin(g: &mut Given, number: &str, link: &str, marks: &[&str]) {
    g.kin = vec![Kin { number: number.into(), link: link.into(), marks: marks.iter().map(|m| (*m).to_owned()).collect() }];
}
fn outcome() -> Json {
    json!({"looked_at": 20, "with_problems": 3, "found": "超期 3 件，均已整改。"})
}
fn up_to(last: &str) -> Given {
    let mut g = given("directed_supervision");
    let line = [
        ("request", organiser(), wanted()),
        ("accept_form", handler(), json!({})),
        ("approve", secretary(), json!({})),
        ("arrange", handler(), json!({"review_batch": "PB-2026-0001"})),
        ("result", handler(), outcome()),
        ("approve_result", lead(), json!({})),
    ];
    for (action, who, form) in line {
        if action == "result" {
            kin(&mut g, "PB-2026-0001", "review_batch", &["closed"]);
        }
        g.takes(&who, action, form);
        if action == last {
            break;
        }
    }
    g
}
#[test]
fn no_answer_without_the_secretarys_approval_and_the_leads() {
    for action in ["accept_form", "approve", "arrange", "result", "approve_result"] {
        assert!(unavoidable::<DirectedSupervision>(&[action], Phase::Answered), "{action}");
    }
}
#[test]
fn b11_a_request_that_aims_at_a_pending_case_is_refused_at_its_field_in_those_words() {
    let g = given("directed_supervision");
    for (field, text) in [
        ("post", "（2026）赣09刑初12号承办岗位"),
        ("purpose", "了解被告人王明涉嫌受贿的办理"),
        ("purpose", "了解张某受贿一案的进展"),
        ("purpose", "核实 XS-2026-0043 反映的情况"),
        ("basis", "该案领导批示"),
        ("post", "（２０２６）赣 ０９ 民初 １２ 号"),
    ] {
        let mut form = wanted();
        form[field] = json!(text);
        let refusal = g.when(&organiser(), "request", form).err().unwrap_or_else(|| panic!("{text} was taken"));
        assert_eq!(refusal.fields, [(field.to_owned(), NO_CASE.to_owned())], "{text}");
    }
    assert!(NO_CASE.starts_with("不能以特定在办案件为标的"));
    for plain in ["全市法院执行领域，2025年度，共 3 个岗位", "一案一档目录管理岗位"] {
        assert!(!aims_at_a_case(plain), "{plain}");
    }
    assert_eq!(
        g.wrong(
            &organiser(),
            "request",
            json!({"target": "岗位", "purpose": "了解", "basis": "安排", "from": "2025-01-01", "to": "2025-02-01"})
        ),
        ["post"]
    );
}
#[test]
fn the_period_lies_behind_and_has_an_order() {
    let g = given("directed_supervision");
    let wrong = |from: &str, to: &str| {
        let mut form = wanted();
        (form["from"], form["to"]) = (json!(from), json!(to));
        g.when(&organiser(), "request", form).err().map(|r| r.fields[0].0.clone())
    };
    assert_eq!(wrong("2025-05-01", "2025-04-30"), Some("to".into()));
    assert_eq!(wrong("2025-05-01", "2026-03-03"), Some("to".into()), "what has not ended is not looked at");
    assert_eq!(wrong("2025-05-01", "2026-03-02"), None);
}
#[test]
fn who_asks_follows_from_the_role_he_holds_and_only_the_organisation_department_asks() {
    let mut g = given("directed_supervision");
    let mut form = wanted();
    form["from_org"] = json!("GA1");
    assert_eq!(g.takes(&organiser(), "request", form).entry.act["request"]["from_org"], "ZZB");
    assert!(g.matter().mine(&g.at(&who("other", "R12", "GA1"))).is_empty());
    for stranger in [handler(), procurator(), unit(), who("d", "R13", "ZZB")] {
        assert_eq!(given("directed_supervision").refuses(&stranger, "request", wanted()), "not_yours");
    }
}
#[test]
fn it_is_returned_put_right_approved_or_refused_with_a_reason_the_asker_reads() {
    let mut g = up_to("request");
    g.takes(&handler(), "return_request", json!({"reason": "期间过长"}));
    assert!(g.reads(&organiser()).iter().any(|(f, v)| *f == "reason" && v == "期间过长"));
    let mut again = wanted();
    again["purpose"] = json!("了解该案");
    assert_eq!(g.when(&organiser(), "revise", again).err().unwrap().fields[0].1, NO_CASE);
    g.takes(&organiser(), "revise", wanted());
    g.takes(&handler(), "accept_form", json!({}));
    assert_eq!(g.refuses(&lead(), "approve", json!({})), "not_yours", "the secretary's alone");
    assert_eq!(g.refuses(&also(&handler(), &secretary()), "approve", json!({})), "same_hands");
    assert_eq!(g.wrong(&secretary(), "refuse", json!({})), ["reason"]);
    g.takes(&secretary(), "refuse", json!({"reason": "已列入年度计划"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Refused", vec!["closed"]));
    let mut gone = up_to("accept_form");
    gone.takes(&organiser(), "withdraw", json!({"reason": "另行安排"}));
    assert_eq!(gone.phase(), "Withdrawn");
}
#[test]
fn the_asker_follows_his_request_and_sees_neither_batch_nor_result_nor_who_handles_it() {
    let g = up_to("approve_result");
    let mut read: Vec<_> = g.reads(&organiser()).into_iter().map(|r| r.0).collect();
    read.sort_unstable();
    assert_eq!(read, ["answered_on", "approved", "basis", "from", "from_org", "org", "post", "purpose", "target", "to"]);
    let seen: Vec<_> = g.timeline(&organiser()).into_iter().map(|t| t.0).collect();
    assert_eq!(seen, ["request", "accept_form", "approve", "approve_result"]);
    assert_eq!(g.matter().mine(&g.at(&organiser())), [Standing::Requester]);
    assert!(g.matter().mine(&g.at(&unit())).is_empty(), "the unit learns nothing of it");
}
#[test]
fn a_batch_or_a_check_carries_it_out_and_only_what_has_ended_is_told() {
    let g = up_to("approve");
    assert_eq!(g.wrong(&handler(), "arrange", json!({})), ["review_batch"]);
    assert_eq!(g.wrong(&handler(), "arrange", json!({"review_batch": "PB-2026-0001", "special_check": "ZX-2026-0001"})), ["review_batch"]);
    let mut g = up_to("arrange");
    assert_eq!(g.refuses(&handler(), "result", outcome()), "not_carried_out");
    kin(&mut g, "PB-2026-0002", "review_batch", &["closed"]);
    assert_eq!(g.refuses(&handler(), "result", outcome()), "not_carried_out", "another batch is not this one");
    g.takes(&handler(), "arrange", json!({"special_check": "ZX-2026-0001"}));
    kin(&mut g, "ZX-2026-0001", "special_check", &[CHECKED]);
    let wrong = |g: &Given, form: Json| g.when(&handler(), "result", form).err().map(|r| r.fields[0].0.clone());
    assert_eq!(wrong(&g, json!({"looked_at": 2, "with_problems": 3, "found": "无"})), Some("with_problems".into()));
    assert_eq!(wrong(&g, json!({"looked_at": 2, "with_problems": 1, "found": "（2025）赣09刑初12号超期"})), Some("found".into()));
    assert_eq!(wrong(&g, json!({"looked_at": 2, "with_problems": 1, "found": "量刑过重，应当改判。"})), Some("found".into()));
    g.takes(&handler(), "result", outcome());
    g.takes(&lead(), "send_back_result", json!({}));
    assert_eq!(g.phase(), "UnderWay");
}
#[test]
fn a_check_that_is_concluded_says_so() {
    let mut g = given("special_check");
    g.takes(&handler(), "plan", json!({"checklist": [{"item": "封存", "basis": "规定"}], "org": COURT, "from": "2026-03-02", "to": "2026-03-31", "theme": "未成年人犯罪记录封存"}));
    g.takes(&lead(), "approve", json!({}));
    g.takes(&handler(), "find", json!({"item": "封存", "check_result": "符合", "found": "均已封存", "cases": 3}));
    assert!(g.matter().marks().is_empty());
    g.takes(&handler(), "conclude", json!({"conclusion": "符合要求"}));
    assert_eq!(g.matter().marks(), [CHECKED]);
}
#[test]
fn the_answer_may_be_told_opens_a_packet_for_the_asker_and_can_be_taken_back() {
    let mut g = up_to("result");
    assert_eq!(g.refuses(&also(&handler(), &lead()), "approve_result", json!({})), "same_hands");
    let acted = g.takes(&lead(), "approve_result", json!({}));
    let request = &acted.requests[0];
    assert_eq!((request.kind, request.action, request.form["to_org"].as_str()), ("packet", "open_for", Some("ZZB")));
    assert_eq!(g.matter().marks(), [PROVIDABLE]);
    let back = g.takes(&lead(), "take_back_result", json!({"why": "统计有误"}));
    assert_eq!((back.requests[0].action, back.requests[0].link), ("source_withdrawn", Some("packet")));
    assert!(g.matter().marks().is_empty() && g.phase() == "UnderWay");
}
#[test]
fn it_is_closed_once_its_use_is_told_by_the_packet_or_on_paper() {
    let mut g = up_to("approve_result");
    assert_eq!(g.refuses(&handler(), "close", json!({})), "use_unknown");
    let mut paper = up_to("approve_result");
    paper.takes(&handler(), "record_use", json!({"used": "用于干部考察。"}));
    paper.takes(&handler(), "close", json!({}));
    assert_eq!((paper.phase().as_str(), paper.matter().marks()), ("Closed", vec![PROVIDABLE, "closed"]));
    kin(&mut g, "SB-2026-0001", "packet", &[REPLIED]);
    g.takes(&handler(), "close", json!({}));
    assert_eq!(g.phase(), "Closed");
}
