//! From problems seen again and again to a suggestion of whom to inspect; from a closed rectification to the proof that the defect became
//! rarer. On both engines.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod cases;
mod house;

use cases::{api, conflict};
use house::{CLUE, COURT, POLICE, Town, batch, encode};

/// A clue about this unit, with this problem.
fn clue(town: &Town, org: &str, problem: &str) -> String {
    let said: Vec<(&str, &str)> = CLUE
        .iter()
        .map(|(n, v)| match *n {
            "org" => (*n, org),
            "problem" => (*n, problem),
            _ => (*n, *v),
        })
        .collect();
    town.open("handler", "clue", "register", &said)
}
/// The cells of the first row of the page's table that says all of this.
fn row(text: &str, words: &[&str]) -> String {
    let rows = text.split("<tr>").filter(|r| words.iter().all(|w| r.contains(w)));
    rows.map(|r| r.split("</tr>").next().unwrap().to_owned()).next().unwrap_or_else(|| panic!("no row {words:?}: {text}"))
}
/// From the demand to the closure, in so many days after the start.
fn close(town: &Town, zg: &str, day: i64) {
    town.act("lead", zg, "demand", &[("what", "逐件核查，限期纠正。")]);
    town.act("court", zg, "sign", &[]);
    town.act("court", zg, "plan", &[("plan", "分管领导牵头。")]);
    town.act("handler", zg, "confirm_plan", &[]);
    town.act("court", zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
    town.act("handler", zg, "accept", &[("opinion", "同意。")]);
    town.day(day);
    town.act("second", zg, "hold", &[("finding", "抽查未见同类问题。")]);
    town.act("lead", zg, "close", &[]);
}
fn rectification(town: &Town, problem: &str) -> String {
    let said = [("org", COURT), ("problems", problem), ("severity", "一般"), ("gist", "说理不足的内部要点。"), ("source", "督察")];
    town.open("handler", "rectification", "open", &said)
}
/// A batch whose one review is concluded, with these problems; returns how many dossiers were on its list.
fn reviewed(town: &Town, plan: &[(&str, &str)], problems: &[(&str, &str)]) -> (String, usize) {
    let pb = town.open("handler", "review_batch", "plan", plan);
    town.act("lead", &pb, "approve", &[("finish_by", &town.today(200))]);
    let cq = batch::draw(town, "抽案", ("batch", &pb));
    let listed = batch::replayed(town, &cq)[0].tickets.len();
    town.act("handler", &pb, "open_reviews", &[]);
    batch::draw(town, "抽专家", ("batch", &pb));
    let pc = batch::linked(town, &pb, "PC-").remove(0);
    batch::score(town, &pc, ["6", "8", "7"]);
    let said = [&[("opinion", "总体合格。"), ("accountable", "no")][..], problems].concat();
    town.act("chair", &pc, "adopt_mean", &said);
    town.act("lead", &pc, "feed", &[("doc_no", "评〔2026〕1号")]);
    town.act("court", &pc, "serve", &[("served_on", &town.today(0))]);
    town.act("court", &pc, "waive", &[]);
    town.act("lead", &pc, "settle", &[("doc_no", "定〔2026〕1号")]);
    town.act("handler", &pc, "conclude_plain", &[]);
    (pb, listed)
}

both! {
    fn a_problem_seen_in_two_units_becomes_a_suggestion_without_its_cases(town: &Town) {
        let (first, other) = (clue(town, COURT, "X1"), clue(town, POLICE, "X1"));
        let again = clue(town, COURT, "X1");
        clue(town, COURT, "C3");
        let page = town.by("handler").get("/problems").text();
        assert!(row(&page, &["X1 超期", "合计 2 个单位"]).contains(">3</a>"), "{page}");
        assert!(row(&page, &["X1 超期", "云岭市公安局"]).contains("不排名"), "no dossier ended there");
        assert!(row(&page, &["C3 告知", "合计"]).contains("件数、单位数不足"));
        assert!(!town.by("handler").get("/problems?to=2026-01-31").says("X1 超期"), "another period");
        let behind = town.by("handler").get(&format!("/problems/behind?problem=X1&org={COURT}"));
        assert!(behind.says(&first) && behind.says(&again) && !behind.says(&other));
        // What the button asks for is in the form; what was counted is nobody's to type.
        let days = format!("from=2025-03-02&to={}", town.today(0));
        let form = town.by("handler").get(&format!("/matters/common_problem/new/confirm?problem=X1&{days}"));
        assert!(form.says("value=\"X1\" selected") && form.says("2025-03-02") && !form.says("name=\"total\""), "{}", form.text());
        let today = town.today(0);
        let few = town.by("handler").open("common_problem", "confirm", &[("problem", "C3"), ("from", "2025-03-02"), ("to", &today), ("analysis", "只一件。")]);
        assert!(few.status == 422 && few.says("期间内只有 1 件、1 个单位"), "{}", few.text());
        let said = [("problem", "X1"), ("from", "2025-03-02"), ("to", today.as_str()), ("analysis", "报批环节普遍缺位，绿松石。")];
        let gx = town.open("handler", "common_problem", "confirm", &said);
        for xs in [&first, &other, &again] {
            assert!(town.by("handler").get(&format!("/matter/{xs}")).says(&format!("/matter/{gx}")), "from the matter to the problem");
            assert!(town.by("handler").get(&format!("/matter/{gx}")).says(&format!("/matter/{xs}")), "and back");
        }
        for who in ["inspector", "patrol", "court", "posted"] {
            assert_eq!(town.by(who).get(&format!("/matter/{gx}")).status, 404, "{who}");
        }
        let case = town.by("lead").act(&gx, "suggest", &[("target", COURT), ("inspection_kind", "政治督察"), ("reasons", "见（2025）赣1202刑初15号。")]);
        assert!(case.status == 422 && case.says("个案材料不随行"), "{}", case.text());
        town.act("lead", &gx, "suggest", &[("target", COURT), ("inspection_kind", "政治督察"), ("reasons", "超期三件，涉两个单位。")]);
        town.act("lead", &gx, "suggest", &[("target", POLICE), ("inspection_kind", "纪律作风督查巡查"), ("reasons", "超期一件。")]);
        // The inspector reads codes, counts, reasons; by no door a matter or the analysis.
        let read = town.by("inspector").get(&format!("/matter/{gx}"));
        assert!(read.status == 200 && read.says("X1 超期") && read.says("云岭市公安局") && read.says("超期三件"));
        let told = api(town, "inspector").get(&format!("/api/v1/matters/{gx}"));
        assert_eq!(told.status, 200);
        for secret in [first.as_str(), &other, &again, "绿松石"] {
            assert!(!read.says(secret) && !told.says(secret), "{secret}");
            let found = town.by("inspector").get(&format!("/search?q={}", encode(secret)));
            assert!(!found.says(&format!("/matter/{gx}")), "{secret}");
        }
        assert!(town.by("handler").get(&format!("/search?q={}", encode("绿松石"))).says(&format!("/matter/{gx}")));
        assert!(town.by("inspector").get("/matters/common_problem").says(&gx) && !town.by("court").get("/matters/common_problem").says(&gx));
        let form = town.by("inspector").get(&format!("/matter/{gx}/do/adopt"));
        assert!(form.says("1. 云岭市中级人民法院：政治督察"), "{}", form.text());
        let wrong = town.by("inspector").act(&gx, "adopt", &[("suggestion", "2"), ("note", "列入年度方案。")]);
        assert!(wrong.status == 422 && wrong.says("由纪律作风督查巡查组答复"), "{}", wrong.text());
        town.act("inspector", &gx, "adopt", &[("suggestion", "1"), ("note", "列入年度方案。")]);
        let silent = town.by("patrol").act(&gx, "decline", &[("suggestion", "2")]);
        assert_eq!(silent.status, 422, "not without a reason");
        town.act("patrol", &gx, "decline", &[("suggestion", "2"), ("reason", "本年已巡查。")]);
        assert_eq!(town.phase(&gx), "Answered");
        // One unit repaired is not the problem solved.
        town.act("lead", &gx, "rectify", &[("unit", COURT), ("severity", "一般"), ("gist", "三件超期。")]);
        let open = town.by("lead").act(&gx, "close", &[("summary", "已改。")]);
        assert!(open.status == 409 && open.says("还有单位没有立整改件"), "{}", open.text());
        town.act("lead", &gx, "rectify", &[("unit", POLICE), ("severity", "一般"), ("gist", "一件超期。")]);
        assert_eq!(batch::linked(town, &gx, "ZG-").len(), 2);
        let open = town.by("lead").act(&gx, "close", &[("summary", "已改。")]);
        assert!(open.status == 409 && open.says("还有整改件没有销号"), "{}", open.text());
        town.sound();
    }
    fn a_conflict_takes_matters_out_of_every_count(town: &Town) {
        let (court, police) = (clue(town, COURT, "X1"), clue(town, POLICE, "X1"));
        let said = [("problem", "X1"), ("from", "2026-01-01"), ("to", "2026-03-31"), ("analysis", "两个单位各一件。")];
        let gx = town.open("handler", "common_problem", "confirm", &said);
        assert_eq!(conflict(town, "second", "org", COURT).status, 303);
        let page = town.by("second").get("/problems").text();
        assert!(row(&page, &["X1 超期", "合计 1 个单位"]).contains(">1</a>") && !page.contains("中级人民法院"), "{page}");
        let behind = town.by("second").get("/problems/behind?problem=X1");
        assert!(behind.says(&police) && !behind.says(&court) && behind.says("：1 件"), "{}", behind.text());
        let read = town.by("second").get(&format!("/matter/{gx}"));
        assert!(read.status == 200 && read.says(&police) && !read.says(&court), "{}", read.text());
    }
    fn the_same_affair_counts_once(town: &Town) {
        let xs = clue(town, COURT, "X1");
        town.act("handler", &xs, "assess", &[]);
        let other = clue(town, COURT, "X1");
        let merged = clue(town, COURT, "X1");
        town.act("handler", &merged, "merge", &[("clue", &other), ("reason", "同一件事。")]);
        let review = serde_json::json!({"org": COURT, "problems": ["X1"], "severity": "一般", "gist": "超期。", "source": "督察"});
        // What a clue led to stands for it.
        let zg = cases::by_house(town, cases::opens("rectification", &[&xs]), "open", review);
        town.act("lead", &zg, "demand", &[("what", "逐件核查。")]);
        let behind = town.by("handler").get("/problems/behind?problem=X1");
        assert!(behind.says("：2 件") && behind.says(&zg) && behind.says(&other) && !behind.says(&xs) && !behind.says(&merged), "{}", behind.text());
        // A demand that follows from a clue or a review is no affair of its own.
        let own = town.rectifying();
        assert!(!town.by("handler").get("/problems/behind?problem=X1").says(&own));
    }
    fn a_closed_rectification_is_checked_by_new_dossiers_of_the_unit(town: &Town) {
        let bz = batch::standard(town);
        batch::pool(town);
        let bg = town.open("handler", "amendment", "propose", &[("register", "parameter"), ("key", "resample_min"), ("value", "1"), ("from", &town.today(0)), ("reason", "演示。")]);
        town.act("lead", &bg, "approve", &[]);
        batch::dossier(town, 1, &[]);
        let plan = [
            ("name", "批次（演示）"), ("kind", "常态"), ("scope", "市中院已生效民事案件"), ("case_types", "02"), ("from", "2025-01-01"), ("to", "2026-12-31"),
            ("standard", bz.as_str()), ("sampling", "全部"), ("size", "0"),
        ];
        reviewed(town, &plan, &[("problems", "S1")]);
        let zg = rectification(town, "S1");
        close(town, &zg, 140);
        let due = |day: i64| {
            town.day(day);
            app::inbox::tick(&town.house).unwrap();
            town.phase(&zg)
        };
        assert_eq!((due(229), due(232)), ("Closed".into(), "Resampling".into()), "ninety days");
        let early = town.by("handler").act(&zg, "compare", &[]);
        assert!(early.status == 409 && early.says("还没有复查批次"), "{}", early.text());
        let new = |no: &str, org: &str, closed: &str, effective: &str| {
            let said = [("case_no", no), ("case_type", "02"), ("cause", "买卖合同纠纷"), ("org", org), ("handler", "文例法"), ("classified", "no"),
                ("closed_on", closed), ("effective_on", effective), ("result", "判决支持。")];
            town.open("handler", "dossier", "register_effective", &said)
        };
        let (since, then) = (town.today(-60), town.today(-40));
        new("（2026）赣1202民初1号", COURT, &since, &then);
        new("（2026）赣1202民初2号", POLICE, &since, &then);
        let wrong = town.by("handler").open("review_batch", "plan", &[&plan[..], &[("rectification", zg.as_str())]].concat());
        assert!(wrong.status == 422 && wrong.says("评查方式应为复查"), "{}", wrong.text());
        let mut again = plan.to_vec();
        again[1].1 = "复查";
        again.extend([("rectification", zg.as_str()), ("unit", COURT)]);
        let (pb, listed) = reviewed(town, &again, &[]);
        assert_eq!(listed, 1, "neither the old dossier nor the other unit's");
        assert_eq!(town.by("handler").act(&zg, "compare", &[]).status, 409, "the batch is not done");
        town.act("handler", &pb, "close", &[("summary", "一件，未见同类问题。")]);
        town.act("handler", &zg, "compare", &[]);
        let page = town.by("lead").get(&format!("/matter/{zg}"));
        assert!(page.says("没有明显变化") && page.says("p = 0.500"), "{}", page.text());
        town.act("lead", &zg, "prove", &[]);
        assert_eq!(town.phase(&zg), "Proved");
        let read = town.by("inspector").get(&format!("/matter/{zg}"));
        assert!(read.status == 200 && read.says("已检验") && read.says("督察巡查"), "{}", read.text());
        for written in ["内部要点", "分管领导牵头", "已改。", "逐件核查", "没有明显变化"] {
            assert!(!read.says(written) && !api(town, "patrol").get(&format!("/api/v1/matters/{zg}")).says(written), "{written}");
        }
        town.sound();
    }
    fn a_relapse_is_counted_and_the_overview_opens_every_number(town: &Town) {
        let zg = rectification(town, "X1");
        assert_eq!(town.by("patrol").get(&format!("/matter/{zg}")).status, 404, "nothing before the demand");
        close(town, &zg, 125);
        town.day(222);
        app::inbox::tick(&town.house).unwrap();
        town.act("second", &zg, "relapse", &[("finding", "又出现三件。")]);
        assert_eq!(town.phase(&zg), "Drafted");
        let waived = rectification(town, "X1");
        close(town, &waived, 340);
        town.day(432);
        app::inbox::tick(&town.house).unwrap();
        town.act("lead", &waived, "waive_resample", &[("reason", "该类案件已不办理。")]);
        assert_eq!(town.phase(&waived), "Waived");
        // The unit finds its own words; whoever only follows progress does not.
        let finds = |who, words: &str| town.by(who).get(&format!("/search?q={}", encode(words))).says(&format!("/matter/{waived}"));
        assert!(finds("court", "分管领导牵头") && finds("handler", "分管领导牵头") && !finds("patrol", "分管领导牵头"));
        assert!(finds("patrol", "超期") && finds("patrol", "中级人民法院") && !finds("police", "超期"));
        let page = town.by("patrol").get("/rectifications").text();
        let source = row(&page, &["来源", "督察巡查"]);
        let number = |measure: &str, n: u32| source.contains(&format!("/rectifications/behind?measure={}&source={}\">{n}</a>", encode(measure), encode("督察")))
            || source.contains(&format!("/rectifications/behind?measure={}&#38;source={}\">{n}</a>", encode(measure), encode("督察")));
        assert!(number("整改下达", 2) && number("整改验收", 1) && number("整改反弹", 1) && number("整改销号", 1), "{source}");
        assert!(row(&page, &["单位", "中级人民法院"]).contains("不排名"));
        let relapsed = town.by("patrol").get(&format!("/rectifications/behind?measure={}&org={COURT}", encode("整改反弹")));
        assert!(relapsed.says(&zg) && !relapsed.says(&waived) && !relapsed.says("内部要点"), "{}", relapsed.text());
        assert!(town.by("handler").get(&format!("/matters/rectification?code={}", encode("督察"))).says(&zg));
        assert!(!town.by("handler").get(&format!("/matters/rectification?code={}", encode("检察"))).says(&zg));
        assert_eq!(town.by("court").get("/rectifications").status, 403);
        town.sound();
    }
}
