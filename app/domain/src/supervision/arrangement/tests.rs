use uuid::Uuid;

use super::*;
use crate::people::{
    Actor, Engagement, EngagementId, EngagementKind, NotWithEntry, Relationship, RelationshipKind,
};

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn organisation(number: u128) -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(number))
}

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

fn nobody() -> NotWith {
    NotWith::of(person(2), Vec::new())
}

/// Person 1, who acts for organisation `acts_for`, and is this to person 2 of organisation 100.
fn actor(kinds: &[RelationshipKind], acts_for: u128) -> Actor {
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::nil()),
        person: person(1),
        organisation: organisation(acts_for),
        kind: EngagementKind::Supervisor,
        basis: None,
        from: today(),
        to: None,
        away: None,
    };
    let held = kinds.iter().map(|kind| Relationship {
        kind: *kind,
        holder: person(1),
        person: person(2),
        organisation: organisation(100),
        from: today(),
        to: None,
    });
    Actor::new(person(1), vec![engagement], held.collect(), today())
}

fn begun(actor: &Actor, strand: Strand) -> Option<(Arrangement, Vec<Spell>)> {
    let by = actor.as_strand_supervisor().into_iter().find(|it| it.strand() == strand)?;
    let new = pair(&by, ArrangementId::from_uuid(Uuid::nil()), today(), &nobody()).unwrap();
    Some((new.arrangement().clone(), new.spells().to_vec()))
}

#[test]
fn each_strand_is_held_as_something_of_its_own() {
    use RelationshipKind as Kind;
    let strands = |kind, acts_for| {
        let all = actor(&[kind], acts_for).as_strand_supervisor();
        all.iter().map(|it| it.strand().as_str()).collect::<Vec<_>>()
    };
    assert_eq!(strands(Kind::LineManager, 100), ["line_management", "ad_hoc"]);
    assert_eq!(strands(Kind::Supervisor, 100), ["reflective_practice", "clinical", "peer", "ad_hoc"]);
    assert_eq!(strands(Kind::ClinicalLead, 200), ["clinical", "ad_hoc"]);
    assert_eq!(strands(Kind::PartnerSupervisor, 200), ["partner"]);
    assert_eq!(strands(Kind::Assessor, 100), [""; 0]);
    assert_eq!(strands(Kind::Supervisor, 200), [""; 0], "the organisation's own supervisors only");
}

#[test]
fn whoever_comes_from_a_partner_is_known_as_such() {
    let (arrangement, _) =
        begun(&actor(&[RelationshipKind::PartnerSupervisor], 200), Strand::Partner).unwrap();
    assert_eq!((arrangement.organisation, arrangement.comes_from), (organisation(100), organisation(200)));
}

#[test]
fn nobody_reads_a_strand_that_is_not_theirs() {
    let managing = actor(&[RelationshipKind::LineManager], 100);
    let (reflecting, spells) =
        begun(&actor(&[RelationshipKind::Supervisor], 100), Strand::ReflectivePractice).unwrap();
    // The very person who supervised, once they only manage.
    assert_eq!(managing.as_strand_member(&reflecting, &spells), None);
    let member = actor(&[RelationshipKind::Supervisor], 100).as_strand_member(&reflecting, &spells).unwrap();
    assert_eq!((member.person(), member.part()), (person(1), Part::Supervisor));
    let theirs = Actor::new(person(2), Vec::new(), Vec::new(), today());
    assert_eq!(theirs.as_strand_member(&reflecting, &spells).unwrap().part(), Part::Supervisee);
    let other = Actor::new(person(3), Vec::new(), Vec::new(), today());
    assert_eq!(other.as_strand_member(&reflecting, &spells), None);
}

#[test]
fn whoever_has_left_supervises_nobody_any_more() {
    let (arrangement, spells) =
        begun(&actor(&[RelationshipKind::LineManager], 100), Strand::LineManagement).unwrap();
    assert_eq!(actor(&[RelationshipKind::LineManager], 200).as_strand_member(&arrangement, &spells), None);
    assert_eq!(actor(&[], 100).as_strand_member(&arrangement, &spells), None);
}

#[test]
fn whom_somebody_would_rather_not_have_cannot_be_chosen() {
    let by = actor(&[RelationshipKind::Supervisor], 100).as_strand_supervisor().remove(0);
    let list = NotWith::of(person(2), vec![NotWithEntry { other: person(1), purpose: Purpose::Supervise }]);
    let id = ArrangementId::from_uuid(Uuid::nil());
    assert_eq!(pair(&by, id, today(), &list), Err(CannotBeChosen));
}

fn spell(number: u128, from: &str, to: Option<&str>) -> Spell {
    Spell { person: person(number), from: from.parse().unwrap(), to: to.map(|it| it.parse().unwrap()) }
}

#[test]
fn whoever_has_left_hears_of_nothing_new() {
    let (mut arrangement, mut spells) =
        begun(&actor(&[RelationshipKind::Supervisor], 100), Strand::ReflectivePractice).unwrap();
    assert_eq!(arrangement.others(&spells, person(1), today()), [person(2)]);
    assert_eq!(arrangement.others(&spells, person(2), today()), [person(1)]);
    arrangement.with = With::Group("Tuesday group".into());
    spells = vec![
        spell(2, "2026-01-01", Some("2026-03-31")),
        spell(2, "2026-12-01", None),
        spell(3, "2026-01-01", Some("2026-11-21")),
        spell(4, "2026-01-01", Some("2026-11-22")),
    ];
    // Whoever comes later or back has heard of it too.
    assert_eq!(arrangement.others(&spells, person(1), today()), [person(2), person(4)]);
    assert_eq!(arrangement.others(&spells, person(4), today()), [person(2), person(1)]);
    assert_eq!(arrangement.last_day_of(&spells, person(3)), Some("2026-11-21".parse().unwrap()));
    assert!(!arrangement.goes_on_for(&spells, person(3), today()));
    arrangement.ended_on = Some("2026-11-21".parse().unwrap());
    assert!(!arrangement.goes_on_for(&spells, person(1), today()));
}

#[test]
fn members_are_those_of_that_day() {
    let spells = [
        spell(2, "2026-01-01", Some("2026-03-31")),
        spell(3, "2026-02-01", None),
        spell(2, "2026-06-01", None),
    ];
    let on = |day: &str| members_on(&spells, day.parse().unwrap());
    assert_eq!(on("2025-12-31"), []);
    assert_eq!(on("2026-03-31"), [person(2), person(3)]);
    assert_eq!(on("2026-04-01"), [person(3)]);
    assert_eq!(on("2026-06-01"), [person(3), person(2)]);
}
