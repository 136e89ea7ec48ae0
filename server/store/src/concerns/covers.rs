//! Who covers which concerns.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::concern::{Cover, NewCover, Route, There};
use domain::people::{Engagement, EngagementKind, OrganisationId, PersonId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::audit::Action;
use crate::entities::{concern_cover, concern_holder, engagement};
use crate::people::{small, unknown};
use crate::{Db, Result, Tx};

/// An administrator said who covers concerns of one kind.
pub const COVER_CHANGED: Action = Action::named("concern_cover_changed");

/// How each way is covered at an organisation, those that are.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn covers(db: &Db, organisation: OrganisationId) -> Result<Vec<Cover>> {
    covers_in(&db.read, organisation).await
}

/// The same inside a transaction.
///
/// # Errors
/// As [`covers`].
pub async fn covers_now(tx: &Tx, organisation: OrganisationId) -> Result<Vec<Cover>> {
    covers_in(&tx.0, organisation).await
}

/// How one way is covered.
///
/// # Errors
/// As [`covers`].
pub async fn cover(db: &Db, organisation: OrganisationId, route: Route) -> Result<Option<Cover>> {
    Ok(covers(db, organisation).await?.into_iter().find(|it| it.route == route))
}

/// The same inside a transaction.
///
/// # Errors
/// As [`covers`].
pub async fn cover_now(tx: &Tx, organisation: OrganisationId, route: Route) -> Result<Option<Cover>> {
    Ok(covers_now(tx, organisation).await?.into_iter().find(|it| it.route == route))
}

/// Changes of covers are few: an organisation has a handful of versions of each.
async fn covers_in(conn: &impl ConnectionTrait, organisation: OrganisationId) -> Result<Vec<Cover>> {
    use concern_cover::Column;
    let rows = concern_cover::Entity::find()
        .filter(Column::OrganisationId.eq(organisation.as_uuid()))
        .order_by_asc(Column::Number);
    // The latest of each way stays.
    let latest: BTreeMap<String, concern_cover::Model> =
        rows.all(conn).await?.into_iter().map(|it| (it.route.clone(), it)).collect();
    let of = |it: &concern_cover::Model| {
        use concern_holder::Column;
        Condition::all().add(Column::Route.eq(&it.route)).add(Column::Number.eq(it.number))
    };
    let any = latest.values().fold(Condition::any(), |any, it| any.add(of(it)));
    let mut holders: BTreeMap<String, Vec<PersonId>> = BTreeMap::new();
    if !latest.is_empty() {
        let rows = concern_holder::Entity::find()
            .filter(concern_holder::Column::OrganisationId.eq(organisation.as_uuid()))
            .filter(any)
            .order_by_asc(concern_holder::Column::Rank);
        for it in rows.all(conn).await? {
            holders.entry(it.route).or_default().push(PersonId::from_uuid(it.person_id));
        }
    }
    let read = |it: concern_cover::Model| {
        Ok(Cover {
            organisation,
            route: Route::parse(&it.route).ok_or_else(|| unknown("way of a concern", &it.route))?,
            number: it.number,
            holders: holders.remove(&it.route).unwrap_or_default(),
            answer_within: small("hours", it.answer_within)?,
            there: it.there,
            out_of_hours: it.out_of_hours,
            outside: it.outside,
        })
    };
    latest.into_values().map(read).collect()
}

/// Who may be told concerns of one kind at an organisation today.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn who_is_there(
    db: &Db,
    (organisation, route): (OrganisationId, Route),
    today: NaiveDate,
) -> Result<Vec<There>> {
    there_in(&db.read, (organisation, route), today).await
}

/// The same inside a transaction.
///
/// # Errors
/// As [`who_is_there`].
pub async fn who_is_there_now(
    tx: &Tx,
    (organisation, route): (OrganisationId, Route),
    today: NaiveDate,
) -> Result<Vec<There>> {
    there_in(&tx.0, (organisation, route), today).await
}

async fn there_in(
    conn: &impl ConnectionTrait,
    (organisation, route): (OrganisationId, Route),
    today: NaiveDate,
) -> Result<Vec<There>> {
    use engagement::Column;
    let kinds = EngagementKind::ALL.into_iter().filter(|it| route.is_held_as(*it));
    let rows = engagement::Entity::find()
        .filter(Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(Column::Kind.is_in(kinds.map(EngagementKind::as_str)))
        .filter(Column::FromOn.lte(today))
        .filter(Condition::any().add(Column::ToOn.is_null()).add(Column::ToOn.gte(today)))
        .order_by_asc(Column::PersonId);
    let mut all: Vec<There> = Vec::new();
    for row in rows.all(conn).await? {
        let it = Engagement::try_from(row)?;
        let away = it.away.is_some_and(|it| it.from <= today && it.to.is_none_or(|to| to >= today));
        match all.iter_mut().find(|there| there.person == it.person) {
            Some(there) => there.is_away &= away,
            None => all.push(There { person: it.person, is_away: away }),
        }
    }
    Ok(all)
}

/// What somebody covers today, as the latest version says.
///
/// # Errors
/// As [`covers`].
pub async fn covered_by(db: &Db, person: PersonId) -> Result<Vec<Cover>> {
    use concern_holder::Column;
    let rows = concern_holder::Entity::find().filter(Column::PersonId.eq(person.as_uuid()));
    let mut organisations: Vec<_> =
        rows.all(&db.read).await?.iter().map(|it| OrganisationId::from_uuid(it.organisation_id)).collect();
    organisations.sort_unstable();
    organisations.dedup();
    let mut all = Vec::new();
    for it in organisations {
        all.extend(covers(db, it).await?.into_iter().filter(|it| it.holders.contains(&person)));
    }
    Ok(all)
}

/// Keeps how a way is covered from now on.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_cover(tx: &Tx, new: &NewCover, now: DateTime<Utc>) -> Result<()> {
    let it = new.cover();
    let (organisation, route) = (it.organisation.as_uuid(), it.route.as_str().to_owned());
    let row = concern_cover::ActiveModel {
        organisation_id: Set(organisation),
        route: Set(route.clone()),
        number: Set(it.number),
        answer_within: Set(it.answer_within.into()),
        there: Set(it.there.clone()),
        out_of_hours: Set(it.out_of_hours.clone()),
        outside: Set(it.outside.clone()),
        by_id: Set(new.by().as_uuid()),
        at: Set(now.timestamp_millis()),
    };
    concern_cover::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let holder = |(rank, person): (i64, &PersonId)| concern_holder::ActiveModel {
        organisation_id: Set(organisation),
        route: Set(route.clone()),
        number: Set(it.number),
        rank: Set(rank),
        person_id: Set(person.as_uuid()),
    };
    let rows: Vec<_> = (1..).zip(&it.holders).map(holder).collect();
    concern_holder::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    Ok(())
}
