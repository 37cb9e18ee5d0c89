//! An opinion of the procuratorate, and one that the unit left unheeded.
#![allow(dead_code, clippy::unwrap_used)]
use super::{COURT, PROCURACY, Town};

/// An opinion by the procurator's own form, served on the first day: due on 17 March.
pub fn opinion(town: &Town) -> String {
    town.open(
        "procurator",
        "procuratorial_opinion",
        "register",
        &[
            ("proc_org", PROCURACY),
            ("kind", "通知立案书"),
            ("doc_no", "云检通立〔2026〕5号"),
            ("org", COURT),
            ("matter", "应当立案而未立案，要求说明。"),
            ("served_on", "2026-03-02"),
            ("paper", "file:意见书"),
            ("service", "file:回证"),
        ],
    )
}
/// Time looks for what is owed.
pub fn tick(town: &Town) {
    app::inbox::tick(&town.house).unwrap();
}
/// Past its term, reminded, the reminder run out: day 30.
pub fn unheeded(town: &Town) -> String {
    let jy = opinion(town);
    town.day(16);
    tick(town);
    assert_eq!(town.phase(&jy), "Unheeded");
    let (today, by) = (town.today(0), town.today(10));
    town.act(
        "procurator",
        &jy,
        "remind",
        &[("reminded_on", &today), ("reminder_no", "云检催〔2026〕1号"), ("remind_by", &by), ("proof", "file:催告回证")],
    );
    town.day(30);
    tick(town);
    jy
}
