//! The import wizard (M1.1): upload, look, correct, take in, take back.
use super::visit::{Post, Reply, Visit};
use crate::failure::{Failure, Result};

macro_rules! later { ($($get:ident),*; $($post:ident),*) => {
    $(pub fn $get(_: &Visit) -> Result<Reply> { Err(Failure::NotFound) })*
    $(pub fn $post(_: &Post) -> Result<Reply> { Err(Failure::NotFound) })*
}; }
later!(start, page, errors; upload, mapping, take, discard, undo);
