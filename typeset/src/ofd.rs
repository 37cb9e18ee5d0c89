//! OFD (GB/T 33190-2016): the pages as the PDF has them, written out as texts, lines and pictures with their places in millimetres.
//! Fonts are named, not embedded: a reader takes its own 仿宋, 楷体, 黑体, 小标宋.
use crate::docx::{escape, svg_png, zipped};
use crate::page::Page;
use crate::{CONTAINED, Contained, Fault, Fonts, pdf};
use domain::papers::{Proof, Sheet};
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst::visualize::{Curve, CurveItem, FixedStroke, Geometry, Image, ImageKind, Paint, Shape};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
/// Where the sheet lies within.
pub(crate) const ATTACHED: &str = "Doc_0/Attachs/sheet.json";

/// The paper as OFD. Equal sheets and proofs give equal bytes, on machines with the same fonts.
///
/// # Errors
/// Where the typesetter refuses.
pub fn ofd(sheet: &Sheet, proof: &Proof, fonts: &Fonts) -> Result<Vec<u8>, Fault> {
    let (document, page) = pdf::laid(sheet, proof, fonts)?;
    let mut out = Out { id: 1000, ..Out::default() };
    let mut parts: Vec<(String, Vec<u8>)> = vec![];
    for (nth, p) in document.pages().iter().enumerate() {
        let mut body = String::new();
        out.frame(&p.frame, Transform::identity(), &mut body);
        let layer = out.next();
        let text = format!(
            "{XML}<ofd:Page {SPACE}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer Type=\"Body\" ID=\"{layer}\">{body}</ofd:Layer></ofd:Content></ofd:Page>"
        );
        parts.push((format!("Doc_0/Pages/Page_{nth}/Content.xml"), text.into_bytes()));
    }
    let contained = Contained::bytes(sheet, proof)?;
    let mut all: Vec<(String, Vec<u8>)> =
        out.frames(&page, document.pages().len(), &contained).into_iter().map(|(n, s)| (n.into(), s.into_bytes())).collect();
    all.append(&mut parts);
    all.extend(out.pictures.into_iter().enumerate().map(|(i, png)| (format!("Doc_0/Res/picture{i}.png"), png)));
    all.push((ATTACHED.into(), contained));
    zipped(all)
}

#[derive(Default)]
struct Out {
    id: usize,
    fonts: Vec<&'static str>,
    pictures: Vec<Vec<u8>>,
}
impl Out {
    fn next(&mut self) -> usize {
        self.id += 1;
        self.id
    }
    /// The parts around the pages.
    fn frames(&self, page: &Page, pages: usize, contained: &[u8]) -> Vec<(&'static str, String)> {
        let mut hasher = DefaultHasher::new();
        contained.hash(&mut hasher);
        let hash = hasher.finish();
        let date = page.date.map(|(y, m, d)| format!("<ofd:CreationDate>{y:04}-{m:02}-{d:02}</ofd:CreationDate>")).unwrap_or_default();
        let info = format!(
            "<ofd:DocID>{hash:016x}{:016x}</ofd:DocID><ofd:Title>{}</ofd:Title><ofd:Author>{}</ofd:Author>{date}<ofd:Creator>獬豸</ofd:Creator>",
            !hash,
            escape(&page.title),
            escape(&page.author)
        );
        let list: String = (0..pages).map(|i| format!("<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{i}/Content.xml\"/>", 500 + i)).collect();
        let fonts: String = self
            .fonts
            .iter()
            .enumerate()
            .map(|(i, f)| format!("<ofd:Font ID=\"{}\" FontName=\"{f}\" FamilyName=\"{f}\" Charset=\"unicode\"/>", 1 + i))
            .collect();
        let media: String = (0..self.pictures.len()).map(|i| format!("<ofd:MultiMedia ID=\"{}\" Type=\"Image\" Format=\"PNG\"><ofd:MediaFile>picture{i}.png</ofd:MediaFile></ofd:MultiMedia>", 100 + i)).collect();
        vec![
            (
                "OFD.xml",
                format!(
                    "{XML}<ofd:OFD {SPACE} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
                ),
            ),
            (
                "Doc_0/Document.xml",
                format!(
                    "{XML}<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>{}</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>{list}</ofd:Pages><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>",
                    self.id
                ),
            ),
            ("Doc_0/PublicRes.xml", format!("{XML}<ofd:Res {SPACE} BaseLoc=\"Res\"><ofd:Fonts>{fonts}</ofd:Fonts></ofd:Res>")),
            (
                "Doc_0/DocumentRes.xml",
                format!("{XML}<ofd:Res {SPACE} BaseLoc=\"Res\"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>"),
            ),
            (
                "Doc_0/Attachs/Attachments.xml",
                format!(
                    "{XML}<ofd:Attachments {SPACE}><ofd:Attachment ID=\"1\" Name=\"{CONTAINED}\" Format=\"json\"><ofd:FileLoc>{CONTAINED}</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"
                ),
            ),
        ]
    }
    fn frame(&mut self, frame: &Frame, at: Transform, out: &mut String) {
        for (pos, item) in frame.items() {
            let at = at.pre_concat(Transform::translate(pos.x, pos.y));
            match item {
                FrameItem::Group(g) => self.frame(&g.frame, at.pre_concat(g.transform), out),
                FrameItem::Text(text) => self.text(text, at, out),
                FrameItem::Shape(shape, _) => self.shape(shape, at, out),
                FrameItem::Image(image, size, _) => self.image(image, (size.x.to_mm(), size.y.to_mm()), at, out),
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }
    fn text(&mut self, item: &TextItem, at: Transform, out: &mut String) {
        let (mut text, mut deltas) = (String::new(), vec![]);
        for glyph in &item.glyphs {
            let words = item.text.get(glyph.range()).unwrap_or_default().replace('\u{200b}', "");
            let n = words.chars().count();
            let step = glyph.x_advance.at(item.size).to_mm() / f64::from(u32::try_from(n).unwrap_or(1).max(1));
            deltas.extend(std::iter::repeat_n(format!("{step:.3}"), n));
            text += &words;
        }
        if text.trim().is_empty() {
            return;
        }
        deltas.pop();
        let name = family(&item.font.font().info().family, item.font.font().info().variant.weight.to_number());
        let font = self.fonts.iter().position(|f| *f == name).unwrap_or_else(|| {
            self.fonts.push(name);
            self.fonts.len() - 1
        });
        let size = item.size.to_mm();
        let (place, x, y) = placed(at, (0.0, -size), (item.width().to_mm().max(size), size * 1.3));
        let (id, x, y) = (self.next(), x, y + if place.contains("CTM") { 0.0 } else { size });
        let _ = write!(
            out,
            "<ofd:TextObject ID=\"{id}\" {place} Font=\"{}\" Size=\"{size:.3}\">{}<ofd:TextCode X=\"{x:.3}\" Y=\"{y:.3}\" DeltaX=\"{}\">{}</ofd:TextCode></ofd:TextObject>",
            1 + font,
            colour("Fill", &item.fill),
            deltas.join(" "),
            escape(&text)
        );
    }
    fn shape(&mut self, shape: &Shape, at: Transform, out: &mut String) {
        let path = match &shape.geometry {
            Geometry::Line(to) => format!("M 0 0 L {}", point(*to)),
            Geometry::Rect(size) => curve(&Curve::rect(*size)),
            Geometry::Curve(c) => curve(c),
        };
        let bounds = shape.bbox(false);
        let (w, h) = (bounds.max.x.to_mm().max(0.4), bounds.max.y.to_mm().max(0.4));
        let (place, ..) = placed(at, (0.0, 0.0), (w, h));
        let (fill, stroke) = (shape.fill.as_ref(), shape.stroke.as_ref());
        let id = self.next();
        let _ = write!(
            out,
            "<ofd:PathObject ID=\"{id}\" {place} Fill=\"{}\" Stroke=\"{}\"{}>{}{}<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>",
            fill.is_some(),
            stroke.is_some(),
            stroke.map(width).unwrap_or_default(),
            stroke.map(|s| colour("Stroke", &s.paint)).unwrap_or_default(),
            fill.map(|f| colour("Fill", f)).unwrap_or_default()
        );
    }
    fn image(&mut self, image: &Image, (w, h): (f64, f64), at: Transform, out: &mut String) {
        let ImageKind::Svg(svg) = image.kind() else { return };
        let Some(png) = svg_png(svg.tree()) else { return };
        self.pictures.push(png);
        let (id, place) = (self.next(), format!("Boundary=\"{:.3} {:.3} {w:.3} {h:.3}\"", at.tx.to_mm(), at.ty.to_mm()));
        let _ =
            write!(out, "<ofd:ImageObject ID=\"{id}\" {place} CTM=\"{w:.3} 0 0 {h:.3} 0 0\" ResourceID=\"{}\"/>", 99 + self.pictures.len());
    }
}
/// Where an object stands: its boundary, and the place of its origin within. What is turned gets the whole page and a matrix.
fn placed(at: Transform, (x, y): (f64, f64), (w, h): (f64, f64)) -> (String, f64, f64) {
    let (tx, ty) = (at.tx.to_mm(), at.ty.to_mm());
    let straight = at.kx.get().abs() + at.ky.get().abs() + (at.sx.get() - 1.0).abs() + (at.sy.get() - 1.0).abs() < 1e-6;
    if straight {
        return (format!("Boundary=\"{:.3} {:.3} {w:.3} {h:.3}\"", tx + x, ty + y), 0.0, 0.0);
    }
    let [a, b, c, d] = [at.sx, at.ky, at.kx, at.sy].map(typst::layout::Ratio::get);
    (format!("Boundary=\"0 0 210 297\" CTM=\"{a:.5} {b:.5} {c:.5} {d:.5} {tx:.3} {ty:.3}\""), 0.0, 0.0)
}
fn point(p: Point) -> String {
    format!("{:.3} {:.3}", p.x.to_mm(), p.y.to_mm())
}
fn curve(curve: &Curve) -> String {
    let one = |item: &CurveItem| match item {
        CurveItem::Move(p) => format!("M {}", point(*p)),
        CurveItem::Line(p) => format!("L {}", point(*p)),
        CurveItem::Cubic(a, b, c) => format!("B {} {} {}", point(*a), point(*b), point(*c)),
        CurveItem::Close => "C".to_owned(),
    };
    curve.0.iter().map(one).collect::<Vec<_>>().join(" ")
}
fn width(stroke: &FixedStroke) -> String {
    let dash = stroke.dash.as_ref().map(|d| d.array.iter().map(|a: &Abs| format!("{:.3}", a.to_mm())).collect::<Vec<_>>().join(" "));
    format!(" LineWidth=\"{:.3}\"{}", stroke.thickness.to_mm(), dash.map(|d| format!(" DashPattern=\"{d}\"")).unwrap_or_default())
}
fn colour(of: &str, paint: &Paint) -> String {
    let Paint::Solid(colour) = paint else { return String::new() };
    let hex = colour.to_hex();
    let part = |i: usize| hex.get(1 + 2 * i..3 + 2 * i).and_then(|p| u8::from_str_radix(p, 16).ok());
    let (r, g, b) = (part(0).unwrap_or(0), part(1).unwrap_or(0), part(2).unwrap_or(0));
    let alpha = part(3).map(|a| format!(" Alpha=\"{a}\"")).unwrap_or_default();
    format!("<ofd:{of}Color Value=\"{r} {g} {b}\"{alpha}/>")
}
/// What a reader's machine calls the font.
fn family(name: &str, weight: u16) -> &'static str {
    match name {
        n if n.contains("Fang") => "仿宋",
        n if n.contains("Kai") => "楷体",
        n if n.contains("Hei") || n.contains("Sans") => "黑体",
        n if n.contains("XiaoBiao") || (n.contains("Song") && weight > 500) => "方正小标宋简体",
        _ => "宋体",
    }
}
