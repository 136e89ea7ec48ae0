use uuid::Uuid;

use super::*;
use crate::people::{Actor, OrganisationId};
use crate::supervision::Strand;
use crate::supervision::arrangement::{ArrangementId, Spell};

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn day() -> NaiveDate {
    "2026-11-20".parse().unwrap()
}

fn pair(with: With) -> Arrangement {
    let organisation = OrganisationId::from_uuid(Uuid::from_u128(100));
    Arrangement {
        id: ArrangementId::from_uuid(Uuid::nil()),
        organisation,
        strand: Strand::Peer,
        supervisor: person(1),
        comes_from: organisation,
        with,
        from: day(),
        ended_on: None,
    }
}

fn record(by: u128, people: &[u128]) -> Record {
    let people = people.iter().copied().map(person).collect();
    Record { number: 2, by: person(by), written_on: day(), people, said: Vec::new() }
}

fn said(number: u128, record: &Record, with: With, form: &StandForm<'_>) -> Result<NewStand, NotStood> {
    let arrangement = pair(with);
    let spells = [Spell { person: person(number), from: day(), to: None }];
    let by = Actor::new(person(number), Vec::new(), Vec::new(), day());
    take(&by.as_strand_member(&arrangement, &spells).unwrap(), (&arrangement, record), form)
}

const YES: StandForm<'_> = StandForm { stand: "agreed", comment: "", seen: 2, has_looked: false };

#[test]
fn whoever_did_not_write_it_is_asked() {
    let one = With::One(person(2));
    assert_eq!(record(1, &[2]).asked(&pair(one.clone())), [person(2)]);
    assert_eq!(record(2, &[2]).asked(&pair(one)), [person(1)]);
    let group = With::Group("Tuesday".into());
    assert_eq!(record(1, &[2, 3]).asked(&pair(group)), [person(2), person(3)]);
}

#[test]
fn it_is_agreed_once_all_have_and_counts_after_two_weeks_anyway() {
    let group = pair(With::Group("Tuesday".into()));
    let mut record = record(1, &[2, 3]);
    record.said.push((person(2), Stand::Agreed));
    assert!(!record.is_agreed(&group) && record.waits_for(&group, person(3)));
    assert!(!record.waits_for(&group, person(2)) && !record.waits_for(&group, person(1)));
    record.said.push((person(3), Stand::Disagreed));
    assert!(!record.is_agreed(&group) && !record.waits_for(&group, person(3)));
    assert_eq!(record.counts_from().to_string(), "2026-12-04");
    record.said[1].1 = Stand::Agreed;
    assert!(record.is_agreed(&group));
}

#[test]
fn each_says_it_once_of_the_version_that_they_were_shown() {
    let (one, it) = (With::One(person(2)), record(1, &[2]));
    assert_eq!(said(2, &it, one.clone(), &YES).unwrap().number(), 2);
    assert_eq!(said(2, &it, one.clone(), &StandForm { seen: 1, ..YES }), Err(NotStood::Newer));
    let there = Record { said: vec![(person(2), Stand::Agreed)], ..it.clone() };
    assert_eq!(said(2, &there, one.clone(), &YES), Err(NotStood::Already));
    assert_eq!(said(2, &record(2, &[2]), one, &YES), Err(NotStood::Already), "they wrote it");
}

#[test]
fn whoever_does_not_agree_says_how_it_was() {
    let (one, it) = (With::One(person(2)), record(1, &[2]));
    let fields = |form: &StandForm<'_>| match said(2, &it, one.clone(), form) {
        Err(NotStood::Faults(faults)) => faults.into_iter().map(|it| it.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(fields(&StandForm { stand: "", ..YES }), ["stand"]);
    assert_eq!(fields(&StandForm { stand: "disagreed", ..YES }), ["comment"]);
    assert_eq!(fields(&StandForm { comment: &"x".repeat(601), ..YES }), ["comment"]);
    let otherwise = StandForm { stand: "disagreed", comment: " It was half an hour. ", ..YES };
    assert_eq!(said(2, &it, one.clone(), &otherwise).unwrap().comment(), "It was half an hour.");
    let named = StandForm { comment: "Ring 01234 567890", ..YES };
    assert_eq!(said(2, &it, one, &named), Err(NotStood::Personal(Personal::PhoneNumber)));
}
