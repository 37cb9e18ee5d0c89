//! The script of the replay page is another implementation: where node is installed, it must say the same as this one of many files.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod common;
use common::*;
use ledger::draw::report;
use std::process::Command;

/// How many files; `XIEZHI_DRAW_FILES=10000` for the long run.
fn files() -> u32 {
    std::env::var("XIEZHI_DRAW_FILES").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
}
#[test]
fn the_page_says_the_same() {
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("node is not installed: the script of the replay page is not compared");
        return;
    }
    let dir = std::env::temp_dir().join(format!("xiezhi-draw-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    let (mut sound, mut refused) = (0, 0);
    for n in 0..files() {
        let Some(file) = some_file(n) else { continue };
        let (told, code) = report(&file, true);
        *(if code == 0 { &mut sound } else { &mut refused }) += 1;
        std::fs::write(dir.join(format!("{n}.json")), file).unwrap();
        std::fs::write(dir.join(format!("{n}.told")), told).unwrap();
    }
    assert!(sound > files() / 5 && refused > files() / 10, "{sound} {refused}");
    let here = env!("CARGO_MANIFEST_DIR");
    let script = [format!("{here}/tests/given/compare.js"), format!("{here}/../app/assets/draw-replay.js")];
    let out = Command::new("node").args(script).arg(&dir).output().unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{said}");
    assert!(said.contains(&format!("{} files", sound + refused)), "{said}");
    if std::env::var_os("XIEZHI_DRAW_KEEP").is_some() {
        eprintln!("{said}{}", dir.display());
    } else {
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
