//! What a door is: a route, the permission it asks for, and the handler that only opens with it.
//!
//! The table itself is in [`crate::doors`]. A handler takes its permission as an argument, so a route whose
//! table row names another permission does not compile, and neither does one that names none.

use std::future::Future;

use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::response::Response;
use serde::de::DeserializeOwned;

use crate::answer::{self, Broken};
use crate::cx::Cx;
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
    fn admit(cx: &Cx, parts: &Parts) -> impl Future<Output = Result<Self, TurnedAway>> + Send;
}

/// Why somebody was not let in.
#[derive(Debug)]
pub enum TurnedAway {
    /// There is no such thing, or it is none of theirs, which is not told apart.
    NotFound,
    Broken(Broken),
}

/// Anybody, signed in or not.
#[derive(Debug)]
pub struct Anyone(());

impl Permit for Anyone {
    async fn admit(_cx: &Cx, _parts: &Parts) -> Result<Self, TurnedAway> {
        Ok(Self(()))
    }
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
    let (parts, body) = request.into_parts();
    let cx = Cx::new(site, &parts);
    let answer = match P::admit(&cx, &parts).await {
        Ok(permit) => handler.open(cx.clone(), permit, parts, body).await,
        Err(turned_away) => Err(turned_away),
    };
    match answer {
        Ok(response) => response,
        Err(TurnedAway::NotFound) => answer::not_found_page(&cx).await,
        Err(TurnedAway::Broken(broken)) => answer::broken_page(&cx, &broken).await,
    }
}

impl From<store::Failure> for TurnedAway {
    fn from(failure: store::Failure) -> Self {
        Self::Broken(failure.into())
    }
}
