//! The people of the bench: numbered, so that their ids and their tokens can be made without asking.

use app::{Access, Clock, Site, SystemClock};
use chrono::TimeDelta;
use domain::people::PersonId;
use domain::sign_in::{SessionId, SessionKind};
use store::{Db, Engine};
use uuid::Uuid;

/// The one who is everything to the organisation, and has just shown that it is them.
pub(crate) const EVERYTHING: u32 = 0;

/// Longer than any run, so that no run measures how sessions are renewed.
const TOKEN: TimeDelta = TimeDelta::hours(2);

pub(crate) fn person(number: u32) -> Uuid {
    id(1, number)
}

pub(crate) fn engagement(number: u32) -> Uuid {
    id(2, number)
}

pub(crate) fn session(number: u32) -> Uuid {
    id(3, number)
}

/// As the seeds spell it: the kind of row, then the number.
fn id(kind: u128, number: u32) -> Uuid {
    Uuid::from_u128((kind << 80) | (0x7000_8000 << 48) | u128::from(number))
}

/// An id as the engine takes it in a statement.
pub(crate) fn spelled(db: &Db, id: Uuid) -> String {
    match db.engine() {
        Engine::Sqlite => format!("x'{}'", id.simple()),
        Engine::Postgres => format!("'{id}'"),
    }
}

/// What the browser of that learner sends.
pub(crate) fn cookie(site: &Site, number: u32) -> String {
    cookie_in(site, number, session(number))
}

/// The same in a session of its own.
pub(crate) fn cookie_in(site: &Site, number: u32, session: Uuid) -> String {
    let now = SystemClock.now();
    site.cookie_of(&Access {
        person: PersonId::from_uuid(person(number)),
        session: SessionId::from_uuid(session),
        kind: SessionKind::OwnDevice,
        second_factor: number == EVERYTHING,
        issued_at: now,
        expires_at: now + TOKEN,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_spelled_as_the_seeds_spell_them() {
        assert_eq!(person(255).to_string(), "00000000-0001-7000-8000-0000000000ff");
        assert_eq!(session(1).to_string(), "00000000-0003-7000-8000-000000000001");
    }
}
