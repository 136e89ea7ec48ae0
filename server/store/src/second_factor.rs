//! The second factor: the app that shows a person's codes, their recovery codes, and what a session has proved.

mod proof;

pub use proof::{forget_step_ups, given_in, save_given, save_step_up, spend_half_way, step_up_of};

use chrono::{DateTime, Utc};
use domain::people::{OrganisationId, PersonId};
use domain::sign_in::{RecoveryCode, SpentCode, SwitchedOff, TokenHash, TotpGuard};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
    TryInsertResult,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{organisation, recovery_code, totp};
use crate::people::unknown;
use crate::{Db, Result, Tx, instant};

/// Somebody set up an app that shows codes, in the place of another if they had one.
pub const SET_UP: Action = Action::named("second_factor_set_up");
/// Somebody switched the second factor off.
pub const SWITCHED_OFF: Action = Action::named("second_factor_switched_off");
/// Somebody was given new recovery codes.
pub const RECOVERY_CODES_MADE: Action = Action::named("recovery_codes_made");
/// Somebody used one up.
pub const RECOVERY_CODE_SPENT: Action = Action::named("recovery_code_spent");
/// Somebody showed that it is still them, before something dangerous.
pub const STEPPED_UP: Action = Action::named("stepped_up");

/// The app that shows a person's codes.
#[derive(Clone)]
pub struct Totp {
    /// What the codes are made of, sealed under a key of the nodes.
    pub sealed_secret: Vec<u8>,
    pub guard: TotpGuard,
    pub set_up_at: DateTime<Utc>,
}

impl std::fmt::Debug for Totp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Totp({:?})", self.guard)
    }
}

/// An app that has shown its first code.
#[derive(Clone)]
pub struct NewTotp {
    pub totp: Totp,
    /// When the one that it is set up in the place of was; nothing if there was none.
    pub instead_of: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for NewTotp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewTotp({:?})", self.totp)
    }
}

/// The app that shows a person's codes, if they have set one up.
///
/// # Errors
/// When the database does not answer.
pub async fn totp(db: &Db, person: PersonId) -> Result<Option<Totp>> {
    Ok(totp::Entity::find_by_id(person.as_uuid()).one(&db.read).await?.map(Totp::from))
}

/// The same, kept for this transaction, so that codes typed at the same time are taken one after the other.
///
/// # Errors
/// When the database does not answer.
pub async fn totp_now(tx: &Tx, person: PersonId) -> Result<Option<Totp>> {
    let row = totp::Entity::find_by_id(person.as_uuid()).lock_exclusive().one(&tx.0).await?;
    Ok(row.map(Totp::from))
}

/// A person's recovery codes, spent ones too.
///
/// # Errors
/// When the database does not answer.
pub async fn recovery_codes(db: &Db, person: PersonId) -> Result<Vec<RecoveryCode>> {
    codes_of(&db.read, person).await
}

/// The same inside a transaction; [`totp_now`] comes before it.
///
/// # Errors
/// When the database does not answer.
pub async fn recovery_codes_now(tx: &Tx, person: PersonId) -> Result<Vec<RecoveryCode>> {
    codes_of(&tx.0, person).await
}

async fn codes_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<RecoveryCode>> {
    let of_person = recovery_code::Column::PersonId.eq(person.as_uuid());
    let rows = recovery_code::Entity::find().filter(of_person).all(db).await?;
    let code = |row: recovery_code::Model| {
        let hash: [u8; 32] =
            row.hash.try_into().map_err(|_| unknown("recovery code", "of another length"))?;
        Ok(RecoveryCode { hash: TokenHash::from_bytes(hash), spent_at: row.spent_at.map(instant) })
    };
    rows.into_iter().map(code).collect()
}

/// Keeps an app that was set up. `false`, and nothing is kept, when another was in the meantime.
///
/// # Errors
/// When the database does not answer.
pub async fn save_totp(tx: &Tx, person: PersonId, new: &NewTotp) -> Result<bool> {
    let row = totp::ActiveModel {
        person_id: Set(person.as_uuid()),
        secret: Set(new.totp.sealed_secret.clone()),
        last_step: Set(new.totp.guard.last_step.unwrap_or_default()),
        set_up_at: Set(new.totp.set_up_at.timestamp_millis()),
    };
    let Some(before) = new.instead_of else {
        let insert = totp::Entity::insert(row).on_conflict_do_nothing();
        let kept = insert.exec_without_returning(&tx.0).await?;
        return Ok(matches!(kept, TryInsertResult::Inserted(1..)));
    };
    let changed = totp::Entity::update_many()
        .set(row)
        .filter(totp::Column::PersonId.eq(person.as_uuid()))
        .filter(totp::Column::SetUpAt.eq(before.timestamp_millis()))
        .exec(&tx.0)
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Keeps that a code was taken.
///
/// # Errors
/// When the database does not answer.
pub async fn save_taken(tx: &Tx, person: PersonId, guard: TotpGuard) -> Result<()> {
    let Some(last_step) = guard.last_step else { return Ok(()) };
    let row = totp::ActiveModel {
        person_id: Set(person.as_uuid()),
        last_step: Set(last_step),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// Keeps new recovery codes; those before do not count any more.
///
/// # Errors
/// When the database does not answer.
pub async fn save_recovery_codes(tx: &Tx, person: PersonId, codes: &[TokenHash]) -> Result<()> {
    forget_recovery_codes(tx, person).await?;
    let rows = codes.iter().map(|it| recovery_code::ActiveModel {
        person_id: Set(person.as_uuid()),
        hash: Set(it.as_bytes().to_vec()),
        spent_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps that a recovery code was used up.
///
/// # Errors
/// When the database does not answer.
pub async fn save_spent(tx: &Tx, person: PersonId, spent: &SpentCode) -> Result<()> {
    let row = recovery_code::ActiveModel {
        person_id: Set(person.as_uuid()),
        hash: Set(spent.hash().as_bytes().to_vec()),
        spent_at: Set(Some(spent.at().timestamp_millis())),
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// Forgets a person's app, their recovery codes, and which of their sessions have given a code.
///
/// # Errors
/// When the database does not answer.
pub async fn save_switched_off(tx: &Tx, person: PersonId, _off: &SwitchedOff) -> Result<()> {
    forget_recovery_codes(tx, person).await?;
    totp::Entity::delete_by_id(person.as_uuid()).exec(&tx.0).await?;
    proof::forget_all(tx, person).await
}

async fn forget_recovery_codes(tx: &Tx, person: PersonId) -> Result<()> {
    let of_person = recovery_code::Column::PersonId.eq(person.as_uuid());
    recovery_code::Entity::delete_many().filter(of_person).exec(&tx.0).await?;
    Ok(())
}

/// Which of these organisations ask for a second factor.
///
/// # Errors
/// When the database does not answer.
pub async fn asked_by(db: &Db, organisations: &[OrganisationId]) -> Result<Vec<OrganisationId>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let rows = organisation::Entity::find()
        .select_only()
        .column(organisation::Column::Id)
        .filter(organisation::Column::Id.is_in(organisations.iter().map(|it| it.as_uuid())))
        .filter(organisation::Column::SecondFactor.eq(true))
        .into_tuple::<Uuid>()
        .all(&db.read)
        .await?;
    Ok(rows.into_iter().map(OrganisationId::from_uuid).collect())
}

impl From<totp::Model> for Totp {
    fn from(row: totp::Model) -> Self {
        Self {
            sealed_secret: row.secret,
            guard: TotpGuard { last_step: Some(row.last_step) },
            set_up_at: instant(row.set_up_at),
        }
    }
}
