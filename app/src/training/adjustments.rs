//! What would help somebody with the application and the conversation: the one thing about support that is asked before
//! an offer. It stands on a page of its own, and so it does for whoever arranges.

use domain::training::{ApplicationId, keep_adjustments};
use leptos::prelude::*;
use store::training::{applications, conversations};

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::Typed;
use crate::permits::rounds::OwnApplication;
use crate::revised::{Refused, refused, revision_of, seen};
use crate::ui::choose::filled;
use crate::ui::form::ErrorSummary;
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// GET /training/applications/{application}/adjustments
pub(crate) async fn show(cx: Cx, own: OwnApplication) -> Answer {
    let id = own.application.id;
    if !own.application.standing.state.is_open_for_adjustments() {
        return Ok(cx.done(&format!("/training/applications/{id}")));
    }
    let kept = conversations::asked(cx.site.db(), id).await?.unwrap_or_default().words;
    let form = filled(&[("adjustments", kept.value)]);
    page(&cx, id, Refused::opened(form, kept.revision)).await
}

/// POST /training/applications/{application}/adjustments
pub(crate) async fn keep(cx: Cx, _own: OwnApplication, At(id): At<ApplicationId>, typed: Typed) -> Answer {
    let tx = cx.site.db().begin().await?;
    let now = applications::application_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    if !now.standing.state.is_open_for_adjustments() {
        return Ok(cx.done(&format!("/training/applications/{id}")));
    }
    let current = conversations::asked_now(&tx, id).await?.map(|it| it.words);
    match keep_adjustments(current.as_ref(), typed.text("adjustments"), seen(&typed)) {
        Ok(next) => {
            conversations::save_asked(&tx, id, &next, cx.now()).await?;
            tx.commit().await?;
            Ok(cx.done(&format!("/training/applications/{id}?done=adjustments#help")))
        }
        Err(why) => {
            drop(tx);
            let revision = revision_of(current.as_ref());
            let kept = current.map(|it| it.value).unwrap_or_default();
            page(&cx, id, refused(typed, why, ("adjustments", revision), kept)).await
        }
    }
}

async fn page(cx: &Cx, id: ApplicationId, opened: Refused<String>) -> Answer {
    let Refused { status, form, revision, newer } = opened;
    let head = Head::new("What would help me", Area::Learn).failed(!form.faults.is_empty());
    let back = format!("/training/applications/{id}");
    let action = format!("{back}/adjustments");
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back.clone()>"My application"</a></p>
                <h1>"What would help me"</h1>
                <p class="lead">"With the application, and with the talk. Only the coordinator who arranges the talk reads this. Whoever decides never does."</p>
                {newer.map(|it| view! { <Newer texts=vec![("What would help me", it)]/> })}
                <form method="post" action=action class="stack" novalidate>
                    <TextArea form name="adjustments" label="What would help?" hint="Such as: the questions before the day, a room without stairs, somebody with me, a break. Empty the field to take it back."/>
                    <p>"Please write what helps, and not why. Nobody asks for a diagnosis."</p>
                    <input type="hidden" name="revision" value=revision/>
                    <p class="row"><button class="button">"Keep this"</button><a href=back>"Back"</a></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
