use uuid::Uuid;

use super::*;
use crate::people::{Actor, Engagement, EngagementId, EngagementKind, OrganisationId, PlaceId};
use crate::training::placement::PlacementId;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn placement() -> Placement {
    Placement {
        id: PlacementId::from_uuid(Uuid::nil()),
        person: person(1),
        organisation: OrganisationId::from_uuid(Uuid::nil()),
        supervisor: person(2),
        site: PlaceId::from_uuid(Uuid::nil()),
        cohort: None,
        from: day("2026-11-01"),
        to: day("2026-12-31"),
    }
}

fn guide(kind: RelationshipKind) -> Relationship {
    let (from, organisation) = (day("2026-11-10"), placement().organisation);
    Relationship { kind, holder: person(3), person: person(1), organisation, from, to: None }
}

const DAY: TypedDay<'_> = TypedDay { day: "20", month: "11", year: "2026" };
const FORM: RungForm<'_> = RungForm {
    rung: "co_facilitated",
    day: DAY,
    guide: "00000000-0000-0000-0000-000000000003",
    why: "",
    is_looked_at: false,
};

fn climbed(
    before: &[Climbed],
    form: &RungForm<'_>,
    kind: RelationshipKind,
) -> Result<Climbed, Vec<&'static str>> {
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::nil()),
        person: person(2),
        organisation: placement().organisation,
        kind: EngagementKind::PlacementSupervisor,
        basis: None,
        from: day("2026-01-01"),
        to: None,
        away: None,
    };
    let today = day("2026-11-22");
    let actor = Actor::new(person(2), vec![engagement], Vec::new(), today);
    let by = actor.as_placement_supervisor(&placement()).unwrap();
    let new = climb(&by, (&placement(), before), form, &[guide(kind)], today);
    new.map(|it| it.climbed().clone()).map_err(|it| match it {
        NotClimbed::Already => vec!["already"],
        NotClimbed::Personal(_) => vec!["personal"],
        NotClimbed::Faults(faults) => faults.into_iter().map(|it| it.field).collect(),
    })
}

#[test]
fn steps_follow_one_another_with_a_guide_who_is_named() {
    let first = climbed(&[], &FORM, RelationshipKind::Guide).unwrap();
    assert_eq!((first.rung, first.guide), (Rung::CoFacilitated, person(3)));
    assert_eq!(rungs_left(core::slice::from_ref(&first)), [Rung::LedWithGuide, Rung::Leads]);
    let next = RungForm { rung: "led_with_guide", ..FORM };
    let second = climbed(core::slice::from_ref(&first), &next, RelationshipKind::ClinicalLead).unwrap();
    assert_eq!(
        climbed(&[first.clone(), second.clone()], &FORM, RelationshipKind::Guide),
        Err(vec!["already"])
    );
    let last = RungForm { rung: "leads", ..FORM };
    let all = [
        first.clone(),
        second,
        climbed(&[first], &RungForm { why: "Led before", ..last }, RelationshipKind::Guide).unwrap(),
    ];
    assert_eq!(rungs_left(&all), []);
}

#[test]
fn a_step_is_left_out_only_with_a_reason_in_words() {
    let last = RungForm { rung: "leads", ..FORM };
    assert_eq!(climbed(&[], &last, RelationshipKind::Guide), Err(vec!["why"]));
    let why = "They led groups for two years elsewhere.";
    assert_eq!(climbed(&[], &RungForm { why, ..last }, RelationshipKind::Guide).unwrap().why, why);
    let why = "As a@b.example says";
    assert_eq!(climbed(&[], &RungForm { why, ..last }, RelationshipKind::Guide), Err(vec!["personal"]));
    assert!(climbed(&[], &RungForm { why, is_looked_at: true, ..last }, RelationshipKind::Guide).is_ok());
    let first = climbed(&[], &RungForm { why, is_looked_at: true, ..last }, RelationshipKind::Guide).unwrap();
    assert_eq!(climbed(&[first], &FORM, RelationshipKind::Guide), Err(vec!["rung"]));
}

#[test]
fn the_guide_guides_them_on_that_day_and_the_day_has_been() {
    let with = |form| climbed(&[], &form, RelationshipKind::Guide).unwrap_err();
    assert_eq!(climbed(&[], &FORM, RelationshipKind::Supervisor), Err(vec!["guide"]));
    assert_eq!(with(RungForm { guide: "", ..FORM }), ["guide"]);
    assert_eq!(with(RungForm { day: TypedDay { day: "9", ..DAY }, ..FORM }), ["guide"]);
    assert_eq!(with(RungForm { day: TypedDay { day: "23", ..DAY }, ..FORM }), ["day"]);
    assert_eq!(with(RungForm { rung: "", day: TypedDay { month: "10", ..DAY }, ..FORM }), ["rung", "day"]);
    let first =
        Climbed { rung: Rung::CoFacilitated, day: day("2026-11-21"), guide: person(3), why: String::new() };
    let next = RungForm { rung: "led_with_guide", ..FORM };
    assert_eq!(climbed(&[first], &next, RelationshipKind::Guide), Err(vec!["day"]));
}
