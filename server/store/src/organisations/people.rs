//! Going through the people of an organisation, a page at a time.

use chrono::NaiveDate;
use domain::people::{EngagementKind, OrganisationId, PersonId, filed};
use sea_orm::sea_query::{Expr, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
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
    /// Whoever is this to it or will be; those who came last are first.
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
        Among::Those(kind) => those(id, kind, after, today).into_query(),
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
    let further = Condition::any()
        .add(Column::FiledUnder.gt(last.filed_under.clone()))
        .add(Column::FiledUnder.eq(last.filed_under.clone()).and(Column::PersonId.gt(after)));
    // The first bound alone lets both engines begin in the middle of the index.
    Ok(found.filter(Column::FiledUnder.gte(last.filed_under)).filter(further))
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

fn those(
    id: OrganisationId,
    kind: EngagementKind,
    after: Option<PersonId>,
    today: NaiveDate,
) -> Select<engagement::Entity> {
    use engagement::Column;
    let found = going_on(id, today).filter(Column::Kind.eq(kind.as_str()));
    let found = match after {
        Some(after) => found.filter(Column::PersonId.lt(after.as_uuid())),
        None => found,
    };
    found.select_only().column(Column::PersonId).distinct().order_by_desc(Column::PersonId)
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
        .filter(Column::ToOn.lt(today))
        .order_by_desc(Column::ToOn)
        .order_by_desc(Column::Id);
    let begun = match after {
        None => None,
        Some(after) => ended.clone().filter(Column::PersonId.eq(after.as_uuid())).one(&db.read).await?,
    };
    let found = match begun.and_then(|it| Some((it.to_on?, it.id))) {
        Some((to, last)) => {
            let further = Column::ToOn.lt(to).or(Column::ToOn.eq(to).and(Column::Id.lt(last)));
            ended.filter(Column::ToOn.lte(to)).filter(further)
        }
        None => ended,
    };
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
        .cond_where(Condition::any().add(Column::ToOn.is_null()).add(Column::ToOn.gte(today)));
    if let Some(kind) = kind {
        theirs.and_where(Column::Kind.eq(kind.as_str()));
    }
    Expr::exists(theirs)
}
