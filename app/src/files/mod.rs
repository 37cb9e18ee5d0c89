//! Attachments: stored by digest, limited in size and type, downloaded and never shown inline (trust.md 2.4).
//! The entry holds a salted commitment to name and digest; an unsalted one would let anybody who owns the document confirm it.
mod clean;
mod queries;
mod sealed;

pub use sealed::{open_sealed, shred, sweep, take_in_for};

pub use clean::clean;

use domain::engine::{Entry, Field, Refusal, Shape, refusals};
use ledger::{Alg, Hash, commitment};
use serde_json::Value as Json;
use std::path::PathBuf;

use crate::db::Tx;
use crate::edge::{hex, random, random_hex};
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::Desk;
use crate::sealing;
use crate::vault::Found;

/// Largest attachment, bytes.
pub const LARGEST: usize = 50 << 20;

/// One attachment.
#[derive(Clone, Debug)]
pub struct File {
    pub id: String,
    pub name: String,
    pub mime: String,
    pub size: i64,
    pub digest: String,
    pub at_ms: i64,
}
/// What the first bytes say; the name is not asked.
fn mime(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: &[(&[u8], &str)] = &[
        (b"%PDF-", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"PK\x03\x04", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        (b"RIFF", "audio/wav"),
        (b"ID3", "audio/mpeg"),
    ];
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("image/webp");
    }
    let known = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, m)| *m);
    let text = || std::str::from_utf8(bytes).ok().filter(|t| !t.contains('\0') && !t.trim_start().starts_with('<')).map(|_| "text/plain");
    known.or_else(text)
}
/// What the first bytes of something say it is; nothing where it is of no kind the house takes.
pub fn type_of(bytes: &[u8]) -> Option<&'static str> {
    mime(bytes)
}
/// How an attachment lies here, for whoever packs it.
pub enum Kept {
    /// With the salt of its commitment.
    Plain(File, [u8; 32]),
    /// Opens by keys of persons only.
    Sealed,
    Destroyed,
}
/// An attachment as it is kept.
///
/// # Errors
/// A fault of the engine.
pub fn kept(tx: &Tx, house: &House, id: &str) -> Result<Option<Kept>> {
    let Some(row) = queries::get(tx, id)? else { return Ok(None) };
    Ok(match (row.int(9), get(tx, house, id)?, row.bytes(5).try_into()) {
        (0, Some((file, ..)), Ok(salt)) => Some(Kept::Plain(file, salt)),
        (sealed::GONE, ..) => Some(Kept::Destroyed),
        (0, ..) => None,
        _ => Some(Kept::Sealed),
    })
}
/// Takes in an attachment; it belongs to nobody until an act claims it.
///
/// # Errors
/// A refusal in words: too large, empty, or of a kind not accepted.
pub fn take_in(house: &House, person: &str, name: &str, bytes: &[u8]) -> Result<String> {
    let (keep, person) = (laid_down(house, name, bytes)?, person.to_owned());
    let id = keep.id.clone();
    let inner = house.clone();
    house.db.write_here(move |tx| keep.put(tx, &inner, &person))?;
    Ok(id)
}
/// Takes in what the house itself has made, within the write that names it.
///
/// # Errors
/// As `take_in`.
pub fn take_in_here(desk: &Desk, person: &str, name: &str, bytes: &[u8]) -> Result<String> {
    let keep = laid_down(desk.house, name, bytes)?;
    keep.put(desk.tx, desk.house, person)?;
    Ok(keep.id)
}
/// An attachment on the disk whose row is still to be written.
struct Laid {
    id: String,
    name: String,
    mime: &'static str,
    size: usize,
    digest: String,
    salt: [u8; 32],
    at_ms: i64,
    /// Seals of its key, where content and name are encrypted.
    seals: Vec<(String, Vec<u8>)>,
}
impl Laid {
    fn put(&self, tx: &Tx, house: &House, person: &str) -> Result<()> {
        crate::vault::store_seals(tx, &self.id, &self.seals)?;
        let sealed = !self.seals.is_empty();
        let name = sealing::seal(&house.keys, &self.id, &self.name)?;
        queries::put(tx, &self.id, &name, self.mime, self.size, &self.digest, self.salt, person, self.at_ms, sealed)
    }
}
fn laid_down(house: &House, name: &str, bytes: &[u8]) -> Result<Laid> {
    let mime = acceptable(name, bytes)?;
    let digest = hex(&Alg::Sha256.hash(&[bytes]));
    let path = path(house, &digest);
    if !path.exists() {
        write_whole(&path, bytes)?;
    }
    let (id, salt, at_ms) = (new_id()?, random::<32>()?, house.clock.now().ms);
    Ok(Laid { id, name: plain_name(name), mime, size: bytes.len(), digest, salt, at_ms, seals: vec![] })
}
fn new_id() -> Result<String> {
    Ok(format!("F{}", random_hex::<12>()?))
}
fn plain_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_control() && !matches!(c, '/' | '\\')).take(120).collect()
}
/// Its type, where it may be taken in at all.
fn acceptable(name: &str, bytes: &[u8]) -> Result<&'static str> {
    if bytes.is_empty() {
        return Err(Failure::Bad(422, format!("“{name}”是空文件。")));
    }
    if bytes.len() > LARGEST {
        return Err(Failure::Bad(413, format!("“{name}”超过 50 MB。")));
    }
    mime(bytes).ok_or_else(|| Failure::Bad(422, format!("“{name}”的类型不能接收。可上传 PDF、图片、Office 文档、压缩包、录音、纯文本。")))
}
fn path(house: &House, digest: &str) -> PathBuf {
    house.folder.join("files").join(digest.get(..2).unwrap_or("xx")).join(digest)
}
fn write_whole(path: &std::path::Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir)?;
    }
    let part = path.with_extension(random_hex::<4>()?);
    let mut file = std::fs::File::create(&part)?;
    file.write_all(bytes)?;
    // When it came is told by its row, as exactly as it may be told; not by the disk (trust.md 4.3, Metadata).
    file.set_modified(std::time::SystemTime::UNIX_EPOCH)?;
    file.sync_all()?;
    std::fs::rename(part, path)?;
    Ok(())
}
/// Attachments named by an act become the matter's; each brings its commitment to the entry. Under a field that takes copies only, the copy
/// takes the place of what came, before anything is committed to.
///
/// # Errors
/// A refusal where an attachment is unknown, another's, or another matter's, or cannot be copied clean.
pub fn claim(desk: &Desk, fields: &[Field], entry: &Entry, matter: i64, person: &str) -> Result<Vec<(String, Hash)>> {
    let mut refs = vec![];
    let Some((_, contents)) = entry.action() else { return Ok(refs) };
    for f in fields.iter().filter(|f| matches!(f.shape, Shape::Files)) {
        for (n, id) in contents.get(f.name).map(crate::matters::file_ids).unwrap_or_default().into_iter().enumerate() {
            let wrong = || refused(f, "附件已失效，请重新添加。");
            let mut row = queries::get(desk.tx, id)?.ok_or_else(wrong)?;
            let free = row.int(7) == 0 && row.text(6) == person;
            // What somebody gave as it was is never turned into a copy: its own entry has committed to it.
            let ours = row.int(7) == matter && (!f.clean || row.text(8) == f.name);
            if !free && !ours {
                return Err(wrong());
            }
            // His own files lie encrypted before the act that names them, or are not taken.
            if (f.vault == Some("original")) != (row.int(9) != 0) {
                return Err(wrong());
            }
            if free && f.clean {
                copied(desk, f, id, n + 1, &row)?;
                row = queries::get(desk.tx, id)?.ok_or_else(wrong)?;
            }
            let at = crate::matters::dated(crate::edge::Now { ms: row.int(4), ..desk.now }, matter);
            queries::give(desk.tx, id, matter, f.name, at.ms)?;
            let salt: [u8; 32] = row.bytes(5).try_into().map_err(|_| wrong())?;
            let name = sealing::open(&desk.house.keys, id, row.text(0))?;
            refs.push((id.to_owned(), commit(desk.head.alg(), &salt, &name, row.text(3))));
        }
    }
    Ok(refs)
}
fn refused(f: &Field, say: &str) -> Failure {
    Failure::Refused(Refusal { fields: vec![(f.name.into(), say.into())], ..refusals::BAD_FORM })
}
/// Puts the clean copy in the place of what came, under a name that says nothing.
fn copied(desk: &Desk, f: &Field, id: &str, n: usize, row: &crate::db::Row) -> Result<()> {
    let (name, was) = (sealing::open(&desk.house.keys, id, row.text(0))?, row.text(3));
    let came = bytes(desk.house, was).map_err(|_| refused(f, "附件已失效，请重新添加。"))?;
    let copy = clean(&name, &came).map_err(|e| refused(f, &e.to_string()))?;
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    let end = end.filter(|e| (1..=5).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric()));
    let laid = laid_down(desk.house, &end.map_or_else(|| format!("脱敏材料{n}"), |end| format!("脱敏材料{n}.{end}")), &copy)?;
    let name = sealing::seal(&desk.house.keys, id, &laid.name)?;
    queries::replace(desk.tx, id, &name, laid.mime, laid.size, &laid.digest)?;
    if laid.digest != was && !queries::used(desk.tx, was)? {
        // If this act fails after all, the file must be added again: better than an original nobody knows of.
        std::fs::remove_file(path(desk.house, was))?;
    }
    Ok(())
}
fn commit(alg: Alg, salt: &[u8; 32], name: &str, digest: &str) -> Hash {
    commitment(alg, salt, format!("{name}\n{digest}").as_bytes())
}
/// Names of the attachments in a value, for timelines.
///
/// # Errors
/// A fault of the engine.
pub fn names(tx: &Tx, house: &House, value: &Json) -> Result<String> {
    let mut all = vec![];
    for id in crate::matters::file_ids(value) {
        all.extend(queries::get(tx, id)?.map(|r| sealing::open(&house.keys, id, r.text(0))).transpose()?);
    }
    Ok(all.join("、"))
}
/// One attachment's row.
///
/// # Errors
/// A fault of the engine.
pub fn get(tx: &Tx, house: &House, id: &str) -> Result<Option<(File, i64, String)>> {
    let read = |mut r: crate::db::Row| {
        let name = sealing::open(&house.keys, id, r.text(0))?;
        let file = File { id: id.into(), name, mime: r.take(1), size: r.int(2), digest: r.take(3), at_ms: r.int(4) };
        Ok((file, r.int(7), r.take(8)))
    };
    queries::get(tx, id)?.map(read).transpose()
}
/// Attachments of a matter, with the field each was given under.
///
/// # Errors
/// A fault of the engine.
pub fn of_matter(tx: &Tx, house: &House, matter: i64) -> Result<Vec<(File, String)>> {
    let read = |mut r: crate::db::Row| {
        let name = sealing::open(&house.keys, r.text(0), r.text(1))?;
        let file = File { id: r.take(0), name, mime: r.take(2), size: r.int(3), digest: r.take(4), at_ms: r.int(5) };
        Ok((file, r.take(6)))
    };
    queries::of_matter(tx, matter)?.into_iter().map(read).collect()
}
/// Its bytes, checked against the digest.
///
/// # Errors
/// When the disk no longer holds what was taken in.
pub fn bytes(house: &House, digest: &str) -> Result<Vec<u8>> {
    let bytes = std::fs::read(path(house, digest))?;
    if hex(&Alg::Sha256.hash(&[&bytes])) == digest {
        Ok(bytes)
    } else {
        Err(Failure::Fault(format!("附件 {digest} 与登记的指纹不符")))
    }
}
/// What verification finds of one attachment.
///
/// # Errors
/// A fault of the engine.
pub fn check(tx: &Tx, house: &House, alg: Alg, id: &str, committed: Hash) -> Result<Found> {
    let Some(row) = queries::get(tx, id)? else { return Ok(Found::Missing) };
    if row.int(9) == sealed::GONE {
        return Ok(Found::Shredded);
    }
    let Ok(salt) = <[u8; 32]>::try_from(row.bytes(5)) else { return Ok(Found::Altered) };
    let Ok(name) = sealing::open(&house.keys, id, row.text(0)) else { return Ok(Found::Altered) };
    let opens = row.int(9) == 0 || crate::vault::has_seals(tx, id)?;
    let same = opens && commit(alg, &salt, &name, row.text(3)) == committed && bytes(house, row.text(3)).is_ok();
    Ok(if same { Found::Sound } else { Found::Altered })
}
