//! 底册: what is only true or not on a day (organisations, limits, code tables, holidays). Versioned rows on the same ledger.
pub mod codes;
