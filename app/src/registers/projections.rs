//! Typed tables that pages join: the organisation tree, officers, conflicts, holdings. Each row follows from the newest version.
use serde_json::Value as Json;

use super::{Conflict, Org, queries};
use crate::db::Tx;
use crate::failure::Result;
use crate::matters::Desk;

/// Projects the newest version of one row; `body` still readable.
pub(super) fn put(desk: &Desk, register: &str, key: &str, body: Option<&Json>) -> Result<()> {
    let text = |name: &str| body.and_then(|b| b.get(name)).and_then(Json::as_str).unwrap_or("");
    let parts: Vec<&str> = key.split('|').collect();
    let part = |i: usize| parts.get(i).copied().unwrap_or("");
    match (register, body.is_some()) {
        ("organisation", true) => {
            let parent = text("parent");
            let above = desk.tx_org_path(parent)?;
            let field = |n: &str| text(n).to_owned();
            let org = Org {
                code: key.into(),
                name: field("name"),
                short: field("short"),
                parent: parent.into(),
                level: field("level"),
                kind: field("kind"),
                region: field("region"),
                status: field("status"),
                former: field("former"),
                path: format!("{above}{key}/"),
            };
            queries::put_org(desk.tx, &org)
        }
        ("organisation", false) => queries::drop_org(desk.tx, key),
        ("officer", true) => {
            let blind = desk.house.keys.blind(text("idno"));
            queries::put_officer(desk.tx, key, [text("name"), text("unit"), text("post"), text("badge"), text("status"), &blind])
        }
        ("officer", false) => queries::drop_officer(desk.tx, key),
        ("conflict", true) => queries::put_conflict(desk.tx, part(0), part(1), part(2), text("why")),
        ("conflict", false) => queries::drop_conflict(desk.tx, part(0), part(1), part(2)),
        ("holding", true) => queries::put_holding(desk.tx, [part(0), part(1), part(2), part(3), text("from"), text("until")]),
        ("holding", false) => queries::drop_holding(desk.tx, part(0), part(1), part(2), part(3)),
        _ => Ok(()),
    }
}
impl Desk<'_> {
    /// Path of the organisation above, from the top; empty at the top.
    fn tx_org_path(&self, parent: &str) -> Result<String> {
        let row = self.tx.one("SELECT path FROM org WHERE code = $1", crate::params![parent])?;
        Ok(row.map(|mut r| r.take(0)).unwrap_or_default())
    }
}
pub(super) fn orgs(tx: &Tx) -> Result<Vec<Org>> {
    let read = |mut r: crate::db::Row| Org {
        code: r.take(0),
        name: r.take(1),
        short: r.take(2),
        parent: r.take(3),
        level: r.take(4),
        kind: r.take(5),
        region: r.take(6),
        status: r.take(7),
        former: r.take(8),
        path: r.take(9),
    };
    Ok(queries::orgs(tx)?.into_iter().map(read).collect())
}
pub(super) fn conflicts(tx: &Tx) -> Result<Vec<(String, Conflict)>> {
    let read = |mut r: crate::db::Row| (r.take(0), Conflict { kind: r.take(1), target: r.take(2), why: r.take(3) });
    Ok(queries::conflicts(tx)?.into_iter().map(read).collect())
}
