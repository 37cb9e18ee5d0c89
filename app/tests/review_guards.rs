//! Case review keeps its walls in all the house shows (issue 3, 6 and 7; trust.md I4, I5): who judges does not know whose case it is, who
//! is judged does not know by whom, and whoever has a conflict leaves his seat and cannot tell that there is anything.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod cases;
mod house;

use cases::*;
use house::{COURT, Page, Town, Visitor, encode};
use serde_json::{Value as Json, json};

/// Every page on which a review may show.
fn pages(pc: &str) -> Vec<String> {
    let mut all: Vec<String> =
        ["/", "/matters/review", "/matters/review?mine=1", "/matters/review/export", "/matters/inquiry_record"].map(Into::into).into();
    all.extend(["评查", "刑事", "承诺"].map(|q| format!("/search?q={}", encode(q))));
    all.extend(["", "/do/submit", "/do/recuse", "/do/promise"].map(|p| format!("/matter/{pc}{p}")));
    all.push(format!("/funnel/{}", encode("评查立件")));
    all
}
fn finds(by: &Visitor, q: &str, number: &str) -> bool {
    by.get(&format!("/search?q={}", encode(q))).says(&format!("/matter/{number}"))
}
fn last_entries(town: &Town, n: u64) -> Vec<String> {
    let size = town.entries();
    (size.saturating_sub(n)..=size).map(|seq| format!("/entry/{seq}")).collect()
}

both! {
    fn who_judges_reads_no_unit_anywhere_until_all_have_locked(town: &Town) {
        // The inspector reads letters by another right of his; not those of a case he judges.
        ["inspector", "party-org"].iter().for_each(|login| hold(town, login, "R6"));
        let aj = dossier(town, CASE);
        let pc = scoring(town, &aj);
        app::inbox::tick(&town.house).unwrap();
        let hidden = [COURT_NAME, "中级人民法院", COURT, "1202刑初15", &aj, "甲承办", "丙某某"];
        for (login, _) in PANEL {
            let (by, token) = (town.by(login), api(town, login));
            assert!(by.get("/matters/review").says(&pc) && by.get(&format!("/matter/{pc}")).status == 200, "{login} has his task");
            for path in pages(&pc).into_iter().chain(last_entries(town, 25)) {
                let text = said(&by.get(&path));
                for word in hidden {
                    assert!(!text.contains(word), "{login} reads {word} at {path}: {text}");
                }
            }
            for path in ["/api/v1/matters?kind=review", "/api/v1/inbox", "/api/v1/search?q=%E8%AF%84%E6%9F%A5", &format!("/api/v1/matters/{pc}")] {
                let text = token.get(path).text();
                assert!(text.contains(&pc), "{text}");
                for word in hidden {
                    assert!(!text.contains(word), "{login} reads {word} at {path}: {text}");
                }
            }
            for unit in [COURT, house::POLICE] {
                assert!(!by.get(&format!("/matters/review?org={unit}")).says(&pc), "asking by unit tells nothing");
                assert!(!by.get(&format!("/matters/review?org={unit}&q={}", encode("评查"))).says(&pc));
            }
            assert!(finds(&by, "常态评查", &pc) && !finds(&by, COURT_NAME, &pc) && !finds(&by, "人民法院", &pc) && !finds(&by, "1202刑初15", &pc));
        }
        for who in ["handler", "lead", "court"] {
            assert!(finds(&town.by(who), COURT_NAME, &pc), "{who}");
            assert!(town.by(who).get(&format!("/matters/review?org={COURT}")).says(&pc), "{who}");
        }
        PANEL.iter().for_each(|(login, _)| submit(town, &pc, login));
        let by = town.by("expert");
        assert!(said(&by.get(&format!("/matter/{pc}"))).contains(COURT_NAME) && finds(&by, COURT_NAME, &pc), "all have locked");
        town.sound();
    }
    fn who_examines_again_reads_no_unit_either_even_where_the_unit_wrote_its_name(town: &Town) {
        let aj = dossier(town, CASE);
        let pc = scoring(town, &aj);
        PANEL.iter().for_each(|(login, _)| submit(town, &pc, login));
        hold(town, "second", "R8");
        town.act("second", &pc, "adopt_mean", &[("opinion", "期限符合规定。"), ("accountable", "no")]);
        town.act("lead", &pc, "feed", &[("doc_no", "评〔2026〕1号")]);
        town.act("court", &pc, "serve", &[("served_on", &town.today(0))]);
        let ground = format!("{COURT_NAME}认为计算有误");
        town.act("court", &pc, "object", &[("grounds.0.item", "期限"), ("grounds.0.ground", &ground), ("grounds.0.evidence", "卷二第3页")]);
        let second: Vec<Json> = ["police", "system", "security"].iter().map(|login| candidate(town, login)).collect();
        by_house(town, on(&pc), "draw_re_examiners", json!({"draw": "CQ-2", "proof": "ef56", "chosen": second}));
        let path = format!("/matter/{pc}");
        let page = said(&town.by("police").get(&path));
        assert!(page.contains("某单位认为计算有误") && !page.contains(COURT_NAME) && !page.contains("1202刑初15"), "{page}");
        assert!(!finds(&town.by("police"), COURT_NAME, &pc) && finds(&town.by("police"), "常态评查", &pc));
        assert!(said(&town.by("expert").get(&path)).contains(COURT_NAME), "the panel has locked: its page tells it by its own field");
        for (login, name) in PANEL {
            assert!(!page.contains(name), "{login} is read by who examines again");
        }
        town.sound();
    }
    fn the_unit_never_reads_who_judges_and_the_office_reads_what_the_table_says(town: &Town) {
        let aj = dossier(town, CASE);
        let pc = scoring(town, &aj);
        PANEL.iter().for_each(|(login, _)| submit(town, &pc, login));
        let path = format!("/matter/{pc}");
        let unit = api(town, "court");
        for (login, name) in PANEL {
            let id = town.ids[login].as_str();
            for p in pages(&pc).into_iter().chain(last_entries(town, 25)) {
                let text = said(&town.by("court").get(&p));
                assert!(!text.contains(name) && !text.contains(id), "the unit reads {name} at {p}");
            }
            assert!(![name, id].iter().any(|w| unit.get(&format!("/api/v1/matters/{pc}")).text().contains(w)));
            let office = town.by("lead").get(&path);
            assert!(office.says(name) && !office.says(id), "by name, not by key");
            let third = PANEL.iter().find(|(l, _)| *l != login).unwrap().0;
            assert!(!said(&town.by(third).get(&path)).contains(name), "{third} reads {name}");
        }
        assert!(town.by("expert").get(&path).says("评查员2"));
        let secretary = town.by("secretary").get(&path).text();
        assert!(!PANEL.iter().any(|(_, name)| secretary.contains(name)) && secretary.contains("提交并锁定评分"), "{secretary}");
        town.sound();
    }
    fn a_seal_destroys_the_names_and_a_named_person_is_barred_from_the_whole_case(town: &Town) {
        let aj = dossier(town, CASE);
        town.act("handler", &aj, "amend_record", &[("parties", "丁某某")]);
        let pc = drawn(town, &aj);
        assert!(finds(&town.by("handler"), "丁某某", &aj));
        let posted = town.ids["posted"].clone();
        town.act("handler", &aj, "name_person", &[("capacity", "曾办"), ("person", &posted)]);
        let conflicts = town.by("lead").get("/conflicts").text();
        assert!(conflicts.contains("案卷登记的涉案人员：曾办") && conflicts.contains(&format!("{posted}|matter|{aj}")) && conflicts.contains(&format!("{posted}|matter|{pc}")), "{conflicts}");
        // The alternate is passed over when his turn comes.
        let expert = town.ids["expert"].clone();
        town.act("expert", &pc, "recuse", &[("relation", "近亲属"), ("reason", "认出当事人。")]);
        assert_eq!(town.by("posted").get(&format!("/matter/{pc}")).status, 404);
        assert_eq!(town.by("officer").get(&format!("/matter/{pc}")).status, 200, "the next one sits");
        assert_eq!(town.by("expert").get(&format!("/matter/{pc}")).status, 404);
        assert!(!town.by("lead").get("/conflicts").says(&format!("{expert}|")), "who left by himself has no row");
        town.act("lead", &aj, "drop_person", &[("named", &posted), ("reason", "登记有误。")]);
        let after = town.by("lead").get("/conflicts").text();
        assert!(!after.contains(&format!("{posted}|matter|")), "{after}");
        town.act("handler", &aj, "seal", &[("seals", "未成年人犯罪记录"), ("alias", "被告人甲"), ("ground", "刑事诉讼法第286条")]);
        for word in ["丁某某", "丙某某", "有期徒刑", "乙代理"] {
            assert!(!finds(&town.by("handler"), word, &aj), "{word} is found");
            assert!(!town.by("handler").get(&format!("/matter/{aj}")).says(word), "{word} is read");
        }
        town.sound();
    }
    fn an_experts_term_is_a_role_and_what_he_declares_bars_him(town: &Town) {
        let account = town.ids["inspector"].clone();
        let serves = |login: &'static str| town.by(login).get("/").says("R6 评查专家");
        let form = json!({"name": "吴测明", "category": "律师", "unit": "某律师事务所", "professions": ["01"]});
        let zjk = by_person(town, person(town, "handler"), opens("expert", &[]), "nominate", form);
        town.act("lead", &zjk, "vet", &[("political", "yes"), ("professional", "yes"), ("clean_record", "yes"), ("no_interest", "yes"), ("opinion", "符合。")]);
        town.act("handler", &zjk, "publish", &[("place", "门户网站")]);
        town.day(20);
        let (from, until) = (town.today(0), town.today(700));
        let admin = town.ids["auditor"].clone();
        let mixed = town.by("lead").act(&zjk, "appoint_lawyer", &[("account", &admin), ("letter_no", "聘1"), ("from", &from), ("until", &until)]);
        assert!(mixed.status == 422 && mixed.says("三员不能有业务角色"), "{}", mixed.text());
        assert!(!serves("inspector"));
        town.act("lead", &zjk, "appoint_lawyer", &[("account", &account), ("letter_no", "聘1"), ("from", &from), ("until", &until)]);
        assert!(serves("inspector"));
        town.act("lead", &zjk, "suspend", &[("reason", "核查。")]);
        assert!(!serves("inspector"));
        town.act("lead", &zjk, "renew", &[("until", &town.today(800)), ("letter_no", "聘2")]);
        assert!(!serves("inspector"), "a longer term does not end a suspension");
        town.act("lead", &zjk, "restore", &[("reason", "核查无误。")]);
        assert!(serves("inspector"));
        let row = format!("{account}|org|{COURT}");
        let listed = |row: &str| town.by("lead").get("/conflicts").says(row);
        town.act("inspector", &zjk, "declare", &[("clients.0.client", COURT_NAME), ("no_clients", "no")]);
        assert!(listed(&row));
        town.act("inspector", &zjk, "declare", &[("no_clients", "yes")]);
        assert!(!listed(&row), "no longer a client");
        let aj = dossier(town, CASE);
        let pc = drawn(town, &aj);
        assert_eq!(town.by("inspector").get(&format!("/matter/{pc}")).status, 200);
        town.act("inspector", &zjk, "relate", &[("relation", "近亲属"), ("related_org", COURT)]);
        assert!(listed(&row));
        assert_eq!(town.by("inspector").get(&format!("/matter/{pc}")).status, 404);
        assert_eq!(town.by("posted").get(&format!("/matter/{pc}")).status, 200, "the alternate has the seat in the same write");
        town.day(850);
        app::inbox::tick(&town.house).unwrap();
        assert!(!serves("inspector"), "the term is over");
        town.sound();
    }
    fn a_registered_conflict_takes_the_seat_in_the_same_write_and_nothing_else_does(town: &Town) {
        let aj = dossier(town, CASE);
        let pc = scoring(town, &aj);
        let seats = |who: &'static str| town.by(who).get(&format!("/matter/{pc}")).status;
        submit(town, &pc, "expert");
        // Another unit, another case: nobody moves.
        let other = dossier(town, "（2024）赣1202刑初99号");
        assert_eq!((conflict(town, "inspector", "org", house::POLICE).status, conflict(town, "inspector", "matter", &other).status), (303, 303));
        assert_eq!((seats("inspector"), seats("posted")), (200, 404));
        let before = town.entries();
        assert_eq!(conflict(town, "expert", "org", COURT).status, 303);
        assert_eq!(town.entries(), before + 2, "the row and the replacement");
        assert_eq!((seats("expert"), seats("posted")), (404, 200));
        assert!(town.by("lead").get(&format!("/matter/{pc}")).says("依登记的冲突更换专家"));
        promise(town, &pc, "posted", "promise_late");
        ["posted", "inspector", "party-org"].iter().for_each(|who| submit(town, &pc, who));
        assert_eq!(town.phase(&pc), "Deliberating");
        assert_eq!(conflict(town, "party-org", "matter", &aj).status, 303, "against the dossier, not the review");
        assert_eq!((town.phase(&pc).as_str(), seats("party-org"), seats("officer")), ("Scoring", 404, 200));
        assert!(town.by("lead").get(&format!("/matter/{pc}")).says("依登记的冲突撤换并补评"));
        assert_eq!(seats("inspector"), 200, "whoever has no conflict keeps his seat");
        promise(town, &pc, "officer", "promise_late");
        submit(town, &pc, "officer");
        assert_eq!(town.phase(&pc), "Deliberating");
        town.sound();
    }
    fn a_conflict_hides_dossier_review_batch_and_draw_to_the_last_byte(town: &Town) {
        let token = api(town, "second");
        assert_eq!(conflict(town, "second", "org", COURT).status, 303);
        let bz = standard(town);
        // Ids and random values have one length: whatever is longer has said something.
        let lists = [
            "/matters/dossier", "/matters/review", "/matters/review_batch", "/matters/draw", "/matters/inquiry_record", "/search?q=%E8%AF%84%E6%9F%A5",
            "/search?q=%E7%9B%97%E7%AA%83", "/conflicts", "/funnel/%E8%AF%84%E6%9F%A5%E7%AB%8B%E4%BB%B6", "/funnel/%E5%8A%9E%E7%BB%93%E6%A1%88%E4%BB%B6",
        ];
        let sizes = || lists.map(|path| town.by("second").get(path).body.len());
        let calls = ["/api/v1/matters?kind=dossier", "/api/v1/matters?kind=review", "/api/v1/matters?kind=draw", "/api/v1/matters?kind=review_batch", "/api/v1/inbox"];
        let told = || calls.map(|path| token.get(path).text());
        let (before, answers) = (sizes(), told());
        let aj = dossier(town, CASE);
        let today = town.today(0);
        let plan = json!({
            "name": "刑事案件常态评查", "kind": "常态", "scope": "全市法院。", "case_types": ["01"], "from": "2025-01-01", "to": today, "standard": bz,
            "sampling": "全部", "size": 0,
        });
        let pb = by_person(town, person(town, "handler"), opens("review_batch", &[]), "plan", plan);
        town.act("lead", &pb, "approve", &[("finish_by", &town.today(60))]);
        assert!(town.by("second").get("/matters/review_batch").says(&pb), "a plan is nobody's case yet");
        by_house(town, on(&pb), "freeze", json!({"root": "ab12", "universe": 1, "excluded": 0}));
        let sample = json!([{"dossier": aj, "org": COURT, "case_no": CASE, "case_type": "01", "closed_on": "2025-11-20", "effective_on": "2025-12-20"}]);
        by_house(town, on(&pb), "take_sample", json!({"draw": "CQ-0", "proof": "cd34", "dossiers": sample}));
        assert_eq!(town.by("second").get(&format!("/matter/{pb}")).status, 404, "a sample names the case");
        town.act("handler", &pb, "open_reviews", &[]);
        let page = town.by("handler").get(&format!("/matter/{pb}")).text();
        let pc = page.split("/matter/PC-").nth(1).unwrap().split(['"', '?']).next().map(|n| format!("PC-{n}")).unwrap();
        let (court, police) = (town.ids["court"].clone(), town.ids["police"].clone());
        let draw = town.open("handler", "draw", "announce", &[
            ("what", "抽专家"), ("batch", &pb), ("purpose", "抽取评查专家"), ("witness1", &court), ("witness2", &police),
            ("t0", "2026-04-01 10:00"), ("t1", "2026-04-02 10:00"), ("t2", "2026-04-03 10:00"),
        ]);
        by_house(town, on(&pc), "draw_panel", panel(town));
        app::inbox::tick(&town.house).unwrap();
        let by = town.by("second");
        let none = by.get("/matter/PC-2026-9999");
        for number in [&aj, &pc, &pb, &draw] {
            assert_eq!(town.by("handler").get(&format!("/matter/{number}")).status, 200, "{number}");
            for path in [format!("/matter/{number}"), format!("/matter/{number}/do/stop")] {
                let page = by.get(&path);
                assert_eq!((page.status, &page.body), (404, &none.body), "{path}");
            }
            let known = token.get(&format!("/api/v1/matters/{number}"));
            assert_eq!(known.body, token.get("/api/v1/matters/PC-2026-9999").body, "{number}");
            // Nor by way of a form that names it.
            let guess = |n: &str| conflict_as(town, n).text();
            assert_eq!(guess(number), guess("PC-2026-9999"), "{number}");
            let linked = |n: &str| token.api("/api/v1/matters", &format!("k{n}"), &json!({"kind": "inquiry_record", "action": "record", "links": [n], "form": {}})).text();
            assert_eq!(linked(number), linked("PC-2026-9999"), "{number}");
            let target = |n: &str| token.api("/api/v1/matters", &format!("t{n}"), &json!({"kind": "erasure", "action": "propose", "form": {"target": n}})).text().replace(n, "那一件");
            assert_eq!(target(number), target("PC-2026-9999"), "{number}");
        }
        assert_eq!((sizes(), told()), (before, answers));
        for path in ["/", "/matters/review/export", "/matters/dossier/export", "/matters/review_batch/export", &format!("/matter/{bz}")] {
            let text = said(&by.get(path));
            assert!([&aj, &pc, &pb, &draw].iter().all(|n| !text.contains(n.as_str())) && !text.contains("1202刑初15"), "{path}");
        }
        town.sound();
    }
    fn a_conflict_with_the_dossier_keeps_an_expert_out_of_the_pool_and_the_chair_out_of_the_room(town: &Town) {
        let enter = |login: &str| {
            let form = json!({"name": "某专家", "category": "法官", "unit": "某院", "professions": ["01"], "account": town.ids[login], "until": "2028-12-31"});
            by_house(town, opens("expert", &[]), "enter_serving", form)
        };
        let pool = ["expert", "inspector", "party-org", "posted", "officer"].map(|login| (login, enter(login)));
        assert!(town.by("officer").get("/").says("R6 评查专家"), "an old roll gives the role too");
        let aj = dossier(town, CASE);
        let form = json!({
            "dossier": aj, "org": COURT, "case_type": "01", "closed_on": "2025-11-20", "effective_on": "2025-12-20", "sealed": false,
            "standard": standard(town), "kind": "常态",
        });
        let pc = by_house(town, opens("review", &[]), "open", form);
        assert_eq!(conflict(town, "posted", "matter", &aj).status, 303);
        town.act("handler", &aj, "name_person", &[("capacity", "代理人"), ("person", &town.ids["inspector"])]);
        let (court, police) = (town.ids["court"].clone(), town.ids["police"].clone());
        let cq = town.open("handler", "draw", "announce", &[
            ("what", "抽专家"), ("review", &pc), ("purpose", "抽取评查专家"), ("witness1", &court), ("witness2", &police),
            ("t0", "2026-04-01 10:00"), ("t1", "2026-04-02 10:00"), ("t2", "2026-04-03 10:00"),
        ]);
        ["court", "police"].iter().for_each(|who| drop(town.act(who, &cq, "seal", &[("commitment", &"ab".repeat(32))])));
        town.act("handler", &cq, "freeze", &[]);
        let page = town.by("handler").get(&format!("/matter/{cq}")).text();
        let ids = page.split("href=\"/file/").skip(1).map(|p| p.split('"').next().unwrap());
        let lists: String = ids.map(|id| town.by("handler").get(&format!("/file/{id}")).text()).filter(|t| t.contains("ZJK-")).collect();
        for (login, zjk) in &pool {
            assert_eq!(lists.contains(zjk.as_str()), !["posted", "inspector"].contains(login), "{login}: {lists}");
        }
        let chosen: Vec<Json> = ["expert", "party-org", "officer"].iter().map(|login| candidate(town, login)).collect();
        by_house(town, on(&pc), "draw_panel", json!({"draw": "CQ-1", "proof": "ab12", "chosen": chosen}));
        // The chair leaves the room the same way.
        hold(town, "police", "R8");
        let chair = || town.by("police").get(&format!("/matter/{pc}")).status;
        assert_eq!(chair(), 200);
        assert_eq!(conflict(town, "police", "matter", &aj).status, 303);
        assert_eq!((chair(), town.by("police").act(&pc, "deliberate", &[]).status), (404, 404));
        // Nor does a seat without an alternate stay taken.
        assert_eq!(conflict(town, "officer", "matter", &pc).status, 303);
        assert_eq!((town.by("officer").get(&format!("/matter/{pc}")).status, town.by("officer").act(&pc, "promise", &[]).status), (404, 404));
        assert!(town.by("lead").get(&format!("/matter/{pc}")).says("空缺"));
        town.sound();
    }
    fn a_conflict_with_one_case_leaves_the_others_and_the_lead_is_no_exception(town: &Town) {
        let (one, two) = (dossier(town, CASE), dossier(town, "（2024）赣1202刑初16号"));
        let pc = drawn(town, &one);
        town.act("handler", &one, "name_person", &[("capacity", "审核审批"), ("person", &town.ids["lead"])]);
        let by = town.by("lead");
        for number in [&one, &pc] {
            assert_eq!(by.get(&format!("/matter/{number}")).status, 404, "{number}");
        }
        assert_eq!(by.get(&format!("/matter/{two}")).status, 200);
        let stop = by.act(&pc, "stop", &[("reason", "不评了。")]);
        assert_eq!(stop.status, 404);
        // A clue of the court counts for everybody but whom a conflict keeps from it.
        let xs = town.clue();
        town.act("handler", &xs, "assess", &[]);
        let cell = |who: &'static str| town.by(who).get(&format!("/funnel/{}", encode("线索"))).text();
        let numbers = |who: &'static str| town.by(who).get("/").text().split("/funnel/").skip(1).map(|p| p.chars().take(400).collect::<String>()).collect::<String>();
        let all = numbers("second");
        assert_eq!(conflict(town, "second", "org", COURT).status, 303);
        assert!(cell("secretary").contains(&xs) && cell("second").contains("线索：0 件") && numbers("second") != all);
        assert!(!by.get("/conflicts").says(&one) && town.by("handler").get("/conflicts").says(&one), "not even as the row that bars him");
        town.sound();
    }
}
/// Tries to learn from the form of conflicts whether a matter exists, as somebody who may not see it.
fn conflict_as(town: &Town, target: &str) -> Page {
    let by = town.by("second");
    let form = by.get("/conflicts");
    by.answer(&form, "/conflicts", &[("person", &town.ids["posted"]), ("kind", "matter"), ("target", target), ("why", "试探")])
}
