//! The services, teams and sites of an organisation, by name.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{Place, PlaceKind, add_place};
use leptos::prelude::*;
use store::arranging::PLACE_ADDED;
use store::organisations::Organisation;

use crate::cx::Cx;
use crate::door::Answer;
use crate::form::{FormState, Typed};
use crate::permits::AdministersHere;
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// GET /organisation/{organisation}/places
pub(crate) async fn show(cx: Cx, here: AdministersHere) -> Answer {
    page(&cx, StatusCode::OK, FormState::default(), here.organisation).await
}

/// POST /organisation/{organisation}/places
pub(crate) async fn add(cx: Cx, here: AdministersHere, typed: Typed) -> Answer {
    match add_place(&here.administrator, typed.text("kind"), typed.text("name")) {
        Ok(new) => {
            let tx = cx.site.db().begin().await?;
            if let Some(place) = store::arranging::save_place(&tx, here.organisation.id, &new).await? {
                cx.keep(tx, here.event(&cx, PLACE_ADDED).to(place.as_uuid())).await?;
            }
            Ok(Redirect::to(cx.path()).into_response())
        }
        Err(faults) => {
            let form = FormState::refused(typed, faults);
            page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, here.organisation).await
        }
    }
}

async fn page(cx: &Cx, status: StatusCode, form: FormState, organisation: Organisation) -> Answer {
    let places = store::arranging::places(cx.site.db(), organisation.id).await?;
    let head = Head::new("Services, teams and sites", Area::Me).failed(!form.faults.is_empty());
    let response: Response =
        cx.page(status, head, move || view! { <PlacesPage form organisation places/> }).await;
    Ok(response)
}

#[component]
fn PlacesPage(form: FormState, organisation: Organisation, places: Vec<Place>) -> impl IntoView {
    let base = format!("/organisation/{}", organisation.id);
    let kinds = PlaceKind::ALL.into_iter().map(|it| (it.as_str(), it.label())).collect();
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=format!("{base}/people")>"People of "{organisation.name}</a></p>
            <h1>"Services, teams and sites"</h1>
            <dl class="summary">
                {PlaceKind::ALL
                    .into_iter()
                    .map(|kind| {
                        let of = places.iter().filter(|it| it.kind == kind).map(|it| it.name.clone()).collect();
                        view! { <NamesOf kind names=of/> }
                    })
                    .collect_view()}
            </dl>
            <h2>"Add one"</h2>
            <form method="post" action=format!("{base}/places") class="stack" novalidate>
                <Choices form=form.clone() name="kind" legend="What is it?".to_owned() choices=kinds/>
                <Field form name="name" label="What is it called?" takes=Takes::Line/>
                <p class="row"><button class="button">"Add it"</button></p>
            </form>
        </div>
    }
}

#[component]
fn NamesOf(kind: PlaceKind, names: Vec<String>) -> impl IntoView {
    let none = names.is_empty();
    view! {
        <div>
            <dt>{kind.label()}"s"</dt>
            <dd>
                {none.then_some("None yet")}
                {(!none).then(|| view! {
                    <ul role="list">{names.into_iter().map(|it| view! { <li><bdi>{it}</bdi></li> }).collect_view()}</ul>
                })}
            </dd>
        </div>
    }
}
