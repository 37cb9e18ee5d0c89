//! 转办拦截 (boundary 4, trust.md 4.3): nothing goes to whom it is about, to what lies under him, or, where his chief is named, to the
//! office directly above. Pure: the tree is a function from a unit to the one above it; a loop in it does not hang the walk.

/// Why nothing may go there: codes of `registers::codes::FORWARD_GUARD`.
pub const ITSELF: &str = "本身";
/// It lies under an accused unit.
pub const UNDER: &str = "下属";
/// It is the office directly above an accused unit whose chief is named.
pub const ABOVE: &str = "上级";
/// Its liaison is a person named in the report.
pub const PERSON: &str = "被反映人";
/// Nothing bars it.
pub const FREE: &str = "无";

/// Longest chain of units that is looked at: a city has four or five levels.
const DEEPEST: usize = 64;

/// The unit and all above it, from below; each once.
pub fn upward(unit: &str, above: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut chain = vec![unit.to_owned()];
    while let Some(next) = chain.last().and_then(|u| above(u)) {
        if next.is_empty() || chain.contains(&next) || chain.len() == DEEPEST {
            break;
        }
        chain.push(next);
    }
    chain
}
/// Why this receiver is barred by the accused units, or `FREE`.
pub fn verdict(receiver: &str, accused: &[&str], chief_named: bool, above: impl Fn(&str) -> Option<String>) -> &'static str {
    let chain = upward(receiver, &above);
    if accused.contains(&receiver) {
        ITSELF
    } else if chain.iter().any(|unit| accused.contains(&unit.as_str())) {
        UNDER
    } else if chief_named && accused.iter().any(|unit| above(unit).as_deref() == Some(receiver)) {
        ABOVE
    } else {
        FREE
    }
}
/// The sentence for a verdict; none where nothing bars it.
pub fn sentence(verdict: &str) -> Option<&'static str> {
    match verdict {
        FREE => None,
        UNDER => Some("这是被反映单位的下属单位，不能转给它。请选其他单位。"),
        ABOVE => Some("被反映的是单位负责人，不能转给其直接上级单位。请选更上一级或有权机关。"),
        PERSON => Some("这个单位的联络员是被反映人，不能转给它。请选其他单位。"),
        _ => Some("这是被反映单位，不能转给它。请选其他单位。"),
    }
}
