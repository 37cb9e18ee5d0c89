//! 评查标准: the shipped files, validation, scoring at its boundaries, grades, versions, rows and JSON.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
use domain::registers::codes;
use domain::standards::*;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn sheet(code: &str) -> Sheet {
    Library::shipped().sheets.into_iter().find(|s| s.code == code).unwrap()
}
fn card() -> Card {
    Library::shipped().cards.remove(0)
}
fn scale() -> Scale {
    Library::shipped().scales.remove(0)
}
fn row(item: &str, by: &str, points: &str, pages: &str) -> Deduction {
    let points = Points::read(points).unwrap();
    Deduction {
        item: item.into(), by: by.into(), places: 1, points, pages: pages.into(), remark: format!("{by} 的说明"), unclear: false
    }
}
fn rows(deductions: Vec<Deduction>) -> Scoring {
    Scoring { deductions, ..Scoring::default() }
}
fn run(code: &str, deductions: Vec<Deduction>) -> Result<Score, Vec<Fault>> {
    score(&sheet(code), None, &scale(), &rows(deductions))
}
fn messages(faults: &[Fault]) -> Vec<&str> {
    faults.iter().map(|f| f.message.as_str()).collect()
}

#[test]
fn every_shipped_file_stands_and_is_in_the_form_we_write() {
    let library = Library::shipped();
    assert_eq!(
        library.sheets.iter().map(|s| s.code.as_str()).collect::<Vec<_>>(),
        ["D1", "D2", "D3", "D4", "D5", "D6", "A1", "A2", "A3", "A4"]
    );
    assert_eq!((library.cards.len(), library.scales.len()), (1, 5));
    let mut codes = BTreeSet::new();
    for (s, (name, text)) in library.sheets.iter().zip(SHIPPED) {
        assert_eq!((s.code.as_str(), s.to_json().as_str()), (*name, *text), "{name}");
        assert_eq!(check_sheet(s), []);
        assert_eq!(s.items.iter().map(|i| i.points).sum::<Points>(), Points::FULL, "{name}");
        assert!(s.basis.starts_with("本机构设定，非法定"), "{name}");
        assert_eq!(s.tiers.len(), 3);
        for i in &s.items {
            assert!(codes.insert(i.code.clone()), "{}", i.code);
            for m in &i.measures {
                assert!(codes.insert(m.code.clone()) && m.max <= i.points && m.min > Points::ZERO, "{}", m.code);
            }
        }
        assert!(s.items.iter().any(|i| i.substantive), "{name} has no substantive item, so 零扣实体项 would mean nothing");
        assert!(s.vetoes.iter().all(|v| codes.insert(v.code.clone())));
    }
    let all: Vec<&Sheet> = library.sheets.iter().collect();
    assert_eq!(check_card(&library.cards[0], &all), []);
    assert_eq!(library.cards[0].to_json(), SHIPPED_CARD);
    for s in &library.scales {
        assert_eq!(check_scale(s), [], "{}", s.code);
    }
    assert_eq!(Scale::list_from_json(SHIPPED_SCALES).unwrap(), library.scales);
    // The first scale is the code table's; the others rename it.
    let names: Vec<&str> = library.scales[0].grades.iter().map(|g| g.name.as_str()).collect();
    assert_eq!(names, codes::GRADE.rows.iter().map(|(c, _)| *c).collect::<Vec<_>>());
}

#[test]
fn the_sheets_say_what_the_specification_says() {
    // Items and points of `case-review.md` D in order; the number of vetoes.
    let wanted: [(&str, &[u32], usize); 10] = [
        ("D1", &[8, 12, 20, 12, 16, 12, 6, 6, 5, 3], 6),
        ("D2", &[5, 6, 6, 8, 10, 10, 10, 10, 15, 10, 5, 5], 5),
        ("D3", &[8, 10, 14, 24, 6, 12, 12, 6, 5, 3], 4),
        ("D4", &[8, 16, 16, 12, 14, 8, 10, 8, 4, 4], 5),
        ("D5", &[10, 8, 12, 18, 10, 12, 6, 12, 5, 4, 3], 6),
        ("D6", &[12, 16, 12, 20, 8, 10, 8, 6, 4, 4], 4),
        // `enterprise.md` B7: nine vetoes, and four of the law on penalties.
        ("A1", &[10, 30, 15, 25, 10, 10], 9),
        ("A2", &[10, 30, 15, 25, 10, 10], 13),
        ("A3", &[10, 30, 15, 25, 10, 10], 9),
        ("A4", &[10, 30, 15, 25, 10, 10], 9),
    ];
    for (code, points, vetoes) in wanted {
        let s = sheet(code);
        assert_eq!(
            s.items.iter().map(|i| i.points).collect::<Vec<_>>(),
            points.iter().map(|p| Points::whole(*p)).collect::<Vec<_>>(),
            "{code}"
        );
        assert_eq!(s.vetoes.len(), vetoes, "{code}");
        assert_eq!(s.kind, if code == "D6" { Kind::Overlay } else { Kind::Base });
    }
    assert_eq!(card().questions.len(), 8);
    // What only a competent body can have said needs its document (boundary 1).
    let cited: Vec<String> =
        Library::shipped().sheets.iter().flat_map(|s| s.vetoes.clone()).filter(|v| v.document).map(|v| v.code).collect();
    assert_eq!(cited, ["D1.V2", "D2.V4", "D3.V4", "D6.V1"]);
}

#[test]
fn points_are_exact_and_read_as_people_write() {
    for (text, hundredths) in [("0", 0), ("0.5", 50), ("94.95", 9495), ("100", 10_000), ("１２．５", 1250), (" 3 ", 300), ("1000", 100_000)]
    {
        assert_eq!(Points::read(text), Some(Points(hundredths)), "{text}");
    }
    for text in ["", ".", "-1", "1.234", "1e3", "1001", "99999", "五", "1.", ".5", "+1"] {
        assert_eq!(Points::read(text), None, "{text}");
    }
    for n in [0, 5, 50, 95, 100, 9490, 9495, 10_000] {
        assert_eq!(Points::read(&Points(n).to_string()), Some(Points(n)));
    }
    assert_eq!(Points::mean(&[Points::whole(85), Points::whole(86), Points::whole(86)]), Some(Points(8567)));
    assert_eq!(Points::mean(&[]), None);
}

#[test]
fn nothing_deducted_is_a_hundred() {
    let s = run("D1", vec![]).unwrap();
    assert_eq!((s.total, s.grade.as_str(), s.rank, s.clean), (Points::FULL, "优质", 0, true));
    assert!(!s.needs_deliberation() && s.notes.is_empty());
    assert_eq!(s.items.len(), 10);
}

#[test]
fn an_item_is_deducted_until_nothing_is_left() {
    let mut periods = row("D1.7", "D1.7.1", "3", "卷二 P3");
    periods.places = 3;
    let s = run("D1", vec![periods, row("D1.10", "D1.10.1", "0.5", "卷三 P1")]).unwrap();
    let item = s.items.iter().find(|i| i.code == "D1.7").unwrap();
    assert_eq!((item.asked, item.deducted, item.left), (Points::whole(9), Points::whole(6), Points::ZERO));
    assert_eq!(s.total, Points::read("93.5").unwrap());
    assert_eq!(s.notes, ["“期限”各行合计 9 分，本项 6 分扣完为止"]);
}

#[test]
fn grades_turn_exactly_at_their_thresholds() {
    let g = scale();
    let name = |hundredths: u32, clean: bool, veto: bool| g.grade(Points(hundredths), clean, veto).unwrap().1.name.clone();
    assert_eq!(name(9500, true, false), "优质");
    assert_eq!(name(9500, false, false), "合格", "零扣实体项");
    assert_eq!((name(9499, true, false), name(8500, true, false)), ("合格".into(), "合格".into()));
    assert_eq!((name(8499, true, false), name(7000, true, false)), ("瑕疵".into(), "瑕疵".into()));
    assert_eq!(name(6999, true, false), "不合格");
    assert_eq!(name(10_000, true, true), "不合格", "否决");
    let other = &Library::shipped().scales[1];
    assert_eq!(other.grade(Points(7200), true, false).unwrap().1.name, "基本合格");
    // A substantive deduction of four keeps the best grade away, an equal procedural one does not.
    assert_eq!(run("D1", vec![row("D1.4", "D1.4.2", "4", "卷一 P9")]).unwrap().grade, "合格");
    assert_eq!(run("D1", vec![row("D1.3", "D1.3.5", "4", "卷一 P9")]).unwrap().grade, "优质");
}

#[test]
fn a_row_must_name_ground_points_and_pages() {
    let at = |d: Deduction| run("D1", vec![d]).unwrap_err().remove(0);
    let wrong = at(row("D9.1", "D1.1.1", "2", "卷一 P1"));
    assert_eq!((wrong.place.as_str(), wrong.message.as_str()), ("deductions.0.item", "本表没有条目“D9.1”"));
    assert_eq!(at(row("D1.1", "D1.2.1", "2", "卷一 P1")).place, "deductions.0.by");
    assert_eq!(at(row("D1.1", "D1.1.1", "3", "卷一 P1")).message, "这一事由每处应扣 2 分");
    assert_eq!(at(row("D1.2", "D1.2.1", "4.5", "卷一 P1")).message, "这一事由每处应扣 2 至 4 分");
    for pages in ["", "  ", "见卷宗"] {
        assert_eq!(at(row("D1.1", "D1.1.1", "2", pages)).place, "deductions.0.pages", "{pages}");
    }
    for pages in ["卷一 P31", "卷二第八十八页", "全卷", "３１"] {
        assert!(run("D1", vec![row("D1.1", "D1.1.1", "2", pages)]).is_ok(), "{pages}");
    }
    let mut once = row("D1.1", "D1.1.2", "8", "卷一 P1");
    once.places = 2;
    assert_eq!(at(once.clone()).message, "这一事由不按处计算，处数应为 1");
    once.places = 0;
    assert_eq!(at(once).place, "deductions.0.places");
    let mut tier = row("D1.1", "一般", "2.5", "卷一 P1");
    assert_eq!(run("D1", vec![tier.clone()]).unwrap().total, Points(9750));
    tier.remark.clear();
    assert_eq!(at(tier).place, "deductions.0.remark");
    assert_eq!(at(row("D1.1", "重大", "7", "卷一 P1")).message, "这一事由每处应扣 8 分");
}

#[test]
fn the_same_flaw_is_not_deducted_twice() {
    let message = |rows: Vec<Deduction>| run("D1", rows).unwrap_err().remove(0);
    // A ground that counts once, however the pages read.
    let twice = message(vec![row("D1.3", "D1.3.4", "6", "卷二 P88"), row("D1.3", "D1.3.4", "6", "卷三 P1")]);
    assert_eq!(twice.place, "deductions.1.pages");
    assert!(twice.message.contains("只扣一次"), "{}", twice.message);
    // A ground per place: other pages may, the same page in other writing may not.
    assert!(run("D1", vec![row("D1.7", "D1.7.1", "3", "卷二 P88"), row("D1.7", "D1.7.1", "3", "卷二 P90")]).is_ok());
    let same = message(vec![row("D1.7", "D1.7.1", "3", "卷二 P88"), row("D1.7", "D1.7.1", "3", "卷二第ｐ８８页")]);
    assert!(same.message.contains("同一瑕疵不重复扣"));
    // Under two items with the same pages and the same words: one flaw. With other words: a note to look again.
    let mut a = row("D1.3", "D1.3.5", "4", "卷二 P5");
    let mut b = row("D1.4", "D1.4.2", "4", "卷二P5");
    a.remark = "监控录像未调取".into();
    b.remark = "监控录像，未调取".into();
    assert!(message(vec![a.clone(), b.clone()]).message.contains("同一瑕疵"));
    b.remark = "证言与勘验笔录矛盾".into();
    let s = run("D1", vec![a, b]).unwrap();
    assert_eq!(s.notes, ["第 1 行与第 2 行卷页码相同，请确认不是同一瑕疵"]);
}

#[test]
fn where_the_law_is_unclear_nothing_is_deducted() {
    let mut d = row("D1.5", "D1.5.1", "12", "卷一 P2");
    d.unclear = true;
    let s = run("D1", vec![d.clone()]).unwrap();
    assert_eq!((s.total, s.clean, s.grade.as_str()), (Points::FULL, true, "优质"));
    assert!(s.notes[0].contains("法律规定不明确"));
    d.remark.clear();
    assert_eq!(run("D1", vec![d]).unwrap_err()[0].place, "deductions.0.remark");
}

#[test]
fn a_deduction_split_over_items_makes_its_sum() {
    let split = |a: &str, b: &str| run("D2", vec![row("D2.6", "D2.6.2", a, "卷一 P7"), row("D2.7", "D2.7.3", b, "卷一 P7")]);
    let s = split("6", "4").unwrap();
    assert_eq!((s.total, s.clean), (Points::whole(90), false));
    assert!(s.notes.is_empty(), "one flaw on one page is no repetition here: {:?}", s.notes);
    let faults = split("6", "3").unwrap_err();
    assert_eq!(messages(&faults), ["虚假诉讼疑点未查，从事实、法律责任两项分扣：合计应扣 10 分，现为 9 分"]);
    assert!(run("D2", vec![row("D2.6", "D2.6.2", "10", "卷一 P7")]).is_ok());
}

#[test]
fn a_veto_fails_and_calls_for_deliberation() {
    let mark = |veto: &str, document: &str| VetoMark {
        veto: veto.into(),
        pages: "卷一 P4".into(),
        remark: "事实".into(),
        document: document.into(),
    };
    let run = |vetoes: Vec<VetoMark>| score(&sheet("D1"), None, &scale(), &Scoring { vetoes, ..Scoring::default() });
    let s = run(vec![mark("D1.V4", "")]).unwrap();
    assert_eq!((s.total, s.grade.as_str(), s.rank), (Points::FULL, "不合格", 3));
    assert_eq!(s.reasons.iter().map(Reason::words).collect::<Vec<_>>(), ["触发否决项：超期羁押"]);
    // A wrongful conviction is not ours to find: only another body's document can be cited (boundary 1).
    assert_eq!(run(vec![mark("D1.V2", " ")]).unwrap_err()[0].place, "vetoes.0.document");
    assert!(run(vec![mark("D1.V2", "（2025）赣刑再 1 号刑事判决书")]).is_ok());
    assert_eq!(run(vec![mark("D1.V4", ""), mark("D1.V4", "")]).unwrap_err()[0].place, "vetoes.1.veto");
    assert_eq!(run(vec![mark("D2.V1", "")]).unwrap_err()[0].place, "vetoes.0.veto");
    let bare = VetoMark { pages: String::new(), remark: String::new(), ..mark("D1.V4", "") };
    assert_eq!(run(vec![bare]).unwrap_err().len(), 2);
}

fn answers(no: &[&str]) -> Scoring {
    let mut s = Scoring::default();
    for q in card().questions {
        let failed = no.contains(&q.code.as_str());
        let said = if failed { Said::No } else { Said::Yes };
        let (pages, remark) = if failed { ("卷二 P40".into(), "未见查证材料".into()) } else { Default::default() };
        s.answers.insert(q.code, Answer { said, pages, remark });
    }
    s
}

#[test]
fn the_card_deducts_once_and_raises_to_re_examination() {
    let run = |s: &Scoring| score(&sheet("D1"), Some(&card()), &scale(), s);
    let passed = run(&answers(&[])).unwrap();
    assert_eq!((passed.total, passed.needs_deliberation()), (Points::FULL, false));
    let failed = run(&answers(&["LG.3", "LG.4"])).unwrap();
    assert_eq!((failed.total, failed.clean, failed.grade.as_str()), (Points::whole(94), false, "合格"));
    assert!(failed.reasons[0].words().starts_with("立功附卡有 2 项答“否”，升为复核"));
    // The sheet's own ground for the same pages is the same flaw.
    let mut both = answers(&["LG.4"]);
    both.deductions.push(row("D1.5", "D1.5.2", "6", "卷二Ｐ４０"));
    assert!(run(&both).unwrap_err()[0].message.contains("同一瑕疵不重复扣"));
    both.deductions[0].pages = "卷一 P2".into();
    assert_eq!(run(&both).unwrap().total, Points::whole(88));
    let mut open = answers(&[]);
    open.answers.remove("LG.1");
    assert_eq!(run(&open).unwrap_err()[0].place, "answers.LG.1");
    let mut evasive = answers(&[]);
    evasive.answers.get_mut("LG.6").unwrap().said = Said::NotApplicable;
    assert!(run(&evasive).is_ok());
    evasive.answers.get_mut("LG.1").unwrap().said = Said::NotApplicable;
    assert_eq!(run(&evasive).unwrap_err()[0].message, "这一项只能答“是”或者“否”");
    let mut bare = answers(&["LG.3"]);
    bare.answers.get_mut("LG.3").unwrap().pages.clear();
    assert_eq!(run(&bare).unwrap_err()[0].place, "answers.LG.3");
    assert_eq!(score(&sheet("D1"), None, &scale(), &answers(&[])).unwrap_err()[0].place, "answers");
}

#[test]
fn an_overlay_can_only_lower() {
    let base = run("D1", vec![row("D1.3", "D1.3.4", "6", "卷一 P1")]).unwrap();
    let same = run("D6", vec![]).unwrap();
    let worse = run(
        "D6",
        vec![row("D6.7", "D6.7.1", "8", "卷一 P1"), row("D6.4", "D6.4.1", "5", "卷一 P2"), row("D6.4", "D6.4.3", "5", "卷一 P3")],
    );
    let worse = worse.unwrap();
    assert_eq!(lower(&base, &same).sheet, "D1");
    assert_eq!((lower(&base, &worse).sheet.as_str(), lower(&base, &worse).grade.as_str()), ("D6", "瑕疵"));
    assert_eq!(lower(&same, &same).sheet, "D6");
}

#[test]
fn a_review_is_pinned_to_the_versions_of_its_day() {
    let mut library = Library::shipped();
    let day = date(2026, 6, 1);
    let pin = library.pin("01", &["涉企", "立功"], day, "G1").unwrap();
    assert_eq!((pin.sheet.code.as_str(), pin.overlay.as_ref().unwrap().code.as_str()), ("D1", "D6"));
    assert_eq!(pin.card.as_ref().unwrap().code, "LG");
    let civil = library.pin("02", &["立功"], day, "G2").unwrap();
    assert_eq!((civil.sheet.code.as_str(), civil.overlay, civil.card), ("D2", None, None));
    assert_eq!(library.pin("99", &[], day, "G1").unwrap_err(), "没有适用于这一案件类型的评查标准，请先制定");
    assert!(library.pin("01", &[], date(2025, 12, 31), "G1").is_err(), "before its first day");
    assert!(library.pin("01", &[], day, "G9").is_err());
    // A newer version is for newer reviews; the old pin still finds what it was pinned to.
    let newer = Sheet { version: "2027.1".into(), effective: date(2027, 1, 1), ..sheet("D1") };
    library.sheets.push(newer);
    assert_eq!(library.pin("01", &[], date(2026, 12, 31), "G1").unwrap().sheet.version, "2026.1");
    assert_eq!(library.pin("01", &[], date(2027, 1, 1), "G1").unwrap().sheet.version, "2027.1");
    let found = library.find(&pin).unwrap();
    assert_eq!(
        (found.sheet.version.as_str(), found.overlay.unwrap().code.as_str(), found.card.unwrap().code.as_str()),
        ("2026.1", "D6", "LG")
    );
    assert!(library.find(&Pin { card: Some(Ref { code: "X".into(), version: "1".into() }), ..pin }).is_none());
}

#[test]
fn a_wrong_sheet_is_told_what_is_wrong_and_where() {
    let faults = |change: &dyn Fn(&mut Sheet)| {
        let mut s = sheet("D2");
        change(&mut s);
        check_sheet(&s).into_iter().map(|f| format!("{}：{}", f.place, f.message)).collect::<Vec<_>>()
    };
    assert_eq!(faults(&|s| s.items[0].points = Points::whole(6)), ["items：各条目分值合计应为 100 分，现为 101 分"]);
    assert_eq!(faults(&|s| s.items[1].code = "D2.1".into()), ["items.1.code：条目代码“D2.1”重复"]);
    assert_eq!(faults(&|s| s.items[0].measures[0].max = Points::whole(7)), ["items.0.measures.0.max：扣分 7 分超过条目“立案收费”的 5 分"]);
    assert_eq!(faults(&|s| s.items[0].measures[0].min = Points::whole(3)), ["items.0.measures.0.max：最多扣分不能少于最少扣分"]);
    assert_eq!(faults(&|s| s.items[0].measures[1].code = "D2.1.1".into()), ["items.0.measures.1.code：扣分事由代码“D2.1.1”重复"]);
    assert_eq!(faults(&|s| s.items[2].measures.clear()), ["items.2.measures：条目没有扣分事由"]);
    assert_eq!(faults(&|s| s.case_types = vec!["77".into()]), ["case_types.0：案件类型没有“77”"]);
    assert_eq!(faults(&|s| s.items[0].measures[0].problem = Some("Y1".into())), ["items.0.measures.0.problem：问题码没有“Y1”"]);
    assert_eq!(faults(&|s| s.kind = Kind::Overlay), ["tags：叠加表须有适用的标签，如“涉企”"]);
    assert_eq!(faults(&|s| s.vetoes[3].document = false), ["vetoes.3.document：须经有权机关或者再审确认的否决项，应当要求写明其法律文书"]);
    assert_eq!(faults(&|s| s.vetoes[1].text = s.vetoes[0].text.clone()), ["vetoes.1.text：否决项“应回避未回避”重复"]);
    assert_eq!(faults(&|s| s.joints.clear()).len(), 2);
    assert_eq!(faults(&|s| s.items[0].name = "破案率".into()), ["items.0.name：不得以破案率为考评指标"]);
    assert_eq!(faults(&|s| s.basis.clear()).len(), 1);
    let mut g = scale();
    g.grades[1].from = Points::whole(60);
    assert_eq!(check_scale(&g)[0].message, "等次应从高到低排列，分数线逐级降低");
    g = scale();
    g.grades.pop();
    assert_eq!(check_scale(&g)[0].message, "最低等次应从 0 分起，不附条件");
    let mut c = card();
    c.effect.points = Points::whole(17);
    assert_eq!(check_card(&c, &[&sheet("D1")])[0].place, "effect.points");
    assert_eq!(check_card(&card(), &[])[0].message, "没有评查表“D1”");
}

#[test]
fn two_versions_are_compared_in_words() {
    let old = sheet("D1");
    let mut new = Sheet { version: "2027.1".into(), effective: date(2027, 1, 1), ..old.clone() };
    new.items[8].points = Points::whole(6);
    new.items[9].points = Points::whole(2);
    new.items[2].measures.remove(0);
    new.items[3].measures[0].max = Points::whole(8);
    new.vetoes.push(Veto { code: "D1.V7".into(), text: "冒名顶替".into(), document: false });
    let words: Vec<String> = diff(&old, &new).into_iter().map(|c| c.words).collect();
    assert_eq!(
        words,
        [
            "启用日由“2026-01-01”改为“2027-01-01”",
            "条目 D1.9“文书说理”：分值由“5 分”改为“6 分”",
            "条目 D1.10“卷宗”：分值由“3 分”改为“2 分”",
            "删去扣分事由 D1.3.1“讯问人数不合规定”（扣分 2 分）",
            "扣分事由 D1.4.1“遗漏主要事实”：扣分由“6 分”改为“6 至 8 分”",
            "新增否决项 D1.V7“冒名顶替”（须有有权机关文书 否）",
        ]
    );
    assert_eq!(diff(&old, &old), []);
    assert!(diff(&new, &old).iter().any(|c| c.kind == ChangeKind::Removed && c.code == "D1.V7"));
}

#[test]
fn rows_and_json_go_both_ways() {
    let library = Library::shipped();
    for s in &library.sheets {
        let table = sheet_rows(s);
        assert!(table.iter().all(|r| r.len() == COLUMNS.len()));
        assert_eq!(read_sheet(&table).as_ref(), Ok(s));
        assert_eq!(Sheet::from_json(&s.to_json()).as_ref(), Ok(s));
    }
    let c = card();
    assert_eq!(read_card(&card_rows(&c)).as_ref(), Ok(&c));
    assert_eq!(Card::from_json(&c.to_json()), Ok(c));
    let mut table = sheet_rows(&sheet("D1"));
    table.insert(1, vec![]);
    table.insert(2, vec!["# 备注".into()]);
    assert_eq!(read_sheet(&table), Ok(sheet("D1")));
    let mut wrong = sheet_rows(&sheet("D1"));
    wrong[9][4] = "八".into();
    wrong[10][2] = "D1.99".into();
    wrong[11][0] = "扣".into();
    let faults = read_sheet(&wrong).unwrap_err();
    let said: Vec<String> = faults.iter().map(|f| format!("{}：{}", f.place, f.message)).collect();
    assert!(said.contains(&"第 10 行：“分值”栏“八”不是分值".into()), "{said:?}");
    assert!(said.contains(&"第 11 行：上面没有条目“D1.99”".into()), "{said:?}");
    assert!(said.iter().any(|s| s.starts_with("第 12 行：“类别”栏“扣”不认识")), "{said:?}");
    assert!(read_sheet(&[]).unwrap_err()[0].message.starts_with("表头应依次为"));
    assert!(Sheet::from_json("{\n\"code\": 3}").unwrap_err().starts_with("第 2 行"));
    assert!(Sheet::from_json(&sheet("D1").to_json().replace("\"notes\"", "\"note\"")).is_err());
}

/// Any deductions the sheet allows.
fn lawful() -> impl Strategy<Value = Vec<(usize, usize, u32)>> {
    prop::collection::vec((0_usize..12, 0_usize..6, 1_u32..4), 0..30)
}
proptest! {
    #[test]
    fn totals_stay_between_nothing_and_a_hundred(picks in lawful(), which in 0_usize..6) {
        let sheet = Library::shipped().sheets.remove(which);
        let mut used = BTreeSet::new();
        let mut deductions = vec![];
        for (n, (i, j, places)) in picks.into_iter().enumerate() {
            let Some((item, m)) = sheet.items.get(i).and_then(|item| Some((item, item.measures.get(j)?))) else { continue };
            if m.joint.is_some() || !used.insert(m.code.clone()) { continue; }
            let places = if m.each { places } else { 1 };
            let pages = format!("卷一 P{n}");
            deductions.push(Deduction { item: item.code.clone(), by: m.code.clone(), places, points: m.max, pages, remark: String::new(), unclear: false });
        }
        let s = score(&sheet, None, &scale(), &rows(deductions.clone())).unwrap();
        prop_assert!(s.total <= Points::FULL);
        prop_assert_eq!(s.items.iter().map(|i| i.left).sum::<Points>(), s.total);
        prop_assert!(s.items.iter().all(|i| i.deducted <= i.full && i.deducted.0 + i.left.0 == i.full.0));
        // One row fewer never lowers the total.
        if deductions.pop().is_some() {
            prop_assert!(score(&sheet, None, &scale(), &rows(deductions)).unwrap().total >= s.total);
        }
    }

    #[test]
    fn no_text_makes_reading_rows_panic(cells in prop::collection::vec(prop::collection::vec("[表条目扣分档合组否决项说明0-9.；是满]{0,4}", 0..13), 0..9)) {
        let mut table = vec![COLUMNS.map(str::to_owned).to_vec()];
        table.extend(cells);
        let _ = read_sheet(&table).map(|s| check_sheet(&s));
        let _ = read_card(&table);
    }
}
