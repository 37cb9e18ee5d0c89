//! Case review from plan to closure, over real HTTP on both engines: draws that replay, blind sheets, objection, conclusion.
mod house;

use house::Town;

both! {
    fn a_regular_batch_runs_from_plan_to_closure(town: &Town) {
        house::batch::regular(town);
    }
    fn a_special_batch_takes_only_what_its_plan_names(town: &Town) {
        house::batch::special(town);
    }
}
