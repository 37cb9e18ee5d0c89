//! 专项检查 (M1.4, M2.7): a checklist worked through, clues passed on, problems put right – and nobody named (boundary 6).
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Kin, Shape};
use domain::procedures::kind;
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

const SEALING: &str = "未成年人犯罪记录封存";

fn plan(theme: &str, more: Json) -> Json {
    let mut form = json!({"name": "犯罪记录封存专项检查", "mode": "联合专项", "theme": theme, "org": POLICE, "from": "2026-03-09", "to": "2026-03-20",
        "checklist": [{"item": "是否封存", "basis": "刑事诉讼法第286条"}, {"item": "查询登记", "basis": "同上"}]});
    form.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    form
}
fn checking(theme: &str) -> Given {
    let mut g = given("special_check");
    g.takes(&handler(), "plan", plan(theme, json!({})));
    g.takes(&lead(), "approve", json!({}));
    g
}
fn finding(item: &str, found: &str) -> Json {
    json!({"item": item, "check_result": "不符合", "found": found, "cases": 2})
}

#[test]
fn a_check_runs_through_its_list_and_is_closed_when_all_is_put_right() {
    let mut g = checking(SEALING);
    assert_eq!(g.due("conclude"), date(2026, 5, 6));
    g.takes(&handler(), "find", finding("是否封存", "两件应封未封。"));
    assert_eq!(g.refuses(&handler(), "find", finding("别的", "没有。")), "bad_form");
    assert_eq!(g.refuses(&handler(), "conclude", json!({})), "items_unchecked");
    let fine = json!({"item": "查询登记", "check_result": "符合", "found": "登记齐全。", "cases": 0});
    g.takes(&second(), "find", fine);
    let other = who("unit", "R9", POLICE);
    assert!(g.reads(&other).is_empty());
    g.takes(&handler(), "conclude", json!({"conclusion": "一项不符合。"}));
    assert!(g.reads(&other).contains(&("wrong", json!(1))));
    g.takes(&lead(), "refer", json!({"receiver": "公安机关", "referred": "两件违规查询，请依法核查。"}));
    assert!(!g.reads(&other).iter().any(|r| r.0 == "referrals") && !g.timeline(&other).iter().any(|t| t.0 == "refer"));
    let acted = g.takes(&lead(), "rectify", json!({"problems": ["M1"], "severity": "一般", "gist": "两件应封未封。"}));
    assert_eq!(acted.requests[0].form["source"], "检查");
    g.linked("rectification", &[]);
    assert_eq!(g.refuses(&handler(), "close", json!({})), "rectifications_open");
    g.linked("rectification", &["closed"]);
    g.takes(&handler(), "close", json!({}));
    assert_eq!(g.counted().into_iter().map(|c| c.0).collect::<Vec<_>>(), ["专项检查", "检查问题"]);
}
#[test]
fn a_later_finding_on_the_same_item_stands() {
    let mut g = checking("其他");
    g.takes(&handler(), "find", finding("是否封存", "两件。"));
    g.takes(&handler(), "find", finding("是否封存", "三件。"));
    let found = g.reads(&lead()).into_iter().find(|r| r.0 == "findings").unwrap().1;
    assert_eq!((found.as_array().unwrap().len(), &found[0]["found"]), (1, &json!("三件。")));
}
#[test]
fn approval_is_anothers_and_a_plan_has_each_item_once() {
    let g = given("special_check");
    let twice = plan(SEALING, json!({"checklist": [{"item": "甲", "basis": "x"}, {"item": "甲", "basis": "y"}]}));
    assert_eq!(g.when(&handler(), "plan", twice).err().unwrap().fields[0].0, "checklist");
    let mut g = given("special_check");
    g.takes(&handler(), "plan", plan(SEALING, json!({})));
    assert_eq!(g.refuses(&also(&handler(), &lead()), "approve", json!({})), "same_hands");
    assert_eq!((g.reads(&inspector()), g.reads(&patrol())), (vec![], vec![]), "no group has to do with it");
}
#[test]
fn a_group_carries_out_what_it_draws_up_or_what_is_embedded_in_its_inspection() {
    let mut g = given("special_check");
    g.takes(&patrol(), "plan", plan("其他", json!({"mode": "执法检查", "inspection": "DC-1"})));
    assert!(!g.reads(&patrol()).is_empty() && g.reads(&inspector()).is_empty());
    let kin =
        |marks: &[&str]| vec![Kin { number: "DC-1".into(), link: "inspection".into(), marks: marks.iter().map(|m| (*m).into()).collect() }];
    g.kin = kin(&[]);
    assert_eq!(g.refuses(&lead(), "approve", json!({})), "inspection_not_under_way");
    g.kin = kin(&["under_way", "political"]);
    g.takes(&lead(), "approve", json!({}));
    assert!(!g.reads(&patrol()).is_empty() && !g.reads(&inspector()).is_empty());
    g.takes(&inspector(), "find", finding("查询登记", "两件没有登记。"));
}
#[test]
fn boundary_6_a_check_of_sealed_records_takes_in_no_name_at_any_step() {
    let names = [
        "张三（2008年生）的记录未封存",
        "犯罪嫌疑人张三",
        "被告人李四没有封存",
        "未成年人王五",
        "未成年人：王 五",
        "姓名：欧阳小例",
        "张小例，男，16岁",
        "查见李例明，16岁，记录可查",
        "赵例等人的材料",
        "身份证号 361202 2008 0101 0011",
        "电话１３８００００００００",
        "卡号6222-0000-1111-2222",
        "车辆赣C12345",
        "（2025）赣1202刑初15号",
        "云公（刑）立字〔2025〕12号",
    ];
    let fine = [
        "张某（2008年生）的记录未封存",
        "犯罪嫌疑人李某某",
        "未成年人记录两件应封未封",
        "抽查 2026-03-10 的台账，共 12 件，均已封存。",
        "被告人的档案未加注，按云政法〔2026〕1号文件办理",
        "证人陈述、当事人申请均未脱敏",
        "未成年人在校期间的档案、高中的档案已封存",
        "有一名未成年人，16岁，查询未登记",
    ];
    let g = checking(SEALING);
    for text in names {
        let refused = g.when(&handler(), "find", finding("是否封存", text)).err().unwrap_or_else(|| panic!("taken: {text}"));
        assert_eq!((refused.code, refused.fields[0].0.as_str()), ("bad_form", "found"), "{text}");
    }
    for text in fine {
        let taken = g.when(&handler(), "find", finding("是否封存", text));
        assert!(taken.is_ok(), "{text}: {:?}", taken.err());
    }
    // Every free text of every step, and there is no file and no text beside them.
    let mut done = checking(SEALING);
    done.takes(&handler(), "find", finding("是否封存", "两件。"));
    done.takes(&handler(), "find", finding("查询登记", "两件。"));
    let opening = given("special_check");
    let mut concluded = given("special_check");
    concluded.entries.clone_from(&done.entries);
    concluded.takes(&handler(), "conclude", json!({}));
    let named = "未成年人王五";
    let cases: [(&Given, _, &str, &str, Json); 7] = [
        (&opening, handler(), "plan", "name", plan(SEALING, json!({"name": named}))),
        (&opening, handler(), "plan", "checklist", plan(SEALING, json!({"checklist": [{"item": named, "basis": "x"}]}))),
        (&opening, handler(), "plan", "partners", plan(SEALING, json!({"partners": [{"org": COURT, "contact": named}]}))),
        (&done, handler(), "conclude", "conclusion", json!({"conclusion": named})),
        (&done, lead(), "abandon", "reason", json!({"reason": named})),
        (&concluded, lead(), "refer", "referred", json!({"receiver": "公安机关", "referred": named})),
        (&concluded, lead(), "rectify", "gist", json!({"problems": ["M1"], "severity": "一般", "gist": named})),
    ];
    for (g, who, action, field, form) in cases {
        let refused = g.when(&who, action, form).err().unwrap_or_else(|| panic!("{action} took a name"));
        assert_eq!(refused.fields[0].0, field, "{action}");
    }
    let texts: Vec<&str> = kind("special_check")
        .unwrap()
        .fields()
        .iter()
        .filter(|f| matches!(f.shape, Shape::Short | Shape::Long | Shape::Rows(_) | Shape::Files))
        .map(|f| f.name)
        .collect();
    assert_eq!(texts, ["name", "checklist", "partners", "reason", "found", "conclusion", "referred", "gist"], "a new text is checked too");
}
#[test]
fn a_check_of_open_matters_may_name_a_case_and_still_nobody() {
    let g = checking("其他");
    assert!(g.when(&handler(), "find", finding("是否封存", "（2025）赣1202刑初15号超期。")).is_ok());
    assert_eq!(g.refuses(&handler(), "find", finding("是否封存", "被告人李四未告知")), "bad_form");
}
