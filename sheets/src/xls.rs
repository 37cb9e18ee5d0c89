//! Old XLS (BIFF in an OLE container). The reader we use lays every sheet out as a full rectangle, so how large that rectangle would be
//! is looked at first.
use calamine::{Data, Reader as _, SheetVisible};
use std::io::Cursor;

use crate::book::{Book, Caps, Cell, Refused, data, sheet, too_large, too_many};

pub fn read(bytes: &[u8], caps: &Caps) -> Result<Book, Refused> {
    if bytes.windows(32).any(|w| w == b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0") {
        return Err(Refused::because("文件加了密码。请去掉密码再试。"));
    }
    let broken = || Refused::because("表格打不开：不是 Excel 97–2003 工作簿，或已损坏。请另存为 xlsx 再试。");
    let stream = container::workbook(bytes).ok_or_else(broken)?;
    if container::encrypted(&stream) {
        return Err(Refused::because("文件加了密码。请去掉密码再试。"));
    }
    if container::absurd(&stream) {
        return Err(broken());
    }
    if container::areas(&stream).iter().sum::<usize>() > caps.cells {
        return Err(too_large());
    }
    drop(stream);
    let opened = std::panic::catch_unwind(|| calamine::Xls::new(Cursor::new(bytes)).ok());
    let mut book: calamine::Xls<_> = opened.ok().flatten().ok_or_else(broken)?;
    let metadata = book.sheets_metadata().to_vec();
    if metadata.len() > caps.sheets {
        return Err(too_many(caps));
    }
    let mut sheets = vec![];
    for m in metadata {
        let Ok(range) = book.worksheet_range(&m.name) else { continue };
        let start = range.start().map_or(0, |s| s.0);
        let left = range.start().map_or(0, |s| usize::try_from(s.1).unwrap_or(0));
        let pad = |row: &[Data]| std::iter::repeat_n(Cell::Empty, left).chain(row.iter().map(|d| data(d.clone()))).collect::<Vec<_>>();
        let rows = (start..).zip(range.rows().map(pad)).collect();
        let merged = book
            .merge_cells_by_sheet_name(&m.name)
            .unwrap_or_default()
            .iter()
            .map(|d| (d.start.0 + 1, d.start.1, d.end.0 + 1, d.end.1))
            .collect();
        sheets.push(sheet(&m.name, m.visible != SheetVisible::Visible, rows, merged)?);
    }
    if sheets.is_empty() { Err(broken()) } else { Ok(Book { sheets }) }
}

/// As much of [MS-CFB] and [MS-XLS] as tells the size of each sheet.
mod container {
    fn u16_at(b: &[u8], at: usize) -> Option<usize> {
        Some(usize::from(u16::from_le_bytes(b.get(at..at.checked_add(2)?)?.try_into().ok()?)))
    }
    fn u32_at(b: &[u8], at: usize) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(b.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
    }
    const LAST: usize = 0xffff_fffa;

    /// Sectors of a chain, one after the other; a chain that bites its tail ends.
    fn chain(bytes: &[u8], table: &[usize], first: usize, size: usize, head: usize) -> Vec<u8> {
        let (mut out, mut at, mut left) = (vec![], first, table.len() + 1);
        while at < LAST && left > 0 {
            let from = at.saturating_mul(size).saturating_add(head);
            let Some(rest) = bytes.get(from..) else { break };
            out.extend_from_slice(rest.get(..size).unwrap_or(rest));
            let Some(next) = table.get(at) else { break };
            (at, left) = (*next, left - 1);
        }
        out
    }
    /// The stream `Workbook` (or `Book` of Excel 5).
    pub fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
        let size = 1usize << u16_at(bytes, 30)?.min(16);
        let small = 1usize << u16_at(bytes, 32)?.min(12);
        // The first 109 sectors of the table stand in the head; more only in files beyond 7 MB.
        let mut places: Vec<usize> = (0..109).filter_map(|i| u32_at(bytes, 76 + 4 * i)).filter(|s| *s < LAST).collect();
        let (mut more, mut left) = (u32_at(bytes, 68)?, u32_at(bytes, 72)?.min(4_096));
        while more < LAST && left > 0 {
            let from = (more + 1).checked_mul(size)?;
            let slots = size / 4 - 1;
            places.extend((0..slots).filter_map(|i| u32_at(bytes, from + 4 * i)).filter(|s| *s < LAST));
            (more, left) = (u32_at(bytes, from + 4 * slots)?, left - 1);
        }
        let entries = |raw: &[u8]| raw.chunks_exact(4).filter_map(|c| u32_at(c, 0)).collect::<Vec<_>>();
        let sector = |s: &usize| bytes.get((s + 1).checked_mul(size)?..)?.get(..size);
        let table: Vec<usize> = places.iter().filter_map(sector).flat_map(entries).collect();
        let folder = chain(bytes, &table, u32_at(bytes, 48)?, size, size);
        let named = |name: &str| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            folder.chunks_exact(128).find(|e| {
                let length = u16_at(e, 64).unwrap_or(0).saturating_sub(2);
                e.get(..length.min(64)).is_some_and(|n| n.eq_ignore_ascii_case(&wide))
            })
        };
        let entry = named("Workbook").or_else(|| named("Book"))?;
        let (first, length) = (u32_at(entry, 116)?, u32_at(entry, 120)?);
        let mut stream = if length < u32_at(bytes, 56)? {
            let root = folder.get(..128)?;
            let inner = chain(bytes, &table, u32_at(root, 116)?, size, size);
            let minis = entries(&chain(bytes, &table, u32_at(bytes, 60)?, size, size));
            chain(&inner, &minis, first, small, 0)
        } else {
            chain(bytes, &table, first, size, size)
        };
        stream.truncate(length);
        Some(stream)
    }
    fn records(stream: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let (id, length) = (u16_at(stream, at)?, u16_at(stream, at + 2)?);
            let body = stream.get(at + 4..at + 4 + length)?;
            at += 4 + length;
            Some((id, body))
        })
    }
    /// FILEPASS.
    pub fn encrypted(stream: &[u8]) -> bool {
        records(stream).take_while(|(id, _)| *id != 0x0a).any(|(id, _)| id == 0x2f)
    }
    /// DIMENSIONS beyond what the format can hold: our reader would ask for that much memory at once, and the program would end.
    pub fn absurd(stream: &[u8]) -> bool {
        let told = |body: &[u8]| match body.len() {
            0..14 => Some((u16_at(body, 2)?, u16_at(body, 6)?)),
            _ => Some((u32_at(body, 4)?, u16_at(body, 10)?)),
        };
        records(stream).filter(|(id, _)| matches!(id, 0x200 | 0x00)).filter_map(|(_, b)| told(b)).any(|(r, c)| r > 65_536 || c > 256)
    }
    /// Cells of the rectangle around what each sheet holds.
    pub fn areas(stream: &[u8]) -> Vec<usize> {
        // DIMENSIONS is not believed: NUMBER, LABEL, LABELSST, RK, MULRK, FORMULA, BOOLERR, RSTRING tell themselves.
        const CELLS: &[usize] = &[0x203, 0x204, 0xfd, 0x27e, 0xbd, 0x06, 0x406, 0x206, 0x205, 0xd6];
        let mut all: Vec<usize> = vec![];
        let mut span: Option<[usize; 4]> = None;
        let area = |s: Option<[usize; 4]>| s.map_or(0, |[r1, r2, c1, c2]| (r2 - r1 + 1) * (c2 - c1 + 1));
        for (id, body) in records(stream) {
            if matches!(id, 0x809 | 0x409 | 0x209) {
                all.push(area(span.take()));
            }
            let Some((r, c)) = CELLS.contains(&id).then(|| Some((u16_at(body, 0)?, u16_at(body, 2)?))).flatten() else { continue };
            let last = if id == 0xbd { u16_at(body, body.len().saturating_sub(2)).unwrap_or(c).max(c) } else { c };
            let [r1, r2, c1, c2] = span.unwrap_or([r, r, c, last]);
            span = Some([r1.min(r), r2.max(r), c1.min(c), c2.max(last)]);
        }
        all.push(area(span));
        all
    }
}
