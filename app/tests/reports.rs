//! 半年分析研判 over HTTP, on both engines (M3.1, B10): from the cut to the ledger of uses; counted again, equal, and naming what was edited.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::seated::{PANEL, as_chair, scoring};
use house::{Page, Town};
use serde_json::{Value as Json, json};
use std::process::{Command, Output};

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\nrest";

/// So many rectifications of the court, closed in June; one sent back once; and one that is still under way.
fn rectified(town: &Town, n: usize) -> Vec<String> {
    let all: Vec<String> = (0..n).map(|_| town.rectifying()).collect();
    town.rectifying();
    let done = [("result", "已改。"), ("evidence", "file:清单")];
    for (i, zg) in all.iter().enumerate() {
        town.act("court", zg, "report", &done);
        if i == 0 {
            town.act("handler", zg, "send_back", &[("reason", "缺两件的佐证。")]);
            town.act("court", zg, "report", &done);
        }
        town.act("handler", zg, "accept", &[("opinion", "同意验收。")]);
    }
    town.day(97);
    for zg in &all {
        town.act("second", zg, "hold", &[("finding", "已经巩固。")]);
        town.act("lead", zg, "close", &[]);
    }
    all
}
/// A review concluded, and another in which the unit may still object.
fn reviewed(town: &Town) -> [String; 2] {
    let [one, other] = [scoring(town, PICTURE).review, scoring(town, PICTURE).review];
    for pc in [&one, &other] {
        for who in PANEL {
            town.act(who, pc, "submit", &[("my_opinion", "没有问题。")]);
        }
        as_chair(town, pc, "adopt_mean", json!({"opinion": "程序规范。", "accountable": false}));
        town.act("lead", pc, "feed", &[("doc_no", "评〔2026〕1号")]);
        town.act("court", pc, "serve", &[("served_on", &town.today(0))]);
    }
    town.act("court", &one, "waive", &[]);
    town.act("lead", &one, "settle", &[("doc_no", "定〔2026〕1号")]);
    town.act("handler", &one, "conclude_praise", &[("praise", "程序规范，说理充分。")]);
    [one, other]
}
fn opened(town: &Town) -> String {
    town.open("handler", "half_year_report", "open", &[("year", "2026"), ("half", "上半年")])
}
/// Drafted on 6 July, after the cut.
fn drafted(town: &Town) -> String {
    town.day(126);
    let bn = opened(town);
    town.act("handler", &bn, "draft", &[]);
    bn
}
fn figures(town: &Town, bn: &str) -> Vec<Json> {
    let loaded = town.house.db.read_here(|tx| app::matters::load(tx, bn)).unwrap().unwrap();
    let body: Json = serde_json::from_str(&loaded.matter.body()).unwrap();
    body["state"]["counts"]["figures"].as_array().unwrap().clone()
}
fn value(town: &Town, bn: &str, query: &str) -> String {
    let key = |f: &Json| {
        f["key"].as_str().map_or_else(|| f["query"].as_str().unwrap().to_owned(), |k| format!("{}/{k}", f["query"].as_str().unwrap()))
    };
    let all = figures(town, bn);
    all.iter().find(|f| key(f) == query).map_or("0".into(), |f| f["value"].as_str().unwrap().to_owned())
}
fn recomputed(town: &Town, bn: &str) -> app::reports::Recomputed {
    town.house.db.read_here(|tx| app::reports::recompute(tx, &town.house, bn)).unwrap()
}
fn edit(town: &Town, sql: &'static str) {
    let n = town.house.db.write_here(move |tx| tx.exec(sql, &[])).unwrap();
    assert!(n > 0, "{sql}");
}
fn analysis(ground: &str) -> Vec<(&'static str, String)> {
    [
        ("summary", "上半年总体平稳。"),
        ("teams.0.org", "云岭市中级人民法院"),
        ("teams.0.good", "六件整改全部按期完成。"),
        ("teams.0.bad", "审限管理仍有不足。"),
        ("officials_good", "分管负责同志牵头建成复核制度。"),
        ("leads", "没有移送办结的线索。"),
        ("suggestions", "建议作为班子综合评价的参考。"),
        ("grounds.0.matter_no", ground),
    ]
    .into_iter()
    .map(|(n, v)| (n, v.to_owned()))
    .collect()
}
fn analyse(town: &Town, bn: &str, ground: &str) -> Page {
    let form = analysis(ground);
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    town.by("handler").act(bn, "analyse", &form)
}

both! {
    fn from_the_cut_to_the_ledger_of_uses(town: &Town) {
        let zg = rectified(town, 6);
        let early = town.by("handler").open("half_year_report", "open", &[("year", "2026"), ("half", "上半年")]);
        assert!(early.status == 422 && early.says("过后才能立报告"), "{}", early.text());
        town.day(126);
        let bn = opened(town);
        let again = town.by("second").open("half_year_report", "open", &[("year", "2026"), ("half", "上半年")]);
        assert!(again.status == 422 && again.says(&bn), "{}", again.text());
        // Nobody types a figure.
        town.act("handler", &bn, "draft", &[("figures.0.value", "999"), ("as_of", "1")]);
        assert_eq!(["BN-12", "BN-13", "BN-14", "BN-15", "BN-16"].map(|q| value(town, &bn, q)), ["6", "6", "0", "5", "1"], "the seventh is still under way");
        assert_eq!((value(town, &bn, "BN-34/FY1"), value(town, &bn, "BN-33/X1")), ("6".into(), "6".into()));
        for stranger in ["court", "party-org", "inspector", "discipline", "auditor"] {
            for path in ["", "/report", "/recompute", "/report/behind?query=BN-12"] {
                assert_eq!(town.by(stranger).get(&format!("/matter/{bn}{path}")).status, 404, "{stranger} {path}");
            }
            assert!(!town.by(stranger).get("/matters/half_year_report").says(&bn), "{stranger}");
        }
        // The draft says that it is one; each figure leads to its matters.
        let page = town.by("lead").get(&format!("/matter/{bn}/report"));
        for say in ["草稿，尚未审签", "整改销号分单位（件）", "云岭市中级人民法院", "<rect class=\"c2\"", "不排名", "BN-34/FY1"] {
            assert!(page.says(say), "{say}: {}", page.text());
        }
        assert!(!page.says("999") && !page.says(" style="));
        let behind = town.by("lead").get(&format!("/matter/{bn}/report/behind?query=BN-16&key="));
        assert!(behind.says(&zg[0]) && !behind.says(&zg[1]), "{}", behind.text());
        assert!(town.by("lead").get(&format!("/matter/{bn}/report/behind?query=BN-34&key=FY1")).says(&zg[5]));
        assert_eq!(town.by("lead").get(&format!("/matter/{bn}/report/behind?query=BN-99")).status, 404);
        // Checked by another, analysed, deliberated, signed.
        assert_eq!(town.by("handler").act(&bn, "check", &[("checked", "无误。")]).status, 409);
        town.act("second", &bn, "check", &[("checked", "逐件核对，无误。")]);
        let unknown = analyse(town, &bn, "ZG-2026-0999");
        assert!(unknown.status == 422 && unknown.says("没有“ZG-2026-0999”"), "{}", unknown.text());
        assert_eq!(analyse(town, &bn, "ZG-2026-0007").status, 303);
        let meeting = [("held_on", town.today(0)), ("present.0.post", "分管领导".into()), ("present.1.post", "室主任".into()), ("minutes", "同意报审。".into())];
        let meeting: Vec<(&str, &str)> = meeting.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let open = town.by("lead").act(&bn, "deliberate", &meeting);
        assert!(open.status == 409 && open.says("没有办结"), "a ground that is still under way: {}", open.text());
        assert_eq!(analyse(town, &bn, &zg[0]).status, 303);
        // Texts about persons lie in the vault, and the report shows them to the office.
        assert!(town.by("lead").get(&format!("/matter/{bn}/report")).says("复核制度"));
        town.act("lead", &bn, "deliberate", &meeting);
        town.act("secretary", &bn, "sign", &[]);
        let wrong = town.by("handler").act(&bn, "send", &[("to_org", "JW"), ("letter_no", "云政法函〔2026〕9号")]);
        assert!(wrong.status == 422 && wrong.says("只发组织部门"), "{}", wrong.text());
        town.act("handler", &bn, "send", &[("to_org", "ZZB"), ("letter_no", "云政法函〔2026〕9号")]);
        let sent = town.by("handler").get(&format!("/matter/{bn}"));
        assert!(sent.says("SB-2026-0001"), "a packet was opened: {}", sent.text());
        assert_eq!(town.by("party-org").get(&format!("/matter/{bn}")).status, 404, "the department reads its packet, never the report");
        let close = town.by("handler").act(&bn, "close", &[("summary", "建议已研究。")]);
        assert!(close.status == 409 && close.says("还没有签收并回告"), "{}", close.text());
        town.act("handler", &bn, "record_suggestions", &[("received_on", &town.today(0)), ("suggested", "建议加强审限管理。")]);
        town.act("handler", &bn, "record_use", &[("used_on", &town.today(0)), ("used_for", "年度考核参考")]);
        town.act("handler", &bn, "close", &[("summary", "建议已研究。")]);
        town.act("lead", &bn, "archive", &[]);
        let r = recomputed(town, &bn);
        assert!(r.equal(), "{r:?}");
        let page = town.by("secretary").get(&format!("/matter/{bn}/recompute"));
        assert!(page.says("全部一致") && !town.by("secretary").get(&format!("/matter/{bn}/report")).says("草稿"), "{}", page.text());
        town.sound();
    }
    fn what_is_still_open_to_objection_is_not_counted_and_what_comes_later_changes_nothing(town: &Town) {
        let [concluded, open] = reviewed(town);
        let bn = drafted(town);
        assert_eq!((value(town, &bn, "BN-01"), value(town, &bn, "BN-31/优质")), ("1".into(), "1".into()));
        let behind = town.by("lead").get(&format!("/matter/{bn}/report/behind?query=BN-01&key="));
        assert!(behind.says(&concluded) && !behind.says(&open), "{}", behind.text());
        // By grade one review is told to nobody; by which standard it was made is.
        let page = town.by("lead").get(&format!("/matter/{bn}/report"));
        assert!(!page.says("BN-31/") && page.says("刑事案件评查标准（2026 年第 1 版）"), "{}", page.text());
        // What is taken away after the count stands in the next report, not in this one.
        town.act("secretary", &concluded, "revoke", &[("body", "市中级人民法院"), ("doc_no", "（2026）赣09刑再1号"), ("document", "file:再审判决")]);
        assert!(recomputed(town, &bn).equal());
        town.act("handler", &bn, "draft", &[]);
        assert_eq!(value(town, &bn, "BN-01"), "0");
        assert!(recomputed(town, &bn).equal());
        town.sound();
    }
    fn an_edited_row_makes_the_recount_name_exactly_what_it_changed(town: &Town) {
        let zg = rectified(town, 2);
        let bn = drafted(town);
        assert!(recomputed(town, &bn).equal());
        let names = |r: &app::reports::Recomputed| r.differences.iter().map(|d| format!("{} {}→{}", d.query, d.was, d.is)).collect::<Vec<_>>();
        edit(town, "UPDATE fact SET value = 3 WHERE measure = '整改退回'");
        let r = recomputed(town, &bn);
        assert_eq!((names(&r), r.altered.len()), (vec!["BN-16 1→3".to_owned()], 0));
        assert_ne!(r.differences[0].digest_was, r.differences[0].digest_is);
        let page = town.by("handler").get(&format!("/matter/{bn}/recompute"));
        assert!(page.says("有不同") && page.says("取数不同") && page.says("BN-16") && !page.says("BN-12"), "{}", page.text());
        edit(town, "UPDATE fact SET value = 1 WHERE measure = '整改退回'");
        assert!(recomputed(town, &bn).equal(), "put back, it is equal again");
        // Another unit, with the same total: the totals say so by their rows.
        edit(town, "UPDATE fact SET org = 'GA1' WHERE measure = '整改销号' AND id IN (SELECT id FROM idx WHERE number = 'ZG-2026-0002')");
        assert_eq!(zg[1], "ZG-2026-0002");
        let expected = ["BN-12 2→2", "BN-13 2→2", "BN-15 1→1", "BN-33/X1 2→2", "BN-34/FY1 2→1", "BN-34/GA1 0→1"];
        assert_eq!(names(&recomputed(town, &bn)), expected);
        edit(town, "UPDATE fact SET org = 'FY1' WHERE measure = '整改销号'");
        // The report itself: what its page shows is compared with the ledger.
        edit(town, "UPDATE matter SET body = REPLACE(body, '\"query\":\"BN-12\"', '\"query\":\"BN-77\"') WHERE kind = 'half_year_report'");
        let r = recomputed(town, &bn);
        assert!(r.differences.is_empty() && r.altered.iter().any(|d| d.query == "BN-12") && !r.equal(), "{r:?}");
    }
}

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xiezhi")).args(args).env_remove("DATABASE_URL").output().unwrap()
}
fn told(o: &Output) -> (i32, Json) {
    let text = String::from_utf8_lossy(&o.stdout).into_owned() + &String::from_utf8_lossy(&o.stderr);
    (o.status.code().unwrap(), serde_json::from_slice(&o.stdout).unwrap_or(Json::String(text)))
}
#[test]
fn after_backup_and_restore_the_report_is_rebuilt_equal_and_an_edited_copy_is_named_by_the_command() {
    let town = Town::new("sqlite");
    rectified(&town, 2);
    let bn = drafted(&town);
    let folder = town.folder().to_string_lossy().into_owned();
    let (file, copy) = (format!("{folder}/b.xzb"), format!("{folder}/copy"));
    assert_eq!(told(&run(&["backup", &file, "--data", &folder])).0, 0);
    assert_eq!(told(&run(&["restore", &file, "--data", &copy])).0, 0);
    for key in ["vault.key", "signer.key"] {
        std::fs::copy(format!("{folder}/{key}"), format!("{copy}/{key}")).unwrap();
    }
    for data in [&folder, &copy] {
        let (code, r) = told(&run(&["report", "recompute", &bn, "--data", data, "--json"]));
        assert_eq!((code, r["differences"].as_array().map(Vec::len), r["number"].as_str()), (0, Some(0), Some(bn.as_str())), "{r}");
        assert!(r["figures"].as_u64().unwrap() > 26 && r["as_of"].as_u64().unwrap() > 0);
    }
    rusqlite::Connection::open(format!("{copy}/xiezhi.db"))
        .unwrap()
        .execute("UPDATE fact SET value = 2 WHERE measure = '整改退回'", [])
        .unwrap();
    let (code, r) = told(&run(&["report", "recompute", &bn, "--data", &copy, "--json"]));
    let d = &r["differences"];
    assert_eq!(
        (code, d.as_array().unwrap().len(), &d[0]["query"], &d[0]["was"], &d[0]["is"]),
        (2, 1, &json!("BN-16"), &json!("1"), &json!("2"))
    );
    let plain = run(&["report", "recompute", &bn, "--data", &copy]);
    let words = String::from_utf8_lossy(&plain.stdout).into_owned();
    assert!(plain.status.code() == Some(2) && words.contains("整改退回（次）") && words.contains("有不同"), "{words}");
    for unknown in ["BN-2026-0099", "ZG-2026-0001"] {
        let (code, say) = told(&run(&["report", "recompute", unknown, "--data", &copy]));
        assert!(code == 1 && say.as_str().unwrap().contains("没有半年报告"), "{say}");
    }
}
