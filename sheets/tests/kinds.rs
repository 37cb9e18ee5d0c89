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
    assert_eq!(told(&row("余例方|361221198607082674|律师|市中院|2024-06-28|2027-01-27||||三||")), ["R11"]);
}
const CALL: &str = "来电编号|来电时间|反映单位|反映内容|问题类别|企业名称|行为类型|来电号码|统一社会信用代码";

/// A call with this time.
fn called(at: &str) -> RowRead {
    table(&layouts::HOTLINE, &[CALL, &format!("RX1|{at}|市公安局|一周来查三次|1||||")]).rows.remove(0)
}
#[test]
fn a_time_is_read_to_the_minute() {
    for at in [
        "2023/2/2 9:06",
        "2023.2.2 9:06",
        "2023-02-02 09:06:00",
        "2023-02-02T09:06:59",
        "202302020906",
        "20230202090600",
        "20230202 9:06",
        "2023年2月2日9时06分",
        "2023 年 2 月 2 日 9 时 6 分",
        "２０２３/２/２　９：０６",
    ] {
        let row = called(at);
        assert_eq!((row.verdict, row.values.text("called_at")), (Verdict::Good, "2023-02-02 09:06:00"), "{at}: {:?}", row.problems);
    }
    for (at, code, value) in [
        ("23.2.2 9:06", "W01", "2023-02-02 09:06:00"),
        ("2023-02-02", "W02", "2023-02-02 00:00:00"),
        ("20230202", "W02", "2023-02-02 00:00:00"),
    ] {
        let row = called(at);
        assert_eq!((told(&row), row.values.text("called_at")), (vec![code], value), "{at}");
    }
    for (at, code) in [
        ("2023.6.31 8:05", "R01"),
        ("2023-02-02 24:00", "R01"),
        ("2023-02-02 9:60", "R01"),
        ("2023-02-02 9:06:60", "R01"),
        ("2023-02-02 9", "R01"),
        ("2023-02-02 下午 3:05", "R01"),
        ("202302", "R01"),
        ("昨天上午", "R01"),
        ("9999999999999999999999", "R01"),
        ("2025-01-11 0:00", "R10"),
        ("2033.5.4 8:00", "R10"),
        ("", "R09"),
    ] {
        let row = called(at);
        assert_eq!((row.verdict, told(&row)), (Verdict::Rejected, vec![code]), "{at}");
    }
}
#[test]
fn what_somebody_tells_keeps_its_paragraphs_and_a_name_has_none() {
    let line = "RX1|2023/2/2 9:06|市公安局|\"\n一周来查三次。 \r\n\n\t第二段:要求回电\n\"|1|\"甲\n厂\"|||";
    let row = table(&layouts::HOTLINE, &[CALL, line]).rows.remove(0);
    assert_eq!((row.values.text("content"), row.values.text("firm")), ("一周来查三次。\n第二段:要求回电", "甲厂"));
    assert_eq!(
        told(&table(&layouts::HOTLINE, &[CALL, &line.replace("一周来查三次。", "").replace("第二段:要求回电", "—")]).rows[0]),
        ["R09"]
    );
}
#[test]
fn a_place_has_a_province_and_six_digits() {
    let row = |code: &str| {
        let lines = ["机构编码|机构名称|上级机构编码|层级|类别|行政区划代码", &format!("JG1|甲局||市级|公安机关|{code}")];
        table(&layouts::ORGANISATION, &lines).rows.remove(0)
    };
    assert_eq!((row("３６１２００").verdict, row("361200").values.text("region")), (Verdict::Good, "361200"));
    for (code, say) in [("3612", "应为 6 位"), ("991200", "省级代码"), ("360002", "中间两位"), ("江西", "只有数字")] {
        let row = row(code);
        assert!(told(&row) == ["R08"] && row.problems[0].message.contains(say), "{code}: {:?}", row.problems);
    }
}
#[test]
fn codes_of_enterprises_and_telephones_are_judged_in_calls() {
    let row = |phone: &str, code: &str| {
        table(&layouts::HOTLINE, &[CALL, &format!("RX1|2023/2/2 9:06|市公安局|一周来查三次|四乱|甲厂|行政检查|{phone}|{code}")])
            .rows
            .remove(0)
    };
    let good = row("+86 154-0001-2345", "'91361226 ma183d6w8p");
    assert_eq!(good.verdict, Verdict::Good, "{:?}", good.problems);
    for (field, value) in [("caller_phone", "15400012345"), ("uscc", "91361226MA183D6W8P"), ("category", "1"), ("unit", "云岭市公安局")]
    {
        assert_eq!(good.values.text(field), value);
    }
    assert_eq!((told(&row("1645897028", "")), row("164-5897028", "").values.text("caller_phone")), (vec!["W07"], "1645897028"));
    for (code, why, say) in [
        ("91361226MA183D6W8Q", "R06", "校验位"),
        ("91361226MA183D6W8", "R07", "现在是 17 位"),
        ("91361226MA183D6W8O", "R07", "“O”"),
        ("9.136122618336E+17", "R05", "存成了数值"),
        ("361225197908128411", "R06", "校验位"),
    ] {
        let row = row("", code);
        assert!(told(&row) == [why] && row.problems[0].message.contains(say), "{code}: {:?}", row.problems);
    }
}
#[test]
fn calls_in_other_words_are_the_same_and_those_without_a_name_are_not() {
    let lines = [
        CALL,
        "RX1|2023/2/2 9:06|市公安局|一周来查三次|1|甲厂|行政检查||",
        "RX2|2023/2/3 9:06|云岭市公安局|一周内来查过三次|01|甲厂|行政检查||",
        "RX3|2023/2/3 9:07|市公安局|一周内来查过三次|1|甲厂|行政处罚||",
        "RX4|2023/2/3 9:08|市公安局|一周内来查过三次|1||行政检查||",
        "RX5|2023/2/3 9:09|市公安局|一周内来查过三次|1||行政检查||",
        "RX1|2023/2/2 9:06|市公安局|一周来查三次|1|甲厂|行政检查||",
    ];
    assert_eq!(table(&layouts::HOTLINE, &lines).duplicate_groups, [[2, 3, 7]]);
}
#[test]
fn penalties_are_the_same_by_unit_and_paper() {
    let head = "执法单位|企业名称|统一社会信用代码|行为类型|事由|立案日期|决定日期|文书号|主办|主办证号|罚款金额|处罚种类|听证";
    let line = |number: &str, decided: &str, more: &str| {
        format!("市公安局|甲厂|91361226MA183D6W8P|行政处罚|无照经营|2024-03-01|{decided}|{number}|苏例圆|{more}")
    };
    let row = |number: &str, decided: &str, more: &str| table(&layouts::ENFORCEMENT, &[head, &line(number, decided, more)]).rows.remove(0);
    let good = row("云公罚〔2024〕6号", "2024-03-09", "1412006073|1.5万元|罚款，没收违法所得|√");
    assert_eq!(good.verdict, Verdict::Good, "{:?}", good.problems);
    for (field, value) in
        [("cert1", json!("01412006073")), ("fine", json!(1_500_000)), ("penalty", json!("罚款、没收违法所得")), ("hearing", json!(true))]
    {
        assert_eq!(good.values[field], value);
    }
    assert_eq!(told(&row("云公罚〔2024〕6号", "2024-02-29", "|见决定书||")), ["R11", "R02"]);
    assert_eq!(told(&row("云公罚〔24〕6号", "2025-02-01", "141200607312|||")), ["R10", "R14", "R08"]);
    let lines = [
        head,
        &line("云公罚〔2024〕6号", "2024-03-09", "|||"),
        &line("云公罚（2024）第06号", "2024-03-09", "|||"),
        &line("云公罚〔2024〕7号", "2024-03-09", "|||"),
        "总  计|2 件|||||||||||",
    ];
    let t = table(&layouts::ENFORCEMENT, &lines);
    assert_eq!((t.duplicate_groups, t.skipped), (vec![vec![2, 3]], vec![(5, "小计")]));
}
#[test]
fn observers_are_judged_by_what_bars_them() {
    let head = "姓名|公民身份号码|性别|人员来源|所在单位|聘任日期|届满日期|证书编号|派员次数|备注";
    let row = |line: &str| table(&layouts::OBSERVER, &[head, line]).rows.remove(0);
    let with = |remark: &str| row(&format!("彭例博|361225197908128411|男|律师|甲厂|2023-05-18|2026-05-17|云涉企监督(2023)01号|5|{remark}"));
    assert_eq!((with("").verdict, with("").values.text("cert_no").to_owned()), (Verdict::Good, "云涉企监督〔2023〕01号".into()));
    for remark in ["失信被执行人", "市人社局国家机关在职人员", "系失信被执行人，待核"] {
        assert_eq!((with(remark).verdict, told(&with(remark))), (Verdict::Rejected, vec!["R16"]), "{remark}");
    }
    for remark in ["非失信被执行人", "已核查，不是失信被执行人", "不属于国家机关工作人员"] {
        assert_eq!(with(remark).verdict, Verdict::Good, "{remark}");
    }
    // The number tells the sex; nobody is appointed before birth; a term ends after it began.
    let other = |sex: &str, from: &str, to: &str| row(&format!("彭例博|361225197908128411|{sex}|律师|甲厂|{from}|{to}||5|"));
    assert_eq!(
        (told(&other("女", "2023-05-18", "2026-05-17")), other("女", "2023-05-18", "2026-05-17").values.text("gender")),
        (vec!["W10"], "男")
    );
    assert_eq!(told(&other("男", "1978-05-18", "2026-05-17")), ["R03"]);
    assert_eq!(told(&other("男", "2026-05-18", "2026-05-17")), ["R02"]);
}
/// What 12345 sends: judged like any ledger, an order of the same number is the same order.
#[test]
fn orders_of_12345_are_read_by_our_own_layout() {
    let head = "工单号|来电日期|诉求类别|被反映单位|内容|联系人|电话|企业名称|统一社会信用代码";
    let row = |line: &str| table(&layouts::EXCHANGE, &[head, line]).rows.remove(0);
    let good = row("GD20260301001|2024/3/1|四乱|市公安局|一周来查三次|苏例舟|154 0001 2345|甲厂|");
    assert_eq!((good.values.text("received"), good.values.text("category"), good.values.text("phone")), ("2024-03-01", "1", "15400012345"));
    assert!(good.problems.iter().all(|p| !p.fatal), "{:?}", told(&good));
    assert_eq!(told(&row("GD1|2024/2/30||市公安局|一周来查三次||||")), ["R01"]);
    assert_eq!(told(&row("|2024/3/1|||一周来查三次||||")), ["R09"]);
    assert_eq!(told(&row("GD1|2024/3/1|十四乱||一周来查三次||||")), ["R08"]);
    let lines = [head, "GD1|2024/3/1|||一周来查三次||||", "GD2|2024/3/1|||一周来查三次||||", "GD1|2024/3/2|||又来一次||||"];
    assert_eq!(table(&layouts::EXCHANGE, &lines).duplicate_groups, [[2, 4]]);
}
