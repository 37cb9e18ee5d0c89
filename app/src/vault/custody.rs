//! Two custodians together. Whoever approves gives his share for one purpose: sealed to each custodian's own key and under the house's,
//! so that the database opens nothing by it, nor does one custodian who has no second approval. Whoever opens puts two of them together
//! in memory; the key is then split anew and what was given is gone.
use domain::engine::{Entry, Refusal, Standing};
use serde_json::json;
use std::collections::BTreeSet;

use super::roles::{self, RoleKey, TOGETHER};
use super::room::{Kept, sealed_of};
use super::suites::{self, Private};
use super::{note, open_bytes, queries, seal_bytes};
use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::matters::{Desk, Loaded};

/// How long a share that was given waits to be used, milliseconds: a month.
pub(super) const RELEASE_LIFE: i64 = 31 * 86_400_000;
const NO_SESSION: Refusal = Refusal::new("no_own_key", "须由身份保管人本人登录后在页面上办理，不能用接口令牌");
const NO_SHARE: Refusal = Refusal::new("no_share", "你还没有这把密钥的份额。请两名身份保管人先在“保密仓”页换发");
const NOT_TWO: Refusal = Refusal::new("not_two", "两名身份保管人的份额尚未齐备。请另一名身份保管人先批准");

fn about(target: &str, key: &str, giver: &str, taker: &str) -> String {
    format!("release|{target}|{key}|{giver}|{taker}")
}
/// Gives this custodian's share of a key for one purpose, to whoever of the custodians carries it out.
fn give(desk: &Desk, target: &str, key: &RoleKey, giver: &str, own: &Private) -> Result<()> {
    let share = roles::part(desk.tx, &key.id, giver, own)?.ok_or(NO_SHARE)?;
    let (_, keyed) = roles::holders(desk.tx, desk.now.today, &key.org, &key.role)?;
    for (taker, public) in keyed {
        let about = about(target, &key.id, giver, &taker);
        let sealed = seal_bytes(&desk.house.keys, "release", &about, &suites::seal_to(&public, &about, &share)?)?;
        queries::put_release(desk.tx, target, &key.id, giver, &taker, &sealed, desk.now.ms)?;
    }
    Ok(())
}
/// The private half, where two have given their shares for this purpose.
fn take(desk: &Desk, target: &str, key: &RoleKey, taker: &str, own: &Private) -> Result<Option<Private>> {
    let mut shares = vec![];
    for row in queries::releases(desk.tx, target, &key.id, taker)? {
        let about = about(target, &key.id, row.text(0), taker);
        let inner = open_bytes(&desk.house.keys, "release", &about, row.bytes(1))?;
        shares.extend(suites::open_from(own, &about, &inner));
    }
    if shares.len() < usize::from(TOGETHER) {
        return Ok(None);
    }
    roles::combined(key, &shares).map(Some).ok_or_else(|| Failure::Fault(format!("密钥份额不符：{}", key.id)))
}
/// Splits a key anew among those who hold the role now.
fn split_anew(desk: &mut Desk, key: &RoleKey, private: &Private, by: &str) -> Result<()> {
    let (_, keyed) = roles::holders(desk.tx, desk.now.today, &key.org, &key.role)?;
    if keyed.len() >= usize::from(TOGETHER) {
        roles::deal(desk, key, private, &keyed)?;
        roles::told(desk, key, "role_key_rewrapped", (by, "self"))?;
    }
    Ok(())
}
/// Keys that the reporter's identity in this matter is sealed to, and what is sealed.
fn sealed_identity(tx: &Tx, loaded: &Loaded) -> Result<(Vec<RoleKey>, Vec<(String, String)>)> {
    let mut texts = vec![];
    let mut names = BTreeSet::new();
    for sealed in sealed_of(tx, loaded, "reporter")? {
        let Kept::Text(reference) = sealed.kept else { continue };
        names.extend(queries::deks(tx, &reference)?.into_iter().map(|mut r| r.take(0)));
        texts.push((sealed.label.to_owned(), reference));
    }
    let mut keys = vec![];
    for name in names {
        keys.extend(roles::by_id(tx, &name)?);
    }
    Ok((keys, texts))
}
/// What a step of a custodian does with shares: a request or a refusal takes back what was given, an approval gives, the opening puts together and shows once.
///
/// # Errors
/// A refusal in words; the step is then undone.
pub fn after(desk: &mut Desk, loaded: &Loaded, entry: &Entry) -> Result<()> {
    let action = entry.action().map_or("", |(a, _)| a).to_owned();
    let kind = domain::procedures::kind(loaded.matter.kind()).ok_or(Failure::NotFound)?;
    // Of clues another person approves and no key is shared: only where custodians stand is it theirs.
    let theirs = |a: &str| kind.step(a).is_some_and(|s| s.by.contains(&Standing::Custodian));
    if !matches!(action.as_str(), "ask_identity" | "refuse_identity" | "approve_identity" | "open_identity") || !theirs("approve_identity")
    {
        return Ok(());
    }
    let (by, target) = (entry.stamp.by.clone(), loaded.number.clone());
    if matches!(action.as_str(), "ask_identity" | "refuse_identity") {
        return queries::drop_releases(desk.tx, &target);
    }
    let own = desk.own.clone().ok_or(NO_SESSION)?;
    let (keys, texts) = sealed_identity(desk.tx, loaded)?;
    if action == "approve_identity" {
        for key in &keys {
            give(desk, &target, key, &by, &own)?;
            note(
                desk,
                &format!("vault/{}/{}", key.org, key.role),
                "share_released",
                &json!({"key": key.id, "for": target}),
                (&by, "Custodian"),
            )?;
        }
        return Ok(());
    }
    let shown = open_identity(desk, &target, &keys, texts, &by, &own)?;
    desk.shown = shown;
    Ok(())
}
fn open_identity(
    desk: &mut Desk,
    target: &str,
    keys: &[RoleKey],
    texts: Vec<(String, String)>,
    by: &str,
    own: &Private,
) -> Result<Vec<(String, String)>> {
    let mut privates = vec![];
    for key in keys {
        privates.push(take(desk, target, key, by, own)?.ok_or(NOT_TWO)?);
    }
    let mut shown = vec![];
    for (label, reference) in texts {
        let mut text = None;
        for private in &privates {
            text = text.or(super::open_with(desk.tx, private, &reference)?);
        }
        shown.push((label, text.ok_or(NOT_TWO)?));
    }
    for (key, private) in keys.iter().zip(&privates) {
        note(
            desk,
            &format!("vault/{}/{}", key.org, key.role),
            "shares_combined",
            &json!({"key": key.id, "for": target}),
            (by, "Custodian"),
        )?;
        split_anew(desk, key, private, by)?;
    }
    queries::drop_releases(desk.tx, target)?;
    Ok(shown)
}
/// What is sealed of the reporter's identity in this matter: labels only.
///
/// # Errors
/// A fault of the engine.
pub fn identity_of(tx: &Tx, loaded: &Loaded) -> Result<Vec<String>> {
    Ok(sealed_identity(tx, loaded)?.1.into_iter().map(|(label, _)| label).collect())
}
fn rewrap_target(org: &str) -> String {
    format!("rewrap|{org}")
}
/// Who has agreed to give the custodians' key of this organisation out anew.
///
/// # Errors
/// A fault of the engine.
pub fn waiting(tx: &Tx, org: &str) -> Result<Vec<String>> {
    Ok(queries::givers(tx, &rewrap_target(org))?.into_iter().map(|mut r| r.take(0)).collect())
}
/// A custodian agrees that the key be given out anew (换发); with the second it is done, in every generation both can open. Says whether.
///
/// # Errors
/// A refusal in words where he has no share.
pub fn rewrap(desk: &mut Desk, person: &str, own: &Private, org: &str) -> Result<bool> {
    let target = rewrap_target(org);
    let (mut given, mut done) = (false, false);
    for key in roles::keys_of(desk.tx, org, "R16")? {
        if !roles::held_by(desk.tx, &key)?.contains(person) {
            continue;
        }
        given = true;
        give(desk, &target, &key, person, own)?;
        note(desk, &format!("vault/{org}/R16"), "share_released", &json!({"key": key.id, "for": "rewrap"}), (person, "Custodian"))?;
        if let Some(private) = take(desk, &target, &key, person, own)? {
            split_anew(desk, &key, &private, person)?;
            done = true;
        }
    }
    if !given {
        return Err(NO_SHARE.into());
    }
    if done {
        queries::drop_releases(desk.tx, &target)?;
    }
    Ok(done)
}
