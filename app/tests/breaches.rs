//! What attackers of issue 4 tried over HTTP on both engines: whoever may not know of something learns it by no side door.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::opinions::unheeded;
use house::{COURT, OFFICE, POLICE, PROCURACY, Page, Town, Visitor, encode};
use serde_json::json;

/// A matter sent to the supervisory body.
fn referred(town: &Town, source: &str) -> String {
    let open = [("source", source), ("receiver", "纪委监委"), ("to_org", "JW"), ("ground", "涉嫌职务违法。"), ("secrecy", "内部")];
    let ys = town.open("handler", "referral", "open", &open);
    town.act("handler", &ys, "prepare", &[("facts", "有异常往来。"), ("evidence", "笔录，第3页")]);
    town.act("lead", &ys, "approve", &[]);
    ys
}
fn token(town: &Town, login: &'static str, scope: &str) -> Visitor {
    let form = town.by(login).get("/tokens");
    let made = town.by(login).answer(&form, "/tokens", &[("name", "对接"), ("scope", scope)]).text();
    let token = made.split("xz_").nth(1).map(|t| t.chars().take_while(char::is_ascii_alphanumeric).collect::<String>()).unwrap();
    Visitor { bearer: format!("xz_{token}"), ..Visitor::stranger(town.port) }
}
/// Addresses of the attachments a page offers.
fn attachments(page: &Page) -> Vec<String> {
    page.text().split("\"/file/").skip(1).map(|t| format!("/file/{}", t.split('"').next().unwrap())).collect()
}

both! {
    /// The accused must not be warned: not by a sentence on a button, not by a box that appears in the loop.
    fn the_unit_is_not_told_that_its_matter_went_to_the_supervisory_body(town: &Town) {
        let zg = town.rectifying();
        let pages = [format!("/matter/{zg}"), format!("/matter/{zg}/loop")];
        let before: Vec<usize> = pages.iter().map(|p| town.by("court").get(p).text().matches("无权查看").count()).collect();
        let ys = referred(town, &zg);
        for (path, before) in pages.iter().zip(before) {
            let page = town.by("court").get(path);
            assert_eq!(page.status, 200);
            assert!(!page.says("已移送") && !page.says("有权机关"), "{path}: {}", page.text());
            assert_eq!(page.text().matches("无权查看").count(), before, "{path}");
            assert!(town.by("lead").get(path).says(&ys), "the office sees it");
        }
        let report = town.by("court").act(&zg, "report", &[("result", "已整改。"), ("evidence", "file:佐证")]);
        assert!(report.status == 409 && !report.says("已移送"), "{} {}", report.status, report.text());
        let api = token(town, "court", "read").get(&format!("/api/v1/matters/{zg}")).json();
        assert!(!api.to_string().contains("移送") && api["links"].as_array().unwrap().iter().all(|l| !l["matter"].is_null()), "{api}");
        let held = town.by("handler").act(&zg, "urge", &[("letter", "请按期报送。")]);
        assert!(held.says("本件已移送有权机关"), "the office is told why");
        town.sound();
    }
    /// What the group found is the unit's to read once it is fed back, not before.
    fn the_inspected_unit_cannot_search_for_what_was_found(town: &Town) {
        let (leader, from, to) = (town.ids["inspector"].clone(), town.today(0), town.today(60));
        let plan = [("kind", "政治督察"), ("org", COURT), ("scope", "审限管理。"), ("leader", &leader), ("members", "甲、乙"), ("from", &from), ("to", &to)];
        let dc = town.open("inspector", "inspection", "propose", &plan);
        town.act("secretary", &dc, "approve", &[]);
        town.act("inspector", &dc, "announce", &[("announced_on", &from), ("contact", "专用信箱")]);
        town.act("inspector", &dc, "report", &[("found", "审限管理不严。"), ("problems", "X1")]);
        let api = token(town, "court", "read").get(&format!("/api/v1/matters/{dc}")).json();
        assert_eq!(api["matter"]["codes"], json!([]), "{api}");
        for path in ["/matters/inspection?code=X1", "/search?q=X1"] {
            assert!(!town.by("court").get(path).says(&dc), "{path}");
            assert!(town.by("court").get("/matters/inspection").says(&dc));
        }
        town.sound();
    }
    /// That somebody complained is not for whom it is about (boundary 4).
    fn the_unit_does_not_learn_that_its_rectification_came_from_a_clue(town: &Town) {
        let form = [("org", COURT), ("problems", "X1"), ("severity", "一般"), ("gist", "审限超过三十日。"), ("source", "线索")];
        let zg = town.open("handler", "rectification", "open", &form);
        town.act("lead", &zg, "demand", &[("what", "逐件核查。")]);
        let codes = |who| token(town, who, "read").get(&format!("/api/v1/matters/{zg}")).json()["matter"]["codes"].clone();
        assert_eq!((codes("court"), codes("inspector"), codes("handler")), (json!(["X1"]), json!(["X1", "线索"]), json!(["X1", "线索"])));
        let word = encode("线索");
        let main = |path: &str| town.by("court").get(path).text().split("<main").nth(1).unwrap().to_owned();
        assert!(!main(&format!("/matter/{zg}")).contains("线索"));
        for path in [format!("/matters/rectification?code={word}"), format!("/matters/rectification?code={word}&q=ZG"), format!("/search?q={word}")] {
            assert!(!main(&path).contains(&zg), "{path}");
        }
        assert!(town.by("court").get("/search?q=X1").says(&zg));
        for who in ["handler", "patrol"] {
            assert!(town.by(who).get(&format!("/matters/rectification?code={word}")).says(&zg), "{who}");
            assert!(town.by(who).get(&format!("/search?q={word}")).says(&zg), "{who}");
        }
        town.sound();
    }
    fn an_opinion_that_was_withdrawn_carries_no_request(town: &Town) {
        let jy = unheeded(town);
        let today = town.today(0);
        town.act("procurator", &jy, "report_up", &[("passed_on", &today), ("superior", "省人民检察院"), ("passed", "支持。"), ("superior_files", "file:上级院批复")]);
        town.act("procurator", &jy, "no_reasons", &[]);
        // The superior's papers are between the procuratorate and the office.
        let all = attachments(&town.by("procurator").get(&format!("/matter/{jy}")));
        let theirs = attachments(&town.by("court").get(&format!("/matter/{jy}")));
        assert_eq!(all.len(), theirs.len() + 1, "{all:?} {theirs:?}");
        assert!(all.iter().filter(|f| !theirs.contains(f)).all(|f| town.by("court").get(f).status == 404));
        let form = [("procuratorial_opinion", jy.as_str()), ("conduct", "不回复"), ("account", "催告后仍未回复。"), ("paper", "file:a"), ("service", "file:b"), ("reminder", "file:c")];
        let bq = town.open("procurator", "escalation", "request", &form);
        town.act("procurator", &jy, "withdraw", &[("finding", "意见有误，撤回。")]);
        let late = town.by("handler").act(&bq, "accept", &[]);
        assert!(late.status == 409 && late.says("与所报情形不符"), "{}", late.text());
        town.sound();
    }
    /// Signs nobody can type: they break an engine, or stand for texts in the vault.
    fn the_api_takes_no_sign_that_a_form_refuses(town: &Town) {
        let zg = town.rectifying();
        let api = token(town, "handler", "act");
        let before = town.entries();
        for (n, text) in ["甲\u{0}乙", "\u{1}v:R00000000", "甲\u{202e}乙"].into_iter().enumerate() {
            let body = json!({"form": {"letter": text}});
            let page = api.api(&format!("/api/v1/matters/{zg}/urge"), &format!("k{n}"), &body);
            assert_eq!(page.status, 422, "{text:?}: {}", page.text());
        }
        let row = json!({"kind": "special_check", "action": "plan", "owner": OFFICE, "form": {
            "name": "检查", "mode": "联合专项", "theme": "未成年人犯罪记录封存", "org": POLICE, "from": "2026-03-02", "to": "2026-03-09",
            "checklist": [{"item": "甲\u{0}", "basis": "\u{1}v:R0"}]}});
        assert_eq!(api.api("/api/v1/matters", "k9", &row).status, 422);
        assert_eq!(town.entries(), before);
        town.sound();
    }
    fn addresses_nobody_would_write_are_answered_in_words(town: &Town) {
        let zg = town.rectifying();
        // A word without a break is kept, and found, as any other.
        let word = "x".repeat(3_000);
        let xs = town.open("handler", "clue", "register", &[house::CLUE, &[("remark", word.as_str())]].concat());
        assert!(town.by("handler").get(&format!("/search?q={word}")).says(&xs));
        let nasty = ["%00", "%ff%fe", "", "-1", "9999-99-99", "0000-00-00", "-009999-01-01", "9999-12-31", "9223372036854775807", "%25%5C%5F"];
        let names = ["q", "from", "to", "org", "problem", "measure", "source", "code", "phase", "kind", "all", "after", "before", "due", "limit"];
        for route in app::web::routes::ROUTES.iter().filter(|r| r.method == "GET") {
            for value in nasty {
                let mut path = route.path.to_owned();
                while let (Some(a), Some(b)) = (path.find('{'), path.find('}')) {
                    let keep = &path[a..=b] == "{number}" && value.len() % 2 == 0;
                    path.replace_range(a..=b, if keep { &zg } else { value });
                }
                let query: Vec<String> = names.iter().map(|n| format!("{n}={value}")).collect();
                let page = town.by("handler").get(&format!("{path}?{}", query.join("&")));
                assert!((200..500).contains(&page.status), "{} {path} {value}", page.status);
            }
        }
        let long = ["x".repeat(10_000), "超期羁押 ".repeat(500), "甲".repeat(3_000)];
        for (q, at) in long.iter().flat_map(|q| ["/search", "/rules", "/matters/clue", "/api/v1/search"].map(|at| (q, at))) {
            let page = town.by("handler").get(&format!("{at}?q={}", encode(q)));
            assert!((200..500).contains(&page.status), "{} {at}", page.status);
        }
    }
    /// A matter that cannot be read keeps time from no other.
    fn one_damaged_file_does_not_stop_the_clock_of_the_others(town: &Town) {
        let zd = |from: &str, until: &str| {
            let sent = town.ids["sent"].clone();
            town.open("handler", "secondment", "propose", &[("person", &sent), ("org", PROCURACY), ("post", "研判"), ("from", from), ("until", until), ("reason", "充实力量。")])
        };
        let broken = zd(&town.today(0), "2026-03-31");
        let sound = zd(&town.today(0), "2026-05-29");
        town.act("procurator", &sound, "agree_sender", &[("opinion", "同意。")]);
        town.act("lead", &sound, "agree_host", &[("opinion", "同意。")]);
        town.act("handler", &sound, "arrive", &[("promise", "遵守。")]);
        let (number, body) = (broken.clone(), |text: String| {
            let number = broken.clone();
            town.house.db.write_here(move |tx| tx.exec("UPDATE matter SET body = $2 WHERE number = $1", app::params![number, text])).unwrap()
        });
        let kept = town.house.db.read_here(|tx| Ok(tx.one("SELECT body FROM matter WHERE number = $1", app::params![number])?.map(|mut r| r.take(0)))).unwrap().unwrap();
        body("{}".into());
        town.day(100);
        assert!(app::inbox::tick(&town.house).is_err(), "it is told");
        assert_eq!(town.phase(&sound), "Left");
        body(kept);
        town.sound();
    }
    fn an_experts_term_ends_by_itself(town: &Town) {
        let zj = house::batch::pool(town).remove(0);
        assert_eq!(town.phase(&zj), "Serving");
        town.day(1_100);
        app::inbox::tick(&town.house).unwrap();
        assert_eq!(town.phase(&zj), "Expired");
        town.sound();
    }
    /// Counts and numbers of one office are not another's.
    fn candidates_are_those_of_ones_own_office(town: &Town) {
        for _ in 0..3 {
            town.clue();
        }
        assert!(town.by("handler").get("/problems").says("/problems/behind"));
        let person = town.ids["police"].clone();
        let sq = town.open("system", "grant", "propose", &[("person", &person), ("role", "R1"), ("org", POLICE), ("from", &town.today(0)), ("reason", "区县机构。")]);
        town.act("security", &sq, "approve", &[]);
        let page = town.by("police").get("/problems");
        assert!(page.status == 200 && !page.says("/problems/behind"), "{}", page.text());
        let form = [("problem", "X1"), ("from", "2026-01-01"), ("to", "2026-12-31"), ("analysis", "多发。")];
        let confirmed = town.by("police").open("common_problem", "confirm", &form);
        assert_eq!(confirmed.status, 422, "{}", confirmed.text());
    }
}
