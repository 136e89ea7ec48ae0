//! The scale by which an organisation tells levels, in its own words.

use axum::http::StatusCode;
use domain::people::FieldFault;
use domain::training::framework::levels as scale;
use leptos::prelude::*;
use store::training::frameworks::{LEVELS_CHANGED, levels, save_levels};

use super::place;
use crate::cx::Cx;
use crate::door::Answer;
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::ui::choose::filled;
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// GET /training/at/{organisation}/frameworks/levels
pub(crate) async fn show(cx: Cx, here: CoordinatesTrainingHere) -> Answer {
    let kept = levels(cx.site.db(), here.organisation.id).await?;
    page(&cx, &here, StatusCode::OK, filled(&[("levels", kept.all().join("\n"))])).await
}

/// POST /training/at/{organisation}/frameworks/levels
pub(crate) async fn keep(cx: Cx, here: CoordinatesTrainingHere, typed: Typed) -> Answer {
    match scale(typed.text("levels")) {
        Ok(levels) => {
            let tx = cx.site.db().begin().await?;
            store::organisations::lock(&tx, here.organisation.id).await?;
            save_levels(&tx, here.organisation.id, &levels).await?;
            cx.keep(tx, here.event(&cx, LEVELS_CHANGED)).await?;
            Ok(cx.done(&format!("{}?done=levels", place(here.organisation.id))))
        }
        Err(remedy) => {
            let form = FormState::refused(typed, vec![FieldFault { field: "levels", remedy }]);
            page(&cx, &here, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
    }
}

async fn page(cx: &Cx, here: &CoordinatesTrainingHere, status: StatusCode, form: FormState) -> Answer {
    let list = place(here.organisation.id);
    let head = Head::new("Levels", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=list.clone()>"Frameworks"</a></p>
                <h1>"Our levels"</h1>
                <p class="lead">"If you tell levels apart, write them here, the first one first. An assessor may choose one when something is achieved."</p>
                <form method="post" action=format!("{list}/levels") class="stack" novalidate>
                    <TextArea form name="levels" label="A level on each line" hint="For example: With somebody beside me. On my own. I help others with it."/>
                    <p class="row"><button class="button">"Keep these levels"</button></p>
                </form>
                <p>"What was judged before keeps the word it was judged with."</p>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
