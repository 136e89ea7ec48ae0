//! Selecting: reading what was answered, keeping that the conversation was held, and deciding. What somebody asked for
//! is not on this page.

use axum::http::StatusCode;
use domain::people::{FieldFault, PersonId};
use domain::training::{
    ApplicationState as State, Conversation, ConversationForm, Places, decide as decide_it, hold, select,
};
use leptos::prelude::*;
use store::training::applications::{self, Taken};
use store::training::{board, conversations, rounds};

use super::application::{STEPS, tag};
use super::view::{Answered, Answers, History, answered};
use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::letters;
use crate::permits::rounds::{ReadsAnswers, Sent, base};
use crate::ui::choose::{DayField, DayNames, OneOf, typed_day};
use crate::ui::form::{Choices, ErrorSummary};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::ui::words::date;

const HELD: DayNames = ["held_day", "held_month", "held_year"];

/// GET /training/at/{organisation}/applications/{application}
pub(crate) async fn show(cx: Cx, at: ReadsAnswers, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "talked" => Some("It is kept that you talked."),
        "offer" => Some("The place is offered. They get a letter that there is news."),
        "not_this_time" => {
            Some("It is kept. They get a letter that there is news, and read your words here.")
        }
        _ => None,
    };
    page(&cx, at.0, (StatusCode::OK, FormState::default()), done).await
}

/// POST /training/at/{organisation}/applications/{application}/conversation
pub(crate) async fn conversation(cx: Cx, at: ReadsAnswers, typed: Typed) -> Answer {
    let at = at.0;
    let act = acting(&cx, &at).await?;
    let ids: Vec<PersonId> = act.iter().map(|it| it.0).collect();
    let tx = cx.site.db().begin().await?;
    let now = applications::application_now(&tx, at.application.id).await?.ok_or(TurnedAway::NotFound)?;
    let concerned = now.concerned(at.round.organisation);
    let form = ConversationForm { held_on: typed_day(&typed, HELD), held_by: typed.text("held_by") };
    match hold(&at.here.coordinator, (&now.standing, &concerned), &form, (&ids, cx.today())) {
        Ok((moved, held)) => {
            conversations::save_conversation(&tx, now.id, held).await?;
            applications::save_step(&tx, &now, (&moved, at.here.me), cx.now()).await?;
            let event = at.event(&cx, applications::action(moved.step()));
            cx.keep(tx, event).await?;
            Ok(cx.done(&format!("{}?done=talked", at.base())))
        }
        Err(faults) => {
            drop(tx);
            refused(&cx, at, typed, faults).await
        }
    }
}

/// POST /training/at/{organisation}/applications/{application}/decide
pub(crate) async fn decide(cx: Cx, at: ReadsAnswers, typed: Typed) -> Answer {
    let at = at.0;
    let tx = cx.site.db().begin().await?;
    // Two decisions about a round take turns, so that no more places are offered than there are.
    let round = rounds::round_now(&tx, at.round.id).await?.ok_or(TurnedAway::NotFound)?;
    let now = applications::application_now(&tx, at.application.id).await?.ok_or(TurnedAway::NotFound)?;
    let held = board::places_held(&tx, round.id).await?;
    let places = Places { all: round.about.value.places, held };
    let concerned = now.concerned(round.organisation);
    let decided = match select(&at.here.coordinator, &concerned) {
        Ok(by) => {
            let typed = (typed.text("decision"), typed.text("reason"));
            decide_it(&by, &now.standing, typed, places)
        }
        Err(theirs) => Err(vec![FieldFault { field: "decision", remedy: theirs.to_string() }]),
    };
    match decided {
        Ok(moved) => {
            applications::save_step(&tx, &now, (&moved, at.here.me), cx.now()).await?;
            if let Some(own) = store::sign_in::own_now(&tx, now.person).await? {
                let path = format!("/training/applications/{}", now.id);
                letters::send(&tx, letters::news(&cx.site, &own.email, &path), cx.now()).await?;
            }
            let event = at.event(&cx, applications::action(moved.step()));
            cx.keep(tx, event).await?;
            Ok(cx.done(&format!("{}?done={}", at.base(), moved.step().as_str())))
        }
        Err(faults) => {
            drop(tx);
            refused(&cx, at, typed, faults).await
        }
    }
}

async fn refused(cx: &Cx, at: Sent, typed: Typed, faults: Vec<FieldFault>) -> Answer {
    page(cx, at, (StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, faults)), None).await
}

/// Who could have talked with them: those who act for the organisation, each with their name.
async fn acting(cx: &Cx, at: &Sent) -> Result<Vec<(PersonId, String)>, Broken> {
    let acting = store::organisations::acting(cx.site.db(), at.round.organisation, cx.today()).await?;
    let others = acting.into_iter().filter(|it| it.id != at.application.person);
    Ok(others.map(|it| (it.id, it.known_as)).collect())
}

/// What the page shows.
struct Shown {
    base: String,
    round: (String, String),
    known_as: String,
    state: State,
    answers: Vec<Answered>,
    /// With whom it was held.
    conversation: Option<(Conversation, String)>,
    acting: Vec<(PersonId, String)>,
    /// Why somebody else decides, if so.
    not_theirs: Option<String>,
    may_offer: bool,
    history: Vec<(Taken, String)>,
    form: FormState,
    done: Option<&'static str>,
}

async fn page(
    cx: &Cx,
    at: Sent,
    (status, form): (StatusCode, FormState),
    done: Option<&'static str>,
) -> Answer {
    let db = cx.site.db();
    // What was done meanwhile stands on the page.
    let found = applications::application(db, at.application.id).await?;
    let application = found.ok_or(TurnedAway::NotFound)?;
    let answers = answered(cx, &application).await?;
    let held = conversations::conversation(db, application.id).await?;
    let steps = applications::steps(db, application.id, STEPS).await?;
    let people = steps.iter().map(|it| it.by).chain(held.map(|it| it.held_by)).chain([application.person]);
    let names = crate::permits::rounds::names(cx, people.collect()).await?;
    let name = |it: PersonId| names.get(&it.as_uuid()).cloned().unwrap_or_default();
    let named = |it: Taken| {
        let by = name(it.by);
        (it, by)
    };
    let concerned = application.concerned(at.round.organisation);
    let not_theirs = select(&at.here.coordinator, &concerned).err().map(|it| it.to_string());
    let shown = Shown {
        base: at.base(),
        round: (
            format!("{}/rounds/{}/board", base(at.round.organisation), at.round.id),
            at.round.about.value.name.clone(),
        ),
        known_as: name(application.person),
        state: application.standing.state,
        answers,
        conversation: held.map(|it| (it, name(it.held_by))),
        acting: acting(cx, &at).await?,
        not_theirs,
        may_offer: application.standing.has_talked,
        history: steps.into_iter().map(named).collect(),
        form,
        done,
    };
    let head = Head::new("An application", Area::Me).failed(!shown.form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <SelectPage shown/> }).await)
}

#[component]
fn SelectPage(shown: Shown) -> impl IntoView {
    let Shown {
        base,
        round: (all, round),
        known_as,
        state,
        answers,
        conversation,
        acting,
        not_theirs,
        may_offer,
        history,
        form,
        done,
    } = shown;
    let arrange = format!("{base}/arrange");
    let talks = matches!(state, State::Sent | State::Talked);
    // What is refused has a place on the page, even if it has moved on.
    let talks = talks || form.fault("held_day").is_some();
    let decides = matches!(state, State::Sent | State::Talked | State::NotThisTime);
    let decides = decides || form.fault("decision").is_some();
    let has_talked = conversation.is_some();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=all>{round}</a></p>
            <h1><bdi>{known_as}</bdi></h1>
            <p><span class=tag(state)>{state.label()}</span></p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <section class="stack" aria-labelledby="answers">
                <h2 id="answers">"What they wrote"</h2>
                <Answers answers edit=None/>
            </section>
            <section class="stack" aria-labelledby="talk">
                <h2 id="talk">"The talk"</h2>
                <p>"An informal conversation: about the training, and about what they would like to know. No score is kept, and nothing about anybody’s health."</p>
                {conversation.map(|(it, by)| view! { <p>"Held on "{date(it.held_on)}" by "<bdi>{by}</bdi>"."</p> })}
                <p><a class="alone" href=arrange>"Arrange the talk"</a></p>
                {talks.then(|| view! { <Talked base=base.clone() form=form.clone() acting has_talked/> })}
            </section>
            {decides.then(|| view! { <Decide base form state not_theirs may_offer/> })}
            <History history/>
        </div>
    }
}

#[component]
fn Talked(
    base: String,
    form: FormState,
    acting: Vec<(PersonId, String)>,
    /// It is kept already, and may be put right.
    has_talked: bool,
) -> impl IntoView {
    let choices = acting.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let is_refused = form.fault("held_day").is_some() || form.fault("held_by").is_some();
    let fields = view! {
        <form method="post" action=format!("{base}/conversation") class="stack" novalidate>
            <DayField form=form.clone() names=HELD legend="On which day did you talk?"/>
            <OneOf form name="held_by" label="Who talked with them?" choices/>
            <p class="row"><button class="button quiet">"Keep that we talked"</button></p>
        </form>
    };
    match has_talked {
        true => view! { <details open=is_refused><summary>"Put right when, or with whom"</summary>{fields}</details> }.into_any(),
        false => fields.into_any(),
    }
}

#[component]
fn Decide(
    base: String,
    form: FormState,
    state: State,
    not_theirs: Option<String>,
    may_offer: bool,
) -> impl IntoView {
    let offers = may_offer && matches!(state, State::Talked | State::NotThisTime);
    let refuses = matches!(state, State::Sent | State::Talked);
    let choices = [(offers, ("offer", "Offer a place")), (refuses, ("not_this_time", "Not this time"))];
    let choices: Vec<_> = choices.into_iter().filter(|it| it.0).map(|it| it.1).collect();
    let none = choices.is_empty();
    view! {
        <section class="stack" aria-labelledby="decide">
            <h2 id="decide">"Decide"</h2>
            {(!may_offer).then(|| view! { <p class="soft">"A place can be offered once you have talked."</p> })}
            {match not_theirs {
                Some(why) => view! { <p class="notice care" id="decision">{why}</p> }.into_any(),
                None if none => view! { <p id="decision">"There is nothing to decide at the moment."</p> }.into_any(),
                None => view! {
                    <form method="post" action=format!("{base}/decide") class="stack" novalidate>
                        <Choices form=form.clone() name="decision" legend="What do you decide?".to_owned() choices/>
                        <TextArea form name="reason" label="Your words to them" hint="They read this. If it is not this time, say why, and what they could do next. Write nothing about anybody’s health." rows="4"/>
                        <p class="row"><button class="button">"Tell them"</button></p>
                    </form>
                }.into_any(),
            }}
        </section>
    }
}
