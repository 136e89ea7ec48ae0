use uuid::Uuid;

use super::*;
use crate::people::{Actor, EngagementId, EngagementKind, NotWithEntry};

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn organisation(number: u128) -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(number))
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn engaged(who: u128, kind: EngagementKind, with: u128) -> Engagement {
    Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(who)),
        person: person(who),
        organisation: organisation(with),
        kind,
        basis: None,
        from: day(1),
        to: None,
        away: None,
    }
}

/// The coordinator of organisation 10.
fn coordinator() -> Arranger {
    let engagements = vec![engaged(1, EngagementKind::Coordinator, 10)];
    Actor::new(person(1), engagements, vec![], day(2)).as_arranger_in(organisation(10)).unwrap()
}

fn wish(kind: RelationshipKind) -> RelationshipWish {
    RelationshipWish { kind, holder: person(2), person: person(3), from: day(2), to: None }
}

/// What becomes of a wish if the holder is engaged so and the person listed them so.
fn check(
    wish: RelationshipWish,
    holder: &[Engagement],
    listed: &[Purpose],
    expected: Result<(), RelateRefused>,
) {
    let entries = listed.iter().map(|it| NotWithEntry { other: person(2), purpose: *it }).collect();
    let made = relate(&coordinator(), &wish, holder, &NotWith::of(wish.person, entries));
    assert_eq!(made.map(|_| ()), expected, "{wish:?}");
}

#[test]
fn a_supervisor_of_the_organisation_is_put_in_place() {
    let holder = [engaged(2, EngagementKind::Supervisor, 10)];
    let made =
        relate(&coordinator(), &wish(RelationshipKind::Supervisor), &holder, &NotWith::of(person(3), vec![]));
    let made = made.unwrap();
    let it = made.relationship();
    assert_eq!((it.holder, it.person, it.organisation), (person(2), person(3), organisation(10)));
    assert_eq!(it.kind, RelationshipKind::Supervisor);
}

#[test]
fn nobody_is_anything_to_themself() {
    for kind in RelationshipKind::ALL {
        let wish = RelationshipWish { person: person(2), ..wish(kind) };
        check(wish, &[engaged(2, EngagementKind::Supervisor, 10)], &[], Err(RelateRefused::ToThemself));
    }
}

#[test]
fn a_relationship_may_last_one_day_and_not_less() {
    let holder = [engaged(2, EngagementKind::Assessor, 10)];
    let until = |to| RelationshipWish { to: Some(day(to)), ..wish(RelationshipKind::Assessor) };
    check(until(2), &holder, &[], Ok(()));
    check(until(1), &holder, &[], Err(RelateRefused::EndsBeforeItBegins));
}

#[test]
fn whom_a_person_does_not_want_cannot_be_chosen() {
    let holder = [engaged(2, EngagementKind::Supervisor, 10)];
    check(
        wish(RelationshipKind::Supervisor),
        &holder,
        &[Purpose::Supervise],
        Err(RelateRefused::CannotBeChosen),
    );
    check(wish(RelationshipKind::Guide), &holder, &[Purpose::Supervise], Err(RelateRefused::CannotBeChosen));
    check(wish(RelationshipKind::Assessor), &holder, &[Purpose::Assess], Err(RelateRefused::CannotBeChosen));
}

#[test]
fn a_list_keeps_nobody_out_of_what_it_does_not_name() {
    let holder = [engaged(2, EngagementKind::Supervisor, 10)];
    check(wish(RelationshipKind::Supervisor), &holder, &[Purpose::Assess, Purpose::Check], Ok(()));
}

#[test]
fn the_refusal_does_not_tell_the_list_from_anything_else() {
    check(wish(RelationshipKind::Supervisor), &[], &[], Err(RelateRefused::CannotBeChosen));
    assert_eq!(RelateRefused::CannotBeChosen.to_string(), "This person can't be chosen here.");
}

#[test]
fn a_supervisor_acts_for_the_organisation() {
    let refused = Err(RelateRefused::CannotBeChosen);
    for kind in [EngagementKind::Learner, EngagementKind::Applicant, EngagementKind::Student] {
        check(wish(RelationshipKind::Supervisor), &[engaged(2, kind, 10)], &[], refused);
    }
    check(wish(RelationshipKind::Supervisor), &[engaged(2, EngagementKind::Supervisor, 11)], &[], refused);
}

#[test]
fn a_partner_supervisor_comes_from_a_partner() {
    let holder = [engaged(2, EngagementKind::Supervisor, 11)];
    check(wish(RelationshipKind::PartnerSupervisor), &holder, &[], Ok(()));
    check(wish(RelationshipKind::ClinicalLead), &holder, &[], Ok(()));
    let learner = [engaged(2, EngagementKind::Learner, 11)];
    check(wish(RelationshipKind::PartnerSupervisor), &learner, &[], Err(RelateRefused::CannotBeChosen));
}

#[test]
fn somebody_elses_engagement_counts_for_nothing() {
    let holder = [engaged(4, EngagementKind::Supervisor, 10)];
    check(wish(RelationshipKind::Supervisor), &holder, &[], Err(RelateRefused::CannotBeChosen));
}

#[test]
fn who_has_left_by_the_first_day_cannot_be_chosen() {
    let left = Engagement { to: Some(day(1)), ..engaged(2, EngagementKind::Supervisor, 10) };
    check(wish(RelationshipKind::Supervisor), &[left], &[], Err(RelateRefused::CannotBeChosen));
}

#[test]
#[should_panic(expected = "somebody else's not-with list")]
fn another_persons_list_is_never_asked() {
    let list = NotWith::of(person(9), vec![]);
    let _made = relate(&coordinator(), &wish(RelationshipKind::Guide), &[], &list);
}

#[test]
fn a_relationship_holds_from_its_first_day_to_its_last() {
    let it = Relationship {
        kind: RelationshipKind::Guide,
        holder: person(2),
        person: person(3),
        organisation: organisation(10),
        from: day(3),
        to: Some(day(5)),
    };
    assert_eq!([2, 3, 5, 6].map(|on| it.is_current(day(on))), [false, true, true, false]);
}

#[test]
fn every_kind_reads_what_it_writes() {
    for it in RelationshipKind::ALL {
        assert_eq!(RelationshipKind::parse(it.as_str()), Some(it));
        assert_eq!(it.label().to_lowercase().replace(' ', "_"), it.as_str());
    }
}

#[test]
fn what_is_ended_has_a_last_day_unless_it_never_began() {
    let from = |from, to| {
        let wish = RelationshipWish { from: day(from), to, ..wish(RelationshipKind::Supervisor) };
        let holder = [engaged(2, EngagementKind::Supervisor, 10)];
        relate(&coordinator(), &wish, &holder, &NotWith::of(wish.person, vec![])).unwrap().0
    };
    assert_eq!(from(2, None).ended_on(day(9)), Some(day(9)));
    assert_eq!(from(2, Some(day(5))).ended_on(day(9)), Some(day(5)), "what has ended stays so");
    assert_eq!(from(9, None).ended_on(day(9)), Some(day(9)));
    assert_eq!(from(10, None).ended_on(day(9)), None);
}
