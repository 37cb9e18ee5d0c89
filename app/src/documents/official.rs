//! 公文: what only the house may fill in – who drafts, the sheet as it is handed in, the number and the frozen sheet at the signature. Sheets
//! lie sealed, each with the salt of its commitment; the entry holds the commitment alone.
use domain::engine::{Form, OFFICE, Party, Refusal, Standing, is_vault_ref};
use domain::engine::{Holder, in_role};
use domain::papers::{Layout, Paper, Sheet, paper};
use domain::procedures::official_paper::{Laid, OFFICES, OfficialPaper, Wording};
use ledger::{Hash, commitment};
use serde_json::{Value as Json, json};

use super::{Asked, Reader, numbers, sheet_of};
use crate::db::Tx;
use crate::edge::{hex, random, unhex};
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{self, Ask, Desk, Loaded, load};
use crate::{files, people, sealing, vault};

const ALTERED: Refusal = Refusal::new("altered", "文书与送核时的内容不符，不能签发。请退回改稿后重新送核");
const GONE: Refusal = Refusal::new("no_step", "该件还没有形成这份文书的步骤");

fn wrong<T>(field: &str, say: &str) -> Result<T> {
    Err(Failure::Refused(Refusal::at(field, say)))
}
/// Before the gate.
///
/// # Errors
/// What stands in the way, in words.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    match ask.action {
        "draft" => drafted(desk, loaded, ask, form),
        "revise" => {
            let Some(state) = loaded.of::<OfficialPaper>().map(|m| &m.state) else { return Ok(()) };
            let (Some(source), Some(paper)) = (load(desk.tx, &state.opening().about)?, state.paper()) else { return Ok(()) };
            addressed(desk, &source, paper, form)
        }
        "submit" | "review" | "sign" if stands(desk, loaded, ask)? => {
            let Some(state) = loaded.of::<OfficialPaper>().map(|m| &m.state) else { return Ok(()) };
            laid(desk, loaded, state, ask, form)
        }
        _ => Ok(()),
    }
}
/// Nothing is made for one whom the gate turns away.
fn stands(desk: &Desk, loaded: &Loaded, ask: &Ask) -> Result<bool> {
    let circumstances = matters::Circumstances::of(desk.tx, loaded, ask.who, desk.now, &desk.registers)?;
    let offers = loaded.matter.offered(&circumstances.at(ask.who));
    Ok(offers.iter().any(|o| o.action == ask.action && o.blocked.is_none()))
}
fn said<'a>(form: &'a Form, name: &str) -> &'a str {
    form.get(name).and_then(Json::as_str).unwrap_or("").trim()
}
fn drafted(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    let (about, code) = (said(form, "about").to_owned(), said(form, "paper").to_owned());
    // What is not there, or not numbered, is the gate's to say.
    let Some(source) = desk.known(ask.who, &about)? else { return Ok(()) };
    let Some(paper) = paper(&code).filter(|p| p.series.is_some()) else { return Ok(()) };
    let owner = loaded.matter.owner();
    if super::confidential(&source) {
        return wrong("about", "这类事项保密，文书从该件页面直接打印，不编文号。");
    }
    if source.matter.owner() != owner {
        return wrong("about", "由办理该件的机关发文。");
    }
    if paper.kind != source.matter.kind() {
        return wrong("paper", "这不是该件的文书。");
    }
    let held = |role: &str| ask.who.roles.iter().any(|r| r.role == role && r.org == owner);
    let there = |role: &str| source.matter.parties().iter().any(|Party(_, h)| matches!(h, Holder::Role(r) if *r == role));
    let Some((office, _)) = OFFICES.iter().find(|(handler, _)| held(handler) && there(handler)) else {
        return wrong("about", "由办理该件的承办人拟稿。");
    };
    let reader = Reader { who: ask.who, mine: OFFICE, whole: false, now: desk.now };
    if super::given::stood(desk.tx, &source, paper, &reader)?.is_none() {
        return Err(GONE.into());
    }
    form.insert("office".into(), json!(office));
    form.insert("organ".into(), json!(owner));
    form.insert("about".into(), json!(about));
    addressed(desk, &source, paper, form)
}
/// Whom it goes to: of a paper for the unit, the unit that stands toward the source; of one for a body outside, none that it is about.
fn addressed(desk: &Desk, source: &Loaded, paper: &Paper, form: &mut Form) -> Result<()> {
    if paper.layout == Layout::Letter {
        let found = domain::wording::check_letter(said(form, "body"));
        if !found.is_empty() {
            return wrong("body", &domain::wording::words(&found));
        }
    }
    let to = said(form, "to_org").to_owned();
    let about = source.matter.index().org;
    let units = source.matter.parties();
    let stands = |org: &str| units.iter().any(|Party(s, h)| *s == Standing::Respondent && matches!(h, Holder::RoleIn(_, o) if o == org));
    match paper.reader {
        Standing::Respondent if to.is_empty() && said(form, "to").is_empty() && stands(&about) => {
            form.insert("to_org".into(), json!(about));
            Ok(())
        }
        Standing::Respondent if !to.is_empty() && !stands(&to) => wrong("to_org", "这份文书只发给该件的被监督单位。"),
        Standing::Recipient
            if !to.is_empty() && !about.is_empty() && about != source.matter.owner() && desk.registers.under(&to, &about) =>
        {
            wrong("to_org", "不能发给所涉单位或其下属单位。")
        }
        _ => Ok(()),
    }
}
/// The sheet as the draft stands now, from the matter as it stands; unsigned.
///
/// # Errors
/// A fault of the engine, or where its source no longer makes this paper.
pub fn drawn(asked: &Asked, paper: &OfficialPaper) -> Result<Sheet> {
    let opening = paper.opening();
    let source = load(asked.tx, &opening.about)?.ok_or(Failure::NotFound)?;
    let kind = paper.paper().ok_or(Failure::NotFound)?;
    let (mut sheet, _) = sheet_of(asked, &source, kind)?.ok_or(Failure::Refused(GONE))?;
    worded(asked, &opening.wording, &mut sheet)?;
    sheet.organ = asked.registers.org_name(&opening.organ).to_owned();
    (sheet.number, sheet.on, sheet.printed_on, sheet.draft) = (String::new(), None, None, true);
    Ok(sheet)
}
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(ToOwned::to_owned).collect()
}
fn worded(asked: &Asked, wording: &Wording, sheet: &mut Sheet) -> Result<()> {
    let open = |text: &str| match is_vault_ref(text) {
        Some(reference) => Ok::<_, Failure>(vault::open(asked.tx, &asked.house.keys, reference)?.unwrap_or_default()),
        None => Ok(text.to_owned()),
    };
    let to = if wording.to_org.is_empty() { open(&wording.to)? } else { asked.registers.org_name(&wording.to_org).to_owned() };
    if !to.is_empty() {
        sheet.to = vec![to];
    }
    let body = lines(&open(&wording.body)?);
    if !body.is_empty() {
        sheet.body = body.into_iter().map(domain::papers::Block::Text).collect();
    }
    let (copies, attachments) = (lines(&wording.copies), lines(&wording.attachments));
    if !copies.is_empty() {
        sheet.copies = copies;
    }
    if !attachments.is_empty() {
        sheet.attachments = attachments;
    }
    Ok(())
}
fn laid(desk: &Desk, loaded: &Loaded, state: &OfficialPaper, ask: &Ask, form: &mut Form) -> Result<()> {
    let submitted = || {
        let laid = state.submitted().ok_or(Failure::Refused(ALTERED))?;
        read(desk.tx, desk.house, &loaded.number, laid).map(|(sheet, ..)| sheet)
    };
    let sheet = match ask.action {
        "submit" => {
            let source = load(desk.tx, &state.opening().about)?.ok_or(Failure::NotFound)?;
            let circumstances = matters::Circumstances::of(desk.tx, &source, ask.who, desk.now, &desk.registers)?;
            let mine = source.matter.mine(&circumstances.at(ask.who));
            if mine.is_empty() {
                return Err(Failure::NotFound);
            }
            let reader = Reader { who: ask.who, mine: &mine, whole: false, now: desk.now };
            drawn(&Asked { tx: desk.tx, house: desk.house, registers: &desk.registers, reader }, state)?
        }
        "sign" => signed(desk, state, ask, submitted()?, form)?,
        _ => return submitted().map(drop),
    };
    let (file, commitment) = lay(desk, &loaded.number, &ask.who.id, &sheet)?;
    form.insert("sheet".into(), json!([file]));
    form.insert("commitment".into(), json!(commitment));
    Ok(())
}
/// The sheet with its number and its day: what is frozen.
fn signed(desk: &Desk, state: &OfficialPaper, ask: &Ask, mut sheet: Sheet, form: &mut Form) -> Result<Sheet> {
    let paper = state.paper().ok_or(Failure::NotFound)?;
    let (number, series) = numbers::next(desk, &state.opening().organ, paper)?;
    form.insert("doc_number".into(), json!(number));
    form.insert("series".into(), json!(series));
    (sheet.number, sheet.on, sheet.draft) = (number, Some(desk.now.today), false);
    if !sheet.printed_by.is_empty() {
        sheet.printed_on = Some(desk.now.today);
    }
    // 上行文 names who signed.
    if paper.series == Some("report") {
        sheet.signer = people::name(desk.tx, &ask.who.id)?;
    }
    Ok(sheet)
}
fn about(number: &str) -> String {
    format!("official_paper/{number}")
}
fn lay(desk: &Desk, number: &str, person: &str, sheet: &Sheet) -> Result<(String, String)> {
    let (salt, bytes) = (random::<32>()?, sheet.bytes());
    let text = format!("{}\n{}", hex(&salt), String::from_utf8_lossy(&bytes));
    let sealed = sealing::seal(&desk.house.keys, &about(number), &text)?;
    let file = files::take_in_here(desk, person, "公文", sealed.as_bytes())?;
    Ok((file, hex(&commitment(desk.head.alg(), &salt, &bytes))))
}
/// A sheet as it was laid down, its salt and its commitment.
///
/// # Errors
/// `altered` where its bytes are no longer those committed to.
pub fn read(tx: &Tx, house: &House, number: &str, laid: &Laid) -> Result<(Sheet, [u8; 32], Hash)> {
    let altered = || Failure::Refused(ALTERED);
    let (file, ..) = files::get(tx, house, laid.sheet.first().map_or("", String::as_str))?.ok_or_else(altered)?;
    let sealed = String::from_utf8(files::bytes(house, &file.digest).map_err(|_| altered())?).map_err(|_| altered())?;
    let text = sealing::open(&house.keys, &about(number), &sealed).map_err(|_| altered())?;
    let (salt, sheet) = text.split_once('\n').ok_or_else(altered)?;
    let salt: [u8; 32] = unhex(salt).and_then(|s| s.try_into().ok()).ok_or_else(altered)?;
    let alg = crate::ledger::identity(tx)?.1;
    let hash = commitment(alg, &salt, sheet.as_bytes());
    if hex(&hash) != laid.commitment {
        return Err(altered());
    }
    let sheet: Sheet = serde_json::from_str(sheet)?;
    Ok((sheet, salt, hash))
}
/// The sheet of a 公文 as it stands: signed and frozen, handed in, or drawn anew from its source for whoever drafts.
///
/// # Errors
/// As `read`; `NotFound` where this person may not read the source it would be drawn from.
pub fn frozen(asked: &Asked, loaded: &Loaded) -> Result<Sheet> {
    let paper = loaded.of::<OfficialPaper>().map(|m| &m.state).ok_or(Failure::NotFound)?;
    let phase = loaded.matter.phase().map_or("", |p| p.name.as_str());
    let laid = paper.signed().map(|s| s.laid()).or_else(|| paper.submitted().filter(|_| phase != "Drafting").cloned());
    if let Some(laid) = laid {
        return Ok(read(asked.tx, asked.house, &loaded.number, &laid)?.0);
    }
    let (_, mine) = super::standing(asked.tx, asked.house, asked.reader.who, &paper.opening().about, asked.reader.now)?;
    if !OFFICE.iter().any(|s| mine.contains(s)) && !in_role(asked.reader.who, "R14") {
        return Err(Failure::NotFound);
    }
    drawn(&Asked { reader: Reader { mine: &mine, ..asked.reader }, ..*asked }, paper)
}
/// After the signature: a checkpoint, so that the paper leaves the house under a root.
pub fn signed_in(desk: &mut Desk, action: &str) {
    if action == "sign" {
        desk.checkpoint();
    }
}
