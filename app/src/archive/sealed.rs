//! What a package may not hold in the clear – texts about persons, names of persons and files, and the salts of their commitments – under a
//! passphrase: Argon2id (64 MiB, three passes), XChaCha20-Poly1305. The form is told in README.txt, so that anybody can open it later.
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::edge::random;
use crate::failure::{Failure, Result};

/// First bytes of the member; also what the cipher is bound to.
pub const MAGIC: &[u8] = b"XIEZHI-SEALED 1\n";
/// A passphrase has at least so many characters.
pub const SHORTEST: usize = 12;
const MEMORY_KIB: u32 = 64 << 10;
const PASSES: u32 = 3;

/// A text or a name with the salt of its commitment, in hex.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    pub text: String,
    pub salt: String,
    /// Of a file: the digest its commitment is over besides the name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
}
/// What is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrets {
    /// By reference.
    pub texts: BTreeMap<String, Secret>,
    /// Names of attachments, by number.
    pub files: BTreeMap<String, Secret>,
    /// Names of persons, by key.
    pub names: BTreeMap<String, String>,
    /// Papers, by file name: their bytes in hex. They name persons and tell what the vault keeps.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub papers: BTreeMap<String, String>,
}
fn cipher(passphrase: &str, salt: &[u8]) -> Result<XChaCha20Poly1305> {
    let params = argon2::Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(|e| Failure::Fault(e.to_string()))?;
    let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let mut key = [0u8; 32];
    argon.hash_password_into(passphrase.as_bytes(), salt, &mut key).map_err(|e| Failure::Fault(e.to_string()))?;
    Ok(XChaCha20Poly1305::new(&key.into()))
}
/// Seals under a passphrase: magic, salt (16), nonce (24), ciphertext with its tag.
///
/// # Errors
/// When there is no randomness to be had.
pub fn seal(secrets: &Secrets, passphrase: &str) -> Result<Vec<u8>> {
    let (salt, nonce) = (random::<16>()?, random::<24>()?);
    let text = serde_json::to_vec(secrets)?;
    let body = cipher(passphrase, &salt)?.encrypt(&XNonce::from(nonce), Payload { msg: &text, aad: MAGIC });
    Ok([MAGIC, &salt, &nonce, &body.map_err(|_| Failure::Fault("加密失败".into()))?].concat())
}
/// Opens it again; nothing where the passphrase is another or a byte was touched.
pub fn open(member: &[u8], passphrase: &str) -> Option<Secrets> {
    let (salt, rest) = member.strip_prefix(MAGIC)?.split_at_checked(16)?;
    let (nonce, body) = rest.split_at_checked(24)?;
    let nonce: [u8; 24] = nonce.try_into().ok()?;
    let text = cipher(passphrase, salt).ok()?.decrypt(&XNonce::from(nonce), Payload { msg: body, aad: MAGIC }).ok()?;
    serde_json::from_slice(&text).ok()
}
/// Whether a member has the form of something sealed.
pub fn formed(member: &[u8]) -> bool {
    member.starts_with(MAGIC) && member.len() > MAGIC.len() + 16 + 24 + 16
}
