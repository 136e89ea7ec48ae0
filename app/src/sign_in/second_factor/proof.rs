//! Showing that it is oneself: a code from the app, or a recovery code in its place, each good for once.

use domain::people::{FieldFault, PersonId};
use domain::sign_in::{CodeRefused, RecoveryCode, TokenHash, TotpGuard, code_as_typed, spend_recovery_code};
use store::Tx;
use store::second_factor::{RECOVERY_CODE_SPENT, Totp};

use super::app_code::{AppSecret, in_groups, step_at};
use crate::answer::Broken;
use crate::cx::Cx;
use crate::form::Typed;
use crate::letters;
use crate::sign_in::secrets::{random_bytes, token_hash};

/// The field for a code from the app.
pub(super) const CODE: &str = "sign_in_code";
/// The field for a recovery code.
pub(super) const RECOVERY_CODE: &str = "recovery_code";

/// Takes what was typed, and keeps that it was used. Whoever writes a recovery code takes that: they had to open
/// its field to do so.
pub(super) async fn take(
    cx: &Cx,
    tx: &Tx,
    person: PersonId,
    totp: &Totp,
    typed: &Typed,
) -> Result<Result<(), FieldFault>, Broken> {
    let recovery_code = code_as_typed(typed.text(RECOVERY_CODE));
    if !recovery_code.is_empty() {
        return take_recovery_code(cx, tx, person, token_hash(&recovery_code)).await;
    }
    let secret = AppSecret::unlock(cx.site.secrets(), person, &totp.sealed_secret);
    if secret.is_none() {
        // Recovery codes still work, so that nobody is locked out for good.
        tracing::error!(%person, "a sealed secret does not open: is this the right key file?");
    }
    match accept(cx, secret.as_ref(), totp.guard, typed.text(CODE)) {
        Ok(guard) => {
            store::second_factor::save_taken(tx, person, guard).await?;
            Ok(Ok(()))
        }
        Err(remedy) => Ok(Err(FieldFault { field: CODE, remedy })),
    }
}

/// What to keep once this code of this app has been taken now.
pub(super) fn accept(
    cx: &Cx,
    secret: Option<&AppSecret>,
    guard: TotpGuard,
    typed: &str,
) -> Result<TotpGuard, String> {
    let code = code_as_typed(typed);
    if code.is_empty() {
        return Err("Type the six figures that your app shows now.".to_owned());
    }
    let step = secret.and_then(|it| it.step_of(&code, cx.now())).ok_or(CodeRefused::NoMatch);
    let guard = step.and_then(|it| guard.accept(step_at(cx.now()), it));
    guard.map_err(|refused| refused.to_string())
}

async fn take_recovery_code(
    cx: &Cx,
    tx: &Tx,
    person: PersonId,
    hash: TokenHash,
) -> Result<Result<(), FieldFault>, Broken> {
    let codes = store::second_factor::recovery_codes_now(tx, person).await?;
    let spent = match spend_recovery_code(&codes, hash, cx.now()) {
        Ok(spent) => spent,
        Err(refused) => {
            return Ok(Err(FieldFault { field: RECOVERY_CODE, remedy: refused.to_string() }));
        }
    };
    store::second_factor::save_spent(tx, person, &spent).await?;
    if let Some(own) = store::sign_in::own_now(tx, person).await? {
        let letter = letters::recovery_code_spent(&cx.site, &own.email, spent.left());
        letters::send(tx, letter, cx.now()).await?;
    }
    store::audit::append(tx, cx.event(RECOVERY_CODE_SPENT, person)).await?;
    Ok(Ok(()))
}

/// New recovery codes, as they are shown this once. What is kept of them stands in the second list.
pub(super) fn recovery_codes() -> (Vec<String>, Vec<TokenHash>) {
    // Eighty bits of chance are sixteen letters: enough that a hash without salt keeps them.
    let made = (0..RecoveryCode::GIVEN).map(|_| totp_rs::Secret::new(Box::new(random_bytes::<10>())));
    let codes: Vec<_> = made.map(|it| in_groups(&it.to_base32().to_lowercase(), "-")).collect();
    let hashes = codes.iter().map(|it| token_hash(&code_as_typed(it))).collect();
    (codes, hashes)
}

/// The code that a page shows in the demo.
pub(super) async fn code_for_the_demo(cx: &Cx, person: PersonId) -> Result<Option<String>, Broken> {
    if !cx.site.is_demo() {
        return Ok(None);
    }
    let totp = store::second_factor::totp(cx.site.db(), person).await?;
    Ok(totp.and_then(|it| {
        let secret = AppSecret::unlock(cx.site.secrets(), person, &it.sealed_secret)?;
        Some(secret.next_code(it.guard, cx.now()))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovery_codes_are_ten_different_ones_that_are_told_again_as_typed() {
        let (codes, hashes) = recovery_codes();
        assert_eq!((codes.len(), hashes.len()), (10, 10));
        for (code, hash) in codes.iter().zip(&hashes) {
            assert_eq!(code.len(), 19, "{code}");
            assert_eq!(token_hash(&code_as_typed(&code.to_uppercase().replace('-', " "))), *hash);
            assert_eq!(hashes.iter().filter(|it| *it == hash).count(), 1);
        }
    }
}
