//! The two cookies: the access token and the refresh token.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::sign_in::{Lifetimes, SessionKind};

use super::access::{Access, AccessKeys};
use super::secrets::Token;

/// How cookies are called. `__Host-` and Secure only where the site is reached by https: browsers drop such
/// cookies on plain loopback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookies {
    Secure,
    Plain,
}

impl Cookies {
    pub(crate) fn for_address(public_url: &str) -> Self {
        if public_url.starts_with("https://") { Self::Secure } else { Self::Plain }
    }

    const fn access(self) -> &'static str {
        match self {
            Self::Secure => "__Host-alongside_access",
            Self::Plain => "alongside_access",
        }
    }

    const fn refresh(self) -> &'static str {
        match self {
            Self::Secure => "__Host-alongside_refresh",
            Self::Plain => "alongside_refresh",
        }
    }

    /// The access and the refresh token that a request brought.
    pub(crate) fn read(self, headers: &HeaderMap) -> (Option<&str>, Option<&str>) {
        let all = headers.get_all(header::COOKIE).into_iter().filter_map(|it| it.to_str().ok());
        let pairs: Vec<_> = all.flat_map(|it| it.split("; ")).filter_map(|it| it.split_once('=')).collect();
        let named = |name| pairs.iter().find(|it| it.0 == name).map(|it| it.1);
        (named(self.access()), named(self.refresh()))
    }

    /// What a browser that holds this access token sends.
    pub(crate) fn pair(self, keys: &AccessKeys, access: &Access) -> String {
        format!("{}={}", self.access(), keys.mint(access))
    }

    /// `max_age` in seconds; without one the cookie goes when the browser is closed.
    fn set(self, name: &str, value: &str, max_age: Option<i64>) -> HeaderValue {
        let secure = if self == Self::Secure { "; Secure" } else { "" };
        let max_age = max_age.map(|it| format!("; Max-Age={it}")).unwrap_or_default();
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{max_age}");
        match HeaderValue::from_str(&cookie) {
            Ok(cookie) => cookie,
            Err(error) => unreachable!("tokens are letters, digits, - _ and dots: {error}"),
        }
    }
}

/// The cookies for a session that begins or goes on. On a shared computer they go with the browser.
pub(crate) fn handed_out(
    cookies: Cookies,
    keys: &AccessKeys,
    access: &Access,
    refresh: &Token,
) -> [HeaderValue; 2] {
    let max_age = max_age(access.kind);
    [
        cookies.set(cookies.access(), &keys.mint(access), max_age),
        cookies.set(cookies.refresh(), refresh.as_str(), max_age),
    ]
}

/// The access cookie alone, for a session that goes on as it was and has proved something more.
pub(crate) fn handed_out_again(cookies: Cookies, keys: &AccessKeys, access: &Access) -> HeaderValue {
    cookies.set(cookies.access(), &keys.mint(access), max_age(access.kind))
}

/// How long cookies are kept, in seconds; without, they go with the browser.
fn max_age(kind: SessionKind) -> Option<i64> {
    match kind {
        SessionKind::OwnDevice => Some(Lifetimes::default().of(kind).idle.num_seconds()),
        SessionKind::SharedComputer => None,
    }
}

/// What takes the refresh token away from a session that is over. The access token stays: it lets nobody in any
/// more, but says whose form it is that another tab may still send.
pub(crate) fn over(cookies: Cookies) -> [HeaderValue; 1] {
    [cookies.set(cookies.refresh(), "", Some(0))]
}

/// What takes both cookies away.
pub(crate) fn cleared(cookies: Cookies) -> [HeaderValue; 2] {
    [cookies.set(cookies.access(), "", Some(0)), cookies.set(cookies.refresh(), "", Some(0))]
}
