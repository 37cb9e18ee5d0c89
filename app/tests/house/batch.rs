//! Case review from plan to closure, told once: over HTTP on both engines, and in a real browser.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
use super::{COURT, Town};
use ledger::Alg;

/// Who carries out the steps of the story: a bare client, or a browser.
pub trait Hands {
    fn town(&self) -> &Town;
    /// Takes a step by its form.
    fn act(&self, login: &'static str, number: &str, action: &str, values: &[(&str, &str)]);
    /// Opens a matter by its form; its number.
    fn open(&self, login: &'static str, kind: &str, action: &str, values: &[(&str, &str)]) -> String;
}
impl Hands for Town {
    fn town(&self) -> &Town {
        self
    }
    fn act(&self, login: &'static str, number: &str, action: &str, values: &[(&str, &str)]) {
        Town::act(self, login, number, action, values);
    }
    fn open(&self, login: &'static str, kind: &str, action: &str, values: &[(&str, &str)]) -> String {
        Town::open(self, login, kind, action, values)
    }
}

pub const EXPERTS: [&str; 9] = ["expert1", "expert2", "expert3", "expert4", "expert5", "expert6", "expert7", "expert8", "expert9"];
const CATEGORIES: [&str; 6] = ["法官", "检察官", "律师", "人大代表", "政协委员", "高校学者"];

/// A standard in force, with two items.
pub fn standard(h: &dyn Hands) -> String {
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
    let bz = h.open("handler", "standard", "draft", &rows);
    h.act("handler", &bz, "propose", &[]);
    h.act("lead", &bz, "approve", &[("from", &h.town().today(0)), ("doc_no", "云政法〔2026〕1号")]);
    h.act("handler", &bz, "bring_into_force", &[]);
    bz
}
/// Experts of civil cases in the pool, by the whole way: nominated, vetted, published, appointed.
pub fn pool(h: &dyn Hands) -> Vec<String> {
    let mut all = vec![];
    for (n, login) in EXPERTS.iter().enumerate() {
        // A lawyer would have to declare his clients first.
        let category = CATEGORIES[if n % 6 == 2 { 5 } else { n % 6 }];
        let values = [("name", "专家"), ("category", category), ("unit", "云岭学院（虚构）"), ("professions", "02")];
        let zj = h.open("handler", "expert", "nominate", &values);
        let vet =
            [("political", "yes"), ("professional", "yes"), ("clean_record", "yes"), ("no_interest", "yes"), ("opinion", "符合条件。")];
        h.act("lead", &zj, "vet", &vet);
        h.act("handler", &zj, "publish", &[("place", "政法委网站")]);
        all.push((zj, *login));
    }
    h.town().day(11);
    for (zj, login) in &all {
        let (account, from, until) = (h.town().ids[login].clone(), h.town().today(0), h.town().today(1_000));
        h.act("lead", zj, "appoint", &[("account", &account), ("letter_no", "聘〔2026〕1号"), ("from", &from), ("until", &until)]);
    }
    all.into_iter().map(|(zj, _)| zj).collect()
}
pub fn dossier(h: &dyn Hands, n: usize, tags: &[&str]) -> String {
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
    h.open("handler", "dossier", "register_effective", &values)
}
pub fn at(h: &dyn Hands, minutes: i64) -> String {
    let when = jiff::Timestamp::from_millisecond(h.town().house.clock.now().ms + minutes * 60_000).unwrap();
    jiff::tz::offset(8).to_datetime(when).strftime("%Y-%m-%d %H:%M").to_string()
}
/// Announces, seals, freezes, reveals and draws; returns the number of the draw.
pub fn draw(h: &dyn Hands, what: &str, target: (&str, &str)) -> String {
    let (w1, w2) = (h.town().ids["second"].clone(), h.town().ids["procurator"].clone());
    let (t0, t1, t2) = (at(h, 60), at(h, 120), at(h, 180));
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
    let cq = h.open("handler", "draw", "announce", &values);
    let body: serde_json::Value =
        serde_json::from_str(&h.town().house.db.read_here(|tx| app::matters::load(tx, &cq)).unwrap().unwrap().matter.body()).unwrap();
    let (code, parties) = (body["state"]["plan"]["code"].as_str().unwrap(), body["state"]["plan"]["parties"].as_array().unwrap());
    let secrets: Vec<(&str, [u8; 16], String)> = ["second", "procurator"]
        .into_iter()
        .enumerate()
        .map(|(n, login)| {
            let party = parties.iter().find(|p| p["person"] == h.town().ids[login].as_str()).unwrap()["code"].as_str().unwrap();
            let secret = [u8::try_from(n).unwrap() + 7; 16];
            (login, secret, ledger::hex(&ledger::draw::seal(Alg::Sm3, code, party, &secret)))
        })
        .collect();
    let early = h.town().by("handler").act(&cq, "freeze", &[]);
    assert_eq!(early.status, 409, "{}", early.text());
    for (login, _, commitment) in &secrets {
        h.act(login, &cq, "seal", &[("commitment", commitment)]);
    }
    h.act("handler", &cq, "freeze", &[]);
    assert_eq!(h.town().by("handler").act(&cq, "draw", &[]).status, 409, "nothing is drawn before T2");
    h.town().pass(75);
    for (login, secret, _) in &secrets {
        h.act(login, &cq, "reveal", &[("secret", &ledger::hex(secret))]);
    }
    h.town().pass(120);
    h.act("handler", &cq, "draw", &[]);
    cq
}
/// The proof files of a draw, each replayed.
pub fn replayed(h: &dyn Hands, cq: &str) -> Vec<ledger::draw::Replayed> {
    let page = h.town().by("handler").get(&format!("/matter/{cq}")).text();
    let files = page.split("href=\"/file/").skip(1).filter(|p| p.contains("抽取证明-") && p.find("抽取证明-").unwrap() < 120);
    let ids: std::collections::BTreeSet<String> = files.map(|p| p.split('"').next().unwrap().to_owned()).collect();
    assert!(!ids.is_empty(), "{page}");
    ids.iter().map(|id| ledger::draw::replay(&h.town().by("handler").get(&format!("/file/{id}")).body).unwrap()).collect()
}
pub fn seated(h: &dyn Hands, pc: &str) -> Vec<&'static str> {
    let body: serde_json::Value =
        serde_json::from_str(&h.town().house.db.read_here(|tx| app::matters::load(tx, pc)).unwrap().unwrap().matter.body()).unwrap();
    let field = if body["phase"] == "ReExamining" { "second" } else { "panel" };
    let who = |s: &serde_json::Value| EXPERTS.into_iter().find(|e| h.town().ids[e] == s["who"].as_str().unwrap()).unwrap();
    body["state"][field].as_array().unwrap().iter().map(who).collect()
}
pub fn batch(h: &dyn Hands, bz: &str, kind: &str, tag: &str, size: &str) -> String {
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
    let pb = h.open("handler", "review_batch", "plan", &values);
    h.act("lead", &pb, "approve", &[("finish_by", &h.town().today(200))]);
    pb
}
pub fn linked(h: &dyn Hands, number: &str, prefix: &str) -> Vec<String> {
    let page = h.town().by("handler").get(&format!("/matter/{number}")).text();
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
pub fn score(h: &dyn Hands, pc: &str, points: [&str; 3]) {
    let panel = seated(h, pc);
    assert_eq!(panel.len(), 3);
    for e in &panel {
        h.act(e, pc, "promise", &[("no_conflict", "yes"), ("secrecy", "yes")]);
    }
    h.act("handler", pc, "request_dossier", &[("letter_no", "调〔2026〕1号"), ("reason", "评查需要"), ("due", &h.town().today(10))]);
    h.act("handler", pc, "receive", &[("received_on", &h.town().today(0)), ("volumes", "2")]);
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
        h.act(e, pc, "submit", &row);
        let again = h.town().by(e).act(pc, "submit", &row);
        assert_ne!(again.status, 303, "a sheet handed in is locked");
    }
}

/// A regular batch: one review agreed on, one deliberated, objected to and looked at again.
pub fn regular(h: &dyn Hands) {
    let (bz, _pool) = (standard(h), pool(h));
    let all: Vec<String> = (1..=6).map(|n| dossier(h, n, &[])).collect();
    let pending = h.open(
        "handler",
        "dossier",
        "register",
        &[
            ("case_no", "（2026）赣1202民初99号"),
            ("case_type", "02"),
            ("cause", "买卖合同纠纷"),
            ("org", COURT),
            ("handler", "文例法"),
            ("classified", "no"),
        ],
    );
    let pb = batch(h, &bz, "常态", "", "2");
    let cq = draw(h, "抽案", ("batch", &pb));
    let proofs = replayed(h, &cq);
    assert_eq!((proofs.len(), proofs[0].chosen.len(), proofs[0].tickets.len()), (1, 2, 6), "what is pending is on no list");
    assert!(!proofs[0].tickets.iter().any(|t| t.id == pending) && proofs[0].chosen.iter().all(|c| all.contains(c)));
    assert_eq!(h.town().phase(&pb), "Sampled");
    h.act("handler", &pb, "open_reviews", &[]);
    let reviews = linked(h, &pb, "PC-");
    assert_eq!(reviews.len(), 2);
    let cq = draw(h, "抽专家", ("batch", &pb));
    assert_eq!(replayed(h, &cq).len(), 2, "one proof for each panel");
    for pc in &reviews {
        assert_eq!(h.town().phase(pc), "Promising");
    }
    // The first: a good one, agreed on by all, praised.
    let fine = &reviews[0];
    score(h, fine, ["6", "8", "7"]);
    h.act("chair", fine, "adopt_mean", &[("problems", "S1"), ("opinion", "总体合格，说理可加强。"), ("accountable", "no")]);
    h.act("lead", fine, "feed", &[("doc_no", "评〔2026〕1号")]);
    h.act("court", fine, "serve", &[("served_on", &h.town().today(0))]);
    h.act("court", fine, "waive", &[]);
    h.act("lead", fine, "settle", &[("doc_no", "定〔2026〕1号")]);
    h.act("handler", fine, "conclude_plain", &[]);
    assert_eq!(h.town().phase(fine), "Concluded");
    // The second: far apart, deliberated, objected to, looked at again by others, never made worse, put right.
    let bad = &reviews[1];
    score(h, bad, ["8", "28", "20"]);
    assert_eq!(h.town().by("chair").act(bad, "adopt_mean", &[]).status, 409, "twenty points apart must be deliberated");
    let first = seated(h, bad);
    let said = [("score", "81"), ("problems", "S1"), ("opinion", "事实认定有瑕疵。"), ("accountable", "no"), ("minutes", "file:合议笔录")];
    h.act("chair", bad, "deliberate", &said);
    h.act("lead", bad, "feed", &[("doc_no", "评〔2026〕2号")]);
    h.act("court", bad, "serve", &[("served_on", &h.town().today(0))]);
    let ground = [("grounds.0.item", "实体"), ("grounds.0.ground", "扣分依据的卷页不对"), ("grounds.0.evidence", "正卷 30 页")];
    h.act("court", bad, "object", &ground);
    draw(h, "抽复核专家", ("review", bad));
    assert_eq!(h.town().phase(bad), "ReExamining");
    let second = seated(h, bad);
    assert!(second.iter().all(|e| !first.contains(e)), "others than those who sat");
    for e in &second {
        h.act(e, bad, "promise_late", &[("no_conflict", "yes"), ("secrecy", "yes")]);
        let row = [
            ("second_sheet.0.item", "实体"),
            ("second_sheet.0.full", "60"),
            ("second_sheet.0.points", "30"),
            ("second_sheet.0.page", "正卷 12 页"),
            ("second_sheet.0.problem", "S1"),
            ("second_sheet.0.severity", "一般"),
            ("re_examination_finding", "维持"),
            ("my_opinion", "维持。"),
        ];
        h.act(e, bad, "re_examine", &row);
    }
    h.act("lead", bad, "uphold", &[("answer", "逐条答复：卷页已核对。")]);
    h.act("lead", bad, "settle", &[("doc_no", "定〔2026〕2号")]);
    h.act("handler", bad, "conclude_rectify", &[("problems", "S1"), ("severity", "一般"), ("gist", "事实认定说理不足。")]);
    assert_eq!(linked(h, bad, "ZG-").len(), 1, "the conclusion opens a rectification");
    assert!(h.town().by("handler").get(&format!("/matter/{bad}")).says("81"), "nothing got worse by objecting");
    h.act("handler", &pb, "close", &[("summary", "两件，一件合格，一件瑕疵。")]);
    assert_eq!(h.town().phase(&pb), "Closed");
    h.town().sound();
}
/// Two special batches, 涉企 and 立功.
pub fn special(h: &dyn Hands) {
    let (bz, _) = (standard(h), pool(h));
    for (n, tags) in [(1, &["涉企"][..]), (2, &["涉企"]), (3, &["立功"]), (4, &[])] {
        dossier(h, n, tags);
    }
    for (tag, count) in [("涉企", 2), ("立功", 1)] {
        let pb = batch(h, &bz, "专项", tag, "1");
        let cq = draw(h, "抽案", ("batch", &pb));
        assert_eq!(replayed(h, &cq)[0].tickets.len(), count, "{tag}");
        h.act("handler", &pb, "open_reviews", &[]);
        draw(h, "抽专家", ("batch", &pb));
        let pc = linked(h, &pb, "PC-").remove(0);
        score(h, &pc, ["2", "2", "2"]);
        h.act("chair", &pc, "adopt_mean", &[("problems", "S1"), ("opinion", "合格。"), ("accountable", "no")]);
        h.act("lead", &pc, "feed", &[("doc_no", "评〔2026〕3号")]);
        h.act("court", &pc, "serve", &[("served_on", &h.town().today(0))]);
        h.act("court", &pc, "waive", &[]);
        h.act("lead", &pc, "settle", &[("doc_no", "定〔2026〕3号")]);
        h.act("handler", &pc, "conclude_plain", &[]);
        h.act("handler", &pb, "close", &[("summary", "一件，合格。")]);
    }
    h.town().sound();
}
