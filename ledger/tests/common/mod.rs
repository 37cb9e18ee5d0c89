//! Draws for the tests. The house's vector is that of `trust.md` 4.2.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]
use ledger::draw::*;
use ledger::{Alg, Hash, hex};

pub const CATEGORIES: [&str; 5] = ["judge", "prosecutor", "lawyer", "deputy", "scholar"];
pub const DAY: i64 = 86_400_000;
pub const T0: i64 = 1_781_000_000_000;

pub fn candidate(id: &str, stratum: &str, org: &str) -> Candidate {
    Candidate { id: id.into(), stratum: stratum.into(), org: org.into() }
}
/// E000 to E099, category by number mod 5.
pub fn hundred() -> Vec<Candidate> {
    (0..100).map(|n| candidate(&format!("E{n:03}"), CATEGORIES[n % 5], "")).collect()
}
pub fn quotas(all: &[(&str, u32, u32)]) -> Vec<(String, u32, u32)> {
    let mut all: Vec<_> = all.iter().map(|(c, a, b)| ((*c).to_owned(), *a, *b)).collect();
    all.sort();
    all
}
pub fn spec(id: &str, kind: Kind, size: u32, rows: &[(&str, u32, u32)]) -> Spec {
    Spec { id: id.into(), kind, size, profession: String::new(), one_per_unit: false, quotas: quotas(rows) }
}
pub fn vector_spec() -> Spec {
    spec("2026-PC-007", Kind::Panel, 5, &[("judge", 1, 1), ("prosecutor", 1, 1), ("lawyer", 2, 2), ("scholar", 1, 1)])
}
pub fn announcement(spec: Spec) -> Announcement {
    let party = |code: &str, body: &str| Party { code: code.into(), body: body.into() };
    Announcement {
        id: spec.id.clone(),
        purpose: "涉企专项第 2 批第 3 卷抽专家".into(),
        round: 1,
        previous: String::new(),
        reason: String::new(),
        at: T0 - DAY,
        t0: T0,
        t1: T0 + DAY,
        t2: T0 + 2 * DAY,
        parties: vec![party("gsl", "市工商联"), party("jcy", "市人民检察院"), party("zfw", "市委政法委")],
        beacon: "ssq-2026123".into(),
        exclusions: vec!["近亲属、本单位、曾办、代理、举报关系，一律回避。".into()],
        draws: vec![spec],
    }
}
pub fn seals(alg: Alg, announcement: &str) -> Vec<Seal> {
    let one = |party: &str, letter: u8| Seal {
        party: party.into(),
        commitment: hex(&seal(alg, announcement, party, &[letter; 16])),
        committed_at: T0 - 1,
        secret: hex(&[letter; 16]),
        revealed_at: T0 + DAY / 2,
    };
    vec![one("zfw", b'a'), one("jcy", b'b'), one("gsl", b'c')]
}
pub fn ingredients(alg: Alg, spec: Spec, candidates: &[Candidate]) -> Ingredients {
    let draw = spec.id.clone();
    Ingredients {
        alg,
        frozen: freeze(alg, T0 - 2, candidates, &[0x11; 32]).unwrap(),
        excluded: vec![],
        seals: seals(alg, &draw),
        beacon: Beacon { value: "ssq-2026123:01,08,12,19,22,30+05".into(), at: T0 + DAY + 1 },
        drawn_at: T0 + 2 * DAY,
        ledger: None,
        announcement: announcement(spec),
        draw,
    }
}
/// Draws with the secrets of the vector but another beacon, so that every `n` has a seed of its own.
pub fn nth(alg: Alg, spec: &Spec, candidates: &[Candidate], n: u32) -> Ingredients {
    let mut with = ingredients(alg, spec.clone(), candidates);
    with.announcement.beacon = format!("pl5-{:05}", n / 100_000);
    let digits: Vec<String> = format!("{:05}", n % 100_000).chars().map(Into::into).collect();
    with.beacon.value = format!("{}:{}", with.announcement.beacon, digits.join(","));
    with
}
/// A second of chance for tests that need many different cases: a counter hashed.
pub fn dice(seed: u32, n: u32) -> u32 {
    let h: Hash = Alg::Sha256.hash(&[&seed.to_be_bytes(), &n.to_be_bytes()]);
    u32::from_be_bytes([h[0], h[1], h[2], h[3]])
}
/// What the fixtures in `given/` hold: the vector's panel, one expert excluded after the freeze, two substitutions, evidence.
pub fn fixture(alg: Alg) -> Proof {
    let mut with = ingredients(alg, vector_spec(), &hundred());
    let entry = |n: usize, text: &str| format!("entry {n} {text}").into_bytes();
    let mut entries = vec![entry(0, &hex(&with.announcement.digest(alg)))];
    entries.push(entry(1, &with.frozen.root));
    entries.extend(with.seals.iter().enumerate().map(|(n, s)| entry(n + 2, &s.commitment)));
    let hashes: Vec<Hash> = entries.iter().map(|e| alg.hash(&[e])).collect();
    let mut tree = ledger::Tree::new(alg);
    hashes.iter().for_each(|h| tree.push(*h));
    with.frozen.checkpoint = hex(&tree.root());
    let witnessed = |(n, e): (usize, &Vec<u8>)| Witnessed {
        index: n as u64,
        bytes: hex(e),
        path: ledger::inclusion_proof(alg, &hashes, n).iter().map(|h| hex(h)).collect(),
    };
    with.ledger = Some(Evidence { size: 5, entries: entries.iter().enumerate().map(witnessed).collect() });
    with.excluded = vec![Excluded { id: "X001".into(), reason: "R01".into() }, Excluded { id: "E050".into(), reason: "R02".into() }];
    let (mut proof, first) = Proof::draw(with).unwrap();
    let drawn = T0 + 2 * DAY;
    proof.substitute(drawn + 1, &first.chosen[0], "本人申报回避（R02）").unwrap();
    proof.substitute(drawn + 2, &first.alternates[1], "聘期届满").unwrap();
    proof
}
