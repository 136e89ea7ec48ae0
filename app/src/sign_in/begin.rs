//! A session begins, and somebody goes on to where they were going.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::PersonId;
use domain::sign_in::{Lifetimes, SessionKind};
use leptos::prelude::*;
use store::Tx;
use store::sign_in::SIGNED_IN;

use super::access::Access;
use super::cookies::handed_out;
use super::device;
use super::pages::Next;
use super::secrets::Token;
use crate::answer::Broken;
use crate::cx::Cx;
use crate::form::Typed;
use crate::ui::shell::{Area, Head};

/// A session that has begun, and the token that carries it on.
pub(super) struct Begun {
    access: Access,
    refresh: Token,
}

/// Who comes in, and how.
pub(super) struct Entry {
    pub(super) person: PersonId,
    pub(super) kind: SessionKind,
    /// Whether they have given the second factor on the way.
    pub(super) second_factor: bool,
}

/// Begins a session as the last thing in a transaction.
pub(super) async fn begin(cx: &Cx, tx: Tx, entry: Entry) -> Result<Begun, Broken> {
    let Entry { person, kind, second_factor } = entry;
    let (refresh, now) = (Token::random(), cx.now());
    let device = device::named(cx.user_agent());
    let session = store::sessions::begin(&tx, person, (kind, &device), refresh.hash(), now).await?;
    if second_factor {
        store::second_factor::save_given(&tx, session, now).await?;
    }
    cx.keep(tx, cx.event(SIGNED_IN, person).to(session.as_uuid())).await?;
    let expires_at = now + Lifetimes::default().of(kind).access;
    let access = Access { person, session, kind, second_factor, issued_at: now, expires_at };
    Ok(Begun { access, refresh })
}

impl Begun {
    /// For the page that answers: whoever has just signed in finds *Sign out* and their own areas on it.
    pub(super) fn seen(&self, cx: &Cx) -> Cx {
        cx.signed_in_as(self.access)
    }

    /// Hands out the cookies with an answer.
    pub(super) fn with(&self, cx: &Cx, mut response: Response) -> Response {
        for cookie in handed_out(cx.site.cookies(), cx.site.access_keys(), &self.access, &self.refresh) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// Where somebody goes on to: a page, or a form that rode along.
#[derive(Clone, Debug)]
pub(crate) enum Onward {
    Page(String),
    Rode { typed: Typed, path: String },
}

impl Onward {
    /// What rode along comes back to the person who typed it, and to nobody else.
    pub(super) fn of(cx: &Cx, person: PersonId, next: Next) -> Self {
        let rode = next.riding.and_then(|it| Some((it.opened_by(&cx.site, person)?, it.path)));
        match rode {
            Some((typed, path)) => Self::Rode { typed, path },
            None => Self::Page(next.path.unwrap_or_else(|| "/today".to_owned())),
        }
    }

    /// Goes there. `title` stands above a form that rode along.
    pub(super) async fn go(self, cx: &Cx, title: &'static str) -> Response {
        match self {
            Self::Page(path) => Redirect::to(&path).into_response(),
            Self::Rode { typed, path } => {
                let head = Head::new("Here is what you typed", Area::None);
                cx.page(StatusCode::OK, head, move || view! { <RodeAlongPage title typed path/> }).await
            }
        }
    }
}

#[component]
fn RodeAlongPage(title: &'static str, typed: Typed, path: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <h1>{title}</h1>
            <p class="lead">"What you typed is still here. It has not been sent yet."</p>
            <RodeAlong typed path/>
        </div>
    }
}

/// A form that rode along, ready to be sent where it was going.
#[component]
pub(super) fn RodeAlong(typed: Typed, path: String) -> impl IntoView {
    let fields: Vec<_> = typed.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let shown = fields.iter().map(|it| it.1.clone()).filter(|it| !it.trim().is_empty()).collect::<Vec<_>>();
    view! {
        {(!shown.is_empty())
            .then(|| {
                view! { <ul class="card rode">{shown.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul> }
            })}
        <form method="post" action=path class="stack">
            {fields
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
                .collect_view()}
            <p class="row"><button class="button">"Send it now"</button><a href="/today">"Let it go"</a></p>
        </form>
    }
}
