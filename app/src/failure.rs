//! The five failures the app knows. A matter you may not see is `NotFound`; a fault is logged once and shown as a reference number.
use domain::engine::Refusal;

/// Why a request was not carried out. Nothing has changed.
#[derive(Debug)]
pub enum Failure {
    /// There is nothing here for this person.
    NotFound,
    /// Which right is missing, in words.
    Forbidden(String),
    /// Who changed what meanwhile is told by the page.
    Stale,
    /// A rule's own sentence, or what is wrong with a form.
    Refused(Refusal),
    /// Malformed, too large, or too often: status and sentence.
    Bad(u16, String),
    /// Ours: logged once, shown as a reference number.
    Fault(String),
}
/// Shorthand of this crate.
pub type Result<T> = std::result::Result<T, Failure>;

impl From<Refusal> for Failure {
    fn from(r: Refusal) -> Self {
        Self::Refused(r)
    }
}
macro_rules! faults {
    ($($from:ty),*) => { $(impl From<$from> for Failure {
        fn from(e: $from) -> Self { Self::Fault(e.to_string()) }
    })* };
}
faults!(rusqlite::Error, postgres::Error, serde_json::Error, std::io::Error, std::str::Utf8Error);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => f.write_str("没有找到，或你无权查看。"),
            Self::Forbidden(why) | Self::Bad(_, why) => f.write_str(why),
            Self::Stale => f.write_str(domain::engine::refusals::STALE.reason),
            Self::Refused(r) => {
                f.write_str(r.reason)?;
                for (field, say) in &r.fields {
                    write!(f, "；{field}：{say}")?;
                }
                Ok(())
            }
            Self::Fault(what) => write!(f, "内部故障：{what}"),
        }
    }
}
