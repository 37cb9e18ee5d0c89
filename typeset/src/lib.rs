//! A `Sheet` as PDF, DOCX and OFD (GB/T 9704-2012). All are made from one value, carry it within, and are the same bytes for the same value:
//! no clock, no chance. Data never become markup: the typesetter reads them as a file, the DOCX writer escapes every text.
mod contained;
mod docx;
mod figures;
mod fonts;
mod ofd;
mod page;
mod pdf;

pub use contained::contained;
pub use docx::docx;
pub use fonts::Fonts;
pub use ofd::ofd;
pub use pdf::pdf;

use domain::papers::{Proof, Sheet};
use std::fmt;

/// Why a paper was not made or not read. What it says is for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No Chinese font was found; the folders that were searched.
    NoFont(String),
    /// The typesetter refused.
    Set(String),
    /// The file is neither of the two, or is broken.
    Read(String),
}
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFont(searched) => write!(f, "没有找到中文字体，找过：{searched}。运行 make setup 可以装好"),
            Self::Set(why) => write!(f, "文书没有排成：{why}"),
            Self::Read(why) => write!(f, "文件读不出来：{why}"),
        }
    }
}
impl std::error::Error for Fault {}

/// Name of what a file carries within.
const CONTAINED: &str = "sheet.json";

/// What is embedded: the sheet whose bytes are sealed, and what was printed below it.
#[derive(serde::Serialize, serde::Deserialize)]
struct Contained {
    sheet: Sheet,
    proof: Proof,
}
impl Contained {
    fn bytes(sheet: &Sheet, proof: &Proof) -> Result<Vec<u8>, Fault> {
        serde_json::to_vec(&Self { sheet: sheet.clone(), proof: proof.clone() }).map_err(|e| Fault::Set(e.to_string()))
    }
}
