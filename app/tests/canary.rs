//! A stolen database yields no word of a report, nor of anything else written about persons (T4); search finds all the same, and a house
//! of an earlier build is brought to the same state at its next start.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::db::Db;
use app::edge::Clock;
use app::house::House;
use app::{files, own, params};
use house::{COURT, START, Town, encode};
use ledger::Alg;

/// Rare characters: one of them in the clear anywhere is a find.
const WORDS: [&str; 7] = ["鼍鼓龘声", "鬻熊爨氏", "zqxjkvbwy", "彘肩卮酒", "饕餮之证", "魑魅罔两", "15400091827"];

fn filled(town: &Town) -> String {
    let xs = town.open(
        "handler",
        "clue",
        "register",
        &[
            ("source", "来信"),
            ("received", "2026-02-27"),
            ("org", COURT),
            ("is_closed", "yes"),
            ("problem", "X1"),
            ("summary", "反映鼍鼓龘声扰民，另见 zqxjkvbwy。"),
            ("reporter", "鬻熊爨氏"),
            ("reporter_phone", "15400091827"),
        ],
    );
    let handler = town.by("handler");
    let form = handler.get("/matters/clue/new/register");
    assert_eq!(handler.answer(&form, "/draft/clue/register", &[("summary", "写到一半：彘肩卮酒")]).status, 303);
    assert!(handler.get("/matters/clue/new/register").says("彘肩卮酒"));
    files::take_in(&town.house, &town.ids["handler"], "饕餮之证.txt", "佐证".as_bytes()).unwrap();
    own::save_view(&town.house, town.ids["handler"].clone(), "clue".into(), "魑魅罔两".into(), "q=鼍鼓龘声".into()).unwrap();
    xs
}
fn finds(town: &Town, xs: &str) {
    for q in ["鼍鼓", "鼍鼓龘声", "鼍", "声", "ZQXJKVBWY", "龘声扰民 zqxjkvbwy", xs] {
        assert!(town.by("handler").get(&format!("/search?q={}", encode(q))).says(xs), "{q}");
    }
    for q in ["鼍声", "zqxjk", "鬻熊", "15400091827", "彘肩"] {
        assert!(!town.by("handler").get(&format!("/search?q={}", encode(q))).says(xs), "{q}");
    }
    // A unit that stands in no relation to it finds nothing.
    assert!(!town.by("court").get(&format!("/search?q={}", encode("鼍鼓"))).says(xs));
    assert!(town.by("handler").get("/matters/clue").says("魑魅罔两"), "the saved view is still his");
}
/// The word as it may lie in a file: plain, both UTF-16, base64 at every place; of Han words also every two characters, as an index has them.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let chars: Vec<char> = word.chars().collect();
    let pairs = chars.windows(2).filter(|w| !w[0].is_ascii()).map(|w| w.iter().collect::<String>().into_bytes());
    let mut all: Vec<Vec<u8>> = pairs.collect();
    all.push(word.as_bytes().to_vec());
    all.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
    all.push(word.encode_utf16().flat_map(u16::to_be_bytes).collect());
    all.extend((0..3).map(|n| base64(&[vec![0; n], word.as_bytes().to_vec()].concat(), n)));
    all
}
/// What of the base64 does not depend on what stands beside it.
fn base64(bytes: &[u8], skipped: usize) -> Vec<u8> {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let whole = bytes.chunks_exact(3).flat_map(|c| {
        let n = u32::from(c[0]) << 16 | u32::from(c[1]) << 8 | u32::from(c[2]);
        [18, 12, 6, 0].map(|at| SIGNS[(n >> at & 63) as usize])
    });
    whole.skip(if skipped > 0 { 4 } else { 0 }).collect()
}
fn found_in(folder: &std::path::Path) -> Vec<String> {
    let mut found = vec![];
    for file in ["xiezhi.db", "xiezhi.db-wal"] {
        let bytes = std::fs::read(folder.join(file)).unwrap_or_default();
        let lower = bytes.to_ascii_lowercase();
        for word in WORDS {
            for form in forms(word).into_iter().filter(|f| f.len() >= 6) {
                let hit = |hay: &[u8]| hay.windows(form.len()).any(|w| w == form);
                if hit(&bytes) || word.is_ascii() && hit(&lower) {
                    found.push(format!("{word} in {file}"));
                }
            }
        }
    }
    found
}
both! {
    fn search_finds_what_nobody_reads_in_the_database(town: &Town) {
        let xs = filled(town);
        finds(town, &xs);
        if town.folder().join("xiezhi.db").exists() {
            assert_eq!(found_in(town.folder()), Vec::<String>::new());
        }
        town.sound();
    }
    /// An earlier build wrote tokens, drafts, names and match keys in the clear.
    fn a_house_of_an_earlier_build_is_sealed_and_indexed_once(town: &Town) {
        let xs = filled(town);
        let handler = town.ids["handler"].clone();
        let id = town.house.db.read_here(|tx| app::matters::load(tx, &xs)).unwrap().unwrap().id;
        let sqlite = town.folder().join("xiezhi.db").exists();
        let old = if sqlite { include_str!("../migrations/sqlite/0008_keyed.sql") } else { include_str!("../migrations/postgres/0008_keyed.sql") };
        town.house.db.write_here(move |tx| {
            tx.batch("DROP INDEX idx_unsearched")?;
            let doc = "鼍鼓 鼓龘 龘声 声";
            if sqlite {
                tx.exec("INSERT INTO search (rowid, doc) VALUES ($1, $2)", params![1_000_001i64, doc])?;
            } else {
                tx.exec("INSERT INTO search (rowid, doc) VALUES ($1, array_to_tsvector(string_to_array($2, ' ')))", params![1_000_001i64, doc])?;
            }
            tx.exec("UPDATE draft SET form = 'summary=彘肩卮酒' WHERE person = $1", params![&handler])?;
            tx.exec("UPDATE saved_view SET name = '魑魅罔两', query = 'q=鼍鼓龘声' WHERE person = $1", params![&handler])?;
            tx.exec("UPDATE file SET name = '饕餮之证.txt'", &[])?;
            tx.exec("INSERT INTO match_key (kind, key, id) VALUES ('clue', 'no|15400091827', $1)", params![id])?;
            tx.batch(old)
        }).unwrap();
        if sqlite {
            assert!(!found_in(town.folder()).is_empty(), "the old form lies in the clear");
        }
        assert!(!town.by("handler").get(&format!("/search?q={}", encode("鼍鼓"))).says(&xs), "the index is empty");
        let again = House::open(town.place(), Clock::set_to(START), Alg::Sm3).unwrap();
        let to_do = |db: &Db| db.read_here(|tx| Ok(tx.one("SELECT 1 FROM counter WHERE name = 'to_seal'", &[])?.is_some())).unwrap();
        assert!(!to_do(&again.db), "once for all");
        finds(town, &xs);
        assert!(town.by("handler").get("/matters/clue/new/register").says("彘肩卮酒"));
        let file = again.db.read_here(|tx| tx.rows("SELECT id, name FROM file", &[])).unwrap();
        assert!(file.iter().all(|r| app::sealing::open(&again.keys, r.text(0), r.text(1)).unwrap() == "饕餮之证.txt"));
        let keys = again.db.read_here(|tx| tx.rows("SELECT key FROM match_key", &[])).unwrap();
        assert!(keys.iter().any(|r| r.text(0) == again.keys.blind("no|15400091827")) && keys.iter().all(|r| !r.text(0).contains('|')));
        if sqlite {
            assert_eq!(found_in(town.folder()), Vec::<String>::new(), "what was overwritten is gone, from the log as well");
        }
        town.sound();
    }
}
