//! How long draws take: `cargo run --release -p ledger --example draw_bench`. Budgets of issue 3: sampling 1,000 of 1,000,000 dossiers
//! with the frozen root ≤ 3 s; 5 of 10,000 candidates with conflicts ≤ 0.2 s. Nothing is asserted.
use ledger::draw::*;
use ledger::{Alg, hex};
use std::time::Instant;

fn main() -> Result<(), Refused> {
    for alg in [Alg::Sm3, Alg::Sha256] {
        let categories = ["judge", "prosecutor", "lawyer/criminal", "lawyer/civil", "deputy", "member", "scholar/criminal"];
        let experts: Vec<Candidate> = (0..10_000)
            .zip(categories.iter().cycle())
            .map(|(n, c)| candidate(format!("E{n:05}"), (*c).into(), format!("U{:04}", n % 3_001)))
            .collect();
        let each = ["deputy", "judge", "lawyer", "member", "prosecutor", "scholar"].map(|c| (c.to_owned(), 0, 2));
        let panel = Spec { profession: "criminal".into(), one_per_unit: true, quotas: each.into(), ..spec(Kind::Panel, 5) };
        let excluded = (0..2_000).map(|n| Excluded { id: format!("E{:05}", n * 5), reason: "R01".into() }).collect();
        time(alg, "5 of 10,000 experts, 2,000 conflicts, every rule", panel, &experts, excluded)?;

        let dossiers: Vec<Candidate> = (0..1_000_000)
            .map(|n: u32| {
                candidate(
                    format!("D{n:07}"),
                    format!("U{:03}/{:02}", n.wrapping_mul(2_654_435_761) % 211, n % 9 + 1),
                    format!("U{:03}", n % 211),
                )
            })
            .collect();
        time(alg, "1,000 of 1,000,000 dossiers, simple", spec(Kind::Simple, 1_000), &dossiers, vec![])?;
        time(alg, "1,000 of 1,000,000 dossiers, unit × case type", spec(Kind::Proportional, 1_000), &dossiers, vec![])?;
    }
    Ok(())
}
/// Seconds on the processor so far: on a busy machine the only figure that means something. 0 where Linux does not tell.
fn cpu() -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}
fn candidate(id: String, stratum: String, org: String) -> Candidate {
    Candidate { id, stratum, org }
}
fn spec(kind: Kind, size: u32) -> Spec {
    Spec { id: "B-1".into(), kind, size, profession: String::new(), one_per_unit: false, quotas: vec![] }
}
fn time(alg: Alg, what: &str, spec: Spec, all: &[Candidate], excluded: Vec<Excluded>) -> Result<(), Refused> {
    let (start, before) = (Instant::now(), cpu());
    let frozen = freeze(alg, 1, all, &[1; 32])?;
    let froze = start.elapsed();
    let seal = |party: &str, n: u8| Seal {
        party: party.into(),
        commitment: hex(&seal(alg, "B", party, &[n; 16])),
        committed_at: 1,
        secret: hex(&[n; 16]),
        revealed_at: 3,
    };
    let party = |code: &str| Party { code: code.into(), body: code.into() };
    let (draw, text) = (spec.id.clone(), String::new);
    let announcement = Announcement {
        id: "B".into(),
        purpose: what.into(),
        round: 1,
        previous: text(),
        reason: text(),
        at: 0,
        t0: 2,
        t1: 4,
        t2: 6,
        parties: vec![party("a"), party("b")],
        beacon: "pl5-26300".into(),
        exclusions: vec![],
        draws: vec![spec],
    };
    let beacon = Beacon { value: "pl5-26300:0,1,2,3,4".into(), at: 5 };
    let seals = vec![seal("a", 1), seal("b", 2)];
    let with = Ingredients { alg, announcement, draw, frozen, excluded, seals, beacon, drawn_at: 6, ledger: None };
    let (proof, drawn) = Proof::draw(with)?;
    let (done, busy) = (start.elapsed(), cpu() - before);
    let file = proof.to_bytes();
    let again = Instant::now();
    replay(&file)?;
    let (name, size, replayed) = (alg.name(), file.len() / 1024, again.elapsed());
    println!(
        "{name:6} {what}: frozen {froze:.1?}, drawn {done:.1?} in all, {busy:.2} s of it computing ({} chosen), file {size} KiB, replayed {replayed:.1?}",
        drawn.chosen.len()
    );
    Ok(())
}
