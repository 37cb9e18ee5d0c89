//! 负面清单 (B12, boundary 7): who can become a candidate, who judges apart, how he is told and heard, who votes, what remedies hold back,
//! how it ends and is put right.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::calendar::Unit;
use domain::engine::{Person, Standing, vault_ref};
use domain::registers::limits::Limit;
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

const KIND: &str = "negative_list_entry";
fn him() -> Person {
    who("p1", "R10", POLICE)
}
fn other_secretary() -> Person {
    who("secretary2", "R3", ZFW)
}
fn time() -> Person {
    Person::time(ZFW)
}
fn with(mut form: Json, more: Json) -> Json {
    form.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    form
}
fn nomination() -> Json {
    json!({"review": "N1", "officer": "p1", "category": "重大瑕疵", "problems": ["Q2"], "facts": vault_ref("f"), "evidence": vault_ref("e"),
        "org": POLICE, "concluded_on": "2026-02-20", "grave": true, "named": "p1"})
}
fn nominated() -> Given {
    let mut g = given(KIND);
    g.takes(&handler(), "nominate", nomination());
    g.linked("review", &["concluded"]);
    g
}
const CLEAN: [(&str, bool); 4] = [("only_general", false), ("dispute", false), ("new_evidence", false), ("interfered", false)];
fn checks(yes: &str) -> Json {
    let all = CLEAN.iter().map(|(n, no)| ((*n).to_owned(), json!(*no || *n == yes)));
    Json::Object(all.chain([("attribution".to_owned(), json!(vault_ref("a")))]).collect())
}
fn founded() -> Given {
    let mut g = nominated();
    g.takes(&handler(), "attach_finding", json!({}));
    g
}
fn attributed() -> Given {
    let mut g = founded();
    g.takes(&handler(), "attribute", checks(""));
    g.takes(&seconded(), "attribute", checks(""));
    g
}
fn proposed() -> Given {
    let mut g = attributed();
    g.takes(&handler(), "propose_list", json!({"months": 12}));
    g
}
fn noticed() -> Given {
    let mut g = proposed();
    g.takes(&lead(), "issue_notice", json!({}));
    g
}
/// Served on 2 March 2026, a Monday: the tenth working day is the 16th.
fn stating() -> Given {
    let mut g = noticed();
    g.takes(&him(), "serve_notice", json!({"served_on": "2026-03-02"}));
    g
}
fn said(points: i64) -> Json {
    json!({"statement": vault_ref("s"), "points": points})
}
/// Two points stated, the time over.
fn answering() -> Given {
    let mut g = stating();
    g.on(3, 6).takes(&him(), "state", said(2));
    g.on(3, 17).takes(&time(), "lapse_statement", json!({}));
    g
}
fn answer(point: i64) -> Json {
    json!({"point": point.to_string(), "adopted": "不采纳", "answer": vault_ref("w")})
}
fn deciding() -> Given {
    let mut g = answering();
    for n in [1, 2] {
        g.takes(&handler(), "answer", answer(n));
    }
    g.takes(&handler(), "submit_answers", json!({}));
    g.takes(&second(), "countersign", json!({}));
    g
}
fn vote(person: &str, vote: &str, why: &str) -> Json {
    json!({"person": person, "vote": vote, "why": why})
}
fn votes() -> Json {
    json!([vote("lead", "赞成", ""), vote("secretary", "赞成", ""), vote("m3", "反对", "责任主要在审批环节。")])
}
fn decision(months: i64) -> Json {
    json!({"votes": votes(), "months": months})
}
fn decided() -> Given {
    let mut g = deciding();
    g.takes(&secretary(), "decide_list", decision(12));
    g
}
/// 17 March 2026.
fn reviewable() -> Given {
    let mut g = decided();
    g.takes(&him(), "serve_decision", json!({"served_on": "2026-03-17"}));
    g
}
fn open() -> Given {
    let mut g = reviewable();
    g.later(31).takes(&time(), "lapse_review", json!({}));
    g
}
fn under_review() -> Given {
    let mut g = reviewable();
    g.takes(&him(), "apply_review", json!({}));
    g
}
fn providable(g: &Given) -> bool {
    g.matter().marks().contains(&"providable")
}
fn outsiders() -> Vec<Person> {
    let at = |role: &str, org: &str| who(&format!("x-{role}-{org}"), role, org);
    let roles = ["R4", "R5", "R6", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15", "R16", "R17", "R18", "R19", "R20", "SYS", "SEC"];
    roles.iter().flat_map(|r| [ZFW, POLICE, COURT, "ZZB"].map(|org| at(r, org))).chain([unit(), other_unit()]).collect()
}

#[test]
fn a_candidate_comes_from_a_concluded_review_with_a_grave_defect_or_a_quoted_document() {
    let g = given(KIND);
    let wrong = |more: Json| g.wrong(&handler(), "nominate", with(nomination(), more));
    assert_eq!(wrong(json!({"concluded_on": null})), ["review"]);
    assert_eq!(wrong(json!({"grave": false})), ["category"]);
    let cited =
        json!({"category": "引用文书", "grave": false, "cited_body": "省高级人民法院", "cited_no": "（2026）赣刑再1号", "cited": ["f1"]});
    for missing in ["cited_body", "cited_no", "cited"] {
        let mut form = with(nomination(), cited.clone());
        form.as_object_mut().unwrap().remove(missing);
        assert_eq!(g.wrong(&handler(), "nominate", form), ["cited_body"], "{missing}");
    }
    assert!(g.when(&handler(), "nominate", with(nomination(), cited)).is_ok());
    assert_eq!(wrong(json!({"named": "p2"})), ["officer_ground"], "another than the review names");
    assert!(g.when(&handler(), "nominate", with(nomination(), json!({"named": "p2", "officer_ground": "卷一 P3 分工表"}))).is_ok());
    for who in [lead(), secretary(), seconded(), him(), unit()] {
        assert_eq!(g.refuses(&who, "nominate", nomination()), "not_yours", "{}", who.id);
    }
}
#[test]
fn nothing_is_attributed_without_a_competent_bodys_finding_or_his_own_word() {
    let mut g = nominated();
    assert_eq!(g.refuses(&handler(), "attribute", checks("")), "unfounded");
    assert_eq!(g.wrong(&handler(), "attach_finding", json!({"body": "市公安局", "doc_no": "1号"})), ["finding"], "with its document");
    g.takes(&handler(), "attach_acknowledgement", json!({}));
    assert!(g.when(&handler(), "attribute", checks("")).is_ok());
}
#[test]
fn two_of_different_standing_judge_apart_and_neither_reads_the_other_before_both_are_in() {
    let mut g = founded();
    g.takes(&handler(), "attribute", checks("interfered"));
    assert_eq!(g.phase(), "Nominated");
    assert_eq!(g.refuses(&handler(), "attribute", checks("")), "judged");
    let read = |g: &Given, who: &Person| g.reads(who).into_iter().map(|r| r.0).collect::<Vec<_>>();
    assert!(!read(&g, &seconded()).contains(&"checks") && !read(&g, &lead()).contains(&"attribution_open"));
    assert!(read(&g, &handler()).contains(&"attribution"), "one's own");
    let fields = g.timeline(&seconded()).into_iter().find(|t| t.0 == "attribute").unwrap().1;
    assert!(fields.is_empty(), "{fields:?}");
    g.takes(&seconded(), "attribute", checks(""));
    assert_eq!(g.phase(), "Attributed");
    assert!(read(&g, &handler()).contains(&"checks"));
    assert!(g.matter().mine(&g.at(&seconded())).is_empty(), "his part is done");
}
#[test]
fn two_handlers_are_not_two_sides() {
    let mut g = founded();
    g.takes(&handler(), "attribute", checks(""));
    g.takes(&second(), "attribute", checks(""));
    assert_eq!(g.phase(), "Nominated");
    g.takes(&seconded(), "attribute", checks(""));
    assert_eq!(g.phase(), "Attributed");
}
#[test]
fn any_of_the_four_exclusions_leaves_nothing_but_to_exclude() {
    for case in CLEAN {
        for first in [true, false] {
            let mut g = founded();
            g.takes(&handler(), "attribute", checks(if first { case.0 } else { "" }));
            g.takes(&seconded(), "attribute", checks(if first { "" } else { case.0 }));
            assert_eq!(g.refuses(&handler(), "propose_list", json!({"months": 6})), "spared", "{}", case.0);
            g.takes(&lead(), "exclude", json!({"exclusion": "仅一般瑕疵"}));
            assert_eq!(g.phase(), "Excluded");
            assert!(g.matter().mine(&g.at(&him())).is_empty(), "he was never told, and is not now");
        }
    }
}
#[test]
fn the_term_has_a_ceiling_of_its_category() {
    let g = attributed();
    for (months, fine) in [(12, true), (1, true), (13, false), (0, false), (-3, false)] {
        assert_eq!(g.when(&handler(), "propose_list", json!({"months": months})).is_ok(), fine, "{months}");
    }
    let mut g = given(KIND);
    let cited = json!({"category": "引用文书", "cited_body": "省高级人民法院", "cited_no": "1号", "cited": ["f1"]});
    g.takes(&handler(), "nominate", with(nomination(), cited));
    g.linked("review", &["concluded"]);
    g.takes(&handler(), "attach_finding", json!({}));
    g.takes(&handler(), "attribute", checks(""));
    g.takes(&seconded(), "attribute", checks(""));
    assert!(g.when(&handler(), "propose_list", json!({"months": 24})).is_ok());
    assert_eq!(g.refuses(&handler(), "propose_list", json!({"months": 25})), "bad_form");
}
#[test]
fn another_hand_issues_the_notice_and_only_from_then_on_he_is_a_party() {
    let g = proposed();
    assert!(g.matter().mine(&g.at(&him())).is_empty() && g.reads(&him()).is_empty());
    assert_eq!(g.refuses(&also(&handler(), &lead()), "issue_notice", json!({})), "same_hands");
    let g = noticed();
    assert_eq!(g.matter().mine(&g.at(&him())), [Standing::Officer]);
    let read: Vec<&str> = g.reads(&him()).into_iter().map(|r| r.0).collect();
    for field in ["facts", "evidence", "basis", "months", "rights", "checks", "attribution_open", "review"] {
        assert!(read.contains(&field), "{field}: {read:?}");
    }
}
#[test]
fn service_needs_his_own_signature_or_a_proof() {
    let g = noticed();
    assert_eq!(g.refuses(&handler(), "serve_notice", json!({"served_on": "2026-03-02"})), "bad_form");
    assert!(g.when(&handler(), "serve_notice", json!({"served_on": "2026-03-02", "receipt": ["f1"]})).is_ok());
    assert_eq!(g.refuses(&him(), "serve_notice", json!({"served_on": "2026-02-27"})), "bad_form", "before it was issued");
    assert_eq!(g.refuses(&him(), "serve_notice", json!({"served_on": "2026-03-03"})), "bad_form", "to come");
    assert_eq!(g.refuses(&who("p2", "R10", POLICE), "serve_notice", json!({})), "not_yours");
    // Registered late, the time begins when it was registered: no date on a paper takes a day from him.
    let mut g = noticed();
    g.on(3, 20).takes(&handler(), "serve_notice", json!({"served_on": "2026-03-02", "receipt": ["f1"]}));
    assert_eq!(g.due("statement"), date(2026, 4, 3));
}
#[test]
fn neither_clock_nor_setting_shortens_the_time_to_answer_below_ten_working_days() {
    for (length, unit) in [(1, Unit::WorkingDays), (1, Unit::CalendarDays), (10, Unit::CalendarDays), (9, Unit::WorkingDays)] {
        let mut g = noticed();
        let short = Limit { length: Some(length), unit, ..g.limits.get("T23a").unwrap().clone() };
        g.limits.0.insert("T23a".into(), short);
        g.takes(&him(), "serve_notice", json!({"served_on": "2026-03-02"}));
        assert_eq!(g.due("statement"), date(2026, 3, 16), "{length} {unit:?}");
    }
    let mut g = stating();
    g.takes(&him(), "waive_statement", json!({}));
    for day in [3, 16] {
        g.on(3, day);
        assert_eq!(g.refuses(&time(), "lapse_statement", json!({})), "too_early");
        assert_eq!(g.refuses(&secretary(), "decide_list", decision(12)), "not_now");
    }
    assert!(g.when(&him(), "state", said(1)).is_ok(), "to the last day, whatever he said before");
    g.on(3, 17).takes(&time(), "lapse_statement", json!({}));
    let longer = Limit { length: Some(20), ..g.limits.get("T23a").unwrap().clone() };
    let mut g = noticed();
    g.limits.0.insert("T23a".into(), longer);
    g.takes(&him(), "serve_notice", json!({"served_on": "2026-03-02"}));
    assert_eq!(g.due("statement"), date(2026, 3, 30), "longer is the office's to give");
}
#[test]
fn he_states_more_than_once_and_on_paper_with_the_paper() {
    let mut g = stating();
    g.takes(&him(), "state", said(2));
    g.on(3, 9).takes(&him(), "state", said(1));
    assert_eq!(g.wrong(&handler(), "state_on_paper", with(said(1), json!({"received_on": "2026-03-06"}))), ["paper"]);
    g.takes(&handler(), "state_on_paper", with(said(1), json!({"received_on": "2026-03-06", "paper": ["f1"]})));
    assert_eq!(g.refuses(&handler(), "state", said(1)), "not_yours", "nobody speaks for him in his name");
    g.on(3, 17);
    assert_eq!(g.refuses(&him(), "state", said(1)), "too_late");
    g.takes(&time(), "lapse_statement", json!({}));
    let offered = g.matter().choices("point");
    assert_eq!(offered.len(), 4, "numbered on and on");
}
#[test]
fn a_paper_that_came_in_time_and_was_entered_late_is_still_answered() {
    let mut g = deciding();
    g.takes(&handler(), "state_late", with(said(1), json!({"received_on": "2026-03-13", "paper": ["f1"]})));
    assert_eq!(g.phase(), "Answering");
    assert_eq!(g.refuses(&handler(), "submit_answers", json!({})), "unanswered");
    g.takes(&handler(), "answer", answer(3));
    g.takes(&handler(), "submit_answers", json!({}));
}
#[test]
fn every_point_is_answered_by_two_before_anybody_decides() {
    let mut g = answering();
    assert_eq!(g.refuses(&handler(), "submit_unstated", json!({})), "stated");
    g.takes(&handler(), "answer", answer(1));
    assert_eq!(g.refuses(&handler(), "submit_answers", json!({})), "unanswered");
    assert_eq!(g.refuses(&handler(), "answer", answer(3)), "bad_form", "no such point");
    g.takes(&handler(), "answer", answer(2));
    g.takes(&handler(), "submit_answers", json!({}));
    assert_eq!(g.refuses(&handler(), "countersign", json!({})), "same_hands");
    g.takes(&second(), "return_answers", json!({}));
    g.takes(&handler(), "answer", answer(2));
    g.takes(&handler(), "submit_answers", json!({}));
    g.takes(&second(), "countersign", json!({}));
    assert_eq!(g.phase(), "Deciding");
    let read: Vec<&str> = g.reads(&him()).into_iter().map(|r| r.0).collect();
    assert!(read.contains(&"answer") && read.contains(&"answered") && read.contains(&"statement"), "{read:?}");
}
#[test]
fn an_answer_speaks_of_facts_and_not_of_attitude() {
    let g = answering();
    for text in ["该干警态度恶劣。", "拒不 认错，不予采纳。", "属于狡辩。"] {
        assert_eq!(g.refuses(&handler(), "answer", with(answer(1), json!({"answer": text}))), "bad_form", "{text}");
        assert_eq!(deciding().refuses(&secretary(), "decide_list", with(decision(12), json!({"decision": text}))), "bad_form");
    }
    assert!(g.when(&handler(), "answer", with(answer(1), json!({"answer": "卷三第 12 页没有审批记录。"}))).is_ok());
}
#[test]
fn boundary_7_nothing_he_said_makes_it_longer() {
    let g = deciding();
    for (months, fine) in [(12, true), (6, true), (1, true), (13, false), (24, false)] {
        let tried = g.when(&secretary(), "decide_list", decision(months));
        assert_eq!(tried.is_ok(), fine, "{months}");
        if let Err(r) = tried {
            assert!(r.fields[0].0 == "months" && r.fields[0].1.contains("不得因陈述、申辩"), "{r:?}");
        }
    }
    let g = under_review();
    for (months, fine) in [(11, true), (12, false), (13, false)] {
        assert_eq!(g.when(&other_secretary(), "shorten_on_review", json!({"months": months})).is_ok(), fine, "{months}");
    }
}
#[test]
fn the_collective_decides_by_a_majority_of_three_or_more_who_did_not_prepare_it() {
    let g = deciding();
    let with_votes = |v: Json| with(decision(12), json!({"votes": v}));
    let refused = |v: Json| {
        let r = g.when(&secretary(), "decide_list", with_votes(v)).err().unwrap();
        assert_eq!(r.fields[0].0, "votes");
        r.fields[0].1.clone()
    };
    let yes = |p: &str| vote(p, "赞成", "");
    assert!(refused(json!([yes("lead"), yes("secretary")])).contains("不少于 3 人"));
    assert!(refused(json!([yes("lead"), yes("lead"), yes("secretary")])).contains("只能表决一次"));
    for prepared in ["handler", "second", "seconded"] {
        assert!(refused(json!([yes("lead"), yes("secretary"), yes(prepared)])).contains("不能表决"), "{prepared}");
    }
    assert!(refused(json!([yes("lead"), yes("secretary"), yes("p1")])).contains("回避"));
    assert!(refused(json!([yes("lead"), yes("secretary"), vote("m3", "反对", "")])).contains("写明理由"));
    assert!(refused(json!([yes("lead"), vote("secretary", "弃权", ""), vote("m3", "反对", "不同意。")])).contains("没有过半数"));
    assert!(refused(json!([yes("lead"), yes("secretary"), vote("m3", "弃权", ""), vote("m4", "弃权", "")])).contains("没有过半数"));
    let mut more = deciding();
    more.parameters.insert("list_voters".into(), 4);
    assert_eq!(more.refuses(&secretary(), "decide_list", decision(12)), "bad_form");
    more.parameters.insert("list_voters".into(), 1);
    let two = with_votes(json!([yes("lead"), yes("secretary")]));
    assert_eq!(more.refuses(&secretary(), "decide_list", two), "bad_form", "never fewer than three");
    assert_eq!(g.refuses(&also(&handler(), &secretary()), "decide_list", decision(12)), "same_hands");
    assert_eq!(g.refuses(&lead(), "decide_list", decision(12)), "not_yours");
    assert_eq!(g.refuses(&secretary(), "decide_against", json!({"votes": votes()})), "bad_form", "the majority was for it");
    let against = json!({"votes": [yes("lead"), vote("secretary", "反对", "不同意。"), vote("m3", "弃权", "")]});
    let mut g = deciding();
    g.takes(&secretary(), "decide_against", against);
    assert_eq!((g.phase().as_str(), providable(&g)), ("Excluded", false));
}
#[test]
fn he_reads_the_result_and_the_reasons_against_but_not_who_voted_how() {
    let g = decided();
    let read = g.reads(&him());
    let value = |name: &str| read.iter().find(|r| r.0 == name).map(|r| r.1.clone());
    assert_eq!(value("tally"), Some(json!("赞成 2 票，反对 1 票，弃权 0 票")));
    assert_eq!(value("dissents"), Some(json!([{"why": "责任主要在审批环节。"}])));
    assert_eq!((value("votes"), value("minutes"), value("recused")), (None, None, None));
    let told = g.timeline(&him());
    let fields = &told.iter().find(|t| t.0 == "decide_list").unwrap().1;
    assert!(fields.contains(&"decision") && !fields.contains(&"votes") && !fields.contains(&"minutes"), "{fields:?}");
}
#[test]
fn a_recusal_is_answered_before_anybody_decides_and_whoever_is_recused_keeps_out() {
    let mut g = deciding();
    g.takes(&him(), "apply_recusal", json!({}));
    assert_eq!(g.refuses(&secretary(), "decide_list", decision(12)), "recusal_open");
    assert_eq!(g.refuses(&other_secretary(), "answer_recusal", json!({"recusal": "1", "granted": true})), "bad_form", "names whom");
    g.takes(&other_secretary(), "answer_recusal", json!({"recusal": "1", "granted": true, "recused": "secretary"}));
    assert_eq!(g.refuses(&secretary(), "decide_list", decision(12)), "recused");
    assert_eq!(g.refuses(&deputy("deputy", &secretary()), "decide_list", decision(12)), "recused", "nor his deputy");
    assert_eq!(g.refuses(&other_secretary(), "decide_list", decision(12)), "bad_form", "nor does he vote");
    let others = json!([vote("lead", "赞成", ""), vote("m3", "赞成", ""), vote("m4", "赞成", "")]);
    g.takes(&other_secretary(), "decide_list", with(decision(12), json!({"votes": others})));
}
#[test]
fn nothing_is_told_before_the_time_for_review_is_over_or_the_review_upheld_it() {
    let mut g = reviewable();
    assert_eq!(g.due("review"), date(2026, 4, 16));
    assert!(!providable(&g));
    assert_eq!(g.refuses(&handler(), "provide", json!({})), "not_now");
    g.on(4, 16);
    assert_eq!(g.refuses(&time(), "lapse_review", json!({})), "too_early");
    g.on(4, 17).takes(&time(), "lapse_review", json!({}));
    assert!(providable(&g));
    let acted = g.takes(&handler(), "provide", json!({"to_org": "ZZB", "purpose": "协管参考。", "use_basis": "干部监督"}));
    assert_eq!((acted.requests[0].kind, acted.requests[0].action), ("packet", "open_for"));
    assert_eq!(acted.requests[0].form["to_org"], "ZZB");

    let mut g = under_review();
    assert!(!providable(&g));
    g.takes(&other_secretary(), "uphold", json!({}));
    assert!(!providable(&g), "not before it was served");
    g.takes(&him(), "serve_review", json!({"served_on": "2026-03-17"}));
    assert!(providable(&g));
    g.takes(&him(), "appeal", json!({}));
    assert!(!providable(&g) && g.phase() == "Appealed", "while an appeal runs nothing is told");
    g.takes(&handler(), "appeal_upheld", json!({}));
    assert!(providable(&g));
}
#[test]
fn others_than_those_who_decided_handle_the_review() {
    let g = under_review();
    assert_eq!(g.refuses(&secretary(), "uphold", json!({})), "same_hands");
    assert_eq!(g.refuses(&lead(), "uphold", json!({})), "voted");
    assert_eq!(g.refuses(&also(&handler(), &other_secretary()), "remove_on_review", json!({})), "same_hands");
    assert!(g.when(&other_secretary(), "remove_on_review", json!({})).is_ok());
}
#[test]
fn review_and_appeal_have_their_time_and_another_enters_them_with_his_paper_only() {
    let mut g = reviewable();
    assert_eq!(g.refuses(&handler(), "apply_review", json!({})), "bad_form");
    assert!(g.when(&handler(), "apply_review", json!({"files": ["f1"]})).is_ok());
    assert!(g.when(&him(), "appeal_directly", json!({})).is_ok());
    g.on(4, 17);
    assert_eq!(g.refuses(&him(), "apply_review", json!({})), "too_late");
    let mut g = under_review();
    g.takes(&other_secretary(), "uphold", json!({}));
    g.takes(&him(), "serve_review", json!({"served_on": "2026-03-17"}));
    assert_eq!(g.due("appeal"), date(2026, 4, 1));
    assert_eq!(g.on(4, 2).refuses(&him(), "appeal", json!({})), "too_late");
    assert_eq!(open().refuses(&him(), "appeal", json!({})), "too_late", "whoever did not ask for review has had his time");
}
#[test]
fn it_ends_by_itself_and_every_way_out_withdraws_what_was_told() {
    let mut g = open();
    assert_eq!(g.due("term"), date(2027, 3, 17));
    g.today = date(2027, 3, 17);
    assert_eq!(g.refuses(&time(), "expire", json!({})), "too_early");
    g.later(1);
    let gone = |acted: &domain::engine::Acted| acted.requests.iter().any(|r| r.action == "source_withdrawn" && r.link == Some("packet"));
    assert!(gone(&g.takes(&time(), "expire", json!({}))));
    assert!(!providable(&g));
    for (by, action) in [(secretary(), "remove_early"), (house(), "remove_revoked"), (secretary(), "exonerate")] {
        let mut g = open();
        assert!(gone(&g.takes(&by, action, json!({}))), "{action}");
        assert!(!providable(&g) && ["Removed", "Exonerated"].contains(&g.phase().as_str()), "{action}");
        assert_eq!(g.clock("correction").spans[0].code, "T26");
    }
    let mut g = under_review();
    assert!(gone(&g.takes(&other_secretary(), "remove_on_review", json!({}))));
    let mut g = reviewable();
    g.takes(&him(), "appeal_directly", json!({}));
    assert!(gone(&g.takes(&handler(), "appeal_reversed", json!({}))));
}
#[test]
fn a_revoked_review_leaves_nothing_but_the_way_out() {
    let blocked =
        |g: &Given, who: &Person, action: &str, form: Json| assert_eq!(g.refuses(who, action, form), "source_revoked", "{action}");
    let revoked = |mut g: Given| {
        g.linked("review", &["revoked"]);
        g
    };
    blocked(&revoked(founded()), &handler(), "attribute", checks(""));
    blocked(&revoked(attributed()), &handler(), "propose_list", json!({"months": 6}));
    blocked(&revoked(proposed()), &lead(), "issue_notice", json!({}));
    blocked(&revoked(deciding()), &secretary(), "decide_list", decision(12));
    blocked(&revoked(under_review()), &other_secretary(), "uphold", json!({}));
    blocked(&revoked(open()), &handler(), "provide", json!({}));
    let mut g = revoked(open());
    g.takes(&secretary(), "remove_early", json!({"removal": "定论撤销"}));
    for mut early in [nominated(), noticed(), answering(), deciding()] {
        early.takes(&house(), "exclude_revoked", json!({}));
        assert_eq!(early.phase(), "Excluded");
    }
}
#[test]
fn every_body_that_was_told_is_told_again_and_then_nobody_but_he_and_the_auditor_finds_it() {
    let mut g = open();
    g.takes(&handler(), "provide", json!({"to_org": "ZZB"}));
    g.takes(&secretary(), "remove_early", json!({}));
    assert_eq!(g.refuses(&handler(), "confirm_corrected", json!({})), "bad_form");
    let told = json!({"told": [{"org": "ZZB", "told_on": "2026-04-17", "doc_no": "更〔2026〕1号"}]});
    g.takes(&handler(), "confirm_corrected", told);
    for who in [handler(), lead(), secretary(), seconded()] {
        assert!(g.matter().mine(&g.at(&who)).is_empty(), "{}", who.id);
    }
    let auditor = who("aud", "AUD", ZFW);
    assert_eq!((g.matter().mine(&g.at(&him())), g.matter().mine(&g.at(&auditor))), (vec![Standing::Officer], vec![Standing::Auditor]));
    let read: Vec<&str> = g.reads(&auditor).into_iter().map(|r| r.0).collect();
    assert!(!read.iter().any(|f| ["facts", "officer", "statement", "gist", "decision"].contains(f)), "{read:?}");
    assert!(g.buttons(&auditor).is_empty());
    // Wrong after all: he asks, and is put right.
    g.takes(&him(), "ask_correction", json!({}));
    g.takes(&secretary(), "exonerate", json!({}));
    g.takes(&handler(), "confirm_corrected", json!({}));
    assert_eq!(g.phase(), "Ended");
}
#[test]
fn nobody_outside_stands_toward_it_in_any_phase() {
    let all = [nominated(), attributed(), proposed(), noticed(), answering(), deciding(), decided(), reviewable(), under_review(), open()];
    for g in all {
        for who in outsiders() {
            let at = g.at(&who);
            assert!(
                g.matter().mine(&at).is_empty() && g.matter().view(&at).is_empty() && g.matter().offered(&at).is_empty(),
                "{} in {}",
                who.id,
                g.phase()
            );
        }
        let title = g.matter().index().title.clone();
        assert!(!title.contains("p1") && g.matter().index().gist.is_empty(), "{title}");
    }
}
#[test]
fn what_a_packet_may_carry_stands_on_the_page_only_while_it_may_be_told() {
    let recipients = |g: &Given| -> Vec<&'static str> {
        let reader = handler();
        let at = g.at(&reader);
        let rows = g.matter().view(&at).into_iter().flat_map(|s| s.rows);
        rows.filter(|r| r.field.seen.contains(&Standing::Recipient)).map(|r| r.field.name).collect()
    };
    for g in [nominated(), deciding(), decided(), reviewable(), under_review()] {
        assert!(recipients(&g).is_empty(), "{}", g.phase());
    }
    let told = recipients(&open());
    assert_eq!(told, ["listed_person", "listed_org", "listed_category", "listed_gist", "listed_months", "listed_until", "listed_nature"]);
}
#[test]
fn counts_follow_the_life_of_it() {
    let g = open();
    let measures: Vec<&str> = g.counted().into_iter().map(|c| c.0).collect();
    assert_eq!(measures, ["负面清单拟列", "负面清单申辩", "负面清单列入"]);
}
#[test]
fn a_term_that_is_over_with_the_time_for_review_ends_all_the_same() {
    let mut g = deciding();
    g.takes(&secretary(), "decide_list", decision(1));
    g.takes(&him(), "serve_decision", json!({"served_on": "2026-03-17"}));
    g.later(40);
    let steps = g.matter().lapsed(g.today);
    assert_eq!(steps, ["lapse_review", "expire"]);
    for step in steps {
        g.takes(&time(), step, json!({}));
    }
    assert_eq!((g.phase().as_str(), providable(&g)), ("Removed", false));
}
