use uuid::Uuid;

use super::role::NO_CHECK;
use super::*;
use crate::own_words::NotTaken;
use crate::people::{Actor, EngagementId, EngagementKind as Kind, OrganisationId};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2028-03-01")
}

fn person(id: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(id))
}

fn engagement(of: u128, kind: Kind) -> Engagement {
    Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(1)),
        person: person(of),
        organisation: OrganisationId::from_uuid(Uuid::from_u128(9)),
        kind,
        basis: None,
        from: day("2020-01-01"),
        to: None,
        away: None,
    }
}

fn officer() -> VettingOfficer {
    let actor = Actor::new(person(2), vec![engagement(2, Kind::Vetting)], Vec::new(), today());
    actor.as_vetting_officer_of(OrganisationId::from_uuid(Uuid::from_u128(9))).unwrap()
}

fn role(level: Level, workforce: Option<Workforce>, barred_list: bool) -> RoleCheck {
    RoleCheck {
        kind: Kind::Volunteer,
        level,
        workforce,
        barred_list,
        reason: "Works alone with adults".into(),
        repeat_months: None,
    }
}

fn check() -> Check {
    Check {
        level: Level::Enhanced,
        workforce: Some(Workforce::Adult),
        barred_list: false,
        issued_on: day("2020-02-29"),
        updated_on: None,
        outcome: Outcome::MayStart,
    }
}

#[test]
fn a_check_is_enough_for_a_role_that_asks_for_no_more() {
    let adult = Some(Workforce::Adult);
    for (role, check, enough) in [
        (role(Level::Enhanced, adult, false), check(), true),
        (role(Level::Standard, adult, false), check(), true),
        (role(Level::Basic, None, false), check(), true),
        (role(Level::Enhanced, adult, true), check(), false),
        (role(Level::Enhanced, adult, true), Check { barred_list: true, ..check() }, true),
        (role(Level::Enhanced, Some(Workforce::Child), false), check(), false),
        (role(Level::Enhanced, Some(Workforce::Both), false), check(), false),
        (role(Level::Enhanced, adult, false), Check { workforce: Some(Workforce::Both), ..check() }, true),
        (role(Level::Enhanced, adult, false), Check { level: Level::Standard, ..check() }, false),
        (
            role(Level::Standard, adult, false),
            Check { level: Level::Basic, workforce: None, ..check() },
            false,
        ),
        (role(Level::Enhanced, adult, false), Check { outcome: Outcome::Conditions, ..check() }, true),
        (role(Level::Enhanced, adult, false), Check { outcome: Outcome::MayNot, ..check() }, false),
    ] {
        assert_eq!(check.is_enough(&role, today()), enough, "{role:?} {check:?}");
    }
}

#[test]
fn a_check_runs_out_only_where_the_organisation_repeats_it() {
    let never = role(Level::Enhanced, Some(Workforce::Adult), false);
    assert!(check().is_enough(&never, day("2099-01-01")));
    let three_years = RoleCheck { repeat_months: Some(36), ..never };
    assert!(check().is_enough(&three_years, day("2023-02-28")));
    assert!(!check().is_enough(&three_years, day("2023-03-01")));
    let updated = Check { updated_on: Some(day("2023-02-28")), ..check() };
    assert!(
        updated.is_enough(&three_years, day("2026-02-28"))
            && !updated.is_enough(&three_years, day("2026-03-01"))
    );
}

#[test]
fn the_matrix_knows_only_whether_it_is_current() {
    let roles = [role(Level::Enhanced, Some(Workforce::Adult), false)];
    let (volunteer, tutor) = ([engagement(1, Kind::Volunteer)], [engagement(1, Kind::Tutor)]);
    let said = |engagements: &[Engagement], latest: Option<&Check>| {
        vetted(engagements, &roles, latest, today()).label()
    };
    assert_eq!(said(&tutor, None), "Not asked");
    assert_eq!(said(&volunteer, None), "Not current");
    assert_eq!(said(&volunteer, Some(&check())), "Current");
    assert_eq!(said(&volunteer, Some(&Check { outcome: Outcome::Conditions, ..check() })), "Current");
    assert_eq!(said(&volunteer, Some(&Check { outcome: Outcome::MayNot, ..check() })), "Not current");
    let was = [Engagement { to: Some(day("2028-02-29")), ..engagement(1, Kind::Volunteer) }];
    assert_eq!(said(&was, None), "Not asked");
}

fn role_form() -> RoleForm<'static> {
    RoleForm { level: "enhanced", workforce: "adult", barred_list: true, reason: "Works alone", repeat: "" }
}

#[test]
fn a_role_says_why_it_may_be_checked() {
    let kept = settle_role(&officer(), Kind::Volunteer, &role_form(), (0, 0)).unwrap();
    let check = kept.check().unwrap();
    assert!(check.barred_list && check.repeat_months.is_none() && kept.revision() == 1);
    let refused = |form: RoleForm<'_>| match settle_role(&officer(), Kind::Volunteer, &form, (0, 0)) {
        Err(NotTaken::Faults(faults)) => faults.iter().map(|it| it.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(RoleForm { reason: " ", ..role_form() }), ["reason"]);
    assert_eq!(refused(RoleForm { level: "", ..role_form() }), ["level"]);
    assert_eq!(refused(RoleForm { level: "standard", ..role_form() }), ["barred"]);
    assert_eq!(refused(RoleForm { workforce: "", ..role_form() }), ["workforce"]);
    assert_eq!(refused(RoleForm { repeat: "0", ..role_form() }), ["repeat"]);
    let basic = RoleForm { level: "basic", barred_list: false, ..role_form() };
    assert_eq!(
        settle_role(&officer(), Kind::Volunteer, &basic, (0, 0)).unwrap().check().unwrap().workforce,
        None
    );
    let none = RoleForm { level: NO_CHECK, ..role_form() };
    assert!(settle_role(&officer(), Kind::Volunteer, &none, (1, 1)).unwrap().check().is_none());
    assert_eq!(settle_role(&officer(), Kind::Volunteer, &none, (1, 0)), Err(NotTaken::Newer));
}

fn typed(day: [&'static str; 3]) -> TypedDay<'static> {
    TypedDay { day: day[0], month: day[1], year: day[2] }
}

fn check_form() -> CheckForm<'static> {
    CheckForm {
        level: "enhanced",
        workforce: "adult",
        barred_list: false,
        issued_on: typed(["1", "2", "2028"]),
        updated_on: TypedDay::default(),
        outcome: "conditions",
    }
}

#[test]
fn only_what_follows_from_a_check_is_kept() {
    let kept = note_check(&officer(), (person(1), true), &check_form(), today()).unwrap();
    assert_eq!((kept.of(), kept.by(), kept.check().outcome), (person(1), person(2), Outcome::Conditions));
    let refused = |form: CheckForm<'_>| match note_check(&officer(), (person(1), true), &form, today()) {
        Err(NotChecked::Faults(faults)) => faults.iter().map(|it| it.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(CheckForm { issued_on: typed(["2", "3", "2028"]), ..check_form() }), ["issued_day"]);
    assert_eq!(refused(CheckForm { updated_on: typed(["1", "1", "2028"]), ..check_form() }), ["updated_day"]);
    assert_eq!(refused(CheckForm { updated_on: typed(["", "1", "2028"]), ..check_form() }), ["updated_day"]);
    assert_eq!(refused(CheckForm { outcome: "clear", level: "", ..check_form() }), ["level", "outcome"]);
    let of_me = note_check(&officer(), (person(2), true), &check_form(), today());
    assert_eq!(of_me, Err(NotChecked::Oneself));
    let unasked = note_check(&officer(), (person(1), false), &check_form(), today());
    assert_eq!(unasked, Err(NotChecked::NotAsked));
}

fn exception_form() -> ExceptionForm<'static> {
    ExceptionForm {
        kind: Kind::Volunteer,
        guide: Some(person(3)),
        duties: "Makes tea, with Kim there",
        until: typed(["1", "4", "2028"]),
        is_looked_at: false,
    }
}

#[test]
fn nobody_starts_before_the_check_is_there_but_by_name_with_a_day_and_somebody_alongside() {
    let roles = [role(Level::Enhanced, Some(Workforce::Adult), false)];
    let start = |kind, latest: Option<&Check>, exceptions: &[Exception], on: &str| {
        may_start(kind, (&roles, latest), exceptions, day(on)).map(|it| it.with().cloned())
    };
    assert_eq!(start(Kind::Tutor, None, &[], "2028-03-01"), Ok(None), "it asks for none");
    assert_eq!(start(Kind::Volunteer, None, &[], "2028-03-01"), Err(Unmet::Check));
    assert_eq!(start(Kind::Volunteer, Some(&check()), &[], "2028-03-01"), Ok(None));
    let new = except(&officer(), (person(1), None), &exception_form(), today()).unwrap();
    let exceptions = [new.exception().clone()];
    let with = start(Kind::Volunteer, None, &exceptions, "2028-04-01").unwrap().unwrap();
    assert_eq!((with.by, with.guide, with.until), (person(2), person(3), day("2028-04-01")));
    assert_eq!(start(Kind::Volunteer, None, &exceptions, "2028-04-02"), Err(Unmet::Check), "it is over");
    assert_eq!(
        start(Kind::Volunteer, None, &exceptions, "2028-02-29"),
        Err(Unmet::Check),
        "it has not begun"
    );
    let may_not = Check { outcome: Outcome::MayNot, ..check() };
    assert_eq!(start(Kind::Volunteer, Some(&may_not), &exceptions, "2028-04-01"), Err(Unmet::MayNot));
    let another = [Exception { kind: Kind::Tutor, ..exceptions[0].clone() }];
    assert_eq!(start(Kind::Volunteer, None, &another, "2028-04-01"), Err(Unmet::Check), "of another role");
}

#[test]
fn whoever_is_several_things_starts_when_all_of_them_may() {
    let roles = [role(Level::Enhanced, Some(Workforce::Adult), false)];
    let start = |kinds: &[Kind], latest: Option<&Check>| {
        may_start_as_all(kinds, (&roles, latest), &[], day("2028-03-01")).map(|it| it.len())
    };
    assert_eq!(start(&[Kind::Tutor], None), Ok(1));
    assert_eq!(start(&[Kind::Tutor, Kind::Volunteer], None), Err(Unmet::Check));
    assert_eq!(start(&[Kind::Tutor, Kind::Volunteer], Some(&check())), Ok(2));
}

#[test]
fn an_exception_is_named_dated_and_about_somebody_else() {
    let make = |of: u128, latest: Option<&Check>, form: ExceptionForm<'_>| {
        except(&officer(), (person(of), latest), &form, today())
    };
    assert_eq!(make(2, None, exception_form()), Err(NotExcepted::Oneself));
    let may_not = Check { outcome: Outcome::MayNot, ..check() };
    assert_eq!(make(1, Some(&may_not), exception_form()), Err(NotExcepted::MayNot));
    let fields = |form| match make(1, None, form) {
        Err(NotExcepted::Faults(faults)) => faults.iter().map(|it| it.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(fields(ExceptionForm { guide: None, duties: " ", ..exception_form() }), ["guide", "duties"]);
    assert_eq!(fields(ExceptionForm { guide: Some(person(1)), ..exception_form() }), ["guide"]);
    assert_eq!(fields(ExceptionForm { until: typed(["2", "6", "2028"]), ..exception_form() }), ["until_day"]);
    assert_eq!(
        fields(ExceptionForm { until: typed(["29", "2", "2028"]), ..exception_form() }),
        ["until_day"]
    );
    let personal = ExceptionForm { duties: "Ring 07700 900123", ..exception_form() };
    assert!(matches!(make(1, None, personal), Err(NotExcepted::Personal(_))));
}
