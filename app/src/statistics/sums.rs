//! Sums of one period as one person may know them: of the matters his desks keep, without what a conflict takes out of his sight.
use domain::engine::{Person, holders};
use std::collections::BTreeMap;

use super::measures::{Desk, MEASURES, Measure, measure};
use super::period::{Period, key};
use super::queries::{self, Asked};
use crate::db::Tx;
use crate::failure::Result;
use crate::house::House;
use crate::matters::{self, Barred};

/// Sum of values, and how many facts they are.
pub type Sum = (i64, i64);
/// One unit and category of a measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub org: String,
    pub category: String,
    /// In the period, in the span before, a year ago.
    pub sums: [Sum; 3],
}
/// Who asks, of which unit.
pub struct Eyes {
    /// What each desk of his keeps; desks he does not hold are missing.
    pub desks: Vec<(Desk, Vec<String>)>,
    pub keys: Vec<String>,
    pub barred: Barred,
    /// One unit only, where he says so.
    pub org: Option<String>,
}
impl Eyes {
    /// What this person is told of.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn of(tx: &Tx, house: &House, who: &Person, org: Option<&str>) -> Result<Self> {
        let owners = |desk: Desk| -> Vec<String> {
            let mut all: Vec<String> =
                who.roles.iter().filter(|r| desk.roles().contains(&r.role.as_str())).map(|r| r.org.clone()).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let desks = Desk::ALL.into_iter().map(|d| (d, owners(d))).filter(|(_, o)| !o.is_empty()).collect();
        let barred = matters::barred(who, &*house.registers(tx)?);
        Ok(Self { desks, keys: holders(who), barred, org: org.map(ToOwned::to_owned) })
    }
    /// Whose matters of this measure he is told of; nothing where of none.
    pub fn owners(&self, m: &Measure) -> Option<&[String]> {
        self.desks.iter().find(|(d, _)| *d == m.desk).map(|(_, o)| o.as_slice())
    }
    /// Whether he is told of every one of these.
    pub fn told(&self, measures: &[&str]) -> bool {
        measures.iter().all(|name| measure(name).is_some_and(|m| self.owners(m).is_some()))
    }
    fn asked<'a>(&'a self, names: &'a [&'a str], owners: &'a [String]) -> Asked<'a> {
        Asked { names, owners, org: self.org.as_deref(), keys: &self.keys, barred: &self.barred }
    }
    /// `(measure, unit, category, day, value, number)` of what a conflict hides and the tally holds, from a day on.
    fn hidden(&self, tx: &Tx, of: &Asked, since: &str) -> Result<Vec<crate::db::Row>> {
        if self.barred.is_empty() { Ok(vec![]) } else { queries::hidden(tx, of, since) }
    }
}
/// The sums of every measure he is told of.
#[derive(Default)]
pub struct Sums(BTreeMap<&'static str, Vec<Part>>);
/// Unit and category → sums of the three spans.
type Counting = BTreeMap<(String, String), [Sum; 3]>;
/// Sums while they are put together.
#[derive(Default)]
struct Gathering(BTreeMap<&'static str, Counting>);
impl Gathering {
    /// Of this period.
    ///
    /// # Errors
    /// A fault of the engine.
    fn of(tx: &Tx, eyes: &Eyes, period: Period) -> Result<Sums> {
        let spans = [period, period.before(), period.year_ago()];
        let since = format!("{}-01", key(spans.iter().map(|s| s.from).min().unwrap_or(period.from)));
        let mut all = Self::default();
        for (desk, owners) in &eyes.desks {
            let names = |looked_up: bool| -> Vec<&'static str> {
                MEASURES.iter().filter(|m| m.desk == *desk && m.looked_up == looked_up).map(|m| m.name).collect()
            };
            let (plain, looked_up) = (names(false), names(true));
            let asked = eyes.asked(&plain, owners);
            for mut r in queries::sums(tx, &asked, spans.map(Period::spans))? {
                let sums = [0, 1, 2].map(|n| (r.int(3 + 2 * n), r.int(4 + 2 * n)));
                all.add(&r.take(0), &r.take(1), &r.take(2), sums);
            }
            for row in eyes.hidden(tx, &asked, &since)? {
                all.add_dated(row, spans, -1);
            }
            if !looked_up.is_empty() {
                for row in queries::seen(tx, &eyes.asked(&looked_up, owners))? {
                    all.add_dated(row, spans, 1);
                }
            }
        }
        Ok(all.settled())
    }
    fn add_dated(&mut self, mut row: crate::db::Row, spans: [Period; 3], sign: i64) {
        let month = row.text(3).get(..7).unwrap_or("").to_owned();
        let sums = spans.map(|s| if s.has(&month) { (sign * row.int(4), sign * row.int(5)) } else { (0, 0) });
        self.add(&row.take(0), &row.take(1), &row.take(2), sums);
    }
    fn add(&mut self, name: &str, org: &str, category: &str, sums: [Sum; 3]) {
        let Some(m) = measure(name) else { return };
        let at = self.0.entry(m.name).or_default().entry((org.to_owned(), category.to_owned())).or_default();
        at.iter_mut().zip(sums).for_each(|(a, b)| *a = (a.0 + b.0, a.1 + b.1));
    }
    /// By unit and category, without what came to nothing.
    fn settled(self) -> Sums {
        let part = |((org, category), sums): ((String, String), [Sum; 3])| Part { org, category, sums };
        let parts = |all: Counting| all.into_iter().map(part).filter(|p| p.sums.iter().any(|s| s.1 != 0)).collect();
        Sums(self.0.into_iter().map(|(m, all)| (m, parts(all))).collect())
    }
}
impl Sums {
    /// Of this period, for these eyes.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn of(tx: &Tx, eyes: &Eyes, period: Period) -> Result<Self> {
        Gathering::of(tx, eyes, period)
    }
    /// Units and categories of a measure.
    pub fn parts(&self, name: &str) -> &[Part] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
    /// What these parts of a measure come to.
    pub fn sum(&self, name: &str, fits: impl Fn(&Part) -> bool) -> [Sum; 3] {
        self.parts(name).iter().filter(|p| fits(p)).fold([(0, 0); 3], |all, p| {
            let [a, b, c] = all;
            let [x, y, z] = p.sums;
            [(a.0 + x.0, a.1 + x.1), (b.0 + y.0, b.1 + y.1), (c.0 + z.0, c.1 + z.1)]
        })
    }
    /// The whole of a measure.
    pub fn all(&self, name: &str) -> [Sum; 3] {
        self.sum(name, |_| true)
    }
}
/// A measure span by span (months, or weeks by `super::week`, the first first), as the tally holds it and as this person may know it.
///
/// # Errors
/// A fault of the engine.
pub fn spans(tx: &Tx, eyes: &Eyes, names: &[&str], wanted: &[String]) -> Result<BTreeMap<(String, String), i64>> {
    let mut all = BTreeMap::new();
    let since = wanted.first().map(|s| s.trim_start_matches('W').to_owned()).unwrap_or_default();
    let weeks = wanted.first().is_some_and(|s| s.starts_with('W'));
    for (desk, owners) in &eyes.desks {
        let names: Vec<&str> = names.iter().copied().filter(|n| measure(n).is_some_and(|m| m.desk == *desk)).collect();
        if names.is_empty() {
            continue;
        }
        let asked = eyes.asked(&names, owners);
        for mut r in queries::by_span(tx, &asked, wanted)? {
            *all.entry((r.take(0), r.take(1))).or_insert(0) += r.int(2);
        }
        for mut r in eyes.hidden(tx, &asked, &since)? {
            let day = r.text(3).parse().unwrap_or_default();
            let span = if weeks { super::week(day) } else { super::month(day) };
            if let Some(n) = all.get_mut(&(r.take(0), span)) {
                *n -= r.int(4);
            }
        }
    }
    Ok(all)
}
/// The twelve months that end with this one.
pub fn twelve(to: i32) -> Vec<String> {
    (to - 11..=to).map(key).collect()
}
