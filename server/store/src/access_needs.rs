//! What people need so that they can take part, and with whom they share it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{AccessNeeds, NeedsReader, NeedsShare, OrganisationId, PersonId};
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Set};

use crate::audit::Action;
use crate::entities::{access_needs, access_needs_share, engagement, person};
use crate::me::Named;
use crate::people::{holds_on, unknown};
use crate::shown::page_of;
use crate::{Db, Result, Tx, instant};

/// Somebody changed what they need, or with whom they share it.
pub const ACCESS_NEEDS_CHANGED: Action = Action::named("access_needs_changed");
/// Somebody read what another person needs: written before it is shown.
pub const ACCESS_NEEDS_READ: Action = Action::named("access_needs_read");

/// What somebody needs, as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    pub needs: String,
    pub shares: Vec<NeedsShare>,
    pub changed_at: DateTime<Utc>,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Kept(…)")
    }
}

/// What somebody needs, if they have said so.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of(db: &Db, person: PersonId) -> Result<Option<Kept>> {
    let Some(row) = access_needs::Entity::find_by_id(person.as_uuid()).one(&db.read).await? else {
        return Ok(None);
    };
    let rows = access_needs_share::Entity::find()
        .filter(access_needs_share::Column::PersonId.eq(person.as_uuid()))
        .all(&db.read)
        .await?;
    let shares = rows.into_iter().map(NeedsShare::try_from).collect::<Result<_>>()?;
    Ok(Some(Kept { needs: row.needs, shares, changed_at: instant(row.changed_at) }))
}

/// Keeps what somebody needs and with whom they share it, in place of what was there. Nothing said takes it away.
///
/// # Errors
/// When the database does not answer.
pub async fn save(tx: &Tx, person: PersonId, needs: &AccessNeeds, now: DateTime<Utc>) -> Result<()> {
    let id = person.as_uuid();
    // Two tabs at once wait for each other here.
    person::Entity::find_by_id(id).lock_exclusive().one(&tx.0).await?;
    let old = access_needs_share::Column::PersonId.eq(id);
    access_needs_share::Entity::delete_many().filter(old).exec(&tx.0).await?;
    access_needs::Entity::delete_by_id(id).exec(&tx.0).await?;
    if needs.needs().is_empty() {
        return Ok(());
    }
    let row = access_needs::ActiveModel {
        person_id: Set(id),
        needs: Set(needs.needs().into()),
        changed_at: Set(now.timestamp_millis()),
    };
    access_needs::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let share = |it: &NeedsShare| access_needs_share::ActiveModel {
        person_id: Set(id),
        organisation_id: Set(it.organisation.as_uuid()),
        reader: Set(it.with.as_str().into()),
    };
    for row in needs.shares().iter().map(share) {
        access_needs_share::Entity::insert(row)
            .on_conflict_do_nothing()
            .exec_without_returning(&tx.0)
            .await?;
    }
    Ok(())
}

/// Whose needs somebody may be told of.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Groups that they belong to.
    pub groups: Vec<NeedsShare>,
    /// Whom they are alongside, each for one organisation.
    pub alongside: Vec<(PersonId, OrganisationId)>,
}

impl Reading {
    /// Whether there can be nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.alongside.is_empty()
    }
}

/// A page of the people who have shared what they need with somebody, those who came last first.
///
/// # Errors
/// When the database does not answer.
pub async fn shared_with(
    db: &Db,
    reading: &Reading,
    page: (Option<PersonId>, u64),
    today: NaiveDate,
) -> Result<Vec<Named>> {
    use access_needs_share::Column;
    let mut any = Condition::any();
    for it in &reading.groups {
        let group = Column::OrganisationId.eq(it.organisation.as_uuid());
        any = any.add(group.and(Column::Reader.eq(it.with.as_str())));
    }
    for (person, organisation) in &reading.alongside {
        let theirs = Column::PersonId.eq(person.as_uuid());
        let there = Column::OrganisationId.eq(organisation.as_uuid());
        any = any.add(theirs.and(there).and(Column::Reader.eq(NeedsReader::Alongside.as_str())));
    }
    if any.is_empty() {
        return Ok(Vec::new());
    }
    // Somebody may tell several groups.
    let found = access_needs_share::Entity::find().filter(any).filter(still_there(today)).distinct();
    page_of(db, (found, Column::PersonId), page).await
}

/// Only while the person is something to that organisation: whoever leaves shares nothing there any more.
fn still_there(today: NaiveDate) -> Expr {
    use engagement::Column;
    let theirs: SelectStatement = engagement::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(
            Column::PersonId
                .into_expr()
                .equals((access_needs_share::Entity, access_needs_share::Column::PersonId)),
        )
        .filter(
            Column::OrganisationId
                .into_expr()
                .equals((access_needs_share::Entity, access_needs_share::Column::OrganisationId)),
        )
        .filter(holds_on(today))
        .into_query();
    Expr::exists(theirs)
}

impl TryFrom<access_needs_share::Model> for NeedsShare {
    type Error = crate::Failure;

    fn try_from(row: access_needs_share::Model) -> Result<Self> {
        let with = NeedsReader::parse(&row.reader).ok_or_else(|| unknown("reader", &row.reader))?;
        Ok(Self { organisation: OrganisationId::from_uuid(row.organisation_id), with })
    }
}
