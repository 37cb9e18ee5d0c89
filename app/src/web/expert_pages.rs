//! Pages an expert works on: the scoring sheet and the reading room. Final words only, as in `pages`.
use askama::Template;

use super::pages::{Due, FieldView, Frame, Input, Options};

/// One row of deduction as typed.
#[derive(Clone, Debug, Default)]
pub struct SheetRow {
    pub n: usize,
    pub item: String,
    /// What a reader that sees no table calls the row.
    pub label: String,
    pub points: String,
    pub page: String,
    pub problem: String,
    pub severity: String,
    pub note: String,
    /// 扣分事由, on a whole sheet.
    pub by: String,
    /// 有权机关文书, of a veto on a whole sheet.
    pub document: String,
    /// Grounds to choose from, on a whole sheet.
    pub grounds: Options,
    /// `(column, message)`.
    pub errors: Vec<(&'static str, String)>,
}
impl SheetRow {
    /// What is wrong with this cell; empty when nothing is.
    pub fn wrong(&self, column: &str) -> &str {
        self.errors.iter().find(|(c, _)| *c == column).map_or("", |(_, say)| say.as_str())
    }
}
#[derive(Clone, Debug, Default)]
pub struct SheetItem {
    pub name: String,
    pub full: String,
    /// In tenths, for the script.
    pub tenths: i64,
    pub criteria: String,
    pub tiers: String,
    /// Title of the sheet, at its first item.
    pub part: Option<String>,
    /// Which sheet, from 0.
    pub nth_part: usize,
    pub substantive: bool,
    pub grounds: Options,
    pub rows: Vec<SheetRow>,
    /// "0" where nothing is lost.
    pub lost: String,
    pub left: String,
    pub open: bool,
}
#[derive(Clone, Debug, Default)]
pub struct SheetVeto {
    pub text: String,
    pub basis: String,
    pub ticked: bool,
}
/// A question of the card with what has been answered.
#[derive(Clone, Debug, Default)]
pub struct SheetQuestion {
    pub n: usize,
    pub text: String,
    pub optional: bool,
    pub said: String,
    pub page: String,
    pub note: String,
    pub error: String,
}
#[derive(Clone, Debug, Default)]
pub struct SheetCard {
    pub name: String,
    pub notes: String,
    /// Place of the item it costs, from 1, and how much, in tenths: for the script.
    pub item: usize,
    pub tenths: i64,
    pub questions: Vec<SheetQuestion>,
}
#[derive(Template, Default)]
#[template(path = "scoring.html")]
pub struct ScoringPage {
    pub frame: Frame,
    pub cites: std::sync::Arc<crate::rules::Library>,
    pub number: String,
    pub heading: String,
    pub explain: String,
    pub action: String,
    pub version: String,
    pub key: String,
    /// Name of the sheet's field.
    pub field: &'static str,
    pub due: Option<Due>,
    pub sealed: bool,
    /// `(anchor, label, message)`.
    pub errors: Vec<(String, String, String)>,
    pub draft: Option<String>,
    pub draft_url: String,
    pub vetoes: Vec<SheetVeto>,
    pub veto_rows: Vec<SheetRow>,
    pub items: Vec<SheetItem>,
    /// Counted on whole sheets: rows name a ground.
    pub whole: bool,
    pub parts: usize,
    pub card: Option<SheetCard>,
    /// An empty row, for the script.
    pub blank: SheetRow,
    pub others: Vec<FieldView>,
    /// What was said besides the sheet, once it is locked.
    pub said: Vec<(String, String)>,
    pub total: String,
    pub grade: String,
    /// `"瑕疵 70–84.9 分"`.
    pub grade_words: String,
    pub grade_tone: &'static str,
    /// `[["优质", 950], …]`, for the script.
    pub scale: String,
    /// `(anchor, label)` of what is still missing.
    pub open: Vec<(String, String)>,
    pub locked: bool,
    /// Asks once more: what the sheet comes to, and every value as it will be sent.
    pub confirm: Option<(String, Vec<(String, String)>)>,
    /// `(line, line)` printed over the page.
    pub watermark: (String, String),
    /// `(label, address)`.
    pub papers: Vec<(String, String)>,
    pub recuse: Option<String>,
    pub problems: Options,
    pub severities: Options,
}
/// One paper of a dossier, or the list of them.
#[derive(Template, Default)]
#[template(path = "reading.html")]
pub struct ReadingPage {
    pub frame: Frame,
    pub number: String,
    /// `(label, size, address, shown now)`.
    pub papers: Vec<(String, String, String, bool)>,
    pub shown: Option<Shown>,
    pub watermark: (String, String),
    /// Back to the sheet.
    pub sheet: Option<String>,
}
/// How a paper is shown.
pub enum Shown {
    /// Address, label.
    Image(String, String),
    Pdf(String, String),
    Text(String, String),
    /// A kind that no page can show.
    Closed(String),
}
