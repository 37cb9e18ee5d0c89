//! How a ledger of sixty thousand dossiers is read: `cargo run --release -p sheets --example large [rows]` prints time and peak memory.
//! The ledger is the sample repeated with other numbers; it is written and read by two processes, so that writing it costs reading nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use sheets::*;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [read, path] = arguments.as_slice()
        && read == "read"
    {
        return look(path);
    }
    let rows = arguments.first().map_or(60_000, |n| n.parse().unwrap());
    let path = std::env::temp_dir().join(format!("large-{}.xlsx", std::process::id()));
    let bytes = repeated(rows);
    std::fs::write(&path, &bytes).unwrap();
    println!("{} MB written", bytes.len() >> 20);
    let status = std::process::Command::new(std::env::current_exe().unwrap()).arg("read").arg(&path).status();
    std::fs::remove_file(&path).unwrap();
    assert!(status.unwrap().success());
}
fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}
fn look(path: &str) {
    let day = jiff::civil::date(2025, 1, 10);
    let units = units(day);
    let before = peak();
    let start = Instant::now();
    let bytes = std::fs::read(path).unwrap();
    let mut book = Book::open(&bytes, &Caps::default()).unwrap();
    drop(bytes);
    let opened = start.elapsed();
    let mapping = best_sheet(&book, &layouts::DOSSIER).unwrap();
    let table = read(&mut book, &layouts::DOSSIER, &mapping, &units, day, &|_| vec![]);
    println!(
        "{} rows: {} valid, {} duplicate, {} rejected; opened in {:.1} s, judged after {:.1} s; peak {} MB (before: {before} MB)",
        table.rows.len(),
        table.valid().count(),
        table.count(Verdict::Duplicate),
        table.count(Verdict::Rejected),
        opened.as_secs_f64(),
        start.elapsed().as_secs_f64(),
        peak()
    );
}
fn units(day: jiff::civil::Date) -> Units {
    let mut book = Book::open(&sample("机构与人员.xlsx"), &Caps::default()).unwrap();
    let mapping = best_sheet(&book, &layouts::ORGANISATION).unwrap();
    let table = read(&mut book, &layouts::ORGANISATION, &mapping, &Units::default(), day, &|_| vec![]);
    let text = |r: &RowRead, f: &str| r.values.text(f).to_owned();
    let unit = |r: &RowRead| Unit {
        code: text(r, "code"),
        name: text(r, "name"),
        short: text(r, "short"),
        former: text(r, "former"),
        inner: r.values.text("level") == "内设",
    };
    let courts = table.valid().filter(|r| r.values.text("kind") == "审判机关").map(|r| text(r, "doc_ab")).filter(|w| !w.is_empty());
    Units::new(&table.valid().map(unit).collect::<Vec<_>>()).with_courts(courts)
}
/// Most memory this process ever held, in MB; 0 where the system does not say.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().split(' ').next().and_then(|n| n.parse::<usize>().ok()).unwrap_or(0) / 1024
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The sample's rows of data again and again below its heading, each time with other case numbers.
fn repeated(rows: usize) -> Vec<u8> {
    let book = Book::open(&sample("案件台账.xlsx"), &Caps::default()).unwrap();
    let mapping = best_sheet(&book, &layouts::DOSSIER).unwrap();
    let sheet = &book.sheets[mapping.sheet];
    let number = mapping.columns.iter().position(|(_, f)| *f == Some("case_no")).unwrap();
    let mut xml = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>");
    let mut at = 0u32;
    for row in 1..mapping.data {
        at += 1;
        line(&mut xml, at, (0..mapping.columns.len()).map(|c| sheet.cell(row, c).clone()));
    }
    let data = || (mapping.data..=sheet.last()).filter(|r| matches!(sheet.cell(*r, 0), Cell::Number(_)));
    for (round, row) in (0..).flat_map(|round| data().map(move |row| (round, row))).take(rows) {
        at += 1;
        let cells = (0..mapping.columns.len()).map(|c| match sheet.cell(row, c) {
            Cell::Text(t) if c == number => Cell::Text(renumbered(t, round)),
            cell => cell.clone(),
        });
        line(&mut xml, at, cells);
    }
    xml.push_str("</sheetData><mergeCells>");
    for (r1, c1, r2, c2) in sheet.merged.iter().filter(|m| m.2 < mapping.data) {
        let name = |c: u32| column(usize::try_from(c).unwrap());
        let _ = write!(xml, "<mergeCell ref=\"{}{r1}:{}{r2}\"/>", name(*c1), name(*c2));
    }
    xml.push_str("</mergeCells></worksheet>");
    packed(&xml)
}
/// Two more digits before the last sign: 15号 becomes 1507号.
fn renumbered(number: &str, round: usize) -> String {
    match number.char_indices().rev().find(|(_, c)| c.is_numeric()) {
        Some((i, c)) => {
            let (head, tail) = number.split_at(i + c.len_utf8());
            format!("{head}{round:02}{tail}")
        }
        None => number.to_owned(),
    }
}
fn column(c: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap());
    if c < 26 { letter(c).into() } else { format!("{}{}", letter(c / 26 - 1), letter(c)) }
}
fn line(xml: &mut String, row: u32, cells: impl Iterator<Item = Cell>) {
    let _ = write!(xml, "<row r=\"{row}\">");
    for (c, cell) in cells.enumerate() {
        let at = column(c);
        let _ = match cell {
            Cell::Empty => Ok(()),
            Cell::Text(t) => {
                let t = t.replace('&', "&amp;").replace('<', "&lt;");
                write!(xml, "<c r=\"{at}{row}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{t}</t></is></c>")
            }
            Cell::Number(n) | Cell::Day(n) => write!(xml, "<c r=\"{at}{row}\"><v>{n}</v></c>"),
            Cell::Bool(b) => write!(xml, "<c r=\"{at}{row}\" t=\"b\"><v>{}</v></c>", u8::from(b)),
            Cell::Error(e) => write!(xml, "<c r=\"{at}{row}\" t=\"e\"><v>{e}</v></c>"),
            Cell::Formula => write!(xml, "<c r=\"{at}{row}\"><f>1+1</f></c>"),
        };
    }
    xml.push_str("</row>");
}
fn packed(sheet: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    let how = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let relation = |id: &str, of: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"{id}\" Type=\"{OFFICE}/{of}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}\"/></Types>"
            ),
        ),
        ("_rels/.rels", relation("r1", "officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"案件台账\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", relation("r1", "worksheet", "worksheets/sheet1.xml")),
    ];
    for (name, body) in parts.iter().map(|(n, b)| (*n, b.as_str())).chain([("xl/worksheets/sheet1.xml", sheet)]) {
        zip.start_file(name, how).unwrap();
        zip.write_all(body.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
