//! DOCX, written out in the order of ECMA-376: what Word, WPS and LibreOffice open is the same content in the same order as the PDF.
//! How things look stands in `styles.xml`; here is only what follows what.
mod parts;
mod pictures;

pub(crate) use parts::{CUSTOM_PART, escape, zipped};
pub(crate) use pictures::svg_png;

use crate::page::{Page, Piece, page};
use crate::{Contained, Fault, figures};
use domain::papers::{Layout, Proof, Sheet};
use parts::Media;

/// Width of the type area (156 mm) and of a character of it, in twentieths of a point.
const ACROSS: u32 = 8844;
const CH: u32 = 315;
/// One millimetre.
const MM: f64 = 56.693;

/// The paper as DOCX. Equal sheets and proofs give equal bytes.
///
/// # Errors
/// Where it cannot be written.
pub fn docx(sheet: &Sheet, proof: &Proof) -> Result<Vec<u8>, Fault> {
    let mut page = page(sheet, proof, &str::to_owned);
    let svgs = figures::figures(sheet);
    page.shape(|nth| pictures::shape(svgs.get(nth)?));
    let mut media = Media::default();
    let body = Body { page: &page, svgs, square: figures::square(&proof.square) }.write(&mut media);
    parts::pack(&page, &body, &media, &Contained::bytes(sheet, proof)?)
}

/// A paragraph of a style; `more` are further properties that follow `pStyle`, in the schema's order.
fn par(style: &str, more: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>{runs}</w:p>")
}
/// A text; the ends of its lines stay.
fn run(text: &str) -> String {
    styled("", text)
}
fn styled(properties: &str, text: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    let lines: Vec<String> = text.split('\n').map(|l| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(l))).collect();
    format!("<w:r>{properties}{}</w:r>", lines.join("<w:br/>"))
}
/// Empty lines.
fn blank(lines: usize) -> String {
    par("Normal", "", "").repeat(lines)
}
/// How wide a text is in the type area's characters.
fn wide(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { CH / 2 } else { CH }).sum()
}
fn twips(mm: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)] // Millimetres of a sheet of paper.
    let n = (mm * MM).round() as i64;
    n
}

struct Body<'a> {
    page: &'a Page,
    svgs: Vec<String>,
    square: Option<String>,
}
impl Body<'_> {
    fn write(&self, media: &mut Media) -> String {
        let mut out = String::new();
        self.head(&mut out);
        for piece in &self.page.body {
            self.piece(piece, &mut out, media);
        }
        self.attachments(&mut out);
        self.signature(&mut out);
        if !self.page.note.is_empty() {
            out += &par("Said", "", &run(&self.page.note));
        }
        self.foot(&mut out, media);
        out
    }
    fn head(&self, out: &mut String) {
        let p = self.page;
        let letters = u32::try_from(p.head.chars().count().max(1)).unwrap_or(u32::MAX);
        let organ = |size: u32, before: i64| {
            let size = format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
            par("Organ", &format!("<w:spacing w:before=\"{before}\"/>"), &styled(&size, &p.head))
        };
        let red_rule = |kind: &str, size: u32| {
            format!("<w:pBdr><w:bottom w:val=\"{kind}\" w:sz=\"{size}\" w:space=\"1\" w:color=\"D2000F\"/></w:pBdr>")
        };
        match p.layout {
            Layout::Document => {
                *out += &organ((ACROSS / 10 / letters).min(96), twips(35.0));
                *out += &blank(2);
                let rule = format!("{}<w:spacing w:after=\"120\"/>", red_rule("single", 12));
                *out += &if p.signer.is_empty() {
                    par("Normal", &format!("{rule}<w:jc w:val=\"center\"/>"), &run(&p.number))
                } else {
                    let tab = format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>", ACROSS - CH);
                    let signer = styled("<w:rFonts w:eastAsia=\"楷体_GB2312\"/>", &p.signer);
                    let more = format!("{}{tab}<w:spacing w:after=\"120\"/>", red_rule("single", 12));
                    // An indent would shorten the rule; a space of one character does not.
                    par("Normal", &more, &format!("{}{}<w:r><w:tab/></w:r>{}{signer}", run("\u{3000}"), run(&p.number), run("签发人：")))
                };
                *out += &blank(2);
            }
            Layout::Letter => {
                let rule = red_rule("thickThinSmallGap", 18);
                let size = (8500 / 10 / letters).min(64);
                let size = format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
                let more = format!("{rule}<w:ind w:left=\"-454\" w:right=\"-340\"/>");
                *out += &par("Organ", &more, &styled(&size, &p.head));
                *out += &par("Normal", "<w:jc w:val=\"right\"/>", &run(&p.number));
                *out += &blank(2);
            }
            Layout::Record => {}
            Layout::Certificate => {
                *out += &blank(1);
                *out += &par("Number", "", &styled("<w:sz w:val=\"36\"/><w:szCs w:val=\"36\"/>", &p.head));
                *out += &blank(1);
            }
        }
        if !p.title.is_empty() {
            let certificate = if p.layout == Layout::Certificate { "<w:sz w:val=\"72\"/><w:szCs w:val=\"72\"/>" } else { "" };
            let line = if certificate.is_empty() { "" } else { "<w:spacing w:line=\"1000\" w:lineRule=\"exact\"/>" };
            *out += &par("Title", line, &styled(certificate, &p.title_lines.join("\n")));
        }
        if matches!(p.layout, Layout::Record | Layout::Certificate) && !p.number.is_empty() {
            *out += &par("Number", "", &run(&p.number));
        }
        if !p.title.is_empty() || !p.number.is_empty() {
            *out += &blank(1);
        }
        if !p.to.is_empty() {
            *out += &par("Normal", "", &run(&p.to));
        }
    }
    fn piece(&self, piece: &Piece, out: &mut String, media: &mut Media) {
        match piece {
            Piece::Heading { level, text } => *out += &par(&format!("Heading{}", (*level).clamp(1, 3)), "", &run(text)),
            Piece::Text { text } => *out += &par("Said", "", &run(text)),
            Piece::Facts { rows, widths } => {
                let rows: Vec<String> =
                    rows.iter().map(|(l, v)| row(false, &[cell("CellHead", "", 24, l), cell("Cell", "", 24, v)], widths)).collect();
                *out += &table(&rows, widths, 80);
            }
            Piece::Table { caption, head, rows, widths, numbers, half_points } => {
                if !caption.is_empty() {
                    *out += &par("Caption", "<w:keepNext/>", &run(caption));
                }
                if widths.is_empty() {
                    return;
                }
                let right = |i: usize| if numbers.get(i) == Some(&true) { "<w:jc w:val=\"right\"/>" } else { "" };
                let heads: Vec<String> = head.iter().map(|c| cell("CellHead", "<w:jc w:val=\"center\"/>", *half_points, c)).collect();
                let mut all = vec![row(true, &heads, widths)];
                let cells =
                    |r: &Vec<String>| r.iter().enumerate().map(|(i, c)| cell("Cell", right(i), *half_points, c)).collect::<Vec<_>>();
                all.extend(rows.iter().map(|r| row(false, &cells(r), widths)));
                *out += &table(&all, widths, if *half_points < 24 { 30 } else { 80 });
            }
            Piece::Figure { caption, alt, nth, .. } => {
                if let Some(picture) = self.svgs.get(*nth).and_then(|svg| pictures::png(svg)) {
                    *out += &par("Figure", "", &pictures::inline(media, picture, alt));
                }
                if !caption.is_empty() {
                    *out += &par("Caption", "", &run(caption));
                }
            }
        }
    }
    fn attachments(&self, out: &mut String) {
        let list = &self.page.attachments;
        if list.is_empty() {
            return;
        }
        *out += &blank(1);
        for (i, name) in list.iter().enumerate() {
            let nth = if list.len() > 1 { format!("{}．", i + 1) } else { String::new() };
            let before = if i == 0 { format!("附件：{nth}") } else { nth };
            let first = if i == 0 { 2 * CH } else { 5 * CH };
            let name_at = (if list.len() > 1 { 7 } else { 5 }) * CH;
            let ind = format!("<w:ind w:left=\"{name_at}\" w:hanging=\"{}\"/>", name_at - first);
            *out += &par(
                "Normal",
                &format!("<w:tabs><w:tab w:val=\"left\" w:pos=\"{name_at}\"/></w:tabs>{ind}"),
                &format!("{}<w:r><w:tab/></w:r>{}", run(&before), run(name)),
            );
        }
    }
    fn signature(&self, out: &mut String) {
        let p = self.page;
        if p.signed.is_empty() && p.on.is_empty() {
            return;
        }
        if p.layout == Layout::Certificate {
            *out += &blank(5);
        }
        let names = p.signed.iter().map(|s| wide(s)).max().unwrap_or(0);
        let on = wide(&p.on);
        if p.seal {
            // 成文日期 four characters from the right, 署名 centred over it, the seal pressing on both.
            let centre = (4 * CH + on / 2).max(names / 2).min(ACROSS / 2);
            let ind = format!("<w:ind w:left=\"{}\"/><w:jc w:val=\"center\"/>", ACROSS - 2 * centre);
            let keep = format!("<w:keepNext/>{ind}");
            *out += &par("Normal", "<w:keepNext/>", "").repeat(2);
            let seal = pictures::seal(ACROSS - centre);
            let mut lines: Vec<String> = p.signed.iter().map(|s| run(s)).collect();
            lines.push(run(&p.on));
            let last = lines.len() - 1;
            for (i, line) in lines.iter().enumerate() {
                let seal = if i == 0 { seal.as_str() } else { "" };
                *out += &par("Normal", if i == last { &ind } else { &keep }, &format!("{seal}{line}"));
            }
        } else {
            // 署名 two characters from the right, 成文日期 begins two characters after it.
            let left = ACROSS.saturating_sub(2 * CH + names.max(on + 2 * CH));
            *out += &par("Normal", "<w:keepNext/>", "");
            let ind = |left: u32| format!("<w:keepNext/><w:ind w:left=\"{left}\"/><w:jc w:val=\"left\"/>");
            for s in &p.signed {
                *out += &par("Normal", &ind(left), &run(s));
            }
            if !p.on.is_empty() {
                *out += &par("Normal", ind(left + 2 * CH).trim_start_matches("<w:keepNext/>"), &run(&p.on));
            }
        }
    }
    /// 版记, at the foot of the type area, and 存证, below it between where page numbers stand. Both are boxes that hang on the last paragraph.
    fn foot(&self, out: &mut String, media: &mut Media) {
        let p = self.page;
        let mut runs = String::new();
        let (said, lines) = self.imprint();
        if !said.is_empty() {
            runs += &pictures::text_box(&said, pictures::Place::Foot, (156.0, 8.6 * f64::from(lines) + 3.0), "版记");
        }
        let (side, y) = match p.layout {
            Layout::Letter => (13.0, 263.0),
            Layout::Certificate => (19.0, 254.0),
            Layout::Document | Layout::Record => (19.0, 269.0),
        };
        if let Some(png) = self.square.as_deref().and_then(pictures::square_png) {
            runs += &pictures::at(media, png, (58.0, y, side), "核验二维码");
        }
        if !p.line.is_empty() {
            runs += &pictures::text_box(&par("Proof", "", &run(&p.line)), pictures::Place::At(58.0 + side + 3.0, y), (76.0, side), "存证");
        }
        *out += &par("Least", "", &runs);
    }
    /// Paragraphs of 版记, and how many lines they take. Its rules are as wide as the type area, its words begin one character within.
    fn imprint(&self) -> (String, u32) {
        let p = self.page;
        let ruled = p.layout != Layout::Letter;
        let border = |size: u32| format!("<w:pBdr><w:top w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"000000\"/></w:pBdr>");
        let rule = |size: u32| if ruled { par("Least", &border(size), "") } else { String::new() };
        let (mut said, mut lines) = (vec![], 0);
        if !p.copies.is_empty() {
            let ind = "<w:ind w:left=\"1120\" w:right=\"280\" w:hanging=\"840\"/>";
            said.push(par("Imprint", ind, &run(&format!("抄送：{}", p.copies))));
            lines += wide(&p.copies).div_ceil(8200);
        }
        if ruled && !(p.printed_by.is_empty() && p.printed_on.is_empty()) {
            let tab = format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>", ACROSS - 280);
            let by = format!("{}<w:r><w:tab/></w:r>{}", run(&p.printed_by), run(&p.printed_on));
            said.push(par("Imprint", &tab, &by));
            lines += 1;
        }
        if said.is_empty() {
            return (String::new(), 0);
        }
        (format!("{}{}{}{}", rule(8), said.join(&rule(6)), rule(8), par("Least", "", "")), lines)
    }
}
fn cell(style: &str, more: &str, half_points: u8, text: &str) -> String {
    let size = if half_points == 24 { String::new() } else { format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>") };
    par(style, more, &styled(&size, text))
}
/// A row stays on one page, unless a cell is long enough to fill one.
fn row(head: bool, cells: &[String], widths: &[u32]) -> String {
    let whole = if cells.iter().all(|c| c.chars().count() < 600) { "<w:cantSplit/>" } else { "" };
    let head = if head { "<w:tblHeader/>" } else { "" };
    let properties = if whole.is_empty() && head.is_empty() { String::new() } else { format!("<w:trPr>{whole}{head}</w:trPr>") };
    let one = |(c, w): (&String, u32)| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{w}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{c}</w:tc>")
    };
    format!("<w:tr>{properties}{}</w:tr>", cells.iter().zip(shares(widths)).map(one).collect::<String>())
}
/// The type area divided in this proportion.
fn shares(widths: &[u32]) -> Vec<u32> {
    let whole: u32 = widths.iter().sum::<u32>().max(1);
    widths.iter().map(|w| ACROSS * w / whole).collect()
}
fn table(rows: &[String], widths: &[u32], margin: u32) -> String {
    let sides = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let borders: String = sides.iter().map(|s| format!("<w:{s} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>")).collect();
    let grid: String = shares(widths).iter().map(|w| format!("<w:gridCol w:w=\"{w}\"/>")).collect();
    // Two tables that touch would become one; the small paragraph keeps them apart.
    let after = par("Least", "<w:spacing w:before=\"120\"/>", "");
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{ACROSS}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{margin}\" w:type=\"dxa\"/><w:right w:w=\"{margin}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{}</w:tbl>{after}",
        rows.concat()
    )
}
