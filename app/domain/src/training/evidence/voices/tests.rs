use uuid::Uuid;

use super::*;
use crate::training::evidence::LONGEST_WORDS;
use crate::training::framework::{Row, check};

fn me() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(1))
}

fn now() -> DateTime<Utc> {
    "2026-11-21T19:30:00Z".parse().unwrap()
}

fn open() -> OpenCode {
    KeptCode { made_at: now(), is_used: false }.open(now()).unwrap()
}

fn code() -> Code {
    Code::parse("1").unwrap()
}

#[test]
fn a_sheet_has_twice_as_many_codes_as_have_to_answer_and_one_is_out_at_a_time() {
    let row = Row {
        line: 1,
        code: "1".into(),
        title: "Listens".into(),
        need: "essential".into(),
        ..Row::default()
    };
    let there = check(&[row]).unwrap().all().to_vec();
    let sheet = |codes: &str, serves: &[&str], out| {
        sheet(me(), (codes, serves), &there, out)
            .map(|it| (it.codes(), it.serves().len()))
            .map_err(|faults| faults.into_iter().map(|it| it.field).collect::<Vec<_>>())
    };
    assert_eq!(sheet("6", &["1", "1"], 0), Ok((6, 1)));
    assert_eq!(sheet("5", &[], 0), Err(vec!["codes", "serves"]));
    assert_eq!(sheet("13", &["2"], 0), Err(vec!["codes", "serves", "serves"]));
    assert_eq!(sheet("6", &["1"], 1), Err(vec!["codes"]));
}

#[test]
fn a_code_works_once_and_for_six_weeks() {
    let kept = KeptCode { made_at: now(), is_used: false };
    assert!(kept.open(now() + TIME - TimeDelta::seconds(1)).is_ok());
    assert_eq!(kept.open(now() + TIME), Err(CodeGone::Late));
    assert_eq!(KeptCode { is_used: true, ..kept }.open(now()), Err(CodeGone::Used));
}

#[test]
fn one_answer_or_one_sentence_is_enough_and_names_are_looked_at_again() {
    let form = |said: &'static str, words: &'static str| VoiceForm {
        said: vec![(Statement::Listened, said)],
        words,
        is_looked_at: false,
    };
    assert_eq!(voice(open(), &form("partly", "")).unwrap().said, [(Statement::Listened, Said::Partly)]);
    assert_eq!(voice(open(), &form("very", " They waited. ")).unwrap().words, "They waited.");
    assert!(matches!(voice(open(), &form("", " ")), Err(NotKept::Faults(_))));
    let personal = form("", "Ring me on 07700 900123");
    assert!(matches!(voice(open(), &personal), Err(NotKept::Personal(_))));
    assert!(voice(open(), &VoiceForm { is_looked_at: true, ..personal }).is_ok());
}

#[test]
fn of_fewer_than_three_nothing_is_ever_shown_and_of_more_no_order_tells_who_came_first() {
    let voice = |said, words: &str| Voice { words: words.into(), said: vec![(Statement::Helped, said)] };
    let came = [voice(Said::Yes, "Zest"), voice(Said::No, ""), voice(Said::Yes, "Care")];
    assert_eq!(gather(me(), &[code()], &came[..2]), None);
    let kept = gather(me(), &[code()], &came).unwrap();
    assert!(
        kept.words().contains("It helped me to talk with them: 2 yes, 0 partly, 1 no"),
        "{}",
        kept.words()
    );
    let (care, zest) = (kept.words().find("Care").unwrap(), kept.words().find("Zest").unwrap());
    assert!(care < zest);
    let mut other_way: Vec<_> = came.into();
    other_way.reverse();
    assert_eq!(gather(me(), &[code()], &other_way), Some(kept));
}

#[test]
fn a_whole_sheet_of_long_words_fits_into_a_piece() {
    let long = Voice { words: "w".repeat(LONGEST_VOICE), said: vec![] };
    let kept = gather(me(), &[code()], &vec![long; *CODES.end()]).unwrap();
    assert!(kept.words().chars().count() <= LONGEST_WORDS);
}
