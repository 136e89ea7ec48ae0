//! What is typed about requirements, and about people.

use super::*;
use crate::day::TypedDay;
use crate::own_words::NotTaken;
use crate::people::FieldFault;

fn typed(day: [&'static str; 3]) -> TypedDay<'static> {
    TypedDay { day: day[0], month: day[1], year: day[2] }
}

fn today() -> NaiveDate {
    day("2028-03-01")
}

const WHOLE: RequirementForm<'static> = RequirementForm {
    code: " fire-1 ",
    title: "Fire safety",
    level: "2",
    rule: "every",
    months: "12",
    hours: "",
    parts: "",
    kinds: Vec::new(),
    of_nobody: false,
    weeks: "4",
    accepts_others: true,
    before_start: true,
    from: TypedDay { day: "1", month: "3", year: "2028" },
};

fn whole() -> RequirementForm<'static> {
    RequirementForm { kinds: vec!["volunteer", "peer_mentor", "nothing"], ..WHOLE }
}

fn fields(faults: &[FieldFault]) -> Vec<&'static str> {
    faults.iter().map(|it| it.field).collect()
}

#[test]
fn a_requirement_is_read_whole() {
    let new = require(&coordinator(), &whole(), &[], today()).unwrap();
    assert_eq!(new.code(), "FIRE-1");
    let version = new.version();
    assert_eq!((version.number, version.from, version.weeks, version.level), (1, today(), 4, 2));
    assert_eq!(version.rule, Rule::Every { months: 12 });
    assert_eq!(version.asked_of, [Kind::Volunteer, Kind::PeerMentor]);
    assert!(version.accepts_others && version.before_start && version.called() == "Fire safety, level 2");
    let hours = RequirementForm { rule: "hours", hours: "7.5", months: "36", ..whole() };
    let rule = require(&coordinator(), &hours, &[], today()).unwrap().version().rule.clone();
    assert_eq!(rule, Rule::Hours { minutes: 450, months: 36 });
    let parts = RequirementForm { rule: "parts", parts: " Online\r\n\r\nLive ", months: "", ..whole() };
    let rule = require(&coordinator(), &parts, &[], today()).unwrap().version().rule.clone();
    assert_eq!(rule, Rule::Parts { parts: vec!["Online".into(), "Live".into()], months: None });
}

#[test]
fn every_field_that_has_to_be_put_right_is_named() {
    let odd = |form: RequirementForm<'_>| fields(&require(&coordinator(), &form, &[], today()).unwrap_err());
    let none = RequirementForm {
        code: "",
        title: "",
        level: "9",
        rule: "",
        weeks: "0",
        kinds: Vec::new(),
        ..whole()
    };
    assert_eq!(odd(none), ["code", "title", "level", "rule", "weeks", "kind"]);
    for (form, field) in [
        (RequirementForm { months: "0", ..whole() }, "months"),
        (RequirementForm { months: "121", ..whole() }, "months"),
        (RequirementForm { months: "", ..whole() }, "months"),
        (RequirementForm { rule: "hours", hours: "lots", ..whole() }, "hours"),
        (RequirementForm { rule: "parts", parts: "One", ..whole() }, "parts"),
        (RequirementForm { rule: "parts", parts: "One\none", ..whole() }, "parts"),
        (RequirementForm { rule: "parts", parts: "1\n2\n3\n4\n5\n6\n7", ..whole() }, "parts"),
        (RequirementForm { weeks: "53", ..whole() }, "weeks"),
        (RequirementForm { kinds: vec!["king"], ..whole() }, "kind"),
        (RequirementForm { code: "-", ..whole() }, "code"),
        (RequirementForm { code: "é", ..whole() }, "code"),
        (RequirementForm { from: typed(["29", "2", "2028"]), ..whole() }, "from_day"),
        (RequirementForm { from: typed(["1", "4", "2030"]), ..whole() }, "from_day"),
        (RequirementForm { from: typed(["", "", ""]), ..whole() }, "from_day"),
    ] {
        assert_eq!(odd(form.clone()), [field], "{form:?}");
    }
    let taken = require(&coordinator(), &whole(), &["Fire-1".into()], today());
    assert_eq!(fields(&taken.unwrap_err()), ["code"]);
}

#[test]
fn a_change_comes_after_what_stands_and_over_nothing_unseen() {
    let it = requirement(vec![version(1, "2020-01-01", Rule::Once), version(2, "2028-05-01", Rule::Once)]);
    let later = RequirementForm { from: typed(["1", "5", "2028"]), ..whole() };
    let new = change(&coordinator(), &later, (&it, 2), today()).unwrap();
    assert_eq!((new.version().number, new.code()), (3, "FIRE"));
    assert_eq!(change(&coordinator(), &later, (&it, 1), today()), Err(NotTaken::Newer));
    let refused = change(&coordinator(), &whole(), (&it, 2), today());
    assert!(
        matches!(refused, Err(NotTaken::Faults(it)) if fields(&it) == ["from_day"]),
        "before what stands"
    );
    let nobody = RequirementForm { kinds: Vec::new(), of_nobody: true, ..later.clone() };
    assert!(change(&coordinator(), &nobody, (&it, 2), today()).unwrap().version().asked_of.is_empty());
    let unsaid = RequirementForm { kinds: Vec::new(), ..later };
    assert!(matches!(change(&coordinator(), &unsaid, (&it, 2), today()), Err(NotTaken::Faults(_))));
}

#[test]
fn hours_are_read_as_people_type_them() {
    for (typed, minutes) in [("8", 480), ("7.5", 450), ("0,25", 15), ("1:30", 90), (" 2 ", 120), ("1.05", 63)]
    {
        assert_eq!(super::super::form::minutes(typed), Some(minutes), "{typed}");
    }
    for odd in ["", "x", "-1", "1.", ".5", "1:5", "1:60", "1.234", "99999", "1:2:3", "+7"] {
        assert_eq!(super::super::form::minutes(odd), None, "{odd}");
    }
}

fn did() -> RecordForm<'static> {
    RecordForm {
        part: "",
        on: typed(["1", "3", "2028"]),
        hours: "",
        provider: "Our college",
        evidence: "Certificate seen",
        is_looked_at: false,
    }
}

#[test]
fn a_record_says_what_was_seen_by_whom() {
    let once = version(1, "2020-01-01", Rule::Once);
    let new = record(&coordinator(), person(1), (&once, &did()), today()).unwrap();
    assert_eq!((new.of(), new.by(), new.on(), new.minutes()), (person(1), person(2), today(), 0));
    let refused = |version: &Version, form: RecordForm<'_>| match record(
        &coordinator(),
        person(1),
        (version, &form),
        today(),
    )
    .unwrap_err()
    {
        NotNoted::Faults(faults) => fields(&faults),
        NotNoted::Personal(field, _) => vec![field],
        NotNoted::Oneself => vec!["oneself"],
        NotNoted::TheirsToAccept => vec!["theirs"],
    };
    assert_eq!(refused(&once, RecordForm { on: typed(["2", "3", "2028"]), ..did() }), ["on_day"]);
    assert_eq!(refused(&once, RecordForm { provider: " ", evidence: "", ..did() }), ["provider", "evidence"]);
    let hours = version(1, "2020-01-01", Rule::Hours { minutes: 60, months: 12 });
    assert_eq!(refused(&hours, did()), ["hours"]);
    let parts = vec!["Online".to_owned(), "Live".to_owned()];
    let parts = version(1, "2020-01-01", Rule::Parts { parts, months: None });
    assert_eq!(refused(&parts, did()), ["part"]);
    assert_eq!(
        record(&coordinator(), person(1), (&parts, &RecordForm { part: "Live", ..did() }), today())
            .unwrap()
            .part(),
        "Live"
    );
    let personal = RecordForm { evidence: "Ring 07700 900123", ..did() };
    assert_eq!(refused(&once, personal), ["evidence"]);
    let looked_at = RecordForm { is_looked_at: true, ..personal };
    assert!(record(&coordinator(), person(1), (&once, &looked_at), today()).is_ok());
}

#[test]
fn nobody_writes_about_themself() {
    let (by, me) = (coordinator(), person(2));
    let once = version(1, "2020-01-01", Rule::Once);
    assert_eq!(record(&by, me, (&once, &did()), today()), Err(NotNoted::Oneself));
    let ahead = typed(["1", "4", "2028"]);
    assert_eq!(book(&by, me, &BookingForm { on: ahead }, today()), Err(NotNoted::Oneself));
    let form = ExemptionForm { why: "x", until: ahead, is_looked_at: true };
    assert_eq!(exempt(&by, me, &form, today()), Err(NotNoted::Oneself));
    assert_eq!(take_back(&by, me, "x", true), Err(NotNoted::Oneself));
}

#[test]
fn a_day_is_booked_ahead_and_an_exemption_has_an_end_and_a_word() {
    let by = coordinator();
    assert!(book(&by, person(1), &BookingForm { on: typed(["1", "3", "2028"]) }, today()).is_ok());
    for odd in [["29", "2", "2028"], ["1", "4", "2030"], ["", "", ""]] {
        assert!(book(&by, person(1), &BookingForm { on: typed(odd) }, today()).is_err(), "{odd:?}");
        let form = ExemptionForm { why: "did it elsewhere", until: typed(odd), is_looked_at: false };
        assert!(exempt(&by, person(1), &form, today()).is_err(), "{odd:?}");
    }
    let form = ExemptionForm { why: " ", until: typed(["1", "3", "2028"]), is_looked_at: false };
    assert!(exempt(&by, person(1), &form, today()).is_err());
    let new = exempt(&by, person(1), &ExemptionForm { why: "elsewhere", ..form }, today()).unwrap();
    assert_eq!(new.time(), Pause { from: today(), until: today() });
    assert!(take_back(&by, person(1), "", true).is_err());
    assert_eq!(take_back(&by, person(1), "another day", true).unwrap().why(), "another day");
}

#[test]
fn what_was_done_elsewhere_counts_only_where_it_is_accepted() {
    let one = requirement(vec![version(1, "2020-01-01", Rule::Once)]);
    let accepts = Version { accepts_others: true, level: 2, ..version(1, "2020-01-01", Rule::Once) };
    let other = Requirement { organisation: organisation(8), ..requirement(vec![accepts.clone()]) };
    assert!(may_count_for((&one, 2), &other, today()) && may_count_for((&one, 3), &other, today()));
    assert!(!may_count_for((&one, 1), &other, today()), "a lower level");
    assert!(!may_count_for((&other, 3), &one, today()), "it accepts nothing");
    assert!(!may_count_for((&one, 2), &one, today()), "its own");
    let another = Requirement { code: "OTHER".into(), ..other };
    assert!(!may_count_for((&one, 2), &another, today()), "another code");
}
