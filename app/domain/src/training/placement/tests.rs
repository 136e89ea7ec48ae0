use uuid::Uuid;

use super::*;
use crate::people::{Actor, EngagementId, NotWithEntry};

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn here() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(100))
}

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

fn engaged(number: u128, kind: EngagementKind) -> Engagement {
    let (id, from) = (EngagementId::from_uuid(Uuid::nil()), today());
    let (person, organisation) = (person(number), here());
    Engagement { id, person, organisation, kind, basis: None, from, to: None, away: None }
}

fn arranged(form: &PlacementForm<'_>, not_with: &NotWith) -> Result<Placement, Vec<&'static str>> {
    let actor = Actor::new(person(9), vec![engaged(9, EngagementKind::Coordinator)], Vec::new(), today());
    let by = actor.as_training_coordinator_of(here()).unwrap();
    let acting = [
        engaged(2, EngagementKind::PlacementSupervisor),
        engaged(3, EngagementKind::Tutor),
        engaged(1, EngagementKind::Supervisor),
    ];
    let sites = [PlaceId::from_uuid(Uuid::from_u128(50))];
    let cohorts = [CohortId::from_uuid(Uuid::from_u128(60))];
    let choices = Choices { acting: &acting, sites: &sites, cohorts: &cohorts, not_with };
    let theirs = [engaged(1, EngagementKind::Student)];
    let id = PlacementId::from_uuid(Uuid::nil());
    let new = arrange(&by, (id, person(1), &theirs), form, choices, today());
    new.map(|it| it.placement().clone()).map_err(|it| it.into_iter().map(|it| it.field).collect())
}

const FROM: TypedDay<'_> = TypedDay { day: "1", month: "12", year: "2026" };
const TO: TypedDay<'_> = TypedDay { day: "31", month: "1", year: "2027" };
const FORM: PlacementForm<'_> = PlacementForm {
    supervisor: "00000000-0000-0000-0000-000000000002",
    site: "00000000-0000-0000-0000-000000000032",
    cohort: "00000000-0000-0000-0000-00000000003c",
    from: FROM,
    to: TO,
};

fn nobody() -> NotWith {
    NotWith::of(person(1), Vec::new())
}

#[test]
fn a_placement_is_looked_after_by_somebody_else_who_does_so_there() {
    assert_eq!(arranged(&FORM, &nobody()).unwrap().supervisor, person(2));
    for supervisor in
        ["00000000-0000-0000-0000-000000000003", "00000000-0000-0000-0000-000000000001", "", "x"]
    {
        assert_eq!(
            arranged(&PlacementForm { supervisor, ..FORM }, &nobody()),
            Err(vec!["supervisor"]),
            "{supervisor}"
        );
    }
}

#[test]
fn whoever_they_would_rather_not_have_is_told_from_nobody_who_cannot_be_chosen() {
    let not_with =
        NotWith::of(person(1), vec![NotWithEntry { other: person(2), purpose: Purpose::Supervise }]);
    assert_eq!(arranged(&FORM, &not_with), Err(vec!["supervisor"]));
}

#[test]
fn a_placement_has_a_site_and_two_days_in_order_and_a_group_only_of_theirs() {
    let fields = |form| arranged(&form, &nobody()).unwrap_err();
    assert_eq!(fields(PlacementForm { site: "", from: TO, to: FROM, ..FORM }), ["site", "to_day"]);
    let late = TypedDay { year: "2029", ..TO };
    assert_eq!(fields(PlacementForm { to: late, ..FORM }), ["to_day"]);
    assert_eq!(fields(PlacementForm { cohort: "00000000-0000-0000-0000-000000000001", ..FORM }), ["cohort"]);
    assert_eq!(arranged(&PlacementForm { cohort: "", ..FORM }, &nobody()).unwrap().cohort, None);
}

#[test]
fn only_whoever_was_chosen_looks_after_it_and_only_while_they_do_so_there() {
    let placement = arranged(&FORM, &nobody()).unwrap();
    let may = |number, kind| {
        let actor = Actor::new(person(number), vec![engaged(number, kind)], Vec::new(), today());
        actor.as_placement_supervisor(&placement).is_some()
    };
    assert!(may(2, EngagementKind::PlacementSupervisor) && may(2, EngagementKind::Supervisor));
    assert!(!may(2, EngagementKind::Tutor) && !may(3, EngagementKind::PlacementSupervisor));
    assert!(!may(1, EngagementKind::PlacementSupervisor));
}

fn coordinator(number: u128) -> TrainingCoordinator {
    let theirs = vec![engaged(number, EngagementKind::Coordinator)];
    Actor::new(person(number), theirs, Vec::new(), today()).as_training_coordinator_of(here()).unwrap()
}

#[test]
fn a_placement_ends_early_by_somebody_else_with_a_day_and_a_reason_and_once() {
    let placement = arranged(&FORM, &nobody()).unwrap();
    let of = |day, month| TypedDay { day, month, year: "2026" };
    let ends = |by: u128, on, why: &str, told: Option<&str>, is_ended| {
        let last_told = told.map(|it| it.parse().unwrap());
        let ending = Ending { placement: &placement, last_told, is_ended };
        let is_looked_at = why.starts_with("Looked at");
        let ended = end(&coordinator(by), ending, &EndForm { on, why, is_looked_at });
        ended.map(|it| (it.on().to_string(), it.was_to().to_string(), it.why().to_owned()))
    };
    let moves = ("2026-12-24".to_owned(), "2027-01-31".to_owned(), "Moves away".to_owned());
    assert_eq!(ends(9, of("24", "12"), "Moves away", Some("2026-12-24"), false), Ok(moves));
    assert_eq!(ends(1, of("24", "12"), "Moves away", None, false), Err(NotEnded::NotTheirs));
    assert_eq!(ends(9, of("24", "12"), "Moves away", None, true), Err(NotEnded::Already));
    let fields = |ended: Result<_, NotEnded>| match ended {
        Err(NotEnded::Faults(faults)) => faults.into_iter().map(|it| it.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(fields(ends(9, of("30", "11"), "Moves away", None, false)), ["on_day"], "it had not begun");
    assert_eq!(fields(ends(9, of("23", "12"), "Moves away", Some("2026-12-24"), false)), ["on_day"]);
    assert_eq!(fields(ends(9, of("", ""), " ", None, false)), ["on_day", "why"]);
    let last = TypedDay { day: "31", month: "1", year: "2027" };
    assert_eq!(fields(ends(9, last, "Moves away", None, false)), ["on_day"], "it ends then anyway");
    let rings = ends(9, of("24", "12"), "Ring 07700 900123", None, false);
    assert!(matches!(rings, Err(NotEnded::Personal(_))), "{rings:?}");
    assert!(ends(9, of("24", "12"), "Looked at: 07700 900123", None, false).is_ok());
}
