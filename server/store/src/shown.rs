//! Who shows something to somebody: asked alike of plans and of needs.

use domain::people::PersonId;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::entities::person;
use crate::me::Named;
use crate::{Db, Result};

/// A page of the people whom a question finds in its column `of`, those who came last first.
pub(crate) async fn page_of<E: EntityTrait>(
    db: &Db,
    (found, of): (Select<E>, E::Column),
    (before, limit): (Option<PersonId>, u64),
) -> Result<Vec<Named>> {
    let came_before = before.map(|it| of.lt(it.as_uuid()));
    let ids: Vec<Uuid> = found
        .filter(Condition::all().add_option(came_before))
        .select_only()
        .column(of)
        .order_by_desc(of)
        .limit(limit)
        .into_tuple()
        .all(&db.read)
        .await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = person::Entity::find()
        .filter(person::Column::Id.is_in(ids))
        .order_by_desc(person::Column::Id)
        .all(&db.read)
        .await?;
    let named = |it: person::Model| Named { id: PersonId::from_uuid(it.id), known_as: it.known_as };
    Ok(rows.into_iter().map(named).collect())
}
