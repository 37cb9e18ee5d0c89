//! 企业端 (enterprise.md B1, B2; trust.md 4.3): receipts, the two-way mailbox, and what keeps the door open in a flood. Knows no page.
mod gate;
mod mailbox;
mod queries;
mod receipts;
mod tickets;

pub use gate::{Busy, Gate, Twice, prefix};
pub use mailbox::{Letter, letters};
use receipts::sent;
pub use receipts::{Fresh, Held, Receipt, find, open, received_by};
pub use tickets::Ticket;

use domain::engine::{Form, Person};
use jiff::civil::Date;

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{self, Ask, Desk, Where};
use crate::registers::Registers;
use crate::{appeals, vault};

/// Said where the office has no keys yet: without them nothing could be sealed to anybody.
const NOT_YET: &str = "还不能在网上受理。请打服务热线。";
/// Whose office takes in what is about this unit (none: what concerns nobody yet), or why nobody does.
///
/// # Errors
/// A fault of the engine.
pub fn owner(tx: &Tx, registers: &Registers, accused: &str, today: Date) -> Result<std::result::Result<String, &'static str>> {
    let accused: Vec<&str> = Some(accused).filter(|a| !a.is_empty()).into_iter().collect();
    Ok(match appeals::owner_of_intake(tx, registers, &accused, today)? {
        None if accused.is_empty() => Err(NOT_YET),
        None => Err(appeals::NOBODY),
        Some(org) if vault::ready(tx, &org).is_ok() => Ok(org),
        Some(_) => Err(NOT_YET),
    })
}
/// Forgets forms whose tickets have long run out.
///
/// # Errors
/// A fault of the engine.
pub fn forget(tx: &Tx, today: Date) -> Result<()> {
    let yesterday = today.yesterday().unwrap_or(today);
    queries::forget_forms(tx, &yesterday.to_string())
}
/// What a reporter brings and is shown once.
pub struct Sent {
    /// For the office of this organisation.
    pub owner: String,
    /// `(kind, opening row)`.
    pub opening: (&'static str, &'static str),
    /// Typed values.
    pub form: Form,
    /// The form it came with.
    pub ticket: String,
}
/// Opens a matter by its reporter's form and keeps his receipt with it, in one transaction.
///
/// # Errors
/// The refusal, word for word; `Stale` where the form was sent before.
pub fn take_in(house: &House, sent: Sent, fresh: Fresh) -> Result<()> {
    let inner = house.clone();
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        desk.reporter_key = Some(fresh.public.clone());
        let (kind, action) = sent.opening;
        let place = Where::Open { kind: kind.into(), owner: sent.owner.clone(), links: vec![] };
        let who = Person::reporter(&sent.owner);
        let done = desk.act(Ask { who: &who, place, action, form: sent.form, version: None, key: None })?;
        fresh.keep(&desk, &done.number, &sent.ticket)?;
        desk.close()
    })
}
/// Takes a step of the reporter on his own matter.
///
/// # Errors
/// As `take_in`.
pub fn act(house: &House, matter: String, action: &'static str, form: Form, (ticket, receipt): (String, String)) -> Result<()> {
    let inner = house.clone();
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        // The table of requests keeps digests of their contents, and short words are guessed from a digest: the ticket counts instead.
        sent(&desk, &ticket, &receipt)?;
        let owner = matters::load(tx, &matter)?.ok_or(Failure::NotFound)?.matter.owner().to_owned();
        let who = Person::reporter(&owner);
        desk.act(Ask { who: &who, place: Where::On(matter), action, form, version: None, key: None })?;
        desk.close()
    })
}
