//! The bare engine: the same rows by prepared statements, as many threads as cores, nothing around them.
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Commits a second of one small row, with the pragmas the house uses.
pub fn commits(file: &Path, span: Duration) -> f64 {
    let c = Connection::open(file).unwrap();
    c.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (n INTEGER PRIMARY KEY, x TEXT)").unwrap();
    let (began, mut n) = (Instant::now(), 0u32);
    while began.elapsed() < span {
        c.execute("INSERT INTO t (x) VALUES (?1)", ["一行很短的文字，约等于一次办理。"]).unwrap();
        n += 1;
    }
    f64::from(n) / began.elapsed().as_secs_f64()
}
/// Queries on the house's own database file.
pub struct Bare(PathBuf);
impl Bare {
    pub fn open(file: &Path) -> Self {
        Self(file.to_owned())
    }
    fn run(&self, span: Duration, one: impl Fn(&Connection, usize) + Sync) -> f64 {
        let cores = std::thread::available_parallelism().map_or(2, Into::into);
        let counts: usize = std::thread::scope(|scope| {
            let work = |t: usize| {
                let one = &one;
                scope.spawn(move || {
                    let c = Connection::open(&self.0).unwrap();
                    c.execute_batch("PRAGMA cache_size=-16384").unwrap();
                    let (began, mut n) = (Instant::now(), t * 7919);
                    while began.elapsed() < span {
                        one(&c, n);
                        n += 1;
                    }
                    n - t * 7919
                })
            };
            let all: Vec<_> = (0..cores).map(work).collect();
            all.into_iter().map(|h| h.join().unwrap()).sum()
        });
        counts as f64 / span.as_secs_f64()
    }
    /// The newest fifty of one holder.
    pub fn list(&self, span: Duration) -> f64 {
        let sql = "SELECT i.id, i.kind, i.number, i.title, i.gist, i.phase, i.ball, i.org, i.codes, i.due FROM party p CROSS JOIN idx i ON i.id = p.id \
                   WHERE p.holder = ?1 AND p.kind = 'clue' ORDER BY p.id DESC LIMIT 51";
        self.run(span, |c, _| count(c, sql, &format!("r:R1@{}", super::town::OFFICE)))
    }
    /// State and entries of one matter.
    pub fn detail(&self, numbers: &[String], span: Duration) -> f64 {
        self.run(span, |c, n| {
            let number = &numbers[n * 37 % numbers.len()];
            count(c, "SELECT id, kind, body, version, number, 0, 0, 0, 0, 0 FROM matter WHERE number = ?1", number);
            count(c, "SELECT pos, bytes, h, 0, 0, 0, 0, 0, 0, 0 FROM entry WHERE stream = ?1 AND chain = 0 ORDER BY stream_ver", number);
        })
    }
    /// Fifty hits of two characters.
    pub fn search(&self, query: &str, span: Duration) -> f64 {
        let sql = "SELECT s.rowid / 2, i.number, i.title, i.gist, i.phase, i.ball, i.org, i.codes, i.due, 0 FROM \
                   (SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 51) s JOIN idx i ON i.id = s.rowid / 2";
        self.run(span, |c, _| count(c, sql, query))
    }
}
fn count(c: &Connection, sql: &str, param: &str) {
    let mut statement = c.prepare_cached(sql).unwrap();
    let mut rows = statement.query(params![param]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        std::hint::black_box(row.get_ref(1).unwrap());
    }
}
