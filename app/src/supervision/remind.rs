//! Writing to people on the day before they meet: some sessions at a time.
//!
//! The letters about some sessions and the errand for those after them are kept in one transaction with the end of this
//! one. So nobody is written to twice, whoever takes over after a kill.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, Utc};
use domain::people::PersonId;
use domain::supervision::arrangement::members_on;
use domain::supervision::plan::{Planned, PlannedId};
use store::Tx;
use store::jobs::Errand;
use store::letter::Letter;
use store::supervision::arrangements::whole;
use store::supervision::planned::open_on;

use super::planned::planned_at;
use crate::clock::day_of;
use crate::happened::Happened;
use crate::letters;
use crate::site::Site;

/// Sessions at once. Our choice, as of people who are reminded of what becomes due.
pub const AT_ONCE: u64 = 100;

/// What some people are to be told of tomorrow, ready to be kept.
#[derive(Debug)]
pub struct Tomorrow {
    letters: Vec<Letter>,
    /// After which session to go on.
    after: Option<PlannedId>,
}

/// Works out who is to be told of the sessions of tomorrow that come after one; of the first on after none.
///
/// # Errors
/// When the database does not answer.
pub async fn remind_of_sessions(
    site: &Site,
    after: Option<PlannedId>,
    at_once: u64,
) -> store::Result<Tomorrow> {
    let (db, tomorrow) = (site.db(), day_of(site.clock().now()) + Days::new(1));
    let planned = open_on(db, tomorrow, (after, at_once)).await?;
    let is_full = u64::try_from(planned.len()).is_ok_and(|it| it == at_once);
    let after = planned.last().map(|it| it.id).filter(|_| is_full);
    let ids: BTreeSet<_> = planned.iter().map(|it| it.arrangement).collect();
    let all = whole(db, &ids.into_iter().collect::<Vec<_>>()).await?;
    let all: BTreeMap<_, _> = all.into_iter().map(|it| (it.0.id, it)).collect();
    let who = |it: &Planned| {
        let Some((arrangement, spells)) = all.get(&it.arrangement) else { return Vec::new() };
        members_on(spells, it.day).into_iter().chain([arrangement.supervisor]).collect()
    };
    let told: Vec<(PersonId, &Planned)> =
        planned.iter().flat_map(|it| who(it).into_iter().map(move |person| (person, it))).collect();
    let people: BTreeSet<_> = told.iter().map(|it| it.0).collect();
    let written_to = store::me::written_to(db, &people.into_iter().collect::<Vec<_>>()).await?;
    let letter = |(person, it): (PersonId, &Planned)| {
        let email = written_to.get(&person)?;
        Some(letters::happened(site, email, Happened::Tomorrow.says(), &planned_at(it.arrangement, it.id)))
    };
    Ok(Tomorrow { letters: told.into_iter().filter_map(letter).collect(), after })
}

impl Tomorrow {
    /// Puts the letters into the post, and enters the errand for the sessions after these.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep(&self, tx: &Tx, now: DateTime<Utc>) -> store::Result<()> {
        let letters: Vec<_> = self.letters.iter().cloned().map(Errand::SendMail).collect();
        store::jobs::enqueue_all(tx, &letters, now).await?;
        if let Some(after) = self.after {
            store::jobs::enqueue(tx, &Errand::RemindOfSessions(Some(after)), now).await?;
        }
        Ok(())
    }
}
