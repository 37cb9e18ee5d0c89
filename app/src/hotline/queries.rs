//! SQL of the hotline: digests a call is found again by, orders of 12345.
use crate::db::Tx;
use crate::failure::Result;
use crate::params;

pub fn put_hint(tx: &Tx, kind: &str, digest: &str, id: i64) -> Result<()> {
    tx.exec("INSERT INTO match_key (kind, key, id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", params![kind, hint(digest), id]).map(drop)
}
pub fn drop_hints(tx: &Tx, kind: &str, id: i64) -> Result<()> {
    tx.exec("DELETE FROM match_key WHERE kind = $1 AND id = $2 AND key LIKE 'hint|%'", params![kind, id]).map(drop)
}
/// Matters with this digest, newest first.
pub fn hinted(tx: &Tx, digest: &str) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM match_key WHERE kind IN ('hotline_call', 'enterprise_appeal') AND key = $1 ORDER BY id DESC LIMIT 20";
    Ok(tx.rows(sql, params![hint(digest)])?.iter().map(|r| r.int(0)).collect())
}
fn hint(digest: &str) -> String {
    format!("hint|{digest}")
}
/// `(id, codes)` of what concerns this organisation since that day.
pub fn about(tx: &Tx, org: &str, from: &str) -> Result<Vec<(i64, String)>> {
    let sql = "SELECT id, codes FROM idx WHERE org = $1 AND kind IN ('hotline_call', 'enterprise_appeal') AND opened_on >= $2 \
               AND phase NOT IN ('Voided', 'Merged') ORDER BY id DESC LIMIT 200";
    Ok(tx.rows(sql, params![org, from])?.into_iter().map(|mut r| (r.int(0), r.take(1))).collect())
}
/// The call an order of this number became.
pub fn ordered(tx: &Tx, keys: &crate::house::Keys, order_no: &str) -> Result<Option<i64>> {
    let sql = "SELECT id FROM match_key WHERE kind = 'hotline_call' AND key = $1 ORDER BY id LIMIT 1";
    Ok(tx.one(sql, params![keys.blind(&format!("order|{order_no}"))])?.map(|r| r.int(0)))
}
/// `(kind, phase, changed)` of the call, or of the complaint it became.
pub fn newest_of(tx: &Tx, id: i64) -> Result<(String, String, i64)> {
    let sql = "SELECT i.kind, i.phase, i.changed_ms FROM idx i WHERE i.id = $1 \
               OR i.kind = 'enterprise_appeal' AND i.id IN (SELECT b FROM link WHERE a = $1 AND link = '') ORDER BY i.id DESC LIMIT 1";
    Ok(tx.one(sql, params![id])?.map(|mut r| (r.take(0), r.take(1), r.int(2))).unwrap_or_default())
}
