//! What is only true or not on a day, and for which nobody waits: limits. Others register here as they come.

pub mod codes;
pub mod levers;
pub mod limits;
pub mod parameters;
