//! 督察巡查 and 专项检查 over HTTP, on both engines: from the annual plan to the archive, and a check in which nobody is named.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::{COURT, POLICE, Town, batch, encode};

/// Numbers of this prefix that this person finds on the page of the matter.
fn linked(town: &Town, login: &'static str, number: &str, prefix: &str) -> Vec<String> {
    let page = town.by(login).get(&format!("/matter/{number}")).text();
    let all = page.split("/matter/").skip(1).map(|p| p.split(['"', '/', '?']).next().unwrap().to_owned());
    let mut all: Vec<String> = all.filter(|n| n.starts_with(prefix)).collect();
    all.sort();
    all.dedup();
    all
}
/// Not found by page, list, export or search: for this person it is not there.
fn unknown_to(town: &Town, people: &[&'static str], kind: &str, number: &str, words: &str) {
    for who in people.iter().copied() {
        let by = town.by(who);
        assert_eq!(by.get(&format!("/matter/{number}")).status, 404, "{who} opens {number}");
        for path in ["/".to_owned(), format!("/matters/{kind}"), format!("/search?q={}", encode(words)), format!("/search?q={number}")] {
            assert!(!by.get(&path).says(&format!("/matter/{number}")), "{who} finds {number} at {path}");
        }
    }
}
fn refused(town: &Town, login: &'static str, number: &str, action: &str, values: &[(&str, &str)], why: &str) {
    let page = town.by(login).act(number, action, values);
    assert!(matches!(page.status, 409 | 422) && page.says(why), "{login} {action}: {} {}", page.status, page.text());
}
/// A plan approved, an inspection of the court proposed under it by the political group.
fn proposed(town: &Town) -> String {
    let rows = |org: &'static str| {
        [("year", "2026"), ("kind", "政治督察"), ("targets.0.org", org), ("targets.0.scope", "执法司法工作"), ("targets.0.quarter", "一")]
    };
    let wrong = town.by("inspector").open("annual_plan", "draft", &rows("没有的单位"));
    assert!(wrong.status == 422 && wrong.says("没有单位“没有的单位”"), "{}", wrong.text());
    let nd = town.open("inspector", "annual_plan", "draft", &rows(COURT));
    unknown_to(town, &["patrol", "court", "expert"], "annual_plan", &nd, "年度计划");
    town.act("secretary", &nd, "approve", &[]);
    let (leader, from, to) = (town.ids["inspector"].clone(), town.today(3), town.today(40));
    let values = [
        ("kind", "政治督察"),
        ("org", COURT),
        ("scope", "审限管理情况"),
        ("plan", &nd),
        ("leader", &leader),
        ("members", "尤例察"),
        ("from", &from),
        ("to", &to),
    ];
    let dc = town.open("inspector", "inspection", "propose", &values);
    unknown_to(town, &["court", "patrol", "expert", "posted"], "inspection", &dc, "政治督察");
    dc
}
fn announced(town: &Town) -> String {
    let dc = proposed(town);
    town.act("secretary", &dc, "approve", &[]);
    unknown_to(town, &["court"], "inspection", &dc, "政治督察");
    town.act("inspector", &dc, "announce", &[("announced_on", &town.today(0)), ("contact", "专用信箱 12 号")]);
    dc
}
/// These rectifications, all the way to closure.
fn closed(town: &Town, all: &[String]) {
    for zg in all {
        town.act("lead", zg, "demand", &[("what", "逐件核查，限期纠正。")]);
        town.act("court", zg, "sign", &[]);
        town.act("court", zg, "plan", &[("plan", "分管领导牵头。")]);
        town.act("handler", zg, "confirm_plan", &[]);
        town.act("court", zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
        town.act("handler", zg, "accept", &[("opinion", "同意验收。")]);
    }
    town.day(150);
    for zg in all {
        town.act("second", zg, "hold", &[("finding", "未见同类问题。")]);
        town.act("lead", zg, "close", &[]);
    }
}

both! {
    fn an_inspection_runs_from_its_plan_to_the_archive(town: &Town) {
        let dc = announced(town);
        assert!(town.by("court").get("/matters/inspection").says(&dc) && town.by("court").get(&format!("/matter/{dc}")).says("专用信箱 12 号"));
        unknown_to(town, &["police", "patrol"], "inspection", &dc, "政治督察");
        town.act("inspector", &dc, "add_paper", &[("paper_kind", "谈话")]);
        let dg = linked(town, "inspector", &dc, "DG-").remove(0);
        let (second, today) = (town.ids["inspector2"].clone(), town.today(0));
        let talk = [("held_on", today.as_str()), ("place", "三楼会议室"), ("talked_to", "卓例言"), ("second", &second), ("secrecy", "内部"), ("content", "谈到审限台账没有逐月核对。")];
        let secret: Vec<(&str, &str)> = talk.iter().map(|(n, v)| if *n == "secrecy" { (*n, "国家秘密") } else { (*n, *v) }).collect();
        refused(town, "inspector", &dg, "write", &secret, "国家秘密不能录入本系统");
        town.act("inspector", &dg, "write", &talk);
        assert!(town.by("inspector2").get(&format!("/search?q={}", encode("审限台账"))).says(&format!("/matter/{dg}")));
        assert!(town.by("lead").get(&format!("/matter/{dg}")).says("卓例言"));
        unknown_to(town, &["handler", "secretary", "court", "patrol", "expert", "posted"], "working_paper", &dg, "审限台账");
        for who in ["handler", "court"] {
            let page = town.by(who).get(&format!("/matter/{dc}"));
            assert!(!page.says("DG-") && !page.says("你无权查看") && !page.says("谈话笔录"), "{who} is not told which papers there are");
        }
        refused(town, "inspector", &dc, "report", &[], "还有底稿没有归卷或撤回");
        refused(town, "inspector", &dg, "sign", &[], "须由另一人办理");
        town.act("inspector2", &dg, "sign", &[]);
        town.act("inspector2", &dg, "file", &[]);
        town.act("inspector", &dc, "report", &[("found", "审限管理不严。"), ("problems", "X1")]);
        refused(town, "secretary", &dc, "deliberate", &[("opinion", "同意。"), ("agreed", "2"), ("opposed", "3"), ("minutes", "file:纪要")], "赞成票不多于反对票");
        town.act("secretary", &dc, "deliberate", &[("opinion", "同意反馈。"), ("agreed", "5"), ("minutes", "file:纪要")]);
        town.act("lead", &dc, "feed_back", &[("served_on", &today), ("feedback", "请逐项整改，并说明理由。")]);
        let unit = town.by("court").get(&format!("/matter/{dc}"));
        assert!(unit.says("请逐项整改") && !unit.says("审限管理不严") && !unit.says("同意反馈") && !unit.says("审限管理情况"), "{}", unit.text());
        for (recipient, org) in [("组织人事", "ZZB"), ("纪检监察", "JW")] {
            town.act("handler", &dc, "copy", &[("recipient", recipient), ("copied_to", org), ("sent_on", &today)]);
        }
        for gist in ["审限管理不严。", "送达不规范。"] {
            town.act("inspector", &dc, "rectify", &[("problems", "X1"), ("severity", "一般"), ("gist", gist)]);
        }
        let all = linked(town, "handler", &dc, "ZG-");
        assert_eq!(all.len(), 2);
        assert!(town.by("handler").get("/matters/rectification").says(&all[0]) && town.by("handler").get(&format!("/matter/{}", all[0])).says("督察巡查"), "one list for all");
        assert!(town.by("inspector").get(&format!("/matter/{dc}")).says(&all[1]), "the group sees how they stand");
        assert!(!town.by("court").get(&format!("/matter/{dc}")).says(&all[0]), "the unit is told by the demand");
        town.act("court", &dc, "report_back", &[("rectified", "已制定措施。")]);
        refused(town, "inspector", &dc, "look_back", &[], "还有整改件没有销号");
        closed(town, &all);
        town.act("inspector", &dc, "look_back", &[("finding", "已巩固。")]);
        let today = town.today(0);
        for copy in ["组织人事部门 ZZB", "纪检监察机关 JW"] {
            refused(town, "handler", &dc, "archive", &[], "还有抄送没有回执");
            town.act("handler", &dc, "receipt", &[("copy", copy), ("received_on", &today), ("signed_by", "某处"), ("receipt", "file:回执")]);
        }
        town.act("handler", &dc, "archive", &[]);
        assert_eq!(town.phase(&dc), "Archived");
        town.sound();
    }
    fn an_embedded_batch_shows_the_group_its_results_and_no_case(town: &Town) {
        let (bz, _) = (batch::standard(town), batch::pool(town));
        let aj = batch::dossier(town, 7, &[]);
        let dc = proposed(town);
        let values = [
            ("name", "嵌入督察的评查"), ("kind", "嵌入"), ("scope", "市中院已生效民事案件"), ("case_types", "02"), ("from", "2025-01-01"), ("to", "2025-12-31"),
            ("standard", bz.as_str()), ("sampling", "全部"), ("size", "0"), ("inspection", &dc),
        ];
        let pb = town.open("handler", "review_batch", "plan", &values);
        let finish = town.today(100);
        refused(town, "lead", &pb, "approve", &[("finish_by", &finish)], "所属督察巡查不在督察中");
        unknown_to(town, &["inspector"], "review_batch", &pb, "嵌入督察");
        town.act("secretary", &dc, "approve", &[]);
        town.act("inspector", &dc, "announce", &[("announced_on", &town.today(0)), ("contact", "专用信箱")]);
        town.act("lead", &pb, "approve", &[("finish_by", &finish)]);
        batch::draw(town, "抽案", ("batch", &pb));
        town.act("handler", &pb, "open_reviews", &[]);
        batch::draw(town, "抽专家", ("batch", &pb));
        let pc = batch::linked(town, &pb, "PC-").remove(0);
        let page = || town.by("inspector").get(&format!("/matter/{pb}"));
        assert!(page().says("评查 1 件") && !page().says("合格 1 件"), "{}", page().text());
        batch::score(town, &pc, ["6", "8", "7"]);
        town.act("chair", &pc, "adopt_mean", &[("problems", "S1"), ("opinion", "总体较好。"), ("accountable", "no")]);
        town.act("lead", &pc, "feed", &[("doc_no", "评〔2026〕1号")]);
        town.act("court", &pc, "serve", &[("served_on", &town.today(0))]);
        town.act("court", &pc, "waive", &[]);
        town.act("lead", &pc, "settle", &[("doc_no", "定〔2026〕1号")]);
        town.act("handler", &pc, "conclude_plain", &[]);
        for number in [&pb, &dc] {
            let shown = town.by("inspector").get(&format!("/matter/{number}"));
            assert!(shown.says("合格 1 件"), "{}", shown.text());
            for word in [aj.as_str(), "民初7号", "买卖合同", "文例法", "正卷", ">93<", "总体较好"] {
                assert!(!shown.says(word), "the group reads {word} at {number}");
            }
        }
        unknown_to(town, &["inspector"], "review", &pc, "评查件");
        unknown_to(town, &["inspector"], "dossier", &aj, "买卖合同");
        unknown_to(town, &["patrol", "court"], "review_batch", &pb, "嵌入督察");
        assert!(!town.by("court").get(&format!("/matter/{dc}")).says("嵌入成果"));
        town.sound();
    }
    fn boundary_6_a_check_of_sealed_records_holds_no_name_anywhere(town: &Town) {
        let (from, to) = (town.today(1), town.today(9));
        let values = [
            ("name", "未成年人犯罪记录封存专项检查"), ("mode", "联合专项"), ("theme", "未成年人犯罪记录封存"), ("org", POLICE), ("from", from.as_str()), ("to", &to),
            ("checklist.0.item", "应封已封"), ("checklist.0.basis", "刑事诉讼法第286条"), ("partners.0.org", "JC1"), ("partners.0.contact", "未检部门"),
        ];
        let zx = town.open("handler", "special_check", "plan", &values);
        unknown_to(town, &["inspector", "patrol", "police", "expert"], "special_check", &zx, "封存专项");
        town.act("lead", &zx, "approve", &[]);
        let entries = town.entries();
        for (text, why) in [("犯罪嫌疑人冉例童", "姓名"), ("柳例少（2009年生）", "姓名"), ("身份证 361202200901010011", "身份证号"), ("（2024）赣1202刑初99号", "案号")] {
            refused(town, "handler", &zx, "find", &[("item", "应封已封"), ("check_result", "不符合"), ("found", text), ("cases", "1")], &format!("不能写{why}"));
        }
        assert_eq!(town.entries(), entries, "nothing of it is kept");
        town.act("handler", &zx, "find", &[("item", "应封已封"), ("check_result", "不符合"), ("found", "两件应封未封，其中张某一件可被查询。"), ("cases", "2")]);
        refused(town, "handler", &zx, "conclude", &[("conclusion", "被告人冉例童未封存")], "不能写姓名");
        town.act("handler", &zx, "conclude", &[("conclusion", "一项不符合。")]);
        assert!(town.by("police").get(&format!("/matter/{zx}")).says("两件应封未封"));
        town.act("lead", &zx, "refer", &[("receiver", "公安机关"), ("referred", "两件记录被违规查询，请依法核查。")]);
        town.act("lead", &zx, "rectify", &[("problems", "M1"), ("severity", "一般"), ("gist", "两件应封未封。")]);
        let zg = linked(town, "handler", &zx, "ZG-").remove(0);
        assert!(town.by("handler").get(&format!("/matter/{zg}")).says("专项检查"));
        refused(town, "handler", &zx, "close", &[], "还有整改件没有销号");
        for who in ["handler", "lead", "secretary", "police", "inspector", "auditor"] {
            let by = town.by(who);
            for path in [format!("/matter/{zx}"), format!("/matter/{zg}"), "/matters/special_check".into(), "/".into(), format!("/search?q={}", encode("封存"))] {
                let page = by.get(&path);
                assert!(!["冉例童", "柳例少", "361202200901010011", "刑初99号"].iter().any(|w| page.says(w)), "{who} {path}");
            }
            for word in ["冉例童", "柳例少"] {
                assert!(!by.get(&format!("/search?q={}", encode(word))).says("/matter/ZX-"), "{who} {word}");
            }
        }
        let export = town.by("handler").get("/matters/special_check/export");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(export.body)).unwrap();
        let mut all = String::new();
        for i in 0..zip.len() {
            std::io::Read::read_to_string(&mut zip.by_index(i).unwrap(), &mut all).unwrap();
        }
        assert!(all.contains(&zx) && !all.contains("冉例童") && !all.contains("柳例少"));
        town.sound();
    }
}
