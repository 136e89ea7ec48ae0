use super::*;

fn check_name(typed: &str, expected: Result<&str, LineRefused>) {
    let known_as = KnownAs::parse(typed);
    assert_eq!(known_as.as_ref().map(KnownAs::as_str).map_err(|it| *it), expected, "{typed:?}");
}

#[test]
fn a_name_in_any_script_is_a_name() {
    for name in
        ["Jo", "Zoë O'Brien-Nguyễn", "مریم‌بانو", "אביגיל", "美咲", "🦔", "👩🏽‍🚀 Sam", "🏴󠁧󠁢󠁷󠁬󠁳󠁿 Siân", "X Æ A-12"]
    {
        check_name(name, Ok(name));
    }
}

#[test]
fn what_stands_around_a_name_is_taken_off() {
    check_name("  \tJo\u{3000}\n", Ok("Jo"));
}

#[test]
fn a_name_that_does_not_show_is_missing() {
    for typed in ["", "   ", "\u{200B}", "\u{3164}\u{2800}", "\u{200D}\u{FE0F}"] {
        check_name(typed, Err(LineRefused::Missing));
    }
}

#[test]
fn a_name_of_sixty_characters_fits_and_one_more_does_not() {
    check_name(&"é".repeat(60), Ok(&"é".repeat(60)));
    check_name(&"é".repeat(61), Err(LineRefused::TooLong { longest: 60 }));
}

#[test]
fn hidden_characters_are_refused() {
    for typed in ["Jo\nhn", "Jo\0", "a\u{7}b", "\u{202E}nhoJ", "J\u{2066}o", "J\u{2028}o", "J\u{85}o"] {
        check_name(typed, Err(LineRefused::Hidden));
    }
}

#[test]
fn nobody_has_to_give_pronouns() {
    assert_eq!(Pronouns::parse("  "), Ok(Pronouns::default()));
    assert_eq!(Pronouns::parse(" they/them ").map(|it| it.as_str().to_owned()), Ok("they/them".into()));
}

#[test]
fn pronouns_are_one_short_line() {
    assert_eq!(Pronouns::parse(&"x".repeat(31)), Err(LineRefused::TooLong { longest: 30 }));
    assert_eq!(Pronouns::parse("she\nher"), Err(LineRefused::Hidden));
}

#[test]
fn no_name_gets_into_a_log() {
    let (name, pronouns) = (KnownAs::parse("Jo").unwrap(), Pronouns::parse("she/her").unwrap());
    assert_eq!(format!("{name:?} {pronouns:?}"), "KnownAs(…) Pronouns(…)");
}

#[test]
fn every_refusal_says_how_to_put_it_right() {
    assert_eq!(LineRefused::TooLong { longest: 60 }.to_string(), "Make this shorter: at most 60 characters.");
    assert_eq!(LineRefused::Missing.to_string(), "Write what you would like to be called.");
}
