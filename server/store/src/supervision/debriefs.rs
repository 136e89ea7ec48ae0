//! Debriefs that somebody asks for, until one of the two says what became of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{OrganisationId, PersonId, Relationship};
use domain::supervision::Strand;
use domain::supervision::debrief::{Asked, Became, DebriefId, NewAnswer, NewAsked, Soon};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set};

use crate::audit::Action;
use crate::entities::debrief::{ActiveModel, Column, Entity, Model};
use crate::entities::relationship;
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx, instant};

/// Somebody asked somebody for a debrief.
pub const DEBRIEF_ASKED: Action = Action::named("debrief_asked");
/// One of the two said what became of it.
pub const DEBRIEF_ANSWERED: Action = Action::named("debrief_answered");

/// Who is there for somebody to talk about what came up, each with the organisation for which they are.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn who_may_be_asked(
    db: &Db,
    person: PersonId,
    today: NaiveDate,
) -> Result<Vec<(OrganisationId, PersonId)>> {
    use relationship::Column;
    let found = relationship::Entity::find()
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::FromOn.lte(today))
        .filter(Condition::any().add(Column::ToOn.is_null()).add(Column::ToOn.gte(today)))
        .order_by_asc(Column::Id);
    let mut all = Vec::new();
    for row in found.all(&db.read).await? {
        let it = Relationship::try_from(row)?;
        let who = (it.organisation, it.holder);
        if Strand::AdHoc.is_held_as(it.kind) && !all.contains(&who) {
            all.push(who);
        }
    }
    Ok(all)
}

fn open() -> Select<Entity> {
    Entity::find().filter(Column::Became.is_null()).order_by_asc(Column::At)
}

/// What somebody asked for, or is asked for, and is open: what waits longest first.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn open_of(db: &Db, person: PersonId, limit: u64) -> Result<Vec<Asked>> {
    let id = person.as_uuid();
    let either = Condition::any().add(Column::PersonId.eq(id)).add(Column::OfId.eq(id));
    let found = open().filter(either).limit(limit);
    found.all(&db.read).await?.into_iter().map(Asked::try_from).collect()
}

/// One of somebody's inside the transaction that answers it. They take turns.
///
/// # Errors
/// As [`open_of`].
pub async fn asked_now(tx: &Tx, id: DebriefId) -> Result<Option<Asked>> {
    let found = Entity::find_by_id(id.as_uuid()).filter(Column::Became.is_null()).lock_exclusive();
    found.one(&tx.0).await?.map(Asked::try_from).transpose()
}

/// Whether somebody waits for that already, or has asked under this id, as after a second tap. Inside the transaction
/// that would ask, once it has taken the turn of whoever asks.
///
/// # Errors
/// When the database does not answer.
pub async fn is_asked(tx: &Tx, id: DebriefId, new: &NewAsked) -> Result<bool> {
    let same = Condition::all()
        .add(Column::PersonId.eq(new.person().as_uuid()))
        .add(Column::OfId.eq(new.of().as_uuid()))
        .add(Column::OrganisationId.eq(new.organisation().as_uuid()))
        .add(Column::Became.is_null());
    let found = Entity::find().filter(Condition::any().add(Column::Id.eq(id.as_uuid())).add(same));
    Ok(found.one(&tx.0).await?.is_some())
}

/// Keeps that somebody asks.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save(tx: &Tx, id: DebriefId, new: &NewAsked, now: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(new.organisation().as_uuid()),
        person_id: Set(new.person().as_uuid()),
        of_id: Set(new.of().as_uuid()),
        soon: Set(new.soon().as_str().to_owned()),
        at: Set(now.timestamp_millis()),
        became: Set(None),
        answered_by: Set(None),
        answered_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps what became of it.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_answer(tx: &Tx, new: &NewAnswer, now: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Became, Expr::value(new.became().as_str()))
        .col_expr(Column::AnsweredBy, Expr::value(new.by().as_uuid()))
        .col_expr(Column::AnsweredAt, Expr::value(now.timestamp_millis()))
        .filter(Column::Id.eq(new.debrief().as_uuid()))
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// Answers what `person` asked of `of`, once it is written down that they talked.
///
/// # Errors
/// When the database does not answer.
pub async fn talked(tx: &Tx, (person, of): (PersonId, PersonId), now: DateTime<Utc>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Became, Expr::value(Became::Talked.as_str()))
        .col_expr(Column::AnsweredBy, Expr::value(of.as_uuid()))
        .col_expr(Column::AnsweredAt, Expr::value(now.timestamp_millis()))
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::OfId.eq(of.as_uuid()))
        .filter(Column::Became.is_null())
        .exec(&tx.0)
        .await?;
    Ok(())
}

impl TryFrom<Model> for Asked {
    type Error = Failure;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: DebriefId::from_uuid(row.id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            person: PersonId::from_uuid(row.person_id),
            of: PersonId::from_uuid(row.of_id),
            soon: Soon::parse(&row.soon).ok_or_else(|| unknown("how soon", &row.soon))?,
            at: instant(row.at),
        })
    }
}
