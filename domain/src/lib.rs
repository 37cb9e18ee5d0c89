//! 獬豸's rules: procedures as tables, registers, the working-day calendar, numbers and their check digits.
//! Pure: nothing here reads a clock, a file, a database or chance; all of that enters as arguments (`engine::At`).
#![forbid(unsafe_code)]
pub mod agreement;
pub mod calendar;
pub mod engine;
pub mod identifiers;
pub mod notices;
pub mod papers;
pub mod procedures;
pub mod redaction;
pub mod registers;
pub mod rules;
pub mod sampling;
pub mod small_cells;
pub mod standards;
pub mod wording;
