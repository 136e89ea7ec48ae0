//! One person of a group, for whoever keeps its register: what is asked of them, what they have handed in, and whether
//! a body outside has accredited it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use domain::people::PersonId;
use domain::training::cohort::{CohortId, NoteRefused, accredit as accredit_rule, adjust as adjust_rule};
use leptos::prelude::*;
use store::training::cohorts::CohortSession;
use store::training::outcomes::{ACCREDITED, ADJUSTED, ASSIGNMENT_MARKED, Accredited, Adjusted};

use super::mine::Figures;
use super::register::in_words;
use super::standing::Known;
use super::{SessionRow, SessionsTable};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::KeepsRegister;
use crate::personal::looks;
use crate::ui::choose::{DayField, DayNames, Ticks, filled, typed_day};
use crate::ui::form::{ErrorSummary, Field, Takes, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

const ON: DayNames = ["on_day", "on_month", "on_year"];

/// The box that says that what looks personal is not.
const LOOKED_AT: &str = "looked_at";

type Here = (CohortId, PersonId);

/// Which of the forms came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Came {
    #[default]
    None,
    Adjusting,
    Accrediting,
}

/// A form that came back, and whether something in it looks personal.
#[derive(Clone, Default)]
struct Back {
    came: Came,
    form: FormState,
    looks_personal: bool,
}

/// GET /training/cohorts/{cohort}/people/{person}
pub(crate) async fn show(cx: Cx, here: KeepsRegister, At((_, person)): At<Here>, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "adjusted" => Some("It is kept, with your name."),
        "work" => Some("It is kept."),
        "accredited" => Some("It is kept, with your name."),
        _ => None,
    };
    page(&cx, &here, person, StatusCode::OK, (Back::default(), done)).await
}

/// POST /training/cohorts/{cohort}/people/{person}/adjust
pub(crate) async fn adjust(
    cx: Cx,
    here: KeepsRegister,
    At((cohort, person)): At<Here>,
    typed: Typed,
) -> Answer {
    stands(&cx, &here, person).await?;
    let looked_at = typed.text(LOOKED_AT) == "yes";
    match adjust_rule(&here.tutor, (typed.text("percent"), typed.text("why")), looked_at) {
        Ok(adjustment) => {
            let tx = cx.site.db().begin().await?;
            let by = (here.tutor.person(), cx.today());
            store::training::outcomes::adjust(&tx, (cohort, person), &adjustment, by).await?;
            done(&cx, &here, person, (tx, ADJUSTED), "adjusted").await
        }
        Err(refused) => {
            let back = back(Came::Adjusting, typed, refused);
            page(&cx, &here, person, StatusCode::UNPROCESSABLE_ENTITY, (back, None)).await
        }
    }
}

/// POST /training/cohorts/{cohort}/people/{person}/assignments
pub(crate) async fn mark_work(
    cx: Cx,
    here: KeepsRegister,
    At((cohort, person)): At<Here>,
    typed: Typed,
) -> Answer {
    stands(&cx, &here, person).await?;
    let programme = super::super::cohorts::programme_of(&cx, &here.cohort).await?;
    let ticked = |slug: &str| typed.fields().any(|it| it == ("work", slug));
    let assignments = programme.outline.assignments.iter().map(|it| it.slug.clone());
    let handed_in: Vec<_> = assignments.filter(|it| ticked(it.as_str())).collect();
    let tx = cx.site.db().begin().await?;
    let by = (here.tutor.person(), cx.today());
    store::training::outcomes::mark_assignments(&tx, (cohort, person), &handed_in, by).await?;
    done(&cx, &here, person, (tx, ASSIGNMENT_MARKED), "work").await
}

/// POST /training/cohorts/{cohort}/people/{person}/accredited
pub(crate) async fn accredit(
    cx: Cx,
    here: KeepsRegister,
    At((cohort, person)): At<Here>,
    typed: Typed,
) -> Answer {
    stands(&cx, &here, person).await?;
    let looked_at = typed.text(LOOKED_AT) == "yes";
    let asked = (typed.text("body"), typed_day(&typed, ON));
    match accredit_rule(&here.tutor, asked, looked_at, cx.today()) {
        Ok(accreditation) => {
            let tx = cx.site.db().begin().await?;
            let by = here.tutor.person();
            store::training::outcomes::accredit(&tx, (cohort, person), &accreditation, by).await?;
            done(&cx, &here, person, (tx, ACCREDITED), "accredited").await
        }
        Err(refused) => {
            let back = back(Came::Accrediting, typed, refused);
            page(&cx, &here, person, StatusCode::UNPROCESSABLE_ENTITY, (back, None)).await
        }
    }
}

/// Whether somebody stands in the group. Nobody writes about themselves.
async fn stands(cx: &Cx, here: &KeepsRegister, person: PersonId) -> Result<(), TurnedAway> {
    let member = store::training::places::member(cx.site.db(), here.cohort.id, person).await?;
    member.filter(|_| person != here.tutor.person()).map(|_| ()).ok_or(TurnedAway::NotFound)
}

async fn done(
    cx: &Cx,
    here: &KeepsRegister,
    person: PersonId,
    (tx, action): (store::Tx, store::audit::Action),
    done: &str,
) -> Answer {
    let event = here.event(cx, action).to(here.cohort.id.as_uuid());
    cx.keep(tx, event.about(person.as_uuid())).await?;
    let next = format!("/training/cohorts/{}/people/{person}?done={done}", here.cohort.id);
    Ok(Redirect::to(&next).into_response())
}

fn back(came: Came, typed: Typed, refused: NoteRefused) -> Back {
    let (faults, looks_personal) = match refused {
        NoteRefused::Faults(faults) => (faults, false),
        NoteRefused::Personal(field, like) => (vec![looks(field, like)], true),
    };
    Back { came, form: FormState::refused(typed, faults), looks_personal }
}

async fn page(
    cx: &Cx,
    here: &KeepsRegister,
    person: PersonId,
    status: StatusCode,
    (back, done): (Back, Option<&'static str>),
) -> Answer {
    stands(cx, here, person).await?;
    let known = Known::of(cx, here.cohort.clone(), &[person]).await?;
    let adjusted = known.outcomes.adjusted.get(&person).cloned().unwrap_or_default();
    let accredited = known.outcomes.accredited.get(&person).cloned();
    let by = adjusted.iter().map(|it| it.by).chain(accredited.as_ref().map(|it| it.by));
    let people: Vec<_> = by.chain([person]).collect();
    let names = names(cx, &people).await?;
    let tab = format!("{}, one person", known.programme.outline.discreet_title);
    let head = Head::new(&tab, Area::Me).failed(!back.form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <PersonPage known person names back done/> }).await)
}

#[component]
fn PersonPage(
    known: Known,
    person: PersonId,
    names: BTreeMap<PersonId, String>,
    back: Back,
    done: Option<&'static str>,
) -> impl IntoView {
    let group = format!("/training/cohorts/{}", known.cohort.id);
    let here = format!("{group}/people/{person}");
    let name = move |it: PersonId| names.get(&it).cloned().unwrap_or_default();
    let standing = known.standing(person);
    let completed = standing.completed().is_ok();
    let adjusted = known.outcomes.adjusted.get(&person).cloned().unwrap_or_default();
    let adjusted: Vec<_> =
        adjusted.into_iter().map(|it| view! { <AdjustedLine by=name(it.by) it/> }).collect();
    let accredited = known.outcomes.accredited.get(&person).cloned();
    let accredited = accredited.map(|it| view! { <AccreditedLine by=name(it.by) it/> });
    let handed_in = known.outcomes.handed_in.get(&person).cloned().unwrap_or_default();
    let ticked: Vec<_> = handed_in.iter().map(|it| ("work", it.to_string())).collect();
    let works = known.programme.outline.assignments.iter();
    let works: Vec<_> = works.map(|it| (it.slug.to_string(), it.title.clone())).collect();
    let none = works.is_empty();
    let row = |it: &CohortSession| {
        let said = match it.held.is_off {
            true => "Does not take place".to_owned(),
            false => in_words(known.marked(it, person)),
        };
        let title = format!("{}. {}", it.position, known.title(it)).into_any();
        view! { <SessionRow title session=it.clone() said=said.into_any()/> }.into_any()
    };
    let sessions: Vec<_> = known.sessions.iter().map(row).collect();
    let of = |came: Came| if back.came == came { back.clone() } else { Back::default() };
    let (adjusting, accrediting, summary) = (of(Came::Adjusting), of(Came::Accrediting), back.form.clone());
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=summary/>
            <p><a class="crumb" href=group><bdi>{known.cohort.terms.name.clone()}</bdi></a></p>
            <h1><bdi>{name(person)}</bdi></h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {completed.then(|| view! { <p class="notice">"Has completed the programme."</p> })}
            {accredited}
            <Figures standing/>
            <section class="stack" aria-labelledby="asked">
                <h2 id="asked">"What is asked of them"</h2>
                {(!adjusted.is_empty()).then(|| view! { <ul role="list">{adjusted}</ul> })}
                <p>"You can ask for less or more of one person. It is written down with your name, and they see it. Earlier ones stay."</p>
                <form method="post" action=format!("{here}/adjust") class="stack" novalidate>
                    <Field form=adjusting.form.clone() name="percent" label="How much is asked for, in 100 minutes?" takes=Takes::Line/>
                    <Field form=adjusting.form.clone() name="why" label="Why, in a word?" takes=Takes::Line hint="Such as: joined later. Nothing about health, and no names."/>
                    {adjusting.looks_personal.then(|| view! { <LookedAgain form=adjusting.form/> })}
                    <p class="row"><button class="button quiet">"Keep this"</button></p>
                </form>
            </section>
            {(!none).then(|| view! {
                <section class="stack" aria-labelledby="works">
                    <h2 id="works">"Small pieces of work"</h2>
                    <form method="post" action=format!("{here}/assignments") class="stack" novalidate>
                        <Ticks form=filled(&ticked) name="work" legend="Handed in" choices=works/>
                        <p class="row"><button class="button quiet">"Keep what is handed in"</button></p>
                    </form>
                </section>
            })}
            <section class="stack" aria-labelledby="accredited">
                <h2 id="accredited">"Accredited"</h2>
                <p>"This is another thing than having completed it: a body outside says so. Most people have no need of it."</p>
                <form method="post" action=format!("{here}/accredited") class="stack" novalidate>
                    <Field form=accrediting.form.clone() name="body" label="Which body accredited it?" takes=Takes::Line/>
                    <DayField form=accrediting.form.clone() names=ON legend="On which day?" hint="Such as 21 11 2026."/>
                    {accrediting.looks_personal.then(|| view! { <LookedAgain form=accrediting.form/> })}
                    <p class="row"><button class="button quiet">"Keep that"</button></p>
                </form>
            </section>
            <section class="stack" aria-labelledby="sessions">
                <h2 id="sessions">"Sessions"</h2>
                <SessionsTable caption="Sessions" rows=sessions/>
            </section>
        </div>
    }
}

#[component]
fn LookedAgain(form: FormState) -> impl IntoView {
    view! { <Tick form name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> }
}

#[component]
fn AdjustedLine(it: Adjusted, by: String) -> impl IntoView {
    view! { <li>{it.percent}" in 100 minutes, "<bdi>{it.why}</bdi>". Written down on "{date(it.on)}" by "<bdi>{by}</bdi>"."</li> }
}

#[component]
fn AccreditedLine(it: Accredited, by: String) -> impl IntoView {
    view! { <p class="notice">"Accredited by "<bdi>{it.body}</bdi>" on "{date(it.on)}". Written down by "<bdi>{by}</bdi>"."</p> }
}
