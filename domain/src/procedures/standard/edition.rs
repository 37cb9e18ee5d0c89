//! What one reads of a whole sheet or card: the rows of an edition.
use super::{Edition, Item, Veto};
use crate::standards::{Card, Content, Measure, Sheet};

/// “D1.3.1 每处 2”, “D1.3.2 2 至 4”.
fn costs(m: &Measure) -> String {
    let range = if m.min == m.max { m.min.to_string() } else { format!("{} 至 {}", m.min, m.max) };
    format!("{} {}{range}", m.code, if m.each { "每处 " } else { "" })
}
fn of_sheet(sheet: &Sheet) -> Edition {
    let item = |i: &crate::standards::Item| Item {
        item: format!("{} {}", i.code, i.name),
        full: i.points.to_string(),
        criteria: i.measures.iter().map(|m| m.text.as_str()).collect::<Vec<_>>().join("；"),
        tiers: i.measures.iter().map(costs).collect::<Vec<_>>().join("；"),
    };
    let veto = |v: &crate::standards::Veto| Veto {
        veto: format!("{} {}", v.code, v.text),
        basis: if v.document { "须有有权机关文书".into() } else { String::new() },
    };
    Edition {
        name: format!("{} {}", sheet.code, sheet.name),
        standard_kind: sheet.kind.label().into(),
        case_type: sheet.case_types.first().filter(|_| sheet.case_types.len() == 1).cloned(),
        edition: sheet.version.clone(),
        items: sheet.items.iter().map(item).collect(),
        vetoes: sheet.vetoes.iter().map(veto).collect(),
        basis: Some(sheet.basis.clone()),
        ..Edition::default()
    }
}
fn of_card(card: &Card) -> Edition {
    let item = |q: &crate::standards::Question| Item { item: format!("{} {}", q.code, q.text), ..Item::default() };
    Edition {
        name: format!("{} {}", card.code, card.name),
        standard_kind: "附卡".into(),
        edition: card.version.clone(),
        items: card.questions.iter().map(item).collect(),
        basis: Some(card.basis.clone()),
        ..Edition::default()
    }
}
impl From<&Content> for Edition {
    fn from(content: &Content) -> Self {
        match content {
            Content::Sheet(sheet) => of_sheet(sheet),
            Content::Card(card) => of_card(card),
        }
    }
}
