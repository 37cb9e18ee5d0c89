//! `xiezhi paper --all`: every kind of paper once, from a matter that has it.
use domain::engine::{OFFICE, Person};
use domain::papers::{self, Paper, Proof, Sheet};
use domain::procedures::official_paper::OfficialPaper;
use std::path::Path;
use std::time::Instant;

use super::{Asked, Form, Reader, given, proof, queries, set, sheet_of};
use crate::db::Tx;
use crate::failure::Result;
use crate::house::House;
use crate::matters;

/// One kind as it was printed.
#[derive(Debug)]
pub struct Printed {
    pub code: &'static str,
    pub label: &'static str,
    /// The matter it tells of; empty of a sample.
    pub matter: String,
    pub pages: usize,
    pub ms: u128,
}
/// How many of the newest matters of a kind are asked for one that has the paper.
const ASKED: i64 = 3_000;

/// Writes one PDF and one DOCX of every kind into the folder.
///
/// # Errors
/// A fault of the engine or of the disk, or a sheet that cannot be set.
pub fn print_all(house: &House, folder: &Path) -> Result<Vec<Printed>> {
    std::fs::create_dir_all(folder)?;
    let mut all = vec![];
    for paper in papers::PAPERS {
        let (sheet, proof, matter) = house.db.read_here(|tx| instance(tx, house, paper))?;
        let begun = Instant::now();
        let mut pages = 0;
        for form in Form::ALL {
            let bytes = set(&sheet, &proof, form)?;
            if form == Form::Pdf {
                pages = lopdf::Document::load_mem(&bytes).map_or(0, |d| d.get_pages().len());
            }
            std::fs::write(folder.join(format!("{}.{}", paper.code, form.end())), bytes)?;
        }
        all.push(Printed { code: paper.code, label: paper.label, matter, pages, ms: begun.elapsed().as_millis() });
    }
    Ok(all)
}
/// The paper of a matter that has it: a signed 公文 first, then any matter; else a sample.
fn instance(tx: &Tx, house: &House, paper: &'static Paper) -> Result<(Sheet, Proof, String)> {
    let registers = house.registers(tx)?;
    let who = Person { id: "console".into(), ..Default::default() };
    let mine = [OFFICE, &[paper.reader]].concat();
    let asked = Asked { tx, house, registers: &registers, reader: Reader { who: &who, mine: &mine, whole: true, now: house.clock.now() } };
    if paper.series.is_some()
        && let Some(found) = signed(&asked, paper)?
    {
        return Ok(found);
    }
    for number in queries::newest(tx, paper.kind, ASKED)? {
        let Some(loaded) = matters::load(tx, &number)? else { continue };
        if let Some((sheet, stood)) = sheet_of(&asked, &loaded, paper)? {
            return Ok((sheet, proof::of_entry(tx, &loaded, stood.seq)?, number));
        }
    }
    let mut sheet = papers::compose(paper, &given::sample(&registers, paper));
    sheet.draft = true;
    sheet.note = "样张".into();
    Ok((sheet, Proof::default(), String::new()))
}
fn signed(asked: &Asked, paper: &Paper) -> Result<Option<(Sheet, Proof, String)>> {
    let mut void = None;
    for number in queries::newest(asked.tx, "official_paper", ASKED)? {
        let Some(loaded) = matters::load(asked.tx, &number)? else { continue };
        let Some(state) = loaded.of::<OfficialPaper>().map(|m| &m.state).filter(|s| s.opening().paper == paper.code) else { continue };
        let Some(laid) = state.signed().map(|s| s.laid()) else { continue };
        let (sheet, ..) = super::official::read(asked.tx, asked.house, &number, &laid)?;
        let found = (sheet, proof::of_paper(asked.tx, asked.house, &loaded)?, number);
        match state.voided_on() {
            None => return Ok(Some(found)),
            Some(_) => void = Some(found),
        }
    }
    Ok(void)
}
