//! 随队观摩 over HTTP, on both engines (M4.3): the draw and its replay, promises and substitution, the sheet and its merging, the opinion and the
//! proof of its service, the unit's answer, the archive; and who learns nothing of it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::field::{self, CODE, FIRM, POOL, PROMISE, TIED};
use house::{Page, Town, encode};
use serde_json::{Value as Json, json};

/// Not found by page, list or search: for this person it is not there.
fn unknown_to(town: &Town, people: &[&'static str], number: &str) {
    for who in people.iter().copied() {
        let by = town.by(who);
        for path in ["matter", "observe"] {
            assert_eq!(by.get(&format!("/{path}/{number}")).status, 404, "{who} opens {path} {number}");
        }
        for path in
            ["/".to_owned(), "/matters/observation".into(), format!("/search?q={}", encode("随队观摩")), format!("/search?q={number}")]
        {
            assert!(!by.get(&path).says(&format!("/matter/{number}")), "{who} finds {number} at {path}");
        }
    }
}
fn refused(town: &Town, login: &'static str, number: &str, action: &str, values: &[(&str, &str)], why: &str) {
    let page = town.by(login).act(number, action, values);
    assert!(matches!(page.status, 409 | 422) && page.says(why), "{login} {action}: {} {}", page.status, page.text());
}
fn sync(town: &Town, login: &'static str, gm: &str, items: &Json) -> Page {
    let by = town.by(login);
    let csrf = by.get("/").hidden("csrf");
    let body = json!({ "items": items }).to_string();
    by.send("POST", &format!("/observe/{gm}/sync"), "application/json", &[("x-csrf", &csrf)], body.as_bytes())
}
fn photo(town: &Town, login: &'static str, gm: &str, key: &str, bytes: &[u8]) -> Page {
    let by = town.by(login);
    let csrf = by.get(&format!("/observe/{gm}")).hidden("csrf");
    let mut body = format!("--xx\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n{key}\r\n--xx\r\nContent-Disposition: form-data; name=\"photo.5\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n").into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--xx--\r\n");
    by.send("POST", &format!("/observe/{gm}/photo"), "multipart/form-data; boundary=xx", &[("x-csrf", &csrf)], &body)
}
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9";
const OUTSIDE: &[&str] = &["handler", "lead", "secretary", "tobacco", "court", "keeper1", "posted", "justice2"];

both! {
    fn from_the_request_to_the_archive(town: &Town) {
        field::pool(town);
        let gs = field::request(town);
        assert_eq!(town.by("observer1").open("observation", "assign", &[("observation_request", &gs)]).status, 404);
        let gm = town.open("intake", "observation", "assign", &[("observation_request", &gs), ("specialties", "市场监管")]);
        let again = town.by("intake").open("observation", "assign", &[("observation_request", &gs)]);
        assert!(again.status == 422 && again.says("已经派员"), "{}", again.text());
        let office = town.by("intake").get(&format!("/matter/{gm}"));
        assert!(office.says("检2026-7") && office.says(FIRM) && office.says("丁样安") && office.says("城东冷链园"), "the task is the request's: {}", office.text());
        assert_eq!(town.phase(&gs), "Assigned");
        unknown_to(town, OUTSIDE, &gm);
        unknown_to(town, &["market", "justice", "observer1"], &gm);
        // The draw: replayed from its proof file, without those who are tied.
        let cq = field::draw(town, &gm);
        let proof = town.by("intake").get(&format!("/matter/{cq}")).text();
        let id = proof.split("href=\"/file/").skip(1).find(|p| p.find("抽取证明-").is_some_and(|i| i < 120)).unwrap().split('"').next().unwrap().to_owned();
        let replayed = ledger::draw::replay(&town.by("intake").get(&format!("/file/{id}")).body).unwrap();
        assert_eq!((replayed.chosen.len(), replayed.tickets.len()), (3, POOL.len()), "who is tied to unit or enterprise is on no list");
        unknown_to(town, &["handler", "lead", "market", "observer1"], &cq);
        let group = field::group(town, &gm);
        assert_eq!(group.len(), 3);
        assert!(!group.iter().any(|l| TIED.contains(l)));
        let spare: Vec<&'static str> = POOL.into_iter().filter(|l| !group.contains(l)).collect();
        unknown_to(town, &spare, &gm);
        // One steps down: the next alternate is asked, and the group is as large again.
        town.act(group[1], &gm, "step_down", &[("ground", "经办"), ("detail", "两年前办过该企业的事")]);
        unknown_to(town, &[group[1]], &gm);
        let group = field::group(town, &gm);
        assert!(group.len() == 3 && spare.contains(&group[2]), "{group:?}");
        refused(town, group[0], &gm, "promise", &[("secrecy", "yes"), ("integrity", "no"), ("no_interest", "yes")], "不作廉洁承诺");
        for login in &group {
            town.act(login, &gm, "promise", PROMISE);
        }
        assert_eq!(town.phase(&gm), "Confirmed");
        unknown_to(town, &["market"], &gm);
        field::notify(town, &gm);
        let notice = town.by("market").get(&format!("/observation/{gm}/notice"));
        assert!(notice.says("派〔2026〕1号") && notice.says("没有强制力") && notice.says(FIRM), "{}", notice.text());
        unknown_to(town, OUTSIDE, &gm);
        town.day(7);
        let today = town.today(0);
        assert!(town.by(group[0]).get(&format!("/observe/{gm}")).says("到场后才能填写"));
        town.act(group[0], &gm, "begin", &[("arrived_on", &today), ("arrived", "09:10")]);
        town.act(group[1], &gm, "remind", &[("said_at", "09:25"), ("words", "请说明检查依据。")]);
        town.act("justice", &gm, "stop", &[("said_at", "09:40"), ("words", "当场制止重复索要材料。")]);
        assert_eq!(town.by("market").act(&gm, "stop", &[]).status, 404);
        town.act(group[0], &gm, "finish", &[("ended_on", &today), ("left", "11:40")]);
        // Records: one's own until it is handed in.
        field::hand_in(town, group[0], &gm, &["5"]);
        assert!(!town.by(group[1]).get(&format!("/matter/{gm}")).says("经企业询问才说明依据"), "before his own is in");
        let again = town.by(group[0]).get(&format!("/observe/{gm}"));
        assert!(again.says("你已交给组长") && !again.says("name=\"op\""), "{}", again.text());
        field::hand_in(town, group[1], &gm, &[]);
        assert!(town.by(group[1]).get(&format!("/matter/{gm}")).says("经企业询问才说明依据"), "behind it");
        field::hand_in(town, group[2], &gm, &["4", "5"]);
        assert_eq!(town.phase(&gm), "Recorded");
        assert!(!town.by("market").get(&format!("/matter/{gm}")).says("经企业询问才说明依据"), "no observer's own record reaches the unit");
        // The opinion: the leader's, of no force, approved by another.
        refused(town, group[1], &gm, "opine", &[("opinion", "程序完整。")], "由组长办理");
        refused(town, group[0], &gm, "opine", &[("opinion", "责令你局撤销检查结论。")], "没有强制力");
        town.act(group[0], &gm, "opine", &[("opinion", "检查事由告知偏晚，其余程序完整。"), ("differing", "一名组员认为未出示检查码。")]);
        assert!(!town.by("market").get(&format!("/matter/{gm}")).says("告知偏晚"));
        town.act("convener", &gm, "approve", &[("doc_no", "观〔2026〕1号")]);
        assert_eq!(town.by("market").get(&format!("/observation/{gm}/service")).status, 404);
        town.act("intake", &gm, "serve", &[("served_on", &today), ("serve_way", "电子送达")]);
        let place = town.entries();
        let unit = town.by("market").get(&format!("/matter/{gm}"));
        assert!(unit.says("告知偏晚") && unit.says("未出示检查码") && unit.says("尚未登记决定日期"), "{}", unit.text());
        let service = town.by("market").get(&format!("/observation/{gm}/service"));
        assert!(service.says(&format!("第 {place} 条")) && service.says(&format!("前 {place} 条，签名如下")) && service.says("尚未登记"), "{}", service.text());
        town.act("market", &gm, "sign", &[]);
        town.day(9);
        town.act("market", &gm, "decide_on", &[("decided_on", &town.today(0)), ("decision_no", "罚〔2026〕7号")]);
        assert!(town.by("intake").get(&format!("/observation/{gm}/service")).says("送达早于决定"));
        refused(town, "market", &gm, "respond", &[("response", "部分采纳")], "请写明理由");
        town.act("market", &gm, "respond", &[("response", "部分采纳"), ("reasons", "检查码系统当日故障。")]);
        // The way on is the office's alone.
        let office = town.by("intake").get(&format!("/matter/{gm}"));
        assert!(office.says("登记为线索") && office.says("/matters/enterprise_appeal/new/register"), "{}", office.text());
        assert!(!town.by("market").get(&format!("/matter/{gm}")).says("登记为线索"));
        // The enterprise reads the result behind its request.
        town.act("intake", &gm, "inform", &[("informed_on", &town.today(0)), ("text", "单位部分采纳，已说明理由。")]);
        assert!(town.phase(&gs) == "Closed" && town.by("intake").get(&format!("/matter/{gs}")).says("单位部分采纳，已说明理由"));
        // Sight of the task ends: a week after the group was complete, the leader's with the approval.
        town.day(15);
        app::inbox::tick(&town.house).unwrap();
        unknown_to(town, &group, &gm);
        town.act("intake", &gm, "archive", &[]);
        assert_eq!(town.phase(&gm), "Archived");
        unknown_to(town, OUTSIDE, &gm);
        assert!(!town.by("market").get(&format!("/search?q={CODE}")).says(&gm));
        town.sound();
    }
    fn two_devices_say_different_things_and_nothing_is_lost(town: &Town) {
        let (gm, group) = field::on_site(town);
        let me = group[0];
        let one = |result: &str, base: u64, pick: bool| json!([{"item": "5", "base": base, "result": result, "note": "甲机所记", "at": "09:25", "pick": pick}]);
        let first = sync(town, me, &gm, &one("符合", 0, false)).json();
        assert_eq!((first["items"]["5"]["rev"].as_u64(), first["items"]["5"]["others"].as_array().unwrap().len()), (Some(1), 0));
        let second = sync(town, me, &gm, &json!([{"item": "5", "base": 0, "result": "不符合", "note": "乙机所记", "at": "", "pick": false}])).json();
        assert_eq!((second["items"]["5"]["value"]["note"].as_str(), second["items"]["5"]["others"][0]["note"].as_str()), (Some("甲机所记"), Some("乙机所记")));
        let page = town.by(me).get(&format!("/observe/{gm}"));
        assert!(page.says("两台设备填得不同") && page.says("甲机所记") && page.says("乙机所记"), "{}", page.text());
        // Nobody else's form knows of it.
        assert!(!town.by(group[1]).get(&format!("/observe/{gm}")).says("甲机所记"));
        assert_eq!(sync(town, "observer5", &gm, &one("符合", 0, false)).status, 404, "no seat");
        assert_eq!(sync(town, "market", &gm, &one("符合", 0, false)).status, 404);
        // Handing in asks for the choice first.
        let path = format!("/observe/{gm}");
        let mut values = field::sheet(&[]);
        values.retain(|(n, _)| !n.ends_with(".5"));
        values.push(("op".into(), "send".into()));
        let given: Vec<(&str, &str)> = values.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let asked = town.by(me).submit(&path, &path, &given);
        assert!(asked.status == 422 && asked.says("两台设备填得不同，请选定一个"), "{}", asked.text());
        // Without script: the choice is a button of the form.
        let rev = second["items"]["5"]["rev"].as_u64().unwrap().to_string();
        let pick = json!({"result": "不符合", "note": "乙机所记", "at": ""}).to_string();
        let chosen = town.by(me).submit(&path, &path, &[("base.5", &rev), ("pick.5", &pick), ("op", "save")]);
        assert_eq!(chosen.status, 303, "{}", chosen.text());
        assert!(!town.by(me).get(&path).says("两台设备填得不同"));
        let sent = town.by(me).submit(&path, &path, &[("op", "send")]);
        assert!(sent.status == 200 && sent.says("交给组长？") && town.phase(&gm) == "OnSite", "it asks once more: {}", sent.text());
        // Photographs: his own, once, and nothing but photographs.
        assert_eq!(photo(town, me, &gm, "k1", b"%PDF-1.4").status, 422);
        let up = photo(town, me, &gm, "k1", JPEG).json();
        photo(town, me, &gm, "k1", JPEG);
        let src = up["photos"][0]["src"].as_str().unwrap().to_owned();
        assert_eq!(sync(town, me, &gm, &json!([])).json()["photos"].as_array().unwrap().len(), 1, "sent twice is kept once");
        assert_eq!((town.by(me).get(&src).status, town.by(group[1]).get(&src).status, town.by("intake").get(&src).status), (200, 404, 404));
        let handed = town.by(me).submit(&path, &path, &[("op", "hand")]);
        assert_eq!(handed.status, 303, "{}", handed.text());
        let office = town.by("intake").get(&format!("/matter/{gm}"));
        assert!(office.says("乙机所记") && !office.says("甲机所记"), "what he chose is what counts");
        assert_eq!(sync(town, me, &gm, &one("符合", 0, false)).status, 409, "handed in is handed in");
        town.sound();
    }
    fn a_conflict_takes_the_seat_an_absence_is_counted_and_a_late_service_is_said(town: &Town) {
        field::pool(town);
        let gs = field::request(town);
        let gm = town.open("intake", "observation", "assign", &[("observation_request", &gs)]);
        field::draw(town, &gm);
        let group = field::group(town, &gm);
        // He declares a tie to the enterprise after the draw: the next alternate has his seat.
        let jd = |login: &str| -> String {
            let sql = "SELECT i.number FROM party p JOIN idx i ON i.id = p.id WHERE p.kind = 'observer' AND p.holder = $1";
            town.house.db.read_here(|tx| Ok(tx.rows(sql, app::params![format!("p:{}", town.ids[login])])?.remove(0).take(0))).unwrap()
        };
        town.act(group[0], &jd(group[0]), "declare", &[("relation", "投资"), ("enterprise", FIRM), ("uscc", CODE)]);
        let after = field::group(town, &gm);
        assert!(after.len() == 3 && !after.contains(&group[0]), "{group:?} {after:?}");
        unknown_to(town, &[group[0]], &gm);
        for login in &after {
            town.act(login, &gm, "promise", PROMISE);
        }
        field::notify(town, &gm);
        town.day(7);
        let today = town.today(0);
        town.act(after[0], &gm, "begin", &[("arrived_on", &today), ("arrived", "09:10")]);
        town.act("market", &gm, "decide_on", &[("decided_on", &today)]);
        let who = town.ids[after[2]].clone();
        town.act("intake", &gm, "absent", &[("observer", &who), ("excused", "no"), ("reason", "联系不上。")]);
        assert!(town.by("intake").get(&format!("/matter/{}", jd(after[2]))).says(&gm), "it stands in his own record");
        unknown_to(town, &[after[2]], &gm);
        field::hand_in(town, after[0], &gm, &["5"]);
        field::hand_in(town, after[1], &gm, &[]);
        town.act(after[0], &gm, "opine", &[("opinion", "检查事由告知偏晚。")]);
        town.day(8);
        town.act("convener", &gm, "approve", &[("doc_no", "观〔2026〕2号")]);
        town.act("intake", &gm, "serve", &[("served_on", &town.today(0)), ("serve_way", "电子送达")]);
        let page = town.by("market").get(&format!("/observation/{gm}/service"));
        assert!(page.says("送达晚于决定"), "{}", page.text());
        town.day(40);
        app::inbox::tick(&town.house).unwrap();
        assert_eq!(town.phase(&gm), "Unanswered");
        assert!(town.by("intake").get(&format!("/matter/{gm}")).says("逾期未回应且疑似违法"));
        assert!(!town.by("market").get("/matters/observation").says("例鲜") && town.by("market").get("/matters/observation").says(&gm));
        town.sound();
    }
}
