//! Whatever somebody with the database file changes is named by `verify` (trust.md R7).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::panic)]
mod house;

use app::ledger::Outcome;
use house::Town;

fn verify(town: &Town, anchors: Vec<ledger::Anchor>) -> Outcome {
    town.house.db.read_here(|tx| app::ledger::verify(tx, &town.house, anchors)).unwrap()
}
/// A second connection, as an administrator of the machine has; triggers do not stop him.
fn intruder(town: &Town) -> rusqlite::Connection {
    let c = rusqlite::Connection::open(town.folder().join("xiezhi.db")).unwrap();
    c.execute_batch("DROP TRIGGER IF EXISTS entry_no_update; DROP TRIGGER IF EXISTS entry_no_delete").unwrap();
    c
}
fn lived_in() -> Town {
    let town = Town::new("sqlite");
    let xs = town.clue();
    town.act("handler", &xs, "assess", &[]);
    town.act("handler", &xs, "ask_identity", &[("ground", "核实回访"), ("reason", "核实。")]);
    for _ in 0..3 {
        let zg = town.rectifying();
        town.act("lead", &zg, "accountability", &[("facts", "两次未按要求报送。")]);
        town.act("court", &zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
    }
    town.act("handler", "ZG-2026-0001", "accept", &[("opinion", "同意。")]);
    town.sound();
    town
}
#[test]
fn a_flipped_byte_of_any_entry_is_named() {
    let town = lived_in();
    let c = intruder(&town);
    let rows: Vec<(i64, Vec<u8>)> = c
        .prepare("SELECT pos, bytes FROM entry ORDER BY pos")
        .unwrap()
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(rows.len() > 150);
    for (n, (pos, bytes)) in rows.iter().enumerate() {
        // One byte of each, every byte of one; `ledger/tests/chain.rs` flips them all without a database.
        let places: Vec<usize> = if n == rows.len() - 3 {
            (0..bytes.len()).step_by(7).collect()
        } else if n % 5 == 0 {
            vec![n * 31 % bytes.len()]
        } else {
            vec![]
        };
        for i in places {
            let mut wrong = bytes.clone();
            wrong[i] ^= 1 << (n % 8);
            c.execute("UPDATE entry SET bytes = ?2 WHERE pos = ?1", rusqlite::params![pos, wrong]).unwrap();
            let outcome = verify(&town, vec![]);
            let fault = outcome.report.fault.as_ref().unwrap_or_else(|| panic!("byte {i} of entry {pos} went unseen"));
            assert!(outcome.report.exit_code() == 2 && fault.seq == pos.unsigned_abs(), "{fault:?}");
        }
        c.execute("UPDATE entry SET bytes = ?2 WHERE pos = ?1", rusqlite::params![pos, bytes]).unwrap();
    }
    town.sound();
}
#[test]
fn an_edited_cell_of_any_table_people_read_is_found() {
    let town = lived_in();
    let c = intruder(&town);
    let edits = [
        ("matter", "version = version + 1"),
        ("matter", "body = replace(body, '逐件核查', '不必核查')"),
        ("matter", "number = number || 'x'"),
        ("idx", "title = title || '。'"),
        ("idx", "gist = 'x'"),
        ("idx", "phase = 'Closed'"),
        ("idx", "ball = 'Lead'"),
        ("idx", "org = 'GA1'"),
        ("idx", "owner = 'GA1'"),
        ("idx", "codes = 'S1'"),
        ("idx", "marks = 'closed'"),
        ("idx", "due = '2099-01-01'"),
        ("idx", "provisional = 1 - provisional"),
        ("idx", "paused = 1 - paused"),
        ("idx", "closed = 1 - closed"),
        ("party", "holder = 'r:R9@GA1'"),
        ("party", "mine = 1 - mine"),
        ("party", "standing = 'Lead'"),
        ("fact", "value = value + 1"),
        ("fact", "on_day = '2020-01-01'"),
        ("fact", "org = 'GA1'"),
        ("tally", "value = value + 1"),
        ("tally", "n = n + 1"),
        ("tally", "org = 'GA1'"),
        ("tally", "span = '2020-01'"),
        ("link", "b = b + 1"),
        ("register_version", "from_day = '2020-01-01'"),
        ("register_version", "body = replace(body, '云岭', '某某')"),
        ("vault", "sealed = zeroblob(60)"),
        ("vault", "salt = zeroblob(32)"),
        ("file", "name = '别的.txt'"),
        ("org", "name = '别的机构'"),
        ("org", "path = 'X/'"),
        ("holding", "role = 'R2'"),
        ("holding", "until_day = '2099-01-01'"),
        ("conflict", "why = '别的'"),
        ("account", "org = 'GA1'"),
        ("chain", "seq = seq - 1"),
        ("checkpoint", "root = zeroblob(32)"),
    ];
    let (mut unseen, mut tried) = (vec![], 0);
    for (table, set) in edits {
        let whole = copy(&c, table);
        let keys: Vec<rusqlite::types::Value> = c
            .prepare(&format!("SELECT {} FROM {table} ORDER BY 1 DESC", key(table)))
            .unwrap()
            .query_map([], |r| r.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let sql = format!("UPDATE OR IGNORE {table} SET {set} WHERE {} = ?1", key(table));
        // The first row in which the edit changes anything.
        let changed = keys.iter().any(|k| c.execute(&sql, [k]).is_ok_and(|n| n > 0) && copy(&c, table) != whole);
        if !changed {
            continue;
        }
        tried += 1;
        if verify(&town, vec![]).report.exit_code() != 2 {
            unseen.push(format!("{table}: {set}"));
        }
        restore(&c, table, &whole);
    }
    assert!(unseen.is_empty(), "went unseen: {unseen:#?}");
    assert!(tried > 30, "only {tried} edits did anything");
    town.sound();
}
/// A column whose greatest value names one row.
fn key(table: &str) -> &'static str {
    match table {
        "matter" | "idx" | "fact" => "id",
        "party" => "(holder || id || standing)",
        "link" => "(a * 1000 + b)",
        "tally" => "(measure || span || owner || org || category)",
        "register_version" => "seq",
        "vault" => "ref",
        "file" => "id",
        "org" => "code",
        "holding" => "(person || role)",
        "conflict" => "(person || target)",
        "account" => "id",
        "chain" => "chain",
        _ => "size",
    }
}
type Rows = Vec<Vec<rusqlite::types::Value>>;
fn copy(c: &rusqlite::Connection, table: &str) -> Rows {
    let mut s = c.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let n = s.column_count();
    s.query_map([], |r| (0..n).map(|i| r.get(i)).collect()).unwrap().map(Result::unwrap).collect()
}
fn restore(c: &rusqlite::Connection, table: &str, rows: &Rows) {
    c.execute(&format!("DELETE FROM {table}"), []).unwrap();
    for row in rows {
        let places: Vec<String> = (1..=row.len()).map(|i| format!("?{i}")).collect();
        c.execute(&format!("INSERT INTO {table} VALUES ({})", places.join(", ")), rusqlite::params_from_iter(row)).unwrap();
    }
}
#[test]
fn what_is_deleted_swapped_or_cut_off_is_found() {
    let town = lived_in();
    let c = intruder(&town);
    let entries = copy(&c, "entry");
    let n = entries.len() as i64;
    c.execute("DELETE FROM entry WHERE pos = ?1", [n / 2]).unwrap();
    assert_eq!(verify(&town, vec![]).report.exit_code(), 2, "a gap");
    restore(&c, "entry", &entries);
    c.execute_batch(
        "UPDATE entry SET pos = -1 WHERE pos = 40; UPDATE entry SET pos = 40 WHERE pos = 41; UPDATE entry SET pos = 41 WHERE pos = -1",
    )
    .unwrap();
    assert_eq!(verify(&town, vec![]).report.exit_code(), 2, "two swapped");
    restore(&c, "entry", &entries);
    for table in ["matter", "idx", "party", "fact", "link", "register_version", "vault", "file"] {
        let whole = copy(&c, table);
        c.execute(&format!("DELETE FROM {table} WHERE {} = (SELECT MAX({}) FROM {table})", key(table), key(table)), []).unwrap();
        assert_eq!(verify(&town, vec![]).report.exit_code(), 2, "a row of {table} gone");
        restore(&c, table, &whole);
    }
    town.sound();
    let file = std::fs::read_dir(town.folder().join("files"))
        .unwrap()
        .flat_map(|d| std::fs::read_dir(d.unwrap().path()).unwrap())
        .next()
        .unwrap()
        .unwrap()
        .path();
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, b"something else").unwrap();
    assert_eq!(verify(&town, vec![]).report.exit_code(), 2, "an attachment replaced");
    std::fs::write(&file, bytes).unwrap();
    town.sound();
}
#[test]
fn an_older_copy_is_shorter_than_its_anchor_and_a_rewritten_one_differs() {
    let town = lived_in();
    let older = town.folder().join("older");
    std::fs::create_dir_all(&older).unwrap();
    let c = intruder(&town);
    c.execute("VACUUM INTO ?1", [older.join("xiezhi.db").to_string_lossy()]).unwrap();
    for key in ["vault.key", "signer.key"] {
        std::fs::copy(town.folder().join(key), older.join(key)).unwrap();
    }
    std::fs::create_dir_all(older.join("files")).unwrap();
    let copied = std::process::Command::new("cp").arg("-r").arg(town.folder().join("files")).arg(&older).status().unwrap();
    assert!(copied.success());
    town.rectifying();
    let inner = town.house.clone();
    town.house
        .db
        .write_here(move |tx| {
            let mut desk = app::matters::Desk::open(tx, &inner)?;
            desk.checkpoint();
            desk.close()
        })
        .unwrap();
    town.house.db.read_here(|tx| app::ledger::publish(tx, town.folder())).unwrap();
    let anchors = || ledger::anchors(&std::fs::read_to_string(town.folder().join("anchors.txt")).unwrap()).unwrap();
    assert_eq!(verify(&town, anchors()).report.exit_code(), 0);
    let place = app::db::Place::Folder(older);
    let house = app::house::House::open(&place, app::edge::Clock::set_to(house::START), ledger::Alg::Sm3).unwrap();
    let outcome = |anchors| house.db.read_here(|tx| app::ledger::verify(tx, &house, anchors)).unwrap().report.exit_code();
    assert_eq!((outcome(vec![]), outcome(anchors())), (0, 3), "sound in itself, and older than its anchor");
    let mut forged = anchors();
    forged.iter_mut().for_each(|a| a.root[0] ^= 1);
    assert_eq!(verify(&town, forged).report.exit_code(), 2, "another history than the anchor saw");
}
