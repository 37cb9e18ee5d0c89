//! 督察巡查 (B4) and its working papers: approval, entry, report, deliberation, feedback, copies with receipts, look-back.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Kin, Person, vault_ref};
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

fn kin(number: &str, link: &str, marks: &[&str]) -> Kin {
    Kin { number: number.into(), link: link.into(), marks: marks.iter().map(|m| (*m).to_owned()).collect() }
}
fn plan(kind: &str) -> Json {
    json!({"kind": kind, "org": COURT, "leader": "inspector", "members": vault_ref("m"), "from": "2026-03-09", "to": "2026-04-30"})
}
/// Up to and with this step.
fn up_to(last: &str) -> Given {
    let mut g = given("inspection");
    let steps: [(&str, Person, Json); 6] = [
        ("propose", inspector(), plan("政治督察")),
        ("approve", secretary(), json!({})),
        ("announce", inspector(), json!({"announced_on": "2026-03-02"})),
        ("report", inspector(), json!({})),
        ("deliberate", secretary(), json!({"agreed": 5, "opposed": 0})),
        ("feed_back", lead(), json!({"served_on": "2026-03-02"})),
    ];
    for (action, who, form) in steps {
        g.takes(&who, action, form);
        if action == last {
            break;
        }
    }
    g
}

#[test]
fn a_group_plans_for_itself_the_office_for_either_and_another_approves() {
    let g = given("inspection");
    assert_eq!(g.when(&inspector(), "propose", plan("纪律作风督查巡查")).err().unwrap().fields[0].0, "kind");
    assert!(g.when(&patrol(), "propose", plan("纪律作风督查巡查")).is_ok() && g.when(&handler(), "propose", plan("政治督察")).is_ok());
    let mut late = plan("政治督察");
    late["to"] = json!("2026-03-08");
    assert_eq!(g.when(&inspector(), "propose", late).err().unwrap().fields[0].0, "to");
    let g = up_to("propose");
    assert_eq!(g.refuses(&lead(), "approve", json!({})), "not_yours");
    assert_eq!(g.refuses(&also(&inspector(), &secretary()), "approve", json!({})), "same_hands");
    assert_eq!((g.buttons(&patrol()), g.reads(&patrol())), (vec![], vec![]), "the other group is nobody here");
    assert_eq!((g.buttons(&unit()), g.reads(&unit())), (vec![], vec![]));
}
#[test]
fn what_it_goes_back_to_was_approved_and_adopted() {
    let mut g = given("inspection");
    let mut form = plan("政治督察");
    (form["plan"], form["common_problem"]) = (json!("ND-1"), json!("GX-1"));
    g.takes(&inspector(), "propose", form);
    assert_eq!(g.refuses(&secretary(), "approve", json!({})), "plan_not_active");
    g.kin = vec![kin("ND-1", "annual_plan", &["active"]), kin("GX-1", "common_problem", &[])];
    assert_eq!(g.refuses(&secretary(), "approve", json!({})), "target_not_adopted");
    // Another problem that was adopted does not help.
    g.kin = vec![kin("ND-1", "annual_plan", &["active"]), kin("GX-2", "common_problem", &["adopted"]), kin("GX-1", "common_problem", &[])];
    assert_eq!(g.refuses(&secretary(), "approve", json!({})), "target_not_adopted");
    g.kin[2].marks.push("adopted".into());
    g.takes(&secretary(), "approve", json!({}));
}
#[test]
fn it_can_be_given_up_before_the_group_has_entered_and_not_after() {
    for last in ["propose", "approve"] {
        let mut g = up_to(last);
        assert_eq!(g.wrong(&lead(), "abandon", json!({})), ["reason"]);
        g.takes(&lead(), "abandon", json!({}));
        assert_eq!(g.phase(), "Abandoned");
    }
    assert_eq!(up_to("announce").refuses(&lead(), "abandon", json!({})), "not_now");
}
#[test]
fn the_unit_learns_of_it_by_the_announcement_and_then_reads_its_own_part_only() {
    let g = up_to("approve");
    assert_eq!((g.buttons(&unit()), g.reads(&unit()), g.matter().marks()), (vec![], vec![], vec![]));
    let g = up_to("announce");
    assert_eq!(g.matter().marks(), ["under_way", "political"]);
    let read: Vec<&str> = g.reads(&unit()).into_iter().map(|r| r.0).collect();
    assert_eq!(read, ["kind", "org", "from", "to", "announced_on", "contact"]);
    assert_eq!(g.timeline(&unit()).into_iter().map(|t| t.0).collect::<Vec<_>>(), ["announce"]);
    assert!(g.reads(&other_unit()).is_empty());
    let mut g = up_to("deliberate");
    assert!(!g.reads(&unit()).iter().any(|r| matches!(r.0, "found" | "opinion" | "problems" | "feedback")));
    g.takes(&lead(), "feed_back", json!({"served_on": "2026-03-02", "feedback": "请逐项整改。"}));
    assert!(g.reads(&unit()).contains(&("feedback", json!("请逐项整改。"))));
}
#[test]
fn a_patrol_publishes_that_it_is_under_way_and_nothing_more() {
    let mut g = given("inspection");
    g.takes(&patrol(), "propose", plan("纪律作风督查巡查"));
    g.takes(&secretary(), "approve", json!({}));
    g.takes(&handler(), "announce", json!({}));
    assert_eq!(g.matter().marks(), ["under_way"]);
    assert_eq!((g.buttons(&inspector()), g.reads(&inspector())), (vec![], vec![]));
}
#[test]
fn no_report_while_a_paper_is_open_and_none_goes_on_against_the_votes() {
    let mut g = up_to("announce");
    let acted = g.takes(&inspector(), "add_paper", json!({"paper_kind": "谈话"}));
    assert_eq!((acted.requests[0].kind, &acted.requests[0].form["kind"]), ("working_paper", &json!("政治督察")));
    g.kin = vec![kin("DG-1", "working_paper", &["done"]), kin("DG-2", "working_paper", &[])];
    assert_eq!(g.refuses(&inspector(), "report", json!({})), "papers_open");
    g.kin[1].marks.push("done".into());
    assert_eq!(g.refuses(&lead(), "report", json!({})), "not_yours");
    g.takes(&inspector(), "report", json!({"found": "审限管理不严。", "problems": ["X1"]}));
    assert!(g.matter().marks().is_empty(), "no longer under way");
    assert_eq!(g.refuses(&secretary(), "deliberate", json!({"agreed": 3, "opposed": 3})), "bad_form");
    assert_eq!(g.refuses(&secretary(), "deliberate", json!({"agreed": 3, "opinion": "建议从轻处理"})), "bad_form");
    g.takes(&secretary(), "return_report", json!({}));
    assert_eq!(g.matter().marks(), ["under_way", "political"]);
    g.takes(&inspector(), "report", json!({}));
    g.takes(&secretary(), "deliberate", json!({"agreed": 4, "opposed": 3}));
}
#[test]
fn the_units_report_is_due_two_months_after_service_and_problems_go_to_the_one_list() {
    let mut g = up_to("feed_back");
    assert_eq!(g.due("report_back"), date(2026, 5, 6), "2 May is a holiday");
    for gist in ["审限管理不严。", "送达不规范。"] {
        let acted = g.takes(&inspector(), "rectify", json!({"problems": ["X1"], "severity": "一般", "gist": gist}));
        let form = &acted.requests[0].form;
        assert_eq!((&form["source"], &form["org"], &form["gist"]), (&json!("督察"), &json!(COURT), &json!(gist)));
    }
    assert!(!g.timeline(&unit()).iter().any(|t| t.0 == "rectify"), "the unit is told by the demand");
    g.takes(&unit(), "report_back", json!({"rectified": "已整改。"}));
    assert!(!g.clock("report_back").live() && g.clock("look_back").live());
    g.kin = vec![kin("ZG-1", "rectification", &["closed"]), kin("ZG-2", "rectification", &[])];
    assert_eq!(g.refuses(&inspector(), "look_back", json!({})), "rectifications_open");
    g.kin[1].marks.push("closed".into());
    g.takes(&inspector(), "look_back", json!({}));
    g.takes(&handler(), "archive", json!({}));
    assert_eq!(g.counted().into_iter().map(|c| c.0).collect::<Vec<_>>(), ["督察进驻", "督察反馈", "督察归档"]);
}
#[test]
fn it_is_not_archived_while_a_copy_has_no_receipt() {
    let mut g = up_to("feed_back");
    assert_eq!(g.refuses(&handler(), "receipt", json!({})), "no_copy_out");
    for (recipient, org) in [("组织人事", "ZZB"), ("纪检监察", "JW")] {
        g.takes(&handler(), "copy", json!({"recipient": recipient, "copied_to": org, "sent_on": "2026-03-02"}));
    }
    assert_eq!(g.refuses(&handler(), "copy", json!({"recipient": "组织人事", "copied_to": "ZZB"})), "bad_form");
    assert_eq!(g.refuses(&handler(), "copy", json!({"recipient": "党委", "copied_to": "ZZB", "sent_on": "2026-03-03"})), "bad_form");
    let choices = g.matter().choices("copy");
    assert_eq!(choices.len(), 2);
    let receipt = |n: usize, on: &str| json!({"copy": choices[n].0, "received_on": on, "signed_by": vault_ref("s")});
    assert_eq!(g.refuses(&handler(), "receipt", receipt(0, "2026-03-01")), "bad_form");
    g.takes(&handler(), "receipt", receipt(0, "2026-03-02"));
    assert_eq!(g.refuses(&handler(), "receipt", receipt(0, "2026-03-02")), "bad_form");
    g.takes(&inspector(), "look_back", json!({}));
    assert_eq!(g.refuses(&handler(), "archive", json!({})), "receipts_missing");
    g.takes(&handler(), "receipt", receipt(1, "2026-03-02"));
    g.takes(&handler(), "archive", json!({}));
}

fn paper(kind: &str) -> Given {
    let mut g = given("working_paper");
    g.takes(&house(), "open", json!({"kind": "政治督察", "org": COURT, "paper_kind": kind}));
    g
}
fn talk(second: &str) -> Json {
    json!({"held_on": "2026-03-02", "talked_to": vault_ref("t"), "second": second, "content": vault_ref("c"), "secrecy": "内部"})
}
#[test]
fn a_talk_takes_two_and_is_signed_by_the_second() {
    let mut g = paper("谈话");
    let wrong = |g: &Given, form: Json| g.when(&inspector(), "write", form).err().unwrap().fields[0].0.clone();
    let (mut alone, mut nobody) = (talk("colleague"), talk("colleague"));
    alone.as_object_mut().unwrap().remove("second");
    nobody.as_object_mut().unwrap().remove("talked_to");
    assert_eq!((wrong(&g, alone), wrong(&g, nobody), wrong(&g, talk("inspector"))), ("second".into(), "talked_to".into(), "second".into()));
    g.takes(&inspector(), "write", talk("colleague"));
    assert_eq!(g.refuses(&inspector(), "sign", json!({})), "same_hands");
    assert_eq!(g.refuses(&who("third", "R4", ZFW), "sign", json!({})), "not_the_second");
    g.takes(&colleague(), "sign", json!({}));
    assert_eq!(g.refuses(&inspector(), "withdraw", json!({})), "not_now");
    g.takes(&inspector(), "file", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Filed", vec!["done"]));
}
#[test]
fn another_paper_is_signed_by_any_second_of_the_group_or_withdrawn_with_a_reason() {
    let mut g = paper("查阅");
    let mut form = talk("");
    form.as_object_mut().unwrap().retain(|k, _| k != "second" && k != "talked_to");
    g.takes(&inspector(), "write", form.clone());
    g.takes(&colleague(), "write", form);
    assert_eq!(g.refuses(&inspector(), "sign", json!({})), "same_hands", "both have written");
    assert_eq!(g.wrong(&inspector(), "withdraw", json!({})), ["reason"]);
    g.takes(&inspector(), "withdraw", json!({}));
    assert_eq!(g.matter().marks(), ["done"]);
}
#[test]
fn a_state_secret_never_enters() {
    let g = paper("底稿");
    let mut form = talk("colleague");
    form["secrecy"] = json!("国家秘密");
    assert_eq!(g.when(&inspector(), "write", form).err().unwrap().fields[0].0, "secrecy");
}
#[test]
fn a_paper_is_read_by_its_group_and_the_lead_alone() {
    let mut g = paper("谈话");
    g.takes(&inspector(), "write", talk("colleague"));
    for reader in [inspector(), colleague(), lead()] {
        assert!(g.reads(&reader).contains(&("content", json!(vault_ref("c")))), "{}", reader.id);
    }
    for other in [handler(), secretary(), patrol(), unit(), chair(), seconded(), expert(1), who("o", "R12", "ZZB")] {
        assert!(g.reads(&other).is_empty() && g.buttons(&other).is_empty() && g.timeline(&other).is_empty(), "{}", other.id);
    }
}

#[test]
fn a_batch_is_embedded_only_in_an_inspection_under_way_and_its_group_reads_results_only() {
    let mut g = given("review_batch");
    let form = json!({"kind": "嵌入", "name": "嵌入评查", "from": "2025-01-01", "to": "2025-12-31", "standard": "BZ-1", "sampling": "随机", "size": 2, "inspection": "DC-1"});
    g.takes(&handler(), "plan", form);
    let finish = json!({"finish_by": "2026-06-30"});
    g.kin = vec![kin("BZ-1", "standard", &["effective"]), kin("DC-1", "inspection", &[]), kin("DC-2", "inspection", &["under_way"])];
    assert_eq!(g.refuses(&lead(), "approve", finish.clone()), "inspection_not_under_way");
    assert!(g.reads(&inspector()).is_empty());
    g.kin[1].marks = vec!["under_way".into(), "political".into()];
    g.takes(&lead(), "approve", finish);
    let dossier = json!({"dossier": "AJ-1", "org": COURT, "case_no": "（2025）赣1202刑初15号", "case_type": "01", "closed_on": "2025-06-01", "effective_on": "2025-06-20", "sealed": "否", "must": "否"});
    g.takes(&house(), "freeze", json!({"universe": 9, "excluded": 0, "root": "5a"}));
    g.takes(&house(), "take_sample", json!({"draw": "CQ-1", "proof": "ab", "dossiers": [dossier]}));
    let read: Vec<&str> = g.reads(&inspector()).into_iter().map(|r| r.0).collect();
    assert_eq!(read, ["name", "kind", "scope", "inspection", "finish_by"], "no dossier, no draw");
    assert_eq!((g.buttons(&inspector()), g.timeline(&inspector())), (vec![], vec![]));
    assert!(g.reads(&patrol()).is_empty());
}
