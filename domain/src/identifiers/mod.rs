//! Numbers of persons, organisations, places, telephones and receipts: one usual writing, their check digits, and a sentence that
//! says what is wrong and what to do. The one place for them: what reads a ledger, a form or a text asks here.
pub mod citizen;
pub mod credit;
pub mod phone;
pub mod receipt;
pub mod region;

/// What kind of thing is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Too few or too many places.
    Length,
    /// A sign that such a number never holds.
    Signs,
    /// No such province, or no such shape of a place.
    Place,
    /// No such day of birth.
    Birth,
    /// The check digit does not fit: a slip of the hand.
    Check,
}
/// Why a number is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// For whoever sorts them.
    pub fault: Fault,
    /// 中文: what is wrong and what to do.
    pub say: String,
}
impl Wrong {
    pub(crate) fn new(fault: Fault, say: impl Into<String>) -> Self {
        Self { fault, say: say.into() }
    }
}
/// Full-width digits, letters and signs as their plain forms.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}
/// As numbers are compared: half-width capitals without spaces and what shows nothing.
fn fold(text: &str) -> String {
    let unseen = |c: &char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().filter(|c| !unseen(c)).map(half_width).map(|c| c.to_ascii_uppercase()).collect()
}
fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
/// Whether a number means a person rather than an organisation. The code of an organisation has letters inside, begins with 9, or fits
/// its own check where no day of birth stands.
pub fn means_a_person(text: &str) -> bool {
    let number = fold(text);
    let body = number.strip_suffix('X').unwrap_or(&number);
    let organisation =
        || number.len() == 18 && (number.starts_with('9') || citizen::birth(&number).is_none() && credit::check(&number).is_ok());
    citizen::check(&number).is_ok() || digits(body) && !organisation()
}
