//! Training in the demo: a group half-way through the programme, competences on their way, and a round that is open.
//!
//! All of it goes by the rules that hold for everybody.

use anyhow::{Context, Result, anyhow};
use chrono::{Datelike, Days, NaiveDate};
use domain::day::TypedDay;
use domain::people::{Actor, PersonId, TrainingCoordinator};
use domain::training::cohort::{CohortId, DaysForm, Team, TermsForm, WhereForm, begin, choose_tutors, give};
use domain::training::register::{RowForm, keep_register};
use domain::training::{
    CriterionForm, CriterionId, RoundForm, RoundId, begin_to_train, keep_criterion, keep_round, open,
};
use store::Db;
use store::demo::Cast;
use store::people::engagements_now;
use store::training::{admission, cohorts, places, programmes, registers, rounds};
use uuid::Uuid;

use super::CHARITY;
use super::past::morning;

/// The programme that the group goes through.
const PROGRAMME: &str = "peer-support-worker";
/// Weeks since its first session, of which all but the last were kept in a register.
const WEEKS: u64 = 5;
/// Who has a place besides the trainee: the first of the learners. At each session so far they `c`ame, were there for a
/// `p`art, `t`old us or were `n`ot heard from.
const MARKS: [&str; 7] = ["cccc", "cctc", "cpcc", "cccn", "tccc", "ccnn", "cccp"];
/// The same of the trainee.
const TRAINEE: &str = "cccp";

/// What the round asks of people, and what else counts.
const CRITERIA: [(&str, &str, &[&str]); 3] = [
    ("Has lived with mental distress, or alongside somebody who does", "essential", &["lived"]),
    ("Listens without giving advice at once", "essential", &["equivalence", "willing"]),
    ("Has taken a course at a Recovery College", "desirable", &["equivalence", "willing"]),
];

/// Somebody of the demo, as what they are today.
pub(super) async fn actor(db: &Db, person: PersonId, today: NaiveDate) -> Result<Actor> {
    let known = store::people::known(db, person).await?.context("Nobody plays this role.")?;
    let relationships = store::arranging::held_by(db, person).await?;
    Ok(Actor::new(person, known.engagements, relationships, today))
}

/// Lets a group have met for some weeks, opens a round, and says which group it is.
pub(super) async fn live(db: &Db, cast: &Cast, today: NaiveDate) -> Result<CohortId> {
    let charity = cast.organisation(CHARITY)?;
    let coordinator = actor(db, cast.person("coordinator")?, today).await?;
    let coordinator = coordinator.as_training_coordinator_of(charity).context("Nobody coordinates.")?;
    let group = begin_group(db, cast, &coordinator, today).await?;
    keep_registers(db, cast, group, today).await?;
    open_round(db, &coordinator, today).await?;
    Ok(group)
}

async fn begin_group(db: &Db, cast: &Cast, by: &TrainingCoordinator, today: NaiveDate) -> Result<CohortId> {
    let all = programmes::current(db).await?;
    let found = all.iter().find(|it| it.programme.slug.as_str() == PROGRAMME);
    let published = found.context("The content has no such programme.")?;
    let sessions = published.programme.sessions.iter().map(|it| (it.slug.clone(), it.minutes));
    let sessions: Vec<_> = sessions.collect();
    // The next session is in two days.
    let first = written(today + Days::new(2) - Days::new(7 * WEEKS));
    let place = WhereForm { time: "10:00", place: "Garden Room, Riverside House", link: "" };
    let days = DaysForm { first: typed(&first), rhythm: "weekly", place };
    let terms = TermsForm { name: "Garden group", places: "12", least: "" };
    let asked = (sessions.len(), published.programme.outline.least_attendance_percent);
    let new = begin(by, &terms, &days, asked).map_err(|it| anyhow!("{it:?}"))?;
    let tutors = [cast.person("tutor")?, cast.person("expert")?];
    let names = tutors.map(|it| it.to_string());
    let chosen = choose_tutors(by, &[&names[0], &names[1]], &tutors, &[])?;
    let began = today - Days::new(7 * WEEKS + 10);

    let id = CohortId::from_uuid(Uuid::now_v7());
    let tx = db.begin().await?;
    cohorts::begin(&tx, id, &new, ((published.id, published.number), &sessions), morning(began)).await?;
    cohorts::choose_tutors(&tx, id, &chosen).await?;
    for person in people(cast)? {
        let theirs = engagements_now(&tx, person).await?;
        if let Some(new) = begin_to_train(person, by.organisation(), &theirs, began) {
            admission::save_trainee(&tx, &new, began).await?;
        }
        let theirs = engagements_now(&tx, person).await?;
        let held = places::places_now(&tx, id).await?.context("The group is there.")?;
        places::give_place(&tx, &give(&held, person, &theirs, began)?, began).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// The trainee, and those learners who have a place.
pub(super) fn people(cast: &Cast) -> Result<Vec<PersonId>> {
    let learners = cast.learners.iter().take(MARKS.len()).copied();
    Ok([cast.person("trainee")?].into_iter().chain(learners).collect())
}

/// All but the last, which waits on the tutors' Today.
async fn keep_registers(db: &Db, cast: &Cast, group: CohortId, today: NaiveDate) -> Result<()> {
    let cohort = cohorts::cohort(db, group).await?.context("The group is there.")?;
    let team = Team { cohort: group, organisation: cohort.organisation, tutors: vec![cast.person("tutor")?] };
    let tutor = actor(db, cast.person("tutor")?, today).await?;
    let tutor = tutor.as_cohort_tutor(&team).context("Nobody holds the sessions.")?;
    let people = people(cast)?;
    let sessions = cohorts::sessions(db, group).await?;
    let tx = db.begin().await?;
    for (at, session) in sessions.iter().take(TRAINEE.len()).enumerate() {
        let (register, held) = registers::now(&tx, group, session.id).await?.context("It is there.")?;
        let row = |(person, marks): (&PersonId, &str)| {
            let (mark, minutes) = match marks.as_bytes().get(at) {
                Some(b'p') => ("part", "90"),
                Some(b't') => ("told_us", ""),
                Some(b'n') => ("not_heard", ""),
                _ => ("came", ""),
            };
            RowForm { person: *person, mark, minutes, caught_up: false }
        };
        let marks = [TRAINEE].into_iter().chain(MARKS);
        let rows: Vec<_> = people.iter().zip(marks).map(row).collect();
        let kept = keep_register(&tutor, (&register, held), &people, (&rows, 0), session.held.on);
        let kept = kept.map_err(|it| anyhow!("{it:?}"))?;
        registers::save(&tx, (group, session.id), &kept, session.held.on).await?;
    }
    Ok(tx.commit().await?)
}

async fn open_round(db: &Db, by: &TrainingCoordinator, today: NaiveDate) -> Result<()> {
    let (opens, closes) = (written(today - Days::new(7)), written(today + Days::new(28)));
    let form = RoundForm {
        name: "Training for peer supporters",
        sentence: "Fifteen sessions, one a week, for people who would like to help others along.",
        opens: typed(&opens),
        closes: typed(&closes),
        places: "12",
        role: "both",
    };
    let id = RoundId::from_uuid(Uuid::now_v7());
    let now = morning(today - Days::new(8));
    let next = keep_round(by, None, &form, 0).map_err(|it| anyhow!("{it:?}"))?;
    let tx = db.begin().await?;
    rounds::save(&tx, (by.organisation(), id), &next, now).await?;
    for (seen, (words, need, ways)) in (0..).zip(CRITERIA) {
        let current = rounds::criteria_now(&tx, id).await?;
        let form = CriterionForm { words, need, ways, place: "" };
        let criterion = (CriterionId::from_uuid(Uuid::now_v7()), &form);
        let kept = keep_criterion(by, (&current, seen), criterion, seen, false);
        let kept = kept.map_err(|it| anyhow!("{it:?}"))?;
        rounds::save_criteria(&tx, id, &kept).await?;
    }
    let round = rounds::round_now(&tx, id).await?.context("It is there.")?;
    rounds::save_opened(&tx, &open(by, &round, CRITERIA.len(), today)?, now).await?;
    Ok(tx.commit().await?)
}

/// A day as somebody types it.
pub(super) fn written(day: NaiveDate) -> [String; 3] {
    [day.day().to_string(), day.month().to_string(), day.year().to_string()]
}

pub(super) fn typed([day, month, year]: &[String; 3]) -> TypedDay<'_> {
    TypedDay { day, month, year }
}
