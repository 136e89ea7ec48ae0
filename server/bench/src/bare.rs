//! The limit: an axum handler that checks the token, asks the database what the page asks it, and gives back the
//! page's bytes from memory.
//!
//! What a page asks is heard while the real router makes it once. So the bare handler asks the same, whatever a
//! page comes to ask in time.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, ensure};
use app::Site;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use server::layers;
use server::settings::Settings;
use store::Db;
use store::heard::Ran;
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::learners::{EVERYTHING, cookie, person};

/// A page to be measured against.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    method: Method,
    signed_in: bool,
    path: String,
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.splitn(3, ':');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(method), Some(who), Some(path)) => Ok(Self {
                method: method.to_uppercase().parse().map_err(|_| format!("{method} is no method"))?,
                signed_in: who != "nobody",
                path: path.to_owned(),
            }),
            _ => Err(format!("{text} is not like get:nobody:/courses")),
        }
    }
}

/// What is kept of a page.
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
    /// What was asked for it, and about whom; nothing if anybody may see it.
    asked: Option<(u32, Vec<Ran>)>,
}

/// By method, path and encoding.
type Pages = HashMap<(Method, String, bool), Kept>;

#[derive(Clone)]
struct Limit {
    site: Site,
    pages: Arc<Pages>,
}

/// Listens where the settings say, until it is ended.
pub(crate) async fn serve(settings: &Settings, db: &Db, wanted: &[Wanted]) -> Result<()> {
    let pages = Arc::new(pages(settings, db, wanted).await?);
    // Another node, to which nobody listens.
    let site = crate::site(settings, db.clone()).await?;
    let listener = TcpListener::bind(settings.addr).await?;
    let ready = axum::routing::get(|| async { "ready" });
    let router = Router::new().route("/health/ready", ready).fallback(answer);
    axum::serve(listener, router.with_state(Limit { site, pages })).await?;
    Ok(())
}

async fn answer(State(limit): State<Limit>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let packed = parts.headers.contains_key(header::ACCEPT_ENCODING);
    let key = (parts.method, parts.uri.path().to_owned(), packed);
    let Some(page) = limit.pages.get(&key) else { return StatusCode::NOT_FOUND.into_response() };
    if let Some((somebody, asked)) = &page.asked {
        let Some(access) = limit.site.signed_in(&parts.headers) else {
            return StatusCode::UNAUTHORIZED.into_response();
        };
        let instead = (person(*somebody), access.person.as_uuid());
        if let Err(error) = limit.site.db().again(asked, instead).await {
            return (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response();
        }
    }
    (page.status, page.headers.clone(), page.bytes.clone()).into_response()
}

/// Has the real router make each page once, and remembers what it asked.
async fn pages(settings: &Settings, db: &Db, wanted: &[Wanted]) -> Result<Pages> {
    let heard: Arc<Mutex<Vec<Ran>>> = Arc::default();
    let hearing = {
        let heard = heard.clone();
        move |it| heard.lock().unwrap_or_else(PoisonError::into_inner).push(it)
    };
    let site = crate::site(settings, db.clone().heard_by(hearing)).await?;
    let router = layers::router(site.clone(), &settings.site, settings.proxies.clone());
    let mut pages = Pages::new();
    for it in wanted {
        // Marking a lesson as read uses somebody up, who is then not measured.
        let somebody = if it.method == Method::GET { 1 } else { EVERYTHING };
        for packed in [false, true] {
            let mut request = Request::builder().method(it.method.clone()).uri(&it.path);
            if packed {
                request = request.header(header::ACCEPT_ENCODING, "br");
            }
            if it.signed_in {
                request = request.header(header::COOKIE, cookie(&site, somebody));
            }
            heard.lock().unwrap_or_else(PoisonError::into_inner).clear();
            let answer = router.clone().oneshot(request.body(Body::empty())?).await;
            let (parts, body) = answer.map_err(|never| anyhow!("{never}"))?.into_parts();
            let bytes = body.collect().await.context("a page broke off")?.to_bytes();
            ensure!(parts.status.as_u16() < 400, "{} {} answered {}", it.method, it.path, parts.status);
            let asked = std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner));
            let asked = it.signed_in.then_some((somebody, asked));
            let mut headers = HeaderMap::new();
            for name in [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::LOCATION] {
                if let Some(value) = parts.headers.get(&name) {
                    headers.insert(name, value.clone());
                }
            }
            let kept = Kept { status: parts.status, headers, bytes, asked };
            pages.insert((it.method.clone(), it.path.clone(), packed), kept);
        }
    }
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wanted_page_is_read() {
        let it: Wanted = "post:learner:/learn/a/b".parse().unwrap();
        assert_eq!((it.method, it.signed_in, it.path.as_str()), (Method::POST, true, "/learn/a/b"));
        assert!("get:/courses".parse::<Wanted>().is_err());
    }
}
