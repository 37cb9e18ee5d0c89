//! The portal's forms, made from the rows of the tables like any other; what is said only here is how a reporter is helped along.
use domain::engine::{Field, Shape};
use domain::identifiers::{citizen, credit, phone};

use super::pages::Options;
use super::portal_page::{Control, PortalField};
use super::visit::{Upload, Values};
use crate::registers::Registers;

/// Largest attachment of a reporter, and how many.
pub const LARGEST: usize = 20 << 20;
pub const MOST: usize = 10;
/// What an anonymous report does not keep: none of it leaves this process.
const NAMES: &[&str] = &["reporter_name", "reporter_phone", "reporter_id", "enterprise", "uscc", "disclose"];
/// Hints in the reporter's words, where the office's own would not help him.
const HINTS: &[(&str, &str)] = &[
    ("mode", "匿名件不保存姓名、电话、证件号、企业名称和代码。保密件、实名件的这些内容，须两名身份保管人共同批准才能查看。"),
    ("org", "输入几个字，从列表里选。"),
    ("uscc", "18 位。填了才能预警打击报复；被反映单位看不到。"),
    ("facts", "写时间、地点、谁、做了什么、你的诉求。不要写国家秘密和无关人员信息。"),
    ("files", "照片、PDF、录音、Office 文档，每个 20 MB 以内，最多 10 个。只有受理员和你能看到原件。"),
    ("disclose", "不选就是不同意。"),
];

/// Fields of a form as the page shows them, filled with these values.
pub fn views(form: &str, fields: &'static [Field], values: &Values, choices: &dyn Fn(&str) -> Vec<(String, String)>) -> Vec<PortalField> {
    let shown = fields.iter().filter(|f| !f.computed && !matches!(f.shape, Shape::Rows(_) | Shape::Person | Shape::Matter(_)));
    shown.map(|f| view(form, f, values, choices)).collect()
}
fn view(form: &str, f: &'static Field, values: &Values, choices: &dyn Fn(&str) -> Vec<(String, String)>) -> PortalField {
    let text = values.get(f.name).to_owned();
    let few = |options: Options| if options.len() <= 4 { Control::Seg(options) } else { Control::One(options) };
    let control = match f.shape {
        Shape::Long => Control::Text(text),
        Shape::Date => Control::Date(text),
        Shape::Org => Control::Unit(text),
        Shape::Files => Control::Files,
        Shape::YesNo => {
            let words = if f.name == "disclose" { ["同意", "不同意"] } else { ["是", "否"] };
            Control::Seg(["yes", "no"].into_iter().zip(words).map(|(v, l)| (v.into(), l.into(), text == v)).collect())
        }
        Shape::Code(t) => few(t.rows.iter().map(|(c, l)| ((*c).into(), (*l).into(), text == *c)).collect()),
        Shape::Codes(t) => {
            Control::Many(t.rows.iter().map(|(c, l)| ((*c).into(), (*l).into(), values.all(f.name).any(|x| x == *c))).collect())
        }
        Shape::Choice => few(choices(f.name).into_iter().map(|(c, l)| (c.clone(), l, c == text)).collect()),
        Shape::Number | Shape::Money => Control::Line(text, "numeric"),
        _ if f.name.ends_with("_phone") => Control::Line(text, "tel"),
        _ => Control::Line(text, "text"),
    };
    let hint = HINTS.iter().find(|(n, _)| *n == f.name).map_or(f.hint, |(_, h)| h);
    let id = format!("{form}-{}", f.name);
    PortalField { id, name: f.name, label: f.label, hint, required: f.required, named: NAMES.contains(&f.name), error: None, control }
}
/// What was typed, as the tables take it: units by their codes, numbers in one writing, nothing of an anonymous person, no attachment
/// but those that came with it. And what is wrong, field by field.
pub fn plain(fields: &[Field], given: &Values, registers: &Registers) -> (Values, Vec<(String, String)>) {
    let anonymous = fields.iter().any(|f| f.name == "mode") && given.get("mode") == "匿名";
    let (mut values, mut wrong) = (Values::default(), vec![]);
    for f in fields.iter().filter(|f| !(f.computed || matches!(f.shape, Shape::Files) || anonymous && NAMES.contains(&f.name))) {
        for text in given.all(f.name) {
            let typed = text.trim();
            let read = match (f.name, f.shape) {
                _ if typed.is_empty() => Ok(String::new()),
                (_, Shape::Org) => unit(registers, typed),
                ("uscc", _) => credit::check(typed).map_err(|w| w.say),
                ("reporter_phone" | "contact_phone", _) => phone::check(typed).map(|p| p.number).map_err(|w| w.say),
                ("reporter_id", _) => citizen::check(typed).map(|c| c.number).map_err(|w| w.say),
                _ => Ok(text.to_owned()),
            };
            match read {
                Ok(text) => values.0.push((f.name.to_owned(), text)),
                Err(say) => wrong.push((f.name.to_owned(), say)),
            }
        }
    }
    (values, wrong)
}
/// The code of the unit somebody typed: its name, its short or former name, its code, or a part of one name alone.
fn unit(registers: &Registers, typed: &str) -> Result<String, String> {
    let live = || registers.orgs().filter(|o| o.level != "内设" && o.status != "撤销");
    let exact = live().find(|o| [&o.code, &o.name, &o.short, &o.former].into_iter().any(|n| n == typed));
    if let Some(org) = exact {
        return Ok(org.code.clone());
    }
    let mut near = live().filter(|o| o.kind == UNITS && o.name.contains(typed));
    match (near.next(), near.next()) {
        (Some(one), None) => Ok(one.code.clone()),
        (Some(_), Some(_)) => Err(format!("有几个单位的名称里有“{typed}”。请从列表里选一个。")),
        _ => Err(format!("没有找到“{typed}”。请从列表里选；列表里没有的，请打服务热线。")),
    }
}
/// Of which kind the list offers units.
const UNITS: &str = "行政执法机关";
/// Names of the units the list offers.
pub fn units(registers: &Registers) -> Vec<String> {
    registers.orgs().filter(|o| o.kind == UNITS && o.status != "撤销").map(|o| o.name.clone()).collect()
}
/// What is wrong with the attachments, before any of them is laid down.
pub fn uploads(all: &[Upload]) -> Option<String> {
    if all.len() > MOST {
        return Some(format!("一次最多 {MOST} 个附件，现在是 {} 个。", all.len()));
    }
    all.iter().find_map(|u| {
        let name: String = u.name.chars().filter(|c| !c.is_control()).take(60).collect();
        if u.bytes.len() > LARGEST {
            return Some(format!("“{name}”超过 20 MB。请压缩或分开上传。"));
        }
        // A mark of byte order does not make a page a text.
        let text = u.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&u.bytes);
        if text.trim_ascii_start().starts_with(b"<") {
            return Some(format!("“{name}”是网页，不能接收。请上传照片、PDF、录音或 Office 文档。"));
        }
        (u.bytes.starts_with(b"PK\x03\x04") && !modest(&u.bytes)).then(|| format!("“{name}”展开后过大或已损坏，不能接收。"))
    })
}
/// trust.md 2.4: expanded size and number of entries of an archive.
const EXPANDED: u64 = 64 << 20;
const ENTRIES: usize = 1_000;
/// Whether an archive stays within the limits. Its own words on its size are not believed: every entry is inflated and counted.
fn modest(bytes: &[u8]) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return false };
    let mut left = EXPANDED;
    for i in 0..archive.len() {
        let Ok(mut entry) = archive.by_index(i) else { return false };
        let read = std::io::copy(&mut std::io::Read::take(&mut entry, left + 1), &mut std::io::sink());
        match read {
            Ok(n) if n <= left => left -= n,
            _ => return false,
        }
    }
    archive.len() <= ENTRIES
}
/// Whether a text says when something happened.
pub fn says_when(text: &str) -> bool {
    const WORDS: &[&str] = &["今天", "昨天", "前天", "上午", "下午", "上周", "本周", "上月", "本月", "去年", "今年"];
    let figure = text.chars().any(|c| domain::identifiers::half_width(c).is_ascii_digit() || "一二三四五六七八九十".contains(c));
    WORDS.iter().any(|w| text.contains(w)) || figure && text.contains(['年', '月', '日', '号', '时', '点', '/', '-', '.', ':', '：'])
}
