//! Policies: written and changed from a day on, and accepted by each for themself as they read.

use super::*;
use crate::day::TypedDay;
use crate::own_words::NotTaken;
use crate::people::Held;

fn typed(day: [&'static str; 3]) -> TypedDay<'static> {
    TypedDay { day: day[0], month: day[1], year: day[2] }
}

fn today() -> NaiveDate {
    day("2028-03-01")
}

const WORDS: &str = "Say where you are going.\n\nCome back, or ring.";

fn form() -> PolicyForm<'static> {
    PolicyForm {
        code: "lone-1",
        title: "Working alone",
        words: WORDS,
        link: "",
        changed: "",
        kinds: vec!["volunteer"],
        of_nobody: false,
        weeks: "4",
        from: typed(["1", "3", "2028"]),
    }
}

fn written() -> NewVersion {
    write_policy(&coordinator(), &form(), ("Riverside", &[]), today()).unwrap()
}

/// The policy as it is kept after these versions.
fn policy(versions: &[&NewVersion]) -> Requirement {
    requirement(versions.iter().map(|it| it.version().clone()).collect())
}

fn changes(form: &PolicyForm<'_>, seen: i64) -> Result<NewVersion, NotTaken> {
    let first = written();
    let latest = first.edition().unwrap().edition().clone();
    change_policy(&coordinator(), form, (&policy(&[&first]), seen), ("Riverside", &latest), today())
}

fn volunteer(person: u128) -> Held {
    let it = Engagement { person: super::person(person), ..engagement(Kind::Volunteer, "2020-01-01", None) };
    let actor = Actor::new(super::person(person), vec![it], Vec::new(), today());
    actor.in_organisation(Kind::Volunteer, organisation(9)).unwrap()
}

fn fields(refused: Result<NewVersion, NotTaken>) -> Vec<&'static str> {
    match refused {
        Err(NotTaken::Faults(faults)) => faults.iter().map(|it| it.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_policy_is_written_whole_and_its_words_stand_at_the_end_of_what_is_accepted() {
    let new = written();
    assert_eq!((new.code(), new.version().number, new.version().weeks), ("LONE-1", 1, 4));
    assert_eq!(new.version().rule, Rule::Read { edition: 1 });
    assert!(policy(&[&new]).is_policy() && !new.version().accepts_others);
    let edition = new.edition().unwrap();
    assert_eq!((edition.edition().number, edition.after()), (1, None));
    assert_eq!(
        edition.canonical(),
        format!(
            "Alongside policy, format 1\nOrganisation: Riverside\nPolicy: Working alone\nVersion: 1\nIn force from: 2028-03-01\nText:\n{WORDS}\n"
        )
    );
    let there = PolicyForm { words: "", link: "https://riverside.example/alone", ..form() };
    let new = write_policy(&coordinator(), &there, ("Riverside", &[]), today()).unwrap();
    assert!(new.edition().unwrap().canonical().ends_with("\nRead at: https://riverside.example/alone\n"));
}

#[test]
fn what_is_missing_or_odd_about_a_policy_is_named() {
    for (odd, field) in [
        (PolicyForm { words: " ", ..form() }, "words"),
        (PolicyForm { link: "https://riverside.example", ..form() }, "link"),
        (PolicyForm { words: "", link: "http://riverside.example", ..form() }, "link"),
        (PolicyForm { words: "", link: "javascript:alert(1)", ..form() }, "link"),
        (PolicyForm { words: "a\u{1}", ..form() }, "words"),
        (PolicyForm { title: "", ..form() }, "title"),
        (PolicyForm { code: "a b", ..form() }, "code"),
        (PolicyForm { kinds: vec!["king"], ..form() }, "kind"),
        (PolicyForm { weeks: "0", ..form() }, "weeks"),
        (PolicyForm { from: typed(["29", "2", "2028"]), ..form() }, "from_day"),
    ] {
        let faults = write_policy(&coordinator(), &odd, ("Riverside", &[]), today()).unwrap_err();
        assert_eq!(faults.iter().map(|it| it.field).collect::<Vec<_>>(), [field], "{odd:?}");
    }
    let taken = write_policy(&coordinator(), &form(), ("Riverside", &["LONE-1".into()]), today());
    assert_eq!(taken.unwrap_err()[0].field, "code");
    let long = "a".repeat(LONG);
    let long = PolicyForm { words: &long, ..form() };
    assert_eq!(
        write_policy(&coordinator(), &long, ("Riverside", &[]), today()).unwrap_err()[0].field,
        "words"
    );
}

const LONG: usize = 20_001;

#[test]
fn new_words_are_another_edition_that_comes_after_the_one_before_and_says_what_changed() {
    let new = PolicyForm { words: "Say it, and ring.", changed: "You ring now.", ..form() };
    let kept = changes(&new, 1).unwrap();
    assert_eq!((kept.code(), kept.version().number), ("FIRE", 2));
    assert_eq!(kept.version().rule, Rule::Read { edition: 2 });
    let edition = kept.edition().unwrap();
    assert_eq!((edition.edition().number, edition.after()), (2, Some(today())));
    assert!(
        edition
            .canonical()
            .contains("\nVersion: 2\nIn force from: 2028-03-01\nWhat changed: You ring now.\nText:\n")
    );
    assert_eq!(fields(changes(&PolicyForm { changed: "", ..new.clone() }, 1)), ["changed"]);
    assert_eq!(fields(changes(&PolicyForm { title: "Working by yourself", ..form() }, 1)), ["changed"]);
    let earlier = PolicyForm { from: typed(["29", "2", "2028"]), ..new.clone() };
    assert_eq!(fields(changes(&earlier, 1)), ["from_day"], "it never goes backwards");
    assert_eq!(changes(&new, 0), Err(NotTaken::Newer));
}

#[test]
fn a_change_of_whom_it_is_asked_has_nobody_read_the_same_words_again() {
    let more = PolicyForm {
        kinds: vec!["volunteer", "tutor"],
        words: "  Say where you are going.\r\n\r\nCome back, or ring.\n",
        ..form()
    };
    let kept = changes(&more, 1).unwrap();
    assert_eq!(kept.version().rule, Rule::Read { edition: 1 });
    assert_eq!((kept.edition(), kept.version().asked_of.len()), (None, 2));
    let nobody = PolicyForm { kinds: Vec::new(), of_nobody: true, ..form() };
    assert!(changes(&nobody, 1).unwrap().version().asked_of.is_empty());
}

#[test]
fn whoever_is_asked_accepts_what_they_were_shown_and_nothing_else() {
    let first = written();
    let policy = policy(&[&first]);
    let read = AcceptForm { shown: "abc", has_read: true };
    let kept = accept(&volunteer(1), (&policy, "abc"), &read, &[], today()).unwrap();
    assert_eq!((kept.person(), kept.policy(), kept.hash()), (person(1), policy.id, "abc"));
    assert_eq!(kept.accepted(), Accepted { edition: 1, on: today() });
    assert_eq!(kept.organisation(), organisation(9));
    let refused = |form: &AcceptForm<'_>, before: &[Accepted]| {
        accept(&volunteer(1), (&policy, "abc"), form, before, today()).unwrap_err()
    };
    assert_eq!(refused(&AcceptForm { shown: "abd", ..read }, &[]), NotAccepted::OtherText);
    assert_eq!(refused(&read, &[kept.accepted()]), NotAccepted::Already);
    assert!(matches!(refused(&AcceptForm { has_read: false, ..read }, &[]), NotAccepted::Faults(_)));
    // Nobody of whom it is not asked.
    let tutor = engagement(Kind::Tutor, "2020-01-01", None);
    let tutor = Actor::new(person(1), vec![tutor], Vec::new(), today());
    let tutor = tutor.in_organisation(Kind::Tutor, organisation(9)).unwrap();
    assert_eq!(accept(&tutor, (&policy, "abc"), &read, &[], today()), Err(NotAccepted::NotAsked));
    let elsewhere = Requirement { organisation: organisation(8), ..policy.clone() };
    assert_eq!(accept(&volunteer(1), (&elsewhere, "abc"), &read, &[], today()), Err(NotAccepted::NotAsked));
    let eve = today().pred_opt().unwrap();
    assert_eq!(accept(&volunteer(1), (&policy, "abc"), &read, &[], eve), Err(NotAccepted::NotAsked));
}

#[test]
fn nobody_writes_down_for_somebody_else_that_they_accepted_a_policy() {
    let first = written();
    let form = RecordForm {
        part: "",
        on: typed(["1", "3", "2028"]),
        hours: "",
        provider: "Us",
        evidence: "Seen",
        is_looked_at: false,
    };
    let noted = record(&coordinator(), person(1), (first.version(), &form), today());
    assert_eq!(noted, Err(NotNoted::TheirsToAccept));
    // And if somebody did, it would not count.
    let volunteer = [engagement(Kind::Volunteer, "2020-01-01", None)];
    let done = [Done { on: today(), minutes: 0, part: String::new() }];
    let facts = Facts { engagements: &volunteer, done: &done, ..Facts::default() };
    assert!(!standing(&policy(&[&first]), &facts, today()).unwrap().is_met());
}

#[test]
fn whoever_accepted_in_the_morning_is_asked_again_by_a_version_of_the_same_day() {
    let first = written();
    let second = PolicyForm { words: "Ring.", changed: "Only ring.", ..form() };
    let second = changes(&second, 1).unwrap();
    let it = policy(&[&first, &second]);
    let volunteer = [engagement(Kind::Volunteer, "2020-01-01", None)];
    let accepted = [Accepted { edition: 1, on: today() }];
    let facts = Facts { engagements: &volunteer, accepted: &accepted, ..Facts::default() };
    let stands = standing(&it, &facts, today()).unwrap();
    assert_eq!((stands.state(), stands.due()), (State::DueSoon, Some(day("2028-03-29"))));
    assert_eq!(stands.progress(), Some((1, 2)));
    assert!(!stands.is_met() && !stands.is_due());
}
