//! The house's recovery key: its public half lies in the database, its private half on three papers in sealed envelopes, two of which
//! bring it back. Nobody holds it in between, no administrator alone, and each use leaves an entry.
use serde_json::json;

use super::roles::{self, Custody, ESCROW, TOGETHER};
use super::suites::{Private, Suite, open_from};
use super::{note, queries};
use crate::edge::{hex, unhex};
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::Desk;

/// Papers that are printed.
const PAPERS: usize = 3;

/// A share as it is printed: hex in fours, its checksum last.
fn paper(share: &[u8]) -> String {
    let text = hex(&[share, &checksum(share)].concat());
    text.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect::<Vec<_>>().join("-")
}
fn checksum(share: &[u8]) -> [u8; 2] {
    let [a, b, ..] = ledger::Alg::Sha256.hash(&[b"xiezhi paper share", share]);
    [a, b]
}
fn read_paper(text: &str) -> Option<Vec<u8>> {
    let bytes = unhex(&text.chars().filter(char::is_ascii_hexdigit).collect::<String>())?;
    let (share, sum) = bytes.split_at_checked(bytes.len().checked_sub(2)?)?;
    (checksum(share) == *sum).then(|| share.to_vec())
}
/// Makes the recovery key; returns what is to be written on three papers. `replace`: the old papers are lost and a new key takes over.
///
/// # Errors
/// When there is one already and it is not to be replaced.
pub fn escrow(house: &House, replace: bool) -> Result<Vec<String>> {
    let inner = house.clone();
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        if queries::escrow(tx)?.is_some() && !replace {
            return Err(Failure::Bad(1, "恢复密钥已经建立。信封遗失时用 --replace 另立一把，旧的即告作废。".into()));
        }
        let private = Private::new(Suite::of(desk.head.alg()))?;
        let public = private.public().map(|p| p.text()).unwrap_or_default();
        queries::put_escrow(tx, &public)?;
        note(
            &mut desk,
            "vault/escrow",
            "escrow_made",
            &json!({"public": public, "papers": PAPERS, "together": TOGETHER}),
            ("console", "console"),
        )?;
        desk.close()?;
        Ok(roles::split(&private, PAPERS).iter().map(|s| paper(s)).collect())
    })
}
/// Brings role keys back from two papers and gives them out to those who hold the roles now; says in words what was done.
///
/// # Errors
/// A refusal in words where a paper is misread or belongs to another house.
pub fn recover(house: &House, papers: &[String]) -> Result<Vec<String>> {
    let wrong = |say: &str| Failure::Bad(1, say.to_owned());
    let read: Option<Vec<Vec<u8>>> = papers.iter().map(|p| read_paper(p)).collect();
    let shares = read.ok_or_else(|| wrong("份额抄录有误，请逐组核对。"))?;
    let private = roles::from_shares(&shares).ok_or_else(|| wrong("需要两张不同的份额。"))?;
    let inner = house.clone();
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let public = private.public().map(|p| p.text()).unwrap_or_default();
        let (mut said, mut any) = (vec![], false);
        for key in roles::all(tx)? {
            let row = queries::shares(tx, &key.id)?.into_iter().find(|r| r.text(0) == ESCROW && r.text(1) == public);
            let Some(row) = row else { continue };
            any = true;
            let opened = open_from(&private, &roles::about(&key.id, ESCROW), row.bytes(2)).and_then(|b| Private::from_bytes(&b));
            let Some(opened) = opened.filter(|p| p.public().as_ref() == Some(&key.public)) else {
                return Err(Failure::Fault(format!("恢复密钥打不开 {}", key.id)));
            };
            let (_, keyed) = roles::holders(tx, desk.now.today, &key.org, &key.role)?;
            let needed = if key.custody() == Custody::Split { usize::from(TOGETHER) } else { 1 };
            if keyed.len() < needed {
                said.push(format!("{}：现有 {} 人有本人密钥，至少要 {needed} 人各登录一次后再恢复。", key.id, keyed.len()));
                continue;
            }
            roles::deal(&desk, &key, &opened, &keyed)?;
            roles::told(&mut desk, &key, "role_key_recovered", ("console", "console"))?;
            said.push(format!("{}：已发给现任 {} 人。", key.id, keyed.len()));
        }
        if !any {
            return Err(Failure::Bad(
                1,
                "没有一把角色密钥托管在这把恢复密钥之下：份额不符，或托管之后还没有受理员登录、身份保管人换发。".into(),
            ));
        }
        note(&mut desk, "vault/escrow", "recovered", &json!({"public": public, "keys": said.len()}), ("console", "console"))?;
        desk.close()?;
        Ok(said)
    })
}
