use uuid::Uuid;

use super::*;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn engagement(from: u32, to: Option<u32>) -> Engagement {
    Engagement {
        id: EngagementId::from_uuid(Uuid::from_u128(1)),
        person: PersonId::from_uuid(Uuid::from_u128(2)),
        organisation: OrganisationId::from_uuid(Uuid::from_u128(3)),
        kind: EngagementKind::Volunteer,
        basis: Some(Basis::Volunteer),
        from: day(from),
        to: to.map(day),
        away: None,
    }
}

#[test]
fn an_engagement_holds_from_its_first_day_to_its_last() {
    let it = engagement(3, Some(5));
    assert_eq!([2, 3, 5, 6].map(|on| it.is_current(day(on))), [false, true, true, false]);
}

#[test]
fn an_open_engagement_goes_on() {
    assert!(engagement(3, None).is_current(NaiveDate::MAX));
}

#[test]
fn somebody_away_is_still_engaged() {
    let it = Engagement { away: Some(Away { from: day(4), to: Some(day(5)) }), ..engagement(1, None) };
    assert_eq!([3, 4, 5, 6].map(|on| it.is_away(day(on))), [false, true, true, false]);
    assert!(it.is_current(day(4)));
}

#[test]
fn away_may_be_until_further_notice() {
    let it = Engagement { away: Some(Away { from: day(4), to: None }), ..engagement(1, None) };
    assert!(it.is_away(NaiveDate::MAX));
    assert!(!engagement(1, None).is_away(day(4)));
}

#[test]
fn every_kind_reads_what_it_writes() {
    assert_eq!(EngagementKind::ALL.len(), 26);
    for it in EngagementKind::ALL {
        assert_eq!(EngagementKind::parse(it.as_str()), Some(it));
    }
    for it in Basis::ALL {
        assert_eq!(Basis::parse(it.as_str()), Some(it));
    }
    for it in OrganisationKind::ALL {
        assert_eq!(OrganisationKind::parse(it.as_str()), Some(it));
    }
    assert_eq!(EngagementKind::parse("Learner"), None);
    assert_eq!(EngagementKind::parse("manager"), None);
}

#[test]
fn a_label_is_the_stored_name_in_sentence_case() {
    for it in EngagementKind::ALL {
        assert_eq!(it.label().to_lowercase().replace(' ', "_"), it.as_str());
        assert!(it.label().starts_with(|it: char| it.is_ascii_uppercase()), "{it:?}");
    }
}

#[test]
fn people_may_make_themselves_learners_and_nothing_else() {
    let kinds = EngagementKind::ALL.into_iter().filter(|it| it.may_be_self_registered());
    assert_eq!(kinds.collect::<Vec<_>>(), [EngagementKind::Learner]);
}

#[test]
fn what_people_may_make_themselves_opens_nothing_about_others() {
    for it in EngagementKind::ALL.into_iter().filter(|it| it.may_be_self_registered()) {
        assert!(!it.sees_other_peoples_data() && !it.acts_for_the_organisation(), "{it:?}");
    }
}

#[test]
fn who_handles_money_or_people_sees_other_peoples_data() {
    use EngagementKind::*;
    for it in
        [Supervisor, Assessor, Coordinator, Checker, BudgetHolder, Payer, Auditor, Vetting, Administrator]
    {
        assert!(it.sees_other_peoples_data(), "{it:?}");
    }
    for it in [PeerSupportWorker, Supporter, PeerMentor, ExpertByExperience, Volunteer] {
        assert!(!it.sees_other_peoples_data(), "{it:?}");
    }
}
