//! Adding organisations, what holds in each, and what it calls what people are.

use chrono::NaiveDate;
use domain::people::{
    EngagementKind, Labels, MinimumAge, NewOrganisation, OrganisationId, OrganisationKind, OwnWords, Settings,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{engagement, engagement_label, organisation};
use crate::people::unknown;
use crate::{Db, Result, Tx};

/// There is another organisation.
pub const ORGANISATION_ADDED: Action = Action::named("organisation_added");
/// What an organisation is called, or what it calls things, was changed.
pub const ORGANISATION_CHANGED: Action = Action::named("organisation_changed");
/// An organisation asks for a second factor from now on.
pub const SECOND_FACTOR_ASKED: Action = Action::named("second_factor_asked");
/// An organisation asks for none from now on.
pub const SECOND_FACTOR_NOT_ASKED: Action = Action::named("second_factor_not_asked");

/// An organisation as those see it who keep it in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: OrganisationId,
    pub name: String,
    pub kind: OrganisationKind,
    pub parent: Option<OrganisationId>,
    /// The age from which it takes learners, if it takes any.
    pub minimum_age: Option<MinimumAge>,
    /// Whether a second factor is asked of whoever sees other people's data there.
    pub asks_second_factor: bool,
}

/// One organisation with what holds in it.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn kept(db: &Db, id: OrganisationId) -> Result<Option<Kept>> {
    let row = organisation::Entity::find_by_id(id.as_uuid()).one(&db.read).await?;
    row.map(Kept::try_from).transpose()
}

/// Every organisation, in order of name: they are a few dozen at most.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn all(db: &Db) -> Result<Vec<Kept>> {
    let rows = organisation::Entity::find().order_by_asc(organisation::Column::Name).all(&db.read).await?;
    rows.into_iter().map(Kept::try_from).collect()
}

/// What every organisation is called.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn names(db: &Db) -> Result<Vec<(OrganisationId, String)>> {
    Ok(all(db).await?.into_iter().map(|it| (it.id, it.name)).collect())
}

/// Those of these organisations that somebody administers today.
///
/// # Errors
/// When the database does not answer.
pub async fn administered(db: &Db, organisations: &[Kept], today: NaiveDate) -> Result<Vec<OrganisationId>> {
    use engagement::Column;
    let ids: Vec<Uuid> = engagement::Entity::find()
        .filter(Column::OrganisationId.is_in(organisations.iter().map(|it| it.id.as_uuid())))
        .filter(Column::Kind.eq(EngagementKind::Administrator.as_str()))
        .filter(crate::people::holds_on(today))
        .select_only()
        .column(Column::OrganisationId)
        .distinct()
        .into_tuple()
        .all(&db.read)
        .await?;
    Ok(ids.into_iter().map(OrganisationId::from_uuid).collect())
}

/// Keeps another organisation. It takes no learners: one organisation does, the one that runs the site. A second
/// factor is asked there until it is switched off.
///
/// # Errors
/// When the database does not answer, or somebody else has just added one of that name.
pub async fn save_organisation(tx: &Tx, id: OrganisationId, new: &NewOrganisation) -> Result<()> {
    let row = organisation::ActiveModel {
        id: Set(id.as_uuid()),
        kind: Set(new.kind().as_str().into()),
        name: Set(new.name().into()),
        parent_id: Set(new.parent().map(OrganisationId::as_uuid)),
        takes_learners: Set(false),
        minimum_age: Set(MinimumAge::default().years().into()),
        second_factor: Set(true),
    };
    organisation::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps what holds in an organisation.
///
/// # Errors
/// When the database does not answer.
pub async fn save_settings(tx: &Tx, id: OrganisationId, settings: &Settings) -> Result<()> {
    let mut row = organisation::ActiveModel {
        id: Set(id.as_uuid()),
        name: Set(settings.name().into()),
        ..Default::default()
    };
    if let Some(age) = settings.minimum_age() {
        row.minimum_age = Set(age.years().into());
    }
    row.update(&tx.0).await?;
    Ok(())
}

/// Keeps whether an organisation asks for a second factor.
///
/// # Errors
/// When the database does not answer.
pub async fn save_second_factor(tx: &Tx, id: OrganisationId, is_asked: bool) -> Result<()> {
    let row = organisation::ActiveModel {
        id: Set(id.as_uuid()),
        second_factor: Set(is_asked),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// What these organisations call what people are, where they have a word of their own.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn labels(db: &Db, ids: &[OrganisationId]) -> Result<Labels> {
    let rows = engagement_label::Entity::find()
        .filter(engagement_label::Column::OrganisationId.is_in(ids.iter().map(|it| it.as_uuid())))
        .all(&db.read)
        .await?;
    let read = |it: engagement_label::Model| {
        let kind = EngagementKind::parse(&it.kind).ok_or_else(|| unknown("engagement kind", &it.kind))?;
        Ok((OrganisationId::from_uuid(it.organisation_id), kind, it.label))
    };
    rows.into_iter().map(read).collect()
}

/// Keeps an organisation's own words in place of those it had.
///
/// # Errors
/// When the database does not answer.
pub async fn save_labels(tx: &Tx, id: OrganisationId, words: &OwnWords) -> Result<()> {
    engagement_label::Entity::delete_many()
        .filter(engagement_label::Column::OrganisationId.eq(id.as_uuid()))
        .exec(&tx.0)
        .await?;
    let rows = words.iter().map(|(kind, word)| engagement_label::ActiveModel {
        organisation_id: Set(id.as_uuid()),
        kind: Set(kind.as_str().into()),
        label: Set(word.into()),
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        engagement_label::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

impl TryFrom<organisation::Model> for Kept {
    type Error = crate::Failure;

    fn try_from(row: organisation::Model) -> Result<Self> {
        let age = u8::try_from(row.minimum_age).ok().and_then(|it| MinimumAge::new(it).ok());
        let age = age.ok_or_else(|| unknown("minimum age", &row.minimum_age.to_string()))?;
        Ok(Self {
            id: OrganisationId::from_uuid(row.id),
            name: row.name,
            kind: OrganisationKind::parse(&row.kind)
                .ok_or_else(|| unknown("organisation kind", &row.kind))?,
            parent: row.parent_id.map(OrganisationId::from_uuid),
            minimum_age: row.takes_learners.then_some(age),
            asks_second_factor: row.second_factor,
        })
    }
}
