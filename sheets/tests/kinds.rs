//! Each kind of cell and each rule by itself, on small ledgers: what is put right, what is refused, and in which words.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use serde_json::{Value as Json, json};
use sheets::*;

fn units() -> Units {
    let unit = |code: &str, name: &str, short: &str| Unit { code: code.into(), name: name.into(), short: short.into(), ..Unit::default() };
    Units::new(&[unit("FY1", "云岭市中级人民法院", "市中院"), unit("GA1", "云岭市公安局", "市公安局")]).with_courts(["赣12"])
}
/// A ledger of these lines, cells parted by `|`.
fn table(layout: &Layout, lines: &[&str]) -> Table {
    let text = lines.join("\n");
    let mut book = Book::open(text.as_bytes(), &Caps::default()).unwrap();
    let mapping = best_sheet(&book, layout).unwrap();
    read(&mut book, layout, &mapping, &units(), jiff::civil::date(2025, 1, 10), &|_| vec![])
}
const HEAD: &str = "案号|类型|案由|承办单位|承办人|立案";
const ROW: &str = "(2023)赣12刑初5号|刑事|盗窃罪|市中院|王拟一|2023-03-01";

/// A dossier with one more column.
fn dossier(column: &str, cell: &str) -> RowRead {
    table(&layouts::DOSSIER, &[&format!("{HEAD}|{column}"), &format!("{ROW}|{cell}")]).rows.remove(0)
}
/// A dossier of this number.
fn numbered(number: &str) -> RowRead {
    table(&layouts::DOSSIER, &[HEAD, &ROW.replace("(2023)赣12刑初5号", number)]).rows.remove(0)
}
fn told(row: &RowRead) -> Vec<&'static str> {
    row.problems.iter().map(|p| p.code).collect()
}
#[test]
fn amounts_become_fen_without_a_fraction_lost() {
    for (cell, cents) in [
        ("0", 0),
        ("5000元", 500_000),
        ("¥12,000.00", 1_200_000),
        ("￥３００", 30_000),
        ("0.07", 7),
        ("1234.5", 123_450),
        ("3.5万元", 3_500_000),
        ("1.00000001亿", 10_000_000_100_i64),
        ("人民币800元整", 80_000),
    ] {
        assert_eq!(dossier("标的额(元)", cell).values["amount"], json!(cents), "{cell}");
    }
    assert_eq!(dossier("标的额(元)", "暂无").values["amount"], Json::Null);
    for (cell, say) in [
        ("若干", "不是金额"),
        ("约三十万", "不是金额"),
        ("-500", "不能是负数"),
        ("－500", "不能是负数"),
        ("1.234", "两位小数"),
        ("9999999999999999999999", "过大"),
        ("1.2.3", "不是金额"),
        ("元", "不是金额"),
    ] {
        let row = dossier("标的额(元)", cell);
        assert_eq!((row.verdict, told(&row)), (Verdict::Rejected, vec!["R11"]), "{cell}");
        assert!(row.problems[0].message.contains(say), "{cell}: {}", row.problems[0].message);
    }
}
#[test]
fn a_number_of_a_person_and_a_code_of_an_organisation_are_told_apart() {
    for (cell, whole) in [
        ("36128219960604397x", "36128219960604397X"),
        ("'361281199104273517", "361281199104273517"),
        ("91361281map5ex6e61", "91361281MAP5EX6E61"),
        ("91361225 MATMKL137T", "91361225MATMKL137T"),
        // Digits alone, as older codes are.
        ("914403001922038216", "914403001922038216"),
    ] {
        let row = dossier("证件号码", cell);
        assert_eq!((row.verdict, &row.values["cert_no"]), (Verdict::Good, &json!(whole)), "{cell}: {:?}", row.problems);
    }
    for (cell, code) in [
        // Fits the check of a code by accident, and is a person all the same.
        ("361202199312076556", "R04"),
        ("361281199104273518", "R04"),
        ("3.61283198409277E+17", "R05"),
        ("91361281MAP5EX6E62", "R06"),
        ("914403001922038217", "R06"),
        ("91361281MA3FOK858A", "R07"),
        ("91361222MA77GX2C", "R07"),
    ] {
        let row = dossier("证件号码", cell);
        assert_eq!((row.verdict, told(&row)), (Verdict::Rejected, vec![code]), "{cell}: {:?}", row.problems);
    }
    let old = dossier("证件号码", "361223870212587");
    assert_eq!((old.verdict, told(&old), &old.values["cert_no"]), (Verdict::Noted, vec!["W06"], &json!("361223198702125874")));
}
#[test]
fn a_number_of_a_case_is_whole_or_refused() {
    for (written, usual) in [
        ("（2023）赣12刑初第５号", "(2023)赣12刑初5号"),
        ("[2023]赣12刑初005", "(2023)赣12刑初5号"),
        ("(2023)赣12刑初5号之一", "(2023)赣12刑初5号之一"),
        ("(2023)最高法刑申5号", "(2023)最高法刑申5号"),
        ("云公(刑)立字[2023]第45号", "云公(刑)立字〔2023〕45号"),
    ] {
        let row = numbered(written);
        let fits = row.verdict == Verdict::Good || written.contains("最高法");
        assert!(fits && row.values["case_no"] == usual, "{written}: {} {:?}", row.values["case_no"], row.problems);
    }
    for (written, say) in [
        ("云公(刑)立字19号", "四位年份"),
        ("云公(刑)立字〔23〕19号", "四位年份"),
        ("361202000772", "四位年份"),
        ("赣12刑初72号", "四位年份"),
        ("云公(刑)立字〔2023〕号", "序号"),
        ("(2023)刑初7号", "法院代字"),
        ("(2023)赣9902刑初7号", "赣9902"),
    ] {
        let row = numbered(written);
        assert_eq!((row.verdict, told(&row)), (Verdict::Rejected, vec!["R14"]), "{written}");
        assert!(row.problems[0].message.contains(say), "{written}: {}", row.problems[0].message);
    }
}
#[test]
fn the_number_tells_the_type() {
    for (number, given, told) in [
        ("(2023)赣12民终5号", "刑事", "02"),
        ("(2023)赣12执恢5号", "民事", "04"),
        ("(2023)赣12刑更5号", "刑事", "07"),
        ("云公(交)行罚决字〔2023〕5号", "刑事", "05"),
        ("云检行公建〔2023〕5号", "行政诉讼", "08"),
        // Nothing is told by a word we do not know.
        ("云市监罚〔2023〕5号", "其他", "99"),
    ] {
        let line = ROW.replace("(2023)赣12刑初5号", number).replace("|刑事|", &format!("|{given}|"));
        let row = table(&layouts::DOSSIER, &[HEAD, &line]).rows.remove(0);
        let code = if given == "其他" { vec![] } else { vec!["W09"] };
        assert_eq!((self::told(&row), &row.values["case_type"]), (code, &json!(told)), "{number}");
    }
}
#[test]
fn names_go_under_seal_wherever_they_stand() {
    let head = format!("{HEAD}|当事人|封存|备注");
    let row =
        |party: &str, sealed: &str| table(&layouts::DOSSIER, &[&head, &format!("{ROW}|{party}|{sealed}|{party}已回访。")]).rows.remove(0);
    let one = row("诸葛拟秋", "是");
    assert_eq!((one.verdict, told(&one)), (Verdict::Noted, vec!["W08"]));
    assert_eq!((one.values.text("party"), one.values.text("remark")), ("诸葛某某", "诸葛某某已回访。"));
    assert_eq!(row("林例秋、欧某某，赵拟", "是").values.text("party"), "林某某、欧某某，赵某某");
    assert_eq!(told(&row("林某某", "是")), [""; 0]);
    assert_eq!(row("林例秋", "否").values.text("party"), "林例秋");
    assert_eq!(row("", "是").values["party"], Json::Null);
}
#[test]
fn pending_cases_have_no_result() {
    let head = format!("{HEAD}|结案|处理结果");
    let row = |ended: &str| table(&layouts::DOSSIER, &[&head, &format!("{ROW}|{ended}|维持原判")]).rows.remove(0);
    for ended in ["", "未结", "审理中", "—"] {
        let row = row(ended);
        assert_eq!((told(&row), &row.values["result"], &row.values["concluded"]), (vec!["W13"], &Json::Null, &Json::Null), "{ended}");
    }
    assert_eq!(row("2023-09-01").values.text("result"), "维持原判");
    // A wrong day is told as a wrong day; and a ledger without that column says nothing about the end.
    assert_eq!(told(&row("2023-02-30")), ["R01"]);
    assert_eq!(dossier("处理结果", "维持原判").values.text("result"), "维持原判");
    assert_eq!(told(&row("2023-02-01")), ["R02"]);
}
#[test]
fn experts_may_serve_beyond_today_and_work_anywhere() {
    let head = "姓名|身份证号|来源类别|工作单位|聘期起|聘期止|专业领域|在办代理单位|曾任职单位|参评次数|聘书编号|执业证号";
    let row = |line: &str| table(&layouts::EXPERT, &[head, line]).rows.remove(0);
    let good = row(
        "余例方|361221198607082674|律师|市中院|2024-06-28|2027-06-27|刑事，民事,刑事|市中院；外地法院|市公安局|3|云执监聘[2022]第001号|13612220091267128",
    );
    assert_eq!(good.verdict, Verdict::Good, "{:?}", good.problems);
    for (field, value) in [
        ("unit", json!("云岭市中级人民法院")),
        ("term_end", json!("2027-06-27")),
        ("specialty", json!("刑事、民事")),
        ("avoid_agent", json!("云岭市中级人民法院、外地法院")),
        ("avoid_former", json!("云岭市公安局")),
        ("tasks", json!(3)),
        ("letter_no", json!("云执监聘〔2022〕001号")),
        ("cert_no", json!("13612220091267128")),
    ] {
        assert_eq!(good.values[field], value, "{field}");
    }
    assert_eq!(row("余例方|361221198607082674|律师|某律师事务所|2024-06-28|2027-06-27||||||").values.text("unit"), "某律师事务所");
    assert_eq!(told(&row("余例方|361221198607082674|律师|市中院|2024-06-28|2204-06-27||||||")), ["R10"]);
    assert_eq!(told(&row("余例方|361221198607082674|律师|市中院|2024-06-28|2024-01-27||||||")), ["R02"]);
    assert_eq!(told(&row("余例方|361221198607082674|律师|市中院|2024-06-28|2027-01-27||||三|")), ["R11"]);
}
