//! Whole matters over HTTP, by role, on both engines.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::{COURT, POLICE, Town};
use serde_json::json;

both! {
    fn the_loop_runs_from_clue_to_closure(town: &Town) {
        let xs = town.clue();
        town.act("handler", &xs, "assess", &[]);
        town.act("handler", &xs, "opine", &[("route", "转评查"), ("opinion", "反映具体，有案可查。")]);
        let early = town.by("handler").act(&xs, "propose", &[("route", "转评查"), ("reason", "一个人的意见。")]);
        assert!(early.status == 409 && early.says("集体研判的人数还不够"), "{}", early.text());
        town.act("posted", &xs, "opine", &[("route", "转评查"), ("opinion", "同意。")]);
        town.act("second", &xs, "propose", &[("route", "转评查"), ("reason", "意见一致。")]);
        town.act("lead", &xs, "approve", &[]);
        town.act("lead", &xs, "rectify", &[("problems", "X1"), ("severity", "一般"), ("gist", "审限超过三十日。")]);
        let page = town.by("handler").get(&format!("/matter/{xs}")).text();
        let zg = page.split("/matter/ZG-").nth(1).unwrap().split(['"', '?']).next().map(|n| format!("ZG-{n}")).unwrap();
        assert_eq!(town.by("court").get(&format!("/matter/{zg}")).status, 404, "before the demand the unit knows of nothing");
        town.act("lead", &zg, "demand", &[("what", "逐件核查，限期纠正。")]);
        town.act("court", &zg, "sign", &[]);
        town.act("court", &zg, "plan", &[("plan", "分管领导牵头，两个月内完成。")]);
        town.act("handler", &zg, "return_plan", &[("reason", "没有写明责任人。")]);
        town.act("court", &zg, "plan", &[("plan", "责任人：副院长。")]);
        town.act("handler", &zg, "confirm_plan", &[]);
        town.act("lead", &zg, "accountability", &[("facts", "主办人员两次未按要求报送。")]);
        town.day(30);
        town.act("court", &zg, "report", &[("result", "补办报批三件。"), ("evidence", "file:清单一")]);
        town.act("handler", &zg, "send_back", &[("reason", "只有说明，没有清单。")]);
        town.act("court", &zg, "report", &[("result", "补办报批三件，清单附后。"), ("evidence", "file:清单二")]);
        town.act("handler", &zg, "accept", &[("opinion", "措施具体，同意验收。")]);
        let soon = town.by("second").act(&zg, "hold", &[("finding", "太早。")]);
        assert!(soon.status == 409 && soon.says("规定的期间尚未届满"), "{}", soon.text());
        town.day(135);
        let same = town.by("handler").act(&zg, "hold", &[("finding", "自己看自己。")]);
        assert!(same.status == 409 && same.says("须由另一人办理"), "{}", same.text());
        town.act("second", &zg, "hold", &[("finding", "抽查二十件，未见同类问题。")]);
        let waits = town.by("lead").act(&zg, "close", &[]);
        assert!(waits.status == 409 && waits.says("责任查究尚未反馈结果"), "{}", waits.text());
        let page = town.by("lead").get(&format!("/matter/{zg}")).text();
        let zj = page.split("/matter/ZJ-").nth(1).unwrap().split(['"', '?']).next().map(|n| format!("ZJ-{n}")).unwrap();
        assert_eq!(town.by("court").get(&format!("/matter/{zj}")).status, 404);
        town.act("lead", &zj, "refer", &[("to", "派驻纪检组")]);
        town.act("handler", &zj, "answer", &[("result", "照录：已作批评教育。"), ("document", "file:复函")]);
        town.act("lead", &zg, "close", &[]);
        town.act("handler", &xs, "tell", &[("told_on", "2026-03-05"), ("how", "书面")]);
        town.act("handler", &xs, "close", &[("result", "已整改销号，已告知反映人。")]);
        assert_eq!((town.phase(&zg), town.phase(&xs)), ("Closed".into(), "Closed".into()));
        // From either end the loop leads to the other.
        assert!(town.by("lead").get(&format!("/matter/{zg}")).says(&format!("/matter/{xs}")));
        let unit = town.by("court").get(&format!("/matter/{zg}")).text();
        assert!(!unit.contains(&xs) && !unit.contains("审限超过三十日") && !unit.contains("抽查二十件"), "the unit reads neither source, gist nor look-back");
        town.sound();
    }
    fn a_relapse_opens_again_and_acceptance_moves_up(town: &Town) {
        let zg = town.rectifying();
        town.day(20);
        town.act("court", &zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
        town.act("handler", &zg, "accept", &[("opinion", "同意。")]);
        town.day(125);
        town.act("second", &zg, "relapse", &[("finding", "又出现三件。")]);
        town.act("lead", &zg, "demand", &[("what", "反弹重开。")]);
        town.act("court", &zg, "sign", &[]);
        town.act("court", &zg, "plan", &[("plan", "主要领导包案。")]);
        town.act("handler", &zg, "confirm_plan", &[]);
        town.act("court", &zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
        let light = town.by("handler").act(&zg, "accept", &[("opinion", "同意。")]);
        assert!(light.status == 409 && light.says("反弹重开的整改由分管领导验收"));
        town.act("lead", &zg, "accept_grave", &[("opinion", "同意。")]);
        town.sound();
    }
    fn a_pending_case_is_only_asked_about_by_fixed_options(town: &Town) {
        let pending: Vec<(&str, &str)> = house::CLUE.iter().map(|(n, v)| if *n == "is_closed" { (*n, "no") } else { (*n, *v) }).collect();
        let xs = town.open("handler", "clue", "register", &pending);
        town.act("handler", &xs, "assess", &[]);
        let refused = town.by("handler").act(&xs, "opine", &[("route", "转评查"), ("opinion", "想评查。")]);
        assert!(refused.status == 422 && refused.says("不能进入评查") && refused.says("想评查。"), "{}", refused.text());
        for who in ["handler", "posted"] {
            town.act(who, &xs, "opine", &[("route", "程序性督办"), ("opinion", "只问程序。")]);
        }
        town.act("second", &xs, "propose", &[("route", "程序性督办"), ("reason", "一致。")]);
        let by = town.today(14);
        let lacking = town.by("lead").act(&xs, "approve", &[]);
        assert!(lacking.status == 422 && lacking.says("程序性督办须选督办事项"));
        town.act("lead", &xs, "approve", &[("items", "超期"), ("items", "未送达"), ("reply_by", &by)]);
        let page = town.by("lead").get(&format!("/matter/{xs}")).text();
        let db = page.split("/matter/DB-").nth(1).unwrap().split(['"', '?']).next().map(|n| format!("DB-{n}")).unwrap();
        town.act("lead", &db, "send", &[("reply_by", &by)]);
        town.act("court", &db, "sign", &[]);
        let form = town.by("court").get(&format!("/matter/{db}/do/answer")).text();
        assert!(!form.contains("<textarea"), "no field in which anything on the merits could be written");
        let today = town.today(0);
        let other = town.by("court").act(&db, "answer", &[("answer", "应当改判"), ("answered_on", &today)]);
        assert_eq!(other.status, 422);
        town.act("court", &db, "answer", &[("answer", "已依法办理"), ("answered_on", &today)]);
        town.act("handler", &db, "close", &[]);
        town.sound();
    }
    fn a_reporter_is_opened_once_on_a_second_persons_approval(town: &Town) {
        let xs = town.clue();
        let hidden = |page: &house::Page| !["甘例棠", "361202199001010011", "15400098765"].iter().any(|w| page.says(w));
        assert!(hidden(&town.by("handler").get(&format!("/matter/{xs}"))));
        town.act("handler", &xs, "ask_identity", &[("ground", "核实回访"), ("reason", "核实反映内容。")]);
        assert_eq!(town.by("handler").get(&format!("/matter/{xs}/identity")).status, 409);
        town.act("lead", &xs, "approve_identity", &[]);
        let other = town.by("second").act(&xs, "open_identity", &[]);
        assert!(other.status == 409 && hidden(&other));
        let before = town.entries();
        let shown = town.by("handler").submit(&format!("/matter/{xs}/identity"), &format!("/matter/{xs}/do/open_identity"), &[]);
        assert!(shown.status == 200 && shown.says("甘例棠") && shown.says("15400098765"), "{}", shown.text());
        assert_eq!(town.entries(), before + 1, "the look is an entry of its own");
        let again = town.by("handler").act(&xs, "open_identity", &[]);
        assert!(again.status == 409 && hidden(&again));
        assert!(hidden(&town.by("handler").get(&format!("/matter/{xs}"))));
        town.sound();
    }
    fn a_stale_form_says_who_did_what_and_keeps_the_text(town: &Town) {
        let zg = town.rectifying();
        town.act("court", &zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
        let path = format!("/matter/{zg}/do/accept");
        let form = town.by("handler").get(&path);
        town.act("second", &zg, "urge", &[("letter", "请补充。")]);
        let stale = town.by("handler").answer(&form, &path, &[("opinion", "写了很久的验收意见")]);
        assert!(stale.status == 409 && stale.says("周样宁") && stale.says("催办") && stale.says("写了很久的验收意见"), "{}", stale.text());
        let done = town.by("handler").answer(&stale, &path, &[("opinion", "写了很久的验收意见")]);
        assert_eq!(done.status, 303, "{}", done.text());
    }
    fn a_double_submit_is_one_entry(town: &Town) {
        let zg = town.rectifying();
        let path = format!("/matter/{zg}/do/urge");
        let (form, before) = (town.by("handler").get(&path), town.entries());
        let one = || town.by("handler").answer(&form, &path, &[("letter", "请按期报送。")]).status;
        let answers: Vec<u16> = std::thread::scope(|s| (0..50).map(|_| s.spawn(one)).collect::<Vec<_>>().into_iter().map(|h| h.join().unwrap()).collect());
        assert!(answers.iter().all(|a| *a == 303), "{answers:?}");
        assert_eq!(town.entries(), before + 1);
        let other = town.by("handler").answer(&form, &path, &[("letter", "换了内容。")]);
        assert_eq!(other.status, 422, "the same key with other contents");
        town.sound();
    }
    fn what_is_wrong_stands_at_its_place_and_nothing_is_lost(town: &Town) {
        let handler = town.by("handler");
        let before = town.entries();
        let page = handler.open("clue", "register", &[("source", "来信"), ("received", "2027-01-01"), ("org", "没有这个"), ("summary", "写好的诉求要点")]);
        assert_eq!(page.status, 422);
        for say in ["id=\"e-is_closed\"", "必填", "写好的诉求要点", "2027-01-01"] {
            assert!(page.says(say), "{say}: {}", page.text());
        }
        assert_eq!(town.entries(), before);
        let day = town.by("handler").open("clue", "register", &[("source", "来信"), ("received", "不是日期"), ("org", COURT), ("is_closed", "yes"), ("summary", "要点")]);
        assert!(day.status == 422 && day.says("应为日期"));
        let late = town.by("handler").open("clue", "register", &[("source", "来信"), ("received", "2027-01-01"), ("org", COURT), ("is_closed", "yes"), ("summary", "要点")]);
        assert!(late.status == 422 && late.says("收到日期不能晚于今日"));
    }
    fn a_draft_is_kept_for_its_writer_alone(town: &Town) {
        let path = "/matters/clue/new/register";
        let form = town.by("handler").get(path);
        let saved = town.by("handler").answer(&form, "/draft/clue/register", &[("summary", "写到一半的要点")]);
        assert_eq!(saved.status, 303);
        assert!(town.by("handler").get(path).says("写到一半的要点"));
        assert!(!town.by("second").get(path).says("写到一半的要点"));
        let before = town.entries();
        town.clue();
        assert_eq!(town.entries(), before + 1, "drafts are never on the ledger");
        assert!(!town.by("handler").get(path).says("写到一半的要点"), "gone with the act");
    }
    fn a_changed_limit_touches_only_clocks_that_start_later(town: &Town) {
        let first = town.rectifying();
        let due = |number: &str| town.by("handler").get(&format!("/matter/{number}")).text();
        let old = due(&first);
        let from = town.today(0);
        let bg = town.open("handler", "amendment", "propose", &[("register", "limit"), ("key", "T21b"), ("value", "90 calendar_days 云政法〔2026〕1号"), ("from", &from), ("reason", "延长整改期。")]);
        assert_eq!(town.by("handler").act(&bg, "approve", &[]).status, 404, "not the proposer's to approve");
        town.act("lead", &bg, "approve", &[]);
        let second = town.rectifying();
        assert!(old.contains("60 日（自然日）") && due(&first).contains("60 日（自然日）"));
        assert!(due(&second).contains("90 日（自然日）"));
        let law = town.by("handler").open("amendment", "propose", &[("register", "limit"), ("key", "T2"), ("value", "90 calendar_days"), ("from", &from), ("reason", "改法定期限。")]);
        assert!(law.status == 422 && law.says("法定期限"), "{}", law.text());
        town.sound();
    }
    fn a_grant_takes_effect_by_two_administrators_and_ends_when_withdrawn(town: &Town) {
        let expert = town.ids["expert"].clone();
        let sq = town.open("system", "grant", "propose", &[("person", &expert), ("role", "R1"), ("org", house::OFFICE), ("from", &town.today(0)), ("reason", "轮岗。")]);
        assert_eq!(town.by("expert").get("/imports").status, 403);
        assert_eq!(town.by("system").act(&sq, "approve", &[]).status, 404);
        town.act("security", &sq, "approve", &[]);
        assert_eq!(town.by("expert").get("/imports").status, 200, "rights are read at every request");
        town.act("security", &sq, "withdraw", &[("reason", "轮岗结束。")]);
        assert_eq!(town.by("expert").get("/imports").status, 403);
        let admin = town.ids["auditor"].clone();
        let mixed = town.by("system").open("grant", "propose", &[("person", &admin), ("role", "R1"), ("org", house::OFFICE), ("from", &town.today(0)), ("reason", "兼任。")]);
        assert!(mixed.status == 422 && mixed.says("三员不能有业务角色"), "{}", mixed.text());
        town.sound();
    }
    fn a_lawful_erasure_takes_the_words_and_leaves_the_ledger_sound(town: &Town) {
        let xs = town.clue();
        let found = |q: &str| town.by("handler").get(&format!("/search?q={}", house::encode(q))).says(&format!("/matter/{xs}"));
        assert!(found("书面说明") && !found("甘例棠"), "a sealed name has no token");
        let xh = town.open("handler", "erasure", "propose", &[("target", &xs), ("what", "全部"), ("ground", "法院决定"), ("order", "file:决定书")]);
        town.act("lead", &xh, "approve", &[]);
        assert!(!found("书面说明"));
        let page = town.by("handler").get(&format!("/matter/{xs}"));
        assert!(page.says("已依法销毁") && !page.says("没有书面说明理由"), "{}", page.text());
        town.sound();
    }
    fn a_delegate_acts_and_both_names_count_for_four_eyes(town: &Town) {
        let form = town.by("lead").get("/delegations");
        let (second, today) = (town.ids["second"].clone(), town.today(0));
        let set = town.by("lead").answer(&form, "/delegations", &[("person", &second), ("role", "R2|ZFW"), ("from", &today), ("until", &town.today(7))]);
        assert_eq!(set.status, 303, "{}", set.text());
        let zg = town.open("handler", "rectification", "open", &[("org", POLICE), ("problems", "C3"), ("severity", "一般"), ("gist", "未告知。")]);
        town.act("second", &zg, "demand", &[("what", "补正告知。")]);
        assert_eq!(town.phase(&zg), "Demanded");
        town.sound();
    }
    fn an_inquiry_record_is_checked_by_the_unit_and_exported_by_quarter(town: &Town) {
        let gw = town.open("handler", "inquiry_record", "record", &[("kind", "过问"), ("on", "2026-03-02"), ("org", POLICE), ("asked_by", "某局 甲例"), ("content", "询问是否立案。"), ("ground", "工作需要")]);
        assert_eq!(town.by("court").get(&format!("/matter/{gw}")).status, 404);
        town.act("police", &gw, "dispute", &[("difference", "日期应为前一日。")]);
        town.act("handler", &gw, "settle", &[("result", "登记无误。")]);
        let file = town.by("handler").get("/inquiries/2026Q1");
        assert!(file.status == 200 && file.body.starts_with(b"PK"), "{}", file.status);
        assert_eq!(town.by("police").get("/inquiries/2026Q1").status, 200, "a unit checks its own");
        assert_eq!(town.by("handler").get("/inquiries/2026Q9").status, 404);
        town.sound();
    }
    fn the_api_does_what_a_page_can(town: &Town) {
        let form = town.by("handler").get("/tokens");
        let made = town.by("handler").answer(&form, "/tokens", &[("name", "对接"), ("scope", "read"), ("scope", "act")]);
        let text = made.text();
        let token = text.split("xz_").nth(1).map(|t| format!("xz_{}", t.chars().take_while(char::is_ascii_alphanumeric).collect::<String>())).unwrap();
        let api = house::Visitor { bearer: token, ..house::Visitor::stranger(town.port) };
        let body = json!({"kind": "rectification", "action": "open", "form": {"org": COURT, "problems": ["X1"], "severity": "一般", "gist": "接口立件。"}});
        let first = api.api("/api/v1/matters", "k1", &body);
        assert_eq!(first.status, 201, "{}", first.text());
        assert_eq!(api.api("/api/v1/matters", "k1", &body).json(), first.json(), "the same key, the same answer");
        let number = first.json()["number"].as_str().unwrap().to_owned();
        let seen = api.get(&format!("/api/v1/matters/{number}")).json();
        assert_eq!(seen["matter"]["phase"], "Drafted");
        assert_eq!(api.get("/api/v1/matters?kind=rectification").json()["items"][0]["number"], number.as_str());
        let wrong = api.api(&format!("/api/v1/matters/{number}/urge"), "k2", &json!({"form": {"letter": "x"}}));
        assert_eq!((wrong.status, wrong.json()["code"].as_str()), (409, Some("not_now")));
        let bad = api.api("/api/v1/matters", "k3", &json!({"kind": "rectification", "action": "open", "form": {"org": COURT, "extra": 1}}));
        assert!(bad.status == 422 && bad.json()["fields"]["extra"].is_string() && bad.json()["fields"]["gist"].is_string(), "{}", bad.text());
        assert_eq!(api.send("POST", "/api/v1/matters", "application/json", &[], b"{").status, 400);
        assert_eq!(house::Visitor::stranger(town.port).get("/api/v1/inbox").status, 401);
        town.sound();
    }
}
