//! Points of a review, exact to a hundredth.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// Points in whole hundredths (百分之一分): `Points(50)` is 0.5 分, `Points(10_000)` is 100 分. In JSON and rows a decimal
/// text without trailing zeros, such as `"0.5"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(pub u32);

impl Points {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// 100 分, the sum of every sheet.
    pub const FULL: Self = Self(10_000);
    /// No single number may be larger: a slip of the pen, and sums stay far from the edge of the type.
    pub const LARGEST: Self = Self(100_000);

    /// Whole points.
    pub const fn whole(points: u32) -> Self {
        Self(points * 100)
    }
    /// Reads `12`, `0.5` or `94.95`, full-width digits too; at most two decimals, at most 1000 points.
    pub fn read(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().map(super::score::half_width).collect();
        let (whole, part) = text.split_once('.').unwrap_or((&text, "0"));
        let digits = |s: &str, most: usize| !s.is_empty() && s.len() <= most && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole, 4) || !digits(part, 2) {
            return None;
        }
        let tenfold = if part.len() == 1 { 10 } else { 1 };
        let points = Self(whole.parse::<u32>().ok()? * 100 + part.parse::<u32>().ok()? * tenfold);
        (points <= Self::LARGEST).then_some(points)
    }
    /// The difference, zero if it would be negative.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
    /// Several times.
    #[must_use]
    pub fn times(self, n: u32) -> Self {
        Self(self.0.saturating_mul(n))
    }
    /// The mean, rounded half up to a hundredth; none of nothing.
    pub fn mean(all: &[Self]) -> Option<Self> {
        let n = u64::try_from(all.len()).ok().filter(|n| *n > 0)?;
        let sum: u64 = all.iter().map(|p| u64::from(p.0)).sum();
        u32::try_from((sum * 2 + n) / (2 * n)).ok().map(Self)
    }
    /// As a number of points, for statistics only.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}
impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.fold(0, |sum, p| sum.saturating_add(p.0)))
    }
}
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match (part, part % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", part / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}
impl Serialize for Points {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::read(&text).ok_or_else(|| D::Error::custom(format!("“{text}”不是分值；应为最多两位小数的数")))
    }
}
