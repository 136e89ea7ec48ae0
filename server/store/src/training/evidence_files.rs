//! Which files show something, and with which pieces of evidence. Their bytes are in [`crate::files`].

use std::collections::{BTreeMap, BTreeSet};

use domain::people::{OrganisationId, PersonId};
use domain::training::evidence::file::{FileId, Media, NewFile};
use domain::training::evidence::{EvidenceId, NewEvidence};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use crate::entities::{evidence, evidence_file, evidence_for, framework};
use crate::people::unknown;
use crate::{Db, Result, Tx};

/// A file as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptFile {
    pub id: FileId,
    pub media: Media,
    pub bytes: u64,
}

/// A file, and to whom it is about what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOf {
    pub file: KeptFile,
    /// Whose competences it shows.
    pub person: PersonId,
    /// The organisations whose frameworks it serves in.
    pub organisations: Vec<OrganisationId>,
}

/// Keeps a file with a piece that the same transaction keeps.
///
/// # Errors
/// When the database does not answer, or refuses a file that no rule would make.
pub async fn save(tx: &Tx, (piece, new): (EvidenceId, &NewEvidence), file: &NewFile) -> Result<()> {
    let row = evidence_file::ActiveModel {
        id: Set(file.id().as_uuid()),
        evidence_id: Set(piece.as_uuid()),
        kind: Set(new.kind().as_str().to_owned()),
        media: Set(file.media().as_str().to_owned()),
        bytes: Set(i64::try_from(file.bytes()).unwrap_or(i64::MAX)),
        sha256: Set(file.sha256().to_vec()),
    };
    evidence_file::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// The files of some pieces.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub(super) async fn of(db: &Db, pieces: &[Uuid]) -> Result<BTreeMap<Uuid, KeptFile>> {
    if pieces.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found =
        evidence_file::Entity::find().filter(evidence_file::Column::EvidenceId.is_in(pieces.iter().copied()));
    found
        .all(&db.read)
        .await?
        .into_iter()
        .map(|row| Ok((row.evidence_id, KeptFile::try_from(row)?)))
        .collect()
}

/// The file of a piece, with what says who may see it.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of_piece(db: &Db, piece: EvidenceId) -> Result<Option<FileOf>> {
    let its = evidence_file::Column::EvidenceId.eq(piece.as_uuid());
    let Some(row) = evidence_file::Entity::find().filter(its).one(&db.read).await? else { return Ok(None) };
    let Some(of) = evidence::Entity::find_by_id(piece.as_uuid()).one(&db.read).await? else {
        return Ok(None);
    };
    let serves = evidence_for::Entity::find()
        .select_only()
        .column(evidence_for::Column::FrameworkId)
        .filter(evidence_for::Column::EvidenceId.eq(piece.as_uuid()))
        .into_tuple::<Uuid>()
        .all(&db.read)
        .await?;
    let frameworks = framework::Entity::find().filter(framework::Column::Id.is_in(serves));
    let frameworks = frameworks.all(&db.read).await?;
    let organisations =
        frameworks.into_iter().map(|it| OrganisationId::from_uuid(it.organisation_id)).collect();
    let person = PersonId::from_uuid(of.person_id);
    Ok(Some(FileOf { file: row.try_into()?, person, organisations }))
}

/// Takes away the row of a piece's file, and says which file nothing names any more.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn forget(tx: &Tx, piece: EvidenceId) -> Result<Option<FileId>> {
    let its = evidence_file::Column::EvidenceId.eq(piece.as_uuid());
    let row = evidence_file::Entity::find().filter(its.clone()).one(&tx.0).await?;
    evidence_file::Entity::delete_many().filter(its).exec(&tx.0).await?;
    Ok(row.map(|it| FileId::from_uuid(it.id)))
}

/// Those of some files that a row names.
///
/// # Errors
/// When the database does not answer.
pub async fn named(db: &Db, files: &[FileId]) -> Result<BTreeSet<FileId>> {
    let ids: Vec<Uuid> = evidence_file::Entity::find()
        .select_only()
        .column(evidence_file::Column::Id)
        .filter(evidence_file::Column::Id.is_in(files.iter().map(|it| it.as_uuid())))
        .into_tuple()
        .all(&db.read)
        .await?;
    Ok(ids.into_iter().map(FileId::from_uuid).collect())
}

impl TryFrom<evidence_file::Model> for KeptFile {
    type Error = crate::Failure;

    fn try_from(row: evidence_file::Model) -> Result<Self> {
        Ok(Self {
            id: FileId::from_uuid(row.id),
            media: Media::parse(&row.media).ok_or_else(|| unknown("kind of file", &row.media))?,
            bytes: u64::try_from(row.bytes).unwrap_or_default(),
        })
    }
}
