//! 受理要件 (B6, M2.6): every combination of facts against the page, stated once more and in other words.
use domain::procedures::escalation::grounds::{Conduct, Grounds, Judged, ROWS, Reasons, Say, judge};

/// The page in words. A request is *not admissible yet* where something must first happen in the world, *to be completed* where something
/// that there is was not shown, and admissible otherwise.
fn page(g: &Grounds) -> Judged {
    // 触发情形 must be what the opinion's own record shows.
    if !g.borne_out {
        return Judged::Refused("检察监督意见登记的办理情况与所报情形不符");
    }
    // Nobody is late while his time runs.
    if g.conduct == Conduct::Unanswered && !g.term_over {
        return Judged::Refused("回复期限尚未届满");
    }
    // 检察催告 comes before 提请, whatever the conduct.
    if !g.reminded {
        return Judged::Refused("检察机关尚未催告");
    }
    // 检察先走完自身复核与上一级程序.
    if !g.own_done {
        return Judged::Refused("检察机关自身复核与上一级程序尚未走完");
    }
    // The reminder's term is waited for, unless the unit has declined and said why.
    let spoken = g.conduct == Conduct::Declined && g.reasons == Reasons::Given;
    if !g.reminder_over && !spoken {
        return Judged::Refused("催告所定期限尚未届满");
    }
    // 意见书、送达证、催告、对方理由 are each there, or named as missing.
    let mut missing = vec![];
    if !g.paper {
        missing.push("意见书");
    }
    if !g.service {
        missing.push("送达凭证");
    }
    if !g.reminder {
        missing.push("催告凭证");
    }
    if g.reasons == Reasons::NotSaid {
        missing.push("对方理由，或者催告后未说明理由的记录");
    }
    if missing.is_empty() { Judged::Admissible } else { Judged::Complete(missing) }
}
fn every_combination() -> impl Iterator<Item = Grounds> {
    Conduct::ALL.iter().flat_map(|conduct| {
        Reasons::ALL.iter().flat_map(move |reasons| {
            (0..256_u16).map(move |bits| {
                let is = |n: u16| bits >> n & 1 == 1;
                Grounds {
                    conduct: *conduct,
                    reasons: *reasons,
                    borne_out: is(0),
                    term_over: is(1),
                    reminded: is(2),
                    reminder_over: is(3),
                    own_done: is(4),
                    paper: is(5),
                    service: is(6),
                    reminder: is(7),
                }
            })
        })
    })
}

#[test]
fn every_combination_is_judged_as_the_page_says() {
    let mut outcomes = [0_u32; 3];
    for g in every_combination() {
        let judged = judge(&g);
        assert_eq!(judged, page(&g), "{g:?}");
        outcomes[match judged {
            Judged::Admissible => 0,
            Judged::Complete(_) => 1,
            Judged::Refused(_) => 2,
        }] += 1;
    }
    assert_eq!(every_combination().count(), 4 * 3 * 256);
    // Admissible, by hand: 不配合 and 不纠正 4 each (reply term either way, two reasons), 不回复 2, 不采纳 6 (with reasons, reminder over or not).
    // To be completed: the same courses with one of 7 incomplete sets of papers, or without a word on the reasons: 88, 22, 58.
    assert_eq!(outcomes, [16, 168, 2888]);
}
#[test]
fn nothing_admissible_lacks_a_paper_a_reminder_or_the_reasons() {
    for g in every_combination().filter(|g| judge(g) == Judged::Admissible) {
        assert!(g.borne_out && g.reminded && g.own_done && g.paper && g.service && g.reminder && g.reasons != Reasons::NotSaid, "{g:?}");
        assert!(g.conduct != Conduct::Unanswered || g.term_over, "{g:?}");
    }
    // What is to be completed is never nothing.
    for g in every_combination() {
        assert_ne!(judge(&g), Judged::Complete(vec![]), "{g:?}");
    }
}
#[test]
fn every_row_decides_something() {
    // Without a row some combination would come out otherwise: none is there for show, but the last, which is the rule itself.
    for say in [Say::Accept, Say::Complete] {
        assert!(ROWS.iter().any(|r| r.say == say));
    }
    let reasons: std::collections::BTreeSet<&str> =
        every_combination().filter_map(|g| if let Judged::Refused(why) = judge(&g) { Some(why) } else { None }).collect();
    let said: std::collections::BTreeSet<&str> =
        ROWS.iter().filter_map(|r| if let Say::Refuse(why) = r.say { Some(why) } else { None }).collect();
    assert_eq!((reasons.clone(), reasons.len()), (said, 5), "each reason is really given");
}
