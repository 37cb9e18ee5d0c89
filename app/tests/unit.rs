//! 单位画像: who has the page, what is counted on it for whom, and that few cases are compared with nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::{COURT, POLICE, Town, batch};

fn of(town: &Town, who: &'static str, code: &str) -> house::Page {
    town.by(who).get(&format!("/unit/{code}"))
}
fn bar(town: &Town, who: &str, kind: &str, target: &str) {
    let form = town.by("handler").get("/conflicts");
    let person = town.ids[who].clone();
    let set = town.by("handler").answer(&form, "/conflicts", &[("person", &person), ("kind", kind), ("target", target), ("why", "近亲属")]);
    assert_eq!(set.status, 303, "{}", set.text());
}

both! {
    fn the_office_and_the_inspectors_have_every_unit_a_unit_itself_and_nobody_else_any(town: &Town) {
        let link = format!("href=\"/unit/{COURT}\"");
        for who in ["handler", "lead", "secretary", "inspector", "patrol"] {
            assert_eq!((of(town, who, COURT).status, of(town, who, POLICE).status, of(town, who, "none").status), (200, 200, 404), "{who}");
            assert!(town.by(who).get("/organisations").says(&link), "{who}");
        }
        assert_eq!((of(town, "court", COURT).status, of(town, "court", POLICE).status), (200, 404));
        assert!(of(town, "handler", POLICE).says("href=\"/unit/GA1P\""), "those under it have pages of their own");
        for who in ["expert", "posted", "officer", "party-org", "chair", "procurator", "discipline", "system", "security", "auditor"] {
            assert_eq!(of(town, who, COURT).status, 404, "{who}");
            assert!(!town.by(who).get("/organisations").says(&link), "{who}");
        }
        let zg = town.rectifying();
        assert!(town.by("handler").get(&format!("/matter/{zg}")).says(&link) && town.by("court").get(&format!("/matter/{zg}")).says(&link));
        bar(town, "inspector", "org", COURT);
        assert_eq!((of(town, "inspector", COURT).status, of(town, "inspector", POLICE).status), (404, 200));
        assert!(!town.by("inspector").get("/organisations").says(&link));
    }
    fn only_what_one_may_see_is_counted_and_no_name_is_told(town: &Town) {
        let (xs, other) = (town.clue(), town.clue());
        let zg = town.rectifying();
        let page = of(town, "lead", COURT);
        for say in ["线索", "整改件", "X1 超期", "共 3 件", "phase=Registered", &xs, &zg, "确认方案", "承办人"] {
            assert!(page.says(say), "{say}: {}", page.text());
        }
        for name in ["林例安", "蒋样和", "甘例棠"] {
            assert!(!page.says(name), "{name}");
        }
        let own = of(town, "court", COURT);
        assert!(own.says(&zg) && own.says("共 1 件") && !own.says(&xs) && !own.says(&other), "a unit reads of no clue: {}", own.text());
        let inspector = of(town, "inspector", COURT);
        assert!(!inspector.says(&xs) && !inspector.says(&other) && inspector.says("共 1 件"), "{}", inspector.text());
        bar(town, "second", "matter", &xs);
        let second = of(town, "second", COURT);
        assert!(!second.says(&xs) && second.says(&other) && second.says("共 2 件"), "{}", second.text());
        town.day(90);
        let late = of(town, "lead", COURT);
        assert!(late.says("逾期 3 件") && late.says("逾期 "), "{}", late.text());
        town.act("court", &zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
        town.act("handler", &zg, "send_back", &[("reason", "没有清单。")]);
        town.act("court", &zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
        town.act("handler", &zg, "accept", &[("opinion", "同意。")]);
        let row = |label: &str, n: u32| format!("<td data-l=\"情况\">{label}</td><td data-l=\"件数\" class=\"num\">{n}</td>");
        let page = of(town, "lead", COURT);
        for (label, n) in [("按期验收", 0), ("逾期验收", 1), ("曾被退回", 1), ("曾经反弹", 0)] {
            assert!(page.says(&row(label, n)), "{label}: {}", page.text());
        }
    }
    fn fewer_than_five_cases_are_compared_with_nothing(town: &Town) {
        town.clue();
        for n in 1..=4 {
            batch::dossier(town, n, &[]);
        }
        assert!(of(town, "lead", COURT).says("办结案件 4 件") && of(town, "lead", COURT).says("少于 5 件，不作比较"));
        batch::dossier(town, 5, &[]);
        let page = of(town, "lead", COURT);
        assert!(page.says("办结案件 5 件") && page.says("0.0（0.0–43.4）") && !page.says("少于 5 件"), "{}", page.text());
    }
}
