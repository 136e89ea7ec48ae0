use super::*;

#[test]
fn accents_case_and_marks_do_not_matter() {
    assert_eq!(filed("  Zoë "), "zoe");
    assert_eq!(filed("Łukasz Ørsted"), "lukasz orsted");
    assert_eq!(filed("O’Brien"), filed("obrien"));
    assert_eq!(filed("Anne-Marie  (Annie)"), "anne marie annie");
}

#[test]
fn a_name_in_any_script_is_filed_and_found() {
    for name in ["محمد", "Мария", "小明", "ਗੁਰਪ੍ਰੀਤ", "🦋"] {
        assert!(!filed(name).is_empty(), "{name}");
        assert!(filed_under(name)[0].starts_with(&filed(name)), "{name}");
    }
}

#[test]
fn somebody_is_filed_under_each_of_their_names() {
    assert_eq!(filed_under("Sam van Green"), ["sam van green", "van green", "green"]);
    assert_eq!(filed_under("Sam"), ["sam"]);
}

#[test]
fn what_cannot_be_looked_up_is_empty() {
    for nothing in ["", " ", "—", "...", "\u{0}", "'"] {
        assert_eq!(filed(nothing), "", "{nothing:?}");
        assert_eq!(filed_under(nothing), [""], "{nothing:?}");
    }
}

#[test]
fn a_key_has_its_bounds() {
    let long = "🦋 ".repeat(60);
    let keys = filed_under(&long);
    assert!(keys.len() <= 8 && keys.iter().all(|it| it.len() <= LONGEST_KEY && it.trim() == it), "{keys:?}");
    let mut apart = keys.clone();
    apart.dedup();
    assert_eq!(apart, keys);
}
