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
#[derive(Template, Default)]
#[template(path = "scoring.html")]
pub struct ScoringPage {
    pub frame: Frame,
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
