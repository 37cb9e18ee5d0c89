//! The frozen list of candidates and its root (`trust.md` 4.2, 2).
use serde::{Deserialize, Serialize};

use super::{Refused, Wrong, is_code};
use crate::{Alg, Hash, Tree, hex};

/// Longest list.
const MOST: usize = 5_000_000;

/// One who can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Public id; a salted commitment links it to a person or a dossier, elsewhere.
    pub id: String,
    /// Experts: `category` or `category/profession+profession`. Dossiers: any stratum, such as `unit/case type`; `must` for those
    /// reviewed in any case.
    pub stratum: String,
    /// Code of the unit; empty where there is none.
    pub org: String,
}
impl Candidate {
    /// `id \t stratum \t org`; without a unit its tab is left out too.
    pub fn line(&self) -> String {
        if self.org.is_empty() { format!("{}\t{}", self.id, self.stratum) } else { format!("{}\t{}\t{}", self.id, self.stratum, self.org) }
    }
    /// Reads what `line` wrote, and nothing else.
    pub fn parse(line: &str) -> Option<Self> {
        Line::parse(line).map(|l| Self { id: l.id.into(), stratum: l.stratum.into(), org: l.org.into() })
    }
    pub(super) fn view(&self) -> Line<'_> {
        Line { id: &self.id, stratum: &self.stratum, org: &self.org }
    }
    /// Category of an expert: the stratum up to the first `/`.
    pub fn category(&self) -> &str {
        self.view().category()
    }
    /// Whether an expert has the profession.
    pub fn has_profession(&self, code: &str) -> bool {
        self.view().has_profession(code)
    }
}
/// A candidate as he stands in a line, not copied: lists have a million of them.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub id: &'a str,
    pub stratum: &'a str,
    pub org: &'a str,
}
impl<'a> Line<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let mut parts = line.split('\t');
        let (id, stratum, org) = (parts.next()?, parts.next()?, parts.next());
        let sound = parts.next().is_none() && is_code(id) && is_code(stratum) && org.is_none_or(is_code);
        sound.then(|| Self { id, stratum, org: org.unwrap_or("") })
    }
    pub fn category(&self) -> &'a str {
        self.stratum.split('/').next().unwrap_or("")
    }
    pub fn has_profession(&self, code: &str) -> bool {
        self.stratum.split_once('/').is_some_and(|(_, all)| all.split('+').any(|p| p == code))
    }
}
/// The list as frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// When, in milliseconds since 1970 UTC; no later than T0.
    pub at: i64,
    /// Root of the ledger's checkpoint at T0, hex.
    pub checkpoint: String,
    /// Root over the lines, hex.
    pub root: String,
    /// One line per candidate, in byte order.
    pub lines: Vec<String>,
}
/// Freezes a list: sorts, refuses what stands twice or is malformed, computes the root. Order of the input does not matter.
///
/// # Errors
/// An empty or too long list, a malformed candidate, an id that stands twice.
pub fn freeze(alg: Alg, at: i64, candidates: &[Candidate], checkpoint: &Hash) -> Result<Frozen, Refused> {
    if let Some(c) = candidates.iter().find(|c| !(is_code(&c.id) && is_code(&c.stratum) && (c.org.is_empty() || is_code(&c.org)))) {
        return Err(Refused::new(Wrong::Pool, format!("候选“{}”的编号、层或单位代码为空、过长或含控制字符。", c.id.escape_debug())));
    }
    let mut lines: Vec<String> = candidates.iter().map(Candidate::line).collect();
    lines.sort_unstable();
    let root = hex(&pool_root(alg, &lines));
    let frozen = Frozen { at, checkpoint: hex(checkpoint), root, lines };
    frozen.view()?;
    Ok(frozen)
}
/// RFC 6962 root whose leaves are the bytes of the lines, without line ends.
pub fn pool_root(alg: Alg, lines: &[String]) -> Hash {
    let mut tree = Tree::new(alg);
    lines.iter().for_each(|l| tree.push_bytes(l.as_bytes()));
    tree.root()
}
impl Frozen {
    /// The candidates, in the order of their ids.
    ///
    /// # Errors
    /// As [`freeze`]; also lines that are out of order.
    pub fn candidates(&self) -> Result<Vec<Candidate>, Refused> {
        let copy = |l: Line<'_>| Candidate { id: l.id.into(), stratum: l.stratum.into(), org: l.org.into() };
        Ok(self.view()?.into_iter().map(copy).collect())
    }
    pub(super) fn view(&self) -> Result<Vec<Line<'_>>, Refused> {
        let bad = |say: String| Refused::new(Wrong::Pool, say);
        if self.lines.is_empty() || self.lines.len() > MOST {
            return Err(bad(format!("候选名单须有 1 至 {MOST} 行。")));
        }
        let mut all: Vec<Line<'_>> = Vec::with_capacity(self.lines.len());
        for (n, line) in self.lines.iter().enumerate() {
            let c = Line::parse(line).ok_or_else(|| bad(format!("第 {} 行应为“编号 制表符 层”，或再加“制表符 单位代码”。", n + 1)))?;
            // A tab sorts before every character that an id may hold: lines in byte order have their ids in byte order.
            if all.last().is_some_and(|last| last.id >= c.id) {
                return Err(bad(format!("第 {} 行“{}”重复，或没有按字节升序。", n + 1, c.id)));
            }
            all.push(c);
        }
        Ok(all)
    }
}
