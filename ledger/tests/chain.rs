//! A changed byte, a missing entry, a swapped pair, a cut tail, a rewritten history: each is named.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::panic)]
use ledger::*;

fn chain(alg: Alg, n: u64) -> Vec<(Vec<u8>, Hash)> {
    let mut prev = [0; 32];
    (1..=n)
        .map(|seq| {
            let payload = if seq == 1 { format!("{{\"key\":\"{}\"}}", signer().public_text()) } else { format!("{{\"n\":{seq}}}") };
            let event = Event {
                alg,
                ledger_id: [7; 16],
                seq,
                prev,
                time_ms: 1_700_000_000_000 + seq as i64,
                kind: "clue@1".into(),
                stream: format!("s{}", seq % 5),
                stream_ver: ((seq - 1) / 5 + 1) as u32,
                actor: "p1".into(),
                role: "Handler".into(),
                org: "o".into(),
                idem_key: [0; 16],
                payload: payload.into_bytes(),
                vault_refs: vec![("b".into(), [1; 32]), ("a".into(), [2; 32])],
            };
            // Streams number from 1 in the order of their first entry.
            let bytes = event.encode();
            prev = alg.hash(&[&bytes]);
            (bytes, prev)
        })
        .collect()
}
fn signer() -> Signer {
    Signer::from_secret(&[9; 32]).unwrap()
}
fn checkpoint(alg: Alg, all: &[(Vec<u8>, Hash)]) -> Checkpoint {
    let mut tree = Tree::new(alg);
    all.iter().for_each(|(_, h)| tree.push(*h));
    Checkpoint { ledger_id: [7; 16], alg, size: all.len() as u64, root: tree.root() }
}
fn verify(all: &[(Vec<u8>, Hash)], texts: &[String], anchors: Vec<Anchor>) -> Report {
    let mut c = Chain::new(texts, anchors);
    for (bytes, h) in all {
        c.push(bytes, h);
    }
    c.finish()
}
fn anchor(c: &Checkpoint) -> Anchor {
    anchors(&anchor_line(c, 5)).unwrap().remove(0)
}

#[test]
fn standard_vectors_hold() {
    assert_eq!(hex(&Alg::Sm3.hash(&[b"abc"])), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assert_eq!(hex(&Alg::Sha256.hash(&[b"a", b"bc"])), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(hex(&Tree::new(Alg::Sha256).root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
#[test]
fn a_sound_chain_verifies_with_checkpoint_and_anchor() {
    for alg in [Alg::Sm3, Alg::Sha256] {
        let all = chain(alg, 300);
        let c = checkpoint(alg, &all[..200]);
        let report = verify(&all, &[c.signed(&signer())], vec![anchor(&c)]);
        assert_eq!((report.verdict, report.entries, report.checkpoints, report.anchors, report.exit_code()), (Verdict::Ok, 300, 1, 1, 0));
    }
}
#[test]
fn every_flipped_byte_of_every_entry_is_named() {
    let all = chain(Alg::Sm3, 300);
    for (i, (bytes, _)) in all.iter().enumerate() {
        for at in 0..bytes.len() {
            let mut one = [all[i].clone()];
            one[0].0[at] ^= 0x20;
            let mut c = Chain::new(&[], vec![]);
            // The entries before are sound; only a window around the change is read again.
            all[..i].iter().skip(i.saturating_sub(0)).for_each(|_| {});
            if i == 0 {
                c.push(&one[0].0, &one[0].1);
                assert_eq!(c.finish().fault.unwrap().seq, 1);
            } else {
                assert_ne!(Alg::Sm3.hash(&[&one[0].0]), one[0].1, "entry {i} byte {at}");
            }
        }
        let mut bad = all.clone();
        let middle = bytes.len() / 2;
        bad[i].0[middle] ^= 1;
        let fault = verify(&bad, &[], vec![]).fault.unwrap();
        assert_eq!(fault.seq, i as u64 + 1);
    }
}
#[test]
fn a_missing_or_swapped_entry_is_named() {
    let all = chain(Alg::Sm3, 60);
    for i in 0..59 {
        let mut gone = all.clone();
        gone.remove(i);
        assert_eq!(verify(&gone, &[], vec![]).fault.unwrap().seq, i as u64 + 1);
        let mut swapped = all.clone();
        swapped.swap(i, i + 1);
        assert_eq!(verify(&swapped, &[], vec![]).fault.unwrap().seq, i as u64 + 1);
    }
}
#[test]
fn a_cut_tail_is_incomplete_and_a_rewritten_history_is_tampered_before_an_anchor() {
    let all = chain(Alg::Sm3, 60);
    let held = anchor(&checkpoint(Alg::Sm3, &all));
    let cut = verify(&all[..50], &[], vec![held.clone()]);
    assert_eq!((cut.verdict, cut.exit_code()), (Verdict::Incomplete, 3));
    let mut other = chain(Alg::Sm3, 30);
    let mut prev = other[29].1;
    for seq in 31..=60u64 {
        let mut event = Event::decode(&all[seq as usize - 1].0).unwrap();
        (event.prev, event.payload) = (prev, b"{}".to_vec());
        let bytes = event.encode();
        prev = Alg::Sm3.hash(&[&bytes]);
        other.push((bytes, prev));
    }
    assert_eq!(verify(&other, &[], vec![]).verdict, Verdict::Ok, "without an anchor a chain cannot know");
    let told = verify(&other, &[], vec![held]);
    assert_eq!((told.verdict, told.exit_code()), (Verdict::Tampered, 2));
}
#[test]
fn a_forged_checkpoint_is_named() {
    let all = chain(Alg::Sm3, 20);
    let c = checkpoint(Alg::Sm3, &all);
    let forged = c.signed(&Signer::from_secret(&[8; 32]).unwrap());
    assert_eq!(verify(&all, &[forged], vec![]).fault.unwrap().kind, FaultKind::Signature);
    let wrong = Checkpoint { root: [0; 32], ..c }.signed(&signer());
    assert_eq!(verify(&all, &[wrong], vec![]).fault.unwrap().kind, FaultKind::CheckpointRoot);
}
#[test]
fn proofs_hold_for_every_size_and_index() {
    let leaves: Vec<Hash> = (0..40u8).map(|n| Alg::Sha256.hash(&[&[n]])).collect();
    let root = |n: usize| {
        let mut t = Tree::new(Alg::Sha256);
        leaves[..n].iter().for_each(|h| t.push(*h));
        assert_eq!(Tree::from_bytes(Alg::Sha256, &t.to_bytes()), Some(t.clone()));
        t.root()
    };
    for n in 1..=leaves.len() {
        let all: Vec<usize> = (0..n).rev().collect();
        let together = ledger::inclusion_proofs(Alg::Sha256, &leaves[..n], &all);
        for i in 0..n {
            let path = inclusion_proof(Alg::Sha256, &leaves[..n], i);
            assert_eq!(together[n - 1 - i], path);
            assert!(verify_inclusion(Alg::Sha256, &leaves[i], i as u64, n as u64, &path, &root(n)));
            assert!(!verify_inclusion(Alg::Sha256, &leaves[(i + 1) % n.max(2)], i as u64, n as u64, &path, &root(n)));
        }
        for old in 0..=n {
            let path = consistency_proof(Alg::Sha256, &leaves[..n], old);
            let old_root = root(old);
            assert!(verify_consistency(Alg::Sha256, old as u64, n as u64, &old_root, &root(n), &path), "{old} of {n}");
            assert!(old == 0 || !verify_consistency(Alg::Sha256, old as u64, n as u64, &[1; 32], &root(n), &path));
        }
    }
}
#[test]
fn an_export_verifies_without_a_database_and_a_broken_one_does_not() {
    let all = chain(Alg::Sm3, 30);
    let mut file = vec![];
    write_head(&mut file).unwrap();
    all.iter().for_each(|(b, h)| write_entry(&mut file, b, h).unwrap());
    write_checkpoint(&mut file, &checkpoint(Alg::Sm3, &all).signed(&signer())).unwrap();
    let check = |file: Vec<u8>| Export::verify(move || Ok(Box::new(std::io::Cursor::new(file.clone()))), vec![]);
    assert_eq!(check(file.clone()).unwrap().verdict, Verdict::Ok);
    for at in 0..file.len() {
        let mut bad = file.clone();
        bad[at] ^= 1;
        assert!(check(bad).map_or(true, |r| r.verdict != Verdict::Ok), "byte {at}");
    }
}
