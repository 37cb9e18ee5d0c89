//! The reporter is hidden by keys (trust.md 4.3): what each key opens, and what the loss or theft of each thing yields.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::db::Tx;
use app::ledger::Draft;
use app::matters::Desk;
use app::registers::{Amendment, amend};
use app::vault::{self, Private};
use app::{files, people};
use house::{CHAMBER, MARKET, PROCURACY, Town};
use serde_json::json;

const NAME: &str = "甘例棠保密测试姓名";
const WORDS: &str = "他们要求我公司指定中介机构办理年检，否则不予通过。";

/// Somebody's key as his session carries it.
fn key(town: &Town, login: &'static str) -> Option<Private> {
    let cookie = town.by(login).cookie;
    session_key(town, &cookie)
}
fn session_key(town: &Town, cookie: &str) -> Option<Private> {
    let token = cookie.split_once('=').unwrap().1.to_owned();
    let now = town.house.clock.now().ms;
    town.house.db.read_here(|tx| people::session(tx, &token, now)).unwrap().and_then(|s| s.own)
}
/// Seals a text as an act does, with an entry that commits to it.
fn seal(town: &Town, compartment: &'static str, text: &'static str, receipt: &str) -> String {
    let (house, receipt) = (town.house.clone(), receipt.to_owned());
    town.house
        .db
        .write_here(move |tx| {
            let mut desk = Desk::open(tx, &house)?;
            let to = vault::recipients(tx, desk.head.alg(), compartment, CHAMBER, &receipt)?.unwrap();
            let item = vault::seal_for(&to, desk.head.alg(), compartment, text)?;
            vault::store(tx, &item)?;
            let stream = format!("test/{}", item.reference);
            let draft = Draft {
                kind: "test@1".into(),
                stream: &stream,
                stream_ver: 1,
                actor: "house",
                role: "House",
                org: CHAMBER,
                idem_key: [0; 16],
                payload: b"{}".to_vec(),
                vault_refs: item.commitments(),
            };
            let now = desk.now.ms;
            desk.head.append(tx, draft, now)?;
            desk.close()?;
            Ok(item.reference)
        })
        .unwrap()
}
fn receipt(town: &Town) -> (String, Private) {
    town.house.db.read_here(vault::reporter_keys).unwrap()
}
fn opens(town: &Town, login: &'static str, private: &Private, reference: &str) -> Option<String> {
    let id = &town.ids[login];
    town.house.db.read_here(|tx| vault::open_for(tx, id, private, reference)).unwrap()
}
/// Ends or begins a role of a person.
fn holding(town: &Town, login: &str, role: &'static str, org: &'static str, held: bool) {
    let (house, id) = (town.house.clone(), town.ids[login].clone());
    town.house
        .db
        .write_here(move |tx| {
            let mut desk = Desk::open(tx, &house)?;
            let from = desk.now.today;
            let body = held.then(|| json!({"from": "2026-01-01", "until": ""}));
            let key = format!("{id}|{role}|{org}|");
            amend(
                &mut desk,
                Amendment { register: "holding", key: &key, from, body, personal: &[], batch: "", by: ("console", "console") },
            )?;
            desk.close()
        })
        .unwrap();
}
/// Logs in once more, as on another day.
fn again(town: &Town, login: &'static str) -> Private {
    town.pass(31);
    key(town, login).unwrap()
}
fn exec(town: &Town, sql: &'static str, reference: &str) {
    let reference = reference.to_owned();
    let touched = town.house.db.write_here(move |tx| tx.exec(sql, app::params![reference])).unwrap();
    assert!(touched > 0, "{sql}");
}
fn exit_code(town: &Town) -> u8 {
    app::matters::flush(&town.house).unwrap();
    town.house.db.read_here(|tx| app::ledger::verify(tx, &town.house, vec![])).unwrap().report.exit_code()
}
/// The identity, by as many custodians as are named: each gives his share for a renewal, the last puts them together. What he combined
/// shows in that the others hold new shares; the texts themselves are opened by the act `open_identity` (see the story of the appeal).
fn renew(town: &Town, by: &[&'static str]) -> Vec<bool> {
    let one = |login: &&'static str| {
        let (house, id, own) = (town.house.clone(), town.ids[*login].clone(), key(town, login).unwrap());
        let done = town.house.db.write_here(move |tx| {
            let mut desk = Desk::open(tx, &house)?;
            let done = vault::rewrap(&mut desk, &id, &own, CHAMBER)?;
            desk.close()?;
            Ok(done)
        });
        done.unwrap()
    };
    by.iter().map(one).collect()
}
fn holders(tx: &Tx, role: &str, n: usize) -> Vec<String> {
    let all = vault::all(tx).unwrap();
    let of: Vec<_> = all.into_iter().filter(|k| k.role == role && k.org == CHAMBER).collect();
    vault::held_by(tx, &of[n]).unwrap().into_iter().collect()
}

both! {
    fn every_key_opens_what_the_table_allows_and_nothing_else(town: &Town) {
        // Before anybody has logged in nothing can be taken, and it is said why.
        let refused = town.house.db.read_here(|tx| vault::ready(tx, CHAMBER)).unwrap_err().to_string();
        assert!(refused.contains("受理组的密钥尚未建立") && refused.contains("先登录一次"), "{refused}");
        key(town, "intake");
        let refused = town.house.db.read_here(|tx| vault::ready(tx, CHAMBER)).unwrap_err().to_string();
        assert!(refused.contains("至少两名身份保管人"), "{refused}");
        key(town, "keeper1");
        assert!(town.house.db.read_here(|tx| vault::ready(tx, CHAMBER)).is_err(), "one custodian alone would read everything");
        key(town, "keeper2");
        town.house.db.read_here(|tx| vault::ready(tx, CHAMBER)).unwrap();

        // Whoever comes later gets his part when a colleague logs in.
        key(town, "intake2");
        again(town, "intake");
        let (public, private) = receipt(town);
        let (_, other) = receipt(town);
        let (words, name) = (seal(town, "original", WORDS, &public), seal(town, "reporter", NAME, &public));
        let anonymous = seal(town, "original", WORDS, "");
        let mut with_key = vec![];
        for login in town.ids.keys().copied().collect::<Vec<_>>() {
            let own = key(town, login);
            let Some(own) = own else { continue };
            with_key.push(login);
            let intake = login.starts_with("intake");
            assert_eq!(opens(town, login, &own, &words), intake.then(|| WORDS.to_owned()), "{login}");
            assert_eq!(opens(town, login, &own, &name), None, "{login}");
            // Nor does a person's key open anything by itself.
            for reference in [&words, &name, &anonymous] {
                assert_eq!(town.house.db.read_here(|tx| vault::open_with(tx, &own, reference)).unwrap(), None, "{login}");
            }
        }
        assert_eq!(with_key, ["intake", "intake2", "keeper1", "keeper2", "keeper3", "procurator"]);
        // Another's part of the same role's key is of no use to somebody else's key.
        let market = town.ids["market"].clone();
        let intake = key(town, "intake").unwrap();
        assert_eq!(town.house.db.read_here(|tx| vault::open_for(tx, &market, &intake, &words)).unwrap(), None);
        let read = |with: &Private, reference: &str| town.house.db.read_here(|tx| vault::open_with(tx, with, reference)).unwrap();
        assert_eq!((read(&private, &words), read(&private, &name)), (Some(WORDS.into()), Some(NAME.into())));
        assert_eq!((read(&other, &words), read(&other, &name), read(&private, &anonymous)), (None, None, None));
        // The house's own keys open neither.
        for reference in [&words, &name] {
            let keys = &town.house.keys;
            assert_eq!(town.house.db.read_here(|tx| vault::open(tx, keys, reference)).unwrap(), None);
            assert_eq!(town.house.db.read_here(|tx| vault::open_identity(tx, keys, reference)).unwrap(), None);
        }
        // By a lawful referral the procuratorate reads this one text, and no other.
        let (house, id, own, shared) = (town.house.clone(), town.ids["intake"].clone(), intake, words.clone());
        town.house.db.write_here(move |tx| {
            let mut desk = Desk::open(tx, &house)?;
            vault::share(&mut desk, &id, &own, &shared, PROCURACY, "R11")?;
            desk.close()
        }).unwrap();
        let procurator = key(town, "procurator").unwrap();
        assert_eq!(opens(town, "procurator", &procurator, &words).as_deref(), Some(WORDS));
        assert_eq!(opens(town, "procurator", &procurator, &anonymous), None);
        town.sound();
    }
    fn a_session_that_has_ended_and_a_token_open_nothing(town: &Town) {
        town.with_keys();
        let words = seal(town, "original", WORDS, "");
        let visitor = town.by("intake");
        let own = session_key(town, &visitor.cookie).unwrap();
        assert_eq!(opens(town, "intake", &own, &words).as_deref(), Some(WORDS));
        let printed = format!("{:?}", town.house.db.read_here(|tx| people::session(tx, visitor.cookie.split_once('=').unwrap().1, town.house.clock.now().ms)).unwrap());
        assert!(printed.contains("Private(…)"), "{printed}");
        // What the database knows of the token does not open the session's copy.
        let rows = town.house.db.read_here(|tx| tx.rows("SELECT token, own FROM session WHERE own IS NOT NULL", &[])).unwrap();
        assert!(rows.len() >= 3 && rows.iter().all(|r| vault::of_session(r.text(0), r.bytes(1)).is_none()));
        let csrf = visitor.get("/devices").hidden("csrf");
        assert_eq!(visitor.post("/logout", &[("csrf", &csrf)]).status, 303);
        assert!(session_key(town, &visitor.cookie).is_none());
        let keeper = town.by("keeper1");
        let csrf = keeper.get("/vault").hidden("csrf");
        let token = keeper.post("/tokens", &[("csrf", &csrf), ("name", "x"), ("scope", "act")]).text();
        let token = token.split("新令牌只显示这一次：").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let bearer = house::Visitor { port: town.port, cookie: String::new(), bearer: token };
        assert_eq!(bearer.post("/vault/rewrap", &[("org", CHAMBER)]).status, 403);
    }
    fn custodians_come_and_go_and_no_report_is_lost(town: &Town) {
        town.with_keys();
        let name = seal(town, "reporter", NAME, "");
        // A third comes: he has no share until two give theirs out anew; one alone brings nothing about.
        let page = town.by("keeper3").get("/vault");
        assert!(page.status == 200 && page.says("彭虚藏") && page.says("未托管"), "{}", page.text());
        assert_eq!(town.house.db.read_here(|tx| Ok(holders(tx, "R16", 0))).unwrap().len(), 2);
        let (one, csrf) = (town.by("keeper1"), town.by("keeper1").get("/vault").hidden("csrf"));
        assert_eq!(one.post("/vault/rewrap", &[("csrf", &csrf), ("org", CHAMBER)]).status, 303);
        assert_eq!(one.post("/vault/rewrap", &[("csrf", &csrf), ("org", CHAMBER)]).status, 303);
        assert_eq!(town.house.db.read_here(|tx| Ok(holders(tx, "R16", 0))).unwrap().len(), 2, "the same custodian twice is one");
        assert!(town.by("keeper2").get("/vault").says("奚构密已同意换发"));
        assert_eq!(renew(town, &["keeper2"]), [true]);
        assert_eq!(town.house.db.read_here(|tx| Ok(holders(tx, "R16", 0))).unwrap().len(), 3);
        for (login, status) in [("security", 200), ("intake", 200), ("market", 403), ("handler", 403), ("auditor", 403)] {
            assert_eq!(town.by(login).get("/vault").status, status, "{login}");
        }
        // One of three goes: the others still open what was sealed, and what comes is sealed to a new key.
        holding(town, "keeper1", "R16", CHAMBER, false);
        again(town, "keeper2");
        let generations = town.house.db.read_here(|tx| Ok([holders(tx, "R16", 0), holders(tx, "R16", 1)])).unwrap();
        assert!(generations.iter().all(|g| g.len() == 2 && !g.contains(&town.ids["keeper1"])), "{generations:?}");
        assert_eq!(renew(town, &["keeper2", "keeper3"]), [false, true]);
        let papers = vault::escrow(&town.house, false).unwrap();
        assert!(papers.len() == 3 && vault::escrow(&town.house, false).is_err());
        // Before anybody has combined the key nothing lies under it, and that is said.
        assert!(vault::recover(&town.house, &papers[..2]).unwrap_err().to_string().contains("托管之后"));
        assert_eq!(renew(town, &["keeper2", "keeper3"]), [false, true]);
        again(town, "intake");
        // One of two goes: nobody can open it alone, the papers bring it back to whoever holds the role now.
        holding(town, "keeper2", "R16", CHAMBER, false);
        again(town, "keeper3");
        assert_eq!(town.house.db.read_here(|tx| Ok(holders(tx, "R16", 0))).unwrap().len(), 1);
        let said = vault::recover(&town.house, &papers[1..]).unwrap();
        assert!(said.iter().any(|s| s.contains("至少要 2 人")), "{said:?}");
        holding(town, "keeper1", "R16", CHAMBER, true);
        again(town, "keeper1");
        for wrong in [vec![papers[0].clone()], vec![papers[0].clone(), papers[0].clone()], vec![papers[0].clone(), papers[1].replace(&papers[1][..4], "0000")]] {
            assert!(vault::recover(&town.house, &wrong).is_err(), "{wrong:?}");
        }
        let said = vault::recover(&town.house, &[papers[0].clone(), papers[2].clone()]).unwrap();
        assert!(said.iter().filter(|s| s.contains("现任 2 人")).count() >= 2, "{said:?}");
        // Both hold shares of the first generation again and can put them together.
        assert_eq!(renew(town, &["keeper1", "keeper3"]), [false, true]);
        let oldest = town.house.db.read_here(|tx| { let n = vault::all(tx)?.iter().filter(|k| k.role == "R16").count(); Ok(holders(tx, "R16", n - 1)) }).unwrap();
        assert_eq!(oldest.len(), 2);
        assert!(town.house.db.read_here(|tx| vault::open(tx, &town.house.keys, &name)).unwrap().is_none());
        town.sound();
    }
    fn a_password_lost_is_no_text_lost_where_a_colleague_is_left(town: &Town) {
        town.with_keys();
        let words = seal(town, "original", WORDS, "");
        let second = key(town, "intake2").unwrap();
        assert_eq!(opens(town, "intake2", &second, &words), None, "nobody has sealed it to him yet");
        let first = again(town, "intake");
        assert_eq!(opens(town, "intake2", &second, &words).as_deref(), Some(WORDS));
        // The first gets a new password: his key is another, and lost to him until a colleague comes.
        let (id, hash) = (town.ids["intake"].clone(), people::hash_password("Ling-yi-ge-2026").unwrap());
        town.house.db.write_here(move |tx| tx.exec("UPDATE account SET password = $2 WHERE id = $1", app::params![id, hash])).unwrap();
        town.pass(31);
        let page = town.log_in("intake", "Ling-yi-ge-2026", &town.code("intake"));
        let fresh = session_key(town, page.cookie.as_ref().unwrap()).unwrap();
        assert!(fresh != first && opens(town, "intake", &fresh, &words).is_none() && opens(town, "intake", &first, &words).is_none());
        again(town, "intake2");
        assert_eq!(opens(town, "intake", &fresh, &words).as_deref(), Some(WORDS));
        // Who has left opens neither what was nor what comes.
        holding(town, "intake", "R14", CHAMBER, false);
        let second = again(town, "intake2");
        let later = seal(town, "original", WORDS, "");
        assert_eq!((opens(town, "intake", &fresh, &words), opens(town, "intake", &fresh, &later)), (None, None));
        assert_eq!((opens(town, "intake2", &second, &words).as_deref(), opens(town, "intake2", &second, &later).as_deref()), (Some(WORDS), Some(WORDS)));
        town.sound();
    }
    fn whatever_is_changed_shows_without_a_key_and_what_is_destroyed_is_told(town: &Town) {
        town.with_keys();
        let (words, name) = (seal(town, "original", WORDS, ""), seal(town, "reporter", NAME, ""));
        assert_eq!(exit_code(town), 0);
        let kept = town.house.db.read_here(|tx| tx.one("SELECT sealed, commitment FROM vault WHERE ref = $1", app::params![&words])).unwrap().unwrap();
        for sql in [
            "UPDATE vault SET sealed = (SELECT v.sealed FROM vault v WHERE v.compartment = 'reporter' AND v.ref <> $1) WHERE ref = $1",
            "UPDATE vault SET commitment = (SELECT v.commitment FROM vault v WHERE v.compartment = 'reporter' AND v.ref <> $1) WHERE ref = $1",
        ] {
            exec(town, sql, &words);
            assert_eq!(exit_code(town), 2, "{sql}");
            let (row, reference) = (kept.clone(), words.clone());
            town.house.db.write_here(move |tx| tx.exec("UPDATE vault SET sealed = $2, commitment = $3 WHERE ref = $1", app::params![reference, row.bytes(0), row.bytes(1)])).unwrap();
            assert_eq!(exit_code(town), 0);
        }
        // Destroyed by order: told as such. Its keys alone taken away: told as tampering.
        let reference = words.clone();
        town.house.db.write_here(move |tx| vault::shred(tx, &reference, 1)).unwrap();
        let outcome = town.house.db.read_here(|tx| app::ledger::verify(tx, &town.house, vec![])).unwrap();
        assert_eq!((outcome.report.exit_code(), outcome.shredded), (0, 1));
        let own = key(town, "intake").unwrap();
        assert_eq!(opens(town, "intake", &own, &words).as_deref(), Some(vault::SHREDDED));
        let left = town.house.db.read_here(|tx| tx.rows("SELECT 1 FROM vault_dek WHERE ref = $1", app::params![&words])).unwrap();
        assert!(left.is_empty());
        exec(town, "DELETE FROM vault_dek WHERE ref = $1", &name);
        assert_eq!(exit_code(town), 2);
    }
    fn a_file_tells_neither_name_nor_type_nor_hour(town: &Town) {
        town.with_keys();
        let bytes = "%PDF-1.7 甘例棠写的材料".as_bytes();
        let (public, private) = receipt(town);
        let id = files::take_in_for(&town.house, "reporter", CHAMBER, &public, "甘例棠举报信.pdf", bytes).unwrap();
        let (file, ..) = town.house.db.read_here(|tx| files::get(tx, &town.house, &id)).unwrap().unwrap();
        assert!(file.name.is_empty() && file.mime == "application/octet-stream" && file.size > 128 && file.at_ms % 3_600_000 == 0, "{file:?}");
        let path = town.folder().join("files").join(&file.digest[..2]).join(&file.digest);
        assert_eq!(std::fs::metadata(&path).unwrap().modified().unwrap(), std::time::UNIX_EPOCH);
        let own = key(town, "intake").unwrap();
        let deks = town.house.db.read_here(|tx| Ok([
            vault::dek_for(tx, &town.ids["intake"], &own, &id)?,
            vault::dek_with(tx, &private, &id)?,
            vault::dek_for(tx, &town.ids["keeper1"], &own, &id)?,
        ])).unwrap();
        assert!(deks[0].is_some() && deks[0] == deks[1] && deks[2].is_none());
        let opened = town.house.db.read_here(|tx| files::open_sealed(tx, &town.house, &id, &deks[0].unwrap())).unwrap();
        assert_eq!(opened, ("甘例棠举报信.pdf".to_owned(), "application/pdf".to_owned(), bytes.to_vec()));
        assert!(files::take_in_for(&town.house, "reporter", "SFJ", "", "x.txt", b"x").is_err(), "no key to seal it to");
        let gone = id.clone();
        assert!(town.house.db.write_here(move |tx| files::shred(tx, &gone)).unwrap());
        files::sweep(&town.house).unwrap();
        assert!(!path.exists() && town.house.db.read_here(|tx| vault::dek_with(tx, &private, &id)).unwrap().is_none());
    }
}

both! {
    fn an_appeal_is_read_with_a_ground_and_its_reporter_by_two_together(town: &Town) {
        town.with_keys();
        key(town, "keeper3");
        let report: &[(&str, &str)] = &[
            ("mode", "保密"), ("reporter_name", NAME), ("reporter_phone", "15400098765"), ("disclose", "no"), ("org", MARKET), ("act_type", "行政处罚"),
            ("problems", "11"), ("facts", WORDS), ("litigation", "没有"), ("source", "来访"), ("files", "file:甘例棠的收据"),
        ];
        let appeal = town.open("intake", "enterprise_appeal", "register", report);
        let room = format!("/matter/{appeal}/original");
        let by = town.by("intake");
        for login in ["intake", "convener", "keeper1"] {
            let page = town.by(login).get(&format!("/matter/{appeal}"));
            assert!(page.status == 200 && !page.says(NAME) && !page.says(WORDS) && !page.says("甘例棠"), "{login}: {}", page.text());
        }
        let page = by.get(&format!("/matter/{appeal}"));
        let finds = |words: &str| by.get(&format!("/search?q={}", house::encode(words))).says(&format!("/matter/{appeal}"));
        assert!(page.says("原文阅览室") && finds(&appeal) && !finds("指定中介机构办理年检") && !finds("甘例棠"), "{}", page.text());
        // The room: nothing before a ground, an entry before a word.
        let page = by.get(&room);
        assert!(page.status == 200 && page.says("封存文字") && page.says("封存附件") && !page.says(WORDS), "{}", page.text());
        let csrf = page.hidden("csrf");
        assert_eq!(by.post(&room, &[("csrf", &csrf), ("ground", "好奇")]).status, 422);
        let before = town.entries();
        let page = by.post(&room, &[("csrf", &csrf), ("ground", "拟写要点")]);
        assert!(page.status == 200 && page.says(WORDS) && !page.says(NAME) && town.entries() == before + 1, "{}", page.text());
        let file = page.text().split(&format!("{room}/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
        let paper = by.post(&format!("{room}/{file}"), &[("csrf", &csrf), ("ground", "拟写要点")]);
        assert!(paper.status == 200 && paper.headers["content-disposition"].contains("attachment") && paper.says("甘例棠的收据"), "{paper:?}");
        assert_eq!(by.get(&format!("/file/{file}")).status, 404);
        for login in ["convener", "keeper1", "market", "justice", "handler", "system", "security", "auditor", "procurator"] {
            assert_eq!(town.by(login).get(&room).status, 404, "{login}");
        }
        // Whoever belongs to the accused unit reads nothing, though he be sent to the desk.
        holding(town, "market", "R14", CHAMBER, true);
        again(town, "market");
        again(town, "intake");
        assert_eq!((town.by("market").get(&format!("/matter/{appeal}")).status, town.by("market").get(&room).status), (404, 404));
        // A colleague without a part of the key is told what to do.
        let second = town.by("intake2");
        let csrf = second.get(&room).hidden("csrf");
        let told = second.post(&room, &[("csrf", &csrf), ("ground", "核对要点")]);
        assert!(told.status == 403 && told.says("请另一名受理员登录一次"), "{}", told.text());

        town.act("intake", &appeal, "ask_identity", &[("ground", "核实回访"), ("reason", "回访。")]);
        town.act("keeper1", &appeal, "approve_identity", &[]);
        let shares = || town.house.db.read_here(|tx| tx.rows("SELECT key FROM share_release", &[])).unwrap().len();
        assert!(shares() > 0);
        // One approval opens nothing; nor does a custodian without a share approve.
        let refused = town.by("keeper1").act(&appeal, "open_identity", &[]);
        assert!(refused.status == 409 && !refused.says(NAME), "{}", refused.text());
        let refused = town.by("keeper3").act(&appeal, "approve_identity", &[]);
        assert!(refused.status == 409 && refused.says("换发"), "{}", refused.text());
        town.act("keeper2", &appeal, "approve_identity", &[]);
        let page = town.by("keeper2").act(&appeal, "open_identity", &[]);
        assert!(page.status == 200 && page.says(NAME) && page.says("15400098765") && page.says("只显示这一次"), "{}", page.text());
        assert_eq!(shares(), 0);
        assert!(!town.by("keeper2").get(&format!("/matter/{appeal}")).says(NAME));
        // With the opening the key was split anew: the third now has a share of his own.
        assert_eq!(town.house.db.read_here(|tx| Ok(holders(tx, "R16", 0))).unwrap().len(), 3);
        assert_eq!(town.by("keeper2").act(&appeal, "open_identity", &[]).status, 409);
        town.sound();
    }
}

/// Every form in which a word could lie in a file.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let utf16 = |be: bool| word.encode_utf16().flat_map(|u| if be { u.to_be_bytes() } else { u.to_le_bytes() }).collect::<Vec<u8>>();
    let mut all = vec![word.as_bytes().to_vec(), utf16(true), utf16(false)];
    for lead in 0..3usize {
        // Base64 at each of three alignments, without the digits its neighbours share.
        let text = base64(&[vec![0; lead], word.as_bytes().to_vec()].concat());
        let clean = if lead == 0 { 0 } else { 4 };
        all.push(text.as_bytes()[clean..clean + 12].to_vec());
    }
    all
}
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |c: &[u8]| {
        let n = u32::from(c[0]) << 16 | u32::from(*c.get(1).unwrap_or(&0)) << 8 | u32::from(*c.get(2).unwrap_or(&0));
        (0..4).map(|i| char::from(SIGNS[(n >> (18 - 6 * i) & 63) as usize])).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}
fn all_files(folder: &std::path::Path, into: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_files(&path, into);
        } else {
            into.push((path.to_string_lossy().into_owned(), std::fs::read(&path).unwrap()));
        }
    }
}
#[test]
fn no_word_of_a_sealed_text_lies_on_the_disk() {
    let town = Town::new("sqlite");
    town.with_keys();
    seal(&town, "original", WORDS, "");
    seal(&town, "reporter", NAME, "");
    files::take_in_for(&town.house, "reporter", CHAMBER, "", "甘例棠保密测试姓名.txt", format!("{WORDS}{NAME}").as_bytes()).unwrap();
    let looks = |word: &str| {
        let mut found = vec![];
        let mut all = vec![];
        all_files(town.folder(), &mut all);
        assert!(all.len() > 3);
        for (name, bytes) in &all {
            for form in forms(word) {
                if bytes.windows(form.len()).any(|w| w == form) {
                    found.push(name.clone());
                }
            }
        }
        found
    };
    assert_eq!(looks(&WORDS[3..33]), Vec::<String>::new());
    assert_eq!(looks(NAME), Vec::<String>::new());
    // The search itself finds what lies in the clear, in each form.
    assert!(!looks("云岭市工商业联合会").is_empty());
    std::fs::write(town.folder().join("clear"), [base64(format!("x{NAME}").as_bytes()), base64(NAME.as_bytes())].concat()).unwrap();
    assert_eq!(looks(NAME).len(), 2);
}
