use super::*;

fn step(is_read: bool, questions: &[&str], tried: &[&str]) -> Step {
    let tried = tried.iter().map(|it| (*it).to_owned()).collect();
    UnderWay { is_read, questions, tried: &tried }.step()
}

#[test]
fn a_lesson_is_finished_when_it_is_read_and_every_check_is_tried() {
    assert_eq!(step(true, &["a", "b"], &["b", "a"]), Step::Finishes(Finished(())));
    assert_eq!(step(true, &[], &[]), Step::Finishes(Finished(())));
}

#[test]
fn either_alone_is_not_the_end() {
    assert_eq!(step(true, &["a", "b"], &["a"]), Step::Goes { untried: 1 });
    assert_eq!(step(false, &["a"], &["a"]), Step::Goes { untried: 0 });
}

#[test]
fn a_question_that_is_gone_neither_helps_nor_hinders() {
    assert_eq!(step(true, &["a", "new"], &["a", "gone"]), Step::Goes { untried: 1 });
    assert_eq!(step(true, &["a"], &["a", "gone"]), Step::Finishes(Finished(())));
}

#[test]
fn only_what_carries_a_note_can_be_gone_round() {
    assert!(go_round(true).is_ok());
    assert_eq!(go_round(false), Err(NothingToGoRound));
}

fn whole(lessons: &[&str], finished: &[&str]) -> bool {
    let lessons: Vec<_> = lessons.iter().map(|it| Slug::parse(it).unwrap()).collect();
    course(&lessons, &finished.iter().map(|it| (*it).to_owned()).collect()).is_some()
}

#[test]
fn a_course_is_finished_when_every_lesson_that_it_has_now_is() {
    assert!(whole(&["a", "b"], &["b", "a"]));
    assert!(whole(&["a"], &["a", "gone"]));
    assert!(!whole(&["a", "new"], &["a"]));
    assert!(!whole(&[], &["a"]), "there is nothing to finish");
}
