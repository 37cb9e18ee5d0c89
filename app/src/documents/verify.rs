//! `xiezhi verify-paper`: what a paper in somebody's hand proves. First the paper by itself: the sheet it carries, set again, is these bytes,
//! and its square commits to that sheet. Then, where a ledger or an anchor is at hand: the entry commits to it, stands under the root, and the
//! root is signed.
use domain::engine::Entry;
use domain::papers::{Proof, Sheet};
use domain::procedures::official_paper::OfficialPaper;
use ledger::{Anchor, Checkpoint, Event, Hash, Record, Square, VerifyingKey};
use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

use super::{Asked, Form, Reader, sheet_of};
use crate::db::Tx;
use crate::edge::hex;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::ledger::CHAIN_MAIN;
use crate::matters;

/// What came of it: also the exit code of the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Genuine = 0,
    Altered = 2,
    Unknown = 3,
}
/// What is at hand besides the paper.
pub enum Ledgers<'a> {
    None,
    /// The house that issued it.
    House(&'a House),
    /// What it exported (`xiezhi export-ledger`).
    Export(&'a Path),
}
/// What was found, step by step.
#[derive(Debug, Default)]
pub struct Told {
    /// `(held, sentence)`; `None`: it could not be looked at.
    pub steps: Vec<(Option<bool>, String)>,
    proven: bool,
    /// What is drawn may be something else than what is said.
    faces: bool,
}
impl Told {
    fn good(&mut self, say: impl Into<String>) {
        self.steps.push((Some(true), say.into()));
    }
    fn bad(&mut self, say: impl Into<String>) {
        self.steps.push((Some(false), say.into()));
    }
    fn open(&mut self, say: impl Into<String>) {
        self.steps.push((None, say.into()));
    }
    /// All in all.
    pub fn verdict(&self) -> Verdict {
        match self.steps.iter().any(|(held, _)| *held == Some(false)) {
            true => Verdict::Altered,
            false if self.proven && !self.faces => Verdict::Genuine,
            false => Verdict::Unknown,
        }
    }
}
/// Looks at a paper, with what is at hand besides it.
///
/// # Errors
/// A fault of the engine; what is wrong with the paper is told, not failed with.
pub fn verify(file: &[u8], anchors: &[Anchor], ledgers: &Ledgers) -> Result<Told> {
    let mut told = Told::default();
    let (sheet, proof) = match typeset::contained(file) {
        Ok(Some(held)) => held,
        Ok(None) => {
            told.open("文件里没有本系统的文书数据：不是本系统出的电子件，或者被另存过。");
            return Ok(told);
        }
        Err(e) => {
            told.bad(format!("文件里的文书数据读不通：{e}。"));
            return Ok(told);
        }
    };
    let name = if sheet.number.is_empty() { "未编号" } else { sheet.number.as_str() };
    told.steps.push((None, format!("文书：{}，{name}。", sheet.title)));
    if sheet.draft {
        told.open("这是未签发的稿，不是正式文书。");
    }
    same_face(&mut told, file, &sheet, &proof);
    let Some(square) = carried(&mut told, &sheet, &proof) else { return Ok(told) };
    anchored(&mut told, &square, anchors);
    on_ledger(&mut told, ledgers, &square, &sheet)?;
    Ok(told)
}
/// The sheet the file carries, set again.
fn same_face(told: &mut Told, file: &[u8], sheet: &Sheet, proof: &Proof) {
    let form = if file.starts_with(b"%PDF") { Form::Pdf } else { Form::Docx };
    match super::set(sheet, proof, form) {
        Ok(again) if again == file => told.good("重新排版，与本文件逐字节相同。"),
        Ok(again) if form == Form::Pdf => other_bytes(told, file, &again),
        Ok(_) => told.bad("版面与文件所载的数据不同：文件被改动或另存过。"),
        Err(e) => told.open(format!("不能重新排版：{e}。版面未核。")),
    }
}
/// Other bytes than this machine makes of the same sheet: other fonts, or another hand.
fn other_bytes(told: &mut Told, file: &[u8], again: &[u8]) {
    let (was, is) = match (words_of(file), words_of(again)) {
        (Some(was), Some(is)) => (was, is),
        _ => return told.bad("版面与文件所载的数据不同，文字读不出。"),
    };
    if was != is {
        return told.bad(format!("版面上的文字与文件所载的数据不同：{}。", differ(&was, &is)));
    }
    let (theirs, ours) = (fonts_of(file), fonts_of(again));
    let names = |all: &BTreeMap<String, Vec<u8>>| all.keys().cloned().collect::<Vec<_>>();
    if names(&theirs) != names(&ours) {
        told.good(format!("重新排版，文字相同。所用字体与本机不同（{}），字形未核。", names(&theirs).join("、")));
    } else if theirs == ours {
        told.bad("文字和字体相同，版面与文件所载的数据不同：文件被改动或另存过。");
    } else {
        told.open("文字相同，嵌入的字体不同：字体版本不同，或者文件被改动。字形不能判定。");
        told.faces = true;
    }
}
/// Fonts that a PDF embeds: name without the mark of the subset, and bytes.
fn fonts_of(pdf: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let Ok(doc) = lopdf::Document::load_mem(pdf) else { return BTreeMap::new() };
    let of = |d: &lopdf::Dictionary| {
        let name = String::from_utf8_lossy(d.get(b"FontName").ok()?.as_name().ok()?).into_owned();
        let file = [&b"FontFile3"[..], b"FontFile2", b"FontFile"].iter().find_map(|k| d.get(k).ok())?.as_reference().ok()?;
        let bytes = doc.get_object(file).ok()?.as_stream().ok()?.content.clone();
        Some((name.split_once('+').map_or(name.clone(), |(_, n)| n.to_owned()), bytes))
    };
    doc.objects.values().filter_map(|o| of(o.as_dict().ok()?)).collect()
}
/// The text of every page, without blanks.
fn words_of(pdf: &[u8]) -> Option<String> {
    let doc = lopdf::Document::load_mem(pdf).ok()?;
    let pages: Vec<u32> = doc.get_pages().keys().copied().collect();
    let text = doc.extract_text(&pages).ok()?;
    Some(text.chars().filter(|c| !c.is_whitespace()).collect())
}
/// Where two texts part, in words.
fn differ(was: &str, is: &str) -> String {
    let at = was.chars().zip(is.chars()).take_while(|(a, b)| a == b).count();
    let around = |t: &str| t.chars().skip(at.saturating_sub(6)).take(16).collect::<String>();
    format!("版面“…{}…”，数据“…{}…”", around(was), around(is))
}
/// What line and square say, against the sheet.
fn carried(told: &mut Told, sheet: &Sheet, proof: &Proof) -> Option<Square> {
    if proof.square.is_empty() {
        told.open(format!("文书上没有二维码。存证行：“{}”。", proof.line));
        return None;
    }
    let Some(square) = Square::parse(&proof.square) else {
        told.bad("二维码的内容读不通。");
        return None;
    };
    if square.line() != proof.line {
        told.bad(format!("存证行与二维码不符：印着“{}”，应为“{}”。", proof.line, square.line()));
    }
    match square.commits_to(&sheet.bytes()) {
        Some(true) => told.good("正文与二维码中的承诺值相符。"),
        Some(false) => told.bad("正文与二维码中的承诺值不符：内容被改动。"),
        None => told.open("本文书没有承诺值（内部记录）。"),
    }
    Some(square)
}
fn anchored(told: &mut Told, square: &Square, anchors: &[Anchor]) {
    let same: Vec<&Anchor> = anchors.iter().filter(|a| a.ledger_id == square.ledger_id && a.size == square.size).collect();
    match same.first() {
        Some(a) if a.root == square.root => told.good(format!("链外存证记有同一个根（前 {} 条）。", a.size)),
        Some(_) => told.bad(format!("链外存证在前 {} 条处记的是另一个根。", square.size)),
        None if anchors.is_empty() => {}
        None => told.open("链外存证没有记这个检查点。"),
    }
}
/// A ledger, as far as one paper needs it.
pub struct Book {
    ledger_id: [u8; 16],
    key: Option<VerifyingKey>,
    /// Text of the checkpoint of the square's size; empty where there is none.
    checkpoint: String,
    /// Of the entries up to there.
    leaves: Vec<Hash>,
    /// The paper's entry.
    entry: Vec<u8>,
}
impl Book {
    fn of_house(tx: &Tx, house: &House, square: &Square) -> Result<Self> {
        let ledger_id = crate::edge::unhex(&crate::ledger::identity(tx)?.0).and_then(|id| id.try_into().ok()).unwrap_or_default();
        let point = crate::ledger::checkpoints(tx, CHAIN_MAIN)?.into_iter().find(|r| r.count(0) == square.size);
        let key = VerifyingKey::from_text(&house.keys.public());
        let checkpoint = point.map(|mut r| r.take(2)).unwrap_or_default();
        let mut book = Self { ledger_id, key, checkpoint, leaves: vec![], entry: vec![] };
        crate::ledger::each(tx, CHAIN_MAIN, |row| {
            book.push(square, row.bytes(1));
            Ok((book.leaves.len() as u64) < square.size)
        })?;
        Ok(book)
    }
    /// Of an exported ledger; its first entry names the key.
    ///
    /// # Errors
    /// Where the file is no export, or cannot be read.
    pub fn of_export(file: impl BufRead, square: &Square) -> Result<Self> {
        let mut reader = ledger::Reader::open(file)?;
        let mut book = Self { ledger_id: [0; 16], key: None, checkpoint: String::new(), leaves: vec![], entry: vec![] };
        while let Some(record) = reader.record()? {
            match record {
                Record::Checkpoint(text) => {
                    if Checkpoint::parse(&text).is_ok_and(|c| c.size == square.size) {
                        book.checkpoint = text;
                    }
                }
                Record::Entry(bytes, _) => {
                    if let (true, Ok(event)) = (book.leaves.is_empty(), Event::decode(&bytes)) {
                        let said: serde_json::Value = serde_json::from_slice(&event.payload).unwrap_or_default();
                        book.ledger_id = event.ledger_id;
                        book.key = said.get("key").and_then(|k| VerifyingKey::from_text(k.as_str()?));
                    }
                    if (book.leaves.len() as u64) < square.size {
                        book.push(square, &bytes);
                    }
                }
            }
        }
        Ok(book)
    }
    fn push(&mut self, square: &Square, bytes: &[u8]) {
        self.leaves.push(square.alg.hash(&[bytes]));
        if self.leaves.len() as u64 == square.seq {
            self.entry = bytes.to_vec();
        }
    }
}
/// Where the paper's entry stands; whether all that can be said of its place was good.
fn under_root(told: &mut Told, book: &Book, square: &Square) -> bool {
    if book.ledger_id != square.ledger_id {
        told.bad("文书出自另一本台账。");
        return false;
    }
    let root = Checkpoint::parse(&book.checkpoint).ok().map(|c| c.root);
    if root != Some(square.root) || square.seq == 0 || square.seq > square.size {
        told.bad(format!("台账没有这个检查点（前 {} 条，根 {}）。", square.size, hex(&square.root).get(..16).unwrap_or("")));
        return false;
    }
    if !book.key.as_ref().is_some_and(|k| Checkpoint::signed_by(&book.checkpoint, k)) {
        told.bad("检查点的签名不对。");
        return false;
    }
    told.good("检查点由台账所载的密钥签名。");
    let tree = book.leaves.iter().fold(ledger::Tree::new(square.alg), |mut tree, h| {
        tree.push(*h);
        tree
    });
    if tree.root() != square.root || book.leaves.len() as u64 != square.size {
        told.bad("台账的条目算不出文书上的根：台账或者文书被改动。");
        return false;
    }
    told.good(format!("台账前 {} 条算出的根与文书相同，第 {} 条在其中。", square.size, square.seq));
    true
}
/// The entry of the signature holds this commitment, and the number; its stream, where it does.
fn committed(told: &mut Told, book: &Book, square: &Square, sheet: &Sheet, hash: &Hash) -> Option<String> {
    let event = Event::decode(&book.entry).ok();
    let entry = event.as_ref().and_then(|e| serde_json::from_slice::<Entry>(&e.payload).ok());
    let said = |name: &str| entry.as_ref().and_then(|e| Some(e.action()?.1.get(name)?.as_str()?.to_owned())).unwrap_or_default();
    if said("commitment") != hex(hash) {
        told.bad(format!("第 {} 条留痕没有承诺这份文书。", square.seq));
        return None;
    }
    if said("doc_number") != sheet.number {
        told.bad(format!("文号不符：台账记的是“{}”。", said("doc_number")));
        return None;
    }
    told.good(format!("第 {} 条留痕（签发）承诺的就是这份文书，文号 {}。", square.seq, sheet.number));
    told.proven = true;
    event.map(|e| e.stream)
}
/// All that a ledger tells of a paper.
fn on_ledger(told: &mut Told, ledgers: &Ledgers, square: &Square, sheet: &Sheet) -> Result<()> {
    match ledgers {
        Ledgers::None => told.open("没有给出台账（--data 或者 --ledger）：条目是否在台账里、检查点签名，未核。"),
        Ledgers::Export(path) => {
            let file = std::fs::File::open(path).map_err(|e| Failure::Bad(1, format!("读不了台账文件：{e}")))?;
            let book = Book::of_export(std::io::BufReader::new(file), square)?;
            if under_root(told, &book, square) {
                match square.paper {
                    Some((_, hash)) => drop(committed(told, &book, square, sheet, &hash)),
                    None => told.open("内部记录没有承诺值；有数据目录（--data）才能重新写成并核对。"),
                }
            }
        }
        Ledgers::House(house) => house.db.read_here(|tx| {
            let book = Book::of_house(tx, house, square)?;
            if !under_root(told, &book, square) {
                return Ok(());
            }
            let Some((_, hash)) = square.paper else { return again(told, tx, house, sheet) };
            if let Some(stream) = committed(told, &book, square, sheet, &hash)
                && let Some(m) = matters::load_as::<OfficialPaper>(tx, &stream)?
                && let Some(on) = m.state.voided_on()
            {
                told.open(format!("这份文书已于 {on} 作废，文号保留。"));
            }
            Ok(())
        })?,
    }
    Ok(())
}
/// A record is written again from the ledger and compared.
fn again(told: &mut Told, tx: &Tx, house: &House, sheet: &Sheet) -> Result<()> {
    let registers = house.registers(tx)?;
    let (loaded, paper) = (matters::load(tx, &sheet.number)?, domain::papers::paper(&sheet.code));
    let (Some(loaded), Some(paper)) = (loaded, paper) else {
        told.open(format!("台账里没有 {}，不能重新写成本文书。", sheet.number));
        return Ok(());
    };
    let who = domain::engine::Person { id: "console".into(), ..Default::default() };
    let mine = [domain::engine::OFFICE, &[paper.reader]].concat();
    let reader = Reader { who: &who, mine: &mine, whole: true, now: house.clock.now() };
    match sheet_of(&Asked { tx, house, registers: &registers, reader }, &loaded, paper)? {
        Some((now, _)) if now == *sheet => {
            told.good("按台账重新写成，与本文书相同。");
            told.proven = true;
        }
        Some(_) => told.open("按台账重新写成的内容不同：办理又往前走了，或者打印人看到的范围不同，或者内容被改动。"),
        None => told.open("该件现在没有这份文书。"),
    }
    Ok(())
}
