//! What a PDF, DOCX or OFD of the house carries within. The file may come from anybody: what is unpacked is bounded.
use crate::docx::CUSTOM_PART;
use crate::ofd::ATTACHED;
use crate::{Contained, Fault};
use domain::papers::{Proof, Sheet};
use std::io::{Cursor, Read as _};

/// No paper says more than this.
const MOST: usize = 16 << 20;

/// The sheet and the proof within a file; none where the file carries none.
///
/// # Errors
/// Where the bytes are none of the three, or are broken.
pub fn contained(bytes: &[u8]) -> Result<Option<(Sheet, Proof)>, Fault> {
    let found = match bytes.get(..4) {
        Some(b"%PDF") => of_pdf(bytes)?,
        Some(b"PK\x03\x04") => of_package(bytes)?,
        _ => return Err(Fault::Read("不是 PDF、DOCX 或 OFD".into())),
    };
    Ok(found.map(|c| (c.sheet, c.proof)))
}
fn of_pdf(bytes: &[u8]) -> Result<Option<Contained>, Fault> {
    let document = lopdf::Document::load_mem(bytes).map_err(|e| Fault::Read(e.to_string()))?;
    let files = document.objects.values().filter_map(|o| o.as_stream().ok()).filter(|s| s.dict.has_type(b"EmbeddedFile"));
    Ok(files.filter_map(|s| s.get_plain_content_with_limit(MOST).ok()).find_map(|b| serde_json::from_slice(&b).ok()))
}
fn of_package(bytes: &[u8]) -> Result<Option<Contained>, Fault> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| Fault::Read(e.to_string()))?;
    if let Ok(part) = zip.by_name(ATTACHED) {
        return Ok(serde_json::from_reader(part.take(MOST as u64)).ok());
    }
    let Ok(part) = zip.by_name(CUSTOM_PART) else { return Ok(None) };
    let mut xml = String::new();
    part.take(MOST as u64).read_to_string(&mut xml).map_err(|e| Fault::Read(e.to_string()))?;
    let json = xml.split_once("<json>").and_then(|(_, rest)| rest.split_once("</json>")).map(|(json, _)| json);
    let plain = json.unwrap_or_default().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    Ok(serde_json::from_str(&plain).ok())
}
