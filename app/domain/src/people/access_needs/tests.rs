use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::people::{
    Actor, Engagement, EngagementId, EngagementKind, PersonId, Relationship, RelationshipKind,
};

const COLLEGE: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(1));
const MIND: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(2));
const SAM: PersonId = PersonId::from_uuid(Uuid::from_u128(8));
const KIM: PersonId = PersonId::from_uuid(Uuid::from_u128(9));

fn take(needs: &str, shares: &[&str]) -> Result<AccessNeeds, Vec<&'static str>> {
    let taken = access_needs(&AccessNeedsForm { needs, shares }, &[COLLEGE]);
    taken.map_err(|faults| faults.into_iter().map(|it| it.field).collect())
}

fn share(organisation: OrganisationId, with: NeedsReader) -> NeedsShare {
    NeedsShare { organisation, with }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// Kim, who is this to that organisation.
fn kim(kind: EngagementKind, organisation: OrganisationId, relationships: Vec<Relationship>) -> Actor {
    let id = EngagementId::from_uuid(Uuid::from_u128(3));
    let engagement =
        Engagement { id, person: KIM, organisation, kind, basis: None, from: day(), to: None, away: None };
    Actor::new(KIM, vec![engagement], relationships, day())
}

#[test]
fn what_somebody_needs_is_in_their_own_words_over_several_lines() {
    let tutors = share(COLLEGE, NeedsReader::Tutors).spelled();
    let taken = take(" A quiet room, please.\r\nمحمد 🦋 ", &[&tutors]).unwrap();
    assert_eq!(taken.needs(), "A quiet room, please.\nمحمد 🦋");
    assert_eq!(taken.shares(), [share(COLLEGE, NeedsReader::Tutors)]);
    assert!(!format!("{taken:?}").contains("quiet"), "none of it gets into a log");
}

#[test]
fn nothing_written_is_shared_with_nobody() {
    let tutors = share(COLLEGE, NeedsReader::Tutors).spelled();
    assert_eq!(take(" \n ", &[&tutors]).unwrap().shares(), []);
}

#[test]
fn hidden_characters_and_too_much_are_refused_and_say_how_much_it_is() {
    assert_eq!(take("a\0b", &[]), Err(vec!["needs"]));
    assert!(take(&"🦋".repeat(1000), &[]).is_ok());
    assert_eq!(take(&"a".repeat(1001), &["nobody"]), Err(vec!["needs", "share"]));
}

#[test]
fn it_is_shared_only_where_the_person_is_something() {
    let elsewhere = share(MIND, NeedsReader::Tutors).spelled();
    for odd in [elsewhere.as_str(), "tutors", "", "x tutors", "🦋"] {
        assert_eq!(take("A quiet room", &[odd]), Err(vec!["share"]), "{odd:?}");
    }
}

#[test]
fn only_whoever_it_is_shared_with_reads_it() {
    let shares = [share(COLLEGE, NeedsReader::Tutors)];
    let reads = |actor: &Actor| actor.as_reader_of_needs(SAM, &shares).is_some();
    assert!(reads(&kim(EngagementKind::Tutor, COLLEGE, Vec::new())));
    assert!(!reads(&kim(EngagementKind::Tutor, MIND, Vec::new())), "another organisation's tutor");
    for kind in EngagementKind::ALL.into_iter().filter(|it| *it != EngagementKind::Tutor) {
        assert!(!reads(&kim(kind, COLLEGE, Vec::new())), "{kind:?}");
    }
    let nobody = kim(EngagementKind::Tutor, COLLEGE, Vec::new()).as_reader_of_needs(SAM, &[]);
    assert!(nobody.is_none(), "what is taken back is closed");
}

#[test]
fn whoever_is_alongside_reads_it_for_the_organisation_they_are_alongside_for() {
    let guides = Relationship {
        kind: RelationshipKind::Guide,
        holder: KIM,
        person: SAM,
        organisation: COLLEGE,
        from: day(),
        to: None,
    };
    let actor = kim(EngagementKind::Supporter, COLLEGE, vec![guides]);
    let with = |organisation| [share(organisation, NeedsReader::Alongside)];
    assert!(actor.as_reader_of_needs(SAM, &with(COLLEGE)).is_some());
    assert!(actor.as_reader_of_needs(SAM, &with(MIND)).is_none());
    let stranger = PersonId::from_uuid(Uuid::from_u128(7));
    assert!(actor.as_reader_of_needs(stranger, &with(COLLEGE)).is_none());
}
