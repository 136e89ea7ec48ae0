//! Tries are counted before anything is looked at, so that trying in parallel gains nothing.

use domain::people::PersonId;
use domain::sign_in::{EmailAddress, SignInRefused, ThrottleKind};
use store::Tx;

use crate::answer::Broken;
use crate::cx::Cx;

/// What one try is counted under: neither accounts nor network addresses are kept as such.
pub(crate) struct Tries(Vec<(ThrottleKind, [u8; 32])>);

impl Tries {
    /// A password typed for an address, whether or not anybody has it.
    pub(crate) fn at_signing_in(cx: &Cx, email: &EmailAddress) -> Self {
        Self::of(cx, "account", email.as_str().as_bytes())
    }

    /// A code or a password typed by somebody whom we know already. It has a count of its own: whoever has
    /// found a password must not be able to start that of codes afresh by typing it again.
    pub(crate) fn at_proving(cx: &Cx, person: PersonId) -> Self {
        Self::of(cx, "proving", person.as_uuid().as_bytes())
    }

    fn of(cx: &Cx, purpose: &str, account: &[u8]) -> Self {
        let sealed = |purpose, what: &[u8]| cx.site.secrets().sealed(purpose, &[what]);
        let account = (ThrottleKind::Account, sealed(purpose, account));
        let address =
            cx.peer().map(|it| (ThrottleKind::Address, sealed("address", it.to_string().as_bytes())));
        Self([account].into_iter().chain(address).collect())
    }

    /// Counts a try as failed until it is taken back.
    pub(crate) async fn count(&self, cx: &Cx) -> Result<Result<(), SignInRefused>, Broken> {
        let tx = cx.site.db().begin().await?;
        for (kind, key) in &self.0 {
            let throttle = store::sign_in::throttle(&tx, *kind, key, cx.now()).await?;
            if let Err(wait) = throttle.may_try(*kind, cx.now()) {
                return Ok(Err(wait.into()));
            }
            store::sign_in::save_throttle(&tx, *kind, key, throttle.after_failure(*kind, cx.now())).await?;
        }
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Takes a try back that was none.
    pub(crate) async fn take_back(&self, cx: &Cx, tx: &Tx) -> Result<(), Broken> {
        for (kind, key) in &self.0 {
            let throttle = store::sign_in::throttle(tx, *kind, key, cx.now()).await?;
            store::sign_in::save_throttle(tx, *kind, key, throttle.after_success(*kind)).await?;
        }
        Ok(())
    }
}
