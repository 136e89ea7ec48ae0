//! Rounds, their criteria, and who has been told of them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::own_words::{Next, Revised};
use domain::people::OrganisationId;
use domain::sign_in::EmailAddress;
use domain::training::{
    Criteria, Criterion, CriterionId, InterestId, Need, Opened, Round, RoundAbout, RoundId, RoundRole,
    WantedRole,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    TryInsertResult,
};

use crate::audit::Action;
use crate::entities::{
    training_application, training_criterion, training_interest, training_round, training_told,
};
use crate::people::unknown;
use crate::{Db, Result, Tx};

/// A coordinator began a round.
pub const ROUND_MADE: Action = Action::named("round_made");
/// A coordinator changed what is said of one.
pub const ROUND_CHANGED: Action = Action::named("round_changed");
/// A coordinator changed its criteria.
pub const ROUND_CRITERIA_CHANGED: Action = Action::named("round_criteria_changed");
/// A coordinator opened it.
pub const ROUND_OPENED: Action = Action::named("round_opened");

/// The most rounds that are open at once on a page. Our choice: as many organisations as a partnership has.
const OPEN_AT_MOST: u64 = 50;

/// One round.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn round(db: &Db, id: RoundId) -> Result<Option<Round>> {
    training_round::Entity::find_by_id(id.as_uuid()).one(&db.read).await?.map(Round::try_from).transpose()
}

/// The same inside a transaction that changes something about it. They take turns.
///
/// # Errors
/// As [`round`].
pub async fn round_now(tx: &Tx, id: RoundId) -> Result<Option<Round>> {
    let found = training_round::Entity::find_by_id(id.as_uuid()).lock_exclusive();
    found.one(&tx.0).await?.map(Round::try_from).transpose()
}

/// Several rounds.
///
/// # Errors
/// As [`round`].
pub async fn rounds(db: &Db, ids: &[RoundId]) -> Result<Vec<Round>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids = ids.iter().map(|it| it.as_uuid());
    let found = training_round::Entity::find().filter(training_round::Column::Id.is_in(ids));
    found.all(&db.read).await?.into_iter().map(Round::try_from).collect()
}

/// The rounds of an organisation before one, the newest first.
///
/// # Errors
/// As [`round`].
pub async fn rounds_of(
    db: &Db,
    organisation: OrganisationId,
    before: Option<RoundId>,
    limit: u64,
) -> Result<Vec<Round>> {
    let mut found = training_round::Entity::find()
        .filter(training_round::Column::OrganisationId.eq(organisation.as_uuid()))
        .order_by_desc(training_round::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        found = found.filter(training_round::Column::Id.lt(before.as_uuid()));
    }
    found.all(&db.read).await?.into_iter().map(Round::try_from).collect()
}

/// The rounds that were opened and are not over, those that close first in front.
///
/// # Errors
/// As [`round`].
pub async fn going_on(db: &Db, today: NaiveDate) -> Result<Vec<Round>> {
    let rows = training_round::Entity::find()
        .filter(training_round::Column::OpenedAt.is_not_null())
        .filter(training_round::Column::ClosesOn.gte(today))
        .order_by_asc(training_round::Column::ClosesOn)
        .order_by_asc(training_round::Column::Id)
        .limit(OPEN_AT_MOST)
        .all(&db.read)
        .await?;
    rows.into_iter().map(Round::try_from).collect()
}

/// The criteria of a round, in order.
///
/// # Errors
/// As [`round`].
pub async fn criteria(db: &Db, round: RoundId) -> Result<Vec<Criterion>> {
    criteria_in(&db.read, round).await
}

/// The same inside a transaction that has taken its turn.
///
/// # Errors
/// As [`round`].
pub async fn criteria_now(tx: &Tx, round: RoundId) -> Result<Vec<Criterion>> {
    criteria_in(&tx.0, round).await
}

async fn criteria_in(db: &impl ConnectionTrait, round: RoundId) -> Result<Vec<Criterion>> {
    let rows = training_criterion::Entity::find()
        .filter(training_criterion::Column::RoundId.eq(round.as_uuid()))
        .order_by_asc(training_criterion::Column::Position)
        .all(db)
        .await?;
    rows.into_iter().map(Criterion::try_from).collect()
}

/// Whose a criterion is, if there is one of that name.
///
/// # Errors
/// When the database does not answer.
pub async fn round_of_criterion(tx: &Tx, id: CriterionId) -> Result<Option<RoundId>> {
    let row = training_criterion::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?;
    Ok(row.map(|it| RoundId::from_uuid(it.round_id)))
}

/// Whether somebody has begun to answer the criteria of a round.
///
/// # Errors
/// When the database does not answer.
pub async fn is_answered(tx: &Tx, round: RoundId) -> Result<bool> {
    let found = training_application::Entity::find()
        .filter(training_application::Column::RoundId.eq(round.as_uuid()))
        .limit(1);
    Ok(found.one(&tx.0).await?.is_some())
}

/// Keeps what is said of a round, new or not.
///
/// # Errors
/// When the database does not answer.
pub async fn save(
    tx: &Tx,
    (organisation, id): (OrganisationId, RoundId),
    next: &Next<RoundAbout>,
    now: DateTime<Utc>,
) -> Result<()> {
    use training_round::Column;
    let about = next.value();
    let row = training_round::ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(organisation.as_uuid()),
        name: Set(about.name.clone()),
        sentence: Set(about.sentence.clone()),
        opens_on: Set(about.opens),
        closes_on: Set(about.closes),
        places: Set(about.places.into()),
        role: Set(about.role.as_str().to_owned()),
        revision: Set(next.revision()),
        criteria: Set(0),
        opened_at: Set(None),
        made_at: Set(now.timestamp_millis()),
    };
    let again = OnConflict::column(Column::Id)
        .update_columns([
            Column::Name,
            Column::Sentence,
            Column::OpensOn,
            Column::ClosesOn,
            Column::Places,
            Column::Role,
            Column::Revision,
        ])
        .to_owned();
    training_round::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps the criteria of a round in the place of those it had. The transaction has taken its turn.
///
/// # Errors
/// When the database does not answer, or somebody has begun to answer them
/// (`training_application_to_these_criteria`).
pub async fn save_criteria(tx: &Tx, round: RoundId, criteria: &Criteria) -> Result<()> {
    let id = round.as_uuid();
    let row =
        training_round::ActiveModel { id: Set(id), criteria: Set(criteria.revision()), ..Default::default() };
    row.update(&tx.0).await?;
    training_criterion::Entity::delete_many()
        .filter(training_criterion::Column::RoundId.eq(id))
        .exec(&tx.0)
        .await?;
    let rows = (1..).zip(criteria.criteria()).map(|(position, it)| training_criterion::ActiveModel {
        id: Set(it.id.as_uuid()),
        round_id: Set(id),
        position: Set(position),
        words: Set(it.words.clone()),
        need: Set(it.need.as_str().to_owned()),
        equivalence: Set(it.equivalence),
        lived: Set(it.lived),
        willing: Set(it.willing),
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        training_criterion::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

/// Keeps that a round is open from now on.
///
/// # Errors
/// When the database does not answer.
pub async fn save_opened(tx: &Tx, opened: &Opened, now: DateTime<Utc>) -> Result<()> {
    let row = training_round::ActiveModel {
        id: Set(opened.round().as_uuid()),
        opened_at: Set(Some(now.timestamp_millis())),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// Some of those on the list.
#[derive(Debug, Default)]
pub struct Told {
    /// Those who have not been told of this round before, each with where to write to them.
    pub now: Vec<(InterestId, EmailAddress)>,
    /// After whom to go on; nobody when these were the last.
    pub after: Option<InterestId>,
}

/// Keeps that the next of those on the list who asked for such a role are told of a round, and says who they are.
/// Whoever was told before is not told again, however often this is tried.
///
/// # Errors
/// When the database does not answer, or holds an address that the rules do not take.
pub async fn tell(tx: &Tx, round: &Round, after: Option<InterestId>, limit: u64) -> Result<Told> {
    use training_interest::Column;
    let wanted = round.about.value.role.wanted_by().iter().map(|it: &WantedRole| it.as_str());
    let mut found = training_interest::Entity::find()
        .filter(Column::OrganisationId.eq(round.organisation.as_uuid()))
        .order_by_asc(Column::Id)
        .limit(limit);
    if let Some(after) = after {
        found = found.filter(Column::Id.gt(after.as_uuid()));
    }
    let wanted: Vec<&str> = wanted.collect();
    let rows = found.all(&tx.0).await?;
    let is_last = (rows.len() as u64) < limit;
    let mut told = Told {
        after: rows.last().filter(|_| !is_last).map(|it| InterestId::from_uuid(it.id)),
        ..Told::default()
    };
    for row in rows.into_iter().filter(|it| wanted.contains(&it.role.as_str())) {
        let mark = training_told::ActiveModel { interest_id: Set(row.id), round_id: Set(round.id.as_uuid()) };
        let entered = training_told::Entity::insert(mark).on_conflict_do_nothing();
        if let TryInsertResult::Inserted(1) = entered.exec_without_returning(&tx.0).await? {
            let email = EmailAddress::parse(&row.email).map_err(|_| unknown("address", "of interest"))?;
            told.now.push((InterestId::from_uuid(row.id), email));
        }
    }
    Ok(told)
}

impl TryFrom<training_round::Model> for Round {
    type Error = crate::Failure;

    fn try_from(row: training_round::Model) -> Result<Self> {
        let about = RoundAbout {
            name: row.name,
            sentence: row.sentence,
            opens: row.opens_on,
            closes: row.closes_on,
            places: u32::try_from(row.places).unwrap_or_default(),
            role: RoundRole::parse(&row.role).ok_or_else(|| unknown("role of a round", &row.role))?,
        };
        Ok(Self {
            id: RoundId::from_uuid(row.id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            about: Revised { value: about, revision: row.revision },
            criteria: row.criteria,
            is_opened: row.opened_at.is_some(),
        })
    }
}

impl TryFrom<training_criterion::Model> for Criterion {
    type Error = crate::Failure;

    fn try_from(row: training_criterion::Model) -> Result<Self> {
        Ok(Self {
            id: CriterionId::from_uuid(row.id),
            words: row.words,
            need: Need::parse(&row.need).ok_or_else(|| unknown("need", &row.need))?,
            equivalence: row.equivalence,
            lived: row.lived,
            willing: row.willing,
        })
    }
}
