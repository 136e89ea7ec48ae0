use uuid::Uuid;

use super::*;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn row<'a>(number: u128, came: &'a str, minutes: &'a str) -> PresenceForm<'a> {
    PresenceForm { person: person(number), came, minutes }
}

/// Whether each came, and for how long.
type Said = Vec<(Came, u16)>;

fn group(members: &[u128], rows: &[PresenceForm<'_>]) -> Result<Said, Vec<(PersonId, String)>> {
    let members: Vec<_> = members.iter().copied().map(person).collect();
    let all = present(&With::Group("Tuesday".into()), (&members, 90), rows)?;
    Ok(all.into_iter().map(|it| (it.came, it.minutes)).collect())
}

#[test]
fn of_every_member_it_is_said_whether_they_came_and_for_how_long() {
    let words = ["came", "part", "off_shift", "told_us", "not_heard", "we_cancelled"];
    let rows: Vec<_> = words.iter().zip(1..).map(|(word, it)| row(it, word, "40")).collect();
    let minutes: Vec<_> = group(&[1, 2, 3, 4, 5, 6], &rows).unwrap().iter().map(|it| it.1).collect();
    assert_eq!(minutes, [90, 40, 0, 0, 0, 0]);
}

#[test]
fn a_member_who_is_left_out_is_asked_for_and_whoever_had_left_is_refused() {
    let faults = group(&[1, 2], &[row(1, "came", ""), row(3, "came", "")]).unwrap_err();
    assert_eq!(faults.iter().map(|it| it.0).collect::<Vec<_>>(), [person(2), person(3)]);
    assert!(faults[1].1.contains("not a member on that day"), "{faults:?}");
    assert!(group(&[1], &[row(1, "came", ""), row(3, "", "")]).is_ok(), "somebody else is left out");
}

#[test]
fn a_part_is_shorter_than_the_whole() {
    for minutes in ["", "0", "90", "+5", "an hour"] {
        assert!(group(&[1], &[row(1, "part", minutes)]).is_err(), "{minutes}");
    }
    assert_eq!(group(&[1], &[row(1, "part", " 89 ")]).unwrap(), [(Came::Part, 89)]);
}

#[test]
fn of_two_who_meet_both_came() {
    let all = present(&With::One(person(2)), (&[person(2)], 50), &[]).unwrap();
    assert_eq!(all, [Presence { person: person(2), came: Came::Came, minutes: 50 }]);
}
