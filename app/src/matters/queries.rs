//! SQL of matters.
use domain::engine::Kin;

use super::store::IndexRow;
use crate::db::{self, Dialect, Row, Tx, Value};
use crate::edge::Now;
use crate::failure::Result;
use crate::params;

/// Row keys of confidential matters are above this.
pub const CONFIDENTIAL_FROM: i64 = 1 << 40;
/// Whether this is the row key of confidential intake.
pub fn confidential(id: i64) -> bool {
    id > CONFIDENTIAL_FROM
}
/// The instant by which what concerns this matter is dated: of confidential intake the day alone (trust.md 4.3).
pub fn dated(now: Now, id: i64) -> Now {
    if id > CONFIDENTIAL_FROM { now.by_day() } else { now }
}
/// Columns of a list row, in the order `list::Item` reads them.
macro_rules! item {
    () => {
        "i.id, i.kind, i.number, i.title, i.gist, i.phase, i.ball, i.org, i.owner, i.codes, i.due, i.due_label, i.provisional, i.paused, i.closed, i.opened_on, i.marks"
    };
}

pub fn matter(tx: &Tx, number: &str) -> Result<Option<Row>> {
    tx.one("SELECT id, number, kind, body FROM matter WHERE number = $1", params![number])
}
pub fn matter_by_id(tx: &Tx, id: i64) -> Result<Option<Row>> {
    tx.one("SELECT id, number, kind, body FROM matter WHERE id = $1", params![id])
}
pub fn id_of(tx: &Tx, number: &str) -> Result<Option<i64>> {
    Ok(tx.one("SELECT id FROM matter WHERE number = $1", params![number])?.map(|r| r.int(0)))
}
pub fn owner(tx: &Tx, id: i64) -> Result<Option<String>> {
    Ok(tx.one("SELECT owner FROM idx WHERE id = $1", params![id])?.map(|mut r| r.take(0)))
}
pub fn put_matter(tx: &Tx, id: i64, kind: &str, number: &str, version: u32, body: &str, new: bool) -> Result<()> {
    if new {
        let sql = "INSERT INTO matter (id, kind, number, version, body) VALUES ($1, $2, $3, $4, $5)";
        return tx.exec(sql, params![id, kind, number, version, body]).map(drop);
    }
    tx.exec("UPDATE matter SET version = $2, body = $3 WHERE id = $1", params![id, version, body]).map(drop)
}
pub fn put_idx(tx: &Tx, id: i64, x: &IndexRow, mark: &str, now: Now, new: bool) -> Result<()> {
    let insert = "INSERT INTO idx (id, title, gist, phase, ball, org, codes, marks, due, due_label, provisional, paused, closed, changed_ms, \
                  tokens, kind, number, owner, opened_on) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    let update = "UPDATE idx SET title = $2, gist = $3, phase = $4, ball = $5, org = $6, codes = $7, marks = $8, due = $9, due_label = $10, \
                  provisional = $11, paused = $12, closed = $13, changed_ms = $14, tokens = $15 WHERE id = $1";
    let (title, gist, phase, ball, org, codes, marks) = (&x.title, &x.gist, &x.phase, &x.ball, &x.org, &x.codes, &x.marks);
    let (due, label, provisional, paused, closed) = (&x.due, x.due_label, x.provisional, x.paused, x.closed);
    let same = params![id, title, gist, phase, ball, org, codes, marks, due, label, provisional, paused, closed, now.ms, mark];
    if !new {
        return tx.exec(update, same).map(drop);
    }
    let once = params![x.kind, &x.number, &x.owner, now.today.to_string()];
    tx.exec(insert, &[same.as_slice(), once].concat()).map(drop)
}
pub fn tokens_mark(tx: &Tx, id: i64) -> Result<Option<String>> {
    Ok(tx.one("SELECT tokens FROM idx WHERE id = $1", params![id])?.map(|mut r| r.take(0)))
}
/// Matters whose search texts are to be written anew.
pub fn unsearched(tx: &Tx, limit: i64) -> Result<Vec<i64>> {
    Ok(tx.rows("SELECT id FROM idx WHERE tokens = '' ORDER BY id LIMIT $1", params![limit])?.iter().map(|r| r.int(0)).collect())
}
pub fn searched(tx: &Tx, id: i64, title: &str, gist: &str, mark: &str) -> Result<()> {
    tx.exec("UPDATE idx SET title = $2, gist = $3, tokens = $4 WHERE id = $1", params![id, title, gist, mark]).map(drop)
}
pub fn put_party(tx: &Tx, holder: &str, kind: &str, id: i64, standing: &str, mine: bool, due: &str) -> Result<()> {
    let sql = "INSERT INTO party (holder, kind, id, standing, mine, due) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (holder, kind, id, standing) DO UPDATE SET mine = excluded.mine, due = excluded.due";
    tx.exec(sql, params![holder, kind, id, standing, mine, due]).map(drop)
}
pub fn drop_party(tx: &Tx, holder: &str, kind: &str, id: i64, standing: &str) -> Result<()> {
    let sql = "DELETE FROM party WHERE holder = $1 AND kind = $2 AND id = $3 AND standing = $4";
    tx.exec(sql, params![holder, kind, id, standing]).map(drop)
}
/// Numbers are given in the transaction of the opening: none is lost, none is given twice.
pub fn next_number(tx: &Tx, prefix: &str, year: i16) -> Result<String> {
    let n = count_up(tx, &format!("{prefix}-{year}"))?;
    Ok(format!("{prefix}-{year}-{n:04}"))
}
/// Confidential intake is counted apart: the rows beside it would date it.
pub fn next_id(tx: &Tx, confidential: bool) -> Result<i64> {
    if confidential { Ok(CONFIDENTIAL_FROM + count_up(tx, "matter/confidential")?) } else { count_up(tx, "matter") }
}
/// The row key the next matter of this kind will have.
pub fn to_come(tx: &Tx, kind: &str) -> Result<i64> {
    let confidential = domain::procedures::kind(kind).is_some_and(|k| k.confidential);
    let (name, from) = if confidential { ("matter/confidential", CONFIDENTIAL_FROM) } else { ("matter", 0) };
    Ok(from + 1 + tx.one("SELECT value FROM counter WHERE name = $1", params![name])?.map_or(0, |r| r.int(0)))
}
fn count_up(tx: &Tx, name: &str) -> Result<i64> {
    let sql = "INSERT INTO counter (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value";
    Ok(tx.one(sql, params![name])?.map_or(0, |r| r.int(0)))
}
pub fn kin(tx: &Tx, id: i64) -> Result<Vec<Kin>> {
    let sql = "SELECT i.number, i.kind, l.link, i.marks FROM link l JOIN idx i ON i.id = l.b WHERE l.a = $1 \
               UNION ALL SELECT i.number, i.kind, l.link, i.marks FROM link l JOIN idx i ON i.id = l.a WHERE l.b = $1";
    Ok(tx.rows(sql, params![id])?.iter().map(as_kin_row).collect())
}
pub fn as_kin(tx: &Tx, id: i64) -> Result<Option<Kin>> {
    Ok(tx.one("SELECT number, kind, '', marks FROM idx WHERE id = $1", params![id])?.as_ref().map(as_kin_row))
}
fn as_kin_row(row: &Row) -> Kin {
    let link = if row.text(2).is_empty() { row.text(1) } else { row.text(2) };
    Kin { number: row.text(0).into(), link: link.into(), marks: row.text(3).split(' ').filter(|m| !m.is_empty()).map(Into::into).collect() }
}
pub fn linked(tx: &Tx, id: i64, kind: &str) -> Result<Vec<String>> {
    let sql = "SELECT i.number FROM link l JOIN idx i ON i.id = l.b WHERE l.a = $1 AND (i.kind = $2 OR l.link = $2) \
               UNION SELECT i.number FROM link l JOIN idx i ON i.id = l.a WHERE l.b = $1 AND (i.kind = $2 OR l.link = $2)";
    Ok(tx.rows(sql, params![id, kind])?.into_iter().map(|mut r| r.take(0)).collect())
}
/// `(id, whether downstream)` of every neighbour. A link without a name leads from cause to consequence; a named one to what a
/// matter is about or comes from – but for a clue merged into another, which goes on there.
pub fn neighbours(tx: &Tx, id: i64) -> Result<Vec<(i64, bool)>> {
    let sql = "SELECT l.b, 1, l.link, m.kind FROM link l JOIN idx m ON m.id = l.a WHERE l.a = $1 \
               UNION ALL SELECT l.a, 0, l.link, m.kind FROM link l JOIN idx m ON m.id = l.a WHERE l.b = $1";
    let along = |r: &Row| r.text(2).is_empty() || r.text(2) == "clue" && r.text(3) == "clue";
    Ok(tx.rows(sql, params![id])?.iter().map(|r| (r.int(0), r.yes(1) == along(r))).collect())
}
pub fn put_link(tx: &Tx, a: i64, b: i64, link: &str, seq: u64) -> Result<()> {
    let sql = "INSERT INTO link (a, b, link, seq) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    tx.exec(sql, params![a, b, link, seq]).map(drop)
}
pub fn with_running_clocks(tx: &Tx) -> Result<Vec<i64>> {
    Ok(tx.rows("SELECT id FROM idx WHERE closed = 0 AND (due <> '' OR paused = 1) ORDER BY id", &[])?.iter().map(|r| r.int(0)).collect())
}
/// Open matters one of whose clocks may have run out before this day.
pub fn overdue(tx: &Tx, day: &str) -> Result<Vec<i64>> {
    Ok(tx
        .rows("SELECT id FROM idx WHERE closed = 0 AND due <> '' AND due < $1 ORDER BY due, id", params![day])?
        .iter()
        .map(|r| r.int(0))
        .collect())
}
/// Open reviews in which this person has a seat.
pub fn seated(tx: &Tx, person: &str) -> Result<Vec<i64>> {
    let sql = "SELECT DISTINCT p.id FROM party p JOIN idx i ON i.id = p.id WHERE p.holder = $1 AND p.kind IN ('review', 'observation') \
               AND p.standing IN ('Expert', 'ReExaminer', 'Observer') AND i.closed = 0 ORDER BY p.id";
    Ok(tx.rows(sql, params![format!("p:{person}")])?.iter().map(|r| r.int(0)).collect())
}
/// Matters open to this role of an organisation, or to this person, whose record names him.
pub fn naming(tx: &Tx, person: &str, role: &str, org: &str) -> Result<Vec<i64>> {
    let sql = "SELECT DISTINCT m.id FROM party p JOIN matter m ON m.id = p.id WHERE p.holder IN ($1, $2) AND m.body LIKE $3 ORDER BY m.id";
    let rows = tx.rows(sql, params![format!("p:{person}"), format!("r:{role}@{org}"), format!("%\"{person}\"%")])?;
    Ok(rows.iter().map(|r| r.int(0)).collect())
}
pub fn open_reviews(tx: &Tx) -> Result<Vec<i64>> {
    Ok(tx
        .rows("SELECT id FROM idx WHERE kind IN ('review', 'observation') AND closed = 0 ORDER BY id", &[])?
        .iter()
        .map(|r| r.int(0))
        .collect())
}
pub fn idem(tx: &Tx, key: &str) -> Result<Option<(Vec<u8>, String)>> {
    Ok(tx.one("SELECT body, answer FROM idem WHERE key = $1", params![key])?.map(|r| (r.bytes(0).to_vec(), r.text(1).to_owned())))
}
pub fn keep_idem(tx: &Tx, key: &str, body: &[u8], answer: &str, at_ms: i64) -> Result<()> {
    tx.exec("INSERT INTO idem (key, body, answer, at_ms) VALUES ($1, $2, $3, $4)", params![key, body, answer, at_ms]).map(drop)
}
pub fn forget_idem(tx: &Tx, before_ms: i64) -> Result<()> {
    tx.exec("DELETE FROM idem WHERE at_ms < $1", params![before_ms]).map(drop)
}
pub fn item_of(tx: &Tx, id: i64) -> Result<Option<Row>> {
    tx.one(concat!("SELECT ", item!(), " FROM idx i WHERE i.id = $1"), params![id])
}
/// What is out of a person's sight: matters about these organisations, of one case with these numbers, and what goes with a case that the
/// first of these holders judges blind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Barred {
    pub orgs: Vec<String>,
    pub numbers: Vec<String>,
    pub judge: Vec<String>,
    /// Accused units: appeals against them.
    pub accused: Vec<String>,
}
/// Matters of one case with those the first part names: dossier, review, and what goes with them – batch, draw, letters, rectification.
/// A batch leads to its draws only: its other reviews are other cases.
macro_rules! near {
    () => {
        "i.id IN (WITH RECURSIVE near (id, kind) AS ({} UNION SELECT x.id, x.kind FROM near n JOIN link l ON (l.a = n.id OR l.b = n.id) \
         JOIN idx x ON x.id = l.a + l.b - n.id WHERE n.kind <> 'draw' AND (x.kind = 'draw' OR n.kind <> 'review_batch' AND x.kind IN \
         ('dossier', 'review', 'review_batch', 'inquiry_record', 'rectification', 'accountability', 'judicial_relief', 'working_paper', 'referral', 'official_paper'))) SELECT id FROM near WHERE {})"
    };
}
impl Barred {
    pub fn is_empty(&self) -> bool {
        self.orgs.is_empty() && self.numbers.is_empty() && self.judge.is_empty() && self.accused.is_empty()
    }
    /// A condition over `p` (party) and `i` (idx). One's own cause outlives a conflict.
    pub fn sql(&self, bind: &mut dyn FnMut(Value) -> String) -> String {
        if self.is_empty() {
            return String::new();
        }
        format!(" AND (p.standing IN ('Officer', 'Reporter', 'Respondent') OR NOT ({}))", self.covers(bind))
    }
    /// What a count over `i` (idx) leaves out, to be added to its conditions; these are its parameters so far.
    pub fn cut(&self, params: &mut Vec<Value>) -> String {
        if self.is_empty() {
            return String::new();
        }
        let cond = self.covers(&mut |v| {
            params.push(v);
            format!("${}", params.len())
        });
        format!(" AND NOT ({cond})")
    }
    /// Matters of these offices, without what this leaves out: to be added to conditions over `i` (idx).
    pub fn within(&self, offices: &[&str], params: &mut Vec<Value>) -> String {
        format!(" AND i.owner IN ({}){}", db::list(params, offices.iter().copied()), self.cut(params))
    }
    /// A condition over `i` (idx).
    pub fn covers(&self, bind: &mut dyn FnMut(Value) -> String) -> String {
        let mut list = |all: &[String]| all.iter().map(|x| bind(x.into())).collect::<Vec<_>>().join(", ");
        let (orgs, numbers, judge) = (list(&self.orgs), list(&self.numbers), list(&self.judge));
        // A sample is not yet linked to its dossiers: reviews are opened from it.
        let named = |member: &str, all: &[String]| all.iter().map(|x| format!("%\"{member}\":\"{x}\"%")).collect::<Vec<_>>();
        let named = [named("org", &self.orgs), named("dossier", &self.numbers)].concat();
        let named: Vec<String> = named.into_iter().map(|like| format!("m.body LIKE {}", bind(like.into()))).collect();
        let mut any = vec![];
        if !orgs.is_empty() {
            any.push(format!("i.org IN ({orgs})"));
            // A referral, a packet, a paper stands under its receiver; what it is about is its source.
            any.push(format!(
                "i.kind IN ('referral', 'packet', 'official_paper') AND EXISTS (SELECT 1 FROM link s JOIN idx y ON y.id = s.b WHERE s.a = i.id AND s.link IN ('source', 'sources', 'about') AND y.org IN ({orgs}))"
            ));
        }
        if !named.is_empty() {
            let mut seeds = vec![format!(
                "SELECT x.id, x.kind FROM idx x JOIN matter m ON m.id = x.id WHERE x.kind = 'review_batch' AND x.phase = 'Sampled' AND ({})",
                named.join(" OR ")
            )];
            if !orgs.is_empty() {
                seeds.push(format!("SELECT x.id, x.kind FROM idx x WHERE x.org IN ({orgs}) AND x.kind = 'review'"));
            }
            if !numbers.is_empty() {
                seeds.push(format!("SELECT x.id, x.kind FROM idx x WHERE x.number IN ({numbers})"));
            }
            any.push(format!(near!(), seeds.join(" UNION "), "1 = 1"));
        }
        if !self.accused.is_empty() {
            let first: Vec<String> = self.accused.iter().map(|x| bind(x.into())).collect();
            let more = self.accused.iter().map(|x| format!("m.body LIKE {}", bind(format!("%\"accused_org\":\"{x}\"%").into())));
            any.push(format!(
                "i.kind = 'enterprise_appeal' AND (i.org IN ({}) OR EXISTS (SELECT 1 FROM matter m WHERE m.id = i.id AND ({})))",
                first.join(", "),
                more.collect::<Vec<_>>().join(" OR ")
            ));
        }
        if let Some((first, _)) = judge.split_once(", ").or(Some((judge.as_str(), ""))).filter(|(first, _)| !first.is_empty()) {
            let seed = format!(
                "SELECT x.id, x.kind FROM party s JOIN idx x ON x.id = s.id WHERE s.holder = {first} AND s.kind = 'review' \
                 AND s.standing IN ('Expert', 'ReExaminer') AND ' ' || x.marks || ' ' LIKE '% blind %' AND NOT EXISTS \
                 (SELECT 1 FROM party o WHERE o.id = x.id AND o.standing NOT IN ('Expert', 'ReExaminer') AND o.holder IN ({judge}))"
            );
            any.push(format!(near!(), seed, "kind <> 'review'"));
        }
        any.join(" OR ")
    }
}
/// What these holders may see of matters asked for by unit, as a condition over `i` (idx): to ask by unit must not tell a blind reader.
pub fn in_sight(keys: &[String], barred: &Barred, bind: &mut dyn FnMut(Value) -> String) -> String {
    standing(keys, barred, " AND (p.standing NOT IN ('Expert', 'ReExaminer') OR ' ' || i.marks || ' ' NOT LIKE '% blind %')", bind)
}
/// What these holders find, as a condition over `i` (idx).
pub fn found(keys: &[String], barred: &Barred, bind: &mut dyn FnMut(Value) -> String) -> String {
    standing(keys, barred, "", bind)
}
/// Where these holders stand so, as a condition over `i` (idx).
pub fn standing(keys: &[String], barred: &Barred, so: &str, bind: &mut dyn FnMut(Value) -> String) -> String {
    let holders = keys.iter().map(|k| bind(k.into())).collect::<Vec<_>>().join(", ");
    let cut = barred.sql(bind);
    format!("EXISTS (SELECT 1 FROM party p WHERE p.id = i.id AND p.holder IN ({holders}){so}{cut})")
}
/// Whether a conflict covers this matter.
pub fn covers(tx: &Tx, id: i64, barred: &Barred) -> Result<bool> {
    // A conflict with an enterprise alone bars no unit and no matter by itself.
    if barred.is_empty() {
        return Ok(false);
    }
    let mut params: Vec<Value> = vec![id.into()];
    let cond = barred.covers(&mut |v| {
        params.push(v);
        format!("${}", params.len())
    });
    Ok(tx.one(&format!("SELECT 1 FROM idx i WHERE i.id = $1 AND ({cond})"), &params)?.is_some())
}
/// Whether one of these holders stands toward the matter otherwise than as one who judges it blind.
pub fn sees_unit(tx: &Tx, id: i64, holders: &[String]) -> Result<bool> {
    let mut params: Vec<Value> = vec![id.into()];
    params.extend(holders.iter().map(Value::from));
    let list = (2..=params.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT 1 FROM party WHERE id = $1 AND standing NOT IN ('Expert', 'ReExaminer') AND holder IN ({list}) LIMIT 1");
    Ok(tx.one(&sql, &params)?.is_some())
}
/// Whether one of these holders finds the matter.
pub fn holds(tx: &Tx, id: i64, holders: &[String], barred: &Barred) -> Result<bool> {
    for holder in holders {
        let mut params: Vec<Value> = vec![holder.into(), id.into()];
        let cut = barred.sql(&mut |v| {
            params.push(v);
            format!("${}", params.len())
        });
        let sql = match cut.as_str() {
            "" => "SELECT 1 FROM party WHERE id = $2 AND holder = $1 LIMIT 1".to_owned(),
            cut => format!("SELECT 1 FROM party p JOIN idx i ON i.id = p.id WHERE p.id = $2 AND p.holder = $1{cut} LIMIT 1"),
        };
        if tx.one(&sql, &params)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
/// Of these matters the rows of those that one of the holders finds. So many are asked for at once that the statement stays one.
pub fn sighted(tx: &Tx, ids: &[i64], holders: &[String], barred: &Barred) -> Result<Vec<Row>> {
    const AT_ONCE: usize = 100;
    let mut rows = vec![];
    for some in ids.chunks(AT_ONCE) {
        let mut params = vec![];
        let ids = db::list(&mut params, some.iter().copied().chain(std::iter::repeat(-1)).take(AT_ONCE));
        let holders = db::list(&mut params, holders.iter().map(String::as_str));
        let cut = barred.sql(&mut |v| {
            params.push(v);
            format!("${}", params.len())
        });
        let held = format!("EXISTS (SELECT 1 FROM party p WHERE p.id = i.id AND p.holder IN ({holders}){cut})");
        rows.extend(tx.rows(&format!(concat!("SELECT ", item!(), " FROM idx i WHERE i.id IN ({}) AND {}"), ids, held), &params)?);
    }
    Ok(rows)
}
/// A page of one holder's matters, newest first. `wide` holders see nearly all, so their filters lead by the index of the
/// filter; narrow holders lead by their own few.
pub struct Page<'a> {
    pub holder: &'a str,
    pub barred: &'a Barred,
    pub wide: bool,
    pub kind: &'a str,
    pub phase: &'a str,
    pub org: &'a str,
    pub code: &'a str,
    /// `over`, `soon`, `today`, `paused`, `tent`, or nothing.
    pub due: &'a str,
    pub today: &'a str,
    pub soon: &'a str,
    pub open: &'a str,
    pub mine: bool,
    /// Only ids below (or, going back, above) this.
    pub from: i64,
    pub back: bool,
    pub limit: i64,
}
pub fn page(tx: &Tx, p: &Page) -> Result<Vec<Row>> {
    let mut sql = String::with_capacity(600);
    let mut params: Vec<Value> = vec![];
    let mut bind = |v: Value| {
        params.push(v);
        format!("${}", params.len())
    };
    let narrowed = !p.phase.is_empty() || !p.org.is_empty() || !p.due.is_empty();
    let holder = bind(p.holder.into());
    sql.push_str(concat!("SELECT ", item!()));
    // In SQLite, CROSS JOIN fixes the order: the first table leads.
    let (lead, seek) = match (tx.dialect(), p.wide && narrowed) {
        (Dialect::Sqlite, true) => (" FROM idx i CROSS JOIN party p ON p.id = i.id", "i.id"),
        (Dialect::Sqlite, false) => (" FROM party p CROSS JOIN idx i ON i.id = p.id", "p.id"),
        (Dialect::Postgres, true) => (" FROM idx i JOIN party p ON p.id = i.id AND p.kind = i.kind", "i.id"),
        (Dialect::Postgres, false) => (" FROM party p JOIN idx i ON i.id = p.id", "p.id"),
    };
    sql.push_str(lead);
    sql.push_str(&format!(" WHERE p.holder = {holder}"));
    sql.push_str(&p.barred.sql(&mut bind));
    let mut and = |text: String| {
        sql.push_str(" AND ");
        sql.push_str(&text);
    };
    if !p.kind.is_empty() {
        let kind = bind(p.kind.into());
        and(format!("p.kind = {kind} AND i.kind = {kind}"));
    }
    if p.mine {
        and("p.mine = 1".into());
    }
    if !p.org.is_empty() {
        // Asking by unit must not tell a blind reader whose case he reads.
        and("(p.standing NOT IN ('Expert', 'ReExaminer') OR ' ' || i.marks || ' ' NOT LIKE '% blind %')".into());
    }
    for (column, value) in [("i.phase", p.phase), ("i.org", p.org)] {
        if !value.is_empty() {
            let value = bind(value.into());
            and(format!("{column} = {value}"));
        }
    }
    if !p.code.is_empty() {
        let code = bind(format!("% {} %", p.code).into());
        and(format!("' ' || i.codes || ' ' LIKE {code}"));
    }
    match p.open {
        "open" => and("i.closed = 0".into()),
        "closed" => and("i.closed = 1".into()),
        _ => {}
    }
    let today = (p.today, p.soon);
    match p.due {
        "over" => {
            let day = bind(today.0.into());
            and(format!("i.closed = 0 AND i.due <> '' AND i.due < {day}"));
        }
        "today" => {
            let day = bind(today.0.into());
            and(format!("i.closed = 0 AND i.due = {day}"));
        }
        "soon" => {
            let (from, to) = (bind(today.0.into()), bind(today.1.into()));
            and(format!("i.closed = 0 AND i.due >= {from} AND i.due <= {to}"));
        }
        "paused" => and("i.paused = 1".into()),
        "tent" => and("i.provisional = 1 AND i.closed = 0".into()),
        _ => {}
    }
    let from = bind(p.from.into());
    let (cmp, order) = if p.back { (">", "ASC") } else { ("<", "DESC") };
    and(format!("{seek} {cmp} {from}"));
    let limit = bind(p.limit.into());
    sql.push_str(&format!(" ORDER BY {seek} {order} LIMIT {limit}"));
    tx.rows(&sql, &params)
}
/// The inbox of one holder: what waits for him, by due day.
pub fn inbox(tx: &Tx, holder: &str, barred: &Barred, limit: i64) -> Result<Vec<Row>> {
    let join = if tx.dialect() == Dialect::Sqlite { "CROSS JOIN" } else { "JOIN" };
    let mut params: Vec<Value> = vec![holder.into(), limit.into()];
    let cut = barred.sql(&mut |v| {
        params.push(v);
        format!("${}", params.len())
    });
    let sql = format!(
        concat!(
            "SELECT ",
            item!(),
            " FROM party p {join} idx i ON i.id = p.id WHERE p.holder = $1 AND p.mine = 1{cut} ORDER BY p.due, p.id LIMIT $2"
        ),
        join = join,
        cut = cut
    );
    tx.rows(&sql, &params)
}
/// How many wait for this holder with a due day before `before`. Counted up to a cap: nobody needs more.
pub fn waiting(tx: &Tx, holder: &str, barred: &Barred, before: &str, cap: i64) -> Result<i64> {
    let mut params: Vec<Value> = vec![holder.into(), before.into(), cap.into()];
    let cut = barred.sql(&mut |v| {
        params.push(v);
        format!("${}", params.len())
    });
    let join = if cut.is_empty() { "" } else { " JOIN idx i ON i.id = p.id" };
    let sql =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM party p{join} WHERE p.holder = $1 AND p.mine = 1 AND p.due < $2{cut} LIMIT $3) w");
    Ok(tx.one(&sql, &params)?.map_or(0, |r| r.int(0)))
}
pub fn put_read(tx: &Tx, person: &str, id: i64, what: &str, day: &str, at_ms: i64) -> Result<()> {
    tx.exec("INSERT INTO read_record (person, id, what, day, at_ms) VALUES ($1, $2, $3, $4, $5)", params![person, id, what, day, at_ms])
        .map(drop)
}
pub fn viewers(tx: &Tx, id: i64, since: &str) -> Result<Vec<Row>> {
    let sql =
        "SELECT person, COUNT(*), MAX(at_ms) FROM read_record WHERE id = $1 AND day >= $2 GROUP BY person ORDER BY 2 DESC, 1 LIMIT 20";
    tx.rows(sql, params![id, since])
}
pub fn reads_on(tx: &Tx, day: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT n, person, id, what, at_ms FROM read_record WHERE day = $1 ORDER BY n", params![day])
}
pub fn read_days(tx: &Tx, before: &str) -> Result<Vec<String>> {
    Ok(tx
        .rows("SELECT DISTINCT day FROM read_record WHERE day < $1 ORDER BY day", params![before])?
        .into_iter()
        .map(|mut r| r.take(0))
        .collect())
}
/// Organisations that keep matters.
pub fn owners(tx: &Tx) -> Result<Vec<String>> {
    Ok(tx.rows("SELECT DISTINCT owner FROM idx ORDER BY owner", &[])?.into_iter().map(|mut r| r.take(0)).collect())
}
/// Pages opened by person and day since a day: `(day, person, count)`.
pub fn reads_by_day(tx: &Tx, since: &str) -> Result<Vec<Row>> {
    // Key 0: what was refused to somebody outside, by the kind of address.
    let sql = "SELECT day, person, COUNT(*), CASE WHEN id = 0 THEN what ELSE '' END AS refused FROM read_record WHERE day >= $1 GROUP BY day, person, CASE WHEN id = 0 THEN what ELSE '' END ORDER BY day DESC, 3 DESC LIMIT 500";
    tx.rows(sql, params![since])
}
