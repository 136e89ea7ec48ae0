//! What competences a group works with.

use axum::http::StatusCode;
use domain::people::OrganisationId;
use domain::training::cohort::{CohortId, choose_framework as rule};
use domain::training::framework::FrameworkId;
use leptos::prelude::*;
use store::content::Programme;
use store::training::cohort_framework::{self, COHORT_FRAMEWORK_CHOSEN};
use store::training::cohorts::Cohort;
use store::training::frameworks;

use super::{found, path, programme_of};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::ui::choose::{OneOf, filled};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

type Here = (OrganisationId, CohortId);

/// GET /training/at/{organisation}/cohorts/{cohort}/competences
pub(crate) async fn show(cx: Cx, here: CoordinatesTrainingHere, At((_, id)): At<Here>) -> Answer {
    let cohort = found(&cx, &here, id).await?;
    let now = cohort_framework::framework_of(cx.site.db(), id).await?.map(|it| it.id);
    let chosen = match now {
        Some(it) => Some(it),
        None => suggested(&cx, &cohort).await?,
    };
    let form = filled(&[("framework", chosen.map(|it| it.to_string()).unwrap_or_default())]);
    page(&cx, StatusCode::OK, form, &cohort).await
}

/// What the framework is called whose numbers a programme names.
pub(super) fn named_by<'a>(cx: &'a Cx, programme: &Programme) -> Option<&'a str> {
    let slug = programme.outline.framework.as_ref()?;
    Some(cx.site.frameworks().iter().find(|it| it.slug == *slug)?.about.title())
}

/// What the programme was written for, if the organisation has taken it over under its name.
async fn suggested(cx: &Cx, cohort: &Cohort) -> Result<Option<FrameworkId>, TurnedAway> {
    let programme = programme_of(cx, cohort).await?;
    let Some(title) = named_by(cx, &programme) else { return Ok(None) };
    let own = frameworks::of(cx.site.db(), &[cohort.organisation]).await?;
    Ok(own.into_iter().find(|it| it.title == title).map(|it| it.id))
}

/// POST /training/at/{organisation}/cohorts/{cohort}/competences
pub(crate) async fn choose(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<Here>,
    typed: Typed,
) -> Answer {
    let cohort = found(&cx, &here, id).await?;
    let there = frameworks::of(cx.site.db(), &[cohort.organisation]).await?;
    let there: Vec<_> = there.into_iter().map(|it| it.id).collect();
    let tx = cx.site.db().begin().await?;
    let places = store::training::places::places_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    match rule(&here.coordinator, &places, typed.text("framework"), &there) {
        Ok(chosen) => {
            cohort_framework::choose(&tx, &chosen, cx.today()).await?;
            cx.keep(tx, here.event(&cx, COHORT_FRAMEWORK_CHOSEN).to(id.as_uuid())).await?;
            Ok(cx.done(&format!("{}?done=competences", path(&cohort))))
        }
        Err(fault) => {
            drop(tx);
            let form = FormState::refused(typed, vec![fault]);
            page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, &cohort).await
        }
    }
}

async fn page(cx: &Cx, status: StatusCode, form: FormState, cohort: &Cohort) -> Answer {
    let own = frameworks::of(cx.site.db(), &[cohort.organisation]).await?;
    let choices: Vec<_> = own.into_iter().map(|it| (it.id.to_string(), it.title)).collect();
    let (back, name, organisation) = (path(cohort), cohort.terms.name.clone(), cohort.organisation);
    let head = Head::new("Competences of a group", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        let none = choices.is_empty();
        let frameworks = format!("/training/at/{organisation}/frameworks");
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back.clone()><bdi>{name}</bdi></a></p>
                <h1>"What this group works with"</h1>
                <p class="lead">"Everybody with a place works with the competences that you choose, and so does whoever gets a place later. What people have reached in another list stays theirs."</p>
                {none.then(|| view! { <p>"Your organisation has no framework of competences yet. "<a href=frameworks.clone()>"Bring one in"</a></p> })}
                {(!none).then(|| view! {
                    <form method="post" action=format!("{back}/competences") class="stack" novalidate>
                        <OneOf form name="framework" label="Which competences?" none="None" choices/>
                        <p class="row"><button class="button">"Keep this"</button><a href=frameworks.clone()>"Frameworks"</a></p>
                    </form>
                })}
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
