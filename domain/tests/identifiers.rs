//! Numbers with check digits: every slip of one place is caught, swaps as the standards promise, and each refusal says what to do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation)]
use domain::identifiers::receipt::{check_code, check_number, check_secret, receipt_code, receipt_number, strong_code};
use domain::identifiers::region::Level;
use domain::identifiers::{Fault, Wrong, citizen, credit, means_a_person, phone, region};
use proptest::prelude::*;

/// Made-up enterprises of the sample ledgers, and two real codes: a company whose code is digits only, and a bank the State itself registered.
const CODES: [&str; 9] = [
    "91361226MA183D6W8P",
    "91361222MA81YF05XX",
    "91361282MAT6DJ0WX1",
    "91361223MA5TYQPH76",
    "91361281MAUF34LC41",
    "91361282MA7BQNGQ93",
    "91361283MAD8GE636F",
    "914403001922038216",
    "91100000100003962T",
];
/// Made-up persons of the sample ledgers.
const PERSONS: [&str; 6] =
    ["361225197908128411", "36128219860529908X", "361202198702066016", "361281196608044976", "36122319741125548X", "36122219791104253X"];
const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

fn says<T: std::fmt::Debug>(answer: Result<T, Wrong>, fault: Fault, word: &str) {
    let wrong = answer.unwrap_err();
    assert!(wrong.fault == fault && wrong.say.contains(word) && wrong.say.ends_with('。'), "{wrong:?} should be {fault:?} and say {word}");
}
/// The text with another sign at a place.
fn with(text: &str, at: usize, sign: char) -> String {
    text.chars().enumerate().map(|(i, c)| if i == at { sign } else { c }).collect()
}
/// The text with two places swapped.
fn swapped(text: &str, a: usize, b: usize) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    chars.swap(a, b);
    chars.into_iter().collect()
}
/// Every text with one wrong sign.
fn slips(text: &str, signs: &str) -> Vec<String> {
    let at = |i: usize| signs.chars().filter(move |s| text.chars().nth(i) != Some(*s)).map(move |s| with(text, i, s));
    (0..text.len()).flat_map(at).collect()
}
/// Every two places with different signs, swapped.
fn swaps(text: &str) -> Vec<(usize, usize, String)> {
    let pairs = (0..text.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    pairs.map(|(a, b)| (a, b, swapped(text, a, b))).filter(|(.., s)| s != text).collect()
}

#[test]
fn codes_of_organisations_catch_every_slip_and_every_swap_but_of_the_ends() {
    for code in CODES {
        assert_eq!(credit::check(code), Ok(code.to_owned()), "{code}");
        assert_eq!(slips(code, SIGNS).len(), 18 * 30);
        for wrong in slips(code, SIGNS) {
            assert_eq!(credit::check(&wrong).unwrap_err().fault, Fault::Check, "{code} {wrong}");
        }
        // The first place weighs one as the check character does: the standard cannot tell the two apart.
        for (a, b, wrong) in swaps(code).into_iter().filter(|(a, b, _)| (*a, *b) != (0, 17)) {
            assert!(credit::check(&wrong).is_err(), "{code} {a} {b}");
        }
    }
}
#[test]
fn codes_of_organisations_say_what_is_wrong() {
    for folded in
        ["91361226ma183d6w8p", " 91361226 MA183D6W8P\u{3000}", "９１３６１２２６ＭＡ１８３Ｄ６Ｗ８Ｐ", "91361226\u{200b}MA183D6W8P\u{a0}\n"]
    {
        assert_eq!(credit::check(folded), Ok("91361226MA183D6W8P".to_owned()), "{folded}");
    }
    for odd in "IOSVZ".chars() {
        says(credit::check(&with(CODES[0], 9, odd)), Fault::Signs, &format!("“{odd}”"));
    }
    says(credit::check("91361226-A183D6W8P"), Fault::Signs, "“-”");
    says(credit::check("91361226云A183D6W8P"), Fault::Signs, "“云”");
    says(credit::check("91361225MAPG4AT1"), Fault::Length, "现在是 16 位");
    says(credit::check("91361226MA183D6W8PP"), Fault::Length, "现在是 19 位");
    says(credit::check(""), Fault::Length, "现在是 0 位");
    for wrong in ["91361283MA12RTRH80", "91361223MAKAFB8G6A", "91361225MALGDCDE06", "91361281MA82K1YM11"] {
        says(credit::check(wrong), Fault::Check, "校验位不对");
    }
}
#[test]
fn codes_of_organisations_stand_at_a_province_or_the_state() {
    let whole = |body: &str| {
        SIGNS
            .chars()
            .map(|c| format!("{body}{c}"))
            .filter(|c| !matches!(credit::check(c), Err(Wrong { fault: Fault::Check, .. })))
            .collect::<Vec<_>>()
    };
    for (place, fits) in
        [("361226", true), ("710000", true), ("100000", true), ("100100", false), ("991226", false), ("3612A6", false), ("A61226", false)]
    {
        let all = whole(&format!("91{place}MA183D6W8"));
        assert_eq!(all.len(), 1, "{place}: one character fits, whatever the place");
        assert_eq!(credit::check(&all[0]).is_ok(), fits, "{place}");
        if !fits {
            says(credit::check(&all[0]), Fault::Place, place);
        }
    }
}
#[test]
fn numbers_of_persons_catch_every_slip_and_the_swaps_the_standard_promises() {
    for number in PERSONS {
        assert_eq!(citizen::check(number).unwrap().number, number);
        let ends = (0..10).map(|d| char::from(b'0' + d)).chain(['X']).filter(|c| !number.ends_with(*c)).map(|c| with(number, 17, c));
        let body = slips(number, "0123456789").into_iter().filter(|s| s[17..] == number[17..]);
        for wrong in ends.chain(body) {
            assert_eq!(citizen::check(&wrong).unwrap_err().fault, Fault::Check, "{number} {wrong}");
        }
        // Powers of two modulo eleven come round after ten places: only those swaps may pass.
        for (a, b, wrong) in swaps(number).into_iter().filter(|(a, b, _)| b - a != 10) {
            assert!(citizen::check(&wrong).is_err(), "{number} {a} {b}");
        }
    }
}
#[test]
fn numbers_of_persons_say_what_is_wrong_and_what_they_tell() {
    let one = citizen::check(" 36128219860529908x").unwrap();
    assert_eq!((one.number.as_str(), one.old, one.birth.to_string().as_str(), one.sex), ("36128219860529908X", false, "1986-05-29", "女"));
    assert_eq!(citizen::check("３６１２２５１９７９０８１２８４１１").unwrap().sex, "男");
    let old = citizen::check("361283921001598").unwrap();
    assert_eq!((old.number.as_str(), old.old, old.birth.to_string().as_str()), ("361283199210015987", true, "1992-10-01"));
    says(citizen::check("36122519790812841"), Fault::Length, "现在是 17 位");
    says(citizen::check("3612251979081284111"), Fault::Length, "现在是 19 位");
    says(citizen::check(""), Fault::Length, "现在是 0 位");
    says(citizen::check("36122519790812841甲"), Fault::Signs, "末位可以是 X");
    says(citizen::check("3612251979081284Y1"), Fault::Signs, "末位可以是 X");
    says(citizen::check("36128392100159X"), Fault::Signs, "末位可以是 X");
    says(citizen::check("361225197509040974"), Fault::Check, "校验位不对");
    // With check digits that fit: no such province, no such day.
    let whole = |body: &str| {
        "0123456789X"
            .chars()
            .map(|c| format!("{body}{c}"))
            .find(|n| !matches!(citizen::check(n), Err(Wrong { fault: Fault::Check, .. })))
            .unwrap()
    };
    for place in ["10", "00", "99", "16", "91"] {
        says(citizen::check(&whole(&format!("{place}122519790812841"))), Fault::Place, "省级代码");
    }
    for place in ["11", "65", "71", "81", "82", "83"] {
        assert!(citizen::check(&whole(&format!("{place}000019790812841"))).is_ok(), "{place}");
    }
    for day in ["20230229", "19790230", "19791301", "19790800", "17990101", "21000101"] {
        says(citizen::check(&whole(&format!("361225{day}841"))), Fault::Birth, "出生日期不存在");
    }
    assert!(citizen::check(&whole("36122520240229841")).is_ok());
    says(citizen::check("361283921301598"), Fault::Birth, "出生日期不存在");
}
#[test]
fn persons_and_organisations_are_told_apart() {
    PERSONS.iter().for_each(|n| assert!(means_a_person(n), "{n}"));
    CODES.iter().for_each(|c| assert!(!means_a_person(c), "{c}"));
    // A slip leaves a person a person.
    assert!(means_a_person("361225197908128412") && means_a_person("3612251979081284") && means_a_person("361283921001598"));
    assert!(!means_a_person("") && !means_a_person("某公司") && !means_a_person("914403001922038217"));
}
#[test]
fn places_have_a_province_and_a_shape() {
    for (code, level) in [("360000", Level::Province), ("361200", Level::City), (" ３６１２０２", Level::County), ("110101", Level::County)]
    {
        assert_eq!(region::check(code).unwrap().level, level, "{code}");
    }
    assert_eq!(region::check("361202").unwrap().province, "江西省");
    says(region::check("160000"), Fault::Place, "省级代码");
    says(region::check("100000"), Fault::Place, "省级代码");
    says(region::check("360002"), Fault::Place, "中间两位");
    says(region::check("3612"), Fault::Length, "现在是 4 位");
    says(region::check("361202001"), Fault::Length, "现在是 9 位");
    says(region::check("36120A"), Fault::Signs, "只有数字");
    says(region::check(""), Fault::Signs, "只有数字");
    let known: Vec<u32> = (0..100).filter(|n| region::check(&format!("{n:02}0000")).is_ok()).collect();
    assert_eq!(known.len(), 34);
    assert!(known.windows(2).all(|w| w[0] < w[1]) && region::province("8").is_none() && region::province("云岭").is_none());
}
#[test]
fn telephones_have_one_writing() {
    for (written, number, mobile) in [
        ("15400012345", "15400012345", true),
        ("07896660033", "0789-6660033", false),
        ("154-0001-2345", "15400012345", true),
        ("154 0001 2345", "15400012345", true),
        ("１５４０００１２３４５", "15400012345", true),
        ("+8615434267251", "15434267251", true),
        ("+86 154-3426-7251", "15434267251", true),
        ("008615434267251", "15434267251", true),
        ("8615434267251", "15434267251", true),
        ("0789-6660033", "0789-6660033", false),
        ("（0789）6660033", "0789-6660033", false),
        ("(0789) 66600334", "0789-66600334", false),
        ("010-66660033", "010-66660033", false),
        ("021－66660033", "021-66660033", false),
        ("+86 789 6660033", "0789-6660033", false),
        ("+86-10-66660033", "010-66660033", false),
        ("+86 0789 6660033", "0789-6660033", false),
    ] {
        assert_eq!(phone::check(written), Ok(phone::Phone { number: number.into(), mobile }), "{written}");
    }
    for (written, fault, word) in [
        ("1645897028", Fault::Length, "现在是 10 位"),
        ("154000123456", Fault::Length, "现在是 12 位"),
        ("6660033", Fault::Length, "要有区号"),
        ("", Fault::Signs, "只能有数字"),
        ("+86", Fault::Signs, "只能有数字"),
        ("12400012345", Fault::Signs, "第二位"),
        ("10000012345", Fault::Signs, "第二位"),
        ("0789-666003", Fault::Length, "区号"),
        ("0789-166003344", Fault::Length, "区号"),
        ("0789-1660033", Fault::Length, "不以 0、1 开头"),
        ("010-6666003", Fault::Length, "区号"),
        ("0089-6660033", Fault::Length, "区号"),
        ("0789-6660033转801", Fault::Signs, "分机"),
        ("15400012345、15400012346", Fault::Signs, "一个号码"),
        ("+1 202 456 1111", Fault::Signs, "只能有数字"),
    ] {
        says(phone::check(written), fault, word);
    }
}
#[test]
fn receipts_catch_every_slip_and_every_swap_of_neighbours() {
    assert_eq!(receipt_number(1_000_000_000), None);
    // The example of the method's author: 572 is followed by 4.
    assert_eq!(receipt_number(572).as_deref(), Some("0000005724"));
    for nine in (0..2_000).chain([999_999_999, 123_456_789, 100_000_000, 909_090_909]) {
        let number = receipt_number(nine).unwrap();
        assert_eq!((check_number(&number).as_deref(), number.len()), (Ok(number.as_str()), 10));
        for wrong in slips(&number, "0123456789") {
            assert_eq!(check_number(&wrong).unwrap_err().fault, Fault::Check, "{number} {wrong}");
        }
        for (.., wrong) in swaps(&number).into_iter().filter(|(a, b, _)| a + 1 == *b) {
            assert_eq!(check_number(&wrong).unwrap_err().fault, Fault::Check, "{number} {wrong}");
        }
    }
    assert_eq!(check_number(" 00000-０５７２４"), Ok("0000005724".to_owned()));
    says(check_number("000005724"), Fault::Length, "应为 10 位数字，现在是 9 位");
    says(check_number("00000O5724"), Fault::Signs, "只有数字");
}
#[test]
fn codes_of_receipts_are_even_chance() {
    // Of all bytes each digit comes as often as every other: 25 times.
    let all: String = (0..=u8::MAX).filter_map(|b| receipt_code(&[[b].repeat(16)].concat())).map(|c| c.chars().next().unwrap()).collect();
    for digit in '0'..='9' {
        assert_eq!(all.chars().filter(|c| *c == digit).count(), 25, "{digit}");
    }
    let bytes: Vec<u8> = (0..32).map(|i| if i % 2 == 0 { 255 } else { i }).collect();
    assert_eq!(
        receipt_code(&bytes).as_deref(),
        Some("1357913579135791"),
        "bytes that would lean are passed over, the others keep their order"
    );
    assert_eq!((receipt_code(&bytes[..31]), receipt_code(&[])), (None, None), "too little chance is no code");
    assert_eq!(check_code("1357 9135 7913-5791"), Ok("1357913579135791".to_owned()));
    says(check_code("135791357913579"), Fault::Length, "回执密码应为 16 位数字");
    says(check_code("1357913579135791x"), Fault::Signs, "只有数字");
}
proptest! {
    /// Whatever the first seventeen places are, exactly one check character makes them whole.
    #[test]
    fn one_check_character_fits(place in "3612[0-9]{2}", body in "[0-9A-HJ-NPQRTUWXY]{9}", day in 0..20_000i64, serial in "[0-9]{3}") {
        let codes = SIGNS.chars().filter(|c| credit::check(&format!("91{place}{body}{c}")).is_ok());
        prop_assert_eq!(codes.count(), 1);
        let born = jiff::civil::date(1950, 1, 1) + jiff::Span::new().days(day);
        let person = format!("{place}{}{serial}", born.strftime("%Y%m%d"));
        let fitting: Vec<_> = "0123456789X".chars().filter_map(|c| citizen::check(&format!("{person}{c}")).ok()).collect();
        prop_assert_eq!(fitting.len(), 1);
        prop_assert_eq!(fitting[0].birth, born);
        if born.year() < 2000 {
            prop_assert_eq!(&citizen::check(&format!("{}{}", &person[..6], &person[8..])).unwrap().number, &fitting[0].number);
        }
    }
    /// Nothing typed breaks them.
    #[test]
    fn nothing_typed_breaks_them(text in ".{0,24}") {
        let _ = (credit::check(&text), citizen::check(&text), region::check(&text), phone::check(&text), check_number(&text), check_code(&text), means_a_person(&text));
    }
}
#[test]
fn the_stronger_code_is_read_as_it_is_copied() {
    let bytes: Vec<u8> = (0u8..24).map(|n| n.wrapping_mul(37)).collect();
    let code = strong_code(&bytes).unwrap();
    assert_eq!((code.len(), strong_code(&bytes[..23])), (24, None), "too little chance is no code");
    let every: std::collections::BTreeSet<char> = (0..=u8::MAX).filter_map(|b| strong_code(&[b; 24])?.chars().next()).collect();
    assert_eq!(every.len(), 32, "every sign is as likely");
    let copied = code.to_lowercase().as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect::<Vec<_>>().join(" ");
    assert_eq!(check_secret(&copied).unwrap(), code);
    let alike = |c: char| match c {
        'O' => '0',
        'I' => '1',
        'B' => '8',
        c => c,
    };
    let mixed: String = format!("OIB{}", &code[3..]).chars().map(alike).collect();
    assert_eq!(check_secret(&mixed).unwrap(), format!("OIB{}", &code[3..]), "what looks alike is the same");
    assert_eq!(check_secret("1111 2222 3333 4444").unwrap(), "1111222233334444", "the usual code passes too");
    assert!(check_secret(&code[..23]).unwrap_err().say.contains("现在是 23 位"));
    assert!(check_secret("ABC@").unwrap_err().say.contains("只有数字和字母"));
}
