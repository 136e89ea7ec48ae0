use uuid::Uuid;

use super::*;
use crate::people::{Actor, EngagementId, OrganisationId};
use crate::supervision::Strand;
use crate::supervision::arrangement::{ArrangementId, Days, days_of, lead};

const HERE: u128 = 100;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

fn is_there(number: u128, kind: EngagementKind) -> Engagement {
    Engagement {
        id: EngagementId::from_uuid(Uuid::nil()),
        person: person(number),
        organisation: OrganisationId::from_uuid(Uuid::from_u128(HERE)),
        kind,
        basis: None,
        from: "2026-01-01".parse().unwrap(),
        to: None,
        away: None,
    }
}

fn leader(kind: EngagementKind) -> Actor {
    Actor::new(person(1), vec![is_there(1, kind)], Vec::new(), today())
}

fn group() -> (Arrangement, StrandMember) {
    let actor = leader(EngagementKind::Coordinator);
    let by = actor.as_group_leader().pop().unwrap();
    let id = ArrangementId::from_uuid(Uuid::nil());
    let new = lead(&by, (id, Strand::Group), " Tuesday group ", "2026-09-01".parse().unwrap()).unwrap();
    let arrangement = new.arrangement().clone();
    assert!(new.spells().is_empty() && arrangement.with == With::Group("Tuesday group".into()));
    let member = actor.as_strand_member(&arrangement, &[]).unwrap();
    (arrangement, member)
}

fn day(typed: &str) -> TypedDay<'_> {
    let mut parts = typed.split('-');
    let mut next = || parts.next().unwrap();
    TypedDay { year: next(), month: next(), day: next() }
}

fn joins(spells: &[Spell], number: u128, kind: EngagementKind, from: &str) -> Result<Spell, String> {
    let (arrangement, by) = group();
    let not_with = NotWith::of(person(number), Vec::new());
    let engagements = [is_there(number, kind)];
    let who = (person(number), &engagements[..], &not_with);
    match join(&by, (&arrangement, spells), who, (day(from), today())) {
        Ok(new) => Ok(*new.spell()),
        Err(NotJoined::Already) => Err("already".into()),
        Err(NotJoined::Faults(faults)) => Err(faults.into_iter().map(|it| it.remedy).collect()),
    }
}

fn spell(number: u128, from: &str, to: Option<&str>) -> Spell {
    Spell { person: person(number), from: from.parse().unwrap(), to: to.map(|it| it.parse().unwrap()) }
}

#[test]
fn whoever_supervises_coordinates_or_teaches_leads_groups_and_no_manager() {
    let leads = |kind| !leader(kind).as_group_leader().is_empty();
    for kind in [EngagementKind::Supervisor, EngagementKind::Coordinator, EngagementKind::Tutor] {
        assert!(leads(kind), "{kind:?}");
    }
    for kind in [EngagementKind::ServiceManager, EngagementKind::LineManager, EngagementKind::Administrator] {
        assert!(!leads(kind), "{kind:?}");
        assert_eq!(leader(kind).as_strand_member(&group().0, &[]), None, "{kind:?}");
    }
}

#[test]
fn a_group_has_a_name_and_a_kind_in_which_groups_meet() {
    let by = leader(EngagementKind::Supervisor).as_group_leader().pop().unwrap();
    let id = ArrangementId::from_uuid(Uuid::nil());
    assert!(lead(&by, (id, Strand::Group), " ", today()).is_err());
    assert!(lead(&by, (id, Strand::LineManagement), "Tuesday", today()).is_err());
}

#[test]
fn somebody_joins_once_at_a_time_and_may_come_back() {
    let kind = EngagementKind::ExpertByExperience;
    assert_eq!(joins(&[], 2, kind, "2026-09-01").unwrap(), spell(2, "2026-09-01", None));
    let there = [spell(2, "2026-09-01", Some("2026-10-31"))];
    assert_eq!(joins(&there, 2, kind, "2026-09-01").unwrap_err(), "already");
    assert!(joins(&there, 2, kind, "2026-10-31").unwrap_err().contains("after their last one"));
    assert!(joins(&there, 2, kind, "2026-11-01").is_ok());
    assert!(joins(&there, 2, kind, "2026-08-31").unwrap_err().contains("begins on 1 September 2026"));
    assert!(joins(&there, 2, kind, "2029-11-01").unwrap_err().contains("within two years"));
}

#[test]
fn nobody_joins_who_only_learns_who_leads_it_or_who_chose_not_to_be_with_them() {
    assert!(joins(&[], 2, EngagementKind::Learner, "2026-09-01").unwrap_err().contains("can't be chosen"));
    assert!(joins(&[], 1, EngagementKind::Volunteer, "2026-09-01").unwrap_err().contains("can't be chosen"));
    let (arrangement, by) = group();
    let entry = crate::people::NotWithEntry { other: person(1), purpose: Purpose::Supervise };
    let not_with = NotWith::of(person(2), vec![entry]);
    let engagements = [is_there(2, EngagementKind::Volunteer)];
    let refused =
        join(&by, (&arrangement, &[]), (person(2), &engagements, &not_with), (day("2026-09-01"), today()));
    assert!(matches!(refused, Err(NotJoined::Faults(_))), "{refused:?}");
}

#[test]
fn a_group_has_room_for_as_many_as_stand_in_one_form() {
    let most = u128::try_from(MOST_MEMBERS).unwrap();
    let there: Vec<_> = (2..2 + most).map(|it| spell(it, "2026-09-01", None)).collect();
    let refused = joins(&there, 99, EngagementKind::Volunteer, "2026-10-01").unwrap_err();
    assert!(refused.contains("40 people"), "{refused}");
    assert!(joins(&there[1..], 99, EngagementKind::Volunteer, "2026-10-01").is_ok());
}

#[test]
fn nobody_leaves_before_a_day_of_which_it_is_written_whether_they_came() {
    let (mut arrangement, by) = group();
    let spells = [spell(2, "2026-09-01", None)];
    let leaves = |arrangement: &Arrangement, last| {
        let written = "2026-11-20".parse().unwrap();
        leave(&by, (arrangement, &spells, person(2)), (day(last), today()), Some(written))
    };
    assert_eq!(leaves(&arrangement, "2026-11-20").unwrap().last().to_string(), "2026-11-20");
    for (last, says) in [("2026-11-19", "on 20 November 2026"), ("2026-08-31", "joined on 1 September 2026")]
    {
        let faults = leaves(&arrangement, last).unwrap_err();
        assert!(faults.len() == 1 && faults[0].remedy.contains(says), "{faults:?}");
    }
    assert!(leave(&by, (&arrangement, &[], person(2)), (day("2026-11-20"), today()), None).is_err());
    arrangement.ended_on = Some("2026-11-30".parse().unwrap());
    let faults = leaves(&arrangement, "2026-12-01").unwrap_err();
    assert!(faults.len() == 1 && faults[0].remedy.contains("ends on 30 November 2026"), "{faults:?}");
    assert!(leaves(&arrangement, "2026-11-30").is_ok());
}

#[test]
fn a_member_reads_of_the_days_on_which_they_were_one() {
    let (arrangement, by) = group();
    let spells = [spell(2, "2026-09-01", Some("2026-10-31")), spell(3, "2026-09-01", None)];
    assert_eq!(days_of(&by, &arrangement, &spells), Days::All);
    let theirs = Actor::new(person(2), Vec::new(), Vec::new(), today());
    let days = days_of(&theirs.as_strand_member(&arrangement, &spells).unwrap(), &arrangement, &spells);
    assert!(days.contain("2026-10-31".parse().unwrap()) && !days.contain("2026-11-01".parse().unwrap()));
}
