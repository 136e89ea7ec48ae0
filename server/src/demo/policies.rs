//! A policy of the demo's charity: accepted by those who were there, changed since, and read again by some.

use anyhow::{Context, Result, anyhow};
use chrono::{Days, NaiveDate};
use domain::day::TypedDay;
use domain::people::{EngagementKind as Kind, PersonId, TrainingCoordinator};
use domain::training::requirement::{
    AcceptForm, Accepted, PolicyForm, RequirementId, accept, change_policy, write_policy,
};
use store::demo::Cast;
use store::training::policies::{acceptances_now, edition_now, save_acceptance};
use store::training::requirements::{requirement_now, save_new, save_version};
use store::{Db, Tx};
use uuid::Uuid;

use super::CHARITY;
use super::past::morning;
use super::training::{actor, people, typed, written};

const WORDS: &str = "Nobody is asked to be somewhere alone that does not feel right to them. This says how we look after each other when one of us is out.

## Before you go

- Write in the diary where you are going, whom to ring there, and when you will be back.
- Take a phone that is charged, and a card with our number.
- If you do not know the place, go with somebody the first time.

## While you are there

- Sit where you can leave easily.
- If something does not feel right, go. You do not have to say why, and nobody minds.

## When you are back

Write one word in the diary. If there is none half an hour after you said, somebody rings you, and then your emergency contact.";

const MORE: &str = "## After dark

Two of us go, or we meet somewhere else.";

/// Whom it binds: those who train are applicants until they are something else.
const BOUND: [Kind; 5] =
    [Kind::Applicant, Kind::Student, Kind::PeerSupportWorker, Kind::ExpertByExperience, Kind::Tutor];

/// Weeks since the policy was written, and days since it was changed.
const WEEKS: u64 = 13;
const CHANGED: u64 = 12;

/// Writes it, lets people accept it, changes it, and lets some of them read it again.
pub(super) async fn live(db: &Db, cast: &Cast, today: NaiveDate) -> Result<()> {
    let charity = cast.organisation(CHARITY)?;
    let coordinator = actor(db, cast.person("coordinator")?, today).await?;
    let coordinator = coordinator.as_training_coordinator_of(charity).context("Nobody coordinates.")?;
    let named = store::organisations::organisation(db, charity).await?.context("It is there.")?;
    let id = RequirementId::from_uuid(Uuid::now_v7());
    let held = async |person: PersonId| {
        let actor = actor(db, person, today).await?;
        let held = BOUND.into_iter().find_map(|kind| actor.in_organisation(kind, charity));
        held.context("It does not bind them.")
    };
    let supervisor = held(cast.person("supervisor")?).await?;
    let tutor = held(cast.person("tutor")?).await?;
    let expert = held(cast.person("expert")?).await?;
    let mut trainees = Vec::new();
    for person in people(cast)?.into_iter().take(6) {
        trainees.push(held(person).await?);
    }
    let tx = db.begin().await?;
    write(&tx, (&coordinator, &named.name), id, today - Days::new(7 * WEEKS)).await?;
    for (it, days_ago) in [(&supervisor, 80), (&tutor, 76), (&expert, 75)] {
        read(&tx, it, id, today - Days::new(days_ago)).await?;
    }
    for it in &trainees {
        read(&tx, it, id, today - Days::new(38)).await?;
    }
    change(&tx, (&coordinator, &named.name), id, today - Days::new(CHANGED)).await?;
    for (it, days_ago) in [(&supervisor, 9), (&tutor, 3)] {
        read(&tx, it, id, today - Days::new(days_ago)).await?;
    }
    Ok(tx.commit().await?)
}

fn form<'a>(words: &'a str, changed: &'a str, from: TypedDay<'a>) -> PolicyForm<'a> {
    PolicyForm {
        code: "OUT-1",
        title: "Going out and working alone",
        words,
        link: "",
        changed,
        kinds: BOUND.map(Kind::as_str).to_vec(),
        of_nobody: false,
        weeks: "6",
        from,
    }
}

async fn write(
    tx: &Tx,
    (by, called): (&TrainingCoordinator, &str),
    id: RequirementId,
    day: NaiveDate,
) -> Result<()> {
    let from = written(day);
    let new = write_policy(by, &form(WORDS, "", typed(&from)), (called, &[]), day);
    let new = new.map_err(|it| anyhow!("{it:?}"))?;
    Ok(save_new(tx, (by.organisation(), id), &new, morning(day)).await?)
}

async fn change(
    tx: &Tx,
    (by, called): (&TrainingCoordinator, &str),
    id: RequirementId,
    day: NaiveDate,
) -> Result<()> {
    let current = requirement_now(tx, id).await?.context("It is there.")?;
    let first = edition_now(tx, id, 1).await?.context("It is there.")?.edition;
    let (words, from) = (format!("{WORDS}\n\n{MORE}"), written(day));
    let form = form(&words, "After dark, two of us go.", typed(&from));
    let new = change_policy(by, &form, (&current, 1), (called, &first), day);
    let new = new.map_err(|it| anyhow!("{it:?}"))?;
    Ok(save_version(tx, id, &new, morning(day)).await?)
}

/// Accepts what was in force on a day.
async fn read(tx: &Tx, by: &domain::people::Held, id: RequirementId, day: NaiveDate) -> Result<()> {
    let policy = requirement_now(tx, id).await?.context("It is there.")?;
    let number = policy.edition_on(day).context("It was in force.")?;
    let kept = edition_now(tx, id, number).await?.context("It is there.")?;
    let before = acceptances_now(tx, (policy.organisation, id), by.person()).await?;
    let before: Vec<Accepted> = before.into_iter().map(|it| it.accepted).collect();
    let form = AcceptForm { shown: &kept.hash, has_read: true };
    let new = accept(by, (&policy, &kept.hash), &form, &before, day).map_err(|it| anyhow!("{it:?}"))?;
    Ok(save_acceptance(tx, &new, morning(day)).await?)
}
