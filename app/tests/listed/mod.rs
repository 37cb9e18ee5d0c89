//! A concluded review with a grave defect, and an entry of the negative list as far along as a test needs it (B12).
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
use super::cases::{by_house, candidate, on, opens};
use super::house::{OFFICE, POLICE, Town};
use serde_json::{Value as Json, json};

/// What only those it concerns may read.
pub const FACTS: &str = "查封后发现四十一万元与案件无关，未在三日内解除。";
pub const STATEMENT: &str = "解除查封须经审批，六月前已提交。\n已口头告知企业。";
pub const CASE: &str = "（2024）赣1202行罚9号";

/// Concluded, the officer heard, settled by the secretary as grave. Ends on day 20.
pub fn concluded(town: &Town) -> String {
    let dossier = [
        ("case_no", CASE),
        ("case_type", "01"),
        ("cause", "合同诈骗"),
        ("org", POLICE),
        ("handler", "甲承办"),
        ("agents", "乙代理"),
        ("closed_on", "2025-11-20"),
        ("effective_on", "2025-12-20"),
        ("result", "撤销案件。"),
        ("parties", "丙某某"),
        ("classified", "no"),
    ];
    let aj = town.open("handler", "dossier", "register_effective", &dossier);
    let bz = super::cases::standard(town);
    let opening = json!({
        "dossier": aj, "org": POLICE, "case_no": CASE, "case_type": "01", "closed_on": "2025-11-20", "effective_on": "2025-12-20",
        "sealed": false, "standard": bz, "kind": "常态",
    });
    let pc = by_house(town, opens("review", &[]), "open", opening);
    let panel = ["expert1", "expert2", "expert3"];
    let chosen: Vec<Json> = panel.iter().map(|login| candidate(town, login)).collect();
    by_house(town, on(&pc), "draw_panel", json!({"draw": "CQ-1", "proof": "ab12", "chosen": chosen}));
    for login in panel {
        town.act(login, &pc, "promise", &[("no_conflict", "yes"), ("secrecy", "yes")]);
    }
    town.act("handler", &pc, "request_dossier", &[("letter_no", "调〔2026〕1号"), ("reason", "案件评查。"), ("due", &town.today(10))]);
    town.act("handler", &pc, "receive", &[("received_on", &town.today(0)), ("volumes", "2")]);
    let row = [
        ("sheet.0.item", "期限"),
        ("sheet.0.full", "100"),
        ("sheet.0.points", "45"),
        ("sheet.0.page", "卷三 12 页"),
        ("sheet.0.problem", "Q2"),
        ("sheet.0.severity", "重大"),
        ("my_opinion", "查封超范围，未及时解除。"),
    ];
    for login in panel {
        town.act(login, &pc, "submit", &row);
    }
    town.act("chair", &pc, "adopt_mean", &[("problems", "Q2"), ("opinion", "查封超范围。"), ("accountable", "yes")]);
    let officer = town.ids["officer"].clone();
    town.act("lead", &pc, "feed", &[("doc_no", "评反〔2026〕1号"), ("officer", &officer)]);
    town.act("police", &pc, "serve", &[("served_on", &town.today(0))]);
    town.day(20);
    app::inbox::tick(&town.house).unwrap();
    town.act("secretary", &pc, "settle_grave", &[("doc_no", "评定〔2026〕1号")]);
    town.act("handler", &pc, "conclude_rectify", &[("problems", "Q2"), ("severity", "重大"), ("gist", "查封超范围。")]);
    pc
}
pub fn nominated(town: &Town, pc: &str) -> String {
    let officer = town.ids["officer"].clone();
    let said = [
        ("review", pc),
        ("officer", &officer),
        ("category", "重大瑕疵"),
        ("problems", "Q2"),
        ("facts", FACTS),
        ("evidence", "卷三，12 页、14 页"),
    ];
    town.open("handler", "negative_list_entry", "nominate", &said)
}
const CHECKS: [(&str, &str); 5] = [
    ("only_general", "no"),
    ("dispute", "no"),
    ("new_evidence", "no"),
    ("interfered", "no"),
    ("attribution", "查封由本人承办，卷三 12 页有签名。"),
];
/// Attributed by both, proposed for a year; the notice is out.
pub fn noticed(town: &Town, fm: &str) {
    let finding = [("body", "云岭市公安局"), ("doc_no", "云公责〔2026〕3号"), ("finding", "file:执法过错认定书")];
    town.act("handler", fm, "attach_finding", &finding);
    town.act("handler", fm, "attribute", &CHECKS);
    town.act("posted", fm, "attribute", &CHECKS);
    town.act("handler", fm, "propose_list", &[("months", "12")]);
    town.act("lead", fm, "issue_notice", &[("doc_no", "告〔2026〕1号"), ("basis", "评查定论和公安局责任认定。")]);
}
pub fn signed(town: &Town, fm: &str, action: &str) {
    town.act("officer", fm, action, &[("served_on", &town.today(0)), ("serve_way", "电子送达")]);
}
/// His two points answered and countersigned, the time over.
pub fn answered(town: &Town, fm: &str) {
    for (point, adopted, answer) in [("1", "采纳", "超期中的五日由审批环节造成。"), ("2", "不采纳", "在卷没有告知记录，见卷三 14 页。")]
    {
        town.act("handler", fm, "answer", &[("point", point), ("adopted", adopted), ("answer", answer)]);
    }
    town.act("handler", fm, "submit_answers", &[]);
    town.act("second", fm, "countersign", &[]);
}
pub fn decided(town: &Town, fm: &str, months: &str) {
    let [a, b, c] = ["secretary", "lead", "patrol"].map(|l| town.ids[l].clone());
    let votes = [
        ("votes.0.person", a.as_str()),
        ("votes.0.vote", "赞成"),
        ("votes.1.person", &b),
        ("votes.1.vote", "赞成"),
        ("votes.2.person", &c),
        ("votes.2.vote", "反对"),
        ("votes.2.why", "主要责任在审批环节。"),
        ("months", months),
        ("decision", "事实清楚，程序完备。"),
        ("gist", "查封款物未及时解除。"),
        ("doc_no", "列〔2026〕1号"),
        ("minutes", "file:会议记录"),
    ];
    town.act("secretary", fm, "decide_list", &votes);
}
pub fn tick(town: &Town, day: i64) {
    town.day(day);
    app::inbox::tick(&town.house).unwrap();
}
/// From a concluded review to the time for review, on day 41.
pub fn reviewable(town: &Town, pc: &str) -> String {
    let fm = nominated(town, pc);
    noticed(town, &fm);
    signed(town, &fm, "serve_notice");
    town.act("officer", &fm, "state", &[("statement", STATEMENT)]);
    tick(town, 40);
    answered(town, &fm);
    decided(town, &fm, "12");
    signed(town, &fm, "serve_decision");
    fm
}
pub fn office() -> &'static str {
    OFFICE
}
