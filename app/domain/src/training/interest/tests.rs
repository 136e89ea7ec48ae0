use uuid::Uuid;

use super::*;
use crate::sign_in::LinkId;

fn here() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(1))
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

const HERE: &str = "00000000-0000-0000-0000-000000000001";
const FORM: InterestForm<'_> = InterestForm {
    organisation: HERE,
    known_as: "Sam",
    email: "Sam@demo.example",
    role: "not_sure",
    consent: "1",
};

fn fields(refused: Result<Interest, Vec<FieldFault>>) -> Vec<&'static str> {
    refused.unwrap_err().into_iter().map(|it| it.field).collect()
}

#[test]
fn interest_says_what_was_typed_and_to_which_words_somebody_agreed() {
    let it = express(&FORM, &[here()]).unwrap();
    assert_eq!(
        (it.organisation, it.email.as_str(), it.known_as.as_str()),
        (here(), "sam@demo.example", "Sam")
    );
    assert_eq!((it.role, it.consent, it.person), (WantedRole::NotSure, 1, None));
}

#[test]
fn each_field_that_is_missing_or_odd_is_named() {
    let nothing = InterestForm { organisation: "", known_as: "", email: "", role: "", consent: "" };
    assert_eq!(
        fields(express(&nothing, &[here()])),
        ["email", "organisation", "role", "consent", "known_as"]
    );
    for odd in ["yes", "0", "2", "-1", "🦋"] {
        assert_eq!(fields(express(&InterestForm { consent: odd, ..FORM }, &[here()])), ["consent"], "{odd}");
        assert_eq!(fields(express(&InterestForm { role: odd, ..FORM }, &[here()])), ["role"], "{odd}");
    }
    assert_eq!(fields(express(&FORM, &[])), ["organisation"], "an organisation that is not here");
}

#[test]
fn what_somebody_agreed_to_is_never_reworded() {
    assert!(
        CONSENTS[0].starts_with("I agree that the organisation I chose may write to me by e-mail when it")
    );
    assert!(CONSENTS[0].ends_with("It forgets me two years after I last confirmed."));
    assert_eq!((CONSENTS[0].len(), Interest::KEPT.num_days()), (295, 730));
}

#[test]
fn whoever_is_signed_in_is_told_at_the_address_they_sign_in_with() {
    let own = (PersonId::from_uuid(Uuid::from_u128(2)), EmailAddress::parse("own@demo.example").unwrap());
    let confirmed = express_signed_in(&FORM, own.clone(), &[here()]).unwrap();
    assert_eq!((confirmed.interest().person, &confirmed.interest().email), (Some(own.0), &own.1));
}

#[test]
fn interest_is_confirmed_once_and_in_time_by_its_own_kind_of_link() {
    let link =
        |purpose, used_at| Link { id: LinkId::from_uuid(Uuid::nil()), purpose, made_at: now(), used_at };
    let asked = |link| Asked { link, interest: express(&FORM, &[here()]).unwrap() };
    let fresh = asked(link(LinkPurpose::ExpressInterest, None));
    assert!(confirm(fresh.clone(), now()).is_ok());
    assert!(confirm(fresh, now() + TimeDelta::days(3)).is_err());
    assert!(confirm(asked(link(LinkPurpose::ExpressInterest, Some(now()))), now()).is_err());
    assert_eq!(
        confirm(asked(link(LinkPurpose::Confirm, None)), now()).err(),
        Some(LinkRefused::WrongPurpose)
    );
}

#[test]
fn a_second_tap_sends_no_second_letter() {
    assert!(may_ask_again(None, now()) && may_ask_again(Some(now()), now() + AGAIN_AFTER));
    assert!(!may_ask_again(Some(now()), now()));
}

#[test]
fn nobody_is_named_in_a_log() {
    let it = express(&FORM, &[here()]).unwrap();
    assert_eq!(format!("{it:?} {FORM:?}"), "Interest(…) InterestForm<'_>(…)");
}
