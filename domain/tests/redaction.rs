//! 脱敏: of what identifies a person nothing survives, however it is spaced and whatever its width; ordinary text does.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]
use domain::redaction::{Keep, Kind, Known, Piece, kinds, redact, redacted, signs};
use proptest::prelude::*;
use serde_json::Value as Json;

fn plain(text: &str) -> String {
    redacted(text, &[], &Keep::default())
}
/// What is left of a text when separators, widths and cases are taken away.
fn bare(text: &str) -> String {
    let one = |c: char| match u32::from(c) {
        n @ 0xFF01..=0xFF5E => char::from_u32(n - 0xFEE0).unwrap(),
        _ => c,
    };
    text.chars().map(one).filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase()
}
fn wide(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c }).collect()
}
fn spaced(text: &str, gap: &str) -> String {
    text.chars().map(|c| c.to_string()).collect::<Vec<_>>().join(gap)
}
#[track_caller]
fn gone(text: &str, token: &str, names: &[Known]) {
    let left = redacted(text, names, &Keep::default());
    assert!(!bare(&left).contains(&bare(token)), "{token} survives in {left}");
}

#[test]
fn of_the_tokens_planted_in_the_sample_ledgers_none_survives() {
    let planted: Json = serde_json::from_str(include_str!("fixtures/planted.json")).unwrap();
    let list = |kind: &str| -> Vec<String> { serde_json::from_value(planted[kind].clone()).unwrap() };
    let names = list("name");
    assert!(names.len() > 400 && list("id").len() > 400 && list("phone").len() > 900 && list("case_no").len() > 400);
    let known: Vec<Known> = names.iter().map(Known::name).collect();
    for (n, name) in names.iter().enumerate() {
        let near = &known[n..(n + 3).min(known.len())];
        for gap in ["", " ", "\u{3000}", "·"] {
            gone(&format!("反映{}承办时没有告知。", spaced(name, gap)), name, near);
        }
    }
    for kind in ["id", "phone", "case_no"] {
        for token in list(kind) {
            for text in [token.clone(), wide(&token)] {
                gone(&format!("材料中写明{text}，请核实；"), &token, &[]);
                gone(&format!("一、{text} 二、其他"), &token, &[]);
            }
        }
    }
}
#[test]
fn a_certificate_is_masked_in_every_writing() {
    for id in ["361202199001010011", "36120219900101001X", "36120219900101001x", "361202900101001", "36120219900101001"] {
        for gap in ["", " ", "-", "\u{3000}", "\u{200B}", "\u{A0}"] {
            gone(&format!("身份证{}。", spaced(id, gap)), id, &[]);
        }
        for text in [format!("{} {} {}", &id[..6], &id[6..10], &id[10..]), wide(id)] {
            gone(&format!("（{text}）"), id, &[]);
        }
        assert_eq!(plain(&format!("证号{id}，男")), "证号〔身份证号〕，男");
    }
}
#[test]
fn a_telephone_is_masked_in_every_writing() {
    for text in [
        "15400098765",
        "154-0009-8765",
        "154 0009 8765",
        "+8615400098765",
        "+86 154 0009 8765",
        "0086-15400098765",
        "（+86）15400098765",
        "１５４０００９８７６５",
        "一五四零零零九八七六五",
        "1 5 4 0 0 0 9 8 7 6 5",
        "1540009876",
        "154000987655",
    ] {
        let left = plain(&format!("电话{text}，请回。"));
        assert!(left.contains("〔电话〕") && !bare(&left).contains("0987"), "{text}: {left}");
    }
    for text in ["0789-6660033", "(0789)6660033", "（0789） 666 0033", "07896660033", "010-66600332", "+86-789-6660033", "0789 - 6660033"]
    {
        let left = plain(&format!("座机{text}转8。"));
        assert!(left.contains("〔电话〕") && !bare(&left).contains("6003"), "{text}: {left}");
    }
}
#[test]
fn accounts_plates_mail_and_case_numbers_are_masked() {
    for text in
        ["6222021234567890123", "6222 0212 3456 7890 123", "6222-0212-3456-7890", "６２２２０２１２３４５６７８９０", "4367420012345678"]
    {
        assert_eq!(plain(&format!("转入{text}，")), "转入〔账号〕，", "{text}");
    }
    for text in
        ["赣A·12345", "赣A12345", "赣 A 12345", "赣AD12345", "赣ａＤ１２３４５", "赣A1234警", "赣A-D12345", "WJ赣12345", "赣A·D1234 5"]
    {
        assert_eq!(plain(&format!("驾驶{text}到场")), "驾驶〔车牌〕到场", "{text}");
    }
    for text in ["a.b@example.com", "ａ＠example.com", "x_1@mail.gov.cn"] {
        assert_eq!(plain(&format!("邮箱{text}。")), "邮箱〔邮箱〕。", "{text}");
    }
    for text in [
        "（2024）赣1202刑初15号",
        "(2024)赣1202刑初15号",
        "〔2024〕赣1202民初第15号",
        "（ 2024 ）赣 1202 执恢 3 号",
        "（２０２４）赣１２０２刑初１５号",
        "（2024）最高法民终3号之一",
        "（2024）赣12刑终22",
        "云公(治)行罚决字〔2022〕13号",
        "云检刑诉〔2024〕19号",
        "2024赣1202刑初15号",
    ] {
        assert_eq!(plain(&format!("见{text}，")), "见〔案号〕，", "{text}");
        let kept = redacted(&format!("见{text}，"), &[], &Keep { case_no: true, ..Keep::default() });
        assert_eq!(kept, format!("见{text}，"), "kept when asked");
    }
}
#[test]
fn an_address_is_masked_and_an_office_is_not() {
    for text in [
        "江西省云岭市澄湖区人民路88号3栋2单元501室",
        "人民路88号",
        "安泉县石塘镇阳光村",
        "石塘镇阳光村3组12号",
        "阳光小区12栋501",
        "云岭市 澄湖区 建设大道 120 号",
        "中山街１２号",
    ] {
        let left = plain(&format!("家住{text}，常年在外"));
        assert!(
            left.contains("〔住址〕，常年在外") && !left.contains("88") && !left.contains("阳光") && !left.contains("120"),
            "{text}: {left}"
        );
        assert!(plain(&format!("到{text}送达")).contains("〔住址〕"), "{text}");
    }
    assert_eq!(plain("户籍地：云岭市澄湖区，汉族"), "户籍地：〔住址〕，汉族");
    assert_eq!(redacted("家住人民路88号", &[], &Keep { address: true, ..Keep::default() }), "家住人民路88号");
}
#[test]
fn ordinary_text_stays_as_it_is() {
    for text in [
        "依照刑事诉讼法第二百八十六条第一款第（三）项、第56条，2024年3月5日立案，2024-03-05 至 2024-06-05 审理。",
        "云政法〔2026〕1号、公通字〔2024〕12号、法释〔2022〕3号、高检发办字〔2019〕55号",
        "罚款 12,000.00 元，合计 3000 2000 1000 5000 元，占 39.2%，1234567890.50 元，15000000000元",
        "云岭市公安局城东派出所、澄湖区人民法院、樟溪市人民检察院人民路办公区、安泉县农业农村局",
        "2024.3.5 12:30 开庭，卷一第3页至第15页，第3号证据，讯问笔录2份",
        "期限60日，延长30日；1998—2003年；1990-01-01 100 元；01 02 03 04 05",
        "乡镇农村信用社、城乡社区、各县区村级组织，全市3户企业",
        "第3号决定、二审刑初、民事案件12件（2024年）第一批",
        "统一社会信用代码91361283MA7CRNMT8A",
        "XS-2026-0043、YS-2026-0001、卷页 12-15",
        "",
    ] {
        assert_eq!(plain(text), text);
        assert!(kinds(text, &Keep { case_no: true, ..Keep::default() }).is_empty(), "{text}");
    }
    assert_eq!(kinds("电话15400098765，家住人民路88号3栋，护照E12345678", &Keep::default()), [Kind::Phone, Kind::Address, Kind::IdCard]);
}
#[test]
fn the_same_name_has_the_same_number_and_the_longer_name_goes_first() {
    let names = ["王小", "王小明", "阿卜杜拉·买买提", "王 小 明"].map(Known::name);
    assert_eq!(redacted("王小明与王小，王　小　明", &names, &Keep::default()), "〔姓名2〕与〔姓名1〕，〔姓名2〕");
    assert_eq!(redacted("阿卜杜拉买买提、阿卜杜拉•买买提", &names, &Keep::default()), "〔姓名3〕、〔姓名3〕");
    assert_eq!(redacted("主张\n三日内", &[Known::name("张三")], &Keep::default()), "主张\n三日内");
    let odd = [Known { kind: Kind::Phone, text: "1234567".into() }];
    assert_eq!(redacted("号码123-4567，编号91234567", &odd, &Keep::default()), "号码〔电话〕，编号91234567");
}
#[test]
fn signs_are_found_again_and_nothing_else_is_taken_for_one() {
    let text = "云政法〔2024〕3号，甘例棠 15400098765 〔姓名〕〔电话1〕";
    let pieces = redact(text, &[Known::name("甘例棠")], &Keep::default());
    let shown: String = pieces.iter().map(Piece::shown).collect();
    let found = signs(&shown);
    assert_eq!(found.iter().map(Piece::shown).collect::<String>(), shown);
    let kinds = |all: &[Piece]| -> Vec<Kind> {
        all.iter().filter_map(|p| if let Piece::Masked { kind, .. } = p { Some(*kind) } else { None }).collect()
    };
    assert_eq!(kinds(&found), [Kind::Name, Kind::Phone]);
    assert_eq!(kinds(&pieces), kinds(&found));
}

/// A token of each kind from dice.
fn token(kind: usize, n: u64) -> String {
    let at = |list: &'static [&'static str]| list[(n / 7) as usize % list.len()];
    match kind {
        0 => format!(
            "{}1202{}{:02}{:02}{:03}{}",
            at(&["36", "11", "44", "51"]),
            1950 + n % 60,
            1 + n % 12,
            1 + n % 28,
            n % 1000,
            at(&["1", "X", "0", "7"])
        ),
        1 => format!("1{}{:09}", 3 + n % 7, n % 1_000_000_000),
        2 => format!("{}{:07}", at(&["0789", "0571", "0795"]), 2_000_000 + n % 7_000_000),
        3 => format!("{}{:010}", at(&["622202", "436742", "955880", "621700"]), n % 10_000_000_000),
        4 => format!("{}{}{:05}", at(&["赣", "粤", "京", "苏"]), at(&["A", "B", "C", "K"]), n % 100_000),
        5 => format!("赣{}{}{:05}", at(&["A", "C"]), at(&["D", "F"]), n % 100_000),
        6 => format!("（20{:02}）赣{:04}{}{}号", 10 + n % 16, 1200 + n % 99, at(&["刑初", "民终", "执恢", "行初"]), 1 + n % 3000),
        _ => format!("u{n}@{}.example.cn", at(&["a", "mail", "x1"])),
    }
}
proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_planted_token_never_survives(
        kind in 0..8_usize, n in any::<u64>(), gap in 0..7_usize, every in 1..5_usize, width in any::<bool>(), before in 0..5_usize, after in 0..5_usize,
    ) {
        let gap = ["", " ", "-", "\u{3000}", "\u{200B}", "·", " - "][gap];
        let token = token(kind, n);
        // A mail address is written in one.
        let gaps = if kind == 7 { String::new() } else { gap.to_owned() };
        let chunks: Vec<String> = token.chars().collect::<Vec<_>>().chunks(every).map(|c| c.iter().collect()).collect();
        let mut text = chunks.join(&gaps);
        if width { text = wide(&text); }
        let text = format!("{}{text}{}", ["", "他说：", "号码 ", "（", "2024年3月，"][before], ["", "。", " 2024年", "）", "、第3条"][after]);
        let left = plain(&text);
        prop_assert!(!bare(&left).contains(&bare(&token)), "{token} survives: {text:?} → {left:?}");
    }
    #[test]
    fn nothing_panics_and_the_signs_of_any_text_make_it_again(text in "[\\PC\n0-9赣A（）〔〕路号村镇@.-]{0,60}") {
        let once = plain(&text);
        prop_assert_eq!(signs(&once).iter().map(Piece::shown).collect::<String>(), once.clone());
        let _ = plain(&once);
    }
}
