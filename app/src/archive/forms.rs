//! Whether an attachment is what it says, can be opened, and carries nothing that runs.
use std::io::Read as _;

/// What is not looked for deeper than this into an archive: bombs are refused where they would be unpacked.
const MOST: u64 = 64 << 20;

/// Why the bytes cannot be read as this type; nothing where they can.
pub fn unreadable(format: &str, bytes: &[u8]) -> Option<&'static str> {
    match format {
        _ if crate::files::type_of(bytes) != Some(format) => Some("内容与类型不符"),
        "application/pdf" => lopdf::Document::load_mem(bytes).err().map(|_| "PDF 打不开"),
        "application/zip" => whole(bytes).err(),
        _ => None,
    }
}
fn whole(bytes: &[u8]) -> Result<(), &'static str> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(|_| "压缩包打不开")?;
    let mut left = MOST;
    for n in 0..zip.len() {
        let Ok(member) = zip.by_index(n) else { return Err("压缩包里有读不出的文件") };
        let read = std::io::copy(&mut member.take(left), &mut std::io::sink()).map_err(|_| "压缩包里有损坏的文件")?;
        left -= read;
    }
    Ok(())
}
/// Endings of what runs.
const RUN: &[&str] = &[".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".js", ".vbs", ".ps1", ".jar", ".lnk", ".msi", ".sh"];
/// What runs in it; nothing where nothing does.
pub fn harmful(bytes: &[u8]) -> Option<&'static str> {
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
    let wide: Vec<u8> = "_VBA_PROJECT".encode_utf16().flat_map(u16::to_le_bytes).collect();
    match bytes {
        [b'M', b'Z', ..] | [0x7f, b'E', b'L', b'F', ..] | [b'#', b'!', ..] => Some("是可执行文件"),
        [b'%', b'P', b'D', b'F', ..] if [&b"/JavaScript"[..], b"/Launch", b"/JS(", b"/JS "].iter().any(|n| holds(n)) => {
            Some("PDF 里有脚本")
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] if holds(&wide) => Some("文档里有宏"),
        [b'P', b'K', 3, 4, ..] => {
            let zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
            let names: Vec<String> = zip.file_names().filter_map(|n| Some(n.ok()?.to_ascii_lowercase())).collect();
            if names.iter().any(|n| n.ends_with("vbaproject.bin")) {
                return Some("文档里有宏");
            }
            names.iter().any(|n| RUN.iter().any(|end| n.ends_with(end))).then_some("压缩包里有可执行文件")
        }
        _ => None,
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_found_and_what_does_not_is_let_through() {
        for bad in [&b"MZ\x90"[..], b"\x7fELF", b"#!/bin/sh", b"%PDF-1.7 /JavaScript (x)"] {
            assert!(harmful(bad).is_some());
        }
        assert_eq!(harmful("清单内容".as_bytes()), None);
        assert_eq!(unreadable("text/plain", "清单内容".as_bytes()), None);
        assert_eq!(unreadable("application/pdf", "清单内容".as_bytes()), Some("内容与类型不符"));
        assert_eq!(unreadable("application/pdf", b"%PDF-1.7 broken"), Some("PDF 打不开"));
        assert_eq!(unreadable("application/zip", b"PK\x03\x04 broken"), Some("压缩包打不开"));
    }
}
