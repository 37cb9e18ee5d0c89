//! Editable numbers that are no periods; all are the office's own settings (【设】), shown as “本机构设定，非法定”.

/// Collective assessment needs opinions of at least so many persons (B1).
pub const ASSESSORS: &str = "assessors";
/// A rectification may be sent back so many times (B5).
pub const RETURNS: &str = "returns";
/// `(name, 中文, value)` a new house starts with.
pub const DEFAULTS: &[(&str, &str, i64)] = &[(ASSESSORS, "集体研判最少人数", 2), (RETURNS, "整改最多退回次数", 2)];
