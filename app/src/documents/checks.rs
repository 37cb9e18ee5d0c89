//! 发文前检查: what a paper lacks, which of its words direct an outcome, which days it names. It tells; the gate refuses.
use domain::papers::{Block, Layout, Sheet};

/// One thing looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub good: bool,
    pub label: &'static str,
    pub words: String,
}
/// Everything looked at before a paper is issued.
pub fn checks(sheet: &Sheet) -> Vec<Check> {
    vec![whole(sheet), worded(sheet), dated(sheet)]
}
/// The text of a sheet, without its frame.
pub fn text_of(sheet: &Sheet) -> String {
    let block = |b: &Block| match b {
        Block::Heading(_, t) | Block::Text(t) => t.clone(),
        Block::Facts(pairs) => pairs.iter().map(|(l, v)| format!("{l}：{v}")).collect::<Vec<_>>().join("\n"),
        Block::Table { caption, rows, .. } => {
            let rows = rows.iter().map(|r| r.join(" "));
            std::iter::once(caption.clone()).chain(rows).collect::<Vec<_>>().join("\n")
        }
        Block::Figure { caption, alt, .. } => format!("{caption} {alt}"),
    };
    std::iter::once(sheet.title.clone()).chain(sheet.body.iter().map(block)).collect::<Vec<_>>().join("\n")
}
fn whole(sheet: &Sheet) -> Check {
    let lacks = [
        ("发文机关", sheet.organ.is_empty()),
        ("标题", sheet.title.is_empty()),
        ("主送", sheet.to.is_empty()),
        ("正文", sheet.body.is_empty()),
        ("落款", sheet.signed.is_empty()),
        ("文号", sheet.number.is_empty() && !sheet.draft),
        ("日期", sheet.on.is_none() && !sheet.draft),
    ];
    let lacks: Vec<&str> = lacks.iter().filter(|(_, lacks)| *lacks).map(|(what, _)| *what).collect();
    let later = if sheet.draft { "文号、日期在签发时生成。" } else { "" };
    let words = if lacks.is_empty() {
        format!("机关、标题、主送、正文、落款齐全。{later}")
    } else {
        format!("缺：{}。", lacks.join("、"))
    };
    Check { good: lacks.is_empty(), label: if lacks.is_empty() { "必备要素齐全" } else { "必备要素不全" }, words }
}
fn worded(sheet: &Sheet) -> Check {
    let text = text_of(sheet);
    let found = if sheet.layout == Layout::Letter { domain::wording::check_letter(&text) } else { domain::wording::check(&text) };
    match found.is_empty() {
        true => Check { good: true, label: "用语检查通过", words: "没有指定结论的话。".into() },
        false => Check { good: false, label: "用语须核对", words: domain::wording::words(&found) },
    }
}
fn dated(sheet: &Sheet) -> Check {
    const UNTIL: [&str; 6] = ["日前", "工作日内", "日内", "个月内", "之前", "期限"];
    let text = text_of(sheet);
    let good = UNTIL.iter().any(|w| text.contains(w));
    let words = if good { "正文写明了期限。" } else { "正文没有写期限。要求对方办理的，写明何日之前。" };
    Check { good, label: if good { "期限已写明" } else { "没有写期限" }, words: words.into() }
}
