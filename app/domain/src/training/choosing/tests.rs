use uuid::Uuid;

use super::*;
use crate::training::ApplicationState;
use crate::training::round::tests::{coordinator, here};

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

/// Somebody (9) who asked for something.
fn asks() -> Concerned {
    Concerned { organisation: here(), applicant: person(9), asks: true, arranger: None, decided_by: None }
}

const TALKED: Standing =
    Standing { state: ApplicationState::Talked, was: None, is_sent: true, has_talked: true };
const SENT: Standing = Standing { state: ApplicationState::Sent, has_talked: false, ..TALKED };
const FREE: Places = Places { all: 2, held: 1 };

#[test]
fn whoever_has_read_what_was_asked_for_does_not_select() {
    let taken = Concerned { arranger: Some(person(1)), ..asks() };
    assert_eq!(select(&coordinator(1), &taken).err(), Some(NotTheirs::Arranges));
    assert!(select(&coordinator(2), &taken).is_ok() && arrange(&coordinator(1), &taken).is_ok());
    assert_eq!(arrange(&coordinator(2), &taken).err(), Some(NotTheirs::TakenOn));
    let nothing = Concerned { asks: false, ..taken };
    assert!(select(&coordinator(1), &nothing).is_ok(), "where nothing was asked for, nothing was read");
}

#[test]
fn nothing_is_read_before_it_is_taken_on() {
    assert_eq!(arrange(&coordinator(1), &asks()).err(), Some(NotTheirs::NotTakenOn));
    assert!(take_on(&coordinator(1), &asks()).is_ok());
}

#[test]
fn whoever_has_decided_does_not_read_it_afterwards() {
    let decided = Concerned { decided_by: Some(person(1)), ..asks() };
    assert_eq!(take_on(&coordinator(1), &decided).err(), Some(NotTheirs::Decided));
    assert!(take_on(&coordinator(2), &decided).is_ok());
}

#[test]
fn nobody_decides_or_arranges_about_themself_or_for_another_organisation() {
    let own = Concerned { applicant: person(1), ..asks() };
    let other = Concerned { organisation: OrganisationId::from_uuid(Uuid::from_u128(101)), ..asks() };
    for it in [own, other] {
        assert_eq!(select(&coordinator(1), &it).err(), Some(NotTheirs::Own));
        assert_eq!(take_on(&coordinator(1), &it).err(), Some(NotTheirs::Own));
        assert_eq!(arrange(&coordinator(1), &it).err(), Some(NotTheirs::Own));
    }
}

fn fields<T>(refused: Result<T, Vec<FieldFault>>) -> Vec<&'static str> {
    refused.err().unwrap_or_default().into_iter().map(|it| it.field).collect()
}

#[test]
fn a_conversation_was_held_on_a_day_that_has_been_by_somebody_who_is_here() {
    let typed =
        |day, held_by| ConversationForm { held_on: TypedDay { day, month: "11", year: "2026" }, held_by };
    let today = "2026-11-21".parse().unwrap();
    let held = |form: &ConversationForm<'_>| {
        hold(&coordinator(1), (&SENT, &asks()), form, (&[person(2), person(9)], today))
    };
    let [two, nine, ten] = [2, 9, 10].map(|it| person(it).to_string());
    let (moved, conversation) = held(&typed("21", &two)).unwrap();
    assert_eq!((moved.to().state, conversation.held_by), (ApplicationState::Talked, person(2)));
    assert_eq!(fields(held(&typed("22", &two))), ["held_day"]);
    assert_eq!(fields(held(&typed("21", &ten))), ["held_by"]);
    assert_eq!(fields(held(&typed("21", &nine))), ["held_by"], "nobody talks with themself");
    assert_eq!(fields(held(&typed("", ""))), ["held_day", "held_by"]);
}

#[test]
fn a_place_is_offered_after_the_conversation_and_while_there_is_one() {
    let by = select(&coordinator(1), &asks()).unwrap();
    let offered = decide(&by, &TALKED, ("offer", ""), FREE).unwrap();
    assert_eq!((offered.to().state, offered.words()), (ApplicationState::Offered, ""));
    assert_eq!(fields(decide(&by, &SENT, ("offer", ""), FREE)), ["decision"]);
    assert_eq!(fields(decide(&by, &TALKED, ("offer", ""), Places { held: 2, ..FREE })), ["decision"]);
}

#[test]
fn not_this_time_says_why() {
    let by = select(&coordinator(1), &asks()).unwrap();
    assert_eq!(fields(decide(&by, &SENT, ("not_this_time", " "), FREE)), ["reason"]);
    let said =
        decide(&by, &SENT, ("not_this_time", "More people wrote than there are places."), FREE).unwrap();
    assert_eq!(said.words(), "More people wrote than there are places.");
    for odd in ["", "accept", "send", "talk", "🦋"] {
        assert_eq!(fields(decide(&by, &TALKED, (odd, ""), FREE)), ["decision"], "{odd}");
    }
}
