//! Raising a concern: who is told, whom it is about, and where it is written down. Never what happened.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::concern::{ConcernId, Cover, Knows, NotRaised, RaiseForm, Route, WrittenForm, raise};
use domain::people::PersonId;
use leptos::prelude::*;
use store::concerns::{RAISED, cover, cover_now, is_raised, save, who_is_there, who_is_there_now};
use store::jobs::Errand;
use uuid::Uuid;

use super::{DangerFirst, ELSEWHERE, WhoIsRung, place};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::RaisesConcern;
use crate::personal::looks;
use crate::ui::choose::{Ticks, filled};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes, Tick};
use crate::ui::shell::{Area, Head};

/// GET /concerns/raise/{organisation}/{route}
pub(crate) async fn show(cx: Cx, here: RaisesConcern) -> Answer {
    let form = filled(&[("id", Uuid::now_v7().to_string())]);
    page(&cx, &here, (StatusCode::OK, form), false).await
}

/// What was typed of where it is written down.
pub(super) fn typed_written(typed: &Typed) -> WrittenForm<'_> {
    WrittenForm {
        system: typed.text("system"),
        reference: typed.text("reference"),
        has_looked: typed.text("looked") == "yes",
    }
}

/// POST /concerns/raise/{organisation}/{route}
pub(crate) async fn keep(cx: Cx, here: RaisesConcern, typed: Typed) -> Answer {
    let way = (here.organisation.id, here.route);
    let id = typed.text("id").parse().unwrap_or_else(|_| ConcernId::from_uuid(Uuid::now_v7()));
    let done = format!("{}?done=raised", place(id));
    let about: Vec<_> = typed.fields().filter(|it| it.0 == "about").map(|it| it.1).collect();
    let form = RaiseForm { knows: typed.text("knows"), about: &about, written: typed_written(&typed) };
    let tx = cx.site.db().begin().await?;
    // Of two taps at once the second sees the first.
    store::people::take_turns(&tx, &[here.raiser.person()]).await?;
    let cover = cover_now(&tx, way.0, way.1).await?.ok_or(TurnedAway::NotFound)?;
    if is_raised(&tx, id).await? {
        // A second tap.
        return Ok(cx.done(&done));
    }
    let there = who_is_there_now(&tx, way, cx.today()).await?;
    let (faults, looks_personal) = match raise(&here.raiser, (&cover, &there), &form, cx.now()) {
        Ok(new) => {
            save(&tx, id, &new, cx.now()).await?;
            tell(&cx, &tx, (new.told(), Happened::ConcernRaised), &place(id)).await?;
            store::jobs::enqueue_for(&tx, &Errand::PassOnConcern(id), new.due_at(), cx.now()).await?;
            let event = cx.event(RAISED, here.raiser.person()).to(id.as_uuid());
            cx.keep(tx, event.within(way.0.as_uuid())).await?;
            return Ok(cx.done(&done));
        }
        Err(NotRaised::Personal(like)) => (vec![looks("system", like)], true),
        Err(NotRaised::Faults(faults)) => (faults, false),
    };
    drop(tx);
    let form = FormState::refused(typed, faults);
    page(&cx, &here, (StatusCode::UNPROCESSABLE_ENTITY, form), looks_personal).await
}

/// A way that is covered, with what each is called who would be told.
struct Covered {
    cover: Cover,
    /// In the order in which they are told, if it is about none of them.
    reach: Vec<PersonId>,
    called: BTreeMap<PersonId, String>,
}

async fn page(
    cx: &Cx,
    here: &RaisesConcern,
    (status, form): (StatusCode, FormState),
    looks_personal: bool,
) -> Answer {
    let (db, way) = (cx.site.db(), (here.organisation.id, here.route));
    let covered = match cover(db, way.0, way.1).await? {
        Some(cover) => {
            let there = who_is_there(db, way, cx.today()).await?;
            let reach = cover.reach(&there, here.raiser.person(), &[]);
            let called = names(cx, &reach).await?;
            Some(Covered { cover, reach, called })
        }
        None => None,
    };
    let (route, organisation) = (here.route, here.organisation.name.clone());
    let action = format!("/concerns/raise/{}/{}", way.0, route.as_str());
    let head = Head::new("Raise a concern", Area::Me).failed(!form.faults.is_empty());
    let page = move || view! { <RaisePage route organisation covered action form looks_personal/> };
    Ok(cx.page(status, head, page).await)
}

#[component]
fn RaisePage(
    route: Route,
    organisation: String,
    covered: Option<Covered>,
    action: String,
    form: FormState,
    looks_personal: bool,
) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/concerns/mine">"Raise a concern"</a></p>
            <h1>{route.label()}</h1>
            <p class="lead">{route.means()}</p>
            <DangerFirst/>
            {match covered {
                None => view! { <p>"Nobody is named here yet for this. "{ELSEWHERE}</p> }.into_any(),
                Some(covered) => view! { <CoveredPart route organisation covered action form looks_personal/> }.into_any(),
            }}
        </div>
    }
}

/// Who is told, and the form where somebody is there to be told.
#[component]
fn CoveredPart(
    route: Route,
    organisation: String,
    covered: Covered,
    action: String,
    form: FormState,
    looks_personal: bool,
) -> impl IntoView {
    let Covered { cover, reach, called } = covered;
    let name = |it: &PersonId| called.get(it).cloned().unwrap_or_default();
    let hours = cover.answer_within;
    let goes_on = match hours {
        1 => "If nobody has taken it on after an hour, it reaches the next.".to_owned(),
        hours => format!("If nobody has taken it on after {hours} hours, it reaches the next."),
    };
    let several = reach.len() > 1;
    let names: Vec<_> = reach.iter().map(|it| view! { <li><bdi>{name(it)}</bdi></li> }).collect();
    let choices: Vec<_> = reach.iter().map(|it| (it.to_string(), name(it))).collect();
    let none = reach.is_empty();
    view! {
        <section class="stack" aria-labelledby="told">
            <h2 id="told">"Who is told"</h2>
            {none.then(|| view! { <p>"Nobody is there today who could be told here. Ring those named below."</p> })}
            {(!none).then(|| view! { <p>"The first of these, and nobody else for now:"</p><ol>{names}</ol> })}
            {several.then(|| view! { <p>{goes_on}</p> })}
            <WhoIsRung cover host=organisation/>
        </section>
        {(!none).then(|| view! { <RaiseForm route choices action form looks_personal/> })}
    }
}

#[component]
fn RaiseForm(
    route: Route,
    /// Who would be told.
    choices: Vec<(String, String)>,
    action: String,
    form: FormState,
    looks_personal: bool,
) -> impl IntoView {
    let id = form.typed.text("id").to_owned();
    let knows = Knows::ALL.map(|it| (it.as_str(), it.label())).to_vec();
    view! {
        <form method="post" action=action class="stack" novalidate>
            <input type="hidden" name="id" value=id/>
            <p>"What happened you tell them yourself. Here they read only that you have a concern, of which kind, and what you choose below."</p>
            <Ticks form=form.clone() name="about" legend="Is it about one of these?" choices hint="Whoever you tick is not told, and cannot read it. If it is about nobody of them, leave them all."/>
            {route.asks_who_knows().then(|| view! {
                <Choices form=form.clone() name="knows" legend="Does the person whom it is about know that you tell this?".to_owned() choices=knows hint="If it is safe, talk with them first about what they would like to happen."/>
            })}
            <WrittenFields form looks_personal/>
            <p><button class="button">"Turn to them"</button></p>
        </form>
    }
}

/// Where it is written down.
#[component]
pub(super) fn WrittenFields(form: FormState, looks_personal: bool) -> impl IntoView {
    view! {
        <Field form=form.clone() name="system" label="Where is it written down, if it is?" takes=Takes::Line hint="Such as the name of the record system, or the council’s form. What happened stands there and not here."/>
        <Field form=form.clone() name="reference" label="Which number does it have there?" takes=Takes::Line hint="If it has one. No service user is named here."/>
        {looks_personal.then(|| view! { <Tick form name="looked" label="I have looked again: it names nobody"/> })}
    }
}
