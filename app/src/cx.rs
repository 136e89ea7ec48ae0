//! What a handler has in its hands: the node, the time, and how the answer is wanted.

use std::sync::Arc;

use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::Response;
use chrono::{DateTime, Utc};
use leptos::prelude::IntoView;

use crate::render;
use crate::site::{Public, Site};
use crate::ui::shell::Head;

/// One request's surroundings.
#[derive(Clone, Debug)]
pub struct Cx {
    pub site: Site,
    /// What public pages show, the same from the beginning of the request to its end.
    pub public: Arc<Public>,
    now: DateTime<Utc>,
    uri: Uri,
    wants_json: bool,
    if_none_match: Option<String>,
}

impl Cx {
    pub(crate) fn new(site: Site, parts: &Parts) -> Self {
        let text = |headers: &HeaderMap, name| {
            headers.get(name).and_then(|it| it.to_str().ok()).map(ToOwned::to_owned)
        };
        Self {
            public: site.public(),
            now: site.clock().now(),
            site,
            uri: parts.uri.clone(),
            wants_json: text(&parts.headers, header::ACCEPT).is_some_and(|it| it.starts_with("application/json")),
            if_none_match: text(&parts.headers, header::IF_NONE_MATCH),
        }
    }

    /// The time at which the request came in: one for all of it.
    #[must_use]
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Where the request went, without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// Whether an island asks, which takes its answer as JSON.
    #[must_use]
    pub const fn wants_json(&self) -> bool {
        self.wants_json
    }

    /// A page, rendered for this request alone.
    pub async fn page<V: IntoView + 'static>(
        &self,
        status: StatusCode,
        head: Head,
        body: impl FnOnce() -> V + Send + 'static,
    ) -> Response {
        let rendered = render::page(self, head, body).await;
        render::response(status, &rendered, render::Keep::No)
    }

    /// A page that is the same for everybody who is not signed in: rendered once, until what public pages
    /// show has changed. `key` names everything that it depends on.
    pub async fn public_page<V: IntoView + 'static>(
        &self,
        key: &str,
        head: Head,
        body: impl FnOnce() -> V + Send + 'static,
    ) -> Response {
        let rendered = match self.public.kept(key) {
            Some(rendered) => rendered,
            None => {
                let rendered = render::page(self, head, body).await;
                self.public.keep(key, rendered.clone());
                rendered
            }
        };
        if self.if_none_match.as_deref() == Some(&*rendered.etag) {
            return render::not_modified(&rendered);
        }
        render::response(StatusCode::OK, &rendered, render::Keep::AskEachTime)
    }
}
