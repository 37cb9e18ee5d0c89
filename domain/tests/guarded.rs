//! Boundary 1 (F5②) through the procedures: what we write about a case is refused where it directs an outcome, at its field and with the
//! words found; what others said is taken down as it was said.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
mod reviewed;
use domain::engine::{Shape, vault_ref};
use domain::procedures::{all, kind};
use given::*;
use reviewed::*;
use serde_json::json;

const DIRECTS: &str = "量刑过重，应当改判。";
const ASKS: &str = "请依法审查并说明理由。";

fn wording(g: &Given, who: &domain::engine::Person, action: &str, values: serde_json::Value) -> Vec<(String, String)> {
    g.when(who, action, values).err().map(|r| r.fields).unwrap_or_default()
}

#[test]
fn boundary_1_an_opinion_that_directs_an_outcome_is_refused_at_its_field_with_the_words_found() {
    let g = scoring();
    let refused = wording(&g, &expert(1), "submit", json!({"my_opinion": DIRECTS}));
    assert_eq!(refused[0].0, "my_opinion");
    assert!(refused[0].1.contains("“应当改判”"), "{refused:?}");
    let mut sheet = lost("2");
    sheet["sheet"][0]["note"] = json!("证人证言不予采信");
    let refused = wording(&g, &expert(1), "submit", sheet);
    assert!(refused[0].0 == "sheet" && refused[0].1.starts_with("第 1 行“说明”"), "{refused:?}");
    assert!(g.when(&expert(1), "submit", json!({"my_opinion": "超期三十日，无审批手续。", "sheet": lost("2")["sheet"]})).is_ok());
}
#[test]
fn boundary_1_opinions_letters_and_answers_of_a_review_ask_for_reasons_only() {
    let g = submitted(["3", "3", "3"]);
    for text in [DIRECTS, "该证据应当采信", "建议从轻处理"] {
        assert_eq!(wording(&g, &chair(), "adopt_mean", json!({"problems": ["X1"], "opinion": text}))[0].0, "opinion", "{text}");
        assert_eq!(wording(&g, &expert(1), "dissent", json!({"dissent": text}))[0].0, "dissent", "{text}");
    }
    let g = settled("40", false);
    assert_eq!(wording(&g, &lead(), "suggest_review", json!({"facts": DIRECTS}))[0].0, "facts");
    assert!(g.when(&lead(), "suggest_review", json!({"facts": format!("卷二第 12 页无审批。{ASKS}")})).is_ok());
    assert_eq!(wording(&g, &handler(), "conclude_rectify", json!({"gist": DIRECTS}))[0].0, "gist");
    assert!(g.when(&handler(), "conclude_rectify", json!({"gist": "超期三十日。"})).is_ok());
}
#[test]
fn boundary_1_a_rectification_never_orders_another_judgment() {
    let mut g = given("rectification");
    let opening = json!({"problems": ["X1"], "severity": "一般", "org": COURT});
    let mut bad = opening.clone();
    bad["gist"] = json!(DIRECTS);
    assert_eq!(wording(&g, &handler(), "open", bad)[0].0, "gist");
    g.takes(&handler(), "open", opening);
    assert_eq!(wording(&g, &lead(), "demand", json!({"what": "请你院依法改判"}))[0].0, "what");
    g.takes(&lead(), "demand", json!({"what": "补办审批手续，逐件自查。"}));
    assert_eq!(wording(&g, &handler(), "urge", json!({"letter": DIRECTS}))[0].0, "letter");
    g.takes(&handler(), "urge", json!({"letter": "请按期报送。"}));
}
#[test]
fn boundary_1_what_others_said_is_taken_down_as_it_was_said() {
    let g = given("inquiry_record");
    let said = json!({"kind": "过问", "on": "2026-02-27", "content": "某领导要求从轻处理", "asked_by": "某人"});
    assert!(g.when(&handler(), "record", said).is_ok(), "an interference is recorded, not refused");
    for (kind_name, fields) in [
        ("inquiry_record", &["content", "difference"][..]),
        ("clue", &["summary", "remark", "result"]),
        ("review", &["grounds", "result"]),
        ("accountability", &["result"]),
        ("rectification", &["plan", "result"]),
        ("dossier", &["result", "prior", "remark"]),
    ] {
        for f in kind(kind_name).unwrap().fields().iter().filter(|f| fields.contains(&f.name)) {
            assert!(!f.guarded, "{kind_name}.{} is another's words", f.name);
        }
    }
}
#[test]
fn boundary_1_every_text_of_ours_about_a_case_is_guarded_and_only_texts_are() {
    let ours = ["opinion", "my_opinion", "dissent", "answer", "praise", "gist", "facts", "what", "letter", "differs"];
    for k in all().iter().filter(|k| k.name != "expert") {
        for f in k.fields() {
            let text = matches!(f.shape, Shape::Short | Shape::Long);
            assert!(!f.guarded || text || matches!(f.shape, Shape::Rows(_)), "{}.{}", k.name, f.name);
            let erased = k.name == "erasure";
            // What whoever came said in his own words is not ours to choose.
            let theirs = f.vault == Some("original");
            assert!(!ours.contains(&f.name) || !text || erased || theirs || f.guarded, "{}.{} is ours and unguarded", k.name, f.name);
        }
    }
    // A reference stands for a text that was judged before it was sealed.
    let g = submitted(["3", "3", "3"]);
    assert!(g.when(&chair(), "adopt_mean", json!({"problems": ["X1"], "opinion": vault_ref("o")})).is_ok());
}
