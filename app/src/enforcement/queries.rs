//! SQL of enforcement records.
use crate::db::{Row, Tx, Value};
use crate::failure::Result;
use crate::matters::{self, Barred};
use crate::params;

/// Under this kind the match keys stand by which the acts on one enterprise are found.
const FIRM: &str = "enforcement_firm";

pub fn put_firm(tx: &Tx, key: &str, id: i64) -> Result<()> {
    tx.exec("INSERT INTO match_key (kind, key, id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", params![FIRM, key, id]).map(drop)
}
/// `(id, number, body)` of the acts under this key.
pub fn of_firm(tx: &Tx, key: &str) -> Result<Vec<Row>> {
    let sql = "SELECT m.id, m.number, m.body FROM match_key k JOIN matter m ON m.id = k.id WHERE k.kind = $1 AND k.key = $2 ORDER BY m.id";
    tx.rows(sql, params![FIRM, key])
}
/// The newest day, up to this one, on which something was decided.
pub fn newest(tx: &Tx, today: &str) -> Result<Option<String>> {
    let sql = "SELECT on_day FROM fact WHERE measure = '涉企执法' AND on_day <= $1 AND until_seq = $2 ORDER BY on_day DESC LIMIT 1";
    Ok(tx.one(sql, params![today, i64::MAX])?.map(|mut r| r.take(0)))
}
/// `(id, number, body)` of what was decided in these days, by one unit or by all. `keys`: the holders who look; none where only figures
/// are asked for.
pub fn decided(tx: &Tx, (from, to): (&str, &str), org: &str, keys: &[String], barred: &Barred) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![from.into(), to.into(), i64::MAX.into()];
    let mut sight = String::new();
    if !org.is_empty() {
        params.push(org.into());
        sight = format!(" AND i.org = ${}", params.len());
    }
    if keys.is_empty() {
        sight += &barred.cut(&mut params);
    } else {
        let seen = matters::in_sight(keys, barred, &mut |v| {
            params.push(v);
            format!("${}", params.len())
        });
        sight += &format!(" AND {seen}");
    }
    let sql = format!(
        "SELECT i.id, i.number, m.body FROM fact f JOIN idx i ON i.id = f.id JOIN matter m ON m.id = f.id \
         WHERE f.measure = '涉企执法' AND f.on_day >= $1 AND f.on_day <= $2 AND f.until_seq = $3{sight} ORDER BY i.id"
    );
    tx.rows(&sql, &params)
}
