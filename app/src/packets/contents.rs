//! What a package says (F7): of each source the rows of its page whose field the receiver reads, and nothing else – no link, no number of a
//! matter, no attachment, nothing sealed. Texts out of the vault are opened here, once, when it is prepared.
use domain::engine::{Row, Shape, Standing};
use domain::procedures::numbered;
use domain::procedures::packet::Packet;
use domain::registers::codes::PACKET_KIND;
use serde_json::Value as Json;

use crate::failure::{Failure, Result};
use crate::matters::{Desk, Loaded, load, text_of, with_names};
use crate::vault;

/// The package as text; `until` is the last day it may be read.
pub fn of(desk: &Desk, number: &str, packet: &Packet, until: &str) -> Result<String> {
    let mut lines = head(desk, number, packet, PACKET_KIND.label_of(&packet.opening().kind), until);
    for source in packet.sources() {
        let source = load(desk.tx, source)?.ok_or(Failure::NotFound)?;
        lines.extend(told(desk, &source)?);
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}
/// The letter that puts right what went out before.
pub fn correction(desk: &Desk, number: &str, packet: &Packet, text: &str) -> String {
    let mut lines = head(desk, number, packet, "更正函", "");
    let sent = packet.sent().iter().filter(|e| !e.correction).count();
    lines.extend([
        String::new(),
        format!("我机关此前送出的第 1 至 {sent} 版不再提供。请停止使用，并更正据此形成的材料。"),
        String::new(),
        unnumbered(text, number),
        String::new(),
    ]);
    lines.join("\n")
}
fn head(desk: &Desk, number: &str, packet: &Packet, title: &str, until: &str) -> Vec<String> {
    let o = packet.opening();
    let mut lines = vec![
        title.to_owned(),
        String::new(),
        format!("授权包编号：{number}"),
        format!("版本：第 {} 版", packet.sent().len() + 1),
        format!("接收机关：{}", desk.registers.org_name(&o.to_org)),
        format!("用途：{}", unnumbered(&o.purpose, number)),
        format!("依据：{}", unnumbered(&o.basis, number)),
        format!("形成日期：{}", desk.now.today),
    ];
    lines.extend((!until.is_empty()).then(|| format!("看到何日为止：{until}")));
    lines
}
/// What one source tells.
fn told(desk: &Desk, source: &Loaded) -> Result<Vec<String>> {
    let kind = domain::procedures::kind(source.matter.kind()).ok_or(Failure::NotFound)?;
    let mut lines = vec![String::new(), format!("【{}】", kind.label)];
    for section in source.matter.page() {
        let mut rows = vec![];
        for row in section.rows.iter().filter(|r| goes_out(r)) {
            let text = words(desk, row)?;
            let several = text.contains('\n');
            rows.extend((!text.trim().is_empty()).then(|| format!("{}：{}{text}", row.field.label, if several { "\n" } else { "" })));
        }
        if !rows.is_empty() {
            lines.push(format!("—— {} ——", section.label));
            lines.extend(rows);
        }
    }
    Ok(lines)
}
fn goes_out(row: &Row) -> bool {
    row.field.seen.contains(&Standing::Recipient) && !row.field.is_sealed() && !matches!(row.field.shape, Shape::Matter(_) | Shape::Files)
}
fn words(desk: &Desk, row: &Row) -> Result<String> {
    let named = with_names(desk.tx, row.field, &row.value)?;
    let mut open = |r: &str| Ok(vault::open(desk.tx, &desk.house.keys, r)?.unwrap_or_default());
    let mut one = |value: &Json| text_of(row.field, value, &desk.registers, &mut open);
    let text = match (row.field.shape, named.as_ref()) {
        (Shape::Rows(columns), Json::Array(rows)) => {
            let mut lines = vec![];
            for line in rows {
                let mut line = line.clone();
                if let Some(cells) = line.as_object_mut() {
                    columns.iter().filter(|c| c.names_matters()).for_each(|c| drop(cells.remove(c.name)));
                }
                lines.push(one(&Json::Array(vec![line]))?);
            }
            lines.join("\n")
        }
        (_, value) => one(value)?,
    };
    Ok(unnumbered(&text, ""))
}
/// Numbers of matters the receiver cannot open are taken out; the packet's own stays.
fn unnumbered(text: &str, own: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((found, at)) = numbered(rest).and_then(|n| Some((n, rest.find(n)?))) {
        out.push_str(rest.get(..at).unwrap_or(""));
        out.push_str(if found == own { own } else { "〔编号〕" });
        rest = rest.get(at + found.len()..).unwrap_or("");
    }
    out.push_str(rest);
    out
}
