//! Bars that add up: one a row, its parts side by side, told apart by shade and by pattern.
use super::bars::Given;
use super::{short, tall};

/// A drawing of bars that add up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    pub title: String,
    /// Said in full to whoever cannot see it.
    pub desc: String,
    pub width: i64,
    pub height: i64,
    pub left: i64,
    pub rows: Vec<Bar>,
    /// What the parts are: their shade, by number, and their name.
    pub series: Vec<(usize, String)>,
}
/// One bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    pub y: i64,
    pub label: String,
    /// Sum, in words, and where it stands.
    pub total: (String, i64),
    pub parts: Vec<Part>,
}
/// A part of a bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub x: i64,
    pub length: i64,
    /// Number of its shade, from one.
    pub shade: usize,
    /// What it is of, and how many; shown where it fits.
    pub title: String,
    pub value: String,
    pub fits: bool,
    pub href: String,
}
const WIDTH: i64 = 560;
const LEFT: i64 = 165;
const RIGHT: i64 = 60;
const STEP: i64 = 30;
/// Shades of the stylesheet, each with a pattern of its own; more parts begin again.
pub const SHADES: usize = 6;

/// Units and their parts, in the order of `series`.
pub fn stack(title: &str, series: &[String], rows: &[(String, Vec<Given>)]) -> Stack {
    let number = |g: &Given| g.number.and_then(|n| i64::try_from(n).ok()).unwrap_or(0);
    let sums: Vec<i64> = rows.iter().map(|(_, cells)| cells.iter().map(number).sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0).max(1);
    let bar = |(n, ((name, cells), sum)): (usize, (&(String, Vec<Given>), &i64))| {
        let (mut x, mut parts) = (LEFT, vec![]);
        for (k, cell) in cells.iter().enumerate().filter(|(_, c)| number(c) > 0) {
            let length = number(cell) * (WIDTH - LEFT - RIGHT) / most;
            let title = format!("{name}，{} {}", series.get(k).map_or("", String::as_str), cell.value);
            let fits = length >= 8 + 9 * tall(cell.value.len());
            parts.push(Part {
                x,
                length: length.max(1),
                shade: k % SHADES + 1,
                title,
                value: cell.value.clone(),
                fits,
                href: cell.href.clone(),
            });
            x += length.max(1);
        }
        Bar { y: tall(n) * STEP + 6, label: short(name, 11), total: (sum.to_string(), x + 8), parts }
    };
    let said = |((name, _), sum): (&(String, Vec<Given>), &i64)| format!("{name} {sum}");
    Stack {
        title: title.into(),
        desc: rows.iter().zip(&sums).map(said).collect::<Vec<_>>().join("，"),
        width: WIDTH,
        height: tall(rows.len()) * STEP + 8,
        left: LEFT,
        rows: rows.iter().zip(&sums).enumerate().map(bar).collect(),
        series: series.iter().enumerate().map(|(n, s)| (n % SHADES + 1, s.clone())).collect(),
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_side_by_side_and_the_longest_bar_fills_the_room() {
        let cell = |n: u64| Given { number: Some(n), value: n.to_string(), ..Given::default() };
        let s =
            stack("等次", &["优质".into(), "合格".into()], &[("甲".into(), vec![cell(4), cell(6)]), ("乙".into(), vec![cell(0), cell(5)])]);
        let of = |n: usize| s.rows[n].parts.iter().map(|p| (p.x, p.length, p.shade)).collect::<Vec<_>>();
        assert_eq!((of(0), of(1)), (vec![(165, 134, 1), (299, 201, 2)], vec![(165, 167, 2)]));
        assert_eq!((s.rows[0].total.0.as_str(), s.desc.as_str()), ("10", "甲 10，乙 5"));
    }
}
