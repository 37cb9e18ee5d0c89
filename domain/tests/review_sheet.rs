//! 评分表 against its edition (D): worth is the edition's, vetoes cost no points, every row says where.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use domain::procedures::review::counting::{At, CardAnswer};
use domain::procedures::review::scoring::{Deduction, Scale};
use domain::procedures::review::sheet::{Basis, MOST_ROWS, Part, complete};
use domain::procedures::standard::{Edition, Item, Veto};
use domain::standards::{Content, Library};

fn edition() -> Edition {
    let item = |item: &str, full: &str| Item { item: item.into(), full: full.into(), ..Item::default() };
    Edition {
        items: vec![item("取证", "20"), item("期限", "6"), item("其他", "74")],
        vetoes: vec![Veto { veto: "超期羁押".into(), basis: String::new() }],
        ..Edition::default()
    }
}
fn row(item: &str, points: &str, page: &str) -> Deduction {
    let [full, problem, severity] = ["100", "X1", "一般"].map(str::to_owned);
    Deduction {
        item: item.into(),
        full,
        points: points.into(),
        page: page.into(),
        problem,
        severity,
        note: "超期三日".into(),
        ..Deduction::default()
    }
}
fn so_far(scale: &Scale, rows: &[Deduction]) -> (i64, String) {
    let so = Basis::of(edition()).so_far(scale, rows, &[]);
    (so.total, so.grade)
}
fn faults(rows: Vec<Deduction>) -> Vec<(usize, &'static str)> {
    complete(&edition(), rows).1.into_iter().map(|f| (f.row, f.column)).collect()
}

#[test]
fn an_item_is_worth_what_the_edition_says_whatever_was_typed() {
    let (rows, wrong) = complete(&edition(), vec![row("取证", "4", "卷一 P31"), row("期限", "6", "全卷")]);
    assert!(wrong.is_empty());
    assert_eq!(rows.iter().map(|d| d.full.as_str()).collect::<Vec<_>>(), ["20", "6"]);
    assert_eq!(so_far(&Scale::default(), &rows), (900, "合格".into()));
}
#[test]
fn a_veto_costs_no_points_and_needs_its_facts() {
    let veto = |note: &str| Deduction { note: note.into(), severity: "轻微".into(), ..row("超期羁押", "50", "卷一 P40") };
    let (rows, wrong) = complete(&edition(), vec![veto("超期四日")]);
    assert!(wrong.is_empty() && rows[0].veto() && rows[0].points == "0" && rows[0].full == "0");
    assert_eq!(so_far(&Scale::default(), &rows), (1_000, "不合格".into()));
    assert_eq!(faults(vec![veto(" ")]), [(0, "note")]);
    assert_eq!(faults(vec![veto("甲"), veto("乙")]), [(1, "page")], "one veto is found once");
}
#[test]
fn what_is_wrong_stands_at_its_cell() {
    assert_eq!(faults(vec![row("没有", "1", "P1")]), [(0, "item")]);
    for points in ["", "二", "1.25", "-1", "20.1"] {
        assert_eq!(faults(vec![row("取证", points, "P1")]), [(0, "points")], "{points}");
    }
    for page in ["", "见卷", "页"] {
        assert_eq!(faults(vec![row("取证", "1", page)]), [(0, "page")], "{page}");
    }
    for page in ["12", "卷一", "P３", "全卷"] {
        assert!(faults(vec![row("取证", "1", page)]).is_empty(), "{page}");
    }
    let bad = Deduction { problem: "没有".into(), severity: "没有".into(), ..row("取证", "1", "P1") };
    assert_eq!(faults(vec![row("取证", "1", "P1"), bad]), [(1, "problem"), (1, "severity")]);
}
#[test]
fn one_flaw_is_not_deducted_for_twice() {
    assert_eq!(faults(vec![row("取证", "1", "P1"), row("取证", "2", "P1")]), [(1, "page")]);
    assert!(faults(vec![row("取证", "1", "P1"), row("取证", "1", "P2"), row("期限", "1", "P1")]).is_empty());
    let other = Deduction { note: "另一处".into(), ..row("取证", "1", "P1") };
    assert!(faults(vec![row("取证", "1", "P1"), other]).is_empty());
}
#[test]
fn a_sheet_has_an_end() {
    let many = (0..=MOST_ROWS).map(|n| row("取证", "0.1", &format!("P{n}"))).collect();
    let (rows, wrong) = complete(&edition(), many);
    assert_eq!((rows.len(), wrong.len(), wrong[0].row), (MOST_ROWS, 1, MOST_ROWS));
}
#[test]
fn rows_that_do_not_read_yet_cost_nothing_and_points_on_the_merits_bar_the_best_grade() {
    let (rows, _) = complete(&edition(), vec![row("取证", "", "P1"), row("期限", "0.5", "P1")]);
    assert_eq!(so_far(&Scale::default(), &rows), (995, "优质".into()));
    let (rows, _) = complete(&edition(), vec![Deduction { problem: "S1".into(), ..row("期限", "0.5", "P1") }]);
    assert_eq!(so_far(&Scale::default(), &rows), (995, "合格".into()));
}

/// D1 with the overlay for enterprises and the card.
fn whole() -> Basis {
    let library = Library::shipped();
    let part = |code: &str| {
        let sheet = library.sheets.iter().find(|s| s.code == code).unwrap().clone();
        Part { edition: Edition::from(&Content::Sheet(Box::new(sheet.clone()))), sheet: Some(sheet) }
    };
    Basis { parts: vec![part("D1"), part("D6")], card: library.cards.first().cloned() }
}
fn by(item: &str, ground: &str, points: &str) -> Deduction {
    let [item, by, points, page] = [item, ground, points, "卷一 P31"].map(str::to_owned);
    Deduction { item, by, points, page, ..Deduction::default() }
}
fn answers(no: usize) -> Vec<CardAnswer> {
    let card = whole().card.unwrap();
    let answer = |(n, q): (usize, &domain::standards::Question)| CardAnswer {
        question: q.code.clone(),
        said: if n < no { "否" } else { "是" }.into(),
        page: "卷二 P9".into(),
        note: "未见材料".into(),
    };
    card.questions.iter().enumerate().map(answer).collect()
}
#[test]
fn on_a_whole_sheet_the_ground_tells_severity_and_problem() {
    let (rows, wrong) = whole().complete(vec![by("D1.2", "D1.2.3", "2"), by("D6.4", "D6.4.1", "4")]);
    assert!(wrong.is_empty(), "{wrong:?}");
    let told: Vec<_> = rows.iter().map(|d| (d.item.as_str(), d.full.as_str(), d.severity.as_str(), d.problem.as_str())).collect();
    assert_eq!(told[0], ("D1.2 强制措施", "12", "一般", "C3"));
    assert_eq!((told[1].0, told[1].1), ("D6.4 四超", "20"), "the overlay's items are items of the same page");
    let wrong = whole().complete(vec![by("D1.2", "", "2")]).1;
    assert!(wrong.iter().any(|f| f.column == "by" && f.say.contains("扣分事由")), "{wrong:?}");
}
#[test]
fn what_the_sheet_finds_wrong_stands_at_its_cell_or_at_its_question() {
    let (rows, _) = whole().complete(vec![by("D1.2", "D1.2.3", "9"), by("D1.2", "一般", "3")]);
    let wrong = whole().judge(&Scale::default(), &rows, &answers(0));
    assert!(wrong.iter().any(|w| w.at == At::Cell(0, "points")) && wrong.iter().any(|w| w.at == At::Cell(1, "note")), "{wrong:?}");
    let wrong = whole().judge(&Scale::default(), &[], &answers(0)[1..]);
    assert_eq!(wrong.iter().map(|w| w.at).collect::<Vec<_>>(), [At::Question(0)]);
    assert!(whole().judge(&Scale::default(), &[], &answers(0)).is_empty());
}
#[test]
fn the_lower_of_two_sheets_stands_and_a_failed_card_costs_its_item() {
    let so = |rows: Vec<Deduction>, no: usize| {
        let b = whole();
        let (rows, _) = b.complete(rows);
        let so = b.so_far(&Scale::default(), &rows, &answers(no));
        (so.total, so.grade)
    };
    assert_eq!(so(vec![], 0), (1_000, "优质".into()));
    assert_eq!(so(vec![by("D1.2", "D1.2.3", "2"), by("D6.4", "D6.4.1", "4")], 0).0, 960, "the overlay is lower");
    assert_eq!(so(vec![], 3).0, 940, "once, however many questions fail");
    assert_eq!(so(vec![by("D1.V4", "", "")], 0).1, "不合格");
}
