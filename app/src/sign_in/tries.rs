//! Tries are counted before anything is looked at, so that trying in parallel gains nothing.

use std::net::{IpAddr, Ipv6Addr};

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
        let address = cx
            .came_from()
            .map(|it| (ThrottleKind::Address, sealed("address", network(it).to_string().as_bytes())));
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

/// What counts as one network address: of IPv6, the half that a household or a ward is given as a whole, because
/// whoever has one has all the others in it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        it @ IpAddr::V4(_) => it,
        IpAddr::V6(it) => Ipv6Addr::from_bits(it.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_that_somebody_is_given_together_count_as_one() {
        let of = |it: &str| network(it.parse().unwrap()).to_string();
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
