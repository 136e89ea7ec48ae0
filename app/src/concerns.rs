//! Concerns: somebody is worried for somebody's safety, about what somebody did, or about how things are done. Danger
//! comes first on every page; what happened stands on none.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::concern::{Concern, ConcernId, Cover, Route};
use domain::people::OrganisationId;
use leptos::prelude::*;
use store::concerns::{covered_by, covers, raised_by, reaching};
use store::organisations::Organisation;

use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::{Anyone, SignedIn, second_factor};
use crate::ui::shell::{Area, Head};
use crate::ui::words::moment_on_paper;

pub(crate) mod cover;
pub(crate) mod one;
mod pass_on;
pub(crate) mod raise;

pub use pass_on::pass_on_concern;

/// Where one is.
pub(crate) fn place(concern: ConcernId) -> String {
    format!("/concerns/{concern}")
}

/// On a page of each list. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// What comes first.
#[component]
pub(crate) fn DangerFirst() -> impl IntoView {
    view! {
        <p class="notice care"><b>"Is somebody in danger now? Ring "<a href="tel:999">"999"</a>" first."</b>" Nobody watches this site: it may be tomorrow before somebody sees what you send here."</p>
    }
}

/// GET /concerns: for everybody, also who has no account.
pub(crate) async fn front(cx: Cx, _: Anyone) -> Answer {
    let signed_in = cx.access().is_some();
    let host = cx.public.host.name.clone();
    let covers = covers(cx.site.db(), cx.public.host.id).await?;
    let uncovered = Route::ALL.into_iter().filter(|it| covers.iter().all(|of| of.route != *it));
    let uncovered: Vec<_> = uncovered.map(|it| view! { <li>{it.label()}</li> }).collect();
    let none_left = uncovered.is_empty();
    let head = Head::new("Raise a concern", Area::None);
    let page = move || {
        view! {
            <div class="wrap reading stack">
                <h1>"Raise a concern"</h1>
                <DangerFirst/>
                <p class="lead">"When you are worried for somebody’s safety, about what somebody did who works or volunteers here, or about how things are done. You need no proof, and you do no harm by asking."</p>
                {if signed_in {
                    view! { <p><a class="button" href="/concerns/mine">"Turn to somebody here"</a></p> }.into_any()
                } else {
                    view! { <p>"If you have an account, "<a href="/sign-in">"sign in"</a>" to turn to whoever is there for this. Without one, ring."</p> }.into_any()
                }}
                {covers.into_iter().map(|cover| view! { <Way cover host=host.clone()/> }).collect_view()}
                {(!none_left).then(|| view! {
                    <section class="stack" aria-labelledby="elsewhere">
                        <h2 id="elsewhere">"For these nobody is named here yet"</h2>
                        <ul>{uncovered}</ul>
                        <p>{ELSEWHERE}</p>
                    </section>
                })}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

/// One kind of concern, with who is rung.
#[component]
fn Way(cover: Cover, host: String) -> impl IntoView {
    let route = cover.route;
    view! {
        <section class="stack" aria-labelledby=route.as_str()>
            <h2 id=route.as_str()>{route.label()}</h2>
            <p>{route.means()}</p>
            <WhoIsRung cover host/>
        </section>
    }
}

/// What is said where nobody is named.
pub(super) const ELSEWHERE: &str = "Your council has a team for people’s safety that anybody may ring, and the Care Quality Commission hears about how health and care services are run.";

/// Who is rung in and out of hours, and outside of the organisation.
#[component]
pub(super) fn WhoIsRung(cover: Cover, host: String) -> impl IntoView {
    view! {
        <dl class="summary">
            <div><dt>"When somebody is there"</dt><dd><bdi>{cover.there}</bdi></dd></div>
            <div><dt>"When nobody is"</dt><dd><bdi>{cover.out_of_hours}</bdi></dd></div>
            <div><dt>"Outside of "<bdi>{host}</bdi></dt><dd><bdi>{cover.outside}</bdi></dd></div>
        </dl>
    }
}

/// Concerns, and where those before them are.
struct List {
    concerns: Vec<Concern>,
    next: Option<String>,
}

impl List {
    fn of(mut concerns: Vec<Concern>, name: &str) -> Self {
        let there_is_more = concerns.len() > A_PAGE;
        concerns.truncate(A_PAGE);
        let last = concerns.last().filter(|_| there_is_more);
        let next = last.map(|it| format!("/concerns/mine?{name}={}", it.id));
        Self { concerns, next }
    }
}

/// GET /concerns/mine: where somebody turns to whom, what they raised, and what waits for them.
pub(crate) async fn mine(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let me = me.with_relationships(&cx).await?;
    let db = cx.site.db();
    let mut ids: Vec<OrganisationId> = me.actor.engagements().iter().map(|it| it.organisation).collect();
    ids.extend(me.actor.relationships().iter().map(|it| it.organisation));
    ids.sort_unstable();
    ids.dedup();
    let organisations = store::organisations::organisations(db, &ids).await?;
    let holds = |it: &Cover| {
        me.actor
            .engagements()
            .iter()
            .any(|of| of.organisation == it.organisation && it.route.is_held_as(of.kind))
    };
    let mut held = covered_by(db, me.id()).await?;
    held.retain(holds);
    let covers = !held.is_empty();
    if covers {
        second_factor(&cx, &me).await?;
    }
    let page = |name| (asks.text(name).parse().ok(), A_PAGE as u64 + 1);
    let raised = List::of(raised_by(db, me.id(), page("raised")).await?, "raised");
    let ways: Vec<_> = held.iter().map(|it| (it.organisation, it.route)).collect();
    let reaching = List::of(reaching(db, me.id(), &ways, page("reaching")).await?, "reaching");
    let head = Head::new("Raise a concern", Area::Me);
    let page = move || view! { <MinePage organisations raised reaching covers/> };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

#[component]
fn MinePage(organisations: Vec<Organisation>, raised: List, reaching: List, covers: bool) -> impl IntoView {
    let (any, one) = (!organisations.is_empty(), organisations.len() == 1);
    let names: BTreeMap<_, _> = organisations.iter().map(|it| (it.id, it.name.clone())).collect();
    let ways = move |it: Organisation| {
        let way = |route: Route| {
            let href = format!("/concerns/raise/{}/{}", it.id, route.as_str());
            view! {
                <li class="card stack">
                    <h3><a class="alone" href=href>{route.label()}</a></h3>
                    <p class="soft">{route.means()}</p>
                </li>
            }
        };
        let heading = (!one).then(|| view! { <h2>{it.name.clone()}</h2> });
        view! { {heading}<ul role="list" class="stack">{Route::ALL.into_iter().map(way).collect_view()}</ul> }
    };
    let any_raised = !raised.concerns.is_empty();
    let none_reaching = reaching.concerns.is_empty();
    view! {
        <div class="wrap reading stack">
            <h1>"Raise a concern"</h1>
            <DangerFirst/>
            {covers.then(|| view! {
                <section class="stack" aria-labelledby="reaching">
                    <h2 id="reaching">"What others raised"</h2>
                    {none_reaching.then(|| view! { <p>"Nothing reaches you."</p> })}
                    <Concerns list=reaching names=names.clone() waits=true/>
                </section>
            })}
            <section class="stack" aria-labelledby="ways">
                <h2 id="ways">"What are you worried about?"</h2>
                {organisations.into_iter().map(ways).collect_view()}
                {(!any).then(|| view! { <p>"You belong to no organisation here today. Who may be rung stands on "<a href="/concerns">"the page for everybody"</a>"."</p> })}
            </section>
            {any_raised.then(|| view! {
                <section class="stack" aria-labelledby="raised">
                    <h2 id="raised">"What I raised"</h2>
                    <Concerns list=raised names waits=false/>
                </section>
            })}
        </div>
    }
}

#[component]
fn Concerns(list: List, names: BTreeMap<OrganisationId, String>, waits: bool) -> impl IntoView {
    let row = |it: Concern| {
        let state = match (it.taken_on, it.unanswered_at, waits) {
            (Some(_), ..) => "Somebody has taken it on",
            (None, Some(_), false) => "Nobody has answered: ring",
            (None, _, true) => "Waits to be taken on",
            (None, None, false) => "Waits for an answer",
        };
        let where_ = names.get(&it.organisation).cloned().unwrap_or_default();
        let is_open = it.taken_on.is_none();
        view! {
            <li class="card stack">
                <h3><a class="alone" href=place(it.id)>{format!("{}, {}", it.route.label(), moment_on_paper(it.at))}</a></h3>
                <p>{is_open.then(|| view! { <span class="tag">{state}</span> })}{(!is_open).then_some(state)}</p>
                <p class="soft"><bdi>{where_}</bdi></p>
            </li>
        }
    };
    view! {
        <ul role="list" class="stack">{list.concerns.into_iter().map(row).collect_view()}</ul>
        {list.next.map(|it| view! { <p><a class="alone" href=it>"Earlier ones"</a></p> })}
    }
}
