//! A standard as it is imported, exported and kept: a sheet or a card, from JSON or from the rows of a table.

use super::{Card, Fault, Sheet, card_rows, check_card, check_sheet, read_card, read_sheet};

/// A sheet or a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// 基础表、叠加表.
    Sheet(Box<Sheet>),
    /// 附卡.
    Card(Box<Card>),
}
impl Content {
    /// From JSON: a card is told by its questions.
    ///
    /// # Errors
    /// A Chinese sentence with the line where reading stopped.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let questions =
            serde_json::from_str::<serde_json::Value>(text.trim_start_matches('\u{feff}')).is_ok_and(|v| v.get("questions").is_some());
        if questions {
            Card::from_json(text).map(|c| Self::Card(Box::new(c)))
        } else {
            Sheet::from_json(text).map(|s| Self::Sheet(Box::new(s)))
        }
    }
    /// From the rows of a table: a card says so in its head.
    ///
    /// # Errors
    /// Every fault with its row.
    pub fn from_rows(rows: &[Vec<String>]) -> Result<Self, Vec<Fault>> {
        let says = |r: &Vec<String>| [r.first(), r.get(1), r.get(3)].map(|c| c.map_or("", |t| t.trim())) == ["表", "种类", "附卡"];
        if rows.iter().any(says) {
            read_card(rows).map(|c| Self::Card(Box::new(c)))
        } else {
            read_sheet(rows).map(|s| Self::Sheet(Box::new(s)))
        }
    }
    /// What keeps it from standing; a card is judged beside the sheets it goes with.
    pub fn faults(&self, sheets: &[&Sheet]) -> Vec<Fault> {
        match self {
            Self::Sheet(sheet) => check_sheet(sheet),
            Self::Card(card) => check_card(card, sheets),
        }
    }
    /// As JSON; reading it back gives the same.
    pub fn to_json(&self) -> String {
        match self {
            Self::Sheet(sheet) => sheet.to_json(),
            Self::Card(card) => card.to_json(),
        }
    }
    /// As rows, heading first.
    pub fn rows(&self) -> Vec<Vec<String>> {
        match self {
            Self::Sheet(sheet) => super::sheet_rows(sheet),
            Self::Card(card) => card_rows(card),
        }
    }
    /// Such as `D1`.
    pub fn code(&self) -> &str {
        match self {
            Self::Sheet(sheet) => &sheet.code,
            Self::Card(card) => &card.code,
        }
    }
    /// The sheet, if it is one.
    pub fn sheet(&self) -> Option<&Sheet> {
        if let Self::Sheet(sheet) = self { Some(sheet) } else { None }
    }
    /// The card, if it is one.
    pub fn card(&self) -> Option<&Card> {
        if let Self::Card(card) = self { Some(card) } else { None }
    }
}
