//! Case review from plan to closure, over real HTTP on both engines: draws that replay, blind sheets, objection, conclusion.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::{COURT, Town};
use ledger::Alg;

const EXPERTS: [&str; 9] = ["expert1", "expert2", "expert3", "expert4", "expert5", "expert6", "expert7", "expert8", "expert9"];
const CATEGORIES: [&str; 6] = ["法官", "检察官", "律师", "人大代表", "政协委员", "高校学者"];

/// A standard in force, with two items.
fn standard(town: &Town) -> String {
    let rows = [
        ("name", "民事案件评查标准"),
        ("standard_kind", "基础表"),
        ("case_type", "02"),
        ("edition", "2026 年第 1 版"),
        ("items.0.item", "程序"),
        ("items.0.full", "40"),
        ("items.1.item", "实体"),
        ("items.1.full", "60"),
    ];
    let bz = town.open("handler", "standard", "draft", &rows);
    town.act("handler", &bz, "propose", &[]);
    town.act("lead", &bz, "approve", &[("from", &town.today(0)), ("doc_no", "云政法〔2026〕1号")]);
    town.act("handler", &bz, "bring_into_force", &[]);
    bz
}
/// Experts of civil cases in the pool, by the whole way: nominated, vetted, published, appointed.
fn pool(town: &Town) -> Vec<String> {
    let mut all = vec![];
    for (n, login) in EXPERTS.iter().enumerate() {
        // A lawyer would have to declare his clients first.
        let category = CATEGORIES[if n % 6 == 2 { 5 } else { n % 6 }];
        let values = [("name", "专家"), ("category", category), ("unit", "云岭学院（虚构）"), ("professions", "02")];
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
    all.into_iter().map(|(zj, _)| zj).collect()
}
fn dossier(town: &Town, n: usize, tags: &[&str]) -> String {
    let no = format!("（2025）赣1202民初{n}号");
    let mut values = vec![
        ("case_no", no.as_str()),
        ("case_type", "02"),
        ("cause", "买卖合同纠纷"),
        ("org", COURT),
        ("handler", "文例法"),
        ("classified", "no"),
        ("closed_on", "2025-11-20"),
        ("effective_on", "2025-12-10"),
        ("result", "判决支持。"),
    ];
    values.extend(tags.iter().map(|t| ("tags", *t)));
    town.open("handler", "dossier", "register_effective", &values)
}
fn at(town: &Town, minutes: i64) -> String {
    let when = jiff::Timestamp::from_millisecond(town.house.clock.now().ms + minutes * 60_000).unwrap();
    jiff::tz::offset(8).to_datetime(when).strftime("%Y-%m-%d %H:%M").to_string()
}
/// Announces, seals, freezes, reveals and draws; returns the number of the draw.
fn draw(town: &Town, what: &str, target: (&str, &str)) -> String {
    let (w1, w2) = (town.ids["second"].clone(), town.ids["procurator"].clone());
    let (t0, t1, t2) = (at(town, 60), at(town, 120), at(town, 180));
    let values = [
        ("what", what),
        target,
        ("purpose", "抽取（演示）"),
        ("witness1", w1.as_str()),
        ("witness2", w2.as_str()),
        ("t0", &t0),
        ("t1", &t1),
        ("t2", &t2),
    ];
    let cq = town.open("handler", "draw", "announce", &values);
    let body: serde_json::Value =
        serde_json::from_str(&town.house.db.read_here(|tx| app::matters::load(tx, &cq)).unwrap().unwrap().matter.body()).unwrap();
    let (code, parties) = (body["state"]["plan"]["code"].as_str().unwrap(), body["state"]["plan"]["parties"].as_array().unwrap());
    let secrets: Vec<(&str, [u8; 16], String)> = ["second", "procurator"]
        .into_iter()
        .enumerate()
        .map(|(n, login)| {
            let party = parties.iter().find(|p| p["person"] == town.ids[login].as_str()).unwrap()["code"].as_str().unwrap();
            let secret = [u8::try_from(n).unwrap() + 7; 16];
            (login, secret, ledger::hex(&ledger::draw::seal(Alg::Sm3, code, party, &secret)))
        })
        .collect();
    let early = town.by("handler").act(&cq, "freeze", &[]);
    assert_eq!(early.status, 409, "{}", early.text());
    for (login, _, commitment) in &secrets {
        town.act(login, &cq, "seal", &[("commitment", commitment)]);
    }
    town.act("handler", &cq, "freeze", &[]);
    assert_eq!(town.by("handler").act(&cq, "draw", &[]).status, 409, "nothing is drawn before T2");
    town.pass(75);
    for (login, secret, _) in &secrets {
        town.act(login, &cq, "reveal", &[("secret", &ledger::hex(secret))]);
    }
    town.pass(120);
    town.act("handler", &cq, "draw", &[]);
    cq
}
/// The proof files of a draw, each replayed.
fn replayed(town: &Town, cq: &str) -> Vec<ledger::draw::Replayed> {
    let page = town.by("handler").get(&format!("/matter/{cq}")).text();
    let files = page.split("href=\"/file/").skip(1).filter(|p| p.contains("抽取证明-") && p.find("抽取证明-").unwrap() < 120);
    let ids: std::collections::BTreeSet<String> = files.map(|p| p.split('"').next().unwrap().to_owned()).collect();
    assert!(!ids.is_empty(), "{page}");
    ids.iter().map(|id| ledger::draw::replay(&town.by("handler").get(&format!("/file/{id}")).body).unwrap()).collect()
}
fn seated(town: &Town, pc: &str) -> Vec<&'static str> {
    let body: serde_json::Value =
        serde_json::from_str(&town.house.db.read_here(|tx| app::matters::load(tx, pc)).unwrap().unwrap().matter.body()).unwrap();
    let field = if body["phase"] == "ReExamining" { "second" } else { "panel" };
    let who = |s: &serde_json::Value| EXPERTS.into_iter().find(|e| town.ids[e] == s["who"].as_str().unwrap()).unwrap();
    body["state"][field].as_array().unwrap().iter().map(who).collect()
}
fn batch(town: &Town, bz: &str, kind: &str, tag: &str, size: &str) -> String {
    let mut values = vec![
        ("name", "批次（演示）"),
        ("kind", kind),
        ("scope", "市中院已生效民事案件"),
        ("case_types", "02"),
        ("from", "2025-01-01"),
        ("to", "2025-12-31"),
        ("standard", bz),
        ("sampling", "随机"),
        ("size", size),
    ];
    if !tag.is_empty() {
        values.push(("tags", tag));
    }
    let pb = town.open("handler", "review_batch", "plan", &values);
    town.act("lead", &pb, "approve", &[("finish_by", &town.today(200))]);
    pb
}
fn linked(town: &Town, number: &str, prefix: &str) -> Vec<String> {
    let page = town.by("handler").get(&format!("/matter/{number}")).text();
    let mut all: Vec<String> = page
        .split("/matter/")
        .skip(1)
        .map(|p| p.split(['"', '/', '?']).next().unwrap().to_owned())
        .filter(|n| n.starts_with(prefix))
        .collect();
    all.sort();
    all.dedup();
    all
}
/// From the drawn panel to sheets handed in: every seat takes off so many points.
fn score(town: &Town, pc: &str, points: [&str; 3]) {
    let panel = seated(town, pc);
    assert_eq!(panel.len(), 3);
    for e in &panel {
        town.act(e, pc, "promise", &[("no_conflict", "yes"), ("secrecy", "yes")]);
    }
    town.act("handler", pc, "request_dossier", &[("letter_no", "调〔2026〕1号"), ("reason", "评查需要"), ("due", &town.today(10))]);
    town.act("handler", pc, "receive", &[("received_on", &town.today(0)), ("volumes", "2")]);
    for (e, points) in panel.iter().zip(points) {
        let row = [
            ("sheet.0.item", "实体"),
            ("sheet.0.full", "60"),
            ("sheet.0.points", points),
            ("sheet.0.page", "正卷 12 页"),
            ("sheet.0.problem", "S1"),
            ("sheet.0.severity", "一般"),
            ("my_opinion", "有瑕疵，请依法审查并说明理由。"),
        ];
        town.act(e, pc, "submit", &row);
        let again = town.by(e).act(pc, "submit", &row);
        assert_ne!(again.status, 303, "a sheet handed in is locked");
    }
}

both! {
    fn a_regular_batch_runs_from_plan_to_closure(town: &Town) {
        let (bz, _pool) = (standard(town), pool(town));
        let all: Vec<String> = (1..=6).map(|n| dossier(town, n, &[])).collect();
        let pending = town.open("handler", "dossier", "register", &[
            ("case_no", "（2026）赣1202民初99号"), ("case_type", "02"), ("cause", "买卖合同纠纷"), ("org", COURT), ("handler", "文例法"), ("classified", "no"),
        ]);
        let pb = batch(town, &bz, "常态", "", "2");
        let cq = draw(town, "抽案", ("batch", &pb));
        let proofs = replayed(town, &cq);
        assert_eq!((proofs.len(), proofs[0].chosen.len(), proofs[0].tickets.len()), (1, 2, 6), "what is pending is on no list");
        assert!(!proofs[0].tickets.iter().any(|t| t.id == pending) && proofs[0].chosen.iter().all(|c| all.contains(c)));
        assert_eq!(town.phase(&pb), "Sampled");
        town.act("handler", &pb, "open_reviews", &[]);
        let reviews = linked(town, &pb, "PC-");
        assert_eq!(reviews.len(), 2);
        let cq = draw(town, "抽专家", ("batch", &pb));
        assert_eq!(replayed(town, &cq).len(), 2, "one proof for each panel");
        for pc in &reviews {
            assert_eq!(town.phase(pc), "Promising");
        }
        // The first: a good one, agreed on by all, praised.
        let fine = &reviews[0];
        score(town, fine, ["6", "8", "7"]);
        town.act("chair", fine, "adopt_mean", &[("problems", "S1"), ("opinion", "总体合格，说理可加强。"), ("accountable", "no")]);
        town.act("lead", fine, "feed", &[("doc_no", "评〔2026〕1号")]);
        town.act("court", fine, "serve", &[("served_on", &town.today(0))]);
        town.act("court", fine, "waive", &[]);
        town.act("lead", fine, "settle", &[("doc_no", "定〔2026〕1号")]);
        town.act("handler", fine, "conclude_plain", &[]);
        assert_eq!(town.phase(fine), "Concluded");
        // The second: far apart, deliberated, objected to, looked at again by others, never made worse, put right.
        let bad = &reviews[1];
        score(town, bad, ["8", "28", "20"]);
        assert_eq!(town.by("chair").act(bad, "adopt_mean", &[]).status, 409, "twenty points apart must be deliberated");
        let first = seated(town, bad);
        let said = [("score", "81"), ("problems", "S1"), ("opinion", "事实认定有瑕疵。"), ("accountable", "no"), ("minutes", "file:合议笔录")];
        town.act("chair", bad, "deliberate", &said);
        town.act("lead", bad, "feed", &[("doc_no", "评〔2026〕2号")]);
        town.act("court", bad, "serve", &[("served_on", &town.today(0))]);
        let ground = [("grounds.0.item", "实体"), ("grounds.0.ground", "扣分依据的卷页不对"), ("grounds.0.evidence", "正卷 30 页")];
        town.act("court", bad, "object", &ground);
        draw(town, "抽复核专家", ("review", bad));
        assert_eq!(town.phase(bad), "ReExamining");
        let second = seated(town, bad);
        assert!(second.iter().all(|e| !first.contains(e)), "others than those who sat");
        for e in &second {
            town.act(e, bad, "promise_late", &[("no_conflict", "yes"), ("secrecy", "yes")]);
            let row = [
                ("second_sheet.0.item", "实体"), ("second_sheet.0.full", "60"), ("second_sheet.0.points", "30"), ("second_sheet.0.page", "正卷 12 页"),
                ("second_sheet.0.problem", "S1"), ("second_sheet.0.severity", "一般"), ("re_examination_finding", "维持"), ("my_opinion", "维持。"),
            ];
            town.act(e, bad, "re_examine", &row);
        }
        town.act("lead", bad, "uphold", &[("answer", "逐条答复：卷页已核对。")]);
        town.act("lead", bad, "settle", &[("doc_no", "定〔2026〕2号")]);
        town.act("handler", bad, "conclude_rectify", &[("problems", "S1"), ("severity", "一般"), ("gist", "事实认定说理不足。")]);
        assert_eq!(linked(town, bad, "ZG-").len(), 1, "the conclusion opens a rectification");
        assert!(town.by("handler").get(&format!("/matter/{bad}")).says("81"), "nothing got worse by objecting");
        town.act("handler", &pb, "close", &[("summary", "两件，一件合格，一件瑕疵。")]);
        assert_eq!(town.phase(&pb), "Closed");
        town.sound();
    }
    fn a_special_batch_takes_only_what_its_plan_names(town: &Town) {
        let (bz, _) = (standard(town), pool(town));
        for (n, tags) in [(1, &["涉企"][..]), (2, &["涉企"]), (3, &["立功"]), (4, &[])] {
            dossier(town, n, tags);
        }
        for (tag, count) in [("涉企", 2), ("立功", 1)] {
            let pb = batch(town, &bz, "专项", tag, "1");
            let cq = draw(town, "抽案", ("batch", &pb));
            assert_eq!(replayed(town, &cq)[0].tickets.len(), count, "{tag}");
            town.act("handler", &pb, "open_reviews", &[]);
            draw(town, "抽专家", ("batch", &pb));
            let pc = linked(town, &pb, "PC-").remove(0);
            score(town, &pc, ["2", "2", "2"]);
            town.act("chair", &pc, "adopt_mean", &[("problems", "S1"), ("opinion", "合格。"), ("accountable", "no")]);
            town.act("lead", &pc, "feed", &[("doc_no", "评〔2026〕3号")]);
            town.act("court", &pc, "serve", &[("served_on", &town.today(0))]);
            town.act("court", &pc, "waive", &[]);
            town.act("lead", &pc, "settle", &[("doc_no", "定〔2026〕3号")]);
            town.act("handler", &pc, "conclude_plain", &[]);
            town.act("handler", &pb, "close", &[("summary", "一件，合格。")]);
        }
        town.sound();
    }
}
