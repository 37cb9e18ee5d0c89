//! The engine: a procedure is tables (phases, steps, clocks, fields) plus the few pure functions tables cannot say.
//! Pure: no clock, no chance, no file, no query. `Matter::act` is the only gate; `offered` walks the same gate.
//! Contract worked out in `docs/architecture.md`, "Procedures are tables".
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
    At, Fact, Holder, Index, Kin, OFFICE, Parameters, Party, Person, Refusal, RoleHeld, Stamp, Standing, UNDER_WAY, codes, fact, holders,
    in_role, index, is_vault_ref, person, role, role_in, standings, vault_ref,
};

/// Refusals the engine itself speaks; every other refusal is a rule's own sentence.
pub mod refusals {
    pub use super::words::refusals::*;
}
