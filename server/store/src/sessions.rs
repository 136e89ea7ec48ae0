//! Where people are signed in, and the tokens that carry it on.

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::sign_in::{Proved, RefreshToken, Renewal, Session, SessionId, SessionKind, TokenHash};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::entities::{refresh_token, session};
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx, instant};

/// A place where somebody is signed in, as their own page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub session: Session,
    /// What kind of browser it is, in words.
    pub device: String,
}

/// Begins a session with its first token.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(
    tx: &Tx,
    person: PersonId,
    (kind, device): (SessionKind, &str),
    token: TokenHash,
    now: DateTime<Utc>,
) -> Result<SessionId> {
    let id = Uuid::now_v7();
    let row = session::ActiveModel {
        id: Set(id),
        person_id: Set(person.as_uuid()),
        kind: Set(kind.as_str().to_owned()),
        device: Set(device.to_owned()),
        began_at: Set(now.timestamp_millis()),
        last_used_at: Set(now.timestamp_millis()),
        ..Default::default()
    };
    row.insert(&tx.0).await?;
    let id = SessionId::from_uuid(id);
    save_token(
        tx,
        RefreshToken { hash: token, session: id, generation: RefreshToken::FIRST_GENERATION, made_at: now },
    )
    .await?;
    Ok(id)
}

/// The session that a token carries on, locked until the transaction ends so that renewals take turns.
///
/// # Errors
/// When the database does not answer.
pub async fn by_token(tx: &Tx, hash: TokenHash) -> Result<Option<(Session, RefreshToken)>> {
    let Some(token) = refresh_token::Entity::find_by_id(hash.as_bytes().to_vec()).one(&tx.0).await? else {
        return Ok(None);
    };
    let found = session::Entity::find_by_id(token.session_id).lock_exclusive().one(&tx.0).await?;
    let Some(row) = found else { return Ok(None) };
    let session = Session::try_from(row)?;
    let token = RefreshToken {
        hash,
        session: session.id,
        generation: token.generation,
        made_at: instant(token.made_at),
    };
    Ok(Some((session, token)))
}

/// Keeps that a session goes on, with the token that was handed out for the next time.
///
/// # Errors
/// When the database does not answer.
pub async fn save_renewal(tx: &Tx, renewal: &Renewal, child: TokenHash) -> Result<()> {
    let proved = renewal.proved();
    let row = session::ActiveModel {
        id: Set(renewal.session().as_uuid()),
        last_used_at: Set(renewal.renewed_at().timestamp_millis()),
        proved_generation: Set(Some(proved.generation)),
        proved_token: Set(Some(proved.token.as_bytes().to_vec())),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    let child = RefreshToken {
        hash: child,
        session: renewal.session(),
        generation: renewal.child_generation(),
        made_at: renewal.renewed_at(),
    };
    save_token(tx, child).await
}

async fn save_token(tx: &Tx, token: RefreshToken) -> Result<()> {
    let row = refresh_token::ActiveModel {
        hash: Set(token.hash.as_bytes().to_vec()),
        session_id: Set(token.session.as_uuid()),
        generation: Set(token.generation),
        made_at: Set(token.made_at.timestamp_millis()),
    };
    row.insert(&tx.0).await?;
    Ok(())
}

/// Ends one of a person's sessions, and says whether there was one to end.
///
/// # Errors
/// When the database does not answer.
pub async fn end(tx: &Tx, person: PersonId, id: SessionId, now: DateTime<Utc>) -> Result<bool> {
    let ended = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(now.timestamp_millis()))
        .filter(session::Column::Id.eq(id.as_uuid()))
        .filter(session::Column::PersonId.eq(person.as_uuid()))
        .filter(session::Column::EndedAt.is_null())
        .exec(&tx.0)
        .await?;
    Ok(ended.rows_affected > 0)
}

/// Ends every session of a person, and says which.
///
/// # Errors
/// When the database does not answer.
pub async fn end_all(tx: &Tx, person: PersonId, now: DateTime<Utc>) -> Result<Vec<SessionId>> {
    let open = || {
        session::Entity::find()
            .filter(session::Column::PersonId.eq(person.as_uuid()))
            .filter(session::Column::EndedAt.is_null())
    };
    let rows = open().lock_exclusive().all(&tx.0).await?;
    for row in &rows {
        let row = session::ActiveModel {
            id: Set(row.id),
            ended_at: Set(Some(now.timestamp_millis())),
            ..Default::default()
        };
        row.update(&tx.0).await?;
    }
    Ok(rows.into_iter().map(|it| SessionId::from_uuid(it.id)).collect())
}

/// Where somebody is signed in, the latest used first.
///
/// # Errors
/// When the database does not answer.
pub async fn open_of(db: &Db, person: PersonId) -> Result<Vec<Place>> {
    let rows = session::Entity::find()
        .filter(session::Column::PersonId.eq(person.as_uuid()))
        .filter(session::Column::EndedAt.is_null())
        .order_by_desc(session::Column::LastUsedAt)
        .limit(50)
        .all(&db.read)
        .await?;
    rows.into_iter().map(|row| Ok(Place { device: row.device.clone(), session: row.try_into()? })).collect()
}

/// The sessions that were ended since then: their access tokens are not to be believed any more.
///
/// # Errors
/// When the database does not answer.
pub async fn ended_since(db: &Db, then: DateTime<Utc>) -> Result<Vec<(SessionId, DateTime<Utc>)>> {
    let rows = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .column(session::Column::EndedAt)
        .filter(session::Column::EndedAt.gte(then.timestamp_millis()))
        .into_tuple::<(Uuid, i64)>()
        .all(&db.read)
        .await?;
    Ok(rows.into_iter().map(|(id, at)| (SessionId::from_uuid(id), instant(at))).collect())
}

impl TryFrom<session::Model> for Session {
    type Error = Failure;

    fn try_from(row: session::Model) -> Result<Self> {
        let token = |bytes: Vec<u8>| {
            let bytes: Option<[u8; 32]> = bytes.try_into().ok();
            bytes.map(TokenHash::from_bytes).ok_or_else(|| unknown("token", "of another length"))
        };
        let proved = match (row.proved_generation, row.proved_token) {
            (Some(generation), Some(bytes)) => Some(Proved { generation, token: token(bytes)? }),
            _ => None,
        };
        Ok(Self {
            id: SessionId::from_uuid(row.id),
            person: PersonId::from_uuid(row.person_id),
            kind: SessionKind::parse(&row.kind).ok_or_else(|| unknown("session kind", &row.kind))?,
            began_at: instant(row.began_at),
            last_used_at: instant(row.last_used_at),
            ended_at: row.ended_at.map(instant),
            proved,
        })
    }
}
