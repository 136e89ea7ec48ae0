//! What lies around the doors: files, compression, and what protects every page alike.

use std::panic::AssertUnwindSafe;
use std::path::Path;

use crate::demo;
use app::Site;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// For answers that are no page of ours; pages bring their own.
const NOTHING_RUNS: &str = "default-src 'none'; frame-ancestors 'none'";

/// How hard a page that is about somebody is packed: a twelfth heavier than the usual 4, in less than half the time.
const QUICKLY: i32 = 2;

/// The whole site: doors, built files and layers. `files` is the folder that holds `pkg`.
pub fn router(site: Site, files: &Path) -> Router {
    let set = |name: HeaderName, value| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let doors = match site.is_demo() {
        true => app::router(site.clone())
            .layer(middleware::from_fn_with_state(site.clone(), demo::only_from_here)),
        false => app::router(site.clone()),
    };
    doors
        .layer(CompressionLayer::new().br(true).gzip(true).quality(CompressionLevel::Precise(QUICKLY)))
        .nest_service("/pkg", pkg(files))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(site.clone(), kind_csrf_refusal))
        .layer(set(header::CONTENT_SECURITY_POLICY, NOTHING_RUNS))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::REFERRER_POLICY, "same-origin"))
        .layer(set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(middleware::from_fn_with_state(site, survive_panics))
}

/// Built files carry their hash in their name, so they may be kept for ever.
fn pkg(files: &Path) -> Router {
    let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
    Router::new()
        .fallback_service(ServeDir::new(files.join("pkg")).precompressed_br().precompressed_gzip())
        .layer(middleware::map_response(move |mut response: Response| {
            let for_ever = for_ever.clone();
            async move {
                if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
                    response.headers_mut().insert(header::CACHE_CONTROL, for_ever);
                }
                response
            }
        }))
}

/// A form sent from another site gets a page of ours, not an empty answer.
async fn kind_csrf_refusal(State(site): State<Site>, request: Request, next: Next) -> Response {
    let head = head_of(&request);
    let response = next.run(request).await;
    match response.extensions().get::<ProtectionError>() {
        Some(_) => app::refused_elsewhere(site, head).await,
        None => response,
    }
}

/// A panic loses one request, never the node.
async fn survive_panics(State(site): State<Site>, request: Request, next: Next) -> Response {
    let head = head_of(&request);
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        // Should the page that says sorry be what panics, the words alone are left.
        Err(_) => AssertUnwindSafe(app::stumbled(site, head)).catch_unwind().await.unwrap_or_else(|_| {
            (StatusCode::INTERNAL_SERVER_ERROR, "Something of ours went wrong. Please try again.")
                .into_response()
        }),
    }
}

/// Where the request went, for an answer that has to be made after it has gone: such pages are the same for all.
fn head_of(request: &Request) -> Request {
    let mut head = Request::new(axum::body::Body::empty());
    *head.uri_mut() = request.uri().clone();
    head
}
