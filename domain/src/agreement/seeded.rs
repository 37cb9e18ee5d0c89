//! Deterministic numbers from a seed, so that a bootstrap interval can be computed again to the last digit.

use ledger::Alg;

/// Numbers from a seed and a label: block i is SHA-256(`xiezhi-bootstrap-1` ‖ 0 ‖ seed ‖ label ‖ 0 ‖ i as eight bytes,
/// big-endian) and gives four numbers of eight bytes, big-endian. For statistics only; draws have their own protocol.
pub struct Seeded {
    start: Vec<u8>,
    block: u64,
    ready: Vec<u64>,
}
impl Seeded {
    /// A stream of its own for every label.
    pub fn new(seed: &[u8; 32], label: &str) -> Self {
        let start = [b"xiezhi-bootstrap-1\0".as_slice(), seed, label.as_bytes(), b"\0"].concat();
        Self { start, block: 0, ready: vec![] }
    }
    /// The next 64 bits.
    fn next(&mut self) -> u64 {
        if let Some(n) = self.ready.pop() {
            return n;
        }
        let hash = Alg::Sha256.hash(&[&self.start, &self.block.to_be_bytes()]);
        self.block += 1;
        self.ready = hash.chunks_exact(8).rev().map(|b| b.iter().fold(0, |n, byte| n << 8 | u64::from(*byte))).collect();
        self.ready.pop().unwrap_or_default()
    }
    /// Evenly distributed below `n` (0 if `n` is 0): numbers from the last, incomplete run of `n` are thrown away.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        let spare = (u64::MAX % n + 1) % n;
        loop {
            let x = self.next();
            if x <= u64::MAX - spare {
                return x % n;
            }
        }
    }
}
