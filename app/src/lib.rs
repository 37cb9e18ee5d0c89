//! 獬豸: everything that is not a rule. Vertical slices; SQL in `queries.rs` and `db/` only; time and chance in `edge`.
#![forbid(unsafe_code)]
pub mod agreement;
pub mod alive;
pub mod appeals;
pub mod archive;
mod brought;
pub mod charts;
pub mod cli;
pub mod concerning;
mod conferences;
mod conflicts;
pub mod db;
pub mod demo;
pub mod documents;
pub mod draws;
pub mod edge;
pub mod enforcement;
pub mod failure;
pub mod fairness;
pub mod files;
mod hooks;
pub mod hotline;
pub mod house;
pub mod import;
pub mod inbox;
pub mod inspections;
pub mod ledger;
pub mod levers;
pub mod matters;
pub mod notices;
pub mod observations;
pub mod own;
pub mod packets;
pub mod people;
pub mod portal;
pub mod problems;
pub mod referrals;
pub mod registers;
pub mod reports;
pub mod reviews;
pub mod rules;
pub mod sealing;
pub mod search;
pub mod standards;
pub mod statistics;
pub mod table;
pub mod vault;
pub mod web;

/// A fifth of a page's time went into the system's allocator, and its arenas kept what imports had used.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
