//! A coordinator's rounds: all of them, one of them, and opening it.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::FieldFault;
use domain::training::{Criterion, Round, open as open_it};
use leptos::prelude::*;
use store::jobs::Errand;
use store::organisations::Organisation;
use store::training::rounds::{self, ROUND_OPENED};

use super::admission::{Group, GroupOfRound};
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::permits::rounds::{RoundHere, base};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;
/// As far as those on the list are counted: more is a number that nobody acts on.
const COUNTED: u64 = 500;

/// GET /training/at/{organisation}
pub(crate) async fn list(cx: Cx, here: CoordinatesTrainingHere, Asks(asks): Asks) -> Answer {
    let db = cx.site.db();
    let organisation = here.organisation;
    let before = asks.text("before").parse().ok();
    let mut found = rounds::rounds_of(db, organisation.id, before, A_PAGE as u64 + 1).await?;
    let there_is_more = found.len() > A_PAGE;
    found.truncate(A_PAGE);
    let listed = store::training::interest::how_many(db, organisation.id, COUNTED).await?;
    let here = base(organisation.id);
    let next = found.last().filter(|_| there_is_more).map(|it| format!("{here}?before={}", it.id));
    let today = cx.today();
    let head = Head::new("Training", Area::Me);
    let page = move || view! { <ListPage organisation rounds=found listed next today/> };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

/// GET /training/at/{organisation}/rounds/{round}
pub(crate) async fn show(cx: Cx, here: RoundHere, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "kept" => Some("It is kept."),
        "group" => Some("The group is kept. Whoever took a place has it there."),
        "opened" => Some("The round is open. Whoever asked to be told gets a letter within minutes."),
        _ => None,
    };
    page(&cx, here, (StatusCode::OK, FormState::default()), done).await
}

/// POST /training/at/{organisation}/rounds/{round}/open
pub(crate) async fn open(cx: Cx, here: RoundHere) -> Answer {
    let id = here.round.id;
    let tx = cx.site.db().begin().await?;
    let round = rounds::round_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let criteria = rounds::criteria_now(&tx, id).await?.len();
    match open_it(&here.here.coordinator, &round, criteria, cx.today()) {
        Ok(opened) => {
            rounds::save_opened(&tx, &opened, cx.now()).await?;
            store::jobs::enqueue(&tx, &Errand::TellOfRound(id), cx.now()).await?;
            let event = here.here.event(&cx, ROUND_OPENED).to(id.as_uuid());
            cx.keep(tx, event).await?;
            Ok(cx.done(&format!("{}/rounds/{id}?done=opened", base(here.here.organisation.id))))
        }
        Err(refused) => {
            drop(tx);
            let fault = FieldFault { field: "open", remedy: refused.to_string() };
            let form = FormState::refused(Typed::default(), vec![fault]);
            page(&cx, here, (StatusCode::UNPROCESSABLE_ENTITY, form), None).await
        }
    }
}

pub(super) async fn page(
    cx: &Cx,
    here: RoundHere,
    (status, form): (StatusCode, FormState),
    done: Option<&'static str>,
) -> Answer {
    let RoundHere { here, round } = here;
    let criteria = rounds::criteria(cx.site.db(), round.id).await?;
    let listed = store::training::interest::how_many(cx.site.db(), here.organisation.id, COUNTED).await?;
    let today = cx.today();
    let group = Group::of(cx, &round).await?;
    let head = Head::new("A round", Area::Me).failed(!form.faults.is_empty());
    let organisation = here.organisation;
    let page = move || view! { <RoundPage organisation round criteria group listed form done today/> };
    Ok(cx.page(status, head, page).await)
}

/// Where a round is, in words, and how the tag looks.
pub(super) fn standing(round: &Round, today: NaiveDate) -> (String, &'static str) {
    let about = &round.about.value;
    if !round.is_opened {
        return ("Not opened yet".into(), "tag");
    }
    if round.is_over(today) {
        return (format!("Closed on {}", date(about.closes)), "tag");
    }
    if about.opens > today {
        return (format!("Opens on {}", date(about.opens)), "tag wait");
    }
    (format!("Open until {}", date(about.closes)), "tag good")
}

/// How many are on the list, in words.
fn on_the_list(listed: usize) -> String {
    match listed {
        0 => "Nobody is on the list yet.".into(),
        1 => "One person is on the list.".into(),
        many if many as u64 >= COUNTED => format!("{COUNTED} people or more are on the list."),
        many => format!("{many} people are on the list."),
    }
}

#[component]
fn ListPage(
    organisation: Organisation,
    rounds: Vec<Round>,
    listed: usize,
    next: Option<String>,
    today: NaiveDate,
) -> impl IntoView {
    let base = base(organisation.id);
    let none = rounds.is_empty();
    let new = format!("{base}/rounds/new");
    let [groups, frameworks, required, policies, matrix, roles, placements, waiting] =
        ["cohorts", "frameworks", "requirements", "policies", "matrix", "roles", "placements", "waiting"]
            .map(|it| format!("{base}/{it}"));
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"Training at "{organisation.name}</h1>
            <p class="lead">"A round takes applications from one day to another, for so many places."</p>
            <p>{on_the_list(listed)}" Those who asked for such a role get one letter when you open a round. You see no names or addresses here."</p>
            <p class="row"><a class="button" href=new>"Begin a round"</a><a href="/training/join">"The public page"</a></p>
            <ul class="rooms" role="list">
                <li><a class="alone" href=groups>"Groups"</a></li>
                <li><a class="alone" href=frameworks>"Frameworks of competences"</a></li>
                <li><a class="alone" href=required>"What we require"</a></li>
                <li><a class="alone" href=policies>"Policies"</a></li>
                <li><a class="alone" href=matrix>"Who has what"</a></li>
                <li><a class="alone" href=roles>"Roles"</a></li>
                <li><a class="alone" href=placements>"Placements"</a></li>
                <li><a class="alone" href=waiting>"Waiting to begin"</a></li>
            </ul>
            <section class="stack" aria-labelledby="rounds">
                <h2 id="rounds">"Rounds"</h2>
                {none.then(|| view! { <p>"There is none yet."</p> })}
                {(!none)
                    .then(|| {
                        let card = |it: Round| {
                            let (said, class) = standing(&it, today);
                            let href = format!("{base}/rounds/{}", it.id);
                            let about = it.about.value;
                            view! {
                                <li class="card stack">
                                    <h3><a class="alone" href=href>{about.name}</a></h3>
                                    <p>{about.sentence}</p>
                                    <p><span class=class>{said}</span></p>
                                </li>
                            }
                        };
                        view! { <ul role="list" class="stack">{rounds.into_iter().map(card).collect_view()}</ul> }
                    })}
                {next.map(|it| view! { <p><a class="button quiet" href=it>"Show earlier rounds"</a></p> })}
            </section>
        </div>
    }
}

#[component]
fn RoundPage(
    organisation: Organisation,
    round: Round,
    criteria: Vec<Criterion>,
    group: Group,
    listed: usize,
    form: FormState,
    done: Option<&'static str>,
    today: NaiveDate,
) -> impl IntoView {
    let all = base(organisation.id);
    let base = format!("{all}/rounds/{}", round.id);
    let (said, class) = standing(&round, today);
    let is_opened = round.is_opened;
    let public = format!("/training/rounds/{}", round.id);
    let about = round.about.value;
    let days = format!("{} to {}", date(about.opens), date(about.closes));
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=all>"Training at "{organisation.name}</a></p>
            <h1>{about.name}</h1>
            <p><span class=class>{said}</span></p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <dl class="summary">
                <div><dt>"What it is"</dt><dd>{about.sentence}</dd></div>
                <div><dt>"Applications"</dt><dd>{days}</dd></div>
                <div><dt>"Places"</dt><dd>{about.places}</dd></div>
                <div><dt>"For"</dt><dd>{about.role.label()}</dd></div>
            </dl>
            <p class="row">
                <a class="button quiet" href=format!("{base}/about")>"Change this"</a>
                {is_opened.then(|| view! { <a href=public>"What people see"</a> })}
            </p>
            {is_opened
                .then(|| {
                    view! {
                        <section class="stack" aria-labelledby="applications">
                            <h2 id="applications">"Applications"</h2>
                            <p class="row"><a class="button" href=format!("{base}/board")>"See them as a board"</a><a href=format!("{base}/table")>"See them as a table"</a></p>
                        </section>
                    }
                })}
            <Criteria base=base.clone() criteria/>
            <GroupOfRound organisation=organisation.id base=base.clone() group form/>
            {(!is_opened)
                .then(|| {
                    view! {
                        <section class="stack" aria-labelledby="open">
                            <h2 id="open" tabindex="-1">"Open it"</h2>
                            <p>"Then everybody can read it here, and apply from its first day on. "{on_the_list(listed)}" Those who asked for such a role get one letter each."</p>
                            <form method="post" action=format!("{base}/open")><button class="button">"Open this round"</button></form>
                        </section>
                    }
                })}
        </div>
    }
}

#[component]
fn Criteria(base: String, criteria: Vec<Criterion>) -> impl IntoView {
    let none = criteria.is_empty();
    let add = format!("{base}/criteria/new");
    view! {
        <section class="stack" aria-labelledby="criteria">
            <h2 id="criteria">"What you ask of people"</h2>
            <p>"You can change this until somebody begins to answer. After that it stays, so that everybody is measured by what they read."</p>
            {none.then(|| view! { <p>"Nothing yet."</p> })}
            {(!none)
                .then(|| {
                    let card = |it: Criterion| {
                        let href = format!("{base}/criteria/{}", it.id);
                        let label = format!("Change: {}", it.words);
                        let ways = ways(&it);
                        view! {
                            <li>
                                <p><b class="typed">{it.words}</b>" "<span class="tag">{it.need.label()}</span></p>
                                {(!ways.is_empty()).then(|| view! { <p class="soft">"Also counts: "{ways}</p> })}
                                <p><a class="alone" href=href aria-label=label>"Change"</a></p>
                            </li>
                        }
                    };
                    view! { <ol class="numbered stack">{criteria.into_iter().map(card).collect_view()}</ol> }
                })}
            <p><a class="button quiet" href=add>"Add a criterion"</a></p>
        </section>
    }
}

/// In which further ways a criterion may be answered.
pub(super) fn ways(it: &Criterion) -> String {
    let all = [
        (it.equivalence, "something equivalent"),
        (it.lived, "lived experience (a plain yes is enough)"),
        (it.willing, "being willing to learn it by a day"),
    ];
    let said: Vec<String> = all.into_iter().filter(|it| it.0).map(|it| it.1.to_owned()).collect();
    crate::ui::words::list(&said)
}
