use super::*;

fn kept(value: &str, revision: i64) -> Revised<String> {
    Revised { value: value.into(), revision }
}

#[test]
fn words_over_several_lines_are_taken_as_they_were_typed() {
    assert_eq!(own_words(" first\r\nsecond\t🦋 ", 20), Ok("first\nsecond\t🦋".into()));
    assert_eq!(own_words(" \r\n ", 0), Ok(String::new()));
}

#[test]
fn hidden_characters_and_too_much_are_refused() {
    assert_eq!(own_words("üüü", 2), Err(NotKept::TooLong { length: 3, longest: 2 }));
    for odd in ["a\0", "\u{1b}[0m", "\u{7f}"] {
        assert_eq!(own_words(odd, 20), Err(NotKept::Hidden), "{odd:?}");
    }
}

#[test]
fn what_is_newer_is_not_replaced_unseen_and_a_second_tap_is_no_harm() {
    let next = |current: Option<&Revised<String>>, seen| {
        revise(current, "mine".to_owned(), seen).map(|it| it.revision())
    };
    assert_eq!(next(None, 0), Ok(1));
    assert_eq!(next(Some(&kept("old", 1)), 1), Ok(2));
    assert_eq!(next(Some(&kept("mine", 2)), 1), Ok(3));
    for (current, seen) in [(Some(&kept("newer", 2)), 1), (Some(&kept("newer", 1)), 0), (None, 3)] {
        assert_eq!(next(current, seen), Err(NotKept::Newer));
    }
    assert_eq!(next_revision(i64::MAX, i64::MAX, false), Ok(i64::MAX), "and nothing falls over");
}

#[test]
fn nothing_of_it_gets_into_a_log() {
    let next = revise(None, "secret".to_owned(), 0);
    assert!(!format!("{:?} {next:?}", kept("secret", 1)).contains("secret"));
}
