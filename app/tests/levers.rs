//! 参数总览 over HTTP on both engines: every lever with its reason, its history, and what the last half-year would have been.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use domain::registers::{levers, limits, parameters};
use house::{COURT, MARKET, Page, Town, batch, encode};

fn tried(town: &Town, who: &'static str, key: &str, value: &str) -> Page {
    let page = town.by(who).get(&format!("/levers/of/{}?value={}", encode(key), encode(value)));
    assert_eq!(page.status, 200, "{key}: {}", page.text());
    page
}
/// `(now, then)` of one number.
fn shift(page: &Page, what: &str) -> (String, String) {
    let text = page.text();
    let at = text.find(&format!("data-l=\"数\">{what}</th>")).unwrap_or_else(|| panic!("no {what}: {text}"));
    let cell = |label: &str| {
        let rest = &text[at..];
        let from = rest.find(&format!("data-l=\"{label}\" class=\"num\">")).unwrap();
        rest[from..].split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()
    };
    (cell("现值"), cell("试算"))
}
fn pair(now: &str, then: &str) -> (String, String) {
    (now.to_owned(), then.to_owned())
}

both! {
    fn every_lever_is_on_one_page_with_reason_floor_owner_and_basis(town: &Town) {
        let bz = batch::standard(town);
        for who in ["handler", "lead", "secretary", "justice", "justice-lead", "system", "auditor"] {
            let page = town.by(who).get("/levers");
            assert_eq!(page.status, 200, "{who}");
            let text = page.text();
            for limit in limits::defaults() {
                assert!(text.contains(&limit.label) && text.contains(levers::limit(&limit.code).unwrap().reason), "{}", limit.code);
            }
            for (name, label, _) in parameters::DEFAULTS {
                assert!(text.contains(label) && text.contains(levers::parameter(name).unwrap().reason), "{name}");
            }
            for say in ["不少于 10 个工作日", "不少于 3 个工作日", "民事案件评查标准", "60 分", "等次：合格", "85 分以上", "写在程序里，换版本才能改",
                "法律文本改了才改", "本机构设定，非法定", "《行政处罚法》第六十条", "抽样比例"] {
                assert!(text.contains(say), "{who}: {say}");
            }
        }
        for who in ["court", "expert", "officer", "party-org", "procurator", "inspector", "security", "intake"] {
            assert_eq!(town.by(who).get("/levers").status, 403, "{who}");
            assert_eq!(town.by(who).get("/levers/of/limit.T18").status, 403, "{who}");
        }
        for key in ["limit.T99", "parameter.none", "none", &format!("grade.{bz}.无")] {
            assert_eq!(town.by("lead").get(&format!("/levers/of/{}", encode(key))).status, 404, "{key}");
        }
        assert!(town.by("lead").get("/").says("/levers") && !town.by("court").get("/").says("/levers"));
    }
    fn a_lever_tells_its_versions_and_leads_to_a_change_order(town: &Town) {
        let page = town.by("handler").get("/levers/of/parameter.spread");
        assert!(page.says("2018-01-01") && page.says("系统"), "{}", page.text());
        let to = "/matters/amendment/new/propose?register=parameter&#38;key=spread";
        assert!(page.says(to), "{}", page.text());
        let form = town.by("handler").get("/matters/amendment/new/propose?register=parameter&key=spread");
        assert!(form.says("value=\"parameter\" selected") && form.says("value=\"spread\""), "{}", form.text());
        let said = [("register", "parameter"), ("key", "spread"), ("value", "20"), ("from", &town.today(0)), ("reason", "上半年合议过多。")];
        let bg = town.open("handler", "amendment", "propose", &said);
        town.act("lead", &bg, "approve", &[]);
        let page = town.by("handler").get("/levers/of/parameter.spread");
        assert!(page.says("<td data-l=\"值\">20</td>") && page.says("<td data-l=\"值\">15</td>") && page.says("陈拟正"), "{}", page.text());
        assert!(page.says(&town.today(0)), "from the day it holds");
        let auditor = town.by("auditor").get("/levers/of/parameter.spread");
        let entry = auditor.text().split("href=\"/entry/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(town.by("auditor").get(&format!("/entry/{entry}")).status, 200);
        assert!(!auditor.says("/amendment/new/") && !town.by("lead").get("/levers/of/parameter.spread").says("/amendment/new/"), "who may not propose is not led there");
        let law = town.by("handler").get("/levers/of/limit.T15a");
        assert!(law.says("《公务员法》第九十五条") && law.says("法律文本改了才改") && !law.says("/amendment/new/"), "{}", law.text());
    }
    fn the_last_half_year_is_reckoned_again_by_the_houses_own_functions_and_nothing_is_written(town: &Town) {
        batch::regular(town);
        let bz = batch::linked(town, "PB-2026-0001", "BZ-").remove(0);
        town.clue();
        let said = [("case_no", "（2026）赣1202民初77号"), ("case_type", "02"), ("cause", "买卖合同纠纷"), ("org", COURT), ("handler", "文例法"),
            ("classified", "no"), ("closed_on", "2026-02-20"), ("effective_on", "2026-03-01"), ("result", "判决支持。")];
        town.open("handler", "dossier", "register_effective", &said);
        let zg = town.rectifying();
        town.day(150);
        // Looks of the days gone by are entered once; from here on nothing is.
        town.by("lead");
        app::matters::flush(&town.house).unwrap();
        let entries = town.entries();
        let page = tried(town, "lead", "parameter.spread", "1");
        assert!(page.says("2026 年上半年") && page.says("不改动任何记录"), "{}", page.text());
        assert_eq!((shift(&page, "定论的评查件"), shift(&page, "其中必须合议的")), (pair("2", "2"), pair("1", "2")));
        assert_eq!(shift(&tried(town, "lead", "parameter.spread", "15"), "其中必须合议的"), pair("1", "1"), "the value it has changes nothing");
        let page = tried(town, "lead", &format!("grade.{bz}.合格"), "94");
        assert_eq!((shift(&page, "等次：合格"), shift(&page, "等次：瑕疵")), (pair("1", "0"), pair("1", "2")));
        assert!(tried(town, "lead", &format!("grade.{bz}.合格"), "96").says("从高到低"));
        let page = tried(town, "lead", "parameter.common_count", "1");
        let (now, then) = shift(&page, "够得上共性问题的问题码");
        assert!(now.parse::<u32>().unwrap() < then.parse::<u32>().unwrap(), "{now} {then}");
        let page = tried(town, "lead", "parameter.few", "1");
        assert_eq!(shift(&page, "能算比率的单位"), pair("0", "1"));
        assert_eq!(shift(&tried(town, "lead", "parameter.few", "100"), "能算比率的单位"), pair("0", "0"));
        let page = tried(town, "lead", "limit.T21b", "400 calendar_days");
        assert_eq!((shift(&page, "这半年起算的期限"), shift(&page, "其中逾期的")), (pair("1", "1"), pair("1", "0")), "{zg}");
        let page = tried(town, "lead", "limit.T19", "1 working_days");
        assert!(shift(&page, "其中末日会变的").1.parse::<u32>().unwrap() > 0, "to the floor and no further");
        assert_eq!(shift(&page, "其中逾期的"), pair("0", "0"));
        assert_eq!(town.entries(), entries, "no entry");
        bar(town, "second", COURT);
        assert_eq!(shift(&tried(town, "second", "parameter.spread", "1"), "定论的评查件"), pair("0", "0"), "what is out of sight is in no number");
        town.sound();
    }
    fn what_cannot_be_reckoned_is_said_in_words_and_a_wrong_value_is_told(town: &Town) {
        assert!(tried(town, "lead", "parameter.panel", "5").says("已经抽过的不能重抽"));
        assert!(tried(town, "lead", "limit.T3a", "30 calendar_days").says("没有流程按这个期限计时"));
        assert!(tried(town, "lead", "parameter.checks_a_year", "1").says("涉企检查处罚记录由司法局看"));
        for (key, value) in [("parameter.spread", "0"), ("parameter.spread", "1001"), ("parameter.spread", "x"), ("limit.T18", "3 weeks"), ("limit.T18", "0 months")] {
            let page = tried(town, "lead", key, value);
            assert!(page.says("应") && !page.says("data-l=\"试算\""), "{key} {value}: {}", page.text());
        }
        for who in ["system", "auditor"] {
            let page = tried(town, who, "parameter.spread", "1");
            assert!(!page.says("试算"), "an administrator sees no matter: {}", page.text());
        }
    }
    fn alerts_are_reckoned_for_whoever_reads_the_records(town: &Town) {
        for n in 0..3 {
            let no = format!("云市监检〔2026〕{n}号");
            let said = [("org", MARKET), ("firm_name", "云岭例盛信息技术有限公司"), ("uscc", "91361226MA183D6W8P"), ("act_type", "行政检查"),
                ("cause", "广告检查"), ("doc_no", &no), ("filed_on", "2026-03-01"), ("decided_on", "2026-03-02"), ("lead_officer", "马测市 14123612001")];
            town.open("justice", "enforcement_record", "record", &said);
        }
        town.day(150);
        assert_eq!(shift(&tried(town, "justice", "parameter.checks_a_year", "5"), "预警：检查过频"), pair("1", "0"));
        assert!(tried(town, "secretary", "parameter.checks_a_year", "5").says("你看不到"));
    }
}
fn bar(town: &Town, who: &str, org: &str) {
    let form = town.by("handler").get("/conflicts");
    let person = town.ids[who].clone();
    let set = town.by("handler").answer(&form, "/conflicts", &[("person", &person), ("kind", "org"), ("target", org), ("why", "近亲属")]);
    assert_eq!(set.status, 303, "{}", set.text());
}
