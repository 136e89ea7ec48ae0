use uuid::Uuid;

use super::*;
use crate::people::{Actor, OrganisationId, PersonId};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn engaged(kind: EngagementKind) -> Engagement {
    Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(9)),
        person: PersonId::from_uuid(Uuid::from_u128(1)),
        organisation: OrganisationId::from_uuid(Uuid::from_u128(10)),
        kind,
        basis: None,
        from: day(10),
        to: None,
        away: None,
    }
}

fn administrator() -> Administrator {
    let engagement = engaged(EngagementKind::Administrator);
    let (person, organisation) = (engagement.person, engagement.organisation);
    let actor = Actor::new(person, vec![engagement], Vec::new(), day(20));
    actor.as_administrator_of(organisation).unwrap()
}

fn place_id(number: u128) -> PlaceId {
    PlaceId::from_uuid(Uuid::from_u128(number))
}

fn places() -> Vec<Place> {
    let place = |number, kind| Place { id: place_id(number), kind, name: "x".into() };
    vec![place(1, PlaceKind::Service), place(2, PlaceKind::Team), place(3, PlaceKind::Site)]
}

const FORM: EngagementForm<'_> = EngagementForm {
    basis: "bank",
    service: "00000000-0000-0000-0000-000000000001",
    team: "",
    sites: &["00000000-0000-0000-0000-000000000003", "00000000-0000-0000-0000-000000000003"],
    to: TypedDay { day: "30", month: "11", year: "2026" },
};

/// The fields that are at fault.
fn at_fault(form: &EngagementForm<'_>) -> Vec<&'static str> {
    let changed = change_engagement(&administrator(), &engaged(EngagementKind::Tutor), form, (&places(), 1));
    changed.unwrap_err().into_iter().map(|it| it.field).collect()
}

#[test]
fn an_administrator_says_where_somebody_is_on_which_footing_and_until_when() {
    let tutor = engaged(EngagementKind::Tutor);
    let changed = change_engagement(&administrator(), &tutor, &FORM, (&places(), 1)).unwrap();
    assert_eq!((changed.id(), changed.basis(), changed.to()), (tutor.id, Some(Basis::Bank), Some(day(30))));
    assert_eq!((changed.service(), changed.team()), (Some(place_id(1)), None));
    assert_eq!(changed.sites(), [place_id(3)]);
}

#[test]
fn a_place_is_one_of_the_organisations_own_and_of_its_kind() {
    assert_eq!(at_fault(&EngagementForm { team: FORM.service, ..FORM }), ["team"]);
    assert_eq!(at_fault(&EngagementForm { service: "🦋", sites: &["x"], ..FORM }), ["service", "site"]);
}

#[test]
fn it_ends_no_earlier_than_it_began() {
    let to = TypedDay { day: "9", ..FORM.to };
    assert_eq!(at_fault(&EngagementForm { to, ..FORM }), ["to_day"]);
    assert_eq!(
        at_fault(&EngagementForm { basis: "", to: TypedDay { day: "x", ..to }, ..FORM }),
        ["basis", "to_day"]
    );
}

#[test]
fn the_last_administrator_stays_one() {
    let it = engaged(EngagementKind::Administrator);
    let end = |there_are| change_engagement(&administrator(), &it, &FORM, (&places(), there_are));
    assert!(end(1).unwrap_err()[0].remedy.contains("the last one"));
    assert!(end(2).is_ok());
}

#[test]
fn a_place_has_a_name() {
    let add = |kind, name| add_place(&administrator(), kind, name);
    let new = add("team", " North & South ").unwrap();
    assert_eq!((new.kind(), new.name()), (PlaceKind::Team, "North & South"));
    let long = "n".repeat(81);
    for odd in ["", " ", "🦋", "a\nb", "\u{202e}a", long.as_str(), "\u{200b}"] {
        assert_eq!(add("team", odd).unwrap_err()[0].field, "name", "{odd:?}");
    }
    assert_eq!(add("house", "North").unwrap_err()[0].field, "kind");
}
