//! The two suites behind one byte: 1 = XChaCha20-Poly1305 and X25519, 2 = SM4-GCM and SM2 public-key encryption. The byte stands first in
//! everything sealed and in every key, so a house opens whatever was sealed before it changed.
use aes_gcm::AesGcm;
use aes_gcm::aead::consts::U12;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use ledger::Alg;
use sm2::pke::{DecryptingKey, EncryptingKey};
use x25519_dalek::{PublicKey, StaticSecret};

use crate::edge::{Chance, hex, random, unhex};
use crate::failure::{Failure, Result};

type Sm4Gcm = AesGcm<sm4::Sm4, U12>;

/// Which ciphers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// XChaCha20-Poly1305, X25519, HMAC-SHA-256.
    Standard = 1,
    /// SM4-GCM (GB/T 32907), SM2 (GB/T 32918), HMAC-SM3.
    National = 2,
}
impl Suite {
    /// A house seals with the suite that belongs to the hash its ledger chose at genesis: one choice, made once, told in the first entry.
    pub fn of(alg: Alg) -> Self {
        if alg == Alg::Sm3 { Self::National } else { Self::Standard }
    }
    fn from_byte(byte: u8) -> Option<Self> {
        [Self::Standard, Self::National].into_iter().find(|s| *s as u8 == byte)
    }
    fn alg(self) -> Alg {
        if self == Self::National { Alg::Sm3 } else { Alg::Sha256 }
    }
    /// The key of this suite that follows from another secret; what it is for keeps one use apart from another.
    fn derived(self, secret: &[u8], what: &[u8]) -> [u8; 32] {
        self.alg().hmac(secret, &[b"xiezhi|".as_slice(), &[self as u8], b"|", what].concat())
    }
}
fn broken() -> Failure {
    Failure::Fault("加密失败".into())
}
/// Encrypts under a symmetric key; `about` must be said again to open it.
///
/// # Errors
/// When there is no randomness to be had.
pub fn encrypt(suite: Suite, key: &[u8; 32], about: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let key = suite.derived(key, b"text");
    let aad = [&[suite as u8], about.as_bytes()].concat();
    let payload = Payload { msg: bytes, aad: &aad };
    let (nonce, body) = match suite {
        Suite::Standard => {
            let nonce = random::<24>()?;
            (nonce.to_vec(), XChaCha20Poly1305::new(&key.into()).encrypt(&XNonce::from(nonce), payload))
        }
        Suite::National => {
            let nonce = random::<12>()?;
            let cipher = Sm4Gcm::new_from_slice(key.get(..16).unwrap_or(&[])).map_err(|_| broken())?;
            (nonce.to_vec(), cipher.encrypt(&nonce.into(), payload))
        }
    };
    Ok([vec![suite as u8], nonce, body.map_err(|_| broken())?].concat())
}
/// Opens what `encrypt` made; `None` where key, purpose or a byte is another.
pub fn decrypt(key: &[u8; 32], about: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let (byte, rest) = sealed.split_first()?;
    let suite = Suite::from_byte(*byte)?;
    let key = suite.derived(key, b"text");
    let aad = [&[*byte], about.as_bytes()].concat();
    match suite {
        Suite::Standard => {
            let (nonce, body) = rest.split_at_checked(24)?;
            let nonce: [u8; 24] = nonce.try_into().ok()?;
            XChaCha20Poly1305::new(&key.into()).decrypt(&XNonce::from(nonce), Payload { msg: body, aad: &aad }).ok()
        }
        Suite::National => {
            let (nonce, body) = rest.split_at_checked(12)?;
            let nonce: [u8; 12] = nonce.try_into().ok()?;
            Sm4Gcm::new_from_slice(key.get(..16)?).ok()?.decrypt(&nonce.into(), Payload { msg: body, aad: &aad }).ok()
        }
    }
}

/// The private half of a key pair.
#[derive(Clone, PartialEq, Eq)]
pub struct Private(Suite, [u8; 32]);
/// Never told, wherever a request is printed.
impl std::fmt::Debug for Private {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Private(…)")
    }
}
impl Drop for Private {
    fn drop(&mut self) {
        self.1 = [0; 32];
        std::hint::black_box(&self.1);
    }
}
impl Private {
    /// A fresh one.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub fn new(suite: Suite) -> Result<Self> {
        // Of 2^32 draws one is no number below the order of the curve.
        for _ in 0..8 {
            let one = Self(suite, random::<32>()?);
            if one.public().is_some() {
                return Ok(one);
            }
        }
        Err(broken())
    }
    /// Suite and secret, to be wrapped.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&[self.0 as u8], &self.1[..]].concat()
    }
    /// What `to_bytes` made.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (byte, rest) = bytes.split_first()?;
        Some(Self(Suite::from_byte(*byte)?, rest.try_into().ok()?))
    }
    fn sm2(&self) -> Option<DecryptingKey> {
        sm2::SecretKey::from_slice(&self.1).ok().map(DecryptingKey::new)
    }
    /// Its public half.
    pub fn public(&self) -> Option<Public> {
        let bytes = match self.0 {
            Suite::Standard => PublicKey::from(&StaticSecret::from(self.1)).to_bytes().to_vec(),
            Suite::National => self.sm2()?.encrypting_key().to_sec1_bytes().to_vec(),
        };
        Some(Public(self.0, bytes))
    }
}
/// The public half of a key pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public(Suite, Vec<u8>);
impl Public {
    /// As it stands in tables and forms: suite and point in hex.
    pub fn text(&self) -> String {
        format!("{}{}", self.0 as u8, hex(&self.1))
    }
    /// From its text; `None` where it is none.
    pub fn read(text: &str) -> Option<Self> {
        let (byte, rest) = text.split_at_checked(1)?;
        let public = Self(Suite::from_byte(byte.parse().ok()?)?, unhex(rest)?);
        let sound = match public.0 {
            Suite::Standard => public.1.len() == 32,
            Suite::National => EncryptingKey::from_sec1_bytes(&public.1).is_ok(),
        };
        sound.then_some(public)
    }
}
/// Seals to whoever holds the private half. A key is agreed on (or sent by public-key encryption) and encrypts under it, so that
/// purpose, sender's part and every byte are bound together in both suites.
///
/// # Errors
/// When the key is none, or there is no randomness to be had.
pub fn seal_to(to: &Public, about: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let suite = to.0;
    let (part, secret) = match suite {
        Suite::Standard => {
            let ours = StaticSecret::from(random::<32>()?);
            let theirs: [u8; 32] = to.1.as_slice().try_into().map_err(|_| broken())?;
            let shared = ours.diffie_hellman(&PublicKey::from(theirs));
            if !shared.was_contributory() {
                return Err(broken());
            }
            (PublicKey::from(&ours).to_bytes().to_vec(), shared.to_bytes())
        }
        Suite::National => {
            let secret = random::<32>()?;
            let key = EncryptingKey::from_sec1_bytes(&to.1).map_err(|_| broken())?;
            (key.encrypt(&mut Chance, &secret).map_err(|_| broken())?, secret)
        }
    };
    let key = suite.derived(&secret, &[part.as_slice(), &to.1].concat());
    let length = u8::try_from(part.len()).map_err(|_| broken())?;
    Ok([vec![suite as u8, length], part, encrypt(suite, &key, about, bytes)?].concat())
}
/// Opens what was sealed to this key; `None` where it was sealed to another, is about something else, or was touched.
pub fn open_from(with: &Private, about: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let [byte, length, rest @ ..] = sealed else { return None };
    let (part, body) = rest.split_at_checked(usize::from(*length))?;
    if Suite::from_byte(*byte)? != with.0 {
        return None;
    }
    let secret: [u8; 32] = match with.0 {
        Suite::Standard => {
            let theirs: [u8; 32] = part.try_into().ok()?;
            let shared = StaticSecret::from(with.1).diffie_hellman(&PublicKey::from(theirs));
            shared.was_contributory().then(|| shared.to_bytes())?
        }
        Suite::National => with.sm2()?.decrypt(part).ok()?.try_into().ok()?,
    };
    decrypt(&with.0.derived(&secret, &[part, &with.public()?.1].concat()), about, body)
}
/// So many bytes as a text of this length is given: the next power of √2, at least 128. Sizes then tell next to nothing (T5).
pub fn padded(length: usize) -> usize {
    let mut size = 128usize;
    while size < length {
        // 181/128 lies as near under √2 as seven bits allow; every second step is a power of two.
        size = if size.is_power_of_two() { (size / 128).saturating_mul(181) } else { (size / 181).saturating_mul(256) };
    }
    size
}
/// A text made as long as `padded` says, with its length before it.
pub fn pad(bytes: &[u8]) -> Vec<u8> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes();
    let mut out = [&length[..], bytes].concat();
    out.resize(padded(out.len()), 0);
    out
}
/// What `pad` made long.
pub fn unpad(bytes: &[u8]) -> Option<Vec<u8>> {
    let (length, rest) = bytes.split_at_checked(8)?;
    let length = usize::try_from(u64::from_be_bytes(length.try_into().ok()?)).ok()?;
    rest.get(..length).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation)]
    use super::*;
    const BOTH: [Suite; 2] = [Suite::Standard, Suite::National];

    #[test]
    fn what_was_encrypted_opens_and_nothing_touched_does() {
        for suite in BOTH {
            let (key, other) = ([7; 32], [8; 32]);
            let sealed = encrypt(suite, &key, "a", "反映人".as_bytes()).unwrap();
            assert_eq!(decrypt(&key, "a", &sealed).unwrap(), "反映人".as_bytes());
            assert!(decrypt(&key, "b", &sealed).is_none() && decrypt(&other, "a", &sealed).is_none());
            for i in 0..sealed.len() {
                let mut wrong = sealed.clone();
                wrong[i] ^= 1;
                assert!(decrypt(&key, "a", &wrong).is_none(), "{suite:?} byte {i}");
            }
        }
    }
    #[test]
    fn what_is_sealed_to_a_key_opens_by_its_private_half_alone() {
        for suite in BOTH {
            let (mine, other) = (Private::new(suite).unwrap(), Private::new(suite).unwrap());
            let foreign = Private::new(if suite == Suite::Standard { Suite::National } else { Suite::Standard }).unwrap();
            let sealed = seal_to(&mine.public().unwrap(), "x", &[9; 32]).unwrap();
            assert_eq!(open_from(&mine, "x", &sealed).unwrap(), [9; 32]);
            for (with, about) in [(&other, "x"), (&foreign, "x"), (&mine, "y")] {
                assert!(open_from(with, about, &sealed).is_none(), "{suite:?}");
            }
            for i in 0..sealed.len() {
                for bit in [1, 128] {
                    let mut wrong = sealed.clone();
                    wrong[i] ^= bit;
                    assert!(open_from(&mine, "x", &wrong).is_none(), "{suite:?} byte {i}");
                }
            }
            let again = Private::from_bytes(&mine.to_bytes()).unwrap();
            assert!(again == mine && Public::read(&mine.public().unwrap().text()) == mine.public());
            assert!(!format!("{mine:?}").contains(&hex(&mine.1)[..8]));
        }
    }
    /// GB/T 32907, A.1; a ciphertext that OpenSSL made (of the crate's own tests); a point reckoned by an independent script.
    #[test]
    fn the_primitives_are_those_of_the_standards() {
        use sm4::cipher::{BlockCipherEncrypt as _, KeyInit as _};
        let mut block: [u8; 16] = unhex("0123456789abcdeffedcba9876543210").unwrap().try_into().unwrap();
        sm4::Sm4::new(&block.into()).encrypt_block((&mut block).into());
        assert_eq!(hex(&block), "681edf34d206965e86b3e94f536e4246");
        let key = unhex("3DDD2A3679BF6F1DFC3B49D3E99114718E48EC170EB4E4D3A82052DAB19E8B50").unwrap();
        let key = Private(Suite::National, key.try_into().unwrap());
        let sealed = "041ed68db303f5bc6bce516d5a62e1cd16781d3007df6864d970a56d46a6cecca0e0d33bfc71e78c440ae6afeef1a18cce473b3e27002189a058ddadc9182c80a3f13be66476ba6ef66d95a7fb11f30de441b3b66d566e48348bd830e584e7ec37f9b704ef32eba9055c";
        assert_eq!(key.sm2().unwrap().decrypt(&unhex(sealed).unwrap()).unwrap(), b"plaintext");
        let key = Private(Suite::Standard, std::array::from_fn(|i| i as u8));
        assert_eq!(hex(&key.public().unwrap().1), "8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f");
    }
    /// What was sealed once opens for ever: made by this code on the day the suites were written.
    #[test]
    fn what_was_sealed_long_ago_still_opens() {
        let old = [(Suite::Standard, "AEAD1", "SEAL1"), (Suite::National, "AEAD2", "SEAL2")];
        for (suite, text, key) in old {
            let private = Private(suite, [5; 32]);
            if std::env::var("XIEZHI_PRINT").is_ok() {
                println!(
                    "{} {}",
                    hex(&encrypt(suite, &[5; 32], "旧", "旧件".as_bytes()).unwrap()),
                    hex(&seal_to(&private.public().unwrap(), "旧", b"dek").unwrap())
                );
                continue;
            }
            assert_eq!(decrypt(&[5; 32], "旧", &unhex(text).unwrap()).unwrap(), "旧件".as_bytes());
            assert_eq!(open_from(&private, "旧", &unhex(key).unwrap()).unwrap(), b"dek");
        }
    }
    #[test]
    fn sizes_are_powers_of_the_root_of_two() {
        for (length, size) in [(0, 128), (128, 128), (129, 181), (182, 256), (257, 362), (363, 512), (1_000, 1_024), (1_025, 1_448)] {
            assert_eq!(padded(length), size);
        }
        for length in [0usize, 1, 119, 120, 121, 5_000] {
            let text = vec![7; length];
            let long = pad(&text);
            assert!(long.len() == padded(length + 8) && unpad(&long).unwrap() == text);
        }
    }
}
