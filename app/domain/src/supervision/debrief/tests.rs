use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::people::{Actor, Engagement, EngagementId, EngagementKind, Relationship, RelationshipKind};

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn organisation() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(100))
}

/// The strands in which person 1 supervises person 2, being this to them.
fn strands(kind: RelationshipKind) -> Vec<StrandSupervisor> {
    let today: NaiveDate = "2026-11-23".parse().unwrap();
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::nil()),
        person: person(1),
        organisation: organisation(),
        kind: EngagementKind::Supervisor,
        basis: None,
        from: today,
        to: None,
        away: None,
    };
    let held = Relationship {
        kind,
        holder: person(1),
        person: person(2),
        organisation: organisation(),
        from: today,
        to: None,
    };
    Actor::new(person(1), vec![engagement], vec![held], today).as_strand_supervisor()
}

#[test]
fn whoever_may_talk_about_what_came_up_is_asked_and_nobody_else() {
    let asks = |person, kind, soon| ask(person, (organisation(), &strands(kind)), soon);
    let asked = asks(person(2), RelationshipKind::LineManager, "today").unwrap();
    assert_eq!((asked.of(), asked.person(), asked.soon()), (person(1), person(2), Soon::Today));
    let fields = |result: Result<NewAsked, Vec<FieldFault>>| {
        result.unwrap_err().into_iter().map(|it| it.field).collect::<Vec<_>>()
    };
    assert_eq!(fields(asks(person(2), RelationshipKind::PartnerSupervisor, "now")), ["of", "soon"]);
    assert_eq!(fields(asks(person(3), RelationshipKind::Supervisor, "today")), ["of"]);
}

#[test]
fn each_of_the_two_says_what_is_theirs_to_say() {
    let asked = Asked {
        id: DebriefId::from_uuid(Uuid::nil()),
        organisation: organisation(),
        person: person(2),
        of: person(1),
        soon: Soon::Today,
        at: "2026-11-23T10:00:00Z".parse().unwrap(),
    };
    for (by, became, may) in [
        (1, "talked", true),
        (1, "arranged", true),
        (1, "not_needed", false),
        (2, "not_needed", true),
        (2, "talked", true),
        (2, "arranged", false),
        (3, "talked", false),
        (1, "", false),
    ] {
        assert_eq!(answer(person(by), &asked, became).is_some(), may, "{by} {became}");
    }
}
