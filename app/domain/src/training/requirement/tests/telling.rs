//! What somebody is told, and when again.

use super::*;

const TODAY: &str = "2028-03-01";

/// How somebody stands who has volunteered since a day, with what they did and what is set for them.
fn stands(rule: Rule, since: &str, done: &[(&str, &str)], booked: &[&str]) -> (RequirementId, Standing) {
    stands_on(TODAY, rule, since, (done, booked))
}

fn stands_on(
    today: &str,
    rule: Rule,
    since: &str,
    (done, booked): (&[(&str, &str)], &[&str]),
) -> (RequirementId, Standing) {
    let it = requirement(vec![version(1, "2020-01-01", rule)]);
    let engagements = [engagement(Kind::Volunteer, since, None)];
    let done: Vec<_> =
        done.iter().map(|(on, part)| Done { on: day(on), minutes: 0, part: (*part).into() }).collect();
    let booked: Vec<_> = booked.iter().map(|it| day(it)).collect();
    let facts = Facts { engagements: &engagements, done: &done, booked: &booked, ..Facts::default() };
    (it.id, standing(&it, &facts, day(today)).unwrap())
}

fn yearly() -> Rule {
    Rule::Every { months: 12 }
}

fn told(stands: (RequirementId, Standing), told: &[Told]) -> Vec<(Reminder, String, bool)> {
    let all = what_to_tell(&[stands], told, day(TODAY));
    all.iter().map(|it| (it.reminder(), it.due().to_string(), it.is_again())).collect()
}

fn once(reminder: Reminder, due: &str) -> Vec<(Reminder, String, bool)> {
    vec![(reminder, due.to_owned(), false)]
}

#[test]
fn somebody_is_told_of_what_becomes_due_what_is_overdue_and_what_is_missing() {
    let parts = || Rule::Parts { parts: vec!["Online".into(), "Live".into()], months: None };
    for (stands, expected) in [
        (stands(yearly(), "2020-01-01", &[("2027-04-01", "")], &[]), once(Reminder::Soon, "2028-04-01")),
        (stands(yearly(), "2020-01-01", &[("2027-01-01", "")], &[]), once(Reminder::Overdue, "2028-01-01")),
        (stands(yearly(), "2028-01-01", &[], &[]), once(Reminder::Missing, "2028-01-29")),
        // Nobody hears of it first when it is too late.
        (stands(yearly(), "2028-02-28", &[], &[]), once(Reminder::Soon, "2028-03-27")),
        (stands(parts(), "2028-02-28", &[("2028-02-28", "Live")], &[]), once(Reminder::Soon, "2028-03-27")),
        (
            stands(parts(), "2027-01-01", &[("2027-01-02", "Live")], &[]),
            once(Reminder::Missing, "2027-01-29"),
        ),
        // There is time.
        (stands(yearly(), "2020-01-01", &[("2028-01-01", "")], &[]), vec![]),
        (stands(Rule::Once, "2020-01-01", &[("2020-01-02", "")], &[]), vec![]),
    ] {
        assert_eq!(told(stands, &[]), expected, "{stands:?}");
    }
}

#[test]
fn nobody_is_told_anything_who_is_away_exempt_or_has_a_day_set() {
    let today = day(TODAY);
    for stands in [
        stands(yearly(), "2020-01-01", &[("2027-04-01", "")], &["2028-03-10"]),
        stands(yearly(), "2020-01-01", &[("2027-01-01", "")], &["2028-03-01"]),
        stands(yearly(), "2028-01-01", &[], &["2028-03-10"]),
    ] {
        assert_eq!(told(stands, &[]), vec![], "{stands:?}");
    }
    let it = requirement(vec![version(1, "2020-01-01", yearly())]);
    let here = engagement(Kind::Volunteer, "2020-01-01", None);
    let away = Engagement { away: Some(Away { from: today, to: None }), ..here.clone() };
    let exempt = [Pause { from: today, until: today }];
    for (engagement, exempt) in [(away, &[][..]), (here, &exempt[..])] {
        let facts = Facts { engagements: &[engagement], exempt, ..Facts::default() };
        let standing = standing(&it, &facts, today).unwrap();
        assert_eq!(what_to_tell(&[(it.id, standing)], &[], today), vec![]);
    }
    // A day that went by without a record is no day that is set.
    let past = stands(yearly(), "2028-01-01", &[], &["2028-02-10"]);
    assert_eq!(told(past, &[]), once(Reminder::Missing, "2028-01-29"));
}

#[test]
fn the_same_is_told_once_and_what_is_past_again_after_four_weeks() {
    let soon = stands(yearly(), "2020-01-01", &[("2027-04-01", "")], &[]);
    let overdue = stands(yearly(), "2020-01-01", &[("2027-01-01", "")], &[]);
    let before =
        |reminder, due: &str, on: &str| [Told { requirement: soon.0, reminder, due: day(due), on: day(on) }];
    assert_eq!(told(soon, &before(Reminder::Soon, "2028-04-01", "2026-01-01")), vec![]);
    assert_eq!(told(overdue, &before(Reminder::Overdue, "2028-01-01", "2028-02-03")), vec![]);
    let again = vec![(Reminder::Overdue, "2028-01-01".to_owned(), true)];
    assert_eq!(told(overdue, &before(Reminder::Overdue, "2028-01-01", "2028-02-02")), again);
    // Another day, or another word of it, is something else.
    let other = before(Reminder::Overdue, "2027-01-01", "2028-02-29");
    assert_eq!(told(overdue, &other), once(Reminder::Overdue, "2028-01-01"));
    let other = before(Reminder::Soon, "2028-01-01", "2028-02-29");
    assert_eq!(told(overdue, &other), once(Reminder::Overdue, "2028-01-01"));
}

#[test]
fn all_of_it_is_told_at_once_the_oldest_first() {
    let (_, soon) = stands(yearly(), "2020-01-01", &[("2027-04-01", "")], &[]);
    let (_, overdue) = stands(yearly(), "2020-01-01", &[("2027-01-01", "")], &[]);
    let id = |it| RequirementId::from_uuid(Uuid::from_u128(it));
    let telling = what_to_tell(&[(id(7), soon), (id(8), overdue), (id(6), soon)], &[], day(TODAY));
    assert_eq!(telling.iter().map(Telling::requirement).collect::<Vec<_>>(), [id(8), id(6), id(7)]);
}

#[test]
fn whoever_would_rather_be_rung_is_not_written_to() {
    use crate::people::ReachWay;
    assert!(is_written_to(None) && is_written_to(Some(ReachWay::Email)));
    assert!(!is_written_to(Some(ReachWay::Phone)) && !is_written_to(Some(ReachWay::Text)));
}
