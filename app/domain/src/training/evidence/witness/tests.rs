use uuid::Uuid;

use super::*;
use crate::training::evidence::{EvidenceForm, TakenBack, offer, take_back};
use crate::training::framework::{Row, check};

fn me() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(1))
}

fn now() -> DateTime<Utc> {
    "2026-11-21T19:30:00Z".parse().unwrap()
}

fn competences() -> Vec<Competence> {
    let row = |line: usize| Row {
        line,
        code: line.to_string(),
        title: "Listens".into(),
        need: "essential".into(),
        ..Row::default()
    };
    check(&(1..=8).map(row).collect::<Vec<_>>()).unwrap().all().to_vec()
}

fn form<'a>(email: &'a str, serves: &[&'a str]) -> AskForm<'a> {
    AskForm { known_as: "Lee", email, serves: serves.to_vec() }
}

fn asking(form: &AskForm<'_>, lately: u64) -> Result<NewAsk, Vec<&'static str>> {
    let own = EmailAddress::parse("sam@demo.example").unwrap();
    ask((me(), &own), form, &competences(), lately)
        .map_err(|faults| faults.into_iter().map(|it| it.field).collect())
}

#[test]
fn somebody_else_is_asked_about_a_few_things() {
    let new = asking(&form("lee@demo.example", &["2", "1", "2"]), 0).unwrap();
    assert_eq!((new.known_as(), new.serves().len()), ("Lee", 2));
    assert_eq!(asking(&form("SAM@demo.example", &["1"]), 0).unwrap_err(), ["email"], "not oneself");
    assert_eq!(asking(&form("nobody", &["9"]), 0).unwrap_err(), ["email", "serves", "serves"]);
    assert_eq!(
        asking(&form("lee@demo.example", &["1", "2", "3", "4", "5", "6", "7"]), 0).unwrap_err(),
        ["serves"]
    );
    assert_eq!(asking(&form("lee@demo.example", &["1"]), MOST_ASKED).unwrap_err(), ["email"], "not in heaps");
}

fn asked(ending: Option<Ending>) -> Asked {
    let id = AskedId::from_uuid(Uuid::nil());
    Asked { id, of: me(), serves: vec![Code::parse("1").unwrap()], made_at: now(), ending }
}

#[test]
fn a_witness_answers_once_and_within_four_weeks() {
    assert!(asked(None).open(now() + TIME - TimeDelta::seconds(1)).is_ok());
    assert_eq!(asked(None).open(now() + TIME), Err(AskGone::Late));
    for (ending, gone) in [
        (Ending::Answered, AskGone::Answered),
        (Ending::Declined, AskGone::NotNeeded),
        (Ending::Withdrawn, AskGone::NotNeeded),
        (Ending::Late, AskGone::Late),
    ] {
        assert_eq!(asked(Some(ending)).open(now()), Err(gone));
    }
}

const SAID: TestimonyForm<'_> = TestimonyForm {
    how: "We share shifts.",
    words: "They wait.",
    signed: "",
    agrees: true,
    is_looked_at: false,
};

#[test]
fn what_a_witness_says_stands_for_the_one_who_asked_and_never_goes_unmarked() {
    let asked = asked(None);
    let open = asked.open(now()).unwrap();
    let kept = testify(open, &SAID).unwrap();
    assert_eq!(
        (kept.kind(), kept.of(), kept.title()),
        (Kind::Testimony, me(), "From somebody who knows my work")
    );
    assert_eq!(kept.words(), "How we know each other’s work: We share shifts.\n\nThey wait.");
    assert_eq!(testify(open, &TestimonyForm { signed: " Lee ", ..SAID }).unwrap().title(), "From Lee");
    assert_eq!(take_back((me(), me()), kept.kind(), false), Some(TakenBack::Marked));
}

#[test]
fn without_a_yes_nothing_is_kept_and_what_looks_personal_is_looked_at_again() {
    let asked = asked(None);
    let open = asked.open(now()).unwrap();
    let fields = |form: &TestimonyForm<'_>| match testify(open, form) {
        Err(NotKept::Faults(faults)) => faults.into_iter().map(|it| it.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        fields(&TestimonyForm { how: "", words: " ", agrees: false, ..SAID }),
        ["how", "words", "agrees"]
    );
    let personal = TestimonyForm { words: "Ring them on 07700 900123.", ..SAID };
    assert!(matches!(testify(open, &personal), Err(NotKept::Personal(_))));
    assert!(testify(open, &TestimonyForm { is_looked_at: true, ..personal }).is_ok());
}

#[test]
fn nobody_writes_their_own_testimony() {
    let form = EvidenceForm {
        kind: "testimony",
        title: "From Lee",
        words: "I am good.",
        serves: vec!["1"],
        has_file: false,
        is_looked_at: false,
    };
    assert_eq!(offer(me(), &form, &competences()), Err(NotKept::JudgesThemself));
}
