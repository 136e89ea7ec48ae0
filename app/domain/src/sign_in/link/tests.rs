use uuid::Uuid;

use super::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
}

/// A link sent at 0 s.
fn link(purpose: LinkPurpose) -> Link {
    Link { id: LinkId::from_uuid(Uuid::from_u128(1)), purpose, made_at: at(0), used_at: None }
}

/// It works until this many seconds after it was sent, and no longer.
fn check_lifetime(purpose: LinkPurpose, seconds: i64) {
    let it = link(purpose);
    assert!(follow(&it, purpose, at(seconds - 1)).is_ok(), "{purpose:?}");
    assert_eq!(follow(&it, purpose, at(seconds)), Err(LinkRefused::Expired(purpose)));
}

#[test]
fn a_link_followed_in_time_says_which_it_was() {
    let followed = follow(&link(LinkPurpose::Confirm), LinkPurpose::Confirm, at(5)).unwrap();
    assert_eq!(followed.id(), link(LinkPurpose::Confirm).id);
    assert_eq!((followed.purpose(), followed.at()), (LinkPurpose::Confirm, at(5)));
}

#[test]
fn each_link_works_as_long_as_it_says_and_not_a_second_longer() {
    let (hour, day) = (3600, 86_400);
    check_lifetime(LinkPurpose::Confirm, 3 * day);
    check_lifetime(LinkPurpose::ResetPassword, hour);
    check_lifetime(LinkPurpose::ChangeAddress, day);
    check_lifetime(LinkPurpose::Invite, 14 * day);
    check_lifetime(LinkPurpose::ExpressInterest, 3 * day);
}

#[test]
fn a_link_works_once() {
    for purpose in LinkPurpose::ALL {
        let used = Link { used_at: Some(at(1)), ..link(purpose) };
        assert_eq!(follow(&used, purpose, at(2)), Err(LinkRefused::AlreadyUsed(purpose)));
    }
}

#[test]
fn a_link_used_long_ago_says_that_it_was_used() {
    let used = Link { used_at: Some(at(1)), ..link(LinkPurpose::Confirm) };
    let refused = follow(&used, LinkPurpose::Confirm, at(10_000_000)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "This link has been used, so your address is confirmed. Sign in to go on."
    );
}

#[test]
fn a_link_does_nothing_but_what_it_is_for() {
    for purpose in LinkPurpose::ALL {
        for other in LinkPurpose::ALL.into_iter().filter(|it| *it != purpose) {
            assert_eq!(follow(&link(purpose), other, at(1)), Err(LinkRefused::WrongPurpose));
        }
    }
}

#[test]
fn every_refusal_says_how_long_the_link_was_good_for() {
    for purpose in LinkPurpose::ALL {
        let sentence = LinkRefused::Expired(purpose).to_string();
        let (hours, days) = (purpose.lifetime().num_hours(), purpose.lifetime().num_days());
        let says = |it: String| sentence.contains(&it);
        assert!(says(format!("{hours} hour")) || says(format!("{days} days")), "{sentence}");
    }
}

#[test]
fn every_purpose_reads_what_it_writes() {
    for it in LinkPurpose::ALL {
        assert_eq!(LinkPurpose::parse(it.as_str()), Some(it));
    }
}
