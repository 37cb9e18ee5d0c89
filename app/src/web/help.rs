//! 帮助: the handbook (`docs/handbook`), with what the tables know beside what is written by hand: states, steps, deadlines, papers.
use askama::Template;
use domain::engine::Kind;
use domain::papers::PAPERS;
use domain::registers::codes;

use super::markdown::{Line, Piece, Span, read, spans};
use super::pages::{Frame, html};
use super::present;
use super::visit::{Reply, Visit};
use crate::charts::states::{self, States};
use crate::failure::{Failure, Result};

macro_rules! pages {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../../../docs/handbook/", $name, ".md")))),*] };
}
macro_rules! pictures {
    ($($name:literal)*) => { &[$(($name, include_bytes!(concat!("../../../docs/handbook/pictures/", $name, ".png")))),*] };
}
/// The first is the index; `role-…` is for one role, the name of a procedure for that procedure.
#[rustfmt::skip]
pub const PAGES: &[(&str, &str)] = pages! {
    "README" "basics" "search" "statistics" "notices" "archive"
    "role-R1" "role-R2" "role-R3" "role-R4" "role-R5" "role-R6" "role-R7" "role-R8" "role-R9" "role-R10" "role-R11" "role-R12" "role-R13"
    "role-R14" "role-R15" "role-R16" "role-R17" "role-R18" "role-R19" "role-R20" "role-SYS" "role-SEC" "role-AUD"
    "clue" "prompt" "review_batch" "review" "dossier" "expert" "standard" "common_problem" "annual_plan" "inspection" "working_paper"
    "special_check" "rectification" "accountability" "procuratorial_opinion" "escalation" "joint_rule" "joint_conference"
    "conference_task" "referral" "packet" "directed_supervision" "half_year_report" "negative_list_entry" "enterprise_appeal"
    "inquiry_record" "secondment" "judicial_relief" "administrative_supervision" "enforcement_record" "observation"
    "observation_request" "observer" "hotline_call" "early_warning" "draw" "import" "official_paper" "amendment" "erasure" "grant"
};
/// Written by the browser tests (`XIEZHI_PICTURES=1`).
#[rustfmt::skip]
pub const PICTURES: &[(&str, &[u8])] = pictures! {
    "workbench" "list" "matter" "form" "loop" "problems" "imports" "rules" "batch" "review" "draw" "fair" "inspection" "opinion" "unit"
    "expert" "grant"
};

/// A heading and what stands under it.
struct Chapter {
    id: String,
    head: String,
    pieces: Vec<Shown>,
}
/// A piece as the page shows it: tables and pictures know what they are called and how large they are.
enum Shown {
    Sub(String),
    Text(Line),
    List(bool, Vec<Line>),
    Table(Vec<String>, Vec<Vec<Line>>),
    /// What it shows, address, width and height.
    Picture(String, String, u32, u32),
}
#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    frame: Frame,
    title: String,
    lead: Vec<Line>,
    chapters: Vec<Chapter>,
    states: Option<States>,
    facts: Vec<Chapter>,
    /// The list of this procedure, where there is one.
    list: String,
}

/// `GET /help`.
pub fn index(v: &Visit) -> Result<Reply> {
    shown(v, "README")
}
/// `GET /help/{page}`.
pub fn page(v: &Visit) -> Result<Reply> {
    shown(v, v.part("page"))
}
/// `GET /help/picture/{name}`.
pub fn picture(v: &Visit) -> Result<Reply> {
    let (_, bytes) = PICTURES.iter().find(|(name, _)| *name == v.part("name")).ok_or(Failure::NotFound)?;
    Ok(Reply::Inline(bytes.to_vec(), "image/png"))
}
fn shown(v: &Visit, name: &str) -> Result<Reply> {
    let (_, text) = PAGES.iter().find(|(page, _)| *page == name).ok_or(Failure::NotFound)?;
    let (title, lead, chapters) = chapters(read(text));
    let kind = domain::procedures::kind(name);
    let mut facts = kind.map_or_else(Vec::new, facts);
    if let Some(role) = name.strip_prefix("role-") {
        facts.push(entries(role));
    }
    let crumbs: &[(&str, &str)] =
        if name == "README" { &[("工作台", "/"), ("帮助", "")] } else { &[("工作台", "/"), ("帮助", "/help"), (&title, "")] };
    let page = HelpPage {
        frame: present::frame(v, &title, crumbs)?,
        list: kind.filter(|k| present::leads_to(v.who, k.name)).map(|k| format!("/matters/{}", k.name)).unwrap_or_default(),
        states: kind.map(states::draw),
        title,
        lead,
        chapters,
        facts,
    };
    Ok(Reply::Html(html(&page)))
}
/// Title, what stands before the first heading of the second level, and the chapters.
fn chapters(pieces: Vec<Piece>) -> (String, Vec<Line>, Vec<Chapter>) {
    let (mut title, mut lead, mut all) = (String::new(), vec![], Vec::<Chapter>::new());
    for piece in pieces {
        let last = all.last_mut().map(|c: &mut Chapter| &mut c.pieces);
        match (piece, last) {
            (Piece::Head(1, words), _) => title = words,
            (Piece::Head(2, head), _) => all.push(Chapter { id: format!("c{}", all.len() + 1), head, pieces: vec![] }),
            (Piece::Text(line), None) => lead.push(line),
            (piece, Some(pieces)) => pieces.extend(show(piece)),
            (_, None) => {}
        }
    }
    (title, lead, all)
}
fn show(piece: Piece) -> Option<Shown> {
    Some(match piece {
        Piece::Head(_, words) => Shown::Sub(words),
        Piece::Text(line) => Shown::Text(addressed(line)),
        Piece::List(numbered, lines) => Shown::List(numbered, lines.into_iter().map(addressed).collect()),
        Piece::Table(head, rows) => Shown::Table(head, rows.into_iter().map(|r| r.into_iter().map(addressed).collect()).collect()),
        Piece::Picture(alt, to) => {
            let name = to.strip_prefix("pictures/")?.strip_suffix(".png")?;
            let (_, bytes) = PICTURES.iter().find(|(n, _)| *n == name)?;
            let (width, height) = size(bytes)?;
            Shown::Picture(alt, format!("/help/picture/{name}"), width, height)
        }
    })
}
/// Links between files of the folder are links between pages of the house.
fn addressed(line: Line) -> Line {
    let to = |to: String| match to.strip_suffix(".md") {
        Some("README") => "/help".to_owned(),
        Some(page) => format!("/help/{page}"),
        None => to,
    };
    let one = |span| match span {
        Span::Link(words, address) => Span::Link(words, to(address)),
        other => other,
    };
    line.into_iter().map(one).collect()
}
/// Width and height, as a PNG says them at its beginning.
fn size(png: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?));
    Some((number(16)?, number(20)?))
}
/// Steps, deadlines and papers of a procedure, from its tables.
fn facts(kind: &Kind) -> Vec<Chapter> {
    let mut all = vec![];
    for piece in read(&(kind.table)()) {
        let Piece::Table(head, rows) = piece else { continue };
        match head.first().map(String::as_str) {
            Some("步骤") => {
                let row = |(n, row): (usize, Vec<Line>)| [spans(&(n + 1).to_string())].into_iter().chain(row).map(uncoded).collect();
                let head: Vec<String> = ["序号".to_owned()].into_iter().chain(head).collect();
                all.push(fact("t-steps", "步骤", head, rows.into_iter().enumerate().map(row).collect()));
            }
            Some("期限") => all.push(fact("t-clocks", "期限", head, rows)),
            _ => {}
        }
    }
    let papers: Vec<Vec<Line>> = PAPERS.iter().filter(|p| p.kind == kind.name).map(|p| paper(kind, p)).collect();
    if !papers.is_empty() {
        let head = ["文书", "版式", "由哪一步产生", "依据"].map(str::to_owned).to_vec();
        all.push(fact("t-papers", "文书", head, papers));
    }
    all
}
fn fact(id: &str, head: &str, columns: Vec<String>, rows: Vec<Vec<Line>>) -> Chapter {
    Chapter { id: id.into(), head: head.into(), pieces: vec![Shown::Table(columns, rows)] }
}
fn paper(kind: &Kind, p: &domain::papers::Paper) -> Vec<Line> {
    let steps: Vec<&str> = p.steps.iter().filter_map(|s| Some(kind.step(s)?.label)).collect();
    [p.label, p.layout.label(), &steps.join("、"), p.basis].map(|t| vec![Span::Plain(t.to_owned())]).to_vec()
}
/// Names of the code are not for who reads here.
fn uncoded(line: Line) -> Line {
    line.into_iter().filter(|span| !matches!(span, Span::Code(_))).collect()
}
/// What the side bar shows this role.
fn entries(role: &str) -> Chapter {
    let rows = present::entries_of(role).map(|(group, label)| [group, label].map(|t| vec![Span::Plain(t.to_owned())]).to_vec());
    let head = format!("{}在目录中看到", codes::ROLE.label_of(role));
    fact("t-nav", &head, ["分组".to_owned(), "页面".to_owned()].to_vec(), rows.collect())
}
