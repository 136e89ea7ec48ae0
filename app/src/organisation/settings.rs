//! What holds in an organisation: what it is called, from which age it takes learners, what it calls what people
//! are, and whether it asks for a second factor.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{EngagementKind, FieldFault, OrganisationId, SettingsForm, call, settle};
use leptos::prelude::*;
use store::organisations::{Kept, ORGANISATION_CHANGED, SECOND_FACTOR_ASKED, SECOND_FACTOR_NOT_ASKED};

use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::{AdministersHere, AdministersHereSteppedUp};
use crate::ui::choose::filled;
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// GET /organisation/{organisation}/settings
pub(crate) async fn show(cx: Cx, here: AdministersHere, Asks(asks): Asks) -> Answer {
    let kept = of(&cx, &here).await?;
    let done = match asks.text("done") {
        "kept" => Some("It is kept."),
        "asked" => Some("From now on a second step is asked of everybody who sees other people’s data."),
        "not-asked" => {
            Some("From now on no second step is asked here, but before payments and bank details.")
        }
        _ => None,
    };
    let mut fields = vec![("name", kept.name.clone())];
    fields.extend(kept.minimum_age.map(|it| ("minimum_age", it.years().to_string())));
    Ok(page(&cx, StatusCode::OK, kept, (filled(&fields), done)).await)
}

async fn of(cx: &Cx, here: &AdministersHere) -> Result<Kept, TurnedAway> {
    store::organisations::kept(cx.site.db(), here.organisation.id).await?.ok_or(TurnedAway::NotFound)
}

/// POST /organisation/{organisation}/settings
pub(crate) async fn keep(cx: Cx, here: AdministersHere, typed: Typed) -> Answer {
    let kept = of(&cx, &here).await?;
    let age = kept.minimum_age.map(|_| typed.text("minimum_age"));
    // Behind the lock, so that no two take one name at the same time.
    let tx = cx.site.db().begin().await?;
    store::organisations::lock(&tx, cx.public.host.id).await?;
    let known = store::organisations::names(cx.site.db()).await?;
    let form = SettingsForm { name: typed.text("name"), minimum_age: age };
    match settle(&here.administrator, &form, &known) {
        Ok(settings) => {
            store::organisations::save_settings(&tx, kept.id, &settings).await?;
            // The name and the age stand on public pages.
            store::public::turn_generation(&tx).await?;
            cx.keep(tx, here.event(&cx, ORGANISATION_CHANGED).to(kept.id.as_uuid())).await?;
            cx.site.refresh_public().await?;
            Ok(to_settings(kept.id, "kept"))
        }
        Err(faults) => {
            drop(tx);
            let form = FormState::refused(typed, faults);
            Ok(page(&cx, StatusCode::UNPROCESSABLE_ENTITY, kept, (form, None)).await)
        }
    }
}

fn to_settings(id: OrganisationId, done: &str) -> Response {
    Redirect::to(&format!("/organisation/{id}/settings?done={done}")).into_response()
}

async fn page(
    cx: &Cx,
    status: StatusCode,
    kept: Kept,
    (form, done): (FormState, Option<&'static str>),
) -> Response {
    let head = Head::new("Settings", Area::Me).failed(!form.faults.is_empty());
    cx.page(status, head, move || view! { <SettingsPage form kept done/> }).await
}

#[component]
fn SettingsPage(form: FormState, kept: Kept, done: Option<&'static str>) -> impl IntoView {
    let base = format!("/organisation/{}", kept.id);
    let takes_learners = kept.minimum_age.is_some();
    let asks = if kept.asks_second_factor {
        "It is asked of everybody who sees other people’s data here."
    } else {
        "It is not asked here, but before payments and bank details."
    };
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=format!("{base}/people")>"People of "{kept.name}</a></p>
            <h1>"Settings"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <form method="post" action=format!("{base}/settings") class="stack" novalidate>
                <Field form=form.clone() name="name" label="What is the organisation called?" takes=Takes::Line/>
                {takes_learners
                    .then(|| {
                        view! {
                            <Field
                                form
                                name="minimum_age"
                                label="From which age do you take learners?"
                                takes=Takes::Code
                                hint="In years, from 14 to 25. Whoever is younger is shown where else to turn, and nothing of theirs is kept."
                            />
                        }
                    })}
                <p class="row"><button class="button">"Keep this"</button></p>
            </form>
            <section class="stack" aria-labelledby="words">
                <h2 id="words">"Your own words"</h2>
                <p>"Perhaps you say companion where others say peer mentor."</p>
                <p><a class="alone" href=format!("{base}/words")>"Say what you call what people are"</a></p>
            </section>
            <section class="stack" aria-labelledby="concerns">
                <h2 id="concerns">"Concerns"</h2>
                <p>"Who is told when somebody is worried for somebody’s safety, or speaks up."</p>
                <p><a class="alone" href=format!("{base}/concerns")>"Say who is told of concerns"</a></p>
            </section>
            <section class="stack" aria-labelledby="second">
                <h2 id="second">"The second step when signing in"</h2>
                <p>{asks}</p>
                <p><a class="alone" href=format!("{base}/second-factor")>"Change this"</a></p>
            </section>
        </div>
    }
}

/// GET /organisation/{organisation}/words
pub(crate) async fn show_words(cx: Cx, here: AdministersHere) -> Answer {
    let id = here.organisation.id;
    let labels = store::organisations::labels(cx.site.db(), &[id]).await?;
    let own = |kind: EngagementKind| Some((kind.as_str(), labels.own(id, kind)?.to_owned()));
    let fields: Vec<_> = EngagementKind::ALL.into_iter().filter_map(own).collect();
    Ok(words_page(&cx, StatusCode::OK, id, filled(&fields)).await)
}

/// POST /organisation/{organisation}/words
pub(crate) async fn keep_words(cx: Cx, here: AdministersHere, typed: Typed) -> Answer {
    let id = here.organisation.id;
    match call(&here.administrator, |kind| typed.text(kind.as_str())) {
        Ok(words) => {
            let tx = cx.site.db().begin().await?;
            store::organisations::lock(&tx, id).await?;
            store::organisations::save_labels(&tx, id, &words).await?;
            cx.keep(tx, here.event(&cx, ORGANISATION_CHANGED).to(id.as_uuid())).await?;
            Ok(to_settings(id, "kept"))
        }
        Err(faults) => {
            let form = FormState::refused(typed, faults);
            Ok(words_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, id, form).await)
        }
    }
}

async fn words_page(cx: &Cx, status: StatusCode, id: OrganisationId, form: FormState) -> Response {
    let head = Head::new("Your own words", Area::Me).failed(!form.faults.is_empty());
    let base = format!("/organisation/{id}");
    cx.page(status, head, move || view! { <WordsPage form base/> }).await
}

#[component]
fn WordsPage(form: FormState, base: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=format!("{base}/settings")>"Settings"</a></p>
            <h1>"Your own words"</h1>
            <p class="lead">"Write your word below one of ours. Leave a field empty to keep ours."</p>
            <p>"What people may do here does not change with the word."</p>
            <form method="post" action=format!("{base}/words") class="stack" novalidate>
                {EngagementKind::ALL
                    .into_iter()
                    .map(|kind| view! { <Field form=form.clone() name=kind.as_str() label=kind.label() takes=Takes::Line/> })
                    .collect_view()}
                <p class="row"><button class="button">"Keep these words"</button><a href=format!("{base}/settings")>"Leave it as it was"</a></p>
            </form>
        </div>
    }
}

/// The two answers, as the form spells them.
const ASKED: &str = "asked";
const NOT_ASKED: &str = "not-asked";

/// GET /organisation/{organisation}/second-factor
pub(crate) async fn show_second_factor(cx: Cx, by: AdministersHereSteppedUp) -> Answer {
    let kept = of(&cx, &by.here).await?;
    let form =
        filled(&[("second_factor", if kept.asks_second_factor { ASKED } else { NOT_ASKED }.to_owned())]);
    Ok(second_factor_page(&cx, StatusCode::OK, kept, form).await)
}

/// POST /organisation/{organisation}/second-factor
pub(crate) async fn keep_second_factor(cx: Cx, by: AdministersHereSteppedUp, typed: Typed) -> Answer {
    let kept = of(&cx, &by.here).await?;
    let is_asked = match typed.text("second_factor") {
        ASKED => true,
        NOT_ASKED => false,
        _ => {
            let faults = vec![FieldFault { field: "second_factor", remedy: "Choose one of these.".into() }];
            let form = FormState::refused(typed, faults);
            return Ok(second_factor_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, kept, form).await);
        }
    };
    let tx = cx.site.db().begin().await?;
    store::organisations::save_second_factor(&tx, kept.id, is_asked).await?;
    store::public::turn_generation(&tx).await?;
    let action = if is_asked { SECOND_FACTOR_ASKED } else { SECOND_FACTOR_NOT_ASKED };
    cx.keep(tx, by.here.event(&cx, action).to(kept.id.as_uuid())).await?;
    cx.site.refresh_public().await?;
    Ok(to_settings(kept.id, if is_asked { ASKED } else { NOT_ASKED }))
}

async fn second_factor_page(cx: &Cx, status: StatusCode, kept: Kept, form: FormState) -> Response {
    let head = Head::new("The second step when signing in", Area::Me).failed(!form.faults.is_empty());
    cx.page(status, head, move || view! { <SecondFactorPage form kept/> }).await
}

#[component]
fn SecondFactorPage(form: FormState, kept: Kept) -> impl IntoView {
    let base = format!("/organisation/{}", kept.id);
    let choices = vec![
        (ASKED, "Ask everybody who sees other people’s data"),
        (NOT_ASKED, "Ask only before payments and bank details"),
    ];
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=format!("{base}/settings")>"Settings"</a></p>
            <h1>"The second step when signing in"</h1>
            <p class="lead">"A code from an app, after the password. It keeps people’s data safe when somebody’s password gets about."</p>
            <form method="post" action=format!("{base}/second-factor") class="stack" novalidate>
                <Choices
                    form
                    name="second_factor"
                    legend=format!("When is it asked at {}?", kept.name)
                    choices
                    hint="Whoever is something to another organisation as well follows the stricter of the two. Learners are never made to."
                />
                <p class="row"><button class="button">"Keep this"</button><a href=format!("{base}/settings")>"Leave it as it was"</a></p>
            </form>
        </div>
    }
}
