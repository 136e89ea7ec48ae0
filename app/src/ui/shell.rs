//! What stands around every page: the head, the masthead, and where to turn when things are bad.

use std::sync::Arc;

use domain::help::HelpLine;
use leptos::prelude::*;
use leptos::tachys::html::InertElement;

use super::piece::{Piece, kept};
use crate::render::BOOT_MARK;
use crate::site::{Public, Site};

/// A page's own part of the head.
#[derive(Clone, Debug)]
pub struct Head {
    title: String,
    area: Area,
    failed: bool,
}

/// The parts of the house that the masthead leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Area {
    Home,
    Today,
    Learn,
    Courses,
    About,
    Me,
    SignIn,
    /// None of them.
    None,
}

impl Head {
    #[must_use]
    pub fn new(title: &str, area: Area) -> Self {
        Self { title: title.to_owned(), area, failed: false }
    }

    /// Whether something on the page has to be put right, which its title then says first.
    #[must_use]
    pub const fn failed(mut self, failed: bool) -> Self {
        self.failed = failed;
        self
    }
}

#[component]
pub(crate) fn Document(
    site: Site,
    public: Arc<Public>,
    signed_in: bool,
    head: Head,
    body: AnyView,
) -> impl IntoView {
    let assets = site.assets();
    // Written as text: leptos puts its markers even into a title, where a browser would show them.
    let title = {
        let error = if head.failed { "Error: " } else { "" };
        format!("<title>{error}{} · Alongside</title>", html_escape::encode_text(&head.title))
    };
    let area = head.area;
    let leave_to = site.leave_to().to_owned();
    let masthead =
        kept(&public, Piece::Masthead { area, signed_in }, || view! { <Masthead area signed_in leave_to/> });
    let help = kept(&public, Piece::HelpBand, || view! { <HelpBand lines=public.help_lines.clone()/> });
    view! {
        <!DOCTYPE html>
        <html lang="en-GB">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                {InertElement::new(title)}
                <link rel="stylesheet" href=assets.css.clone()/>
                <link rel="icon" href=assets.icon.clone() type="image/svg+xml"/>
                {InertElement::new(BOOT_MARK)}
            </head>
            <body>
                {masthead}
                <main id="main">{body}</main>
                {help}
            </body>
        </html>
    }
}

#[component]
fn Masthead(area: Area, signed_in: bool, leave_to: String) -> impl IntoView {
    let areas: &[(Area, &str, &str)] = if signed_in {
        &[(Area::Today, "/today", "Today"), (Area::Courses, "/courses", "Courses"), (Area::Me, "/me", "Me")]
    } else {
        &[
            (Area::Courses, "/courses", "Courses"),
            (Area::About, "/pages/about", "About"),
            (Area::SignIn, "/sign-in", "Sign in"),
        ]
    };
    view! {
        <header class="masthead">
            <a class="skip" href="#main">"Skip to the page"</a>
            <div class="wrap">
                <a class="brand" href="/"><Sign/>"Alongside"</a>
                <nav aria-label="Areas">
                    <ul class="areas" role="list">
                        {areas
                            .iter()
                            .map(|(it, href, name)| {
                                view! { <li><a href=*href aria-current=(*it == area).then_some("page")>{*name}</a></li> }
                            })
                            .collect_view()}
                        {signed_in.then(|| view! { <li><SignOut/></li> })}
                    </ul>
                </nav>
                <Leave signed_in to=leave_to/>
            </div>
        </header>
    }
}

#[component]
fn SignOut() -> impl IntoView {
    view! { <form method="post" action="/sign-out"><button class="area">"Sign out"</button></form> }
}

/// Signed in, leaving also signs out, so it is a form then.
#[component]
fn Leave(signed_in: bool, to: String) -> impl IntoView {
    if signed_in {
        view! { <form method="post" action="/leave" class="leaving"><button class="leave">"Leave this site"</button></form> }
            .into_any()
    } else {
        view! { <a href=to rel="noreferrer" class="leave">"Leave this site"</a> }.into_any()
    }
}

/// The sign: two arches side by side.
#[component]
fn Sign() -> impl IntoView {
    view! {
        <svg viewBox="0 0 40 40" aria-hidden="true">
            <path class="fill-pine" d="M4 36V18a9 9 0 0 1 18 0v18z"></path>
            <path class="fill-amber" d="M18 36V22a9 9 0 0 1 18 0v14z" fill-opacity=".85"></path>
        </svg>
    }
}

#[component]
fn HelpBand(lines: Vec<HelpLine>) -> impl IntoView {
    view! {
        <footer class="help">
            <div class="wrap">
                <h2>"If things are bad right now"</h2>
                <ul role="list">{lines.into_iter().map(|it| view! { <HelpItem line=it/> }).collect_view()}</ul>
                <p>
                    <a href="/concerns">"Raise a concern"</a>" about somebody’s safety, or about how things are done. "
                    "Nobody watches this site for emergencies. "
                    <a href="/pages/privacy">"How we look after what you tell us"</a>" · "
                    <a href="/pages/accessibility">"Accessibility"</a>
                </p>
            </div>
        </footer>
    }
}

#[component]
fn HelpItem(line: HelpLine) -> impl IntoView {
    let label = match line.link {
        Some(link) => view! { <a href=link>{line.label}</a> }.into_any(),
        None => line.label.into_any(),
    };
    view! { <li><b>{label}</b>" "{line.detail}</li> }
}
