use super::*;

#[test]
fn words_joined_by_hyphens_are_a_slug() {
    assert_eq!(Slug::parse("how-this-place-works").map(String::from), Ok("how-this-place-works".into()));
}

#[test]
fn anything_else_is_no_slug() {
    for text in ["", "-", "a--b", "-a", "a-", "Upper", "two words", "ü", "a/b", "..", "a\0", &"a".repeat(81)]
    {
        assert_eq!(Slug::parse(text), Err(NotASlug), "{text:?}");
    }
}

fn outline() -> Outline {
    Outline {
        title: "Introduction to Recovery".into(),
        discreet_title: "An introduction".into(),
        summary: "What it means when it is yours.".into(),
        category: "Getting started".into(),
        about: "For anyone.".into(),
        expect: vec!["Six short lessons.".into()],
        written_by: "The team".into(),
        content_notes: vec![],
        recommended_before: vec![],
        reviewed: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
        withdrawn: false,
    }
}

/// The keys at fault after `change` has been made to a good outline.
fn faults_after(change: impl FnOnce(&mut Outline)) -> Vec<&'static str> {
    let mut outline = outline();
    change(&mut outline);
    outline.faults().into_iter().map(|it| it.key).collect()
}

#[test]
fn a_good_outline_has_no_fault() {
    assert_eq!(faults_after(|_| ()), [""; 0]);
}

#[test]
fn a_discreet_title_says_nothing_about_health() {
    assert_eq!(faults_after(|it| it.discreet_title = "Your Mental Health".into()), ["discreet_title"]);
}

#[test]
fn a_summary_fits_a_card() {
    assert_eq!(faults_after(|it| it.summary = "a".repeat(201)), ["summary"]);
    assert_eq!(faults_after(|it| it.summary = "é".repeat(200)), [""; 0]);
}

#[test]
fn all_faults_are_named_at_once() {
    let faults = faults_after(|it| {
        it.title = String::new();
        it.category = " ".into();
        it.expect.clear();
    });
    assert_eq!(faults, ["title", "category", "expect"]);
}

#[test]
fn few_courses_are_recommended_before_one() {
    let many = |count| vec![Slug::parse("another").unwrap(); count];
    assert_eq!(faults_after(|it| it.recommended_before = many(4)), ["recommended_before"]);
    assert_eq!(faults_after(|it| it.recommended_before = many(3)), [""; 0]);
}
