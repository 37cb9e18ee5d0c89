//! The file of a package: a zip of stored members, written in one way only, so that any byte that is not as it was written shows. Nothing is
//! compressed: in thirty years a member can be cut out of it by hand.
use std::collections::BTreeMap;
use std::io::Read as _;

/// Members by name.
pub type Members = BTreeMap<String, Vec<u8>>;
/// Largest package that is read, and most members.
const LARGEST: usize = 2 << 30;
const MOST: usize = 20_000;

/// CRC-32 of ISO 3309, bit by bit: a package is written once, and this needs no table.
fn crc(bytes: &[u8]) -> u32 {
    let step = |c: u32| (c >> 1) ^ (0xedb8_8320 & 0u32.wrapping_sub(c & 1));
    !bytes.iter().fold(!0u32, |c, b| (0..8).fold(c ^ u32::from(*b), |c, _| step(c)))
}
/// What the local header and the directory say alike of a member: version 2.0, name in UTF-8, stored, 1 January 1980.
fn told(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let size = u32::try_from(bytes.len()).ok()?;
    let mut out = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
    out.extend(crc(bytes).to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(u16::try_from(name.len()).ok()?.to_le_bytes());
    out.extend([0, 0]);
    Some(out)
}
/// The bytes of a package; nothing where it is too large for a zip.
pub fn write(members: &Members) -> Option<Vec<u8>> {
    let (mut out, mut directory) = (vec![], vec![]);
    for (name, bytes) in members {
        let (at, told) = (u32::try_from(out.len()).ok()?, told(name, bytes)?);
        out.extend(b"PK\x03\x04");
        out.extend(&told);
        out.extend(name.as_bytes());
        out.extend(bytes);
        directory.extend(b"PK\x01\x02");
        directory.extend([20, 0]);
        directory.extend(&told);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, count) = (u32::try_from(out.len()).ok()?, u16::try_from(members.len()).ok()?);
    let size = u32::try_from(directory.len()).ok()?;
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    Some(out)
}
/// Reads a package; a zip of any other writer is none.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read(file: &[u8]) -> Result<Members, String> {
    if file.len() > LARGEST {
        return Err("文件超过 2 GB。".into());
    }
    let broken = |_| "不是归档包，或文件不完整。".to_owned();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(file)).map_err(broken)?;
    if zip.len() > MOST {
        return Err("归档包里的文件太多。".into());
    }
    let mut members = Members::new();
    for n in 0..zip.len() {
        let member = zip.by_index(n).map_err(broken)?;
        let name = member.name().map_err(broken)?.into_owned();
        if member.compression() != zip::CompressionMethod::Stored || !plain(&name) {
            return Err(format!("归档包里的“{}”不是按归档格式写的。", name.chars().take(60).collect::<String>()));
        }
        let (size, mut bytes) = (member.size(), vec![]);
        member.take(size.min(file.len() as u64)).read_to_end(&mut bytes).map_err(|_| format!("“{name}”已被改动。"))?;
        members.insert(name, bytes);
    }
    // A byte that no member holds belongs to nobody.
    if write(&members).as_deref() != Some(file) {
        return Err("文件里有多余或被改动的字节，与归档格式不符。".into());
    }
    Ok(members)
}
/// A name of ours: relative, without a way up.
fn plain(name: &str) -> bool {
    !name.is_empty() && name.len() < 200 && !name.contains(['\\', '\0']) && name.split('/').all(|p| !p.is_empty() && p != ".." && p != ".")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn what_is_written_is_read_and_every_flipped_byte_is_found() {
        let members: Members = [("a.txt", "甲"), ("四性检测.json", "{}"), ("entries/0001.bin", "")]
            .into_iter()
            .map(|(n, t)| (n.to_owned(), t.as_bytes().to_vec()))
            .collect();
        let file = write(&members).unwrap();
        assert_eq!(read(&file).unwrap(), members);
        for i in 0..file.len() {
            let mut wrong = file.clone();
            wrong[i] ^= 1;
            assert_ne!(read(&wrong).ok(), Some(members.clone()), "byte {i}");
        }
        assert!(read(&[&file[..], b"x"].concat()).is_err() && read(&file[..file.len() - 1]).is_err() && read(b"").is_err());
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
    }
}
