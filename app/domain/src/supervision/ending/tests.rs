use uuid::Uuid;

use super::*;
use crate::people::{Actor, Engagement, EngagementId, EngagementKind, OrganisationId, PersonId};
use crate::supervision::Strand;
use crate::supervision::arrangement::With;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn group() -> (Arrangement, StrandMember) {
    let organisation = OrganisationId::from_uuid(Uuid::from_u128(100));
    let from = "2026-09-01".parse().unwrap();
    let arrangement = Arrangement {
        id: ArrangementId::from_uuid(Uuid::nil()),
        organisation,
        strand: Strand::Group,
        supervisor: person(1),
        comes_from: organisation,
        with: With::Group("Tuesday".into()),
        from,
        ended_on: None,
    };
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::nil()),
        person: person(1),
        organisation,
        kind: EngagementKind::Coordinator,
        basis: None,
        from,
        to: None,
        away: None,
    };
    let actor = Actor::new(person(1), vec![engagement], Vec::new(), from);
    let member = actor.as_strand_member(&arrangement, &[]).unwrap();
    (arrangement, member)
}

fn ends(arrangement: &Arrangement, by: &StrandMember, last: &str) -> Result<Ended, NotEnded> {
    let mut parts = last.split('-');
    let mut next = || parts.next().unwrap();
    let last = TypedDay { year: next(), month: next(), day: next() };
    let written = Some("2026-11-20".parse().unwrap());
    end(by, arrangement, (last, "2026-11-22".parse().unwrap()), (written, &[], false))
}

#[test]
fn what_is_planned_after_the_last_day_is_called_off_first() {
    let (arrangement, by) = group();
    let (last, today) = (TypedDay { day: "1", month: "12", year: "2026" }, "2026-11-22".parse().unwrap());
    let planned = ["2026-12-01", "2026-12-08", "2026-12-15"].map(|it| it.parse().unwrap());
    let ends = |planned, off| end(&by, &arrangement, (last, today), (None, planned, off));
    assert!(ends(&planned[..1], false).is_ok());
    let Err(NotEnded::Faults(faults)) = ends(&planned, false) else { panic!("it would leave two behind") };
    assert!(faults[0].field == "calls_off" && faults[0].remedy.starts_with("2 sessions"), "{faults:?}");
    assert!(ends(&planned, true).is_ok());
}

#[test]
fn it_ends_once_and_not_before_the_last_session() {
    let (mut arrangement, by) = group();
    assert_eq!(ends(&arrangement, &by, "2026-11-20").unwrap().last().to_string(), "2026-11-20");
    for (last, says) in [
        ("2026-11-19", "You met on 20 November 2026."),
        ("2026-08-31", "It begins on 1 September 2026."),
        ("2027-11-23", "within a year"),
        ("2026-11-31", "day that there is"),
    ] {
        let refused = ends(&arrangement, &by, last);
        assert!(
            matches!(&refused, Err(NotEnded::Faults(faults)) if faults.len() == 1 && faults[0].remedy.contains(says)),
            "{refused:?}"
        );
    }
    arrangement.ended_on = Some("2026-11-20".parse().unwrap());
    assert_eq!(ends(&arrangement, &by, "2026-11-21"), Err(NotEnded::Already));
}
