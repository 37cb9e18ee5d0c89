//! Matters: act, list, view, read records. Only `Desk::act` writes a matter (house.md 4).
mod act;
mod at;
mod list;
mod queries;
mod reads;
mod store;
mod texts;
mod view;

pub(crate) use act::receipt_key;
pub use act::{Ask, Desk, Done, Where};
pub use at::{Circumstances, Loaded, acted_in, conflicted, knows, load, load_as, load_by_id};
pub use list::{Filter, Item, Listing, SOME_UNIT, barred, barred_by, list, offers_opening, sighted};
pub(crate) use queries::{
    Barred, CONFIDENTIAL_FROM, confidential, covers, dated, forget_idem, found, holds, id_of, in_sight, inbox, item_of, linked, neighbours,
    open_reviews, overdue, owners, reads_by_day, seated, standing, to_come, waiting,
};
pub use reads::{Reads, digest_of, flush, viewers};
pub use store::{Doc, Docs, JUDGES, docs, index_row, parties_of, reindex, unnamed};
pub use texts::{Texts, UNWRITABLE, cell_of, money, text_of, unwritable, with_names};
pub(crate) use view::file_ids;
pub use view::{Deadline, Line, Link, Loop, Seen, loop_of, read_by, see};
