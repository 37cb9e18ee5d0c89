//! 移送 (M2.4, B8): the package is built when it is prepared, from the source as the lead may read it and from what the handler wrote, all of
//! it redacted, and laid down as a file; what is approved and read afterwards is that file, byte for byte.
use domain::engine::{Entry, Field, Form, OFFICE, Refusal, Row, Shape, Standing, is_vault_ref};
use domain::procedures::dossier::SEALED;
use domain::procedures::enterprise_appeal::{EnterpriseAppeal, guard};
use domain::procedures::referral::{Opening, Referral};
use domain::redaction::{Keep, Kind, Known, redacted};
use serde_json::{Value as Json, json};

use crate::edge::hex;
use crate::failure::{Failure, Result};
use crate::matters::{self, Ask, Desk, Loaded, Where, load, text_of, with_names};
use crate::{appeals, files, people, vault};

/// How far around the source reporters are looked for, and how many matters at most.
const AROUND: (usize, usize) = (4, 300);

/// Before the gate: which matter a reaction refers, whether this body may receive it at all, and the package.
///
/// # Errors
/// What stands in the way, in words.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    let text = |form: &Form, name: &str| form.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
    match ask.action {
        "open" => {
            let source = text(form, "source");
            // What he may not see is not there for him, and the gate says so.
            if desk.known(ask.who, &source)?.is_none() {
                return Ok(());
            }
            may_receive(desk, &source, &text(form, "to_org"))
        }
        "open_for" => {
            let Where::Open { links, .. } = &ask.place else { return Ok(()) };
            let source = links.first().cloned().unwrap_or_default();
            form.insert("source".into(), json!(source));
            may_receive(desk, &source, &text(form, "to_org"))
        }
        "prepare" | "supplement" | "approve" if loaded.matter.stands(ask.action) => {
            let Some(referral) = loaded.of::<Referral>().map(|m| &m.state) else { return Ok(()) };
            may_receive(desk, referral.source(), referral.to_org())?;
            if ask.action == "approve" {
                return Ok(());
            }
            let package = Package::of(desk, loaded, referral, form)?;
            let bytes = package.into_bytes();
            let file = files::take_in_here(desk, &ask.who.id, "移送材料.txt", &bytes)?;
            form.insert("package".into(), json!([file]));
            form.insert("digest".into(), json!(hex(&desk.head.alg().hash(&[&bytes]))));
            Ok(())
        }
        _ => Ok(()),
    }
}
/// Nothing goes to whom it is about: neither the unit nor what lies under it (boundary 4). A referral is no source of another one.
fn may_receive(desk: &Desk, source: &str, to_org: &str) -> Result<()> {
    // What does not exist is the gate's to say.
    let Some(source) = load(desk.tx, source)? else { return Ok(()) };
    let wrong = |field: &str, say: &str| Err(Failure::Refused(Refusal::at(field, say)));
    if source.matter.kind() == "referral" {
        return wrong("source", "移送件不能再作移送的来源。");
    }
    if source.matter.kind() == "packet" {
        return wrong("source", "授权包不能作移送的来源。");
    }
    if let Some(appeal) = source.of::<EnterpriseAppeal>()
        && let Some(say) = guard::sentence(appeals::verdict(desk, &appeal.state, to_org)?)
    {
        return wrong("to_org", say);
    }
    let about = source.matter.index().org;
    if !about.is_empty() && desk.registers.under(to_org, &about) {
        return wrong("to_org", "不能移送给所涉单位或其下属单位。");
    }
    Ok(())
}

/// Everything one package is made from.
struct Package<'a> {
    desk: &'a Desk<'a>,
    source: Loaded,
    names: Vec<Known>,
    keep: Keep,
    /// Sealed, or about minors: nothing that was written about persons goes out, whatever was to be kept (boundary 6).
    sealed: bool,
}
impl Package<'_> {
    fn of(desk: &Desk, loaded: &Loaded, referral: &Referral, form: &Form) -> Result<String> {
        let source = load(desk.tx, referral.source())?.ok_or(Failure::NotFound)?;
        let sealed = sealed(desk, &source)?;
        let kept = |what: &str| !sealed && form.get("keep").and_then(Json::as_array).is_some_and(|k| k.iter().any(|c| c == what));
        let keep = Keep { case_no: kept("案号"), plate: kept("车牌"), address: kept("住址") };
        let mut names = listed(form.get("names").and_then(Json::as_str).unwrap_or(""));
        names.extend(named_in(desk, &source, kept("干警姓名"), keep.case_no)?);
        // Last, so that what was kept legible is masked all the same where it is the reporter's.
        names.extend(reporters(desk, source.id)?);
        Package { desk, source, names, keep, sealed }.text(&loaded.number, referral.opening(), form)
    }
    fn masked(&self, text: &str) -> String {
        redacted(text, &self.names, &self.keep)
    }
    fn text(&self, number: &str, opening: &Opening, form: &Form) -> Result<String> {
        let Self { desk, source, .. } = self;
        let org = |code: &str| desk.registers.org_name(code).to_owned();
        let index = source.matter.index();
        let kind = domain::procedures::kind(source.matter.kind()).ok_or(Failure::NotFound)?;
        let mut lines = vec![
            "移送材料".to_owned(),
            String::new(),
            format!("移送编号：{number}"),
            format!("接收机关：{}（{}）", org(&opening.to_org), opening.receiver),
            format!("密级：{}", opening.secrecy),
            format!("形成日期：{}", desk.now.today),
            format!("来源：{}", kind.label),
            format!("事项：{}", self.masked(&index.title.replace("{org}", &org(&index.org)))),
        ];
        let given = |name: &str| form.get(name).and_then(Json::as_str).unwrap_or("").trim().to_owned();
        let texts = [("一、移送理由", self.open(&opening.ground)?), ("二、事实", given("facts")), ("三、证据清单", given("evidence"))];
        let more = Some(("随附文字", given("texts"))).filter(|(_, t)| !t.is_empty());
        for (heading, text) in texts.into_iter().chain(more) {
            lines.extend([String::new(), heading.to_owned(), self.masked(&text)]);
        }
        for section in source.matter.page() {
            let mut rows = vec![];
            for row in section.rows.iter().filter(|r| self.goes_out(r.field)) {
                let told = self.row(row)?;
                rows.extend(Some(format!("{}：{}", row.field.label, self.masked(&told))).filter(|_| !told.trim().is_empty()));
            }
            if !rows.is_empty() {
                lines.extend([String::new(), format!("件内记载：{}", section.label)]);
                lines.extend(rows);
            }
        }
        lines.extend([String::new(), "办理经过".to_owned()]);
        for kept in crate::ledger::stream(desk.tx, &source.number)? {
            let Ok(entry) = serde_json::from_slice::<Entry>(&kept.event.payload) else { continue };
            // Not even that there is a reporter who was told or looked up.
            if let Some(told) = source.matter.timeline(&entry, &[Standing::Lead], "").filter(|t| !t.label.contains("反映人")) {
                lines.push(format!("{} {}", entry.stamp.on, told.label));
            }
        }
        lines.push(String::new());
        Ok(lines.join("\n"))
    }
    /// What the lead reads there, but for what names or points to somebody or something else by itself.
    fn goes_out(&self, field: &Field) -> bool {
        let points = match field.shape {
            Shape::Matter(_) | Shape::Person | Shape::Files | Shape::Choice => true,
            Shape::Rows(columns) => columns.iter().any(|c| c.name == "person"),
            _ => false,
        };
        let personal = self.sealed && field.vault.is_some();
        field.seen.contains(&Standing::Lead) && !field.is_sealed() && !points && !personal
    }
    fn row(&self, row: &Row) -> Result<String> {
        text_of(row.field, &row.value, &self.desk.registers, &mut |r| open(self.desk, r))
    }
    fn open(&self, value: &str) -> Result<String> {
        is_vault_ref(value).map_or_else(|| Ok(value.to_owned()), |r| open(self.desk, r))
    }
}
fn open(desk: &Desk, reference: &str) -> Result<String> {
    Ok(vault::open(desk.tx, &desk.house.keys, reference)?.unwrap_or_default())
}
/// Names in a text, one a line or divided as people divide them.
fn listed(text: &str) -> Vec<Known> {
    let parts = text.split(['\n', '\r', '、', '，', ',', '；', ';', '/']).map(str::trim);
    parts.filter(|t| t.chars().count() > 1).map(Known::name).collect()
}
/// Persons and case numbers the source itself registers.
fn named_in(desk: &Desk, source: &Loaded, officers: bool, case_no: bool) -> Result<Vec<Known>> {
    let mut all = vec![];
    for row in source.matter.page().iter().flat_map(|s| &s.rows) {
        let field = row.field;
        let told = || -> Result<String> {
            text_of(field, with_names(desk.tx, field, &row.value)?.as_ref(), &desk.registers, &mut |r| open(desk, r))
        };
        match field.shape {
            _ if field.name == "case_no" => {
                all.extend(Some(Known { kind: Kind::CaseNo, text: told()? }).filter(|k| !case_no && !k.text.is_empty()));
            }
            Shape::Person if !(officers && field.name == "officer") => all.extend(listed(&told()?)),
            Shape::Short if field.vault.is_some() && !(officers && field.name == "officer") => all.extend(listed(&told()?)),
            Shape::Rows(columns) if columns.iter().any(|c| c.name == "person") => {
                for person in row.value.as_array().into_iter().flatten().filter_map(|r| r.get("person")?.as_str()) {
                    all.push(Known::name(people::name(desk.tx, person)?));
                }
            }
            _ => {}
        }
    }
    Ok(all)
}
/// What the sealed fields of the source and of the matters around it hold: opened to be masked, and for nothing else.
fn reporters(desk: &Desk, source: i64) -> Result<Vec<Known>> {
    let (mut seen, mut at, mut all) = (vec![source], 0, vec![]);
    let mut depth = vec![0];
    while let (Some(id), Some(d)) = (seen.get(at).copied(), depth.get(at).copied()) {
        at += 1;
        all.extend(sealed_in(desk, id)?);
        for (next, _) in matters::neighbours(desk.tx, id)?.into_iter().filter(|_| d < AROUND.0) {
            if seen.len() < AROUND.1 && !seen.contains(&next) {
                seen.push(next);
                depth.push(d + 1);
            }
        }
    }
    Ok(all)
}
fn sealed_in(desk: &Desk, id: i64) -> Result<Vec<Known>> {
    let Some(loaded) = matters::load_by_id(desk.tx, id)? else { return Ok(vec![]) };
    let fields = domain::procedures::kind(loaded.matter.kind()).map(domain::engine::Kind::fields).unwrap_or_default();
    let sealed: Vec<&str> = fields.into_iter().filter(|f| f.is_sealed()).map(|f| f.name).collect();
    if sealed.is_empty() {
        return Ok(vec![]);
    }
    let mut all = vec![];
    for reference in references(&serde_json::from_str(&loaded.matter.body())?, &sealed) {
        let text = vault::open_identity(desk.tx, &desk.house.keys, &reference)?.unwrap_or_default();
        if text.chars().any(|c| c.is_ascii_digit()) {
            let kind = if text.chars().filter(char::is_ascii_digit).count() > 13 { Kind::IdCard } else { Kind::Phone };
            all.push(Known { kind, text });
        } else {
            all.extend(listed(&text));
        }
    }
    Ok(all)
}
fn references(body: &Json, names: &[&str]) -> Vec<String> {
    match body {
        Json::Object(all) => {
            let own = all.iter().filter(|(k, _)| names.contains(&k.as_str())).filter_map(|(_, v)| is_vault_ref(v.as_str()?));
            own.map(ToOwned::to_owned).chain(all.values().flat_map(|v| references(v, names))).collect()
        }
        Json::Array(all) => all.iter().flat_map(|v| references(v, names)).collect(),
        _ => vec![],
    }
}
/// Whether the source or what it is linked to is sealed or about minors.
fn sealed(desk: &Desk, source: &Loaded) -> Result<bool> {
    if source.matter.kind() == "special_check" || source.matter.marks().contains(&SEALED) {
        return Ok(true);
    }
    let system = domain::engine::Person::house(source.matter.owner());
    let circumstances = matters::Circumstances::of(desk.tx, source, &system, desk.now, &desk.registers)?;
    let kin = circumstances.at(&system).kin.iter().any(|k| k.marks.iter().any(|m| m == SEALED));
    let coded = source.matter.index().codes.iter().any(|c| matches!(c.as_str(), "M1" | "M2"));
    let said = |r: &Row| match r.field.name {
        "sealed" => r.value == true,
        "seal" => r.value.as_str().is_some_and(|s| !s.is_empty()) || r.value.as_array().is_some_and(|a| !a.is_empty()),
        _ => matches!(r.field.shape, Shape::Codes(_)) && r.value.as_array().is_some_and(|a| a.iter().any(|c| c == "未成年")),
    };
    Ok(kin || coded || source.matter.page().iter().flat_map(|s| &s.rows).any(said))
}
/// The package as this person may read it now: the office what was prepared last, the receiver what was sent to him, while it is under way.
///
/// # Errors
/// `NotFound` where there is nothing for him to read.
pub fn readable(house: &crate::house::House, tx: &crate::db::Tx, referral: &Referral, mine: &[Standing]) -> Result<(String, String)> {
    let office = OFFICE.iter().any(|s| mine.contains(s));
    let found = if office { referral.prepared() } else { referral.received().filter(|_| mine.contains(&Standing::Recipient)) };
    let (file, digest) = found.ok_or(Failure::NotFound)?;
    let (file, ..) = files::get(tx, house, file)?.ok_or(Failure::NotFound)?;
    let text = String::from_utf8(files::bytes(house, &file.digest)?).map_err(|_| Failure::Fault("移送包不是文字".into()))?;
    Ok((text, digest.to_owned()))
}
