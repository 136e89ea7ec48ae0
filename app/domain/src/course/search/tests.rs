use super::*;

fn index() -> Index {
    let mut index = Index::default();
    let courses = [
        ("How this place works", "privacy, people and reflections; a word about sleep"),
        ("Sleeping better", "night, rest, worry"),
        (
            "Understanding mental health",
            "worry and sleep and sleep and sleep and sleep and sleep and sleep and sleep",
        ),
        ("Café society", "Meeting people"),
    ];
    for (place, (title, text)) in courses.iter().enumerate() {
        let texts =
            [Text { words: title, weight: Weight::Naming }, Text { words: text, weight: Weight::Passing }];
        index.add(place, &texts);
    }
    index
}

fn found(asked: &str) -> Vec<usize> {
    index().find(asked).courses
}

#[test]
fn a_title_comes_before_a_mention() {
    assert_eq!(found("sleep"), [1, 2, 0]);
    assert_eq!(found("Sleeping"), [1]);
}

#[test]
fn a_slip_of_one_letter_still_finds() {
    for slip in ["understading", "undrestanding", "understtanding", "undorstanding", "nderstanding"] {
        let found = index().find(slip);
        assert_eq!(found.courses, [2], "{slip}");
        assert_eq!(found.corrected, [(slip.to_owned(), "understanding".to_owned())]);
    }
    assert_eq!(index().find("understanding").corrected, []);
    assert_eq!(found("undrstndng"), [0usize; 0]);
}

#[test]
fn all_words_come_before_some() {
    assert_eq!(found("worry health"), [2]);
    assert_eq!(found("people night"), [0, 1, 3], "none has both");
}

#[test]
fn accents_and_case_do_not_matter() {
    assert_eq!(found("CAFE"), [3]);
    assert_eq!(found("café"), [3]);
}

#[test]
fn odd_words_find_nothing_and_break_nothing() {
    for odd in ["", " ", "🦋", "%00", "' OR 1=1 --", "a", &"x".repeat(5000), &"word ".repeat(5000), "محمد"]
    {
        assert!(found(odd).len() <= 4, "{odd:.20}");
    }
    assert_eq!(found("zzz"), [0usize; 0]);
    assert_eq!(Index::default().find("sleep"), Found::default());
}

#[test]
fn a_slip_is_one_step() {
    assert!(is_a_slip("worry", "wory") && is_a_slip("wory", "worry") && is_a_slip("wrory", "worry"));
    assert!(is_a_slip("worri", "worry") && !is_a_slip("worry", "worry") && !is_a_slip("wry", "worry"));
    assert!(!is_a_slip("ab", "ba ") && is_a_slip("ab", "ba"));
}
