//! Papers as they come out: pages, words, order of the format, what they carry within. `XIEZHI_PAPERS=DIR` keeps them to be looked at.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod house;

use domain::papers::Block;
use house::tools;
use std::path::PathBuf;
use std::sync::LazyLock;
use typeset::{Fault, Fonts, contained, docx, ofd, pdf};

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::find(None).expect("fonts: run scripts/setup"));

#[test]
fn every_paper_is_as_long_as_it_should_be() {
    let pages: Vec<(&str, usize)> =
        house::all().iter().map(|(name, sheet)| (*name, pages(&pdf(sheet, &house::proof(), &FONTS).unwrap()))).collect();
    // The notice's last page is its second: 版记 stands on an even one.
    let expected = [
        ("notice", 2),
        ("letter", 1),
        ("record", 6),
        ("certificate", 1),
        ("report", 8),
        ("hostile", 4),
        ("wide", 1),
        ("draft", 1),
        ("empty", 1),
    ];
    assert_eq!(pages, expected);
}
#[test]
fn equal_papers_are_equal_bytes() {
    for (name, sheet) in house::all() {
        assert!(pdf(&sheet, &house::proof(), &FONTS) == pdf(&sheet, &house::proof(), &FONTS), "{name}.pdf");
        assert!(docx(&sheet, &house::proof()) == docx(&sheet, &house::proof()), "{name}.docx");
        assert!(ofd(&sheet, &house::proof(), &FONTS) == ofd(&sheet, &house::proof(), &FONTS), "{name}.ofd");
    }
}
#[test]
fn a_file_gives_back_what_it_was_made_from() {
    for (name, sheet) in house::all() {
        let proof = house::proof();
        let whole = Some((sheet.clone(), proof.clone()));
        assert_eq!(contained(&pdf(&sheet, &proof, &FONTS).unwrap()).unwrap(), whole, "{name}.pdf");
        assert_eq!(contained(&docx(&sheet, &proof).unwrap()).unwrap(), whole, "{name}.docx");
        assert_eq!(contained(&ofd(&sheet, &proof, &FONTS).unwrap()).unwrap(), whole, "{name}.ofd");
    }
}
#[test]
fn a_file_that_is_not_ours_is_refused_without_a_fall() {
    assert!(matches!(contained(b"hello"), Err(Fault::Read(_))));
    assert!(matches!(contained(b"%PDF-1.7 broken"), Err(Fault::Read(_))));
    let whole = docx(&house::letter(), &house::proof()).unwrap();
    assert!(matches!(contained(&whole[..whole.len() / 2]), Err(Fault::Read(_))));
    assert!(matches!(Fonts::within(&[], &[PathBuf::from("/nowhere")]), Err(Fault::NoFont(_))));
}
#[test]
fn noto_alone_will_do() {
    let Ok(noto) = Fonts::within(&[], &[PathBuf::from("/usr/share/fonts")]) else { return println!("跳过：没有 Noto 字体") };
    assert_eq!(pages(&pdf(&house::notice(), &house::proof(), &noto).unwrap()), 2);
}
#[test]
fn word_is_given_its_elements_in_the_order_of_the_standard() {
    for (name, sheet) in house::all() {
        for (part, xml) in parts(&docx(&sheet, &house::proof()).unwrap()) {
            let faults = house::schema::disorder(&xml);
            assert!(faults.is_empty(), "{name}.docx {part}: {faults:#?}");
        }
    }
}
#[test]
fn both_files_say_the_same_and_so_does_libreoffice() {
    let Some(dir) = tools::scratch(&["soffice", "pdftotext"]) else { return println!("跳过：没有 LibreOffice 或 poppler") };
    let papers = house::all();
    for (name, sheet) in &papers {
        std::fs::write(dir.join(format!("{name}.pdf")), pdf(sheet, &house::proof(), &FONTS).unwrap()).unwrap();
        std::fs::write(dir.join(format!("{name}.docx")), docx(sheet, &house::proof()).unwrap()).unwrap();
    }
    let names: Vec<String> = papers.iter().map(|(n, _)| format!("{n}.docx")).collect();
    let office = dir.join("office");
    tools::office(&dir, &names, &office, "pdf");
    tools::office(&dir, &names, &office, "txt:Text");
    for (name, sheet) in &papers {
        let ours = words(&tools::text(&dir.join(format!("{name}.pdf"))), sheet);
        assert!(!ours.contains('〓'), "{name} lacks a character: {ours}");
        // What flows, in its order; 版记 and 存证 stand in boxes, which a plain text leaves out.
        let flow = words(&std::fs::read_to_string(office.join(format!("{name}.txt"))).unwrap(), sheet);
        let (before, foot) = ours.split_at(ours.char_indices().nth(flow.chars().count()).map_or(ours.len(), |(i, _)| i));
        assert_eq!(before, flow, "{name}");
        assert!(
            foot.starts_with(if sheet.copies.is_empty() { "" } else { "抄送：" }) && foot.contains("存证云岭政法·10484"),
            "{name}: {foot}"
        );
        // All that is printed; a word processor's PDF tells the lines of a row's cells in turn.
        assert_eq!(sorted(&ours), sorted(&words(&tools::text(&office.join(format!("{name}.pdf"))), sheet)), "{name}");
    }
    let notice = words(&tools::text(&dir.join("notice.pdf")), &papers[0].1);
    assert!(
        ["王喆", "李堃", "张𬱟", "附件：1．", "抄送：云岭市公安局，云岭市人民检察院。", "2026年4月21日印发"]
            .iter()
            .all(|w| notice.contains(w)),
        "{notice}"
    );
}
#[test]
fn ofd_has_the_pages_and_the_words_of_the_pdf() {
    let Some(dir) = tools::scratch(&["pdftotext"]) else { return println!("跳过：没有 poppler") };
    for (name, sheet) in house::all() {
        let (bytes, whole) = (ofd(&sheet, &house::proof(), &FONTS).unwrap(), pdf(&sheet, &house::proof(), &FONTS).unwrap());
        std::fs::write(dir.join(format!("{name}.ofd")), &bytes).unwrap();
        std::fs::write(dir.join(format!("of-{name}.pdf")), &whole).unwrap();
        let sheets: Vec<String> = parts(&bytes).into_iter().filter(|(n, _)| n.ends_with("Content.xml")).map(|(_, xml)| xml).collect();
        assert_eq!(sheets.len(), pages(&whole), "{name}");
        let mut said = String::new();
        for xml in &sheets {
            let page = roxmltree::Document::parse(xml).unwrap();
            for code in page.descendants().filter(|n| n.has_tag_name(("http://www.ofdspec.org/2016", "TextCode"))) {
                let text = code.text().unwrap_or_default();
                said += text;
                assert_eq!(code.attribute("DeltaX").unwrap().split_whitespace().count() + 1, text.chars().count(), "{name}: {text}");
            }
        }
        // Words in charts are pictures here.
        assert_eq!(sorted(&words(&said, &sheet)), sorted(&words(&tools::text(&dir.join(format!("of-{name}.pdf"))), &sheet)), "{name}");
    }
}
#[test]
fn fonts_are_embedded_as_subsets() {
    let Some(dir) = tools::scratch(&["pdffonts"]) else { return println!("跳过：没有 poppler") };
    for (name, sheet) in house::all() {
        let file = dir.join(format!("{name}.pdf"));
        let bytes = pdf(&sheet, &house::proof(), &FONTS).unwrap();
        std::fs::write(&file, &bytes).unwrap();
        let fonts = tools::run("pdffonts", &[file.to_str().unwrap()]);
        for line in fonts.lines().skip(2) {
            assert!(line.contains("yes yes yes"), "{name}: {line}");
        }
        assert!(bytes.len() < 400_000, "{name} is {} bytes", bytes.len());
    }
}

fn pages(pdf: &[u8]) -> usize {
    lopdf::Document::load_mem(pdf).unwrap().get_pages().len()
}
/// The XML parts of a DOCX.
fn parts(docx: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut all = vec![];
    for i in 0..zip.len() {
        let part = zip.by_index(i).unwrap();
        let name = part.name().unwrap().into_owned();
        if !name.ends_with(".png") {
            all.push((name, std::io::read_to_string(part).unwrap()));
        }
    }
    all
}
fn sorted(text: &str) -> String {
    let mut all: Vec<char> = text.chars().collect();
    all.sort_unstable();
    all.into_iter().collect()
}
/// The words of a paper without spaces and without what a page adds: its number, the seal's place, 未签发, the head of a table that comes again.
fn words(text: &str, sheet: &domain::papers::Sheet) -> String {
    let squeeze =
        |s: &str| s.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !"\u{200b}\u{ad}\u{feff}".contains(*c)).collect::<String>();
    let mut all = squeeze(text).replace("印章位", "").replace("未签发", "");
    for n in 1..30 {
        all = all.replace(&format!("—{n}—"), "");
    }
    for block in &sheet.body {
        match block {
            Block::Table { head, .. } if !head.is_empty() => all = all.replace(&squeeze(&head.concat()), ""),
            // Words in a chart are words in the PDF alone.
            Block::Figure { svg, .. } => {
                let Ok(chart) = roxmltree::Document::parse(svg) else { continue };
                let words: String = chart.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect();
                all = all.replacen(&squeeze(&words), "", 1);
            }
            _ => {}
        }
    }
    all
}
