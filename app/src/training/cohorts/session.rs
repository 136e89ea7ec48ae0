//! Changing when, where and by whom one session is held.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use domain::people::OrganisationId;
use domain::training::cohort::{CohortId, CohortSessionId, SessionForm, Team, move_session};
use leptos::prelude::*;
use store::training::cohorts::{Cohort, CohortSession, SESSION_CHANGED};

use super::begin::{WhereFields, where_typed};
use super::{found, path, programme_of};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::ui::choose::{DayField, DayNames, Ticks, filled, filled_day, typed_day};
use crate::ui::form::{ErrorSummary, Tick};
use crate::ui::shell::{Area, Head};

const DAY: DayNames = ["held_day", "held_month", "held_year"];

type Here = (OrganisationId, CohortId, CohortSessionId);

/// What the page is about.
struct About {
    cohort: Cohort,
    session: CohortSession,
    team: Team,
}

async fn about(
    cx: &Cx,
    here: &CoordinatesTrainingHere,
    (id, session): (CohortId, CohortSessionId),
) -> Result<About, TurnedAway> {
    let (cohort, db) = (found(cx, here, id).await?, cx.site.db());
    let session = store::training::cohorts::session(db, id, session).await?.ok_or(TurnedAway::NotFound)?;
    let team = store::training::cohorts::team(db, &cohort).await?;
    Ok(About { cohort, session, team })
}

/// GET /training/at/{organisation}/cohorts/{cohort}/sessions/{session}
pub(crate) async fn show(cx: Cx, here: CoordinatesTrainingHere, At((_, id, session)): At<Here>) -> Answer {
    let about = about(&cx, &here, (id, session)).await?;
    let CohortSession { held, place, tutors, .. } = &about.session;
    let mut fields = filled_day(DAY, held.on).to_vec();
    fields.push(("time", place.begins.to_string()));
    fields.push(("place", place.place.clone()));
    fields.push(("link", place.link.clone()));
    fields.extend(tutors.iter().map(|it| ("tutor", it.to_string())));
    fields.extend(held.is_off.then(|| ("off", "yes".to_owned())));
    page(&cx, StatusCode::OK, filled(&fields), &about).await
}

/// POST /training/at/{organisation}/cohorts/{cohort}/sessions/{session}
pub(crate) async fn keep(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id, session)): At<Here>,
    typed: Typed,
) -> Answer {
    let about = about(&cx, &here, (id, session)).await?;
    let tutors: Vec<_> = typed.fields().filter(|it| it.0 == "tutor").map(|it| it.1).collect();
    let form = SessionForm {
        day: typed_day(&typed, DAY),
        place: where_typed(&typed),
        tutors: &tutors,
        is_off: typed.text("off") == "yes",
    };
    // Whoever held it may have left the team since.
    let team = Team { tutors: may_hold(&about), ..about.team.clone() };
    match move_session(&here.coordinator, &form, &team) {
        Ok(moved) => {
            let tx = cx.site.db().begin().await?;
            store::training::cohorts::move_session(&tx, session, &moved).await?;
            cx.keep(tx, here.event(&cx, SESSION_CHANGED).to(session.as_uuid())).await?;
            Ok(Redirect::to(&format!("{}?done=kept", path(&about.cohort))).into_response())
        }
        Err(faults) => {
            let form = FormState::refused(typed, faults);
            page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, &about).await
        }
    }
}

fn may_hold(about: &About) -> Vec<domain::people::PersonId> {
    let mut may = about.team.tutors.clone();
    may.extend(about.session.tutors.iter().filter(|it| !about.team.tutors.contains(it)));
    may
}

async fn page(cx: &Cx, status: StatusCode, form: FormState, about: &About) -> Answer {
    let programme = programme_of(cx, &about.cohort).await?;
    let title = programme.session(&about.session.slug).map(|it| it.1.title.clone()).unwrap_or_default();
    let may = may_hold(about);
    let ids: Vec<_> = may.iter().map(|it| it.as_uuid()).collect();
    let names = store::people::names(cx.site.db(), &ids).await?;
    let name = |it: &domain::people::PersonId| names.get(&it.as_uuid()).cloned().unwrap_or_default();
    let choices: Vec<_> = may.iter().map(|it| (it.to_string(), name(it))).collect();
    let (back, number) = (path(&about.cohort), about.session.position);
    let action = format!("{back}/sessions/{}", about.session.id);
    let group = about.cohort.terms.name.clone();
    let head = Head::new(&format!("Session {number} of a group"), Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        let none = choices.is_empty();
        view! {
            <div class="wrap reading form-page">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back><bdi>{group}</bdi></a></p>
                <h1>"Session "{number}": "{title}</h1>
                <form method="post" action=action class="stack" novalidate>
                    <DayField form=form.clone() names=DAY legend="On which day?" hint="Such as 7 1 2027."/>
                    <WhereFields form=form.clone()/>
                    {none.then(|| view! { <p>"Choose tutors for the group first. Then you can say who holds this session."</p> })}
                    {(!none).then(|| view! { <Ticks form=form.clone() name="tutor" legend="Who holds it?" choices hint="Two is good. With fewer it is kept, and marked for you."/> })}
                    <Tick form name="off" label="It does not take place, and counts for nobody"/>
                    <p class="row"><button class="button">"Keep this"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
