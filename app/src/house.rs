//! The house, open: database, keys, clock, and what every act needs to know of the registers.
use ledger::{Alg, Signer};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::db::{Db, Place, Tx};
use crate::edge::{Clock, random};
use crate::failure::{Failure, Result};
use crate::registers::Registers;

/// Keys of this house, in files of its folder that only its user may read.
pub struct Keys {
    vault: [u8; 32],
    signer: Signer,
}
impl Keys {
    fn open(folder: &Path) -> Result<Self> {
        let vault = key_file(&folder.join("vault.key"))?;
        let signer = Signer::from_secret(&key_file(&folder.join("signer.key"))?).ok_or_else(|| Failure::Fault("签名密钥损坏".into()))?;
        Ok(Self { vault, signer })
    }
    /// The key of one compartment of the vault.
    pub fn compartment(&self, name: &str) -> [u8; 32] {
        Alg::Sha256.hmac(&self.vault, name.as_bytes())
    }
    /// A keyed digest by which equal values can be found without being readable (duplicate numbers of identity).
    pub fn blind(&self, what: &str) -> String {
        crate::edge::hex(&Alg::Sha256.hmac(&self.compartment("blind"), what.as_bytes()))
    }
    /// Signs checkpoints.
    pub fn signer(&self) -> &Signer {
        &self.signer
    }
    /// Public half of the signing key, base64.
    pub fn public(&self) -> String {
        self.signer.public_text()
    }
}
fn key_file(path: &Path) -> Result<[u8; 32]> {
    if !path.exists() {
        let fresh = random::<32>()?;
        write_private(path, &fresh)?;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(Failure::Fault(format!("密钥文件 {} 可被他人读取，请先执行 chmod 600。", path.display())));
        }
    }
    std::fs::read(path)?.try_into().map_err(|_| Failure::Fault(format!("密钥文件 {} 损坏", path.display())))
}
fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(())
}

/// Everything a request needs, shared.
#[derive(Clone)]
pub struct House(Arc<Rooms>);
/// What `House` holds.
pub struct Rooms {
    /// The database.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// Keys.
    pub keys: Keys,
    /// Attachments, anchors, keys.
    pub folder: PathBuf,
    /// The registers as last read.
    registers: std::sync::RwLock<Arc<Registers>>,
    /// The rule library as last read.
    pub(crate) rules: std::sync::RwLock<Arc<crate::rules::Library>>,
    /// Reads of matter pages, waiting to be written in groups.
    pub reads: crate::matters::Reads,
    /// What keeps the portal open under a flood.
    pub portal: crate::portal::Gate,
}
impl std::ops::Deref for House {
    type Target = Rooms;
    fn deref(&self) -> &Rooms {
        &self.0
    }
}
impl House {
    /// Opens the house at this place; makes database, keys and ledger where there are none.
    ///
    /// # Errors
    /// When it cannot be opened; nothing half-made is left that a second try would trip over.
    pub fn open(place: &Place, clock: Clock, alg: Alg) -> Result<Self> {
        let folder = place.folder().to_owned();
        std::fs::create_dir_all(&folder)?;
        let db = Db::open(place)?;
        let keys = Keys::open(&folder)?;
        let rooms = Rooms {
            db,
            clock,
            keys,
            folder,
            registers: Default::default(),
            rules: Default::default(),
            reads: Default::default(),
            portal: Default::default(),
        };
        let house = Self(Arc::new(rooms));
        let inner = house.clone();
        let now = house.clock.now();
        house.db.write_here(move |tx| {
            crate::ledger::ensure(tx, &inner.keys, alg, now)?;
            crate::registers::ensure(tx, &inner)
        })?;
        crate::sealing::catch_up(&house)?;
        crate::statistics::catch_up(&house)?;
        house.db.read_here(|tx| house.registers(tx).map(drop))?;
        Ok(house)
    }
    /// The registers as of this transaction; read again only when something changed.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn registers(&self, tx: &Tx) -> Result<Arc<Registers>> {
        let stamp = crate::registers::stamp(tx)?;
        let today = self.clock.now().today;
        if let Some(known) = self.registers.read().ok().filter(|r| r.stamp == stamp && r.today == today) {
            return Ok(known.clone());
        }
        let fresh = Arc::new(Registers::load(tx, stamp, today)?);
        if let Ok(mut slot) = self.registers.write() {
            *slot = fresh.clone();
        }
        Ok(fresh)
    }
}
