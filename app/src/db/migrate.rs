//! Brings the schema up to date. Migrations are numbered alike for both engines; what differs is what must.
use super::{Dialect, Tx};
use crate::failure::{Failure, Result};
use crate::params;

macro_rules! migrations {
    ($dir:literal) => {
        &[
            include_str!(concat!("../../migrations/", $dir, "/0001_ledger.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0002_matters.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0003_people.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0004_search.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0005_imports.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0006_rules.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0007_vault.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0008_keyed.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0009_portal.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0011_regime.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0013_tally.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0014_search.sql")),
            include_str!(concat!("../../migrations/", $dir, "/0015_notices_archive.sql")),
        ]
    };
}
const SQLITE: &[&str] = migrations!("sqlite");
const POSTGRES: &[&str] = migrations!("postgres");

/// Runs what has not run yet, each in a transaction of its own.
pub fn run(tx: &Tx) -> Result<()> {
    tx.batch("CREATE TABLE IF NOT EXISTS migration (n BIGINT PRIMARY KEY, what TEXT NOT NULL)")?;
    let all = if tx.dialect() == Dialect::Sqlite { SQLITE } else { POSTGRES };
    let done = tx.one("SELECT COALESCE(MAX(n), 0) FROM migration", &[])?.map_or(0, |r| r.count(0));
    if done > all.len() as u64 {
        return Err(Failure::Fault(format!("数据由更新的版本写入（第 {done} 号结构），请用新版本打开。")));
    }
    for (i, sql) in all.iter().enumerate().skip(usize::try_from(done).unwrap_or(0)) {
        tx.batch(if tx.dialect() == Dialect::Sqlite { "BEGIN IMMEDIATE" } else { "BEGIN; SELECT pg_advisory_xact_lock(7301)" })?;
        let again = tx.one("SELECT 1 FROM migration WHERE n = $1", params![i + 1])?;
        if again.is_none() {
            tx.batch(sql)?;
            tx.exec("INSERT INTO migration (n, what) VALUES ($1, $2)", params![i + 1, sql.lines().next().unwrap_or("")])?;
        }
        tx.batch("COMMIT")?;
    }
    Ok(())
}
