use uuid::Uuid;

use super::*;
use crate::training::CriterionId;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const NONE: TypedDay<'_> = TypedDay { day: "", month: "", year: "" };
const EMPTY: AnswerForm<'_> = AnswerForm {
    evidence: "",
    title: "",
    body: "",
    year: "",
    valid_until: NONE,
    seen_by: "",
    equivalence: "",
    lived: "",
    willing_by: NONE,
};
const SOON: TypedDay<'_> = TypedDay { day: "1", month: "6", year: "2027" };

fn criterion(takes: bool) -> Criterion {
    Criterion {
        id: CriterionId::from_uuid(Uuid::nil()),
        words: "Listens".into(),
        need: Need::Essential,
        equivalence: takes,
        lived: takes,
        willing: takes,
    }
}

fn keep(takes: bool, form: &AnswerForm<'_>) -> Result<Answer, Vec<&'static str>> {
    match keep_answer(&criterion(takes), None, form, (0, day("2026-11-21"))) {
        Ok(next) => Ok(next.value().clone()),
        Err(NotTaken::Faults(faults)) => Err(faults.into_iter().map(|it| it.field).collect()),
        Err(NotTaken::Newer) => Err(vec!["newer"]),
    }
}

#[test]
fn an_answer_says_as_much_as_somebody_likes_in_every_way_that_is_accepted() {
    let form = AnswerForm {
        evidence: "I listened for a year.",
        title: "NVQ 3 in Care",
        body: "City & Guilds",
        year: "2019",
        seen_by: "Alex",
        equivalence: "A course abroad",
        lived: "yes",
        willing_by: SOON,
        ..EMPTY
    };
    let answer = keep(true, &form).unwrap();
    assert_eq!(
        (answer.qualification.year, answer.willing_by, answer.lived),
        (Some(2019), Some(day("2027-06-01")), true)
    );
    assert!(keep(true, &EMPTY).unwrap().is_empty(), "and nothing is fine while it is a draft");
}

#[test]
fn lived_experience_is_a_yes_where_the_criterion_accepts_it_and_nowhere_else() {
    let form = AnswerForm { lived: "yes", equivalence: "x", willing_by: SOON, ..EMPTY };
    assert!(keep(false, &form).unwrap().is_empty());
    for odd in ["Yes", "true", "in 2019, when I", "1"] {
        assert!(
            !keep(true, &AnswerForm { lived: odd, ..EMPTY }).unwrap().lived,
            "{odd}: no field for details"
        );
    }
}

#[test]
fn what_is_odd_about_an_answer_is_named() {
    for odd in ["19", "1949", "2027", "x", "-199", "+201"] {
        assert_eq!(keep(true, &AnswerForm { title: "NVQ", year: odd, ..EMPTY }), Err(vec!["year"]), "{odd}");
    }
    assert_eq!(keep(true, &AnswerForm { body: "City & Guilds", ..EMPTY }), Err(vec!["title"]));
    let past = TypedDay { day: "20", month: "11", year: "2026" };
    assert_eq!(keep(true, &AnswerForm { willing_by: past, ..EMPTY }), Err(vec!["willing_day"]));
    let odd = TypedDay { day: "31", month: "2", year: "2026" };
    let form = AnswerForm { willing_by: odd, valid_until: odd, title: "NVQ", ..EMPTY };
    assert_eq!(keep(true, &form), Err(vec!["valid_day", "willing_day"]));
    assert_eq!(keep(true, &AnswerForm { evidence: &"é".repeat(4001), ..EMPTY }), Err(vec!["evidence"]));
}

#[test]
fn what_is_newer_of_an_answer_is_never_overwritten_unseen() {
    let current = Revised { value: Answer { evidence: "Newer".into(), ..Answer::default() }, revision: 2 };
    let form = AnswerForm { evidence: "Old tab", ..EMPTY };
    let refused = keep_answer(&criterion(true), Some(&current), &form, (1, day("2026-11-21")));
    assert_eq!(refused.err(), Some(NotTaken::Newer));
}

#[test]
fn only_what_is_essential_is_missing() {
    let criteria =
        [criterion(true), Criterion { need: Need::Desirable, ..criterion(true) }, criterion(false)];
    assert_eq!(unanswered(&criteria, |_| false).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(unanswered(&criteria, |it| it.lived).collect::<Vec<_>>(), [3]);
}

#[test]
fn no_answer_gets_into_a_log() {
    let answer = Answer { evidence: "mine".into(), ..Answer::default() };
    assert_eq!(format!("{answer:?} {EMPTY:?}"), "Answer(…) AnswerForm<'_>(…)");
}
