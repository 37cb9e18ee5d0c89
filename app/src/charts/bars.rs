//! Bars: one a row, its name to the left, its number to the right. What is left out has no bar, and says so.
use super::{short, tall};

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
    /// Where its number opens; empty where it does not.
    pub href: String,
}
/// What a bar is drawn from; a number that may not be told is `None`.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub label: String,
    pub number: Option<u64>,
    pub value: String,
    pub href: String,
}
// Half the width of a desk's page at the size of its text.
const WIDTH: i64 = 560;
const LEFT: i64 = 165;
const STEP: i64 = 30;
/// Room for the number after the longest bar.
const RIGHT: i64 = 90;
/// Han characters left of a bar.
const FITS: usize = 11;

/// Bars of these `(label, number, number in words)`; a number that may not be told is `None`.
pub fn bars(title: &str, rows: &[(String, Option<u64>, String)]) -> Bars {
    let given = |(label, number, value): &(String, Option<u64>, String)| Given {
        label: label.clone(),
        number: *number,
        value: value.clone(),
        href: String::new(),
    };
    linked(title, &rows.iter().map(given).collect::<Vec<_>>())
}
/// Bars that open to their rows.
pub fn linked(title: &str, rows: &[Given]) -> Bars {
    let most = rows.iter().filter_map(|r| r.number).max().unwrap_or(0).max(1);
    let room = u64::try_from(WIDTH - LEFT - RIGHT).unwrap_or(1);
    let length = |n: u64| i64::try_from(u128::from(n) * u128::from(room) / u128::from(most)).unwrap_or(0);
    let bar = |(n, given): (usize, &Given)| Bar {
        y: tall(n) * STEP + 6,
        length: given.number.map_or(0, |n| length(n).max(i64::from(n > 0) * 2)),
        label: short(&given.label, FITS),
        value: given.value.clone(),
        href: given.href.clone(),
    };
    let rows: Vec<Bar> = rows.iter().enumerate().map(bar).collect();
    Bars { title: title.into(), width: WIDTH, height: tall(rows.len()) * STEP + 8, left: LEFT, rows }
}
impl Bars {
    /// A picture with links is a group, one without is an image.
    pub fn opens(&self) -> bool {
        self.rows.iter().any(|r| !r.href.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_the_room_and_what_is_left_out_has_none() {
        let row = |l: &str, n: Option<u64>| (l.to_owned(), n, n.map_or("不列".to_owned(), |n| n.to_string()));
        let b = bars("等次", &[row("合格", Some(20)), row("优质", Some(5)), row("不合格", None), row("瑕疵", Some(0))]);
        assert_eq!(b.rows.iter().map(|r| r.length).collect::<Vec<_>>(), [305, 76, 0, 0]);
        assert_eq!((b.height, b.rows[2].value.as_str()), (128, "不列"));
        assert!(bars("空", &[]).rows.is_empty());
    }
}
