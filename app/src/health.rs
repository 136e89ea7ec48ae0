//! For whatever watches over the node: is it alive, and can it do its work.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::cx::Cx;
use crate::door::Answer;
use crate::permits::Anyone;

/// GET /health/live: the process answers.
pub(crate) async fn live(_: Cx, _: Anyone) -> Answer {
    Ok(word(StatusCode::OK, "alive"))
}

/// GET /health/ready: the database answers too.
pub(crate) async fn ready(cx: Cx, _: Anyone) -> Answer {
    match cx.site.db().ping().await {
        Ok(()) => Ok(word(StatusCode::OK, "ready")),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            Ok(word(StatusCode::SERVICE_UNAVAILABLE, "not ready"))
        }
    }
}

fn word(status: StatusCode, word: &'static str) -> Response {
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    let never_kept = HeaderValue::from_static("no-store");
    (status, [(header::CONTENT_TYPE, plain), (header::CACHE_CONTROL, never_kept)], word).into_response()
}
