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

/// A chart as PNG; none where it cannot be drawn.
pub(super) fn png(svg: &str) -> Option<Picture> {
    let tree = crate::figures::tree(svg, FONTS.as_ref()?)?;
    let (w, h) = (tree.size().width(), tree.size().height());
    let scale = (MOST.0 / f64::from(w)).min(MOST.1 / f64::from(h));
    Some(Picture { png: draw(&tree, PIXELS / w.max(h))?, wide: f64::from(w) * scale, high: f64::from(h) * scale })
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
    format!(
        "<w:r><w:drawing>{}{}</wp:anchor></w:drawing></w:r>",
        anchor("page", emu(x), "page", emu(y), (side, side), (nth, alt)),
        graphic(nth, side, side, alt)
    )
}
fn anchor(h: &str, x: i64, v: &str, y: i64, (wide, high): (i64, i64), (id, name): (usize, &str)) -> String {
    format!(
        "<wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" relativeHeight=\"{id}\" behindDoc=\"1\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"{h}\"><wp:posOffset>{x}</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"{v}\"><wp:posOffset>{y}</wp:posOffset></wp:positionV><wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/><wp:docPr id=\"{id}\" name=\"{name}\" descr=\"{name}\"/>"
    )
}
/// 印章位置: a thin dashed circle of 40 mm whose middle is `centre` twentieths of a point from the left of the type area.
pub(super) fn seal(centre: u32) -> String {
    let side = emu(40.0);
    let x = i64::from(centre) * 635 - side / 2;
    let words = super::par(
        "Proof",
        "<w:jc w:val=\"center\"/>",
        &super::styled("<w:rFonts w:eastAsia=\"楷体_GB2312\"/><w:color w:val=\"DE6670\"/><w:sz w:val=\"21\"/>", "印章位"),
    );
    format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{}<a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{side}\" cy=\"{side}\"/></a:xfrm><a:prstGeom prst=\"ellipse\"><a:avLst/></a:prstGeom><a:noFill/><a:ln w=\"7620\"><a:solidFill><a:srgbClr val=\"DE6670\"/></a:solidFill><a:prstDash val=\"dash\"/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx><wps:bodyPr anchor=\"t\"/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>",
        anchor("margin", x, "paragraph", -emu(13.0), (side, side), (9000, "印章位置"))
    )
}
