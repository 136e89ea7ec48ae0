use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::people::{Engagement, EngagementId, EngagementKind, PersonId, Relationship, RelationshipKind};

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
}

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn organisation(number: u128) -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(number))
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn engaged(kind: EngagementKind, with: u128) -> Engagement {
    Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(9)),
        person: person(1),
        organisation: organisation(with),
        kind,
        basis: None,
        from: today(),
        to: None,
        away: None,
    }
}

/// Whether a second factor is asked when organisation 10 asks for it and no other does.
fn needed(engagements: Vec<Engagement>, relationships: Vec<Relationship>) -> bool {
    let actor = Actor::new(person(1), engagements, relationships, today());
    second_factor_needed(&actor, |it| match it == organisation(10) {
        true => SecondFactorPolicy::Asked,
        false => SecondFactorPolicy::SwitchedOff,
    })
}

#[test]
fn whoever_sees_other_peoples_data_is_asked() {
    for kind in EngagementKind::ALL {
        assert_eq!(needed(vec![engaged(kind, 10)], vec![]), kind.sees_other_peoples_data(), "{kind:?}");
    }
}

#[test]
fn an_organisation_may_switch_it_off_for_itself_only() {
    assert!(!needed(vec![engaged(EngagementKind::Payer, 11)], vec![]));
    assert!(needed(vec![engaged(EngagementKind::Payer, 11), engaged(EngagementKind::Tutor, 10)], vec![]));
}

#[test]
fn a_relationship_opens_other_peoples_data_too() {
    let guide = Relationship {
        kind: RelationshipKind::Guide,
        holder: person(1),
        person: person(2),
        organisation: organisation(10),
        from: today(),
        to: None,
    };
    assert!(needed(vec![engaged(EngagementKind::Volunteer, 10)], vec![guide.clone()]));
    assert!(!needed(vec![engaged(EngagementKind::Learner, 10)], vec![guide]));
}

/// Takes the code of `matched` at step 100, after the code of `last` was taken.
fn check_code(last: Option<i64>, matched: i64, expected: Result<i64, CodeRefused>) {
    let taken = TotpGuard { last_step: last }.accept(100, matched);
    assert_eq!(taken, expected.map(|it| TotpGuard { last_step: Some(it) }), "{last:?} {matched}");
}

#[test]
fn the_clock_of_a_phone_may_be_off_by_one_step_and_no_more() {
    for step in 99..=101 {
        check_code(None, step, Ok(step));
    }
    for step in [98, 102, i64::MIN, i64::MAX] {
        check_code(None, step, Err(CodeRefused::NoMatch));
    }
}

#[test]
fn a_code_is_taken_once() {
    check_code(Some(100), 100, Err(CodeRefused::UsedAlready));
    check_code(Some(99), 100, Ok(100));
}

#[test]
fn no_code_is_taken_after_a_later_one() {
    check_code(Some(101), 100, Err(CodeRefused::UsedAlready));
    check_code(Some(100), 99, Err(CodeRefused::UsedAlready));
    check_code(Some(100), 101, Ok(101));
}

#[test]
fn a_step_up_lasts_ten_minutes_and_not_a_second_longer() {
    let it = StepUp { at: at(0) };
    assert_eq!([0, 599, 600].map(|now| it.is_fresh(at(now))), [true, true, false]);
    assert!(it.prove(at(599)).is_ok());
    assert_eq!(it.prove(at(600)), Err(StepUpNeeded));
}

#[test]
fn a_step_up_from_the_future_is_none() {
    assert!(!StepUp { at: at(1) }.is_fresh(at(0)));
}

fn code(name: u8) -> TokenHash {
    TokenHash::from_bytes([name; 32])
}

/// Ten codes, of which the first so many were spent.
fn codes(spent: u8) -> Vec<RecoveryCode> {
    let codes = (0..u8::try_from(RecoveryCode::GIVEN).unwrap())
        .map(|it| RecoveryCode { hash: code(it), spent_at: (it < spent).then_some(at(0)) });
    codes.collect()
}

#[test]
fn a_recovery_code_is_spent_and_says_how_many_are_left() {
    let spent = spend_recovery_code(&codes(0), code(4), at(7)).unwrap();
    assert_eq!((spent.hash(), spent.at(), spent.left()), (code(4), at(7), 9));
    assert_eq!(spend_recovery_code(&codes(9), code(9), at(7)).unwrap().left(), 0);
}

#[test]
fn a_recovery_code_works_once() {
    assert_eq!(spend_recovery_code(&codes(3), code(2), at(7)), Err(CodeRefused::RecoveryCodeSpent));
}

#[test]
fn somebody_elses_recovery_code_is_none() {
    assert_eq!(spend_recovery_code(&codes(0), code(99), at(7)), Err(CodeRefused::NoSuchRecoveryCode));
    assert_eq!(spend_recovery_code(&[], code(0), at(7)), Err(CodeRefused::NoSuchRecoveryCode));
}

#[test]
fn a_code_may_be_typed_in_groups() {
    assert_eq!(code_as_typed(" 123 456 "), "123456");
    assert_eq!(code_as_typed("K7QM-2FVX\u{2011}9d"), "k7qm2fvx9d");
}

#[test]
fn both_policies_read_what_they_write() {
    for it in SecondFactorPolicy::ALL {
        assert_eq!(SecondFactorPolicy::parse(it.as_str()), Some(it));
    }
}
