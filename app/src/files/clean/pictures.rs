//! JPEG, PNG and WebP without what cameras, telephones and programs write into them. Written here and not with `img-parts`: that keeps
//! whatever follows the first scan of a JPEG – a second picture with its own place, a maker's trailer –, byte by byte.

/// A reader of bytes that may end anywhere.
struct Bytes<'a>(&'a [u8]);
impl<'a> Bytes<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }
    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }
}
fn size<const N: usize>(bytes: &[u8], little: bool) -> Option<usize> {
    let bytes: [u8; N] = bytes.try_into().ok()?;
    let digit = |n: usize, b: &u8| n << 8 | usize::from(*b);
    Some(if little { bytes.iter().rev().fold(0, digit) } else { bytes.iter().fold(0, digit) })
}

const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
/// Segments that draw the picture, its density, and the note on how its colours are mixed; nothing after its end. Which way up it is held
/// stays, alone of all that was beside it: telephones turn no picture themselves.
pub fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut r = Bytes(bytes.strip_prefix(b"\xff\xd8")?);
    let (mut drawn, mut turned) = (vec![], None);
    loop {
        let marker = marker(&mut r)?;
        match marker {
            EOI => break,
            // Marks without a length between segments mean nothing.
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = size::<2>(r.0.get(..2)?, false)?;
        let content = r.take(length)?.get(2..)?;
        match marker {
            0xe0 if content.starts_with(b"JFIF\0") => segment(&mut drawn, marker, &[content.get(..12)?, &[0, 0]].concat()),
            0xee if content.starts_with(b"Adobe") => segment(&mut drawn, marker, content.get(..12)?),
            0xe1 if content.starts_with(b"Exif\0\0") => turned = turned.or(content.get(6..).and_then(orientation)),
            0xe0..=0xef | 0xfe => {}
            _ => segment(&mut drawn, marker, content),
        }
        if marker == SOS {
            drawn.extend_from_slice(r.take(scan(r.0)?)?);
        }
    }
    let mut out = vec![0xff, 0xd8];
    if let Some(way) = turned.filter(|way| (2..=8).contains(way)) {
        segment(&mut out, 0xe1, &[b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", &[way][..], &[0; 6]].concat());
    }
    out.extend(drawn);
    out.extend([0xff, EOI]);
    Some(out)
}
fn marker(r: &mut Bytes) -> Option<u8> {
    if r.byte()? != 0xff {
        return None;
    }
    loop {
        let b = r.byte()?;
        if b != 0xff {
            return Some(b);
        }
    }
}
fn segment(out: &mut Vec<u8>, marker: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    out.extend([0xff, marker]);
    out.extend(length.to_be_bytes());
    out.extend_from_slice(content);
}
/// How many bytes of scan there are before the next mark that is none of its own.
fn scan(bytes: &[u8]) -> Option<usize> {
    let own = |b: u8| matches!(b, 0 | 0xd0..=0xd7 | 0xff);
    bytes.windows(2).position(|w| matches!(w, [0xff, b] if !own(*b)))
}
/// Of the first directory of a TIFF header.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let little = tiff.starts_with(b"II");
    let at = size::<4>(tiff.get(4..8)?, little)?;
    let count = size::<2>(tiff.get(at..at.checked_add(2)?)?, little)?;
    let entries = tiff.get(at + 2..)?.chunks_exact(12).take(count);
    let way =
        entries.filter(|e| e.get(..2).and_then(|t| size::<2>(t, little)) == Some(0x0112)).find_map(|e| size::<2>(e.get(8..10)?, little))?;
    u8::try_from(way).ok()
}

/// Chunks that draw; nothing after the end.
pub fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const DRAWN: [&[u8]; 13] =
        [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"acTL", b"fcTL", b"fdAT"];
    const HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
    let (mut r, mut out) = (Bytes(bytes.strip_prefix(HEAD)?), HEAD.to_vec());
    loop {
        let length = size::<4>(r.0.get(..4)?, false)?;
        let chunk = r.take(length.checked_add(12)?)?;
        let name = chunk.get(4..8)?;
        if DRAWN.contains(&name) {
            out.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
    }
}

/// Chunks that draw, and the flags of the header that promise no others.
pub fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let body = bytes.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WEBP")?;
    let length = size::<4>(bytes.get(4..8)?, true)?;
    let drawn = chunks(body.get(..length.checked_sub(4)?)?)?;
    let mut out = b"RIFF".to_vec();
    out.extend(u32::try_from(drawn.len() + 4).ok()?.to_le_bytes());
    out.extend_from_slice(b"WEBP");
    out.extend(drawn);
    Some(out)
}
fn chunks(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut r, mut out) = (Bytes(bytes), vec![]);
    while !r.0.is_empty() {
        let name = r.take(4)?;
        let length = size::<4>(r.take(4)?, true)?;
        let mut content = r.take(length)?.to_vec();
        r.take(length % 2)?;
        match name {
            // Profile, EXIF and XMP are gone.
            b"VP8X" => *content.first_mut()? &= !0x2c,
            b"ANMF" => content = [content.get(..16)?, &chunks(content.get(16..)?)?].concat(),
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" => {}
            _ => continue,
        }
        out.extend_from_slice(name);
        out.extend(u32::try_from(content.len()).ok()?.to_le_bytes());
        let odd = content.len() % 2;
        out.extend(content);
        out.extend(std::iter::repeat_n(0, odd));
    }
    Some(out)
}
