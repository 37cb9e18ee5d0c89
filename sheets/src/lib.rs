//! Ledgers as offices really keep them (M1.1): XLSX, old XLS, CSV and TSV in any of five encodings, told by content; two-level
//! headings, merged cells, hidden rows, totals in the middle. Reads and judges; knows no database.
#![forbid(unsafe_code)]
mod book;
mod case_no;
mod cells;
mod figures;
mod header;
pub mod layouts;
mod rows;
pub mod rules;
mod safe;
mod text;
mod units;
mod values;
mod words;
mod xls;

pub use book::{Book, Caps, Cell, Refused, Sheet};
pub use case_no::canonical;
pub use header::{Mapping, best_sheet, propose};
pub use layouts::{Column, Kind, Layout, Person};
pub use rows::{Check, Problem, RowRead, Table, Verdict, read, summary_json};
pub use units::{Unit, Units};
pub use values::Values;
