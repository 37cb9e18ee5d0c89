//! 越权查询被拒并留痕 (M3.4): whoever belongs to a body outside and asks for a matter, list, search or page that is not his gets the answer
//! he always got; that he asked is a read record without a matter (key 0), counted by day, person and kind of address, and covered by the
//! day's digest on the ledger like every other.
use domain::engine::{Person, in_role};
use domain::procedures::packet::READERS;

use crate::edge::Now;
use crate::failure::{Failure, Result};
use crate::house::House;

/// Whether this person holds nothing but roles of bodies outside.
pub fn outsider(who: &Person) -> bool {
    READERS.iter().any(|r| in_role(who, r)) && who.roles.iter().all(|r| READERS.contains(&r.role.as_str()))
}
/// Notes that something was refused; says nothing to whoever asked.
pub fn note<T>(house: &House, who: &Person, what: &'static str, reply: &Result<T>, now: Now) {
    let refused = matches!(reply, Err(Failure::NotFound | Failure::Forbidden(_)));
    if refused && outsider(who) {
        house.reads.note(&who.id, 0, what, now);
    }
}
/// Notes a list or a search in which there is nothing for an outsider: an empty answer refuses as well.
pub fn note_empty(house: &House, who: &Person, what: &'static str, found: usize, now: Now) {
    if found == 0 && outsider(who) {
        house.reads.note(&who.id, 0, what, now);
    }
}
