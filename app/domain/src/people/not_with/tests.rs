use uuid::Uuid;

use super::*;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

/// The purposes for which 2 may be chosen with 1, who listed 2 for `listed`.
fn open_after(listed: &[Purpose]) -> Vec<Purpose> {
    let entries = listed.iter().map(|it| NotWithEntry { other: person(2), purpose: *it }).collect();
    let list = NotWith::of(person(1), entries);
    Purpose::ALL.into_iter().filter(|it| may_be_assigned(*it, person(2), &list)).collect()
}

#[test]
fn who_is_on_nobodys_list_may_be_chosen_for_anything() {
    assert_eq!(open_after(&[]), Purpose::ALL);
}

#[test]
fn who_is_listed_may_not_be_chosen_for_that() {
    assert_eq!(open_after(&[Purpose::Assess]), [Purpose::Supervise, Purpose::Check, Purpose::Interview]);
    assert_eq!(open_after(&Purpose::ALL), []);
}

#[test]
fn a_list_is_about_nobody_else() {
    let list = NotWith::of(person(1), vec![NotWithEntry { other: person(2), purpose: Purpose::Check }]);
    assert!(may_be_assigned(Purpose::Check, person(3), &list));
}

#[test]
fn nobody_is_chosen_for_themself() {
    assert!(!may_be_assigned(Purpose::Interview, person(1), &NotWith::of(person(1), vec![])));
}

#[test]
fn a_list_shows_nothing_of_itself() {
    let list = NotWith::of(person(1), vec![NotWithEntry { other: person(2), purpose: Purpose::Check }]);
    assert_eq!(format!("{list:?} {:?}", list.entries()), "NotWith(…) [NotWithEntry(…)]");
}

#[test]
fn every_purpose_reads_what_it_writes() {
    for it in Purpose::ALL {
        assert_eq!(Purpose::parse(it.as_str()), Some(it));
    }
}
