use uuid::Uuid;

use super::*;
use crate::training::round::tests::coordinator;

fn id(number: u128) -> CriterionId {
    CriterionId::from_uuid(Uuid::from_u128(number))
}

const FORM: CriterionForm<'_> =
    CriterionForm { words: "Listens", need: "essential", ways: &["lived", "willing"], place: "" };

fn keep(
    current: &[Criterion],
    number: u128,
    form: &CriterionForm<'_>,
) -> Result<Vec<Criterion>, CriteriaRefused> {
    keep_criterion(&coordinator(1), (current, 3), (id(number), form), 3, false).map(|it| {
        assert_eq!(it.revision(), 4);
        it.criteria().to_vec()
    })
}

fn words(criteria: &[Criterion]) -> Vec<&str> {
    criteria.iter().map(|it| it.words.as_str()).collect()
}

fn three() -> Vec<Criterion> {
    let mut all = Vec::new();
    for (number, words) in [(1, "one"), (2, "two"), (3, "three")] {
        all = keep(&all, number, &CriterionForm { words, ..FORM }).unwrap();
    }
    all
}

#[test]
fn criteria_are_added_changed_moved_and_taken_out() {
    let all = three();
    assert_eq!(words(&all), ["one", "two", "three"]);
    assert!(all[0].lived && all[0].willing && !all[0].equivalence);
    let moved = keep(&all, 3, &CriterionForm { words: "three", place: "1", ..FORM }).unwrap();
    assert_eq!(words(&moved), ["three", "one", "two"]);
    let changed = keep(&all, 2, &CriterionForm { words: "zwei", place: "2", ..FORM }).unwrap();
    assert_eq!(words(&changed), ["one", "zwei", "three"]);
    assert_eq!(
        words(&keep(&all, 1, &CriterionForm { words: "", need: "", ..FORM }).unwrap()),
        ["two", "three"]
    );
    assert_eq!(
        words(&keep(&all, 2, &CriterionForm { words: "two", place: "99", ..FORM }).unwrap()),
        ["one", "three", "two"]
    );
}

#[test]
fn what_is_odd_about_a_criterion_is_named() {
    let fields = |form: CriterionForm<'_>| match keep(&[], 1, &form) {
        Err(CriteriaRefused::Faults(faults)) => faults.into_iter().map(|it| it.field).collect(),
        _ => Vec::new(),
    };
    assert_eq!(fields(CriterionForm { words: "", need: "", ..FORM }), ["words", "need"]);
    for odd in ["0", "-1", "x", "100"] {
        assert_eq!(fields(CriterionForm { place: odd, ..FORM }), ["place"], "{odd}");
    }
    assert_eq!(fields(CriterionForm { words: &"é".repeat(301), ..FORM }), ["words"]);
}

#[test]
fn there_are_at_most_twenty() {
    let mut all = Vec::new();
    for number in 0..20 {
        all = keep(&all, number, &FORM).unwrap();
    }
    assert!(matches!(keep(&all, 20, &FORM), Err(CriteriaRefused::Faults(_))));
    assert!(keep(&all, 19, &FORM).is_ok(), "what is there may be changed");
}

#[test]
fn criteria_that_somebody_has_begun_to_answer_stay_as_they_are() {
    let refused = keep_criterion(&coordinator(1), (&three(), 3), (id(1), &FORM), 3, true);
    assert_eq!(refused.err(), Some(CriteriaRefused::Answered));
}

#[test]
fn what_another_coordinator_wrote_meanwhile_is_not_overwritten_unseen() {
    let refused = keep_criterion(&coordinator(1), (&three(), 3), (id(1), &FORM), 2, false);
    assert_eq!(refused.err(), Some(CriteriaRefused::Newer));
}
