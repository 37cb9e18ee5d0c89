//! Keys of roles: 受理组 (R14) reads `original`, 身份保管人 (R16) together read `reporter`, 检察机关 (R11) what was lawfully shared with it.
//! The private half is sealed to every holder who has a key of his own, or split among them; nobody keeps it.
use blahaj::{Share, Sharks};
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeSet;

use super::suites::{self, Private, Public, Suite};
use super::{keys, note, queries};
use crate::db::{Row, Tx};
use crate::edge::Chance;
use crate::failure::{Failure, Result};
use crate::matters::Desk;
use crate::people;

/// How a role's private half is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Custody {
    /// Every holder opens it alone.
    Whole,
    /// Any two open it together.
    Split,
}
/// So many shares open a split key.
pub const TOGETHER: u8 = 2;
/// Roles that have a key.
const KEYED: &[(&str, Custody)] = &[("R11", Custody::Whole), ("R14", Custody::Whole), ("R16", Custody::Split)];
/// Holder of the copy under the house's recovery key.
pub(super) const ESCROW: &str = "escrow";

/// How this role's key is held, if it has one.
pub fn custody(role: &str) -> Option<Custody> {
    KEYED.iter().find(|(r, _)| *r == role).map(|(_, c)| *c)
}
/// One generation of a role's key.
#[derive(Clone, Debug)]
pub struct RoleKey {
    /// `GSL/R14/1`; also the recipient's name of what is sealed to it.
    pub id: String,
    pub org: String,
    pub role: String,
    pub generation: i64,
    pub public: Public,
}
impl RoleKey {
    fn read(mut r: Row) -> Result<Self> {
        let public = Public::read(r.text(4)).ok_or_else(|| Failure::Fault(format!("角色公钥损坏：{}", r.text(0))))?;
        Ok(Self { id: r.take(0), org: r.take(1), role: r.take(2), generation: r.int(3), public })
    }
    pub(super) fn custody(&self) -> Custody {
        custody(&self.role).unwrap_or(Custody::Split)
    }
}
/// Every generation of a role's key, the newest first.
///
/// # Errors
/// A fault of the engine.
pub fn keys_of(tx: &Tx, org: &str, role: &str) -> Result<Vec<RoleKey>> {
    queries::role_keys(tx, org, role)?.into_iter().map(RoleKey::read).collect()
}
/// Every key of every role.
///
/// # Errors
/// A fault of the engine.
pub fn all(tx: &Tx) -> Result<Vec<RoleKey>> {
    queries::all_role_keys(tx)?.into_iter().map(RoleKey::read).collect()
}
pub(super) fn by_id(tx: &Tx, id: &str) -> Result<Option<RoleKey>> {
    queries::role_key(tx, id)?.map(RoleKey::read).transpose()
}
/// Who holds this role today; those among them who have a key of their own, with it.
///
/// # Errors
/// A fault of the engine.
pub fn holders(tx: &Tx, today: Date, org: &str, role: &str) -> Result<(BTreeSet<String>, Vec<(String, Public)>)> {
    let all = people::everybody(tx, today)?.into_iter().filter(|(_, r, o)| r == role && o == org);
    let all: BTreeSet<String> = all.map(|(person, ..)| person).collect();
    let mut keyed = vec![];
    for person in &all {
        keyed.extend(keys::public_of(tx, person)?.map(|public| (person.clone(), public)));
    }
    Ok((all, keyed))
}
/// Who has a part of this key.
///
/// # Errors
/// A fault of the engine.
pub fn held_by(tx: &Tx, key: &RoleKey) -> Result<BTreeSet<String>> {
    Ok(queries::shares(tx, &key.id)?.into_iter().map(|mut r| r.take(0)).filter(|h| h != ESCROW).collect())
}
/// Whether this key lies under the recovery key of today.
///
/// # Errors
/// A fault of the engine.
pub fn escrowed(tx: &Tx, key: &RoleKey) -> Result<bool> {
    let Some(public) = queries::escrow(tx)? else { return Ok(false) };
    Ok(queries::shares(tx, &key.id)?.iter().any(|r| r.text(0) == ESCROW && r.text(1) == public))
}
pub(super) fn about(key: &str, holder: &str) -> String {
    format!("share|{key}|{holder}")
}
fn put(tx: &Tx, key: &RoleKey, holder: &str, public: &Public, bytes: &[u8]) -> Result<()> {
    let sealed = suites::seal_to(public, &about(&key.id, holder), bytes)?;
    queries::put_share(tx, &key.id, holder, &public.text(), &sealed)
}
/// What this holder has of the key: the private half, or his share.
pub(super) fn part(tx: &Tx, key: &str, holder: &str, own: &Private) -> Result<Option<Vec<u8>>> {
    let row = queries::shares(tx, key)?.into_iter().find(|r| r.text(0) == holder);
    Ok(row.and_then(|r| suites::open_from(own, &about(key, holder), r.bytes(2))))
}
/// The private half, where this holder opens it alone.
pub(super) fn opened(tx: &Tx, key: &RoleKey, holder: &str, own: &Private) -> Result<Option<Private>> {
    if key.custody() == Custody::Split {
        return Ok(None);
    }
    Ok(part(tx, &key.id, holder, own)?.and_then(|b| Private::from_bytes(&b)).filter(|p| p.public().as_ref() == Some(&key.public)))
}
/// A private half from its shares.
pub(super) fn combined(key: &RoleKey, shares: &[Vec<u8>]) -> Option<Private> {
    from_shares(shares).filter(|p| p.public().as_ref() == Some(&key.public))
}
pub(super) fn from_shares(shares: &[Vec<u8>]) -> Option<Private> {
    let shares: Vec<Share> = shares.iter().filter_map(|s| Share::try_from(s.as_slice()).ok()).collect();
    Private::from_bytes(&Sharks(TOGETHER).recover(&shares).ok()?)
}
pub(super) fn split(private: &Private, count: usize) -> Vec<Vec<u8>> {
    Sharks(TOGETHER).dealer_rng(&private.to_bytes(), &mut Chance).take(count).map(|s| Vec::from(&s)).collect()
}
/// Gives the key out anew to these holders, and to the recovery key. Shares that were out before open nothing any more.
pub(super) fn deal(desk: &Desk, key: &RoleKey, private: &Private, to: &[(String, Public)]) -> Result<()> {
    let before = held_by(desk.tx, key)?;
    let parts = match key.custody() {
        Custody::Whole => vec![private.to_bytes(); to.len()],
        Custody::Split => {
            for holder in &before {
                queries::drop_share(desk.tx, &key.id, holder)?;
            }
            queries::drop_releases_of(desk.tx, &key.id)?;
            split(private, to.len())
        }
    };
    for ((holder, public), part) in to.iter().zip(parts) {
        put(desk.tx, key, holder, public, &part)?;
    }
    if let Some(public) = queries::escrow(desk.tx)?.and_then(|t| Public::read(&t))
        && !escrowed(desk.tx, key)?
    {
        put(desk.tx, key, ESCROW, &public, &private.to_bytes())?;
    }
    Ok(())
}
pub(super) fn told(desk: &mut Desk, key: &RoleKey, what: &str, by: (&str, &str)) -> Result<()> {
    let holders = held_by(desk.tx, key)?;
    let escrow = escrowed(desk.tx, key)?;
    let body = json!({"key": key.id, "public": key.public.text(), "holders": holders, "escrow": escrow});
    note(desk, &format!("vault/{}/{}", key.org, key.role), what, &body, by)
}
fn make(desk: &mut Desk, org: &str, role: &str, generation: i64, to: &[(String, Public)], by: &str) -> Result<()> {
    let private = Private::new(Suite::of(desk.head.alg()))?;
    let public = private.public().ok_or_else(|| Failure::Fault("加密失败".into()))?;
    let key = RoleKey { id: format!("{org}/{role}/{generation}"), org: org.into(), role: role.into(), generation, public };
    queries::put_role_key(desk.tx, &key.id, org, role, generation, &key.public.text(), desk.now.ms)?;
    deal(desk, &key, &private, to)?;
    told(desk, &key, "role_key_made", (by, "self"))
}
/// Brings the keys of this person's roles up to date, with his own key at hand: whoever left loses his part and a new generation is made;
/// a first one is made where there is none, or where nobody present could open it; newcomers get what he can open.
///
/// # Errors
/// A fault of the engine.
pub(super) fn keep(desk: &mut Desk, person: &str, own: &Private) -> Result<()> {
    let mine = people::everybody(desk.tx, desk.now.today)?.into_iter().filter(|(p, r, _)| p == person && custody(r).is_some());
    let mine: BTreeSet<(String, String)> = mine.map(|(_, role, org)| (role, org)).collect();
    queries::drop_old_releases(desk.tx, desk.now.ms - super::custody::RELEASE_LIFE)?;
    for (role, org) in mine {
        let (all, keyed) = holders(desk.tx, desk.now.today, &org, &role)?;
        let known = keys_of(desk.tx, &org, &role)?;
        let needed = if custody(&role) == Some(Custody::Split) { usize::from(TOGETHER) } else { 1 };
        let (mut left, mut alive) = (false, false);
        for (n, key) in known.iter().enumerate() {
            let held = held_by(desk.tx, key)?;
            for gone in held.difference(&all) {
                queries::drop_share(desk.tx, &key.id, gone)?;
                left |= n == 0;
            }
            alive |= n == 0 && held.intersection(&all).count() >= needed;
        }
        if (left || !alive) && keyed.len() >= needed {
            make(desk, &org, &role, known.first().map_or(1, |k| k.generation + 1), &keyed, person)?;
        }
        for key in &known {
            let Some(private) = opened(desk.tx, key, person, own)? else { continue };
            let held = held_by(desk.tx, key)?;
            let owed = queries::escrow(desk.tx)?.is_some() && !escrowed(desk.tx, key)?;
            if owed || keyed.iter().any(|(p, _)| !held.contains(p)) {
                deal(desk, key, &private, &keyed)?;
                told(desk, key, "role_key_rewrapped", (person, "self"))?;
            }
        }
    }
    Ok(())
}
