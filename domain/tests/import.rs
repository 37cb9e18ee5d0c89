//! 导入批次 (M1.1): what was taken in, and the whole of it taken back.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::procedures::{all, kind};
use given::*;
use serde_json::json;

fn taken(ledger: &str) -> Given {
    let mut g = given("import");
    g.takes(
        &handler(),
        "take",
        json!({"kind": ledger, "name": "线索台账.xlsx", "rows": 120, "taken": 117, "rejected": 2, "duplicates": 1}),
    );
    g
}

#[test]
fn a_batch_keeps_the_files_digest_and_the_counts_of_its_dry_run() {
    let g = given("import");
    assert_eq!(g.wrong(&handler(), "take", json!({})), ["kind", "name", "digest", "rows", "taken", "rejected", "duplicates"]);
    assert_eq!(g.refuses(&lead(), "take", json!({})), "not_yours");
    let read = taken("clue").reads(&secretary());
    for (field, count) in [("rows", 120), ("taken", 117), ("rejected", 2), ("duplicates", 1)] {
        assert!(read.contains(&(field, json!(count))), "{field}");
    }
}
#[test]
fn it_may_cause_openings_of_history_and_nothing_live() {
    let mut caused = kind("import").unwrap().step("take").unwrap().then.to_vec();
    let history = all().iter().flat_map(|k| k.steps.iter().filter(|s| s.action.starts_with("enter_")).map(|s| (k.name, s.action)));
    let mut history: Vec<(&str, &str)> = history.collect();
    caused.sort_unstable();
    history.sort_unstable();
    assert_eq!(caused, history);
    let row = |(k, a): &(&str, &str)| kind(k).unwrap().step(a).unwrap();
    assert!(caused.iter().all(|c| row(c).opens() && !row(c).by_people()));
}
#[test]
fn undoing_takes_back_every_matter_of_the_batch_once_and_says_why() {
    for (kind, _) in kind("import").unwrap().step("undo").unwrap().then {
        let mut g = taken(kind);
        assert_eq!(g.wrong(&handler(), "undo", json!({})), ["reason"]);
        let acted = g.takes(&handler(), "undo", json!({"reason": "用错了文件"}));
        let request = &acted.requests[0];
        assert_eq!((request.kind, request.action, request.link, acted.requests.len()), (*kind, "void", Some(*kind), 1));
        assert_eq!((g.phase().as_str(), g.buttons(&handler())), ("Undone", vec![]));
    }
}
#[test]
fn a_register_is_taken_back_without_touching_a_matter() {
    let mut g = taken("organisation");
    assert!(g.takes(&handler(), "undo", json!({})).requests.is_empty());
}
#[test]
fn the_unit_sees_nothing_of_a_batch() {
    let g = taken("clue");
    assert_eq!((g.reads(&unit()), g.buttons(&unit())), (vec![], vec![]));
}
