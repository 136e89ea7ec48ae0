use std::fs;
use std::path::Path;

use domain::course::Slug;
use tempfile::TempDir;

use super::*;
use crate::content::{ShippedFramework, read_courses, read_frameworks};

const OUTLINE: &str = r#"title = "Together"
discreet_title = "Together"
summary = "Two mornings."
about = "For anyone."
expect = ["Talk."]
written_by = "Us"
reviewed = 2026-11-22
least_attendance_percent = 80
courses = []

[[assignments]]
slug = "map"
title = "A map"
what = "Make one."
after = "first"
"#;

const SESSION: &str = r#"+++
title = "A first morning"
minutes = 60
aims = ["say hello", "go home"]
competences = ["1.1", "6"]
reviewed = 2026-11-22
+++

## In short

We meet.

## Plan

| Minutes | What |
| --- | --- |
| 25 | Hello |
| 35 | Tea |

## For the two tutors

Bring *tea*.

## Activities

### Hello (25 minutes)

Say hello.

## To take away

- A page
"#;

const HANDOUT: &str = r#"+++
title = "A page"
session = "first"
reviewed = 2026-11-22
+++

For you.

## Page two: notes for tutors

For *us*.
"#;

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn good() -> ProgrammeSource {
    let page = |name: &str, text: &str| LessonSource { slug: slug(name), text: text.into() };
    ProgrammeSource {
        slug: slug("good"),
        outline: OUTLINE.into(),
        sessions: vec![page("first", SESSION)],
        handouts: vec![page("page", HANDOUT)],
    }
}

fn faults(source: &ProgrammeSource) -> Vec<String> {
    read_programme(source).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

/// The one fault of the session once `from` has become `to`.
fn of_session(from: &str, to: &str) -> String {
    let mut source = good();
    assert!(SESSION.contains(from), "{from}");
    source.sessions[0].text = SESSION.replacen(from, to, 1);
    let faults = faults(&source);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let (place, remedy) = faults[0].split_once(": ").unwrap();
    let line = place.rsplit_once("sessions/01-first.md").unwrap().1;
    format!("{}: {remedy}", line.trim_start_matches(':'))
}

#[test]
fn what_everybody_reads_is_apart_from_what_tutors_read() {
    let programme = read_programme(&good()).unwrap();
    let session = &programme.sessions[0];
    assert_eq!(programme.minutes(), 60);
    assert!(
        session.in_short.as_str().contains("We meet.") && session.to_take_away.as_str().contains("A page")
    );
    for private in ["Hello</td>", "Bring", "Say hello."] {
        assert!(session.notes.as_str().contains(private), "{private}");
        assert!(
            !session.in_short.as_str().contains(private) && !session.to_take_away.as_str().contains(private)
        );
    }
    let handout = &programme.handouts[0];
    assert!(handout.html.as_str().contains("For you.") && !handout.html.as_str().contains("us"));
    assert!(handout.notes.as_ref().is_some_and(|it| it.as_str().contains("<em>us</em>")));
    assert_eq!(programme.handouts_of(&slug("first")).count(), 1);
}

#[test]
fn every_fault_of_a_session_is_named_at_its_line() {
    assert_eq!(
        of_session("minutes = 60", "minutes = 61"),
        "13: let the plan come to 61 minutes, as it says at the top: it has 60"
    );
    assert!(of_session("minutes = 60", "minutes = \"long\"").starts_with("3: "));
    assert!(of_session("title = \"A first morning\"", "title = \"\"").starts_with("2: write a title"));
    assert!(of_session("\"say hello\", ", "").starts_with("4: name 2 to 6 things"));
    assert_eq!(of_session("\"6\"", "\"six\""), "5: write “six” as the framework numbers it, such as \"2.4\"");
    assert_eq!(of_session("\"6\"", "\"1.1\""), "5: name the competence 1.1 once");
    assert!(
        of_session("## Plan", "## Plans").starts_with("8: give the session these sections, in this order")
    );
    assert!(of_session("We meet.\n", "").starts_with("9: write something"));
    assert!(of_session("Say hello.", "<b>Say</b> hello.").starts_with("28: write it in Markdown"));
    assert!(of_session("Bring *tea*.", "Organisational accountability necessitates comprehensive interdisciplinary communication strategies.").contains("reads at grade"));
    assert!(of_session("reviewed = 2026-11-22", "reviewed = 2026-02-30").starts_with("6: "));
}

#[test]
fn a_handout_belongs_to_a_session_that_there_is() {
    let mut source = good();
    source.handouts[0].text = HANDOUT.replace("\"first\"", "\"third\"").replace("For *us*.", "<i>us</i>");
    let [place, html] = &faults(&source)[..] else { panic!("{:?}", faults(&source)) };
    assert!(
        place.ends_with("handouts/page.md:3: there is no session `third`: spell it as its file is spelled"),
        "{place}"
    );
    assert!(html.contains("page.md:11: write it in Markdown"), "{html}");
}

#[test]
fn every_fault_of_a_programme_is_named_at_its_line() {
    let of = |from: &str, to: &str| {
        let mut source = good();
        source.outline = OUTLINE.replacen(from, to, 1);
        faults(&source).join("\n")
    };
    assert!(
        of("after = \"first\"", "after = \"last\"").contains("programme.toml:15: there is no session `last`")
    );
    assert!(of("= 80", "= 101").contains("programme.toml:8: write a whole number from 1 to 100"));
    assert!(of("= 80", "= 300").contains("programme.toml:8: "));
    assert!(
        of("\"Together\"\nsummary", "\"Mental health\"\nsummary")
            .contains("programme.toml:2: leave out “mental”")
    );
    assert!(of("title", "colour = 1\ntitle").contains("programme.toml:1: "));
    let mut source = good();
    source.sessions.push(source.sessions[0].clone());
    assert!(faults(&source).join("\n").contains("there are two called `first`"));
    source.sessions.clear();
    assert!(faults(&source).join("\n").contains("write 1 to 52 sessions"));
}

#[test]
fn two_programmes_have_one_hash_only_if_nothing_is_different() {
    let mut moved = good();
    let page = moved.handouts.remove(0);
    moved.sessions.push(page);
    assert_ne!(moved.hash(), good().hash());
    assert_eq!(good().hash(), good().hash());
}

#[test]
fn files_that_do_not_belong_are_named() {
    let folder = TempDir::new().unwrap();
    let good = folder.path().join("programmes/good");
    fs::create_dir_all(good.join("sessions")).unwrap();
    fs::write(good.join("programme.toml"), OUTLINE.replace("courses = []", "courses = [\"gone\"]")).unwrap();
    fs::write(
        good.join("sessions/01-first.md"),
        SESSION.replace("minutes = 60", "minutes = 60\nlesson = \"gone\""),
    )
    .unwrap();
    let told = |folder: &TempDir| {
        let faults = read_programmes(folder.path(), &[], &[]).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let faults = told(&folder);
    assert!(faults.contains("programme.toml:9: there is no course `gone`"), "{faults}");
    assert!(
        faults.contains("sessions/01-first.md:4: no course of this programme has a lesson `gone`"),
        "{faults}"
    );
    fs::write(good.join("sessions/03-last.md"), SESSION).unwrap();
    fs::write(good.join("sessions/First.md"), SESSION).unwrap();
    fs::write(good.join("notes.md"), SESSION).unwrap();
    fs::write(good.join("sessions/04-odd.md"), b"\xff").unwrap();
    let faults = told(&folder);
    for said in [
        "move `notes.md` into",
        "number the sessions 01, 02, 03",
        "name `First.md` in lower-case",
        "`04-odd.md` cannot be read as text",
    ] {
        assert!(faults.contains(said), "{said}: {faults}");
    }
}

#[test]
fn the_programmes_that_come_with_the_program_are_whole() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let courses = read_courses(&content).unwrap();
    let told = |faults: Vec<Fault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let frameworks = read_frameworks(&content, &courses).map_err(told).unwrap();
    let sources = read_programmes(&content, &courses, &frameworks).map_err(told).unwrap();
    let programme = read_programme(&sources[0]).map_err(told).unwrap();
    assert_eq!((programme.sessions.len(), programme.minutes()), (15, 2_400));
    // Its numbers are those of a framework that comes with the program, as it is today.
    let without = told(read_programmes(&content, &courses, &[]).unwrap_err());
    assert!(without.contains("there is no framework `peer-support-workers-2020`"), "{without}");
    let others: Vec<_> = frameworks.into_iter().filter(|it| !it.competences.all().is_empty()).collect();
    let named = |it: &ShippedFramework| it.slug.as_str() == "peer-support-workers-2020";
    let mut wrong = others.iter().find(|it| !named(it)).unwrap().clone();
    wrong.slug = programme.outline.framework.clone().unwrap();
    let faults = told(read_programmes(&content, &courses, &[wrong]).unwrap_err());
    assert!(
        faults.contains("01-what-peer-support-is.md:10: `peer-support-workers-2020` has no competence 1.1"),
        "{faults}"
    );
}
