mod fixture;
mod forms;
mod months;
mod policies;
mod telling;

use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::people::{
    Actor, Away, Engagement, EngagementId, EngagementKind as Kind, OrganisationId, PersonId,
    TrainingCoordinator,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person(id: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(id))
}

fn organisation(id: u128) -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(id))
}

fn engagement(kind: Kind, from: &str, to: Option<&str>) -> Engagement {
    Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(1)),
        person: person(1),
        organisation: organisation(9),
        kind,
        basis: None,
        from: day(from),
        to: to.map(day),
        away: None,
    }
}

fn version(number: i64, from: &str, rule: Rule) -> Version {
    Version {
        number,
        from: day(from),
        title: "Fire safety".into(),
        level: 0,
        rule,
        asked_of: vec![Kind::Volunteer],
        weeks: 4,
        accepts_others: false,
        before_start: false,
    }
}

fn requirement(versions: Vec<Version>) -> Requirement {
    let id = RequirementId::from_uuid(Uuid::from_u128(5));
    Requirement { id, organisation: organisation(9), code: "FIRE".into(), versions }
}

fn coordinator() -> TrainingCoordinator {
    let mut it = engagement(Kind::Coordinator, "2020-01-01", None);
    it.person = person(2);
    let actor = Actor::new(person(2), vec![it], Vec::new(), day("2028-03-01"));
    actor.as_training_coordinator_of(organisation(9)).unwrap()
}

#[test]
fn nobody_is_asked_of_whom_it_is_not_required() {
    let it = requirement(vec![version(1, "2020-01-01", Rule::Once)]);
    let learner = [engagement(Kind::Learner, "2020-01-01", None)];
    let facts = Facts { engagements: &learner, ..Facts::default() };
    assert_eq!(standing(&it, &facts, day("2028-03-01")), None);
    assert_eq!(standing(&it, &Facts::default(), day("2028-03-01")), None);
    let nobody = Version { asked_of: Vec::new(), ..version(2, "2028-02-01", Rule::Once) };
    let it = requirement(vec![version(1, "2020-01-01", Rule::Once), nobody]);
    let volunteer = [engagement(Kind::Volunteer, "2020-01-01", None)];
    let facts = Facts { engagements: &volunteer, ..Facts::default() };
    assert_eq!(standing(&it, &facts, day("2028-03-01")), None);
    assert!(standing(&it, &facts, day("2028-01-31")).is_some() && !it.is_asked(day("2028-02-01")));
}

#[test]
fn whoever_is_newly_among_those_who_are_asked_has_time_from_then_on() {
    let both =
        Version { asked_of: vec![Kind::Volunteer, Kind::Tutor], ..version(2, "2028-02-15", Rule::Once) };
    let it = requirement(vec![version(1, "2020-01-01", Rule::Once), both]);
    let tutor = [engagement(Kind::Tutor, "2020-01-01", None)];
    let facts = Facts { engagements: &tutor, ..Facts::default() };
    let stands = standing(&it, &facts, day("2028-03-01")).unwrap();
    assert_eq!((stands.state(), stands.due()), (State::NotYet, Some(day("2028-03-14"))));
}

#[test]
fn whoever_is_there_as_one_thing_and_away_as_another_is_asked() {
    let it = Version { asked_of: vec![Kind::Volunteer, Kind::Tutor], ..version(1, "2020-01-01", Rule::Once) };
    let it = requirement(vec![it]);
    let away = Some(Away { from: day("2028-01-01"), to: None });
    let mut both =
        [engagement(Kind::Tutor, "2020-01-01", None), engagement(Kind::Volunteer, "2020-01-01", None)];
    both[0].away = away;
    let facts = Facts { engagements: &both, ..Facts::default() };
    assert_eq!(standing(&it, &facts, day("2028-03-01")).unwrap().state(), State::Missing);
    both[1].away = away;
    let facts = Facts { engagements: &both, ..Facts::default() };
    assert_eq!(standing(&it, &facts, day("2028-03-01")).unwrap().state(), State::Away);
}

#[test]
fn nobody_below_the_line_is_away_or_exempt_or_still_has_time() {
    let it = requirement(vec![version(1, "2020-01-01", Rule::Every { months: 12 })]);
    let today = day("2028-03-01");
    let (long, new) =
        (engagement(Kind::Volunteer, "2020-01-01", None), engagement(Kind::Volunteer, "2028-02-20", None));
    let away = Engagement { away: Some(Away { from: today, to: Some(today) }), ..long.clone() };
    let done = [Done { on: day("2027-06-01"), minutes: 0, part: String::new() }];
    let exempt = [Pause { from: today, until: today }];
    let mut count = Count::default();
    assert_eq!(count.said(), "It is due for nobody.");
    for (engagement, done, exempt) in [
        (&long, &done[..], &[][..]),
        (&long, &done[..], &[][..]),
        (&new, &done[..], &[][..]),
        (&long, &[][..], &[][..]),
        (&new, &[][..], &[][..]),
        (&away, &[][..], &[][..]),
        (&away, &done[..], &[][..]),
        (&long, &[][..], &exempt[..]),
    ] {
        let engagements = [engagement.clone()];
        let facts = Facts { engagements: &engagements, done, exempt, ..Facts::default() };
        count.add(&standing(&it, &facts, today).unwrap());
    }
    assert_eq!(count, Count { met: 3, due: 4, excused: 3, not_yet: 1 });
    assert_eq!(count.said(), "3 of 4 for whom it is due. Not counted: 3 away or exempt, 1 not due yet.");
}

#[test]
fn a_rule_is_said_in_words() {
    let parts = vec!["Online".to_owned(), "Live".to_owned()];
    for (rule, says) in [
        (Rule::Once, "Once"),
        (Rule::Every { months: 1 }, "Every month"),
        (Rule::Every { months: 12 }, "Every 12 months"),
        (Rule::Hours { minutes: 450, months: 36 }, "7 hours 30 minutes within 36 months"),
        (
            Rule::Parts { parts: parts.clone(), months: Some(36) },
            "All of these, every 36 months: Online; Live",
        ),
        (Rule::Parts { parts, months: None }, "All of these, once: Online; Live"),
        (Rule::Read { edition: 2 }, "To read and accept: version 2"),
    ] {
        assert_eq!(rule.said(), says);
    }
    assert_eq!([1, 45, 60, 90].map(hours_said), ["1 minute", "45 minutes", "1 hour", "1 hour 30 minutes"]);
}
