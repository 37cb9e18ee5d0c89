//! 行政区划代码 (GB/T 2260): provinces by name, cities and counties by shape only, for these change every year.
use super::{Fault, Wrong, digits, fold};

/// 省级代码.
const PROVINCES: [(u32, &str); 34] = [
    (11, "北京市"),
    (12, "天津市"),
    (13, "河北省"),
    (14, "山西省"),
    (15, "内蒙古自治区"),
    (21, "辽宁省"),
    (22, "吉林省"),
    (23, "黑龙江省"),
    (31, "上海市"),
    (32, "江苏省"),
    (33, "浙江省"),
    (34, "安徽省"),
    (35, "福建省"),
    (36, "江西省"),
    (37, "山东省"),
    (41, "河南省"),
    (42, "湖北省"),
    (43, "湖南省"),
    (44, "广东省"),
    (45, "广西壮族自治区"),
    (46, "海南省"),
    (50, "重庆市"),
    (51, "四川省"),
    (52, "贵州省"),
    (53, "云南省"),
    (54, "西藏自治区"),
    (61, "陕西省"),
    (62, "甘肃省"),
    (63, "青海省"),
    (64, "宁夏回族自治区"),
    (65, "新疆维吾尔自治区"),
    (71, "台湾省"),
    (81, "香港特别行政区"),
    (82, "澳门特别行政区"),
];

/// How far down a code reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// 省级.
    Province,
    /// 市级.
    City,
    /// 县级.
    County,
}
/// A place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Six digits.
    pub code: String,
    /// Name of its province.
    pub province: &'static str,
    /// How far down it reaches.
    pub level: Level,
}
/// Whether two digits are those of a province.
pub(crate) fn known(two: u32) -> bool {
    PROVINCES.iter().any(|(n, _)| *n == two)
}
/// The province of a number that begins with its two digits.
pub fn province(number: &str) -> Option<&'static str> {
    let two: u32 = number.get(..2)?.parse().ok()?;
    PROVINCES.iter().find(|(n, _)| *n == two).map(|(_, name)| *name)
}
/// A code of six digits.
///
/// # Errors
/// What is wrong with it and what to do.
pub fn check(text: &str) -> Result<Region, Wrong> {
    let code = fold(text);
    if !digits(&code) {
        return Err(Wrong::new(Fault::Signs, "行政区划代码只有数字。请改成如 361200 的六位代码。"));
    }
    let (Some(city), Some(county), 6) = (code.get(2..4), code.get(4..6), code.len()) else {
        let say = format!("行政区划代码应为 6 位，现在是 {} 位。请改成如 361200 的六位代码。", code.len());
        return Err(Wrong::new(Fault::Length, say));
    };
    let level = match (city, county) {
        ("00", "00") => Level::Province,
        ("00", _) => return Err(Wrong::new(Fault::Place, "行政区划代码有县级两位却没有市级两位。请核对中间两位。")),
        (_, "00") => Level::City,
        _ => Level::County,
    };
    let Some(province) = province(&code) else {
        return Err(Wrong::new(Fault::Place, "行政区划代码开头两位不是省级代码。请核对后重填。"));
    };
    Ok(Region { code, province, level })
}
