//! Where the shared laws are; the tests of `app` look there too.
use std::path::{Path, PathBuf};

/// The shared laws, where they lie beside the checkout or above a worktree.
pub fn laws() -> Option<PathBuf> {
    let told = std::env::var_os("XIEZHI_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|up| up.join("../shared"));
    let found = told.into_iter().chain(beside).map(|shared| shared.join("data/laws")).find(|f| f.is_dir());
    if found.is_none() {
        println!("skipped: no data/laws in XIEZHI_SHARED or in ../shared beside or above the workspace");
    }
    found
}
