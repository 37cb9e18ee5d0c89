//! 企业端: one address, one page. GET shows it; every change is a POST to the same address, so that nobody on the wire can tell a
//! visitor from a reporter (trust.md T5). No cookie, nothing in the address, nothing in the browser's storage; answers of one size.
use domain::engine::{Field, Person, Refusal, Shape, Standing};
use ledger::{Alg, Hash};
use serde_json::{Value as Json, json};

use super::forms;
use super::pages::html;
use super::portal_forms::{plain, says_when, units, uploads, views};
use super::portal_page::{ActPart, CircularPart, FormPart, LetterView, MatterPart, PUBLISHED, PortalPage, ReceiptPart, SeekPart, words};
use super::visit::{Post, Reply, Values, Visit};
use crate::conferences;
use crate::failure::{Failure, Result};
use crate::files;
use crate::matters::{self, Circumstances};
use crate::portal::{self, Busy, Fresh, Held, Receipt, Sent, Ticket, Twice};

/// Its address.
pub const PATH: &str = "/portal";
/// Largest body of a form of the portal.
pub const BODY: usize = 64 << 20;

/// A form that opens a matter.
struct Opening {
    op: &'static str,
    kind: &'static str,
    action: &'static str,
    heading: &'static str,
    lead: &'static str,
}
const OPENINGS: [Opening; 2] = [
    Opening {
        op: "report",
        kind: "enterprise_appeal",
        action: "submit",
        heading: "反映问题",
        lead: "约需 5 分钟。标“必填”的要填，其余可不填。",
    },
    Opening {
        op: "observe",
        kind: "observation_request",
        action: "apply",
        heading: "申请随队观摩",
        lead: "请监督员到执法现场，看程序是否规范。观摩的是执法人员，不检查企业。",
    },
];
impl Opening {
    fn fields(&self) -> Option<&'static [Field]> {
        Some(domain::procedures::kind(self.kind)?.step(self.action)?.fields)
    }
    /// The form, empty or as it came.
    fn form(&self, p: &Post, values: &Values) -> Result<Option<FormPart>> {
        let Some(fields) = self.fields() else { return Ok(None) };
        let ticket = ticket(p)?;
        Ok(Some(FormPart {
            op: self.op,
            heading: self.heading,
            lead: self.lead,
            ticket: ticket.text().into(),
            bits: ticket.bits,
            fields: views(self.op, fields, values, &|_| vec![]),
            strong: values.get("strong") == "yes",
            agreed: values.get("agree") == "yes",
            multipart: fields.iter().any(|f| matches!(f.shape, Shape::Files)),
            ..Default::default()
        }))
    }
}
fn ticket(p: &Post) -> Result<Ticket> {
    Ticket::new(&p.house.keys, p.now, p.house.portal.due(p.now, &prefix(p))?)
}
fn prefix(p: &Post) -> String {
    portal::prefix(p.peer)
}

/// What a section of the page is asked to say instead of its usual words.
#[derive(Default)]
struct Say {
    here: &'static str,
    report: Option<FormPart>,
    observe: Option<FormPart>,
    seek: SeekPart,
    receipt: Option<ReceiptPart>,
    matter: Option<MatterPart>,
}
/// The whole page with this said in it.
fn whole(p: &Post, say: Say) -> Result<PortalPage> {
    let empty = Values(vec![("mode".into(), "匿名".into())]);
    let [report, observe] = &OPENINGS;
    let (owner, registers, published) =
        p.visit(|v| Ok((portal::owner(v.tx, &v.registers, "", v.now.today)?, v.registers.clone(), conferences::published(v.tx)?)))?;
    let period = |code: &'static str| {
        let limit = registers.limits.get(code)?;
        Some((code, limit.unit.words(limit.length?)))
    };
    Ok(PortalPage {
        here: say.here,
        owner: owner.as_deref().map_or("", |o| registers.org_name(o)).to_owned(),
        hotline: p.hotline.to_string(),
        periods: ["E1", "E2", "E3", "E4", "E5", "E6", "E7", "E16"].into_iter().filter_map(period).collect(),
        few: registers.count(domain::registers::parameters::FEW),
        published: published.into_iter().take(PUBLISHED).map(CircularPart::of).collect(),
        units: units(&registers),
        report: if say.report.is_some() { say.report } else { report.form(p, &empty)? },
        observe: if say.observe.is_some() { say.observe } else { observe.form(p, &Values::default())? },
        seek: say.seek,
        receipt: say.receipt,
        matter: say.matter,
        trouble: None,
    })
}
fn answer(p: &Post, status: u16, retry: Option<i64>, say: Say) -> Result<Reply> {
    Ok(Reply::Padded(status, html(&whole(p, say)?), retry))
}
/// `GET /portal`.
pub fn page(p: &Post) -> Result<Reply> {
    answer(p, 200, None, Say { here: "home", ..Default::default() })
}
/// A failure as a page of the portal: of the same size, with the same way on.
pub fn trouble(status: u16, words: &str, reference: Option<String>) -> Reply {
    let heading = if status >= 500 { "请稍后再试" } else { "没有办成" };
    let trouble = Some((heading.into(), words.to_owned(), reference));
    Reply::Padded(status, html(&PortalPage { here: "trouble", trouble, ..Default::default() }), None)
}
/// `POST /portal`.
pub fn send(p: &Post) -> Result<Reply> {
    // A page elsewhere must not have its visitors' browsers report or guess for it.
    if p.headers.get("sec-fetch-site").is_some_and(|v| v == "cross-site") {
        return Err(Failure::Forbidden("请在本网站的页面上填写。".into()));
    }
    let op = p.form.get("op");
    match OPENINGS.iter().find(|o| o.op == op) {
        Some(opening) => submit(p, opening),
        None if op == "progress" => progress(p),
        None if op == "act" => act(p),
        None => page(p),
    }
}

/// Why a form comes back.
enum Back {
    Wrong(Vec<(String, String)>),
    Note(String),
    Busy(Busy),
}
impl From<Busy> for Back {
    fn from(busy: Busy) -> Self {
        Self::Busy(busy)
    }
}
impl Back {
    /// A refusal that can be put right in the form; any other failure stays one.
    fn of(failure: Failure) -> Result<Self> {
        match failure {
            Failure::Refused(r) if !r.fields.is_empty() => Ok(Self::Wrong(r.fields)),
            Failure::Refused(r) => Ok(Self::Note(format!("{}。", r.reason.trim_end_matches('。')))),
            Failure::Bad(413 | 422, say) => Ok(Self::Wrong(vec![("files".into(), say)])),
            other => Err(other),
        }
    }
    const fn status(&self) -> (u16, Option<i64>) {
        match self {
            Self::Wrong(_) | Self::Note(_) => (422, None),
            Self::Busy(b) => (b.status, Some(b.seconds)),
        }
    }
    fn note(&self) -> Option<String> {
        match self {
            Self::Wrong(_) => None,
            Self::Note(say) => Some(say.clone()),
            Self::Busy(b) => Some(b.say.into()),
        }
    }
}
/// What came, to tell a second click from another text. Kept in memory only.
fn content(p: &Post) -> Hash {
    let mut all = vec![];
    for (name, value) in &p.form.0 {
        all.extend([name.as_bytes(), b"=", value.as_bytes(), b"&"]);
    }
    for u in &p.uploads {
        all.extend([u.name.as_bytes(), b":", &u.bytes, b"&"]);
    }
    Alg::Sha256.hash(&all)
}
fn submit(p: &Post, opening: &Opening) -> Result<Reply> {
    let Some(ticket) = Ticket::read(&p.house.keys, p.now, p.form.get("ticket")) else {
        return back(p, opening, &Back::Note("页面放得太久了。内容还在，请再点一次“提交”。".into()));
    };
    let content = content(p);
    let sending = match p.house.portal.first(p.now, &ticket.key(), &content) {
        Twice::First(sending) => sending,
        Twice::Same(receipt) => return shown(p, &receipt, None),
        Twice::Other => return told(p, &ticket),
    };
    if p.house.db.read_here(|tx| portal::find(tx, &ticket.key()))?.is_some() {
        return told(p, &ticket);
    }
    match taken(p, opening, &ticket) {
        Ok(Ok(receipt)) => {
            sending.done(p.now, content, receipt.clone());
            let hint =
                (opening.op == "report" && !says_when(p.form.get("facts"))).then_some("你没有写明时间。写明时间更好查，可以在进度里补充。");
            shown(p, &receipt, hint)
        }
        Ok(Err(why)) => back(p, opening, &why),
        Err(Failure::Stale) => told(p, &ticket),
        Err(other) => Err(other),
    }
}
/// Takes the form in, or says why not yet.
fn taken(p: &Post, opening: &Opening, ticket: &Ticket) -> Result<std::result::Result<Receipt, Back>> {
    let (gate, prefix) = (&p.house.portal, prefix(p));
    if let Err(busy) = gate.form(p.now, &prefix, ticket, p.form.get("work"))? {
        return Ok(Err(busy.into()));
    }
    let fields = opening.fields().ok_or(Failure::NotFound)?;
    let (mut form, mut wrong) = typed(p, fields)?;
    if p.form.get("agree") != "yes" {
        wrong.push(("agree".into(), "请先看个人信息处理告知，再勾选。".into()));
    }
    if !wrong.is_empty() {
        return Ok(Err(Back::Wrong(wrong)));
    }
    let accused = form.get("org").and_then(Json::as_str).unwrap_or("").to_owned();
    let owner = match p.visit(|v| portal::owner(v.tx, &v.registers, &accused, v.now.today))? {
        Ok(owner) => owner,
        Err(say) => return Ok(Err(Back::Note(say.into()))),
    };
    if let Err(busy) = gate.place(p.now, &prefix) {
        return Ok(Err(busy.into()));
    }
    let kept = (|| {
        let slot = match gate.slot() {
            Ok(slot) => slot,
            Err(busy) => return Ok(Err(busy.into())),
        };
        let fresh = Fresh::new(&p.house, p.form.get("strong") == "yes")?;
        drop(slot);
        let receipt = fresh.receipt.clone();
        let done = lay_down(p, fields, (&owner, &fresh.public), &mut form).and_then(|()| {
            let sent = Sent { owner, opening: (opening.kind, opening.action), form, ticket: ticket.key() };
            portal::take_in(&p.house, sent, fresh)
        });
        match done {
            Ok(()) => Ok(Ok(receipt)),
            Err(failure) => Back::of(failure).map(Err),
        }
    })();
    if !matches!(kept, Ok(Ok(_))) {
        gate.unplace(p.now, &prefix);
    }
    kept
}
/// The typed values of a form of the portal, and what is wrong with it; attachments are looked at and not yet laid down.
fn typed(p: &Post, fields: &[Field]) -> Result<(domain::engine::Form, Vec<(String, String)>)> {
    let registers = p.visit(|v| Ok(v.registers.clone()))?;
    let (values, mut wrong) = plain(fields, &p.form, &registers);
    let form = match forms::read(fields, &values, &[]) {
        Ok(form) => form,
        Err(Failure::Refused(Refusal { fields, .. })) => {
            // What could not be read is missing to the tables; its own message stands.
            let more = fields.into_iter().filter(|(n, _)| !wrong.iter().any(|(m, _)| m == n)).collect::<Vec<_>>();
            wrong.extend(more);
            domain::engine::Form::new()
        }
        Err(other) => return Err(other),
    };
    let wanted = fields.iter().find(|f| matches!(f.shape, Shape::Files)).map(|f| f.name);
    let came: Vec<_> = p.uploads.iter().filter(|u| Some(u.field.as_str()) == wanted).cloned().collect();
    wrong.retain(|(n, _)| Some(n.as_str()) != wanted || came.is_empty());
    wrong.extend(uploads(&came).zip(wanted).map(|(say, name)| (name.to_owned(), say)));
    wrong.sort_by_key(|(n, _)| fields.iter().position(|f| f.name == n));
    Ok((form, wrong))
}
/// Attachments, encrypted to the office and to the reporter.
fn lay_down(p: &Post, fields: &[Field], (owner, public): (&str, &str), form: &mut domain::engine::Form) -> Result<()> {
    let Some(wanted) = fields.iter().find(|f| matches!(f.shape, Shape::Files)).map(|f| f.name) else { return Ok(()) };
    let came = p.uploads.iter().filter(|u| u.field == wanted);
    let ids = came.map(|u| files::take_in_for(&p.house, "reporter", owner, public, &u.name, &u.bytes)).collect::<Result<Vec<_>>>()?;
    if !ids.is_empty() {
        form.insert(wanted.to_owned(), json!(ids));
    }
    Ok(())
}
/// The form again: nothing typed is lost, every message at its field; attachments must be chosen again, and it says so.
fn back(p: &Post, opening: &Opening, why: &Back) -> Result<Reply> {
    let mut part = opening.form(p, &p.form)?.ok_or(Failure::NotFound)?;
    part.note = why.note();
    part.lost = p.uploads.iter().map(|u| u.name.chars().filter(|c| !c.is_control()).take(80).collect()).collect();
    if let Back::Wrong(wrong) = why {
        for (name, say) in wrong {
            let label = part.fields.iter().find(|f| f.name == name).map_or("告知和承诺", |f| f.label);
            part.errors.push((format!("{}-{name}", opening.op), format!("{label}：{say}")));
            part.fields.iter_mut().filter(|f| f.name == name).for_each(|f| f.error = Some(say.clone()));
        }
        part.agree_error = wrong.iter().find(|(n, _)| n == "agree").map(|(_, say)| say.clone());
    }
    let (status, retry) = why.status();
    let (report, observe) = if opening.op == "report" { (Some(part), None) } else { (None, Some(part)) };
    answer(p, status, retry, Say { here: opening.op, report, observe, ..Default::default() })
}
fn grouped(number: &str) -> String {
    [number.get(..3), number.get(3..6), number.get(6..)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
/// A step's name as he reads it who takes it: that it is the reporter's goes without saying.
fn his(label: &'static str) -> &'static str {
    label.trim_start_matches("反映人")
}
/// What cannot be taken back is asked twice, and so is giving up.
fn twice(row: &domain::engine::StepInfo) -> bool {
    row.grave || row.action == "withdraw"
}
fn receipt_page(p: &Post, number: &str, code: &str, hint: Option<&'static str>) -> Result<Reply> {
    let owner = p.visit(|v| Ok(v.registers.org_name(&portal::received_by(v.tx, number)?).to_owned()))?;
    let signs: Vec<char> = code.chars().collect();
    let receipt = ReceiptPart {
        number: number.to_owned(),
        number_shown: grouped(number),
        signs: signs.len(),
        code: signs.chunks(4).map(|c| c.iter().collect()).collect(),
        day: words(p.now.today),
        owner,
        hint,
    };
    answer(p, 200, None, Say { here: "receipt", receipt: Some(receipt), ..Default::default() })
}
fn shown(p: &Post, receipt: &Receipt, hint: Option<&'static str>) -> Result<Reply> {
    receipt_page(p, &receipt.number, &receipt.code, hint)
}
/// The form was sent before: its number, and never the code again.
fn told(p: &Post, ticket: &Ticket) -> Result<Reply> {
    let number = p.house.db.read_here(|tx| portal::find(tx, &ticket.key()))?.unwrap_or_default();
    receipt_page(p, &number, "", None)
}

/// Why a receipt was not let in.
enum Shut {
    Typo(SeekPart),
    Busy(Busy),
    Wrong,
}
/// Lets in whoever brings number and code. There is no session: the page the reporter has open brings both again with every step, in
/// hidden fields. A session would need a cookie or a token in the address; both outlive the page, in the browser's store or its
/// history, and would be found there by whoever uses the machine next. What a page holds is gone when it is closed.
fn admitted(p: &Post) -> Result<std::result::Result<(String, String, Held), Shut>> {
    use domain::identifiers::receipt::{check_number, check_secret};
    let (number, code) = match (check_number(p.form.get("number")), check_secret(p.form.get("code"))) {
        (Ok(number), Ok(code)) => (number, code),
        // A slip is told before anything is looked up.
        (number, code) => {
            let typed = p.form.get("number").chars().take(40).collect();
            let part =
                SeekPart { number: typed, number_error: number.err().map(|w| w.say), code_error: code.err().map(|w| w.say), note: None };
            return Ok(Err(Shut::Typo(part)));
        }
    };
    let (gate, prefix) = (&p.house.portal, prefix(p));
    if let Err(busy) = gate.knock(p.now, &number, &prefix)? {
        return Ok(Err(Shut::Busy(busy)));
    }
    let held = match gate.slot() {
        Ok(_slot) => portal::open(&p.house, &number, &code)?,
        Err(busy) => {
            gate.right(p.now, &number, &prefix);
            return Ok(Err(Shut::Busy(busy)));
        }
    };
    let Some(held) = held else { return Ok(Err(Shut::Wrong)) };
    gate.right(p.now, &number, &prefix);
    Ok(Ok((number, code, held)))
}
fn shut(p: &Post, why: Shut) -> Result<Reply> {
    let typed = || p.form.get("number").chars().take(40).collect::<String>();
    let (status, retry, seek) = match why {
        Shut::Typo(seek) => (422, None, seek),
        Shut::Busy(b) => (b.status, Some(b.seconds), SeekPart { number: typed(), note: Some(b.say.into()), ..Default::default() }),
        Shut::Wrong => (
            422,
            None,
            SeekPart {
                number: typed(), note: Some("受理号或回执密码不对。请对照回执重填。".into()), ..Default::default()
            },
        ),
    };
    answer(p, status, retry, Say { here: "progress", seek, ..Default::default() })
}
fn progress(p: &Post) -> Result<Reply> {
    match admitted(p)? {
        Ok((number, code, held)) => matter_page(p, (&number, &code, &held), 200, None, None),
        Err(why) => shut(p, why),
    }
}
/// The matter as its reporter sees it, with what he can do.
fn matter_page(p: &Post, held: (&str, &str, &Held), status: u16, said: Option<String>, again: Option<(&str, &Back)>) -> Result<Reply> {
    let part = p.visit(|v| matter_part(p, v, held, again))?;
    let retry = again.and_then(|(_, why)| why.status().1);
    answer(p, status, retry, Say { here: "matter", matter: Some(MatterPart { said, ..part }), ..Default::default() })
}
fn matter_part(p: &Post, v: &Visit, (number, code, held): (&str, &str, &Held), again: Option<(&str, &Back)>) -> Result<MatterPart> {
    let loaded = matters::load(v.tx, &held.matter)?.ok_or(Failure::NotFound)?;
    let kind = domain::procedures::kind(loaded.matter.kind()).ok_or(Failure::NotFound)?;
    let who = Person::reporter(loaded.matter.owner());
    let circumstances = Circumstances::of(v.tx, &loaded, &who, v.now, &v.registers)?;
    let mut acts = vec![];
    for offer in loaded.matter.offered(&circumstances.at(&who)) {
        let Some(row) = kind.step(offer.action).filter(|r| r.by.contains(&Standing::Reporter)) else { continue };
        let mine = again.filter(|(action, _)| *action == row.action).map(|(_, why)| why);
        let values = if mine.is_some() { p.form.clone() } else { Values::default() };
        let mut part = ActPart {
            action: row.action,
            label: his(row.label),
            ticket: ticket(p)?.text().into(),
            fields: views(row.action, row.fields, &values, &|f| loaded.matter.choices(f)),
            note: mine.and_then(Back::note),
            lost: if mine.is_some() { p.uploads.iter().map(|u| u.name.clone()).collect() } else { vec![] },
            grave: twice(row),
            open: mine.is_some(),
            multipart: row.fields.iter().any(|f| matches!(f.shape, Shape::Files)),
            blocked: offer.blocked.map(|r| r.reason),
            ..Default::default()
        };
        if let Some(Back::Wrong(wrong)) = mine {
            for (name, say) in wrong {
                let label = part.fields.iter().find(|f| f.name == name).map_or("确认", |f| f.label);
                part.errors.push((format!("{}-{name}", row.action), format!("{label}：{say}")));
                part.fields.iter_mut().filter(|f| f.name == name).for_each(|f| f.error = Some(say.clone()));
            }
        }
        acts.push(part);
    }
    let letters = portal::letters(v.tx, v.house, &v.registers, &loaded, held)?;
    let mut facts = vec![];
    for row in loaded.matter.view(&circumstances.at(&who)).into_iter().flat_map(|s| s.rows) {
        let mut open = |r: &str| Ok(crate::vault::open(v.tx, &v.house.keys, r)?.unwrap_or_default());
        facts.push((row.field.label, matters::text_of(row.field, &row.value, &v.registers, &mut open)?));
    }
    let phase = loaded.matter.phase();
    Ok(MatterPart {
        kind: kind.label,
        number: number.into(),
        number_shown: grouped(number),
        code: code.into(),
        phase: phase.map_or("", |p| p.label),
        closed: phase.is_some_and(|p| p.ball.is_none()),
        owner: v.registers.org_name(loaded.matter.owner()).into(),
        due: loaded.matter.due().filter(|(_, r)| r.paused.is_none()).map(|(label, r)| (label, words(r.due), r.due.to_string())),
        said: None,
        facts,
        letters: letters
            .into_iter()
            .map(|l| LetterView { day: words(l.on), iso: l.on.to_string(), label: his(l.label), own: l.own, texts: l.texts })
            .collect(),
        acts,
    })
}
/// A step of the reporter on his own matter.
fn act(p: &Post) -> Result<Reply> {
    let (number, code, held) = match admitted(p)? {
        Ok(held) => held,
        Err(why) => return shut(p, why),
    };
    let held = (number.as_str(), code.as_str(), &held);
    let loaded = p.visit(|v| matters::load(v.tx, &held.2.matter))?.ok_or(Failure::NotFound)?;
    let row = domain::procedures::kind(loaded.matter.kind()).and_then(|k| k.step(p.form.get("action")));
    let Some(row) = row.filter(|r| r.by.contains(&Standing::Reporter) && !r.opens()) else {
        return matter_page(p, held, 200, None, None);
    };
    let again = |why: Back| matter_page(p, held, why.status().0, None, Some((row.action, &why)));
    let Some(ticket) = Ticket::read(&p.house.keys, p.now, p.form.get("ticket")) else {
        return again(Back::Note("页面放得太久了。内容还在，请再提交一次。".into()));
    };
    let (mut form, mut wrong) = typed(p, row.fields)?;
    if twice(row) && p.form.get("sure") != "yes" {
        wrong.push(("sure".into(), "请先勾选确认。".into()));
    }
    if !wrong.is_empty() {
        return again(Back::Wrong(wrong));
    }
    let done = lay_down(p, row.fields, (loaded.matter.owner(), &held.2.public), &mut form)
        .and_then(|()| portal::act(&p.house, held.2.matter.clone(), row.action, form, (ticket.key(), number.clone())));
    match done {
        Ok(()) => matter_page(p, held, 200, Some(format!("已{}。", his(row.label))), None),
        // The first answer to a double click is thrown away by the browser; what it did stands in the progress.
        Err(Failure::Stale) => {
            let said = "这一页的内容已经提交过，见下面的进度。要再提交新的内容，请在下面重新填写。";
            matter_page(p, held, 200, Some(said.into()), None)
        }
        Err(failure) => again(Back::of(failure)?),
    }
}
