//! The ledger (台账, M0.3; `trust.md` 4.1): exact entry bytes, hash chain, RFC 6962 checkpoints, anchors, and their verification.
//! No database and no clock: an auditor builds this crate alone and checks an exported ledger without trusting the house.
#![forbid(unsafe_code)]
mod anchor;
mod checkpoint;
pub mod draw;
mod entry;
mod export;
mod inclusion;
mod merkle;
mod square;
mod verify;

pub use anchor::{Anchor, BadAnchor, anchor_line, anchors};
pub use checkpoint::{BadCheckpoint, Checkpoint, Signer, VerifyingKey};
pub use entry::{BadEntry, Event, commitment};
pub use export::{Export, MAGIC, Reader, Record, write_checkpoint, write_entry, write_head};
pub use inclusion::{BadInclusion, Inclusion};
pub use merkle::{Tree, consistency_proof, inclusion_proof, inclusion_proofs, verify_consistency, verify_inclusion};
pub use square::Square;
pub use verify::{Chain, Fault, FaultKind, Report, Verdict};

use hmac::{Hmac, KeyInit as _, Mac as _};

/// Thirty-two bytes of SM3 or SHA-256.
pub type Hash = [u8; 32];

/// The hash function of a ledger, chosen at genesis and named in every entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Alg {
    /// GB/T 32905-2016.
    Sm3 = 1,
    /// FIPS 180-4.
    Sha256 = 2,
}
impl Alg {
    /// From its byte in an entry.
    pub fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::Sm3),
            2 => Some(Self::Sha256),
            _ => None,
        }
    }
    /// `sm3` or `sha256`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sm3 => "sm3",
            Self::Sha256 => "sha256",
        }
    }
    /// From its name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Sm3, Self::Sha256].into_iter().find(|a| a.name() == name)
    }
    /// Hash of the parts, one after another.
    pub fn hash(self, parts: &[&[u8]]) -> Hash {
        match self {
            Self::Sm3 => of::<sm3::Sm3>(parts),
            Self::Sha256 => of::<sha2::Sha256>(parts),
        }
    }
    /// HMAC (RFC 2104) of a message under a key of any length.
    pub fn hmac(self, key: &[u8], message: &[u8]) -> Hash {
        match self {
            Self::Sm3 => Hmac::<sm3::Sm3>::new_from_slice(key).map(|m| m.chain_update(message).finalize().into_bytes().into()),
            Self::Sha256 => Hmac::<sha2::Sha256>::new_from_slice(key).map(|m| m.chain_update(message).finalize().into_bytes().into()),
        }
        .unwrap_or_default()
    }
}
fn of<D: sha2::Digest>(parts: &[&[u8]]) -> Hash
where
    Hash: From<sha2::digest::Output<D>>,
{
    let mut h = D::new();
    parts.iter().for_each(|p| h.update(p));
    h.finalize().into()
}
/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}
/// Bytes of hex text of exactly `N` bytes.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    let bytes: Vec<u8> = digits?.chunks_exact(2).map(|p| p.iter().fold(0, |n, d| n << 4 | d)).collect();
    if text.len() == 2 * N { bytes.try_into().ok() } else { None }
}
