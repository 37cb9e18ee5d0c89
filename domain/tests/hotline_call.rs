//! 热线来电 (enterprise.md B1, M4.1): what an outcome asks for, what is handed on, who knows of a call, when it is called back.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Field, Person, vault_ref};
use domain::procedures::hotline_call::polite::{POLITE, words};
use domain::procedures::kind;
use domain::registers::codes::OUT_OF_SCOPE;
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

fn intake() -> Person {
    who("intake", "R14", ZFW)
}
fn convener() -> Person {
    who("convener", "R15", ZFW)
}
/// A question that was answered.
fn asked() -> Json {
    json!({"mode": "保密", "outcome": "咨询答复", "facts": vault_ref("f")})
}
/// A complaint with all it needs.
fn complaint() -> Json {
    json!({
        "mode": "保密", "outcome": "登记为诉求", "org": COURT, "act_type": "行政处罚", "problems": ["1", "7"], "litigation": "没有", "disclose": false,
        "facts": vault_ref("f"), "reporter_name": vault_ref("n"), "reporter_phone": vault_ref("p"), "enterprise": vault_ref("e"),
        "uscc": vault_ref("u"), "demand": vault_ref("d"), "doc_no": vault_ref("w"), "recording": vault_ref("r"), "firm": "ab12",
    })
}
fn with(form: &Json, field: &str, value: Json) -> Json {
    let mut form = form.clone();
    form[field] = value;
    form
}
fn without(form: &Json, field: &str) -> Json {
    let mut form = form.clone();
    form.as_object_mut().unwrap().remove(field);
    form
}
fn relayed(on: &str) -> Given {
    let mut g = given("hotline_call");
    g.takes(&intake(), "relay", json!({"order_no": "GD1", "received": on, "facts": vault_ref("f"), "reporter_phone": vault_ref("p")}));
    g
}

#[test]
fn a_question_is_closed_at_once_and_opens_nothing() {
    let mut g = given("hotline_call");
    let acted = g.takes(&intake(), "take", asked());
    assert_eq!((g.phase().as_str(), acted.requests.len()), ("Closed", 0));
    assert_eq!(g.counted(), [("热线来电", "2026-03-02".to_owned())]);
    assert_eq!(given("hotline_call").wrong(&intake(), "take", without(&asked(), "facts")), ["facts"]);
    for (who, code) in [(convener(), "not_yours"), (handler(), "not_yours"), (unit(), "not_yours")] {
        assert_eq!(given("hotline_call").refuses(&who, "take", asked()), code);
    }
}
#[test]
fn a_complaint_hands_on_the_very_references_that_were_sealed() {
    let mut g = given("hotline_call");
    let acted = g.takes(&intake(), "take", complaint());
    let request = &acted.requests[0];
    assert_eq!((request.kind, request.action, request.link, acted.requests.len()), ("enterprise_appeal", "from_call", None, 1));
    for (field, value) in complaint().as_object().unwrap().iter().filter(|(f, _)| *f != "outcome") {
        assert_eq!(&request.form[field], value, "{field}");
    }
    assert_eq!(request.form["source"], "热线");
    assert_eq!(g.counted().iter().map(|c| c.0).collect::<Vec<_>>(), ["热线来电", "热线登记诉求"]);
    for field in ["org", "act_type", "problems", "facts", "litigation"] {
        assert_eq!(given("hotline_call").wrong(&intake(), "take", without(&complaint(), field)), [field]);
    }
}
#[test]
fn what_is_in_review_or_before_a_court_is_shown_the_way_there() {
    let g = given("hotline_call");
    for pending in ["已复议", "已起诉"] {
        assert_eq!(g.wrong(&intake(), "take", with(&complaint(), "litigation", json!(pending))), ["litigation"], "{pending}");
    }
    let mut g = given("hotline_call");
    let out = json!({"mode": "保密", "outcome": "不属受理范围", "out_of_scope": "复议诉讼", "litigation": "已起诉"});
    assert!(g.takes(&intake(), "take", out.clone()).requests.is_empty() && g.phase() == "Closed");
    assert_eq!(given("hotline_call").wrong(&intake(), "take", without(&out, "out_of_scope")), ["out_of_scope"]);
    assert_eq!(given("hotline_call").wrong(&intake(), "take", with(&asked(), "out_of_scope", json!("信访"))), ["out_of_scope"]);
    // The old ledger says it too.
    let mut g = given("hotline_call");
    let row = json!({"old_no": "RX1", "received": "2023-02-02", "mode": "匿名", "in_remedy": true});
    g.takes(&house(), "enter_open", row.clone());
    assert_eq!(g.refuses(&intake(), "register", json!({})), "in_remedy");
    let mut g = given("hotline_call");
    g.takes(&house(), "enter_open", with(&row, "in_remedy", json!(false)));
    let more = json!({"org": COURT, "act_type": "行政处罚", "problems": ["1"], "litigation": "没有"});
    assert_eq!(g.wrong(&intake(), "register", more), ["facts"], "a complaint without a fact is none");
}
#[test]
fn an_anonymous_caller_leaves_no_name_to_be_opened() {
    let g = given("hotline_call");
    for field in ["reporter_name", "reporter_phone", "enterprise", "uscc", "recording"] {
        let form = with(&with(&asked(), "mode", json!("匿名")), field, json!(vault_ref("x")));
        assert_eq!(g.wrong(&intake(), "take", form), [field]);
    }
    assert!(g.when(&intake(), "take", with(&asked(), "mode", json!("匿名"))).is_ok());
    // Without a name or a number nobody can be asked again: a complaint then says that it is anonymous.
    let bare = without(&without(&complaint(), "reporter_name"), "reporter_phone");
    assert_eq!(g.wrong(&intake(), "take", bare), ["mode"]);
    // An order of 12345 that names an enterprise and nobody to ask: its enterprise is not handed on.
    let mut g = given("hotline_call");
    g.takes(&intake(), "relay", json!({"order_no": "GD1", "received": "2026-03-02", "enterprise": vault_ref("e"), "firm": "ab12"}));
    let more = json!({"org": COURT, "act_type": "行政检查", "problems": ["1"], "litigation": "没有"});
    assert_eq!(g.wrong(&intake(), "register", more.clone()), ["mode"]);
    let acted = g.takes(&intake(), "register", with(&more, "mode", json!("匿名")));
    assert!(["enterprise", "firm"].iter().all(|f| acted.requests[0].form[f].is_null()), "{:?}", acted.requests[0].form);
}
#[test]
fn a_call_joined_to_another_opens_no_second_complaint() {
    let mut g = given("hotline_call");
    let joined = json!({"mode": "保密", "outcome": "登记为诉求", "into": "XQ-2026-0001"});
    let acted = g.takes(&intake(), "take", joined);
    assert!(acted.requests.is_empty());
    assert_eq!(acted.entry.links, [("into".to_owned(), "XQ-2026-0001".to_owned())]);
    assert_eq!(given("hotline_call").wrong(&intake(), "take", with(&asked(), "into", json!("RX-2026-0001"))), ["into"]);
    let mut g = relayed("2026-03-02");
    g.takes(&intake(), "merge", json!({"into": "RX-2026-0001", "reason": "同一件事。"}));
    assert_eq!((g.phase().as_str(), g.buttons(&intake()).len()), ("Merged", 0));
}
#[test]
fn a_promised_call_is_owed_within_a_working_day() {
    let mut g = given("hotline_call");
    g.takes(&intake(), "take_back", asked());
    assert_eq!((g.phase().as_str(), g.due("call_back")), ("CallingBack", date(2026, 3, 3)));
    g.takes(&intake(), "miss", json!({}));
    assert_eq!(g.phase(), "CallingBack", "nobody answered: it is still owed");
    assert!(g.reads(&convener()).contains(&("missed", json!(1))));
    assert_eq!(g.refuses(&convener(), "call_back", json!({})), "not_yours");
    g.takes(&intake(), "call_back", json!({"result": vault_ref("a")}));
    assert!(g.phase() == "Closed" && g.clock("call_back").stopped.is_some());
    assert_eq!(g.refuses(&intake(), "call_back", json!({})), "not_now");
}
#[test]
fn an_order_of_12345_is_owed_from_the_day_of_the_call() {
    let mut g = relayed("2026-02-27");
    // Saturday, 28 February, is a working day by the notice.
    assert_eq!((g.phase().as_str(), g.due("settle")), ("Open", date(2026, 3, 5)));
    assert_eq!(
        given("hotline_call").wrong(&intake(), "relay", json!({"order_no": "GD1", "received": "2026-03-03"})),
        ["received", "facts"]
    );
    assert_eq!(g.wrong(&intake(), "settle", json!({"outcome": "登记为诉求", "result": "x"})), ["outcome"]);
    assert_eq!(g.wrong(&intake(), "settle", json!({"outcome": "不属受理范围", "result": "x"})), ["out_of_scope"]);
    let acted = g.takes(&intake(), "register", json!({"org": COURT, "act_type": "行政检查", "problems": ["1"], "litigation": "没有"}));
    let form = &acted.requests[0].form;
    assert_eq!((&form["source"], &form["facts"], &form["org"]), (&json!("12345"), &json!(vault_ref("f")), &json!(COURT)));
    assert!(g.phase() == "Closed" && g.clock("settle").stopped.is_some());
}
#[test]
fn an_import_is_taken_back_until_somebody_works_on_it() {
    let row = json!({"old_no": "RX1", "received": "2023-02-02", "mode": "匿名", "facts": vault_ref("f")});
    let mut g = given("hotline_call");
    g.takes(&house(), "enter_closed", row.clone());
    assert_eq!(g.counted(), [("热线来电", "2023-02-02".to_owned())]);
    g.takes(&house(), "void", json!({}));
    assert_eq!((g.phase().as_str(), g.counted()), ("Voided", vec![]));
    let mut g = given("hotline_call");
    g.takes(&house(), "enter_open", row.clone());
    assert_eq!(given("hotline_call").refuses(&intake(), "enter_open", row), "not_yours");
    g.takes(&intake(), "settle", json!({"outcome": "骚扰无声", "result": vault_ref("a")}));
    assert_eq!(g.refuses(&house(), "void", json!({})), "built_on");
}
#[test]
fn nobody_but_the_desk_knows_of_a_call_and_nothing_of_the_caller_is_shown_to_it() {
    let mut g = given("hotline_call");
    g.takes(&intake(), "take_back", complaint());
    for other in [
        handler(),
        lead(),
        secretary(),
        unit(),
        other_unit(),
        who("keeper", "R16", ZFW),
        who("justice", "R17", ZFW),
        who("x", "R14", COURT),
    ] {
        assert_eq!((g.reads(&other), g.buttons(&other), g.timeline(&other)), (vec![], vec![], vec![]), "{}", other.id);
    }
    let sealed = |f: &&Field| f.is_sealed();
    let hidden: Vec<&str> = kind("hotline_call").unwrap().fields().into_iter().filter(sealed).map(|f| f.name).collect();
    let wanted = ["reporter_phone", "reporter_name", "enterprise", "uscc", "facts", "demand", "doc_no", "recording", "remark"];
    assert_eq!(hidden, wanted);
    for reader in [intake(), convener()] {
        let read: Vec<&str> = g.reads(&reader).into_iter().map(|r| r.0).collect();
        assert!(read.contains(&"outcome") && !read.iter().any(|f| wanted.contains(f) || f.ends_with("_key") || *f == "firm"), "{read:?}");
        let told: Vec<&str> = g.timeline(&reader).into_iter().flat_map(|l| l.1).collect();
        assert!(told.contains(&"outcome") && !told.iter().any(|f| wanted.contains(f) || f.ends_with("_key") || *f == "firm"), "{told:?}");
    }
    let index = g.matter().index();
    assert_eq!((index.title.as_str(), index.gist.as_str()), ("{org}：四乱、程序违法", ""));
}
#[test]
fn every_way_out_has_its_polite_words_and_they_promise_nothing() {
    assert_eq!(POLITE.iter().map(|p| p.0).collect::<Vec<_>>(), OUT_OF_SCOPE.rows.iter().map(|r| r.0).collect::<Vec<_>>());
    for (code, say) in POLITE {
        assert!(words(code) == *say && say.chars().count() > 20 && say.ends_with('。'), "{code}");
        assert!(!["保证", "一定", "马上处理", "我们会督促"].iter().any(|w| say.contains(w)), "{code}: {say}");
    }
    assert!(words("复议诉讼").contains("六十日") && words("12345").contains("12345") && words("公安110").contains("110"));
    assert_eq!(words("没有这个"), "");
}
