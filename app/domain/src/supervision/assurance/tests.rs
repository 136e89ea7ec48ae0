use super::*;

fn day(it: &str) -> NaiveDate {
    it.parse().unwrap()
}

#[test]
fn every_day_lies_in_one_quarter() {
    for (on, spelled, label) in [
        ("2026-01-01", "2026-1", "January to March 2026"),
        ("2026-06-30", "2026-2", "April to June 2026"),
        ("2026-11-23", "2026-4", "October to December 2026"),
    ] {
        let quarter = Quarter::of(day(on));
        assert_eq!((quarter.spelled(), quarter.label()), (spelled.to_owned(), label.to_owned()));
        assert_eq!(Quarter::parse(spelled), Some(quarter));
    }
    let quarter = Quarter::of(day("2027-02-14"));
    assert_eq!((quarter.begins(), quarter.ends()), (day("2027-01-01"), day("2027-03-31")));
    assert_eq!(quarter.before(), Quarter::of(day("2026-12-31")));
    for odd in ["", "2026", "2026-0", "2026-5", "1999-1", "2026-x", "99999-1"] {
        assert_eq!(Quarter::parse(odd), None, "{odd}");
    }
}

#[test]
fn what_became_of_what_was_due_adds_up_and_tells_of_five_at_least() {
    let sums =
        Sums { people: 9, held: 40, waits: 6, off: [5, 7, 0, 9, 0], unsaid: 12, moved: 8, unplanned: 11 };
    let shown = figures(&sums);
    assert_eq!(shown.due(), Some(79));
    // Nobody is one of those numbers from which something follows, so two of them are needed that differ.
    assert_eq!(shown.became()[0], Some(40));
    assert_eq!(shown.became()[4..], [None, Some(9), None, Some(12)]);
    assert_eq!((shown.moved(), shown.unplanned()), (Some(8), Some(11)));
    assert_eq!(shown.held().map(Share::of_a_hundred), Some(65), "of 70 that were on shift 46 took place");
    let few = figures(&Sums { people: 5, held: 3, unplanned: 4, ..Sums::default() });
    assert_eq!(
        (few.due(), few.became(), few.moved(), few.unplanned(), few.held()),
        (None, &[None; WAYS], None, None, None)
    );
    let all_off_shift = figures(&Sums { people: 5, off: [0, 0, 0, 30, 0], ..Sums::default() });
    assert_eq!(all_off_shift.held(), None);
    let one_moved = figures(&Sums { people: 5, held: 20, moved: 1, ..Sums::default() });
    assert_eq!(one_moved.moved(), None);
}

#[test]
fn of_fewer_than_five_people_nothing_is_told_however_often_they_met() {
    let shown = figures(&Sums { people: 4, held: 100, unplanned: 50, ..Sums::default() });
    assert_eq!(
        (shown.due(), shown.became(), shown.unplanned(), shown.held()),
        (None, &[None; WAYS], None, None)
    );
}

#[test]
fn whoever_has_nobody_counts_among_those_who_are_to_be_supervised() {
    let shown = coverage(&People { all: 48, met: 30, has_somebody: 11 });
    assert_eq!(
        (shown.all(), shown.parts(), shown.share().map(Share::of_a_hundred)),
        (Some(48), &[Some(30), Some(11), Some(7)], Some(65))
    );
    let shown = coverage(&People { all: 48, met: 44, has_somebody: 3 });
    assert_eq!(
        (shown.parts(), shown.share().map(Share::of_a_hundred)),
        (&[None; 3], Some(90)),
        "the few would follow from the many"
    );
    assert_eq!(coverage(&People { all: 4, met: 4, has_somebody: 0 }).all(), None);
    let shown = coverage(&People { all: 30, met: 20, has_somebody: 8 });
    assert_eq!(shown.parts(), &[Some(20), None, None]);
    assert_eq!([met(48, 30), met(48, 4), met(48, 45), met(4, 4)], [Some(30), None, None, None]);
}

#[test]
fn sums_of_several_kinds_add_up() {
    let one = Sums { people: 5, held: 1, waits: 2, off: [1, 2, 3, 4, 5], unsaid: 3, moved: 4, unplanned: 5 };
    let two =
        Sums { people: 5, held: 2, waits: 4, off: [2, 4, 6, 8, 10], unsaid: 6, moved: 8, unplanned: 10 };
    assert_eq!(one + one, two);
}
