//! Who was asked to say something about somebody's work, and what became of it.

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::sign_in::TokenHash;
use domain::training::evidence::EvidenceId;
use domain::training::evidence::witness::{Asked, AskedId, Ending, NewAsk, TIME};
use domain::training::framework::FrameworkId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::audit::Action;
use crate::entities::witness_asked::{ActiveModel, Column, Entity, Model};
use crate::people::unknown;
use crate::{Db, Result, Tx, instant};

/// Somebody asked a witness.
pub const WITNESS_ASKED: Action = Action::named("witness_asked");
/// A witness said something about somebody.
pub const WITNESS_TOLD: Action = Action::named("witness_told");

/// So many stand on a page. Our choice: a year of asking.
const SHOWN: u64 = 40;

/// Somebody who was asked, for whoever asked.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    pub id: AskedId,
    /// As long as it is open.
    pub known_as: Option<String>,
    pub made_at: DateTime<Utc>,
    pub ending: Option<Ending>,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Shown({}, …)", self.id)
    }
}

/// How many somebody asked since an instant. Whoever asks at the same moment from two tabs may ask one more.
///
/// # Errors
/// When the database does not answer.
pub async fn lately(tx: &Tx, person: PersonId, since: DateTime<Utc>) -> Result<u64> {
    let theirs = Entity::find()
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::MadeAt.gt(since.timestamp_millis()));
    Ok(theirs.count(&tx.0).await?)
}

/// Keeps that somebody is asked; nothing is done when it is there already, as after a second tap.
///
/// # Errors
/// When the database does not answer.
pub async fn save(
    tx: &Tx,
    (id, framework): (AskedId, FrameworkId),
    (new, hash): (&NewAsk, TokenHash),
    now: DateTime<Utc>,
) -> Result<bool> {
    if Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some() {
        return Ok(false);
    }
    let row = ActiveModel {
        id: Set(id.as_uuid()),
        person_id: Set(new.of().as_uuid()),
        framework_id: Set(framework.as_uuid()),
        known_as: Set(Some(new.known_as().to_owned())),
        email: Set(Some(new.email().as_str().to_owned())),
        hash: Set(hash.as_bytes().to_vec()),
        serves: Set(super::lines(new.serves())),
        made_at: Set(now.timestamp_millis()),
        ending: Set(None),
        evidence_id: Set(None),
    };
    Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(true)
}

/// Whom somebody asked, the latest first.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn by(db: &Db, person: PersonId, framework: FrameworkId) -> Result<Vec<Shown>> {
    let found = Entity::find()
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::FrameworkId.eq(framework.as_uuid()))
        .order_by_desc(Column::MadeAt)
        .limit(SHOWN);
    let shown = |row: Model| {
        let (id, made_at) = (AskedId::from_uuid(row.id), instant(row.made_at));
        Ok(Shown { id, known_as: row.known_as, made_at, ending: ending(row.ending.as_deref())? })
    };
    found.all(&db.read).await?.into_iter().map(shown).collect()
}

/// Who was asked by the link with this hash, and in which framework.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn by_token(db: &Db, hash: TokenHash) -> Result<Option<(Asked, FrameworkId)>> {
    let found = Entity::find().filter(Column::Hash.eq(hash.as_bytes().to_vec()));
    found.one(&db.read).await?.map(read).transpose()
}

/// The same inside the transaction that answers; two taps take turns.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn by_token_now(tx: &Tx, hash: TokenHash) -> Result<Option<(Asked, FrameworkId)>> {
    let found = Entity::find().filter(Column::Hash.eq(hash.as_bytes().to_vec())).lock_exclusive();
    found.one(&tx.0).await?.map(read).transpose()
}

/// One that somebody may take back.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn asked_now(tx: &Tx, id: AskedId) -> Result<Option<(Asked, FrameworkId)>> {
    Entity::find_by_id(id.as_uuid()).lock_exclusive().one(&tx.0).await?.map(read).transpose()
}

/// Keeps how it ended, and forgets who was asked.
///
/// # Errors
/// When the database does not answer.
pub async fn end(tx: &Tx, id: AskedId, (how, evidence): (Ending, Option<EvidenceId>)) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Ending, Expr::value(how.as_str()))
        .col_expr(Column::KnownAs, Expr::value(Option::<String>::None))
        .col_expr(Column::Email, Expr::value(Option::<String>::None))
        .col_expr(Column::EvidenceId, Expr::value(evidence.map(EvidenceId::as_uuid)))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// Forgets who was asked and did not answer in time, and says how many there were.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    let late = Entity::update_many()
        .col_expr(Column::Ending, Expr::value(Ending::Late.as_str()))
        .col_expr(Column::KnownAs, Expr::value(Option::<String>::None))
        .col_expr(Column::Email, Expr::value(Option::<String>::None))
        .filter(Column::Ending.is_null())
        .filter(Column::MadeAt.lte((now - TIME).timestamp_millis()));
    Ok(late.exec(&tx.0).await?.rows_affected)
}

fn ending(word: Option<&str>) -> Result<Option<Ending>> {
    word.map(|it| Ending::parse(it).ok_or_else(|| unknown("ending", it))).transpose()
}

fn read(row: Model) -> Result<(Asked, FrameworkId)> {
    let asked = Asked {
        id: AskedId::from_uuid(row.id),
        of: PersonId::from_uuid(row.person_id),
        serves: super::codes(&row.serves)?,
        made_at: instant(row.made_at),
        ending: ending(row.ending.as_deref())?,
    };
    Ok((asked, FrameworkId::from_uuid(row.framework_id)))
}
