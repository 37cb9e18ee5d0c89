//! 联合出台文件 (B13): every body speaks for itself, nothing is issued without all of them, nothing rules on a case or backwards.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::Person;
use given::*;
use jiff::civil::date;
use serde_json::json;

const TEXT: &str = "## 第一章 总则\n第一条 为统一证据收集要求，制定本指引。\n第二条 收集材料应当附来源说明。";

#[test]
fn not_even_its_title_names_a_case() {
    for title in ["关于（2025）赣1202刑初15号案的指引", "关于( 2025 ) 赣1202 刑初15 号案的指引"] {
        assert_eq!(given("joint_rule").wrong(&handler(), "propose", json!({"title": title, "why": "多发。"})), ["title"], "{title}");
    }
    assert!(given("joint_rule").when(&handler(), "propose", json!({"title": "关于证据的指引（试行）（2026年）", "why": "多发。"})).is_ok());
}
fn police() -> Person {
    who("police", "R9", POLICE)
}
fn procurator() -> Person {
    who("procurator", "R11", "JC1")
}
fn bar() -> Person {
    who("bar", "R9", "LX")
}
fn step(action: &str) -> (Person, serde_json::Value) {
    match action {
        "propose" => (handler(), json!({"title": "关于办理立功线索的证据指引（试行）", "why": "同类问题反复出现。"})),
        "approve_project" => (lead(), json!({})),
        "draft" => (handler(), json!({"text": TEXT})),
        "consult" => (
            handler(),
            json!({"recipients": [{"org": COURT, "countersigns": "是"}, {"org": "JC1", "countersigns": "是"}, {"org": "LX", "countersigns": "否"}], "reply_by": "2026-03-20"}),
        ),
        "close_consult" => (handler(), json!({})),
        "review_legality" => (second(), json!({"opinion": "不增设义务，符合权限。"})),
        "issue" => (secretary(), json!({"doc_no": "云政法〔2026〕3号", "effective_on": "2026-03-02", "trial_until": "2027-03-01"})),
        "file_record" => (handler(), json!({"filed_with": "市人大法工委", "filed_on": "2026-03-02"})),
        _ => (handler(), json!({})),
    }
}
fn up_to(last: &str) -> Given {
    let mut g = given("joint_rule");
    for action in [
        "propose",
        "approve_project",
        "draft",
        "consult",
        "opine",
        "adopt_opinions",
        "review_legality",
        "countersign",
        "issue",
        "file_record",
    ] {
        match action {
            "opine" => [unit(), procurator(), bar()].iter().for_each(|who| drop(g.takes(who, "opine", json!({"view": "同意。"})))),
            "adopt_opinions" => {
                let answers: Vec<_> = [COURT, "JC1", "LX"].map(|org| json!({"org": org, "taken": "是", "reason": "已写入。"})).into();
                g.takes(&handler(), "adopt_opinions", json!({ "taken": answers }));
            }
            "countersign" => [unit(), procurator()].iter().for_each(|who| drop(g.takes(who, "countersign", json!({})))),
            other => {
                let (who, form) = step(other);
                g.takes(&who, other, form);
            }
        }
        if action == last {
            break;
        }
    }
    g
}

#[test]
fn it_starts_by_the_handler_or_from_a_common_problem_and_another_approves() {
    let mut g = given("joint_rule");
    g.takes(&house(), "open", json!({"title": "指引", "why": "共性问题。"}));
    g.takes(&lead(), "approve_project", json!({}));
    assert_eq!((g.phase().as_str(), g.clock("approve").stopped.is_some(), g.clock("draft").due), ("Drafting", true, date(2026, 4, 1)));
    let mut g = given("joint_rule");
    let both = also(&handler(), &lead());
    g.takes(&both, "propose", json!({"title": "指引", "why": "理由。"}));
    assert_eq!(g.refuses(&both, "approve_project", json!({})), "same_hands");
    g.takes(&lead(), "drop", json!({"reason": "已有规定。"}));
    assert_eq!(g.phase(), "Dropped");
}
#[test]
fn the_text_has_articles_and_rules_on_no_case() {
    let mut g = up_to("approve_project");
    assert_eq!(g.wrong(&handler(), "draft", json!({"text": "没有条文的一段话。"})), ["text"]);
    for general in ["有自首情节的，可以从轻处罚。", "线索查证属实的，应当认定为立功。"] {
        assert!(
            g.when(&handler(), "draft", json!({"text": format!("{TEXT}\n第三条 {general}")})).is_ok(),
            "{general} is said of all cases to come"
        );
    }
    for no in ["（2025）赣1202刑初15号", "(2025)赣 1202 民初 7 号", "〔２０２５〕赣执１２号"] {
        let refused = g.when(&handler(), "draft", json!({"text": format!("{TEXT}\n第三条 {no}案件的材料，适用本指引。")})).err().unwrap();
        assert!(refused.fields[0].1.contains("是案号"), "{no}: {refused:?}");
    }
    assert_eq!(
        g.wrong(&handler(), "draft", json!({"text": format!("{TEXT}\n第三条 该案应当改判。")})),
        ["text"],
        "what is said of one case never directs its outcome"
    );
    g.takes(&handler(), "draft", json!({"text": format!("{TEXT}\n第三条 与云政法〔2024〕1号文件不一致的，以本指引为准。")}));
    g.takes(&handler(), "draft", json!({"text": TEXT}));
    let reads = g.reads(&handler());
    assert!(reads.iter().any(|r| r.0 == "drafts" && r.1[0]["no"] == "第一稿") && reads.iter().any(|r| r.0 == "no" && r.1 == "第二稿"));
}
#[test]
fn a_body_learns_of_it_when_it_is_asked_and_speaks_once_for_itself() {
    let mut g = up_to("draft");
    assert_eq!((g.buttons(&unit()), g.reads(&unit())), (vec![], vec![]));
    let asked = |countersigns: &str, by: &str| json!({"recipients": [{"org": COURT, "countersigns": countersigns}], "reply_by": by});
    assert_eq!(g.wrong(&handler(), "consult", asked("否", "2026-03-20")), ["recipients"]);
    assert_eq!(g.wrong(&handler(), "consult", asked("是", "2026-03-02")), ["reply_by"]);
    let twice =
        json!({"recipients": [{"org": COURT, "countersigns": "是"}, {"org": COURT, "countersigns": "否"}], "reply_by": "2026-03-20"});
    assert_eq!(g.wrong(&handler(), "consult", twice), ["recipients"]);
    let (who, form) = step("consult");
    g.takes(&who, "consult", form);
    assert_eq!(g.buttons(&police()), Vec::<&str>::new(), "not asked");
    g.takes(&unit(), "opine", json!({"view": "第二条范围过宽。"}));
    assert_eq!(g.refuses(&unit(), "opine", json!({"view": "再说一次。"})), "already_opined");
    assert_eq!((g.phase().as_str(), g.clock("reply").stopped), ("Consulting", None));
    assert_eq!(g.refuses(&handler(), "close_consult", json!({})), "too_early");
    g.takes(&procurator(), "opine", json!({"view": "同意。"}));
    g.takes(&bar(), "opine", json!({"view": "建议写明阅卷。"}));
    assert_eq!((g.phase().as_str(), g.clock("reply").stopped), ("Opined", Some(date(2026, 3, 2))));
    let opinions = g.reads(&handler()).into_iter().find(|r| r.0 == "opinions").unwrap().1;
    assert_eq!(opinions[2]["org"], "LX", "the house writes down for whom he spoke");
}
#[test]
fn who_stays_silent_is_not_waited_for_past_the_day() {
    let mut g = up_to("consult");
    g.takes(&unit(), "opine", json!({"view": "同意。"}));
    g.on(3, 21);
    g.takes(&handler(), "close_consult", json!({}));
    assert_eq!(g.wrong(&handler(), "adopt_opinions", json!({})), ["taken"]);
    g.takes(&handler(), "adopt_opinions", json!({"taken": [{"org": COURT, "taken": "否", "reason": "超出权限。"}]}));
    assert_eq!(g.phase(), "Reviewing");
}
#[test]
fn every_opinion_is_answered_and_legality_is_another_persons() {
    let mut g = up_to("opine");
    assert_eq!(g.wrong(&handler(), "adopt_opinions", json!({"taken": [{"org": COURT, "taken": "是", "reason": "写入。"}]})), ["taken"]);
    let answers: Vec<_> = [COURT, "JC1", "LX"].map(|org| json!({"org": org, "taken": "是", "reason": "写入。"})).into();
    g.takes(&handler(), "adopt_opinions", json!({"taken": answers, "revised": format!("{TEXT}\n第三条 律师可以查阅。")}));
    assert_eq!(g.refuses(&handler(), "review_legality", json!({"opinion": "合法。"})), "same_hands");
    g.takes(&second(), "return_legality", json!({"opinion": "第三条超出权限。"}));
    assert_eq!(g.phase(), "Drafting");
}
#[test]
fn nothing_is_issued_before_every_countersignature() {
    let mut g = up_to("review_legality");
    assert_eq!(g.refuses(&bar(), "countersign", json!({})), "not_to_countersign");
    g.takes(&unit(), "countersign", json!({}));
    assert_eq!(g.refuses(&unit(), "countersign", json!({})), "not_to_countersign");
    assert_eq!((g.phase().as_str(), g.refuses(&secretary(), "issue", step("issue").1)), ("Countersigning", "not_now"));
    let mut back = up_to("review_legality");
    back.takes(&unit(), "countersign", json!({}));
    back.takes(&procurator(), "refuse_countersign", json!({"view": "第二条须再商。"}));
    assert_eq!(back.phase(), "Drafting");
    assert!(!back.reads(&handler()).iter().any(|r| r.0 == "signed"), "a signature under the old text counts for nothing");
    g.takes(&procurator(), "countersign", json!({}));
    assert_eq!(g.phase(), "Countersigned");
}
#[test]
fn it_is_issued_for_the_time_to_come_and_on_trial() {
    let mut g = up_to("countersign");
    let (who, form) = step("issue");
    let with = |name: &str, day: &str| {
        let mut f = form.clone();
        f[name] = json!(day);
        f
    };
    assert_eq!(g.refuses(&who, "issue", with("effective_on", "2026-03-01")), "bad_form");
    assert_eq!(g.refuses(&who, "issue", with("trial_until", "2026-03-02")), "bad_form");
    g.takes(&who, "issue", form.clone());
    assert_eq!(g.due("trial"), date(2027, 3, 1));
    assert_eq!(g.counted(), [("联合出台文件印发", "2026-03-02".to_owned())]);
    assert_eq!(g.refuses(&handler(), "file_record", json!({"filed_with": "x", "filed_on": "2026-03-03"})), "bad_form");
}
#[test]
fn after_the_evaluation_it_is_kept_revised_or_repealed() {
    let mut g = up_to("file_record");
    g.later(300);
    g.takes(&handler(), "evaluate", json!({"result": "修订", "report": "第二条用得少。"}));
    assert_eq!(g.refuses(&secretary(), "confirm", json!({})), "not_to_keep");
    g.takes(&lead(), "amend", json!({"reason": "按评估修订。"}));
    assert_eq!(g.phase(), "Drafting");
    let mut kept = up_to("file_record");
    kept.takes(&handler(), "evaluate", json!({"result": "继续", "report": "效果好。"}));
    kept.takes(&secretary(), "confirm", json!({}));
    assert_eq!(kept.refuses(&secretary(), "repeal", json!({"reason": "过时。", "repealed_on": "2026-03-01"})), "bad_form");
    kept.takes(&secretary(), "repeal", json!({"reason": "过时。", "repealed_on": "2026-03-02"}));
    assert_eq!(kept.phase(), "Repealed");
}
