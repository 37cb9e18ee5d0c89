//! Copies that tell no author, place or device (trust.md 4.3, Metadata): what goes to a handling unit, and what observers photograph.
//! Everything is built anew from what is needed to show it; what is not understood is left out, what cannot be left out is refused.
mod office;
mod pdf;
mod pictures;
mod xml;

use crate::failure::{Failure, Result};

/// Most a document may expand to, and how many parts it may have (trust.md T13).
const EXPANDED: usize = 64 << 20;
const PARTS: usize = 1_000;
/// More than this many bytes out of one are a bomb.
const RATIO: usize = 100;

/// The copy. Plain text holds nothing but its words and stays as it is.
///
/// # Errors
/// In words, where this kind of file cannot be freed of it.
pub fn clean(name: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let copy = match super::mime(bytes) {
        Some("image/jpeg") => pictures::jpeg(bytes),
        Some("image/png") => pictures::png(bytes),
        Some("image/webp") => pictures::webp(bytes),
        Some("application/pdf") => pdf::pdf(bytes),
        Some("application/zip") => office::office(bytes),
        Some("text/plain") => Some(bytes.to_vec()),
        _ => None,
    };
    copy.ok_or_else(|| Failure::Bad(422, format!("“{name}”：这种文件去不掉作者信息，请转成 PDF 或图片再放入脱敏材料。")))
}
