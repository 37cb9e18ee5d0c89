//! 热线坐席 (M4.1): one form for a call, filled in by keyboard alone, with what the house holds already beside it. Nothing typed is lost,
//! nothing of the caller stands in an address.
use askama::Template;
use domain::engine::Form;
use domain::procedures::hotline_call::polite;
use domain::registers::codes::{APPEAL_MODE, CodeTable, ENFORCEMENT_ACT, ENTERPRISE_PROBLEM, HOTLINE_OUTCOME, LITIGATION, OUT_OF_SCOPE};
use domain::registers::parameters::EXCHANGE_DAY;

use super::api::take as act;
use super::pages::{Due, Frame, Stage, html};
use super::visit::{Post, Reply, Values, Visit, encode};
use super::{doing, forms, present};
use crate::failure::{Failure, Result};
use crate::hotline::{self, Asked};
use crate::matters::{self, Filter, Item, Where};
use crate::registers::Registers;
use crate::{edge, own};

/// Where the draft of the form is kept.
pub const PLACE: &str = "desk";
const CALL: &str = "call";

/// A call in the lists beside the form.
struct Line {
    number: String,
    title: String,
    day: String,
    stage: Stage,
    due: Option<Due>,
    why: String,
}
#[derive(Template, Default)]
#[template(path = "desk.html")]
struct DeskPage {
    frame: Frame,
    key: String,
    values: Values,
    /// `(field, label, what is wrong)`.
    errors: Vec<(String, &'static str, String)>,
    draft: Option<String>,
    /// He takes calls; the head of the office looks on.
    takes: bool,
    /// `(name, short name)`.
    orgs: Vec<(String, String)>,
    hits: Vec<Line>,
    /// Why no call can be taken yet.
    blocked: String,
    /// Somebody asked for duplicates.
    looked: bool,
    owed: Vec<Line>,
    today: Vec<Line>,
    reminder: String,
}
impl DeskPage {
    fn get(&self, name: &str) -> &str {
        self.values.get(name)
    }
    fn error(&self, name: &str) -> &str {
        self.errors.iter().find(|e| e.0 == name).map_or("", |e| e.2.as_str())
    }
    fn modes() -> &'static CodeTable {
        &APPEAL_MODE
    }
    fn acts() -> &'static CodeTable {
        &ENFORCEMENT_ACT
    }
    fn problems() -> &'static CodeTable {
        &ENTERPRISE_PROBLEM
    }
    fn pending() -> &'static CodeTable {
        &LITIGATION
    }
    fn outcomes() -> &'static CodeTable {
        &HOTLINE_OUTCOME
    }
    fn ways() -> Vec<(&'static str, &'static str, &'static str)> {
        OUT_OF_SCOPE.rows.iter().map(|(code, label)| (*code, *label, polite::words(code))).collect()
    }
}
/// Names of the desk's fields, in the order of the form.
const FIELDS: &[(&str, &str)] = &[
    ("reporter_phone", "来电号码"),
    ("reporter_name", "来电人"),
    ("mode", "来电方式"),
    ("enterprise", "企业名称"),
    ("uscc", "统一社会信用代码"),
    ("org", "被反映单位"),
    ("problems", "问题类别"),
    ("act_type", "执法行为类型"),
    ("facts", "来电内容"),
    ("litigation", "是否在复议、诉讼"),
    ("outcome", "办理结果"),
    ("out_of_scope", "告知去向"),
    ("demand", "诉求"),
    ("doc_no", "执法文书号"),
    ("disclose", "同意披露身份"),
    ("recording", "录音编号"),
    ("into", "并入"),
];
/// Code of the organisation of this name, short or former name, or code.
fn org_of(registers: &Registers, said: &str) -> Option<String> {
    let said = said.trim();
    let named = |o: &&crate::registers::Org| {
        o.name == said || o.short.split('、').any(|s| s == said) || o.former.split('、').any(|s| s == said) || o.code == said
    };
    registers.orgs().filter(|_| !said.is_empty()).find(named).map(|o| o.code.clone())
}
/// Codes of the categories typed by their numbers: `1 4 12`.
fn problems_of(said: &str) -> std::result::Result<Vec<String>, String> {
    let plain: String = said.chars().map(domain::identifiers::half_width).collect();
    let mut all: Vec<String> = vec![];
    for n in plain.split(|c: char| !c.is_alphanumeric()).filter(|n| !n.is_empty()) {
        let code = n.trim_start_matches('0').to_owned();
        if !ENTERPRISE_PROBLEM.has(&code) {
            return Err(format!("没有问题类别“{n}”。填 1 至 13，多个用空格分开。"));
        }
        if !all.contains(&code) {
            all.push(code);
        }
    }
    Ok(all)
}
/// The desk's words as the values of the row, and what cannot be read.
fn values_of(registers: &Registers, given: &Values) -> (Values, Vec<(String, String)>) {
    let (mut values, mut wrong) = (Values::default(), vec![]);
    for (name, _) in FIELDS {
        let said = given.get(name).trim();
        match *name {
            _ if said.is_empty() => {}
            "org" => match org_of(registers, said) {
                Some(code) => values.0.push(("org".into(), code)),
                None => wrong.push(("org".into(), format!("机构表里没有“{said}”。请从列表中选；不在表里的写在来电内容。"))),
            },
            "problems" => match problems_of(said) {
                Ok(codes) => values.0.extend(codes.into_iter().map(|c| ("problems".to_owned(), c))),
                Err(say) => wrong.push(("problems".into(), say)),
            },
            _ => values.0.push(((*name).to_owned(), said.to_owned())),
        }
    }
    (values, wrong)
}
fn line(v: &Visit, i: &Item, why: String) -> Line {
    Line {
        number: i.number.clone(),
        title: i.title.clone(),
        day: i.opened_on.clone(),
        stage: present::stage(&i.kind, &i.phase, i.closed),
        due: if i.closed { None } else { present::due(&i.due, i.paused, i.provisional, &v.registers, v.now.today) },
        why,
    }
}
fn calls(v: &Visit, phase: &str, fits: &dyn Fn(&Item) -> bool) -> Result<Vec<Item>> {
    let f = Filter { kind: "hotline_call".into(), phase: phase.into(), limit: 100, ..Default::default() };
    Ok(matters::list(v.tx, v.house, v.who, &f, v.now)?.items.into_iter().filter(fits).collect())
}
fn hits(v: &Visit, values: &Values) -> Result<Vec<Line>> {
    let problems = problems_of(values.get("problems")).unwrap_or_default();
    let org = org_of(&v.registers, values.get("org")).unwrap_or_default();
    let asked = Asked {
        uscc: values.get("uscc"),
        phone: values.get("reporter_phone"),
        doc_no: values.get("doc_no"),
        org: &org,
        problems: &problems,
    };
    let hits = hotline::like(v.tx, v.house, v.who, v.now, &asked)?;
    Ok(hits.iter().map(|h| line(v, &h.item, h.why.join("、"))).collect())
}
/// The office he takes calls for.
fn office(who: &domain::engine::Person) -> Option<&str> {
    who.roles.iter().find(|r| r.role == "R14").map(|r| r.org.as_str())
}
fn desk(v: &Visit, values: Values, looked: bool) -> Result<DeskPage> {
    let today = v.now.today;
    let mut owed = calls(v, "CallingBack", &|_| true)?;
    owed.sort_by(|a, b| (&a.due, a.id).cmp(&(&b.due, b.id)));
    let this = today.to_string();
    let until = v.registers.count(EXCHANGE_DAY);
    let reminder = if usize::from(today.day().unsigned_abs()) <= until {
        format!("每月{until}日前与12345互推上月件（本机构设定，非法定），今日{}月{}日。", today.month(), today.day())
    } else {
        String::new()
    };
    Ok(DeskPage {
        frame: present::frame(v, "热线坐席", &[("工作台", "/"), ("热线坐席", "")])?,
        key: if values.get("key").is_empty() { edge::random_hex::<8>()? } else { values.get("key").to_owned() },
        takes: office(v.who).is_some(),
        orgs: v.registers.orgs().filter(|o| o.level != "内设").map(|o| (o.name.clone(), o.short.clone())).collect(),
        blocked: office(v.who).map_or(Ok(()), |org| crate::vault::ready(v.tx, org)).err().map(|f| f.to_string()).unwrap_or_default(),
        hits: if looked { hits(v, &values)? } else { vec![] },
        looked,
        owed: owed.iter().take(10).map(|i| line(v, i, String::new())).collect(),
        today: calls(v, "", &|i| i.opened_on == this)?.iter().take(10).map(|i| line(v, i, String::new())).collect(),
        reminder,
        values,
        ..Default::default()
    })
}
/// `GET /desk`.
pub fn page(v: &Visit) -> Result<Reply> {
    let draft = own::draft(v.tx, &v.who.id, PLACE, CALL)?;
    let values = draft.as_ref().map(|(text, _)| Values::read(text)).unwrap_or_default();
    let told = draft.map(|(_, saved)| format!("已恢复 {} 暂存的内容。", edge::minute_of(saved)));
    let looked = !values.0.is_empty();
    let page = DeskPage { draft: told, ..desk(v, values, looked)? };
    Ok(Reply::Html(html(&page)))
}
/// `POST /desk/like`: the form again with what the house holds; `join` is what the call is to be joined to.
pub fn like(p: &Post) -> Result<Reply> {
    let mut values = p.form.clone();
    let join = values.get("join").to_owned();
    if !join.is_empty() {
        values.0.retain(|(n, _)| n != "into" && n != "join");
        values.0.push(("into".into(), join));
    }
    p.visit(|v| Ok(Reply::Html(html(&desk(v, values.clone(), true)?))))
}
/// `POST /desk`.
pub fn take(p: &Post) -> Result<Reply> {
    let registers = p.visit(|v| Ok(v.registers.clone()))?;
    let action = if p.form.get("back").is_empty() { "take" } else { "take_back" };
    let row = domain::procedures::kind("hotline_call").and_then(|k| k.step(action)).ok_or(Failure::NotFound)?;
    let owner = office(&p.who).ok_or(Failure::NotFound)?.to_owned();
    let key = Some(p.form.get("key").to_owned()).filter(|k| !k.is_empty());
    let (values, unread) = values_of(&registers, &p.form);
    // What cannot be read is told together with everything else that is wrong.
    let refused = |more: Vec<(String, String)>| {
        let fields = unread.iter().cloned().chain(more.into_iter().filter(|(f, _)| !unread.iter().any(|u| u.0 == *f))).collect();
        Failure::Refused(domain::engine::Refusal { fields, ..domain::engine::refusals::BAD_FORM })
    };
    let done = forms::read(row.fields, &values, &[]).and_then(|form: Form| {
        if !unread.is_empty() {
            return Err(refused(vec![]));
        }
        act(p, Where::Open { kind: "hotline_call".into(), owner, links: vec![] }, action, form, None, key)
    });
    match done {
        Ok(done) => {
            doing::drop_draft(p, PLACE, CALL)?;
            Ok(Reply::Go(format!("/desk?done={}", encode(&format!("已登记 {}。可以接下一个。", done.number)))))
        }
        Err(Failure::Refused(r)) if !r.fields.is_empty() => {
            let Failure::Refused(r) = refused(r.fields) else { return Err(Failure::NotFound) };
            let label = |name: &str| FIELDS.iter().find(|f| f.0 == name).map_or("本表", |f| f.1);
            let errors: Vec<_> = r.fields.into_iter().map(|(name, say)| (name.clone(), label(&name), say)).collect();
            p.visit(|v| {
                let page = DeskPage { errors: errors.clone(), ..desk(v, p.form.clone(), true)? };
                Ok(Reply::Page(422, html(&page)))
            })
        }
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::problems_of;

    #[test]
    fn categories_are_typed_by_their_numbers() {
        assert_eq!(problems_of("1 4,12、12"), Ok(vec!["1".into(), "4".into(), "12".into()]));
        assert_eq!(problems_of("０７"), Ok(vec!["7".into()]));
        assert!(problems_of("14").is_err() && problems_of("四").is_err() && problems_of(" ").is_ok_and(|p| p.is_empty()));
    }
}
