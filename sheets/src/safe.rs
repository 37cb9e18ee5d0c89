//! What a file must not be before any parser sees it (trust.md 2.4): bombs, odd names, hidden programs.
use std::io::{Cursor, Read as _};

use crate::book::{Caps, Refused};

/// Looks through a zip without trusting its own sizes: every entry is really inflated, up to the cap. Says whether a sheet holds formulas.
pub fn zip(bytes: &[u8], caps: &Caps) -> Result<bool, Refused> {
    let refused = |say: &str| Err(Refused::because(say));
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return refused("文件已损坏，打不开。请在表格软件里另存一份再试。");
    };
    if archive.len() > caps.entries {
        return Err(Refused::too_large("文件里的部件过多，不像表格。"));
    }
    let (mut total, mut names, mut formulas) = (0u64, vec![], false);
    let mut buffer = vec![0u8; KEEP + 65_536];
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
        let markup = !name.starts_with("xl/media/") && (name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml"));
        let (mut kept, mut first) = (0, true);
        loop {
            let Ok(n) = entry.read(buffer.get_mut(kept..).unwrap_or_default()) else {
                return refused("文件已损坏，打不开。请在表格软件里另存一份再试。");
            };
            if n == 0 {
                break;
            }
            real += n as u64;
            total += n as u64;
            if total > caps.inflated || (real > 1 << 20 && real / packed > caps.ratio) {
                return Err(Refused::too_large("文件展开后过大，疑似压缩炸弹，已拒绝。"));
            }
            let seen = buffer.get(..kept + n).unwrap_or_default();
            if std::mem::take(&mut first) && seen.starts_with(b"PK\x03\x04") {
                return refused("文件里又套着压缩包，已拒绝。");
            }
            // Markup of two bytes a letter would hide a declaration from the look below; no spreadsheet writes it.
            if markup && real == n as u64 && seen.iter().take(64).any(|b| *b == 0) {
                return refused("文件内部的文字编码不合格，不能导入。请在表格软件里另存一份再试。");
            }
            if markup {
                let (declares, formula) = look(seen);
                if declares {
                    return refused("文件里有外部实体声明，已拒绝。");
                }
                formulas |= formula && name.starts_with("xl/worksheets/");
            }
            let keep = seen.len().min(KEEP);
            let from = kept + n - keep;
            buffer.copy_within(from..from + keep, 0);
            kept = keep;
        }
        names.push(name);
    }
    if names.iter().any(|n| n == "xl/workbook.xml") {
        Ok(formulas)
    } else {
        refused("这是压缩包，不是表格文件。请上传 xlsx、xls、csv 或 tsv。")
    }
}
/// What a look at one piece must remember of the piece before.
const KEEP: usize = 16;

/// Whether there is a document type or an entity of its own (the text of a cell cannot hold a bare `<`), and whether there is a formula.
fn look(bytes: &[u8]) -> (bool, bool) {
    let (mut rest, mut formula) = (bytes, false);
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        match rest.first() {
            Some(b'!') if rest.starts_with(b"!DOCTYPE") || rest.starts_with(b"!ENTITY") => return (true, formula),
            Some(b'f') => formula |= rest.starts_with(b"f>") || rest.starts_with(b"f "),
            _ => {}
        }
    }
    (false, formula)
}
