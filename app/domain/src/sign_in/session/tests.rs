use uuid::Uuid;

use super::*;

mod bad_links;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
}

fn id(number: u128) -> SessionId {
    SessionId::from_uuid(Uuid::from_u128(number))
}

/// A session begun at 0 s.
fn session(kind: SessionKind) -> Session {
    Session {
        id: id(1),
        person: PersonId::from_uuid(Uuid::from_u128(2)),
        kind,
        began_at: at(0),
        last_used_at: at(0),
        ended_at: None,
        proved: None,
    }
}

/// The token of this name and generation.
fn token(name: u8, generation: i64) -> RefreshToken {
    RefreshToken { hash: TokenHash::from_bytes([name; 32]), session: id(1), generation, made_at: at(0) }
}

/// What becomes of a token when this one has come back before.
fn after(proved: Option<RefreshToken>, presented: RefreshToken) -> Result<(i64, i64), SessionOver> {
    let proved = proved.map(|it| Proved { generation: it.generation, token: it.hash });
    let session = Session { proved, ..session(SessionKind::OwnDevice) };
    let renewal = present(&session, &presented, &Lifetimes::default(), at(60))?;
    assert_eq!(renewal.proved().token, presented.hash);
    Ok((renewal.proved().generation, renewal.child_generation()))
}

/// Why a session is over this many seconds after it began, if it was last used then.
fn over(kind: SessionKind, last_used: i64, now: i64) -> Option<SessionOver> {
    let session = Session { last_used_at: at(last_used), ..session(kind) };
    let over = session.over(&Lifetimes::default(), at(now));
    assert_eq!(present(&session, &token(0, 0), &Lifetimes::default(), at(now)).err(), over);
    over
}

#[test]
fn the_first_token_has_a_child() {
    assert_eq!(after(None, token(0, RefreshToken::FIRST_GENERATION)), Ok((0, 1)));
}

#[test]
fn a_child_that_comes_back_takes_its_parents_place() {
    assert_eq!(after(Some(token(0, 0)), token(1, 1)), Ok((1, 2)));
}

#[test]
fn the_same_token_again_is_a_lost_answer_or_a_second_tab() {
    assert_eq!(after(Some(token(1, 1)), token(1, 1)), Ok((1, 2)));
}

#[test]
fn a_parent_whose_child_has_come_back_is_theft() {
    assert_eq!(after(Some(token(1, 1)), token(0, 0)), Err(SessionOver::Theft));
}

#[test]
fn a_brother_of_the_one_that_has_come_back_is_theft() {
    assert_eq!(after(Some(token(1, 1)), token(2, 1)), Err(SessionOver::Theft));
}

#[test]
fn an_ended_session_stays_ended_even_for_a_thief() {
    let proved = Some(Proved { generation: 1, token: token(1, 1).hash });
    let session = Session { ended_at: Some(at(5)), proved, ..session(SessionKind::OwnDevice) };
    for presented in [token(1, 1), token(0, 0)] {
        let renewed = present(&session, &presented, &Lifetimes::default(), at(6));
        assert_eq!(renewed, Err(SessionOver::Ended));
    }
}

#[test]
fn a_shared_computer_locks_after_ten_minutes_and_not_a_second_sooner() {
    assert_eq!(over(SessionKind::SharedComputer, 100, 100 + 599), None);
    assert_eq!(over(SessionKind::SharedComputer, 100, 100 + 600), Some(SessionOver::Idle));
}

#[test]
fn ones_own_device_stays_signed_in_for_thirty_days_of_nothing() {
    let days = 30 * 86_400;
    assert_eq!(over(SessionKind::OwnDevice, 0, days - 1), None);
    assert_eq!(over(SessionKind::OwnDevice, 0, days), Some(SessionOver::Idle));
}

#[test]
fn every_session_ends_however_much_it_is_used() {
    let (own, shared) = (90 * 86_400, 12 * 3600);
    assert_eq!(over(SessionKind::OwnDevice, own - 9, own - 1), None);
    assert_eq!(over(SessionKind::OwnDevice, own - 9, own), Some(SessionOver::Expired));
    assert_eq!(over(SessionKind::SharedComputer, shared - 9, shared), Some(SessionOver::Expired));
}

#[test]
fn an_access_token_lasts_ten_minutes_or_one_on_a_shared_computer() {
    for (kind, seconds) in [(SessionKind::OwnDevice, 600), (SessionKind::SharedComputer, 60)] {
        let renewal = present(&session(kind), &token(0, 0), &Lifetimes::default(), at(7)).unwrap();
        assert_eq!(renewal.access_expires_at(), at(7 + seconds));
        assert_eq!((renewal.renewed_at(), renewal.session()), (at(7), id(1)));
    }
}

#[test]
fn an_access_token_does_not_outlast_its_session() {
    let end = 12 * 3600;
    let session = Session { last_used_at: at(end - 40), ..session(SessionKind::SharedComputer) };
    let renewal = present(&session, &token(0, 0), &Lifetimes::default(), at(end - 30)).unwrap();
    assert_eq!(renewal.access_expires_at(), at(end));
}

#[test]
fn an_access_token_is_good_until_it_runs_out_and_not_a_second_longer() {
    assert!(access_is_fresh(at(0), at(600), at(0)));
    assert!(access_is_fresh(at(0), at(600), at(599)));
    assert!(!access_is_fresh(at(0), at(600), at(600)));
}

#[test]
fn another_nodes_clock_may_be_a_minute_ahead_and_not_a_second_more() {
    assert!(access_is_fresh(at(60), at(660), at(0)));
    assert!(!access_is_fresh(at(61), at(661), at(0)));
}

#[test]
#[should_panic(expected = "another session's token")]
fn a_token_is_never_presented_to_another_session() {
    let _ = present(
        &session(SessionKind::OwnDevice),
        &RefreshToken { session: id(9), ..token(0, 0) },
        &Lifetimes::default(),
        at(1),
    );
}

#[test]
fn both_kinds_read_what_they_write() {
    for it in SessionKind::ALL {
        assert_eq!(SessionKind::parse(it.as_str()), Some(it));
    }
}
