//! How an event becomes a hash.
//!
//! Every field is written with its presence and its length before it, so that no two different events are the
//! same bytes: without lengths `"ab", "c"` and `"a", "bc"` would be. Numbers are eight bytes, the highest first;
//! days are `2026-11-21`. The first bytes name the form, so that another form could be told apart later.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::Head;
use crate::entities::{audit_detail, audit_event};

/// Stands where the first event's predecessor would.
pub(super) const BEFORE_THE_FIRST: [u8; 32] = [0; 32];

type Hash = [u8; 32];

/// The hash of all fields of an event, its own hash excepted.
pub(super) fn event_hash(event: &audit_event::Model) -> Hash {
    let id = |id: &Option<uuid::Uuid>| id.map(|it| it.as_bytes().to_vec());
    let until = event.restricted_until.map(|it| it.to_string().into_bytes());
    let mut bytes = Vec::with_capacity(320);
    put(&mut bytes, Some(b"alongside audit event 1"));
    put(&mut bytes, Some(&event.sequence.to_be_bytes()));
    put(&mut bytes, Some(&event.at.to_be_bytes()));
    put(&mut bytes, id(&event.actor).as_deref());
    put(&mut bytes, Some(event.action.as_bytes()));
    put(&mut bytes, id(&event.subject).as_deref());
    put(&mut bytes, id(&event.about).as_deref());
    put(&mut bytes, id(&event.organisation).as_deref());
    put(&mut bytes, until.as_deref());
    put(&mut bytes, event.restricted_reason.as_deref().map(str::as_bytes));
    put(&mut bytes, event.detail_hash.as_deref());
    put(&mut bytes, Some(&event.previous));
    Sha256::digest(bytes).into()
}

/// The hash of an event's words under their salt.
pub(super) fn detail_hash(detail: &audit_detail::Model) -> Hash {
    let mut bytes = Vec::with_capacity(detail.detail.len() + 96);
    put(&mut bytes, Some(b"alongside audit detail 1"));
    put(&mut bytes, Some(&detail.salt));
    put(&mut bytes, Some(detail.detail.as_bytes()));
    Sha256::digest(bytes).into()
}

/// What is signed for a day.
pub(super) fn head_message(day: NaiveDate, head: &Head) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(128);
    put(&mut bytes, Some(b"alongside audit head 1"));
    put(&mut bytes, Some(day.to_string().as_bytes()));
    put(&mut bytes, Some(&head.sequence.to_be_bytes()));
    put(&mut bytes, Some(&head.hash));
    bytes
}

fn put(bytes: &mut Vec<u8>, field: Option<&[u8]>) {
    let Some(field) = field else { return bytes.push(0) };
    bytes.push(1);
    bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
    bytes.extend_from_slice(field);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> audit_event::Model {
        audit_event::Model {
            sequence: 1,
            at: 1_795_000_000_000,
            actor: None,
            action: "course_published".to_owned(),
            subject: None,
            about: Some(uuid::Uuid::from_u128(7)),
            organisation: None,
            restricted_until: None,
            restricted_reason: None,
            detail_hash: None,
            previous: BEFORE_THE_FIRST.to_vec(),
            hash: Vec::new(),
        }
    }

    /// Written down, because chains that exist have to stay readable.
    #[test]
    fn the_form_of_an_event_never_changes() {
        let hex: String = event_hash(&event()).iter().map(|it| format!("{it:02x}")).collect();
        assert_eq!(hex, "af7b8bb017399f6b2f67e4867d6350bf2001c20cbc2cebc029e9759b74887d7b");
    }

    #[test]
    fn every_field_counts() {
        let id = Some(uuid::Uuid::from_u128(7));
        let changes: [fn(&mut audit_event::Model); 6] = [
            |it| it.sequence = 2,
            |it| it.at += 1,
            |it| it.action.push('d'),
            |it| it.restricted_reason = Some(String::new()),
            |it| it.restricted_until = NaiveDate::from_ymd_opt(2026, 11, 21),
            |it| it.detail_hash = Some(vec![]),
        ];
        let mut seen = vec![event_hash(&event())];
        for change in changes {
            let mut changed = event();
            change(&mut changed);
            seen.push(event_hash(&changed));
        }
        for place in 0..4 {
            let mut moved = audit_event::Model { about: None, ..event() };
            match place {
                0 => moved.actor = id,
                1 => moved.subject = id,
                2 => moved.organisation = id,
                _ => {}
            }
            seen.push(event_hash(&moved));
        }
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all);
    }
}
