//! 链外存证: what is kept outside the house. One line of `anchors.txt` per checkpoint: ledger id, size, root, time.

use base64::{Engine as _, engine::general_purpose::STANDARD as B64};

use crate::{Checkpoint, Hash, hex, unhex};

/// What somebody outside holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Name of the ledger.
    pub ledger_id: [u8; 16],
    /// Number of entries then.
    pub size: u64,
    /// Root then.
    pub root: Hash,
}
/// A line that is no anchor, by its number from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadAnchor(pub usize);
impl std::fmt::Display for BadAnchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "存证文件第 {} 行不是存证：应为“台账编号 条数 根 时间”。", self.0)
    }
}
/// One line of `anchors.txt`, without its end. `time_ms`: milliseconds since 1970 UTC of the newest entry.
pub fn anchor_line(checkpoint: &Checkpoint, time_ms: i64) -> String {
    format!("{} {} {} {time_ms}", hex(&checkpoint.ledger_id), checkpoint.size, B64.encode(checkpoint.root))
}
/// Reads `anchors.txt`, or a whole checkpoint file.
///
/// # Errors
/// The first line that is neither.
pub fn anchors(text: &str) -> Result<Vec<Anchor>, BadAnchor> {
    if let Ok(c) = Checkpoint::parse(text) {
        return Ok(vec![Anchor { ledger_id: c.ledger_id, size: c.size, root: c.root }]);
    }
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    lines.map(|(n, line)| one(line).ok_or(BadAnchor(n + 1))).collect()
}
fn one(line: &str) -> Option<Anchor> {
    let mut parts = line.split_whitespace();
    Some(Anchor {
        ledger_id: unhex(parts.next()?)?,
        size: parts.next()?.parse().ok()?,
        root: B64.decode(parts.next()?).ok()?.try_into().ok()?,
    })
}
