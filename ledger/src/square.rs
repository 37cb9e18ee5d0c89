//! What an issued paper carries out of the house (`trust.md` 4.1, Anchors): a line people can read, and a square that says where the paper's
//! entry stands, under which root, and what it commits to. Every holder of a paper is an anchor.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as B64};

use crate::{Alg, Hash, commitment, hex};

/// First letters of the square's text.
const HEAD: &str = "XZ1:";

/// The contents of the square.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Square {
    /// Hash function of the ledger.
    pub alg: Alg,
    /// Name of the ledger.
    pub ledger_id: [u8; 16],
    /// Number of entries under the root.
    pub size: u64,
    /// RFC 6962 root over them.
    pub root: Hash,
    /// The paper's entry: 1, 2, 3 ….
    pub seq: u64,
    /// `(salt, commitment)` to the bytes of the sheet; none of a paper that no entry commits to.
    pub paper: Option<([u8; 32], Hash)>,
}
impl Square {
    /// As it is printed; under 200 bytes.
    pub fn text(&self) -> String {
        let mut bytes = vec![self.alg as u8];
        bytes.extend_from_slice(&self.ledger_id);
        bytes.extend_from_slice(&self.size.to_be_bytes());
        bytes.extend_from_slice(&self.root);
        bytes.extend_from_slice(&self.seq.to_be_bytes());
        if let Some((salt, hash)) = &self.paper {
            bytes.extend_from_slice(salt);
            bytes.extend_from_slice(hash);
        }
        format!("{HEAD}{}", B64.encode(bytes))
    }
    /// Reads what `text` wrote, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = B64.decode(text.strip_prefix(HEAD)?).ok()?;
        let (alg, rest) = bytes.split_first()?;
        let (ledger_id, rest) = rest.split_first_chunk::<16>()?;
        let (size, rest) = rest.split_first_chunk::<8>()?;
        let (root, rest) = rest.split_first_chunk::<32>()?;
        let (seq, rest) = rest.split_first_chunk::<8>()?;
        let paper = match rest.split_first_chunk::<32>() {
            Some((salt, hash)) => Some((*salt, hash.try_into().ok()?)),
            None if rest.is_empty() => None,
            None => return None,
        };
        let (size, seq) = (u64::from_be_bytes(*size), u64::from_be_bytes(*seq));
        Some(Self { alg: Alg::from_byte(*alg)?, ledger_id: *ledger_id, size, root: *root, seq, paper })
    }
    /// The line beside it: “存证 <ledger>·<size>·<20 characters of the root>”; of the ledger's name the beginning, to find the right one by.
    pub fn line(&self) -> String {
        let name = hex(&self.ledger_id);
        format!("存证 {}·{}·{}", name.get(..8).unwrap_or(&name), self.size, base32(&self.root, 20))
    }
    /// Whether the commitment is to these bytes; `None` where there is none.
    pub fn commits_to(&self, sheet: &[u8]) -> Option<bool> {
        self.paper.map(|(salt, hash)| commitment(self.alg, &salt, sheet) == hash)
    }
}
/// The first characters of RFC 4648 base32.
fn base32(bytes: &[u8], count: usize) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bit = |n: usize| bytes.get(n / 8).map_or(0, |b| (b >> (7 - n % 8)) & 1);
    let letter = |n: usize| LETTERS.get(usize::from((0..5).fold(0u8, |v, i| v << 1 | bit(n * 5 + i)))).map_or('A', |c| char::from(*c));
    (0..count).map(letter).collect()
}
