use uuid::Uuid;

use super::*;
use crate::people::{
    Actor, Engagement, EngagementId, EngagementKind, OrganisationId, PersonId, Relationship, RelationshipKind,
};

fn person(id: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(id))
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

/// Number 9, who assesses this person.
fn assessor(of: u128) -> Assessor {
    let organisation = OrganisationId::from_uuid(Uuid::from_u128(7));
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(1)),
        person: person(9),
        organisation,
        kind: EngagementKind::Assessor,
        basis: None,
        from: today(),
        to: None,
        away: None,
    };
    let kind = RelationshipKind::Assessor;
    let held =
        Relationship { kind, holder: person(9), person: person(of), organisation, from: today(), to: None };
    Actor::new(person(9), vec![engagement], vec![held], today()).as_assessor_for(person(of)).unwrap()
}

fn ready(by: u128) -> Vec<Step> {
    vec![Step { state: State::Ready, by: person(by), comment: String::new(), day: None, level: None }]
}

fn said(state: &'static str, comment: &'static str) -> CellForm<'static> {
    CellForm { state, comment, seen: "1" }
}

fn together(typed: [CellForm<'_>; 2]) -> Result<Vec<Judged>, Refused> {
    let code = Code::parse("1.1").unwrap();
    let (first, second) = (assessor(1), assessor(2));
    let (one, other) = (ready(1), ready(2));
    let cells = [
        Cell { assessor: &first, code: &code, history: &one, typed: typed[0] },
        Cell { assessor: &second, code: &code, history: &other, typed: typed[1] },
    ];
    judge_together(&cells, false, today())
}

#[test]
fn two_people_are_judged_in_one_form_and_what_is_left_stays_as_it_is() {
    let both = together([said("achieved", ""), said("needs_more", "Say how it ended.")]).unwrap();
    let states: Vec<_> = both.iter().map(|it| (it.at, it.step.step().state, it.step.number())).collect();
    assert_eq!(states, [(0, State::Achieved, 2), (1, State::NeedsMore, 2)]);
    let one = together([said("", ""), said("achieved", "")]).unwrap();
    assert_eq!(one.iter().map(|it| it.at).collect::<Vec<_>>(), [1]);
    assert_eq!(together([said("", ""), said("", " ")]), Err(Refused::Nothing));
    assert!(matches!(together([said("", "A thought"), said("achieved", "")]), Err(Refused::Cells(_))));
}

#[test]
fn all_are_kept_or_none_and_each_that_was_newer_is_told() {
    let bare = together([said("achieved", ""), said("needs_more", "")]).unwrap_err();
    assert!(!bare.is_newer());
    assert!(matches!(&bare, Refused::Cells(cells) if cells.len() == 1 && cells[0].0 == 1), "{bare:?}");
    let late = CellForm { seen: "0", ..said("achieved", "") };
    let stale = together([late, said("achieved", "")]).unwrap_err();
    assert_eq!(stale, Refused::Cells(vec![(0, NotTaken::Newer)]));
    assert!(stale.is_newer());
}

#[test]
fn only_what_waits_is_offered() {
    assert_eq!(offered(Some(State::Ready)), [State::Achieved, State::NeedsMore]);
    for now in [None, Some(State::WorkingTowards), Some(State::Achieved), Some(State::NeedsMore)] {
        assert!(offered(now).is_empty(), "{now:?}");
    }
}
