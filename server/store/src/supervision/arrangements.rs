//! Pairs and groups, and who belongs to them from when to when.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{OrganisationId, PersonId};
use domain::supervision::Strand;
use domain::supervision::arrangement::{Arrangement, ArrangementId, NewArrangement, Spell, With};
use domain::supervision::ending::Ended;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{supervision_arrangement, supervision_session, supervision_spell};
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx};

/// Somebody began to supervise somebody in a strand.
pub const BEGUN: Action = Action::named("supervision_begun");

/// Somebody ended a pair or group.
pub const ENDED: Action = Action::named("supervision_ended");

/// One pair or group.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn arrangement(db: &Db, id: ArrangementId) -> Result<Option<Arrangement>> {
    let found = supervision_arrangement::Entity::find_by_id(id.as_uuid()).one(&db.read).await?;
    found.map(Arrangement::try_from).transpose()
}

/// The same inside a transaction that does something with it. They take turns.
///
/// # Errors
/// As [`arrangement`].
pub async fn arrangement_now(tx: &Tx, id: ArrangementId) -> Result<Option<Arrangement>> {
    let found = supervision_arrangement::Entity::find_by_id(id.as_uuid()).lock_exclusive();
    found.one(&tx.0).await?.map(Arrangement::try_from).transpose()
}

/// Who belongs or belonged to one, in the order in which they came.
///
/// # Errors
/// When the database does not answer.
pub async fn spells(db: &Db, id: ArrangementId) -> Result<Vec<Spell>> {
    spells_in(&db.read, id).await
}

/// The same inside a transaction that has taken its turn.
///
/// # Errors
/// When the database does not answer.
pub async fn spells_now(tx: &Tx, id: ArrangementId) -> Result<Vec<Spell>> {
    spells_in(&tx.0, id).await
}

async fn spells_in(db: &impl ConnectionTrait, id: ArrangementId) -> Result<Vec<Spell>> {
    use supervision_spell::Column;
    let found = supervision_spell::Entity::find()
        .filter(Column::ArrangementId.eq(id.as_uuid()))
        .order_by_asc(Column::FromOn)
        .order_by_asc(Column::PersonId);
    Ok(found.all(db).await?.into_iter().map(Spell::from).collect())
}

impl From<supervision_spell::Model> for Spell {
    fn from(row: supervision_spell::Model) -> Self {
        Self { person: PersonId::from_uuid(row.person_id), from: row.from_on, to: row.to_on }
    }
}

/// Those in which somebody supervises.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn held_by(db: &Db, supervisor: PersonId) -> Result<Vec<Arrangement>> {
    use supervision_arrangement::Column;
    let found = supervision_arrangement::Entity::find()
        .filter(Column::SupervisorId.eq(supervisor.as_uuid()))
        .order_by_asc(Column::SupervisorId)
        .order_by_asc(Column::Id);
    found.all(&db.read).await?.into_iter().map(Arrangement::try_from).collect()
}

/// Those in which somebody is or was supervised, each with the times at which they were.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn belonged_to(db: &Db, person: PersonId) -> Result<Vec<(Arrangement, Vec<Spell>)>> {
    let theirs = supervision_spell::Entity::find()
        .filter(supervision_spell::Column::PersonId.eq(person.as_uuid()))
        .order_by_asc(supervision_spell::Column::FromOn);
    let rows = theirs.all(&db.read).await?;
    let ids: BTreeSet<_> = rows.iter().map(|it| it.arrangement_id).collect();
    with_spells(db, ids.into_iter().collect(), rows).await
}

/// Some, each with everybody who belongs or belonged to it.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn whole(db: &Db, ids: &[ArrangementId]) -> Result<Vec<(Arrangement, Vec<Spell>)>> {
    use supervision_spell::Column;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let all = supervision_spell::Entity::find()
        .filter(Column::ArrangementId.is_in(ids.iter().map(|it| it.as_uuid())))
        .order_by_asc(Column::FromOn)
        .order_by_asc(Column::PersonId);
    let rows = all.all(&db.read).await?;
    with_spells(db, ids.iter().map(|it| it.as_uuid()).collect(), rows).await
}

/// Some, each with the rows that belong to it, in their order.
async fn with_spells(
    db: &Db,
    ids: Vec<Uuid>,
    rows: Vec<supervision_spell::Model>,
) -> Result<Vec<(Arrangement, Vec<Spell>)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut spells: BTreeMap<Uuid, Vec<Spell>> = BTreeMap::new();
    for row in rows {
        spells.entry(row.arrangement_id).or_default().push(row.into());
    }
    let found = supervision_arrangement::Entity::find()
        .filter(supervision_arrangement::Column::Id.is_in(ids))
        .order_by_asc(supervision_arrangement::Column::Id);
    let each = |it: supervision_arrangement::Model| {
        let spells = spells.remove(&it.id).unwrap_or_default();
        Ok((it.try_into()?, spells))
    };
    found.all(&db.read).await?.into_iter().map(each).collect()
}

/// The pair in a strand that goes on between two, inside the transaction that would begin one.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn pair_now(
    tx: &Tx,
    (organisation, strand): (OrganisationId, Strand),
    (supervisor, person): (PersonId, PersonId),
) -> Result<Option<Arrangement>> {
    use supervision_arrangement::Column;
    let found = supervision_arrangement::Entity::find()
        .filter(Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(Column::Strand.eq(strand.as_str()))
        .filter(Column::SupervisorId.eq(supervisor.as_uuid()))
        .filter(Column::SuperviseeId.eq(person.as_uuid()))
        .filter(Column::EndedOn.is_null())
        .lock_exclusive();
    found.one(&tx.0).await?.map(Arrangement::try_from).transpose()
}

/// Keeps a new one with those who belong to it.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save(tx: &Tx, new: &NewArrangement, now: DateTime<Utc>) -> Result<()> {
    let it = new.arrangement();
    let (supervisee, name) = match &it.with {
        With::One(person) => (Some(person.as_uuid()), String::new()),
        With::Group(name) => (None, name.clone()),
    };
    let row = supervision_arrangement::ActiveModel {
        id: Set(it.id.as_uuid()),
        organisation_id: Set(it.organisation.as_uuid()),
        strand: Set(it.strand.as_str().to_owned()),
        supervisor_id: Set(it.supervisor.as_uuid()),
        comes_from_id: Set(it.comes_from.as_uuid()),
        supervisee_id: Set(supervisee),
        group_name: Set(name),
        from_on: Set(it.from),
        ended_on: Set(it.ended_on),
        made_at: Set(now.timestamp_millis()),
    };
    supervision_arrangement::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let spell = |spell: &Spell| supervision_spell::ActiveModel {
        arrangement_id: Set(it.id.as_uuid()),
        person_id: Set(spell.person.as_uuid()),
        from_on: Set(spell.from),
        to_on: Set(spell.to),
    };
    let spells: Vec<_> = new.spells().iter().map(spell).collect();
    if !spells.is_empty() {
        supervision_spell::Entity::insert_many(spells).exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

/// The last day on which a session is written down, inside the transaction that ends a pair or group.
///
/// # Errors
/// When the database does not answer.
pub async fn last_session_now(tx: &Tx, id: ArrangementId) -> Result<Option<NaiveDate>> {
    use supervision_session::Column;
    let found = supervision_session::Entity::find()
        .select_only()
        .column(Column::Day)
        .filter(Column::ArrangementId.eq(id.as_uuid()))
        .order_by_desc(Column::ArrangementId)
        .order_by_desc(Column::Day);
    Ok(found.into_tuple().one(&tx.0).await?)
}

/// Ends a pair or group, and with it whoever still belongs to it. Whoever was to come later came on one day only, of
/// which nothing can be written down any more.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_ended(tx: &Tx, ended: &Ended) -> Result<()> {
    use supervision_spell::Column;
    let id = ended.arrangement().as_uuid();
    supervision_arrangement::Entity::update_many()
        .col_expr(supervision_arrangement::Column::EndedOn, Expr::value(ended.last()))
        .filter(supervision_arrangement::Column::Id.eq(id))
        .exec(&tx.0)
        .await?;
    let goes_on = Condition::any().add(Column::ToOn.is_null()).add(Column::ToOn.gt(ended.last()));
    let theirs = || {
        supervision_spell::Entity::update_many().filter(Column::ArrangementId.eq(id)).filter(goes_on.clone())
    };
    theirs()
        .col_expr(Column::ToOn, Expr::value(ended.last()))
        .filter(Column::FromOn.lte(ended.last()))
        .exec(&tx.0)
        .await?;
    theirs()
        .col_expr(Column::ToOn, Expr::col(Column::FromOn))
        .filter(Column::FromOn.gt(ended.last()))
        .exec(&tx.0)
        .await?;
    Ok(())
}

impl TryFrom<supervision_arrangement::Model> for Arrangement {
    type Error = Failure;

    fn try_from(row: supervision_arrangement::Model) -> Result<Self> {
        let strand = Strand::parse(&row.strand).ok_or_else(|| unknown("strand", &row.strand))?;
        let with = match row.supervisee_id {
            Some(person) => With::One(PersonId::from_uuid(person)),
            None => With::Group(row.group_name),
        };
        Ok(Self {
            id: ArrangementId::from_uuid(row.id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            strand,
            supervisor: PersonId::from_uuid(row.supervisor_id),
            comes_from: OrganisationId::from_uuid(row.comes_from_id),
            with,
            from: row.from_on,
            ended_on: row.ended_on,
        })
    }
}
