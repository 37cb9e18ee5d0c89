//! Bars: one a row, its name to the left, its number to the right. What is left out has no bar, and says so.

/// A drawing of bars.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bars {
    /// Said to whoever cannot see it.
    pub title: String,
    /// Size of the drawing.
    pub width: i64,
    /// Size of the drawing.
    pub height: i64,
    /// Where the bars begin.
    pub left: i64,
    /// The bars.
    pub rows: Vec<Bar>,
}
/// One bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// Its upper edge.
    pub y: i64,
    /// Its length; nought where its number is left out.
    pub length: i64,
    /// What it is of.
    pub label: String,
    /// Its number, in words.
    pub value: String,
}
const WIDTH: i64 = 720;
const LEFT: i64 = 210;
const STEP: i64 = 30;
/// Room for the number after the longest bar.
const RIGHT: i64 = 130;

/// Bars of these `(label, number, number in words)`; a number that may not be told is `None`.
pub fn bars(title: &str, rows: &[(String, Option<u64>, String)]) -> Bars {
    let most = rows.iter().filter_map(|r| r.1).max().unwrap_or(0).max(1);
    let room = u64::try_from(WIDTH - LEFT - RIGHT).unwrap_or(1);
    let length = |n: u64| i64::try_from(u128::from(n) * u128::from(room) / u128::from(most)).unwrap_or(0);
    let bar = |(n, (label, number, value)): (usize, &(String, Option<u64>, String))| Bar {
        y: i64::try_from(n).unwrap_or(0) * STEP + 6,
        length: number.map_or(0, |n| length(n).max(i64::from(n > 0) * 2)),
        label: short(label),
        value: value.clone(),
    };
    let rows: Vec<Bar> = rows.iter().enumerate().map(bar).collect();
    Bars { title: title.into(), width: WIDTH, height: i64::try_from(rows.len()).unwrap_or(0) * STEP + 8, left: LEFT, rows }
}
/// As much of a name as fits left of its bar.
fn short(label: &str) -> String {
    const FITS: usize = 14;
    if label.chars().count() <= FITS { label.to_owned() } else { label.chars().take(FITS - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_the_room_and_what_is_left_out_has_none() {
        let row = |l: &str, n: Option<u64>| (l.to_owned(), n, n.map_or("不列".to_owned(), |n| n.to_string()));
        let b = bars("等次", &[row("合格", Some(20)), row("优质", Some(5)), row("不合格", None), row("瑕疵", Some(0))]);
        assert_eq!(b.rows.iter().map(|r| r.length).collect::<Vec<_>>(), [380, 95, 0, 0]);
        assert_eq!((b.height, b.rows[2].value.as_str()), (128, "不列"));
        assert!(bars("空", &[]).rows.is_empty());
    }
}
