//! Charts drawn by the server: SVG with presentation attributes and classes of the stylesheet only, each beside a table of the same numbers.
pub mod bars;
pub mod dots;
pub mod funnel;
pub mod lines;
pub mod stack;
pub mod states;

/// As much of a name as fits in so many characters.
fn short(label: &str, fits: usize) -> String {
    if label.chars().count() <= fits { label.to_owned() } else { label.chars().take(fits - 1).chain(['…']).collect() }
}
/// A number of rows as a length.
fn tall(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(0)
}
