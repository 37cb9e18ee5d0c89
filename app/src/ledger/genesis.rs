//! The first entry of a ledger names its hash function, its signing key and the software.
use ledger::{Alg, Tree};

use super::{Draft, Head, queries};
use crate::db::Tx;
use crate::edge::{Now, random_hex};
use crate::failure::Result;
use crate::house::Keys;

/// The chain everything but confidential intake is written to.
pub const CHAIN_MAIN: i64 = 0;
/// The chain of confidential intake.
pub const CHAIN_CONFIDENTIAL: i64 = 1;

/// Makes the ledger if there is none: genesis, then the text of every procedure's table, so that an auditor can ask whether an
/// act was allowed *then*. A release that changes a table writes the new text once.
///
/// # Errors
/// A fault of the engine.
pub fn ensure(tx: &Tx, keys: &Keys, alg: Alg, now: Now) -> Result<()> {
    if queries::head_seen(tx, CHAIN_MAIN)?.is_none() {
        let id = random_hex::<16>()?;
        queries::new_chain(tx, CHAIN_MAIN, "main", &id, alg as u8, &Tree::new(alg).to_bytes())?;
        let mut head = Head::take(tx)?;
        let words = serde_json::json!({"alg": alg.name(), "key": keys.public(), "software": env!("CARGO_PKG_VERSION")});
        head.append(tx, house("genesis@1", "genesis", 1, words.to_string()), now.ms)?;
        head.put(tx, keys, false)?;
    }
    if queries::head_seen(tx, CHAIN_CONFIDENTIAL)?.is_none() {
        // A house of an earlier build gets it at its next start; both chains hash alike.
        let (main, alg, _) = super::identity(tx)?;
        queries::new_chain(tx, CHAIN_CONFIDENTIAL, "confidential", &random_hex::<16>()?, alg as u8, &Tree::new(alg).to_bytes())?;
        let mut head = Head::confidential(tx)?;
        let words = serde_json::json!({"alg": alg.name(), "key": keys.public(), "software": env!("CARGO_PKG_VERSION"), "main": main});
        head.append(tx, house("genesis@1", "genesis", 1, words.to_string()), now.ms)?;
        head.put(tx, keys, false)?;
    }
    let mut head = Head::take(tx)?;
    for kind in domain::procedures::all() {
        let text = (kind.table)();
        let stream = format!("table/{}", kind.name);
        let known = super::stream(tx, &stream)?;
        let payload = serde_json::json!({ "table": text }).to_string();
        if known.last().is_none_or(|k| k.event.payload != payload.as_bytes()) {
            let version = u32::try_from(known.len()).unwrap_or(0) + 1;
            head.append(tx, house("table@1", &stream, version, payload), now.ms)?;
        }
    }
    head.put(tx, keys, false)
}
pub(super) fn house<'a>(kind: &str, stream: &'a str, stream_ver: u32, payload: String) -> Draft<'a> {
    Draft {
        kind: kind.into(),
        stream,
        stream_ver,
        actor: "house",
        role: "House",
        org: "",
        idem_key: [0; 16],
        payload: payload.into_bytes(),
        vault_refs: vec![],
    }
}
