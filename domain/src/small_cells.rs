//! Tables of counts in which few cannot be told apart (enterprise.md: fewer than five are not shown; trust.md T4, 4.3 Checks).
//! A small count is left out, and as many more as it takes that nobody finds it from the sums. The table with its sums is a flow: what is
//! left out can be computed exactly where no other flow agrees with what is shown (Cox 1980). Two reports of different days are two
//! tables: whoever publishes them closes a period first, so that their difference is no count of a few.
use std::collections::{BTreeMap, BTreeSet};

/// A table as it may be shown: `None` is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Cells, by row and column.
    pub cells: Vec<Vec<Option<u64>>>,
    /// Sum of each row.
    pub rows: Vec<Option<u64>>,
    /// Sum of each column.
    pub columns: Vec<Option<u64>>,
    /// Sum of all.
    pub all: Option<u64>,
}
/// A place of the table with its sums: the last row and the last column hold them.
type Place = (usize, usize);
/// A line of the table: a row or a column. Cells are the edges between the two it lies in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Row(usize),
    Column(usize),
}
struct Table {
    values: BTreeMap<Place, u64>,
    rows: usize,
    columns: usize,
    hidden: BTreeSet<Place>,
}

/// Leaves out every count from one to below `few`, and the least that must go with it. Nought is shown: nobody is behind it.
pub fn shown(counts: &[Vec<u64>], few: u64) -> Shown {
    let mut table = Table::of(counts);
    let small: Vec<Place> = table.values.iter().filter(|(_, n)| (1..few).contains(*n)).map(|(at, _)| *at).collect();
    table.hidden.extend(&small);
    // The smallest first: what is hidden for one often covers the next.
    for at in small {
        let more = table.cover(at);
        table.hidden.extend(more);
    }
    let tell = |at: Place| table.values.get(&at).copied().filter(|_| !table.hidden.contains(&at));
    let (rows, columns) = (table.rows, table.columns);
    Shown {
        cells: (0..rows).map(|r| (0..columns).map(|c| tell((r, c))).collect()).collect(),
        rows: (0..rows).map(|r| tell((r, columns))).collect(),
        columns: (0..columns).map(|c| tell((rows, c))).collect(),
        all: tell((rows, columns)),
    }
}
impl Table {
    fn of(counts: &[Vec<u64>]) -> Self {
        let (rows, columns) = (counts.len(), counts.iter().map(Vec::len).max().unwrap_or(0));
        let mut values = BTreeMap::new();
        for (r, c) in (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))) {
            let n = counts.get(r).and_then(|row| row.get(c)).copied().unwrap_or(0);
            for at in [(r, c), (r, columns), (rows, c), (rows, columns)] {
                *values.entry(at).or_insert(0) += n;
            }
        }
        Self { values, rows, columns, hidden: BTreeSet::new() }
    }
    /// Whether the place is a sum: it counts against its line.
    fn sum(&self, (r, c): Place) -> bool {
        (r == self.rows) != (c == self.columns)
    }
    /// Whether the value could be one more, or one less, for all that a reader knows: what is left out is not nought.
    fn bends(&self, at: Place, more: bool) -> bool {
        let least = if self.values.get(&at) == Some(&0) { 0 } else { 1 };
        more || self.values.get(&at).is_some_and(|n| *n > least)
    }
    /// What it costs to leave out this place too; nothing where it is left out already. Sums are dear, a nought is dearer: it would no
    /// longer be known to be one.
    fn cost(&self, at: Place) -> u64 {
        let n = self.values.get(&at).copied().unwrap_or(0);
        let dear = if at.0 == self.rows || at.1 == self.columns { 1_000_000 } else { 0 };
        match () {
            () if self.hidden.contains(&at) => 0,
            () if n == 0 => 1_000_000_000,
            () => 1 + n.min(100_000) + dear,
        }
    }
    /// The cheapest places with which this one belongs to a ring that may turn: one more here, one less there, and every sum still right.
    fn cover(&self, at: Place) -> Vec<Place> {
        let ways = [true, false].into_iter().filter(|more| self.bends(at, *more)).filter_map(|more| {
            // A cell that grows gives to its column; a sum that grows takes from it.
            let (from, to) = (Line::Column(at.1), Line::Row(at.0));
            if more == self.sum(at) { self.way(to, from, at) } else { self.way(from, to, at) }
        });
        ways.min_by_key(|(cost, _)| *cost).map(|(_, places)| places).unwrap_or_default()
    }
    /// The cheapest way from one line to another without this place. Over a cell from its row to its column it grows, back it shrinks;
    /// over a sum the other way about.
    fn way(&self, from: Line, to: Line, without: Place) -> Option<(u64, Vec<Place>)> {
        let mut open = BTreeSet::from([(0u64, from)]);
        let mut known: BTreeMap<Line, (u64, Vec<Place>)> = BTreeMap::from([(from, (0, vec![]))]);
        while let Some((cost, line)) = open.pop_first() {
            let so_far = known.get(&line).map(|(_, way)| way.clone()).unwrap_or_default();
            if line == to {
                return Some((cost, so_far));
            }
            let next: Vec<(Place, Line)> = match line {
                Line::Row(r) => (0..=self.columns).map(|c| ((r, c), Line::Column(c))).collect(),
                Line::Column(c) => (0..=self.rows).map(|r| ((r, c), Line::Row(r))).collect(),
            };
            for (at, other) in next {
                let grows = matches!(line, Line::Row(_)) != self.sum(at);
                let dearer = cost + self.cost(at);
                if at != without && self.bends(at, grows) && known.get(&other).is_none_or(|(best, _)| dearer < *best) {
                    known.insert(other, (dearer, [so_far.clone(), vec![at]].concat()));
                    open.insert((dearer, other));
                }
            }
        }
        None
    }
}
