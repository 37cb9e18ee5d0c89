//! What every script of the city needs: acts through the gate by its accounts, at the hour its clock shows.
use domain::engine::Person;
use serde_json::{Value as Json, json};

use super::city::{CHAMBER, OFFICE, Town, form, press};
use crate::db::Tx;
use crate::edge::Clock;
use crate::failure::{Failure, Result};
use crate::files;
use crate::house::House;
use crate::matters::{self, Ask, Filter, Item, Where};
use crate::portal::{self, Fresh, Receipt, Sent};

/// The house, its clock and its people.
#[derive(Clone, Copy)]
pub(super) struct Stage<'a> {
    pub house: &'a House,
    pub clock: &'a Clock,
    pub town: &'a Town,
}
impl Stage<'_> {
    fn who(&self, login: &str) -> Result<Person> {
        self.house.db.read_here(|tx| self.town.person(tx, login, self.house.clock.now().today))
    }
    fn take(&self, login: &str, place: Where, action: &'static str, said: Json, what: &str) -> Result<String> {
        let who = self.who(login)?;
        let done = press(self.house, move |d| d.act(Ask { who: &who, place, action, form: form(said), version: None, key: None }));
        done.map(|d| d.number).map_err(|e| Failure::Fault(format!("{what} {action}（{login}）：{e}")))
    }
    pub fn opened(&self, login: &str, kind: &str, action: &'static str, said: Json) -> Result<String> {
        let who = self.who(login)?;
        let own = who.roles.iter().find(|r| matches!(r.role.as_str(), "R14" | "R15" | "R17" | "R18")).map(|r| r.org.clone());
        // What a unit brings to the observers goes to the joint office.
        let owner = own.unwrap_or_else(|| if kind == "observation_request" { CHAMBER } else { OFFICE }.into());
        self.take(login, Where::Open { kind: kind.into(), owner, links: vec![] }, action, said, kind)
    }
    /// Through the portal, as anybody does it: the number of the matter, and the receipt.
    pub fn reported(&self, kind: &'static str, action: &'static str, said: Json) -> Result<(String, Receipt)> {
        let (accused, today) = (said.get("org").and_then(Json::as_str).unwrap_or("").to_owned(), self.house.clock.now().today);
        let owner = self.house.db.read_here(|tx| portal::owner(tx, &*self.house.registers(tx)?, &accused, today))?;
        let owner = owner.map_err(|say| Failure::Fault(say.into()))?;
        let fresh = Fresh::new(self.house, false)?;
        let receipt = fresh.receipt.clone();
        let sent = Sent { owner, opening: (kind, action), form: form(said), ticket: format!("demo|{}", receipt.number) };
        portal::take_in(self.house, sent, fresh)?;
        let held = portal::open(self.house, &receipt.number, &receipt.code)?.ok_or(Failure::NotFound)?;
        Ok((held.matter, receipt))
    }
    /// A draw for this matter: announced, sealed by two bodies, frozen, revealed, drawn, within one afternoon.
    pub fn draw(&self, login: &str, what: &str, field: &str, target: &str) -> Result<()> {
        let start = self.house.clock.now().ms;
        let at = |minutes: i64| crate::edge::minute_of(start + minutes * 60_000);
        let mut said = json!({"what": what, "purpose": format!("{what}（演示）"), "witness1": self.id("jingban2"), "witness2": self.id("jianchayuan"),
            "t0": at(30), "t1": at(60), "t2": at(90)});
        if let Some(form) = said.as_object_mut() {
            form.insert(field.into(), json!(target));
        }
        let number = self.opened(login, "draw", "announce", said)?;
        let body = self.state(&number)?;
        let text = |p: &str| body.pointer(p).and_then(Json::as_str).unwrap_or("").to_owned();
        let alg = ledger::Alg::from_name(&text("/state/plan/alg")).ok_or(Failure::NotFound)?;
        let parties = body.pointer("/state/plan/parties").and_then(Json::as_array).cloned().unwrap_or_default();
        let mut secrets = vec![];
        for witness in ["jingban2", "jianchayuan"] {
            let party = parties.iter().find(|p| p.get("person").and_then(Json::as_str) == Some(&self.id(witness)));
            let party = party.and_then(|p| p.get("code")).and_then(Json::as_str).unwrap_or("").to_owned();
            let secret = crate::edge::random::<16>()?;
            let commitment = ledger::hex(&ledger::draw::seal(alg, &text("/state/plan/code"), &party, &secret));
            self.act(witness, &number, "seal", json!({"commitment": commitment}))?;
            secrets.push((witness, ledger::hex(&secret)));
        }
        self.act(login, &number, "freeze", json!({}))?;
        self.clock.put(start + 40 * 60_000);
        for (witness, secret) in secrets {
            self.act(witness, &number, "reveal", json!({"secret": secret}))?;
        }
        self.clock.put(start + 95 * 60_000);
        self.act(login, &number, "draw", json!({}))
    }
    pub fn act(&self, login: &str, number: &str, action: &'static str, said: Json) -> Result<()> {
        self.take(login, Where::On(number.to_owned()), action, said, number).map(drop)
    }
    /// The account of a log-in name.
    pub fn id(&self, login: &str) -> String {
        self.town.0.iter().find(|r| r.login == login).map(|r| r.id.clone()).unwrap_or_default()
    }
    pub fn state(&self, number: &str) -> Result<Json> {
        let loaded = self.house.db.read_here(|tx| matters::load(tx, number))?.ok_or(Failure::NotFound)?;
        Ok(serde_json::from_str(&loaded.matter.body())?)
    }
    /// Numbers of the matters of a kind that are linked to this one.
    pub fn kin(&self, number: &str, kind: &str) -> Result<Vec<String>> {
        let (house, now) = (self.house, self.house.clock.now());
        let kin = |tx: &Tx| {
            let (loaded, registers) = (matters::load(tx, number)?.ok_or(Failure::NotFound)?, house.registers(tx)?);
            let who = Person::house(OFFICE);
            let around = matters::Circumstances::of(tx, &loaded, &who, now, &registers)?;
            let all = around.at(&who);
            Ok(all.kin.iter().filter(|k| k.link == kind).map(|k| k.number.clone()).collect())
        };
        house.db.read_here(kin)
    }
    /// What this person's list shows, newest first.
    pub fn list(&self, login: &str, filter: &Filter) -> Result<Vec<Item>> {
        let who = self.who(login)?;
        Ok(self.house.db.read_here(|tx| matters::list(tx, self.house, &who, filter, self.house.clock.now()))?.items)
    }
    /// A paper of this name, brought by this person.
    pub fn file(&self, login: &str, name: &str) -> Result<String> {
        files::take_in(self.house, &self.who(login)?.id, &format!("{name}.txt"), format!("{name}（演示材料，内容虚构）\n").as_bytes())
    }
}
