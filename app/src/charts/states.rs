//! 流程图: the phases of a procedure from top to bottom, and its steps as lines beside them. What leads on runs at the right, what leads back
//! at the left, each in a lane of its own, with the numbers its steps bear in the table.
use domain::engine::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const HEAD: i64 = 10;
const BOX: i64 = 34;
const STUB: i64 = 18;
const GAP: i64 = 34;
const LANE: i64 = 14;

/// A phase as it is drawn.
#[derive(Clone, Debug)]
pub struct Place {
    pub y: i64,
    pub height: i64,
    pub label: &'static str,
    /// `start`, `main`, `side` or `end`.
    pub tone: &'static str,
}
/// Steps from some phases to one.
#[derive(Clone, Debug, Default)]
pub struct Way {
    /// Path data: the last piece bears the arrow.
    pub lines: Vec<String>,
    /// Numbers of the steps, and where they stand.
    pub numbers: String,
    pub at: (i64, i64),
    /// Whether the numbers end at `at`.
    pub ends: bool,
    pub title: String,
}
/// The picture.
#[derive(Clone, Debug, Default)]
pub struct States {
    pub width: i64,
    pub height: i64,
    /// Left edge and width of the boxes.
    pub left: i64,
    pub wide: i64,
    pub places: Vec<Place>,
    pub ways: Vec<Way>,
}
/// Lines of one direction to one phase, before they are drawn.
struct Bus {
    to: usize,
    from: Vec<usize>,
    steps: Vec<usize>,
    back: bool,
    lane: i64,
}
impl Bus {
    /// From the phase above to the one directly below: a plain arrow.
    fn straight(&self) -> bool {
        !self.back && self.from == [self.to.wrapping_sub(1)]
    }
    fn rows(&self) -> (usize, usize) {
        let ends = self.from.iter().chain([&self.to]);
        (ends.clone().min().copied().unwrap_or(0), ends.max().copied().unwrap_or(0))
    }
}

/// The picture of this procedure; the first place is where matters begin.
pub fn draw(kind: &Kind) -> States {
    let mut buses = buses(kind);
    for back in [false, true] {
        lanes(&mut buses, back);
    }
    let of = |back: bool| buses.iter().filter(move |b| b.back == back && !b.straight());
    let lanes = |back: bool| of(back).map(|b| b.lane + 1).max().unwrap_or(0);
    let room = |back: bool| of(back).map(|b| width(&numbers(&b.steps), 8)).max().map_or(0, |w| w + 20);
    let wide = kind.phases.iter().map(|p| width(p.label, 14)).max().unwrap_or(0) + 28;
    let left = 8 + lanes(true) * LANE + room(true);
    let mut places = places(kind);
    let stubs = stubs(&buses, &mut places);
    let right = left + wide;
    let mut ways: Vec<Way> = vec![];
    for (n, bus) in buses.iter().enumerate() {
        let lane = if bus.back { left - room(true) - bus.lane * LANE } else { right + room(false) + bus.lane * LANE };
        let edge = if bus.back { left } else { right };
        let mut way = if bus.straight() { arrow(bus, &places, left + wide / 2) } else { ways_of(n, bus, &stubs, edge, lane) };
        way.numbers = numbers(&bus.steps);
        way.title = title(kind, bus, &places);
        ways.push(way);
    }
    let height = places.last().map_or(0, |p| p.y + p.height) + HEAD;
    States { width: right + room(false) + lanes(false) * LANE + 8, height, left, wide, places, ways }
}
/// A width for this text, so much for a letter of ASCII and nearly twice as much for any other.
fn width(text: &str, size: i64) -> i64 {
    text.chars().map(|c| if c.is_ascii() { size.min(8) } else { size.max(13) }).sum()
}
/// “3、5–7”.
fn numbers(steps: &[usize]) -> String {
    let mut text = String::new();
    for run in steps.chunk_by(|a, b| a + 1 == *b) {
        let comma = if text.is_empty() { "" } else { "、" };
        let _ = match run {
            [first, .., last] if run.len() > 2 => write!(text, "{comma}{first}–{last}"),
            _ => write!(text, "{comma}{}", run.iter().map(usize::to_string).collect::<Vec<_>>().join("、")),
        };
    }
    text
}
fn buses(kind: &Kind) -> Vec<Bus> {
    let row = |name: &str| kind.phases.iter().position(|p| p.name == name).map(|n| n + 1);
    let mut all: BTreeMap<(usize, bool, Vec<usize>), Vec<usize>> = BTreeMap::new();
    for (n, step) in kind.steps.iter().enumerate() {
        let Some(to) = step.to.as_deref().and_then(row) else { continue };
        let from: BTreeSet<usize> = if step.opens() { [0].into() } else { step.from.iter().filter_map(|f| row(f)).collect() };
        for back in [false, true] {
            let side: Vec<usize> = from.iter().copied().filter(|f| if back { *f > to } else { *f < to }).collect();
            if !side.is_empty() {
                all.entry((to, back, side)).or_default().push(n + 1);
            }
        }
    }
    all.into_iter().map(|((to, back, from), steps)| Bus { to, from, steps, back, lane: 0 }).collect()
}
/// The innermost lane that is free, short lines first.
fn lanes(buses: &mut [Bus], back: bool) {
    let mut mine: Vec<&mut Bus> = buses.iter_mut().filter(|b| b.back == back && !b.straight()).collect();
    mine.sort_by_key(|b| (b.rows().1 - b.rows().0, b.rows().0));
    let mut taken: Vec<(i64, (usize, usize))> = vec![];
    for bus in mine {
        let (top, bottom) = bus.rows();
        let free = |lane: &i64| taken.iter().all(|(l, (t, b))| l != lane || bottom <= *t || *b <= top);
        bus.lane = (0..).find(free).unwrap_or(0);
        taken.push((bus.lane, (top, bottom)));
    }
}
fn places(kind: &Kind) -> Vec<Place> {
    let tone = |p: &domain::engine::PhaseInfo| match (p.ball, p.main) {
        (None, _) => "end",
        (_, true) => "main",
        _ => "side",
    };
    let start = Place { y: 0, height: 0, label: "立件", tone: "start" };
    let phases = kind.phases.iter().map(|p| Place { y: 0, height: 0, label: p.label, tone: tone(p) });
    [start].into_iter().chain(phases).collect()
}
/// Where each line touches a box: heights by (line, row). Boxes grow with the lines they bear; the order keeps lines of one side from
/// crossing at the box.
fn stubs(buses: &[Bus], places: &mut [Place]) -> BTreeMap<(usize, usize), i64> {
    let mut at = BTreeMap::new();
    let mut y = HEAD;
    for (row, place) in places.iter_mut().enumerate() {
        let side = |back: bool| {
            let touching = buses.iter().enumerate().filter(|(_, b)| b.back == back && !b.straight());
            let mut all: Vec<(i64, usize)> = touching
                .filter(|(_, b)| b.to == row || b.from.contains(&row))
                // What comes from above or goes up: inner lanes first; what goes down or comes from below: outer lanes first.
                .map(|(n, b)| if (b.to == row) == b.back { (10_000 - b.lane, n) } else { (b.lane, n) })
                .collect();
            all.sort_unstable();
            all
        };
        let (right, left) = (side(false), side(true));
        let most = i64::try_from(right.len().max(left.len())).unwrap_or(0);
        (place.y, place.height) = (y, BOX.max(most * STUB + 8));
        for lines in [right, left] {
            let n = i64::try_from(lines.len()).unwrap_or(0);
            let first = y + place.height / 2 - (n - 1) * STUB / 2;
            at.extend((0..).zip(lines).map(|(i, (_, bus))| ((bus, row), first + i * STUB)));
        }
        y += place.height + GAP;
    }
    at
}
fn arrow(bus: &Bus, places: &[Place], x: i64) -> Way {
    let (Some(from), Some(to)) = (places.get(bus.to - 1), places.get(bus.to)) else { return Way::default() };
    let line = format!("M{x} {}V{}", from.y + from.height, to.y - 1);
    Way { lines: vec![line], at: (x + 8, to.y - 12), ..Way::default() }
}
fn ways_of(n: usize, bus: &Bus, stubs: &BTreeMap<(usize, usize), i64>, edge: i64, lane: i64) -> Way {
    let y = |row: usize| stubs.get(&(n, row)).copied().unwrap_or(0);
    let end = y(bus.to);
    // The furthest source carries the whole line; the others join it.
    let far = if bus.back { bus.from.iter().max() } else { bus.from.iter().min() };
    let far = far.copied().unwrap_or(0);
    let mut lines: Vec<String> = bus.from.iter().filter(|f| **f != far).map(|f| format!("M{edge} {}H{lane}", y(*f))).collect();
    let (tip, at) = if bus.back { (edge - 1, edge - 12) } else { (edge + 1, edge + 12) };
    lines.push(format!("M{edge} {}H{lane}V{end}H{tip}", y(far)));
    Way { lines, at: (at, end - 3), ends: bus.back, ..Way::default() }
}
fn title(kind: &Kind, bus: &Bus, places: &[Place]) -> String {
    let label = |row: &usize| places.get(*row).map_or("", |p| p.label);
    let steps = bus.steps.iter().filter_map(|n| kind.steps.get(n - 1)).map(|s| s.label).collect::<Vec<_>>().join("、");
    let from = bus.from.iter().map(label).collect::<Vec<_>>().join("、");
    format!("{steps}：从“{from}”到“{}”", label(&bus.to))
}
