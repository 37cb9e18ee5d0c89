//! PDF without information dictionary, XMP, attachments, signatures and authors of notes; what earlier versions held is no longer there.
use lopdf::{Dictionary, Document, LoadOptions, Object, Stream};

/// Entries that say who, when and with what, or that carry other files or programs along.
const TOLD: &[&[u8]] = &[
    b"Metadata",
    b"PieceInfo",
    b"LastModified",
    b"CreationDate",
    b"ModDate",
    b"Author",
    b"Creator",
    b"Producer",
    b"EmbeddedFiles",
    b"EF",
    b"AF",
    b"JavaScript",
    b"JS",
    b"OpenAction",
    b"AA",
    b"XFA",
    b"Thumb",
    b"Measure",
];
/// Deeper than this no honest document is.
const DEEP: u8 = 60;

pub fn pdf(bytes: &[u8]) -> Option<Vec<u8>> {
    let options = LoadOptions { max_decompressed_size: Some(super::EXPANDED), ..LoadOptions::default() };
    let mut doc = Document::load_mem_with_options(bytes, options).ok()?;
    if doc.is_encrypted() || doc.objects.len() > super::PARTS * 100 {
        return None;
    }
    for told in [&b"Info"[..], b"ID"] {
        doc.trailer.remove(told);
    }
    for object in doc.objects.values_mut() {
        strip(object, DEEP)?;
    }
    doc.prune_objects();
    let mut out = vec![];
    doc.save_to(&mut out).ok()?;
    Some(out)
}
fn strip(object: &mut Object, deep: u8) -> Option<()> {
    let deep = deep.checked_sub(1)?;
    match object {
        Object::Dictionary(d) => dictionary(d, deep),
        Object::Array(all) => all.iter_mut().try_for_each(|o| strip(o, deep)),
        Object::Stream(s) => {
            dictionary(&mut s.dict, deep)?;
            photograph(s)
        }
        _ => Some(()),
    }
}
fn dictionary(d: &mut Dictionary, deep: u8) -> Option<()> {
    TOLD.iter().for_each(|told| drop(d.remove(told)));
    let named = |d: &Dictionary, key: &[u8], name: &[u8]| d.get(key).and_then(Object::as_name).is_ok_and(|n| n == name);
    // A note on the page says who wrote it and when; of a field of a form it is its name.
    if d.has(b"Rect") && !named(d, b"Subtype", b"Widget") {
        [&b"T"[..], b"M", b"NM", b"RC"].iter().for_each(|told| drop(d.remove(told)));
    }
    // A signature names its signer, and holds for no copy.
    if d.has(b"ByteRange") {
        *d = Dictionary::new();
    }
    d.iter_mut().try_for_each(|(_, o)| strip(o, deep))
}
/// A photograph within keeps its own place and device, unless it is copied likewise.
fn photograph(s: &mut Stream) -> Option<()> {
    let jpeg = match s.dict.get(b"Filter") {
        Ok(Object::Name(name)) => name == b"DCTDecode",
        Ok(Object::Array(all)) => matches!(all.as_slice(), [Object::Name(name)] if name == b"DCTDecode"),
        _ => false,
    };
    if jpeg {
        s.set_content(super::pictures::jpeg(&s.content)?);
    }
    Some(())
}
