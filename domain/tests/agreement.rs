//! Agreement against published libraries (to 1e-9), degenerate cases in words, panels, severity, the calibration list.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
use domain::agreement::*;
use domain::standards::{ItemScore, Points, Reason, Score};
use proptest::prelude::*;
use serde_json::Value as Json;

const EXACT: f64 = 1e-9;

fn fixture() -> Json {
    serde_json::from_str(include_str!("fixtures/agreement.json")).unwrap()
}
/// Rows of raters, as the library has them, turned into ratings of units.
fn ratings(rows: &[Vec<Option<f64>>]) -> Ratings {
    let raters = (0..rows.len()).map(|i| format!("E{i}")).collect();
    let units = (0..rows[0].len()).map(|u| (format!("U{u}"), rows.iter().map(|r| r[u]).collect())).collect();
    Ratings { raters, units }
}
fn rows(case: &Json) -> Vec<Vec<Option<f64>>> {
    case["rows"].as_array().unwrap().iter().map(|r| r.as_array().unwrap().iter().map(Json::as_f64).collect()).collect()
}
fn near(ours: Answer, theirs: &Json, place: &str) {
    match theirs.as_f64() {
        Some(theirs) => {
            let ours = ours.value().unwrap_or_else(|| panic!("{place}: {} instead of {theirs}", ours.words()));
            assert!((ours - theirs).abs() < EXACT, "{place}: {ours} and {theirs}");
        }
        None => assert_eq!(ours.value(), None, "{place}"),
    }
}
const LEVELS: [(Level, &str); 3] = [(Level::Nominal, "nominal"), (Level::Ordinal, "ordinal"), (Level::Interval, "interval")];

#[test]
fn alpha_is_the_library_s_on_every_fixture() {
    let fixture = fixture();
    let cases = fixture["cases"].as_array().unwrap();
    for case in cases {
        let ratings = ratings(&rows(case));
        for (level, name) in LEVELS {
            near(alpha(&ratings, level, None).value, &case["alpha"][name], &format!("{} {name}", case["name"]));
        }
    }
    assert!(cases.len() >= 13 && fixture["made_with"]["krippendorff"] == "0.9.0");
}

#[test]
fn the_interval_is_what_a_second_implementation_finds_from_the_same_seed() {
    let fixture = fixture();
    let seed: [u8; 32] = ledger::unhex(fixture["seed"].as_str().unwrap()).unwrap();
    let mut compared = 0;
    for case in fixture["cases"].as_array().unwrap() {
        let ratings = ratings(&rows(case));
        for (level, name) in LEVELS {
            let theirs = &case["interval"][name];
            if theirs.is_null() {
                continue;
            }
            let label = format!("{}/{name}", case["name"].as_str().unwrap());
            let ask = Bootstrap { seed: &seed, label: &label, resamples: 1000, level: 950, least: 5 };
            let left_out = theirs["without"].as_u64().unwrap();
            match alpha(&ratings, level, Some(ask)).interval {
                Interval::Between { low, high, without } => {
                    assert!((low - theirs["low"].as_f64().unwrap()).abs() < EXACT, "{label}");
                    assert!((high - theirs["high"].as_f64().unwrap()).abs() < EXACT, "{label}");
                    assert_eq!(without as u64, left_out, "{label}");
                    compared += 1;
                }
                Interval::Undefined(why) => {
                    assert_eq!(why, Why::Unstable { without: usize::try_from(left_out).unwrap(), of: 1000 }, "{label}");
                }
            }
        }
    }
    assert_eq!(compared, 15);
}

#[test]
fn kappa_is_the_library_s_on_every_pair() {
    let mut compared = 0;
    for case in fixture()["cases"].as_array().unwrap() {
        let rows = rows(case);
        let mut whole: Vec<f64> = rows.iter().flatten().flatten().copied().collect();
        whole.sort_by(f64::total_cmp);
        whole.dedup();
        for k in case["kappa"].as_array().unwrap() {
            let [a, b] = [0, 1].map(|i| usize::try_from(k["pair"][i].as_u64().unwrap()).unwrap());
            let both: Vec<(f64, f64)> = rows[a].iter().zip(&rows[b]).filter_map(|(x, y)| Some(((*x)?, (*y)?))).collect();
            let weights = match k["weights"].as_str().unwrap() {
                "linear" => Weights::Linear,
                "quadratic" => Weights::Quadratic,
                _ => Weights::None,
            };
            let categories = if k["labels"] == "whole" { whole.as_slice() } else { &[] };
            near(kappa(&both, categories, weights), &k["value"], &format!("{} {k}", case["name"]));
            compared += 1;
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn where_there_is_nothing_to_reckon_it_is_said() {
    let same = ratings(&[vec![Some(2.0); 4], vec![Some(2.0); 4]]);
    let none = ratings(&[vec![Some(1.0), None], vec![None, Some(2.0)]]);
    let odd = ratings(&[vec![Some(1.0), Some(f64::NAN)], vec![Some(f64::INFINITY), Some(2.0)]]);
    let seed = [7; 32];
    let ask = Some(Bootstrap { seed: &seed, label: "", resamples: 200, level: 950, least: 5 });
    for (_, _, level) in LEVELS.map(|(l, n)| (n, (), l)) {
        let a = alpha(&same, level, ask);
        assert_eq!((a.value, a.interval), (Answer::Undefined(Why::NoVariation), Interval::Undefined(Why::NoVariation)));
        for empty in [&none, &odd, &Ratings::default()] {
            assert_eq!(alpha(empty, level, ask).value, Answer::Undefined(Why::NoPairs));
        }
    }
    assert_eq!(percent(&same, 0.0), Answer::Value(1.0));
    assert_eq!(percent(&none, 0.0), Answer::Undefined(Why::NoPairs));
    let few = ratings(&[vec![Some(1.0), Some(2.0)], vec![Some(1.0), Some(3.0)]]);
    assert_eq!(alpha(&few, Level::Interval, ask).interval, Interval::Undefined(Why::FewUnits { there: 2, needed: 5 }));
    assert_eq!(alpha(&few, Level::Interval, None).interval, Interval::Undefined(Why::NotAsked));
    assert_eq!(kappa(&[], &[], Weights::Linear), Answer::Undefined(Why::NoPairs));
    assert_eq!(kappas(&few, &[], Weights::Linear, 5).mean, Answer::Undefined(Why::FewUnits { there: 2, needed: 5 }));
    assert_eq!(kappas(&none, &[], Weights::Linear, 1).mean, Answer::Undefined(Why::NoPairs));
    assert_eq!(kappas(&same, &[], Weights::Quadratic, 1).mean, Answer::Undefined(Why::NoVariation));
    for why in [Why::NoPairs, Why::NoVariation, Why::NotAsked, Why::FewUnits { there: 1, needed: 5 }, Why::Unstable { without: 3, of: 9 }] {
        assert!(why.words().chars().count() >= 6, "{why:?}");
    }
}

#[test]
fn percent_agreement_counts_pairs() {
    // Three pairs on the first unit, one agreeing; one on the second, agreeing within one point.
    let r = ratings(&[vec![Some(8.0), Some(5.0)], vec![Some(8.0), None], vec![Some(6.0), Some(6.0)]]);
    assert_eq!(percent(&r, 0.0), Answer::Value(0.25));
    assert_eq!(percent(&r, 1.0), Answer::Value(0.5));
    assert_eq!(percent(&r, 2.0), Answer::Value(1.0));
}

#[test]
fn the_stream_of_numbers_is_fixed_and_even() {
    let mut s = Seeded::new(&[0; 32], "a");
    let first: Vec<u64> = (0..6).map(|_| s.below(1000)).collect();
    let mut again = Seeded::new(&[0; 32], "a");
    assert_eq!(first, (0..6).map(|_| again.below(1000)).collect::<Vec<_>>());
    let mut other = Seeded::new(&[0; 32], "b");
    assert_ne!(first, (0..6).map(|_| other.below(1000)).collect::<Vec<_>>());
    let mut seen = [0_u32; 7];
    for _ in 0..70_000 {
        seen[usize::try_from(s.below(7)).unwrap()] += 1;
    }
    let chi: f64 = seen.iter().map(|n| (f64::from(*n) - 10_000.0).powi(2) / 10_000.0).sum();
    assert!(chi < 22.46, "χ² of six degrees at 0.001: {chi}");
    assert_eq!((s.below(1), s.below(0)), (0, 0));
}

fn item(code: &str, full: u32, left: u32) -> ItemScore {
    let (full, left) = (Points::whole(full), Points::whole(left));
    let deducted = full.less(left);
    ItemScore { code: code.into(), name: format!("条目{code}"), full, asked: deducted, deducted, left }
}
/// A score of four items worth 25 each.
fn scored(sheet: &str, left: [u32; 4], reasons: Vec<Reason>) -> Score {
    let items: Vec<ItemScore> = left.iter().enumerate().map(|(i, n)| item(&format!("{sheet}.{}", i + 1), 25, *n)).collect();
    let total: Points = items.iter().map(|i| i.left).sum();
    let veto = reasons.iter().any(|r| matches!(r, Reason::Veto(_)));
    let rank = if veto { 3 } else { [95, 85, 70].iter().filter(|t| total < Points::whole(**t)).count() };
    let grade = ["优质", "合格", "瑕疵", "不合格"][rank].into();
    Score { sheet: sheet.into(), version: "1".into(), items, total, grade, rank, vetoes: vec![], clean: true, reasons, notes: vec![] }
}
fn seat(rater: &str, left: [u32; 4]) -> Seat {
    Seat { rater: rater.into(), score: scored("D1", left, vec![]), overlay: None }
}
fn sitting(dossier: &str, seats: Vec<Seat>) -> Sitting {
    Sitting { dossier: dossier.into(), seats }
}
fn words(p: &Panel) -> Vec<String> {
    p.triggers.iter().map(Trigger::words).collect()
}

#[test]
fn a_panel_deliberates_for_dispersion_a_veto_a_card_or_grades() {
    let rule = PanelRule::default();
    // 94 and 86: same grade, eight apart.
    let calm = panel(&sitting("A", vec![seat("x", [25, 25, 25, 19]), seat("y", [25, 25, 25, 11]), seat("z", [25, 25, 25, 15])]), &rule);
    assert!(!calm.must_deliberate());
    assert_eq!((calm.dispersion, calm.mean, calm.seats), (Points::whole(8), Some(Points::whole(90)), 3));
    assert_eq!(calm.percent, Answer::Value(0.75));
    // Exactly the limit is not over it: with the rule of grades off, 85 and 70 are fifteen apart.
    let edge = sitting("B", vec![seat("x", [25, 25, 25, 10]), seat("y", [25, 25, 20, 0])]);
    assert!(!panel(&edge, &PanelRule { grades: false, ..rule }).must_deliberate());
    let over = PanelRule { dispersion: Points(1499), grades: false, ..rule };
    assert_eq!(words(&panel(&edge, &over)), ["D1 表最高 85 分、最低 70 分，离散度 15 分，超过 14.99 分"]);
    assert_eq!(words(&panel(&edge, &rule)), ["等次不一致：合格 1 人、瑕疵 1 人"]);
    let mut seats = vec![seat("x", [25; 4]), seat("y", [25; 4]), seat("z", [25; 4])];
    seats[1].score = scored("D1", [25; 4], vec![Reason::Veto("超期羁押".into()), Reason::Card("立功".into(), vec!["一".into()])]);
    let all = words(&panel(&sitting("C", seats.clone()), &rule));
    assert_eq!(all, ["1 人触发否决项：超期羁押", "1 人在立功附卡答“否”，升为复核", "等次不一致：优质 2 人、不合格 1 人"]);
    let off = PanelRule { veto: false, card: false, grades: false, ..rule };
    assert!(!panel(&sitting("C", seats), &off).must_deliberate());
    assert!(!panel(&sitting("D", vec![seat("x", [0; 4])]), &rule).must_deliberate(), "one alone differs from nobody");
    assert_eq!(panel(&sitting("E", vec![]), &rule).mean, None);
}

#[test]
fn the_overlay_counts_with_its_own_range_and_the_lower_grade() {
    let rule = PanelRule::default();
    let with = |rater: &str, left| Seat { overlay: Some(scored("D6", left, vec![])), ..seat(rater, [25; 4]) };
    let p = panel(&sitting("A", vec![with("x", [25; 4]), with("y", [25, 25, 20, 10])]), &rule);
    assert_eq!(words(&p), ["D6 表最高 100 分、最低 80 分，离散度 20 分，超过 15 分", "等次不一致：优质 1 人、瑕疵 1 人"]);
    assert_eq!(p.dispersion, Points::ZERO);
    assert_eq!(p.alpha.units, 8, "items of both sheets");
}

#[test]
fn severity_is_measured_against_the_others_on_the_same_dossiers() {
    let loose = (0..8).flat_map(|i| {
        let unit = ["u0", "u1", "u2", "u3", "u4", "u5", "u6", "u7"][i];
        let base = 80.0 + f64::from(u8::try_from(i).unwrap());
        let severe = if i < 4 { base - 6.0 } else { base - 8.0 };
        [(unit, "严", severe), (unit, "平", base), (unit, "和", base)]
    });
    let all = severity(&Ratings::gather(loose), 5.0, 5);
    assert_eq!((all[0].mean, all[0].units, all[0].drift, all[0].leaning), (-7.0, 8, Some(-2.0), Leaning::Severe));
    assert!((all[0].spread - (8.0_f64 / 7.0).sqrt()).abs() < EXACT);
    assert_eq!((all[1].mean, all[1].leaning), (3.5, Leaning::Level));
    assert_eq!(all[0].words(), "8 件共同评分中，比同组平均低 7.0 分（偏严）；后半段比前半段低 2.0 分");
    let one = severity(&Ratings::gather([("u", "a", 90.0), ("u", "b", 70.0), ("v", "a", 1.0)]), 5.0, 5);
    assert_eq!((one[0].units, one[0].leaning, one[0].drift), (1, Leaning::Unknown, None));
    assert_eq!(one[0].words(), "共同评分只有 1 件，暂不评价宽严");
    assert!(severity(&Ratings::default(), 5.0, 5).is_empty());
}

#[test]
fn a_batch_lists_the_items_to_calibrate() {
    // Item 1 varies and is agreed on; item 2 never varies; item 3 is agreed on by nobody; item 4 as item 1.
    let sittings: Vec<Sitting> = (0..10_u32)
        .map(|i| {
            let n = i * 2;
            let seats = (0..3_u32).map(|k| seat(["x", "y", "z"][k as usize], [25 - n, 25, (i * 7 + k * 11) % 26, 25 - n])).collect();
            sitting(&format!("A{i}"), seats)
        })
        .collect();
    let seed = [1; 32];
    let b = batch(&sittings, &Settings::default(), Some(&seed));
    assert_eq!(b, batch(&sittings, &Settings::default(), Some(&seed)), "the same seed, the same figures");
    let listed: Vec<&str> = b.calibration().map(|i| i.code.as_str()).collect();
    assert_eq!(listed, ["D1.3"]);
    assert!(b.items[2].low.as_ref().unwrap().starts_with("一致性系数 α 为"), "{:?}", b.items[2].low);
    assert_eq!((b.items[0].alpha.value, b.items[0].kappa), (Answer::Value(1.0), Answer::Value(1.0)));
    assert_eq!(b.items[1].alpha.value, Answer::Undefined(Why::NoVariation));
    assert_eq!(b.items[1].percent, Answer::Value(1.0));
    assert!(matches!(b.total.interval, Interval::Between { low, high, .. } if low <= high));
    assert_eq!((b.panels.len(), b.severity.len(), b.grade_kappa.pairs.len()), (10, 3, 3));
    let no_seed = batch(&sittings, &Settings::default(), None);
    assert_eq!(no_seed.total.interval, Interval::Undefined(Why::NotAsked));
    // Too few dossiers for α: judged by the share of equal pairs.
    let few = batch(&sittings[..2], &Settings::default(), None);
    assert_eq!(few.calibration().map(|i| i.low.clone().unwrap()).collect::<Vec<_>>(), ["2 件中一致率 0%，低于 80%"]);
    assert_eq!(batch(&[], &Settings::default(), Some(&seed)).total.value, Answer::Undefined(Why::NoPairs));
    let text = serde_json::to_string(&b).unwrap();
    assert_eq!(serde_json::from_str::<Batch>(&text).unwrap().panels, b.panels);
}

proptest! {
    #[test]
    fn alpha_never_exceeds_one_and_ignores_order(
        cells in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.8, 0_u8..5), 3), 1..25)
    ) {
        let units: Vec<(String, Vec<Option<f64>>)> =
            cells.iter().enumerate().map(|(i, c)| (i.to_string(), c.iter().map(|v| v.map(f64::from)).collect())).collect();
        let raters = vec!["a".into(), "b".into(), "c".into()];
        let one = Ratings { raters, units };
        let mut two = one.clone();
        two.units.reverse();
        two.units.iter_mut().for_each(|(_, v)| v.reverse());
        for (level, _) in LEVELS {
            match (alpha(&one, level, None).value, alpha(&two, level, None).value) {
                (Answer::Value(a), Answer::Value(b)) => prop_assert!(a <= 1.0 + EXACT && (a - b).abs() < EXACT),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
