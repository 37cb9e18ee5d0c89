//! 评查标准 (M2.3): reads what is attached into an edition, installs the shipped sheets, pins a review to what applies on its opening day. The
//! rules stand in `domain::standards`; the sheets lie among the attachments, by digest.
mod queries;

use domain::engine::{Form, Person, Refusal};
use domain::procedures::ENFORCEMENT_FILES;
use domain::procedures::dossier::Dossier;
use domain::procedures::review::counting::Pin;
use domain::procedures::standard::{self, Edition, Standard};
use domain::standards::{Card, Content, Kind, Library, Sheet};
use serde_json::{Value as Json, json};

use crate::db::Tx;
use crate::edge::hex;
use crate::failure::{Failure, Result};
use crate::files;
use crate::house::House;
use crate::matters::{self, Ask, Desk, Where};
use crate::people;

/// The scale of enforcement files (enterprise.md B7【默】).
const ENFORCEMENT_SCALE: &str = "G5";
fn text<'a>(form: &'a Form, name: &str) -> &'a str {
    form.get(name).and_then(Json::as_str).unwrap_or("")
}
fn refused(field: &str, say: impl Into<String>) -> Failure {
    Failure::Refused(Refusal::at(field, say))
}
/// The edition of this standard and, where it rests on one, its sheet or card.
///
/// # Errors
/// Where the attachment no longer reads.
pub fn edition(tx: &Tx, house: &House, number: &str) -> Result<Option<(Edition, Option<Content>)>> {
    let Some(standard) = matters::load_as::<Standard>(tx, number)? else { return Ok(None) };
    let edition = standard.state.edition().clone();
    let content = edition.sheet.first().map(|id| kept(tx, house, id)).transpose()?;
    Ok(Some((edition, content)))
}
fn kept(tx: &Tx, house: &House, id: &str) -> Result<Content> {
    let (file, ..) = files::get(tx, house, id)?.ok_or(Failure::NotFound)?;
    let text = String::from_utf8(files::bytes(house, &file.digest)?).map_err(|e| Failure::Fault(e.to_string()))?;
    Content::from_json(&text).map_err(Failure::Fault)
}
/// A sheet or card out of a file, told by its first bytes.
///
/// # Errors
/// What is wrong with it, with the place, in words.
pub fn read(bytes: &[u8], library: &Library) -> std::result::Result<Content, Vec<String>> {
    let told =
        |faults: Vec<domain::standards::Fault>| faults.into_iter().map(|f| format!("{}：{}", f.place, f.message)).collect::<Vec<_>>();
    let json = std::str::from_utf8(bytes).ok().filter(|t| t.trim_start_matches('\u{feff}').trim_start().starts_with('{'));
    let content = match json {
        Some(text) => Content::from_json(text).map_err(|say| vec![say])?,
        None => Content::from_rows(&rows(bytes).map_err(|say| vec![say])?).map_err(told)?,
    };
    let faults = content.faults(&library.sheets.iter().collect::<Vec<_>>());
    if faults.is_empty() { Ok(content) } else { Err(told(faults)) }
}
/// The first sheet of a workbook as texts, rows numbered as the program shows them.
fn rows(bytes: &[u8]) -> std::result::Result<Vec<Vec<String>>, String> {
    let book = sheets::Book::open(bytes, &sheets::Caps::default()).map_err(|r| r.to_string())?;
    let sheet = book.sheets.into_iter().find(|s| !s.hidden).ok_or("表格里没有工作表。")?;
    let cell = |c: &sheets::Cell| match c {
        sheets::Cell::Text(t) => t.strip_prefix('\'').unwrap_or(t).to_owned(),
        sheets::Cell::Number(n) | sheets::Cell::Day(n) => n.to_string(),
        sheets::Cell::Bool(b) => if *b { "是" } else { "否" }.to_owned(),
        _ => String::new(),
    };
    let above = usize::try_from(sheet.first.saturating_sub(1)).unwrap_or(0);
    let all = sheet.rows.iter().map(|r| r.iter().map(cell).collect::<Vec<_>>());
    Ok(std::iter::repeat_n(vec![], above.min(1_000)).chain(all).collect())
}
/// Completes a draft from its attachment, and an installation from what is shipped.
///
/// # Errors
/// Every fault of the attached sheet at its field, or a refusal of the store.
pub fn complete(desk: &Desk, ask: &Ask, form: &mut Form) -> Result<()> {
    let library = Library::shipped();
    let content = if ask.action == "install" {
        let title = (text(form, "name").to_owned(), text(form, "edition").to_owned());
        shipped(&library).into_iter().find(|c| (Edition::from(c).name, Edition::from(c).edition) == title)
    } else {
        let source = form.get("source").and_then(|v| v.get(0)).and_then(Json::as_str);
        let Some(id) = source else { return Ok(()) };
        let (file, ..) = files::get(desk.tx, desk.house, id)?.ok_or_else(|| refused("source", "附件已失效，请重新添加。"))?;
        let read = read(&files::bytes(desk.house, &file.digest)?, &library);
        Some(read.map_err(|all| refused("source", all.into_iter().take(12).collect::<Vec<_>>().join("\n")))?)
    };
    let Some(content) = content else { return Ok(()) };
    let bytes = content.to_json().into_bytes();
    let digest = hex(&desk.head.alg().hash(&[&bytes]));
    let id = files::take_in_here(desk, &ask.who.id, &format!("评查表-{}.json", content.code()), &bytes)?;
    let Json::Object(said) = serde_json::to_value(Edition::from(&content))? else { return Ok(()) };
    form.extend(said.into_iter().filter(|(_, v)| !v.is_null() && v.as_array().is_none_or(|a| !a.is_empty())));
    form.extend([("sheet".to_owned(), json!([id])), ("digest".to_owned(), json!(digest))]);
    Ok(())
}
fn shipped(library: &Library) -> Vec<Content> {
    let sheets = library.sheets.iter().cloned().map(|s| Content::Sheet(Box::new(s)));
    sheets.chain(library.cards.iter().cloned().map(|c| Content::Card(Box::new(c)))).collect()
}
/// Lays the shipped sheets before this office's lead for approval; what it has already is left alone. Returns the new numbers.
///
/// # Errors
/// What the gate refuses.
pub fn install(desk: &mut Desk, owner: &str) -> Result<Vec<String>> {
    let mut have = vec![];
    for number in queries::standing(desk.tx, owner)? {
        have.extend(edition(desk.tx, desk.house, &number)?.map(|(e, _)| (e.name, e.edition)));
    }
    let house = Person::house(owner);
    let mut all = vec![];
    let held: Vec<String> =
        people::everybody(desk.tx, desk.now.today)?.into_iter().filter(|(.., org)| org == owner).map(|(_, role, _)| role).collect();
    let (judicial, library) = (held.iter().any(|r| r == "R17"), Library::shipped());
    for content in shipped(&library) {
        let mut edition = Edition::from(&content);
        let enforcement = edition.case_type.as_deref().is_some_and(|t| ENFORCEMENT_FILES.contains(&t));
        // An office is given the sheets of the files it reviews; where nobody is yet, those of the supervision office.
        if enforcement != judicial && !(judicial && held.iter().any(|r| r == "R1")) {
            continue;
        }
        if let Some(scale) = library.scales.iter().find(|s| enforcement && s.code == ENFORCEMENT_SCALE) {
            let grade = |g: &domain::standards::Grade| standard::Grade { grade: g.name.clone(), from: g.from.to_string() };
            edition.grades = scale.grades.iter().map(grade).collect();
        }
        if have.contains(&(edition.name.clone(), edition.edition.clone())) {
            continue;
        }
        let Json::Object(mut form) = serde_json::to_value(&edition)? else { continue };
        form.retain(|_, v| !v.is_null() && v.as_array().is_none_or(|a| !a.is_empty()));
        let place = Where::Open { kind: "standard".into(), owner: owner.into(), links: vec![] };
        all.push(desk.act(Ask { who: &house, place, action: "install", form, version: None, key: None })?.number);
    }
    Ok(all)
}
/// Likewise for this organisation, or for every one that has a handler; where there is none yet, for the topmost.
///
/// # Errors
/// An unknown organisation, or what the gate refuses.
pub fn load(house: &House, org: Option<&str>) -> Result<Vec<String>> {
    let (inner, org) = (house.clone(), org.map(ToOwned::to_owned));
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let owners = match org {
            Some(org) if desk.registers.org(&org).is_none() => return Err(Failure::Bad(1, format!("没有机构“{org}”。"))),
            Some(org) => vec![org],
            None => {
                let held = people::everybody(tx, desk.now.today)?.into_iter().filter(|(_, role, _)| role == "R1" || role == "R17");
                let all: std::collections::BTreeSet<String> = held.map(|(.., org)| org).collect();
                if all.is_empty() { top(&desk).into_iter().collect() } else { all.into_iter().collect() }
            }
        };
        let mut new = vec![];
        for owner in owners {
            new.extend(install(&mut desk, &owner)?);
        }
        desk.close()?;
        Ok(new)
    })
}
/// Approves what was laid before them and brings it into force: in a demonstration, where these two are at hand.
///
/// # Errors
/// What the gate refuses.
pub fn bring_into_force(house: &House, numbers: Vec<String>) -> Result<()> {
    let inner = house.clone();
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let (today, everybody) = (desk.now.today, people::everybody(tx, desk.now.today)?);
        for number in numbers {
            let owner = matters::load(tx, &number)?.ok_or(Failure::NotFound)?.matter.owner().to_owned();
            let holder = |roles: [&str; 2]| -> Result<Person> {
                let id = everybody.iter().find(|(_, r, org)| roles.contains(&r.as_str()) && *org == owner).map_or("", |(p, ..)| p.as_str());
                people::person(tx, id, today)?.ok_or(Failure::NotFound)
            };
            let (lead, handler) = (holder(["R2", "R18"])?, holder(["R1", "R17"])?);
            let doc_no = format!("执监〔{}〕1号", today.year());
            let approval = Form::from_iter([("from".to_owned(), json!(today.to_string())), ("doc_no".to_owned(), json!(doc_no))]);
            for (who, action, form) in [(&lead, "approve", approval), (&handler, "bring_into_force", Form::new())] {
                desk.act(Ask { who, place: Where::On(number.clone()), action, form, version: None, key: None })?;
            }
        }
        desk.close()
    })
}
fn top(desk: &Desk) -> Option<String> {
    desk.registers.orgs().min_by_key(|o| (o.path.matches('/').count(), o.code.clone())).map(|o| o.code.clone())
}
/// A pinned or pinnable standard.
struct InForce {
    number: String,
    digest: String,
    content: Content,
}
fn in_force(desk: &Desk) -> Result<Vec<InForce>> {
    let mut all = vec![];
    for number in queries::effective(desk.tx)? {
        if let Some((e, Some(content))) = edition(desk.tx, desk.house, &number)? {
            all.push(InForce { number, digest: e.digest.unwrap_or_default(), content });
        }
    }
    Ok(all)
}
/// Completes the opening of a review: which sheets it is pinned to for ever. Nothing where the standard named rests on no sheet.
///
/// # Errors
/// Where no base sheet applies to the dossier.
pub fn pin(desk: &Desk, form: &mut Form) -> Result<()> {
    let Some((named, Some(content))) = edition(desk.tx, desk.house, text(form, "standard"))? else { return Ok(()) };
    let case_type = text(form, "case_type").to_owned();
    let dossier = matters::load_as::<Dossier>(desk.tx, text(form, "dossier"))?.map(|m| m.state).unwrap_or_default();
    let tagged = |wanted: &[String]| !wanted.is_empty() && wanted.iter().all(|t| dossier.tags().contains(t));
    let all = in_force(desk)?;
    let of_type = |s: &&Sheet| s.case_types.contains(&case_type);
    let named = InForce { number: text(form, "standard").to_owned(), digest: named.digest.unwrap_or_default(), content };
    let is = |i: &InForce, kind: Kind| i.content.sheet().filter(of_type).is_some_and(|s| s.kind == kind);
    let newest = |fits: &dyn Fn(&InForce) -> bool| all.iter().rev().find(|i| fits(i));
    let base = if is(&named, Kind::Base) { Some(&named) } else { newest(&|i| is(i, Kind::Base)) };
    let base = base.ok_or_else(|| refused("standard", "没有适用于这一案件类型的已生效基础表，请先制定或装入。"))?;
    let code = base.content.code();
    let over = |i: &InForce| is(i, Kind::Overlay) && i.content.sheet().is_some_and(|s| tagged(&s.tags));
    let overlay = if is(&named, Kind::Overlay) { Some(&named) } else { newest(&over) };
    let goes = |c: &Card| c.sheets.iter().any(|s| s == code) && tagged(&c.tags);
    let card = newest(&|i| i.content.card().is_some_and(goes));
    let title = |i: &InForce| match &i.content {
        Content::Sheet(s) => s.title(),
        Content::Card(c) => format!("{} {} {}", c.code, c.name, c.version),
    };
    let parts = [("基础表", Some(base)), ("叠加表", overlay), ("附卡", card)];
    let pin = |(part, of): (&str, Option<&InForce>)| {
        of.map(|i| Pin { part: part.into(), standard: i.number.clone(), title: title(i), digest: i.digest.clone() })
    };
    let pins: Vec<Pin> = parts.into_iter().filter_map(pin).collect();
    form.insert("pins".into(), serde_json::to_value(pins)?);
    Ok(())
}
