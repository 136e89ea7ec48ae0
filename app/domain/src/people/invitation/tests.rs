use chrono::TimeDelta;
use uuid::Uuid;

use super::*;
use crate::people::{Actor, EngagementId};
use crate::sign_in::Guessability;

const HERE: u128 = 10;
const THERE: u128 = 11;

fn organisation(number: u128) -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(number))
}

fn person() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(1))
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn sam() -> EmailAddress {
    EmailAddress::parse("sam@demo.example").unwrap()
}

fn engaged(kind: EngagementKind, with: u128) -> Engagement {
    Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(99)),
        person: person(),
        organisation: organisation(with),
        kind,
        basis: None,
        from: day(1),
        to: None,
        away: None,
    }
}

fn administrator() -> Administrator {
    let engagements = vec![engaged(EngagementKind::Administrator, HERE)];
    let actor = Actor::new(person(), engagements, Vec::new(), day(10));
    actor.as_administrator_of(organisation(HERE)).unwrap()
}

const FORM: InvitationForm<'_> = InvitationForm {
    email: "Sam@demo.example",
    kinds: &["tutor", "volunteer", "tutor"],
    basis: "volunteer",
    from: TypedDay { day: "21", month: "11", year: "2026" },
};

fn invitation() -> Invitation {
    let offer = |kind| Offer { kind, basis: None, from: day(21) };
    Invitation {
        id: InvitationId::from_uuid(Uuid::from_u128(7)),
        organisation: organisation(HERE),
        email: sam(),
        offers: vec![offer(EngagementKind::Volunteer), offer(EngagementKind::Tutor)],
        made_at: now(),
        withdrawn_at: None,
        accepted: None,
    }
}

fn accepting<'a>(email: &'a EmailAddress, engagements: &'a [Engagement]) -> Accepting<'a> {
    Accepting { person: person(), email, engagements }
}

/// The fields that are at fault in a form.
fn at_fault(form: &InvitationForm<'_>) -> Vec<&'static str> {
    invite(&administrator(), form).unwrap_err().into_iter().map(|it| it.field).collect()
}

#[test]
fn an_administrator_invites_to_their_own_organisation() {
    let new = invite(&administrator(), &FORM).unwrap();
    assert_eq!((new.organisation(), new.by()), (organisation(HERE), Some(person())));
    assert_eq!(new.email(), &sam());
    let offer = |kind| Offer { kind, basis: Some(Basis::Volunteer), from: day(21) };
    assert_eq!(new.offers(), [offer(EngagementKind::Volunteer), offer(EngagementKind::Tutor)]);
}

#[test]
fn everything_that_is_missing_is_said_at_once() {
    let empty = InvitationForm { email: "", kinds: &[], basis: "", from: TypedDay::default() };
    assert_eq!(at_fault(&empty), ["email", "kind", "basis", "from_day"]);
    assert_eq!(at_fault(&InvitationForm { kinds: &["tutor", "owner"], ..FORM }), ["kind"]);
    assert_eq!(at_fault(&InvitationForm { basis: "gold", ..FORM }), ["basis"]);
}

#[test]
fn a_basis_need_not_be_settled() {
    let new = invite(&administrator(), &InvitationForm { basis: NO_BASIS, ..FORM }).unwrap();
    assert!(new.offers().iter().all(|it| it.basis.is_none()));
}

#[test]
fn an_address_has_one_open_invitation_at_a_time() {
    let new = || invite(&administrator(), &FORM).unwrap();
    assert_eq!(new().beside(Some(&invitation()), now()), Err(InvitedAlready));
    assert!(new().beside(None, now()).is_ok());
    let withdrawn = Invitation { withdrawn_at: Some(now()), ..invitation() };
    assert!(new().beside(Some(&withdrawn), now()).is_ok());
    assert!(new().beside(Some(&invitation()), now() + TimeDelta::days(14)).is_ok());
}

#[test]
fn the_first_administrator_is_invited_where_there_is_none() {
    let invite = |which, there_are| invite_first(organisation(HERE), sam(), (which, there_are), day(21));
    assert_eq!(invite(Which::First, 1), Err(AdministratedAlready));
    assert!(invite(Which::Another, 1).is_ok());
    let new = invite(Which::First, 0).unwrap();
    assert_eq!((new.by(), new.offers()[0].kind), (None, EngagementKind::Administrator));
}

#[test]
fn an_invitation_is_open_for_fourteen_days_and_not_a_second_longer() {
    assert!(invitation().open(now() + TimeDelta::days(14) - TimeDelta::seconds(1)).is_ok());
    let late = invitation().open(now() + TimeDelta::days(14)).unwrap_err();
    assert_eq!(late, InvitationRefused::Link(LinkRefused::Expired(LinkPurpose::Invite)));
}

#[test]
fn an_invitation_opens_once() {
    let used = Invitation { accepted: Some((now(), person())), ..invitation() };
    let refused = used.open(now()).unwrap_err();
    assert_eq!(refused.to_string(), "This invitation has been used. Sign in to go on.");
}

#[test]
fn what_was_withdrawn_opens_nothing() {
    let withdrawn = Invitation { withdrawn_at: Some(now()), ..invitation() };
    assert_eq!(withdrawn.open(now()).unwrap_err(), InvitationRefused::Withdrawn);
}

#[test]
fn whoever_was_invited_becomes_what_they_were_invited_to_be() {
    let invitation = invitation();
    let (email, elsewhere) = (sam(), [engaged(EngagementKind::Tutor, THERE)]);
    let accepted = invitation.open(now()).unwrap().accept(&accepting(&email, &elsewhere), day(21)).unwrap();
    assert_eq!((accepted.person(), accepted.organisation()), (person(), organisation(HERE)));
    assert_eq!(accepted.begins(), invitation.offers, "being a tutor elsewhere is another thing");
}

#[test]
fn what_somebody_is_already_they_stay() {
    let (email, already) = (sam(), [engaged(EngagementKind::Tutor, HERE)]);
    let invitation = invitation();
    let accepted = invitation.open(now()).unwrap().accept(&accepting(&email, &already), day(21)).unwrap();
    assert_eq!(accepted.begins().iter().map(|it| it.kind).collect::<Vec<_>>(), [EngagementKind::Volunteer]);
}

#[test]
fn what_somebody_has_stopped_being_they_become_again() {
    let left = [Engagement { to: Some(day(20)), ..engaged(EngagementKind::Tutor, HERE) }];
    let (email, invitation) = (sam(), invitation());
    let accepted = invitation.open(now()).unwrap().accept(&accepting(&email, &left), day(21)).unwrap();
    assert_eq!(accepted.begins().len(), 2);
}

#[test]
fn nobody_accepts_what_was_sent_to_somebody_else() {
    let (other, invitation) = (EmailAddress::parse("kim@demo.example").unwrap(), invitation());
    let refused = invitation.open(now()).unwrap().accept(&accepting(&other, &[]), day(21)).unwrap_err();
    assert!(!refused.to_string().contains("sam"), "to whom it went is not said");
}

#[test]
fn somebody_new_chooses_a_name_and_a_password() {
    let invitation = invitation();
    let open = invitation.open(now()).unwrap();
    let welcome = |known_as, password| open.welcome(&NewcomerForm { known_as, password }, Guessability::Hard);
    let newcomer = welcome("Sam", "walking by the river").unwrap();
    assert_eq!((newcomer.known_as().as_str(), newcomer.email()), ("Sam", &sam()));
    let faults: Vec<_> = welcome("", "short").unwrap_err().into_iter().map(|it| it.field).collect();
    assert_eq!(faults, ["known_as", "password"]);
    assert_eq!(welcome("Sam", "sam@demo.example").unwrap_err().len(), 1, "the address is no password");
}
