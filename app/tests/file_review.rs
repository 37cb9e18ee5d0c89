//! 行政执法案卷评查 (enterprise.md B7), on both engines: the judicial administration runs a batch of enforcement files to a grade, on the
//! machinery that reviews the judicial organs' cases.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::registers::{Amendment, amend};
use house::batch::{EXPERTS, at, seated};
use house::{COURT, JUSTICE, MARKET, Town};
use ledger::Alg;
use serde_json::json;

/// Somebody at the 司法局 leads the panel; the experts are those of the pool, who know enforcement.
fn prepared(town: &Town) {
    let (inner, id) = (town.house.clone(), town.ids["justice2"].clone());
    let by = ("console", "console");
    let done = town.house.db.write_here(move |tx| {
        let mut desk = app::matters::Desk::open(tx, &inner)?;
        let key = format!("{id}|R8|{JUSTICE}|");
        let body = Some(json!({"from": "2026-01-01", "until": ""}));
        amend(
            &mut desk,
            Amendment { register: "holding", key: &key, from: jiff::civil::date(2026, 1, 1), body, personal: &[], batch: "", by },
        )?;
        desk.close()
    });
    done.unwrap();
}
fn pool(town: &Town) {
    let mut all = vec![];
    for (n, login) in EXPERTS.iter().enumerate() {
        let category = ["法官", "检察官", "高校学者", "人大代表", "政协委员", "高校学者"][n % 6];
        // One is of the unit itself: no draw may seat him.
        let mut values = vec![("name", "专家"), ("category", category), ("unit", "云岭学院（虚构）"), ("professions", "12")];
        if n == 0 {
            values.push(("org", MARKET));
        }
        let zj = town.open("handler", "expert", "nominate", &values);
        let vet =
            [("political", "yes"), ("professional", "yes"), ("clean_record", "yes"), ("no_interest", "yes"), ("opinion", "符合条件。")];
        town.act("lead", &zj, "vet", &vet);
        town.act("handler", &zj, "publish", &[("place", "政法委网站")]);
        all.push((zj, *login));
    }
    town.day(11);
    for (zj, login) in &all {
        let (account, from, until) = (town.ids[login].clone(), town.today(0), town.today(1_000));
        town.act("lead", zj, "appoint", &[("account", &account), ("letter_no", "聘〔2026〕1号"), ("from", &from), ("until", &until)]);
    }
}
/// The shipped sheet of penalties, brought into force by the judicial administration.
fn standard(town: &Town) -> String {
    let new = app::standards::load(&town.house, Some(JUSTICE)).unwrap();
    assert_eq!(new.len(), 4, "four sheets for enforcement files, and none of the courts'");
    let title = |n: &str| town.house.db.read_here(|tx| app::matters::load(tx, n)).unwrap().unwrap().matter.index().title;
    let bz = new.iter().find(|n| title(n).contains("行政处罚")).unwrap().clone();
    town.act("justice-lead", &bz, "approve", &[("from", &town.today(0)), ("doc_no", "云司〔2026〕1号")]);
    town.act("justice", &bz, "bring_into_force", &[]);
    let page = town.by("justice").get(&format!("/matter/{bz}"));
    assert!(page.says("优秀") && page.says("执法主体违法"), "{}", page.text());
    bz
}
const FILE: &[(&str, &str)] = &[
    ("case_type", "12"),
    ("cause", "虚假宣传"),
    ("org", MARKET),
    ("handler", "马测市"),
    ("classified", "no"),
    ("closed_on", "2025-11-20"),
    ("effective_on", "2025-12-10"),
    ("result", "罚款。"),
];
fn file(town: &Town, n: usize) -> String {
    let no = format!("云市监罚〔2025〕{n}号");
    town.open("justice", "dossier", "register_effective", &[&[("case_no", no.as_str())], FILE].concat())
}
fn draw(town: &Town, what: &str, target: (&str, &str)) {
    let (w1, w2) = (town.ids["justice2"].clone(), town.ids["procurator"].clone());
    let (t0, t1, t2) = (at(town, 60), at(town, 120), at(town, 180));
    let values = [
        ("what", what),
        target,
        ("purpose", "案卷评查"),
        ("witness1", w1.as_str()),
        ("witness2", w2.as_str()),
        ("t0", &t0),
        ("t1", &t1),
        ("t2", &t2),
    ];
    let cq = town.open("justice", "draw", "announce", &values);
    let body: serde_json::Value =
        serde_json::from_str(&town.house.db.read_here(|tx| app::matters::load(tx, &cq)).unwrap().unwrap().matter.body()).unwrap();
    let (code, parties) = (body["state"]["plan"]["code"].as_str().unwrap(), body["state"]["plan"]["parties"].as_array().unwrap());
    let mut secrets = vec![];
    for (n, login) in ["justice2", "procurator"].into_iter().enumerate() {
        let party = parties.iter().find(|p| p["person"] == town.ids[login].as_str()).unwrap()["code"].as_str().unwrap();
        let secret = [u8::try_from(n).unwrap() + 7; 16];
        town.act(login, &cq, "seal", &[("commitment", &ledger::hex(&ledger::draw::seal(Alg::Sm3, code, party, &secret)))]);
        secrets.push((login, secret));
    }
    town.act("justice", &cq, "freeze", &[]);
    town.pass(75);
    for (login, secret) in &secrets {
        town.act(login, &cq, "reveal", &[("secret", &ledger::hex(secret))]);
    }
    town.pass(120);
    town.act("justice", &cq, "draw", &[]);
}
fn linked(town: &Town, number: &str, prefix: &str) -> Vec<String> {
    let page = town.by("justice").get(&format!("/matter/{number}")).text();
    let all = page.split("/matter/").skip(1).map(|p| p.split(['"', '/', '?']).next().unwrap().to_owned());
    all.filter(|n| n.starts_with(prefix)).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

both! {
    fn the_judicial_administration_runs_a_batch_of_penalty_files_to_a_grade(town: &Town) {
        prepared(town);
        pool(town);
        let bz = standard(town);
        // Each office its own files, and its own batches.
        let theirs = [&[("case_no", "云市监罚〔2025〕99号")], FILE].concat();
        let refused = town.by("handler").open("dossier", "register_effective", &theirs);
        assert!(refused.status == 422 && refused.says("由司法局评查"), "{}", refused.text());
        let mut court = theirs.clone();
        court.iter_mut().for_each(|v| *v = (v.0, if v.0 == "case_type" { "02" } else if v.0 == "org" { COURT } else { v.1 }));
        assert_eq!(town.by("justice").open("dossier", "register_effective", &court).status, 422);
        let files: Vec<String> = (1..=3).map(|n| file(town, n)).collect();
        assert_eq!(town.by("handler").get(&format!("/matter/{}", files[0])).status, 404, "the committee reads no enforcement file");
        let plan = [
            ("name", "处罚案卷评查"),
            ("kind", "交叉"),
            ("scope", "市市场监管局处罚案卷"),
            ("case_types", "12"),
            ("from", "2025-01-01"),
            ("to", "2025-12-31"),
            ("standard", bz.as_str()),
            ("sampling", "随机"),
            ("size", "1"),
        ];
        let pb = town.open("justice", "review_batch", "plan", &plan);
        town.act("justice-lead", &pb, "approve", &[("finish_by", &town.today(200))]);
        draw(town, "抽案", ("batch", &pb));
        town.act("justice", &pb, "open_reviews", &[]);
        draw(town, "抽专家", ("batch", &pb));
        let pc = linked(town, &pb, "PC-").remove(0);
        let panel = seated(town, &pc);
        assert!(panel.len() == 3 && !panel.contains(&"expert1"), "nobody of the unit itself: {panel:?}");
        for e in &panel {
            town.act(e, &pc, "promise", &[("no_conflict", "yes"), ("secrecy", "yes")]);
        }
        town.act("justice", &pc, "request_dossier", &[("letter_no", "调〔2026〕1号"), ("reason", "评查需要"), ("due", &town.today(10))]);
        town.act("justice", &pc, "receive", &[("received_on", &town.today(0)), ("volumes", "1")]);
        for e in &panel {
            let row = [
                ("sheet.0.item", "A2.4 程序"),
                ("sheet.0.by", "A2.4.1"),
                ("sheet.0.points", "5"),
                ("sheet.0.page", "正卷 12 页"),
                ("sheet.0.note", "审批手续缺漏"),
                ("my_opinion", "审批手续有缺漏，请依法审查并说明理由。"),
            ];
            town.act(e, &pc, "submit", &row);
        }
        town.act("justice2", &pc, "adopt_mean", &[("problems", "C7"), ("opinion", "审批手续有缺漏。"), ("accountable", "no")]);
        town.act("justice-lead", &pc, "feed", &[("doc_no", "司评〔2026〕1号")]);
        town.act("market", &pc, "serve", &[("served_on", &town.today(0))]);
        town.act("market", &pc, "waive", &[]);
        town.act("justice-lead", &pc, "settle", &[("doc_no", "司定〔2026〕1号")]);
        // 95 points: the grade of the enforcement scale, not of the courts'.
        assert!(town.by("justice").get(&format!("/matter/{pc}")).says("优秀"), "{}", town.by("justice").get(&format!("/matter/{pc}")).text());
        for stranger in ["handler", "lead", "secretary", "tobacco", "intake"] {
            assert_eq!(town.by(stranger).get(&format!("/matter/{pc}")).status, 404, "{stranger}");
            assert_eq!(town.by(stranger).get(&format!("/matter/{pb}")).status, 404, "{stranger}");
        }
        town.sound();
    }
}
