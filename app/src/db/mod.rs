//! The only place that knows which engine. One query text with `$1` placeholders; TEXT, BIGINT and bytes columns only.
//! Reads run on a pool; writes queue for one writer that gives waiting acts a common commit.
mod migrate;
mod pg;
mod pool;
mod sqlite;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::failure::{Failure, Result};

pub use writer::Writer;

/// A column's value, or a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// BIGINT.
    Int(i64),
    /// TEXT.
    Text(String),
    /// BLOB or BYTEA.
    Bytes(Vec<u8>),
}
macro_rules! values {
    ($($from:ty => |$x:ident| $to:expr;)*) => { $(impl From<$from> for Value { fn from($x: $from) -> Self { $to } })* };
}
values! {
    i64 => |x| Self::Int(x);
    u32 => |x| Self::Int(x.into());
    bool => |x| Self::Int(x.into());
    u64 => |x| Self::Int(x.cast_signed());
    usize => |x| Self::Int(i64::try_from(x).unwrap_or(i64::MAX));
    String => |x| Self::Text(x);
    &str => |x| Self::Text(x.to_owned());
    &String => |x| Self::Text(x.clone());
    Vec<u8> => |x| Self::Bytes(x);
    &[u8] => |x| Self::Bytes(x.to_vec());
    [u8; 32] => |x| Self::Bytes(x.to_vec());
    [u8; 16] => |x| Self::Bytes(x.to_vec());
}
impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(x: Option<T>) -> Self {
        x.map_or(Self::Null, Into::into)
    }
}
/// Adds these to the parameters of a statement and names their places, for `IN (…)`.
pub fn list<V: Into<Value>>(params: &mut Vec<Value>, all: impl IntoIterator<Item = V>) -> String {
    let first = params.len() + 1;
    params.extend(all.into_iter().map(Into::into));
    let places: Vec<String> = (first..=params.len()).map(|n| format!("${n}")).collect();
    // An empty list is no list in SQL.
    if places.is_empty() { "NULL".to_owned() } else { places.join(", ") }
}
/// Parameters of a statement: `params![id, "clue"]`.
#[macro_export]
macro_rules! params {
    ($($x:expr),* $(,)?) => { &[$($crate::db::Value::from($x)),*] };
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Row(Vec<Value>);
impl Row {
    /// A number; zero when it is none.
    pub fn int(&self, i: usize) -> i64 {
        if let Some(Value::Int(n)) = self.0.get(i) { *n } else { 0 }
    }
    /// A number that cannot be negative.
    pub fn count(&self, i: usize) -> u64 {
        u64::try_from(self.int(i)).unwrap_or(0)
    }
    /// A yes or no.
    pub fn yes(&self, i: usize) -> bool {
        self.int(i) != 0
    }
    /// A text; empty when it is none.
    pub fn text(&self, i: usize) -> &str {
        if let Some(Value::Text(s)) = self.0.get(i) { s } else { "" }
    }
    /// A text taken out.
    pub fn take(&mut self, i: usize) -> String {
        match self.0.get_mut(i) {
            Some(Value::Text(s)) => std::mem::take(s),
            _ => String::new(),
        }
    }
    /// Bytes; empty when there are none.
    pub fn bytes(&self, i: usize) -> &[u8] {
        if let Some(Value::Bytes(b)) = self.0.get(i) { b } else { &[] }
    }
    /// Whether there is nothing.
    pub fn is_null(&self, i: usize) -> bool {
        matches!(self.0.get(i), None | Some(Value::Null))
    }
}

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Embedded.
    Sqlite,
    /// Server.
    Postgres,
}
/// A transaction on either engine.
pub enum Tx<'a> {
    /// Embedded.
    Sqlite(&'a rusqlite::Connection),
    /// Server.
    Postgres(&'a std::cell::RefCell<pg::Session>),
}
impl Tx<'_> {
    /// Which engine; only `db` and `search` may ask.
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }
    /// All rows of a query.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn rows(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let mut all = vec![];
        self.each(sql, params, |row| {
            all.push(row);
            Ok(true)
        })?;
        Ok(all)
    }
    /// The first row, if any.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn one(&self, sql: &str, params: &[Value]) -> Result<Option<Row>> {
        let mut first = None;
        self.each(sql, params, |row| {
            first = Some(row);
            Ok(false)
        })?;
        Ok(first)
    }
    /// Every row in turn, without keeping them, until `f` says `false`.
    ///
    /// # Errors
    /// A fault of the engine, or what `f` fails with.
    pub fn each(&self, sql: &str, params: &[Value], f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
        match self {
            Self::Sqlite(c) => sqlite::each(c, sql, params, f),
            Self::Postgres(s) => s.borrow_mut().each(sql, params, f),
        }
    }
    /// Carries out a statement; returns how many rows it touched.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn exec(&self, sql: &str, params: &[Value]) -> Result<u64> {
        match self {
            Self::Sqlite(c) => sqlite::exec(c, sql, params),
            Self::Postgres(s) => s.borrow_mut().exec(sql, params),
        }
    }
    /// Several statements without parameters.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn batch(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(c) => Ok(c.execute_batch(sql)?),
            Self::Postgres(s) => s.borrow_mut().batch(sql),
        }
    }
}

/// Where the house keeps its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A folder: embedded SQLite, attachments, anchors.
    Folder(PathBuf),
    /// A PostgreSQL URL, and the folder for attachments and anchors.
    Server(String, PathBuf),
}
impl Place {
    /// The folder for what is not in the database.
    pub fn folder(&self) -> &Path {
        match self {
            Self::Folder(dir) | Self::Server(_, dir) => dir,
        }
    }
}

/// The database, open.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    writer: Writer,
}
enum Engine {
    Sqlite(pool::Pool<rusqlite::Connection>),
    Postgres(pool::Pool<std::cell::RefCell<pg::Session>>),
}
impl Db {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// When it cannot be opened, or was written by a newer version.
    pub fn open(place: &Place) -> Result<Self> {
        match place {
            Place::Folder(dir) => {
                std::fs::create_dir_all(dir)?;
                let file = dir.join("xiezhi.db");
                let first = sqlite::open(&file)?;
                migrate::run(&Tx::Sqlite(&first))?;
                let writer = Writer::sqlite(first)?;
                let engine = Engine::Sqlite(pool::Pool::new(move || sqlite::open_reader(&file)));
                Ok(Self { engine: Arc::new(engine), writer })
            }
            Place::Server(url, dir) => {
                std::fs::create_dir_all(dir)?;
                let first = std::cell::RefCell::new(pg::Session::open(url)?);
                migrate::run(&Tx::Postgres(&first))?;
                let (url, again) = (url.clone(), url.clone());
                let writer = Writer::postgres(again)?;
                Ok(Self { engine: Arc::new(Engine::Postgres(pool::Pool::new(move || pg::Session::open(&url).map(Into::into)))), writer })
            }
        }
    }
    /// Which engine.
    pub fn dialect(&self) -> Dialect {
        match &*self.engine {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }
    /// One consistent view, on this thread. For the command line and for work already off the async threads.
    ///
    /// # Errors
    /// What `f` fails with, or a fault of the engine.
    pub fn read_here<T>(&self, f: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        match &*self.engine {
            Engine::Sqlite(pool) => pool.with(|c| {
                let tx = Tx::Sqlite(c);
                tx.exec("BEGIN", &[])?;
                let done = f(&tx);
                tx.exec("COMMIT", &[])?;
                done
            }),
            Engine::Postgres(pool) => pool.with(|s| {
                let tx = Tx::Postgres(s);
                tx.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
                let done = f(&tx);
                tx.batch("COMMIT")?;
                done
            }),
        }
    }
    /// One consistent view. Embedded reads take microseconds and run where they are; server reads leave the async threads.
    ///
    /// # Errors
    /// What `f` fails with, or a fault of the engine.
    pub async fn read<T: Send + 'static>(&self, f: impl FnOnce(&Tx) -> Result<T> + Send + 'static) -> Result<T> {
        match &*self.engine {
            Engine::Sqlite(_) => self.read_here(f),
            Engine::Postgres(_) => self.read_slow(f).await,
        }
    }
    /// A read that may take long (an export, a verification): never on an async thread.
    ///
    /// # Errors
    /// What `f` fails with, or a fault of the engine.
    pub async fn read_slow<T: Send + 'static>(&self, f: impl FnOnce(&Tx) -> Result<T> + Send + 'static) -> Result<T> {
        let db = self.clone();
        tokio::task::spawn_blocking(move || db.read_here(f)).await.map_err(|e| Failure::Fault(e.to_string()))?
    }
    /// After much was rewritten: takes the embedded log into the database and empties it, so that what was overwritten is nowhere; tells the
    /// server's planner what the search index holds now, or it would read it row by row.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn settle(&self) -> Result<()> {
        match &*self.engine {
            Engine::Sqlite(pool) => pool.with(|c| Ok(c.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?)),
            Engine::Postgres(pool) => pool.with(|s| Tx::Postgres(s).batch("ANALYZE search")),
        }
    }
    /// All or nothing, durable before it returns. Waiting writes share one commit; each has its own savepoint.
    ///
    /// # Errors
    /// What `f` fails with, or a fault of the engine.
    pub async fn write<T: Send + 'static>(&self, f: impl FnOnce(&Tx) -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, wait) = tokio::sync::oneshot::channel();
        self.writer.queue(f, move |done| {
            let _ = answer.send(done);
        })?;
        wait.await.map_err(|_| Failure::Fault("写入线程已停止".into()))?
    }
    /// Likewise, from a thread that may wait.
    ///
    /// # Errors
    /// As `write`.
    pub fn write_here<T: Send + 'static>(&self, f: impl FnOnce(&Tx) -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, wait) = std::sync::mpsc::sync_channel(1);
        self.writer.queue(f, move |done| {
            let _ = answer.send(done);
        })?;
        wait.recv().map_err(|_| Failure::Fault("写入线程已停止".into()))?
    }
}
