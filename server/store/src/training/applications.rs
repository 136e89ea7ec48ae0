//! Applications: what somebody answers, where it is, and every step that was taken.

use chrono::{DateTime, Utc};
use domain::people::{OrganisationId, PersonId};
use domain::training::{
    ApplicationId, ApplicationState, ApplicationStep, Concerned, Moved, Round, RoundId, Standing,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{training_application, training_step};
use crate::people::unknown;
use crate::{Db, Result, Tx, instant};

/// Somebody began an application.
pub const APPLICATION_BEGUN: Action = Action::named("application_begun");

/// What is written down of a step.
#[must_use]
pub const fn action(step: ApplicationStep) -> Action {
    Action::named(match step {
        ApplicationStep::Send => "application_sent",
        ApplicationStep::StepBack => "application_stepped_back",
        ApplicationStep::Pause => "application_paused",
        ApplicationStep::Return => "application_returned",
        ApplicationStep::Accept => "application_accepted",
        ApplicationStep::Talk => "application_talked",
        ApplicationStep::Offer => "application_offered",
        ApplicationStep::NotThisTime => "application_not_this_time",
    })
}

/// An application as it is kept, without its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    pub id: ApplicationId,
    pub round: RoundId,
    pub person: PersonId,
    pub standing: Standing,
    /// Whether anything was asked for.
    pub asks: bool,
    pub arranger: Option<PersonId>,
    pub decided_by: Option<PersonId>,
    /// How many steps were taken.
    pub steps: i64,
    pub changed_at: DateTime<Utc>,
}

impl Application {
    /// Who has to do with it, in the organisation whose round it is.
    #[must_use]
    pub const fn concerned(&self, organisation: OrganisationId) -> Concerned {
        Concerned {
            organisation,
            applicant: self.person,
            asks: self.asks,
            arranger: self.arranger,
            decided_by: self.decided_by,
        }
    }
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub step: ApplicationStep,
    pub by: PersonId,
    /// What the applicant reads about it; often nothing.
    pub words: String,
    pub at: DateTime<Utc>,
}

/// Begins an application of somebody to a round, in the transaction that has taken the round's turn; gives back the
/// one that there is, if they began before.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(
    tx: &Tx,
    round: &Round,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<(ApplicationId, bool)> {
    if let Some(it) = own_in(&tx.0, round.id, person).await? {
        return Ok((it.id, false));
    }
    let id = Uuid::now_v7();
    let begun = Standing::BEGUN;
    let row = training_application::ActiveModel {
        id: Set(id),
        round_id: Set(round.id.as_uuid()),
        criteria: Set(round.criteria),
        person_id: Set(person.as_uuid()),
        state: Set(begun.state.as_str().to_owned()),
        was: Set(None),
        is_sent: Set(begun.is_sent),
        has_talked: Set(begun.has_talked),
        asks: Set(false),
        arranger_id: Set(None),
        decided_by: Set(None),
        steps: Set(0),
        made_at: Set(now.timestamp_millis()),
        changed_at: Set(now.timestamp_millis()),
    };
    training_application::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok((ApplicationId::from_uuid(id), true))
}

/// Somebody's application to a round.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn own(db: &Db, round: RoundId, person: PersonId) -> Result<Option<Application>> {
    own_in(&db.read, round, person).await
}

/// The same inside a transaction.
///
/// # Errors
/// As [`own`].
pub async fn own_now(tx: &Tx, round: RoundId, person: PersonId) -> Result<Option<Application>> {
    own_in(&tx.0, round, person).await
}

async fn own_in(db: &impl ConnectionTrait, round: RoundId, person: PersonId) -> Result<Option<Application>> {
    let row = training_application::Entity::find()
        .filter(training_application::Column::PersonId.eq(person.as_uuid()))
        .filter(training_application::Column::RoundId.eq(round.as_uuid()))
        .one(db)
        .await?;
    row.map(Application::try_from).transpose()
}

/// One application.
///
/// # Errors
/// As [`own`].
pub async fn application(db: &Db, id: ApplicationId) -> Result<Option<Application>> {
    let row = training_application::Entity::find_by_id(id.as_uuid()).one(&db.read).await?;
    row.map(Application::try_from).transpose()
}

/// The same inside a transaction that changes it. They take turns.
///
/// # Errors
/// As [`own`].
pub async fn application_now(tx: &Tx, id: ApplicationId) -> Result<Option<Application>> {
    let row = training_application::Entity::find_by_id(id.as_uuid()).lock_exclusive().one(&tx.0).await?;
    row.map(Application::try_from).transpose()
}

/// The latest applications of somebody, the latest first.
///
/// # Errors
/// As [`own`].
pub async fn of_person(db: &Db, person: PersonId, limit: u64) -> Result<Vec<Application>> {
    let rows = training_application::Entity::find()
        .filter(training_application::Column::PersonId.eq(person.as_uuid()))
        .order_by_desc(training_application::Column::RoundId)
        .limit(limit)
        .all(&db.read)
        .await?;
    rows.into_iter().map(Application::try_from).collect()
}

/// Keeps a step: where the application is from now on, and one more line of its history. The transaction has taken the
/// application's turn.
///
/// # Errors
/// When the database does not answer.
pub async fn save_step(
    tx: &Tx,
    current: &Application,
    (moved, by): (&Moved, PersonId),
    now: DateTime<Utc>,
) -> Result<()> {
    let (id, to, number) = (current.id.as_uuid(), moved.to(), current.steps + 1);
    let decided_by = match (moved.step(), moved.from().state) {
        (ApplicationStep::Offer | ApplicationStep::NotThisTime, _) => Set(Some(by.as_uuid())),
        // It is decided anew.
        (ApplicationStep::Return, ApplicationState::SteppedBack) => Set(None),
        _ => NotSet,
    };
    let row = training_application::ActiveModel {
        id: Set(id),
        state: Set(to.state.as_str().to_owned()),
        was: Set(to.was.map(|it| it.as_str().to_owned())),
        is_sent: Set(to.is_sent),
        has_talked: Set(to.has_talked),
        decided_by,
        steps: Set(number),
        changed_at: Set(now.timestamp_millis()),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    let row = training_step::ActiveModel {
        application_id: Set(id),
        number: Set(number),
        step: Set(moved.step().as_str().to_owned()),
        person_id: Set(by.as_uuid()),
        words: Set(moved.words().to_owned()),
        taken_at: Set(now.timestamp_millis()),
    };
    training_step::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// The latest steps of an application, the latest first.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn steps(db: &Db, id: ApplicationId, limit: u64) -> Result<Vec<Taken>> {
    let rows = training_step::Entity::find()
        .filter(training_step::Column::ApplicationId.eq(id.as_uuid()))
        .order_by_desc(training_step::Column::Number)
        .limit(limit)
        .all(&db.read)
        .await?;
    let taken = |row: training_step::Model| {
        Ok(Taken {
            step: ApplicationStep::parse(&row.step).ok_or_else(|| unknown("step", &row.step))?,
            by: PersonId::from_uuid(row.person_id),
            words: row.words,
            at: instant(row.taken_at),
        })
    };
    rows.into_iter().map(taken).collect()
}

impl TryFrom<training_application::Model> for Application {
    type Error = crate::Failure;

    fn try_from(row: training_application::Model) -> Result<Self> {
        let state = |word: &str| {
            ApplicationState::parse(word).ok_or_else(|| unknown("state of an application", word))
        };
        Ok(Self {
            id: ApplicationId::from_uuid(row.id),
            round: RoundId::from_uuid(row.round_id),
            person: PersonId::from_uuid(row.person_id),
            standing: Standing {
                state: state(&row.state)?,
                was: row.was.as_deref().map(state).transpose()?,
                is_sent: row.is_sent,
                has_talked: row.has_talked,
            },
            asks: row.asks,
            arranger: row.arranger_id.map(PersonId::from_uuid),
            decided_by: row.decided_by.map(PersonId::from_uuid),
            steps: row.steps,
            changed_at: instant(row.changed_at),
        })
    }
}
