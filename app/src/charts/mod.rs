//! Charts drawn by the server: SVG with presentation attributes and classes of the stylesheet only, each beside a table of the same numbers.
pub mod bars;
//! Charts as the server draws them: geometry only, in units of the drawing; templates hold the markup, with presentation attributes alone.
//! Beside each stands a table of the same numbers.
pub mod funnel;
