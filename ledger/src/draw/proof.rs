//! The proof file: all that is needed to replay one draw, in one deterministic form (`docs/draw-proof.md`).
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

use super::replay::{Drawn, Replayed, evaluate};
use super::{Announcement, FORMAT, Frozen, Refused, Wrong, is_text, seal, seed};
use crate::{Alg, Hash, hex, unhex};

/// One who gets no seat though he may be on the frozen list: a registered conflict, or no seat to be had for another reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excluded {
    /// Public id.
    pub id: String,
    /// Code of the reason, such as `R01`, or a sentence; nothing from which a reporter could be guessed.
    pub reason: String,
}
/// What one party handed in; empty texts and 0 where it did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// Its code.
    pub party: String,
    /// [`seal`] of its secret, hex.
    pub commitment: String,
    /// When, in milliseconds since 1970 UTC; no later than T0.
    pub committed_at: i64,
    /// Sixteen bytes, hex.
    pub secret: String,
    /// When, no later than T1.
    pub revealed_at: i64,
}
/// The public result.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beacon {
    /// As it enters the seed ([`super::beacon_value`]); empty where there is none.
    pub value: String,
    /// When it was drawn, after T1; 0 where there is none.
    pub at: i64,
}
/// A seat that fell empty and who took it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Substitution {
    /// When.
    pub at: i64,
    /// Who leaves the seat, or is struck from the alternates.
    pub out: String,
    /// Why.
    pub reason: String,
    /// Who takes the seat; empty if `out` had none, or nobody is left.
    #[serde(rename = "in")]
    pub into: String,
}
/// That announcement, list and commitments stood in the ledger under the checkpoint that entered the seed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Number of entries under the checkpoint.
    pub size: u64,
    /// Entries that between them hold, as hex text, the announcement's digest, the list's root and every commitment.
    pub entries: Vec<Witnessed>,
}
/// One entry and its path to the checkpoint's root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witnessed {
    /// Position from 0: the entry's number less one.
    pub index: u64,
    /// Its exact bytes, hex.
    pub bytes: String,
    /// RFC 6962 inclusion path, leaf upwards, hex.
    pub path: Vec<String>,
}
/// The proof of one draw. Fields stand in the file in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// [`FORMAT`].
    pub format: String,
    /// `sm3` or `sha256`.
    pub alg: String,
    /// What was announced.
    pub announcement: Announcement,
    /// Which of its draws this is.
    pub draw: String,
    /// The list.
    pub frozen: Frozen,
    /// Who gets no seat, in byte order of ids.
    pub excluded: Vec<Excluded>,
    /// One per party, in their order.
    pub seals: Vec<Seal>,
    /// The public result.
    pub beacon: Beacon,
    /// When it was drawn, no earlier than T2.
    pub drawn_at: i64,
    /// The seed, hex.
    pub seed: String,
    /// Ids drawn, in the order of their tickets, before any substitution.
    pub chosen: Vec<String>,
    /// In the order they happened.
    pub substitutions: Vec<Substitution>,
    /// Proof that all was fixed before; `null` where the house gives none.
    pub ledger: Option<Evidence>,
    /// Hash of every byte of the file before `,"digest"`, hex. The same digest stands in the ledger.
    pub digest: String,
}
/// What goes into a draw.
#[derive(Clone, Debug)]
pub struct Ingredients {
    /// Hash function, that of the house's ledger.
    pub alg: Alg,
    /// What was announced.
    pub announcement: Announcement,
    /// Which of its draws.
    pub draw: String,
    /// The frozen list.
    pub frozen: Frozen,
    /// Who gets no seat, in any order.
    pub excluded: Vec<Excluded>,
    /// What the parties handed in, in any order; a party without one stayed silent.
    pub seals: Vec<Seal>,
    /// The public result.
    pub beacon: Beacon,
    /// When it is drawn.
    pub drawn_at: i64,
    /// Evidence from the ledger.
    pub ledger: Option<Evidence>,
}

impl Proof {
    /// Draws.
    ///
    /// # Errors
    /// Whatever [`super::replay`] would refuse, and a draw whose seats cannot be filled.
    pub fn draw(with: Ingredients) -> Result<(Self, Drawn), Refused> {
        let Ingredients { alg, announcement, draw, frozen, mut excluded, mut seals, beacon, drawn_at, ledger } = with;
        excluded.sort_by(|a, b| a.id.cmp(&b.id));
        for party in &announcement.parties {
            if !seals.iter().any(|s| s.party == party.code) {
                let silent = Seal { party: party.code.clone(), ..Seal::silent() };
                seals.push(silent);
            }
        }
        seals.sort_by(|a, b| a.party.cmp(&b.party));
        let (format, name) = (FORMAT.to_owned(), alg.name().to_owned());
        let (substitutions, nothing) = (vec![], String::new());
        let mut proof = Self {
            format,
            alg: name,
            announcement,
            draw,
            frozen,
            excluded,
            seals,
            beacon,
            drawn_at,
            seed: nothing.clone(),
            chosen: vec![],
            substitutions,
            ledger,
            digest: nothing,
        };
        proof.seed = hex(&proof.reckon_seed(alg)?);
        let mut drawn = evaluate(&proof, alg)?;
        proof.chosen.clone_from(&drawn.chosen);
        proof.finish(alg, &mut drawn);
        Ok((proof, drawn))
    }
    /// Recomputes everything in a proof file, and gives its content too.
    ///
    /// Any changed byte is refused: the bytes must be exactly those that the content is written with (compact JSON, fields in order, one
    /// line end), the digest must be that of the bytes, and root, seals, seed, tickets, chosen and substitutions must follow from the rest.
    /// Whoever rewrites the digest as well makes another file: compare [`Replayed::digest`] with the one in the ledger.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn read(file: &[u8]) -> Result<(Self, Replayed), Refused> {
        super::replay::read(file)
    }
    /// Somebody refuses, or a conflict comes up late: his seat goes to the next alternate by the rules, the others keep theirs. Of one
    /// who has no seat only the name is struck.
    ///
    /// # Errors
    /// An id that is not on the list or has left before, a time before the last one, an empty reason, a proof that does not hold.
    pub fn substitute(&mut self, at: i64, out: &str, reason: &str) -> Result<Drawn, Refused> {
        let alg = self.alg()?;
        let mut next = self.clone();
        next.substitutions.push(Substitution { at, out: out.into(), reason: reason.into(), into: String::new() });
        let mut drawn = evaluate(&next, alg)?;
        if let (Some(last), Some(into)) = (next.substitutions.last_mut(), drawn.took.last()) {
            last.into.clone_from(into);
        }
        next.finish(alg, &mut drawn);
        *self = next;
        Ok(drawn)
    }
    fn finish(&mut self, alg: Alg, drawn: &mut Drawn) {
        self.digest = hex(&alg.hash(&[self.head().as_bytes()]));
        drawn.digest.clone_from(&self.digest);
    }
    /// The file: compact JSON and one line end.
    pub fn to_bytes(&self) -> Vec<u8> {
        format!("{},\"digest\":\"{}\"}}\n", self.head(), self.digest).into_bytes()
    }
    /// Everything before `,"digest"`.
    pub(super) fn head(&self) -> String {
        let mut text = serde_json::to_string(self).unwrap_or_default();
        text.truncate(text.rfind(",\"digest\":").unwrap_or(0));
        text
    }
    pub(super) fn alg(&self) -> Result<Alg, Refused> {
        Alg::from_name(&self.alg).ok_or_else(|| Refused::new(Wrong::Form, "杂凑算法应为 sm3 或 sha256。"))
    }
    /// The seed from list, checkpoint, revealed secrets and beacon; checks that each secret opens its commitment.
    pub(super) fn reckon_seed(&self, alg: Alg) -> Result<Hash, Refused> {
        let hash =
            |text: &str, what: &str| bytes::<32>(text).ok_or_else(|| Refused::new(Wrong::Root, format!("{what}应为 64 位小写十六进制。")));
        let (root, checkpoint) = (hash(&self.frozen.root, "名单指纹")?, hash(&self.frozen.checkpoint, "检查点的根")?);
        let mut secrets = vec![];
        for s in &self.seals {
            secrets.extend(s.open(alg, &self.announcement.id)?);
        }
        Ok(seed(alg, &self.draw, &root, &checkpoint, &secrets, &self.beacon.value))
    }
    /// The excluded: on the list or not, each once, each with a reason.
    pub(super) fn excluded_ids(&self) -> Result<HashSet<&str>, Refused> {
        let ascending = super::announce::ascending(self.excluded.iter().map(|e| e.id.as_str()));
        Refused::unless(ascending, Wrong::Excluded, || "应按编号升序，不重复。".into())?;
        for e in &self.excluded {
            Refused::unless(super::is_code(&e.id) && is_text(&e.reason), Wrong::Excluded, || format!("“{}”须有编号和理由。", e.id))?;
        }
        Ok(self.excluded.iter().map(|e| e.id.as_str()).collect())
    }
}
impl Seal {
    fn silent() -> Self {
        Self { party: String::new(), commitment: String::new(), committed_at: 0, secret: String::new(), revealed_at: 0 }
    }
    /// The secret, if it was revealed.
    ///
    /// # Errors
    /// One that does not open the commitment, or halves of what belongs together.
    pub(super) fn open(&self, alg: Alg, announcement: &str) -> Result<Option<[u8; 16]>, Refused> {
        let bad = |say: &str| Refused::new(Wrong::Seal, format!("“{}”{say}", self.party));
        let absent = |text: &str, at: i64| text.is_empty() && at == 0;
        if absent(&self.secret, self.revealed_at) {
            let committed = absent(&self.commitment, self.committed_at) || bytes::<32>(&self.commitment).is_some();
            return if committed { Ok(None) } else { Err(bad("的封口应为 64 位小写十六进制。")) };
        }
        let secret = bytes::<16>(&self.secret).ok_or_else(|| bad("揭晓的应为 32 位小写十六进制。"))?;
        if hex(&seal(alg, announcement, &self.party, &secret)) != self.commitment {
            return Err(bad("揭晓的与封口不符。"));
        }
        Ok(Some(secret))
    }
}
/// Bytes of lower-case hex.
pub(super) fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    unhex::<N>(text).filter(|b| hex(b) == text)
}
