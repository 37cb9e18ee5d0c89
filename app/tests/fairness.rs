//! 公平比较和预警: the page's numbers are those reckoned by hand, too few are compared with nothing, a unit out of the common run calls for one
//! look, which only a second person clears, and nobody outside the office learns of any of it. On both engines.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod cases;
mod house;

use app::matters::{Ask, Desk};
use cases::compared::half_year;
use cases::{api, conflict, opens};
use domain::engine::Person;
use house::{COURT, Town, encode};
use serde_json::json;

/// What the cells of a unit's row in the first table say; in the second, by `limits`.
fn row(page: &str, unit: &str) -> Vec<String> {
    cells(page, unit, "应有件数")
}
fn limits(page: &str, unit: &str) -> Vec<String> {
    cells(page, unit, "收缩后每百件")
}
fn cells(page: &str, unit: &str, column: &str) -> Vec<String> {
    let rows = page.split("<tr>").find(|r| r.contains(&format!("data-l=\"{column}\"")) && r.contains(unit));
    let row = rows.unwrap_or_else(|| panic!("no row of {unit}: {page}")).split("</tr>").next().unwrap().to_owned();
    let text = |cell: &str| {
        let mut out = String::new();
        let mut tag = false;
        for c in cell.chars() {
            match c {
                '<' => tag = true,
                '>' => tag = false,
                c if !tag => out.push(c),
                _ => {}
            }
        }
        out.trim().to_owned()
    };
    row.split("<td ").skip(1).map(|c| text(c.split_once('>').unwrap().1)).collect()
}
/// Numbers of the warnings this person finds.
fn warnings(town: &Town, login: &'static str) -> Vec<String> {
    let page = town.by(login).get("/matters/early_warning").text();
    let mut all: Vec<String> =
        page.split("/matter/YJ-").skip(1).map(|p| format!("YJ-{}", p.split(['"', '/', '?']).next().unwrap())).collect();
    all.sort();
    all.dedup();
    all
}
fn tick(town: &Town) {
    app::inbox::tick(&town.house).unwrap();
}
fn looks(town: &Town) -> usize {
    town.house.db.read_here(|tx| app::ledger::stream(tx, &format!("fairness/{}/2026-1", house::OFFICE))).unwrap().len()
}

both! {
    fn the_numbers_are_those_reckoned_by_hand_and_open_to_their_matters(town: &Town) {
        let court = half_year(town);
        let page = town.by("handler").get("/fair?half=2026-1").text();
        // The city: criminal 9 of 23, civil 0 of 6. Expected of 10 criminal ones: 10 · 9/23 = 3.913; 8 / 3.913 = 2.04. Wilson: 49.0 to 94.3.
        // P(X ≥ 8) = 833/1,144,066 is below 0.025/3, P(X ≥ 7) = 13,937/1,144,066 is not; P(X ≥ 9) alone is below 0.001/3.
        let told = row(&page, "云岭市中级人民法院");
        assert_eq!(told[2..], ["10", "8", "80.0（49.0–94.3）", "3.9", "2.04", "高于 95% 界限"], "{told:?}");
        let told = limits(&page, "云岭市中级人民法院");
        // In the picture: 9 of 29 in the whole city, times 2.044.
        assert_eq!(told[2..5], ["63.4", "1–7", "0–8"], "{told:?}");
        assert_eq!(told[6..], ["0", "—"], "no dossier ended meanwhile");
        // P(X ≤ 0) = 1,001/1,144,066: rare for good, which is said as such.
        let police = row(&page, "云岭市公安局");
        assert_eq!((police[3].as_str(), police[7].as_str()), ("0", "低于 95% 界限（正面情况）"), "{police:?}");
        assert_eq!(row(&page, "云岭市律师协会")[2..], ["3", "1", "样本不足", "—", "—", "样本不足"]);
        assert_eq!(limits(&page, "云岭市律师协会")[2..], ["—", "—", "—", "—", "0", "—"]);
        assert_eq!(row(&page, "市场监督管理局")[4..], ["0.0（0.0–39.0）", "0.0", "—", "在界限内"]);
        // In the order of their codes, whatever the rates; no rank and no score.
        let at = |unit: &str| page.find(&format!(">{unit}</td>")).unwrap();
        assert!(at("云岭市中级人民法院") < at("云岭市公安局") && at("云岭市公安局") < at("云岭市律师协会"));
        assert!(!page.contains("名次") && page.contains("不排名，不打分") && page.contains("不是结论"));
        // The funnel: three shapes, nothing styled in place, described in words.
        let svg = page.split("<svg class=\"chart\"").nth(1).unwrap().split("</svg>").next().unwrap();
        assert!(svg.contains("转整改率漏斗图</title>") && svg.contains("3 个单位，1 个高于界限，1 个低于界限"), "{svg}");
        assert!(svg.matches("<g><title>").count() == 3 && !svg.contains("style="));
        // Another measure, another half year, the units' own strata.
        let problems = town.by("handler").get(&format!("/fair?half=2026-1&measure={}", encode("问题"))).text();
        assert_eq!(row(&problems, "云岭市公安局")[3], "10");
        assert_eq!(row(&problems, "云岭市公安局")[7], "在界限内");
        let before = town.by("handler").get("/fair?half=2025-2");
        assert!(before.says("这个半年没有定论的评查件") && before.says("2025年下半年"));
        assert!(town.by("handler").get("/fair?half=nonsense").says("2025年下半年"), "the one that ended last");
        assert!(page.contains("<td data-l=\"全市每百件\"><span class=\"num\">39.1</span>"), "9 of 23");
        // Every number opens.
        let address = |what: &str| format!("/fair/behind?half=2026-1&measure={}&org={COURT}&type=01&what={what}", encode("整改"));
        let behind = town.by("handler").get(&address("hits"));
        assert!(behind.says("：8 件") && court[..8].iter().all(|pc| behind.says(pc)) && !behind.says(&court[9]), "{}", behind.text());
        assert!(town.by("lead").get(&address("all")).says("：10 件"));
        let link = page.split("href=\"").map(|p| p.split('"').next().unwrap()).find(|h| h.starts_with("/fair/behind") && h.contains(COURT));
        assert_eq!(town.by("handler").get(&link.unwrap().replace("&amp;", "&").replace("&#38;", "&")).status, 200);
        // Who may read the comparison and none of the cases is told how many there are.
        let inspector = town.by("inspector").get(&address("hits"));
        assert!(inspector.says("：8 件") && inspector.says("另有 8 件你无权查看") && !inspector.says(&court[0]), "{}", inspector.text());
        for login in ["court", "police", "officer", "expert", "posted", "party-org", "procurator", "discipline", "chair"] {
            assert_eq!((town.by(login).get("/fair").status, town.by(login).get(&address("hits")).status), (403, 403), "{login}");
        }
    }
    fn a_conflict_takes_a_unit_out_of_the_comparison(town: &Town) {
        half_year(town);
        assert_eq!(conflict(town, "second", "org", COURT).status, 303);
        let page = town.by("second").get("/fair?half=2026-1").text();
        assert!(!page.contains("中级人民法院") && row(&page, "云岭市公安局")[2] == "10", "{page}");
        let behind = town.by("second").get(&format!("/fair/behind?half=2026-1&org={COURT}&what=all"));
        assert!(behind.says("：0 件"), "{}", behind.text());
        town.day(125);
        tick(town);
        assert!(warnings(town, "second").is_empty() && warnings(town, "handler").len() == 1);
    }
    fn a_half_year_is_looked_at_once_and_only_a_second_person_clears_the_warning(town: &Town) {
        half_year(town);
        tick(town);
        assert!(warnings(town, "handler").is_empty() && looks(town) == 0, "it has not ended");
        town.day(125);
        tick(town);
        let all = warnings(town, "handler");
        assert_eq!((all.len(), looks(town)), (1, 1));
        let yj = all[0].as_str();
        tick(town);
        town.day(126);
        tick(town);
        assert_eq!((warnings(town, "lead"), looks(town)), (all.clone(), 1), "one look, one warning");
        let page = town.by("handler").get(&format!("/matter/{yj}"));
        for said in ["云岭市中级人民法院：2026年上半年转整改率偏高", "预警只提示关注，不是结论。", "3.9", "/fair/behind?half=2026-1"] {
            assert!(page.says(said), "{said}: {}", page.text());
        }
        let again = json!({
            "org": COURT, "measure": "整改", "year": 2026, "half": "上半年", "reviewed": 10, "observed": 8, "expected": "3.9", "limit": 8,
            "compared": 3, "cases": 8, "reviewers": 9, "digest": "ab12", "strata": [],
        });
        let (form, house) = (again.as_object().cloned().unwrap(), town.house.clone());
        let refused = town.house.db.write_here(move |tx| {
            let (who, place) = (Person::house(house::OFFICE), opens("early_warning", &[]));
            Desk::open(tx, &house)?.act(Ask { who: &who, place, action: "raise", form: form.clone(), version: None, key: None })
        });
        assert!(format!("{refused:?}").contains("已就该单位形成过同一预警"), "{refused:?}");
        // Nobody outside the office learns of it, by any door.
        for login in ["court", "police", "officer", "inspector", "patrol", "posted", "chair", "expert1", "procurator", "party-org", "discipline", "auditor"] {
            assert_eq!(town.by(login).get(&format!("/matter/{yj}")).status, 404, "{login}");
            assert!(warnings(town, login).is_empty(), "{login}");
            assert!(!town.by(login).get(&format!("/search?q={}", encode("转整改率偏高"))).says("/matter/YJ-"), "{login}");
            // A body outside is told no number at all.
            let counted = town.by(login).get(&format!("/funnel/{}", encode("预警")));
            assert!(counted.status == 404 || counted.says("：0 件"), "{login}");
        }
        let told = api(town, "court").get("/api/v1/matters?kind=early_warning");
        assert!(told.status == 200 && !told.says("YJ-"), "{}", told.text());
        assert!(!town.by("court").get(&format!("/unit/{COURT}")).says("预警"));
        assert!(town.by("handler").get(&format!("/search?q={}", encode("转整改率偏高"))).says(yj));
        // A look, a reason, and another person.
        town.act("handler", yj, "examine", &[("note", "逐件看了八件，均为超期。")]);
        let bare = town.by("handler").act(yj, "propose_clear", &[("ground", "侧重")]);
        assert!(bare.status == 422 && bare.says("必填"), "{}", bare.text());
        town.act("handler", yj, "propose_clear", &[("ground", "侧重"), ("explanation", "本批只抽了超期案件。")]);
        let own = town.by("handler").act(yj, "clear", &[]);
        assert!(matches!(own.status, 403 | 404 | 409), "{}: {}", own.status, own.text());
        town.act("lead", yj, "clear", &[]);
        assert_eq!(town.phase(yj), "Cleared");
        town.day(130);
        tick(town);
        assert_eq!(warnings(town, "handler").len(), 1, "cleared is cleared");
        town.sound();
    }
    fn what_is_done_because_of_a_warning_exists_and_shows_no_way_back(town: &Town) {
        half_year(town);
        town.day(125);
        tick(town);
        let yj = warnings(town, "handler").remove(0);
        town.act("handler", &yj, "examine", &[("note", "需要复查。")]);
        let none = town.by("handler").act(&yj, "act_on", &[("means", "检查"), ("followed", "ZX-2026-0009")]);
        assert!(none.status == 422 && none.says("没有这个编号的专项检查"), "{}", none.text());
        let plan = [
            ("name", "期限专项检查"), ("mode", "执法检查"), ("theme", "其他"), ("org", COURT), ("checklist.0.item", "审限"), ("checklist.0.basis", "本机构设定"),
            ("from", "2026-07-10"), ("to", "2026-08-10"),
        ];
        let zx = town.open("handler", "special_check", "plan", &plan);
        let wrong = town.by("handler").act(&yj, "act_on", &[("means", "批次"), ("followed", &zx)]);
        assert_eq!(wrong.status, 422, "it is no batch");
        town.act("handler", &yj, "act_on", &[("means", "检查"), ("followed", &zx)]);
        assert!(town.by("lead").get(&format!("/matter/{yj}")).says(&format!("/matter/{zx}")));
        town.act("lead", &zx, "approve", &[]);
        town.act("handler", &zx, "find", &[("item", "审限"), ("check_result", "符合"), ("found", "台账齐全。"), ("cases", "0")]);
        town.act("handler", &zx, "conclude", &[("conclusion", "未见超期。")]);
        for login in ["handler", "court"] {
            for path in [format!("/matter/{zx}"), format!("/matter/{zx}/loop")] {
                let page = town.by(login).get(&path);
                assert!(page.status == 200 && !page.says("YJ-") && !page.says("你无权查看"), "{login} {path}: {}", page.text());
            }
        }
        town.act("lead", &yj, "close", &[("summary", "已检查。")]);
        assert_eq!(town.phase(&yj), "Closed");
        town.sound();
    }
}
