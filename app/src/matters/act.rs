//! The path of an act (house.md 5): ledger head, matter and circumstances, gate, state, entry, announced reactions – one transaction.
use domain::engine::{AnyMatter, Entry, Form, Kind, Person, Refusal, Request, refusals, vault_ref};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::at::{Circumstances, Loaded, knows, load};
use super::{queries, store};
use crate::db::Tx;
use crate::edge::{Now, hex};
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::ledger::{Draft, Head};
use crate::registers::Registers;
use crate::{files, vault};

/// Where an act is to be taken.
#[derive(Clone, Debug)]
pub enum Where {
    /// Opens a matter of this kind for the office of this organisation, linked to these.
    Open { kind: String, owner: String, links: Vec<String> },
    /// On the matter of this number.
    On(String),
}
/// What somebody wants done.
pub struct Ask<'a> {
    /// Who.
    pub who: &'a Person,
    /// Where.
    pub place: Where,
    /// Which row.
    pub action: &'a str,
    /// Typed values; texts still readable.
    pub form: Form,
    /// The version the form was made from.
    pub version: Option<u32>,
    /// Of the request: the same key never acts twice.
    pub key: Option<&'a str>,
}
/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Done {
    /// 编号.
    pub number: String,
    /// Its version now.
    pub version: u32,
    /// Position on the ledger.
    pub seq: u64,
}

/// One write: the ledger head taken, the registers as they stand, the clock read once.
pub struct Desk<'a> {
    /// The transaction.
    pub tx: &'a Tx<'a>,
    /// The house.
    pub house: &'a House,
    /// The instant of everything done here.
    pub now: Now,
    /// Registers as of this transaction.
    pub registers: Arc<Registers>,
    /// The ledger head.
    pub head: Head,
    /// That of the confidential chain, once something is written there.
    confidential: Option<Head>,
    /// Public key of the reporter whose receipt goes with the matter about to be opened (trust.md 4.3).
    pub reporter_key: Option<String>,
    /// Private half of whoever acts, where he is logged in himself: what only his key opens, opens within this write.
    pub own: Option<vault::Private>,
    /// `(label, text)`: what this write opened and its page shows once.
    pub shown: Vec<(String, String)>,
    checkpoint: bool,
}
impl<'a> Desk<'a> {
    /// Takes the ledger head: writers queue here instead of failing half-way.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn open(tx: &'a Tx<'a>, house: &'a House) -> Result<Self> {
        let head = Head::take(tx)?;
        let registers = house.registers(tx)?;
        Ok(Self {
            tx,
            house,
            now: house.clock.now(),
            registers,
            head,
            confidential: None,
            reporter_key: None,
            own: None,
            shown: vec![],
            checkpoint: false,
        })
    }
    /// Puts the heads back. Without this nothing is kept.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn close(self) -> Result<()> {
        if let Some(head) = self.confidential {
            head.put(self.tx, &self.house.keys, false)?;
        }
        self.head.put(self.tx, &self.house.keys, self.checkpoint)
    }
    /// Asks for a checkpoint at the end of this write (an issued document, a draw).
    pub fn checkpoint(&mut self) {
        self.checkpoint = true;
    }
    /// The matter of this number, where this person stands in any way toward it: what he may not see is the same as none.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn known(&self, who: &Person, number: &str) -> Result<Option<Loaded>> {
        let Some(found) = load(self.tx, number)? else { return Ok(None) };
        Ok(knows(self.tx, &found, who, self.now, &self.registers)?.then_some(found))
    }
    /// An entry that is no step of a matter, at the end of its stream; `by` says who wrote it and by what right, `org` on whose behalf.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn tell(&mut self, stream: &str, kind: &str, payload: &Json, by: (&str, &str), org: &str) -> Result<()> {
        let draft = Draft {
            kind: kind.into(),
            stream,
            stream_ver: u32::try_from(crate::ledger::stream(self.tx, stream)?.len()).unwrap_or(0) + 1,
            actor: by.0,
            role: by.1,
            org,
            idem_key: [0; 16],
            payload: payload.to_string().into_bytes(),
            vault_refs: vec![],
        };
        self.head.append(self.tx, draft, self.now.ms).map(drop)
    }
    /// Takes one step and every reaction it announces.
    ///
    /// # Errors
    /// The refusal, word for word; the caller must then drop the whole write.
    pub fn act(&mut self, ask: Ask) -> Result<Done> {
        let body = self.idem_body(&ask);
        let key = ask.key.map(|k| hex(&self.head.alg().hash(&[ask.who.id.as_bytes(), b"|", k.as_bytes()])));
        // Pages have looked already; whoever comes by the API has not.
        let wrong: Vec<_> = ask.form.iter().filter(|(_, v)| super::texts::holds_unwritable(v)).map(|(n, _)| n).collect();
        if !wrong.is_empty() {
            let fields = wrong.into_iter().map(|n| (n.clone(), super::texts::UNWRITABLE.to_owned())).collect();
            return Err(Refusal { fields, ..refusals::BAD_FORM }.into());
        }
        if let Some((known, answer)) = key.as_ref().map(|k| queries::idem(self.tx, k)).transpose()?.flatten() {
            let same = known == body;
            return if same {
                Ok(serde_json::from_str(&answer)?)
            } else {
                Err(Failure::Bad(422, "同一次提交的内容前后不一致，请重新打开表单。".into()))
            };
        }
        let (done, requests, id) = self.one(&ask, key.as_deref(), None)?;
        self.react(&done, id, requests)?;
        if let Some(key) = key {
            // Kept a day; of confidential intake until the next midnight but one, which tells no hour.
            let at = super::dated(self.now, id);
            let kept = if at == self.now { at.ms } else { at.ms + 86_400_000 };
            queries::keep_idem(self.tx, &key, &body, &serde_json::to_string(&done)?, kept)?;
        }
        Ok(done)
    }
    /// Opens many matters as reactions to one cause, with one head and one look at the registers.
    ///
    /// # Errors
    /// As `act`; names the request that failed by its place.
    pub fn react(&mut self, cause: &Done, cause_id: i64, requests: Vec<Request>) -> Result<Vec<Done>> {
        let mut all = vec![];
        for request in requests {
            let form = request.form.as_object().cloned().unwrap_or_default();
            let kind = kind_of(request.kind)?;
            let mut owner = self.owner_of(cause_id)?;
            if request.link.is_none() {
                let org = form.get("org").and_then(Json::as_str).unwrap_or("");
                owner = crate::brought::keeper(self.tx, &self.registers, (kind.name, org), owner, self.now.today)?;
            }
            let house = Person::house(&owner);
            let targets = match request.link {
                None => vec![Where::Open { kind: kind.name.into(), owner, links: vec![cause.number.clone()] }],
                Some(link) => self.linked(cause_id, link, kind, request.action)?,
            };
            for place in targets {
                let ask = Ask { who: &house, place, action: request.action, form: form.clone(), version: None, key: None };
                let (done, more, _) = self.one(&ask, None, Some(cause.seq))?;
                // Depth one: a reaction that wants reactions is refused, and the whole act with it.
                if !more.is_empty() {
                    return Err(refusals::UNANNOUNCED.into());
                }
                all.push(done);
            }
        }
        Ok(all)
    }
    /// Takes a step of the house on another matter, as a consequence of the entry `cause`.
    ///
    /// # Errors
    /// As `act`.
    pub fn as_house(&mut self, number: &str, action: &str, form: Form, cause: u64) -> Result<Done> {
        let owner = load(self.tx, number)?.ok_or(Failure::NotFound)?.matter.owner().to_owned();
        let house = Person::house(&owner);
        let ask = Ask { who: &house, place: Where::On(number.to_owned()), action, form, version: None, key: None };
        let (done, requests, id) = self.one(&ask, None, Some(cause))?;
        self.react(&done, id, requests)?;
        Ok(done)
    }
    fn owner_of(&self, id: i64) -> Result<String> {
        queries::owner(self.tx, id)?.ok_or(Failure::NotFound)
    }
    /// Linked matters on which the step stands; a lawful act is not held up by a file already closed.
    fn linked(&self, id: i64, link: &str, kind: &Kind, action: &str) -> Result<Vec<Where>> {
        let mut on = vec![];
        for number in queries::linked(self.tx, id, link)? {
            let stands = load(self.tx, &number)?.is_some_and(|l| l.matter.kind() == kind.name && l.matter.stands(action));
            on.extend(stands.then_some(Where::On(number)));
        }
        Ok(on)
    }
    fn idem_body(&self, ask: &Ask) -> Vec<u8> {
        let place = match &ask.place {
            Where::Open { kind, .. } => kind,
            Where::On(number) => number,
        };
        let form = serde_json::to_vec(&ask.form).unwrap_or_default();
        // Keyed: by a plain digest whoever has the database could try out what a sealed text says.
        let body = [place.as_bytes(), b"|", ask.action.as_bytes(), b"|", &form].concat();
        self.head.alg().hmac(&self.house.keys.compartment("idem"), &body).to_vec()
    }

    /// One step, one entry.
    fn one(&mut self, ask: &Ask, key: Option<&str>, cause: Option<u64>) -> Result<(Done, Vec<Request>, i64)> {
        let (mut loaded, before, circumstances, links) = self.place(ask)?;
        let at = circumstances.at(ask.who);
        let kind = kind_of(loaded.matter.kind())?;
        if before.is_some() && !ask.who.is_house() && loaded.matter.mine(&at).is_empty() {
            return Err(Failure::NotFound);
        }
        let row = kind.step(ask.action).ok_or(Failure::NotFound)?;
        let stale = ask.version.is_some_and(|v| v != loaded.matter.version());
        if stale && before.is_some() && row.to.is_some() && !row.once {
            return Err(Failure::Stale);
        }
        let mut form = ask.form.clone();
        // Nobody types these: whatever came with the request is dropped, and the gate sees what the house found.
        row.fields.iter().filter(|f| f.computed).for_each(|f| drop(form.remove(f.name)));
        self.name_orgs(row.fields, &mut form);
        if let Some(key) = self.reporter_key.as_ref().filter(|_| row.fields.iter().any(|f| f.computed && f.name == "receipt_key")) {
            form.insert("receipt_key".into(), Json::from(key.as_str()));
        }
        crate::hooks::before(self, &loaded, ask, &mut form)?;
        let (form, items, fresh) = self.seal(ask.who.is_house(), &loaded, row.fields, form)?;
        let unknown = self.unknown_references(row.fields, &form, ask.who)?;
        let acted = match loaded.matter.act(ask.action, form, &at) {
            Ok(_) if !unknown.is_empty() => return Err(Refusal { fields: unknown, ..refusals::BAD_FORM }.into()),
            // Everything that is wrong with a form is told at once.
            Err(r) if r.code == refusals::BAD_FORM.code => {
                return Err(Refusal { fields: [r.fields, unknown].concat(), ..refusals::BAD_FORM }.into());
            }
            acted => acted?,
        };
        let mut entry = acted.entry;
        entry.cause = cause;
        let opening = before.is_none();
        if opening {
            loaded.number = queries::next_number(self.tx, kind.prefix, self.now.today.year())?;
            loaded.id = queries::next_id(self.tx, kind.confidential)?;
            entry.number.clone_from(&loaded.number);
            entry.links.extend(links.iter().map(|n| (String::new(), n.clone())));
        }
        let refs = items.iter().flat_map(vault::Item::commitments);
        let refs: Vec<_> = refs.chain(files::claim(self, row.fields, &entry, loaded.id, &ask.who.id)?).collect();
        let seq = self.append(kind, &loaded, &entry, key, refs)?;
        for item in &items {
            vault::store(self.tx, item)?;
        }
        self.link(&loaded, opening, &links, &entry, seq)?;
        store::put(self, &loaded, before.as_deref(), seq, &fresh)?;
        crate::notices::moved(self, &loaded, before.as_deref(), &entry, ask.who)?;
        let done = Done { number: loaded.number.clone(), version: loaded.matter.version(), seq };
        crate::hooks::after(self, &loaded, &entry, &done)?;
        Ok((done, acted.requests, loaded.id))
    }
    #[allow(clippy::type_complexity)] // four things that belong to one place and nowhere else
    fn place(&self, ask: &Ask) -> Result<(Loaded, Option<Box<dyn AnyMatter>>, Circumstances, Vec<String>)> {
        match &ask.place {
            Where::On(number) => {
                let loaded = load(self.tx, number)?.ok_or(Failure::NotFound)?;
                let at = Circumstances::of(self.tx, &loaded, ask.who, super::dated(self.now, loaded.id), &self.registers)?;
                let before = loaded.matter.copy();
                Ok((loaded, Some(before), at, vec![]))
            }
            Where::Open { kind, owner, links } => {
                let kind = kind_of(kind)?;
                let mut ids = vec![];
                for number in links {
                    // The house links what it opens to its cause; an import has a kin for every row, which nobody looks at here.
                    if ask.who.is_house() {
                        ids.push(queries::id_of(self.tx, number)?.ok_or(Failure::NotFound)?);
                        continue;
                    }
                    let loaded = load(self.tx, number)?.ok_or(Failure::NotFound)?;
                    if !super::at::knows(self.tx, &loaded, ask.who, self.now, &self.registers)? {
                        return Err(Failure::NotFound);
                    }
                    ids.push(loaded.id);
                }
                let org = ask.form.get("org").and_then(Json::as_str).unwrap_or("");
                let now = if kind.confidential { self.now.by_day() } else { self.now };
                let at = Circumstances::of_opening(self.tx, &ids, org, ask.who, now, &self.registers)?;
                Ok((Loaded { id: 0, number: String::new(), matter: (kind.blank)(owner) }, None, at, links.clone()))
            }
        }
    }
    /// Texts about natural persons leave the form here: what goes on is a reference.
    fn seal(
        &self,
        system: bool,
        loaded: &Loaded,
        fields: &'static [domain::engine::Field],
        mut form: Form,
    ) -> Result<(Form, Vec<vault::Item>, super::Texts)> {
        let (mut items, mut fresh, mut wrong) = (vec![], BTreeMap::new(), vec![]);
        for f in fields {
            let Some(compartment) = f.vault else { continue };
            let Some(text) = form.get(f.name).and_then(Json::as_str).filter(|t| !t.trim().is_empty()) else { continue };
            if domain::engine::is_vault_ref(text).is_some() {
                // A reaction hands on what its cause has sealed already; nobody else can write such a value.
                if !system {
                    wrong.push((f.name.to_owned(), "内容含有不能使用的字符。".to_owned()));
                }
                continue;
            }
            if let Some(say) = f.wrong(&Json::from(text)) {
                wrong.push((f.name.to_owned(), say));
                continue;
            }
            let item = if vault::is_by_key(compartment) {
                let receipt = receipt_key(loaded, &form)?;
                match vault::recipients(self.tx, self.head.alg(), compartment, loaded.matter.owner(), &receipt)? {
                    Ok(to) => vault::seal_for(&to, self.head.alg(), compartment, text)?,
                    Err(say) => {
                        wrong.push((f.name.to_owned(), say.to_owned()));
                        continue;
                    }
                }
            } else {
                vault::seal(&self.house.keys, self.head.alg(), compartment, text)?
            };
            fresh.insert(item.reference.clone(), text.to_owned());
            form.insert(f.name.to_owned(), Json::from(vault_ref(&item.reference)));
            items.push(item);
        }
        if wrong.is_empty() { Ok((form, items, fresh)) } else { Err(Refusal { fields: wrong, ..refusals::BAD_FORM }.into()) }
    }
    /// A table names an organisation in its column `org` as people write it; what is kept is its code.
    fn name_orgs(&self, fields: &[domain::engine::Field], form: &mut Form) {
        for f in fields.iter().filter(|f| matches!(f.shape, domain::engine::Shape::Rows(_))) {
            for org in form.get_mut(f.name).and_then(Json::as_array_mut).into_iter().flatten().filter_map(|row| row.get_mut("org")) {
                let name = org.as_str().unwrap_or("").trim();
                let named = |o: &&crate::registers::Org| o.name == name || (!name.is_empty() && o.short == name);
                if let Some(known) = self.registers.orgs().find(named) {
                    *org = known.code.clone().into();
                }
            }
        }
    }
    /// Organisations, persons and matters named in a form must exist, as far as this person may know of them.
    fn unknown_references(&self, fields: &[domain::engine::Field], form: &Form, who: &Person) -> Result<Vec<(String, String)>> {
        use domain::engine::Shape;
        let mut wrong = vec![];
        for f in fields {
            // A table names organisations in the column of that name.
            for (n, row) in form.get(f.name).and_then(Json::as_array).into_iter().flatten().enumerate() {
                let code = row.get("org").and_then(Json::as_str).unwrap_or("");
                if matches!(f.shape, Shape::Rows(_)) && !code.is_empty() && self.registers.org(code).is_none() {
                    wrong.push((f.name.to_owned(), format!("第 {} 行：没有单位“{code}”。名称或代码见“机构”。", n + 1)));
                }
            }
            let Some(text) = form.get(f.name).and_then(Json::as_str).filter(|t| !t.is_empty()) else { continue };
            let known = match f.shape {
                Shape::Org => self.registers.org(text).is_some(),
                Shape::Person => crate::people::exists(self.tx, text)?,
                Shape::Matter(kind) => match load(self.tx, text)?.filter(|l| kind.is_empty() || l.matter.kind() == kind) {
                    Some(l) => who.is_house() || super::at::knows(self.tx, &l, who, self.now, &self.registers)?,
                    None => false,
                },
                _ => true,
            };
            if !known {
                wrong.push((f.name.to_owned(), format!("没有“{text}”。请从列表中选择。")));
            }
        }
        Ok(wrong)
    }
    fn append(
        &mut self,
        kind: &Kind,
        loaded: &Loaded,
        entry: &Entry,
        key: Option<&str>,
        vault_refs: Vec<(String, ledger::Hash)>,
    ) -> Result<u64> {
        let mut idem_key = [0u8; 16];
        if let Some(bytes) = key.and_then(crate::edge::unhex) {
            idem_key.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        }
        let role = format!("{:?}", entry.stamp.standing);
        let draft = Draft {
            kind: format!("{}@1", kind.name),
            stream: &loaded.number,
            stream_ver: loaded.matter.version(),
            actor: &entry.stamp.by,
            role: &role,
            org: loaded.matter.owner(),
            idem_key,
            payload: serde_json::to_vec(entry)?,
            vault_refs,
        };
        let head = match &mut self.confidential {
            Some(head) if kind.confidential => head,
            slot if kind.confidential => slot.insert(Head::confidential(self.tx)?),
            _ => &mut self.head,
        };
        head.append(self.tx, draft, self.now.ms)
    }
    fn link(&self, loaded: &Loaded, opening: bool, upstream: &[String], entry: &Entry, seq: u64) -> Result<()> {
        if opening {
            for number in upstream {
                let id = queries::id_of(self.tx, number)?.ok_or(Failure::NotFound)?;
                queries::put_link(self.tx, id, loaded.id, "", seq)?;
            }
        }
        for (name, number) in entry.links.iter().filter(|(name, _)| !name.is_empty()) {
            let id = queries::id_of(self.tx, number)?.ok_or(Failure::NotFound)?;
            queries::put_link(self.tx, loaded.id, id, name, seq)?;
        }
        Ok(())
    }
    /// Re-reckons the running clocks of every open matter after a new holiday notice; returns `(number, clock, old, new)`.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn rereckon(&mut self) -> Result<Vec<String>> {
        let mut moved = vec![];
        for id in queries::with_running_clocks(self.tx)? {
            let Some(mut loaded) = super::load_by_id(self.tx, id)? else { continue };
            let before = loaded.matter.copy();
            let house = Person::house(loaded.matter.owner());
            let circumstances = Circumstances::of(self.tx, &loaded, &house, super::dated(self.now, id), &self.registers)?;
            let Some(entry) = loaded.matter.rereckon(&circumstances.at(&house)) else { continue };
            let kind = kind_of(loaded.matter.kind())?;
            let seq = self.append(kind, &loaded, &entry, None, vec![])?;
            store::put(self, &loaded, Some(before.as_ref()), seq, &BTreeMap::new())?;
            moved.push(loaded.number);
        }
        Ok(moved)
    }
}
/// The public key that the reporter of a matter left for his receipt: in this form, or with the matter. Empty where there is none.
pub(crate) fn receipt_key(loaded: &Loaded, form: &Form) -> Result<String> {
    if let Some(key) = form.get("receipt_key").and_then(Json::as_str).filter(|k| !k.is_empty()) {
        return Ok(key.to_owned());
    }
    let body: Json = serde_json::from_str(&loaded.matter.body())?;
    let at = ["/state/receipt_key", "/state/said/receipt_key", "/state/application/receipt_key"]
        .into_iter()
        .find_map(|p| body.pointer(p)?.as_str());
    Ok(at.unwrap_or("").to_owned())
}
fn kind_of(name: &str) -> Result<&'static Kind> {
    domain::procedures::kind(name).ok_or(Failure::NotFound)
}
