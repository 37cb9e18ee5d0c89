//! Checkpoints in C2SP tlog-checkpoint form: origin line, size, base64 root, a blank line, signature lines.
//! No algorithm byte is registered for SM2 in signed notes; key ids use 0xff followed by `SM2-SM3`, as the note rules provide
//! for private algorithms.

use base64::{Engine as _, engine::general_purpose::STANDARD as B64};
use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{Signature, SigningKey};

use crate::{Alg, Hash, hex, unhex};

/// The signer identity that GB/T 32918 asks for; the standard's own default.
const DISTINGUISHING_ID: &str = "1234567812345678";
const NAME: &str = "xiezhi";

/// The state of a ledger at a size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the ledger.
    pub ledger_id: [u8; 16],
    /// Its hash function.
    pub alg: Alg,
    /// Number of entries.
    pub size: u64,
    /// RFC 6962 root over their hashes.
    pub root: Hash,
}
/// A text that is no checkpoint of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadCheckpoint;

impl Checkpoint {
    /// The signed body: three lines.
    pub fn body(&self) -> String {
        format!("xiezhi/{}/{}\n{}\n{}\n", hex(&self.ledger_id), self.alg.name(), self.size, B64.encode(self.root))
    }
    /// Body, blank line, signature line.
    pub fn signed(&self, signer: &Signer) -> String {
        signer.note(&self.body())
    }
    /// Reads the body of a checkpoint; signatures are looked at by `signed_by`.
    ///
    /// # Errors
    /// Anything that is not three lines of this form.
    pub fn parse(text: &str) -> Result<Self, BadCheckpoint> {
        let mut lines = text.lines();
        let mut origin = lines.next().unwrap_or("").split('/');
        let (Some("xiezhi"), Some(id), Some(alg), None) = (origin.next(), origin.next(), origin.next(), origin.next()) else {
            return Err(BadCheckpoint);
        };
        let size = lines.next().filter(|l| !l.starts_with('0') || *l == "0").and_then(|l| l.parse().ok());
        let root = lines.next().and_then(|l| B64.decode(l).ok()).and_then(|r| r.try_into().ok());
        Ok(Self {
            ledger_id: unhex(id).ok_or(BadCheckpoint)?,
            alg: Alg::from_name(alg).ok_or(BadCheckpoint)?,
            size: size.ok_or(BadCheckpoint)?,
            root: root.ok_or(BadCheckpoint)?,
        })
    }
    /// Whether the text carries a signature of this key over exactly this body.
    pub fn signed_by(text: &str, key: &VerifyingKey) -> bool {
        let Some((body, signatures)) = text.split_once("\n\n") else { return false };
        let body = format!("{body}\n");
        signatures.lines().filter_map(|l| l.strip_prefix(&format!("— {NAME} "))).any(|line| {
            let Ok(bytes) = B64.decode(line) else { return false };
            let Some((id, signature)) = bytes.split_at_checked(4) else { return false };
            let signature = Signature::from_slice(signature).ok();
            id == key_id(&key.bytes) && signature.is_some_and(|s| key.key.verify(body.as_bytes(), &s).is_ok())
        })
    }
}
fn key_id(public: &[u8]) -> [u8; 4] {
    let h = Alg::Sha256.hash(&[NAME.as_bytes(), b"\n", &[0xff], b"SM2-SM3", public]);
    let [a, b, c, d, ..] = h;
    [a, b, c, d]
}

/// Signs checkpoints with SM2.
pub struct Signer(SigningKey);
impl Signer {
    /// From a secret scalar of 32 bytes; `None` for the few that are out of range.
    pub fn from_secret(secret: &[u8; 32]) -> Option<Self> {
        let secret = sm2::SecretKey::from_slice(secret).ok()?;
        SigningKey::new(DISTINGUISHING_ID, &secret).ok().map(Self)
    }
    fn public_bytes(&self) -> Vec<u8> {
        self.0.verifying_key().to_sec1_bytes().to_vec()
    }
    /// A signed note (C2SP signed-note): body, blank line, signature line. A body that is no checkpoint must not begin like one.
    pub fn note(&self, body: &str) -> String {
        let signature: Signature = self.0.sign(body.as_bytes());
        let line = [&key_id(&self.public_bytes())[..], &signature.to_bytes()].concat();
        format!("{body}\n— {NAME} {}\n", B64.encode(line))
    }
    /// Public key, base64 of its SEC 1 point.
    pub fn public_text(&self) -> String {
        B64.encode(self.public_bytes())
    }
}
/// Checks signatures of checkpoints.
pub struct VerifyingKey {
    key: sm2::dsa::VerifyingKey,
    bytes: Vec<u8>,
}
impl VerifyingKey {
    /// From what `Signer::public_text` wrote.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = B64.decode(text).ok()?;
        let key = sm2::dsa::VerifyingKey::from_sec1_bytes(DISTINGUISHING_ID, &bytes).ok()?;
        Some(Self { key, bytes })
    }
}
