//! Metadata of a package (fields after DA/T 46 and DA/T 70 as far as they are public), as JSON and as XML that says the same; the timeline;
//! the page that shows it.
use serde::{Deserialize, Serialize};

/// 件内目录: one member that holds contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// 件号.
    pub no: usize,
    pub member: String,
    /// 题名.
    pub title: String,
    pub format: String,
    pub bytes: usize,
}
/// A text that is on the ledger and not in the package, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    pub reference: String,
    pub why: String,
}
/// The ledger the entries stand on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub ledger: String,
    pub alg: String,
    pub chain: String,
    pub public_key: String,
    /// Entries under the checkpoint.
    pub size: u64,
}
/// 元数据.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    pub format: String,
    /// 题名.
    pub title: String,
    /// 文号.
    pub number: String,
    /// 责任者.
    pub responsible: String,
    pub owner: String,
    /// 事项种类.
    pub kind: String,
    pub kind_label: String,
    pub org: String,
    /// 形成日期、办结日期、归档日期.
    pub opened_on: String,
    pub closed_on: String,
    pub made_on: String,
    /// 保管期限.
    pub retention: String,
    pub retention_basis: String,
    /// 密级.
    pub secrecy: String,
    pub entries: usize,
    pub pieces: Vec<Piece>,
    pub absent: Vec<Absent>,
    pub origin: Origin,
}
pub const FORMAT: &str = "xiezhi-archive 1";

/// A line of the timeline; persons by their keys, texts about persons by their references.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub no: usize,
    pub seq: u64,
    pub on: String,
    pub actor: String,
    pub standing: String,
    pub label: String,
    pub fields: Vec<(String, String)>,
    pub fingerprint: String,
}
/// Escapes for XML and HTML alike.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
impl Meta {
    /// `(name, 中文, value)` of every single field.
    pub fn fields(&self) -> Vec<(&'static str, &'static str, &str)> {
        vec![
            ("title", "题名", &self.title),
            ("number", "文号", &self.number),
            ("responsible", "责任者", &self.responsible),
            ("owner", "责任者代码", &self.owner),
            ("kind", "门类", &self.kind),
            ("kind_label", "门类名称", &self.kind_label),
            ("opened_on", "形成日期", &self.opened_on),
            ("closed_on", "办结日期", &self.closed_on),
            ("made_on", "归档日期", &self.made_on),
            ("retention", "保管期限", &self.retention),
            ("retention_basis", "保管期限依据", &self.retention_basis),
            ("secrecy", "密级", &self.secrecy),
            ("ledger", "台账编号", &self.origin.ledger),
            ("alg", "指纹算法", &self.origin.alg),
            ("chain", "链", &self.origin.chain),
            ("public_key", "签名公钥", &self.origin.public_key),
        ]
    }
    /// The same as XML.
    pub fn xml(&self) -> String {
        let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<archive format=\"{FORMAT}\">\n");
        for (name, label, value) in self.fields() {
            out += &format!("  <field name=\"{name}\" label=\"{label}\">{}</field>\n", escaped(value));
        }
        out +=
            &format!("  <org>{}</org>\n  <entries>{}</entries>\n  <size>{}</size>\n", escaped(&self.org), self.entries, self.origin.size);
        for p in &self.pieces {
            out += &format!(
                "  <piece no=\"{}\" member=\"{}\" format=\"{}\" bytes=\"{}\">{}</piece>\n",
                p.no,
                escaped(&p.member),
                escaped(&p.format),
                p.bytes,
                escaped(&p.title)
            );
        }
        for a in &self.absent {
            out += &format!("  <absent reference=\"{}\">{}</absent>\n", escaped(&a.reference), escaped(&a.why));
        }
        out + "</archive>\n"
    }
}
const STYLE: &str = "body{font-family:serif;max-width:46em;margin:2em auto;line-height:1.65;padding:0 1em}table{border-collapse:collapse;width:100%}\
td,th{border:1px solid #999;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}small{color:#555}";
/// A page that needs nothing but a browser.
pub fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{0}</title><style>{STYLE}</style></head><body><h1>{0}</h1>\n{body}</body></html>\n",
        escaped(title)
    )
}
/// The timeline as a page.
pub fn timeline_page(meta: &Meta, lines: &[Line]) -> String {
    let mut body = String::from("<table><tbody>\n");
    for (_, label, value) in meta.fields() {
        body += &format!("<tr><th>{label}</th><td>{}</td></tr>\n", escaped(value));
    }
    body += "</tbody></table>\n<h2>办理经过</h2>\n<ol>\n";
    for l in lines {
        body += &format!("<li><b>{}</b> {}（{}，{}）", escaped(&l.on), escaped(&l.label), escaped(&l.standing), escaped(&l.actor));
        for (label, text) in &l.fields {
            body += &format!("<br>{}：{}", escaped(label), escaped(text));
        }
        body += &format!("<br><small>台账第 {} 条，指纹 {}</small></li>\n", l.seq, escaped(&l.fingerprint));
    }
    body += "</ol>\n<h2>件内目录</h2>\n<table><thead><tr><th>件号</th><th>题名</th><th>文件</th><th>格式</th></tr></thead><tbody>\n";
    for p in &meta.pieces {
        body += &format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            p.no,
            escaped(&p.title),
            escaped(&p.member),
            escaped(&p.format)
        );
    }
    page(&format!("{} {}", meta.number, meta.title), &(body + "</tbody></table>\n"))
}
