use super::*;

fn written() -> Written {
    Written { text: "As it was.\n".into(), revision: 3 }
}

#[test]
fn what_is_typed_is_kept_as_files_hold_it() {
    let kept = keep(&written(), "\u{feff}One\r\ntwo\r\n\r\n", 3).unwrap().into_written();
    assert_eq!(kept, Written { text: "One\ntwo\n".into(), revision: 4 });
    assert_eq!(as_filed(&kept.text), kept.text, "it goes in as it came out");
}

#[test]
fn what_somebody_else_changed_is_never_overwritten_unseen() {
    for seen in [-1, 0, 2, 4] {
        assert_eq!(keep(&written(), "Mine.", seen), Err(NotKept::Newer), "{seen}");
    }
    assert_eq!(keep(&written(), "As it was.", 2).unwrap().into_written(), written(), "nothing is lost by it");
}

#[test]
fn what_is_too_long_is_not_kept() {
    let long = "ü".repeat(LONGEST);
    assert_eq!(keep(&written(), &long, 3), Err(NotKept::TooLong { length: LONGEST + 1 }));
    assert!(keep(&written(), &long[2..], 3).is_ok());
}

#[test]
fn a_lesson_goes_up_down_and_out_and_no_further() {
    let after = |at, to| {
        let mut lessons = vec!['a', 'b', 'c'];
        rearrange(&mut lessons, at, to);
        lessons.into_iter().collect::<String>()
    };
    assert_eq!([after(1, Move::Up), after(1, Move::Down), after(1, Move::Out)], ["bac", "acb", "ac"]);
    assert_eq!([after(0, Move::Up), after(2, Move::Down), after(3, Move::Out)], ["abc", "abc", "abc"]);
}

#[test]
fn a_new_lesson_has_a_name_of_its_own() {
    let there = [Slug::parse("first").unwrap()];
    assert_eq!(name_lesson(" second ", &there).map(String::from), Ok("second".into()));
    assert_eq!(name_lesson("first", &there), Err(NotAName::Taken));
    assert_eq!(name_lesson("Two words", &there), Err(NotAName::Spelled));
    assert_eq!(name_lesson("second", &vec![there[0].clone(); MOST_LESSONS]), Err(NotAName::Full));
}
