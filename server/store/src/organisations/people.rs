//! Going through the people of an organisation, a page at a time.

use chrono::NaiveDate;
use domain::people::{EngagementKind, OrganisationId, PersonId, filed};
use sea_orm::sea_query::{Expr, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, ModelTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

use super::{Colleague, colleagues, going_on};
use crate::entities::{directory, engagement};
use crate::{Db, Result};

/// Which of the people of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Whoever is something to it or will be, in order of name.
    Everybody,
    /// Whoever is this to it or will be; those who began last are first.
    Those(EngagementKind),
    /// Whoever was something to it and is no more; those who left last are first.
    Former,
}

/// A page of them.
#[derive(Clone, Copy, Debug)]
pub struct PeoplePage<'a> {
    pub among: Among,
    /// How one of their names begins. Then they are in order of name, and among everybody are those who have
    /// left: whoever looks for somebody may not know that they have.
    pub called: &'a str,
    /// The last one of the page before; not for those who are looked for by name.
    pub after: Option<PersonId>,
    pub today: NaiveDate,
    /// At most so many.
    pub limit: u64,
}

/// A page of the people of an organisation.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn people(db: &Db, id: OrganisationId, page: PeoplePage<'_>) -> Result<Vec<Colleague>> {
    let PeoplePage { among, called, after, today, limit } = page;
    let found = match among {
        _ if !called.is_empty() => by_name(id, &filed(called), among, today).into_query(),
        Among::Everybody => everybody(db, id, after, today).await?.into_query(),
        Among::Those(kind) => those(db, id, kind, after, today).await?.into_query(),
        Among::Former => former(db, id, after, today).await?.into_query(),
    };
    let rows = db.read.query_all(found.to_owned().limit(limit)).await?;
    let mut ids = Vec::with_capacity(rows.len());
    for row in rows {
        let person: Uuid = row.try_get_by_index(0)?;
        // Sam Samson is found by "sam" twice.
        if !ids.contains(&person) {
            ids.push(person);
        }
    }
    colleagues(db, id, &ids, today).await
}

fn entries(id: OrganisationId) -> Select<directory::Entity> {
    use directory::Column;
    directory::Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::OrganisationId.eq(id.as_uuid()))
        .order_by_asc(Column::FiledUnder)
        .order_by_asc(Column::PersonId)
}

async fn everybody(
    db: &Db,
    id: OrganisationId,
    after: Option<PersonId>,
    today: NaiveDate,
) -> Result<Select<directory::Entity>> {
    use directory::Column;
    let found = entries(id).filter(Column::Leads.eq(true)).filter(still(today, None));
    let Some(after) = after.map(PersonId::as_uuid) else { return Ok(found) };
    let last = directory::Entity::find()
        .filter(Column::PersonId.eq(after))
        .filter(Column::OrganisationId.eq(id.as_uuid()))
        .filter(Column::Leads.eq(true));
    let Some(last) = last.one(&db.read).await? else { return Ok(found) };
    let place = Expr::tuple([Expr::col(Column::FiledUnder), Expr::col(Column::PersonId)]);
    Ok(found.filter(place.gt(Expr::tuple([last.filed_under.into(), after.into()]))))
}

fn by_name(id: OrganisationId, key: &str, among: Among, today: NaiveDate) -> Select<directory::Entity> {
    use directory::Column;
    // Keys are letters, figures and spaces: all of them come before a tilde. Nothing begins with an empty one.
    let end = if key.is_empty() { String::new() } else { format!("{key}~") };
    let found = entries(id).filter(Column::FiledUnder.gte(key)).filter(Column::FiledUnder.lt(end));
    match among {
        Among::Everybody => found,
        Among::Those(kind) => found.filter(still(today, Some(kind))),
        Among::Former => found.filter(still(today, None).not()),
    }
}

async fn those(
    db: &Db,
    id: OrganisationId,
    kind: EngagementKind,
    after: Option<PersonId>,
    today: NaiveDate,
) -> Result<Select<engagement::Entity>> {
    use engagement::Column;
    let begun = going_on(id, today).filter(Column::Kind.eq(kind.as_str()));
    let found = latest_first(db, begun, Column::FromOn, after).await?;
    Ok(found.select_only().column(Column::PersonId))
}

/// Engagements in order of a day, the latest first, and after the first one of the person `after`.
async fn latest_first(
    db: &Db,
    found: Select<engagement::Entity>,
    day: engagement::Column,
    after: Option<PersonId>,
) -> Result<Select<engagement::Entity>> {
    use engagement::Column;
    let found = found.order_by_desc(day).order_by_desc(Column::Id);
    let Some(after) = after else { return Ok(found) };
    let last = found.clone().filter(Column::PersonId.eq(after.as_uuid())).one(&db.read).await?;
    let Some(last) = last else { return Ok(found) };
    let (value, place) = (last.get(day), Expr::tuple([Expr::col(day), Expr::col(Column::Id)]));
    Ok(found.filter(place.lt(Expr::tuple([value.into(), last.id.into()]))))
}

async fn former(
    db: &Db,
    id: OrganisationId,
    after: Option<PersonId>,
    today: NaiveDate,
) -> Result<Select<engagement::Entity>> {
    use engagement::Column;
    let ended = engagement::Entity::find()
        .filter(Column::OrganisationId.eq(id.as_uuid()))
        .filter(Column::ToOn.lt(today));
    let found = latest_first(db, ended, Column::ToOn, after).await?;
    // Only what ended last of all that somebody was here stands for them.
    let later = |it| Expr::col(("later", it));
    let this = |it| (engagement::Entity, it);
    let is_later = Condition::any()
        .add(later(Column::ToOn).is_null())
        .add(later(Column::ToOn).gt(Expr::col(this(Column::ToOn))))
        .add(
            later(Column::ToOn)
                .equals(this(Column::ToOn))
                .and(later(Column::Id).gt(Expr::col(this(Column::Id)))),
        );
    let later = Query::select()
        .expr(Expr::value(1))
        .from_as(engagement::Entity, "later")
        .and_where(later(Column::PersonId).equals(this(Column::PersonId)))
        .and_where(later(Column::OrganisationId).equals(this(Column::OrganisationId)))
        .cond_where(is_later)
        .take();
    Ok(found.filter(Expr::exists(later).not()).select_only().column(Column::PersonId))
}

/// Whether the person of an entry still is something to the organisation of the directory.
fn still(today: NaiveDate, kind: Option<EngagementKind>) -> SimpleExpr {
    use engagement::Column;
    let col = |it| Expr::col((engagement::Entity, it));
    let entry = |it| (directory::Entity, it);
    let mut theirs = Query::select();
    theirs
        .expr(Expr::value(1))
        .from(engagement::Entity)
        .and_where(col(Column::PersonId).equals(entry(directory::Column::PersonId)))
        .and_where(col(Column::OrganisationId).equals(entry(directory::Column::OrganisationId)))
        .cond_where(crate::people::not_over(today));
    if let Some(kind) = kind {
        theirs.and_where(Column::Kind.eq(kind.as_str()));
    }
    Expr::exists(theirs)
}
