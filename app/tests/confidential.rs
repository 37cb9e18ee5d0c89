//! Confidential intake has a chain of its own, dated by the day; the main one holds its heads; whatever is changed on either is named
//! (trust.md 4.1, 4.3).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::edge::{day_start, minute_of};
use app::ledger::{CHAIN_CONFIDENTIAL, CHAIN_MAIN, Draft, Head, Outcome};
use house::{COURT, DAY, START, Town, encode};

const SPAN: u64 = 1 << 48;
const APPEAL: &[(&str, &str)] = &[
    ("mode", "匿名"),
    ("org", COURT),
    ("act_type", "行政检查"),
    ("problems", "1"),
    ("facts", "同一单位一个季度内来检查了六次。"),
    ("litigation", "没有"),
    ("source", "来访"),
];
fn appeal(town: &Town) -> String {
    town.open("intake", "enterprise_appeal", "register", APPEAL)
}
fn entries(town: &Town, number: &str) -> Vec<app::ledger::Kept> {
    town.house.db.read_here(|tx| app::ledger::stream(tx, number)).unwrap()
}
fn verify(town: &Town) -> Outcome {
    town.house.db.read_here(|tx| app::ledger::verify(tx, &town.house, vec![])).unwrap()
}
fn count(town: &Town, chain: i64) -> u64 {
    town.house.db.read_here(|tx| app::ledger::identity_of(tx, chain)).unwrap().2
}
both! {
    fn an_appeal_leaves_no_hour_anywhere(town: &Town) {
        town.pass(91);
        town.by("intake");
        town.with_keys();
        let (main, own) = (count(town, CHAIN_MAIN), count(town, CHAIN_CONFIDENTIAL));
        let qy = appeal(town);
        assert_eq!((count(town, CHAIN_MAIN), count(town, CHAIN_CONFIDENTIAL)), (main, own + 1), "nothing on the main chain tells of it");
        let kept = entries(town, &qy);
        let midnight = day_start(START);
        assert!(kept.len() == 1 && kept[0].seq == SPAN + own + 1 && kept[0].event.time_ms == midnight);
        let entry: serde_json::Value = serde_json::from_slice(&kept[0].event.payload).unwrap();
        assert_eq!(entry["stamp"]["at_ms"], midnight);
        let hour = |sql: &str| town.house.db.read_here(|tx| Ok(tx.one(sql, &[])?.unwrap().int(0))).unwrap();
        assert_eq!(hour("SELECT changed_ms FROM idx WHERE kind = 'enterprise_appeal'"), midnight);
        let since = town.house.db.read_here(|tx| tx.rows("SELECT since_seq FROM fact f JOIN idx i ON i.id = f.id WHERE i.kind = 'enterprise_appeal'", &[])).unwrap();
        assert!(since.iter().all(|r| r.count(0) == kept[0].seq));
        assert!(hour("SELECT id FROM idx WHERE kind = 'enterprise_appeal'") > 1 << 40, "its row key says nothing of its neighbours");
        // What the page, the entry and the API tell is the day.
        let pos = kept[0].seq;
        let page = town.by("intake").get(&format!("/matter/{qy}"));
        let text = page.text();
        let at = text.find("class=\"timeline__meta\"").map_or("none", |i| text[i..].split("</li>").next().unwrap());
        assert!(at.contains(&format!("<time>{}</time>", minute_of(midnight))) && at.contains(&format!("存证 密{}", own + 1)), "{at}");
        let one = town.by("intake").get(&format!("/entry/{pos}"));
        let text = one.text();
        let at = text.find("时间").map_or("none", |i| text[i..].split("</tr>").next().unwrap());
        assert!(at.contains(">2026-03-02<") && one.says(&format!("留痕条目 密{}", own + 1)), "{at}");
        for stranger in ["handler", "lead", "secretary", "court", "market", "system"] {
            assert_eq!(town.by(stranger).get(&format!("/entry/{pos}")).status, 404, "{stranger}");
        }
        let audit = town.by("auditor").get("/audit?chain=confidential");
        assert!(audit.says("enterprise_appeal@1") && !town.by("auditor").get("/audit").says("enterprise_appeal@1"));
        app::matters::flush(&town.house).unwrap();
        let reads = town.house.db.read_here(|tx| tx.rows("SELECT at_ms, id FROM read_record", &[])).unwrap();
        assert!(reads.iter().filter(|r| r.int(1) > 1 << 40).all(|r| r.int(0) == midnight));
        let idem = town.house.db.read_here(|tx| tx.rows("SELECT at_ms FROM idem WHERE answer LIKE '%QY-%'", &[])).unwrap();
        assert!(idem.iter().all(|r| day_start(r.int(0)) == r.int(0)));
        // One key twice is one appeal, on either side of midnight.
        town.day(1);
        town.pass(300);
        town.act("intake", &qy, "screen", &[("litigation", "没有"), ("remedy", "不涉及"), ("chief_named", "no"), ("note", "事实清楚。")]);
        let kept = entries(town, &qy);
        assert_eq!(kept[1].event.time_ms, midnight + DAY);
        assert!(kept[1].event.stream_ver == 2 && kept[1].seq == pos + 1);
        town.sound();
        assert!(town.by("intake").get(&format!("/search?q={}", encode(&qy))).says(&qy));
    }
    /// What goes with the gist is a copy; the original is on no disk, and what cannot be copied so is refused at its field.
    fn papers_for_the_unit_are_copies(town: &Town) {
        let qy = appeal(town);
        town.act("intake", &qy, "screen", &[("litigation", "没有"), ("remedy", "不涉及"), ("chief_named", "no"), ("note", "事实清楚。")]);
        town.act("intake", &qy, "accept", &[]);
        let gist = ("gist", "一个季度内被同一单位检查六次。");
        let take = |name: &str, bytes: &[u8]| app::files::take_in(&town.house, &town.ids["intake"], name, bytes).unwrap();
        let voice = take("老板录音.mp3", b"ID3 voice");
        let refused = town.by("intake").act(&qy, "redact", &[gist, ("clean", &voice)]);
        assert!(refused.status == 422 && refused.says("这种文件去不掉作者信息"), "{}", refused.text());
        let png = |more: &[u8]| [&b"\x89PNG\r\n\x1a\n"[..], b"\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0crc!", more, b"\0\0\0\0IENDcrc!"].concat();
        let came = png(b"\0\0\0\x09tEXtAuthor\0QYcrc!");
        let photo = take("丘样远的照片.png", &came);
        let get = |id: &str| town.house.db.read_here(|tx| app::files::get(tx, &town.house, id)).unwrap().unwrap().0;
        let before = get(&photo).digest;
        town.act("intake", &qy, "redact", &[gist, ("clean", &photo)]);
        let file = get(&photo);
        assert_eq!((file.name.as_str(), app::files::bytes(&town.house, &file.digest).unwrap()), ("脱敏材料1.png", png(b"")));
        assert!(app::files::bytes(&town.house, &before).is_err(), "what came is gone");
        assert_eq!(file.at_ms, day_start(file.at_ms));
        let page = town.by("intake").get(&format!("/matter/{qy}"));
        assert!(!page.says("丘样远") && page.says("脱敏材料1.png"), "{}", page.text());
        town.sound();
    }
    fn the_main_chain_holds_the_head_of_each_day_that_is_over(town: &Town) {
        let first = appeal(town);
        app::matters::flush(&town.house).unwrap();
        let heads = || entries(town, app::ledger::DAILY);
        assert!(heads().is_empty(), "not while the day lasts");
        town.day(1);
        town.pass(-8 * 60);
        appeal(town);
        app::matters::flush(&town.house).unwrap();
        app::matters::flush(&town.house).unwrap();
        let told = heads();
        assert_eq!(told.len(), 1);
        let words: serde_json::Value = serde_json::from_slice(&told[0].event.payload).unwrap();
        assert_eq!(words["day"], "2026-03-02");
        assert_eq!(words["entries"], entries(town, &first)[0].seq - SPAN, "what came after midnight is the next day's");
        let checkpoints = town.house.db.read_here(|tx| app::ledger::checkpoints(tx, CHAIN_CONFIDENTIAL)).unwrap();
        assert!(checkpoints.len() == 1 && checkpoints[0].int(3) == day_start(checkpoints[0].int(3)), "no other checkpoint dates anything");
        town.day(9);
        town.sound();
        assert_eq!(heads().len(), 2);
        let outcome = verify(town);
        assert!(outcome.report.exit_code() == 0 && outcome.confidential.entries == count(town, CHAIN_CONFIDENTIAL));
        // Anchors of either chain lie in a file of their own.
        town.house.db.read_here(|tx| app::ledger::publish(tx, town.folder())).unwrap();
        let anchors = ledger::anchors(&std::fs::read_to_string(town.folder().join("anchors-confidential.txt")).unwrap()).unwrap();
        assert_eq!(anchors.len(), 2);
        let outcome = town.house.db.read_here(|tx| app::ledger::verify(tx, &town.house, anchors)).unwrap();
        assert!(outcome.report.exit_code() == 0 && outcome.confidential.anchors == 2, "{outcome:?}");
    }
    /// One write, two heads; days on one of them, and time that never runs back.
    fn two_heads_in_one_write(town: &Town) {
        town.with_keys();
        let (main, own) = (count(town, CHAIN_MAIN), count(town, CHAIN_CONFIDENTIAL));
        let keys = town.house.clone();
        town.house.db.write_here(move |tx| {
            let (mut a, mut b) = (Head::take(tx)?, Head::confidential(tx)?);
            for (n, at) in [START + 5 * DAY + 12_345, START + DAY].into_iter().enumerate() {
                let draft = |stream| Draft {
                    kind: "note@1".into(), stream, stream_ver: u32::try_from(n).unwrap() + 1, actor: "x", role: "House", org: "",
                    idem_key: [0; 16], payload: b"{}".to_vec(), vault_refs: vec![],
                };
                a.append(tx, draft("note/a"), at)?;
                b.append(tx, draft("note/b"), at)?;
            }
            b.put(tx, &keys.keys, true)?;
            a.put(tx, &keys.keys, false)
        }).unwrap();
        assert_eq!((count(town, CHAIN_MAIN), count(town, CHAIN_CONFIDENTIAL)), (main + 2, own + 2));
        let times = |s: &str| entries(town, s).iter().map(|k| k.event.time_ms).collect::<Vec<_>>();
        assert_eq!(times("note/a"), [START + 5 * DAY + 12_345; 2]);
        assert_eq!(times("note/b"), [day_start(START + 5 * DAY); 2]);
        assert_eq!(verify(town).report.exit_code(), 0);
    }
}
/// A town with appeals on two days that are over.
fn lived_in() -> Town {
    let town = Town::new("sqlite");
    appeal(&town);
    town.clue();
    town.day(1);
    appeal(&town);
    appeal(&town);
    town.day(2);
    town.sound();
    town
}
fn intruder(town: &Town) -> rusqlite::Connection {
    let c = rusqlite::Connection::open(town.folder().join("xiezhi.db")).unwrap();
    c.execute_batch("DROP TRIGGER IF EXISTS entry_no_update; DROP TRIGGER IF EXISTS entry_no_delete").unwrap();
    c
}
#[test]
fn what_is_cut_off_or_put_in_is_named() {
    let town = lived_in();
    let c = intruder(&town);
    let fault = |what: &str| {
        let outcome = verify(&town);
        assert_eq!(outcome.report.exit_code(), 2, "{what}: {outcome:?}");
        outcome.report.fault.unwrap()
    };
    let last = (SPAN + count(&town, CHAIN_CONFIDENTIAL)).cast_signed();
    let bytes: Vec<u8> = c.query_row("SELECT bytes FROM entry WHERE pos = ?1", [last - 1], |r| r.get(0)).unwrap();
    let mut wrong = bytes.clone();
    wrong[bytes.len() / 2] ^= 4;
    c.execute("UPDATE entry SET bytes = ?2 WHERE pos = ?1", rusqlite::params![last - 1, wrong]).unwrap();
    assert_eq!(fault("a flipped bit").seq, last.unsigned_abs() - 1);
    c.execute("UPDATE entry SET bytes = ?2 WHERE pos = ?1", rusqlite::params![last - 1, bytes]).unwrap();
    town.sound();
    // The whole of the last day, with everything in the database that would tell.
    c.execute_batch(
        "CREATE TEMP TABLE was AS SELECT * FROM entry WHERE pos > 281474976710656; CREATE TEMP TABLE head AS SELECT * FROM chain",
    )
    .unwrap();
    c.execute_batch(&format!(
        "DELETE FROM entry WHERE pos >= {}; UPDATE chain SET seq = seq - 2, h = (SELECT h FROM entry WHERE pos = {}) WHERE chain = 1;          DELETE FROM checkpoint WHERE chain = 1",
        last - 1,
        last - 2
    ))
    .unwrap();
    assert_eq!(fault("cut off").kind, ledger::FaultKind::AnchorAhead);
    c.execute_batch("INSERT OR IGNORE INTO entry SELECT * FROM was; DELETE FROM chain; INSERT INTO chain SELECT * FROM head").unwrap();
    town.sound();
}
#[test]
fn an_entry_of_another_kind_of_matter_does_not_belong_there() {
    let town = lived_in();
    let keys = town.house.clone();
    let kept = entries(&town, "XS-2026-0001").remove(0).event;
    town.house
        .db
        .write_here(move |tx| {
            let mut head = Head::confidential(tx)?;
            let draft = Draft {
                kind: kept.kind.clone(),
                stream: "XS-2026-0009",
                stream_ver: 1,
                actor: "x",
                role: "Handler",
                org: "",
                idem_key: [0; 16],
                payload: kept.payload.clone(),
                vault_refs: vec![],
            };
            head.append(tx, draft, START)?;
            head.put(tx, &keys.keys, false)
        })
        .unwrap();
    let outcome = verify(&town);
    assert!(outcome.report.exit_code() == 2 && outcome.confidential.fault.unwrap().kind == ledger::FaultKind::Ledger);
}
