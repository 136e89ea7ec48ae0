//! My application: where it is and what comes next, what I have answered, and every step.

use axum::http::StatusCode;
use domain::people::FieldFault;
use domain::training::cohort::CohortId;
use domain::training::{
    ApplicationState as State, ApplicationStep as Step, Criterion, NotSent, Round, go, send, unanswered,
};
use leptos::prelude::*;
use store::training::applications::{self, Application, Taken};
use store::training::{answers, conversations, rounds};

use super::view::{Answered, Answers, History, answered};
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::rounds::OwnApplication;
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// Steps on the page: the latest.
pub(super) const STEPS: u64 = 30;

/// GET /training/applications/{application}
pub(crate) async fn show(cx: Cx, own: OwnApplication, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "answered" => Some("Your answer is kept. Nobody else sees it before you send it."),
        "adjustments" => Some("It is kept."),
        "send" => Some("It is sent. You can still step back or pause."),
        "step_back" => Some("You have stepped back. Everything you wrote is kept, and you can return."),
        "pause" => Some("It is paused. Come back when you like."),
        "return" => Some("Welcome back. You go on where you were."),
        "accept" => Some("The place is yours."),
        _ => None,
    };
    page(&cx, own, (StatusCode::OK, FormState::default()), done).await
}

/// POST /training/applications/{application}/step
pub(crate) async fn step(cx: Cx, own: OwnApplication, typed: Typed) -> Answer {
    let id = own.application.id;
    let tx = cx.site.db().begin().await?;
    let current = applications::application_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let typed = typed.text("step");
    let moved = if typed == Step::Send.as_str() {
        let criteria = rounds::criteria_now(&tx, own.round.id).await?;
        let answers = answers::answers_now(&tx, id).await?;
        let is_answered = |it: &Criterion| answers.get(&it.id).is_some_and(|answer| !answer.value.is_empty());
        let missing = unanswered(&criteria, is_answered).collect();
        send(&current.standing, &own.round, missing, cx.today())
    } else {
        go(&current.standing, typed).map_err(NotSent::NotNow)
    };
    match moved {
        Ok(moved) => {
            applications::save_step(&tx, &current, (&moved, own.me.id()), cx.now()).await?;
            for event in super::admission::carry_on(&cx, &tx, &own, &moved).await? {
                store::audit::append(&tx, event).await?;
            }
            let event = cx.event(applications::action(moved.step()), own.me.id()).to(id.as_uuid());
            cx.keep(tx, event.within(own.round.organisation.as_uuid())).await?;
            Ok(cx.done(&format!("/training/applications/{id}?done={}", moved.step().as_str())))
        }
        Err(refused) => {
            drop(tx);
            let status = match refused {
                NotSent::NotNow(_) => StatusCode::CONFLICT,
                NotSent::Closed | NotSent::Missing(_) => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let field = if matches!(refused, NotSent::Missing(_)) { "answers" } else { "steps" };
            let fault = FieldFault { field, remedy: refused.to_string() };
            let own = OwnApplication { application: current, ..own };
            page(&cx, own, (status, FormState::refused(Typed::default(), vec![fault])), None).await
        }
    }
}

/// What the page shows.
struct Shown {
    application: Application,
    round: Round,
    answers: Vec<Answered>,
    /// What was asked for.
    asked: String,
    history: Vec<(Taken, String)>,
    form: FormState,
    done: Option<&'static str>,
    takes: bool,
    /// The group in which the place is, by its name.
    group: Option<(CohortId, String)>,
}

async fn page(
    cx: &Cx,
    own: OwnApplication,
    (status, form): (StatusCode, FormState),
    done: Option<&'static str>,
) -> Answer {
    let OwnApplication { application, round, .. } = own;
    let db = cx.site.db();
    let answers = answered(cx, &application).await?;
    let asked = conversations::asked(db, application.id).await?.map(|it| it.words.value).unwrap_or_default();
    let steps = applications::steps(db, application.id, STEPS).await?;
    let names = crate::permits::rounds::names(cx, steps.iter().map(|it| it.by).collect()).await?;
    let named = |it: Taken| {
        let by = names.get(&it.by.as_uuid()).cloned().unwrap_or_default();
        (it, by)
    };
    let history = steps.into_iter().map(named).collect();
    let takes = round.takes(cx.today());
    let group = super::admission::own_group(cx, &application).await?;
    let head = Head::new("My application", Area::Learn).failed(!form.faults.is_empty());
    let shown = Shown { application, round, answers, asked, history, form, done, takes, group };
    Ok(cx.page(status, head, move || view! { <ApplicationPage shown/> }).await)
}

/// What comes next, for whoever applies.
pub(super) fn next(state: State, round: &Round, takes: bool) -> String {
    let closes = date(round.about.value.closes);
    match state {
        State::Draft if takes => format!(
            "You are writing it. Nobody else sees it. Say something about everything essential, then send it by {closes}."
        ),
        State::Draft => "You are writing it. Nobody else sees it. The round takes no applications today.".into(),
        State::Sent => "It is with the coordinators now. Next, one of them invites you to a talk: no test, no score.".into(),
        State::Talked => "You have talked. Next, you hear here whether there is a place this time.".into(),
        State::Offered => "A place is offered to you. Take it if you would like it. There is no hurry today.".into(),
        State::Accepted => "The place is yours. Your group and its days stand here and on your Training page as soon as they are set.".into(),
        State::NotThisTime => "It does not lead to a place in this round. You can apply in another.".into(),
        State::Paused => "It is paused. Nothing is lost. When you return, you go on exactly where you were.".into(),
        State::SteppedBack => "You have stepped back. Nothing is lost. You can return; a place that was offered may be gone by then.".into(),
    }
}

/// How the tag of a state looks.
pub(super) const fn tag(state: State) -> &'static str {
    match state {
        State::Offered | State::Accepted => "tag good",
        State::Sent | State::Talked => "tag wait",
        State::Draft | State::NotThisTime | State::Paused | State::SteppedBack => "tag",
    }
}

#[component]
fn ApplicationPage(shown: Shown) -> impl IntoView {
    let Shown { application, round, answers, asked, history, form, done, takes, group } = shown;
    let state = application.standing.state;
    let base = format!("/training/applications/{}", application.id);
    let says = next(state, &round, takes);
    // What the coordinators wrote with their latest decision.
    let decides = |it: &&(Taken, String)| matches!(it.0.step, Step::Offer | Step::NotThisTime);
    let is_decided = matches!(state, State::Offered | State::Accepted | State::NotThisTime);
    let words = history.iter().find(decides).filter(|_| is_decided).map(|it| it.0.words.clone());
    let words = words.filter(|it| !it.is_empty());
    let is_draft = state == State::Draft;
    let edit = is_draft.then(|| base.clone());
    let open = state.is_open_for_adjustments();
    let helps = if asked.is_empty() { "Say what would help" } else { "Change what would help" };
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/training">"Training"</a></p>
            <h1>"My application"</h1>
            <p class="lead">{round.about.value.name.clone()}</p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <section class="stack" aria-labelledby="where">
                <h2 id="where">"Where I am"</h2>
                <p><span class=tag(state)>{state.label()}</span></p>
                <p>{says}</p>
                {group.map(|(id, name)| view! { <p><a class="button" href=format!("/training/cohorts/{id}")><span>"Your group: "<bdi>{name}</bdi></span></a></p> })}
                {words.map(|it| view! { <p class="notice typed">{it}</p> })}
            </section>
            {(!is_draft).then(|| view! { <Steps base=base.clone() state takes/> })}
            <section class="stack" aria-labelledby="answers">
                <h2 id="answers" tabindex="-1">"My answers"</h2>
                {(!is_draft).then(|| view! { <p class="soft">"They stay as you sent them."</p> })}
                <Answers answers edit/>
            </section>
            <section class="stack" aria-labelledby="help">
                <h2 id="help">"What would help me"</h2>
                <p>"If something would make the talk easier, say so. Only the coordinator who arranges the talk reads it, never whoever decides."</p>
                {if asked.is_empty() {
                    view! { <p>"You have asked for nothing."</p> }.into_any()
                } else {
                    view! { <p class="typed">{asked}</p> }.into_any()
                }}
                {open.then(|| view! { <p><a class="button quiet" href=format!("{base}/adjustments")>{helps}</a></p> })}
            </section>
            // It is sent when everything above it is written.
            {is_draft.then(|| view! { <Steps base=base.clone() state takes/> })}
            <History history/>
        </div>
    }
}

/// What can be done with it now.
#[component]
fn Steps(base: String, state: State, takes: bool) -> impl IntoView {
    let ways: &[(Step, &str)] = match state {
        State::Draft if takes => &[(Step::Send, "Send my application"), (Step::StepBack, "Step back")],
        State::Draft => &[(Step::StepBack, "Step back")],
        State::Sent | State::Talked => &[(Step::Pause, "Pause"), (Step::StepBack, "Step back")],
        State::Offered => {
            &[(Step::Accept, "Take the place"), (Step::Pause, "Pause"), (Step::StepBack, "Step back")]
        }
        State::Accepted => &[(Step::Pause, "Pause"), (Step::StepBack, "Step back")],
        State::Paused => &[(Step::Return, "Return"), (Step::StepBack, "Step back")],
        State::SteppedBack => &[(Step::Return, "Return")],
        State::NotThisTime => &[],
    };
    let button = |(step, says): &(Step, &'static str)| {
        let main = matches!(step, Step::Send | Step::Accept | Step::Return);
        let class = if main { "button" } else { "button quiet" };
        view! { <button class=class name="step" value=step.as_str()>{*says}</button> }
    };
    (!ways.is_empty()).then(|| {
        view! {
            <form method="post" action=format!("{base}/step")>
                <p class="row" id="steps" tabindex="-1">{ways.iter().map(button).collect_view()}</p>
            </form>
        }
    })
}
