use uuid::Uuid;

use super::*;
use crate::day::TypedDay;
use crate::people::{
    Actor, Engagement, EngagementId, EngagementKind, NotWith, OrganisationId, Relationship, RelationshipKind,
};
use crate::supervision::Strand;
use crate::supervision::arrangement::{ArrangementId, Spell, pair};

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

/// Person 1 supervises person 2: the pair, and the keys of both.
fn two() -> (Arrangement, StrandMember, StrandMember) {
    let here = OrganisationId::from_uuid(Uuid::from_u128(100));
    let (id, kind) = (EngagementId::from_uuid(Uuid::nil()), EngagementKind::Supervisor);
    let engagement = Engagement {
        id,
        person: person(1),
        organisation: here,
        kind,
        basis: None,
        from: today(),
        to: None,
        away: None,
    };
    let held = Relationship {
        kind: RelationshipKind::Supervisor,
        holder: person(1),
        person: person(2),
        organisation: here,
        from: today(),
        to: None,
    };
    let actor = Actor::new(person(1), vec![engagement], vec![held], today());
    let by = actor
        .as_strand_supervisor()
        .into_iter()
        .find(|it| it.strand() == Strand::ReflectivePractice)
        .unwrap();
    let not_with = NotWith::of(person(2), Vec::new());
    let new = pair(&by, ArrangementId::from_uuid(Uuid::nil()), today(), &not_with).unwrap();
    let arrangement = new.arrangement().clone();
    let spells: Vec<Spell> = new.spells().to_vec();
    let supervisor = actor.as_strand_member(&arrangement, &spells).unwrap();
    let theirs = Actor::new(person(2), Vec::new(), Vec::new(), today());
    let supervisee = theirs.as_strand_member(&arrangement, &spells).unwrap();
    (arrangement, supervisor, supervisee)
}

const CALLED: Called<'_> = Called { supervisor: "Pat", supervisee: "Sam", organisation: "Mill House" };

const FORM: TermsForm<'_> = TermsForm {
    every: "4",
    unit: "weeks",
    minutes: "60",
    times_a_year: "",
    pro_rata: false,
    grace_days: "",
    from: TypedDay { day: "1", month: "12", year: "2026" },
    place: "Room 2",
    ground_rules: "We begin on time.",
    confidentiality: "",
    limits: "When somebody is in danger.",
    missed: "We find another day within a week.",
    review: TypedDay { day: "1", month: "6", year: "2027" },
    ends: TypedDay { day: "", month: "", year: "" },
};

fn version(new: &NewVersion, agreed: &[u128]) -> Version {
    Version {
        number: new.number(),
        terms: new.terms().clone(),
        hash: format!("hash of {}", new.number()),
        by: new.by(),
        agreed: agreed.iter().map(|it| person(*it)).collect(),
    }
}

#[test]
fn the_text_holds_everything_that_both_agree_to() {
    let (arrangement, supervisor, _) = two();
    let new = propose(&supervisor, (&arrangement, CALLED), &FORM, (None, 0), today()).unwrap();
    assert_eq!(
        new.text(),
        "Alongside supervision agreement, format 1\n\
         Kind: Reflective practice\n\
         For: Mill House\n\
         Supervisor: Pat\n\
         Supervisee: Sam\n\
         From: 2026-12-01\n\
         How often: Every 4 weeks for at least 60 minutes.\n\
         Days of grace: 0\n\
         Where: Room 2\n\
         Looked at again on: 2027-06-01\n\
         Ends on: open\n\
         Who reads what: What is shared is read by the two of you, or by the members of the group. No manager reads it. Others see that a session took place, when, for how long and who came.\n\
         \nGround rules:\nWe begin on time.\n\
         \nWhat stays between us:\n\n\
         \nWhat does not:\nWhen somebody is in danger.\n\
         \nIf a session is missed:\nWe find another day within a week.\n"
    );
}

#[test]
fn either_of_a_pair_writes_the_next_version_and_none_is_overwritten_unseen() {
    let (arrangement, supervisor, supervisee) = two();
    let here = (&arrangement, CALLED);
    let first = version(&propose(&supervisor, here, &FORM, (None, 0), today()).unwrap(), &[]);
    let shorter = TermsForm { minutes: "45", ..FORM };
    let second = propose(&supervisee, here, &shorter, (Some(&first), 1), today()).unwrap();
    assert_eq!((second.number(), second.by()), (2, person(2)));
    let unseen = propose(&supervisee, here, &shorter, (Some(&first), 0), today());
    assert_eq!(unseen, Err(NotTaken::Newer));
    let longer = TermsForm { minutes: "5", ..FORM };
    assert!(matches!(propose(&supervisor, here, &longer, (None, 0), today()), Err(NotTaken::Faults(_))));
}

#[test]
fn each_agrees_for_themself_and_it_holds_when_both_have() {
    let (arrangement, supervisor, supervisee) = two();
    let new = propose(&supervisor, (&arrangement, CALLED), &FORM, (None, 0), today()).unwrap();
    let form = SignForm { name: "Sam Reed", has_read: true, shown: "hash of 1" };
    let agrees = |version: &Version, form: &SignForm<'_>, on| {
        agree(&supervisee, (&arrangement, &[]), (version, form), on)
    };
    let agreed = agrees(&version(&new, &[1]), &form, today()).unwrap();
    assert_eq!((agreed.number(), agreed.person(), agreed.name()), (1, person(2), "Sam Reed"));
    let again = agrees(&version(&new, &[1, 2]), &form, today());
    assert_eq!(again, Err(NotAgreed::Already));
    let other = agrees(&version(&new, &[1]), &SignForm { shown: "hash of 0", ..form }, today());
    assert_eq!(other, Err(NotAgreed::NotSigned(NotSigned::OtherText)));
    let over = Arrangement { ended_on: Some(today() - chrono::Days::new(1)), ..arrangement.clone() };
    let over = agree(&supervisee, (&over, &[]), (&version(&new, &[1]), &form), today());
    assert_eq!(over, Err(NotAgreed::Over));
    let holds = |agreed: &[u128]| version(&new, agreed).holds_between(person(1), person(2));
    assert!(!holds(&[]) && !holds(&[1]) && !holds(&[2]) && holds(&[2, 1]));
}

#[test]
fn what_was_agreed_holds_until_the_next_version_is() {
    let (arrangement, supervisor, _) = two();
    let here = (&arrangement, CALLED);
    let first = version(&propose(&supervisor, here, &FORM, (None, 0), today()).unwrap(), &[1, 2]);
    let shorter = TermsForm { minutes: "45", ..FORM };
    let next = propose(&supervisor, here, &shorter, (Some(&first), 1), today()).unwrap();
    let number = |agreed: &[u128]| {
        let versions = [first.clone(), version(&next, agreed)];
        holding(&versions, person(1), person(2)).map(|it| it.number)
    };
    assert_eq!((number(&[1]), number(&[1, 2])), (Some(1), Some(2)));
    assert_eq!(holding(&[], person(1), person(2)), None);
}
