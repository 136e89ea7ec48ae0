//! Who is or was something to an organisation, by name. Each organisation has a directory of its own, so that
//! looking for somebody in one tells nothing about another.

use domain::people::filed_under;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use crate::entities::directory::{ActiveModel, Column, Entity};
use crate::entities::person;
use crate::{Result, Tx};

/// Enters somebody into the directory of an organisation, unless they stand in it already.
pub(crate) async fn enter(tx: &Tx, person: Uuid, organisation: Uuid) -> Result<()> {
    let stands = Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::OrganisationId.eq(organisation))
        .filter(Column::Leads.eq(true));
    if stands.one(&tx.0).await?.is_some() {
        return Ok(());
    }
    match person::Entity::find_by_id(person).one(&tx.0).await? {
        Some(it) => file(tx, person, &it.known_as, [organisation]).await,
        None => Ok(()),
    }
}

/// Files somebody under another name, wherever they stand.
pub(crate) async fn rename(tx: &Tx, person: Uuid, known_as: &str) -> Result<()> {
    let organisations: Vec<Uuid> = Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::Leads.eq(true))
        .select_only()
        .column(Column::OrganisationId)
        .into_tuple()
        .all(&tx.0)
        .await?;
    Entity::delete_many().filter(Column::PersonId.eq(person)).exec(&tx.0).await?;
    file(tx, person, known_as, organisations).await
}

async fn file(
    tx: &Tx,
    person: Uuid,
    known_as: &str,
    organisations: impl IntoIterator<Item = Uuid>,
) -> Result<()> {
    let keys = filed_under(known_as);
    let entries = |organisation| {
        keys.iter().enumerate().map(move |(at, key)| ActiveModel {
            organisation_id: Set(organisation),
            filed_under: Set(key.clone()),
            person_id: Set(person),
            leads: Set(at == 0),
        })
    };
    let rows: Vec<_> = organisations.into_iter().flat_map(entries).collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    }
    Ok(())
}
