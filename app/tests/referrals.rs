//! 移送 over HTTP on both engines: out with a redacted package, back with its result, the source frozen meanwhile; and what comes in.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod cases;
mod house;

use cases::{CASE, PANEL, dossier, scoring, submit};
use house::{COURT, POLICE, Page, Town};
use ledger::Alg;
use serde_json::Value as Json;

const REPORTER: [&str; 3] = ["甘例棠", "361202199001010011", "15400098765"];
/// What the receiver is shown, as text.
fn package(page: &Page) -> String {
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    let inner = text.split("<pre class=\"read__text\">").nth(1).unwrap().split("</pre>").next().unwrap().to_owned();
    let plain = inner.replace("<mark>", "").replace("</mark>", "");
    [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")].iter().fold(plain, |t, (a, b)| t.replace(a, b))
}
fn clue(town: &Town, more: &[(&str, &str)]) -> String {
    let values: Vec<(&str, &str)> = house::CLUE.iter().filter(|(n, _)| !more.iter().any(|(m, _)| m == n)).chain(more).copied().collect();
    town.open("handler", "clue", "register", &values)
}
fn open<'a>(source: &'a str, to: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("source", source), ("receiver", "纪委监委"), ("to_org", to), ("ground", "涉嫌职务违法。"), ("secrecy", "内部")]
}
const MATERIAL: &[(&str, &str)] = &[("facts", "经办人钱构勤收受礼金，未上交。"), ("evidence", "谈话笔录，第3页"), ("names", "钱构勤")];
/// Prepared by the handler, approved by the lead.
fn sent(town: &Town, source: &str, material: &[(&str, &str)]) -> String {
    let ys = town.open("handler", "referral", "open", &open(source, "JW"));
    town.act("handler", &ys, "prepare", material);
    town.act("lead", &ys, "approve", &[]);
    ys
}
/// Fingerprint in the newest approval on the ledger.
fn approved(town: &Town, ys: &str) -> String {
    let all = town.house.db.read_here(|tx| app::ledger::stream(tx, ys)).unwrap();
    let acts = all.iter().rev().map(|k| serde_json::from_slice::<Json>(&k.event.payload).unwrap());
    acts.filter_map(|e| Some(e["act"].get("approve")?["digest"].as_str()?.to_owned())).next().unwrap()
}
fn path(ys: &str) -> String {
    format!("/referral/{ys}/package")
}

both! {
    fn a_clue_goes_to_the_supervisory_body_and_stands_still_until_it_is_back(town: &Town) {
        let xs = clue(town, &[]);
        let ys = town.open("handler", "referral", "open", &open(&xs, "JW"));
        assert_eq!(town.by("lead").get(&path(&ys)).status, 404, "nothing is prepared yet");
        town.act("handler", &ys, "prepare", MATERIAL);
        let preview = town.by("lead").get(&path(&ys));
        let text = package(&preview);
        assert!(text.contains("经办人〔姓名1〕收受礼金") && text.contains("案号：〔案号〕") && !text.contains("钱构勤"), "{text}");
        assert!(preview.says("批准前请核对") && preview.says("<dt>案号</dt><dd>1 处</dd>"), "{}", preview.text());
        for page in [path(&ys), format!("/matter/{ys}")] {
            assert_eq!(town.by("discipline").get(&page).status, 404, "nothing before the approval: {page}");
        }
        assert_eq!(town.by("handler").act(&ys, "approve", &[]).status, 404, "another person approves");
        assert_eq!(town.act("handler", &xs, "tell", &[("told_on", "2026-03-02"), ("how", "书面")]), xs);
        town.act("lead", &ys, "approve", &[]);
        // He gets byte for byte what was approved, under his own watermark, and every look is recorded.
        let got = town.by("discipline").get(&path(&ys));
        assert_eq!(package(&got), text);
        let hash: String = Alg::Sm3.hash(&[text.as_bytes()]).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(approved(town, &ys), hash);
        assert!(got.text().matches("冯例纪 · 云岭市纪委监委").count() >= 2 && got.says(&format!("{ys} · 2026-03-0")), "{}", got.text());
        app::matters::flush(&town.house).unwrap();
        assert!(town.by("lead").get(&format!("/matter/{ys}")).says("冯例纪"), "the office sees who looked");
        // He sees that and nothing else; others see nothing at all.
        let his = town.by("discipline").get(&format!("/matter/{ys}"));
        assert!(his.says("查看移送包") && !his.says(&xs) && !his.says("钱构勤") && !his.says("涉嫌职务违法"), "{}", his.text());
        assert_eq!(town.by("discipline").get(&format!("/matter/{xs}")).status, 404);
        assert!(town.by("discipline").get("/matters/referral").says(&ys));
        let patrol = town.ids["patrol"].clone();
        let sq = town.open("system", "grant", "propose", &[("person", &patrol), ("role", "R13"), ("org", POLICE), ("from", &town.today(0)), ("reason", "轮岗。")]);
        town.act("security", &sq, "approve", &[]);
        for who in ["patrol", "procurator", "court", "police", "officer"] {
            for page in [path(&ys), format!("/matter/{ys}")] {
                assert_eq!(town.by(who).get(&page).status, 404, "{who} {page}");
            }
            assert!(!town.by(who).get("/matters/referral").says(&ys) && !town.by(who).get(&format!("/search?q={ys}")).says(&format!("/matter/{ys}")), "{who}");
        }
        // Meanwhile the clue stands still, but for the duty to tell.
        let held = town.by("handler").act(&xs, "assess", &[]);
        assert!(held.status == 409 && held.says("本件已移送有权机关，移送办结前不能办理"), "{}", held.text());
        assert!(town.by("handler").get(&format!("/matter/{xs}")).says("本件已移送有权机关"), "the greyed button says so");
        town.act("handler", &xs, "tell", &[("told_on", "2026-03-02"), ("how", "电话")]);
        town.act("discipline", &ys, "sign", &[]);
        town.act("discipline", &ys, "return_for_supplement", &[("said", "缺银行流水。")]);
        town.act("handler", &ys, "supplement", &[("facts", "补充：账号6222021234567890123有进账。"), ("evidence", "银行流水，第1页")]);
        assert_eq!(package(&town.by("discipline").get(&path(&ys))), text, "not before it is approved");
        town.act("secretary", &ys, "approve", &[]);
        let second = package(&town.by("discipline").get(&path(&ys)));
        assert!(second.contains("账号〔账号〕有进账") && approved(town, &ys) != hash, "{second}");
        town.act("discipline", &ys, "sign", &[]);
        town.act("discipline", &ys, "accept", &[]);
        town.act("discipline", &ys, "progress", &[("progress", "已初步核实。")]);
        town.act("discipline", &ys, "result", &[("result", "已作谈话提醒。")]);
        assert_eq!(town.phase(&ys), "Ended");
        assert_eq!(town.by("discipline").get(&path(&ys)).status, 404, "what he may read ends with the task");
        assert_eq!(package(&town.by("handler").get(&path(&ys))), second);
        town.act("handler", &xs, "assess", &[]);
        town.sound();
    }
    fn boundary_4_planted_reporter_data_never_reaches_the_package(town: &Town) {
        let said = "甘例棠（身份证 3612 0219 9001 0100 11，电话154-0009-8765）反映：甘 例 棠多次询问。";
        let xs = clue(town, &[("summary", said), ("remark", "反映人甘例棠住人民路88号3栋。"), ("officer", "钱构勤")]);
        let all = ["案号", "干警姓名", "车牌", "住址"].map(|k| ("keep", k));
        let mut material = vec![("facts", "甘例棠称１５４０００９８７６５未接通，钱构勤驾驶赣A12345。"), ("evidence", "甘例棠书面材料"), ("texts", said), ("keep_why", "接收机关须据以核查。")];
        let ys = sent(town, &xs, &material);
        let clean = |text: &str| !REPORTER.iter().any(|w| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().contains(w));
        let text = package(&town.by("discipline").get(&path(&ys)));
        assert!(clean(&text) && !text.contains("１５４０") && !text.contains("钱构勤") && !text.contains("人民路") && !text.contains("A12345"), "{text}");
        // What was kept on purpose stays; the reporter does not, whatever is kept.
        material.extend(all);
        let kept = package(&town.by("discipline").get(&path(&sent(town, &xs, &material))));
        assert!(clean(&kept) && kept.contains("钱构勤") && kept.contains("赣A12345") && kept.contains("刑初15号"), "{kept}");
        // Sealed records: nothing written about persons, nothing legible (boundary 6).
        let sealed = clue(town, &[("summary", said), ("problem", "M1"), ("officer", "钱构勤")]);
        let text = package(&town.by("discipline").get(&path(&sent(town, &sealed, &material))));
        assert!(clean(&text) && !text.contains("钱构勤") && !text.contains("刑初15号") && !text.contains("诉求要点"), "{text}");
        town.sound();
    }
    fn nothing_goes_to_whom_it_is_about_and_naming_tells_nothing(town: &Town) {
        let xs = clue(town, &[]);
        let own = town.by("handler").open("referral", "open", &open(&xs, COURT));
        assert!(own.status == 422 && own.says("不能移送给所涉单位或其下属单位"), "{}", own.text());
        let about_police = clue(town, &[("org", POLICE)]);
        assert_eq!(town.by("handler").open("referral", "open", &open(&about_police, "GA1P")).status, 422, "nor to what lies under it");
        // A matter one may not see is answered like one that is not there.
        let expert = town.ids["expert"].clone();
        let sq = town.open("system", "grant", "propose", &[("person", &expert), ("role", "R1"), ("org", house::OFFICE), ("from", &town.today(0)), ("reason", "轮岗。")]);
        for number in [sq.as_str(), "SQ-2026-9999"] {
            let unknown = town.by("handler").open("referral", "open", &open(number, "JW"));
            assert!(unknown.status == 422 && unknown.says(&format!("没有“{number}”")), "{}", unknown.text());
        }
        let ys = sent(town, &xs, MATERIAL);
        let again = town.by("handler").open("referral", "open", &open(&ys, "JW"));
        assert!(again.status == 422 && again.says("移送件不能再作移送的来源"), "{}", again.text());
        // A conflict with the unit it is about takes the referral out of sight too.
        let form = town.by("handler").get("/conflicts");
        let second = town.ids["second"].clone();
        assert!(town.by("second").get(&format!("/matter/{ys}")).status == 200);
        let set = town.by("handler").answer(&form, "/conflicts", &[("person", &second), ("kind", "org"), ("target", COURT), ("why", "近亲属")]);
        assert_eq!(set.status, 303, "{}", set.text());
        for page in [path(&ys), format!("/matter/{ys}")] {
            assert_eq!(town.by("second").get(&page).status, 404, "{page}");
        }
        town.sound();
    }
    fn what_another_body_sends_becomes_a_clue_and_is_answered(town: &Town) {
        let ys = town.open("handler", "referral", "receive", &[("from_org", house::PROCURACY), ("doc_no", "云检移〔2026〕1号"), ("received_on", "2026-02-27"), ("gist", "反映超期。")]);
        assert_eq!(town.by("procurator").get(&format!("/matter/{ys}")).status, 404);
        let xs = clue(town, &[("source", "检察")]);
        town.act("handler", &ys, "take_up", &[("clue", &xs)]);
        assert!(town.by("lead").get(&format!("/matter/{xs}")).says(&format!("/matter/{ys}")), "the loop leads back");
        town.act("handler", &ys, "tell_result", &[("told", "已登记办理。")]);
        assert_eq!(town.phase(&ys), "Ended");
        town.act("handler", &xs, "assess", &[]);
        town.sound();
    }
    fn a_review_is_referred_from_its_own_page_and_taken_up_when_the_answer_is_here(town: &Town) {
        let aj = dossier(town, CASE);
        let pc = scoring(town, &aj);
        PANEL.iter().for_each(|(login, _)| submit(town, &pc, login));
        let refer = |to| [("receiver", "纪委监委"), ("to_org", to), ("secrecy", "内部"), ("facts", "卷中有异常往来。"), ("evidence", "file:清单")];
        let own = town.by("lead").act(&pc, "refer", &refer(COURT));
        assert!(own.status == 422 && own.says("不能移送给所涉单位或其下属单位"), "{}", own.text());
        town.act("lead", &pc, "refer", &refer("JW"));
        let page = town.by("lead").get(&format!("/matter/{pc}")).text();
        let ys = page.split("/matter/YS-").nth(1).unwrap().split(['"', '?']).next().map(|n| format!("YS-{n}")).unwrap();
        let back = || town.by("lead").act(&pc, "take_up_again", &[("result", "不予立案。"), ("document", "file:复函")]);
        assert!(back().says("移送还没有办结或撤回"));
        town.act("handler", &ys, "prepare", MATERIAL);
        town.act("lead", &ys, "approve", &[]);
        assert!(back().says("本件已移送有权机关"));
        let text = package(&town.by("discipline").get(&path(&ys)));
        assert!(text.contains("来源：案件评查") && text.contains("卷中有异常往来") && !text.contains("刑初15号"), "{text}");
        assert!(!PANEL.iter().any(|(_, name)| text.contains(name)), "who judged goes nowhere: {text}");
        town.act("handler", &ys, "record_result", &[("result", "不予立案。"), ("document", "file:复函")]);
        assert_eq!(back().status, 303);
        assert_eq!(town.phase(&pc), "Deliberating");
        town.sound();
    }
}
