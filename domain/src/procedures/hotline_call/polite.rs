//! What is said to a caller whom the hotline cannot help (M4.1): the one place for these words. Each names where to go, none promises
//! anything, none judges the matter.

/// `(code of OUT_OF_SCOPE, what to say)`.
pub const POLITE: &[(&str, &str)] = &[
    (
        "复议诉讼",
        "您说的事可以依法申请行政复议，或者提起行政诉讼。申请复议一般应在知道该行为之日起六十日内提出。已经在复议、诉讼的，由复议机构、法院依法办理，我们不重复监督。感谢您的来电。",
    ),
    (
        "民事纠纷",
        "您说的事是双方之间的民事纠纷，不是行政执法问题。可以先请商会或者人民调解委员会调解，也可以依法申请仲裁或者向法院起诉。感谢您的来电。",
    ),
    ("信访", "您说的事属于信访事项，可以向信访部门提出，由有权处理的机关依法办理并答复您。感谢您的来电。"),
    ("12345", "您说的事由12345政务服务便民热线办理，请拨打12345，那里会登记并转有关单位答复您。感谢您的来电。"),
    ("公安110", "如果有人身、财产正在受到侵害，请立即拨打110。您的安全最重要。"),
    ("其他", "您说的事不在本热线的受理范围，请向有权处理的机关反映。不清楚由谁办理的，可以拨打12345咨询。感谢您的来电。"),
];
/// The words for this way out; nothing for a code nobody knows.
pub fn words(code: &str) -> &'static str {
    POLITE.iter().find(|(c, _)| *c == code).map_or("", |(_, words)| words)
}
