//! What a door is: a route, the permission it asks for, and the handler that only opens with it.
//!
//! The table itself is in [`crate::doors`]. A handler takes its permission as an argument, so a route whose
//! table row names another permission does not compile, and neither does one that names none.

use std::future::Future;

use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::response::Response;
use serde::de::DeserializeOwned;

use crate::answer::{self, Broken};
use crate::cx::Cx;
use crate::form::Typed;
use crate::sign_in::second_factor::step_up;
use crate::sign_in::{recognise, sign_in_first};
use crate::site::Site;

/// One row of the table, as the who-may matrix test reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    pub method: &'static str,
    pub path: &'static str,
    /// The permission type's name.
    pub permit: &'static str,
}

/// Leave to go through a door. Whoever holds a value of such a type has been let in: there is no other way to
/// make one.
pub trait Permit: Sized + Send {
    /// Looks at who is asking for what, and lets them in or turns them away.
    fn admit(cx: &Cx, parts: &mut Parts) -> impl Future<Output = Result<Self, TurnedAway>> + Send;
}

/// Why somebody was not let in.
#[derive(Debug)]
pub enum TurnedAway {
    /// There is no such thing, or it is none of theirs, which is not told apart.
    NotFound,
    /// It takes somebody who is signed in.
    SignIn,
    /// It takes the second factor, which has not been given in this session.
    SecondFactor,
    /// It takes somebody who has just shown that it is still them.
    StepUp,
    /// The form was heavier than any of ours.
    TooMuch,
    /// The form took longer to arrive than we wait.
    TooSlow,
    Broken(Broken),
}

/// What a handler asks for besides its permission: read from the request once the door is open.
pub(crate) trait Asked: Sized + Send {
    fn read(parts: &mut Parts, body: Body) -> impl Future<Output = Result<Self, TurnedAway>> + Send;
}

/// The names in the path, in order. What does not read as what it should be is not found.
#[derive(Debug)]
pub(crate) struct At<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> Asked for At<T> {
    async fn read(parts: &mut Parts, _body: Body) -> Result<Self, TurnedAway> {
        match Path::<T>::from_request_parts(parts, &()).await {
            Ok(Path(it)) => Ok(Self(it)),
            Err(_) => Err(TurnedAway::NotFound),
        }
    }
}

/// What stands after the question mark, read like a form.
#[derive(Debug)]
pub(crate) struct Asks(pub(crate) Typed);

impl Asked for Asks {
    async fn read(parts: &mut Parts, _body: Body) -> Result<Self, TurnedAway> {
        Ok(Self(Typed::parse(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

/// A handler that opens with a permission of type `P` and is asked for `A`.
pub(crate) trait Opens<P, A>: Clone + Send + Sync + 'static {
    fn open(self, cx: Cx, permit: P, parts: Parts, body: Body) -> impl Future<Output = Answer> + Send;
}

/// What a handler gives back.
pub(crate) type Answer = Result<Response, TurnedAway>;

impl<F, Fut, P> Opens<P, ()> for F
where
    F: Fn(Cx, P) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Answer> + Send,
    P: Permit,
{
    async fn open(self, cx: Cx, permit: P, _parts: Parts, _body: Body) -> Answer {
        self(cx, permit).await
    }
}

impl<F, Fut, P, A, B> Opens<P, (A, B)> for F
where
    F: Fn(Cx, P, A, B) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Answer> + Send,
    P: Permit,
    A: Asked,
    B: Asked,
{
    /// The first is read from the path alone; the second may take the body.
    async fn open(self, cx: Cx, permit: P, mut parts: Parts, body: Body) -> Answer {
        let first = A::read(&mut parts, Body::empty()).await?;
        let second = B::read(&mut parts, body).await?;
        self(cx, permit, first, second).await
    }
}

impl<F, Fut, P, A> Opens<P, (A,)> for F
where
    F: Fn(Cx, P, A) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Answer> + Send,
    P: Permit,
    A: Asked,
{
    async fn open(self, cx: Cx, permit: P, mut parts: Parts, body: Body) -> Answer {
        let asked = A::read(&mut parts, body).await?;
        self(cx, permit, asked).await
    }
}

/// Lets a request through a door: the permission first, and only then whatever the request carries.
pub(crate) async fn enter<P: Permit, A>(site: Site, request: Request, handler: impl Opens<P, A>) -> Response {
    let (mut parts, body) = request.into_parts();
    let now = site.clock().now();
    let seen = match recognise(&site, &parts.headers, now).await {
        Ok(seen) => seen,
        Err(broken) => return answer::broken_page(&Cx::anonymous(site, &parts), &broken).await,
    };
    let cookies = seen.cookies.clone();
    let cx = Cx::new(site, &parts, now, seen);
    let answer = match P::admit(&cx, &mut parts).await {
        Ok(permit) => handler.open(cx.clone(), permit, parts, body).await,
        Err(turned_away) if turned_away.is_to_prove() => prove_first(&cx, turned_away, parts, body).await,
        Err(turned_away) => Err(turned_away),
    };
    let mut response = match answer {
        Ok(response) => response,
        Err(turned_away) => turned(&cx, turned_away, None).await,
    };
    // A handler that signs in or out hands out cookies of its own, which then stand instead.
    if !response.headers().contains_key(header::SET_COOKIE) {
        for cookie in cookies {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// To show first who they are, with what was typed riding along if it was a form.
async fn prove_first(cx: &Cx, why: TurnedAway, mut parts: Parts, body: Body) -> Answer {
    // A file does not ride along: it is chosen again.
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if parts.method == Method::GET || parts.method == Method::HEAD || kind.starts_with("multipart/") {
        return Err(why);
    }
    let typed = Typed::read(&mut parts, body).await?;
    Ok(turned(cx, why, Some(typed)).await)
}

/// The answer to somebody who was not let in. `typed` is what they sent, if it was a form that can ride along.
async fn turned(cx: &Cx, why: TurnedAway, typed: Option<Typed>) -> Response {
    let answer = match why {
        TurnedAway::NotFound => Ok(answer::not_found_page(cx).await),
        TurnedAway::SignIn => Ok(sign_in_first(cx, typed).await),
        TurnedAway::SecondFactor => step_up::second_factor_first(cx, typed).await,
        TurnedAway::StepUp => step_up::first(cx, typed).await,
        TurnedAway::TooMuch => Ok(answer::too_much_page(cx).await),
        TurnedAway::TooSlow => Ok(answer::too_slow_page(cx).await),
        TurnedAway::Broken(broken) => Err(broken),
    };
    match answer {
        Ok(response) => response,
        Err(broken) => answer::broken_page(cx, &broken).await,
    }
}

impl TurnedAway {
    /// Whether the door opens once somebody has shown who they are.
    const fn is_to_prove(&self) -> bool {
        matches!(self, Self::SignIn | Self::SecondFactor | Self::StepUp)
    }
}

impl<E: Into<Broken>> From<E> for TurnedAway {
    fn from(broken: E) -> Self {
        Self::Broken(broken.into())
    }
}
