//! The page on which an app is set up: for somebody who has never done such a thing.

use leptos::prelude::*;

use super::pieces::DemoCode;
use super::proof::CODE;
use crate::form::FormState;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::Area;
use crate::ui::square::Square;

/// Where the page stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    /// Where its form goes.
    pub(super) to: &'static str,
    pub(super) area: Area,
    /// Whether it is asked, or the person's own wish.
    pub(super) is_asked: bool,
}

/// `shown` is the app's code, where nobody has an app; `locked` and `fields` are what its form carries besides the code.
#[component]
pub(super) fn SetUpPage(
    form: FormState,
    offer: Offer,
    key: String,
    address: String,
    drawing: (Vec<bool>, usize),
    shown: Option<String>,
    locked: String,
    fields: AnyView,
) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <h1>"Set up a second step"</h1>
            <p class="lead">"From now on you sign in with your password and a code from an app on your phone."</p>
            {offer
                .is_asked
                .then(|| {
                    view! {
                        <p class="notice">
                            "You can see things here that are about other people. So we ask you for this before anything opens. You do it once; it takes about five minutes."
                        </p>
                    }
                })}
            <h2>"1. Find an app for codes"</h2>
            <p>
                "Your phone may have one already: look in its settings under passwords. If not, look for “authenticator” in its app shop. The well-known ones cost nothing."
            </p>
            <h2>"2. Show it this square"</h2>
            <p>"In the app, choose to add an account, and point the phone’s camera at the square."</p>
            <Square drawing title="A square for your app’s camera" says="It holds the same key that stands below as text."/>
            <p>"Are you reading this on that phone? "<a href=address>"Open the app from here"</a>"."</p>
            <p>"Or type this key into the app by hand. If it asks, the key is “time-based”."</p>
            <p class="key card"><code>{key}</code></p>
            <h2>"3. Type the code that it shows"</h2>
            <DemoCode shown/>
            <form method="post" action=offer.to class="stack" novalidate>
                <Field
                    form
                    name=CODE
                    label="The code that your app shows"
                    takes=Takes::Code
                    hint="Six figures. They change every 30 seconds. Spaces don’t matter."
                />
                <input type="hidden" name="proposal" value=locked/>
                {fields}
                <p class="row"><button class="button">"Switch it on"</button></p>
            </form>
        </div>
    }
}
