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

#[test]
fn somebody_is_named_only_out_of_those_who_could_be_chosen() {
    let [known, other] = [1, 2].map(|it| PersonId::from_uuid(uuid::Uuid::from_u128(it)));
    let name = |whom, purposes: &[&str]| name_not_with(whom, purposes, &[known]);
    let entry = |purpose| NotWithEntry { other: known, purpose };
    assert_eq!(
        name(Some(known), &["assess", "check"]),
        Ok(vec![entry(Purpose::Assess), entry(Purpose::Check)])
    );
    let fields =
        |it: Result<_, Vec<FieldFault>>| it.unwrap_err().into_iter().map(|it| it.field).collect::<Vec<_>>();
    assert_eq!(fields(name(Some(other), &["assess"])), ["other"]);
    assert_eq!(fields(name(None, &[])), ["other", "purpose"]);
    assert_eq!(fields(name(Some(known), &["assess", "x"])), ["purpose"]);
}

#[test]
fn learners_read_nothing_about_who_works_where() {
    assert!(!lets_name_others(EngagementKind::Learner));
    assert!(lets_name_others(EngagementKind::Volunteer));
    assert!(!chosen_by().contains(&EngagementKind::Learner));
}
