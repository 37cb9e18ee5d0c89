pub mod calendar;
pub mod registers;
