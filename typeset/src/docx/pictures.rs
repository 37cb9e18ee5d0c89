//! Pictures and the seal's place in DrawingML. Charts are drawn to PNG: not every word processor reads SVG.
use super::parts::{Media, escape};
use crate::Fonts;
use resvg::{tiny_skia, usvg};
use std::sync::LazyLock;

/// A picture with its size in millimetres.
pub(super) struct Picture {
    png: Vec<u8>,
    wide: f64,
    high: f64,
}
/// English Metric Units in a millimetre.
const EMU: f64 = 36_000.0;
/// Pixels across the type area: 300 dots an inch.
const PIXELS: f32 = 1842.0;
/// What a picture may take of a page, in millimetres.
const MOST: (f64, f64) = (156.0, 190.0);

/// Words in charts need fonts; what a sheet's words are set in is the word processor's.
static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(|| Fonts::find(None).ok());

/// Height over width of a chart that can be drawn.
pub(super) fn shape(svg: &str) -> Option<f32> {
    crate::figures::tree(svg, FONTS.as_ref()?).map(|t| t.size().height() / t.size().width())
}
/// A chart as PNG; none where it cannot be drawn.
pub(super) fn png(svg: &str) -> Option<Picture> {
    let tree = crate::figures::tree(svg, FONTS.as_ref()?)?;
    let (w, h) = (tree.size().width(), tree.size().height());
    let scale = (MOST.0 / f64::from(w)).min(MOST.1 / f64::from(h));
    Some(Picture { png: draw(&tree, PIXELS / w.max(h))?, wide: f64::from(w) * scale, high: f64::from(h) * scale })
}
/// A picture of a page as PNG.
pub(crate) fn svg_png(tree: &usvg::Tree) -> Option<Vec<u8>> {
    draw(tree, (PIXELS / tree.size().width().max(tree.size().height())).min(8.0))
}
/// The square as PNG: no words, no fonts.
pub(super) fn square_png(svg: &str) -> Option<Vec<u8>> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).ok()?;
    draw(&tree, 8.0)
}
fn draw(tree: &usvg::Tree, scale: f32) -> Option<Vec<u8>> {
    let size = tree.size().to_int_size().scale_by(scale)?;
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height())?;
    pixels.fill(tiny_skia::Color::WHITE);
    resvg::render(tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().ok()
}
fn emu(mm: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)] // Millimetres of a sheet of paper.
    let n = (mm * EMU).round() as i64;
    n
}
fn graphic(nth: usize, wide: i64, high: i64, alt: &str) -> String {
    format!(
        "<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{nth}\" name=\"picture{nth}.png\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdP{nth}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
    )
}
/// A picture in the text.
pub(super) fn inline(media: &mut Media, picture: Picture, alt: &str) -> String {
    let (w, h) = (emu(picture.wide), emu(picture.high));
    let (nth, alt) = (media.add(picture.png), escape(alt));
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{w}\" cy=\"{h}\"/><wp:docPr id=\"{nth}\" name=\"图 {nth}\" descr=\"{alt}\"/>{}</wp:inline></w:drawing></w:r>",
        graphic(nth, w, h, &alt)
    )
}
/// A square picture at a place of the page: x, y and side in millimetres.
pub(super) fn at(media: &mut Media, png: Vec<u8>, (x, y, side): (f64, f64, f64), alt: &str) -> String {
    let (nth, side) = (media.add(png), emu(side));
    let place = (offset("H", "page", emu(x)), offset("V", "page", emu(y)));
    format!("<w:r><w:drawing>{}{}</wp:anchor></w:drawing></w:r>", anchor(&place, (side, side), (nth, alt)), graphic(nth, side, side, alt))
}
/// Where a box stands.
pub(super) enum Place {
    /// At the foot of the type area; the text keeps clear of it.
    Foot,
    /// At millimetres of the page.
    At(f64, f64),
}
/// A box of paragraphs, so many millimetres wide and high.
pub(super) fn text_box(paragraphs: &str, place: Place, (wide, high): (f64, f64), name: &str) -> String {
    let side = match place {
        Place::Foot => (
            "b",
            (offset("H", "margin", 0), "<wp:positionV relativeFrom=\"margin\"><wp:align>bottom</wp:align></wp:positionV>".to_owned()),
            9001,
        ),
        Place::At(x, y) => ("ctr", (offset("H", "page", emu(x)), offset("V", "page", emu(y))), 9002),
    };
    let (to, place, id) = side;
    boxed(&place, (emu(wide), emu(high)), (id, name), "rect", "<a:ln><a:noFill/></a:ln>", to, paragraphs)
}
/// 印章位置: a thin dashed circle of 40 mm whose middle is `centre` twentieths of a point from the left of the type area.
pub(super) fn seal(centre: u32) -> String {
    let side = emu(40.0);
    let place = (offset("H", "margin", i64::from(centre) * 635 - side / 2), offset("V", "paragraph", -emu(16.0)));
    let words = super::par(
        "Proof",
        "<w:spacing w:before=\"280\"/><w:jc w:val=\"center\"/>",
        &super::styled("<w:rFonts w:eastAsia=\"楷体_GB2312\"/><w:color w:val=\"DE6670\"/><w:sz w:val=\"21\"/>", "印章位"),
    );
    let line = "<a:ln w=\"7620\"><a:solidFill><a:srgbClr val=\"DE6670\"/></a:solidFill><a:prstDash val=\"dash\"/></a:ln>";
    boxed(&place, (side, side), (9000, "印章位置"), "ellipse", line, "t", &words)
}
fn offset(axis: &str, from: &str, emu: i64) -> String {
    format!("<wp:position{axis} relativeFrom=\"{from}\"><wp:posOffset>{emu}</wp:posOffset></wp:position{axis}>")
}
fn anchor((h, v): &(String, String), (wide, high): (i64, i64), (id, name): (usize, &str)) -> String {
    format!(
        "<wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" relativeHeight=\"{id}\" behindDoc=\"1\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/>{h}{v}<wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/><wp:docPr id=\"{id}\" name=\"{name}\" descr=\"{name}\"/>"
    )
}
fn boxed(place: &(String, String), size: (i64, i64), id: (usize, &str), form: &str, line: &str, to: &str, paragraphs: &str) -> String {
    format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{}<a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm><a:prstGeom prst=\"{form}\"><a:avLst/></a:prstGeom><a:noFill/>{line}</wps:spPr><wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx><wps:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"{to}\"/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>",
        anchor(place, size, id),
        size.0,
        size.1
    )
}
