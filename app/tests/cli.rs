//! The command line as the issue specifies it: shapes, exit codes, round trips, and the demonstration city.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Scratch(PathBuf);
impl Scratch {
    fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("xiezhi-cli-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }
    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}
impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xiezhi")).args(args).env_remove("DATABASE_URL").output().unwrap()
}
fn code(o: &Output) -> i32 {
    o.status.code().unwrap()
}
fn said(o: &Output) -> String {
    String::from_utf8_lossy(&o.stdout).into_owned() + &String::from_utf8_lossy(&o.stderr)
}
fn json(o: &Output) -> Json {
    serde_json::from_slice(&o.stdout).unwrap_or_else(|e| panic!("{e}: {}", said(o)))
}
fn sample(name: &str) -> String {
    format!("{}/../sheets/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn help_is_chinese_everywhere() {
    for args in [
        &["--help"][..],
        &["verify", "--help"],
        &["import", "--help"],
        &["import-rules", "--help"],
        &["paper", "--help"],
        &["verify-paper", "--help"],
        &["user", "init", "--help"],
    ] {
        let o = run(args);
        assert_eq!(code(&o), 0);
        let han = said(&o).chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
        assert!(han > 10, "{args:?}: {}", said(&o));
    }
}
#[test]
fn deadlines_are_reckoned_step_by_step() {
    let o = run(&["deadline", "--from", "2026-09-28", "--working-days", "5", "--json"]);
    let j = json(&o);
    assert_eq!((code(&o), j["due"].as_str(), j["provisional"].as_bool()), (0, Some("2026-10-10"), Some(false)), "{j}");
    assert!(j["steps"].as_array().unwrap().len() >= 3);
    let far = json(&run(&["deadline", "--from", "2030-01-01", "--calendar-days", "10", "--json"]));
    assert_eq!(far["provisional"], true, "no notice for that year yet");
    assert_eq!(code(&run(&["deadline", "--from", "nonsense", "--working-days", "5"])), 1);
}
#[test]
fn a_draw_is_replayed_without_any_data() {
    let scratch = Scratch::new("draw");
    let file = format!("{}/../ledger/tests/given/draw-sm3.json", env!("CARGO_MANIFEST_DIR"));
    let o = run(&["draw", "replay", &file, "--json"]);
    let j = json(&o);
    assert_eq!((code(&o), j["ok"].as_bool(), j["replayed"]["chosen"].as_array().map(Vec::len)), (0, Some(true), Some(5)), "{j}");
    let forged = scratch.path("forged.json");
    std::fs::write(&forged, std::fs::read_to_string(&file).unwrap().replacen("E064", "E065", 1)).unwrap();
    let o = run(&["draw", "replay", &forged]);
    assert_eq!(code(&o), 2, "{}", said(&o));
    assert!(said(&o).contains("不符"));
    assert_eq!(code(&run(&["draw", "replay", &scratch.path("none.json")])), 1);
}
#[test]
fn the_five_ledgers_go_into_an_empty_folder_one_after_another() {
    let s = Scratch::new("import");
    let data = s.path("data");
    let take = |kind: &str, file: &str, more: &[&str]| {
        let file = sample(file);
        let mut args = vec!["import", kind, file.as_str(), "--data", data.as_str(), "--json"];
        args.extend(more);
        run(&args)
    };
    for (kind, file, rows, valid, rejected, duplicates) in [
        ("organisation", "机构与人员.xlsx", 238, 228, 7, 3),
        ("officer", "机构与人员.xlsx", 600, 556, 36, 8),
        ("clue", "线索台账.xlsx", 141, 120, 10, 11),
        ("dossier", "案件台账.xlsx", 3_000, 2_818, 140, 42),
        ("expert", "专家名册.xlsx", 112, 100, 8, 4),
    ] {
        for more in [&["--dry-run"][..], &[]] {
            let o = take(kind, file, more);
            let j = json(&o);
            let n = |f: &str| j[f].as_i64().unwrap();
            assert_eq!((code(&o), n("rows"), n("valid"), n("rejected"), n("duplicates")), (3, rows, valid, rejected, duplicates), "{kind}");
            assert!(
                j["errors"].as_array().unwrap().iter().all(|e| e["row"].is_number() && e["column"].is_string() && e["message"].is_string())
            );
            assert_eq!(j["duplicate_groups"].as_array().unwrap().len() as i64, if kind == "clue" { 11 } else { duplicates });
        }
    }
    assert_eq!(json(&run(&["list", "clue", "--data", &data, "--json"]))["items"].as_array().unwrap().len(), 120);
    let hits = json(&run(&["search", "公证", "--data", &data, "--json"]));
    let first = hits["hits"].as_array().unwrap().iter().find(|h| h["kind"] == "clue").unwrap();
    assert!(
        first["kind"] == "clue"
            && first["number"].is_string()
            && first["title"].is_string()
            && first["snippet"].as_str().unwrap().contains("公证"),
        "{hits}"
    );
    let again = take("clue", "线索台账.xlsx", &[]);
    assert!(code(&again) == 1 && json(&again)["refused"].as_str().unwrap().contains("已经入库"), "{}", said(&again));
    let refused = take("clue", "机构与人员.truth.json", &[]);
    assert!(code(&refused) == 1 && json(&refused)["refused"].is_string(), "{}", said(&refused));
    let v = run(&["verify", "--data", &data, "--json"]);
    assert_eq!((code(&v), json(&v)["verdict"].as_str()), (0, Some("ok")), "{}", said(&v));
}
#[test]
fn the_demonstration_city_reads_as_the_office_reported_it_and_stands_in_every_phase() {
    let s = Scratch::new("demo");
    let data = s.path("data");
    let o = run(&["demo", "--data", &data, "--fill-only"]);
    assert_eq!(code(&o), 0, "{}", said(&o));
    let accounts = said(&o);
    for role in [
        "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15", "R16", "R17", "R18", "R19", "R20",
        "SYS", "SEC", "AUD",
    ] {
        assert!(accounts.contains(&format!("{role} ")), "{role}");
    }
    let place = app::db::Place::Folder(Path::new(&data).to_owned());
    let house = app::house::House::open(&place, app::edge::Clock::default(), ledger::Alg::Sm3).unwrap();
    let funnel = house.db.read_here(app::statistics::funnel).unwrap();
    let number = |label: &str| funnel.iter().find(|f| f.0 == label).unwrap().1;
    assert_eq!((number("研判"), number("评查"), number("督促纠错纠偏")), (98, 30, 19));
    let who = domain::engine::Person {
        roles: vec![domain::engine::RoleHeld { role: "R1".into(), org: "361200ZF".into(), of: None }],
        ..Default::default()
    };
    let behind = house.db.read_here(|tx| app::statistics::behind(tx, &house, &who, "研判")).unwrap();
    assert_eq!((behind.0.len(), behind.1), (98, 0), "each number opens to its matters");
    for kind in ["clue", "prompt", "rectification", "inquiry_record"] {
        let items = json(&run(&["list", kind, "--data", &data, "--json"]))["items"].as_array().unwrap().clone();
        // Proof takes a batch of dossiers that ended after the closure: the city has not lived that long.
        for phase in domain::procedures::kind(kind).unwrap().phases.iter().filter(|p| p.name != "Proved") {
            assert!(items.iter().any(|i| i["phase"] == phase.name.as_str()), "nothing of kind {kind} stands in {}", phase.label);
        }
    }
    each_linking_procedure_has_its_matters(&house, &data);
    the_enterprise_channel_is_lived_in(&house, &accounts);
    drop(house);
    let again = run(&["demo", "--data", &data, "--fill-only"]);
    assert_eq!((code(&again), said(&again)), (0, accounts), "a second start builds nothing");
    let v = run(&["verify", "--data", &data, "--anchor", &format!("{data}/anchors.txt"), "--json"]);
    assert_eq!(code(&v), 0, "{}", said(&v));
    every_kind_of_paper_comes_out(&s, &data);
    backup_and_export(&s, &data);
}
/// One PDF and one DOCX of every kind; what they prove; and what is found where they were changed.
fn every_kind_of_paper_comes_out(s: &Scratch, data: &str) {
    let out = s.path("papers");
    let o = run(&["paper", "--all", "--out", &out, "--data", data]);
    assert_eq!(code(&o), 0, "{}", said(&o));
    let file = |code: &str, end: &str| Path::new(&out).join(format!("{code}.{end}")).to_string_lossy().into_owned();
    let sheet = |code: &str, end: &str| typeset::contained(&std::fs::read(file(code, end)).unwrap()).unwrap().unwrap();
    for paper in domain::papers::PAPERS {
        assert_eq!(sheet(paper.code, "pdf"), sheet(paper.code, "docx"), "{}", paper.code);
        assert!(said(&o).lines().any(|l| l.starts_with(&format!("{}\t", paper.code))), "{}", paper.code);
    }
    let verify = |file: &str, more: &[&str]| {
        let args = [&["verify-paper", file][..], more].concat();
        let o = run(&args);
        (code(&o), said(&o))
    };
    let (notice, anchors) = (file("rectification_notice", "pdf"), format!("{data}/anchors.txt"));
    for end in ["pdf", "docx"] {
        let (code, words) = verify(&file("rectification_notice", end), &["--data", data, "--anchors", &anchors]);
        assert_eq!(code, 0, "{words}");
    }
    let ledger = s.path("papers.xzl");
    assert_eq!(code(&run(&["export-ledger", "--data", data, "--out", &ledger])), 0);
    let (said_of, words) = verify(&notice, &["--ledger", &ledger]);
    assert_eq!(said_of, 0, "{words}");
    let (code, words) = verify(&notice, &[]);
    assert!(code == 3 && words.contains("正文与二维码中的承诺值相符"), "{words}");
    let mut bytes = std::fs::read(&notice).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&notice, bytes).unwrap();
    assert_ne!(verify(&notice, &["--data", data]).0, 0);
    // The other number on the same paper.
    let (mut sheet, proof) = sheet("rectification_notice", "docx");
    sheet.number = sheet.number.replace("1号", "9号");
    let forged = s.path("forged.docx");
    std::fs::write(&forged, typeset::docx(&sheet, &proof).unwrap()).unwrap();
    let (code, words) = verify(&forged, &["--data", data]);
    assert!(code == 2 && words.contains("内容被改动"), "{words}");
    let text = s.path("no.txt");
    std::fs::write(&text, "不是文书").unwrap();
    assert_ne!(verify(&text, &[]).0, 0);
}
/// Appeals in every phase but an import taken back, papers in time and overdue, observers, a public circular, receipts that open.
fn the_enterprise_channel_is_lived_in(house: &app::house::House, accounts: &str) {
    let sql = "SELECT DISTINCT kind, phase FROM idx";
    let phases: Vec<(String, String)> =
        house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| (r.take(0), r.take(1))).collect())).unwrap();
    let appeals = domain::procedures::kind("enterprise_appeal").unwrap().phases.iter().map(|p| p.name.as_str()).filter(|p| *p != "Voided");
    let others = [
        ("administrative_supervision", &["Closed", "Overdue", "Received"][..]),
        ("observation_request", &["Checking", "Confirming", "Assigned", "Closed"]),
        ("observation", &["Archived", "Assigned"]),
        ("joint_conference", &["Closed", "Following", "Gathering"]),
        ("conference_task", &["Assigned", "Done"]),
        ("observer", &["Serving"]),
    ];
    let others = others.into_iter().flat_map(|(kind, phases)| phases.iter().map(move |p| (kind, *p)));
    for (kind, phase) in appeals.map(|p| ("enterprise_appeal", p)).chain(others) {
        assert!(phases.iter().any(|(k, p)| k == kind && p == phase), "nothing of kind {kind} stands in {phase}");
    }
    let count = |kind: &str| {
        let sql = "SELECT COUNT(*) FROM idx WHERE kind = $1";
        house.db.read_here(|tx| Ok(tx.one(sql, app::params![kind])?.unwrap().int(0))).unwrap()
    };
    assert!(count("enforcement_record") > 500 && count("hotline_call") > 100, "{} {}", count("enforcement_record"), count("hotline_call"));
    let registers = house.db.read_here(|tx| house.registers(tx)).unwrap();
    assert_eq!(registers.org("361200XZ06").unwrap().regime, "垂直");
    let open = house.db.read_here(|tx| app::portal::owner(tx, &registers, "361200SJ", house.clock.now().today)).unwrap();
    assert_eq!(open.as_deref(), Ok("361200GS"), "the portal takes reports");
    let receipt = accounts.lines().find(|l| l.contains("企业端查进度：观摩申请")).unwrap();
    let parts: Vec<&str> = receipt.split('\t').collect();
    let held = app::portal::open(house, parts[1], parts[2]).unwrap();
    assert!(held.is_some(), "{receipt}");
    let sql = "SELECT m.body FROM idx i JOIN matter m ON m.id = i.id WHERE i.kind = 'joint_conference' AND i.phase = 'Closed'";
    let body: Json = house.db.read_here(|tx| Ok(serde_json::from_str(tx.one(sql, &[])?.unwrap().text(0))?)).unwrap();
    let circular = &body["state"]["circular"];
    assert!(
        circular["public"] == true && circular["figures"].as_array().unwrap().iter().any(|f| f["group"] == "受理" && f["value"] == "8"),
        "{circular}"
    );
}
/// At least one matter in each of these phases: done, under way, and waiting for somebody.
fn each_linking_procedure_has_its_matters(house: &app::house::House, data: &str) {
    for (kind, phases) in [
        ("common_problem", &["Answered"][..]),
        ("annual_plan", &["Active", "Drafted"]),
        ("inspection", &["Rectifying", "UnderWay", "Proposed"]),
        ("special_check", &["Concluded"]),
        ("procuratorial_opinion", &["Awaiting", "Corrected", "Unheeded", "Contested", "Closed"]),
        ("escalation", &["Archived", "Hearing"]),
        ("secondment", &["Serving", "Proposed"]),
        ("referral", &["Accepted", "Sent", "Prepared", "Received"]),
        ("judicial_relief", &["Closed", "PassedOn"]),
        ("joint_rule", &["Trial", "Proposed"]),
    ] {
        let items = json(&run(&["list", kind, "--data", data, "--json"]))["items"].as_array().unwrap().clone();
        for phase in phases {
            assert!(items.iter().any(|i| i["phase"] == *phase), "nothing of kind {kind} stands in {phase}");
        }
    }
    // Papers are the group's own.
    let sql = "SELECT DISTINCT phase FROM idx WHERE kind = 'working_paper' ORDER BY phase";
    let papers: Vec<String> = house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| r.take(0)).collect())).unwrap();
    assert_eq!(papers, ["Filed", "Signed", "Written"]);
    let rules = house.db.read_here(|tx| app::rules::library(tx, house)).unwrap();
    assert!(rules.in_force("关于民事案件送达材料的证据指引（试行）").is_some(), "the joint rule is in the library");
}
fn backup_and_export(s: &Scratch, data: &str) {
    let (file, copy, ledger) = (s.path("b.xzb"), s.path("copy"), s.path("l.xzl"));
    assert_eq!(code(&run(&["backup", &file, "--data", data])), 0);
    let taken = run(&["restore", &file, "--data", data]);
    assert!(code(&taken) == 1 && said(&taken).contains("已有数据"), "a restore never overwrites");
    assert_eq!(code(&run(&["restore", &file, "--data", &copy])), 0);
    for key in ["vault.key", "signer.key"] {
        assert!(!Path::new(&copy).join(key).exists(), "a backup holds no key");
        std::fs::copy(Path::new(data).join(key), Path::new(&copy).join(key)).unwrap();
    }
    let v = run(&["verify", "--data", &copy, "--anchor", &format!("{data}/anchors.txt")]);
    assert_eq!(code(&v), 0, "{}", said(&v));
    assert_eq!(code(&run(&["export-ledger", "--data", data, "--out", &ledger])), 0);
    let mut reader = ledger::Reader::open(std::io::BufReader::new(std::fs::File::open(&ledger).unwrap())).unwrap();
    let mut records = 0;
    while reader.record().unwrap().is_some() {
        records += 1;
    }
    assert!(records > 2_000);
    let anchors = ledger::anchors(&std::fs::read_to_string(Path::new(data).join("anchors.txt")).unwrap()).unwrap();
    let (last, before) = (anchors.len(), std::fs::read(&ledger).unwrap());
    assert!(last > 0 && !before.is_empty());
}
#[test]
fn a_folder_of_laws_goes_into_the_library_once() {
    let s = Scratch::new("rules");
    let (data, folder) = (s.path("data"), s.path("laws"));
    let given = format!("{}/../domain/tests/fixtures/rules", env!("CARGO_MANIFEST_DIR"));
    std::fs::create_dir_all(&folder).unwrap();
    for entry in std::fs::read_dir(given).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, Path::new(&folder).join(path.file_name().unwrap())).unwrap();
    }
    let take = || run(&["import-rules", &folder, "--data", &data]);
    let first = take();
    assert_eq!(code(&first), 0, "{}", said(&first));
    for say in ["中华人民共和国云岭河道保护法\t2021-05-01\t7 条\t已入库", "2025-09-10\t3 条\t已入库", "新入库 3，已有 0，没有入库 0"]
    {
        assert!(said(&first).contains(say), "{say}: {}", said(&first));
    }
    std::fs::write(Path::new(&folder).join("坏.md"), [0xff, 0xfe, 0x00]).unwrap();
    std::fs::write(Path::new(&folder).join("空(2026-01-01).md"), "# 空\n\n只有一段话。").unwrap();
    std::fs::write(Path::new(&folder).join("新(2026-01-01).md"), "# 新规定\n\n第一条 甲。\n\n第三条 丙。").unwrap();
    let again = take();
    assert_eq!(code(&again), 3, "{}", said(&again));
    for say in ["坏.md\t没有入库：不是 UTF-8 文本", "没有读出条文", "第一条之后是第三条", "新入库 1，已有 3，没有入库 2"]
    {
        assert!(said(&again).contains(say), "{say}: {}", said(&again));
    }
    let none = run(&["import-rules", &s.path("none"), "--data", &data]);
    assert!(code(&none) == 1 && said(&none).contains("读不了文件夹"), "{}", said(&none));
    let v = run(&["verify", "--data", &data]);
    assert_eq!(code(&v), 0, "{}", said(&v));
}
#[test]
fn a_first_run_prints_three_one_time_links_and_no_password() {
    let s = Scratch::new("first");
    let data = s.path("data");
    let o = run(&["user", "init", "--data", &data, "--org", "某市委政法委", "--code", "A1"]);
    assert_eq!((code(&o), said(&o).matches("/invitation/").count()), (0, 3), "{}", said(&o));
    assert_eq!(code(&run(&["user", "init", "--data", &data, "--org", "某市委政法委", "--code", "A1"])), 1, "only once");
    assert!(said(&run(&["user", "list", "--data", &data])).contains("auditor"));
    let loaded = run(&["standard", "load", "--data", &data]);
    assert!(code(&loaded) == 0 && said(&loaded).contains("已装入 7 件，待分管领导批准"), "{}", said(&loaded));
    assert!(said(&run(&["standard", "load", "--data", &data])).contains("已装入 0 件"));
    assert_eq!(code(&run(&["standard", "load", "--data", &data, "--org", "NONE"])), 1);
    assert_eq!(code(&run(&["verify", "--data", &data])), 0);
    let nothing = s.path("nothing");
    assert_eq!(code(&run(&["verify", "--data", &nothing])), 1, "no data is a fault of use, not of the data");
}
