//! The closed loop from the first clue to the rule it became, on both engines.
#![allow(clippy::unwrap_used)]
mod house;

use house::{Town, whole};

both! {
    fn from_a_clue_to_a_joint_rule_and_back(town: &Town) {
        whole::whole(town);
    }
}
