//! What a handler has in its hands: the node, the time, and how the answer is wanted.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, Utc};
use domain::people::PersonId;
use domain::sign_in::SessionOver;
use leptos::prelude::IntoView;
use store::Tx;
use store::audit::{Action, Event};

use crate::packing::Packing;
use crate::render;
use crate::sign_in::{Access, Seen};
use crate::site::{Kept, Public, Rendered, Site};
use crate::ui::shell::Head;

/// Where a request came from, as far as the node believes it: whoever stands in front of the doors says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CameFrom(pub IpAddr);

/// One request's surroundings.
#[derive(Clone, Debug)]
pub struct Cx {
    pub site: Site,
    /// What public pages show, the same from the beginning of the request to its end.
    pub public: Arc<Public>,
    now: DateTime<Utc>,
    uri: Uri,
    wants_json: bool,
    if_none_match: Option<HeaderValue>,
    packing: Packing,
    user_agent: String,
    came_from: Option<IpAddr>,
    seen: Seen,
}

impl Cx {
    pub(crate) fn new(site: Site, parts: &Parts, now: DateTime<Utc>, seen: Seen) -> Self {
        let text = |name| parts.headers.get(name).and_then(|it| it.to_str().ok()).map(ToOwned::to_owned);
        let came_from = parts.extensions.get::<CameFrom>().map(|it| it.0);
        Self {
            public: site.public(),
            site,
            now,
            uri: parts.uri.clone(),
            wants_json: text(header::ACCEPT).is_some_and(|it| it.starts_with("application/json")),
            if_none_match: parts.headers.get(header::IF_NONE_MATCH).cloned(),
            packing: Packing::accepted_by(&parts.headers),
            user_agent: text(header::USER_AGENT).unwrap_or_default(),
            came_from,
            seen,
        }
    }

    /// For answers about a request that nobody has been recognised in.
    pub(crate) fn anonymous(site: Site, parts: &Parts) -> Self {
        let now = site.clock().now();
        Self::new(site, parts, now, Seen::default())
    }

    /// Who is signed in, as their token says.
    pub(crate) const fn access(&self) -> Option<Access> {
        self.seen.access
    }

    /// The same request once somebody has signed in with it: the page that answers it is theirs already.
    pub(crate) fn signed_in_as(&self, access: Access) -> Self {
        let seen = Seen { access: Some(access), ..self.seen.clone() };
        Self { seen, ..self.clone() }
    }

    /// Who was signed in here last, though they are not now.
    pub(crate) const fn lapsed(&self) -> Option<PersonId> {
        self.seen.lapsed
    }

    /// Why nobody is signed in here any more.
    pub(crate) const fn over(&self) -> Option<SessionOver> {
        self.seen.over
    }

    /// What the browser says it is.
    pub(crate) fn user_agent(&self) -> &str {
        &self.user_agent
    }

    /// Where the request came from.
    pub(crate) const fn came_from(&self) -> Option<IpAddr> {
        self.came_from
    }

    /// The day it is where the organisation is.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        crate::clock::day_of(self.now)
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

    /// Where the request went, with its query.
    #[must_use]
    pub fn here(&self) -> &str {
        self.uri.path_and_query().map_or("/", |it| it.as_str())
    }

    /// In which packings the browser takes a page.
    pub(crate) const fn packing(&self) -> Packing {
        self.packing
    }

    /// Whether an island asks, which takes its answer as JSON.
    #[must_use]
    pub const fn wants_json(&self) -> bool {
        self.wants_json
    }

    /// Whether whoever asks has what this tag stands for.
    pub(crate) fn has(&self, etag: &str) -> bool {
        self.if_none_match.as_ref().is_some_and(|it| it.as_bytes() == etag.as_bytes())
    }

    /// Something that the person with this id does now about themselves, about to be written down.
    pub(crate) fn event(&self, action: Action, person: PersonId) -> Event {
        Event::new(self.now, action).by(person.as_uuid()).about(person.as_uuid())
    }

    /// Writes down what was done, as the last thing in its transaction, and makes it all last.
    pub(crate) async fn keep(&self, tx: Tx, event: Event) -> store::Result<()> {
        store::audit::append(&tx, event).await?;
        tx.commit().await
    }

    /// The answer when something has been done: on to a page of ours. An island is told where instead.
    #[must_use]
    pub fn done(&self, next: &str) -> Response {
        self.told(next, None)
    }

    /// The same, with a sentence that an island says where it stands.
    #[must_use]
    pub fn done_saying(&self, next: &str, said: &str) -> Response {
        self.told(next, Some(("said", said)))
    }

    /// The same, with the number of what is kept now, for an island whose form stays open.
    #[must_use]
    pub fn done_keeping(&self, next: &str, revision: i64) -> Response {
        self.told(next, Some(("revision", &revision.to_string())))
    }

    fn told(&self, next: &str, more: Option<(&str, &str)>) -> Response {
        if !self.wants_json {
            return Redirect::to(next).into_response();
        }
        let json = HeaderValue::from_static("application/json");
        let headers =
            [(header::CONTENT_TYPE, json), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        let told: BTreeMap<_, _> = [("next", next)].into_iter().chain(more).collect();
        (headers, serde_json::json!(told).to_string()).into_response()
    }

    /// A page, rendered for this request alone.
    pub async fn page<V: IntoView + 'static>(
        &self,
        status: StatusCode,
        head: Head,
        body: impl FnOnce() -> V + Send + 'static,
    ) -> Response {
        let rendered = render::page(self, head, body).await;
        render::response(self, status, &rendered, render::Keep::No)
    }

    /// A page that is the same for everybody who is not signed in: rendered once, until what public pages
    /// show has changed. `key` names everything that it depends on.
    pub async fn public_page<V: IntoView + 'static>(
        &self,
        key: &str,
        head: Head,
        body: impl FnOnce() -> V + Send + 'static,
    ) -> Response {
        if self.access().is_some() {
            return self.page(StatusCode::OK, head, body).await;
        }
        let rendered = self.kept_page(key, Packing::SMALLEST, head, body).await;
        let has_it = |it: &Kept| self.if_none_match.as_ref() == Some(&it.etag);
        if rendered.kept.as_ref().is_some_and(has_it) {
            return render::not_modified(self, &rendered);
        }
        render::kept_response(self, &rendered, render::Keep::AskEachTime)
    }

    /// A page that tells nothing of who is signed in, and so is the same for many: rendered once, until what
    /// public pages show has changed. `key` names everything that it depends on. Browsers do not keep it.
    pub(crate) async fn shared_page<V: IntoView + 'static>(
        &self,
        key: &str,
        head: Head,
        body: impl FnOnce() -> V + Send + 'static,
    ) -> Response {
        let rendered = self.kept_page(key, Packing::QUICK, head, body).await;
        render::kept_response(self, &rendered, render::Keep::No)
    }

    async fn kept_page<V: IntoView + 'static>(
        &self,
        key: &str,
        quality: i32,
        head: Head,
        body: impl FnOnce() -> V + Send + 'static,
    ) -> Rendered {
        if let Some(rendered) = self.public.kept(key) {
            return rendered;
        }
        let mut rendered = render::page(self, head, body).await;
        rendered.kept = Some(render::to_keep(&rendered.html, quality));
        self.public.keep(key, rendered.clone());
        rendered
    }
}
