//! 文书: which papers a matter has, each as a page, PDF and DOCX; 公文 with what was looked at before it is issued; the register of numbers.
//! Each print leaves a read record.
use askama::Template;
use domain::engine::OFFICE;
use domain::papers::{self, Block, Layout, Proof, Sheet};
use domain::procedures::official_paper::OfficialPaper;
use jiff::civil::Date;

use super::pages::{Cell, Frame, Moment, TablePage, html};
use super::present;
use super::visit::{Reply, Visit, encode};
use crate::documents::{self, Asked, Check, Form, Reader};
use crate::failure::{Failure, Result};
use crate::matters::{self, Loaded, Seen};

/// Who finds the register of numbers: whoever issues papers, and the units that receive them.
pub const REGISTER: &[&str] = &["R1", "R2", "R3", "R9", "R14", "R15", "R17", "R18"];

/// A paper on the screen, in the look of the printed one.
#[derive(Template, Default)]
#[template(path = "paper.html")]
struct PaperPage {
    frame: Frame,
    heading: String,
    explain: String,
    back: String,
    /// `(label, address)`.
    downloads: Vec<(&'static str, String)>,
    sheet: Sheet,
    letter: bool,
    red: bool,
    on: String,
    printed_on: String,
    proof: Proof,
    qr: (String, i32),
    checks: Vec<Check>,
    moments: Vec<Moment>,
    facts: Vec<(&'static str, String)>,
    /// Label, address, and whether it leads on.
    next: Vec<(String, String, bool)>,
    alert: String,
}
fn words(day: Option<Date>) -> String {
    day.map(|d| format!("{}年{}月{}日", d.year(), d.month(), d.day())).unwrap_or_default()
}
impl PaperPage {
    fn of(frame: Frame, sheet: Sheet, proof: Proof) -> Self {
        Self {
            heading: sheet.title.clone(),
            letter: sheet.layout == Layout::Letter,
            red: matches!(sheet.layout, Layout::Document | Layout::Letter),
            on: words(sheet.on),
            printed_on: words(sheet.printed_on),
            qr: if proof.square.is_empty() { (String::new(), 1) } else { super::people::qr(&proof.square) },
            frame,
            sheet,
            proof,
            ..Self::default()
        }
    }
}
/// The way from a matter to its papers, where it has any or may have.
pub fn tools(seen: &Seen) -> Vec<(String, String)> {
    let number = &seen.item.number;
    if seen.item.kind == "official_paper" {
        return vec![("看公文".into(), format!("/paper/{number}"))];
    }
    let count = documents::count(&seen.loaded, &seen.mine);
    if count == 0 { vec![] } else { vec![(format!("文书 {count} 种"), format!("/matter/{number}/papers"))] }
}
fn asked<'a>(v: &'a Visit, mine: &'a [domain::engine::Standing]) -> Asked<'a> {
    Asked { tx: v.tx, house: v.house, registers: &v.registers, reader: Reader { who: v.who, mine, whole: false, now: v.now } }
}
fn crumbs(v: &Visit, title: &str, number: &str, kind: &str) -> Result<Frame> {
    let label = domain::procedures::kind(kind).map_or("", |k| k.label);
    let list = format!("/matters/{kind}");
    let matter = format!("/matter/{number}");
    present::frame(v, title, &[("工作台", "/"), (label, &list), (number, &matter), (title, "")])
}
/// `GET /matter/{number}/papers`.
pub fn of_matter(v: &Visit) -> Result<Reply> {
    let number = v.part("number");
    let (loaded, mine) = documents::standing(v.tx, v.house, v.who, number, v.now)?;
    v.house.reads.note(&v.who.id, loaded.id, "看文书目录", v.now);
    let drafts = may_draft(v, &loaded)?;
    let mut rows = vec![];
    for (paper, stood) in documents::had(v.tx, &loaded, &asked(v, &mine).reader)? {
        let to = |end: &str| format!("/matter/{number}/paper/{}{end}", paper.code);
        let numbered = paper.series.is_some() && !documents::confidential(&loaded);
        let draft = format!(
            "/matters/official_paper/new/draft?owner={}&about={}&paper={}",
            encode(loaded.matter.owner()),
            encode(number),
            encode(paper.code)
        );
        rows.push(vec![
            Cell::Link(paper.label.into(), to("")),
            Cell::Text(stood.on.to_string()),
            Cell::Text(paper.reader.label().into()),
            Cell::Tag(if numbered { "编文号" } else { "内部记录" }.into(), ""),
            Cell::Link("PDF".into(), to(".pdf")),
            Cell::Link("DOCX".into(), to(".docx")),
            if numbered && drafts { Cell::Link("拟公文".into(), draft) } else { Cell::Text(String::new()) },
        ]);
    }
    let page = TablePage {
        frame: crumbs(v, "文书", number, loaded.matter.kind())?,
        heading: format!("{number} 的文书"),
        explain: "每份文书只写收文一方可以看的内容。下载留查阅记录。".into(),
        notes: numbered(v, &loaded)?,
        columns: vec!["文书", "形成日期", "写给谁看", "性质", "打印", "可编辑", "办理"],
        rows,
        links: vec![("回到本件".into(), format!("/matter/{number}"))],
        empty: "本件还没有你可以打印的文书".into(),
        hint: "办到形成文书的一步，文书就在这里。".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
fn may_draft(v: &Visit, loaded: &Loaded) -> Result<bool> {
    let offers = matters::offers_opening(v.tx, v.house, v.who, "official_paper", v.now)?;
    Ok(offers.iter().any(|(owner, o)| owner == loaded.matter.owner() && o.action == "draft" && o.blocked.is_none()))
}
/// 公文 drawn from this matter that this person may know of, in a sentence each.
fn numbered(v: &Visit, loaded: &Loaded) -> Result<Vec<String>> {
    let mut all = vec![];
    for id in documents::drawn_from(v.tx, loaded.id)? {
        let Some(paper) = matters::load_by_id(v.tx, id)? else { continue };
        if !matters::knows(v.tx, &paper, v.who, v.now, &v.registers)? {
            continue;
        }
        let Some(state) = paper.of::<OfficialPaper>().map(|m| &m.state) else { continue };
        let number = state.signed().map_or("未编号", |s| s.doc_number.as_str());
        let phase = paper.matter.phase().map_or("", |p| p.label);
        all.push(format!("{}：{number}，{phase}，见 {}。", state.paper().map_or("", |p| p.label), paper.number));
    }
    Ok(all)
}
/// `GET /matter/{number}/paper/{file}`: `code`, `code.pdf`, `code.docx`.
pub fn paper(v: &Visit) -> Result<Reply> {
    let (number, file) = (v.part("number"), v.part("file"));
    let (code, end) = file.split_once('.').unwrap_or((file, ""));
    let (loaded, mine) = documents::standing(v.tx, v.house, v.who, number, v.now)?;
    let kind = loaded.matter.kind();
    let paper = papers::paper(code).filter(|p| p.kind == kind && documents::may_print(p, &mine)).ok_or(Failure::NotFound)?;
    let (sheet, stood) = documents::sheet_of(&asked(v, &mine), &loaded, paper)?.ok_or(Failure::NotFound)?;
    let proof = if sheet.draft { Proof::default() } else { documents::of_entry(v.tx, &loaded, stood.seq)? };
    if !end.is_empty() {
        return download(v, &loaded, (&sheet, &proof), paper.label, end);
    }
    v.house.reads.note(&v.who.id, loaded.id, format!("看文书 {}", paper.label), v.now);
    let page = PaperPage {
        explain: format!("{} · {}", paper.label, paper.basis),
        back: format!("/matter/{number}/papers"),
        downloads: vec![
            ("下载 PDF", format!("/matter/{number}/paper/{code}.pdf")),
            ("下载 DOCX", format!("/matter/{number}/paper/{code}.docx")),
        ],
        alert: if sheet.draft { "未签发的样式。要发出，请拟公文、核稿、签发。".into() } else { String::new() },
        checks: if sheet.draft && OFFICE.iter().any(|s| mine.contains(s)) { documents::checks(&sheet) } else { vec![] },
        ..PaperPage::of(crumbs(v, paper.label, number, kind)?, sheet, proof)
    };
    Ok(Reply::Html(html(&page)))
}
fn download(v: &Visit, loaded: &Loaded, (sheet, proof): (&Sheet, &Proof), label: &str, end: &str) -> Result<Reply> {
    let form = Form::of(end).ok_or(Failure::NotFound)?;
    v.house.reads.note(&v.who.id, loaded.id, format!("打印文书 {label}"), v.now);
    let bytes = documents::set(sheet, proof, form)?;
    let name = if sheet.number.is_empty() { loaded.number.as_str() } else { sheet.number.as_str() };
    Ok(Reply::Download(bytes, form.mime(), format!("{label} {name}.{end}")))
}
/// The 公文, as this person may read it.
fn official(v: &Visit) -> Result<(Loaded, Vec<domain::engine::Standing>, Sheet, Proof)> {
    let (loaded, mine) = documents::standing(v.tx, v.house, v.who, v.part("number"), v.now)?;
    if loaded.of::<OfficialPaper>().is_none() {
        return Err(Failure::NotFound);
    }
    let sheet = documents::frozen(&asked(v, &mine), &loaded)?;
    let proof = documents::of_paper(v.tx, v.house, &loaded)?;
    Ok((loaded, mine, sheet, proof))
}
/// Steps that lead on to the receipt.
const ON: &[&str] = &["submit", "review", "sign", "serve", "send_out", "acknowledge", "record_receipt"];
/// `GET /paper/{number}`.
pub fn preview(v: &Visit) -> Result<Reply> {
    let number = v.part("number");
    let (loaded, mine, sheet, proof) = official(v)?;
    let seen = matters::see(v.tx, v.house, v.who, number, v.now)?;
    let state = loaded.of::<OfficialPaper>().map(|m| &m.state).ok_or(Failure::NotFound)?;
    let office = OFFICE.iter().any(|s| mine.contains(s));
    let next = seen.offers.iter().filter(|o| o.blocked.is_none());
    let page = PaperPage {
        explain: format!("{number} · {}", loaded.matter.phase().map_or("", |p| p.label)),
        back: format!("/matter/{number}"),
        downloads: vec![("下载 PDF", format!("/paper/{number}/pdf")), ("下载 DOCX", format!("/paper/{number}/docx"))],
        checks: if office && state.signed().is_none() { documents::checks(&sheet) } else { vec![] },
        moments: if office { seen.lines.iter().map(present::moment).collect() } else { vec![] },
        facts: vec![
            ("文号", if sheet.number.is_empty() { "签发时生成。年内连续，作废留号。".into() } else { sheet.number.clone() }),
            ("送达", words(state.served_on())),
            ("签收", words(state.received_on())),
            ("作废", words(state.voided_on())),
        ],
        next: next.map(|o| (o.label.to_owned(), format!("/matter/{number}/do/{}", o.action), ON.contains(&o.action))).collect(),
        alert: state.voided_on().map(|d| format!("已于{}作废，文号保留。", words(Some(d)))).unwrap_or_default(),
        ..PaperPage::of(crumbs(v, "看公文", number, "official_paper")?, sheet, proof)
    };
    Ok(Reply::Html(html(&page)))
}
/// `GET /paper/{number}/{form}`.
pub fn printed(v: &Visit) -> Result<Reply> {
    let (loaded, _, sheet, proof) = official(v)?;
    let label = papers::paper(&sheet.code).map_or("公文", |p| p.label);
    download(v, &loaded, (&sheet, &proof), label, v.part("form"))
}
const COLUMNS: [&str; 9] = ["发文字号", "文书", "公文编号", "主送", "签发", "送达", "签收", "作废", "系列"];
fn entries(v: &Visit) -> Result<(i16, Vec<documents::Entry>)> {
    let year = v.query.get("year").parse().unwrap_or_else(|_| v.now.today.year());
    let mut all = documents::register(v.tx, v.house, v.who, year, v.now)?;
    let (series, state) = (v.query.get("series"), v.query.get("state"));
    all.retain(|e| series.is_empty() || e.series == series);
    all.retain(|e| match state {
        "void" => e.voided_on.is_some(),
        "unserved" => e.voided_on.is_none() && e.served_on.is_none(),
        "unreceived" => e.voided_on.is_none() && e.served_on.is_some() && e.received_on.is_none(),
        _ => true,
    });
    Ok((year, all))
}
/// `GET /papers`: 发文登记簿.
pub fn register(v: &Visit) -> Result<Reply> {
    let (year, all) = entries(v)?;
    let day = |d: Option<Date>| Cell::Text(d.map(|d| d.to_string()).unwrap_or_default());
    let row = |e: &documents::Entry| {
        vec![
            Cell::Link(e.doc_number.clone(), format!("/paper/{}", e.number)),
            Cell::Text(e.label.into()),
            Cell::Link(e.number.clone(), format!("/matter/{}", e.number)),
            Cell::Text(e.to.clone()),
            day(e.signed_on),
            day(e.served_on),
            day(e.received_on),
            e.voided_on.map_or(Cell::Text(String::new()), |d| Cell::Tag(format!("作废 {d}"), "red")),
            Cell::Text(e.series.clone()),
        ]
    };
    let here = |state: &str| format!("/papers?year={year}&state={state}");
    let page = TablePage {
        frame: present::frame(v, "发文登记簿", &[("工作台", "/"), ("发文登记簿", "")])?,
        heading: format!("发文登记簿 {year}年"),
        explain: "文号年内连续。作废的文号保留，不再使用。".into(),
        columns: COLUMNS.to_vec(),
        rows: all.iter().map(row).collect(),
        links: vec![
            ("全部".into(), here("")),
            ("未送达".into(), here("unserved")),
            ("未签收".into(), here("unreceived")),
            ("作废".into(), here("void")),
            ("上一年".into(), format!("/papers?year={}", year - 1)),
            ("导出 XLSX".into(), format!("/papers.xlsx?year={year}&state={}", encode(v.query.get("state")))),
        ],
        empty: "没有文号".into(),
        hint: "公文签发后，文号登记在这里。".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// `GET /papers.xlsx`.
pub fn export(v: &Visit) -> Result<Reply> {
    let (year, all) = entries(v)?;
    let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let row = |e: documents::Entry| {
        let days = [e.signed_on, e.served_on, e.received_on, e.voided_on].map(day);
        [vec![e.doc_number, e.label.to_owned(), e.number, e.to], days.to_vec(), vec![e.series]].concat()
    };
    let bytes = crate::table::xlsx(&COLUMNS, &all.into_iter().map(row).collect::<Vec<_>>())?;
    Ok(Reply::Download(bytes, crate::table::XLSX, format!("发文登记簿-{year}.xlsx")))
}
