//! What an organisation arranges: its services, teams and sites, where its people are, and who is what to whom.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::people::{
    ChangedEngagement, Engagement, EngagementId, NewPlace, NewRelationship, NotWith, NotWithEntry,
    OrganisationId, PersonId, Place, PlaceId, PlaceKind, Purpose, Relationship, RelationshipId,
    RelationshipKind,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{engagement, engagement_base, not_with, person, relationship, service, site, team};
use crate::people::unknown;
use crate::{Db, Result, Tx};

/// An organisation has another service, team or site.
pub const PLACE_ADDED: Action = Action::named("place_added");
/// Where somebody is for an organisation, on which footing or until when was changed.
pub const ENGAGEMENT_CHANGED: Action = Action::named("engagement_changed");
/// Somebody was chosen to be alongside somebody.
pub const RELATIONSHIP_BEGUN: Action = Action::named("relationship_begun");
/// That came to its end.
pub const RELATIONSHIP_ENDED: Action = Action::named("relationship_ended");

/// Where an engagement is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    pub service: Option<PlaceId>,
    pub team: Option<PlaceId>,
    pub sites: Vec<PlaceId>,
}

/// A relationship with the name of whoever holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub id: RelationshipId,
    pub relationship: Relationship,
    pub holder_known_as: String,
}

/// The services, teams and sites of an organisation, each kind in order of name.
///
/// # Errors
/// When the database does not answer.
pub async fn places(db: &Db, id: OrganisationId) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    macro_rules! of {
        ($($table:ident $kind:ident)+) => {$(
            let rows = $table::Entity::find()
                .filter($table::Column::OrganisationId.eq(id.as_uuid()))
                .order_by_asc($table::Column::Name)
                .all(&db.read)
                .await?;
            let place = |it: $table::Model| Place { id: PlaceId::from_uuid(it.id), kind: PlaceKind::$kind, name: it.name };
            places.extend(rows.into_iter().map(place));
        )+};
    }
    of! { service Service team Team site Site }
    Ok(places)
}

/// Keeps a service, a team or a site, and says which it is. One of each name is enough: a second tap changes
/// nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn save_place(tx: &Tx, id: OrganisationId, new: &NewPlace) -> Result<Option<PlaceId>> {
    let place = PlaceId::from_uuid(Uuid::now_v7());
    macro_rules! into {
        ($table:ident) => {{
            let row = $table::ActiveModel {
                id: Set(place.as_uuid()),
                organisation_id: Set(id.as_uuid()),
                name: Set(new.name().to_owned()),
            };
            let taken = OnConflict::columns([$table::Column::OrganisationId, $table::Column::Name])
                .do_nothing()
                .to_owned();
            $table::Entity::insert(row).on_conflict(taken).exec_without_returning(&tx.0).await?
        }};
    }
    let kept = match new.kind() {
        PlaceKind::Service => into!(service),
        PlaceKind::Team => into!(team),
        PlaceKind::Site => into!(site),
    };
    Ok((kept > 0).then_some(place))
}

/// One engagement with an organisation, and where it is.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn engagement(
    db: &Db,
    organisation: OrganisationId,
    id: EngagementId,
) -> Result<Option<(Engagement, Placement)>> {
    let found = engagement::Entity::find_by_id(id.as_uuid())
        .filter(engagement::Column::OrganisationId.eq(organisation.as_uuid()));
    let Some(row) = found.one(&db.read).await? else { return Ok(None) };
    let placement = placed(db, std::slice::from_ref(&row)).await?.remove(&id).unwrap_or_default();
    Ok(Some((row.try_into()?, placement)))
}

/// Where the engagements of a person with an organisation are.
///
/// # Errors
/// When the database does not answer.
pub async fn placements(
    db: &Db,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<BTreeMap<EngagementId, Placement>> {
    let rows = engagement::Entity::find()
        .filter(engagement::Column::PersonId.eq(person.as_uuid()))
        .filter(engagement::Column::OrganisationId.eq(organisation.as_uuid()))
        .all(&db.read)
        .await?;
    placed(db, &rows).await
}

async fn placed(db: &Db, rows: &[engagement::Model]) -> Result<BTreeMap<EngagementId, Placement>> {
    let bases = engagement_base::Entity::find()
        .filter(engagement_base::Column::EngagementId.is_in(rows.iter().map(|it| it.id)))
        .all(&db.read)
        .await?;
    let placement = |row: &engagement::Model| Placement {
        service: row.service_id.map(PlaceId::from_uuid),
        team: row.team_id.map(PlaceId::from_uuid),
        sites: bases
            .iter()
            .filter(|it| it.engagement_id == row.id)
            .map(|it| PlaceId::from_uuid(it.site_id))
            .collect(),
    };
    Ok(rows.iter().map(|row| (EngagementId::from_uuid(row.id), placement(row))).collect())
}

/// Keeps an engagement as it is from now on.
///
/// # Errors
/// When the database does not answer.
pub async fn save_engagement(tx: &Tx, changed: &ChangedEngagement) -> Result<()> {
    let id = changed.id().as_uuid();
    let row = engagement::ActiveModel {
        id: Set(id),
        basis: Set(changed.basis().map(|it| it.as_str().to_owned())),
        service_id: Set(changed.service().map(PlaceId::as_uuid)),
        team_id: Set(changed.team().map(PlaceId::as_uuid)),
        to_on: Set(changed.to()),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    engagement_base::Entity::delete_many()
        .filter(engagement_base::Column::EngagementId.eq(id))
        .exec(&tx.0)
        .await?;
    for site in changed.sites() {
        let row = engagement_base::ActiveModel { engagement_id: Set(id), site_id: Set(site.as_uuid()) };
        row.insert(&tx.0).await?;
    }
    Ok(())
}

/// Who is what to a person in one organisation, on that day or later.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn held_to(
    db: &Db,
    organisation: OrganisationId,
    person: PersonId,
    today: NaiveDate,
) -> Result<Vec<Held>> {
    let rows = relationship::Entity::find()
        .filter(relationship::Column::PersonId.eq(person.as_uuid()))
        .filter(relationship::Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(relationship::Column::ToOn.is_null().or(relationship::Column::ToOn.gte(today)))
        .order_by_asc(relationship::Column::FromOn)
        .order_by_asc(relationship::Column::Id)
        .all(&db.read)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let holders = person::Entity::find()
        .filter(person::Column::Id.is_in(rows.iter().map(|it| it.holder_id)))
        .all(&db.read)
        .await?;
    let name_of =
        |id| holders.iter().find(|it| it.id == id).map(|it| it.known_as.clone()).unwrap_or_default();
    let held = |row: relationship::Model| {
        let (id, holder_known_as) = (RelationshipId::from_uuid(row.id), name_of(row.holder_id));
        Ok(Held { id, relationship: row.try_into()?, holder_known_as })
    };
    rows.into_iter().map(held).collect()
}

/// One relationship that an organisation arranged.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn relationship_now(
    tx: &Tx,
    organisation: OrganisationId,
    id: RelationshipId,
) -> Result<Option<Relationship>> {
    let found = relationship::Entity::find_by_id(id.as_uuid())
        .filter(relationship::Column::OrganisationId.eq(organisation.as_uuid()));
    found.one(&tx.0).await?.map(Relationship::try_from).transpose()
}

/// Keeps a relationship and says which it is. The very same once more is a second tap and changes nothing; asked for behind
/// [`crate::organisations::lock`].
///
/// # Errors
/// When the database does not answer.
pub async fn save_relationship(tx: &Tx, new: &NewRelationship) -> Result<Option<RelationshipId>> {
    let it = new.relationship();
    let same = relationship::Entity::find()
        .filter(relationship::Column::PersonId.eq(it.person.as_uuid()))
        .filter(relationship::Column::HolderId.eq(it.holder.as_uuid()))
        .filter(relationship::Column::OrganisationId.eq(it.organisation.as_uuid()))
        .filter(relationship::Column::Kind.eq(it.kind.as_str()))
        .filter(relationship::Column::FromOn.eq(it.from));
    if same.one(&tx.0).await?.is_some() {
        return Ok(None);
    }
    let id = RelationshipId::from_uuid(Uuid::now_v7());
    let row = relationship::ActiveModel {
        id: Set(id.as_uuid()),
        kind: Set(it.kind.as_str().to_owned()),
        holder_id: Set(it.holder.as_uuid()),
        person_id: Set(it.person.as_uuid()),
        organisation_id: Set(it.organisation.as_uuid()),
        from_on: Set(it.from),
        to_on: Set(it.to),
    };
    row.insert(&tx.0).await?;
    Ok(Some(id))
}

/// Keeps a relationship's last day; without one it never was.
///
/// # Errors
/// When the database does not answer.
pub async fn end_relationship(tx: &Tx, id: RelationshipId, last: Option<NaiveDate>) -> Result<()> {
    if last.is_none() {
        relationship::Entity::delete_by_id(id.as_uuid()).exec(&tx.0).await?;
        return Ok(());
    }
    let row = relationship::ActiveModel { id: Set(id.as_uuid()), to_on: Set(last), ..Default::default() };
    row.update(&tx.0).await?;
    Ok(())
}

/// Whom a person does not want to have to do with: for rules, and for no page but their own.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn not_with(db: &Db, person: PersonId) -> Result<NotWith> {
    not_with_in(&db.read, person).await
}

/// The same inside the transaction that puts somebody in place.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn not_with_now(tx: &Tx, person: PersonId) -> Result<NotWith> {
    not_with_in(&tx.0, person).await
}

async fn not_with_in(db: &impl ConnectionTrait, person: PersonId) -> Result<NotWith> {
    let rows =
        not_with::Entity::find().filter(not_with::Column::PersonId.eq(person.as_uuid())).all(db).await?;
    Ok(NotWith::of(person, rows.into_iter().map(entry).collect::<Result<_>>()?))
}

fn entry(row: not_with::Model) -> Result<NotWithEntry> {
    let purpose = Purpose::parse(&row.purpose).ok_or_else(|| unknown("purpose", &row.purpose))?;
    Ok(NotWithEntry { other: PersonId::from_uuid(row.other_id), purpose })
}

/// The lists of several people: for a page that leaves somebody out, and no page shows them.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn not_with_of(db: &Db, people: &[PersonId]) -> Result<Vec<NotWith>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let of_them = not_with::Column::PersonId.is_in(people.iter().map(|it| it.as_uuid()));
    let mut lists: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in not_with::Entity::find().filter(of_them).all(&db.read).await? {
        lists.entry(row.person_id).or_default().push(entry(row)?);
    }
    Ok(lists.into_iter().map(|(person, list)| NotWith::of(PersonId::from_uuid(person), list)).collect())
}

/// What a person is or was to others.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn held_by(db: &Db, holder: PersonId) -> Result<Vec<Relationship>> {
    let held = relationship::Column::HolderId.eq(holder.as_uuid());
    let rows = relationship::Entity::find().filter(held).all(&db.read).await?;
    rows.into_iter().map(Relationship::try_from).collect()
}

impl TryFrom<relationship::Model> for Relationship {
    type Error = crate::Failure;

    fn try_from(row: relationship::Model) -> Result<Self> {
        Ok(Self {
            kind: RelationshipKind::parse(&row.kind)
                .ok_or_else(|| unknown("relationship kind", &row.kind))?,
            holder: PersonId::from_uuid(row.holder_id),
            person: PersonId::from_uuid(row.person_id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            from: row.from_on,
            to: row.to_on,
        })
    }
}
