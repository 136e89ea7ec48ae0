//! Where somebody is on the way to a peer support role. It is worked out from what they have done, and gates nothing:
//! whoever comes another way has passed what lies behind them.

use chrono::NaiveDate;

use super::application::ApplicationState;
use crate::people::{Engagement, EngagementKind, words};

words! {
    /// One part of the way, in order.
    pub enum Stage {
        /// They would like to be told when training begins.
        Interest = "interest",
        /// They apply, and talk.
        Application = "application",
        /// They are offered a place.
        Place = "place",
        /// They go through a programme with a group.
        Training = "training",
        /// They practise, with somebody who looks after them.
        Placement = "placement",
        /// They can apply for a role.
        Eligible = "eligible",
        /// They have one.
        Role = "role",
    }
}

impl Stage {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Interest => "Interested",
            Self::Application => "Applying and talking",
            Self::Place => "A place",
            Self::Training => "Training with a group",
            Self::Placement => "Placement",
            Self::Eligible => "Ready to apply for a role",
            Self::Role => "A role",
        }
    }
}

/// How far somebody is with a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// It lies behind them.
    Passed,
    /// They are there.
    Here,
    /// It lies ahead.
    Ahead,
}

/// What is known of somebody's way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Whether they are on a list of those who are told.
    pub is_on_a_list: bool,
    /// Where their latest application is.
    pub application: Option<ApplicationState>,
    /// Whether they take part or pause in a group.
    pub is_in_a_group: bool,
    /// Whether they have completed a programme.
    pub has_completed: bool,
    /// Whether a placement was arranged for them.
    pub has_a_placement: bool,
    /// Whether all the hours of it count that the programme asks for.
    pub has_all_hours: bool,
    /// Whether they have a peer support role.
    pub has_a_role: bool,
}

/// Where somebody is now; nowhere yet, if they have done nothing of it.
#[must_use]
pub fn stage(known: &Known) -> Option<Stage> {
    use ApplicationState as State;
    if known.has_a_role {
        return Some(Stage::Role);
    }
    if known.has_completed && known.has_all_hours {
        return Some(Stage::Eligible);
    }
    if known.has_a_placement || known.has_completed {
        return Some(Stage::Placement);
    }
    if known.is_in_a_group {
        return Some(Stage::Training);
    }
    match known.application {
        Some(State::Offered | State::Accepted) => Some(Stage::Place),
        Some(State::Draft | State::Sent | State::Talked | State::Paused) => Some(Stage::Application),
        Some(State::NotThisTime | State::SteppedBack) | None => known.is_on_a_list.then_some(Stage::Interest),
    }
}

/// The whole way, with how far somebody is.
#[must_use]
pub fn pathway(known: &Known) -> [(Stage, Reached); 7] {
    let here = stage(known).and_then(|it| Stage::ALL.iter().position(|of| *of == it));
    let mut at = 0;
    Stage::ALL.map(|it| {
        let reached = match here {
            Some(here) if at < here => Reached::Passed,
            Some(here) if at == here => Reached::Here,
            _ => Reached::Ahead,
        };
        at += 1;
        (it, reached)
    })
}

/// Whether one of these makes somebody a peer supporter on a day.
#[must_use]
pub fn has_a_role(theirs: &[Engagement], today: NaiveDate) -> bool {
    use EngagementKind::{PeerMentor, PeerSupportWorker, Supporter};
    let is_one = |it: &Engagement| matches!(it.kind, PeerMentor | PeerSupportWorker | Supporter);
    theirs.iter().any(|it| is_one(it) && it.is_current(today))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(known: Known) -> Option<Stage> {
        stage(&known)
    }

    #[test]
    fn whoever_has_done_nothing_is_nowhere_and_everything_lies_ahead() {
        assert_eq!(of(Known::default()), None);
        assert!(pathway(&Known::default()).iter().all(|it| it.1 == Reached::Ahead));
    }

    #[test]
    fn each_step_leads_to_the_next_part_of_the_way() {
        let mut known = Known { is_on_a_list: true, ..Known::default() };
        assert_eq!(of(known), Some(Stage::Interest));
        for (state, at) in [
            (ApplicationState::Draft, Stage::Application),
            (ApplicationState::Talked, Stage::Application),
            (ApplicationState::Paused, Stage::Application),
            (ApplicationState::Offered, Stage::Place),
            (ApplicationState::Accepted, Stage::Place),
            (ApplicationState::NotThisTime, Stage::Interest),
            (ApplicationState::SteppedBack, Stage::Interest),
        ] {
            known.application = Some(state);
            assert_eq!(of(known), Some(at), "{state:?}");
        }
        known.is_in_a_group = true;
        assert_eq!(of(known), Some(Stage::Training));
        known.has_completed = true;
        assert_eq!(of(known), Some(Stage::Placement), "the placement comes next");
        known.has_a_placement = true;
        assert_eq!(of(known), Some(Stage::Placement));
        known.has_all_hours = true;
        assert_eq!(of(known), Some(Stage::Eligible));
        known.has_a_role = true;
        assert_eq!(of(known), Some(Stage::Role));
    }

    #[test]
    fn whoever_comes_another_way_has_passed_what_lies_behind_them() {
        let known = Known { has_a_placement: true, ..Known::default() };
        let reached: Vec<_> = pathway(&known).iter().map(|it| it.1).collect();
        let [passed, here, ahead] = [Reached::Passed, Reached::Here, Reached::Ahead];
        assert_eq!(reached, [passed, passed, passed, passed, here, ahead, ahead]);
    }

    #[test]
    fn the_parts_of_the_way_stand_in_order() {
        assert_eq!(Stage::ALL.first(), Some(&Stage::Interest));
        assert_eq!(Stage::ALL.last(), Some(&Stage::Role));
    }
}
