use super::*;

fn at(revision: i64, text: &str) -> Reflection {
    Reflection { text: text.into(), revision }
}

#[test]
fn what_is_typed_is_kept_and_counted() {
    let kept = keep(None, " first\r\nthoughts ", 0).unwrap();
    assert_eq!((kept.text(), kept.revision()), ("first\nthoughts", 1));
    assert_eq!(keep(Some(&at(1, "first")), "second", 1).unwrap().revision(), 2);
    assert_eq!(keep(Some(&at(1, "first")), "", 1).unwrap().text(), "", "taken back");
}

#[test]
fn what_is_newer_is_not_overwritten_unseen() {
    assert_eq!(keep(Some(&at(2, "newer")), "mine", 1), Err(NotKept::Newer));
    assert_eq!(keep(Some(&at(1, "newer")), "mine", 0), Err(NotKept::Newer));
    assert_eq!(keep(None, "mine", 3), Err(NotKept::Newer), "it was taken back elsewhere");
    assert!(keep(Some(&at(2, "same")), "same", 1).is_ok(), "a second tap");
}

#[test]
fn too_much_and_hidden_characters_are_refused() {
    let long = "ü".repeat(LONGEST + 1);
    assert_eq!(keep(None, &long, 0), Err(NotKept::TooLong { length: LONGEST + 1, longest: LONGEST }));
    assert!(keep(None, &"ü".repeat(LONGEST), 0).is_ok());
    for odd in ["a\0", "\u{1b}[0m", "\u{7f}"] {
        assert_eq!(keep(None, odd, 0), Err(NotKept::Hidden), "{odd:?}");
    }
}

#[test]
fn nothing_of_it_gets_into_a_log() {
    assert!(!format!("{:?} {:?}", at(1, "secret"), keep(None, "secret", 0)).contains("secret"));
}
