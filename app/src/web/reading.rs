//! 阅卷室 (F2): papers of a dossier under review, shown in place to its experts while the task runs, never handed out. Every look
//! leaves a record; the watermark tells whose look it was. Names of papers are not shown: they could name the unit.
use domain::procedures::review::Review;

use super::expert_pages::{ReadingPage, Shown};
use super::pages::html;
use super::present;
use super::visit::{Reply, Visit};
use crate::edge::{self, Now};
use crate::failure::{Failure, Result};
use crate::files::{self, File};
use crate::{matters, reviews};

/// Longest text shown as one page.
const LONGEST: usize = 2 << 20;

/// Two lines over a page: whose look, and when.
pub fn watermark(code: &str, now: Now) -> (String, String) {
    (format!("{code} · {}", edge::minute_of(now.ms)), "评查专用 · 禁止外传".into())
}
fn label(n: usize) -> String {
    format!("文书 {}", n + 1)
}
fn size(f: &File) -> String {
    let kind = match f.mime.as_str() {
        "application/pdf" => "PDF",
        "text/plain" => "文本",
        m if m.starts_with("image/") => "图片",
        _ => "不能在页面显示",
    };
    format!("{kind} · {}", present::size(f.size))
}
/// Links into the room, for the sheet; none before the dossier is here.
///
/// # Errors
/// A fault of the engine.
pub fn papers(v: &Visit, number: &str, review: &Review) -> Result<Vec<(String, String)>> {
    if !review.may_read_dossier(&v.who.id) {
        return Ok(vec![]);
    }
    let (_, all) = reviews::papers(v.tx, v.house, review)?;
    Ok(all.iter().enumerate().map(|(n, f)| (format!("{}（{}）", label(n), size(f)), format!("/reading/{number}?paper={}", f.id))).collect())
}
/// The review of this number where this person may read its dossier now; to everybody else there is no such room.
fn room(v: &Visit) -> Result<(matters::Loaded, Review)> {
    let loaded = matters::load(v.tx, v.part("number"))?.ok_or(Failure::NotFound)?;
    let review = loaded.of::<Review>().map(|m| &m.state).filter(|r| r.may_read_dossier(&v.who.id)).ok_or(Failure::NotFound)?.clone();
    // A conflict registered meanwhile shuts the room before anybody acts on it.
    let circumstances = matters::Circumstances::of(v.tx, &loaded, v.who, v.now, &v.registers)?;
    if loaded.matter.mine(&circumstances.at(v.who)).is_empty() {
        return Err(Failure::NotFound);
    }
    Ok((loaded, review))
}
/// `GET /reading/{number}`: the list of papers, and one of them in place.
pub fn page(v: &Visit) -> Result<Reply> {
    let (loaded, review) = room(v)?;
    let number = loaded.number.as_str();
    let (dossier, all) = reviews::papers(v.tx, v.house, &review)?;
    let asked = v.query.get("paper");
    let at = all.iter().position(|f| f.id == asked);
    if !asked.is_empty() && at.is_none() {
        return Err(Failure::NotFound);
    }
    let shown = match at.and_then(|n| Some((n, all.get(n)?))) {
        Some((n, f)) => {
            v.house.reads.note(&v.who.id, dossier, "阅卷", v.now);
            Some(show(v, number, &label(n), f)?)
        }
        None => None,
    };
    v.house.reads.note(&v.who.id, loaded.id, "阅卷", v.now);
    let second = review.seat(&v.who.id, true).is_some();
    let seat = review.seat(&v.who.id, second);
    let action = if second { "re_examine" } else { "submit" };
    let row = |(n, f): (usize, &File)| (label(n), size(f), format!("/reading/{number}?paper={}", f.id), at == Some(n));
    let page = ReadingPage {
        frame: present::frame(
            v,
            "阅卷室",
            &[("工作台", "/"), ("案件评查", "/matters/review"), (number, &format!("/matter/{number}")), ("阅卷室", "")],
        )?,
        number: number.into(),
        papers: all.iter().enumerate().map(row).collect(),
        shown,
        watermark: watermark(seat.map_or("", |s| &s.code), v.now),
        sheet: Some(format!("/matter/{number}/do/{action}")),
    };
    Ok(Reply::Room(html(&page)))
}
fn show(v: &Visit, number: &str, label: &str, f: &File) -> Result<Shown> {
    let (href, label) = (format!("/reading/{number}/{}", f.id), label.to_owned());
    Ok(match f.mime.as_str() {
        "application/pdf" => Shown::Pdf(href, label),
        "image/png" | "image/jpeg" => Shown::Image(href, label),
        "text/plain" if usize::try_from(f.size).is_ok_and(|s| s <= LONGEST) => {
            Shown::Text(String::from_utf8_lossy(&files::bytes(v.house, &f.digest)?).into_owned(), label)
        }
        _ => Shown::Closed(label),
    })
}
/// `GET /reading/{number}/{file}`: an image or a PDF for the page above, and for nothing else.
pub fn paper(v: &Visit) -> Result<Reply> {
    let (_, review) = room(v)?;
    let (dossier, all) = reviews::papers(v.tx, v.house, &review)?;
    let f = all.iter().find(|f| f.id == v.part("file")).ok_or(Failure::NotFound)?;
    let kind = match f.mime.as_str() {
        "application/pdf" => "application/pdf",
        "image/png" => "image/png",
        "image/jpeg" => "image/jpeg",
        _ => return Err(Failure::NotFound),
    };
    // Opened by its own address it would stand there without a watermark.
    if v.dest == "document" {
        return Err(Failure::NotFound);
    }
    v.house.reads.note(&v.who.id, dossier, "阅卷", v.now);
    Ok(Reply::Inline(files::bytes(v.house, &f.digest)?, kind))
}
