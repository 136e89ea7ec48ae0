//! What an organisation's placements begin with: its agreement, and what somebody is shown in their first days.

use domain::training::papers::{Texts, keep_texts};
use leptos::prelude::*;
use store::training::papers::{TEXTS_CHANGED, save_texts, texts, texts_now};

use crate::cx::Cx;
use crate::door::Answer;
use crate::form::Typed;
use crate::permits::CoordinatesTrainingHere;
use crate::revised::{Refused, refused, revision_of, seen};
use crate::training::readable::readable;
use crate::ui::choose::filled;
use crate::ui::form::ErrorSummary;
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// GET /training/at/{organisation}/placements/texts
pub(crate) async fn show(cx: Cx, here: CoordinatesTrainingHere) -> Answer {
    let kept = texts(cx.site.db(), here.organisation.id).await?.unwrap_or_default();
    let fields = [("agreement", kept.value.agreement), ("items", kept.value.items.join("\n"))];
    page(&cx, &here, Refused::opened(filled(&fields), kept.revision)).await
}

/// POST /training/at/{organisation}/placements/texts
pub(crate) async fn keep(cx: Cx, here: CoordinatesTrainingHere, typed: Typed) -> Answer {
    let organisation = here.organisation.id;
    let tx = cx.site.db().begin().await?;
    store::organisations::lock(&tx, organisation).await?;
    let current = texts_now(&tx, organisation).await?;
    let form = (typed.text("agreement"), typed.text("items"));
    let next = keep_texts(&here.coordinator, current.as_ref(), form, seen(&typed));
    match readable(next, ("agreement", typed.text("agreement"))) {
        Ok(next) => {
            save_texts(&tx, organisation, &next).await?;
            cx.keep(tx, here.event(&cx, TEXTS_CHANGED)).await?;
            Ok(cx.done(&format!("/training/at/{organisation}/placements?done=texts")))
        }
        Err(why) => {
            drop(tx);
            let newer = current.as_ref().map(|it| it.value.clone());
            let opened = refused(typed, why, ("agreement", revision_of(current.as_ref())), newer);
            page(&cx, &here, opened).await
        }
    }
}

async fn page(cx: &Cx, here: &CoordinatesTrainingHere, opened: Refused<Option<Texts>>) -> Answer {
    let Refused { status, form, revision, newer } = opened;
    let all = format!("/training/at/{}/placements", here.organisation.id);
    let head = Head::new("Texts of placements", Area::Me).failed(!form.faults.is_empty());
    let newer =
        newer.flatten().map(|it| vec![("The agreement", it.agreement), ("The list", it.items.join("\n"))]);
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=all.clone()>"Placements"</a></p>
                <h1>"What placements begin with"</h1>
                <p class="lead">"A new placement takes these as they are on that day. Both sign them. What was arranged before keeps its own."</p>
                {newer.map(|texts| view! { <Newer texts/> })}
                <form method="post" action=format!("{all}/texts") class="stack" novalidate>
                    <TextArea form=form.clone() name="agreement" label="What do both agree to?" hint="Plain text with a few signs, called Markdown. Leave it empty if you have no agreement." rows="12"/>
                    <TextArea form name="items" label="What is somebody shown in their first days?" hint="One thing on each line, such as: The way out if there is a fire. It is ticked, one by one, and signed by both at the end." rows="8"/>
                    <input type="hidden" name="revision" value=revision/>
                    <p class="row"><button class="button">"Keep this"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
