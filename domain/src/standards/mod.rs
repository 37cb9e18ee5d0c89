//! 评查标准 as data (`case-review.md` D, B3 step 5; M2.2, M2.3): versioned sheets with items, deductions and vetoes, the
//! pass/fail card (立功), overlays (涉企) and scales of grades. A review is pinned to versions for ever ([`Pin`]).
//! The sheets are our own setting (本机构设定，非法定); structure and legal references follow `case-review.md` D.
//!
//! Points are whole hundredths ([`Points`]), so half points and panel means are exact and no float enters a score.
mod check;
mod content;
mod diff;
mod library;
mod points;
mod rows;
mod score;
mod sheet;
mod tally;

pub use check::{check_card, check_scale, check_sheet};
pub use content::Content;
pub use diff::{Change, ChangeKind, diff};
pub use library::{Library, Pin, Pinned, Ref, SHIPPED, SHIPPED_CARD, SHIPPED_SCALES};
pub use points::Points;
pub use rows::{COLUMNS, card_rows, read_card, read_sheet, sheet_rows};
pub use score::{Answer, Deduction, Said, Scoring, VetoMark, names_pages};
pub use sheet::{Card, Effect, Grade, Item, Joint, Kind, Measure, Question, Scale, Sheet, Tier, Veto};
pub use tally::{ItemScore, Reason, Score, lower, score};

/// Something wrong, with its place, for a form or an import list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// A path such as `items.2.points`, `deductions.0.pages` or, for rows, `第 12 行`.
    pub place: String,
    /// What is wrong and what to do, in Chinese.
    pub message: String,
}
impl Fault {
    pub(crate) fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}
