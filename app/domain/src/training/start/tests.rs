use uuid::Uuid;

use super::*;
use crate::training::requirement::{Rule, Version};
use crate::training::vetting::{Level, Outcome, Workforce};

const TODAY: &str = "2028-03-01";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn offer(kind: EngagementKind, from: &str) -> Offer {
    Offer { kind, basis: None, from: day(from) }
}

/// Volunteers are checked, and know about fires before they start.
fn gate() -> Gate {
    let role = RoleCheck {
        kind: EngagementKind::Volunteer,
        level: Level::Enhanced,
        workforce: Some(Workforce::Adult),
        barred_list: false,
        reason: "Is alone with adults".into(),
        repeat_months: None,
    };
    Gate { roles: vec![role], required: vec![fire(true)], ..Gate::default() }
}

fn fire(before_start: bool) -> Requirement {
    let version = Version {
        number: 1,
        from: day("2020-01-01"),
        title: "Fire safety".into(),
        level: 0,
        rule: Rule::Every { months: 12 },
        asked_of: vec![EngagementKind::Volunteer],
        weeks: 4,
        accepts_others: false,
        before_start,
    };
    let organisation = OrganisationId::from_uuid(Uuid::nil());
    Requirement { id: fire_id(), organisation, code: "FIRE".into(), versions: vec![version] }
}

fn fire_id() -> RequirementId {
    RequirementId::from_uuid(Uuid::from_u128(5))
}

fn check(outcome: Outcome) -> Option<Check> {
    Some(Check {
        level: Level::Enhanced,
        workforce: Some(Workforce::Adult),
        barred_list: false,
        issued_on: day("2028-02-01"),
        updated_on: None,
        outcome,
    })
}

fn trained(on: &str) -> HashMap<RequirementId, Vec<Done>> {
    HashMap::from([(fire_id(), vec![Done { on: day(on), minutes: 0, part: String::new() }])])
}

fn exception(from: &str, until: &str) -> Exception {
    let [by, guide] = [7, 8].map(|it| PersonId::from_uuid(Uuid::from_u128(it)));
    let (from, until) = (day(from), day(until));
    Exception { kind: EngagementKind::Volunteer, by, guide, duties: "Makes tea".into(), from, until }
}

fn lacks(offer: &Offer, gate: &Gate) -> Vec<Lacking> {
    begin(offer, gate, day(TODAY)).err().unwrap_or_default()
}

#[test]
fn where_nothing_is_stated_nothing_waits() {
    for kind in EngagementKind::ALL {
        let offer = offer(kind, "2028-01-01");
        let begins = begin(&offer, &Gate::default(), day(TODAY)).unwrap();
        assert_eq!(*begins.offer(), offer, "{kind:?}, and its first day stays as it is");
    }
    let tutor = offer(EngagementKind::Tutor, "2028-01-01");
    assert_eq!(lacks(&tutor, &gate()), vec![], "another role asks for it");
    let later = Gate { roles: Vec::new(), required: vec![fire(false)], ..Gate::default() };
    assert_eq!(lacks(&offer(EngagementKind::Volunteer, TODAY), &later), vec![], "there is time for it");
}

#[test]
fn it_begins_when_the_check_and_the_training_are_there_and_not_before() {
    let offer = offer(EngagementKind::Volunteer, "2028-02-01");
    let (check_lacks, fire_lacks) = (Lacking::Check, Lacking::Training(fire_id()));
    assert_eq!(lacks(&offer, &gate()), [check_lacks, fire_lacks]);
    let checked = Gate { latest: check(Outcome::Conditions), ..gate() };
    assert_eq!(lacks(&offer, &checked), [fire_lacks]);
    let stale = Gate { done: trained("2026-01-01"), ..checked.clone() };
    assert_eq!(lacks(&offer, &stale), [fire_lacks]);
    let met = Gate { done: trained("2028-02-20"), ..checked.clone() };
    let begins = begin(&offer, &met, day(TODAY)).unwrap();
    assert_eq!(begins.offer().from, day(TODAY), "today, and not on the day that went by while it waited");
    let exempt = HashMap::from([(fire_id(), vec![Pause { from: day(TODAY), until: day(TODAY) }])]);
    assert_eq!(lacks(&offer, &Gate { exempt, ..checked }), vec![]);
    let may_not = Gate { latest: check(Outcome::MayNot), ..met };
    assert_eq!(lacks(&offer, &may_not), [check_lacks], "nobody is told more than that");
}

#[test]
fn an_exception_lets_it_begin_on_a_day_on_which_it_holds() {
    let gate = Gate { done: trained("2028-02-20"), ..gate() };
    let with = |from, until| Gate { exceptions: vec![exception(from, until)], ..gate.clone() };
    let now = offer(EngagementKind::Volunteer, "2028-02-01");
    let begins = begin(&now, &with(TODAY, "2028-04-01"), day(TODAY)).unwrap();
    assert_eq!(begins.with().map(|it| it.until), Some(day("2028-04-01")));
    assert_eq!(lacks(&now, &with("2028-01-01", "2028-02-29")), [Lacking::Check]);
    let later = offer(EngagementKind::Volunteer, "2028-05-01");
    assert_eq!(lacks(&later, &with(TODAY, "2028-04-01")), [Lacking::Check], "it will be over by then");
}

#[test]
fn nobody_is_kept_from_learning_and_somebody_has_to_see_the_first_check() {
    let role = |kind| RoleCheck { kind, ..gate().roles[0].clone() };
    let roles = EngagementKind::ALL.into_iter().map(role).collect();
    let gate = Gate { roles, ..Gate::default() };
    let begins = |it: &EngagementKind| begin(&offer(*it, TODAY), &gate, day(TODAY)).is_ok();
    let never: Vec<_> = EngagementKind::ALL.into_iter().filter(begins).collect();
    use EngagementKind::{Administrator, Applicant, Learner, Vetting};
    assert_eq!(never, [Learner, Applicant, Vetting, Administrator]);
}

#[test]
fn what_somebody_accepted_is_sorted_and_nothing_is_lost() {
    let offers = [offer(EngagementKind::Volunteer, TODAY), offer(EngagementKind::Tutor, TODAY)];
    let kinds = |it: &Sorted| it.begins.iter().map(|it| it.offer().kind).collect::<Vec<_>>();
    let sorted = sort(&offers, (&gate(), false), day(TODAY));
    assert_eq!((kinds(&sorted), &sorted.waits[..]), (vec![EngagementKind::Tutor], &offers[..1]));
    // Whoever only waits is known as an applicant, unless they are something there.
    let sorted = sort(&offers[..1], (&gate(), false), day(TODAY));
    assert_eq!((kinds(&sorted), &sorted.waits[..]), (vec![EngagementKind::Applicant], &offers[..1]));
    let sorted = sort(&offers[..1], (&gate(), true), day(TODAY));
    assert_eq!((kinds(&sorted), &sorted.waits[..]), (vec![], &offers[..1]));
    assert_eq!(sort(&[], (&gate(), false), day(TODAY)), Sorted::default());
}
