//! kill -9 while acts are being taken (trust.md R1): what was acknowledged is there, once, and everything verifies.
//! XIEZHI_KILLS says how often; the committed default keeps the run short.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use house::{Town, Visitor};
use serde_json::json;

fn start(dir: &std::path::Path) -> (Child, u16) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_xiezhi"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(dir)
        .env_remove("DATABASE_URL")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim().rsplit(':').next().unwrap().parse().unwrap_or_else(|_| panic!("{line}"));
    (child, port)
}
#[test]
fn nothing_acknowledged_is_lost_and_nothing_happens_twice() {
    let kills: u64 = std::env::var("XIEZHI_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let town = Town::new("sqlite");
    // The test town's clock stands in March 2026; the program's own clock is later, so its tokens and roles hold.
    let numbers: Vec<String> = (0..4).map(|_| town.rectifying()).collect();
    let token = app::people::issue(&town.house, &town.ids["handler"], "演练", &["act".into()]).unwrap();
    let acknowledged: Mutex<BTreeSet<String>> = Mutex::default();
    for round in 0..kills {
        let (mut child, port) = start(town.folder());
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for (n, number) in numbers.iter().enumerate() {
                let (stop, acknowledged, token) = (&stop, &acknowledged, &token);
                scope.spawn(move || {
                    let mut i = 0;
                    while !stop.load(Ordering::SeqCst) {
                        let key = format!("r{round}-{n}-{i}");
                        let body = json!({"form": {"letter": format!("催办 {key}")}});
                        let visitor = Visitor { bearer: token.clone(), ..Visitor::stranger(port) };
                        let done = std::panic::catch_unwind(|| visitor.api(&format!("/api/v1/matters/{number}/urge"), &key, &body));
                        match done {
                            Ok(page) if page.status == 200 => drop(acknowledged.lock().unwrap().insert(key)),
                            Ok(page) if page.status == 0 => return,
                            Ok(page) => panic!("{}", page.text()),
                            Err(_) => return,
                        }
                        i += 1;
                    }
                });
            }
            // Random enough: another moment of the write path every round.
            std::thread::sleep(Duration::from_millis(60 + round * 37 % 190));
            child.kill().unwrap();
            child.wait().unwrap();
            stop.store(true, Ordering::SeqCst);
        });
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(acknowledged.len() as u64 > kills, "only {} acts were acknowledged", acknowledged.len());
    let mut found: Vec<String> = vec![];
    for number in &numbers {
        for kept in town.house.db.read_here(|tx| app::ledger::stream(tx, number)).unwrap() {
            let entry: serde_json::Value = serde_json::from_slice(&kept.event.payload).unwrap();
            found.extend(entry["act"]["urge"]["letter"].as_str().and_then(|l| l.strip_prefix("催办 ")).map(ToOwned::to_owned));
        }
    }
    let once: BTreeSet<&String> = found.iter().collect();
    assert_eq!(once.len(), found.len(), "an act was recorded twice");
    let lost: Vec<&String> = acknowledged.iter().filter(|k| !once.contains(k)).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    town.sound();
    println!("{kills} 次 kill -9，应答 {} 次，在册 {} 条，无丢失、无重复", acknowledged.len(), found.len());
}
