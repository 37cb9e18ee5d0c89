//! Nobody computes a count of a few from the sums (T4): found by trying every table that agrees with what is shown.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use domain::small_cells::{Shown, shown};

/// Every value each place takes in some table that agrees with what is shown, given that no left-out place is nought but where it is.
fn possible(truth: &[Vec<u64>], told: &Shown, most: u64) -> Vec<Vec<u64>> {
    let (rows, columns) = (truth.len(), truth[0].len());
    let cells: Vec<(usize, usize)> = (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))).collect();
    let mut seen: Vec<Vec<u64>> = vec![vec![]; (rows + 1) * (columns + 1)];
    let mut table = vec![vec![0; columns]; rows];
    try_all(&cells, &mut table, truth, told, most, &mut |t| {
        let mut note = |r: usize, c: usize, n: u64| {
            let values = &mut seen[r * (columns + 1) + c];
            if !values.contains(&n) {
                values.push(n);
            }
        };
        for (r, row) in t.iter().enumerate() {
            note(r, columns, row.iter().sum());
            row.iter().enumerate().for_each(|(c, n)| note(r, c, *n));
        }
        (0..columns).for_each(|c| note(rows, c, t.iter().map(|row| row[c]).sum()));
        note(rows, columns, t.iter().flatten().sum());
    });
    seen
}
fn try_all(
    cells: &[(usize, usize)],
    t: &mut Vec<Vec<u64>>,
    truth: &[Vec<u64>],
    told: &Shown,
    most: u64,
    found: &mut dyn FnMut(&[Vec<u64>]),
) {
    let Some(((r, c), rest)) = cells.split_first() else {
        if agrees(t, truth, told) {
            found(t);
        }
        return;
    };
    let range = match told.cells[*r][*c] {
        Some(n) => n..=n,
        None => u64::from(truth[*r][*c] > 0)..=most,
    };
    for n in range {
        t[*r][*c] = n;
        let known = c + 1 == t[0].len();
        // A row that is complete already disagrees: nothing further makes it agree.
        if !known || told.rows[*r].is_none_or(|sum| t[*r].iter().sum::<u64>() == sum) {
            try_all(rest, t, truth, told, most, found);
        }
    }
}
fn agrees(t: &[Vec<u64>], truth: &[Vec<u64>], told: &Shown) -> bool {
    let same = |told: Option<u64>, n: u64, was: u64| told.map_or(n > 0 || was == 0, |told| told == n);
    let sum = |of: &[Vec<u64>], c: usize| of.iter().map(|row| row[c]).sum::<u64>();
    (0..t.len()).all(|r| same(told.rows[r], t[r].iter().sum(), truth[r].iter().sum()))
        && (0..t[0].len()).all(|c| same(told.columns[c], sum(t, c), sum(truth, c)))
        && same(told.all, t.iter().flatten().sum(), truth.iter().flatten().sum())
}
fn left_out(told: &Shown) -> Vec<(usize, usize)> {
    let (rows, columns) = (told.cells.len(), told.cells[0].len());
    let at = |r: usize, c: usize| match (r == rows, c == columns) {
        (true, true) => told.all,
        (true, false) => told.columns[c],
        (false, true) => told.rows[r],
        (false, false) => told.cells[r][c],
    };
    (0..=rows).flat_map(|r| (0..=columns).map(move |c| (r, c))).filter(|(r, c)| at(*r, *c).is_none()).collect()
}
fn check(truth: &[Vec<u64>], few: u64) {
    let told = shown(truth, few);
    let out = left_out(&told);
    for (r, row) in truth.iter().enumerate() {
        for (c, n) in row.iter().enumerate() {
            assert!(told.cells[r][c].is_none_or(|t| t == *n && !(1..few).contains(&t)), "{truth:?}: {told:?}");
        }
    }
    for sum in told.rows.iter().chain(&told.columns).chain([&told.all]).flatten() {
        assert!(!(1..few).contains(sum), "{truth:?}: {told:?}");
    }
    let seen = possible(truth, &told, truth.iter().flatten().max().unwrap() + 2);
    for (r, c) in out {
        let values = &seen[r * (truth[0].len() + 1) + c];
        assert!(values.len() > 1, "{truth:?} shown as {told:?} gives away {r},{c}: {values:?}");
    }
}
#[test]
fn every_table_of_two_by_two_keeps_its_small_counts() {
    for n in 0..8u64.pow(4) {
        let digit = |i: u32| n / 8u64.pow(i) % 8;
        check(&[vec![digit(0), digit(1)], vec![digit(2), digit(3)]], 5);
    }
}
#[test]
fn random_tables_keep_their_small_counts() {
    let mut x = 20_260_302u64;
    let mut next = |below: u64| {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (x >> 33) % below
    };
    for n in 0..400 {
        let (rows, columns) = [(1, 4), (4, 1), (2, 3), (3, 2), (3, 3)][n % 5];
        // Few noughts, many noughts, mostly small.
        let most = [4, 7, 9][n % 3];
        let table: Vec<Vec<u64>> = (0..rows).map(|_| (0..columns).map(|_| if next(4) == 0 { 0 } else { next(most) }).collect()).collect();
        check(&table, 3);
    }
}
#[test]
fn one_small_count_takes_the_least_with_it() {
    let told = shown(&[vec![3, 20, 30], vec![40, 6, 70], vec![80, 90, 100]], 5);
    assert_eq!(left_out(&told), [(0, 0), (0, 1), (1, 0), (1, 1)], "a ring of four cells, the cheapest; every sum stands");
    assert_eq!(told.all, Some(439));
    let told = shown(&[vec![10, 20], vec![30, 0]], 5);
    assert_eq!(left_out(&told), [], "nothing is small");
    assert_eq!(shown(&[vec![4, 5]], 4), shown(&[vec![4, 5]], 0), "four are not fewer than four");
    assert_eq!(shown(&[], 5).all, None);
}
