//! 公平比较和预警的条件: numbers against exact fractions, the nominal rate by simulation, one event alone never.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
use domain::agreement::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}
fn unit(org: &str, strata: &[(&str, usize, usize)]) -> Unit {
    let strata = strata.iter().map(|(key, reviewed, hits)| ((*key).to_owned(), Tally { reviewed: *reviewed, hits: *hits }));
    Unit { org: org.into(), strata: strata.collect() }
}
fn hit(case: usize, by: &[&str]) -> Hit {
    Hit { case: format!("AJ-{case}"), by: by.iter().map(|w| (*w).to_owned()).collect() }
}

#[test]
fn chances_are_those_of_exact_fractions() {
    // Computed with Python's fractions: C(K,k)·C(N−K,n−k)/C(N,n).
    for ((all, bad, drawn), first) in [
        ((20, 6, 10), [0.005_417_956_656_346_749, 0.065_015_479_876_160_99, 0.243_808_049_535_603_73, 0.371_517_027_863_777_1]),
        ((50, 5, 20), [0.067_259_151_579_225_59, 0.258_689_044_535_483, 0.364_080_877_494_383_5, 0.234_051_992_674_960_82]),
        ((345, 40, 60), [0.000_285_121_796_454_275_3, 0.002_781_676_062_968_539_5, 0.012_956_754_293_300_829, 0.038_382_643_094_670_74]),
    ] {
        let chances = hypergeometric(all, bad, drawn);
        assert!(first.iter().zip(&chances).all(|(a, b)| near(*a, *b)), "{chances:?}");
        assert!(near(chances.iter().sum(), 1.0) && chances.len() == drawn + 1);
    }
    assert!(hypergeometric(5, 6, 2).is_empty() && hypergeometric(5, 2, 6).is_empty());
    // Two strata of one unit: P(X ≥ 14) = 0.00716, P(X ≥ 15) = 0.00123; P(X ≤ 4) = 0.00716, P(X ≤ 3) = 0.00123.
    let sum = sum_of(&hypergeometric(40, 20, 12), &hypergeometric(60, 6, 30));
    assert_eq!(
        [upper(&sum, 0.03), upper(&sum, 0.025), upper(&sum, 0.001_235), upper(&sum, 0.001)],
        [Some(13), Some(14), Some(15), Some(16)]
    );
    assert_eq!([lower(&sum, 0.025), lower(&sum, 0.001_235), lower(&sum, 1e-9)], [Some(4), Some(3), None]);
    assert_eq!(upper(&[0.0, 1.0], 0.025), None, "all of them is no wonder");
}
#[test]
fn a_curve_of_the_funnel_lies_between_whole_numbers() {
    // Two dossiers, one half: P(X ≤ 0) = 1/4, P(X ≤ 1) = 3/4; the median lies half way.
    assert!(near(quantile(2, 0.5, 0.5), 0.25) && near(quantile(0, 0.3, 0.5), 0.3));
    assert!(near(quantile(10, 0.0, 0.99), 0.0) && near(quantile(10, 1.0, 0.999), 1.0));
    let far = |n| quantile(n, 0.2, 0.999) - 0.2;
    assert!(far(10) > far(40) && far(40) > far(400), "it narrows with the number");
}
#[test]
fn a_unit_is_held_against_what_its_own_mix_leads_one_to_expect() {
    // By hand: the city's rates are 5 of 10 and 1 of 10. A: 8·0.5 + 2·0.1 = 4.2. B: 2·0.5 + 8·0.1 = 1.8.
    let fair = fair(vec![unit("B", &[("01", 2, 1), ("02", 8, 1)]), unit("A", &[("01", 8, 4), ("02", 2, 0)])], 5);
    assert_eq!(fair.units.iter().map(|u| u.unit.org.as_str()).collect::<Vec<_>>(), ["A", "B"], "by code, never by rate");
    let [a, b] = &fair.units[..] else { panic!() };
    let (held_a, held_b) = (a.held.as_ref().unwrap(), b.held.as_ref().unwrap());
    assert_eq!((held_a.expected_words().as_str(), held_a.ratio, held_a.adjusted), ("4.2", Some(952), 286));
    assert_eq!((held_b.expected_words().as_str(), held_b.ratio, held_b.adjusted), ("1.8", Some(1_111), 333));
    // 40 of a hundred against 20: the raw rates say the opposite of what the mixes explain.
    assert_eq!([a, b].map(|u| u.rate.as_ref().unwrap().per_100.clone()), ["40.0", "20.0"]);
    assert_eq!((fair.all, fair.compared), (Tally { reviewed: 20, hits: 6 }, 2));
    assert!([held_a, held_b].iter().all(|h| h.verdict == Verdict::Within));
}
#[test]
fn too_few_are_compared_with_nothing_and_counted_all_the_same() {
    let fair = fair(vec![unit("A", &[("01", 4, 4)]), unit("B", &[("01", 30, 3)]), unit("C", &[("01", 5, 0)])], 5);
    let few = &fair.units[0];
    assert_eq!((&few.rate, &few.shrunk, &few.held, few.all.hits), (&None, &None, &None, 4));
    assert_eq!((fair.all.hits, fair.compared), (7, 2), "what it found belongs to the city");
    assert!(fair.units[1].held.is_some() && fair.units[2].held.is_some());
    // Nobody is compared by nothing, even where the parameter says nought.
    let none = domain::agreement::fair(vec![unit("A", &[]), unit("B", &[("01", 6, 1)])], 0);
    assert_eq!((none.compared, none.units[0].held.is_none()), (1, true));
    // One alone has nobody to be held against: whatever it is, it is the city.
    assert_eq!(none.units[1].held.as_ref().unwrap().verdict, Verdict::Within);
    assert_eq!(domain::agreement::fair(vec![], 5).units, []);
}
#[test]
fn a_shrunk_rate_rests_the_less_on_the_unit_the_fewer_it_has() {
    // Kleinman 1973 by moments, computed with Python: m = 0.24, ρ = 0.2203, α + β = 3.538.
    let said = [("A", 20, 2), ("B", 40, 12), ("C", 10, 7), ("D", 30, 3)];
    let all = fair(said.iter().map(|(org, n, x)| unit(org, &[("01", *n, *x)])).collect(), 5);
    let prior = all.prior.unwrap();
    assert!(near(prior.mean, 0.24) && near(prior.weight.unwrap(), 3.538_324_420_677_362_5), "{prior:?}");
    let shrunk: Vec<_> = all.units.iter().map(|u| u.shrunk.clone().unwrap()).collect();
    assert_eq!(shrunk, ["12.1", "29.5", "58.0", "11.5"]);
    // Where units differ no more than chance, every one of them is the city.
    let alike = fair(vec![unit("A", &[("01", 20, 4)]), unit("B", &[("01", 40, 8)])], 5);
    assert_eq!((alike.prior.unwrap().weight, alike.units[0].shrunk.as_deref()), (None, Some("20.0")));
}

/// A half year of units that differ in size and mix only; one of them may be worse by so many times.
fn half_year(dice: &mut Seeded, worse: Option<u64>) -> Vec<Unit> {
    let rates = [("01", 80_u64), ("02", 200), ("04", 400)];
    (0..20_u64)
        .map(|n| {
            // Small and large; each mostly one type.
            let size = if worse.is_some() && n == 0 { 60 } else { 5 + dice.below(56) };
            let mut one = Unit { org: format!("U{n:02}"), strata: BTreeMap::new() };
            for _ in 0..size {
                let kind = if dice.below(10) < 7 { n % 3 } else { dice.below(3) };
                let (key, rate) = rates[usize::try_from(kind).unwrap()];
                let rate = worse.filter(|_| n == 0).map_or(rate, |times| (rate * times / 10).min(950));
                one.strata.entry(key.into()).or_default().add(dice.below(1_000) < rate);
            }
            one
        })
        .collect()
}
fn high(fair: &Fair) -> Vec<&str> {
    fair.units.iter().filter(|u| u.held.as_ref().is_some_and(|h| h.verdict.is_high())).map(|u| u.unit.org.as_str()).collect()
}
/// The same, every unit held against the city's bare rate: what a league table does.
fn without_strata(units: &[Unit]) -> Vec<Unit> {
    units.iter().map(|u| Unit { org: u.org.clone(), strata: BTreeMap::from([(String::new(), u.all())]) }).collect()
}
#[test]
fn equal_units_of_any_size_and_mix_raise_no_more_false_alerts_than_the_nominal_rate() {
    const YEARS: usize = 1_000;
    let mut dice = Seeded::new(&[7; 32], "equal units");
    let (mut alerts, mut low, mut outer, mut raw) = (0, 0, 0, 0);
    for _ in 0..YEARS {
        let units = half_year(&mut dice, None);
        raw += usize::from(!high(&fair(without_strata(&units), 5)).is_empty());
        let all = fair(units, 5);
        let verdicts: Vec<_> = all.units.iter().filter_map(|u| u.held.as_ref()).map(|h| h.verdict).collect();
        alerts += usize::from(verdicts.iter().any(|v| v.is_high()));
        low += usize::from(verdicts.iter().any(|v| matches!(v, Verdict::Low | Verdict::VeryLow)));
        outer += usize::from(verdicts.contains(&Verdict::VeryHigh));
    }
    // Nominal: in 25 of 1,000 half years any unit at all; Monte-Carlo margin: three standard deviations of a share of 0.025 in 1,000.
    let margin = |nominal: f64| nominal + 3.0 * (nominal * (1.0 - nominal) / 1_000.0).sqrt();
    let share = |n: usize| f64::from(u32::try_from(n).unwrap()) / 1_000.0;
    assert!(share(alerts) <= margin(INNER), "{alerts} of {YEARS}");
    assert!(share(low) <= margin(INNER), "{low} of {YEARS}");
    assert!(share(outer) <= margin(OUTER), "{outer} of {YEARS}");
    assert!(share(raw) > 0.3, "bare rates would have blamed somebody for his mix in {raw} of {YEARS}");
}
#[test]
fn a_truly_worse_unit_is_found_in_most_half_years_and_seldom_another_in_its_place() {
    let mut dice = Seeded::new(&[8; 32], "a worse unit");
    let (mut found, mut others) = (0, 0);
    for _ in 0..200 {
        let all = fair(half_year(&mut dice, Some(30)), 5);
        let high = high(&all);
        found += usize::from(high.contains(&"U00"));
        others += usize::from(high.iter().any(|org| *org != "U00"));
    }
    assert!(found >= 160 && others <= 12, "found {found}, others {others} of 200");
}
#[test]
fn a_look_is_called_for_by_several_cases_found_by_several_reviewers_beyond_the_limit() {
    let panels = [hit(1, &["a", "b", "c"]), hit(2, &["a", "b", "d"]), hit(3, &["b", "c", "d"]), hit(4, &["a", "c", "d"])];
    assert!(calls_for_a_look(Verdict::High, &panels, 3) && calls_for_a_look(Verdict::VeryHigh, &panels, 4));
    assert!(!calls_for_a_look(Verdict::High, &panels, 5), "too few cases");
    for verdict in [Verdict::Within, Verdict::Low, Verdict::VeryLow] {
        assert!(!calls_for_a_look(verdict, &panels, 3), "{verdict:?}");
    }
    // One pair of eyes sat on every panel.
    assert!(!calls_for_a_look(Verdict::VeryHigh, &panels[..3], 3));
    // Who is not known is no second source.
    let unknown = [hit(1, &["a"]), hit(2, &["a"]), hit(3, &[])];
    assert!(!calls_for_a_look(Verdict::VeryHigh, &unknown, 3) && !calls_for_a_look(Verdict::VeryHigh, &[hit(1, &[]), hit(2, &[])], 2));
    // The same case reviewed three times is one case.
    let again = [hit(1, &["a"]), hit(1, &["b"]), hit(1, &["c"])];
    assert!(!calls_for_a_look(Verdict::VeryHigh, &again, 2));
}
proptest! {
    #[test]
    fn one_event_alone_never_triggers_whatever_the_numbers(
        parameter in -5_i64..4, panels in prop::collection::vec(prop::collection::vec("[a-e]", 0..6), 0..8), same in prop::bool::ANY,
    ) {
        // One case, however often and by whomever; or many cases that one reviewer alone found.
        let hits: Vec<Hit> = panels.iter().enumerate().map(|(n, by)| match same {
            true => Hit { case: "AJ-1".into(), by: by.clone() },
            false => Hit { case: format!("AJ-{n}"), by: vec!["z".into()] },
        }).collect();
        prop_assert!(!calls_for_a_look(Verdict::VeryHigh, &hits, parameter));
    }
    #[test]
    fn limits_are_never_passed_by_more_than_their_tails_and_more_hits_never_look_better(
        all in 1_usize..80, bad in 0_usize..80, drawn in 0_usize..80, tail in 0.0001_f64..0.05,
    ) {
        let (bad, drawn) = (bad.min(all), drawn.min(all));
        let chances = hypergeometric(all, bad, drawn);
        let over: f64 = upper(&chances, tail).map_or(0.0, |n| chances[n..].iter().sum());
        let under: f64 = lower(&chances, tail).map_or(0.0, |n| chances[..=n].iter().sum());
        prop_assert!(over <= tail + 1e-12 && under <= tail + 1e-12);
        if let (Some(low), Some(high)) = (lower(&chances, tail), upper(&chances, tail)) {
            prop_assert!(low < high);
        }
    }
}
