use super::*;

const ABOUT: [&str; 2] = ["Jo Bloggs", "jo.bloggs@demo.example"];

fn choose(typed: &str) -> Result<String, PasswordRefused> {
    NewPassword::choose(typed, &ABOUT, Guessability::Hard).map(|it| it.expose().to_owned())
}

fn check_taken(typed: &str) {
    assert_eq!(choose(typed), Ok(typed.to_owned()));
}

fn check_refused(typed: &str, refused: PasswordRefused) {
    assert_eq!(choose(typed), Err(refused), "{typed:?}");
}

#[test]
fn ten_characters_are_enough_and_nine_are_not() {
    check_taken("kettleweir");
    check_refused("kettlewei", PasswordRefused::TooShort);
    check_refused("", PasswordRefused::TooShort);
}

#[test]
fn characters_count_and_not_bytes() {
    check_taken("żółćżółćżó");
    check_refused("🦔🦔🦔", PasswordRefused::TooShort);
}

#[test]
fn two_hundred_characters_fit_and_one_more_does_not() {
    check_taken(&"é".repeat(200));
    check_refused(&"é".repeat(201), PasswordRefused::TooLong);
}

#[test]
fn nobody_has_to_mix_capitals_digits_and_signs() {
    check_taken("a heron by the weir");
}

#[test]
fn spaces_count_but_do_not_make_a_password_by_themselves() {
    check_taken(" heron weir ");
    check_refused("              ", PasswordRefused::TooShort);
}

#[test]
fn a_password_of_signs_alone_is_about_nobody() {
    check_taken("🦔🐝🌿🦔🐝🌿🦔🐝🌿🌙");
}

#[test]
fn ones_own_name_and_address_are_no_secret() {
    for typed in [
        "jo.bloggs@demo.example",
        "JoBloggs1987!",
        "bloggs.bloggs",
        "!!jo bloggs!!",
        "demo.example",
        "xBloggsDemox",
    ] {
        check_refused(typed, PasswordRefused::AboutYou);
    }
}

#[test]
fn neither_is_the_name_of_this_place() {
    for typed in ["alongside!", "Alongside2026", "a-l-o-n-g-s-i-d-e", "alongsidealongside"] {
        check_refused(typed, PasswordRefused::AboutYou);
    }
}

#[test]
fn a_name_may_stand_among_other_words() {
    check_taken("bloggs and the green heron");
    check_taken("walking-alongside");
}

#[test]
fn a_very_short_name_keeps_nothing_out() {
    let taken = NewPassword::choose("alpinewalk", &["Al"], Guessability::Hard);
    assert!(taken.is_ok());
}

#[test]
fn what_is_tried_first_is_refused() {
    let refused = NewPassword::choose("correct horse", &ABOUT, Guessability::Easy).map(|_| ());
    assert_eq!(refused, Err(PasswordRefused::EasyToGuess));
}

#[test]
fn no_password_gets_into_a_log() {
    let taken = NewPassword::choose("a heron by the weir", &ABOUT, Guessability::Hard);
    assert_eq!(format!("{taken:?}"), "Ok(NewPassword(…))");
}

#[test]
fn every_refusal_says_what_to_do_instead() {
    assert!(PasswordRefused::TooShort.to_string().starts_with("Use at least 10 characters."));
    assert_eq!(PasswordRefused::TooLong.to_string(), "Use at most 200 characters.");
}
