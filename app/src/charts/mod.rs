//! Charts drawn by the server: SVG with presentation attributes and classes of the stylesheet only, each beside a table of the same numbers.
pub mod bars;
pub mod funnel;
pub mod states;
