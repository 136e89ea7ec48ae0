use uuid::Uuid;

use super::*;
use crate::people::{
    Actor, Engagement, EngagementId, EngagementKind, OrganisationId, Relationship, RelationshipKind,
};
use crate::training::framework::levels;

fn person(id: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(id))
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn actor(id: u128, of: u128) -> Actor {
    let organisation = OrganisationId::from_uuid(Uuid::from_u128(9));
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(1)),
        person: person(id),
        organisation,
        kind: EngagementKind::Assessor,
        basis: None,
        from: today(),
        to: None,
        away: None,
    };
    let held = Relationship {
        kind: RelationshipKind::Assessor,
        holder: person(id),
        person: person(of),
        organisation,
        from: today(),
        to: None,
    };
    Actor::new(person(id), vec![engagement], vec![held], today())
}

fn assessor(id: u128) -> Assessor {
    actor(id, 1).as_assessor_for(person(1)).unwrap()
}

fn step(state: State, by: u128) -> Step {
    Step { state, by: person(by), comment: String::new(), day: None, level: None }
}

fn own(history: &[Step], state: &str, comment: &str, day: [&str; 3]) -> Result<NewStep, NotTaken> {
    let day = TypedDay { day: day[0], month: day[1], year: day[2] };
    let seen = history.len().to_string();
    let form = OwnForm { state, comment, day, seen: &seen, is_looked_at: false };
    own_step(person(1), history, &form, true, today())
}

fn judged(by: u128, history: &[Step], state: &str, comment: &str) -> Result<NewStep, NotTaken> {
    let day = TypedDay { day: "1", month: "6", year: "2027" };
    let seen = history.len().to_string();
    let form = JudgementForm { state, comment, day, level: "", seen: &seen, is_looked_at: false };
    judge(&assessor(by), person(1), history, &form, (&Levels::default(), today()))
}

fn field(refused: Result<NewStep, NotTaken>) -> &'static str {
    match refused {
        Err(NotTaken::Faults(faults)) => faults[0].field,
        other => panic!("{other:?}"),
    }
}

const NO_DAY: [&str; 3] = ["", "", ""];

#[test]
fn a_competence_goes_from_the_first_step_to_achieved() {
    let first = own(&[], "working_towards", "", NO_DAY).unwrap();
    assert_eq!((first.number(), first.step().by), (1, person(1)));
    let mut history = vec![first.step().clone()];
    history.push(own(&history, "ready", "", NO_DAY).unwrap().step().clone());
    let more = judged(2, &history, "needs_more", "Tell more about how it ended.").unwrap();
    history.push(more.step().clone());
    history.push(own(&history, "ready", "", NO_DAY).unwrap().step().clone());
    let achieved = judged(2, &history, "achieved", "").unwrap();
    assert_eq!((achieved.number(), achieved.step().day), (5, None));
    history.push(achieved.step().clone());
    let again = judged(2, &history, "revisit", "").unwrap();
    assert_eq!(again.step().day, NaiveDate::from_ymd_opt(2027, 6, 1));
}

#[test]
fn only_what_the_diagram_has_can_be_done() {
    for from in [None].into_iter().chain(State::ALL.map(Some)) {
        let history: Vec<_> = from.map(|it| step(it, 3)).into_iter().collect();
        for to in State::ALL {
            let mine = own(&history, to.as_str(), "Because.", ["1", "6", "2027"]);
            match to.is_judged() {
                true => assert_eq!(mine, Err(NotTaken::JudgesThemself), "{from:?} {to:?}"),
                false => assert_eq!(mine.is_ok(), ways_on(from).contains(&to), "{from:?} {to:?}"),
            }
            let theirs = judged(2, &history, to.as_str(), "Because.");
            assert_eq!(theirs.is_ok(), judgements(from).contains(&to), "{from:?} {to:?}");
        }
    }
}

#[test]
fn nobody_judges_themself() {
    assert!(actor(1, 1).as_assessor_for(person(1)).is_none(), "there is no such handle");
    assert_eq!(own(&[step(State::Ready, 1)], "achieved", "", NO_DAY), Err(NotTaken::JudgesThemself));
    let form = JudgementForm {
        state: "achieved",
        comment: "",
        day: TypedDay::default(),
        level: "",
        seen: "1",
        is_looked_at: false,
    };
    let history = [step(State::Ready, 1)];
    let mine = judge(&assessor(2), person(2), &history, &form, (&Levels::default(), today()));
    assert_eq!(mine, Err(NotTaken::JudgesThemself), "a handle for somebody else is no help");
}

#[test]
fn what_is_asked_about_goes_to_somebody_else_than_who_judged_it() {
    let history = [step(State::Ready, 1), step(State::NeedsMore, 2), step(State::Appealed, 1)];
    assert_eq!(field(judged(2, &history, "achieved", "")), "state");
    assert!(judged(3, &history, "achieved", "").is_ok());
    assert!(is_for_somebody_else(&history, person(2)) && !is_for_somebody_else(&history[..2], person(2)));
}

#[test]
fn something_more_is_said_with_what_it_is() {
    let history = [step(State::Ready, 1)];
    assert_eq!(field(judged(2, &history, "needs_more", " ")), "comment");
    assert_eq!(field(own(&[step(State::NeedsMore, 2)], "appealed", "", NO_DAY)), "comment");
    assert_eq!(field(judged(2, &history, "achieved", &"a".repeat(2001))), "comment");
    let personal = judged(2, &history, "needs_more", "Ring her on 07700 900123.");
    assert_eq!(personal, Err(NotTaken::Personal(vec![("comment", Personal::PhoneNumber)])));
}

#[test]
fn willing_to_learn_it_and_looked_at_again_have_a_day_that_comes() {
    assert_eq!(field(own(&[], "willing", "", NO_DAY)), "day");
    assert_eq!(field(own(&[], "willing", "", ["21", "11", "2026"])), "day");
    assert_eq!(field(own(&[], "willing", "", ["1", "1", "2040"])), "day");
    assert!(own(&[], "willing", "", ["1", "2", "2027"]).unwrap().step().day.is_some());
}

#[test]
fn what_somebody_did_meanwhile_is_never_judged_over_unseen() {
    let history = [step(State::Ready, 1), step(State::Achieved, 2)];
    let form = JudgementForm {
        state: "needs_more",
        comment: "More.",
        day: TypedDay::default(),
        level: "",
        seen: "1",
        is_looked_at: false,
    };
    let stale = judge(&assessor(3), person(1), &history, &form, (&Levels::default(), today()));
    assert_eq!(stale, Err(NotTaken::Newer));
    let form =
        OwnForm { state: "ready", comment: "", day: TypedDay::default(), seen: "0", is_looked_at: false };
    let stale = own_step(person(1), &[step(State::Willing, 1)], &form, true, today());
    assert_eq!(stale, Err(NotTaken::Newer));
}

#[test]
fn nobody_is_ready_without_anything_to_look_at() {
    let form =
        OwnForm { state: "ready", comment: "", day: TypedDay::default(), seen: "1", is_looked_at: false };
    let refused = own_step(person(1), &[step(State::WorkingTowards, 1)], &form, false, today());
    assert_eq!(field(refused), "state");
}

#[test]
fn a_level_is_one_of_the_organisation_s_own() {
    let scale = levels("With help\nAlone").unwrap();
    let of = |level| {
        let form = JudgementForm {
            state: "achieved",
            comment: "",
            day: TypedDay::default(),
            level,
            seen: "1",
            is_looked_at: false,
        };
        judge(&assessor(2), person(1), &[step(State::Ready, 1)], &form, (&scale, today()))
    };
    assert_eq!(of("Alone").unwrap().step().level.as_deref(), Some("Alone"));
    assert_eq!(of("").unwrap().step().level, None);
    assert_eq!(field(of("Best")), "level");
}

#[test]
fn evidence_begins_what_was_not_started() {
    assert_eq!(begin(person(1), &[]).unwrap().step().state, State::WorkingTowards);
    assert_eq!(begin(person(1), &[step(State::Willing, 1)]), None);
}

#[test]
fn nothing_that_is_said_gets_into_a_log() {
    let said = Step { comment: "secret".into(), ..step(State::NeedsMore, 2) };
    assert!(!format!("{said:?}").contains("secret"));
}
