//! The demo partnership: invented organisations and people, for trying things out on one's own machine.

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{Basis, EngagementKind, OrganisationKind};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use uuid::Uuid;

use crate::entities::{demo, engagement, organisation, person, sign_in};
use crate::{Db, Failure, Result, Tx, people};

/// An invented organisation.
#[derive(Clone, Copy, Debug)]
pub struct Invented {
    pub name: &'static str,
    pub kind: OrganisationKind,
}

/// Somebody invented, who signs in with `<role>@demo.example`.
#[derive(Clone, Copy, Debug)]
pub struct Played {
    pub role: &'static str,
    pub known_as: &'static str,
    pub pronouns: &'static str,
    /// What they are to which organisation, by its place in the list; the first is the one that runs the site.
    pub engagements: &'static [(EngagementKind, Option<Basis>, usize)],
}

/// Whether this database holds the demo.
///
/// # Errors
/// When the database does not answer.
pub async fn is_loaded(db: &Db) -> Result<bool> {
    Ok(demo::Entity::find().one(&db.read).await?.is_some())
}

/// Whether nobody has ever registered here.
///
/// # Errors
/// When the database does not answer.
pub async fn is_empty(db: &Db) -> Result<bool> {
    Ok(person::Entity::find().one(&db.read).await?.is_none())
}

/// Keeps the demo partnership. The first organisation becomes the one that runs the site.
///
/// # Errors
/// When the database does not answer, or somebody is here already.
pub async fn save(
    tx: &Tx,
    (organisations, cast): (&[Invented], &[Played]),
    password_hash: &str,
    (now, today): (DateTime<Utc>, NaiveDate),
) -> Result<()> {
    let mut ids = Vec::new();
    for (at, it) in organisations.iter().enumerate() {
        ids.push(if at == 0 { rename_host(tx, *it).await? } else { save_organisation(tx, *it).await? });
    }
    for it in cast {
        let person = save_person(tx, it, password_hash, now).await?;
        for (kind, basis, at) in it.engagements {
            let organisation = ids.get(*at).copied();
            let organisation =
                organisation.ok_or_else(|| people::unknown("organisation", &at.to_string()))?;
            save_engagement(tx, person, (*kind, *basis, organisation), today).await?;
        }
    }
    demo::ActiveModel { one: Set(1), loaded_at: Set(now.timestamp_millis()) }.insert(&tx.0).await?;
    Ok(())
}

async fn rename_host(tx: &Tx, it: Invented) -> Result<Uuid> {
    use sea_orm::{ColumnTrait, QueryFilter};
    let host =
        organisation::Entity::find().filter(organisation::Column::TakesLearners.eq(true)).one(&tx.0).await?;
    let host = host.ok_or_else(|| Failure::Content("no organisation takes learners".into()))?;
    let row = organisation::ActiveModel {
        id: Set(host.id),
        name: Set(it.name.to_owned()),
        kind: Set(it.kind.as_str().to_owned()),
        second_factor: Set(false),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(host.id)
}

async fn save_organisation(tx: &Tx, it: Invented) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let row = organisation::ActiveModel {
        id: Set(id),
        name: Set(it.name.to_owned()),
        kind: Set(it.kind.as_str().to_owned()),
        parent_id: Set(None),
        takes_learners: Set(false),
        minimum_age: Set(18),
        second_factor: Set(false),
    };
    row.insert(&tx.0).await?;
    Ok(id)
}

async fn save_person(tx: &Tx, it: &Played, password_hash: &str, now: DateTime<Utc>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let row = person::ActiveModel {
        id: Set(id),
        known_as: Set(it.known_as.to_owned()),
        pronouns: Set(it.pronouns.to_owned()),
        made_at: Set(now.timestamp_millis()),
    };
    row.insert(&tx.0).await?;
    let row = sign_in::ActiveModel {
        person_id: Set(id),
        email: Set(format!("{}@demo.example", it.role)),
        password: Set(password_hash.to_owned()),
        confirmed_at: Set(Some(now.timestamp_millis())),
    };
    row.insert(&tx.0).await?;
    Ok(id)
}

async fn save_engagement(
    tx: &Tx,
    person: Uuid,
    (kind, basis, organisation): (EngagementKind, Option<Basis>, Uuid),
    today: NaiveDate,
) -> Result<()> {
    let row = engagement::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        organisation_id: Set(organisation),
        kind: Set(kind.as_str().to_owned()),
        basis: Set(basis.map(|it| it.as_str().to_owned())),
        from_on: Set(today),
        ..Default::default()
    };
    row.insert(&tx.0).await?;
    Ok(())
}
