//! What lies around the doors: files, compression, and what protects every page alike.

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;

use crate::demo;
use crate::proxies::{self, Proxies};
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

/// What a browser does with an address that it once reached by https: nothing else for a year.
const HTTPS_ONLY: &str = "max-age=31536000";
/// How hard a page that is about somebody is packed: a twelfth heavier than the usual 4, in less than half the time.
const QUICKLY: i32 = 2;

/// The whole site: doors, built files and layers. `files` is the folder that holds `pkg`.
pub fn router(site: Site, files: &Path, proxies: Proxies) -> Router {
    let set = |name: HeaderName, value| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let doors = match site.is_demo() {
        true => app::router(site.clone())
            .layer(middleware::from_fn_with_state(site.clone(), demo::only_from_here)),
        false => app::router(site.clone()),
    };
    let doors = doors
        .layer(CompressionLayer::new().br(true).gzip(true).quality(CompressionLevel::Precise(QUICKLY)))
        .nest_service("/pkg", pkg(files))
        .layer(csrf(site.public_url()))
        .layer(middleware::from_fn_with_state(site.clone(), kind_csrf_refusal))
        .layer(set(header::CONTENT_SECURITY_POLICY, NOTHING_RUNS))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::REFERRER_POLICY, "same-origin"))
        .layer(set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"));
    let doors = match site.is_https() {
        true => doors.layer(set(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY)),
        false => doors,
    };
    doors
        .layer(middleware::from_fn_with_state(Arc::new(proxies), proxies::tell))
        .layer(middleware::from_fn_with_state(site, survive_panics))
}

/// Refuses forms from other sites. Our own pages are known by what browsers call the site, whatever a proxy
/// makes of the Host.
fn csrf(public_url: &str) -> CsrfLayer {
    CsrfLayer::new().add_trusted_origin(public_url).unwrap_or_default()
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
