//! 案卷 (C 案件, F2, F3): in hand, concluded, in effect; sealed; who had to do with it; earlier conclusions.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::vault_ref;
use domain::procedures::dossier::{Dossier, may_enter_review};
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

fn said(more: Json) -> Json {
    let mut form = json!({"org": COURT, "case_no": "（2024）赣1202刑初15号", "classified": false, "handler": vault_ref("h")});
    form.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    form
}
fn pending(more: Json) -> Given {
    let mut g = given("dossier");
    g.takes(&handler(), "register", said(more));
    g
}
fn effective(more: Json) -> Given {
    let mut g = given("dossier");
    let mut form = said(json!({"closed_on": "2025-12-01", "effective_on": "2025-12-20", "result": vault_ref("r")}));
    form.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    g.takes(&handler(), "register_effective", form);
    g
}
fn state(g: &Given) -> Dossier {
    let body: Json = serde_json::from_str(&g.matter().body()).unwrap();
    serde_json::from_value(body["state"].clone()).unwrap()
}

#[test]
fn boundary_2_only_a_concluded_case_whose_document_is_in_effect_enters_review() {
    let (today, past, future) = (date(2026, 3, 2), Some(date(2026, 3, 2)), Some(date(2026, 3, 3)));
    let code = |closed, effective| may_enter_review(closed, effective, today).map_err(|r| r.code);
    assert_eq!(code(past, past), Ok(()));
    assert_eq!(code(None, past), Err("not_concluded"));
    assert_eq!(code(future, past), Err("not_concluded"));
    assert_eq!(code(past, None), Err("not_effective"));
    assert_eq!(code(past, future), Err("not_effective"));
    let mut g = pending(json!({}));
    assert_eq!((g.matter().marks(), state(&g).may_enter_review(g.today).err().map(|r| r.code)), (vec![], Some("not_concluded")));
    g.takes(&handler(), "conclude", json!({"closed_on": "2026-02-20"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Concluded", vec![]));
    g.takes(&handler(), "take_effect", json!({"effective_on": "2026-03-02"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Effective", vec!["reviewable"]));
    g.takes(&handler(), "reopen", json!({"aftermath": "再审"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Pending", vec![]), "a case taken up again is in hand");
}
#[test]
fn dates_follow_one_another_and_lie_in_the_past() {
    let g = pending(json!({"filed_on": "2026-02-10"}));
    assert_eq!(g.refuses(&handler(), "conclude", json!({"closed_on": "2026-02-09"})), "bad_form");
    assert_eq!(g.refuses(&handler(), "conclude", json!({"closed_on": "2026-03-03"})), "bad_form");
    let mut g = g;
    g.takes(&handler(), "conclude", json!({"closed_on": "2026-02-10"}));
    assert_eq!(g.refuses(&handler(), "take_effect", json!({"effective_on": "2026-02-09"})), "bad_form");
    assert_eq!(g.refuses(&handler(), "take_effect", json!({"effective_on": "2026-03-03"})), "bad_form");
    let g = given("dossier");
    assert_eq!(g.refuses(&handler(), "register", said(json!({"filed_on": "2026-03-03"}))), "bad_form");
}
#[test]
fn a_classified_case_is_not_held_here() {
    let g = given("dossier");
    assert_eq!(g.refuses(&handler(), "register", said(json!({"classified": true}))), "bad_form");
    assert_eq!(g.refuses(&house(), "enter_effective", said(json!({"classified": true}))), "bad_form");
}
#[test]
fn boundary_6_a_sealed_case_has_no_names_and_is_found_by_nobodys_search() {
    let sealed = json!({"seals": ["未成年人犯罪记录"], "alias": "被告人甲"});
    let g = given("dossier");
    assert_eq!(g.refuses(&handler(), "register", said(json!({"seals": ["治安违法记录"]}))), "bad_form", "an alias is needed");
    let named = json!({"seals": ["未成年人犯罪记录"], "alias": "甲", "parties": vault_ref("p")});
    assert_eq!(g.refuses(&handler(), "register", said(named.clone())), "bad_form");
    assert_eq!(g.refuses(&house(), "enter_pending", said(named)), "bad_form");
    let g = effective(sealed);
    assert_eq!(g.refuses(&handler(), "amend_record", json!({"parties": vault_ref("p")})), "bad_form");
    let index = g.matter().index();
    assert!(!format!("{index:?}").contains("1202") && index.codes.is_empty() && index.gist.is_empty(), "{index:?}");
    assert!(g.counted().is_empty(), "nor does it count");
    assert!(g.matter().marks().contains(&"sealed"));
}
#[test]
fn sealing_takes_the_names_out_of_sight_and_names_what_is_to_be_destroyed() {
    let mut g = effective(json!({"parties": vault_ref("p"), "agents": vault_ref("a")}));
    assert!(g.reads(&handler()).iter().any(|r| r.0 == "parties"));
    assert_eq!(g.refuses(&lead(), "unseal", json!({})), "not_sealed");
    assert_eq!(g.wrong(&handler(), "seal", json!({"seals": ["治安违法记录"], "ground": "第136条"})), ["alias"]);
    g.takes(&handler(), "seal", json!({"alias": "被处罚人甲"}));
    let read: Vec<_> = g.reads(&handler()).into_iter().map(|r| r.0).collect();
    assert!(!["parties", "result", "agents"].iter().any(|f| read.contains(f)) && read.contains(&"alias"), "{read:?}");
    assert_eq!(state(&g).names(), ["p", "r", "a"]);
    assert_eq!(g.refuses(&handler(), "seal", json!({})), "sealed");
    assert_eq!(g.refuses(&handler(), "unseal", json!({})), "not_yours");
    g.takes(&lead(), "unseal", json!({}));
    assert!(!g.reads(&handler()).iter().any(|r| r.0 == "parties"), "what is gone stays gone");
}
#[test]
fn whoever_had_to_do_with_the_case_is_named_once_each_and_dropped_by_the_lead() {
    let mut g = effective(json!({}));
    assert_eq!(g.refuses(&lead(), "drop_person", json!({})), "nobody_named");
    g.takes(&handler(), "name_person", json!({"capacity": "承办人", "person": "e1"}));
    g.takes(&handler(), "name_person", json!({"capacity": "曾办", "person": "e2"}));
    assert_eq!(state(&g).people().iter().map(|p| p.1.as_str()).collect::<Vec<_>>(), ["e1", "e2"]);
    assert_eq!(g.refuses(&lead(), "drop_person", json!({"named": "e9"})), "bad_form");
    g.takes(&lead(), "drop_person", json!({"named": "e1"}));
    assert_eq!(state(&g).people().len(), 1);
    assert_eq!(state(&g).names_in_the_case(), [vault_ref("h")], "what is compared with the experts' names before a draw");
}
#[test]
fn earlier_conclusions_stand_side_by_side_and_are_marked() {
    let mut g = effective(json!({}));
    assert_eq!(g.refuses(&handler(), "record_conclusion", json!({"prior_on": "2026-03-03"})), "bad_form");
    g.takes(&handler(), "record_conclusion", json!({"prior_by": "检察机关", "prior": "合格"}));
    assert_eq!(g.refuses(&handler(), "note_review", json!({})), "not_yours");
    g.takes(&house(), "note_review", json!({"doc_no": "评定〔2026〕1号", "prior": "瑕疵"}));
    let by: Vec<_> = g.reads(&handler()).into_iter().filter(|r| r.0 == "prior_by").map(|r| r.1).collect();
    assert_eq!(by, [json!("检察机关"), json!("本平台")]);
    assert!(g.matter().marks().contains(&"prior"));
}
#[test]
fn the_import_opens_by_the_house_alone_and_is_taken_back_while_untouched() {
    for (action, phase) in [("enter_pending", "Pending"), ("enter_concluded", "Concluded"), ("enter_effective", "Effective")] {
        let mut g = given("dossier");
        assert_eq!(g.refuses(&handler(), action, said(json!({}))), "not_yours");
        g.takes(&house(), action, json!({"org": COURT}));
        assert_eq!((g.phase().as_str(), g.matter().version()), (phase, 1));
        assert_eq!(g.matter().marks().contains(&"reviewable"), phase == "Effective");
        g.takes(&house(), "void", json!({}));
        assert!(g.matter().marks().is_empty() && g.counted().is_empty());
    }
    let mut g = given("dossier");
    g.takes(&house(), "enter_pending", json!({"org": COURT}));
    g.takes(&handler(), "amend_record", json!({"cause": "盗窃"}));
    assert_eq!(g.refuses(&house(), "void", json!({})), "built_on");
}
#[test]
fn only_the_office_knows_of_it() {
    let g = effective(json!({}));
    for person in [unit(), other_unit(), expert(1), chair()] {
        assert_eq!((g.reads(&person), g.buttons(&person)), (vec![], vec![]), "{}", person.id);
    }
}
