//! 联席会议 and its tasks (M4.1, `enterprise.md` B8): each rule both ways.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod given;
use domain::engine::Person;
use given::*;
use serde_json::json;

fn intake() -> Person {
    who("intake", "R14", ZFW)
}
fn convener() -> Person {
    who("convener", "R15", ZFW)
}
fn justice() -> Person {
    who("justice", "R17", "SFJ")
}
fn called(kind: &str, half: Option<&str>) -> Given {
    let mut g = given("joint_conference");
    let mut form = json!({"kind": kind, "year": 2026, "planned": "2026-07-20", "members": [{"org": COURT}, {"org": "SFJ"}]});
    if let Some(half) = half {
        form["half"] = json!(half);
    }
    g.takes(&intake(), "call", form);
    g
}
fn held() -> Given {
    let mut g = called("专题会商", None);
    g.takes(&intake(), "prepare", json!({"agenda": [{"topic": "超期事项"}]}));
    assert_eq!(g.refuses(&intake(), "approve", json!({})), "not_yours");
    g.takes(&convener(), "approve", json!({}));
    g.takes(&intake(), "notify", json!({"meets_on": "2026-03-05", "place": "三楼会议室"}));
    g.on(3, 5).takes(&intake(), "hold", json!({"held_on": "2026-03-05", "present": [{"org": COURT, "post": "副院长"}]}));
    g
}
fn task(due: &str) -> serde_json::Value {
    json!({"minutes": "会议研究了超期事项。", "tasks": [{"kind": "任务", "task": "清理超期事项", "org": COURT, "due": due}]})
}

#[test]
fn only_the_half_yearly_conference_names_a_half_and_issues_a_circular() {
    let g = given("joint_conference");
    let form = |kind: &str, half: serde_json::Value| json!({"kind": kind, "year": 2026, "half": half, "planned": "2026-07-20", "members": [{"org": COURT}]});
    assert_eq!(g.wrong(&intake(), "call", form("专题会商", json!("上半年"))), ["half"]);
    let mut none = form("半年通报", json!("上半年"));
    none.as_object_mut().unwrap().remove("half");
    assert_eq!(g.wrong(&intake(), "call", none), ["half"]);
    let g = called("座谈会", None);
    assert_eq!(g.refuses(&intake(), "draft_circular", json!({"analysis": "略"})), "not_half_yearly");
    let mut g = called("半年通报", Some("上半年"));
    assert_eq!(g.refuses(&convener(), "issue_circular", json!({"doc_no": "云联〔2026〕1号", "public": true})), "circular_not_drafted");
    let figures = json!([{"group": "受理", "label": "收到", "value": "12"}]);
    g.takes(&intake(), "draft_circular", json!({"analysis": "总体平稳。", "figures": figures, "as_of": 7}));
    g.takes(&convener(), "issue_circular", json!({"doc_no": "云联〔2026〕1号", "public": true}));
    assert_eq!(g.refuses(&intake(), "draft_circular", json!({"analysis": "再改"})), "circular_issued");
    assert_eq!(g.counted(), [("半年通报", "2026-03-02".to_owned())]);
}
#[test]
fn whoever_drafts_the_circular_or_writes_the_minutes_does_not_sign_them() {
    let both = also(&intake(), &convener());
    let mut g = called("半年通报", Some("上半年"));
    g.takes(
        &both,
        "draft_circular",
        json!({"analysis": "总体平稳。", "figures": [{"group": "受理", "label": "收到", "value": "1"}], "as_of": 7}),
    );
    assert_eq!(g.refuses(&both, "issue_circular", json!({"doc_no": "1号", "public": false})), "same_hands");
    let mut g = held();
    g.takes(&both, "minute", task("2026-04-30"));
    assert_eq!(g.refuses(&both, "sign", json!({})), "same_hands");
}
#[test]
fn a_member_speaks_for_itself_and_nobody_else_stands_toward_a_conference() {
    let mut g = called("专题会商", None);
    g.takes(&justice(), "propose", json!({"topic": "检查频次", "why": "企业反映多"}));
    assert_eq!(g.refuses(&other_unit(), "propose", json!({"topic": "检查频次", "why": "企业反映多"})), "not_yours");
    assert!(g.reads(&other_unit()).is_empty());
    g.takes(&intake(), "prepare", json!({"agenda": [{"topic": "检查频次"}]}));
    g.takes(&convener(), "approve", json!({}));
    assert_eq!(g.wrong(&intake(), "notify", json!({"meets_on": "2026-03-01", "place": "三楼"})), ["meets_on"]);
    g.takes(&intake(), "notify", json!({"meets_on": "2026-03-20", "place": "三楼"}));
    assert_eq!(g.wrong(&unit(), "attend", json!({"comes": "请假"})), ["note"]);
    g.takes(&unit(), "attend", json!({"comes": "参加"}));
    let replies = g.reads(&intake()).into_iter().find(|(name, _)| *name == "replies").unwrap().1;
    assert_eq!(replies, json!([{"org": COURT, "comes": "参加", "note": ""}]));
}
#[test]
fn a_task_has_a_day_to_come_and_the_conference_ends_with_the_last_task() {
    let mut g = held();
    assert_eq!(g.wrong(&intake(), "minute", task("2026-03-05")), ["tasks"]);
    assert_eq!(g.wrong(&intake(), "minute", task("下月")), ["tasks"]);
    g.takes(&intake(), "minute", task("2026-04-30"));
    let signed = g.takes(&convener(), "sign", json!({}));
    assert_eq!(signed.requests.len(), 1);
    g.linked("conference_task", &[]);
    assert_eq!(g.refuses(&convener(), "close", json!({"summary": "完成"})), "task_open");
    g.linked("conference_task", &["closed"]);
    g.takes(&convener(), "close", json!({"summary": "完成"}));
    assert_eq!(g.phase(), "Closed");
}
#[test]
fn the_conference_hands_out_tasks_and_decides_no_case() {
    // Boundary 8: it coordinates; a task that directs the outcome of a case is refused like any letter of the committee.
    let g = held();
    let directing =
        json!({"minutes": "会议研究了个案。", "tasks": [{"kind": "任务", "task": "应当撤销处罚决定", "org": COURT, "due": "2026-04-30"}]});
    assert_eq!(g.wrong(&intake(), "minute", directing), ["tasks"]);
}
#[test]
fn a_task_is_reported_by_its_member_checked_by_the_office_and_overdue_by_its_day() {
    let mut g = given("conference_task");
    g.takes(&house(), "assign", json!({"kind": "意见建议", "task": "公开检查频次上限", "org": COURT, "due": "2026-04-30"}));
    assert_eq!(g.due("due").to_string(), "2026-04-30");
    assert_eq!(g.refuses(&other_unit(), "report", json!({"result": "已公开"})), "not_yours");
    g.takes(&unit(), "report", json!({"result": "已公开"}));
    g.takes(&intake(), "return_report", json!({"reason": "没有附公开页面"}));
    assert_eq!(g.wrong(&convener(), "put", json!({"due": "2026-03-02", "reason": "协调"})), ["due"]);
    g.takes(&convener(), "put", json!({"due": "2026-05-15", "reason": "等待上级文件"}));
    assert_eq!(g.due("due").to_string(), "2026-05-15");
    g.takes(&unit(), "report", json!({"result": "已公开，附页面"}));
    g.takes(&intake(), "close", json!({"outcome": "已落实"}));
    assert_eq!(g.phase(), "Done");
}
