//! The parts of the package: what a DOCX is besides its text.
use super::twips;
use crate::Fault;
use crate::page::Page;
use domain::papers::Layout;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// Where the sheet lies within.
pub(crate) const CUSTOM_PART: &str = "customXml/item1.xml";
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Pictures, in the order in which they were laid down.
#[derive(Default)]
pub(super) struct Media {
    pub pictures: Vec<Vec<u8>>,
}
impl Media {
    /// Number of the picture; its relationship is `rIdP<n>`.
    pub fn add(&mut self, png: Vec<u8>) -> usize {
        self.pictures.push(png);
        self.pictures.len()
    }
}
/// A text within XML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
pub(super) fn pack(page: &Page, body: &str, media: &Media, contained: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut all: Vec<(String, Vec<u8>)> =
        parts(page, body, media, contained).into_iter().map(|(n, s)| (n.to_owned(), s.into_bytes())).collect();
    all.extend(media.pictures.iter().enumerate().map(|(i, png)| (format!("word/media/picture{}.png", i + 1), png.clone())));
    zipped(all)
}
/// Parts in one package.
pub(crate) fn zipped(parts: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, Fault> {
    let fault = |e: &dyn std::fmt::Display| Fault::Set(e.to_string());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // The zip format's own first day: no clock, and equal bytes for equal papers.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default()).unix_permissions(0o644);
    for (name, bytes) in parts {
        zip.start_file(name, options).map_err(|e| fault(&e))?;
        zip.write_all(&bytes).map_err(|e| fault(&e))?;
    }
    Ok(zip.finish().map_err(|e| fault(&e))?.into_inner())
}
fn parts(page: &Page, body: &str, media: &Media, contained: &[u8]) -> Vec<(&'static str, String)> {
    let item = format!("{XML}<paper xmlns=\"urn:xiezhi:paper\"><json>{}</json></paper>", escape(&ascii(contained)));
    let own = "<ds:datastoreItem xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\" ds:itemID=\"{5B7C2A4E-6A0D-4B67-9C1F-7E1A3D9F2B60}\"><ds:schemaRefs><ds:schemaRef ds:uri=\"urn:xiezhi:paper\"/></ds:schemaRefs></ds:datastoreItem>";
    vec![
        ("[Content_Types].xml", content_types()),
        (
            "_rels/.rels",
            rels(&[
                ("rId1", "officeDocument", "word/document.xml"),
                ("rId2", "core", "docProps/core.xml"),
                ("rId3", "extended-properties", "docProps/app.xml"),
            ]),
        ),
        ("docProps/core.xml", core(page)),
        (
            "docProps/app.xml",
            format!(
                "{XML}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>獬豸</Application></Properties>"
            ),
        ),
        (
            "word/document.xml",
            format!("{XML}<w:document {SPACES} mc:Ignorable=\"wps\"><w:body>{body}{}</w:body></w:document>", section(page)),
        ),
        ("word/styles.xml", include_str!("styles.xml").to_owned()),
        ("word/fontTable.xml", include_str!("fonts.xml").to_owned()),
        ("word/settings.xml", include_str!("settings.xml").to_owned()),
        ("word/footer1.xml", footer(page, "right")),
        ("word/footer2.xml", footer(page, "left")),
        ("word/footer3.xml", first_footer()),
        (
            "word/header1.xml",
            format!("{XML}<w:hdr {SPACES}>{}</w:hdr>", super::par("Header", "", &super::run(if page.draft { "未签发" } else { "" }))),
        ),
        ("word/_rels/document.xml.rels", document_rels(media)),
        (CUSTOM_PART, item),
        ("customXml/itemProps1.xml", format!("{XML}{own}")),
        ("customXml/_rels/item1.xml.rels", rels(&[("rId1", "customXmlProps", "itemProps1.xml")])),
    ]
}
/// JSON in ASCII: what XML cannot hold is written as JSON's own escapes.
fn ascii(json: &[u8]) -> String {
    let mut units = [0; 2];
    String::from_utf8_lossy(json)
        .chars()
        .flat_map(|c| {
            if c.is_ascii() { vec![c.to_string()] } else { c.encode_utf16(&mut units).iter().map(|u| format!("\\u{u:04x}")).collect() }
        })
        .collect()
}
fn content_types() -> String {
    let part = |name: &str, kind: &str| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    let word = |name: &str, kind: &str| part(&format!("word/{name}.xml"), &format!("{WORD}.{kind}+xml"));
    let parts = [
        word("document", "document.main"),
        word("styles", "styles"),
        word("settings", "settings"),
        word("fontTable", "fontTable"),
        word("footer1", "footer"),
        word("footer2", "footer"),
        word("footer3", "footer"),
        word("header1", "header"),
        part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        part("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        part("customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"),
    ];
    format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>{}</Types>",
        parts.concat()
    )
}
fn rels(list: &[(&str, &str, &str)]) -> String {
    let kind = |k: &str| if k == "core" { format!("{PACKAGE}/relationships/metadata/core-properties") } else { format!("{OFFICE}/{k}") };
    let each: String =
        list.iter().map(|(id, k, target)| format!("<Relationship Id=\"{id}\" Type=\"{}\" Target=\"{target}\"/>", kind(k))).collect();
    format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{each}</Relationships>")
}
fn document_rels(media: &Media) -> String {
    let pictures: Vec<(String, String)> =
        (1..=media.pictures.len()).map(|n| (format!("rIdP{n}"), format!("media/picture{n}.png"))).collect();
    let mut list = vec![
        ("rId1", "styles", "styles.xml"),
        ("rId2", "settings", "settings.xml"),
        ("rId3", "footer", "footer1.xml"),
        ("rId4", "footer", "footer2.xml"),
        ("rId5", "footer", "footer3.xml"),
        ("rId6", "header", "header1.xml"),
        ("rId7", "customXml", "../customXml/item1.xml"),
        ("rId8", "fontTable", "fontTable.xml"),
    ];
    list.extend(pictures.iter().map(|(id, target)| (id.as_str(), "image", target.as_str())));
    rels(&list)
}
fn core(page: &Page) -> String {
    let date = page
        .date
        .map(|(y, m, d)| format!("<dcterms:created xsi:type=\"dcterms:W3CDTF\">{y:04}-{m:02}-{d:02}T00:00:00Z</dcterms:created>"))
        .unwrap_or_default();
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><cp:keywords>{}</cp:keywords>{date}</cp:coreProperties>",
        escape(&page.title),
        escape(&page.author),
        escape(&page.number)
    )
}
/// “— 1 —”, on odd pages at the right, on even pages at the left. A certificate has none.
fn footer(page: &Page, side: &str) -> String {
    let number = "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>";
    let said =
        if page.layout == Layout::Certificate { String::new() } else { format!("{}{number}{}", super::run("— "), super::run(" —")) };
    format!("{XML}<w:ftr {SPACES}>{}</w:ftr>", super::par("Footer", &format!("<w:jc w:val=\"{side}\"/>"), &said))
}
/// 信函格式: no number on the first page, but the second double rule.
fn first_footer() -> String {
    let rule = "<w:pBdr><w:top w:val=\"thinThickSmallGap\" w:sz=\"18\" w:space=\"0\" w:color=\"D2000F\"/></w:pBdr><w:spacing w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/><w:ind w:left=\"-454\" w:right=\"-340\"/>";
    format!("{XML}<w:ftr {SPACES}>{}</w:ftr>", super::par("Footer", rule, ""))
}
fn section(page: &Page) -> String {
    let mut head = String::new();
    for kind in ["default", "even", "first"] {
        head += &format!("<w:headerReference w:type=\"{kind}\" r:id=\"rId6\"/>");
    }
    let letter = page.layout == Layout::Letter;
    let first = if letter { "<w:footerReference w:type=\"first\" r:id=\"rId5\"/>" } else { "" };
    let frame = if page.layout == Layout::Certificate {
        let side = |s: &str| format!("<w:{s} w:val=\"thinThickSmallGap\" w:sz=\"24\" w:space=\"24\" w:color=\"D2000F\"/>");
        format!("<w:pgBorders w:offsetFrom=\"page\">{}{}{}{}</w:pgBorders>", side("top"), side("left"), side("bottom"), side("right"))
    } else {
        String::new()
    };
    format!(
        "<w:sectPr>{head}<w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:footerReference w:type=\"even\" r:id=\"rId4\"/>{first}<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"{}\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"850\" w:footer=\"{}\" w:gutter=\"0\"/>{frame}<w:cols w:space=\"425\"/>{}<w:docGrid w:linePitch=\"580\"/></w:sectPr>",
        // 信函格式 begins 30 mm from the edge, on its first page; a section has one margin.
        twips(if letter { 30.0 } else { 37.0 }),
        twips(20.0),
        if letter { "<w:titlePg/>" } else { "" }
    )
}
