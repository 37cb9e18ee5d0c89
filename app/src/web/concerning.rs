//! 与我有关: the officer's own page, and the receipts of what he said (B12).
use askama::Template;

use super::pages::{Cell, Frame, TablePage, html};
use super::present;
use super::registers::{done, page};
use super::visit::{Reply, Visit};
use crate::concerning;
use crate::edge;
use crate::failure::{Failure, Result};
use crate::matters::{self, Seen};

/// `GET /mine`.
pub fn mine(v: &Visit) -> Result<Reply> {
    let mut rows = vec![];
    for m in concerning::mine(v.tx, v.house, v.who, v.now)? {
        let row = present::list_row(&m.item, "", v);
        let kind = domain::procedures::kind(&m.item.kind).map_or("", |k| k.label);
        let due = match row.due {
            Some(d) => format!("{} {}，{}", m.item.due_label, d.day, d.words),
            None => String::new(),
        };
        let to = format!("/matter/{}", m.item.number);
        let can: Vec<&str> = m.offers.iter().map(|o| o.label).collect();
        rows.push(vec![
            Cell::Link(m.item.number.clone(), to),
            Cell::Text(kind.into()),
            Cell::Text(m.item.title.clone()),
            Cell::Text(row.stage.label.clone()),
            Cell::Text(due),
            Cell::Text(if can.is_empty() { "现在没有需要你办理的".into() } else { can.join("、") }),
        ]);
    }
    let p: TablePage = page(
        v,
        "与我有关",
        "涉及你本人的事项都在这里。打开编号，可以看全部内容，也可以办理。",
        vec!["编号", "类别", "事项", "办到哪一步", "期限", "你可以办理"],
        rows,
    )?;
    done(TablePage { empty: "没有涉及你本人的事项".into(), ..p })
}
/// Ways from the page of an entry to the receipts of what he said.
pub fn tools(v: &Visit, seen: &Seen) -> Result<Vec<(String, String)>> {
    let number = &seen.item.number;
    let all = concerning::receipts(v.tx, number)?;
    Ok(all.into_iter().map(|(seq, label)| (format!("存证回执：{label}"), format!("/matter/{number}/receipt/{seq}"))).collect())
}
fn read(v: &Visit) -> Result<(Seen, concerning::Receipt)> {
    let number = v.part("number");
    let seen = matters::see(v.tx, v.house, v.who, number, v.now)?;
    let told = seen.office() || seen.mine.contains(&domain::engine::Standing::Officer);
    if seen.item.kind != "negative_list_entry" || !told {
        return Err(Failure::NotFound);
    }
    let seq = v.part("seq").parse().map_err(|_| Failure::NotFound)?;
    let receipt = concerning::receipt(v.tx, v.who, number, seq)?;
    Ok((seen, receipt))
}
/// A receipt to print.
#[derive(Template, Default)]
#[template(path = "receipt.html")]
pub struct ReceiptPage {
    pub frame: Frame,
    pub number: String,
    pub heading: &'static str,
    pub owner: String,
    pub facts: Vec<(&'static str, String)>,
    pub marks: Vec<(String, String)>,
    pub checkpoint: String,
    /// Address of the file; empty before a checkpoint covers the entry.
    pub proof: String,
}
/// `GET /matter/{number}/receipt/{seq}`: to print and to keep.
pub fn receipt(v: &Visit) -> Result<Reply> {
    let (seen, r) = read(v)?;
    let number = seen.item.number.clone();
    let action = r.entry.action().map_or("", |(a, _)| a);
    let label = domain::procedures::kind(&seen.item.kind).and_then(|k| k.step(action)).map_or("", |s| s.label);
    let seq = crate::ledger::label(r.kept.seq);
    let mut marks = vec![("本条指纹".to_owned(), edge::hex(&r.kept.h))];
    for (n, (_, commitment, salt)) in r.texts.iter().enumerate() {
        marks.push((format!("内容 {} 的承诺值", n + 1), edge::hex(commitment)));
        marks.extend(salt.map(|salt| (format!("内容 {} 的盐", n + 1), edge::hex(&salt))));
    }
    let page = ReceiptPage {
        frame: present::frame(v, "存证回执", &[("工作台", "/"), (&number, &format!("/matter/{number}")), ("存证回执", "")])?,
        heading: "存证回执",
        owner: v.registers.org_name(seen.loaded.matter.owner()).to_owned(),
        facts: vec![
            ("办理", label.to_owned()),
            ("提交方式", if r.online { "本人在线提交" } else { "书面材料，代为登记" }.to_owned()),
            ("收到时间", edge::minute_of(r.kept.event.time_ms)),
            ("台账位置", format!("第 {seq} 条")),
        ],
        marks,
        proof: r.checkpoint.as_ref().map_or_else(String::new, |_| format!("/matter/{number}/receipt/{}/proof.txt", r.kept.seq)),
        checkpoint: r.checkpoint.map(|(_, text)| text).unwrap_or_default(),
        number,
    };
    Ok(Reply::Html(html(&page)))
}
/// `GET /matter/{number}/receipt/{seq}/proof.txt`: checked without us.
pub fn proof(v: &Visit) -> Result<Reply> {
    let (seen, r) = read(v)?;
    let seq = r.kept.seq;
    let proof = concerning::proof(v.tx, r)?.ok_or_else(|| Failure::Bad(409, "还没有检查点覆盖这一条，请稍后再下载。".into()))?;
    Ok(Reply::Download(proof.text().into_bytes(), "text/plain; charset=utf-8", format!("{}-{seq}.txt", seen.item.number)))
}
