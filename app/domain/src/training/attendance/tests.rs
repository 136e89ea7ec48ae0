use super::*;

fn session(minutes: u16, marked: Option<Marked>) -> Counted {
    Counted { minutes, is_held: true, is_off: false, marked }
}

const fn marked(mark: Mark, minutes: Option<u16>, caught_up: bool) -> Option<Marked> {
    Some(Marked { mark, minutes, caught_up })
}

fn to_come(minutes: u16) -> Counted {
    Counted { is_held: false, ..session(minutes, None) }
}

/// Ten sessions, added up by hand:
///
/// | session | minutes | marked | there | caught up |
/// |---|---|---|---|---|
/// | 1 | 180 | came | 180 | 0 |
/// | 2 | 180 | part, 95 | 95 | 0 |
/// | 3 | 180 | told us, caught up | 0 | 180 |
/// | 4 | 165 | not heard | 0 | 0 |
/// | 5 | 165 | part, 40, caught up | 40 | 125 |
/// | 6 | 135 | nothing | 0 | 0 |
/// | 7 | 165 | does not take place | – | – |
/// | 8 | 165 | came | 165 | 0 |
/// | 9 | 135 | to come | – | – |
/// | 10 | 165 | to come, told us beforehand | – | – |
///
/// Held: 180 + 180 + 180 + 165 + 165 + 135 + 165 = 1,170. All: 1,170 + 135 + 165 = 1,470.
/// There: 180 + 95 + 40 + 165 = 480. Caught up: 180 + 125 = 305. Counts: 785.
fn by_hand() -> [Counted; 10] {
    [
        session(180, marked(Mark::Came, None, false)),
        session(180, marked(Mark::Part, Some(95), false)),
        session(180, marked(Mark::Told, None, true)),
        session(165, marked(Mark::NotHeard, None, false)),
        session(165, marked(Mark::Part, Some(40), true)),
        session(135, None),
        Counted { is_off: true, ..session(165, marked(Mark::Came, None, false)) },
        session(165, marked(Mark::Came, None, false)),
        to_come(135),
        Counted { marked: marked(Mark::Told, None, false), ..to_come(165) },
    ]
}

#[test]
fn minutes_add_up_as_they_do_by_hand() {
    let sum = Attendance::of(by_hand());
    assert_eq!(sum, Attendance { came: 480, caught_up: 305, held: 1_170, all: 1_470 });
    assert_eq!(sum.counts(), 785);
    // 785 × 100 ÷ 1,170 = 67.09…; 785 × 100 ÷ 1,470 = 53.40….
    assert_eq!((sum.percent_so_far(), sum.percent_of_all()), (Some(67), Some(53)));
    // 80 of a hundred of 1,470 are 1,176.
    assert_eq!((sum.asked(80), sum.missing(80)), (1_176, 391));
    assert_eq!((sum.to_catch_up(), sum.to_come()), (385, 300));
}

#[test]
fn nobody_falls_short_by_rounding_and_nobody_gets_past_by_it() {
    // 80 of a hundred of 2,400 are 1,920; of 2,401 they are 1,920.8, which takes 1,921 whole minutes.
    let of = |all: u32, came: u32| Attendance { came, caught_up: 0, held: all, all };
    for (all, came, missing) in
        [(2_400, 1_920, 0), (2_400, 1_919, 1), (2_401, 1_920, 1), (2_401, 1_921, 0), (3, 3, 0)]
    {
        assert_eq!(of(all, came).missing(80), missing, "{came} of {all}");
    }
    assert_eq!(of(2_400, 1_919).percent_of_all(), Some(79));
    assert_eq!(of(2_400, 0).missing(0), 0);
    assert_eq!(of(2_400, 2_399).missing(100), 1);
}

#[test]
fn before_the_first_session_there_is_no_percentage() {
    let sum = Attendance::of([to_come(180)]);
    assert_eq!((sum.percent_so_far(), sum.percent_of_all()), (None, Some(0)));
    assert_eq!(Attendance::of([]).percent_of_all(), None);
}

#[test]
fn a_part_that_is_longer_than_its_session_counts_no_more_than_it() {
    let sum = Attendance::of([session(60, marked(Mark::Part, Some(90), true))]);
    assert_eq!((sum.came, sum.caught_up), (60, 0));
}

#[test]
fn a_programme_is_completed_when_nothing_is_missing_any_more() {
    let attendance = Attendance { came: 1_900, caught_up: 20, held: 2_400, all: 2_400 };
    let whole = Standing { attendance, least_percent: 80, assignments: (4, 4), courses: (1, 1) };
    assert!(whole.completed().is_ok());
    let short = |standing: Standing| standing.completed().unwrap_err();
    assert_eq!(
        short(Standing { assignments: (4, 2), ..whole }),
        Missing { assignments: 2, ..Missing::default() }
    );
    assert_eq!(short(Standing { courses: (1, 0), ..whole }), Missing { courses: 1, ..Missing::default() });
    assert_eq!(short(Standing { least_percent: 81, ..whole }), Missing { minutes: 24, ..Missing::default() });
    // What was asked of somebody less of is met sooner.
    let less = Attendance { came: 1_200, caught_up: 0, ..attendance };
    assert!(Standing { attendance: less, least_percent: 50, ..whole }.completed().is_ok());
    assert!(Standing { attendance: less, ..whole }.completed().is_err());
    let nothing = Attendance::default();
    assert!(Standing { attendance: nothing, ..whole }.completed().is_err(), "nothing was held");
}
