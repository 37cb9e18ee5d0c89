//! 归档 over HTTP and by the command line: what is in a package, who makes it, what a flipped byte shows, and what a package taken in gives back.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::archive::{self, Members, check, read, write};
use house::{CLUE, Town};
use std::io::Write as _;
use std::process::{Command, Output};

const PASSPHRASE: &str = "归档口令要足够长才行啊吧";
const IDENTITY: &[&str] = &["甘例棠", "361202199001010011", "15400098765"];
/// What is said about persons in the matter below; in a package under a passphrase only.
const PERSONAL: &str = "反映案件审理超过法定期限";

/// A clue with an attachment, passed on and so closed.
fn closed(town: &Town) -> String {
    let said: Vec<(&str, &str)> = CLUE.iter().copied().chain([("files", "file:来信复印件")]).collect();
    let xs = town.open("handler", "clue", "register", &said);
    town.act("handler", &xs, "pass_on", &[("receiver", "市信访局"), ("reason", "不属本委职权。")]);
    xs
}
fn packed(town: &Town, login: &'static str, xs: &str, passphrase: &str) -> house::Page {
    let path = format!("/matter/{xs}/archive");
    town.by(login).submit(&path, &path, &[("retention", "30年"), ("secrecy", "内部"), ("passphrase", passphrase), ("again", passphrase)])
}
fn failing(file: &[u8], passphrase: Option<&str>) -> Vec<String> {
    match check(file, passphrase) {
        Err(why) => vec![why],
        Ok((_, all)) => all.into_iter().filter(|c| c.result == "不通过").map(|c| format!("{}：{}", c.name, c.detail)).collect(),
    }
}
fn text(members: &Members, name: &str) -> String {
    String::from_utf8_lossy(&members[name]).into_owned()
}

both! {
    fn a_closed_matter_becomes_one_file_that_is_read_without_the_house(town: &Town) {
        let xs = closed(town);
        let before = town.entries();
        let page = packed(town, "handler", &xs, PASSPHRASE);
        assert_eq!((page.status, &page.body[..4]), (200, &b"PK\x03\x04"[..]), "{}", page.text());
        assert_eq!(town.entries(), before + 1, "who packed it is an entry");
        let members = read(&page.body).unwrap();
        for name in ["README.txt", "metadata.json", "metadata.xml", "timeline.html", "timeline.json", "state.json", "checkpoint.txt",
            "manifest.sha256", "manifest.sig", "四性检测.html", "四性检测.json", "sealed/texts.bin", "entries/0001.bin", "entries/0001.proof.txt", "entries/0002.bin"]
        {
            assert!(members.contains_key(name), "{name}");
        }
        let file = members.iter().find(|(n, _)| n.starts_with("attachments/")).unwrap();
        assert_eq!((file.1.as_slice(), file.0.ends_with(".txt")), ("来信复印件".as_bytes(), true));
        // Nothing about a person in the clear, of the reporter nothing anywhere.
        for (name, bytes) in &members {
            let all = String::from_utf8_lossy(bytes);
            IDENTITY.iter().chain([&PERSONAL, &"林例安", &"佐证"]).for_each(|c| assert!(!all.contains(c), "{c} in {name}"));
        }
        let (_, checks) = check(&page.body, None).unwrap();
        assert!(checks.len() > 15 && checks.iter().all(|c| c.result != "不通过"), "{checks:#?}");
        assert!(checks.iter().any(|c| c.name == "承诺值" && c.result == "未核"));
        let (_, checks) = check(&page.body, Some(PASSPHRASE)).unwrap();
        assert!(checks.iter().all(|c| c.result == "通过"), "{checks:#?}");
        let opened = |all: &[archive::Check]| all.iter().find(|c| c.name == "附件和文书能打开").unwrap().detail.clone();
        let (bare, whole) = (opened(&check(&page.body, None).unwrap().1), opened(&checks));
        assert!(bare == "1 份" && whole != bare, "papers are opened with the passphrase: {whole}");
        assert_eq!(failing(&page.body, Some("another passphrase")).len(), 1);
        // An auditor's own program reads the proofs.
        let proof = ledger::Inclusion::parse(&text(&members, "entries/0002.proof.txt")).unwrap();
        assert!(proof.verify(ledger::VerifyingKey::from_text(&town.house.keys.public()).as_ref()).is_ok());
        let listed = town.by("handler").get("/archives");
        assert!(listed.says(&xs) && listed.says("已归档"), "{}", listed.text());
        app::matters::flush(&town.house).unwrap();
        let read = town.house.db.read_here(|tx| app::matters::viewers(tx, app::matters::load(tx, &xs)?.unwrap().id, "2026-01-01")).unwrap();
        assert!(read.iter().any(|(who, ..)| *who == town.ids["handler"]), "a look like any other");
        town.sound();
    }
    fn without_a_passphrase_texts_about_persons_stay_out_and_the_package_says_so(town: &Town) {
        let xs = closed(town);
        let page = packed(town, "lead", &xs, "");
        assert_eq!(page.status, 200, "{}", page.text());
        let members = read(&page.body).unwrap();
        assert!(!members.contains_key("sealed/texts.bin"));
        assert!(text(&members, "metadata.json").contains("个人信息，没有封入本包"));
        assert!(failing(&page.body, None).is_empty(), "{:?}", failing(&page.body, None));
        let path = format!("/matter/{xs}/archive");
        let wish = [("retention", "30年"), ("secrecy", "内部"), ("passphrase", PASSPHRASE), ("again", "typed otherwise")];
        let twice = town.by("lead").submit(&path, &path, &wish);
        assert!(twice.status == 422 && twice.says("两次填的口令不同"), "{}", twice.text());
        let short = packed(town, "lead", &xs, "short");
        assert!(short.status == 422 && short.says("口令至少 12 个字符"), "{}", short.text());
    }
    fn only_the_office_packs_and_only_what_has_ended(town: &Town) {
        let (xs, open) = (closed(town), town.clue());
        for who in ["court", "police", "expert", "officer", "party-org", "procurator", "observer1"] {
            assert_eq!(town.by(who).get("/archives").status, 403, "{who}");
            assert_eq!(town.by(who).get(&format!("/matter/{xs}/archive")).status, 403, "{who}");
        }
        for who in ["justice", "intake"] {
            assert_eq!(town.by(who).get(&format!("/matter/{xs}/archive")).status, 404, "{who}: another office");
            assert!(!town.by(who).get("/archives").says(&xs), "{who}");
        }
        let refused = town.by("handler").get(&format!("/matter/{open}/archive"));
        assert!(refused.status == 409 && refused.says("本件还没有办结"), "{}", refused.text());
        let ready = town.by("handler").get("/archives");
        assert!(ready.says(&xs) && ready.says("待归档") && !ready.says(&open), "{}", ready.text());
        assert!(town.by("handler").get(&format!("/matter/{xs}")).says(&format!("/matter/{xs}/archive")));
        // A conflict takes it out of sight here, too.
        let form = town.by("handler").get("/conflicts");
        let set = [("person", town.ids["second"].as_str()), ("kind", "org"), ("target", house::COURT), ("why", "近亲属在该院任职")];
        assert_eq!(town.by("handler").answer(&form, "/conflicts", &set).status, 303);
        assert!(!town.by("second").get("/archives").says(&xs));
        assert_eq!(town.by("second").get(&format!("/matter/{xs}/archive")).status, 404);
    }
    fn every_member_shows_a_flipped_byte(town: &Town) {
        let xs = closed(town);
        let page = packed(town, "handler", &xs, PASSPHRASE);
        let members = read(&page.body).unwrap();
        for (name, bytes) in &members {
            for at in [0, bytes.len() / 2, bytes.len() - 1] {
                let mut wrong = members.clone();
                wrong.get_mut(name).unwrap()[at] ^= 1;
                assert!(!failing(&write(&wrong).unwrap(), None).is_empty(), "{name} byte {at}");
            }
            let mut wrong = members.clone();
            wrong.remove(name);
            assert!(!failing(&write(&wrong).unwrap(), None).is_empty(), "{name} taken out");
        }
        // Of the file itself, wherever it is touched; of the sealed part, which is long and all alike, here and there.
        let sealed = &members["sealed/texts.bin"];
        let from = page.body.windows(64).position(|w| w == &sealed[..64]).unwrap();
        let alike = |at: &usize| (from..from + sealed.len()).contains(at) && !at.is_multiple_of(97 * 101);
        for at in (0..page.body.len()).step_by(97).filter(|at| !alike(at)) {
            let mut wrong = page.body.clone();
            wrong[at] ^= 0x10;
            assert!(!failing(&wrong, None).is_empty(), "byte {at} of the file");
        }
        let mut more = members.clone();
        more.insert("run.exe".into(), b"MZ".to_vec());
        assert!(!failing(&write(&more).unwrap(), None).is_empty(), "a member too many");
        // Somebody who changes the word of the house and mends page, manifest and report after it has not its key.
        let mut forged = members.clone();
        for name in ["timeline.json", "timeline.html"] {
            let mended = text(&forged, name).replace("不属职权转办", "办结归档结案");
            forged.insert(name.into(), mended.into_bytes());
        }
        let lines: String = text(&members, "manifest.sha256").lines().map(|l| {
            let name = l.split_once("  ").unwrap().1;
            format!("{}  {name}\n", ledger::hex(&ledger::Alg::Sha256.hash(&[&forged[name]])))
        }).collect();
        forged.insert("manifest.sha256".into(), lines.into_bytes());
        let wrong = failing(&write(&forged).unwrap(), None);
        assert!(wrong.iter().any(|w| w.contains("清单的签名")), "{wrong:?}");
    }
    fn of_confidential_intake_neither_the_reporter_nor_his_words_are_packed_nor_is_the_hour(town: &Town) {
        let said = [
            ("mode", "保密"), ("reporter_name", "甘例棠"), ("reporter_phone", "15400098765"), ("enterprise", "云岭样例食品有限公司"),
            ("uscc", "91350100M000100Y43"), ("org", house::MARKET), ("act_type", "行政检查"), ("problems", "1"),
            ("facts", "三月以来被检查六次，每次都要求停产。"), ("litigation", "没有"), ("source", "来访"),
        ];
        let qy = town.open("intake", "enterprise_appeal", "register", &said);
        let screen = [("litigation", "没有"), ("remedy", "不涉及"), ("note", "不属受理范围。"), ("chief_named", "no")];
        town.act("intake", &qy, "screen", &screen);
        town.act("intake", &qy, "decline", &[("reason", "不属受理范围。"), ("guidance", "请向有权机关反映。")]);
        let early = packed(town, "intake", &qy, PASSPHRASE);
        assert!(early.status == 409 && early.says("请次日再归档"), "{}", early.text());
        town.day(1);
        app::matters::flush(&town.house).unwrap();
        let page = packed(town, "intake", &qy, PASSPHRASE);
        assert_eq!(page.status, 200, "{}", page.text());
        let (members, checks) = check(&page.body, Some(PASSPHRASE)).unwrap();
        assert!(checks.iter().all(|c| c.result != "不通过"), "{checks:#?}");
        for (name, bytes) in &members {
            let all = String::from_utf8_lossy(bytes);
            ["甘例棠", "15400098765", "食品", "检查六次"].iter().for_each(|c| assert!(!all.contains(c), "{c} in {name}"));
        }
        assert!(text(&members, "metadata.json").contains("保密链"));
        let last = town.house.db.read_here(|tx| app::ledger::newest(tx, 0, 3)).unwrap();
        let told = last.iter().find(|k| k.event.kind == "archive@1").unwrap();
        assert!(!String::from_utf8_lossy(&told.event.payload).contains(&qy) && !told.event.stream.contains(&qy), "the main chain names no confidential matter");
        for who in ["market", "handler", "justice"] {
            assert_ne!(town.by(who).get(&format!("/matter/{qy}/archive")).status, 200, "{who}");
        }
        town.sound();
    }
    fn what_was_destroyed_by_order_is_not_there_and_the_package_says_so(town: &Town) {
        let xs = closed(town);
        let xh = town.open("handler", "erasure", "propose", &[("target", &xs), ("what", "全部"), ("ground", "法院决定"), ("order", "file:决定书")]);
        town.act("lead", &xh, "approve", &[]);
        let page = packed(town, "handler", &xs, PASSPHRASE);
        assert_eq!(page.status, 200, "{}", page.text());
        let members = read(&page.body).unwrap();
        assert!(text(&members, "metadata.json").contains("已依法销毁"));
        let (_, checks) = check(&page.body, Some(PASSPHRASE)).unwrap();
        assert!(checks.iter().all(|c| c.result != "不通过"), "{checks:#?}");
        town.sound();
    }
    fn a_package_taken_in_elsewhere_gives_back_the_same_members(town: &Town) {
        let xs = closed(town);
        let page = packed(town, "handler", &xs, PASSPHRASE);
        let other = Town::new(if town.house.db.dialect() == app::db::Dialect::Sqlite { "sqlite" } else { "postgres" });
        let (meta, _) = archive::take(&other.house, &page.body, "console").unwrap();
        assert_eq!((meta.number.as_str(), meta.retention.as_str()), (xs.as_str(), "30年"));
        assert!(archive::take(&other.house, &page.body, "console").is_err(), "once");
        let mut wrong = page.body.clone();
        let middle = wrong.len() / 3;
        wrong[middle] ^= 1;
        assert!(archive::take(&other.house, &wrong, "console").is_err(), "what was touched is not taken in");
        other.pass(60);
        let again = archive::again(&other.house, &xs).unwrap();
        let (was, is) = (read(&page.body).unwrap(), read(&again.bytes).unwrap());
        assert_eq!(was.keys().collect::<Vec<_>>(), is.keys().collect::<Vec<_>>());
        for (name, bytes) in &was {
            assert!(name.starts_with("四性检测") || is[name] == *bytes, "{name}");
        }
        assert!(failing(&again.bytes, Some(PASSPHRASE)).is_empty());
        // It is read there, by the office, and is no matter of that house.
        assert!(other.by("lead").get("/archives").says("已导入，只读"));
        assert!(!other.by("justice").get("/archives").says(&xs));
        assert_eq!(other.by("lead").get(&format!("/matter/{xs}")).status, 404);
        let listed = other.by("lead").get("/archives").text();
        let href = listed.split("/archives/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let one = other.by("lead").get(&format!("/archives/{href}"));
        assert!(one.says("办理经过") && one.says("登记线索") && one.says("重算") && !one.says(PERSONAL), "{}", one.text());
        assert_eq!(other.by("justice").get(&format!("/archives/{href}")).status, 404);
        other.sound();
        town.sound();
    }
}

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xiezhi")).args(args).env_remove("DATABASE_URL").output().unwrap()
}
fn said(o: &Output) -> String {
    String::from_utf8_lossy(&o.stdout).into_owned() + &String::from_utf8_lossy(&o.stderr)
}
#[test]
fn the_command_line_makes_checks_takes_in_and_sends_out_again() {
    let town = Town::new("sqlite");
    let xs = closed(&town);
    let (data, dir) =
        (town.folder().to_string_lossy().into_owned(), std::env::temp_dir().join(format!("xz-archive-{}", std::process::id())));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    let at = |name: &str| dir.join(name).to_string_lossy().into_owned();
    writeln!(std::fs::File::create(at("口令")).unwrap(), "{PASSPHRASE}").unwrap();
    let o = run(&["archive", &xs, "--data", &data, "--out", &at("a.zip"), "--passphrase-file", &at("口令")]);
    assert_eq!(o.status.code(), Some(0), "{}", said(&o));
    let o = run(&["archive", "--check", &at("a.zip")]);
    assert!(o.status.code() == Some(0) && said(&o).contains("全部通过"), "{}", said(&o));
    let o = run(&["archive", "--check", &at("a.zip"), "--passphrase-file", &at("口令"), "--out", &at("取出")]);
    assert_eq!(o.status.code(), Some(0), "{}", said(&o));
    let laid: Vec<_> = std::fs::read_dir(at("取出")).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    assert!(laid.iter().any(|n| n.ends_with(".pdf")) && laid.contains(&"texts.json".to_owned()), "{laid:?}");
    let o = run(&["archive", "--check", &at("a.zip"), "--passphrase-file", &at("口令"), "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&o.stdout).unwrap();
    assert!(o.status.code() == Some(0) && json["passed"] == true, "{json}");
    let mut bytes = std::fs::read(at("a.zip")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(at("wrong.zip"), bytes).unwrap();
    let o = run(&["archive", "--check", &at("wrong.zip")]);
    assert!(o.status.code() == Some(2) && said(&o).contains("没有通过"), "{}", said(&o));
    let o = run(&["archive", "--import", &at("a.zip"), "--data", &at("empty")]);
    assert!(o.status.code() == Some(0) && said(&o).contains("已导入"), "{}", said(&o));
    assert_eq!(run(&["archive", "--import", &at("wrong.zip"), "--data", &at("empty")]).status.code(), Some(1));
    let o = run(&["archive", &xs, "--data", &at("empty"), "--out", &at("b.zip")]);
    assert_eq!(o.status.code(), Some(0), "{}", said(&o));
    assert_eq!(run(&["archive", "XS-2026-9999", "--data", &at("empty"), "--out", &at("c.zip")]).status.code(), Some(1));
    assert_eq!(run(&["verify", "--data", &at("empty")]).status.code(), Some(0));
    let (a, b) = (read(&std::fs::read(at("a.zip")).unwrap()).unwrap(), read(&std::fs::read(at("b.zip")).unwrap()).unwrap());
    assert!(a.iter().all(|(n, bytes)| n.starts_with("四性检测") || b[n] == *bytes));
    std::fs::remove_dir_all(&dir).unwrap();
}
