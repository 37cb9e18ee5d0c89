//! What stands where on a paper, in words: the one reading of a `Sheet` that PDF and DOCX share.
use domain::papers::{Block, Layout, Proof, Sheet};
use jiff::civil::Date;
use serde::Serialize;

/// A sheet ready to be set.
#[derive(Debug, Serialize)]
pub(crate) struct Page {
    pub layout: Layout,
    /// 发文机关标志.
    pub head: String,
    /// 发文机关, for what a reader program shows.
    pub author: String,
    pub number: String,
    /// “签发人：” is the setter's.
    pub signer: String,
    pub title: String,
    /// The title in lines that break where a reader would.
    pub title_lines: Vec<String>,
    /// With its colon.
    pub to: String,
    pub body: Vec<Piece>,
    pub attachments: Vec<String>,
    pub signed: Vec<String>,
    pub on: String,
    /// Year, month, day of the document itself.
    pub date: Option<(i16, i8, i8)>,
    pub seal: bool,
    /// With its brackets.
    pub note: String,
    /// Without “抄送：”, with its full stop.
    pub copies: String,
    pub printed_by: String,
    pub printed_on: String,
    pub draft: bool,
    pub line: String,
    pub square: bool,
}
/// A piece of the body.
#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum Piece {
    Heading {
        level: u8,
        text: String,
    },
    Text {
        text: String,
    },
    Facts {
        rows: Vec<(String, String)>,
        widths: Vec<u32>,
    },
    /// `half_points`: size of its letters.
    Table {
        caption: String,
        head: Vec<String>,
        rows: Vec<Vec<String>>,
        widths: Vec<u32>,
        numbers: Vec<bool>,
        half_points: u8,
    },
    /// `high`: height over width.
    Figure {
        caption: String,
        alt: String,
        nth: usize,
        high: f32,
    },
}
impl Page {
    /// Gives each picture its shape; one that cannot be drawn gives way to what it says in words.
    pub fn shape(&mut self, of: impl Fn(usize) -> Option<f32>) {
        for piece in &mut self.body {
            if let Piece::Figure { caption, alt, nth, high } = piece {
                match of(*nth) {
                    Some(h) => *high = h,
                    None => {
                        *piece = Piece::Text { text: if caption.is_empty() { std::mem::take(alt) } else { format!("{caption}：{alt}") } }
                    }
                }
            }
        }
    }
}

/// `shown` says what stands for a text, e.g. a sign for what no font has.
pub(crate) fn page(sheet: &Sheet, proof: &Proof, shown: &dyn Fn(&str) -> String) -> Page {
    let one = |s: &str| shown(&clean(s));
    let all = |list: &[String]| list.iter().filter(|s| !s.trim().is_empty()).map(|s| one(s)).collect::<Vec<_>>();
    let around = |before: &str, s: String, after: &str| if s.is_empty() { s } else { format!("{before}{s}{after}") };
    let mut nth = 0;
    let organ = one(&sheet.organ);
    let head =
        if sheet.layout == Layout::Document && !organ.ends_with("文件") { around("", organ.clone(), "文件") } else { organ.clone() };
    let date = sheet.on.or(sheet.printed_on);
    let across = if sheet.layout == Layout::Certificate { 11 } else { 19 };
    Page {
        layout: sheet.layout,
        head,
        author: organ,
        number: one(&sheet.number),
        signer: one(&sheet.signer),
        title: one(&sheet.title).replace('\n', ""),
        title_lines: one(&sheet.title).lines().flat_map(|l| balanced(l, across)).collect(),
        to: around("", all(&sheet.to).join("、"), "："),
        body: sheet.body.iter().flat_map(|b| pieces(b, &one, &mut nth)).collect(),
        attachments: all(&sheet.attachments),
        signed: all(&sheet.signed),
        on: sheet.on.map(day).unwrap_or_default(),
        date: date.map(|d| (d.year(), d.month(), d.day())),
        seal: sheet.seal,
        note: around("（", one(&sheet.note), "）"),
        copies: around("", all(&sheet.copies).join("，"), "。"),
        printed_by: one(&sheet.printed_by),
        printed_on: sheet.printed_on.map(|d| format!("{}印发", day(d))).unwrap_or_default(),
        draft: sheet.draft,
        line: one(&proof.line),
        square: !proof.square.is_empty(),
    }
}
fn pieces(block: &Block, one: &dyn Fn(&str) -> String, nth: &mut usize) -> Vec<Piece> {
    match block {
        Block::Heading(level, text) => vec![Piece::Heading { level: *level, text: one(text) }],
        Block::Text(text) => text.lines().map(one).filter(|l| !l.trim().is_empty()).map(|text| Piece::Text { text }).collect(),
        Block::Facts(pairs) => {
            let rows: Vec<(String, String)> = pairs.iter().map(|(l, v)| (one(l), one(v))).collect();
            let label = rows.iter().map(|(l, _)| width(l)).max().unwrap_or(0).clamp(8, 20);
            vec![Piece::Facts { rows, widths: vec![label + 2, 54 - label] }]
        }
        Block::Table { caption, head, rows } => {
            let across = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
            let even = |row: &[String]| (0..across).map(|i| row.get(i).map(|c| one(c)).unwrap_or_default()).collect::<Vec<_>>();
            let (head, rows): (_, Vec<_>) = (even(head), rows.iter().map(|r| even(r)).collect());
            let column = |i: usize| rows.iter().filter_map(move |r: &Vec<String>| r.get(i));
            // Where columns are many, a head may take two lines so that no number does.
            let heads = |i: usize| head.get(i).map_or(0, |h| if across < 8 { width(h) } else { width(h).div_ceil(2) });
            let widths = (0..across).map(|i| column(i).map(|c| width(c)).max().unwrap_or(0).max(heads(i)).clamp(4, 40) + 2).collect();
            let half_points = match across {
                0..8 => 24,
                8..12 => 21,
                _ => 18,
            };
            let numbers = (0..across).map(|i| column(i).any(|c| !c.is_empty()) && column(i).all(|c| is_number(c))).collect();
            vec![Piece::Table { caption: one(caption), head, rows, widths, numbers, half_points }]
        }
        Block::Figure { caption, alt, .. } => {
            *nth += 1;
            vec![Piece::Figure { caption: one(caption), alt: one(alt), nth: *nth - 1, high: 1.0 }]
        }
    }
}
/// Words a line of a title may well begin with, and those it may well end with.
const BEGINS: &[&str] = &[
    "关于", "进行", "开展", "发现", "有关", "依法", "实施", "情况", "落实", "整改", "回复", "问题", "涉嫌", "存在", "认真", "工作", "专项",
    "执法", "案件", "予以", "通知", "报告", "《", "（",
];
const ENDS: &[&str] = &["的", "对", "和", "与", "及", "、", "，", "》", "）", "年", "期", "等"];

/// A title in lines about equally long, none longer than `most` characters, no word torn if it can be helped (GB/T 9704: 词意完整).
fn balanced(title: &str, most: usize) -> Vec<String> {
    let letters: Vec<char> = title.chars().collect();
    let lines = letters.len().div_ceil(most);
    if lines <= 1 {
        return vec![title.to_owned()];
    }
    let share = letters.len().div_ceil(lines);
    let cost = |at: usize| {
        let (before, after): (String, String) = (letters.iter().take(at).collect(), letters.iter().skip(at).collect());
        let clean = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
        let torn = clean(at.checked_sub(1).and_then(|i| letters.get(i))) && clean(letters.get(at));
        let good = ENDS.iter().any(|w| before.ends_with(w)) || BEGINS.iter().any(|w| after.starts_with(w));
        at.abs_diff(share)
            + if torn { 20 } else { 0 }
            + if good { 0 } else { 5 }
            + if after.starts_with(['的', '、', '，', '）', '》']) { 20 } else { 0 }
    };
    let least = letters.len().saturating_sub(most * (lines - 1)).max(1);
    let at = (least..=most).min_by_key(|at| cost(*at)).unwrap_or(most);
    let mut out = vec![letters.iter().take(at).collect()];
    out.extend(balanced(&letters.iter().skip(at).collect::<String>(), most));
    out
}
/// “2026年6月16日”.
fn day(d: Date) -> String {
    format!("{}年{}月{}日", d.year(), d.month(), d.day())
}
/// Columns of a longest line, a Chinese character taking two.
fn width(cell: &str) -> u32 {
    let line = |l: &str| l.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    cell.lines().map(line).max().unwrap_or(0)
}
fn is_number(cell: &str) -> bool {
    cell.chars().all(|c| c.is_ascii_digit() || ".,-+%–—−/ 元万".contains(c))
}
/// What is neither a character that is printed nor the end of a line goes: controls, invisible signs, what would turn the direction of a text.
fn clean(text: &str) -> String {
    let kept = |c: &char| match c {
        '\n' => true,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => false,
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}' => false,
        c => !c.is_control(),
    };
    text.replace("\r\n", "\n").replace('\t', " ").chars().filter(kept).collect::<String>().trim().to_owned()
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_turned_directions_do_not_reach_a_paper() {
        assert_eq!(clean("a\u{0}b\u{202e}c\r\nd\te "), "abc\nd e");
    }
    #[test]
    fn a_title_breaks_between_words() {
        assert_eq!(balanced("关于对涉企案件专项评查发现问题进行整改的通知", 19), ["关于对涉企案件专项评查", "发现问题进行整改的通知"]);
        assert_eq!(
            balanced("关于2026年上半年全市政法机关执法监督情况的分析报告", 19),
            ["关于2026年上半年全市政法机关", "执法监督情况的分析报告"]
        );
        assert_eq!(balanced("聘书", 19), ["聘书"]);
        assert!(balanced(&"长".repeat(61), 19).iter().all(|l| l.chars().count() <= 19));
    }
    #[test]
    fn a_column_of_numbers_is_recognised() {
        assert!(is_number("1,234.50") && is_number("12.5%") && is_number("—") && !is_number("3件"));
        assert_eq!(width("王喆 12\nab"), 7);
    }
}
