use super::{Asked, Feedback, FeedbackForm, LONGEST, NotGiven, Said, give};
use crate::course::term::Term;
use crate::personal::Personal;

const BLANK: FeedbackForm<'static> = FeedbackForm { ticks: [""; 3], words: [""; 2], is_looked_at: false };

fn term() -> Term {
    Term::parse("2026-autumn").unwrap()
}

fn given(form: FeedbackForm<'_>) -> Result<Feedback, NotGiven> {
    give(&form, false, term())
}

#[test]
fn whatever_somebody_answers_is_enough() {
    let it = given(FeedbackForm { ticks: ["yes", "", "no"], ..BLANK }).unwrap();
    assert_eq!(*it.ticks(), [Some(Said::Yes), None, Some(Said::No)]);
    let it = given(FeedbackForm { words: ["", " The heron.\r\nAnd the river. "], ..BLANK }).unwrap();
    assert_eq!(*it.words(), ["", "The heron.\nAnd the river."]);
    assert!(
        matches!(given(FeedbackForm { words: [" ", "\n"], ..BLANK }), Err(NotGiven::Faults(it)) if it.len() == 1)
    );
}

#[test]
fn what_cannot_be_kept_says_how_to_put_it_right() {
    let long = "ü".repeat(LONGEST + 1);
    let form = FeedbackForm { ticks: ["YES", "perhaps", "0"], words: ["\u{1}", &long], ..BLANK };
    let Err(NotGiven::Faults(faults)) = given(form) else { panic!("refused") };
    assert_eq!(
        faults.iter().map(|it| it.field).collect::<Vec<_>>(),
        ["good", "tell", "welcome", "helped", "change"]
    );
    given(FeedbackForm { words: [&long[..2 * LONGEST], ""], ..BLANK }).unwrap();
}

#[test]
fn what_has_been_counted_is_not_said_again() {
    assert_eq!(give(&FeedbackForm { ticks: ["yes"; 3], ..BLANK }, true, term()), Err(NotGiven::Counted));
}

#[test]
fn what_looks_personal_is_kept_only_once_its_author_has_looked_again() {
    let form = FeedbackForm { words: ["Ring 07700 900123", "fine"], ..BLANK };
    assert_eq!(given(form), Err(NotGiven::Personal(vec![(Asked::Helped, Personal::PhoneNumber)])));
    given(FeedbackForm { is_looked_at: true, ..form }).unwrap();
}

#[test]
fn what_looks_personal_is_seen_however_it_is_written() {
    for (text, looks) in [
        ("my number is 943 476 5919.", Personal::NhsNumber),
        ("9434765919", Personal::NhsNumber),
        ("call 020 7946 0958 please", Personal::PhoneNumber),
        ("+44 (0)7700 900123", Personal::PhoneNumber),
        ("+447700900123", Personal::PhoneNumber),
        ("0117-496-0123", Personal::PhoneNumber),
        ("born 3/4/1985 in York", Personal::DateOfBirth),
        ("dob 03.04.85", Personal::DateOfBirth),
        ("1985-04-03", Personal::DateOfBirth),
        ("on the 3rd of April 1985 I", Personal::DateOfBirth),
        ("April 3, 1985", Personal::DateOfBirth),
        ("write to kim@example.org", Personal::EmailAddress),
    ] {
        assert_eq!(Personal::in_text(text), Some(looks), "{text}");
    }
}

#[test]
fn other_numbers_are_left_alone() {
    for text in [
        "",
        "Lesson 3 of 7 took 45 minutes",
        "9434765918",
        "It costs £1,250.00",
        "1/2 of it, 10 12 14",
        "since 1985",
        "the 3 April walk",
        "24/7",
        "@home",
        "10-15 minutes",
        "5 out of 5, 100 %",
        "ward 12, 2.5 hours",
        "🦋 999",
    ] {
        assert_eq!(Personal::in_text(text), None, "{text}");
    }
}
