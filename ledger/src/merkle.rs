//! RFC 6962 trees over the chain's hashes: leaf = H(0x00 ‖ h), node = H(0x01 ‖ left ‖ right), empty = H("").

use crate::{Alg, Hash};

fn leaf(alg: Alg, bytes: &[u8]) -> Hash {
    alg.hash(&[&[0], bytes])
}
fn node(alg: Alg, left: &Hash, right: &Hash) -> Hash {
    alg.hash(&[&[1], left, right])
}

/// A growing tree in logarithmic memory: the roots of its complete subtrees, largest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    alg: Alg,
    size: u64,
    peaks: Vec<Hash>,
}
impl Tree {
    /// No leaves.
    pub fn new(alg: Alg) -> Self {
        Self { alg, size: 0, peaks: vec![] }
    }
    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }
    /// Adds the hash of one entry.
    pub fn push(&mut self, h: Hash) {
        self.push_bytes(&h);
    }
    /// Adds a leaf of any length: the lines of a frozen pool stand under the root themselves (`trust.md` 4.2).
    pub fn push_bytes(&mut self, bytes: &[u8]) {
        let mut top = leaf(self.alg, bytes);
        let mut size = self.size;
        while size & 1 == 1 {
            if let Some(left) = self.peaks.pop() {
                top = node(self.alg, &left, &top);
            }
            size >>= 1;
        }
        self.peaks.push(top);
        self.size += 1;
    }
    /// Root over all leaves so far.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return self.alg.hash(&[]) };
        peaks.fold(*last, |right, left| node(self.alg, left, &right))
    }
    /// As kept between checkpoints: size (u64, big-endian), then the peaks.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.size.to_be_bytes().into_iter().chain(self.peaks.concat()).collect()
    }
    /// Reads what `to_bytes` wrote.
    pub fn from_bytes(alg: Alg, bytes: &[u8]) -> Option<Self> {
        let (size, rest) = bytes.split_at_checked(8)?;
        let size = u64::from_be_bytes(size.try_into().ok()?);
        let peaks: Vec<Hash> = rest.chunks(32).map(|c| c.try_into().ok()).collect::<Option<_>>()?;
        (peaks.len() == size.count_ones() as usize).then_some(Self { alg, size, peaks })
    }
}
fn root_of(alg: Alg, all: &[Hash]) -> Hash {
    let mut tree = Tree::new(alg);
    all.iter().for_each(|h| tree.push(*h));
    tree.root()
}
/// Largest power of two smaller than `n`, for `n > 1`.
fn split(n: usize) -> usize {
    n.next_power_of_two() / 2
}
/// The path that proves entry `index` (from 0) is under the root over `all`, leaf upwards (RFC 6962, 2.1.1).
pub fn inclusion_proof(alg: Alg, all: &[Hash], index: usize) -> Vec<Hash> {
    if all.len() <= 1 {
        return vec![];
    }
    let (left, right) = all.split_at(split(all.len()));
    let (mut path, other) = if index < left.len() {
        (inclusion_proof(alg, left, index), right)
    } else {
        (inclusion_proof(alg, right, index - left.len()), left)
    };
    path.push(root_of(alg, other));
    path
}
/// The paths of many entries at once, in the order asked: every leaf is hashed but once.
pub fn inclusion_proofs(alg: Alg, all: &[Hash], wanted: &[usize]) -> Vec<Vec<Hash>> {
    let mut paths = vec![vec![]; wanted.len()];
    let places: Vec<(usize, usize)> = wanted.iter().copied().enumerate().filter(|(_, at)| *at < all.len()).collect();
    climb(alg, all, &places, &mut paths);
    paths
}
/// Root over `all`; adds the siblings on the way to the paths of `(number, place)`.
fn climb(alg: Alg, all: &[Hash], places: &[(usize, usize)], paths: &mut [Vec<Hash>]) -> Hash {
    match all {
        [] => alg.hash(&[]),
        [h] => leaf(alg, h),
        _ if places.is_empty() => root_of(alg, all),
        _ => {
            let (left, right) = all.split_at(split(all.len()));
            let (near, mut far): (Vec<_>, Vec<_>) = places.iter().copied().partition(|(_, at)| *at < left.len());
            far.iter_mut().for_each(|(_, at)| *at -= left.len());
            let (a, b) = (climb(alg, left, &near, paths), climb(alg, right, &far, paths));
            for ((n, _), sibling) in near.iter().map(|p| (p, b)).chain(far.iter().map(|p| (p, a))) {
                paths.get_mut(*n).into_iter().for_each(|path| path.push(sibling));
            }
            node(alg, &a, &b)
        }
    }
}
/// Whether the path leads from this entry hash at `index` to the root over `size` entries.
pub fn verify_inclusion(alg: Alg, h: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut fnode, mut last, mut top) = (index, size - 1, leaf(alg, h));
    for p in path {
        if last == 0 {
            return false;
        }
        if fnode & 1 == 1 || fnode == last {
            top = node(alg, p, &top);
            while fnode & 1 == 0 && fnode != 0 {
                fnode >>= 1;
                last >>= 1;
            }
        } else {
            top = node(alg, &top, p);
        }
        fnode >>= 1;
        last >>= 1;
    }
    last == 0 && top == *root
}
/// Proves that the tree over the first `old` entries is a beginning of the one over `all` (RFC 6962, 2.1.2).
pub fn consistency_proof(alg: Alg, all: &[Hash], old: usize) -> Vec<Hash> {
    subproof(alg, all, old, true)
}
fn subproof(alg: Alg, all: &[Hash], old: usize, whole: bool) -> Vec<Hash> {
    if old == 0 || old >= all.len() {
        return if whole || old == 0 { vec![] } else { vec![root_of(alg, all)] };
    }
    let (left, right) = all.split_at(split(all.len()));
    if old <= left.len() {
        let mut path = subproof(alg, left, old, whole);
        path.push(root_of(alg, right));
        path
    } else {
        let mut path = subproof(alg, right, old - left.len(), false);
        path.push(root_of(alg, left));
        path
    }
}
/// Whether the proof shows that the older root is a beginning of the newer one.
pub fn verify_consistency(alg: Alg, old: u64, new: u64, old_root: &Hash, new_root: &Hash, path: &[Hash]) -> bool {
    if old == 0 || old == new {
        return path.is_empty() && (old == 0 || old_root == new_root);
    }
    if old > new {
        return false;
    }
    let (mut fnode, mut last) = (old - 1, new - 1);
    while fnode & 1 == 1 {
        fnode >>= 1;
        last >>= 1;
    }
    let mut path = path.iter();
    let first = if fnode == 0 { Some(old_root) } else { path.next() };
    let Some(first) = first else { return false };
    let (mut of_old, mut of_new) = (*first, *first);
    for p in path {
        if last == 0 {
            return false;
        }
        if fnode & 1 == 1 || fnode == last {
            (of_old, of_new) = (node(alg, p, &of_old), node(alg, p, &of_new));
            while fnode & 1 == 0 && fnode != 0 {
                fnode >>= 1;
                last >>= 1;
            }
        } else {
            of_new = node(alg, &of_new, p);
        }
        fnode >>= 1;
        last >>= 1;
    }
    last == 0 && of_old == *old_root && of_new == *new_root
}
