//! 可验证抽取 (M1.3, M2.2; `trust.md` 4.2): a draw that anybody can replay. Announce, freeze, commit, reveal, beacon, seed,
//! tickets; no random generator, no clock, no database. The proof file is described byte by byte in `docs/draw-proof.md`.
//!
//! A panel of experts and a sample of dossiers are drawn with the same tickets; they differ in what may sit together ([`Spec`]).
mod announce;
mod beacon;
mod choose;
mod matching;
mod pool;
mod proof;
mod refused;
mod replay;

pub use announce::{Announcement, Kind, Party, Spec};
pub use beacon::{beacon_name, beacon_value};
pub use choose::{MUST, Quota, apportion};
pub use matching::{Infeasible, Rule, feasible};
pub use pool::{Candidate, Frozen, freeze, pool_root};
pub use proof::{Beacon, Evidence, Excluded, Ingredients, Proof, Seal, Substitution, Witnessed};
pub use refused::{Refused, Wrong};
pub use replay::{Drawn, Replayed, Ticket, replay, report};

use crate::{Alg, Hash};

/// Name and version of the proof file and of every rule in it.
pub const FORMAT: &str = "xiezhi-draw-v1";
/// Times are milliseconds since 1970 UTC from 0 to this (2^53 − 1), so that every JSON reader keeps them whole.
pub(crate) const LATEST: i64 = (1 << 53) - 1;

/// Hash of the `lp` of each part, one after another; `lp(x)` = length in bytes (u32, big-endian) ‖ x.
pub(crate) fn hash_lp(alg: Alg, parts: &[&[u8]]) -> Hash {
    let mut bytes = Vec::with_capacity(parts.iter().map(|p| p.len() + 4).sum());
    for part in parts {
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    alg.hash(&[&bytes])
}
/// What a party hands in before T0: `Hash(lp(announcement, party, secret))` (`trust.md` 4.2, 3 and 9). `announcement` is the id of
/// the announcement, which for a single draw is that of the draw.
pub fn seal(alg: Alg, announcement: &str, party: &str, secret: &[u8; 16]) -> Hash {
    hash_lp(alg, &[announcement.as_bytes(), party.as_bytes(), secret])
}
/// The seed at T2: `Hash(lp("draw-seed-v1", draw, pool root, checkpoint root at T0, secrets by party, beacon))` (`trust.md` 4.2, 5).
/// `secrets`: of the parties that revealed, in the byte order of their codes; `beacon`: the public result, empty where there is none.
pub fn seed(alg: Alg, draw: &str, root: &Hash, checkpoint: &Hash, secrets: &[[u8; 16]], beacon: &str) -> Hash {
    let mut parts: Vec<&[u8]> = vec![b"draw-seed-v1", draw.as_bytes(), root, checkpoint];
    parts.extend(secrets.iter().map(|s| &s[..]));
    parts.push(beacon.as_bytes());
    hash_lp(alg, &parts)
}
/// The ticket of one candidate: `Hash(lp("draw-ticket-v1", seed, id))`; the lowest are drawn (`trust.md` 4.2, 6).
pub fn ticket(alg: Alg, seed: &Hash, id: &str) -> Hash {
    hash_lp(alg, &[b"draw-ticket-v1", seed, id.as_bytes()])
}
/// Tickets of many candidates.
pub(crate) fn tickets<'a>(alg: Alg, seed: &Hash, ids: impl Iterator<Item = &'a str>) -> Vec<Hash> {
    let mut bytes = vec![];
    for part in [&b"draw-ticket-v1"[..], seed] {
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    let one = |id: &str| alg.hash(&[&bytes, &u32::try_from(id.len()).unwrap_or(u32::MAX).to_be_bytes(), id.as_bytes()]);
    ids.map(one).collect()
}
/// Ids and codes: 1 to 200 bytes of UTF-8 without control characters.
pub(crate) fn is_code(text: &str) -> bool {
    !text.is_empty() && text.len() <= 200 && no_control(text)
}
/// Sentences: 1 to 2,000 bytes of UTF-8 without control characters.
pub(crate) fn is_text(text: &str) -> bool {
    !text.is_empty() && text.len() <= 2_000 && no_control(text)
}
fn no_control(text: &str) -> bool {
    text.bytes().all(|b| (0x20..0x7f).contains(&b)) || !text.chars().any(char::is_control)
}
