use super::*;

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

const fn day(day: &'static str, month: &'static str, year: &'static str) -> TypedDay<'static> {
    TypedDay { day, month, year }
}

fn form() -> TermsForm<'static> {
    TermsForm {
        every: "4",
        unit: "weeks",
        minutes: "60",
        grace_days: "7",
        from: day("1", "12", "2026"),
        limits: "When somebody is in danger.",
        review: day("1", "6", "2027"),
        ..TermsForm::default()
    }
}

fn faults(form: TermsForm<'_>) -> Vec<&'static str> {
    terms(&form, today()).unwrap_err().into_iter().map(|it| it.field).collect()
}

#[test]
fn a_rhythm_is_said_in_words() {
    let said = |form| terms(&form, today()).unwrap().rhythm.said();
    assert_eq!(said(form()), "Every 4 weeks for at least 60 minutes.");
    assert_eq!(
        said(TermsForm { every: "1", unit: "months", times_a_year: "4", pro_rata: true, ..form() }),
        "Every month for at least 60 minutes, at least 4 times a year, less often for whoever works fewer hours."
    );
    assert_eq!(
        said(TermsForm { times_a_year: "1", ..form() }),
        "Every 4 weeks for at least 60 minutes, at least once a year."
    );
}

#[test]
fn a_rhythm_that_never_occurs_is_refused() {
    for every in ["0", "27", "", "-1", "+4", "four", "4.5", "99999999"] {
        assert_eq!(faults(TermsForm { every, ..form() }), ["every"], "{every:?}");
    }
    assert_eq!(faults(TermsForm { every: "13", unit: "months", ..form() }), ["every"]);
    assert_eq!(faults(TermsForm { unit: "moons", ..form() }), ["unit"]);
    for minutes in ["9", "481", "", "an hour"] {
        assert_eq!(faults(TermsForm { minutes, ..form() }), ["minutes"], "{minutes:?}");
    }
}

#[test]
fn nobody_is_asked_to_meet_more_often_than_the_rhythm_comes_to() {
    let may = |every, unit, times_a_year| {
        terms(&TermsForm { every, unit, times_a_year, ..form() }, today()).is_ok()
    };
    assert!(may("4", "weeks", "13") && !may("4", "weeks", "14"));
    assert!(may("6", "weeks", "8") && !may("6", "weeks", "9"));
    assert!(may("12", "months", "1") && !may("12", "months", "2"));
    assert!(may("1", "months", "12") && !may("1", "months", "0"));
}

#[test]
fn days_come_in_order_and_none_is_far_away() {
    let next_year = day("22", "11", "2027");
    assert!(
        terms(&TermsForm { from: next_year, review: day("23", "11", "2027"), ..form() }, today()).is_ok()
    );
    let from = day("23", "11", "2027");
    assert_eq!(faults(TermsForm { from, review: day("1", "12", "2027"), ..form() }), ["from_day"]);
    assert_eq!(faults(TermsForm { from: day("21", "11", "2025"), ..form() }), ["from_day"]);
    assert_eq!(faults(TermsForm { review: day("1", "12", "2026"), ..form() }), ["review_day"]);
    assert_eq!(faults(TermsForm { review: day("2", "12", "2028"), ..form() }), ["review_day"]);
    assert_eq!(faults(TermsForm { ends: day("30", "11", "2026"), ..form() }), ["ends_day"]);
    assert_eq!(faults(TermsForm { ends: day("31", "5", "2027"), ..form() }), ["review_day"]);
    assert!(terms(&TermsForm { ends: day("1", "6", "2027"), ..form() }, today()).is_ok());
}

#[test]
fn what_is_not_kept_between_them_is_always_said() {
    assert_eq!(faults(TermsForm { limits: " \n", ..form() }), ["limits"]);
    let long = "a".repeat(1201);
    assert_eq!(faults(TermsForm { limits: &long, missed: &long, ..form() }), ["limits", "missed"]);
}
