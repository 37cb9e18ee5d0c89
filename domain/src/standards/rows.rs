//! A sheet or card as a table of texts, both ways: the form for XLSX import and export and for the editor's list.
//! One row per thing; the first column says what it is. Empty rows and rows whose first column begins with `#` are skipped.

use super::score::half_width;
use super::{Card, Effect, Fault, Item, Joint, Kind, Measure, Points, Question, Sheet, Tier, Veto};
use jiff::civil::Date;

/// The heading of the table.
pub const COLUMNS: [&str; 12] =
    ["类别", "代码", "所属条目", "内容", "分值", "最少扣", "最多扣", "按处计", "实体项", "严重度", "问题码", "合扣组"];
const BREAK: char = '；';
const YES: &str = "是";
const NO: &str = "否";
const WHOLE: &str = "满扣";

type Rows = Vec<Vec<String>>;

fn row(cells: [&str; 12]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}
fn flag(on: bool) -> &'static str {
    if on { YES } else { NO }
}
fn head(field: &str, value: &str) -> Vec<String> {
    row(["表", field, "", value, "", "", "", "", "", "", "", ""])
}

/// A sheet as rows, heading first.
pub fn sheet_rows(sheet: &Sheet) -> Rows {
    let mut out = vec![COLUMNS.map(str::to_owned).to_vec()];
    for (field, value) in [
        ("代码", sheet.code.clone()),
        ("名称", sheet.name.clone()),
        ("版本", sheet.version.clone()),
        ("启用日", sheet.effective.to_string()),
        ("种类", sheet.kind.label().to_owned()),
        ("案件类型", sheet.case_types.join("；")),
        ("标签", sheet.tags.join("；")),
        ("依据", sheet.basis.clone()),
    ] {
        out.push(head(field, &value));
    }
    for i in &sheet.items {
        out.push(row(["条目", &i.code, "", &i.name, &i.points.to_string(), "", "", "", flag(i.substantive), "", "", ""]));
        for m in &i.measures {
            let (min, max) = (m.min.to_string(), m.max.to_string());
            let (problem, joint) = (m.problem.as_deref().unwrap_or(""), m.joint.as_deref().unwrap_or(""));
            out.push(row(["扣分", &m.code, &i.code, &m.text, "", &min, &max, flag(m.each), "", &m.severity, problem, joint]));
        }
    }
    for t in &sheet.tiers {
        let say = |p: Option<Points>| p.map_or_else(|| WHOLE.to_owned(), |p| p.to_string());
        out.push(row(["扣分档", &t.code, "", &t.text, "", &say(t.min), &say(t.max), "", "", &t.severity, "", ""]));
    }
    for j in &sheet.joints {
        out.push(row(["合扣组", &j.code, "", &j.text, &j.total.to_string(), "", "", "", "", "", "", ""]));
    }
    for v in &sheet.vetoes {
        out.push(row(["否决项", &v.code, if v.document { "须附文书" } else { "" }, &v.text, "", "", "", "", "", "", "", ""]));
    }
    for n in &sheet.notes {
        out.push(row(["说明", "", "", n, "", "", "", "", "", "", "", ""]));
    }
    out
}

/// A card as rows, heading first.
pub fn card_rows(card: &Card) -> Rows {
    let mut out = vec![COLUMNS.map(str::to_owned).to_vec()];
    for (field, value) in [
        ("代码", card.code.clone()),
        ("名称", card.name.clone()),
        ("版本", card.version.clone()),
        ("启用日", card.effective.to_string()),
        ("种类", "附卡".to_owned()),
        ("评查表", card.sheets.join("；")),
        ("标签", card.tags.join("；")),
        ("依据", card.basis.clone()),
        ("升复核", flag(card.effect.re_examine).to_owned()),
        ("同一瑕疵", card.effect.overlaps.join("；")),
    ] {
        out.push(head(field, &value));
    }
    for q in &card.questions {
        out.push(row(["问题", &q.code, if q.optional { "可不涉及" } else { "" }, &q.text, "", "", "", "", "", "", "", ""]));
    }
    let points = card.effect.points.to_string();
    out.push(row(["后果", "", &card.effect.item, "任一项答“否”", &points, "", "", "", "", "", "", ""]));
    for n in &card.notes {
        out.push(row(["说明", "", "", n, "", "", "", "", "", "", "", ""]));
    }
    out
}

/// Reads what [`Head`] and the rows have in common, gathering faults.
struct Reader {
    faults: Vec<Fault>,
    heads: Vec<(String, String, usize)>,
}
/// One row of the table with its number as a spreadsheet counts it.
struct Line<'a> {
    n: usize,
    cells: &'a [String],
}
impl Line<'_> {
    /// The cell under this heading, trimmed.
    fn at(&self, column: &str) -> &str {
        let i = COLUMNS.iter().position(|c| *c == column);
        i.and_then(|i| self.cells.get(i)).map_or("", |text| text.trim())
    }
}
impl Reader {
    fn wrong(&mut self, n: usize, message: impl Into<String>) {
        self.faults.push(Fault::new(format!("第 {n} 行"), message));
    }
    fn points(&mut self, line: &Line, column: &str) -> Points {
        Points::read(line.at(column)).unwrap_or_else(|| {
            self.wrong(line.n, format!("“{column}”栏“{}”不是分值", line.at(column)));
            Points::ZERO
        })
    }
    fn tier(&mut self, line: &Line, column: &str) -> Option<Points> {
        if line.at(column) == WHOLE { None } else { Some(self.points(line, column)) }
    }
    fn yes(&mut self, line: &Line, column: &str) -> bool {
        match line.at(column) {
            YES => true,
            NO | "" => false,
            other => {
                self.wrong(line.n, format!("“{column}”栏应为“是”或者“否”，现为“{other}”"));
                false
            }
        }
    }
    /// A mark that is there or not.
    fn mark(&mut self, line: &Line, wanted: &str) -> bool {
        match line.at("所属条目") {
            "" => false,
            text if text == wanted => true,
            other => {
                self.wrong(line.n, format!("“所属条目”栏应为“{wanted}”或者空着，现为“{other}”"));
                false
            }
        }
    }
    fn head(&mut self, field: &str, required: bool) -> String {
        let found: Vec<(String, usize)> = self.heads.iter().filter(|(f, ..)| f == field).map(|(_, v, n)| (v.clone(), *n)).collect();
        if let Some((_, n)) = found.get(1) {
            self.wrong(*n, format!("“{field}”重复"));
        }
        if required && found.iter().all(|(v, _)| v.is_empty()) {
            self.wrong(1, format!("缺少“表”“{field}”一行"));
        }
        found.into_iter().next().map(|(v, _)| v).unwrap_or_default()
    }
    fn date(&mut self) -> Date {
        let text = self.head("启用日", true);
        text.parse().unwrap_or_else(|_| {
            self.wrong(1, format!("启用日“{text}”不是日期，应如 2026-01-01"));
            Date::MIN
        })
    }
    fn list(&mut self, field: &str) -> Vec<String> {
        let text = self.head(field, false);
        text.split([BREAK, ';', '、']).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect()
    }
    /// The lines below the heading; heads are put aside.
    fn lines<'a>(&mut self, rows: &'a [Vec<String>], known: &[&str]) -> Vec<Line<'a>> {
        let mut out = vec![];
        for (i, cells) in rows.iter().enumerate() {
            let line = Line { n: i + 1, cells };
            let kind = line.at("类别");
            let empty = cells.iter().all(|c| c.trim().is_empty());
            if empty || kind.starts_with('#') || (i == 0 && kind == "类别") {
                continue;
            }
            if kind == "表" {
                self.heads.push((line.at("代码").to_owned(), line.at("内容").to_owned(), line.n));
            } else if known.contains(&kind) {
                out.push(line);
            } else {
                self.wrong(line.n, format!("“类别”栏“{kind}”不认识，应为：表、{}", known.join("、")));
            }
        }
        out
    }
}
fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
/// Whether the first row is our heading, widths aside.
fn headed(rows: &[Vec<String>]) -> bool {
    let plain = |t: &String| t.trim().chars().map(half_width).collect::<String>();
    rows.first().is_some_and(|r| COLUMNS.iter().enumerate().all(|(i, c)| r.get(i).map(plain).as_deref() == Some(*c)))
}
fn no_heading() -> Vec<Fault> {
    vec![Fault::new("第 1 行", format!("表头应依次为：{}", COLUMNS.join("、")))]
}

/// A sheet from rows. Meaning is checked afterwards by [`super::check_sheet`].
///
/// # Errors
/// Every fault with its row.
pub fn read_sheet(rows: &[Vec<String>]) -> Result<Sheet, Vec<Fault>> {
    if !headed(rows) {
        return Err(no_heading());
    }
    let mut r = Reader { faults: vec![], heads: vec![] };
    let lines = r.lines(rows, &["条目", "扣分", "扣分档", "合扣组", "否决项", "说明"]);
    let (mut items, mut tiers, mut joints, mut vetoes, mut notes): (Vec<Item>, _, _, _, _) = (vec![], vec![], vec![], vec![], vec![]);
    for line in &lines {
        let (code, text) = (line.at("代码").to_owned(), line.at("内容").to_owned());
        match line.at("类别") {
            "条目" => {
                let (points, substantive) = (r.points(line, "分值"), r.yes(line, "实体项"));
                items.push(Item { code, name: text, points, substantive, measures: vec![] });
            }
            "扣分" => {
                let measure = Measure {
                    code,
                    text,
                    min: r.points(line, "最少扣"),
                    max: r.points(line, "最多扣"),
                    each: r.yes(line, "按处计"),
                    severity: line.at("严重度").to_owned(),
                    problem: some(line.at("问题码")),
                    joint: some(line.at("合扣组")),
                };
                match items.iter_mut().find(|i| i.code == line.at("所属条目")) {
                    Some(item) => item.measures.push(measure),
                    None => r.wrong(line.n, format!("上面没有条目“{}”", line.at("所属条目"))),
                }
            }
            "扣分档" => {
                let (min, max) = (r.tier(line, "最少扣"), r.tier(line, "最多扣"));
                tiers.push(Tier { code, text, min, max, severity: line.at("严重度").to_owned() });
            }
            "合扣组" => joints.push(Joint { code, text, total: r.points(line, "分值") }),
            "否决项" => vetoes.push(Veto { code, text, document: r.mark(line, "须附文书") }),
            _ => notes.push(text),
        }
    }
    let kind = match r.head("种类", true).as_str() {
        "叠加表" => Kind::Overlay,
        "基础表" => Kind::Base,
        other => {
            r.wrong(1, format!("种类“{other}”应为“基础表”或者“叠加表”"));
            Kind::Base
        }
    };
    let sheet = Sheet {
        code: r.head("代码", true),
        name: r.head("名称", true),
        version: r.head("版本", true),
        effective: r.date(),
        kind,
        case_types: r.list("案件类型"),
        tags: r.list("标签"),
        basis: r.head("依据", true),
        items,
        tiers,
        joints,
        vetoes,
        notes,
    };
    if r.faults.is_empty() { Ok(sheet) } else { Err(r.faults) }
}

/// A card from rows. Meaning is checked afterwards by [`super::check_card`].
///
/// # Errors
/// Every fault with its row.
pub fn read_card(rows: &[Vec<String>]) -> Result<Card, Vec<Fault>> {
    if !headed(rows) {
        return Err(no_heading());
    }
    let mut r = Reader { faults: vec![], heads: vec![] };
    let lines = r.lines(rows, &["问题", "后果", "说明"]);
    let (mut questions, mut notes, mut effects) = (vec![], vec![], vec![]);
    for line in &lines {
        let (code, text) = (line.at("代码").to_owned(), line.at("内容").to_owned());
        match line.at("类别") {
            "问题" => questions.push(Question { code, text, optional: r.mark(line, "可不涉及") }),
            "后果" => effects.push((line.at("所属条目").to_owned(), r.points(line, "分值"))),
            _ => notes.push(text),
        }
    }
    if effects.len() != 1 {
        r.wrong(1, "附卡应有且只有一行“后果”");
    }
    let (item, points) = effects.into_iter().next().unwrap_or_default();
    let re_examine = r.head("升复核", true) == YES;
    let card = Card {
        code: r.head("代码", true),
        name: r.head("名称", true),
        version: r.head("版本", true),
        effective: r.date(),
        sheets: r.list("评查表"),
        tags: r.list("标签"),
        basis: r.head("依据", true),
        questions,
        effect: Effect { item, points, re_examine, overlaps: r.list("同一瑕疵") },
        notes,
    };
    if r.faults.is_empty() { Ok(card) } else { Err(r.faults) }
}
