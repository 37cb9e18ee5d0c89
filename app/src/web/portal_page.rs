//! What the portal shows: one page whose sections are all in it, so that no address, no size and no request tells which one is read.
use askama::Template;
use domain::procedures::joint_conference::Circular;
use jiff::civil::Date;

use super::pages::Options;

/// How a field is filled in.
#[derive(Clone, Debug)]
pub enum Control {
    /// A line, and the keyboard a telephone shows for it.
    Line(String, &'static str),
    Text(String),
    Date(String),
    /// One of a few, side by side.
    Seg(Options),
    One(Options),
    Many(Options),
    /// A unit, typed with a list to choose from.
    Unit(String),
    Files,
}
#[derive(Clone, Debug)]
pub struct PortalField {
    /// In the page: fields of several forms bear the same name.
    pub id: String,
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub required: bool,
    /// Of no use to somebody who stays anonymous.
    pub named: bool,
    pub error: Option<String>,
    pub control: Control,
}
/// A form of a section of its own.
#[derive(Clone, Debug, Default)]
pub struct FormPart {
    pub op: &'static str,
    pub heading: &'static str,
    pub lead: &'static str,
    pub ticket: String,
    pub bits: u32,
    pub fields: Vec<PortalField>,
    /// `(id of the field, what is wrong)`.
    pub errors: Vec<(String, String)>,
    /// Why it was not taken though nothing in it is wrong.
    pub note: Option<String>,
    /// Attachments that must be chosen again.
    pub lost: Vec<String>,
    pub strong: bool,
    pub agreed: bool,
    pub agree_error: Option<String>,
    pub multipart: bool,
}
/// Asking for a matter by its receipt.
#[derive(Clone, Debug, Default)]
pub struct SeekPart {
    pub number: String,
    pub number_error: Option<String>,
    pub code_error: Option<String>,
    pub note: Option<String>,
}
/// What is shown once.
#[derive(Clone, Debug, Default)]
pub struct ReceiptPart {
    pub number: String,
    pub number_shown: String,
    /// In groups of four; empty where it was shown before.
    pub code: Vec<String>,
    pub signs: usize,
    pub day: String,
    pub owner: String,
    /// What would help whoever handles it.
    pub hint: Option<&'static str>,
}
#[derive(Clone, Debug, Default)]
pub struct LetterView {
    pub day: String,
    pub iso: String,
    pub label: &'static str,
    pub own: bool,
    pub texts: Vec<(&'static str, String)>,
}
/// A step the reporter can take on his matter.
#[derive(Clone, Debug, Default)]
pub struct ActPart {
    pub action: &'static str,
    pub label: &'static str,
    pub ticket: String,
    pub fields: Vec<PortalField>,
    pub errors: Vec<(String, String)>,
    pub note: Option<String>,
    pub lost: Vec<String>,
    pub grave: bool,
    pub open: bool,
    pub multipart: bool,
    /// Why it cannot be taken yet.
    pub blocked: Option<&'static str>,
}
/// A matter as its reporter sees it.
#[derive(Clone, Debug, Default)]
pub struct MatterPart {
    pub kind: &'static str,
    pub number: String,
    pub number_shown: String,
    pub code: String,
    pub phase: &'static str,
    pub closed: bool,
    pub owner: String,
    /// `(label, day in words, ISO)`.
    pub due: Option<(&'static str, String, String)>,
    pub said: Option<String>,
    /// `(label, text)`: what the office reads of it, and the gist that goes on.
    pub facts: Vec<(&'static str, String)>,
    pub letters: Vec<LetterView>,
    pub acts: Vec<ActPart>,
}
/// A circular anybody may read.
#[derive(Clone, Debug, Default)]
pub struct CircularPart {
    pub title: String,
    pub doc_no: String,
    pub day: String,
    pub analysis: Vec<String>,
    /// `(group, label, value)`.
    pub figures: Vec<(String, String, String)>,
}
/// So many circulars stand on the page; earlier ones are asked for at the office.
pub const PUBLISHED: usize = 4;
impl CircularPart {
    /// As the page shows it.
    pub fn of((title, c): (String, Circular)) -> Self {
        Self {
            title,
            doc_no: c.doc_no,
            day: c.issued.map(words).unwrap_or_default(),
            analysis: c.analysis.lines().filter(|l| !l.trim().is_empty()).map(ToOwned::to_owned).collect(),
            figures: c.figures.into_iter().map(|f| (f.group, f.label, f.value)).collect(),
        }
    }
}
/// A day in words: the portal knows no hours.
pub fn words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}
/// The page.
#[derive(Template, Default)]
#[template(path = "portal.html")]
pub struct PortalPage {
    /// The section shown where the address names none; the last one, so that a rule of the stylesheet can hide it behind another.
    pub here: &'static str,
    pub owner: String,
    pub hotline: String,
    /// Periods in words, by their code.
    pub periods: Vec<(&'static str, String)>,
    pub few: usize,
    pub published: Vec<CircularPart>,
    pub units: Vec<String>,
    pub report: Option<FormPart>,
    pub observe: Option<FormPart>,
    pub seek: SeekPart,
    pub receipt: Option<ReceiptPart>,
    pub matter: Option<MatterPart>,
    /// `(heading, words, reference)`.
    pub trouble: Option<(String, String, Option<String>)>,
}
impl PortalPage {
    /// Sections in the order of the page.
    fn parts(&self) -> Vec<&'static str> {
        let others = ["report", "observe", "progress", "home"].into_iter().filter(|p| *p != self.here);
        others.chain([self.here]).collect()
    }
    fn period(&self, code: &str) -> &str {
        self.periods.iter().find(|(c, _)| *c == code).map_or("期限待公布", |(_, words)| words.as_str())
    }
}
/// Sizes are told apart by steps only: of one step are the page itself, every refusal and every matter of usual length.
const STEP: usize = 64 << 10;
/// A page filled up to its step.
pub fn padded(mut html: String) -> String {
    let wanted = (html.len() + 9).div_ceil(STEP).next_power_of_two() * STEP;
    let fill = wanted - html.len() - 9;
    html.push_str("\n<!--");
    html.extend(std::iter::repeat_n('.', fill));
    html.push_str("-->\n");
    html
}
