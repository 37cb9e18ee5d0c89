//! From a kind of paper and what is known to the sheet: fields take their places, what is empty is left out, headings are numbered.

use super::{Block, Given, Layout, Paper, Part, Sheet};
use std::collections::BTreeMap;

/// The sheet of this paper, as `given` knows it.
#[must_use]
pub fn compose(paper: &Paper, given: &Given) -> Sheet {
    let official = matches!(paper.layout, Layout::Document | Layout::Letter);
    let mut sheet = Sheet {
        code: paper.code.into(),
        layout: paper.layout,
        organ: given.organ.clone(),
        number: given.number.clone(),
        title: filled(paper.title, &given.values, true).unwrap_or_default(),
        to: given.values.get(paper.to).map_or_else(Vec::new, |to| names(to)),
        body: body(paper, given),
        attachments: given.attachments.clone(),
        signed: Some(given.organ.clone()).filter(|o| !o.is_empty()).into_iter().collect(),
        on: given.on,
        seal: official || paper.layout == Layout::Certificate,
        ..Sheet::default()
    };
    if official {
        sheet.copies.clone_from(&given.copies);
    }
    if paper.layout == Layout::Document {
        (sheet.printed_by, sheet.printed_on) = (given.organ.clone(), given.on);
    }
    sheet
}
fn body(paper: &Paper, given: &Given) -> Vec<Block> {
    let mut body = vec![];
    for part in paper.parts {
        match part {
            Part::Head(text) => body.extend(filled(text, &given.values, false).map(|t| Block::Heading(1, t))),
            Part::Say(text) => body.extend(filled(text, &given.values, false).iter().flat_map(|t| paragraphs(t))),
            Part::Text(field) => body.extend(given.values.get(*field).into_iter().flat_map(|t| paragraphs(t))),
            Part::Facts(fields) => body.extend(facts(fields.iter().filter_map(|f| pair(f, given)).collect())),
            Part::Table(field) => body.extend(table(field, given)),
            Part::All => {
                let of = |(head, pairs): &(String, Vec<(String, String)>)| [Some(Block::Heading(1, head.clone())), facts(pairs.clone())];
                body.extend(given.sections.iter().flat_map(of).flatten());
            }
        }
    }
    numbered(body)
}
fn facts(pairs: Vec<(String, String)>) -> Option<Block> {
    let told: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
    (!told.is_empty()).then_some(Block::Facts(told))
}
fn pair(field: &str, given: &Given) -> Option<(String, String)> {
    let value = given.values.get(field)?.clone();
    Some((label(field, given), value))
}
fn label(field: &str, given: &Given) -> String {
    given.labels.get(field).cloned().unwrap_or_else(|| field.to_owned())
}
fn table(field: &str, given: &Given) -> Option<Block> {
    let (head, rows) = given.tables.get(field).filter(|(_, rows)| !rows.is_empty())?;
    Some(Block::Table { caption: label(field, given), head: head.clone(), rows: rows.clone() })
}
/// A heading that nothing follows is dropped; the others are numbered.
fn numbered(body: Vec<Block>) -> Vec<Block> {
    let is_head = |b: &Block| matches!(b, Block::Heading(1, _));
    let bare: Vec<bool> = (0..body.len()).map(|at| body.get(at).is_some_and(is_head) && body.get(at + 1).is_none_or(is_head)).collect();
    let mut n = 0;
    let kept = body.into_iter().zip(bare).filter(|(_, bare)| !bare);
    kept.map(|(block, _)| match block {
        Block::Heading(1, text) => {
            n += 1;
            Block::Heading(1, format!("{}、{text}", numeral(n)))
        }
        other => other,
    })
    .collect()
}
/// 一 to 九十九.
fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: usize| DIGITS.get(n).copied().unwrap_or_default();
    match (n / 10, n % 10) {
        (0, one) => digit(one).to_owned(),
        (1, one) => format!("十{}", digit(one)),
        (ten, one) => format!("{}十{}", digit(ten), digit(one)),
    }
}
fn paragraphs(text: &str) -> Vec<Block> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| Block::Text(line.to_owned())).collect()
}
fn names(text: &str) -> Vec<String> {
    text.split(['、', '\n', '；']).map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect()
}
/// Names of the fields between braces.
pub(super) fn named(text: &'static str) -> Vec<&'static str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}
/// The text with its fields in place; none where one of them is empty, unless it may have gaps.
fn filled(text: &'static str, values: &BTreeMap<String, String>, gaps: bool) -> Option<String> {
    let mut said = String::new();
    let mut pieces = text.split('{');
    said.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, after) = piece.split_once('}')?;
        let value = values.get(name).map_or("", |v| v.trim());
        if value.is_empty() && !gaps {
            return None;
        }
        said.push_str(value);
        said.push_str(after);
    }
    Some(said)
}
