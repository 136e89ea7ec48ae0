use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::people::{Actor, EngagementId, EngagementKind, Relationship, RelationshipKind};

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn here() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(100))
}

fn elsewhere() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(200))
}

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

fn engaged(person: PersonId, kind: EngagementKind, organisation: OrganisationId) -> Engagement {
    let (id, from) = (EngagementId::from_uuid(Uuid::nil()), today());
    Engagement { id, person, organisation, kind, basis: None, from, to: None, away: None }
}

fn actor(number: u128, kind: EngagementKind, organisation: OrganisationId) -> Actor {
    let manages = Relationship {
        kind: RelationshipKind::LineManager,
        holder: person(number),
        person: person(1),
        organisation,
        from: today(),
        to: None,
    };
    Actor::new(person(number), vec![engaged(person(number), kind, organisation)], vec![manages], today())
}

fn manager(organisation: OrganisationId) -> LineManager {
    actor(2, EngagementKind::LineManager, organisation).as_line_manager_of(person(1)).unwrap()
}

fn coordinator(number: u128) -> TrainingCoordinator {
    actor(number, EngagementKind::Coordinator, here()).as_training_coordinator_of(here()).unwrap()
}

fn open() -> Issue {
    Issue {
        id: RoleIssueId::from_uuid(Uuid::nil()),
        person: person(1),
        organisation: here(),
        version: 1,
        hash: "abc".into(),
        state: IssueState::Open,
        by_person: false,
        by_manager: false,
        acts: 1,
    }
}

const FORM: SignForm<'_> = SignForm { name: "Sam Reed", has_read: true, shown: "abc" };

#[test]
fn it_is_signed_when_both_have_signed_in_either_order() {
    let manager = manager(here());
    for first in [Signer::Person(person(1)), Signer::Manager(&manager)] {
        let act = sign(first, &open(), &FORM).unwrap();
        assert_eq!((act.state(), act.number(), act.name()), (IssueState::Open, 2, "Sam Reed"));
        let is_person = act.act() == IssueAct::SignedByPerson;
        let half = Issue { by_person: is_person, by_manager: !is_person, acts: 2, ..open() };
        let second = if is_person { Signer::Manager(&manager) } else { Signer::Person(person(1)) };
        assert_eq!(sign(second, &half, &FORM).unwrap().state(), IssueState::Signed);
        assert_eq!(sign(first, &half, &FORM), Err(NotActed::Already));
    }
}

#[test]
fn nobody_signs_for_somebody_else() {
    assert_eq!(sign(Signer::Person(person(2)), &open(), &FORM), Err(NotActed::NotTheirs));
    let (elsewhere, own) = (manager(elsewhere()), manager(here()));
    assert_eq!(sign(Signer::Manager(&elsewhere), &open(), &FORM), Err(NotActed::NotTheirs));
    let of_another = Issue { person: person(3), ..open() };
    assert_eq!(sign(Signer::Manager(&own), &of_another, &FORM), Err(NotActed::NotTheirs));
    assert_eq!(decline(Signer::Person(person(2)), &open(), "No", false), Err(NotActed::NotTheirs));
}

#[test]
fn a_signature_is_for_the_text_that_was_shown_by_somebody_who_read_it_and_says_their_name() {
    let try_it = |form| sign(Signer::Person(person(1)), &open(), &form);
    assert_eq!(try_it(SignForm { shown: "abd", ..FORM }), Err(NotActed::OtherText));
    let fields = |form| match try_it(form) {
        Err(NotActed::Faults(faults)) => faults.into_iter().map(|it| it.field).collect(),
        _ => vec![],
    };
    assert_eq!(fields(SignForm { name: " ", has_read: false, ..FORM }), ["name", "read"]);
    assert_eq!(fields(SignForm { name: &"a".repeat(121), ..FORM }), ["name"]);
}

#[test]
fn what_is_over_is_neither_signed_nor_declined_nor_taken_back_again() {
    for state in IssueState::ALL.into_iter().filter(|it| !it.is_live()) {
        let over = Issue { state, ..open() };
        assert_eq!(sign(Signer::Person(person(1)), &over, &FORM), Err(NotActed::Over(state)));
        assert_eq!(decline(Signer::Person(person(1)), &over, "No", false), Err(NotActed::Over(state)));
        assert_eq!(revoke(&coordinator(5), &over, "Wrong", false), Err(NotActed::Over(state)));
    }
}

#[test]
fn whoever_does_not_sign_says_why_and_whoever_has_signed_has_signed() {
    let me = Signer::Person(person(1));
    let act = decline(me, &open(), " Other hours were agreed. ", false).unwrap();
    assert_eq!((act.state(), act.words()), (IssueState::Declined, "Other hours were agreed."));
    assert!(matches!(decline(me, &open(), " ", false), Err(NotActed::Faults(_))));
    let personal = "Call 07700 900123";
    assert_eq!(decline(me, &open(), personal, false), Err(NotActed::Personal(Personal::PhoneNumber)));
    assert!(decline(me, &open(), personal, true).is_ok());
    let signed = Issue { by_person: true, acts: 2, ..open() };
    assert_eq!(decline(me, &signed, "No", false), Err(NotActed::Already));
}

#[test]
fn a_coordinator_takes_back_what_was_issued_there_to_somebody_else() {
    let signed = Issue { state: IssueState::Signed, by_person: true, by_manager: true, acts: 3, ..open() };
    let act = revoke(&coordinator(5), &signed, "The post has ended.", false).unwrap();
    assert_eq!((act.act(), act.state(), act.number()), (IssueAct::Revoked, IssueState::Revoked, 4));
    let there = Issue { organisation: elsewhere(), ..open() };
    assert_eq!(revoke(&coordinator(5), &there, "No", false), Err(NotActed::NotTheirs));
    assert_eq!(revoke(&coordinator(1), &open(), "No", false), Err(NotActed::NotTheirs));
}

#[test]
fn a_later_version_takes_the_place_of_the_one_they_have() {
    let theirs = [engaged(person(1), EngagementKind::PeerSupportWorker, here())];
    let by = coordinator(5);
    let given = |version, live: Option<&Issue>| issue(&by, (person(1), &theirs), version, live, today());
    assert_eq!(given(1, None).unwrap().replaces(), None);
    assert_eq!(given(1, Some(&open())), Err(NotIssued::HasIt));
    let new = given(2, Some(&open())).unwrap();
    let (id, act) = new.replaces().unwrap();
    assert_eq!(
        (*id, act.act(), act.state(), act.number()),
        (open().id, IssueAct::Replaced, IssueState::Replaced, 2)
    );
    let declined = Issue { state: IssueState::Declined, ..open() };
    assert_eq!(given(1, Some(&declined)).unwrap().replaces(), None);
}

#[test]
fn a_role_is_issued_to_somebody_else_who_is_there_today() {
    let by = coordinator(5);
    let given = |to, theirs: &[Engagement]| issue(&by, (to, theirs), 1, None, today());
    let there = [engaged(person(1), EngagementKind::PeerSupportWorker, elsewhere())];
    assert_eq!(given(person(1), &there), Err(NotIssued::NotKnownHere));
    assert_eq!(given(person(1), &[]), Err(NotIssued::NotKnownHere));
    let own = [engaged(person(5), EngagementKind::Coordinator, here())];
    assert_eq!(given(person(5), &own), Err(NotIssued::ToThemself));
}
