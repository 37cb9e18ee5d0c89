//! 联席会议 over HTTP, on both engines: topics that come by themselves, the circular from counted figures, tasks to their closure.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::{JUSTICE, MARKET, Town};

fn called(town: &Town, values: &[(&str, &str)]) -> String {
    let planned = town.today(20);
    let all: Vec<(&str, &str)> =
        [&[("year", "2026"), ("planned", planned.as_str()), ("members.0.org", "云岭市司法局"), ("members.1.org", MARKET)], values].concat();
    town.open("intake", "joint_conference", "call", &all)
}

both! {
    fn from_topics_to_the_last_task(town: &Town) {
        let lh = called(town, &[("kind", "专题会商")]);
        for stranger in ["court", "observer1", "tobacco", "system"] {
            assert_eq!(town.by(stranger).get(&format!("/matter/{lh}")).status, 404, "{stranger}");
            assert!(!town.by(stranger).get("/matters/joint_conference").says(&lh), "{stranger}");
        }
        town.act("market", &lh, "propose", &[("topic", "检查计划统筹"), ("why", "多个部门重复检查。")]);
        town.act("intake", &lh, "prepare", &[("agenda.0.topic", "检查计划统筹"), ("agenda.0.org", "云岭市市场监督管理局")]);
        town.act("convener", &lh, "approve", &[]);
        town.act("intake", &lh, "notify", &[("meets_on", &town.today(0)), ("place", "三楼会议室")]);
        town.act("justice", &lh, "attend", &[("comes", "参加")]);
        town.act("intake", &lh, "hold", &[("held_on", &town.today(0)), ("present.0.org", JUSTICE), ("present.0.post", "副局长")]);
        let due = town.today(10);
        let tasks = [("minutes", "会议研究了检查计划统筹。"), ("tasks.0.kind", "任务"), ("tasks.0.task", "报送联合检查计划"), ("tasks.0.org", MARKET), ("tasks.0.due", due.as_str())];
        town.act("intake", &lh, "minute", &tasks);
        town.act("convener", &lh, "sign", &[]);
        let page = town.by("market").get("/matters/conference_task").text();
        let rw = format!("RW-2026-{}", page.split("RW-2026-").nth(1).unwrap().chars().take_while(char::is_ascii_digit).collect::<String>());
        assert!(!town.by("tobacco").get("/matters/conference_task").says(&rw));
        // Overdue, it is on the next agenda by itself.
        town.day(11);
        let next = called(town, &[("kind", "座谈会")]);
        town.act("intake", &next, "gather", &[]);
        assert!(town.by("intake").get(&format!("/matter/{next}")).says(&rw));
        // Another member reads the topic; the task itself is not its own.
        assert!(town.by("justice").get(&format!("/matter/{next}")).says("承办的会议任务"));
        assert_eq!(town.by("justice").get(&format!("/matter/{rw}")).status, 404);
        town.act("market", &rw, "report", &[("result", "计划已报送。")]);
        let page = town.by("convener").act(&lh, "close", &[("summary", "任务完成。")]);
        assert!(page.status == 409 && page.says("还有任务没有销号"), "{}", page.text());
        town.act("intake", &rw, "close", &[("outcome", "已落实")]);
        town.act("convener", &lh, "close", &[("summary", "任务完成。")]);
        town.sound();
    }
    fn the_circular_counts_is_signed_by_another_and_read_by_members_once_issued(town: &Town) {
        let lh = called(town, &[("kind", "半年通报"), ("half", "上半年")]);
        // Nobody types a figure.
        town.act("intake", &lh, "draft_circular", &[("analysis", "总体平稳。\n下步统筹检查计划。"), ("figures.0.value", "999")]);
        let path = format!("/matter/{lh}/circular");
        let draft = town.by("intake").get(&path);
        assert!(draft.status == 200 && draft.says("草稿，尚未印发") && !draft.says("999"), "{}", draft.text());
        assert_eq!(town.by("justice").get(&path).status, 404, "a draft is the office's own");
        let portal = || house::Visitor::stranger(town.port).get("/portal");
        let before = portal();
        assert!(!before.says("最近公开") && !before.says("总体平稳"), "a draft is not for the public");
        town.act("convener", &lh, "issue_circular", &[("doc_no", "云联办〔2026〕1号"), ("public", "yes")]);
        let after = portal();
        assert!(after.says("最近公开") && after.says("总体平稳。") && after.says("收到诉求"), "{}", after.text());
        assert_eq!(after.body.len(), before.body.len(), "of one size");
        let issued = town.by("justice").get(&path);
        assert!(issued.status == 200 && issued.says("云联办〔2026〕1号") && issued.says("总体平稳。"), "{}", issued.text());
        assert_eq!(town.by("court").get(&path).status, 404);
        // Another, for members only, is not on the portal.
        let inner = called(town, &[("kind", "半年通报"), ("half", "下半年")]);
        town.act("intake", &inner, "draft_circular", &[("analysis", "仅供成员。")]);
        town.act("convener", &inner, "issue_circular", &[("doc_no", "云联办〔2026〕2号"), ("public", "no")]);
        assert!(!portal().says("仅供成员"));
        town.sound();
    }
}
