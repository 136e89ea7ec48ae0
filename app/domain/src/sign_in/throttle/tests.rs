use super::*;
use ThrottleKind::{Account, Address};

/// A moment so many milliseconds into the test, which begins on a full hour.
fn at_ms(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_795_000_000_000 - 1_795_000_000_000 % 3_600_000 + ms).unwrap()
}

fn at(seconds: i64) -> DateTime<Utc> {
    at_ms(seconds * 1000)
}

/// After so many failures at 0 s.
fn failed(failures: u32) -> Throttle {
    Throttle { failures, last_at: Some(at(0)) }
}

/// The wait after so many failures, in seconds: just short of it is too soon, and then it is over.
fn check_wait(kind: ThrottleKind, failures: u32, seconds: i64) {
    let it = failed(failures);
    assert_eq!(it.may_try(kind, at(seconds)), Ok(()), "{failures} failures");
    if seconds > 0 {
        let refused = it.may_try(kind, at_ms(seconds * 1000 - 1)).unwrap_err();
        assert_eq!(refused.until(), at(seconds), "{failures} failures");
    }
}

#[test]
fn whoever_never_failed_may_try() {
    assert_eq!(Throttle::default().may_try(Account, at(0)), Ok(()));
}

#[test]
fn five_failures_of_an_account_are_free() {
    let mut it = Throttle::default();
    for _ in 0..5 {
        it = it.after_failure(Account, at(0));
        assert_eq!(it.may_try(Account, at(0)), Ok(()));
    }
    it = it.after_failure(Account, at(0));
    assert!(it.may_try(Account, at(0)).is_err());
}

#[test]
fn fifty_failures_of_an_address_are_free() {
    check_wait(Address, 50, 0);
    check_wait(Address, 51, 30);
}

#[test]
fn the_wait_doubles_up_to_a_quarter_of_an_hour_and_not_a_second_sooner() {
    for (failures, seconds) in
        [(5, 0), (6, 30), (7, 60), (8, 120), (9, 240), (10, 480), (11, 900), (12, 900), (u32::MAX, 900)]
    {
        check_wait(Account, failures, seconds);
    }
}

#[test]
fn the_count_never_runs_over() {
    assert_eq!(failed(u32::MAX).after_failure(Account, at(0)).failures, u32::MAX);
}

#[test]
fn a_day_without_a_failure_is_forgotten_and_not_a_second_sooner() {
    let day = 24 * 60 * 60;
    assert_eq!(failed(9).after_failure(Account, at(day)).failures, 1);
    assert_eq!(failed(9).after_failure(Account, at(day - 1)).failures, 10);
}

#[test]
fn getting_in_forgets_the_failures_of_an_account() {
    assert_eq!(failed(9).after_success(Account), Throttle::default());
}

#[test]
fn getting_in_takes_back_one_try_of_an_address_and_no_more() {
    assert_eq!(failed(60).after_success(Address), failed(59));
    let before = failed(60);
    let counted = before.after_failure(Address, at(0));
    assert_eq!(counted.after_success(Address).failures, before.failures);
}

#[test]
fn an_address_forgets_a_failure_in_ten_minutes_and_an_account_does_not() {
    assert_eq!(failed(60).after_failure(Address, at(599)).failures, 61);
    assert_eq!(failed(60).after_failure(Address, at(600)).failures, 60);
    assert_eq!(failed(60).after_failure(Address, at(6000)).failures, 51);
    assert_eq!(failed(6).after_failure(Account, at(6000)).failures, 7);
}

#[test]
fn what_an_address_forgets_does_not_depend_on_how_often_it_is_looked_at() {
    let mut it = failed(60);
    for second in (1..=6000).step_by(7) {
        it = it.after_failure(Address, at(second)).after_success(Address);
    }
    assert_eq!(it.failures, 50);
}

#[test]
fn a_hospital_with_a_hundred_mistakes_a_day_never_waits() {
    let mut it = Throttle::default();
    for sign_in in 0..30_000 {
        let now = at(sign_in * 100);
        assert_eq!(it.may_try(Address, now), Ok(()));
        it = it.after_failure(Address, now);
        if sign_in % 8 != 0 {
            it = it.after_success(Address);
        }
    }
}

/// How many tries a day a guesser gets who never stops, once the free ones are used up.
fn tries_in_a_day(kind: ThrottleKind) -> usize {
    let mut it = failed(1000);
    let mut tries = 0;
    for second in 0..86_400 {
        if it.may_try(kind, at(second)).is_ok() {
            it = it.after_failure(kind, at(second));
            tries += 1;
        }
    }
    tries
}

#[test]
fn a_guesser_who_never_stops_gets_few_tries_a_day() {
    assert_eq!(tries_in_a_day(Account), 95);
    assert!(tries_in_a_day(Address) <= 144);
}

#[test]
fn a_clock_that_steps_back_forgets_nothing() {
    assert_eq!(failed(60).after_failure(Address, at(-3600)).failures, 61);
    assert!(failed(6).may_try(Account, at(-3600)).is_err());
}

#[test]
fn the_wait_is_said_in_words_and_rounded_up() {
    let sentence = |failures, ms| failed(failures).may_try(Account, at_ms(ms)).unwrap_err().to_string();
    assert_eq!(sentence(6, 0), "Wait 30 seconds, then try again.");
    assert_eq!(sentence(6, 28_001), "Wait 2 seconds, then try again.");
    assert_eq!(sentence(6, 29_500), "Wait 1 second, then try again.");
    assert_eq!(sentence(7, 0), "Wait 1 minute, then try again.");
    assert_eq!(sentence(11, 1), "Wait 15 minutes, then try again.");
    assert_eq!(sentence(8, 30_000), "Wait 2 minutes, then try again.");
}

#[test]
fn both_kinds_read_what_they_write() {
    for it in ThrottleKind::ALL {
        assert_eq!(ThrottleKind::parse(it.as_str()), Some(it));
    }
}

#[test]
fn a_free_try_is_free_even_where_a_later_one_was_counted_first() {
    let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    let throttle = Throttle { failures: 3, last_at: Some(now + TimeDelta::milliseconds(40)) };
    assert_eq!(throttle.may_try(Account, now), Ok(()));
}
