//! 按评查表计分 (D): a review pinned to whole sheets is counted on them – item caps, vetoes, the 立功 card, the lower of two sheets –, and
//! what makes deliberation mandatory is what `agreement::panel` says.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
mod reviewed;
use domain::engine::Refusal;
use domain::procedures::review::counting::{CardAnswer, Counted, Graded, Sheets, count};
use domain::procedures::review::scoring::{Deduction, Scale};
use domain::standards::Library;
use given::*;
use reviewed::*;
use serde_json::{Value as Json, json};

fn deducted(item: &str, full: &str, points: &str, by: &str) -> Json {
    json!({"item": item, "full": full, "points": points, "page": format!("卷一 P{item}{by}"), "problem": "X1", "severity": "一般", "note": "", "by": by})
}
fn veto(by: &str, document: &str) -> Json {
    json!({"item": "否决项", "full": "0", "points": "0", "page": "卷一 P3", "problem": "S1", "severity": "否决", "note": "见卷", "by": by, "document": document})
}
fn answers(no: &[&str]) -> Vec<CardAnswer> {
    let library = Library::shipped();
    let answer = |code: &String| {
        let said = if no.contains(&code.as_str()) { "否" } else { "是" };
        CardAnswer { question: code.clone(), said: said.into(), page: "卷二 P9".into(), note: "未见查证材料".into() }
    };
    library.cards[0].questions.iter().map(|q| answer(&q.code)).collect()
}
fn counted(rows: &[Json], overlay: bool, card: Option<&[&str]>) -> Result<(Vec<Counted>, Vec<Graded>), Refusal> {
    let library = Library::shipped();
    let rows: Vec<Deduction> = rows.iter().map(|r| serde_json::from_value(r.clone()).unwrap()).collect();
    let sheet = |code: &str| library.sheets.iter().find(|s| s.code == code).unwrap();
    let sheets = Sheets { base: sheet("D1"), overlay: overlay.then(|| sheet("D6")), card: card.map(|_| &library.cards[0]) };
    count(sheets, &Scale::default(), "sheet", &rows, &card.map(answers).unwrap_or_default())
}
fn result(rows: &[Json], overlay: bool, card: Option<&[&str]>) -> Vec<(String, String)> {
    counted(rows, overlay, card).unwrap().1.into_iter().map(|g| (g.total, g.grade)).collect()
}
fn said(r: Result<(Vec<Counted>, Vec<Graded>), Refusal>) -> (String, String) {
    r.unwrap_err().fields[0].clone()
}

#[test]
fn an_item_is_never_worth_less_than_nothing_and_grounds_cost_what_the_sheet_says() {
    assert_eq!(result(&[], false, None), [("100".into(), "优质".into())]);
    let late = [deducted("D1.7", "6", "9", "D1.7.1")];
    assert_eq!(result(&late, false, None), [("94".into(), "合格".into())], "three places of three, capped at six");
    assert_eq!(result(&[deducted("期限", "6", "3", "D1.7.1")], false, None)[0].0, "97", "an item by its name");
    let half = [deducted("D1.10 卷宗", "3", "0.5", "D1.10.1")];
    assert_eq!(result(&half, false, None), [("99.5".into(), "优质".into())]);
    assert_eq!(said(counted(&[deducted("D1.7", "6", "4", "D1.7.1")], false, None)).0, "sheet");
    assert!(said(counted(&[deducted("D1.7", "8", "3", "D1.7.1")], false, None)).1.starts_with("第 1 行：“期限”的分值应为 6"));
    assert!(said(counted(&[late[0].clone(), deducted("没有", "6", "3", "")], false, None)).1.starts_with("第 2 行：评查表没有条目"));
}
#[test]
fn without_a_ground_the_tier_of_the_severity_counts_and_says_what_was_wrong() {
    let mut tier = deducted("D1.2", "12", "3", "");
    assert!(said(counted(&[tier.clone()], false, None)).1.contains("请写明是什么问题"));
    tier["note"] = json!("笔录未编号");
    assert_eq!(result(&[tier], false, None)[0].0, "97");
    let mut unclear = deducted("D1.7", "6", "0", "D1.7.1");
    unclear["note"] = json!("新旧法衔接不明");
    assert_eq!(result(&[unclear], false, None)[0].0, "100", "written down, nothing deducted where the law is unclear");
}
#[test]
fn a_veto_gives_the_lowest_grade_and_some_stand_only_on_a_document() {
    assert_eq!(result(&[veto("D1.V4", "")], false, None), [("100".into(), "不合格".into())]);
    assert!(said(counted(&[veto("D1.V2", "")], false, None)).1.contains("法律文书"));
    assert_eq!(result(&[veto("D1.V2", "（2025）赣09刑再1号")], false, None)[0].1, "不合格");
    assert!(said(counted(&[veto("D9.V1", "")], false, None)).1.contains("哪一项"));
}
#[test]
fn points_lost_on_a_substantive_item_bar_the_first_grade() {
    let both = counted(&[deducted("D1.4", "12", "4", "D1.4.2")], false, None).unwrap().1;
    assert_eq!((both[0].total.as_str(), both[0].grade.as_str(), both[0].clean.as_str()), ("96", "合格", "否"));
}
#[test]
fn the_card_is_answered_in_full_and_one_no_costs_six_once() {
    assert_eq!(result(&[], false, Some(&[]))[0].0, "100");
    assert_eq!(result(&[], false, Some(&["LG.3"]))[0].0, "94");
    let both = counted(&[], false, Some(&["LG.3", "LG.4"])).unwrap().1;
    assert_eq!((both[0].total.as_str(), both[0].card.as_str()), ("94", "立功"));
    let library = Library::shipped();
    let sheets = Sheets { base: &library.sheets[0], overlay: None, card: Some(&library.cards[0]) };
    let refused = count(sheets, &Scale::default(), "sheet", &[], &answers(&[])[1..]).unwrap_err();
    assert_eq!(refused.fields[0].0, "card");
    let none = Sheets { card: None, ..sheets };
    assert_eq!(count(none, &Scale::default(), "sheet", &[], &answers(&[])).unwrap_err().fields[0].0, "card");
}
#[test]
fn each_row_counts_on_the_sheet_its_item_stands_on() {
    let rows = [deducted("D6.4", "20", "10", "D6.4.1"), deducted("D6.7", "8", "8", "D6.7.1"), deducted("D1.7", "6", "3", "D1.7.1")];
    assert_eq!(result(&rows, true, None), [("97".into(), "优质".into()), ("82".into(), "瑕疵".into())]);
}

/// The sheet as the house hands it to the gate.
fn handed(rows: &[Json], overlay: bool, card: Option<&[&str]>) -> Json {
    let (counted, graded) = counted(rows, overlay, card).unwrap();
    let mut form = json!({"counted": counted, "graded": graded});
    if !rows.is_empty() {
        form["sheet"] = json!(rows);
    }
    if let Some(no) = card {
        form["card"] = serde_json::to_value(answers(no)).unwrap();
    }
    form
}
fn pinned(sheets: [Json; 3]) -> Given {
    let pins = json!([{"part": "基础表", "standard": "BZ-2026-0001", "title": "D1 刑事 2026.1", "digest": "ab"}]);
    let mut g = opened(json!({"pins": pins}));
    g.takes(&house(), "draw_panel", panel(&[1, 2, 3]));
    (1..=3).for_each(|n| drop(g.takes(&expert(n), "promise", json!({}))));
    g.takes(&handler(), "request_dossier", json!({"due": "2026-03-20"}));
    g.on(3, 9).takes(&handler(), "receive", json!({"received_on": "2026-03-09"}));
    assert_eq!(g.refuses(&expert(1), "submit", lost("4")), "bad_form", "pinned to a sheet, yet not counted on it");
    for (n, form) in sheets.into_iter().enumerate() {
        g.takes(&expert(u8::try_from(n).unwrap() + 1), "submit", form);
    }
    g
}
fn score_of(g: &Given) -> (Json, Json) {
    let read = g.reads(&lead());
    let of = |name: &str| read.iter().find(|r| r.0 == name).map(|r| r.1.clone()).unwrap_or_default();
    (of("result_score"), of("grade"))
}
fn adopted(g: &mut Given) -> (Json, Json) {
    g.takes(&chair(), "adopt_mean", json!({"problems": ["X1"], "accountable": false}));
    g.takes(&lead(), "feed", json!({}));
    score_of(g)
}

#[test]
fn the_counted_totals_make_the_mean() {
    let late = |points: &str| handed(&[deducted("D1.7", "6", points, "D1.7.1")], false, None);
    let mut g = pinned([late("9"), late("9"), late("6")]);
    assert!(g.reads(&expert(1)).iter().any(|r| r.0 == "graded_open"), "all are in: experts read what was counted");
    assert_eq!(adopted(&mut g), (json!("94"), json!("合格")));
}
#[test]
fn the_lower_of_the_two_sheets_is_the_result() {
    let rows = [deducted("D6.7", "8", "8", "D6.7.1")];
    let both = || handed(&rows, true, None);
    let mut g = pinned([both(), both(), both()]);
    assert_eq!(adopted(&mut g), (json!("92"), json!("合格")), "100 on the base sheet, 92 on the overlay");
}
#[test]
fn a_failed_card_a_veto_dispersion_on_either_sheet_and_unlike_grades_must_be_deliberated() {
    let fine = || handed(&[], false, None);
    let must = |g: &Given| g.refuses(&chair(), "adopt_mean", json!({"problems": ["X1"], "accountable": false})) == "must_deliberate";
    let card = |no: &[&str]| handed(&[], false, Some(no));
    assert!(must(&pinned([card(&["LG.3"]), card(&["LG.3"]), card(&["LG.3"])])), "升复核, though all agree");
    assert!(must(&pinned([handed(&[veto("D1.V4", "")], false, None), fine(), fine()])));
    assert!(must(&pinned([handed(&[deducted("D1.4", "12", "4", "D1.4.2")], false, None), fine(), fine()])), "优质 and 合格");
    let wide = [deducted("D6.4", "20", "20", "D6.4.1")];
    let over = |rows: &[Json]| handed(rows, true, None);
    assert!(must(&pinned([over(&wide), over(&[]), over(&[])])), "20 apart on the overlay");
    let mut g = pinned([card(&[]), card(&[]), card(&[])]);
    assert_eq!(adopted(&mut g).1, json!("优质"));
}
#[test]
fn a_conclusion_registered_meanwhile_is_answered_before_the_opinion_goes_out() {
    let mut g = submitted(["20", "20", "20"]);
    g.takes(&chair(), "adopt_mean", json!({"problems": ["X1"], "accountable": false}));
    g.linked("dossier", &["reviewable", "prior"]);
    assert_eq!(g.refuses(&lead(), "feed", json!({})), "differs_missing");
    g.takes(&lead(), "return_opinion", json!({}));
    g.takes(&chair(), "adopt_mean", json!({"problems": ["X1"], "accountable": false, "differs": "检察机关评为合格；本次见超期三十日。"}));
    g.takes(&lead(), "feed", json!({}));
}
