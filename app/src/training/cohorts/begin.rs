//! Beginning a group: its programme, what it is called, and when it meets.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use domain::people::FieldFault;
use domain::training::cohort::{CohortId, DaysForm, TermsForm, WhereForm, begin as rule};
use domain::training::timetable::Rhythm;
use leptos::prelude::*;
use store::training::cohorts::COHORT_BEGUN;
use store::training::programmes::Published;
use uuid::Uuid;

use super::base;
use crate::cx::Cx;
use crate::door::Answer;
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::ui::choose::{DayField, DayNames, OneOf, filled, typed_day, worded};
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

const FIRST: DayNames = ["first_day", "first_month", "first_year"];

/// GET /training/at/{organisation}/cohorts/new
pub(crate) async fn show(cx: Cx, here: CoordinatesTrainingHere) -> Answer {
    // A form that is sent twice begins one group.
    let id = CohortId::from_uuid(Uuid::now_v7());
    let only = match &cx.public.programmes[..] {
        [only] => only.programme.slug.to_string(),
        _ => String::new(),
    };
    let form =
        filled(&[("id", id.to_string()), ("programme", only), ("rhythm", Rhythm::Weekly.as_str().into())]);
    page(&cx, &here, StatusCode::OK, form).await
}

/// POST /training/at/{organisation}/cohorts/new
pub(crate) async fn begin(cx: Cx, here: CoordinatesTrainingHere, typed: Typed) -> Answer {
    let id = typed.text("id").parse().unwrap_or_else(|_| CohortId::from_uuid(Uuid::now_v7()));
    let chosen = cx.public.programmes.iter().find(|it| it.programme.slug.as_str() == typed.text("programme"));
    let sessions: Vec<_> = chosen
        .iter()
        .flat_map(|it| it.programme.sessions.iter().map(|it| (it.slug.clone(), it.minutes)))
        .collect();
    let terms = terms_typed(&typed);
    let days = DaysForm {
        first: typed_day(&typed, FIRST),
        rhythm: typed.text("rhythm"),
        place: where_typed(&typed),
    };
    let least = chosen.map_or(100, |it| it.programme.outline.least_attendance_percent);
    let mut faults = Vec::new();
    if chosen.is_none() {
        faults.push(FieldFault { field: "programme", remedy: "Choose a programme.".into() });
    }
    match (rule(&here.coordinator, &terms, &days, (sessions.len(), least)), chosen) {
        (Ok(new), Some(Published { id: programme, number, .. })) => {
            let tx = cx.site.db().begin().await?;
            let of_version = ((*programme, *number), &sessions[..]);
            if store::training::cohorts::begin(&tx, id, &new, of_version, cx.now()).await? {
                cx.keep(tx, here.event(&cx, COHORT_BEGUN).to(id.as_uuid())).await?;
            }
            let organisation = here.coordinator.organisation();
            Ok(Redirect::to(&format!("{}/{id}?done=begun", base(organisation))).into_response())
        }
        (begun, _) => {
            faults.extend(begun.err().unwrap_or_default());
            page(&cx, &here, StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, faults)).await
        }
    }
}

/// The fields of what a group is called and how it is held.
pub(super) fn terms_typed(typed: &Typed) -> TermsForm<'_> {
    TermsForm { name: typed.text("name"), places: typed.text("places"), least: typed.text("least") }
}

/// The fields of the hour and the place.
pub(super) fn where_typed(typed: &Typed) -> WhereForm<'_> {
    WhereForm { time: typed.text("time"), place: typed.text("place"), link: typed.text("link") }
}

async fn page(cx: &Cx, here: &CoordinatesTrainingHere, status: StatusCode, form: FormState) -> Answer {
    let programmes = cx.public.programmes.iter().map(|it| &it.programme);
    let programmes = programmes.map(|it| (it.slug.to_string(), it.outline.title.clone())).collect();
    let base = base(here.coordinator.organisation());
    let head = Head::new("Begin a group", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <BeginPage form base programmes/> }).await)
}

#[component]
fn BeginPage(form: FormState, base: String, programmes: Vec<(String, String)>) -> impl IntoView {
    let id = form.typed.text("id").to_owned();
    let rhythms = worded(Rhythm::ALL.map(|it| (it.as_str(), it.label())));
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=base.clone()>"Groups"</a></p>
            <h1>"Begin a group"</h1>
            <p class="lead">"The days of all sessions are made from the first one. You can change each of them afterwards."</p>
            <form method="post" action=format!("{base}/new") class="stack" novalidate>
                <input type="hidden" name="id" value=id/>
                <OneOf form=form.clone() name="programme" label="Which programme?" choices=programmes/>
                <TermsFields form=form.clone()/>
                <DayField form=form.clone() names=FIRST legend="When is the first session?" hint="Such as 7 1 2027."/>
                <OneOf form=form.clone() name="rhythm" label="How often does the group meet?" choices=rhythms/>
                <WhereFields form/>
                <p class="row"><button class="button">"Begin it"</button></p>
            </form>
        </div>
    }
}

/// The fields of what a group is called and how it is held.
#[component]
pub(super) fn TermsFields(form: FormState) -> impl IntoView {
    view! {
        <Field form=form.clone() name="name" label="What is the group called?" takes=Takes::Line hint="Such as Spring 2027. Leave out health: people see it on their screens."/>
        <Field form=form.clone() name="places" label="How many places are there?" takes=Takes::Line hint="From 1 to 60."/>
        <Field form name="least" label="How much is asked for, in 100 minutes?" takes=Takes::Line hint="Catching up counts. Leave it empty for what the programme asks."/>
    }
}

/// The fields of the hour and the place.
#[component]
pub(super) fn WhereFields(form: FormState) -> impl IntoView {
    view! {
        <Field form=form.clone() name="time" label="At what time?" takes=Takes::Line hint="Such as 10:00 or 14:30. It stays that time when the clocks change."/>
        <Field form=form.clone() name="place" label="Where is it?" takes=Takes::Line hint="A room and a street, or empty if it is only online."/>
        <Field form name="link" label="The link, if people meet online" takes=Takes::Line hint="It begins with https://. Only people of the group see it."/>
    }
}
