//! One way to render a page: whole, on the server, with no script unless it has an island.

use axum::body::{Body, Bytes};
use axum::http::uri::Authority;
use axum::http::{HeaderValue, Request, StatusCode, Uri, header};
use axum::response::Response;
use futures::StreamExt;
use futures::stream::once;
use leptos::prelude::*;
use leptos_integration_utils::{BoxedFnOnce, PinnedFuture, PinnedStream};
use memchr::memmem;

use crate::cx::Cx;
use crate::packing::Packed;
use crate::site::{Kept, Rendered};
use crate::ui::shell::{Document, Head};

/// Stands in the head until it is known whether the page has an island: the head is written first, so a
/// component in it cannot know. People's text cannot contain it, because text is escaped.
pub(crate) const BOOT_MARK: &str = "<!--BOOT-->";

/// What a page's parts may be and where they may come from: the content security policies of pages without and
/// with islands.
#[derive(Clone, Debug)]
pub(crate) struct Policies {
    plain: HeaderValue,
    islands: HeaderValue,
}

impl Policies {
    /// `leave_to` is where *Leave this site* leads: signed in it is a form, so forms may end up there.
    pub(crate) fn new(leave_to: &Uri) -> Self {
        let (scheme, host) = (leave_to.scheme_str(), leave_to.authority().map(Authority::as_str));
        let origin = scheme.zip(host).map(|(scheme, host)| format!(" {scheme}://{host}")).unwrap_or_default();
        let policy = |scripts: &str| {
            let policy = format!(
                "default-src 'none';{scripts} style-src 'self'; img-src 'self' data:; font-src 'self'; \
                 form-action 'self'{origin}; base-uri 'none'; frame-ancestors 'none'"
            );
            match HeaderValue::from_str(&policy) {
                Ok(policy) => policy,
                Err(error) => unreachable!("an address has no signs that a header could not: {error}"),
            }
        };
        let scripts = " script-src 'self' 'wasm-unsafe-eval'; connect-src 'self';";
        Self { plain: policy(""), islands: policy(scripts) }
    }

    fn of(&self, page: &Rendered) -> HeaderValue {
        if page.has_islands { self.islands.clone() } else { self.plain.clone() }
    }
}

/// How long a page may be kept by whoever received it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Not at all: it is about somebody.
    No,
    /// For as long as the server, asked each time, says that it is still the same.
    AskEachTime,
}

/// Renders a page with everything around it.
pub(crate) async fn page<V: IntoView + 'static>(
    cx: &Cx,
    head: Head,
    body: impl FnOnce() -> V + Send + 'static,
) -> Rendered {
    let (site, public, signed_in) = (cx.site.clone(), cx.public.clone(), cx.access().is_some());
    let document = move || {
        // Before anything else is built: without it every page would carry a script of leptos' own.
        if let Some(shared) = Owner::current_shared_context() {
            shared.set_is_hydrating(false);
        }
        let body = body().into_any();
        view! { <Document site public signed_in head body/> }
    };
    // leptos_axum wants a request; pages are functions of their data and never look at it.
    let answer =
        leptos_axum::handle_response_inner(|| (), document, Request::new(Body::empty()), whole).await;
    let html = match http_body_util::BodyExt::collect(answer.into_body()).await {
        Ok(html) => html.to_bytes(),
        Err(error) => unreachable!("a page rendered into memory has no line to lose: {error}"),
    };
    with_boot(cx, html)
}

/// Everything in one string; leptos' own builder appends a script to each page.
fn whole<V: IntoView + 'static>(
    page: V,
    _chunks: BoxedFnOnce<PinnedStream<String>>,
    _out_of_order: bool,
) -> PinnedFuture<PinnedStream<String>> {
    Box::pin(async move {
        let mut parts = page.to_html_stream_in_order();
        // Mostly there is one.
        let mut html = parts.next().await.unwrap_or_default();
        while let Some(more) = parts.next().await {
            html.push_str(&more);
        }
        Box::pin(once(async move { html })) as PinnedStream<String>
    })
}

/// Puts what islands need in the place of the mark, or nothing if there are none.
fn with_boot(cx: &Cx, html: Bytes) -> Rendered {
    let has_islands = memmem::find(&html, b"<leptos-island").is_some();
    let boot = if has_islands { cx.site.assets().boot() } else { "" };
    let Some(mark) = memmem::find(&html, BOOT_MARK.as_bytes()) else {
        unreachable!("the document's head carries the mark");
    };
    let mut html = Vec::from(html);
    html.splice(mark..mark + BOOT_MARK.len(), boot.bytes());
    Rendered { html: Bytes::from(html), has_islands, kept: None }
}

/// What a page needs that is kept.
pub(crate) fn to_keep(html: &[u8], quality: i32) -> Kept {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    html.hash(&mut hasher);
    let Ok(etag) = HeaderValue::try_from(format!("W/\"{:016x}\"", hasher.finish())) else {
        unreachable!("a number in quotation marks is a header's value");
    };
    Kept { etag, packed: Packed::of(html, quality) }
}

pub(crate) fn response(cx: &Cx, status: StatusCode, rendered: &Rendered, keep: Keep) -> Response {
    let mut response = Response::new(Body::from(rendered.html.clone()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    kept(cx, &mut response, rendered, keep);
    response
}

/// A page that is kept, in the form that the browser likes best.
pub(crate) fn kept_response(cx: &Cx, rendered: &Rendered, keep: Keep) -> Response {
    let mut response = response(cx, StatusCode::OK, rendered, keep);
    if let Some((bytes, encoding)) = rendered.kept.as_ref().and_then(|it| it.packed.as_asked(cx.packing())) {
        response.headers_mut().insert(header::CONTENT_ENCODING, encoding);
        *response.body_mut() = Body::from(bytes);
    }
    response
}

/// The answer to somebody who has the page already.
pub(crate) fn not_modified(cx: &Cx, rendered: &Rendered) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    kept(cx, &mut response, rendered, Keep::AskEachTime);
    response
}

fn kept(cx: &Cx, response: &mut Response, rendered: &Rendered, keep: Keep) {
    let headers = response.headers_mut();
    // With a 304 as well: a browser puts its headers in the place of the ones it has kept.
    headers.insert(header::CONTENT_SECURITY_POLICY, cx.site.policies().of(rendered));
    match keep {
        Keep::No => {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        Keep::AskEachTime => {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            headers.insert(header::VARY, HeaderValue::from_static("cookie, accept-encoding"));
            if let Some(kept) = &rendered.kept {
                headers.insert(header::ETAG, kept.etag.clone());
            }
        }
    }
}
