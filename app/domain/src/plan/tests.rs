use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::chime::Chime;
use crate::day::TypedDay;
use crate::own_words::Revised;
use crate::people::{Engagement, EngagementId, EngagementKind, OrganisationId, PersonId};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn fields<T: core::fmt::Debug>(kept: Result<T, PlanRefused>) -> Vec<&'static str> {
    match kept {
        Err(PlanRefused::Faults(faults)) => faults.into_iter().map(|it| it.field).collect(),
        other => panic!("{other:?}"),
    }
}

fn goal<'a>(words: &'a str, notice: &'a str, heading: &'a str) -> GoalForm<'a> {
    GoalForm { words, notice, heading }
}

fn kept_goal(words: &str, revision: i64) -> Revised<Goal> {
    Revised { value: Goal { words: words.into(), ..Goal::default() }, revision }
}

#[test]
fn what_i_hope_for_is_kept_as_i_wrote_it_and_each_part_may_be_empty() {
    let form = WordsForm { hopes: " a garden\r\n", helps: "", hinders: "mornings" };
    let next = keep_words(None, &form, 0).unwrap();
    assert_eq!((next.value().hopes.as_str(), next.revision()), ("a garden", 1));
    let newer = Revised { value: PlanWords::default(), revision: 2 };
    assert_eq!(keep_words(Some(&newer), &form, 1), Err(PlanRefused::Newer));
    let long = "ü".repeat(2001);
    let odd = WordsForm { hopes: &long, helps: "a\0", hinders: &long };
    assert_eq!(fields(keep_words(None, &odd, 0)), ["hopes", "helps", "hinders"]);
    assert!(PlanWords::default().is_empty() && !next.value().is_empty());
}

#[test]
fn a_goal_is_kept_with_a_heading_only_if_its_owner_likes() {
    let next = keep_goal(None, &goal("Take the bus", "I go to town", "hope"), (0, 0)).unwrap();
    assert_eq!(next.value().heading, Some(Chime::Hope));
    assert_eq!(keep_goal(None, &goal("Take the bus", "", ""), (0, 0)).unwrap().value().heading, None);
    assert_eq!(fields(keep_goal(None, &goal("", "x", ""), (0, 0))), ["words"]);
    let long = "a".repeat(301);
    assert_eq!(
        fields(keep_goal(None, &goal(&long, "\u{7f}", "wealth"), (0, 0))),
        ["words", "notice", "heading"]
    );
}

#[test]
fn an_emptied_goal_is_taken_back_whole() {
    let next = keep_goal(Some(&kept_goal("Take the bus", 1)), &goal(" ", "x", "hope"), (1, 1)).unwrap();
    assert!(next.value().is_taken_back() && *next.value() == Goal::default());
    let gone = Revised { value: Goal::default(), revision: 2 };
    assert_eq!(keep_goal(Some(&gone), &goal("Take the bus", "", ""), (1, 1)), Err(PlanRefused::Newer));
}

#[test]
fn no_more_goals_are_under_way_than_fit() {
    let form = goal("One more", "", "");
    assert!(keep_goal(None, &form, (0, MOST_UNDER_WAY - 1)).is_ok());
    assert_eq!(fields(keep_goal(None, &form, (0, MOST_UNDER_WAY))), ["words"]);
    assert!(keep_goal(Some(&kept_goal("Old", 1)), &form, (1, MOST_UNDER_WAY)).is_ok(), "old ones change");
    let gone = Revised { value: Goal::default(), revision: 2 };
    assert_eq!(fields(keep_goal(Some(&gone), &goal("One more", "", ""), (2, MOST_UNDER_WAY))), ["words"]);
    assert!(keep_goal(Some(&gone), &goal("", "", ""), (1, MOST_UNDER_WAY)).is_ok(), "a second tap");
    assert!(move_goal(GoalState::Reached, "under_way", MOST_UNDER_WAY).is_err());
    assert!(move_goal(GoalState::UnderWay, "under_way", MOST_UNDER_WAY).is_ok(), "a second tap");
    assert_eq!(move_goal(GoalState::UnderWay, "reached", MOST_UNDER_WAY).unwrap().to(), GoalState::Reached);
    assert!(move_goal(GoalState::UnderWay, "failed", 0).is_err());
}

#[test]
fn how_close_a_goal_feels_is_a_whole_number_from_nothing_to_ten() {
    for value in 0..=Rating::TOP {
        assert_eq!(rate(GoalState::UnderWay, &value.to_string()).unwrap().value(), value);
    }
    for odd in ["", "11", "-1", "+1", "5.5", "010", "999999999999", "five", "٣", "🦋"] {
        assert!(rate(GoalState::UnderWay, odd).is_err(), "{odd:?}");
    }
    assert!(rate(GoalState::Reached, "5").is_err());
}

fn review<'a>(held: &'a str, with: &'a str, went_well: &'a str) -> ReviewForm<'a> {
    ReviewForm { held_on: TypedDay { day: held, month: "11", year: "2026" }, with, went_well, change: "" }
}

#[test]
fn a_review_is_of_today_or_before_and_says_something() {
    let next = keep_review(None, &review("22", "tutor", "I went"), (0, 0), day(22)).unwrap();
    assert_eq!((next.value().held_on, next.value().with), (day(22), ReviewedWith::Tutor));
    assert_eq!(fields(keep_review(None, &review("23", "alone", "I went"), (0, 0), day(22))), ["held_day"]);
    assert_eq!(fields(keep_review(None, &review("", "", "I went"), (0, 0), day(22))), ["held_day", "with"]);
    assert_eq!(fields(keep_review(None, &review("22", "alone", " "), (0, 0), day(22))), ["went_well"]);
    assert_eq!(
        fields(keep_review(None, &review("22", "alone", "x"), (0, MOST_REVIEWS), day(22))),
        ["went_well"]
    );
    let kept = Revised { value: next.value().clone(), revision: 1 };
    assert!(
        keep_review(Some(&kept), &review("22", "alone", ""), (1, 1), day(22))
            .unwrap()
            .value()
            .is_taken_back()
    );
    assert_eq!(
        keep_review(Some(&kept), &review("22", "alone", "x"), (0, 1), day(22)),
        Err(PlanRefused::Newer)
    );
}

const SAM: PersonId = PersonId::from_uuid(Uuid::from_u128(1));
const KIM: PersonId = PersonId::from_uuid(Uuid::from_u128(2));
const COLLEGE: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(3));
const MIND: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(4));

fn engaged(person: PersonId, kind: EngagementKind, from: u32, to: Option<u32>) -> Vec<Engagement> {
    let id = EngagementId::from_uuid(Uuid::from_u128(9));
    let (from, to) = (day(from), to.map(day));
    vec![Engagement { id, person, organisation: COLLEGE, kind, basis: None, from, to, away: None }]
}

#[test]
fn a_plan_is_shared_with_a_tutor_where_the_learner_learns_and_with_nobody_else() {
    use EngagementKind::{Administrator, Learner, Tutor};
    let (sam, kim) = (engaged(SAM, Learner, 1, None), engaged(KIM, Tutor, 1, None));
    let share = |mine: &[Engagement], theirs: &[Engagement], at| {
        share_plan((SAM, mine), (KIM, theirs), (at, true), 0, day(10)).map(|it| it.share().from)
    };
    assert_eq!(share(&sam, &kim, COLLEGE), Ok(day(10)));
    assert_eq!(share(&sam, &kim, MIND), Err(NotShared::NotATutor));
    for theirs in
        [engaged(KIM, Administrator, 1, None), engaged(KIM, Tutor, 11, None), engaged(SAM, Tutor, 1, None)]
    {
        assert_eq!(share(&sam, &theirs, COLLEGE), Err(NotShared::NotATutor), "{theirs:?}");
    }
    assert_eq!(share(&engaged(SAM, Learner, 1, Some(9)), &kim, COLLEGE), Err(NotShared::NotATutor));
    let both = [sam.clone(), engaged(SAM, Tutor, 1, None)].concat();
    assert!(share_plan((SAM, &both), (SAM, &both), (COLLEGE, true), 0, day(10)).is_err(), "not with oneself");
    for courses in [true, false] {
        let shared = share_plan((SAM, &sam), (KIM, &kim), (COLLEGE, courses), 0, day(10));
        assert_eq!(shared.map(|it| it.share().courses), Ok(courses), "as its owner was told");
    }
    let many = share_plan((SAM, &sam), (KIM, &kim), (COLLEGE, true), MOST_SHARES, day(10));
    assert_eq!(many.unwrap_err(), NotShared::TooMany);
}

#[test]
fn whoever_leaves_closes_it_and_coming_back_does_not_open_it_again() {
    use EngagementKind::{Learner, Tutor};
    let share = PlanShare { person: SAM, tutor: KIM, organisation: COLLEGE, from: day(5), courses: true };
    let (sam, kim) = (engaged(SAM, Learner, 1, None), engaged(KIM, Tutor, 5, None));
    assert!(is_open(&share, &sam, &kim, day(10)));
    assert!(!is_open(&share, &sam, &engaged(KIM, Tutor, 1, Some(9)), day(10)), "the tutor has left");
    assert!(!is_open(&share, &engaged(SAM, Learner, 1, Some(9)), &kim, day(10)), "the learner has left");
    assert!(!is_open(&share, &sam, &engaged(KIM, Tutor, 6, None), day(10)), "the tutor has come back");
    assert!(!is_open(&share, &engaged(SAM, Learner, 6, None), &kim, day(10)), "the learner has come back");
}

#[test]
fn nothing_of_a_plan_gets_into_a_log() {
    let words = WordsForm { hopes: "secret", helps: "secret", hinders: "secret" };
    let review = review("22", "alone", "secret");
    let said = format!(
        "{words:?} {:?} {:?} {:?} {review:?} {:?}",
        keep_words(None, &words, 0),
        goal("secret", "secret", ""),
        keep_goal(None, &goal("secret", "secret", ""), (0, 0)),
        keep_review(None, &review, (0, 0), day(22)),
    );
    assert!(!said.contains("secret"), "{said}");
}
