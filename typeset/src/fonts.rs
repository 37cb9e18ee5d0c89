//! Where the Chinese fonts are. They are never in the repository: `scripts/setup` fetches Fandol, the machine has Noto, and an office may
//! give a folder with its own 方正 and GB2312 fonts.
use crate::Fault;
use std::path::{Path, PathBuf};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst_kit::fonts::{FontStore, scan};

/// Families a paper may be set in; of a given folder every font may be used.
const FAMILIES: &[&str] =
    &["Fandol", "Noto Serif CJK SC", "Noto Sans CJK SC", "FangSong", "KaiTi", "SimHei", "FZXiaoBiaoSong", "Source Han"];

/// The fonts of this machine, found once and shared.
pub struct Fonts {
    store: FontStore,
    /// One bit a character that some font has.
    covered: Vec<u64>,
}
impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.book().families().map(|(name, _)| name)).finish()
    }
}
impl Fonts {
    /// Searches the given folder (or `XIEZHI_FONTS`), `~/.cache/xiezhi/fonts` and `/usr/share/fonts`. What is found first comes first.
    ///
    /// # Errors
    /// Where no font among them has Chinese characters.
    pub fn find(given: Option<&Path>) -> Result<Self, Fault> {
        let given = given.map(Path::to_path_buf).or_else(|| std::env::var_os("XIEZHI_FONTS").map(PathBuf::from));
        let cached = std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache/xiezhi/fonts"));
        let given: Vec<PathBuf> = given.into_iter().collect();
        let common: Vec<PathBuf> = cached.into_iter().chain([PathBuf::from("/usr/share/fonts")]).collect();
        Self::within(&given, &common)
    }
    /// Every font of `given`, and of `common` those that a paper may be set in.
    ///
    /// # Errors
    /// Where no font among them has Chinese characters.
    pub fn within(given: &[PathBuf], common: &[PathBuf]) -> Result<Self, Fault> {
        let mut store = FontStore::new();
        for dir in given {
            store.extend(scan(dir));
        }
        for dir in common {
            store.extend(scan(dir).filter(|(_, info)| FAMILIES.iter().any(|f| info.family.starts_with(f))));
        }
        let covered = covered(store.book());
        let found = Self { store, covered };
        if found.has('的') {
            return Ok(found);
        }
        let searched: Vec<String> = given.iter().chain(common).map(|d| d.display().to_string()).collect();
        Err(Fault::NoFont(searched.join("、")))
    }
    /// Whether some font has this character.
    pub(crate) fn has(&self, c: char) -> bool {
        let c = c as usize;
        self.covered.get(c / 64).is_some_and(|bits| bits >> (c % 64) & 1 == 1)
    }
    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }
    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }
}
fn covered(book: &FontBook) -> Vec<u64> {
    let mut bits = vec![0_u64; 0x11_0000 / 64];
    for c in (0..).map_while(|i| book.info(i)).flat_map(|info| info.coverage.iter()) {
        if let Some(word) = bits.get_mut(c as usize / 64) {
            *word |= 1 << (c % 64);
        }
    }
    bits
}
