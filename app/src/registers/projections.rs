//! Typed tables that pages join: the organisation tree, officers, conflicts, holdings. Each row follows from the newest version.
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

use super::{Conflict, Org, queries};
use crate::db::Tx;
use crate::failure::Result;
use crate::house::House;
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
                regime: regime(text("regime")).to_owned(),
                path: format!("{above}{key}/"),
            };
            let old = desk.tx_org_path(key)?;
            if !old.is_empty() && old != org.path {
                queries::move_under(desk.tx, &old, &org.path)?;
            }
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
        Ok(queries::org_path(self.tx, parent)?.unwrap_or_default())
    }
}
/// What the register says, or what holds of most units.
fn regime(said: &str) -> &str {
    if said.is_empty() { domain::procedures::administrative_supervision::LOCAL } else { said }
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
        regime: r.take(10),
    };
    Ok(queries::orgs(tx)?.into_iter().map(read).collect())
}
pub(super) fn conflicts(tx: &Tx) -> Result<Vec<(String, Conflict)>> {
    let read = |mut r: crate::db::Row| (r.take(0), Conflict { kind: r.take(1), target: r.take(2), why: r.take(3) });
    Ok(queries::conflicts(tx)?.into_iter().map(read).collect())
}

/// Rebuilds the projections from the registers' newest versions and says where a table people read differs.
///
/// # Errors
/// A fault of the engine.
pub(super) fn differ(tx: &Tx, house: &House) -> Result<Option<String>> {
    let mut newest: BTreeMap<(String, String), Option<Json>> = BTreeMap::new();
    for mut row in queries::projected(tx)? {
        let body = if row.is_null(2) { None } else { Some(serde_json::from_str(row.text(2))?) };
        newest.insert((row.take(0), row.take(1)), body);
    }
    let mut parents: BTreeMap<&str, &str> = BTreeMap::new();
    for ((_, code), body) in newest.iter().filter(|((r, _), _)| r == "organisation") {
        if let Some(body) = body {
            parents.insert(code, body.get("parent").and_then(Json::as_str).unwrap_or(""));
        }
    }
    let mut should: BTreeSet<String> = BTreeSet::new();
    for ((register, key), body) in &newest {
        let Some(body) = body else { continue };
        let body = super::open_body(tx, house, body.clone())?;
        let text = |name: &str| body.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
        let cells = match register.as_str() {
            "organisation" => {
                let mut cells: Vec<String> = ["name", "short", "parent", "level", "kind", "region", "status", "former"].map(text).into();
                cells.insert(0, key.clone());
                cells.push(path_of(&parents, key));
                cells.push(regime(&text("regime")).to_owned());
                cells
            }
            "officer" => {
                vec![key.clone(), text("name"), text("unit"), text("post"), text("badge"), text("status"), house.keys.blind(&text("idno"))]
            }
            "conflict" => key.split('|').map(ToOwned::to_owned).chain([text("why")]).collect(),
            _ => key.split('|').map(ToOwned::to_owned).chain([text("from"), text("until")]).collect(),
        };
        should.insert(format!("{register}|{}", cells.join("|")));
    }
    let tables = [
        ("organisation", queries::orgs(tx)?, 11),
        ("officer", queries::officers(tx)?, 7),
        ("conflict", queries::conflicts(tx)?, 4),
        ("holding", queries::holdings(tx)?, 6),
    ];
    for (register, rows, width) in tables {
        for row in rows {
            let cells: Vec<&str> = (0..width).map(|i| row.text(i)).collect();
            if !should.remove(&format!("{register}|{}", cells.join("|"))) {
                return Ok(Some(format!("{register} {}：底册投影与台账不符", row.text(0))));
            }
        }
    }
    Ok(should.first().map(|l| format!("{}：底册投影缺少一行", l.split('|').take(2).collect::<Vec<_>>().join(" "))))
}
fn path_of(parents: &BTreeMap<&str, &str>, code: &str) -> String {
    let (mut path, mut at, mut steps) = (format!("{code}/"), code, 0);
    while let Some(parent) = parents.get(at).copied().filter(|p| parents.contains_key(p)) {
        path = format!("{parent}/{path}");
        (at, steps) = (parent, steps + 1);
        if steps > 32 {
            break;
        }
    }
    path
}
