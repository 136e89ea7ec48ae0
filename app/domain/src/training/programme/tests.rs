use super::*;

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn good() -> ProgrammeOutline {
    let assignment = |name: &str| Assignment {
        slug: slug(name),
        title: "A map".into(),
        what: "Make a map.".into(),
        after: slug("first"),
    };
    ProgrammeOutline {
        title: "Peer support, together".into(),
        discreet_title: "Working together".into(),
        summary: "Two sessions.".into(),
        about: "For anybody.".into(),
        expect: vec!["Talk.".into()],
        written_by: "Us".into(),
        reviewed: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        least_attendance_percent: 80,
        placement_minutes: 0,
        supervision_every_weeks: 1,
        recommended_before: vec![slug("a"), slug("b")],
        courses: vec![slug("a")],
        framework: None,
        content_notes: Vec::new(),
        assignments: vec![assignment("map"), assignment("story")],
        sources: vec![Source {
            title: "A page".into(),
            by: "Them".into(),
            year: None,
            address: "https://x.example".into(),
        }],
    }
}

fn keys(change: impl FnOnce(&mut ProgrammeOutline)) -> Vec<&'static str> {
    let mut outline = good();
    change(&mut outline);
    outline.faults(&[slug("first"), slug("second")]).into_iter().map(|it| it.key).collect()
}

#[test]
fn a_good_programme_has_nothing_to_put_right() {
    assert!(keys(|_| {}).is_empty());
}

#[test]
fn everything_that_is_wrong_with_a_programme_is_said_at_its_key() {
    assert_eq!(keys(|it| it.title = " ".into()), ["title"]);
    assert_eq!(keys(|it| it.summary = "a".repeat(201)), ["summary"]);
    assert_eq!(keys(|it| it.discreet_title = "Mental things".into()), ["discreet_title"]);
    for percent in [0, 101] {
        assert_eq!(keys(|it| it.least_attendance_percent = percent), ["least_attendance_percent"]);
    }
    assert_eq!(keys(|it| it.placement_minutes = u32::MAX), ["placement_minutes"]);
    assert_eq!(keys(|it| it.courses = vec![slug("a"), slug("a")]), ["courses"]);
    assert_eq!(keys(|it| it.expect.clear()), ["expect"]);
    assert_eq!(keys(|it| it.sources[0].address = "javascript:x".into()), ["sources"]);
}

#[test]
fn an_assignment_comes_after_a_session_that_there_is_and_has_a_name_of_its_own() {
    assert_eq!(keys(|it| it.assignments[1].after = slug("third")), ["after"]);
    assert_eq!(keys(|it| it.assignments[1].slug = slug("map")), ["slug"]);
    assert_eq!(keys(|it| it.assignments[0].what = "\n".into()), ["slug"]);
}

#[test]
fn a_competence_goes_by_figures_with_dots() {
    for good in ["6", "1.1", "2.10", "1.2.3.4"] {
        assert_eq!(CompetenceNumber::parse(good).map(|it| it.as_str().to_owned()), Some(good.to_owned()));
    }
    for odd in ["", ".", "1.", ".1", "1..2", "01", "100", "1.2.3.4.5", "a", "1,1", "+1", "١"] {
        assert_eq!(CompetenceNumber::parse(odd), None, "{odd}");
    }
}
