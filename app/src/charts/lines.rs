//! Lines over time: each series by its own dash and its own mark, so that it prints in black and white.
use std::fmt::Write as _;

use super::tall;

/// A drawing of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    pub title: String,
    pub desc: String,
    pub width: i64,
    pub height: i64,
    pub left: i64,
    pub bottom: i64,
    /// Where a tick is, and what it says.
    pub xs: Vec<(i64, String)>,
    pub ys: Vec<(i64, String)>,
    pub series: Vec<Series>,
}
/// One series.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    /// Number of its dash, from one.
    pub dash: usize,
    /// Path data of the line.
    pub line: String,
    /// Path data of each point's mark, and what it says.
    pub points: Vec<(String, String)>,
}
const WIDTH: i64 = 560;
const LEFT: i64 = 48;
const RIGHT: i64 = 16;
const TOP: i64 = 12;
const BOTTOM: i64 = 188;

/// Series of equal length over these ticks.
pub fn lines(title: &str, ticks: &[String], series: &[(String, Vec<u64>)]) -> Lines {
    let most = series.iter().flat_map(|s| s.1.iter()).copied().max().unwrap_or(0);
    let step = round_up(most.div_ceil(4).max(1));
    let top = step * 4;
    let x = |n: usize| LEFT + 20 + tall(n) * (WIDTH - LEFT - RIGHT - 40) / tall(ticks.len().saturating_sub(1)).max(1);
    let y = |v: u64| {
        BOTTOM - i64::try_from(u128::from(v) * u128::from(BOTTOM.unsigned_abs() - TOP.unsigned_abs()) / u128::from(top)).unwrap_or(0)
    };
    let one = |(k, (name, values)): (usize, &(String, Vec<u64>))| {
        let mut line = String::new();
        let mut points = vec![];
        for (n, v) in values.iter().enumerate() {
            let _ = write!(line, "{}{} {}", if n == 0 { 'M' } else { 'L' }, x(n), y(*v));
            points.push((mark(k, x(n), y(*v)), format!("{name}，{}：{v}", ticks.get(n).map_or("", String::as_str))));
        }
        Series { name: name.clone(), dash: k % 4 + 1, line, points }
    };
    let said = |(name, values): &(String, Vec<u64>)| format!("{name}合计 {}", values.iter().sum::<u64>());
    Lines {
        title: title.into(),
        desc: series.iter().map(said).collect::<Vec<_>>().join("，"),
        width: WIDTH,
        height: BOTTOM + 32,
        left: LEFT,
        bottom: BOTTOM,
        xs: ticks.iter().enumerate().map(|(n, t)| (x(n), t.clone())).collect(),
        ys: (0..=4).map(|n| (y(n * step), (n * step).to_string())).collect(),
        series: series.iter().enumerate().map(one).collect(),
    }
}
/// A circle, a square, a triangle, a diamond.
fn mark(series: usize, x: i64, y: i64) -> String {
    match series % 4 {
        0 => format!("M{} {y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", x - 4),
        1 => format!("M{} {}h7v7h-7z", x - 3, y - 3),
        2 => format!("M{x} {}l5 8h-10z", y - 5),
        _ => format!("M{x} {}l5 5l-5 5l-5 -5z", y - 5),
    }
}
/// The next number of one, two or five times a power of ten.
fn round_up(n: u64) -> u64 {
    let tens = std::iter::successors(Some(1u64), |t| t.checked_mul(10));
    tens.flat_map(|t| [1, 2, 5].map(|k| t.saturating_mul(k))).find(|s| *s >= n).unwrap_or(n)
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_above_the_highest_point_and_every_point_says_its_number() {
        let l = lines("近月", &["1月".into(), "2月".into()], &[("线索".into(), vec![3, 17]), ("定论".into(), vec![0, 1])]);
        assert_eq!(l.ys.iter().map(|y| y.1.as_str()).collect::<Vec<_>>(), ["0", "5", "10", "15", "20"]);
        assert_eq!((l.series[0].points[1].1.as_str(), l.desc.as_str()), ("线索，2月：17", "线索合计 20，定论合计 1"));
        assert_eq!((l.series[1].line.as_str(), l.series[1].dash), ("M68 188L524 180", 2));
        assert!(lines("空", &["1月".into()], &[("线索".into(), vec![0])]).series[0].line.starts_with("M68 188"));
    }
}
