//! Proof that an entry is under a signed root, as a file that anybody checks without us: C2SP tlog-proof, with the entry in the `extra` line.
//! Whoever holds it need not believe us that what he sent ever arrived (`trust.md` 4.1, Inclusion receipt).

use base64::{Engine as _, engine::general_purpose::STANDARD as B64};

use crate::{Checkpoint, Event, Hash, VerifyingKey, verify_inclusion};

/// First line of the file.
const HEAD: &str = "c2sp.org/tlog-proof@v1";

/// A proof of inclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// The entry's bytes, or its hash alone where the holder may not read it.
    pub entry: Vec<u8>,
    /// Place of the leaf, from 0: the entry's number less one.
    pub index: u64,
    /// From the leaf upwards.
    pub path: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: String,
}
/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadInclusion {
    /// No file of this form.
    Malformed,
    /// The entry is another ledger's, or not the one of this place.
    OtherEntry,
    /// The path does not lead to the root.
    NotUnderRoot,
    /// Not signed by this key.
    NotSigned,
}
impl BadInclusion {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Malformed => "不是存证回执文件，或者文件不完整",
            Self::OtherEntry => "回执里的条目与位置不符",
            Self::NotUnderRoot => "条目不在检查点之下",
            Self::NotSigned => "检查点不是这把公钥签的",
        }
    }
}
impl Inclusion {
    /// The file.
    pub fn text(&self) -> String {
        let path: String = self.path.iter().map(|h| B64.encode(h) + "\n").collect();
        format!("{HEAD}\nextra {}\nindex {}\n{path}\n{}", B64.encode(&self.entry), self.index, self.checkpoint)
    }
    /// Reads what `text` wrote.
    ///
    /// # Errors
    /// Anything of another form.
    pub fn parse(text: &str) -> Result<Self, BadInclusion> {
        let text = text.replace("\r\n", "\n");
        let (head, checkpoint) = text.split_once("\n\n").ok_or(BadInclusion::Malformed)?;
        let mut lines = head.lines();
        let mut word = |name: &str| lines.next().and_then(|l| l.strip_prefix(name)).map(str::to_owned).ok_or(BadInclusion::Malformed);
        word(HEAD).and_then(|rest| if rest.is_empty() { Ok(()) } else { Err(BadInclusion::Malformed) })?;
        let entry = B64.decode(word("extra ")?).map_err(|_| BadInclusion::Malformed)?;
        let index = word("index ")?.parse().map_err(|_| BadInclusion::Malformed)?;
        let hash = |l: &str| B64.decode(l).ok().and_then(|h| h.try_into().ok()).ok_or(BadInclusion::Malformed);
        let path = lines.map(hash).collect::<Result<Vec<Hash>, _>>()?;
        Ok(Self { entry, index, path, checkpoint: checkpoint.to_owned() })
    }
    /// The entry, where the file holds it whole.
    pub fn event(&self) -> Option<Event> {
        if self.entry.len() == 32 { None } else { Event::decode(&self.entry).ok() }
    }
    /// Whether the entry stands at its place under the signed root. Without a key the signature is not looked at: the root must then be
    /// compared with an anchor somebody else keeps.
    ///
    /// # Errors
    /// What does not hold.
    pub fn verify(&self, key: Option<&VerifyingKey>) -> Result<Checkpoint, BadInclusion> {
        let checkpoint = Checkpoint::parse(&self.checkpoint).map_err(|_| BadInclusion::Malformed)?;
        let h: Hash = match <Hash>::try_from(self.entry.as_slice()) {
            Ok(h) => h,
            Err(_) => {
                let event = self.event().ok_or(BadInclusion::OtherEntry)?;
                let own =
                    event.ledger_id == checkpoint.ledger_id && event.alg == checkpoint.alg && event.seq == self.index.saturating_add(1);
                if !own {
                    return Err(BadInclusion::OtherEntry);
                }
                checkpoint.alg.hash(&[&self.entry])
            }
        };
        if !verify_inclusion(checkpoint.alg, &h, self.index, checkpoint.size, &self.path, &checkpoint.root) {
            return Err(BadInclusion::NotUnderRoot);
        }
        match key {
            Some(key) if !Checkpoint::signed_by(&self.checkpoint, key) => Err(BadInclusion::NotSigned),
            _ => Ok(checkpoint),
        }
    }
}
