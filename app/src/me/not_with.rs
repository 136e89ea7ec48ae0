//! People I would rather not be put with. No reason is asked, and nobody else reads the list.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{NotWithEntry, Purpose, chosen_by, lets_name_others, name_not_with};
use leptos::prelude::*;
use store::me::Named;

use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::SignedIn;
use crate::ui::choose::{OneOf, Ticks, worded};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

/// GET /me/not-with
pub(crate) async fn show(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "named" => Some("It is kept. From now on this person is not chosen for you."),
        "removed" => Some("It is taken off your list."),
        _ => None,
    };
    page(&cx, StatusCode::OK, &me, (FormState::default(), done)).await
}

/// POST /me/not-with
pub(crate) async fn name(cx: Cx, me: SignedIn, typed: Typed) -> Answer {
    let known: Vec<_> = could_be_chosen(&cx, &me).await?.into_iter().map(|it| it.id).collect();
    let purposes: Vec<_> = typed.fields().filter(|it| it.0 == "purpose").map(|it| it.1).collect();
    match name_not_with(typed.text("other").parse().ok(), &purposes, &known) {
        Ok(entries) => {
            let tx = cx.site.db().begin().await?;
            store::me::save_not_with(&tx, me.id(), &entries).await?;
            cx.keep(tx, cx.event(store::me::NOT_WITH_CHANGED, me.id())).await?;
            Ok(to_list("named"))
        }
        Err(faults) => {
            let form = FormState::refused(typed, faults);
            page(&cx, StatusCode::UNPROCESSABLE_ENTITY, &me, (form, None)).await
        }
    }
}

/// POST /me/not-with/remove
pub(crate) async fn remove(cx: Cx, me: SignedIn, typed: Typed) -> Answer {
    let (other, purpose) = (typed.text("other").parse(), Purpose::parse(typed.text("purpose")));
    let (Ok(other), Some(purpose)) = (other, purpose) else { return Err(TurnedAway::NotFound) };
    let tx = cx.site.db().begin().await?;
    store::me::remove_not_with(&tx, me.id(), NotWithEntry { other, purpose }).await?;
    cx.keep(tx, cx.event(store::me::NOT_WITH_CHANGED, me.id())).await?;
    Ok(to_list("removed"))
}

fn to_list(done: &str) -> Response {
    Redirect::to(&format!("/me/not-with?done={done}")).into_response()
}

/// Those out of whom somebody could be chosen for this person, as far as that is theirs to know.
async fn could_be_chosen(cx: &Cx, me: &SignedIn) -> Result<Vec<Named>, Broken> {
    let known = me.actor.engagements().iter().filter(|it| lets_name_others(it.kind));
    let organisations: Vec<_> = known.map(|it| it.organisation).collect();
    let (db, kinds) = (cx.site.db(), chosen_by());
    Ok(store::me::could_be_chosen(db, me.id(), &organisations, &kinds, cx.today()).await?)
}

async fn page(
    cx: &Cx,
    status: StatusCode,
    me: &SignedIn,
    (form, done): (FormState, Option<&'static str>),
) -> Answer {
    let others = could_be_chosen(cx, me).await?;
    let list = store::me::not_with(cx.site.db(), me.id()).await?;
    let head = Head::new("Not with these people", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <NotWithPage form others list done/> }).await)
}

#[component]
fn NotWithPage(
    form: FormState,
    others: Vec<Named>,
    list: Vec<(Named, Purpose)>,
    done: Option<&'static str>,
) -> impl IntoView {
    let nobody = others.is_empty();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"People I would rather not be put with"</h1>
            <p class="lead">"You need no reason. Nobody else reads this list, and nobody is told that they are on it."</p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <OnTheList list/>
            {nobody
                .then(|| view! { <p>"Nobody is chosen for you here at the moment, so there is nobody to name. When that changes you can name them here."</p> })}
            {(!nobody).then(|| view! { <NameSomebody form others/> })}
        </div>
    }
}

#[component]
fn OnTheList(list: Vec<(Named, Purpose)>) -> impl IntoView {
    (!list.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="list">
                <h2 id="list">"On your list"</h2>
                <ul role="list" class="stack">
                    {list
                        .into_iter()
                        .map(|(other, purpose)| {
                            view! {
                                <li class="card stack">
                                    <p><b><bdi>{other.known_as}</bdi></b>" is not to "{purpose.label().to_lowercase()}"."</p>
                                    <form method="post" action="/me/not-with/remove">
                                        <input type="hidden" name="other" value=other.id.to_string()/>
                                        <input type="hidden" name="purpose" value=purpose.as_str()/>
                                        <button class="button quiet">"Take this off"</button>
                                    </form>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn NameSomebody(form: FormState, others: Vec<Named>) -> impl IntoView {
    let others = others.into_iter().map(|it| (it.id.to_string(), it.known_as)).collect();
    let purposes = worded(Purpose::ALL.map(|it| (it.as_str(), it.label())));
    view! {
        <form method="post" action="/me/not-with" class="stack" novalidate>
            <OneOf form=form.clone() name="other" label="Who?" choices=others hint="The people who could be chosen for you."/>
            <Ticks form name="purpose" legend="What should they not do?" choices=purposes/>
            <p class="row"><button class="button">"Put this on my list"</button></p>
        </form>
    }
}
