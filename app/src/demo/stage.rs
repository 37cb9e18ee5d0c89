//! What every script of the city needs: acts through the gate by its accounts, at the hour its clock shows.
use domain::engine::Person;
use serde_json::Value as Json;

use super::city::{OFFICE, Town, form, press};
use crate::db::Tx;
use crate::edge::Clock;
use crate::failure::{Failure, Result};
use crate::files;
use crate::house::House;
use crate::matters::{self, Ask, Filter, Item, Where};

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
        self.take(login, Where::Open { kind: kind.into(), owner: OFFICE.into(), links: vec![] }, action, said, kind)
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
