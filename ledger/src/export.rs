//! An exported ledger, `.xzl`: the magic line `XIEZHI-LEDGER 1\n`, then records, each a tag byte, a u32 big-endian length and
//! that many bytes. Tag `E`: an entry – 32 bytes of stored hash, then the entry's exact bytes. Tag `C`: a checkpoint's text.
//! Entries stand in order of their positions; checkpoints anywhere.

use std::io::{self, BufRead, Read as _, Write};

/// First bytes of the file.
pub const MAGIC: &[u8] = b"XIEZHI-LEDGER 1\n";
const LONGEST: u32 = 32 << 20;

/// Writes the magic line.
///
/// # Errors
/// Those of the writer.
pub fn write_head(out: &mut impl Write) -> io::Result<()> {
    out.write_all(MAGIC)
}
/// Writes one entry.
///
/// # Errors
/// Those of the writer.
pub fn write_entry(out: &mut impl Write, bytes: &[u8], h: &[u8]) -> io::Result<()> {
    record(out, b'E', &[h, bytes])
}
/// Writes one checkpoint.
///
/// # Errors
/// Those of the writer.
pub fn write_checkpoint(out: &mut impl Write, text: &str) -> io::Result<()> {
    record(out, b'C', &[text.as_bytes()])
}
fn record(out: &mut impl Write, tag: u8, parts: &[&[u8]]) -> io::Result<()> {
    let length: usize = parts.iter().map(|p| p.len()).sum();
    let length = u32::try_from(length).map_err(io::Error::other)?;
    out.write_all(&[tag])?;
    out.write_all(&length.to_be_bytes())?;
    parts.iter().try_for_each(|p| out.write_all(p))
}
/// One record of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// Exact bytes and stored hash.
    Entry(Vec<u8>, Vec<u8>),
    /// Text.
    Checkpoint(String),
}
/// Reads records one by one; never trusts a length beyond 32 MiB.
pub struct Reader<R>(R);
impl<R: BufRead> Reader<R> {
    /// Checks the magic line.
    ///
    /// # Errors
    /// Those of the reader, or another kind of file.
    pub fn open(mut inner: R) -> io::Result<Self> {
        let mut magic = [0; MAGIC.len()];
        inner.read_exact(&mut magic)?;
        if magic == MAGIC { Ok(Self(inner)) } else { Err(io::Error::new(io::ErrorKind::InvalidData, "not an exported ledger")) }
    }
    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// Those of the reader, or a broken record.
    pub fn record(&mut self) -> io::Result<Option<Record>> {
        let bad = || io::Error::new(io::ErrorKind::InvalidData, "broken record");
        let Some(tag) = self.0.fill_buf()?.first().copied() else { return Ok(None) };
        self.0.consume(1);
        let mut length = [0; 4];
        self.0.read_exact(&mut length)?;
        let length = u32::from_be_bytes(length);
        if length > LONGEST {
            return Err(bad());
        }
        let mut body = vec![];
        let read = io::Read::take(&mut self.0, length.into()).read_to_end(&mut body)?;
        if u32::try_from(read) != Ok(length) {
            return Err(bad());
        }
        match tag {
            b'E' if body.len() >= 32 => {
                let bytes = body.split_off(32);
                Ok(Some(Record::Entry(bytes, body)))
            }
            b'C' => String::from_utf8(body).map(Record::Checkpoint).map(Some).map_err(|_| bad()),
            _ => Err(bad()),
        }
    }
}
/// An exported ledger read whole enough to be verified: checkpoints first, then the entries once more.
pub struct Export;
impl Export {
    /// Verifies an exported file against anchors.
    ///
    /// # Errors
    /// When the file cannot be read, or is no export.
    pub fn verify(open: impl Fn() -> io::Result<Box<dyn BufRead>>, anchors: Vec<crate::Anchor>) -> io::Result<crate::Report> {
        let mut texts = vec![];
        let mut first = Reader::open(open()?)?;
        while let Some(record) = first.record()? {
            if let Record::Checkpoint(text) = record {
                texts.push(text);
            }
        }
        let mut chain = crate::Chain::new(&texts, anchors);
        let mut again = Reader::open(open()?)?;
        while let Some(record) = again.record()? {
            if let Record::Entry(bytes, h) = record {
                chain.push(&bytes, &h);
            }
        }
        Ok(chain.finish())
    }
}
