use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::people::{Actor, Engagement, EngagementId, EngagementKind, OrganisationId, PersonId};
use crate::training::framework::{self, Row};

fn coordinator() -> TrainingCoordinator {
    let (person, organisation) = (PersonId::from_uuid(Uuid::nil()), OrganisationId::from_uuid(Uuid::nil()));
    let today: NaiveDate = "2026-11-22".parse().unwrap();
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::nil()),
        person,
        organisation,
        kind: EngagementKind::Coordinator,
        basis: None,
        from: today,
        to: None,
        away: None,
    };
    let actor = Actor::new(person, vec![engagement], Vec::new(), today);
    actor.as_training_coordinator_of(organisation).unwrap()
}

fn listens() -> Vec<(FrameworkId, Vec<Competence>)> {
    let row = |code: &str| Row {
        line: 1,
        code: code.into(),
        title: code.into(),
        need: "essential".into(),
        ..Row::default()
    };
    let competences = framework::check(&[row("3.5"), row("1.2")]).unwrap();
    vec![(FrameworkId::from_uuid(Uuid::nil()), competences.all().to_vec())]
}

const FORM: RoleForm<'_> = RoleForm {
    title: "Peer support worker",
    description: "You walk beside people.\n\n- You listen.",
    essential: "Listens without judging | 3.5, 1.2\n\nHas lived through hard times",
    desirable: "Has run a group",
    framework: "00000000-0000-0000-0000-000000000000",
    band: "Band 3",
    hours: "22.5",
    checks: "Enhanced check for adults",
    training: "Safeguarding adults, level 2",
};

fn kept(form: &RoleForm<'_>) -> Result<Next<RoleText>, Vec<&'static str>> {
    keep_role(&coordinator(), None, form, &listens(), 0).map_err(|it| match it {
        NotTaken::Newer => vec!["newer"],
        NotTaken::Faults(faults) => faults.into_iter().map(|it| it.field).collect(),
    })
}

fn draft(form: &RoleForm<'_>) -> Revised<RoleText> {
    let kept = kept(form).unwrap();
    Revised { value: kept.value().clone(), revision: kept.revision() }
}

fn around() -> Around {
    Around {
        organisation: "The college".into(),
        words: NeedWords::default(),
        framework: Some(("Ours".into(), 2)),
    }
}

fn published(latest: Option<(i64, &str)>) -> Result<NewVersion, NotPublished> {
    publish(&coordinator(), (&draft(&FORM), 1), (around(), &listens()[0].1), latest)
}

#[test]
fn a_line_is_a_criterion_with_its_codes_after_a_bar_and_comes_back_as_it_was_typed() {
    let text = kept(&FORM).unwrap().value().clone();
    assert_eq!(text.criteria.len(), 3);
    assert_eq!(
        (&*text.criteria[0].words, codes(&text.criteria[0].shown_by)),
        ("Listens without judging", "3.5, 1.2".into())
    );
    assert_eq!(
        text.typed(Need::Essential),
        "Listens without judging | 3.5, 1.2\nHas lived through hard times"
    );
    assert_eq!(text.typed(Need::Desirable), "Has run a group");
    let again = [Need::Essential, Need::Desirable].map(|it| criteria(it, &text.typed(it)).unwrap()).concat();
    assert_eq!(again, text.criteria);
    assert_eq!((text.minutes, &*text.typed_hours()), (Some(1350), "22:30"));
}

#[test]
fn what_is_missing_or_not_there_is_said_at_its_field() {
    assert_eq!(kept(&RoleForm { title: " ", ..FORM }), Err(vec!["title"]));
    assert_eq!(kept(&RoleForm { essential: "Listens | 9.9", ..FORM }), Err(vec!["essential"]));
    assert_eq!(kept(&RoleForm { essential: "| 3.5", ..FORM }), Err(vec!["essential"]));
    assert_eq!(kept(&RoleForm { essential: "Listens | well | 3.5", ..FORM }), Err(vec!["essential"]));
    assert_eq!(kept(&RoleForm { framework: "", ..FORM }), Err(vec!["essential"]));
    assert_eq!(kept(&RoleForm { framework: "another", ..FORM }), Err(vec!["framework", "essential"]));
    assert_eq!(kept(&RoleForm { checks: &"a\n".repeat(41), ..FORM }), Err(vec!["checks"]));
    assert_eq!(kept(&RoleForm { training: &"a".repeat(301), ..FORM }), Err(vec!["training"]));
    assert_eq!(kept(&RoleForm { description: "a\u{7}", ..FORM }), Err(vec!["description"]));
}

#[test]
fn hours_are_whole_minutes_however_they_are_typed() {
    let read = |typed| kept(&RoleForm { hours: typed, ..FORM }).map(|it| it.value().minutes);
    for (typed, minutes) in
        [("", None), ("22", Some(1320)), ("22,25", Some(1335)), ("37:05", Some(2225)), ("0.1", Some(6))]
    {
        assert_eq!(read(typed), Ok(minutes), "{typed}");
    }
    for typed in ["0", "-1", "169", "1:60", "1:5", "1.555", "ten", "1e2", "+3", "65536"] {
        assert_eq!(read(typed), Err(vec!["hours"]), "{typed}");
    }
}

#[test]
fn a_draft_that_is_newer_is_not_overwritten_unseen() {
    let before = draft(&FORM);
    let again = |title, seen| {
        let form = RoleForm { title, ..FORM };
        keep_role(&coordinator(), Some(&before), &form, &listens(), seen).map(|it| it.revision())
    };
    assert_eq!(again("Peer mentor", 0), Err(NotTaken::Newer));
    assert_eq!(again("Peer mentor", 1), Ok(2));
    assert_eq!(again("Peer support worker", 0), Ok(2));
}

#[test]
fn what_is_signed_is_a_text_that_anybody_can_make_again() {
    let version = published(None).unwrap();
    let text = "Alongside role profile, format 1\nOrganisation: The college\nRole: Peer support worker\nVersion: 1\n\
        Band: Band 3\nHours a week: 22:30\nCompetences from: Ours, version 2\n\
        1. Essential: Listens without judging (3.5, 1.2)\n2. Essential: Has lived through hard times\n\
        3. Desirable: Has run a group\nCheck: Enhanced check for adults\nTraining: Safeguarding adults, level 2\n\
        Job description:\nYou walk beside people.\n\n- You listen.\n";
    assert_eq!(version.canonical(), text);
}

#[test]
fn a_version_is_made_of_what_was_read_and_only_where_something_changed() {
    let first = published(None).unwrap();
    assert_eq!(first.number(), 1);
    assert_eq!(published(Some((1, &first.canonical()))), Err(NotPublished::Same(1)));
    assert_eq!(published(Some((1, "another"))).unwrap().number(), 2);
    let make = |draft: &Revised<RoleText>, seen, there: &[Competence]| {
        publish(&coordinator(), (draft, seen), (around(), there), None).map(|it| it.number())
    };
    assert_eq!(make(&draft(&FORM), 0, &listens()[0].1), Err(NotPublished::Newer));
    assert_eq!(make(&draft(&FORM), 1, &[]), Err(NotPublished::CodeGone("3.5".into())));
    let bare = draft(&RoleForm { description: "", ..FORM });
    assert_eq!(make(&bare, 1, &listens()[0].1), Err(NotPublished::Empty));
}

#[test]
fn an_organisation_calls_the_two_needs_by_its_own_words() {
    let words = need_words("Must have", "").unwrap();
    assert_eq!([words.of(Need::Essential), words.of(Need::Desirable)], ["Must have", "Desirable"]);
    let around = Around { words, ..around() };
    let version = publish(&coordinator(), (&draft(&FORM), 1), (around, &listens()[0].1), None).unwrap();
    assert!(version.canonical().contains("1. Must have: Listens"));
    assert_eq!(need_words("Good", "good").unwrap_err()[0].field, "desirable");
    assert_eq!(need_words(&"a".repeat(31), "").unwrap_err()[0].field, "essential");
}
