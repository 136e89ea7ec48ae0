//! What people say about themselves: how to reach them, when they are away, and with whom they would rather
//! not have to do.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::people::{
    AboutMe, Away, EngagementId, EngagementKind, NotWithEntry, OrganisationId, PersonId, Purpose, Reach,
    ReachWay,
};
use domain::sign_in::EmailAddress;
use domain::training::requirement::is_written_to;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{engagement, not_with, person, reach, relationship, sign_in};
use crate::people::unknown;
use crate::{Db, Result, Tx, directory};

/// Somebody changed what they are called or how to reach them.
pub const ABOUT_ME_CHANGED: Action = Action::named("about_me_changed");
/// Somebody said from when to when they are away.
pub const AWAY_CHANGED: Action = Action::named("away_changed");
/// Somebody changed their list of people not to be put with. Who is on it is not written down.
pub const NOT_WITH_CHANGED: Action = Action::named("not_with_changed");

/// A person by the name that they go by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: PersonId,
    pub known_as: String,
}

/// How somebody likes to be reached, if they have said so.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn reach(db: &Db, person: PersonId) -> Result<Option<Reach>> {
    let Some(row) = reach::Entity::find_by_id(person.as_uuid()).one(&db.read).await? else { return Ok(None) };
    let way = ReachWay::parse(&row.way).ok_or_else(|| unknown("way to be reached", &row.way))?;
    Ok(Some(Reach { way, phone: row.phone, note: row.note }))
}

/// Where some people are written to: those who have an address, and would not rather be rung.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn written_to(db: &Db, people: &[PersonId]) -> Result<BTreeMap<PersonId, EmailAddress>> {
    let ids = || people.iter().map(|it| it.as_uuid());
    let mut otherwise = BTreeSet::new();
    for row in reach::Entity::find().filter(reach::Column::PersonId.is_in(ids())).all(&db.read).await? {
        let way = ReachWay::parse(&row.way).ok_or_else(|| unknown("way to be reached", &row.way))?;
        if !is_written_to(Some(way)) {
            otherwise.insert(row.person_id);
        }
    }
    let addresses = sign_in::Entity::find().filter(sign_in::Column::PersonId.is_in(ids()));
    let address = |it: sign_in::Model| {
        let email = EmailAddress::parse(&it.email).ok()?;
        (!otherwise.contains(&it.person_id)).then(|| (PersonId::from_uuid(it.person_id), email))
    };
    Ok(addresses.all(&db.read).await?.into_iter().filter_map(address).collect())
}

/// Keeps what somebody says about themself.
///
/// # Errors
/// When the database does not answer.
pub async fn save_about_me(tx: &Tx, person: PersonId, me: &AboutMe) -> Result<()> {
    let row = person::ActiveModel {
        id: Set(person.as_uuid()),
        known_as: Set(me.known_as().as_str().to_owned()),
        pronouns: Set(me.pronouns().as_str().to_owned()),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    directory::rename(tx, person.as_uuid(), me.known_as().as_str()).await?;
    let row = reach::ActiveModel {
        person_id: Set(person.as_uuid()),
        way: Set(me.reach().way.as_str().to_owned()),
        phone: Set(me.reach().phone.clone()),
        note: Set(me.reach().note.clone()),
    };
    let kept = OnConflict::column(reach::Column::PersonId)
        .update_columns([reach::Column::Way, reach::Column::Phone, reach::Column::Note])
        .to_owned();
    reach::Entity::insert(row).on_conflict(kept).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps when somebody is away from one of their engagements, and says whether it is theirs.
///
/// # Errors
/// When the database does not answer.
pub async fn save_away(tx: &Tx, person: PersonId, id: EngagementId, away: Option<Away>) -> Result<bool> {
    let row = engagement::ActiveModel {
        away_from: Set(away.map(|it| it.from)),
        away_to: Set(away.and_then(|it| it.to)),
        ..Default::default()
    };
    let kept = engagement::Entity::update_many()
        .set(row)
        .filter(engagement::Column::Id.eq(id.as_uuid()))
        .filter(engagement::Column::PersonId.eq(person.as_uuid()))
        .exec(&tx.0)
        .await?;
    Ok(kept.rows_affected > 0)
}

/// Whom somebody does not want to have to do with, and in what: for their own page.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn not_with(db: &Db, person: PersonId) -> Result<Vec<(Named, Purpose)>> {
    let rows = not_with::Entity::find()
        .filter(not_with::Column::PersonId.eq(person.as_uuid()))
        .all(&db.read)
        .await?;
    let others = named(db, rows.iter().map(|it| it.other_id).collect()).await?;
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let purpose = Purpose::parse(&row.purpose).ok_or_else(|| unknown("purpose", &row.purpose))?;
        let other = others.iter().find(|it| it.id.as_uuid() == row.other_id);
        list.extend(other.map(|it| (it.clone(), purpose)));
    }
    list.sort_by(|a, b| (&a.0.known_as, a.0.id, a.1).cmp(&(&b.0.known_as, b.0.id, b.1)));
    Ok(list)
}

/// Those who could be chosen for somebody: who is one of `kinds` to one of the `organisations` on that day or
/// later, or holds a relationship to the person.
///
/// # Errors
/// When the database does not answer.
pub async fn could_be_chosen(
    db: &Db,
    person: PersonId,
    organisations: &[OrganisationId],
    kinds: &[EngagementKind],
    today: NaiveDate,
) -> Result<Vec<Named>> {
    let mut ids = acting_at(db, organisations, kinds, today).await?;
    let holders: Vec<Uuid> = relationship::Entity::find()
        .select_only()
        .column(relationship::Column::HolderId)
        .filter(relationship::Column::PersonId.eq(person.as_uuid()))
        .filter(relationship::Column::ToOn.is_null().or(relationship::Column::ToOn.gte(today)))
        .into_tuple()
        .all(&db.read)
        .await?;
    ids.extend(holders);
    ids.retain(|it| *it != person.as_uuid());
    named(db, ids).await
}

/// Those who are one of `kinds` to one of these organisations on that day or later.
async fn acting_at(
    db: &Db,
    organisations: &[OrganisationId],
    kinds: &[EngagementKind],
    today: NaiveDate,
) -> Result<Vec<Uuid>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    // Somebody may be several things to an organisation.
    let organisations: BTreeSet<Uuid> = organisations.iter().map(|it| it.as_uuid()).collect();
    let ids: Vec<Uuid> = engagement::Entity::find()
        .select_only()
        .column(engagement::Column::PersonId)
        .filter(engagement::Column::OrganisationId.is_in(organisations))
        .filter(engagement::Column::Kind.is_in(kinds.iter().map(|it| it.as_str())))
        .filter(crate::people::not_over(today))
        .into_tuple()
        .all(&db.read)
        .await?;
    // Sorted out here: asked to, a database may go through people in order instead of through the organisation.
    Ok(ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect())
}

/// These people in order of name.
async fn named(db: &Db, ids: Vec<Uuid>) -> Result<Vec<Named>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = person::Entity::find()
        .filter(person::Column::Id.is_in(ids))
        .order_by_asc(person::Column::KnownAs)
        .order_by_asc(person::Column::Id)
        .all(&db.read)
        .await?;
    let named = |it: person::Model| Named { id: PersonId::from_uuid(it.id), known_as: it.known_as };
    Ok(rows.into_iter().map(named).collect())
}

/// Puts somebody on a person's list. Once is enough: a second tap changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn save_not_with(tx: &Tx, person: PersonId, entries: &[NotWithEntry]) -> Result<()> {
    for entry in entries {
        let row = not_with::ActiveModel {
            person_id: Set(person.as_uuid()),
            other_id: Set(entry.other.as_uuid()),
            purpose: Set(entry.purpose.as_str().to_owned()),
        };
        not_with::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

/// Takes somebody off a person's list, if they are on it.
///
/// # Errors
/// When the database does not answer.
pub async fn remove_not_with(tx: &Tx, person: PersonId, entry: NotWithEntry) -> Result<()> {
    let id = (person.as_uuid(), entry.other.as_uuid(), entry.purpose.as_str().to_owned());
    not_with::Entity::delete_by_id(id).exec(&tx.0).await?;
    Ok(())
}
