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
    let mut proof = Proof::draw(with).unwrap().0;
    let first = replay(&proof.to_bytes()).unwrap();
    let drawn = T0 + 2 * DAY;
    proof.substitute(drawn + 1, &first.chosen[0], "本人申报回避（R02）").unwrap();
    proof.substitute(drawn + 2, &first.alternates[1], "聘期届满").unwrap();
    proof
}

/// Some draw of many kinds, from a number; a third of them cannot be filled and give nothing.
pub fn some_draw(n: u32) -> Option<Proof> {
    let d = |k: u32| dice(n, 1_000 + k);
    let alg = [Alg::Sm3, Alg::Sha256][(n % 2) as usize];
    let kind = [Kind::Panel, Kind::Panel, Kind::Panel, Kind::Simple, Kind::Proportional, Kind::Fixed][(d(0) % 6) as usize];
    let strata: &[&str] = match kind {
        Kind::Panel => &["judge", "judge/criminal", "lawyer/civil+criminal", "lawyer", "学者/civil", "学者", "𠮷/criminal", "﹖"],
        _ => &["U1/01", "U1/02", "甲/01", "must", "U2/01", "𠮷", "﹖", "U10/01"],
    };
    let orgs = ["", "A", "B", "丙", "D\u{7e}", ""];
    let pick = |all: &[&str], k: u32| all[d(k) as usize % all.len()].to_owned();
    let count = 4 + d(1) % 40;
    let candidates: Vec<Candidate> = (0..count)
        .map(|k| {
            candidate(
                &format!("{}{}", ["E", "评\"\\", "𠮷", "﹖"][(d(k + 100) % 4) as usize], k),
                &pick(strata, k + 200),
                &pick(&orgs, k + 300),
            )
        })
        .collect();
    let mut spec = spec("抽-1", kind, 3, &[]);
    match kind {
        Kind::Panel => {
            spec.size = 3 + 2 * (d(2) % 3);
            spec.one_per_unit = d(3) % 2 == 0;
            spec.profession = if d(4) % 2 == 0 { "criminal".into() } else { String::new() };
            let most = |k: u32| 1 + d(k) % 3;
            if d(5) % 3 > 0 {
                spec.quotas = quotas(&[("judge", d(6) % 2, most(7)), ("lawyer", d(8) % 2, most(9)), ("学者", 0, most(10)), ("𠮷", 0, 1)]);
            }
        }
        Kind::Fixed => {
            spec.quotas = quotas(&[("U1/01", d(6) % 3, 0), ("甲/01", d(7) % 3, 0), ("𠮷", d(8) % 2, 0)]);
            spec.quotas.iter_mut().for_each(|q| q.2 = q.1);
            spec.size = spec.quotas.iter().map(|q| q.1).sum();
        }
        _ => spec.size = d(6) % 12,
    }
    spec.check().ok()?;
    let mut with = nth(alg, &spec, &candidates, d(11) % 100_000);
    with.announcement.exclusions = vec!["含“引号”\"、反斜杠\\ 和 𠮷".into()];
    with.excluded =
        (0..d(12) % 4).map(|k| Excluded { id: candidates[(d(k + 400) % count) as usize].id.clone(), reason: "R0".into() }).collect();
    with.excluded.sort_by(|a, b| a.id.cmp(&b.id));
    with.excluded.dedup_by(|a, b| a.id == b.id);
    match d(13) % 6 {
        0 => (with.announcement.beacon, with.beacon) = (String::new(), Beacon::default()),
        1 => (with.seals[0].secret, with.seals[0].revealed_at) = (String::new(), 0),
        2 => drop(with.seals.remove(1)),
        _ => {}
    }
    let mut proof = Proof::draw(with).ok()?.0;
    let first = replay(&proof.to_bytes()).ok()?;
    for k in 0..d(14) % 5 {
        let out = &first.tickets[(d(k + 500) % count.min(9)) as usize].id;
        let _ = proof.substitute(T0 + 3 * DAY + i64::from(k), out, "拒绝");
    }
    Some(proof)
}
/// A file, every second one of them changed: a byte, or a value with the digest written anew.
pub fn some_file(n: u32) -> Option<Vec<u8>> {
    let d = |k: u32| dice(n, 2_000 + k) as usize;
    let proof = if n % 40 == 39 { fixture(if n % 80 == 39 { Alg::Sm3 } else { Alg::Sha256 }) } else { some_draw(n)? };
    let mut file = proof.to_bytes();
    match d(0) % 8 {
        0..4 => {}
        4 => {
            let at = d(1) % file.len();
            file[at] ^= 1 << (d(2) % 7);
        }
        _ => {
            let mut value = serde_json::to_value(&proof).unwrap();
            let mut all = vec![];
            paths(&value, "", &mut all);
            let slot = value.pointer_mut(&all[d(1) % all.len()]).unwrap();
            *slot = changed(slot);
            let forged: Proof = serde_json::from_value(value).ok()?;
            file = resealed(forged).to_bytes();
        }
    }
    Some(file)
}
/// Every value by its path.
pub fn paths(of: &serde_json::Value, at: &str, all: &mut Vec<String>) {
    match of {
        serde_json::Value::Object(o) => o.iter().for_each(|(k, v)| paths(v, &format!("{at}/{k}"), all)),
        serde_json::Value::Array(a) => a.iter().enumerate().for_each(|(n, v)| paths(v, &format!("{at}/{n}"), all)),
        _ => all.push(at.to_owned()),
    }
}
/// Another value of the same type.
pub fn changed(value: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::String(s) if s.is_empty() => "x".into(),
        serde_json::Value::String(s) => {
            format!("{}{}", if s.starts_with('0') { '1' } else { '0' }, s.chars().skip(1).collect::<String>()).into()
        }
        serde_json::Value::Number(n) => (n.as_i64().unwrap() + 1).into(),
        serde_json::Value::Bool(b) => (!b).into(),
        other => other.clone(),
    }
}
/// With its digest written anew, as a forger would.
pub fn resealed(mut proof: Proof) -> Proof {
    let text = String::from_utf8(proof.to_bytes()).unwrap();
    let head = &text[..text.rfind(",\"digest\":").unwrap()];
    proof.digest = hex(&Alg::from_name(&proof.alg).unwrap_or(Alg::Sm3).hash(&[head.as_bytes()]));
    proof
}
