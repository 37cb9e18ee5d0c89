//! Standards over HTTP: a draft from an attached workbook, the shipped sheets, the difference between editions, pins, counting, agreement.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use domain::standards::{Content, Library};
use house::{COURT, Town};

/// A shipped sheet in force: the command lays it before the lead.
fn loaded(town: &Town) -> Vec<String> {
    let new = app::standards::load(&town.house, Some(house::OFFICE)).unwrap();
    assert_eq!(new.len(), 7, "six sheets and a card");
    assert!(app::standards::load(&town.house, Some(house::OFFICE)).unwrap().is_empty(), "never twice");
    for number in &new {
        assert_eq!(town.phase(number), "Proposed");
        town.act("lead", number, "approve", &[("from", "2026-03-02"), ("doc_no", "执监〔2026〕1号")]);
        town.act("handler", number, "bring_into_force", &[]);
    }
    new
}
fn one(town: &Town, all: &[String], name: &str) -> String {
    let title = |n: &&String| town.by("handler").get(&format!("/matter/{n}")).says(&format!("<h1>{name}"));
    all.iter().find(title).unwrap_or_else(|| panic!("no {name}")).clone()
}

both! {
    fn shipped_sheets_are_approved_exported_edited_compared_and_drafted_anew(town: &Town) {
        let all = loaded(town);
        let d1 = one(town, &all, "D1 刑事");
        let page = town.by("handler").get(&format!("/matter/{d1}")).text();
        assert!(page.contains("D1.3 取证") && page.contains("D1.3.1") && page.contains("导出 XLSX"), "the entry reads as a sheet");
        let json = town.by("lead").get(&format!("/standards/{d1}/export/json"));
        let content = Content::from_json(&json.text()).unwrap();
        assert_eq!(content.sheet(), Library::shipped().sheets.first(), "nothing is lost");
        let book = town.by("lead").get(&format!("/standards/{d1}/export/xlsx"));
        assert_eq!(app::standards::read(&book.body, &Library::shipped()).unwrap(), content, "nor in the workbook");
        assert_eq!(town.by("court").get(&format!("/standards/{d1}/export/json")).status, 404);
        // Another edition: edited outside, attached, read into the form.
        let mut sheet = content.sheet().unwrap().clone();
        sheet.version = "2026.2".into();
        sheet.items[6].measures[0].text = "审查起诉、审理超过法定期限，无审批".into();
        let file = format!("file:{}", sheet.to_json());
        let new = town.open("handler", "standard", "draft", &[("source", &file), ("replaces", &d1)]);
        let diff = town.by("handler").get(&format!("/standards/{new}/diff/{d1}"));
        assert!(diff.status == 200 && diff.says("D1.7.1") && diff.says("审查起诉、审理超过法定期限，无审批"), "{}", diff.text());
        assert!(town.by("handler").get(&format!("/matter/{new}")).says("与被替代版对照"));
        sheet.items[6].points = domain::standards::Points::whole(7);
        let file = format!("file:{}", sheet.to_json());
        let refused = town.by("handler").open("standard", "draft", &[("source", &file)]);
        assert!(refused.status == 422 && refused.says("合计应为 100 分"), "{}", refused.text());
        let refused = town.by("handler").open("standard", "draft", &[("source", "file:不是评查表")]);
        assert_eq!(refused.status, 422);
        town.sound();
    }
    fn a_sample_size_is_reckoned_in_words(town: &Town) {
        let page = town.by("handler").get("/sample-size?population=1200&margin=5&confidence=95");
        assert!(page.says("应抽 292 件") && page.says("有限总体修正"), "{}", page.text());
        assert!(town.by("handler").get("/sample-size?population=0").says("无从抽取"));
        assert!(town.by("handler").get("/sample-size?population=x").says("应为整数"));
        assert_eq!(town.by("court").get("/sample-size").status, 403);
        assert!(town.by("handler").get("/matters/review_batch").says("/sample-size"));
    }
    fn a_directing_letter_is_refused_at_its_field_and_nothing_typed_is_lost(town: &Town) {
        let zg = town.open("handler", "rectification", "open", &[("org", COURT), ("problems", "X1"), ("severity", "一般"), ("gist", "超期。")]);
        let refused = town.by("lead").act(&zg, "demand", &[("what", "请你院依法改判。")]);
        let before = town.entries();
        assert!(refused.status == 422 && refused.says("请你院依法改判。") && refused.says("还不能提交"), "{}", refused.text());
        // A personal text is judged before it is sealed.
        town.act("lead", &zg, "demand", &[("what", "逐件核查。")]);
        let refused = town.by("lead").act(&zg, "accountability", &[("facts", "该证据应当采信。")]);
        assert!(refused.status == 422 && refused.says("应当采信"), "{}", refused.text());
        assert_eq!(town.entries(), before + 1);
        town.sound();
    }
}
