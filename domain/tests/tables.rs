//! The tables are sound, reactions are one deep, marks are known; promises no path avoids.
use domain::engine::{reactions, unavoidable};
use domain::procedures::{all, clue, rectification};

#[test]
fn every_table_is_sound_and_reactions_are_one_deep() {
    let outlines: Vec<_> = all().iter().map(|k| (k.outline)()).collect();
    let faults: Vec<_> = outlines.iter().flat_map(|o| o.faults.clone()).chain(reactions(&outlines)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}
#[test]
fn no_rectification_is_closed_without_acceptance_and_none_demanded_without_the_lead() {
    use rectification::{Phase, Rectification};
    assert!(unavoidable::<Rectification>(&["accept", "accept_grave"], Phase::Closed));
    assert!(unavoidable::<Rectification>(&["demand"], Phase::Planning));
    assert!(unavoidable::<Rectification>(&["report"], Phase::LookingBack));
}
#[test]
fn no_live_clue_is_routed_without_approval() {
    use clue::{Clue, Phase};
    assert!(unavoidable::<Clue>(&["approve", "enter_routed"], Phase::Routed));
    assert!(unavoidable::<Clue>(&["propose"], Phase::Proposed));
}
