//! The answers that are not the page somebody asked for: kind, in our own look, and never empty.

use std::fmt;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::permits::Anyone;
use crate::site::Site;
use crate::ui::shell::{Area, Head};

/// Something of ours did not work. Logged once, where it is handled, under a reference that the person sees.
pub struct Broken {
    cause: Box<dyn std::error::Error + Send + Sync>,
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Broken {
    fn from(cause: E) -> Self {
        Self { cause: Box::new(cause) }
    }
}

impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Broken({})", self.cause)
    }
}

/// For a path that leads nowhere.
pub(crate) async fn nowhere(_cx: Cx, _: Anyone) -> Answer {
    Err(TurnedAway::NotFound)
}

/// For a page that exists but takes no such thing.
pub(crate) async fn not_allowed(cx: Cx, _: Anyone) -> Answer {
    Ok(plain(&cx, StatusCode::METHOD_NOT_ALLOWED, "This page cannot take that", || {
        view! { <p>"Nothing has been changed. Please go back and use the page's own buttons."</p> }
    })
    .await)
}

/// For a form that was sent from another site.
pub async fn refused_elsewhere(site: Site, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let cx = Cx::anonymous(site, &parts);
    plain(&cx, StatusCode::FORBIDDEN, "That came from another site", || {
        view! {
            <p>"To keep you safe, we only take what is sent from our own pages. Nothing has been changed."</p>
            <p>"If you were using one of our pages, open it afresh and try once more."</p>
        }
    })
    .await
}

/// For a demo that somebody tries to reach from elsewhere.
pub async fn refused_demo(site: Site, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let cx = Cx::anonymous(site, &parts);
    plain(&cx, StatusCode::FORBIDDEN, "This is a demo on somebody’s own machine", || {
        view! { <p>"Its password is known to everybody, so it answers nobody but the machine it runs on."</p> }
    })
    .await
}

/// For a panic: the request is lost, the node is not.
pub async fn stumbled(site: Site, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    sorry(&Cx::anonymous(site, &parts), "panic").await
}

pub(crate) async fn not_found_page(cx: &Cx) -> Response {
    plain(cx, StatusCode::NOT_FOUND, "We can’t find that page", || {
        view! {
            <p>"It may have moved, or it may be somebody else’s. If you typed the address, check it once more."</p>
            <p><a href="/courses">"See the courses"</a>" or "<a href="/">"go to the first page"</a>"."</p>
        }
    })
    .await
}

pub(crate) async fn too_much_page(cx: &Cx) -> Response {
    plain(cx, StatusCode::PAYLOAD_TOO_LARGE, "That is more than this page can take", || {
        view! { <p>"Nothing has been changed. Please go back, make it shorter and send it again."</p> }
    })
    .await
}

pub(crate) async fn too_slow_page(cx: &Cx) -> Response {
    plain(cx, StatusCode::REQUEST_TIMEOUT, "That took too long to reach us", || {
        view! { <p>"Nothing has been changed. The line may be slow just now: please go back and send it again."</p> }
    })
    .await
}

pub(crate) async fn broken_page(cx: &Cx, broken: &Broken) -> Response {
    // The time in milliseconds finds the line in the log, and tells nobody anything else.
    let reference = cx.now().timestamp_millis().to_string();
    tracing::error!(reference, path = cx.path(), cause = %broken.cause, "broken");
    sorry(cx, &reference).await
}

async fn sorry(cx: &Cx, reference: &str) -> Response {
    let reference = reference.to_owned();
    plain(cx, StatusCode::INTERNAL_SERVER_ERROR, "Something of ours went wrong", || {
        view! {
            <p>"It is not your doing, and nothing was half kept. Please try again in a few minutes."</p>
            <p>"If you tell us about it, this number helps us find it: "<b>{reference}</b></p>
        }
    })
    .await
}

async fn plain<V: IntoView + 'static>(
    cx: &Cx,
    status: StatusCode,
    title: &'static str,
    body: impl FnOnce() -> V + Send + 'static,
) -> Response {
    let head = Head::new(title, Area::None);
    cx.page(status, head, move || view! { <div class="wrap reading"><h1>{title}</h1>{body()}</div> }).await
}
