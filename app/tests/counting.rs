//! A review pinned to the shipped sheets, counted on them over HTTP, measured once it is deliberated, beside what others concluded.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::matters::{Ask, Desk, Where};
use domain::engine::{Person, RoleHeld};
use house::{COURT, OFFICE, Town};
use serde_json::{Value as Json, json};

/// A step taken at the desk itself, by somebody whose pages this story does not need.
fn step(town: &Town, who: &Person, number: &str, action: &str, form: Json) {
    let (inner, who, number, action) = (town.house.clone(), who.clone(), number.to_owned(), action.to_owned());
    let form = form.as_object().cloned().unwrap();
    let done = town.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let done = desk.act(Ask { who: &who, place: Where::On(number), action: &action, form, version: None, key: None })?;
        desk.close()?;
        Ok(done)
    });
    done.unwrap();
}
fn house() -> Person {
    Person::house(OFFICE)
}
fn somebody(id: &str, role: &str) -> Person {
    Person { id: id.into(), org: OFFICE.into(), roles: vec![RoleHeld { role: role.into(), org: OFFICE.into(), of: None }], system: None }
}
fn numbers(page: &str, prefix: &str) -> Vec<String> {
    let mut all: Vec<String> = page
        .split(&format!("/matter/{prefix}-"))
        .skip(1)
        .filter_map(|t| t.split(['"', '?', '/']).next().map(|n| format!("{prefix}-{n}")))
        .collect();
    all.sort();
    all.dedup();
    all
}
fn dossier(town: &Town, no: &str, tags: &[&str]) -> String {
    let mut form = vec![
        ("case_no", no),
        ("case_type", "01"),
        ("cause", "诈骗"),
        ("org", COURT),
        ("handler", "某法官"),
        ("closed_on", "2025-06-01"),
        ("effective_on", "2025-06-20"),
        ("result", "照录：判决书主文。"),
        ("classified", "no"),
    ];
    form.extend(tags.iter().map(|t| ("tags", *t)));
    town.open("handler", "dossier", "register_effective", &form)
}
fn standards(town: &Town) -> String {
    let new = app::standards::load(&town.house, Some(house::OFFICE)).unwrap();
    app::standards::bring_into_force(&town.house, new.clone()).unwrap();
    let d1 = new.iter().find(|n| town.by("handler").get(&format!("/matter/{n}")).says("<h1>D1 刑事"));
    d1.unwrap().clone()
}
/// A batch whose two reviews are with their experts, the dossiers at hand: `(batch, dossiers, reviews)`.
fn scoring(town: &Town) -> (String, Vec<String>, Vec<String>) {
    let standard = standards(town);
    let dossiers = vec![dossier(town, "（2025）赣1202刑初15号", &["涉企", "立功"]), dossier(town, "（2025）赣1202刑初16号", &[])];
    let plan = [
        ("name", "刑事案件评查"),
        ("kind", "常态"),
        ("scope", "刑事案件"),
        ("case_types", "01"),
        ("from", "2025-01-01"),
        ("to", "2025-12-31"),
        ("standard", standard.as_str()),
        ("sampling", "全部"),
        ("size", "0"),
    ];
    let batch = town.open("handler", "review_batch", "plan", &plan);
    town.act("lead", &batch, "approve", &[("finish_by", "2026-06-30")]);
    step(town, &house(), &batch, "freeze", json!({"root": "5a1c", "universe": 2, "excluded": 0}));
    let row = |n: &String| json!({"dossier": n, "org": COURT, "case_no": "", "case_type": "01", "closed_on": "2025-06-01", "effective_on": "2025-06-20", "sealed": "否", "must": "否"});
    let rows: Vec<Json> = dossiers.iter().map(row).collect();
    step(town, &house(), &batch, "take_sample", json!({"draw": "CQ-1", "proof": "ab".repeat(32), "dossiers": rows}));
    town.act("handler", &batch, "open_reviews", &[]);
    let reviews = numbers(&town.by("handler").get(&format!("/matter/{batch}")).text(), "PC");
    assert_eq!(reviews.len(), 2);
    for (i, review) in reviews.iter().enumerate() {
        let seat = |(n, login): (usize, &&'static str)| json!({"person": town.ids[*login], "fits": if n == 0 { "是" } else { "否" }});
        let chosen: Vec<Json> = PANEL.iter().enumerate().map(seat).collect();
        step(town, &house(), review, "draw_panel", json!({"draw": format!("CQ-{}", i + 2), "proof": "cd", "chosen": chosen}));
        for login in PANEL {
            step(town, &somebody(&town.ids[login], "R6"), review, "promise", json!({"no_conflict": true, "secrecy": true}));
        }
        let due = town.today(14);
        town.act("handler", review, "request_dossier", &[("letter_no", "调1号"), ("reason", "案件评查。"), ("due", &due)]);
        town.act("handler", review, "receive", &[("received_on", &town.today(0)), ("volumes", "2")]);
    }
    (batch, dossiers, reviews)
}
const PANEL: [&str; 3] = ["expert", "inspector", "party-org"];
fn card(said: &str) -> Vec<(String, String)> {
    let mut all = vec![];
    for n in 1..=8 {
        all.push((format!("card.{}.question", n - 1), format!("LG.{n}")));
        all.push((format!("card.{}.said", n - 1), said.to_owned()));
    }
    all
}
fn late(points: &str) -> Json {
    json!([{"item": "D1.7 期限", "full": "6", "points": points, "page": "卷一 P12", "problem": "X1", "severity": "一般", "note": "", "by": "D1.7.1"}])
}

both! {
    fn a_review_is_pinned_counted_measured_and_shown_beside_earlier_conclusions(town: &Town) {
        let (batch, dossiers, reviews) = scoring(town);
        let [tagged, plain] = [&reviews[0], &reviews[1]];
        let page = town.by("expert").get(&format!("/matter/{tagged}"));
        assert!(page.says("D1 刑事 2026.1") && page.says("D6 涉企 2026.1") && page.says("LG 立功 2026.1"), "{}", page.text());
        let other = town.by("expert").get(&format!("/matter/{plain}"));
        assert!(other.says("D1 刑事 2026.1") && !other.says("D6 涉企"), "what the tags ask for, and no more");
        // Submitted over HTTP: the sheet's own rules speak at the fields.
        let opinion = ("my_opinion", "超期三十日，无审批手续。");
        let path = format!("/matter/{tagged}/do/submit");
        let bare = town.by("expert").submit(&path, &path, &[opinion]);
        assert!(bare.status == 422 && bare.says("尚未回答"), "{}", bare.text());
        let answers = card("是");
        let mut form: Vec<(&str, &str)> = answers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        form.push(opinion);
        let row = [("sheet.0.item", "D1.7"), ("sheet.0.full", "6"), ("sheet.0.page", "卷一 P12"), ("sheet.0.problem", "X1"), ("sheet.0.severity", "一般"), ("sheet.0.by", "D1.7.1")];
        form.extend(row);
        let wrong: Vec<(&str, &str)> = form.iter().copied().chain([("sheet.0.points", "4")]).collect();
        let refused = town.by("expert").submit(&path, &path, &wrong);
        assert!(refused.status == 422 && refused.says("这一事由每处应扣 3 分") && refused.says("卷一 P12"), "{}", refused.text());
        form.push(("sheet.0.points", "9"));
        let done = town.by("expert").submit(&path, &path, &form);
        assert_eq!(done.status, 303, "{}", done.text());
        let own = town.by("expert").get(&format!("/matter/{tagged}"));
        assert!(own.says("各表结果") && own.says("94"), "nine asked, six is all the item is worth: {}", own.text());
        let yes: Vec<Json> = (1..=8).map(|n| json!({"question": format!("LG.{n}"), "said": "是"})).collect();
        for login in &PANEL[1..] {
            let who = somebody(&town.ids[login], "R6");
            let form = json!({"sheet": late("3"), "card": yes, "my_opinion": "超期。", "graded": [{"total": "100"}]});
            step(town, &who, tagged, "submit", form);
        }
        for login in PANEL {
            step(town, &somebody(&town.ids[login], "R6"), plain, "submit", json!({"sheet": late("6"), "my_opinion": "超期。"}));
        }
        let early = town.by("handler").get(&format!("/matter/{batch}/agreement"));
        assert!(early.says("还没有合议过的评查件"), "nobody measures what is not deliberated: {}", early.text());
        assert!(town.by("expert").get("/my/severity").says("还没有合议过"));
        // 94 and 97: grades differ, so the panel must deliberate.
        let chair = somebody("chair", "R8");
        let opinion = json!({"score": "96", "problems": ["X1"], "opinion": "超期，无审批。", "accountable": false});
        let minutes = town.house.db.write_here({
            let inner = town.house.clone();
            move |tx| {
                let desk = Desk::open(tx, &inner)?;
                let id = app::files::take_in_here(&desk, "chair", "笔录.txt", "笔录".as_bytes())?;
                desk.close()?;
                Ok(id)
            }
        });
        let mut deliberated = opinion.clone();
        deliberated["minutes"] = json!([minutes.unwrap()]);
        step(town, &chair, tagged, "deliberate", deliberated);
        step(town, &chair, plain, "adopt_mean", json!({"problems": ["X1"], "opinion": "超期。", "accountable": false}));
        let page = town.by("lead").get(&format!("/matter/{batch}/agreement"));
        assert!(page.says("校准清单") || page.says("条目"), "{}", page.text());
        assert!(page.says("D1.7 期限") && page.says("等次不一致") && page.says("王例衡") && page.says("没有变化可供比较"), "{}", page.text());
        assert!(town.by("handler").get(&format!("/matter/{batch}")).says(&format!("/matter/{batch}/agreement")));
        assert_eq!(town.by("court").get(&format!("/matter/{batch}/agreement")).status, 404);
        assert_eq!(town.by("expert").get(&format!("/matter/{batch}/agreement")).status, 404);
        let own = town.by("expert").get("/my/severity");
        assert!(own.says("2 件") && !own.says("吴测明"), "{}", own.text());
        // What the procuratorate concluded comes in: shown beside, and answered before the opinion goes out.
        let said = [("prior_by", "检察机关"), ("prior", "合格，未见送达问题。"), ("prior_on", "2025-12-01"), ("doc_no", "检评1号")];
        town.act("handler", &dossiers[0], "record_conclusion", &said);
        let beside = town.by("lead").get(&format!("/matter/{tagged}"));
        assert!(beside.says("与既有结论对照") && beside.says("合格，未见送达问题。"), "{}", beside.text());
        assert!(!town.by("expert").get(&format!("/matter/{tagged}")).says("未见送达问题"), "experts judge for themselves");
        let feed = town.by("lead").act(tagged, "feed", &[("doc_no", "初1号")]);
        assert!(feed.status == 409 && feed.says("没有写明不一致的理由"), "{}", feed.text());
        town.sound();
    }
}
