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

fn placement(number: u128) -> Placement {
    Placement {
        id: PlacementId::from_uuid(Uuid::from_u128(number)),
        person: person(1),
        organisation: OrganisationId::from_uuid(Uuid::nil()),
        supervisor: person(2),
        site: PlaceId::from_uuid(Uuid::nil()),
        cohort: None,
        from: day("2026-11-01"),
        to: day("2026-12-31"),
    }
}

fn actor(kind: EngagementKind) -> Actor {
    let (id, organisation, from) =
        (EngagementId::from_uuid(Uuid::nil()), placement(0).organisation, day("2026-01-01"));
    let engagement =
        Engagement { id, person: person(2), organisation, kind, basis: None, from, to: None, away: None };
    Actor::new(person(2), vec![engagement], Vec::new(), day("2026-11-22"))
}

fn supervisor() -> PlacementSupervisor {
    actor(EngagementKind::PlacementSupervisor).as_placement_supervisor(&placement(0)).unwrap()
}

fn names() -> BTreeMap<PersonId, String> {
    [(person(1), "Sam".into()), (person(2), "Pat".into())].into()
}

fn items(done: Option<(NaiveDate, PersonId)>) -> [Item; 2] {
    let item = |number, words: &str, done| Item { number, words: words.into(), done };
    [item(1, "The way out", done), item(2, "Whom to call", None)]
}

const DAY: TypedDay<'_> = TypedDay { day: "3", month: "11", year: "2026" };

fn ticked(items: &[Item], numbers: &[&str], day_typed: TypedDay<'_>) -> Result<Ticked, Vec<&'static str>> {
    let done = tick(&supervisor(), (&placement(0), items), (numbers, day_typed), &names(), day("2026-11-22"));
    done.map_err(|it| it.into_iter().map(|it| it.field).collect())
}

#[test]
fn an_organisation_keeps_its_agreement_and_a_line_for_each_thing_that_is_shown() {
    let organisation = placement(0).organisation;
    let by = actor(EngagementKind::Coordinator).as_training_coordinator_of(organisation).unwrap();
    let keep = |agreement: &str, items: &str| {
        keep_texts(&by, None, (agreement, items), 0).map(|it| it.value().clone()).map_err(|it| match it {
            NotTaken::Faults(faults) => faults.into_iter().map(|it| it.field).collect(),
            NotTaken::Newer => vec!["newer"],
        })
    };
    let kept = keep("We agree.", "The way out\n\n Whom to call \n").unwrap();
    assert_eq!(kept.items, ["The way out", "Whom to call"]);
    assert_eq!(keep("", "").unwrap(), Texts::default());
    assert_eq!(keep("\u{7}", &"a\n".repeat(41)), Err(vec!["agreement", "items"]));
    assert_eq!(keep("", &"a".repeat(201)), Err(vec!["items"]));
}

#[test]
fn items_are_ticked_with_a_day_and_by_whom_and_the_last_one_makes_the_text() {
    let first = ticked(&items(None), &["1"], DAY).unwrap();
    assert_eq!((first.numbers(), first.by(), first.text()), (&[1][..], person(2), None));
    let last = ticked(&items(Some((day("2026-11-02"), person(2)))), &["2", "2"], DAY).unwrap();
    let text = "Alongside placement induction, format 1\nFor: Sam\nWith: Pat\nFrom: 2026-11-01\nTo: 2026-12-31\n\
        1. The way out (done on 2026-11-02 by Pat)\n2. Whom to call (done on 2026-11-03 by Pat)\n";
    assert_eq!((last.numbers(), last.text()), (&[2][..], Some(text)));
    let again = ticked(&items(Some((day("2026-11-02"), person(2)))), &["1"], DAY).unwrap();
    assert_eq!((again.numbers(), again.text()), (&[][..], None));
}

#[test]
fn what_is_ticked_is_on_the_list_and_its_day_has_been() {
    assert_eq!(ticked(&items(None), &[], DAY), Err(vec!["item"]));
    assert_eq!(ticked(&items(None), &["3"], DAY), Err(vec!["item"]));
    assert_eq!(ticked(&items(None), &["1"], TypedDay { day: "23", ..DAY }), Err(vec!["day"]));
    assert_eq!(ticked(&items(None), &["1"], TypedDay { month: "10", ..DAY }), Err(vec!["day"]));
}

#[test]
fn each_signs_a_paper_for_themself_once_and_for_the_text_that_was_shown() {
    let by = supervisor();
    let form = SignForm { name: "Sam Reed", has_read: true, shown: "abc" };
    let mine = |signed: &[Side]| sign(PaperSigner::Person(person(1)), &placement(0), ("abc", signed), &form);
    assert_eq!(mine(&[Side::Supervisor]).unwrap().side(), Side::Person);
    assert_eq!(mine(&[Side::Person]), Err(NotActed::Already));
    let theirs = sign(PaperSigner::Supervisor(&by), &placement(0), ("abc", &[Side::Person]), &form).unwrap();
    assert_eq!((theirs.side(), theirs.by(), theirs.name()), (Side::Supervisor, person(2), "Sam Reed"));
    let refused =
        |signer, of, form: &SignForm<'_>| sign(signer, &placement(of), ("abc", &[]), form).unwrap_err();
    assert_eq!(refused(PaperSigner::Person(person(2)), 0, &form), NotActed::NotTheirs);
    assert_eq!(refused(PaperSigner::Supervisor(&by), 1, &form), NotActed::NotTheirs);
    let me = PaperSigner::Person(person(1));
    assert_eq!(refused(me, 0, &SignForm { shown: "abd", ..form }), NotActed::OtherText);
    let empty = refused(me, 0, &SignForm { name: "", has_read: false, ..form });
    assert!(matches!(empty, NotActed::Faults(faults) if faults.len() == 2));
}

#[test]
fn an_agreement_names_whom_it_binds_and_for_how_long() {
    let text = agreement(&placement(0), "We agree.", &names());
    assert!(text.starts_with("Alongside placement agreement, format 1\nFor: Sam\nWith: Pat\n"));
    assert!(text.ends_with("To: 2026-12-31\nAgreement:\nWe agree.\n"));
}
