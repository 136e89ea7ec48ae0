use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::people::{Actor, Engagement, EngagementId, PersonId};

const HOST: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(1));
const OTHER: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(2));
const FORM: OrganisationForm<'_> =
    OrganisationForm { name: "Riverside Mind", kind: "charity", parent: "", email: "kim@demo.example" };

fn actor() -> Actor {
    let person = PersonId::from_uuid(Uuid::from_u128(9));
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(8)),
        person,
        organisation: HOST,
        kind: EngagementKind::Administrator,
        basis: None,
        from: today,
        to: None,
        away: None,
    };
    Actor::new(person, vec![engagement], Vec::new(), today)
}

fn add(form: OrganisationForm<'_>) -> Result<NewOrganisation, Vec<&'static str>> {
    let known = [(HOST, "Our college".to_owned())];
    found(&actor().as_founder(HOST).unwrap(), &form, &known).map_err(fields)
}

fn fields(faults: Vec<FieldFault>) -> Vec<&'static str> {
    faults.into_iter().map(|it| it.field).collect()
}

#[test]
fn only_an_administrator_of_the_host_adds_organisations() {
    assert!(actor().as_founder(HOST).is_some() && actor().as_founder(OTHER).is_none());
}

#[test]
fn an_organisation_is_added_beside_those_there_are() {
    let part = HOST.to_string();
    let new = add(OrganisationForm { parent: &part, ..FORM }).unwrap();
    assert_eq!(
        (new.name(), new.kind(), new.parent()),
        ("Riverside Mind", OrganisationKind::Charity, Some(HOST))
    );
    assert_eq!(new.administrator().as_str(), "kim@demo.example");
    assert_eq!(add(FORM).unwrap().parent(), None);
}

#[test]
fn everything_that_is_wrong_with_one_is_said_at_once() {
    let form = OrganisationForm { name: "🦋", kind: "house", parent: "x", email: "kim" };
    assert_eq!(add(form), Err(vec!["name", "kind", "parent", "email"]));
    let unknown = OTHER.to_string();
    assert_eq!(add(OrganisationForm { parent: &unknown, ..FORM }), Err(vec!["parent"]));
    assert_eq!(add(OrganisationForm { name: "OUR College", ..FORM }), Err(vec!["name"]), "there are not two");
}

#[test]
fn settings_are_a_name_and_an_age() {
    let by = actor().as_administrator_of(HOST).unwrap();
    let known = [(HOST, "Our college".to_owned()), (OTHER, "Riverside Mind".to_owned())];
    let settled =
        |name, minimum_age| settle(&by, &SettingsForm { name, minimum_age }, &known).map_err(fields);
    let settings = settled(" Our college ", Some("16")).unwrap();
    assert_eq!((settings.name(), settings.minimum_age().map(MinimumAge::years)), ("Our college", Some(16)));
    assert_eq!(settled("Our college", None).unwrap().minimum_age(), None);
    for age in ["", "13", "26", "-18", "eighteen", "18.5", "999"] {
        assert_eq!(settled("Our college", Some(age)), Err(vec!["minimum_age"]), "{age:?}");
    }
    assert_eq!(settled("riverside MIND", None), Err(vec!["name"]), "another organisation is called so");
    assert_eq!(settled("", Some("")), Err(vec!["name", "minimum_age"]));
}

#[test]
fn an_organisation_has_words_of_its_own() {
    let by = actor().as_administrator_of(HOST).unwrap();
    let typed = |kind| match kind {
        EngagementKind::PeerMentor => " Walking companion ",
        EngagementKind::Tutor => "Tutor",
        _ => "",
    };
    let words = call(&by, typed).unwrap();
    assert_eq!(words.iter().collect::<Vec<_>>(), [(EngagementKind::PeerMentor, "Walking companion")]);
    let labels: Labels = words.iter().map(|(kind, word)| (HOST, kind, word.to_owned())).collect();
    assert_eq!(labels.word(HOST, EngagementKind::PeerMentor), "Walking companion");
    assert_eq!(labels.word(HOST, EngagementKind::Tutor), "Tutor");
    assert_eq!(labels.word(OTHER, EngagementKind::PeerMentor), "Peer mentor", "nobody else's word changes");
}

#[test]
fn words_that_could_not_be_told_apart_are_refused() {
    let by = actor().as_administrator_of(HOST).unwrap();
    let long = "w".repeat(41);
    let typed = |kind| match kind {
        EngagementKind::PeerMentor | EngagementKind::Supporter => "Companion",
        EngagementKind::Tutor => "—",
        EngagementKind::Payer => long.as_str(),
        EngagementKind::Vetting => "a\nb",
        _ => "",
    };
    assert_eq!(call(&by, typed).map_err(fields), Err(vec!["tutor", "supporter", "payer", "vetting"]));
}
