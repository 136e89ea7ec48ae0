//! Sheets of codes, and what came by them until they were over. Nothing tells by which code somebody spoke, nor when.

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::training::evidence::voices::{KeptCode, NewSheet, Said, SheetId, Statement, TIME, Voice};
use domain::training::framework::{Code, FrameworkId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Builder;

use crate::audit::Action;
use crate::entities::{competence_taken, voice, voice_code, voice_sheet};
use crate::people::unknown;
use crate::{Db, Result, Tx, instant};

/// Somebody printed codes.
pub const CODES_PRINTED: Action = Action::named("codes_printed");

/// The hash of a code.
pub type CodeHash = [u8; 32];

/// A sheet as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub id: SheetId,
    pub of: PersonId,
    pub framework: FrameworkId,
    pub serves: Vec<Code>,
    pub made_at: DateTime<Utc>,
}

/// The sheet of somebody that is out, if there is one.
///
/// # Errors
/// When the database does not answer, or holds a code that the rules do not know.
pub async fn out(db: &Db, person: PersonId) -> Result<Option<Sheet>> {
    let theirs = voice_sheet::Entity::find().filter(voice_sheet::Column::PersonId.eq(person.as_uuid()));
    theirs.one(&db.read).await?.map(sheet).transpose()
}

/// How many of somebody are out, inside the transaction that makes another. Those of one person take turns, whichever
/// framework they are for.
///
/// # Errors
/// When the database does not answer.
pub async fn out_now(tx: &Tx, person: PersonId) -> Result<u64> {
    let turns = competence_taken::Entity::find()
        .filter(competence_taken::Column::PersonId.eq(person.as_uuid()))
        .order_by_asc(competence_taken::Column::FrameworkId)
        .lock_exclusive();
    turns.all(&tx.0).await?;
    let theirs = voice_sheet::Entity::find().filter(voice_sheet::Column::PersonId.eq(person.as_uuid()));
    Ok(theirs.count(&tx.0).await?)
}

/// Keeps a sheet with what is kept of its codes.
///
/// # Errors
/// When the database does not answer.
pub async fn save(
    tx: &Tx,
    (id, framework): (SheetId, FrameworkId),
    (new, codes): (&NewSheet, &[CodeHash]),
    now: DateTime<Utc>,
) -> Result<()> {
    let row = voice_sheet::ActiveModel {
        id: Set(id.as_uuid()),
        person_id: Set(new.of().as_uuid()),
        framework_id: Set(framework.as_uuid()),
        serves: Set(super::lines(new.serves())),
        made_at: Set(now.timestamp_millis()),
    };
    voice_sheet::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let rows = codes.iter().map(|it| voice_code::ActiveModel {
        hash: Set(it.to_vec()),
        sheet_id: Set(id.as_uuid()),
        is_used: Set(false),
    });
    voice_code::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// A code with the sheet that it stands on.
///
/// # Errors
/// When the database does not answer, or holds a code that the rules do not know.
pub async fn code(db: &Db, hash: &CodeHash) -> Result<Option<(KeptCode, Sheet)>> {
    let found = voice_code::Entity::find_by_id(hash.to_vec()).one(&db.read).await?;
    let Some(row) = found else { return Ok(None) };
    let found = voice_sheet::Entity::find_by_id(row.sheet_id).one(&db.read).await?;
    found.map(|it| kept(&row, it)).transpose()
}

/// The same inside the transaction that uses it; two taps take turns.
///
/// # Errors
/// When the database does not answer, or holds a code that the rules do not know.
pub async fn code_now(tx: &Tx, hash: &CodeHash) -> Result<Option<(KeptCode, Sheet)>> {
    let found = voice_code::Entity::find_by_id(hash.to_vec()).lock_exclusive().one(&tx.0).await?;
    let Some(row) = found else { return Ok(None) };
    let found = voice_sheet::Entity::find_by_id(row.sheet_id).one(&tx.0).await?;
    found.map(|it| kept(&row, it)).transpose()
}

fn kept(row: &voice_code::Model, found: voice_sheet::Model) -> Result<(KeptCode, Sheet)> {
    let sheet = sheet(found)?;
    Ok((KeptCode { made_at: sheet.made_at, is_used: row.is_used }, sheet))
}

/// Keeps what somebody said, and that their code is used. Its name is chance alone: one that counted up would tell when.
///
/// # Errors
/// When the database does not answer, or the machine has no chance to give.
pub async fn say(tx: &Tx, sheet: SheetId, hash: &CodeHash, said: &Voice) -> Result<()> {
    let mut chance = [0; 16];
    getrandom::fill(&mut chance)?;
    let line = |it: &(Statement, Said)| format!("{}={}", it.0.as_str(), it.1.as_str());
    let row = voice::ActiveModel {
        id: Set(Builder::from_random_bytes(chance).into_uuid()),
        sheet_id: Set(sheet.as_uuid()),
        said: Set(said.said.iter().map(line).collect::<Vec<_>>().join("\n")),
        words: Set(said.words.clone()),
    };
    voice::Entity::insert(row).exec_without_returning(&tx.0).await?;
    voice_code::Entity::update_many()
        .col_expr(voice_code::Column::IsUsed, Expr::value(true))
        .filter(voice_code::Column::Hash.eq(hash.to_vec()))
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// Some sheets that are over.
///
/// # Errors
/// When the database does not answer, or holds a code that the rules do not know.
pub async fn over(db: &Db, now: DateTime<Utc>, limit: u64) -> Result<Vec<Sheet>> {
    let over = voice_sheet::Entity::find()
        .filter(voice_sheet::Column::MadeAt.lte((now - TIME).timestamp_millis()))
        .order_by_asc(voice_sheet::Column::MadeAt)
        .limit(limit);
    over.all(&db.read).await?.into_iter().map(sheet).collect()
}

/// What came by the codes of a sheet.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn voices(tx: &Tx, id: SheetId) -> Result<Vec<Voice>> {
    let found = voice::Entity::find().filter(voice::Column::SheetId.eq(id.as_uuid()));
    let read = |row: voice::Model| {
        let said = row.said.lines().map(|it| answer(it).ok_or_else(|| unknown("answer", it)));
        Ok(Voice { said: said.collect::<Result<_>>()?, words: row.words })
    };
    found.all(&tx.0).await?.into_iter().map(read).collect()
}

fn answer(line: &str) -> Option<(Statement, Said)> {
    let (statement, said) = line.split_once('=')?;
    Some((Statement::parse(statement)?, Said::parse(said)?))
}

/// Takes a sheet away with its codes and all that came by them, and says whether it was still there.
///
/// # Errors
/// When the database does not answer.
pub async fn take_away(tx: &Tx, id: SheetId) -> Result<bool> {
    let of_sheet = voice::Column::SheetId.eq(id.as_uuid());
    voice::Entity::delete_many().filter(of_sheet).exec(&tx.0).await?;
    let of_sheet = voice_code::Column::SheetId.eq(id.as_uuid());
    voice_code::Entity::delete_many().filter(of_sheet).exec(&tx.0).await?;
    Ok(voice_sheet::Entity::delete_by_id(id.as_uuid()).exec(&tx.0).await?.rows_affected > 0)
}

fn sheet(row: voice_sheet::Model) -> Result<Sheet> {
    Ok(Sheet {
        id: SheetId::from_uuid(row.id),
        of: PersonId::from_uuid(row.person_id),
        framework: FrameworkId::from_uuid(row.framework_id),
        serves: super::codes(&row.serves)?,
        made_at: instant(row.made_at),
    })
}
