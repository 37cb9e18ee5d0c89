//! The engine: a procedure is tables (phases, steps, clocks, fields) plus the few pure functions tables cannot say.
//! Pure: no clock, no chance, no file, no query. `Matter::act` is the only gate; `offered` walks the same gate.
//! What it is for: `docs/architecture.md`, "One idea" and "The path of an act".
mod check;
mod clocks;
mod erased;
mod field;
mod matter;
mod paper;
mod table;
mod words;

pub use check::{Outline, outline, reactions, sample, unavoidable};
pub use clocks::{Clock, Length, Running, Span, Spell, Window, clock, turn};
pub use erased::{Acted, AnyMatter, Kind, PhaseInfo, StepInfo, StoredMatter};
pub use field::{Column, Field, Form, Row, Section, Shape, column, field, section};
pub use matter::{Entry, Matter, Offer};
pub use paper::{access_matrix, diagram, lawyer_table};
pub use table::{PhaseRow, Procedure, Request, Rule, Step, To, phase, rule, step};
pub use words::{
    At, Fact, Holder, Index, Kin, OFFICE, Parameters, Party, Person, REFERRAL_UNDER_WAY, Refusal, RoleHeld, Stamp, Standing, codes, fact,
    facts, holders, in_role, index, is_vault_ref, marks, person, role, role_in, standings, vault_ref,
};

/// Refusals the engine itself speaks; every other refusal is a rule's own sentence.
pub mod refusals {
    pub use super::words::refusals::*;
}
