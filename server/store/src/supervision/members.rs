//! Who joins groups, and who leaves them.

use chrono::NaiveDate;
use domain::people::PersonId;
use domain::supervision::arrangement::ArrangementId;
use domain::supervision::group::{EndedSpell, NewSpell};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::sessions::presence_counts;
use crate::audit::Action;
use crate::entities::{supervision_presence, supervision_spell};
use crate::{Result, Tx};

/// Somebody was added to a group.
pub const JOINED: Action = Action::named("supervision_joined");
/// Somebody's last day in a group was set.
pub const LEFT: Action = Action::named("supervision_left");

/// Keeps that somebody joins.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save(tx: &Tx, group: ArrangementId, new: &NewSpell) -> Result<()> {
    let spell = new.spell();
    let row = supervision_spell::ActiveModel {
        arrangement_id: Set(group.as_uuid()),
        person_id: Set(spell.person.as_uuid()),
        from_on: Set(spell.from),
        to_on: Set(spell.to),
    };
    supervision_spell::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// The last day of which it is written down whether somebody came, inside the transaction that ends their time.
///
/// # Errors
/// When the database does not answer.
pub async fn written_on(tx: &Tx, (group, person): (ArrangementId, PersonId)) -> Result<Option<NaiveDate>> {
    use supervision_presence::Column;
    let found = supervision_presence::Entity::find()
        .select_only()
        .column(Column::Day)
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::ArrangementId.eq(group.as_uuid()))
        .filter(Expr::exists(presence_counts()))
        .order_by_desc(Column::PersonId)
        .order_by_desc(Column::Day);
    Ok(found.into_tuple().one(&tx.0).await?)
}

/// Keeps somebody's last day.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_ended(tx: &Tx, group: ArrangementId, ended: &EndedSpell) -> Result<()> {
    use supervision_spell::Column;
    supervision_spell::Entity::update_many()
        .col_expr(Column::ToOn, Expr::value(ended.last()))
        .filter(Column::ArrangementId.eq(group.as_uuid()))
        .filter(Column::PersonId.eq(ended.spell().person.as_uuid()))
        .filter(Column::FromOn.eq(ended.spell().from))
        .exec(&tx.0)
        .await?;
    Ok(())
}
