//! The scoring sheet and the reading room over HTTP, on both engines.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::seated::{Seated, drawn, scoring};
use house::{Page, Town, Visitor};
use serde_json::{Value as Json, json};

/// The first bytes of a picture are all the house looks at.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\nrest";

fn sheet(s: &Seated) -> String {
    format!("/matter/{}/do/submit", s.review)
}
fn row<'a>(item: &'a str, points: &'a str, page: &'a str, problem: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("sheet.0.item", item),
        ("sheet.0.points", points),
        ("sheet.0.page", page),
        ("sheet.0.problem", problem),
        ("sheet.0.severity", "一般"),
        ("sheet.0.note", "通知书无送达记录"),
    ]
}
fn with<'a>(mut form: Vec<(&'static str, &'a str)>, more: &[(&'static str, &'a str)]) -> Vec<(&'static str, &'a str)> {
    form.extend_from_slice(more);
    form
}
fn press(town: &Town, s: &Seated, who: &'static str, form: &[(&str, &str)]) -> Page {
    town.by(who).submit(&sheet(s), &sheet(s), form)
}
/// The sheets as the review keeps them: 匿名号 → sheet.
fn kept(town: &Town, s: &Seated) -> Json {
    let loaded = town.house.db.read_here(|tx| app::matters::load(tx, &s.review)).unwrap().unwrap();
    let body: Json = serde_json::from_str(&loaded.matter.body()).unwrap();
    body["state"]["panel"].clone()
}
/// What a page of the house would have to show to tell the unit or the case.
const BLIND: [&str; 4] = ["中级人民法院", "刑初15号", "甲例法官", "云岭中院"];

both! {
    fn the_sheet_is_the_editions_and_nothing_typed_is_lost(town: &Town) {
        let s = scoring(town, PICTURE);
        let page = press(town, &s, "expert", &[]);
        assert_eq!(page.status, 422, "an opinion is owed: {}", page.text());
        let page = town.by("expert").get(&sheet(&s));
        for say in ["评分表：刑事案件", "评查员1", "刑事案件评查标准（2026 年第 1 版）", "超期羁押", "无据、超期、未告知家属 2–4", "<span data-left>8</span> <small>/ 8</small>", "还有 1 处要填", "优质 95–100 分"] {
            assert!(page.says(say), "{say}: {}", page.text());
        }
        assert!(!page.says("sheet.0.full") && !page.says(".full\""), "what an item is worth is nobody's to type");
        for word in BLIND {
            assert!(!page.says(word), "{word}");
        }
        // A row more, by a press; what stands in the others stays.
        let form = with(row("强制措施", "2", "", "C3"), &[("more", "强制措施"), ("my_opinion", "写到一半的意见")]);
        let more = press(town, &s, "expert", &form);
        assert!(more.status == 200 && more.says("name=\"sheet.1.points\"") && more.says("通知书无送达记录") && more.says("写到一半的意见"), "{}", more.text());
        assert!(!more.says("id=\"e-0-page\"") && more.says("强制措施 卷页码"), "told, but not in red before somebody asks");
        // Counting: messages at their cells, the rest kept.
        let count = press(town, &s, "expert", &with(row("强制措施", "2", "见卷", "C3"), &[("op", "count")]));
        assert!(count.status == 200 && count.says("id=\"e-0-page\"") && count.says("写明卷页码") && count.says("<span data-total>98</span>"), "{}", count.text());
        let over = press(town, &s, "expert", &with(row("强制措施", "12.5", "卷一 P31", "C3"), &[("op", "lock"), ("my_opinion", "意见。")]));
        assert!(over.status == 422 && over.says("本项共 12 分，不能多扣") && over.says("value=\"12.5\""), "{}", over.text());
        let strange = press(town, &s, "expert", &with(row("没有的条目", "2", "卷一 P31", "C3"), &[("my_opinion", "意见。")]));
        assert!(strange.status == 422 && strange.says("评查标准没有这一条目") && strange.says("没有的条目"), "{}", strange.text());
        let drop = press(town, &s, "expert", &with(row("强制措施", "2", "卷一 P31", "C3"), &[("drop", "0")]));
        assert!(drop.status == 200 && !drop.says("通知书无送达记录"), "{}", drop.text());
        // Two rows for one flaw.
        let mut twice = row("强制措施", "2", "卷一 P31", "C3");
        twice.extend([("sheet.1.item", "强制措施"), ("sheet.1.points", "2"), ("sheet.1.page", "卷一 P31"), ("sheet.1.problem", "C3"), ("sheet.1.severity", "一般"), ("sheet.1.note", "通知书无送达记录")]);
        let twice = press(town, &s, "expert", &with(twice, &[("op", "count")]));
        assert!(twice.says("同一瑕疵不重复扣。</span>"), "{}", twice.text());
        town.sound();
    }
    fn a_draft_is_the_writers_and_a_locked_sheet_is_for_ever(town: &Town) {
        let s = scoring(town, PICTURE);
        let (draft, full) = (format!("/draft/{}/submit", s.review), row("强制措施", "2", "卷一 P31", "C3"));
        let saved = town.by("expert").submit(&sheet(&s), &draft, &with(full.clone(), &[("my_opinion", "暂存的意见")]));
        assert_eq!((saved.status, saved.to()), (303, sheet(&s).as_str()));
        let again = town.by("expert").get(&sheet(&s));
        assert!(again.says("暂存的意见") && again.says("卷一 P31") && again.says("<span data-total>98</span>"), "{}", again.text());
        assert!(!town.by("posted").get(&sheet(&s)).says("暂存的意见"));
        let before = town.entries();
        let form = with(full.clone(), &[("sheet.0.full", "100"), ("my_opinion", "总体规范。")]);
        let asked = press(town, &s, "expert", &with(form.clone(), &[("op", "lock")]));
        assert!(asked.status == 200 && asked.says("提交并锁定评分表？") && asked.says("合计 98 分，优质"), "{}", asked.text());
        assert_eq!(town.entries(), before, "asked, not done");
        assert!(town.by("expert").get(&sheet(&s)).says("总体规范。"), "whoever goes back in the browser finds it again");
        let back = town.by("expert").answer(&asked, &sheet(&s), &with(form.clone(), &[("op", "back")]));
        assert!(back.status == 200 && back.says("总体规范。") && back.says("data-sheet"), "{}", back.text());
        let done = town.by("expert").answer(&asked, &sheet(&s), &form);
        assert_eq!((done.status, town.entries()), (303, before + 1), "{}", done.text());
        let twice = town.by("expert").answer(&asked, &sheet(&s), &form);
        assert_eq!((twice.status, town.entries()), (303, before + 1), "the same press twice is one entry");
        let own = kept(town, &s)[0]["sheet"].clone();
        assert_eq!((own["total"].as_i64(), own["rows"][0]["full"].as_str()), (Some(980), Some("12")), "the edition says what it is worth");
        let locked = town.by("expert").get(&sheet(&s));
        assert!(locked.says("已提交并锁定") && locked.says("卷一 P31") && locked.says("总体规范。") && !locked.says("data-sheet"), "{}", locked.text());
        let changed = press(town, &s, "expert", &with(row("强制措施", "9", "卷一 P31", "C3"), &[("my_opinion", "改一改。")]));
        assert!(changed.status == 409 && town.entries() == before + 1, "{} {}", changed.status, changed.text());
        assert!(town.by("expert").get(&format!("/matter/{}", s.review)).says("我的评分表（已锁定）"));
        // Nobody else sees any of it, and the unit and the office have no such sheet.
        for page in [sheet(&s), format!("/matter/{}", s.review)] {
            let seen = town.by("posted").get(&page);
            assert!(seen.status == 200 && !seen.says("总体规范") && !seen.says("卷一 P31"), "{}", seen.text());
        }
        for who in ["handler", "lead", "second", "secretary", "court", "police", "auditor"] {
            assert_eq!(town.by(who).get(&sheet(&s)).status, 404, "{who}");
            assert_eq!(town.by(who).get(&format!("/reading/{}", s.review)).status, 404, "{who}");
        }
        // The other two, one of them with a veto: the last sheet in opens the deliberation.
        press(town, &s, "posted", &with(full.clone(), &[("my_opinion", "同意。")]));
        let veto = [("ticks", "1"), ("veto", "超期羁押"), ("my_opinion", "触发否决。")];
        let open = press(town, &s, "inspector", &with(vec![("op", "lock")], &veto));
        assert!(open.status == 422 && open.says("写明否决项的事实") && open.says("不合格 0–69.9 分"), "{}", open.text());
        let said = [("sheet.0.item", "超期羁押"), ("sheet.0.page", "卷一 P40"), ("sheet.0.problem", "C5"), ("sheet.0.note", "超期四日。")];
        assert_eq!(press(town, &s, "inspector", &with(said.to_vec(), &veto)).status, 303);
        let panel = kept(town, &s);
        let row = &panel[2]["sheet"]["rows"][0];
        assert_eq!((row["severity"].as_str(), row["full"].as_str(), panel[2]["sheet"]["total"].as_i64()), (Some("否决"), Some("0"), Some(1000)));
        assert_eq!(town.phase(&s.review), "Deliberating");
        assert!(town.by("posted").get(&sheet(&s)).says("已提交并锁定"));
        town.sound();
    }
    fn the_house_completes_a_sheet_whoever_sends_it(town: &Town) {
        let s = scoring(town, PICTURE);
        let who = domain::engine::Person { id: town.ids["expert"].clone(), ..Default::default() };
        let send = |sheet: Json| {
            let (inner, number, who) = (town.house.clone(), s.review.clone(), who.clone());
            town.house.db.write_here(move |tx| {
                let mut desk = app::matters::Desk::open(tx, &inner)?;
                let form = json!({"sheet": sheet, "my_opinion": "意见。"}).as_object().cloned().unwrap();
                let place = app::matters::Where::On(number.clone());
                desk.act(app::matters::Ask { who: &who, place, action: "submit", form, version: None, key: None })?;
                desk.close()
            })
        };
        let one = |item: &str, page: &str| json!([{"item": item, "full": "100", "points": "2", "page": page, "problem": "C3", "severity": "一般", "note": ""}]);
        assert!(send(one("没有的条目", "卷一 P1")).is_err() && send(one("强制措施", "见卷")).is_err());
        send(one("强制措施", "卷一 P1")).unwrap();
        assert_eq!(kept(town, &s)[0]["sheet"]["rows"][0]["full"], "12");
    }
    fn a_re_examiner_has_a_sheet_of_his_own_and_a_finding(town: &Town) {
        let s = scoring(town, PICTURE);
        for who in house::seated::PANEL {
            press(town, &s, who, &with(row("强制措施", "2", "卷一 P31", "C3"), &[("my_opinion", "意见。")]));
        }
        house::seated::as_chair(town, &s.review, "adopt_mean", json!({"problems": ["C3"], "opinion": "总体规范。", "accountable": false}));
        town.act("lead", &s.review, "feed", &[("doc_no", "反馈〔2026〕1号")]);
        town.act("court", &s.review, "serve", &[("served_on", &town.today(0))]);
        let ground = [("grounds.0.item", "强制措施"), ("grounds.0.ground", "已送达。"), ("grounds.0.evidence", "卷一 P32")];
        town.act("court", &s.review, "object", &ground);
        let second = ["second", "secretary", "police"];
        house::seated::draw(town, &s.review, "draw_re_examiners", "CQ-2", second);
        let path = format!("/matter/{}/do/re_examine", s.review);
        assert_eq!(town.by("expert").get(&path).status, 404, "whoever sat on the panel does not re-examine");
        for who in second {
            town.act(who, &s.review, "promise_late", &[("no_conflict", "yes"), ("secrecy", "yes")]);
        }
        let page = town.by("police").get(&path);
        for say in ["复核评分表：刑事案件", "复核员3", "id=\"f-re_examination_finding\"", "name=\"my_opinion\"", "还有 2 处要填", "打开阅卷室"] {
            assert!(page.says(say), "{say}: {}", page.text());
        }
        assert!(!page.says("通知书无送达记录") && !page.says("name=\"second_sheet.0.full\""));
        let form = [
            ("second_sheet.0.item", "强制措施"),
            ("second_sheet.0.points", "1"),
            ("second_sheet.0.page", "卷一 P31"),
            ("second_sheet.0.problem", "C3"),
            ("second_sheet.0.severity", "轻微"),
            ("my_opinion", "部分成立。"),
        ];
        let lacking = town.by("police").submit(&path, &path, &[&form[..], &[("op", "lock")]].concat());
        assert!(lacking.status == 422 && lacking.says("id=\"e-re_examination_finding\"") && lacking.says("部分成立。"), "{}", lacking.text());
        let done = town.by("police").submit(&path, &path, &[&form[..], &[("re_examination_finding", "变更")]].concat());
        assert_eq!(done.status, 303, "{}", done.text());
        let locked = town.by("police").get(&path);
        assert!(locked.says("已提交并锁定") && locked.says("部分成立。") && locked.says("复核意见") && locked.says("变更"), "{}", locked.text());
        assert!(!town.by("second").get(&path).says("部分成立"));
        town.sound();
    }
    fn whole_sheets_are_scored_by_grounds_with_overlay_and_card(town: &Town) {
        let d1 = house::seated::shipped(town);
        let s = house::seated::drawn_by(town, PICTURE, d1, &["涉企", "立功"]);
        house::seated::fetched(town, &s);
        let page = town.by("expert").get(&sheet(&s));
        for say in ["D1 刑事 2026.1、D6 涉企 2026.1、LG 立功 2026.1", "叠加表 D6 涉企", "D6.4 四超", "D1.V4 超期羁押", "附卡：立功", "name=\"card.2.said\"", "还有 9 处要填", "未告知家属（2–4）"] {
            assert!(page.says(say), "{say}: {}", page.text());
        }
        for word in BLIND {
            assert!(!page.says(word), "{word}");
        }
        let more = press(town, &s, "expert", &[("more", "D1.2 强制措施")]);
        assert!(more.says("name=\"sheet.0.by\"") && !more.says("name=\"sheet.0.severity\""), "{}", more.text());
        let one = [("sheet.0.item", "D1.2 强制措施"), ("sheet.0.by", "D1.2.3"), ("sheet.0.page", "卷一 P31"), ("my_opinion", "意见。"), ("ticks", "1")];
        let questions: Vec<(String, String)> = (0..8)
            .flat_map(|n| [(format!("card.{n}.question"), format!("LG.{}", n + 1)), (format!("card.{n}.said"), if n == 2 { "否" } else { "是" }.to_owned())])
            .collect();
        let card: Vec<(&str, &str)> = questions.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let wrong = press(town, &s, "expert", &[&one[..], &[("sheet.0.points", "9"), ("op", "lock")], &card].concat());
        assert!(wrong.status == 422 && wrong.says("id=\"e-0-points\"") && wrong.says("每处应扣 2 至 4 分") && wrong.says("id=\"e-c-2\""), "{}", wrong.text());
        let overlay = [("sheet.1.item", "D6.4 四超"), ("sheet.1.by", "D6.4.1"), ("sheet.1.points", "5"), ("sheet.1.page", "卷三 P12")];
        let why = [("sheet.0.points", "2"), ("card.2.page", "卷二 P9"), ("card.2.note", "线索来源没有材料")];
        let all = [&one[..], &overlay, &why, &card].concat();
        let asked = press(town, &s, "expert", &[&all[..], &[("op", "lock")]].concat());
        assert!(asked.status == 200 && asked.says("合计 92 分，合格") && asked.says("提交并锁定评分表？"), "{}", asked.text());
        let done = press(town, &s, "expert", &all);
        assert_eq!(done.status, 303, "{}", done.text());
        let own = kept(town, &s)[0]["sheet"].clone();
        assert_eq!((own["total"].as_i64(), own["rows"][0]["severity"].as_str(), own["rows"][0]["problem"].as_str()), (Some(920), Some("一般"), Some("C3")), "{own}");
        assert_eq!(own["graded"][1]["total"], "95", "each sheet is counted, the lower one stands");
        let locked = town.by("expert").get(&sheet(&s));
        assert!(locked.says("未告知家属（2–4）") && locked.says("线索来源没有材料") && locked.says("<span data-left>10</span> <small>/ 16</small>") && locked.says("<span data-total>92</span>"), "{}", locked.text());
        let link = format!("href=\"{}\"", sheet(&s));
        let before = town.by("posted").get(&format!("/matter/{}", s.review));
        let after = town.by("expert").get(&format!("/matter/{}", s.review));
        assert!(after.says(&link) && after.says("我的评分表（已锁定）") && !before.says("我的评分表（已锁定）"), "{}", after.text());
        let veto = [("ticks", "1"), ("veto", "D1.V2 无罪被追究或者放纵犯罪，经有权机关确认"), ("sheet.0.item", "D1.V2 无罪被追究或者放纵犯罪，经有权机关确认"), ("sheet.0.page", "卷一 P1"), ("sheet.0.problem", "S1"), ("sheet.0.note", "照录。"), ("my_opinion", "意见。"), ("op", "lock")];
        let bare = press(town, &s, "posted", &[&veto[..], &why[1..], &card].concat());
        assert!(bare.status == 422 && bare.says("id=\"e-0-document\"") && bare.says("有权机关的法律文书"), "the platform pronounces nothing by itself: {}", bare.text());
        town.sound();
    }
    fn the_reading_room_is_open_to_its_experts_while_the_task_runs(town: &Town) {
        let s = drawn(town, PICTURE);
        let room = format!("/reading/{}", s.review);
        assert_eq!(town.by("expert").get(&room).status, 404, "not before promise and dossier");
        for who in house::seated::PANEL {
            town.act(who, &s.review, "promise", &[("no_conflict", "yes"), ("secrecy", "yes")]);
        }
        town.act("handler", &s.review, "request_dossier", &[("letter_no", "调1号"), ("reason", "评查。"), ("due", &town.today(7))]);
        assert_eq!(town.by("expert").get(&room).status, 404, "the dossier is not here");
        town.act("handler", &s.review, "receive", &[("received_on", &town.today(0)), ("volumes", "3")]);
        let page = town.by("expert").get(&room);
        assert_eq!(page.status, 200, "{}", page.text());
        for word in BLIND {
            assert!(!page.says(word), "{word}: names of papers could name the unit");
        }
        let text = page.text();
        let mut papers: Vec<String> = text.split("?paper=").skip(1).map(|p| p.split('"').next().unwrap().to_owned()).collect();
        papers.dedup();
        assert_eq!(papers.len(), 3);
        let looks = || {
            app::matters::flush(&town.house).unwrap();
            let id = town.house.db.read_here(|tx| app::matters::load(tx, &s.dossier)).unwrap().unwrap().id;
            let all = town.house.db.read_here(|tx| app::matters::viewers(tx, id, "2026-01-01")).unwrap();
            all.iter().find(|v| v.0 == town.ids["expert"]).map_or(0, |v| v.1)
        };
        let before = looks();
        let mut kinds = vec![];
        for paper in &papers {
            let page = town.by("expert").get(&format!("{room}?paper={paper}"));
            assert!(page.status == 200 && page.says("评查员1 · ") && page.says("class=\"watermark"), "{}", page.text());
            assert!(page.headers["content-security-policy"].contains("frame-src 'self'") && page.headers["cache-control"] == "no-store");
            kinds.push(["<iframe", "<img src=\"/reading", "<pre"].iter().position(|k| page.says(k)).unwrap());
            let bytes = town.by("expert").get(&format!("{room}/{paper}"));
            if page.says("<pre") {
                assert!(bytes.status == 404 && page.says("第 31 页没有送达记录"));
                continue;
            }
            assert_eq!(bytes.status, 200);
            assert_eq!((bytes.headers["content-disposition"].as_str(), bytes.headers["cache-control"].as_str()), ("inline", "no-store"));
            assert_eq!(bytes.headers["x-frame-options"], "SAMEORIGIN");
            let alone = town.by("expert").send("GET", &format!("{room}/{paper}"), "", &[("Sec-Fetch-Dest", "document")], &[]);
            assert_eq!(alone.status, 404, "by its own address it would have no watermark");
            assert_eq!(town.by("expert").get(&format!("/file/{paper}")).status, 404, "never handed out");
            assert_eq!(town.by("court").get(&format!("{room}/{paper}")).status, 404);
        }
        kinds.sort_unstable();
        assert_eq!((kinds, looks() - before), (vec![0, 1, 2], 5), "every opening leaves a record");
        assert_eq!(town.by("expert").get(&format!("{room}?paper=F00")).status, 404);
        assert!(!town.by("expert").get(&sheet(&s)).says("frame-src") && town.by("expert").get(&sheet(&s)).says("打开阅卷室"));
        assert!(!town.by("expert").get(&sheet(&s)).headers["content-security-policy"].contains("frame-src"), "in that room only");
        // Whoever leaves his seat leaves the room; with the task it shuts for everybody.
        town.act("posted", &s.review, "recuse", &[("relation", "利害"), ("reason", "认出当事人。")]);
        assert_eq!(town.by("posted").get(&room).status, 404);
        assert_eq!(town.by("expert").get(&room).status, 200);
        town.act("lead", &s.review, "stop", &[("reason", "案件重新进入诉讼程序。")]);
        for path in [room.clone(), format!("{room}/{}", papers[1]), sheet(&s)] {
            assert_eq!(town.by("expert").get(&path).status, 404, "{path}");
        }
        town.sound();
    }
    fn a_key_for_drafts_without_net_lasts_as_long_as_the_session(town: &Town) {
        let first = town.by("expert");
        let key = first.get("/offline-key").json()["key"].clone();
        assert_eq!((key.as_str().unwrap().len(), first.get("/offline-key").json()["key"].clone()), (64, key.clone()));
        assert_ne!(town.by("posted").get("/offline-key").json()["key"], key);
        let gone = first.submit("/devices", "/logout", &[]);
        assert_eq!((gone.status, gone.headers["clear-site-data"].as_str()), (303, "\"storage\""));
        assert_eq!(first.get("/offline-key").status, 303);
        town.pass(2);
        let page = town.log_in("expert", town.password(), &town.code("expert"));
        let next = Visitor { cookie: page.cookie.unwrap(), ..Visitor::stranger(town.port) };
        assert_ne!(next.get("/offline-key").json()["key"], key, "nothing an earlier session left can be read");
    }
    fn anybody_may_replay_a_draw(town: &Town) {
        let stranger = Visitor::stranger(town.port);
        assert!(stranger.get("/draw/replay").says("/assets/draw-replay.js"));
        for path in ["/assets/draw-replay.js", "/assets/scoring.js"] {
            let script = stranger.get(path);
            assert!(script.status == 200 && script.headers["content-type"].starts_with("text/javascript"), "{path}");
        }
    }
}
