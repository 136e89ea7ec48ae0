//! A group in figures that name nobody, for whoever pays for it or asks how it goes.

use super::PlaceState;
use crate::few::{Share, keep_back, share};
use crate::training::attendance::{Attendance, Counted};

/// How a group was there at one of its sessions: of all minutes, how many people were there for, and how many with
/// what they have caught up on since. `people` are as they count at that session; who is not marked does not count.
#[must_use]
pub fn there(people: impl IntoIterator<Item = Counted>) -> Option<[Share; 2]> {
    let marked: Vec<_> = people.into_iter().filter(|it| it.is_held && it.marked.is_some()).collect();
    let how_many = u32::try_from(marked.len()).unwrap_or(u32::MAX);
    let sum = Attendance::of(marked);
    let of = |part: u32| share(how_many, (part.into(), sum.held.into()));
    Some([of(sum.came)?, of(sum.counts())?])
}

/// Where people of a group can be.
pub const WHERE: [&str; 4] = ["On the way", "Completed", "Pausing", "Left before the end"];

/// How many people are where, in the order of [`WHERE`]; nothing where fewer than five would follow from it. Of each is
/// given what became of their place, and whether they have completed the programme.
#[must_use]
pub fn people(all: impl IntoIterator<Item = (PlaceState, bool)>) -> [Option<u32>; WHERE.len()] {
    let mut counts = [0; WHERE.len()];
    for it in all {
        let at = match it {
            (_, true) => 1,
            (PlaceState::Here, false) => 0,
            (PlaceState::Paused, false) => 2,
            (PlaceState::Left, false) => 3,
        };
        counts[at] += 1;
    }
    keep_back(counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::register::{Mark, Marked};

    #[test]
    fn whoever_is_not_marked_does_not_count_and_what_was_caught_up_on_is_told_apart() {
        let counted = |marked| Counted { minutes: 100, is_held: true, is_off: false, marked };
        let came = counted(Some(Marked { mark: Mark::Came, minutes: None, caught_up: false }));
        let part = counted(Some(Marked { mark: Mark::Part, minutes: Some(50), caught_up: false }));
        let later = counted(Some(Marked { mark: Mark::NotHeard, minutes: None, caught_up: true }));
        let not_marked = counted(None);
        let figures = there([came, came, came, part, later, not_marked]).unwrap();
        assert_eq!(figures.map(Share::of_a_hundred), [70, 90]);
        assert_eq!(there([came, came, came, part, not_marked]), None);
    }

    #[test]
    fn no_number_of_people_lets_fewer_than_five_be_worked_out() {
        let group = |all: [u32; 4]| {
            let of = [
                (PlaceState::Here, false),
                (PlaceState::Left, true),
                (PlaceState::Paused, false),
                (PlaceState::Left, false),
            ];
            people(of.into_iter().zip(all).flat_map(|(it, many)| (0..many).map(move |_| it)))
        };
        assert_eq!(group([9, 20, 5, 6]), [Some(9), Some(20), Some(5), Some(6)]);
        assert_eq!(group([9, 20, 1, 4]), [Some(9), Some(20), None, None]);
        assert_eq!(group([10, 0, 1, 1]), [None; 4]);
        assert_eq!(group([0, 12, 7, 3]), [None, Some(12), None, None]);
    }
}
