use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::people::{Actor, OrganisationId};
use crate::supervision::Strand;
use crate::supervision::arrangement::{Arrangement, ArrangementId, Spell, With};

fn me() -> (Author, StrandMember) {
    let person = PersonId::from_uuid(Uuid::from_u128(2));
    let from: NaiveDate = "2026-09-01".parse().unwrap();
    let organisation = OrganisationId::from_uuid(Uuid::from_u128(100));
    let arrangement = Arrangement {
        id: ArrangementId::from_uuid(Uuid::nil()),
        organisation,
        strand: Strand::Peer,
        supervisor: PersonId::from_uuid(Uuid::from_u128(1)),
        comes_from: organisation,
        with: With::One(person),
        from,
        ended_on: None,
    };
    let actor = Actor::new(person, Vec::new(), Vec::new(), from);
    let member = actor.as_strand_member(&arrangement, &[Spell { person, from, to: None }]).unwrap();
    (actor.as_author(), member)
}

fn shared(number: i64, text: &str) -> Shared {
    Shared { author: PersonId::from_uuid(Uuid::from_u128(2)), number, text: text.into() }
}

#[test]
fn private_words_are_never_overwritten_unseen_and_can_be_taken_back_later() {
    let (me, _) = me();
    let first = keep(&me, (None, true), " It was hard. ", 0).unwrap();
    assert_eq!((first.value().as_str(), first.revision()), ("It was hard.", 1));
    let kept = Revised { value: first.value().clone(), revision: 1 };
    assert_eq!(keep(&me, (Some(&kept), true), "Other", 0), Err(NotKept::Newer));
    assert_eq!(keep(&me, (Some(&kept), false), "Other", 1), Err(NotKept::Newer), "they write there no more");
    assert_eq!(keep(&me, (Some(&kept), false), "", 1).unwrap().value(), "");
    let long = "x".repeat(LONGEST_PRIVATE + 1);
    assert!(matches!(keep(&me, (None, true), &long, 0), Err(NotKept::TooLong { .. })));
}

#[test]
fn what_is_shared_is_a_new_version_each_time() {
    let (_, me) = me();
    let first = share(&me, (None, 0), ("I would like more time.", false)).unwrap();
    assert_eq!((first.number(), first.text(), first.author()), (1, "I would like more time.", me.person()));
    let last = shared(1, "I would like more time.");
    assert_eq!(share(&me, (Some(&last), 1), (" I would like more time.", false)), Err(NotShared::Already));
    assert_eq!(share(&me, (Some(&last), 0), ("Other", false)), Err(NotShared::Newer));
    assert_eq!(share(&me, (Some(&last), 1), ("Other", false)).unwrap().number(), 2);
    assert_eq!(
        share(&me, (Some(&last), 1), ("", false)).unwrap().text(),
        "",
        "taken back, as another version"
    );
    assert!(matches!(share(&me, (None, 0), (" ", false)), Err(NotShared::Faults(_))));
}

#[test]
fn what_looks_like_somebody_is_asked_about_before_it_is_shared() {
    let (_, me) = me();
    let named = "They were born on 3 April 1985.";
    assert_eq!(share(&me, (None, 0), (named, false)), Err(NotShared::Personal(Personal::DateOfBirth)));
    assert!(share(&me, (None, 0), (named, true)).is_ok());
}

#[test]
fn every_prompt_but_the_blank_page_asks_something() {
    for it in Prompt::ALL {
        assert_eq!(it.questions().is_empty(), it == Prompt::Blank);
        assert!(it.questions().iter().all(|it| it.ends_with('?')) && !it.label().is_empty());
    }
}
