//! Files that want to hurt, and files that only look odd: each is refused in a clear sentence or read as it is meant.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
use sheets::*;
use std::io::{Cursor, Write as _};

const HEAD: &str = "线索编号,线索来源,收到日期,涉案单位,诉求要点";
const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;

/// A workbook of these sheets, each the inside of `<worksheet>`; `extra` parts go in as they are.
fn xlsx(sheets: &[String], extra: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    let how = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut put = |name: &str, body: &[u8]| {
        zip.start_file(name, how).unwrap();
        zip.write_all(body).unwrap();
    };
    let ids = 1..=sheets.len();
    let list: String = ids.clone().map(|n| format!(r#"<sheet name="表{n}" sheetId="{n}" r:id="r{n}"/>"#)).collect();
    let rels: String = ids
        .map(|n| format!(r#"<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>"#))
        .collect();
    put("[Content_Types].xml", TYPES.as_bytes());
    put("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#);
    put("xl/workbook.xml", format!(r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{list}</sheets></workbook>"#).as_bytes());
    put(
        "xl/_rels/workbook.xml.rels",
        format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>"#).as_bytes(),
    );
    for (n, inside) in (1..).zip(sheets) {
        let body = format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{inside}</worksheet>"#);
        put(&format!("xl/worksheets/sheet{n}.xml"), body.as_bytes());
    }
    for (name, body) in extra {
        put(name, body);
    }
    zip.finish().unwrap().into_inner()
}
/// Rows of plain text cells; a cell `f:…` is a formula, with its result after a second colon if there is one.
fn rows(lines: &[&str]) -> String {
    let cell = |r: usize, c: usize, text: &str| {
        let at = char::from(b'A' + u8::try_from(c).unwrap());
        match text.strip_prefix("f:").map(|f| f.split_once(':').unwrap_or((f, ""))) {
            Some((f, "")) => format!(r#"<c r="{at}{r}"><f>{f}</f></c>"#),
            Some((f, v)) => format!(r#"<c r="{at}{r}" t="str"><f>{f}</f><v>{v}</v></c>"#),
            None => format!(r#"<c r="{at}{r}" t="inlineStr"><is><t>{text}</t></is></c>"#),
        }
    };
    let line = |(r, line): (usize, &&str)| {
        format!(r#"<row r="{r}">{}</row>"#, line.split(',').enumerate().map(|(c, t)| cell(r, c, t)).collect::<String>())
    };
    format!("<sheetData>{}</sheetData>", (1..).zip(lines).map(line).collect::<String>())
}
#[track_caller]
fn refused(bytes: &[u8]) -> Refused {
    match Book::open(bytes, &Caps::default()) {
        Err(why) => why,
        Ok(book) => panic!("taken: {} sheets", book.sheets.len()),
    }
}
#[track_caller]
fn says(bytes: &[u8], status: u16, what: &str) {
    let why = refused(bytes);
    assert!(why.status() == status && why.reason.contains(what), "{} {why}", why.status());
}
fn units() -> Units {
    let unit = |code: &str, name: &str| Unit { code: code.into(), name: name.into(), ..Unit::default() };
    Units::new(&[unit("FY1", "云岭市中级人民法院"), unit("GA1", "云岭市公安局")])
}
fn table(bytes: &[u8]) -> Table {
    let mut book = Book::open(bytes, &Caps::default()).unwrap();
    let mapping = best_sheet(&book, &layouts::CLUE).unwrap_or_else(|| panic!("{:?}", book.sheets));
    assert!(mapping.missing(&layouts::CLUE).is_empty(), "{mapping:?}");
    read(&mut book, &layouts::CLUE, &mapping, &units(), jiff::civil::date(2026, 3, 2), &|_| vec![])
}
fn told(row: &RowRead) -> Vec<&'static str> {
    row.problems.iter().map(|p| p.code).collect()
}
const ROW: &str = "甲-1,来信,2025-01-05,云岭市公安局,反映办案超期。";

#[test]
fn what_swells_is_refused_before_it_is_read() {
    let spaces = vec![b' '; 40 << 20];
    let bomb = xlsx(&[rows(&[HEAD, ROW])], &[("xl/media/a.bin", &spaces)]);
    assert!(bomb.len() < 1 << 20);
    says(&bomb, 413, "压缩炸弹");
    let nested = xlsx(&[rows(&[HEAD])], &[("xl/a.bin", &xlsx(&[], &[]))]);
    says(&nested, 422, "套着压缩包");
    let empty_cells = format!("<sheetData><row r=\"1\">{}</row></sheetData>", "<c/>".repeat(5_000));
    says(&xlsx(&[empty_cells], &[]), 413, "表格过大");
    let parts: Vec<(String, &[u8])> = (0..1_100).map(|n| (format!("xl/p{n}.xml"), &b"<a/>"[..])).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, b)| (n.as_str(), *b)).collect();
    says(&xlsx(&[], &parts), 413, "部件过多");
}
#[test]
fn huge_dimensions_cost_nothing() {
    // Only told: the rows are what counts.
    let t = table(&xlsx(&[format!("<dimension ref=\"A1:XFD1048576\"/>{}", rows(&[HEAD, ROW]))], &[]));
    assert_eq!((t.rows.len(), t.valid().count()), (1, 1));
    // Really there: refused, and nothing of that size is laid out.
    let corner = |at: &str, r: u32| {
        format!("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"{r}\"><c r=\"{at}\"><v>1</v></c></row></sheetData>")
    };
    says(&xlsx(&[corner("XFD1048576", 1_048_576)], &[]), 413, "表格过大");
    says(&xlsx(&[corner("A1048576", 1_048_576)], &[]), 413, "空行过多");
    let back = "<sheetData><row r=\"5\"><c r=\"A5\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row></sheetData>";
    says(&xlsx(&[back.into()], &[]), 422, "行号错乱");
}
/// Few cells in a small file, spread so that laying them out would take all there is.
#[test]
fn what_is_spread_wide_is_counted_as_laid_out() {
    let far: String = (1..=2_000).map(|r| format!("<row r=\"{r}\"><c r=\"ETZ{r}\"><v>1</v></c></row>")).collect();
    says(&xlsx(&[format!("<sheetData>{far}</sheetData>")], &[]), 413, "表格过大");
    let formula = |r: u32| format!("<row r=\"{r}\"><c r=\"A{r}\"><v>1</v></c><c r=\"ETZ{r}\"><f>A1</f></c></row>");
    let formulas: String = (1..=2_000).map(formula).collect();
    says(&xlsx(&[format!("<sheetData>{formulas}</sheetData>")], &[]), 413, "表格过大");
    let rows: String = (1..=3_000).map(|r| format!("<row r=\"{r}\"><c r=\"A{r}\"><v>1</v></c></row>")).collect();
    let merge: String = (0..2_000).map(|_| "<mergeCell ref=\"A1:A3000\"/>").collect();
    says(&xlsx(&[format!("<sheetData>{rows}</sheetData><mergeCells>{merge}</mergeCells>")], &[]), 413, "表格过大");
    let gaps: String = (1..=200).map(|r| format!("<row r=\"{0}\"><c r=\"A{0}\"><v>1</v></c></row>", r * 9_000)).collect();
    says(&xlsx(&[format!("<sheetData>{gaps}</sheetData>")], &[]), 413, "表格过大");
}
#[test]
fn document_types_and_entities_are_refused_wherever_they_stand() {
    let dtd = br#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>"#;
    says(&xlsx(&[rows(&[HEAD, ROW])], &[("xl/sharedStrings.xml", dtd)]), 422, "外部实体");
    let late = [&vec![b' '; 70_000][..], dtd].concat();
    says(&xlsx(&[rows(&[HEAD, ROW])], &[("xl/styles.xml", &late)]), 422, "外部实体");
    let across = [&vec![b' '; 65_536 - 4][..], dtd].concat();
    says(&xlsx(&[rows(&[HEAD, ROW])], &[("xl/styles.xml", &across)]), 422, "外部实体");
    let wide: Vec<u8> = "<!DOCTYPE x []><sst/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    says(&xlsx(&[rows(&[HEAD, ROW])], &[("xl/sharedStrings.xml", &wide)]), 422, "文字编码不合格");
}
#[test]
fn names_that_climb_are_refused() {
    for name in ["../evil.xml", "/etc/x.xml", "xl\\..\\x.xml"] {
        says(&xlsx(&[rows(&[HEAD, ROW])], &[(name, b"<a/>")]), 422, "部件名称不合格");
    }
}
#[test]
fn more_than_fifty_sheets_are_refused() {
    let many = |n: usize| xlsx(&(0..n).map(|_| rows(&[HEAD, ROW])).collect::<Vec<_>>(), &[]);
    says(&many(51), 413, "工作表多于 50 张");
    assert_eq!(table(&many(50)).valid().count(), 1);
}
#[test]
fn what_is_no_table_is_told_by_its_bytes() {
    says(b"", 422, "文件是空的");
    says(b"%PDF-1.7\n1 0 obj", 422, "不是表格文件");
    says(b"\xff\xd8\xff\xe0\x00\x10JFIF\0", 422, "不是表格文件");
    says(b"\x89PNG\r\n\x1a\n\0\0\0", 422, "不是表格文件");
    says(b"<html><table><tr><td>a", 422, "这是网页文件");
    says(b"<?xml version=\"1.0\"?><Workbook/>", 422, "这是网页文件");
    says(&(0..=255).cycle().take(4_000).collect::<Vec<u8>>(), 422, "认不出文件的文字编码");
    let whole = xlsx(&[rows(&[HEAD, ROW])], &[]);
    for cut in [5, 30, whole.len() / 2, whole.len() - 1, whole.len() - 30] {
        says(&whole[..cut], 422, "损坏");
    }
    says(&xlsx(&[], &[])[..22], 422, "损坏");
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    zip.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
    says(&zip.finish().unwrap().into_inner(), 422, "这是压缩包");
}
/// A flipped or missing byte anywhere never panics and never reads more than there was.
#[test]
fn damaged_files_end_in_a_sentence() {
    let old = std::fs::read(format!("{}/tests/samples/旧版线索台账.xls", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let new = xlsx(&[rows(&[HEAD, ROW])], &[]);
    for file in [&old, &new] {
        for i in (0..file.len()).step_by(7) {
            let mut bytes = file.clone();
            bytes[i] ^= 0x55;
            let _ = Book::open(&bytes, &Caps::default()).map(|b| assert!(b.sheets.len() <= 50));
            let _ = Book::open(&file[..i], &Caps::default()).map(|b| assert!(b.sheets.len() <= 50));
        }
    }
}
/// An OLE container with one stream of this name in its folder: what Office writes when a workbook has a password.
fn container(name: &str) -> Vec<u8> {
    let mut head = vec![0u8; 512];
    head[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    let mut set = |at: usize, v: u32| head[at..at + 4].copy_from_slice(&v.to_le_bytes());
    set(24, 0x0003_003e);
    set(28, 0x0009_fffe);
    set(32, 6);
    set(44, 1);
    set(48, 1);
    set(56, 4_096);
    set(60, 0xffff_fffe);
    set(68, 0xffff_fffe);
    (76..512).step_by(4).for_each(|at| set(at, 0xffff_ffff));
    set(76, 0);
    let table: Vec<u8> =
        [0xffff_fffdu32, 0xffff_fffe].into_iter().chain(std::iter::repeat(0xffff_ffff)).take(128).flat_map(u32::to_le_bytes).collect();
    let mut folder = vec![0u8; 512];
    for (n, (name, kind)) in [("Root Entry", 5u8), (name, 2)].into_iter().enumerate() {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let at = n * 128;
        folder[at..at + wide.len()].copy_from_slice(&wide);
        folder[at + 64] = u8::try_from(wide.len() + 2).unwrap();
        folder[at + 66] = kind;
    }
    [head, table, folder].concat()
}
#[test]
fn a_password_is_named() {
    says(&container("EncryptedPackage"), 422, "文件加了密码");
    says(&container("WordDocument"), 422, "不是 Excel 97–2003 工作簿");
}
/// The sample was made once with Python's xlwt 1.3.0: a sheet of remarks, then a title row, a heading of two levels with merged cells,
/// and three rows with a date cell, a date as text and a date as number.
#[test]
fn an_old_xls_is_read_as_it_is() {
    let bytes = std::fs::read(format!("{}/tests/samples/旧版线索台账.xls", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let t = table(&bytes);
    let column = |f: &str| t.rows.iter().map(|r| r.values.text(f).to_owned()).collect::<Vec<_>>();
    assert_eq!(t.sheet, "线索台账");
    assert_eq!(column("clue_no"), ["旧-001", "旧-002", "旧-003"]);
    assert_eq!(column("received"), ["2024-03-05", "2024-03-06", "2024-03-07"]);
    assert_eq!(column("reporter"), ["甘例棠", "䶮样舟", ""]);
    assert_eq!(column("reporter_phone"), ["15400098765", "15400012345", ""]);
    assert_eq!(column("case_no"), ["(2024)赣1202民初11号", "", "(2024)赣1202民初12号"]);
    assert_eq!(column("summary")[1], "=cmd|反映询问笔录与录像不一致。");
    assert_eq!(t.valid().count(), 3, "{:?}", t.rows);
    // The reader lays sheets out as rectangles; their size is known before.
    let small = Caps { cells: 20, ..Caps::default() };
    assert!(Book::open(&bytes, &small).unwrap_err().large);
}
#[test]
fn formulas_are_never_reckoned_and_never_run() {
    let lines = [
        HEAD,
        "f:CONCAT(1):甲-1,来信,2025-01-05,云岭市公安局,反映办案超期。",
        "甲-2,来信,f:TODAY(),云岭市公安局,反映办案超期。",
        "甲-3,来信,2025-01-05,云岭市公安局,=cmd|' /C calc'!A0",
        "甲-4,来信,2025-01-05,云岭市公安局,＝1+1",
        "甲-5,来信,2025-01-05,云岭市公安局,'@SUM(A1)",
    ];
    let t = table(&xlsx(&[rows(&lines)], &[]));
    assert_eq!((t.rows[0].values.text("clue_no"), t.rows[0].verdict), ("甲-1", Verdict::Good), "the result that the file holds");
    assert_eq!((t.rows[1].verdict, told(&t.rows[1])), (Verdict::Rejected, vec!["R09"]), "no result, and none is made up");
    assert!(t.rows[1].problems[0].message.contains("没有保存计算结果"));
    assert_eq!((t.rows[2].values.text("summary"), told(&t.rows[2])), ("=cmd|' /C calc'!A0", vec!["W04"]));
    assert_eq!(told(&t.rows[3]), ["W04"]);
    assert_eq!(t.rows[4].values.text("summary"), "@SUM(A1)", "the mark of our own error sheet comes off again");
}
#[test]
fn control_characters_go_and_are_told() {
    let csv = format!(
        "{HEAD},反映人姓名\n甲-1,来信,2025-01-05,云岭市公安局,反映\u{7}办案\u{202e}超期。,\u{1}v:0011\n甲-2,来信,2025-01-05,云岭市公安局,\u{1},甘\t例\n"
    );
    let t = table(csv.as_bytes());
    assert_eq!(t.rows[0].values.text("summary"), "反映办案超期。");
    assert_eq!(t.rows[0].values.text("reporter"), "v:0011", "what would read as a place in the vault is plain text");
    assert_eq!(told(&t.rows[0]), ["W16", "W16"]);
    assert_eq!(t.rows[1].verdict, Verdict::Rejected, "nothing but control characters is nothing");
    let escaped = rows(&[HEAD, "甲-1,来信,2025-01-05,云岭市公安局,反映_x0001_办案超期。"]);
    let t = table(&xlsx(&[escaped], &[]));
    assert!(!t.rows[0].values.text("summary").chars().any(char::is_control), "{:?}", t.rows[0]);
}
#[test]
fn an_overlong_cell_rejects_its_row_and_no_other() {
    let csv = format!(
        "{HEAD}\n甲-1,来信,2025-01-05,云岭市公安局,{}\n甲-2,来信,2025-01-05,云岭市公安局,{}\n{ROW}",
        "长".repeat(20_001),
        "长".repeat(20_000)
    );
    let t = table(csv.as_bytes());
    assert_eq!(told(&t.rows[0]), ["R17"]);
    assert!(t.rows[0].problems[0].message.contains("最多 20000 字，现在是 20001 字"), "{:?}", t.rows[0].problems);
    assert_eq!((told(&t.rows[1]), t.rows[1].values.text("summary").chars().count()), (vec!["W03"], 20_000));
    assert_eq!(t.valid().count(), 2, "and the third row repeats the number of the first, which is no duplicate of a rejected row");
}
#[test]
fn encodings_and_delimiters_are_told_by_content() {
    let csv = format!("云岭市线索台账\n{HEAD}\n{ROW}\n甲-2,来访,2025/1/6,云岭市公安局,\"反映𠮷某，办案;超期,久拖。\"\n");
    let same = |bytes: &[u8], what: &str| {
        let t = table(bytes);
        let all: Vec<&str> = t.rows.iter().map(|r| r.values.text("summary")).collect();
        assert_eq!(all, ["反映办案超期。", "反映𠮷某，办案;超期,久拖。"], "{what}");
        assert_eq!(t.rows.iter().map(|r| r.row).collect::<Vec<_>>(), [3, 4], "{what}");
    };
    let wide = |little: bool, mark: bool, text: &str| {
        let units = mark.then_some(0xfeffu16).into_iter().chain(text.encode_utf16());
        units.flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect::<Vec<u8>>()
    };
    for (delimiter, text) in [("comma", csv.clone()), ("semicolon", turned(&csv, ';')), ("tab", turned(&csv, '\t'))] {
        same(text.as_bytes(), delimiter);
        same(format!("\u{feff}{text}").as_bytes(), delimiter);
        for little in [true, false] {
            same(&wide(little, true, &text), delimiter);
            same(&wide(little, false, &text), delimiter);
        }
        same(&encoding_rs::GB18030.encode(&text).0, delimiter);
        same(text.replace('\n', "\r\n").as_bytes(), delimiter);
    }
    let mut odd = wide(true, true, &csv);
    odd.pop();
    says(&odd, 422, "认不出文件的文字编码");
}
/// The same lines with another delimiter.
fn turned(csv: &str, delimiter: char) -> String {
    let mut quoted = false;
    csv.chars()
        .map(|c| {
            quoted ^= c == '"';
            if c == ',' && !quoted { delimiter } else { c }
        })
        .collect()
}
#[test]
fn the_sheet_that_fits_is_found_among_several() {
    let book = xlsx(&[rows(&["说明", "请按此填写"]), rows(&["姓名,身份证号", "甲,乙"]), rows(&["云岭市台账", HEAD, ROW])], &[]);
    let t = table(&book);
    assert_eq!((t.sheet.as_str(), t.rows[0].row), ("表3", 3));
}
#[test]
fn a_heading_of_two_levels_is_read_with_and_without_merges() {
    let lines = [
        "线索编号,线索来源,收到日期,涉案单位,来访反映人,,诉求要点",
        ",,,,姓名,联系电话,",
        "甲-1,来信,2025-01-05,云岭市公安局,甘例棠,15400098765,反映办案超期。",
    ];
    for merges in ["", r#"<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="E1:F1"/></mergeCells>"#] {
        let t = table(&xlsx(&[format!("{}{merges}", rows(&lines))], &[]));
        let v = &t.rows[0].values;
        assert_eq!((v.text("reporter"), v.text("reporter_phone"), v.text("clue_no"), t.rows[0].row), ("甘例棠", "15400098765", "甲-1", 3));
    }
}
#[test]
fn missing_columns_are_named() {
    let csv = "线索编号,线索来源,收到日期,备注\n甲-1,来信,2025-01-05,无\n";
    let book = Book::open(csv.as_bytes(), &Caps::default()).unwrap();
    let mapping = best_sheet(&book, &layouts::CLUE).unwrap();
    assert_eq!((mapping.missing(&layouts::CLUE), mapping.unassigned()), (vec!["涉案单位", "诉求要点"], 0));
}
/// A line that is too short or too long: nothing is moved into another column unseen.
#[test]
fn lines_of_another_width_are_told() {
    let t = table(format!("{HEAD},备注\n{ROW}\n甲-2,来信,2025-01-05,云岭市公安局,反映办案超期。,,, \n甲-3,来信,2025-01-05,云岭市公安局,反映办案超期,久拖,未结\n").as_bytes());
    let all: Vec<_> = t.rows.iter().map(|r| (r.verdict, told(r))).collect();
    assert_eq!(all, [(Verdict::Noted, vec!["W12"]), (Verdict::Noted, vec!["W12"]), (Verdict::Rejected, vec!["R18"])]);
    let say = |n: usize| t.rows[n].problems[0].message.as_str();
    assert!(say(0).contains("少 1 列") && say(1).contains("多 2 个空列") && say(2).contains("加上引号"), "{:?}", t.rows);
    // A workbook keeps no empty cells at the end of a row: there a short row says nothing.
    let book = xlsx(&[rows(&[&format!("{HEAD},备注"), ROW])], &[]);
    assert_eq!(told(&table(&book).rows[0]), [""; 0]);
}
/// Line ends inside a cell are no blank lines, and what follows keeps its true line; blank lines are still told.
#[test]
fn cells_of_several_lines_are_one_row() {
    let lines = "甲-1,来信,2025-01-05,云岭市公安局,\"反映\n\n办案\n超期。\"\n\n甲-2,来信,2025-01-05,云岭市公安局,\"又\n一件\"\n甲-3,来信,2025-01-05,云岭市公安局,再一件";
    for text in [format!("{HEAD}\n{lines}"), format!("{HEAD}\n{lines}").replace('\n', "\r\n")] {
        let t = table(text.as_bytes());
        assert_eq!(
            t.rows.iter().map(|r| (r.row, r.values.text("summary"))).collect::<Vec<_>>(),
            [(2, "反映办案超期。"), (7, "又一件"), (9, "再一件")]
        );
        assert_eq!(t.skipped, [(6, "空行")]);
    }
    // A quote that never closes swallows what follows: one long row, no more.
    let open = table(format!("{HEAD}\n甲-1,来信,2025-01-05,云岭市公安局,\"反映\n{ROW}\n{ROW}\n").as_bytes());
    assert_eq!((open.rows.len(), open.skipped.len()), (1, 0));
    let endless = format!("{HEAD}\n甲-1,来信,2025-01-05,云岭市公安局,\"{}\"\n{ROW}\n", "\n".repeat(200_000));
    says(endless.as_bytes(), 413, "空行过多");
}
/// The ledgers of the enterprise channel, in every writing, with what wants to hurt in each text column.
#[test]
fn the_ledgers_of_enterprises_stand_the_same() {
    let one = |layout: &Layout, text: &str| {
        let gb = encoding_rs::GB18030.encode(text).0.into_owned();
        let wide: Vec<u8> = [0xfeffu16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let workbook = xlsx(&[rows(&text.lines().collect::<Vec<_>>())], &[]);
        let all: Vec<Table> = [text.as_bytes(), &gb, &wide, turned(text, '\t').as_bytes(), &workbook]
            .into_iter()
            .map(|bytes| {
                let mut book = Book::open(bytes, &Caps::default()).unwrap();
                let mapping = best_sheet(&book, layout).unwrap();
                assert!(mapping.missing(layout).is_empty(), "{mapping:?}");
                read(&mut book, layout, &mapping, &units(), jiff::civil::date(2026, 3, 2), &|_| vec![])
            })
            .collect();
        let told = |t: &Table| t.rows.iter().map(|r| (r.verdict, r.values.clone(), r.problems.clone())).collect::<Vec<_>>();
        all.iter().for_each(|t| assert_eq!(told(t), told(&all[0]), "{}", layout.kind));
        all.into_iter().next().unwrap()
    };
    let codes = |t: &Table| t.rows.iter().map(|r| (r.verdict, told(r))).collect::<Vec<_>>();
    let calls = "来电编号,来电时间,反映单位,反映内容,问题类别,来电人,企业名称\n\
                 RX1,2025/1/5 9:06,云岭市公安局,=cmd|' /C calc'!A0,四乱,𠮷例舟,甲厂😡\n\
                 RX2,2025/1/5 9:06,#REF!,反映,1,@SUM(A1),\n\
                 RX3,2025/1/5 9:06,云岭市公安局,反映,14,,\n\
                 =1+1,2025/1/5 9:06,某大队,反映,1,,";
    let t = one(&layouts::HOTLINE, calls);
    assert_eq!(
        codes(&t),
        [
            (Verdict::Noted, vec!["W04"]),
            (Verdict::Rejected, vec!["R13", "W04"]),
            (Verdict::Rejected, vec!["R08"]),
            (Verdict::Rejected, vec!["W04", "R12"])
        ]
    );
    assert_eq!((t.rows[0].values.text("caller"), t.rows[0].values.text("firm")), ("𠮷例舟", "甲厂😡"));
    let penalties = "执法单位,企业名称,统一社会信用代码,行为类型,事由,立案日期,决定日期,文书号,主办,罚款金额\n\
                     云岭市公安局,+甲厂,91361226MA183D6W8P,行政处罚,无照经营,2025-01-05,2025-01-06,云公罚〔2025〕1号,苏例圆,1.5万元\n\
                     云岭市公安局,甲厂,91361226MA183D6W8P,行政处罚,#N/A,2025-01-05,2025-01-06,云公罚〔2025〕2号,苏例圆,-500\n\
                     云岭市公安局,甲厂,91361226MA183D6W8Z,行政约谈,无照经营,2025-01-05,2025-01-06,9.2E+11,苏例圆,1e9";
    let t = one(&layouts::ENFORCEMENT, penalties);
    assert_eq!(
        codes(&t),
        [(Verdict::Noted, vec!["W04"]), (Verdict::Rejected, vec!["R13", "R11"]), (Verdict::Rejected, vec!["R07", "R08", "R14", "R11"])]
    );
    let observers = "姓名,公民身份号码,人员来源,所在单位,聘任日期,届满日期,备注\n\
                     彭例博,361225197908128411,律师,=甲所,2023-05-18,2026-05-17,\n\
                     彭例博,36122519790812841,法官,甲所,2023-05-18,2123-05-17,失信被执行人";
    let t = one(&layouts::OBSERVER, observers);
    assert_eq!(codes(&t), [(Verdict::Noted, vec!["W04"]), (Verdict::Rejected, vec!["R04", "R08", "R10", "R16"])]);
}
/// The real exports, bitten anywhere: a sentence, or a table that is judged to its end.
#[test]
fn bitten_exports_are_refused_or_judged() {
    for (name, layout, step) in [("热线记录.csv", &layouts::HOTLINE, 9_001), ("监督员名册.xlsx", &layouts::OBSERVER, 211)] {
        let file = std::fs::read(format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (mut judged, mut refused) = (0, 0);
        for i in (0..file.len()).step_by(step) {
            let flipped: Vec<u8> = file.iter().enumerate().map(|(n, b)| if n == i { b ^ 0x95 } else { *b }).collect();
            for bytes in [&flipped[..], &file[..i]] {
                let Ok(mut book) = Book::open(bytes, &Caps::default()) else {
                    refused += 1;
                    continue;
                };
                let Some(mapping) = best_sheet(&book, layout) else { continue };
                let t = read(&mut book, layout, &mapping, &units(), jiff::civil::date(2026, 3, 2), &|_| vec![]);
                assert!(t.rows.iter().all(|r| r.verdict == Verdict::Rejected || r.problems.iter().all(|p| !p.fatal)), "{name} {i}");
                judged += 1;
            }
        }
        assert!(refused > 0 && (judged > 0 || name.ends_with("xlsx")), "{name}: {judged} judged, {refused} refused");
    }
}
