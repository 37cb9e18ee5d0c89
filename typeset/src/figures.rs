//! Pictures of a paper: charts of the house as it draws them for its pages, and the square (QR).
use crate::Fonts;
use comemo::Track as _;
use domain::papers::{Block, Sheet};
use qrcodegen::{QrCode, QrCodeEcc};
use resvg::usvg::Tree;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use typst::foundations::Bytes;
use typst::visualize::SvgImage;

/// Classes of the stylesheet (`app/assets/xiezhi.css`) that charts use, with their colours written out: a paper has no stylesheet.
const CLASSES: &str = "text{font-size:13px;fill:#454e5b}.t-num{font-weight:600;fill:#19212d}.t-inv{fill:#fff;font-weight:600}.ax{stroke:#cdc4b3;stroke-width:1;fill:none}\
.c1{fill:#193451}.c2{fill:#2b5987}.c3{fill:#a9bfd4}.c4{fill:#be2a20}.c5{fill:#2f7650}.c6{fill:#e2ebf3}.dash{fill:none;stroke:#cdc4b3;stroke-dasharray:4 4}.ci{stroke:#4d789f;stroke-width:2}";

/// The SVG of each figure, in order, able to stand alone.
pub(crate) fn figures(sheet: &Sheet) -> Vec<String> {
    sheet.body.iter().filter_map(|b| if let Block::Figure { svg, .. } = b { Some(alone(svg)) } else { None }).collect()
}
/// On a page an SVG takes name space and classes from what is around it.
fn alone(svg: &str) -> String {
    let Some(start) = svg.find("<svg") else { return svg.to_owned() };
    let Some(end) = svg.get(start..).and_then(|s| s.find('>')).map(|i| start + i) else { return svg.to_owned() };
    let (Some(tag), Some(rest)) = (svg.get(start..end), svg.get(end..)) else { return svg.to_owned() };
    if tag.ends_with('/') {
        return svg.to_owned();
    }
    let space = if tag.contains("xmlns=") { "" } else { " xmlns=\"http://www.w3.org/2000/svg\"" };
    format!("{tag}{space}><style>{CLASSES}</style>{}", rest.get(1..).unwrap_or_default())
}
/// The SVG as the typesetter reads it, with the same fonts; none where it cannot be drawn, or asks for a file.
pub(crate) fn tree(svg: &str, fonts: &Fonts) -> Option<Tree> {
    let house = crate::pdf::House::new(fonts, BTreeMap::new()).ok()?;
    let world: &dyn typst::World = &house;
    let image =
        SvgImage::with_fonts_images(Bytes::new(svg.as_bytes().to_vec()), world.track(), &["fandolhei", "noto sans cjk sc"], None).ok()?;
    Some(image.tree().clone())
}
/// The square: its dark modules, row by row; none if the words are too many for a square.
pub(crate) fn modules(words: &str) -> Option<Vec<Vec<bool>>> {
    let code = QrCode::encode_text(words, QrCodeEcc::Medium).or_else(|_| QrCode::encode_text(words, QrCodeEcc::Low)).ok()?;
    Some((0..code.size()).map(|y| (0..code.size()).map(|x| code.get_module(x, y)).collect()).collect())
}
/// The square as SVG, one path.
pub(crate) fn square(words: &str) -> Option<String> {
    let modules = modules(words)?;
    let mut path = String::new();
    for (y, row) in modules.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    let n = modules.len();
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {n} {n}\" width=\"{n}\" height=\"{n}\"><path d=\"{path}\"/></svg>"
    ))
}
