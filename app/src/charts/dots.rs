//! Rates with their intervals: a dot on a line from 0 to 100 for each unit, in the order given; no rate of a few.
use domain::agreement::Rate;

use super::{short, tall};

/// A drawing of rates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dots {
    pub title: String,
    pub desc: String,
    pub width: i64,
    pub height: i64,
    /// Ends of the scale.
    pub left: i64,
    pub right: i64,
    /// Ticks of the scale.
    pub xs: Vec<(i64, String)>,
    pub bottom: i64,
    pub rows: Vec<Row>,
}
/// One unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub y: i64,
    pub label: String,
    /// Dot, lower and upper end; nothing where there is no rate.
    pub at: Option<(i64, i64, i64)>,
    pub words: String,
    pub href: String,
}
/// What a row is drawn from.
pub struct Given {
    pub label: String,
    pub hits: i64,
    pub of: i64,
    pub rate: Option<Rate>,
    pub href: String,
}
const LEFT: i64 = 165;
const RIGHT: i64 = 420;
const STEP: i64 = 32;
const TOP: i64 = 24;

/// Rates of these units; what is said where there are fewer than `few`.
pub fn dots(title: &str, rows: &[Given], few: usize) -> Dots {
    let place = |text: &str| {
        let tenths: i64 = text.replace('.', "").parse().unwrap_or(0);
        LEFT + tenths.clamp(0, 1_000) * (RIGHT - LEFT) / 1_000
    };
    let row = |(n, g): (usize, &Given)| {
        let at = g.rate.as_ref().and_then(|r| r.interval.as_ref().map(|(low, high)| (place(&r.per_100), place(low), place(high))));
        let words = match &g.rate {
            Some(r) => format!("{}　{}/{}", r.per_100, g.hits, g.of),
            None => format!("{}/{}，少于 {few} 件，不排名", g.hits, g.of),
        };
        Row { y: TOP + tall(n) * STEP, label: short(&g.label, 11), at, words, href: g.href.clone() }
    };
    let bottom = TOP + tall(rows.len()) * STEP - 8;
    Dots {
        title: title.into(),
        desc: rows.iter().enumerate().map(row).map(|r| format!("{} {}", r.label, r.words)).collect::<Vec<_>>().join("；"),
        width: 560,
        left: LEFT,
        right: RIGHT,
        height: bottom + 28,
        xs: [0, 25, 50, 75, 100].map(|n| (LEFT + n * (RIGHT - LEFT) / 100, n.to_string())).into(),
        bottom,
        rows: rows.iter().enumerate().map(row).collect(),
    }
}
#[cfg(test)]
mod tests {
    use super::*;
    use domain::agreement::rate;

    #[test]
    fn a_rate_lies_within_its_interval_and_few_have_none() {
        let given = |hits: usize, of: usize| Given {
            label: "甲".into(),
            hits: hits as i64,
            of: of as i64,
            rate: rate(hits, of, 5),
            href: String::new(),
        };
        let d = dots("按期", &[given(8, 8), given(3, 4)], 5);
        let (dot, low, high) = d.rows[0].at.unwrap_or_default();
        assert!(low < dot && dot == high && high == 420, "{d:?}");
        assert_eq!((d.rows[1].at, d.rows[1].words.as_str()), (None, "3/4，少于 5 件，不排名"));
    }
}
