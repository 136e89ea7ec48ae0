//! What the pages about the second factor have in common.

use leptos::prelude::*;

use super::proof::{CODE, RECOVERY_CODE};
use crate::form::FormState;
use crate::sign_in::begin::{Onward, RodeAlong};
use crate::ui::form::{Field, Takes};

/// The field for a code, and one for a recovery code that opens when it is wanted.
#[component]
pub(super) fn CodeFields(form: FormState) -> impl IntoView {
    let is_open = !form.typed.text(RECOVERY_CODE).trim().is_empty();
    view! {
        <Field
            form=form.clone()
            name=CODE
            label="The code that your app shows"
            takes=Takes::Code
            hint="Six figures. They change every 30 seconds. Spaces don’t matter."
        />
        <details class="other-way" open=is_open>
            <summary>"I can’t use my app now"</summary>
            <Field
                form
                name=RECOVERY_CODE
                label="One of your recovery codes"
                takes=Takes::Exact
                hint="You were given ten when you set this up. Each works once. If you have none left, ask the people who run this site for you."
            />
        </details>
    }
}

/// In the demo, the code that would be in the app.
#[component]
pub(super) fn DemoCode(shown: Option<String>) -> impl IntoView {
    shown.map(|it| {
        view! { <p class="notice care">"This is the demo, where nobody needs a phone. The code now is "<b class="code">{it}</b>"."</p> }
    })
}

/// Recovery codes, shown once, and where it goes on.
#[component]
pub(super) fn CodesPage(codes: Vec<String>, onward: Onward) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <h1>"Keep these ten codes"</h1>
            <p class="lead">"They are for the day when you don’t have your phone."</p>
            <p>"Each of them lets you in once, in place of a code from the app."</p>
            <ol class="codes card">
                {codes.into_iter().map(|it| view! { <li><code>{it}</code></li> }).collect_view()}
            </ol>
            <p>
                "Print this page or write them down now: we cannot show them again. Keep them where you keep papers that matter, and not on the phone itself."
            </p>
            {match onward {
                Onward::Page(path) => view! { <p class="row"><a class="button" href=path>"I have kept them"</a></p> }.into_any(),
                Onward::Rode { typed, path } => {
                    view! {
                        <h2>"Here is what you typed"</h2>
                        <p>"It has not been sent yet."</p>
                        <RodeAlong typed path/>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}
