//! Choosing who holds a group's sessions.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use domain::people::{FieldFault, OrganisationId};
use domain::training::cohort::{CohortId, PlaceState, choose_tutors};
use leptos::prelude::*;
use store::training::cohorts::{Cohort, TUTORS_CHOSEN};

use super::{found, path};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::ui::choose::{Ticks, filled};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

type Here = (OrganisationId, CohortId);

/// GET /training/at/{organisation}/cohorts/{cohort}/tutors
pub(crate) async fn show(cx: Cx, here: CoordinatesTrainingHere, At((_, id)): At<Here>) -> Answer {
    let cohort = found(&cx, &here, id).await?;
    let team = store::training::cohorts::team(cx.site.db(), &cohort).await?;
    let chosen: Vec<_> = team.tutors.iter().map(|it| ("tutor", it.to_string())).collect();
    page(&cx, StatusCode::OK, filled(&chosen), &cohort).await
}

/// POST /training/at/{organisation}/cohorts/{cohort}/tutors
pub(crate) async fn choose(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<Here>,
    typed: Typed,
) -> Answer {
    let (cohort, db) = (found(&cx, &here, id).await?, cx.site.db());
    let tutors = store::plans::tutors_at(db, &[cohort.organisation], cx.today()).await?;
    let tutors: Vec<_> = tutors.into_iter().map(|it| it.named.id).collect();
    let tx = db.begin().await?;
    let places = store::training::places::places_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let holds = |state: PlaceState| state.holds_a_place();
    let people: Vec<_> = places.held.iter().filter(|it| holds(it.1)).map(|it| it.0).collect();
    let ticked: Vec<_> = typed.fields().filter(|it| it.0 == "tutor").map(|it| it.1).collect();
    match choose_tutors(&here.coordinator, &ticked, &tutors, &people) {
        Ok(chosen) => {
            store::training::cohorts::choose_tutors(&tx, id, &chosen).await?;
            cx.keep(tx, here.event(&cx, TUTORS_CHOSEN).to(id.as_uuid())).await?;
            Ok(Redirect::to(&format!("{}?done=tutors", path(&cohort))).into_response())
        }
        Err(refused) => {
            drop(tx);
            let fault = FieldFault { field: "tutor", remedy: refused.to_string() };
            let form = FormState::refused(typed, vec![fault]);
            page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, &cohort).await
        }
    }
}

async fn page(cx: &Cx, status: StatusCode, form: FormState, cohort: &Cohort) -> Answer {
    let tutors = store::plans::tutors_at(cx.site.db(), &[cohort.organisation], cx.today()).await?;
    let mut choices: Vec<_> =
        tutors.into_iter().map(|it| (it.named.id.to_string(), it.named.known_as)).collect();
    choices.sort_by_cached_key(|it| domain::people::filed(&it.1));
    let (back, name) = (path(cohort), cohort.terms.name.clone());
    let head = Head::new("Tutors of a group", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        let none = choices.is_empty();
        view! {
            <div class="wrap reading form-page">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back.clone()><bdi>{name}</bdi></a></p>
                <h1>"Who holds the sessions?"</h1>
                <p class="lead">"Two for each session. They see the register of this group, and nothing else about its people."</p>
                {none.then(|| view! { <p>"Nobody gives courses here yet. An administrator can invite tutors."</p> })}
                {(!none).then(|| view! {
                    <form method="post" action=format!("{back}/tutors") class="stack" novalidate>
                        <Ticks form name="tutor" legend="Tutors" choices hint="Whoever is new here holds all sessions to come. You can change that session by session."/>
                        <p class="row"><button class="button">"Keep this"</button></p>
                    </form>
                })}
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
