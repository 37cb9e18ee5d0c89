//! The house's rules a machine can check (docs/architecture.md, "Which way things lean").
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
fn sources(folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            into.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}
/// Source files under these folders, with what they say.
fn files(folders: &[&str]) -> Vec<(String, String)> {
    let mut all = vec![];
    for folder in folders {
        sources(&root().join(folder), &mut all);
    }
    assert!(all.len() > 3);
    all
}
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sql_lives_in_queries_and_db_only() {
    let words = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"WITH "];
    let all = files(&["app/src"]);
    let elsewhere = all.iter().filter(|(name, _)| !name.ends_with("/queries.rs") && !name.starts_with("app/src/db/"));
    none(elsewhere.filter(|(_, text)| words.iter().any(|w| text.contains(w))).map(|(name, _)| name.clone()).collect());
}
#[test]
fn a_slice_calls_another_slices_front_door() {
    let slices: Vec<String> = std::fs::read_dir(root().join("app/src"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .map(|p| p.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut wrong = vec![];
    for (name, text) in files(&["app/src"]) {
        let own = name.split('/').nth(2).unwrap().trim_end_matches(".rs").to_owned();
        for slice in slices.iter().filter(|s| **s != own) {
            if text.contains(&format!("{slice}::queries")) {
                wrong.push(format!("{name} reads {slice}'s queries"));
            }
        }
    }
    none(wrong);
}
#[test]
fn nothing_but_the_web_knows_of_the_web() {
    let all = files(&["app/src"]);
    let allowed = ["app/src/web/", "app/src/cli/", "app/src/lib.rs", "app/src/main.rs"];
    let inner = all.iter().filter(|(name, _)| !allowed.iter().any(|a| name.starts_with(a)));
    none(inner.filter(|(_, text)| text.contains("crate::web") || text.contains("axum::")).map(|(n, _)| n.clone()).collect());
}
#[test]
fn time_and_chance_enter_at_the_edge() {
    let words = ["SystemTime::now", "Timestamp::now", "Zoned::now", "Utc::now", "getrandom::", "OsRng", "rand::"];
    let all = files(&["app/src", "domain/src", "ledger/src", "sheets/src", "typeset/src"]);
    let inner = all.iter().filter(|(name, _)| name != "app/src/edge.rs");
    none(inner.filter(|(_, text)| words.iter().any(|w| text.contains(w))).map(|(n, _)| n.clone()).collect());
}
#[test]
fn rules_touch_no_file_thread_or_network() {
    let words = ["std::fs", "std::net", "std::thread", "std::env", "std::process", "tokio"];
    let all = files(&["domain/src", "ledger/src"]);
    let rules = all.iter().filter(|(name, _)| !name.contains("/bin/"));
    none(rules.filter(|(_, text)| words.iter().any(|w| text.contains(w))).map(|(n, _)| n.clone()).collect());
}
#[test]
fn a_file_is_read_in_one_sitting() {
    let all = files(&["app/src", "domain/src", "ledger/src", "sheets/src", "typeset/src"]);
    let long = all.iter().map(|(name, text)| (name, text.lines().count())).filter(|(_, lines)| *lines > 500);
    none(long.map(|(name, lines)| format!("{name}: {lines} lines")).collect());
}
#[test]
fn only_the_desk_writes_a_matter_and_only_amend_a_register() {
    let calls = [("put_matter(", "app/src/matters/"), ("put_version(", "app/src/registers/")];
    let mut wrong = vec![];
    for (name, text) in files(&["app/src"]) {
        wrong.extend(
            calls.iter().filter(|(call, home)| text.contains(call) && !name.starts_with(home)).map(|(call, _)| format!("{name}: {call}")),
        );
    }
    none(wrong);
}
#[test]
fn every_page_extends_the_frame_and_none_writes_script_or_style_in_place() {
    for entry in std::fs::read_dir(root().join("app/templates")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains(" style=") && !text.contains("<style") && !text.contains(" onclick="), "{}", path.display());
        assert!(!text.contains("|safe"), "{}: everything shown is escaped", path.display());
    }
}
