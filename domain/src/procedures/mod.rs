//! 流程: one folder per procedure, and the register of all of them.
use std::sync::LazyLock;

use crate::engine::Kind;

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| vec![]);

/// Every procedure of the house, in the order lists show them.
pub fn all() -> &'static [Kind] {
    &KINDS
}
/// The procedure of this glossary identifier.
pub fn kind(name: &str) -> Option<&'static Kind> {
    all().iter().find(|k| k.name == name)
}
