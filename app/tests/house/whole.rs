//! The closed loop told once, over HTTP on both engines and in a real browser: clue → review → rectification → relapse → common problem →
//! suggestion → inspection → joint rule (M0.1, M1.2, M1.4, M1.5, M2.5).
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
use super::batch::{Hands, dossier, draw, linked, pool, score, standard};
use super::{CLUE, COURT, POLICE};

/// The matters of the story, from cause to consequence.
pub struct Told {
    pub clue: String,
    pub all: Vec<String>,
    pub rule: String,
}
fn clue(h: &dyn Hands, org: &str) -> String {
    let said = |(n, v): &(&'static str, &'static str)| match *n {
        "org" => (*n, org.to_owned()),
        "problem" => (*n, "S1".to_owned()),
        _ => (*n, (*v).to_owned()),
    };
    let said: Vec<(&str, String)> = CLUE.iter().map(said).collect();
    let said: Vec<(&str, &str)> = said.iter().map(|(n, v)| (*n, v.as_str())).collect();
    h.open("handler", "clue", "register", &said)
}
/// A clue assessed by two and routed to review.
fn routed(h: &dyn Hands) -> String {
    let xs = clue(h, COURT);
    h.act("handler", &xs, "assess", &[]);
    h.act("handler", &xs, "opine", &[("route", "转评查"), ("opinion", "反映具体，有案可查。")]);
    h.act("posted", &xs, "opine", &[("route", "转评查"), ("opinion", "同意。")]);
    h.act("second", &xs, "propose", &[("route", "转评查"), ("reason", "意见一致。")]);
    h.act("lead", &xs, "approve", &[]);
    xs
}
/// A batch that goes back to the clue, and its one review concluded with a demand: `(batch, review, rectification)`.
fn reviewed(h: &dyn Hands, xs: &str) -> [String; 3] {
    let (bz, _pool) = (standard(h), pool(h));
    (1..=3).for_each(|n| drop(dossier(h, n, &[])));
    let plan = [
        ("name", "线索转评查（演示）"),
        ("kind", "重点"),
        ("scope", "市中院已生效民事案件"),
        ("case_types", "02"),
        ("from", "2025-01-01"),
        ("to", "2025-12-31"),
        ("standard", bz.as_str()),
        ("sampling", "随机"),
        ("size", "1"),
        ("clue", xs),
    ];
    let pb = h.open("handler", "review_batch", "plan", &plan);
    h.act("lead", &pb, "approve", &[("finish_by", &h.town().today(200))]);
    draw(h, "抽案", ("batch", &pb));
    h.act("handler", &pb, "open_reviews", &[]);
    draw(h, "抽专家", ("batch", &pb));
    let pc = linked(h, &pb, "PC-").remove(0);
    score(h, &pc, ["20", "22", "21"]);
    h.act("chair", &pc, "adopt_mean", &[("problems", "S1"), ("opinion", "事实认定说理不足。"), ("accountable", "no")]);
    h.act("lead", &pc, "feed", &[("doc_no", "评〔2026〕1号")]);
    h.act("court", &pc, "serve", &[("served_on", &h.town().today(0))]);
    h.act("court", &pc, "waive", &[]);
    h.act("lead", &pc, "settle", &[("doc_no", "定〔2026〕1号")]);
    h.act("handler", &pc, "conclude_rectify", &[("problems", "S1"), ("severity", "一般"), ("gist", "事实认定说理不足。")]);
    let zg = linked(h, &pc, "ZG-").remove(0);
    [pb, pc, zg]
}
/// Put right, looked at again, found relapsed, demanded once more.
fn relapsed(h: &dyn Hands, zg: &str) {
    h.act("lead", zg, "demand", &[("what", "逐件核查，限期纠正。")]);
    h.act("court", zg, "sign", &[]);
    h.act("court", zg, "plan", &[("plan", "分管领导牵头。")]);
    h.act("handler", zg, "confirm_plan", &[]);
    h.act("court", zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
    h.act("handler", zg, "accept", &[("opinion", "同意验收。")]);
    h.town().day(125);
    h.act("second", zg, "relapse", &[("finding", "又出现三件。")]);
    h.act("lead", zg, "demand", &[("what", "反弹重开，逐件核查。")]);
}
/// Confirmed over two units, suggested, adopted, inspected under the plan of the year: `(common problem, plan, inspection)`.
fn inspected(h: &dyn Hands) -> [String; 3] {
    clue(h, POLICE);
    let (from, to) = (h.town().today(-200), h.town().today(0));
    let gx = h.open(
        "handler",
        "common_problem",
        "confirm",
        &[("problem", "S1"), ("from", &from), ("to", &to), ("analysis", "事实认定说理普遍不足。")],
    );
    h.act("lead", &gx, "suggest", &[("target", COURT), ("inspection_kind", "政治督察"), ("reasons", "两个单位，整改后反弹一次。")]);
    h.act("inspector", &gx, "adopt", &[("suggestion", "1"), ("note", "列入年度计划。")]);
    let plan = [
        ("year", "2026"),
        ("kind", "政治督察"),
        ("targets.0.org", COURT),
        ("targets.0.scope", "事实认定和说理"),
        ("targets.0.quarter", "三"),
    ];
    let nd = h.open("inspector", "annual_plan", "draft", &plan);
    h.act("secretary", &nd, "approve", &[]);
    let (leader, from, to) = (h.town().ids["inspector"].clone(), h.town().today(3), h.town().today(40));
    let said = [
        ("kind", "政治督察"),
        ("org", COURT),
        ("scope", "事实认定和说理"),
        ("plan", nd.as_str()),
        ("common_problem", &gx),
        ("leader", &leader),
        ("members", "尤例察"),
        ("from", &from),
        ("to", &to),
    ];
    let dc = h.open("inspector", "inspection", "propose", &said);
    h.act("secretary", &dc, "approve", &[]);
    let today = h.town().today(0);
    h.act("inspector", &dc, "announce", &[("announced_on", &today), ("contact", "专用信箱 12 号")]);
    h.act("inspector", &dc, "report", &[("found", "说理要求没有落实到人。"), ("problems", "S1")]);
    h.act("secretary", &dc, "deliberate", &[("opinion", "同意反馈。"), ("agreed", "5"), ("minutes", "file:纪要")]);
    h.act("lead", &dc, "feed_back", &[("served_on", &today), ("feedback", "请逐项整改，并说明理由。")]);
    h.act("inspector", &dc, "rectify", &[("problems", "S1"), ("severity", "一般"), ("gist", "说理要求没有落实到人。")]);
    [gx, nd, dc]
}
/// Drafted, consulted, examined, countersigned, issued: in force for everybody.
fn ruled(h: &dyn Hands, gx: &str) -> String {
    let said = [("title", "关于事实认定说理的指引（试行）"), ("common_problem", gx), ("why", "两个单位反复出现，整改后又反弹。")];
    let lw = h.open("handler", "joint_rule", "propose", &said);
    h.act("lead", &lw, "approve_project", &[]);
    h.act("handler", &lw, "draft", &[("text", "第一条 为规范事实认定的说理，制定本指引。\n第二条 对主要争点，应当逐一说明理由。")]);
    let by = h.town().today(14);
    let ask = [
        ("recipients.0.org", COURT),
        ("recipients.0.countersigns", "是"),
        ("recipients.1.org", POLICE),
        ("recipients.1.countersigns", "是"),
        ("reply_by", by.as_str()),
    ];
    h.act("handler", &lw, "consult", &ask);
    h.act("court", &lw, "opine", &[("view", "同意。")]);
    h.act("police", &lw, "opine", &[("view", "同意。")]);
    let taken = [
        ("taken.0.org", COURT),
        ("taken.0.taken", "是"),
        ("taken.0.reason", "已照办。"),
        ("taken.1.org", POLICE),
        ("taken.1.taken", "是"),
        ("taken.1.reason", "已照办。"),
    ];
    h.act("handler", &lw, "adopt_opinions", &taken);
    h.act("second", &lw, "review_legality", &[("opinion", "合法。")]);
    h.act("court", &lw, "countersign", &[]);
    h.act("police", &lw, "countersign", &[]);
    let (today, later) = (h.town().today(0), h.town().today(400));
    h.act("secretary", &lw, "issue", &[("doc_no", "云政法〔2026〕3号"), ("effective_on", &today), ("trial_until", &later)]);
    lw
}
/// The whole of it. From each end the picture of the loop leads to the other.
pub fn whole(h: &dyn Hands) -> Told {
    let xs = routed(h);
    let [pb, pc, zg] = reviewed(h, &xs);
    relapsed(h, &zg);
    let [gx, nd, dc] = inspected(h);
    let lw = ruled(h, &gx);
    let fed = linked(h, &dc, "ZG-").into_iter().find(|n| *n != zg).unwrap();
    let all = vec![xs.clone(), pb, pc, zg, gx, nd, dc, fed, lw.clone()];
    let town = h.town();
    let shows = |login: &'static str, number: &str| town.by(login).get(&format!("/matter/{number}/loop"));
    for (from, to) in [(&xs, &all[7]), (&xs, &lw), (&lw, &xs), (&all[7], &xs)] {
        let page = shows("handler", from);
        assert!(page.says(&format!("/matter/{to}\"")), "from {from} to {to}: {}", page.text());
    }
    // The unit finds its own in the picture, and is not told what else there is of it.
    let unit = shows("court", &all[3]);
    assert!(
        unit.status == 200 && unit.says(&all[3]) && !unit.says(&xs) && !unit.says(&all[4]) && !unit.says("无权查看"),
        "{}",
        unit.text()
    );
    assert_eq!((shows("police", &all[3]).status, shows("court", &xs).status, shows("expert", &lw).status), (404, 404, 404));
    // One list for all kinds of supervision, seen by all three.
    for who in ["handler", "inspector", "patrol"] {
        let list = town.by(who).get("/matters/rectification");
        assert!(list.says(&all[3]), "{who}: {}", list.text());
    }
    let law = format!("/rules/关于事实认定说理的指引（试行）/{}", town.today(0));
    let law: String = law.split('/').map(super::encode).collect::<Vec<_>>().join("/");
    assert!(town.by("expert").get(&law).says("对主要争点，应当逐一说明理由"), "everybody reads the rule it became");
    town.sound();
    Told { clue: xs, all, rule: lw }
}
