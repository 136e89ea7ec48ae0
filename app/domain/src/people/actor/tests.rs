use uuid::Uuid;

use super::*;
use crate::people::EngagementId;

const ME: u128 = 1;
const THEM: u128 = 2;
const HERE: u128 = 10;
const THERE: u128 = 11;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn organisation(number: u128) -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(number))
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn engaged(kind: EngagementKind, with: u128) -> Engagement {
    Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(99)),
        person: person(ME),
        organisation: organisation(with),
        kind,
        basis: None,
        from: day(1),
        to: None,
        away: None,
    }
}

fn to_them(kind: Kind) -> Relationship {
    Relationship {
        kind,
        holder: person(ME),
        person: person(THEM),
        organisation: organisation(HERE),
        from: day(1),
        to: None,
    }
}

/// Me on the tenth of the month.
fn actor(engagements: &[Engagement], relationships: &[Relationship]) -> Actor {
    Actor::new(person(ME), engagements.to_vec(), relationships.to_vec(), day(10))
}

/// Which of assessor, supervisor and line manager I am to them.
fn is_to_them(it: &Actor) -> [bool; 3] {
    [
        it.as_assessor_for(person(THEM)).is_some(),
        it.as_supervisor_of(person(THEM)).is_some(),
        it.as_line_manager_of(person(THEM)).is_some(),
    ]
}

#[test]
fn a_stranger_may_nothing() {
    let it = actor(&[], &[]);
    assert_eq!(it.as_learner(), None);
    assert_eq!(it.as_administrator_of(organisation(HERE)), None);
    assert_eq!(it.as_arranger_in(organisation(HERE)), None);
    assert_eq!(is_to_them(&it), [false; 3]);
    for kind in EngagementKind::ALL {
        assert_eq!(it.in_organisation(kind, organisation(HERE)), None);
    }
}

#[test]
fn each_engagement_opens_itself_and_no_other() {
    for kind in EngagementKind::ALL {
        let it = actor(&[engaged(kind, HERE)], &[]);
        for other in EngagementKind::ALL {
            assert_eq!(
                it.in_organisation(other, organisation(HERE)).is_some(),
                other == kind,
                "{kind:?} {other:?}"
            );
        }
        assert_eq!(it.as_learner().is_some(), kind == EngagementKind::Learner, "{kind:?}");
        assert_eq!(
            it.as_administrator_of(organisation(HERE)).is_some(),
            kind == EngagementKind::Administrator,
            "{kind:?}"
        );
        assert_eq!(is_to_them(&it), [false; 3], "{kind:?}");
    }
}

#[test]
fn an_engagement_opens_its_own_organisation_only() {
    let it = actor(&[engaged(EngagementKind::Administrator, HERE)], &[]);
    let held = it.as_administrator_of(organisation(HERE)).unwrap();
    assert_eq!((held.person(), held.organisation()), (person(ME), organisation(HERE)));
    assert_eq!(it.as_administrator_of(organisation(THERE)), None);
    assert_eq!(it.as_arranger_in(organisation(THERE)), None);
    assert_eq!(it.in_organisation(EngagementKind::Administrator, organisation(THERE)), None);
}

#[test]
fn coordinators_managers_of_services_and_administrators_arrange() {
    let arrange = EngagementKind::ALL
        .into_iter()
        .filter(|it| actor(&[engaged(*it, HERE)], &[]).as_arranger_in(organisation(HERE)).is_some());
    assert_eq!(
        arrange.collect::<Vec<_>>(),
        [EngagementKind::Coordinator, EngagementKind::ServiceManager, EngagementKind::Administrator]
    );
}

#[test]
fn what_is_not_current_opens_nothing() {
    let over = Engagement { to: Some(day(9)), ..engaged(EngagementKind::Learner, HERE) };
    let not_yet = Engagement { from: day(11), ..engaged(EngagementKind::Administrator, HERE) };
    let it = actor(&[over, not_yet], &[]);
    assert_eq!(it.as_learner(), None);
    assert_eq!(it.as_administrator_of(organisation(HERE)), None);
    assert!(it.engagements().is_empty());
}

#[test]
fn the_last_day_still_counts() {
    let it = actor(&[Engagement { to: Some(day(10)), ..engaged(EngagementKind::Learner, HERE) }], &[]);
    assert_eq!(it.as_learner().map(|it| it.person()), Some(person(ME)));
}

#[test]
fn who_is_away_keeps_what_is_theirs() {
    let away = Some(crate::people::Away { from: day(1), to: None });
    let it = actor(&[Engagement { away, ..engaged(EngagementKind::Learner, HERE) }], &[]);
    assert!(it.as_learner().is_some());
}

#[test]
fn what_is_somebody_elses_opens_nothing() {
    let theirs = Engagement { person: person(THEM), ..engaged(EngagementKind::Administrator, HERE) };
    assert_eq!(actor(&[theirs], &[]).as_administrator_of(organisation(HERE)), None);
    let theirs = Relationship { holder: person(3), ..to_them(Kind::Assessor) };
    assert_eq!(is_to_them(&actor(&[engaged(EngagementKind::Assessor, HERE)], &[theirs])), [false; 3]);
}

#[test]
fn each_relationship_opens_itself_and_no_other() {
    for (kind, expected) in [
        (Kind::Assessor, [true, false, false]),
        (Kind::Supervisor, [false, true, false]),
        (Kind::PartnerSupervisor, [false, true, false]),
        (Kind::LineManager, [false, false, true]),
        (Kind::ClinicalLead, [false; 3]),
        (Kind::Guide, [false; 3]),
    ] {
        let it = actor(&[engaged(EngagementKind::PeerSupportWorker, HERE)], &[to_them(kind)]);
        assert_eq!(is_to_them(&it), expected, "{kind:?}");
    }
}

#[test]
fn supervising_is_not_managing_even_for_a_manager_by_engagement() {
    let engagements = [engaged(EngagementKind::Supervisor, HERE), engaged(EngagementKind::LineManager, HERE)];
    let it = actor(&engagements, &[to_them(Kind::Supervisor)]);
    assert_eq!(it.as_line_manager_of(person(THEM)), None);
    let it = actor(&engagements, &[to_them(Kind::LineManager)]);
    assert_eq!(it.as_supervisor_of(person(THEM)), None);
}

#[test]
fn a_relationship_is_about_one_person() {
    let it = actor(&[engaged(EngagementKind::Assessor, HERE)], &[to_them(Kind::Assessor)]);
    let held = it.as_assessor_for(person(THEM)).unwrap();
    assert_eq!(
        (held.person(), held.candidate(), held.organisation()),
        (person(ME), person(THEM), organisation(HERE))
    );
    assert_eq!(it.as_assessor_for(person(3)), None);
    assert_eq!(it.as_assessor_for(person(ME)), None);
}

#[test]
fn nobody_is_anything_to_themself() {
    let to_me = Relationship { person: person(ME), ..to_them(Kind::Assessor) };
    let it = actor(&[engaged(EngagementKind::Assessor, HERE)], &[to_me]);
    assert_eq!(it.as_assessor_for(person(ME)), None);
}

#[test]
fn a_relationship_over_or_not_begun_opens_nothing() {
    let engagements = [engaged(EngagementKind::Assessor, HERE)];
    let over = Relationship { to: Some(day(9)), ..to_them(Kind::Assessor) };
    let not_yet = Relationship { from: day(11), ..to_them(Kind::Assessor) };
    assert_eq!(is_to_them(&actor(&engagements, &[over, not_yet])), [false; 3]);
}

#[test]
fn who_has_left_is_nobodys_supervisor_any_more() {
    let left = Engagement { to: Some(day(9)), ..engaged(EngagementKind::Supervisor, HERE) };
    let learns = engaged(EngagementKind::Learner, HERE);
    assert_eq!(is_to_them(&actor(&[left, learns], &[to_them(Kind::Supervisor)])), [false; 3]);
}

#[test]
fn a_partner_supervisor_supervises_from_another_organisation_and_says_so() {
    let it = actor(&[engaged(EngagementKind::Supervisor, THERE)], &[to_them(Kind::PartnerSupervisor)]);
    let held = it.as_supervisor_of(person(THEM)).unwrap();
    assert_eq!((held.kind(), held.organisation()), (Kind::PartnerSupervisor, organisation(HERE)));
    let it = actor(&[engaged(EngagementKind::Supervisor, THERE)], &[to_them(Kind::Supervisor)]);
    assert_eq!(it.as_supervisor_of(person(THEM)), None);
}

#[test]
fn one_person_is_several_things_at_once() {
    let engagements = [engaged(EngagementKind::Learner, THERE), engaged(EngagementKind::Supervisor, HERE)];
    let it = actor(&engagements, &[to_them(Kind::Supervisor), to_them(Kind::Assessor)]);
    assert!(it.as_learner().is_some());
    assert_eq!(is_to_them(&it), [true, true, false]);
}

#[test]
fn only_the_tutor_whom_somebody_named_reads_their_plan_and_only_while_both_are_there() {
    let mut theirs = engaged(EngagementKind::Learner, HERE);
    theirs.person = person(THEM);
    let share = |tutor| PlanShare {
        person: person(THEM),
        tutor: person(tutor),
        organisation: organisation(HERE),
        from: day(5),
        courses: true,
    };
    let reads = |kind, with, tutor| {
        actor(&[engaged(kind, with)], &[]).as_reader_of_plan(&share(tutor), &[theirs.clone()]).is_some()
    };
    assert!(reads(EngagementKind::Tutor, HERE, ME));
    assert!(!reads(EngagementKind::Tutor, HERE, THEM), "it names another");
    assert!(!reads(EngagementKind::Tutor, THERE, ME), "elsewhere");
    for kind in EngagementKind::ALL.into_iter().filter(|it| *it != EngagementKind::Tutor) {
        assert!(!reads(kind, HERE, ME), "{kind:?}");
    }
    let tutor = actor(&[engaged(EngagementKind::Tutor, HERE)], &[]);
    assert_eq!(tutor.as_reader_of_plan(&share(ME), &[]), None, "the learner has left");
    let reading = tutor.as_reader_of_plan(&share(ME), &[theirs]).unwrap();
    assert_eq!(
        (reading.person(), reading.of(), reading.organisation(), reading.courses()),
        (person(ME), person(THEM), organisation(HERE), true)
    );
}

#[test]
fn somebody_who_is_assessed_for_two_organisations_is_so_for_each() {
    let engagements = [engaged(EngagementKind::Assessor, HERE), engaged(EngagementKind::Assessor, THERE)];
    let there = Relationship { organisation: organisation(THERE), ..to_them(Kind::Assessor) };
    let it = actor(&engagements, &[to_them(Kind::Assessor), there]);
    for which in [HERE, THERE] {
        let held = it.as_assessor_at(person(THEM), organisation(which)).unwrap();
        assert_eq!((held.candidate(), held.organisation()), (person(THEM), organisation(which)));
    }
    assert_eq!(it.as_assessor_at(person(THEM), organisation(12)), None);
    assert_eq!(it.as_assessor_at(person(ME), organisation(HERE)), None);
}
