//! 文书 (M0.4): from a matter to the sheet of a paper as one reader may read it; 公文 with number and proof; the check of a paper that
//! somebody holds. What a kind of paper says is data in `domain::papers`, how it is set is `typeset`'s.
mod checks;
mod given;
mod numbers;
mod official;
mod print;
mod proof;
mod queries;
mod verify;

use domain::engine::{Person, Standing};
use domain::papers::{self, Paper, Proof, Sheet};
use domain::procedures::official_paper::OfficialPaper;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use typeset::Fonts;

use crate::db::Tx;
use crate::edge::Now;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{self, Circumstances, Loaded};
use crate::registers::Registers;

pub use checks::{Check, checks};
pub use given::{Reader, Stood, given};
pub use numbers::{Entry, organ_sign, register};
pub use official::{complete, drawn, frozen, signed_in};
pub use print::{Printed, print_all};
pub use proof::{Square, of_entry, of_paper};
pub use queries::drawn_from;
pub use verify::{Ledgers, Told, Verdict, verify};

/// Who prints the papers of any matter they handle, whatever its reader: less than they read themselves is on none of them.
const OFFICE: &[Standing] = &[Standing::Handler, Standing::Lead, Standing::Secretary, Standing::Intake];

/// One paper of a matter, in the form asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Pdf,
    Docx,
}
impl Form {
    pub const ALL: [Self; 2] = [Self::Pdf, Self::Docx];
    /// End of a file's name.
    pub fn end(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }
    /// Media type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
    /// From the end of a name.
    pub fn of(end: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.end() == end)
    }
}
/// The fonts of this machine, looked for once.
///
/// # Errors
/// In words, where those that papers are set in are not installed.
pub fn fonts() -> Result<&'static Fonts> {
    static FONTS: OnceLock<std::result::Result<Fonts, String>> = OnceLock::new();
    let found = FONTS.get_or_init(|| Fonts::find(None).map_err(|e| e.to_string()));
    found.as_ref().map_err(|say| Failure::Fault(format!("文书字体：{say}")))
}
/// The bytes of a sheet.
///
/// # Errors
/// Where it cannot be set.
pub fn set(sheet: &Sheet, proof: &Proof, form: Form) -> Result<Vec<u8>> {
    let bytes = match form {
        Form::Pdf => typeset::pdf(sheet, proof, fonts()?),
        Form::Docx => typeset::docx(sheet, proof),
    };
    bytes.map_err(|e| Failure::Fault(format!("文书排版：{e}")))
}
/// How the paper of a matter is made for one person.
pub struct Asked<'a> {
    pub tx: &'a Tx<'a>,
    pub house: &'a House,
    pub registers: &'a Registers,
    pub reader: Reader<'a>,
}
/// How many kinds of paper this matter has by now, for whoever stands toward it so.
pub fn count(loaded: &Loaded, mine: &[Standing]) -> usize {
    papers::PAPERS.iter().filter(|p| may_print(p, mine) && made(p, loaded)).count()
}
/// Numbers of matters that have this paper by now, newest first.
///
/// # Errors
/// A fault of the engine.
pub fn matters_with(tx: &Tx, paper: &Paper) -> Result<Vec<String>> {
    let mut all = vec![];
    for number in queries::newest(tx, paper.kind, 3_000)? {
        let Some(loaded) = matters::load(tx, &number)? else { continue };
        all.extend(made(paper, &loaded).then_some(number));
    }
    Ok(all)
}
fn made(paper: &Paper, loaded: &Loaded) -> bool {
    paper.kind == loaded.matter.kind() && paper.steps.iter().any(|s| loaded.matter.hands().contains_key(*s))
}
/// Papers that this matter has by now, for whoever stands toward it so: their kind, and the entry each tells.
///
/// # Errors
/// A fault of the engine.
pub fn had(tx: &Tx, loaded: &Loaded, reader: &Reader) -> Result<Vec<(&'static Paper, Stood)>> {
    let mut all = vec![];
    for paper in papers::PAPERS.iter().filter(|p| p.kind == loaded.matter.kind() && may_print(p, reader.mine)) {
        all.extend(given::stood(tx, loaded, paper, reader)?.map(|stood| (paper, stood)));
    }
    Ok(all)
}
/// Whoever the paper is written for, and the office.
pub fn may_print(paper: &Paper, mine: &[Standing]) -> bool {
    mine.contains(&paper.reader) || OFFICE.iter().any(|s| mine.contains(s))
}
/// The sheet of this paper as this matter has it by now; none where no step has made it.
///
/// # Errors
/// A fault of the engine, or a vault that does not open.
pub fn sheet_of(asked: &Asked, loaded: &Loaded, paper: &'static Paper) -> Result<Option<(Sheet, Stood)>> {
    let Some(stood) = given::stood(asked.tx, loaded, paper, &asked.reader)? else { return Ok(None) };
    let mut given = given(asked, loaded, &stood, paper)?;
    if paper.series.is_some() && !confidential(loaded) {
        // Its number comes with the signature of a 公文.
        given.number.clear();
    }
    let mut sheet = papers::compose(paper, &given);
    sheet.draft = sheet.draft || paper.series.is_some() && !confidential(loaded);
    Ok(Some((sheet, stood)))
}
/// Every paper of a matter as a file, for the office that keeps it, by name: 公文 drawn from it as they were signed, the others as its steps
/// made them.
///
/// # Errors
/// As `sheet_of` and `set`.
pub fn files_of(asked: &Asked, loaded: &Loaded) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut sheets = vec![];
    for (paper, stood) in had(asked.tx, loaded, &asked.reader)? {
        if let Some((sheet, _)) = sheet_of(asked, loaded, paper)? {
            sheets.push((paper.code.to_owned(), sheet, proof::of_entry(asked.tx, loaded, stood.seq)?));
        }
    }
    for id in queries::drawn_from(asked.tx, loaded.id)? {
        let Some(paper) = matters::load_by_id(asked.tx, id)? else { continue };
        let Some(laid) = paper.of::<OfficialPaper>().and_then(|m| m.state.signed()).map(|s| s.laid()) else { continue };
        let (sheet, ..) = official::read(asked.tx, asked.house, &paper.number, &laid)?;
        sheets.push((paper.number.clone(), sheet, proof::of_paper(asked.tx, asked.house, &paper)?));
    }
    let mut all = BTreeMap::new();
    for (name, sheet, proof) in sheets {
        for form in Form::ALL {
            all.insert(format!("{name}.{}", form.end()), set(&sheet, &proof, form)?);
        }
    }
    Ok(all)
}
/// Papers of confidential kinds are printed from the matter and carry its number: an entry of the main chain would tell the hour.
pub fn confidential(loaded: &Loaded) -> bool {
    domain::procedures::kind(loaded.matter.kind()).is_some_and(|k| k.confidential)
}
/// How this person stands toward the matter, who must stand toward it in some way.
///
/// # Errors
/// `NotFound` for anybody else; a fault of the engine.
pub fn standing(tx: &Tx, house: &House, who: &Person, number: &str, now: Now) -> Result<(Loaded, Vec<Standing>)> {
    let registers = house.registers(tx)?;
    let loaded = matters::load(tx, number)?.ok_or(Failure::NotFound)?;
    let circumstances = Circumstances::of(tx, &loaded, who, now, &registers)?;
    let mine = loaded.matter.mine(&circumstances.at(who));
    if mine.is_empty() { Err(Failure::NotFound) } else { Ok((loaded, mine)) }
}
