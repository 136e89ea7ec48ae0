use chrono::NaiveDate;

use super::*;

const FORM: AboutMeForm<'_> = AboutMeForm {
    known_as: "Sam",
    pronouns: "they",
    way: "text",
    phone: "07700 900123",
    note: "not before ten",
};

/// The fields that are at fault in a form.
fn at_fault(form: AboutMeForm<'_>) -> Vec<&'static str> {
    about_me(&form).unwrap_err().into_iter().map(|it| it.field).collect()
}

fn day(day: &'static str) -> TypedDay<'static> {
    TypedDay { day, month: "11", year: "2026" }
}

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

#[test]
fn somebody_says_what_they_are_called_and_how_to_reach_them() {
    let me = about_me(&FORM).unwrap();
    assert_eq!((me.known_as().as_str(), me.pronouns().as_str()), ("Sam", "they"));
    assert_eq!((me.reach().way, me.reach().phone.as_str()), (ReachWay::Text, "07700 900123"));
}

#[test]
fn a_number_is_needed_only_by_those_who_want_to_be_rung() {
    assert!(about_me(&AboutMeForm { way: "email", phone: "", ..FORM }).is_ok());
    assert_eq!(at_fault(AboutMeForm { phone: "", ..FORM }), ["phone"]);
    for odd in ["12345", "seven", "🦋", "0770+900123;", "٠٧٧٠٠٩٠٠١٢٣"] {
        assert_eq!(at_fault(AboutMeForm { phone: odd, ..FORM }), ["phone"], "{odd}");
    }
}

#[test]
fn everything_at_fault_is_said_at_once() {
    let note = "n".repeat(201);
    let form = AboutMeForm { known_as: "", pronouns: "\u{202e}", way: "fax", phone: "x", note: &note };
    assert_eq!(at_fault(form), ["known_as", "pronouns", "way", "phone", "note"]);
}

#[test]
fn what_somebody_says_about_themself_gets_into_no_log() {
    let me = about_me(&FORM).unwrap();
    assert_eq!(format!("{me:?}{:?}{FORM:?}", me.reach()), "AboutMe(…)Reach(…)AboutMeForm(…)");
}

#[test]
fn somebody_is_away_from_a_day_to_a_day_or_until_further_notice() {
    let until = |to| Ok(Some(Away { from: date(1), to }));
    assert_eq!(away(day("1"), day("3")), until(Some(date(3))));
    assert_eq!(away(day("1"), day("1")), until(Some(date(1))));
    assert_eq!(away(day("1"), TypedDay::default()), until(None));
    assert_eq!(away(TypedDay::default(), TypedDay::default()), Ok(None));
}

#[test]
fn days_away_are_in_order() {
    let fault = |from, to| away(from, to).unwrap_err()[0].field;
    assert_eq!(fault(day("3"), day("1")), "away_to_day");
    assert_eq!(fault(TypedDay::default(), day("1")), "away_from_day");
    assert_eq!(fault(day("31"), day("1")), "away_from_day");
}
