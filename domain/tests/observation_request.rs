//! 观摩申请、邀请 (enterprise.md B2, 0-5): who asks, what the unit is told, how much time there must be, and that nothing is accompanied
//! but a task there is.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Person, vault_ref};
use domain::procedures::observation_request::ObservationRequest;
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

fn intake() -> Person {
    who("intake", "R14", ZFW)
}
fn convener() -> Person {
    who("convener", "R15", ZFW)
}
fn asks() -> Person {
    Person::reporter(ZFW)
}
/// Of the enforcing unit.
fn market() -> Person {
    who("market", "R9", COURT)
}
fn application(when: &str) -> Json {
    json!({"org": COURT, "when": when, "tie": false, "disclose": false, "item": vault_ref("item"), "place": vault_ref("place"), "reason": vault_ref("why"),
        "enterprise": vault_ref("firm"), "uscc": vault_ref("code"), "firm": "d1 d2", "task_no": vault_ref("no")})
}
fn task() -> Json {
    json!({"task_no": "检2026-7", "task_state": "有码", "officers": vault_ref("o"), "inspected": vault_ref("in"), "inspected_firm": "d2 d3"})
}
fn applied() -> Given {
    let mut g = given("observation_request");
    g.takes(&asks(), "apply", application("2026-03-20"));
    g
}
fn invitation(when: &str) -> Json {
    let mut all = task();
    all.as_object_mut().unwrap().extend(json!({"org": COURT, "when": when}).as_object().cloned().unwrap());
    all
}
fn confirmed() -> Given {
    let mut g = applied();
    g.takes(&intake(), "ask_confirm", json!({"about": vault_ref("about")}));
    g.takes(&market(), "confirm_task", task());
    g
}
fn state(g: &Given) -> ObservationRequest {
    let body: Json = serde_json::from_str(&g.matter().body()).unwrap();
    serde_json::from_value(body["state"].clone()).unwrap()
}
fn names(read: Vec<(&'static str, Json)>) -> Vec<&'static str> {
    read.into_iter().map(|r| r.0).collect()
}

#[test]
fn an_enterprise_asks_by_the_portal_or_the_desk_and_nobody_else_for_it() {
    let g = given("observation_request");
    assert!(g.when(&asks(), "apply", application("2026-03-20")).is_ok());
    assert!(g.when(&intake(), "register", application("2026-03-20")).is_ok());
    for (who, action) in
        [(intake(), "apply"), (market(), "register"), (convener(), "register"), (handler(), "register"), (who("o", "R19", ZFW), "register")]
    {
        assert_eq!(g.refuses(&who, action, application("2026-03-20")), "not_yours", "{} {action}", who.id);
    }
    assert_eq!(g.refuses(&asks(), "apply", application("2026-03-01")), "bad_form", "a day that has passed");
    let mut tied = application("2026-03-20");
    tied["tie"] = json!(true);
    assert_eq!(g.refuses(&asks(), "apply", tied.clone()), "bad_form");
    tied["tie_note"] = json!(vault_ref("t"));
    assert!(g.when(&asks(), "apply", tied).is_ok());
    assert_eq!(g.when(&other_unit(), "invite", invitation("2026-03-20")).err().map(|r| r.code), Some("not_yours"), "each unit for itself");
    assert!(g.buttons(&market()).contains(&"invite") && !g.buttons(&handler()).contains(&"invite"));
    assert!(g.when(&market(), "invite", invitation("2026-03-20")).is_ok());
}
#[test]
fn three_working_days_ahead_or_a_reason_why_it_is_taken_all_the_same() {
    // Monday: the third working day is Thursday.
    for (when, needs_a_reason) in [("2026-03-04", true), ("2026-03-05", false)] {
        let mut g = given("observation_request");
        g.takes(&market(), "invite", invitation(when));
        assert_eq!(g.when(&intake(), "approve", json!({})).is_err(), needs_a_reason, "{when}");
        g.takes(&intake(), "approve", json!({"late_reason": vault_ref("l")}));
        assert_eq!(g.matter().marks(), ["approved"]);
    }
}
#[test]
fn the_office_answers_in_a_working_day_which_stands_still_while_others_owe_an_answer() {
    let mut g = applied();
    assert_eq!(g.due("answer"), date(2026, 3, 3));
    g.takes(&intake(), "ask_confirm", json!({"about": vault_ref("about")}));
    assert!(g.clock("answer").paused.is_some());
    assert_eq!(g.due("confirm"), date(2026, 3, 3));
    g.on(3, 4).takes(&market(), "confirm_task", task());
    assert_eq!((g.due("answer"), g.clock("confirm").live()), (date(2026, 3, 5), false));
}
#[test]
fn nothing_is_approved_before_the_unit_has_stated_the_task() {
    let mut g = applied();
    assert_eq!(g.refuses(&intake(), "approve", json!({})), "no_task");
    assert_eq!(g.refuses(&intake(), "confirm_task", task()), "not_now");
    g.takes(&intake(), "ask_confirm", json!({"about": vault_ref("about")}));
    for other in [intake(), convener(), other_unit(), asks()] {
        assert_eq!(g.refuses(&other, "confirm_task", task()), "not_yours", "{}", other.id);
    }
    let mut none = given("observation_request");
    none.entries.clone_from(&g.entries);
    none.takes(&market(), "no_task", json!({"reason": vault_ref("none")}));
    assert_eq!((none.phase().as_str(), none.matter().marks()), ("NoTask", vec!["closed"]));
    assert!(names(none.reads(&asks())).contains(&"reason"), "the enterprise is told");
    g.takes(&market(), "confirm_task", task());
    assert_eq!(g.refuses(&intake(), "ask_confirm", json!({})), "task_known");
    g.takes(&intake(), "approve", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Approved", vec!["approved"]));
    assert_eq!(state(&g).firms(), ["d1", "d2", "d3"], "whoever asks and whoever is inspected, each once");
    let officers = g.kind.fields().into_iter().find(|f| f.name == "officers").unwrap();
    for (text, fits) in [("马测市 36120001", false), ("马测市 36120001\n苗虚烟", false), ("马测市 36120001\n苗虚烟 36120002", true)]
    {
        assert_eq!(officers.wrong(&json!(text)).is_none(), fits, "{text}");
    }
}
#[test]
fn the_unit_knows_of_a_request_once_it_is_asked_and_then_not_who_asked() {
    let mut g = applied();
    assert_eq!((g.reads(&market()), g.buttons(&market())), (vec![], vec![]), "not before it is asked");
    assert!(g.matter().facts().iter().all(|f| f.org.is_empty()), "nor is it counted under it");
    g.takes(&intake(), "ask_to_complete", json!({"note": vault_ref("note")}));
    g.takes(&asks(), "complete", json!({"when": "2026-03-20", "supplement": vault_ref("more")}));
    g.takes(&intake(), "ask_confirm", json!({"about": vault_ref("about")}));
    g.takes(&market(), "confirm_task", task());
    g.takes(&intake(), "refuse", json!({"reason": vault_ref("refused")}));
    let read = g.reads(&market());
    let told = format!("{read:?}");
    for hidden in [
        "\"item\"",
        "\"place\"",
        "\"why\"",
        "v:item",
        "v:place",
        "v:why",
        "v:firm",
        "v:code",
        "v:note",
        "v:more",
        "v:refused",
        "v:no\"",
        "d1",
        "disclose",
        "tie",
    ] {
        assert!(!told.contains(hidden), "{hidden}: {told}");
    }
    assert!(told.contains("v:about") && told.contains("act_type") && told.contains("2026-03-20"));
    let told = g.timeline(&market());
    for (action, fields) in told {
        let own = matches!(action.as_str(), "confirm_task" | "ask_confirm");
        assert!(own || fields.iter().all(|f| *f == "when"), "{action} {fields:?}");
    }
    let title = g.matter().index().title;
    assert_eq!(title, "行政许可随队观摩 2026-03-20");
    // Whoever asked reads the answer, and not what the unit told the office of somebody else.
    let read = format!("{:?}", g.reads(&asks()));
    assert!(read.contains("v:refused") && read.contains("v:item") && !read.contains("v:in\""), "{read}");
    // Who agrees is shown with the place.
    let mut open = given("observation_request");
    let mut form = application("2026-03-20");
    form["disclose"] = json!(true);
    open.takes(&asks(), "apply", form);
    open.takes(&intake(), "ask_confirm", json!({"about": vault_ref("about")}));
    assert!(format!("{:?}", open.reads(&market())).contains("v:place"));
    let about = g.kind.fields().into_iter().find(|f| f.name == "about").unwrap();
    assert!(about.wrong(&json!("申请人电话 15400098765，请确认。")).is_some());
    assert_eq!(about.wrong(&json!("请确认 3 月 20 日有无对餐饮单位的食品安全检查。")), None);
}
#[test]
fn nothing_identifies_an_enterprise_on_any_page() {
    let g = confirmed();
    for (name, sealed) in [("enterprise", "reporter"), ("uscc", "reporter"), ("contact", "reporter"), ("contact_phone", "reporter")] {
        assert_eq!(g.kind.fields().into_iter().find(|f| f.name == name).unwrap().vault, Some(sealed));
    }
    for who in [intake(), convener(), asks(), market(), who("keeper", "R16", ZFW)] {
        let read = format!("{:?}", g.reads(&who));
        assert!(!read.contains("v:firm") && !read.contains("v:code") && !read.contains("d1"), "{}", who.id);
    }
    for nobody in [handler(), lead(), secretary(), other_unit(), who("o1", "R19", ZFW)] {
        assert_eq!((g.reads(&nobody), g.buttons(&nobody)), (vec![], vec![]), "{}", nobody.id);
    }
}
#[test]
fn it_is_completed_once_and_not_after_the_unit_was_asked() {
    let mut g = applied();
    g.takes(&intake(), "ask_to_complete", json!({}));
    assert_eq!(g.due("completing"), date(2026, 3, 4));
    assert_eq!(g.refuses(&market(), "complete_invitation", json!({})), "not_yours");
    g.takes(&asks(), "complete", json!({"when": "2026-03-25"}));
    assert_eq!((g.refuses(&intake(), "ask_to_complete", json!({})), g.due("day")), ("completed_once", date(2026, 3, 25)));
    assert_eq!(confirmed().refuses(&intake(), "ask_to_complete", json!({})), "unit_asked");
    let mut own = given("observation_request");
    own.takes(&market(), "invite", invitation("2026-03-20"));
    own.takes(&intake(), "ask_to_complete", json!({"note": vault_ref("note")}));
    assert!(names(own.reads(&market())).contains(&"note"), "the unit reads what its invitation lacks");
    assert_eq!(own.refuses(&intake(), "complete", json!({"when": "2026-03-20"})), "invited");
    own.takes(&market(), "complete_invitation", json!({"when": "2026-03-20"}));
}
#[test]
fn a_refusal_has_its_reason_and_is_looked_at_again_by_another() {
    let mut g = confirmed();
    assert_eq!(g.refuses(&convener(), "refuse", json!({})), "not_yours");
    g.takes(&intake(), "refuse", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Refused", vec!["closed"]));
    g.on(3, 10);
    assert_eq!(g.refuses(&asks(), "ask_review", json!({})), "too_late");
    g.on(3, 9);
    assert_eq!(g.refuses(&market(), "ask_unit_review", json!({})), "not_invited");
    g.takes(&asks(), "ask_review", json!({}));
    assert_eq!(g.due("review"), date(2026, 3, 11));
    assert_eq!(g.refuses(&also(&intake(), &convener()), "uphold", json!({})), "same_hands");
    let mut upheld = given("observation_request");
    upheld.entries.clone_from(&g.entries);
    upheld.on(3, 9).takes(&convener(), "uphold", json!({}));
    assert_eq!((upheld.phase().as_str(), upheld.buttons(&asks())), ("Upheld", vec![]));
    assert!(upheld.counted().iter().any(|c| c.0 == "不同意观摩"));
    g.takes(&convener(), "reopen", json!({}));
    assert_eq!((g.phase().as_str(), g.refuses(&intake(), "refuse", json!({}))), ("Checking", "reopened"));
    g.takes(&intake(), "approve", json!({}));
    assert!(g.counted().iter().all(|c| c.0 != "不同意观摩"));
}
#[test]
fn an_inspection_never_waits_the_day_ends_what_is_undecided() {
    let time = Person::time(ZFW);
    for (mut g, phase) in [(applied(), "Checking"), (confirmed(), "Checking")] {
        assert_eq!(g.phase(), phase);
        g.on(3, 20);
        assert_eq!((g.refuses(&time, "lapse", json!({})), g.refuses(&intake(), "lapse", json!({}))), ("too_early", "too_early"));
        g.on(3, 21);
        assert_eq!(g.matter().lapsed(g.today), vec!["lapse"]);
        assert!(["no_task", "day_past"].contains(&g.refuses(&intake(), "approve", json!({"late_reason": vault_ref("l")}))));
        g.takes(&time, "lapse", json!({}));
        assert_eq!((g.phase().as_str(), g.matter().marks()), ("Lapsed", vec!["closed"]));
    }
    // Once observers are sent, the day ends nothing.
    let mut g = confirmed();
    g.takes(&intake(), "approve", json!({}));
    g.takes(&house(), "assign", json!({}));
    g.on(3, 21);
    assert_eq!((g.matter().lapsed(g.today), g.refuses(&time, "lapse", json!({}))), (vec![], "not_now"));
    g.takes(&house(), "close", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Closed", vec!["closed"]));
}
#[test]
fn whoever_asked_takes_it_back_and_nobody_else() {
    let mut g = confirmed();
    assert_eq!(g.refuses(&market(), "call_off", json!({})), "not_invited");
    g.takes(&asks(), "withdraw", json!({}));
    assert_eq!(g.phase(), "Withdrawn");
    let mut own = given("observation_request");
    own.takes(&market(), "invite", invitation("2026-03-20"));
    assert_eq!(own.refuses(&intake(), "withdraw", json!({})), "invited");
    own.takes(&market(), "call_off", json!({}));
    assert_eq!((own.phase().as_str(), own.counted()[0].0), ("Withdrawn", "观摩邀请"));
}
