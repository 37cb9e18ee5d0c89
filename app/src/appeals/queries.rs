//! SQL of appeals: under which enterprise one is watched.
use crate::db::Tx;
use crate::failure::Result;
use crate::params;

pub fn put_watch(tx: &Tx, firm: &str, id: i64) -> Result<()> {
    let sql = "INSERT INTO match_key (kind, key, id) VALUES ('enterprise_appeal', $1, $2) ON CONFLICT DO NOTHING";
    tx.exec(sql, params![format!("watch|{firm}"), id]).map(drop)
}
/// Appeals of this enterprise, oldest first.
pub fn watched(tx: &Tx, firm: &str) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM match_key WHERE kind = 'enterprise_appeal' AND key = $1 ORDER BY id";
    Ok(tx.rows(sql, params![format!("watch|{firm}")])?.iter().map(|r| r.int(0)).collect())
}
