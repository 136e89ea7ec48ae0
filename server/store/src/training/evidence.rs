//! Pieces of evidence, and which competences each serves.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::training::evidence::file::{FileId, NewFile};
use domain::training::evidence::{EvidenceId, Kind, NewEvidence, TakenBack};
use domain::training::framework::FrameworkId;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use super::evidence_files::{self, KeptFile};
use super::judgements::Place;
use crate::audit::Action;
use crate::entities::{evidence, evidence_for};
use crate::people::unknown;
use crate::{Db, Result, Tx, instant};

/// An assessor noted something about a candidate.
pub const NOTED: Action = Action::named("evidence_noted");

/// A piece of evidence, as it serves one competence.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    pub id: EvidenceId,
    pub kind: Kind,
    pub by: PersonId,
    pub title: String,
    pub words: String,
    pub made_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub file: Option<KeptFile>,
}

impl std::fmt::Debug for Piece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Piece({}, …)", self.kind.as_str())
    }
}

/// What serves one competence of somebody, the earliest first, with what was withdrawn after it was judged by.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of(db: &Db, place: Place<'_>) -> Result<Vec<Piece>> {
    let ids: Vec<Uuid> = evidence_for::Entity::find()
        .select_only()
        .column(evidence_for::Column::EvidenceId)
        .filter(evidence_for::Column::PersonId.eq(place.person.as_uuid()))
        .filter(evidence_for::Column::FrameworkId.eq(place.framework.as_uuid()))
        .filter(evidence_for::Column::Code.eq(place.code))
        .into_tuple()
        .all(&db.read)
        .await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut files = evidence_files::of(db, &ids).await?;
    let found = evidence::Entity::find().filter(evidence::Column::Id.is_in(ids));
    let found = found.order_by_asc(evidence::Column::MadeAt).order_by_asc(evidence::Column::Id);
    found.all(&db.read).await?.into_iter().map(|row| piece(files.remove(&row.id), row)).collect()
}

/// How many pieces serve each competence of somebody in a framework, without those that were withdrawn.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(db: &Db, person: PersonId, framework: FrameworkId) -> Result<BTreeMap<String, usize>> {
    let serving: Vec<(Uuid, String)> = evidence_for::Entity::find()
        .select_only()
        .columns([evidence_for::Column::EvidenceId, evidence_for::Column::Code])
        .filter(evidence_for::Column::PersonId.eq(person.as_uuid()))
        .filter(evidence_for::Column::FrameworkId.eq(framework.as_uuid()))
        .into_tuple()
        .all(&db.read)
        .await?;
    if serving.is_empty() {
        return Ok(BTreeMap::new());
    }
    let gone: Vec<Uuid> = evidence::Entity::find()
        .select_only()
        .column(evidence::Column::Id)
        .filter(evidence::Column::PersonId.eq(person.as_uuid()))
        .filter(evidence::Column::WithdrawnAt.is_not_null())
        .into_tuple()
        .all(&db.read)
        .await?;
    let mut counts = BTreeMap::new();
    for (_, code) in serving.into_iter().filter(|it| !gone.contains(&it.0)) {
        *counts.entry(code).or_insert(0) += 1;
    }
    Ok(counts)
}

/// Keeps a piece, with its file if it has one, for competences of one framework that its person works with; nothing is
/// done when it is there already, as after a second tap. The transaction has taken its turn
/// ([`super::judgements::take_turns`]).
///
/// # Errors
/// When the database does not answer.
pub async fn save(
    tx: &Tx,
    (id, framework): (EvidenceId, FrameworkId),
    (new, file): (&NewEvidence, Option<&NewFile>),
    now: DateTime<Utc>,
) -> Result<bool> {
    if evidence::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some() {
        return Ok(false);
    }
    let row = evidence::ActiveModel {
        id: Set(id.as_uuid()),
        person_id: Set(new.of().as_uuid()),
        by_id: Set(new.by().as_uuid()),
        kind: Set(new.kind().as_str().to_owned()),
        title: Set(new.title().to_owned()),
        words: Set(new.words().to_owned()),
        made_at: Set(now.timestamp_millis()),
        withdrawn_at: Set(None),
    };
    evidence::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let row = |code: &domain::training::framework::Code| evidence_for::ActiveModel {
        evidence_id: Set(id.as_uuid()),
        person_id: Set(new.of().as_uuid()),
        framework_id: Set(framework.as_uuid()),
        code: Set(code.to_string()),
        judged_in: Set(None),
    };
    let rows = new.serves().iter().map(row);
    evidence_for::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    if let Some(file) = file {
        evidence_files::save(tx, (id, new), file).await?;
    }
    Ok(true)
}

/// Marks what a judgement went by.
///
/// # Errors
/// When the database does not answer.
pub async fn mark_judged(tx: &Tx, place: Place<'_>, number: usize) -> Result<()> {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    evidence_for::Entity::update_many()
        .col_expr(evidence_for::Column::JudgedIn, sea_orm::sea_query::Expr::value(number))
        .filter(evidence_for::Column::PersonId.eq(place.person.as_uuid()))
        .filter(evidence_for::Column::FrameworkId.eq(place.framework.as_uuid()))
        .filter(evidence_for::Column::Code.eq(place.code))
        .filter(evidence_for::Column::JudgedIn.is_null())
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// A piece that somebody may take back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mine {
    pub of: PersonId,
    pub by: PersonId,
    pub kind: Kind,
    /// In which framework it serves.
    pub framework: FrameworkId,
    pub was_judged: bool,
}

/// One piece, if it was not withdrawn. Steps and taking back take turns.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn piece_now(tx: &Tx, id: EvidenceId) -> Result<Option<Mine>> {
    let Some(row) = evidence::Entity::find_by_id(id.as_uuid()).one(&tx.0).await? else { return Ok(None) };
    let serves = || evidence_for::Entity::find().filter(evidence_for::Column::EvidenceId.eq(id.as_uuid()));
    let Some(first) = serves().one(&tx.0).await? else { return Ok(None) };
    let (of, framework) = (PersonId::from_uuid(row.person_id), FrameworkId::from_uuid(first.framework_id));
    super::judgements::take_turns(tx, of, framework).await?;
    let serves = serves().all(&tx.0).await?;
    let was_judged = serves.iter().any(|it| it.judged_in.is_some());
    let kind = Kind::parse(&row.kind).ok_or_else(|| unknown("kind of evidence", &row.kind))?;
    let mine = Mine { of, by: PersonId::from_uuid(row.by_id), kind, framework, was_judged };
    Ok(row.withdrawn_at.is_none().then_some(mine))
}

/// Takes a piece back, and says which file nothing names any more.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(
    tx: &Tx,
    id: EvidenceId,
    what: TakenBack,
    now: DateTime<Utc>,
) -> Result<Option<FileId>> {
    match what {
        TakenBack::Gone => {
            let file = evidence_files::forget(tx, id).await?;
            let its = evidence_for::Column::EvidenceId.eq(id.as_uuid());
            evidence_for::Entity::delete_many().filter(its).exec(&tx.0).await?;
            evidence::Entity::delete_by_id(id.as_uuid()).exec(&tx.0).await?;
            Ok(file)
        }
        TakenBack::Marked => {
            let row = evidence::ActiveModel {
                id: Set(id.as_uuid()),
                withdrawn_at: Set(Some(now.timestamp_millis())),
                ..Default::default()
            };
            row.update(&tx.0).await?;
            Ok(None)
        }
    }
}

fn piece(file: Option<KeptFile>, row: evidence::Model) -> Result<Piece> {
    Ok(Piece {
        id: EvidenceId::from_uuid(row.id),
        kind: Kind::parse(&row.kind).ok_or_else(|| unknown("kind of evidence", &row.kind))?,
        by: PersonId::from_uuid(row.by_id),
        title: row.title,
        words: row.words,
        made_at: instant(row.made_at),
        withdrawn_at: row.withdrawn_at.map(instant),
        file,
    })
}
