//! What a file must not be before any parser sees it (trust.md 2.4): bombs, odd names, hidden programs.
use std::io::{Cursor, Read as _};

use crate::book::{Caps, Refused};

/// Looks through a zip without trusting its own sizes: every entry is really inflated, up to the cap.
pub fn zip(bytes: &[u8], caps: &Caps) -> Result<(), Refused> {
    let refused = |say: &str| Err(Refused(say.to_owned()));
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return refused("文件已损坏，打不开。请在表格软件里另存一份再试。");
    };
    if archive.len() > caps.entries {
        return refused("文件里的部件过多，不像表格。");
    }
    let (mut total, mut names) = (0u64, vec![]);
    for i in 0..archive.len() {
        let Ok(mut entry) = archive.by_index(i) else { return refused("文件已损坏或加了密码。请去掉密码再试。") };
        let Ok(name) = entry.name().map(|n| n.into_owned()) else {
            return refused("文件内部的部件名称不合格，不能导入。");
        };
        if name.starts_with('/') || name.contains("..") || name.contains('\\') || names.contains(&name) {
            return refused("文件内部的部件名称不合格，不能导入。");
        }
        let packed = entry.compressed_size().max(1);
        let mut real = 0u64;
        let mut start = Vec::with_capacity(4_096);
        let mut buffer = [0u8; 65_536];
        loop {
            let Ok(n) = entry.read(&mut buffer) else {
                return refused("文件已损坏，打不开。请在表格软件里另存一份再试。");
            };
            if n == 0 {
                break;
            }
            real += n as u64;
            total += n as u64;
            if start.len() < 4_096 {
                start.extend(buffer.iter().take(n.min(4_096)));
            }
            if total > caps.inflated || (real > 1 << 20 && real / packed > caps.ratio) {
                return refused("文件展开后过大，疑似压缩炸弹，已拒绝。");
            }
        }
        if start.windows(9).any(|w| w == b"<!DOCTYPE") || start.windows(8).any(|w| w == b"<!ENTITY") {
            return refused("文件里有外部实体声明，已拒绝。");
        }
        if start.starts_with(b"PK\x03\x04") {
            return refused("文件里又套着压缩包，已拒绝。");
        }
        names.push(name);
    }
    if names.iter().any(|n| n == "xl/workbook.xml") {
        Ok(())
    } else {
        refused("这是压缩包，不是表格文件。请上传 xlsx、xls、csv 或 tsv。")
    }
}
