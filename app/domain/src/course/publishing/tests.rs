use uuid::Uuid;

use super::*;
use crate::people::{Actor, Engagement, EngagementId, EngagementKind, OrganisationId};

const HOST: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(1));
const DRAFT: Standing = Standing { text: TextHash([7; 32]), faults: 0, touches: false, is_up_to_date: true };
const TOUCHING: Standing = Standing { touches: true, ..DRAFT };

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn is(kind: EngagementKind, number: u128) -> Option<CourseEditor> {
    let person = PersonId::from_uuid(Uuid::from_u128(number));
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(number)),
        person,
        organisation: HOST,
        kind,
        basis: None,
        from: day(1),
        to: None,
        away: None,
    };
    Actor::new(person, vec![engagement], Vec::new(), day(21)).as_course_editor_of(HOST)
}

fn editor(number: u128) -> CourseEditor {
    is(EngagementKind::CourseEditor, number).unwrap()
}

fn form<'a>(side: Side, seen: &'a str) -> SignatureForm<'a> {
    let review_by = TypedDay { day: "1", month: "6", year: "2027" };
    SignatureForm { side: side.as_str(), shows_name: true, review_by, seen }
}

/// Signs the draft as this person, beside whoever has.
fn signed(draft: &Standing, who: u128, side: Side, there: &[Signature]) -> Result<Signature, String> {
    let seen = draft.text.to_string();
    let signed = sign(&editor(who), draft, there, &form(side, &seen), day(21));
    signed.map(|it| it.0).map_err(|faults| faults[0].remedy.clone())
}

fn both() -> [Signature; 2] {
    [(2, Side::LivedExperience), (3, Side::Profession)]
        .map(|(who, side)| signed(&DRAFT, who, side, &[]).unwrap())
}

#[test]
fn only_a_course_editor_of_the_site_signs() {
    for kind in EngagementKind::ALL {
        assert_eq!(is(kind, 2).is_some(), kind == EngagementKind::CourseEditor, "{kind:?}");
    }
}

#[test]
fn two_people_publish_one_out_of_lived_experience_and_one_by_profession() {
    let [lived, profession] = both();
    let publishable = publishable(&DRAFT, &[profession.clone(), lived.clone()], day(21)).unwrap();
    assert_eq!((publishable.lived_experience(), publishable.profession()), (&lived, &profession));
    assert_eq!((publishable.text(), publishable.safety()), (DRAFT.text, None));
}

#[test]
fn one_person_is_not_two() {
    let lived = signed(&DRAFT, 2, Side::LivedExperience, &[]).unwrap();
    let refused = signed(&DRAFT, 2, Side::Profession, std::slice::from_ref(&lived)).unwrap_err();
    assert!(refused.contains("It takes somebody else"), "{refused}");
    let forged = Signature { side: Side::Profession, ..lived.clone() };
    assert_eq!(publishable(&DRAFT, &[lived, forged], day(21)), Err(vec![NotYet::Profession]));
}

#[test]
fn a_side_is_signed_by_one_person_who_may_sign_again() {
    let [lived, _] = both();
    assert!(signed(&DRAFT, 2, Side::LivedExperience, std::slice::from_ref(&lived)).is_ok());
    assert!(signed(&DRAFT, 4, Side::LivedExperience, &[lived]).unwrap_err().contains("already"));
}

#[test]
fn what_was_signed_for_another_text_counts_for_nothing() {
    let changed = Standing { text: TextHash([8; 32]), ..DRAFT };
    let missing = vec![NotYet::LivedExperience, NotYet::Profession];
    assert_eq!(publishable(&changed, &both(), day(21)), Err(missing));
    let old = DRAFT.text.to_string();
    let refused = sign(&editor(2), &changed, &[], &form(Side::Profession, &old), day(21)).unwrap_err();
    assert!(refused[0].remedy.contains("has changed"), "{refused:?}");
}

#[test]
fn what_has_faults_or_is_behind_is_not_published() {
    let faulty = Standing { faults: 1, ..DRAFT };
    assert_eq!(publishable(&faulty, &both(), day(21)), Err(vec![NotYet::Faults]));
    assert!(signed(&faulty, 2, Side::Profession, &[]).is_err());
    let behind = Standing { is_up_to_date: false, ..DRAFT };
    assert_eq!(publishable(&behind, &both(), day(21)), Err(vec![NotYet::Behind]));
}

#[test]
fn what_touches_self_harm_or_suicide_is_signed_for_its_safety_too() {
    let [lived, profession] = both();
    let two = [lived.clone(), profession.clone()];
    assert_eq!(publishable(&TOUCHING, &two, day(21)), Err(vec![NotYet::Safety]));
    let safety = signed(&TOUCHING, 2, Side::Safety, &two).unwrap();
    let three = [lived, profession, safety];
    let published = publishable(&TOUCHING, &three, day(21)).unwrap();
    assert_eq!(published.safety().map(|it| it.1), NaiveDate::from_ymd_opt(2027, 6, 1));
    let late = NaiveDate::from_ymd_opt(2027, 6, 1).unwrap();
    assert_eq!(publishable(&TOUCHING, &three, late), Err(vec![NotYet::Safety]), "the day has come");
    assert!(signed(&DRAFT, 2, Side::Safety, &[]).unwrap_err().contains("nothing to sign"));
}

#[test]
fn a_review_is_due_after_today_and_within_two_years() {
    let seen = TOUCHING.text.to_string();
    let due = |day, month, year| {
        let review_by = TypedDay { day, month, year };
        let form = SignatureForm { review_by, ..form(Side::Safety, &seen) };
        sign(&editor(2), &TOUCHING, &[], &form, self::day(21)).is_ok()
    };
    assert!(due("22", "11", "2026") && due("21", "11", "2028"));
    for (day, month, year) in
        [("", "", ""), ("21", "11", "2026"), ("22", "11", "2028"), ("31", "2", "2027"), ("1", "1", "9999")]
    {
        assert!(!due(day, month, year), "{day} {month} {year}");
    }
}

#[test]
fn odd_sides_are_refused_kindly() {
    let seen = DRAFT.text.to_string();
    for odd in ["", "both", "safety\0", "<b>"] {
        let form = SignatureForm { side: odd, ..form(Side::Profession, &seen) };
        assert!(sign(&editor(2), &DRAFT, &[], &form, day(21)).is_err(), "{odd:?}");
    }
}

#[test]
fn a_review_is_overdue_on_the_day_after() {
    let safety = Some(SafetyReview { by: None, again_by: day(21) });
    let adoption = Adoption { on: day(1), lived_experience: None, profession: None, safety };
    assert_eq!([20, 21, 22].map(|it| adoption.is_overdue(day(it))), [false, false, true]);
}

#[test]
fn a_newer_text_is_settled_by_what_it_became_and_not_by_what_came_before_it() {
    let [published, taken, later] = [1, 2, 3].map(|it| TextHash([it; 32]));
    assert!(settles(published, None, published), "it was published as it came");
    assert!(settles(published, Some(taken), taken), "it was taken in and changed");
    assert!(!settles(published, Some(taken), later), "a newer one has come since");
    assert!(!settles(published, None, taken), "nobody has taken it in");
}
