//! 评查标准 (D): sheets worth 100, cards worth nothing, approved by another, one edition after another.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use given::*;
use serde_json::{Value as Json, json};

fn sheet(more: Json) -> Json {
    let mut form = json!({
        "name": "刑事案件评查标准", "standard_kind": "基础表", "edition": "2026 年第 1 版",
        "items": [{"item": "立案管辖", "full": "99.5"}, {"item": "卷宗", "full": "0.5"}],
    });
    form.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    form
}
fn in_force(more: Json) -> Given {
    let mut g = given("standard");
    g.takes(&handler(), "draft", sheet(more));
    g.takes(&handler(), "propose", json!({}));
    g.takes(&lead(), "approve", json!({"from": "2026-03-02"}));
    g
}

#[test]
fn a_sheet_is_worth_a_hundred_and_a_card_nothing() {
    let g = given("standard");
    for (items, kind) in [
        (json!([{"item": "a", "full": "99"}]), "基础表"),
        (json!([{"item": "a", "full": ""}]), "叠加表"),
        (json!([{"item": "a", "full": "八"}]), "基础表"),
        (json!([{"item": "a", "full": "100"}]), "附卡"),
    ] {
        assert_eq!(g.refuses(&handler(), "draft", sheet(json!({"items": items, "standard_kind": kind}))), "bad_form", "{items}");
    }
    assert!(g.when(&handler(), "draft", sheet(json!({"items": [{"item": "到案后所为"}], "standard_kind": "附卡"}))).is_ok());
    assert!(g.when(&handler(), "draft", sheet(json!({}))).is_ok());
}
#[test]
fn thresholds_fall_to_nothing() {
    let g = given("standard");
    for grades in [
        json!([{"grade": "合格", "from": "60"}]),
        json!([{"grade": "合格", "from": "60"}, {"grade": "不合格", "from": "10"}]),
        json!([{"grade": "合格", "from": "60"}, {"grade": "基本合格", "from": "60"}, {"grade": "不合格", "from": "0"}]),
        json!([{"grade": "合格", "from": "高"}, {"grade": "不合格", "from": "0"}]),
    ] {
        assert_eq!(g.refuses(&handler(), "draft", sheet(json!({"grades": grades}))), "bad_form", "{grades}");
    }
    assert!(
        g.when(&handler(), "draft", sheet(json!({"grades": [{"grade": "合格", "from": "60"}, {"grade": "不合格", "from": "0"}]}))).is_ok()
    );
}
#[test]
fn it_is_approved_by_another_and_in_force_from_its_day() {
    let mut g = given("standard");
    let both = also(&handler(), &lead());
    g.takes(&both, "draft", sheet(json!({})));
    g.takes(&handler(), "propose", json!({}));
    assert_eq!(g.refuses(&both, "approve", json!({})), "same_hands");
    g.takes(&lead(), "return_draft", json!({"reason": "漏项"}));
    g.takes(&handler(), "revise", sheet(json!({"edition": "2026 年第 2 稿"})));
    g.takes(&handler(), "propose", json!({}));
    g.takes(&lead(), "approve", json!({"from": "2026-04-01"}));
    assert_eq!(g.refuses(&handler(), "bring_into_force", json!({})), "not_yet_in_force");
    assert!(g.matter().marks().is_empty());
    g.on(4, 1).takes(&handler(), "bring_into_force", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Effective", vec!["effective"]));
    assert_eq!(g.refuses(&handler(), "revise", sheet(json!({}))), "not_now", "an edition in force is never altered");
}
#[test]
fn a_new_edition_supersedes_the_old_one_which_stays_to_be_read() {
    let mut g = in_force(json!({"replaces": "BZ-2025-0001"}));
    let acted = g.takes(&handler(), "bring_into_force", json!({}));
    assert_eq!((acted.requests[0].action, acted.requests[0].link), ("supersede", Some("standard")));
    assert!(in_force(json!({})).takes(&handler(), "bring_into_force", json!({})).requests.is_empty());
    assert_eq!(g.refuses(&lead(), "supersede", json!({})), "not_yours");
    g.takes(&house(), "supersede", json!({}));
    assert!(g.matter().marks().is_empty() && g.phase() == "Superseded");
    for person in [who("e", "R6", ZFW), chair()] {
        assert!(g.reads(&person).iter().any(|r| r.0 == "items"), "whoever scores reads the sheet");
    }
    assert_eq!(g.reads(&unit()), vec![]);
}
#[test]
fn the_lead_repeals_with_a_reason() {
    let mut g = in_force(json!({}));
    g.takes(&handler(), "bring_into_force", json!({}));
    assert_eq!(g.wrong(&lead(), "repeal", json!({})), ["reason"]);
    g.takes(&lead(), "repeal", json!({}));
    assert!(g.matter().marks().is_empty());
}
#[test]
fn an_edition_read_from_a_whole_sheet_has_rows_one_reads() {
    use domain::procedures::standard::Edition;
    use domain::standards::{Content, Library};
    let library = Library::shipped();
    for s in library.sheets {
        let content = Content::Sheet(Box::new(s));
        let again = Content::from_json(&content.to_json()).unwrap();
        assert_eq!((&again, Content::from_rows(&content.rows()).unwrap()), (&content, content.clone()));
        let mut form = serde_json::to_value(Edition::from(&content)).unwrap();
        form["sheet"] = json!(["F1"]);
        form["digest"] = json!("ab12");
        let mut g = given("standard");
        g.takes(&house(), "install", form);
        assert_eq!(g.phase(), "Proposed", "shipped or not, it is approved by a person");
        g.takes(&lead(), "approve", json!({"from": "2026-03-02"}));
        g.takes(&handler(), "bring_into_force", json!({}));
        assert_eq!((g.phase().as_str(), g.matter().marks()), ("Effective", vec!["effective"]), "{}", content.code());
        g.takes(&lead(), "repeal", json!({}));
        assert!(g.matter().marks().is_empty());
    }
    let card = Content::Card(Box::new(library.cards[0].clone()));
    assert_eq!(Content::from_rows(&card.rows()).unwrap(), card);
    assert_eq!(Content::from_json(&card.to_json()).unwrap(), card);
    assert!(given("standard").when(&house(), "install", serde_json::to_value(Edition::from(&card)).unwrap()).is_ok());
}
#[test]
fn nothing_is_drafted_without_a_name_an_edition_and_items() {
    let g = given("standard");
    let mut bare = sheet(json!({}));
    for name in ["items", "name", "standard_kind", "edition"] {
        let was = bare.as_object_mut().unwrap().remove(name).unwrap();
        assert_eq!(g.refuses(&handler(), "draft", bare.clone()), "bad_form", "{name}");
        bare[name] = was;
    }
    assert_eq!(g.refuses(&handler(), "install", sheet(json!({}))), "not_yours", "the house's alone");
}
