//! Texts that are made to take long or to take much: each is answered soon, with a fault.

use std::time::{Duration, Instant};

use super::*;

/// Far more than any takes here, in a development build on a machine that has other things to do.
const SOON: Duration = Duration::from_secs(5);

/// That a lesson with this in it is refused soon, in few words, one of which is this.
#[track_caller]
fn refused_soon(what: &str, reading: &str, says: &str) {
    let source = course(lesson(reading));
    let began = Instant::now();
    let faults = read_course(&source).expect_err(what);
    assert!(began.elapsed() < SOON, "{what}: {:?}", began.elapsed());
    assert!(faults.len() <= 250, "{what}: {} faults", faults.len());
    assert!(
        faults.iter().any(|it| it.remedy.contains(says)),
        "{what}: {:#?}",
        &faults[..faults.len().min(3)]
    );
}

#[test]
fn what_is_nested_without_end_is_refused_soon() {
    for (what, piece) in [
        ("quotes", ">"),
        ("lists", "- "),
        ("brackets", "["),
        ("stars", "*a "),
        ("links", "[a]("),
        ("ticks", "`a``"),
        ("tables", "|a|\n|-|\n"),
    ] {
        refused_soon(what, &piece.repeat(100_000), "make this file shorter");
    }
}

#[test]
fn what_is_nested_as_deep_as_fits_is_refused_soon() {
    let deep = |piece: &str| piece.repeat(30_000 / piece.len());
    refused_soon("quotes", &deep(">"), "more than 12 deep");
    refused_soon("lists", &format!("{}x", deep("- ")), "more than 12 deep");
    refused_soon("quotes of lists", &deep("> - "), "more than 12 deep");
    refused_soon(
        "ever deeper lines",
        &(0..200).map(|it| format!("{}x\n", ">".repeat(it))).collect::<String>(),
        "more than 12 deep",
    );
    // These are only words in the end, and far too many.
    for piece in [
        "[",
        "*a **b ",
        "[a](",
        "`a``",
        "![",
        "_a ",
        "<a ",
        "&amp",
        "\\",
        "~~a ",
        "[a]: b\n",
        "|a|\n|-|\n",
        "a\n===\n",
    ] {
        let source = course(lesson(&deep(piece)));
        let began = Instant::now();
        let _ = read_course(&source);
        assert!(began.elapsed() < SOON, "{piece:?}: {:?}", began.elapsed());
    }
}

#[test]
fn ten_megabytes_are_not_read() {
    refused_soon("ten megabytes", &"Words of a lesson. ".repeat(550_000), "make this file shorter");
    let mut long = course(lesson("Some reading."));
    long.outline = format!("{OUTLINE}\nx = {}1{}\n", "[".repeat(5_000_000), "]".repeat(5_000_000));
    assert!(read_course(&long).unwrap_err()[0].remedy.contains("make this file shorter"));
    long.outline = format!("{OUTLINE}x = {}1{}\n", "[".repeat(15_000), "]".repeat(15_000));
    assert!(read_course(&long).is_err());
}

#[test]
fn ten_thousand_questions_are_not_asked() {
    let questions: String =
        (0..10_000).map(|it| format!("### Q{it}?\n- ( ) a\n  b\n- (x) c\n  d\n\n")).collect();
    let text = lesson("Some reading.").replace("## Check\n", &format!("## Check\n\n{questions}"));
    let began = Instant::now();
    let faults = read_course(&course(text)).unwrap_err();
    assert!(began.elapsed() < SOON && faults.len() == 1, "{:?} {faults:#?}", began.elapsed());
    let questions: String =
        (0..500).map(|it| format!("### Q{it}?\n- ( ) a\n  b\n- (x) c\n  d\n\n")).collect();
    let text = lesson("Some reading.").replace("## Check\n", &format!("## Check\n\n{questions}"));
    let faults = read_course(&course(text)).unwrap_err();
    assert!(faults.len() == 1 && faults[0].remedy.contains("at most 12"), "{faults:#?}");
}

#[test]
fn a_file_that_is_nothing_but_faults_names_so_many_and_says_that_there_are_more() {
    let faults = read_course(&course(lesson(&"<b>\n\n".repeat(3_000)))).unwrap_err();
    assert!((100..=250).contains(&faults.len()), "{}", faults.len());
    assert!(faults.iter().any(|it| it.remedy.contains("there is more further down")));
}

#[test]
fn ten_thousand_lessons_are_not_read() {
    let mut many = course(lesson("Some reading."));
    let first = many.lessons[0].clone();
    many.lessons = (0..10_000)
        .map(|it| LessonSource {
            slug: Slug::parse(&format!("lesson-{it}")).unwrap(),
            text: first.text.clone(),
        })
        .collect();
    let began = Instant::now();
    let faults = read_course(&many).unwrap_err();
    assert!(
        began.elapsed() < SOON && faults.len() == 1 && faults[0].remedy.contains("at most 60"),
        "{faults:#?}"
    );
}

#[test]
fn lessons_of_one_name_are_refused() {
    let mut two = course(lesson("Some reading."));
    two.lessons.push(two.lessons[0].clone());
    let faults = read_course(&two).unwrap_err();
    assert!(faults.len() == 1 && faults[0].remedy.contains("two called `first`"), "{faults:#?}");
}
