//! Agreements in their versions, and who has agreed to each.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::supervision::agreement::{NewAgreed, NewVersion, Version};
use domain::supervision::arrangement::ArrangementId;
use domain::supervision::terms::{Rhythm, Terms, Unit, Words};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::audit::Action;
use crate::entities::{supervision_agreed, supervision_agreement};
use crate::people::{small, unknown};
use crate::{Db, Result, Tx, hash_of, instant};

/// One of a pair, or whoever leads a group, wrote an agreement or its next version.
pub const AGREEMENT_WRITTEN: Action = Action::named("supervision_agreement_written");
/// Somebody agreed to a version.
pub const AGREED: Action = Action::named("supervision_agreed");

/// Who agreed, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    pub person: PersonId,
    /// As they wrote it.
    pub name: String,
    pub at: DateTime<Utc>,
}

/// A version as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptVersion {
    pub version: Version,
    /// The text to which each agrees.
    pub text: String,
    pub agreed: Vec<Agreed>,
    pub made_at: DateTime<Utc>,
}

/// Every version of some pairs and groups, going up. They are few: one a year or two.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn versions(
    db: &Db,
    arrangements: &[ArrangementId],
) -> Result<BTreeMap<ArrangementId, Vec<KeptVersion>>> {
    versions_in(&db.read, arrangements).await
}

/// The versions of one inside a transaction that has taken its turn.
///
/// # Errors
/// As [`versions`].
pub async fn versions_now(tx: &Tx, arrangement: ArrangementId) -> Result<Vec<KeptVersion>> {
    Ok(versions_in(&tx.0, &[arrangement]).await?.remove(&arrangement).unwrap_or_default())
}

async fn versions_in(
    db: &impl ConnectionTrait,
    arrangements: &[ArrangementId],
) -> Result<BTreeMap<ArrangementId, Vec<KeptVersion>>> {
    if arrangements.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids = || arrangements.iter().map(|it| it.as_uuid());
    let mut agreed: BTreeMap<_, Vec<Agreed>> = BTreeMap::new();
    let found = supervision_agreed::Entity::find()
        .filter(supervision_agreed::Column::ArrangementId.is_in(ids()))
        .order_by_asc(supervision_agreed::Column::At);
    for row in found.all(db).await? {
        let person = PersonId::from_uuid(row.person_id);
        let one = Agreed { person, name: row.name, at: instant(row.at) };
        agreed.entry((row.arrangement_id, row.number)).or_default().push(one);
    }
    let found = supervision_agreement::Entity::find()
        .filter(supervision_agreement::Column::ArrangementId.is_in(ids()))
        .order_by_asc(supervision_agreement::Column::ArrangementId)
        .order_by_asc(supervision_agreement::Column::Number);
    let mut versions: BTreeMap<_, Vec<KeptVersion>> = BTreeMap::new();
    for row in found.all(db).await? {
        let agreed = agreed.remove(&(row.arrangement_id, row.number)).unwrap_or_default();
        let arrangement = ArrangementId::from_uuid(row.arrangement_id);
        versions.entry(arrangement).or_default().push(kept(row, agreed)?);
    }
    Ok(versions)
}

fn kept(row: supervision_agreement::Model, agreed: Vec<Agreed>) -> Result<KeptVersion> {
    let rhythm = Rhythm {
        every: small("rhythm", row.every)?,
        unit: Unit::parse(&row.unit).ok_or_else(|| unknown("unit", &row.unit))?,
        minutes: small("minutes", row.minutes)?,
        times_a_year: row.times_a_year.map(|it| small("times a year", it)).transpose()?,
        pro_rata: row.pro_rata,
        grace_days: small("days of grace", row.grace_days)?,
    };
    let terms = Terms {
        rhythm,
        words: Words {
            place: row.place,
            ground_rules: row.ground_rules,
            confidentiality: row.confidentiality,
            limits: row.limits,
            missed: row.missed,
        },
        from: row.from_on,
        review_on: row.review_on,
        ends_on: row.ends_on,
    };
    let version = Version {
        number: row.number,
        terms,
        hash: row.hash,
        by: PersonId::from_uuid(row.by_id),
        agreed: agreed.iter().map(|it| it.person).collect(),
    };
    Ok(KeptVersion { version, text: row.text, agreed, made_at: instant(row.made_at) })
}

/// Keeps the next version. The transaction has taken its turn.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_version(
    tx: &Tx,
    arrangement: ArrangementId,
    new: &NewVersion,
    now: DateTime<Utc>,
) -> Result<()> {
    let Terms { rhythm, words, from, review_on, ends_on } = new.terms().clone();
    let Words { place, ground_rules, confidentiality, limits, missed } = words;
    let row = supervision_agreement::ActiveModel {
        arrangement_id: Set(arrangement.as_uuid()),
        number: Set(new.number()),
        every: Set(rhythm.every.into()),
        unit: Set(rhythm.unit.as_str().to_owned()),
        minutes: Set(rhythm.minutes.into()),
        times_a_year: Set(rhythm.times_a_year.map(i64::from)),
        pro_rata: Set(rhythm.pro_rata),
        grace_days: Set(rhythm.grace_days.into()),
        from_on: Set(from),
        place: Set(place),
        ground_rules: Set(ground_rules),
        confidentiality: Set(confidentiality),
        limits: Set(limits),
        missed: Set(missed),
        review_on: Set(review_on),
        ends_on: Set(ends_on),
        text: Set(new.text().to_owned()),
        hash: Set(hash_of(new.text())),
        by_id: Set(new.by().as_uuid()),
        made_at: Set(now.timestamp_millis()),
    };
    supervision_agreement::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps that somebody agreed to the version with this hash. The transaction has taken its turn.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_agreed(
    tx: &Tx,
    (arrangement, hash): (ArrangementId, &str),
    new: &NewAgreed,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = supervision_agreed::ActiveModel {
        arrangement_id: Set(arrangement.as_uuid()),
        number: Set(new.number()),
        hash: Set(hash.to_owned()),
        person_id: Set(new.person().as_uuid()),
        name: Set(new.name().to_owned()),
        at: Set(now.timestamp_millis()),
    };
    supervision_agreed::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}
