use std::fs;
use std::path::Path;

use domain::course::Slug;
use tempfile::TempDir;

use super::*;

mod bombs;
mod frameworks;
mod recommending;

const OUTLINE: &str = r#"title = "A good course"
discreet_title = "A good course"
summary = "What it is about."
category = "Getting started"
about = "For anyone."
expect = ["Two short lessons."]
written_by = "The team"
reviewed = 2026-11-21
"#;

/// A good lesson with `reading` somewhere in it.
fn lesson(reading: &str) -> String {
    let filler = "One word here. ".repeat(200);
    format!(
        r#"+++
title = "A good lesson"
minutes = 15
after_this = ["say one thing", "say another"]
reviewed = 2026-11-21
+++

{reading}

{filler}

## Voice: At the gate
She asked about leeks.

## Try: Draw your circle
Put yourself in the middle.

## Reflect: Where is a little of this already?
Only for you.

## Check

### Which one?
- ( ) Not this
  It was the other.
- (x) This
  Yes, *this*.

### In which order?
1. First
2. Second

Because one comes before the other.

### What belongs together?
- left => right
- up => down

They are opposites.

## Sources
- [Somewhere](https://example.org), seen 2026.
"#
    )
}

fn course(lesson: String) -> CourseSource {
    let slug = |it| Slug::parse(it).unwrap();
    CourseSource {
        slug: slug("good"),
        outline: OUTLINE.into(),
        lessons: vec![LessonSource { slug: slug("first"), text: lesson }],
    }
}

/// The faults of a good lesson after `from` has become `to`.
fn faults_after(from: &str, to: &str) -> Vec<String> {
    let text = lesson("Some reading.");
    assert!(text.contains(from), "{from} is not in the lesson");
    let faults = read_course(&course(text.replacen(from, to, 1))).err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

/// That a lesson changed so has one fault, on that line, which says something about it.
#[track_caller]
fn one_fault(from: &str, to: &str, line: usize, says: &str) {
    let faults = faults_after(from, to);
    let place = format!("content/courses/good/01-first.md:{line}: ");
    assert!(faults.len() == 1 && faults[0].starts_with(&place) && faults[0].contains(says), "{faults:#?}");
}

#[test]
fn a_good_course_is_read_whole() {
    let course = read_course(&course(lesson("Some **reading**."))).unwrap();
    let parts = &course.lessons[0].parts;
    assert_eq!(parts.len(), 6);
    assert!(matches!(&parts[0], Part::Reading(html) if html.as_str().contains("<strong>reading</strong>")));
    let Part::Check(questions) = &parts[4] else { panic!("{parts:#?}") };
    let Asks::One(answers) = &questions[0].asks else { panic!("{questions:#?}") };
    assert_eq!(answers.iter().map(|it| it.right).collect::<Vec<_>>(), [false, true]);
    assert_eq!(answers[1].because.as_str().trim(), "<p>Yes, <em>this</em>.</p>");
    assert!(matches!(&questions[1].asks, Asks::Order { items, .. } if items.len() == 2));
    assert!(matches!(&questions[2].asks, Asks::Pairs { pairs, .. } if pairs[0].0.as_str() == "left"));
}

#[test]
fn raw_html_is_refused() {
    one_fault("Some reading.", "Some <b onclick=x>reading</b>.", 8, "HTML is not shown");
}

#[test]
fn a_script_is_refused() {
    one_fault("Some reading.", "<script>alert(1)</script>", 8, "HTML is not shown");
}

#[test]
fn a_link_that_runs_something_is_refused() {
    for link in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//elsewhere.example",
        "/\\\\elsewhere",
        "http://plain.example",
    ] {
        one_fault("Some reading.", &format!("[here]({link})"), 8, "https://");
    }
}

#[test]
fn a_picture_is_refused() {
    one_fault("Some reading.", "![a tree](/tree.png)", 8, "describe the picture");
}

#[test]
fn a_first_level_heading_is_refused() {
    one_fault("Some reading.", "# Big", 8, "##");
}

#[test]
fn what_looks_like_markup_in_text_stays_text() {
    let course = read_course(&course(lesson("`<script>` & \"quotes\" 1 < 2"))).unwrap();
    let Part::Reading(html) = &course.lessons[0].parts[0] else { panic!("no reading") };
    assert!(html.as_str().contains("<code>&lt;script&gt;</code> &amp; "), "{}", html.as_str());
}

#[test]
fn a_missing_part_is_named() {
    one_fault("## Try: Draw your circle", "## Draw your circle", 7, "`## Try: …`");
}

#[test]
fn a_second_voice_is_too_many() {
    one_fault(
        "## Try: Draw",
        "## Voice: Another\nMe too.\n\n## Try: Draw",
        7,
        "exactly one section `## Voice: …`",
    );
}

#[test]
fn a_lesson_that_is_too_short_says_how_many_words_it_has() {
    one_fault(&"One word here. ".repeat(190), "", 7, "this one has");
}

#[test]
fn one_right_answer_is_asked_for() {
    one_fault("- (x) This", "- ( ) This", 23, "exactly one answer");
}

#[test]
fn every_answer_explains_itself() {
    one_fault("  It was the other.\n", "", 24, "explain this answer");
}

#[test]
fn a_wrong_date_is_told_at_its_line() {
    one_fault("reviewed = 2026-11-21", "reviewed = \"yesterday\"", 5, "2026-11-21");
}

#[test]
fn an_unknown_key_is_told_at_its_line() {
    one_fault("minutes = 15", "minutes = 15\ncolour = 1", 4, "colour");
}

#[test]
fn a_file_without_its_first_lines_is_told_how_to_begin() {
    let faults = read_course(&course("Just text.".into())).unwrap_err();
    assert!(faults[0].to_string().contains("+++"), "{faults:#?}");
}

#[test]
fn all_faults_of_a_folder_are_named_at_once() {
    let content = TempDir::new().unwrap();
    let folder = content.path().join("courses/good");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("course.toml"), OUTLINE.replace("For anyone.", "<b>bold</b>")).unwrap();
    fs::write(folder.join("01-first.md"), lesson("![x](/x.png)")).unwrap();
    fs::write(folder.join("02-second.md"), lesson("# Big")).unwrap();
    let faults = read_courses(content.path()).unwrap_err();
    let files: Vec<_> = faults.iter().map(|it| it.file.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(files, ["course.toml", "01-first.md", "02-second.md"]);
}

#[test]
fn lessons_are_numbered_without_a_gap() {
    let content = TempDir::new().unwrap();
    let folder = content.path().join("courses/good");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("course.toml"), OUTLINE).unwrap();
    fs::write(folder.join("01-first.md"), lesson("")).unwrap();
    fs::write(folder.join("03-third.md"), lesson("")).unwrap();
    let faults = read_courses(content.path()).unwrap_err();
    assert!(faults[0].remedy.contains("without a gap"), "{faults:#?}");
}

#[test]
fn what_comes_with_the_program_has_no_fault() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    assert_eq!(read_courses(&content).map(|it| it.is_empty()), Ok(false));
    assert_eq!(read_pages(&content).map(|it| it.len()), Ok(3));
    let courses = read_courses(&content).unwrap();
    assert_eq!(read_pathways(&content, &courses).map(|it| it.len()), Ok(1));
    assert_eq!(read_frameworks(&content, &courses).map(|it| it.len()), Ok(3));
}

#[test]
fn a_changed_word_changes_the_digest() {
    let (one, other) = (course(lesson("Some reading.")), course(lesson("Some readinG.")));
    assert_ne!(one.hash(), other.hash());
    assert_eq!(one.hash(), course(lesson("Some reading.")).hash());
}

#[test]
fn a_lesson_that_is_hard_to_read_is_refused() {
    let hard = "Organisational accountability necessitates comprehensive interdisciplinary communication. ";
    one_fault("Some reading.", &hard.repeat(60), 7, "reads at grade");
}

#[test]
fn a_question_is_known_by_what_it_asks() {
    let id = |from: &str, to: &str| {
        let text = lesson("Some reading.");
        assert!(text.contains(from), "{from}");
        let course = read_course(&course(text.replacen(from, to, 1))).unwrap();
        course.lessons[0].questions().map(|it| it.id.clone()).collect::<Vec<_>>()
    };
    let [one, order, pairs] = &id("", "")[..] else { panic!("three questions") };
    assert_eq!(
        id("It was the other.", "It was not this one.")[0],
        *one,
        "what an answer says for itself is no part of it"
    );
    assert_ne!(id("Not this", "Not that")[0], *one);
    assert_ne!(id("### Which one?", "### Which?")[0], *one);
    assert_ne!(id("1. First", "1. Foremost")[1], *order);
    assert_ne!(id("up => down", "up => under")[2], *pairs);
}

#[test]
fn a_question_is_asked_only_once() {
    let again =
        "### Which one?\n- ( ) Not this\n  It was the other.\n- (x) This\n  Yes.\n\n### In which order?";
    let faults = faults_after("### In which order?", again);
    assert!(faults.len() == 1 && faults[0].contains("only once"), "{faults:#?}");
}

#[test]
fn a_section_says_first_what_not_everybody_wants_to_read() {
    let noted = "Some reading.\n\n## When things are bad\n\nBefore you read: this is about crises,\nand you can skip it.\n\nWords.\n\n## After\n";
    let course = read_course(&course(lesson(noted))).unwrap();
    let Part::Noted { title, note, html } = &course.lessons[0].parts[1] else { panic!("{course:#?}") };
    assert_eq!(
        (title.as_str(), note.as_str()),
        ("When things are bad", "this is about crises, and you can skip it.")
    );
    assert_eq!(html.as_str().trim(), "<p>Words.</p>");
    assert!(course.lessons[0].is_noted() && course.is_noted());
}

#[test]
fn a_fault_below_a_note_names_its_own_line() {
    let noted = "## Bad\n\nBefore you read: it is.\n\nWords.\n\n<b>raw</b>\n";
    one_fault("Some reading.", noted, 14, "HTML is not shown");
}

#[test]
fn a_lesson_that_has_the_address_of_the_certificate_is_refused() {
    let mut course = course(lesson("Some reading."));
    course.lessons[0].slug = Slug::parse("certificate").unwrap();
    let faults = read_course(&course).unwrap_err();
    assert!(faults[0].to_string().contains("name this lesson differently"), "{faults:?}");
}

#[test]
fn a_lesson_says_what_it_touches() {
    one_fault("Some reading.", "About suicide.", 8, "`touches = [\"suicide\"]`");
    let touching = lesson("About suicide and Self-Harm.");
    let said = touching.replace("reviewed = ", "touches = [\"suicide\", \"self-harm\"]\nreviewed = ");
    let read = read_course(&course(said)).unwrap();
    assert_eq!(read.lessons[0].touches.len(), 2);
    assert!(check(&course(lesson("Some reading."))).faults().next().is_none());
}

#[test]
fn a_file_cannot_say_that_it_was_adopted() {
    let mut source = course(lesson("Some reading."));
    source.outline.push_str("co_production = \"adopted\"\n");
    let faults = read_course(&source).unwrap_err();
    assert!(faults.len() == 1 && faults[0].remedy.contains("two people who sign it"), "{faults:#?}");
}
