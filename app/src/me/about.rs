//! What I am called, how I am spoken of, and how to reach me.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{AboutMeForm, ReachWay};
use leptos::prelude::*;

use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::SignedIn;
use crate::ui::choose::filled;
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// GET /me/about
pub(crate) async fn show(cx: Cx, me: SignedIn) -> Answer {
    let known = store::people::known(cx.site.db(), me.id()).await?.ok_or(TurnedAway::SignIn)?;
    let mut fields = vec![("known_as", known.known_as), ("pronouns", known.pronouns)];
    match store::me::reach(cx.site.db(), me.id()).await? {
        Some(it) => {
            fields.extend([("way", it.way.as_str().to_owned()), ("phone", it.phone), ("note", it.note)]);
        }
        None => fields.push(("way", ReachWay::Email.as_str().to_owned())),
    }
    Ok(page(&cx, StatusCode::OK, filled(&fields)).await)
}

/// POST /me/about
pub(crate) async fn keep(cx: Cx, me: SignedIn, typed: Typed) -> Answer {
    let form = AboutMeForm {
        known_as: typed.text("known_as"),
        pronouns: typed.text("pronouns"),
        way: typed.text("way"),
        phone: typed.text("phone"),
        note: typed.text("note"),
    };
    match domain::people::about_me(&form) {
        Ok(about) => {
            let tx = cx.site.db().begin().await?;
            store::me::save_about_me(&tx, me.id(), &about).await?;
            cx.keep(tx, cx.event(store::me::ABOUT_ME_CHANGED, me.id())).await?;
            Ok(Redirect::to("/me?done=about").into_response())
        }
        Err(faults) => {
            let form = FormState::refused(typed, faults);
            Ok(page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form).await)
        }
    }
}

async fn page(cx: &Cx, status: StatusCode, form: FormState) -> Response {
    let head = Head::new("About me", Area::Me).failed(!form.faults.is_empty());
    cx.page(status, head, move || view! { <AboutPage form/> }).await
}

#[component]
fn AboutPage(form: FormState) -> impl IntoView {
    let ways = ReachWay::ALL.into_iter().map(|it| (it.as_str(), it.label())).collect();
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"About me"</h1>
            <form method="post" action="/me/about" class="stack" novalidate>
                <Field form=form.clone() name="known_as" label="What would you like to be called?" hint="Any name you like."/>
                <Field
                    form=form.clone()
                    name="pronouns"
                    label="How should people speak of you?"
                    takes=Takes::Line
                    hint="Such as she, he or they. You can leave this empty."
                />
                <Choices form=form.clone() name="way" legend="How is it best to reach you?".to_owned() choices=ways/>
                <Field
                    form=form.clone()
                    name="phone"
                    label="Your telephone number"
                    takes=Takes::Phone
                    hint="Only if you want to be rung or sent a text."
                />
                <Field
                    form
                    name="note"
                    label="What should we bear in mind?"
                    takes=Takes::Line
                    hint="Such as: not before ten, or please leave no message. Nothing about your health is needed."
                />
                <p class="row"><button class="button">"Keep this"</button><a href="/me">"Leave it as it was"</a></p>
            </form>
        </div>
    }
}
