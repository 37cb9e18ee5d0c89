//! Pages of an accompanied observation: the observer's form on a phone, the papers to print. Final words only, as in `pages`.
use askama::Template;

use super::pages::Frame;

/// What stands at an item on some device.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub result: String,
    pub note: String,
    pub at: String,
    /// As a choice sends it.
    pub json: String,
    /// All of it as one line.
    pub words: String,
}
#[derive(Clone, Debug, Default)]
pub struct ObserveItem {
    pub code: String,
    pub label: String,
    pub hint: &'static str,
    pub rev: u64,
    pub said: Said,
    /// What other devices said: the person chooses.
    pub others: Vec<Said>,
    /// Addresses of photographs.
    pub photos: Vec<String>,
    pub error: String,
}
#[derive(Template, Default)]
#[template(path = "observe.html")]
pub struct ObservePage {
    pub csrf: String,
    pub number: String,
    /// 监督员1（组长）.
    pub seat: String,
    pub unit: String,
    pub task: String,
    pub enterprise: String,
    pub arrived: String,
    pub saved: String,
    /// What may be done now: nothing where the form is not open.
    pub open: bool,
    pub closed: &'static str,
    pub items: Vec<ObserveItem>,
    pub all: ObserveItem,
    pub filled: usize,
    pub errors: Vec<(String, String)>,
    pub confirm: bool,
    /// `(label, address)`.
    pub ways: Vec<(String, String)>,
    pub most: usize,
}
/// A paper to print, with what proves it.
#[derive(Template, Default)]
#[template(path = "observation_paper.html")]
pub struct PaperPage {
    pub frame: Frame,
    pub number: String,
    pub heading: String,
    pub doc_no: String,
    pub to: String,
    pub words: Vec<String>,
    pub facts: Vec<(String, String)>,
    pub signed: String,
    pub proof: Vec<(String, String)>,
    pub checkpoint: String,
    pub note: String,
}
