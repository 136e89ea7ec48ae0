//! Writing to people of what becomes due: once a day, some people at a time, with a rest after each.
//!
//! What the next people are told, their letters and the errand for those after them are kept in one transaction with
//! the end of this one. So whoever takes over after a kill begins where the last one stopped, and nobody hears anything
//! twice. The letters stand before the next errand: somebody who waits for another letter waits for those of a few
//! hundred people and never for all.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::London;
use domain::people::PersonId;
use domain::training::requirement::Telling;
use store::jobs::Errand;
use store::letter::Letter;
use store::training::reminders::{NextPeople, ToTell, next_people, save_told};
use store::{Failure, Tx};

use super::stands::would_count;
use crate::letters::{self, Due};
use crate::site::Site;

/// People at once. Our choice: what is asked about them takes a hundredth of a second.
pub const AT_ONCE: u64 = 100;

/// After working for a time it rests for so many times as long, so that whoever reads a page meanwhile does not notice.
/// Measured with two cores: a hundred thousand people take ten minutes of a morning.
const RESTS: i32 = 30;

/// What some people are to be told, ready to be kept.
#[derive(Debug)]
pub struct Reminding {
    told: Vec<ToTell>,
    letters: Vec<Letter>,
    after: Option<PersonId>,
    today: NaiveDate,
    rest: TimeDelta,
}

/// Works out what the next people after one are to be told today; from the first one on after nobody.
///
/// # Errors
/// When the database does not answer.
pub async fn remind_of_due(site: &Site, after: Option<PersonId>, at_once: u64) -> store::Result<Reminding> {
    let began = site.clock().now();
    let today = began.with_timezone(&London).date_naive();
    let people = next_people(site.db(), after, at_once).await?;
    let after = people.after();
    let beside = site.clone();
    let worked_out = site.printer().beside(move || {
        let told = people.to_tell(today);
        let letters = told.iter().map(|it| letter(&beside, (&people, today), it)).collect();
        (told, letters)
    });
    let (told, letters): (Vec<_>, Vec<_>) =
        worked_out.await.map_err(|_| Failure::Content("what becomes due".into()))?;
    let rest = (site.clock().now() - began) * RESTS;
    Ok(Reminding { told, letters, after, today, rest })
}

fn letter(site: &Site, (people, today): (&NextPeople, NaiveDate), it: &ToTell) -> Letter {
    let due = |telling: &Telling| {
        let (requirement, by) = people.required(telling.requirement())?;
        let version = requirement.now_or_first(today)?;
        let (what, would_count) = (version.called(), would_count(&version.rule));
        Some(Due { by, what, reminder: telling.reminder(), day: telling.due(), would_count })
    };
    letters::becomes_due(site, &it.email, &it.telling.iter().filter_map(due).collect::<Vec<_>>())
}

impl Reminding {
    /// How many people are told something.
    #[must_use]
    pub const fn told(&self) -> usize {
        self.told.len()
    }

    /// After whom to go on; nobody when these were the last.
    #[must_use]
    pub const fn after(&self) -> Option<PersonId> {
        self.after
    }

    /// For how long to rest before that.
    #[must_use]
    pub const fn rest(&self) -> TimeDelta {
        self.rest
    }

    /// Keeps that they were told.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep_told(&self, tx: &Tx) -> store::Result<()> {
        save_told(tx, &self.told, self.today).await
    }

    /// Keeps that they were told, puts their letters into the post, and enters the errand for those after them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep(&self, tx: &Tx, now: DateTime<Utc>) -> store::Result<()> {
        self.keep_told(tx).await?;
        let letters: Vec<_> = self.letters.iter().cloned().map(Errand::SendMail).collect();
        store::jobs::enqueue_all(tx, &letters, now).await?;
        if let Some(after) = self.after {
            let next = Errand::RemindOfDue(Some(after));
            store::jobs::enqueue_for(tx, &next, now + self.rest, now).await?;
        }
        Ok(())
    }
}
