//! 发文字号: 机关代字〔年〕序号, counted without gaps for each 机关代字 in each year. A number whose paper became void stays (作废留号).
use domain::engine::Person;
use domain::papers::{Paper, SERIES};
use domain::procedures::official_paper::OfficialPaper;
use jiff::civil::Date;

use super::queries;
use crate::db::Tx;
use crate::edge::Now;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{self, Desk};
use crate::registers::Registers;

/// What an organ is called in a number, by what its name holds.
const SIGNS: [(&str, &str); 8] = [
    ("政法委", "政法"),
    ("司法局", "司"),
    ("工商业联合会", "联"),
    ("组织部", "组"),
    ("纪委", "纪"),
    ("检察院", "检"),
    ("法院", "法"),
    ("公安", "公"),
];
/// 机关代字: the first character of the place and the word for the organ, “宜政法”.
pub fn organ_sign(registers: &Registers, code: &str) -> String {
    let name = registers.org_name(code);
    let name = name.strip_prefix("中共").unwrap_or(name);
    let place: String = name.chars().take(1).collect();
    let word = SIGNS.iter().find(|(held, _)| name.contains(held)).map(|(_, word)| (*word).to_owned());
    word.map_or_else(|| name.chars().take(2).collect(), |word| format!("{place}{word}"))
}
/// The next number of this organ for this paper, and the series it counts in. The write holds the ledger's head, so that nobody else is
/// counting meanwhile.
pub(super) fn next(desk: &Desk, organ: &str, paper: &Paper) -> Result<(String, String)> {
    let suffix = SERIES.iter().find(|(code, ..)| Some(*code) == paper.series).map(|(_, suffix, _)| *suffix);
    let series = format!("{}{}", organ_sign(&desk.registers, organ), suffix.ok_or(Failure::NotFound)?);
    let year = desk.now.today.year();
    let n = queries::given_in(desk.tx, &series, year)? + 1;
    Ok((format!("{series}〔{year}〕{n}号"), series))
}

/// A line of the register of numbers.
#[derive(Clone, Debug)]
pub struct Entry {
    pub doc_number: String,
    pub label: &'static str,
    /// Number of the 公文.
    pub number: String,
    /// Whom it goes to.
    pub to: String,
    pub signed_on: Option<Date>,
    pub served_on: Option<Date>,
    pub received_on: Option<Date>,
    pub voided_on: Option<Date>,
    /// Of the series, “云政法督”.
    pub series: String,
}
/// How many lines of a year one page tells.
const LONGEST: i64 = 2_000;
/// The numbers of a year that this person may know of, newest first.
///
/// # Errors
/// A fault of the engine.
pub fn register(tx: &Tx, house: &House, who: &Person, year: i16, now: Now) -> Result<Vec<Entry>> {
    let registers = house.registers(tx)?;
    let mut all = vec![];
    for row in queries::numbered(tx, &format!("{year:04}-01-01"), &format!("{:04}-01-01", year + 1), LONGEST)? {
        let Some(loaded) = matters::load_by_id(tx, row.int(0))? else { continue };
        let Some(paper) = loaded.of::<OfficialPaper>().map(|m| &m.state) else { continue };
        if !matters::knows(tx, &loaded, who, now, &registers)? {
            continue;
        }
        let signed = paper.signed().cloned().unwrap_or_default();
        all.push(Entry {
            doc_number: signed.doc_number,
            series: signed.series,
            label: paper.paper().map_or("", |p| p.label),
            to: registers.org_name(&paper.opening().wording.to_org).to_owned(),
            signed_on: paper.signed_on(),
            served_on: paper.served_on(),
            received_on: paper.received_on(),
            voided_on: paper.voided_on(),
            number: loaded.number,
        });
    }
    Ok(all)
}
