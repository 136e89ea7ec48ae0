//! Going through everybody for what becomes due, as a node does each morning, but for the letters: what is measured is
//! how long it takes to work out how everybody stands, and to keep what they were told.

use std::time::{Duration, Instant};

use anyhow::Result;
use app::{Clock, REMINDED_AT_ONCE, Site, SystemClock, remind_of_due};
use chrono_tz::Europe::London;
use domain::jobs::{Every, Slot};
use serde_json::{Value, json};
use store::Db;
use store::jobs::{Errand, Round, enqueue_round};

/// The most steps of one run: what a person takes is the same in every step, and the rests of many would be long.
const MOST_STEPS: u64 = 100;

/// Everybody, or the first of many, twice: the first time there is much to be told, the second time nothing.
pub(crate) async fn measure(site: &Site) -> Result<Value> {
    let first = run(site).await?;
    let again = run(site).await?;
    Ok(json!({ "first": first, "again": again }))
}

/// All steps, each with the rest after it that a worker takes. What is told is how long they worked.
async fn run(site: &Site) -> Result<Value> {
    let (mut after, mut worked, mut told, mut steps) = (None, Duration::ZERO, 0, 0_u64);
    loop {
        let began = Instant::now();
        let reminding = remind_of_due(site, after, REMINDED_AT_ONCE).await?;
        let tx = site.db().begin().await?;
        reminding.keep_told(&tx).await?;
        tx.commit().await?;
        worked += began.elapsed();
        told += reminding.told();
        steps += 1;
        match reminding.after() {
            Some(last) if steps < MOST_STEPS => after = Some(last),
            _ => break,
        }
        tokio::time::sleep(reminding.rest().to_std().unwrap_or_default()).await;
    }
    let people = steps * REMINDED_AT_ONCE;
    Ok(json!({ "steps": steps, "people": people, "told": told, "ms": worked.as_secs_f64() * 1e3 }))
}

/// Keeps nodes from going through everybody by themselves, today and tomorrow, while something else is measured.
pub(crate) async fn keep_for_later(db: &Db) -> Result<()> {
    let now = SystemClock.now();
    for days in 0..=1 {
        let then = now + chrono::TimeDelta::days(days);
        let slot = Slot::of(Every::Morning, then, then.with_timezone(&London).naive_local());
        // Another errand takes the place in the list of rounds: one that is done at once.
        let round = Round { name: "remind_of_due", slot: &slot };
        enqueue_round(db, &round, &Errand::ForgetSlots, now).await?;
    }
    Ok(())
}
