//! The demo partnership: invented organisations and people, for trying things out on one's own machine.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{
    Basis, EngagementKind, NeedsReader, OrganisationId, OrganisationKind, PersonId, RelationshipKind,
};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use uuid::Uuid;

use crate::entities::{access_needs, access_needs_share, demo, organisation, person, relationship, sign_in};
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

/// Who is what to whom among them, by their roles.
#[derive(Clone, Copy, Debug)]
pub struct Alongside {
    pub kind: RelationshipKind,
    pub holder: &'static str,
    pub person: &'static str,
    /// For which organisation, by its place in the list.
    pub organisation: usize,
}

/// What somebody has said they need.
#[derive(Clone, Copy, Debug)]
pub struct Needs {
    pub role: &'static str,
    pub words: &'static str,
    /// Whom they told.
    pub told: &'static [(NeedsReader, usize)],
}

/// All that is invented.
#[derive(Clone, Copy, Debug)]
pub struct Partnership {
    pub organisations: &'static [Invented],
    pub cast: &'static [Played],
    pub alongside: &'static [Alongside],
    pub needs: &'static [Needs],
    /// Learners besides, by name, who sign in with `learner-<number>@demo.example`.
    pub learners: &'static [&'static str],
}

/// Who is in the demo once it is kept.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The organisation that runs the site.
    pub host: OrganisationId,
    /// All of them, in the order in which they were invented.
    organisations: Vec<OrganisationId>,
    /// In the order of their numbers.
    pub learners: Vec<PersonId>,
    played: BTreeMap<&'static str, PersonId>,
}

impl Cast {
    /// Whoever plays a role.
    ///
    /// # Errors
    /// When nobody does.
    pub fn person(&self, role: &str) -> Result<PersonId> {
        self.played.get(role).copied().ok_or_else(|| people::unknown("role", role))
    }

    /// An organisation by its place in the list.
    ///
    /// # Errors
    /// When there is none.
    pub fn organisation(&self, at: usize) -> Result<OrganisationId> {
        self.organisations.get(at).copied().ok_or_else(|| people::unknown("organisation", &at.to_string()))
    }
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

/// Keeps the demo partnership, in which everybody has been what they are since `today`. The first organisation becomes
/// the one that runs the site.
///
/// # Errors
/// When the database does not answer, or somebody is here already.
pub async fn save(
    tx: &Tx,
    invented: Partnership,
    password_hash: &str,
    (now, today): (DateTime<Utc>, NaiveDate),
) -> Result<Cast> {
    let mut ids = Vec::new();
    for (at, it) in invented.organisations.iter().enumerate() {
        ids.push(if at == 0 { rename_host(tx, *it).await? } else { save_organisation(tx, *it).await? });
    }
    let organisation =
        |at: usize| ids.get(at).copied().ok_or_else(|| people::unknown("organisation", &at.to_string()));
    let mut played = BTreeMap::new();
    for it in invented.cast {
        let person = save_person(tx, (it.role, it.known_as, it.pronouns), password_hash, now).await?;
        played.insert(it.role, PersonId::from_uuid(person));
        for (kind, basis, at) in it.engagements {
            people::engage(tx, (person, organisation(*at)?), (*kind, *basis, today)).await?;
        }
    }
    let host = organisation(0)?;
    let mut learners = Vec::new();
    for (number, known_as) in (1..).zip(invented.learners) {
        let role = format!("learner-{number}");
        let person = save_person(tx, (&role, known_as, ""), password_hash, now).await?;
        people::engage(tx, (person, host), (EngagementKind::Learner, None, today)).await?;
        learners.push(PersonId::from_uuid(person));
    }
    let organisations = ids.iter().copied().map(OrganisationId::from_uuid).collect();
    let cast = Cast { host: OrganisationId::from_uuid(host), organisations, learners, played };
    let person = |role: &str| Ok::<_, Failure>(cast.person(role)?.as_uuid());
    for it in invented.alongside {
        let row = relationship::ActiveModel {
            id: Set(Uuid::now_v7()),
            kind: Set(it.kind.as_str().to_owned()),
            holder_id: Set(person(it.holder)?),
            person_id: Set(person(it.person)?),
            organisation_id: Set(organisation(it.organisation)?),
            from_on: Set(today),
            to_on: Set(None),
        };
        row.insert(&tx.0).await?;
    }
    for it in invented.needs {
        let row = access_needs::ActiveModel {
            person_id: Set(person(it.role)?),
            needs: Set(it.words.to_owned()),
            changed_at: Set(now.timestamp_millis()),
        };
        row.insert(&tx.0).await?;
        for (reader, at) in it.told {
            let row = access_needs_share::ActiveModel {
                person_id: Set(person(it.role)?),
                organisation_id: Set(organisation(*at)?),
                reader: Set(reader.as_str().to_owned()),
            };
            row.insert(&tx.0).await?;
        }
    }
    demo::ActiveModel { one: Set(1), loaded_at: Set(now.timestamp_millis()) }.insert(&tx.0).await?;
    Ok(cast)
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

async fn save_person(
    tx: &Tx,
    (role, known_as, pronouns): (&str, &str, &str),
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let row = person::ActiveModel {
        id: Set(id),
        known_as: Set(known_as.to_owned()),
        pronouns: Set(pronouns.to_owned()),
        made_at: Set(now.timestamp_millis()),
    };
    row.insert(&tx.0).await?;
    let row = sign_in::ActiveModel {
        person_id: Set(id),
        email: Set(format!("{role}@demo.example")),
        password: Set(password_hash.to_owned()),
        confirmed_at: Set(Some(now.timestamp_millis())),
    };
    row.insert(&tx.0).await?;
    Ok(id)
}
