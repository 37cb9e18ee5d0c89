//! Word, Excel and PowerPoint files without properties, names of those who wrote, changed or remarked, and paths of their machines.
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{EXPANDED, PARTS, RATIO, pictures, xml};

/// Parts that are left out: properties, data bound to them, settings of a printer.
const GONE: &[&str] = &["docprops/", "customxml/", "printersettings"];

pub fn office(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut parts = ZipArchive::new(Cursor::new(bytes)).ok()?;
    // Any other archive may hold anything.
    if parts.len() > PARTS || parts.by_name("[Content_Types].xml").is_err() {
        return None;
    }
    let most = EXPANDED.min(bytes.len().saturating_mul(RATIO));
    let (mut left, mut out) = (most, ZipWriter::new(Cursor::new(vec![])));
    for n in 0..parts.len() {
        let mut part = parts.by_index(n).ok()?;
        let name = part.name().ok()?.into_owned();
        let low = name.to_ascii_lowercase();
        if part.is_dir() || GONE.iter().any(|g| low.contains(g)) {
            continue;
        }
        let mut content = vec![];
        part.by_ref().take(u64::try_from(left).ok()? + 1).read_to_end(&mut content).ok()?;
        left = left.checked_sub(content.len())?;
        let content = cleaned(&low, &content)?;
        out.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}
/// Text parts without names, pictures copied likewise, fonts as they are. Macros, embedded files and drawings of other programs hold
/// what nobody here understands.
fn cleaned(name: &str, content: &[u8]) -> Option<Vec<u8>> {
    match name.rsplit_once('.').map(|(_, end)| end)? {
        "xml" | "rels" | "vml" => {
            let text = std::str::from_utf8(content).ok()?;
            xml::scrub(text.trim_start_matches('\u{feff}'), GONE).map(String::into_bytes)
        }
        "jpg" | "jpeg" | "jpe" => pictures::jpeg(content),
        "png" => pictures::png(content),
        "webp" => pictures::webp(content),
        "odttf" | "fntdata" => Some(content.to_vec()),
        _ => None,
    }
}
