//! What a group is called, how many fit, and how much is asked for.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use domain::people::OrganisationId;
use domain::training::cohort::{CohortId, settle};
use leptos::prelude::*;
use store::training::cohorts::{COHORT_CHANGED, Cohort};

use super::begin::{TermsFields, terms_typed};
use super::{found, path, programme_of};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::ui::choose::filled;
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

type Here = (OrganisationId, CohortId);

/// GET /training/at/{organisation}/cohorts/{cohort}/terms
pub(crate) async fn show(cx: Cx, here: CoordinatesTrainingHere, At((_, id)): At<Here>) -> Answer {
    let cohort = found(&cx, &here, id).await?;
    let terms = &cohort.terms;
    let form = filled(&[
        ("name", terms.name.clone()),
        ("places", terms.places.to_string()),
        ("least", terms.least_percent.to_string()),
    ]);
    page(&cx, StatusCode::OK, form, &cohort).await
}

/// POST /training/at/{organisation}/cohorts/{cohort}/terms
pub(crate) async fn keep(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<Here>,
    typed: Typed,
) -> Answer {
    let cohort = found(&cx, &here, id).await?;
    let least = programme_of(&cx, &cohort).await?.outline.least_attendance_percent;
    let tx = cx.site.db().begin().await?;
    let places = store::training::places::places_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    match settle(&here.coordinator, &terms_typed(&typed), (least, places.taken())) {
        Ok(kept) => {
            store::training::places::settle(&tx, &places, &kept).await?;
            cx.keep(tx, here.event(&cx, COHORT_CHANGED).to(id.as_uuid())).await?;
            Ok(Redirect::to(&format!("{}?done=kept", path(&cohort))).into_response())
        }
        Err(faults) => {
            drop(tx);
            let form = FormState::refused(typed, faults);
            page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, &cohort).await
        }
    }
}

async fn page(cx: &Cx, status: StatusCode, form: FormState, cohort: &Cohort) -> Answer {
    let (back, name) = (path(cohort), cohort.terms.name.clone());
    let head = Head::new("Change a group", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        view! {
            <div class="wrap reading form-page">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back.clone()><bdi>{name}</bdi></a></p>
                <h1>"Change this group"</h1>
                <form method="post" action=format!("{back}/terms") class="stack" novalidate>
                    <TermsFields form/>
                    <p class="row"><button class="button">"Keep this"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
