//! SQLite, embedded: WAL, `synchronous=FULL`, no mmap (trust.md 0.1).
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use std::path::Path;

use super::{Row, Value};
use crate::failure::Result;

/// Opens for writing.
pub fn open(file: &Path) -> Result<Connection> {
    let c = Connection::open(file)?;
    c.busy_timeout(std::time::Duration::from_secs(60))?;
    c.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; PRAGMA secure_delete=ON;
         PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000; PRAGMA trusted_schema=OFF;",
    )?;
    c.set_prepared_statement_cache_capacity(256);
    Ok(c)
}
/// Opens for reading only.
pub fn open_reader(file: &Path) -> Result<Connection> {
    let c = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    c.busy_timeout(std::time::Duration::from_secs(10))?;
    c.execute_batch("PRAGMA query_only=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;")?;
    c.set_prepared_statement_cache_capacity(256);
    Ok(c)
}
/// To SQLite, `$1` is a name, numbered as it first occurs; `?1` is the place we mean.
fn placed(sql: &str) -> String {
    sql.replace('$', "?")
}
fn bind(statement: &mut rusqlite::CachedStatement<'_>, params: &[Value]) -> rusqlite::Result<()> {
    for (i, p) in params.iter().enumerate() {
        match p {
            Value::Null => statement.raw_bind_parameter(i + 1, rusqlite::types::Null)?,
            Value::Int(n) => statement.raw_bind_parameter(i + 1, n)?,
            Value::Text(s) => statement.raw_bind_parameter(i + 1, s.as_str())?,
            Value::Bytes(b) => statement.raw_bind_parameter(i + 1, b.as_slice())?,
        }
    }
    Ok(())
}
pub fn each(c: &Connection, sql: &str, params: &[Value], mut f: impl FnMut(Row) -> Result<bool>) -> Result<()> {
    let mut statement = c.prepare_cached(&placed(sql))?;
    let width = statement.column_count();
    bind(&mut statement, params)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(width);
        for i in 0..width {
            values.push(match row.get_ref(i)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(n) => Value::Int(n),
                ValueRef::Text(t) => Value::Text(std::str::from_utf8(t)?.to_owned()),
                ValueRef::Blob(b) => Value::Bytes(b.to_vec()),
                ValueRef::Real(_) => return Err(crate::failure::Failure::Fault("floating point column".into())),
            });
        }
        if !f(Row(values))? {
            break;
        }
    }
    Ok(())
}
pub fn exec(c: &Connection, sql: &str, params: &[Value]) -> Result<u64> {
    let mut statement = c.prepare_cached(&placed(sql))?;
    bind(&mut statement, params)?;
    if statement.column_count() > 0 {
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        return Ok(0);
    }
    Ok(statement.raw_execute()? as u64)
}
