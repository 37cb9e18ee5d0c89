//! 每百件的区间和再抽检验: against what SciPy 1.x says (`fisher_exact`, `binomtest(…).proportion_ci(method='wilson')`).
use domain::agreement::{Group, compare, fisher, rate, wilson};

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}
#[test]
fn fishers_one_sided_values_are_the_published_librarys() {
    // (before bad, before all, after bad, after all, p fewer, p more)
    for (b, nb, a, na, fewer, more) in [
        (8, 10, 1, 10, 0.002_738_747_320_790_664_6, 0.999_940_462_014_765_4),
        (3, 5, 3, 5, 0.738_095_238_095_238_1, 0.738_095_238_095_238_1),
        (1, 10, 8, 10, 0.999_940_462_014_765_4, 0.002_738_747_320_790_664),
        (5, 20, 0, 15, 0.047_758_692_919_983_25, 1.0),
        (12, 40, 3, 38, 0.012_938_014_876_964_946, 0.997_852_191_298_105_9),
        (2, 9, 6, 9, 0.992_389_962_978_198_3, 0.076_717_400_246_812),
        (0, 5, 0, 5, 1.0, 1.0),
        (50, 200, 20, 180, 0.000_336_582_866_129_247_7, 0.999_881_940_872_175_7),
        (4, 4, 0, 4, 0.014_285_714_285_714_284, 1.0),
    ] {
        let (before, after) = (Group { all: nb, bad: b }, Group { all: na, bad: a });
        assert!(near(fisher(before, after, true), fewer) && near(fisher(before, after, false), more), "{b}/{nb} {a}/{na}");
    }
}
#[test]
fn the_verdict_follows_the_tail_and_the_least_number_on_each_side() {
    let verdict = |b, nb, a, na| compare(Group { all: nb, bad: b }, Group { all: na, bad: a }, 5, 5).0;
    assert_eq!(verdict(8, 10, 1, 10), "明显下降");
    assert_eq!(verdict(1, 10, 8, 10), "明显上升");
    assert_eq!(verdict(3, 5, 3, 5), "没有明显变化");
    assert_eq!(verdict(4, 4, 0, 10), "样本不足");
    assert_eq!(verdict(5, 5, 0, 4), "样本不足");
    // The level is a setting: p = 0.0478 is within five per cent and not within four.
    let at = |level| compare(Group { all: 20, bad: 5 }, Group { all: 15, bad: 0 }, 5, level);
    assert_eq!((at(5).0, at(4).0), ("明显下降", "没有明显变化"));
    assert!(at(5).1.contains("p = 0.048"), "{}", at(5).1);
}
#[test]
fn a_rate_has_wilsons_interval_and_none_where_more_are_counted_than_there_are() {
    for (hits, of, low, high) in [
        (3, 20, 0.052_368_745_896_216, 0.360_418_864_740_757),
        (0, 5, 0.0, 0.434_482_464_783_175),
        (5, 5, 0.565_517_535_216_825, 1.0),
        (12, 345, 0.020_007_109_051_748, 0.059_804_100_644_531),
    ] {
        let (l, h) = wilson(hits, of).unwrap_or_default();
        assert!(near(l, low) && near(h, high), "{hits}/{of}: {l} {h}");
    }
    // Newcombe 1998, table I: 15 of 148 is 0.0624 to 0.1605; 0 of 20 is 0 to 0.1611; 81 of 263 is 0.2553 to 0.3662.
    let words = |hits, of| rate(hits, of, 5).map(|r| r.words()).unwrap_or_default();
    assert_eq!([words(15, 148), words(0, 20), words(81, 263)], ["10.1（6.2–16.0）", "0.0（0.0–16.1）", "30.8（25.5–36.6）"]);
    assert_eq!(rate(3, 20, 5).map(|r| r.rank), Some(15_000));
    assert_eq!((words(6, 5).as_str(), wilson(1, 0)), ("120.0", None));
    assert_eq!((rate(4, 4, 5), rate(1, 0, 0)), (None, None));
    assert!(rate(4, 4, 4).is_some());
}
