use uuid::Uuid;

use super::*;
use crate::training::framework::{Row, check};

fn person(id: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(id))
}

fn competences() -> Vec<Competence> {
    let row = |line: usize, code: &str, lived: &str| Row {
        line,
        code: code.into(),
        title: "Listens".into(),
        need: "essential".into(),
        lived_experience: lived.into(),
        ..Row::default()
    };
    check(&[row(1, "1", "yes"), row(2, "2", ""), row(3, "3", "yes")]).unwrap().all().to_vec()
}

fn form<'a>(kind: &'a str, words: &'a str, serves: &[&'a str]) -> EvidenceForm<'a> {
    EvidenceForm {
        kind,
        title: "A walk",
        words,
        serves: serves.to_vec(),
        has_file: false,
        is_looked_at: false,
    }
}

fn offered(form: &EvidenceForm<'_>) -> Result<NewEvidence, NotKept> {
    offer(person(1), form, &competences())
}

fn fields(refused: Result<NewEvidence, NotKept>) -> Vec<&'static str> {
    match refused {
        Err(NotKept::Faults(faults)) => faults.into_iter().map(|it| it.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_piece_serves_many_competences_each_once() {
    let kept = offered(&form("reflection", " We walked. ", &["2", "1", "2"])).unwrap();
    let serves: Vec<_> = kept.serves().iter().map(Code::as_str).collect();
    assert_eq!((kept.words(), &serves[..]), ("We walked.", &["2", "1"][..]));
    assert_eq!((kept.of(), kept.by()), (person(1), person(1)));
}

#[test]
fn lived_experience_is_a_plain_yes_where_it_counts() {
    let kept = offered(&form("lived_experience", "What happened to me", &["1", "3"])).unwrap();
    assert_eq!((kept.title(), kept.words()), ("", ""), "nothing else is kept");
    assert_eq!(fields(offered(&form("lived_experience", "", &["1", "2"]))), ["serves"]);
    let photo = EvidenceForm { has_file: true, ..form("lived_experience", "", &["1"]) };
    assert_eq!(fields(offered(&photo)), ["file"], "nor does anybody ask for a proof");
}

#[test]
fn nobody_observes_themself() {
    for kind in ["observation", "witness", "assessment"] {
        assert_eq!(offered(&form(kind, "I was good.", &["1"])), Err(NotKept::JudgesThemself), "{kind}");
    }
}

#[test]
fn what_is_missing_is_told_field_by_field() {
    assert_eq!(fields(offered(&form("", "", &[]))), ["kind", "words", "serves"]);
    assert_eq!(fields(offered(&form("informal", "Words", &["9"]))), ["serves", "serves"]);
    let untitled = EvidenceForm { title: " ", ..form("certificate", "", &["1"]) };
    assert_eq!(fields(offered(&untitled)), ["title"]);
    let long = "a".repeat(LONGEST_WORDS + 1);
    assert_eq!(fields(offered(&form("informal", &long, &["1"]))), ["words"]);
}

#[test]
fn what_looks_like_somebody_is_warned_of_before_it_is_kept() {
    let mut typed = form("informal", "She was born on 3 April 1985.", &["1"]);
    assert_eq!(offered(&typed), Err(NotKept::Personal(vec![("words", Personal::DateOfBirth)])));
    typed.is_looked_at = true;
    assert!(offered(&typed).is_ok());
}

#[test]
fn a_piece_is_its_author_s_to_take_back_and_stays_marked_once_it_was_judged() {
    assert_eq!(take_back((person(1), person(1)), Kind::Informal, false), Some(TakenBack::Gone));
    assert_eq!(take_back((person(1), person(1)), Kind::Informal, true), Some(TakenBack::Marked));
    assert_eq!(take_back((person(2), person(1)), Kind::Informal, false), None);
}

#[test]
fn nothing_of_it_gets_into_a_log() {
    let typed = form("informal", "secret", &["1"]);
    assert!(!format!("{typed:?} {:?}", offered(&typed)).contains("secret"));
}
