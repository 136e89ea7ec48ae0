//! Who is asking: from the cookies of a request to a person, renewing on the way what has run out.

use axum::http::{HeaderMap, HeaderValue};
use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::sign_in::{Lifetimes, RefreshToken, Session, SessionKind, SessionOver, present};

use store::audit::Event;
use store::sign_in::SESSION_COPIED;

use super::access::Access;
use super::cookies::{cleared, handed_out, over};
use super::secrets::{Token, token_hash};
use crate::answer::Broken;
use crate::site::Site;

/// What the cookies of a request say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// Who is signed in, if somebody is.
    pub(crate) access: Option<Access>,
    /// Why they are not any more.
    pub(crate) over: Option<SessionOver>,
    /// Who was signed in here last, though they are not now.
    pub(crate) lapsed: Option<PersonId>,
    /// Cookies to hand out with the answer.
    pub(crate) cookies: Vec<HeaderValue>,
}

/// Who sends these headers, as far as a token says it that has not run out. No question to the database.
pub(crate) fn fresh(site: &Site, headers: &HeaderMap, now: DateTime<Utc>) -> Option<Access> {
    let (access, _) = site.cookies().read(headers);
    let access = access.and_then(|it| site.access_keys().read(it))?;
    (access.is_fresh(now) && !site.has_ended(access.session)).then_some(access)
}

/// Recognises whoever sends these headers. Only a request whose access token has run out asks the database.
pub(crate) async fn recognise(site: &Site, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Seen, Broken> {
    if let Some(access) = fresh(site, headers, now) {
        return Ok(Seen { access: Some(access), ..Seen::default() });
    }
    let (access, refresh) = site.cookies().read(headers);
    let access = access.and_then(|it| site.access_keys().read(it));
    let lapsed = access.map(|it| it.person);
    let Some(refresh) = refresh else { return Ok(Seen { lapsed, ..Seen::default() }) };
    let tx = site.db().begin().await?;
    let Some((session, token)) = store::sessions::by_token(&tx, token_hash(refresh)).await? else {
        return Ok(Seen { lapsed, cookies: over(site.cookies()).into(), ..Seen::default() });
    };
    renew(site, tx, &session, &token, now).await
}

async fn renew(
    site: &Site,
    tx: store::Tx,
    session: &Session,
    token: &RefreshToken,
    now: DateTime<Utc>,
) -> Result<Seen, Broken> {
    match present(session, token, &Lifetimes::default(), now) {
        Ok(renewal) => {
            let child = Token::random();
            store::sessions::save_renewal(&tx, &renewal, child.hash()).await?;
            let second_factor = store::second_factor::given_in(&tx, session.id).await?;
            tx.commit().await?;
            let access = Access {
                person: session.person,
                session: session.id,
                kind: session.kind,
                second_factor,
                issued_at: now,
                expires_at: renewal.access_expires_at(),
            };
            let cookies = handed_out(site.cookies(), site.access_keys(), &access, &child).into();
            Ok(Seen { access: Some(access), cookies, ..Seen::default() })
        }
        Err(why) => {
            if why == SessionOver::Theft {
                store::sessions::end(&tx, session.person, session.id, now).await?;
                // By nobody that we know.
                let event =
                    Event::new(now, SESSION_COPIED).about(session.person.as_uuid()).to(session.id.as_uuid());
                store::audit::append(&tx, event).await?;
                tx.commit().await?;
                site.note_ended([session.id], now);
                tracing::warn!(session = %session.id, "a replaced token was presented: the session has been ended");
            }
            let cookies = match session.kind {
                SessionKind::OwnDevice => over(site.cookies()).into(),
                SessionKind::SharedComputer => cleared(site.cookies()).into(),
            };
            Ok(Seen { over: Some(why), lapsed: Some(session.person), cookies, ..Seen::default() })
        }
    }
}
