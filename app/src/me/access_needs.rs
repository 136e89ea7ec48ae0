//! What I need so that I can take part, and whom I tell.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use domain::people::{AccessNeedsForm, NeedsReader, NeedsShare, OrganisationId, access_needs};
use leptos::prelude::*;
use store::access_needs::ACCESS_NEEDS_CHANGED;

use crate::cx::Cx;
use crate::door::Answer;
use crate::form::{FormState, Typed};
use crate::permits::SignedIn;
use crate::ui::choose::{Ticks, filled};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// GET /me/access-needs
pub(crate) async fn show(cx: Cx, me: SignedIn) -> Answer {
    let kept = store::access_needs::of(cx.site.db(), me.id()).await?;
    let fields = kept.map(|it| {
        let shares = it.shares.iter().map(|it| ("share", it.spelled()));
        [("needs", it.needs)].into_iter().chain(shares).collect::<Vec<_>>()
    });
    page(&cx, StatusCode::OK, &me, filled(&fields.unwrap_or_default())).await
}

/// POST /me/access-needs
pub(crate) async fn keep(cx: Cx, me: SignedIn, typed: Typed) -> Answer {
    let shares: Vec<_> = typed.fields().filter(|it| it.0 == "share").map(|it| it.1).collect();
    let form = AccessNeedsForm { needs: typed.text("needs"), shares: &shares };
    match access_needs(&form, &organisations(&me)) {
        Ok(needs) => {
            let tx = cx.site.db().begin().await?;
            store::access_needs::save(&tx, me.id(), &needs, cx.now()).await?;
            cx.keep(tx, cx.event(ACCESS_NEEDS_CHANGED, me.id())).await?;
            Ok(Redirect::to("/me?done=access-needs").into_response())
        }
        Err(faults) => {
            let form = FormState::refused(typed, faults);
            page(&cx, StatusCode::UNPROCESSABLE_ENTITY, &me, form).await
        }
    }
}

/// Those to which the person is something today.
fn organisations(me: &SignedIn) -> Vec<OrganisationId> {
    let mut all: Vec<_> = me.actor.engagements().iter().map(|it| it.organisation).collect();
    all.sort_unstable();
    all.dedup();
    all
}

async fn page(cx: &Cx, status: StatusCode, me: &SignedIn, form: FormState) -> Answer {
    let known = store::organisations::organisations(cx.site.db(), &organisations(me)).await?;
    let at = |it: &store::organisations::Organisation| {
        NeedsReader::ALL.map(|with| {
            let share = NeedsShare { organisation: it.id, with };
            (share.spelled(), format!("{}, at {}", with.label(), it.name))
        })
    };
    let choices = known.iter().flat_map(at).collect();
    let head = Head::new("What I need", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <NeedsPage form choices/> }).await)
}

#[component]
fn NeedsPage(form: FormState, choices: Vec<(String, String)>) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"What I need to take part"</h1>
            <p class="lead">"Only if you want to say so. Nobody asks why, and nobody who chooses people for a role reads it."</p>
            <form method="post" action="/me/access-needs" class="stack" novalidate>
                <TextArea
                    form=form.clone()
                    name="needs"
                    label="What helps you take part?"
                    hint="Such as: step-free rooms, a break each hour, written words instead of calls. Empty the field to take it all back."
                />
                <Ticks
                    form
                    name="share"
                    legend="Whom do you want to tell?"
                    choices
                    hint="Whoever you don’t tick does not see it. You can change this whenever you like, and your log says who has read it."
                />
                <p class="row"><button class="button">"Keep this"</button><a href="/me">"Leave it as it was"</a></p>
            </form>
            <p class="soft">"Besides those you tick, whoever looks after the computer that this site runs on could read it."</p>
        </div>
    }
}
