//! The proof file: one form, every changed byte refused, and the page that describes it kept true.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod common;
use common::*;
use ledger::draw::*;
use ledger::{Alg, hex};
use serde_json::Value as Json;

fn given(name: &str) -> String {
    format!("{}/tests/given/{name}", env!("CARGO_MANIFEST_DIR"))
}
/// Written by `XIEZHI_BLESS=1`, read by the script of the replay page and by whoever writes another implementation.
fn fixtures() -> [(&'static str, Proof); 2] {
    [("draw-sm3.json", fixture(Alg::Sm3)), ("draw-sha256.json", fixture(Alg::Sha256))]
}
#[test]
fn the_given_files_are_what_is_written_today() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/draw-proof.md")).unwrap_or_default();
    if std::env::var_os("XIEZHI_BLESS").is_some() {
        fixtures().iter().for_each(|(name, proof)| std::fs::write(given(name), proof.to_bytes()).unwrap());
    }
    for (name, proof) in fixtures() {
        assert_eq!(std::fs::read(given(name)).unwrap(), proof.to_bytes(), "{name}");
        let replayed = replay(&proof.to_bytes()).unwrap();
        let numbers = [&replayed.digest, &replayed.announcement, &replayed.root, &replayed.seed, &replayed.seated.join(" ")];
        numbers.into_iter().for_each(|n| assert!(page.contains(n), "docs/draw-proof.md does not show {n} of {name}"));
        assert_eq!(Proof::read(&proof.to_bytes()).unwrap().0, proof);
    }
}
fn small(alg: Alg) -> Proof {
    let all: Vec<Candidate> = (0..7).map(|n| candidate(&format!("E{n}"), CATEGORIES[n % 2], ["", "甲"][n % 2])).collect();
    let (mut proof, first) = Proof::draw(ingredients(alg, spec("K", Kind::Panel, 3, &[]), &all)).unwrap();
    proof.substitute(T0 + 3 * DAY, &first.chosen[1], "拒绝").unwrap();
    proof
}
#[test]
fn every_changed_missing_or_added_byte_is_refused() {
    for alg in [Alg::Sm3, Alg::Sha256] {
        let file = small(alg).to_bytes();
        assert!(replay(&file).is_ok());
        for at in 0..file.len() {
            let mut bad = file.clone();
            for bit in [1, 0x20] {
                bad[at] = file[at] ^ bit;
                assert!(replay(&bad).is_err(), "byte {at}");
            }
            bad.remove(at);
            assert!(replay(&bad).is_err(), "without byte {at}");
            for extra in [b' ', b'\n', b'0'] {
                let mut more = file.clone();
                more.insert(at, extra);
                assert!(replay(&more).is_err(), "one more at {at}");
            }
        }
        for more in [&b"\n"[..], b" ", b"{}", b"\0"] {
            assert!(replay(&[&file[..], more].concat()).is_err());
        }
        assert!(replay(&[b"\xef\xbb\xbf", &file[..]].concat()).is_err());
    }
}
/// The forger who writes the digest anew: what determines the result cannot be changed without changing the result, and the
/// announcement, list and commitments cannot be changed without leaving the ledger's evidence.
#[test]
fn with_evidence_no_value_that_was_fixed_beforehand_can_be_changed_even_with_a_new_digest() {
    let proof = fixture(Alg::Sm3);
    let whole = serde_json::to_value(&proof).unwrap();
    let mut all = vec![];
    paths(&whole, "", &mut all);
    let mut survived = vec![];
    for path in &all {
        let mut forged = whole.clone();
        let value = forged.pointer_mut(path).unwrap();
        *value = changed(value);
        let Ok(forged) = serde_json::from_value::<Proof>(forged) else { continue };
        let forged = resealed(forged);
        if replay(&forged.to_bytes()).is_ok() {
            survived.push(path.as_str());
        }
    }
    // Times within their windows, reasons in words, and who is excluded far down the order: these the ledger alone fixes, by the
    // digest of the file.
    survived
        .retain(|p| !(p.ends_with("_at") || p.ends_with("/at") || p.ends_with("/reason") || *p == "/digest" || p.starts_with("/excluded")));
    assert_eq!(survived, Vec::<&str>::new());
    assert!(all.len() > 150);
}
#[test]
fn evidence_must_lead_to_the_checkpoint_and_hold_what_was_fixed() {
    let forge = |change: &dyn Fn(&mut Evidence)| {
        let mut proof = fixture(Alg::Sm3);
        change(proof.ledger.as_mut().unwrap());
        replay(&resealed(proof).to_bytes()).map(|_| ()).unwrap_err().kind
    };
    assert_eq!(forge(&|e| drop(e.entries.remove(0))), Wrong::Ledger);
    assert_eq!(forge(&|e| e.entries.clear()), Wrong::Ledger);
    assert_eq!(forge(&|e| e.size += 1), Wrong::Ledger);
    assert_eq!(forge(&|e| e.entries[2].path[0] = hex(&[0; 32])), Wrong::Ledger);
}
#[test]
fn other_spellings_of_the_same_content_are_refused() {
    let text = String::from_utf8(small(Alg::Sm3).to_bytes()).unwrap();
    let spellings = [
        text.replacen("\"round\":1", "\"round\":1.0", 1),
        text.replacen("\"round\":1", "\"round\":1,\"round\":1", 1),
        text.replacen("拒绝", "\\u62d2\\u7edd", 1),
        text.replacen("\"one_per_unit\":false", "\"one_per_unit\": false", 1),
        text.replacen("\"draw\":\"K\",", "", 1).replacen("\"format\"", "\"draw\":\"K\",\"format\"", 1),
        text.replacen("\"alg\":\"sm3\"", "\"alg\":\"sm3\",\"note\":\"\"", 1),
        text.to_uppercase(),
    ];
    for s in spellings {
        assert_ne!(s, text);
        assert!(replay(s.as_bytes()).is_err(), "{s}");
    }
    assert!(replay(b"").is_err() && replay(b"[]").is_err() && replay(b"null").is_err());
}
#[test]
fn what_the_command_lines_print() {
    let file = fixture(Alg::Sha256).to_bytes();
    let (text, code) = report(&file, true);
    let json: Json = serde_json::from_str(&text).unwrap();
    let r = &json["replayed"];
    assert_eq!((code, json["ok"].as_bool(), r["chosen"].as_array().unwrap().len()), (0, Some(true), 5));
    assert_eq!((r["tickets"].as_array().unwrap().len(), r["tickets"][0]["ticket"].as_str().unwrap().len()), (100, 64));
    assert!(report(&file, false).0.contains("一致"));
    let (text, code) = report(b"{}", true);
    assert_eq!((code, serde_json::from_str::<Json>(&text).unwrap()["ok"].as_bool()), (2, Some(false)));
    assert!(report(b"{}", false).0.contains("不符"));
}
#[test]
fn the_auditors_program_replays_a_draw() {
    let run = |args: &[&str]| {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_xiezhi-audit")).args(args).output().unwrap();
        (out.status.code().unwrap(), String::from_utf8_lossy(&out.stdout).into_owned())
    };
    let (code, said) = run(&["draw", &given("draw-sm3.json"), "--json"]);
    let told: Json = serde_json::from_str(&said).unwrap();
    assert_eq!((code, told["replayed"]["seated"][3].as_str()), (0, Some("E079")), "{said}");
    assert_eq!(run(&["draw", &given("compare.js")]).0, 2);
    assert_eq!((run(&["draw"]).0, run(&["draw", "no such file"]).0), (1, 1));
}
