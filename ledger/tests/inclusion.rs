//! An inclusion receipt holds for every entry of every size, and for nothing else.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation)]
use ledger::{Alg, BadInclusion, Checkpoint, Event, Hash, Inclusion, Signer, Tree, VerifyingKey, inclusion_proof};

fn events(n: u64) -> Vec<Vec<u8>> {
    let event = |seq: u64| Event {
        alg: Alg::Sm3,
        ledger_id: [7; 16],
        seq,
        prev: [0; 32],
        time_ms: 1,
        kind: "negative_list_entry@1".into(),
        stream: "FM-2026-0001".into(),
        stream_ver: seq as u32,
        actor: "p1".into(),
        role: "Officer".into(),
        org: "ZFW".into(),
        idem_key: [0; 16],
        payload: b"{}".to_vec(),
        vault_refs: vec![],
    };
    (1..=n).map(|seq| event(seq).encode()).collect()
}
fn signer() -> Signer {
    Signer::from_secret(&[9; 32]).unwrap()
}
fn receipts(n: u64) -> Vec<Inclusion> {
    let bytes = events(n);
    let hashes: Vec<Hash> = bytes.iter().map(|b| Alg::Sm3.hash(&[b])).collect();
    let mut tree = Tree::new(Alg::Sm3);
    hashes.iter().for_each(|h| tree.push(*h));
    let checkpoint = Checkpoint { ledger_id: [7; 16], alg: Alg::Sm3, size: n, root: tree.root() }.signed(&signer());
    let one = |(i, entry): (usize, &Vec<u8>)| Inclusion {
        entry: entry.clone(),
        index: i as u64,
        path: inclusion_proof(Alg::Sm3, &hashes, i),
        checkpoint: checkpoint.clone(),
    };
    bytes.iter().enumerate().map(one).collect()
}
#[test]
fn every_entry_of_every_size_has_a_receipt_that_reads_back_and_holds() {
    let key = VerifyingKey::from_text(&signer().public_text()).unwrap();
    for n in 1..=20 {
        for r in receipts(n) {
            let read = Inclusion::parse(&r.text()).unwrap();
            assert_eq!(read, r);
            assert_eq!(read.verify(Some(&key)).unwrap().size, n);
            let hashed = Inclusion { entry: Alg::Sm3.hash(&[&r.entry]).to_vec(), ..r };
            assert!(hashed.verify(Some(&key)).is_ok() && hashed.event().is_none());
        }
    }
}
#[test]
fn what_was_changed_is_found() {
    let r = receipts(13).remove(4);
    let other = VerifyingKey::from_text(&Signer::from_secret(&[8; 32]).unwrap().public_text()).unwrap();
    assert_eq!(r.verify(Some(&other)), Err(BadInclusion::NotSigned));
    assert_eq!(Inclusion { index: 5, ..r.clone() }.verify(None), Err(BadInclusion::OtherEntry));
    let hash = Alg::Sm3.hash(&[&r.entry]).to_vec();
    assert_eq!(Inclusion { index: 5, entry: hash, ..r.clone() }.verify(None), Err(BadInclusion::NotUnderRoot));
    for byte in 0..r.entry.len() {
        let mut changed = r.clone();
        changed.entry[byte] ^= 1;
        assert!(changed.verify(None).is_err(), "byte {byte}");
    }
    let mut path = r.clone();
    path.path[0][3] ^= 1;
    assert_eq!(path.verify(None), Err(BadInclusion::NotUnderRoot));
    for text in ["", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2\nextra AA\nindex 0\n\nx", &r.text()[..40]] {
        assert_eq!(Inclusion::parse(text), Err(BadInclusion::Malformed), "{text}");
    }
}
