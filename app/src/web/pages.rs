//! What each page shows: final words only. Templates hold the markup of the prototype; nothing here decides anything.
use askama::Template;
use std::sync::Arc;

use crate::rules::Library;

/// What every page has around it.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    pub title: String,
    /// `(label, address or nothing)`.
    pub crumbs: Vec<(String, String)>,
    pub nav: Vec<NavGroup>,
    /// Name and acting identity.
    pub who: String,
    pub identities: Vec<String>,
    pub waiting: u32,
    /// Notices not read yet, counted up to a hundred.
    pub unread: u32,
    pub q: String,
    /// `(words, address of the record)`.
    pub flash: Option<(String, String)>,
    pub csrf: String,
    /// The line printed on paper.
    pub printed: String,
}
#[derive(Clone, Debug, Default)]
pub struct NavGroup {
    pub label: &'static str,
    /// Only its name is shown until it is opened.
    pub folded: bool,
    pub entries: Vec<NavEntry>,
}
#[derive(Clone, Debug, Default)]
pub struct NavEntry {
    pub label: String,
    pub href: String,
    pub count: u32,
    pub current: bool,
}
/// 期限: `tone` is the modifier of the prototype's class: "over", "today", "soon", "pause", "done" or nothing.
#[derive(Clone, Debug, Default)]
pub struct Due {
    pub tone: &'static str,
    pub words: String,
    pub day: String,
    pub iso: String,
    pub tentative: bool,
}
/// 阶段: `shape` is "wait", "back", "done", "end" or nothing (running).
#[derive(Clone, Debug, Default)]
pub struct Stage {
    pub shape: &'static str,
    pub label: String,
}
#[derive(Clone, Debug, Default)]
pub struct Ball {
    pub me: bool,
    pub words: String,
}
pub type Marked = Vec<(bool, String)>;
/// `(value, label, chosen)`.
pub type Options = Vec<(String, String, bool)>;

#[derive(Template, Default)]
#[template(path = "login.html")]
pub struct LoginPage {
    pub error: Option<String>,
    pub login: String,
    pub next: String,
    /// `(log-in, password, who)`; empty outside a demonstration.
    pub demo: Vec<(String, String, String)>,
    pub foot: String,
}
#[derive(Template, Default)]
#[template(path = "invitation.html")]
pub struct InvitationPage {
    pub name: String,
    pub login: String,
    /// SVG path data of the QR code and its size.
    pub qr: (String, i32),
    pub secret: String,
    pub error_password: Option<String>,
    pub error_code: Option<String>,
    pub done: bool,
}
/// First run: the office, then the three one-time links.
#[derive(Template, Default)]
#[template(path = "setup.html")]
pub struct SetupPage {
    pub org: String,
    pub code: String,
    pub error_org: Option<String>,
    pub error_code: Option<String>,
    /// `(log-in, who, token)`.
    pub links: Vec<(String, String, String)>,
}
/// 移送包: `(masked, text)` in order.
#[derive(Template, Default)]
#[template(path = "package.html")]
pub struct PackagePage {
    pub frame: Frame,
    pub number: String,
    pub approved: bool,
    pub digest: String,
    pub counts: Vec<(&'static str, usize)>,
    pub pieces: Marked,
    pub watermark: (String, String),
}
/// A value on the page of a matter.
pub enum Told {
    Text(String),
    /// Text and address.
    Link(String, String),
    /// Headings and rows of `(text, address or nothing)`.
    Table(Vec<&'static str>, Vec<Vec<(String, String)>>),
}
#[derive(Template, Default)]
#[template(path = "workbench.html")]
pub struct Workbench {
    pub frame: Frame,
    pub cites: Arc<Library>,
    pub day: String,
    pub funnel: Vec<FunnelCell>,
    pub groups: Vec<TodoGroup>,
    /// How many of those that wait are listed: the most urgent ones.
    pub shown: usize,
    pub more: bool,
    pub sent: Vec<Todo>,
    pub quick: Vec<(String, String)>,
    pub notices: Vec<(String, String, String)>,
    /// `(name, address)` of searches kept.
    pub saved: Vec<(String, String)>,
    pub recent: Vec<Moment>,
    pub snapshot: String,
    pub pictures: super::workbench::Pictures,
}
#[derive(Clone, Debug, Default)]
pub struct FunnelCell {
    pub label: &'static str,
    pub number: i64,
    pub note: String,
    pub href: String,
}
#[derive(Clone, Debug, Default)]
pub struct TodoGroup {
    pub label: &'static str,
    pub tone: &'static str,
    pub items: Vec<Todo>,
}
#[derive(Clone, Debug, Default)]
pub struct Todo {
    pub due: Option<Due>,
    pub href: String,
    pub title: String,
    pub sub: String,
}
/// A line of a timeline or of the ledger.
#[derive(Clone, Debug, Default)]
pub struct Moment {
    pub actor: String,
    pub what: String,
    pub fields: Vec<(String, String)>,
    pub time: String,
    pub seq: u64,
    pub mark: String,
    pub system: bool,
    pub red: bool,
}
#[derive(Template, Default)]
#[template(path = "list.html")]
pub struct ListPage {
    pub frame: Frame,
    pub heading: String,
    pub explain: String,
    /// `(label, address, current, key to delete a saved view)`.
    pub tabs: Vec<(String, String, bool)>,
    pub filters: Vec<Select>,
    pub q: String,
    pub action: String,
    pub rows: Vec<ListRow>,
    pub kinds: bool,
    /// `(action, label)` safe in bulk.
    pub bulk: Vec<(String, String)>,
    pub bulk_action: String,
    pub key: String,
    pub prev: Option<String>,
    pub next: Option<String>,
    pub words: String,
    pub export: Option<String>,
    pub openings: Vec<(String, String)>,
    pub views: Option<String>,
    /// One's own saved views, to be dropped.
    pub own: Vec<(i64, String)>,
    pub query: String,
    pub empty: String,
}
#[derive(Clone, Debug, Default)]
pub struct Select {
    pub name: &'static str,
    pub label: &'static str,
    /// `(value, label, chosen)`.
    pub options: Vec<(String, String, bool)>,
}
#[derive(Clone, Debug, Default)]
pub struct ListRow {
    pub number: String,
    pub kind: String,
    pub title: Marked,
    pub gist: Marked,
    pub unit: String,
    pub codes: Vec<String>,
    pub stage: Stage,
    pub ball: Option<Ball>,
    pub due: Option<Due>,
}
/// A box of the picture of a loop.
#[derive(Default)]
pub struct LoopBox {
    pub x: i64,
    pub y: i64,
    /// `over`, `done`, `hidden` or nothing.
    pub tone: &'static str,
    pub here: bool,
    pub number: String,
    pub title: String,
    pub lines: [String; 3],
}
/// A matter of the loop, in the table beneath the picture.
pub struct LoopRow {
    pub number: String,
    pub kind: String,
    pub title: String,
    pub stage: Stage,
    /// Numbers of what led to it.
    pub from: String,
    pub here: bool,
}
#[derive(Template)]
#[template(path = "loop.html")]
pub struct LoopPage {
    pub frame: Frame,
    pub number: String,
    pub width: i64,
    pub height: i64,
    /// Path data.
    pub arrows: Vec<String>,
    pub boxes: Vec<LoopBox>,
    pub rows: Vec<LoopRow>,
    pub hidden: usize,
}
/// The beginning of a text that has to fit.
pub fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}
#[derive(Template, Default)]
#[template(path = "matter.html")]
pub struct MatterPage {
    pub frame: Frame,
    pub cites: Arc<Library>,
    pub number: String,
    pub kind: String,
    pub tags: Vec<(String, &'static str)>,
    pub title: String,
    pub stage: Stage,
    pub ball: Option<Ball>,
    pub due: Option<Due>,
    /// `(label, small, "done" | "now" | "")`.
    pub track: Vec<(String, String, &'static str)>,
    pub branches: Vec<String>,
    pub actions: Vec<Action>,
    /// `(label, address)`: pages about this matter that change nothing.
    pub tools: Vec<(String, String)>,
    /// `(label, address)`: what is opened next from here.
    pub onward: Vec<(String, String)>,
    pub standing: String,
    pub deadlines: Vec<WhiteBox>,
    pub chain: Vec<ChainLink>,
    pub sections: Vec<(String, Vec<(String, Told)>)>,
    /// `(name, address, sub)`.
    pub files: Vec<(String, String, String)>,
    pub sealed: Option<(Vec<String>, Option<String>)>,
    pub timeline: Vec<Moment>,
    pub viewers: Vec<(String, String)>,
}
#[derive(Clone, Debug, Default)]
pub struct Action {
    pub label: String,
    pub href: String,
    pub blocked: Option<String>,
    pub main: bool,
}
#[derive(Clone, Debug, Default)]
pub struct WhiteBox {
    pub label: String,
    pub due: Due,
    pub words: String,
    /// `(what, detail, day)`.
    pub steps: Vec<(String, String, String)>,
    /// Weeks of `(day, mark, class)`.
    pub grid: Vec<Vec<(String, String, &'static str)>>,
}
#[derive(Clone, Debug, Default)]
pub struct ChainLink {
    pub kind: String,
    pub number: String,
    pub title: String,
    pub stage: Stage,
    pub here: bool,
    pub hidden: bool,
}
#[derive(Template, Default)]
#[template(path = "form.html")]
pub struct FormPage {
    pub frame: Frame,
    pub heading: String,
    pub explain: String,
    pub action: String,
    pub fields: Vec<FieldView>,
    /// `(field name, label, message)`.
    pub errors: Vec<(String, String, String)>,
    pub version: String,
    pub key_name: &'static str,
    pub key: String,
    pub submit: String,
    pub cancel: String,
    /// What cannot be undone, for a step that asks once more.
    pub grave: Option<String>,
    pub conflict: Vec<String>,
    pub draft: Option<String>,
    pub draft_url: String,
    pub multipart: bool,
    pub hidden: Vec<(String, String)>,
}
#[derive(Clone, Debug, Default)]
pub struct FieldView {
    pub name: String,
    pub label: String,
    pub hint: String,
    pub required: bool,
    pub error: Option<String>,
    pub input: Input,
}
/// A cell of a table that is filled in.
#[derive(Clone, Debug)]
pub struct FormCell {
    pub name: String,
    pub label: &'static str,
    pub value: String,
    /// Of a closed set; empty where anything is written.
    pub options: Options,
}
/// How a field is filled in.
#[derive(Clone, Debug)]
pub enum Input {
    Line(String),
    Text(String),
    Date(String),
    YesNo(Option<bool>),
    /// One of many, as a list.
    One(Vec<(String, String, bool)>),
    Many(Vec<(String, String, bool)>),
    /// A text with suggestions.
    Pick(String, Vec<(String, String)>),
    /// Headings and the cells of each row.
    Rows(Vec<&'static str>, Vec<Vec<FormCell>>),
    /// `(id, name)` of what has been added already.
    Files(Vec<(String, String)>),
    Secret,
}
impl Default for Input {
    fn default() -> Self {
        Self::Line(String::new())
    }
}
#[derive(Template, Default)]
#[template(path = "table.html")]
pub struct TablePage {
    pub frame: Frame,
    pub heading: String,
    pub explain: String,
    pub notes: Vec<String>,
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
    /// `(label, address)`.
    pub links: Vec<(String, String)>,
    pub form: Option<SmallForm>,
    pub empty: String,
    /// What to do where it is empty.
    pub hint: String,
}
#[derive(Clone, Debug)]
pub enum Cell {
    Text(String),
    /// What the rows under it belong to.
    Head(String),
    Code(String),
    Link(String, String),
    Number(String),
    Tag(String, &'static str),
    /// Address, label, hidden values: a button that changes something.
    Button(String, String, Vec<(String, String)>),
    Area(String),
}
impl Cell {
    /// A number, also one that leads to what it counts; nothing counts as either.
    fn counts(&self) -> bool {
        match self {
            Self::Number(_) => true,
            Self::Link(t, _) => !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()),
            Self::Text(t) => t.is_empty(),
            _ => false,
        }
    }
}
impl TablePage {
    /// Columns of nothing but numbers: they stand to the right.
    fn numbers(&self) -> Vec<bool> {
        let all = |n: usize| self.rows.iter().all(|r| r.get(n).is_some_and(Cell::counts));
        (0..self.columns.len()).map(|n| !self.rows.is_empty() && all(n)).collect()
    }
}
/// A form under a table.
#[derive(Clone, Debug, Default)]
pub struct SmallForm {
    pub heading: String,
    pub action: String,
    pub fields: Vec<FieldView>,
    pub submit: String,
    pub multipart: bool,
    /// Asks and changes nothing.
    pub get: bool,
}
/// A row of a file, and what the house holds that it seems to be.
pub struct KnownRow {
    pub row: u32,
    pub cells: Vec<String>,
    pub theirs: Vec<crate::import::Brief>,
}
#[derive(Template, Default)]
#[template(path = "import.html")]
pub struct ImportPage {
    pub frame: Frame,
    pub heading: String,
    pub n: i64,
    pub counts: Vec<(String, String)>,
    /// `(row, column, message, fatal)`.
    pub problems: Vec<(String, String, String, bool)>,
    pub problems_more: usize,
    /// Groups of rows side by side: first cell names the row.
    pub duplicates: Vec<Vec<Vec<String>>>,
    /// Rows beside the matters of the house they seem to be.
    pub known: Vec<KnownRow>,
    pub known_more: usize,
    /// Columns that must be there and are not.
    pub missing: String,
    /// `(header, sample, column index, options)`.
    pub mapping: Vec<(String, String, usize, Options)>,
    /// `(done, total)` while rows are being taken in.
    pub progress: Option<(i64, i64)>,
    pub state: String,
    pub state_label: String,
    pub outcome: Vec<String>,
    pub batch: String,
    pub can_take: bool,
    pub rows: Vec<(u32, String, String)>,
    pub key: String,
}
#[derive(Template, Default)]
#[template(path = "error.html")]
pub struct ErrorPage {
    pub status: u16,
    pub heading: String,
    pub words: String,
    pub reference: Option<String>,
}
/// Renders; a template of ours cannot fail but by running out of memory.
pub fn html(page: &impl Template) -> String {
    page.render().unwrap_or_default()
}
