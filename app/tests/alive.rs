//! 活情况 over HTTP on both engines: who has the page of a unit and of a leading official, what is counted there and what is not.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::leading::{leading, ordered, proposed, registered};
use house::{COURT, POLICE, Town, batch, opinions};

const OFFICIAL: &str = "/alive/official/G1";
fn of(town: &Town, who: &'static str, path: &str) -> u16 {
    town.by(who).get(path).status
}
fn bar(town: &Town, who: &str, kind: &str, target: &str) {
    let form = town.by("handler").get("/conflicts");
    let person = town.ids[who].clone();
    let set = town.by("handler").answer(&form, "/conflicts", &[("person", &person), ("kind", kind), ("target", target), ("why", "近亲属")]);
    assert_eq!(set.status, 303, "{}", set.text());
}
/// A rectification of this unit, accepted so many days after the start and closed on another.
fn put_right(town: &Town, (org, login): (&str, &'static str), accepted: i64, closed: i64) -> String {
    let said = [("org", org), ("problems", "X1"), ("severity", "一般"), ("gist", "审限超过三十日。")];
    let zg = town.open("handler", "rectification", "open", &said);
    town.act("lead", &zg, "demand", &[("what", "逐件核查，限期纠正。")]);
    town.act(login, &zg, "sign", &[]);
    town.act(login, &zg, "plan", &[("plan", "分管领导牵头。")]);
    town.act("handler", &zg, "confirm_plan", &[]);
    town.day(accepted);
    town.act(login, &zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
    town.act("handler", &zg, "accept", &[("opinion", "同意。")]);
    town.day(closed);
    town.act("second", &zg, "hold", &[("finding", "抽查未见同类问题。")]);
    town.act("lead", &zg, "close", &[]);
    zg
}
/// The cells of a line, where there is one.
fn line(page: &str, label: &str) -> Option<String> {
    let at = page.find(&format!("data-l=\"情况\">{label}</th>"))?;
    page[at..].split("</tr>").next().map(ToOwned::to_owned)
}
/// The last address of a line.
fn behind(page: &str, label: &str) -> String {
    let cells = line(page, label).unwrap_or_else(|| panic!("no line {label}: {page}"));
    let to = cells.split("href=\"").nth(1).unwrap_or_else(|| panic!("no number of {label}: {cells}"));
    to.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
}
/// A review of the court, in which this account stands as the officer in charge, up to its service.
fn served(town: &Town, officer: &str) -> String {
    let (bz, _) = (batch::standard(town), batch::pool(town));
    (1..=3).for_each(|n| drop(batch::dossier(town, n, &[])));
    let pb = batch::batch(town, &bz, "常态", "", "1");
    batch::draw(town, "抽案", ("batch", &pb));
    town.act("handler", &pb, "open_reviews", &[]);
    batch::draw(town, "抽专家", ("batch", &pb));
    let pc = batch::linked(town, &pb, "PC-").remove(0);
    batch::score(town, &pc, ["20", "22", "21"]);
    town.act("chair", &pc, "adopt_mean", &[("problems", "S1"), ("opinion", "事实认定说理不足。"), ("accountable", "no")]);
    town.act("lead", &pc, "feed", &[("doc_no", "评〔2026〕1号"), ("officer", officer)]);
    town.act("court", &pc, "serve", &[("served_on", &town.today(0))]);
    pc
}

both! {
    fn the_office_has_every_page_an_official_his_own_and_nobody_else_any(town: &Town) {
        registered(town, "G1", "钱构勤", POLICE);
        let unit = format!("/alive/unit/{POLICE}");
        for who in ["handler", "lead", "secretary", "officer"] {
            assert_eq!(of(town, who, OFFICIAL), 404, "{who}: not a leading official yet");
        }
        ordered(town, "G1", "GA1 2026-03-01 officer 副局长");
        for who in ["handler", "second", "lead", "secretary", "secretary2"] {
            assert_eq!((of(town, who, &unit), of(town, who, OFFICIAL), of(town, who, "/alive")), (200, 200, 200), "{who}");
            assert_eq!((of(town, who, "/alive/unit/none"), of(town, who, "/alive/official/G2")), (404, 404), "{who}");
        }
        assert_eq!((of(town, "officer", OFFICIAL), of(town, "officer", &unit)), (200, 404));
        assert!(town.by("officer").get("/").says(OFFICIAL) && !town.by("handler").get("/").says("本人活情况"));
        for who in ["party-org", "party-org2", "police", "court", "sent", "expert", "posted", "inspector", "patrol", "chair", "procurator",
            "discipline", "system", "security", "auditor", "intake", "justice", "mayor"] {
            assert_eq!((of(town, who, &unit), of(town, who, OFFICIAL)), (404, 404), "{who}");
            for part in ["own", "term"] {
                assert_eq!(of(town, who, &format!("{OFFICIAL}/{part}/behind?what=late")), 404, "{who}");
            }
            assert_eq!(of(town, who, &format!("{unit}/behind?what=late")), 404, "{who}");
            assert_eq!(of(town, who, "/alive"), 403, "{who}");
            assert!(!town.by(who).get("/").says("活情况"), "{who}");
        }
        let list = town.by("lead").get("/alive");
        assert!(list.says("钱构勤") && list.says(OFFICIAL) && list.says(&unit), "{}", list.text());
        bar(town, "second", "org", POLICE);
        assert_eq!((of(town, "second", &unit), of(town, "second", OFFICIAL), of(town, "second", &format!("/alive/unit/{COURT}"))), (404, 404, 200));
        let list = town.by("second").get("/alive");
        assert!(!list.says("钱构勤") && !list.says(&unit) && list.says("云岭市中级人民法院"));
        ordered(town, "G1", "免职");
        for who in ["handler", "officer"] {
            assert_eq!(of(town, who, OFFICIAL), 404, "{who}: he leads nothing any more");
        }
        town.sound();
    }
    fn who_leads_is_put_down_by_two_with_unit_term_and_account_and_guessed_from_no_post(town: &Town) {
        registered(town, "G1", "钱构勤", POLICE);
        registered(town, "G2", "旁人甲", POLICE);
        for (key, value, say) in [
            ("G9", "GA1 2026-03-01 officer 副局长", "没有这个编号的干警"),
            ("G1", "副局长", "应写作"),
            ("G1", "GA1 2026-03-01 officer", "应写作"),
            ("G1", "GA1 去年 officer 副局长", "应写作"),
            ("G1", "FY1 2026-03-01 officer 副局长", "所在单位"),
            ("G1", "GA1 2027-03-01 officer 副局长", "不能晚于今日"),
            ("G1", "GA1 2026-03-01 nobody 副局长", "没有这个登录名"),
            ("G2", "GA1 2026-03-01 officer 副局长", "姓名与干警登记的姓名不一致"),
            ("G1", "免职", "不在领导干部名录"),
        ] {
            let page = proposed(town, key, value);
            assert_eq!(page.status, 422, "{key} {value}: {}", page.text());
            assert!(page.says(say), "{value}: {}", page.text());
        }
        let officers = town.by("handler").get("/officers");
        assert!(officers.says("propose?register=official&#38;key=G2"), "{}", officers.text());
        let page = proposed(town, "G1", "GA1 2026-03-01 officer 副局长");
        assert_eq!(of(town, "handler", OFFICIAL), 404, "proposed is not approved");
        assert_ne!(town.by("handler").act(&page.number(), "approve", &[]).status, 303, "never by the one who proposed");
        town.act("lead", &page.number(), "approve", &[]);
        assert_eq!((of(town, "handler", OFFICIAL), of(town, "handler", "/alive/official/G2")), (200, 404), "a post alone leads nothing");
        ordered(town, "G2", "GA1 2025-01-06 无 政治处主任");
        let page = town.by("handler").get("/alive/official/G2");
        assert!(page.says("政治处主任") && page.says("没有登记账号"), "{}", page.text());
    }
    fn good_stands_beside_bad_of_closed_matters_only_without_score_rank_or_name(town: &Town) {
        put_right(town, (COURT, "court"), 20, 125);
        let late = put_right(town, (COURT, "court"), 300, 400);
        town.rectifying();
        let page = town.by("lead").get(&format!("/alive/unit/{COURT}"));
        let text = page.text();
        assert!(text.contains("正面事实") && text.contains("负面事实"), "{text}");
        for label in ["按期整改", "整改逾期"] {
            let cells = line(&text, label).unwrap_or_else(|| panic!("{label}: {text}"));
            assert!(cells.contains("1/2 件销号的整改件，少于 5 件，不作比较"), "what is open is not there: {cells}");
        }
        assert!(text.contains("2027 上</th>") && text.contains("2026 下</th>"), "{text}");
        for word in ["得分", "第 1 名", "名次", "林例安", "蒋样和", "周样宁"] {
            assert!(!text.contains(word), "{word}");
        }
        let told = town.by("lead").get(&behind(&text, "整改逾期"));
        assert!(told.says(&late) && told.says("1 件"), "{}", told.text());
        assert_eq!(of(town, "lead", &format!("/alive/unit/{COURT}/behind?what=none")), 404);
        assert_eq!(of(town, "lead", &format!("/alive/unit/{COURT}/behind?what=late&half=x")), 404);
        bar(town, "second", "matter", &late);
        let second = town.by("second").get(&format!("/alive/unit/{COURT}")).text();
        assert!(line(&second, "整改逾期").is_none() && line(&second, "按期整改").unwrap().contains("1/1 件"), "a barred matter is in no count: {second}");
    }
    fn a_matter_with_a_competent_body_is_told_of_nobody(town: &Town) {
        let zg = put_right(town, (COURT, "court"), 20, 125);
        let unit = format!("/alive/unit/{COURT}");
        assert!(line(&town.by("lead").get(&unit).text(), "按期整改").is_some());
        let mark = zg.clone();
        // As a referral under way leaves it: a link named source from a matter that carries the mark.
        town.house.db.write_here(move |tx| {
            let id = tx.one("SELECT id FROM idx WHERE number = $1", app::params![&mark])?.unwrap().int(0);
            tx.exec("INSERT INTO idx (id, kind, number, title, gist, phase, ball, org, owner, codes, marks, due, due_label, provisional, paused, closed, opened_on, changed_ms, tokens) \
                VALUES (900001, 'referral', 'YS-0', '', '', '', '', '', '', '', 'referral_under_way', '', '', 0, 0, 0, '2026-07-01', 0, 'x')", &[])?;
            tx.exec("INSERT INTO link (a, b, link, seq) VALUES (900001, $1, 'source', 1)", app::params![id])
        }).unwrap();
        assert!(line(&town.by("lead").get(&unit).text(), "按期整改").is_none());
    }
    fn accountability_is_told_after_the_time_to_ask_for_review_only(town: &Town) {
        let zg = town.rectifying();
        town.act("lead", &zg, "accountability", &[("facts", "逾期不改。")]);
        let zj = batch::linked(town, &zg, "ZJ-").remove(0);
        let unit = format!("/alive/unit/{COURT}");
        let told = |town: &Town| line(&town.by("lead").get(&unit).text(), "责任查究已有结果").is_some();
        town.act("lead", &zj, "refer", &[("to", "市纪委监委")]);
        assert!(!told(town), "nothing before the competent body has answered");
        town.act("handler", &zj, "answer", &[("result", "诫勉。"), ("document", "file:文书")]);
        town.day(20);
        assert!(!told(town), "nothing while review may still be asked for");
        town.day(45);
        assert!(told(town));
    }
    fn an_official_is_told_the_duties_of_his_term_and_each_look_is_recorded(town: &Town) {
        leading(town);
        registered(town, "G2", "韩构成", POLICE);
        let late = put_right(town, (POLICE, "police"), 90, 190);
        ordered(town, "G2", "GA1 2026-06-01 police 局长");
        let of_term = |key: &str| town.by("lead").get(&format!("/alive/official/{key}")).text();
        assert!(line(&of_term("G1"), "整改逾期").is_some(), "{}", of_term("G1"));
        assert!(line(&of_term("G2"), "整改逾期").is_none(), "what began before his term is not his");
        for name in ["韩构成", "林例安"] {
            assert!(!of_term("G1").contains(name), "{name}");
        }
        let own = town.by("officer").get(OFFICIAL);
        assert!(line(&own.text(), "整改逾期").is_some(), "he reads what is told of him: {}", own.text());
        let told = town.by("officer").get(&behind(&own.text(), "整改逾期"));
        assert!(told.status == 200 && told.says("另有 1 件你无权查看") && !told.says(&late), "{}", told.text());
        assert!(town.by("lead").get(&behind(&of_term("G1"), "整改逾期")).says(&late));
        app::matters::flush(&town.house).unwrap();
        let sql = "SELECT person, COUNT(*) FROM read_record WHERE what = '活情况 G1' GROUP BY person";
        let looks = town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| (r.take(0), r.int(1))).collect::<Vec<_>>())).unwrap();
        let of = |who: &str| looks.iter().find(|(p, _)| *p == town.ids[who]).map_or(0, |(_, n)| *n);
        assert!(of("lead") >= 3 && of("officer") == 2 && of("handler") == 0, "{looks:?}");
        town.sound();
    }
    fn his_own_cases_are_told_once_concluded_and_nobody_elses(town: &Town) {
        leading(town);
        let pc = served(town, &town.ids["officer"].clone());
        assert!(line(&town.by("lead").get(OFFICIAL).text(), "评查有瑕疵").is_none(), "nothing while he may object");
        town.day(60);
        opinions::tick(town);
        assert_eq!(town.phase(&pc), "Settling");
        town.act("lead", &pc, "settle", &[("doc_no", "定〔2026〕1号")]);
        town.act("handler", &pc, "conclude_rectify", &[("problems", "S1"), ("severity", "一般"), ("gist", "事实认定说理不足。")]);
        let lead = town.by("lead").get(OFFICIAL).text();
        assert!(line(&lead, "评查有瑕疵").unwrap().contains("1/1 件定论的评查件"), "{lead}");
        let own = town.by("officer").get(OFFICIAL).text();
        assert!(town.by("officer").get(&behind(&own, "评查有瑕疵")).says(&pc), "he finds his own case");
        town.act("secretary", &pc, "revoke", &[("body", "省高级人民法院"), ("doc_no", "（2026）赣刑再1号"), ("document", "file:文书")]);
        assert!(line(&town.by("lead").get(OFFICIAL).text(), "评查有瑕疵").is_none(), "a conclusion revoked is none");
    }
    fn of_the_negative_list_only_what_may_be_told_outside(town: &Town) {
        leading(town);
        let holder = format!("p:{}", town.ids["officer"]);
        town.house.db.write_here(move |tx| {
            for (id, marks) in [(900_001i64, ""), (900_002, "providable")] {
                tx.exec("INSERT INTO idx (id, kind, number, title, gist, phase, ball, org, owner, codes, marks, due, due_label, provisional, paused, closed, opened_on, changed_ms, tokens) \
                    VALUES ($1, 'negative_list_entry', $2, '', '', '', '', 'GA1', 'ZFW', '', $3, '', '', 0, 0, 0, '2026-03-02', 0, 'x')",
                    app::params![id, format!("FM-{id}"), marks])?;
                tx.exec("INSERT INTO party (holder, kind, id, standing, mine, due) VALUES ($1, 'negative_list_entry', $2, 'Officer', 0, '')", app::params![&holder, id])?;
                tx.exec("INSERT INTO party (holder, kind, id, standing, mine, due) VALUES ('r:R2@ZFW', 'negative_list_entry', $1, 'Lead', 0, '')", app::params![id])?;
            }
            Ok(())
        }).unwrap();
        for who in ["lead", "officer"] {
            let page = town.by(who).get(OFFICIAL).text();
            let told = town.by(who).get(&behind(&page, "列入负面清单"));
            assert!(told.says("1 件") && told.says("FM-900002") && !told.says("FM-900001"), "{who}: {}", told.text());
        }
    }
    fn no_search_list_or_api_tells_who_leads(town: &Town) {
        leading(town);
        for who in ["party-org", "court", "expert", "procurator", "system"] {
            for path in ["/search?q=钱构勤", "/search?q=副局长", "/organisations", "/api/v1/organisations", "/matters/amendment", "/officers"] {
                let page = town.by(who).get(path);
                let words = page.text().replace("value=\"钱构勤\"", "").replace("value=\"副局长\"", "");
                assert!(!words.contains("活情况") && !words.contains("G1 ") && !words.contains("/alive/"), "{who} {path}: {words}");
            }
        }
    }
}
