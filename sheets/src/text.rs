//! Text files: which encoding by their bytes, which delimiter by their lines.
use crate::book::{Book, Caps, Cell, Refused, Sheet, sheet, too_large};

pub fn read(bytes: &[u8], caps: &Caps) -> Result<Book, Refused> {
    if bytes.len() > caps.text {
        return Err(Refused::too_large("文本文件超过 64 MB，请拆成几个文件再导入。"));
    }
    // The reader counts the line of a record wrongly where lines end in two characters.
    let decoded = decode(bytes)?.replace("\r\n", "\n").replace('\r', "\n");
    let start = decoded.trim_start().get(..9).unwrap_or("").to_ascii_lowercase();
    if start.starts_with("<html") || start.starts_with("<!doctype") || start.starts_with("<?xml") {
        return Err(Refused::because("这是网页文件，只是改了后缀。请在表格软件里另存为 xlsx 再试。"));
    }
    let delimiter = delimiter(&decoded);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(decoded.as_bytes());
    let (mut rows, mut continued, mut cells) = (vec![], vec![], 0usize);
    for (n, record) in reader.records().enumerate() {
        let record = record.map_err(|e| {
            Refused::because(format!(
                "第 {} 行读不下去：引号不成对或编码不对。{}",
                n + 1,
                if e.is_io_error() { "" } else { "请检查后再试。" }
            ))
        })?;
        cells += record.len();
        if cells > caps.cells {
            return Err(too_large());
        }
        // Blank lines carry no record, and the position is that of the first of them.
        let begins = |p: &csv::Position| {
            let from = usize::try_from(p.byte()).ok().and_then(|b| decoded.as_bytes().get(b..)).unwrap_or_default();
            p.line().saturating_sub(1) + from.iter().take_while(|b| **b == b'\n').count() as u64
        };
        let at = record.position().map_or(n as u64, begins);
        let at = rows.last().map_or(at, |(last, _): &(u32, Vec<Cell>)| at.max(u64::from(*last) + 1));
        let row_number = u32::try_from(at).unwrap_or(u32::MAX - 1).saturating_add(1);
        let breaks = record.iter().map(|s| s.matches('\n').count()).sum::<usize>();
        if let Some(more) = u32::try_from(breaks).ok().filter(|n| *n > 0) {
            continued.push((row_number.saturating_add(1), row_number.saturating_add(more)));
        }
        let row = record.iter().map(|s| if s.is_empty() { Cell::Empty } else { Cell::Text(s.to_owned()) }).collect();
        rows.push((u32::try_from(at).unwrap_or(u32::MAX - 1), row));
    }
    let sheet = sheet("文本", false, rows, vec![])?;
    Ok(Book { sheets: vec![Sheet { delimited: true, continued, ..sheet }] })
}
/// Whichever stands most often, outside quotes, in one of the first lines: a title above the heading has none.
fn delimiter(text: &str) -> u8 {
    let most = |d: u8| {
        let count = |line: &str| {
            let mut quoted = false;
            line.bytes()
                .filter(|b| {
                    quoted ^= *b == b'"';
                    *b == d && !quoted
                })
                .count()
        };
        text.lines().take(20).map(count).max().unwrap_or(0)
    };
    [b'|', b';', b'\t', b','].into_iter().max_by_key(|d| most(*d)).unwrap_or(b',')
}
fn decode(bytes: &[u8]) -> Result<String, Refused> {
    let unknown = || Refused::because("认不出文件的文字编码，或不是表格。请另存为 UTF-8 的 csv 或 xlsx 再试。");
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let (text, _, bad) = encoding_rs::UTF_16LE.decode(bytes);
        return if bad || text.contains('\0') { Err(unknown()) } else { Ok(text.into_owned()) };
    }
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(plain) {
        return if text.contains('\0') { wide(bytes) } else { Ok(text.to_owned()) };
    }
    if bytes.iter().take(400).filter(|b| **b == 0).count() > 20 {
        return wide(bytes);
    }
    let (text, _, bad) = encoding_rs::GB18030.decode(bytes);
    // Text holds a control character by accident, other files all over.
    let strange = text.chars().take(4_000).filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    if bad || strange * 50 > text.len().min(4_000) {
        return Err(unknown());
    }
    Ok(text.into_owned())
}
/// UTF-16 without a mark: commas and line ends show on which side the zeros stand.
fn wide(bytes: &[u8]) -> Result<String, Refused> {
    let zeros = |start: usize| bytes.iter().skip(start).step_by(2).take(4_000).filter(|b| **b == 0).count();
    let encoding = if zeros(1) >= zeros(0) { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
    let (text, _, bad) = encoding.decode(bytes);
    if bad || text.contains('\0') || bytes.len() % 2 == 1 {
        Err(Refused::because("认不出文件的文字编码，或不是表格。请另存为 UTF-8 的 csv 或 xlsx 再试。"))
    } else {
        Ok(text.into_owned())
    }
}
