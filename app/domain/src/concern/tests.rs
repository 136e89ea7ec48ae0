use super::*;
use crate::own_words::NotTaken;
use crate::people::{Actor, ConcernRaiser, ConcernReader, Engagement, EngagementId, FieldFault};
use chrono::NaiveDate;
use uuid::Uuid;

fn person(it: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(it))
}

fn here() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(7))
}

fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn actor(it: u128, kind: EngagementKind) -> Actor {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let id = EngagementId::from_uuid(Uuid::nil());
    let engagement = Engagement {
        id,
        person: person(it),
        organisation: here(),
        kind,
        basis: None,
        from: today,
        to: None,
        away: None,
    };
    Actor::new(person(it), vec![engagement], Vec::new(), today)
}

fn raiser(it: u128) -> ConcernRaiser {
    actor(it, EngagementKind::Learner).as_concern_raiser_in(here()).unwrap()
}

fn reader(it: u128, concern: &Concern, cover: &Cover) -> Option<ConcernReader> {
    actor(it, EngagementKind::SafeguardingDeputy).as_concern_reader(concern, cover)
}

/// The lead is 1; deputies are 2 and 3.
fn covered(route: Route) -> Cover {
    Cover {
        organisation: here(),
        route,
        number: 1,
        holders: vec![person(1), person(2), person(3)],
        answer_within: 4,
        there: "Monday to Friday".into(),
        out_of_hours: "The duty team".into(),
        outside: "The council".into(),
    }
}

const EVERYBODY: [u128; 3] = [1, 2, 3];

fn people(all: &[u128]) -> Vec<PersonId> {
    all.iter().map(|it| person(*it)).collect()
}

fn there(all: &[u128]) -> Vec<There> {
    all.iter().map(|it| There { person: person(*it), is_away: false }).collect()
}

fn concern(about: &[u128], told: &[u128]) -> Concern {
    Concern {
        id: ConcernId::from_uuid(Uuid::from_u128(9)),
        organisation: here(),
        route: Route::Adult,
        by: person(5),
        at: now(),
        knows: Some(Knows::No),
        about: people(about),
        told: told.iter().map(|it| (person(*it), now())).collect(),
        due_at: Some(now()),
        taken_on: None,
        unanswered_at: None,
        written: None,
    }
}

const NOWHERE: WrittenForm<'_> = WrittenForm { system: "", reference: "", has_looked: false };

fn raised(by: u128, cover: &Cover, at: &[u128], about: &[u128]) -> Result<NewConcern, NotRaised> {
    let about: Vec<_> = about.iter().map(|it| person(*it).to_string()).collect();
    let about: Vec<_> = about.iter().map(String::as_str).collect();
    let form = RaiseForm { knows: "no", about: &about, written: NOWHERE };
    raise(&raiser(by), (cover, &there(at)), &form, now())
}

fn fields(faults: &[FieldFault]) -> Vec<&str> {
    faults.iter().map(|it| it.field).collect()
}

#[test]
fn a_concern_reaches_the_first_whom_it_is_not_about() {
    let cover = covered(Route::Adult);
    let told = |by, at: &[u128], about: &[u128]| raised(by, &cover, at, about).unwrap().told();
    assert_eq!(told(5, &EVERYBODY, &[]), person(1));
    assert_eq!(told(5, &EVERYBODY, &[1]), person(2));
    assert_eq!(told(5, &[2, 3], &[2]), person(3), "the lead is not there any more");
    assert_eq!(told(1, &EVERYBODY, &[]), person(2), "nobody turns to themself");
    let mut away = there(&EVERYBODY);
    away[0].is_away = true;
    let told = |about: &[u128]| cover.reach(&away, person(5), &people(about)).first().copied();
    assert_eq!(told(&[]), Some(person(2)), "whoever is away comes last");
    assert_eq!(told(&[2, 3]), Some(person(1)), "but is better than nobody");
    let new = raised(5, &cover, &EVERYBODY, &[1, 8]).unwrap();
    assert_eq!(new.about(), [person(1)], "of others nothing is kept");
    assert_eq!(new.due_at(), "2026-11-23T13:00:00Z".parse::<DateTime<Utc>>().unwrap());
    for (at, about) in [(&[][..], &[][..]), (&EVERYBODY, &EVERYBODY), (&[2], &[2])] {
        let Err(NotRaised::Faults(faults)) = raised(5, &cover, at, about) else { panic!("{at:?}") };
        assert_eq!(fields(&faults), ["about"]);
    }
}

#[test]
fn whether_somebody_knows_is_asked_where_it_is_their_safety() {
    let form = RaiseForm { knows: "", about: &[], written: NOWHERE };
    for route in Route::ALL {
        let new = raise(&raiser(5), (&covered(route), &there(&EVERYBODY)), &form, now());
        match route {
            Route::Adult | Route::Child => {
                assert!(matches!(new, Err(NotRaised::Faults(it)) if fields(&it) == ["knows"]));
            }
            Route::Allegation | Route::SpeakUp => assert_eq!(new.unwrap().knows(), None),
        }
    }
}

#[test]
fn where_it_is_written_down_names_nobody() {
    let written = |system, reference, has_looked| {
        write_down(&concern(&[], &[1]), &WrittenForm { system, reference, has_looked })
    };
    let new = written("The council’s form", "ABC 12", false).unwrap();
    assert_eq!((&*new.written().system, &*new.written().reference), ("The council’s form", "ABC 12"));
    assert_eq!(
        written("Form", "943 476 5919", false),
        Err(NotWritten::Personal(crate::personal::Personal::NhsNumber))
    );
    assert!(written("Form", "943 476 5919", true).is_ok());
    for (system, reference) in [("", ""), ("", "12"), ("a\nb", "")] {
        assert!(
            matches!(written(system, reference, false), Err(NotWritten::Faults(it)) if fields(&it) == ["system"])
        );
    }
    let there = Concern { written: Some(new.written().clone()), ..concern(&[], &[1]) };
    let form = WrittenForm { system: "Another", reference: "", has_looked: false };
    assert_eq!(write_down(&there, &form), Err(NotWritten::Already));
}

#[test]
fn whoever_it_is_about_holds_no_key_and_neither_does_whoever_raised_it() {
    let cover = covered(Route::Adult);
    let it = concern(&[1], &[2]);
    assert_eq!(reader(1, &it, &cover), None);
    assert_eq!(reader(3, &it, &cover).unwrap().concern(), it.id);
    assert_eq!(reader(4, &it, &cover), None, "a deputy who does not cover it");
    assert_eq!(reader(2, &Concern { by: person(2), ..it.clone() }, &cover), None);
    assert_eq!(reader(3, &it, &covered(Route::Child)), None, "another way");
    for kind in EngagementKind::ALL {
        let holds = matches!(kind, EngagementKind::SafeguardingLead | EngagementKind::SafeguardingDeputy);
        assert_eq!(actor(3, kind).as_concern_reader(&it, &cover).is_some(), holds, "{kind:?}");
        let speaks_up = Concern { route: Route::SpeakUp, ..it.clone() };
        let guards = kind == EngagementKind::FreedomToSpeakUpGuardian;
        assert_eq!(actor(3, kind).as_concern_reader(&speaks_up, &covered(Route::SpeakUp)).is_some(), guards);
        assert!(actor(5, kind).as_concern_raiser_in(here()).is_some(), "everybody may raise one");
    }
    let elsewhere = OrganisationId::from_uuid(Uuid::from_u128(8));
    assert_eq!(actor(5, EngagementKind::Learner).as_concern_raiser_in(elsewhere), None);
}

#[test]
fn it_is_taken_on_once() {
    let cover = covered(Route::Adult);
    let it = concern(&[], &[1]);
    let new = take_on(&reader(1, &it, &cover).unwrap(), &it).unwrap();
    assert_eq!((new.concern(), new.by(), new.was_told()), (it.id, person(1), true));
    assert!(!take_on(&reader(2, &it, &cover).unwrap(), &it).unwrap().was_told());
    let taken = Concern { taken_on: Some((person(1), now())), ..it };
    assert_eq!(take_on(&reader(2, &taken, &cover).unwrap(), &taken), Err(NotTakenOn));
}

#[test]
fn what_nobody_takes_on_in_time_goes_on_to_the_next_and_is_said_when_nobody_is_left() {
    let cover = covered(Route::Adult);
    let passed = |it: &Concern| pass_on(it, &cover, &there(&EVERYBODY), now());
    let due_at = "2026-11-23T13:00:00Z".parse().unwrap();
    assert_eq!(passed(&concern(&[], &[1])), Some(PassedOn::Next { to: person(2), due_at }));
    assert_eq!(passed(&concern(&[2], &[1])), Some(PassedOn::Next { to: person(3), due_at }));
    assert_eq!(passed(&concern(&[3], &[1, 2])), Some(PassedOn::Nobody));
    let later = Concern { due_at: Some(due_at), ..concern(&[], &[1]) };
    assert_eq!(passed(&later), None, "somebody still has time");
    assert_eq!(
        passed(&Concern { due_at: None, ..later }),
        None,
        "somebody has it, or it is said that nobody does"
    );
}

#[test]
fn a_way_is_covered_by_people_who_may_be_told_each_once() {
    let by = actor(6, EngagementKind::Administrator).as_administrator_of(here()).unwrap();
    let ids = [1, 2, 9].map(|it| person(it).to_string());
    let may = people(&EVERYBODY);
    let form = CoverForm {
        holders: [&ids[0], &ids[1], "", ""],
        answer_within: "4",
        there: "Monday to Friday",
        out_of_hours: "The duty team",
        outside: "The council",
        seen: 0,
    };
    let new = cover(&by, (Route::Adult, None), &may, &form).unwrap().unwrap();
    assert_eq!((new.cover().number, &*new.cover().holders, new.by()), (1, &people(&[1, 2])[..], person(6)));
    assert_eq!(cover(&by, (Route::Adult, Some(new.cover())), &may, &form), Ok(None), "a second tap");
    let other = CoverForm { answer_within: "8", ..form };
    assert_eq!(cover(&by, (Route::Adult, Some(new.cover())), &may, &other), Err(NotTaken::Newer));
    let seen = CoverForm { seen: 1, ..other };
    assert_eq!(
        cover(&by, (Route::Adult, Some(new.cover())), &may, &seen).unwrap().unwrap().cover().number,
        2
    );
    for (form, field) in [
        (CoverForm { holders: ["", &ids[1], "", ""], ..form }, "first"),
        (CoverForm { holders: [&ids[0], &ids[2], "", ""], ..form }, "second"),
        (CoverForm { holders: [&ids[0], "x", "", ""], ..form }, "second"),
        (CoverForm { holders: [&ids[0], "", &ids[0], ""], ..form }, "third"),
        (CoverForm { answer_within: "0", ..form }, "answer_within"),
        (CoverForm { answer_within: "73", ..form }, "answer_within"),
        (CoverForm { there: " ", ..form }, "there"),
        (CoverForm { out_of_hours: "", ..form }, "out_of_hours"),
        (CoverForm { outside: "", ..form }, "outside"),
    ] {
        let Err(NotTaken::Faults(faults)) = cover(&by, (Route::Adult, None), &may, &form) else {
            panic!("{field}")
        };
        assert_eq!(fields(&faults), [field]);
    }
}
