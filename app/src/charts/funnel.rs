//! 漏斗图: units by how many dossiers were reviewed and the rate that is fair to their mix, between the limits that chance passes rarely. The
//! places say everything in shapes, so that it prints in black and white.
use domain::agreement::Place;
use std::fmt::Write as _;

/// The plot, in units of the drawing: left, top, right, bottom.
const LEFT: u64 = 56;
const TOP: u64 = 16;
const RIGHT: u64 = 704;
const BOTTOM: u64 = 316;

/// Where a unit lies, by the limits of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    High,
    Within,
    Low,
}
/// One unit.
#[derive(Clone, Debug)]
pub struct Point {
    /// Its number in the table.
    pub n: usize,
    pub name: String,
    pub reviewed: usize,
    /// Per thousand.
    pub rate: u64,
    pub side: Side,
}
/// A unit as it is drawn.
#[derive(Clone, Debug)]
pub struct Dot {
    pub n: usize,
    pub x: u64,
    pub y: u64,
    /// Path data of its shape: a circle, a triangle upwards or downwards.
    pub shape: String,
    /// Filled: outside.
    pub filled: bool,
    pub title: String,
}
/// A tick: where, and what it says.
pub type Tick = (u64, String);
/// The picture.
#[derive(Clone, Debug, Default)]
pub struct Funnel {
    pub desc: String,
    /// Path data: outer low and high, inner low and high.
    pub outer: [String; 2],
    pub inner: [String; 2],
    /// Height of the city's rate.
    pub base: u64,
    pub xs: Vec<Tick>,
    pub ys: Vec<Tick>,
    pub dots: Vec<Dot>,
}
/// The two scales.
struct Scale {
    most: u64,
    top: u64,
}
impl Scale {
    fn x(&self, n: usize) -> u64 {
        LEFT + wide(n).min(self.most) * (RIGHT - LEFT) / self.most.max(1)
    }
    fn y(&self, rate: u64) -> u64 {
        BOTTOM - rate.min(self.top) * (BOTTOM - TOP) / self.top.max(1)
    }
}
fn wide(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
/// The next number of one, two or five times a power of ten.
fn round_up(n: u64) -> u64 {
    let mut step = 1;
    loop {
        for times in [1, 2, 5] {
            if step * times >= n {
                return step * times;
            }
        }
        step *= 10;
    }
}
/// So many numbers of dossiers from the fewest to the most, for the curves.
pub fn numbers(few: usize, most: usize) -> Vec<usize> {
    let (few, steps) = (few.max(1), 48);
    let mut all: Vec<usize> = (0..=steps).map(|k| few + most.saturating_sub(few) * k / steps).collect();
    all.dedup();
    all
}
/// Draws the units (per thousand) around the city's rate `base`.
pub fn draw(points: &[Point], base: u64, places: &[Place], desc: String) -> Funnel {
    let most = points.iter().map(|p| p.reviewed).chain(places.iter().map(|p| p.0)).max().unwrap_or(1);
    let highest = points.iter().map(|p| p.rate).max().unwrap_or(0);
    // What lies above the picture near its left edge is cut off: the middle of the funnel is what one reads.
    let shown = places.get(places.len() / 4).map_or(0, |(_, [.., high])| *high);
    let step = round_up((highest.max(shown).max(base) + 50).div_ceil(5));
    let top = ((highest.max(shown).max(base) + 49) / step + 1) * step;
    let across = round_up(wide(most).div_ceil(6));
    let scale = Scale { most: (wide(most) / across + 1) * across, top: top.min(1_000.max(step)) };
    let curve = |which: usize| path(places.iter().map(|(n, limits)| (scale.x(*n), scale.y(limits.get(which).copied().unwrap_or(0)))));
    Funnel {
        desc,
        outer: [curve(0), curve(3)],
        inner: [curve(1), curve(2)],
        base: scale.y(base),
        xs: (0..=scale.most / across).map(|k| (LEFT + k * across * (RIGHT - LEFT) / scale.most, (k * across).to_string())).collect(),
        ys: (0..=scale.top / step).map(|k| (scale.y(k * step), tenths(k * step))).collect(),
        dots: points.iter().map(|p| dot(p, &scale)).collect(),
    }
}
/// Per hundred, without a nought behind the point.
fn tenths(per_thousand: u64) -> String {
    let (whole, rest) = (per_thousand / 10, per_thousand % 10);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest}") }
}
fn path(places: impl Iterator<Item = (u64, u64)>) -> String {
    let mut d = String::new();
    for (n, (x, y)) in places.enumerate() {
        let _ = write!(d, "{}{x} {y}", if n == 0 { 'M' } else { 'L' });
    }
    d
}
fn dot(p: &Point, scale: &Scale) -> Dot {
    let (x, y) = (scale.x(p.reviewed), scale.y(p.rate));
    let shape = match p.side {
        Side::Within => format!("M{} {y}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", x.saturating_sub(5)),
        Side::High => format!("M{x} {}l7 12h-14z", y.saturating_sub(7)),
        Side::Low => format!("M{x} {}l7 -12h-14z", y + 7),
    };
    let side = match p.side {
        Side::High => "高于界限",
        Side::Within => "在界限内",
        Side::Low => "低于界限",
    };
    let title = format!("{}. {}：{} 件，每百件 {}，{side}", p.n, p.name, p.reviewed, tenths(p.rate));
    Dot { n: p.n, x, y, shape, filled: p.side != Side::Within, title }
}
