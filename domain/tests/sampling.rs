//! Sample sizes against published tables; division over strata that always adds up.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
use domain::sampling::*;
use proptest::prelude::*;

fn strata(sizes: &[u64]) -> Vec<Stratum> {
    sizes.iter().enumerate().map(|(i, n)| Stratum { key: format!("S{i:02}"), size: *n }).collect()
}
fn takes(shares: &[Share]) -> Vec<u64> {
    shares.iter().map(|s| s.take).collect()
}

#[test]
fn sizes_are_those_of_the_tables() {
    // Krejcie and Morgan, Educational and Psychological Measurement 30 (1970), table 1: 95 %, ±5 points.
    let published = [(10, 10), (50, 44), (100, 80), (200, 132), (500, 217), (1000, 278), (2000, 322), (10_000, 370), (1_000_000, 384)];
    for (population, n) in published {
        let ours = size(population, 50, Confidence::NinetyFive).unwrap();
        // The table rounds to the nearest and takes χ² = 3.841; we round up, so that the margin is kept.
        assert!(ours == n || ours == n + 1, "{population}: {ours} and {n}");
    }
    assert_eq!(size(1_000_000_000, 50, Confidence::NinetyFive), Ok(385));
    assert_eq!(size(1000, 50, Confidence::Ninety), Ok(214));
    assert_eq!(size(1000, 50, Confidence::NinetyNine), Ok(400)); // 399.09 before rounding up
    assert_eq!(size(98, 100, Confidence::NinetyFive), Ok(49));
    assert_eq!(size(1, 1, Confidence::NinetyNine), Ok(1));
    assert_eq!(size(60_000, 1, Confidence::NinetyFive), Ok(56_472));
    let said = size_words(1000, 50, Confidence::NinetyFive).unwrap();
    assert_eq!(said, "候选 1000 件，误差限 ±5.0 个百分点，置信水平 95%，按最不利比例 50% 并作有限总体修正，应抽 278 件");
}

#[test]
fn what_cannot_be_reckoned_is_said_in_words() {
    assert_eq!(size(0, 50, Confidence::Ninety), Err(BadSample::Empty));
    assert_eq!(size(10, 0, Confidence::Ninety), Err(BadSample::Margin));
    assert_eq!(size(10, 501, Confidence::Ninety), Err(BadSample::Margin));
    assert_eq!(size(u64::MAX, 50, Confidence::Ninety), Err(BadSample::TooLarge));
    assert_eq!(proportional(&strata(&[3, 4]), 8, 0), Err(BadSample::TooMany { wanted: 8, there: 7 }));
    let short = proportional(&strata(&[30, 40, 1]), 4, 2).unwrap_err();
    assert_eq!(short.words(), "各层最少件数合计 5 件，超过样本量 4 件；请减少每层最少件数或者增加样本量");
    assert_eq!(proportional(&strata(&[u64::MAX, 2]), 1, 0), Err(BadSample::TooLarge));
    assert_eq!(fixed(&[], 3), Err(BadSample::Empty));
    assert_eq!((Confidence::from_percent(95), Confidence::from_percent(94)), (Some(Confidence::NinetyFive), None));
}

#[test]
fn proportional_by_largest_remainder() {
    assert_eq!(takes(&proportional(&strata(&[500, 300, 200]), 10, 0).unwrap()), [5, 3, 2]);
    // Quotas 4.67, 3.11, 2.22: the last seat goes to the largest remainder.
    assert_eq!(takes(&proportional(&strata(&[21, 14, 10]), 10, 0).unwrap()), [5, 3, 2]);
    // Equal remainders: the larger stratum, then the smaller key; the order given does not count.
    assert_eq!(takes(&proportional(&strata(&[1, 3]), 2, 0).unwrap()), [0, 2]);
    assert_eq!(takes(&proportional(&strata(&[5, 5]), 3, 0).unwrap()), [2, 1]);
    let mut turned = strata(&[5, 5]);
    turned.reverse();
    assert_eq!(takes(&proportional(&turned, 3, 0).unwrap()), [1, 2]);
    // A minimum lifts the small ones and the rest is divided anew.
    assert_eq!(takes(&proportional(&strata(&[900, 90, 10, 1]), 20, 2).unwrap()), [15, 2, 2, 1]);
    assert_eq!(takes(&proportional(&strata(&[0, 10]), 3, 2).unwrap()), [0, 3]);
    let each = fixed(&strata(&[9, 2]), 4).unwrap();
    assert_eq!((takes(&each), each[1].short), (vec![4, 2], 2));
}

proptest! {
    #[test]
    fn shares_add_up_and_respect_every_bound(sizes in prop::collection::vec(0_u64..400, 1..12), part in 0_u64..=100, minimum in 0_u64..4) {
        let strata = strata(&sizes);
        let there: u64 = sizes.iter().sum();
        let wanted = there * part / 100;
        match proportional(&strata, wanted, minimum) {
            Ok(shares) => {
                prop_assert_eq!(shares.iter().map(|s| s.take).sum::<u64>(), wanted);
                for s in &shares {
                    prop_assert!(s.take <= s.size && s.take >= minimum.min(s.size));
                    if minimum == 0 {
                        // Quota rule: never further than one from the exact share.
                        prop_assert!((s.take * there).abs_diff(wanted * s.size) < there);
                    }
                }
            }
            Err(BadSample::Empty) => prop_assert_eq!(there, 0),
            Err(BadSample::Minimum { needs, .. }) => prop_assert!(needs > wanted),
            Err(e) => prop_assert!(false, "{:?}", e),
        }
    }

    #[test]
    fn a_larger_universe_or_a_smaller_margin_never_needs_less(n in 1_u64..2_000_000, margin in 2_u32..=500) {
        for c in [Confidence::Ninety, Confidence::NinetyFive, Confidence::NinetyNine] {
            let ours = size(n, margin, c).unwrap();
            prop_assert!(ours >= 1 && ours <= n);
            prop_assert!(size(n + 1, margin, c).unwrap() >= ours);
            prop_assert!(size(n, margin - 1, c).unwrap() >= ours);
        }
    }
}
