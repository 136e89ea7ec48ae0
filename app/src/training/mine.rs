//! My way: which courses go well before training, and on which lists I am.

mod so_far;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::OrganisationId;
use domain::training::{Round, RoundId};
use leptos::prelude::*;
use store::training::applications::{self, Application};
use store::training::interest::{self, Listed};
use store::training::rounds;

use self::so_far::{Overview, SoFar};
use super::application::{next, tag};
use super::rounds::standing;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::permits::SignedIn;
use crate::plan::suggested::{Suggested, Ways};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// Applications on the page: the latest.
const APPLICATIONS: u64 = 20;

/// What the page shows.
struct Shown {
    applications: Vec<(Application, Round)>,
    /// Those that somebody has not applied to, each with the organisation's name.
    rounds: Vec<(Round, String)>,
    today: NaiveDate,
    suggested: Suggested,
    /// Each with the organisation's name.
    lists: Vec<(Listed, String)>,
    so_far: SoFar,
    done: Option<&'static str>,
}

/// GET /training
pub(crate) async fn show(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let db = cx.site.db();
    let enrolled = store::learning::enrolments_of(db, me.id()).await?;
    let suggested = Suggested::of(&cx, &enrolled);
    let own = store::sign_in::own(db, me.id()).await?.ok_or(TurnedAway::SignIn)?;
    let lists = interest::lists_of(db, me.id(), &own.email).await?;
    let applications = applications::of_person(db, me.id(), APPLICATIONS).await?;
    let so_far = SoFar::of(&cx, &me, !lists.is_empty(), &applications).await?;
    let applied: Vec<RoundId> = applications.iter().map(|it| it.round).collect();
    let of = rounds::rounds(db, &applied).await?;
    let with = |it: Application| {
        let round = of.iter().find(|round| round.id == it.round)?.clone();
        Some((it, round))
    };
    let applications = applications.into_iter().filter_map(with).collect();
    let mut open = rounds::going_on(db, cx.today()).await?;
    open.retain(|it| !applied.contains(&it.id));
    let lists_at = lists.iter().map(|it| it.organisation);
    let ids: Vec<OrganisationId> = lists_at.chain(open.iter().map(|it| it.organisation)).collect();
    let names: BTreeMap<_, _> =
        store::organisations::organisations(db, &ids).await?.into_iter().map(|it| (it.id, it.name)).collect();
    let named = |it: Listed| {
        let name = names.get(&it.organisation).cloned().unwrap_or_default();
        (it, name)
    };
    let lists = lists.into_iter().map(named).collect();
    let run_by = |it: Round| {
        let name = names.get(&it.organisation).cloned().unwrap_or_default();
        (it, name)
    };
    let rounds = open.into_iter().map(run_by).collect();
    let done = match asks.text("done") {
        "joined" => Some("You are on the list. You get a letter when the next round opens."),
        "left" => Some("You have left the list. No more letters come."),
        _ => None,
    };
    let shown = Shown { applications, rounds, today: cx.today(), suggested, lists, so_far, done };
    let head = Head::new("Training", Area::Learn);
    Ok(cx.page(StatusCode::OK, head, move || view! { <MinePage shown/> }).await)
}

#[component]
fn MinePage(shown: Shown) -> impl IntoView {
    let Shown { applications, rounds, today, suggested, lists, so_far, done } = shown;
    let is_before = so_far.is_before_a_place();
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/learn">"My courses"</a></p>
            <h1>"Training"</h1>
            <p class="lead">"The way to working or volunteering as a peer supporter, one step at a time. You can stop at any step and come back."</p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <Overview so_far/>
            <Applied applications today/>
            {is_before.then(|| view! {
                <section class="stack" aria-labelledby="before">
                    <h2 id="before">"Courses that go well before it"</h2>
                    <Ways suggested/>
                    <p class="soft">"Nobody checks whether you took them. You can apply without."</p>
                </section>
            })}
            <Rounds rounds today/>
            <Lists lists/>
        </div>
    }
}

/// Where I am, and what comes next.
#[component]
fn Applied(applications: Vec<(Application, Round)>, today: NaiveDate) -> impl IntoView {
    let card = |(it, round): (Application, Round)| {
        let state = it.standing.state;
        let says = next(state, &round, round.takes(today));
        view! {
            <li class="card stack">
                <h3><a class="alone" href=format!("/training/applications/{}", it.id)>{round.about.value.name}</a></h3>
                <p><span class=tag(state)>{state.label()}</span></p>
                <p>{says}</p>
            </li>
        }
    };
    (!applications.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="applications">
                <h2 id="applications">"My applications"</h2>
                <ul role="list" class="stack">{applications.into_iter().map(card).collect_view()}</ul>
            </section>
        }
    })
}

/// Rounds to which I could apply.
#[component]
fn Rounds(rounds: Vec<(Round, String)>, today: NaiveDate) -> impl IntoView {
    let none = rounds.is_empty();
    let card = |(round, name): (Round, String)| {
        let (said, class) = standing(&round, today);
        view! {
            <li class="card stack">
                <h3><a class="alone" href=format!("/training/rounds/{}", round.id)>{round.about.value.name}</a></h3>
                <p>{round.about.value.sentence}</p>
                <p><span class=class>{said}</span>" "<span class="soft">{name}</span></p>
            </li>
        }
    };
    view! {
        <section class="stack" aria-labelledby="rounds">
            <h2 id="rounds">"Rounds of training"</h2>
            {none.then(|| view! { <p>"None is open for you at the moment."</p> })}
            {(!none).then(|| view! { <ul role="list" class="stack">{rounds.into_iter().map(card).collect_view()}</ul> })}
        </section>
    }
}

#[component]
fn Lists(lists: Vec<(Listed, String)>) -> impl IntoView {
    let none = lists.is_empty();
    view! {
        <section class="stack" aria-labelledby="lists">
            <h2 id="lists">"Letters about training"</h2>
            {none.then(|| view! { <p>"Training begins a few times a year. If you like, you get a letter when the next round opens."</p> })}
            {(!none)
                .then(|| {
                    view! { <ul role="list" class="stack">{lists.into_iter().map(|(listed, name)| view! { <OnList listed name/> }).collect_view()}</ul> }
                })}
            <p><a class="button quiet" href="/training/join">{if none { "Hear when training begins" } else { "Change this, or add another list" }}</a></p>
        </section>
    }
}

#[component]
fn OnList(listed: Listed, name: String) -> impl IntoView {
    let label = format!("Leave the list of {name}");
    let since = date(listed.confirmed_at.with_timezone(&chrono_tz::Europe::London).date_naive());
    view! {
        <li class="card stack">
            <p><b>{name}</b>" writes to you when a round opens. You chose: "{listed.role.label()}". "<span class="soft">"Confirmed on "{since}"."</span></p>
            <form method="post" action="/training/leave">
                <input type="hidden" name="organisation" value=listed.organisation.to_string()/>
                <button class="button quiet" aria-label=label>"Leave the list"</button>
            </form>
        </li>
    }
}
