//! Whether a sheet, card or scale may stand: every fault with its place, in Chinese.

use super::{Card, Fault, Item, Kind, Points, Scale, Sheet};
use crate::registers::codes::{CASE_TYPE, CodeTable, PROBLEM, SEVERITY};
use std::collections::BTreeSet;

/// Figures that may not be targets of an assessment (某省公安考评细则第七条、公安部 2011 年意见【摘】, `case-review.md` D5).
const FORBIDDEN: &[&str] = &["罚没数额", "拘留数", "退查率", "破案率"];

struct Check(Vec<Fault>);

impl Check {
    fn wrong(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.0.push(Fault::new(place, message));
    }
    fn unless(&mut self, fine: bool, place: &str, message: &str) {
        if !fine {
            self.wrong(place, message);
        }
    }
    fn filled(&mut self, text: &str, place: &str, what: &str) {
        if text.trim().is_empty() {
            self.wrong(place, format!("请填写{what}"));
        } else if text.chars().any(char::is_control) {
            self.wrong(place, format!("{what}不能含换行或者控制字符"));
        }
    }
    fn unique<'a>(&mut self, values: impl Iterator<Item = &'a str>, place: &str, field: &str, what: &str) {
        let mut seen = BTreeSet::new();
        for (i, value) in values.enumerate() {
            if !seen.insert(value) {
                self.wrong(format!("{place}.{i}.{field}"), format!("{what}“{value}”重复"));
            }
        }
    }
    fn head(&mut self, code: &str, name: &str, version: &str, basis: &str) {
        self.filled(code, "code", "代码");
        self.filled(name, "name", "名称");
        self.filled(version, "version", "版本号");
        self.filled(basis, "basis", "依据；没有法定依据的写“本机构设定，非法定”");
    }
    fn code(&mut self, table: &CodeTable, code: &str, place: String) {
        if !table.has(code) {
            self.wrong(place, format!("{}没有“{code}”", table.label));
        }
    }
    /// Not a target figure, whatever else the ground says.
    fn no_target(&mut self, text: &str, place: &str) {
        for word in FORBIDDEN.iter().filter(|w| text.contains(**w)) {
            self.wrong(place, format!("不得以{word}为考评指标"));
        }
    }
}

/// Everything that keeps a sheet from standing; empty: it may.
pub fn check_sheet(sheet: &Sheet) -> Vec<Fault> {
    let mut c = Check(vec![]);
    c.head(&sheet.code, &sheet.name, &sheet.version, &sheet.basis);
    c.unless(!sheet.case_types.is_empty(), "case_types", "请至少选择一种适用的案件类型");
    for (i, code) in sheet.case_types.iter().enumerate() {
        c.code(&CASE_TYPE, code, format!("case_types.{i}"));
    }
    c.unique(sheet.case_types.iter().map(String::as_str), "case_types", "code", "案件类型");
    match sheet.kind {
        Kind::Base => c.unless(sheet.tags.is_empty(), "tags", "基础表按案件类型适用，不能带标签"),
        Kind::Overlay => c.unless(!sheet.tags.is_empty(), "tags", "叠加表须有适用的标签，如“涉企”"),
    }
    c.unless(!sheet.items.is_empty(), "items", "评查表没有条目");
    let sum: Points = sheet.items.iter().map(|i| i.points).sum();
    if sum != Points::FULL {
        c.wrong("items", format!("各条目分值合计应为 100 分，现为 {sum} 分"));
    }
    c.unique(sheet.items.iter().map(|i| i.code.as_str()), "items", "code", "条目代码");
    c.unique(sheet.items.iter().map(|i| i.name.as_str()), "items", "name", "条目名称");
    for (i, item) in sheet.items.iter().enumerate() {
        check_item(&mut c, sheet, item, &format!("items.{i}"));
    }
    let mut seen = BTreeSet::new();
    for (i, item) in sheet.items.iter().enumerate() {
        for (j, m) in item.measures.iter().enumerate() {
            if !seen.insert(m.code.as_str()) {
                c.wrong(format!("items.{i}.measures.{j}.code"), format!("扣分事由代码“{}”重复", m.code));
            }
        }
    }
    check_tiers(&mut c, sheet, &seen);
    check_joints(&mut c, sheet);
    c.unique(sheet.vetoes.iter().map(|v| v.code.as_str()), "vetoes", "code", "否决项代码");
    c.unique(sheet.vetoes.iter().map(|v| v.text.as_str()), "vetoes", "text", "否决项");
    for (i, v) in sheet.vetoes.iter().enumerate() {
        c.filled(&v.code, &format!("vetoes.{i}.code"), "否决项代码");
        c.filled(&v.text, &format!("vetoes.{i}.text"), "否决项内容");
        if v.text.contains("确认") && !v.document {
            c.wrong(format!("vetoes.{i}.document"), "须经有权机关或者再审确认的否决项，应当要求写明其法律文书");
        }
    }
    for (i, note) in sheet.notes.iter().enumerate() {
        c.filled(note, &format!("notes.{i}"), "说明");
    }
    c.0
}

fn check_item(c: &mut Check, sheet: &Sheet, item: &Item, at: &str) {
    c.filled(&item.code, &format!("{at}.code"), "条目代码");
    c.filled(&item.name, &format!("{at}.name"), "条目名称");
    c.no_target(&item.name, &format!("{at}.name"));
    c.unless(item.points > Points::ZERO, &format!("{at}.points"), "条目分值应大于零");
    c.unless(!item.measures.is_empty(), &format!("{at}.measures"), "条目没有扣分事由");
    for (j, m) in item.measures.iter().enumerate() {
        let at = format!("{at}.measures.{j}");
        c.filled(&m.code, &format!("{at}.code"), "扣分事由代码");
        c.filled(&m.text, &format!("{at}.text"), "扣分事由");
        c.no_target(&m.text, &format!("{at}.text"));
        c.unless(m.min > Points::ZERO, &format!("{at}.min"), "扣分应大于零");
        c.unless(m.min <= m.max, &format!("{at}.max"), "最多扣分不能少于最少扣分");
        if m.max > item.points {
            c.wrong(format!("{at}.max"), format!("扣分 {} 分超过条目“{}”的 {} 分", m.max, item.name, item.points));
        }
        c.code(&SEVERITY, &m.severity, format!("{at}.severity"));
        if let Some(problem) = &m.problem {
            c.code(&PROBLEM, problem, format!("{at}.problem"));
        }
        if let Some(joint) = m.joint.as_ref().filter(|j| !sheet.joints.iter().any(|row| row.code == **j)) {
            c.wrong(format!("{at}.joint"), format!("没有合扣组“{joint}”"));
        }
    }
}

fn check_tiers(c: &mut Check, sheet: &Sheet, measures: &BTreeSet<&str>) {
    c.unique(sheet.tiers.iter().map(|t| t.code.as_str()), "tiers", "code", "扣分档");
    for (i, t) in sheet.tiers.iter().enumerate() {
        let at = format!("tiers.{i}");
        c.filled(&t.code, &format!("{at}.code"), "扣分档名称");
        c.filled(&t.text, &format!("{at}.text"), "扣分档说明");
        c.unless(!measures.contains(t.code.as_str()), &format!("{at}.code"), "扣分档与扣分事由的代码相同");
        c.code(&SEVERITY, &t.severity, format!("{at}.severity"));
        let fine = match (t.min, t.max) {
            (Some(min), Some(max)) => min > Points::ZERO && min <= max,
            (None, None) => true,
            _ => false,
        };
        c.unless(fine, &format!("{at}.max"), "扣分档应写明最少和最多扣分，或者都不写（满扣）");
    }
}

fn check_joints(c: &mut Check, sheet: &Sheet) {
    c.unique(sheet.joints.iter().map(|j| j.code.as_str()), "joints", "code", "合扣组代码");
    for (i, joint) in sheet.joints.iter().enumerate() {
        let at = format!("joints.{i}");
        c.filled(&joint.code, &format!("{at}.code"), "合扣组代码");
        c.filled(&joint.text, &format!("{at}.text"), "合扣组说明");
        let of = |item: &&Item| item.measures.iter().any(|m| m.joint.as_deref() == Some(joint.code.as_str()));
        let items: Vec<&Item> = sheet.items.iter().filter(of).collect();
        c.unless(items.len() >= 2, &at, "合扣组应有两个以上条目的扣分事由");
        let most: Points = items.iter().map(|i| i.points).sum();
        c.unless(joint.total > Points::ZERO && joint.total <= most, &format!("{at}.total"), "合扣分值应大于零，且不超过所涉条目分值之和");
    }
}

/// Everything that keeps a card from standing beside these sheets (the versions it will be used with).
pub fn check_card(card: &Card, sheets: &[&Sheet]) -> Vec<Fault> {
    let mut c = Check(vec![]);
    c.head(&card.code, &card.name, &card.version, &card.basis);
    c.unless(!card.sheets.is_empty(), "sheets", "请写明附卡附于哪张评查表");
    c.unless(!card.tags.is_empty(), "tags", "附卡须有适用的标签，如“立功”");
    c.unless(!card.questions.is_empty(), "questions", "附卡没有问题");
    c.unique(card.questions.iter().map(|q| q.code.as_str()), "questions", "code", "问题代码");
    for (i, q) in card.questions.iter().enumerate() {
        c.filled(&q.code, &format!("questions.{i}.code"), "问题代码");
        c.filled(&q.text, &format!("questions.{i}.text"), "问题");
    }
    for (i, code) in card.sheets.iter().enumerate() {
        let Some(sheet) = sheets.iter().find(|s| s.code == *code) else {
            c.wrong(format!("sheets.{i}"), format!("没有评查表“{code}”"));
            continue;
        };
        match sheet.item(&card.effect.item) {
            None => c.wrong("effect.item", format!("评查表“{code}”没有条目“{}”", card.effect.item)),
            Some(item) => {
                let fine = card.effect.points > Points::ZERO && card.effect.points <= item.points;
                c.unless(fine, "effect.points", "附卡扣分应大于零，且不超过条目分值");
                for (j, m) in card.effect.overlaps.iter().enumerate() {
                    let known = sheet.items.iter().any(|i| i.measures.iter().any(|row| row.code == *m));
                    c.unless(known, &format!("effect.overlaps.{j}"), "没有这一扣分事由");
                }
            }
        }
    }
    c.0
}

/// Everything that keeps a scale from standing.
pub fn check_scale(scale: &Scale) -> Vec<Fault> {
    let mut c = Check(vec![]);
    c.head(&scale.code, &scale.name, &scale.version, &scale.basis);
    c.unless(scale.grades.len() >= 2, "grades", "至少要有两个等次");
    c.unique(scale.grades.iter().map(|g| g.name.as_str()), "grades", "name", "等次");
    for (i, (g, next)) in scale.grades.iter().zip(scale.grades.iter().skip(1)).enumerate() {
        c.unless(g.from > next.from, &format!("grades.{i}.from"), "等次应从高到低排列，分数线逐级降低");
    }
    for (i, g) in scale.grades.iter().enumerate() {
        c.filled(&g.name, &format!("grades.{i}.name"), "等次名称");
        c.unless(g.from <= Points::FULL, &format!("grades.{i}.from"), "分数线不能超过 100 分");
    }
    if let Some((i, last)) = scale.grades.iter().enumerate().next_back() {
        c.unless(last.from == Points::ZERO && !last.clean, &format!("grades.{i}.from"), "最低等次应从 0 分起，不附条件");
    }
    c.0
}
