//! SQL of the numbers.
use domain::engine::Fact;

use crate::db::{self, Row, Tx, Value};
use crate::failure::Result;
use crate::matters::{self, Barred};
use crate::params;

/// The sum of a measure's standing facts.
pub fn sum(tx: &Tx, measure: &str) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM fact WHERE measure = $1 AND until_seq = $2";
    Ok(tx.one(sql, params![measure, i64::MAX])?.map_or(0, |r| r.int(0)))
}
/// Likewise, of those matters a person may not know of.
pub fn barred_sum(tx: &Tx, measure: &str, barred: &Barred) -> Result<i64> {
    let mut params: Vec<Value> = vec![measure.into(), i64::MAX.into()];
    let cond = barred.covers(&mut |v| {
        params.push(v);
        format!("${}", params.len())
    });
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(f.value), 0) AS BIGINT) FROM idx i JOIN fact f ON f.id = i.id WHERE f.measure = $1 AND f.until_seq = $2 AND ({cond})"
    );
    Ok(tx.one(&sql, &params)?.map_or(0, |r| r.int(0)))
}
/// The matters those facts belong to, newest first.
pub fn behind(tx: &Tx, measure: &str) -> Result<Vec<Row>> {
    let sql = "SELECT DISTINCT id FROM fact WHERE measure = $1 AND until_seq = $2 ORDER BY id DESC LIMIT 2000";
    tx.rows(sql, params![measure, i64::MAX])
}
/// `(id, org, codes)` of the matters with a standing fact of this measure, without those a person may not know of.
pub fn standing(tx: &Tx, measure: &str, barred: &Barred) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![measure.into(), i64::MAX.into()];
    let cut = barred.cut(&mut params);
    let sql = format!(
        "SELECT DISTINCT i.id, i.org, i.codes FROM fact f JOIN idx i ON i.id = f.id WHERE f.measure = $1 AND f.until_seq = $2{cut} ORDER BY i.id"
    );
    tx.rows(&sql, &params)
}
/// Every rating of appeals against this organisation before a day: bare numbers, for whoever may know of none of them.
pub fn scores(tx: &Tx, org: &str, before: &str) -> Result<Vec<i64>> {
    let sql = "SELECT value FROM fact WHERE measure = '企业评价' AND org = $1 AND on_day < $2 AND until_seq = $3";
    Ok(tx.rows(sql, params![org, before, i64::MAX])?.iter().map(|r| r.int(0)).collect())
}
/// `(id, body)` of the rectifications whose work was accepted.
pub fn accepted(tx: &Tx) -> Result<Vec<(i64, String)>> {
    let sql = "SELECT m.id, m.body FROM fact f JOIN matter m ON m.id = f.id WHERE f.measure = '整改验收' AND f.until_seq = $1";
    Ok(tx.rows(sql, params![i64::MAX])?.into_iter().map(|mut r| (r.int(0), r.take(1))).collect())
}
/// One unit as one person may see it.
pub struct Eyes<'a> {
    pub org: &'a str,
    pub keys: &'a [String],
    pub barred: &'a Barred,
}
impl Eyes<'_> {
    /// `what` of the unit's matters in sight, and the rest of the sentence; `$1` is the unit, further values are bound by `more`.
    fn rows(&self, tx: &Tx, what: &str, more: impl FnOnce(&mut dyn FnMut(Value) -> String) -> String) -> Result<Vec<Row>> {
        let mut params: Vec<Value> = vec![self.org.into()];
        let mut bind = |v: Value| {
            params.push(v);
            format!("${}", params.len())
        };
        let sight = matters::in_sight(self.keys, self.barred, &mut bind);
        let rest = more(&mut bind);
        tx.rows(&format!("{what} WHERE i.org = $1 AND {sight}{rest}"), &params)
    }
    /// `(kind, phase, how many)`.
    pub fn counts(&self, tx: &Tx) -> Result<Vec<Row>> {
        self.rows(tx, "SELECT i.kind, i.phase, COUNT(*) FROM idx i", |_| " GROUP BY i.kind, i.phase ORDER BY i.kind, i.phase".into())
    }
    /// Open matters due by a day, the first due first; at most so many.
    pub fn due_by(&self, tx: &Tx, day: &str, limit: i64) -> Result<Vec<Row>> {
        self.rows(tx, "SELECT i.id, i.due FROM idx i", |bind| {
            let (day, limit) = (bind(day.into()), bind(limit.into()));
            format!(" AND i.closed = 0 AND i.due <> '' AND i.due <= {day} ORDER BY i.due, i.id LIMIT {limit}")
        })
    }
    /// `(kind, codes, how many)` of what names problems.
    pub fn problems(&self, tx: &Tx) -> Result<Vec<Row>> {
        self.rows(tx, "SELECT i.kind, i.codes, COUNT(*) FROM idx i", |_| {
            " AND i.codes <> '' AND i.phase <> 'Voided' AND i.kind IN ('clue', 'review', 'rectification') GROUP BY i.kind, i.codes".into()
        })
    }
    /// `(category, how many)` of the standing facts of a measure.
    pub fn measured(&self, tx: &Tx, measure: &str) -> Result<Vec<Row>> {
        self.rows(tx, "SELECT f.category, COUNT(*) FROM idx i JOIN fact f ON f.id = i.id", |bind| {
            let (measure, forever) = (bind(measure.into()), bind(i64::MAX.into()));
            format!(" AND f.org = $1 AND f.measure = {measure} AND f.until_seq = {forever} GROUP BY f.category ORDER BY f.category")
        })
    }
    /// Ids of its matters of a kind, or of any, the one changed last first.
    pub fn newest(&self, tx: &Tx, kind: &str, limit: i64) -> Result<Vec<i64>> {
        let rows = self.rows(tx, "SELECT i.id FROM idx i", |bind| {
            let kind = if kind.is_empty() { String::new() } else { format!(" AND i.kind = {}", bind(kind.into())) };
            format!("{kind} ORDER BY i.changed_ms DESC, i.id DESC LIMIT {}", bind(limit.into()))
        })?;
        Ok(rows.iter().map(|r| r.int(0)).collect())
    }
}

pub fn put_fact(tx: &Tx, id: i64, f: &Fact, since: u64, until: i64) -> Result<()> {
    let sql = "INSERT INTO fact (id, measure, org, category, value, on_day, since_seq, until_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.exec(sql, params![id, f.measure, &f.org, &f.category, f.value, f.on.to_string(), since, until]).map(drop)
}
pub fn end_fact(tx: &Tx, id: i64, f: &Fact, seq: u64) -> Result<()> {
    let sql = "UPDATE fact SET until_seq = $7 WHERE id = $1 AND measure = $2 AND org = $3 AND category = $4 AND value = $5 AND on_day = $6 AND until_seq = $8";
    tx.exec(sql, params![id, f.measure, &f.org, &f.category, f.value, f.on.to_string(), seq, i64::MAX]).map(drop)
}
pub fn drop_facts(tx: &Tx, id: i64) -> Result<()> {
    tx.exec("DELETE FROM fact WHERE id = $1", params![id]).map(drop)
}
/// Adds to a row of the tally; a row of nothing goes. Key: measure, span, owner, unit, category.
pub fn add(tx: &Tx, [measure, span, owner, org, category]: [&str; 5], value: i64, n: i64) -> Result<()> {
    let sql = "INSERT INTO tally (measure, span, owner, org, category, value, n) VALUES ($1, $2, $3, $4, $5, $6, $7) \
               ON CONFLICT (measure, span, owner, org, category) DO UPDATE SET value = tally.value + excluded.value, n = tally.n + excluded.n";
    tx.exec(sql, params![measure, span, owner, org, category, value, n])?;
    if n < 0 {
        let sql = "DELETE FROM tally WHERE measure = $1 AND span = $2 AND owner = $3 AND org = $4 AND category = $5 AND n = 0";
        tx.exec(sql, params![measure, span, owner, org, category])?;
    }
    Ok(())
}
/// Every row of the tally.
pub fn each(tx: &Tx, f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    tx.each("SELECT measure, span, owner, org, category, value, n FROM tally", &[], f)
}
pub fn clear(tx: &Tx) -> Result<()> {
    tx.exec("DELETE FROM tally", &[]).map(drop)
}
/// `(measure, owner, org, category, day, value)` of every standing fact.
pub fn each_standing(tx: &Tx, f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    let sql =
        "SELECT f.measure, i.owner, f.org, f.category, f.on_day, f.value FROM fact f JOIN idx i ON i.id = f.id WHERE f.until_seq = $1";
    tx.each(sql, params![i64::MAX], f)
}
/// The matter up to which facts were written anew, while there are more: set by a migration.
pub fn facts_after(tx: &Tx) -> Result<Option<i64>> {
    Ok(tx.one("SELECT value FROM counter WHERE name = 'facts_after'", &[])?.map(|r| r.int(0)))
}
pub fn went_to(tx: &Tx, id: i64) -> Result<()> {
    tx.exec("UPDATE counter SET value = $1 WHERE name = 'facts_after'", params![id]).map(drop)
}
pub fn all_done(tx: &Tx) -> Result<()> {
    tx.exec("DELETE FROM counter WHERE name = 'facts_after'", &[]).map(drop)
}
pub fn ids_after(tx: &Tx, id: i64, limit: i64) -> Result<Vec<i64>> {
    Ok(tx.rows("SELECT id FROM matter WHERE id > $1 ORDER BY id LIMIT $2", params![id, limit])?.iter().map(|r| r.int(0)).collect())
}
/// What is asked of the facts: measures, whose matters, which unit, and by whom.
pub struct Asked<'a> {
    pub names: &'a [&'a str],
    pub owners: &'a [String],
    pub org: Option<&'a str>,
    pub keys: &'a [String],
    pub barred: &'a Barred,
}
impl Asked<'_> {
    /// Measures and unit over the table `of`, the owner of its matters over `owner`.
    fn sql(&self, of: &str, owner: &str, params: &mut Vec<Value>) -> String {
        let names = db::list(params, self.names.iter().copied());
        let owners = db::list(params, self.owners);
        let org = self.org.map_or_else(String::new, |org| format!(" AND {of}.org = {}", db::list(params, [org])));
        format!("{of}.measure IN ({names}) AND {owner}.owner IN ({owners}){org}")
    }
}
/// `(measure, unit, category, then sum and number of each span)` of the tally; each span by its first and last month.
pub fn sums(tx: &Tx, asked: &Asked, spans: [[String; 2]; 3]) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![];
    let cond = asked.sql("t", "t", &mut params);
    // All three are of one kind, years or months, so that their ends are an index range.
    let ends = [spans.iter().map(|s| &s[0]).min(), spans.iter().map(|s| &s[1]).max()].map(|s| s.cloned().unwrap_or_default());
    let range = format!("t.span BETWEEN {}", ends.map(|s| db::list(&mut params, [s])).join(" AND "));
    let within: Vec<String> = spans
        .into_iter()
        .map(|[from, to]| format!("t.span BETWEEN {} AND {}", db::list(&mut params, [from]), db::list(&mut params, [to])))
        .collect();
    let columns: Vec<String> =
        within.iter().flat_map(|w| ["value", "n"].map(|c| format!("CAST(SUM(CASE WHEN {w} THEN t.{c} ELSE 0 END) AS BIGINT)"))).collect();
    let sql = format!(
        "SELECT t.measure, t.org, t.category, {} FROM tally t WHERE {cond} AND {range} AND ({}) GROUP BY t.measure, t.org, t.category",
        columns.join(", "),
        within.join(" OR ")
    );
    tx.rows(&sql, &params)
}
/// `(measure, span, sum)` of the tally.
pub fn by_span(tx: &Tx, asked: &Asked, spans: &[String]) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![];
    let cond = asked.sql("t", "t", &mut params);
    let spans = db::list(&mut params, spans);
    let sql = format!(
        "SELECT t.measure, t.span, CAST(SUM(t.value) AS BIGINT) FROM tally t WHERE {cond} AND t.span IN ({spans}) GROUP BY t.measure, t.span"
    );
    tx.rows(&sql, &params)
}
const DATED: &str =
    "SELECT f.measure, f.org, f.category, f.on_day, CAST(SUM(f.value) AS BIGINT), COUNT(*) FROM idx i JOIN fact f ON f.id = i.id";
fn dated(tx: &Tx, asked: &Asked, sight: impl FnOnce(&mut dyn FnMut(Value) -> String) -> String) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![i64::MAX.into()];
    let cond = asked.sql("f", "i", &mut params);
    let sight = sight(&mut |v| {
        params.push(v);
        format!("${}", params.len())
    });
    tx.rows(&format!("{DATED} WHERE f.until_seq = $1 AND {cond} AND ({sight}) GROUP BY f.measure, f.org, f.category, f.on_day"), &params)
}
/// `(measure, unit, category, day, sum, number)` of standing facts of what a conflict hides, from a day on.
pub fn hidden(tx: &Tx, asked: &Asked, since: &str) -> Result<Vec<Row>> {
    dated(tx, asked, |bind| format!("f.on_day >= {} AND ({})", bind(since.into()), asked.barred.covers(bind)))
}
/// Likewise, of the matters this person finds.
pub fn seen(tx: &Tx, asked: &Asked) -> Result<Vec<Row>> {
    dated(tx, asked, |bind| matters::in_sight(asked.keys, asked.barred, bind))
}
/// One number's facts.
pub struct Behind<'a> {
    pub asked: Asked<'a>,
    /// Categories; all where none is named.
    pub categories: &'a [String],
    /// Beginning of the categories.
    pub class: &'a str,
    /// First day, and the first day after.
    pub days: [String; 2],
}
impl Behind<'_> {
    fn sql(&self, params: &mut Vec<Value>) -> String {
        let mut cond = self.asked.sql("f", "i", params);
        if !self.categories.is_empty() {
            cond += &format!(" AND f.category IN ({})", db::list(params, self.categories));
        }
        if !self.class.is_empty() {
            cond += &format!(" AND f.category LIKE {}", db::list(params, [format!("{}%", self.class)]));
        }
        let [from, to] = &self.days;
        let days = format!(" AND f.on_day >= {} AND f.on_day < {}", db::list(params, [from]), db::list(params, [to]));
        let cut = self.asked.barred.cut(params);
        format!(" FROM fact f JOIN idx i ON i.id = f.id WHERE f.until_seq = {}{days} AND {cond}{cut}", i64::MAX)
    }
    /// How many facts there are, without what a conflict hides; and how many of those this person finds.
    pub fn count(&self, tx: &Tx) -> Result<[i64; 2]> {
        let mut params: Vec<Value> = vec![];
        let from = self.sql(&mut params);
        let all = tx.one(&format!("SELECT COUNT(*){from}"), &params)?.map_or(0, |r| r.int(0));
        let sight = matters::in_sight(self.asked.keys, self.asked.barred, &mut |v| {
            params.push(v);
            format!("${}", params.len())
        });
        let seen = tx.one(&format!("SELECT COUNT(*){from} AND {sight}"), &params)?.map_or(0, |r| r.int(0));
        Ok([all, seen])
    }
    /// `(id, unit, category, day, value)` of those he finds, newest first, so many from the one after `skip`.
    pub fn rows(&self, tx: &Tx, skip: i64, limit: i64) -> Result<Vec<Row>> {
        let mut params: Vec<Value> = vec![];
        let from = self.sql(&mut params);
        let mut bind = |v: Value| {
            params.push(v);
            format!("${}", params.len())
        };
        let sight = matters::in_sight(self.asked.keys, self.asked.barred, &mut bind);
        let (limit, skip) = (bind(limit.into()), bind(skip.into()));
        let sql = format!(
            "SELECT f.id, f.org, f.category, f.on_day, f.value{from} AND {sight} ORDER BY f.on_day DESC, f.id DESC, f.category LIMIT {limit} OFFSET {skip}"
        );
        tx.rows(&sql, &params)
    }
}
/// Open matters these holders find: all, overdue, due by the second day, standing still.
pub fn open_now(tx: &Tx, owners: &[String], keys: &[String], barred: &Barred, [today, soon]: [String; 2]) -> Result<[i64; 4]> {
    let mut params: Vec<Value> = vec![today.into(), soon.into()];
    let owners = db::list(&mut params, owners);
    let found = matters::found(keys, barred, &mut |v| {
        params.push(v);
        format!("${}", params.len())
    });
    let count = |cond: &str| format!("CAST(COALESCE(SUM(CASE WHEN {cond} THEN 1 ELSE 0 END), 0) AS BIGINT)");
    let sql = format!(
        "SELECT COUNT(*), {}, {}, {} FROM idx i WHERE i.closed = 0 AND i.owner IN ({owners}) AND {found}",
        count("i.due <> '' AND i.due < $1"),
        count("i.due >= $1 AND i.due <= $2"),
        count("i.paused = 1")
    );
    Ok(tx.one(&sql, &params)?.map_or([0; 4], |r| [0, 1, 2, 3].map(|n| r.int(n))))
}
