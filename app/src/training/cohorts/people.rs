//! Giving somebody a place in a group, and what becomes of it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use domain::people::{FieldFault, OrganisationId, PersonId};
use domain::training::cohort::{CohortId, NoPlace, PlaceState, give as rule, move_place};
use leptos::prelude::*;
use store::organisations::{Among, Colleague, PeoplePage};
use store::training::cohorts::Cohort;
use store::training::places::{PLACE_CHANGED, PLACE_GIVEN};

use super::{found, path};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::training::found::what_they_are;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// Found at most. Whoever is not among them is found by more of their name.
const FOUND: usize = 25;

type Here = (OrganisationId, CohortId);

/// GET /training/at/{organisation}/cohorts/{cohort}/people
pub(crate) async fn find(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<Here>,
    Asks(asks): Asks,
) -> Answer {
    let cohort = found(&cx, &here, id).await?;
    page(&cx, StatusCode::OK, FormState { typed: asks, faults: Vec::new() }, &cohort).await
}

/// POST /training/at/{organisation}/cohorts/{cohort}/people
pub(crate) async fn give(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<Here>,
    typed: Typed,
) -> Answer {
    let (cohort, db) = (found(&cx, &here, id).await?, cx.site.db());
    let refused = match typed.text("person").parse::<PersonId>() {
        Err(_) => NoPlace::NotKnownHere,
        Ok(person) => {
            let tx = db.begin().await?;
            let places = store::training::places::places_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
            let theirs = store::people::engagements_now(&tx, person).await?;
            match rule(&places, person, &theirs, cx.today()) {
                Ok(given) => {
                    store::training::places::give_place(&tx, &given, cx.today()).await?;
                    let event = here.event(&cx, PLACE_GIVEN).to(id.as_uuid());
                    cx.keep(tx, event.about(person.as_uuid())).await?;
                    return Ok(Redirect::to(&format!("{}?done=given", path(&cohort))).into_response());
                }
                // A second tap.
                Err(NoPlace::HasOne) => {
                    return Ok(Redirect::to(&format!("{}?done=given", path(&cohort))).into_response());
                }
                Err(refused) => refused,
            }
        }
    };
    let fault = FieldFault { field: "name", remedy: refused.to_string() };
    page(&cx, StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, vec![fault]), &cohort).await
}

/// POST /training/at/{organisation}/cohorts/{cohort}/people/{person}: they pause, come back or leave.
pub(crate) async fn move_it(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id, person)): At<(OrganisationId, CohortId, PersonId)>,
    typed: Typed,
) -> Answer {
    let cohort = found(&cx, &here, id).await?;
    let to = PlaceState::parse(typed.text("state"));
    let tx = cx.site.db().begin().await?;
    let places = store::training::places::places_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let now = places.of(person).ok_or(TurnedAway::NotFound)?;
    let done = match to {
        // A second tap, or nothing that can be chosen.
        None => "",
        Some(to) if to == now => to.as_str(),
        Some(to) => match move_place(&here.coordinator, &places, person, to) {
            Ok(moved) => {
                store::training::places::give_place(&tx, &moved, cx.today()).await?;
                let event = here.event(&cx, PLACE_CHANGED).to(id.as_uuid());
                cx.keep(tx, event.about(person.as_uuid())).await?;
                to.as_str()
            }
            Err(refused) => {
                drop(tx);
                let fault = FieldFault { field: "name", remedy: refused.to_string() };
                let form = FormState::refused(Typed::default(), vec![fault]);
                return page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, &cohort).await;
            }
        },
    };
    Ok(Redirect::to(&format!("{}?done={done}", path(&cohort))).into_response())
}

async fn page(cx: &Cx, status: StatusCode, form: FormState, cohort: &Cohort) -> Answer {
    let called = form.typed.text("name").trim().to_owned();
    let limit = FOUND as u64 + 1;
    let asked =
        PeoplePage { among: Among::Everybody, called: &called, after: None, today: cx.today(), limit };
    let mut people = match called.is_empty() {
        true => Vec::new(),
        false => store::organisations::people(cx.site.db(), cohort.organisation, asked).await?,
    };
    let too_many = people.len() > FOUND;
    people.truncate(FOUND);
    people.retain(|it| it.engagements.iter().any(|it| it.is_current(cx.today())));
    let members = store::training::places::members(cx.site.db(), cohort.id).await?;
    let holds = |it: &Colleague| members.iter().any(|of| of.person == it.id && of.state.holds_a_place());
    let labels = store::organisations::labels(cx.site.db(), &[cohort.organisation]).await?;
    let are = |it: &Colleague| what_they_are(&labels, it, cx.today());
    let people: Vec<_> = people.into_iter().map(|it| (holds(&it), are(&it), it)).collect();
    let (back, name) = (path(cohort), cohort.terms.name.clone());
    let head = Head::new("Give somebody a place", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        let none = people.is_empty() && !called.is_empty();
        let action = format!("{back}/people");
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back><bdi>{name}</bdi></a></p>
                <h1>"Give somebody a place"</h1>
                <p>"Everybody who is something to your organisation can be found here. Whoever is not can be invited by an administrator."</p>
                <form method="get" action=action.clone() class="finding" role="search">
                    <Field form name="name" label="Name begins with" takes=Takes::Line/>
                    <p><button class="button quiet">"Find"</button></p>
                </form>
                {none.then(|| view! { <p role="status">"Nobody here has a name that begins so. Try another of their names, or less of it."</p> })}
                {(!people.is_empty()).then(|| view! {
                <ul role="list" class="stack">
                    {people
                        .into_iter()
                        .map(|(has_one, are, it)| view! { <FoundCard action=action.clone() colleague=it are has_one called=called.clone()/> })
                        .collect_view()}
                </ul>
                })}
                {too_many.then(|| view! { <p>"More people have a name that begins so. Type more of it."</p> })}
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

#[component]
fn FoundCard(
    action: String,
    colleague: Colleague,
    /// What they are here, so that two of one name are told apart.
    are: String,
    has_one: bool,
    called: String,
) -> impl IntoView {
    let label = format!("Give a place to {}", colleague.known_as);
    view! {
        <li class="card stack">
            <p><b><bdi>{colleague.known_as}</bdi></b>{(!colleague.pronouns.is_empty()).then(|| view! { " "<span class="soft"><bdi>{colleague.pronouns}</bdi></span> })}</p>
            <p class="soft">{are}</p>
            {has_one.then(|| view! { <p>"Has a place in this group."</p> })}
            {(!has_one).then(|| view! {
                <form method="post" action=action>
                    <input type="hidden" name="person" value=colleague.id.to_string()/>
                    <input type="hidden" name="name" value=called/>
                    <button class="button quiet" aria-label=label>"Give a place"</button>
                </form>
            })}
        </li>
    }
}
