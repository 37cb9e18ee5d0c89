//! 制度库: texts become articles, versions stand as their days say, citations are found. Invented laws; the shared ones where they are.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod laws;
use domain::rules::{Life, Names, State, Text, chinese, key, states};
use jiff::civil::{Date, date};
use laws::laws;
use std::path::Path;

fn fixture(name: &str) -> Text {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rules").join(name);
    Text::read(name, &std::fs::read_to_string(path).unwrap()).unwrap()
}
#[test]
fn numbers_are_read_and_written_as_laws_do() {
    for (n, text) in [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (684, "六百八十四"),
        (1_005, "一千零五"),
        (1_260, "一千二百六十"),
    ] {
        assert_eq!(chinese(n), text);
        let line = format!("第{text}条 甲。");
        assert_eq!(Text::body(&[line.as_str()]).unwrap()[0].number, n);
    }
    assert_eq!(Text::body(&["第１２条 甲。"]).unwrap()[0].label, "第十二条");
}
#[test]
fn a_law_becomes_articles_with_their_chapters_paragraphs_and_places() {
    let law = fixture("云岭河道保护法(2021-05-01).md");
    assert_eq!((law.title.as_str(), law.kind, law.version), ("中华人民共和国云岭河道保护法", "法律", date(2021, 5, 1)));
    assert_eq!(law.effective, None, "a text revised since still names the first day of the old one");
    let anchors: Vec<&str> = law.articles.iter().map(|a| a.anchor.as_str()).collect();
    assert_eq!(anchors, ["p0", "a1", "a2", "a3", "a3-1", "a3-2", "a4", "a5", "p8"]);
    let at = |anchor: &str| law.articles.iter().find(|a| a.anchor == anchor).unwrap();
    assert_eq!(at("a2").text, "本法所称河道，包括：\n（一）干流；\n（二）支流。");
    assert_eq!(at("a2").chapter, ["第一编 总则", "第一章 任务"]);
    assert_eq!((at("a3-1").label.as_str(), at("a3-1").chapter.last().unwrap().as_str()), ("第三条之一", "第二章 通行"));
    assert!(at("a3-2").text.ends_with("不再点灯。"), "a paragraph that begins with an article's name is none");
    assert_eq!(at("a4").text, "船舶不得逆行。", "the blank stands in the wrong place");
    assert_eq!((at("a5").chapter.len(), at("p8").label.as_str(), at("p8").text.as_str()), (1, "附件一", "一览表\n1．甲河"));
    assert_eq!(law.gaps(), []);
    let new = fixture("云岭河道保护法(2025-09-10).md");
    assert_eq!((key(&new.title), new.effective), (key(&law.title), Some(date(2026, 1, 1))));
    let short = fixture("关于点灯问题的解释.md");
    assert_eq!((short.kind, short.version, short.effective), ("司法解释", date(2018, 3, 2), Some(date(2018, 3, 2))));
    assert_eq!((short.articles.len(), short.articles[1].label.as_str()), (2, "第二条"));
    assert!(short.articles[1].text.ends_with("被看见。") && key(&short.title).contains("《云岭河道保护法》"));
}
#[test]
fn what_cannot_be_read_says_why_and_odd_numbering_is_kept() {
    assert!(Text::read("空(2021-01-01).md", "# 空\n\n没有条文。").unwrap_err().contains("没有读出条文"));
    assert!(Text::read("无日期.md", "# 无日期\n\n第一条 甲。").unwrap_err().contains("版本日期"));
    let gap = Text::read("漏(2021-01-01).md", "# 漏\n\n第一条 甲。\n\n第三条 丙。").unwrap();
    assert_eq!(gap.gaps(), [("第一条".to_owned(), "第三条".to_owned())]);
    let twice = Text::read("两次(2021-01-01).md", "# 两次\n\n第一条 甲。\n\n## 附件\n\n第一条 乙。").unwrap();
    assert_eq!(twice.articles.iter().map(|a| a.anchor.as_str()).collect::<Vec<_>>(), ["a1", "p1", "a1_2"]);
}
#[test]
fn of_two_versions_the_newest_begun_is_in_force_from_its_first_day() {
    let life = |v: Date, e: Date| Life { version: v, effective: e, repealed: None };
    let both = [life(date(2012, 10, 26), date(2012, 10, 26)), life(date(2025, 6, 27), date(2026, 1, 1))];
    assert_eq!(states(&both, date(2025, 12, 31)), [State::InForce, State::Coming]);
    assert_eq!(states(&both, date(2026, 1, 1)), [State::Amended, State::InForce]);
    assert_eq!(states(&both, date(2012, 10, 25)), [State::Coming, State::Coming]);
    let ended = [both[0], Life { repealed: Some(date(2026, 6, 1)), ..both[1] }];
    assert_eq!(states(&ended, date(2026, 5, 31))[1], State::InForce);
    assert_eq!(states(&ended, date(2026, 6, 1)), [State::Amended, State::Repealed]);
}
#[test]
fn citations_are_found_however_they_are_written() {
    let names =
        Names::of(["刑事诉讼法", "刑法", "信访工作条例", "行政处罚法", "行政执法监督条例", "最高人民法院关于适用《刑事诉讼法》的解释"]);
    let found = |text: &str| -> Vec<(String, String, (u32, u32))> {
        names.citations(text).into_iter().map(|c| (text[c.at].to_owned(), c.rule, c.article)).collect()
    };
    let one = |text: &str, what: &str, rule: &str, article: (u32, u32)| {
        assert_eq!(found(text), [(what.to_owned(), rule.to_owned(), article)], "{text}");
    };
    one("依据《中华人民共和国刑事诉讼法》第五十六条，排除。", "《中华人民共和国刑事诉讼法》第五十六条", "刑事诉讼法", (56, 0));
    one("按刑诉法第56条办", "刑诉法第56条", "刑事诉讼法", (56, 0));
    one("刑法 第 133 条之一", "刑法 第 133 条之一", "刑法", (133, 1));
    one("《刑法》（2023修正）第二百三十四条第二款", "《刑法》（2023修正）第二百三十四条", "刑法", (234, 0));
    one(
        "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第十条",
        "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第十条",
        "最高人民法院关于适用《刑事诉讼法》的解释",
        (10, 0),
    );
    let listed = found("《信访工作条例》第三十五条、第三十六条第一款和第四十条");
    assert_eq!(
        listed.iter().map(|l| (l.0.as_str(), l.2.0)).collect::<Vec<_>>(),
        [("《信访工作条例》第三十五条", 35), ("第三十六条", 36), ("第四十条", 40)]
    );
    one("超期羁押（刑诉法56）", "刑诉法56", "刑事诉讼法", (56, 0));
    one("刑法 12 条", "刑法 12 条", "刑法", (12, 0));
    assert_eq!(found("刑诉法56、58、3人").iter().map(|l| l.2.0).collect::<Vec<_>>(), [56, 58]);
    for none in [
        "刑法2020年修正",
        "刑法3人",
        "刑诉法2018-10-26",
        "《某不存在的法》第三条、第四条",
        "本法第五条",
        "第五条",
        "某省行政执法监督条例第五条",
        "刑法第五章",
        "《刑法》规定。另见第五条",
        "",
    ] {
        assert_eq!(found(none), [], "{none}");
    }
    for (text, want) in [
        ("刑事诉讼法第五十六条", Some(("刑事诉讼法", (56, 0)))),
        ("刑诉法 56 条", Some(("刑事诉讼法", (56, 0)))),
        ("行政处罚法58", Some(("行政处罚法", (58, 0)))),
        ("《刑法》第一百三十三条之一第一款", Some(("刑法", (133, 1)))),
        ("刑法133-1", Some(("刑法", (133, 1)))),
        ("刑法", None),
        ("刑法的任务", None),
        ("非法证据排除", None),
        ("第五十六条", None),
    ] {
        assert_eq!(names.jump(text), want, "{text}");
    }
}
#[test]
fn the_shared_laws_are_read_whole() {
    let Some(folder) = laws() else { return };
    let mut counts = vec![];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let law = Text::read(&name, &std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(law.gaps(), [], "{name}");
        assert!(
            law.articles.iter().all(|a| !a.text.is_empty() && !a.anchor.contains('_')),
            "{name}: {:?}",
            law.articles.iter().find(|a| a.text.is_empty())
        );
        assert_eq!(name.contains("(2"), name.contains(&format!("({})", law.version)), "{name}");
        let last = law.articles.iter().rev().find(|a| a.number > 0).unwrap();
        counts.push((
            key(&law.title),
            law.version.to_string(),
            law.kind,
            law.articles.iter().filter(|a| a.number > 0).count(),
            last.number,
        ));
    }
    let of = |name: &str| counts.iter().filter(|c| c.0 == name).map(|c| (c.3, c.4, c.2)).collect::<Vec<_>>();
    assert_eq!((counts.len(), counts.iter().map(|c| c.3).sum::<usize>()), (41, 5_326));
    // A law without inserted articles has as many as its last number says.
    assert!(counts.iter().all(|c| c.3 == c.4 as usize || c.0 == "刑法"), "{counts:?}");
    assert_eq!(of("刑法"), [(505, 452, "法律")]);
    assert_eq!(of("刑事诉讼法"), [(308, 308, "法律")]);
    assert_eq!(of("最高人民法院关于适用《刑事诉讼法》的解释"), [(655, 655, "司法解释")]);
    for (name, kind) in [
        ("信访工作条例", "党内法规"),
        ("优化营商环境条例", "行政法规"),
        ("公平竞争审查条例", "行政法规"),
        ("河北省行政执法监督条例", "地方性法规"),
        ("重庆市行政执法监督条例", "地方性法规"),
        ("公安机关办理刑事案件程序规定", "规章"),
        ("人民检察院刑事诉讼规则", "司法解释"),
        ("行政执法机关移送涉嫌犯罪案件的规定", "行政法规"),
        ("监察法", "法律"),
    ] {
        assert_eq!(of(name).first().map(|c| c.2), Some(kind), "{name}");
    }
    let lives: Vec<Life> = counts
        .iter()
        .filter(|c| c.0 == "治安管理处罚法")
        .map(|c| c.1.parse().unwrap())
        .map(|v| Life { version: v, effective: if v.year() == 2025 { date(2026, 1, 1) } else { v }, repealed: None })
        .collect();
    assert_eq!(lives.len(), 2);
}
