//! The trainee's learning plan, which the tutor reads.

use anyhow::{Result, anyhow};
use chrono::{Datelike, Days, NaiveDate};
use domain::day::TypedDay;
use domain::people::PersonId;
use domain::plan::{
    GoalForm, GoalId, GoalState, PlanRefused, ReviewForm, ReviewId, WordsForm, keep_goal, keep_review,
    keep_words, move_goal, rate, share_plan,
};
use store::audit::Event;
use store::demo::Cast;
use store::plans::{self, PLAN_SHARED};
use store::{Db, Tx};
use uuid::Uuid;

use super::past::morning;

const WORDS: WordsForm<'_> = WordsForm {
    hopes: "To work alongside people who are where I was.\nTo sleep through most nights.",
    helps: "Walking to the river before I sit down to read.\nKnowing beforehand what a day will be like.",
    hinders: "Mornings. Rooms full of people I do not know.",
};

/// How close the first goal felt, week by week; this week comes last.
const FELT: [&str; 8] = ["2", "3", "3", "5", "4", "4", "6", "7"];

/// Writes the plan on days that have passed. It is shown to the tutor by [`show`].
pub(super) async fn write(tx: &Tx, cast: &Cast, today: NaiveDate) -> Result<()> {
    let person = cast.person("trainee")?;
    let weeks_ago = |weeks: u64| today - Days::new(7 * weeks);
    let began = weeks_ago(FELT.len() as u64 - 1);
    plans::take_turns(tx, person, morning(began)).await?;
    let words = keep_words(None, &WORDS, 0).map_err(told)?;
    plans::save_words(tx, person, &words, morning(began)).await?;

    let form = GoalForm {
        words: "Take the bus to the college on my own",
        notice: "I get off at the college, and do not count the stops any more.",
        heading: "empowerment",
    };
    let bus = goal(tx, person, &form, (0, began)).await?;
    for (weeks, felt) in (0..FELT.len() as u64).rev().zip(FELT) {
        let rating = rate(GoalState::UnderWay, felt).map_err(anyhow::Error::msg)?;
        plans::save_rating(tx, bus, rating, weeks_ago(weeks)).await?;
    }
    let form = GoalForm { words: "Tell my sister what I am learning", notice: "", heading: "connectedness" };
    let sister = goal(tx, person, &form, (1, began)).await?;
    let reached = move_goal(GoalState::UnderWay, "reached", 1).map_err(anyhow::Error::msg)?;
    plans::save_move(tx, sister, reached, weeks_ago(2)).await?;

    let held = weeks_ago(2);
    let [day, month, year] = [held.day().to_string(), held.month().to_string(), held.year().to_string()];
    let form = ReviewForm {
        held_on: TypedDay { day: &day, month: &month, year: &year },
        with: "tutor",
        went_well: "I rang my sister and we talked for an hour.",
        change: "Go in the afternoon: the bus is half empty then.",
    };
    let review = keep_review(None, &form, (0, 0), today).map_err(told)?;
    let id = ReviewId::from_uuid(Uuid::now_v7());
    Ok(plans::save_review(tx, (person, id), &review, morning(held)).await?)
}

async fn goal(
    tx: &Tx,
    person: PersonId,
    form: &GoalForm<'_>,
    (under_way, day): (usize, NaiveDate),
) -> Result<GoalId> {
    let id = GoalId::from_uuid(Uuid::now_v7());
    let kept = keep_goal(None, form, (0, under_way)).map_err(told)?;
    plans::save_goal(tx, (person, id), &kept, (morning(day), day)).await?;
    Ok(id)
}

/// Shows the plan to the tutor. What the two are to the college is in the database by then.
pub(super) async fn show(db: &Db, cast: &Cast, today: NaiveDate) -> Result<()> {
    let (person, tutor) = (cast.person("trainee")?, cast.person("tutor")?);
    let [mine, theirs] =
        [plans::engagements_of(db, &[person]).await?, plans::engagements_of(db, &[tutor]).await?];
    let new = share_plan((person, &mine), (tutor, &theirs), (cast.host, true), 0, today)?;
    let tx = db.begin().await?;
    plans::save_share(&tx, &new).await?;
    let event = Event::new(morning(today), PLAN_SHARED).by(person.as_uuid()).about(person.as_uuid());
    store::audit::append(&tx, event.to(tutor.as_uuid()).within(cast.host.as_uuid())).await?;
    Ok(tx.commit().await?)
}

fn told(refused: PlanRefused) -> anyhow::Error {
    anyhow!("{refused:?}")
}
