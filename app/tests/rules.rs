//! 制度库 and 联合出台文件 over HTTP on both engines. The laws are invented; the shared ones are read in addition where they lie beside us.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;
#[path = "../../domain/tests/laws/mod.rs"]
mod laws;

use app::rules::{self, Library, Version};
use domain::rules::State;
use house::{COURT, PROCURACY, Town};
use laws::laws;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

const OLD: &str = "/rules/云岭河道保护法/2021-05-01";
const NEW: &str = "/rules/云岭河道保护法/2025-09-10";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/tests/fixtures/rules")
}
/// Takes in the folder; how many were new.
fn take(town: &Town, folder: &Path) -> usize {
    let all = rules::folder(&town.house, folder).unwrap();
    all.iter().filter(|o| o.done.as_ref().unwrap_or_else(|e| panic!("{}: {e}", o.file)).new).count()
}
/// A folder of one's own with these files.
fn written(town: &Town, files: &[(&str, &str)]) -> PathBuf {
    let folder = town.folder().join("laws");
    std::fs::create_dir_all(&folder).unwrap();
    files.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
    folder
}
fn library(town: &Town) -> Arc<Library> {
    town.house.db.read_here(|tx| rules::library(tx, &town.house)).unwrap()
}
/// What a question finds, best first: rule, version, label.
fn found(town: &Town, q: &str, all: bool) -> Vec<String> {
    let keep = |v: &Version| all || v.state == State::InForce;
    town.house
        .db
        .read_here(|tx| {
            let library = rules::library(tx, &town.house)?;
            let (hits, _) = library.index(tx)?.find(&library, q, &keep, 20);
            Ok(hits.iter().map(|h| format!("{} {} {}", h.version.held.rule, h.version.held.version, h.piece.label)).collect())
        })
        .unwrap()
}
fn at(path: &str) -> String {
    path.split('/').map(house::encode).collect::<Vec<_>>().join("/")
}
fn asked(q: &str) -> String {
    format!("/rules?q={}", house::encode(q))
}

both! {
    fn laws_are_taken_in_once_and_everybody_reads_them(town: &Town) {
        assert_eq!((take(town, &fixtures()), library(town).versions.len()), (3, 3));
        let before = town.entries();
        assert_eq!((take(town, &fixtures()), town.entries()), (0, before), "the same digest is not taken in twice");
        for who in ["handler", "expert", "police", "auditor"] {
            let list = town.by(who).get("/rules");
            assert!(list.status == 200 && list.says("云岭河道保护法") && list.says("司法解释"), "{who}: {}", list.text());
            assert!(!list.says(OLD) && list.says(NEW), "in force only");
        }
        assert!(town.by("handler").get("/rules?all=1").says(OLD));
        let page = town.by("handler").get(&at(OLD));
        for say in ["已被修改", "第二章 通行", "id=\"a3-1\"", "《云岭河道保护法》第三条之一", "（二）支流。", "附件一", NEW] {
            assert!(page.says(say), "{say}: {}", page.text());
        }
        assert_eq!(town.by("handler").get(&at("/rules/云岭河道保护法/2020-01-01")).status, 404);
        town.sound();
        // The text is no part of the ledger, its digest is.
        town.house.db.write_here(|tx| tx.exec("UPDATE rule_article SET text = $1 WHERE anchor = 'a3-1'", app::params!["不必点灯。"])).unwrap();
        let outcome = town.house.db.read_here(|tx| app::ledger::verify(tx, &town.house, vec![])).unwrap();
        assert!(outcome.report.exit_code() != 0 && outcome.differs.as_deref().unwrap().contains("条文与台账上的指纹不符"), "{outcome:?}");
    }
    fn the_version_in_force_changes_with_the_day(town: &Town) {
        take(town, &fixtures());
        let state = || library(town).of("云岭河道保护法").iter().map(|v| v.state).collect::<Vec<_>>();
        assert_eq!(state(), [State::InForce, State::Amended]);
        assert_eq!(library(town).address("云岭河道保护法", (2, 0)), Some(format!("{NEW}#a2")));
        town.day(-61);
        assert_eq!(state(), [State::Coming, State::InForce], "2025-12-31");
        assert_eq!(library(town).address("云岭河道保护法", (3, 1)), Some(format!("{OLD}#a3-1")));
        town.day(-60);
        assert_eq!(state(), [State::InForce, State::Amended], "2026-01-01");
        assert_eq!(library(town).address("云岭河道保护法", (3, 1)), None, "an article that is no more");
    }
    fn an_articles_words_find_it_first(town: &Town) {
        let folder = written(town, &[
            ("甲法(2020-01-01).md", "# 甲法\n\n第一条 渡口应当设置救生圈，救生圈应当完好。\n\n第二条 渡口的管理人应当检查渡船，发现渡船漏水的，停止使用；渡口应当设置救生圈。\n\n第三条 渡船停止使用期间，管理人公告。\n\n第四条 管理人负责救生圈的登记、检查。\n\n第五条 本法自2020年1月1日起施行。"),
            ("甲法(2026-01-15).md", "# 甲法\n\n第一条 渡口应当设置救生圈，救生圈应当完好。\n\n第二条 渡口的管理人应当公告。\n\n第三条 本法自2026年2月1日起施行。"),
            ("乙办法(2021-01-01).md", "# 乙办法\n\n第一条 为了管理渡口，制定本办法。渡口应当设置救生圈，救生圈应当完好的要求另行规定。\n\n第二条 漏水的船，不得载客。\n\n第三条 船，指渡船。"),
        ]);
        take(town, &folder);
        for (q, all, first) in [
            ("渡口应当设置救生圈", false, "甲法 2026-01-15 第一条"),
            ("渡口应当设置救生圈，救生圈应当完好", true, "甲法 2026-01-15 第一条"),
            ("发现渡船漏水的，停止使用", true, "甲法 2020-01-01 第二条"),
            ("渡口应当设置 救生圈应当完好", true, "甲法 2026-01-15 第一条"),
            ("漏水", true, "乙办法 2021-01-01 第二条"),
            ("登记 救生圈", true, "甲法 2020-01-01 第四条"),
            ("指渡船", false, "乙办法 2021-01-01 第三条"),
        ] {
            assert_eq!(found(town, q, all).first().map(String::as_str), Some(first), "{q}: {:?}", found(town, q, all));
        }
        assert_eq!(found(town, "渡口应当设置救生圈，救生圈应当完好", true)[..3], ["甲法 2026-01-15 第一条", "乙办法 2021-01-01 第一条", "甲法 2020-01-01 第一条"], "in force first, and of those the one that begins with the words");
        assert!(found(town, "发现渡船漏水的", false).iter().all(|f| !f.contains("2020-01-01")));
        assert_eq!((found(town, "", true), found(town, "，。", true), found(town, "完全没有的词语", true)), (vec![], vec![], vec![]));
        assert!(found(town, "船", false).len() == 2, "a word of one letter");
        // The page: marks, the article's own address, and the box that knows articles.
        let page = town.by("expert").get(&asked("渡口应当设置救生圈"));
        assert!(page.says("<mark>渡口应当设置救生圈</mark>") && page.says("《甲法》第一条") && page.says("#a1\""), "{}", page.text());
        assert!(page.says("命中 2 条"), "{}", page.text());
        for q in ["甲法第二条", "《甲法》第2条", "甲法 2"] {
            assert_eq!(town.by("expert").get(&asked(q)).to(), "/rules/甲法/2026-01-15#a2", "{q}");
        }
        let odd = town.by("expert").get(&asked("<script>&\"'"));
        assert!(odd.status == 200 && !odd.says("<script>&"), "{}", odd.text());
        assert!(town.by("expert").get(&format!("{}?q={}", at("/rules/甲法/2026-01-15"), house::encode("救生圈"))).says("<mark>救生圈</mark>"));
    }
    fn a_citation_in_an_opinion_leads_to_the_article_in_force(town: &Town) {
        take(town, &fixtures());
        let gist = "未点灯，违反《云岭河道保护法》第二条、第三条；另见第九条、《不存在的法》第一条<b>。云岭河道保护法第九十九条。";
        let zg = town.open("handler", "rectification", "open", &[("org", COURT), ("problems", "X1"), ("severity", "一般"), ("gist", gist)]);
        town.act("lead", &zg, "demand", &[("what", "依云岭河道保护法第2条逐件核查。")]);
        let page = town.by("handler").get(&format!("/matter/{zg}"));
        let link = |anchor: &str, words: &str| format!("<a href=\"{NEW}#{anchor}\">{words}</a>");
        for say in [link("a2", "《云岭河道保护法》第二条"), link("a3", "第三条"), link("a2", "云岭河道保护法第2条"), "《不存在的法》第一条&#60;b&#62;".into()] {
            assert!(page.text().matches(&say).count() >= 2, "{say}, on the page and in the timeline: {}", page.text());
        }
        assert!(!page.says("#a99") && !page.says("第九条</a>") && !page.says("<b>。"));
        town.day(-60 + 61);
        town.sound();
    }
    fn a_citation_in_a_deduction_leads_there_too(town: &Town) {
        take(town, &fixtures());
        let s = house::seated::scoring(town, b"%PDF-1.4");
        let sheet = format!("/matter/{}/do/submit", s.review);
        let form = [
            ("sheet.0.item", "强制措施"),
            ("sheet.0.points", "2"),
            ("sheet.0.page", "卷一 P31"),
            ("sheet.0.problem", "C3"),
            ("sheet.0.severity", "一般"),
            ("sheet.0.note", "未点灯（云岭河道保护法2）"),
            ("my_opinion", "违反《云岭河道保护法》第三条。"),
        ];
        let locked = town.by("expert").submit(&sheet, &sheet, &form);
        assert_eq!(locked.status, 303, "{}", locked.text());
        let page = town.by("expert").get(&sheet);
        for (anchor, words) in [("a2", "云岭河道保护法2"), ("a3", "《云岭河道保护法》第三条")] {
            let link = format!("<a href=\"{NEW}#{anchor}\" target=\"_blank\" rel=\"noopener\">{words}</a>");
            assert!(page.says(&link), "{link}: {}", page.text());
        }
    }
    fn a_joint_rule_lives_from_proposal_to_repeal(town: &Town) {
        const TEXT: &str = "## 第一章 总则\n第一条 为统一船灯证据的收集，制定本指引。\n第二条 收集船灯材料，应当附照片。";
        let lw = town.open("handler", "joint_rule", "propose", &[("title", "关于船灯材料的证据指引（试行）"), ("why", "三起评查发现同类问题。")]);
        for who in ["court", "police", "expert", "procurator", "bar"] {
            assert_eq!(town.by(who).get(&format!("/matter/{lw}")).status, 404, "{who}");
            assert!(!town.by(who).get(&format!("/search?q={}", house::encode("船灯材料"))).says(&lw), "{who}");
        }
        town.act("lead", &lw, "approve_project", &[]);
        let case = town.by("handler").act(&lw, "draft", &[("text", "第一条 （2025）赣1202刑初15号案件的材料，适用本指引。")]);
        assert!(case.status == 422 && case.says("是案号"), "{}", case.text());
        town.act("handler", &lw, "draft", &[("text", TEXT)]);
        let ask = |names: [&'static str; 4]| {
            let mut form = vec![];
            for (n, name) in names.into_iter().enumerate() {
                let (org, sign) = [("recipients.0.org", "recipients.0.countersigns"), ("recipients.1.org", "recipients.1.countersigns"), ("recipients.2.org", "recipients.2.countersigns"), ("recipients.3.org", "recipients.3.countersigns")][n];
                form.extend([(org, name), (sign, if name == "云岭市律师协会" { "否" } else { "是" })]);
            }
            form
        };
        let by = town.today(14);
        let mut form = ask([COURT, "云岭市公安局", PROCURACY, "云岭市律师协会"]);
        form.push(("reply_by", &by));
        let mut strange = ask([COURT, "没有的单位", PROCURACY, "云岭市律师协会"]);
        strange.push(("reply_by", &by));
        let refused = town.by("handler").act(&lw, "consult", &strange);
        assert!(refused.status == 422 && refused.says("没有单位“没有的单位”"), "{}", refused.text());
        town.act("handler", &lw, "consult", &form);
        assert_eq!(town.by("bureau").get(&format!("/matter/{lw}")).status, 404, "not asked");
        for who in ["court", "police", "procurator"] {
            town.act(who, &lw, "opine", &[("view", "同意。")]);
        }
        assert_eq!(town.by("police").act(&lw, "opine", &[("view", "再说。")]).status, 409);
        town.act("bar", &lw, "opine", &[("view", "建议写明律师可以查阅。")]);
        assert_eq!(town.phase(&lw), "Opined");
        let orgs = [COURT, "GA1", PROCURACY, "LX"];
        let names: Vec<[String; 3]> = (0..4).map(|n| ["org", "taken", "reason"].map(|c| format!("taken.{n}.{c}"))).collect();
        let mut answers: Vec<(&str, &str)> = vec![];
        for (n, org) in names.iter().zip(orgs) {
            answers.extend([(n[0].as_str(), org), (n[1].as_str(), "是"), (n[2].as_str(), "已写入。")]);
        }
        let revised = format!("{TEXT}\n第三条 律师可以查阅。");
        answers.push(("revised", &revised));
        town.act("handler", &lw, "adopt_opinions", &answers);
        assert_eq!(town.by("handler").act(&lw, "review_legality", &[("opinion", "合法。")]).status, 409, "another than the drafter");
        town.act("second", &lw, "review_legality", &[("opinion", "依《云岭河道保护法》，合法。")]);
        town.act("court", &lw, "countersign", &[]);
        assert_eq!(town.by("bar").act(&lw, "countersign", &[]).status, 409, "asked, but no countersigner");
        let (today, later) = (town.today(0), town.today(400));
        let issue = [("doc_no", "云政法〔2026〕3号"), ("effective_on", today.as_str()), ("trial_until", later.as_str())];
        assert_eq!(town.by("secretary").act(&lw, "issue", &issue).status, 404, "not before every countersignature");
        town.act("police", &lw, "countersign", &[]);
        town.act("procurator", &lw, "countersign", &[]);
        let yesterday = town.today(-1);
        let back = town.by("secretary").act(&lw, "issue", &[("doc_no", "1"), ("effective_on", yesterday.as_str()), ("trial_until", later.as_str())]);
        assert!(back.status == 422 && back.says("不溯及既往"), "{}", back.text());
        town.act("secretary", &lw, "issue", &issue);
        let address = format!("/rules/关于船灯材料的证据指引（试行）/{today}");
        assert!(town.by("expert").get(&at(&address)).says("律师可以查阅"), "everybody reads what is in force");
        assert_eq!(town.by("expert").get(&asked("律师可以查阅")).text().matches("<mark>律师可以查阅</mark>").count(), 1);
        assert!(town.by("court").get(&format!("/matter/{lw}")).says(&format!("href=\"{address}\"")));
        let state = |title: &str| library(town).of(title).iter().map(|v| v.state).collect::<Vec<_>>();
        let title = "关于船灯材料的证据指引（试行）";
        town.act("handler", &lw, "file_record", &[("filed_with", "市人大法工委"), ("filed_on", &today)]);
        // Evaluated, revised, issued again: two versions.
        town.day(90);
        town.act("handler", &lw, "evaluate", &[("result", "修订"), ("report", "第二条应当写明像素。")]);
        town.act("lead", &lw, "amend", &[("reason", "按评估修订。")]);
        town.act("handler", &lw, "draft", &[("text", TEXT)]);
        let day = town.today(5);
        town.act("handler", &lw, "consult", &[("recipients.0.org", COURT), ("recipients.0.countersigns", "是"), ("reply_by", &day)]);
        assert_eq!(town.by("bar").get(&format!("/matter/{lw}")).status, 404, "asked no more");
        town.act("court", &lw, "opine", &[("view", "同意。")]);
        town.act("handler", &lw, "adopt_opinions", &[("taken.0.org", COURT), ("taken.0.taken", "是"), ("taken.0.reason", "无异议。")]);
        town.act("second", &lw, "review_legality", &[("opinion", "合法。")]);
        town.act("court", &lw, "countersign", &[]);
        let (from, until) = (town.today(10), town.today(300));
        town.act("secretary", &lw, "issue", &[("doc_no", "云政法〔2026〕9号"), ("effective_on", &from), ("trial_until", &until)]);
        assert_eq!(state(title), [State::Coming, State::InForce]);
        town.day(100);
        assert_eq!(state(title), [State::InForce, State::Amended]);
        let filed = town.today(0);
        town.act("handler", &lw, "file_record", &[("filed_with", "市人大法工委"), ("filed_on", &filed)]);
        town.act("handler", &lw, "evaluate", &[("result", "继续"), ("report", "执行顺畅。")]);
        town.act("secretary", &lw, "confirm", &[]);
        let end = town.today(1);
        town.act("secretary", &lw, "repeal", &[("reason", "已有新法。"), ("repealed_on", &end)]);
        assert_eq!(state(title)[0], State::InForce, "until its last day");
        town.day(102);
        assert_eq!(state(title), [State::Repealed, State::Repealed]);
        assert_eq!((town.phase(&lw).as_str(), found(town, "附照片", false)), ("Repealed", vec![]));
        town.sound();
    }
    fn no_law_is_replaced_by_a_paper_of_its_name(town: &Town) {
        take(town, &fixtures());
        let lw = town.open("handler", "joint_rule", "propose", &[("title", "云岭河道保护法"), ("why", "试一试。")]);
        town.act("lead", &lw, "approve_project", &[]);
        town.act("handler", &lw, "draft", &[("text", "第一条 船可以逆行。")]);
        let by = town.today(5);
        town.act("handler", &lw, "consult", &[("recipients.0.org", COURT), ("recipients.0.countersigns", "是"), ("reply_by", &by)]);
        town.act("court", &lw, "opine", &[("view", "同意。")]);
        town.act("handler", &lw, "adopt_opinions", &[("taken.0.org", COURT), ("taken.0.taken", "是"), ("taken.0.reason", "无。")]);
        town.act("second", &lw, "review_legality", &[("opinion", "合法。")]);
        town.act("court", &lw, "countersign", &[]);
        let (today, later) = (town.today(0), town.today(90));
        let refused = town.by("secretary").act(&lw, "issue", &[("doc_no", "1"), ("effective_on", &today), ("trial_until", &later)]);
        assert!(refused.status == 409 && refused.says("已有同名"), "{}", refused.text());
        assert_eq!(town.phase(&lw), "Countersigned");
        town.sound();
    }
}
#[test]
fn every_article_of_the_shared_laws_is_found_first_by_its_own_words() {
    let Some(folder) = laws() else { return };
    let town = Town::new("sqlite");
    // All 41 in force but one: the clock stands where the newest of them has begun.
    town.day(150);
    assert_eq!(take(&town, &folder), 41);
    let library = library(&town);
    assert_eq!(library.in_force("治安管理处罚法").unwrap().held.version, "2025-06-27");
    let began = Instant::now();
    let index = town.house.db.read_here(|tx| library.index(tx).map(|_| ())).map(|()| began.elapsed()).unwrap();
    let (mut times, mut wrong, mut looked) = (vec![], vec![], 0);
    town.house
        .db
        .read_here(|tx| {
            let index = library.index(tx)?;
            for v in &library.versions {
                for p in rules::pieces(tx, &v.held)?.iter().filter(|p| p.number > 0 && p.text.chars().count() >= 40) {
                    for length in [20, 30] {
                        let q: String = p.text.replace('\n', "").chars().take(length).collect();
                        let keep = |x: &Version| v.state != State::InForce || x.state == State::InForce;
                        let began = Instant::now();
                        let (hits, _) = index.find(&library, &q, &keep, 50);
                        times.push(began.elapsed());
                        looked += 1;
                        // Another may begin with the same words; no question can tell the two apart.
                        let same = |text: &str| rules::plain(text).starts_with(&rules::plain(&q));
                        let first = hits.first().is_some_and(|h| {
                            same(&h.piece.text) || (v.state != State::InForce && rules::plain(&h.piece.text).contains(&rules::plain(&q)))
                        });
                        if !first {
                            wrong.push(format!("{} {}: {q}", v.held.rule, p.label));
                        }
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(wrong.is_empty() && looked > 9_000, "{looked}: {wrong:?}");
    times.sort();
    println!(
        "index {index:?}; {looked} questions, p50 {:?}, p99 {:?}, longest {:?}",
        times[looked / 2],
        times[looked * 99 / 100],
        times[looked - 1]
    );
    for (q, to) in [
        ("刑诉法 56 条", "/rules/刑事诉讼法/2018-10-26#a56"),
        ("刑法第一百三十三条之一", "/rules/刑法/2023-12-29#a133-1"),
        ("行政处罚法58", "/rules/行政处罚法/2021-01-22#a58"),
        ("刑诉解释第655条", "/rules/最高人民法院关于适用《刑事诉讼法》的解释/2021-01-26#a655"),
    ] {
        assert_eq!(library.jump(q).as_deref(), Some(to), "{q}");
    }
    let by = town.by("handler");
    let began = Instant::now();
    let page = by.get(&asked("非法证据排除"));
    println!("the page took {:?}", began.elapsed());
    assert!(page.says("<mark>"), "{}", page.text());
    town.sound();
}
