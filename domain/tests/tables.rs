//! The tables are sound, reactions are one deep, marks are known; promises no path avoids.
use domain::engine::{reactions, unavoidable};
use domain::procedures::{
    all, clue, escalation, expert, inspection, observation_request, observer, rectification, review, review_batch, standard, working_paper,
};

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
#[test]
fn no_review_is_concluded_without_draw_promise_sheets_feedback_and_settlement() {
    use review::{Phase, Review};
    for actions in [
        &["draw_panel"][..],
        &["promise"],
        &["receive"],
        &["submit"],
        &["adopt_mean", "deliberate"],
        &["feed"],
        &["serve"],
        &["object", "waive", "lapse_objection"],
        &["settle", "settle_grave"],
    ] {
        assert!(unavoidable::<Review>(actions, Phase::Concluded), "{actions:?}");
    }
    assert!(unavoidable::<Review>(&["draw_re_examiners"], Phase::Deciding));
}
#[test]
fn no_batch_runs_without_approval_frozen_universe_and_sample_and_no_expert_is_dismissed_unheard() {
    use review_batch::{Phase, ReviewBatch};
    for action in ["approve", "freeze", "take_sample"] {
        assert!(unavoidable::<ReviewBatch>(&[action], Phase::Running), "{action}");
    }
    assert!(unavoidable::<expert::Expert>(&["propose_dismissal"], expert::Phase::Dismissed));
    assert!(unavoidable::<expert::Expert>(&["publish", "enter_serving"], expert::Phase::Serving));
    assert!(unavoidable::<standard::Standard>(&["approve"], standard::Phase::Effective));
}
#[test]
fn no_feedback_without_deliberation_no_archive_without_look_back_and_no_paper_filed_unsigned() {
    use inspection::{Inspection, Phase};
    for action in ["approve", "announce", "report", "deliberate"] {
        assert!(unavoidable::<Inspection>(&[action], Phase::Rectifying), "{action}");
    }
    assert!(unavoidable::<Inspection>(&["look_back"], Phase::Archived));
    assert!(unavoidable::<working_paper::WorkingPaper>(&["sign"], working_paper::Phase::Filed));
}
#[test]
fn nothing_is_written_to_a_unit_before_it_was_heard_or_its_time_to_speak_ran_out() {
    use escalation::{Escalation, Phase};
    for goal in [Phase::Studying, Phase::Proposed, Phase::Answering, Phase::Answered, Phase::Settled, Phase::Archived] {
        assert!(unavoidable::<Escalation>(&["explain", "lapse_explanation"], goal), "{goal:?}");
        assert!(unavoidable::<Escalation>(&["accept"], goal), "{goal:?}");
    }
    for goal in [Phase::Answering, Phase::Settled, Phase::Archived] {
        assert!(unavoidable::<Escalation>(&["study"], goal), "{goal:?}");
    }
    // Every step that reaches the unit or decides leads out of a phase behind the hearing.
    let behind = [Phase::Proposed, Phase::Answering, Phase::Answered, Phase::Settled];
    for action in ["letter", "conference", "interview", "circulate", "refer", "report_party", "find_justified", "send_back", "inform"] {
        let row = <Escalation as domain::engine::Procedure>::STEPS.iter().find(|s| s.action == action);
        assert!(row.is_some_and(|r| !r.from.is_empty() && r.from.iter().all(|p| behind.contains(p))), "{action}");
    }
}
#[test]
fn no_observer_serves_unvetted_or_is_dismissed_unheard_and_none_joins_a_task_its_unit_has_not_stated() {
    use observer::{Observer, Phase};
    for action in ["vet", "publish", "approve"] {
        assert!(unavoidable::<Observer>(&[action, "enter_serving", "enter_suspended"], Phase::Serving), "{action}");
    }
    assert!(unavoidable::<Observer>(&["propose_dismissal", "enter_dismissed"], Phase::Dismissed));
    use observation_request::{ObservationRequest, Phase as Asked};
    assert!(unavoidable::<ObservationRequest>(&["approve"], Asked::Assigned));
}
